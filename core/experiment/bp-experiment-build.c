/* bp-experiment-build.c: from an experiment to its graph
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "experiment/bp-experiment-private.h"

#include <glib/gi18n-lib.h>
#include <math.h>
#include <string.h>

#include "base/bp-error.h"
#include "graph/bp-expression.h"
#include "base/bp-memory.h"
#include "base/bp-nearest.h"
#include "base/bp-text.h"

/* More nodes than these are not a model but a mistake. */
#define MAX_NODES 2000000

/* What the nodes of an expression take, for each of its characters, which may be a node. */
#define CHARACTER_BYTES 128

/* No draw from N(0, 1) is further from 0: −2·ln 2⁻⁵⁴ is below 9². */
#define MAX_DEVIATIONS 9

static gboolean
check_name (BpGraph    *graph,
            const char *name,
            GError    **error)
{
  if (!bp_expression_check_name (name, error))
    return FALSE;

  guint node = bp_graph_find (graph, name);

  if (node == BP_NODE_NONE || bp_graph_is_anonymous (graph, node))
    return TRUE;

  BpOp op = bp_graph_get_op (graph, node);

  if (op == BP_OP_PLACEHOLDER)
    g_set_error (error, BP_ERROR, BP_ERROR_VALUE, _("“%s” is already the name of a placeholder"), name);
  else if (op == BP_OP_VARIABLE)
    g_set_error (error, BP_ERROR, BP_ERROR_VALUE, _("“%s” is already the name of a variable"), name);
  else
    g_set_error (error, BP_ERROR, BP_ERROR_VALUE, _("“%s” is already the name of a node"), name);

  return FALSE;
}

static gboolean
add_placeholders (BpGraph            *graph,
                  const BpExperiment *experiment,
                  gsize               batch_size,
                  BpPlace            *place,
                  GError            **error)
{
  const guint64 dims[] = { batch_size };
  BpOpAttributes attributes = { 0, };

  *place = (BpPlace) { "Data" };
  if (!bp_shape_init (&attributes.shape, 1, dims, error))
    return FALSE;

  for (guint i = 0; i < experiment->columns->len; i++)
    {
      const BpColumn *column = g_ptr_array_index (experiment->columns, i);

      place->key = column->name;
      if (!check_name (graph, column->name, error) ||
          bp_graph_add (graph, column->name, BP_OP_PLACEHOLDER, NULL, &attributes, error) == BP_NODE_NONE)
        return FALSE;
    }

  return TRUE;
}

static gboolean
check_variable (const BpVariable *variable,
                GError          **error)
{
  const BpDistribution *initial = &variable->initial;
  double spread = initial->kind == BP_DISTRIBUTION_CONSTANT ? 0 : MAX_DEVIATIONS * fabs (initial->b);

  if (initial->count > 0)
    g_set_error_literal (error, BP_ERROR, BP_ERROR_VALUE,
                         _("a variable has a shape and no number of samples, such as normal(0, 1) [2, 3]"));
  else if (!isfinite (fabs (initial->a) + spread))
    g_set_error_literal (error, BP_ERROR, BP_ERROR_VALUE, _("the distribution gives numbers that are too large"));
  else
    return TRUE;

  return FALSE;
}

static gboolean
add_variables (BpGraph            *graph,
               const BpExperiment *experiment,
               BpPlace            *place,
               GError            **error)
{
  *place = (BpPlace) { "Variables" };
  if (experiment->variables->len == 0)
    {
      g_set_error_literal (error, BP_ERROR, BP_ERROR_VALUE,
                           _("there is nothing to train; at least one variable such as A=normal(0, 1) was expected"));
      return FALSE;
    }

  for (guint i = 0; i < experiment->variables->len; i++)
    {
      const BpVariable *variable = g_ptr_array_index (experiment->variables, i);
      const BpOpAttributes attributes = { .shape = variable->shape };

      place->key = variable->name;
      if (!check_name (graph, variable->name, error) || !check_variable (variable, error) ||
          bp_graph_add (graph, variable->name, BP_OP_VARIABLE, NULL, &attributes, error) == BP_NODE_NONE)
        return FALSE;
    }

  return TRUE;
}

