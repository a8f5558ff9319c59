/* bp-run.h: the one observable model of the window
 *
 * BpRun owns a trainer. Widgets read the trainer's numbers, call the functions here to change anything, and redraw
 * on ::changed. It has no timer of its own: the window's tick callback calls bp_run_advance() with the frame time.
 *
 * No function here takes longer than a frame or two. A long move, over many iterations or through large matrices, is
 * under way when its function returns: "playing" is TRUE until it reaches its target, each bp_run_advance() continues
 * it, and the numbers computed so far are visible. Any other move, a change of settings and bp_run_set_playing() end it
 * where it is.
 *
 * Signals:
 *   ::changed   after each visible change of cursor, status, settings, selection or reference runs, and when the run is
 *               played or stopped
 *   ::rebuilt   before ::changed, when pointers into core are no longer valid: graph, session, evaluator and history
 *               must be fetched again
 *   ::message   (const char *text): a sentence for the user, shown as a toast
 *
 * Properties are what something binds to or watches alone; all other state is read by functions after ::changed.
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#pragma once

#include <gio/gio.h>

#include "run/bp-job.h"
#include "session/bp-nudge.h"
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

/** The greatest speed in steps a second; 0 means unlimited. */
#define BP_RUN_MAX_SPEED 1000.0

/** Returns: a run of a copy of @experiment, which must be valid (from a reader or a built-in) */
BpRun *bp_run_new (const BpExperiment *experiment);

/**
 * bp_run_load:
 *
 * Replaces the experiment: stops playing, clears undo, emits ::rebuilt and ::changed. On error the run is unchanged.
 */
gboolean bp_run_load (BpRun              *run,
                      const BpExperiment *experiment,
                      GError            **error);

/**
 * bp_run_load_trainer:
 * @experiment: the experiment that was opened
 * @trainer: (transfer full): its trainer from bp_trainer_new_sliced(), which another thread may have made
 *
 * As bp_run_load(), with a trainer that exists already.
 */
void bp_run_load_trainer (BpRun              *run,
                          const BpExperiment *experiment,
                          BpTrainer          *trainer);

/** Returns: (transfer none): the trainer, to read from; ::rebuilt may replace it */
BpTrainer *bp_run_get_trainer (BpRun *run);

/** Returns: how often its experiment or settings have changed; another number after each change */
guint bp_run_get_n_edits (BpRun *run);

/**
 * bp_run_watch:
 * @place: (inout) (nullable): the run that @watcher watches; it holds a reference
 * @run: (nullable): the one that it is to watch
 *
 * How a widget takes its run: its handlers of the old one are disconnected, and it connects those of the new one then.
 * Returns: whether it is another one
 */
gboolean bp_run_watch (BpRun  **place,
                       BpRun   *run,
                       gpointer watcher);

/* Moving. Each stops playing, emits ::changed at most once and returns whether the cursor moved or is under way. */

/** Returns: whether a step would move the cursor */
gboolean bp_run_get_can_step_back (BpRun *run);

gboolean bp_run_get_can_step_forward (BpRun *run);

gboolean bp_run_step (BpRun     *run,
                      BpStepSize size,
                      int        direction);

gboolean bp_run_seek (BpRun   *run,
                      BpCursor cursor);

/** Back to the start of the same run. */
void bp_run_reset (BpRun *run);

/** Starts over with a new seed, which is derived from the old one, so that shuffling can be replayed too. */
void bp_run_shuffle (BpRun *run);

/** Plays until @iteration is completed; a change of settings on the way does not end that. */
void bp_run_run_to (BpRun *run,
                    gint64 iteration);

/** Whether a move is under way, rather than the run at rest or played. */
gboolean bp_run_is_under_way (BpRun *run);

/** Returns: the target of the move under way, else the cursor; a saved run stores it */
BpCursor bp_run_get_destination (BpRun *run);

