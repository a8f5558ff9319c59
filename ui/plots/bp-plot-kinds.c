/* bp-plot-kinds.c: the table of plots: what each is called, which models have it, who builds it, in which order
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "plots/bp-plot-model.h"
#include "plots/bp-plots-private.h"

#include <glib/gi18n-lib.h>

static gboolean
has_parameters (const BpPlotBuild *build)
{
  return build->n_parameters > 0;
}

/**
 * BpPlotClass:
 * @applies: (nullable): whether a model has what the plot shows; NULL where every model has
 * @missing: what stands in its place otherwise
 * @build: adds layers, and sets axes and texts
 */
typedef struct {
  const char *name;
  const char *title;
  gboolean (*applies) (const BpPlotBuild *build);
  const char *missing;
  void (*build) (BpPlotBuild *build);
} BpPlotClass;

static const BpPlotClass classes[BP_N_PLOTS] = {
  [BP_PLOT_VARIABLE] = { "variable", N_("Parameters"), has_parameters, N_("This model has no variables."),
                         bp_plot_build_variable },
  [BP_PLOT_LOSS] = { "loss", N_("Loss"), NULL, NULL, bp_plot_build_loss },
  [BP_PLOT_CURVE] = { "curve", N_("Loss curve"), has_parameters, N_("This model has no variables."),
                      bp_plot_build_curve },
  [BP_PLOT_DATA] = { "data", N_("Data"), bp_plot_build_has_data,
                     N_("This model has no data: its loss is a function of the variables alone."), bp_plot_build_data },
  [BP_PLOT_CONFUSION] = { "confusion", N_("Confusion matrix"), bp_plot_build_has_classes,
                          N_("This experiment has no [Evaluate] with classes to compare predictions with."),
                          bp_plot_build_confusion },
  [BP_PLOT_ACCURACY] = { "accuracy", N_("Accuracy"), bp_plot_build_has_target,
                         N_("This experiment has no [Evaluate] with a target to compare predictions with."),
                         bp_plot_build_accuracy },
  [BP_PLOT_GRADIENTS] = { "gradients", N_("Gradient per layer"), bp_plot_build_has_layers,
                          N_("This model has no layers after one another."), bp_plot_build_gradients },
  [BP_PLOT_ACTIVATIONS] = { "activations", N_("Activations"), bp_plot_build_has_layers,
                            N_("This model has no layers after one another."), bp_plot_build_activations },
  [BP_PLOT_RATE] = { "learning-rate", N_("Learning rate"), bp_plot_build_has_rates,
                     N_("This run has no schedule of the learning rate."), bp_plot_build_rate },
};

/* Of a network the gradients of its layers come before the loss along one of many parameters. Where a model chooses
 * among classes, what it makes of them comes first. */
static const BpPlotKind orders[][BP_N_PLOTS] = {
  { BP_PLOT_VARIABLE, BP_PLOT_LOSS, BP_PLOT_CURVE, BP_PLOT_DATA, BP_PLOT_RATE, BP_PLOT_CONFUSION, BP_PLOT_ACCURACY,
    BP_PLOT_GRADIENTS, BP_PLOT_ACTIVATIONS },
  { BP_PLOT_VARIABLE, BP_PLOT_LOSS, BP_PLOT_GRADIENTS, BP_PLOT_DATA, BP_PLOT_RATE, BP_PLOT_ACCURACY,
    BP_PLOT_CONFUSION, BP_PLOT_ACTIVATIONS, BP_PLOT_CURVE },
  { BP_PLOT_DATA, BP_PLOT_LOSS, BP_PLOT_CONFUSION, BP_PLOT_ACCURACY, BP_PLOT_GRADIENTS, BP_PLOT_VARIABLE,
    BP_PLOT_RATE, BP_PLOT_ACTIVATIONS, BP_PLOT_CURVE },
};

