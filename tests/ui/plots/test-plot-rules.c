/* test-plot-rules.c: what lines across a plot are called, and that it covers nothing that is to be seen
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "lib/plots-checks.h"

#include "training/bp-reference.h"

/* Plots of windows of 1024 × 640, 1366 × 768 and 1920 × 1080, and of the second in a lecture. */
static const struct {
  int    width;
  int    height;
  double font_size;
} sizes[] = {
  { 176, 183, 13.33 }, { 262, 230, 13.33 }, { 402, 342, 13.33 }, { 326, 366, 20 },
};

static BpPlotStyle
get_style (PangoFontDescription *font,
           guint                 size)
{
  pango_font_description_set_absolute_size (font, sizes[size].font_size * PANGO_SCALE);

  return (BpPlotStyle) { bp_palette_get (BP_PALETTE_LIGHT), font, 1 };
}

static guint
get_alpha (cairo_surface_t *surface,
           int              x,
           int              y)
{
  return cairo_image_surface_get_data (surface)[y * cairo_image_surface_get_stride (surface) + x];
}

/* What is drawn of @plot's @index-th layer, or of the labels when there is no such layer, as opacity. */
static cairo_surface_t *
draw (const BpPlot *plot,
      guint         index,
      guint         size)
{
  g_autoptr (PangoFontDescription) font = pango_font_description_from_string ("Sans");
  BpPlotStyle style = get_style (font, size);
  g_autoptr (BpPlotLayout) layout = bp_plot_layout_new (plot, sizes[size].width, sizes[size].height, &style);
  cairo_surface_t *surface = cairo_image_surface_create (CAIRO_FORMAT_A8, sizes[size].width, sizes[size].height);
  g_autoptr (BpPainter) painter = bp_painter_cairo_new (cairo_create (surface), style.palette);

  if (index < plot->layers->len)
    bp_plot_draw_one_layer (painter, plot, layout, &style, index);
  else
    bp_plot_draw_parts (painter, plot, layout, &style, BP_PLOT_PART_LABELS);
  cairo_surface_flush (surface);

  return surface;
}

/* How many pixels have ink in both. */
static guint
count_common (cairo_surface_t *a,
              cairo_surface_t *b)
{
  guint n = 0;

  for (int y = 0; y < cairo_image_surface_get_height (a); y++)
    for (int x = 0; x < cairo_image_surface_get_width (a); x++)
      n += get_alpha (a, x, y) > 0 && get_alpha (b, x, y) > 0;

  return n;
}

static void
assert_nothing_covered (const BpPlot *plot,
                        guint         size)
{
  cairo_surface_t *labels;

  /* The values of contours stand on their lines. */
  for (guint i = 0; i < plot->layers->len; i++)
    if (bp_plot_get_layer (plot, i)->kind == BP_LAYER_GRID)
      return;

  labels = draw (plot, G_MAXUINT, size);
  if (count_common (labels, labels) > 0)
    for (guint i = 0; i < plot->layers->len; i++)
      {
        const BpLayer *covered = bp_plot_get_layer (plot, i);
        cairo_surface_t *layer = draw (plot, i, size);

        /* In a plot that is small the name of a boundary has room on neither side of it. */
        if (covered->is_label_inside && covered->dash != BP_DASH_SOLID)
          {
            cairo_surface_destroy (layer);
            continue;
          }
        g_assert_cmpuint (count_common (labels, layer), ==, 0);
        cairo_surface_destroy (layer);
      }
  cairo_surface_destroy (labels);
}

/* The legend names each line that stays where it is, and stands above everything. Only where several parameters
 * share the smallest plot one may have to go without. */
static void
assert_named (const BpPlot *plot,
              guint         size)
{
  g_autoptr (PangoFontDescription) font = pango_font_description_from_string ("Sans");
  BpPlotStyle style = get_style (font, size);
  g_autoptr (BpPlotLayout) layout = bp_plot_layout_new (plot, sizes[size].width, sizes[size].height, &style);
  guint n_rules = 0;

  for (guint i = 0; i < layout->entries->len; i++)
    {
      const BpLegendEntry *entry = &g_array_index (layout->entries, BpLegendEntry, i);
      BpLayerKind kind = bp_plot_get_layer (plot, entry->layer)->kind;

      g_assert_cmpfloat (entry->y + layout->em / 2, <, layout->area.y);
      n_rules += kind == BP_LAYER_RULE_X || kind == BP_LAYER_RULE_Y;
    }
  for (guint i = 0; i < plot->layers->len; i++)
    {
      const BpLayer *layer = bp_plot_get_layer (plot, i);

      if ((layer->kind == BP_LAYER_RULE_X || layer->kind == BP_LAYER_RULE_Y) && bp_layer_in_legend (layer))
        n_rules--;
    }
  g_assert_true (n_rules == 0 || (size == 0 && g_str_equal (plot->title, "Parameters")));
}

static void
check_now (BpTrainer       *trainer,
           const GPtrArray *references)
{
  for (guint kind = 0; kind < BP_N_PLOTS; kind++)
    {
      BpPlotOptions options = BP_PLOT_OPTIONS_DEFAULT;

      options.references = references;
      g_autoptr (BpPlot) plot = bp_plot_new_from_trainer (kind, trainer, &options, NULL);
      for (guint size = 0; size < G_N_ELEMENTS (sizes); size++)
        {
          assert_named (plot, size);
          assert_nothing_covered (plot, size);
        }
    }
}

/* Alone, and beside a run that was kept. */
static void
test_every_experiment (void)
{
  const char * const *names = bp_builtin_get_names ();

  for (guint i = 0; names[i] != NULL; i++)
    {
      g_autoptr (BpTrainer) trainer = trainer_from_builtin (names[i]);
      g_autoptr (GPtrArray) references = g_ptr_array_new_with_free_func ((GDestroyNotify) bp_reference_free);
      gint64 stride = MAX (1, bp_trainer_get_n_iterations (trainer) / 6);

      do
        check_now (trainer, NULL);
      while (bp_trainer_run (trainer, stride) > 0);

      g_ptr_array_add (references, bp_reference_new (trainer));
      check_now (trainer, references);
      bp_trainer_seek (trainer, (BpCursor) { 20, 0 });
      check_now (trainer, references);
    }
}

/* Wherever a line is, the number that stands at it leaves it free, and is whole. */
static void
test_inside (void)
{
  for (guint size = 0; size < G_N_ELEMENTS (sizes); size++)
    {
      guint ink = 0;

      for (int i = 0; i <= 50; i++)
        {
          g_autoptr (BpPlot) plot = bp_plot_new ("Title");
          BpLayer *rule = bp_plot_add_layer (plot, BP_LAYER_RULE_X, BP_COLOR_VALUE, "x = 1");

          rule->width = BP_WIDTH_THICK;
          rule->is_label_inside = TRUE;
          bp_layer_append (rule, i / 50.0, 0);
          assert_nothing_covered (plot, size);

          cairo_surface_t *label = draw (plot, G_MAXUINT, size);
          guint n = count_common (label, label);
          g_assert_cmpuint (n, >, 100);
          if (ink > 0)
            g_assert_cmpfloat (fabs (n / (double) ink - 1), <, 0.2);
          ink = n;
          cairo_surface_destroy (label);
        }
    }
}

int
main (int    argc,
      char **argv)
{
  g_test_init (&argc, &argv, NULL);

  g_test_add_func ("/plot-rules/every-experiment", test_every_experiment);
  g_test_add_func ("/plot-rules/inside", test_inside);

  return g_test_run ();
}
