/* test-walk.c: random experiments go through every command and the window, which agree on every number
 *
 * BP_WALK_SEED is the first of BP_WALK_EXPERIMENTS experiments. Each is a saved run with changes of its settings,
 * numbers that are not finite and runs to compare with; see random-experiment.h.
 *
 *   BP_WALK_EXPERIMENTS=500 BP_WALK_SEED=7 tests/run --sanitize --timeout-multiplier 0 walk
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include <math.h>

#include "lib/random-experiment.h"
#include "bp-application.h"
#include "training/bp-saved-run.h"
#include "lib/figure-checks.h"
#include "lib/monkey.h"

#define DEFAULT_SEED 1
#define DEFAULT_EXPERIMENTS 4
#define N_CURSORS 8

/* The commands */

/* All went well, or it says why not: a report of a sanitizer is neither. */
static void
assert_outcome (const Result *result)
{
  g_auto (GStrv) lines = g_strsplit (result->err, "\n", -1);
  guint n = g_strv_length (lines);

  g_assert_cmpint (result->status, >=, 0);
  g_assert_cmpint (result->status, <=, 1);
  g_assert_true (result->status == 0 || n == 2);
  g_assert_true (n == 0 || *lines[n - 1] == '\0');
  for (guint i = 0; i + 1 < n; i++)
    if (!g_str_has_prefix (lines[i], "backprop-lab: "))
      g_error ("%s", result->err);
}

static char *
run_command (const char *command,
             const char *path,
             const char *options)
{
  g_auto (Result) result = runner_run_on (command, path, options);

  assert_outcome (&result);

  return g_steal_pointer (&result.out);
}

/* At the saved cursor, which the run reaches or ends before, so that there is something to draw in any case. */
static void
export_all (const char *path)
{
  g_autofree char *folder = make_folder ();

  for (BpFigureFormat format = 0; format < BP_N_FORMATS; format++)
    {
      g_autofree char *options = g_strdup_printf ("--figure all --format %s --output %s",
                                                  bp_figure_get_format_class (format)->name, folder);
      g_auto (Result) result = runner_run_on ("export", path, options);

      assert_outcome (&result);
      g_assert_cmpint (result.status, ==, 0);
    }
  g_assert_cmpuint (remove_folder (folder), >, BP_N_FIGURES);
}

/* Which the run may not have. */
static void
export_iteration (const char *path,
                  guint       iteration)
{
  g_autofree char *options = g_strdup_printf ("--figure view --iteration %u --format svg --output -", iteration);

  g_free (run_command ("export", path, options));
}

static void
export_sequence (const char *path)
{
  g_free (run_command ("export", path, "--figure view --sequence nodes --last 2 --scale 0.25 "
                       "--format gif --output /dev/null"));
}

/* Returns: the table of "trace", which that with all nodes begins with */
static Table
trace (const char *path)
{
  g_autofree char *out = run_command ("trace", path, "");
  g_autofree char *out_of_nodes = run_command ("trace", path, "--nodes");
  g_auto (Table) nodes = table_read (out_of_nodes);
  Table table = table_read (out);

  g_assert_cmpuint (nodes.rows->len, ==, table.rows->len);
  for (guint row = 0; row < table.rows->len; row++)
    for (guint i = 0; i < table.names->len; i++)
      g_assert_cmpstr (table_get_field (&nodes, row, g_ptr_array_index (table.names, i)), ==,
                       table_get_field (&table, row, g_ptr_array_index (table.names, i)));

  return table;
}

/* Each iteration is reported, with its loss after the update. */
static void
compare_report (const char  *report,
                const Table *table)
{
  g_autofree char *text = g_strconcat (" ", report, NULL);
  g_auto (GStrv) losses = g_strsplit (text, "Loss = ", -1);

  g_assert_cmpuint (g_strv_length (losses), ==, 1 + table->rows->len);
  for (guint row = 0; row < table->rows->len; row++)
    {
      const char *loss = losses[row + 1];
      double reported = g_ascii_strtod (*loss == '[' ? loss + 1 : loss, NULL);
      double traced = table_get_number (table, row, "loss_after");

      g_assert_true (isfinite (traced) ? fabs (reported - traced) <= 1e-7 * (1 + fabs (traced)) : !isfinite (reported));
    }
}

/* The window */

static void
assert_same (double a,
             double b)
{
  g_assert_true (a == b || (isnan (a) && isnan (b)));
}

static double
get_number (const Table *table,
            guint        row,
            guint        column)
{
  return table_get_number (table, row, g_ptr_array_index (table->names, column));
}

/* The end of iteration @row + 1 shows the numbers of @row, also where other settings begin there. */
static void
compare_row (Monkey      *monkey,
             const Table *table,
             guint        row)
{
  BpTrainer *trainer = bp_run_get_trainer (monkey->run);
  BpGraph *graph = bp_trainer_get_graph (trainer);
  BpSession *session = bp_trainer_get_session (trainer);
  guint n = (guint) bp_graph_get_n_parameters (graph);
  const double *before = bp_trainer_get_previous_parameters (trainer);

  g_assert_cmpint (bp_trainer_get_cursor (trainer).iteration, ==, row + 1);
  g_assert_cmpuint (bp_trainer_get_cursor (trainer).instruction, ==, 0);
  g_assert_nonnull (before);
  g_assert_true (bp_trainer_has_value (trainer, bp_graph_get_loss (graph)));
  for (guint i = 0; i < n; i++)
    {
      assert_same (before[i], get_number (table, row, 1 + i));
      assert_same (bp_session_get_parameter_gradients (session)[i], get_number (table, row, 2 + n + i));
      assert_same (bp_session_get_parameters (session)[i], get_number (table, row, 2 + 2 * n + i));
    }
  assert_same (bp_session_get_value (session, bp_graph_get_loss (graph))[0], get_number (table, row, 1 + n));
  assert_same (bp_trainer_get_loss_after (trainer), get_number (table, row, 2 + 3 * n));
}