/**
 * bp_run_set_others:
 * @others: (nullable) (element-type BpRun): that stand beside the run, in the order in which they lead
 *
 * Where the run has diverged, steps and playing go on with the first of @others that has not, the leader; stepping back
 * takes the run along. What is beside it and does not lead follows the leader at ::changed, by who shows it.
 */
void bp_run_set_others (BpRun     *run,
                        GPtrArray *others);

/** Returns: (transfer none): @run, or which of the others goes on where it has diverged */
BpRun *bp_run_get_leader (BpRun *run);

/* Playing */

/** Property "playing" (boolean): whether bp_run_advance() moves the cursor; TRUE also while a move is under way. */
gboolean bp_run_get_playing (BpRun *run);

void bp_run_set_playing (BpRun   *run,
                         gboolean playing);

/** Property "speed" (double): steps a second, 0.5 … BP_RUN_MAX_SPEED, or 0 for unlimited. */
double bp_run_get_speed (BpRun *run);

void bp_run_set_speed (BpRun *run,
                       double speed);

/** Property "play-by" (BpStepSize): the size of a step of playing. */
BpStepSize bp_run_get_play_by (BpRun *run);

void bp_run_set_play_by (BpRun     *run,
                         BpStepSize size);

/** Returns: the iteration that bp_run_run_to() or a long move goes to, else 0. */
gint64 bp_run_get_running_to (BpRun *run);

/**
 * bp_run_advance:
 * @frame_time: microseconds of a clock that never goes back
 *
 * While playing, executes the steps that became due since the last call, for as long as drawing leaves of a frame, from
 * 3 to 10 ms, or 20 ms where one operation computes millions of numbers. Emits ::changed once if the cursor moved or
 * playing ended. Playing ends at the end of the run and at divergence.
 */
void bp_run_advance (BpRun *run,
                     gint64 frame_time);

/** @drawing_time: microseconds that drawing the last frame took */
void bp_run_set_drawing_time (BpRun *run,
                              gint64 drawing_time);

/* Settings. A change in the middle of a run applies from the cursor's iteration on. Playing and bp_run_run_to()
 * continue. Every change can be undone. */

/** Fails with a sentence for the user if a field is out of range; nothing has changed then. */
gboolean bp_run_set_settings (BpRun            *run,
                              const BpSettings *settings,
                              GError          **error);

/** The learning rate of the settings. Setting it ignores values out of range; changes that follow each other within a
 *  second are one undo. */
double bp_run_get_learning_rate (BpRun *run);

void bp_run_set_learning_rate (BpRun *run,
                               double learning_rate);

gint64 bp_run_get_n_iterations (BpRun *run);

void bp_run_set_n_iterations (BpRun *run,
                              gint64 n_iterations);

/**
 * bp_run_dup_experiment:
 *
 * Returns: (transfer full): a copy of the experiment to edit for bp_run_set_experiment(); it starts with the settings
 * at the cursor and has no later changes
 */
BpExperiment *bp_run_dup_experiment (BpRun *run);

/**
 * bp_run_set_experiment:
 *
 * Starts over with a changed copy of the experiment (seed, initial values, data); can be undone. Fails as the reader of
 * experiment files does; the run is unchanged then.
 */
gboolean bp_run_set_experiment (BpRun              *run,
                                const BpExperiment *experiment,
                                GError            **error);

/** Where a parameter, counted in the parameter vector, starts. */
typedef struct {
  gsize  parameter;
  double value;
} BpRunStart;

/** Where @parameter of the run starts, drawn or given. */
double bp_run_get_start (BpRun *run,
                         gsize  parameter);

/** Which changes by hand are one undo together: presses of a key that follow each other within a second, and all of a
 *  drag but its first, which is new. */
typedef enum {
  BP_STROKE_NEW,
  BP_STROKE_KEY,
  BP_STROKE_DRAG,
} BpRunStroke;

/**
 * bp_run_set_starts:
 * @starts: (array length=n_starts): the parameters that start elsewhere
 *
 * Starts over from there; within the first iteration the cursor stays, if not after an update. Can be undone. What the
 * run has recorded is kept as a reference run.
 */
