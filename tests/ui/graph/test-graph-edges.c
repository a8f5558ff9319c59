/* test-graph-edges.c: edges stay clear of nodes, bend no more than they need, and cross where counted
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "graph/bp-graph-layout-private.h"

#include <math.h>

#include "ui/graph/graph-layout-fixture.h"

#define N_RANDOM 300

static void
test_random (void)
{
  for (guint seed = 0; seed < N_RANDOM; seed++)
    {
      g_autoptr (BpGraph) graph = create_random_graph (seed, 1 + seed % 37, 3 + seed % 11);
      Fixture fixture = lay_out (graph, seed % 2 == 0 ? 1080 : 0, seed % 2 == 0 ? 300 : 0);

      g_test_message ("seed %u", seed);
      check_layout (graph, &fixture);
      clear (&fixture);
    }
}

/* What is wider than the area is wrapped into rows, which lie below each other; nothing overlaps there either. */
static void
test_rows (void)
{
  guint n_wrapped = 0;

  for (guint seed = 0; seed < N_RANDOM; seed++)
    {
      g_autoptr (BpGraph) graph = create_random_graph (seed, 6 + seed % 55, 2 + seed % 7);
      Fixture fixture = lay_out (graph, 900, 500 + 300 * (seed % 5));
      guint   n_rows = bp_graph_layout_get_n_rows (fixture.layout);

      g_test_message ("seed %u: %u rows", seed, n_rows);
      n_wrapped += n_rows > 1;
      check_layout (graph, &fixture);
      for (guint a = 0; a < bp_graph_get_n_nodes (graph); a++)
        for (guint b = 0; b < bp_graph_get_n_nodes (graph); b++)
          if (bp_graph_layout_get_row (fixture.layout, a) < bp_graph_layout_get_row (fixture.layout, b))
            {
              const cairo_rectangle_t *above = bp_graph_layout_get_node (fixture.layout, a);

              g_assert_cmpuint (bp_graph_layout_get_layer (fixture.layout, a), <,
                                bp_graph_layout_get_layer (fixture.layout, b));
              g_assert_cmpfloat (above->y + above->height, <, bp_graph_layout_get_node (fixture.layout, b)->y);
            }
      clear (&fixture);
    }
  g_assert_cmpuint (n_wrapped, >, N_RANDOM / 3);
}

/* A chain wraps where it would have to shrink, into no more rows than it needs, and an edge keeps its label below. */
static void
test_chain_wraps (void)
{
  g_autoptr (BpGraph) graph = bp_graph_new ();
  Fixture fixture;
  guint   node = add (graph, "A", BP_OP_VARIABLE, 0, 0);

  for (guint i = 0; i < 9; i++)
    node = add (graph, NULL, BP_OP_TANH, node, 0);
  bp_graph_set_loss (graph, node);
  for (guint n_rows = 1; n_rows <= 3; n_rows++)
    {
      double width, height;

      fixture = lay_out (graph, 120 + 2350.0 / n_rows, 800);
      bp_graph_layout_get_size (fixture.layout, &width, &height);
      g_assert_cmpuint (bp_graph_layout_get_n_rows (fixture.layout), ==, n_rows);
      g_assert_cmpfloat (width, <=, 121 + 2350.0 / n_rows);
      check_layout (graph, &fixture);
      for (guint i = 0; i < bp_graph_layout_get_n_edges (fixture.layout); i++)
        {
          const BpGraphEdge *edge = bp_graph_layout_get_edge (fixture.layout, i);
          const BpPoint     *last = &edge->gradient_track[edge->n_points - 1];

          g_assert_cmpfloat (edge->label.y, >, last->y);
          g_assert_cmpfloat (edge->label.y, <, last->y + UNIT);
        }
      clear (&fixture);
    }
}

static void
test_chain_is_straight (void)
{
  g_autoptr (BpGraph) graph = bp_graph_new ();
  Fixture fixture;
  guint   node = add (graph, "A", BP_OP_VARIABLE, 0, 0);
  double  middle;

  for (guint i = 0; i < 20; i++)
    node = add (graph, NULL, BP_OP_TANH, node, 0);
  bp_graph_set_loss (graph, node);
  fixture = lay_out (graph, 0, 0);
  check_layout (graph, &fixture);

  middle = get_middle (fixture.layout, graph, "A");
  for (guint edge = 0; edge < 20; edge++)
    {
      const BpGraphEdge *entry = bp_graph_layout_get_edge (fixture.layout, edge);

      for (guint i = 0; i < entry->n_points; i++)
        {
          g_assert_cmpfloat_with_epsilon ((entry->value_track[i].y + entry->gradient_track[i].y) / 2, middle, EPSILON);
          g_assert_cmpfloat (entry->value_track[i].y, <, entry->gradient_track[i].y);
        }
    }
  clear (&fixture);
}

/* A tree can be drawn without crossings, and is. */
static void
test_trees_have_no_crossings (void)
{
  for (guint seed = 0; seed < 50; seed++)
    {
      g_autoptr (BpGraph) graph = bp_graph_new ();
      g_autoptr (GArray) roots = g_array_new (FALSE, FALSE, sizeof (guint));
      GRand  *random = g_rand_new_with_seed (seed);
      Fixture fixture;
      guint   root;

      for (guint i = 0; i < 12; i++)
        {
          root = add (graph, NULL, BP_OP_VARIABLE, 0, 0);
          g_array_append_val (roots, root);
        }
      while (roots->len > 1)
        {
          guint a = g_rand_int_range (random, 0, roots->len);
          guint first = g_array_index (roots, guint, a);
          guint b;

          g_array_remove_index_fast (roots, a);
          b = g_rand_int_range (random, 0, roots->len);
          root = add (graph, NULL, BP_OP_ADD, first, g_array_index (roots, guint, b));
          g_array_index (roots, guint, b) = root;
        }
      bp_graph_set_loss (graph, root);
      fixture = lay_out (graph, 0, 0);
      check_layout (graph, &fixture);
      g_assert_cmpuint (bp_graph_layout_get_n_crossings (fixture.layout), ==, 0);
      clear (&fixture);
      g_rand_free (random);
    }
}

