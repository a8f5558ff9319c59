/* bp-application.h: the application
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#pragma once

#include <adwaita.h>

G_BEGIN_DECLS

#define BP_TYPE_APPLICATION (bp_application_get_type ())
G_DECLARE_FINAL_TYPE (BpApplication, bp_application, BP, APPLICATION, AdwApplication)

/** Returns: (transfer full): the application, which opens a window for each file, or one for the regression */
GtkApplication *bp_application_new (void);

G_END_DECLS
