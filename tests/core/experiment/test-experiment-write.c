/* test-experiment-write.c: what is written reads back equal, whatever it is
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "experiment/bp-builtin.h"
#include "base/bp-error.h"
#include "lib/trainer-fixture.h"

#include <math.h>
#include <string.h>

static void
assert_equal_definitions (GPtrArray *a,
                          GPtrArray *b)
{
  g_assert_cmpuint (a->len, ==, b->len);
  for (guint i = 0; i < a->len; i++)
    {
      const BpDefinition *p = g_ptr_array_index (a, i);
      const BpDefinition *q = g_ptr_array_index (b, i);

      g_assert_cmpstr (p->name, ==, q->name);
      g_assert_cmpstr (p->expression, ==, q->expression);
    }
}

static void
assert_equal_distributions (const BpDistribution *a,
                            const BpDistribution *b)
{
  g_assert_cmpint (a->kind, ==, b->kind);
  g_assert_cmpfloat (a->a, ==, b->a);
  g_assert_cmpfloat (a->b, ==, b->b);
  g_assert_cmpuint (a->count, ==, b->count);
}

static void
assert_equal_data (const BpExperiment *a,
                   const BpExperiment *b)
{
  g_assert_cmpuint (a->samples, ==, b->samples);
  g_assert_cmpstr (a->data_file, ==, b->data_file);
  g_assert_cmpint (a->sampling, ==, b->sampling);
  g_assert_cmpfloat (a->test_share, ==, b->test_share);

  g_assert_cmpint (a->generator.kind, ==, b->generator.kind);
  g_assert_cmpuint (a->generator.n_samples, ==, b->generator.n_samples);
  g_assert_cmpfloat (a->generator.noise, ==, b->generator.noise);
  g_assert_cmpuint (a->placeholders->len, ==, b->placeholders->len);
  for (guint i = 0; i < a->placeholders->len; i++)
    {
      const BpPlaceholder *p = g_ptr_array_index (a->placeholders, i);
      const BpPlaceholder *q = g_ptr_array_index (b->placeholders, i);

      g_assert_cmpstr (p->name, ==, q->name);
      g_assert_cmpstrv (p->columns, q->columns);
    }

  g_assert_cmpuint (a->columns->len, ==, b->columns->len);
  for (guint i = 0; i < a->columns->len; i++)
    {
      const BpColumn *p = g_ptr_array_index (a->columns, i);
      const BpColumn *q = g_ptr_array_index (b->columns, i);

      g_assert_cmpstr (p->name, ==, q->name);
      g_assert_cmpuint (p->parts->len, ==, q->parts->len);
      for (guint j = 0; j < p->parts->len; j++)
        assert_equal_distributions (&g_array_index (p->parts, BpDistribution, j),
                                    &g_array_index (q->parts, BpDistribution, j));
    }
}

static void
assert_equal_changes (const BpExperiment *a,
                      const BpExperiment *b)
{
  g_assert_true (bp_settings_equal (&a->settings, &b->settings));
  g_assert_cmpuint (a->changes->len, ==, b->changes->len);
  for (guint i = 0; i < a->changes->len; i++)
    {
      const BpSettingsChange *p = &g_array_index (a->changes, BpSettingsChange, i);
      const BpSettingsChange *q = &g_array_index (b->changes, BpSettingsChange, i);

      g_assert_cmpint (p->iteration, ==, q->iteration);
      g_assert_true (bp_settings_equal (&p->settings, &q->settings));
    }
}

static void
assert_equal (const BpExperiment *a,
              const BpExperiment *b)
{
  g_assert_cmpstr (a->title, ==, b->title);
  g_assert_cmpstr (a->description, ==, b->description);
  g_assert_cmpint (a->iterations, ==, b->iterations);
  g_assert_cmpint (a->report_every, ==, b->report_every);
  g_assert_cmpuint (a->seed, ==, b->seed);
  g_assert_cmpstr (a->loss, ==, b->loss);
  g_assert_cmpstr (a->target, ==, b->target);
  assert_equal_data (a, b);
  assert_equal_changes (a, b);
  assert_equal_definitions (a->model, b->model);
  assert_equal_definitions (a->evaluate, b->evaluate);

  g_assert_cmpuint (a->variables->len, ==, b->variables->len);
  for (guint i = 0; i < a->variables->len; i++)
    {
      const BpVariable *p = g_ptr_array_index (a->variables, i);
      const BpVariable *q = g_ptr_array_index (b->variables, i);

      g_assert_cmpstr (p->name, ==, q->name);
      assert_equal_distributions (&p->initial, &q->initial);
      g_assert_true (bp_shape_equal (&p->shape, &q->shape));
      g_assert_true ((p->given == NULL) == (q->given == NULL));
      if (p->given != NULL)
        for (gsize j = 0; j < bp_shape_get_n_elements (&p->shape); j++)
          g_assert_true (p->given[j] == q->given[j] || (isnan (p->given[j]) && isnan (q->given[j])));
    }

  g_assert_cmpuint (a->theory->len, ==, b->theory->len);
  for (guint i = 0; i < a->theory->len; i++)
    {
      const BpTheory *p = g_ptr_array_index (a->theory, i);
      const BpTheory *q = g_ptr_array_index (b->theory, i);

      g_assert_cmpstr (p->variable, ==, q->variable);
      g_assert_cmpfloat (p->value, ==, q->value);
    }
}

static void
assert_round_trip (const BpExperiment *experiment)
{
  g_autofree char *data = bp_experiment_to_data (experiment);
  g_autoptr (GError) error = NULL;
  g_autoptr (BpExperiment) again = bp_experiment_new_from_data (data, -1, experiment->name, experiment->folder, &error);
  g_autofree char *data_again = NULL;

  g_assert_no_error (error);
  assert_equal (experiment, again);
  data_again = bp_experiment_to_data (again);
  g_assert_cmpstr (data, ==, data_again);
}

/* Texts that use what no built-in does. */
static void
test_texts (void)
{
  static const char * const texts[] = {
    "[Variables]\nA=1\n[Model]\nloss=square(A)\n",
    "[Experiment]\nTitle=  a\\tb\\n\\\\c; d = [e] #\nDescription=Größe\nLoss=l\nSeed=18446744073709551615\n"
    "[Variables]\nA=1e-300\nW=uniform(-1, 0.1) [1, 2, 3]\nc=-0 []\n[Model]\nl=A * c\nm=l + A\n"
    "[Evaluate]\nTheory=A: 0.1; c: -1e-7\n",
    "[Data]\nSamples=3\nx=1; normal(0.1, 1e-5)\ny=1 x 6\nSampling=shuffled\nTest=0.3\n"
    "[Variables]\nA=1\n[Model]\nloss=\tA +\t 1\n"
    "[Optimizer]\nName=adam\nBeta1=0.3\nEpsilon=1e-9\nMomentum=0.1\n",
    "[Data]\nSamples=4\na=normal(0, 1)\nb=1\nboth=a, b\nagain=b\nTest=0.25\n"
    "[Variables]\nW=[[0.1, 2], [3, -4e-9]]\nV=he_uniform() [2, 3]; [1,2]=0.1; [0,0]=-7\nc=[1, 2]\n"
    "[Model]\nloss=reduce_sum(matmul(both, W) + [[1, 2]]) + reduce_sum(V) + c + again\n",
    "[Data]\nGenerator=spirals(20)\ninputs=x1, x2\n[Variables]\nW=glorot_normal() [2, 1]\n"
    "[Model]\nloss=square(matmul(inputs, W) - expand_dims(label, 1)) + x1\n",
    "[Data]\nFile=builtin:iris.csv\ninputs=sepal_length, petal_width\n[Variables]\nW=glorot_normal() [2, 1]\n"
    "[Model]\nloss=square(matmul(inputs, W) - expand_dims(species, 1))\n",
  };

  for (guint i = 0; i < G_N_ELEMENTS (texts); i++)
    {
      g_autoptr (BpExperiment) experiment = experiment_from_text (texts[i]);

      assert_round_trip (experiment);
    }
}

