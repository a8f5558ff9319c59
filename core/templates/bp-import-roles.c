/* bp-import-roles.c: what the columns of a table may be for
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "templates/bp-import.h"

#include <glib/gi18n-lib.h>
#include <string.h>

/* A text has so many different values, or there are as many as rows, that it names the rows. */
#define MAX_GUESSED_CLASSES 20

/* How much a column that is called a class, or a target, is one. */
#define NAMED_CLASS 4
#define NAMED_TARGET 2

/* What columns are often called that are to be learned, that say a class, and that are of no use to a model. */
static const char * const target_names[] = {
  "target", "y", "label", "class", "outcome", "output", "mpg", "price", "medv", "quality", "ziel", "dist", "sales",
  "charges", "tip", "saleprice", "median_house_value", NULL
};
static const char * const class_names[] = {
  "species", "class", "label", "target", "variety", "diagnosis", "outcome", "survived", "type", "art", "klasse",
  "kategorie", "category", "digit", NULL
};
static const char * const useless_names[] = {
  "name", "id", "no", "nr", "nummer", "number", "index", "rownames", "date", "datum", "when", "time", "note", "notes",
  "comment", "description", "car_name", "car", "model", "bemerkung", NULL
};

const char *
bp_column_role_get_title (BpColumnRole role)
{
  static const char * const titles[] = { N_("Unused"), N_("Input"), N_("Target"), N_("Class") };

  g_return_val_if_fail (role < BP_N_COLUMN_ROLES, NULL);

  return _(titles[role]);
}

gboolean
bp_import_may_have (const BpPreviewColumn *column,
                    BpColumnRole           role)
{
  switch (role)
    {
    case BP_COLUMN_INPUT:
    case BP_COLUMN_TARGET:
      return column->kind == BP_FIELDS_NUMBERS;
    case BP_COLUMN_CLASS:
      return column->kind == BP_FIELDS_TEXTS ? column->n_texts >= 2 && column->n_texts <= BP_PREVIEW_MAX_CLASSES
                                             : column->numbers->len >= 2;
    case BP_COLUMN_UNUSED:
    case BP_N_COLUMN_ROLES:
      break;
    }

  return role == BP_COLUMN_UNUSED;
}

static gboolean
is_called (const BpPreviewColumn *column,
           const char * const    *names)
{
  g_autofree char *name = g_ascii_strdown (column->name, -1);

  return g_strv_contains (names, name);
}

/* Whether another column goes by the same name, so that neither can be used. */
static gboolean
has_twin (const BpCsvPreview *preview,
          guint               i)
{
  const char *name = ((BpPreviewColumn *) g_ptr_array_index (preview->columns, i))->name;
  gboolean has_twin = FALSE;

  for (guint j = 0; j < preview->columns->len && !has_twin; j++)
    has_twin = j != i && g_str_equal (((BpPreviewColumn *) g_ptr_array_index (preview->columns, j))->name, name);

  return has_twin;
}

/* Whether it is a number that may be given to a model. @counting: that of a row, too */
static gboolean
is_input (const BpCsvPreview *preview,
          guint               i,
          gboolean            counting)
{
  const BpPreviewColumn *column = g_ptr_array_index (preview->columns, i);

  /* Where the first line names columns, one without a name numbers the rows or is nothing. */
  return column->kind == BP_FIELDS_NUMBERS && (counting || !column->counts_rows)
         && !is_called (column, useless_names) && !has_twin (preview, i)
         && (*column->title != '\0' || preview->format.header == BP_ANSWER_NO);
}

/* How well the column would be a class; 0: not at all. */
static int
rate_class (const BpCsvPreview *preview,
            guint               i)
{
  const BpPreviewColumn *column = g_ptr_array_index (preview->columns, i);
  gboolean is_text = column->kind == BP_FIELDS_TEXTS;
  gboolean is_last = i == preview->columns->len - 1;
  gsize n = is_text ? column->n_texts : column->numbers->len;

  if (!bp_import_may_have (column, BP_COLUMN_CLASS) || has_twin (preview, i) || is_called (column, useless_names) ||
      n > MAX_GUESSED_CLASSES)
    return 0;
  if (is_called (column, class_names))
    return is_text ? NAMED_CLASS + 1 : n < 2 + preview->n_rows / 2 || n <= 3 ? NAMED_CLASS : 0;
  if (!is_text)
    return 0;

  return is_last ? 3 : n <= preview->n_rows / 2 ? 2 : 0;
}

/* How well it would be a number to predict. */
static int
rate_target (const BpCsvPreview *preview,
             guint               i)
{
  const BpPreviewColumn *column = g_ptr_array_index (preview->columns, i);

  if (is_input (preview, i, TRUE) && is_called (column, target_names))
    return NAMED_TARGET;

  return is_input (preview, i, FALSE) ? 1 : 0;
}

/* The first column that is rated best, or with @last the last one; G_MAXUINT where none is rated. */
static guint
find_best (const BpCsvPreview *preview,
           int               (*rate) (const BpCsvPreview *preview,
                                      guint               i),
           gboolean            last)
{
  guint best = G_MAXUINT;
  int highest = 0;

  for (guint i = 0; i < preview->columns->len; i++)
    {
      int rating = rate (preview, i);

      if (rating > highest || (last && rating > 0 && rating == highest))
        {
          highest = rating;
          best = i;
        }
    }

  return best;
}

/* Returns: whether there is one */
static gboolean
guess_inputs (const BpCsvPreview *preview,
              GArray             *roles,
              gboolean            counting)
{
  gboolean has_one = FALSE;

  for (guint i = 0; i < preview->columns->len; i++)
    if (g_array_index (roles, BpColumnRole, i) == BP_COLUMN_UNUSED && is_input (preview, i, counting))
      {
        g_array_index (roles, BpColumnRole, i) = BP_COLUMN_INPUT;
        has_one = TRUE;
      }

  return has_one;
}

GArray *
bp_import_guess_roles (const BpCsvPreview *preview)
{
  GArray *roles;
  guint learned, target;
  BpColumnRole role = BP_COLUMN_CLASS;

  g_return_val_if_fail (preview != NULL, NULL);

  roles = g_array_new (FALSE, TRUE, sizeof (BpColumnRole));
  g_array_set_size (roles, preview->columns->len);
  learned = find_best (preview, rate_class, FALSE);
  target = find_best (preview, rate_target, TRUE);
  /* Any texts would do as a class; a name says more. */
  if (learned == G_MAXUINT || (rate_class (preview, learned) < NAMED_CLASS && target != G_MAXUINT
                               && rate_target (preview, target) == NAMED_TARGET))
    {
      learned = target;
      role = BP_COLUMN_TARGET;
    }
  if (learned != G_MAXUINT)
    g_array_index (roles, BpColumnRole, learned) = role;
  if (!guess_inputs (preview, roles, FALSE))
    guess_inputs (preview, roles, TRUE);

  return roles;
}
