/* folder-fixture.c: a folder of a test's own, with the files it writes there
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "lib/folder-fixture.h"

char *
make_folder (void)
{
  g_autoptr (GError) error = NULL;
  char *folder = g_dir_make_tmp ("backprop-lab-XXXXXX", &error);

  g_assert_no_error (error);

  return folder;
}

guint
remove_folder (const char *folder)
{
  g_autoptr (GDir) dir = g_dir_open (folder, 0, NULL);
  const char *name;
  guint n = 0;

  g_assert_nonnull (dir);
  while ((name = g_dir_read_name (dir)) != NULL)
    {
      g_autofree char *path = g_build_filename (folder, name, NULL);

      g_assert_cmpint (g_remove (path), ==, 0);
      n++;
    }
  g_assert_cmpint (g_rmdir (folder), ==, 0);

  return n;
}

char *
folder_fixture_write (FolderFixture *fixture,
                      const char    *name,
                      const char    *content,
                      gssize         length)
{
  char *path = g_build_filename (fixture->folder, name, NULL);

  g_assert_true (g_file_set_contents (path, content, length, NULL));

  return path;
}

typedef struct {
  void (*test) (FolderFixture *fixture);
} FolderTest;

static void
run_test (gconstpointer data)
{
  const FolderTest *test = data;
  FolderFixture fixture = { make_folder () };

  test->test (&fixture);
  remove_folder (fixture.folder);
  g_free (fixture.folder);
}

void
folder_fixture_add_test (const char *path,
                         void (*test) (FolderFixture *fixture))
{
  const FolderTest folder_test = { test };

  g_test_add_data_func_full (path, g_memdup2 (&folder_test, sizeof folder_test), run_test, g_free);
}
