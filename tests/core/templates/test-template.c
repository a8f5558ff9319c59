/* test-template.c: what templates make can be trained
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "templates/bp-template.h"

#include <math.h>

#include "base/bp-error.h"
#include "lib/data-evaluator.h"
#include "lib/trainer-fixture.h"

static double
get_loss (BpTrainer *trainer)
{
  return get_data_loss (trainer, FALSE, bp_session_get_parameters (bp_trainer_get_session (trainer)));
}

static double
get_accuracy (BpTrainer *trainer)
{
  return get_data_accuracy (trainer, FALSE, bp_session_get_parameters (bp_trainer_get_session (trainer)));
}

/* Trains what @template makes to its end. Returns: (transfer full): the trainer; @loss: (out): the loss of all data
 * before */
static BpTrainer *
train (const BpTemplate *template,
       double           *loss)
{
  g_autoptr (GError) error = NULL;
  g_autofree char *text = bp_template_to_text (template, &error);
  BpTrainer *trainer;

  g_assert_no_error (error);
  trainer = trainer_from_text (text);
  *loss = get_loss (trainer);
  bp_trainer_run (trainer, bp_trainer_get_experiment (trainer)->iterations);

  return trainer;
}

static void
test_each (void)
{
  for (BpTemplateKind kind = 0; kind < BP_N_TEMPLATES; kind++)
    for (BpOptimizerKind optimizer = 0; optimizer < BP_N_OPTIMIZERS; optimizer++)
      {
        g_auto (BpTemplate) template = { 0, };
        g_autoptr (BpTrainer) trainer = NULL;
        double before;

        bp_template_init (&template, kind);
        template.optimizer = optimizer;
        trainer = train (&template, &before);
        g_test_message ("%s, %u: %g to %g", template.title, optimizer, before, get_loss (trainer));
        /* A function has no noise that would be left. */
        g_assert_cmpfloat (get_loss (trainer), <, kind <= BP_TEMPLATE_FUNCTION_2 ? before / 10 : before);
        g_assert_cmpstr (bp_trainer_get_experiment (trainer)->title, ==, template.title);
      }
}

static void
test_functions (void)
{
  static const double ends[][4] = { { 0, -0.5434, 0.3, 9 }, { 0, 9, -0.9999 } };

  for (BpTemplateKind kind = BP_TEMPLATE_FUNCTION_1; kind <= BP_TEMPLATE_FUNCTION_2; kind++)
    {
      guint n;
      const BpTemplateFunction *functions = bp_template_get_functions (kind, &n);

      for (guint i = 0; i < n; i++)
        {
          g_auto (BpTemplate) template = { 0, };
          g_autoptr (BpTrainer) trainer = NULL;
          double before;

          bp_template_init (&template, kind);
          g_free (template.formula);
          template.formula = g_strdup (functions[i].formula);
          template.start[0] = functions[i].start[0];
          template.start[1] = functions[i].start[1];
          template.learning_rate = functions[i].learning_rate;
          trainer = train (&template, &before);
          g_test_message ("%s: %g to %g", functions[i].title, before, get_loss (trainer));
          g_assert_cmpfloat (get_loss (trainer), <, before);
          g_assert_cmpfloat (get_loss (trainer), <=, ends[kind][i] + 1e-4);
        }
    }
}

/* The numbers that a line through noisy points around y = 2x + 1 has, and how many of two classes are told apart. */
static void
test_answers (void)
{
  g_auto (BpTemplate) line = { 0, };
  g_auto (BpTemplate) classes = { 0, };
  g_auto (BpTemplate) network = { 0, };
  double before;

  bp_template_init (&line, BP_TEMPLATE_REGRESSION);
  g_autoptr (BpTrainer) line_trainer = train (&line, &before);
  const double *parameters = bp_session_get_parameters (bp_trainer_get_session (line_trainer));

  g_assert_cmpfloat_with_epsilon (parameters[0], 2, 0.2);
  g_assert_cmpfloat_with_epsilon (parameters[1], 1, 0.2);

  bp_template_init (&classes, BP_TEMPLATE_CLASSIFICATION);
  g_autoptr (BpTrainer) classes_trainer = train (&classes, &before);

  g_assert_cmpfloat (get_accuracy (classes_trainer), >=, 0.97);

  bp_template_init (&network, BP_TEMPLATE_NETWORK);
  g_autoptr (BpTrainer) network_trainer = train (&network, &before);

  g_assert_cmpfloat (get_accuracy (network_trainer), >=, 0.97);
  g_assert_cmpuint (bp_graph_get_n_parameters (bp_trainer_get_graph (network_trainer)), ==, 105);
}

/* Spirals are wound: noise that circles bear closes the gap between the arms. What was chosen by hand is kept. */
static void
test_spirals (void)
{
  g_auto (BpTemplate) template = { 0, };
  g_autoptr (BpTrainer) trainer = NULL;
  double before;

  bp_template_init (&template, BP_TEMPLATE_NETWORK);
  bp_template_set_generator (&template, BP_GENERATOR_SPIRALS);
  g_assert_cmpfloat (template.generator.noise, ==, 0.02);
  trainer = train (&template, &before);
  g_assert_cmpfloat (get_accuracy (trainer), >=, 0.95);

  template.generator.noise = 0.5;
  bp_template_set_generator (&template, BP_GENERATOR_MOONS);
  g_assert_cmpfloat (template.generator.noise, ==, 0.5);
}

