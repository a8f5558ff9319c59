/* test-graph-layers.c: networks laid out with layers folded and open: straight, and nothing overlaps
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "graph/bp-graph-layout.h"

#include <math.h>

#include "lib/network-fixture.h"

#define UNIT 15.0
#define N_NETWORKS 200
#define EPSILON 1e-6

typedef struct {
  BpGraph       *graph;
  GPtrArray     *layers;
  BpOpenLayers   open;
  BpNodeSize    *nodes;
  BpLabelSize   *labels;
  BpGraphLayout *layout;
} Fixture;

static void
lay_out (Fixture     *fixture,
         BpGraph     *graph,
         BpOpenLayers open,
         double       width,
         double       height)
{
  guint n_nodes = bp_graph_get_n_nodes (graph);
  guint edge = 0;
  BpGraphLayoutOptions options = { .unit = UNIT, .width = width, .height = height, .open = open };

  *fixture = (Fixture){ .graph = graph, .layers = bp_layers_find (graph), .open = open };
  fixture->nodes = g_new0 (BpNodeSize, n_nodes + 1);
  fixture->labels = g_new0 (BpLabelSize, bp_graph_layout_count_edges (graph) + 1);
  for (guint node = 0; node < n_nodes; node++)
    {
      double extra = 7.0 * (node % 5);

      fixture->nodes[node] = (BpNodeSize){ 110 + extra, 130 + extra, 76, 92 };
      for (guint i = 0; i < bp_graph_get_n_inputs (graph, node); i++, edge++)
        if (bp_graph_layout_is_differentiated (graph, node, i))
          fixture->labels[edge] = (BpLabelSize){ 60 + 7 * (edge % 5), 32 };
    }
  options.nodes = fixture->nodes;
  options.labels = fixture->labels;
  options.layers = fixture->layers;
  fixture->layout = bp_graph_layout_new (graph, &options);
}

static void
clear (Fixture *fixture)
{
  g_free (fixture->nodes);
  g_free (fixture->labels);
  g_ptr_array_unref (fixture->layers);
  bp_graph_layout_free (fixture->layout);
}

static gboolean
overlap (const cairo_rectangle_t *a,
         const cairo_rectangle_t *b)
{
  return a->x + EPSILON < b->x + b->width && b->x + EPSILON < a->x + a->width && a->y + EPSILON < b->y + b->height
         && b->y + EPSILON < a->y + a->height;
}

static gboolean
contains (const cairo_rectangle_t *outer,
          const cairo_rectangle_t *inner)
{
  return inner->x > outer->x && inner->y > outer->y && inner->x + inner->width < outer->x + outer->width
         && inner->y + inner->height < outer->y + outer->height;
}

static gboolean
is_shown (const Fixture *fixture,
          guint          node)
{
  return bp_graph_layout_get_box (fixture->layout, node) == node;
}

/* Boxes are apart, and a node is in the group of its layer and in no other. */
static void
check_boxes (const Fixture *fixture)
{
  guint n_nodes = bp_graph_get_n_nodes (fixture->graph);

  for (guint a = 0; a < n_nodes; a++)
    for (guint b = 0; b < a; b++)
      if (is_shown (fixture, a) && is_shown (fixture, b))
        g_assert_false (overlap (bp_graph_layout_get_node (fixture->layout, a),
                                 bp_graph_layout_get_node (fixture->layout, b)));
      else if (bp_graph_layout_get_box (fixture->layout, a) == b)
        g_assert_cmpmem (bp_graph_layout_get_node (fixture->layout, a), sizeof (cairo_rectangle_t),
                         bp_graph_layout_get_node (fixture->layout, b), sizeof (cairo_rectangle_t));

  for (guint l = 0; l < fixture->layers->len; l++)
    {
      cairo_rectangle_t group;
      double            heading;

      g_assert_true (bp_graph_layout_get_group (fixture->layout, l, &group, &heading)
                     == bp_layers_is_open (fixture->open, l));
      for (guint node = 0; bp_layers_is_open (fixture->open, l) && node < n_nodes; node++)
        {
          const cairo_rectangle_t *box = bp_graph_layout_get_node (fixture->layout, node);

          if (bp_layers_find_member (fixture->layers, node) != l)
            {
              g_assert_false (overlap (box, &group));
              continue;
            }
          g_assert_true (contains (&group, box));
          g_assert_cmpfloat (box->y, >=, group.y + heading - EPSILON);
        }
    }
}

/* No point of a path, each curve being walked along, is inside of a node. */
static void
check_track (const Fixture     *fixture,
             const BpGraphEdge *edge,
             const BpPoint     *points)
{
  double width, height;

  bp_graph_layout_get_size (fixture->layout, &width, &height);
  for (guint i = 0; i + 3 < edge->n_points; i += 3)
    for (guint step = 0; step <= 24; step++)
      {
        double            t = step / 24.0, s = 1 - t;
        double            b[] = { s * s * s, 3 * s * s * t, 3 * s * t * t, t * t * t };
        cairo_rectangle_t place = { 0, 0, EPSILON, EPSILON };

        for (guint k = 0; k < 4; k++)
          {
            place.x += b[k] * points[i + k].x;
            place.y += b[k] * points[i + k].y;
          }
        g_assert_true (place.x >= 0 && place.x <= width && place.y >= 0 && place.y <= height);
        for (guint node = 0; node < bp_graph_get_n_nodes (fixture->graph); node++)
          {
            cairo_rectangle_t inner = *bp_graph_layout_get_node (fixture->layout, node);

            inner = (cairo_rectangle_t){ inner.x + 1e-4, inner.y + 1e-4, inner.width - 2e-4, inner.height - 2e-4 };
            if (overlap (&inner, &place))
              g_error ("edge %s → %s runs through %s", bp_graph_get_name (fixture->graph, edge->from),
                       bp_graph_get_name (fixture->graph, edge->to), bp_graph_get_name (fixture->graph, node));
          }
      }
}

