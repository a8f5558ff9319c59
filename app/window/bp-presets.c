/* bp-presets.c: situations for a lecture, each with what to look at
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "window/bp-presets.h"

#include <glib/gi18n-lib.h>

#include "experiment/bp-builtin.h"

static const BpPreset presets[] = {
  { .name = "too-small", .title = N_("Learning Rate: Too Small"), .experiment = "regression", .learning_rate = 0.0005,
    .look = N_("η is 0.0005 here. Look at A: each step goes the right way, but after 100 of them A is still far from "
               "the optimum.") },
  { .name = "right", .title = N_("Learning Rate: Right"), .experiment = "regression", .learning_rate = 0.02,
    .look = N_("Look at A and the loss: long steps at first, then shorter and shorter ones on the whole, as the "
               "gradient goes towards 0 at the optimum.") },
  { .name = "too-large", .title = N_("Learning Rate: Too Large"), .experiment = "regression", .learning_rate = 1.2,
    .look = N_("η is 1.2 here. Look at A: it leaps back and forth over the optimum, on the whole farther and farther; "
               "the loss grows without end.") },
  { .name = "rates", .title = N_("Learning Rates Compared"), .experiment = "regression-batch", .learning_rate = 0.02,
    .sweep = BP_SWEEP_LEARNING_RATE, .values = "0.5; 0.98",
    .look = N_("Look at A: η 0.02 creeps, 0.5 arrives at once, 0.98 leaps back and forth, all on the same samples.") },
  { .name = "three-rates", .title = N_("Three Learning Rates Side by Side"), .experiment = "regression",
    .learning_rate = 0.02, .sweep = BP_SWEEP_LEARNING_RATE, .values = "0.0005; 1.2", .side_by_side = TRUE,
    .iterations = 40,
    .look = N_("Look at the loss curves: η 0.0005 creeps, 0.02 comes down the slope, 1.2 leaps across the valley, on "
               "the whole farther and farther.") },
  { .name = "optimizers", .title = N_("Three Optimizers Side by Side"), .experiment = "line",
    .sweep = BP_SWEEP_OPTIMIZER, .values = "momentum; adam", .side_by_side = TRUE, .iterations = 40,
    .look = N_("Look at the loss surfaces: gradient descent is near the optimum, momentum has swung past it and back, "
               "and Adam, which moves a parameter by about η or less here, is still on its way.") },
  { .name = "batch", .title = N_("One Sample Against Full Batch"), .experiment = "regression", .learning_rate = 0.1,
    .sweep = BP_SWEEP_BATCH_SIZE, .values = "100", .shuffled = TRUE,
    .look = N_("η is 0.1 here, and each sample is drawn once before any again. Look at A near the optimum: single "
               "samples shake it about, the mean over all 100 comes to rest.") },
  { .name = "swapped-labels", .title = N_("Bug: Labels and Logits Swapped"), .experiment = "swapped-labels",
    .look = N_("Look at the data: the loss falls as it should, yet all are taken for class 1, and half of them are "
               "not.") },
  { .name = "wrong-sign", .title = N_("Bug: Wrong Sign of the Update"), .experiment = "wrong-sign",
    .look = N_("Look at the loss curve: each step goes uphill, away from the optimum, although the gradient is "
               "right.") },
  { .name = "gradients-not-reset", .title = N_("Bug: Gradients Not Reset"), .experiment = "gradients-not-reset",
    .look = N_("Look at A: the gradients of earlier steps still push, so it swings past the optimum and back.") },
  { .name = "naive-log-sigmoid", .title = N_("Bug: Naive log(sigmoid)"), .experiment = "naive-log-sigmoid",
    .look = N_("Look at the card: sigmoid rounds to 1, log(1 − 1) is −∞, and the run stops at its last finite "
               "numbers.") },
};

const BpPreset *
bp_presets_get (guint *n_presets)
{
  *n_presets = G_N_ELEMENTS (presets);

  return presets;
}

const BpPreset *
bp_presets_find (const char *name)
{
  for (gsize i = 0; i < G_N_ELEMENTS (presets); i++)
    if (g_str_equal (presets[i].name, name))
      return &presets[i];

  return NULL;
}

/* At once: the experiments that come with the program are short. */
static GPtrArray *
create_references (const BpPreset     *preset,
                   const BpExperiment *experiment,
                   GError            **error)
{
  g_autoptr (BpRun) run = bp_run_new (experiment);
  g_autoptr (GPtrArray) references = g_ptr_array_new_with_free_func ((GDestroyNotify) bp_reference_free);
  g_autoptr (GPtrArray) experiments = bp_sweep_create_experiments (preset->sweep, run, preset->values, error);

  for (guint i = 0; experiments != NULL && i < experiments->len; i++)
    {
      BpReference *reference = bp_reference_new_by_running (g_ptr_array_index (experiments, i), NULL, error);

      if (reference == NULL)
        return NULL;

      g_ptr_array_add (references, reference);
    }

  return experiments != NULL ? g_steal_pointer (&references) : NULL;
}

gboolean
bp_preset_apply (const BpPreset *preset,
                 BpRun          *run,
                 GError        **error)
{
  g_autoptr (BpExperiment) experiment = NULL;
  g_autoptr (GPtrArray) references = NULL;

  g_return_val_if_fail (preset != NULL && BP_IS_RUN (run), FALSE);

  experiment = bp_builtin_load (preset->experiment, error);
  if (experiment == NULL)
    return FALSE;

  if (preset->learning_rate > 0)
    experiment->settings.optimizer.learning_rate = preset->learning_rate;
  if (preset->shuffled)
    experiment->sampling = BP_SAMPLING_SHUFFLED;
  if (preset->values != NULL && (references = create_references (preset, experiment, error)) == NULL)
    return FALSE;
  if (!bp_run_load (run, experiment, error))
    return FALSE;

  bp_run_clear_references (run);
  bp_run_set_predict_first (run, FALSE);
  while (references != NULL && references->len > 0)
    bp_run_take_reference (run, g_ptr_array_steal_index (references, 0));

  bp_run_seek (run, (BpCursor) { preset->iterations > 0 ? preset->iterations : bp_run_get_n_iterations (run), 0 });

  return TRUE;
}
