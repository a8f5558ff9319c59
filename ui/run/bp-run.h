/* bp-run.h: the one observable model of the window
 *
 * BpRun owns a trainer. Widgets read the trainer's numbers, call the functions here to change anything, and redraw
 * on ::changed. It has no timer of its own: the window's tick callback calls bp_run_advance() with the frame time.
 *
 * Nothing here takes longer than a frame or two. What moves far, or through large matrices, is under way when the
 * function returns: "playing" is TRUE until it has arrived, each bp_run_advance() goes on with it, and whatever is
 * computed at the cursor is visible meanwhile. Any other move, a change of settings and bp_run_set_playing() end it
 * there.
 *
 * Signals:
 *   ::changed   once for each visible advance: cursor, status, settings or selection are new; pointers still hold
 *   ::rebuilt   before ::changed, when pointers into core died: graph, session, evaluator, history must be fetched anew
 *   ::message   (const char *text): something the user should be told in a toast
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#pragma once

#include <gio/gio.h>

#include "training/bp-reference.h"

G_BEGIN_DECLS

/** How far one step goes. */
typedef enum {
  BP_STEP_NODE,
  BP_STEP_PHASE,
  BP_STEP_ITERATION,
} BpStepSize;

GType bp_step_size_get_type (void);
#define BP_TYPE_STEP_SIZE (bp_step_size_get_type ())

#define BP_TYPE_RUN (bp_run_get_type ())
G_DECLARE_FINAL_TYPE (BpRun, bp_run, BP, RUN, GObject)

/** The greatest finite speed, in steps a second; 0 stands for as fast as it goes. */
#define BP_RUN_MAX_SPEED 1000.0

/** A run of @experiment, which must be valid (from a reader or builtin); it is copied. */
BpRun *bp_run_new (const BpExperiment *experiment);

/**
 * bp_run_load:
 *
 * Replaces the experiment: stops playing, forgets undo, emits ::rebuilt and ::changed. On error the run is as before.
 */
gboolean bp_run_load (BpRun              *run,
                      const BpExperiment *experiment,
                      GError            **error);

/**
 * bp_run_load_trainer:
 * @experiment: what was opened
 * @trainer: (transfer full): made of it by bp_trainer_new_sliced(), in another thread perhaps
 *
 * The same where the trainer is there already.
 */
void bp_run_load_trainer (BpRun              *run,
                          const BpExperiment *experiment,
                          BpTrainer          *trainer);

/** The trainer, to read from. It dies with ::rebuilt. */
BpTrainer *bp_run_get_trainer (BpRun *run);

/* Moving. Each stops playing, emits ::changed at most once and returns whether the cursor moved or is under way. */

gboolean bp_run_step (BpRun     *run,
                      BpStepSize size,
                      int        direction);

gboolean bp_run_seek (BpRun   *run,
                      BpCursor cursor);

/** Back to the start of the same run. */
void bp_run_reset (BpRun *run);

/** A new seed (drawn from the old one, so that it too can be replayed), at the start. */
void bp_run_shuffle (BpRun *run);

/** Goes on until @iteration is completed, also when settings change on the way. */
void bp_run_run_to (BpRun *run,
                    gint64 iteration);

/** Where the run is under way to, or its cursor when it is not: what a document of it says. */
BpCursor bp_run_get_destination (BpRun *run);

/* Playing */

/** Property "playing" (boolean): whether bp_run_advance() moves the cursor. Also true while the run is under way. */
gboolean bp_run_get_playing (BpRun *run);

void bp_run_set_playing (BpRun   *run,
                         gboolean playing);

/** Property "speed" (double): steps a second, 0.5 … BP_RUN_MAX_SPEED, or 0 for as fast as it goes. */
double bp_run_get_speed (BpRun *run);

void bp_run_set_speed (BpRun *run,
                       double speed);

