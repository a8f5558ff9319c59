/* bp-dataset.c: the samples
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "experiment/bp-dataset-private.h"

#include "base/bp-error.h"
#include "base/bp-memory.h"
#include "base/bp-random.h"

#include <glib/gi18n-lib.h>
#include <math.h>
#include <string.h>

static int
compare_cb (gconstpointer          a,
            gconstpointer          b,
            G_GNUC_UNUSED gpointer data)
{
  return strcmp (a, b);
}

BpDataset *
bp_dataset_new_from_table (guint64   seed,
                           BpTable  *table,
                           GError  **error)
{
  gsize *rows = g_try_new (gsize, table->n_rows);
  BpDataset *self;

  if (rows == NULL)
    {
      g_set_error (error, BP_ERROR, BP_ERROR_VALUE, _("%u columns of %zu samples do not fit into memory"),
                   table->n_columns, table->n_rows);
      return NULL;
    }

  self = g_new0 (BpDataset, 1);
  g_atomic_ref_count_init (&self->ref_count);
  self->table = *table;
  *table = (BpTable) { 0 };

  self->columns = g_tree_new ((GCompareFunc) strcmp);
  self->joined = g_tree_new_full (compare_cb, NULL, g_free, (GDestroyNotify) g_array_unref);
  for (guint i = 0; i < self->table.n_columns; i++)
    {
      const char *name[] = { self->table.names[i], NULL };

      g_tree_insert (self->columns, self->table.names[i], GUINT_TO_POINTER (i + 1));
      bp_dataset_join (self, name[0], name);
    }

  self->batch_key = bp_random_key (seed, "batch");
  self->epoch_key = bp_random_key (seed, "epoch");
  self->test_key = bp_random_key (seed, "test");
  self->rows = rows;
  self->chosen = g_array_new (FALSE, FALSE, sizeof (BpChosenRows));
  self->chosen_rows = g_array_new (FALSE, FALSE, sizeof (gsize));
  bp_dataset_set_test_share (self, 0);

  return self;
}

BpDataset *
bp_dataset_new (guint64               seed,
                const char * const   *names,
                const double * const *columns,
                gsize                 n_samples)
{
  g_return_val_if_fail (names != NULL, NULL);
  g_return_val_if_fail (columns != NULL || names[0] == NULL, NULL);
  g_return_val_if_fail (n_samples >= 1 && n_samples <= BP_MAX_SAMPLES, NULL);

  BpTable table = {
    .names = g_strdupv ((char **) names),
    .n_columns = g_strv_length ((char **) names),
    .n_rows = n_samples,
  };

  table.values = g_new (double, table.n_columns * n_samples);
  for (guint i = 0; i < table.n_columns; i++)
    memcpy (table.values + i * n_samples, columns[i], n_samples * sizeof (double));

  return bp_dataset_new_from_table (seed, &table, NULL);
}

BpDataset *
bp_dataset_new_from_csv (guint64              seed,
                         const char          *file,
                         const BpDataFormat  *format,
                         const char * const  *names,
                         GError             **error)
{
  static const BpDataFormat any = { 0, };

  g_return_val_if_fail (file != NULL, NULL);

  g_auto(BpTable) table = { 0 };

  if (!bp_csv_read (file, format != NULL ? format : &any, names, &table, error))
    return NULL;

  return bp_dataset_new_from_table (seed, &table, error);
}

BpDataset *
bp_dataset_ref (BpDataset *self)
{
  g_return_val_if_fail (self != NULL, NULL);

  g_atomic_ref_count_inc (&self->ref_count);

  return self;
}

void
bp_dataset_unref (BpDataset *self)
{
  if (self == NULL || !g_atomic_ref_count_dec (&self->ref_count))
    return;

  g_tree_unref (self->joined);
  g_tree_unref (self->columns);
  bp_table_clear (&self->table);
  g_free (self->digest);
  g_array_unref (self->chosen);
  g_array_unref (self->chosen_rows);
  g_free (self->rows);
  g_free (self);
}

void
bp_dataset_set_sampling (BpDataset *self,
                         BpSampling sampling)
{
  g_return_if_fail (self != NULL);
  g_return_if_fail (sampling <= BP_SAMPLING_SEQUENTIAL);

  self->sampling = sampling;
}

void
bp_dataset_set_test_share (BpDataset *self,
                           double     share)
{
  g_return_if_fail (self != NULL);
  g_return_if_fail (share >= 0 && share < 1);

  gsize n = self->table.n_rows;
  gsize n_test = MIN ((gsize) round (share * (double) n), n - 1);
  gsize train = 0;
  gsize test = n - n_test;

  self->n_train = test;

  /* Rows whose permuted index is below n_test are held out. */
  for (gsize row = 0; row < n; row++)
    if (n_test > 0 && bp_random_permute (self->test_key, row, n) < n_test)
      self->rows[test++] = row;
    else
      self->rows[train++] = row;
}

guint
bp_dataset_get_n_columns (BpDataset *self)
{
  g_return_val_if_fail (self != NULL, 0);

  return self->table.n_columns;
}

const char *
bp_dataset_get_name (BpDataset *self,
                     guint      column)
{
  g_return_val_if_fail (self != NULL, NULL);
  g_return_val_if_fail (column < self->table.n_columns, NULL);

  return self->table.names[column];
}

guint
bp_dataset_find (BpDataset  *self,
                 const char *name)
{
  g_return_val_if_fail (self != NULL, G_MAXUINT);
  g_return_val_if_fail (name != NULL, G_MAXUINT);

  /* 0 − 1 is G_MAXUINT. */
  return GPOINTER_TO_UINT (g_tree_lookup (self->columns, name)) - 1;
}