const char *
bp_plot_kind_get_name (BpPlotKind kind)
{
  g_return_val_if_fail (kind < BP_N_PLOTS, NULL);

  return classes[kind].name;
}

const char *
bp_plot_kind_get_title (BpPlotKind kind)
{
  g_return_val_if_fail (kind < BP_N_PLOTS, NULL);

  return _(classes[kind].title);
}

/* A trainer at one moment */

/* As if the run stood before it; the graph has no value of a variable then either. */
static void
hide_update (BpPlotBuild *build)
{
  build->options.predict_first |= build->options.hide_gradients;
  for (guint i = 0; i < build->n_executed && build->options.hide_gradients && build->shown > 0; i++)
    build->hides_update |= bp_trainer_get_instruction (build->trainer, i)->phase == BP_PHASE_UPDATE;
  if (!build->hides_update)
    return;

  build->parameters = build->at;
  build->cursor = (BpCursor) { .iteration = build->shown - 1 };
}

static void
build_look_up (BpPlotBuild *build,
               BpTrainer   *trainer)
{
  *build = (BpPlotBuild) {
    .trainer = trainer,
    .experiment = bp_trainer_get_experiment (trainer),
    .graph = bp_trainer_get_graph (trainer),
    .session = bp_trainer_get_session (trainer),
    .dataset = bp_trainer_get_dataset (trainer),
    .history = bp_trainer_get_history (trainer),
    .n_iterations = bp_trainer_get_n_iterations (trainer),
    .cursor = bp_trainer_get_cursor (trainer),
  };
  build->n_parameters = bp_graph_get_n_parameters (build->graph);
}

static void
build_init (BpPlotBuild         *build,
            BpPlotKind           kind,
            BpTrainer           *trainer,
            const BpPlotOptions *options,
            BpPlotCache         *cache)
{
  build_look_up (build, trainer);
  build->options = options != NULL ? *options : BP_PLOT_OPTIONS_DEFAULT;
  build->plot = bp_plot_new (_(classes[kind].title));
  build->shown = bp_trainer_get_shown (trainer, &build->n_executed);
  build->parameters = bp_session_get_parameters (build->session);
  build->at = build->shown > 0 ? bp_trainer_get_previous_parameters (trainer) : build->parameters;
  hide_update (build);
  build->own_cache = cache == NULL ? bp_plot_cache_new (0) : NULL;
  build->cache = cache != NULL ? cache : build->own_cache;
  bp_plot_cache_begin (build->cache, kind, build->graph);
}

/* Building */

static gboolean
applies (BpPlotKind         kind,
         const BpPlotBuild *build)
{
  return classes[kind].applies == NULL || classes[kind].applies (build);
}

guint
bp_plot_list_kinds (BpTrainer  *trainer,
                    BpPlotKind *kinds)
{
  BpPlotBuild build;
  BpPlotModel model;
  guint order;
  guint n = 0;

  g_return_val_if_fail (trainer != NULL && kinds != NULL, 0);

  build_look_up (&build, trainer);
  bp_plot_model_init (&model, build.experiment, build.graph, build.dataset);
  order = model.has_many_classes ? 2 : bp_plot_build_has_layers (&build);
  for (guint i = 0; i < BP_N_PLOTS; i++)
    {
      BpPlotKind kind = orders[order][i];

      if (kind <= BP_PLOT_DATA || applies (kind, &build))
        kinds[n++] = kind;
    }

  return n;
}

BpPlot *
bp_plot_new_from_trainer (BpPlotKind           kind,
                          BpTrainer           *trainer,
                          const BpPlotOptions *options,
                          BpPlotCache         *cache)
{
  BpPlotBuild build;

  g_return_val_if_fail (kind < BP_N_PLOTS && trainer != NULL, NULL);

  build_init (&build, kind, trainer, options, cache);
  if (applies (kind, &build))
    classes[kind].build (&build);
  else
    bp_plot_build_add_note (&build, _(classes[kind].missing));

  return bp_plot_build_finish (&build);
}
