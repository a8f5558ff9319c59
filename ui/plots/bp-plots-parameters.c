/* bp-plots-parameters.c: the parameters of a plot: their names, the optimum and what textbooks give
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "plots/bp-plots-private.h"

#include "base/bp-number.h"

#include <float.h>
#include <glib/gi18n-lib.h>
#include <math.h>
#include <string.h>

/*
 * Searching the optimum evaluates all rows some dozens of times for each parameter squared; beyond this many, or so
 * many operations, it takes too long.
 */
#define MAX_OPTIMUM_ROWS 200000
#define MAX_OPTIMUM_COST 4e6
#define MAX_OPTIMUM_PARAMETERS 64

void
bp_plot_find_variable (BpGraph *graph,
                       gsize    parameter,
                       guint   *variable,
                       gsize   *element)
{
  *element = parameter;
  for (guint i = 0; i < bp_graph_get_n_variables (graph); i++)
    {
      *variable = bp_graph_get_variable (graph, i);
      if (*element < bp_graph_get_n_elements (graph, *variable))
        return;
      *element -= bp_graph_get_n_elements (graph, *variable);
    }

  g_return_if_reached ();
}

char *
bp_plot_get_parameter_name (BpGraph *graph,
                            gsize    parameter)
{
  guint variable;
  gsize element;

  bp_plot_find_variable (graph, parameter, &variable, &element);
  if (bp_graph_get_n_elements (graph, variable) == 1)
    return g_strdup (bp_graph_get_name (graph, variable));

  g_autofree char *index = bp_shape_index_to_string (bp_graph_get_shape (graph, variable), element);

  return g_strconcat (bp_graph_get_name (graph, variable), index, NULL);
}

static gboolean
search_optimum (BpPlotBuild *build,
                double      *optimum)
{
  g_autofree double *initial = g_new (double, build->n_parameters);
  g_autoptr (BpEvaluator) evaluator = NULL;
  BpWork work = BP_WORK_INIT (MAX_OPTIMUM_COST);
  gsize n_rows = 1;

  bp_dataset_get_rows (build->dataset, FALSE, &n_rows);
  if (MAX (n_rows, 1) * build->n_parameters * build->n_parameters > MAX_OPTIMUM_ROWS)
    return FALSE;

  evaluator = bp_evaluator_new_for_data (build->experiment, build->dataset, FALSE, NULL);
  if (evaluator == NULL)
    return FALSE;

  bp_experiment_init_parameters (build->experiment, initial);
  bp_evaluator_set_work (evaluator, &work);

  return bp_evaluator_get_optimum (evaluator, initial, optimum);
}

typedef struct {
  BpPlotBuild *build;
  double      *optimum;
} Search;

/* The first value says whether there is an optimum, the others are its parameters. */
static double
get_optimum_value (gpointer data,
                   guint    index)
{
  Search *search = data;

  if (search->optimum == NULL)
    {
      search->optimum = g_new0 (double, search->build->n_parameters + 1);
      search->optimum[0] = search_optimum (search->build, search->optimum + 1);
    }

  return search->optimum[index];
}

const double *
bp_plot_build_get_optimum (BpPlotBuild *build)
{
  Search search = { build, NULL };

  if (build->n_parameters > MAX_OPTIMUM_PARAMETERS)
    return NULL;

  BpCacheValues values = bp_plot_cache_get (build->cache, BP_CACHE_OPTIMUM, NULL, 0, (guint) build->n_parameters + 1,
                                            get_optimum_value, &search, 0);

  g_free (search.optimum);

  return values.values[0] != 0 ? values.values + 1 : NULL;
}

double
bp_plot_build_get_theory (BpPlotBuild *build,
                          gsize        parameter)
{
  guint variable;
  gsize element;

  bp_plot_find_variable (build->graph, parameter, &variable, &element);
  for (guint i = 0; i < build->experiment->theory->len; i++)
    {
      const BpTheory *theory = g_ptr_array_index (build->experiment->theory, i);

      if (strcmp (theory->variable, bp_graph_get_name (build->graph, variable)) == 0)
        return theory->value;
    }

  return NAN;
}

/* Several values of one minimum: what is lost in the rounding of the largest is 0, and not −4·10⁻¹⁷. */
static char *
format_values (const double *values,
               gsize         n_values)
{
  g_autoptr (GStrvBuilder) builder = g_strv_builder_new ();
  double rounding = 0;

  for (gsize i = 0; i < n_values; i++)
    rounding = fmax (rounding, fabs (values[i]) * 4 * DBL_EPSILON);
  for (gsize i = 0; i < n_values; i++)
    if (!isnan (values[i]))
      {
        g_autofree char *number = bp_number_format (fabs (values[i]) < rounding ? 0 : values[i]);

        g_strv_builder_add (builder, number);
      }

  g_auto (GStrv) numbers = g_strv_builder_end (builder);

  return g_strjoinv (", ", numbers);
}

char *
bp_plot_describe_optimum (const double *values,
                          gsize         n_values)
{
  g_autofree char *numbers = format_values (values, n_values);

  /* Translators: a parameter's value at the minimum of the loss over all data, or several ones'. */
  return g_strdup_printf (_("optimum %s"), numbers);
}

char *
bp_plot_describe_theory (const double *values,
                         gsize         n_values)
{
  g_autofree char *numbers = format_values (values, n_values);

  /* Translators: the value that textbooks give for a parameter, other than the computed one, or several ones'. */
  return g_strdup_printf (_("textbook %s"), numbers);
}
