/* benchmark-network.c: a train step of networks against C written by hand, NumPy and PyTorch
 *
 * A train step of the session: a batch is fed, then forward, backward, and the update by gradient descent. Hidden
 * layers are tanh. What is written by hand makes the same sums of the same numbers, row by row, with loops that
 * compilers make vectors of, and libm's functions; both must end at the same parameters. NumPy and PyTorch run
 * benchmark-network.py, one thread each, where they are installed.
 *
 * Goals: at most two thirds of the time of NumPy and PyTorch, and of 64-32-10 at most 1.5 times that of C.
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include <math.h>
#include <stdio.h>
#include <string.h>

#include "base/bp-random.h"
#include "benchmark.h"
#include "session/bp-session.h"

#define MAX_LAYERS 3
#define LEARNING_RATE 0.01

typedef struct {
  const char *name;
  gsize       batch;
  gsize       n_layers;
  gsize       sizes[MAX_LAYERS + 1];
  gsize       n_steps;              /* a round */
  double      goal;                 /* of the ratio to what is written by hand, 0 for none */
} Network;

static const Network networks[] = {
  { "2-4-2-1",     10, 3, { 2, 4, 2, 1 },     20000, 0 },
  { "2-8-8-1",     10, 3, { 2, 8, 8, 1 },     10000, 0 },
  { "2-32-32-1",   32, 3, { 2, 32, 32, 1 },   1000, 0 },
  { "64-32-10",    32, 2, { 64, 32, 10 },     500, 1.5 },
  { "2-128-128-1", 64, 3, { 2, 128, 128, 1 }, 50, 0 },
};

static gsize
get_n_parameters (const Network *network)
{
  gsize n = 0;

  for (gsize i = 0; i < network->n_layers; i++)
    n += (network->sizes[i] + 1) * network->sizes[i + 1];

  return n;
}

static gboolean
has_classes (const Network *network)
{
  return network->sizes[network->n_layers] > 1;
}

/* Inputs, then targets, of a batch; parameters where they start, matrix and bias of a layer after the other. */
typedef struct {
  double *inputs;
  double *targets;
  double *parameters;
} Numbers;

static void
numbers_init (Numbers       *numbers,
              const Network *network)
{
  const guint64 key = bp_random_key (1, network->name);
  const gsize n_outputs = network->sizes[network->n_layers];
  const gsize n_inputs = network->batch * network->sizes[0], n_targets = network->batch * n_outputs;
  const gsize n_parameters = get_n_parameters (network);

  numbers->inputs = g_new (double, n_inputs);
  numbers->targets = g_new0 (double, n_targets);
  numbers->parameters = g_new (double, n_parameters);
  for (gsize i = 0; i < n_inputs; i++)
    numbers->inputs[i] = bp_random_normal (key, i);
  for (gsize i = 0; i < network->batch; i++)
    numbers->targets[i * n_outputs + i % n_outputs] = has_classes (network) ? 1 : i % 2;
  for (gsize i = 0; i < n_parameters; i++)
    numbers->parameters[i] = 0.3 * bp_random_normal (key, n_inputs + i);
}

static void
numbers_clear (Numbers *numbers)
{
  g_free (numbers->inputs);
  g_free (numbers->targets);
  g_free (numbers->parameters);
}

/* The program's */

static guint
add (BpGraph *graph,
     BpOp     op,
     guint    a,
     guint    b)
{
  const guint inputs[] = { a, b };

  return bp_graph_add (graph, NULL, op, inputs, NULL, NULL);
}

static guint
add_leaf (BpGraph    *graph,
          const char *name,
          BpOp        op,
          guint       rank,
          gsize       n_rows,
          gsize       n_columns)
{
  const BpOpAttributes attributes = {
    .shape = { rank, { rank == 1 ? n_columns : n_rows, rank == 1 ? 1 : n_columns, 1, 1 } },
  };

  return bp_graph_add (graph, name, op, NULL, &attributes, NULL);
}

