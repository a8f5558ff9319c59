/* widget-search.h: how tests find widgets and do to them what a user does
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#pragma once

#include <gtk/gtk.h>

#include "experiment/bp-builtin.h"
#include "widgets/bp-field.h"
#include "run/bp-run.h"

/** The first widget of @type at or below @root for which @matches (NULL for any) is true, or NULL. */
static inline GtkWidget *
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

static inline gboolean
has_title (GtkWidget  *widget,
           const char *title)
{
  return g_str_equal (bp_field_get_title (BP_FIELD (widget)), title);
}

/** The field with that title, which must exist. */
static inline BpField *
search_field (GtkWidget  *root,
              const char *title)
{
  GtkWidget *field = search_widget (root, BP_TYPE_FIELD, has_title, title);

  g_assert_nonnull (field);

  return BP_FIELD (field);
}

/** What takes the keys of the run in a window of the program. */
static inline GtkEventController *
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

static inline gboolean
has_action (GtkWidget  *widget,
            const char *action)
{
  return g_strcmp0 (gtk_actionable_get_action_name (GTK_ACTIONABLE (widget)), action) == 0;
}

/** The button that activates that action, which must exist. */
static inline GtkWidget *
search_button (GtkWidget  *root,
               const char *action)
{
  GtkWidget *button = search_widget (root, GTK_TYPE_BUTTON, has_action, action);

  g_assert_nonnull (button);

  return button;
}

/** Types @text over what stands in the field and presses Enter. */
static inline void
type_text (BpField    *field,
           const char *text)
{
  gtk_editable_set_text (GTK_EDITABLE (bp_field_get_entry (field)), text);
  g_signal_emit_by_name (bp_field_get_entry (field), "activate");
}

/** Presses a key in the field's entry; returns whether the field took it. */
static inline gboolean
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

/** Presses a key that is a shortcut of @widget, one of its class too; returns whether it took it. */
static inline gboolean
press_shortcut (GtkWidget      *widget,
                guint           keyval,
                GdkModifierType modifiers)
{
  g_autoptr (GtkShortcutTrigger) pressed = gtk_keyval_trigger_new (keyval, modifiers);
  g_autoptr (GListModel) controllers = gtk_widget_observe_controllers (widget);
  gboolean handled = FALSE;

  for (guint i = 0; i < g_list_model_get_n_items (controllers); i++)
    {
      g_autoptr (GtkEventController) controller = g_list_model_get_item (controllers, i);
      guint n = GTK_IS_SHORTCUT_CONTROLLER (controller) ? g_list_model_get_n_items (G_LIST_MODEL (controller)) : 0;

      for (guint j = 0; j < n && !handled; j++)
        {
          g_autoptr (GtkShortcut) shortcut = g_list_model_get_item (G_LIST_MODEL (controller), j);

          if (gtk_shortcut_trigger_equal (gtk_shortcut_get_trigger (shortcut), pressed))
            handled = gtk_shortcut_action_activate (gtk_shortcut_get_action (shortcut), 0, widget,
                                                    gtk_shortcut_get_arguments (shortcut));
        }
    }

  return handled;
}

/** What stands in the field's entry. */
static inline const char *
typed_text (BpField *field)
{
  return gtk_editable_get_text (GTK_EDITABLE (bp_field_get_entry (field)));
}

/** Lets everything happen that is due. */
static inline void
settle (void)
{
  while (g_main_context_iteration (NULL, FALSE))
    ;
}

/* What happens in a thread wakes nobody. */
static inline gboolean
wake_cb (G_GNUC_UNUSED gpointer data)
{
  return G_SOURCE_CONTINUE;
}

/** Lets things happen until @is_done says so. What never does runs into the time that the runner gives a test. */
static inline void
wait_until (gboolean (*is_done) (gpointer data),
            gpointer data)
{
  guint source = g_timeout_add (50, wake_cb, NULL);

  while (!is_done (data))
    g_main_context_iteration (NULL, TRUE);
  g_source_remove (source);
}

/** A run of a built-in experiment. */
static inline BpRun *
create_run (const char *name)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (BpExperiment) experiment = bp_builtin_load (name, &error);

  g_assert_no_error (error);

  return bp_run_new (experiment);
}

static inline void
count_cb (guint *count)
{
  (*count)++;
}
