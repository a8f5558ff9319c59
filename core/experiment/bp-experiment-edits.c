/* bp-experiment-edits.c: samples that somebody changed: "61=x=1.5"; and lines whose keys are numbers
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

/* Lines */

static BpNumberedLine *
numbered_line_new (gint64      number,
                   const char *text)
{
  BpNumberedLine *self = g_new (BpNumberedLine, 1);

  self->number = number;
  self->text = g_strdup (text);

  return self;
}

void
bp_numbered_line_free (gpointer line)
{
  BpNumberedLine *self = line;

  g_free (self->text);
  g_free (self);
}

gpointer
bp_numbered_line_copy (gconstpointer          line,
                       G_GNUC_UNUSED gpointer data)
{
  const BpNumberedLine *self = line;

  return numbered_line_new (self->number, self->text);
}

/* The first of @number or a greater one. */
static guint
find_line (const GPtrArray *lines,
           gint64           number)
{
  guint start = 0, end = lines->len;

  while (start < end)
    {
      guint middle = (start + end) / 2;

      if (((BpNumberedLine *) g_ptr_array_index (lines, middle))->number < number)
        start = middle + 1;
      else
        end = middle;
    }

  return start;
}

const char *
bp_numbered_lines_get (const GPtrArray *lines,
                       gint64           number)
{
  const BpNumberedLine *line;
  guint index;

  g_return_val_if_fail (lines != NULL, NULL);

  index = find_line (lines, number);
  line = index < lines->len ? g_ptr_array_index (lines, index) : NULL;

  return line != NULL && line->number == number ? line->text : NULL;
}

void
bp_numbered_lines_set (GPtrArray  *lines,
                       gint64      number,
                       const char *text)
{
  guint index;

  g_return_if_fail (lines != NULL);

  index = find_line (lines, number);
  if (bp_numbered_lines_get (lines, number) != NULL)
    g_ptr_array_remove_index (lines, index);
  if (text != NULL)
    g_ptr_array_insert (lines, (gint) index, numbered_line_new (number, text));
}

static gboolean
read_line (GPtrArray  *lines,
           const char *section,
           gint64      minimum,
           gint64      maximum,
           const char *key,
           const char *value,
           GError    **error)
{
  gint64 number;

  if (!bp_number_parse_integer (key, minimum, maximum, &number, error))
    return bp_error_set_key (error, section, key);
  if (bp_numbered_lines_get (lines, number) != NULL)
    {
      g_set_error (error, BP_ERROR, BP_ERROR_VALUE, _("there is another line with the number %" PRId64), number);
      return bp_error_set_key (error, section, key);
    }
  bp_numbered_lines_set (lines, number, value);

  return TRUE;
}

gboolean
bp_experiment_read_batch (BpExperiment *experiment,
                          const char   *key,
                          const char   *value,
                          GError      **error)
{
  return read_line (experiment->batches, "Batches", 0, BP_MAX_ITERATIONS - 1, key, value, error);
}

gboolean
bp_experiment_read_edit (BpExperiment *experiment,
                         const char   *key,
                         const char   *value,
                         GError      **error)
{
  return read_line (experiment->edits, "Edits", 1, BP_MAX_SAMPLES, key, value, error);
}

/* Values */

/* Cuts @start … @end of @value without blanks around. @column: (out): where that starts, in characters from 1 */
static char *
cut (const char *value,
     const char *start,
     const char *end,
     gsize      *column)
{
  while (start < end && g_ascii_isspace (*start))
    start++;
  *column = (gsize) g_utf8_pointer_to_offset (value, start) + 1;

  return g_strchomp (g_strndup (start, (gsize) (end - start)));
}

/* After an opening quote. Returns: where it is closed, or @end; two quotes stand for one in the text */
static const char *
find_closing (const char *start,
              const char *end)
{
  for (const char *p = start; p < end; p++)
    if (*p == '"' && (p + 1 == end || p[1] != '"'))
      return p;
    else
      p += *p == '"';

  return end;
}

