/* bp-window-editor.c: the text of the experiment beside the graph
 *
 * What is typed is the document's at once. When it rests it is read in a thread: if it is right the run is that of the
 * text, and if not the editor shows why and the run stays.
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "window/bp-window-private.h"

#include <glib/gi18n-lib.h>

#include "base/bp-text.h"
#include "experiment/bp-builtin.h"

#define TEXT_WIDTH 500

/* Of the width in lecture mode, where the views are large. */
#define LECTURE_SHARE 0.28

gboolean
bp_window_shows_text (BpWindow *self)
{
  g_return_val_if_fail (BP_IS_WINDOW (self), FALSE);

  return g_strcmp0 (gtk_stack_get_visible_child_name (self->side_stack), "text") == 0;
}

/* Reading */

typedef struct {
  char *text;
  char *sections;
  char *name;
  char *folder;
} Input;

static void
input_free (gpointer data)
{
  Input *input = data;

  g_free (input->text);
  g_free (input->sections);
  g_free (input->name);
  g_free (input->folder);
  g_free (input);
}

static gpointer
read_text (gpointer              data,
           G_GNUC_UNUSED BpWork *work,
           GError              **error)
{
  const Input *input = data;

  return bp_read_text_new (input->text, input->sections, input->name, input->folder, error);
}

static void begin_reading (BpWindow *self);

/* Says it where the graph is not that of the text. */
static void
update_state (BpWindow *self)
{
  const BpExperiment *experiment = bp_trainer_get_experiment (bp_run_get_trainer (self->run));
  const gboolean is_foreign = bp_document_is_foreign (self->document);
  g_autofree char *title = bp_text_quote (bp_builtin_translate (experiment->title), -1);
  g_autofree char *of = g_strdup_printf (_("of “%s”, not of this text"), title);

  gtk_label_set_label (self->text_chip, is_foreign ? of : _("from the last correct text"));
  gtk_widget_set_visible (GTK_WIDGET (self->text_chip),
                          is_foreign || (self->editor != NULL && bp_editor_has_error (self->editor)));
  bp_window_update_title (self);
}

static void
set_error (BpWindow     *self,
           const GError *error)
{
  bp_editor_set_error (self->editor, error);
  update_state (self);
}

static void
read_cb (gpointer               read,
         const GError          *error,
         G_GNUC_UNUSED gboolean is_exceeded,
         gpointer               data)
{
  BpWindow *self = data;

  self->reading_text = NULL;
  if (self->reads_again)
    begin_reading (self);
  else
    {
      if (read != NULL)
        bp_document_take_text (self->document, read);
      set_error (self, error);
    }
  g_clear_pointer ((BpReadText **) &read, bp_read_text_free);
}

static const BpJobClass read_job = {
  .compute = read_text,
  .done = read_cb,
  .free_input = input_free,
  .free_result = (GDestroyNotify) bp_read_text_free,
};

/* One at a time: who types faster than a large text is read waits for the last one alone. */
static void
begin_reading (BpWindow *self)
{
  Input *input;

  self->reads_again = self->reading_text != NULL;
  if (self->reads_again)
    return;

  input = g_new (Input, 1);
  *input = (Input) {
    bp_document_dup_text (self->document),
    g_strdup (bp_document_get_sections (self->document)),
    g_strdup (bp_document_get_name (self->document)),
    g_strdup (bp_document_get_folder (self->document)),
  };
  self->reading_text = bp_job_start (&read_job, input, G_MAXDOUBLE, self);
}

/* The text and the run */

static void
edited_cb (BpWindow *self)
{
  g_autofree char *text = bp_editor_dup_text (self->editor);

  self->reads_again = self->reading_text != NULL;
  bp_document_set_text (self->document, text);
  bp_window_update_title (self);
}

static void
settled_cb (BpWindow *self)
{
  bp_window_recovery_update (self);
  begin_reading (self);
}

