/* bp-template.c: experiments to begin with
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "templates/bp-template.h"

#include <glib/gi18n-lib.h>
#include <math.h>

#include "base/bp-error.h"
#include "base/bp-number.h"
#include "experiment/bp-experiment.h"
#include "graph/bp-expression.h"
#include "templates/bp-layer-sizes.h"

#define BATCH_SIZE 20

static const struct {
  const char *title;
  const char *description;
} kinds[BP_N_TEMPLATES] = {
  [BP_TEMPLATE_FUNCTION_1] = { N_("Function of one variable"), N_("Walk down a curve.") },
  [BP_TEMPLATE_FUNCTION_2] = { N_("Function of two variables"), N_("Walk down into a valley.") },
  [BP_TEMPLATE_REGRESSION] = { N_("Regression"), N_("Fit a line through points.") },
  [BP_TEMPLATE_CLASSIFICATION] = { N_("Classification"), N_("Tell two classes apart.") },
  [BP_TEMPLATE_NETWORK] = { N_("Network"), N_("Layers of neurons.") },
  [BP_TEMPLATE_EMPTY] = { N_("Empty"), N_("Write the model yourself.") },
};

static const BpTemplateFunction functions_1[] = {
  { N_("Parabola"), "x ** 2", { 4 }, 0.1 },
  { N_("Two valleys"), "x ** 4 / 4 - x ** 2 + x / 3", { 0.3 }, 0.1 },
  { N_("Kink"), "abs(x)", { 2.2 }, 0.3 },
  { N_("Waves"), "x ** 2 / 10 + sin(3 * x)", { 4 }, 0.02 },
};

static const BpTemplateFunction functions_2[] = {
  { N_("Bowl"), "x ** 2 + 10 * y ** 2", { 4, 1 }, 0.05 },
  { N_("Bent valley"), "(1 - x) ** 2 + 10 * (y - x ** 2) ** 2", { -1, 1.5 }, 0.01 },
  { N_("Saddle"), "x ** 2 - y ** 2 + y ** 4 / 4", { 2, 0.02 }, 0.1 },
};

const char *
bp_template_get_title (BpTemplateKind kind)
{
  g_return_val_if_fail (kind < BP_N_TEMPLATES, NULL);

  return _(kinds[kind].title);
}

const char *
bp_template_get_description (BpTemplateKind kind)
{
  g_return_val_if_fail (kind < BP_N_TEMPLATES, NULL);

  return _(kinds[kind].description);
}

const BpTemplateFunction *
bp_template_get_functions (BpTemplateKind kind,
                           guint         *n_functions)
{
  *n_functions = kind == BP_TEMPLATE_FUNCTION_1 ? G_N_ELEMENTS (functions_1) : G_N_ELEMENTS (functions_2);

  return kind == BP_TEMPLATE_FUNCTION_1 ? functions_1 : functions_2;
}

/* What leaves the shape to be seen: the arms of spirals are close to each other. */
static double
get_noise (BpGeneratorKind kind)
{
  switch (kind)
    {
    case BP_GENERATOR_SPIRALS:
      return 0.02;
    case BP_GENERATOR_BLOBS:
      return 0.6;
    case BP_GENERATOR_LINE:
      return 0.3;
    default:
      return 0.1;
    }
}

void
bp_template_init (BpTemplate    *self,
                  BpTemplateKind kind)
{
  guint n_functions;
  const BpTemplateFunction *function = bp_template_get_functions (kind, &n_functions);
  gboolean is_network = kind == BP_TEMPLATE_NETWORK;
  BpGeneratorKind generator = is_network ? BP_GENERATOR_CIRCLES
                              : kind == BP_TEMPLATE_REGRESSION ? BP_GENERATOR_LINE : BP_GENERATOR_BLOBS;

  g_return_if_fail (self != NULL && kind < BP_N_TEMPLATES);

  *self = (BpTemplate) {
    .kind = kind,
    .title = g_strdup (kind == BP_TEMPLATE_EMPTY ? _("My model") : bp_template_get_title (kind)),
    .formula = g_strdup (function->formula),
    .start = { function->start[0], function->start[1] },
    .learning_rate = function->learning_rate,
    .layers = g_strdup (is_network ? "2-8-8-1" : NULL),
    .activation = bp_activation_get_names ()[0],
    .loss = kind == BP_TEMPLATE_REGRESSION ? BP_LOSS_SQUARED : BP_LOSS_SIGMOID,
    .optimizer = is_network ? BP_OPTIMIZER_ADAM : BP_OPTIMIZER_GRADIENT_DESCENT,
    .generator = { .kind = generator, .n_samples = is_network ? 200 : 100, .noise = get_noise (generator) },
    .test_share = is_network ? 0.2 : 0,
  };
}

void
bp_template_clear (BpTemplate *self)
{
  g_clear_pointer (&self->title, g_free);
  g_clear_pointer (&self->formula, g_free);
  g_clear_pointer (&self->layers, g_free);
}

