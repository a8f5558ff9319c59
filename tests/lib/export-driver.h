/* export-driver.h: how tests do with the export dialog what a user does
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#pragma once

#include "lib/window-fixture.h"

#include "export/bp-export-dialog.h"

/* What stands in for the desktop's dialog: where it says to write (NULL: nowhere), and the name that was suggested. */
static char *chosen_path;
static char *suggested_name;

static inline void
choose (G_GNUC_UNUSED GtkWindow *parent,
        const char              *name,
        BpFileChosen             chosen,
        gpointer                 data)
{
  g_autoptr (GFile) file = chosen_path != NULL ? g_file_new_for_path (chosen_path) : NULL;

  g_free (suggested_name);
  suggested_name = g_strdup (name);
  if (file != NULL)
    chosen (file, data);
}

/** The export dialog; NULL when there is none. */
static inline GtkWidget *
find_dialog (void)
{
  g_autoptr (GList) toplevels = gtk_window_list_toplevels ();

  for (GList *link = toplevels; link != NULL; link = link->next)
    if (BP_IS_EXPORT_DIALOG (link->data))
      return link->data;

  return NULL;
}

static inline GtkWidget *
open_dialog (Fixture *fixture)
{
  GtkWidget *dialog;

  activate (fixture, "win.export");
  dialog = find_dialog ();
  g_assert_nonnull (dialog);
  bp_export_dialog_set_file_chooser (BP_EXPORT_DIALOG (dialog), choose);
  settle ();

  return dialog;
}

static inline gboolean
has_row_title (GtkWidget  *widget,
               const char *title)
{
  return g_str_equal (adw_preferences_row_get_title (ADW_PREFERENCES_ROW (widget)), title);
}

static inline GtkWidget *
find_row (GtkWidget  *dialog,
          const char *title)
{
  GtkWidget *row = search_widget (dialog, ADW_TYPE_PREFERENCES_ROW, has_row_title, title);

  g_assert_nonnull (row);

  return row;
}

static inline const char *
get_title (AdwComboRow *row,
           guint        index)
{
  return gtk_string_list_get_string (GTK_STRING_LIST (adw_combo_row_get_model (row)), index);
}

/** Chooses as a user does: what is not in the list cannot be chosen. */
static inline void
select_title (GtkWidget  *dialog,
              const char *title,
              const char *choice)
{
  AdwComboRow *row = ADW_COMBO_ROW (find_row (dialog, title));
  guint n = g_list_model_get_n_items (adw_combo_row_get_model (row));

  for (guint i = 0; i < n; i++)
    if (g_str_equal (get_title (row, i), choice))
      {
        adw_combo_row_set_selected (row, i);
        settle ();
        return;
      }

  g_error ("“%s” cannot be “%s”", title, choice);
}

static inline void
set_caption (GtkWidget *dialog,
             gboolean   caption)
{
  gtk_switch_set_active (GTK_SWITCH (search_widget (find_row (dialog, "Caption"), GTK_TYPE_SWITCH, NULL, NULL)),
                         caption);
  settle ();
}

static inline void
type (GtkWidget  *dialog,
      const char *title,
      const char *text)
{
  type_text (search_field (dialog, title), text);
  settle ();
}

static inline gboolean
is_suggested (GtkWidget                *widget,
              G_GNUC_UNUSED const char *text)
{
  return gtk_widget_has_css_class (widget, "suggested-action");
}

static inline GtkWidget *
find_export_button (GtkWidget *dialog)
{
  return search_widget (dialog, GTK_TYPE_BUTTON, is_suggested, NULL);
}

static inline void
press_export (GtkWidget *dialog)
{
  g_signal_emit_by_name (find_export_button (dialog), "clicked");
  settle ();
}

static inline gboolean
is_cancel (GtkWidget                *button,
           G_GNUC_UNUSED const char *text)
{
  return g_strcmp0 (gtk_button_get_label (GTK_BUTTON (button)), "_Cancel") == 0;
}

static inline void
press_cancel (GtkWidget *dialog)
{
  g_signal_emit_by_name (search_widget (dialog, GTK_TYPE_BUTTON, is_cancel, NULL), "clicked");
}

static inline gboolean
is_shown (GtkWidget  *dialog,
          const char *title)
{
  GtkWidget *field = search_widget (dialog, BP_TYPE_FIELD, has_title, title);

  return gtk_widget_get_mapped (field != NULL ? field : find_row (dialog, title));
}
