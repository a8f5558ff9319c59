/* bp-editor-find.c: finding and replacing in the text
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "editor/bp-editor-private.h"

#include <glib/gi18n-lib.h>

static GtkSourceSearchSettings *
get_settings (BpEditor *self)
{
  return gtk_source_search_context_get_settings (self->search);
}

/* "2 of 5" */
static void
update_label (BpEditor *self)
{
  const int n = gtk_source_search_context_get_occurrences_count (self->search);
  g_autofree char *text = NULL;
  GtkTextIter start, end;
  int i;

  gtk_text_buffer_get_selection_bounds (GTK_TEXT_BUFFER (self->buffer), &start, &end);
  i = gtk_source_search_context_get_occurrence_position (self->search, &start, &end);
  if (n > 0)
    text = i > 0 ? g_strdup_printf (_("%d of %d"), i, n) : g_strdup_printf ("%d", n);
  else if (n == 0 && *gtk_editable_get_text (self->find_entry) != '\0')
    text = g_strdup (_("none"));
  gtk_label_set_label (self->find_label, text != NULL ? text : "");
}

static void
select_match (BpEditor          *self,
              const GtkTextIter *start,
              const GtkTextIter *end)
{
  GtkTextBuffer *buffer = GTK_TEXT_BUFFER (self->buffer);

  gtk_text_buffer_select_range (buffer, start, end);
  gtk_text_view_scroll_to_mark (GTK_TEXT_VIEW (self->view), gtk_text_buffer_get_insert (buffer), 0.1, FALSE, 0, 0);
  update_label (self);
}

/* Selects the first match after the selection, or from its start on. */
static void
find_forward (BpEditor *self,
              gboolean  from_start)
{
  GtkTextIter start, end, match_start, match_end;

  gtk_text_buffer_get_selection_bounds (GTK_TEXT_BUFFER (self->buffer), &start, &end);
  if (gtk_source_search_context_forward (self->search, from_start ? &start : &end, &match_start, &match_end, NULL))
    select_match (self, &match_start, &match_end);
  update_label (self);
}

static void
find_next_cb (BpEditor *self)
{
  find_forward (self, FALSE);
}

static void
find_previous_cb (BpEditor *self)
{
  GtkTextIter start, match_start, match_end;

  gtk_text_buffer_get_selection_bounds (GTK_TEXT_BUFFER (self->buffer), &start, NULL);
  if (gtk_source_search_context_backward (self->search, &start, &match_start, &match_end, NULL))
    select_match (self, &match_start, &match_end);
}

static void
find_changed_cb (BpEditor *self)
{
  gtk_source_search_settings_set_search_text (get_settings (self), gtk_editable_get_text (self->find_entry));
  find_forward (self, TRUE);
}

static void
find_shown_cb (BpEditor *self)
{
  const gboolean shown = gtk_search_bar_get_search_mode (self->find_bar);

  gtk_source_search_context_set_highlight (self->search, shown);
  if (!shown)
    gtk_widget_grab_focus (GTK_WIDGET (self->view));
}

/* Replaces the match that is selected, and goes to the next; where none is selected it only goes there. */
static void
replace_cb (BpEditor *self)
{
  GtkTextIter start, end;

  gtk_text_buffer_get_selection_bounds (GTK_TEXT_BUFFER (self->buffer), &start, &end);
  gtk_source_search_context_replace (self->search, &start, &end, gtk_editable_get_text (self->replace_entry), -1,
                                     NULL);
  find_forward (self, FALSE);
}

static void
replace_all_cb (BpEditor *self)
{
  gtk_source_search_context_replace_all (self->search, gtk_editable_get_text (self->replace_entry), -1, NULL);
  update_label (self);
}

void
bp_editor_find (BpEditor *editor)
{
  GtkTextBuffer *buffer;
  GtkTextIter start, end;

  g_return_if_fail (BP_IS_EDITOR (editor));

  buffer = GTK_TEXT_BUFFER (editor->buffer);
  if (gtk_text_buffer_get_selection_bounds (buffer, &start, &end)
      && gtk_text_iter_get_line (&start) == gtk_text_iter_get_line (&end))
    {
      g_autofree char *selected = gtk_text_buffer_get_text (buffer, &start, &end, TRUE);

      gtk_editable_set_text (editor->find_entry, selected);
    }
  gtk_search_bar_set_search_mode (editor->find_bar, TRUE);
  gtk_widget_grab_focus (GTK_WIDGET (editor->find_entry));
  gtk_editable_select_region (editor->find_entry, 0, -1);
}

void
bp_editor_find_init (BpEditor *self)
{
  g_autoptr (GtkSourceSearchSettings) settings = gtk_source_search_settings_new ();

  gtk_source_search_settings_set_wrap_around (settings, TRUE);
  self->search = gtk_source_search_context_new (self->buffer, settings);
  gtk_source_search_context_set_highlight (self->search, FALSE);
  gtk_search_bar_connect_entry (self->find_bar, self->find_entry);
  g_signal_connect_object (self->search, "notify::occurrences-count", G_CALLBACK (update_label), self,
                           G_CONNECT_SWAPPED);
}

void
bp_editor_find_class_init (GtkWidgetClass *widget_class)
{
  gtk_widget_class_bind_template_child (widget_class, BpEditor, find_bar);
  gtk_widget_class_bind_template_child (widget_class, BpEditor, find_entry);
  gtk_widget_class_bind_template_child (widget_class, BpEditor, find_label);
  gtk_widget_class_bind_template_child (widget_class, BpEditor, replace_entry);
  gtk_widget_class_bind_template_callback (widget_class, find_changed_cb);
  gtk_widget_class_bind_template_callback (widget_class, find_next_cb);
  gtk_widget_class_bind_template_callback (widget_class, find_previous_cb);
  gtk_widget_class_bind_template_callback (widget_class, find_shown_cb);
  gtk_widget_class_bind_template_callback (widget_class, replace_cb);
  gtk_widget_class_bind_template_callback (widget_class, replace_all_cb);
}
