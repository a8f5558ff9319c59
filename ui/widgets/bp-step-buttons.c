/* bp-step-buttons.c: two buttons that make a value smaller or larger
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "widgets/bp-step-buttons.h"

#include <glib/gi18n-lib.h>

struct _BpStepButtons {
  GtkBox     parent;

  GtkWidget *less;
  GtkWidget *more;
};

static guint step_signal;

G_DEFINE_FINAL_TYPE (BpStepButtons, bp_step_buttons, GTK_TYPE_BOX)

static void
clicked_cb (BpStepButtons *self,
            GtkWidget     *button)
{
  g_signal_emit (self, step_signal, 0, button == self->more ? 1 : -1);
}

static GtkWidget *
add_button (BpStepButtons *self,
            const char    *icon_name)
{
  GtkWidget *button = gtk_button_new_from_icon_name (icon_name);

  gtk_widget_set_focusable (button, FALSE);
  gtk_widget_set_valign (button, GTK_ALIGN_CENTER);
  gtk_widget_add_css_class (button, "flat");
  g_signal_connect_swapped (button, "clicked", G_CALLBACK (clicked_cb), self);
  gtk_box_append (GTK_BOX (self), button);

  return button;
}

static void
bp_step_buttons_class_init (G_GNUC_UNUSED BpStepButtonsClass *klass)
{
  step_signal = g_signal_new ("step", BP_TYPE_STEP_BUTTONS, G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL,
                              G_TYPE_NONE, 1, G_TYPE_INT);
}

static void
bp_step_buttons_init (BpStepButtons *self)
{
  self->less = add_button (self, "list-remove-symbolic");
  self->more = add_button (self, "list-add-symbolic");
}

BpStepButtons *
bp_step_buttons_new (void)
{
  return g_object_new (BP_TYPE_STEP_BUTTONS, NULL);
}

/* Makes @text (transfer full) the tooltip and the accessible name of an icon button. */
static void
describe (GtkWidget *button,
          char      *text)
{
  gtk_widget_set_tooltip_text (button, text);
  gtk_accessible_update_property (GTK_ACCESSIBLE (button), GTK_ACCESSIBLE_PROPERTY_LABEL, text, -1);
  g_free (text);
}

void
bp_step_buttons_set_title (BpStepButtons *self,
                           const char    *title)
{
  g_return_if_fail (BP_IS_STEP_BUTTONS (self));

  describe (self->less, g_strdup_printf (_("%s: less (Down)"), title));
  describe (self->more, g_strdup_printf (_("%s: more (Up)"), title));
}

void
bp_step_buttons_set_can_step (BpStepButtons *self,
                              gboolean       less,
                              gboolean       more)
{
  g_return_if_fail (BP_IS_STEP_BUTTONS (self));

  gtk_widget_set_sensitive (self->less, less);
  gtk_widget_set_sensitive (self->more, more);
}
