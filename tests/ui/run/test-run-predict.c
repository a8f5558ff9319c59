/* test-run-predict.c: gradients that are to be predicted are nowhere to be seen until they are revealed
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "lib/widget-search.h"

#include "explain/bp-explain-card.h"
#include "graph/bp-graph-draw.h"
#include "graph/bp-node-inspector.h"
#include "graph/bp-node-view.h"
#include "base/bp-number.h"
#include "plots/bp-plot-read.h"
#include "plots/bp-plots.h"

#include <string.h>

static guint
get_n_executed (BpRun *run)
{
  guint n_executed;

  bp_trainer_get_shown (bp_run_get_trainer (run), &n_executed);

  return n_executed;
}

/* To the first instruction of @phase. */
static void
step_to (BpRun  *run,
         BpPhase phase)
{
  while (bp_trainer_get_next_instruction (bp_run_get_trainer (run))->phase != phase)
    g_assert_true (bp_run_step (run, BP_STEP_NODE, 1));
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

/* What is there to read */

static void
add_text (GPtrArray  *texts,
          const char *text)
{
  if (text != NULL)
    g_ptr_array_add (texts, g_strdup (text));
}

static void
add_labels (GPtrArray *texts,
            GtkWidget *widget)
{
  if (GTK_IS_LABEL (widget))
    add_text (texts, gtk_label_get_text (GTK_LABEL (widget)));
  for (GtkWidget *child = gtk_widget_get_first_child (widget); child != NULL;
       child = gtk_widget_get_next_sibling (child))
    add_labels (texts, child);
}

/* The graph, what a screen reader is told of its nodes, and the popovers with more digits. */
static void
add_graph (GPtrArray *texts,
           BpRun     *run)
{
  BpTrainer *trainer = bp_run_get_trainer (run);
  BpGraph *graph = bp_trainer_get_graph (trainer);
  g_autoptr (BpGraphDrawing) drawing = bp_graph_drawing_new ();
  GtkWidget *inspector = g_object_ref_sink (bp_node_inspector_new ());
  guint edge = 0;

  bp_graph_drawing_set_n_revealed (drawing, bp_run_get_n_revealed (run));
  bp_graph_drawing_update (drawing, trainer);
  for (guint i = 0; i < bp_graph_get_n_nodes (graph); i++)
    {
      const BpNodeState *state = bp_graph_drawing_get_node (drawing, i);
      g_autofree char *description = bp_node_state_describe (state);

      add_text (texts, state->value);
      add_text (texts, state->gradient);
      add_text (texts, description);
      for (guint j = 0; j < bp_graph_get_n_inputs (graph, i); j++, edge++)
        add_text (texts, bp_graph_drawing_get_edge (drawing, edge)->numbers);
      bp_node_inspector_update (BP_NODE_INSPECTOR (inspector), trainer, i, BP_ELEMENT_NONE,
                                bp_graph_drawing_is_value_hidden (drawing, i),
                                bp_graph_drawing_is_gradient_hidden (drawing, i), bp_palette_get (BP_PALETTE_LIGHT));
      add_labels (texts, inspector);
    }
  g_object_unref (inspector);
}

/* The card, of the step and of each node, as it reads and as it is copied. */
static void
add_card (GPtrArray *texts,
          BpRun     *run,
          GtkWidget *card)
{
  guint n_nodes = bp_graph_get_n_nodes (bp_trainer_get_graph (bp_run_get_trainer (run)));

  for (guint i = 0; i <= n_nodes; i++)
    {
      bp_run_set_selected_node (run, i < n_nodes ? i : BP_NODE_NONE);
      g_autofree char *text = bp_explain_card_dup_text (BP_EXPLAIN_CARD (card));
      g_autofree char *latex = bp_explain_card_dup_latex (BP_EXPLAIN_CARD (card));

      add_text (texts, text);
      add_text (texts, latex);
      add_labels (texts, card);
    }
}

/* Each plot, what a screen reader is told of it, and what the pointer reads in it. */
static void
add_plots (GPtrArray *texts,
           BpRun     *run)
{
  BpPlotOptions options = BP_PLOT_OPTIONS_DEFAULT;

  options.references = bp_run_get_references (run);
  options.predict_first = bp_run_get_predict_first (run);
  options.hide_gradients = bp_run_get_gradients_hidden (run);
  for (guint kind = 0; kind < BP_N_PLOTS; kind++)
    {
      g_autoptr (BpPlot) plot = bp_plot_new_from_trainer (kind, bp_run_get_trainer (run), &options, NULL);

      add_text (texts, plot->subtitle);
      add_text (texts, plot->description);
      for (guint i = 0; i < plot->layers->len; i++)
        for (guint j = 0; j < bp_layer_get_n_points (bp_plot_get_layer (plot, i)); j++)
          {
            g_autoptr (BpPlotReading) reading = bp_plot_read_point (plot, bp_plot_get_layer (plot, i), j);

            add_text (texts, reading->text);
          }
    }
}

static GPtrArray *
create_texts (BpRun     *run,
              GtkWidget *card)
{
  GPtrArray *texts = g_ptr_array_new_with_free_func (g_free);

  add_graph (texts, run);
  add_card (texts, run, card);
  add_plots (texts, run);

  return texts;
}

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
  g_test_add_func ("/run-predict/hides", test_hides);
  g_test_add_func ("/run-predict/drawing", test_drawing);
  g_test_add_func ("/run-predict/edges", test_edges);
  g_test_add_func ("/run-predict/card", test_card);
  g_test_add_func ("/run-predict/plot", test_plot);
  g_test_add_func ("/run-predict/nothing-tells", test_nothing_tells);
  g_test_add_func ("/run-predict/future", test_future);

  return g_test_run ();
}
