/* export-dialog-fixture.c: what a test expects the export dialog to write
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "app/export/export-dialog-fixture.h"

#include "window/bp-window-export.h"

BpFigureOptions
choose_shown (Fixture       *fixture,
              BpFigureKind   kind,
              BpFigureFormat format)
{
  BpFigureOptions options = choose_figure (kind, format);

  bp_window_get_figure (fixture->window, &options);

  return options;
}

void
assert_file (Fixture               *fixture,
             const char            *path,
             const BpFigureOptions *options)
{
  g_autoptr (GBytes) bytes = render (get_trainer (fixture), options);
  g_autoptr (GError) error = NULL;
  g_autoptr (GMappedFile) mapped = g_mapped_file_new (path, FALSE, &error);
  g_autoptr (GBytes) content = NULL;

  g_assert_no_error (error);
  content = g_mapped_file_get_bytes (mapped);
  g_assert_cmpuint (g_bytes_get_size (content), ==, g_bytes_get_size (bytes));
  g_assert_true (g_bytes_equal (content, bytes));
}
