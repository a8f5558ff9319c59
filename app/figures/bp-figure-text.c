/* bp-figure-text.c: what a figure says of the run that it shows: caption, description, file name
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "figures/bp-figure-private.h"

#include <glib/gi18n-lib.h>
#include <inttypes.h>

#include "experiment/bp-builtin.h"
#include "base/bp-number.h"
#include "base/bp-text.h"

/* The names of phases in files, whatever the language. */
static const char *const phase_names[BP_N_PHASES] = {
  [BP_PHASE_FEED] = "feed",
  [BP_PHASE_FORWARD] = "forward",
  [BP_PHASE_BACKWARD] = "backward",
  [BP_PHASE_UPDATE] = "update",
};

/* Where in an iteration the cursor stands: the @index-th of @n instructions of a phase. */
typedef struct {
  gint64   iteration;
  gboolean is_whole;
  BpPhase  phase;
  guint    index;
  guint    n;
} Position;

static Position
find_position (BpTrainer *trainer)
{
  guint n_executed = 0;
  Position position = { .iteration = bp_trainer_get_shown (trainer, &n_executed) };

  position.is_whole = bp_trainer_get_cursor (trainer).instruction == 0;
  if (position.is_whole)
    return position;

  position.phase = bp_trainer_get_last_instruction (trainer)->phase;
  for (guint i = 0; i < bp_trainer_get_n_instructions (trainer); i++)
    if (bp_trainer_get_instruction (trainer, i)->phase == position.phase)
      {
        position.n++;
        position.index += i < n_executed;
      }

  return position;
}

static char *
describe_position (BpTrainer *trainer)
{
  Position position = find_position (trainer);
  gint64 n = bp_trainer_get_n_iterations (trainer);

  if (position.is_whole)
    return g_strdup_printf (_("iteration %" PRId64 " of %" PRId64), position.iteration, n);

  switch (position.phase)
    {
    case BP_PHASE_FEED:
      return g_strdup_printf (_("iteration %" PRId64 " of %" PRId64 ", feed"), position.iteration, n);
    case BP_PHASE_FORWARD:
      return g_strdup_printf (_("iteration %" PRId64 " of %" PRId64 ", forward %u of %u"), position.iteration, n,
                              position.index, position.n);
    case BP_PHASE_BACKWARD:
      return g_strdup_printf (_("iteration %" PRId64 " of %" PRId64 ", backward %u of %u"), position.iteration, n,
                              position.index, position.n);
    case BP_PHASE_UPDATE:
    case BP_N_PHASES:
    default:
      return g_strdup_printf (_("iteration %" PRId64 " of %" PRId64 ", update %u of %u"), position.iteration, n,
                              position.index, position.n);
    }
}

char *
bp_figure_create_caption (BpTrainer *trainer)
{
  const BpExperiment *experiment;
  const BpSettings *settings;
  g_autofree char *title = NULL, *learning_rate = NULL, *position = NULL;

  g_return_val_if_fail (trainer != NULL, NULL);

  experiment = bp_trainer_get_experiment (trainer);
  settings = bp_trainer_get_settings (trainer);
  title = bp_text_to_line (bp_builtin_translate (experiment->title));
  learning_rate = bp_number_format (settings->optimizer.learning_rate);
  position = describe_position (trainer);

  /* Translators: experiment, optimizer, learning rate, batch size, seed, "iteration 38 of 100, backward 4 of 4". */
  return g_strdup_printf (_("%s · %s · η %s · batch %zu · seed %" PRIu64 " · %s"),
                          title, _(bp_optimizer_get_class (settings->optimizer.kind)->title), learning_rate,
                          settings->batch_size, experiment->seed, position);
}

char *
bp_figure_create_title (const BpFigure *figure)
{
  g_autofree char *caption = bp_figure_create_caption (figure->trainer);

  /* Translators: "Loss" and the figure's caption. */
  return g_strdup_printf (C_("figure", "%s: %s"), _(bp_figure_get_class (figure->options.kind)->title), caption);
}

char *
bp_figure_describe (const BpFigure *figure)
{
  g_autofree char *caption = bp_figure_create_caption (figure->trainer);
  const BpPlot *plot;

  switch (figure->options.kind)
    {
    case BP_FIGURE_GRAPH:
      return g_strdup_printf (_("Computation graph: %s"), caption);
    case BP_FIGURE_VIEW:
      return g_strdup_printf (_("Computation graph, explanation and plots: %s"), caption);
    case BP_FIGURE_NEURONS:
      return g_strdup_printf (_("Neurons and weights: %s"), caption);
    case BP_FIGURE_COLUMNS:
      return bp_figure_describe_columns (figure);
    case BP_FIGURE_EXPLANATION:
      return g_strchomp (bp_explanation_to_text (figure->explanation));
    default: /* the plots */
      plot = bp_figure_get_plot (figure);
      return g_strdup (plot->description != NULL ? plot->description : plot->title);
    }
}

char *
bp_figure_create_description (BpTrainer             *trainer,
                              const BpFigureOptions *options)
{
  g_auto (BpFigure) figure = { 0 };

  g_return_val_if_fail (trainer != NULL && options != NULL, NULL);

  bp_figure_init (&figure, trainer, options, NULL);

  return bp_figure_describe (&figure);
}

GString *
bp_figure_begin_file_name (const BpExperiment *experiment,
                           BpFigureKind        kind)
{
  const char *name = experiment->name;
  GString *string = g_string_new (name != NULL && *name != '\0' ? name : "experiment");

  g_strdelimit (string->str, "/\\", '-');
  g_string_append_printf (string, "-%s", bp_figure_get_class (kind)->name);

  return string;
}

char *
bp_figure_create_file_name (BpTrainer             *trainer,
                            const BpFigureOptions *options)
{
  const char *suffix;
  Position position;
  GString *string;

  g_return_val_if_fail (trainer != NULL && options != NULL, NULL);

  suffix = bp_figure_get_format_class (options->format)->suffixes[0];
  position = find_position (trainer);

  string = bp_figure_begin_file_name (bp_trainer_get_experiment (trainer), options->kind);
  g_string_append_printf (string, "-%" PRId64, position.iteration);
  if (!position.is_whole)
    g_string_append_printf (string, "-%s", phase_names[position.phase]);
  if (!position.is_whole && position.n > 1)
    g_string_append_printf (string, "-%u", position.index);
  g_string_append_printf (string, ".%s", suffix);

  return g_string_free (string, FALSE);
}
