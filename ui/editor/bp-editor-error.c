/* bp-editor-error.c: an error, marked where it is and said below the text
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "editor/bp-editor-private.h"

#include <glib/gi18n-lib.h>
#include <string.h>

#include "base/bp-error.h"

#define CATEGORY "error"

void
bp_editor_error_init (BpEditor *self)
{
  g_autoptr (GtkSourceMarkAttributes) attributes = gtk_source_mark_attributes_new ();
  const GdkRGBA red = { 0.88f, 0.11f, 0.14f, 1 };

  /* GtkSourceView draws symbolic icons grey. */
  gtk_source_mark_attributes_set_icon_name (attributes, "org.backproplab.BackpropLab.Error");
  gtk_source_view_set_mark_attributes (self->view, CATEGORY, attributes, 0);
  self->error_tag = gtk_text_buffer_create_tag (GTK_TEXT_BUFFER (self->buffer), NULL,
                                                "underline", PANGO_UNDERLINE_ERROR, "underline-rgba", &red, NULL);
}

/* From the error's column to the end of the word there; without a word, or a column, to the end of the line. */
static void
get_place (BpEditor              *self,
           const BpErrorPosition *position,
           GtkTextIter           *start,
           GtkTextIter           *end)
{
  GtkTextBuffer *buffer = GTK_TEXT_BUFFER (self->buffer);
  const int line = (int) MIN ((int) position->line, gtk_text_buffer_get_line_count (buffer)) - 1;

  gtk_text_buffer_get_iter_at_line (buffer, start, line);
  for (guint i = 1; i < position->column && !gtk_text_iter_ends_line (start); i++)
    gtk_text_iter_forward_char (start);
  if (gtk_text_iter_ends_line (start) && !gtk_text_iter_starts_line (start))
    gtk_text_iter_backward_char (start);

  *end = *start;
  while (g_unichar_isalnum (gtk_text_iter_get_char (end)) || gtk_text_iter_get_char (end) == '_')
    gtk_text_iter_forward_char (end);
  if (gtk_text_iter_equal (start, end) && !gtk_text_iter_ends_line (end))
    gtk_text_iter_forward_to_line_end (end);
}

/* What was meant takes the place of all that is no separator, such as "0,5". */
static void
extend_to_suggestion (const char  *suggestion,
                      GtkTextIter *end)
{
  if (g_ascii_isdigit (*suggestion) || *suggestion == '-' || *suggestion == '+')
    while (gtk_text_iter_get_char (end) == ',' || g_unichar_isdigit (gtk_text_iter_get_char (end)))
      gtk_text_iter_forward_char (end);
  else
    while (gtk_text_iter_get_char (end) == '-' && strchr (suggestion, '-') != NULL)
      do
        gtk_text_iter_forward_char (end);
      while (g_unichar_isalnum (gtk_text_iter_get_char (end)));
}

void
bp_editor_error_clear (BpEditor *self)
{
  GtkTextBuffer *buffer = GTK_TEXT_BUFFER (self->buffer);
  GtkTextIter start, end;

  gtk_text_buffer_get_bounds (buffer, &start, &end);
  gtk_text_buffer_remove_tag (buffer, self->error_tag, &start, &end);
  gtk_source_buffer_remove_source_marks (self->buffer, &start, &end, CATEGORY);
  g_clear_pointer (&self->suggestion, g_free);
  if (self->error_start == NULL)
    return;

  gtk_text_buffer_delete_mark (buffer, self->error_start);
  gtk_text_buffer_delete_mark (buffer, self->error_end);
  self->error_start = self->error_end = NULL;
}

static void
mark (BpEditor              *self,
      const BpErrorPosition *position)
{
  GtkTextBuffer *buffer = GTK_TEXT_BUFFER (self->buffer);
  GtkTextIter start, end, line;

  get_place (self, position, &start, &end);
  self->suggestion = g_strdup (position->suggestion);
  if (self->suggestion != NULL)
    extend_to_suggestion (self->suggestion, &end);
  gtk_text_buffer_apply_tag (buffer, self->error_tag, &start, &end);
  self->error_start = gtk_text_buffer_create_mark (buffer, NULL, &start, TRUE);
  self->error_end = gtk_text_buffer_create_mark (buffer, NULL, &end, FALSE);

  /* A mark within the line shows no icon. */
  line = start;
  gtk_text_iter_set_line_offset (&line, 0);
  gtk_source_buffer_create_source_mark (self->buffer, NULL, CATEGORY, &line);
}

