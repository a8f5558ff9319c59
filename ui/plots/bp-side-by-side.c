/* bp-side-by-side.c: runs of one model beside each other
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "plots/bp-side-by-side.h"

#include "base/bp-number.h"
#include "plots/bp-plot-model.h"

#include <glib/gi18n-lib.h>
#include <inttypes.h>
#include <math.h>

/* Ranges so many times as long as the shortest are not for all. */
#define LONGER 2.5

/* Which columns */

static gboolean
is_same_run (const BpExperiment *a,
             const BpExperiment *b)
{
  return bp_settings_equal (&a->settings, &b->settings) && a->seed == b->seed && a->changes->len == 0
         && b->changes->len == 0;
}

static double
get_rate (const BpExperiment *experiment)
{
  return experiment->settings.optimizer.learning_rate;
}

/* Whether nothing but the learning rate sets them apart, and no two have the same. */
static gboolean
differ_by_rate (const BpColumns *self)
{
  for (guint i = 1; i < self->n; i++)
    {
      BpSettings settings = self->experiments[i]->settings;

      if (get_rate (self->experiments[i]) == get_rate (self->experiments[0])
          || self->experiments[i]->seed != self->experiments[0]->seed)
        return FALSE;
      settings.optimizer.learning_rate = get_rate (self->experiments[0]);
      if (!bp_settings_equal (&settings, &self->experiments[0]->settings))
        return FALSE;
    }

  return TRUE;
}

static int
compare_rates (gconstpointer a,
               gconstpointer b)
{
  double first = get_rate (*(const BpExperiment * const *) a);
  double second = get_rate (*(const BpExperiment * const *) b);

  return (first > second) - (first < second);
}

void
bp_columns_init (BpColumns       *columns,
                 BpTrainer       *trainer,
                 const GPtrArray *references)
{
  const BpExperiment *own = bp_trainer_get_experiment (trainer);

  g_return_if_fail (columns != NULL && trainer != NULL);

  *columns = (BpColumns) { .experiments = { own }, .n = 1 };
  for (guint i = references != NULL ? references->len : 0; i-- > 0;)
    {
      const BpExperiment *other = ((const BpReference *) g_ptr_array_index (references, i))->experiment;

      if (is_same_run (other, own))
        continue;
      if (columns->n == BP_MAX_COLUMNS)
        columns->n_left_out++;
      else
        columns->experiments[columns->n++] = other;
    }
  /* The last one kept was found first. */
  if (columns->n == BP_MAX_COLUMNS)
    {
      const BpExperiment *last = columns->experiments[1];

      columns->experiments[1] = columns->experiments[2];
      columns->experiments[2] = last;
    }
  if (differ_by_rate (columns))
    qsort (columns->experiments, columns->n, sizeof *columns->experiments, compare_rates);
  while (columns->experiments[columns->own] != own)
    columns->own++;
  columns->titles = bp_reference_describe_differences (columns->experiments, columns->n);
}

void
bp_columns_clear (BpColumns *columns)
{
  g_clear_pointer (&columns->titles, g_strfreev);
  *columns = (BpColumns) { 0 };
}

static gboolean
have_same_samples (const BpColumns *self)
{
  for (guint i = 1; i < self->n; i++)
    if (self->experiments[i]->seed != self->experiments[0]->seed
        || self->experiments[i]->sampling != self->experiments[0]->sampling
        || self->experiments[i]->settings.batch_size != self->experiments[0]->settings.batch_size
        || self->experiments[i]->changes->len > 0 || self->experiments[0]->changes->len > 0)
      return FALSE;

  return self->experiments[0]->columns->len > 0;
}

char *
bp_columns_describe (const BpColumns *columns)
{
  const char *samples = have_same_samples (columns) ? _("the same samples in all columns") : "";
  g_autofree char *left_out = NULL;

  if (columns->n_left_out == 0)
    return g_strdup (samples);

  left_out = g_strdup_printf (ngettext ("%u more kept run is not shown", "%u more kept runs are not shown",
                                        columns->n_left_out), columns->n_left_out);

  /* Translators: "the same samples in all columns; 2 more kept runs are not shown" */
  return *samples != '\0' ? g_strdup_printf (C_("columns", "%s; %s"), samples, left_out)
                          : g_steal_pointer (&left_out);
}

