/* folder-fixture.h: a folder of a test's own, with the files it writes there
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#pragma once

#include <glib/gstdio.h>

/** Makes an empty folder. Returns: (transfer full): its path, for remove_folder() */
char *make_folder (void);

/** Removes a folder and the files in it. Returns: how many they were */
guint remove_folder (const char *folder);

/** What a test of folder_fixture_add_test() works on; its folder goes with all files in it when the test is over. */
typedef struct {
  char *folder;
} FolderFixture;

/** Writes a file into the folder; a @length of -1 is that of a string. Returns: (transfer full): its path */
char *folder_fixture_write (FolderFixture *fixture,
                            const char    *name,
                            const char    *content,
                            gssize         length);

/** Adds a test that takes a FolderFixture. */
void folder_fixture_add_test (const char *path,
                              void (*test) (FolderFixture *fixture));
