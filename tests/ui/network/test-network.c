/* test-network.c: neurons and weights are those of the session, maps those of the model, and tiles are apart
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "network/bp-network-draw.h"

#include <math.h>
#include <string.h>

#include "base/bp-random.h"
#include "lib/trainer-fixture.h"

#define UNIT 12.0

static BpNetwork *
create (BpTrainer *trainer)
{
  BpNetwork *network = bp_network_new ();

  g_assert_true (bp_network_update (network, trainer, 0, BP_NODE_NONE, BP_ELEMENT_NONE, FALSE));

  return network;
}

static const BpNetworkColumn *
get_column (BpNetwork *network,
            guint      index)
{
  return bp_network_column (network, index);
}

static void
test_structure (void)
{
  g_autoptr (BpTrainer) trainer = trainer_from_builtin ("xor");
  g_autoptr (BpNetwork) network = create (trainer);

  /* x1, x2; three neurons; one; the loss */
  g_assert_cmpuint (network->columns->len, ==, 4);
  g_assert_cmpuint (network->neurons->len, ==, 2 + 3 + 1 + 1);
  g_assert_cmpuint (network->connections->len, ==, 2 * 3 + 3);
  g_assert_cmpuint (network->n_rows, ==, 4);
  g_assert_cmpstr (get_column (network, 1)->title, ==, "hidden");
  g_assert_cmpstr (get_column (network, 1)->about, ==, "tanh");
  g_assert_null (get_column (network, 2)->about);
  g_assert_cmpstr (bp_network_neuron (network, 1)->name, ==, "x2");
  g_assert_cmpstr (bp_network_neuron (network, 3)->name, ==, "hidden[1]");
  g_assert_true (bp_network_is_possible (bp_trainer_get_graph (trainer)));
}

/* Columns of one placeholder have their own names, also where something is done to them before the layer. */
static void
test_column_names (void)
{
  g_autoptr (BpTrainer) circles = trainer_from_builtin ("circles");
  g_autoptr (BpTrainer) digits = trainer_from_builtin ("digits");
  g_autoptr (BpNetwork) plane = create (circles);
  g_autoptr (BpNetwork) pictures = create (digits);

  g_assert_cmpstr (bp_network_neuron (plane, 0)->name, ==, "x1");
  g_assert_cmpstr (bp_network_neuron (plane, 1)->name, ==, "x2");
  g_assert_cmpstr (bp_network_neuron (plane, 2)->name, ==, "hidden1[0]");
  g_assert_cmpstr (bp_network_neuron (pictures, 63)->name, ==, "p63");
  g_assert_cmpstr (get_column (pictures, 0)->title, ==, "pixels");
}

static void
test_no_network (void)
{
  g_autoptr (BpTrainer) trainer = trainer_from_builtin ("regression");
  g_autoptr (BpNetwork) network = create (trainer);

  g_assert_cmpuint (network->columns->len, ==, 0);
  g_assert_false (bp_network_is_possible (bp_trainer_get_graph (trainer)));
}

/* Every number of every sample at every step is the session's, or – while it is not computed. */
static void
test_numbers (void)
{
  g_autoptr (BpTrainer) trainer = trainer_from_builtin ("xor");
  g_autoptr (BpNetwork) network = create (trainer);
  BpGraph   *graph = bp_trainer_get_graph (trainer);
  BpSession *session = bp_trainer_get_session (trainer);
  guint      bias = bp_graph_find (graph, "b");

  for (guint step = 0; step < 2 * bp_trainer_get_n_instructions (trainer); step++)
    {
      gsize row = step % 4;

      bp_trainer_step_node (trainer, 1);
      g_assert_false (bp_network_update (network, trainer, row, BP_NODE_NONE, BP_ELEMENT_NONE, FALSE));
      for (guint i = 0; i + 1 < network->neurons->len; i++)
        {
          const BpNeuron *neuron = bp_network_neuron (network, i);
          gsize           stride = get_column (network, neuron->column)->layer != G_MAXUINT
                                   ? get_column (network, neuron->column)->n : 1;
          double          value = bp_session_get_value (session, neuron->node)[row * stride + neuron->index];

          if (bp_trainer_has_value (trainer, neuron->node))
            g_assert_cmpfloat (neuron->value, ==, value);
          else
            g_assert_true (isnan (neuron->value));
          if (neuron->column > 0 && bp_trainer_has_gradient (trainer, neuron->node))
            g_assert_cmpfloat (neuron->gradient, ==,
                               bp_session_get_gradient (session, neuron->node)[row * stride + neuron->index]);
          else
            g_assert_true (isnan (neuron->gradient));
        }
      for (guint i = 0; i < 3; i++)
        g_assert_cmpfloat (bp_network_neuron (network, 2 + i)->bias, ==, bp_session_get_value (session, bias)[i]);
      for (guint i = 0; i < network->connections->len; i++)
        {
          const BpConnection *connection = bp_network_connection (network, i);

          g_assert_cmpfloat (connection->weight, ==,
                             bp_session_get_value (session, connection->kernel)[connection->element]);
          g_assert_true (isnan (connection->gradient) != bp_trainer_has_gradient (trainer, connection->kernel));
        }
    }
}

