/* heading-warnings.h: a warning of the libraries about message dialogs, which is not about the program
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#pragma once

#include <adwaita.h>
#include <stdio.h>

/*
 * AdwMessageDialog has its heading twice, on one line and smaller on several, and asks for the height of the first at
 * widths that only the second has; GTK from 4.18 on warns of that. It is so with every heading of more than one word.
 */
static inline gboolean
is_heading_warning (const char *message)
{
  void *label;
  GtkWidget *root;

  if (sscanf (message, "Trying to measure GtkLabel %p for width of", &label) != 1)
    return FALSE;

  root = GTK_WIDGET (gtk_widget_get_root (GTK_WIDGET (label)));

  return ADW_IS_MESSAGE_DIALOG (root) &&
         g_strcmp0 (gtk_label_get_label (label), adw_message_dialog_get_heading (ADW_MESSAGE_DIALOG (root))) == 0;
}

static GLogWriterOutput
write_other_log (GLogLevelFlags   level,
                 const GLogField *fields,
                 gsize            n_fields,
                 gpointer         data)
{
  for (gsize i = 0; i < n_fields; i++)
    if (g_str_equal (fields[i].key, "MESSAGE") && is_heading_warning (fields[i].value))
      return G_LOG_WRITER_HANDLED;

  return g_log_writer_default (level, fields, n_fields, data);
}

/** Other warnings end a test as ever. To be called once, before the first dialog. */
static inline void
ignore_heading_warnings (void)
{
  g_log_set_writer_func (write_other_log, NULL, NULL);
}