static void
say (BpEditor     *self,
     const GError *error)
{
  const BpErrorPosition *position = bp_error_get_position (error);
  const char *sentence = bp_error_get_sentence (error);
  g_autofree char *key = position->key != NULL ? g_markup_escape_text (position->key, -1) : NULL;
  g_autofree char *escaped = g_markup_escape_text (sentence, -1);
  g_autofree char *line = g_strdup_printf (_("Line %u"), position->line);
  g_autofree char *markup = position->line == 0
                            ? g_strdup (escaped)
                            : g_strdup_printf ("<b>%s</b>%s%s: %s", line, key != NULL ? ", " : "",
                                               key != NULL ? key : "", escaped);
  g_autofree char *go = g_strdup_printf (_("Go to line %u"), position->line);
  g_autofree char *write = g_strdup_printf (_("Write %s"), self->suggestion);

  gtk_label_set_markup (self->error_label, markup);
  gtk_button_set_label (self->go_button, go);
  gtk_widget_set_visible (GTK_WIDGET (self->go_button), position->line > 0);
  gtk_button_set_label (self->write_button, write);
  gtk_widget_set_visible (GTK_WIDGET (self->write_button), self->suggestion != NULL);
}

void
bp_editor_set_error (BpEditor     *editor,
                     const GError *error)
{
  g_return_if_fail (BP_IS_EDITOR (editor));
  g_return_if_fail (error == NULL || error->domain == BP_ERROR);

  bp_editor_error_clear (editor);
  gtk_widget_set_visible (editor->error_bar, error != NULL);
  if (error == NULL)
    return;

  if (bp_error_get_position (error)->line > 0)
    mark (editor, bp_error_get_position (error));
  say (editor, error);
}

gboolean
bp_editor_has_error (BpEditor *editor)
{
  g_return_val_if_fail (BP_IS_EDITOR (editor), FALSE);

  return gtk_widget_get_visible (editor->error_bar);
}

void
bp_editor_go_to_error (BpEditor *editor)
{
  GtkTextBuffer *buffer;
  GtkTextIter start;

  g_return_if_fail (BP_IS_EDITOR (editor));

  if (editor->error_start == NULL)
    return;

  buffer = GTK_TEXT_BUFFER (editor->buffer);
  gtk_text_buffer_get_iter_at_mark (buffer, &start, editor->error_start);
  gtk_text_buffer_place_cursor (buffer, &start);
  gtk_text_view_scroll_to_mark (GTK_TEXT_VIEW (editor->view), gtk_text_buffer_get_insert (buffer), 0.1, FALSE, 0, 0);
  gtk_widget_grab_focus (GTK_WIDGET (editor->view));
}

void
bp_editor_write_suggestion (BpEditor *editor)
{
  g_autofree char *suggestion = NULL;
  GtkTextBuffer *buffer;
  GtkTextIter start, end;

  g_return_if_fail (BP_IS_EDITOR (editor));

  if (editor->suggestion == NULL)
    return;

  buffer = GTK_TEXT_BUFFER (editor->buffer);
  suggestion = g_steal_pointer (&editor->suggestion);
  gtk_text_buffer_get_iter_at_mark (buffer, &start, editor->error_start);
  gtk_text_buffer_get_iter_at_mark (buffer, &end, editor->error_end);
  gtk_text_buffer_begin_user_action (buffer);
  gtk_text_buffer_delete (buffer, &start, &end);
  gtk_text_buffer_insert (buffer, &start, suggestion, -1);
  gtk_text_buffer_end_user_action (buffer);
  gtk_text_buffer_place_cursor (buffer, &start);
  gtk_widget_grab_focus (GTK_WIDGET (editor->view));
  bp_editor_flush (editor);
}
