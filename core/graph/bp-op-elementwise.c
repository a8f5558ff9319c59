/* bp-op-elementwise.c: tensor loops of the elementwise ops, made from the rows of bp-op-formulas.h
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

/* Two inputs */

/* A walk over the output in runs of n elements, along which an input advances by its step, 0 or 1. */
typedef struct {
  gsize n;
  gsize step[2];
  guint n_outer;             /* dimensions outside the runs, innermost first */
  gsize size[BP_MAX_RANK];
  gsize stride[2][BP_MAX_RANK];
  gsize place[BP_MAX_RANK];
  gsize output;              /* where the run starts, in elements */
  gsize input[2];
} Broadcast;

/* Whether a dimension of these strides continues the one inside it, so that both are walked as one. */
static gboolean
continues (const Broadcast *walk,
           const gsize      stride[2])
{
  gsize size = walk->n_outer == 0 ? walk->n : walk->size[walk->n_outer - 1];

  for (guint i = 0; i < 2; i++)
    {
      gsize inner = walk->n_outer == 0 ? walk->step[i] : walk->stride[i][walk->n_outer - 1];

      if (stride[i] != inner * size)
        return FALSE;
    }

  return TRUE;
}

static void
add_dimension (Broadcast   *walk,
               gsize        size,
               const gsize  stride[2])
{
  if (walk->n == 1)
    {
      walk->n = size;
      walk->step[0] = stride[0];
      walk->step[1] = stride[1];
    }
  else if (continues (walk, stride))
    {
      *(walk->n_outer == 0 ? &walk->n : &walk->size[walk->n_outer - 1]) *= size;
    }
  else
    {
      walk->size[walk->n_outer] = size;
      walk->stride[0][walk->n_outer] = stride[0];
      walk->stride[1][walk->n_outer] = stride[1];
      walk->n_outer++;
    }
}

static Broadcast
broadcast_start (const BpOpArguments *arguments)
{
  const BpShape *shape = arguments->shape;
  Broadcast walk = { .n = 1, .step = { 1, 1 } };
  gsize length[2] = { 1, 1 };

  for (guint d = 0; d < shape->rank; d++)
    {
      gsize stride[2];

      for (guint i = 0; i < 2; i++)
        {
          const BpShape *input = arguments->input_shapes[i];
          gsize size = d < input->rank ? input->dims[input->rank - 1 - d] : 1;

          stride[i] = size == 1 ? 0 : length[i];
          length[i] *= size;
        }
      if (shape->dims[shape->rank - 1 - d] > 1)
        add_dimension (&walk, shape->dims[shape->rank - 1 - d], stride);
    }

  return walk;
}

static gboolean
broadcast_next (Broadcast *walk)
{
  walk->output += walk->n;
  for (guint d = 0; d < walk->n_outer; d++)
    {
      walk->input[0] += walk->stride[0][d];
      walk->input[1] += walk->stride[1][d];
      if (++walk->place[d] < walk->size[d])
        return TRUE;
      walk->input[0] -= walk->stride[0][d] * walk->size[d];
      walk->input[1] -= walk->stride[1][d] * walk->size[d];
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
  Broadcast walk = broadcast_start (arguments);

  do
    {
      const double *a = arguments->inputs[0] + walk.input[0];
      const double *b = arguments->inputs[1] + walk.input[1];
      double *y = arguments->output + walk.output;

      if (walk.step[0] == 0)
        forward_run (walk.n, 0, 1, a, b, y, formula);
      else if (walk.step[1] == 0)
        forward_run (walk.n, 1, 0, a, b, y, formula);
      else
        forward_run (walk.n, 1, 1, a, b, y, formula);
    }
  while (broadcast_next (&walk));
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
              const Broadcast     *walk,
              guint                input,
              gsize                step_a,
              gsize                step_b,
              Derivative           derivative)
{
  const double *a = arguments->inputs[0] + walk->input[0];
  const double *b = arguments->inputs[1] + walk->input[1];
  const double *y = arguments->output + walk->output;
  const double *gradient = arguments->gradient + walk->output;
  double * restrict target = arguments->input_gradients[input] + walk->input[input];

  if ((input == 0 ? step_a : step_b) == 0)
    *target += sum_run (walk->n, step_a, step_b, a, b, y, gradient, derivative);
  else
    for (gsize i = 0; i < walk->n; i++)
      target[i] += gradient[i] * derivative (a[i * step_a], b[i * step_b], y[i]);
}

G_ALWAYS_INLINE static inline void
backward_input (const BpOpArguments *arguments,
                guint                input,
                Derivative           derivative)
{
  Broadcast walk;

  if (arguments->input_gradients[input] == NULL)
    return;
  walk = broadcast_start (arguments);
  do
    {
      if (walk.step[0] == 0)
        backward_run (arguments, &walk, input, 0, 1, derivative);
      else if (walk.step[1] == 0)
        backward_run (arguments, &walk, input, 1, 0, derivative);
      else
        backward_run (arguments, &walk, input, 1, 1, derivative);
    }
  while (broadcast_next (&walk));
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

#include "graph/bp-op-formulas.h"

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
