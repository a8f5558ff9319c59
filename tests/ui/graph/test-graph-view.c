/* test-graph-view.c: nodes that can be focused, pressed and read out; zoom; and nothing drawn that did not change
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "lib/heavy-experiments.h"
#include "graph/bp-graph-view.h"

#include <adwaita.h>

#include "graph/bp-node-view.h"
#include "lib/widget-search.h"
#include "ui/graph/graph-view-fixture.h"

/* Size and place */

static void
test_lecture (void)
{
  Fixture fixture = open_window ("regression", 1400, 700);
  double  before = bp_graph_view_get_zoom (fixture.view);

  bp_graph_view_set_lecture (fixture.view, TRUE);
  gtk_test_widget_wait_for_draw (fixture.window);
  g_assert_cmpfloat (bp_graph_view_get_zoom (fixture.view), >, before);
  check_allocations (&fixture, TRUE);
  bp_graph_view_set_lecture (fixture.view, FALSE);
  gtk_test_widget_wait_for_draw (fixture.window);
  g_assert_cmpfloat (bp_graph_view_get_zoom (fixture.view), ==, before);
  close_window (&fixture);
}

/* Drawing */

static void
test_draws_only_what_changed (void)
{
  Fixture fixture = open_window ("regression", 1000, 300);
  guint   n = bp_graph_get_n_nodes (bp_trainer_get_graph (get_trainer (&fixture)));
  g_autoptr (BpGraphDrawing) drawing = bp_graph_drawing_new ();
  g_autoptr (GPtrArray) paintables = g_ptr_array_new_with_free_func (g_object_unref);
  guint  *counts[16];

  bp_run_step (fixture.run, BP_STEP_ITERATION, 1);
  bp_graph_drawing_update (drawing, get_trainer (&fixture));
  gtk_test_widget_wait_for_draw (fixture.window);
  gtk_test_widget_wait_for_draw (fixture.window);
  for (guint node = 0; node < n; node++)
    {
      GdkPaintable *paintable = gtk_widget_paintable_new (bp_graph_view_get_node (fixture.view, node));

      g_ptr_array_add (paintables, paintable);
      counts[node] = watch (paintable, "invalidate-contents");
    }

  for (guint step = 0; step < bp_trainer_get_n_instructions (get_trainer (&fixture)); step++)
    {
      for (guint node = 0; node < n; node++)
        *counts[node] = 0;
      bp_run_step (fixture.run, BP_STEP_NODE, 1);
      bp_graph_drawing_update (drawing, get_trainer (&fixture));
      /* Paintables tell of what was drawn with the next frame. */
      gtk_test_widget_wait_for_draw (fixture.window);
      gtk_test_widget_wait_for_draw (fixture.window);
      for (guint node = 0; node < n; node++)
        g_assert_true ((*counts[node] > 0) == bp_graph_drawing_is_node_changed (drawing, node));
    }
  close_window (&fixture);
}

static cairo_surface_t *
take_picture (Fixture *fixture)
{
  int                     width = gtk_widget_get_width (GTK_WIDGET (fixture->view));
  int                     height = gtk_widget_get_height (GTK_WIDGET (fixture->view));
  cairo_surface_t        *surface = cairo_image_surface_create (CAIRO_FORMAT_RGB24, width, height);
  cairo_t                *cr = cairo_create (surface);
  g_autoptr (GdkPaintable) paintable = gtk_widget_paintable_new (GTK_WIDGET (fixture->view));
  GtkSnapshot            *snapshot = gtk_snapshot_new ();
  GskRenderNode          *node;
  const BpPalette        *palette = bp_palette_get (bp_graph_view_get_palette_kind (fixture->view));

  gdk_cairo_set_source_rgba (cr, &palette->colors[BP_COLOR_SURFACE]);
  cairo_paint (cr);
  gdk_paintable_snapshot (paintable, snapshot, width, height);
  node = gtk_snapshot_free_to_node (snapshot);
  gsk_render_node_draw (node, cr);
  gsk_render_node_unref (node);
  cairo_destroy (cr);
  cairo_surface_flush (surface);

  return surface;
}

