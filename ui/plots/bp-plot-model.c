/* bp-plot-model.c: which nodes of an experiment are inputs, target and answer
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "plots/bp-plot-model.h"

#include "explain/bp-explain.h"

#include <math.h>
#include <string.h>

/* How deep inputs without a name of their own are written out. */
#define MAX_DEPTH 4

/* What feeds a node: variables, and no, one or several placeholders. */
typedef struct {
  gboolean has_variable;
  gboolean has_several;
  guint    placeholder;
} Sources;

static void
add_sources (Sources       *sources,
             const Sources *input)
{
  sources->has_variable |= input->has_variable;
  sources->has_several |= input->has_several;
  if (sources->placeholder == BP_NODE_NONE)
    sources->placeholder = input->placeholder;
  else if (input->placeholder != BP_NODE_NONE && input->placeholder != sources->placeholder)
    sources->has_several = TRUE;
}

static Sources *
find_sources (BpGraph *graph)
{
  guint n = bp_graph_get_n_nodes (graph);
  Sources *sources = g_new0 (Sources, n);

  for (guint node = 0; node < n; node++)
    {
      BpOp op = bp_graph_get_op (graph, node);

      sources[node].has_variable = op == BP_OP_VARIABLE;
      sources[node].placeholder = op == BP_OP_PLACEHOLDER ? node : BP_NODE_NONE;
      for (guint i = 0; i < bp_graph_get_n_inputs (graph, node); i++)
        add_sources (&sources[node], &sources[bp_graph_get_input (graph, node, i)]);
    }

  return sources;
}

/* Whether @label is made of one placeholder alone, and @answer of variables and of others. */
static gboolean
is_comparison (const Sources *label,
               const Sources *answer)
{
  if (label->placeholder == BP_NODE_NONE || label->has_several || label->has_variable)
    return FALSE;

  return answer->has_variable && answer->placeholder != BP_NODE_NONE
         && (answer->has_several || answer->placeholder != label->placeholder);
}

/* The last node where a placeholder meets what is computed from others: "x·w + b − y", not the sums before it. */
static void
find_comparison (BpPlotModel *model,
                 BpGraph     *graph)
{
  g_autofree Sources *sources = find_sources (graph);

  for (guint node = 0; node < bp_graph_get_n_nodes (graph); node++)
    {
      if (bp_graph_get_n_inputs (graph, node) != 2)
        continue;

      for (guint i = 0; i < 2; i++)
        {
          guint label = bp_graph_get_input (graph, node, i);
          guint answer = bp_graph_get_input (graph, node, 1 - i);

          if (is_comparison (&sources[label], &sources[answer]))
            {
              model->target = sources[label].placeholder;
              model->answer = answer;
            }
        }
    }
}

static void
find_evaluation (BpPlotModel        *model,
                 const BpExperiment *experiment,
                 BpGraph            *graph)
{
  const BpDefinition *last;

  if (experiment->target == NULL || experiment->evaluate->len == 0)
    return;

  last = g_ptr_array_index (experiment->evaluate, experiment->evaluate->len - 1);
  model->target = bp_graph_find (graph, experiment->target);
  model->answer = bp_graph_find (graph, last->name);
}

/* Adds @value to the classes, in order. Returns: FALSE if there are too many, or it is not a whole number */
static gboolean
add_class (BpPlotModel *model,
           double       value)
{
  guint i = 0;

  while (i < model->n_classes && model->classes[i] < value)
    i++;
  if (i < model->n_classes && model->classes[i] == value)
    return TRUE;
  if (model->n_classes == BP_PLOT_MAX_CLASSES || floor (value) != value)
    return FALSE;

  memmove (&model->classes[i + 1], &model->classes[i], (model->n_classes - i) * sizeof (double));
  model->classes[i] = value;
  model->n_classes++;

  return TRUE;
}