/* Whatever is chosen for a network can be trained. */
static void
test_networks (void)
{
  for (BpGeneratorKind generator = BP_GENERATOR_CIRCLES; generator < BP_N_GENERATORS; generator++)
    for (BpLossKind loss = 0; loss < BP_N_LOSSES; loss++)
      for (const char * const *activation = bp_activation_get_names (); *activation != NULL; activation++)
        {
          g_auto (BpTemplate) template = { 0, };
          g_autoptr (BpTrainer) trainer = NULL;
          double before;

          bp_template_init (&template, BP_TEMPLATE_NETWORK);
          g_free (template.layers);
          template.layers = g_strdup ("2-5-1");
          bp_template_set_generator (&template, generator);
          if (!bp_template_may_have_loss (&template, loss))
            continue;
          bp_template_set_loss (&template, loss);
          template.activation = *activation;
          trainer = train (&template, &before);
          g_assert_cmpfloat (get_loss (trainer), <, before);
        }
}

static void
assert_layers (const char     *layers,
               BpGeneratorKind generator,
               BpLossKind      loss,
               const char     *message)
{
  g_auto (BpTemplate) template = { 0, };
  g_autoptr (GError) error = NULL;

  bp_template_init (&template, BP_TEMPLATE_NETWORK);
  template.generator.kind = generator;
  template.loss = loss;
  g_free (template.layers);
  template.layers = g_strdup (layers);
  g_assert_null (bp_template_to_text (&template, &error));
  g_assert_nonnull (error);
  g_assert_cmpstr (error->message, ==, message);
}

static void
test_refused (void)
{
  g_auto (BpTemplate) template = { 0, };
  g_autoptr (GError) error = NULL;

  assert_layers ("2-x", BP_GENERATOR_MOONS, BP_LOSS_SIGMOID,
                 "“x” is not a number of neurons; layers are written as 2-8-8-1");
  assert_layers ("3-8-1", BP_GENERATOR_MOONS, BP_LOSS_SIGMOID,
                 "These data have 2 inputs, so that the first number is 2");
  assert_layers ("2-8-1", BP_GENERATOR_SINE, BP_LOSS_SQUARED,
                 "These data have 1 input, so that the first number is 1");
  assert_layers ("2-8-1", BP_GENERATOR_MOONS, BP_LOSS_SOFTMAX,
                 "This loss takes 2 outputs, so that the last number is 2");
  assert_layers ("1-8-2", BP_GENERATOR_LINE, BP_LOSS_ABSOLUTE,
                 "This loss takes 1 output, so that the last number is 1");

  bp_template_init (&template, BP_TEMPLATE_FUNCTION_1);
  g_free (template.formula);
  template.formula = g_strdup ("x + y");
  g_assert_null (bp_template_to_text (&template, &error));
  g_assert_error (error, BP_ERROR, BP_ERROR_UNKNOWN);
  g_assert_cmpstr (error->message, ==, "column 5: unknown name “y”; known: x");

  g_clear_error (&error);
  g_free (template.formula);
  template.formula = g_strdup ("2 * 3");
  g_assert_null (bp_template_to_text (&template, &error));
  g_assert_nonnull (error);
}

/* A title is any text. */
static void
test_title (void)
{
  g_auto (BpTemplate) template = { 0, };
  g_autofree char *text = NULL;
  g_autoptr (BpTrainer) trainer = NULL;

  bp_template_init (&template, BP_TEMPLATE_REGRESSION);
  g_free (template.title);
  template.title = g_strdup (" a\\n[Data]\n#é");
  text = bp_template_to_text (&template, NULL);
  trainer = trainer_from_text (text);
  g_assert_cmpstr (bp_trainer_get_experiment (trainer)->title, ==, template.title);
}

/* Another generator keeps layers and loss where they go with it, and else changes both. */
static void
test_generator (void)
{
  g_auto (BpTemplate) template = { 0, };

  bp_template_init (&template, BP_TEMPLATE_NETWORK);
  bp_template_set_loss (&template, BP_LOSS_SOFTMAX);
  g_assert_cmpstr (template.layers, ==, "2-8-8-2");
  bp_template_set_generator (&template, BP_GENERATOR_SPIRALS);
  g_assert_cmpstr (template.layers, ==, "2-8-8-2");
  g_assert_cmpint (template.loss, ==, BP_LOSS_SOFTMAX);
  bp_template_set_generator (&template, BP_GENERATOR_SINE);
  g_assert_cmpstr (template.layers, ==, "1-8-8-1");
  g_assert_cmpint (template.loss, ==, BP_LOSS_SQUARED);
  g_assert_false (bp_template_may_have_loss (&template, BP_LOSS_SIGMOID));
  bp_template_set_generator (&template, BP_GENERATOR_XOR);
  g_assert_cmpstr (template.layers, ==, "2-8-8-1");
  g_assert_cmpint (template.loss, ==, BP_LOSS_SIGMOID);
}

int
main (int    argc,
      char **argv)
{
  g_test_init (&argc, &argv, NULL);

  g_test_add_func ("/template/each", test_each);
  g_test_add_func ("/template/functions", test_functions);
  g_test_add_func ("/template/answers", test_answers);
  g_test_add_func ("/template/spirals", test_spirals);
  g_test_add_func ("/template/networks", test_networks);
  g_test_add_func ("/template/refused", test_refused);
  g_test_add_func ("/template/title", test_title);
  g_test_add_func ("/template/generator", test_generator);

  return g_test_run ();
}