/** Property "play-by" (BpStepSize): what a step of playing is. */
BpStepSize bp_run_get_play_by (BpRun *run);

void bp_run_set_play_by (BpRun     *run,
                         BpStepSize size);

/** Property "running-to" (int64): the iteration that the run is under way to, 0 when it is not or is in it already. */
gint64 bp_run_get_running_to (BpRun *run);

/**
 * bp_run_advance:
 * @frame_time: in microseconds, any clock that only goes forward
 *
 * Executes the steps that are due since the last call while playing; never longer than about 6 ms, or 20 where millions
 * of numbers are computed at a time. Emits ::changed at most once, when there is something new. Stops playing at the
 * end of the run and at divergence.
 */
void bp_run_advance (BpRun *run,
                     gint64 frame_time);

/** What is costly to draw, in parts that cost about the same. */
typedef enum {
  BP_TURN_PARAMETERS, /* the plots of the parameters and of the data */
  BP_TURN_LOSS,       /* those of the loss */
  BP_TURN_CARD,
  BP_N_TURNS
} BpTurn;

/**
 * bp_run_has_turn:
 *
 * Whether what is drawn in @turn is to show the run as it is now. It is, except while the run plays faster than anybody
 * sees: then each change is the turn of one part, in an order that leaves out no instruction in all iterations. When
 * "playing" ends, it is the turn of all.
 */
gboolean bp_run_has_turn (BpRun *run,
                          BpTurn turn);

/* Settings. Changes in the middle of a run hold from the cursor's iteration on; playing goes on, and so does
 * bp_run_run_to(). All can be undone. */

/** Fails with a sentence for the user when a field is out of range; nothing has changed then. */
gboolean bp_run_set_settings (BpRun            *run,
                              const BpSettings *settings,
                              GError          **error);

/** Property "learning-rate" (double): a shortcut into the settings; out-of-range values are ignored. A burst of
 *  changes is one undo. */
double bp_run_get_learning_rate (BpRun *run);

void bp_run_set_learning_rate (BpRun *run,
                               double learning_rate);

/** Property "n-iterations" (int64). */
gint64 bp_run_get_n_iterations (BpRun *run);

void bp_run_set_n_iterations (BpRun *run,
                              gint64 n_iterations);

/**
 * bp_run_dup_experiment:
 *
 * Returns: (transfer full): the experiment to edit for bp_run_set_experiment(): a copy that starts with the settings of
 * the cursor and has no later changes
 */
BpExperiment *bp_run_dup_experiment (BpRun *run);

/**
 * bp_run_set_experiment:
 *
 * Starts over with a changed copy of the experiment (seed, initial values, data), undoable. Fails as the reader does;
 * the run is then as before.
 */
gboolean bp_run_set_experiment (BpRun              *run,
                                const BpExperiment *experiment,
                                GError            **error);

/** Properties "can-undo" and "can-redo" (boolean). */
gboolean bp_run_get_can_undo (BpRun *run);

gboolean bp_run_get_can_redo (BpRun *run);

/** Takes back the last change of settings or experiment; the cursor goes to where it was made, or to the start. */
void bp_run_undo (BpRun *run);

void bp_run_redo (BpRun *run);

/* Runs to compare with. When a setting changes before the end of what is recorded, the old future stays as one. */

/** Returns: (transfer none) (element-type BpReference): the oldest first, at most BP_MAX_REFERENCES; when there are
 * more, the oldest goes, which ::message says. Those from a file may not be computed yet. */
GPtrArray *bp_run_get_references (BpRun *run);

/** Property "n-references" (uint). */
guint bp_run_get_n_references (BpRun *run);

/** Keeps what the run has recorded so far as a reference run. Does nothing while nothing is. */
void bp_run_keep_reference (BpRun *run);

/** Adds a reference run from elsewhere (a saved run), computed or not; takes ownership. */
void bp_run_take_reference (BpRun       *run,
                            BpReference *reference);

