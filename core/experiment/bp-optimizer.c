/* bp-optimizer.c: how a gradient changes a variable
 *
 * The ranges of the learning rate and the other fields are in bp-setting.c.
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "experiment/bp-optimizer.h"

#include "base/bp-math.h"

#include <glib/gi18n-lib.h>
#include <math.h>

static const BpOptimizerClass classes[BP_N_OPTIMIZERS] = {
  [BP_OPTIMIZER_GRADIENT_DESCENT] = {
    .name = "gradient-descent",
    .title = N_("Gradient descent"),
  },
  [BP_OPTIMIZER_MOMENTUM] = {
    .name = "momentum",
    .title = N_("Momentum"),
    .n_slots = 1,
    .slot_names = { "v" },
    .uses = { [BP_PARAMETER_MOMENTUM] = TRUE },
  },
  [BP_OPTIMIZER_NESTEROV] = {
    .name = "nesterov",
    .title = N_("Nesterov momentum"),
    .n_slots = 1,
    .slot_names = { "v" },
    .uses = { [BP_PARAMETER_MOMENTUM] = TRUE },
  },
  [BP_OPTIMIZER_ADAGRAD] = {
    .name = "adagrad",
    .title = N_("Adagrad"),
    .n_slots = 1,
    .slot_names = { "s" },
    .uses = { [BP_PARAMETER_EPSILON] = TRUE },
  },
  [BP_OPTIMIZER_RMSPROP] = {
    .name = "rmsprop",
    .title = N_("RMSProp"),
    .n_slots = 1,
    .slot_names = { "s" },
    .uses = { [BP_PARAMETER_DECAY] = TRUE, [BP_PARAMETER_EPSILON] = TRUE },
  },
  [BP_OPTIMIZER_ADAM] = {
    .name = "adam",
    .title = N_("Adam"),
    .n_slots = 2,
    .slot_names = { "m", "v" },
    .uses = { [BP_PARAMETER_BETA1] = TRUE, [BP_PARAMETER_BETA2] = TRUE, [BP_PARAMETER_EPSILON] = TRUE },
  },
  [BP_OPTIMIZER_ADAMW] = {
    .name = "adamw",
    .title = N_("AdamW"),
    .n_slots = 2,
    .slot_names = { "m", "v" },
    .uses = { [BP_PARAMETER_BETA1] = TRUE, [BP_PARAMETER_BETA2] = TRUE, [BP_PARAMETER_EPSILON] = TRUE,
              [BP_PARAMETER_WEIGHT_DECAY] = TRUE },
  },
};

static const char * const parameter_names[BP_N_PARAMETERS] = {
  [BP_PARAMETER_MOMENTUM] = "Momentum",
  [BP_PARAMETER_DECAY] = "Decay",
  [BP_PARAMETER_BETA1] = "Beta1",
  [BP_PARAMETER_BETA2] = "Beta2",
  [BP_PARAMETER_EPSILON] = "Epsilon",
  [BP_PARAMETER_WEIGHT_DECAY] = "WeightDecay",
};

const BpOptimizerClass *
bp_optimizer_get_class (BpOptimizerKind kind)
{
  g_return_val_if_fail (kind < BP_N_OPTIMIZERS, NULL);

  return &classes[kind];
}

const char *
bp_optimizer_parameter_get_name (BpOptimizerParameter parameter)
{
  g_return_val_if_fail (parameter < BP_N_PARAMETERS, NULL);

  return parameter_names[parameter];
}

void
bp_optimizer_init (BpOptimizer    *optimizer,
                   BpOptimizerKind kind)
{
  g_return_if_fail (optimizer != NULL);
  g_return_if_fail (kind < BP_N_OPTIMIZERS);

  *optimizer = (BpOptimizer) {
    .kind = kind,
    .learning_rate = 0.01,
    .parameters = {
      [BP_PARAMETER_MOMENTUM] = 0.9,
      [BP_PARAMETER_DECAY] = 0.9,
      [BP_PARAMETER_BETA1] = 0.9,
      [BP_PARAMETER_BETA2] = 0.999,
      [BP_PARAMETER_EPSILON] = kind == BP_OPTIMIZER_ADAGRAD ? 1e-10 : 1e-8,
      [BP_PARAMETER_WEIGHT_DECAY] = 0.01,
    },
  };
}

void
bp_optimizer_switch (BpOptimizer    *optimizer,
                     BpOptimizerKind kind)
{
  const BpOptimizer before = *optimizer;

  if (kind == before.kind)
    return;

  bp_optimizer_init (optimizer, kind);
  optimizer->learning_rate = before.learning_rate;
  optimizer->schedule = before.schedule;
  optimizer->maximize = before.maximize;
}

gboolean
bp_optimizer_equal (const BpOptimizer *a,
                    const BpOptimizer *b)
{
  g_return_val_if_fail (a != NULL && b != NULL, FALSE);

  for (guint i = 0; i < BP_N_PARAMETERS; i++)
    if (a->parameters[i] != b->parameters[i])
      return FALSE;

  return a->kind == b->kind && a->learning_rate == b->learning_rate && !a->maximize == !b->maximize
         && bp_schedule_equal (&a->schedule, &b->schedule);
}

/* In these @sign is −1 to ascend: a gradient times ±1 is exact. */

