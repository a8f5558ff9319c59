/* bp-op-reduction.c: sums, means, the largest and the smallest over an axis or over everything, and the sum of squares
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "graph/bp-op-kernels.h"

#include "base/bp-error.h"

#include <glib/gi18n-lib.h>

static guint
resolve_axis (const BpOpAttributes *attributes,
              const BpShape        *shape)
{
  return attributes->axis < 0 ? attributes->axis + (int) shape->rank : attributes->axis;
}

gboolean
bp_op_reduce_shape (const BpOpAttributes  *attributes,
                    const BpShape * const *inputs,
                    BpShape               *shape,
                    GError               **error)
{
  const BpShape *input = inputs[0];
  const int rank = (int) input->rank;
  guint64 dims[BP_MAX_RANK];
  guint n = 0;

  if (!attributes->has_axis)
    return bp_shape_init (shape, 0, NULL, error);

  if (rank == 0)
    {
      g_set_error (error, BP_ERROR, BP_ERROR_SHAPE, _("a scalar has no dimension %d to reduce"), attributes->axis);
      return FALSE;
    }
  if (attributes->axis < -rank || attributes->axis >= rank)
    {
      g_autofree char *text = bp_shape_to_string (input);

      g_set_error (error, BP_ERROR, BP_ERROR_SHAPE,
                   _("shape %s has no dimension %d to reduce; expected %d to %d"),
                   text, attributes->axis, -rank, rank - 1);
      return FALSE;
    }
  for (guint d = 0; d < input->rank; d++)
    if (d != resolve_axis (attributes, input))
      dims[n++] = input->dims[d];

  return bp_shape_init (shape, n, dims, error);
}

BpReduction
bp_op_get_reduction (const BpOpAttributes *attributes,
                     const BpShape        *input)
{
  const guint axis = resolve_axis (attributes, input);
  BpReduction reduction = { 1, 1, 1 };

  for (guint d = 0; d < input->rank; d++)
    if (!attributes->has_axis || d == axis)
      reduction.n *= input->dims[d];
    else if (d < axis)
      reduction.outer *= input->dims[d];
    else
      reduction.inner *= input->dims[d];

  return reduction;
}

static BpReduction
get_reduction (const BpOpArguments *arguments)
{
  return bp_op_get_reduction (arguments->attributes, arguments->input_shapes[0]);
}

static double
sum_column (const double *a,
            gsize         n,
            gsize         stride)
{
  double sum = 0;

  for (gsize j = 0; j < n; j++)
    sum += a[j * stride];

  return sum;
}

static void
reduce (const BpOpArguments *arguments,
        const BpReduction   *r,
        double               divisor)
{
  const double *a = arguments->inputs[0];

  for (gsize o = 0; o < r->outer; o++, a += r->n * r->inner)
    for (gsize i = 0; i < r->inner; i++)
      arguments->output[o * r->inner + i] =
        (r->inner == 1 ? bp_sum (a, r->n) : sum_column (a + i, r->n, r->inner)) / divisor;
}

/* Where rows are reduced, what each of their elements gets is the same. */
static void
spread_rows (const double      *gradient,
             const BpReduction *r,
             double             divisor,
             double            *target)
{
  for (gsize o = 0; o < r->outer; o++, target += r->n)
    {
      const double share = gradient[o] / divisor;

      for (gsize j = 0; j < r->n; j++)
        target[j] += share;
    }
}

/* Where columns are reduced, that goes for all rows. */
static void
spread_columns (const double      *gradient,
                const BpReduction *r,
                double             divisor,
                double            *target)
{
  for (gsize o = 0; o < r->outer; o++, gradient += r->inner)
    for (gsize j = 0; j < r->n; j++, target += r->inner)
      for (gsize i = 0; i < r->inner; i++)
        target[i] += gradient[i] / divisor;
}

static void
spread (const BpOpArguments *arguments,
        const BpReduction   *r,
        double               divisor)
{
  double *target = arguments->input_gradients[0];

  if (target == NULL)
    return;
  if (r->inner == 1)
    spread_rows (arguments->gradient, r, divisor, target);
  else
    spread_columns (arguments->gradient, r, divisor, target);
}

