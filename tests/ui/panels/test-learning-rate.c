/* test-learning-rate.c: entry, slider and run agree, and the marks are those of the run
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include <adwaita.h>
#include <math.h>

#include "lib/heavy-experiments.h"
#include "panels/bp-learning-rate.h"
#include "widgets/bp-log-scale.h"
#include "lib/widget-search.h"

static BpLearningRate *
create (BpRun *run)
{
  BpLearningRate *learning_rate = BP_LEARNING_RATE (g_object_ref_sink (bp_learning_rate_new (run)));

  g_object_set_data (G_OBJECT (learning_rate), "run", run);

  return learning_rate;
}

static double
slider_value (BpLearningRate *learning_rate)
{
  return gtk_range_get_value (GTK_RANGE (bp_learning_rate_get_scale (learning_rate)));
}

static void
move_slider (BpLearningRate *learning_rate,
             double          exponent)
{
  gtk_range_set_value (GTK_RANGE (bp_learning_rate_get_scale (learning_rate)), exponent);
}

static BpField *
get_field (BpLearningRate *learning_rate)
{
  return BP_FIELD (search_widget (GTK_WIDGET (learning_rate), BP_TYPE_FIELD, NULL, NULL));
}

static void
assert_shown (BpLearningRate *learning_rate,
              double          value,
              const char     *text)
{
  g_assert_cmpfloat (bp_run_get_learning_rate (g_object_get_data (G_OBJECT (learning_rate), "run")), ==, value);
  g_assert_cmpstr (typed_text (get_field (learning_rate)), ==, text);
  g_assert_cmpfloat_with_epsilon (slider_value (learning_rate), CLAMP (log10 (value), -4, 1), 0.005);
}

static gboolean
is_computing (GtkWidget                *widget,
              G_GNUC_UNUSED const char *text)
{
  return g_str_has_suffix (gtk_label_get_label (GTK_LABEL (widget)), "being computed…");
}

static gboolean
is_computed (gpointer learning_rate)
{
  return search_widget (learning_rate, GTK_TYPE_LABEL, is_computing, NULL) == NULL;
}

static void
test_slider (void)
{
  g_autoptr (BpRun) run = create_run ("regression");
  g_autoptr (BpLearningRate) learning_rate = create (run);
  guint n_changed = 0;

  g_signal_connect_swapped (run, "changed", G_CALLBACK (count_cb), &n_changed);
  assert_shown (learning_rate, 0.02, "0.02");

  move_slider (learning_rate, -1);
  assert_shown (learning_rate, 0.1, "0.1");
  g_assert_cmpuint (n_changed, ==, 1);

  /* Three digits that can be read out. */
  move_slider (learning_rate, log10 (0.123456));
  assert_shown (learning_rate, 0.123, "0.123");
  move_slider (learning_rate, -4);
  assert_shown (learning_rate, 0.0001, "0.0001");
  move_slider (learning_rate, 1);
  assert_shown (learning_rate, 10, "10");
  g_assert_cmpuint (n_changed, ==, 4);
}

static void
test_run (void)
{
  g_autoptr (BpRun) run = create_run ("regression");
  g_autoptr (BpLearningRate) learning_rate = create (run);
  guint n_changed = 0;

  g_signal_connect_swapped (run, "changed", G_CALLBACK (count_cb), &n_changed);

  /* A number of more digits than the slider gives comes back as it is. */
  bp_run_set_learning_rate (run, 0.123456789);
  assert_shown (learning_rate, 0.123456789, "0.123456789");
  g_assert_cmpuint (n_changed, ==, 1);

  bp_run_undo (run);
  assert_shown (learning_rate, 0.02, "0.02");
  bp_run_redo (run);
  assert_shown (learning_rate, 0.123456789, "0.123456789");
}

static void
test_entry (void)
{
  g_autoptr (BpRun) run = create_run ("regression");
  g_autoptr (BpLearningRate) learning_rate = create (run);
  BpField *field = get_field (learning_rate);

  type_text (field, "0.3");
  assert_shown (learning_rate, 0.3, "0.3");
  type_text (field, "2.0e-07");
  assert_shown (learning_rate, 2e-7, "2e-7");
  type_text (field, "100");
  assert_shown (learning_rate, 100, "100");
  type_text (field, "100.0");
  assert_shown (learning_rate, 100, "100");
}

