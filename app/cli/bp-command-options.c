/* bp-command-options.c: parses the options of a command, and makes its help
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "cli/bp-command.h"

#include <glib/gi18n-lib.h>
#include <string.h>

#include "experiment/bp-setting.h"
#include "base/bp-text.h"

/* G_OPTION_ARG_FILENAME takes the bytes as they are: a number does not depend on the locale, and a name may have any
 * encoding. */
static void
add_figure_entries (GOptionContext   *context,
                    BpCommandOptions *options)
{
  const GOptionEntry entries[] = {
    { "figure", 0, 0, G_OPTION_ARG_FILENAME, &options->figure,
      N_("graph, variable, loss, curve, data, confusion, accuracy, gradients, activations, learning-rate, explanation, "
         "neurons, side-by-side, view, or all of them"),
      "NAME" },
    { "output", 'o', 0, G_OPTION_ARG_FILENAME, &options->output,
      N_("The file; - is standard output; for all figures a folder"), "FILE" },
    { "format", 0, 0, G_OPTION_ARG_FILENAME, &options->format,
      N_("svg, pdf, png, tikz, dot or csv, otherwise as the file's suffix says; pdf or gif of a sequence"), "NAME" },
    { "iteration", 0, 0, G_OPTION_ARG_FILENAME, &options->iteration,
      N_("After how many iterations, otherwise at the end, or where a saved run stood"), "NUMBER" },
    { "phase", 0, 0, G_OPTION_ARG_FILENAME, &options->phase,
      N_("After which phase of that iteration: feed, forward, backward or update"), "NAME" },
    { "instruction", 0, 0, G_OPTION_ARG_FILENAME, &options->instruction,
      N_("After how many node steps of that iteration"), "NUMBER" },
    { "sequence", 0, 0, G_OPTION_ARG_FILENAME, &options->sequence,
      N_("A page or a picture after each of: nodes, phases or iterations"), "NAME" },
    { "first", 0, 0, G_OPTION_ARG_FILENAME, &options->first,
      N_("Of a sequence, its first iteration; 0 is before anything is computed"), "NUMBER" },
    { "last", 0, 0, G_OPTION_ARG_FILENAME, &options->last, N_("Of a sequence, its last iteration"), "NUMBER" },
    { "every", 0, 0, G_OPTION_ARG_FILENAME, &options->every,
      N_("Of a sequence of iterations, how many from one to the next"), "NUMBER" },
    { "delay", 0, 0, G_OPTION_ARG_FILENAME, &options->delay, N_("Of a GIF, how long a picture stands"), "SECONDS" },
    { "theme", 0, 0, G_OPTION_ARG_FILENAME, &options->theme, N_("light or dark"), "NAME" },
    { "width", 0, 0, G_OPTION_ARG_FILENAME, &options->width,
      N_("Of the figure: 600px, 160mm, 16cm, 6in or 450pt; pixels are 1/96 inch"), "SIZE" },
    { "height", 0, 0, G_OPTION_ARG_FILENAME, &options->height, N_("The same"), "SIZE" },
    { "font-size", 0, 0, G_OPTION_ARG_FILENAME, &options->font_size, N_("Of running text: 14px, 11pt"), "SIZE" },
    { "scale", 0, 0, G_OPTION_ARG_FILENAME, &options->scale,
      N_("A PNG's or a GIF's pixels for one of the figure's; 2 if not given, of a GIF 1"), "NUMBER" },
    { "open-layers", 0, 0, G_OPTION_ARG_NONE, &options->open_layers,
      N_("Show the nodes within the layers of a network"), NULL },
    { "caption", 0, 0, G_OPTION_ARG_NONE, &options->caption, N_("Say below the figure what it shows"), NULL },
    { "log", 0, 0, G_OPTION_ARG_NONE, &options->log, N_("The loss on a log axis, which is the default"), NULL },
    { "linear", 0, 0, G_OPTION_ARG_NONE, &options->linear, N_("The loss on a linear axis"), NULL },
    { "smoothing", 0, 0, G_OPTION_ARG_FILENAME, &options->smoothing,
      N_("Add a moving average of the loss; the weight of the past, between 0 and 1"), "NUMBER" },
    { "parameter", 0, 0, G_OPTION_ARG_FILENAME, &options->parameter, N_("The only parameter to show: A, or W[0,1]"),
      "NAME" },
    G_OPTION_ENTRY_NULL
  };

  g_option_context_add_main_entries (context, entries, GETTEXT_PACKAGE);
}

static void
add_experiment_entries (GOptionContext   *context,
                        BpCommandOptions *options)
{
  const GOptionEntry set_entry = {
    "set", 0, 0, G_OPTION_ARG_FILENAME_ARRAY, &options->set, N_("The initial value of a variable's elements"),
    "NAME=VALUE"
  };
  g_autoptr (GArray) entries = g_array_new (TRUE, FALSE, sizeof (GOptionEntry));
  guint n_settings;
  const BpSetting *settings = bp_setting_get_all (&n_settings);

  options->settings = g_new0 (char *, n_settings);
  for (guint i = 0; i < n_settings; i++)
    {
      const GOptionEntry entry = {
        settings[i].option, 0, 0, G_OPTION_ARG_FILENAME, &options->settings[i], settings[i].description,
        settings[i].kind == BP_SETTING_CHOICE ? "NAME"
        : settings[i].kind == BP_SETTING_SCHEDULE ? "SCHEDULE" : "NUMBER"
      };

      if (settings[i].option != NULL)
        g_array_append_val (entries, entry);
    }
  g_array_append_val (entries, set_entry);

  g_option_context_add_main_entries (context, (const GOptionEntry *) (gpointer) entries->data, GETTEXT_PACKAGE);
}

static GOptionContext *
create_context (BpCommandOptions *options,
                const BpCommand  *command)
{
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
    add_experiment_entries (context, options);
  if (command->has_nodes)
    g_option_context_add_main_entries (context, nodes_entries, GETTEXT_PACKAGE);
  if (command->has_figure)
    add_figure_entries (context, options);
  if (command->description != NULL)
    g_option_context_set_description (context, _(command->description));

  return context;
}

/* GOption skips the first argument, and shows the program's name in the help. */
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

      g_set_error (error, G_OPTION_ERROR, G_OPTION_ERROR_BAD_VALUE, _("“%s” does not take “%s”"), command->name,
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
  char **texts[] = {
    &options->figure, &options->output, &options->format, &options->iteration, &options->instruction, &options->phase,
    &options->theme, &options->width, &options->height, &options->font_size, &options->scale, &options->smoothing,
    &options->parameter, &options->sequence, &options->first, &options->last, &options->every, &options->delay,
  };
  guint n_settings;

  bp_setting_get_all (&n_settings);
  for (guint i = 0; options->settings != NULL && i < n_settings; i++)
    g_free (options->settings[i]);
  g_free (options->settings);
  for (guint i = 0; i < G_N_ELEMENTS (texts); i++)
    g_free (*texts[i]);
  g_strfreev (options->set);
  g_strfreev (options->operands);
  memset (options, 0, sizeof *options);
}
