/* bp-editor.c: the text of an experiment, to be written
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "editor/bp-editor-private.h"

#include <string.h>

#include "base/bp-line-ends.h"
#include "drawing/bp-palette-style.h"
#include "editor/bp-editor-completion.h"
#include "editor/bp-editor-style.h"

/* Milliseconds after the last key. */
#define DELAY 300

/* Of the completion, which is to leave room for the bar of the error. */
#define N_ROWS 4

static guint edited_signal, settled_signal;

G_DEFINE_FINAL_TYPE (BpEditor, bp_editor, GTK_TYPE_WIDGET)

/* Edits */

static gboolean
settled_cb (gpointer data)
{
  BpEditor *self = data;

  self->settling = 0;
  g_signal_emit (self, settled_signal, 0);

  return G_SOURCE_REMOVE;
}

/* What is pasted: GTK takes the CR and the LF that end a line for two characters, and puts a cursor between them. */
static void
insert_text_cb (GtkTextBuffer *buffer,
                GtkTextIter   *place,
                const char    *text,
                int            length)
{
  g_autofree char *pasted = g_strndup (text, (gsize) length);
  g_autofree char *shown = bp_line_ends_to_editor (pasted);

  if (g_str_equal (pasted, shown))
    return;

  g_signal_stop_emission_by_name (buffer, "insert-text");
  gtk_text_buffer_insert (buffer, place, shown, -1);
}

static void
changed_cb (BpEditor *self)
{
  GtkTextIter start, end;

  /* A name that is longer than the line is wrapped without a "-", which would mean something. */
  gtk_text_buffer_get_bounds (GTK_TEXT_BUFFER (self->buffer), &start, &end);
  gtk_text_buffer_apply_tag (GTK_TEXT_BUFFER (self->buffer), self->plain_tag, &start, &end);
  if (self->is_setting)
    return;

  g_clear_handle_id (&self->settling, g_source_remove);
  self->settling = g_timeout_add (DELAY, settled_cb, self);
  g_signal_emit (self, edited_signal, 0);
}

void
bp_editor_flush (BpEditor *editor)
{
  g_return_if_fail (BP_IS_EDITOR (editor));

  if (editor->settling == 0)
    return;

  g_clear_handle_id (&editor->settling, g_source_remove);
  settled_cb (editor);
}

static gboolean
scroll_cb (gpointer data)
{
  BpEditor *self = data;

  self->scrolling = 0;
  gtk_text_view_scroll_mark_onscreen (GTK_TEXT_VIEW (self->view),
                                      gtk_text_buffer_get_insert (GTK_TEXT_BUFFER (self->buffer)));

  return G_SOURCE_REMOVE;
}

/* Who types keeps sight of it when the error or the bar to find takes room; not while that is given. */
static void
resized_cb (BpEditor *self)
{
  if (gtk_widget_has_focus (GTK_WIDGET (self->view)) && self->scrolling == 0)
    self->scrolling = g_idle_add (scroll_cb, self);
}

/* The text */

char *
bp_editor_dup_text (BpEditor *editor)
{
  GtkTextBuffer *buffer;
  GtkTextIter start, end;

  g_return_val_if_fail (BP_IS_EDITOR (editor), NULL);

  buffer = GTK_TEXT_BUFFER (editor->buffer);
  gtk_text_buffer_get_bounds (buffer, &start, &end);

  return gtk_text_buffer_get_text (buffer, &start, &end, TRUE);
}

void
bp_editor_load_text (BpEditor   *editor,
                     const char *text)
{
  GtkTextBuffer *buffer;
  GtkTextIter start;

  g_return_if_fail (BP_IS_EDITOR (editor) && text != NULL);

  buffer = GTK_TEXT_BUFFER (editor->buffer);
  g_clear_handle_id (&editor->settling, g_source_remove);
  bp_editor_set_error (editor, NULL);
  editor->is_setting = TRUE;
  gtk_text_buffer_begin_irreversible_action (buffer);
  gtk_text_buffer_set_text (buffer, text, -1);
  gtk_text_buffer_end_irreversible_action (buffer);
  editor->is_setting = FALSE;
  gtk_text_buffer_get_start_iter (buffer, &start);
  gtk_text_buffer_place_cursor (buffer, &start);
}

/* How many bytes @a and @b have in common at their starts. */
static gsize
get_common_start (const char *a,
                  const char *b)
{
  gsize n = 0;

  while (a[n] != '\0' && a[n] == b[n])
    n++;
  while (n > 0 && ((guchar) a[n] & 0xc0) == 0x80)
    n--;

  return n;
}