/* What the data have */

static guint
count_inputs (const BpTemplate *self)
{
  return g_strv_length ((char **) bp_generator_get_columns (&self->generator)) - 1;
}

static gboolean
has_classes (const BpTemplate *self)
{
  return g_str_equal (bp_generator_get_columns (&self->generator)[count_inputs (self)], BP_GENERATOR_LABEL);
}

static guint
count_outputs (const BpTemplate *self)
{
  return self->loss == BP_LOSS_SOFTMAX ? 2 : 1;
}

/* Sets inputs and outputs to what data and loss need, if the rest can be read. */
static void
fit_layers (BpTemplate *self)
{
  g_autoptr (GArray) sizes = self->layers != NULL ? bp_layer_sizes_parse (self->layers, 2, NULL) : NULL;

  if (sizes == NULL)
    return;

  g_array_index (sizes, guint, 0) = count_inputs (self);
  g_array_index (sizes, guint, sizes->len - 1) = count_outputs (self);
  g_free (self->layers);
  self->layers = bp_layer_sizes_to_string (sizes, "-");
}

void
bp_template_set_generator (BpTemplate     *self,
                           BpGeneratorKind kind)
{
  gboolean had_classes = has_classes (self);

  g_return_if_fail (kind != BP_GENERATOR_NONE);

  if (self->generator.noise == get_noise (self->generator.kind))
    self->generator.noise = get_noise (kind);
  self->generator.kind = kind;
  if (has_classes (self) == had_classes)
    return;

  self->loss = had_classes ? BP_LOSS_SQUARED : BP_LOSS_SIGMOID;
  fit_layers (self);
}

void
bp_template_set_loss (BpTemplate *self,
                      BpLossKind  loss)
{
  g_return_if_fail (loss < BP_N_LOSSES);

  self->loss = loss;
  fit_layers (self);
}

gboolean
bp_template_may_have_loss (const BpTemplate *self,
                           BpLossKind        loss)
{
  return loss < BP_LOSS_SIGMOID || has_classes (self);
}

GArray *
bp_template_parse_layers (const BpTemplate *self,
                          GError          **error)
{
  g_autoptr (GArray) sizes = NULL;
  guint n_inputs, n_outputs;

  g_return_val_if_fail (self != NULL && self->layers != NULL, NULL);

  n_inputs = count_inputs (self);
  n_outputs = count_outputs (self);
  sizes = bp_layer_sizes_parse (self->layers, 2, error);
  if (sizes == NULL)
    return NULL;

  if (g_array_index (sizes, guint, 0) != n_inputs)
    g_set_error (error, BP_ERROR, BP_ERROR_VALUE,
                 ngettext ("These data have %u input, so that the first number is %u",
                           "These data have %u inputs, so that the first number is %u", n_inputs), n_inputs, n_inputs);
  else if (g_array_index (sizes, guint, sizes->len - 1) != n_outputs)
    g_set_error (error, BP_ERROR, BP_ERROR_VALUE,
                 ngettext ("This loss takes %u output, so that the last number is %u",
                           "This loss takes %u outputs, so that the last number is %u", n_outputs),
                 n_outputs, n_outputs);
  else
    return g_steal_pointer (&sizes);

  return NULL;
}

/* Texts */

static gboolean
check_formula (const BpTemplate *self,
               GError          **error)
{
  g_autoptr (BpGraph) graph = bp_graph_new ();
  const BpOpAttributes attributes = { .shape = { .rank = 1, .dims = { 1 } } };

  bp_graph_add (graph, "x", BP_OP_VARIABLE, NULL, &attributes, NULL);
  if (self->kind == BP_TEMPLATE_FUNCTION_2)
    bp_graph_add (graph, "y", BP_OP_VARIABLE, NULL, &attributes, NULL);

  return bp_expression_add_to_graph (graph, self->formula, "loss", error) != BP_NODE_NONE;
}

/* Steps of Adam have the size of its learning rate, those of gradient descent that of the gradient. Sigmoids pass
 * little of a gradient on. */
static double
get_learning_rate (const BpTemplate *self)
{
  gboolean has_hidden = self->kind == BP_TEMPLATE_NETWORK;
  gboolean is_function = self->kind <= BP_TEMPLATE_FUNCTION_2;

  switch (self->optimizer)
    {
    case BP_OPTIMIZER_GRADIENT_DESCENT:
      return is_function ? self->learning_rate : has_hidden && self->loss >= BP_LOSS_SIGMOID ? 0.3 : 0.1;
    case BP_OPTIMIZER_MOMENTUM:
    case BP_OPTIMIZER_NESTEROV:
      return is_function ? self->learning_rate : has_hidden ? 0.05 : 0.02;
    case BP_OPTIMIZER_ADAGRAD:
      return is_function ? 0.5 : 0.1;
    case BP_OPTIMIZER_RMSPROP:
      return has_hidden ? 0.01 : 0.05;
    default:
      if (has_hidden && !g_str_equal (self->activation, "sigmoid"))
        return self->generator.kind == BP_GENERATOR_SPIRALS ? 0.05 : 0.03;
      return has_hidden || is_function ? 0.1 : 0.05;
    }
}

