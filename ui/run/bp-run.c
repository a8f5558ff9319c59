/* bp-run.c: the one observable model of the window
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "run/bp-run-private.h"

enum {
  PROP_0,
  PROP_PLAYING,
  PROP_SPEED,
  PROP_PLAY_BY,
  PROP_N_REFERENCES,
  PROP_COMPUTING,
  PROP_PREDICT_FIRST,
  N_PROPS
};

enum {
  CHANGED,
  REBUILT,
  MESSAGE,
  N_SIGNALS
};

static GParamSpec *props[N_PROPS];
static guint signals[N_SIGNALS];

G_DEFINE_FINAL_TYPE (BpRun, bp_run, G_TYPE_OBJECT)

GType
bp_step_size_get_type (void)
{
  static GType type;

  if (g_once_init_enter (&type))
    {
      static const GEnumValue values[] = {
        { BP_STEP_NODE, "BP_STEP_NODE", "node" },
        { BP_STEP_PHASE, "BP_STEP_PHASE", "phase" },
        { BP_STEP_ITERATION, "BP_STEP_ITERATION", "iteration" },
        { 0, NULL, NULL },
      };

      g_once_init_leave (&type, g_enum_register_static ("BpStepSize", values));
    }

  return type;
}

/* Properties */

static void
read_state (BpRun *self)
{
  BpRunState *state = &self->state;

  state->n_references = bp_run_get_n_references (self);
  state->computing = bp_run_get_computing (self, NULL, NULL);
}

void
bp_run_notify (BpRun *run)
{
  BpRunState before = run->notified;
  const BpRunState *now = &run->state;
  GObject *object = G_OBJECT (run);

  read_state (run);
  run->notified = *now;
  g_object_freeze_notify (object);

#define NOTIFY(field, PROP) \
  if (before.field != now->field) \
    g_object_notify_by_pspec (object, props[PROP])

  NOTIFY (playing, PROP_PLAYING);
  NOTIFY (speed, PROP_SPEED);
  NOTIFY (play_by, PROP_PLAY_BY);
  NOTIFY (n_references, PROP_N_REFERENCES);
  NOTIFY (computing, PROP_COMPUTING);
  NOTIFY (predict_first, PROP_PREDICT_FIRST);

#undef NOTIFY

  g_object_thaw_notify (object);
}

/* The new graph may number its nodes differently; names stay. An element stays where the shape does. */
static void
follow_selection (BpRun   *run,
                  BpGraph *graph)
{
  const BpShape *before = bp_graph_get_shape (run->graph, run->selected_node);

  run->selected_node = bp_graph_find (graph, bp_graph_get_name (run->graph, run->selected_node));
  if (run->selected_node == BP_NODE_NONE || !bp_shape_equal (bp_graph_get_shape (graph, run->selected_node), before))
    run->selected_element = BP_ELEMENT_NONE;
}

void
bp_run_update (BpRun *run)
{
  BpGraph *graph = bp_trainer_get_graph (run->trainer);
  const gboolean is_rebuilt = graph != run->graph;

  if (is_rebuilt)
    {
      if (run->selected_node != BP_NODE_NONE)
        follow_selection (run, graph);
      bp_graph_unref (run->graph);
      run->graph = bp_graph_ref (graph);
    }
  bp_run_follow_nudge (run);
  if (is_rebuilt)
    g_signal_emit (run, signals[REBUILT], 0);

  bp_run_notify (run);
  g_signal_emit (run, signals[CHANGED], 0);
}

static void
bp_run_get_property (GObject    *object,
                     guint       prop_id,
                     GValue     *value,
                     GParamSpec *pspec)
{
  BpRun *self = BP_RUN (object);

  switch (prop_id)
    {
    case PROP_PLAYING:
      g_value_set_boolean (value, self->state.playing);
      break;

    case PROP_SPEED:
      g_value_set_double (value, self->state.speed);
      break;

    case PROP_PLAY_BY:
      g_value_set_enum (value, self->state.play_by);
      break;

    case PROP_N_REFERENCES:
      g_value_set_uint (value, bp_run_get_n_references (self));
      break;

    case PROP_COMPUTING:
      g_value_set_double (value, self->state.computing);
      break;

    case PROP_PREDICT_FIRST:
      g_value_set_boolean (value, self->state.predict_first);
      break;

    default:
      G_OBJECT_WARN_INVALID_PROPERTY_ID (object, prop_id, pspec);
    }
}

