/* bp-command-export-request.h: what is asked for of a figure (private to the command export)
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#pragma once

#include "cli/bp-command.h"
#include "figures/bp-sequence.h"

G_BEGIN_DECLS

/**
 * BpExportRequest:
 * @figure: what to draw, but for its kind if it is all of them
 * @is_all: whether every figure is asked for that has the format
 * @is_sequence: whether it is drawn place by place
 * @sequence: how, but for its figure
 */
typedef struct {
  BpFigureOptions   figure;
  gboolean          is_all;
  gboolean          is_sequence;
  BpSequenceOptions sequence;
} BpExportRequest;

/** Reads and checks all that can be told without the experiment; what is wrong is wrong use. */
gboolean bp_export_request_init (BpExportRequest        *request,
                                 const BpCommandOptions *options,
                                 GError                **error);

/** Reads --parameter, a name of the model that @trainer trains. */
gboolean bp_export_request_set_parameter (BpExportRequest        *request,
                                          const BpCommandOptions *options,
                                          BpTrainer              *trainer,
                                          GError                **error);

/** Reads --first, --last and --every for the run of @trainer; @shown: the iteration that a saved run showed, else 0 */
gboolean bp_export_request_set_range (BpExportRequest        *request,
                                      const BpCommandOptions *options,
                                      BpTrainer              *trainer,
                                      gint64                  shown,
                                      GError                **error);

/** Where a saved run stood: the iteration, and in @n_executed what of it is executed unless it is all. */
gint64 bp_export_request_get_saved_place (const BpSavedRun *saved,
                                          guint            *n_executed);

/**
 * bp_export_request_go_to_place:
 *
 * Runs @trainer to where --iteration, --phase and --instruction say. Where nothing is said that is where a saved run
 * stood, and otherwise the end of the run, wherever that is.
 */
gboolean bp_export_request_go_to_place (const BpCommandOptions *options,
                                        const BpSavedRun       *saved,
                                        BpTrainer              *trainer,
                                        GError                **error);

/** Reads a whole number that need not be given: @value then stays as it was. */
gboolean bp_export_request_parse_integer (const char *option,
                                          const char *text,
                                          gint64      minimum,
                                          gint64      maximum,
                                          gint64     *value,
                                          GError    **error);

/** Reads --sequence and what goes with it; part of bp_export_request_init(). */
gboolean bp_export_request_init_sequence (BpExportRequest        *request,
                                          const BpCommandOptions *options,
                                          GError                **error);

/** Sets @sentence as wrong use. Returns: FALSE */
gboolean bp_export_request_fail (GError    **error,
                                 const char *sentence);

/**
 * bp_export_request_find_word:
 * @option: the option's name
 * @word: what was written after it
 * @names: (array zero-terminated=1): what may be written
 * @index: (out): which of @names it is
 */
gboolean bp_export_request_find_word (const char        *option,
                                      const char        *word,
                                      const char *const *names,
                                      guint             *index,
                                      GError           **error);

G_END_DECLS
