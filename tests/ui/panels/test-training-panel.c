/* test-training-panel.c: each setting is put in force, refused, shown and taken back
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include <adwaita.h>

#include "panels/bp-distribution-row.h"
#include "panels/bp-distribution-row.h"
#include "explain/bp-gradient-status.h"
#include "panels/bp-training-panel.h"
#include "lib/widget-search.h"

typedef struct {
  BpRun     *run;
  GtkWidget *panel;
} Fixture;

static void
set_up (Fixture    *fixture,
        const void *name)
{
  fixture->run = create_run (name != NULL ? name : "regression");
  fixture->panel = g_object_ref_sink (bp_training_panel_new (fixture->run));
}

static void
tear_down (Fixture                  *fixture,
           G_GNUC_UNUSED const void *name)
{
  settle ();
  g_assert_finalize_object (fixture->panel);
  g_assert_finalize_object (fixture->run);
}

static const BpSettings *
get_settings (Fixture *fixture)
{
  return bp_trainer_get_settings (bp_run_get_trainer (fixture->run));
}

static const BpExperiment *
get_experiment (Fixture *fixture)
{
  return bp_trainer_get_experiment (bp_run_get_trainer (fixture->run));
}

static void
load (Fixture    *fixture,
      const char *name)
{
  g_autoptr (BpExperiment) experiment = load_builtin (name);
  g_autoptr (GError) error = NULL;

  bp_run_load (fixture->run, experiment, &error);
  g_assert_no_error (error);
}

/* Each of @bad is refused with the value in force kept and nothing to undo. */
static void
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

static void
test_batch_size (Fixture                  *fixture,
                 G_GNUC_UNUSED const void *data)
{
  BpField *field = search_field (fixture->panel, "Batch size");
  const char *bad[] = { "", "0", "-1", "1.5", "1000001", "many", "99999999999999999999", NULL };

  check_refused (fixture, "Batch size", bad);
  type_text (field, "20");
  g_assert_cmpuint (get_settings (fixture)->batch_size, ==, 20);
  press_key (field, GDK_KEY_Up);
  g_assert_cmpuint (get_settings (fixture)->batch_size, ==, 21);
  g_assert_cmpstr (typed_text (field), ==, "21");
  bp_run_undo (fixture->run);
  bp_run_undo (fixture->run);
  g_assert_cmpstr (typed_text (field), ==, "1");
}

static void
test_iterations (Fixture                  *fixture,
                 G_GNUC_UNUSED const void *data)
{
  BpField *field = search_field (fixture->panel, "Iterations");
  const char *bad[] = { "", "0", "-5", "1e3", "1000000001", NULL };
  const char *before_cursor[] = { "1", "37", NULL };

  check_refused (fixture, "Iterations", bad);
  bp_run_seek (fixture->run, (BpCursor) { 37, 2 });
  check_refused (fixture, "Iterations", before_cursor);
  type_text (field, "38");
  g_assert_cmpint (bp_run_get_n_iterations (fixture->run), ==, 38);
  press_key (field, GDK_KEY_Down);
  g_assert_cmpint (bp_run_get_n_iterations (fixture->run), ==, 38);
  type_text (field, "200");
  press_key (field, GDK_KEY_Up);
  g_assert_cmpint (bp_run_get_n_iterations (fixture->run), ==, 210);
  g_assert_cmpstr (typed_text (field), ==, "210");
}

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

static void
test_seed (Fixture                  *fixture,
           G_GNUC_UNUSED const void *data)
{
  BpField *field = search_field (fixture->panel, "Seed");
  const char *bad[] = { "", "-1", "1.5", "x", "18446744073709551616", NULL };

  check_refused (fixture, "Seed", bad);
  type_text (field, "18446744073709551615");
  g_assert_cmpuint (get_experiment (fixture)->seed, ==, G_MAXUINT64);

  bp_run_shuffle (fixture->run);
  g_assert_cmpuint (g_ascii_strtoull (typed_text (field), NULL, 10), ==, get_experiment (fixture)->seed);
  g_assert_cmpuint (get_experiment (fixture)->seed, !=, G_MAXUINT64);
}

