/* bp-export-fields.c: the number fields of the export dialog
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "export/bp-export-dialog-private.h"

#include <glib/gi18n-lib.h>
#include <math.h>

#include "base/bp-number.h"

/* Numbers are rounded to multiples of 1/PRECISION. */
#define PRECISION 100

static const struct {
  const char *title;
  double      step; /* of its buttons; 0 for none */
} rows[BP_N_EXPORT_FIELDS] = {
  [BP_EXPORT_FIRST] = { N_("First iteration"), 1 },
  [BP_EXPORT_LAST] = { N_("Last iteration"), 1 },
  [BP_EXPORT_EVERY] = { N_("Every n-th iteration"), 1 },
  [BP_EXPORT_DELAY] = { N_("Seconds per picture"), 0.1 },
  [BP_EXPORT_WIDTH] = { N_("Width"), 0 },
  [BP_EXPORT_HEIGHT] = { N_("Height"), 0 },
  [BP_EXPORT_FONT_SIZE] = { N_("Font size in pixels"), 1 },
  [BP_EXPORT_SCALE] = { N_("Scale"), 0.5 },
};

static gboolean
is_size (BpExportField field)
{
  return field == BP_EXPORT_WIDTH || field == BP_EXPORT_HEIGHT;
}

static gboolean
is_whole (BpExportField field)
{
  return field <= BP_EXPORT_EVERY;
}

static double
get_unit (const BpExportChoice *choice,
          BpExportField         field)
{
  return is_size (field) && choice->in_millimetres ? BP_FIGURE_PIXELS_PER_MM : 1;
}

static double *
get_number (BpExportChoice *choice,
            BpExportField   field)
{
  switch (field)
    {
    case BP_EXPORT_DELAY:
      return &choice->sequence.delay;
    case BP_EXPORT_WIDTH:
      return &choice->sequence.figure.width;
    case BP_EXPORT_HEIGHT:
      return &choice->sequence.figure.height;
    case BP_EXPORT_FONT_SIZE:
      return &choice->sequence.figure.font_size;
    case BP_EXPORT_SCALE:
      return &choice->sequence.figure.scale;
    case BP_EXPORT_FIRST:
    case BP_EXPORT_LAST:
    case BP_EXPORT_EVERY:
    case BP_N_EXPORT_FIELDS:
    default:
      g_return_val_if_reached (NULL);
    }
}

static gint64 *
get_integer (BpExportChoice *choice,
             BpExportField   field)
{
  return field == BP_EXPORT_FIRST  ? &choice->sequence.first
         : field == BP_EXPORT_LAST ? &choice->sequence.last
                                   : &choice->sequence.every;
}

static char *
create_text (BpExportChoice *choice,
             BpExportField   field)
{
  double number;

  if (is_whole (field))
    return g_strdup_printf ("%" G_GINT64_FORMAT, *get_integer (choice, field));

  number = *get_number (choice, field) / get_unit (choice, field);
  if (is_size (field) && number == 0)
    return g_strdup ("");

  return bp_number_to_shortest (round (number * PRECISION) / PRECISION);
}

/* Sets the number of @field in @choice. An empty text is the natural size. */
static gboolean
read_text (BpExportChoice *choice,
           BpExportField   field,
           const char     *text,
           GError        **error)
{
  double number = 0;

  if (is_whole (field))
    return bp_number_parse_integer (text, 0, G_MAXINT64, get_integer (choice, field), error);

  if (!(is_size (field) && *text == '\0') && !bp_number_parse (text, &number, error))
    return FALSE;

  *get_number (choice, field) = number * get_unit (choice, field);

  return TRUE;
}

static BpExportField
find_field (BpExportDialog *self,
            BpField        *field)
{
  for (guint i = 0; i < BP_N_EXPORT_FIELDS; i++)
    if (self->fields[i] == field)
      return i;

  g_return_val_if_reached (0);
}

static gboolean
apply_cb (BpField        *field,
          const char     *text,
          GError        **error,
          BpExportDialog *self)
{
  BpExportChoice choice = self->choice;

  if (!read_text (&choice, find_field (self, field), text, error) || !bp_export_dialog_check (self, &choice, error))
    return FALSE;

  self->choice = choice;
  bp_export_fields_update (self);
  bp_export_dialog_queue_update (self);

  return TRUE;
}

