/* test-plot-view.c: plots as widgets: what they tell and draw, and that they rest
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "lib/plots-checks.h"
#include "lib/widget-search.h"

#include <adwaita.h>
#include <math.h>

#include "experiment/bp-builtin.h"
#include "base/bp-number.h"
#include "plots/bp-plot-draw.h"
#include "plots/bp-plot-view.h"
#include "ui/plots/plot-view-fixture.h"

static cairo_surface_t *
render (BpPlotView *view)
{
  cairo_surface_t *surface = cairo_image_surface_create (CAIRO_FORMAT_ARGB32, WIDTH, HEIGHT);
  cairo_t *cr = cairo_create (surface);
  GskRenderNode *node = snapshot (view);

  if (node != NULL)
    {
      gsk_render_node_draw (node, cr);
      gsk_render_node_unref (node);
    }
  g_assert_cmpint (cairo_status (cr), ==, CAIRO_STATUS_SUCCESS);
  cairo_destroy (cr);
  cairo_surface_flush (surface);

  return surface;
}

/* The same plot as a file would have it. */
static cairo_surface_t *
draw (BpPlotView   *view,
      BpPaletteKind palette)
{
  cairo_surface_t *surface = cairo_image_surface_create (CAIRO_FORMAT_ARGB32, WIDTH, HEIGHT);
  BpPlotStyle style = get_style (view, palette);
  g_autoptr (BpPainter) painter = bp_painter_cairo_new (cairo_create (surface), style.palette);

  bp_plot_draw (painter, bp_plot_view_get_plot (view), gtk_widget_get_width (GTK_WIDGET (view)),
                gtk_widget_get_height (GTK_WIDGET (view)), &style);
  cairo_surface_flush (surface);

  return surface;
}

/* How many pixels differ by more than rounding, or are not empty when compared with nothing. */
static guint
count_differences (cairo_surface_t *a,
                   cairo_surface_t *b)
{
  int stride = cairo_image_surface_get_stride (a);
  guint n = 0;

  for (int i = 0; i < stride * HEIGHT; i += 4)
    for (int j = 0; j < 4; j++)
      {
        int mine = cairo_image_surface_get_data (a)[i + j];
        int theirs = b != NULL ? cairo_image_surface_get_data (b)[i + j] : 0;

        if (ABS (mine - theirs) > 8)
          {
            n++;
            break;
          }
      }

  return n;
}

/* What plots beside it bind to. */
static void
test_crosshair_property (void)
{
  GObject *view = G_OBJECT (g_object_ref_sink (bp_plot_view_new (BP_PLOT_VARIABLE)));
  guint count = 0;
  gint64 iteration;

  g_signal_connect_swapped (view, "notify::crosshair-iteration", G_CALLBACK (count_cb), &count);
  for (guint i = 0; i < 2; i++)
    g_object_set (view, "crosshair-iteration", G_GINT64_CONSTANT (17), NULL);
  g_assert_cmpuint (count, ==, 1);
  g_object_get (view, "crosshair-iteration", &iteration, NULL);
  g_assert_cmpint (iteration, ==, 17);
  g_assert_finalize_object (view);
}

/* Options reach the plot. */
static void
test_options (void)
{
  g_autoptr (BpRun) run = create_run ("line");
  GtkWindow *window;

  bp_run_seek (run, (BpCursor) { 50, 0 });
  BpPlotView *view = show_view (run, BP_PLOT_LOSS, &window);
  g_assert_cmpint (bp_plot_view_get_plot (view)->y.scale, ==, BP_SCALE_LOG);
  bp_plot_view_set_log_scale (view, FALSE);
  g_assert_cmpint (bp_plot_view_get_plot (view)->y.scale, ==, BP_SCALE_LINEAR);
  guint n_layers = bp_plot_view_get_plot (view)->layers->len;
  bp_plot_view_set_smoothing (view, 0.9);
  g_assert_cmpuint (bp_plot_view_get_plot (view)->layers->len, ==, n_layers + 1);
  bp_plot_view_set_kind (view, BP_PLOT_VARIABLE);
  bp_run_select_element (run, bp_graph_find (bp_trainer_get_graph (bp_run_get_trainer (run)), "intercept"), 0);
  g_assert_cmpstr (bp_plot_view_get_plot (view)->title, ==, "Parameter intercept");
  gtk_window_destroy (window);
}

