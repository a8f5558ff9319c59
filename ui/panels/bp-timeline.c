/* bp-timeline.c: where in time the run stands
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "panels/bp-timeline.h"

#include <glib/gi18n-lib.h>
#include <inttypes.h>
#include <math.h>

struct _BpTimeline {
  GtkBox         parent;

  GtkWidget     *buttons[BP_N_PHASES];
  GtkLabel      *labels[BP_N_PHASES];
  GtkLabel      *longest_labels[BP_N_PHASES]; /* never seen; their stacks keep room for them */
  GtkWidget     *scale;
  GtkAdjustment *adjustment;
  GtkStack      *stack;
  GtkBox        *phases;
  GtkWidget     *running;
  GtkLabel      *progress_label;
  GtkLabel      *iteration_label;
  GtkLabel      *longest_iteration_label;

  BpRun         *run;
  gint64         n_iterations; /* as the scale has them */
  guint          seek_source;
  gint64         target; /* where the slider was dragged to, until the run goes there */
};

G_DEFINE_FINAL_TYPE (BpTimeline, bp_timeline, GTK_TYPE_BOX)

/* That of the run which moves, where runs stand side by side. */
static BpTrainer *
get_trainer (BpTimeline *self)
{
  return bp_run_get_trainer (bp_run_get_leader (self->run));
}

/* The phases */

/* Where the instructions of @phase end in the program, and how many they are. */
static guint
get_phase_end (BpTrainer *trainer,
               BpPhase    phase,
               guint     *n)
{
  guint end = 0;

  *n = 0;
  for (guint i = 0; i < bp_trainer_get_n_instructions (trainer); i++)
    {
      const BpPhase other = bp_trainer_get_instruction (trainer, i)->phase;

      *n += other == phase;
      if (other <= phase)
        end = i + 1;
    }

  return end;
}

static const struct {
  const char *name;
  const char *css_class;
  const char *tooltip;
} phases[BP_N_PHASES] = {
  [BP_PHASE_FEED] = { N_("Feed"), "feed", N_("Go to the end of feeding in this iteration") },
  [BP_PHASE_FORWARD] = { N_("Forward"), "forward", N_("Go to the end of the forward pass in this iteration") },
  [BP_PHASE_BACKWARD] = { N_("Backward"), "backward", N_("Go to the end of the backward pass in this iteration") },
  [BP_PHASE_UPDATE] = { N_("Update"), "update", N_("Go to the end of this iteration, after its update") },
};

static char *
format_phase (BpPhase phase,
              guint   n_done,
              guint   n)
{
  /* Translators: a phase, and how many of its steps are done: "Backward 3/4". */
  return n > 1 ? g_strdup_printf (_("%s %u/%u"), _(phases[phase].name), n_done, n) : g_strdup (_(phases[phase].name));
}

static void
set_state (GtkWidget  *button,
           const char *state,
           gboolean    on)
{
  if (on)
    gtk_widget_add_css_class (button, state);
  else
    gtk_widget_remove_css_class (button, state);
}

static char *
describe_phase (BpPhase  phase,
                guint    n_done,
                guint    n,
                gboolean active)
{
  if (active)
    return g_strdup_printf (_("%s, step %u of %u, now"), _(phases[phase].name), n_done, n);

  return n_done == n ? g_strdup_printf (_("%s, done"), _(phases[phase].name))
                     : g_strdup_printf (_("%s, not yet"), _(phases[phase].name));
}

static void
update_phase (BpTimeline *self,
              BpPhase     phase,
              guint       n_executed)
{
  BpTrainer *trainer = get_trainer (self);
  const BpInstruction *last = bp_trainer_get_last_instruction (trainer);
  const gboolean active = last != NULL && last->phase == phase;
  guint n;
  const guint end = get_phase_end (trainer, phase, &n);
  const guint n_done = n - MIN (n, end - MIN (end, n_executed));
  g_autofree char *text = active ? format_phase (phase, n_done, n) : g_strdup (_(phases[phase].name));
  g_autofree char *longest = format_phase (phase, n, n);
  g_autofree char *description = describe_phase (phase, n_done, n, active);

  gtk_label_set_label (self->labels[phase], text);
  gtk_label_set_label (self->longest_labels[phase], longest);
  set_state (self->buttons[phase], "active", active);
  set_state (self->buttons[phase], "done", !active && n_done == n);
  gtk_accessible_update_property (GTK_ACCESSIBLE (self->buttons[phase]),
                                  GTK_ACCESSIBLE_PROPERTY_LABEL, description,
                                  -1);
}

