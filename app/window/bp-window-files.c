/* bp-window-files.c: opening in a window
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "window/bp-window-private.h"

#include <glib/gi18n-lib.h>

static void
open_builtin (BpWindow *self,
              gpointer  name)
{
  g_autoptr (GError) error = NULL;

  bp_window_stop_opening (self);
  if (bp_document_open_builtin (self->document, name, &error))
    bp_window_show_document (self);
  else
    bp_window_show_error (self, _("Cannot Open the Experiment"), error->message);
}

void
bp_window_open_builtin (BpWindow   *self,
                        const char *name)
{
  g_return_if_fail (BP_IS_WINDOW (self));

  bp_window_go_on_when_saved (self, open_builtin, g_strdup (name), g_free);
}

typedef struct {
  char *text;
  char *folder;
} Text;

static void
text_free (gpointer data)
{
  Text *text = data;

  g_free (text->text);
  g_free (text->folder);
  g_free (text);
}

static void
open_text (BpWindow *self,
           gpointer  data)
{
  const Text *text = data;
  g_autoptr (GError) error = NULL;

  bp_window_stop_opening (self);
  if (bp_document_open_text (self->document, text->text, text->folder, &error))
    bp_window_show_document (self);
  else
    bp_window_show_error (self, _("Cannot Open the Experiment"), error->message);
}

void
bp_window_open_text (BpWindow   *self,
                     const char *text,
                     const char *folder)
{
  Text *copy;

  g_return_if_fail (BP_IS_WINDOW (self) && text != NULL);

  copy = g_new (Text, 1);
  *copy = (Text) { g_strdup (text), g_strdup (folder) };
  bp_window_go_on_when_saved (self, open_text, copy, text_free);
}

static void
open_preset (BpWindow *self,
             gpointer  preset)
{
  g_autoptr (GError) error = NULL;

  bp_window_stop_opening (self);
  if (bp_document_open_preset (self->document, preset, &error))
    {
      bp_window_show_document (self);
      bp_window_show_preset (self, preset);
    }
  else
    bp_window_show_error (self, _("Cannot Open the Experiment"), error->message);
}

void
bp_window_open_preset (BpWindow       *self,
                       const BpPreset *preset)
{
  g_return_if_fail (BP_IS_WINDOW (self) && preset != NULL);

  bp_window_go_on_when_saved (self, open_preset, (gpointer) preset, NULL);
}

/* Reading a file */

gboolean
bp_window_get_opening (BpWindow *self)
{
  g_return_val_if_fail (BP_IS_WINDOW (self), FALSE);

  return self->opening != NULL;
}

/* The file that is read is no longer under way. */
static void
forget_opening (BpWindow *self)
{
  self->opening = NULL;
  g_clear_object (&self->opened_file);
  g_clear_pointer (&self->given_up, g_free);
  bp_window_computing_update (self);
}

void
bp_window_stop_opening (BpWindow *self)
{
  if (self->opening == NULL)
    return;

  bp_job_cancel (&self->opening);
  forget_opening (self);
}

static void
take_opened (BpWindow *self,
             gpointer  opened)
{
  g_autoptr (GFile) file = NULL;

  bp_document_take (self->document, opened);
  bp_window_show_document (self);
  if (bp_opened_file_get_error (opened) != NULL)
    bp_window_show_text_error (self, bp_opened_file_get_error (opened));
  file = g_file_new_for_path (bp_document_get_path (self->document));
  bp_window_add_recent (file);
}

static gpointer
read_file (gpointer              path,
           G_GNUC_UNUSED BpWork *work,
           GError              **error)
{
  return bp_opened_file_new (path, error);
}

