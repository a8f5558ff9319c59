/* test-side-by-side.c: runs beside each other: which, where they stand, and sentences that their numbers bear out
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "lib/data-evaluator.h"
#include "lib/plots-checks.h"

#include <gtk/gtk.h>

#include "base/bp-number.h"
#include "experiment/bp-builtin.h"
#include "plots/bp-side-by-side.h"
#include "plots/bp-side-view.h"

static BpReference *
create_reference (const BpExperiment *experiment,
                  double              rate,
                  gsize               batch_size,
                  guint64             seed)
{
  g_autoptr (BpExperiment) other = bp_experiment_copy (experiment);

  other->settings.optimizer.learning_rate = rate;
  other->settings.batch_size = batch_size;
  other->seed = seed;

  return bp_reference_new_by_running (other, NULL, NULL);
}

/* By learning rate where that sets them apart, else the run first and then the last ones kept. */
static void
test_choice (void)
{
  g_autoptr (BpTrainer) trainer = trainer_from_builtin ("regression");
  const BpExperiment *own = bp_trainer_get_experiment (trainer);
  g_autoptr (GPtrArray) references = g_ptr_array_new_with_free_func ((GDestroyNotify) bp_reference_free);
  g_autofree char *rates_text = NULL;
  g_autofree char *seeds_text = NULL;

  g_ptr_array_add (references, create_reference (own, 1.2, 1, own->seed));
  g_ptr_array_add (references, create_reference (own, 0.02, 1, own->seed));
  g_ptr_array_add (references, create_reference (own, 0.0005, 1, own->seed));
  {
    g_auto (BpColumns) columns = { 0 };

    bp_columns_init (&columns, trainer, references);
    rates_text = bp_columns_describe (&columns);
    /* The second is the run again. */
    g_assert_cmpuint (columns.n, ==, 3);
    g_assert_cmpuint (columns.n_left_out, ==, 0);
    g_assert_cmpstr (columns.titles[0], ==, "η = 0.0005");
    g_assert_cmpstr (columns.titles[1], ==, "η = 0.02");
    g_assert_cmpstr (columns.titles[2], ==, "η = 1.2");
    g_assert_cmpuint (columns.own, ==, 1);
    g_assert_cmpstr (rates_text, ==, "the same samples in all columns");
  }
  g_ptr_array_add (references, create_reference (own, 0.02, 1, own->seed + 1));
  {
    g_auto (BpColumns) columns = { 0 };

    bp_columns_init (&columns, trainer, references);
    seeds_text = bp_columns_describe (&columns);
    g_assert_cmpuint (columns.n, ==, 3);
    g_assert_cmpuint (columns.own, ==, 0);
    g_assert_cmpfloat (columns.experiments[1]->settings.optimizer.learning_rate, ==, 0.0005);
    g_assert_cmpuint (columns.experiments[2]->seed, ==, own->seed + 1);
    g_assert_cmpstr (seeds_text, ==, "1 more kept run is not shown");
  }
}

/* A batch has another graph than a sample: where phases end both stand at the same place. */
static void
test_cursor (void)
{
  g_autoptr (BpTrainer) leader = trainer_from_builtin ("regression");
  g_autoptr (BpTrainer) follower = trainer_from_builtin ("regression-batch");

  g_assert_cmpuint (bp_trainer_get_n_instructions (leader), !=, bp_trainer_get_n_instructions (follower));
  for (guint i = 0; i < 40; i++)
    {
      BpCursor before = bp_trainer_get_cursor (leader);
      BpCursor cursor = bp_columns_get_cursor (follower, leader);

      if (before.instruction == 0)
        g_assert_true (cursor.iteration == before.iteration && cursor.instruction == 0);
      else
        g_assert_true (cursor.instruction < bp_trainer_get_n_instructions (follower)
                       && bp_trainer_get_instruction (follower, cursor.instruction)->phase
                            == bp_trainer_get_instruction (leader, before.instruction)->phase);
      bp_trainer_step_phase (leader, 1);
    }
  /* The same graph: the same step. */
  g_autoptr (BpTrainer) twin = trainer_from_builtin ("regression");
  for (guint i = 0; i < 30; i++)
    {
      bp_trainer_step_node (leader, 1);
      g_assert_cmpuint (bp_columns_get_cursor (twin, leader).instruction, ==,
                        bp_trainer_get_cursor (leader).instruction);
    }
}

