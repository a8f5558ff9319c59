/* test-explain-truth.c: what the explanations of random experiments say, read as text and compared with arithmetic of
 * its own
 *
 * BP_TRUTH_EXPERIMENTS says how many experiments there are, BP_TRUTH_SEED which.
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "explain/bp-explain.h"
#include "lib/truth-check.h"

#define N_EXPERIMENTS 400

/* Experiments */

static const char * const scalar_parts[] = {
  "%s + %s", "%s - %s", "%s * %s", "%s / %s", "abs(%s) ** %s", "maximum(%s, %s)", "minimum(%s, %s)",
  "sigmoid_cross_entropy_with_logits(labels=%s, logits=%s)", "-%s", "square(%s)", "sqrt(%s)", "exp(%s)", "log(%s)",
  "abs(%s)", "sin(%s)", "cos(%s)", "sigmoid(%s)", "tanh(%s)", "relu(%s)", "softplus(%s)", "round(%s)",
  "leaky_relu(%s, %s)", "leaky_relu(%s)", "log1p(%s)", "elu(%s)", "gelu(%s)", "silu(%s)", "sign(%s)",
  "clip_by_value(%s, -0.5, 2)", "clip_by_value(%s, 0, 0)", "where(%s > 1, %s, 2)", "where(%s, 0.5, %s)",
  "%s >= %s", "%s < %s", "where(A < x, %s, %s)", "dropout(%s, 0.4)", "%s == %s", "%s != %s", "%s <= %s",
  "stop_gradient(%s)", "%s ** 3", "%s * 0.3333", "%s - 2", "%s",
};

static const char * const tensor_models[] = {
  "m=W * r\nloss=reduce_sum(square(m))", "m=W + c\nloss=reduce_mean(exp(m))", "m=W / c - r\nloss=reduce_mean(tanh(m))",
  "m=matmul(W, transpose(V))\nloss=reduce_sum(m * m)", "m=matmul(transpose(W), V)\nloss=reduce_sum(sin(matmul(m, m)))",
  "m=reduce_sum(W, 0) * reduce_mean(V, 0)\nloss=reduce_sum(m)",
  "m=reshape(W, [3, 2])\nloss=reduce_mean(sigmoid(matmul(m, Q)))", "m=expand_dims(r, 0) * c\nloss=reduce_mean(m * W)",
  "m=softmax_cross_entropy_with_logits(labels=V, logits=W)\nloss=reduce_mean(m)",
  "m=sigmoid_cross_entropy_with_logits(labels=V, logits=W)\nloss=reduce_sum(m)",
  "m=softmax(W)\nloss=reduce_sum(m * V)", "m=log_softmax(W * 3)\nloss=reduce_mean(m * V)",
  "m=reduce_max(W, 0) - reduce_min(V, 0)\nloss=reduce_sum(m * m)",
  "m=reduce_max(V - V, 1)\nloss=reduce_sum(m) + reduce_max(W)",
  "m=l2_loss(W) + reduce_min(V)\nloss=m * m",
  "m=l2_loss(A) * A\nloss=m + reduce_sum(softmax(A)) + reduce_sum(log_softmax(A))",
  "m=concat([W, V, W], 1)\nloss=reduce_sum(m * m)", "m=stack([r, r * r], axis=-1)\nloss=reduce_sum(matmul(m, Q))",
  "m=where(W > V, W * V, r)\nloss=reduce_sum(m)", "m=dropout(W, 0.5) * V\nloss=reduce_sum(m)",
  "m=one_hot(argmax(W, 1), 3) * W\nloss=reduce_sum(m * m)",
  "m=sparse_softmax_cross_entropy_with_logits(labels=argmax(V, 1), logits=W)\nloss=reduce_mean(m)",
  "m=argmax(W, 0) + reduce_sum(concat([V, W * c], axis=0), 0)\nloss=reduce_sum(tanh(m))",
  "m=relu(W) + abs(V)\nloss=reduce_sum(m)",
  "m=relu(W - W) * V\nloss=reduce_sum(m)",
};

static const char *
pick (GRand              *rand,
      const char * const *texts,
      gsize               n)
{
  return texts[g_rand_int_range (rand, 0, (gint32) n)];
}

/* Something that is there already: a variable, a placeholder, a node before. */
static char *
pick_operand (GRand *rand,
              guint  n_nodes)
{
  static const char * const leaves[] = { "A", "B", "x", "A", "y" };

  if (n_nodes > 0 && g_rand_boolean (rand))
    return g_strdup_printf ("n_%d", MAX (0, (int) n_nodes - 1 - g_rand_int_range (rand, 0, 2)));

  return g_strdup (pick (rand, leaves, G_N_ELEMENTS (leaves)));
}

