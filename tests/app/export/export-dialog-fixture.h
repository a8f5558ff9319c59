/* export-dialog-fixture.h: what a test expects the export dialog to write
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#pragma once

#include "lib/export-driver.h"
#include "lib/figure-checks.h"

/** The options of a figure as the window shows it. */
BpFigureOptions choose_shown (Fixture       *fixture,
                              BpFigureKind   kind,
                              BpFigureFormat format);

/** That the file at @path is the figure of the window's run with @options. */
void assert_file (Fixture               *fixture,
                  const char            *path,
                  const BpFigureOptions *options);