static gboolean
add_definition (BpGraph            *graph,
                const BpExperiment *experiment,
                const BpDefinition *definition,
                BpPlace            *place,
                GError            **error)
{
  g_autoptr (GError) local_error = NULL;

  place->key = definition->name;
  place->has_column = FALSE;
  if (!check_name (graph, definition->name, error))
    return FALSE;

  place->has_column = TRUE;
  if (bp_expression_add_to_graph (graph, definition->expression, definition->name, &local_error) == BP_NODE_NONE)
    {
      bp_experiment_explain_order (experiment, definition, &local_error);
      bp_experiment_explain_columns (experiment, graph, definition->expression, TRUE, &local_error);
      g_propagate_error (error, g_steal_pointer (&local_error));
      return FALSE;
    }

  place->has_column = FALSE;
  if (bp_graph_get_n_nodes (graph) <= MAX_NODES)
    return TRUE;

  g_set_error (error, BP_ERROR, BP_ERROR_VALUE, _("the model has more than %d nodes"), MAX_NODES);

  return FALSE;
}

static gboolean
add_definitions (BpGraph            *graph,
                 const BpExperiment *experiment,
                 GPtrArray          *definitions,
                 BpPlace            *place,
                 GError            **error)
{
  for (guint i = 0; i < definitions->len; i++)
    if (!add_definition (graph, experiment, g_ptr_array_index (definitions, i), place, error))
      return FALSE;

  return TRUE;
}

static gboolean
add_model (BpGraph            *graph,
           const BpExperiment *experiment,
           BpPlace            *place,
           GError            **error)
{
  *place = (BpPlace) { "Model" };
  if (experiment->model->len > 0)
    return add_definitions (graph, experiment, experiment->model, place, error);

  g_set_error_literal (error, BP_ERROR, BP_ERROR_VALUE,
                       _("there is no loss; at least one node such as loss=square(A - 10) was expected"));

  return FALSE;
}

/* The name of the loss, which must be a node of the model. */
static const char *
find_loss (const BpExperiment *experiment,
           BpPlace            *place,
           GError            **error)
{
  guint n_nodes = experiment->model->len;
  g_autofree const char **names = g_new0 (const char *, n_nodes + 1);

  for (guint i = 0; i < n_nodes; i++)
    names[i] = ((const BpDefinition *) g_ptr_array_index (experiment->model, i))->name;

  *place = (BpPlace) { "Model", names[n_nodes - 1] };
  if (experiment->loss == NULL)
    return names[n_nodes - 1];

  *place = (BpPlace) { "Experiment", "Loss" };
  if (g_strv_contains (names, experiment->loss))
    return experiment->loss;

  g_autofree char *quoted = bp_text_quote (experiment->loss, -1);
  g_autofree char *sentence = g_strdup_printf (_("[Model] has no node “%s”"), quoted);

  bp_nearest_set_error (error, sentence, experiment->loss, names);

  return NULL;
}

static gboolean
set_loss (BpGraph            *graph,
          const BpExperiment *experiment,
          BpPlace            *place,
          GError            **error)
{
  const char *name = find_loss (experiment, place, error);

  if (name == NULL)
    return FALSE;

  guint loss = bp_graph_find (graph, name);

  if (bp_graph_get_n_elements (graph, loss) > 1)
    loss = bp_graph_add (graph, NULL, BP_OP_REDUCE_MEAN, &loss, NULL, error);
  else if (bp_graph_get_shape (graph, loss)->rank > 0)
    bp_graph_skip_name (graph, BP_OP_REDUCE_MEAN); /* another batch size has it: names stand for the same nodes */
  if (loss == BP_NODE_NONE)
    return FALSE;

  bp_graph_set_loss (graph, loss);
  for (guint i = 0; i < bp_graph_get_n_variables (graph); i++)
    if (bp_graph_needs_gradient (graph, bp_graph_get_variable (graph, i)))
      return TRUE;

  g_set_error (error, BP_ERROR, BP_ERROR_VALUE,
               _("the loss “%s” depends on no variable by way of operations that pass a gradient on; there is nothing "
                 "to train"),
               name);

  return FALSE;
}

