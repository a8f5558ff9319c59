/* bp-sequence.h: the steps of a run as the pages of a PDF or the pictures of an animation
 *
 * Every page is the same figure at the next position of the run, of one size and with the same axes, so that turning
 * pages animates it; what a run has recorded after a position is not shown there. A sequence runs an own trainer and
 * leaves the one on the screen as it is. The same experiment and options give the same bytes.
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#pragma once

#include "figures/bp-figure.h"

#include "session/bp-work.h"

G_BEGIN_DECLS

typedef enum {
  BP_SEQUENCE_PDF, /* a page for each position, for beamer overlays and handouts */
  BP_SEQUENCE_GIF, /* an animation */
  BP_N_SEQUENCE_FORMATS
} BpSequenceFormat;

typedef enum {
  BP_SEQUENCE_NODES,      /* a position after each node step */
  BP_SEQUENCE_PHASES,     /* … after each phase */
  BP_SEQUENCE_ITERATIONS, /* … after each iteration */
  BP_N_SEQUENCE_STEPS
} BpSequenceStep;

/** Names of formats, which are suffixes of files too, and of steps, as a BpSequenceFormat or a BpSequenceStep has them.
 *  Returns: (array zero-terminated=1) (transfer none) */
const char * const *bp_sequence_get_format_names (void);

const char * const *bp_sequence_get_step_names (void);

/** The most positions of one sequence. */
#define BP_SEQUENCE_MAX_POSITIONS 2000

/**
 * BpSequenceOptions:
 * @figure: what each page shows; its format does not matter, its scale is that of an animation's pictures
 * @format: what is made of them
 * @step: from one position to the next
 * @first: the first iteration shown, from 1; 0 starts with the state before anything is computed
 * @last: the last one
 * @every: with BP_SEQUENCE_ITERATIONS, how many of them from one position to the next; @last is shown in any case
 * @delay: of an animation, seconds a picture, 0.02 … 60
 */
typedef struct {
  BpFigureOptions  figure;
  BpSequenceFormat format;
  BpSequenceStep   step;
  gint64           first;
  gint64           last;
  gint64           every;
  double           delay;
} BpSequenceOptions;

/** Called with how many of @n_positions are done. */
typedef void (*BpSequenceProgress) (guint    n_done,
                                    guint    n_positions,
                                    gpointer data);

/**
 * bp_sequence_options_check:
 * @n_iterations: of the experiment
 * @n_instructions: of an iteration
 *
 * Fails with BP_ERROR_VALUE and a sentence that says what the range is.
 */
gboolean bp_sequence_options_check (const BpSequenceOptions *options,
                                    gint64                   n_iterations,
                                    guint                    n_instructions,
                                    GError                 **error);

/** How many positions a sequence of checked @options shows, as long as the run neither diverges nor changes its batch
 *  size. */
guint bp_sequence_count_positions (const BpSequenceOptions *options,
                                   guint                    n_instructions);

/**
 * bp_sequence_render:
 * @experiment: (transfer none): to run, with its changes of settings
 * @work: (nullable): looked at for every position and now and then between them, and told how many are done
 * @progress: (nullable): the same for who waits in this thread
 *
 * Runs the experiment and draws every position. A run that diverges before @options' last position ends the sequence
 * with the position where it stands. Nothing is written. May be called in a thread.
 *
 * Returns: (transfer full): the content of the file; NULL on error, G_IO_ERROR_CANCELLED when cancelled
 */
GBytes *bp_sequence_render (const BpExperiment      *experiment,
                            const BpSequenceOptions *options,
                            BpWork                  *work,
                            BpSequenceProgress       progress,
                            gpointer                 data,
                            GError                 **error);

/** What a thread renders a sequence from. */
typedef struct _BpSequenceInput BpSequenceInput;

/** Copies @experiment and @options. */
BpSequenceInput *bp_sequence_input_new (const BpExperiment      *experiment,
                                        const BpSequenceOptions *options);

void bp_sequence_input_free (BpSequenceInput *input);

/** bp_sequence_render() of @input, a BpSequenceInput, as a job computes. Returns: (transfer full): a GBytes */
gpointer bp_sequence_compute (gpointer input,
                              BpWork  *work,
                              GError **error);

/** A name for its file: "regression-graph-steps.pdf". Returns: (transfer full) */
char *bp_sequence_create_file_name (const BpExperiment      *experiment,
                                    const BpSequenceOptions *options);

G_END_DECLS
