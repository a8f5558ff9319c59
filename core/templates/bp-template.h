/* bp-template.h: experiments to begin with
 *
 * A template is a few choices; what comes of them is the text of an experiment, to be opened as any other.
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#pragma once

#include "experiment/bp-generator.h"
#include "templates/bp-model-text.h"

G_BEGIN_DECLS

typedef enum {
  BP_TEMPLATE_FUNCTION_1, /* of one variable */
  BP_TEMPLATE_FUNCTION_2, /* of two */
  BP_TEMPLATE_REGRESSION,
  BP_TEMPLATE_CLASSIFICATION,
  BP_TEMPLATE_NETWORK,
  BP_TEMPLATE_EMPTY,
  BP_N_TEMPLATES
} BpTemplateKind;

/** A function to walk down. */
typedef struct {
  const char *title; /* translatable */
  const char *formula;
  double      start[2];
  double      learning_rate;
} BpTemplateFunction;

/**
 * BpTemplate:
 * @title: of the experiment
 * @formula: of a function: an expression of x, or of x and y
 * @start: where x and y start
 * @learning_rate: of a function with gradient descent; otherwise it goes with the optimizer
 * @layers: (nullable): of a network, "2-8-8-1"
 * @activation: of its hidden layers
 * @loss: where there are data
 * @generator: what makes the data
 * @test_share: share of them held out, [0, 1)
 *
 * What @kind has no use for is not looked at.
 */
typedef struct {
  BpTemplateKind  kind;
  char           *title;
  char           *formula;
  double          start[2];
  double          learning_rate;
  char           *layers;
  const char     *activation;
  BpLossKind      loss;
  BpOptimizerKind optimizer;
  BpGenerator     generator;
  double          test_share;
} BpTemplate;

/** Returns: what templates are called in the window: "Network" (translatable) */
const char *bp_template_get_title (BpTemplateKind kind);

/** Returns: a sentence on it (translatable) */
const char *bp_template_get_description (BpTemplateKind kind);

/** Returns: (array length=n_functions): what functions of one or two variables there are to choose from */
const BpTemplateFunction *bp_template_get_functions (BpTemplateKind kind,
                                                     guint         *n_functions);

/** Sets all of it as @kind begins. */
void bp_template_init (BpTemplate    *self,
                       BpTemplateKind kind);

/** Frees what @self owns. */
void bp_template_clear (BpTemplate *self);

G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (BpTemplate, bp_template_clear)

/** Takes another generator with its noise, unless another was chosen, and where it makes other columns layers and loss
 *  that go with them. */
void bp_template_set_generator (BpTemplate     *self,
                                BpGeneratorKind kind);

/** Takes another loss, and as many outputs as it needs. */
void bp_template_set_loss (BpTemplate *self,
                           BpLossKind  loss);

/** Whether @loss goes with the data: a cross entropy only with classes. */
gboolean bp_template_may_have_loss (const BpTemplate *self,
                                    BpLossKind        loss);

/**
 * bp_template_parse_layers:
 *
 * Reads @layers of a network. Fails with a sentence that says what is wrong, also where the data have another number of
 * inputs, or the loss needs another number of outputs.
 *
 * Returns: (transfer full) (element-type guint)
 */
GArray *bp_template_parse_layers (const BpTemplate *self,
                                  GError          **error);

/** Returns: (transfer full): the text of the experiment; fails with a sentence that says what is wrong with the
 *  choices */
char *bp_template_to_text (const BpTemplate *self,
                           GError          **error);

G_END_DECLS
