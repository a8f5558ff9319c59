/* bp-help.c: a short tour of the two experiments
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "dialogs/bp-help.h"

struct _BpHelp {
  AdwWindow parent;
};

G_DEFINE_FINAL_TYPE (BpHelp, bp_help, ADW_TYPE_WINDOW)

static void
bp_help_class_init (BpHelpClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  gtk_widget_class_set_template_from_resource (widget_class, "/org/backproplab/BackpropLab/bp-help.ui");
  gtk_widget_class_add_binding_action (widget_class, GDK_KEY_Escape, 0, "window.close", NULL);
}

static void
bp_help_init (BpHelp *self)
{
  gtk_widget_init_template (GTK_WIDGET (self));
}

static GtkWindow *
find (GtkWindow *parent)
{
  GListModel *toplevels = gtk_window_get_toplevels ();

  for (guint i = 0; i < g_list_model_get_n_items (toplevels); i++)
    {
      g_autoptr (GtkWindow) window = g_list_model_get_item (toplevels, i);

      if (BP_IS_HELP (window) && gtk_window_get_transient_for (window) == parent)
        return window;
    }

  return NULL;
}

void
bp_help_present (GtkWindow *parent)
{
  GtkWindow *help = find (parent);

  if (help == NULL)
    help = g_object_new (BP_TYPE_HELP, "transient-for", parent, NULL);

  gtk_window_present (help);
}
