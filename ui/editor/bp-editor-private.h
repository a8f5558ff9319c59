/* bp-editor-private.h: what the files of BpEditor share
 *
 * bp-editor.c has the widget and the text, bp-editor-error.c marks an error, bp-editor-find.c finds and replaces,
 * bp-editor-nodes.c is about nodes.
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#pragma once

#include <adwaita.h>
#include <gtksourceview/gtksource.h>

#include "editor/bp-editor.h"

G_BEGIN_DECLS

struct _BpEditor {
  GtkWidget       parent_instance;

  GtkSearchBar   *find_bar;
  GtkEditable    *find_entry;
  GtkLabel       *find_label;
  GtkEditable    *replace_entry;
  GtkSourceView  *view;
  GtkSourceBuffer *buffer;
  GtkWidget      *error_bar;
  GtkLabel       *error_label;
  GtkButton      *write_button;
  GtkButton      *go_button;

  BpRun          *run;
  guint           settling;    /* source that emits ::settled, 0 when none is to come */
  guint           scrolling;   /* source that scrolls to the cursor, 0 for none */
  gboolean        is_setting;  /* while the text is set by the program */
  GtkSourceSearchContext *search;
  GtkTextTag     *plain_tag;
  GtkTextTag     *error_tag;
  GtkTextMark    *error_start; /* NULL when there is no error with a position */
  GtkTextMark    *error_end;
  char           *suggestion;
  GtkSourceCompletionProvider *completion;
  int             line;          /* of the cursor when a node was last selected by it */
  guint           selected_node; /* of the run, as last seen */
  gboolean        has_selected;  /* whether the cursor's line selected it, */
  BpCursor        selected_at;   /* and when */
};

/* bp-editor-error.c */

/** Makes the tag and the mark of errors. */
void bp_editor_error_init (BpEditor *self);

void bp_editor_error_clear (BpEditor *self);

/* bp-editor-nodes.c */

/** Call once the run is there. */
void bp_editor_nodes_init (BpEditor *self);

/* bp-editor-find.c */

void bp_editor_find_init (BpEditor *self);

/** Adds the handlers of the find bar to the template. */
void bp_editor_find_class_init (GtkWidgetClass *widget_class);

G_END_DECLS
