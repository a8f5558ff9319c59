/* folder-fixture.h: a folder of a test's own, with the files it writes there
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#pragma once

#include <glib/gstdio.h>

typedef struct {
  char *folder;
} FolderFixture;

static inline void
folder_fixture_set_up (FolderFixture               *fixture,
                       G_GNUC_UNUSED gconstpointer  data)
{
  fixture->folder = g_dir_make_tmp ("test-experiment-XXXXXX", NULL);
  g_assert_nonnull (fixture->folder);
}

static inline void
folder_fixture_tear_down (FolderFixture               *fixture,
                          G_GNUC_UNUSED gconstpointer  data)
{
  g_autoptr (GDir) dir = g_dir_open (fixture->folder, 0, NULL);

  for (const char *name; (name = g_dir_read_name (dir)) != NULL;)
    {
      g_autofree char *path = g_build_filename (fixture->folder, name, NULL);

      g_remove (path);
    }
  g_assert_cmpint (g_rmdir (fixture->folder), ==, 0);
  g_free (fixture->folder);
}

/** Returns: (transfer full): the path of the file written */
static inline char *
folder_fixture_write (FolderFixture *fixture,
                      const char    *name,
                      const char    *content,
                      gssize         length)
{
  char *path = g_build_filename (fixture->folder, name, NULL);

  g_assert_true (g_file_set_contents (path, content, length, NULL));

  return path;
}

/** Adds a test that takes a FolderFixture. */
#define folder_fixture_add_test(path, test) \
  g_test_add (path, FolderFixture, NULL, folder_fixture_set_up, test, folder_fixture_tear_down)
