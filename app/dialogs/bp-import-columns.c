/* bp-import-columns.c: the first rows of a table, with what each column is for in its head
 *
 * A column is a label of several lines, so that many columns are few widgets.
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "dialogs/bp-import-columns.h"

#include <glib/gi18n-lib.h>

#include "base/bp-text.h"

/* Of a table with more columns, such as one of pictures, so many are shown: the first ones and the last. */
#define MAX_COLUMNS 100
#define MAX_CHARACTERS 24

/* The widgets of a column. */
typedef struct {
  GtkLabel    *title;
  GtkDropDown *roles;
  GtkLabel    *kind;
  GtkLabel    *values;
} Column;

struct _BpImportColumns {
  GtkWidget  parent;

  GtkWidget *box;
  GArray    *columns;    /* of Column */
  guint      n_hidden;   /* before the last */
  gboolean   is_showing; /* roles are set, not chosen */
};

static guint role_chosen_signal;

G_DEFINE_FINAL_TYPE (BpImportColumns, bp_import_columns, GTK_TYPE_WIDGET)

/* Which column of the table the @place-th one is. */
static guint
get_index (BpImportColumns *self,
           guint            place)
{
  return place + 1 < self->columns->len ? place : place + self->n_hidden;
}

static void
role_cb (BpImportColumns          *self,
         G_GNUC_UNUSED GParamSpec *property,
         GtkDropDown              *roles)
{
  for (guint i = 0; i < self->columns->len && !self->is_showing; i++)
    if (g_array_index (self->columns, Column, i).roles == roles)
      {
        g_signal_emit (self, role_chosen_signal, 0, get_index (self, i), gtk_drop_down_get_selected (roles));
        return;
      }
}

static GtkLabel *
add_label (GtkWidget  *box,
           const char *css_class)
{
  GtkWidget *label = gtk_label_new (NULL);

  gtk_label_set_xalign (GTK_LABEL (label), 0);
  gtk_widget_add_css_class (label, css_class);
  gtk_box_append (GTK_BOX (box), label);

  return GTK_LABEL (label);
}

static void
add_column (BpImportColumns *self)
{
  GtkWidget *box = gtk_box_new (GTK_ORIENTATION_VERTICAL, 4);
  g_autoptr (GtkStringList) titles = gtk_string_list_new (NULL);
  Column column;

  for (BpColumnRole role = 0; role < BP_N_COLUMN_ROLES; role++)
    gtk_string_list_append (titles, bp_column_role_get_title (role));

  column.title = add_label (box, "heading");
  gtk_label_set_ellipsize (column.title, PANGO_ELLIPSIZE_END);
  gtk_label_set_max_width_chars (column.title, MAX_CHARACTERS);
  column.roles = GTK_DROP_DOWN (gtk_drop_down_new (G_LIST_MODEL (g_steal_pointer (&titles)), NULL));
  gtk_box_append (GTK_BOX (box), GTK_WIDGET (column.roles));
  column.kind = add_label (box, "caption");
  gtk_box_append (GTK_BOX (box), gtk_separator_new (GTK_ORIENTATION_HORIZONTAL));
  column.values = add_label (box, "numeric");
  g_signal_connect_swapped (column.roles, "notify::selected", G_CALLBACK (role_cb), self);
  gtk_box_append (GTK_BOX (self->box), box);
  g_array_append_val (self->columns, column);
}

/* Texts */

static char *
describe_kind (const BpPreviewColumn *column)
{
  switch (column->kind)
    {
    case BP_FIELDS_NUMBERS:
      return g_strdup (_("number"));
    case BP_FIELDS_TEXTS:
      if (column->n_texts > BP_PREVIEW_MAX_CLASSES)
        return g_strdup (_("text"));
      return g_strdup_printf (ngettext ("text, %zu class", "text, %zu classes", column->n_texts), column->n_texts);
    case BP_FIELDS_OTHER:
      return g_strdup (_("not only numbers"));
    case BP_FIELDS_NONE:
      break;
    }

  return g_strdup (_("no values"));
}

static gboolean
is_left_out (const BpImport     *import,
             const char * const *row)
{
  gboolean is_out = FALSE;

  for (guint i = 0; i < import->roles->len && import->drop_missing && !is_out; i++)
    is_out = g_array_index (import->roles, BpColumnRole, i) != BP_COLUMN_UNUSED && bp_csv_preview_is_missing (row[i]);

  return is_out;
}

static void
append_field (GString    *markup,
              const char *text,
              gboolean    is_out)
{
  g_autofree char *quoted = bp_text_quote (text, -1);
  glong length = g_utf8_strlen (quoted, -1);
  g_autofree char *cut = g_utf8_substring (quoted, 0, MIN (length, MAX_CHARACTERS));
  g_autofree char *escaped = g_markup_escape_text (cut, -1);

  if (bp_csv_preview_is_missing (text))
    /* Translators: in a table, in the place of a number that is not there. */
    g_string_append_printf (markup, "<i>%s</i>", _("missing"));
  else
    g_string_append_printf (markup, is_out ? "<s>%s%s</s>" : "%s%s", escaped, length > MAX_CHARACTERS ? "…" : "");
}