/* The sentence of @experiment after @n iterations, which is checked number by number. */
static char *
describe (BpTrainer *trainer,
          gint64     n)
{
  BpPlotFrame none = { 0 };
  BpPlotOptions options = BP_PLOT_OPTIONS_DEFAULT;

  options.shared = &none;
  bp_trainer_seek (trainer, (BpCursor) { n, 0 });
  g_autoptr (BpPlot) curve = bp_plot_new_from_trainer (BP_PLOT_CURVE, trainer, &options, NULL);
  g_autoptr (BpPlot) loss = bp_plot_new_from_trainer (BP_PLOT_LOSS, trainer, &options, NULL);

  return bp_columns_describe_run (trainer, curve, loss);
}

static BpTrainer *
create_with_rate (const char *name,
                  double      rate)
{
  g_autoptr (BpExperiment) experiment = load_builtin (name);

  experiment->settings.optimizer.learning_rate = rate;

  return bp_trainer_new (experiment, NULL);
}

static double
get_all_loss (BpTrainer *trainer,
              gint64     iteration)
{
  bp_trainer_seek (trainer, (BpCursor) { iteration, 0 });

  return get_data_loss (trainer, FALSE, bp_session_get_parameters (bp_trainer_get_session (trainer)));
}

/* How many of 40 steps raise the loss, counted from the evaluations themselves. */
static guint
count_raised (double rate)
{
  g_autoptr (BpTrainer) trainer = create_with_rate ("regression", rate);
  guint n = 0;

  for (gint64 i = 1; i <= 40; i++)
    n += get_all_loss (trainer, i) > get_all_loss (trainer, i - 1);

  return n;
}

static void
test_sentences (void)
{
  g_autoptr (BpTrainer) small = create_with_rate ("regression", 0.0005);
  g_autoptr (BpTrainer) large = create_with_rate ("regression", 1.2);
  g_autoptr (BpTrainer) network = create_with_rate ("xor", 0.5);
  g_autoptr (BpTrainer) stopped = create_with_rate ("regression", 1000);
  g_autofree char *start = describe (small, 0);
  g_autofree char *creeps = describe (small, 40);
  g_autofree char *leaps = describe (large, 40);
  g_autofree char *falls = describe (network, 300);
  g_autofree char *stops = describe (stopped, 100);
  g_autofree char *first = bp_number_format (get_all_loss (network, 0));
  g_autofree char *last = bp_number_format (get_all_loss (network, 300));
  g_autofree char *fell = g_strdup_printf ("The loss fell from %s to %s.", first, last);
  g_autofree char *raised = g_strdup_printf ("%u of 40 steps raised the loss.", count_raised (1.2));

  g_assert_cmpstr (start, ==, "At its start.");
  g_assert_cmpstr (creeps, ==, "A is 4 % of the way to the optimum. No step raised the loss.");
  g_assert_cmpuint (count_raised (0.0005), ==, 0);
  g_assert_true (g_str_has_suffix (leaps, raised));
  g_assert_cmpuint (count_raised (1.2), ==, 34);
  g_assert_true (g_str_has_prefix (leaps, "A is 7.671·10⁵ times as far from the optimum as at its start, across it "
                                          "40 times."));
  g_assert_true (g_str_equal (falls, fell));
  g_assert_true (bp_trainer_get_status (stopped) == BP_STATUS_DIVERGED);
  g_assert_true (g_str_has_suffix (stops, "It diverged and stopped there."));
}

/* The plots of @kind of all columns, in the axes that they share; each is to be freed. */
static void
create_shared (BpPlotKind  kind,
               GPtrArray  *trainers,
               BpPlot     *plots[BP_MAX_COLUMNS])
{
  BpPlotOptions options = BP_PLOT_OPTIONS_DEFAULT;
  BpPlotFrame shared = { 0 };

  options.shared = &shared;
  for (guint pass = 0; pass < 3; pass++)
    {
      for (guint i = 0; i < BP_MAX_COLUMNS; i++)
        plots[i] = bp_plot_new_from_trainer (kind, g_ptr_array_index (trainers, i), &options, NULL);
      if (pass < 2)
        {
          bp_columns_share ((const BpPlot * const *) plots, BP_MAX_COLUMNS, &shared);
          for (guint i = 0; i < BP_MAX_COLUMNS; i++)
            bp_plot_free (plots[i]);
        }
    }
}

