/* bp-distribution.c: where numbers are drawn from
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "experiment/bp-dataset.h"

#include "base/bp-error.h"
#include "base/bp-nearest.h"
#include "base/bp-number.h"
#include "base/bp-random.h"
#include "base/bp-text.h"

#include <glib/gi18n-lib.h>
#include <math.h>
#include <string.h>

typedef struct {
  const char *text;
  const char *next; /* what is not yet read; never a blank */
  gboolean    has_shape;
  GError    **error;
} Parser;

/* In the order of BpDistributionKind, without the constant. */
static const char * const names[] = {
  "normal", "uniform", "glorot_uniform", "glorot_normal", "he_uniform", "he_normal", NULL
};

static gboolean
fail (Parser     *self,
      const char *where,
      BpError     code,
      const char *message)
{
  /* What was read so far is ASCII, so that bytes are characters. */
  g_set_error_literal (self->error, BP_ERROR, code, message);

  return bp_error_set_column (self->error, (gsize) (where - self->text) + 1);
}

static void
skip_to (Parser     *self,
         const char *next)
{
  while (g_ascii_isspace (*next))
    next++;

  self->next = next;
}

static gboolean
take (Parser *self,
      char    c)
{
  if (*self->next != c)
    return FALSE;

  skip_to (self, self->next + 1);

  return TRUE;
}

static gboolean
read_number (Parser *self,
             double *number)
{
  const char *start = self->next;
  const char *end = bp_number_scan (start, number);

  if (end == NULL)
    return fail (self, start, BP_ERROR_SYNTAX, _("a number was expected"));
  if (!isfinite (*number))
    return fail (self, start, BP_ERROR_VALUE, _("the number is too large"));

  skip_to (self, end);

  return TRUE;
}

static gboolean
read_count (Parser *self,
            gsize  *count)
{
  const char *start = self->next;
  char *end;

  if (!g_ascii_isdigit (*start))
    return fail (self, start, BP_ERROR_SYNTAX, _("a whole number of samples was expected"));

  guint64 number = g_ascii_strtoull (start, &end, 10);

  if (number < 1 || number > BP_MAX_SAMPLES)
    {
      g_autofree char *message = g_strdup_printf (_("the number of samples must be from 1 to %d"), BP_MAX_SAMPLES);

      return fail (self, start, BP_ERROR_VALUE, message);
    }

  *count = (gsize) number;
  skip_to (self, end);

  return TRUE;
}

/* The number has been found to start here: "10" or "0 x 50". */
static gboolean
read_constant (Parser         *self,
               BpDistribution *distribution)
{
  distribution->kind = BP_DISTRIBUTION_CONSTANT;

  if (!read_number (self, &distribution->a))
    return FALSE;

  return !take (self, 'x') || read_count (self, &distribution->count);
}

static gboolean
read_arguments (Parser         *self,
                BpDistribution *distribution)
{
  if (!take (self, '('))
    return fail (self, self->next, BP_ERROR_SYNTAX, _("“(” was expected"));
  if (!read_number (self, &distribution->a))
    return FALSE;
  if (!take (self, ','))
    return fail (self, self->next, BP_ERROR_SYNTAX, _("“,” and a second number were expected"));

  const char *second = self->next;

  if (!read_number (self, &distribution->b))
    return FALSE;
  if (distribution->kind == BP_DISTRIBUTION_NORMAL && distribution->b < 0)
    return fail (self, second, BP_ERROR_VALUE, _("the standard deviation must not be negative"));
  if (distribution->kind == BP_DISTRIBUTION_UNIFORM && distribution->b < distribution->a)
    return fail (self, second, BP_ERROR_VALUE, _("the upper bound must not be less than the lower bound"));
  if (distribution->kind == BP_DISTRIBUTION_UNIFORM && !isfinite (distribution->b - distribution->a))
    return fail (self, second, BP_ERROR_VALUE, _("the bounds are too far apart"));

  if (take (self, ',') && !read_count (self, &distribution->count))
    return FALSE;
  if (!take (self, ')'))
    return fail (self, self->next, BP_ERROR_SYNTAX,
                 distribution->count == 0 ? _("“,” or “)” was expected") : _("“)” was expected"));

  return TRUE;
}

static gboolean
fail_unknown (Parser     *self,
              const char *name)
{
  g_autofree char *quoted = bp_text_quote (name, -1);
  g_autofree char *message = NULL;

  if (self->has_shape)
    {
      message = g_strdup_printf (_("there is no distribution “%s”"), quoted);
      bp_nearest_set_error (self->error, message, name, names);
      return bp_error_set_column (self->error, (gsize) (self->next - self->text) + 1);
    }

  message = g_strdup_printf (_("there is no distribution “%s”; a number, normal(…) or uniform(…) was expected"),
                             quoted);

  return fail (self, self->next, BP_ERROR_UNKNOWN, message);
}

