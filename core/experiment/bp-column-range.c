/* bp-column-range.c: many columns of names that count on, "p0…p63", as one
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "experiment/bp-experiment-private.h"

#include <glib/gi18n-lib.h>
#include <string.h>

#include "base/bp-error.h"
#include "graph/bp-expression.h"

#define ELLIPSIS "…"

/* So many names that count on are written as a range. */
#define LEAST_LENGTH 4

/* More columns than this no table has. */
#define MAX_LENGTH 100000

/* Numbers at the end of a name have at most so many digits. */
#define MAX_DIGITS 6

/* Where the number at the end of @name begins; it may have no digits. */
static const char *
find_number (const char *name)
{
  const char *number = name + strlen (name);

  while (number > name && g_ascii_isdigit (number[-1]))
    number--;

  return number;
}

static guint
parse_number (const char *number)
{
  return (guint) g_ascii_strtoull (number, NULL, 10);
}

/* As wide as the first number where that begins with a 0. */
static char *
create_name (const char *first,
             guint       number)
{
  const char *digits = find_number (first);
  const int width = *digits == '0' ? (int) strlen (digits) : 1;

  return g_strdup_printf ("%.*s%0*u", (int) (digits - first), first, width, number);
}

/* Whether there are names from @first to @last. */
static gboolean
is_range (const char *first,
          const char *last)
{
  const char *from = find_number (first);
  const char *to = find_number (last);

  return *from != '\0' && *to != '\0' && strlen (from) <= MAX_DIGITS && strlen (to) <= MAX_DIGITS
         && from - first == to - last && strncmp (first, last, (gsize) (from - first)) == 0
         && parse_number (from) <= parse_number (to) && parse_number (to) - parse_number (from) < MAX_LENGTH;
}

static gboolean
expand (const char *first,
        const char *last,
        GPtrArray  *names,
        GError    **error)
{
  if (!bp_expression_check_name (first, error) || !bp_expression_check_name (last, error))
    return FALSE;
  if (!is_range (first, last))
    {
      g_set_error (error, BP_ERROR, BP_ERROR_VALUE,
                   _("%s…%s is no range: one goes from a name with a number at its end to one with a larger number, "
                     "such as p0…p63"), first, last);
      return FALSE;
    }

  for (guint i = parse_number (find_number (first)); i <= parse_number (find_number (last)); i++)
    g_ptr_array_add (names, create_name (first, i));

  return TRUE;
}

gboolean
bp_column_range_expand (const char *text,
                        GPtrArray  *names,
                        GError    **error)
{
  const char *dots = strstr (text, "...") != NULL ? "..." : ELLIPSIS;
  g_auto (GStrv) ends = g_strsplit (text, dots, 2);

  if (ends[0] != NULL && ends[1] != NULL)
    return expand (g_strstrip (ends[0]), g_strstrip (ends[1]), names, error);

  if (!bp_expression_check_name (text, error))
    return FALSE;
  g_ptr_array_add (names, g_strdup (text));

  return TRUE;
}

/* How many of @names count on from the first. */
static guint
count_range (char **names)
{
  const char *number = find_number (names[0]);
  guint n = 1;

  if (*number == '\0' || strlen (number) > MAX_DIGITS)
    return 1;

  for (; names[n] != NULL && n < MAX_LENGTH; n++)
    {
      g_autofree char *next = create_name (names[0], parse_number (number) + n);

      if (!g_str_equal (names[n], next))
        break;
    }

  return n;
}

char *
bp_column_range_join (char **names)
{
  GString *text = g_string_new (NULL);

  for (guint i = 0, n; names[i] != NULL; i += n)
    {
      n = count_range (&names[i]);
      if (n < LEAST_LENGTH || !is_range (names[i], names[i + n - 1]))
        n = 1;
      g_string_append_printf (text, "%s%s", i > 0 ? ", " : "", names[i]);
      if (n > 1)
        g_string_append_printf (text, ELLIPSIS "%s", names[i + n - 1]);
    }

  return g_string_free (text, FALSE);
}