static BpGraph *
graph_new (const Network *network)
{
  BpGraph *graph = bp_graph_new ();
  const gsize *sizes = network->sizes, last = network->n_layers;
  guint node = add_leaf (graph, "inputs", BP_OP_PLACEHOLDER, 2, network->batch, sizes[0]);
  guint targets = add_leaf (graph, "targets", BP_OP_PLACEHOLDER, 2, network->batch, sizes[last]);

  for (gsize i = 0; i < last; i++)
    {
      guint matrix = add_leaf (graph, NULL, BP_OP_VARIABLE, 2, sizes[i], sizes[i + 1]);
      guint bias = add_leaf (graph, NULL, BP_OP_VARIABLE, 1, 1, sizes[i + 1]);

      node = add (graph, BP_OP_ADD, add (graph, BP_OP_MATMUL, node, matrix), bias);
      if (i + 1 < last)
        node = add (graph, BP_OP_TANH, node, BP_NODE_NONE);
    }
  if (has_classes (network))
    node = add (graph, BP_OP_SOFTMAX_CROSS_ENTROPY, targets, node);
  else
    node = add (graph, BP_OP_SQUARE, add (graph, BP_OP_SUBTRACT, node, targets), BP_NODE_NONE);
  bp_graph_set_loss (graph, add (graph, BP_OP_REDUCE_MEAN, node, BP_NODE_NONE));

  return graph;
}

static double
time_session (const Network *network,
              const Numbers *numbers,
              double        *parameters)
{
  g_autoptr (BpGraph) graph = graph_new (network);
  g_autoptr (BpSession) session = bp_session_new (graph, NULL);
  const gsize n_parameters = get_n_parameters (network);
  const guint inputs = bp_graph_get_placeholder (graph, 0), targets = bp_graph_get_placeholder (graph, 1);
  double *current = bp_session_get_parameters (session);
  const double *gradients = bp_session_get_parameter_gradients (session);
  double start;

  memcpy (current, numbers->parameters, n_parameters * sizeof (double));
  start = benchmark_now ();
  for (gsize step = 0; step < network->n_steps; step++)
    {
      bp_session_feed (session, inputs, numbers->inputs, network->batch * network->sizes[0]);
      bp_session_feed (session, targets, numbers->targets, network->batch * network->sizes[network->n_layers]);
      bp_session_forward (session);
      bp_session_backward (session);
      for (gsize i = 0; i < n_parameters; i++)
        current[i] -= LEARNING_RATE * gradients[i];
    }
  memcpy (parameters, current, n_parameters * sizeof (double));

  return benchmark_now () - start;
}

/* By hand */

/* What a layer computes; its matrix has a row for each input. */
typedef struct {
  gsize   n_inputs, n_outputs;
  double *matrix, *bias;
  double *d_matrix, *d_bias;
  double *outputs, *d_outputs;
} Layer;

static void
compute_layer (const Layer   *layer,
               gsize          batch,
               const double  *inputs,
               gboolean       is_hidden)
{
  const gsize m = layer->n_outputs;

  for (gsize i = 0; i < batch; i++)
    {
      double * restrict row = layer->outputs + i * m;

      memset (row, 0, m * sizeof (double));
      for (gsize l = 0; l < layer->n_inputs; l++)
        for (gsize j = 0; j < m; j++)
          row[j] += inputs[i * layer->n_inputs + l] * layer->matrix[l * m + j];
      for (gsize j = 0; j < m; j++)
        row[j] += layer->bias[j];
      for (gsize j = 0; is_hidden && j < m; j++)
        row[j] = tanh (row[j]);
    }
}