/* A change of the run is one in the text. */
static void
run_changed_cb (BpWindow *self)
{
  const gint64 n_edits = bp_run_get_n_edits (self->run);
  g_autofree char *text = NULL;

  if (n_edits == self->text_edits)
    return;

  self->text_edits = n_edits;
  text = bp_document_dup_text (self->document);
  bp_editor_set_text (self->editor, text);
  if (self->recovery_copy != NULL)
    bp_window_recovery_update (self);
  self->reads_again = self->reading_text != NULL;
}

static void
stop_reading (BpWindow *self)
{
  bp_job_cancel (&self->reading_text);
  self->reads_again = FALSE;
}

static void
load_text (BpWindow *self)
{
  g_autofree char *text = bp_document_dup_text (self->document);

  self->text_edits = bp_run_get_n_edits (self->run);
  bp_editor_load_text (self->editor, text);
}

void
bp_window_show_document (BpWindow *window)
{
  bp_window_recovery_remove (window);
  stop_reading (window);
  if (window->editor != NULL)
    load_text (window);
  update_state (window);
}

/* The pane */

static void
update_undo (BpWindow *self)
{
  GtkTextBuffer *buffer = bp_editor_get_buffer (self->editor);
  GActionMap *map = G_ACTION_MAP (self);

  g_simple_action_set_enabled (G_SIMPLE_ACTION (g_action_map_lookup_action (map, "text-undo")),
                               gtk_text_buffer_get_can_undo (buffer));
  g_simple_action_set_enabled (G_SIMPLE_ACTION (g_action_map_lookup_action (map, "text-redo")),
                               gtk_text_buffer_get_can_redo (buffer));
}

static void
update_width (BpWindow *self)
{
  const gboolean in_lecture = bp_lecture_get_active (self->lecture);
  const int width = in_lecture ? (int) (LECTURE_SHARE * gtk_widget_get_width (GTK_WIDGET (self))) : TEXT_WIDTH;
  const int text_width = bp_window_shows_text (self) ? width : 0;

  bp_lecture_set_side_width (self->lecture, text_width);
  if (text_width > 0)
    gtk_paned_set_position (self->panel_pane, text_width);
  else if (self->settings_width >= 0)
    gtk_paned_set_position (self->panel_pane, self->settings_width);
  else
    g_object_set (self->panel_pane, "position-set", FALSE, NULL);
}

static void
update_lecture (BpWindow *self)
{
  if (bp_lecture_get_active (self->lecture))
    gtk_widget_add_css_class (GTK_WIDGET (self->editor), "lecture");
  else
    gtk_widget_remove_css_class (GTK_WIDGET (self->editor), "lecture");
  if (bp_window_shows_text (self))
    update_width (self);
}

/* A window that shows no text has no editor. */
static void
create_editor (BpWindow *self)
{
  GtkTextBuffer *buffer;

  self->editor = BP_EDITOR (bp_editor_new (self->run));
  adw_bin_set_child (self->text_bin, GTK_WIDGET (self->editor));
  buffer = bp_editor_get_buffer (self->editor);
  g_signal_connect_object (self->editor, "edited", G_CALLBACK (edited_cb), self, G_CONNECT_SWAPPED);
  g_signal_connect_object (self->editor, "settled", G_CALLBACK (settled_cb), self, G_CONNECT_SWAPPED);
  g_signal_connect_object (self->run, "changed", G_CALLBACK (run_changed_cb), self, G_CONNECT_SWAPPED);
  g_signal_connect_object (buffer, "notify::can-undo", G_CALLBACK (update_undo), self, G_CONNECT_SWAPPED);
  g_signal_connect_object (buffer, "notify::can-redo", G_CALLBACK (update_undo), self, G_CONNECT_SWAPPED);
  g_signal_connect (self, "action-state-changed::lecture", G_CALLBACK (update_lecture), NULL);
  update_lecture (self);
  load_text (self);
}

/* The panel of the settings keeps the width that it was given. */
static void
remember_width (BpWindow *self)
{
  gboolean is_placed;

  g_object_get (self->panel_pane, "position-set", &is_placed, NULL);
  self->settings_width = is_placed ? gtk_paned_get_position (self->panel_pane) : -1;
}

