/* test-graph-drawing.c: what a drawing tells is what the session holds, and it tells what changed
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "graph/bp-graph-draw-private.h"

#include <math.h>
#include <time.h>

#include "experiment/bp-builtin.h"
#include "base/bp-number.h"
#include "lib/trainer-fixture.h"

/* What a number should look like, from the session itself. */
static char *
describe (const double *values,
          gsize         n_values,
          gboolean      is_rms)
{
  g_autofree char *least = NULL;
  g_autofree char *greatest = NULL;
  double           minimum = HUGE_VAL;
  double           maximum = -HUGE_VAL;
  double           sum = 0;

  if (n_values == 1)
    return bp_number_format (values[0]);
  for (gsize i = 0; is_rms && i < n_values; i++)
    sum += values[i] * values[i];
  if (is_rms)
    return bp_number_format (sqrt (sum / (double) n_values));
  for (gsize i = 0; i < n_values; i++)
    {
      minimum = fmin (minimum, values[i]);
      maximum = fmax (maximum, values[i]);
    }
  if (minimum == maximum)
    return g_strdup_printf ("all %s", least = bp_number_format (minimum));
  least = bp_number_format_digits (minimum, 3);
  greatest = bp_number_format_digits (maximum, 3);

  return g_strdup_printf ("%s … %s", least, greatest);
}

static void
check_node (BpTrainer         *trainer,
            const BpNodeState *state,
            guint              node)
{
  BpGraph         *graph = bp_trainer_get_graph (trainer);
  BpSession       *session = bp_trainer_get_session (trainer);
  gsize            n = bp_graph_get_n_elements (graph, node);
  guint            n_total = 0;
  guint            n_in = bp_trainer_get_n_contributions (trainer, node, &n_total);
  g_autofree char *value = describe (bp_session_get_value (session, node), n, bp_node_state_has_rms (state));
  g_autofree char *gradient = describe (bp_session_get_gradient (session, node), n, bp_node_state_has_rms (state));
  g_autofree char *sum = g_strdup_printf ("+= %u of %u", n_in, n_total);

  g_assert_cmpstr (state->name, ==, bp_graph_get_name (graph, node));
  g_assert_cmpstr (state->value, ==, bp_trainer_has_value (trainer, node) ? value : BP_NUMBER_NONE);
  g_assert_true (state->has_gradient == bp_graph_needs_gradient (graph, node));
  if (!state->has_gradient)
    g_assert_null (state->gradient);
  else
    g_assert_cmpstr (state->gradient, ==, bp_trainer_has_gradient (trainer, node) ? gradient : BP_NUMBER_NONE);
  g_assert_cmpstr (state->sum, ==, n_total > 1 && n_in > 0 ? sum : NULL);
  g_assert_true (state->is_tensor == (n > 1));
}

static void
check_marks (BpTrainer      *trainer,
             BpGraphDrawing *drawing)
{
  BpGraph             *graph = bp_trainer_get_graph (trainer);
  const BpInstruction *last = bp_trainer_get_last_instruction (trainer);
  guint                edge = 0;

  for (guint node = 0; node < bp_graph_get_n_nodes (graph); node++)
    {
      BpMark mark = bp_graph_drawing_get_node (drawing, node)->mark;

      if (last == NULL)
        g_assert_cmpint (mark, ==, BP_MARK_NONE);
      else if (last->phase == BP_PHASE_FEED)
        g_assert_true ((mark == BP_MARK_VALUE) == (bp_graph_get_op (graph, node) == BP_OP_PLACEHOLDER
                                                   || bp_graph_get_op (graph, node) == BP_OP_MASK));
      else if (last->phase == BP_PHASE_FORWARD)
        g_assert_cmpint (mark, ==, node == last->node ? BP_MARK_VALUE : BP_MARK_NONE);
      else if (last->phase == BP_PHASE_UPDATE)
        g_assert_cmpint (mark, ==, node == last->node ? BP_MARK_UPDATE : BP_MARK_NONE);
      else if (last->seed)
        g_assert_cmpint (mark, ==, node == last->node ? BP_MARK_GRADIENT : BP_MARK_NONE);

      for (guint i = 0; i < bp_graph_get_n_inputs (graph, node); i++, edge++)
        {
          const BpEdgeState *state = bp_graph_drawing_get_edge (drawing, edge);
          guint              input = bp_graph_get_input (graph, node, i);
          gboolean           is_last = last != NULL && last->node == node && !last->seed;

          g_assert_true ((state->mark == BP_MARK_VALUE) == (is_last && last->phase == BP_PHASE_FORWARD));
          g_assert_true ((state->mark == BP_MARK_GRADIENT)
                         == (is_last && last->phase == BP_PHASE_BACKWARD
                             && bp_graph_layout_is_differentiated (graph, node, i)));
          if (state->mark == BP_MARK_GRADIENT)
            g_assert_cmpint (bp_graph_drawing_get_node (drawing, input)->mark, ==, BP_MARK_GRADIENT);
          if (state->has_gradient)
            g_assert_true (bp_trainer_has_gradient (trainer, node) && bp_trainer_has_gradient (trainer, input));
        }
    }
}

