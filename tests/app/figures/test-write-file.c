/* test-write-file.c: the old file stays whole on any fault, and nothing is left beside it
 *
 * Faults are tried in a subprocess as an unprivileged user, since permissions do not hold for root.
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#define _GNU_SOURCE

#include <glib/gstdio.h>
#include <fcntl.h>
#include <grp.h>
#include <signal.h>
#include <string.h>
#include <sys/file.h>
#include <sys/resource.h>
#include <sys/stat.h>
#include <unistd.h>

#include "figures/bp-write-file.h"

#define NOBODY 65534

/* A folder of the unprivileged user, who this process is from then on. */
static char *
become_nobody (void)
{
  g_autoptr (GError) error = NULL;
  char *folder = g_dir_make_tmp ("backprop-lab-XXXXXX", &error);

  g_assert_no_error (error);

  if (geteuid () == 0)
    {
      g_assert_cmpint (chown (folder, NOBODY, NOBODY), ==, 0);
      g_assert_cmpint (setgroups (0, NULL), ==, 0);
      g_assert_cmpint (setresgid (NOBODY, NOBODY, NOBODY), ==, 0);
      g_assert_cmpint (setresuid (NOBODY, NOBODY, NOBODY), ==, 0);
    }

  return folder;
}

static gboolean
write_text (const char *path,
            const char *text,
            GError    **error)
{
  g_autoptr (GBytes) bytes = g_bytes_new (text, strlen (text));

  return bp_write_file (path, bytes, error);
}

static void
assert_content (const char *path,
                const char *expected)
{
  g_autofree char *content = NULL;
  g_autoptr (GError) error = NULL;

  g_file_get_contents (path, &content, NULL, &error);
  g_assert_no_error (error);
  g_assert_cmpstr (content, ==, expected);
}

static guint
count_files (const char *folder)
{
  g_autoptr (GDir) dir = g_dir_open (folder, 0, NULL);
  guint n = 0;

  while (g_dir_read_name (dir) != NULL)
    n++;

  return n;
}

static void
assert_refused (const char *path,
                const char *text,
                int         code)
{
  g_autoptr (GError) error = NULL;
  g_autofree char *name = g_filename_display_name (path);

  g_assert_false (write_text (path, text, &error));
  g_assert_error (error, G_FILE_ERROR, code);
  g_assert_nonnull (strstr (error->message, name));
}

static void
remove_folder (const char *folder)
{
  g_autoptr (GDir) dir = g_dir_open (folder, 0, NULL);
  const char *name;

  while ((name = g_dir_read_name (dir)) != NULL)
    {
      g_autofree char *path = g_build_filename (folder, name, NULL);

      g_remove (path);
    }

  g_rmdir (folder);
}

static void
test_new_and_old (void)
{
  g_autofree char *folder = g_dir_make_tmp ("backprop-lab-XXXXXX", NULL);
  g_autofree char *path = g_build_filename (folder, "figure.svg", NULL);
  g_autoptr (GError) error = NULL;
  GStatBuf info;
  mode_t mask = umask (022);

  g_assert_true (write_text (path, "one", &error));
  g_assert_no_error (error);
  assert_content (path, "one");
  g_stat (path, &info);
  g_assert_cmpint (info.st_mode & 0777, ==, 0644);

  g_chmod (path, 0600);
  g_assert_true (write_text (path, "", &error));
  g_assert_true (write_text (path, "two", &error));
  assert_content (path, "two");
  g_stat (path, &info);
  g_assert_cmpint (info.st_mode & 0777, ==, 0600);
  g_assert_cmpuint (count_files (folder), ==, 1);
  umask (mask);
  remove_folder (folder);
}

static void
test_links (void)
{
  g_autofree char *folder = g_dir_make_tmp ("backprop-lab-XXXXXX", NULL);
  g_autofree char *target = g_build_filename (folder, "target", NULL);
  g_autofree char *link = g_build_filename (folder, "link", NULL);
  g_autofree char *dangling = g_build_filename (folder, "dangling", NULL);
  g_autofree char *created = g_build_filename (folder, "created", NULL);
  g_autofree char *loop = g_build_filename (folder, "loop", NULL);

  g_assert_true (write_text (target, "old", NULL));
  g_assert_cmpint (symlink ("target", link), ==, 0);
  g_assert_cmpint (symlink (created, dangling), ==, 0);
  g_assert_cmpint (symlink ("loop", loop), ==, 0);

  g_assert_true (write_text (link, "new", NULL));
  g_assert_true (g_file_test (link, G_FILE_TEST_IS_SYMLINK));
  assert_content (target, "new");
  g_assert_true (write_text (dangling, "made", NULL));
  assert_content (created, "made");
  assert_refused (loop, "never", G_FILE_ERROR_LOOP);
  remove_folder (folder);
}

