/* test-window-settings.c: a window is as the last one was left, wherever it fits
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "lib/window-fixture.h"
#include "graph/bp-graph-view.h"
#include "window/bp-lecture.h"
#include "plots/bp-plot-panes.h"
#include "dialogs/bp-preferences.h"
#include "panels/bp-training-panel.h"
#include "window/bp-window.h"

#define PATIENCE (10 * G_USEC_PER_SEC)

static BpWindow *
window_new (void)
{
  g_autoptr (BpRun) run = create_run ("regression");
  GtkWidget *window = bp_window_new (NULL, run);

  gtk_window_present (GTK_WINDOW (window));
  gtk_test_widget_wait_for_draw (window);

  return BP_WINDOW (window);
}

static void
window_close (BpWindow *window)
{
  gpointer weak = window;

  g_object_add_weak_pointer (weak, &weak);
  gtk_window_close (GTK_WINDOW (window));
  settle ();
  g_assert_null (weak);
}

static GSettings *
settings_new (void)
{
  GSettings *settings = bp_preferences_new ();

  g_assert_nonnull (settings);

  return settings;
}

/* The settings as they are before the first start. */
static GSettings *
settings_new_reset (void)
{
  GSettings *settings = settings_new ();
  g_autoptr (GSettingsSchema) schema = NULL;
  g_auto (GStrv) keys = NULL;

  g_object_get (settings, "settings-schema", &schema, NULL);
  keys = g_settings_schema_list_keys (schema);

  for (guint i = 0; keys[i] != NULL; i++)
    g_settings_reset (settings, keys[i]);

  return settings;
}

/* The panes' handles: above the plots, and beside the training panel. */
static GtkPaned *
get_graph_pane (BpWindow *window)
{
  GtkWidget *plots = search_widget (GTK_WIDGET (window), BP_TYPE_PLOT_PANES, NULL, NULL);

  return GTK_PANED (gtk_widget_get_ancestor (plots, GTK_TYPE_PANED));
}

static GtkPaned *
get_panel_pane (BpWindow *window)
{
  GtkWidget *panel = search_widget (GTK_WIDGET (window), BP_TYPE_TRAINING_PANEL, NULL, NULL);

  return GTK_PANED (gtk_widget_get_ancestor (panel, GTK_TYPE_PANED));
}

static double
get_graph_share (BpWindow *window)
{
  GtkPaned *pane = get_graph_pane (window);

  return (double) gtk_paned_get_position (pane) / gtk_widget_get_height (GTK_WIDGET (pane));
}

static void
assert_default_size (BpWindow *window,
                     int       expected_width,
                     int       expected_height)
{
  int width, height;

  gtk_window_get_default_size (GTK_WINDOW (window), &width, &height);
  g_assert_cmpint (width, ==, expected_width);
  g_assert_cmpint (height, ==, expected_height);
}

static void
get_screen (GdkRectangle *screen)
{
  g_autoptr (GdkMonitor) monitor = g_list_model_get_item (gdk_display_get_monitors (gdk_display_get_default ()), 0);

  gdk_monitor_get_geometry (monitor, screen);
}

static void
test_first_window (void)
{
  g_autoptr (GSettings) settings = settings_new_reset ();
  g_autoptr (BpRun) run = create_run ("regression");
  double speed = bp_run_get_speed (run);
  BpStepSize size = bp_run_get_play_by (run);
  BpWindow *window = window_new ();

  assert_default_size (window, 1366, 768);
  g_assert_cmpfloat (bp_run_get_speed (bp_window_get_run (window)), ==, speed);
  g_assert_cmpint (bp_run_get_play_by (bp_window_get_run (window)), ==, size);
  window_close (window);
  g_assert_cmpint (g_settings_get_int (settings, "training-panel-width"), ==, -1);
  g_assert_cmpfloat (g_settings_get_double (settings, "graph-share"), ==, 0);
}

