/* bp-command-line.c: finds the command, runs it, and gives the exit status
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "cli/bp-command-line.h"

#include <glib/gi18n-lib.h>
#ifdef __GLIBC__
#include <malloc.h>
#endif
#include <signal.h>
#include <stdio.h>
#include <string.h>

#include "experiment/bp-builtin.h"
#include "cli/bp-command.h"
#include "base/bp-text.h"

enum {
  STATUS_SUCCESS,
  STATUS_FAILURE,
  STATUS_USAGE,
};

static gboolean
list_experiments (G_GNUC_UNUSED const BpCommandOptions  *options,
                  GError                               **error)
{
  g_autoptr (GString) text = g_string_new (NULL);
  const char *const *names = bp_builtin_get_names ();
  gsize width = 0;

  for (guint i = 0; names[i] != NULL; i++)
    width = MAX (width, strlen (names[i]));

  for (guint i = 0; names[i] != NULL; i++)
    {
      g_autoptr (BpExperiment) experiment = bp_builtin_load (names[i], error);

      if (experiment == NULL)
        return FALSE;

      g_string_append_printf (text, "%-*s  %s\n", (int) width, names[i],
                              bp_builtin_translate (*experiment->description != '\0' ? experiment->description
                                                                                     : experiment->title));
    }

  return bp_command_write (text, error);
}

static const BpCommand commands[] = {
  { "list", NULL, FALSE, FALSE, N_("List the built-in experiments"), NULL, list_experiments },
  { "train", "EXPERIMENT", FALSE, FALSE, N_("Train and report on the way"),
    N_("Every so many iterations (--report-every) and at the end: the variables after the update, and the loss of\n"
       "that iteration's samples with them. At the end, where the experiment has an [Evaluate], the accuracy over all\n"
       "samples; over those held out apart."),
    bp_command_train },
  { "trace", "EXPERIMENT", TRUE, FALSE, N_("Write each iteration's numbers as CSV"),
    N_("One row per iteration: the variables before the update, the loss, the gradients, the variables after the "
       "update,\n"
       "and the loss of the same samples with them. With --nodes also the value of each node of one element during\n"
       "the iteration and the gradient of the loss by it."),
    bp_command_trace },
  { "check", "EXPERIMENT", FALSE, FALSE, N_("Compare gradients with central differences"),
    N_("For each node with a gradient, over iterations spread through the run: the largest difference relative to\n"
       "the gradient, and in which iteration it was. The step of the difference adapts. At a kink the slopes of both\n"
       "sides are named, and a gradient between them is right. The exit status is 1 if one differs or could not be\n"
       "checked."),
    bp_command_check },
  { "export", "EXPERIMENT", FALSE, TRUE, N_("Write a figure of a run to a file"),
    N_("The figures that the window exports, from the same drawing: the graph, a plot, the explanation of a step,\n"
       "the neurons of a network, or all of it as in the window. Every figure comes as svg, pdf, png or tikz; the\n"
       "graph also as dot, plots as csv. The text of an svg can be selected and edited, and its parts have the names\n"
       "of nodes; that of tikz is set by LaTeX. A run that diverges is shown where it stops, a saved one where it\n"
       "stood.\n"
      "With --sequence every figure comes as a pdf of many pages, or as a gif that moves.\n"
       "\n"
       "  backprop-lab export regression --figure loss --output loss.pdf --width 80mm\n"
       "  backprop-lab export regression --figure graph --iteration 38 --phase backward --output graph.tex\n"
      "  backprop-lab export regression --figure view --sequence nodes --last 2 --output steps.pdf\n"
      "  backprop-lab export classification --figure data --sequence iterations --every 20 --output training.gif"),
    bp_command_export },
};

/* The help before and after the lines of the commands. */
static const char help_head[] = N_(
  "Usage:\n"
  "  backprop-lab [FILE.experiment…]       Open the window\n"
  "  backprop-lab COMMAND [OPTION…]\n"
  "\n"
  "Commands:\n");

static const char help_tail[] = N_(
  "\n"
  "EXPERIMENT is the name of a built-in one or a file. “backprop-lab COMMAND --help” says which options it has.\n"
  "\n"
  "Options:\n"
  "  -h, --help                            Show this help\n"
  "  --version                             Show the version\n");

static char *
create_help (void)
{
  GString *text = g_string_new (_(help_head));

  for (guint i = 0; i < G_N_ELEMENTS (commands); i++)
    {
      g_autofree char *usage = g_strdup_printf ("backprop-lab %s %s", commands[i].name,
                                                commands[i].operand != NULL ? commands[i].operand : "");

      g_string_append_printf (text, "  %-36s  %s\n", usage, _(commands[i].summary));
    }

  return g_string_free (g_string_append (text, _(help_tail)), FALSE);
}

static const BpCommand *
find_command (const char *name)
{
  for (guint i = 0; i < G_N_ELEMENTS (commands); i++)
    if (g_str_equal (commands[i].name, name))
      return &commands[i];

  return NULL;
}