gboolean bp_run_set_starts (BpRun            *run,
                            const BpRunStart *starts,
                            guint             n_starts,
                            BpRunStroke       stroke,
                            GError          **error);

/* The batch of the iteration that the cursor is in or, at (k, 0), that begins there */

/** Whether there is one, and data to choose samples of. */
gboolean bp_run_get_can_choose_batch (BpRun *run);

/** The samples that were chosen for it, as [Batches] has them. Returns: (nullable): NULL for what is drawn */
const char *bp_run_get_batch (BpRun *run);

/**
 * bp_run_choose_batch:
 * @samples: (nullable): as [Batches] has them; NULL for what is drawn
 *
 * Computes the run again with these samples, to the cursor, or to after the feed where that is later; can be undone.
 * What was recorded after the cursor is kept as a reference run. Fails as the reader of experiment files does; the run
 * is unchanged then.
 */
gboolean bp_run_choose_batch (BpRun      *run,
                              const char *samples,
                              GError    **error);

/**
 * bp_run_edit_sample:
 * @columns, @values: (array length=n_columns): columns of the dataset, and what the sample in @row is to have there
 *
 * Computes the run again with these data, to the cursor; can be undone. Fails as the reader of experiment files does;
 * the run is unchanged then.
 */
gboolean bp_run_edit_sample (BpRun        *run,
                             gsize         row,
                             const guint  *columns,
                             const double *values,
                             guint         n_columns,
                             GError      **error);

gboolean bp_run_get_can_undo (BpRun *run);

gboolean bp_run_get_can_redo (BpRun *run);

/** Takes back the last change of settings or experiment. The cursor goes to the position of the change of settings, or
 *  to the start. */
void bp_run_undo (BpRun *run);

void bp_run_redo (BpRun *run);

/* Reference runs. When settings change at a cursor before the end of what is recorded, the old run is kept as one. */

/** Returns: (transfer none) (element-type BpReference): the oldest first, at most BP_MAX_REFERENCES. When one more is
 *  added, the oldest goes and ::message says so. Those from a file may not be computed yet. */
GPtrArray *bp_run_get_references (BpRun *run);

/** Property "n-references" (uint). */
guint bp_run_get_n_references (BpRun *run);

/** Keeps what the run has recorded as a reference run; does nothing if nothing is recorded. */
void bp_run_keep_reference (BpRun *run);

/** Adds @reference (transfer full), such as one from a saved run, computed or not. */
void bp_run_take_reference (BpRun       *run,
                            BpReference *reference);

void bp_run_remove_reference (BpRun *run,
                              guint  index);

void bp_run_clear_references (BpRun *run);

/**
 * bp_run_compute_references:
 *
 * Computes in a thread the reference runs that are not computed yet; each keeps its index. Ends when all are computed,
 * bp_run_stop_computing() is called, another experiment is loaded or the run is finalized. If one cannot be computed,
 * ::message says why and it stays as it is.
 */
void bp_run_compute_references (BpRun *run);

/** Ends bp_run_compute_references(); those not computed yet stay so. */
void bp_run_stop_computing (BpRun *run);

/** Whether there are reference runs that are not computed. */
gboolean bp_run_has_uncomputed (BpRun *run);

/**
 * bp_run_get_computing:
 * @number: (out) (optional): the number of the reference run that is being computed, from 1
 * @n_references: (out) (optional): how many bp_run_compute_references() computes in all
 *
 * Property "computing" (double): the part of this work that is done, 0 … 1; −1 while none is being computed.
 */
double bp_run_get_computing (BpRun *run,
                             guint *number,
                             guint *n_references);

/**
 * BpRunSweepProgress:
 * @n_done: runs that are done
 * @n_runs: runs in all
 * @part: the part of all the work that is done, 0 … 1
 */
typedef void (*BpRunSweepProgress) (guint    n_done,
                                    guint    n_runs,
                                    double   part,
                                    gpointer data);

