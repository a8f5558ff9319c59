/* bp-command-export-request.h: the parsed options of the command export (private to it)
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#pragma once

#include "cli/bp-command.h"
#include "figures/bp-sequence.h"

G_BEGIN_DECLS

/**
 * BpExportRequest:
 * @sequence: the options of the sequence; its figure has those of a single one, too. With @is_all its kind is not used
 * @is_all: whether to export every figure that has the format
 * @is_sequence: whether to export a sequence of positions
 */
typedef struct {
  BpSequenceOptions sequence;
  gboolean          is_all;
  gboolean          is_sequence;
} BpExportRequest;

/** Reads and checks the options that do not depend on the experiment; any error is wrong use. */
gboolean bp_export_request_init (BpExportRequest        *request,
                                 const BpCommandOptions *options,
                                 GError                **error);

/** Reads --parameter, the name of a parameter of @trainer's model. */
gboolean bp_export_request_set_parameter (BpExportRequest        *request,
                                          const BpCommandOptions *options,
                                          BpTrainer              *trainer,
                                          GError                **error);

/** Reads --first, --last and --every; @shown: the iteration that a saved run showed, else 0 */
gboolean bp_export_request_set_range (BpExportRequest        *request,
                                      const BpCommandOptions *options,
                                      BpTrainer              *trainer,
                                      gint64                  shown,
                                      GError                **error);

/** Returns: the iteration of the position of a saved run; sets @n_executed to its instructions that are executed, but
 *  not if they are all */
gint64 bp_export_request_get_saved_position (const BpSavedRun *saved,
                                             guint            *n_executed);

/**
 * bp_export_request_go_to_position:
 *
 * Runs @trainer to the position of --iteration, --phase and --instruction. Without them it is the position of the saved
 * run, or the end of the run, which is where it diverges if it does.
 */
gboolean bp_export_request_go_to_position (const BpCommandOptions *options,
                                           const BpSavedRun       *saved,
                                           BpTrainer              *trainer,
                                           GError                **error);

/** Reads an integer; @text: (nullable): if NULL, @value does not change */
gboolean bp_export_request_parse_integer (const char *option,
                                          const char *text,
                                          gint64      minimum,
                                          gint64      maximum,
                                          gint64     *value,
                                          GError    **error);

/** Reads --sequence and the options of sequences; a part of bp_export_request_init(). */
gboolean bp_export_request_init_sequence (BpExportRequest        *request,
                                          const BpCommandOptions *options,
                                          GError                **error);

/** Sets @error to wrong use. Returns: FALSE */
gboolean bp_export_request_fail (GError    **error,
                                 const char *sentence);

/**
 * bp_export_request_find_word:
 * @option: the option's name
 * @word: its value
 * @names: (array zero-terminated=1): the allowed values
 * @index: (out): the index of @word in @names
 */
gboolean bp_export_request_find_word (const char        *option,
                                      const char        *word,
                                      const char *const *names,
                                      guint             *index,
                                      GError           **error);

G_END_DECLS