static void
test_second_window (void)
{
  g_autoptr (GSettings) settings = settings_new_reset ();
  BpWindow *window = window_new ();
  double share;
  int width, panel_width;

  gtk_window_set_default_size (GTK_WINDOW (window), 1280, 900);
  gtk_test_widget_wait_for_draw (GTK_WIDGET (window));
  gtk_paned_set_position (get_graph_pane (window), gtk_paned_get_position (get_graph_pane (window)) + 60);
  gtk_paned_set_position (get_panel_pane (window), 300);
  gtk_test_widget_wait_for_draw (GTK_WIDGET (window));
  width = gtk_widget_get_width (GTK_WIDGET (window));
  share = get_graph_share (window);
  panel_width = gtk_paned_get_position (get_panel_pane (window));
  g_assert_cmpint (panel_width, ==, 300);
  bp_run_set_speed (bp_window_get_run (window), 0.5);
  bp_run_set_play_by (bp_window_get_run (window), BP_STEP_ITERATION);
  window_close (window);
  g_assert_cmpint (g_settings_get_int (settings, "window-width"), ==, 1280);

  window = window_new ();
  assert_default_size (window, 1280, 900);
  g_assert_cmpint (gtk_widget_get_width (GTK_WIDGET (window)), ==, width);
  g_assert_cmpfloat_with_epsilon (get_graph_share (window), share, 0.002);
  g_assert_cmpint (gtk_paned_get_position (get_panel_pane (window)), ==, panel_width);
  g_assert_cmpfloat (bp_run_get_speed (bp_window_get_run (window)), ==, 0.5);
  g_assert_cmpint (bp_run_get_play_by (bp_window_get_run (window)), ==, BP_STEP_ITERATION);
  window_close (window);
}

/* Larger than the screen, or than it leaves room for. What was wanted is kept for the next time that it fits. */
static void
test_too_large (void)
{
  g_autoptr (GSettings) settings = settings_new_reset ();
  GdkRectangle screen;
  BpWindow *window;
  GtkPaned *graph_pane, *panel_pane;

  g_settings_set_int (settings, "window-width", 5000);
  g_settings_set_int (settings, "window-height", 4000);
  g_settings_set_int (settings, "training-panel-width", 3000);
  g_settings_set_double (settings, "graph-share", 1);
  get_screen (&screen);
  window = window_new ();
  graph_pane = get_graph_pane (window);
  panel_pane = get_panel_pane (window);

  assert_default_size (window, screen.width, screen.height);
  g_assert_cmpint (gtk_widget_get_height (gtk_paned_get_end_child (graph_pane)), >=, 150);
  g_assert_cmpint (gtk_widget_get_width (gtk_paned_get_end_child (panel_pane)), >=, 0.65 * screen.width);
  window_close (window);
  g_assert_cmpint (g_settings_get_int (settings, "window-width"), ==, 5000);
  g_assert_cmpint (g_settings_get_int (settings, "window-height"), ==, 4000);
  g_assert_cmpint (g_settings_get_int (settings, "training-panel-width"), ==, 3000);
  g_assert_cmpfloat (g_settings_get_double (settings, "graph-share"), ==, 1);
}

/* As small as the file can say: the panel is folded away, everything else gets what it needs. */
static void
test_too_small (void)
{
  g_autoptr (GSettings) settings = settings_new_reset ();
  BpWindow *window;

  g_settings_set_int (settings, "window-width", 1);
  g_settings_set_int (settings, "window-height", 1);
  g_settings_set_int (settings, "training-panel-width", 0);
  g_settings_set_double (settings, "graph-share", 1e-9);
  g_settings_set_double (settings, "speed", 0.001);
  window = window_new ();
  g_assert_false (gtk_widget_get_visible (gtk_paned_get_start_child (get_panel_pane (window))));
  g_assert_cmpint (gtk_widget_get_height (gtk_paned_get_end_child (get_graph_pane (window))), >=, 150);
  g_assert_cmpint (gtk_widget_get_height (search_widget (GTK_WIDGET (window), BP_TYPE_GRAPH_VIEW, NULL, NULL)), >, 50);
  g_assert_cmpfloat (bp_run_get_speed (bp_window_get_run (window)), ==, 0.5);
  window_close (window);
}