static void
test_refused (void)
{
  const char *bad[] = { "", "abc", "0", "-0.1", "1e7", "1e-13", "nan", "inf", "0,5", "0.1 0.2", "1e999" };
  g_autoptr (BpRun) run = create_run ("regression");
  g_autoptr (BpLearningRate) learning_rate = create (run);
  BpField *field = get_field (learning_rate);

  for (gsize i = 0; i < G_N_ELEMENTS (bad); i++)
    {
      type_text (field, bad[i]);
      g_assert_true (bp_field_get_refused (field));
      g_assert_true (g_str_has_suffix (bp_field_get_message (field), "It stays 0.02."));
      g_assert_cmpfloat (bp_run_get_learning_rate (run), ==, 0.02);
      g_assert_false (bp_run_get_can_undo (run));
    }

  /* Moving the slider takes the complaint away. */
  move_slider (learning_rate, -2);
  g_assert_false (bp_field_get_refused (field));
  assert_shown (learning_rate, 0.01, "0.01");
}

/* What holds at the cursor is shown, also when that is in the past. */
static void
test_seek (void)
{
  g_autoptr (BpRun) run = create_run ("regression");
  g_autoptr (BpLearningRate) learning_rate = create (run);

  bp_run_seek (run, (BpCursor) { 10, 0 });
  move_slider (learning_rate, -1);
  bp_run_seek (run, (BpCursor) { 20, 3 });
  assert_shown (learning_rate, 0.1, "0.1");
  bp_run_seek (run, (BpCursor) { 5, 0 });
  assert_shown (learning_rate, 0.02, "0.02");
  bp_run_seek (run, (BpCursor) { 15, 0 });
  assert_shown (learning_rate, 0.1, "0.1");
}

static void
test_playing (void)
{
  g_autoptr (BpRun) run = create_run ("regression");
  g_autoptr (BpLearningRate) learning_rate = create (run);

  bp_run_set_playing (run, TRUE);
  bp_run_advance (run, 1000000);
  move_slider (learning_rate, -1.5);
  g_assert_true (bp_run_get_playing (run));
  bp_run_advance (run, 1100000);
  assert_shown (learning_rate, 0.0316, "0.0316");
}

static void
set_optimizer (BpRun          *run,
               BpOptimizerKind kind)
{
  BpSettings settings = *bp_trainer_get_settings (bp_run_get_trainer (run));
  g_autoptr (GError) error = NULL;

  bp_optimizer_init (&settings.optimizer, kind);
  bp_run_set_settings (run, &settings, &error);
  g_assert_no_error (error);
}

static void
load_owned (BpRun *run,
            char  *text)
{
  load_text (run, text);
  g_free (text);
}

static void
assert_says (BpLearningRate *learning_rate,
             const char     *text)
{
  wait_until (is_computed, learning_rate);
  g_assert_nonnull (search_widget (GTK_WIDGET (learning_rate), GTK_TYPE_LABEL, has_label_text, text));
}

/* The limit is that of the training as it is set now. */
static void
test_limits (void)
{
  g_autoptr (BpRun) run = create_run ("regression");
  g_autoptr (BpLearningRate) learning_rate = create (run);
  double limit;

  wait_until (is_computed, learning_rate);
  limit = bp_learning_rate_get_limit (learning_rate);
  g_assert_cmpfloat (limit, >, 0.9);
  g_assert_cmpfloat (limit, <, 1);

  /* Another rate is the same training. */
  bp_run_set_learning_rate (run, 0.5);
  g_assert_cmpfloat (bp_learning_rate_get_limit (learning_rate), ==, limit);

  set_optimizer (run, BP_OPTIMIZER_NESTEROV);
  g_assert_true (isnan (bp_learning_rate_get_limit (learning_rate)));
  wait_until (is_computed, learning_rate);
  g_assert_cmpfloat (bp_learning_rate_get_limit (learning_rate), <, 0.8 * limit);

  set_optimizer (run, BP_OPTIMIZER_ADAM);
  assert_says (learning_rate, "It adapts its steps: no fixed limit");
  g_assert_true (isnan (bp_learning_rate_get_limit (learning_rate)));

  /* Another experiment has other limits. */
  {
    g_autoptr (BpExperiment) experiment = load_builtin ("classification");

    g_assert_true (bp_run_load (run, experiment, NULL));
  }
  assert_says (learning_rate, "no limit found");
  assert_says (learning_rate, "None of the rates tried, up to 10, explodes in 10000 iterations");
  g_assert_true (isinf (bp_learning_rate_get_limit (learning_rate)));
}

