/* bp-preferences.h: the settings that the program stores between starts
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#pragma once

#include <gio/gio.h>

G_BEGIN_DECLS

/** Returns: (transfer full) (nullable): the stored settings; NULL if the schema is not installed */
GSettings *bp_preferences_new (void);

/** Returns: (transfer full) (nullable): the options of the last export; NULL if the schema is not installed */
GSettings *bp_preferences_new_export (void);

G_END_DECLS
