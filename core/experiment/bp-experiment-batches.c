/* bp-experiment-batches.c: batches that somebody chose: "61; 12; x=1.5, y=10"
 *
 * A sample is a number, from 1 as the window counts them, or values for all columns.
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "experiment/bp-experiment-private.h"

#include <glib/gi18n-lib.h>
#include <inttypes.h>
#include <math.h>
#include <string.h>

#include "base/bp-error.h"
#include "base/bp-number.h"

/* Samples to rows */

/* @rows: (element-type gsize): of the batch; @typed: (element-type double): the values of all that are typed so far;
 * @is_in_file: whether errors say the column of the text */
typedef struct {
  BpDataset  *dataset;
  const char *value;
  GArray     *rows;
  GArray     *typed;
  gboolean    is_in_file;
} Reader;

static gboolean
fail_at (const Reader *reader,
         gsize         column,
         GError      **error)
{
  return reader->is_in_file ? bp_error_set_column (error, column) : FALSE;
}

static gboolean
is_held_out (BpDataset *dataset,
             gsize      row)
{
  gsize n;
  const gsize *rows = bp_dataset_get_rows (dataset, TRUE, &n);

  for (gsize i = 0; i < n && rows[i] <= row; i++)
    if (rows[i] == row)
      return TRUE;

  return FALSE;
}

static gboolean
read_number (const Reader *reader,
             const char   *text,
             GError      **error)
{
  gint64 number;
  gsize row;

  if (!bp_number_parse_integer (text, 1, (gint64) bp_dataset_get_n_samples (reader->dataset), &number, error))
    return FALSE;
  row = (gsize) number - 1;
  if (is_held_out (reader->dataset, row))
    {
      g_set_error (error, BP_ERROR, BP_ERROR_VALUE, _("sample no. %" PRId64 " is held out, and never trained on"),
                   number);
      return FALSE;
    }
  g_array_append_val (reader->rows, row);

  return TRUE;
}

/* Reads "x=1.5, y=10": what is typed is a sample of its own, so that it has all values. */
static gboolean
read_typed (const Reader *reader,
            const char   *start,
            const char   *end,
            GError      **error)
{
  const guint n = bp_dataset_get_n_columns (reader->dataset);
  const gsize row = bp_dataset_get_n_samples (reader->dataset) + (n > 0 ? reader->typed->len / n : 0);
  const gsize column = (gsize) g_utf8_pointer_to_offset (reader->value, start) + 1;
  g_autofree double *values = g_new (double, n);

  for (guint i = 0; i < n; i++)
    values[i] = NAN;
  if (!bp_experiment_read_values (reader->dataset, reader->value, start, end, reader->is_in_file, values, error))
    return FALSE;
  for (guint i = 0; i < n; i++)
    if (isnan (values[i]))
      {
        g_set_error (error, BP_ERROR, BP_ERROR_VALUE, _("a typed sample has a value for “%s” too"),
                     bp_dataset_get_name (reader->dataset, i));
        return fail_at (reader, column, error);
      }
  g_array_append_vals (reader->typed, values, n);
  g_array_append_val (reader->rows, row);

  return TRUE;
}

static gboolean
read_samples (const Reader *reader,
              GError      **error)
{
  const char *next = reader->value;

  do
    {
      const char *end = bp_experiment_find_separator (next, next + strlen (next), ';');
      const char *start = next + strspn (next, " \t");
      const gsize column = (gsize) g_utf8_pointer_to_offset (reader->value, start) + 1;
      g_autofree char *text = g_strchomp (g_strndup (start, start < end ? (gsize) (end - start) : 0));

      if (strchr (text, '=') != NULL)
        {
          if (!read_typed (reader, start, end, error))
            return FALSE;
        }
      else if (!read_number (reader, text, error))
        return fail_at (reader, column, error);
      next = end + (*end == ';');
    }
  while (*next != '\0');

  return TRUE;
}

gboolean
bp_experiment_check_samples (BpGraph    *graph,
                             BpDataset  *dataset,
                             const char *samples,
                             GError    **error)
{
  const guint n_columns = bp_dataset_get_n_columns (dataset);
  g_autoptr (GArray) typed = g_array_new (FALSE, FALSE, sizeof (double));
  g_autoptr (GArray) rows = g_array_new (FALSE, FALSE, sizeof (gsize));
  const Reader reader = { dataset, samples, rows, typed, FALSE };

  g_return_val_if_fail (graph != NULL && dataset != NULL && samples != NULL, FALSE);

  if (!read_samples (&reader, error))
    return FALSE;
  for (guint i = 0; i < typed->len; i++)
    if (!bp_experiment_check_label (graph, dataset, i % n_columns, g_array_index (typed, double, i), error))
      return FALSE;

  return TRUE;
}

