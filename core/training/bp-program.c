/* bp-program.c: the train step for one batch size
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "training/bp-program.h"

#include <string.h>

#include <glib/gi18n-lib.h>

#include "base/bp-error.h"
#include "base/bp-memory.h"
#include "base/bp-random.h"
#include "session/bp-work.h"

/* How many rows are drawn in advance, batches permitting. */
#define MAX_RUN_ROWS 1024

static gboolean
is_fed (BpGraph *graph,
        guint    node)
{
  const BpOp op = bp_graph_get_op (graph, node);

  return op == BP_OP_PLACEHOLDER || (op == BP_OP_MASK && !bp_graph_is_evaluation (graph, node));
}

static void
find_values (BpProgram *self)
{
  const guint n_nodes = bp_graph_get_n_nodes (self->graph);
  guint n_forward = 0;

  self->value_at = g_new (guint, n_nodes);
  for (guint node = 0; node < n_nodes; node++)
    {
      const guint n_inputs = bp_graph_get_n_inputs (self->graph, node);
      guint at = is_fed (self->graph, node) ? 1 : 0;

      if (n_inputs > 0 && !bp_graph_is_evaluation (self->graph, node))
        at = 1 + ++n_forward;
      else
        for (guint i = 0; i < n_inputs; i++)
          at = MAX (at, self->value_at[bp_graph_get_input (self->graph, node, i)]);
      self->value_at[node] = at;
    }
}

/* Counts for each node the contributions to its gradient that the first @n_executed instructions make. */
static void
count_contributions (BpProgram *self,
                     guint      n_executed,
                     guint     *counts)
{
  const BpInstruction *instructions = self->session->instructions;

  memset (counts, 0, bp_graph_get_n_nodes (self->graph) * sizeof (guint));
  for (guint i = self->session->seed; i < n_executed; i++)
    if (instructions[i].seed)
      counts[instructions[i].node]++;
    else if (instructions[i].phase == BP_PHASE_BACKWARD)
      for (guint j = 0; j < bp_graph_get_n_inputs (self->graph, instructions[i].node); j++)
        {
          const guint input = bp_graph_get_input (self->graph, instructions[i].node, j);

          counts[input] += bp_graph_needs_gradient (self->graph, input) ? 1 : 0;
        }
}

/* Backward takes about twice as many operations as forward. */
static void
estimate_work (BpProgram *self)
{
  self->other_work = 8 * (self->n_feeds * self->batch_size + bp_graph_get_n_parameters (self->graph))
                     + self->session->n_elements;
  self->work = (double) self->other_work;

  for (guint node = 0; node < bp_graph_get_n_nodes (self->graph); node++)
    {
      const double cost = bp_work_get_node_cost (self->graph, node);

      if (bp_graph_is_evaluation (self->graph, node))
        self->evaluation_work += cost;
      else
        self->work += (bp_graph_needs_gradient (self->graph, node) ? 3 : 1) * cost;
    }
  self->run_length = (gsize) CLAMP (MIN (MAX_RUN_ROWS / self->batch_size, BP_PIECE / self->work), 1, BP_MAX_RUN);
}

/* Finds the columns of each placeholder. */
static gboolean
bind_placeholders (BpProgram *self,
                   BpDataset *dataset,
                   GError   **error)
{
  g_autoptr (GArray) feeds = g_array_new (FALSE, FALSE, sizeof (BpFeed));

  for (guint i = 0; i < bp_graph_get_n_placeholders (self->graph); i++)
    {
      guint node = bp_graph_get_placeholder (self->graph, i);
      const char *name = bp_graph_get_name (self->graph, node);
      guint n_columns;
      const guint *columns = bp_dataset_find_all (dataset, name, &n_columns);

      if (n_columns * self->batch_size != bp_graph_get_n_elements (self->graph, node))
        {
          g_set_error (error, BP_ERROR, BP_ERROR_UNKNOWN, _("the data have no column for the placeholder “%s”"), name);
          return FALSE;
        }

      for (guint j = 0; j < n_columns; j++)
        {
          BpFeed feed = { bp_dataset_get_column (dataset, columns[j]),
                          self->session->values + self->session->offsets[node] + j, n_columns };

          g_array_append_val (feeds, feed);
        }
    }
  self->n_feeds = feeds->len;
  self->feeds = (BpFeed *) (gpointer) g_array_free (g_steal_pointer (&feeds), FALSE);

  return TRUE;
}

