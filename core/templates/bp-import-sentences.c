/* bp-import-sentences.c: what comes of a table, in words
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "templates/bp-import.h"

#include <glib/gi18n-lib.h>

#include "base/bp-text.h"
#include "templates/bp-layer-sizes.h"

static guint
get_size (const BpImport *import,
          guint           i)
{
  return g_array_index (import->layers, guint, i);
}

char *
bp_import_get_model_title (const BpImport *import,
                           const GArray   *hidden)
{
  g_autoptr (GArray) sizes = NULL;
  g_autofree char *list = NULL;

  g_return_val_if_fail (import != NULL, NULL);

  sizes = g_array_new (FALSE, FALSE, sizeof (guint));
  if (import->layers->len > 0)
    {
      g_array_append_val (sizes, g_array_index (import->layers, guint, 0));
      if (hidden != NULL)
        g_array_append_vals (sizes, hidden->data, hidden->len);
      g_array_append_val (sizes, g_array_index (import->layers, guint, import->layers->len - 1));
    }
  list = bp_layer_sizes_to_string (sizes, " → ");

  /* Translators: a kind of model, and its numbers of inputs and outputs, as in “4 → 3”. */
  return g_strstrip (g_strdup_printf (hidden != NULL ? _("Network %s")
                                      : import->loss == BP_LOSS_SOFTMAX ? _("Softmax %s")
                                      : import->loss == BP_LOSS_SIGMOID ? _("Logistic %s") : _("Linear %s"), list));
}

char *
bp_import_describe (const BpImport *import)
{
  const BpPreviewColumn *class, *target;
  guint n_inputs, n_classes;

  g_return_val_if_fail (import != NULL && import->layers->len >= 2, NULL);

  class = bp_import_find (import, BP_COLUMN_CLASS);
  target = bp_import_find (import, BP_COLUMN_TARGET);
  n_inputs = get_size (import, 0);
  n_classes = import->loss == BP_LOSS_SOFTMAX ? get_size (import, import->layers->len - 1) : 2;

  if (class != NULL && import->layers->len > 2)
    /* Translators: how many classes, the column that has them, and by how many columns. */
    return g_strdup_printf (ngettext ("A network that tells the %u classes of %s apart by %u column",
                                      "A network that tells the %u classes of %s apart by %u columns", n_inputs),
                            n_classes, class->name, n_inputs);
  if (class != NULL)
    return g_strdup_printf (ngettext ("A linear model that tells the %u classes of %s apart by %u column",
                                      "A linear model that tells the %u classes of %s apart by %u columns", n_inputs),
                            n_classes, class->name, n_inputs);
  if (import->layers->len > 2)
    /* Translators: the column that is predicted, and from how many columns. */
    return g_strdup_printf (ngettext ("A network that predicts %s from %u column",
                                      "A network that predicts %s from %u columns", n_inputs), target->name, n_inputs);

  return g_strdup_printf (ngettext ("A line that predicts %s from %u column",
                                    "A linear model that predicts %s from %u columns", n_inputs),
                          target->name, n_inputs);
}

char *
bp_import_describe_dropped (const BpImport *import)
{
  gsize rows[2] = { 0, };
  guint n_rows = 0;

  g_return_val_if_fail (import != NULL, NULL);

  for (guint i = 0; i < import->preview->missing->len && n_rows < 2; i++)
    {
      const BpPreviewMissing *missing = &g_array_index (import->preview->missing, BpPreviewMissing, i);

      if (g_array_index (import->roles, BpColumnRole, missing->column) != BP_COLUMN_UNUSED &&
          (n_rows == 0 || rows[0] != missing->row))
        rows[n_rows++] = missing->row;
    }

  if (import->n_dropped == 0)
    return NULL;
  if (import->n_dropped == 1 && n_rows > 0)
    return g_strdup_printf (_("Row %zu lacks a value and is left out."), rows[0]);
  if (import->n_dropped == 2 && n_rows == 2)
    return g_strdup_printf (_("Row %zu and row %zu lack a value and are left out."), rows[0], rows[1]);
  if (n_rows > 0)
    return g_strdup_printf (_("%zu rows lack a value and are left out; the first is row %zu."), import->n_dropped,
                            rows[0]);

  return g_strdup_printf (_("%zu rows lack a value and are left out."), import->n_dropped);
}

char *
bp_import_describe_names (const BpImport *import)
{
  g_autoptr (GString) list = g_string_new (NULL);
  guint n_names = 0;

  g_return_val_if_fail (import != NULL, NULL);

  for (guint i = 0; i < import->roles->len; i++)
    {
      const BpPreviewColumn *column = g_ptr_array_index (import->preview->columns, i);
      g_autofree char *quoted = bp_text_quote (column->title, -1);

      if (g_array_index (import->roles, BpColumnRole, i) == BP_COLUMN_UNUSED || *column->title == '\0' ||
          g_str_equal (column->title, column->name))
        continue;

      /* Translators: what the file calls a column, and what it is called in expressions. */
      if (n_names++ < 4)
        g_string_append_printf (list, _("%s%s becomes %s"), n_names > 1 ? ", " : "", quoted, column->name);
    }

  if (n_names == 0)
    return NULL;
  if (n_names > 4)
    /* Translators: a list such as “Kelchblatt Länge becomes Kelchblatt_Laenge”, and how many more there are. */
    return g_strdup_printf (ngettext ("Names have letters from a to z, digits and _: %s and %u more.",
                                      "Names have letters from a to z, digits and _: %s and %u more.", n_names - 4),
                            list->str, n_names - 4);

  /* Translators: a list such as “Kelchblatt Länge becomes Kelchblatt_Laenge”. */
  return g_strdup_printf (_("Names have letters from a to z, digits and _: %s."), list->str);
}