/* The numbers on edges are what backward multiplies with. */
static void
check_derivatives (BpTrainer      *trainer,
                   BpGraphDrawing *drawing)
{
  BpGraph   *graph = bp_trainer_get_graph (trainer);
  BpSession *session = bp_trainer_get_session (trainer);
  guint      edge = 0;

  for (guint node = 0; node < bp_graph_get_n_nodes (graph); node++)
    for (guint i = 0; i < bp_graph_get_n_inputs (graph, node); i++, edge++)
      {
        const BpEdgeState *state = bp_graph_drawing_get_edge (drawing, edge);
        guint              n_inputs = bp_graph_get_n_inputs (graph, node);
        double             numbers[BP_MAX_INPUTS] = { 0 };
        g_autofree char   *number = NULL;

        g_assert_true ((state->symbols != NULL) == bp_graph_layout_is_differentiated (graph, node, i));
        if (!state->has_gradient || state->numbers == NULL
            || !bp_op_get_class (bp_graph_get_op (graph, node))->elementwise)
          continue;
        for (guint j = 0; j < n_inputs; j++)
          numbers[j] = bp_session_get_value (session, bp_graph_get_input (graph, node, j))[0];
        number = bp_number_format (bp_op_local_derivative (bp_graph_get_op (graph, node), i, numbers[0], numbers[1],
                                                           bp_session_get_value (session, node)[0]));
        g_test_message ("%s: %s %s", bp_graph_get_name (graph, node), state->symbols, state->numbers);
        g_assert_true (g_str_has_suffix (state->numbers, number));
      }
}

static void
test_numbers (void)
{
  const char *const *names = bp_builtin_get_names ();

  for (guint i = 0; names[i] != NULL; i++)
    {
      g_autoptr (BpTrainer) trainer = trainer_from_builtin (names[i]);
      g_autoptr (BpGraphDrawing) drawing = bp_graph_drawing_new ();
      guint n_steps = 2 * bp_trainer_get_n_instructions (trainer);

      bp_graph_drawing_update (drawing, trainer);
      bp_graph_drawing_set_open (drawing, BP_LAYERS_ALL);
      for (guint step = 0; step <= n_steps; step++)
        {
          bp_graph_drawing_update (drawing, trainer);
          for (guint node = 0; node < bp_graph_drawing_get_n_nodes (drawing); node++)
            check_node (trainer, bp_graph_drawing_get_node (drawing, node), node);
          check_marks (trainer, drawing);
          /* After the update the variables are others than those that the derivatives were taken at. */
          if (step % bp_trainer_get_n_instructions (trainer) > 0)
            check_derivatives (trainer, drawing);
          if (!bp_trainer_step_node (trainer, 1))
            break;
        }
    }
}

/* Stepping changes no place: the layout is not even made again. */
static void
test_nothing_moves (void)
{
  g_autoptr (BpTrainer) trainer = trainer_from_builtin ("regression");
  g_autoptr (BpGraphDrawing) drawing = bp_graph_drawing_new ();
  const BpGraphLayout *layout;

  bp_graph_drawing_update (drawing, trainer);
  bp_graph_drawing_set_area (drawing, 1000, 300);
  layout = bp_graph_drawing_get_layout (drawing);
  for (guint step = 0; step < 30; step++)
    {
      bp_trainer_step_node (trainer, 1);
      bp_graph_drawing_update (drawing, trainer);
      g_assert_true (bp_graph_drawing_get_layout (drawing) == layout);
    }
  bp_graph_drawing_set_palette (drawing, bp_palette_get (BP_PALETTE_DARK));
  bp_graph_drawing_set_area (drawing, 1000, 300);
  g_assert_true (bp_graph_drawing_get_layout (drawing) == layout);
}

typedef struct {
  char    *value;
  char    *gradient;
  char    *sum;
  BpMark   mark;
  gboolean is_updated;
  gboolean is_value_old;
  gboolean is_gradient_old;
  char    *step;
  char    *elements; /* a checksum of those that are shown */
} Copy;

