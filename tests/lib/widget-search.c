/* widget-search.c: how tests find widgets and do to them what a user does
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "lib/widget-search.h"

GtkWidget *
search_widget (GtkWidget *root,
               GType      type,
               gboolean (*matches) (GtkWidget  *widget,
                                    const char *text),
               const char *text)
{
  if (G_TYPE_CHECK_INSTANCE_TYPE (root, type) && (matches == NULL || matches (root, text)))
    return root;

  for (GtkWidget *child = gtk_widget_get_first_child (root); child != NULL; child = gtk_widget_get_next_sibling (child))
    {
      GtkWidget *found = search_widget (child, type, matches, text);

      if (found != NULL)
        return found;
    }

  return NULL;
}

gboolean
has_title (GtkWidget  *widget,
           const char *title)
{
  return g_str_equal (bp_field_get_title (BP_FIELD (widget)), title);
}

gboolean
has_css_class (GtkWidget  *widget,
               const char *css_class)
{
  return gtk_widget_has_css_class (widget, css_class);
}

gboolean
has_button_label (GtkWidget  *button,
                  const char *text)
{
  return g_strcmp0 (gtk_button_get_label (GTK_BUTTON (button)), text) == 0;
}

gboolean
has_label_text (GtkWidget  *label,
                const char *text)
{
  return g_str_equal (gtk_label_get_label (GTK_LABEL (label)), text);
}

BpField *
search_field (GtkWidget  *root,
              const char *title)
{
  GtkWidget *field = search_widget (root, BP_TYPE_FIELD, has_title, title);

  g_assert_nonnull (field);

  return BP_FIELD (field);
}

GtkEventController *
find_key_controller (GtkWidget *window)
{
  g_autoptr (GListModel) controllers = gtk_widget_observe_controllers (window);

  for (guint i = 0; i < g_list_model_get_n_items (controllers); i++)
    {
      g_autoptr (GtkEventController) controller = g_list_model_get_item (controllers, i);

      if (g_strcmp0 (gtk_event_controller_get_name (controller), "run-keys") == 0)
        return controller;
    }

  g_assert_not_reached ();
}

static gboolean
has_action (GtkWidget  *widget,
            const char *action)
{
  return g_strcmp0 (gtk_actionable_get_action_name (GTK_ACTIONABLE (widget)), action) == 0;
}

GtkWidget *
search_button (GtkWidget  *root,
               const char *action)
{
  GtkWidget *button = search_widget (root, GTK_TYPE_BUTTON, has_action, action);

  g_assert_nonnull (button);

  return button;
}

void
type_text (BpField    *field,
           const char *text)
{
  gtk_editable_set_text (GTK_EDITABLE (bp_field_get_entry (field)), text);
  g_signal_emit_by_name (bp_field_get_entry (field), "activate");
}

gboolean
press_key (BpField *field,
           guint    keyval)
{
  g_autoptr (GListModel) controllers = gtk_widget_observe_controllers (GTK_WIDGET (bp_field_get_entry (field)));
  gboolean handled = FALSE;

  for (guint i = 0; i < g_list_model_get_n_items (controllers) && !handled; i++)
    {
      g_autoptr (GtkEventController) controller = g_list_model_get_item (controllers, i);

      if (GTK_IS_EVENT_CONTROLLER_KEY (controller))
        g_signal_emit_by_name (controller, "key-pressed", keyval, 0, 0, &handled);
    }

  return handled;
}

static gboolean
is_triggered (GtkShortcutTrigger *trigger,
              guint               keyval,
              GdkModifierType     modifiers)
{
  if (GTK_IS_ALTERNATIVE_TRIGGER (trigger))
    return is_triggered (gtk_alternative_trigger_get_first (GTK_ALTERNATIVE_TRIGGER (trigger)), keyval, modifiers)
           || is_triggered (gtk_alternative_trigger_get_second (GTK_ALTERNATIVE_TRIGGER (trigger)), keyval, modifiers);

  return GTK_IS_KEYVAL_TRIGGER (trigger)
         && gtk_keyval_trigger_get_keyval (GTK_KEYVAL_TRIGGER (trigger)) == keyval
         && gtk_keyval_trigger_get_modifiers (GTK_KEYVAL_TRIGGER (trigger)) == modifiers;
}

gboolean
press_shortcut (GtkWidget      *widget,
                guint           keyval,
                GdkModifierType modifiers)
{
  g_autoptr (GListModel) controllers = gtk_widget_observe_controllers (widget);

  for (guint i = 0; i < g_list_model_get_n_items (controllers); i++)
    {
      g_autoptr (GtkEventController) controller = g_list_model_get_item (controllers, i);
      guint n = GTK_IS_SHORTCUT_CONTROLLER (controller) ? g_list_model_get_n_items (G_LIST_MODEL (controller)) : 0;

      for (guint j = 0; j < n; j++)
        {
          g_autoptr (GtkShortcut) shortcut = g_list_model_get_item (G_LIST_MODEL (controller), j);

          if (is_triggered (gtk_shortcut_get_trigger (shortcut), keyval, modifiers)
              && gtk_shortcut_action_activate (gtk_shortcut_get_action (shortcut), 0, widget,
                                               gtk_shortcut_get_arguments (shortcut)))
            return TRUE;
        }
    }

  return FALSE;
}

const char *
typed_text (BpField *field)
{
  return gtk_editable_get_text (GTK_EDITABLE (bp_field_get_entry (field)));
}

void
settle (void)
{
  while (g_main_context_iteration (NULL, FALSE))
    ;
}

/* What happens in a thread wakes nobody. */
static gboolean
wake_cb (G_GNUC_UNUSED gpointer data)
{
  return G_SOURCE_CONTINUE;
}