/** @error: (nullable): why none of the runs was kept; NULL when all were */
typedef void (*BpRunSweepDone) (const GError *error,
                                gpointer      owner);

/**
 * bp_run_sweep:
 * @experiments: (array length=n_experiments): the experiments to run, such as copies from bp_run_dup_experiment() with
 *   one setting changed
 * @progress: (nullable): called in the main loop twenty times a second
 * @done: called when all are run, when one of them cannot be, and when another experiment was loaded meanwhile
 *
 * Runs the experiments to their ends in a thread. When all are done, it adds each as a reference run. With the seed of
 * the run they see the same samples in the same order.
 *
 * Returns: the job, alive until it is done or cancelled; it has to be cancelled before @owner or @run dies
 */
BpJob *bp_run_sweep (BpRun                      *run,
                     const BpExperiment * const *experiments,
                     guint                       n_experiments,
                     BpRunSweepProgress          progress,
                     BpRunSweepDone              done,
                     gpointer                    owner);

/* Selection */

/** The node that the user selected for card and inspector, or BP_NODE_NONE, which follows the cursor. */
guint bp_run_get_selected_node (BpRun *run);

void bp_run_set_selected_node (BpRun *run,
                               guint  node);

/**
 * bp_run_select_element:
 * @node: a node, which becomes the selected one, or BP_NODE_NONE
 * @element: which of its elements card and plots show, or BP_ELEMENT_NONE
 *
 * bp_run_set_selected_node() selects no element of another node.
 */
void bp_run_select_element (BpRun *run,
                            guint  node,
                            gssize element);

/** The element that the user selected of the selected node, or BP_ELEMENT_NONE. */
gssize bp_run_get_selected_element (BpRun *run);

/** Returns: the selected element as an index into the parameters, or −1 where it is of no variable or none is */
int bp_run_get_selected_parameter (BpRun *run);

/** Returns: the node of card and graph: the selected one, else that of the last instruction, else BP_NODE_NONE */
guint bp_run_get_current_node (BpRun *run);

/* Nudging: the selected element, or the first of the selected node, is larger by ε, and the change runs forward through
 * the graph. It changes nothing of the run, and ends with the iteration and with the selection. */

/** Returns: whether the loss is computed at the cursor, the run at rest, and the graph small enough */
gboolean bp_run_get_can_nudge (BpRun *run);

/** Returns: (transfer none) (nullable): the nudge at the cursor, until ::changed; NULL while none is shown */
const BpNudge *bp_run_get_nudge (BpRun *run);

/** Begins or ends nudging; where no node is selected, selects that of the card, or a variable. */
void bp_run_set_nudging (BpRun    *run,
                         gboolean  nudging);

/** ε is one of 1, 2 and 5 times powers of ten: the step of such a size, 0 … BP_RUN_MAX_EPSILON. 0.01 to begin with. */
#define BP_RUN_MAX_EPSILON 18

guint bp_run_get_epsilon_step (BpRun *run);

void bp_run_set_epsilon_step (BpRun *run,
                              guint  step);

/* Predict first: gradients stay hidden until the learner has predicted them. What depends on them is hidden too: the
 * updated variables, and what is recorded after the cursor. */

/** Property "predict-first" (boolean): whether gradients stay hidden until bp_run_reveal_gradients(). */
gboolean bp_run_get_predict_first (BpRun *run);

void bp_run_set_predict_first (BpRun   *run,
                               gboolean predict_first);

/** Returns: whether a gradient that is computed is hidden */
gboolean bp_run_get_gradients_hidden (BpRun *run);

/**
 * bp_run_get_n_revealed:
 *
 * Returns: how many instructions of the iteration shown have their gradients revealed; G_MAXUINT for all
 */
guint bp_run_get_n_revealed (BpRun *run);

/** Reveals the gradients computed up to the cursor; those of later steps stay hidden. */
void bp_run_reveal_gradients (BpRun *run);

G_END_DECLS
