/* bp-command-output.c: writes to standard output, and formats arrays as NumPy prints them
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "cli/bp-command.h"

#include <errno.h>
#include <glib/gi18n-lib.h>
#include <glib/gstdio.h>
#include <math.h>
#include <stdio.h>
#include <string.h>

/* The defaults of numpy.set_printoptions(). */
#define PRECISION 8
#define THRESHOLD 1000
#define EDGE_ITEMS 3

static gboolean
set_write_error (GError **error,
                 int      reason)
{
  g_set_error (error, G_FILE_ERROR, g_file_error_from_errno (reason), _("Writing to standard output failed: %s"),
               g_strerror (reason));

  return FALSE;
}

static gboolean
write_data (gconstpointer data,
            gsize         size,
            GError      **error)
{
  return fwrite (data, 1, size, stdout) == size || set_write_error (error, errno);
}

gboolean
bp_command_write (GString *text,
                  GError **error)
{
  gboolean done = write_data (text->str, text->len, error);

  g_string_truncate (text, 0);

  return done;
}

gboolean
bp_command_write_bytes (GBytes  *bytes,
                        GError **error)
{
  gsize size;
  gconstpointer data = g_bytes_get_data (bytes, &size);

  return write_data (data, size, error);
}

gboolean
bp_command_flush (GError **error)
{
  if (fflush (stdout) == 0)
    return TRUE;

  return set_write_error (error, errno);
}

/* The format of all numbers of an array. */
typedef struct {
  gboolean exponent;
  guint    n_decimals; /* of each number, if with an exponent */
} Format;

/* Returns: the number of decimals of @value without trailing zeros */
static guint
count_decimals (double value,
                char   conversion)
{
  char text[G_ASCII_DTOSTR_BUF_SIZE + 512];
  const char format[] = { '%', '.', '0' + PRECISION, conversion, '\0' };
  const char *point = strchr (g_ascii_formatd (text, sizeof text, format, value), '.');
  guint n_decimals = PRECISION;

  while (n_decimals > 0 && point[n_decimals] == '0')
    n_decimals--;

  return n_decimals;
}

static Format
choose_format (const double *values,
               gsize         n_values)
{
  Format format = { FALSE, 0 };
  double minimum = G_MAXDOUBLE, maximum = 0;

  for (gsize i = 0; i < n_values; i++)
    if (isfinite (values[i]) && values[i] != 0)
      {
        minimum = MIN (minimum, fabs (values[i]));
        maximum = MAX (maximum, fabs (values[i]));
      }

  format.exponent = maximum > 0 && (maximum >= 1e8 || minimum < 1e-4 || maximum / minimum > 1000);

  for (gsize i = 0; i < n_values && format.exponent; i++)
    if (isfinite (values[i]))
      format.n_decimals = MAX (format.n_decimals, count_decimals (values[i], 'e'));

  return format;
}

/* With an exponent, all numbers have equally many decimals, else each has those it needs. There is always a point. */
static void
append_number (GString      *text,
               const Format *format,
               double        value)
{
  char buffer[G_ASCII_DTOSTR_BUF_SIZE + 512];
  g_autofree char *pattern = NULL;

  if (!isfinite (value))
    {
      g_string_append (text, isnan (value) ? "nan" : value > 0 ? "inf" : "-inf");
      return;
    }

  pattern = g_strdup_printf ("%%#.%u%c", format->exponent ? format->n_decimals : count_decimals (value, 'f'),
                             format->exponent ? 'e' : 'f');
  g_string_append (text, g_ascii_formatd (buffer, sizeof buffer, pattern, value));
}

static void
append_dimension (GString       *text,
                  const Format  *format,
                  const BpShape *shape,
                  guint          dimension,
                  const double  *values,
                  gsize          n_values)
{
  gsize size, stride;
  gboolean is_long = bp_shape_get_n_elements (shape) > THRESHOLD;

  if (dimension == shape->rank)
    {
      append_number (text, format, *values);
      return;
    }

  size = shape->dims[dimension];
  stride = n_values / size;

  g_string_append_c (text, '[');
  for (gsize i = 0; i < size; i++)
    {
      if (i > 0)
        g_string_append_c (text, ' ');

      if (is_long && size > 2 * EDGE_ITEMS && i == EDGE_ITEMS)
        {
          g_string_append (text, "... ");
          i = size - EDGE_ITEMS;
        }

      append_dimension (text, format, shape, dimension + 1, values + i * stride, stride);
    }
  g_string_append_c (text, ']');
}

void
bp_command_append_array (GString       *text,
                         const BpShape *shape,
                         const double  *values)
{
  gsize n_values = bp_shape_get_n_elements (shape);
  Format format = choose_format (values, n_values);

  append_dimension (text, &format, shape, 0, values, n_values);

  /* Python writes an integer value that is not in an array as "10.0". */
  if (shape->rank == 0 && text->str[text->len - 1] == '.')
    g_string_append_c (text, '0');
}
