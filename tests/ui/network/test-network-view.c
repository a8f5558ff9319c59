/* test-network-view.c: neurons that can be pressed and read out, and the bar that switches to them
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "network/bp-network-view.h"

#include <time.h>

#include "lib/picture.h"
#include "lib/trainer-fixture.h"
#include "lib/widget-search.h"
#include "network/bp-network-bar.h"

typedef struct {
  BpRun         *run;
  GtkWidget     *window;
  BpNetworkView *view;
} Fixture;

static Fixture
open_window (const char *name)
{
  g_autoptr (BpExperiment) experiment = load_builtin (name);
  Fixture fixture = { .run = bp_run_new (experiment), .window = gtk_window_new () };

  fixture.view = BP_NETWORK_VIEW (g_object_new (BP_TYPE_NETWORK_VIEW, NULL));
  gtk_window_set_decorated (GTK_WINDOW (fixture.window), FALSE);
  gtk_window_set_default_size (GTK_WINDOW (fixture.window), 1000, 300);
  gtk_window_set_child (GTK_WINDOW (fixture.window), GTK_WIDGET (fixture.view));
  bp_network_view_set_run (fixture.view, fixture.run);
  gtk_window_present (GTK_WINDOW (fixture.window));
  gtk_test_widget_wait_for_draw (fixture.window);

  return fixture;
}

static void
close_window (Fixture *fixture)
{
  gtk_window_destroy (GTK_WINDOW (fixture->window));
  g_assert_finalize_object (fixture->run);
}

static guint
find_node (Fixture    *fixture,
           const char *name)
{
  return bp_graph_find (bp_trainer_get_graph (bp_run_get_trainer (fixture->run)), name);
}

static void
test_labels (void)
{
  Fixture fixture = open_window ("xor");

  gtk_test_accessible_assert_property (fixture.view, GTK_ACCESSIBLE_PROPERTY_LABEL, "Neurons");
  gtk_test_accessible_assert_property (bp_network_view_get_button (fixture.view, 0), GTK_ACCESSIBLE_PROPERTY_LABEL,
                                       "x1, data, value not computed yet");
  bp_run_step (fixture.run, BP_STEP_PHASE, 1);
  gtk_test_accessible_assert_property (bp_network_view_get_button (fixture.view, 0), GTK_ACCESSIBLE_PROPERTY_LABEL,
                                       "x1, data, value 0");
  gtk_test_accessible_assert_property (bp_network_view_get_button (fixture.view, 2), GTK_ACCESSIBLE_PROPERTY_LABEL,
                                       "hidden[0], neuron of hidden, value not computed yet, "
                                       "gradient not computed yet");
  close_window (&fixture);
}

/* Pressed a neuron is chosen, pressed again each of its weights. */
static void
test_choosing (void)
{
  Fixture    fixture = open_window ("xor");
  GtkWidget *button = bp_network_view_get_button (fixture.view, 3);

  bp_run_step (fixture.run, BP_STEP_ITERATION, 1);
  g_signal_emit_by_name (button, "clicked");
  g_assert_cmpuint (bp_run_get_selected_node (fixture.run), ==, find_node (&fixture, "hidden"));
  g_assert_cmpint (bp_run_get_selected_element (fixture.run), ==, 1);
  g_signal_emit_by_name (button, "clicked");
  g_assert_cmpuint (bp_run_get_selected_node (fixture.run), ==, find_node (&fixture, "W1"));
  g_assert_cmpint (bp_run_get_selected_element (fixture.run), ==, 1);
  g_signal_emit_by_name (button, "clicked");
  g_assert_cmpuint (bp_run_get_selected_node (fixture.run), ==, find_node (&fixture, "W2"));
  g_signal_emit_by_name (button, "clicked");
  g_assert_cmpuint (bp_run_get_selected_node (fixture.run), ==, find_node (&fixture, "hidden"));
  close_window (&fixture);
}

static gpointer
find_drag (GtkWidget *widget)
{
  g_autoptr (GListModel) controllers = gtk_widget_observe_controllers (widget);

  for (guint i = 0; i < g_list_model_get_n_items (controllers); i++)
    {
      g_autoptr (GObject) controller = g_list_model_get_item (controllers, i);

      if (GTK_IS_GESTURE_DRAG (controller))
        return controller;
    }

  g_return_val_if_reached (NULL);
}

/* Where the line of that connection is. */
static void
find_weight (Fixture *fixture,
             guint    connection,
             double  *x,
             double  *y)
{
  const BpNetwork *network = bp_network_view_get_network (fixture->view);

  for (*y = 1; *y < gtk_widget_get_height (GTK_WIDGET (fixture->view)); *y += 2)
    for (*x = 1; *x < gtk_widget_get_width (GTK_WIDGET (fixture->view)); *x += 2)
      if (bp_network_find_connection (network, *x, *y, 2) == connection)
        return;
  g_assert_not_reached ();
}

