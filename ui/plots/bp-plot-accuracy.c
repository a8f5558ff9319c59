/* bp-plot-accuracy.c: the share of right predictions against iteration
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "plots/bp-plot-measure.h"

#include "base/bp-number.h"

#include <glib/gi18n-lib.h>
#include <math.h>

/* The axis begins no higher, so that it moves less. */
#define LEAST 0.5

static double
compute_accuracy (const BpPlotBuild *build,
                  BpEvaluator       *evaluator,
                  const double      *parameters)
{
  return bp_evaluator_get_accuracy (evaluator, build->experiment, parameters);
}

static void
set_texts (BpPlotBuild *build,
           double       train,
           double       test)
{
  g_autofree char *cursor = bp_plot_build_describe_cursor (build);
  g_autofree char *train_text = bp_plot_build_format (build, train);
  g_autofree char *test_text = bp_plot_build_format (build, test);
  g_autofree char *rows = bp_plot_build_describe_rows (build, BP_ROWS_TRAIN);

  build->plot->y.label = g_strdup (_("share correct"));
  if (build->refused != NULL)
    {
      build->plot->subtitle = g_strdup_printf (_("%s: not computed"), rows);
      /* Translators: "38 of 100 iterations", "all data", and why it is not computed. */
      build->plot->description = g_strdup_printf (_("Accuracy against iteration: %s, of %s not computed: %s"), cursor,
                                                  rows, build->refused->message);
      return;
    }

  if (isnan (test))
    build->plot->subtitle = g_strdup_printf (C_("loss", "%s: %s"), rows, train_text);
  else
    /* Translators: shares of right predictions, of the training data and of those held out. */
    build->plot->subtitle = g_strdup_printf (_("%s, test %s"), train_text, test_text);
  /* Translators: "38 of 100 iterations", "all data", a share, and one of the data held out or –. */
  build->plot->description = g_strdup_printf (_("Accuracy against iteration: %s, of %s %s, of the data held out %s"),
                                              cursor, rows, train_text, test_text);
}

/* Both lines leap; they lie on each other, where dashes alone are lost. */
static void
set_apart (BpLayer *test)
{
  test->color = BP_COLOR_TEXT;
  test->dash = BP_DASH_SOLID;
  test->width = BP_WIDTH_THIN;
  test->marker = BP_MARKER_RING;
}

static void
fit_y (BpPlotBuild *build)
{
  double minimum = LEAST;
  double maximum = 1;

  for (guint i = 0; i < build->plot->layers->len; i++)
    bp_layer_get_range (bp_plot_get_layer (build->plot, i), FALSE, &minimum, &maximum);
  build->plot->y.is_share = TRUE;
  bp_plot_build_fit (build, &build->plot->y, minimum, maximum);
}

gboolean
bp_plot_build_has_target (const BpPlotBuild *build)
{
  return build->experiment->target != NULL && build->experiment->evaluate->len > 0 && bp_plot_build_has_data (build);
}

void
bp_plot_build_accuracy (BpPlotBuild *build)
{
  BpPlotMeasure measure;
  BpPlotPath path;
  BpLayer *test_line;

  bp_plot_measure_init (&measure, build, "accuracy", compute_accuracy);
  double train = bp_plot_measure_get (&measure, BP_ROWS_TRAIN, build->parameters);
  double test = bp_plot_measure_get (&measure, BP_ROWS_TEST, build->parameters);
  bp_plot_path_init (&path, build, NULL);
  bp_plot_build_iterations (build, path.n > 0 ? path.stride : bp_plot_build_get_stride (build, 1));
  bp_plot_measure_add_lines (&measure, &path, train, &test_line);
  if (test_line != NULL)
    set_apart (test_line);
  bp_plot_build_add_cursor (build, BP_COLOR_VALUE, _("now"), (double) build->cursor.iteration, train);
  set_texts (build, train, test);
  fit_y (build);
}
