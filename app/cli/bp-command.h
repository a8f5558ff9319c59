/* bp-command.h: what the commands share (private to the command line)
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
 * @help: whether only help was asked for
 * @nodes: for trace: a value and a gradient of each node too
 * @caption: for export: a line below the figure that says what it shows
 * @log: for export: a log axis for the loss
 * @linear: for export: a linear one
 * @settings: (nullable): the settings of the experiment in the order of their table, each NULL or a value
 * @figure: for export, as everything down to @delay: what to export
 * @operands: (nullable): what is no option
 *
 * A command's options as written; NULL where there is none.
 */
typedef struct {
  gboolean help;
  gboolean nodes;
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

/** What a command does: writes to standard output; FALSE after a failure. */
typedef gboolean (*BpCommandFunc) (const BpCommandOptions *options,
                                   GError                **error);

/**
 * BpCommand:
 * @name: its word on the command line
 * @operand: (nullable): what it works on: "EXPERIMENT"
 * @has_nodes: whether it has --nodes
 * @has_figure: whether it has --figure and the options that say how it looks
 * @summary: what it does, for the list of commands (translatable)
 * @description: (nullable): more of it, for its own help (translatable)
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
 * @arguments: (array zero-terminated=1): what follows the command's name
 * @help: (out) (nullable) (transfer full): the command's help if that was asked for
 *
 * Clear @options with bp_command_options_clear(), on failure too.
 */
gboolean bp_command_options_parse (BpCommandOptions *options,
                                   const BpCommand  *command,
                                   char            **arguments,
                                   char            **help,
                                   GError          **error);

void bp_command_options_clear (BpCommandOptions *options);

/** Loads the experiment that @options name, changed as they say. */
BpExperiment *bp_command_load_experiment (const BpCommandOptions *options,
                                          GError                **error);

/** The same, ready to train. */
BpTrainer *bp_command_create_trainer (const BpCommandOptions *options,
                                      GError                **error);

/** The same with the place and the reference runs that a saved run has; their experiments are as they were. */
BpSavedRun *bp_command_load_saved_run (const BpCommandOptions *options,
                                       GError                **error);

/**
 * bp_command_warn_of_data:
 * @saved: a run or kept run as it was read
 * @now: the same with the data it has now
 * @said: (inout): the last sentence said, which is not said again
 *
 * Says on standard error when the data file has other data than when the run was saved: it trains all the same.
 */
void bp_command_warn_of_data (const BpExperiment *saved,
                              const BpExperiment *now,
                              char              **said);

/** Whether @word can only mean a file, existing or not. */
gboolean bp_command_is_file (const char *word);

/** Turns @reason, what is wrong with the value of @option, into wrong use. @reason: (transfer full) */
void bp_command_take_value_error (GError    **error,
                                  const char *option,
                                  GError     *reason);

/** An unknown @word as wrong use: @sentence, and the nearest of @candidates. */
void bp_command_set_unknown_error (GError            **error,
                                   const char         *sentence,
                                   const char         *word,
                                   const char * const *candidates);

/** That the run of @trainer diverged: where, at which node and what to do. */
void bp_command_set_diverged_error (GError   **error,
                                    BpTrainer *trainer);

/**
 * bp_command_write:
 * @text: what to write; empty afterwards
 *
 * Writes to standard output. When its reader has gone the error is G_FILE_ERROR_PIPE.
 */
gboolean bp_command_write (GString *text,
                           GError **error);

/** The same of @bytes. */
gboolean bp_command_write_bytes (GBytes  *bytes,
                                 GError **error);

/** Makes sure that all is written. */
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
