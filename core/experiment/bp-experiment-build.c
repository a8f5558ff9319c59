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

/* @n_columns: 0 for a placeholder [batch] */
static gboolean
add_placeholder (BpGraph    *graph,
                 const char *name,
                 gsize       batch_size,
                 guint       n_columns,
                 GError    **error)
{
  const guint64 dims[] = { batch_size, n_columns };
  BpOpAttributes attributes = { 0, };

  return (bp_shape_init (&attributes.shape, n_columns > 0 ? 2 : 1, dims, error) && check_name (graph, name, error) &&
          bp_graph_add (graph, name, BP_OP_PLACEHOLDER, NULL, &attributes, error) != BP_NODE_NONE)
         || bp_error_set_key (error, "Data", name);
}

/* Returns: (transfer full): the columns that are part of a placeholder of several and not used by their own names */
static GHashTable *
find_joined (const BpExperiment *experiment)
{
  GHashTable *joined = g_hash_table_new (g_str_hash, g_str_equal);
  g_autoptr (GHashTable) used = experiment->placeholders->len > 0 ? bp_experiment_get_used_names (experiment) : NULL;

  for (guint i = 0; i < experiment->placeholders->len; i++)
    for (char **name = ((BpPlaceholder *) g_ptr_array_index (experiment->placeholders, i))->columns; *name != NULL;
         name++)
      if (!g_hash_table_contains (used, *name))
        g_hash_table_add (joined, *name);

  return joined;
}

