/* test-plot-crosshair.c: what the pointer and the keys read in a plot, and where they seek
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "lib/widget-search.h"

#include <adwaita.h>
#include <string.h>

#include "base/bp-number.h"
#include "plots/bp-plot-view.h"
#include "ui/plots/plot-view-fixture.h"

/* Pointer */

static GtkEventController *
find_controller (BpPlotView *view,
                 GType       type)
{
  g_autoptr (GListModel) controllers = gtk_widget_observe_controllers (GTK_WIDGET (view));

  for (guint i = 0; i < g_list_model_get_n_items (controllers); i++)
    {
      g_autoptr (GtkEventController) controller = g_list_model_get_item (controllers, i);

      if (G_TYPE_CHECK_INSTANCE_TYPE (controller, type))
        return controller;
    }
  g_assert_not_reached ();
}

static void
move_pointer (BpPlotView *view,
              double      x,
              double      y)
{
  g_signal_emit_by_name (find_controller (view, GTK_TYPE_EVENT_CONTROLLER_MOTION), "motion", x, y);
}

/* The click that is the @n_press-th in a row. */
static void
press_and_release (BpPlotView *view,
                   int         n_press,
                   double      x,
                   double      y)
{
  g_signal_emit_by_name (find_controller (view, GTK_TYPE_GESTURE_CLICK), "pressed", n_press, x, y);
  g_signal_emit_by_name (find_controller (view, GTK_TYPE_GESTURE_CLICK), "released", n_press, x, y);
}

static void
click (BpPlotView *view,
       double      x,
       double      y)
{
  press_and_release (view, 1, x, y);
}

/* A click that gives the focus does not seek; the next one does. */
static void
focus (BpPlotView *view,
       BpRun      *run)
{
  const BpCursor cursor = bp_trainer_get_cursor (bp_run_get_trainer (run));
  GtkWindow *window = GTK_WINDOW (gtk_widget_get_root (GTK_WIDGET (view)));

  gtk_window_set_focus (window, NULL);
  click (view, gtk_widget_get_width (GTK_WIDGET (view)) / 2.0, 100);
  assert_cursor (run, cursor.iteration, cursor.instruction);
  g_assert_true (gtk_window_get_focus (window) == GTK_WIDGET (view));
}

/* Where things of the plot are in the widget. */
static BpPlotLayout *
create_layout (BpPlotView *view)
{
  BpPlotStyle style = get_style (view, BP_PALETTE_LIGHT);

  return bp_plot_layout_new (bp_plot_view_get_plot (view), gtk_widget_get_width (GTK_WIDGET (view)),
                             gtk_widget_get_height (GTK_WIDGET (view)), &style);
}

static double
get_x (BpPlotView *view,
       double      x)
{
  g_autoptr (BpPlotLayout) layout = create_layout (view);

  return bp_plot_layout_map_x (layout, bp_plot_view_get_plot (view), x);
}

static double
get_y (BpPlotView *view,
       double      y)
{
  g_autoptr (BpPlotLayout) layout = create_layout (view);

  return bp_plot_layout_map_y (layout, bp_plot_view_get_plot (view), y);
}

