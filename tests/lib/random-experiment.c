/* random-experiment.c: a grammar of saved runs that chooses among its rules as it is told
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "lib/random-experiment.h"

#define MAX_ITERATIONS 30
#define MAX_BATCH_SIZE 5
#define MAX_DEPTH 3

/* How many choices a seed makes. */
#define N_SEED_CHOICES 512

/**
 * Writer:
 * @choices: (array length=n_choices): those not made yet
 * @names: what expressions may refer to
 * @text: what is written
 */
typedef struct {
  const guint8 *choices;
  gsize         n_choices;
  GPtrArray    *names;
  GString      *text;
} Writer;

static guint
below (Writer *self,
       guint   n)
{
  if (self->n_choices == 0)
    return 0;

  self->n_choices--;

  return *self->choices++ % n;
}

#define choose(self, list) ((list)[below ((self), G_N_ELEMENTS (list))])

/* Not where no choices are left. */
static gboolean
once_in (Writer *self,
         guint   n)
{
  return below (self, n) == n - 1;
}

/* Expressions */

static const char *
choose_number (Writer *self)
{
  static const char *const plain[] = { "1", "2", "0.5", "3", "0" };
  static const char *const odd[] = { "1000", "1e300", "1e-300", "5e-324", "1e8" };

  return once_in (self, 6) ? choose (self, odd) : choose (self, plain);
}

/* Writes @form: "%" stands for any expression of at most @depth more forms, "#" for a number, "@" for a name. */
static void
append_form (Writer     *self,
             const char *form,
             guint       depth)
{
  /* Of one element, or one a sample. Those that are simple come first. */
  static const char *const forms[] = {
    "@", "#", "(% + %)", "(% - %)", "% * %", "@ * @", "square(%)", "tanh(%)", "% / %", "-%", "exp(%)", "log(%)",
    "sqrt(%)", "abs(%)", "relu(%)", "sigmoid(%)", "softplus(%)", "sin(%)", "cos(%)", "round(%)", "maximum(%, %)",
    "minimum(%, %)", "stop_gradient(%)", "% ** #", "pow(%, %)", "reduce_mean(%)", "reduce_sum(%)",
    "leaky_relu(%)", "leaky_relu(%, %)", "log1p(%)", "elu(%)", "gelu(%)", "silu(%)", "sign(%)",
    "clip_by_value(%, -1, 2)", "reduce_max(%)", "reduce_min(%)", "l2_loss(%)", "reduce_sum(softmax(W) * W)",
    "reduce_max(log_softmax(W))", "where(% > %, %, %)", "dropout(%, 0.5)", "% >= %",
    "reduce_sum(concat([W, W * W], 0))",
    "reduce_mean(stack([W, W], -1))", "reduce_sum(one_hot(argmax(W, 1), 2) * W)",
    "reduce_sum(sparse_softmax_cross_entropy_with_logits(labels=argmax(W, 1), logits=W))",
    "exp(1000 * %)", "1 / %", "log(-%)", "1 / exp(1000 * %)", "(% - @) / (@ - @)",
    "sigmoid_cross_entropy_with_logits(labels=%, logits=%)",
    "reduce_sum(tanh(matmul(reshape(@ + A, [-1, 1]), W)), 1)",
    "reduce_mean(softmax_cross_entropy_with_logits(labels=stop_gradient(W), logits=W))",
    "reduce_mean(transpose(W))", "reduce_sum(square(matmul(W, reshape(W, [2, 1]))))",
  };

  for (; *form != '\0'; form++)
    if (*form == '%')
      append_form (self, depth == 0 ? forms[below (self, 2)] : choose (self, forms), MAX (depth, 1) - 1);
    else if (*form == '#')
      g_string_append (self->text, choose_number (self));
    else if (*form == '@')
      g_string_append (self->text, g_ptr_array_index (self->names, below (self, self->names->len)));
    else
      g_string_append_c (self->text, *form);
}

static void
append_definition (Writer     *self,
                   const char *name,
                   const char *form)
{
  g_string_append_printf (self->text, "%s=", name);
  append_form (self, form, MAX_DEPTH);
  g_string_append_c (self->text, '\n');
  g_ptr_array_add (self->names, (gpointer) name);
}

/* What all runs of a file share, for only such runs can be compared */

static void
append_placeholder (Writer     *self,
                    const char *name,
                    guint       n_samples)
{
  static const char *const samples[] = { "1", "normal(1, 0.1)", "normal(0, 1)", "uniform(-2, 2)", "0", "10", "1e200" };

  if (n_samples > 1 && once_in (self, 3))
    g_string_append_printf (self->text, "%s=0 x 1; 1 x %u\n", name, n_samples - 1);
  else
    g_string_append_printf (self->text, "%s=%s\n", name, choose (self, samples));
  g_ptr_array_add (self->names, (gpointer) name);
}

static void
append_data (Writer *self,
             guint   n_samples)
{
  static const char *const samplings[] = { "random", "shuffled", "sequential" };

  g_string_append_printf (self->text, "\n[Data]\nSamples=%u\n", n_samples);
  append_placeholder (self, "x", n_samples);
  append_placeholder (self, "y", n_samples);
  g_string_append_printf (self->text, "Sampling=%s\n", choose (self, samplings));
  if (n_samples > 2 && once_in (self, 3))
    g_string_append (self->text, "Test=0.3\n");
}

