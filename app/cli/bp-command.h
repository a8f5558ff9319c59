/* bp-command.h: declarations that the commands share (private to the command line)
 *
 * Wrong use is an error of domain G_OPTION_ERROR; all other errors are failures.
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#pragma once

#include "training/bp-saved-run.h"

G_BEGIN_DECLS

/**
 * BpCommandOptions:
 * @help: --help was given
 * @nodes: trace: also write the value and the gradient of each node
 * @open_layers: export: the layers of a network are open in the graph
 * @caption: export: a line below the figure says what it shows
 * @log: export: a log axis for the loss
 * @linear: export: a linear axis for the loss
 * @settings: (nullable): a value or NULL for each setting of the experiment, in the order of bp_setting_get_all()
 * @figure: export, as all options down to @delay: what to export
 * @operands: (nullable): the arguments that are not options
 *
 * The options of a command as the user wrote them; NULL for those not given.
 */
typedef struct {
  gboolean help;
  gboolean nodes;
  gboolean open_layers;
  gboolean caption;
  gboolean log;
  gboolean linear;
  char   **settings;
  char    *figure;
  char    *output;
  char    *format;
  char    *iteration;
  char    *instruction;
  char    *phase;
  char    *theme;
  char    *width;
  char    *height;
  char    *font_size;
  char    *scale;
  char    *smoothing;
  char    *parameter;
  char    *sequence;
  char    *first;
  char    *last;
  char    *every;
  char    *delay;
  char   **set;
  char   **operands;
} BpCommandOptions;

/** Runs a command, which writes to standard output. Returns: FALSE after a failure */
typedef gboolean (*BpCommandFunc) (const BpCommandOptions *options,
                                   GError                **error);

/**
 * BpCommand:
 * @name: the name on the command line
 * @operand: (nullable): the name of its operand in the help, such as "EXPERIMENT"
 * @has_nodes: whether it has --nodes
 * @has_figure: whether it has --figure and the options of figures
 * @summary: what it does, in the list of commands (translatable)
 * @description: (nullable): details for its own help (translatable)
 * @run: runs it
 */
typedef struct {
  const char   *name;
  const char   *operand;
  gboolean      has_nodes;
  gboolean      has_figure;
  const char   *summary;
  const char   *description;
  BpCommandFunc run;
} BpCommand;

/**
 * bp_command_options_parse:
 * @arguments: (array zero-terminated=1): the arguments after the command's name
 * @help: (out) (nullable) (transfer full): the command's help if --help was given
 *
 * Parses the options. The caller clears @options with bp_command_options_clear(), also after a failure.
 */
gboolean bp_command_options_parse (BpCommandOptions *options,
                                   const BpCommand  *command,
                                   char            **arguments,
                                   char            **help,
                                   GError          **error);

void bp_command_options_clear (BpCommandOptions *options);

/** Returns: (transfer full): a trainer of the experiment that @options name, with the changes that they ask for */
BpTrainer *bp_command_create_trainer (const BpCommandOptions *options,
                                      GError                **error);

/** Returns: (transfer full): that experiment with the position and the reference runs of a saved run, which @options do
 *  not change */
BpSavedRun *bp_command_load_saved_run (const BpCommandOptions *options,
                                       GError                **error);

/**
 * bp_command_warn_of_data:
 * @saved: a run or reference run as it was read
 * @now: the same run with the data that were read now
 * @said: (inout): the last warning, which is not repeated
 *
 * Warns on standard error if the data file has changed since the run was saved. The command goes on.
 */
void bp_command_warn_of_data (const BpExperiment *saved,
                              const BpExperiment *now,
                              char              **said);

/** Returns: whether @word can only be the name of a file, which may not exist */
gboolean bp_command_is_file (const char *word);

/** Sets @error to wrong use: the value of @option is wrong for @reason (transfer full). */
void bp_command_take_value_error (GError    **error,
                                  const char *option,
                                  GError     *reason);

/** Sets @error to wrong use: @word is unknown, which @sentence says; names the nearest of @candidates. */
void bp_command_set_unknown_error (GError            **error,
                                   const char         *sentence,
                                   const char         *word,
                                   const char * const *candidates);

/** Sets @error to the divergence of @trainer: the iteration, the node, and what may help. */
void bp_command_set_diverged_error (GError   **error,
                                    BpTrainer *trainer);

/**
 * bp_command_write:
 * @text: (inout): the text to write; empty afterwards
 *
 * Writes to standard output. If its reader has closed the pipe, the error is G_FILE_ERROR_PIPE.
 */
gboolean bp_command_write (GString *text,
                           GError **error);

/** Writes @bytes to standard output. */
gboolean bp_command_write_bytes (GBytes  *bytes,
                                 GError **error);

/** Flushes standard output; fails if some of it cannot be written. */
gboolean bp_command_flush (GError **error);

/**
 * bp_command_append_array:
 *
 * Appends the @values as NumPy prints an array of this @shape, on one line: "[6.12853956]", "[[1.5 -2.]]"; a scalar has
 * no brackets. numpy.set_printoptions documents the format: 8 decimals, an exponent where a number is at least 10⁸,
 * less than 10⁻⁴ or more than 1000 times another, and "..." for the middle of more than 1000 elements.
 */
void bp_command_append_array (GString       *text,
                              const BpShape *shape,
                              const double  *values);

/* The commands */

gboolean bp_command_train (const BpCommandOptions *options,
                           GError                **error);

gboolean bp_command_trace (const BpCommandOptions *options,
                           GError                **error);

gboolean bp_command_check (const BpCommandOptions *options,
                           GError                **error);

gboolean bp_command_export (const BpCommandOptions *options,
                            GError                **error);

G_END_DECLS
