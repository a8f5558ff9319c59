/* test-run-predict.c: gradients that are to be predicted are nowhere to be seen until they are revealed
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "lib/widget-search.h"

#include "explain/bp-explain-card.h"
#include "graph/bp-graph-draw.h"
#include "base/bp-number.h"
#include "plots/bp-plots.h"

#include <string.h>

#include "ui/run/run-predict-fixture.h"

static guint
get_n_executed (BpRun *run)
{
  guint n_executed;

  bp_trainer_get_shown (bp_run_get_trainer (run), &n_executed);

  return n_executed;
}

static void
test_hides (void)
{
  g_autoptr (BpRun) run = create_run ("regression");

  g_assert_cmpuint (bp_run_get_n_revealed (run), ==, G_MAXUINT);
  bp_run_set_predict_first (run, TRUE);
  g_assert_false (bp_run_get_gradients_hidden (run));

  step_to (run, BP_PHASE_BACKWARD);
  g_assert_false (bp_run_get_gradients_hidden (run));
  bp_run_reveal_gradients (run); /* nothing yet */
  g_assert_cmpuint (bp_run_get_n_revealed (run), ==, 0);
  bp_run_step (run, BP_STEP_NODE, 1);
  g_assert_true (bp_run_get_gradients_hidden (run));

  bp_run_reveal_gradients (run);
  g_assert_false (bp_run_get_gradients_hidden (run));
  g_assert_cmpuint (bp_run_get_n_revealed (run), ==, get_n_executed (run));

  bp_run_step (run, BP_STEP_NODE, 1);
  g_assert_true (bp_run_get_gradients_hidden (run));
  bp_run_step (run, BP_STEP_NODE, -1);
  g_assert_false (bp_run_get_gradients_hidden (run));

  bp_run_step (run, BP_STEP_ITERATION, 1);
  bp_run_reveal_gradients (run);
  g_assert_false (bp_run_get_gradients_hidden (run));
  bp_run_step (run, BP_STEP_ITERATION, 1);
  g_assert_true (bp_run_get_gradients_hidden (run));
  g_assert_cmpuint (bp_run_get_n_revealed (run), ==, 0);
  bp_run_set_predict_first (run, FALSE);
  g_assert_false (bp_run_get_gradients_hidden (run));
}

/* What is hidden on the way back is exactly what came after the last reveal, and no value. */
static void
test_drawing (void)
{
  g_autoptr (BpRun) run = create_run ("line");
  BpTrainer *trainer = bp_run_get_trainer (run);
  g_autoptr (BpGraphDrawing) drawing = bp_graph_drawing_new ();
  g_autoptr (BpGraphDrawing) open = bp_graph_drawing_new ();
  guint n_hidden = 0, n_shown = 0;

  bp_run_set_predict_first (run, TRUE);
  step_to (run, BP_PHASE_BACKWARD);
  while (bp_trainer_get_next_instruction (trainer)->phase == BP_PHASE_BACKWARD)
    {
      g_autofree gboolean *was_shown = NULL;
      guint n_nodes;

      bp_graph_drawing_update (drawing, trainer);
      n_nodes = bp_graph_drawing_get_n_nodes (drawing);
      was_shown = g_new0 (gboolean, n_nodes);
      for (guint i = 0; i < n_nodes; i++)
        was_shown[i] = bp_trainer_has_gradient (trainer, i);

      bp_run_step (run, BP_STEP_NODE, 1);
      bp_graph_drawing_set_n_revealed (drawing, bp_run_get_n_revealed (run));
      bp_graph_drawing_update (drawing, trainer);
      bp_graph_drawing_update (open, trainer);
      for (guint i = 0; i < n_nodes; i++)
        {
          const BpNodeState *state = bp_graph_drawing_get_node (drawing, i);
          const BpNodeState *full = bp_graph_drawing_get_node (open, i);

          g_assert_cmpstr (state->value, ==, full->value);
          g_assert_false (bp_graph_drawing_is_gradient_hidden (open, i));
          if (bp_graph_drawing_is_gradient_hidden (drawing, i))
            n_hidden++;
          else
            g_assert_cmpstr (state->gradient, ==, full->gradient);
          if (was_shown[i] && full->mark != BP_MARK_GRADIENT)
            g_assert_false (bp_graph_drawing_is_gradient_hidden (drawing, i));
          if (full->mark == BP_MARK_GRADIENT && full->gradient != NULL)
            g_assert_cmpstr (state->gradient, ==, BP_NUMBER_HIDDEN);
          n_shown += full->gradient != NULL && !g_str_equal (full->gradient, BP_NUMBER_NONE);
        }

      bp_run_reveal_gradients (run);
      bp_graph_drawing_set_n_revealed (drawing, bp_run_get_n_revealed (run));
      bp_graph_drawing_update (drawing, trainer);
      for (guint i = 0; i < n_nodes; i++)
        g_assert_cmpstr (bp_graph_drawing_get_node (drawing, i)->gradient, ==,
                         bp_graph_drawing_get_node (open, i)->gradient);
    }
  g_assert_cmpuint (n_hidden, >, 3);
  g_assert_cmpuint (n_shown, >, n_hidden);
}

