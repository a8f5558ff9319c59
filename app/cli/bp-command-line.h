/* bp-command-line.h: the program's commands
 *
 *   backprop-lab train regression --learning-rate 0.05
 *
 * None of them needs a display.
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#pragma once

#include <glib.h>

G_BEGIN_DECLS

/**
 * bp_command_line_run:
 * @argv: the program's arguments, in the encoding of file names
 * @status: (out): what to exit with: 0, 1 after a failure, 2 after wrong use
 *
 * Runs the command that @argv names, or answers --help and --version; results go to standard output, and a failure is
 * one sentence on standard error.
 *
 * Returns: FALSE when there is nothing to do but open the window
 */
gboolean bp_command_line_run (int    argc,
                              char **argv,
                              int   *status);

/** Says @message on standard error, on one line; what the locale lacks, such as “”, as what is most like it. */
void bp_command_line_print_error (const char *message);

G_END_DECLS
