/* bp-panes.c: the parts of a dialog beside each other, or one below the other where it is narrow
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "dialogs/bp-panes.h"

/* Two parts beside each other need no more. */
#define NARROW 1000

static void
layout_cb (GtkWidget *box,
           int        width)
{
  gtk_orientable_set_orientation (GTK_ORIENTABLE (box),
                                  width < NARROW ? GTK_ORIENTATION_VERTICAL : GTK_ORIENTATION_HORIZONTAL);
}

static void
realize_cb (GtkWidget *box)
{
  g_signal_connect_object (gtk_native_get_surface (gtk_widget_get_native (box)), "layout", G_CALLBACK (layout_cb), box,
                           G_CONNECT_SWAPPED);
}

void
bp_panes_stack_when_narrow (GtkWidget *box)
{
  g_return_if_fail (GTK_IS_BOX (box));

  g_signal_connect (box, "realize", G_CALLBACK (realize_cb), NULL);
}
