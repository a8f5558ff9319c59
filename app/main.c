/* main.c: the program: a command, or the window
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include <glib/gi18n.h>
#include <gtk/gtk.h>
#include <locale.h>

#include "bp-application.h"
#include "bp-command-line.h"

static void
set_language (void)
{
  setlocale (LC_ALL, "");
  bindtextdomain (GETTEXT_PACKAGE, LOCALEDIR);
  bind_textdomain_codeset (GETTEXT_PACKAGE, "UTF-8");
  textdomain (GETTEXT_PACKAGE);
}

int
main (int    argc,
      char **argv)
{
  g_autoptr (GtkApplication) application = NULL;
  int status;

  set_language ();

  /* What app/run asks before it opens the window. */
  if (argc == 2 && g_str_equal (argv[1], "--probe-display"))
    return gtk_init_check () ? 0 : 1;

  if (bp_command_line_run (argc, argv, &status))
    return status;

  if (!gtk_init_check ())
    {
      g_printerr ("backprop-lab: %s\n",
                  _("There is no display to open a window on; “backprop-lab train regression” works without one, "
                    "and “backprop-lab --help” shows what else does"));
      return 1;
    }

  application = bp_application_new ();

  return g_application_run (G_APPLICATION (application), argc, argv);
}
