/* bp-window-new.c: experiments that begin with a template, or with a table
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "window/bp-window-private.h"

#include <glib/gi18n-lib.h>
#include <glib/gstdio.h>
#include <string.h>

#include "dialogs/bp-import-dialog.h"
#include "dialogs/bp-new-dialog.h"

static void
imported_cb (BpWindow   *self,
             const char *text,
             const char *folder)
{
  bp_window_open_text (self, text, folder);
}

/* @choices: (transfer full) */
static void
show_import (BpWindow        *self,
             BpImportChoices *choices,
             BpFileChooser    save_chooser)
{
  GtkWidget *dialog = bp_import_dialog_new (GTK_WINDOW (self), choices, save_chooser);

  g_signal_connect_object (dialog, "created", G_CALLBACK (imported_cb), self, G_CONNECT_SWAPPED);
  gtk_window_present (GTK_WINDOW (dialog));
}

/* Files */

/* Those of texts may be anything. */
gboolean
bp_window_is_table (GFile *file)
{
  static const char * const suffixes[] = BP_TABLE_SUFFIXES;
  g_autofree char *name = g_file_get_basename (file);
  const char *dot = strrchr (name, '.');
  gboolean is_table = FALSE;

  for (guint i = 0; dot != NULL && suffixes[i] != NULL && !is_table; i++)
    is_table = g_ascii_strcasecmp (dot + 1, suffixes[i]) == 0;

  return is_table && g_ascii_strcasecmp (dot, ".txt") != 0;
}

void
bp_window_import (BpWindow *self,
                  GFile    *file)
{
  g_autofree char *path = g_file_get_path (file);

  show_import (self, bp_import_choices_new (path), NULL);
}

/* What goes with the table once it is chosen. */
typedef struct {
  BpWindow        *window;
  BpImportChoices *choices;
} Choosing;

static void
table_chosen_cb (GFile   *file,
                 gpointer data)
{
  Choosing *choosing = data;
  char *path = file != NULL ? g_file_get_path (file) : NULL;

  if (path != NULL)
    {
      g_free (choosing->choices->file);
      choosing->choices->file = path;
      show_import (choosing->window, g_steal_pointer (&choosing->choices), NULL);
    }
  g_clear_pointer (&choosing->choices, bp_import_choices_free);
  g_free (choosing);
}

/* The chooser keeps the window. */
static void
choose_table (BpWindow        *self,
              BpImportChoices *choices)
{
  Choosing *choosing = g_new0 (Choosing, 1);

  choosing->window = self;
  choosing->choices = bp_import_choices_copy (choices);
  self->table_chooser (GTK_WINDOW (self), NULL, table_chosen_cb, choosing);
}

static void
import_cb (BpWindow *self)
{
  g_autoptr (BpImportChoices) choices = bp_import_choices_new ("");

  choose_table (self, choices);
}

/* The clipboard */

/* A table has rows, and something between its columns. */
static gboolean
looks_like_table (const char *text)
{
  const char *end = text != NULL ? strpbrk (text, "\r\n") : NULL;

  return end != NULL && strcspn (text, "\t,;| ") < (gsize) (end - text);
}

/* Returns: (transfer full) (nullable): a file of its own with @text */
static char *
write_table (const char *text,
             GError    **error)
{
  char *path;
  int file = g_file_open_tmp ("table-XXXXXX.csv", &path, error);

  if (file < 0)
    return NULL;

  g_close (file, NULL);
  if (g_file_set_contents (path, text, -1, error))
    return path;

  g_unlink (path);
  g_free (path);

  return NULL;
}

static void
pasted_cb (GObject      *clipboard,
           GAsyncResult *result,
           gpointer      data)
{
  GWeakRef *window = data;
  g_autoptr (BpWindow) self = g_weak_ref_get (window);
  g_autofree char *text = gdk_clipboard_read_text_finish (GDK_CLIPBOARD (clipboard), result, NULL);
  g_autoptr (GError) error = NULL;
  g_autofree char *path = NULL;

  g_weak_ref_clear (window);
  g_free (window);
  if (self == NULL || !gtk_widget_get_mapped (GTK_WIDGET (self)))
    return;

  path = looks_like_table (text) ? write_table (text, &error) : NULL;
  if (path != NULL)
    show_import (self, bp_import_choices_new (path), self->save_table_chooser);
  else
    bp_window_add_toast (self, error != NULL ? error->message : _("The clipboard has no table: copy some rows first."));
}

static void
paste_cb (BpWindow *self)
{
  GWeakRef *window = g_new0 (GWeakRef, 1);

  /* It may be closed before. */
  g_weak_ref_init (window, self);
  gdk_clipboard_read_text_async (gtk_widget_get_clipboard (GTK_WIDGET (self)), NULL, pasted_cb, window);
}

/* Templates */

static void
created_cb (BpWindow   *self,
            const char *text)
{
  bp_window_open_text (self, text, NULL);
}

static void
new_cb (BpWindow *self)
{
  GtkWidget *dialog = bp_new_dialog_new (GTK_WINDOW (self));

  g_signal_connect_object (dialog, "created", G_CALLBACK (created_cb), self, G_CONNECT_SWAPPED);
  g_signal_connect_object (dialog, "table", G_CALLBACK (choose_table), self, G_CONNECT_SWAPPED);
  gtk_window_present (GTK_WINDOW (dialog));
}

static const BpWindowAction actions[] = {
  { "new", G_CALLBACK (new_cb) },
  { "import", G_CALLBACK (import_cb) },
  { "paste", G_CALLBACK (paste_cb) },
};

void
bp_window_new_install (BpWindow *self)
{
  bp_window_add_actions (self, actions, G_N_ELEMENTS (actions));
}
