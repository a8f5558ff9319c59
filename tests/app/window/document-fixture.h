/* document-fixture.h: runs in files for tests of documents
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#pragma once

#include "lib/window-fixture.h"
#include "window/bp-document.h"

/** A model; the name of a kept run goes in three times. */
#define MODEL "[%sData]\nx=normal(1, 0.1)\ny=10\n[%sVariables]\nA=normal(0, 1)\n[%sModel]\nloss=square(x*A - y)\n"

/** A path in the folder of the tests. Returns: (transfer full) */
char *make_path (const char *name);

/** Writes a file. */
void write_text (const char *path,
                 const char *text);

/** Reads a file. Returns: (transfer full) */
char *read_text (const char *path);

/** @text with @to in place of @from, which is in it once. Returns: (transfer full) */
char *replace (const char *text,
               const char *from,
               const char *to);

/** A run with kept runs that are not computed, in a file of the folder. Returns: (transfer full): its path */
char *write_run (const char *name,
                 guint       n_kept,
                 gint64      n_iterations);

/** Opens a file, which must be right. */
void open_path (Fixture    *fixture,
                const char *path);

/** The same for a document without a window. */
void open_document (BpDocument *document,
                    const char *path);

/** Whether kept runs are computed. */
gboolean is_computing (gpointer run);

/** The opposite, for wait_until(). */
gboolean is_at_rest (gpointer run);

/** Answers the question over the window. */
void answer (Fixture    *fixture,
             const char *response);

/** Opens a built-in experiment as the menu does. */
void open_builtin (Fixture    *fixture,
                   const char *name);

/** That the file has so many kept runs of so many iterations. */
void assert_file_has (const char *path,
                      guint       n_kept,
                      gint64      n_iterations);

/** Runs the tests with a folder for make_path(); in main(), after gtk_test_init(). */
int run_document_tests (void);