/* The curve and the parameters are of the element that is selected, and of all once none is. */
static void
test_element (void)
{
  g_autoptr (BpRun) run = create_run ("xor");
  BpTrainer *trainer = bp_run_get_trainer (run);
  const guint w1 = bp_graph_find (bp_trainer_get_graph (trainer), "W1");
  GtkWindow *window;
  BpPlotView *view = show_view (run, BP_PLOT_CURVE, &window);

  bp_run_seek (run, (BpCursor) { 3, bp_trainer_get_n_instructions (trainer) - 1 });
  bp_run_select_element (run, w1, 2);
  const BpPlot *plot = bp_plot_view_get_plot (view);
  g_autofree char *slope = bp_number_format (bp_session_get_gradient (bp_trainer_get_session (trainer), w1)[2]);
  g_assert_cmpstr (plot->title, ==, "Loss along W1[0,2]");
  g_assert_cmpstr (get_layer (plot, BP_LAYER_LINE, "slope")->value, ==, slope);

  bp_plot_view_set_kind (view, BP_PLOT_VARIABLE);
  g_assert_cmpstr (bp_plot_view_get_plot (view)->title, ==, "Parameter W1[0,2]");
  bp_run_set_selected_node (run, BP_NODE_NONE);
  g_assert_cmpstr (bp_plot_view_get_plot (view)->title, ==, "Parameters");
  gtk_window_destroy (window);
}

static const char *
get_slope (BpPlotView *view)
{
  return get_layer (bp_plot_view_get_plot (view), BP_LAYER_LINE, "slope")->value;
}

/* While gradients are to be predicted the curve has no tangent, and its slope is hidden. */
static void
test_predict_first (void)
{
  g_autoptr (BpRun) run = create_run ("regression");
  g_autofree char *slope = NULL;
  GtkWindow *window;

  bp_run_seek (run, (BpCursor) { 3, 8 });
  BpPlotView *view = show_view (run, BP_PLOT_CURVE, &window);
  slope = g_strdup (get_slope (view));
  bp_run_set_predict_first (run, TRUE);
  g_assert_true (bp_run_get_gradients_hidden (run));
  g_assert_cmpstr (get_slope (view), ==, BP_NUMBER_HIDDEN);
  bp_run_reveal_gradients (run);
  g_assert_cmpstr (get_slope (view), ==, slope);
  gtk_window_destroy (window);
}

/* Each kind shows what a file would, in light and dark, and nothing without a run. */
static void
test_draw (void)
{
  AdwStyleManager *manager = adw_style_manager_get_default ();
  g_autoptr (BpRun) run = create_run ("classification");

  bp_run_seek (run, (BpCursor) { 300, 5 });
  for (guint i = 0; i < 2 * BP_N_PLOTS; i++)
    {
      GtkWindow *window;
      BpPlotView *view = show_view (run, i / 2, &window);

      adw_style_manager_set_color_scheme (manager, i % 2 ? ADW_COLOR_SCHEME_FORCE_DARK : ADW_COLOR_SCHEME_FORCE_LIGHT);
      cairo_surface_t *shown = render (view);
      cairo_surface_t *expected = draw (view, i % 2 ? BP_PALETTE_DARK : BP_PALETTE_LIGHT);
      cairo_surface_t *other = draw (view, i % 2 ? BP_PALETTE_LIGHT : BP_PALETTE_DARK);
      g_assert_cmpuint (count_differences (shown, NULL), >, 1000);
      g_assert_cmpuint (count_differences (shown, expected), <, 50);
      g_assert_cmpuint (count_differences (shown, other), >, 1000);
      cairo_surface_destroy (shown);
      cairo_surface_destroy (expected);
      cairo_surface_destroy (other);

      bp_plot_view_set_run (view, NULL);
      shown = render (view);
      g_assert_cmpuint (count_differences (shown, NULL), ==, 0);
      g_assert_null (bp_plot_view_get_plot (view));
      cairo_surface_destroy (shown);
      gtk_window_destroy (window);
    }
  adw_style_manager_set_color_scheme (manager, ADW_COLOR_SCHEME_DEFAULT);
}

/* Nothing is drawn again while only the crosshair moves; a step leaves the frame as it is. */
static void
test_kept_node (void)
{
  g_autoptr (BpRun) run = create_run ("regression");
  GtkWindow *window;

  bp_run_seek (run, (BpCursor) { 30, 0 });
  BpPlotView *view = show_view (run, BP_PLOT_VARIABLE, &window);
  GskRenderNode *first = snapshot (view);
  bp_plot_view_set_crosshair_iteration (view, 12);
  GskRenderNode *second = snapshot (view);
  bp_run_step (run, BP_STEP_ITERATION, 1);
  GskRenderNode *third = snapshot (view);

  g_assert_true (gsk_container_node_get_child (first, 0) == gsk_container_node_get_child (second, 0));
  g_assert_cmpuint (gsk_container_node_get_n_children (second), >, gsk_container_node_get_n_children (first));
  g_assert_true (gsk_container_node_get_child (third, 0) == gsk_container_node_get_child (second, 0));
  g_assert_true (gsk_container_node_get_child (third, 1) != gsk_container_node_get_child (second, 1));
  gsk_render_node_unref (first);
  gsk_render_node_unref (second);
  gsk_render_node_unref (third);
  gtk_window_destroy (window);
}

