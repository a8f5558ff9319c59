/* test-command-names.c: no name or value brings a control character or a second line to the terminal
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include <glib/gstdio.h>
#include <string.h>

#include "lib/command-runner.h"

/* A colour, a line, an operating system command and its end, a C1 control, text from right to left, a separator. */
#define EVIL "a\033[31mb\nc\033]0;d\007e\302\233f\342\200\256g\342\201\246h\342\200\250i"

/* The same for what ends at the end of a line. */
#define EVIL_IN_LINE "a\033[31mb\rc\033]0;d\007e\302\233f\342\200\256g\342\201\246h\342\200\250i"

/* The same for a value: a carriage return as it is ends the line. */
#define EVIL_TITLE "a\033[31mb\\rc\033]0;d\007e\302\233f\342\200\256g\342\201\246h\342\200\250i"

/* The same for what may be a key. */
#define EVIL_KEY "a\033b\rc\007e\302\233f\342\200\256g\342\201\246h\342\200\250i"

static void
assert_harmless (const char *text)
{
  g_assert_true (g_utf8_validate (text, -1, NULL));

  for (const char *c = text; *c != '\0'; c = g_utf8_next_char (c))
    {
      gunichar character = g_utf8_get_char (c);

      if (g_unichar_iscntrl (character) ? character != '\n'
          : (character >= 0x2028 && character <= 0x202e) || (character >= 0x2066 && character <= 0x2069))
        {
          g_autofree char *escaped = g_strescape (text, NULL);

          g_test_message ("U+%04X in %s", character, escaped);
          g_test_fail ();
        }
    }
}

/* Runs the program with @arguments, NULL ends them. What fails says so in one line. */
static void
run_arguments (const char *const *arguments)
{
  g_autoptr (GStrvBuilder) builder = g_strv_builder_new ();
  g_auto (GStrv) argv = NULL;
  g_auto (Result) result = { 0 };

  g_strv_builder_add (builder, runner_get_program ());
  g_strv_builder_addv (builder, (const char **) arguments);
  argv = g_strv_builder_end (builder);
  result = runner_spawn (argv, NULL);
  g_test_message ("%s", result.err);
  result_assert_fails (&result, result.status == 2 ? 2 : 1, "");
  assert_harmless (result.err);
  assert_harmless (result.out);
}

static void
test_arguments (void)
{
  static const char *const cases[][8] = {
    { EVIL },
    { "--" EVIL },
    { "-" EVIL },
    { EVIL ".experiment" },
    { ".", EVIL },
    { "list", EVIL },
    { "train", EVIL },
    { "train", "./" EVIL },
    { "train", EVIL ".experiment" },
    { "train", "regression", EVIL },
    { "train", "regression", "--" EVIL },
    { "train", "regression", "-" EVIL },
    { "train", "regression", "--nodes=" EVIL },
    { "train", "regression", "--seed", EVIL },
    { "train", "regression", "--iterations", EVIL },
    { "train", "regression", "--learning-rate", EVIL },
    { "train", "regression", "--optimizer", EVIL },
    { "train", "regression", "--set", EVIL },
    { "train", "regression", "--set", EVIL "=1" },
    { "train", "regression", "--set", "A=" EVIL },
    { "trace", EVIL },
    { "check", EVIL },
    { "export", "regression", "--figure", EVIL },
    { "export", "regression", "--figure", "loss", "--output", EVIL },
    { "export", "regression", "--figure", "loss", "--output", EVIL "/a.svg" },
    { "export", "regression", "--figure", "all", "--output", EVIL },
    { "export", "regression", "--figure", "loss", "--output=a.svg", "--width", EVIL },
    { "export", "regression", "--figure", "loss", "--output=a.svg", "--phase", EVIL },
    { "export", "regression", "--figure", "loss", "--output=a.svg", "--parameter", EVIL },
    { "export", "regression", "--figure", "loss", "--output=a.svg", "--sequence", EVIL },
    { "export", "regression", "--figure", "loss", "--output=a.svg", "--format", EVIL },
  };

  for (guint i = 0; i < G_N_ELEMENTS (cases); i++)
    run_arguments (cases[i]);
}

/* A folder whose name is as bad, with a file in it. */
static char *
write_file (const char *content)
{
  char *path = runner_write_file ("placeholder", content);
  g_autofree char *folder = g_path_get_dirname (path);
  g_autofree char *evil = g_build_filename (folder, EVIL, NULL);
  char *file = g_build_filename (evil, EVIL ".experiment", NULL);

  g_assert_cmpint (g_mkdir (evil, 0700), ==, 0);
  g_assert_cmpint (g_rename (path, file), ==, 0);
  g_free (path);

  return file;
}

