/* bp-recovery.c: copies of texts that are being written, for when the program ends before they are saved
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "window/bp-recovery.h"

#include <errno.h>
#include <signal.h>
#include <unistd.h>

#define GROUP "Recovery"
#define SUFFIX ".recovery"

static char *
get_folder (void)
{
  return g_build_filename (g_get_user_state_dir (), "backprop-lab", NULL);
}

void
bp_recovery_free (BpRecovery *recovery)
{
  g_free (recovery->copy);
  g_free (recovery->title);
  g_free (recovery->path);
  g_free (recovery->folder);
  g_free (recovery->text);
  g_free (recovery);
}

char *
bp_recovery_make_name (void)
{
  g_autofree char *folder = get_folder ();
  g_autofree char *unique = g_uuid_string_random ();
  g_autofree char *name = g_strconcat (unique, SUFFIX, NULL);

  return g_build_filename (folder, name, NULL);
}

/* Names of files need not be UTF-8. */
static void
set_path (GKeyFile   *file,
          const char *key,
          const char *path)
{
  g_autofree char *escaped = path != NULL ? g_uri_escape_string (path, "/", FALSE) : NULL;

  if (escaped != NULL)
    g_key_file_set_value (file, GROUP, key, escaped);
}

static char *
get_path (GKeyFile   *file,
          const char *key)
{
  g_autofree char *escaped = g_key_file_get_value (file, GROUP, key, NULL);

  return escaped != NULL ? g_uri_unescape_string (escaped, NULL) : NULL;
}

void
bp_recovery_write (const BpRecovery *recovery)
{
  g_autoptr (GKeyFile) file = g_key_file_new ();
  g_autofree char *folder = get_folder ();

  g_return_if_fail (recovery != NULL && recovery->copy != NULL && recovery->text != NULL);

  g_key_file_set_int64 (file, GROUP, "Process", getpid ());
  g_key_file_set_string (file, GROUP, "Title", recovery->title);
  set_path (file, "Path", recovery->path);
  set_path (file, "Folder", recovery->folder);
  g_key_file_set_string (file, GROUP, "Text", recovery->text);
  if (g_mkdir_with_parents (folder, 0700) == 0)
    g_key_file_save_to_file (file, recovery->copy, NULL);
}

/* Returns: (nullable): the copy in the file; NULL while its process is there, and where it is none */
static BpRecovery *
read_copy (const char *copy)
{
  g_autoptr (GKeyFile) file = g_key_file_new ();
  g_autoptr (BpRecovery) recovery = NULL;
  gint64 process;

  if (!g_key_file_load_from_file (file, copy, G_KEY_FILE_NONE, NULL))
    return NULL;
  process = g_key_file_get_int64 (file, GROUP, "Process", NULL);
  if (process <= 0 || kill ((pid_t) process, 0) == 0 || errno != ESRCH)
    return NULL;

  recovery = g_new0 (BpRecovery, 1);
  recovery->copy = g_strdup (copy);
  recovery->title = g_key_file_get_string (file, GROUP, "Title", NULL);
  recovery->path = get_path (file, "Path");
  recovery->folder = get_path (file, "Folder");
  recovery->text = g_key_file_get_string (file, GROUP, "Text", NULL);

  return recovery->title != NULL && recovery->text != NULL ? g_steal_pointer (&recovery) : NULL;
}

BpRecovery *
bp_recovery_find (void)
{
  g_autofree char *folder = get_folder ();
  g_autoptr (GDir) dir = g_dir_open (folder, 0, NULL);
  BpRecovery *found = NULL;
  const char *name;

  while (dir != NULL && found == NULL && (name = g_dir_read_name (dir)) != NULL)
    if (g_str_has_suffix (name, SUFFIX))
      {
        g_autofree char *copy = g_build_filename (folder, name, NULL);

        found = read_copy (copy);
      }

  return found;
}