/* The font that the view draws with. */
static void
set_font (BpGraphDrawing *drawing,
          GtkWidget      *view)
{
  PangoContext               *context = gtk_widget_get_pango_context (view);
  const PangoFontDescription *font = pango_context_get_font_description (context);
  double                      size = pango_font_description_get_size (font) / (double) PANGO_SCALE;

  if (!pango_font_description_get_size_is_absolute (font))
    size *= pango_cairo_context_get_resolution (context) / 72;
  bp_graph_drawing_set_font (drawing, font, 0.9 * size);
}

/* The picture that a file would have of what the view shows. */
static cairo_surface_t *
draw_picture (Fixture *fixture,
              int      width,
              int      height)
{
  g_autoptr (BpGraphDrawing) drawing = bp_graph_drawing_new ();
  cairo_surface_t *surface = cairo_image_surface_create (CAIRO_FORMAT_RGB24, width, height);
  cairo_t         *cr = cairo_create (surface);
  double           zoom = bp_graph_view_get_zoom (fixture->view);
  const BpPalette *palette = bp_palette_get (bp_graph_view_get_palette_kind (fixture->view));
  g_autoptr (BpPainter) painter = NULL;
  double           content_width;
  double           content_height;

  set_font (drawing, GTK_WIDGET (fixture->view));
  bp_graph_drawing_set_area (drawing, width, height);
  bp_graph_drawing_update (drawing, get_trainer (fixture));
  bp_graph_layout_get_size (bp_graph_drawing_get_layout (drawing), &content_width, &content_height);

  gdk_cairo_set_source_rgba (cr, &palette->colors[BP_COLOR_SURFACE]);
  cairo_paint (cr);
  cairo_translate (cr, (width - zoom * content_width) / 2, (height - zoom * content_height) / 2);
  cairo_scale (cr, zoom, zoom);
  painter = bp_painter_cairo_new (cr, palette);
  bp_graph_draw (painter, drawing);
  cairo_surface_flush (surface);

  return surface;
}

/* How many pixels of two pictures differ visibly, and how many of the second are not white. */
static void
compare_pictures (cairo_surface_t *first,
                  cairo_surface_t *second,
                  guint           *n_different,
                  guint           *n_ink)
{
  *n_different = *n_ink = 0;
  for (int y = 0; y < cairo_image_surface_get_height (first); y++)
    {
      const guchar *a = cairo_image_surface_get_data (first) + y * cairo_image_surface_get_stride (first);
      const guchar *b = cairo_image_surface_get_data (second) + y * cairo_image_surface_get_stride (second);

      for (int x = 0; x < 4 * cairo_image_surface_get_width (first); x += 4)
        {
          *n_different += ABS (a[x] - b[x]) > 24 || ABS (a[x + 1] - b[x + 1]) > 24 || ABS (a[x + 2] - b[x + 2]) > 24;
          *n_ink += b[x] != 0xff || b[x + 1] != 0xff || b[x + 2] != 0xff;
        }
    }
}

static void
check_picture (Fixture *fixture)
{
  cairo_surface_t *seen;
  cairo_surface_t *drawn;
  guint            n_different;
  guint            n_ink;

  gtk_test_widget_wait_for_draw (fixture->window);
  seen = take_picture (fixture);
  drawn = draw_picture (fixture, cairo_image_surface_get_width (seen), cairo_image_surface_get_height (seen));
  compare_pictures (seen, drawn, &n_different, &n_ink);
  g_test_message ("%u of %u pixels of ink differ", n_different, n_ink);
  g_assert_cmpuint (n_ink, >, 20000);
  g_assert_cmpuint (n_different, <, n_ink / 500);
  cairo_surface_destroy (seen);
  cairo_surface_destroy (drawn);
}

/* What is kept from step to step looks as what is drawn afresh, as it is after an allocation. */
static void
check_kept (Fixture *fixture)
{
  cairo_surface_t *kept;
  cairo_surface_t *fresh;
  guint            n_different;
  guint            n_ink;

  gtk_test_widget_wait_for_draw (fixture->window);
  kept = take_picture (fixture);
  gtk_widget_queue_allocate (GTK_WIDGET (fixture->view));
  gtk_test_widget_wait_for_draw (fixture->window);
  fresh = take_picture (fixture);
  compare_pictures (kept, fresh, &n_different, &n_ink);
  g_assert_cmpuint (n_ink, >, 1000);
  g_assert_cmpuint (n_different, ==, 0);
  cairo_surface_destroy (kept);
  cairo_surface_destroy (fresh);
}

