/* bp-op-loss.c: softmax, its logarithm, and softmax and cross entropies in one, over the last axis
 *
 * For one row of labels l and logits z: y = Σ l·(log Σ exp z − z); ∂y/∂z = softmax(z)·Σl − l, which does not ask that
 * the labels sum to 1, and ∂y/∂l = log Σ exp z − z. With the largest logit m taken out of the sum of exponentials, log
 * Σ exp z − z is (m − z) + log Σ exp(z − m) in this order: a large logit has no digits left to add the logarithm to.
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "graph/bp-op-kernels.h"

#include "base/bp-error.h"

#include <glib/gi18n-lib.h>

/* As TensorFlow has it: what would broadcast is nearly always a dimension forgotten. */
static gboolean
check_labels (const BpShape * const *inputs,
              GError               **error)
{
  if (bp_shape_equal (inputs[0], inputs[1]))
    return TRUE;

  const BpShape *labels = inputs[0], *logits = inputs[1];
  g_autofree char *labels_text = bp_shape_to_string (labels);
  g_autofree char *logits_text = bp_shape_to_string (logits);
  gboolean are_labels_shorter = labels->rank < logits->rank;
  guint axis;

  if (bp_shape_find_expansion (are_labels_shorter ? labels : logits, are_labels_shorter ? logits : labels, &axis))
    g_set_error (error, BP_ERROR, BP_ERROR_SHAPE,
                 _("labels %s and logits %s are not of equal shape; did you mean expand_dims(%s, %u)?"),
                 labels_text, logits_text, are_labels_shorter ? "labels" : "logits", axis);
  else
    g_set_error (error, BP_ERROR, BP_ERROR_SHAPE, _("labels %s and logits %s are not of equal shape"),
                 labels_text, logits_text);

  return FALSE;
}

gboolean
bp_op_sigmoid_cross_entropy_shape (G_GNUC_UNUSED const BpOpAttributes *attributes,
                                   const BpShape * const              *inputs,
                                   BpShape                            *shape,
                                   GError                            **error)
{
  *shape = *inputs[0];

  return check_labels (inputs, error);
}

gboolean
bp_op_softmax_cross_entropy_shape (G_GNUC_UNUSED const BpOpAttributes *attributes,
                                   const BpShape * const              *inputs,
                                   BpShape                            *shape,
                                   GError                            **error)
{
  guint64 dims[BP_MAX_RANK];

  if (!check_labels (inputs, error))
    return FALSE;

  if (inputs[0]->rank == 0)
    {
      g_set_error_literal (error, BP_ERROR, BP_ERROR_SHAPE,
                           _("labels and logits are scalars; they need a dimension of classes, the last one"));
      return FALSE;
    }
  for (guint d = 0; d + 1 < inputs[0]->rank; d++)
    dims[d] = inputs[0]->dims[d];

  return bp_shape_init (shape, inputs[0]->rank - 1, dims, error);
}

gboolean
bp_op_softmax_shape (G_GNUC_UNUSED const BpOpAttributes *attributes,
                     const BpShape * const              *inputs,
                     BpShape                            *shape,
                     GError                            **error)
{
  *shape = *inputs[0];
  if (shape->rank > 0)
    return TRUE;

  g_set_error_literal (error, BP_ERROR, BP_ERROR_SHAPE,
                       _("a scalar has no probabilities; softmax needs a dimension of classes, the last one"));

  return FALSE;
}

/* The largest of a row of logits, and the sum of the exponentials with it taken out. */
typedef struct {
  double largest;
  double sum;
} Softmax;

static Softmax
softmax_of (const double *z,
            gsize         n)
{
  Softmax softmax = { .largest = z[0] };

  for (gsize i = 1; i < n; i++)
    softmax.largest = value_maximum (z[i], softmax.largest);
  for (gsize i = 0; i < n; i++)
    softmax.sum += bp_exp_negative (z[i] - softmax.largest);

  return softmax;
}

double
bp_op_minus_log_softmax (const double *logits,
                         gsize         n,
                         gsize         i)
{
  const Softmax softmax = softmax_of (logits, n);

  return (softmax.largest - logits[i]) + bp_log (softmax.sum);
}

static gsize
get_n_classes (const BpOpArguments *arguments)
{
  const BpShape *rows = arguments->input_shapes[0];

  return rows->dims[rows->rank - 1];
}

/* Softmax alone */

void
bp_op_softmax_forward (const BpOpArguments *arguments)
{
  const gsize n = get_n_classes (arguments), n_elements = bp_shape_get_n_elements (arguments->shape);

  for (gsize row = 0; row < n_elements; row += n)
    {
      const double *z = arguments->inputs[0] + row;
      const Softmax softmax = softmax_of (z, n);

      for (gsize i = 0; i < n; i++)
        arguments->output[row + i] = bp_exp_negative (z[i] - softmax.largest) / softmax.sum;
    }
}

void
bp_op_softmax_backward (const BpOpArguments *arguments)
{
  const gsize n = get_n_classes (arguments), n_elements = bp_shape_get_n_elements (arguments->shape);

  for (gsize row = 0; arguments->input_gradients[0] != NULL && row < n_elements; row += n)
    {
      const double *y = arguments->output + row, *gradient = arguments->gradient + row;
      double average = 0;

      for (gsize i = 0; i < n; i++)
        average += gradient[i] * y[i];
      for (gsize i = 0; i < n; i++)
        arguments->input_gradients[0][row + i] += y[i] * (gradient[i] - average);
    }
}

