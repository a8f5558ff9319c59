/* trainer-snapshot.c: what a trainer shows, to compare it with what another shows
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "lib/trainer-snapshot.h"

static void
snapshot_append (GByteArray   *bytes,
                 gconstpointer data,
                 gsize         size)
{
  g_byte_array_append (bytes, data, (guint) size);
}

static void
snapshot_append_settings (GByteArray       *bytes,
                          const BpSettings *settings)
{
  const gint32 kind = (gint32) settings->optimizer.kind;

  snapshot_append (bytes, &kind, sizeof kind);
  snapshot_append (bytes, &settings->optimizer.learning_rate, sizeof (double));
  snapshot_append (bytes, &settings->batch_size, sizeof settings->batch_size);
  snapshot_append (bytes, &settings->keep_gradients, sizeof settings->keep_gradients);
}

/* Values, gradients, and the optimizer's state of variables. */
static void
snapshot_append_node (GByteArray *bytes,
                      BpTrainer  *trainer,
                      guint       node)
{
  BpGraph *graph = bp_trainer_get_graph (trainer);
  BpSession *session = bp_trainer_get_session (trainer);
  const gsize size = bp_graph_get_n_elements (graph, node) * sizeof (double);
  const guint n_contributions = bp_trainer_get_n_contributions (trainer, node, NULL);

  snapshot_append (bytes, &n_contributions, sizeof n_contributions);
  if (bp_trainer_has_value (trainer, node))
    snapshot_append (bytes, bp_session_get_value (session, node), size);
  if (bp_trainer_has_gradient (trainer, node))
    snapshot_append (bytes, bp_session_get_gradient (session, node), size);
  if (bp_graph_get_op (graph, node) == BP_OP_VARIABLE && bp_trainer_get_slots (trainer, node) != NULL)
    snapshot_append (bytes, bp_trainer_get_slots (trainer, node), size * BP_OPTIMIZER_MAX_SLOTS);
}

static void
snapshot_append_run (GByteArray *bytes,
                     BpTrainer  *trainer)
{
  const BpCursor cursor = bp_trainer_get_cursor (trainer);
  guint n_shown;
  const gint64 numbers[] = {
    cursor.iteration, cursor.instruction, bp_trainer_get_shown (trainer, &n_shown), n_shown,
    bp_trainer_get_n_instructions (trainer), bp_trainer_get_status (trainer),
    bp_trainer_get_diverged_node (trainer), bp_trainer_get_n_updates (trainer),
  };
  const double loss_after = bp_trainer_get_loss_after (trainer);

  snapshot_append (bytes, numbers, sizeof numbers);
  snapshot_append (bytes, &loss_after, sizeof loss_after);
  snapshot_append_settings (bytes, bp_trainer_get_settings (trainer));
}

GBytes *
snapshot (BpTrainer *trainer)
{
  GByteArray *bytes = g_byte_array_new ();
  BpGraph *graph = bp_trainer_get_graph (trainer);
  const double *previous = bp_trainer_get_previous_parameters (trainer);
  gsize n_rows;
  const gsize *rows = bp_trainer_get_batch (trainer, &n_rows);

  snapshot_append_run (bytes, trainer);
  if (rows != NULL)
    snapshot_append (bytes, rows, n_rows * sizeof (gsize));
  if (previous != NULL)
    snapshot_append (bytes, previous, bp_graph_get_n_parameters (graph) * sizeof (double));
  for (guint node = 0; node < bp_graph_get_n_nodes (graph); node++)
    snapshot_append_node (bytes, trainer, node);

  return g_byte_array_free_to_bytes (bytes);
}

void
assert_same_series (const BpSeries *a,
                    const BpSeries *b)
{
  guint n_a, n_b;
  const BpBucket *buckets_a = bp_series_get_buckets (a, &n_a);
  const BpBucket *buckets_b = bp_series_get_buckets (b, &n_b);

  g_assert_cmpint (bp_series_get_length (a), ==, bp_series_get_length (b));
  g_assert_cmpmem (buckets_a, n_a * sizeof *buckets_a, buckets_b, n_b * sizeof *buckets_b);
}

void
assert_same_history (BpTrainer *a,
                     BpTrainer *b)
{
  BpHistory *history_a = bp_trainer_get_history (a);
  BpHistory *history_b = bp_trainer_get_history (b);
  BpSeries *series;

  assert_same_series (bp_history_get_loss (history_a), bp_history_get_loss (history_b));
  for (gsize i = 0; (series = bp_history_get_parameter (history_a, i)) != NULL; i++)
    assert_same_series (series, bp_history_get_parameter (history_b, i));
}

void
assert_same_position (BpTrainer *a,
                   BpTrainer *b)
{
  g_autoptr (GBytes) bytes_a = snapshot (a);
  g_autoptr (GBytes) bytes_b = snapshot (b);

  g_assert_true (g_bytes_equal (bytes_a, bytes_b));
}
