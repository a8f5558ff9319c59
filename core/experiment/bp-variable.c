/* bp-variable.c: where the elements of a variable start
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "experiment/bp-variable.h"

#include <glib/gi18n-lib.h>
#include <math.h>
#include <string.h>

#include "base/bp-error.h"
#include "base/bp-number.h"
#include "base/bp-random.h"
#include "base/bp-text.h"
#include "graph/bp-expression.h"

/* Of a normal distribution that is cut at two standard deviations, the standard deviation before the cut has to be
 * larger by 1/this. TensorFlow has the same digits. */
#define CUT_DEVIATION 0.87962566103423978
#define CUT 2

/* One draw in 22 is beyond the cut; that all of these are has a probability of 10⁻⁸⁵. */
#define MAX_DRAWS 64

BpVariable *
bp_variable_new (const char *name)
{
  BpVariable *self = g_new0 (BpVariable, 1);

  self->name = g_strdup (name);
  self->shape = (BpShape) { 1, { 1, 1, 1, 1 } };

  return self;
}

static double *
dup_given (const BpVariable *self)
{
  return self->given != NULL ? g_memdup2 (self->given, bp_shape_get_n_elements (&self->shape) * sizeof (double)) : NULL;
}

BpVariable *
bp_variable_copy (const BpVariable *variable)
{
  BpVariable *copy = g_memdup2 (variable, sizeof *variable);

  copy->name = g_strdup (variable->name);
  copy->given = dup_given (variable);

  return copy;
}

void
bp_variable_free (BpVariable *variable)
{
  g_free (variable->name);
  g_free (variable->given);
  g_free (variable);
}

/* Reading */

/* Reads "[0,1]" in [@start, @end). */
static gboolean
read_index (const BpVariable *self,
            const char       *start,
            const char       *end,
            gsize            *element,
            GError          **error)
{
  g_autofree char *text = g_strchomp (g_strndup (start, (gsize) (end - start)));
  g_autofree char *quoted = bp_text_quote (text, -1);
  g_autofree char *shape = bp_shape_to_string (&self->shape);
  const char *next = text;
  guint rank = 0;

  *element = 0;
  while (*next == (rank == 0 ? '[' : ',') && rank < self->shape.rank)
    {
      char *after;

      next += 1 + strspn (next + 1, " ");
      if (!g_ascii_isdigit (*next))
        break;

      guint64 index = g_ascii_strtoull (next, &after, 10);

      if (index >= self->shape.dims[rank])
        break;
      *element = *element * self->shape.dims[rank] + (gsize) index;
      rank++;
      next = after + strspn (after, " ");
    }

  if (rank > 0 && rank == self->shape.rank && g_str_equal (next, "]"))
    return TRUE;

  g_set_error (error, BP_ERROR, BP_ERROR_VALUE,
               _("“%s” has shape %s and no element “%s”; indices count from 0, such as in W[0,1]"), self->name, shape,
               quoted);

  return FALSE;
}

static void
set_element (BpVariable *self,
             gsize       element,
             double      value)
{
  gsize n = bp_shape_get_n_elements (&self->shape);

  if (self->given == NULL)
    {
      self->given = g_new (double, n);
      for (gsize i = 0; i < n; i++)
        self->given[i] = NAN;
    }
  self->given[element] = value;
}

gboolean
bp_variable_set_element (BpVariable *variable,
                         const char *index,
                         double      value,
                         GError    **error)
{
  gsize element;

  g_return_val_if_fail (variable != NULL && index != NULL, FALSE);

  if (!read_index (variable, index, index + strlen (index), &element, error))
    return FALSE;
  set_element (variable, element, value);

  return TRUE;
}

static gboolean
fail_at (const char *text,
         const char *where,
         GError    **error)
{
  return bp_error_set_column (error, (gsize) g_utf8_pointer_to_offset (text, where) + 1);
}

/* Reads "; [0,1]=3; [1,1]=2" from @next to the end. */
static gboolean
read_elements (BpVariable *self,
               const char *text,
               const char *next,
               GError    **error)
{
  while (*next == ';')
    {
      const char *start = next + 1 + strspn (next + 1, " \t");
      const char *end = start + strcspn (start, ";");
      const char *equals = memchr (start, '=', (gsize) (end - start));
      g_autofree char *number = equals != NULL ? g_strndup (equals + 1, (gsize) (end - equals - 1)) : NULL;
      gsize element;
      double value;

      if (equals == NULL)
        {
          g_set_error_literal (error, BP_ERROR, BP_ERROR_SYNTAX, _("an element such as [0,1]=3 was expected"));
          return fail_at (text, start, error);
        }
      if (!read_index (self, start, equals, &element, error))
        return fail_at (text, start, error);
      if (!bp_number_parse (number, &value, error))
        return fail_at (text, equals + 1, error);

      set_element (self, element, value);
      next = end;
    }

  return TRUE;
}

/* Reads "[[1, 2], [3, 4]]" up to @end. */
static gboolean
read_given (BpVariable *self,
            const char *text,
            const char *end,
            GError    **error)
{
  g_autofree char *literal = g_strndup (text, (gsize) (end - text));

  self->given = bp_expression_parse_literal (literal, &self->shape, error);

  return self->given != NULL;
}

/* Reads "normal(0, 1) [2, 2]" up to @end. */
static gboolean
read_drawn (BpVariable *self,
            const char *text,
            const char *end,
            GError    **error)
{
  g_autofree char *start = g_strndup (text, (gsize) (end - text));
  const char *shape = start;

  if (!bp_distribution_scan (start, &shape, '[', TRUE, &self->initial, error))
    return FALSE;
  if (*shape == '\0' || bp_shape_parse (shape, &self->shape, error))
    return TRUE;

  return fail_at (start, shape, error);
}