/* The graph keeps its part of a smaller window, and gets it back in a larger one. */
static void
test_other_size (void)
{
  static const int heights[] = { 1000, 768, 1000 };
  g_autoptr (GSettings) settings = settings_new_reset ();

  g_settings_set_double (settings, "graph-share", 0.7);
  for (gsize i = 0; i < G_N_ELEMENTS (heights); i++)
    {
      BpWindow *window;

      g_settings_set_int (settings, "window-height", heights[i]);
      window = window_new ();
      g_assert_cmpfloat_with_epsilon (get_graph_share (window), 0.7, 0.002);
      window_close (window);
      g_assert_cmpfloat (g_settings_get_double (settings, "graph-share"), ==, 0.7);
    }
}

static void
test_several_windows (void)
{
  g_autoptr (GSettings) settings = settings_new_reset ();
  BpWindow *first = window_new ();
  BpWindow *second = window_new ();

  gtk_window_set_default_size (GTK_WINDOW (first), 1200, 700);
  bp_run_set_speed (bp_window_get_run (first), 2);
  gtk_window_set_default_size (GTK_WINDOW (second), 1400, 800);
  bp_run_set_speed (bp_window_get_run (second), 50);
  settle ();
  g_assert_cmpfloat (bp_run_get_speed (bp_window_get_run (first)), ==, 2);

  window_close (second);
  g_assert_cmpint (g_settings_get_int (settings, "window-width"), ==, 1400);
  g_assert_cmpfloat (g_settings_get_double (settings, "speed"), ==, 50);
  window_close (first);
  g_assert_cmpint (g_settings_get_int (settings, "window-width"), ==, 1200);
  g_assert_cmpfloat (g_settings_get_double (settings, "speed"), ==, 2);
}

/* A session can end without a word. */
static void
test_saved_while_open (void)
{
  g_autoptr (GSettings) settings = settings_new_reset ();
  BpWindow *window = window_new ();
  gint64 end = g_get_monotonic_time () + PATIENCE;

  gtk_paned_set_position (get_panel_pane (window), 280);
  bp_run_set_speed (bp_window_get_run (window), 20);
  while (g_settings_get_double (settings, "speed") != 20 && g_get_monotonic_time () < end)
    g_main_context_iteration (NULL, TRUE);

  g_assert_cmpfloat (g_settings_get_double (settings, "speed"), ==, 20);
  g_assert_cmpint (g_settings_get_int (settings, "training-panel-width"), ==, 280);
  window_close (window);
}

/* What the projector shows is no size for a window. */
static void
test_lecture (void)
{
  g_autoptr (GSettings) settings = settings_new_reset ();
  BpWindow *window = window_new ();

  gtk_window_set_default_size (GTK_WINDOW (window), 1300, 760);
  gtk_test_widget_wait_for_draw (GTK_WIDGET (window));
  g_action_group_activate_action (G_ACTION_GROUP (window), "lecture", NULL);
  g_assert_true (bp_lecture_get_active (bp_window_get_lecture (window)));
  gtk_window_set_default_size (GTK_WINDOW (window), 1900, 1000);
  gtk_test_widget_wait_for_draw (GTK_WIDGET (window));
  gtk_paned_set_position (get_graph_pane (window), 400);
  gtk_test_widget_wait_for_draw (GTK_WIDGET (window));
  window_close (window);

  g_assert_cmpint (g_settings_get_int (settings, "window-width"), ==, 1300);
  g_assert_cmpint (g_settings_get_int (settings, "window-height"), ==, 760);
  g_assert_cmpint (g_settings_get_int (settings, "training-panel-width"), ==, -1);
  g_assert_cmpfloat (g_settings_get_double (settings, "graph-share"), ==, 0);
}

