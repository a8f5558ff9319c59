/* test-expression-random.c: random expressions against C, and random words
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "base/bp-error.h"
#include "graph/bp-expression.h"
#include "session/bp-session.h"
#include "lib/graph-fixture.h"

#include <math.h>
#include <stdio.h>

/* Writes a random expression, with parentheses also where they need not be, and computes it. */
typedef struct {
  GRand   *rand;
  GString *text;
  double   a;
} Writer;

static double write_random (Writer *self,
                            guint   depth,
                            guint   level);

static double
write_primary (Writer *self,
               guint   depth)
{
  double value;

  switch (depth == 0 ? g_rand_int_range (self->rand, 0, 2) : g_rand_int_range (self->rand, 0, 4))
    {
    case 0:
      g_string_append (self->text, "A");
      return self->a;

    case 1:
      value = g_rand_int_range (self->rand, 1, 40) / 8.0;
      g_string_append_printf (self->text, "%.3f", value);
      return value;

    case 2:
      g_string_append (self->text, "(");
      value = write_random (self, depth - 1, 0);
      g_string_append (self->text, ")");
      return value;

    default:
      g_string_append (self->text, "tanh (");
      value = tanh (write_random (self, depth - 1, 0));
      g_string_append (self->text, ") ");
      return value;
    }
}

/* @level: 0 a sum, 1 a product, 2 a factor with a sign, 3 a power */
static double
write_random (Writer *self,
              guint   depth,
              guint   level)
{
  double left, right;
  gboolean first = g_rand_boolean (self->rand);

  if (depth == 0 || level > 3)
    return write_primary (self, depth);
  if (g_rand_boolean (self->rand))
    return write_random (self, depth, level + 1);

  switch (level)
    {
    case 0:
      left = write_random (self, depth - 1, 0);
      g_string_append (self->text, first ? " + " : "-");
      right = write_random (self, depth - 1, 1);
      return first ? left + right : left - right;

    case 1:
      left = write_random (self, depth - 1, 1);
      g_string_append (self->text, first ? "*" : " / ");
      right = write_random (self, depth - 1, 2);
      return first ? left * right : left / right;

    case 2:
      g_string_append (self->text, " -");
      return -write_random (self, depth - 1, 2);

    default:
      left = write_primary (self, depth - 1);
      g_string_append (self->text, "**");
      return pow (left, write_random (self, depth - 1, 2));
    }
}

static void
test_random_values (void)
{
  g_autoptr (GRand) rand = g_rand_new_with_seed (7);

  for (guint i = 0; i < 2000; i++)
    {
      g_autoptr (BpGraph) graph = create_graph ();
      g_autoptr (GString) text = g_string_new (NULL);
      g_autoptr (GError) error = NULL;
      g_autoptr (BpSession) session = NULL;
      Writer writer = { rand, text, g_rand_double_range (rand, -2, 2) };
      double expected = write_random (&writer, 5, 0);
      double value;
      guint node;

      node = bp_expression_add_to_graph (graph, text->str, NULL, &error);
      g_assert_no_error (error);
      bp_graph_set_loss (graph, node);
      session = bp_session_new (graph, &error);
      g_assert_no_error (error);
      bp_session_feed (session, bp_graph_find (graph, "A"), &writer.a, 1);
      bp_session_forward (session);
      value = bp_session_get_value (session, node)[0];

      if (isfinite (expected))
        g_assert_cmpfloat_with_epsilon (value, expected, 1e-9 * fmax (1, fabs (expected)));
      else
        g_assert_false (isfinite (value));
    }
}

/* Sequences of words that mostly are no expressions: each is either refused with a column in it or gives a node. */
static void
test_random_words (void)
{
  static const char * const words[] = {
    "A", "W", "x_data", "square", "reshape", "expand_dims", "reduce_sum", "maximum", "axis", "shape", "(", "(", ")",
    ")", "[", "]", ",", "=", "+", "-", "*", "**", "/", "2", "0", "-1", "1e999", "0.5", "é", "#", " ", "\t", ".",
    "99999999999999999999", "_", "e", "sigmoid_cross_entropy_with_logits", "labels=", "logits=", "(A)", "(W, 1)",
    "(W, [-1])",
  };
  g_autoptr (GRand) rand = g_rand_new_with_seed (8);
  guint n_nodes = 0;

  for (guint i = 0; i < 50000; i++)
    {
      g_autoptr (BpGraph) graph = create_graph ();
      g_autoptr (GString) text = g_string_new (NULL);
      g_autoptr (GError) error = NULL;
      guint n_words = (guint) g_rand_int_range (rand, 0, 9);
      int column = 0;

      for (guint j = 0; j < n_words; j++)
        g_string_append (text, words[g_rand_int_range (rand, 0, G_N_ELEMENTS (words))]);

      if (bp_expression_add_to_graph (graph, text->str, "node", &error) != BP_NODE_NONE)
        {
          g_assert_no_error (error);
          n_nodes++;
          continue;
        }
      g_assert_true (error != NULL && error->domain == BP_ERROR);
      g_assert_cmpint (sscanf (error->message, "column %d: ", &column), ==, 1);
      g_assert_cmpint (column, >=, 1);
      g_assert_cmpint (column, <=, g_utf8_strlen (text->str, -1) + 1);
      g_assert_true (g_utf8_validate (error->message, -1, NULL));
    }
  g_assert_cmpuint (n_nodes, >, 100);
}

int
main (int   argc,
      char *argv[])
{
  g_test_init (&argc, &argv, NULL);

  g_test_add_func ("/expression-random/values", test_random_values);
  g_test_add_func ("/expression-random/words", test_random_words);

  return g_test_run ();
}
