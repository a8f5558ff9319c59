/* test-plot-canvas.c: plots on the screen: whatever is kept from one to the next, they look as if drawn afresh
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "lib/plots-checks.h"

#include "plots/bp-plot-canvas-private.h"

#define WIDTH 240
#define HEIGHT 180

/* What rounding makes of a colour that is laid over others in another order. */
#define ROUNDING 3

static const char two_classes[] =
  "[Experiment]\nTitle=t\nIterations=60\nBatchSize=3\n"
  "[Data]\nSamples=12\nx=normal(0, 1)\nz=normal(1, 2)\ny=0 x 6; 1 x 6\n"
  "[Variables]\nw=1\nv=-0.5\nb=0.3\n"
  "[Model]\nlogit=x * w + z * v + b\nloss=reduce_mean(sigmoid_cross_entropy_with_logits(labels=y, logits=logit))\n"
  "[Optimizer]\nName=gradient-descent\nLearningRate=2\n"
  "[Evaluate]\nprediction=round(sigmoid(logit))\n";

typedef struct {
  BpPlotCanvas *canvas;
  BpTrainer    *trainer;
  BpPlotCache  *cache;
  BpPlotKind    kind;
} Fixture;

static cairo_surface_t *
create_surface (cairo_t **cr)
{
  cairo_surface_t *surface = cairo_image_surface_create (CAIRO_FORMAT_ARGB32, WIDTH, HEIGHT);

  *cr = cairo_create (surface);
  cairo_set_source_rgb (*cr, 1, 1, 1);
  cairo_paint (*cr);

  return surface;
}

static GskRenderNode *
take_node (BpPlotCanvas *canvas)
{
  GtkSnapshot *snapshot = gtk_snapshot_new ();

  bp_plot_canvas_snapshot (canvas, snapshot, 1);

  return gtk_snapshot_free_to_node (snapshot);
}

static cairo_surface_t *
draw_canvas (BpPlotCanvas *canvas)
{
  cairo_t *cr;
  cairo_surface_t *surface = create_surface (&cr);
  GskRenderNode *node = take_node (canvas);

  gsk_render_node_draw (node, cr);
  gsk_render_node_unref (node);
  cairo_destroy (cr);
  cairo_surface_flush (surface);

  return surface;
}

/* What a canvas that knows nothing of what was before draws of the same plot. */
static cairo_surface_t *
draw_afresh (BpPlotCanvas *canvas)
{
  BpPlotCanvas *fresh = bp_plot_canvas_new ();
  cairo_surface_t *surface;

  bp_plot_canvas_set_style (fresh, canvas->palette, canvas->font);
  bp_plot_canvas_set_size (fresh, WIDTH, HEIGHT);
  fresh->plot = canvas->plot;
  surface = draw_canvas (fresh);
  fresh->plot = NULL;
  bp_plot_canvas_free (fresh);

  return surface;
}

/* How many pixels differ by more than rounding. */
static guint
count_differences (cairo_surface_t *a,
                   cairo_surface_t *b)
{
  const guchar *mine = cairo_image_surface_get_data (a);
  const guchar *theirs = cairo_image_surface_get_data (b);
  guint n = 0;

  for (int i = 0; i < cairo_image_surface_get_stride (a) * HEIGHT; i += 4)
    n += ABS (mine[i] - theirs[i]) > ROUNDING || ABS (mine[i + 1] - theirs[i + 1]) > ROUNDING
         || ABS (mine[i + 2] - theirs[i + 2]) > ROUNDING;

  return n;
}

static void
assert_fresh (BpPlotCanvas *canvas)
{
  cairo_surface_t *shown = draw_canvas (canvas);
  cairo_surface_t *fresh = draw_afresh (canvas);

  g_assert_cmpuint (count_differences (shown, fresh), ==, 0);
  cairo_surface_destroy (shown);
  cairo_surface_destroy (fresh);
}

static BpPlotCanvas *
new_canvas (void)
{
  BpPlotCanvas *canvas = bp_plot_canvas_new ();

  bp_plot_canvas_set_size (canvas, WIDTH, HEIGHT);

  return canvas;
}

static void
show_trainer (Fixture *fixture)
{
  BpPlotOptions options = BP_PLOT_OPTIONS_DEFAULT;

  options.max_buckets = 2 * WIDTH;
  bp_plot_canvas_set_plot (fixture->canvas, bp_plot_new_from_trainer (fixture->kind, fixture->trainer, &options,
                                                                      fixture->cache));
  assert_fresh (fixture->canvas);
}

/* On, back, far and near, before and after what is recorded: as layers change and stay. */
static void
walk (Fixture *fixture)
{
  show_trainer (fixture);
  for (guint i = 0; i < 25 && bp_trainer_step_node (fixture->trainer, 1); i++)
    show_trainer (fixture);
  bp_trainer_run (fixture->trainer, 20);
  for (guint i = 0; i < 20; i++)
    {
      bp_trainer_step_iteration (fixture->trainer, 1);
      show_trainer (fixture);
    }
  for (guint i = 0; i < 10; i++)
    {
      bp_trainer_step_iteration (fixture->trainer, -1);
      show_trainer (fixture);
    }
  for (guint i = 0; i < 40; i++)
    {
      bp_trainer_step_node (fixture->trainer, 1);
      show_trainer (fixture);
    }
  for (guint i = 0; i < 3; i++)
    {
      bp_trainer_step_phase (fixture->trainer, -1);
      show_trainer (fixture);
    }
  bp_trainer_seek (fixture->trainer, (BpCursor) { 0, 0 });
  show_trainer (fixture);
}

