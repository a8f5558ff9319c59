/* test-training-optimizer.c: how the optimizer, its parameters, and where it starts are set
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include <adwaita.h>

#include "lib/widget-search.h"
#include "ui/panels/training-panel-fixture.h"

static void
test_schedule (Fixture                  *fixture,
               G_GNUC_UNUSED const void *data)
{
  BpField *field = search_field (fixture->panel, "Schedule");
  const char *bad[] = { "", "step", "step(30)", "warmup(0)", "cosin", NULL };

  g_assert_cmpstr (typed_text (field), ==, "constant");
  check_refused (fixture, "Schedule", bad);
  type_text (field, "warmup( 10 )");
  g_assert_cmpint (get_settings (fixture)->optimizer.schedule.kind, ==, BP_SCHEDULE_WARMUP);
  g_assert_cmpstr (typed_text (field), ==, "warmup(10)");
  bp_run_undo (fixture->run);
  g_assert_cmpstr (typed_text (field), ==, "constant");
}

/* Where the row of a parameter stands, −1 when it is not shown. */
static int
find_parameter (Fixture    *fixture,
                const char *title)
{
  GtkWidget *field = search_widget (fixture->panel, BP_TYPE_FIELD, has_title, title);
  GtkWidget *row = field != NULL ? gtk_widget_get_parent (field) : NULL;

  return row != NULL && gtk_widget_get_visible (row) ? gtk_list_box_row_get_index (GTK_LIST_BOX_ROW (row)) : -1;
}

/* Those that the optimizer uses are shown, below it in their order. */
static void
check_parameters (Fixture                *fixture,
                  const BpOptimizerClass *klass)
{
  const char *titles[BP_N_PARAMETERS] = {
    "Momentum μ", "Decay ρ", "Decay of the mean β₁", "Decay of the square β₂", "Epsilon ε", "Weight decay λ",
  };
  int last = 1;

  for (guint i = 0; i < BP_N_PARAMETERS; i++)
    {
      int place = find_parameter (fixture, titles[i]);

      g_assert_cmpint (place >= 0, ==, klass->uses[i]);
      g_assert_true (place < 0 || place > last);
      last = MAX (last, place);
    }
  g_assert_cmpint (find_parameter (fixture, "Batch size"), >, last);
}

static void
test_optimizer (Fixture                  *fixture,
                G_GNUC_UNUSED const void *data)
{
  GtkDropDown *drop_down = GTK_DROP_DOWN (search_widget (fixture->panel, GTK_TYPE_DROP_DOWN, NULL, NULL));

  g_assert_cmpuint (gtk_drop_down_get_selected (drop_down), ==, BP_OPTIMIZER_GRADIENT_DESCENT);
  check_parameters (fixture, bp_optimizer_get_class (BP_OPTIMIZER_GRADIENT_DESCENT));
  bp_run_set_learning_rate (fixture->run, 0.07);

  for (guint kind = BP_N_OPTIMIZERS; kind-- > 0;)
    {
      BpOptimizer expected;

      gtk_drop_down_set_selected (drop_down, kind);
      bp_optimizer_init (&expected, kind);
      expected.learning_rate = 0.07;
      g_assert_true (bp_optimizer_equal (&get_settings (fixture)->optimizer, &expected));
      check_parameters (fixture, bp_optimizer_get_class (kind));
    }

  bp_run_undo (fixture->run);
  g_assert_cmpuint (gtk_drop_down_get_selected (drop_down), ==, BP_OPTIMIZER_MOMENTUM);
  bp_run_redo (fixture->run);
  g_assert_cmpuint (gtk_drop_down_get_selected (drop_down), ==, BP_OPTIMIZER_GRADIENT_DESCENT);
}

static void
load_optimizer (Fixture        *fixture,
                BpOptimizerKind kind)
{
  g_autoptr (BpExperiment) experiment = bp_run_dup_experiment (fixture->run);
  g_autoptr (GError) error = NULL;

  bp_optimizer_init (&experiment->settings.optimizer, kind);
  bp_run_load (fixture->run, experiment, &error);
  g_assert_no_error (error);
}

static void
test_parameters (Fixture                  *fixture,
                 G_GNUC_UNUSED const void *data)
{
  const char *bad_momentum[] = { "", "1", "-0.1", "x", NULL };
  const char *bad_epsilon[] = { "0", "-1e-8", "2", NULL };

  load_optimizer (fixture, BP_OPTIMIZER_MOMENTUM);
  check_refused (fixture, "Momentum μ", bad_momentum);

  load_optimizer (fixture, BP_OPTIMIZER_ADAM);
  check_refused (fixture, "Epsilon ε", bad_epsilon);
  type_text (search_field (fixture->panel, "Decay of the mean β₁"), "0.5");
  type_text (search_field (fixture->panel, "Epsilon ε"), "1e-6");
  g_assert_cmpfloat (get_settings (fixture)->optimizer.parameters[BP_PARAMETER_BETA1], ==, 0.5);
  g_assert_cmpfloat (get_settings (fixture)->optimizer.parameters[BP_PARAMETER_EPSILON], ==, 1e-6);
  g_assert_cmpfloat (get_settings (fixture)->optimizer.parameters[BP_PARAMETER_BETA2], ==, 0.999);
}

static void
test_initial (Fixture                  *fixture,
              G_GNUC_UNUSED const void *data)
{
  BpField *field = search_field (fixture->panel, "Initial A");
  const char *bad[] = { "", "normal(0)", "normal(0, -1)", "gauss(0, 1)", "normal(0, 1, 5)", "x", NULL };

  g_assert_cmpstr (typed_text (field), ==, "normal(0, 1)");
  check_refused (fixture, "Initial A", bad);

  bp_run_seek (fixture->run, (BpCursor) { 10, 0 });
  type_text (field, "3.5");
  g_assert_cmpint (bp_trainer_get_cursor (bp_run_get_trainer (fixture->run)).iteration, ==, 0);
  g_assert_cmpfloat (*bp_session_get_parameters (bp_trainer_get_session (bp_run_get_trainer (fixture->run))), ==, 3.5);
  g_assert_true (search_field (fixture->panel, "Initial A") == field);
  bp_run_undo (fixture->run);
  g_assert_cmpstr (typed_text (field), ==, "normal(0, 1)");
}

int
main (int    argc,
      char **argv)
{
  gtk_test_init (&argc, &argv, NULL);
  adw_init ();

#define ADD(name, func) g_test_add ("/training-optimizer/" name, Fixture, NULL, set_up, func, tear_down)
  ADD ("schedule", test_schedule);
  ADD ("optimizer", test_optimizer);
  ADD ("parameters", test_parameters);
  ADD ("initial", test_initial);

  return g_test_run ();
}