/* Counts how often the view is drawn anew. Returns: (transfer full) */
static GdkPaintable *
watch_drawing (BpPlotView *view,
               guint      *n_drawn)
{
  GdkPaintable *paintable = gtk_widget_paintable_new (GTK_WIDGET (view));

  wait_for_frame (GTK_WIDGET (view));
  *n_drawn = 0;
  g_signal_connect_swapped (paintable, "invalidate-contents", G_CALLBACK (count_cb), n_drawn);

  return paintable;
}

/* While nothing changes nothing is drawn. */
static void
test_rest (void)
{
  g_autoptr (BpRun) run = create_run ("line");
  g_autoptr (GdkPaintable) paintable = NULL;
  GtkWindow *window;
  guint n_drawn;

  bp_run_seek (run, (BpCursor) { 100, 0 });
  BpPlotView *view = show_view (run, BP_PLOT_CURVE, &window);
  while (!bp_plot_view_get_plot (view)->is_complete)
    wait_for_frame (GTK_WIDGET (view));

  /* What was asked for before it was complete may come yet; a view that draws for ever never passes. */
  paintable = watch_drawing (view, &n_drawn);
  for (guint n_still = 0; n_still < 20; n_still = n_drawn == 0 ? n_still + 1 : 0)
    {
      n_drawn = 0;
      wait_for_frame (GTK_WIDGET (view));
    }
  bp_run_step (run, BP_STEP_ITERATION, 1);
  for (guint i = 0; i < 10; i++)
    wait_for_frame (GTK_WIDGET (view));
  g_assert_cmpuint (n_drawn, >, 0);
  g_assert_cmpuint (n_drawn, <, 5);
  gtk_window_destroy (window);
}

/* How many of some iterations, played at a speed, are drawn, by a screen of 60 frames a second. */
static guint
count_drawn (BpRun      *run,
             BpPlotView *view,
             double      speed,
             guint       n)
{
  gint64 now = g_get_monotonic_time ();
  guint n_steps = 0;
  guint n_drawn;
  g_autoptr (GdkPaintable) paintable = NULL;

  bp_run_set_speed (run, speed);
  bp_run_set_playing (run, TRUE);
  bp_run_advance (run, now);
  paintable = watch_drawing (view, &n_drawn);
  for (guint i = 0; i < n; i++)
    {
      gint64 iteration = bp_trainer_get_cursor (bp_run_get_trainer (run)).iteration;

      n_drawn = 0;
      bp_run_advance (run, now += (gint64) (1.01 * G_USEC_PER_SEC / speed));
      g_assert_cmpint (bp_trainer_get_cursor (bp_run_get_trainer (run)).iteration, ==, iteration + 1);
      for (guint frame = 0; frame < 60 / speed; frame++)
        wait_for_frame (GTK_WIDGET (view));
      n_steps += n_drawn > 0;
    }

  return n_steps;
}

/* Each step is drawn, and when playing stops a screen reader is told of the last. */
static void
test_playing (void)
{
  g_autoptr (BpRun) run = create_run ("regression");
  GtkWindow *window;
  BpPlotView *view = show_view (run, BP_PLOT_VARIABLE, &window);

  bp_run_set_play_by (run, BP_STEP_ITERATION);
  g_assert_cmpuint (count_drawn (run, view, 5, 4), ==, 4);
  bp_run_set_playing (run, FALSE);
  g_autofree char *expected = g_strdup_printf ("A against iteration: %d of 100",
                                               (int) bp_trainer_get_cursor (bp_run_get_trainer (run)).iteration);
  g_autofree char *told = dup_description (view);
  g_assert_true (g_str_has_prefix (told, expected));
  gtk_window_destroy (window);
}

