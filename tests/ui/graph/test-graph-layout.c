/* test-graph-layout.c: nothing overlaps, edges stay clear of nodes, and the picture looks as the design has it
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "graph/bp-graph-layout-private.h"

#include <math.h>
#include <string.h>
#include <time.h>

#include "experiment/bp-builtin.h"
#include "lib/trainer-fixture.h"
#include "ui/graph/graph-layout-fixture.h"

static BpGraph *
create_regression (void)
{
  BpGraph *graph = bp_graph_new ();
  guint    x = add (graph, "x_data", BP_OP_PLACEHOLDER, 0, 0);
  guint    y = add (graph, "y_target", BP_OP_PLACEHOLDER, 0, 0);
  guint    a = add (graph, "A", BP_OP_VARIABLE, 0, 0);
  guint    output = add (graph, "my_output", BP_OP_MULTIPLY, x, a);
  guint    residual = add (graph, "residual", BP_OP_SUBTRACT, output, y);

  bp_graph_set_loss (graph, add (graph, "loss", BP_OP_SQUARE, residual, 0));

  return graph;
}

static BpGraph *
create_classification (void)
{
  BpGraph *graph = bp_graph_new ();
  guint    x = add (graph, "x_data", BP_OP_PLACEHOLDER, 0, 0);
  guint    y = add (graph, "y_target", BP_OP_PLACEHOLDER, 0, 0);
  guint    a = add (graph, "A", BP_OP_VARIABLE, 0, 0);
  guint    output = add (graph, "my_output", BP_OP_ADD, x, a);
  guint    expanded = add (graph, "my_output_expanded", BP_OP_EXPAND_DIMS, output, 0);
  guint    target = add (graph, "y_target_expanded", BP_OP_EXPAND_DIMS, y, 0);
  guint    sigmoid;

  bp_graph_set_loss (graph, add (graph, "xentropy", BP_OP_SIGMOID_CROSS_ENTROPY, target, expanded));
  sigmoid = add (graph, NULL, BP_OP_SIGMOID, output, 0);
  bp_graph_set_evaluation (graph, sigmoid);
  bp_graph_set_evaluation (graph, add (graph, "prediction", BP_OP_ROUND, sigmoid, 0));

  return graph;
}

static void
test_builtins (void)
{
  const char *const *names = bp_builtin_get_names ();

  g_assert_nonnull (names[0]);
  for (guint i = 0; names[i] != NULL; i++)
    {
      g_autoptr (GError) error = NULL;
      g_autoptr (BpExperiment) experiment = load_builtin (names[i]);
      g_autoptr (BpGraph) graph = NULL;
      Fixture fixture;

      graph = bp_experiment_create_graph (experiment, experiment->settings.batch_size, &error);
      g_assert_no_error (error);
      fixture = lay_out (graph, 1080, 300);
      check_layout (graph, &fixture);
      g_assert_cmpuint (bp_graph_layout_get_n_crossings (fixture.layout), <=, 4);
      clear (&fixture);
    }
}

static guint
get_layer (const BpGraphLayout *layout,
           BpGraph             *graph,
           const char          *name)
{
  return bp_graph_layout_get_layer (layout, bp_graph_find (graph, name));
}

/* x_data above A on the left, y_target below the output, the loss on the right, and the gradient's path a straight
   line. */
static void
test_regression (void)
{
  g_autoptr (BpGraph) graph = create_regression ();
  Fixture fixture = lay_out (graph, 1080, 300);
  double  middle = get_middle (fixture.layout, graph, "A");

  g_assert_cmpuint (get_layer (fixture.layout, graph, "x_data"), ==, 0);
  g_assert_cmpuint (get_layer (fixture.layout, graph, "A"), ==, 0);
  g_assert_cmpuint (get_layer (fixture.layout, graph, "y_target"), ==, 1);
  g_assert_cmpuint (get_layer (fixture.layout, graph, "loss"), ==, 3);
  g_assert_cmpfloat (get_middle (fixture.layout, graph, "x_data"), <, middle);
  g_assert_cmpfloat (get_middle (fixture.layout, graph, "y_target"), >, middle);
  g_assert_cmpfloat_with_epsilon (get_middle (fixture.layout, graph, "my_output"), middle, EPSILON);
  g_assert_cmpfloat_with_epsilon (get_middle (fixture.layout, graph, "residual"), middle, EPSILON);
  g_assert_cmpfloat_with_epsilon (get_middle (fixture.layout, graph, "loss"), middle, EPSILON);
  g_assert_cmpuint (bp_graph_layout_get_n_crossings (fixture.layout), ==, 0);
  clear (&fixture);
}