void
bp_op_reduce_sum_forward (const BpOpArguments *arguments)
{
  const BpReduction r = get_reduction (arguments);

  reduce (arguments, &r, 1);
}

void
bp_op_reduce_sum_backward (const BpOpArguments *arguments)
{
  const BpReduction r = get_reduction (arguments);

  spread (arguments, &r, 1);
}

void
bp_op_reduce_mean_forward (const BpOpArguments *arguments)
{
  const BpReduction r = get_reduction (arguments);

  reduce (arguments, &r, r.n);
}

void
bp_op_reduce_mean_backward (const BpOpArguments *arguments)
{
  const BpReduction r = get_reduction (arguments);

  spread (arguments, &r, r.n);
}

/* The largest and the smallest */

/* The first of the largest elements of a column, or of the smallest where @sign is −1; the first that is no number
 * where there is one. */
static gsize
find_extreme (const double *a,
              gsize         n,
              gsize         stride,
              double        sign)
{
  gsize found = 0;

  for (gsize j = 1; j < n && !isnan (a[found * stride]); j++)
    if (sign * a[j * stride] > sign * a[found * stride] || isnan (a[j * stride]))
      found = j;

  return found;
}

/* Where the extreme of element @i of the output is in the input. */
static gsize
locate_extreme (const BpOpArguments *arguments,
                const BpReduction   *r,
                gsize                i,
                double               sign)
{
  const gsize start = i / r->inner * r->n * r->inner + i % r->inner;

  return start + find_extreme (arguments->inputs[0] + start, r->n, r->inner, sign) * r->inner;
}

static void
forward_extreme (const BpOpArguments *arguments,
                 double               sign)
{
  const BpReduction r = get_reduction (arguments);

  for (gsize i = 0; i < r.outer * r.inner; i++)
    arguments->output[i] = arguments->inputs[0][locate_extreme (arguments, &r, i, sign)];
}

static void
backward_extreme (const BpOpArguments *arguments,
                  double               sign)
{
  const BpReduction r = get_reduction (arguments);

  for (gsize i = 0; arguments->input_gradients[0] != NULL && i < r.outer * r.inner; i++)
    arguments->input_gradients[0][locate_extreme (arguments, &r, i, sign)] += arguments->gradient[i];
}

void
bp_op_reduce_max_forward (const BpOpArguments *arguments)
{
  forward_extreme (arguments, 1);
}

void
bp_op_reduce_max_backward (const BpOpArguments *arguments)
{
  backward_extreme (arguments, 1);
}

void
bp_op_reduce_min_forward (const BpOpArguments *arguments)
{
  forward_extreme (arguments, -1);
}

void
bp_op_reduce_min_backward (const BpOpArguments *arguments)
{
  backward_extreme (arguments, -1);
}

void
bp_op_argmax_forward (const BpOpArguments *arguments)
{
  const BpReduction r = get_reduction (arguments);

  for (gsize i = 0; i < r.outer * r.inner; i++)
    arguments->output[i] = (double) find_extreme (arguments->inputs[0] + i / r.inner * r.n * r.inner + i % r.inner,
                                                  r.n, r.inner, 1);
}

/* Half the sum of squares */

void
bp_op_l2_loss_forward (const BpOpArguments *arguments)
{
  const double *a = arguments->inputs[0];
  double sum = 0;

  for (gsize i = 0; i < bp_shape_get_n_elements (arguments->input_shapes[0]); i++)
    sum += a[i] * a[i];
  arguments->output[0] = sum / 2;
}

void
bp_op_l2_loss_backward (const BpOpArguments *arguments)
{
  double *target = arguments->input_gradients[0];

  for (gsize i = 0; target != NULL && i < bp_shape_get_n_elements (arguments->input_shapes[0]); i++)
    target[i] += arguments->gradient[0] * arguments->inputs[0][i];
}
