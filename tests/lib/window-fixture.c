/* window-fixture.c: the application with a window for tests, and what must be gone with it
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "lib/window-fixture.h"

#include <stdio.h>

GtkApplication *application;
char *chosen_path;
char *suggested_name;

/* Windows */

GtkApplication *
application_new (void)
{
  GtkApplication *app = bp_application_new ();

  g_application_set_flags (G_APPLICATION (app), G_APPLICATION_NON_UNIQUE | G_APPLICATION_HANDLES_OPEN);
  g_assert_true (g_application_register (G_APPLICATION (app), NULL, NULL));

  return app;
}

BpWindow *
open_window (void)
{
  GtkWindow *window;

  g_application_activate (G_APPLICATION (application));
  window = gtk_application_get_active_window (application);
  g_assert_nonnull (window);
  gtk_test_widget_wait_for_draw (GTK_WIDGET (window));

  return BP_WINDOW (window);
}

void
close_window (BpWindow *window)
{
  gpointer weak = window;
  GtkWindow *dialog;

  while ((dialog = find_over (window, GTK_TYPE_WINDOW)) != NULL)
    gtk_window_destroy (dialog);
  g_object_add_weak_pointer (weak, &weak);
  gtk_window_destroy (GTK_WINDOW (window));
  settle ();
  g_assert_null (weak);
}

static void
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

static gboolean
is_gone (gpointer data)
{
  return *(gpointer *) data == NULL;
}

typedef struct {
  BpCursor start;
  void (*test) (Fixture *fixture);
} WindowTest;

static void
run_window_test (gconstpointer data)
{
  const WindowTest *test = data;
  Fixture fixture;
  gpointer run;

  forget_exports ();
  fixture.window = open_window ();
  fixture.run = bp_window_get_run (fixture.window);
  bp_run_seek (fixture.run, test->start);
  test->test (&fixture);

  run = fixture.run;
  g_object_add_weak_pointer (run, &run);
  close_window (fixture.window);
  /* A thread that works for it, such as a sweep's, lets go of it when it ends. */
  wait_until (is_gone, &run);
}

void
add_window_test (const char *path,
                 BpCursor    start,
                 void (*test) (Fixture *fixture))
{
  const WindowTest window_test = { start, test };

  g_test_add_data_func_full (path, g_memdup2 (&window_test, sizeof window_test), run_window_test, g_free);
}

/* What is in a window */

BpTrainer *
get_trainer (Fixture *fixture)
{
  return bp_run_get_trainer (fixture->run);
}

const char *
get_name (Fixture *fixture)
{
  return bp_trainer_get_experiment (get_trainer (fixture))->name;
}

void
activate (Fixture    *fixture,
          const char *action)
{
  g_assert_true (gtk_widget_activate_action (GTK_WIDGET (fixture->window), action, NULL));
}

gboolean
is_enabled (Fixture    *fixture,
            const char *name)
{
  return g_action_group_get_action_enabled (G_ACTION_GROUP (fixture->window), name);
}

gpointer
find_over (BpWindow *window,
           GType     type)
{
  g_autoptr (GList) toplevels = gtk_window_list_toplevels ();

  for (GList *link = toplevels; link != NULL; link = link->next)
    if (G_TYPE_CHECK_INSTANCE_TYPE (link->data, type) && gtk_widget_get_visible (link->data)
        && gtk_window_get_transient_for (link->data) == GTK_WINDOW (window))
      return link->data;

  return NULL;
}

static gboolean
has_toast_text (GtkWidget  *widget,
                const char *text)
{
  return strstr (gtk_label_get_label (GTK_LABEL (widget)), text) != NULL;
}

static gboolean
is_toast (GtkWidget  *widget,
          const char *text)
{
  return g_str_equal (gtk_widget_get_css_name (widget), "toast")
         && search_widget (widget, GTK_TYPE_LABEL, has_toast_text, text) != NULL;
}

gboolean
shows_toast (GtkWidget  *root,
             const char *text)
{
  return search_widget (root, GTK_TYPE_WIDGET, is_toast, text) != NULL;
}

gboolean
has_toast (GtkWidget  *root,
           const char *text)
{
  settle ();

  return shows_toast (root, text);
}

/* Files */

void
choose (G_GNUC_UNUSED GtkWindow *parent,
        const char              *name,
        BpFileChosen             chosen,
        gpointer                 data)
{
  g_autoptr (GFile) file = chosen_path != NULL ? g_file_new_for_path (chosen_path) : NULL;

  g_free (suggested_name);
  suggested_name = g_strdup (name);
  chosen (file, data);
}

void
wait_until_opened (BpWindow *window)
{
  while (bp_window_get_opening (window))
    g_main_context_iteration (NULL, TRUE);
}

gboolean
open_in (BpWindow *window,
         GFile    *file)
{
  BpTrainer *before = bp_run_get_trainer (bp_window_get_run (window));

  bp_window_open_file (window, file);
  wait_until_opened (window);

  return bp_run_get_trainer (bp_window_get_run (window)) != before;
}

/* Running */

/*
 * AdwMessageDialog has its heading twice, on one line and smaller on several, and asks for the height of the first at
 * widths that only the second has; GTK from 4.18 on warns of that. It is so with every heading of more than one word.
 */
static gboolean
is_heading_warning (const char *message)
{
  void *label;
  GtkWidget *root;

  if (sscanf (message, "Trying to measure GtkLabel %p for width of", &label) != 1)
    return FALSE;

  root = GTK_WIDGET (gtk_widget_get_root (GTK_WIDGET (label)));

  return ADW_IS_MESSAGE_DIALOG (root) &&
         g_strcmp0 (gtk_label_get_label (label), adw_message_dialog_get_heading (ADW_MESSAGE_DIALOG (root))) == 0;
}

/*
 * GTK 4.8 goes on laying out a text while a frame is drawn; the scrollbar gets another range then, after it was
 * allocated for that frame. The next one is right.
 */
static gboolean
is_text_scrollbar_warning (const char *message)
{
  void *gizmo;
  GtkWidget *window;

  if (sscanf (message, "Trying to snapshot GtkGizmo %p without a current allocation", &gizmo) != 1
      || gtk_widget_get_ancestor (gizmo, GTK_TYPE_SCROLLBAR) == NULL)
    return FALSE;

  window = gtk_widget_get_ancestor (gizmo, GTK_TYPE_SCROLLED_WINDOW);

  return window != NULL && GTK_IS_TEXT_VIEW (gtk_scrolled_window_get_child (GTK_SCROLLED_WINDOW (window)));
}

static GLogWriterOutput
write_other_log (GLogLevelFlags         level,
                 const GLogField       *fields,
                 gsize                  n_fields,
                 G_GNUC_UNUSED gpointer data)
{
  for (gsize i = 0; i < n_fields; i++)
    if (g_str_equal (fields[i].key, "MESSAGE")
        && (is_heading_warning (fields[i].value) || is_text_scrollbar_warning (fields[i].value)))
      return G_LOG_WRITER_HANDLED;

  return g_log_writer_default (level, fields, n_fields, data);
}

int
run_tests (void)
{
  int status;

  g_log_set_writer_func (write_other_log, NULL, NULL);
  application = application_new ();
  status = g_test_run ();
  g_object_unref (application);
  g_clear_pointer (&suggested_name, g_free);

  return status;
}
