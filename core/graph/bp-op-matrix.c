/* bp-op-matrix.c: matrix products and the ops that only move elements
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "graph/bp-op-kernels.h"

#include "base/bp-error.h"
#include "graph/bp-op-product.h"

#include <glib/gi18n-lib.h>
#include <string.h>

/* matmul */

/* The dimensions before the last two, which broadcast as those of elementwise ops do. */
static BpShape
get_outer (const BpShape *shape)
{
  BpShape outer = *shape;

  outer.rank -= 2;

  return outer;
}

gboolean
bp_op_matmul_shape (G_GNUC_UNUSED const BpOpAttributes *attributes,
                    const BpShape * const              *inputs,
                    BpShape                            *shape,
                    GError                            **error)
{
  const BpShape *a = inputs[0], *b = inputs[1];
  g_autofree char *text_a = bp_shape_to_string (a);
  g_autofree char *text_b = bp_shape_to_string (b);
  BpShape outer_a, outer_b, batch;
  guint64 dims[BP_MAX_RANK];

  if (a->rank < 2 || b->rank < 2)
    {
      g_set_error (error, BP_ERROR, BP_ERROR_SHAPE,
                   _("a matrix product needs two matrices, not the shapes %s and %s; expand_dims adds a dimension"),
                   text_a, text_b);
      return FALSE;
    }
  if (a->dims[a->rank - 1] != b->dims[b->rank - 2])
    {
      g_set_error (error, BP_ERROR, BP_ERROR_SHAPE,
                   _("matrices %s and %s cannot be multiplied: the first has %u columns and the second %u rows"),
                   text_a, text_b, a->dims[a->rank - 1], b->dims[b->rank - 2]);
      return FALSE;
    }
  outer_a = get_outer (a);
  outer_b = get_outer (b);
  if (!bp_shape_broadcast (&outer_a, &outer_b, &batch, NULL))
    {
      g_set_error (error, BP_ERROR, BP_ERROR_SHAPE,
                   _("stacks of matrices %s and %s cannot be multiplied: their outer dimensions do not fit together"),
                   text_a, text_b);
      return FALSE;
    }

  for (guint d = 0; d < batch.rank; d++)
    dims[d] = batch.dims[d];
  dims[batch.rank] = a->dims[a->rank - 2];
  dims[batch.rank + 1] = b->dims[b->rank - 1];

  return bp_shape_init (shape, batch.rank + 2, dims, error);
}

/* Which matrix of the stack @input stands at place @index of the stack @output. */
static gsize
find_matrix (const BpShape *output,
             const BpShape *input,
             gsize          index)
{
  const BpShape outer = get_outer (output), input_outer = get_outer (input);

  return bp_shape_shrink_index (&input_outer, &outer, index);
}

/* A product of stacks: sizes of the matrices, and how many there are. */
typedef struct {
  gsize n, k, m;
  gsize n_matrices;
} Product;

static Product
get_product (const BpOpArguments *arguments)
{
  const BpShape *a = arguments->input_shapes[0];
  const BpShape *y = arguments->shape;
  Product product = { y->dims[y->rank - 2], a->dims[a->rank - 1], y->dims[y->rank - 1], 1 };

  for (guint d = 0; d + 2 < y->rank; d++)
    product.n_matrices *= y->dims[d];

  return product;
}

void
bp_op_matmul_forward (const BpOpArguments *arguments)
{
  const Product p = get_product (arguments);

  for (gsize i = 0; i < p.n_matrices; i++)
    bp_product_compute (&(BpProduct) {
      .n = p.n, .k = p.k, .m = p.m,
      .a = arguments->inputs[0] + find_matrix (arguments->shape, arguments->input_shapes[0], i) * p.n * p.k,
      .a_row = p.k, .a_term = 1,
      .b = arguments->inputs[1] + find_matrix (arguments->shape, arguments->input_shapes[1], i) * p.k * p.m,
      .b_term = p.m, .b_column = 1,
      .c = arguments->output + i * p.n * p.m,
    }, BP_PRODUCT_SET);
}

/* gradient·bᵀ to the first input's gradient, then aᵀ·gradient to that of the second: both may be the same node. */
void
bp_op_matmul_backward (const BpOpArguments *arguments)
{
  const Product p = get_product (arguments);

  for (gsize i = 0; i < p.n_matrices; i++)
    {
      const gsize a = find_matrix (arguments->shape, arguments->input_shapes[0], i) * p.n * p.k;
      const gsize b = find_matrix (arguments->shape, arguments->input_shapes[1], i) * p.k * p.m;
      const double *gradient = arguments->gradient + i * p.n * p.m;

      if (arguments->input_gradients[0] != NULL)
        bp_product_compute (&(BpProduct) {
          .n = p.n, .k = p.m, .m = p.k,
          .a = gradient, .a_row = p.m, .a_term = 1,
          .b = arguments->inputs[1] + b, .b_term = 1, .b_column = p.m,
          .c = arguments->input_gradients[0] + a,
        }, BP_PRODUCT_ADD_SUMS);
      if (arguments->input_gradients[1] != NULL)
        bp_product_compute (&(BpProduct) {
          .n = p.k, .k = p.n, .m = p.m,
          .a = arguments->inputs[0] + a, .a_row = 1, .a_term = p.k,
          .b = gradient, .b_term = p.m, .b_column = 1,
          .c = arguments->input_gradients[1] + b,
        }, BP_PRODUCT_ADD);
    }
}

/* transpose */

