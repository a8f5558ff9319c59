/* test-menu.c: a menu is there once it is opened, and not before
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "widgets/bp-menu.h"

static void
test_opens (void)
{
  g_autoptr (GMenu) menu = g_menu_new ();
  GtkWidget *window = gtk_window_new ();
  GtkMenuButton *button = GTK_MENU_BUTTON (gtk_menu_button_new ());
  GtkPopover *popover;

  g_menu_append (menu, "Play", "win.play");
  gtk_window_set_child (GTK_WINDOW (window), GTK_WIDGET (button));
  bp_menu_button_set_menu (button, G_MENU_MODEL (menu));
  gtk_window_present (GTK_WINDOW (window));
  gtk_test_widget_wait_for_draw (window);
  g_assert_null (gtk_menu_button_get_popover (button));
  g_assert_true (gtk_widget_is_sensitive (GTK_WIDGET (button)));

  gtk_menu_button_popup (button);
  popover = gtk_menu_button_get_popover (button);
  g_assert_true (GTK_IS_POPOVER_MENU (popover));
  g_assert_true (gtk_widget_get_visible (GTK_WIDGET (popover)));
  g_assert_true (gtk_menu_button_get_menu_model (button) == G_MENU_MODEL (menu));

  gtk_menu_button_popdown (button);
  gtk_menu_button_popup (button);
  g_assert_true (gtk_menu_button_get_popover (button) == popover);
  gtk_menu_button_popdown (button);

  gtk_window_destroy (GTK_WINDOW (window));
}

/* Nobody holds a menu that is never opened. */
static void
test_stays_closed (void)
{
  GMenu *menu = g_menu_new ();
  GtkWidget *button = g_object_ref_sink (gtk_menu_button_new ());
  gpointer weak = menu;

  bp_menu_button_set_menu (GTK_MENU_BUTTON (button), G_MENU_MODEL (menu));
  g_object_add_weak_pointer (weak, &weak);
  g_object_unref (menu);
  g_assert_nonnull (weak);
  g_object_unref (button);
  g_assert_null (weak);
}

int
main (int   argc,
      char *argv[])
{
  gtk_test_init (&argc, &argv, NULL);

  g_test_add_func ("/menu/opens", test_opens);
  g_test_add_func ("/menu/stays-closed", test_stays_closed);

  return g_test_run ();
}
