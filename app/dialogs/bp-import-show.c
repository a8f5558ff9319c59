/* bp-import-show.c: what comes of a table, in the widgets of the dialog
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "dialogs/bp-import-dialog-private.h"

#include <glib/gi18n-lib.h>
#include <string.h>

#include "templates/bp-layer-sizes.h"

/* The mark says that the file tells it, and is there as long as nobody says otherwise. */
static void
show_row (AdwComboRow *row,
          GtkWidget   *check,
          guint        selected,
          gboolean     is_found)
{
  adw_combo_row_set_selected (row, selected);
  gtk_widget_set_opacity (check, is_found ? 1 : 0);
}

static void
show_missing (BpImportDialog *self)
{
  const BpImport *import = self->import;
  g_autoptr (GString) texts = g_string_new (NULL);
  g_autofree char *escaped = NULL;

  for (guint i = 0; i < import->preview->missing_texts->len && i < 3; i++)
    {
      const char *text = g_ptr_array_index (import->preview->missing_texts, i);

      g_string_append_printf (texts, i > 0 ? ", %s" : "%s", *text != '\0' ? text : _("empty"));
    }
  escaped = g_markup_escape_text (texts->str, -1);
  adw_action_row_set_subtitle (ADW_ACTION_ROW (self->missing_row), *escaped == '\0' ? _("none") : escaped);
  show_row (self->missing_row, self->missing_check, self->choices->missing == BP_ANSWER_NO ? 1 : 0,
            self->choices->missing == BP_ANSWER_FROM_FILE);
}

static void
show_format (BpImportDialog *self)
{
  const BpCsvPreview *preview = self->import->preview;
  const BpDataFormat *said = &self->choices->format;

  show_row (self->separator_row, self->separator_check,
            (guint) (strchr (BP_IMPORT_SEPARATORS, preview->format.separator) - BP_IMPORT_SEPARATORS),
            preview->found_separator && said->separator == '\0');
  show_row (self->decimal_row, self->decimal_check, preview->format.decimal_comma == BP_ANSWER_YES ? 1 : 0,
            preview->found_decimal && said->decimal_comma == BP_ANSWER_FROM_FILE);
  show_row (self->header_row, self->header_check, preview->format.header == BP_ANSWER_YES ? 0 : 1,
            preview->found_header && said->header == BP_ANSWER_FROM_FILE);
  show_row (self->encoding_row, self->encoding_check, preview->format.encoding - 1,
            said->encoding == BP_ENCODING_FROM_FILE);
  show_missing (self);
}

static void
show_model (BpImportDialog *self)
{
  const BpImport *import = self->import;
  g_autofree char *simple = bp_import_get_model_title (import, NULL);
  g_autofree char *network = bp_import_get_model_title (import, self->choices->hidden);
  g_autofree char *names = bp_import_describe_names (import);
  const char *model = import->text != NULL ? strstr (import->text, "[Model]") : NULL;

  gtk_button_set_label (GTK_BUTTON (self->simple_button), simple);
  gtk_button_set_label (GTK_BUTTON (self->network_button), network);
  gtk_toggle_button_set_active (self->choices->is_network ? self->network_button : self->simple_button, TRUE);
  gtk_widget_set_visible (GTK_WIDGET (self->hidden_row), self->choices->is_network);
  gtk_label_set_label (self->names_label, names != NULL ? names : "");
  gtk_widget_set_visible (GTK_WIDGET (self->names_label), names != NULL);
  /* Of the lines before it the other widgets speak. */
  gtk_text_buffer_set_text (gtk_text_view_get_buffer (self->text_view), model != NULL ? model : "", -1);
  if (import->text == NULL)
    {
      gtk_label_set_label (self->model_label, "");
      return;
    }

  g_autofree char *sentence = bp_import_describe (import);
  gsize n = bp_layer_sizes_count_parameters (import->layers);
  g_autofree char *parameters = g_strdup_printf (ngettext ("%zu weights and biases", "%zu weights and biases", n), n);
  /* Translators: what model is made, and how many weights it has. */
  g_autofree char *both = g_strdup_printf (_("%s: %s"), sentence, parameters);

  gtk_label_set_label (self->model_label, both);
}

static void
show_rows (BpImportDialog *self)
{
  const BpImport *import = self->import;
  gsize n_shown = import->preview->rows->len;
  gsize n_more = import->preview->n_rows - MIN (n_shown, import->preview->n_rows);
  g_autofree char *dropped = bp_import_describe_dropped (import);
  g_autofree char *more = g_strdup_printf (ngettext ("… and %zu more row.", "… and %zu more rows.", n_more), n_more);
  g_autofree char *train = g_strdup_printf (ngettext ("%zu row to train, %zu to test", "%zu rows to train, %zu to test",
                                                      import->n_train), import->n_train, import->n_test);
  guint n_hidden = bp_import_columns_get_n_hidden (self->columns);
  g_autofree char *hidden = g_strdup_printf (ngettext ("%u column before the last is not shown.",
                                                       "%u columns before the last are not shown.", n_hidden),
                                             n_hidden);
  g_autofree char *all = g_strjoin (" ", n_more > 0 ? more : "", n_hidden > 0 ? hidden : "", dropped, NULL);

  gtk_label_set_label (self->rows_label, g_strstrip (all));
  adw_action_row_set_subtitle (self->test_row, import->text != NULL ? train : "");
  gtk_spin_button_set_value (self->test_spin, 100 * MAX (0, import->test_share));
}

void
bp_import_dialog_show_message (BpImportDialog *self,
                               const char     *problem)
{
  g_autofree char *rows = NULL;
  gboolean is_good = problem == NULL && self->hidden_error == NULL;

  if (is_good)
    rows = g_strdup_printf (ngettext ("%zu of %zu row can be used.", "%zu of %zu rows can be used.",
                                      self->import->preview->n_rows),
                            self->import->n_train + self->import->n_test, self->import->preview->n_rows);
  gtk_label_set_label (self->message_label, problem != NULL ? problem : is_good ? rows : "");
  if (problem != NULL)
    gtk_widget_add_css_class (GTK_WIDGET (self->message_label), "error");
  else
    gtk_widget_remove_css_class (GTK_WIDGET (self->message_label), "error");
  gtk_widget_set_sensitive (self->create_button, is_good);
}

void
bp_import_dialog_show (BpImportDialog *self)
{
  self->is_showing = TRUE;
  bp_import_columns_show (self->columns, self->import);
  show_format (self);
  show_model (self);
  show_rows (self);
  bp_import_dialog_show_message (self, self->import->problem);
  self->is_showing = FALSE;
}
