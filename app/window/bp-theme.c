/* bp-theme.c: light, dark, or as the system
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "window/bp-theme.h"

#include <adwaita.h>

#include "dialogs/bp-preferences.h"

static const struct {
  const char     *name;
  AdwColorScheme  scheme;
} themes[] = {
  { "system", ADW_COLOR_SCHEME_DEFAULT },
  { "light", ADW_COLOR_SCHEME_FORCE_LIGHT },
  { "dark", ADW_COLOR_SCHEME_FORCE_DARK },
};

static gboolean
to_scheme (GValue                 *value,
           GVariant               *variant,
           G_GNUC_UNUSED gpointer  data)
{
  for (gsize i = 0; i < G_N_ELEMENTS (themes); i++)
    if (g_str_equal (g_variant_get_string (variant, NULL), themes[i].name))
      {
        g_value_set_enum (value, themes[i].scheme);
        return TRUE;
      }

  return FALSE;
}

static GVariant *
to_name (const GValue                     *value,
         G_GNUC_UNUSED const GVariantType *type,
         G_GNUC_UNUSED gpointer            data)
{
  for (gsize i = 0; i < G_N_ELEMENTS (themes); i++)
    if (g_value_get_enum (value) == (int) themes[i].scheme)
      return g_variant_new_string (themes[i].name);

  return NULL;
}

void
bp_theme_install (GtkApplication *application)
{
  AdwStyleManager *manager = adw_style_manager_get_default ();
  g_autoptr (GPropertyAction) action = g_property_action_new ("theme", manager, "color-scheme");
  g_autoptr (GSettings) settings = bp_preferences_new ();

  g_action_map_add_action (G_ACTION_MAP (application), G_ACTION (action));
  if (settings != NULL)
    g_settings_bind_with_mapping (settings, "theme", manager, "color-scheme", G_SETTINGS_BIND_DEFAULT,
                                  to_scheme, to_name, NULL, NULL);
}