void
bp_editor_set_text (BpEditor   *editor,
                    const char *text)
{
  g_autofree char *old = NULL;
  g_autofree char *shown = NULL;
  GtkTextBuffer *buffer;
  GtkTextIter start, end;
  gsize n_start, n_old, n_new;

  g_return_if_fail (BP_IS_EDITOR (editor) && text != NULL);

  old = bp_editor_dup_text (editor);
  text = shown = bp_line_ends_to_editor (text);
  if (g_str_equal (old, text))
    return;

  buffer = GTK_TEXT_BUFFER (editor->buffer);
  n_start = get_common_start (old, text);
  n_old = strlen (old);
  n_new = strlen (text);
  while (n_old > n_start && n_new > n_start && old[n_old - 1] == text[n_new - 1])
    {
      n_old--;
      n_new--;
    }
  while (((guchar) old[n_old] & 0xc0) == 0x80 || ((guchar) text[n_new] & 0xc0) == 0x80)
    {
      n_old++;
      n_new++;
    }

  editor->is_setting = TRUE;
  gtk_text_buffer_get_iter_at_offset (buffer, &start, (int) g_utf8_strlen (old, (gssize) n_start));
  gtk_text_buffer_get_iter_at_offset (buffer, &end, (int) g_utf8_strlen (old, (gssize) n_old));
  gtk_text_buffer_begin_user_action (buffer);
  gtk_text_buffer_delete (buffer, &start, &end);
  gtk_text_buffer_insert (buffer, &start, text + n_start, (int) (n_new - n_start));
  gtk_text_buffer_end_user_action (buffer);
  editor->is_setting = FALSE;
}

GtkTextBuffer *
bp_editor_get_buffer (BpEditor *editor)
{
  g_return_val_if_fail (BP_IS_EDITOR (editor), NULL);

  return GTK_TEXT_BUFFER (editor->buffer);
}

/* Comments */

/* Whether the line at @iter is a comment, or has nothing in it; @iter goes to its first character that is no blank. */
static gboolean
is_comment (GtkTextIter *iter)
{
  while (!gtk_text_iter_ends_line (iter) && g_unichar_isspace (gtk_text_iter_get_char (iter)))
    gtk_text_iter_forward_char (iter);

  return gtk_text_iter_ends_line (iter) || gtk_text_iter_get_char (iter) == '#';
}

static void
toggle_line (GtkTextBuffer *buffer,
             int            line,
             gboolean       add)
{
  GtkTextIter start, end;

  gtk_text_buffer_get_iter_at_line (buffer, &start, line);
  end = start;
  is_comment (&end);
  if (add && !gtk_text_iter_ends_line (&end))
    gtk_text_buffer_insert (buffer, &start, "# ", -1);
  else if (!add && gtk_text_iter_get_char (&end) == '#')
    {
      start = end;
      gtk_text_iter_forward_char (&end);
      if (gtk_text_iter_get_char (&end) == ' ')
        gtk_text_iter_forward_char (&end);
      gtk_text_buffer_delete (buffer, &start, &end);
    }
}

void
bp_editor_toggle_comment (BpEditor *editor)
{
  GtkTextBuffer *buffer;
  GtkTextIter start, end;
  gboolean add = FALSE;
  int first, last;

  g_return_if_fail (BP_IS_EDITOR (editor));

  buffer = GTK_TEXT_BUFFER (editor->buffer);
  gtk_text_buffer_get_selection_bounds (buffer, &start, &end);
  first = gtk_text_iter_get_line (&start);
  last = gtk_text_iter_get_line (&end);
  if (last > first && gtk_text_iter_starts_line (&end))
    last--;
  for (int line = first; line <= last; line++)
    {
      gtk_text_buffer_get_iter_at_line (buffer, &start, line);
      add = !is_comment (&start) || add;
    }

  gtk_text_buffer_begin_user_action (buffer);
  for (int line = first; line <= last; line++)
    toggle_line (buffer, line, add);
  gtk_text_buffer_end_user_action (buffer);
}

/* The widget */

static void
update_style (BpEditor *self)
{
  const BpPaletteKind kind = bp_palette_get_kind (adw_style_manager_get_default ());

  gtk_source_buffer_set_style_scheme (self->buffer, bp_editor_style_get_scheme (kind));
}

static gboolean
toggle_comment_cb (GtkWidget              *widget,
                   G_GNUC_UNUSED GVariant *arguments,
                   G_GNUC_UNUSED gpointer  data)
{
  bp_editor_toggle_comment (BP_EDITOR (widget));

  return GDK_EVENT_STOP;
}

/* An animation of GTK 4.8 that is under way when its widget goes is ended twice. */
static void
bp_editor_unmap (GtkWidget *widget)
{
  GtkAdjustment *adjustment = gtk_scrollable_get_vadjustment (GTK_SCROLLABLE (BP_EDITOR (widget)->view));

  gtk_adjustment_set_value (adjustment, gtk_adjustment_get_value (adjustment));
  GTK_WIDGET_CLASS (bp_editor_parent_class)->unmap (widget);
}