static void
test_classification (void)
{
  g_autoptr (BpGraph) graph = create_classification ();
  Fixture fixture = lay_out (graph, 1080, 300);
  double  middle = get_middle (fixture.layout, graph, "A");

  g_assert_cmpuint (get_layer (fixture.layout, graph, "xentropy"), ==, 3);
  g_assert_cmpuint (get_layer (fixture.layout, graph, "prediction"), ==, 3);
  g_assert_cmpuint (get_layer (fixture.layout, graph, "y_target"), ==, 1);
  g_assert_cmpfloat (get_middle (fixture.layout, graph, "x_data"), <, middle);
  g_assert_cmpfloat_with_epsilon (get_middle (fixture.layout, graph, "xentropy"), middle, EPSILON);
  g_assert_cmpfloat (get_middle (fixture.layout, graph, "prediction"), >, middle);
  g_assert_cmpuint (bp_graph_layout_get_n_crossings (fixture.layout), ==, 0);
  clear (&fixture);
}

/* What is compacted stays within the area or is as small as it gets; and more room never makes it smaller. */
static void
test_fit (void)
{
  BpGraph *graphs[] = { create_regression (), create_classification () };

  for (guint i = 0; i < G_N_ELEMENTS (graphs); i++)
    {
      double last_width = 0;

      for (double width = 400; width <= 1600; width += 100)
        {
          Fixture fixture = lay_out (graphs[i], width, 320);
          double  actual_width;
          double  actual_height;

          bp_graph_layout_get_size (fixture.layout, &actual_width, &actual_height);
          g_test_message ("%g × 320: %g × %g", width, actual_width, actual_height);
          g_assert_cmpfloat (actual_width, >=, last_width - 1);
          if (width >= 1000)
            {
              g_assert_cmpfloat (actual_width, <=, width + 1);
              g_assert_cmpfloat (actual_height, <=, 321);
            }
          last_width = actual_width;
          check_layout (graphs[i], &fixture);
          clear (&fixture);
        }
      bp_graph_unref (graphs[i]);
    }
}

static void
get_size (BpGraph *graph,
          double   width,
          double   height,
          double   size[2])
{
  Fixture fixture = lay_out (graph, width, height);

  bp_graph_layout_get_size (fixture.layout, &size[0], &size[1]);
  clear (&fixture);
}

/* Where one extent is given the other is what it likes to be. */
static void
test_fit_one (void)
{
  BpGraph *graphs[] = { create_regression (), create_classification () };

  for (guint i = 0; i < G_N_ELEMENTS (graphs); i++)
    {
      double natural[2], compact[2];

      get_size (graphs[i], 0, 0, natural);
      for (guint axis = 0; axis < 2; axis++)
        {
          double given, size[2];

          get_size (graphs[i], axis == 0 ? 1 : 0, axis == 0 ? 0 : 1, compact);
          given = (compact[axis] + natural[axis]) / 2;
          g_assert_cmpfloat (compact[axis], <, natural[axis] - 2);
          get_size (graphs[i], axis == 0 ? given : 0, axis == 0 ? 0 : given, size);
          g_assert_cmpfloat (size[axis], <=, given + 1);
          g_assert_cmpfloat (size[1 - axis], >=, natural[1 - axis] - 1);
        }
      bp_graph_unref (graphs[i]);
    }
}

static void
assert_equal (const BpGraphLayout *a,
              const BpGraphLayout *b)
{
  for (guint node = 0; node < bp_graph_layout_get_n_nodes (a); node++)
    g_assert_cmpmem (bp_graph_layout_get_node (a, node), sizeof (cairo_rectangle_t), bp_graph_layout_get_node (b, node),
                     sizeof (cairo_rectangle_t));
  for (guint i = 0; i < bp_graph_layout_get_n_edges (a); i++)
    {
      const BpGraphEdge *first = bp_graph_layout_get_edge (a, i);
      const BpGraphEdge *second = bp_graph_layout_get_edge (b, i);

      g_assert_cmpmem (first->value_track, first->n_points * sizeof (BpPoint), second->value_track,
                       second->n_points * sizeof (BpPoint));
      g_assert_cmpmem (&first->label, sizeof first->label, &second->label, sizeof second->label);
    }
}

static void
test_same_bits (void)
{
  for (guint seed = 0; seed < 20; seed++)
    {
      g_autoptr (BpGraph) graph = create_random_graph (seed, 60, 12);
      Fixture first = lay_out (graph, 900, 400);
      Fixture second = lay_out (graph, 900, 400);

      assert_equal (first.layout, second.layout);
      clear (&first);
      clear (&second);
    }
}

