/* test-layer-sizes.c: the layers of a network as people write them
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "templates/bp-layer-sizes.h"

#include "base/bp-error.h"

static void
test_read (void)
{
  static const struct {
    const char *text;
    const char *sizes;
    const char *description;
    gsize       n_parameters;
  } rows[] = {
    { "2-8-8-1", "2-8-8-1", "2 inputs, 2 hidden layers of 8 neurons, 1 output", 24 + 72 + 9 },
    { " 2 – 4 → 1 ", "2-4-1", "2 inputs, a hidden layer of 4 neurons, 1 output", 12 + 5 },
    { "1,3", "1-3", "1 input, no hidden layer, 3 outputs", 6 },
    { "4 8 4 3", "4-8-4-3", "4 inputs, 2 hidden layers of 8, 4 neurons, 3 outputs", 40 + 36 + 15 },
    { "1->1->1", "1-1-1", "1 input, a hidden layer of 1 neuron, 1 output", 4 },
  };

  for (guint i = 0; i < G_N_ELEMENTS (rows); i++)
    {
      g_autoptr (GError) error = NULL;
      g_autoptr (GArray) sizes = bp_layer_sizes_parse (rows[i].text, 2, &error);
      g_autofree char *written = NULL;
      g_autofree char *description = NULL;

      g_assert_no_error (error);
      written = bp_layer_sizes_to_string (sizes, "-");
      description = bp_layer_sizes_describe (sizes);
      g_assert_cmpstr (written, ==, rows[i].sizes);
      g_assert_cmpstr (description, ==, rows[i].description);
      g_assert_cmpuint (bp_layer_sizes_count_parameters (sizes), ==, rows[i].n_parameters);
    }

  g_autoptr (GArray) none = bp_layer_sizes_parse ("", 0, NULL);

  g_assert_cmpuint (none->len, ==, 0);
}

static void
test_refused (void)
{
  static const struct {
    const char *text;
    int         code;
    const char *message;
  } rows[] = {
    { "", BP_ERROR_SYNTAX, "A network has at least inputs and outputs: 2-1, or with a hidden layer 2-8-1" },
    { "2-", BP_ERROR_SYNTAX, "A network has at least inputs and outputs: 2-1, or with a hidden layer 2-8-1" },
    { "2-x-1", BP_ERROR_SYNTAX, "“x-1” is not a number of neurons; layers are written as 2-8-8-1" },
    { "2-0-1", BP_ERROR_VALUE, "A layer has from 1 to 1000 neurons" },
    { "2-1001-1", BP_ERROR_VALUE, "A layer has from 1 to 1000 neurons" },
    { "2-99999999999999999999999-1", BP_ERROR_VALUE, "A layer has from 1 to 1000 neurons" },
    { "2-2.5-1", BP_ERROR_SYNTAX, "“.5-1” is not a number of neurons; layers are written as 2-8-8-1" },
    { "1-1-1-1-1-1-1-1-1-1-1-1-1", BP_ERROR_VALUE, "There are at most 12 layers" },
  };

  for (guint i = 0; i < G_N_ELEMENTS (rows); i++)
    {
      g_autoptr (GError) error = NULL;

      g_assert_null (bp_layer_sizes_parse (rows[i].text, 2, &error));
      g_assert_error (error, BP_ERROR, rows[i].code);
      g_assert_cmpstr (error->message, ==, rows[i].message);
    }
}

int
main (int    argc,
      char **argv)
{
  g_test_init (&argc, &argv, NULL);

  g_test_add_func ("/layer-sizes/read", test_read);
  g_test_add_func ("/layer-sizes/refused", test_refused);

  return g_test_run ();
}
