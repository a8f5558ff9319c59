/* bp-op-loops.c: tensor loops of the elementwise ops, most of them made from the rows of bp-op-derivatives.h
 *
 * The loops are written once, with the formula as a function that is inlined. Inputs of equal shapes, or one of them
 * a scalar, are a single run over the memory; other broadcasts are one run per place of the outer dimensions.
 *
 * Compilers make vectors of the loops, and where the processor may have longer ones they are compiled for those too. An
 * element has the same bits with both, for neither fuses or reorders what the formula says.
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "graph/bp-op-kernels.h"

#include <glib/gi18n-lib.h>
#include <string.h>

#include "base/bp-error.h"
#include "base/bp-number.h"

#define TILE 512

typedef double (*Formula) (double a,
                           double b);

typedef double (*Derivative) (double a,
                              double b,
                              double y);

/* One input */

G_ALWAYS_INLINE static inline void
forward_unary (const BpOpArguments *arguments,
               Formula              formula)
{
  const gsize n = bp_shape_get_n_elements (arguments->shape);
  const double *a = arguments->inputs[0];
  double * restrict y = arguments->output;

  for (gsize i = 0; i < n; i++)
    y[i] = formula (a[i], 0);
}

G_ALWAYS_INLINE static inline void
backward_unary (const BpOpArguments *arguments,
                Derivative           derivative)
{
  const gsize n = bp_shape_get_n_elements (arguments->shape);
  const double *a = arguments->inputs[0];
  const double *y = arguments->output;
  const double *gradient = arguments->gradient;
  double * restrict target = arguments->input_gradients[0];

  if (target == NULL)
    return;
  for (gsize i = 0; i < n; i++)
    target[i] += gradient[i] * derivative (a[i], 0, y[i]);
}

/* Several inputs */

/* A walk over the runs of the output: where one starts, in elements. */
typedef struct {
  gsize output;
  gsize input[BP_MAX_INPUTS];
  gsize place[BP_MAX_RANK - 1];
} Walk;

/* Whether a dimension of these strides continues the one inside it, so that they are walked as one. */
static gboolean
continues (const BpBroadcast *broadcast,
           const guint32      stride[BP_MAX_INPUTS])
{
  const guint32 *inner = broadcast->n_outer == 0 ? broadcast->step : broadcast->stride[broadcast->n_outer - 1];
  const guint32 size = broadcast->n_outer == 0 ? broadcast->n : broadcast->size[broadcast->n_outer - 1];

  for (guint i = 0; i < BP_MAX_INPUTS; i++)
    if (stride[i] != inner[i] * size)
      return FALSE;

  return TRUE;
}

static void
add_dimension (BpBroadcast   *broadcast,
               guint32        size,
               const guint32  stride[BP_MAX_INPUTS])
{
  if (broadcast->n == 1)
    {
      broadcast->n = size;
      memcpy (broadcast->step, stride, sizeof broadcast->step);
    }
  else if (continues (broadcast, stride))
    {
      *(broadcast->n_outer == 0 ? &broadcast->n : &broadcast->size[broadcast->n_outer - 1]) *= size;
    }
  else
    {
      broadcast->size[broadcast->n_outer] = size;
      memcpy (broadcast->stride[broadcast->n_outer++], stride, sizeof broadcast->stride[0]);
    }
}

void
bp_op_plan (BpOpArguments *arguments)
{
  const BpShape *shape = arguments->shape;
  BpBroadcast *broadcast = &arguments->broadcast;
  guint32 length[BP_MAX_INPUTS] = { 1, 1, 1 };

  *broadcast = (BpBroadcast) { .n = 1, .step = { 1, 1, 1 } };
  for (guint d = 0; d < shape->rank; d++)
    {
      guint32 stride[BP_MAX_INPUTS];

      for (guint i = 0; i < BP_MAX_INPUTS; i++)
        {
          const BpShape *input = arguments->input_shapes[i];
          const guint32 size = input != NULL && d < input->rank ? input->dims[input->rank - 1 - d] : 1;

          stride[i] = size == 1 ? 0 : length[i];
          length[i] *= size;
        }
      if (shape->dims[shape->rank - 1 - d] > 1)
        add_dimension (broadcast, shape->dims[shape->rank - 1 - d], stride);
    }
}

