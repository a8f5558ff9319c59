/* bp-model-text.h: the text of an experiment that learns a column from others
 *
 * What is written depends on what it is made of: a line, a logistic or softmax regression, or a network.
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#pragma once

#include "experiment/bp-optimizer.h"

G_BEGIN_DECLS

typedef enum {
  BP_LOSS_SQUARED,
  BP_LOSS_ABSOLUTE,
  BP_LOSS_SIGMOID, /* cross entropy of two classes: one output */
  BP_LOSS_SOFTMAX, /* cross entropy: an output for each class */
  BP_N_LOSSES
} BpLossKind;

/** Returns: as in the window: "Squared error" (translatable) */
const char *bp_loss_get_title (BpLossKind loss);

/** Returns: (array zero-terminated=1): the functions that hidden layers may apply, "tanh" first */
const char * const *bp_activation_get_names (void);

/** How the numbers of a column are spread; @deviation is not 0. */
typedef struct {
  double mean;
  double deviation;
} BpStandard;

/**
 * BpModelText:
 * @title: may be any text
 * @data: the lines of [Data] that say where the columns come from, each with a new line at its end
 * @inputs: (array length=n_inputs): the columns that the model is given
 * @target: the column that it learns
 * @layers: (element-type guint): inputs, hidden layers, outputs
 * @activation: of the hidden layers
 * @classes: (nullable) (array length=n_classes): with a cross entropy, what the target has for the classes 0, 1, …,
 *   ascending, where it is not just that
 * @scales: (nullable) (array length=n_inputs): what the inputs are standardized by
 * @target_scale: (nullable): what a target that is no class is
 * @n_rows: how many rows there are to train on
 * @test_share: share of the rows held out, [0, 1)
 * @start: where weights and biases start if there is no hidden layer
 * @theory: (nullable): textbook values of the variables
 */
typedef struct {
  const char         *title;
  const char         *data;
  const char * const *inputs;
  guint               n_inputs;
  const char         *target;
  const GArray       *layers;
  const char         *activation;
  BpLossKind          loss;
  const double       *classes;
  guint               n_classes;
  const BpStandard      *scales;
  const BpStandard      *target_scale;
  gsize               n_rows;
  double              test_share;
  const char         *start;
  const char         *theory;
  BpOptimizerKind     optimizer;
  double              learning_rate;
  gint64              iterations;
  gsize               batch_size;
} BpModelText;

/** Returns: (transfer full): an experiment file. Its nodes and variables are called otherwise than its columns. */
char *bp_model_text_write (const BpModelText *model);

/** Appends "KEY=VALUE" for a text such as a title or the name of a file, with the format's escapes. */
void bp_model_text_append (GString    *text,
                           const char *key,
                           const char *value);

G_END_DECLS
