/* command-export-fixture.h: exports into a folder, and what is in it then
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#pragma once

#include "lib/figure-checks.h"

/** Runs "export ARGUMENTS" into files of a folder of their own, as "%s/…". */
Result run_export (const char *folder,
                   const char *arguments);

/** The same, which must succeed and say nothing. */
void run_export_well (const char *folder,
                      const char *arguments);

/** What a file of the folder has. Returns: (transfer full) */
char *load_file (const char *folder,
                 const char *name,
                 gsize      *size);