/* A quote opens only what is in quotes as a whole: it is the first after the '=' of an assignment. */
const char *
bp_experiment_find_separator (const char *start,
                              const char *end,
                              char        separator)
{
  gboolean is_value = FALSE, is_first = FALSE;
  const char *p;

  for (p = start; p < end && *p != separator; p++)
    {
      if (*p == '"' && is_first)
        {
          p = find_closing (p + 1, end);
          if (p == end)
            return end;
        }
      is_first = (is_first && g_ascii_isspace (*p)) || (*p == '=' && !is_value);
      is_value = *p != ',' && (is_value || *p == '=');
    }

  return p;
}

/* The class that @text names, which may be in quotes. Returns: NULL if the last quote is missing */
static char *
unquote (const char *text)
{
  const char *end = text + strlen (text), *closing;
  GString *class;

  if (*text != '"')
    return g_strdup (text);
  closing = find_closing (text + 1, end);
  if (closing == end)
    return NULL;
  if (closing + 1 != end)
    return g_strdup (text);
  class = g_string_new_len (text + 1, closing - text - 1);
  g_string_replace (class, "\"\"", "\"", 0);

  return g_string_free (class, FALSE);
}

/* As a field of a CSV file is, in quotes only where it has to be. */
static char *
quote (const char *class)
{
  g_auto (GStrv) parts = NULL;
  g_autofree char *doubled = NULL;

  if (strpbrk (class, ",;=\"") == NULL && !g_ascii_isspace (*class) && !g_ascii_isspace (class[strlen (class) - 1]))
    return g_strdup (class);

  parts = g_strsplit (class, "\"", -1);
  doubled = g_strjoinv ("\"\"", parts);

  return g_strconcat ("\"", doubled, "\"", NULL);
}

/* A number, or in a column of texts one of these. */
static gboolean
read_value (BpDataset  *dataset,
            guint       column,
            const char *text,
            double     *value,
            GError    **error)
{
  const char * const *classes = bp_dataset_get_classes (dataset, column);
  g_autofree char *class = NULL, *quoted = NULL, *sentence = NULL;

  if (classes == NULL)
    return bp_number_parse (text, value, error);
  class = unquote (text);
  if (class == NULL)
    {
      g_set_error_literal (error, BP_ERROR, BP_ERROR_SYNTAX, _("the closing quote is missing"));
      return FALSE;
    }
  for (guint i = 0; classes[i] != NULL; i++)
    if (g_str_equal (classes[i], class))
      {
        *value = i;
        return TRUE;
      }

  quoted = bp_text_quote (class, -1);
  sentence = g_strdup_printf (_("“%s” has no class “%s”"), bp_dataset_get_name (dataset, column), quoted);
  bp_nearest_set_error (error, sentence, class, classes);

  return FALSE;
}

static void
explain_unknown (BpDataset  *dataset,
                 const char *name,
                 GError    **error)
{
  g_autoptr (GPtrArray) names = g_ptr_array_new ();
  g_autofree char *quoted = bp_text_quote (name, -1);
  g_autofree char *sentence = g_strdup_printf (_("there is no column “%s”"), quoted);

  for (guint i = 0; i < bp_dataset_get_n_columns (dataset); i++)
    g_ptr_array_add (names, (gpointer) bp_dataset_get_name (dataset, i));
  g_ptr_array_add (names, NULL);
  bp_nearest_set_error (error, sentence, name, (const char * const *) names->pdata);
}

/* Reads "x=1.5" to @values. @column: (out): where what is wrong starts */
static gboolean
read_assignment (BpDataset  *dataset,
                 const char *value,
                 const char *start,
                 const char *end,
                 double     *values,
                 gsize      *column,
                 GError    **error)
{
  const char *equals = memchr (start, '=', (gsize) (end - start));
  gsize text_column;
  g_autofree char *name = cut (value, start, equals != NULL ? equals : end, column);
  g_autofree char *text = cut (value, equals != NULL ? equals + 1 : end, end, &text_column);
  g_autofree char *quoted = bp_text_quote (name, -1);
  const guint index = bp_dataset_find (dataset, name);

  if (equals == NULL)
    g_set_error (error, BP_ERROR, BP_ERROR_SYNTAX, _("“%s” is not a column with its value, such as x=1.5"), quoted);
  else if (index == G_MAXUINT)
    explain_unknown (dataset, name, error);
  else
    {
      *column = text_column;
      return read_value (dataset, index, text, &values[index], error);
    }

  return FALSE;
}

