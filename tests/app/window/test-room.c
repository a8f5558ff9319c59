/* test-room.c: the window has room on every screen, and nothing in it lies over anything else
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "lib/widget-search.h"

#include "bp-application.h"
#include "graph/bp-graph-view.h"
#include "panels/bp-training-panel.h"
#include "window/bp-window.h"

/* A laptop, a projector of 4:3, one at 1024 × 768 and one at a scale of two. */
static const struct {
  int width;
  int height;
} sizes[] = { { 1366, 768 }, { 1000, 700 }, { 1024, 768 }, { 683, 384 } };

static const char * const experiments[] = { "classification", "xor" };

static gboolean
is_icon (GtkWidget  *button,
         const char *name)
{
  return g_strcmp0 (gtk_button_get_icon_name (GTK_BUTTON (button)), name) == 0;
}

static BpWindow *
window_new (const char *experiment,
            int         width,
            int         height)
{
  g_autoptr (BpRun) run = create_run (experiment);
  GtkWidget *window = bp_window_new (NULL, run);

  gtk_window_set_default_size (GTK_WINDOW (window), width, height);
  gtk_window_present (GTK_WINDOW (window));
  gtk_test_widget_wait_for_draw (window);

  return BP_WINDOW (window);
}

/* Waits until the window has the size that its parts ask for. */
static void
wait_for_size (BpWindow *window)
{
  gtk_test_widget_wait_for_draw (GTK_WIDGET (window));
  settle ();
  gtk_test_widget_wait_for_draw (GTK_WIDGET (window));
}

/* Boxes overlap nothing and cut nothing off as long as what they need is there; the rest scrolls. */
static void
check_size (BpWindow *window,
            int       width,
            int       height)
{
  int needed_width, needed_height;

  wait_for_size (window);
  gtk_widget_measure (GTK_WIDGET (window), GTK_ORIENTATION_HORIZONTAL, -1, &needed_width, NULL, NULL, NULL);
  gtk_widget_measure (GTK_WIDGET (window), GTK_ORIENTATION_VERTICAL, width, &needed_height, NULL, NULL, NULL);
  g_assert_cmpint (needed_width, <=, width);
  g_assert_cmpint (needed_height, <=, height);
  g_assert_cmpint (gtk_widget_get_width (GTK_WIDGET (window)), <=, width);
  g_assert_cmpint (gtk_widget_get_height (GTK_WIDGET (window)), <=, height);
}

/* In the last iteration, where numbers are longest. */
static void
check_experiment (const char *experiment,
                  int         width,
                  int         height)
{
  BpWindow *window = window_new (experiment, width, height);
  BpRun *run = bp_window_get_run (window);

  check_size (window, width, height);
  bp_run_seek (run, (BpCursor) { bp_run_get_n_iterations (run) - 1, 6 });
  check_size (window, width, height);
  for (guint i = 0; i < 2; i++)
    {
      g_action_group_activate_action (G_ACTION_GROUP (window), "lecture", NULL);
      check_size (window, width, height);
    }
  gtk_window_destroy (GTK_WINDOW (window));
}

static void
test_sizes (void)
{
  for (gsize i = 0; i < G_N_ELEMENTS (sizes); i++)
    for (gsize j = 0; j < G_N_ELEMENTS (experiments); j++)
      check_experiment (experiments[j], sizes[i].width, sizes[i].height);
}

static gboolean
is_shown (BpWindow *window,
          GType     type)
{
  return gtk_widget_get_mapped (search_widget (GTK_WIDGET (window), type, NULL, NULL));
}

