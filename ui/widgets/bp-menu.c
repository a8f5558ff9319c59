/* bp-menu.c: menus whose widgets are built when first opened
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "widgets/bp-menu.h"

static void
create_popup_cb (GtkMenuButton *button,
                 gpointer       data)
{
  g_autoptr (GMenuModel) model = g_object_ref (data); /* the next line drops the function's reference */

  gtk_menu_button_set_create_popup_func (button, NULL, NULL, NULL);
  gtk_menu_button_set_menu_model (button, model);
}

void
bp_menu_button_set_menu (GtkMenuButton *button,
                         GMenuModel    *model)
{
  g_return_if_fail (GTK_IS_MENU_BUTTON (button));
  g_return_if_fail (G_IS_MENU_MODEL (model));

  gtk_menu_button_set_create_popup_func (button, create_popup_cb, g_object_ref (model), g_object_unref);
}