/* Gradients that are to be predicted are not told, and no weight tells them by its update. */
static void
test_hidden (void)
{
  g_autoptr (BpTrainer) trainer = trainer_from_builtin ("xor");
  g_autoptr (BpNetwork) network = create (trainer);
  double before;

  before = bp_network_connection (network, 0)->weight;
  bp_trainer_step_iteration (trainer, 1);
  bp_network_update (network, trainer, 0, BP_NODE_NONE, BP_ELEMENT_NONE, TRUE);
  g_assert_cmpfloat (bp_network_connection (network, 0)->weight, ==, before);
  g_assert_true (isnan (bp_network_connection (network, 0)->gradient));
  g_assert_true (isnan (bp_network_neuron (network, 3)->gradient));
  bp_network_update (network, trainer, 0, BP_NODE_NONE, BP_ELEMENT_NONE, FALSE);
  g_assert_cmpfloat (bp_network_connection (network, 0)->weight, !=, before);
}

/* What is computed lights its column up, and the lines where it went along these. */
static void
test_lit (void)
{
  g_autoptr (BpTrainer) trainer = trainer_from_builtin ("xor");
  g_autoptr (BpNetwork) network = create (trainer);
  BpGraph *graph = bp_trainer_get_graph (trainer);

  for (guint step = 0; step < bp_trainer_get_n_instructions (trainer); step++)
    {
      const BpInstruction *last;
      guint                layer;

      bp_trainer_step_node (trainer, 1);
      last = bp_trainer_get_last_instruction (trainer);
      layer = last->phase == BP_PHASE_FEED ? G_MAXUINT : bp_layers_find_member (network->layers, last->node);
      bp_network_update (network, trainer, 0, BP_NODE_NONE, BP_ELEMENT_NONE, FALSE);
      for (guint c = 1; c <= 2; c++)
        {
          g_assert_true ((get_column (network, c)->lit != BP_LIT_NONE) == (layer == c - 1));
          g_assert_true (get_column (network, c)->is_product_lit
                         == (layer == c - 1 && (bp_graph_get_op (graph, last->node) == BP_OP_MATMUL
                                                || bp_graph_get_shape (graph, last->node)->dims[0] == (c == 1 ? 1 : 3))
                             && bp_graph_get_shape (graph, last->node)->rank == 2));
        }
    }
}

/* A map has what the model makes of the points: tanh(x1·W1 + x2·W2 + b), computed here once more. */
static void
test_maps (void)
{
  g_autoptr (BpTrainer) trainer = trainer_from_builtin ("xor");
  g_autoptr (BpNetwork) network = create (trainer);

  for (guint run = 0; run < 3; run++)
    {
      BpGraph      *graph = bp_trainer_get_graph (trainer);
      BpSession    *session = bp_trainer_get_session (trainer);
      const double *w1 = bp_session_get_value (session, bp_graph_find (graph, "W1"));
      const double *w2 = bp_session_get_value (session, bp_graph_find (graph, "W2"));
      const double *b = bp_session_get_value (session, bp_graph_find (graph, "b"));

      bp_network_update (network, trainer, 0, BP_NODE_NONE, BP_ELEMENT_NONE, FALSE);
      g_assert_true (network->has_maps);
      g_assert_true (network->x0 < 0 && network->x1 > 1 && network->y0 < 0 && network->y1 > 1);
      for (guint i = 0; i < BP_NETWORK_SIDE * BP_NETWORK_SIDE; i++)
        for (guint k = 0; k < 3; k++)
          {
            double x = network->x0 + (i % BP_NETWORK_SIDE) * (network->x1 - network->x0) / (BP_NETWORK_SIDE - 1);
            double y = network->y0 + (i / BP_NETWORK_SIDE) * (network->y1 - network->y0) / (BP_NETWORK_SIDE - 1);

            g_assert_cmpfloat_with_epsilon (bp_network_neuron (network, 2 + k)->map[i],
                                            tanh (x * w1[k] + y * w2[k] + b[k]), 1e-12);
          }
      bp_trainer_step_iteration (trainer, 1);
    }
}