/* Those of the evaluation branch stay 1. */
static void
find_masks (BpProgram *self,
            guint64    seed)
{
  self->masks = g_new (BpMask, bp_graph_get_n_nodes (self->graph));

  for (guint node = 0; node < bp_graph_get_n_nodes (self->graph); node++)
    {
      g_autofree char *label = g_strdup_printf ("dropout %u", self->n_masks);

      if (bp_graph_get_op (self->graph, node) == BP_OP_MASK && is_fed (self->graph, node))
        self->masks[self->n_masks++] = (BpMask) {
          .key = bp_random_key (seed, label),
          .rate = bp_graph_get_attributes (self->graph, node)->value,
          .values = self->session->values + self->session->offsets[node],
          .n = bp_graph_get_n_elements (self->graph, node),
        };
    }
}

void
bp_program_draw_masks (BpProgram *program,
                       gint64     iteration)
{
  for (const BpMask *mask = program->masks; mask < program->masks + program->n_masks; mask++)
    for (gsize i = 0; i < mask->n; i++)
      mask->values[i] = bp_random_uniform (mask->key, (guint64) iteration * mask->n + i) < mask->rate
                        ? 0 : 1 / (1 - mask->rate);
}

gsize
bp_program_get_n_bytes (BpGraph *graph,
                        gsize    batch_size)
{
  gsize n_nodes = bp_graph_get_n_nodes (graph);

  return 2 * bp_session_get_n_bytes (graph) + (MAX_RUN_ROWS + batch_size) * sizeof (gsize) +
         n_nodes * 3 * sizeof (guint);
}

BpProgram *
bp_program_new (const BpExperiment *experiment,
                BpDataset          *dataset,
                gsize               batch_size,
                GError            **error)
{
  g_autoptr (BpProgram) self = g_new0 (BpProgram, 1);

  self->batch_size = batch_size;
  self->graph = bp_experiment_create_graph (experiment, batch_size, error);

  if (self->graph == NULL || !bp_memory_check (bp_program_get_n_bytes (self->graph, batch_size), error))
    return NULL;

  self->session = bp_session_new (self->graph, error);

  if (self->session == NULL || !bind_placeholders (self, dataset, error))
    return NULL;

  find_masks (self, experiment->seed);
  self->scratch = bp_session_new (self->graph, error);

  if (self->scratch == NULL)
    return NULL;

  estimate_work (self);
  self->run_rows = g_new0 (gsize, self->run_length * batch_size);
  self->rows = self->run_rows;
  find_values (self);
  self->n_contributions = g_new0 (guint, bp_graph_get_n_nodes (self->graph));
  self->n_uses = g_new (guint, bp_graph_get_n_nodes (self->graph));
  count_contributions (self, self->session->n_instructions, self->n_uses);

  return g_steal_pointer (&self);
}

void
bp_program_free (BpProgram *program)
{
  g_clear_pointer (&program->scratch, bp_session_free);
  g_clear_pointer (&program->session, bp_session_free);
  g_clear_pointer (&program->graph, bp_graph_unref);
  g_free (program->feeds);
  g_free (program->masks);
  g_free (program->run_rows);
  g_free (program->value_at);
  g_free (program->n_uses);
  g_free (program->n_contributions);
  g_free (program);
}

gboolean
bp_program_has_value (const BpProgram *program,
                      guint            node,
                      guint            n_executed)
{
  if (bp_graph_is_evaluation (program->graph, node) && !program->is_evaluated)
    return FALSE;

  return n_executed >= program->value_at[node];
}

guint
bp_program_get_n_contributions (BpProgram *program,
                                guint      node,
                                guint      n_executed,
                                guint     *n_total)
{
  if (program->n_counted != n_executed)
    count_contributions (program, n_executed, program->n_contributions);
  program->n_counted = n_executed;
  if (n_total != NULL)
    *n_total = program->n_uses[node];

  return program->n_contributions[node];
}

void
bp_program_evaluate (BpProgram *program)
{
  if (!program->is_evaluated)
    bp_session_forward_evaluation (program->session);
  program->is_evaluated = TRUE;
}

double
bp_program_get_loss_after (BpProgram *program)
{
  if (!program->has_loss_after)
    {
      bp_session_copy_feeds (program->scratch, program->session);
      memcpy (bp_session_get_parameters (program->scratch), bp_session_get_parameters (program->session),
              bp_graph_get_n_parameters (program->graph) * sizeof (double));
      bp_session_forward (program->scratch);
      program->has_loss_after = TRUE;
    }

  return bp_session_get_value (program->scratch, bp_graph_get_loss (program->graph))[0];
}
