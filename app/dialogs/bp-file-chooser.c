/* bp-file-chooser.c: asks for a file
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "dialogs/bp-file-chooser.h"

#include <glib/gi18n-lib.h>

#include "dialogs/bp-preferences.h"

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
  g_autoptr (GFile) file = NULL;

  if (response == GTK_RESPONSE_ACCEPT)
    file = gtk_file_chooser_get_file (GTK_FILE_CHOOSER (dialog));

  request->chosen (file, request->data);
  g_object_unref (request->parent);
  g_free (request);
  g_object_unref (dialog);
}

static GtkFileChooser *
create_dialog (GtkWindow            *parent,
               const char           *title,
               GtkFileChooserAction  action,
               const char           *accept,
               const char           *name)
{
  GtkFileChooserNative *dialog = gtk_file_chooser_native_new (title, parent, action, accept, _("_Cancel"));

  gtk_native_dialog_set_modal (GTK_NATIVE_DIALOG (dialog), TRUE);
  if (name != NULL)
    gtk_file_chooser_set_current_name (GTK_FILE_CHOOSER (dialog), name);

  return GTK_FILE_CHOOSER (dialog);
}

static void
show (GtkFileChooser *dialog,
      GtkWindow      *parent,
      BpFileChosen    chosen,
      gpointer        data)
{
  Request *request = g_new0 (Request, 1);

  request->parent = g_object_ref (parent);
  request->chosen = chosen;
  request->data = data;

  g_signal_connect (dialog, "response", G_CALLBACK (response_cb), request);
  gtk_native_dialog_show (GTK_NATIVE_DIALOG (dialog));
}

static void
choose_experiment (GtkWindow            *parent,
                   const char           *title,
                   GtkFileChooserAction  action,
                   const char           *accept,
                   const char           *name,
                   BpFileChosen          chosen,
                   gpointer              data)
{
  GtkFileChooser *dialog = create_dialog (parent, title, action, accept, name);

  add_filter (dialog, _("Experiments"), "*.experiment");
  add_filter (dialog, _("All files"), "*");
  show (dialog, parent, chosen, data);
}

void
bp_file_chooser_open_experiment (GtkWindow                *parent,
                                 G_GNUC_UNUSED const char *name,
                                 BpFileChosen              chosen,
                                 gpointer                  data)
{
  choose_experiment (parent, _("Open Experiment"), GTK_FILE_CHOOSER_ACTION_OPEN, _("_Open"), NULL, chosen, data);
}

static void
choose_table (GtkWindow            *parent,
              const char           *title,
              GtkFileChooserAction  action,
              const char           *accept,
              const char           *name,
              BpFileChosen          chosen,
              gpointer              data)
{
  static const char * const patterns[] = BP_TABLE_SUFFIXES;
  GtkFileChooser *dialog = create_dialog (parent, title, action, accept, name);
  g_autoptr (GtkFileFilter) filter = gtk_file_filter_new ();

  gtk_file_filter_set_name (filter, _("Tables"));
  for (guint i = 0; i < G_N_ELEMENTS (patterns); i++)
    gtk_file_filter_add_suffix (filter, patterns[i]);
  gtk_file_chooser_add_filter (dialog, filter);
  add_filter (dialog, _("All files"), "*");
  show (dialog, parent, chosen, data);
}

void
bp_file_chooser_open_table (GtkWindow                *parent,
                            G_GNUC_UNUSED const char *name,
                            BpFileChosen              chosen,
                            gpointer                  data)
{
  choose_table (parent, _("Import Data"), GTK_FILE_CHOOSER_ACTION_OPEN, _("_Import"), NULL, chosen, data);
}

void
bp_file_chooser_save_table (GtkWindow   *parent,
                            const char  *name,
                            BpFileChosen chosen,
                            gpointer     data)
{
  choose_table (parent, _("Save the Pasted Table"), GTK_FILE_CHOOSER_ACTION_SAVE, _("_Save"), name, chosen, data);
}

void
bp_file_chooser_save_experiment (GtkWindow   *parent,
                                 const char  *name,
                                 BpFileChosen chosen,
                                 gpointer     data)
{
  choose_experiment (parent, _("Save Run"), GTK_FILE_CHOOSER_ACTION_SAVE, _("_Save"), name, chosen, data);
}

/* If the folder does not exist any more, the dialog chooses one. */
static void
go_to_last_folder (GtkFileChooser *dialog)
{
  g_autoptr (GSettings) settings = bp_preferences_new_export ();
  g_autofree char *uri = settings != NULL ? g_settings_get_string (settings, "folder") : g_strdup ("");
  g_autoptr (GFile) folder = g_file_new_for_uri (uri);

  if (*uri != '\0' && g_file_query_exists (folder, NULL))
    gtk_file_chooser_set_current_folder (dialog, folder, NULL);
}

void
bp_file_chooser_save_figure (GtkWindow   *parent,
                             const char  *name,
                             BpFileChosen chosen,
                             gpointer     data)
{
  GtkFileChooser *dialog = create_dialog (parent, _("Export"), GTK_FILE_CHOOSER_ACTION_SAVE, _("_Export"), name);

  go_to_last_folder (dialog);
  show (dialog, parent, chosen, data);
}
