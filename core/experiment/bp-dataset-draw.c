/* bp-dataset-draw.c: samples that are drawn from distributions
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "experiment/bp-dataset-private.h"

#include <glib/gi18n-lib.h>
#include <math.h>

#include "base/bp-error.h"
#include "base/bp-memory.h"
#include "base/bp-random.h"
#include "graph/bp-shape.h"

/* How many samples the distributions @parts give, at most BP_MAX_SAMPLES + 1. */
static gsize
count_samples (const GArray *parts,
               gsize         n_samples)
{
  gsize sum = 0;

  for (guint i = 0; i < parts->len; i++)
    {
      gsize count = g_array_index (parts, BpDistribution, i).count;

      sum += MIN (count > 0 ? count : n_samples, BP_MAX_SAMPLES + 1 - sum);
    }

  return sum;
}

static gboolean
check_count (const char *name,
             gsize       count,
             const char *first_name,
             gsize       first_count,
             GError    **error)
{
  if (count == 0)
    g_set_error (error, BP_ERROR, BP_ERROR_VALUE, _("“%s” has no samples"), name);
  else if (count > BP_MAX_SAMPLES)
    g_set_error (error, BP_ERROR, BP_ERROR_VALUE, _("“%s” has more than %d samples"), name, BP_MAX_SAMPLES);
  else if (count != first_count)
    g_set_error (error, BP_ERROR, BP_ERROR_VALUE,
                 _("“%s” has %zu samples but “%s” has %zu; all placeholders must have equally many"),
                 first_name, first_count, name, count);
  else
    return TRUE;

  return FALSE;
}

static gboolean
draw_column (guint64       seed,
             const char   *name,
             const GArray *parts,
             gsize         n_samples,
             double       *values,
             GError      **error)
{
  g_autofree char *label = g_strconcat ("data/", name, NULL);
  guint64 key = bp_random_key (seed, label);
  gsize sample = 0;

  for (guint i = 0; i < parts->len; i++)
    {
      const BpDistribution *part = &g_array_index (parts, BpDistribution, i);
      gsize end = sample + (part->count > 0 ? part->count : n_samples);

      for (; sample < end; sample++)
        {
          values[sample] = bp_distribution_draw (part, key, sample);
          if (!isfinite (values[sample]))
            {
              g_autofree char *text = bp_distribution_to_string (part);

              g_set_error (error, BP_ERROR, BP_ERROR_VALUE, _("“%s”: %s gives numbers that are too large"), name, text);
              return FALSE;
            }
        }
    }

  return TRUE;
}

static gboolean
draw_table (guint64     seed,
            GPtrArray  *columns,
            gsize       n_samples,
            BpTable    *table,
            GError    **error)
{
  for (guint i = 0; i < table->n_columns; i++)
    {
      gsize count = count_samples (g_ptr_array_index (columns, i), n_samples);

      if (i == 0)
        table->n_rows = count;
      if (!check_count (table->names[i], count, table->names[0], table->n_rows, error))
        return FALSE;
    }

  if (table->n_columns * table->n_rows > BP_MAX_ELEMENTS)
    {
      g_set_error (error, BP_ERROR, BP_ERROR_VALUE, _("%u placeholders of so many samples do not fit into memory"),
                   table->n_columns);
      return FALSE;
    }

  /* The numbers, and the numbers of the rows. */
  if (!bp_memory_check ((table->n_columns + 1) * table->n_rows * sizeof (double), error))
    return FALSE;
  table->values = g_new (double, table->n_columns * table->n_rows);

  for (guint i = 0; i < table->n_columns; i++)
    if (!draw_column (seed, table->names[i], g_ptr_array_index (columns, i), n_samples,
                      table->values + i * table->n_rows, error))
      return FALSE;

  return TRUE;
}

BpDataset *
bp_dataset_new_from_distributions (guint64             seed,
                                   const char * const *names,
                                   GPtrArray          *columns,
                                   gsize               n_samples,
                                   GError            **error)
{
  g_return_val_if_fail (names != NULL, NULL);
  g_return_val_if_fail (columns != NULL && columns->len == g_strv_length ((char **) names), NULL);
  g_return_val_if_fail (n_samples >= 1 && n_samples <= BP_MAX_SAMPLES, NULL);

  g_auto(BpTable) table = {
    .names = g_strdupv ((char **) names),
    .n_columns = columns->len,
    .n_rows = n_samples,
  };

  return draw_table (seed, columns, n_samples, &table, error) ? bp_dataset_new_from_table (seed, &table, error) : NULL;
}