/* Its ends are on the borders of its nodes: right and left, or, of a parameter above its op, bottom and top. */
static void
check_ends (const Fixture     *fixture,
            const BpGraphEdge *edge,
            const BpPoint     *points)
{
  const cairo_rectangle_t *from = bp_graph_layout_get_node (fixture->layout, edge->from);
  const cairo_rectangle_t *to = bp_graph_layout_get_node (fixture->layout, edge->to);
  const BpPoint           *last = &points[edge->n_points - 1];

  g_assert_cmpuint (edge->n_points % 3, ==, 1);
  if (fabs (points[0].y - from->y - from->height) < EPSILON)
    {
      g_assert_cmpfloat_with_epsilon (last->y, to->y, EPSILON);
      g_assert_true (last->x == points[0].x && last->x > to->x && last->x < to->x + to->width);
      return;
    }
  g_assert_cmpfloat_with_epsilon (points[0].x, from->x + from->width, 1e-3);
  g_assert_cmpfloat_with_epsilon (last->x, to->x, 1e-3);
  g_assert_true (points[0].y > from->y && points[0].y < from->y + from->height);
  g_assert_true (last->y > to->y && last->y < to->y + to->height);
}

static void
check_edges (const Fixture *fixture)
{
  for (guint i = 0; i < bp_graph_layout_get_n_edges (fixture->layout); i++)
    {
      const BpGraphEdge *edge = bp_graph_layout_get_edge (fixture->layout, i);

      g_assert_true ((edge->n_points > 0) == (bp_graph_layout_get_box (fixture->layout, edge->from)
                                              != bp_graph_layout_get_box (fixture->layout, edge->to)));
      g_assert_true ((edge->gradient_track != NULL) == (edge->n_points > 0 && edge->differentiated));
      if (edge->n_points == 0)
        continue;
      check_ends (fixture, edge, edge->value_track);
      check_track (fixture, edge, edge->value_track);
      if (edge->gradient_track != NULL)
        check_track (fixture, edge, edge->gradient_track);
      for (guint node = 0; edge->label.width > 0 && node < bp_graph_get_n_nodes (fixture->graph); node++)
        g_assert_false (overlap (&edge->label, bp_graph_layout_get_node (fixture->layout, node)));
      for (guint j = 0; edge->label.width > 0 && j < i; j++)
        {
          const BpGraphEdge *other = bp_graph_layout_get_edge (fixture->layout, j);

          if (other->label.width > 0 && overlap (&edge->label, &other->label))
            g_error ("the labels of %s → %s and %s → %s overlap", bp_graph_get_name (fixture->graph, edge->from),
                     bp_graph_get_name (fixture->graph, edge->to), bp_graph_get_name (fixture->graph, other->from),
                     bp_graph_get_name (fixture->graph, other->to));
        }
    }
}

static void
test_random (void)
{
  for (guint seed = 0; seed < N_NETWORKS; seed++)
    {
      g_autoptr (BpGraph) graph = create_random_network (seed);
      const BpOpenLayers  opens[] = { BP_LAYERS_NONE, BP_LAYERS_ALL, seed * 2654435761u >> 8, G_GUINT64_CONSTANT (1) };

      for (guint i = 0; i < G_N_ELEMENTS (opens); i++)
        for (guint fits = 0; fits < 2; fits++)
          {
            Fixture fixture;

            g_test_message ("network %u, open %" G_GINT64_MODIFIER "x, %s", seed, opens[i], fits ? "fitted" : "free");
            lay_out (&fixture, graph, opens[i], fits ? 1080 : 0, fits ? 320 : 0);
            check_boxes (&fixture);
            check_edges (&fixture);
            clear (&fixture);
          }
    }
}

/* A chain of layers, folded or open, is one straight line from data to loss. */
static void
test_straight (void)
{
  g_autoptr (BpGraph) graph = create_network ("x : [10, 2]\ny : [10, 1]\nW1 [2, 8]\nb1 [8]\nW2 [8, 8]\nb2 [8]\n"
                                              "W3 [8, 1]\nb3 [1]\nh1 = tanh(matmul(x, W1) + b1)\n"
                                              "h2 = tanh(matmul(h1, W2) + b2)\nq = matmul(h2, W3) + b3\n"
                                              "loss = reduce_mean(sigmoid_cross_entropy_with_logits(labels=y, "
                                              "logits=q))");
  const char *const   path[] = { "x", "h1", "h2", "q" };

  for (BpOpenLayers open = 0; open < 8; open++)
    {
      Fixture fixture;
      double  line = NAN;

      lay_out (&fixture, graph, open, 0, 0);
      for (guint i = 0; i < G_N_ELEMENTS (path); i++)
        {
          const cairo_rectangle_t *box = bp_graph_layout_get_node (fixture.layout, bp_graph_find (graph, path[i]));

          if (i > 0)
            g_assert_cmpfloat_with_epsilon (box->y + box->height / 2, line, EPSILON);
          line = box->y + box->height / 2;
        }
      check_boxes (&fixture);
      check_edges (&fixture);
      clear (&fixture);
    }
}

int
main (int   argc,
      char *argv[])
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/graph-layers/random", test_random);
  g_test_add_func ("/graph-layers/straight", test_straight);

  return g_test_run ();
}
