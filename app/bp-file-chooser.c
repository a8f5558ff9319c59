/* bp-file-chooser.c: asks for a file
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "bp-file-chooser.h"

#include <glib/gi18n-lib.h>

typedef struct {
  GtkWindow   *parent;
  BpFileChosen chosen;
  gpointer     data;
} Request;

static void
add_filter (GtkFileChooser *chooser,
            const char     *name,
            const char     *pattern)
{
  g_autoptr (GtkFileFilter) filter = gtk_file_filter_new ();

  gtk_file_filter_set_name (filter, name);
  gtk_file_filter_add_pattern (filter, pattern);
  gtk_file_chooser_add_filter (chooser, filter);
}

static void
response_cb (GtkNativeDialog *dialog,
             int              response,
             Request         *request)
{
  if (response == GTK_RESPONSE_ACCEPT)
    {
      g_autoptr (GFile) file = gtk_file_chooser_get_file (GTK_FILE_CHOOSER (dialog));

      request->chosen (file, request->data);
    }

  g_object_unref (request->parent);
  g_free (request);
  g_object_unref (dialog);
}

static void
choose (GtkWindow            *parent,
        const char           *title,
        GtkFileChooserAction  action,
        const char           *accept,
        const char           *name,
        BpFileChosen          chosen,
        gpointer              data)
{
  GtkFileChooserNative *dialog;
  Request *request = g_new0 (Request, 1);

  request->parent = g_object_ref (parent);
  request->chosen = chosen;
  request->data = data;

  dialog = gtk_file_chooser_native_new (title, parent, action, accept, _("_Cancel"));
  gtk_native_dialog_set_modal (GTK_NATIVE_DIALOG (dialog), TRUE);
  add_filter (GTK_FILE_CHOOSER (dialog), _("Experiments"), "*.experiment");
  add_filter (GTK_FILE_CHOOSER (dialog), _("All files"), "*");

  if (name != NULL)
    gtk_file_chooser_set_current_name (GTK_FILE_CHOOSER (dialog), name);

  g_signal_connect (dialog, "response", G_CALLBACK (response_cb), request);
  gtk_native_dialog_show (GTK_NATIVE_DIALOG (dialog));
}

void
bp_file_chooser_open_experiment (GtkWindow   *parent,
                                 const char  *name,
                                 BpFileChosen chosen,
                                 gpointer     data)
{
  choose (parent, _("Open Experiment"), GTK_FILE_CHOOSER_ACTION_OPEN, _("_Open"), NULL, chosen, data);
}

void
bp_file_chooser_save_experiment (GtkWindow   *parent,
                                 const char  *name,
                                 BpFileChosen chosen,
                                 gpointer     data)
{
  choose (parent, _("Save Run"), GTK_FILE_CHOOSER_ACTION_SAVE, _("_Save"), name, chosen, data);
}