static void
find_classes (BpPlotModel  *model,
              const double *values,
              gsize         n)
{
  for (gsize i = 0; i < n; i++)
    if (!add_class (model, values[i]))
      {
        model->n_classes = 0;
        return;
      }
}

/* Marks the placeholders that @node is computed from. */
static void
mark_placeholders (BpGraph  *graph,
                   guint     node,
                   gboolean *is_label)
{
  is_label[node] = TRUE;
  for (guint i = 0; i < bp_graph_get_n_inputs (graph, node); i++)
    if (!is_label[bp_graph_get_input (graph, node, i)])
      mark_placeholders (graph, bp_graph_get_input (graph, node, i), is_label);
}

/* What the labels of a softmax are made of says the class. Returns: (transfer full): for each node whether it does */
static gboolean *
find_labels (BpPlotModel *model,
             BpGraph     *graph)
{
  gboolean *is_label = g_new0 (gboolean, bp_graph_get_n_nodes (graph) + 1);

  for (guint node = 0; node < bp_graph_get_n_nodes (graph); node++)
    if (bp_graph_get_op (graph, node) == BP_OP_SOFTMAX_CROSS_ENTROPY
        || bp_graph_get_op (graph, node) == BP_OP_SPARSE_SOFTMAX_CROSS_ENTROPY)
      {
        mark_placeholders (graph, bp_graph_get_input (graph, node, 0), is_label);
        model->has_many_classes = TRUE;
      }

  return is_label;
}

/* What argmax takes for each row: a score for each class, some of which no row may have. */
static void
find_scores (BpPlotModel *model,
             BpGraph     *graph)
{
  guint scores;
  const BpShape *shape;

  if (model->answer == BP_NODE_NONE || bp_graph_get_op (graph, model->answer) != BP_OP_ARGMAX)
    return;
  scores = bp_graph_get_input (graph, model->answer, 0);
  shape = bp_graph_get_shape (graph, scores);
  if (shape->rank != 2 || bp_graph_get_n_elements (graph, model->answer) != shape->dims[0])
    return;

  model->scores = scores;
  for (guint i = 0; model->n_classes > 0 && i < shape->dims[1]; i++)
    if (!add_class (model, i))
      model->n_classes = 0;
}

/* Whether @name is @prefix and after it @number. */
static gboolean
is_numbered (const char *name,
             const char *prefix,
             guint       number)
{
  g_autofree char *text = g_strdup_printf ("%s%u", prefix, number);

  return g_str_equal (name, text);
}

/* FORMAT.md says what is a picture: a square number of columns called p0, p1, … or pixel0, pixel1, … or from 1 on. */
static guint
find_side (BpGraph   *graph,
           BpDataset *dataset,
           guint      placeholder)
{
  static const char * const prefixes[] = { "p", "pixel", "pixel_" };
  guint n;
  const guint *columns = bp_dataset_find_all (dataset, bp_graph_get_name (graph, placeholder), &n);
  guint side = (guint) (sqrt (n) + 0.5);

  for (guint i = 0; side > 1 && side * side == n && i < 2 * G_N_ELEMENTS (prefixes); i++)
    {
      guint j = 0;

      while (j < n && is_numbered (bp_dataset_get_name (dataset, columns[j]), prefixes[i / 2], j + i % 2))
        j++;
      if (j == n)
        return side;
    }

  return 0;
}

static void
look_at_target (BpPlotModel *model,
                BpGraph     *graph,
                BpDataset   *dataset)
{
  const char *name = model->target != BP_NODE_NONE ? bp_graph_get_name (graph, model->target) : NULL;
  guint column = name != NULL ? bp_dataset_find (dataset, name) : G_MAXUINT;
  const double *values = column != G_MAXUINT ? bp_dataset_get_column (dataset, column) : NULL;
  gsize n = values != NULL ? bp_dataset_get_n_samples (dataset) : 0;

  if (model->is_classification || model->has_many_classes)
    find_classes (model, values, n);
  model->has_many_classes |= model->n_classes > 2;
  model->is_classification = model->is_classification && !model->has_many_classes && n > 0;
  for (gsize i = 0; i < n; i++)
    {
      if (values[i] != 0 && values[i] != 1)
        model->is_classification = FALSE;
      if (values[i] != values[0])
        model->target_varies = TRUE;
    }
}

