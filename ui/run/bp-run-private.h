/* bp-run-private.h: what the files of BpRun share
 *
 * bp-run.c has the object, its signals and the moves; bp-run-experiment.c loads experiments and changes settings,
 * bp-run-start.c where parameters start, bp-run-batch.c what is fed, bp-run-number.c one number of either;
 * bp-run-play.c plays, and continues long moves; bp-run-undo.c undoes and redoes; bp-run-references.c keeps reference
 * runs, bp-run-compute.c computes those from a file, bp-run-sweep.c adds those of a sweep; bp-run-predict.c hides
 * gradients; bp-run-selection.c has what is selected, bp-run-nudge.c nudges it.
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#pragma once

#include "run/bp-run.h"

G_BEGIN_DECLS

/** What an edit does. */
typedef enum {
  BP_RUN_EDIT_SETTINGS, /* changes settings within the run */
  BP_RUN_EDIT_START,    /* starts a new run */
  BP_RUN_EDIT_AGAIN,    /* computes a new run to where the run was */
} BpRunEditKind;

/**
 * BpRunEdit:
 * @experiment: the experiment before the edit, with its changes of settings
 * @cursor: the position of the edit
 */
typedef struct {
  BpRunEditKind kind;
  BpExperiment *experiment;
  BpCursor      cursor;
} BpRunEdit;

/* The values of the properties. */
typedef struct {
  gboolean   playing;
  double     speed;
  BpStepSize play_by;
  gint64     running_to;
  guint      n_references;
  double     computing;
  gboolean   predict_first;
} BpRunState;

struct _BpRun {
  GObject    parent_instance;

  BpTrainer *trainer;
  BpGraph   *graph; /* that of the last ::rebuilt; the reference keeps the next graph from getting its address */
  guint      selected_node;
  gssize     selected_element;

  GPtrArray *undo; /* of BpRunEdit */
  GPtrArray *redo;
  GPtrArray *references; /* of BpReference */
  GPtrArray *pending; /* those of @references that are to be computed; @job computes the first */
  BpJob     *job; /* NULL while none is computed */
  guint      n_computed; /* reference runs computed since @pending was last empty */
  guint      n_edits; /* changes of experiment and settings */
  guint      n_loads; /* by which a sweep sees that another experiment was loaded */
  char      *said_change; /* the last message of changed data, which is not repeated */
  BpNudge   *nudge; /* NULL while none is shown */
  gint64     nudged_iteration; /* the iteration of @nudge, as bp_trainer_get_shown() counts */
  guint      epsilon_step;
  gint64     revealed_iteration; /* the iteration of the last reveal, as bp_trainer_get_shown() counts */
  guint      n_revealed; /* its first instructions, whose gradients are revealed */
  gint64     learning_rate_time; /* of the last edit if that changed the learning rate, else 0 */
  gint64     hand_time; /* of the last edit if that changed a number by hand, else 0 */
  BpRunStroke stroke; /* of that edit */

  gboolean   is_under_way; /* whether it plays only until the trainer reaches its target */
  double     due; /* steps of playing that are due, with their fraction */
  gint64     drawing_time; /* microseconds that drawing the last frame took */
  gint64     last_frame; /* frame time of the last bp_run_advance(), 0 before the first of a play */

  GPtrArray *others; /* that go on where the run has diverged; NULL for none */

  BpRunState state;
  BpRunState notified; /* as last notified */
};

/** Notifies the properties that changed since the last call. */
void bp_run_notify (BpRun *run);

/** Emits ::rebuilt if the graph is another one, notifies properties, and emits ::changed. */
void bp_run_update (BpRun *run);

/** Stops playing, and the trainer's move at the cursor. The caller notifies. */
void bp_run_stop (BpRun *run);

/**
 * bp_run_set_out:
 *
 * Continues the trainer's move. A short move ends here; a longer one continues in bp_run_advance(). Its work in
 * operations decides, not the time, so every machine does the same. The caller calls bp_run_update().
 */
void bp_run_set_out (BpRun *run);

/** Pushes the experiment and cursor on the undo list, before an edit, and empties the redo list. */
void bp_run_remember (BpRun        *run,
                      BpRunEditKind kind);

/** Keeps the run as a reference run if it is recorded beyond @iteration, before a change drops that. */
void bp_run_keep_future (BpRun *run,
                         gint64 iteration);

/** Adds @reference (transfer full); the oldest goes when there are too many. */
void bp_run_add_reference (BpRun       *run,
                           BpReference *reference);

/** Drops the oldest reference runs so that @n more have room; emits ::message if it drops any. */
void bp_run_make_room (BpRun *run,
                       guint  n);

/** Drops the reference runs that are not comparable with the run; emits ::message if it drops any. */
void bp_run_drop_foreign_references (BpRun *run);

/** Drops the reference runs that do not outlive the loading of another experiment: those not comparable with it, and
 *  those not computed. */
void bp_run_leave_references (BpRun *run);

/** As bp_run_stop_computing(), but the caller notifies. */
void bp_run_cancel_computing (BpRun *run);

/** Takes @reference out of what is to be computed, before it is freed. */
void bp_run_forget_reference (BpRun       *run,
                              BpReference *reference);

/** Emits ::message if the data file of @saved, a run or reference run as it was read, has other data @now. */
void bp_run_say_saved_change (BpRun              *run,
                              const BpExperiment *saved,
                              const BpExperiment *now);

/** Emits ::message if the data of @before were read again for @now and differ. Returns: whether they differ */
gboolean bp_run_say_read_change (BpRun              *run,
                                 const BpExperiment *before,
                                 const BpExperiment *now);

/** Microseconds: changes of a number that follow each other faster are one undo, as while a slider moves. */
#define BP_RUN_BURST (G_USEC_PER_SEC)

/** Replaces the run by one of @experiment that somebody changed by hand, at @cursor; undo leads to where it is now.
 *  What was recorded after @cursor is kept. */
gboolean bp_run_compute_again (BpRun              *run,
                               const BpExperiment *experiment,
                               BpCursor            cursor,
                               BpRunStroke         stroke,
                               GError            **error);

/** Replaces the trainer by @trainer (transfer full). */
void bp_run_take_trainer (BpRun     *run,
                          BpTrainer *trainer);

/** Goes on with @trainer (transfer full) at @cursor, as an edit or undo has it. @experiment: what it was made of, whose
 *  data it has read again */
void bp_run_go_on_with (BpRun              *run,
                        BpTrainer          *trainer,
                        const BpExperiment *experiment,
                        BpCursor            cursor);

/** The step of 0.01. */
#define BP_RUN_FIRST_EPSILON 12

/** Computes the nudge that is shown anew, or ends it. */
void bp_run_follow_nudge (BpRun *run);

void bp_run_edit_free (BpRunEdit *edit);

G_END_DECLS
