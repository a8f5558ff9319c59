/* bp-shape.c: shapes and broadcasting
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "graph/bp-shape.h"

#include "base/bp-error.h"

#include <glib/gi18n-lib.h>

static char *
dims_to_string (guint          rank,
                const guint64 *dims,
                const char    *separator)
{
  GString *string = g_string_new ("[");

  for (guint d = 0; d < rank; d++)
    g_string_append_printf (string, "%s%" G_GUINT64_FORMAT, d == 0 ? "" : separator, dims[d]);
  g_string_append_c (string, ']');

  return g_string_free (string, FALSE);
}

/* Sizes as the user gave them are 64 bits wide, so the product is bounded by division before it can wrap. */
static gboolean
check_dims (guint          rank,
            const guint64 *dims,
            GError       **error)
{
  guint64 room = BP_MAX_ELEMENTS;
  g_autofree char *text = NULL;

  for (guint d = 0; d < rank; d++)
    {
      if (dims[d] == 0 || dims[d] > room)
        {
          gboolean empty = dims[d] == 0;

          /* A later 0 is the plainer mistake of the two. */
          for (guint e = d; e < rank; e++)
            empty = empty || dims[e] == 0;
          text = dims_to_string (rank, dims, ", ");
          if (empty)
            g_set_error (error, BP_ERROR, BP_ERROR_SHAPE,
                         _("shape %s has a size of 0; sizes are at least 1"), text);
          else
            g_set_error (error, BP_ERROR, BP_ERROR_SHAPE,
                         _("shape %s has more than the %u elements that are possible"), text, (guint) BP_MAX_ELEMENTS);
          return FALSE;
        }
      room /= dims[d];
    }

  return TRUE;
}

gboolean
bp_shape_init (BpShape       *shape,
               guint          rank,
               const guint64 *dims,
               GError       **error)
{
  g_return_val_if_fail (shape != NULL, FALSE);
  g_return_val_if_fail (rank == 0 || dims != NULL, FALSE);

  if (rank > BP_MAX_RANK)
    {
      g_set_error (error, BP_ERROR, BP_ERROR_SHAPE,
                   _("a shape of %u dimensions; at most %u are possible"), rank, BP_MAX_RANK);
      return FALSE;
    }
  if (!check_dims (rank, dims, error))
    return FALSE;

  shape->rank = rank;
  for (guint d = 0; d < BP_MAX_RANK; d++)
    shape->dims[d] = d < rank ? (guint32) dims[d] : 1;

  return TRUE;
}

gsize
bp_shape_get_n_elements (const BpShape *shape)
{
  gsize n = 1;

  for (guint d = 0; d < shape->rank; d++)
    n *= shape->dims[d];

  return n;
}

gboolean
bp_shape_equal (const BpShape *a,
                const BpShape *b)
{
  if (a->rank != b->rank)
    return FALSE;
  for (guint d = 0; d < a->rank; d++)
    if (a->dims[d] != b->dims[d])
      return FALSE;

  return TRUE;
}

gboolean
bp_shape_broadcast (const BpShape *a,
                    const BpShape *b,
                    BpShape       *result,
                    GError       **error)
{
  guint rank = MAX (a->rank, b->rank);
  guint64 dims[BP_MAX_RANK] = { 0, };

  for (guint d = 0; d < rank; d++)
    {
      /* Counted from the last dimension; where a shape has no more of them it is as if it had a 1. */
      guint32 p = d < a->rank ? a->dims[a->rank - 1 - d] : 1;
      guint32 q = d < b->rank ? b->dims[b->rank - 1 - d] : 1;

      if (p != q && p != 1 && q != 1)
        {
          g_autofree char *text_a = bp_shape_to_string (a);
          g_autofree char *text_b = bp_shape_to_string (b);

          g_set_error (error, BP_ERROR, BP_ERROR_SHAPE,
                       _("shapes %s and %s do not fit together: sizes %u and %u differ and neither is 1"),
                       text_a, text_b, p, q);
          return FALSE;
        }
      dims[rank - 1 - d] = p == 1 ? q : p;
    }

  return bp_shape_init (result, rank, dims, error);
}

gsize
bp_shape_shrink_index (const BpShape *shape,
                       const BpShape *stretched,
                       gsize          index)
{
  gsize result = 0, stride = 1;

  for (guint d = 0; d < shape->rank; d++)
    {
      const gsize size = shape->dims[shape->rank - 1 - d], outer = stretched->dims[stretched->rank - 1 - d];

      result += size == 1 ? 0 : index % outer * stride;
      index /= outer;
      stride *= size;
    }

  return result;
}

gboolean
bp_shape_find_expansion (const BpShape *shape,
                         const BpShape *target,
                         guint         *axis)
{
  if (target->rank != shape->rank + 1)
    return FALSE;

  for (*axis = target->rank; (*axis)-- > 0;)
    {
      gboolean is_equal = target->dims[*axis] == 1;

      for (guint d = 0; d < shape->rank; d++)
        is_equal = is_equal && target->dims[d < *axis ? d : d + 1] == shape->dims[d];
      if (is_equal)
        return TRUE;
    }

  return FALSE;
}

static const char *
skip_blanks (const char *text)
{
  while (g_ascii_isspace (*text))
    text++;

  return text;
}

/* Reads "2, 3]" after the bracket; sizes too large for 64 bits stay at the largest, which no shape admits. */
static gboolean
parse_dims (const char *text,
            guint      *rank,
            guint64     dims[BP_MAX_RANK])
{
  text = skip_blanks (text);
  for (*rank = 0; *text != ']'; (*rank)++)
    {
      char *end;
      guint64 size;

      if (*rank > 0)
        {
          if (*text != ',')
            return FALSE;
          text = skip_blanks (text + 1);
        }
      if (!g_ascii_isdigit (*text))
        return FALSE;
      size = g_ascii_strtoull (text, &end, 10);
      if (*rank < BP_MAX_RANK)
        dims[*rank] = size;
      text = skip_blanks (end);
    }

  return *skip_blanks (text + 1) == '\0';
}

gboolean
bp_shape_parse (const char *text,
                BpShape    *shape,
                GError    **error)
{
  const char *start;
  guint rank;
  guint64 dims[BP_MAX_RANK] = { 0, };

  g_return_val_if_fail (text != NULL, FALSE);
  g_return_val_if_fail (shape != NULL, FALSE);

  start = skip_blanks (text);
  if (*start != '[' || !parse_dims (start + 1, &rank, dims))
    {
      g_set_error (error, BP_ERROR, BP_ERROR_SYNTAX,
                   _("“%s” is not a shape; expected sizes in brackets such as [2, 3], or [] for a scalar"), text);
      return FALSE;
    }

  return bp_shape_init (shape, rank, dims, error);
}

char *
bp_shape_to_string (const BpShape *shape)
{
  guint64 dims[BP_MAX_RANK];

  for (guint d = 0; d < BP_MAX_RANK; d++)
    dims[d] = shape->dims[d];

  return dims_to_string (shape->rank, dims, ", ");
}

char *
bp_shape_index_to_string (const BpShape *shape,
                          gsize          index)
{
  guint64 indices[BP_MAX_RANK] = { 0, };

  for (guint d = shape->rank; d > 0; d--)
    {
      indices[d - 1] = index % shape->dims[d - 1];
      index /= shape->dims[d - 1];
    }

  return dims_to_string (shape->rank, indices, ",");
}