/* All dimensions in reverse order, as tf.transpose() and NumPy do; of a matrix the usual transpose. */
gboolean
bp_op_transpose_shape (G_GNUC_UNUSED const BpOpAttributes *attributes,
                       const BpShape * const              *inputs,
                       BpShape                            *shape,
                       G_GNUC_UNUSED GError              **error)
{
  *shape = *inputs[0];
  for (guint d = 0; d < shape->rank; d++)
    shape->dims[d] = inputs[0]->dims[shape->rank - 1 - d];

  return TRUE;
}

/* Adds each element of @from, which has the shape @shape, to its place in @to, which has the dimensions reversed. */
static void
add_reversed (const BpShape *shape,
              const double  *from,
              double        *to)
{
  gsize size[BP_MAX_RANK], stride[BP_MAX_RANK];
  gsize length = 1;

  for (guint d = 0; d < BP_MAX_RANK; d++)
    {
      size[d] = d < shape->rank ? shape->dims[d] : 1;
      stride[d] = length;
      length *= size[d];
    }
  for (gsize i = 0; i < size[0]; i++)
    for (gsize j = 0; j < size[1]; j++)
      for (gsize k = 0; k < size[2]; k++)
        for (gsize l = 0; l < size[3]; l++)
          to[i * stride[0] + j * stride[1] + k * stride[2] + l * stride[3]] += *from++;
}

void
bp_op_transpose_forward (const BpOpArguments *arguments)
{
  memset (arguments->output, 0, bp_shape_get_n_elements (arguments->shape) * sizeof (double));
  add_reversed (arguments->input_shapes[0], arguments->inputs[0], arguments->output);
}

void
bp_op_transpose_backward (const BpOpArguments *arguments)
{
  if (arguments->input_gradients[0] != NULL)
    add_reversed (arguments->shape, arguments->gradient, arguments->input_gradients[0]);
}

/* expand_dims, reshape: another shape over the same elements */

gboolean
bp_op_expand_dims_shape (const BpOpAttributes  *attributes,
                         const BpShape * const *inputs,
                         BpShape               *shape,
                         GError               **error)
{
  const int rank = (int) inputs[0]->rank;
  const int axis = attributes->axis < 0 ? attributes->axis + rank + 1 : attributes->axis;
  guint64 dims[BP_MAX_RANK + 1];

  if (axis < 0 || axis > rank)
    {
      g_autofree char *text = bp_shape_to_string (inputs[0]);

      g_set_error (error, BP_ERROR, BP_ERROR_SHAPE,
                   _("shape %s has no place %d for another dimension; expected %d to %d"),
                   text, attributes->axis, -rank - 1, rank);
      return FALSE;
    }
  for (int d = 0; d <= rank; d++)
    dims[d] = d == axis ? 1 : inputs[0]->dims[d < axis ? d : d - 1];

  return bp_shape_init (shape, inputs[0]->rank + 1, dims, error);
}

/* As users write it: the open size is -1. */
static char *
target_to_string (const BpShape *target)
{
  GString *string = g_string_new ("[");

  for (guint d = 0; d < target->rank; d++)
    g_string_append_printf (string, "%s%" G_GINT64_FORMAT, d == 0 ? "" : ", ",
                            target->dims[d] == BP_OPEN_SIZE ? G_GINT64_CONSTANT (-1) : (gint64) target->dims[d]);
  g_string_append_c (string, ']');

  return g_string_free (string, FALSE);
}

gboolean
bp_op_reshape_shape (const BpOpAttributes  *attributes,
                     const BpShape * const *inputs,
                     BpShape               *shape,
                     GError               **error)
{
  const BpShape *target = &attributes->shape;
  const gsize n_elements = bp_shape_get_n_elements (inputs[0]);
  guint64 dims[BP_MAX_RANK] = { 0, };
  guint64 *open = NULL;
  gsize n_open = 0, known = 1;

  /* From the first size on that leaves no element over, what is known does not grow. */
  for (guint d = 0; d < MIN (target->rank, BP_MAX_RANK); d++)
    {
      dims[d] = target->dims[d];
      n_open += dims[d] == BP_OPEN_SIZE;
      open = dims[d] == BP_OPEN_SIZE ? &dims[d] : open;
      known *= dims[d] != BP_OPEN_SIZE && known <= n_elements ? dims[d] : 1;
    }

  if (n_open > 1)
    g_set_error_literal (error, BP_ERROR, BP_ERROR_SHAPE, _("a shape has at most one -1"));
  else if (target->rank <= BP_MAX_RANK && (n_open == 1 ? n_elements % known != 0 : n_elements != known))
    {
      g_autofree char *from = bp_shape_to_string (inputs[0]);
      g_autofree char *to = target_to_string (target);

      g_set_error (error, BP_ERROR, BP_ERROR_SHAPE,
                   _("shape %s cannot be reshaped to %s: the elements, %u in all, do not fit"),
                   from, to, (guint) n_elements);
    }
  else
    {
      if (open != NULL)
        *open = n_elements / known;
      return bp_shape_init (shape, target->rank, dims, error);
    }

  return FALSE;
}

void
bp_op_copy_forward (const BpOpArguments *arguments)
{
  memcpy (arguments->output, arguments->inputs[0], bp_shape_get_n_elements (arguments->shape) * sizeof (double));
}

void
bp_op_copy_backward (const BpOpArguments *arguments)
{
  const gsize n = bp_shape_get_n_elements (arguments->shape);
  double * restrict target = arguments->input_gradients[0];

  if (target == NULL)
    return;
  for (gsize i = 0; i < n; i++)
    target[i] += arguments->gradient[i];
}