static void
check_steps (Fixture *fixture,
             void   (*check) (Fixture *fixture))
{
  guint n = bp_trainer_get_n_instructions (get_trainer (fixture));

  check (fixture);
  for (guint i = 0; i < MIN (n + 2, 20); i++)
    {
      bp_run_step (fixture->run, BP_STEP_NODE, 1);
      check (fixture);
    }
  bp_run_step (fixture->run, BP_STEP_ITERATION, 1);
  check (fixture);
  bp_run_step (fixture->run, BP_STEP_PHASE, -1);
  check (fixture);
  bp_run_reset (fixture->run);
  check (fixture);
}

/* The screen shows what a file would: the view is bp_graph_draw() at its zoom, centred. */
static void
test_same_picture (void)
{
  Fixture fixture = open_window ("classification", 950, 235);

  check_steps (&fixture, check_picture);
  close_window (&fixture);
}

/* Many edges, which share nodes: a chain of sums that all add the same variable. */
static BpExperiment *
create_chain (guint n)
{
  g_autoptr (GString) text =
    g_string_new ("[Experiment]\nTitle=t\nIterations=10\n[Variables]\nA=1\n[Model]\ns0=A + A\n");
  BpExperiment *experiment;

  for (guint i = 1; i < n; i++)
    g_string_append_printf (text, "s%u=s%u + A\n", i, i - 1);
  g_string_append (text, "[Optimizer]\nName=gradient-descent\nLearningRate=1e-6\n");
  experiment = experiment_from_text (text->str);

  return experiment;
}

static void
test_kept_picture (void)
{
  Fixture fixture = open_window ("xor", 1000, 300);
  g_autoptr (BpExperiment) experiment = create_chain (200);
  g_autoptr (GError) error = NULL;

  check_steps (&fixture, check_kept);
  bp_run_set_selected_node (fixture.run, 2);
  check_kept (&fixture);
  bp_run_set_selected_node (fixture.run, BP_NODE_NONE);
  check_kept (&fixture);
  g_assert_true (bp_run_load (fixture.run, experiment, &error));
  g_assert_no_error (error);
  check_steps (&fixture, check_kept);
  close_window (&fixture);
}

/* Life and death */

static void
test_run (void)
{
  g_autoptr (BpExperiment) experiment = load_builtin ("regression");
  g_autoptr (BpRun) run = bp_run_new (experiment);
  GtkWidget *view = g_object_ref_sink (g_object_new (BP_TYPE_GRAPH_VIEW, NULL));

  bp_graph_view_set_run (BP_GRAPH_VIEW (view), run);
  g_assert_nonnull (bp_graph_view_get_node (BP_GRAPH_VIEW (view), 0));

  bp_graph_view_set_run (BP_GRAPH_VIEW (view), NULL);
  g_assert_null (bp_graph_view_get_node (BP_GRAPH_VIEW (view), 0));
  bp_run_step (run, BP_STEP_NODE, 1);
  g_assert_finalize_object (view);
}

static void
test_finalize (void)
{
  g_autoptr (BpExperiment) experiment = load_builtin ("xor");
  BpRun     *run = bp_run_new (experiment);
  GtkWidget *view = g_object_ref_sink (g_object_new (BP_TYPE_GRAPH_VIEW, NULL));
  gpointer   node;

  bp_graph_view_set_run (BP_GRAPH_VIEW (view), run);
  node = bp_graph_view_get_node (BP_GRAPH_VIEW (view), 3);
  g_object_add_weak_pointer (node, &node);
  g_assert_finalize_object (view);
  g_assert_null (node);
  bp_run_step (run, BP_STEP_NODE, 1);
  g_assert_finalize_object (run);
}

