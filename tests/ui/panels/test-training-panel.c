/* test-training-panel.c: each setting is put in force, refused, shown and taken back
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include <adwaita.h>

#include "panels/bp-distribution-row.h"
#include "explain/bp-gradient-status.h"
#include "lib/widget-search.h"
#include "ui/panels/training-panel-fixture.h"

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

  load_model (fixture, "A=1\nb=1e-14", "loss=square((1.2247448713915892 * A + b) * 1.632993161855452 + 4 - 6)");
  wait_until (is_checked, status);
  g_assert_true (g_str_has_prefix (bp_gradient_status_get_text (status), "✓ gradient check"));
  g_assert_true (g_str_has_suffix (bp_gradient_status_get_text (status), "” within rounding"));
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
}

/* What else it says: of steep functions, of gradients that add up, and of what it leaves out. */
static void
test_gradient_status_scope (Fixture                  *fixture,
                            G_GNUC_UNUSED const void *data)
{
  BpGradientStatus *status = BP_GRADIENT_STATUS (search_widget (fixture->panel, BP_TYPE_GRADIENT_STATUS, NULL, NULL));
  BpSettings settings;

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
  load (fixture, "regression");
  settings = *get_settings (fixture);
  settings.batch_size = 100000;
  g_assert_true (bp_run_set_settings (fixture->run, &settings, NULL));
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
  ADD ("seed", test_seed);
  ADD ("data", test_data);
  g_test_add ("/training-panel/generator", Fixture, "circles", set_up, test_generator, tear_down);
  ADD ("other-experiments", test_other_experiments);
  ADD ("seek", test_seek);
  ADD ("many-rows", test_many_rows);
  ADD ("whole-numbers", test_whole_numbers);
  ADD ("gradient-status", test_gradient_status);
  ADD ("gradient-status-scope", test_gradient_status_scope);
  ADD ("by-hand", test_by_hand);
  ADD ("accessible", test_accessible);

  return g_test_run ();
}
