/* window-fixture.h: a window of the program for tests, and what must be gone with it
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#pragma once

#include "lib/widget-search.h"
#include "bp-application.h"
#include "dialogs/bp-preferences.h"
#include "window/bp-window.h"
#include "lib/open-file.h"

typedef struct {
  BpWindow *window;
  BpRun    *run;
} Fixture;

static GtkApplication *application;

static inline void
forget_exports (void)
{
  g_autoptr (GSettings) settings = bp_preferences_new_export ();
  g_autoptr (GSettingsSchema) schema = NULL;
  g_auto (GStrv) keys = NULL;

  g_object_get (settings, "settings-schema", &schema, NULL);
  keys = g_settings_schema_list_keys (schema);
  for (guint i = 0; keys[i] != NULL; i++)
    g_settings_reset (settings, keys[i]);
}

/** A window as it opens. */
static inline void
set_up (Fixture                  *fixture,
        G_GNUC_UNUSED const void *data)
{
  forget_exports ();
  g_application_activate (G_APPLICATION (application));
  fixture->window = BP_WINDOW (gtk_application_get_active_window (application));
  g_assert_nonnull (fixture->window);
  fixture->run = bp_window_get_run (fixture->window);
  gtk_test_widget_wait_for_draw (GTK_WIDGET (fixture->window));
}

/** A window that stands in the middle of an iteration, with numbers of all kinds to show. */
static inline void
set_up_middle (Fixture    *fixture,
               const void *data)
{
  set_up (fixture, data);
  bp_run_seek (fixture->run, (BpCursor) { 24, 6 });
}

/** Nothing outlives the window. */
static inline void
tear_down (Fixture                  *fixture,
           G_GNUC_UNUSED const void *data)
{
  gpointer window = fixture->window;
  gpointer run = fixture->run;

  g_object_add_weak_pointer (window, &window);
  g_object_add_weak_pointer (run, &run);
  gtk_window_destroy (window);
  settle ();
  g_assert_null (window);
  /* A thread that works for it, such as a sweep's, lets go of it when it ends. */
  for (guint i = 0; i < 1000 && run != NULL; i++)
    {
      g_usleep (5000);
      settle ();
    }
  g_assert_null (run);
}

static inline BpTrainer *
get_trainer (Fixture *fixture)
{
  return bp_run_get_trainer (fixture->run);
}

static inline void
activate (Fixture    *fixture,
          const char *action)
{
  g_assert_true (gtk_widget_activate_action (GTK_WIDGET (fixture->window), action, NULL));
}

static inline gboolean
has_toast_text (GtkWidget  *widget,
                const char *text)
{
  return strstr (gtk_label_get_label (GTK_LABEL (widget)), text) != NULL;
}

static inline gboolean
is_toast (GtkWidget  *widget,
          const char *text)
{
  return g_str_equal (gtk_widget_get_css_name (widget), "toast")
         && search_widget (widget, GTK_TYPE_LABEL, has_toast_text, text) != NULL;
}

/** Whether a toast in @root has @text in it. */
static inline gboolean
has_toast (GtkWidget  *root,
           const char *text)
{
  settle ();

  return search_widget (root, GTK_TYPE_WIDGET, is_toast, text) != NULL;
}

/** Runs the tests with an application; in main(). */
static inline int
run_tests (void)
{
  int status;

  application = bp_application_new ();
  g_application_set_flags (G_APPLICATION (application), G_APPLICATION_NON_UNIQUE | G_APPLICATION_HANDLES_OPEN);
  g_assert_true (g_application_register (G_APPLICATION (application), NULL, NULL));
  status = g_test_run ();
  g_object_unref (application);

  return status;
}