static gboolean
check_target (BpGraph            *graph,
              const BpExperiment *experiment,
              BpPlace            *place,
              GError            **error)
{
  guint n_columns = experiment->columns->len;
  g_autofree const char **names = g_new0 (const char *, n_columns + 1);

  if (experiment->target == NULL)
    return TRUE;

  *place = (BpPlace) { "Evaluate", "Target" };
  for (guint i = 0; i < n_columns; i++)
    names[i] = ((const BpColumn *) g_ptr_array_index (experiment->columns, i))->name;

  if (!g_strv_contains (names, experiment->target))
    {
      g_autofree char *quoted = bp_text_quote (experiment->target, -1);
      g_autofree char *sentence = g_strdup_printf (_("there is no placeholder “%s”"), quoted);

      g_autoptr (GError) local_error = NULL;

      bp_nearest_set_error (&local_error, sentence, experiment->target, names);
      bp_experiment_explain_columns (experiment, graph, experiment->target, FALSE, &local_error);
      g_propagate_error (error, g_steal_pointer (&local_error));
      return FALSE;
    }

  if (experiment->evaluate->len > 0)
    return TRUE;

  g_set_error_literal (error, BP_ERROR, BP_ERROR_VALUE,
                       _("there is nothing to compare it with; a node such as prediction=round(sigmoid(my_output)) was "
                         "expected"));

  return FALSE;
}

static gboolean
check_theory (const BpExperiment *experiment,
              BpPlace            *place,
              GError            **error)
{
  guint n_variables = experiment->variables->len;
  g_autofree const char **names = g_new0 (const char *, n_variables + 1);

  *place = (BpPlace) { "Evaluate", "Theory" };
  for (guint i = 0; i < n_variables; i++)
    names[i] = ((const BpVariable *) g_ptr_array_index (experiment->variables, i))->name;

  for (guint i = 0; i < experiment->theory->len; i++)
    {
      const char *name = ((const BpTheory *) g_ptr_array_index (experiment->theory, i))->variable;

      if (!g_strv_contains (names, name))
        {
          g_autofree char *quoted = bp_text_quote (name, -1);
          g_autofree char *sentence = g_strdup_printf (_("there is no variable “%s”"), quoted);

          bp_nearest_set_error (error, sentence, name, names);
          return FALSE;
        }
    }

  return TRUE;
}

static gboolean
add_evaluation (BpGraph            *graph,
                const BpExperiment *experiment,
                BpPlace            *place,
                GError            **error)
{
  guint first = bp_graph_get_n_nodes (graph);

  *place = (BpPlace) { "Evaluate" };
  if (!add_definitions (graph, experiment, experiment->evaluate, place, error))
    return FALSE;

  for (guint node = first; node < bp_graph_get_n_nodes (graph); node++)
    bp_graph_set_evaluation (graph, node);

  return check_target (graph, experiment, place, error) && check_theory (experiment, place, error);
}

static gboolean
check_memory (const BpExperiment *experiment,
              BpPlace            *place,
              GError            **error)
{
  GPtrArray *sections[] = { experiment->model, experiment->evaluate };
  gsize n_characters = 0;

  *place = (BpPlace) { "Model" };
  for (guint i = 0; i < G_N_ELEMENTS (sections); i++)
    for (guint j = 0; j < sections[i]->len; j++)
      n_characters += strlen (((const BpDefinition *) g_ptr_array_index (sections[i], j))->expression);

  return bp_memory_check (n_characters * CHARACTER_BYTES, error);
}

BpGraph *
bp_experiment_build_graph (const BpExperiment *experiment,
                           gsize               batch_size,
                           BpPlace            *place,
                           GError            **error)
{
  g_autoptr (BpGraph) graph = bp_graph_new ();

  if (!check_memory (experiment, place, error) ||
      !add_placeholders (graph, experiment, batch_size, place, error) ||
      !add_variables (graph, experiment, place, error) ||
      !add_model (graph, experiment, place, error) ||
      !set_loss (graph, experiment, place, error) ||
      !add_evaluation (graph, experiment, place, error))
    return NULL;

  return g_steal_pointer (&graph);
}

BpGraph *
bp_experiment_create_graph (const BpExperiment *experiment,
                            gsize               batch_size,
                            GError            **error)
{
  BpPlace place;
  BpGraph *graph;

  g_return_val_if_fail (experiment != NULL, NULL);
  g_return_val_if_fail (batch_size >= 1, NULL);

  graph = bp_experiment_build_graph (experiment, batch_size, &place, error);
  if (graph == NULL)
    bp_place_prefix (&place, error);

  return graph;
}
