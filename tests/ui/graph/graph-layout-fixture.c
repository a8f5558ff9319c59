/* graph-layout-fixture.c: graphs to lay out, and what holds of every layout
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "ui/graph/graph-layout-fixture.h"

Fixture
lay_out (BpGraph *graph,
         double   width,
         double   height)
{
  guint                n_nodes = bp_graph_get_n_nodes (graph);
  guint                edge = 0;
  Fixture              fixture = { 0 };
  BpGraphLayoutOptions options = { .unit = UNIT, .width = width, .height = height };

  fixture.nodes = g_new0 (BpNodeSize, n_nodes + 1);
  fixture.labels = g_new0 (BpLabelSize, bp_graph_layout_count_edges (graph) + 1);
  for (guint node = 0; node < n_nodes; node++)
    {
      gboolean has_gradient = bp_graph_needs_gradient (graph, node);

      fixture.nodes[node] = (BpNodeSize){ 130, 150, has_gradient ? 76 : 56, has_gradient ? 92 : 64 };
      for (guint i = 0; i < bp_graph_get_n_inputs (graph, node); i++, edge++)
        if (bp_graph_layout_is_differentiated (graph, node, i))
          fixture.labels[edge] = (BpLabelSize){ 60 + 7 * (edge % 5), 32 };
    }

  options.nodes = fixture.nodes;
  options.labels = fixture.labels;
  fixture.layout = bp_graph_layout_new (graph, &options);

  return fixture;
}

void
clear (Fixture *fixture)
{
  g_free (fixture->nodes);
  g_free (fixture->labels);
  bp_graph_layout_free (fixture->layout);
}

BpGraph *
create_random_graph (guint32 seed,
                     guint   n_nodes,
                     guint   reach)
{
  static const BpOp unary[] = { BP_OP_TANH, BP_OP_SQUARE, BP_OP_SIGMOID, BP_OP_ROUND, BP_OP_STOP_GRADIENT };
  static const BpOp binary[] = { BP_OP_ADD, BP_OP_SUBTRACT, BP_OP_MULTIPLY, BP_OP_SIGMOID_CROSS_ENTROPY };
  static const BpOp leaves[] = { BP_OP_VARIABLE, BP_OP_PLACEHOLDER, BP_OP_CONSTANT };
  GRand            *random = g_rand_new_with_seed (seed);
  BpGraph          *graph = bp_graph_new ();
  BpOpAttributes    attributes = { 0 };
  guint             n_evaluated = n_nodes > 8 ? g_rand_int_range (random, 0, 4) : 0;

  for (guint node = 0; node < n_nodes; node++)
    {
      g_autofree char *name = g_strdup_printf ("node_%u", node);
      guint            least = node > reach ? node - reach : 0;
      guint            inputs[BP_MAX_INPUTS] = { 0 };
      double           kind = g_rand_double (random);
      BpOp             op;

      for (guint i = 0; i < BP_MAX_INPUTS && node > 0; i++)
        inputs[i] = g_rand_int_range (random, least, node);
      if (node == 0 || kind < 0.2)
        op = leaves[g_rand_int_range (random, 0, G_N_ELEMENTS (leaves))];
      else if (kind < 0.5)
        op = unary[g_rand_int_range (random, 0, G_N_ELEMENTS (unary))];
      else
        op = binary[g_rand_int_range (random, 0, G_N_ELEMENTS (binary))];

      g_assert_cmpuint (bp_graph_add (graph, name, op, inputs, &attributes, NULL), ==, node);
      if (node >= n_nodes - n_evaluated)
        bp_graph_set_evaluation (graph, node);
    }
  bp_graph_set_loss (graph, n_nodes - n_evaluated - 1);
  g_rand_free (random);

  return graph;
}

guint
add (BpGraph    *graph,
     const char *name,
     BpOp        op,
     guint       a,
     guint       b)
{
  guint          inputs[] = { a, b };
  BpOpAttributes attributes = { 0 };
  guint64        dims[] = { 1 };

  if (op == BP_OP_PLACEHOLDER || op == BP_OP_VARIABLE)
    g_assert_true (bp_shape_init (&attributes.shape, 1, dims, NULL));

  return bp_graph_add (graph, name, op, inputs, &attributes, NULL);
}

/* Whether two rectangles share inner points. */
static gboolean
overlap (const cairo_rectangle_t *a,
         const cairo_rectangle_t *b)
{
  return a->x + EPSILON < b->x + b->width && b->x + EPSILON < a->x + a->width && a->y + EPSILON < b->y + b->height
         && b->y + EPSILON < a->y + a->height;
}

