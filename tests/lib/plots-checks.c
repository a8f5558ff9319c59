/* plots-checks.c: what the tests of plots share: trainers to plot, layers to find, plots to look at as a whole
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "lib/plots-checks.h"

const BpLayer *
find_layer (const BpPlot *plot,
            BpLayerKind   kind,
            const char   *label)
{
  for (guint i = 0; i < plot->layers->len; i++)
    {
      const BpLayer *layer = bp_plot_get_layer (plot, i);

      if (layer->kind == kind && (label == NULL || (layer->label != NULL && g_str_has_prefix (layer->label, label))))
        return layer;
    }

  return NULL;
}

const BpLayer *
get_layer (const BpPlot *plot,
           BpLayerKind   kind,
           const char   *label)
{
  const BpLayer *layer = find_layer (plot, kind, label);

  g_assert_nonnull (layer);

  return layer;
}

BpPlotPoint
get_point (const BpLayer *layer,
           guint          index)
{
  g_assert_nonnull (layer->points);
  g_assert_cmpuint (index, <, layer->points->len);

  return g_array_index (layer->points, BpPlotPoint, index);
}

void
assert_close (double a,
              double b,
              double tolerance)
{
  g_assert_cmpfloat (fabs (a - b), <=, tolerance * MAX (1, fabs (a)));
}

double
get_loss (BpTrainer *trainer)
{
  const guint loss = bp_graph_get_loss (bp_trainer_get_graph (trainer));

  return bp_session_get_value (bp_trainer_get_session (trainer), loss)[0];
}

double
get_parameter (BpTrainer *trainer,
               guint      index)
{
  return bp_session_get_parameters (bp_trainer_get_session (trainer))[index];
}

void
assert_drawable (const BpPlot *plot)
{
  g_autoptr (PangoFontDescription) font = pango_font_description_from_string ("Sans 11");
  BpPlotStyle style = { bp_palette_get (BP_PALETTE_LIGHT), font, 1 };
  cairo_surface_t *surface = cairo_image_surface_create (CAIRO_FORMAT_ARGB32, 260, 235);
  cairo_t *cr = cairo_create (surface);
  BpPainter *painter = bp_painter_cairo_new (cr, style.palette);

  bp_plot_draw (painter, plot, 260, 235, &style);
  g_assert_cmpint (cairo_status (cr), ==, CAIRO_STATUS_SUCCESS);
  bp_painter_free (painter);
  cairo_surface_destroy (surface);
}

static void
assert_whole (const BpPlot *plot)
{
  g_assert_nonnull (plot->title);
  g_assert_nonnull (plot->description);
  g_assert_true (plot->is_complete);
  g_assert_cmpfloat (plot->x.minimum, <, plot->x.maximum);
  g_assert_cmpfloat (plot->y.minimum, <, plot->y.maximum);
  assert_drawable (plot);
}

void
assert_all_plots (BpTrainer *trainer)
{
  for (guint kind = 0; kind < BP_N_PLOTS; kind++)
    {
      g_autoptr (BpPlot) plot = bp_plot_new_from_trainer (kind, trainer, NULL, NULL);

      assert_whole (plot);
    }
}

double
get_bar_sum (const BpLayer *layer)
{
  double sum = 0;

  for (guint i = 0; i < layer->bars->len; i++)
    sum += g_array_index (layer->bars, BpPlotBar, i).y1;

  return sum;
}