/* A run stands where its path ends, on the curve of all data; where others are is shown to the one that ran away. */
static void
check_curves (BpPlot *plots[BP_MAX_COLUMNS])
{
  const BpLayer *path = get_layer (plots[1], BP_LAYER_LINE, "path");
  const BpLayer *bars = get_layer (plots[2], BP_LAYER_BARS, "other columns");
  const BpPlotBar *band = &g_array_index (bars->bars, BpPlotBar, 0);

  g_assert_cmpuint (bp_layer_get_n_points (path), ==, 41);
  assert_close (get_point (get_layer (plots[1], BP_LAYER_POINTS, "now"), 0).y, get_point (path, 40).y, 1e-12);
  g_assert_cmpfloat (band->x0, ==, plots[0]->x.minimum);
  g_assert_cmpfloat (band->x1, ==, plots[0]->x.maximum);
  g_assert_cmpfloat (plots[2]->x.maximum, >, band->x1);
  g_assert_null (find_layer (plots[0], BP_LAYER_BARS, NULL));
}

/* Those that stay together decide; one that runs away keeps its range, and its lines end where it leaves. */
static void
test_axes (void)
{
  static const double rates[BP_MAX_COLUMNS] = { 0.0005, 0.02, 1.2 };
  static const BpPlotKind kinds[] = { BP_PLOT_VARIABLE, BP_PLOT_LOSS, BP_PLOT_CURVE };
  g_autoptr (GPtrArray) trainers = g_ptr_array_new_with_free_func ((GDestroyNotify) bp_trainer_free);

  for (guint i = 0; i < BP_MAX_COLUMNS; i++)
    {
      g_ptr_array_add (trainers, create_with_rate ("regression", rates[i]));
      bp_trainer_run (g_ptr_array_index (trainers, i), 40);
    }
  for (guint k = 0; k < G_N_ELEMENTS (kinds); k++)
    {
      BpPlot *plots[BP_MAX_COLUMNS];

      create_shared (kinds[k], trainers, plots);
      g_assert_cmpfloat (plots[0]->x.minimum, ==, plots[1]->x.minimum);
      g_assert_cmpfloat (plots[0]->x.maximum, ==, plots[1]->x.maximum);
      g_assert_cmpfloat (plots[0]->y.minimum, ==, plots[1]->y.minimum);
      g_assert_cmpfloat (plots[0]->y.maximum, ==, plots[1]->y.maximum);
      g_assert_null (find_layer (plots[0], BP_LAYER_EXIT, NULL));
      g_assert_null (find_layer (plots[1], BP_LAYER_EXIT, NULL));
      g_assert_nonnull (find_layer (plots[2], BP_LAYER_EXIT, "leaves at iteration "));
      if (kinds[k] == BP_PLOT_CURVE)
        check_curves (plots);
      else
        g_assert_cmpfloat (plots[2]->y.maximum, ==, plots[0]->y.maximum);
      for (guint i = 0; i < BP_MAX_COLUMNS; i++)
        {
          assert_drawable (plots[i]);
          bp_plot_free (plots[i]);
        }
    }
}

/* Adam hardly moves the intercept and momentum does, but not farther than any moves the slope: none leaves. */
static void
test_plane (void)
{
  static const guint kinds[BP_MAX_COLUMNS] = { BP_OPTIMIZER_GRADIENT_DESCENT, BP_OPTIMIZER_MOMENTUM,
                                                         BP_OPTIMIZER_ADAM };
  BpPlotOptions options = BP_PLOT_OPTIONS_DEFAULT;
  BpPlotFrame shared = { 0 };
  BpPlot *plots[BP_MAX_COLUMNS];

  options.shared = &shared;
  for (guint pass = 0; pass < 2; pass++)
    for (guint i = 0; i < BP_MAX_COLUMNS; i++)
      {
        g_autoptr (BpExperiment) experiment = load_builtin ("line");
        g_autoptr (BpTrainer) trainer = NULL;

        experiment->settings.optimizer.kind = kinds[i];
        trainer = bp_trainer_new (experiment, NULL);
        bp_trainer_run (trainer, 40);
        if (pass == 1)
          bp_plot_free (plots[i]);
        plots[i] = bp_plot_new_from_trainer (BP_PLOT_CURVE, trainer, &options, NULL);
        g_assert_true (pass == 0 || find_layer (plots[i], BP_LAYER_EXIT, NULL) == NULL);
        if (pass == 0 && i == BP_MAX_COLUMNS - 1)
          bp_columns_share ((const BpPlot * const *) plots, BP_MAX_COLUMNS, &shared);
      }
  for (guint i = 0; i < BP_MAX_COLUMNS; i++)
    bp_plot_free (plots[i]);
}

/* The widget */

static void
count_views (GtkWidget *widget,
             guint     *n)
{
  if (g_str_equal (gtk_widget_get_css_name (widget), "plotview"))
    (*n)++;
  for (GtkWidget *child = gtk_widget_get_first_child (widget); child != NULL;
       child = gtk_widget_get_next_sibling (child))
    count_views (child, n);
}

