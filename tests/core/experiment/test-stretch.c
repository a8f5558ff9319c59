/* test-stretch.c: which models make a matrix of two vectors of samples, and what is said of it
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "experiment/bp-stretch.h"

#include <string.h>

#include "explain/bp-explain.h"
#include "lib/trainer-fixture.h"

#define TRAP "prediction=matmul(expand_dims(x, 1), w) + b\nloss=reduce_mean(square(prediction - y))"
#define SENTENCE \
  "Two vectors, “prediction” [batch, 1] and “y” [batch], become a [batch, batch] matrix in “subtract”; " \
  "expand_dims(y, 1) is probably meant."

static BpExperiment *
load (const char *model,
      gsize       batch_size)
{
  g_autofree char *text = g_strdup_printf ("[Experiment]\nBatchSize=%zu\n[Data]\nSamples=8\nx=normal(0, 1)\ny=10\n"
                                           "[Variables]\nw=0 [1, 1]\nb=0\nrow=1 [4]\ncolumn=1 [4, 1]\n[Model]\n%s\n",
                                           batch_size, model);
  BpExperiment *experiment = experiment_from_text (text);

  return experiment;
}

/* What is said of @model; NULL where it is right. */
static char *
describe (const char *model,
          gsize       batch_size)
{
  g_autoptr (BpExperiment) experiment = load (model, batch_size);
  g_autoptr (BpGraph) graph = bp_experiment_create_graph (experiment, batch_size, NULL);
  BpStretch stretch;

  return bp_stretch_find (experiment, graph, &stretch) ? bp_stretch_describe (&stretch, graph) : NULL;
}

/* The same at every batch size, also where one sample gives [1, 1] and where a layer is as wide as the batch. */
static void
test_trap (void)
{
  for (gsize batch_size = 1; batch_size <= 5; batch_size++)
    {
      g_autofree char *sentence = describe (TRAP, batch_size);

      g_assert_cmpstr (sentence, ==, SENTENCE);
    }
}

static void
test_forms (void)
{
  static const struct {
    const char *model;
    const char *parts[4];
  } cases[] = {
    { "p=matmul(expand_dims(x, 1), w)\nd=y - p\nloss=reduce_mean(d * d)",
      { "in “d”", "“p” [batch, 1] and “y” [batch]", "expand_dims(y, 1) is" } },
    { "p=x * b\nt=expand_dims(y, 1)\nloss=reduce_mean(abs(t - p))",
      { "in “subtract”", "“t” [batch, 1] and “p” [batch]", "expand_dims(p, 1) is" } },
    { "p=matmul(expand_dims(x, 1), w)\nloss=reduce_mean(maximum(p, y * 2))",
      { "in “maximum”", "“p” [batch, 1] and “multiply” [batch]", "expand_dims(…, 1) is" } },
    { "p=reshape(x * b, [-1, 1])\nloss=reduce_mean(square(p - y))", { "expand_dims(y, 1) is" } },
  };

  for (guint i = 0; i < G_N_ELEMENTS (cases); i++)
    for (gsize batch_size = 1; batch_size <= 4; batch_size += 3)
      {
        g_autofree char *sentence = describe (cases[i].model, batch_size);

        g_assert_nonnull (sentence);
        for (guint j = 0; cases[i].parts[j] != NULL; j++)
          g_assert_nonnull (strstr (sentence, cases[i].parts[j]));
      }
}

/* What looks alike and is right, or does not reach the loss, at the batch size of 1 and of the sizes in the model. */
static void
test_none (void)
{
  static const char *const models[] = {
    "p=matmul(expand_dims(x, 1), w) + b\nloss=reduce_mean(square(p - expand_dims(y, 1)))",
    "loss=square(x * b - y)",
    "loss=reduce_mean(column * x)",
    "loss=reduce_mean(expand_dims(x, 1) * row)",
    "p=matmul(expand_dims(x, 1), w)\nloss=reduce_mean(p)\n[Evaluate]\ne=reduce_mean(p - y)",
    "p=matmul(expand_dims(x, 1), w)\nloss=reduce_mean(stop_gradient(p - y) * b)",
    "p=expand_dims(x * b, 1)\nq=expand_dims(y, 0)\nloss=reduce_mean(p - q)",
    "loss=square(b)",
  };

  for (guint i = 0; i < G_N_ELEMENTS (models); i++)
    for (gsize batch_size = 1; batch_size <= 4; batch_size += 3)
      {
        g_autofree char *sentence = describe (models[i], batch_size);

        g_assert_cmpstr (sentence, ==, NULL);
      }
}

/* The card says it before the first step and where a step comes by, and nowhere else. */
static void
test_explained (void)
{
  g_autoptr (BpExperiment) experiment = load (TRAP, 4);
  g_autoptr (BpTrainer) trainer = trainer_new (experiment);
  guint node = bp_graph_find (bp_trainer_get_graph (trainer), "subtract");
  guint n_said = 0;

  g_assert_cmpuint (bp_trainer_get_stretch (trainer)->node, ==, node);
  g_assert_cmpuint (bp_trainer_get_stretch (trainer)->vector, ==, 1);

  do
    {
      const BpInstruction *last = bp_trainer_get_last_instruction (trainer);
      g_autoptr (BpExplanation) explanation = bp_explain (trainer, BP_NODE_NONE, BP_ELEMENT_NONE);
      g_autoptr (BpExplanation) selected = bp_explain (trainer, node, BP_ELEMENT_NONE);
      gboolean is_said = g_str_equal (explanation->meaning, SENTENCE);

      if (last == NULL || last->node == node)
        g_assert_true (is_said);
      else if (explanation->node != node)
        g_assert_false (is_said);
      n_said += is_said;
      g_assert_true (g_str_equal (selected->meaning, SENTENCE));
    }
  while (bp_trainer_get_cursor (trainer).iteration == 0 && bp_trainer_step_node (trainer, 1));

  g_assert_cmpuint (n_said, ==, 4);
}

int
main (int    argc,
      char **argv)
{
  g_test_init (&argc, &argv, NULL);

  g_test_add_func ("/stretch/trap", test_trap);
  g_test_add_func ("/stretch/forms", test_forms);
  g_test_add_func ("/stretch/none", test_none);
  g_test_add_func ("/stretch/explained", test_explained);

  return g_test_run ();
}