/* No edge shows a local derivative's number in a step that is to be predicted. */
static void
test_edges (void)
{
  g_autoptr (BpRun) run = create_run ("regression");
  g_autoptr (BpGraphDrawing) drawing = bp_graph_drawing_new ();
  BpTrainer *trainer = bp_run_get_trainer (run);
  BpGraph *graph = bp_trainer_get_graph (trainer);
  guint n_edges = 0, n_numbers = 0;

  for (guint i = 0; i < bp_graph_get_n_nodes (graph); i++)
    n_edges += bp_graph_get_n_inputs (graph, i);
  bp_run_set_predict_first (run, TRUE);
  bp_run_step (run, BP_STEP_ITERATION, 1);
  bp_graph_drawing_set_n_revealed (drawing, bp_run_get_n_revealed (run));
  bp_graph_drawing_update (drawing, trainer);
  for (guint i = 0; i < n_edges; i++)
    g_assert_null (bp_graph_drawing_get_edge (drawing, i)->numbers);

  bp_run_reveal_gradients (run);
  bp_graph_drawing_set_n_revealed (drawing, bp_run_get_n_revealed (run));
  bp_graph_drawing_update (drawing, trainer);
  for (guint i = 0; i < n_edges; i++)
    n_numbers += bp_graph_drawing_get_edge (drawing, i)->numbers != NULL;
  g_assert_cmpuint (n_numbers, >, 0);
}

/* The card has the rule but no number of it, neither to read nor to copy; its button reveals them. */
static void
test_card (void)
{
  g_autoptr (BpRun) run = create_run ("regression");
  GtkWidget *card = g_object_ref_sink (bp_explain_card_new (run));
  GtkWidget *button = search_widget (card, GTK_TYPE_BUTTON, has_button_label, "Reveal");
  BpTrainer *trainer = bp_run_get_trainer (run);

  g_assert_false (gtk_widget_get_visible (button));
  bp_run_set_predict_first (run, TRUE);
  step_to (run, BP_PHASE_BACKWARD);
  while (bp_trainer_get_cursor (trainer).iteration == 0)
    {
      g_autofree char *hidden = NULL;
      g_autofree char *latex = NULL;
      g_autofree char *shown = NULL;
      const BpInstruction *last;
      g_autofree char *number = NULL;
      BpGraph *graph = bp_trainer_get_graph (trainer);

      bp_run_step (run, BP_STEP_NODE, 1);
      last = bp_trainer_get_last_instruction (trainer);
      if (last->phase != BP_PHASE_BACKWARD || last->seed)
        {
          bp_run_reveal_gradients (run);
          continue;
        }
      number = bp_number_format (bp_session_get_gradient (bp_trainer_get_session (trainer),
                                                          bp_graph_get_input (graph, last->node, 0))[0]);
      g_assert_true (gtk_widget_get_visible (button));
      hidden = bp_explain_card_dup_text (BP_EXPLAIN_CARD (card));
      latex = bp_explain_card_dup_latex (BP_EXPLAIN_CARD (card));
      g_assert_nonnull (strstr (hidden, "= ?"));
      g_assert_nonnull (strstr (hidden, "∂"));
      g_assert_null (strstr (latex, number));
      g_assert_null (strstr (hidden, number));
      g_signal_emit_by_name (button, "clicked");
      g_assert_false (gtk_widget_get_visible (button));
      shown = bp_explain_card_dup_text (BP_EXPLAIN_CARD (card));
      g_assert_null (strstr (shown, "= ?"));
    }
  g_object_unref (card);
}

/* Returns: (transfer none): the layer of the tangent, which the legend calls slope */
static const BpLayer *
get_tangent (const BpPlot *plot)
{
  for (guint i = 0; i < plot->layers->len; i++)
    {
      const BpLayer *layer = bp_plot_get_layer (plot, i);

      if (g_strcmp0 (layer->label, "slope") == 0)
        return layer;
    }

  g_assert_not_reached ();
}

/* A tangent's slope is the gradient. */
static void
test_plot (void)
{
  g_autoptr (BpRun) run = create_run ("regression");
  BpPlotOptions options = BP_PLOT_OPTIONS_DEFAULT;
  g_autoptr (BpPlot) shown = NULL;
  g_autoptr (BpPlot) hidden = NULL;

  step_to (run, BP_PHASE_UPDATE);
  shown = bp_plot_new_from_trainer (BP_PLOT_CURVE, bp_run_get_trainer (run), &options, NULL);
  g_assert_cmpuint (bp_layer_get_n_points (get_tangent (shown)), ==, 2);
  g_assert_cmpstr (get_tangent (shown)->value, !=, BP_NUMBER_HIDDEN);
  options.hide_gradients = TRUE;
  hidden = bp_plot_new_from_trainer (BP_PLOT_CURVE, bp_run_get_trainer (run), &options, NULL);
  g_assert_cmpuint (bp_layer_get_n_points (get_tangent (hidden)), ==, 0);
  g_assert_cmpstr (get_tangent (hidden)->value, ==, BP_NUMBER_HIDDEN);
  g_assert_null (strstr (hidden->description, "slope"));
}

int
main (int    argc,
      char **argv)
{
  gtk_test_init (&argc, &argv, NULL);
  g_test_add_func ("/run-predict/hides", test_hides);
  g_test_add_func ("/run-predict/drawing", test_drawing);
  g_test_add_func ("/run-predict/edges", test_edges);
  g_test_add_func ("/run-predict/card", test_card);
  g_test_add_func ("/run-predict/plot", test_plot);

  return g_test_run ();
}