/* From the gradients of a layer's outputs, those of its parameters and, unless NULL, of its inputs. */
static void
pass_back (const Layer  *layer,
           gsize         batch,
           const double *inputs,
           double       *d_inputs,
           gboolean      is_hidden)
{
  const gsize m = layer->n_outputs;

  memset (layer->d_matrix, 0, layer->n_inputs * m * sizeof (double));
  memset (layer->d_bias, 0, m * sizeof (double));
  for (gsize i = 0; i < batch; i++)
    {
      double * restrict gradient = layer->d_outputs + i * m;
      double * restrict d_bias = layer->d_bias;

      for (gsize j = 0; is_hidden && j < m; j++)
        gradient[j] *= 1 - layer->outputs[i * m + j] * layer->outputs[i * m + j];
      for (gsize j = 0; j < m; j++)
        d_bias[j] += gradient[j];
      for (gsize l = 0; l < layer->n_inputs; l++)
        {
          double * restrict row = layer->d_matrix + l * m;

          for (gsize j = 0; j < m; j++)
            row[j] += inputs[i * layer->n_inputs + l] * gradient[j];
        }
      for (gsize l = 0; d_inputs != NULL && l < layer->n_inputs; l++)
        {
          double sum = 0;

          for (gsize j = 0; j < m; j++)
            sum += gradient[j] * layer->matrix[l * m + j];
          d_inputs[i * layer->n_inputs + l] = sum;
        }
    }
}

/* The gradients of what the last layer puts out. Returns: the mean loss */
static double
compute_loss (const Layer  *last,
              gsize         batch,
              const double *targets)
{
  const gsize m = last->n_outputs;
  double loss = 0;

  for (gsize i = 0; i < batch * m; i += m)
    {
      double largest = last->outputs[i], sum = 0;

      for (gsize j = 1; j < m; j++)
        largest = fmax (largest, last->outputs[i + j]);
      for (gsize j = 0; m > 1 && j < m; j++)
        sum += last->d_outputs[i + j] = exp (last->outputs[i + j] - largest);
      for (gsize j = 0; m > 1 && j < m; j++)
        {
          loss += targets[i + j] * (log (sum) + largest - last->outputs[i + j]);
          last->d_outputs[i + j] = (last->d_outputs[i + j] / sum - targets[i + j]) / batch;
        }
      if (m == 1)
        {
          const double residual = last->outputs[i] - targets[i];

          loss += residual * residual;
          last->d_outputs[i] = 2 * residual / batch;
        }
    }

  return loss / batch;
}

static void
layers_init (Layer         *layers,
             const Network *network,
             double        *parameters,
             double        *gradients)
{
  for (gsize i = 0; i < network->n_layers; i++)
    {
      const gsize n = network->sizes[i], m = network->sizes[i + 1];

      layers[i] = (Layer) {
        .n_inputs = n, .n_outputs = m,
        .matrix = parameters, .bias = parameters + n * m, .d_matrix = gradients, .d_bias = gradients + n * m,
        .outputs = g_new (double, network->batch * m), .d_outputs = g_new (double, network->batch * m),
      };
      parameters += (n + 1) * m;
      gradients += (n + 1) * m;
    }
}

static double
time_hand (const Network *network,
           const Numbers *numbers,
           double        *parameters)
{
  const gsize n_parameters = get_n_parameters (network), last = network->n_layers - 1;
  g_autofree double *gradients = g_new (double, n_parameters);
  g_autofree double *inputs = g_new (double, network->batch * network->sizes[0]);
  Layer layers[MAX_LAYERS];
  double start;

  layers_init (layers, network, parameters, gradients);
  memcpy (parameters, numbers->parameters, n_parameters * sizeof (double));
  start = benchmark_now ();
  for (gsize step = 0; step < network->n_steps; step++)
    {
      memcpy (inputs, numbers->inputs, network->batch * network->sizes[0] * sizeof (double));
      for (gsize i = 0; i <= last; i++)
        compute_layer (&layers[i], network->batch, i == 0 ? inputs : layers[i - 1].outputs, i < last);
      benchmark_use (compute_loss (&layers[last], network->batch, numbers->targets));
      for (gsize i = last + 1; i-- > 0;)
        pass_back (&layers[i], network->batch, i == 0 ? inputs : layers[i - 1].outputs,
                   i == 0 ? NULL : layers[i - 1].d_outputs, i < last);
      for (gsize i = 0; i < n_parameters; i++)
        parameters[i] -= LEARNING_RATE * gradients[i];
    }
  start = benchmark_now () - start;

  for (gsize i = 0; i <= last; i++)
    {
      g_free (layers[i].outputs);
      g_free (layers[i].d_outputs);
    }

  return start;
}

/* Python's */