static void
test_data (Fixture                  *fixture,
           G_GNUC_UNUSED const void *data)
{
  BpField *field = search_field (fixture->panel, "x_data");
  BpField *samples = search_field (fixture->panel, "Samples");
  const char *bad[] = { "", "normal(1)", "normal(1, 0.1, 7)", "normal(1; 2)", "0 x 3", NULL };
  const char *bad_samples[] = { "0", "-1", "10000001", "x", NULL };
  BpDataset *dataset;

  check_refused (fixture, "x_data", bad);
  check_refused (fixture, "Samples", bad_samples);
  type_text (field, "uniform(2, 3)");
  type_text (samples, "50");
  dataset = bp_trainer_get_dataset (bp_run_get_trainer (fixture->run));
  g_assert_cmpuint (bp_dataset_get_n_samples (dataset), ==, 50);
  for (guint i = 0; i < 50; i++)
    {
      double x = bp_dataset_get_column (dataset, bp_dataset_find (dataset, "x_data"))[i];

      g_assert_cmpfloat (x, >=, 2);
      g_assert_cmpfloat (x, <=, 3);
    }

  press_key (samples, GDK_KEY_Up);
  g_assert_cmpuint (get_experiment (fixture)->samples, ==, 51);
}

/* A generator is one text: how many samples, and the noise. */
static void
test_generator (Fixture                  *fixture,
                G_GNUC_UNUSED const void *data)
{
  BpField *field = search_field (fixture->panel, "Generator");
  const char *bad[] = { "", "circles", "circles(201)", "circles(200, noise=-1)", "rings(200)", "line(200)", NULL };

  check_refused (fixture, "Generator", bad);
  type_text (field, "moons(60, noise=0.2)");
  g_assert_cmpuint (bp_dataset_get_n_samples (bp_trainer_get_dataset (bp_run_get_trainer (fixture->run))), ==, 60);
  g_assert_cmpfloat (get_experiment (fixture)->generator.noise, ==, 0.2);
  bp_run_undo (fixture->run);
  g_assert_cmpstr (typed_text (field), ==, "circles(200, noise=0.1)");
  load (fixture, "regression");
  g_assert_false (gtk_widget_get_visible (gtk_widget_get_parent (GTK_WIDGET (field))));
}

/* The rows are those of the experiment, whatever was there before. */
static void
test_other_experiments (Fixture                  *fixture,
                        G_GNUC_UNUSED const void *data)
{
  const char * const *names = bp_builtin_get_names ();
  GtkWidget *row;

  for (guint i = 0; names[i] != NULL; i++)
    for (guint j = 0; names[j] != NULL; j++)
      {
        load (fixture, names[i]);
        load (fixture, names[j]);
        for (guint k = 0; k < get_experiment (fixture)->variables->len; k++)
          {
            BpVariable *variable = g_ptr_array_index (get_experiment (fixture)->variables, k);
            g_autofree char *text = bp_variable_get_start (variable);
            g_autofree char *shape = bp_shape_to_string (&variable->shape);
            g_autofree char *title = bp_shape_get_n_elements (&variable->shape) == 1
                                     ? g_strdup_printf ("Initial %s", variable->name)
                                     : g_strdup_printf ("Initial %s %s", variable->name, shape);

            g_assert_cmpstr (typed_text (search_field (fixture->panel, title)), ==, text);
          }
      }

  load (fixture, "classification");
  g_assert_cmpstr (typed_text (search_field (fixture->panel, "x_data (2)")), ==, "normal(3, 1, 50)");
  type_text (search_field (fixture->panel, "x_data (2)"), "normal(5, 1, 50)");
  g_assert_false (bp_field_get_refused (search_field (fixture->panel, "x_data (2)")));
  g_assert_null (search_widget (fixture->panel, BP_TYPE_FIELD, has_title, "x_data"));

  /* Every part has a count of its own: there is nothing for "Samples" to say. */
  row = gtk_widget_get_parent (GTK_WIDGET (search_field (fixture->panel, "Samples")));
  g_assert_false (gtk_widget_get_visible (row));
}