static gboolean
add_placeholders (BpGraph            *graph,
                  const BpExperiment *experiment,
                  gsize               batch_size,
                  GError            **error)
{
  g_autoptr (GHashTable) joined = find_joined (experiment);

  for (guint i = 0; i < experiment->placeholders->len; i++)
    {
      const BpPlaceholder *placeholder = g_ptr_array_index (experiment->placeholders, i);

      if (!add_placeholder (graph, placeholder->name, batch_size, g_strv_length (placeholder->columns), error))
        return FALSE;
    }
  for (guint i = 0; i < experiment->columns->len; i++)
    {
      const char *name = ((const BpColumn *) g_ptr_array_index (experiment->columns, i))->name;

      if (!g_hash_table_contains (joined, name) && !add_placeholder (graph, name, batch_size, 0, error))
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
               GError            **error)
{
  if (experiment->variables->len == 0)
    {
      g_set_error_literal (error, BP_ERROR, BP_ERROR_VALUE,
                           _("there is nothing to train; at least one variable such as A=normal(0, 1) was expected"));
      return bp_error_set_key (error, "Variables", NULL);
    }

  for (guint i = 0; i < experiment->variables->len; i++)
    {
      const BpVariable *variable = g_ptr_array_index (experiment->variables, i);
      const BpOpAttributes attributes = { .shape = variable->shape };

      if (!check_name (graph, variable->name, error))
        return bp_error_set_key (error, "Variables", variable->name);
      if (!check_variable (variable, error) ||
          bp_graph_add (graph, variable->name, BP_OP_VARIABLE, NULL, &attributes, error) == BP_NODE_NONE)
        return bp_error_set_value (error, "Variables", variable->name);
    }

  return TRUE;
}

static gboolean
add_definition (BpGraph            *graph,
                const BpExperiment *experiment,
                const char         *section,
                const BpDefinition *definition,
                GError            **error)
{
  g_autoptr (GError) local_error = NULL;

  if (!check_name (graph, definition->name, error))
    return bp_error_set_key (error, section, definition->name);

  if (bp_expression_add_to_graph (graph, definition->expression, definition->name, &local_error) == BP_NODE_NONE)
    {
      bp_experiment_explain_order (experiment, definition, &local_error);
      bp_experiment_explain_columns (experiment, graph, definition->expression, TRUE, &local_error);
      g_propagate_error (error, g_steal_pointer (&local_error));
      return bp_error_set_value (error, section, definition->name);
    }

  if (bp_graph_get_n_nodes (graph) <= MAX_NODES)
    return TRUE;

  g_set_error (error, BP_ERROR, BP_ERROR_VALUE, _("the model has more than %d nodes"), MAX_NODES);

  return bp_error_set_key (error, section, definition->name);
}

static gboolean
add_definitions (BpGraph            *graph,
                 const BpExperiment *experiment,
                 const char         *section,
                 GPtrArray          *definitions,
                 GError            **error)
{
  for (guint i = 0; i < definitions->len; i++)
    if (!add_definition (graph, experiment, section, g_ptr_array_index (definitions, i), error))
      return FALSE;

  return TRUE;
}

static gboolean
add_model (BpGraph            *graph,
           const BpExperiment *experiment,
           GError            **error)
{
  if (experiment->model->len > 0)
    return add_definitions (graph, experiment, "Model", experiment->model, error);

  g_set_error_literal (error, BP_ERROR, BP_ERROR_VALUE,
                       _("there is no loss; at least one node such as loss=square(A - 10) was expected"));

  return bp_error_set_key (error, "Model", NULL);
}

/* Whether @name is one of the names that the structs of @named begin with; @sentence says that it is not. */
static gboolean
check_listed (GPtrArray  *named,
              const char *name,
              const char *sentence,
              GError    **error)
{
  g_autoptr (GPtrArray) names = g_ptr_array_new ();

  for (guint i = 0; i < named->len; i++)
    g_ptr_array_add (names, *(char **) g_ptr_array_index (named, i));
  g_ptr_array_add (names, NULL);

  if (g_strv_contains ((const char * const *) names->pdata, name))
    return TRUE;

  bp_nearest_set_error (error, sentence, name, (const char * const *) names->pdata);

  return FALSE;
}

static gboolean
set_loss (BpGraph            *graph,
          const BpExperiment *experiment,
          GError            **error)
{
  const BpDefinition *last = g_ptr_array_index (experiment->model, experiment->model->len - 1);
  const char *section = experiment->loss != NULL ? "Experiment" : "Model";
  const char *key = experiment->loss != NULL ? "Loss" : last->name;
  const char *name = experiment->loss != NULL ? experiment->loss : last->name;
  g_autofree char *quoted = bp_text_quote (name, -1);
  g_autofree char *sentence = g_strdup_printf (_("[Model] has no node “%s”"), quoted);

  if (!check_listed (experiment->model, name, sentence, error))
    return bp_error_set_value (error, section, key);

  guint loss = bp_graph_find (graph, name);

  if (bp_graph_get_n_elements (graph, loss) > 1)
    loss = bp_graph_add (graph, NULL, BP_OP_REDUCE_MEAN, &loss, NULL, error);
  else if (bp_graph_get_shape (graph, loss)->rank > 0)
    bp_graph_skip_name (graph, BP_OP_REDUCE_MEAN); /* another batch size has it: names stand for the same nodes */
  if (loss == BP_NODE_NONE)
    return bp_error_set_value (error, section, key);

  bp_graph_set_loss (graph, loss);
  for (guint i = 0; i < bp_graph_get_n_variables (graph); i++)
    if (bp_graph_needs_gradient (graph, bp_graph_get_variable (graph, i)))
      return TRUE;

  g_set_error (error, BP_ERROR, BP_ERROR_VALUE,
               _("the loss “%s” depends on no variable by way of operations that pass a gradient on; there is nothing "
                 "to train"),
               name);

  return bp_error_set_value (error, section, key);
}

static gboolean
check_target (BpGraph            *graph,
              const BpExperiment *experiment,
              GError            **error)
{
  g_autoptr (GError) local_error = NULL;

  g_autofree char *quoted = NULL;
  g_autofree char *sentence = NULL;

  if (experiment->target == NULL)
    return TRUE;

  quoted = bp_text_quote (experiment->target, -1);
  sentence = g_strdup_printf (_("there is no placeholder “%s”"), quoted);
  if (!check_listed (experiment->columns, experiment->target, sentence, &local_error))
    bp_experiment_explain_columns (experiment, graph, experiment->target, FALSE, &local_error);
  else if (experiment->evaluate->len == 0)
    g_set_error_literal (&local_error, BP_ERROR, BP_ERROR_VALUE,
                         _("there is nothing to compare it with; a node such as prediction=round(sigmoid(my_output)) "
                           "was expected"));
  else
    return TRUE;

  g_propagate_error (error, g_steal_pointer (&local_error));

  return bp_error_set_value (error, "Evaluate", "Target");
}

static gboolean
add_evaluation (BpGraph            *graph,
                const BpExperiment *experiment,
                GError            **error)
{
  guint first = bp_graph_get_n_nodes (graph);

  if (!add_definitions (graph, experiment, "Evaluate", experiment->evaluate, error))
    return FALSE;

  for (guint node = first; node < bp_graph_get_n_nodes (graph); node++)
    bp_graph_set_evaluation (graph, node);

  for (guint i = 0; i < experiment->theory->len; i++)
    {
      const BpTheory *theory = g_ptr_array_index (experiment->theory, i);
      g_autofree char *quoted = bp_text_quote (theory->variable, -1);
      g_autofree char *sentence = g_strdup_printf (_("there is no variable “%s”"), quoted);

      if (!check_listed (experiment->variables, theory->variable, sentence, error))
        return bp_error_set_value (error, "Evaluate", "Theory");
    }

  return check_target (graph, experiment, error);
}

static gboolean
check_memory (const BpExperiment *experiment,
              GError            **error)
{
  GPtrArray *sections[] = { experiment->model, experiment->evaluate };
  gsize n_characters = 0;

  for (guint i = 0; i < G_N_ELEMENTS (sections); i++)
    for (guint j = 0; j < sections[i]->len; j++)
      n_characters += strlen (((const BpDefinition *) g_ptr_array_index (sections[i], j))->expression);

  return bp_memory_check (n_characters * CHARACTER_BYTES, error) || bp_error_set_key (error, "Model", NULL);
}

BpGraph *
bp_experiment_create_graph (const BpExperiment *experiment,
                            gsize               batch_size,
                            GError            **error)
{
  g_autoptr (BpGraph) graph = NULL;
  gpointer opened = NULL;

  g_return_val_if_fail (experiment != NULL, NULL);
  g_return_val_if_fail (batch_size >= 1, NULL);

  if (experiment->opened != NULL)
    opened = g_hash_table_lookup (experiment->opened->graphs, GSIZE_TO_POINTER (batch_size));
  if (opened != NULL && bp_experiment_is_as_opened (experiment))
    {
      g_hash_table_steal (experiment->opened->graphs, GSIZE_TO_POINTER (batch_size));
      return opened;
    }

  graph = bp_graph_new ();
  if (!check_memory (experiment, error) ||
      !add_placeholders (graph, experiment, batch_size, error) ||
      !add_variables (graph, experiment, error) ||
      !add_model (graph, experiment, error) ||
      !set_loss (graph, experiment, error) ||
      !add_evaluation (graph, experiment, error))
    return NULL;

  return g_steal_pointer (&graph);
}