static gboolean
go_on (Walk              *walk,
       const BpBroadcast *broadcast)
{
  walk->output += broadcast->n;
  for (guint d = 0; d < broadcast->n_outer; d++)
    {
      const guint32 *stride = broadcast->stride[d];
      const gsize size = broadcast->size[d];

      for (guint i = 0; i < BP_MAX_INPUTS; i++)
        walk->input[i] += stride[i];
      if (++walk->place[d] < size)
        return TRUE;
      for (guint i = 0; i < BP_MAX_INPUTS; i++)
        walk->input[i] -= stride[i] * size;
      walk->place[d] = 0;
    }

  return FALSE;
}

G_ALWAYS_INLINE static inline void
forward_run (gsize         n,
             gsize         step_a,
             gsize         step_b,
             const double *a,
             const double *b,
             double       *output,
             Formula       formula)
{
  double * restrict y = output;

  for (gsize i = 0; i < n; i++)
    y[i] = formula (a[i * step_a], b[i * step_b]);
}

/* The steps become constants of the loop, which the compiler can then make vectors of. */
G_ALWAYS_INLINE static inline void
forward_binary (const BpOpArguments *arguments,
                Formula              formula)
{
  const BpBroadcast *broadcast = &arguments->broadcast;
  Walk walk = { 0 };

  do
    {
      const double *a = arguments->inputs[0] + walk.input[0];
      const double *b = arguments->inputs[1] + walk.input[1];
      double *y = arguments->output + walk.output;

      if (broadcast->step[0] == 0)
        forward_run (broadcast->n, 0, 1, a, b, y, formula);
      else if (broadcast->step[1] == 0)
        forward_run (broadcast->n, 1, 0, a, b, y, formula);
      else
        forward_run (broadcast->n, 1, 1, a, b, y, formula);
    }
  while (go_on (&walk, broadcast));
}

/* The sum of gradient times derivative along a run, in tiles that fit into the cache between the two. */
G_ALWAYS_INLINE static inline double
sum_run (gsize         n,
         gsize         step_a,
         gsize         step_b,
         const double *a,
         const double *b,
         const double *y,
         const double *gradient,
         Derivative    derivative)
{
  double tile[TILE];
  double sum = 0;

  for (gsize start = 0; start < n; start += TILE)
    {
      const gsize end = MIN (n - start, TILE);

      for (gsize i = 0; i < end; i++)
        tile[i] = gradient[start + i] * derivative (a[(start + i) * step_a], b[(start + i) * step_b], y[start + i]);
      sum += bp_sum (tile, end);
    }

  return sum;
}

/* An input that does not advance along the run was stretched over it: it gets the sum. */
G_ALWAYS_INLINE static inline void
backward_run (const BpOpArguments *arguments,
              const Walk          *walk,
              guint                input,
              gsize                step_a,
              gsize                step_b,
              Derivative           derivative)
{
  const gsize n = arguments->broadcast.n;
  const double *a = arguments->inputs[0] + walk->input[0];
  const double *b = arguments->inputs[1] + walk->input[1];
  const double *y = arguments->output + walk->output;
  const double *gradient = arguments->gradient + walk->output;
  double * restrict target = arguments->input_gradients[input] + walk->input[input];

  if ((input == 0 ? step_a : step_b) == 0)
    *target += sum_run (n, step_a, step_b, a, b, y, gradient, derivative);
  else
    for (gsize i = 0; i < n; i++)
      target[i] += gradient[i] * derivative (a[i * step_a], b[i * step_b], y[i]);
}

G_ALWAYS_INLINE static inline void
backward_input (const BpOpArguments *arguments,
                guint                input,
                Derivative           derivative)
{
  const BpBroadcast *broadcast = &arguments->broadcast;
  Walk walk = { 0 };

  if (arguments->input_gradients[input] == NULL)
    return;
  do
    {
      if (broadcast->step[0] == 0)
        backward_run (arguments, &walk, input, 0, 1, derivative);
      else if (broadcast->step[1] == 0)
        backward_run (arguments, &walk, input, 1, 0, derivative);
      else
        backward_run (arguments, &walk, input, 1, 1, derivative);
    }
  while (go_on (&walk, broadcast));
}

/* The kernels */

