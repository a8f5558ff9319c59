/* export-driver.c: how tests do with the export dialog what a user does
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "lib/export-driver.h"

GtkWidget *
find_dialog (void)
{
  g_autoptr (GList) toplevels = gtk_window_list_toplevels ();

  for (GList *link = toplevels; link != NULL; link = link->next)
    if (BP_IS_EXPORT_DIALOG (link->data))
      return link->data;

  return NULL;
}

GtkWidget *
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

static gboolean
has_row_title (GtkWidget  *widget,
               const char *title)
{
  return g_str_equal (adw_preferences_row_get_title (ADW_PREFERENCES_ROW (widget)), title);
}

GtkWidget *
find_row (GtkWidget  *dialog,
          const char *title)
{
  GtkWidget *row = search_widget (dialog, ADW_TYPE_PREFERENCES_ROW, has_row_title, title);

  g_assert_nonnull (row);

  return row;
}

const char *
get_title (AdwComboRow *row,
           guint        index)
{
  return gtk_string_list_get_string (GTK_STRING_LIST (adw_combo_row_get_model (row)), index);
}

void
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

void
set_caption (GtkWidget *dialog,
             gboolean   caption)
{
  gtk_switch_set_active (GTK_SWITCH (search_widget (find_row (dialog, "Caption"), GTK_TYPE_SWITCH, NULL, NULL)),
                         caption);
  settle ();
}

void
type (GtkWidget  *dialog,
      const char *title,
      const char *text)
{
  type_text (search_field (dialog, title), text);
  settle ();
}

GtkWidget *
find_export_button (GtkWidget *dialog)
{
  return search_widget (dialog, GTK_TYPE_BUTTON, has_css_class, "suggested-action");
}

void
press_export (GtkWidget *dialog)
{
  g_signal_emit_by_name (find_export_button (dialog), "clicked");
  settle ();
}

void
press_cancel (GtkWidget *dialog)
{
  g_signal_emit_by_name (search_widget (dialog, GTK_TYPE_BUTTON, has_button_label, "_Cancel"), "clicked");
}

gboolean
is_shown (GtkWidget  *dialog,
          const char *title)
{
  GtkWidget *field = search_widget (dialog, BP_TYPE_FIELD, has_title, title);

  return gtk_widget_get_mapped (field != NULL ? field : find_row (dialog, title));
}