/* A process that is asked by a line for each measurement, "numpy 10 20000 2 8 8 1", and answers with seconds. */
typedef struct {
  FILE *to;
  FILE *from;
} Python;

static gboolean
python_start (Python     *python,
              const char *script,
              const char *module)
{
  char *command[] = { (char *) "/usr/bin/python3", (char *) script, (char *) module, NULL };
  char answer[16] = "";
  int to, from;

  if (!g_spawn_async_with_pipes (NULL, command, NULL, G_SPAWN_STDERR_TO_DEV_NULL, NULL, NULL, NULL, &to, &from, NULL,
                                 NULL))
    return FALSE;
  python->to = fdopen (to, "w");
  python->from = fdopen (from, "r");

  return fgets (answer, sizeof answer, python->from) != NULL && g_str_has_prefix (answer, "ready");
}

static double
time_python (const Python  *python,
             const Network *network)
{
  double seconds = NAN;

  fprintf (python->to, "%u %u", (guint) network->batch, (guint) MAX (network->n_steps / 20, 20));
  for (gsize i = 0; i <= network->n_layers; i++)
    fprintf (python->to, " %u", (guint) network->sizes[i]);
  fprintf (python->to, "\n");
  fflush (python->to);

  return fscanf (python->from, "%lf", &seconds) == 1 ? seconds * network->n_steps : NAN;
}

typedef enum {
  SESSION,
  HAND,
  NUMPY,
  TORCH,
  N_CANDIDATES
} Candidate;

static const char * const modules[N_CANDIDATES] = { [NUMPY] = "numpy", [TORCH] = "torch" };

static void
measure (const Network *network,
         const Python   pythons[N_CANDIDATES])
{
  const gsize n_parameters = get_n_parameters (network);
  g_autofree double *session = g_new (double, n_parameters), *hand = g_new (double, n_parameters);
  BenchmarkTimes times[N_CANDIDATES];
  Numbers numbers;

  numbers_init (&numbers, network);
  for (guint round = 0; round < BENCHMARK_ROUNDS; round++)
    {
      times[SESSION].rounds[round] = time_session (network, &numbers, session);
      times[HAND].rounds[round] = time_hand (network, &numbers, hand);
      for (Candidate i = NUMPY; i < N_CANDIDATES; i++)
        times[i].rounds[round] = pythons[i].from != NULL ? time_python (&pythons[i], network) : NAN;
    }
  for (gsize i = 0; i < n_parameters; i++)
    g_assert_cmpfloat_with_epsilon (session[i], hand[i], 1e-9);
  numbers_clear (&numbers);

  printf ("%-12s %3u", network->name, (guint) network->batch);
  for (Candidate i = 0; i < N_CANDIDATES; i++)
    printf (" %12.2f", 1e6 / network->n_steps * benchmark_median (&times[i]));
  printf (" %8.2f\n", benchmark_ratio (&times[SESSION], &times[HAND]));
  if (network->goal > 0)
    benchmark_goal (network->name, benchmark_ratio (&times[SESSION], &times[HAND]), network->goal, "");
  for (Candidate i = NUMPY; i < N_CANDIDATES; i++)
    if (pythons[i].from != NULL)
      {
        g_autofree char *what = g_strdup_printf ("%s, to %s", network->name, modules[i]);

        benchmark_goal (what, benchmark_ratio (&times[SESSION], &times[i]), 1 / 1.5, "");
      }
}

int
main (int    argc,
      char **argv)
{
  Python pythons[N_CANDIDATES] = { { NULL, NULL } };

  for (Candidate i = NUMPY; argc > 1 && i < N_CANDIDATES; i++)
    if (!python_start (&pythons[i], argv[1], modules[i]))
      pythons[i].from = NULL;
  printf ("µs a train step, medians of %d rounds\n", BENCHMARK_ROUNDS);
  printf ("%-12s %3s %12s %12s %12s %12s %8s\n", "layers", "of", "session", "hand-written", "NumPy", "PyTorch",
          "ratio");
  for (gsize i = 0; i < G_N_ELEMENTS (networks); i++)
    measure (&networks[i], pythons);

  return 0;
}
