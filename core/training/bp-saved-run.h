/* bp-saved-run.h: a run as a file: experiment, position, and the kept runs it is compared with
 *
 * A saved run is an experiment file, and trains like one from the command line. It has sections more: [Session] says
 * where the cursor stood and which data a data file had, and [Ghost 1/Experiment], [Ghost 1/Data] … hold the experiment
 * of kept run 1. No series are saved, for the seed gives them again to the bit: computed or not, a kept run is the same
 * text.
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#pragma once

#include "training/bp-reference.h"

G_BEGIN_DECLS

/**
 * BpSavedRun:
 * @experiment: with its changes of settings
 * @has_session: whether the file says where the run stood; one written by hand need not
 * @cursor: where the run stood
 * @references: (element-type BpExperiment): at most BP_MAX_REFERENCES; running them to their ends
 *   gives the kept runs again
 * @bytes: (nullable): the file's content as it was read
 */
typedef struct {
  BpExperiment *experiment;
  gboolean      has_session;
  BpCursor      cursor;
  GPtrArray    *references;
  GBytes       *bytes;
} BpSavedRun;

/** Reads an experiment file, saved or written by hand; one without a session stands at the start. Fails as
 *  bp_experiment_new_from_file(). */
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
 * bp_saved_run_describe_data_change:
 * @saved: the run or a kept run as it was read
 * @now: the same with the data it has now, such as a trainer's
 *
 * Returns: (transfer full) (nullable): a sentence that says so when the data file has other data than when it was saved
 */
char *bp_saved_run_describe_data_change (const BpExperiment *saved,
                                         const BpExperiment *now);

/**
 * bp_saved_run_experiment_to_data:
 * @folder: (nullable): where the file will be: data files are written relative to it when they are in it, else with
 *   their whole path
 *
 * Returns: (transfer full): the part of the file's text that is the experiment
 */
char *bp_saved_run_experiment_to_data (const BpExperiment *experiment,
                                       const char         *folder);

/**
 * bp_saved_run_sections_to_data:
 * @cursor: where the run is, or where it is on its way to
 * @references: (nullable) (element-type BpReference): to save with it, computed or not
 * @folder: (nullable): as for bp_saved_run_experiment_to_data()
 *
 * Returns: (transfer full): the part that follows the experiment, from a blank line on. The position of a
 *   run that diverged is one instruction on, which it cannot reach
 */
char *bp_saved_run_sections_to_data (BpTrainer       *trainer,
                                     BpCursor         cursor,
                                     const GPtrArray *references,
                                     const char      *folder);

G_END_DECLS
