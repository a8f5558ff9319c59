/* bp-preferences.c: the settings that the program stores between starts
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "dialogs/bp-preferences.h"

/* g_settings_new() would abort without the schema. */
static GSettings *
open_schema (const char *id)
{
  GSettingsSchemaSource *source = g_settings_schema_source_get_default ();
  g_autoptr (GSettingsSchema) schema = NULL;

  if (source != NULL)
    schema = g_settings_schema_source_lookup (source, id, TRUE);

  return schema != NULL ? g_settings_new_full (schema, NULL, NULL) : NULL;
}

GSettings *
bp_preferences_new (void)
{
  return open_schema (APPLICATION_ID);
}

GSettings *
bp_preferences_new_export (void)
{
  return open_schema (APPLICATION_ID ".export");
}