/* Where there is no room for the panel beside the views, it is shown in their place; a lecture has them. */
static void
test_panel (void)
{
  BpWindow *window = window_new ("regression", 683, 384);
  GtkToggleButton *button = GTK_TOGGLE_BUTTON (search_widget (GTK_WIDGET (window), GTK_TYPE_TOGGLE_BUTTON, is_icon,
                                                              "sidebar-show-symbolic"));

  g_assert_true (gtk_widget_get_mapped (GTK_WIDGET (button)));
  g_assert_false (is_shown (window, BP_TYPE_TRAINING_PANEL));
  g_assert_true (is_shown (window, BP_TYPE_GRAPH_VIEW));
  gtk_toggle_button_set_active (button, TRUE);
  check_size (window, 683, 384);
  g_assert_true (is_shown (window, BP_TYPE_TRAINING_PANEL));
  g_assert_false (is_shown (window, BP_TYPE_GRAPH_VIEW));
  g_action_group_activate_action (G_ACTION_GROUP (window), "lecture", NULL);
  g_assert_false (is_shown (window, BP_TYPE_TRAINING_PANEL));
  g_assert_true (is_shown (window, BP_TYPE_GRAPH_VIEW));
  g_action_group_activate_action (G_ACTION_GROUP (window), "lecture", NULL);
  gtk_toggle_button_set_active (button, FALSE);
  g_action_group_activate_action (G_ACTION_GROUP (window), "change-rate", NULL);
  g_assert_true (is_shown (window, BP_TYPE_TRAINING_PANEL));
  gtk_window_destroy (GTK_WINDOW (window));
}

/* The panel comes back beside the views as soon as there is room. */
static void
test_wider (void)
{
  BpWindow *window = window_new ("regression", 683, 384);

  gtk_window_set_default_size (GTK_WINDOW (window), 1200, 700);
  wait_for_size (window);
  g_assert_true (is_shown (window, BP_TYPE_TRAINING_PANEL));
  g_assert_true (is_shown (window, BP_TYPE_GRAPH_VIEW));
  gtk_window_destroy (GTK_WINDOW (window));
}

static void
assert_handle (BpWindow           *window,
               GtkPropagationPhase phase)
{
  GtkWidget *pane = search_widget (GTK_WIDGET (window), GTK_TYPE_PANED, NULL, NULL);
  g_autoptr (GListModel) controllers = gtk_widget_observe_controllers (pane);
  guint n_gestures = 0;

  for (guint i = 0; i < g_list_model_get_n_items (controllers); i++)
    {
      g_autoptr (GtkEventController) controller = g_list_model_get_item (controllers, i);

      if (!GTK_IS_GESTURE (controller))
        continue;
      g_assert_cmpint (gtk_event_controller_get_propagation_phase (controller), ==, phase);
      n_gestures++;
    }
  g_assert_cmpuint (n_gestures, >, 0);
}

/* In lecture mode nothing takes presses where the handle beside the settings was: nodes lie there. */
static void
test_handle (void)
{
  BpWindow *window = window_new ("regression", 1366, 768);

  assert_handle (window, GTK_PHASE_CAPTURE);
  g_action_group_activate_action (G_ACTION_GROUP (window), "lecture", NULL);
  assert_handle (window, GTK_PHASE_NONE);
  g_action_group_activate_action (G_ACTION_GROUP (window), "lecture", NULL);
  assert_handle (window, GTK_PHASE_CAPTURE);
  gtk_window_destroy (GTK_WINDOW (window));
}

/* In a lecture the text is beside the views where the screen is wide, and in their place elsewhere. */
static void
test_lecture_text (void)
{
  static const struct {
    int      width, height;
    gboolean is_wide;
  } screens[] = { { 1366, 768, TRUE }, { 1280, 720, TRUE }, { 1280, 800, FALSE }, { 1024, 768, FALSE } };

  for (guint i = 0; i < G_N_ELEMENTS (screens); i++)
    {
      BpWindow *window = window_new ("regression", screens[i].width, screens[i].height);

      g_action_group_activate_action (G_ACTION_GROUP (window), "lecture", NULL);
      g_action_group_activate_action (G_ACTION_GROUP (window), "text", NULL);
      check_size (window, screens[i].width, screens[i].height);
      g_assert_cmpint (is_shown (window, BP_TYPE_GRAPH_VIEW), ==, screens[i].is_wide);
      g_action_group_activate_action (G_ACTION_GROUP (window), "text", NULL);
      wait_for_size (window);
      g_assert_true (is_shown (window, BP_TYPE_GRAPH_VIEW));
      gtk_window_destroy (GTK_WINDOW (window));
    }
}

int
main (int    argc,
      char **argv)
{
  gtk_test_init (&argc, &argv, NULL);
  adw_init ();

  g_test_add_func ("/room/sizes", test_sizes);
  g_test_add_func ("/room/panel", test_panel);
  g_test_add_func ("/room/wider", test_wider);
  g_test_add_func ("/room/handle", test_handle);
  g_test_add_func ("/room/lecture-text", test_lecture_text);

  return g_test_run ();
}