static void
page_cb (BpWindow *self)
{
  const gboolean shows_text = bp_window_shows_text (self);

  bp_window_close_menus (GTK_WIDGET (self));
  if (shows_text)
    remember_width (self);
  if (shows_text && self->editor == NULL)
    create_editor (self);
  gtk_widget_set_visible (self->text_buttons, shows_text);
  update_width (self);
  bp_window_update_narrow (self);
  g_action_change_state (g_action_map_lookup_action (G_ACTION_MAP (self), "text"), g_variant_new_boolean (shows_text));
  if (shows_text)
    gtk_widget_grab_focus (GTK_WIDGET (self->editor));
  else
    gtk_widget_grab_focus (GTK_WIDGET (self->transport));
}

/* Actions */

static void
show_page (BpWindow   *self,
           const char *name)
{
  if (gtk_widget_get_visible (GTK_WIDGET (self->panel_button)))
    gtk_toggle_button_set_active (self->panel_button, TRUE);
  gtk_stack_set_visible_child_name (self->side_stack, name);
}

void
bp_window_show_text_error (BpWindow     *window,
                           const GError *error)
{
  show_page (window, "text");
  set_error (window, error);
  bp_editor_go_to_error (window->editor);
}

void
bp_window_read_text (BpWindow *window)
{
  show_page (window, "text");
  begin_reading (window);
}

static void
text_cb (GSimpleAction *action,
         GVariant      *value,
         gpointer       data)
{
  g_simple_action_set_state (action, value);
  if (g_variant_get_boolean (value) != bp_window_shows_text (data))
    show_page (data, g_variant_get_boolean (value) ? "text" : "settings");
}

static void
find_cb (G_GNUC_UNUSED GSimpleAction *action,
         G_GNUC_UNUSED GVariant      *parameter,
         gpointer                     data)
{
  BpWindow *self = data;

  show_page (self, "text");
  bp_editor_find (self->editor);
}

static void
go_to_error_cb (G_GNUC_UNUSED GSimpleAction *action,
                G_GNUC_UNUSED GVariant      *parameter,
                gpointer                     data)
{
  BpWindow *self = data;

  if (self->editor == NULL)
    return;
  show_page (self, "text");
  bp_editor_go_to_error (self->editor);
}

static void
undo_cb (GSimpleAction          *action,
         G_GNUC_UNUSED GVariant *parameter,
         gpointer                data)
{
  GtkTextBuffer *buffer = bp_editor_get_buffer (BP_WINDOW (data)->editor);

  if (g_str_equal (g_action_get_name (G_ACTION (action)), "text-undo"))
    gtk_text_buffer_undo (buffer);
  else
    gtk_text_buffer_redo (buffer);
}

static const GActionEntry entries[] = {
  { "text", NULL, NULL, "false", text_cb },
  { "find", find_cb },
  { "go-to-error", go_to_error_cb },
  { "text-undo", undo_cb },
  { "text-redo", undo_cb },
};

void
bp_window_editor_install (BpWindow *window)
{
  GActionMap *map = G_ACTION_MAP (window);

  window->settings_width = -1;
  g_action_map_add_action_entries (map, entries, G_N_ELEMENTS (entries), window);
  g_simple_action_set_enabled (G_SIMPLE_ACTION (g_action_map_lookup_action (map, "text-undo")), FALSE);
  g_simple_action_set_enabled (G_SIMPLE_ACTION (g_action_map_lookup_action (map, "text-redo")), FALSE);
  g_signal_connect_object (window->side_stack, "notify::visible-child-name", G_CALLBACK (page_cb), window,
                           G_CONNECT_SWAPPED);
}

void
bp_window_editor_remove (BpWindow *window)
{
  stop_reading (window);
  bp_window_recovery_remove (window);
  g_signal_handlers_disconnect_by_func (window->side_stack, page_cb, window);
  if (window->editor != NULL)
    g_signal_handlers_disconnect_by_func (window, update_lecture, NULL);
  window->editor = NULL;
}
