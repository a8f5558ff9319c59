/* bp-run-private.h: what the parts of BpRun share
 *
 * bp-run.c is the object, its signals and moving; bp-run-experiment.c loads and edits; bp-run-play.c plays and goes on;
 * bp-run-undo.c remembers; bp-run-references.c keeps runs to compare with, bp-run-compute.c computes them and
 * bp-run-sweep.c sweeps; bp-run-predict.c hides gradients.
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#pragma once

#include "run/bp-run.h"

G_BEGIN_DECLS

/**
 * BpRunEdit:
 * @experiment: as it was before the edit, with its changes of settings
 * @cursor: where the edit was made
 * @restart: whether the edit began a new run rather than changing settings within one
 */
typedef struct {
  BpExperiment *experiment;
  BpCursor      cursor;
  gboolean      restart;
} BpRunEdit;

/* What a thread computes a kept run from. */
typedef struct _BpRunJob BpRunJob;

/* The values of the properties as they were last notified. */
typedef struct {
  gboolean   playing;
  double     speed;
  BpStepSize play_by;
  gint64     running_to;
  double     learning_rate;
  gint64     n_iterations;
  gboolean   can_undo;
  gboolean   can_redo;
  guint      selected_node;
  gboolean   can_step_back;
  gboolean   can_step_forward;
  guint      n_references;
  double     computing;
  gboolean   predict_first;
  gboolean   gradients_hidden;
} BpRunState;

struct _BpRun {
  GObject    parent_instance;

  BpTrainer *trainer;
  BpGraph   *graph; /* a reference, so that another graph is never at the same address */

  GPtrArray *undo;  /* of BpRunEdit */
  GPtrArray *redo;
  GPtrArray *references; /* of BpReference */
  GPtrArray *pending; /* those of them that are to be computed, the first at this moment */
  BpRunJob  *job; /* that computes it */
  guint      n_computed; /* since there was nothing to compute */
  guint      progress; /* source that tells how far it is */
  guint      n_loads;
  char      *said_change; /* the last that was said of data that have changed */
  gint64     revealed_iteration; /* as bp_trainer_get_shown() has it */
  guint      n_revealed; /* instructions of that one */
  gint64     learning_rate_time; /* when the last edit was one of the learning rate, else 0 */

  gboolean   is_under_way; /* whether it plays only until the trainer has arrived */
  double     due;   /* steps of playing that are due, with their fraction */
  gint64     last_frame;
  guint      n_changes; /* to take turns by */

  BpRunState state;
  BpRunState notified;
};

/** Notifies the properties whose values are new. */
void bp_run_notify (BpRun *run);

/** The same, then emits ::changed, and ::rebuilt before it where pointers died. */
void bp_run_update (BpRun *run);

/** Stops playing, and the trainer wherever it is, without telling anybody yet. */
void bp_run_stop (BpRun *run);

/**
 * bp_run_set_out:
 *
 * Goes to where the trainer has set out for: at once where that is little work, which does not depend on the machine;
 * else it goes on in bp_run_advance(). To be told by bp_run_update().
 */
void bp_run_set_out (BpRun *run);

/** Remembers the experiment and cursor as they are before an edit; what could be redone is forgotten. */
void bp_run_remember (BpRun   *run,
                      gboolean restart);

/** Keeps the recorded future as a reference run if there is one, before a change at the cursor drops it. */
void bp_run_keep_future (BpRun *run);

/** Adds @reference, which it takes. */
void bp_run_add_reference (BpRun       *run,
                           BpReference *reference);

/** Drops the oldest reference runs so that @n more have room, and says so. */
void bp_run_make_room (BpRun *run,
                       guint  n);

/** Drops the reference runs that cannot be drawn with the run any more, and says so. */
void bp_run_drop_foreign_references (BpRun *run);

/** Drops the reference runs that another experiment does not take over: those foreign to it, and those that are not
 *  computed. */
void bp_run_leave_references (BpRun *run);

/** As bp_run_stop_computing(), without telling anybody yet. */
void bp_run_cancel_computing (BpRun *run);

/** Computes @reference no more: it is about to go. */
void bp_run_forget_reference (BpRun       *run,
                              BpReference *reference);

/** Says so when the data file of @saved, a run or kept run as it was read, has other data @now. */
void bp_run_say_saved_change (BpRun              *run,
                              const BpExperiment *saved,
                              const BpExperiment *now);

/** Says so when the data of @before were read again for @now and are others. Returns: whether they are */
gboolean bp_run_say_read_change (BpRun              *run,
                                 const BpExperiment *before,
                                 const BpExperiment *now);

/** Puts another trainer in place; takes ownership. */
void bp_run_take_trainer (BpRun     *run,
                          BpTrainer *trainer);

void bp_run_edit_free (BpRunEdit *edit);

G_END_DECLS
