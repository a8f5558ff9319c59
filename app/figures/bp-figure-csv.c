/* bp-figure-csv.c: the numbers of a plot as a table (RFC 4180)
 *
 * Plots against iteration have a row an iteration, which the run is repeated for: what is recorded of a long run is too
 * coarse. The others have a row a point.
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "figures/bp-figure-private.h"

#include <glib/gi18n-lib.h>

#include "experiment/bp-csv.h"
#include "base/bp-error.h"
#include "base/bp-memory.h"
#include "base/bp-number.h"
#include "plots/bp-plot-read.h"

/* More than these, some 400 MB, nobody opens. */
#define MAX_NUMBERS 20000000

/* A layer that has numbers at some of the iterations. */
typedef struct {
  const BpLayer *layer;
  guint          next;
} Column;

typedef struct {
  const BpFigure *figure;
  GString        *text;
  BpGraph        *graph;
  gsize           first_parameter;
  gsize           n_parameters;
  gint64          n_iterations;
  GArray         *columns;
} Table;

static void
append_number (GString *text,
               double   value)
{
  g_string_append_c (text, ',');
  bp_number_append_exact (text, value);
}

/* Against iteration */

static void
append_header (Table *table)
{
  g_string_append (table->text, "iteration");
  for (gsize i = 0; i < table->n_parameters; i++)
    {
      g_autofree char *name = bp_plot_get_parameter_name (table->graph, table->first_parameter + i);

      g_string_append_c (table->text, ',');
      bp_csv_append_field (table->text, name);
    }

  g_string_append (table->text, ",loss");
  for (guint i = 0; i < table->columns->len; i++)
    {
      g_string_append_c (table->text, ',');
      bp_csv_append_field (table->text, g_array_index (table->columns, Column, i).layer->name);
    }
  g_string_append_c (table->text, '\n');
}

/* The cells of layers that have a number at this iteration. */
static void
append_columns (Table *table,
                gint64 iteration)
{
  for (guint i = 0; i < table->columns->len; i++)
    {
      Column *column = &g_array_index (table->columns, Column, i);

      if (column->next < bp_layer_get_n_points (column->layer) &&
          bp_layer_get_iteration (column->layer, column->next) == iteration)
        append_number (table->text, bp_layer_get_point (column->layer, column->next++).y);
      else
        g_string_append_c (table->text, ',');
    }
}

/* The loss is that before the iteration's update, the parameters are those after it. */
static void
append_row (Table     *table,
            BpTrainer *trainer)
{
  gint64 iteration = bp_trainer_get_cursor (trainer).iteration;
  BpSession *session = bp_trainer_get_session (trainer);
  guint loss = bp_graph_get_loss (bp_trainer_get_graph (trainer));

  g_string_append_printf (table->text, "%" G_GINT64_FORMAT, iteration);
  for (gsize i = 0; i < table->n_parameters; i++)
    append_number (table->text, bp_session_get_parameters (session)[table->first_parameter + i]);

  if (iteration == 0)
    g_string_append_c (table->text, ',');
  else
    append_number (table->text, bp_session_get_value (session, loss)[0]);
  append_columns (table, iteration);
  g_string_append_c (table->text, '\n');
}

/* What the repetition gives better: the series of this run. */
static gboolean
is_own_series (const Table   *table,
               const BpLayer *layer)
{
  for (gsize i = 0; i < table->n_parameters; i++)
    {
      g_autofree char *name = bp_plot_get_parameter_name (table->graph, table->first_parameter + i);

      if (g_str_equal (layer->name, name))
        return TRUE;
    }

  return g_str_equal (layer->name, "loss");
}

static void
find_columns (Table *table)
{
  const BpPlot *plot = bp_figure_get_plot (table->figure);

  for (guint i = 0; i < plot->layers->len; i++)
    {
      Column column = { bp_plot_get_layer (plot, i), 0 };

      if (column.layer->name != NULL && column.layer->step > 0 && !is_own_series (table, column.layer))
        g_array_append_val (table->columns, column);
    }
}

static gboolean
check_size (const Table *table,
            GError     **error)
{
  double n_columns = (double) (table->n_parameters + table->columns->len + 2);

  if (n_columns * (double) (table->n_iterations + 1) <= MAX_NUMBERS)
    return TRUE;

  g_set_error (error, BP_ERROR, BP_ERROR_VALUE,
               _("A table of %.0f columns and %.0f rows is too large: choose one parameter or fewer iterations"),
               n_columns, (double) table->n_iterations + 1);

  return FALSE;
}

static gboolean
append_iterations (Table   *table,
                   GError **error)
{
  g_autoptr (BpTrainer) trainer = NULL;

  find_columns (table);
  if (!check_size (table, error))
    return FALSE;

  trainer = bp_trainer_new (bp_trainer_get_experiment (table->figure->trainer), error);
  if (trainer == NULL)
    return FALSE;

  bp_trainer_set_n_iterations (trainer, MAX (1, table->n_iterations));
  append_header (table);
  append_row (table, trainer);
  while (bp_trainer_get_cursor (trainer).iteration < table->n_iterations && bp_trainer_run (trainer, 1) == 1)
    {
      if (!bp_memory_check_text (table->text, error))
        return FALSE;
      append_row (table, trainer);
    }

  return TRUE;
}

