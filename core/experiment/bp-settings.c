/* bp-settings.c: what may change in the middle of a run
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "experiment/bp-experiment-private.h"

#include <glib/gi18n-lib.h>

#include "base/bp-error.h"
#include "base/bp-nearest.h"
#include "base/bp-number.h"
#include "base/bp-text.h"

/* In the order of files; the names of the optimizer's parameters are those of bp_optimizer_parameter_get_name(). */
static const char * const keys[] = {
  "Name", "LearningRate", "Momentum", "Decay", "Beta1", "Beta2", "Epsilon", "Maximize", "KeepGradients", "BatchSize",
  NULL
};

const char * const *
bp_settings_get_keys (void)
{
  return keys;
}

gboolean
bp_settings_equal (const BpSettings *a,
                   const BpSettings *b)
{
  g_return_val_if_fail (a != NULL && b != NULL, FALSE);

  return bp_optimizer_equal (&a->optimizer, &b->optimizer) && a->batch_size == b->batch_size &&
         !a->keep_gradients == !b->keep_gradients;
}

static gboolean
check_learning_rate (double   learning_rate,
                     GError **error)
{
  if (learning_rate >= BP_LEARNING_RATE_MIN && learning_rate <= BP_LEARNING_RATE_MAX)
    return TRUE;

  g_autofree char *shown = bp_number_to_shortest (learning_rate);
  g_autofree char *minimum = bp_number_to_shortest (BP_LEARNING_RATE_MIN);
  g_autofree char *maximum = bp_number_to_shortest (BP_LEARNING_RATE_MAX);

  g_set_error (error, BP_ERROR, BP_ERROR_VALUE, _("%s is %s, but must be from %s to %s"),
               "LearningRate", shown, minimum, maximum);

  return FALSE;
}

static gboolean
check_batch_size (gsize    batch_size,
                  GError **error)
{
  if (batch_size >= 1 && batch_size <= BP_MAX_BATCH_SIZE)
    return TRUE;

  g_set_error (error, BP_ERROR, BP_ERROR_VALUE, _("%s is %zu, but must be from 1 to %d"),
               "BatchSize", batch_size, BP_MAX_BATCH_SIZE);

  return FALSE;
}

gboolean
bp_settings_check (const BpSettings *settings,
                   GError          **error)
{
  g_return_val_if_fail (settings != NULL, FALSE);
  g_return_val_if_fail (settings->optimizer.kind < BP_N_OPTIMIZERS, FALSE);

  if (!check_learning_rate (settings->optimizer.learning_rate, error))
    return FALSE;

  for (guint i = 0; i < BP_N_PARAMETERS; i++)
    if (!bp_optimizer_parameter_check (i, settings->optimizer.parameters[i], error))
      return FALSE;

  return check_batch_size (settings->batch_size, error);
}

static gboolean
set_optimizer (BpSettings *settings,
               const char *text,
               GError    **error)
{
  if (bp_optimizer_find (text, &settings->optimizer.kind))
    return TRUE;

  g_autofree char *quoted = bp_text_quote (text, -1);
  g_autofree char *sentence = g_strdup_printf (_("unknown optimizer “%s”"), quoted);
  const char *names[BP_N_OPTIMIZERS + 1] = { NULL, };

  for (guint i = 0; i < BP_N_OPTIMIZERS; i++)
    names[i] = bp_optimizer_get_class (i)->name;
  bp_nearest_set_error (error, sentence, text, names);

  return FALSE;
}

static gboolean
set_learning_rate (BpSettings *settings,
                   const char *text,
                   GError    **error)
{
  return bp_number_parse (text, &settings->optimizer.learning_rate, error) &&
         check_learning_rate (settings->optimizer.learning_rate, error);
}

static gboolean
set_parameter (BpSettings          *settings,
               BpOptimizerParameter parameter,
               const char          *text,
               GError             **error)
{
  return bp_number_parse (text, &settings->optimizer.parameters[parameter], error) &&
         bp_optimizer_parameter_check (parameter, settings->optimizer.parameters[parameter], error);
}

static gboolean
set_batch_size (BpSettings *settings,
                const char *text,
                GError    **error)
{
  gint64 batch_size;

  if (!bp_number_parse_integer (text, 1, BP_MAX_BATCH_SIZE, &batch_size, error))
    return FALSE;
  settings->batch_size = (gsize) batch_size;

  return TRUE;
}

static gboolean
set_flag (gboolean   *flag,
          const char *text,
          GError    **error)
{
  *flag = g_str_equal (text, "true");
  if (*flag || g_str_equal (text, "false"))
    return TRUE;

  g_autofree char *quoted = bp_text_quote (text, -1);

  g_set_error (error, BP_ERROR, BP_ERROR_VALUE, _("“%s” is neither true nor false"), quoted);

  return FALSE;
}

static BpOptimizerParameter
find_parameter (const char *key)
{
  BpOptimizerParameter parameter = 0;

  while (parameter < BP_N_PARAMETERS && !g_str_equal (bp_optimizer_parameter_get_name (parameter), key))
    parameter++;

  return parameter;
}

static gboolean
set_field (BpSettings *settings,
           const char *key,
           const char *text,
           GError    **error)
{
  BpOptimizerParameter parameter = find_parameter (key);

  if (parameter < BP_N_PARAMETERS)
    return set_parameter (settings, parameter, text, error);
  if (g_str_equal (key, "Name"))
    return set_optimizer (settings, text, error);
  if (g_str_equal (key, "LearningRate"))
    return set_learning_rate (settings, text, error);
  if (g_str_equal (key, "Maximize"))
    return set_flag (&settings->optimizer.maximize, text, error);
  if (g_str_equal (key, "KeepGradients"))
    return set_flag (&settings->keep_gradients, text, error);
  if (g_str_equal (key, "BatchSize"))
    return set_batch_size (settings, text, error);

  g_autofree char *quoted = bp_text_quote (key, -1);
  g_autofree char *sentence = g_strdup_printf (_("unknown setting “%s”"), quoted);

  bp_nearest_set_error (error, sentence, key, keys);

  return FALSE;
}

gboolean
bp_settings_set (BpSettings *settings,
                 const char *key,
                 const char *text,
                 GError    **error)
{
  BpSettings result = *settings;

  if (!set_field (&result, key, text, error))
    return FALSE;
  *settings = result;

  return TRUE;
}

char *
bp_settings_get (const BpSettings *settings,
                 const char       *key)
{
  BpOptimizerParameter parameter = find_parameter (key);

  if (parameter < BP_N_PARAMETERS)
    return bp_number_to_shortest (settings->optimizer.parameters[parameter]);
  if (g_str_equal (key, "Name"))
    return g_strdup (bp_optimizer_get_class (settings->optimizer.kind)->name);
  if (g_str_equal (key, "LearningRate"))
    return bp_number_to_shortest (settings->optimizer.learning_rate);
  if (g_str_equal (key, "Maximize"))
    return g_strdup (settings->optimizer.maximize ? "true" : "false");
  if (g_str_equal (key, "KeepGradients"))
    return g_strdup (settings->keep_gradients ? "true" : "false");

  return g_strdup_printf ("%" G_GSIZE_FORMAT, settings->batch_size);
}