static gboolean
overlap (const cairo_rectangle_t *a,
         const cairo_rectangle_t *b)
{
  return a->x < b->x + b->width && b->x < a->x + a->width && a->y < b->y + b->height && b->y < a->y + a->height;
}

static void
test_layout (void)
{
  g_autoptr (BpTrainer) trainer = trainer_from_builtin ("xor");
  g_autoptr (BpNetwork) network = create (trainer);

  for (double height = 60; height < 500; height += 20)
    {
      guint n_shown = 0;

      bp_network_lay_out (network, 900, height, UNIT);
      for (guint i = 0; i < network->neurons->len; i++)
        {
          const BpNeuron *a = bp_network_neuron (network, i);

          if (!a->is_shown)
            continue;
          n_shown += a->column == 1;
          g_assert_true (a->box.x >= 0 && a->box.x + a->box.width <= 900 && a->box.y >= network->title_height);
          for (guint j = 0; j < i; j++)
            if (bp_network_neuron (network, j)->is_shown)
              g_assert_false (overlap (&a->box, &bp_network_neuron (network, j)->box));
          if (get_column (network, a->column)->more.width > 0)
            g_assert_false (overlap (&a->box, &get_column (network, a->column)->more));
        }
      g_assert_cmpuint (n_shown, ==, get_column (network, 1)->n_shown);
      g_assert_true ((n_shown < 3) == (get_column (network, 1)->more.width > 0));
      if (height >= 120)
        g_assert_cmpuint (n_shown, ==, 3);
    }
}

/* A folded column comes to show all of its neurons, turn by turn. */
static void
test_turning (void)
{
  g_autoptr (BpTrainer) trainer = trainer_from_builtin ("xor");
  g_autoptr (BpNetwork) network = create (trainer);
  guint seen = 0;

  bp_network_lay_out (network, 900, 60, UNIT);
  g_assert_cmpuint (get_column (network, 1)->n_shown, ==, 1);
  for (guint turn = 0; turn < 3; turn++)
    {
      for (guint k = 0; k < 3; k++)
        if (bp_network_neuron (network, 2 + k)->is_shown)
          seen |= 1u << k;
      bp_network_turn_column (network, 1);
      bp_network_lay_out (network, 900, 60, UNIT);
    }
  g_assert_cmpuint (seen, ==, 7);
  g_assert_true (bp_network_neuron (network, 2)->is_shown);
}

/* Each line is found at both its ends, and none far from all. */
static void
test_lines (void)
{
  g_autoptr (BpTrainer) trainer = trainer_from_builtin ("xor");
  g_autoptr (BpNetwork) network = create (trainer);

  bp_network_lay_out (network, 900, 400, UNIT);
  for (guint i = 0; i < network->connections->len; i++)
    {
      double points[4];

      bp_network_get_line (network, i, points);
      g_assert_cmpuint (bp_network_find_connection (network, points[0] + 1, points[1], 3), ==, i);
      g_assert_cmpuint (bp_network_find_connection (network, points[2] - 1, points[3], 3), ==, i);
    }
  g_assert_cmpuint (bp_network_find_connection (network, 450, 398, 3), ==, G_MAXUINT);
}

static void
test_choice (void)
{
  g_autoptr (BpTrainer) trainer = trainer_from_builtin ("xor");
  g_autoptr (BpNetwork) network = create (trainer);
  BpGraph *graph = bp_trainer_get_graph (trainer);

  bp_network_update (network, trainer, 0, bp_graph_find (graph, "hidden"), 3 * 2 + 1, FALSE);
  g_assert_cmpuint (network->chosen, ==, 3);
  g_assert_cmpuint (network->chosen_connection, ==, G_MAXUINT);
  bp_network_update (network, trainer, 0, bp_graph_find (graph, "W2"), 2, FALSE);
  g_assert_cmpuint (network->chosen, ==, G_MAXUINT);
  g_assert_cmpuint (bp_network_connection (network, network->chosen_connection)->from, ==, 1);
  g_assert_cmpuint (bp_network_connection (network, network->chosen_connection)->to, ==, 4);
}

