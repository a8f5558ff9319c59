/* figure-checks.h: runs to make figures of, and programs to check them with
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#pragma once

#include "figures/bp-sequence.h"
#include "lib/command-runner.h"
#include "lib/folder-fixture.h"
#include "lib/picture.h"
#include "lib/trainer-fixture.h"

/** Cursors of a run to look at: the start, within an iteration, the end of one; for create_trainer(). */
extern const BpCursor checked_cursors[4];

/** An experiment with every character that means something in one of the formats. Returns: (transfer full) */
BpExperiment *load_awkward (void);

/** The options of a figure of @kind in @format. */
BpFigureOptions choose_figure (BpFigureKind   kind,
                               BpFigureFormat format);

/** The options of a sequence as on the command line, where nothing more is said. */
BpSequenceOptions choose_sequence (BpFigureKind     kind,
                                   BpSequenceFormat format,
                                   BpSequenceStep   step,
                                   gint64           first,
                                   gint64           last);

/** A figure, which must come to something. Returns: (transfer full) */
GBytes *render (BpTrainer             *trainer,
                const BpFigureOptions *options);

/** The same of a format that is text. Returns: (transfer full) */
char *render_text (BpTrainer             *trainer,
                   const BpFigureOptions *options);

/** An animation or the like, which must come to something. Returns: (transfer full) */
GBytes *render_sequence (const BpExperiment      *experiment,
                         const BpSequenceOptions *options);

/** Whether a program to check with is installed. */
gboolean has_program (const char *name);

/** Writes a file as the program does. Returns: (transfer full): its path */
char *save (const char *folder,
            const char *name,
            GBytes     *bytes);

/** Runs a program that must succeed. Returns: what it wrote */
char *run_program (const char *const *argv);