/* Another batch size has the same nodes, which stay; another experiment has others. */
static void
test_other_graphs (void)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (BpExperiment) other = load_builtin ("xor");
  Fixture    fixture = open_window ("classification-split", 1000, 300);
  GtkWidget *node = get_node (&fixture, "A");
  BpSettings settings = *bp_trainer_get_settings (get_trainer (&fixture));

  gtk_widget_grab_focus (node);
  settings.batch_size = 5;
  g_assert_true (bp_run_set_settings (fixture.run, &settings, &error));
  g_assert_no_error (error);
  g_assert_true (get_node (&fixture, "A") == node);
  g_assert_true (gtk_widget_is_focus (node));
  bp_run_step (fixture.run, BP_STEP_ITERATION, 1);
  gtk_test_widget_wait_for_draw (fixture.window);

  press_shortcut (node, GDK_KEY_Menu, 0);
  g_assert_true (bp_run_load (fixture.run, other, &error));
  g_assert_no_error (error);
  g_assert_cmpuint (bp_graph_view_get_inspected (fixture.view), ==, BP_NODE_NONE);
  gtk_test_widget_wait_for_draw (fixture.window);
  g_assert_nonnull (get_node (&fixture, "W2"));
  check_allocations (&fixture, FALSE);
  close_window (&fixture);
}

static void
test_style (void)
{
  AdwStyleManager *manager = adw_style_manager_get_default ();
  Fixture          fixture = open_window ("regression", 1000, 300);

  adw_style_manager_set_color_scheme (manager, ADW_COLOR_SCHEME_FORCE_LIGHT);
  g_assert_cmpint (bp_graph_view_get_palette_kind (fixture.view), ==, BP_PALETTE_LIGHT);
  adw_style_manager_set_color_scheme (manager, ADW_COLOR_SCHEME_FORCE_DARK);
  g_assert_cmpint (bp_graph_view_get_palette_kind (fixture.view), ==, BP_PALETTE_DARK);
  adw_style_manager_set_color_scheme (manager, ADW_COLOR_SCHEME_DEFAULT);
  close_window (&fixture);
}

static gboolean
has_text (GtkWidget  *widget,
          const char *text)
{
  return gtk_widget_get_visible (widget) && strstr (gtk_label_get_label (GTK_LABEL (widget)), text) != NULL;
}

/* A graph that is too large is not drawn; the run goes on, and what comes after it is drawn again. */
static void
test_too_large (void)
{
  Fixture fixture = open_window ("regression", 900, 300);
  g_autofree char *text = write_variables (1500);
  g_autoptr (BpExperiment) large = experiment_from_text (text);
  g_autoptr (BpExperiment) small = load_builtin ("classification");

  bp_run_set_selected_node (fixture.run, 0);
  g_assert_true (bp_run_load (fixture.run, large, NULL));
  gtk_test_widget_wait_for_draw (fixture.window);
  g_assert_nonnull (search_widget (GTK_WIDGET (fixture.view), GTK_TYPE_LABEL, has_text, "The graph has 3001 nodes"));
  g_assert_null (bp_graph_view_get_node (fixture.view, 0));
  g_assert_true (bp_run_step (fixture.run, BP_STEP_NODE, 1));
  g_assert_true (bp_run_step (fixture.run, BP_STEP_NODE, 1));
  bp_run_set_selected_node (fixture.run, 2000);
  gtk_widget_activate_action (GTK_WIDGET (fixture.view), "graph.zoom-fit", NULL);
  gtk_widget_activate_action (GTK_WIDGET (fixture.view), "graph.zoom-in", NULL);
  bp_graph_view_set_lecture (fixture.view, TRUE);
  gtk_test_widget_wait_for_draw (fixture.window);

  g_assert_true (bp_run_load (fixture.run, small, NULL));
  gtk_test_widget_wait_for_draw (fixture.window);
  g_assert_null (search_widget (GTK_WIDGET (fixture.view), GTK_TYPE_LABEL, has_text, "too many to be drawn"));
  get_node (&fixture, "my_output");

  close_window (&fixture);
}

int
main (int    argc,
      char **argv)
{
  gtk_test_init (&argc, &argv, NULL);
  adw_init ();

  g_test_add_func ("/graph-view/lecture", test_lecture);
  g_test_add_func ("/graph-view/draws-only-what-changed", test_draws_only_what_changed);
  g_test_add_func ("/graph-view/same-picture", test_same_picture);
  g_test_add_func ("/graph-view/kept-picture", test_kept_picture);
  g_test_add_func ("/graph-view/run", test_run);
  g_test_add_func ("/graph-view/finalize", test_finalize);
  g_test_add_func ("/graph-view/other-graphs", test_other_graphs);
  g_test_add_func ("/graph-view/style", test_style);
  g_test_add_func ("/graph-view/too-large", test_too_large);

  return g_test_run ();
}