/* Over iterations the pointer reads every line at the iteration nearest; the place is shared; a click seeks there. */
static void
test_crosshair (void)
{
  g_autoptr (BpRun) run = create_run ("regression");
  GtkWindow *window, *other_window;

  bp_run_seek (run, (BpCursor) { 100, 0 });
  BpPlotView *variable = show_view (run, BP_PLOT_VARIABLE, &window);
  BpPlotView *loss = show_view (run, BP_PLOT_LOSS, &other_window);
  g_object_bind_property (variable, "crosshair-iteration", loss, "crosshair-iteration", G_BINDING_BIDIRECTIONAL);

  move_pointer (variable, get_x (variable, 25.3), 100);
  g_assert_cmpint (bp_plot_view_get_crosshair_iteration (variable), ==, 25);
  g_assert_cmpint (bp_plot_view_get_crosshair_iteration (loss), ==, 25);
  move_pointer (loss, get_x (loss, 60), 100);
  g_assert_cmpint (bp_plot_view_get_crosshair_iteration (variable), ==, 60);

  g_autofree char *text = bp_plot_view_read (variable, get_x (variable, 25.3), 50);
  bp_run_seek (run, (BpCursor) { 25, 0 });
  BpSession *session = bp_trainer_get_session (bp_run_get_trainer (run));
  g_autofree char *number = bp_number_format (bp_session_get_parameters (session)[0]);
  g_autofree char *expected = g_strdup_printf ("iteration 25\nA %s", number);
  g_assert_cmpstr (text, ==, expected);
  g_autofree char *losses = bp_plot_view_read (loss, get_x (loss, 25.3), 50);
  g_assert_nonnull (strstr (losses, "samples "));
  g_assert_nonnull (strstr (losses, "all data "));

  focus (variable, run);
  click (variable, get_x (variable, 71.8), 100);
  g_assert_cmpint (bp_trainer_get_cursor (bp_run_get_trainer (run)).iteration, ==, 72);
  g_assert_true (gtk_window_get_focus (window) == GTK_WIDGET (variable));

  g_signal_emit_by_name (find_controller (loss, GTK_TYPE_EVENT_CONTROLLER_MOTION), "leave");
  g_assert_cmpint (bp_plot_view_get_crosshair_iteration (variable), ==, -1);
  g_assert_null (bp_plot_view_read (variable, -500, 50));
  gtk_window_destroy (window);
  gtk_window_destroy (other_window);
}

/* A double click leaves the run where it stood, also in the middle of an iteration, and playing if it played. */
static void
test_double_click (void)
{
  g_autoptr (BpRun) run = create_run ("regression");
  GtkWindow *window;

  bp_run_seek (run, (BpCursor) { 50, 0 });
  bp_run_seek (run, (BpCursor) { 30, 4 });
  BpPlotView *view = show_view (run, BP_PLOT_VARIABLE, &window);

  focus (view, run);
  press_and_release (view, 1, get_x (view, 12), 100);
  assert_cursor (run, 12, 0);
  press_and_release (view, 2, get_x (view, 12), 100);
  assert_cursor (run, 30, 4);
  press_and_release (view, 3, get_x (view, 12), 100);
  assert_cursor (run, 30, 4);

  bp_run_set_playing (run, TRUE);
  click (view, get_x (view, 12), 100);
  g_assert_false (bp_run_get_playing (run));
  press_and_release (view, 2, get_x (view, 12), 100);
  assert_cursor (run, 30, 4);
  g_assert_true (bp_run_get_playing (run));
  g_assert_cmpint (bp_run_get_running_to (run), ==, 0);
  bp_run_run_to (run, 77);
  click (view, get_x (view, 12), 100);
  press_and_release (view, 2, get_x (view, 12), 100);
  g_assert_cmpint (bp_run_get_running_to (run), ==, 77);
  bp_run_set_playing (run, FALSE);

  /* Two clicks that are not one double click are two. */
  click (view, get_x (view, 12), 100);
  click (view, get_x (view, 20), 100);
  assert_cursor (run, 20, 0);
  bp_run_step (run, BP_STEP_NODE, 1);
  press_and_release (view, 2, get_x (view, 20), 100);
  assert_cursor (run, 20, 1);
  gtk_window_destroy (window);
}