/* Going back past a change shows the settings of then. */
static void
test_seek (Fixture                  *fixture,
           G_GNUC_UNUSED const void *data)
{
  guint n_changed = 0;

  bp_run_seek (fixture->run, (BpCursor) { 10, 0 });
  g_signal_connect_swapped (fixture->run, "changed", G_CALLBACK (count_cb), &n_changed);
  type_text (search_field (fixture->panel, "Batch size"), "5");
  g_assert_cmpuint (n_changed, ==, 1);

  bp_run_seek (fixture->run, (BpCursor) { 4, 0 });
  g_assert_cmpuint (n_changed, ==, 2);
  g_assert_cmpstr (typed_text (search_field (fixture->panel, "Batch size")), ==, "1");
  bp_run_seek (fixture->run, (BpCursor) { 12, 0 });
  g_assert_cmpuint (n_changed, ==, 3);
  g_assert_cmpstr (typed_text (search_field (fixture->panel, "Batch size")), ==, "5");
  g_assert_true (bp_run_get_can_undo (fixture->run));
  g_assert_false (bp_run_get_can_redo (fixture->run));
}

static gboolean
is_more (GtkWidget  *widget,
         const char *text)
{
  return gtk_widget_get_visible (gtk_widget_get_parent (widget))
         && g_str_equal (gtk_label_get_label (GTK_LABEL (widget)), text);
}

static guint
count_rows (GtkWidget *widget)
{
  guint n = BP_IS_DISTRIBUTION_ROW (widget);

  for (GtkWidget *child = gtk_widget_get_first_child (widget); child != NULL;
       child = gtk_widget_get_next_sibling (child))
    n += count_rows (child);

  return n;
}

/* Of many variables and columns the first ones are listed, and what is not listed is said. */
static void
test_many_rows (Fixture                  *fixture,
                G_GNUC_UNUSED const void *data)
{
  g_autoptr (GString) text = g_string_new ("[Data]\n");
  g_autoptr (BpExperiment) experiment = NULL;
  g_autoptr (GError) error = NULL;

  g_assert_null (search_widget (fixture->panel, GTK_TYPE_LABEL, is_more, "and 0 more"));
  for (guint i = 0; i < 33; i++)
    g_string_append_printf (text, "x%u=normal(0, 1)\n", i);
  g_string_append (text, "[Variables]\n");
  for (guint i = 0; i < 40; i++)
    g_string_append_printf (text, "v%u=1\n", i);
  g_string_append (text, "[Model]\nloss=square(v0 * x0)\n");
  experiment = experiment_from_text (text->str);
  g_assert_true (bp_run_load (fixture->run, experiment, &error));

  g_assert_cmpuint (count_rows (fixture->panel), ==, 60);
  g_assert_nonnull (search_widget (fixture->panel, GTK_TYPE_LABEL, is_more, "and 10 more"));
  g_assert_nonnull (search_widget (fixture->panel, GTK_TYPE_LABEL, is_more, "and 3 more"));

  load (fixture, "regression");
  g_assert_cmpuint (count_rows (fixture->panel), ==, 3);
  g_assert_null (search_widget (fixture->panel, GTK_TYPE_LABEL, is_more, "and 10 more"));
  g_assert_null (search_widget (fixture->panel, GTK_TYPE_LABEL, is_more, "and 0 more"));
}