/* A maximized plot hides the graph, and moves no handle. */
static void
test_maximized_plot (void)
{
  g_autoptr (GSettings) settings = settings_new_reset ();
  BpWindow *window;
  GtkWidget *plots;

  g_settings_set_double (settings, "graph-share", 0.7);
  window = window_new ();
  plots = search_widget (GTK_WIDGET (window), BP_TYPE_PLOT_PANES, NULL, NULL);
  bp_plot_panes_maximize (BP_PLOT_PANES (plots), BP_PLOT_LOSS);
  gtk_test_widget_wait_for_draw (GTK_WIDGET (window));
  window_close (window);
  g_assert_cmpfloat (g_settings_get_double (settings, "graph-share"), ==, 0.7);
}

/* The schema cannot name the type, and has its own list. */
static void
test_step_sizes (void)
{
  g_autoptr (GSettings) settings = settings_new_reset ();
  g_autoptr (GSettingsSchema) schema = NULL;
  g_autoptr (GSettingsSchemaKey) key = NULL;
  g_autoptr (GVariant) range = NULL;
  g_autoptr (GVariant) nicks = NULL;
  g_autoptr (GEnumClass) sizes = g_type_class_ref (BP_TYPE_STEP_SIZE);

  g_object_get (settings, "settings-schema", &schema, NULL);
  key = g_settings_schema_get_key (schema, "play-by");
  range = g_settings_schema_key_get_range (key);
  g_variant_get (range, "(sv)", NULL, &nicks);
  g_assert_cmpuint (g_variant_n_children (nicks), ==, sizes->n_values);

  for (guint i = 0; i < sizes->n_values; i++)
    {
      g_assert_true (g_settings_set_string (settings, "play-by", sizes->values[i].value_nick));
      g_assert_cmpint (g_settings_get_enum (settings, "play-by"), ==, sizes->values[i].value);
    }
}

/* The application */

static void
assert_theme (GtkApplication *app,
              const char     *name,
              AdwColorScheme  scheme)
{
  g_autoptr (GVariant) state = g_action_group_get_action_state (G_ACTION_GROUP (app), "theme");

  g_assert_cmpstr (g_variant_get_string (state, NULL), ==, name);
  g_assert_cmpint (adw_style_manager_get_color_scheme (adw_style_manager_get_default ()), ==, scheme);
}

static void
change_theme (GtkApplication *app,
              const char     *name)
{
  g_action_group_activate_action (G_ACTION_GROUP (app), "theme", g_variant_new_string (name));
}

static void
assert_saved_theme (GSettings  *settings,
                    const char *expected)
{
  g_autofree char *theme = g_settings_get_string (settings, "theme");

  g_assert_cmpstr (theme, ==, expected);
}

static void
test_theme (void)
{
  g_autoptr (GSettings) settings = settings_new_reset ();
  g_autoptr (GtkApplication) app = NULL;

  g_settings_set_string (settings, "theme", "force-dark");
  app = application_new ();
  assert_theme (app, "force-dark", ADW_COLOR_SCHEME_FORCE_DARK);
  g_assert_true (adw_style_manager_get_dark (adw_style_manager_get_default ()));

  change_theme (app, "force-light");
  assert_theme (app, "force-light", ADW_COLOR_SCHEME_FORCE_LIGHT);
  assert_saved_theme (settings, "force-light");
  change_theme (app, "default");
  assert_theme (app, "default", ADW_COLOR_SCHEME_DEFAULT);
  assert_saved_theme (settings, "default");

  /* Changed by another program, as "gsettings set" does. */
  g_settings_set_string (settings, "theme", "force-dark");
  settle ();
  assert_theme (app, "force-dark", ADW_COLOR_SCHEME_FORCE_DARK);
  change_theme (app, "default");
}