static void
update_momentum (const BpOptimizer *optimizer,
                 double             sign,
                 gsize              n,
                 double            *values,
                 const double      *gradients,
                 double            *v)
{
  double momentum = optimizer->parameters[BP_PARAMETER_MOMENTUM];

  for (gsize i = 0; i < n; i++)
    {
      v[i] = momentum * v[i] + sign * gradients[i];
      values[i] -= optimizer->learning_rate * v[i];
    }
}

static void
update_nesterov (const BpOptimizer *optimizer,
                 double             sign,
                 gsize              n,
                 double            *values,
                 const double      *gradients,
                 double            *v)
{
  double momentum = optimizer->parameters[BP_PARAMETER_MOMENTUM];

  for (gsize i = 0; i < n; i++)
    {
      double gradient = sign * gradients[i];

      v[i] = momentum * v[i] + gradient;
      values[i] -= optimizer->learning_rate * (gradient + momentum * v[i]);
    }
}

static void
update_adagrad (const BpOptimizer *optimizer,
                double             sign,
                gsize              n,
                double            *values,
                const double      *gradients,
                double            *s)
{
  double epsilon = optimizer->parameters[BP_PARAMETER_EPSILON];

  for (gsize i = 0; i < n; i++)
    {
      double gradient = sign * gradients[i];

      s[i] += gradient * gradient;
      values[i] -= optimizer->learning_rate * gradient / (sqrt (s[i]) + epsilon);
    }
}

static void
update_rmsprop (const BpOptimizer *optimizer,
                double             sign,
                gsize              n,
                double            *values,
                const double      *gradients,
                double            *s)
{
  double decay = optimizer->parameters[BP_PARAMETER_DECAY];
  double epsilon = optimizer->parameters[BP_PARAMETER_EPSILON];

  for (gsize i = 0; i < n; i++)
    {
      double gradient = sign * gradients[i];

      s[i] = decay * s[i] + (1 - decay) * gradient * gradient;
      values[i] -= optimizer->learning_rate * gradient / (sqrt (s[i]) + epsilon);
    }
}

/* Weights decay by what the learning rate makes of them, not by way of the gradient; those of Adam times 1, which is
 * exact. */
static void
update_adam (const BpOptimizer *optimizer,
             guint64            iteration,
             double             sign,
             gsize              n,
             double            *values,
             const double      *gradients,
             double            *m,
             double            *v)
{
  double beta1 = optimizer->parameters[BP_PARAMETER_BETA1];
  double beta2 = optimizer->parameters[BP_PARAMETER_BETA2];
  double epsilon = optimizer->parameters[BP_PARAMETER_EPSILON];
  double decay = optimizer->kind == BP_OPTIMIZER_ADAMW ? optimizer->parameters[BP_PARAMETER_WEIGHT_DECAY] : 0;
  double kept = 1 - optimizer->learning_rate * decay;
  double correction1 = 1 - bp_pow (beta1, (double) iteration);
  double correction2 = 1 - bp_pow (beta2, (double) iteration);

  for (gsize i = 0; i < n; i++)
    {
      double gradient = sign * gradients[i];

      m[i] = beta1 * m[i] + (1 - beta1) * gradient;
      v[i] = beta2 * v[i] + (1 - beta2) * gradient * gradient;
      values[i] = kept * values[i]
                  - optimizer->learning_rate * (m[i] / correction1) / (sqrt (v[i] / correction2) + epsilon);
    }
}

/* Not inlined, lest the fast path below saves registers that it does not use. */
static G_NO_INLINE void
update_with_slots (const BpOptimizer *optimizer,
                   guint64            iteration,
                   gsize              n,
                   double            *values,
                   const double      *gradients,
                   double            *slots)
{
  double sign = optimizer->maximize ? -1 : 1;

  switch (optimizer->kind)
    {
    case BP_OPTIMIZER_MOMENTUM:
      update_momentum (optimizer, sign, n, values, gradients, slots);
      break;
    case BP_OPTIMIZER_NESTEROV:
      update_nesterov (optimizer, sign, n, values, gradients, slots);
      break;
    case BP_OPTIMIZER_ADAGRAD:
      update_adagrad (optimizer, sign, n, values, gradients, slots);
      break;
    case BP_OPTIMIZER_RMSPROP:
      update_rmsprop (optimizer, sign, n, values, gradients, slots);
      break;
    case BP_OPTIMIZER_ADAM:
    case BP_OPTIMIZER_ADAMW:
      g_return_if_fail (iteration >= 1);
      update_adam (optimizer, iteration, sign, n, values, gradients, slots, slots + n);
      break;
    case BP_OPTIMIZER_GRADIENT_DESCENT:
    case BP_N_OPTIMIZERS:
    default:
      g_return_if_reached ();
    }
}

void
bp_optimizer_update (const BpOptimizer *optimizer,
                     guint64            iteration,
                     gsize              n,
                     double            *values,
                     const double      *gradients,
                     double            *slots)
{
  if (optimizer->kind != BP_OPTIMIZER_GRADIENT_DESCENT)
    {
      update_with_slots (optimizer, iteration, n, values, gradients, slots);
      return;
    }

  double rate = optimizer->maximize ? -optimizer->learning_rate : optimizer->learning_rate;

  for (gsize i = 0; i < n; i++)
    values[i] -= rate * gradients[i];
}
