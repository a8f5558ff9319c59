/* test-plot-sample.c: in a plot of the data, samples are dragged to other numbers, and clicked to be fed
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "lib/widget-search.h"

#include <adwaita.h>
#include <math.h>
#include <string.h>

#include "plots/bp-plot-layout.h"
#include "plots/bp-plot-view.h"

#define WIDTH 400
#define HEIGHT 300

static BpPlotView *
show_view (BpRun      *run,
           GtkWindow **window)
{
  GtkWidget *view = bp_plot_view_new (BP_PLOT_DATA);

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
find_controller (BpPlotView *view,
                 GType       type)
{
  g_autoptr (GListModel) controllers = gtk_widget_observe_controllers (GTK_WIDGET (view));

  for (guint i = 0; i < g_list_model_get_n_items (controllers); i++)
    {
      g_autoptr (GObject) controller = g_list_model_get_item (controllers, i);

      if (G_TYPE_CHECK_INSTANCE_TYPE (controller, type))
        return controller;
    }

  g_return_val_if_reached (NULL);
}

/* Where the mark of a sample is in the widget. */
static BpPlotPoint
locate (BpPlotView *view,
        BpRun      *run,
        gsize       row)
{
  const BpPlot *plot = bp_plot_view_get_plot (view);
  BpDataset *dataset = bp_trainer_get_dataset (bp_run_get_trainer (run));
  PangoContext *context = gtk_widget_get_pango_context (GTK_WIDGET (view));
  const PangoFontDescription *font = pango_context_get_font_description (context);
  double size = pango_font_description_get_size (font) / (double) PANGO_SCALE;

  if (!pango_font_description_get_size_is_absolute (font))
    size *= 96 / 72.0;
  BpPlotStyle style = { bp_palette_get (BP_PALETTE_LIGHT), font, size / (11 * 96 / 72.0) };
  g_autoptr (BpPlotLayout) layout = bp_plot_layout_new (plot, gtk_widget_get_width (GTK_WIDGET (view)),
                                                        gtk_widget_get_height (GTK_WIDGET (view)), &style);

  return (BpPlotPoint) {
    bp_plot_layout_map_x (layout, plot, bp_dataset_get_column (dataset, (guint) plot->x_column)[row]),
    bp_plot_layout_map_y (layout, plot, bp_dataset_get_column (dataset, (guint) plot->y_column)[row]),
  };
}

static void
drag (BpPlotView *view,
      BpPlotPoint from,
      double      dx,
      double      dy)
{
  gpointer gesture = find_controller (view, GTK_TYPE_GESTURE_DRAG);

  g_signal_emit_by_name (gesture, "drag-begin", from.x, from.y);
  g_signal_emit_by_name (gesture, "drag-update", dx, dy);
  g_signal_emit_by_name (gesture, "drag-end", dx, dy);
}

static double
get_number (BpRun      *run,
            const char *name,
            gsize       row)
{
  BpDataset *dataset = bp_trainer_get_dataset (bp_run_get_trainer (run));

  return bp_dataset_get_column (dataset, bp_dataset_find (dataset, name))[row];
}

static char *
dup_document (BpRun *run)
{
  return bp_experiment_to_data (bp_trainer_get_experiment (bp_run_get_trainer (run)));
}

/* The sample follows the pointer in both axes, and the run is computed again to where it was. */
static void
test_drag (void)
{
  g_autoptr (BpRun) run = run_from_text ("[Experiment]\nIterations=50\n[Data]\nx=-1 x 1; 0 x 1; 1 x 1\n"
                                         "y=-2 x 1; 1 x 1; 3 x 1\nSampling=sequential\n[Variables]\nA=0\nb=0\n"
                                         "[Model]\nz=x * A + b\nloss=square(z - y)\n");
  g_autofree char *before = dup_document (run), *after = NULL, *undone = NULL;
  GtkWindow *window;
  BpPlotView *view;
  double a;

  bp_run_seek (run, (BpCursor) { 50, 0 });
  bp_run_seek (run, (BpCursor) { 40, 3 });
  a = bp_session_get_parameters (bp_trainer_get_session (bp_run_get_trainer (run)))[0];
  view = show_view (run, &window);
  drag (view, locate (view, run, 1), -60, 40);
  assert_cursor (run, 40, 3);
  g_assert_cmpfloat (get_number (run, "x", 1), <, -0.1);
  g_assert_cmpfloat (get_number (run, "y", 1), <, 0.9);
  g_assert_cmpfloat (get_number (run, "x", 0), ==, -1);
  g_assert_cmpfloat (get_number (run, "y", 2), ==, 3);
  g_assert_cmpfloat (bp_session_get_parameters (bp_trainer_get_session (bp_run_get_trainer (run)))[0], !=, a);
  after = dup_document (run);
  g_assert_nonnull (strstr (after, "\n[Edits]\n2=x=-0."));

  /* A second time: the line of the sample is another, not one more. */
  gtk_test_widget_wait_for_draw (GTK_WIDGET (view));
  drag (view, locate (view, run, 1), 30, 0);
  g_assert_cmpuint (bp_trainer_get_experiment (bp_run_get_trainer (run))->edits->len, ==, 1);
  bp_run_undo (run);
  bp_run_undo (run);
  undone = dup_document (run);
  g_assert_cmpstr (undone, ==, before);
  assert_cursor (run, 40, 3);
  g_assert_cmpfloat (get_number (run, "x", 1), ==, 0);
  gtk_window_destroy (window);
}