static void
test_names (void)
{
  g_autofree char *folder = g_dir_make_tmp ("backprop-lab-XXXXXX", NULL);
  g_autofree char *latin = g_build_filename (folder, "caf\351.svg", NULL);
  g_autofree char *missing = g_build_filename (folder, "none", "figure.svg", NULL);
  g_autofree char *fifo = g_build_filename (folder, "fifo", NULL);

  g_assert_true (write_text (latin, "content", NULL));
  assert_content (latin, "content");
  assert_refused (missing, "never", G_FILE_ERROR_NOENT);
  g_assert_false (bp_write_file_check (missing, NULL));
  assert_refused (folder, "never", G_FILE_ERROR_ISDIR);
  g_assert_cmpint (mkfifo (fifo, 0600), ==, 0);
  assert_refused (fifo, "never", G_FILE_ERROR_INVAL);
  g_assert_true (bp_write_file_check (latin, NULL));
  remove_folder (folder);
}

/* The name may be as long as names can be. */
static void
test_long_name (void)
{
  g_autofree char *folder = g_dir_make_tmp ("backprop-lab-XXXXXX", NULL);
  g_autofree char *name = g_strnfill (255, 'n');
  g_autofree char *longer = g_strnfill (256, 'n');
  g_autofree char *path = g_build_filename (folder, name, NULL);
  g_autofree char *too_long = g_build_filename (folder, longer, NULL);

  g_assert_true (write_text (path, "one", NULL));
  g_assert_true (write_text (path, "two", NULL));
  assert_content (path, "two");
  assert_refused (too_long, "never", G_FILE_ERROR_NAMETOOLONG);
  g_assert_cmpuint (count_files (folder), ==, 1);
  remove_folder (folder);
}

/* What a killed process left goes at the next save; what another one writes, and what is not ours, stays. */
static void
test_leftovers (void)
{
  static const char * const kept[] = {
    ".backprop-lab-0123456789abcde", ".backprop-lab-0123456789abcdef0", ".backprop-lab-0123456789abcdeg",
    "backprop-lab-0123456789abcdef", ".backprop-lab-notes", "figure.svg.XXXXXX",
  };
  g_autofree char *folder = g_dir_make_tmp ("backprop-lab-XXXXXX", NULL);
  g_autofree char *path = g_build_filename (folder, "figure.svg", NULL);
  g_autofree char *left = g_build_filename (folder, ".backprop-lab-0123456789abcdef", NULL);
  g_autofree char *written = g_build_filename (folder, ".backprop-lab-00000000000000ff", NULL);
  g_autofree char *link = g_build_filename (folder, ".backprop-lab-000000000000000a", NULL);
  g_autofree char *subfolder = g_build_filename (folder, ".backprop-lab-000000000000000b", NULL);
  g_autofree char *fifo = g_build_filename (folder, ".backprop-lab-000000000000000c", NULL);
  int fd;

  g_assert_true (g_file_set_contents (left, "half a fi", -1, NULL));
  g_assert_true (g_file_set_contents (written, "half a fi", -1, NULL));
  for (guint i = 0; i < G_N_ELEMENTS (kept); i++)
    {
      g_autofree char *other = g_build_filename (folder, kept[i], NULL);

      g_assert_true (g_file_set_contents (other, "theirs", -1, NULL));
    }
  g_assert_cmpint (symlink ("figure.svg.XXXXXX", link), ==, 0);
  g_assert_cmpint (g_mkdir (subfolder, 0700), ==, 0);
  g_assert_cmpint (mkfifo (fifo, 0600), ==, 0);
  fd = open (written, O_RDWR);
  g_assert_cmpint (flock (fd, LOCK_EX), ==, 0);

  g_assert_true (write_text (path, "whole", NULL));
  g_assert_false (g_file_test (left, G_FILE_TEST_EXISTS));
  assert_content (written, "half a fi");
  g_assert_true (g_file_test (link, G_FILE_TEST_IS_SYMLINK));
  g_assert_cmpuint (count_files (folder), ==, 5 + G_N_ELEMENTS (kept));

  close (fd);
  g_assert_true (write_text (path, "whole", NULL));
  g_assert_false (g_file_test (written, G_FILE_TEST_EXISTS));
  remove_folder (folder);
}