BpPoint
evaluate (const BpPoint *curve,
          double         t)
{
  double s = 1 - t;
  double b[] = { s * s * s, 3 * s * s * t, 3 * s * t * t, t * t * t };

  return (BpPoint){ b[0] * curve[0].x + b[1] * curve[1].x + b[2] * curve[2].x + b[3] * curve[3].x,
                    b[0] * curve[0].y + b[1] * curve[1].y + b[2] * curve[2].y + b[3] * curve[3].y };
}

typedef void (*PointFunc) (const BpPoint *point,
                           gpointer       data);

static void
foreach_point (const BpPoint *points,
               guint          n_points,
               PointFunc      func,
               gpointer       data)
{
  for (guint i = 0; i + 3 < n_points; i += 3)
    for (guint step = 0; step <= 24; step++)
      {
        BpPoint point = evaluate (points + i, step / 24.0);

        func (&point, data);
      }
}

typedef struct {
  const BpGraphLayout *layout;
  const BpGraphEdge   *edge;
  double               x;
} Walk;

static void
check_point (const BpPoint *point,
             gpointer       data)
{
  Walk             *walk = data;
  cairo_rectangle_t place = { point->x - 2 * EPSILON, point->y - 2 * EPSILON, 4 * EPSILON, 4 * EPSILON };
  double            width;
  double            height;

  bp_graph_layout_get_size (walk->layout, &width, &height);
  /* Only between rows it runs back. */
  if (bp_graph_layout_get_row (walk->layout, walk->edge->from)
      == bp_graph_layout_get_row (walk->layout, walk->edge->to))
    g_assert_cmpfloat (point->x, >=, walk->x - EPSILON);
  walk->x = point->x;
  g_assert_true (point->x > 0 && point->x < width && point->y > 0 && point->y < height);

  for (guint node = 0; node < bp_graph_layout_get_n_nodes (walk->layout); node++)
    {
      cairo_rectangle_t box = *bp_graph_layout_get_node (walk->layout, node);

      /* The path begins and ends on a border, which is no overlap. */
      box.x += 4 * EPSILON;
      box.width -= 8 * EPSILON;
      g_assert_false (overlap (&box, &place));
    }
  for (guint i = 0; i < bp_graph_layout_get_n_edges (walk->layout); i++)
    g_assert_false (overlap (&bp_graph_layout_get_edge (walk->layout, i)->label, &place));
}

static void
check_path (const BpGraphLayout *layout,
            const BpGraphEdge   *edge,
            const BpPoint       *points)
{
  const cairo_rectangle_t *from = bp_graph_layout_get_node (layout, edge->from);
  const cairo_rectangle_t *to = bp_graph_layout_get_node (layout, edge->to);
  const BpPoint           *last = &points[edge->n_points - 1];
  Walk                     walk = { layout, edge, from->x };

  g_assert_cmpuint (edge->n_points % 3, ==, 1);
  g_assert_cmpfloat_with_epsilon (points[0].x, from->x + from->width, EPSILON);
  g_assert_cmpfloat_with_epsilon (last->x, to->x, EPSILON);
  g_assert_true (points[0].y > from->y && points[0].y < from->y + from->height);
  g_assert_true (last->y > to->y && last->y < to->y + to->height);
  foreach_point (points, edge->n_points, check_point, &walk);
}