/* A histogram or a picture would be the same in all columns: where the parameter goes says more. */
void
bp_columns_get_kinds (BpTrainer  *trainer,
                      BpPlotKind *kinds)
{
  BpGraph *graph = bp_trainer_get_graph (trainer);
  BpPlotModel model;
  gboolean shows_answer;

  bp_plot_model_init (&model, bp_trainer_get_experiment (trainer), graph, bp_trainer_get_dataset (trainer));
  shows_answer = model.n_inputs > 0 && model.side == 0 && model.answer != BP_NODE_NONE
                 && (!model.has_many_classes || model.scores != BP_NODE_NONE)
                 && (model.target_varies || model.is_classification);
  kinds[0] = BP_PLOT_CURVE;
  kinds[1] = shows_answer ? BP_PLOT_DATA : BP_PLOT_VARIABLE;
  kinds[2] = BP_PLOT_LOSS;
}

/* Where they stand */

/* How many of the first @n instructions belong to @phase. */
static guint
count_phase (BpTrainer *trainer,
             guint      n,
             BpPhase    phase)
{
  guint count = 0;

  for (guint i = 0; i < n; i++)
    count += bp_trainer_get_instruction (trainer, i)->phase == phase;

  return count;
}

BpCursor
bp_columns_get_cursor (BpTrainer *follower,
                       BpTrainer *leader)
{
  BpCursor cursor = bp_trainer_get_cursor (leader);
  guint n_own = bp_trainer_get_n_instructions (leader);
  guint n = bp_trainer_get_n_instructions (follower);

  if (n == n_own || cursor.instruction == 0)
    return cursor;

  /* As many of each phase, but all of one that the leader has completed. */
  guint instruction = 0;
  for (BpPhase phase = BP_PHASE_FEED; phase <= BP_PHASE_UPDATE; phase++)
    {
      guint done = count_phase (leader, (guint) cursor.instruction, phase);
      guint all = count_phase (follower, n, phase);

      instruction += done == count_phase (leader, n_own, phase) ? all : MIN (done, all);
    }

  return instruction >= n ? (BpCursor) { cursor.iteration + 1, 0 } : (BpCursor) { cursor.iteration, instruction };
}

/* In words */

/* "4 %", never more than it is. */
static char *
format_part (double part)
{
  if (part > 0 && part < 0.01)
    return g_strdup (_("less than 1 %"));

  /* Translators: a percentage: "4 %" */
  return g_strdup_printf (_("%.0f %%"), floor (100 * part));
}

/* How often the only parameter changed sides of the optimum up to @last; −1 where not every value is recorded. */
static int
count_crossings (BpTrainer *trainer,
                 double     optimum,
                 gint64     last)
{
  const BpSeries *series = bp_history_get_parameter (bp_trainer_get_history (trainer), 0);
  guint n;
  const BpBucket *buckets = bp_series_get_buckets (series, &n);
  int count = 0;

  if (bp_series_get_bucket_width (series) > 1)
    return -1;
  for (gint64 i = 1; i < n && i <= last; i++)
    count += (buckets[i].first - optimum) * (buckets[i - 1].first - optimum) < 0;

  return count;
}

/* How far the only parameter has come. Returns: (transfer full) (nullable): NULL without an optimum */
static char *
describe_way (BpTrainer    *trainer,
              const BpPlot *curve)
{
  const BpSeries *series = bp_history_get_parameter (bp_trainer_get_history (trainer), 0);
  double now = bp_session_get_parameters (bp_trainer_get_session (trainer))[0];
  double optimum = curve->optimum;
  guint n;
  const BpBucket *buckets = series != NULL ? bp_series_get_buckets (series, &n) : NULL;
  const char *name = bp_graph_get_name (bp_trainer_get_graph (trainer),
                                        bp_graph_get_variable (bp_trainer_get_graph (trainer), 0));

  if (isnan (optimum) || buckets == NULL || n == 0 || buckets[0].first == optimum || !isfinite (now))
    return NULL;

  double ratio = fabs (now - optimum) / fabs (buckets[0].first - optimum);
  g_autofree char *part = ratio <= 1 ? format_part (1 - ratio) : bp_number_format (ratio);
  int n_crossings = count_crossings (trainer, optimum, bp_trainer_get_cursor (trainer).iteration);
  /* Translators: a parameter, and how much of the way from its start, or how many times as far it is. */
  g_autofree char *way = g_strdup_printf (ratio <= 1 ? _("%s is %s of the way to the optimum")
                                                     : _("%s is %s times as far from the optimum as at its start"),
                                          name, part);

  if (n_crossings <= 0)
    return g_strdup_printf (_("%s."), way);

  /* Translators: how often a parameter went from one side of the optimum to the other. */
  return g_strdup_printf (ngettext ("%s, across it once.", "%s, across it %d times.", (gulong) n_crossings), way,
                          n_crossings);
}

