/* training-panel-fixture.h: the training panel of a run
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#pragma once

#include "lib/widget-search.h"

/** A run and its panel, which no window shows. */
typedef struct {
  BpRun     *run;
  GtkWidget *panel;
} Fixture;

/** The panel of the built-in experiment @name, NULL for the regression. */
void set_up (Fixture    *fixture,
             const void *name);

/** Frees both, and with them all that belonged to them. */
void tear_down (Fixture                  *fixture,
                G_GNUC_UNUSED const void *name);

/** The settings in force. */
const BpSettings *get_settings (Fixture *fixture);

/** Each of @bad is refused with the value in force kept and nothing to undo. */
void check_refused (Fixture            *fixture,
                    const char         *title,
                    const char * const *bad);
