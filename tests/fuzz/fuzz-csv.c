/* fuzz-csv.c: any bytes as a CSV file of data
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#define _GNU_SOURCE

#include "fuzz.h"

#include <math.h>
#include <sys/mman.h>
#include <unistd.h>

#include "bp-csv.h"

/* The file is in memory; its path opens it from the start. */
static int
create_file (const guint8 *data,
             gsize         size,
             char        **path)
{
  int file = memfd_create ("input", MFD_CLOEXEC);

  g_assert_cmpint (file, >=, 0);
  g_assert_cmpint (write (file, data, size), ==, (gssize) size);
  *path = g_strdup_printf ("/proc/self/fd/%d", file);

  return file;
}

int
LLVMFuzzerTestOneInput (const guint8 *data,
                        gsize         size)
{
  g_autofree char *path = NULL;
  int file = create_file (data, size, &path);
  g_auto (BpTable) table = { 0 };
  g_autoptr (GError) error = NULL;

  gboolean done = bp_csv_read (path, &table, &error);

  fuzz_check_outcome (done, error);
  g_assert_true (error != NULL || (table.n_columns > 0 && table.n_rows > 0));
  g_assert_true (error != NULL || g_strv_length (table.names) == table.n_columns);
  for (gsize i = 0; i < table.n_columns * table.n_rows; i++)
    g_assert_true (isfinite (table.values[i]));

  close (file);

  return 0;
}
