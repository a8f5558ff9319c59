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

/* What is asked for. */
typedef struct {
  const char        *title;
  const char        *accept;
  gboolean           saves;
  const char        *files;    /* the name of the filter, NULL for none */
  const char * const *suffixes;
} Kind;

static const char * const experiment_suffixes[] = { "experiment", NULL };
static const char * const table_suffixes[] = BP_TABLE_SUFFIXES;

static void
add_filter (GtkFileChooser     *chooser,
            const char         *name,
            const char * const *suffixes)
{
  g_autoptr (GtkFileFilter) filter = gtk_file_filter_new ();

  gtk_file_filter_set_name (filter, name);
  for (guint i = 0; suffixes != NULL && suffixes[i] != NULL; i++)
    gtk_file_filter_add_suffix (filter, suffixes[i]);
  if (suffixes == NULL)
    gtk_file_filter_add_pattern (filter, "*");
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

/* @folder: (nullable): where to begin; if it does not exist any more, the dialog chooses one */
static void
ask (const Kind  *kind,
     GtkWindow   *parent,
     const char  *name,
     GFile       *folder,
     BpFileChosen chosen,
     gpointer     data)
{
  GtkFileChooserAction action = kind->saves ? GTK_FILE_CHOOSER_ACTION_SAVE : GTK_FILE_CHOOSER_ACTION_OPEN;
  GtkFileChooserNative *dialog = gtk_file_chooser_native_new (_(kind->title), parent, action, _(kind->accept),
                                                              _("_Cancel"));
  GtkFileChooser *chooser = GTK_FILE_CHOOSER (dialog);
  Request *request = g_new0 (Request, 1);

  *request = (Request) { g_object_ref (parent), chosen, data };
  gtk_native_dialog_set_modal (GTK_NATIVE_DIALOG (dialog), TRUE);
  if (kind->saves)
    gtk_file_chooser_set_current_name (chooser, name);
  if (kind->files != NULL)
    {
      add_filter (chooser, _(kind->files), kind->suffixes);
      add_filter (chooser, _("All files"), NULL);
    }
  if (folder != NULL && g_file_query_exists (folder, NULL))
    gtk_file_chooser_set_current_folder (chooser, folder, NULL);
  g_signal_connect (dialog, "response", G_CALLBACK (response_cb), request);
  gtk_native_dialog_show (GTK_NATIVE_DIALOG (dialog));
}

void
bp_file_chooser_open_experiment (GtkWindow                *parent,
                                 G_GNUC_UNUSED const char *name,
                                 BpFileChosen              chosen,
                                 gpointer                  data)
{
  static const Kind kind = { N_("Open Experiment"), N_("_Open"), FALSE, N_("Experiments"), experiment_suffixes };

  ask (&kind, parent, NULL, NULL, chosen, data);
}

void
bp_file_chooser_open_table (GtkWindow                *parent,
                            G_GNUC_UNUSED const char *name,
                            BpFileChosen              chosen,
                            gpointer                  data)
{
  static const Kind kind = { N_("Import Data"), N_("_Import"), FALSE, N_("Tables"), table_suffixes };

  ask (&kind, parent, NULL, NULL, chosen, data);
}

void
bp_file_chooser_save_table (GtkWindow   *parent,
                            const char  *name,
                            BpFileChosen chosen,
                            gpointer     data)
{
  static const Kind kind = { N_("Save the Pasted Table"), N_("_Save"), TRUE, N_("Tables"), table_suffixes };

  ask (&kind, parent, name, NULL, chosen, data);
}

void
bp_file_chooser_save_experiment (GtkWindow   *parent,
                                 const char  *name,
                                 BpFileChosen chosen,
                                 gpointer     data)
{
  static const Kind kind = { N_("Save Run"), N_("_Save"), TRUE, N_("Experiments"), experiment_suffixes };

  ask (&kind, parent, name, NULL, chosen, data);
}

void
bp_file_chooser_save_figure (GtkWindow   *parent,
                             const char  *name,
                             BpFileChosen chosen,
                             gpointer     data)
{
  static const Kind kind = { N_("Export"), N_("_Export"), TRUE, NULL, NULL };
  g_autoptr (GSettings) settings = bp_preferences_new_export ();
  g_autofree char *uri = settings != NULL ? g_settings_get_string (settings, "folder") : g_strdup ("");
  g_autoptr (GFile) folder = *uri != '\0' ? g_file_new_for_uri (uri) : NULL;

  ask (&kind, parent, name, folder, chosen, data);
}
