/* bp-expression-literal.c: vectors and matrices that are written out, such as [[1, 2], [3, 4]]
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "graph/bp-expression-private.h"

#include <glib/gi18n-lib.h>

#include "base/bp-error.h"
#include "base/bp-number.h"
#include "graph/bp-expression.h"

/* The numbers read so far, and the shape as far as it is known: a size of 0 is not. */
typedef struct {
  GArray  *values;
  guint    rank;
  guint64  dims[BP_MAX_RANK];
} Literal;

static void
literal_clear (Literal *literal)
{
  g_clear_pointer (&literal->values, g_array_unref);
}

G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (Literal, literal_clear)

static gboolean
fail_shape (BpParser      *self,
            const BpToken *token,
            const char    *message,
            GError       **error)
{
  g_set_error_literal (error, BP_ERROR, BP_ERROR_SHAPE, message);
  bp_parser_fail (self, token, error);

  return FALSE;
}

static gboolean
parse_element (BpParser *self,
               Literal  *literal,
               guint     depth,
               GError  **error)
{
  double number;

  if (literal->rank == 0)
    literal->rank = depth;
  if (literal->rank != depth)
    return fail_shape (self, bp_parser_peek (self, 0), _("a row in brackets was expected, as before"), error);
  if (!bp_parser_parse_limit (self, &number, error))
    return FALSE;
  g_array_append_val (literal->values, number);

  return TRUE;
}

static gboolean
check_size (BpParser      *self,
            const BpToken *start,
            guint64       *size,
            guint          n,
            GError       **error)
{
  if (*size == 0)
    *size = n;
  if (*size == n)
    return TRUE;

  g_set_error (error, BP_ERROR, BP_ERROR_SHAPE,
               _("this row has length %u, but the first has length %u; all rows must be equally long"), n,
               (guint) *size);
  bp_parser_fail (self, start, error);

  return FALSE;
}

/* Reads '[' item { ',' item } ']', where all items are numbers or all are in brackets themselves. */
static gboolean
parse_row (BpParser *self,
           Literal  *literal,
           guint     depth,
           GError  **error)
{
  const BpToken *start = bp_parser_peek (self, 0);
  guint n = 0;

  if (depth > BP_MAX_RANK)
    return fail_shape (self, start, _("brackets nest at most four deep"), error);
  if (literal->rank > 0 && depth > literal->rank)
    return fail_shape (self, start, _("a number was expected, as before"), error);
  if (!bp_parser_expect (self, '[', _("numbers in brackets such as [1, 2] were expected"), error))
    return FALSE;

  do
    {
      if (n > 0)
        bp_parser_take (self);
      if (bp_parser_at (self, '[') ? !parse_row (self, literal, depth + 1, error)
                                   : !parse_element (self, literal, depth, error))
        return FALSE;
      n++;
    }
  while (bp_parser_at (self, ','));

  return bp_parser_expect (self, ']', _("“,” or “]” was expected"), error)
         && check_size (self, start, &literal->dims[depth - 1], n, error);
}

static gboolean
parse_literal (BpParser *self,
               Literal  *literal,
               BpShape  *shape,
               GError  **error)
{
  literal->values = g_array_new (FALSE, FALSE, sizeof (double));

  return parse_row (self, literal, 1, error) && bp_shape_init (shape, literal->rank, literal->dims, error);
}

guint
bp_parser_parse_literal (BpParser *self,
                         GError  **error)
{
  const BpToken *start = bp_parser_peek (self, 0);
  BpOpAttributes attributes = { 0, };
  g_auto (Literal) literal = { NULL };

  if (!parse_literal (self, &literal, &attributes.shape, error))
    return BP_NODE_NONE;

  attributes.values = (const double *) (gpointer) literal.values->data;

  return bp_parser_add_node (self, start, BP_OP_CONSTANT, NULL, &attributes, error);
}

double *
bp_expression_parse_literal (const char *text,
                             BpShape    *shape,
                             GError    **error)
{
  g_autoptr (GArray) tokens = NULL;
  g_auto (Literal) literal = { NULL };

  g_return_val_if_fail (text != NULL, NULL);
  g_return_val_if_fail (shape != NULL, NULL);

  tokens = bp_expression_tokenize (text, error);
  if (tokens == NULL)
    return NULL;

  BpParser self = { .text = text, .tokens = tokens };

  if (!parse_literal (&self, &literal, shape, error) ||
      !bp_parser_expect (&self, BP_TOKEN_END, _("the end was expected"), error))
    return NULL;

  return (double *) (gpointer) g_array_free (g_steal_pointer (&literal.values), FALSE);
}

/* Appends the numbers from @values on that are in dimension @d and below; returns those after them. */
static const double *
append_row (GString       *text,
            const BpShape *shape,
            guint          d,
            const double  *values)
{
  if (d == shape->rank)
    {
      g_autofree char *number = bp_number_to_shortest (*values);

      g_string_append (text, number);
      return values + 1;
    }

  for (guint i = 0; i < shape->dims[d]; i++)
    {
      g_string_append (text, i == 0 ? "[" : ", ");
      values = append_row (text, shape, d + 1, values);
    }
  g_string_append_c (text, ']');

  return values;
}

char *
bp_expression_literal_to_string (const BpShape *shape,
                                 const double  *values)
{
  GString *text = g_string_new (NULL);

  g_return_val_if_fail (shape != NULL && values != NULL, NULL);

  append_row (text, shape, 0, values);

  return g_string_free (text, FALSE);
}
