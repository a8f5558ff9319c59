/* bp-op-select.c: the shape of where, and the ops that join tensors or make them of classes
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "graph/bp-op-kernels.h"

#include "base/bp-error.h"

#include <glib/gi18n-lib.h>
#include <string.h>

/* where */

gboolean
bp_op_where_shape (G_GNUC_UNUSED const BpOpAttributes *attributes,
                   const BpShape * const              *inputs,
                   BpShape                            *shape,
                   GError                            **error)
{
  BpShape values;

  return bp_shape_broadcast (inputs[1], inputs[2], &values, error)
         && bp_shape_broadcast (inputs[0], &values, shape, error);
}

/* concat and stack: rows of the first input and of the second by turns */

static gboolean
check_axis (const BpOpAttributes *attributes,
            const BpShape        *shape,
            int                   rank,
            GError              **error)
{
  g_autofree char *text = NULL;

  if (attributes->axis >= -rank && attributes->axis < rank)
    return TRUE;

  text = bp_shape_to_string (shape);
  if (rank == 0)
    g_set_error_literal (error, BP_ERROR, BP_ERROR_SHAPE,
                         _("scalars have no dimension to be joined along; stack makes one"));
  else
    g_set_error (error, BP_ERROR, BP_ERROR_SHAPE,
                 _("tensors of shape %s cannot be joined along dimension %d; expected %d to %d"), text,
                 attributes->axis, -rank, rank - 1);

  return FALSE;
}

gboolean
bp_op_concat_shape (const BpOpAttributes  *attributes,
                    const BpShape * const *inputs,
                    BpShape               *shape,
                    GError               **error)
{
  const BpShape *a = inputs[0], *b = inputs[1];
  const guint axis = attributes->axis < 0 ? attributes->axis + a->rank : (guint) attributes->axis;
  guint64 dims[BP_MAX_RANK];
  gboolean fits = a->rank == b->rank;

  if (!check_axis (attributes, a, (int) a->rank, error))
    return FALSE;

  for (guint d = 0; d < a->rank && fits; d++)
    {
      fits = d == axis || a->dims[d] == b->dims[d];
      dims[d] = d == axis ? (guint64) a->dims[d] + b->dims[d] : a->dims[d];
    }
  if (fits)
    return bp_shape_init (shape, a->rank, dims, error);

  g_autofree char *first = bp_shape_to_string (a);
  g_autofree char *second = bp_shape_to_string (b);

  g_set_error (error, BP_ERROR, BP_ERROR_SHAPE,
               _("tensors %s and %s cannot be joined along dimension %d: the other dimensions differ"), first, second,
               attributes->axis);

  return FALSE;
}

gboolean
bp_op_stack_shape (const BpOpAttributes  *attributes,
                   const BpShape * const *inputs,
                   BpShape               *shape,
                   GError               **error)
{
  const BpShape *a = inputs[0];
  const guint rank = a->rank + 1;
  const guint axis = attributes->axis < 0 ? attributes->axis + rank : (guint) attributes->axis;
  guint64 dims[BP_MAX_RANK + 1];

  if (!check_axis (attributes, a, (int) rank, error))
    return FALSE;
  for (guint d = 0; d < rank; d++)
    dims[d] = d == axis ? 2 : a->dims[d < axis ? d : d - 1];
  if (bp_shape_equal (a, inputs[1]))
    return bp_shape_init (shape, rank, dims, error);

  g_autofree char *first = bp_shape_to_string (a);
  g_autofree char *second = bp_shape_to_string (inputs[1]);

  g_set_error (error, BP_ERROR, BP_ERROR_SHAPE, _("tensors %s and %s cannot be stacked: their shapes differ"), first,
               second);

  return FALSE;
}

BpJoin
bp_op_get_join (const BpOpAttributes  *attributes,
                const BpShape * const *inputs,
                const BpShape         *shape)
{
  const int axis = attributes->axis;
  const guint n_outer = axis < 0 ? axis + shape->rank : (guint) axis;
  BpJoin join = { 1, { 0, 0 } };

  for (guint d = 0; d < n_outer; d++)
    join.n_rows *= shape->dims[d];
  for (guint i = 0; i < 2; i++)
    join.length[i] = bp_shape_get_n_elements (inputs[i]) / join.n_rows;

  return join;
}

void
bp_op_join_forward (const BpOpArguments *arguments)
{
  const BpJoin join = bp_op_get_join (arguments->attributes, arguments->input_shapes, arguments->shape);
  double *output = arguments->output;

  for (gsize row = 0; row < join.n_rows; row++)
    for (guint i = 0; i < 2; output += join.length[i++])
      memcpy (output, arguments->inputs[i] + row * join.length[i], join.length[i] * sizeof (double));
}

void
bp_op_join_backward (const BpOpArguments *arguments)
{
  const BpJoin join = bp_op_get_join (arguments->attributes, arguments->input_shapes, arguments->shape);
  const double *gradient = arguments->gradient;

  for (gsize row = 0; row < join.n_rows; row++)
    for (guint i = 0; i < 2; gradient += join.length[i++])
      for (gsize j = 0; arguments->input_gradients[i] != NULL && j < join.length[i]; j++)
        arguments->input_gradients[i][row * join.length[i] + j] += gradient[j];
}

/* one_hot */

gboolean
bp_op_one_hot_shape (const BpOpAttributes  *attributes,
                     const BpShape * const *inputs,
                     BpShape               *shape,
                     GError               **error)
{
  const BpShape *input = inputs[0];
  guint64 dims[BP_MAX_RANK + 1];

  for (guint d = 0; d < input->rank; d++)
    dims[d] = input->dims[d];
  dims[input->rank] = attributes->depth;

  return bp_shape_init (shape, input->rank + 1, dims, error);
}

gboolean
bp_op_is_class (double value,
                gsize  n_classes)
{
  return value >= 0 && value < (double) n_classes && value == rint (value);
}

/* What is no class is no number in any of them. */
void
bp_op_one_hot_forward (const BpOpArguments *arguments)
{
  const gsize depth = arguments->attributes->depth;

  for (gsize i = 0; i < bp_shape_get_n_elements (arguments->input_shapes[0]); i++)
    {
      const double class = arguments->inputs[0][i];
      const gboolean is_class = bp_op_is_class (class, depth);

      for (gsize j = 0; j < depth; j++)
        arguments->output[i * depth + j] = is_class ? (double) j == class : NAN;
    }
}
