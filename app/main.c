/* main.c: the program: a command, or the window
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

/* What the program needs lies beside it, where it is installed as in the build folder: it can be tried before it is
 * installed, and moved with all of it afterwards. */
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

static void
set_language (void)
{
  setlocale (LC_ALL, "");
  bind_textdomain_codeset (GETTEXT_PACKAGE, "UTF-8");
  textdomain (GETTEXT_PACKAGE);
}

/* What is large is asked for beforehand. Where something small cannot be had GLib says so and ends the program; for a
 * command, which leaves nothing half done, that is a failure as any other. Nothing is allocated here. */
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
  set_language ();

  /* A file that reaches the limit of sizes is a fault to tell like a full disk. */
  signal (SIGXFSZ, SIG_IGN);

  /* What app/run asks before it opens the window. */
  if (argc == 2 && g_str_equal (argv[1], "--probe-display"))
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