/* From the loss over all data at the start to that of now. */
static char *
describe_fall (const BpPlotCourse *course)
{
  g_autofree char *from = bp_number_format (course->first);
  g_autofree char *to = bp_number_format (course->last);

  if (g_str_equal (from, to))
    return g_strdup_printf (_("To four digits the loss is %s as at its start."), to);

  return g_strdup_printf (course->last < course->first ? _("The loss fell from %s to %s.")
                                                       : _("The loss rose from %s to %s."), from, to);
}

/* How many steps led to a higher loss over all data than they came from. */
static char *
describe_landings (const BpPlotCourse *course)
{
  if (course->n_higher == 0)
    return g_strdup (_("No step raised the loss."));

  return g_strdup_printf (ngettext ("%u of %u step raised the loss.", "%u of %u steps raised the loss.",
                                    course->n_steps), course->n_higher, course->n_steps);
}

char *
bp_columns_describe_run (BpTrainer    *trainer,
                         const BpPlot *curve,
                         const BpPlot *loss)
{
  const BpPlotCourse *course = &loss->course;
  g_autofree char *way = NULL;
  g_autofree char *landings = NULL;

  if (bp_trainer_get_cursor (trainer).iteration == 0)
    return g_strdup (_("At its start."));

  way = describe_way (trainer, curve);
  if (way == NULL && isfinite (course->first) && isfinite (course->last))
    way = describe_fall (course);
  if (way == NULL)
    way = g_strdup (_("Its loss is not computed."));
  if (bp_trainer_get_status (trainer) == BP_STATUS_DIVERGED)
    /* Translators: what a run did, and that it ended early. */
    return g_strdup_printf (_("%s It diverged and stopped there."), way);
  if (course->n_steps == 0)
    return g_steal_pointer (&way);
  landings = describe_landings (course);

  return g_strdup_printf ("%s %s", way, landings);
}

/* What they share */

static double
get_length (const BpAxis *axis)
{
  return axis->scale == BP_SCALE_LOG ? log (axis->maximum / axis->minimum) : axis->maximum - axis->minimum;
}

/* Returns: 0 where they have nothing in common */
static double
get_least_length (const BpAxis * const *axes,
                  guint                 n)
{
  double least = INFINITY;

  for (guint i = 0; i < n; i++)
    {
      if (axes[i]->scale != axes[0]->scale || !(axes[i]->maximum > axes[i]->minimum))
        return 0;
      least = MIN (least, get_length (axes[i]));
    }

  return least;
}

/* @axes: (array length=n): of plots of one kind */
static BpAxis
share (const BpAxis * const *axes,
       guint                 n,
       double                least)
{
  BpAxis shared = { .scale = axes[0]->scale };

  for (guint i = 0; i < n && least > 0; i++)
    if (axes[i]->integer || get_length (axes[i]) <= LONGER * least)
      {
        gboolean is_first = !(shared.maximum > shared.minimum);

        shared.minimum = is_first ? axes[i]->minimum : MIN (shared.minimum, axes[i]->minimum);
        shared.maximum = is_first ? axes[i]->maximum : MAX (shared.maximum, axes[i]->maximum);
      }

  return shared;
}

void
bp_columns_share (const BpPlot * const *plots,
                  guint                 n,
                  BpPlotFrame          *shared)
{
  const BpAxis *xs[BP_MAX_COLUMNS];
  const BpAxis *ys[BP_MAX_COLUMNS];

  g_return_if_fail (plots != NULL && n > 0 && n <= BP_MAX_COLUMNS && shared != NULL);

  for (guint i = 0; i < n; i++)
    {
      xs[i] = &plots[i]->own_x;
      ys[i] = &plots[i]->own_y;
    }

  double least_x = get_least_length (xs, n);
  double least_y = get_least_length (ys, n);

  /* Over two parameters a run may go far along the one and hardly along the other. */
  if (plots[0]->y_parameter >= 0 && least_x > 0 && least_y > 0)
    least_x = least_y = MAX (least_x, least_y);
  shared->x = share (xs, n, least_x);
  shared->y = share (ys, n, least_y);
}