static char *
sum_elements (const BpMatrix *matrix)
{
  g_autoptr (GChecksum) checksum = g_checksum_new (G_CHECKSUM_MD5);
  gsize n_bytes;

  if (matrix == NULL)
    return NULL;
  n_bytes = (gsize) matrix->n_rows * matrix->n_columns * sizeof (double);
  if (matrix->has_value)
    g_checksum_update (checksum, (const guchar *) matrix->value, (gssize) n_bytes);
  if (matrix->has_gradient)
    g_checksum_update (checksum, (const guchar *) matrix->gradient, (gssize) n_bytes);

  return g_strdup_printf ("%d %d %s", matrix->has_value, matrix->has_gradient, g_checksum_get_string (checksum));
}

static Copy *
copy_nodes (BpGraphDrawing *drawing)
{
  Copy *copies = g_new (Copy, bp_graph_drawing_get_n_nodes (drawing));

  for (guint node = 0; node < bp_graph_drawing_get_n_nodes (drawing); node++)
    {
      const BpNodeState *state = bp_graph_drawing_get_node (drawing, node);

      copies[node] = (Copy){ g_strdup (state->value), g_strdup (state->gradient), g_strdup (state->sum), state->mark,
                             state->is_updated, state->is_value_old, state->is_gradient_old, g_strdup (state->step),
                             sum_elements (state->matrix) };
    }

  return copies;
}

/* Those nodes say that they changed that did, compared with @copies, which is freed. */
static void
check_changes (BpGraphDrawing *drawing,
               BpGraphChanges  changes,
               Copy           *copies)
{
  gboolean any = FALSE;

  for (guint node = 0; node < bp_graph_drawing_get_n_nodes (drawing); node++)
    {
      const BpNodeState *state = bp_graph_drawing_get_node (drawing, node);
      Copy              *copy = &copies[node];
      g_autofree char   *elements = sum_elements (state->matrix);
      gboolean           same = g_strcmp0 (state->value, copy->value) == 0
                      && g_strcmp0 (state->gradient, copy->gradient) == 0 && g_strcmp0 (state->sum, copy->sum) == 0
                      && state->mark == copy->mark && state->is_updated == copy->is_updated
                      && state->is_value_old == copy->is_value_old && state->is_gradient_old == copy->is_gradient_old
                      && g_strcmp0 (state->step, copy->step) == 0 && g_strcmp0 (elements, copy->elements) == 0;

      g_assert_true (bp_graph_drawing_is_node_changed (drawing, node) == !same);
      any |= !same;
      g_free (copy->value);
      g_free (copy->step);
      g_free (copy->elements);
      g_free (copy->gradient);
      g_free (copy->sum);
    }
  g_assert_true (any == ((changes & BP_GRAPH_NODES) != 0));
  g_free (copies);
}

static void
test_changes (void)
{
  g_autoptr (BpTrainer) trainer = trainer_from_builtin ("xor");
  g_autoptr (BpGraphDrawing) drawing = bp_graph_drawing_new ();

  g_assert_cmpint (bp_graph_drawing_update (drawing, trainer) & BP_GRAPH_STRUCTURE, !=, 0);
  g_assert_cmpint (bp_graph_drawing_update (drawing, trainer), ==, BP_GRAPH_SAME);

  for (guint step = 0; step < 2 * bp_trainer_get_n_instructions (trainer); step++)
    {
      Copy          *copies = copy_nodes (drawing);
      BpGraphChanges changes;

      bp_trainer_step_node (trainer, 1);
      changes = bp_graph_drawing_update (drawing, trainer);
      g_assert_cmpint (changes & BP_GRAPH_STRUCTURE, ==, 0);
      check_changes (drawing, changes, copies);
      g_assert_cmpint (bp_graph_drawing_update (drawing, trainer), ==, BP_GRAPH_SAME);
    }

  /* Gradients alone: they are hidden. */
  bp_graph_drawing_set_n_revealed (drawing, 0);
  g_assert_cmpint (bp_graph_drawing_update (drawing, trainer) & BP_GRAPH_NODES, !=, 0);
  for (guint node = 0; node < bp_graph_drawing_get_n_nodes (drawing); node++)
    g_assert_true (bp_graph_drawing_is_node_changed (drawing, node)
                   == bp_graph_drawing_is_gradient_hidden (drawing, node));
}