static void
opened_cb (gpointer               opened,
           const GError          *error,
           G_GNUC_UNUSED gboolean is_exceeded,
           gpointer               data)
{
  BpWindow *self = data;
  g_autofree char *content = bp_document_dup_content (self->document);
  const gboolean may_replace = g_str_equal (content, self->given_up);

  forget_opening (self);
  if (error != NULL)
    bp_window_show_error (self, _("Cannot Open the Experiment"), error->message);
  else if (may_replace)
    {
      take_opened (self, opened);
      bp_opened_file_free (opened);
    }
  else
    bp_window_go_on_when_saved (self, take_opened, opened, (GDestroyNotify) bp_opened_file_free);
}

static const BpJobClass open_job = {
  .compute = read_file,
  .done = opened_cb,
  .free_input = g_free,
  .free_result = (GDestroyNotify) bp_opened_file_free,
};

void
bp_window_open_file (BpWindow *self,
                     GFile    *file)
{
  g_autofree char *path = NULL;

  g_return_if_fail (BP_IS_WINDOW (self));
  g_return_if_fail (G_IS_FILE (file));

  bp_window_stop_opening (self);
  path = g_file_get_path (file);
  if (path == NULL)
    {
      g_autofree char *uri = g_file_get_uri (file);
      g_autofree char *text = g_strdup_printf (_("%s is not a file of this computer; copy it here first"), uri);

      bp_window_show_error (self, _("Cannot Open the Experiment"), text);
      return;
    }

  if (bp_window_is_table (file))
    {
      bp_window_import (self, file);
      return;
    }

  self->opened_file = g_object_ref (file);
  self->given_up = bp_document_dup_content (self->document);
  self->opening = bp_job_start (&open_job, g_steal_pointer (&path), G_MAXDOUBLE, self);
  bp_window_computing_update (self);
}

static void
open_file (BpWindow *self,
           gpointer  file)
{
  bp_window_open_file (self, file);
}

void
bp_window_replace_with_file (BpWindow *self,
                             GFile    *file)
{
  g_return_if_fail (BP_IS_WINDOW (self) && G_IS_FILE (file));

  /* A table replaces nothing until an experiment is made of it. */
  if (bp_window_is_table (file))
    bp_window_open_file (self, file);
  else
    bp_window_go_on_when_saved (self, open_file, g_object_ref (file), g_object_unref);
}

void
bp_window_set_file_choosers (BpWindow     *self,
                             BpFileChooser open_chooser,
                             BpFileChooser save_chooser)
{
  g_return_if_fail (BP_IS_WINDOW (self));

  if (open_chooser != NULL)
    self->open_chooser = self->table_chooser = open_chooser;

  if (save_chooser != NULL)
    self->save_chooser = self->save_table_chooser = save_chooser;
}

static gboolean
drop_cb (G_GNUC_UNUSED GtkDropTarget *target,
         const GValue                *value,
         G_GNUC_UNUSED double         x,
         G_GNUC_UNUSED double         y,
         BpWindow                    *self)
{
  GSList *files = gdk_file_list_get_files (g_value_get_boxed (value));

  if (files == NULL)
    return FALSE;

  bp_window_replace_with_file (self, files->data);
  g_slist_free (files);

  return TRUE;
}

void
bp_window_files_install (BpWindow *window)
{
  GtkDropTarget *target = gtk_drop_target_new (GDK_TYPE_FILE_LIST, GDK_ACTION_COPY);

  g_signal_connect (target, "drop", G_CALLBACK (drop_cb), window);
  gtk_widget_add_controller (GTK_WIDGET (window), GTK_EVENT_CONTROLLER (target));
}

static void
destroy (BpWindow               *self,
         G_GNUC_UNUSED gpointer  data)
{
  gtk_window_destroy (GTK_WINDOW (self));
}

gboolean
bp_window_close_request (GtkWindow *window)
{
  BpWindow *self = BP_WINDOW (window);

  if (!bp_document_is_modified (self->document))
    return GDK_EVENT_PROPAGATE;

  bp_window_go_on_when_saved (self, destroy, NULL, NULL);

  return GDK_EVENT_STOP;
}
