/* test-plot-view.c: plots as widgets: what they tell, read and seek, and that they rest
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "lib/plots-checks.h"
#include "lib/widget-search.h"

#include <adwaita.h>
#include <math.h>
#include <string.h>

#include "experiment/bp-builtin.h"
#include "base/bp-number.h"
#include "plots/bp-plot-draw.h"
#include "plots/bp-plot-view.h"

#define WIDTH 300
#define HEIGHT 240

/* A view of its own window, drawn once. */
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

  return BP_PLOT_VIEW (view);
}

static GskRenderNode *
snapshot (BpPlotView *view)
{
  GtkSnapshot *snapshot = gtk_snapshot_new ();

  GTK_WIDGET_GET_CLASS (view)->snapshot (GTK_WIDGET (view), snapshot);

  return gtk_snapshot_free_to_node (snapshot);
}

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

static BpPlotStyle
get_style (BpPlotView   *view,
           BpPaletteKind palette)
{
  const PangoFontDescription *font =
    pango_context_get_font_description (gtk_widget_get_pango_context (GTK_WIDGET (view)));
  double size = pango_font_description_get_size (font) / (double) PANGO_SCALE;

  if (!pango_font_description_get_size_is_absolute (font))
    size *= 96 / 72.0;

  return (BpPlotStyle) { bp_palette_get (palette), font, size / (11 * 96 / 72.0) };
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

static void
assert_notifies_once (GObject    *object,
                      const char *property,
                      GValue     *value)
{
  g_autofree char *signal = g_strconcat ("notify::", property, NULL);
  guint count = 0;
  gulong handler = g_signal_connect_swapped (object, signal, G_CALLBACK (count_cb), &count);

  g_object_set_property (object, property, value);
  g_assert_cmpuint (count, ==, 1);
  g_object_set_property (object, property, value);
  g_assert_cmpuint (count, ==, 1);

  g_auto (GValue) read = G_VALUE_INIT;
  g_value_init (&read, G_VALUE_TYPE (value));
  g_object_get_property (object, property, &read);
  g_autofree char *expected = g_strdup_value_contents (value);
  g_autofree char *actual = g_strdup_value_contents (&read);
  g_assert_cmpstr (actual, ==, expected);
  g_signal_handler_disconnect (object, handler);
}

static void
test_properties (void)
{
  GObject *view = G_OBJECT (g_object_ref_sink (bp_plot_view_new (BP_PLOT_VARIABLE)));
  g_auto (GValue) value = G_VALUE_INIT;

  g_value_init (&value, BP_TYPE_PLOT_KIND);
  g_value_set_enum (&value, BP_PLOT_LOSS);
  assert_notifies_once (view, "kind", &value);
  g_value_unset (&value);

  g_value_init (&value, G_TYPE_BOOLEAN);
  g_value_set_boolean (&value, FALSE);
  assert_notifies_once (view, "log-scale", &value);
  g_value_unset (&value);

  g_value_init (&value, G_TYPE_DOUBLE);
  g_value_set_double (&value, 0.9);
  assert_notifies_once (view, "smoothing", &value);
  g_value_unset (&value);

  g_value_init (&value, G_TYPE_INT64);
  g_value_set_int64 (&value, 17);
  assert_notifies_once (view, "crosshair-iteration", &value);

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
      g_assert_cmpuint (count_differences (shown, expected), <, 20);
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

/* How many of some iterations, played at a speed, are drawn. */
static guint
count_drawn (BpRun      *run,
             BpPlotView *view,
             double      speed,
             guint       n)
{
  gint64 now = g_get_monotonic_time ();
  guint n_drawn;
  g_autoptr (GdkPaintable) paintable = NULL;

  bp_run_set_speed (run, speed);
  bp_run_set_playing (run, TRUE);
  bp_run_advance (run, now);
  paintable = watch_drawing (view, &n_drawn);
  for (guint i = 0; i < n; i++)
    {
      gint64 iteration = bp_trainer_get_cursor (bp_run_get_trainer (run)).iteration;

      bp_run_advance (run, now += (gint64) (1.01 * G_USEC_PER_SEC / speed));
      g_assert_cmpint (bp_trainer_get_cursor (bp_run_get_trainer (run)).iteration, ==, iteration + 1);
      wait_for_frame (GTK_WIDGET (view));
    }

  return n_drawn;
}

/* Each step is drawn, and when playing stops a screen reader is told of the last. */
static void
test_playing (void)
{
  g_autoptr (BpRun) run = create_run ("regression");
  GtkWindow *window;
  BpPlotView *view = show_view (run, BP_PLOT_VARIABLE, &window);

  bp_run_set_play_by (run, BP_STEP_ITERATION);
  g_assert_cmpuint (count_drawn (run, view, 10, 4), ==, 4);
  bp_run_set_playing (run, FALSE);
  g_autofree char *expected = g_strdup_printf ("A against iteration: %d of 100",
                                               (int) bp_trainer_get_cursor (bp_run_get_trainer (run)).iteration);
  g_autofree char *told = dup_description (view);
  g_assert_true (g_str_has_prefix (told, expected));
  gtk_window_destroy (window);
}

/* What a screen reader is told is what the plot says of itself. */
static void
assert_description (BpPlotView *view)
{
  gtk_test_accessible_assert_property (view, GTK_ACCESSIBLE_PROPERTY_DESCRIPTION,
                                       bp_plot_view_get_plot (view)->description);
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

  g_test_add_func ("/plot-view/properties", test_properties);
  g_test_add_func ("/plot-view/element", test_element);
  g_test_add_func ("/plot-view/options", test_options);
  g_test_add_func ("/plot-view/predict-first", test_predict_first);
  g_test_add_func ("/plot-view/draw", test_draw);
  g_test_add_func ("/plot-view/kept-node", test_kept_node);
  g_test_add_func ("/plot-view/rest", test_rest);
  g_test_add_func ("/plot-view/playing", test_playing);
  g_test_add_func ("/plot-view/accessible", test_accessible);
  g_test_add_func ("/plot-view/crosshair", test_crosshair);
  g_test_add_func ("/plot-view/double-click", test_double_click);
  g_test_add_func ("/plot-view/nearest", test_nearest);
  g_test_add_func ("/plot-view/keys", test_keys);
  g_test_add_func ("/plot-view/keys-of-long-run", test_keys_of_long_run);
  g_test_add_func ("/plot-view/keys-of-points", test_keys_of_points);
  g_test_add_func ("/plot-view/rebuilt", test_rebuilt);
  g_test_add_func ("/plot-view/finalize", test_finalize);

  return g_test_run ();
}