void
bp_plot_model_init (BpPlotModel        *model,
                    const BpExperiment *experiment,
                    BpGraph            *graph,
                    BpDataset          *dataset)
{
  g_autofree gboolean *is_label = NULL;

  *model = (BpPlotModel) {
    .target = BP_NODE_NONE, .answer = BP_NODE_NONE, .score = BP_NODE_NONE, .scores = BP_NODE_NONE,
  };

  find_evaluation (model, experiment, graph);
  model->is_classification = model->target != BP_NODE_NONE;
  if (model->target == BP_NODE_NONE)
    find_comparison (model, graph);
  is_label = find_labels (model, graph);
  if (dataset != NULL)
    look_at_target (model, graph, dataset);
  find_scores (model, graph);
  model->has_many_classes |= model->scores != BP_NODE_NONE;
  model->is_classification &= !model->has_many_classes;

  model->score = model->answer;
  if (model->answer != BP_NODE_NONE && bp_graph_get_op (graph, model->answer) == BP_OP_ROUND)
    model->score = bp_graph_get_input (graph, model->answer, 0);

  for (guint i = 0; i < bp_graph_get_n_placeholders (graph); i++)
    {
      guint placeholder = bp_graph_get_placeholder (graph, i);

      if (placeholder == model->target || is_label[placeholder])
        continue;
      model->side = dataset != NULL && model->n_inputs == 0 ? find_side (graph, dataset, placeholder) : 0;
      for (guint column = 0; column < bp_plot_model_get_n_columns (graph, placeholder); column++)
        {
          if (model->n_inputs < BP_PLOT_MAX_INPUTS)
            model->inputs[model->n_inputs] = (BpPlotInput) { placeholder, column };
          model->n_inputs++;
        }
    }
}

guint
bp_plot_model_find_class (const BpPlotModel *model,
                          double             value)
{
  for (guint i = 0; i < model->n_classes; i++)
    if (model->classes[i] == value)
      return i;

  return G_MAXUINT;
}

guint
bp_plot_model_get_n_columns (BpGraph *graph,
                             guint    placeholder)
{
  const BpShape *shape = bp_graph_get_shape (graph, placeholder);

  return shape->rank > 1 ? shape->dims[1] : 1;
}

/* Nodes that have no name of their own stand as what they are computed from. */
static BpFormula *
get_formula (BpGraph *graph,
             guint    node,
             guint    depth)
{
  const gboolean has_name = !bp_graph_is_anonymous (graph, node) && depth > 0;
  const guint n_inputs = bp_graph_get_n_inputs (graph, node);
  BpFormula *inputs[BP_MAX_INPUTS];
  BpFormula *formula;

  if (has_name || n_inputs == 0 || depth > MAX_DEPTH)
    return bp_formula_new_symbol (node, bp_graph_get_name (graph, node), bp_graph_get_name (graph, node));

  for (guint i = 0; i < n_inputs; i++)
    inputs[i] = get_formula (graph, bp_graph_get_input (graph, node, i), depth + 1);
  formula = bp_explain_op_formula (bp_graph_get_op (graph, node), bp_graph_get_attributes (graph, node), inputs);
  for (guint i = 0; i < n_inputs; i++)
    bp_formula_free (inputs[i]);

  return formula;
}

char *
bp_plot_model_describe_node (BpGraph *graph,
                             guint    node)
{
  g_autoptr (BpFormula) formula = get_formula (graph, node, bp_graph_is_anonymous (graph, node) ? 0 : 1);

  return bp_formula_to_text (formula);
}
