/* bp-import-columns.h: the first rows of a table, with what each column is for in its head
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#pragma once

#include <gtk/gtk.h>

#include "templates/bp-import.h"

G_BEGIN_DECLS

#define BP_TYPE_IMPORT_COLUMNS (bp_import_columns_get_type ())
G_DECLARE_FINAL_TYPE (BpImportColumns, bp_import_columns, BP, IMPORT_COLUMNS, GtkWidget)

/** Shows what is read of a table. "role-chosen" is emitted with a column and a BpColumnRole, both guint, when somebody
 *  chooses another one. */
void bp_import_columns_show (BpImportColumns *columns,
                             const BpImport  *import);

/** Returns: how many columns there are before the last that are not shown, for there are too many */
guint bp_import_columns_get_n_hidden (BpImportColumns *columns);

G_END_DECLS