/* A press that hardly moves, one beside the samples, and a drag that ends for another reason change nothing. */
static void
test_no_drag (void)
{
  g_autoptr (BpRun) run = create_run ("line");
  GtkWindow *window;
  BpPlotView *view = show_view (run, &window);
  BpPlotPoint at = locate (view, run, 0);
  gpointer gesture = find_controller (view, GTK_TYPE_GESTURE_DRAG);

  drag (view, at, 1, 1);
  drag (view, (BpPlotPoint) { WIDTH / 2.0, HEIGHT - 60.0 }, 50, -50);
  g_signal_emit_by_name (gesture, "drag-begin", at.x, at.y);
  g_signal_emit_by_name (gesture, "drag-update", 50.0, 50.0);
  g_signal_emit_by_name (gesture, "cancel", NULL);
  g_signal_emit_by_name (gesture, "drag-end", 50.0, 50.0);
  g_assert_false (bp_run_get_can_undo (run));
  gtk_window_destroy (window);
}

/* A class stays what it is; of two inputs both are moved. */
static void
test_classes (void)
{
  g_autoptr (BpRun) one = create_run ("classification"), two = create_run ("circles");
  GtkWindow *window;
  BpPlotView *view = show_view (one, &window);
  const double x = get_number (one, "x_data", 3), y = get_number (one, "y_target", 3);
  double before[2];

  drag (view, locate (view, one, 3), 40, -60);
  g_assert_cmpfloat (get_number (one, "x_data", 3), >, x);
  g_assert_cmpfloat (get_number (one, "y_target", 3), ==, y);
  gtk_window_destroy (window);

  view = show_view (two, &window);
  before[0] = get_number (two, "x1", 0);
  before[1] = get_number (two, "x2", 0);
  drag (view, locate (view, two, 0), 25, 25);
  g_assert_cmpuint (bp_trainer_get_experiment (bp_run_get_trainer (two))->edits->len, ==, 1);
  if (get_number (two, "x1", 0) != before[0])
    g_assert_cmpfloat (get_number (two, "x2", 0), !=, before[1]);
  gtk_window_destroy (window);
}

static gboolean
is_chosen (gpointer data)
{
  return bp_run_get_batch (data) != NULL;
}

/* A click feeds it, as soon as it is no double click. */
static void
test_click (void)
{
  g_autoptr (BpRun) run = run_from_text ("[Data]\nx=-1 x 1; 0 x 1; 1 x 1\ny=-2 x 1; 1 x 1; 3 x 1\n"
                                         "[Variables]\nA=0\n[Model]\nz=x * A\nloss=square(z - y)\n");
  GtkWindow *window;
  BpPlotView *view = show_view (run, &window);
  gpointer gesture = find_controller (view, GTK_TYPE_GESTURE_CLICK);
  const BpPlotPoint at = locate (view, run, 1);
  gsize n;

  bp_run_seek (run, (BpCursor) { 4, 0 });
  gtk_test_widget_wait_for_draw (GTK_WIDGET (view));
  g_signal_emit_by_name (gesture, "pressed", 1, at.x, at.y);
  g_signal_emit_by_name (gesture, "released", 1, at.x, at.y);
  g_assert_null (bp_run_get_batch (run));
  wait_until (is_chosen, run);
  g_assert_cmpstr (bp_run_get_batch (run), ==, "2");
  assert_cursor (run, 4, 1);
  g_assert_cmpuint (bp_trainer_get_batch (bp_run_get_trainer (run), &n)[0], ==, 1);
  gtk_window_destroy (window);
}

/* Who is told of other data before the plot is, and asks it at once, gets the plot of these data. */
static void
ask_cb (BpRun       *run,
        BpPlotView **view)
{
  const BpPlot *plot;
  guint n_points = 0;

  if (*view == NULL)
    return;
  bp_plot_view_set_log_scale (*view, !bp_plot_view_get_log_scale (*view));
  plot = bp_plot_view_get_plot (*view);
  for (guint i = 0; i < plot->layers->len; i++)
    if (bp_plot_get_layer (plot, i)->kind == BP_LAYER_POINTS)
      n_points += bp_layer_get_n_points (bp_plot_get_layer (plot, i));
  g_assert_cmpuint (n_points, ==, bp_dataset_get_n_samples (bp_trainer_get_dataset (bp_run_get_trainer (run))));
}

static void
test_asked_early (void)
{
  g_autoptr (BpRun) run = create_run ("classification-split");
  g_autoptr (BpRun) few = run_from_text ("[Data]\nx=-1 x 1; 0 x 1; 1 x 1\ny=0 x 1; 1 x 2\n[Variables]\nA=0\n"
                                         "[Model]\nz=x * A\n"
                                         "loss=sigmoid_cross_entropy_with_logits(labels=y, logits=z)\n"
                                         "[Evaluate]\np=round(sigmoid(z))\nTarget=y\n");
  BpPlotView *view = NULL;
  GtkWindow *window;

  g_signal_connect (run, "rebuilt", G_CALLBACK (ask_cb), &view);
  view = show_view (run, &window);
  g_assert_true (bp_run_load (run, bp_trainer_get_experiment (bp_run_get_trainer (few)), NULL));
  view = NULL;
  gtk_window_destroy (window);
}

int
main (int    argc,
      char **argv)
{
  gtk_test_init (&argc, &argv, NULL);
  adw_init ();
  g_test_add_func ("/plot-sample/drag", test_drag);
  g_test_add_func ("/plot-sample/no-drag", test_no_drag);
  g_test_add_func ("/plot-sample/classes", test_classes);
  g_test_add_func ("/plot-sample/click", test_click);
  g_test_add_func ("/plot-sample/asked-early", test_asked_early);

  return g_test_run ();
}
