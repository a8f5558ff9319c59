/* bp-command-options.c: which options a command has, and its help
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "bp-command.h"

#include <glib/gi18n-lib.h>
#include <string.h>

#include "bp-text.h"

static GOptionContext *
create_context (BpCommandOptions *options,
                const BpCommand  *command)
{
  /* All are read as file names are, byte by byte: numbers need no locale, and names may be in any encoding. */
  const GOptionEntry experiment_entries[] = {
    { "seed", 0, 0, G_OPTION_ARG_FILENAME, &options->seed, N_("Where all chance comes from"), "NUMBER" },
    { "iterations", 0, 0, G_OPTION_ARG_FILENAME, &options->iterations, N_("How many iterations to train"), "NUMBER" },
    { "batch-size", 0, 0, G_OPTION_ARG_FILENAME, &options->batch_size, N_("Samples an iteration"), "NUMBER" },
    { "learning-rate", 0, 0, G_OPTION_ARG_FILENAME, &options->learning_rate, N_("The optimizer's learning rate"),
      "NUMBER" },
    { "optimizer", 0, 0, G_OPTION_ARG_FILENAME, &options->optimizer,
      N_("gradient-descent, momentum, nesterov, adagrad, rmsprop or adam"), "NAME" },
    { "report-every", 0, 0, G_OPTION_ARG_FILENAME, &options->report_every,
      N_("Iterations between two reports of train"), "NUMBER" },
    { "set", 0, 0, G_OPTION_ARG_FILENAME_ARRAY, &options->set, N_("The initial value of a variable's elements"),
      "NAME=VALUE" },
    G_OPTION_ENTRY_NULL
  };
  const GOptionEntry nodes_entries[] = {
    { "nodes", 0, 0, G_OPTION_ARG_NONE, &options->nodes, N_("Add each node's value and gradient"), NULL },
    G_OPTION_ENTRY_NULL
  };
  const GOptionEntry entries[] = {
    { "help", 'h', 0, G_OPTION_ARG_NONE, &options->help, N_("Show this help"), NULL },
    { G_OPTION_REMAINING, 0, 0, G_OPTION_ARG_FILENAME_ARRAY, &options->operands, NULL, NULL },
    G_OPTION_ENTRY_NULL
  };
  GOptionContext *context = g_option_context_new (command->operand);

  g_option_context_set_help_enabled (context, FALSE);
  g_option_context_set_summary (context, _(command->summary));
  g_option_context_add_main_entries (context, entries, GETTEXT_PACKAGE);
  if (command->operand != NULL)
    g_option_context_add_main_entries (context, experiment_entries, GETTEXT_PACKAGE);
  if (command->has_nodes)
    g_option_context_add_main_entries (context, nodes_entries, GETTEXT_PACKAGE);
  if (command->description != NULL)
    g_option_context_set_description (context, _(command->description));

  return context;
}

/* GOption takes the program's name from the first argument, and its help from the program's name. */
static char **
add_program_name (const BpCommand *command,
                  char           **arguments)
{
  g_autoptr (GStrvBuilder) builder = g_strv_builder_new ();
  g_autofree char *name = g_strdup_printf ("backprop-lab %s", command->name);

  g_set_prgname (name);
  g_strv_builder_add (builder, name);
  g_strv_builder_addv (builder, (const char **) arguments);

  return g_strv_builder_end (builder);
}

static gboolean
check_operands (const BpCommandOptions *options,
                const BpCommand        *command,
                GError                **error)
{
  guint expected = command->operand != NULL ? 1 : 0;
  guint given = options->operands != NULL ? g_strv_length (options->operands) : 0;

  if (given < expected)
    g_set_error (error, G_OPTION_ERROR, G_OPTION_ERROR_BAD_VALUE,
                 _("“%s” needs an experiment: the name of a built-in one (“backprop-lab list” shows them) or a file"),
                 command->name);
  else if (given > expected)
    {
      g_autofree char *quoted = bp_text_quote (options->operands[expected], -1);

      g_set_error (error, G_OPTION_ERROR, G_OPTION_ERROR_BAD_VALUE, _("“%s” does not take “%s” besides"), command->name,
                   quoted);
    }

  return given == expected;
}

gboolean
bp_command_options_parse (BpCommandOptions *options,
                          const BpCommand  *command,
                          char            **arguments,
                          char            **help,
                          GError          **error)
{
  g_autoptr (GOptionContext) context = create_context (options, command);
  g_auto (GStrv) argv = add_program_name (command, arguments);

  *help = NULL;

  if (!g_option_context_parse_strv (context, &argv, error))
    return FALSE;

  if (options->help)
    *help = g_option_context_get_help (context, TRUE, NULL);

  return options->help || check_operands (options, command, error);
}

void
bp_command_options_clear (BpCommandOptions *options)
{
  g_free (options->seed);
  g_free (options->iterations);
  g_free (options->batch_size);
  g_free (options->learning_rate);
  g_free (options->optimizer);
  g_free (options->report_every);
  g_strfreev (options->set);
  g_strfreev (options->operands);
  memset (options, 0, sizeof *options);
}