static gboolean
write_text (const char *string,
            GError    **error)
{
  g_autoptr (GString) text = g_string_new (string);

  return bp_command_write (text, error);
}

static gboolean
run_command (const BpCommand *command,
             char           **arguments,
             GError         **error)
{
  g_autofree char *help = NULL;
  BpCommandOptions options = { 0 };
  gboolean done = bp_command_options_parse (&options, command, arguments, &help, error);

  if (done)
    done = help != NULL ? write_text (help, error) : command->run (&options, error);

  bp_command_options_clear (&options);

  return done;
}

static void
set_unknown_command_error (GError    **error,
                           const char *word)
{
  g_autofree char *quoted = bp_text_quote (word, -1);
  g_autofree char *sentence = g_strdup_printf (_("There is no command or file “%s”"), quoted);
  const char *names[G_N_ELEMENTS (commands) + 1] = { NULL };

  for (guint i = 0; i < G_N_ELEMENTS (commands); i++)
    names[i] = commands[i].name;

  bp_command_set_unknown_error (error, sentence, word, names);
}

static gboolean
is_existing_file (const char *word)
{
  return *word != '-' && g_file_test (word, G_FILE_TEST_EXISTS);
}

/* Reports words that are neither a command nor an option: files for the window of which one does not exist, or a
 * misspelled command. */
static void
set_word_error (GError **error,
                char   **words)
{
  char **word = words;

  while (is_existing_file (*word))
    word++;

  if (bp_command_is_file (*word))
    bp_experiment_free (bp_experiment_new_from_file (*word, error));
  else if (word == words)
    set_unknown_command_error (error, *word);
  else
    {
      g_autofree char *quoted = bp_text_quote (*word, -1);

      g_set_error (error, G_OPTION_ERROR, G_OPTION_ERROR_BAD_VALUE,
                   _("“%s” is not an experiment file; the window opens only those"), quoted);
    }
}

/* Handles words that do not start with a command: an option of the program, or wrong use. */
static gboolean
run_option (char   **words,
            GError **error)
{
  const char *word = words[0];

  if (g_str_equal (word, "--help") || g_str_equal (word, "-h"))
    {
      g_autofree char *help = create_help ();

      return write_text (help, error);
    }

  if (g_str_equal (word, "--version"))
    return write_text ("backprop-lab " PACKAGE_VERSION "\n", error);

  if (*word == '-')
    {
      g_autofree char *quoted = bp_text_quote (word, -1);

      g_set_error (error, G_OPTION_ERROR, G_OPTION_ERROR_UNKNOWN_OPTION,
                   _("There is no option “%s”; “backprop-lab --help” lists what there is"), quoted);
    }
  else
    set_word_error (error, words);

  return FALSE;
}

/* The window takes no words, existing files, or the options of GApplication that a desktop adds. */
static gboolean
is_for_window (char **words)
{
  if (*words != NULL && find_command (*words) != NULL)
    return FALSE;

  if (*words != NULL && g_str_has_prefix (*words, "--gapplication"))
    return TRUE;

  while (*words != NULL && is_existing_file (*words))
    words++;

  return *words == NULL;
}

void
bp_command_line_print_error (const char *message)
{
  const char *charset;
  g_autofree char *line = NULL;
  g_autofree char *text = NULL;

  g_return_if_fail (message != NULL);

  /* Messages of GLib can contain file names with control characters. */
  line = bp_text_to_line (message);
  if (!g_get_charset (&charset))
    {
      text = g_convert (line, -1, charset, "UTF-8", NULL, NULL, NULL);
      if (text == NULL)
        text = g_str_to_ascii (line, NULL);
    }

  fprintf (stderr, "backprop-lab: %s\n", text != NULL ? text : line);
}

/* Prints @error, except that the reader of the pipe closed it: it wanted no more. Returns: the exit status */
static int
report_error (const GError *error)
{
  if (!g_error_matches (error, G_FILE_ERROR, G_FILE_ERROR_PIPE))
    bp_command_line_print_error (error->message);

  return error->domain == G_OPTION_ERROR ? STATUS_USAGE : STATUS_FAILURE;
}

gboolean
bp_command_line_run (int    argc,
                     char **argv,
                     int   *status)
{
  g_autoptr (GError) error = NULL;
  const BpCommand *command;
  gboolean done;

  g_return_val_if_fail (status != NULL, TRUE);

  if (argc < 1 || is_for_window (argv + 1))
    return FALSE;

  /* A write to a closed pipe then fails with an error, and does not end the program before it cleans up. */
  signal (SIGPIPE, SIG_IGN);

#ifdef M_ARENA_MAX
  /* With an arena each, the threads that look for fonts would each reserve 64 MiB, which a limit may not allow. */
  mallopt (M_ARENA_MAX, 1);
#endif

  command = find_command (argv[1]);
  if (command != NULL)
    done = run_command (command, argv + 2, &error);
  else
    done = run_option (argv + 1, &error);

  if (done)
    done = bp_command_flush (&error);
  else
    bp_command_flush (NULL);

  *status = done ? STATUS_SUCCESS : report_error (error);

  return TRUE;
}
