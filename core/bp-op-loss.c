/* bp-op-loss.c: softmax and cross entropy in one, over the last axis
 *
 * For one row of labels l and logits z: y = Σ l·(log Σ exp z − z), stable because the largest logit is taken out of
 * the sum of exponentials; ∂y/∂z = softmax(z)·Σl − l, which does not ask that the labels sum to 1, and ∂y/∂l = log Σ
 * exp z − z.
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "bp-op-private.h"

#include "bp-error.h"

#include <glib/gi18n-lib.h>

gboolean
bp_op_softmax_cross_entropy_shape (G_GNUC_UNUSED const BpOpAttributes *attributes,
                                   const BpShape * const              *inputs,
                                   BpShape                            *shape,
                                   GError                            **error)
{
  guint64 dims[BP_MAX_RANK];

  if (inputs[0]->rank == 0 || !bp_shape_equal (inputs[0], inputs[1]))
    {
      g_autofree char *labels = bp_shape_to_string (inputs[0]);
      g_autofree char *logits = bp_shape_to_string (inputs[1]);

      g_set_error (error, BP_ERROR, BP_ERROR_SHAPE,
                   _("labels %s and logits %s do not fit together; expected equal shapes, the classes last"),
                   labels, logits);
      return FALSE;
    }
  for (guint d = 0; d + 1 < inputs[0]->rank; d++)
    dims[d] = inputs[0]->dims[d];

  return bp_shape_init (shape, inputs[0]->rank - 1, dims, error);
}

static double
log_sum_exp (const double *z,
             gsize         n)
{
  double largest = z[0], sum = 0;

  for (gsize i = 1; i < n; i++)
    largest = value_maximum (z[i], largest);
  for (gsize i = 0; i < n; i++)
    sum += exp (z[i] - largest);

  return largest + log (sum);
}

static gsize
get_n_classes (const BpOpArguments *arguments)
{
  const BpShape *labels = arguments->input_shapes[0];

  return labels->dims[labels->rank - 1];
}

void
bp_op_softmax_cross_entropy_forward (const BpOpArguments *arguments)
{
  const gsize n_rows = bp_shape_get_n_elements (arguments->shape);
  const gsize n_classes = get_n_classes (arguments);
  const double *labels = arguments->inputs[0];
  const double *logits = arguments->inputs[1];

  for (gsize row = 0; row < n_rows; row++, labels += n_classes, logits += n_classes)
    {
      const double total = log_sum_exp (logits, n_classes);
      double sum = 0;

      for (gsize i = 0; i < n_classes; i++)
        sum += labels[i] * (total - logits[i]);
      arguments->output[row] = sum;
    }
}

static void
backward_logits (const double *labels,
                 const double *logits,
                 gsize         n_classes,
                 double        gradient,
                 double       *target)
{
  const double total = log_sum_exp (logits, n_classes);
  double weight = 0;

  for (gsize i = 0; i < n_classes; i++)
    weight += labels[i];
  for (gsize i = 0; i < n_classes; i++)
    target[i] += gradient * (exp (logits[i] - total) * weight - labels[i]);
}

static void
backward_labels (const double *logits,
                 gsize         n_classes,
                 double        gradient,
                 double       *target)
{
  const double total = log_sum_exp (logits, n_classes);

  for (gsize i = 0; i < n_classes; i++)
    target[i] += gradient * (total - logits[i]);
}

void
bp_op_softmax_cross_entropy_backward (const BpOpArguments *arguments)
{
  const gsize n_rows = bp_shape_get_n_elements (arguments->shape);
  const gsize n_classes = get_n_classes (arguments);

  for (gsize row = 0; row < n_rows; row++)
    {
      const gsize start = row * n_classes;
      const double *logits = arguments->inputs[1] + start;

      if (arguments->input_gradients[0] != NULL)
        backward_labels (logits, n_classes, arguments->gradient[row], arguments->input_gradients[0] + start);
      if (arguments->input_gradients[1] != NULL)
        backward_logits (arguments->inputs[0] + start, logits, n_classes, arguments->gradient[row],
                         arguments->input_gradients[1] + start);
    }
}
