/* command-runner.h: the built program, run as people run it, and the tables it writes
 *
 * BACKPROP_LAB is the program. It runs without a display throughout.
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#pragma once

#include <glib.h>

/** What a run left: its exit status and what it wrote. */
typedef struct {
  int   status;
  char *out;
  char *err;
} Result;

void result_clear (Result *result);

G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (Result, result_clear)

/** Asserts that it failed with @status and one sentence that has @text in it. */
void result_assert_fails (const Result *result,
                          int           status,
                          const char   *text);

const char *runner_get_program (void);

/** Runs any program; @environment: (nullable): instead of this one's. */
Result runner_spawn (char **argv,
                     char **environment);

/** Runs "backprop-lab ARGUMENTS", which are split as a shell does. */
Result runner_run (const char *arguments);

/** Runs "backprop-lab COMMAND PATH OPTIONS". */
Result runner_run_on (const char *command,
                      const char *path,
                      const char *options);

/** Runs @script with the program as $0. */
Result runner_run_shell (const char *script);

/** The standard output of what must succeed and say nothing else. */
char *runner_run_well (const char *arguments);

/** An experiment with a variable of two dimensions. */
extern const char runner_tensor_experiment[];

/** Makes a file in a folder of its own. Returns: its path, for runner_remove_file() */
char *runner_write_file (const char *name,
                         const char *content);

void runner_remove_file (char *path);

/** A table of CSV: the names in its first line, and the rows, each a GPtrArray of as many fields. */
typedef struct {
  GPtrArray *names;
  GPtrArray *rows;
} Table;

Table table_read (const char *csv);

void table_clear (Table *table);

G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (Table, table_clear)

const char *table_get_field (const Table *table,
                             guint        row,
                             const char  *name);

double table_get_number (const Table *table,
                         guint        row,
                         const char  *name);

/** The names with blanks between them. */
char *table_join_names (const Table *table);