/* A number that is cut reads as another one. */
static void
test_whole_numbers (Fixture                  *fixture,
                    G_GNUC_UNUSED const void *data)
{
  BpField *field = search_field (fixture->panel, "Iterations");

  bp_run_set_n_iterations (fixture->run, 1000000000);
  g_assert_cmpstr (typed_text (field), ==, "1000000000");
  g_assert_cmpint (gtk_editable_get_width_chars (GTK_EDITABLE (bp_field_get_entry (field))), >=, 10);
  g_assert_cmpint (gtk_editable_get_max_width_chars (GTK_EDITABLE (bp_field_get_entry (field))), >=, 10);
  bp_run_set_n_iterations (fixture->run, 100);
  g_assert_cmpint (gtk_editable_get_width_chars (GTK_EDITABLE (bp_field_get_entry (field))), ==, 6);
}

static gboolean
is_checked (gpointer status)
{
  return strstr (bp_gradient_status_get_text (status), "…") == NULL;
}

static void
assert_status (const BpExperiment *experiment,
               BpSlopeVerdict      verdict,
               const char         *start)
{
  g_autofree char *text = NULL;

  g_assert_cmpint (bp_gradient_status_check (experiment, NULL, NULL, &text), ==, verdict);
  g_assert_true (g_str_has_prefix (text, start));
}

static void
load_model (Fixture    *fixture,
            const char *variables,
            const char *model)
{
  g_autofree char *file = g_strdup_printf ("[Experiment]\nTitle=t\n[Variables]\n%s\n[Model]\n%s\n", variables, model);
  g_autoptr (GError) error = NULL;
  g_autoptr (BpExperiment) experiment = experiment_from_text (file);

  bp_run_load (fixture->run, experiment, &error);
  g_assert_no_error (error);
}

static void
test_gradient_status (Fixture                  *fixture,
                      G_GNUC_UNUSED const void *data)
{
  BpGradientStatus *status = BP_GRADIENT_STATUS (search_widget (fixture->panel, BP_TYPE_GRADIENT_STATUS, NULL, NULL));
  g_autoptr (BpExperiment) experiment = bp_experiment_copy (get_experiment (fixture));

  wait_until (is_checked, status);
  g_assert_true (g_str_has_prefix (bp_gradient_status_get_text (status), "✓ gradient check"));
  g_assert_true (gtk_widget_has_css_class (GTK_WIDGET (status), "passed"));
  gtk_test_accessible_assert_role (status, GTK_ACCESSIBLE_ROLE_STATUS);
  assert_status (experiment, BP_SLOPE_AGREES, "✓ gradient check ");

  load_model (fixture, "A=0", "loss=relu(A)");
  wait_until (is_checked, status);
  g_assert_true (g_str_has_prefix (bp_gradient_status_get_text (status), "✓ gradient check"));
  g_assert_true (g_str_has_suffix (bp_gradient_status_get_text (status), "; “A” is at a kink"));
  g_assert_true (gtk_widget_has_css_class (GTK_WIDGET (status), "passed"));

  /* By convention each relu passes nothing, and together they are A. */
  load_model (fixture, "A=0", "loss=relu(A) - relu(-A)");
  wait_until (is_checked, status);
  g_assert_cmpstr (bp_gradient_status_get_text (status), ==,
                   "✗ gradient check 1: backward and central differences disagree");
  g_assert_true (gtk_widget_has_css_class (GTK_WIDGET (status), "failed"));

  load_model (fixture, "A=0", "loss=sqrt(A)");
  wait_until (is_checked, status);
  g_assert_cmpstr (bp_gradient_status_get_text (status), ==,
                   "gradient check: “A” could not be checked: the slope grows without bound as the step "
                   "shrinks");
  g_assert_false (gtk_widget_has_css_class (GTK_WIDGET (status), "passed"));
  g_assert_false (gtk_widget_has_css_class (GTK_WIDGET (status), "failed"));

  load_model (fixture, "A=-1", "loss=log(A)");
  wait_until (is_checked, status);
  g_assert_cmpstr (bp_gradient_status_get_text (status), ==, "gradient check: a number is not finite");

  /* The logarithm of a small number is steep and its gradient right all the same. */
  load (fixture, "naive-log-sigmoid");
  wait_until (is_checked, status);
  g_assert_true (g_str_has_prefix (bp_gradient_status_get_text (status), "✓ gradient check"));

  /* What the card says of it, too. */
  load (fixture, "gradients-not-reset");
  wait_until (is_checked, status);
  g_assert_true (g_str_has_suffix (bp_gradient_status_get_text (status),
                                   " of one step alone; steps before are added to it"));
  load (fixture, "naive-log-sigmoid");
  wait_until (is_checked, status);

  /* A batch that would take seconds is not checked, and not called right. */
  {
    BpSettings settings = *get_settings (fixture);

    load (fixture, "regression");
    settings = *get_settings (fixture);
    settings.batch_size = 100000;
    g_assert_true (bp_run_set_settings (fixture->run, &settings, NULL));
  }
  wait_until (is_checked, status);
  g_assert_true (g_str_has_suffix (bp_gradient_status_get_text (status), "too large for the window"));
}