/* A weight is dragged by its line, up for more, and changed by keys; a neuron says that it is computed. */
static void
test_weight (void)
{
  Fixture    fixture = open_window ("xor");
  GtkWidget *view = GTK_WIDGET (fixture.view);
  gpointer   drag = find_drag (view);
  double     x, y, before, after;

  gtk_test_widget_wait_for_draw (view);
  find_weight (&fixture, 0, &x, &y);
  before = bp_network_connection (bp_network_view_get_network (fixture.view), 0)->weight;
  g_signal_emit_by_name (drag, "drag-begin", x, y);
  g_signal_emit_by_name (drag, "drag-update", 0.0, -20.0);
  g_signal_emit_by_name (drag, "drag-update", 0.0, -60.0);
  g_signal_emit_by_name (drag, "drag-end", 0.0, -60.0);
  after = bp_network_connection (bp_network_view_get_network (fixture.view), 0)->weight;
  g_assert_cmpfloat (after, >, before + 0.1);
  press_shortcut (view, GDK_KEY_Down, GDK_ALT_MASK | GDK_SHIFT_MASK);
  g_assert_cmpfloat (bp_network_connection (bp_network_view_get_network (fixture.view), 0)->weight, <, after);
  bp_run_undo (fixture.run);
  bp_run_undo (fixture.run);
  g_assert_false (bp_run_get_can_undo (fixture.run));
  g_assert_cmpfloat (bp_network_connection (bp_network_view_get_network (fixture.view), 0)->weight, ==, before);
  close_window (&fixture);
}

static void
test_rows (void)
{
  Fixture fixture = open_window ("xor");

  bp_run_step (fixture.run, BP_STEP_ITERATION, 1);
  g_signal_emit_by_name (bp_network_view_get_button (fixture.view, 3), "clicked");
  press_shortcut (GTK_WIDGET (fixture.view), GDK_KEY_Down, GDK_ALT_MASK);
  press_shortcut (GTK_WIDGET (fixture.view), GDK_KEY_Down, GDK_ALT_MASK);
  g_assert_cmpuint (bp_network_view_get_row (fixture.view), ==, 2);
  g_assert_cmpint (bp_run_get_selected_element (fixture.run), ==, 2 * 3 + 1);
  g_assert_cmpfloat (bp_network_neuron (bp_network_view_get_network (fixture.view), 0)->value, ==, 1);
  for (guint i = 0; i < 9; i++)
    press_shortcut (GTK_WIDGET (fixture.view), GDK_KEY_Down, GDK_ALT_MASK);
  g_assert_cmpuint (bp_network_view_get_row (fixture.view), ==, 3);
  close_window (&fixture);
}

/* Another experiment, also one that is no network, replaces all. */
static void
test_other_runs (void)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (BpExperiment) other = load_builtin ("regression");
  g_autoptr (BpExperiment) again = load_builtin ("xor");
  Fixture fixture = open_window ("xor");

  g_assert_nonnull (bp_network_view_get_button (fixture.view, 6));
  g_assert_true (bp_run_load (fixture.run, other, &error));
  gtk_test_widget_wait_for_draw (fixture.window);
  g_assert_null (bp_network_view_get_button (fixture.view, 0));
  g_assert_true (bp_run_load (fixture.run, again, &error));
  gtk_test_widget_wait_for_draw (fixture.window);
  g_assert_nonnull (bp_network_view_get_button (fixture.view, 6));
  close_window (&fixture);
}

static void
test_modes (void)
{
  Fixture fixture = open_window ("xor");
  clock_t begin;

  for (guint step = 0; step < 30; step++)
    {
      bp_network_view_set_mode (fixture.view, step % BP_N_NETWORK_MODES);
      bp_run_step (fixture.run, BP_STEP_NODE, 1);
      gtk_test_widget_wait_for_draw (fixture.window);
    }
  begin = clock ();
  for (guint step = 0; step < 20; step++)
    bp_run_step (fixture.run, BP_STEP_ITERATION, 1);
  g_test_message ("an iteration followed: %.2f ms", 1000.0 * (double) (clock () - begin) / CLOCKS_PER_SEC / 20);
  close_window (&fixture);
}

static void
test_bar (void)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (BpExperiment) experiment = load_builtin ("xor");
  g_autoptr (BpExperiment) other = load_builtin ("regression");
  BpRun     *run = bp_run_new (experiment);
  GtkWidget *bar = g_object_ref_sink (g_object_new (BP_TYPE_NETWORK_BAR, NULL));

  g_assert_false (gtk_widget_get_visible (bar));
  bp_network_bar_set_run (BP_NETWORK_BAR (bar), run);
  g_assert_true (gtk_widget_get_visible (bar));
  g_assert_cmpstr (bp_network_bar_get_page (BP_NETWORK_BAR (bar)), ==, "graph");
  bp_network_bar_set_page (BP_NETWORK_BAR (bar), "neurons");
  g_assert_cmpstr (bp_network_bar_get_page (BP_NETWORK_BAR (bar)), ==, "neurons");
  g_assert_cmpuint (bp_network_bar_get_mode (BP_NETWORK_BAR (bar)), ==, BP_NETWORK_ACTIVATIONS);
  g_assert_true (bp_run_load (run, other, &error));
  g_assert_false (gtk_widget_get_visible (bar));
  g_assert_cmpstr (bp_network_bar_get_page (BP_NETWORK_BAR (bar)), ==, "graph");
  bp_network_bar_set_page (BP_NETWORK_BAR (bar), "neurons");
  g_assert_cmpstr (bp_network_bar_get_page (BP_NETWORK_BAR (bar)), ==, "graph");
  g_assert_finalize_object (bar);
  g_assert_finalize_object (run);
}

int
main (int   argc,
      char *argv[])
{
  gtk_test_init (&argc, &argv, NULL);
  g_test_add_func ("/network-view/labels", test_labels);
  g_test_add_func ("/network-view/choosing", test_choosing);
  g_test_add_func ("/network-view/weight", test_weight);
  g_test_add_func ("/network-view/rows", test_rows);
  g_test_add_func ("/network-view/other-runs", test_other_runs);
  g_test_add_func ("/network-view/modes", test_modes);
  g_test_add_func ("/network-view/bar", test_bar);

  return g_test_run ();
}
