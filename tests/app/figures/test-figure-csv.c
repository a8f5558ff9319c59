/* test-figure-csv.c: the numbers of plots, read back bit for bit
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include <math.h>

#include "training/bp-reference.h"
#include "training/bp-history.h"
#include "lib/figure-checks.h"

static Table
read_figure (BpTrainer   *trainer,
             BpFigureKind kind)
{
  BpFigureOptions options = choose_figure (kind, BP_FORMAT_CSV);
  g_autofree char *text = render_text (trainer, &options);

  return table_read (text);
}

/* What a bucket says of the iterations from @first on. */
static void
assert_bucket (const BpBucket *bucket,
               const Table    *table,
               const char     *name,
               guint           first,
               guint           n)
{
  double minimum = INFINITY, maximum = -INFINITY;

  for (guint i = first; i < first + n; i++)
    {
      minimum = MIN (minimum, table_get_number (table, i, name));
      maximum = MAX (maximum, table_get_number (table, i, name));
    }

  g_assert_cmpfloat (bucket->first, ==, table_get_number (table, first, name));
  g_assert_cmpfloat (bucket->last, ==, table_get_number (table, first + n - 1, name));
  g_assert_cmpfloat (bucket->minimum, ==, minimum);
  g_assert_cmpfloat (bucket->maximum, ==, maximum);
}

static void
assert_series (const BpSeries *series,
               const Table    *table,
               const char     *name,
               guint           offset)
{
  guint n_buckets;
  const BpBucket *buckets = bp_series_get_buckets (series, &n_buckets);
  guint width = (guint) bp_series_get_bucket_width (series), length = (guint) bp_series_get_length (series);

  g_assert_cmpuint (table->rows->len, >=, length + offset);
  for (guint i = 0; i < n_buckets; i++)
    assert_bucket (&buckets[i], table, name, i * width + offset, MIN (width, length - i * width));
}

static void
assert_run (BpTrainer *trainer)
{
  g_auto (Table) table = read_figure (trainer, BP_FIGURE_VARIABLE);
  g_auto (Table) loss_table = read_figure (trainer, BP_FIGURE_LOSS);
  BpGraph *graph = bp_trainer_get_graph (trainer);
  BpHistory *history = bp_trainer_get_history (trainer);

  g_assert_cmpuint (table.rows->len, ==, bp_series_get_length (bp_history_get_loss (history)) + 1);
  for (guint i = 0; i < table.rows->len; i += MAX (1, table.rows->len / 100))
    g_assert_cmpfloat (table_get_number (&table, i, "iteration"), ==, i);
  /* The history keeps the first parameters alone; the tables have all. */
  for (gsize i = 0; i < bp_graph_get_n_parameters (graph) && bp_history_get_parameter (history, i) != NULL; i++)
    {
      g_autofree char *name = bp_plot_get_parameter_name (graph, i);

      assert_series (bp_history_get_parameter (history, i), &table, name, 0);
      assert_series (bp_history_get_parameter (history, i), &loss_table, name, 0);
    }

  g_assert_cmpstr (table_get_field (&table, 0, "loss"), ==, "");
  assert_series (bp_history_get_loss (history), &table, "loss", 1);
  assert_series (bp_history_get_loss (history), &loss_table, "loss", 1);
}

static void
test_series (void)
{
  const char *const *names = bp_builtin_get_names ();

  for (guint i = 0; names[i] != NULL; i++)
    {
      g_autoptr (BpTrainer) trainer = create_trainer (load_builtin (names[i]), (BpCursor) { 40, 0 });

      assert_run (trainer);
    }

  g_autoptr (BpTrainer) awkward = create_trainer (load_awkward (), (BpCursor) { 40, 0 });
  assert_run (awkward);
}

/* What is recorded of a long run is coarser than the table. */
static void
test_long_series (void)
{
  BpExperiment *experiment = load_builtin ("classification");

  experiment->iterations = 30000;
  g_autoptr (BpTrainer) trainer = create_trainer (experiment, (BpCursor) { 30000, 0 });
  g_assert_cmpint (bp_series_get_bucket_width (bp_history_get_loss (bp_trainer_get_history (trainer))), >, 1);

  assert_run (trainer);
}

/* The table has what lies after the cursor too, and the changes of settings on the way. */
static void
test_changed_run (void)
{
  g_autoptr (BpTrainer) trainer = create_trainer (load_builtin ("regression"), (BpCursor) { 20, 0 });
  BpSettings settings = *bp_trainer_get_settings (trainer);
  g_autoptr (GError) error = NULL;

  settings.optimizer.learning_rate = 0.1;
  bp_trainer_set_settings (trainer, &settings, &error);
  g_assert_no_error (error);
  bp_trainer_run (trainer, 30);
  bp_trainer_seek (trainer, (BpCursor) { 10, 2 });

  assert_run (trainer);
}