#if defined __x86_64__ && defined __GNUC__
/* Upper halves of vectors that are left in use slow down what is not compiled for them. Compilers clear them, but gcc
 * 12 not after a call to a function that it knows. */
#define KERNEL(name, ...) \
  __attribute__ ((target ("avx2"))) static void \
  name##_avx2 (const BpOpArguments *arguments) \
  { \
    __VA_ARGS__ \
    __builtin_ia32_vzeroupper (); \
  } \
 \
  static void \
  name##_any (const BpOpArguments *arguments) \
  { \
    __VA_ARGS__ \
  } \
 \
  void \
  bp_op_##name (const BpOpArguments *arguments) \
  { \
    if (__builtin_cpu_supports ("avx2")) \
      name##_avx2 (arguments); \
    else \
      name##_any (arguments); \
  }
#else
#define KERNEL(name, ...) \
  void \
  bp_op_##name (const BpOpArguments *arguments) \
  { \
    __VA_ARGS__ \
  }
#endif

#define OP1(ID, name, ...) \
  KERNEL (name##_forward, forward_unary (arguments, value_##name);) \
  KERNEL (name##_backward, backward_unary (arguments, derivative_##name##_0);)

#define OP1_FLAT(ID, name, ...) \
  KERNEL (name##_forward, forward_unary (arguments, value_##name);)

#define OP1_CALL(ID, name, ...) \
  KERNEL (name##_backward, backward_unary (arguments, derivative_##name##_0);)

#define OP2(ID, name, ...) \
  KERNEL (name##_forward, forward_binary (arguments, value_##name);) \
  KERNEL (name##_backward, \
          backward_input (arguments, 0, derivative_##name##_0); \
          backward_input (arguments, 1, derivative_##name##_1);)

#define OP2_FLAT(ID, name, ...) \
  KERNEL (name##_forward, forward_binary (arguments, value_##name);)

#include "graph/bp-op-derivatives.h"

/* Ops with attributes */

gboolean
bp_op_clip_by_value_shape (const BpOpAttributes  *attributes,
                           const BpShape * const *inputs,
                           BpShape               *shape,
                           GError               **error)
{
  *shape = *inputs[0];
  if (attributes->least <= attributes->greatest)
    return TRUE;

  g_autofree char *least = bp_number_to_shortest (attributes->least);
  g_autofree char *greatest = bp_number_to_shortest (attributes->greatest);

  g_set_error (error, BP_ERROR, BP_ERROR_VALUE, _("min is %s and max is %s: nothing lies between them"), least,
               greatest);

  return FALSE;
}

void
bp_op_clip_by_value_forward (const BpOpArguments *arguments)
{
  const gsize n = bp_shape_get_n_elements (arguments->shape);
  const double least = arguments->attributes->least, greatest = arguments->attributes->greatest;
  const double *a = arguments->inputs[0];

  for (gsize i = 0; i < n; i++)
    arguments->output[i] = a[i] < least ? least : a[i] > greatest ? greatest : a[i];
}

/* where */

void
bp_op_where_forward (const BpOpArguments *arguments)
{
  const BpBroadcast *broadcast = &arguments->broadcast;
  const guint32 *step = broadcast->step;
  Walk walk = { 0 };

  do
    {
      const double *condition = arguments->inputs[0] + walk.input[0];
      const double *a = arguments->inputs[1] + walk.input[1];
      const double *b = arguments->inputs[2] + walk.input[2];

      for (gsize i = 0; i < broadcast->n; i++)
        arguments->output[walk.output + i] = condition[i * step[0]] != 0 ? a[i * step[1]] : b[i * step[2]];
    }
  while (go_on (&walk, broadcast));
}

void
bp_op_where_backward (const BpOpArguments *arguments)
{
  const BpBroadcast *broadcast = &arguments->broadcast;
  const guint32 *step = broadcast->step;
  Walk walk = { 0 };

  do
    for (gsize i = 0; i < broadcast->n; i++)
      {
        const guint chosen = arguments->inputs[0][walk.input[0] + i * step[0]] != 0 ? 1 : 2;

        if (arguments->input_gradients[chosen] != NULL)
          arguments->input_gradients[chosen][walk.input[chosen] + i * step[chosen]]
            += arguments->gradient[walk.output + i];
      }
  while (go_on (&walk, broadcast));
}