/* The height of a path at @x, or NaN where it is not. */
static double
get_height_at (const BpGraphEdge *edge,
               double             x)
{
  for (guint i = 0; i + 3 < edge->n_points; i += 3)
    {
      double low = 0;
      double high = 1;

      if (edge->value_track[i].x > x + EPSILON || edge->value_track[i + 3].x < x - EPSILON)
        continue;
      for (guint step = 0; step < 60; step++)
        {
          double middle = (low + high) / 2;

          if (evaluate (edge->value_track + i, middle).x < x)
            low = middle;
          else
            high = middle;
        }
      return evaluate (edge->value_track + i, high).y;
    }

  return (double) NAN;
}

/* Counts crossings where they can be seen: two edges that swap places between a column and the next. */
static guint64
count_seen_crossings (BpGraph             *graph,
                      const BpGraphLayout *layout)
{
  guint64 n_crossings = 0;
  guint   n_layers = 0;

  for (guint node = 0; node < bp_graph_get_n_nodes (graph); node++)
    n_layers = MAX (n_layers, bp_graph_layout_get_layer (layout, node) + 1);

  for (guint layer = 0; layer + 1 < n_layers; layer++)
    {
      double left = (double) NAN;
      double right = (double) NAN;

      for (guint node = 0; node < bp_graph_get_n_nodes (graph); node++)
        {
          const cairo_rectangle_t *box = bp_graph_layout_get_node (layout, node);

          if (bp_graph_layout_get_layer (layout, node) == layer)
            left = box->x + box->width;
          if (bp_graph_layout_get_layer (layout, node) == layer + 1)
            right = box->x;
        }
      for (guint i = 0; i < bp_graph_layout_get_n_edges (layout); i++)
        for (guint j = 0; j < i; j++)
          {
            const BpGraphEdge *a = bp_graph_layout_get_edge (layout, i);
            const BpGraphEdge *b = bp_graph_layout_get_edge (layout, j);
            double             before = get_height_at (a, left) - get_height_at (b, left);
            double             after = get_height_at (a, right) - get_height_at (b, right);

            n_crossings += !isnan (before) && !isnan (after) && before * after < 0;
          }
    }

  return n_crossings;
}

static void
test_crossings_are_counted (void)
{
  guint64 n_all = 0;

  for (guint seed = 0; seed < 60; seed++)
    {
      g_autoptr (BpGraph) graph = create_random_graph (seed + 1000, 25, 8);
      Fixture fixture = lay_out (graph, 0, 0);
      guint64 n_crossings;

      /* Values' tracks are level with their edges only where no gradient makes room for itself, so compare without
         any. */
      bp_graph_layout_free (fixture.layout);
      fixture.layout = bp_graph_layout_new (graph, &(BpGraphLayoutOptions){ .unit = UNIT, .nodes = fixture.nodes });
      n_crossings = bp_graph_layout_get_n_crossings (fixture.layout);
      g_assert_cmpuint (n_crossings, ==, count_seen_crossings (graph, fixture.layout));
      n_all += n_crossings;
      clear (&fixture);
    }
  g_test_message ("%" G_GUINT64_FORMAT " crossings in 60 graphs of 25 nodes", n_all);
  g_assert_cmpuint (n_all, >, 0);
}

/* Every node of a long chain also uses the first: 45,000 bends, were there no limit. */
static void
test_bends (void)
{
  g_autoptr (BpGraph) graph = bp_graph_new ();
  Fixture fixture;
  guint   first = add (graph, "A", BP_OP_VARIABLE, 0, 0);
  guint   node = first;
  gsize   n_points = 0;

  for (guint i = 0; i < 300; i++)
    node = add (graph, NULL, BP_OP_ADD, node, first);
  bp_graph_set_loss (graph, node);
  fixture = lay_out (graph, 0, 0);
  for (guint i = 0; i < bp_graph_layout_get_n_edges (fixture.layout); i++)
    {
      const BpGraphEdge *edge = bp_graph_layout_get_edge (fixture.layout, i);

      n_points += edge->n_points;
      g_assert_cmpfloat_with_epsilon (edge->value_track[edge->n_points - 1].x,
                                      bp_graph_layout_get_node (fixture.layout, edge->to)->x, EPSILON);
    }
  g_assert_cmpuint (n_points, <, 80000);
  check_nodes (graph, &fixture);
  clear (&fixture);
}

int
main (int    argc,
      char **argv)
{
  g_test_init (&argc, &argv, NULL);

  g_test_add_func ("/graph-edges/chain-is-straight", test_chain_is_straight);
  g_test_add_func ("/graph-edges/trees-have-no-crossings", test_trees_have_no_crossings);
  g_test_add_func ("/graph-edges/crossings-are-counted", test_crossings_are_counted);
  g_test_add_func ("/graph-edges/random", test_random);
  g_test_add_func ("/graph-edges/rows", test_rows);
  g_test_add_func ("/graph-edges/chain-wraps", test_chain_wraps);
  g_test_add_func ("/graph-edges/bends", test_bends);

  return g_test_run ();
}
