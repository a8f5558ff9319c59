/* bp-application.c: the application
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "bp-application.h"

#include <glib/gi18n-lib.h>

#include "dialogs/bp-preferences.h"
#include "experiment/bp-builtin.h"
#include "window/bp-window-actions.h"

#define FIRST_EXPERIMENT "regression"

struct _BpApplication {
  AdwApplication parent;
};

G_DEFINE_FINAL_TYPE (BpApplication, bp_application, ADW_TYPE_APPLICATION)

static BpWindow *
open_window (GtkApplication *application)
{
  g_autoptr (BpExperiment) experiment = bp_builtin_load (FIRST_EXPERIMENT, NULL);
  g_autoptr (BpRun) run = NULL;
  GtkWidget *window;

  g_return_val_if_fail (experiment != NULL, NULL);

  run = bp_run_new (experiment);
  window = bp_window_new (application, run);
  gtk_window_present (GTK_WINDOW (window));

  return BP_WINDOW (window);
}

static void
new_window_cb (G_GNUC_UNUSED GSimpleAction *action,
               G_GNUC_UNUSED GVariant      *parameter,
               gpointer                     data)
{
  open_window (data);
}

static void
about_cb (G_GNUC_UNUSED GSimpleAction *action,
          G_GNUC_UNUSED GVariant      *parameter,
          gpointer                     data)
{
  GtkWindow *window = gtk_application_get_active_window (data);

  adw_show_about_window (window,
                         "application-icon", APPLICATION_ID,
                         "application-name", _("Backprop Lab"),
                         "comments", _("Step through back propagation, node by node"),
                         "developer-name", _("The Backprop Lab contributors"),
                         "license-type", GTK_LICENSE_GPL_3_0,
                         "version", PACKAGE_VERSION,
                         NULL);
}

/* Each window may ask about unsaved changes. The window used last closes last, because each stores its state when it
 * closes, and the next start uses what was stored last. */
static void
quit_cb (G_GNUC_UNUSED GSimpleAction *action,
         G_GNUC_UNUSED GVariant      *parameter,
         gpointer                     data)
{
  g_autoptr (GList) windows = g_list_copy (gtk_application_get_windows (data));

  for (GList *link = g_list_last (windows); link != NULL; link = link->prev)
    if (BP_IS_WINDOW (link->data))
      gtk_window_close (link->data);
}

/* The action "theme" has the nicks of AdwColorScheme as its states; what is chosen is stored for the next start. */
static void
install_theme (GApplication *application)
{
  AdwStyleManager *manager = adw_style_manager_get_default ();
  g_autoptr (GPropertyAction) action = g_property_action_new ("theme", manager, "color-scheme");
  g_autoptr (GSettings) settings = bp_preferences_new ();

  g_action_map_add_action (G_ACTION_MAP (application), G_ACTION (action));
  if (settings != NULL)
    g_settings_bind (settings, "theme", manager, "color-scheme", G_SETTINGS_BIND_DEFAULT);
}

static const GActionEntry entries[] = {
  { "new-window", new_window_cb },
  { "about", about_cb },
  { "quit", quit_cb },
};

static void
bp_application_startup (GApplication *application)
{
  G_APPLICATION_CLASS (bp_application_parent_class)->startup (application);

  g_action_map_add_action_entries (G_ACTION_MAP (application), entries, G_N_ELEMENTS (entries), application);
  bp_window_actions_set_accels (GTK_APPLICATION (application));
  install_theme (application);

  /* A PNG of the application's icon: on X11 the SVG would load its renderer at each start, which takes 8 MB. */
  gtk_window_set_default_icon_name (APPLICATION_ID ".Window");
}

static void
bp_application_activate (GApplication *application)
{
  GtkWindow *window = gtk_application_get_active_window (GTK_APPLICATION (application));

  if (window != NULL)
    gtk_window_present (window);
  else
    bp_window_offer_recovery (open_window (GTK_APPLICATION (application)));
}

static void
bp_application_open (GApplication              *application,
                     GFile                    **files,
                     int                        n_files,
                     G_GNUC_UNUSED const char  *hint)
{
  const gboolean is_first = gtk_application_get_active_window (GTK_APPLICATION (application)) == NULL;

  for (int i = 0; i < n_files; i++)
    {
      BpWindow *window = open_window (GTK_APPLICATION (application));

      bp_window_open_file (window, files[i]);
      if (i == 0 && is_first)
        bp_window_offer_recovery (window);
    }
}

static void
bp_application_class_init (BpApplicationClass *klass)
{
  GApplicationClass *application_class = G_APPLICATION_CLASS (klass);

  application_class->activate = bp_application_activate;
  application_class->open = bp_application_open;
  application_class->startup = bp_application_startup;
}

static void
bp_application_init (G_GNUC_UNUSED BpApplication *self)
{
}

GtkApplication *
bp_application_new (void)
{
  return g_object_new (BP_TYPE_APPLICATION,
                       "application-id", APPLICATION_ID,
                       "flags", G_APPLICATION_HANDLES_OPEN,
                       NULL);
}