static char *
make_scalar_model (GRand *rand)
{
  GString *model = g_string_new ("[Data]\nSamples=5\nx=normal(1, 1)\ny=uniform(0, 1)\n[Variables]\n");
  const guint n_nodes = (guint) g_rand_int_range (rand, 1, 5);
  static const char * const values[] = {
    "normal(0, 1)", "normal(0, 3)", "0", "1", "-2", "0.5", "uniform(1, 20)", "40",
  };

  g_string_append_printf (model, "A=%s\nB=%s\n[Model]\n", pick (rand, values, G_N_ELEMENTS (values)),
                          pick (rand, values, G_N_ELEMENTS (values)));
  for (guint i = 0; i < n_nodes; i++)
    {
      const char *part = pick (rand, scalar_parts, G_N_ELEMENTS (scalar_parts));
      g_auto (GStrv) pieces = g_strsplit (part, "%s", -1);
      g_autofree char *first = pick_operand (rand, i);
      g_autofree char *second = pick_operand (rand, i);

      g_string_append_printf (model, "n_%u=%s%s%s%s%s\n", i, pieces[0], first, pieces[1],
                              pieces[2] != NULL ? second : "", pieces[2] != NULL ? pieces[2] : "");
    }
  if (g_rand_boolean (rand))
    g_string_append_printf (model, "loss=square(n_%u - A)\n", n_nodes - 1);
  else
    g_string_append_printf (model, "loss=n_%u * A + B\n", n_nodes - 1);

  return g_string_free (model, FALSE);
}

static char *
make_tensor_model (GRand *rand)
{
  return g_strdup_printf ("[Variables]\nW=normal(0, 1) [2, 3]\nV=uniform(0.2, 1) [2, 3]\nr=normal(0, 1) [3]\n"
                          "c=uniform(0.5, 1) [2, 1]\nQ=normal(0, 1) [2, 2]\n[Model]\n%s\n",
                          pick (rand, tensor_models, G_N_ELEMENTS (tensor_models)));
}

static BpTrainer *
make_trainer (GRand *rand,
              guint  number,
              char **text)
{
  static const char * const optimizers[] = {
    "gradient-descent", "momentum", "nesterov", "adagrad", "rmsprop", "adam", "adamw",
  };
  static const char * const schedules[] = {
    "", "", "", "", "Schedule=step(2, 0.5)\n", "Schedule=exponential(0.9)\n", "Schedule=cosine\n",
    "Schedule=warmup(3)\n",
  };
  static const double rates[] = { 1e-6, 0.001, 0.03, 0.1, 0.25, 1, 5, 1000 };
  g_autofree char *model = number % 4 == 3 ? make_tensor_model (rand) : make_scalar_model (rand);
  g_autoptr (BpExperiment) experiment = NULL;

  *text = g_strdup_printf ("[Experiment]\nIterations=4\nSeed=%u\n%s[Optimizer]\nName=%s\nLearningRate=%g\n%s%s%s",
                           number, model, optimizers[number % G_N_ELEMENTS (optimizers)],
                           rates[g_rand_int_range (rand, 0, G_N_ELEMENTS (rates))],
                           pick (rand, schedules, G_N_ELEMENTS (schedules)),
                           g_rand_int_range (rand, 0, 8) == 0 ? "Maximize=true\n" : "",
                           g_rand_int_range (rand, 0, 8) == 0 ? "KeepGradients=true\n" : "");
  experiment = bp_experiment_new_from_data (*text, -1, "random", NULL, NULL);

  return experiment != NULL ? bp_trainer_new (experiment, NULL) : NULL;
}

/* The walk */

static void
check_position (Walk *walk)
{
  BpGraph *graph = bp_trainer_get_graph (walk->trainer);

  walk_compare_numbers (walk);
  walk_check (walk, BP_NODE_NONE);
  for (guint node = 0; node < bp_graph_get_n_nodes (graph); node++)
    {
      walk_check (walk, node);
      if (bp_graph_get_n_elements (graph, node) > 1)
        walk_check_elements (walk, node);
      for (guint input = 0; input < bp_graph_get_n_inputs (graph, node); input++)
        walk_check_local (walk, node, input);
    }
}

static void
check_experiment (BpTrainer  *trainer,
                  const char *text,
                  guint      *counts)
{
  g_auto (Walk) walk = { NULL, };

  walk_init (&walk, trainer, text, counts);
  check_position (&walk);
  while (bp_trainer_step_node (trainer, 1))
    {
      walk_follow (&walk);
      check_position (&walk);
    }
  walk_check_end (&walk);
}

static void
test_truth (void)
{
  const char *number = g_getenv ("BP_TRUTH_EXPERIMENTS"), *seed = g_getenv ("BP_TRUTH_SEED");
  const guint n = number != NULL ? (guint) g_ascii_strtoull (number, NULL, 10) : N_EXPERIMENTS;
  g_autoptr (GRand) rand = g_rand_new_with_seed (seed != NULL ? (guint32) g_ascii_strtoull (seed, NULL, 10) : 1);
  guint counts[N_KINDS] = { 0 }, n_made = 0, sum = 0;

  for (guint i = 0; i < n; i++)
    {
      g_autofree char *text = NULL;
      g_autoptr (BpTrainer) trainer = make_trainer (rand, i, &text);

      if (trainer == NULL)
        continue;
      check_experiment (trainer, text, counts);
      n_made++;
    }

  for (guint i = 0; i < N_KINDS; i++)
    {
      g_test_message ("%s: %u", kind_names[i], counts[i]);
      sum += counts[i];
    }
  g_test_message ("%u statements of %u experiments", sum, n_made);
  g_assert_cmpuint (sum, >=, 100 * n_made);
}

int
main (int   argc,
      char *argv[])
{
  g_test_init (&argc, &argv, NULL);

  g_test_add_func ("/explain-truth/random", test_truth);

  return g_test_run ();
}