static char *
find_text (GtkWidget  *widget,
           const char *part)
{
  char *found = NULL;

  if (GTK_IS_LABEL (widget) && strstr (gtk_label_get_label (GTK_LABEL (widget)), part) != NULL)
    return g_strdup (gtk_label_get_label (GTK_LABEL (widget)));
  for (GtkWidget *child = gtk_widget_get_first_child (widget); child != NULL && found == NULL;
       child = gtk_widget_get_next_sibling (child))
    found = find_text (child, part);

  return found;
}

/* For each experiment: every column goes where the run goes, on and back, and goes when there is nothing beside it. */
static void
test_view (gconstpointer name)
{
  g_autoptr (BpExperiment) experiment = load_builtin (name);
  double rate = experiment->settings.optimizer.learning_rate;
  g_autoptr (BpRun) run = bp_run_new (experiment);
  GtkWidget *window = gtk_window_new ();
  GtkWidget *view = g_object_new (BP_TYPE_SIDE_VIEW, NULL);
  guint n = 0;
  g_autofree char *start = NULL;
  g_autofree char *moved = NULL;

  bp_side_view_set_run (BP_SIDE_VIEW (view), run);
  for (guint i = 2; i <= 4; i += 2)
    bp_run_take_reference (run, create_reference (experiment, rate / i, experiment->settings.batch_size,
                                                  experiment->seed));
  gtk_window_set_default_size (GTK_WINDOW (window), 1000, 700);
  gtk_window_set_child (GTK_WINDOW (window), view);
  gtk_window_present (GTK_WINDOW (window));
  gtk_test_widget_wait_for_draw (window);
  count_views (view, &n);
  g_assert_cmpuint (n, ==, 9);
  start = find_text (view, "At its start.");
  g_assert_nonnull (start);
  for (guint i = 0; i < 4; i++)
    bp_run_step (run, BP_STEP_ITERATION, 1);
  bp_run_step (run, BP_STEP_NODE, 1);
  bp_run_step (run, BP_STEP_NODE, 1);
  gtk_test_widget_wait_for_draw (window);
  g_assert_null (find_text (view, "At its start."));
  moved = find_text (view, "Iteration 4 of ");
  g_assert_nonnull (moved);
  bp_run_reset (run);
  gtk_test_widget_wait_for_draw (window);
  g_free (start);
  start = find_text (view, "At its start.");
  g_assert_nonnull (start);
  bp_run_clear_references (run);
  n = 0;
  count_views (view, &n);
  g_assert_cmpuint (n, ==, 3);
  gtk_widget_set_visible (view, FALSE);
  n = 0;
  count_views (view, &n);
  g_assert_cmpuint (n, ==, 0);
  gtk_window_destroy (GTK_WINDOW (window));
}

/* A kept run has other elements where its batches have another size. */
static void
test_selection (void)
{
  g_autoptr (BpExperiment) experiment = load_builtin ("xor");
  g_autoptr (BpRun) run = bp_run_new (experiment);
  GtkWidget *window = gtk_window_new (), *view = g_object_new (BP_TYPE_SIDE_VIEW, NULL);
  BpGraph *graph = bp_trainer_get_graph (bp_run_get_trainer (run));

  bp_run_take_reference (run, create_reference (experiment, 0.1, 1, experiment->seed));
  bp_side_view_set_run (BP_SIDE_VIEW (view), run);
  gtk_window_set_child (GTK_WINDOW (window), view);
  gtk_window_present (GTK_WINDOW (window));
  gtk_test_widget_wait_for_draw (window);
  for (guint node = 0; node < bp_graph_get_n_nodes (graph); node++)
    bp_run_select_element (run, node, (gssize) bp_graph_get_n_elements (graph, node) - 1);
  gtk_window_destroy (GTK_WINDOW (window));
}

/* A run of which only the last of three columns does not diverge, and those beside each other in a window. */
static BpRun *
show_diverging (GtkWidget **window,
                GtkWidget **view)
{
  g_autoptr (BpExperiment) experiment = load_builtin ("regression");
  BpRun *run;

  experiment->iterations = 400;
  experiment->settings.optimizer.learning_rate = 60;
  run = bp_run_new (experiment);
  bp_run_take_reference (run, create_reference (experiment, 50, 1, experiment->seed));
  bp_run_take_reference (run, create_reference (experiment, 0.02, 1, experiment->seed));
  *view = g_object_new (BP_TYPE_SIDE_VIEW, NULL);
  bp_side_view_set_run (BP_SIDE_VIEW (*view), run);
  *window = gtk_window_new ();
  gtk_window_set_child (GTK_WINDOW (*window), *view);
  gtk_window_present (GTK_WINDOW (*window));
  gtk_test_widget_wait_for_draw (*window);

  return run;
}

