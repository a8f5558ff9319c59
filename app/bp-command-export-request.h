/* bp-command-export-request.h: what is asked for of a figure (private to the command export)
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#pragma once

#include "bp-command.h"
#include "bp-figure.h"

G_BEGIN_DECLS

/**
 * BpExportRequest:
 * @figure: what to draw, but for its kind if it is all of them
 * @is_all: whether every figure is asked for that has the format
 */
typedef struct {
  BpFigureOptions figure;
  gboolean        is_all;
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