/* Elsewhere it reads the nearest point, or nothing; a click on the path seeks. */
static void
test_nearest (void)
{
  g_autoptr (BpRun) run = create_run ("line");
  GtkWindow *window;

  bp_run_seek (run, (BpCursor) { 60, 0 });
  BpPlotView *view = show_view (run, BP_PLOT_CURVE, &window);
  const BpPlot *plot = bp_plot_view_get_plot (view);
  const BpLayer *path = NULL;

  for (guint i = 0; i < plot->layers->len; i++)
    if (g_strcmp0 (bp_plot_get_layer (plot, i)->label, "path") == 0)
      path = bp_plot_get_layer (plot, i);
  g_assert_nonnull (path);

  BpPlotPoint point = bp_layer_get_point (path, 3);
  g_autofree char *x = bp_number_format (point.x);
  g_autofree char *y = bp_number_format (point.y);
  g_autofree char *expected = g_strdup_printf ("iteration 3\nslope %s\nintercept %s\npath", x, y);
  g_autofree char *text = bp_plot_view_read (view, get_x (view, point.x), get_y (view, point.y));
  g_assert_cmpstr (text, ==, expected);
  g_assert_cmpint (bp_plot_view_get_crosshair_iteration (view), ==, -1);
  g_assert_null (bp_plot_view_read (view, 1, 1));

  focus (view, run);
  click (view, get_x (view, point.x), get_y (view, point.y));
  g_assert_cmpint (bp_trainer_get_cursor (bp_run_get_trainer (run)).iteration, ==, 3);

  /* The reading is drawn above the picture. */
  GskRenderNode *without = snapshot (view);
  move_pointer (view, get_x (view, point.x), get_y (view, point.y));
  GskRenderNode *with = snapshot (view);
  g_assert_cmpuint (gsk_container_node_get_n_children (with), >, gsk_container_node_get_n_children (without));
  gsk_render_node_unref (without);
  gsk_render_node_unref (with);
  gtk_window_destroy (window);
}

/* Keys */

static gboolean
press (BpPlotView *view,
       guint       keyval)
{
  return press_shortcut (GTK_WIDGET (view), keyval, GDK_ALT_MASK);
}

static void
assert_reads (BpPlotView *view,
              const char *prefix)
{
  g_autofree char *text = dup_description (view);

  g_assert_true (g_str_has_prefix (text, prefix));
}

/* Over iterations keys move the crosshair from number to number, and Enter seeks there. */
static void
test_keys (void)
{
  g_autoptr (BpRun) run = create_run ("regression");
  GtkWindow *window;

  bp_run_seek (run, (BpCursor) { 50, 0 });
  bp_run_seek (run, (BpCursor) { 30, 0 });
  BpPlotView *view = show_view (run, BP_PLOT_VARIABLE, &window);

  g_assert_false (press_shortcut (GTK_WIDGET (view), GDK_KEY_Return, 0));
  g_assert_false (press_shortcut (GTK_WIDGET (view), GDK_KEY_Escape, 0));
  g_assert_true (press (view, GDK_KEY_Right));
  assert_reads (view, "iteration 30\nA ");
  press (view, GDK_KEY_Right);
  assert_reads (view, "iteration 31\nA ");
  press (view, GDK_KEY_KP_Left);
  press (view, GDK_KEY_Left);
  assert_reads (view, "iteration 29\nA ");
  press (view, GDK_KEY_End);
  assert_reads (view, "iteration 50\nA ");
  press (view, GDK_KEY_Right);
  g_assert_cmpint (bp_plot_view_get_crosshair_iteration (view), ==, 50);
  press (view, GDK_KEY_Home);
  press (view, GDK_KEY_Left);
  assert_reads (view, "iteration 0\nA ");
  assert_cursor (run, 30, 0);

  g_assert_true (press_shortcut (GTK_WIDGET (view), GDK_KEY_Return, 0));
  assert_cursor (run, 0, 0);
  assert_reads (view, "iteration 0\nA ");
  g_assert_true (press_shortcut (GTK_WIDGET (view), GDK_KEY_Escape, 0));
  g_assert_cmpint (bp_plot_view_get_crosshair_iteration (view), ==, -1);
  assert_description (view);

  /* The pointer takes over when it moves, not when it only leaves. */
  press (view, GDK_KEY_End);
  g_signal_emit_by_name (find_controller (view, GTK_TYPE_EVENT_CONTROLLER_MOTION), "leave");
  assert_reads (view, "iteration 50\nA ");
  move_pointer (view, get_x (view, 12), 100);
  g_assert_cmpint (bp_plot_view_get_crosshair_iteration (view), ==, 12);
  assert_description (view);
  gtk_window_destroy (window);
}