/* What is loaded while a search runs is what the limits belong to; meanwhile there are none. */
static void
test_load_meanwhile (void)
{
  g_autoptr (BpRun) run = create_run ("classification");
  g_autoptr (BpLearningRate) learning_rate = create (run);

  for (guint i = 0; i < 10; i++)
    {
      load_owned (run, write_matrices (60));
      g_main_context_iteration (NULL, FALSE);
      g_assert_true (isnan (bp_learning_rate_get_limit (learning_rate)));
      load_text (run, "[Variables]\nA=1\n[Model]\nloss=4 * square(A)\n");
      g_main_context_iteration (NULL, FALSE);
    }
  wait_until (is_computed, learning_rate);
  g_assert_cmpfloat_with_epsilon (bp_learning_rate_get_limit (learning_rate), 0.25, 1e-6);

  /* The widget may go while it is searched for. */
  load_owned (run, write_matrices (60));
}

/* The sentences: what is said at the limit, and below it. */
static void
test_sentences (void)
{
  static const struct {
    const char *text;
    const char *caption;
    const char *line;
  } cases[] = {
    { "[Variables]\nA=1\n[Model]\nloss=4 * square(A)\n", "stable below 0.25", "" },
    /* Rounded down: 3.98 and 0.000377… */
    { "[Variables]\nw=1\n[Model]\nloss=0.5 * square(w)\n[Optimizer]\nName=momentum\nMomentum=0.99\n",
      "stable below 3.9", "" },
    { "[Variables]\nA=1\n[Model]\nloss=2649.67 * square(A)\n", "stable below 0.00037", "" },
    { "[Variables]\nA=1\n[Model]\nloss=0.001 * square(A)\n", "stable below 1000",
      "The limit is beyond the end of the slider" },
    { "[Variables]\nA=1\n[Model]\nloss=27000 * square(A)\n", "stable below 3.7·10⁻⁵",
      "The limit is beyond the start of the slider" },
    { "[Variables]\nA=1\n[Model]\nloss=A ** 4\n", "stable below 0.49",
      "Measured in 10000 iterations from this start" },
    { "[Variables]\nA=1\n[Model]\nloss=abs(A)\n", "no limit found",
      "None of the rates tried, up to 10, explodes in 10000 iterations" },
    { "[Variables]\nA=1\n[Model]\nloss=0 * A\n", "no limit", "The loss is the same everywhere" },
    { "[Variables]\nA=1\n[Model]\nloss=0 - square(A)\n", "never stable",
      "The loss runs away at every rate, only later at a small one" },
    { "[Variables]\nA=1\n[Model]\nloss=square(A)\n[Optimizer]\nMaximize=true\n", "never stable",
      "It ascends: no rate is stable" },
    { "[Variables]\nA=1\n[Model]\nloss=0 - square(A)\n[Optimizer]\nMaximize=true\n", "stable below 1", "" },
    { "[Variables]\nA=1\n[Model]\nloss=square(A)\n[Optimizer]\nKeepGradients=true\n", "never at rest",
      "Gradients add up: no rate comes to rest" },
    { "[Variables]\nA=-1\n[Model]\nloss=log(A)\n", "", "The stable range is not known" },
  };
  g_autoptr (BpRun) run = create_run ("regression");
  g_autoptr (BpLearningRate) learning_rate = create (run);

  for (guint i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      g_test_message ("%s", cases[i].text);
      load_text (run, cases[i].text);
      assert_says (learning_rate, cases[i].caption);
      assert_says (learning_rate, cases[i].line);
    }
}

static void
test_too_large (void)
{
  g_autoptr (BpRun) run = create_run ("regression");
  g_autoptr (BpLearningRate) learning_rate = create (run);

  load_owned (run, write_matrices (800));
  assert_says (learning_rate, "The stable range is not computed for a model of this size");
  g_assert_true (isnan (bp_learning_rate_get_limit (learning_rate)));

  load_owned (run, write_trap (10000));
  wait_until (is_computed, learning_rate);
  g_assert_true (isnan (bp_learning_rate_get_limit (learning_rate)));
}

static gboolean
has_css_name (GtkWidget  *widget,
              const char *css_name)
{
  return g_str_equal (gtk_widget_get_css_name (widget), css_name);
}