static void
show_values (const Column   *self,
             const BpImport *import,
             guint           column)
{
  const GPtrArray *rows = import->preview->rows;
  g_autoptr (GString) markup = g_string_new (NULL);

  for (guint i = 0; i < rows->len; i++)
    {
      const char * const *row = g_ptr_array_index (rows, i);

      if (i > 0)
        g_string_append_c (markup, '\n');
      append_field (markup, row[column], is_left_out (import, row));
    }
  gtk_label_set_markup (self->values, markup->str);
}

static void
show_column (const Column   *self,
             const BpImport *import,
             guint           i)
{
  static const char * const css_classes[BP_N_COLUMN_ROLES] = { "dim-label", "input", "learned", "learned" };
  const BpPreviewColumn *column = g_ptr_array_index (import->preview->columns, i);
  BpColumnRole role = g_array_index (import->roles, BpColumnRole, i);
  const char *title = *column->title != '\0' ? column->title : column->name;
  gboolean is_number = column->kind == BP_FIELDS_NUMBERS;
  g_autofree char *kind = describe_kind (column);

  gtk_label_set_label (self->title, title);
  gtk_label_set_width_chars (self->title, (int) MIN (g_utf8_strlen (title, -1), MAX_CHARACTERS));
  gtk_widget_set_tooltip_text (GTK_WIDGET (self->title), title);
  gtk_drop_down_set_selected (self->roles, role);
  gtk_accessible_update_property (GTK_ACCESSIBLE (self->roles), GTK_ACCESSIBLE_PROPERTY_LABEL, title,
                                  GTK_ACCESSIBLE_PROPERTY_DESCRIPTION, kind, -1);
  gtk_label_set_label (self->kind, kind);
  gtk_label_set_xalign (self->values, is_number ? 1 : 0);
  gtk_label_set_justify (self->values, is_number ? GTK_JUSTIFY_RIGHT : GTK_JUSTIFY_LEFT);
  gtk_widget_set_css_classes (GTK_WIDGET (self->values), (const char *[]) { "numeric", css_classes[role], NULL });
  show_values (self, import, i);
}

void
bp_import_columns_show (BpImportColumns *columns,
                        const BpImport  *import)
{
  guint n_columns;

  g_return_if_fail (BP_IS_IMPORT_COLUMNS (columns) && import != NULL);

  n_columns = MIN (import->preview->columns->len, MAX_COLUMNS);
  columns->is_showing = TRUE;
  while (columns->columns->len < n_columns)
    add_column (columns);
  while (columns->columns->len > n_columns)
    {
      gtk_box_remove (GTK_BOX (columns->box), gtk_widget_get_last_child (columns->box));
      g_array_set_size (columns->columns, columns->columns->len - 1);
    }
  columns->n_hidden = import->preview->columns->len - n_columns;
  for (guint i = 0; i < n_columns; i++)
    show_column (&g_array_index (columns->columns, Column, i), import, get_index (columns, i));
  columns->is_showing = FALSE;
}

guint
bp_import_columns_get_n_hidden (BpImportColumns *columns)
{
  g_return_val_if_fail (BP_IS_IMPORT_COLUMNS (columns), 0);

  return columns->n_hidden;
}

static void
bp_import_columns_dispose (GObject *object)
{
  BpImportColumns *self = BP_IMPORT_COLUMNS (object);

  self->is_showing = TRUE;
  g_clear_pointer (&self->box, gtk_widget_unparent);

  G_OBJECT_CLASS (bp_import_columns_parent_class)->dispose (object);
}

static void
bp_import_columns_finalize (GObject *object)
{
  g_array_unref (BP_IMPORT_COLUMNS (object)->columns);
  G_OBJECT_CLASS (bp_import_columns_parent_class)->finalize (object);
}

static void
bp_import_columns_class_init (BpImportColumnsClass *klass)
{
  G_OBJECT_CLASS (klass)->dispose = bp_import_columns_dispose;
  G_OBJECT_CLASS (klass)->finalize = bp_import_columns_finalize;

  role_chosen_signal = g_signal_new ("role-chosen", G_TYPE_FROM_CLASS (klass), G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL,
                                     G_TYPE_NONE, 2, G_TYPE_UINT, G_TYPE_UINT);
  gtk_widget_class_set_css_name (GTK_WIDGET_CLASS (klass), "importcolumns");
  gtk_widget_class_set_layout_manager_type (GTK_WIDGET_CLASS (klass), GTK_TYPE_BIN_LAYOUT);
}

static void
bp_import_columns_init (BpImportColumns *self)
{
  self->columns = g_array_new (FALSE, FALSE, sizeof (Column));
  self->box = gtk_box_new (GTK_ORIENTATION_HORIZONTAL, 16);
  gtk_widget_set_parent (self->box, GTK_WIDGET (self));
}
