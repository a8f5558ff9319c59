/* bp-window-recent.c: the experiment files that were opened or saved last, in the main menu
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "window/bp-window-private.h"

#include <glib/gi18n-lib.h>

#define MAX_FILES 8

/* Where the submenu is in the menu's section of files. */
#define PLACE 3

static void
open_recent_cb (BpWindow *self,
                GVariant *parameter)
{
  g_autoptr (GFile) file = g_file_new_for_uri (g_variant_get_string (parameter, NULL));

  bp_window_replace_with_file (self, file);
}

/* The latest first. */
static int
compare (gconstpointer a,
         gconstpointer b)
{
  return g_date_time_compare (gtk_recent_info_get_modified ((GtkRecentInfo *) b),
                              gtk_recent_info_get_modified ((GtkRecentInfo *) a));
}

/* The desktop's list has the files of all programs. */
static gboolean
is_experiment (GtkRecentInfo *info)
{
  return gtk_recent_info_has_application (info, g_get_application_name ()) && gtk_recent_info_is_local (info)
         && gtk_recent_info_exists (info);
}

static void
append_file (GMenu         *menu,
             GtkRecentInfo *info)
{
  g_autofree char *name = gtk_recent_info_get_short_name (info);
  g_auto (GStrv) parts = g_strsplit (name, "_", -1);
  g_autofree char *label = g_strjoinv ("__", parts);
  g_autoptr (GMenuItem) item = g_menu_item_new (label, NULL);

  g_menu_item_set_action_and_target (item, "win.open-recent", "s", gtk_recent_info_get_uri (info));
  g_menu_append_item (menu, item);
}

static void
recent_info_unref (gpointer info)
{
  gtk_recent_info_unref (info);
}

/* Without files there is no submenu. */
static void
fill (BpWindow *self)
{
  GList *infos = g_list_sort (gtk_recent_manager_get_items (gtk_recent_manager_get_default ()), compare);
  gboolean was_empty = g_menu_model_get_n_items (G_MENU_MODEL (self->recent)) == 0;
  gboolean is_empty;

  g_menu_remove_all (self->recent);
  for (GList *link = infos; link != NULL; link = link->next)
    if (is_experiment (link->data) && g_menu_model_get_n_items (G_MENU_MODEL (self->recent)) < MAX_FILES)
      append_file (self->recent, link->data);
  g_list_free_full (infos, recent_info_unref);

  is_empty = g_menu_model_get_n_items (G_MENU_MODEL (self->recent)) == 0;
  if (was_empty && !is_empty)
    g_menu_insert_submenu (self->file_section, PLACE, _("Open _Recent"), G_MENU_MODEL (self->recent));
  else if (!was_empty && is_empty)
    g_menu_remove (self->file_section, PLACE);
}

/* The menu is about to be opened for the first time. A window opens without reading the desktop's list, which can be
 * long. */
static void
opened_cb (BpWindow *self)
{
  g_signal_handlers_disconnect_by_func (self->main_button, opened_cb, self);
  g_signal_connect_object (gtk_recent_manager_get_default (), "changed", G_CALLBACK (fill), self, G_CONNECT_SWAPPED);
  fill (self);
}

static const BpWindowAction actions[] = {
  { "open-recent", G_CALLBACK (open_recent_cb), .parameter = "s" },
};

void
bp_window_recent_install (BpWindow *self)
{
  self->recent = g_menu_new ();
  bp_window_add_actions (self, actions, G_N_ELEMENTS (actions));
  g_signal_connect_object (self->main_button, "notify::menu-model", G_CALLBACK (opened_cb), self, G_CONNECT_SWAPPED);
}