void bp_run_remove_reference (BpRun *run,
                              guint  index);

void bp_run_clear_references (BpRun *run);

/**
 * bp_run_compute_references:
 *
 * Computes those that are not, in a thread: each stays in its place, and is drawn once it is computed. Goes on until
 * all are, bp_run_stop_computing() is called, another experiment is loaded or the run is finalized. One that cannot be
 * computed stays as it is; ::message says why.
 */
void bp_run_compute_references (BpRun *run);

/** Those that are not computed yet stay so. */
void bp_run_stop_computing (BpRun *run);

/** Whether there are reference runs that are not computed. */
gboolean bp_run_has_uncomputed (BpRun *run);

/**
 * bp_run_get_computing:
 * @number: (out) (optional): the one that is computed, from 1
 * @n_references: (out) (optional): how many are to be computed, with those that have been
 *
 * Property "computing" (double): how much of them is computed, 0 … 1; −1 while none is being computed.
 */
double bp_run_get_computing (BpRun *run,
                             guint *number,
                             guint *n_references);

/**
 * BpRunSweepProgress:
 * @n_done: how many of the runs are done
 * @n_runs: how many there are
 * @part: how much of all is done, 0 … 1
 */
typedef void (*BpRunSweepProgress) (guint    n_done,
                                    guint    n_runs,
                                    double   part,
                                    gpointer data);

/**
 * bp_run_sweep_async:
 * @experiments: (array length=n_experiments): what to run, such as copies from bp_run_dup_experiment() with a setting
 *   changed
 * @progress: (nullable): called from the main loop now and then, until @callback is
 *
 * Runs the experiments to their ends in a thread and adds each as a reference run when all are done. They have the seed
 * they say: with the run's own, the same samples in the same order.
 */
void bp_run_sweep_async (BpRun                      *run,
                         const BpExperiment * const *experiments,
                         guint                       n_experiments,
                         GCancellable               *cancellable,
                         BpRunSweepProgress          progress,
                         gpointer                    progress_data,
                         GAsyncReadyCallback         callback,
                         gpointer                    user_data);

/** Returns: whether all were run; else (error, cancelled, another experiment loaded meanwhile) none was added */
gboolean bp_run_sweep_finish (BpRun        *run,
                              GAsyncResult *result,
                              GError      **error);

/* What is looked at */

/** Property "selected-node" (uint): the node that card and inspector speak of; BP_NODE_NONE follows the cursor. */
guint bp_run_get_selected_node (BpRun *run);

void bp_run_set_selected_node (BpRun *run,
                               guint  node);

/** The node that card and graph speak of: the selected one, else that of the last instruction, else BP_NODE_NONE. */
guint bp_run_get_current_node (BpRun *run);

/* Predict first: gradients are shown once somebody has said what they will be. Until then what they lead to is hidden
 * too: what the update made of the variables, and whatever is recorded after the cursor. */

/** Property "predict-first" (boolean): whether gradients stay hidden until bp_run_reveal_gradients(). */
gboolean bp_run_get_predict_first (BpRun *run);

void bp_run_set_predict_first (BpRun   *run,
                               gboolean predict_first);

/** Property "gradients-hidden" (boolean): whether a gradient that is computed is hidden now. */
gboolean bp_run_get_gradients_hidden (BpRun *run);

/**
 * bp_run_get_n_revealed:
 *
 * Returns: how many instructions of the iteration shown may show the gradients that they computed; G_MAXUINT for all
 */
guint bp_run_get_n_revealed (BpRun *run);

/** Shows the gradients computed up to the cursor; those of later steps are hidden again. */
void bp_run_reveal_gradients (BpRun *run);

/** Properties "can-step-back" and "can-step-forward" (boolean): whether a step would move the cursor. */
gboolean bp_run_get_can_step_back (BpRun *run);

gboolean bp_run_get_can_step_forward (BpRun *run);

G_END_DECLS