/* Another batch size makes another graph; the drawing follows, and keeps the old graph alive until then. */
static void
test_other_graph (void)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (BpTrainer) trainer = trainer_from_builtin ("regression");
  g_autoptr (BpGraphDrawing) drawing = bp_graph_drawing_new ();
  BpSettings settings = *bp_trainer_get_settings (trainer);

  g_assert_null (bp_graph_drawing_get_layout (drawing));
  bp_graph_drawing_update (drawing, trainer);
  settings.batch_size = 20;
  g_assert_true (bp_trainer_set_settings (trainer, &settings, &error));
  g_assert_no_error (error);
  g_assert_cmpstr (bp_graph_drawing_get_node (drawing, 0)->shape, ==, "[1]");
  g_assert_cmpint (bp_graph_drawing_update (drawing, trainer) & BP_GRAPH_STRUCTURE, !=, 0);
  g_assert_cmpstr (bp_graph_drawing_get_node (drawing, 0)->shape, ==, "[20]");
  g_assert_cmpuint (bp_graph_layout_get_n_nodes (bp_graph_drawing_get_layout (drawing)), ==,
                    bp_graph_get_n_nodes (bp_trainer_get_graph (trainer)));
}

/* A chain of @n_nodes ops as an experiment. */
static BpTrainer *
create_long_trainer (guint n_nodes)
{
  g_autoptr (GString) text = g_string_new ("[Experiment]\nTitle=Long\nIterations=10\n[Variables]\nA=1\n[Model]\n");
  g_autoptr (BpExperiment) experiment = NULL;
  BpTrainer *trainer;

  for (guint i = 0; i < n_nodes; i++)
    if (i == 0)
      g_string_append (text, "n0=tanh(A)\n");
    else
      g_string_append_printf (text, "n%u=%s(n%u)\n", i, i % 2 == 0 ? "tanh" : "sin", i - 1);
  g_string_append (text, "[Optimizer]\nName=gradient-descent\nLearningRate=0.1\n");
  experiment = experiment_from_text (text->str);
  trainer = trainer_new (experiment);

  return trainer;
}

/* A picture of a part costs what is in the part. */
static void
test_large (void)
{
  g_autoptr (BpTrainer) trainer = create_long_trainer (1000);
  g_autoptr (BpGraphDrawing) drawing = bp_graph_drawing_new ();
  cairo_surface_t *surface = cairo_image_surface_create (CAIRO_FORMAT_RGB24, 1000, 300);
  BpPainter       *painter = bp_painter_cairo_new (cairo_create (surface), bp_graph_drawing_get_palette (drawing));
  clock_t          begin;
  double           update;
  double           part;

  bp_trainer_step_iteration (trainer, 1);
  bp_graph_drawing_update (drawing, trainer);
  bp_graph_drawing_get_layout (drawing);

  bp_trainer_step_iteration (trainer, 1);
  begin = clock ();
  bp_graph_drawing_update (drawing, trainer);
  update = (double) (clock () - begin) / CLOCKS_PER_SEC;
  begin = clock ();
  bp_graph_draw (painter, drawing);
  part = (double) (clock () - begin) / CLOCKS_PER_SEC;
  g_test_message ("1000 nodes: update %.1f ms, a window's part %.1f ms", 1000 * update, 1000 * part);
  g_assert_cmpfloat (update, <, 0.5);
  g_assert_cmpfloat (part, <, 0.5);
  bp_painter_free (painter);
  cairo_surface_destroy (surface);
}

/* Whether the name, its symbol and the shape have no room beside each other. */
static gboolean
is_name_cut (BpGraphDrawing *drawing,
             guint           node)
{
  const BpNodeState *state = bp_graph_drawing_get_node (drawing, node);
  double room = bp_graph_layout_get_node (bp_graph_drawing_get_layout (drawing), node)->width
                - 2 * bp_graph_drawing_get_padding (drawing, state->kind);
  double unit = bp_graph_drawing_get_unit (drawing);

  if (bp_graph_drawing_get_box (drawing, node) != node)
    return FALSE;
  if (state->matrix != NULL && state->matrix->is_beside)
    {
      double width, height;

      bp_matrix_get_size (state->matrix, drawing, &width, &height);
      room -= width + unit;
    }
  if (state->tag != NULL)
    room -= bp_graph_drawing_measure_tag (drawing, state) + BP_TAG_GAP * unit;

  return BP_LEAST_TEXT * bp_graph_drawing_measure (drawing, BP_TEXT_NAME, state->name)
         > room - (state->kind == BP_NODE_LAYER ? BP_FOLD_BUTTON * unit
                   : 0.5 * unit + bp_graph_drawing_measure (drawing, BP_TEXT_SHAPE, state->shape));
}

