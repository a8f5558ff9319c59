/* training-panel-fixture.c: the training panel of a run
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "ui/panels/training-panel-fixture.h"

#include "panels/bp-training-panel.h"

void
set_up (Fixture    *fixture,
        const void *name)
{
  fixture->run = create_run (name != NULL ? name : "regression");
  fixture->panel = g_object_ref_sink (g_object_new (BP_TYPE_TRAINING_PANEL, NULL));
  bp_training_panel_set_run (BP_TRAINING_PANEL (fixture->panel), fixture->run);
}

void
tear_down (Fixture                  *fixture,
           G_GNUC_UNUSED const void *name)
{
  settle ();
  g_assert_finalize_object (fixture->panel);
  g_assert_finalize_object (fixture->run);
}

const BpSettings *
get_settings (Fixture *fixture)
{
  return bp_trainer_get_settings (bp_run_get_trainer (fixture->run));
}

void
check_refused (Fixture            *fixture,
               const char         *title,
               const char * const *bad)
{
  BpField *field = search_field (fixture->panel, title);
  g_autofree char *old = g_strdup (bp_field_get_text (field));
  g_autofree char *ending = g_strdup_printf ("It stays %s.", old);

  for (; *bad != NULL; bad++)
    {
      type_text (field, *bad);
      g_assert_true (bp_field_get_refused (field));
      g_assert_true (g_str_has_suffix (bp_field_get_message (field), ending));
      g_assert_cmpstr (bp_field_get_text (field), ==, old);
      g_assert_false (bp_run_get_can_undo (fixture->run));
    }

  type_text (field, old);
  g_assert_false (bp_field_get_refused (field));
}
