/* bp-model-text.c: the text of an experiment that learns a column from others
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "templates/bp-model-text.h"

#include <glib/gi18n-lib.h>
#include <math.h>

#include "base/bp-number.h"

/* The significant digits of a mean beyond those that it has before its deviation begins. */
#define SCALE_DIGITS 3

typedef struct {
  const BpModelText *model;
  GString           *text;
  GPtrArray         *names;  /* that were made */
  const char        *inputs; /* what the model is given as a matrix */
  const char        *label;  /* what the target is as a class */
  guint              n_layers;
  gboolean           is_scalar; /* one input and one output, which are numbers and not matrices */
} Writer;

const char *
bp_loss_get_title (BpLossKind loss)
{
  static const char * const titles[] = {
    N_("Squared error"), N_("Absolute error"), N_("Sigmoid cross entropy"), N_("Softmax cross entropy")
  };

  g_return_val_if_fail (loss < BP_N_LOSSES, NULL);

  return _(titles[loss]);
}

const char * const *
bp_activation_get_names (void)
{
  static const char * const names[] = { "tanh", "relu", "sigmoid", "leaky_relu", "elu", "gelu", "silu", NULL };

  return names;
}

void
bp_model_text_append (GString    *text,
                      const char *key,
                      const char *value)
{
  g_autoptr (GKeyFile) file = g_key_file_new ();
  g_autofree char *escaped = NULL;

  g_return_if_fail (text != NULL && key != NULL && value != NULL);

  g_key_file_set_string (file, "Text", key, value);
  escaped = g_key_file_get_value (file, "Text", key, NULL);
  g_string_append_printf (text, "%s=%s\n", key, escaped);
}

static gboolean
is_column (const BpModelText *model,
           const char        *name)
{
  gboolean is_input = FALSE;

  for (guint i = 0; i < model->n_inputs && !is_input; i++)
    is_input = g_str_equal (model->inputs[i], name);

  return is_input || g_str_equal (model->target, name);
}

/* A node that has the name of a column would hide it. */
static const char *
make_name (Writer     *self,
           const char *name)
{
  g_autoptr (GString) made = g_string_new (name);

  while (is_column (self->model, made->str))
    g_string_append_c (made, '_');
  g_ptr_array_add (self->names, g_string_free (g_steal_pointer (&made), FALSE));

  return g_ptr_array_index (self->names, self->names->len - 1);
}

/* "W2"; without a number where there is only one layer. */
static const char *
make_numbered (Writer     *self,
               const char *name,
               guint       number,
               gboolean    is_only)
{
  g_autofree char *numbered = is_only ? g_strdup (name) : g_strdup_printf ("%s%u", name, number);

  return make_name (self, numbered);
}

static char *
format_mean (const BpStandard *scale)
{
  double ratio = fabs (scale->mean) / scale->deviation;
  double digits = ratio > 1 ? ceil (log10 (ratio)) + SCALE_DIGITS : SCALE_DIGITS;

  return bp_number_to_shortest (bp_number_round (scale->mean, (guint) CLAMP (digits, 1, BP_NUMBER_MAX_DIGITS)));
}

static char *
format_deviation (const BpStandard *scale)
{
  return bp_number_to_shortest (bp_number_round (scale->deviation, BP_NUMBER_DIGITS));
}

/* The numbers of all inputs; one alone without brackets. */
static void
append_list (Writer *self,
             char *(*format) (const BpStandard *scale))
{
  guint n = self->model->n_inputs;

  g_string_append (self->text, self->is_scalar ? "" : "[");
  for (guint i = 0; i < n; i++)
    {
      g_autofree char *number = format (&self->model->scales[i]);
      gboolean needs_parentheses = self->is_scalar && *number == '-';

      g_string_append_printf (self->text, needs_parentheses ? "%s(%s)" : "%s%s", i > 0 ? ", " : "", number);
    }
  g_string_append (self->text, self->is_scalar ? "" : "]");
}

static void
write_data (Writer *self)
{
  const BpModelText *model = self->model;

  g_string_append_printf (self->text, "\n[Data]\n%s", model->data);
  if (self->is_scalar)
    self->inputs = model->inputs[0];
  else
    {
      self->inputs = make_name (self, "inputs");
      g_string_append_printf (self->text, "%s=", self->inputs);
      for (guint i = 0; i < model->n_inputs; i++)
        g_string_append_printf (self->text, i > 0 ? ", %s" : "%s", model->inputs[i]);
      g_string_append_c (self->text, '\n');
    }

  g_string_append (self->text, "Sampling=shuffled\n");
  if (model->test_share > 0)
    {
      g_autofree char *share = bp_number_to_shortest (model->test_share);

      g_string_append_printf (self->text, "Test=%s\n", share);
    }
}