/* Work and memory stay in proportion to the graph: no edge makes bends without limit, and nothing takes seconds. */
static void
test_large (void)
{
  for (guint reach = 10; reach <= 1000; reach *= 10)
    {
      g_autoptr (BpGraph) graph = create_random_graph (reach, 1000, reach);
      clock_t start = clock ();
      Fixture fixture = lay_out (graph, 1080, 300);
      double  seconds = (double) (clock () - start) / CLOCKS_PER_SEC;
      gsize   n_points = 0;

      for (guint i = 0; i < bp_graph_layout_get_n_edges (fixture.layout); i++)
        n_points += bp_graph_layout_get_edge (fixture.layout, i)->n_points;
      g_test_message ("1000 nodes, reach %u: %.1f ms, %zu points", reach, 1000 * seconds, n_points);
      g_assert_cmpuint (n_points, <, 200000);
      g_assert_cmpfloat (seconds, <, 2);
      check_nodes (graph, &fixture);
      clear (&fixture);
    }
}

static void
test_small (void)
{
  g_autoptr (BpGraph) empty = bp_graph_new ();
  g_autoptr (BpGraph) single = bp_graph_new ();
  g_autoptr (BpGraph) shared = bp_graph_new ();
  Fixture fixture = lay_out (empty, 100, 100);
  cairo_rectangle_t aside;
  guint   z;

  g_assert_cmpuint (bp_graph_layout_get_n_nodes (fixture.layout), ==, 0);
  g_assert_false (bp_graph_layout_get_aside (fixture.layout, 0, &aside));
  clear (&fixture);

  add (single, "A", BP_OP_VARIABLE, 0, 0);
  fixture = lay_out (single, 100, 100);
  check_layout (single, &fixture);
  clear (&fixture);

  /* Both inputs the same node: two edges, apart. */
  z = add (shared, "z", BP_OP_VARIABLE, 0, 0);
  bp_graph_set_loss (shared, add (shared, "loss", BP_OP_MULTIPLY, z, z));
  fixture = lay_out (shared, 500, 200);
  check_layout (shared, &fixture);
  g_assert_cmpfloat (fabs (bp_graph_layout_get_edge (fixture.layout, 0)->value_track[0].y
                           - bp_graph_layout_get_edge (fixture.layout, 1)->value_track[0].y),
                     >, UNIT / 2);
  clear (&fixture);
}

/* The conditions of Karush, Kuhn and Tucker: within each block that touches, what lies before any cut was pushed
   forward by no more than it was pushed back, and the block as a whole not at all. */
static void
test_separate (void)
{
  GRand *random = g_rand_new_with_seed (7);

  for (guint round = 0; round < 200; round++)
    {
      double wishes[20];
      double places[20];
      double distances[20];
      guint  n = 1 + round % 20;
      double sum = 0;

      for (guint i = 0; i < n; i++)
        {
          wishes[i] = places[i] = g_rand_double_range (random, 0, 30);
          distances[i] = g_rand_double_range (random, 0, 4);
        }
      bp_separate (n, places, distances);

      for (guint i = 0; i < n; i++)
        {
          if (i > 0)
            g_assert_cmpfloat (places[i] - places[i - 1], >=, distances[i] - EPSILON);
          if (i > 0 && places[i] - places[i - 1] > distances[i] + EPSILON)
            {
              g_assert_cmpfloat_with_epsilon (sum, 0, EPSILON);
              sum = 0;
            }
          sum += places[i] - wishes[i];
          g_assert_cmpfloat (sum, <=, EPSILON);
        }
      g_assert_cmpfloat_with_epsilon (sum, 0, EPSILON);
    }
  g_rand_free (random);
}

int
main (int    argc,
      char **argv)
{
  g_test_init (&argc, &argv, NULL);

  g_test_add_func ("/graph-layout/separate", test_separate);
  g_test_add_func ("/graph-layout/small", test_small);
  g_test_add_func ("/graph-layout/regression", test_regression);
  g_test_add_func ("/graph-layout/classification", test_classification);
  g_test_add_func ("/graph-layout/fit", test_fit);
  g_test_add_func ("/graph-layout/fit-one", test_fit_one);
  g_test_add_func ("/graph-layout/builtins", test_builtins);
  g_test_add_func ("/graph-layout/same-bits", test_same_bits);
  g_test_add_func ("/graph-layout/large", test_large);

  return g_test_run ();
}
