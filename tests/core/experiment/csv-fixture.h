/* csv-fixture.h: tables for tests, and what is read of them
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#pragma once

#include "base/bp-error.h"
#include "experiment/bp-dataset.h"

/** A file to write tables to. */
typedef struct {
  char *folder;
  char *file;
} Fixture;

/** What is read of @text as a file. Returns: (transfer full) (nullable) */
BpDataset *read_bytes (Fixture     *fixture,
                       const char  *text,
                       gssize       length,
                       GError     **error);

/** The table as text: names, then rows, all with spaces and newlines. */
char *describe (BpDataset *dataset);

/** That @text is refused; @message: what follows the file's name */
void assert_refused (Fixture    *fixture,
                     const char *text,
                     gssize      length,
                     BpError     code,
                     const char *message);

/** That @text is read so; @names: as "x y"; @table: as describe(), or the message after the file's name */
void assert_read (Fixture            *fixture,
                  const char         *text,
                  const BpDataFormat *format,
                  const char         *names,
                  const char         *table);

/** Adds a test that takes a Fixture. */
void add_csv_test (const char *path,
                   void (*test) (Fixture *fixture));
