/* command-export-fixture.c: exports into a folder, and what is in it then
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "app/cli/command-export-fixture.h"

Result
run_export (const char *folder,
            const char *arguments)
{
  g_autofree char *quoted = g_shell_quote (folder);
  g_auto (GStrv) parts = g_strsplit (arguments, "%s", -1);
  g_autofree char *joined = g_strjoinv (quoted, parts);
  g_autofree char *line = g_strconcat ("export ", joined, NULL);

  return runner_run (line);
}

void
run_export_well (const char *folder,
                 const char *arguments)
{
  g_auto (Result) result = run_export (folder, arguments);

  g_assert_cmpstr (result.err, ==, "");
  g_assert_cmpstr (result.out, ==, "");
  g_assert_cmpint (result.status, ==, 0);
}

char *
load_file (const char *folder,
           const char *name,
           gsize      *size)
{
  g_autofree char *path = g_build_filename (folder, name, NULL);
  g_autoptr (GError) error = NULL;
  char *contents;

  g_file_get_contents (path, &contents, size, &error);
  g_assert_no_error (error);

  return contents;
}