static void
append_variables (Writer *self)
{
  static const char *const names[] = { "A", "B", "C" };
  static const char *const values[] = { "0", "normal(0, 1)", "1", "-3", "uniform(-1, 1)", "1e10", "1000" };
  static const char *const shapes[] = { "", " []", " [1]" };

  g_string_append (self->text, "\n[Variables]\n");
  for (guint i = 0, n = 1 + below (self, G_N_ELEMENTS (names)); i < n; i++)
    {
      const char *value = choose (self, values);

      g_string_append_printf (self->text, "%s=%s%s\n", names[i], value, choose (self, shapes));
      g_ptr_array_add (self->names, (gpointer) names[i]);
    }
  g_string_append_printf (self->text, "W=%s [1, 2]\n", choose (self, values));
}

static void
append_model (Writer *self)
{
  static const char *const names[] = { "h", "big", "residual" };
  static const char *const losses[] = {
    "square(A * % - @)", "square(A - #) + %", "abs(A - %)", "A * %",
    "sigmoid_cross_entropy_with_logits(labels=@, logits=A + %)",
  };

  g_string_append (self->text, "\n[Model]\n");
  for (guint i = 0, n = below (self, G_N_ELEMENTS (names) + 1); i < n; i++)
    append_definition (self, names[i], "%");
  append_definition (self, "loss", choose (self, losses));
}

static void
append_evaluation (Writer *self)
{
  g_string_append (self->text, "\n[Evaluate]\n");
  append_definition (self, "prediction", once_in (self, 3) ? "%" : "round(sigmoid(x * A))");
  g_string_append (self->text, "Target=y\n");
  if (once_in (self, 2))
    g_string_append (self->text, "Theory=A: 1\n");
}

/* A run */

static const char *
choose_optimizer (Writer *self)
{
  static const char *const names[] = {
    "gradient-descent", "momentum", "nesterov", "adagrad", "rmsprop", "adam", "adamw",
  };

  return choose (self, names);
}

static const char *
choose_learning_rate (Writer *self)
{
  static const char *const rates[] = { "0.1", "0.01", "0.5", "1.2", "1e6", "1e-12" };

  return choose (self, rates);
}

static void
append_change (Writer *self)
{
  switch (below (self, 5))
    {
    case 0:
    case 1:
      g_string_append_printf (self->text, "BatchSize=%u", 1 + below (self, MAX_BATCH_SIZE));
      break;
    case 2:
      g_string_append_printf (self->text, "LearningRate=%s", choose_learning_rate (self));
      break;
    case 3:
      g_string_append_printf (self->text, "Name=%s", choose_optimizer (self));
      break;
    default:
      g_string_append (self->text, once_in (self, 2) ? "Maximize=true" : "KeepGradients=true");
    }
}

static void
append_changes (Writer     *self,
                const char *owner)
{
  guint iteration = 0;

  g_string_append_printf (self->text, "\n[%sChanges]\n", owner);
  for (guint i = below (self, 4); i > 0; i--)
    {
      g_string_append_printf (self->text, "%u=", iteration += 1 + below (self, MAX_ITERATIONS / 4));
      append_change (self);
      if (once_in (self, 3))
        {
          g_string_append (self->text, "; Momentum=0.5; ");
          append_change (self);
        }
      g_string_append_c (self->text, '\n');
    }
}

/* Writes the run of @owner, "" or "Ghost 1/", whose data, variables and model are @model. */
static void
append_run (Writer     *self,
            const char *owner,
            const char *model)
{
  g_auto (GStrv) sections = g_strsplit (model, "\n[", -1);
  g_autofree char *separator = g_strconcat ("\n[", owner, NULL);
  g_autofree char *owned = g_strjoinv (separator, sections);

  g_string_append_printf (self->text, "\n[%sExperiment]\nIterations=%u\nBatchSize=%u\nSeed=%u\nReportEvery=3\n", owner,
                          1 + below (self, MAX_ITERATIONS), 1 + below (self, MAX_BATCH_SIZE), below (self, 256));
  g_string_append_printf (self->text, "%s\n[%sOptimizer]\nName=%s\n", owned, owner, choose_optimizer (self));
  g_string_append_printf (self->text, "LearningRate=%s\n", choose_learning_rate (self));
  if (once_in (self, 6))
    g_string_append (self->text, "KeepGradients=true\n");
  if (once_in (self, 8))
    g_string_append (self->text, "Maximize=true\n");
  append_changes (self, owner);
}

static char *
write_model (Writer *self)
{
  guint n_samples = below (self, 12);

  self->text = g_string_new (NULL);
  append_variables (self);
  if (n_samples > 0)
    append_data (self, n_samples);
  append_model (self);
  if (n_samples > 0 && once_in (self, 2))
    append_evaluation (self);

  return g_string_free (self->text, FALSE);
}

char *
random_experiment_write (const guint8 *choices,
                         gsize         n_choices)
{
  g_autoptr (GPtrArray) names = g_ptr_array_new ();
  Writer writer = { choices, n_choices, names, NULL };
  g_autofree char *model = write_model (&writer);

  writer.text = g_string_new ("# random");
  append_run (&writer, "", model);
  if (once_in (&writer, 2))
    g_string_append_printf (writer.text, "\n[Session]\nIteration=%u\nInstruction=%u\n",
                            below (&writer, MAX_ITERATIONS + 5), below (&writer, 40));
  for (guint i = 1, n = below (&writer, 3); i <= n; i++)
    {
      g_autofree char *owner = g_strdup_printf ("Ghost %u/", i);

      append_run (&writer, owner, model);
    }

  return g_string_free (writer.text, FALSE);
}

char *
random_experiment_write_seed (guint32 seed)
{
  g_autoptr (GRand) random = g_rand_new_with_seed (seed);
  guint8 choices[N_SEED_CHOICES];

  for (gsize i = 0; i < sizeof choices; i++)
    choices[i] = (guint8) g_rand_int (random);

  return random_experiment_write (choices, sizeof choices);
}