gboolean
bp_experiment_read_values (BpDataset  *dataset,
                           const char *value,
                           const char *start,
                           const char *end,
                           gboolean    is_in_file,
                           double     *values,
                           GError    **error)
{
  const char *next = start;

  do
    {
      const char *stop = bp_experiment_find_separator (next, end, ',');
      gsize column;

      if (!read_assignment (dataset, value, next, stop, values, &column, error))
        return is_in_file ? bp_error_set_column (error, column) : FALSE;
      next = stop + 1;
    }
  while (next < end);

  return TRUE;
}

/* Edits */

static gboolean
edit_sample (BpDataset            *dataset,
             const BpNumberedLine *edit,
             GError              **error)
{
  const guint n = bp_dataset_get_n_columns (dataset);
  const gsize n_samples = bp_dataset_get_n_samples (dataset);
  g_autofree double *values = g_new (double, n);
  g_autofree char *key = g_strdup_printf ("%" PRId64, edit->number);

  for (guint i = 0; i < n; i++)
    values[i] = NAN;
  if (edit->number > (gint64) n_samples)
    {
      g_set_error (error, BP_ERROR, BP_ERROR_VALUE,
                   ngettext ("there is only %zu sample", "there are only %zu samples", n_samples), n_samples);
      return bp_error_set_key (error, "Edits", key);
    }
  if (!bp_experiment_read_values (dataset, edit->text, edit->text, edit->text + strlen (edit->text), TRUE, values,
                                  error))
    return bp_error_set_value (error, "Edits", key);
  for (guint i = 0; i < n; i++)
    if (!isnan (values[i]))
      bp_dataset_edit (dataset, (gsize) edit->number - 1, i, values[i]);

  return TRUE;
}

char *
bp_experiment_print_values (BpDataset    *dataset,
                            const double *values)
{
  GString *text = g_string_new (NULL);

  for (guint i = 0; i < bp_dataset_get_n_columns (dataset); i++)
    {
      const char * const *classes = bp_dataset_get_classes (dataset, i);
      g_autofree char *number = NULL;

      if (isnan (values[i]))
        continue;
      number = classes != NULL ? quote (classes[(guint) values[i]]) : bp_number_to_shortest (values[i]);
      g_string_append_printf (text, "%s%s=%s", text->len > 0 ? ", " : "", bp_dataset_get_name (dataset, i), number);
    }

  return g_string_free (text, FALSE);
}

void
bp_experiment_edit_sample (BpExperiment *experiment,
                           BpDataset    *dataset,
                           gsize         row,
                           const guint  *columns,
                           const double *values,
                           guint         n_columns)
{
  g_autofree double *all = NULL;
  g_autofree char *text = NULL;
  const char *before;

  g_return_if_fail (experiment != NULL && dataset != NULL && row < bp_dataset_get_n_samples (dataset));

  all = g_new (double, bp_dataset_get_n_columns (dataset));
  for (guint i = 0; i < bp_dataset_get_n_columns (dataset); i++)
    all[i] = NAN;
  before = bp_numbered_lines_get (experiment->edits, (gint64) row + 1);
  if (before != NULL)
    bp_experiment_read_values (dataset, before, before, before + strlen (before), FALSE, all, NULL);
  for (guint i = 0; i < n_columns; i++)
    all[columns[i]] = values[i];
  text = bp_experiment_print_values (dataset, all);
  bp_numbered_lines_set (experiment->edits, (gint64) row + 1, text);
}

gboolean
bp_experiment_edit_samples (const BpExperiment *experiment,
                            BpDataset          *dataset,
                            GError            **error)
{
  for (guint i = 0; i < experiment->edits->len; i++)
    if (!edit_sample (dataset, g_ptr_array_index (experiment->edits, i), error))
      return FALSE;

  return TRUE;
}