void
bp_op_log_softmax_forward (const BpOpArguments *arguments)
{
  const gsize n = get_n_classes (arguments), n_elements = bp_shape_get_n_elements (arguments->shape);

  for (gsize row = 0; row < n_elements; row += n)
    {
      const double *z = arguments->inputs[0] + row;
      const Softmax softmax = softmax_of (z, n);
      const double log_sum = bp_log (softmax.sum);

      for (gsize i = 0; i < n; i++)
        arguments->output[row + i] = (z[i] - softmax.largest) - log_sum;
    }
}

void
bp_op_log_softmax_backward (const BpOpArguments *arguments)
{
  const gsize n = get_n_classes (arguments), n_elements = bp_shape_get_n_elements (arguments->shape);

  for (gsize row = 0; arguments->input_gradients[0] != NULL && row < n_elements; row += n)
    {
      const double *z = arguments->inputs[0] + row, *gradient = arguments->gradient + row;
      const Softmax softmax = softmax_of (z, n);
      double sum = 0;

      for (gsize i = 0; i < n; i++)
        sum += gradient[i];
      for (gsize i = 0; i < n; i++)
        arguments->input_gradients[0][row + i] += gradient[i]
                                                  - bp_exp_negative (z[i] - softmax.largest) / softmax.sum * sum;
    }
}

/* With cross entropy */

/* A class that has no share costs nothing, also where its logit is so far below that the distance is infinite. */
static double
weigh (double label,
       double distance)
{
  return label == 0 && distance == HUGE_VAL ? 0 : label * distance;
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
      const Softmax softmax = softmax_of (logits, n_classes);
      const double log_sum = bp_log (softmax.sum);
      double sum = 0;

      for (gsize i = 0; i < n_classes; i++)
        sum += weigh (labels[i], (softmax.largest - logits[i]) + log_sum);
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
  const Softmax softmax = softmax_of (logits, n_classes);
  double weight = 0;

  for (gsize i = 0; i < n_classes; i++)
    weight += labels[i];
  for (gsize i = 0; i < n_classes; i++)
    target[i] += gradient * (bp_exp_negative (logits[i] - softmax.largest) / softmax.sum * weight - labels[i]);
}

static void
backward_labels (const double *logits,
                 gsize         n_classes,
                 double        gradient,
                 double       *target)
{
  const Softmax softmax = softmax_of (logits, n_classes);
  const double log_sum = bp_log (softmax.sum);

  for (gsize i = 0; i < n_classes; i++)
    target[i] += gradient * ((softmax.largest - logits[i]) + log_sum);
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

/* With cross entropy, the labels being classes: −log of the probability of the class that is right */

gboolean
bp_op_sparse_softmax_cross_entropy_shape (G_GNUC_UNUSED const BpOpAttributes *attributes,
                                          const BpShape * const              *inputs,
                                          BpShape                            *shape,
                                          GError                            **error)
{
  const BpShape *labels = inputs[0], *logits = inputs[1];
  BpShape rows = *logits;
  g_autofree char *labels_text = bp_shape_to_string (labels);
  g_autofree char *logits_text = bp_shape_to_string (logits);
  g_autofree char *rows_text = NULL;

  if (!bp_op_softmax_shape (NULL, &logits, shape, error))
    return FALSE;

  rows.dims[--rows.rank] = 1;
  *shape = rows;
  if (bp_shape_equal (labels, &rows))
    return TRUE;

  rows_text = bp_shape_to_string (&rows);
  if (bp_shape_equal (labels, logits))
    g_set_error (error, BP_ERROR, BP_ERROR_SHAPE,
                 _("labels %s have a number for each class; those are for softmax_cross_entropy_with_logits"),
                 labels_text);
  else
    g_set_error (error, BP_ERROR, BP_ERROR_SHAPE,
                 _("labels %s and logits %s do not fit: labels are one class for each row of logits, %s"), labels_text,
                 logits_text, rows_text);

  return FALSE;
}

static gsize
get_n_logits (const BpOpArguments *arguments)
{
  const BpShape *logits = arguments->input_shapes[1];

  return logits->dims[logits->rank - 1];
}

/* No number where the label is no class. */
void
bp_op_sparse_softmax_cross_entropy_forward (const BpOpArguments *arguments)
{
  const gsize n = get_n_logits (arguments);
  const double *labels = arguments->inputs[0];

  for (gsize row = 0; row < bp_shape_get_n_elements (arguments->shape); row++)
    arguments->output[row] = bp_op_is_class (labels[row], n)
                             ? bp_op_minus_log_softmax (arguments->inputs[1] + row * n, n, (gsize) labels[row])
                             : NAN;
}

void
bp_op_sparse_softmax_cross_entropy_backward (const BpOpArguments *arguments)
{
  const gsize n = get_n_logits (arguments);
  const double *labels = arguments->inputs[0];

  for (gsize row = 0; arguments->input_gradients[1] != NULL && row < bp_shape_get_n_elements (arguments->shape); row++)
    {
      const double *logits = arguments->inputs[1] + row * n;
      const Softmax softmax = softmax_of (logits, n);

      for (gsize i = 0; i < n; i++)
        arguments->input_gradients[1][row * n + i] +=
          arguments->gradient[row]
          * (bp_exp_negative (logits[i] - softmax.largest) / softmax.sum - ((double) i == labels[row]));
    }
}