/* Reads "()". */
static gboolean
read_no_arguments (Parser     *self,
                   const char *name)
{
  if (take (self, '(') && take (self, ')'))
    return TRUE;

  g_autofree char *message = g_strdup_printf (_("%s() takes no arguments, but goes by the shape after it"), name);

  return fail (self, self->next, BP_ERROR_SYNTAX, message);
}

static gboolean
read_call (Parser         *self,
           BpDistribution *distribution)
{
  const char *start = self->next;
  gsize length = 0;
  guint kind = BP_DISTRIBUTION_NORMAL;

  while (g_ascii_isalnum (start[length]) || start[length] == '_')
    length++;

  if (length == 0)
    return fail (self, start, BP_ERROR_SYNTAX, _("a number, normal(…) or uniform(…) was expected"));

  g_autofree char *name = g_strndup (start, length);

  while (kind < BP_N_DISTRIBUTIONS && !g_str_equal (names[kind - 1], name))
    kind++;
  if (kind == BP_N_DISTRIBUTIONS)
    return fail_unknown (self, name);

  distribution->kind = kind;
  if (kind >= BP_DISTRIBUTION_GLOROT_UNIFORM && !self->has_shape)
    {
      g_autofree char *message = g_strdup_printf (_("%s() goes by the shape of a variable; samples have none"), name);

      return fail (self, start, BP_ERROR_VALUE, message);
    }
  skip_to (self, start + length);

  return kind >= BP_DISTRIBUTION_GLOROT_UNIFORM ? read_no_arguments (self, name) : read_arguments (self, distribution);
}

gboolean
bp_distribution_scan (const char     *text,
                      const char    **next,
                      char            stop,
                      gboolean        has_shape,
                      BpDistribution *distribution,
                      GError        **error)
{
  g_return_val_if_fail (text != NULL && next != NULL, FALSE);
  g_return_val_if_fail (distribution != NULL, FALSE);

  Parser parser = { .text = text, .has_shape = has_shape, .error = error };
  BpDistribution result = { 0 };

  skip_to (&parser, *next);

  const char *start = parser.next;
  gboolean is_call = g_ascii_isalpha (*start) || *start == '_';
  gboolean is_number = *start != '\0' && strchr ("+-.0123456789", *start) != NULL;

  if (is_number ? !read_constant (&parser, &result) : !read_call (&parser, &result))
    return FALSE;
  if (is_number && bp_number_set_comma_error (start, error))
    return bp_error_set_column (error, (gsize) (start - text) + 1);
  if (*parser.next != '\0' && *parser.next != stop)
    return fail (&parser, parser.next, BP_ERROR_SYNTAX,
                 is_call || result.count > 0 ? _("the end was expected")
                                             : _("“x” and a number of samples, or the end, was expected"));

  *next = parser.next;
  *distribution = result;

  return TRUE;
}

gboolean
bp_distribution_parse (const char     *text,
                       BpDistribution *distribution,
                       GError        **error)
{
  return bp_distribution_scan (text, &text, '\0', FALSE, distribution, error);
}

char *
bp_distribution_to_string (const BpDistribution *distribution)
{
  g_return_val_if_fail (distribution != NULL, NULL);

  g_autofree char *a = bp_number_to_shortest (distribution->a);
  g_autofree char *b = bp_number_to_shortest (distribution->b);
  GString *string = g_string_new (NULL);

  if (distribution->kind == BP_DISTRIBUTION_CONSTANT)
    {
      g_string_append (string, a);
      if (distribution->count > 0)
        g_string_append_printf (string, " x %zu", distribution->count);
      return g_string_free (string, FALSE);
    }

  g_string_append_printf (string, "%s(", names[distribution->kind - 1]);
  if (distribution->kind < BP_DISTRIBUTION_GLOROT_UNIFORM)
    g_string_append_printf (string, "%s, %s", a, b);
  if (distribution->count > 0)
    g_string_append_printf (string, ", %zu", distribution->count);
  g_string_append_c (string, ')');

  return g_string_free (string, FALSE);
}

double
bp_distribution_draw (const BpDistribution *distribution,
                      guint64               key,
                      guint64               counter)
{
  g_return_val_if_fail (distribution != NULL, 0);

  double a = distribution->a;
  double b = distribution->b;

  switch (distribution->kind)
    {
    case BP_DISTRIBUTION_NORMAL:
      return a + b * bp_random_normal (key, counter);
    case BP_DISTRIBUTION_UNIFORM:
      return MIN (a + (b - a) * bp_random_uniform (key, counter), b);
    case BP_DISTRIBUTION_CONSTANT:
    default:
      return a;
    }
}
