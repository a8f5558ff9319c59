/* test-graph-update.c: after an update the graph says what was, what is, and what no longer holds
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "graph/bp-graph-draw.h"

#include <math.h>

#include "base/bp-number.h"
#include "experiment/bp-builtin.h"
#include "lib/trainer-fixture.h"

typedef struct {
  BpTrainer      *trainer;
  BpGraph        *graph;
  BpGraphDrawing *drawing;
} Fixture;

static void
fixture_init (Fixture    *fixture,
              const char *name)
{
  fixture->trainer = trainer_from_builtin (name);
  fixture->graph = bp_trainer_get_graph (fixture->trainer);
  fixture->drawing = bp_graph_drawing_new ();
}

static void
fixture_clear (Fixture *fixture)
{
  bp_graph_drawing_free (fixture->drawing);
  bp_trainer_free (fixture->trainer);
}

/* Goes to where @n_updates variables of iteration @iteration have been updated. */
static void
seek (Fixture *fixture,
      gint64   iteration,
      guint    n_updates)
{
  guint n = bp_trainer_get_n_instructions (fixture->trainer);
  guint n_left = bp_graph_get_n_variables (fixture->graph) - n_updates;

  bp_trainer_seek (fixture->trainer, (BpCursor) { iteration - 1, n - n_left - (n_left == 0) });
  if (n_left == 0)
    bp_trainer_step_node (fixture->trainer, 1);
  bp_graph_drawing_update (fixture->drawing, fixture->trainer);
}

static const BpNodeState *
get_node (Fixture    *fixture,
          const char *name)
{
  return bp_graph_drawing_get_node (fixture->drawing, bp_graph_find (fixture->graph, name));
}

static void
assert_old (Fixture    *fixture,
            const char *name,
            gboolean    value,
            gboolean    gradient)
{
  const BpNodeState *state = get_node (fixture, name);

  g_assert_cmpint (state->is_value_old, ==, value);
  g_assert_cmpint (state->is_gradient_old, ==, gradient);
  g_assert_cmpint (bp_node_state_get_value_color (state), ==, value ? BP_COLOR_DIM : BP_COLOR_VALUE);
}

/* The numbers are those of the README: A = −0.2649 becomes 0.1077. */
static void
test_old_and_new (void)
{
  Fixture fixture;

  fixture_init (&fixture, "regression");
  seek (&fixture, 1, 0);
  g_assert_null (get_node (&fixture, "A")->old_value);
  g_assert_false (bp_graph_drawing_has_old_values (fixture.drawing));

  seek (&fixture, 1, 1);
  g_assert_cmpstr (get_node (&fixture, "A")->old_value, ==, "−0.2649");
  g_assert_cmpstr (get_node (&fixture, "A")->value, ==, "0.1077");
  assert_old (&fixture, "A", FALSE, TRUE);
  assert_old (&fixture, "my_output", TRUE, TRUE);
  assert_old (&fixture, "residual", TRUE, TRUE);
  assert_old (&fixture, "loss", TRUE, TRUE);
  assert_old (&fixture, "x_data", FALSE, FALSE);
  assert_old (&fixture, "y_target", FALSE, FALSE);
  g_assert_true (bp_graph_drawing_has_old_values (fixture.drawing));

  bp_trainer_step_node (fixture.trainer, 1);
  bp_graph_drawing_update (fixture.drawing, fixture.trainer);
  g_assert_null (get_node (&fixture, "A")->old_value);
  g_assert_false (bp_graph_drawing_has_old_values (fixture.drawing));
  assert_old (&fixture, "A", FALSE, FALSE);
  fixture_clear (&fixture);
}

/* Between two updates the first variable is new, and the gradient of the second is still to be used. */
static void
test_between_updates (void)
{
  Fixture fixture;

  fixture_init (&fixture, "line");
  seek (&fixture, 2, 1);
  g_assert_nonnull (get_node (&fixture, "slope")->old_value);
  g_assert_null (get_node (&fixture, "intercept")->old_value);
  assert_old (&fixture, "slope", FALSE, TRUE);
  assert_old (&fixture, "intercept", FALSE, FALSE);
  assert_old (&fixture, "my_output", TRUE, TRUE);

  seek (&fixture, 2, 2);
  g_assert_nonnull (get_node (&fixture, "intercept")->old_value);
  assert_old (&fixture, "intercept", FALSE, TRUE);
  fixture_clear (&fixture);
}

/* The edges from the variable are old, those from data are not. */
static void
test_edges (void)
{
  Fixture fixture;
  guint edge = 0;
  guint n_old = 0;

  fixture_init (&fixture, "regression");
  seek (&fixture, 1, 1);
  for (guint node = 0; node < bp_graph_get_n_nodes (fixture.graph); node++)
    for (guint i = 0; i < bp_graph_get_n_inputs (fixture.graph, node); i++, edge++)
      {
        const BpEdgeState *state = bp_graph_drawing_get_edge (fixture.drawing, edge);
        BpOp op = bp_graph_get_op (fixture.graph, bp_graph_get_input (fixture.graph, node, i));

        g_assert_cmpint (state->is_value_old, ==, op != BP_OP_PLACEHOLDER);
        g_assert_cmpint (state->is_gradient_old, ==, state->has_gradient);
        n_old += state->is_value_old;
      }
  g_assert_cmpuint (n_old, ==, 3);
  fixture_clear (&fixture);
}

/* While the update is to be predicted it is not shown. */
static void
test_hidden (void)
{
  Fixture fixture;

  fixture_init (&fixture, "regression");
  bp_graph_drawing_set_n_revealed (fixture.drawing, 0);
  seek (&fixture, 1, 1);
  g_assert_cmpstr (get_node (&fixture, "A")->old_value, ==, "−0.2649");
  g_assert_true (bp_graph_drawing_is_value_hidden (fixture.drawing, bp_graph_find (fixture.graph, "A")));
  fixture_clear (&fixture);
}

/* A matrix says by root mean squares what it was and is; a range has no room for that. */
static void
test_matrices (void)
{
  Fixture fixture;
  gsize offset;
  double before = 0;

  fixture_init (&fixture, "circles");
  bp_graph_drawing_update (fixture.drawing, fixture.trainer);
  bp_graph_drawing_set_open (fixture.drawing, BP_LAYERS_ALL);
  seek (&fixture, 3, 6);
  bp_graph_drawing_update (fixture.drawing, fixture.trainer);
  offset = (gsize) (bp_session_get_value (bp_trainer_get_session (fixture.trainer), bp_graph_find (fixture.graph, "W2"))
                    - bp_session_get_parameters (bp_trainer_get_session (fixture.trainer)));
  for (guint i = 0; i < 16; i++)
    before += pow (bp_trainer_get_previous_parameters (fixture.trainer)[offset + i], 2) / 16;
  g_autofree char *expected = bp_number_format (sqrt (before));
  g_assert_cmpstr (get_node (&fixture, "W2")->old_value, ==, expected);
  g_assert_cmpstr (get_node (&fixture, "W2")->value, !=, expected);
  g_assert_null (get_node (&fixture, "matmul_1")->old_value);
  fixture_clear (&fixture);
}

int
main (int   argc,
      char *argv[])
{
  g_test_init (&argc, &argv, NULL);

  g_test_add_func ("/graph-update/old-and-new", test_old_and_new);
  g_test_add_func ("/graph-update/between-updates", test_between_updates);
  g_test_add_func ("/graph-update/edges", test_edges);
  g_test_add_func ("/graph-update/hidden", test_hidden);
  g_test_add_func ("/graph-update/matrices", test_matrices);

  return g_test_run ();
}