/* Functions that are no wider than their positive half want a wider start. */
static const char *
get_distribution (const BpModelText *model)
{
  return g_str_equal (model->activation, "tanh") || g_str_equal (model->activation, "sigmoid") ? "glorot_uniform()"
                                                                                             : "he_uniform()";
}

/* What one input is multiplied by, and what is added. */
static const char *
get_factor (const BpModelText *model)
{
  return model->loss == BP_LOSS_SIGMOID ? "weight" : "slope";
}

static const char *
get_summand (const BpModelText *model)
{
  return model->loss == BP_LOSS_SIGMOID ? "bias" : "intercept";
}

static void
write_variables (Writer *self)
{
  const GArray *sizes = self->model->layers;
  gboolean is_only = self->n_layers == 1;
  const char *start = is_only ? self->model->start : get_distribution (self->model);

  g_string_append (self->text, "\n[Variables]\n");
  if (self->is_scalar)
    {
      g_string_append_printf (self->text, "%s=%s\n", make_name (self, get_factor (self->model)), start);
      g_string_append_printf (self->text, "%s=%s\n", make_name (self, get_summand (self->model)), start);
    }

  for (guint i = 1; i <= self->n_layers && !self->is_scalar; i++)
    {
      guint n_outputs = g_array_index (sizes, guint, i);

      g_string_append_printf (self->text, "%s=%s [%u, %u]\n", make_numbered (self, "W", i, is_only), start,
                              g_array_index (sizes, guint, i - 1), n_outputs);
      g_string_append_printf (self->text, "%s=0 [%u]\n", make_numbered (self, "b", i, is_only), n_outputs);
    }
}

static void
write_standard (Writer *self)
{
  const char *inputs = self->inputs;

  if (self->model->scales == NULL)
    return;

  g_string_append (self->text, "# ");
  /* Translators: a comment in an experiment file. */
  g_string_append_printf (self->text, ngettext ("(x − mean) / deviation of the %zu row to train on",
                                                "(x − mean) / deviation of the %zu rows to train on",
                                                self->model->n_rows), self->model->n_rows);
  self->inputs = make_name (self, "standard");
  g_string_append_printf (self->text, "\n%s=(%s - ", self->inputs, inputs);
  append_list (self, format_mean);
  g_string_append (self->text, ") / ");
  append_list (self, format_deviation);
  g_string_append_c (self->text, '\n');
}

/* Returns: the name of the last layer */
static const char *
write_layers (Writer *self)
{
  gboolean is_only = self->n_layers == 1;
  const char *name = self->inputs;

  for (guint i = 1; i <= self->n_layers; i++)
    {
      const char *below = name;
      gboolean is_last = i == self->n_layers;
      const char *of_last = self->model->loss >= BP_LOSS_SIGMOID ? "logits" : "output";

      name = is_last ? make_name (self, of_last) : make_numbered (self, "hidden", i, self->n_layers == 2);
      if (self->is_scalar)
        g_string_append_printf (self->text, "%s=%s * %s + %s\n", name, below,
                                make_name (self, get_factor (self->model)),
                                make_name (self, get_summand (self->model)));
      else
        g_string_append_printf (self->text, is_last ? "%s=%smatmul(%s, %s) + %s\n" : "%s=%s(matmul(%s, %s) + %s)\n",
                                name, is_last ? "" : self->model->activation, below,
                                make_numbered (self, "W", i, is_only), make_numbered (self, "b", i, is_only));
    }

  return name;
}

/* Whether each class is one more than that before. */
static gboolean
are_consecutive (const BpModelText *model)
{
  for (guint i = 1; i < model->n_classes; i++)
    if (model->classes[i] != model->classes[i - 1] + 1)
      return FALSE;

  return TRUE;
}

/* Numbers the classes 0, 1, …: how many of them are less than the target. */
static void
write_label (Writer *self)
{
  const BpModelText *model = self->model;
  g_autofree char *first = NULL;

  self->label = model->target;
  if (model->classes == NULL)
    return;

  self->label = make_name (self, "label");
  first = bp_number_to_shortest (model->classes[0]);
  g_string_append_printf (self->text, "%s=", self->label);
  if (are_consecutive (model))
    g_string_append_printf (self->text, *first == '-' ? "%s + %s" : "%s - %s", model->target,
                            *first == '-' ? first + 1 : first);
  else
    for (guint i = 0; i + 1 < model->n_classes; i++)
      {
        g_autofree char *class = bp_number_to_shortest (model->classes[i]);

        g_string_append_printf (self->text, i > 0 ? " + (%s > %s)" : "(%s > %s)", model->target, class);
      }
  g_string_append_c (self->text, '\n');
}