/* Sets @choice to that after a step of @field. Returns: whether it can be exported */
static gboolean
try_step (BpExportDialog *self,
          BpExportField   field,
          int             direction,
          BpExportChoice *choice)
{
  *choice = self->choice;
  if (is_whole (field))
    *get_integer (choice, field) += direction;
  else
    *get_number (choice, field) = round ((*get_number (choice, field) + direction * rows[field].step) * PRECISION)
                                  / PRECISION;

  return bp_export_dialog_check (self, choice, NULL);
}

static void
step_cb (BpField        *field,
         int             direction,
         BpExportDialog *self)
{
  BpExportChoice choice;

  if (!try_step (self, find_field (self, field), direction, &choice))
    return;

  self->choice = choice;
  bp_export_fields_update (self);
  bp_export_dialog_queue_update (self);
}

static gboolean
affects_choice (BpExportDialog *self,
                BpExportField   field)
{
  const BpExportChoice *choice = &self->choice;
  BpFigureFormat figure_format = bp_export_choice_get_format (choice);
  const BpFormatClass *format = bp_figure_get_format_class (figure_format);

  switch (field)
    {
    case BP_EXPORT_FIRST:
    case BP_EXPORT_LAST:
      return choice->is_sequence;
    case BP_EXPORT_EVERY:
      return choice->is_sequence && choice->sequence.step == BP_SEQUENCE_ITERATIONS;
    case BP_EXPORT_DELAY:
      return choice->is_sequence && choice->sequence.format == BP_SEQUENCE_GIF;
    case BP_EXPORT_WIDTH:
    case BP_EXPORT_HEIGHT:
      return choice->is_sequence || format->has_size;
    case BP_EXPORT_FONT_SIZE:
      return choice->is_sequence || format->has_style;
    case BP_EXPORT_SCALE:
      return choice->is_sequence ? choice->sequence.format == BP_SEQUENCE_GIF : figure_format == BP_FORMAT_PNG;
    case BP_N_EXPORT_FIELDS:
    default:
      g_return_val_if_reached (FALSE);
    }
}

void
bp_export_fields_update (BpExportDialog *self)
{
  for (guint i = 0; i < BP_N_EXPORT_FIELDS; i++)
    {
      g_autofree char *text = create_text (&self->choice, i);
      GtkWidget *row = gtk_widget_get_parent (GTK_WIDGET (self->fields[i]));
      BpExportChoice choice;

      bp_field_set_text (self->fields[i], text);
      if (bp_field_get_steps (self->fields[i]))
        bp_field_set_can_step (self->fields[i], try_step (self, i, -1, &choice), try_step (self, i, 1, &choice));
      gtk_widget_set_visible (row, affects_choice (self, i));
    }
}

BpField *
bp_export_fields_get_refused (BpExportDialog *self)
{
  for (guint i = 0; i < BP_N_EXPORT_FIELDS; i++)
    if (bp_field_get_refused (self->fields[i]) && affects_choice (self, i))
      return self->fields[i];

  return NULL;
}

static void
add_field (BpExportDialog *self,
           BpExportField   field)
{
  GtkWidget *row = gtk_list_box_row_new ();
  GtkWidget *widget = bp_field_new (_(rows[field].title));
  GtkWidget *list = field <= BP_EXPORT_DELAY ? self->sequence_list : self->look_list;

  self->fields[field] = BP_FIELD (widget);
  bp_field_set_steps (self->fields[field], rows[field].step > 0);
  if (is_size (field))
    gtk_entry_set_placeholder_text (bp_field_get_entry (self->fields[field]), _("automatic"));
  g_signal_connect (widget, "apply", G_CALLBACK (apply_cb), self);
  g_signal_connect (widget, "step", G_CALLBACK (step_cb), self);

  gtk_list_box_row_set_activatable (GTK_LIST_BOX_ROW (row), FALSE);
  gtk_widget_set_focusable (row, FALSE);
  gtk_list_box_row_set_child (GTK_LIST_BOX_ROW (row), widget);
  gtk_list_box_append (GTK_LIST_BOX (list), row);
}

void
bp_export_fields_install (BpExportDialog *self)
{
  for (guint i = 0; i < BP_N_EXPORT_FIELDS; i++)
    add_field (self, i);
}