static void
phase_clicked_cb (GtkWidget  *button,
                  BpTimeline *self)
{
  BpTrainer *trainer = get_trainer (self);
  const gint64 shown = bp_trainer_get_shown (trainer, NULL);
  const gint64 completed = shown > 0 ? shown - 1 : bp_trainer_get_cursor (trainer).iteration;
  guint n;

  for (guint phase = 0; phase < BP_N_PHASES; phase++)
    if (self->buttons[phase] == button)
      bp_run_seek (self->run, (BpCursor) { completed, get_phase_end (trainer, (BpPhase) phase, &n) });
}

/* The iterations */

static void
update_iteration (BpTimeline *self)
{
  BpTrainer *trainer = get_trainer (self);
  const BpCursor cursor = bp_trainer_get_cursor (trainer);
  const gint64 n = bp_trainer_get_n_iterations (trainer);
  const gint64 iteration = cursor.iteration + (cursor.instruction > 0);
  const double part = (double) cursor.instruction / bp_trainer_get_n_instructions (trainer);
  g_autofree char *text = g_strdup_printf (_("iteration %" PRId64 " of %" PRId64), iteration, n);

  if (n != self->n_iterations)
    {
      g_autofree char *longest = g_strdup_printf (_("iteration %" PRId64 " of %" PRId64), n, n);

      self->n_iterations = n;
      gtk_label_set_label (self->longest_iteration_label, longest);
      gtk_adjustment_set_upper (self->adjustment, (double) n);
      gtk_adjustment_set_page_increment (self->adjustment, fmax (1, round ((double) n / 10)));
    }
  gtk_label_set_label (self->iteration_label, text);
  if (self->seek_source == 0)
    gtk_adjustment_set_value (self->adjustment, (double) cursor.iteration + part);
  gtk_accessible_update_property (GTK_ACCESSIBLE (self->scale), GTK_ACCESSIBLE_PROPERTY_VALUE_TEXT, text, -1);
}

static gboolean
seek_cb (gpointer data)
{
  BpTimeline *self = data;

  self->seek_source = 0;
  if (!bp_run_seek (self->run, (BpCursor) { self->target, 0 }))
    update_iteration (self);

  return G_SOURCE_REMOVE;
}

/* A step from the middle of an iteration goes to its end or back to its start. */
static gint64
get_target (BpTimeline    *self,
            GtkScrollType  scroll,
            double         value)
{
  const double now = gtk_adjustment_get_value (self->adjustment);

  switch ((int) scroll)
    {
    case GTK_SCROLL_STEP_FORWARD:
    case GTK_SCROLL_STEP_RIGHT:
    case GTK_SCROLL_STEP_UP:
      return (gint64) floor (now) + 1;
    case GTK_SCROLL_STEP_BACKWARD:
    case GTK_SCROLL_STEP_LEFT:
    case GTK_SCROLL_STEP_DOWN:
      return (gint64) ceil (now) - 1;
    default:
      return (gint64) round (value);
    }
}

/* A pointer moves more often than a long run can be replayed, so the run only goes to the latest position, when nothing
 * else is due. */
static gboolean
change_value_cb (G_GNUC_UNUSED GtkRange *range,
                 GtkScrollType           scroll,
                 double                  value,
                 BpTimeline             *self)
{
  if (self->run == NULL)
    return TRUE;

  self->target = CLAMP (get_target (self, scroll, value), 0, self->n_iterations);
  gtk_adjustment_set_value (self->adjustment, (double) self->target);
  if (self->seek_source == 0)
    self->seek_source = g_idle_add (seek_cb, self);

  return TRUE;
}

/* Running to an iteration */

static void
update_running (BpTimeline *self)
{
  const gint64 target = bp_run_get_running_to (self->run);
  const gint64 done = bp_trainer_get_cursor (get_trainer (self)).iteration;
  g_autofree char *text = NULL;

  gtk_stack_set_visible_child (self->stack, target > 0 ? self->running : GTK_WIDGET (self->phases));
  if (target <= 0)
    return;
  text = g_strdup_printf (_("running to iteration %" PRId64 " · %d %%"), target,
                          (int) (100 * (double) done / (double) target));
  gtk_label_set_label (self->progress_label, text);
}

static void
stop_cb (BpTimeline *self)
{
  bp_run_set_playing (self->run, FALSE);
}