/* An expression of several lines, which only a program can make, is one line in a file. */
static void
test_lines (void)
{
  g_autoptr (BpExperiment) experiment = load_builtin ("regression");
  BpDefinition *loss = g_ptr_array_index (experiment->model, 2);
  g_autofree char *data = NULL;

  g_free (loss->expression);
  loss->expression = g_strdup ("\nsquare(\nresidual\n)\n");
  data = bp_experiment_to_data (experiment);
  g_assert_nonnull (strstr (data, "\nloss=square( residual )\n"));
}

/* Defaults that have no effect are not written; what has one is, also where it is the default. */
static void
test_text (void)
{
  g_autoptr (BpExperiment) experiment = load_builtin ("regression");
  g_autofree char *data = NULL;

  experiment->settings.optimizer.kind = BP_OPTIMIZER_MOMENTUM;
  data = bp_experiment_to_data (experiment);
  g_assert_nonnull (strstr (data, "[Optimizer]\nName=momentum\nLearningRate=0.02\nMomentum=0.9\n\n[Evaluate]\n"));
  g_assert_null (strstr (data, "[Changes]"));
}

/* Each built-in, and each with every kind of change written into it, reads back as it was. */
static void
test_builtins (void)
{
  for (const char * const *name = bp_builtin_get_names (); *name != NULL; name++)
    {
      g_autoptr (BpExperiment) experiment = load_builtin (*name);
      BpSettingsChange change = { 1, experiment->settings };

      assert_round_trip (experiment);

      change.settings.optimizer.learning_rate *= 1 / 3.0;
      g_array_append_val (experiment->changes, change);
      change.iteration = 999999999;
      change.settings.optimizer.kind = BP_OPTIMIZER_RMSPROP;
      change.settings.optimizer.maximize = !change.settings.optimizer.maximize;
      change.settings.keep_gradients = !change.settings.keep_gradients;
      change.settings.batch_size = 7;
      for (guint i = 0; i < BP_N_PARAMETERS; i++)
        change.settings.optimizer.parameters[i] = nextafter (0.1, i);
      g_array_append_val (experiment->changes, change);
      experiment->seed = G_MAXUINT64 - 1;
      experiment->test_share = 0.1 + 0.2;
      assert_round_trip (experiment);
    }
}