/* What is changed by hand is said below the rows that do not say it. */
static void
test_by_hand (Fixture                  *fixture,
              G_GNUC_UNUSED const void *data)
{
  const double value = 3;
  GtkWidget *label;

  g_assert_true (bp_run_edit_sample (fixture->run, 7, (guint[]) { 0 }, &value, 1, NULL));
  label = search_widget (fixture->panel, GTK_TYPE_LABEL, has_label_text, "1 sample was changed by hand");
  g_assert_nonnull (label);
  g_assert_true (gtk_widget_get_visible (gtk_widget_get_parent (label)));
  g_assert_true (bp_run_choose_batch (fixture->run, "8", NULL));
  g_assert_cmpstr (gtk_label_get_label (GTK_LABEL (label)), ==,
                   "1 sample was changed by hand\n1 batch was chosen by hand");
  bp_run_undo (fixture->run);
  bp_run_undo (fixture->run);
  g_assert_false (gtk_widget_get_visible (gtk_widget_get_parent (label)));
}

static void
test_accessible (Fixture                  *fixture,
                 G_GNUC_UNUSED const void *data)
{
  GtkWidget *drop_down = search_widget (fixture->panel, GTK_TYPE_DROP_DOWN, NULL, NULL);

  g_assert_true (gtk_test_accessible_has_relation (GTK_ACCESSIBLE (drop_down), GTK_ACCESSIBLE_RELATION_LABELLED_BY));
  gtk_test_accessible_assert_property (search_field (fixture->panel, "Batch size"),
                                       GTK_ACCESSIBLE_PROPERTY_LABEL, "Batch size");
  gtk_test_accessible_assert_role (bp_field_get_entry (search_field (fixture->panel, "Seed")),
                                   GTK_ACCESSIBLE_ROLE_TEXT_BOX);
}

int
main (int    argc,
      char **argv)
{
  gtk_test_init (&argc, &argv, NULL);
  adw_init ();

#define ADD(name, func) g_test_add ("/training-panel/" name, Fixture, NULL, set_up, func, tear_down)
  ADD ("batch-size", test_batch_size);
  ADD ("iterations", test_iterations);
  ADD ("schedule", test_schedule);
  ADD ("optimizer", test_optimizer);
  ADD ("parameters", test_parameters);
  ADD ("initial", test_initial);
  ADD ("seed", test_seed);
  ADD ("data", test_data);
  g_test_add ("/training-panel/generator", Fixture, "circles", set_up, test_generator, tear_down);
  ADD ("other-experiments", test_other_experiments);
  ADD ("seek", test_seek);
  ADD ("many-rows", test_many_rows);
  ADD ("whole-numbers", test_whole_numbers);
  ADD ("gradient-status", test_gradient_status);
  ADD ("by-hand", test_by_hand);
  ADD ("accessible", test_accessible);

  return g_test_run ();
}