static void
check_trainer (BpTrainer *trainer)
{
  for (guint kind = 0; kind < BP_N_PLOTS; kind++)
    {
      Fixture fixture = { new_canvas (), trainer, bp_plot_cache_new (0), kind };

      walk (&fixture);
      bp_plot_canvas_free (fixture.canvas);
      bp_plot_cache_free (fixture.cache);
    }
}

static void
test_walk (gconstpointer name)
{
  g_autoptr (BpTrainer) trainer = trainer_from_builtin (name);

  check_trainer (trainer);
}

static void
test_regions (void)
{
  g_autoptr (BpTrainer) trainer = trainer_from_text (two_classes);

  check_trainer (trainer);
}

static void
fill_grid (BpLayer *layer,
           gboolean is_changed)
{
  double level = 1.5;

  bp_layer_set_grid (layer, 2, 2, 0, 1, 0, 1);
  for (guint i = 0; i < 4; i++)
    g_array_index (layer->values, double, i) = i + (is_changed ? 0.7 : 0);
  g_array_append_val (layer->levels, level);
}

static void
fill_layer (BpLayer *layer,
            gboolean is_changed)
{
  static const double values[][2] = { { 0.1, 0.2 }, { 0.4, 0.7 }, { 0.9, 0.3 } };
  g_autoptr (BpSeries) series = bp_series_new ();

  for (guint i = 0; i < G_N_ELEMENTS (values); i++)
    {
      double x = values[i][0] + (is_changed && layer->kind == BP_LAYER_RULE_X ? 0.2 : 0);
      double y = values[i][1] + (is_changed && (i == 1 || layer->kind == BP_LAYER_RULE_Y) ? 0.1 : 0)
                 + 0.02 * layer->kind;

      if (bp_layer_has_points (layer))
        bp_layer_append (layer, x, y);
      if (layer->kind == BP_LAYER_BARS)
        bp_layer_append_bar (layer, x, x + 0.05, 0, y);
      if (layer->kind == BP_LAYER_CELLS)
        bp_layer_append_cell (layer, x, y, &(BpPlotCell) { y, y, FALSE });
      bp_series_append (series, &(const double) { y }, 1);
    }
  if (layer->kind != BP_LAYER_SERIES)
    return;
  bp_layer_set_series (layer, series, 0, 100);
  layer->step = 0.3;
}

/* A plot of layers of every kind, of which @change says what is different. */
static BpPlot *
new_plot (guint change)
{
  BpPlot *plot = bp_plot_new ("Title");

  plot->subtitle = g_strdup (change == BP_LAYER_NOTE + 1 ? "other" : "subtitle");
  for (guint kind = BP_LAYER_LINE; kind <= BP_LAYER_NOTE; kind++)
    {
      gboolean is_changed = kind == change;
      BpLayer *layer = bp_plot_add_layer (plot, kind, BP_COLOR_VALUE,
                                          kind == BP_LAYER_NOTE && is_changed ? "other" : "name");

      layer->marker = BP_MARKER_CIRCLE;
      if (kind == BP_LAYER_GRID)
        fill_grid (layer, is_changed);
      else
        fill_layer (layer, is_changed);
    }

  return plot;
}

/* Shows @plot. Returns: (transfer full) (element-type GskRenderNode): the nodes before */
static GPtrArray *
show_plot (BpPlotCanvas *canvas,
           BpPlot       *plot)
{
  GPtrArray *before = g_ptr_array_new_with_free_func ((GDestroyNotify) gsk_render_node_unref);

  g_ptr_array_add (before, gsk_render_node_ref (canvas->frame));
  g_ptr_array_add (before, gsk_render_node_ref (canvas->subtitle));
  for (guint i = 0; i < canvas->layers->len; i++)
    g_ptr_array_add (before, gsk_render_node_ref (canvas->layers->pdata[i]));
  bp_plot_canvas_set_plot (canvas, plot);
  assert_fresh (canvas);

  return before;
}

/* Each kind of layer in turn is another, and as it was: a node is another where what it shows is, and only there. */
static void
test_every_kind (void)
{
  for (guint change = 0; change <= BP_LAYER_NOTE + 1; change++)
    {
      BpPlotCanvas *canvas = new_canvas ();

      bp_plot_canvas_set_plot (canvas, new_plot (G_MAXUINT));
      assert_fresh (canvas);
      for (guint i = 0; i < 3; i++)
        {
          g_autoptr (GPtrArray) before = show_plot (canvas, new_plot (i == 1 ? change : G_MAXUINT));

          g_assert_true (canvas->frame == before->pdata[0]);
          g_assert_true ((canvas->subtitle == before->pdata[1]) == (i == 0 || change != BP_LAYER_NOTE + 1));
          for (guint kind = 0; kind < canvas->layers->len; kind++)
            g_assert_true ((canvas->layers->pdata[kind] == before->pdata[2 + kind]) == (i == 0 || change != kind));
        }
      bp_plot_canvas_free (canvas);
    }
}