gboolean
bp_dataset_join (BpDataset          *self,
                 const char         *name,
                 const char * const *columns)
{
  g_autoptr (GArray) numbers = g_array_new (FALSE, FALSE, sizeof (guint));

  g_return_val_if_fail (self != NULL && name != NULL && columns != NULL, FALSE);

  for (; *columns != NULL; columns++)
    {
      guint column = bp_dataset_find (self, *columns);

      if (column == G_MAXUINT)
        return FALSE;
      g_array_append_val (numbers, column);
    }
  g_tree_replace (self->joined, g_strdup (name), g_steal_pointer (&numbers));

  return TRUE;
}

const guint *
bp_dataset_find_all (BpDataset  *self,
                     const char *name,
                     guint      *n_columns)
{
  const GArray *numbers;

  g_return_val_if_fail (self != NULL && name != NULL && n_columns != NULL, NULL);

  numbers = g_tree_lookup (self->joined, name);
  *n_columns = numbers != NULL ? numbers->len : 0;

  return numbers != NULL ? (const guint *) (gpointer) numbers->data : NULL;
}

const char * const *
bp_dataset_get_classes (BpDataset *self,
                        guint      column)
{
  g_return_val_if_fail (self != NULL && column < self->table.n_columns, NULL);

  return self->table.classes != NULL ? (const char * const *) self->table.classes[column] : NULL;
}

gsize
bp_dataset_get_n_samples (BpDataset *self)
{
  g_return_val_if_fail (self != NULL, 0);

  return self->table.n_rows;
}

const double *
bp_dataset_get_column (BpDataset *self,
                       guint      column)
{
  g_return_val_if_fail (self != NULL, NULL);
  g_return_val_if_fail (column < self->table.n_columns, NULL);

  return self->table.values + column * (self->table.n_rows + self->n_typed);
}

gboolean
bp_dataset_set_typed (BpDataset    *self,
                      const double *typed,
                      gsize         n_typed,
                      GError      **error)
{
  gsize n_rows, n_columns;
  double *values;

  g_return_val_if_fail (self != NULL && self->n_typed == 0, FALSE);

  n_rows = self->table.n_rows;
  n_columns = self->table.n_columns;
  if (!bp_memory_check (n_columns * (n_rows + n_typed) * sizeof (double), error))
    return FALSE;

  values = g_new (double, n_columns * (n_rows + n_typed));
  for (gsize i = 0; i < n_columns; i++)
    {
      memcpy (values + i * (n_rows + n_typed), self->table.values + i * n_rows, n_rows * sizeof (double));
      for (gsize j = 0; j < n_typed; j++)
        values[i * (n_rows + n_typed) + n_rows + j] = typed[j * n_columns + i];
    }
  g_free (self->table.values);
  self->table.values = values;
  self->n_typed = n_typed;

  return TRUE;
}

gsize
bp_dataset_get_n_typed (BpDataset *self)
{
  g_return_val_if_fail (self != NULL, 0);

  return self->n_typed;
}

static void
update_with_numbers (GChecksum    *checksum,
                     const double *values,
                     gsize         n)
{
  guint64 buffer[512];

  for (gsize i = 0; i < n; i += G_N_ELEMENTS (buffer))
    {
      gsize part = MIN (n - i, G_N_ELEMENTS (buffer));

      memcpy (buffer, values + i, part * sizeof *buffer);
      for (gsize j = 0; j < part; j++)
        buffer[j] = GUINT64_TO_LE (buffer[j]);
      g_checksum_update (checksum, (const guchar *) buffer, (gssize) (part * sizeof *buffer));
    }
}

char *
bp_dataset_dup_digest (BpDataset *self)
{
  g_autoptr (GChecksum) checksum = g_checksum_new (G_CHECKSUM_SHA256);

  g_return_val_if_fail (self != NULL, NULL);

  if (self->digest != NULL)
    return g_strdup (self->digest);
  for (GTreeNode *node = g_tree_node_first (self->columns); node != NULL; node = g_tree_node_next (node))
    {
      const char *name = g_tree_node_key (node);

      g_checksum_update (checksum, (const guchar *) name, (gssize) strlen (name) + 1);
      update_with_numbers (checksum, bp_dataset_get_column (self, bp_dataset_find (self, name)), self->table.n_rows);
    }

  return g_strdup (g_checksum_get_string (checksum));
}

void
bp_dataset_edit (BpDataset *self,
                 gsize      row,
                 guint      column,
                 double     value)
{
  g_return_if_fail (self != NULL && row < self->table.n_rows && column < self->table.n_columns);

  if (self->digest == NULL)
    self->digest = bp_dataset_dup_digest (self);
  self->table.values[column * (self->table.n_rows + self->n_typed) + row] = value;
}

char *
bp_dataset_describe_dropped (BpDataset *self)
{
  g_return_val_if_fail (self != NULL, NULL);

  gsize n = self->table.n_dropped;

  if (n == 0)
    return NULL;

  return g_strdup_printf (ngettext ("%zu row of the data file is left out, since a value is missing; %zu remain",
                                    "%zu rows of the data file are left out, since a value is missing; %zu remain", n),
                          n, self->table.n_rows);
}

const gsize *
bp_dataset_get_rows (BpDataset *self,
                     gboolean   test,
                     gsize     *n_rows)
{
  g_return_val_if_fail (self != NULL, NULL);
  g_return_val_if_fail (n_rows != NULL, NULL);

  *n_rows = test ? self->table.n_rows - self->n_train : self->n_train;

  return test ? self->rows + self->n_train : self->rows;
}