/* The names of the experiments that come with the program are to be read whole in every window, also on a projector. */
static void
test_whole_names (void)
{
  static const double areas[][2] = { { 730, 180 }, { 1076, 260 }, { 1640, 440 }, { 0, 0 } };
  const char * const *names = bp_builtin_get_names ();

  for (guint i = 0; names[i] != NULL; i++)
    for (guint area = 0; area < G_N_ELEMENTS (areas); area++)
      {
        g_autoptr (BpTrainer) trainer = trainer_from_builtin (names[i]);
        g_autoptr (BpGraphDrawing) drawing = bp_graph_drawing_new ();

        bp_graph_drawing_update (drawing, trainer);
        bp_graph_drawing_set_area (drawing, areas[area][0], areas[area][1]);
        for (guint node = 0; node < bp_graph_get_n_nodes (bp_trainer_get_graph (trainer)); node++)
          g_assert_false (is_name_cut (drawing, node));
      }
}

/* The symbol that stands for a node in formulas is printed in it, where it is not its name; none is another's name. */
static void
test_tags (void)
{
  static const char text[] = "[Experiment]\nTitle=t\nIterations=1\n[Data]\nSamples=1\nx_data=1\n[Variables]\n"
                             "slope=1\np=2\n[Model]\nmy_output=x_data * slope\nd=my_output - p\nloss=square(d)\n";
  const struct {
    const char *name;
    const char *tag;
  } tags[] = { { "x_data", "x" }, { "slope", NULL }, { "p", NULL }, { "d", NULL }, { "loss", "L" } };
  g_autoptr (BpTrainer) trainer = trainer_from_text (text);
  g_autoptr (BpGraphDrawing) drawing = bp_graph_drawing_new ();
  BpGraph *graph;

  bp_graph_drawing_update (drawing, trainer);
  graph = bp_graph_drawing_get_graph (drawing);
  for (guint i = 0; i < G_N_ELEMENTS (tags); i++)
    g_assert_cmpstr (bp_graph_drawing_get_node (drawing, bp_graph_find (graph, tags[i].name))->tag, ==, tags[i].tag);
  for (guint node = 0; node < bp_graph_get_n_nodes (graph); node++)
    if (bp_graph_drawing_get_node (drawing, node)->tag != NULL)
      g_assert_cmpuint (bp_graph_find (graph, bp_graph_drawing_get_node (drawing, node)->tag), ==, BP_NODE_NONE);
}

/* With less detail the graph is narrower, and not higher; with fewer matrices it is lower. */
static void
test_detail (void)
{
  static const char *const names[] = { "line", "circles" };
  double widths[BP_N_DETAILS], heights[BP_N_DETAILS];

  for (guint i = 0; i < G_N_ELEMENTS (names); i++)
    {
      g_autoptr (BpTrainer) trainer = trainer_from_builtin (names[i]);
      g_autoptr (BpGraphDrawing) drawing = bp_graph_drawing_new ();

      bp_graph_drawing_update (drawing, trainer);
      bp_graph_drawing_set_area (drawing, 1, 0);
      for (BpDetail detail = BP_DETAIL_ALL; detail < BP_N_DETAILS; detail++)
        {
          bp_graph_drawing_set_detail (drawing, detail);
          bp_graph_layout_get_size (bp_graph_drawing_get_layout (drawing), &widths[detail], &heights[detail]);
        }
      for (guint j = BP_DETAIL_BRIEF; j <= BP_DETAIL_BARE; j++)
        {
          g_assert_cmpfloat (widths[j], <, widths[j - 1]);
          g_assert_cmpfloat (heights[j], <=, heights[j - 1]);
        }
    }
  g_assert_cmpfloat (heights[BP_DETAIL_LOW], <, 0.9 * heights[BP_DETAIL_BARE]);
  g_assert_cmpfloat (heights[BP_DETAIL_PLAIN], <, 0.9 * heights[BP_DETAIL_LOW]);
}

int
main (int    argc,
      char **argv)
{
  g_test_init (&argc, &argv, NULL);

  g_test_add_func ("/graph-drawing/numbers", test_numbers);
  g_test_add_func ("/graph-drawing/nothing-moves", test_nothing_moves);
  g_test_add_func ("/graph-drawing/changes", test_changes);
  g_test_add_func ("/graph-drawing/other-graph", test_other_graph);
  g_test_add_func ("/graph-drawing/whole-names", test_whole_names);
  g_test_add_func ("/graph-drawing/tags", test_tags);
  g_test_add_func ("/graph-drawing/detail", test_detail);
  g_test_add_func ("/graph-drawing/large", test_large);

  return g_test_run ();
}