/* A long run is gone through by what is drawn of it. */
static void
test_keys_of_long_run (void)
{
  g_autoptr (BpRun) run = create_run ("regression");
  GtkWindow *window;
  gint64 before;

  bp_run_set_n_iterations (run, 200000);
  bp_run_seek (run, (BpCursor) { 200000, 0 });
  BpPlotView *view = show_view (run, BP_PLOT_VARIABLE, &window);
  press (view, GDK_KEY_Left);
  before = bp_plot_view_get_crosshair_iteration (view);
  press (view, GDK_KEY_Left);
  g_assert_cmpint (bp_plot_view_get_crosshair_iteration (view), <=, before - 200000 / 4 / WIDTH);
  g_assert_cmpint (bp_plot_view_get_crosshair_iteration (view), >=, before - 200000 / 50);
  gtk_window_destroy (window);
}

static double
read_x (BpPlotView *view)
{
  g_autofree char *text = dup_description (view);

  g_assert_true (g_str_has_prefix (text, "x_data "));

  return g_ascii_strtod (text + strlen ("x_data "), NULL);
}

/* Elsewhere they go from point to point, along a line or from left to right, and from line to line. */
static void
test_keys_of_points (void)
{
  g_autoptr (BpRun) run = create_run ("line");
  GtkWindow *window;

  bp_run_seek (run, (BpCursor) { 60, 0 });
  BpPlotView *view = show_view (run, BP_PLOT_CURVE, &window);

  press (view, GDK_KEY_Right);
  assert_reads (view, "iteration 60\nslope ");
  press (view, GDK_KEY_Home);
  press (view, GDK_KEY_Right);
  press (view, GDK_KEY_Right);
  press (view, GDK_KEY_Right);
  assert_reads (view, "iteration 3\nslope ");
  g_assert_true (press_shortcut (GTK_WIDGET (view), GDK_KEY_Return, 0));
  assert_cursor (run, 3, 0);
  press (view, GDK_KEY_Down);
  assert_reads (view, "slope ");
  press_shortcut (GTK_WIDGET (view), GDK_KEY_Escape, 0);
  assert_description (view);

  /* The samples of the data, each once, in the order of their x. */
  bp_plot_view_set_kind (view, BP_PLOT_DATA);
  press (view, GDK_KEY_Right);
  double first = read_x (view);
  double x = first;
  for (guint i = 0; i < 100; i++)
    {
      double next = read_x (view);

      g_assert_cmpfloat (next, >=, x);
      x = next;
      press (view, GDK_KEY_Right);
    }
  g_assert_cmpfloat (read_x (view), ==, x);
  g_assert_cmpfloat (x, >, first);
  press (view, GDK_KEY_Left);
  press (view, GDK_KEY_End);
  g_assert_cmpfloat (read_x (view), ==, x);
  gtk_window_destroy (window);
}

int
main (int    argc,
      char **argv)
{
  gtk_test_init (&argc, &argv, NULL);
  adw_init ();

  g_test_add_func ("/plot-crosshair/crosshair", test_crosshair);
  g_test_add_func ("/plot-crosshair/double-click", test_double_click);
  g_test_add_func ("/plot-crosshair/nearest", test_nearest);
  g_test_add_func ("/plot-crosshair/keys", test_keys);
  g_test_add_func ("/plot-crosshair/keys-of-long-run", test_keys_of_long_run);
  g_test_add_func ("/plot-crosshair/keys-of-points", test_keys_of_points);

  return g_test_run ();
}