/* A run that diverged ends where it did. */
static void
test_diverged_run (void)
{
  BpExperiment *experiment = load_builtin ("regression");

  experiment->settings.optimizer.learning_rate = 1e5;
  g_autoptr (BpTrainer) trainer = create_trainer (experiment, (BpCursor) { 100, 0 });
  g_assert_cmpint (bp_trainer_get_status (trainer), ==, BP_STATUS_DIVERGED);

  assert_run (trainer);
}

/* What is evaluated at some iterations stands in their rows: the loss over all data, reference runs, the average. */
static void
test_lines (void)
{
  g_autoptr (BpTrainer) trainer = create_trainer (load_builtin ("classification-split"), (BpCursor) { 50, 0 });
  g_autoptr (GPtrArray) references = g_ptr_array_new_with_free_func ((GDestroyNotify) bp_reference_free);
  BpFigureOptions options = choose_figure (BP_FIGURE_LOSS, BP_FORMAT_CSV);
  guint n_columns = 0;

  g_ptr_array_add (references, bp_reference_new (trainer));
  options.plot.references = references;
  options.plot.smoothing = 0.8;
  g_autofree char *text = render_text (trainer, &options);
  g_auto (Table) table = table_read (text);
  g_autoptr (BpPlot) plot = bp_plot_new_from_trainer (BP_PLOT_LOSS, trainer, &options.plot, NULL);

  for (guint i = 0; i < plot->layers->len; i++)
    {
      const BpLayer *layer = bp_plot_get_layer (plot, i);

      if (layer->kind != BP_LAYER_LINE)
        continue;
      g_assert_nonnull (layer->name);
      n_columns++;
      for (guint j = 0; j < bp_layer_get_n_points (layer); j++)
        g_assert_cmpfloat (table_get_number (&table, (guint) bp_layer_get_iteration (layer, j), layer->name), ==,
                           bp_layer_get_point (layer, j).y);
    }
  g_assert_cmpuint (n_columns, ==, 4);
}

/* One parameter where one is chosen. */
static void
test_parameter (void)
{
  g_autoptr (BpTrainer) trainer = create_trainer (load_builtin ("xor"), (BpCursor) { 10, 0 });
  BpFigureOptions options = choose_figure (BP_FIGURE_VARIABLE, BP_FORMAT_CSV);

  options.plot.parameter = 4;
  g_autofree char *text = render_text (trainer, &options);
  g_auto (Table) table = table_read (text);
  g_autofree char *names = table_join_names (&table);

  g_assert_cmpstr (names, ==, "iteration W2[0,1] loss");
  assert_series (bp_history_get_parameter (bp_trainer_get_history (trainer), 4), &table, "W2[0,1]", 0);
}

/* Points */

static gboolean
is_cell (const char *field,
         double      value)
{
  return isnan (value) ? g_str_equal (field, "nan") : g_ascii_strtod (field, NULL) == value;
}

static void
assert_row (const Table *table,
            guint        row,
            const char  *series,
            double       x,
            double       y)
{
  g_assert_cmpuint (row, <, table->rows->len);
  g_assert_cmpstr (table_get_field (table, row, "series"), ==, series);
  g_assert_true (is_cell (table_get_field (table, row, "x"), x));
  g_assert_true (is_cell (table_get_field (table, row, "y"), y));
}

static guint
assert_grid (const Table   *table,
             guint          row,
             const BpLayer *layer)
{
  for (guint i = 0; i < layer->values->len; i++, row++)
    {
      double x = (double) (i % layer->n_columns) / (layer->n_columns - 1);
      double y = (double) (i / layer->n_columns) / (layer->n_rows - 1);

      g_assert_cmpstr (table_get_field (table, row, "series"), ==, layer->name);
      g_assert_cmpfloat_with_epsilon (table_get_number (table, row, "x"), layer->x0 + (layer->x1 - layer->x0) * x,
                                      1e-12 * (fabs (layer->x0) + fabs (layer->x1)));
      g_assert_cmpfloat_with_epsilon (table_get_number (table, row, "y"), layer->y0 + (layer->y1 - layer->y0) * y,
                                      1e-12 * (fabs (layer->y0) + fabs (layer->y1)));
      g_assert_true (is_cell (table_get_field (table, row, "value"), g_array_index (layer->values, double, i)));
    }

  return row;
}