static void
play_to_end (BpRun *run)
{
  bp_run_run_to (run, 400);
  for (gint64 time = 1; bp_run_get_playing (run); time += 16000)
    bp_run_advance (run, time);
}

/* Where the run diverges the others go on: by steps, playing, to the end and back. */
static void
test_diverged (void)
{
  GtkWidget *window, *view;
  g_autoptr (BpRun) run = show_diverging (&window, &view);
  BpTrainer *own = bp_run_get_trainer (run), *leader;
  gint64 last;

  while (bp_run_get_leader (run) == run)
    g_assert_true (bp_run_step (run, BP_STEP_ITERATION, 1));
  last = bp_trainer_get_cursor (own).iteration;
  g_assert_cmpint (bp_trainer_get_status (own), ==, BP_STATUS_DIVERGED);
  leader = bp_run_get_trainer (bp_run_get_leader (run));
  g_assert_cmpint (bp_trainer_get_cursor (leader).iteration, ==, last + 1);
  g_assert_true (bp_run_get_can_step_forward (run));

  g_assert_true (bp_run_step (run, BP_STEP_ITERATION, 1));
  g_assert_cmpint (bp_trainer_get_cursor (own).iteration, ==, last);
  g_assert_cmpint (bp_trainer_get_cursor (leader).iteration, ==, last + 2);
  for (guint i = 0; i < 3; i++)
    g_assert_true (bp_run_step (run, BP_STEP_ITERATION, -1));
  g_assert_cmpint (bp_trainer_get_cursor (own).iteration, ==, last - 1);
  g_assert_true (bp_run_get_leader (run) == run);

  /* The second diverges on the way too, and is said to have. */
  play_to_end (run);
  leader = bp_run_get_trainer (bp_run_get_leader (run));
  g_assert_true (leader != own);
  g_assert_cmpint (bp_trainer_get_cursor (leader).iteration, ==, 400);
  g_assert_false (bp_run_get_can_step_forward (run));
  g_autofree char *first = find_text (view, "Iteration 400 of 400 – η = 0.02 – ");
  g_autofree char *second = find_text (view, "η = 60 diverged in iteration ");
  g_assert_null (first);
  g_assert_nonnull (second);
  g_assert_true (g_str_has_prefix (second, "Iteration 400 of 400 – η = 50 diverged in iteration "));
  gtk_window_destroy (GTK_WINDOW (window));
}

/* Alone it stays where it diverged. */
static void
test_diverged_alone (void)
{
  GtkWidget *window, *view;
  g_autoptr (BpRun) run = show_diverging (&window, &view);
  BpTrainer *own = bp_run_get_trainer (run), *leader;

  play_to_end (run);
  gtk_widget_set_visible (view, FALSE);
  g_assert_true (bp_run_get_leader (run) == run);
  g_assert_cmpint (bp_trainer_get_status (own), ==, BP_STATUS_DIVERGED);
  g_assert_false (bp_run_get_can_step_forward (run));

  /* The others come to it, and go on from there. */
  gtk_widget_set_visible (view, TRUE);
  gtk_test_widget_wait_for_draw (window);
  leader = bp_run_get_trainer (bp_run_get_leader (run));
  g_assert_true (leader != own);
  g_assert_cmpint (bp_trainer_get_cursor (leader).iteration, ==, bp_trainer_get_cursor (own).iteration);
  g_assert_true (bp_run_get_can_step_forward (run));
  gtk_window_destroy (GTK_WINDOW (window));
}

int
main (int    argc,
      char **argv)
{
  static const char * const names[] = { "regression", "classification", "line", "xor" };

  gtk_test_init (&argc, &argv);
  g_test_add_func ("/side-by-side/choice", test_choice);
  g_test_add_func ("/side-by-side/cursor", test_cursor);
  g_test_add_func ("/side-by-side/sentences", test_sentences);
  g_test_add_func ("/side-by-side/diverged", test_diverged);
  g_test_add_func ("/side-by-side/diverged-alone", test_diverged_alone);
  g_test_add_func ("/side-by-side/selection", test_selection);
  g_test_add_func ("/side-by-side/axes", test_axes);
  g_test_add_func ("/side-by-side/plane", test_plane);
  for (guint i = 0; i < G_N_ELEMENTS (names); i++)
    {
      g_autofree char *path = g_strdup_printf ("/side-by-side/view/%s", names[i]);

      g_test_add_data_func (path, names[i], test_view);
    }

  return g_test_run ();
}
