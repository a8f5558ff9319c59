/* replay.c: a harness without libFuzzer, as a test: every file of its corpus once
 *
 * HARNESS is its name.
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "fuzz.h"

#include <string.h>

static void
replay (const char *folder,
        const char *name)
{
  g_autofree char *path = g_build_filename (folder, name, NULL);
  g_autofree char *content = NULL;
  g_autofree guint8 *exact = NULL;
  g_autoptr (GError) error = NULL;
  gsize size;

  g_test_message ("%s", name);
  g_file_get_contents (path, &content, &size, &error);
  g_assert_no_error (error);
  exact = g_malloc (MAX (size, 1));
  memcpy (exact, content, size);
  g_assert_cmpint (LLVMFuzzerTestOneInput (exact, size), ==, 0);
}

static void
test_corpus (void)
{
  g_autofree char *folder = g_test_build_filename (G_TEST_DIST, "fuzz", "corpus", HARNESS, NULL);
  g_autoptr (GError) error = NULL;
  g_autoptr (GDir) files = g_dir_open (folder, 0, &error);
  guint n_files = 0;

  g_assert_no_error (error);
  for (const char *name; (name = g_dir_read_name (files)) != NULL; n_files++)
    replay (folder, name);
  g_assert_cmpuint (n_files, >=, 12);
}

int
main (int    argc,
      char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/fuzz/" HARNESS, test_corpus);

  return g_test_run ();
}
