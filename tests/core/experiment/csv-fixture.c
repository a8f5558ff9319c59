/* csv-fixture.c: tables for tests, and what is read of them
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "core/experiment/csv-fixture.h"

#include "base/bp-number.h"
#include "lib/folder-fixture.h"

BpDataset *
read_bytes (Fixture     *fixture,
            const char  *text,
            gssize       length,
            GError     **error)
{
  g_assert_true (g_file_set_contents (fixture->file, text, length, NULL));

  return bp_dataset_new_from_csv (1, fixture->file, NULL, NULL, error);
}

char *
describe (BpDataset *dataset)
{
  GString *text = g_string_new (NULL);
  guint n_columns = bp_dataset_get_n_columns (dataset);

  for (guint i = 0; i < n_columns; i++)
    g_string_append_printf (text, "%s|", bp_dataset_get_name (dataset, i));

  for (gsize row = 0; row < bp_dataset_get_n_samples (dataset); row++)
    for (guint i = 0; i < n_columns; i++)
      {
        g_string_append (text, i == 0 ? " " : ",");
        bp_number_append_exact (text, bp_dataset_get_column (dataset, i)[row]);
      }

  return g_string_free (text, FALSE);
}

void
assert_refused (Fixture    *fixture,
                const char *text,
                gssize      length,
                BpError     code,
                const char *message)
{
  g_autoptr(GError) error = NULL;
  g_autofree char *expected = g_strconcat (fixture->file, message, NULL);

  g_assert_null (read_bytes (fixture, text, length, &error));
  g_assert_error (error, BP_ERROR, (int) code);
  g_assert_cmpstr (error->message, ==, expected);
  g_assert_true (g_utf8_validate (error->message, -1, NULL));

  if (length < 0)
    g_assert_null (bp_dataset_new_from_csv (1, fixture->file, NULL, NULL, NULL));
}

void
assert_read (Fixture            *fixture,
             const char         *text,
             const BpDataFormat *format,
             const char         *names,
             const char         *table)
{
  g_auto (GStrv) list = g_strsplit (names, " ", -1);
  g_autoptr (GError) error = NULL;
  g_autoptr (BpDataset) dataset = NULL;
  g_autofree char *description = NULL;

  g_assert_true (g_file_set_contents (fixture->file, text, -1, NULL));
  dataset = bp_dataset_new_from_csv (1, fixture->file, format, (const char * const *) list, &error);
  description = dataset != NULL ? describe (dataset) : g_strdup (error->message + strlen (fixture->file));
  g_assert_cmpstr (description, ==, table);
}

typedef struct {
  void (*test) (Fixture *fixture);
} CsvTest;

static void
run_csv_test (gconstpointer data)
{
  const CsvTest *test = data;
  g_autofree char *folder = make_folder ();
  g_autofree char *file = g_build_filename (folder, "points.csv", NULL);
  Fixture fixture = { folder, file };

  test->test (&fixture);
  remove_folder (folder);
}

void
add_csv_test (const char *path,
              void (*test) (Fixture *fixture))
{
  const CsvTest csv_test = { test };

  g_test_add_data_func_full (path, g_memdup2 (&csv_test, sizeof csv_test), run_csv_test, g_free);
}