/* What a screen reader is told: a picture, its name, and what it shows now. */
static void
test_accessible (void)
{
  g_autoptr (BpRun) run = create_run ("regression");
  GtkWindow *window;

  bp_run_seek (run, (BpCursor) { 38, 0 });
  BpPlotView *view = show_view (run, BP_PLOT_VARIABLE, &window);
  g_assert_true (gtk_widget_get_focusable (GTK_WIDGET (view)));
  gtk_test_accessible_assert_role (view, GTK_ACCESSIBLE_ROLE_IMG);
  gtk_test_accessible_assert_property (view, GTK_ACCESSIBLE_PROPERTY_LABEL, "Parameter A");
  g_assert_true (g_str_has_prefix (bp_plot_view_get_plot (view)->description,
                                   "A against iteration: 38 of 100 iterations, now "));
  assert_description (view);

  bp_run_step (run, BP_STEP_ITERATION, 1);
  g_assert_true (g_str_has_prefix (bp_plot_view_get_plot (view)->description, "A against iteration: 39 of 100"));
  assert_description (view);

  /* Not at every frame of playing, but when it stops. */
  g_autofree char *before = g_strdup (bp_plot_view_get_plot (view)->description);
  bp_run_set_play_by (run, BP_STEP_ITERATION);
  bp_run_set_speed (run, 10);
  bp_run_set_playing (run, TRUE);
  bp_run_advance (run, 1000);
  bp_run_advance (run, 1000000);
  g_assert_true (bp_run_get_playing (run));
  g_assert_cmpstr (bp_plot_view_get_plot (view)->description, !=, before);
  gtk_test_accessible_assert_property (view, GTK_ACCESSIBLE_PROPERTY_DESCRIPTION, before);
  bp_run_set_playing (run, FALSE);
  g_assert_cmpstr (bp_plot_view_get_plot (view)->description, !=, before);
  assert_description (view);
  gtk_window_destroy (window);
}

/* Another experiment and earlier runs, while shown. */
static void
test_rebuilt (void)
{
  g_autoptr (BpRun) run = create_run ("regression");
  g_autoptr (GError) error = NULL;
  g_autoptr (BpExperiment) other = bp_builtin_load ("xor", &error);
  GtkWindow *windows[BP_N_PLOTS];
  BpPlotView *views[BP_N_PLOTS];

  bp_run_seek (run, (BpCursor) { 50, 0 });
  for (guint kind = 0; kind < BP_N_PLOTS; kind++)
    views[kind] = show_view (run, kind, &windows[kind]);

  bp_run_keep_reference (run);
  guint n_layers = bp_plot_view_get_plot (views[BP_PLOT_VARIABLE])->layers->len;
  bp_run_clear_references (run);
  g_assert_cmpuint (bp_plot_view_get_plot (views[BP_PLOT_VARIABLE])->layers->len, ==, n_layers - 1);

  /* Other data have another optimum: nothing old is remembered. */
  bp_run_shuffle (run);
  for (guint kind = 0; kind < BP_N_PLOTS; kind++)
    {
      g_autoptr (BpPlot) expected = bp_plot_new_from_trainer (kind, bp_run_get_trainer (run), NULL, NULL);
      g_autofree char *text = g_strdup (bp_plot_view_get_plot (views[kind])->description);

      g_assert_cmpstr (text, ==, expected->description);
    }

  g_assert_true (bp_run_load (run, other, &error));
  for (guint kind = 0; kind < BP_N_PLOTS; kind++)
    {
      gtk_test_widget_wait_for_draw (GTK_WIDGET (views[kind]));
      g_assert_nonnull (bp_plot_view_get_plot (views[kind]));
    }
  g_assert_cmpstr (bp_plot_view_get_plot (views[BP_PLOT_VARIABLE])->title, ==, "Parameters");
  for (guint kind = 0; kind < BP_N_PLOTS; kind++)
    gtk_window_destroy (windows[kind]);
}

/* A shown view, its window and its run leave nothing behind. */
static void
test_finalize (void)
{
  BpRun *run = create_run ("regression");
  GtkWindow *window;
  BpPlotView *view = show_view (run, BP_PLOT_LOSS, &window);

  g_object_ref (view);
  gtk_window_destroy (window);
  bp_run_step (run, BP_STEP_ITERATION, 1);
  g_assert_finalize_object (G_OBJECT (view));
  g_assert_finalize_object (G_OBJECT (run));
}

int
main (int    argc,
      char **argv)
{
  gtk_test_init (&argc, &argv, NULL);
  adw_init ();

  g_test_add_func ("/plot-view/crosshair-property", test_crosshair_property);
  g_test_add_func ("/plot-view/element", test_element);
  g_test_add_func ("/plot-view/options", test_options);
  g_test_add_func ("/plot-view/predict-first", test_predict_first);
  g_test_add_func ("/plot-view/draw", test_draw);
  g_test_add_func ("/plot-view/kept-node", test_kept_node);
  g_test_add_func ("/plot-view/rest", test_rest);
  g_test_add_func ("/plot-view/playing", test_playing);
  g_test_add_func ("/plot-view/accessible", test_accessible);
  g_test_add_func ("/plot-view/rebuilt", test_rebuilt);
  g_test_add_func ("/plot-view/finalize", test_finalize);

  return g_test_run ();
}