static gboolean
append_run (const BpFigure *figure,
            GString        *text,
            GError        **error)
{
  BpGraph *graph = bp_trainer_get_graph (figure->trainer);
  gsize n_all = bp_graph_get_n_parameters (graph);
  gint chosen = figure->options.plot.parameter;
  gboolean is_one = chosen >= 0 && (gsize) chosen < n_all;
  /* Layers and rates are read without the thousands of parameters of a network. */
  gboolean has_all = figure->options.kind != BP_FIGURE_GRADIENTS && figure->options.kind != BP_FIGURE_RATE;
  Table table = {
    .figure = figure,
    .text = text,
    .graph = graph,
    .first_parameter = is_one ? (gsize) chosen : 0,
    .n_parameters = is_one ? 1 : has_all ? n_all : 0,
    .n_iterations = bp_series_get_length (bp_history_get_loss (bp_trainer_get_history (figure->trainer))),
    .columns = g_array_new (FALSE, FALSE, sizeof (Column)),
  };
  gboolean done = append_iterations (&table, error);

  g_array_unref (table.columns);

  return done;
}

/* Points */

static void
append_point (GString       *text,
              const BpLayer *layer,
              double         x,
              double         y)
{
  bp_csv_append_field (text, layer->name);
  append_number (text, x);
  append_number (text, y);
}

static void
append_grid (GString       *text,
             const BpLayer *layer)
{
  for (guint i = 0; layer->values != NULL && i < layer->values->len; i++)
    {
      double column = (double) (i % layer->n_columns) / (layer->n_columns - 1);
      double row = (double) (i / layer->n_columns) / (layer->n_rows - 1);

      append_point (text, layer, layer->x0 * (1 - column) + layer->x1 * column,
                    layer->y0 * (1 - row) + layer->y1 * row);
      append_number (text, g_array_index (layer->values, double, i));
      g_string_append_c (text, '\n');
    }
}

static void
append_place (GString      *text,
              const BpAxis *axis,
              double        value)
{
  const char *name = bp_axis_get_name (axis, value);

  if (name == NULL)
    {
      append_number (text, value);
      return;
    }
  g_string_append_c (text, ',');
  bp_csv_append_field (text, name);
}

/* Columns and rows by their names. */
static void
append_cells (GString       *text,
              const BpPlot  *plot,
              const BpLayer *layer)
{
  for (guint i = 0; layer->name != NULL && i < bp_layer_get_n_points (layer); i++)
    {
      const BpPlotPoint place = bp_layer_get_point (layer, i);

      bp_csv_append_field (text, layer->name);
      append_place (text, &plot->x, place.x);
      append_place (text, &plot->y, place.y);
      append_number (text, g_array_index (layer->cells, BpPlotCell, i).value);
      g_string_append_c (text, '\n');
    }
}

static gboolean
append_layer (GString       *text,
              const BpLayer *layer,
              gboolean       has_value,
              GError       **error)
{
  for (guint i = 0; i < bp_layer_get_n_points (layer); i++)
    {
      if (!bp_memory_check_text (text, error))
        return FALSE;

      append_point (text, layer, bp_layer_get_point (layer, i).x, bp_layer_get_y (layer, i));
      g_string_append (text, has_value ? ",\n" : "\n");
    }

  return TRUE;
}

static gboolean
has_values (const BpPlot *plot)
{
  for (guint i = 0; i < plot->layers->len; i++)
    if (bp_plot_get_layer (plot, i)->kind == BP_LAYER_GRID || bp_plot_get_layer (plot, i)->kind == BP_LAYER_CELLS)
      return TRUE;

  return FALSE;
}

static gboolean
append_points (const BpPlot *plot,
               GString      *text,
               GError      **error)
{
  gboolean has_value = has_values (plot);

  g_string_append (text, has_value ? "series,x,y,value\n" : "series,x,y\n");
  for (guint i = 0; i < plot->layers->len; i++)
    {
      const BpLayer *layer = bp_plot_get_layer (plot, i);

      if (layer->name == NULL)
        continue;
      if (layer->kind == BP_LAYER_GRID)
        append_grid (text, layer);
      else if (layer->kind == BP_LAYER_CELLS)
        append_cells (text, plot, layer);
      else if (!append_layer (text, layer, has_value, error))
        return FALSE;
    }

  return TRUE;
}

GBytes *
bp_figure_to_csv (const BpFigure *figure,
                  GError        **error)
{
  GString *text = g_string_new (NULL);
  const BpPlot *plot = bp_figure_get_plot (figure);
  gboolean is_run = figure->options.kind == BP_FIGURE_VARIABLE || bp_plot_is_over_iterations (plot);

  if (!(is_run ? append_run (figure, text, error) : append_points (plot, text, error)))
    {
      g_string_free (text, TRUE);
      return NULL;
    }

  return g_string_free_to_bytes (text);
}