/* Random damage to the built-in files */

static const char * const fragments[] = {
  "[Model]", "[Data]", "[", "]", "=", ";", "\n", "\r", "#", "(", ")", ",", "x", "A", "y_target", "normal(", "1e999",
  "-1", "uniform(0, 1)", "0", "99999999999999999999", "nan", "inf", "[2, 3]", "[0]", "File=", "Test=", "Loss=",
  "Target=", "Theory=", "Samples=3\n", "\\", "\t", " ", "\xff", "é", "**", "reduce_sum", "loss=",
  "10=LearningRate=0.1\n", "[Changes]\n", "Name=adam\n", "[Evaluate]\n", "[[1, 2], [3, 4]]", "he_normal()", "; [0,1]=3",
  "xy=x1, x2\n", "Generator=moons(8)\n",
};

static void
mutate (GString *text,
        GRand   *rand)
{
  gsize at = (gsize) g_rand_int_range (rand, 0, (gint32) text->len + 1);
  gsize wanted = (gsize) g_rand_int_range (rand, 0, 20);
  gsize length = MIN (text->len - at, wanted);
  gsize from = (gsize) g_rand_int_range (rand, 0, (gint32) text->len + 1);
  g_autofree char *copied = NULL;

  switch (g_rand_int_range (rand, 0, 12))
    {
    case 0:
      g_string_erase (text, (gssize) at, (gssize) length);
      break;

    case 1:
      g_string_insert (text, (gssize) at, fragments[g_rand_int_range (rand, 0, G_N_ELEMENTS (fragments))]);
      break;

    case 2:
      if (at < text->len)
        text->str[at] = (char) g_rand_int_range (rand, 0, 256);
      break;

    case 3:
      copied = g_strndup (text->str + from, MIN (text->len - from, 30));
      g_string_insert (text, (gssize) at, copied);
      break;

    case 4:
      g_string_truncate (text, MAX (at, 10));
      break;

    default:
      while (at < text->len && !g_ascii_isdigit (text->str[at]))
        at++;
      if (at < text->len)
        text->str[at] = "0123456789.-e"[g_rand_int_range (rand, 0, 13)];
      break;
    }
}

static void
test_mutations (void)
{
  const char * const *names = bp_builtin_get_names ();
  g_autoptr (GRand) rand = g_rand_new_with_seed (11);
  guint n_loaded = 0, n_refused = 0;

  for (guint i = 0; i < 6000; i++)
    {
      g_autoptr (BpExperiment) original = bp_builtin_load (names[i % g_strv_length ((char **) names)], NULL);
      g_autofree char *data = bp_experiment_to_data (original);
      g_autoptr (GString) text = g_string_new (data);
      g_autoptr (GError) error = NULL;
      g_autoptr (BpExperiment) experiment = NULL;

      for (guint j = g_rand_int_range (rand, 1, 4); j > 0; j--)
        mutate (text, rand);

      experiment = bp_experiment_new_from_data (text->str, (gssize) text->len, "mutated", NULL, &error);
      if (experiment != NULL)
        {
          g_assert_no_error (error);
          assert_round_trip (experiment);
          n_loaded++;
          continue;
        }

      g_assert_true (error != NULL && error->domain == BP_ERROR);
      g_assert_true (g_str_has_prefix (error->message, "mutated:"));
      g_assert_true (g_utf8_validate (error->message, -1, NULL));
      g_assert_cmpuint (strlen (error->message), <, 1000);
      n_refused++;
    }

  g_test_message ("%u loaded, %u refused", n_loaded, n_refused);
  g_assert_cmpuint (n_loaded, >, 500);
  g_assert_cmpuint (n_refused, >, 2000);
}

int
main (int   argc,
      char *argv[])
{
  g_test_init (&argc, &argv, NULL);

  g_test_add_func ("/experiment-write/texts", test_texts);
  g_test_add_func ("/experiment-write/lines", test_lines);
  g_test_add_func ("/experiment-write/text", test_text);
  g_test_add_func ("/experiment-write/builtins", test_builtins);
  g_test_add_func ("/experiment-write/mutations", test_mutations);

  return g_test_run ();
}
