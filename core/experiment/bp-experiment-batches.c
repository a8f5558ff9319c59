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
#include "base/bp-nearest.h"
#include "base/bp-number.h"
#include "base/bp-text.h"

static BpChosenBatch *
chosen_batch_new (gint64      iteration,
                  const char *samples)
{
  BpChosenBatch *self = g_new (BpChosenBatch, 1);

  self->iteration = iteration;
  self->samples = g_strdup (samples);

  return self;
}

void
bp_chosen_batch_free (gpointer batch)
{
  BpChosenBatch *self = batch;

  g_free (self->samples);
  g_free (self);
}

gpointer
bp_chosen_batch_copy (gconstpointer          batch,
                      G_GNUC_UNUSED gpointer data)
{
  const BpChosenBatch *self = batch;

  return chosen_batch_new (self->iteration, self->samples);
}

/* The first of @iteration or a later one. */
static guint
find_batch (const BpExperiment *experiment,
            gint64              iteration)
{
  guint start = 0, end = experiment->batches->len;

  while (start < end)
    {
      guint middle = (start + end) / 2;

      if (((BpChosenBatch *) g_ptr_array_index (experiment->batches, middle))->iteration < iteration)
        start = middle + 1;
      else
        end = middle;
    }

  return start;
}

const char *
bp_experiment_get_batch (const BpExperiment *experiment,
                         gint64              iteration)
{
  const BpChosenBatch *batch;
  guint index;

  g_return_val_if_fail (experiment != NULL, NULL);

  index = find_batch (experiment, iteration);
  batch = index < experiment->batches->len ? g_ptr_array_index (experiment->batches, index) : NULL;

  return batch != NULL && batch->iteration == iteration ? batch->samples : NULL;
}

void
bp_experiment_set_batch (BpExperiment *experiment,
                         gint64        iteration,
                         const char   *samples)
{
  guint index;

  g_return_if_fail (experiment != NULL && iteration >= 0);

  index = find_batch (experiment, iteration);
  if (bp_experiment_get_batch (experiment, iteration) != NULL)
    g_ptr_array_remove_index (experiment->batches, index);
  if (samples != NULL)
    g_ptr_array_insert (experiment->batches, (gint) index, chosen_batch_new (iteration, samples));
}

/* What the samples say is checked when the data are there. */
gboolean
bp_experiment_read_batch (BpExperiment *experiment,
                          const char   *key,
                          const char   *value,
                          GError      **error)
{
  gint64 iteration;

  if (!bp_number_parse_integer (key, 0, BP_MAX_ITERATIONS - 1, &iteration, error))
    return bp_error_set_key (error, "Batches", key);
  if (bp_experiment_get_batch (experiment, iteration) != NULL)
    {
      g_set_error (error, BP_ERROR, BP_ERROR_VALUE,
                   _("there is another line of the batch after %" PRId64 " iterations"), iteration);
      return bp_error_set_key (error, "Batches", key);
    }
  bp_experiment_set_batch (experiment, iteration, value);

  return TRUE;
}

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

/* Cuts @start … @end without blanks around. @column: (out): where that starts, in characters from 1 */
static char *
cut (const Reader *reader,
     const char   *start,
     const char   *end,
     gsize        *column)
{
  while (start < end && g_ascii_isspace (*start))
    start++;
  *column = (gsize) g_utf8_pointer_to_offset (reader->value, start) + 1;

  return g_strchomp (g_strndup (start, (gsize) (end - start)));
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

/* A number, or in a column of texts one of these. */
static gboolean
read_value (const Reader *reader,
            guint         column,
            const char   *text,
            double       *value,
            GError      **error)
{
  const char * const *classes = bp_dataset_get_classes (reader->dataset, column);
  g_autofree char *quoted = NULL, *sentence = NULL;

  if (classes == NULL)
    return bp_number_parse (text, value, error);
  for (guint i = 0; classes[i] != NULL; i++)
    if (g_str_equal (classes[i], text))
      {
        *value = i;
        return TRUE;
      }

  quoted = bp_text_quote (text, -1);
  sentence = g_strdup_printf (_("“%s” has no class “%s”"), bp_dataset_get_name (reader->dataset, column), quoted);
  bp_nearest_set_error (error, sentence, text, classes);

  return FALSE;
}

static gboolean
fail_unknown (const Reader *reader,
              const char   *name,
              GError      **error)
{
  g_autoptr (GPtrArray) names = g_ptr_array_new ();
  g_autofree char *quoted = bp_text_quote (name, -1);
  g_autofree char *sentence = g_strdup_printf (_("there is no column “%s”"), quoted);

  for (guint i = 0; i < bp_dataset_get_n_columns (reader->dataset); i++)
    g_ptr_array_add (names, (gpointer) bp_dataset_get_name (reader->dataset, i));
  g_ptr_array_add (names, NULL);
  bp_nearest_set_error (error, sentence, name, (const char * const *) names->pdata);

  return FALSE;
}

/* Reads "x=1.5" to @values. */
static gboolean
read_assignment (const Reader *reader,
                 const char   *start,
                 const char   *end,
                 double       *values,
                 GError      **error)
{
  const char *equals = memchr (start, '=', (gsize) (end - start));
  gsize name_column, text_column;
  g_autofree char *name = cut (reader, start, equals != NULL ? equals : end, &name_column);
  g_autofree char *text = cut (reader, equals != NULL ? equals + 1 : end, end, &text_column);
  const guint column = bp_dataset_find (reader->dataset, name);

  if (equals == NULL)
    {
      g_autofree char *quoted = bp_text_quote (name, -1);

      g_set_error (error, BP_ERROR, BP_ERROR_SYNTAX, _("“%s” is not a column with its value, such as x=1.5"), quoted);
    }
  else if (column == G_MAXUINT)
    fail_unknown (reader, name, error);
  else
    return read_value (reader, column, text, &values[column], error) || fail_at (reader, text_column, error);

  return fail_at (reader, name_column, error);
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
  for (const char *next = start; next < end;)
    {
      const char *comma = memchr (next, ',', (gsize) (end - next));
      const char *stop = comma != NULL ? comma : end;

      if (!read_assignment (reader, next, stop, values, error))
        return FALSE;
      next = stop + 1;
    }
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
      const char *end = next + strcspn (next, ";");
      gsize column;
      g_autofree char *text = cut (reader, next, end, &column);

      if (strchr (text, '=') != NULL)
        {
          if (!read_typed (reader, next + strspn (next, " \t"), end, error))
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
bp_experiment_check_samples (BpDataset  *dataset,
                             const char *samples,
                             GError    **error)
{
  g_autoptr (GArray) typed = g_array_new (FALSE, FALSE, sizeof (double));
  g_autoptr (GArray) rows = g_array_new (FALSE, FALSE, sizeof (gsize));
  const Reader reader = { dataset, samples, rows, typed, FALSE };

  g_return_val_if_fail (dataset != NULL && samples != NULL, FALSE);

  return read_samples (&reader, error);
}

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
      const BpChosenBatch *batch = g_ptr_array_index (experiment->batches, i);
      const Reader reader = { dataset, batch->samples, rows, typed, TRUE };
      g_autofree char *key = g_strdup_printf ("%" PRId64, batch->iteration);

      g_array_set_size (rows, 0);
      if (!read_samples (&reader, error))
        return bp_error_set_value (error, "Batches", key);
      bp_dataset_choose (dataset, (guint64) batch->iteration, (const gsize *) (gpointer) rows->data, rows->len);
    }

  return typed->len == 0
         || bp_dataset_set_typed (dataset, (const double *) (gpointer) typed->data, typed->len / n_columns, error);
}