static void
bp_run_set_property (GObject      *object,
                     guint         prop_id,
                     const GValue *value,
                     GParamSpec   *pspec)
{
  BpRun *self = BP_RUN (object);

  switch (prop_id)
    {
    case PROP_SPEED:
      bp_run_set_speed (self, g_value_get_double (value));
      break;

    case PROP_PLAY_BY:
      bp_run_set_play_by (self, g_value_get_enum (value));
      break;

    case PROP_PREDICT_FIRST:
      bp_run_set_predict_first (self, g_value_get_boolean (value));
      break;

    default:
      G_OBJECT_WARN_INVALID_PROPERTY_ID (object, prop_id, pspec);
    }
}

static void
bp_run_finalize (GObject *object)
{
  BpRun *self = BP_RUN (object);

  g_clear_pointer (&self->nudge, bp_nudge_free);
  g_clear_pointer (&self->graph, bp_graph_unref);
  g_clear_pointer (&self->trainer, bp_trainer_free);
  g_clear_pointer (&self->undo, g_ptr_array_unref);
  g_clear_pointer (&self->redo, g_ptr_array_unref);
  bp_run_cancel_computing (self);
  g_clear_pointer (&self->pending, g_ptr_array_unref);
  g_clear_pointer (&self->references, g_ptr_array_unref);
  g_clear_pointer (&self->others, g_ptr_array_unref);
  g_free (self->said_change);

  G_OBJECT_CLASS (bp_run_parent_class)->finalize (object);
}

static void
bp_run_class_init (BpRunClass *klass)
{
  GObjectClass *object_class = G_OBJECT_CLASS (klass);
  const GParamFlags read_only = G_PARAM_READABLE | G_PARAM_STATIC_STRINGS;
  const GParamFlags read_write = G_PARAM_READWRITE | G_PARAM_EXPLICIT_NOTIFY | G_PARAM_STATIC_STRINGS;

  object_class->get_property = bp_run_get_property;
  object_class->set_property = bp_run_set_property;
  object_class->finalize = bp_run_finalize;

  props[PROP_PLAYING] = g_param_spec_boolean ("playing", NULL, NULL, FALSE, read_only);
  props[PROP_SPEED] = g_param_spec_double ("speed", NULL, NULL, 0, BP_RUN_MAX_SPEED, 10, read_write);
  props[PROP_PLAY_BY] = g_param_spec_enum ("play-by", NULL, NULL, BP_TYPE_STEP_SIZE, BP_STEP_NODE, read_write);
  props[PROP_N_REFERENCES] = g_param_spec_uint ("n-references", NULL, NULL, 0, BP_MAX_REFERENCES, 0, read_only);
  props[PROP_COMPUTING] = g_param_spec_double ("computing", NULL, NULL, -1, 1, -1, read_only);
  props[PROP_PREDICT_FIRST] = g_param_spec_boolean ("predict-first", NULL, NULL, FALSE, read_write);
  g_object_class_install_properties (object_class, N_PROPS, props);

  signals[CHANGED] = g_signal_new ("changed", BP_TYPE_RUN, G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL, G_TYPE_NONE, 0);
  signals[REBUILT] = g_signal_new ("rebuilt", BP_TYPE_RUN, G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL, G_TYPE_NONE, 0);
  signals[MESSAGE] = g_signal_new ("message", BP_TYPE_RUN, G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL,
                                   G_TYPE_NONE, 1, G_TYPE_STRING);
}

static void
bp_run_init (BpRun *self)
{
  self->undo = g_ptr_array_new_with_free_func ((GDestroyNotify) bp_run_edit_free);
  self->redo = g_ptr_array_new_with_free_func ((GDestroyNotify) bp_run_edit_free);
  self->references = g_ptr_array_new_with_free_func ((GDestroyNotify) bp_reference_free);
  self->pending = g_ptr_array_new ();
  self->state.speed = 10;
  self->state.play_by = BP_STEP_NODE;
  self->selected_node = BP_NODE_NONE;
  self->selected_element = BP_ELEMENT_NONE;
  self->epsilon_step = BP_RUN_FIRST_EPSILON;
}

