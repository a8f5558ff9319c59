/* bp-sequence.c: which positions a sequence has, and the walk through them
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "figures/bp-sequence-private.h"

#include <glib/gi18n-lib.h>
#include <string.h>

#include "base/bp-error.h"

/* Samples trained between two looks at whether to go on. */
#define CHUNK 65536

#define MIN_DELAY 0.02
#define MAX_DELAY 60

/* Options */

const char * const *
bp_sequence_get_format_names (void)
{
  static const char * const names[BP_N_SEQUENCE_FORMATS + 1] = { "pdf", "gif" };

  return names;
}

const char * const *
bp_sequence_get_step_names (void)
{
  static const char * const names[BP_N_SEQUENCE_STEPS + 1] = { "nodes", "phases", "iterations" };

  return names;
}

static guint
count_steps (BpSequenceStep step,
             guint          n_instructions)
{
  return step == BP_SEQUENCE_NODES ? n_instructions : step == BP_SEQUENCE_PHASES ? BP_N_PHASES : 1;
}

static gint64
count_positions (const BpSequenceOptions *options,
                 guint                    n_instructions)
{
  gint64 first = MAX (options->first, 1);
  gint64 start = options->first == 0 ? 1 : 0;

  if (options->step == BP_SEQUENCE_ITERATIONS)
    return 1 + (options->last - options->first + options->every - 1) / options->every;

  return start + (options->last - first + 1) * count_steps (options->step, n_instructions);
}

static gboolean
check_count (const BpSequenceOptions *options,
             guint                    n_instructions,
             GError                 **error)
{
  gint64 n = count_positions (options, n_instructions);
  g_autofree char *count = g_strdup_printf ("%" G_GINT64_FORMAT, n);

  if (n <= BP_SEQUENCE_MAX_POSITIONS)
    return TRUE;

  if (options->step == BP_SEQUENCE_ITERATIONS)
    g_set_error (error, BP_ERROR, BP_ERROR_VALUE,
                 _("The sequence would have %s pages, and %u are the most: take fewer iterations, or more from one "
                   "page to the next"), count, BP_SEQUENCE_MAX_POSITIONS);
  else
    g_set_error (error, BP_ERROR, BP_ERROR_VALUE,
                 _("The sequence would have %s pages, and %u are the most: take fewer iterations, or larger steps"),
                 count, BP_SEQUENCE_MAX_POSITIONS);

  return FALSE;
}

gboolean
bp_sequence_options_check (const BpSequenceOptions *options,
                           gint64                   n_iterations,
                           guint                    n_instructions,
                           GError                 **error)
{
  BpFigureOptions figure;

  g_return_val_if_fail (options != NULL, FALSE);
  g_return_val_if_fail (options->format < BP_N_SEQUENCE_FORMATS && options->step < BP_N_SEQUENCE_STEPS, FALSE);

  figure = options->figure;
  figure.format = BP_FORMAT_PNG;

  return bp_figure_options_check (&figure, error)
         && bp_figure_check_range (_("The last iteration"), (double) options->last, 0, (double) n_iterations, error)
         && bp_figure_check_range (_("The first iteration"), (double) options->first, 0, (double) options->last, error)
         && (options->step != BP_SEQUENCE_ITERATIONS
             || bp_figure_check_range (_("The number of iterations from one page to the next"),
                                       (double) options->every, 1, (double) BP_MAX_ITERATIONS, error))
         && (options->format != BP_SEQUENCE_GIF
             || bp_figure_check_range (_("The time of a picture in seconds"), options->delay, MIN_DELAY, MAX_DELAY,
                                       error))
         && check_count (options, n_instructions, error);
}

guint
bp_sequence_count_positions (const BpSequenceOptions *options,
                             guint                    n_instructions)
{
  g_return_val_if_fail (options != NULL, 0);

  return (guint) count_positions (options, n_instructions);
}