static void
remove_file (char *file)
{
  g_autofree char *evil = g_path_get_dirname (file);
  g_autofree char *folder = g_path_get_dirname (evil);

  g_assert_cmpint (g_remove (file), ==, 0);
  g_assert_cmpint (g_rmdir (evil), ==, 0);
  g_assert_cmpint (g_rmdir (folder), ==, 0);
  g_free (file);
}

#define MODEL "[Variables]\nA=1\n[Model]\nloss=square(A)\n"

static void
test_files (void)
{
  static const char *const contents[] = {
    "",
    "\xff",
    EVIL_IN_LINE,
    "[" EVIL_IN_LINE "]\n" MODEL,
    MODEL "[Data]\nFile=" EVIL_IN_LINE ".csv\n",
    MODEL "[Data]\nFile=/" EVIL_IN_LINE "/b.csv\n",
    MODEL "[Data]\nFile=.\n",
    MODEL "[Data]\n" EVIL_KEY "=1\n",
    MODEL "[Data]\nx=1 x 5\n" EVIL_KEY "=1 x 3\n",
    MODEL "[Data]\n" EVIL_KEY "=normal(1e308, 1e308)\n",
    MODEL "[Data]\nx=" EVIL_IN_LINE "\n",
    "[Variables]\n" EVIL_KEY "=1\n[Model]\nloss=1\n",
    "[Variables]\nA=1\n[Model]\n" EVIL_KEY "=A\nloss=A * A\n",
    "[Variables]\nA=1\n[Model]\nloss=A * " EVIL_IN_LINE "\n",
    "[Variables]\nA=" EVIL_IN_LINE "\n[Model]\nloss=A\n",
    "[Variables]\nA=1 [" EVIL_IN_LINE "]\n[Model]\nloss=A\n",
    "[Experiment]\nLoss=" EVIL_IN_LINE "\n" MODEL,
    "[Experiment]\nTitle=\\" EVIL_IN_LINE "\n" MODEL,
    "[Experiment]\n" EVIL_KEY "=1\n" MODEL,
    MODEL "[Optimizer]\nName=" EVIL_IN_LINE "\n",
    MODEL "[Evaluate]\nTarget=" EVIL_IN_LINE "\n",
    MODEL "[Evaluate]\nTheory=" EVIL_KEY ": 1\n",
    MODEL "[Changes]\n" EVIL_KEY "=BatchSize=3\n",
    MODEL "[Changes]\n4=" EVIL_KEY "=3\n",
    MODEL "[Session]\nIteration=" EVIL_IN_LINE "\n",
    MODEL "[Ghost 1/" EVIL_IN_LINE "]\n",
  };

  for (guint i = 0; i < G_N_ELEMENTS (contents); i++)
    {
      char *file = write_file (contents[i]);
      const char *export[] = { "export", file, "--figure=loss", "--output=-", "--format=svg", NULL };

      run_arguments (export);
      remove_file (file);
    }
}

/* A title is no message, but a figure on standard output goes to the same terminal; SVG and PDF want it on one line. */
static void
test_titles (void)
{
  static const char *const formats[] = { "svg", "tikz", "dot" };
  char *file = write_file ("[Experiment]\nIterations=2\nTitle=" EVIL_TITLE "\\nj\n" MODEL);

  for (guint i = 0; i < G_N_ELEMENTS (formats); i++)
    {
      g_autofree char *format = g_strconcat ("--format=", formats[i], NULL);
      const char *argv[] = { runner_get_program (), "export", file, "--figure=graph", "--output=-", format, NULL };
      g_auto (Result) result = runner_spawn ((char **) argv, NULL);

      g_assert_cmpstr (result.err, ==, "");
      g_assert_cmpint (result.status, ==, 0);
      assert_harmless (result.out);
      g_assert_null (strstr (result.out, "&#x1b;"));
    }
  remove_file (file);
}

int
main (int    argc,
      char **argv)
{
  g_test_init (&argc, &argv, NULL);

  g_test_add_func ("/command-names/arguments", test_arguments);
  g_test_add_func ("/command-names/files", test_files);
  g_test_add_func ("/command-names/titles", test_titles);

  return g_test_run ();
}
