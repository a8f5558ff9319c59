/* test-run-secrets.c: nothing that can be read tells what is to be predicted
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "lib/widget-search.h"

#include "explain/bp-explain-card.h"
#include "base/bp-number.h"
#include "plots/bp-plot-read.h"
#include "plots/bp-plots.h"

#include <string.h>

#include "ui/run/run-predict-fixture.h"

static guint
count_with (GPtrArray  *texts,
            const char *part)
{
  guint n = 0;

  for (guint i = 0; i < texts->len; i++)
    n += strstr (g_ptr_array_index (texts, i), part) != NULL;

  return n;
}

/* What is secret: the gradients of this iteration and the variables after it, unless a value reads the same. */

static void
add_secret (GPtrArray *secrets,
            GPtrArray *values,
            double     number)
{
  const guint digits[] = { 4, 10 };

  for (guint i = 0; i < G_N_ELEMENTS (digits); i++)
    {
      g_autofree char *text = bp_number_format_digits (number, digits[i]);

      if (g_utf8_strlen (text, -1) >= 5 && count_with (values, text) == 0)
        add_text (secrets, text);
    }
}

static void
add_number (GPtrArray *texts,
            double     number)
{
  g_autofree char *rounded = bp_number_format (number);
  g_autofree char *text = bp_number_format_digits (number, 10);

  add_text (texts, rounded);
  add_text (texts, text);
}

/* What may be seen: what forward computed, and what the variables were then. */
static GPtrArray *
create_values (BpTrainer *trainer)
{
  BpGraph *graph = bp_trainer_get_graph (trainer);
  GPtrArray *values = g_ptr_array_new_with_free_func (g_free);

  for (gsize i = 0; i < bp_graph_get_n_parameters (graph); i++)
    add_number (values, bp_trainer_get_previous_parameters (trainer)[i]);
  for (guint i = 0; i < bp_graph_get_n_nodes (graph); i++)
    for (gsize j = 0; bp_trainer_has_value (trainer, i) && j < bp_graph_get_n_elements (graph, i); j++)
      if (bp_graph_get_op (graph, i) != BP_OP_VARIABLE)
        add_number (values, bp_session_get_value (bp_trainer_get_session (trainer), i)[j]);

  return values;
}

static GPtrArray *
create_secrets (BpRun *run)
{
  BpTrainer *trainer = bp_run_get_trainer (run);
  BpGraph *graph = bp_trainer_get_graph (trainer);
  BpSession *session = bp_trainer_get_session (trainer);
  g_autoptr (GPtrArray) values = create_values (trainer);
  GPtrArray *secrets = g_ptr_array_new_with_free_func (g_free);

  for (gsize i = 0; i < bp_graph_get_n_parameters (graph); i++)
    if (bp_session_get_parameters (session)[i] != bp_trainer_get_previous_parameters (trainer)[i])
      add_secret (secrets, values, bp_session_get_parameters (session)[i]);
  for (guint i = 0; i < bp_graph_get_n_nodes (graph); i++)
    for (gsize j = 0; bp_trainer_has_gradient (trainer, i) && j < bp_graph_get_n_elements (graph, i); j++)
      if (bp_graph_needs_gradient (graph, i))
        add_secret (secrets, values, bp_session_get_gradient (session, i)[j]);

  return secrets;
}

/* At the run's place nothing says a secret until it is revealed. Returns: how many secrets are told then */
static guint
assert_tells_nothing (BpRun     *run,
                      GtkWidget *card)
{
  g_autoptr (GPtrArray) secrets = create_secrets (run);
  g_autoptr (GPtrArray) hidden = NULL;
  g_autoptr (GPtrArray) shown = NULL;
  guint n_told = 0;

  bp_run_set_predict_first (run, FALSE);
  bp_run_set_predict_first (run, TRUE);
  g_assert_true (bp_run_get_gradients_hidden (run));
  hidden = create_texts (run, card);
  for (guint i = 0; i < secrets->len; i++)
    for (guint j = 0; j < hidden->len; j++)
      if (strstr (g_ptr_array_index (hidden, j), g_ptr_array_index (secrets, i)) != NULL)
        g_error ("%s at %d.%u: %s is in %s", bp_trainer_get_experiment (bp_run_get_trainer (run))->name,
                 (int) bp_trainer_get_cursor (bp_run_get_trainer (run)).iteration,
                 bp_trainer_get_cursor (bp_run_get_trainer (run)).instruction,
                 (char *) g_ptr_array_index (secrets, i), (char *) g_ptr_array_index (hidden, j));

  bp_run_reveal_gradients (run);
  shown = create_texts (run, card);
  for (guint i = 0; i < secrets->len; i++)
    n_told += count_with (shown, g_ptr_array_index (secrets, i)) > 0;
  g_assert_cmpuint (2 * n_told, >=, secrets->len);

  return n_told;
}

/* After each step back and the update: in graph, card and plots, with the future recorded and the same run kept. */
static void
test_nothing_tells (void)
{
  const char *names[] = { "regression", "line", "classification" };

  for (guint i = 0; i < G_N_ELEMENTS (names); i++)
    {
      g_autoptr (BpRun) run = create_run (names[i]);
      GtkWidget *card = g_object_ref_sink (bp_explain_card_new (run));
      BpTrainer *trainer = bp_run_get_trainer (run);
      guint n_told = 0;

      bp_run_seek (run, (BpCursor) { 20, 0 });
      bp_run_keep_reference (run);
      bp_run_seek (run, (BpCursor) { 7, 0 });
      step_to (run, BP_PHASE_BACKWARD);
      bp_run_step (run, BP_STEP_NODE, 1);
      while (bp_trainer_get_cursor (trainer).iteration == 7)
        {
          bp_run_step (run, BP_STEP_NODE, 1);
          n_told += assert_tells_nothing (run, card);
        }
      bp_run_seek (run, (BpCursor) { 12, 0 });
      n_told += assert_tells_nothing (run, card);
      g_assert_cmpuint (n_told, >, 5);
      g_object_unref (card);
    }
}

/* Who predicts does not see either where the run goes from a place that is not computed yet. */
static void
test_future (void)
{
  g_autoptr (BpRun) run = create_run ("regression");
  BpPlotOptions options = BP_PLOT_OPTIONS_DEFAULT;

  bp_run_seek (run, (BpCursor) { 20, 0 });
  bp_run_keep_reference (run);
  bp_run_seek (run, (BpCursor) { 7, 2 });
  options.references = bp_run_get_references (run);
  for (guint kind = BP_PLOT_VARIABLE; kind <= BP_PLOT_LOSS; kind++)
    for (guint predict = 0; predict < 2; predict++)
      {
        options.predict_first = predict == 1;
        g_autoptr (BpPlot) plot = bp_plot_new_from_trainer (kind, bp_run_get_trainer (run), &options, NULL);
        g_assert_cmpint (bp_plot_get_last_iteration (plot), ==, predict == 1 ? 7 : 20);
      }
}

int
main (int    argc,
      char **argv)
{
  gtk_test_init (&argc, &argv, NULL);
  g_test_add_func ("/run-secrets/nothing-tells", test_nothing_tells);
  g_test_add_func ("/run-secrets/future", test_future);

  return g_test_run ();
}