gboolean
bp_variable_parse (BpVariable *variable,
                   const char *text,
                   GError    **error)
{
  const char *end;

  g_return_val_if_fail (variable != NULL && text != NULL, FALSE);

  end = text + strcspn (text, ";");
  if (text[strspn (text, " \t")] == '[' ? !read_given (variable, text, end, error)
                                        : !read_drawn (variable, text, end, error))
    return FALSE;

  return read_elements (variable, text, end, error);
}

gboolean
bp_variable_set_start (BpVariable *variable,
                       const char *text,
                       GError    **error)
{
  g_autoptr (BpVariable) read = NULL;
  g_autofree char *expected = NULL;
  g_autofree char *shape = NULL;

  g_return_val_if_fail (variable != NULL && text != NULL, FALSE);

  read = bp_variable_copy (variable);
  g_clear_pointer (&read->given, g_free);
  if (!bp_variable_parse (read, text, error))
    return FALSE;

  if (!bp_shape_equal (&read->shape, &variable->shape))
    {
      expected = bp_shape_to_string (&variable->shape);
      shape = bp_shape_to_string (&read->shape);
      g_set_error (error, BP_ERROR, BP_ERROR_SHAPE, _("the shape is %s, but that of “%s” is %s"), shape, variable->name,
                   expected);
      return FALSE;
    }

  variable->initial = read->initial;
  g_free (variable->given);
  variable->given = g_steal_pointer (&read->given);

  return TRUE;
}

/* Writing */

static gsize
count_given (const BpVariable *self)
{
  gsize n = self->given != NULL ? bp_shape_get_n_elements (&self->shape) : 0;
  gsize n_given = 0;

  for (gsize i = 0; i < n; i++)
    n_given += !isnan (self->given[i]);

  return n_given;
}

static char *
to_string (const BpVariable *self,
           gboolean          has_shape)
{
  gsize n = bp_shape_get_n_elements (&self->shape);
  gsize n_given = count_given (self);
  g_autoptr (GString) text = g_string_new (NULL);
  g_autofree char *initial = NULL;
  g_autofree char *shape = NULL;

  if (n_given == n && self->shape.rank > 0)
    return bp_expression_literal_to_string (&self->shape, self->given);

  initial = bp_distribution_to_string (&self->initial);
  shape = bp_shape_to_string (&self->shape);
  g_string_append (text, initial);
  if (has_shape && !(self->shape.rank == 1 && n == 1))
    g_string_append_printf (text, " %s", shape);
  for (gsize i = 0; n_given > 0 && i < n; i++)
    if (!isnan (self->given[i]))
      {
        g_autofree char *index = bp_shape_index_to_string (&self->shape, i);
        g_autofree char *value = bp_number_to_shortest (self->given[i]);

        g_string_append_printf (text, "; %s=%s", index, value);
      }

  return g_string_free (g_steal_pointer (&text), FALSE);
}

char *
bp_variable_get_start (const BpVariable *variable)
{
  g_return_val_if_fail (variable != NULL, NULL);

  return to_string (variable, FALSE);
}

char *
bp_variable_to_string (const BpVariable *variable)
{
  g_return_val_if_fail (variable != NULL, NULL);

  return to_string (variable, TRUE);
}

/* Drawing */

/* What the variance is 1 to: see bp_variable_draw(). */
static double
get_fan (const BpVariable *self)
{
  const BpShape *shape = &self->shape;
  gboolean is_glorot = self->initial.kind == BP_DISTRIBUTION_GLOROT_UNIFORM
                       || self->initial.kind == BP_DISTRIBUTION_GLOROT_NORMAL;
  double field = 1, in, out;

  for (guint d = 0; d + 2 < shape->rank; d++)
    field *= shape->dims[d];
  in = field * (shape->rank >= 2 ? shape->dims[shape->rank - 2] : shape->dims[0]);
  out = field * (shape->rank >= 2 ? shape->dims[shape->rank - 1] : shape->dims[0]);

  return is_glorot ? (in + out) / 2 : in / 2;
}

/* As the normal distribution is drawn from, but once more where that is beyond the cut. */
static double
draw_cut_normal (guint64 key,
                 gsize   element)
{
  const guint64 own_key = bp_random_bits (key, element);
  double draw = 0;

  for (guint i = 0; i < MAX_DRAWS; i++)
    {
      draw = bp_random_normal (own_key, i);
      if (fabs (draw) <= CUT)
        break;
    }

  return CLAMP (draw, -CUT, CUT);
}

double
bp_variable_draw (const BpVariable *variable,
                  guint64           key,
                  gsize             element)
{
  BpDistribution drawn;

  g_return_val_if_fail (variable != NULL, 0);

  if (variable->given != NULL && !isnan (variable->given[element]))
    return variable->given[element];

  switch ((int) variable->initial.kind)
    {
    case BP_DISTRIBUTION_GLOROT_UNIFORM:
    case BP_DISTRIBUTION_HE_UNIFORM:
      drawn = (BpDistribution) { .kind = BP_DISTRIBUTION_UNIFORM, .b = sqrt (3 / get_fan (variable)) };
      drawn.a = -drawn.b;
      return bp_distribution_draw (&drawn, key, element);
    case BP_DISTRIBUTION_GLOROT_NORMAL:
    case BP_DISTRIBUTION_HE_NORMAL:
      return sqrt (1 / get_fan (variable)) / CUT_DEVIATION * draw_cut_normal (key, element);
    default:
      return bp_distribution_draw (&variable->initial, key, element);
    }
}
