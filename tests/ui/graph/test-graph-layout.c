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

#define UNIT 15.0
#define N_RANDOM 300
#define EPSILON 1e-6

typedef struct {
  BpNodeSize    *nodes;
  BpLabelSize   *labels;
  BpGraphLayout *layout;
} Fixture;

static Fixture
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

static void
clear (Fixture *fixture)
{
  g_free (fixture->nodes);
  g_free (fixture->labels);
  bp_graph_layout_free (fixture->layout);
}

/* A graph of elementwise ops on scalars whose inputs lie at most @reach nodes back, and an evaluation branch at its
   end. */
static BpGraph *
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

static guint
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

/* Whether two rectangles share inner points. */
static gboolean
overlap (const cairo_rectangle_t *a,
         const cairo_rectangle_t *b)
{
  return a->x + EPSILON < b->x + b->width && b->x + EPSILON < a->x + a->width && a->y + EPSILON < b->y + b->height
         && b->y + EPSILON < a->y + a->height;
}

static BpPoint
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

static void
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

static void
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

static double
get_middle (const BpGraphLayout *layout,
            BpGraph             *graph,
            const char          *name)
{
  const cairo_rectangle_t *box = bp_graph_layout_get_node (layout, bp_graph_find (graph, name));

  return box->y + box->height / 2;
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
  g_test_add_func ("/graph-layout/chain-is-straight", test_chain_is_straight);
  g_test_add_func ("/graph-layout/trees-have-no-crossings", test_trees_have_no_crossings);
  g_test_add_func ("/graph-layout/crossings-are-counted", test_crossings_are_counted);
  g_test_add_func ("/graph-layout/random", test_random);
  g_test_add_func ("/graph-layout/rows", test_rows);
  g_test_add_func ("/graph-layout/chain-wraps", test_chain_wraps);
  g_test_add_func ("/graph-layout/builtins", test_builtins);
  g_test_add_func ("/graph-layout/same-bits", test_same_bits);
  g_test_add_func ("/graph-layout/bends", test_bends);
  g_test_add_func ("/graph-layout/large", test_large);

  return g_test_run ();
}