static gboolean
grab_focus (GtkWidget *widget)
{
  return gtk_widget_grab_focus (GTK_WIDGET (BP_EDITOR (widget)->view));
}

static void
bp_editor_dispose (GObject *object)
{
  BpEditor *self = BP_EDITOR (object);

  g_clear_handle_id (&self->settling, g_source_remove);
  g_clear_object (&self->search);
  if (self->completion != NULL)
    gtk_source_completion_remove_provider (gtk_source_view_get_completion (self->view), self->completion);
  g_clear_object (&self->completion);
  bp_run_watch (&self->run, NULL, self);
  while (gtk_widget_get_first_child (GTK_WIDGET (self)) != NULL)
    gtk_widget_unparent (gtk_widget_get_first_child (GTK_WIDGET (self)));
  g_clear_handle_id (&self->scrolling, g_source_remove);

  G_OBJECT_CLASS (bp_editor_parent_class)->dispose (object);
}

static void
bp_editor_finalize (GObject *object)
{
  g_free (BP_EDITOR (object)->suggestion);
  G_OBJECT_CLASS (bp_editor_parent_class)->finalize (object);
}

static void
bp_editor_class_init (BpEditorClass *klass)
{
  GObjectClass *object_class = G_OBJECT_CLASS (klass);
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  object_class->dispose = bp_editor_dispose;
  object_class->finalize = bp_editor_finalize;
  widget_class->unmap = bp_editor_unmap;
  widget_class->grab_focus = grab_focus;

  edited_signal = g_signal_new ("edited", BP_TYPE_EDITOR, G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL, G_TYPE_NONE, 0);
  settled_signal = g_signal_new ("settled", BP_TYPE_EDITOR, G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL, G_TYPE_NONE, 0);

  g_type_ensure (GTK_SOURCE_TYPE_VIEW);
  gtk_widget_class_set_css_name (widget_class, "bpeditor");
  gtk_widget_class_set_layout_manager_type (widget_class, GTK_TYPE_BOX_LAYOUT);
  gtk_widget_class_set_template_from_resource (widget_class, "/org/backproplab/BackpropLab/bp-editor.ui");
  gtk_widget_class_bind_template_child (widget_class, BpEditor, view);
  gtk_widget_class_bind_template_child (widget_class, BpEditor, buffer);
  gtk_widget_class_bind_template_child (widget_class, BpEditor, error_bar);
  gtk_widget_class_bind_template_child (widget_class, BpEditor, error_label);
  gtk_widget_class_bind_template_child (widget_class, BpEditor, write_button);
  gtk_widget_class_bind_template_child (widget_class, BpEditor, go_button);
  gtk_widget_class_bind_template_callback (widget_class, insert_text_cb);
  gtk_widget_class_bind_template_callback (widget_class, changed_cb);
  gtk_widget_class_bind_template_callback (widget_class, resized_cb);
  gtk_widget_class_bind_template_callback_full (widget_class, "write_cb", G_CALLBACK (bp_editor_write_suggestion));
  gtk_widget_class_bind_template_callback (widget_class, bp_editor_go_to_error);
  bp_editor_find_class_init (widget_class);
  gtk_widget_class_add_binding (widget_class, GDK_KEY_slash, GDK_CONTROL_MASK, toggle_comment_cb, NULL);
}

static void
bp_editor_init (BpEditor *self)
{
  gtk_widget_init_template (GTK_WIDGET (self));
  gtk_orientable_set_orientation (GTK_ORIENTABLE (gtk_widget_get_layout_manager (GTK_WIDGET (self))),
                                  GTK_ORIENTATION_VERTICAL);
  gtk_source_buffer_set_language (self->buffer, bp_editor_style_get_language ());
  self->plain_tag = gtk_text_buffer_create_tag (GTK_TEXT_BUFFER (self->buffer), NULL, "insert-hyphens", FALSE, NULL);
  bp_editor_error_init (self);
  bp_editor_find_init (self);
  g_signal_connect_object (adw_style_manager_get_default (), "notify::dark", G_CALLBACK (update_style), self,
                           G_CONNECT_SWAPPED);
  g_signal_connect_object (adw_style_manager_get_default (), "notify::high-contrast", G_CALLBACK (update_style), self,
                           G_CONNECT_SWAPPED);
  update_style (self);
}

GtkWidget *
bp_editor_new (BpRun *run)
{
  BpEditor *self = g_object_new (BP_TYPE_EDITOR, NULL);
  GtkSourceCompletion *completion = gtk_source_view_get_completion (self->view);

  bp_run_watch (&self->run, run, self);
  g_object_set (completion, "select-on-show", TRUE, "page-size", N_ROWS, NULL);
  self->completion = bp_editor_completion_new (run);
  gtk_source_completion_add_provider (completion, self->completion);
  bp_editor_nodes_init (self);

  return GTK_WIDGET (self);
}
