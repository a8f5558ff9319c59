/* test-plot-start.c: a click or keys in the loss curve and the loss surface say where parameters start
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "lib/widget-search.h"

#include <adwaita.h>
#include <math.h>
#include <string.h>

#include "plots/bp-plot-view.h"

#define WIDTH 400
#define HEIGHT 300

/* Shows a plot in a window of its own, and gives it the focus. */
static BpPlotView *
show_view (BpRun      *run,
           BpPlotKind  kind,
           GtkWindow **window)
{
  GtkWidget *view = bp_plot_view_new (kind);

  bp_plot_view_set_run (BP_PLOT_VIEW (view), run);
  *window = GTK_WINDOW (gtk_window_new ());
  gtk_window_set_default_size (*window, WIDTH, HEIGHT);
  gtk_window_set_child (*window, view);
  gtk_window_present (*window);
  gtk_test_widget_wait_for_draw (view);
  gtk_widget_grab_focus (view);

  return BP_PLOT_VIEW (view);
}

static gpointer
find_click (BpPlotView *view)
{
  g_autoptr (GListModel) controllers = gtk_widget_observe_controllers (GTK_WIDGET (view));

  for (guint i = 0; i < g_list_model_get_n_items (controllers); i++)
    {
      g_autoptr (GObject) controller = g_list_model_get_item (controllers, i);

      if (GTK_IS_GESTURE_CLICK (controller))
        return controller;
    }

  g_return_val_if_reached (NULL);
}

static void
press (BpPlotView *view,
       int         n_press,
       double      x,
       double      y)
{
  g_signal_emit_by_name (find_click (view), "pressed", n_press, x, y);
  g_signal_emit_by_name (find_click (view), "released", n_press, x, y);
}

static gboolean
is_at_start (gpointer data)
{
  return bp_trainer_get_cursor (bp_run_get_trainer (data)).iteration == 0;
}

static double
get_parameter (BpRun *run,
               gsize  parameter)
{
  return bp_session_get_parameters (bp_trainer_get_session (bp_run_get_trainer (run)))[parameter];
}

static char *
dup_document (BpRun *run)
{
  return bp_experiment_to_data (bp_trainer_get_experiment (bp_run_get_trainer (run)));
}

static void
message_cb (G_GNUC_UNUSED BpRun *run,
            const char          *text,
            char               **place)
{
  g_free (*place);
  *place = g_strdup (text);
}

/* The start is where the click was, in the document too; the run so far is kept, and undo has the old one back. */
static void
test_curve (void)
{
  g_autoptr (BpRun) run = create_run ("regression");
  g_autofree char *before = dup_document (run), *after = NULL, *undone = NULL, *message = NULL, *expected = NULL;
  GtkWindow *window;
  BpPlotView *view;
  double start, axis;

  g_signal_connect (run, "message", G_CALLBACK (message_cb), &message);
  bp_run_seek (run, (BpCursor) { 20, 0 });
  view = show_view (run, BP_PLOT_CURVE, &window);
  axis = bp_plot_view_get_plot (view)->x.maximum - bp_plot_view_get_plot (view)->x.minimum;

  press (view, 1, WIDTH / 2.0, HEIGHT / 2.0);
  g_assert_false (is_at_start (run));
  wait_until (is_at_start, run);
  start = get_parameter (run, 0);
  g_assert_cmpfloat (start, ==, bp_run_get_start (run, 0));
  /* To a pixel: not many digits. */
  g_assert_cmpfloat (fabs (start * 100 - rint (start * 100)), <, 1e-9);
  g_assert_cmpfloat (axis, >, 10);
  after = dup_document (run);
  expected = g_strdup_printf ("\nA=%g\n", start);
  g_assert_nonnull (strstr (after, expected));
  g_assert_true (g_str_has_prefix (message, "A starts at "));
  g_assert_cmpuint (bp_run_get_n_references (run), ==, 1);

  bp_run_undo (run);
  undone = dup_document (run);
  g_assert_cmpstr (undone, ==, before);
  bp_run_redo (run);
  g_assert_cmpfloat (get_parameter (run, 0), ==, start);
  gtk_window_destroy (window);
}

