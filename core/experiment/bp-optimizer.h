/* bp-optimizer.h: how a gradient changes a variable
 *
 * One table: name, parameters and state of each optimizer. The formulas are those of torch.optim, without weight decay
 * but for AdamW (https://pytorch.org/docs/1.13/optim.html).
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#pragma once

#include "experiment/bp-schedule.h"

G_BEGIN_DECLS

typedef enum {
  BP_OPTIMIZER_GRADIENT_DESCENT,
  BP_OPTIMIZER_MOMENTUM,
  BP_OPTIMIZER_NESTEROV,
  BP_OPTIMIZER_ADAGRAD,
  BP_OPTIMIZER_RMSPROP,
  BP_OPTIMIZER_ADAM,
  BP_OPTIMIZER_ADAMW,
  BP_N_OPTIMIZERS
} BpOptimizerKind;

/** The optimizers' own parameters, apart from the learning rate. */
typedef enum {
  BP_PARAMETER_MOMENTUM,     /* [0, 1) */
  BP_PARAMETER_DECAY,        /* [0, 1) */
  BP_PARAMETER_BETA1,        /* [0, 1) */
  BP_PARAMETER_BETA2,        /* [0, 1) */
  BP_PARAMETER_EPSILON,      /* (0, 1] */
  BP_PARAMETER_WEIGHT_DECAY, /* [0, 1) */
  BP_N_PARAMETERS
} BpOptimizerParameter;

/** The range of learning rates that files and fields accept, which bp_setting_check() checks. */
#define BP_LEARNING_RATE_MIN 1e-12
#define BP_LEARNING_RATE_MAX 1e6

/** The most state an optimizer keeps for one element of a variable. */
#define BP_OPTIMIZER_MAX_SLOTS 2

/**
 * BpOptimizer:
 * @kind: which formula
 * @learning_rate: η, or what the schedule multiplies
 * @schedule: how the learning rate changes; bp_optimizer_update() does not read it
 * @parameters: indexed by BpOptimizerParameter; those the formula does not use are kept but have no effect
 * @maximize: ascend instead of descend (the "wrong sign" bug); torch.optim's maximize
 *
 * An optimizer and its settings; a plain value.
 */
typedef struct {
  BpOptimizerKind kind;
  double          learning_rate;
  BpSchedule      schedule;
  double          parameters[BP_N_PARAMETERS];
  gboolean        maximize;
} BpOptimizer;

/**
 * BpOptimizerClass:
 * @name: as in files: "gradient-descent"
 * @title: as in the window: "Gradient descent" (translatable)
 * @n_slots: numbers of state for each element of a variable, 0 before the first update
 * @slot_names: their symbols, "v"
 * @uses: which parameters it has
 */
typedef struct {
  const char *name;
  const char *title;
  guint       n_slots;
  const char *slot_names[BP_OPTIMIZER_MAX_SLOTS];
  gboolean    uses[BP_N_PARAMETERS];
} BpOptimizerClass;

const BpOptimizerClass *bp_optimizer_get_class (BpOptimizerKind kind);

/** Returns: "Momentum", "Decay", "Beta1", "Beta2", "Epsilon" or "WeightDecay", as in files */
const char *bp_optimizer_parameter_get_name (BpOptimizerParameter parameter);

/** An optimizer with learning rate 0.01, no schedule and the default parameters of its kind (epsilon 1e-8, for adagrad
 *  1e-10). */
void bp_optimizer_init (BpOptimizer    *optimizer,
                        BpOptimizerKind kind);

/** Makes it one of another kind with the parameters which that has by default; learning rate, schedule and direction
 *  stay. */
void bp_optimizer_switch (BpOptimizer    *optimizer,
                          BpOptimizerKind kind);

gboolean bp_optimizer_equal (const BpOptimizer *a,
                             const BpOptimizer *b);

/**
 * bp_optimizer_update:
 * @iteration: how many updates this one is, from 1, since the state was cleared (Adam's bias correction needs it)
 * @n: number of elements
 * @values: (inout) (array length=n): the variable
 * @gradients: (array length=n): ∂L/∂variable
 * @slots: (inout) (nullable): n_slots · n numbers, slot by slot
 *
 * Updates the elements of one variable.
 */
void bp_optimizer_update (const BpOptimizer *optimizer,
                          guint64            iteration,
                          gsize              n,
                          double            *values,
                          const double      *gradients,
                          double            *slots);

G_END_DECLS