char *
bp_sequence_create_file_name (const BpExperiment      *experiment,
                              const BpSequenceOptions *options)
{
  GString *string;

  g_return_val_if_fail (experiment != NULL && options != NULL, NULL);

  string = bp_figure_begin_file_name (experiment, options->figure.kind);
  g_string_append_printf (string, "-steps.%s", bp_sequence_get_format_names ()[options->format]);

  return g_string_free (string, FALSE);
}

/* The walk */

static gboolean
goes_on (BpSequence *self,
         GError    **error)
{
  if (bp_work_spend (self->work, 0))
    return TRUE;

  /* Whoever cancelled does not wait for this. */
  g_set_error_literal (error, G_IO_ERROR, G_IO_ERROR_CANCELLED, "cancelled");

  return FALSE;
}

/* To the end of @iteration, or as far as it gets. Returns: FALSE when cancelled */
static gboolean
run_to (BpSequence *self,
        gint64      iteration,
        GError    **error)
{
  gint64 n_done = 1;

  while (n_done > 0 && bp_trainer_get_cursor (self->trainer).iteration < iteration)
    {
      gint64 chunk = MAX (1, CHUNK / (gint64) bp_trainer_get_settings (self->trainer)->batch_size);
      gint64 left = iteration - bp_trainer_get_cursor (self->trainer).iteration;

      if (!goes_on (self, error))
        return FALSE;
      n_done = bp_trainer_run (self->trainer, MIN (chunk, left));
    }

  return TRUE;
}

static gboolean
step (BpSequence *self,
      gint64      n_iterations,
      GError    **error)
{
  switch (self->options->step)
    {
    case BP_SEQUENCE_NODES:
      bp_trainer_step_node (self->trainer, 1);
      return TRUE;
    case BP_SEQUENCE_PHASES:
      bp_trainer_step_phase (self->trainer, 1);
      return TRUE;
    case BP_SEQUENCE_ITERATIONS:
    case BP_N_SEQUENCE_STEPS:
    default:
      return run_to (self, MIN (bp_trainer_get_cursor (self->trainer).iteration + n_iterations, self->options->last),
                     error);
    }
}

/* The whole sequence has been run once, so that a seek is short. */
static gboolean
go_to_first (BpSequence *self,
             GError    **error)
{
  gint64 first = self->options->first;

  bp_trainer_seek (self->trainer, (BpCursor) { MAX (first - 1, 0), 0 });

  return first == 0 || step (self, 1, error);
}

/* @has_moved: (out): FALSE after the last position, also where a run diverges */
static gboolean
go_to_next (BpSequence *self,
            gboolean   *has_moved,
            GError    **error)
{
  BpCursor before = bp_trainer_get_cursor (self->trainer), after;

  *has_moved = FALSE;
  if (before.iteration >= self->options->last)
    return TRUE;
  if (!step (self, self->options->every, error))
    return FALSE;

  after = bp_trainer_get_cursor (self->trainer);
  *has_moved = after.iteration != before.iteration || after.instruction != before.instruction;

  return TRUE;
}

static gboolean
visit_position (BpSequence    *self,
                BpSequenceFunc function,
                guint          index,
                gpointer       data,
                GError       **error)
{
  g_auto (BpFigure) figure = { 0 };

  bp_figure_init (&figure, self->trainer, &self->figure, &self->frame);
  if (!bp_figure_check_room (&figure, error))
    return FALSE;

  return function (self, &figure, index, data, error);
}

gboolean
bp_sequence_visit (BpSequence    *self,
                   guint          stride,
                   BpSequenceFunc function,
                   gpointer       data,
                   GError       **error)
{
  gboolean has_moved = TRUE;

  if (!go_to_first (self, error))
    return FALSE;

  for (guint index = 0; has_moved; index++)
    {
      if (!goes_on (self, error)
          || (index % stride == 0 && !visit_position (self, function, index, data, error))
          || !go_to_next (self, &has_moved, error))
        return FALSE;
    }

  return TRUE;
}