/* Where a line turns faint matters by the pixel. */
static void
test_split (void)
{
  BpPlotCanvas *canvas = new_canvas ();
  double split = 0;

  for (guint i = 0; i < 2000; i++)
    {
      BpPlot *plot = new_plot (G_MAXUINT);
      BpLayer *line = bp_plot_get_layer (plot, BP_LAYER_LINE);
      GskRenderNode *node = i > 0 ? canvas->layers->pdata[BP_LAYER_LINE] : NULL;

      if (node != NULL)
        gsk_render_node_ref (node);
      line->dim_from = i / 2000.0;
      bp_plot_canvas_set_plot (canvas, plot);
      if (i % 50 < 4)
        assert_fresh (canvas);
      else
        gsk_render_node_unref (take_node (canvas));
      if (i > 1)
        g_assert_true ((canvas->layers->pdata[BP_LAYER_LINE] == node)
                       == (bp_plot_get_split (canvas->layout, plot, line) == split)
                       || line->dim_from < 0.2);
      split = bp_plot_get_split (canvas->layout, plot, line);
      g_clear_pointer (&node, gsk_render_node_unref);
    }
  bp_plot_canvas_free (canvas);
}

/* Another size, palette or font is another drawing of everything. */
static void
test_style (void)
{
  BpPlotCanvas *canvas = new_canvas ();
  g_autoptr (PangoFontDescription) font = pango_font_description_from_string ("Sans 11");

  bp_plot_canvas_set_plot (canvas, new_plot (G_MAXUINT));
  bp_plot_canvas_set_plot (canvas, new_plot (BP_LAYER_LINE));
  assert_fresh (canvas);
  bp_plot_canvas_set_style (canvas, bp_palette_get (BP_PALETTE_DARK), font);
  assert_fresh (canvas);
  bp_plot_canvas_set_plot (canvas, NULL);
  bp_plot_canvas_set_plot (canvas, new_plot (BP_LAYER_BARS));
  assert_fresh (canvas);
  bp_plot_canvas_set_size (canvas, WIDTH / 2, HEIGHT / 2);
  bp_plot_canvas_set_size (canvas, WIDTH, HEIGHT);
  assert_fresh (canvas);
  bp_plot_canvas_free (canvas);
}

/* Ink lies within the bounds of its layer. */
static void
test_bounds (void)
{
  BpPlotCanvas *canvas = new_canvas ();
  BpPlotStyle style = { canvas->palette, canvas->font, 1 };

  bp_plot_canvas_set_plot (canvas, new_plot (G_MAXUINT));
  const BpPlotLayout *layout = bp_plot_canvas_get_layout (canvas);
  for (guint i = 0; i < canvas->plot->layers->len; i++)
    {
      cairo_rectangle_t bounds;
      cairo_t *cr;
      cairo_surface_t *whole = create_surface (&cr);

      g_assert_true (bp_plot_get_bounds (layout, canvas->plot, &style, bp_plot_get_layer (canvas->plot, i), &bounds));
      BpPainter *painter = bp_painter_cairo_new (cr, style.palette);
      bp_plot_draw_one_layer (painter, canvas->plot, layout, &style, i);
      bp_painter_free (painter);

      cairo_surface_t *clipped = create_surface (&cr);
      painter = bp_painter_cairo_new (cr, style.palette);
      bp_painter_clip (painter, &bounds);
      bp_plot_draw_one_layer (painter, canvas->plot, layout, &style, i);
      bp_painter_free (painter);
      cairo_surface_flush (whole);
      cairo_surface_flush (clipped);
      g_assert_cmpuint (count_differences (whole, clipped), ==, 0);
      cairo_surface_destroy (whole);
      cairo_surface_destroy (clipped);
    }
  bp_plot_canvas_free (canvas);
}

int
main (int   argc,
      char *argv[])
{
  /* One parameter and two, a histogram, a line, classes over one input and over two. */
  static const char * const names[] = { "regression", "classification-split", "line", "xor" };

  gtk_test_init (&argc, &argv, NULL);

  for (guint i = 0; i < G_N_ELEMENTS (names); i++)
    {
      g_autofree char *path = g_strconcat ("/plot-canvas/walk/", names[i], NULL);

      g_test_add_data_func (path, names[i], test_walk);
    }
  g_test_add_func ("/plot-canvas/regions", test_regions);
  g_test_add_func ("/plot-canvas/every-kind", test_every_kind);
  g_test_add_func ("/plot-canvas/split", test_split);
  g_test_add_func ("/plot-canvas/style", test_style);
  g_test_add_func ("/plot-canvas/bounds", test_bounds);

  return g_test_run ();
}
