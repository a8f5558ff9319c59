/* bp-expression-argument.c: what stands in calls besides nodes: numbers, shapes and lists
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "graph/bp-expression-private.h"

#include <glib/gi18n-lib.h>

#include "base/bp-error.h"
#include "base/bp-number.h"

gboolean
bp_parser_parse_integer (BpParser *self,
                         gint64    minimum,
                         gint64    maximum,
                         gint64   *value,
                         GError  **error)
{
  const BpToken *start = bp_parser_peek (self, 0);
  gboolean negative = start->kind == '-';
  const BpToken *number = bp_parser_peek (self, negative ? 1 : 0);

  if (number->kind != BP_TOKEN_NUMBER)
    {
      bp_parser_fail_syntax (self, _("a whole number was expected"), error);
      return FALSE;
    }

  g_autofree char *digits = bp_parser_get_text (self, number);
  g_autofree char *text = g_strconcat (negative ? "-" : "", digits, NULL);

  if (!bp_number_parse_integer (text, minimum, maximum, value, error))
    {
      bp_parser_fail (self, start, error);
      return FALSE;
    }
  self->next += negative ? 2 : 1;

  return TRUE;
}

gboolean
bp_parser_parse_sizes (BpParser *self,
                       BpShape  *shape,
                       GError  **error)
{
  if (!bp_parser_expect (self, '[', _("a shape such as [2, -1] was expected"), error))
    return FALSE;

  while (!bp_parser_at (self, ']'))
    {
      const BpToken *token;
      gint64 size;

      if (shape->rank > 0 && !bp_parser_expect (self, ',', _("“,” or “]” was expected"), error))
        return FALSE;

      token = bp_parser_peek (self, 0);
      if (shape->rank == BP_MAX_RANK)
        {
          g_set_error (error, BP_ERROR, BP_ERROR_SHAPE, _("a shape has at most %d sizes"), BP_MAX_RANK);
          bp_parser_fail (self, token, error);
          return FALSE;
        }

      if (!bp_parser_parse_integer (self, -1, G_MAXUINT32, &size, error))
        return FALSE;
      if (size == 0)
        {
          g_set_error_literal (error, BP_ERROR, BP_ERROR_SHAPE, _("a size is at least 1, or -1 for what is left over"));
          bp_parser_fail (self, token, error);
          return FALSE;
        }
      shape->dims[shape->rank++] = (guint32) MAX (size, BP_OPEN_SIZE);
    }
  bp_parser_take (self);

  return TRUE;
}

gboolean
bp_parser_parse_limit (BpParser *self,
                       double   *limit,
                       GError  **error)
{
  const gboolean negative = bp_parser_at (self, '-');
  const BpToken *number = bp_parser_peek (self, negative ? 1 : 0);
  g_autofree char *text = NULL;

  if (number->kind != BP_TOKEN_NUMBER)
    {
      bp_parser_fail_syntax (self, _("a number was expected"), error);
      return FALSE;
    }

  text = bp_parser_get_text (self, number);
  if (!bp_number_parse (text, limit, error))
    {
      bp_parser_fail (self, number, error);
      return FALSE;
    }
  *limit = negative ? -*limit : *limit;
  self->next += negative ? 2 : 1;

  return TRUE;
}

gboolean
bp_parser_parse_list (BpParser *self,
                      GArray   *list,
                      GError  **error)
{
  if (!bp_parser_expect (self, '[', _("a list such as [x, y] was expected"), error))
    return FALSE;

  do
    {
      const guint node = bp_parser_parse_expression (self, error);

      if (node == BP_NODE_NONE)
        return FALSE;
      g_array_append_val (list, node);
    }
  while (bp_parser_at (self, ',') && bp_parser_take (self) != NULL);

  return bp_parser_expect (self, ']', _("an operator, “,” or “]” was expected"), error);
}

gboolean
bp_parser_parse_rate (BpParser *self,
                      double   *rate,
                      GError  **error)
{
  const BpToken *start = bp_parser_peek (self, 0);

  if (!bp_parser_parse_limit (self, rate, error))
    return FALSE;
  if (*rate >= 0 && *rate < 1)
    return TRUE;

  g_set_error_literal (error, BP_ERROR, BP_ERROR_VALUE, _("the rate of dropout is at least 0 and less than 1"));
  bp_parser_fail (self, start, error);

  return FALSE;
}