/* The two factors that stand at the columns of a chosen weight are the sample's part in its gradient: the parts of all
 * samples add up to it. */
static void
test_factors (void)
{
  g_autoptr (BpTrainer) trainer = trainer_from_builtin ("circles");
  g_autoptr (BpNetwork) network = bp_network_new ();
  BpGraph *graph = bp_trainer_get_graph (trainer);
  const guint kernel = bp_graph_find (graph, "W2");
  double sum = 0;

  bp_trainer_step_phase (trainer, 1);
  bp_trainer_step_phase (trainer, 1);
  bp_network_update (network, trainer, 0, kernel, 6, FALSE);
  g_assert_true (isfinite (network->factors[0]));
  g_assert_true (isnan (network->factors[1]));
  bp_trainer_step_phase (trainer, 1);
  for (guint row = 0; row < network->n_rows; row++)
    {
      bp_network_update (network, trainer, row, kernel, 6, FALSE);
      sum += network->factors[0] * network->factors[1];
    }
  g_assert_cmpfloat_with_epsilon (sum, bp_session_get_gradient (bp_trainer_get_session (trainer), kernel)[6], 1e-15);
  bp_network_update (network, trainer, 0, kernel, 6, TRUE);
  g_assert_true (isnan (network->factors[1]));
}

/* Texts get so much smaller that they can be read, numbers less, and no number is cut. */
static void
test_text (void)
{
  static const double areas[][2] = { { 500, 200 }, { 1050, 230 }, { 1400, 500 } };
  const char *const *names = bp_builtin_get_names ();
  PangoFontDescription *font = pango_font_description_from_string ("Sans");

  for (guint i = 0; names[i] != NULL; i++)
    for (guint area = 0; area < G_N_ELEMENTS (areas); area++)
      {
        g_autoptr (BpTrainer) trainer = trainer_from_builtin (names[i]);
        const BpNetworkStyle style = { font, UNIT, 1, BP_NETWORK_ACTIVATIONS };
        g_autoptr (GString) svg = g_string_new (NULL);
        g_autoptr (BpNetwork) network = NULL;
        BpPainter *painter;

        if (!bp_network_is_possible (bp_trainer_get_graph (trainer)))
          continue;
        step_nodes (trainer, bp_trainer_get_n_instructions (trainer) - 1);
        network = create (trainer);
        bp_network_lay_out (network, areas[area][0], areas[area][1], UNIT);
        painter = bp_painter_svg_new (svg, bp_palette_get (BP_PALETTE_LIGHT), font);
        bp_network_draw (painter, network, &style);
        bp_painter_free (painter);
        for (const char *c = svg->str; (c = strstr (c, "<text ")) != NULL; c++)
          {
            g_autofree char *text = g_strndup (c, (gsize) (strstr (c, "</text>") - c));
            const double size = g_ascii_strtod (strstr (text, "font-size=\"") + strlen ("font-size=\""), NULL);
            const gboolean is_number = strstr (text, "\"value\"") != NULL || strstr (text, "\"gradient\"") != NULL;

            g_assert_cmpfloat (size, >=, (is_number ? 0.95 : 0.9) * UNIT - 0.01);
            g_assert_false (is_number && strstr (text, "…") != NULL);
          }
      }
  pango_font_description_free (font);
}

int
main (int   argc,
      char *argv[])
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/network/structure", test_structure);
  g_test_add_func ("/network/column-names", test_column_names);
  g_test_add_func ("/network/no-network", test_no_network);
  g_test_add_func ("/network/numbers", test_numbers);
  g_test_add_func ("/network/hidden", test_hidden);
  g_test_add_func ("/network/lit", test_lit);
  g_test_add_func ("/network/maps", test_maps);
  g_test_add_func ("/network/layout", test_layout);
  g_test_add_func ("/network/turning", test_turning);
  g_test_add_func ("/network/lines", test_lines);
  g_test_add_func ("/network/choice", test_choice);
  g_test_add_func ("/network/factors", test_factors);
  g_test_add_func ("/network/text", test_text);

  return g_test_run ();
}
