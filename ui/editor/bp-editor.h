/* bp-editor.h: the text of an experiment, to be written
 *
 * A GtkSourceView with what it lacks for experiment files: colours from our palette, find and replace, and the first
 * error, marked in its line and said in a bar below. It knows nothing of files; the window checks the text.
 *
 * Signals:
 *   ::edited    after each change by the user, or by undo
 *   ::settled   300 ms after the last of them
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#pragma once

#include <gtk/gtk.h>

#include "run/bp-run.h"

G_BEGIN_DECLS

#define BP_TYPE_EDITOR (bp_editor_get_type ())
G_DECLARE_FINAL_TYPE (BpEditor, bp_editor, BP, EDITOR, GtkWidget)

/** An editor of a text that @run is of. */
GtkWidget *bp_editor_new (BpRun *run);

/** Begins with another text, shown as bp-line-ends.h says, which cannot be undone. */
void bp_editor_load_text (BpEditor   *editor,
                          const char *text);

/** Changes the text where it differs from @text, which can be undone and is no ::edited. */
void bp_editor_set_text (BpEditor   *editor,
                         const char *text);

/** Returns: (transfer full): the text as it is now, whose lines end in LF */
char *bp_editor_dup_text (BpEditor *editor);

/** Emits the ::settled that is still to come, if one is. */
void bp_editor_flush (BpEditor *editor);

/** Marks @error (nullable), of the domain BP_ERROR, in the text and says it in the bar. */
void bp_editor_set_error (BpEditor     *editor,
                          const GError *error);

/** Whether an error is said in the bar. */
gboolean bp_editor_has_error (BpEditor *editor);

/** Puts the cursor at the error, if there is one. */
void bp_editor_go_to_error (BpEditor *editor);

/** Writes what was probably meant in place of the error, if that is known. */
void bp_editor_write_suggestion (BpEditor *editor);

/** Opens the bar for finding and replacing, with the selected text in it. */
void bp_editor_find (BpEditor *editor);

/** Makes a comment of each selected line, or if all are comments no comment. */
void bp_editor_toggle_comment (BpEditor *editor);

/** Returns: (transfer full) (nullable): what a tooltip says of @name: of a node its shape, value and gradient, of a
 *  function how it is called and what it means */
char *bp_editor_describe_name (BpEditor   *editor,
                               const char *name);

/** Undo and redo of the text; for buttons, which bind to the properties "can-undo" and "can-redo" of the buffer. */
GtkTextBuffer *bp_editor_get_buffer (BpEditor *editor);

G_END_DECLS