static void
assert_points (BpTrainer   *trainer,
               BpFigureKind kind)
{
  g_auto (Table) table = read_figure (trainer, kind);
  BpPlotKind plot_kind = kind == BP_FIGURE_DATA ? BP_PLOT_DATA : BP_PLOT_CURVE;
  g_autoptr (BpPlot) plot = bp_plot_new_from_trainer (plot_kind, trainer, NULL, NULL);
  guint row = 0;

  for (guint i = 0; i < plot->layers->len; i++)
    {
      const BpLayer *layer = bp_plot_get_layer (plot, i);

      if (layer->name == NULL)
        continue;
      if (layer->kind == BP_LAYER_GRID)
        row = assert_grid (&table, row, layer);
      for (guint j = 0; j < bp_layer_get_n_points (layer); j++)
        assert_row (&table, row++, layer->name, bp_layer_get_point (layer, j).x, bp_layer_get_y (layer, j));
    }
  g_assert_cmpuint (row, ==, table.rows->len);
  g_assert_cmpuint (row, >, 0);
}

static void
test_points (void)
{
  const char *const *names = bp_builtin_get_names ();

  for (guint i = 0; names[i] != NULL; i++)
    {
      g_autoptr (BpTrainer) trainer = create_trainer (load_builtin (names[i]), checked_cursors[2]);

      assert_points (trainer, BP_FIGURE_CURVE);
      assert_points (trainer, BP_FIGURE_DATA);
    }
}

static guint
count_rows (BpDataset *dataset,
            double     x,
            double     y)
{
  const double *xs = bp_dataset_get_column (dataset, bp_dataset_find (dataset, "x_data"));
  const double *ys = bp_dataset_get_column (dataset, bp_dataset_find (dataset, "y_target"));
  guint n = 0;

  for (gsize i = 0; i < bp_dataset_get_n_samples (dataset); i++)
    n += xs[i] == x && ys[i] == y;

  return n;
}

/* Classes are drawn as strips, and written as what they are: each sample once, with its target. */
static void
test_classes (void)
{
  const char *const names[] = { "classification", "classification-split" };

  for (guint i = 0; i < G_N_ELEMENTS (names); i++)
    {
      g_autoptr (BpTrainer) trainer = create_trainer (load_builtin (names[i]), (BpCursor) { 3, 0 });
      BpDataset *dataset = bp_trainer_get_dataset (trainer);
      g_auto (Table) table = read_figure (trainer, BP_FIGURE_DATA);
      guint n_samples = 0;

      for (guint row = 0; row < table.rows->len; row++)
        {
          const char *series = table_get_field (&table, row, "series");
          const double x = table_get_number (&table, row, "x"), y = table_get_number (&table, row, "y");

          if (!g_str_equal (series, "train") && !g_str_equal (series, "test") && !g_str_equal (series, "mistakes"))
            continue;
          n_samples++;
          g_assert_true (y == 0 || y == 1);
          g_assert_cmpuint (count_rows (dataset, x, y), >=, 1);
        }
      g_assert_cmpuint (n_samples, ==, bp_dataset_get_n_samples (dataset));
    }
}

/* The plots of layers and of the rate do without the parameters. */
static void
test_layers (void)
{
  BpFigureOptions options = choose_figure (BP_FIGURE_GRADIENTS, BP_FORMAT_CSV);
  g_autoptr (BpTrainer) trainer = trainer_from_builtin ("circles");
  g_autoptr (GError) error = NULL;
  g_autoptr (GBytes) bytes = NULL;

  bp_trainer_run (trainer, 10);
  bytes = bp_figure_render (trainer, &options, &error);
  g_assert_no_error (error);
  g_assert_true (g_str_has_prefix (g_bytes_get_data (bytes, NULL),
                                   "iteration,loss,gradient_hidden1,gradient_hidden2,gradient_logits\n0,,,,\n1,"));
}

int
main (int    argc,
      char **argv)
{
  g_test_init (&argc, &argv, NULL);

  g_test_add_func ("/figure-csv/series", test_series);
  g_test_add_func ("/figure-csv/long-series", test_long_series);
  g_test_add_func ("/figure-csv/changed-run", test_changed_run);
  g_test_add_func ("/figure-csv/diverged-run", test_diverged_run);
  g_test_add_func ("/figure-csv/lines", test_lines);
  g_test_add_func ("/figure-csv/parameter", test_parameter);
  g_test_add_func ("/figure-csv/points", test_points);
  g_test_add_func ("/figure-csv/classes", test_classes);
  g_test_add_func ("/figure-csv/layers", test_layers);

  return g_test_run ();
}