static void
check_labels (const BpGraphLayout *layout,
              const BpLabelSize   *sizes)
{
  double width;
  double height;

  bp_graph_layout_get_size (layout, &width, &height);
  for (guint i = 0; i < bp_graph_layout_get_n_edges (layout); i++)
    {
      const cairo_rectangle_t *label = &bp_graph_layout_get_edge (layout, i)->label;

      g_assert_cmpfloat (label->width, ==, sizes[i].width);
      g_assert_cmpfloat (label->height, ==, sizes[i].height);
      if (label->width <= 0)
        continue;
      g_assert_true (label->x >= 0 && label->x + label->width <= width);
      g_assert_true (label->y >= 0 && label->y + label->height <= height);
      for (guint j = 0; j < i; j++)
        if (bp_graph_layout_get_edge (layout, j)->label.width > 0)
          g_assert_false (overlap (label, &bp_graph_layout_get_edge (layout, j)->label));
      for (guint node = 0; node < bp_graph_layout_get_n_nodes (layout); node++)
        g_assert_false (overlap (label, bp_graph_layout_get_node (layout, node)));
    }
}

void
check_nodes (BpGraph *graph,
             Fixture *fixture)
{
  const BpGraphLayout *layout = fixture->layout;
  g_assert_cmpuint (bp_graph_layout_get_n_nodes (layout), ==, bp_graph_get_n_nodes (graph));
  for (guint node = 0; node < bp_graph_get_n_nodes (graph); node++)
    {
      const cairo_rectangle_t *box = bp_graph_layout_get_node (layout, node);
      const BpNodeSize        *size = &fixture->nodes[node];

      g_assert_cmpfloat (box->width, >=, size->min_width);
      g_assert_true (box->height >= size->min_height - EPSILON && box->height <= size->height + EPSILON);
      for (guint other = 0; other < node; other++)
        g_assert_false (overlap (box, bp_graph_layout_get_node (layout, other)));
      for (guint i = 0; i < bp_graph_get_n_inputs (graph, node); i++)
        g_assert_cmpuint (bp_graph_layout_get_layer (layout, bp_graph_get_input (graph, node, i)), <,
                          bp_graph_layout_get_layer (layout, node));
    }
}

/* The evaluation branch has a rectangle of its own, with room for a caption above it. */
static void
check_aside (BpGraph             *graph,
             const BpGraphLayout *layout)
{
  for (guint node = 0; node < bp_graph_get_n_nodes (graph); node++)
    {
      const cairo_rectangle_t *box = bp_graph_layout_get_node (layout, node);
      cairo_rectangle_t        aside;

      if (!bp_graph_layout_get_aside (layout, bp_graph_layout_get_row (layout, node), &aside))
        continue;
      if (bp_graph_is_evaluation (graph, node))
        g_assert_true (box->x >= aside.x - EPSILON && box->x + box->width <= aside.x + aside.width + EPSILON
                       && box->y >= aside.y - EPSILON && box->y + box->height <= aside.y + aside.height + EPSILON);
      else if (bp_graph_needs_gradient (graph, node) && box->x + box->width > aside.x && box->x < aside.x + aside.width)
        g_assert_cmpfloat (box->y + box->height + 1.3 * UNIT, <, aside.y);
    }
}

void
check_layout (BpGraph *graph,
              Fixture *fixture)
{
  guint edge = 0;

  check_nodes (graph, fixture);
  check_aside (graph, fixture->layout);
  check_labels (fixture->layout, fixture->labels);
  for (guint node = 0; node < bp_graph_get_n_nodes (graph); node++)
    {
      g_assert_cmpuint (bp_graph_layout_get_first_edge (fixture->layout, node), ==, edge);
      for (guint i = 0; i < bp_graph_get_n_inputs (graph, node); i++, edge++)
        {
          const BpGraphEdge *entry = bp_graph_layout_get_edge (fixture->layout, edge);

          g_assert_cmpuint (entry->from, ==, bp_graph_get_input (graph, node, i));
          g_assert_cmpuint (entry->to, ==, node);
          g_assert_cmpuint (entry->input, ==, i);
          g_assert_true (entry->differentiated == (entry->gradient_track != NULL));
          check_path (fixture->layout, entry, entry->value_track);
          if (entry->gradient_track != NULL)
            check_path (fixture->layout, entry, entry->gradient_track);
        }
    }
  g_assert_cmpuint (edge, ==, bp_graph_layout_get_n_edges (fixture->layout));
}

double
get_middle (const BpGraphLayout *layout,
            BpGraph             *graph,
            const char          *name)
{
  const cairo_rectangle_t *box = bp_graph_layout_get_node (layout, bp_graph_find (graph, name));

  return box->y + box->height / 2;
}
