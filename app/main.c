/* main.c: runs a command, or opens the window
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include <glib/gi18n.h>
#include <gtk/gtk.h>
#include <locale.h>
#include <signal.h>
#include <stdio.h>
#include <string.h>
#include <unistd.h>

#include "bp-application.h"
#include "cli/bp-command-line.h"

/* Finds the schemas and translations by their path relative to the program, so that it runs from the build folder and
 * from any folder that the installation is moved to. */
static void
find_files (void)
{
  g_autofree char *program = g_file_read_link ("/proc/self/exe", NULL);
  g_autofree char *folder = program != NULL ? g_path_get_dirname (program) : g_strdup (BINDIR);
  g_autofree char *built_schemas = g_canonicalize_filename ("../resources", folder);
  g_autofree char *built_schema = g_build_filename (built_schemas, "gschemas.compiled", NULL);
  gboolean is_built = g_file_test (built_schema, G_FILE_TEST_EXISTS);
  g_autofree char *schemas = g_canonicalize_filename (is_built ? "../resources" : SCHEMADIR, folder);
  g_autofree char *translations = g_canonicalize_filename (is_built ? "../resources/po" : LOCALEDIR, folder);

  g_setenv ("GSETTINGS_SCHEMA_DIR", schemas, FALSE);
  bindtextdomain (GETTEXT_PACKAGE, translations);
}

/* Ends a command with a sentence and status 1 when GLib fails to allocate. This is only about small blocks, because
 * bp_memory_check() comes before large ones. No file is half written then. The handler must not allocate. */
static void
log_cb (const char    *domain,
        GLogLevelFlags level,
        const char    *message,
        gpointer       data)
{
  if ((level & G_LOG_LEVEL_ERROR) == 0 || strstr (message, "failed to allocate") == NULL)
    {
      g_log_default_handler (domain, level, message, data);
      return;
    }

  fflush (stdout);
  fprintf (stderr, "backprop-lab: %s\n", _("This takes more memory than there is"));
  _exit (1);
}

int
main (int    argc,
      char **argv)
{
  g_autoptr (GtkApplication) application = NULL;
  int status;

  find_files ();
  setlocale (LC_ALL, "");
  bind_textdomain_codeset (GETTEXT_PACKAGE, "UTF-8");
  textdomain (GETTEXT_PACKAGE);

  /* A write beyond the limit of file sizes fails as on a full disk then, and does not end the program. */
  signal (SIGXFSZ, SIG_IGN);

  /* A hidden option: app/run asks by it whether the window can open. */
  if (argc == 2 && g_str_equal (argv[1], "--has-display"))
    return gtk_init_check () ? 0 : 1;

  g_log_set_default_handler (log_cb, NULL);
  if (bp_command_line_run (argc, argv, &status))
    return status;
  g_log_set_default_handler (g_log_default_handler, NULL);

  if (!gtk_init_check ())
    {
      bp_command_line_print_error (
        _("There is no display to open a window on; “backprop-lab train regression” works without one, and "
          "“backprop-lab --help” shows what else does"));
      return 1;
    }

  application = bp_application_new ();

  return g_application_run (G_APPLICATION (application), argc, argv);
}