static void
compare_history (Monkey      *monkey,
                 const Table *table)
{
  BpSeries *series = bp_history_get_loss (bp_trainer_get_history (bp_run_get_trainer (monkey->run)));
  guint n_buckets;
  const BpBucket *buckets = bp_series_get_buckets (series, &n_buckets);

  g_assert_cmpuint (n_buckets, ==, table->rows->len);
  for (guint row = 0; row < n_buckets; row++)
    assert_same (buckets[row].first, table_get_number (table, row, "loss"));
}

static void
seek (Monkey  *monkey,
      BpCursor cursor)
{
  bp_run_seek (monkey->run, cursor);
  arrive (monkey->run, &monkey->time);
  settle ();
}

static void
compare_run (Monkey      *monkey,
             const Table *table)
{
  seek (monkey, (BpCursor) { bp_run_get_n_iterations (monkey->run), 0 });
  g_assert_cmpint (bp_trainer_get_cursor (bp_run_get_trainer (monkey->run)).iteration, ==, table->rows->len);
  compare_history (monkey, table);
  compare_with_fresh_run (monkey);

  for (guint row = table->rows->len; row-- > 0;)
    {
      seek (monkey, (BpCursor) { row + 1, 0 });
      compare_row (monkey, table, row);
    }
}

/* A node is selected all the while: after a change of the batch size it has to be one of the graph still. */
static void
look_around (Monkey *monkey)
{
  for (guint i = 0; i < N_CURSORS; i++)
    {
      BpGraph *graph = bp_trainer_get_graph (bp_run_get_trainer (monkey->run));

      bp_run_set_selected_node (monkey->run, below (monkey, bp_graph_get_n_nodes (graph)));
      seek (monkey, (BpCursor) { below (monkey, (guint) bp_run_get_n_iterations (monkey->run)), below (monkey, 40) });
      bp_run_step (monkey->run, i % 3, i % 2 == 0 ? 1 : -1);
      arrive (monkey->run, &monkey->time);
      gtk_test_widget_wait_for_draw (GTK_WIDGET (monkey->window));
      compare_with_fresh_run (monkey);
    }
}

static void
change_batch_size (Monkey *monkey)
{
  BpSettings settings = *bp_trainer_get_settings (bp_run_get_trainer (monkey->run));

  settings.batch_size++;
  bp_run_set_settings (monkey->run, &settings, NULL);
  arrive (monkey->run, &monkey->time);
  gtk_test_widget_wait_for_draw (GTK_WIDGET (monkey->window));
  compare_with_fresh_run (monkey);
  bp_run_undo (monkey->run);
  arrive (monkey->run, &monkey->time);
  compare_with_fresh_run (monkey);
  bp_run_redo (monkey->run);
  arrive (monkey->run, &monkey->time);
  gtk_test_widget_wait_for_draw (GTK_WIDGET (monkey->window));
  compare_with_fresh_run (monkey);
}

static void
open_in_window (Monkey           *monkey,
                const char       *path,
                const BpSavedRun *saved)
{
  g_autoptr (GFile) file = g_file_new_for_path (path);

  g_assert_true (open_in (monkey->window, file));
  while (bp_run_get_n_references (monkey->run) < saved->references->len)
    g_main_context_iteration (NULL, TRUE);
  arrive (monkey->run, &monkey->time);
  gtk_test_widget_wait_for_draw (GTK_WIDGET (monkey->window));
  compare_with_fresh_run (monkey);
}

/* One experiment */

static void
walk (Monkey           *monkey,
      const char       *path,
      const BpSavedRun *saved)
{
  g_auto (Table) table = trace (path);
  g_autofree char *report = run_command ("train", path, "--report-every 1");

  g_free (run_command ("check", path, ""));
  compare_report (report, &table);
  export_all (path);
  export_iteration (path, below (monkey, (guint) saved->experiment->iterations + 1));
  export_sequence (path);
  open_in_window (monkey, path, saved);
  compare_run (monkey, &table);
  look_around (monkey);
  change_batch_size (monkey);
}

/* Returns: whether there was one: not every seed is a valid experiment */
static gboolean
walk_seed (Monkey *monkey,
           guint   seed)
{
  g_autofree char *text = random_experiment_write_seed (seed);
  g_autoptr (BpSavedRun) saved = bp_saved_run_new_from_data (text, -1, "random", NULL, NULL);
  char *path;

  if (saved == NULL)
    return FALSE;

  g_test_message ("BP_WALK_SEED=%u", seed);
  path = runner_write_file ("random.experiment", text);
  g_rand_set_seed (monkey->random, seed);
  walk (monkey, path, saved);
  runner_remove_file (path);

  return TRUE;
}

static void
test_walk (void)
{
  guint seed = (guint) monkey_get_setting ("BP_WALK_SEED", DEFAULT_SEED);
  Monkey monkey;

  monkey_set_up (&monkey, seed);
  for (guint64 n = monkey_get_setting ("BP_WALK_EXPERIMENTS", DEFAULT_EXPERIMENTS); n > 0; seed++)
    if (walk_seed (&monkey, seed))
      n--;
  monkey_tear_down (&monkey);
}

int
main (int    argc,
      char **argv)
{
  gtk_test_init (&argc, &argv, NULL);

  g_test_add_func ("/walk", test_walk);

  return run_tests ();
}
