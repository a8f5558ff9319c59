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

int
LLVMFuzzerTestOneInput (const guint8 *data,
                        gsize         size)
{
  const char *path = write_file (data, size);
  g_auto (BpTable) table = { 0 };
  g_autoptr (GError) error = NULL;

  gboolean done = bp_csv_read (path, &table, &error);

  fuzz_check_outcome (done, error);
  g_assert_true (error != NULL || (table.n_columns > 0 && table.n_rows > 0));
  g_assert_true (error != NULL || g_strv_length (table.names) == table.n_columns);
  for (gsize i = 0; i < table.n_columns * table.n_rows; i++)
    g_assert_true (isfinite (table.values[i]));

  return 0;
}