static char *
write_function (const BpTemplate *self,
                GError          **error)
{
  g_autoptr (GString) text = g_string_new ("[Experiment]\n");
  guint n_variables = self->kind == BP_TEMPLATE_FUNCTION_2 ? 2 : 1;
  g_autofree char *rate = bp_number_to_shortest (get_learning_rate (self));

  if (!check_formula (self, error))
    return NULL;

  bp_model_text_append (text, "Title", self->title);
  g_string_append (text, "Iterations=100\n\n[Variables]\n");
  for (guint i = 0; i < n_variables; i++)
    {
      g_autofree char *start = bp_number_to_shortest (self->start[i]);

      g_string_append_printf (text, "%c=%s\n", "xy"[i], start);
    }
  g_string_append_printf (text, "\n[Model]\nloss=%s\n\n[Optimizer]\nName=%s\nLearningRate=%s\n", self->formula,
                          bp_optimizer_get_class (self->optimizer)->name, rate);

  return g_string_free (g_steal_pointer (&text), FALSE);
}

static char *
write_empty (const BpTemplate *self)
{
  g_autoptr (GString) text = g_string_new ("[Experiment]\n");

  bp_model_text_append (text, "Title", self->title);
  g_string_append_printf (text, "Iterations=100\n\n# %s\n",
                          /* Translators: a comment in an experiment file; what has “=” in it stays as it is. */
                          _("What the model is given, if anything: [Data] with x=normal(0, 1), Generator=circles(200) "
                            "or File=points.csv"));
  g_string_append_printf (text, "\n[Variables]\n# %s\nA=0\n", _("What training changes, and where it starts"));
  g_string_append_printf (text, "\n[Model]\n# %s\nloss=square(A - 10)\n",
                          _("What is computed, each line from those above; the last one is the loss"));
  g_string_append (text, "\n[Optimizer]\nName=gradient-descent\nLearningRate=0.1\n");

  return g_string_free (g_steal_pointer (&text), FALSE);
}

static char *
write_model (const BpTemplate *self,
             GError          **error)
{
  const guint no_hidden[] = { count_inputs (self), count_outputs (self) };
  g_autofree char *generator = bp_generator_to_string (&self->generator);
  g_autofree char *data = g_strdup_printf ("Generator=%s\n", generator);
  g_autoptr (GArray) layers = NULL;
  const char * const *columns = bp_generator_get_columns (&self->generator);
  gsize n_test = (gsize) round (self->test_share * (double) self->generator.n_samples);
  gsize n_rows = MAX (self->generator.n_samples, n_test + 1) - n_test;

  if (self->kind == BP_TEMPLATE_NETWORK)
    layers = bp_template_parse_layers (self, error);
  else
    layers = g_array_append_vals (g_array_new (FALSE, FALSE, sizeof (guint)), no_hidden, 2);
  if (layers == NULL)
    return NULL;

  BpModelText model = {
    .title = self->title,
    .data = data,
    .inputs = columns,
    .n_inputs = count_inputs (self),
    .target = columns[count_inputs (self)],
    .layers = layers,
    .activation = self->activation,
    .loss = self->loss,
    .n_rows = n_rows,
    .test_share = self->test_share,
    .start = "normal(0, 1)",
    .theory = self->generator.kind == BP_GENERATOR_LINE && layers->len == 2 ? "slope: 2; intercept: 1" : NULL,
    .optimizer = self->optimizer,
    .learning_rate = get_learning_rate (self),
    .iterations = self->kind != BP_TEMPLATE_NETWORK ? 200 : self->generator.kind == BP_GENERATOR_SPIRALS ? 3000 : 1000,
    .batch_size = MIN (BATCH_SIZE, n_rows),
  };

  return bp_model_text_write (&model);
}

/* Whether it can be trained, which the choices alone do not say. */
static gboolean
check_text (const BpTemplate *self,
            const char       *text,
            GError          **error)
{
  g_autoptr (BpExperiment) experiment = bp_experiment_new_from_data (text, -1, self->title, NULL, error);

  return experiment != NULL;
}

char *
bp_template_to_text (const BpTemplate *self,
                     GError          **error)
{
  g_autofree char *text = NULL;

  g_return_val_if_fail (self != NULL, NULL);

  if (self->kind == BP_TEMPLATE_EMPTY)
    text = write_empty (self);
  else if (self->kind <= BP_TEMPLATE_FUNCTION_2)
    text = write_function (self, error);
  else
    text = write_model (self, error);

  return text != NULL && check_text (self, text, error) ? g_steal_pointer (&text) : NULL;
}