/* Typing */

/* The samples of @line without blanks around, but what is empty at its end. Returns: (element-type utf8) */
static GPtrArray *
split (const char *line)
{
  const char *end = line + strlen (line);
  GPtrArray *samples = g_ptr_array_new_with_free_func (g_free);

  for (const char *next = line; next < end; next++)
    {
      const char *stop = bp_experiment_find_separator (next, end, ';');

      g_ptr_array_add (samples, g_strstrip (g_strndup (next, (gsize) (stop - next))));
      next = stop;
    }
  while (samples->len > 0 && *(const char *) g_ptr_array_index (samples, samples->len - 1) == '\0')
    g_ptr_array_set_size (samples, (gint) samples->len - 1);

  return samples;
}

/* The sample in @row with @value in @column. Returns: (transfer full): as [Batches] has it */
static char *
print_typed (BpDataset *dataset,
             gsize      row,
             guint      column,
             double     value)
{
  const guint n = bp_dataset_get_n_columns (dataset);
  g_autofree double *values = g_new (double, n);

  for (guint i = 0; i < n; i++)
    values[i] = i == column ? value : bp_dataset_get_column (dataset, i)[row];

  return bp_experiment_print_values (dataset, values);
}

void
bp_experiment_type_value (BpExperiment *experiment,
                          BpDataset    *dataset,
                          gint64        iteration,
                          const gsize  *rows,
                          gsize         index,
                          guint         column,
                          double        value)
{
  g_autoptr (GString) text = g_string_new (NULL);
  g_autofree char *typed = NULL;
  g_autoptr (GPtrArray) before = NULL;
  const char *line;

  g_return_if_fail (experiment != NULL && dataset != NULL && rows != NULL);

  line = bp_numbered_lines_get (experiment->batches, iteration);
  before = split (line != NULL ? line : "");
  typed = print_typed (dataset, rows[index], column, value);
  for (gsize i = 0; i < MAX (before->len, index + 1); i++)
    {
      if (i > 0)
        g_string_append (text, "; ");
      if (i == index)
        g_string_append (text, typed);
      else if (i < before->len)
        g_string_append (text, g_ptr_array_index (before, i));
      else
        g_string_append_printf (text, "%zu", rows[i] + 1);
    }
  bp_numbered_lines_set (experiment->batches, iteration, text->str);
}

/* Reading */

static gboolean
check_data (const BpExperiment *experiment,
            GError            **error)
{
  if (experiment->batches->len == 0 || bp_experiment_has_source (experiment) || experiment->columns->len > 0)
    return TRUE;

  g_set_error_literal (error, BP_ERROR, BP_ERROR_VALUE, _("without data there is nothing to feed"));

  return bp_error_set_key (error, "Batches", NULL);
}

gboolean
bp_experiment_choose_batches (const BpExperiment *experiment,
                              BpDataset          *dataset,
                              GError            **error)
{
  g_autoptr (GArray) typed = g_array_new (FALSE, FALSE, sizeof (double));
  g_autoptr (GArray) rows = g_array_new (FALSE, FALSE, sizeof (gsize));
  const guint n_columns = bp_dataset_get_n_columns (dataset);

  if (!check_data (experiment, error))
    return FALSE;

  for (guint i = 0; i < experiment->batches->len; i++)
    {
      const BpNumberedLine *batch = g_ptr_array_index (experiment->batches, i);
      const Reader reader = { dataset, batch->text, rows, typed, TRUE };
      g_autofree char *key = g_strdup_printf ("%" PRId64, batch->number);

      g_array_set_size (rows, 0);
      if (!read_samples (&reader, error))
        return bp_error_set_value (error, "Batches", key);
      bp_dataset_choose (dataset, (guint64) batch->number, (const gsize *) (gpointer) rows->data, rows->len);
    }

  return typed->len == 0
         || bp_dataset_set_typed (dataset, (const double *) (gpointer) typed->data, typed->len / n_columns, error);
}