static void
write_entropy (Writer     *self,
               const char *logits)
{
  gboolean is_softmax = self->model->loss == BP_LOSS_SOFTMAX;

  write_label (self);
  g_string_append_printf (self->text, "%s=%s_cross_entropy_with_logits(labels=", make_name (self, "xentropy"),
                          is_softmax ? "sparse_softmax" : "sigmoid");
  g_string_append_printf (self->text, is_softmax || self->is_scalar ? "%s" : "expand_dims(%s, 1)", self->label);
  g_string_append_printf (self->text, ", logits=%s)\n", logits);
}

static void
write_error (Writer     *self,
             const char *output)
{
  const BpModelText *model = self->model;
  const BpStandard *scale = model->target_scale;
  g_autofree char *target = g_strdup_printf (self->is_scalar ? "%s" : "expand_dims(%s, 1)", model->target);
  const char *residual = make_name (self, "residual");

  if (scale == NULL)
    g_string_append_printf (self->text, "%s=%s - %s\n", residual, output, target);
  else
    {
      g_autofree char *mean = format_mean (scale);
      g_autofree char *deviation = format_deviation (scale);
      const char *prediction = make_name (self, "prediction");

      g_string_append_printf (self->text, *mean == '-' ? "%s=%s * %s - %s\n" : "%s=%s * %s + %s\n", prediction, output,
                              deviation, *mean == '-' ? mean + 1 : mean);
      g_string_append_printf (self->text, "%s=(%s - %s) / %s\n", residual, prediction, target, deviation);
    }
  g_string_append_printf (self->text, "%s=%s(%s)\n", make_name (self, "loss"),
                          model->loss == BP_LOSS_SQUARED ? "square" : "abs", residual);
}

static void
write_optimizer (Writer *self)
{
  g_autofree char *rate = bp_number_to_shortest (self->model->learning_rate);

  g_string_append_printf (self->text, "\n[Optimizer]\nName=%s\nLearningRate=%s\n",
                          bp_optimizer_get_class (self->model->optimizer)->name, rate);
}

/* Appends what class @node is, which is 0, 1, …, as a number of the target. */
static void
append_class (Writer     *self,
              const char *node)
{
  const BpModelText *model = self->model;
  g_autofree char *first = model->classes != NULL ? bp_number_to_shortest (model->classes[0]) : NULL;

  if (first == NULL)
    g_string_append (self->text, node);
  else if (are_consecutive (model))
    g_string_append_printf (self->text, "%s + %s", node, first);
  else
    {
      g_string_append (self->text, first);
      for (guint i = 1; i < model->n_classes; i++)
        {
          g_autofree char *step = bp_number_to_shortest (model->classes[i] - model->classes[i - 1]);

          g_string_append_printf (self->text, " + %s * (%s > %u)", step, node, i - 1);
        }
    }
}

static void
write_evaluation (Writer     *self,
                  const char *logits)
{
  const BpModelText *model = self->model;
  g_autofree char *class = g_strdup_printf (model->loss == BP_LOSS_SOFTMAX ? "argmax(%s, 1)" : "round(sigmoid(%s))",
                                            logits);

  if (model->loss < BP_LOSS_SIGMOID && model->theory == NULL)
    return;

  g_string_append (self->text, "\n[Evaluate]\n");
  if (model->loss >= BP_LOSS_SIGMOID)
    {
      g_string_append_printf (self->text, "%s=", make_name (self, "prediction"));
      append_class (self, class);
      g_string_append_printf (self->text, "\nTarget=%s\n", model->target);
    }
  if (model->theory != NULL)
    g_string_append_printf (self->text, "Theory=%s\n", model->theory);
}

char *
bp_model_text_write (const BpModelText *model)
{
  g_autoptr (GPtrArray) names = g_ptr_array_new_with_free_func (g_free);
  g_autoptr (GString) text = g_string_new ("[Experiment]\n");
  Writer self = { .model = model, .text = text, .names = names };
  const char *output;

  g_return_val_if_fail (model != NULL && model->layers->len >= 2, NULL);

  self.n_layers = model->layers->len - 1;
  self.is_scalar = self.n_layers == 1 && model->n_inputs == 1 && model->loss != BP_LOSS_SOFTMAX;

  bp_model_text_append (text, "Title", model->title);
  g_string_append_printf (text, "Iterations=%" G_GINT64_FORMAT "\nBatchSize=%zu\nReportEvery=%" G_GINT64_FORMAT "\n",
                          model->iterations, model->batch_size, MAX (1, model->iterations / 5));
  write_data (&self);
  write_variables (&self);
  g_string_append (text, "\n[Model]\n");
  write_standard (&self);
  output = write_layers (&self);
  if (model->loss >= BP_LOSS_SIGMOID)
    write_entropy (&self, output);
  else
    write_error (&self, output);
  write_optimizer (&self);
  write_evaluation (&self, output);

  return g_string_free (g_steal_pointer (&text), FALSE);
}
