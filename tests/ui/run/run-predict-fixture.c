/* run-predict-fixture.c: what there is to read of a run
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "ui/run/run-predict-fixture.h"

#include "explain/bp-explain-card.h"
#include "graph/bp-graph-draw.h"
#include "graph/bp-node-inspector.h"
#include "graph/bp-node-view.h"
#include "plots/bp-plot-read.h"
#include "plots/bp-plots.h"

void
step_to (BpRun  *run,
         BpPhase phase)
{
  while (bp_trainer_get_next_instruction (bp_run_get_trainer (run))->phase != phase)
    g_assert_true (bp_run_step (run, BP_STEP_NODE, 1));
}

void
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

GPtrArray *
create_texts (BpRun     *run,
              GtkWidget *card)
{
  GPtrArray *texts = g_ptr_array_new_with_free_func (g_free);

  add_graph (texts, run);
  add_card (texts, run, card);
  add_plots (texts, run);

  return texts;
}