static void
update (BpTimeline *self)
{
  guint n_executed;

  bp_trainer_get_shown (get_trainer (self), &n_executed);
  for (guint phase = 0; phase < BP_N_PHASES; phase++)
    update_phase (self, (BpPhase) phase, n_executed);
  update_iteration (self);
  update_running (self);
}

/* The object */

static void
bp_timeline_dispose (GObject *object)
{
  BpTimeline *self = BP_TIMELINE (object);

  g_clear_handle_id (&self->seek_source, g_source_remove);
  bp_run_watch (&self->run, NULL, self);

  G_OBJECT_CLASS (bp_timeline_parent_class)->dispose (object);
}

static void
bp_timeline_class_init (BpTimelineClass *klass)
{
  GObjectClass *object_class = G_OBJECT_CLASS (klass);
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  object_class->dispose = bp_timeline_dispose;

  gtk_widget_class_set_css_name (widget_class, "timeline");
  gtk_widget_class_set_accessible_role (widget_class, GTK_ACCESSIBLE_ROLE_GROUP);
  gtk_widget_class_set_template_from_resource (widget_class, "/org/backproplab/BackpropLab/bp-timeline.ui");
  gtk_widget_class_bind_template_child (widget_class, BpTimeline, scale);
  gtk_widget_class_bind_template_child (widget_class, BpTimeline, adjustment);
  gtk_widget_class_bind_template_child (widget_class, BpTimeline, stack);
  gtk_widget_class_bind_template_child (widget_class, BpTimeline, phases);
  gtk_widget_class_bind_template_child (widget_class, BpTimeline, running);
  gtk_widget_class_bind_template_child (widget_class, BpTimeline, progress_label);
  gtk_widget_class_bind_template_child (widget_class, BpTimeline, iteration_label);
  gtk_widget_class_bind_template_child (widget_class, BpTimeline, longest_iteration_label);
  gtk_widget_class_bind_template_callback (widget_class, change_value_cb);
  gtk_widget_class_bind_template_callback (widget_class, stop_cb);
}

static void
add_phase (BpTimeline *self,
           BpPhase     phase)
{
  GtkWidget *button = gtk_button_new ();
  GtkWidget *stack = gtk_stack_new ();
  GtkWidget *label = gtk_label_new (_(phases[phase].name));
  GtkWidget *longest = gtk_label_new (NULL);

  gtk_widget_add_css_class (longest, "longest");
  gtk_stack_add_child (GTK_STACK (stack), label);
  gtk_stack_add_child (GTK_STACK (stack), longest);
  gtk_button_set_child (GTK_BUTTON (button), stack);
  gtk_widget_set_focus_on_click (button, FALSE);
  gtk_widget_set_tooltip_text (button, _(phases[phase].tooltip));
  gtk_widget_add_css_class (button, "phase");
  gtk_widget_add_css_class (button, phases[phase].css_class);
  g_signal_connect (button, "clicked", G_CALLBACK (phase_clicked_cb), self);
  gtk_box_append (self->phases, button);
  self->buttons[phase] = button;
  self->labels[phase] = GTK_LABEL (label);
  self->longest_labels[phase] = GTK_LABEL (longest);
}

static void
bp_timeline_init (BpTimeline *self)
{
  gtk_widget_init_template (GTK_WIDGET (self));
  for (guint phase = 0; phase < BP_N_PHASES; phase++)
    add_phase (self, (BpPhase) phase);
}

GtkWidget *
bp_timeline_new (BpRun *run)
{
  GtkWidget *self = g_object_new (BP_TYPE_TIMELINE, NULL);

  bp_timeline_set_run (BP_TIMELINE (self), run);

  return self;
}

void
bp_timeline_set_run (BpTimeline *self,
                     BpRun      *run)
{
  g_return_if_fail (BP_IS_TIMELINE (self));

  if (!bp_run_watch (&self->run, run, self))
    return;

  g_clear_handle_id (&self->seek_source, g_source_remove);
  gtk_widget_set_sensitive (GTK_WIDGET (self), run != NULL);
  if (run != NULL)
    {
      g_signal_connect_swapped (run, "changed", G_CALLBACK (update), self);
      update (self);
    }
}

void
bp_timeline_set_brief (BpTimeline *self)
{
  g_return_if_fail (BP_IS_TIMELINE (self));

  gtk_widget_set_visible (self->scale, FALSE);
  gtk_label_set_ellipsize (self->iteration_label, PANGO_ELLIPSIZE_NONE);
  gtk_label_set_ellipsize (self->longest_iteration_label, PANGO_ELLIPSIZE_NONE);
}
