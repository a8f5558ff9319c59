/* test-preferences.c: what is remembered is there, and where it is not installed nothing ends the program
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "dialogs/bp-preferences.h"

static void
test_installed (void)
{
  g_autoptr (GSettings) preferences = bp_preferences_new ();
  g_autoptr (GSettings) export = bp_preferences_new_export ();
  g_autofree char *theme = NULL, *format = NULL;

  g_assert_nonnull (preferences);
  g_assert_nonnull (export);
  theme = g_settings_get_string (preferences, "theme");
  format = g_settings_get_string (export, "format");
  g_assert_cmpstr (theme, ==, "default");
  g_assert_cmpstr (format, ==, "svg");
}

static void
test_not_installed (void)
{
  if (g_test_subprocess ())
    {
      g_assert_null (bp_preferences_new ());
      g_assert_null (bp_preferences_new_export ());
      return;
    }

  g_setenv ("GSETTINGS_SCHEMA_DIR", "/nonexistent", TRUE);
  g_setenv ("XDG_DATA_DIRS", "/nonexistent", TRUE);
  g_setenv ("XDG_DATA_HOME", "/nonexistent", TRUE);
  g_test_trap_subprocess (NULL, 0, G_TEST_SUBPROCESS_DEFAULT);
  g_test_trap_assert_passed ();
}

int
main (int    argc,
      char **argv)
{
  g_test_init (&argc, &argv, NULL);

  g_test_add_func ("/preferences/installed", test_installed);
  g_test_add_func ("/preferences/not-installed", test_not_installed);

  return g_test_run ();
}