/* The first press of a double click, and one that gives the focus, change nothing; nor one outside of the axes. */
static void
test_other_clicks (void)
{
  g_autoptr (BpRun) run = create_run ("regression");
  GtkWindow *window;
  BpPlotView *view;
  int time;

  bp_run_seek (run, (BpCursor) { 20, 0 });
  view = show_view (run, BP_PLOT_CURVE, &window);
  g_object_get (gtk_widget_get_settings (GTK_WIDGET (view)), "gtk-double-click-time", &time, NULL);

  press (view, 1, WIDTH / 2.0, HEIGHT / 2.0);
  press (view, 2, WIDTH / 2.0, HEIGHT / 2.0);
  press (view, 1, WIDTH / 2.0, 2);
  gtk_window_set_focus (window, NULL);
  press (view, 1, WIDTH / 2.0, HEIGHT / 2.0);
  for (gint64 end = g_get_monotonic_time () + 1000 * (time + 100); g_get_monotonic_time () < end;)
    g_main_context_iteration (NULL, FALSE);
  g_assert_false (bp_run_get_can_undo (run));
  g_assert_false (is_at_start (run));

  /* Nothing is pending when the window goes, or another experiment comes. */
  press (view, 1, WIDTH / 2.0, HEIGHT / 2.0);
  gtk_window_destroy (window);
}

/* Both parameters at once, where there is nothing to seek: far from the path. */
static void
test_surface (void)
{
  g_autoptr (BpRun) run = create_run ("line");
  g_autofree char *document = NULL, *expected = NULL;
  const double before[] = { bp_run_get_start (run, 0), bp_run_get_start (run, 1) };
  GtkWindow *window;
  BpPlotView *view;

  bp_run_seek (run, (BpCursor) { 2, 0 });
  view = show_view (run, BP_PLOT_CURVE, &window);
  press (view, 1, WIDTH - 60.0, HEIGHT - 80.0);
  wait_until (is_at_start, run);
  g_assert_cmpfloat (get_parameter (run, 0), !=, before[0]);
  g_assert_cmpfloat (get_parameter (run, 1), !=, before[1]);
  document = dup_document (run);
  expected = g_strdup_printf ("\nslope=%g\nintercept=%g\n", get_parameter (run, 0), get_parameter (run, 1));
  g_assert_nonnull (strstr (document, expected));
  gtk_window_destroy (window);
}

/* Keys move it by steps of round numbers; presses that follow each other are one undo. An element stands after the
 * distribution of its variable. */
static void
test_keys (void)
{
  g_autoptr (BpRun) run = create_run ("xor");
  g_autofree char *before = dup_document (run), *document = NULL, *undone = NULL;
  const GdkModifierType modifiers = GDK_ALT_MASK | GDK_SHIFT_MASK;
  GtkWindow *window;
  BpPlotView *view;
  double first, second;

  view = show_view (run, BP_PLOT_CURVE, &window);
  first = bp_run_get_start (run, 0);
  g_assert_true (press_shortcut (GTK_WIDGET (view), GDK_KEY_Right, modifiers));
  second = bp_run_get_start (run, 0);
  g_assert_cmpfloat (second, >, first);
  gtk_test_widget_wait_for_draw (GTK_WIDGET (view));
  g_assert_true (press_shortcut (GTK_WIDGET (view), GDK_KEY_Right, modifiers));
  g_assert_cmpfloat (bp_run_get_start (run, 0), >, second);
  g_assert_cmpfloat (bp_run_get_start (run, 0), ==, get_parameter (run, 0));
  document = dup_document (run);
  g_assert_nonnull (strstr (document, "\nW1=normal(0, 1) [1, 3]; [0,0]="));
  /* A slice has no parameter upright. */
  g_assert_false (press_shortcut (GTK_WIDGET (view), GDK_KEY_Up, modifiers));

  bp_run_undo (run);
  undone = dup_document (run);
  g_assert_cmpstr (undone, ==, before);
  g_assert_false (bp_run_get_can_undo (run));
  gtk_window_destroy (window);
}

int
main (int    argc,
      char **argv)
{
  gtk_test_init (&argc, &argv, NULL);
  adw_init ();
  g_test_add_func ("/plot-start/curve", test_curve);
  g_test_add_func ("/plot-start/other-clicks", test_other_clicks);
  g_test_add_func ("/plot-start/surface", test_surface);
  g_test_add_func ("/plot-start/keys", test_keys);

  return g_test_run ();
}
