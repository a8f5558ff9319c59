/* plots-checks.h: what the tests of plots share: trainers to plot, layers to find, plots to look at as a whole
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#pragma once

#include <math.h>
#include <string.h>

#include "experiment/bp-builtin.h"
#include "plots/bp-plot-draw.h"
#include "plots/bp-plots.h"

static inline BpTrainer *
new_trainer_from_text (const char *text)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (BpExperiment) experiment = bp_experiment_new_from_data (text, -1, "test", NULL, &error);

  g_assert_no_error (error);
  BpTrainer *trainer = bp_trainer_new (experiment, &error);
  g_assert_no_error (error);

  return trainer;
}

static inline BpTrainer *
new_trainer (const char *name)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (BpExperiment) experiment = bp_builtin_load (name, &error);

  g_assert_no_error (error);
  BpTrainer *trainer = bp_trainer_new (experiment, &error);
  g_assert_no_error (error);

  return trainer;
}

static inline const BpLayer *
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

static inline const BpLayer *
get_layer (const BpPlot *plot,
           BpLayerKind   kind,
           const char   *label)
{
  const BpLayer *layer = find_layer (plot, kind, label);

  g_assert_nonnull (layer);

  return layer;
}

static inline BpPlotPoint
get_point (const BpLayer *layer,
           guint          index)
{
  g_assert_nonnull (layer->points);
  g_assert_cmpuint (index, <, layer->points->len);

  return g_array_index (layer->points, BpPlotPoint, index);
}

static inline void
assert_close (double a,
              double b,
              double tolerance)
{
  g_assert_cmpfloat (fabs (a - b), <=, tolerance * MAX (1, fabs (a)));
}

static inline BpSession *
get_session (BpTrainer *trainer)
{
  return bp_trainer_get_session (trainer);
}

static inline double
get_parameter (BpTrainer *trainer,
               guint      index)
{
  return bp_session_get_parameters (get_session (trainer))[index];
}

static inline void
assert_drawable (const BpPlot *plot)
{
  g_autoptr (PangoFontDescription) font = pango_font_description_from_string ("Sans 11");
  BpPlotStyle style = { bp_palette_get (BP_PALETTE_LIGHT), font, 1 };
  cairo_surface_t *surface = cairo_image_surface_create (CAIRO_FORMAT_ARGB32, 260, 235);
  cairo_t *cr = cairo_create (surface);

  bp_plot_draw (cr, plot, 260, 235, &style);
  g_assert_cmpint (cairo_status (cr), ==, CAIRO_STATUS_SUCCESS);
  cairo_destroy (cr);
  cairo_surface_destroy (surface);
}

static inline void
assert_whole (const BpPlot *plot)
{
  g_assert_nonnull (plot->title);
  g_assert_nonnull (plot->description);
  g_assert_true (plot->is_complete);
  g_assert_cmpfloat (plot->x.minimum, <, plot->x.maximum);
  g_assert_cmpfloat (plot->y.minimum, <, plot->y.maximum);
  assert_drawable (plot);
}

static inline void
assert_all_plots (BpTrainer *trainer)
{
  for (guint kind = 0; kind < BP_N_PLOTS; kind++)
    {
      g_autoptr (BpPlot) plot = bp_plot_new_from_trainer (kind, trainer, NULL, NULL);

      assert_whole (plot);
    }
}

/* How many samples the bars stand for. */
static inline double
get_bar_sum (const BpLayer *layer)
{
  double sum = 0;

  for (guint i = 0; i < layer->bars->len; i++)
    sum += g_array_index (layer->bars, BpPlotBar, i).y1;

  return sum;
}
