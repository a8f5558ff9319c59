/* bp-plot-model.h: which nodes of an experiment are inputs, target and answer
 *
 * By structure: the target is what [Evaluate] names, else the placeholder that meets an answer made of other
 * placeholders and variables. The answer is the last node of [Evaluate], else what the target is compared with.
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#pragma once

#include "experiment/bp-experiment.h"

G_BEGIN_DECLS

/** The most inputs that are told apart: of more, two are not a picture of the data. */
#define BP_PLOT_MAX_INPUTS 16

/** The most classes that are told apart. */
#define BP_PLOT_MAX_CLASSES 32

/** A column of a placeholder; @column is 0 where it has only one. */
typedef struct {
  guint placeholder;
  guint column;
} BpPlotInput;

/**
 * BpPlotModel:
 * @n_inputs: how many columns of placeholders are not the target; may exceed BP_PLOT_MAX_INPUTS
 * @inputs: the first of them
 * @target: the placeholder that is to be predicted, or BP_NODE_NONE
 * @answer: the node that predicts it, or BP_NODE_NONE
 * @score: what @answer rounds, where it rounds something: a probability; else @answer
 * @is_classification: whether the target is 0 or 1 in every row and answered by [Evaluate]
 * @has_many_classes: whether it chooses one of several classes: not what can be drawn for two
 * @scores: a number for each class and row, of which @answer says the greatest; else BP_NODE_NONE
 * @n_classes: of what is a classification or chooses one of several, how many values the target has, or @scores has
 *   numbers; 0 where no single column says the class
 * @classes: these values, ascending
 * @side: how many pixels wide and high the picture is that the only placeholder beside the target is; 0 for none
 * @target_varies: whether the target has more than one value
 */
typedef struct {
  guint    n_inputs;
  BpPlotInput inputs[BP_PLOT_MAX_INPUTS];
  guint    target;
  guint    answer;
  guint    score;
  gboolean is_classification;
  gboolean has_many_classes;
  guint    scores;
  guint    n_classes;
  double   classes[BP_PLOT_MAX_CLASSES];
  guint    side;
  gboolean target_varies;
} BpPlotModel;

/**
 * bp_plot_model_init:
 * @graph: a graph of @experiment: the nodes are found in it, and may be others in one of another batch size
 * @dataset: (nullable): NULL where nothing about the target's values needs to be known
 */
void bp_plot_model_init (BpPlotModel        *model,
                         const BpExperiment *experiment,
                         BpGraph            *graph,
                         BpDataset          *dataset);

/** Which of the classes @value is; G_MAXUINT for none. */
guint bp_plot_model_find_class (const BpPlotModel *model,
                                double             value);

/** How many columns @placeholder has: its elements for each row. */
guint bp_plot_model_get_n_columns (BpGraph *graph,
                                   guint    placeholder);

/**
 * What a node computes, in symbols and the names of the nodes it does that with: "σ(my_output)". Returns: (transfer
 * full)
 */
char *bp_plot_model_describe_node (BpGraph *graph,
                                   guint    node);

G_END_DECLS