/* Killed by the limit on the size of files while it writes. */
static void
be_killed (void)
{
  g_autofree char *large = g_strnfill (200000, 'x');
  const struct rlimit limit = { 65536, 65536 };
  const struct rlimit no_core = { 0, 0 };

  signal (SIGXFSZ, SIG_DFL);
  setrlimit (RLIMIT_CORE, &no_core);
  g_assert_cmpint (setrlimit (RLIMIT_FSIZE, &limit), ==, 0);
  write_text (g_getenv ("BP_TEST_PATH"), large, NULL);
}

static void
test_killed (void)
{
  g_autofree char *folder = NULL;
  g_autofree char *path = NULL;

  if (g_test_subprocess ())
    {
      be_killed ();
      return;
    }

  folder = g_dir_make_tmp ("backprop-lab-XXXXXX", NULL);
  path = g_build_filename (folder, "figure.svg", NULL);
  g_assert_true (write_text (path, "old", NULL));
  g_setenv ("BP_TEST_PATH", path, TRUE);
  g_test_trap_subprocess (NULL, 0, G_TEST_SUBPROCESS_DEFAULT);
  g_test_trap_assert_failed ();
  assert_content (path, "old");
  g_assert_cmpuint (count_files (folder), ==, 2);
  g_assert_true (write_text (path, "new", NULL));
  assert_content (path, "new");
  g_assert_cmpuint (count_files (folder), ==, 1);
  remove_folder (folder);
}

static void
check_permissions (void)
{
  g_autofree char *folder = become_nobody ();
  g_autofree char *path = g_build_filename (folder, "figure.svg", NULL);
  g_autofree char *other = g_build_filename (folder, "other.svg", NULL);

  g_assert_true (write_text (path, "old", NULL));
  g_chmod (path, 0400);
  assert_refused (path, "never", G_FILE_ERROR_ACCES);
  assert_content (path, "old");
  g_chmod (path, 0600);

  g_chmod (folder, 0500);
  assert_refused (path, "never", G_FILE_ERROR_ACCES);
  assert_refused (other, "never", G_FILE_ERROR_ACCES);
  g_assert_false (bp_write_file_check (other, NULL));
  assert_content (path, "old");
  g_assert_cmpuint (count_files (folder), ==, 1);
  g_chmod (folder, 0700);
  remove_folder (folder);
}

/* A limit on the size of files fails where a full disk does: in the middle of writing. */
static void
check_full_disk (void)
{
  g_autofree char *folder = become_nobody ();
  g_autofree char *path = g_build_filename (folder, "figure.svg", NULL);
  g_autofree char *large = g_strnfill (200000, 'x');
  const struct rlimit limit = { 65536, 65536 };

  g_assert_true (write_text (path, "old", NULL));
  signal (SIGXFSZ, SIG_IGN);
  g_assert_cmpint (setrlimit (RLIMIT_FSIZE, &limit), ==, 0);
  g_assert_false (write_text (path, large, NULL));
  assert_content (path, "old");
  g_assert_cmpuint (count_files (folder), ==, 1);
  remove_folder (folder);
}

static void
test_in_subprocess (gconstpointer data)
{
  void (*check) (void) = (void (*) (void)) data;

  if (g_test_subprocess ())
    {
      check ();
      return;
    }

  g_test_trap_subprocess (NULL, 0, G_TEST_SUBPROCESS_DEFAULT);
  g_test_trap_assert_passed ();
}

int
main (int   argc,
      char *argv[])
{
  g_test_init (&argc, &argv, NULL);

  g_test_add_func ("/write-file/new-and-old", test_new_and_old);
  g_test_add_func ("/write-file/links", test_links);
  g_test_add_func ("/write-file/names", test_names);
  g_test_add_func ("/write-file/long-name", test_long_name);
  g_test_add_func ("/write-file/leftovers", test_leftovers);
  g_test_add_func ("/write-file/killed", test_killed);
  g_test_add_data_func ("/write-file/permissions", (gconstpointer) check_permissions, test_in_subprocess);
  g_test_add_data_func ("/write-file/full-disk", (gconstpointer) check_full_disk, test_in_subprocess);

  return g_test_run ();
}