BpRun *
bp_run_new (const BpExperiment *experiment)
{
  g_autoptr (BpRun) self = g_object_new (BP_TYPE_RUN, NULL);

  self->trainer = bp_trainer_new_sliced (experiment, NULL);
  g_return_val_if_fail (self->trainer != NULL, NULL);
  bp_run_set_out (self);
  self->graph = bp_graph_ref (bp_trainer_get_graph (self->trainer));
  read_state (self);
  self->notified = self->state;

  return g_steal_pointer (&self);
}

gboolean
bp_run_watch (BpRun  **place,
              BpRun   *run,
              gpointer watcher)
{
  g_return_val_if_fail (run == NULL || BP_IS_RUN (run), FALSE);

  if (*place == run)
    return FALSE;

  if (*place != NULL)
    g_signal_handlers_disconnect_by_data (*place, watcher);

  return g_set_object (place, run);
}

BpTrainer *
bp_run_get_trainer (BpRun *run)
{
  g_return_val_if_fail (BP_IS_RUN (run), NULL);

  return run->trainer;
}

void
bp_run_take_trainer (BpRun     *run,
                     BpTrainer *trainer)
{
  bp_trainer_free (run->trainer);
  run->trainer = trainer;
}

/* Moving */

static BpCursor
begin_move (BpRun *self)
{
  bp_run_stop (self);

  return bp_trainer_get_cursor (self->trainer);
}

static gboolean
end_move (BpRun   *self,
          BpCursor before)
{
  const BpCursor target = bp_trainer_get_target (self->trainer);
  BpCursor after;
  BpRun *leader;

  bp_run_set_out (self);
  leader = bp_run_get_leader (self);
  if (leader != self && !self->is_under_way)
    bp_run_seek (leader, target);
  after = bp_trainer_get_cursor (self->trainer);
  bp_run_update (self);

  return self->is_under_way || after.iteration != before.iteration || after.instruction != before.instruction;
}

/* The run stays where it diverged, or comes back with the leader. */
static gboolean
step_leader (BpRun     *self,
             BpRun     *leader,
             BpStepSize size,
             int        direction)
{
  gboolean has_moved = bp_run_step (leader, size, direction);
  BpCursor now = bp_trainer_get_cursor (self->trainer);
  BpCursor there = bp_trainer_get_cursor (leader->trainer);

  bp_run_stop (self);
  if (there.iteration < now.iteration || (there.iteration == now.iteration && there.instruction < now.instruction))
    bp_trainer_seek (self->trainer, there);
  bp_run_set_out (self);
  bp_run_update (self);

  return has_moved;
}

gboolean
bp_run_step (BpRun     *run,
             BpStepSize size,
             int        direction)
{
  BpRun *leader;
  BpCursor before;

  g_return_val_if_fail (BP_IS_RUN (run), FALSE);

  leader = bp_run_get_leader (run);
  if (leader != run)
    return step_leader (run, leader, size, direction);

  before = begin_move (run);

  switch (size)
    {
    case BP_STEP_NODE:
      bp_trainer_step_node (run->trainer, direction);
      break;

    case BP_STEP_PHASE:
      bp_trainer_step_phase (run->trainer, direction);
      break;

    case BP_STEP_ITERATION:
    default:
      bp_trainer_step_iteration (run->trainer, direction);
    }

  return end_move (run, before);
}

gboolean
bp_run_seek (BpRun   *run,
             BpCursor cursor)
{
  BpCursor before;

  g_return_val_if_fail (BP_IS_RUN (run), FALSE);

  before = begin_move (run);
  bp_trainer_seek (run->trainer, cursor);

  return end_move (run, before);
}

void
bp_run_reset (BpRun *run)
{
  bp_run_seek (run, (BpCursor) { 0, 0 });
}

gboolean
bp_run_get_can_step_back (BpRun *run)
{
  BpCursor cursor;

  g_return_val_if_fail (BP_IS_RUN (run), FALSE);

  cursor = bp_trainer_get_cursor (run->trainer);

  return cursor.iteration > 0 || cursor.instruction > 0;
}

gboolean
bp_run_get_can_step_forward (BpRun *run)
{
  g_return_val_if_fail (BP_IS_RUN (run), FALSE);

  return bp_trainer_get_status (bp_run_get_leader (run)->trainer) == BP_STATUS_READY;
}
