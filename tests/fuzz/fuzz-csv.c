/* fuzz-csv.c: any bytes as a CSV file of data
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#define _GNU_SOURCE

#include "fuzz.h"

#include <math.h>
#include <sys/mman.h>
#include <unistd.h>

#include "experiment/bp-csv-preview.h"
#include "experiment/bp-csv.h"
#include "graph/bp-expression.h"
#include "base/bp-number.h"

/* One file in memory for all inputs; its path opens it from the start. */
static const char *
write_file (const guint8 *data,
            gsize         size)
{
  static int file = -1;
  static char path[32];

  if (file < 0)
    {
      file = memfd_create ("input", MFD_CLOEXEC);
      g_assert_cmpint (file, >=, 0);
      g_snprintf (path, sizeof path, "/proc/self/fd/%d", file);
    }

  g_assert_cmpint (ftruncate (file, 0), ==, 0);
  g_assert_cmpint (pwrite (file, data, size, 0), ==, (gssize) size);

  return path;
}

static void
check_table (gboolean       done,
             const BpTable *table,
             const GError  *error)
{
  fuzz_check_outcome (done, error);
  if (!done)
    return;

  g_assert_cmpuint (table->n_rows, >, 0);
  g_assert_cmpuint (g_strv_length (table->names), ==, table->n_columns);
  g_assert_cmpuint (g_strv_length (table->all_names), >=, table->n_columns);
  for (guint i = 0; i < table->n_columns; i++)
    g_assert_true (bp_expression_check_name (table->names[i], NULL));
  for (gsize i = 0; i < table->n_columns * table->n_rows; i++)
    g_assert_true (isfinite (table->values[i]));
}

/* A format that depends on the input, with one key or several given. */
static BpDataFormat
choose_format (const guint8 *data,
               gsize         size)
{
  guint hash = 5381;

  for (gsize i = 0; i < size; i++)
    hash = hash * 33 + data[i];

  return (BpDataFormat) {
    .separator = ",;\t| \0\0\0"[hash % 8],
    .decimal_comma = hash / 8 % 3,
    .header = hash / 24 % 3,
    .drop_missing = hash / 72 % 2,
    .encoding = hash / 144 % 4 == 0 ? hash / 576 % BP_N_ENCODINGS : BP_ENCODING_FROM_FILE,
  };
}

/* What is written of a table reads back as it. */
static void
check_written (const BpTable *table)
{
  static const BpDataFormat any = { 0, };
  g_autoptr (GString) text = g_string_new (NULL);
  g_autoptr (GError) error = NULL;
  g_auto (BpTable) read = { 0 };

  for (guint i = 0; i < table->n_columns; i++)
    {
      g_string_append (text, i == 0 ? "" : ",");
      bp_csv_append_field (text, table->names[i]);
    }
  for (gsize row = 0; row < table->n_rows; row++)
    for (guint i = 0; i < table->n_columns; i++)
      {
        g_string_append (text, i == 0 ? "\n" : ",");
        bp_number_append_exact (text, table->values[i * table->n_rows + row]);
      }

  bp_csv_read (write_file ((const guint8 *) text->str, text->len), &any, NULL, &read, &error);
  g_assert_no_error (error);
  g_assert_cmpuint (read.n_columns, ==, table->n_columns);
  g_assert_cmpmem (read.values, read.n_columns * read.n_rows * sizeof (double),
                   table->values, table->n_columns * table->n_rows * sizeof (double));
}

/* Whatever can be seen of a table, it is so. */
static void
check_preview (const char         *path,
               const BpDataFormat *format)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (BpCsvPreview) preview = bp_csv_preview_new (path, format, &error);

  g_assert_true ((preview == NULL) == (error != NULL));
  for (guint i = 0; preview != NULL && i < preview->rows->len; i++)
    g_assert_cmpuint (g_strv_length (g_ptr_array_index (preview->rows, i)), ==, preview->columns->len);
  for (guint i = 0; preview != NULL && i < preview->columns->len; i++)
    {
      const BpPreviewColumn *column = g_ptr_array_index (preview->columns, i);

      g_assert_true (g_utf8_validate (column->title, -1, NULL));
      g_assert_true (bp_expression_check_name (column->name, NULL));
    }
}

int
LLVMFuzzerTestOneInput (const guint8 *data,
                        gsize         size)
{
  static const BpDataFormat any = { 0, };
  static const char * const names[] = { "x", "y", "c1", NULL };
  const BpDataFormat format = choose_format (data, size);
  const char *path = write_file (data, size);
  g_auto (BpTable) all = { 0 };
  g_auto (BpTable) some = { 0 };
  g_autoptr (GError) all_error = NULL;
  g_autoptr (GError) some_error = NULL;
  gboolean has_all = bp_csv_read (path, &any, NULL, &all, &all_error);
  gboolean has_some = bp_csv_read (path, &format, names, &some, &some_error);

  check_table (has_all, &all, all_error);
  check_table (has_some, &some, some_error);
  check_preview (path, &any);
  check_preview (path, &format);
  if (has_all)
    check_written (&all);

  return 0;
}
