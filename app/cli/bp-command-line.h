/* bp-command-line.h: the commands of the program
 *
 *   backprop-lab train regression --learning-rate 0.05
 *
 * No command needs a display.
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#pragma once

#include <glib.h>

G_BEGIN_DECLS

/**
 * bp_command_line_run:
 * @argv: the program's arguments, in the encoding of file names
 * @status: (out): the exit status: 0, 1 after a failure, 2 after wrong use
 *
 * Runs the command that @argv names, or answers --help and --version. Results go to standard output; an error is one
 * sentence on standard error.
 *
 * Returns: FALSE if the window is to be opened
 */
gboolean bp_command_line_run (int    argc,
                              char **argv,
                              int   *status);

/** Prints @message on one line of standard error. Characters that the locale lacks, such as “”, become similar ones. */
void bp_command_line_print_error (const char *message);

G_END_DECLS