/* Where a widget is, as a fraction of the way from its left to its right. */
static int
get_x (GtkWidget *root,
       GtkWidget *widget,
       float      fraction)
{
  graphene_rect_t bounds;

  g_assert_true (gtk_widget_compute_bounds (widget, root, &bounds));

  return (int) roundf (bounds.origin.x + fraction * bounds.size.width);
}

/* The dark part ends where the slider stands at the limit. */
static void
test_marks (void)
{
  g_autoptr (BpRun) run = create_run ("regression");
  BpLearningRate *learning_rate = create (run);
  GtkWidget *root = GTK_WIDGET (learning_rate);
  GtkWidget *window = gtk_window_new ();
  GtkWidget *slider = search_widget (root, GTK_TYPE_WIDGET, has_css_name, "slider");
  GtkWidget *bar;

  gtk_window_set_default_size (GTK_WINDOW (window), 300, -1);
  gtk_window_set_child (GTK_WINDOW (window), root);
  g_object_unref (learning_rate);
  gtk_window_present (GTK_WINDOW (window));
  wait_until (is_computed, root);
  gtk_test_widget_wait_for_draw (window);
  move_slider (learning_rate, log10 (bp_learning_rate_get_limit (learning_rate)));
  gtk_test_widget_wait_for_draw (window);
  bar = search_widget (root, GTK_TYPE_WIDGET, has_css_name, "fill");
  g_assert_cmpint (ABS (get_x (root, bar, 1) - get_x (root, slider, 0.5f)), <=, 2);

  gtk_window_destroy (GTK_WINDOW (window));
  settle ();
}

static void
test_accessible (void)
{
  g_autoptr (BpRun) run = create_run ("regression");
  g_autoptr (BpLearningRate) learning_rate = create (run);
  GtkScale *scale = bp_learning_rate_get_scale (learning_rate);

  gtk_test_accessible_assert_role (scale, GTK_ACCESSIBLE_ROLE_SLIDER);
  gtk_test_accessible_assert_property (scale, GTK_ACCESSIBLE_PROPERTY_LABEL, "Learning rate, logarithm to base 10");
  gtk_test_accessible_assert_property (scale, GTK_ACCESSIBLE_PROPERTY_VALUE_TEXT, "0.02");
  bp_run_set_learning_rate (run, 0.5);
  gtk_test_accessible_assert_property (scale, GTK_ACCESSIBLE_PROPERTY_VALUE_TEXT, "0.5");
}

/* Without a run the slider moves nothing. */
static void
test_no_run (void)
{
  g_autoptr (BpRun) run = create_run ("regression");
  g_autoptr (BpLearningRate) learning_rate = create (run);

  bp_learning_rate_set_run (learning_rate, NULL);
  move_slider (learning_rate, 0);
  g_assert_cmpfloat (bp_run_get_learning_rate (run), ==, 0.02);
}

static void
test_finalize (void)
{
  BpRun *run = create_run ("regression");
  BpLearningRate *learning_rate = create (run);

  /* Before the search for the curvature, and after it. */
  g_assert_finalize_object (learning_rate);
  settle ();
  learning_rate = create (run);
  settle ();
  g_assert_finalize_object (learning_rate);
  g_assert_finalize_object (run);
}

int
main (int    argc,
      char **argv)
{
  gtk_test_init (&argc, &argv, NULL);
  adw_init ();

  g_test_add_func ("/learning-rate/slider", test_slider);
  g_test_add_func ("/learning-rate/run", test_run);
  g_test_add_func ("/learning-rate/entry", test_entry);
  g_test_add_func ("/learning-rate/refused", test_refused);
  g_test_add_func ("/learning-rate/seek", test_seek);
  g_test_add_func ("/learning-rate/playing", test_playing);
  g_test_add_func ("/learning-rate/limits", test_limits);
  g_test_add_func ("/learning-rate/load-meanwhile", test_load_meanwhile);
  g_test_add_func ("/learning-rate/sentences", test_sentences);
  g_test_add_func ("/learning-rate/too-large", test_too_large);
  g_test_add_func ("/learning-rate/marks", test_marks);
  g_test_add_func ("/learning-rate/accessible", test_accessible);
  g_test_add_func ("/learning-rate/no-run", test_no_run);
  g_test_add_func ("/learning-rate/finalize", test_finalize);

  return g_test_run ();
}