guint
bp_sequence_count_in_iteration (const BpSequence *self)
{
  return count_steps (self->options->step, bp_trainer_get_n_instructions (self->trainer));
}

void
bp_sequence_report (BpSequence *self,
                    guint       n_done)
{
  if (self->work != NULL)
    {
      g_atomic_int_set (&self->work->n_parts, (gint) self->n_positions);
      g_atomic_int_set (&self->work->n_done, (gint) n_done);
    }
  if (self->progress != NULL)
    self->progress (n_done, self->n_positions, self->data);
}

/* The frame */

typedef struct {
  BpFigureFrame frame;
  double        least_width;
} Survey;

static gboolean
survey_position (BpSequence            *self,
                 const BpFigure        *figure,
                 guint                  index,
                 gpointer               data,
                 G_GNUC_UNUSED GError **error)
{
  Survey *survey = data;

  survey->least_width = index == 0 ? figure->width : MIN (survey->least_width, figure->width);
  bp_figure_frame_include (&survey->frame, figure);
  self->n_positions = index + 1;

  return TRUE;
}

/*
 * One frame for all positions. If figures differ in width, heights are measured at the greatest width, which makes
 * a second look at all of them.
 */
static gboolean
find_frame (BpSequence *self,
            GError    **error)
{
  Survey survey = { 0 };

  if (!bp_sequence_visit (self, 1, survey_position, &survey, error))
    return FALSE;

  if (survey.least_width < survey.frame.width)
    {
      self->frame.width = survey.frame.width;
      survey = (Survey) { 0 };
      if (!bp_sequence_visit (self, 1, survey_position, &survey, error))
        return FALSE;
    }

  memcpy (survey.frame.caches, self->frame.caches, sizeof self->frame.caches);
  self->frame = survey.frame;
  /* A loss below 0 at one position makes the axis linear at all of them. */
  if (self->frame.plots[BP_PLOT_LOSS].y.scale == BP_SCALE_LINEAR)
    self->figure.plot.log_scale = FALSE;

  return TRUE;
}

/* All */

static gboolean
init (BpSequence         *self,
      const BpExperiment *experiment,
      GError            **error)
{
  self->trainer = bp_trainer_new (experiment, error);
  if (self->trainer == NULL
      || !bp_sequence_options_check (self->options, bp_trainer_get_n_iterations (self->trainer),
                                     bp_trainer_get_n_instructions (self->trainer), error)
      || !bp_figure_check_memory (self->trainer, error))
    return FALSE;

  self->figure = self->options->figure;
  self->figure.format = self->options->format == BP_SEQUENCE_GIF ? BP_FORMAT_PNG : BP_FORMAT_PDF;
  self->figure.plot.hide_future = TRUE;
  /* A nudge is of one iteration. */
  self->figure.epsilon = 0;
  for (guint i = 0; i < BP_N_PLOTS; i++)
    self->frame.caches[i] = bp_plot_cache_new (0);

  return run_to (self, self->options->last, error) && find_frame (self, error);
}

static void
clear (BpSequence *self)
{
  for (guint i = 0; i < BP_N_PLOTS; i++)
    g_clear_pointer (&self->frame.caches[i], bp_plot_cache_free);
  g_clear_pointer (&self->trainer, bp_trainer_free);
}

GBytes *
bp_sequence_render (const BpExperiment      *experiment,
                    const BpSequenceOptions *options,
                    BpWork                  *work,
                    BpSequenceProgress       progress,
                    gpointer                 data,
                    GError                 **error)
{
  BpSequence sequence = { .options = options, .work = work, .progress = progress, .data = data };
  GBytes *bytes = NULL;

  g_return_val_if_fail (experiment != NULL && options != NULL, NULL);

  if (init (&sequence, experiment, error))
    bytes = options->format == BP_SEQUENCE_GIF ? bp_sequence_to_gif (&sequence, error)
                                               : bp_sequence_to_pdf (&sequence, error);
  clear (&sequence);

  return bytes;
}