void
wait_until (gboolean (*is_done) (gpointer data),
            gpointer data)
{
  guint source = g_timeout_add (50, wake_cb, NULL);

  while (!is_done (data))
    g_main_context_iteration (NULL, TRUE);
  g_source_remove (source);
}

static gboolean
has_counted (gpointer count)
{
  return *(guint *) count > 0;
}

void
wait_for_frame (GtkWidget *widget)
{
  GdkFrameClock *clock = gtk_widget_get_frame_clock (widget);
  guint n_painted = 0;
  gulong handler = g_signal_connect_swapped (clock, "after-paint", G_CALLBACK (count_cb), &n_painted);

  gdk_frame_clock_request_phase (clock, GDK_FRAME_CLOCK_PHASE_PAINT);
  wait_until (has_counted, &n_painted);
  g_signal_handler_disconnect (clock, handler);
}

char *
dup_description (gpointer widget)
{
  return gtk_test_accessible_check_property (GTK_ACCESSIBLE (widget), GTK_ACCESSIBLE_PROPERTY_DESCRIPTION, "");
}

BpRun *
create_run (const char *name)
{
  g_autoptr (BpExperiment) experiment = load_builtin (name);

  return bp_run_new (experiment);
}

BpRun *
run_from_text (const char *text)
{
  g_autoptr (BpExperiment) experiment = experiment_from_text (text);

  return bp_run_new (experiment);
}

BpExperiment *
create_variant (BpRun *run,
                double learning_rate)
{
  BpExperiment *experiment = bp_run_dup_experiment (run);

  experiment->settings.optimizer.learning_rate = learning_rate;

  return experiment;
}

BpReference *
get_reference (BpRun *run,
               guint  index)
{
  g_assert_cmpuint (index, <, bp_run_get_n_references (run));

  return g_ptr_array_index (bp_run_get_references (run), index);
}

void
load_text (BpRun      *run,
           const char *text)
{
  g_autoptr (BpExperiment) experiment = experiment_from_text (text);
  g_autoptr (GError) error = NULL;

  bp_run_load (run, experiment, &error);
  g_assert_no_error (error);
}

void
assert_cursor (BpRun *run,
               gint64 iteration,
               guint  instruction)
{
  BpCursor cursor = bp_trainer_get_cursor (bp_run_get_trainer (run));

  g_assert_cmpint (cursor.iteration, ==, iteration);
  g_assert_cmpuint (cursor.instruction, ==, instruction);
}

void
count_cb (guint *count)
{
  (*count)++;
}
