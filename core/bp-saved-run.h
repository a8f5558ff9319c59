/* bp-saved-run.h: a run as a file: experiment, place, and the runs it is compared with
 *
 * A saved run is an experiment file, and trains like one from the command line. It has sections more: [Session] says where
 * the cursor stood, and [Ghost 1/Experiment], [Ghost 1/Data] … hold the experiment of ghost 1, with as many iterations as it
 * has recorded. No series are saved, for the seed gives them again to the bit.
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#pragma once

#include "bp-ghost.h"

G_BEGIN_DECLS

/**
 * BpSavedRun:
 * @experiment: with its changes of settings
 * @has_session: whether the file says where the run stood; one written by hand need not
 * @cursor: where the run stood
 * @ghosts: (element-type BpExperiment): at most BP_MAX_GHOSTS; running them to their ends gives the ghosts again
 */
typedef struct {
  BpExperiment *experiment;
  gboolean      has_session;
  BpCursor      cursor;
  GPtrArray    *ghosts;
} BpSavedRun;

/** Reads an experiment file, saved or written by hand; one without a session stands at the start. Fails as bp_experiment_new_from_file(). */
BpSavedRun *bp_saved_run_new_from_file (const char *path,
                                        GError    **error);

/** The same from a text; @origin and @folder as for bp_experiment_new_from_data(). */
BpSavedRun *bp_saved_run_new_from_data (const char *text,
                                        gssize      length,
                                        const char *origin,
                                        const char *folder,
                                        GError    **error);

void bp_saved_run_free (BpSavedRun *saved);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (BpSavedRun, bp_saved_run_free)

/**
 * bp_saved_run_to_data:
 * @ghosts: (element-type BpGhost): to save with it
 * @folder: (nullable): where the file will be: data files are written relative to it when they are in it, else with their whole path
 *
 * Returns: (transfer full): the text of the file
 */
char *bp_saved_run_to_data (BpTrainer       *trainer,
                            const GPtrArray *ghosts,
                            const char      *folder);

G_END_DECLS
