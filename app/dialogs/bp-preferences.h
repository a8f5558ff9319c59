/* bp-preferences.h: what the program remembers from one start to the next
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#pragma once

#include <gio/gio.h>

G_BEGIN_DECLS

/** The settings remembered between starts. Returns: (transfer full) (nullable): NULL where the schema is not
 *  installed */
GSettings *bp_preferences_new (void);

/** What the last export was like. Returns: (transfer full) (nullable): NULL where the schema is not installed */
GSettings *bp_preferences_new_export (void);

G_END_DECLS