/* Each choice of the menu is one that the action knows. */
static void
test_theme_menu (void)
{
  static const char * const names[] = { "default", "force-light", "force-dark" };
  g_autoptr (GEnumClass) schemes = g_type_class_ref (ADW_TYPE_COLOR_SCHEME);
  g_autoptr (GBytes) bytes = g_resources_lookup_data ("/org/backproplab/BackpropLab/bp-window.ui", 0, NULL);
  const char *ui = g_bytes_get_data (bytes, NULL);

  for (gsize i = 0; i < G_N_ELEMENTS (names); i++)
    {
      g_autofree char *target = g_strdup_printf ("<attribute name=\"target\">%s</attribute>", names[i]);

      g_assert_nonnull (g_enum_get_value_by_nick (schemes, names[i]));
      g_assert_nonnull (strstr (ui, target));
    }
}

static void
present_window (GtkApplication *app,
                int             width)
{
  g_autoptr (BpRun) run = create_run ("regression");
  GtkWidget *window = bp_window_new (app, run);

  gtk_window_present (GTK_WINDOW (window));
  gtk_test_widget_wait_for_draw (window);
  gtk_window_set_default_size (GTK_WINDOW (window), width, 800);
}

static void
test_quit (void)
{
  g_autoptr (GSettings) settings = settings_new_reset ();
  g_autoptr (GtkApplication) app = application_new ();

  present_window (app, 1250);
  present_window (app, 1350);
  g_action_group_activate_action (G_ACTION_GROUP (app), "quit", NULL);
  settle ();
  g_assert_null (gtk_application_get_windows (app));
  g_assert_cmpint (g_settings_get_int (settings, "window-height"), ==, 800);
}

/* Runs in a process that finds only what is installed on the system. */
static void
test_without_schema (void)
{
  g_autoptr (GSettings) settings = bp_preferences_new ();
  g_autoptr (GtkApplication) app = NULL;
  BpWindow *window;

  if (settings != NULL)
    {
      g_test_skip ("the program is installed on the system, and its schema with it");
      return;
    }

  window = window_new ();
  assert_default_size (window, 1366, 768);
  bp_run_set_speed (bp_window_get_run (window), 50);
  gtk_paned_set_position (get_panel_pane (window), 300);
  gtk_test_widget_wait_for_draw (GTK_WIDGET (window));
  window_close (window);
  window = window_new ();
  g_assert_cmpfloat (bp_run_get_speed (bp_window_get_run (window)), ==, 10);
  window_close (window);

  app = application_new ();
  change_theme (app, "force-dark");
  assert_theme (app, "force-dark", ADW_COLOR_SCHEME_FORCE_DARK);
}

static void
test_missing_schema (void)
{
  g_autofree char *schemas = g_strdup (g_getenv ("GSETTINGS_SCHEMA_DIR"));

  g_setenv ("GSETTINGS_SCHEMA_DIR", "/nonexistent", TRUE);
  g_test_trap_subprocess ("/window-settings/missing-schema/subprocess", 0, 0);
  g_test_trap_assert_passed ();
  g_setenv ("GSETTINGS_SCHEMA_DIR", schemas, TRUE);
}

int
main (int   argc,
      char *argv[])
{
  gtk_test_init (&argc, &argv, NULL);
  adw_init ();

  g_test_add_func ("/window-settings/first-window", test_first_window);
  g_test_add_func ("/window-settings/second-window", test_second_window);
  g_test_add_func ("/window-settings/too-large", test_too_large);
  g_test_add_func ("/window-settings/too-small", test_too_small);
  g_test_add_func ("/window-settings/other-size", test_other_size);
  g_test_add_func ("/window-settings/several-windows", test_several_windows);
  g_test_add_func ("/window-settings/saved-while-open", test_saved_while_open);
  g_test_add_func ("/window-settings/lecture", test_lecture);
  g_test_add_func ("/window-settings/maximized-plot", test_maximized_plot);
  g_test_add_func ("/window-settings/step-sizes", test_step_sizes);
  g_test_add_func ("/window-settings/theme", test_theme);
  g_test_add_func ("/window-settings/theme-menu", test_theme_menu);
  g_test_add_func ("/window-settings/quit", test_quit);
  g_test_add_func ("/window-settings/missing-schema", test_missing_schema);
  g_test_add_func ("/window-settings/missing-schema/subprocess", test_without_schema);

  return g_test_run ();
}
