/* test-shape.c: shapes, their limits, and broadcasting
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "base/bp-error.h"
#include "graph/bp-shape.h"

#include <string.h>

static BpShape
parse (const char *text)
{
  BpShape shape;
  g_autoptr (GError) error = NULL;

  bp_shape_parse (text, &shape, &error);
  g_assert_no_error (error);

  return shape;
}

static void
test_init (void)
{
  const guint64 dims[] = { 2, 3, 4, 5 };
  BpShape shape;

  for (guint rank = 0; rank <= BP_MAX_RANK; rank++)
    {
      gsize n = 1;

      g_assert_true (bp_shape_init (&shape, rank, dims, NULL));
      g_assert_cmpuint (shape.rank, ==, rank);
      for (guint d = 0; d < BP_MAX_RANK; d++)
        {
          g_assert_cmpuint (shape.dims[d], ==, d < rank ? dims[d] : 1);
          n *= d < rank ? dims[d] : 1;
        }
      g_assert_cmpuint (bp_shape_get_n_elements (&shape), ==, n);
    }
}

static void
test_init_errors (void)
{
  static const struct {
    guint rank;
    guint64 dims[5];
    const char *message;
  } cases[] = {
    { 5, { 1, 1, 1, 1, 1 }, "a shape of 5 dimensions; at most 4 are possible" },
    { 1, { 0 }, "shape [0] has a size of 0; sizes are at least 1" },
    { 3, { 2, 0, 3 }, "shape [2, 0, 3] has a size of 0; sizes are at least 1" },
    { 3, { 1 << 20, 1 << 20, 0 }, "shape [1048576, 1048576, 0] has a size of 0; sizes are at least 1" },
    { 2, { 1 << 20, 1 << 20 }, "shape [1048576, 1048576] has more than the 268435456 elements that are possible" },
    { 1, { G_MAXUINT64 }, "shape [18446744073709551615] has more than the 268435456 elements that are possible" },
    { 1, { BP_MAX_ELEMENTS + 1 }, "shape [268435457] has more than the 268435456 elements that are possible" },
    /* Products that are small again after they wrap at 32 or 64 bits. */
    { 2, { 1 << 16, 1 << 16 }, "shape [65536, 65536] has more than the 268435456 elements that are possible" },
    { 4, { 1 << 16, 1 << 16, 1 << 16, 1 << 16 },
      "shape [65536, 65536, 65536, 65536] has more than the 268435456 elements that are possible" },
  };

  for (guint i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      const BpShape before = { 1, { 7, 1, 1, 1 } };
      BpShape shape = before;
      g_autoptr (GError) error = NULL;

      g_assert_false (bp_shape_init (&shape, cases[i].rank, cases[i].dims, &error));
      g_assert_error (error, BP_ERROR, BP_ERROR_SHAPE);
      g_assert_cmpstr (error->message, ==, cases[i].message);
      g_assert_cmpmem (&shape, sizeof shape, &before, sizeof before);
    }
}

static void
test_limit (void)
{
  const guint64 largest[] = { 1 << 14, 1 << 14 };
  BpShape shape;

  g_assert_true (bp_shape_init (&shape, 2, largest, NULL));
  g_assert_cmpuint (bp_shape_get_n_elements (&shape), ==, BP_MAX_ELEMENTS);
}

static void
test_text (void)
{
  static const char * const texts[] = { "[]", "[1]", "[2, 3]", "[2, 3, 4, 5]" };
  const BpShape loose = parse ("  [ 2,3 ,\t4 ]  ");

  for (guint i = 0; i < G_N_ELEMENTS (texts); i++)
    {
      const BpShape shape = parse (texts[i]);
      g_autofree char *text = bp_shape_to_string (&shape);

      g_assert_cmpstr (text, ==, texts[i]);
      g_assert_cmpuint (shape.rank, ==, i == 0 ? 0 : i == 1 ? 1 : i == 2 ? 2 : 4);
    }
  g_assert_cmpuint (loose.rank, ==, 3);
  g_assert_cmpuint (loose.dims[2], ==, 4);
}

static void
test_text_errors (void)
{
  static const struct {
    const char *text;
    BpError code;
  } cases[] = {
    { "", BP_ERROR_SYNTAX }, { "2", BP_ERROR_SYNTAX }, { "[", BP_ERROR_SYNTAX }, { "[2", BP_ERROR_SYNTAX },
    { "[2,", BP_ERROR_SYNTAX }, { "[2,]", BP_ERROR_SYNTAX }, { "[,2]", BP_ERROR_SYNTAX }, { "[2 3]", BP_ERROR_SYNTAX },
    { "[2] 3", BP_ERROR_SYNTAX }, { "[-1]", BP_ERROR_SYNTAX }, { "[+1]", BP_ERROR_SYNTAX },
    { "[2.5]", BP_ERROR_SYNTAX }, { "[x]", BP_ERROR_SYNTAX }, { "[2]]", BP_ERROR_SYNTAX },
    { "[0]", BP_ERROR_SHAPE }, { "[1, 1, 1, 1, 1]", BP_ERROR_SHAPE }, { "[1048576, 1048576]", BP_ERROR_SHAPE },
    { "[99999999999999999999999]", BP_ERROR_SHAPE },
  };

  for (guint i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      BpShape shape = { 0, { 1, 1, 1, 1 } };
      g_autoptr (GError) error = NULL;

      g_test_message ("%s", cases[i].text);
      g_assert_false (bp_shape_parse (cases[i].text, &shape, &error));
      g_assert_error (error, BP_ERROR, (int) cases[i].code);
      if (cases[i].code == BP_ERROR_SYNTAX)
        g_assert_nonnull (strstr (error->message, "expected sizes in brackets"));
    }
}

static void
test_index (void)
{
  const BpShape shape = parse ("[2, 3, 4]"), scalar = parse ("[]");
  gsize index = 0;

  for (guint i = 0; i < 2; i++)
    for (guint j = 0; j < 3; j++)
      for (guint k = 0; k < 4; k++)
        {
          g_autofree char *text = bp_shape_index_to_string (&shape, index++);
          g_autofree char *expected = g_strdup_printf ("[%u,%u,%u]", i, j, k);

          g_assert_cmpstr (text, ==, expected);
        }
  {
    g_autofree char *text = bp_shape_index_to_string (&scalar, 0);

    g_assert_cmpstr (text, ==, "[]");
  }
}

static void
test_equal (void)
{
  static const char * const texts[] = { "[]", "[1]", "[1, 1]", "[2]", "[2, 1]", "[1, 2]", "[2, 2]", "[1, 1, 1, 2]" };

  for (guint i = 0; i < G_N_ELEMENTS (texts); i++)
    for (guint j = 0; j < G_N_ELEMENTS (texts); j++)
      {
        const BpShape a = parse (texts[i]), b = parse (texts[j]);

        g_assert_cmpint (bp_shape_equal (&a, &b), ==, i == j);
      }
}

/* Results of numpy.broadcast_shapes. */
static void
test_broadcast (void)
{
  static const struct {
    const char *a, *b, *result;
  } cases[] = {
    { "[]", "[]", "[]" }, { "[]", "[1]", "[1]" }, { "[]", "[2, 3]", "[2, 3]" }, { "[1]", "[1, 1]", "[1, 1]" },
    { "[3]", "[2, 3]", "[2, 3]" }, { "[2, 1]", "[3]", "[2, 3]" }, { "[2, 1]", "[1, 3]", "[2, 3]" },
    { "[4, 1, 3]", "[2, 1]", "[4, 2, 3]" }, { "[8, 1, 6, 1]", "[7, 1, 5]", "[8, 7, 6, 5]" },
    { "[2, 3]", "[3, 2]", NULL }, { "[2, 3]", "[2]", NULL }, { "[4]", "[3]", NULL }, { "[2, 1, 3]", "[4, 2, 2]", NULL },
  };

  for (guint i = 0; i < G_N_ELEMENTS (cases); i++)
    for (guint swapped = 0; swapped < 2; swapped++)
      {
        const BpShape a = parse (swapped ? cases[i].b : cases[i].a), b = parse (swapped ? cases[i].a : cases[i].b);
        BpShape result;
        g_autoptr (GError) error = NULL;
        g_autofree char *text = NULL;

        if (!bp_shape_broadcast (&a, &b, &result, &error))
          {
            g_assert_null (cases[i].result);
            g_assert_error (error, BP_ERROR, BP_ERROR_SHAPE);
            g_assert_nonnull (strstr (error->message, cases[i].a));
            g_assert_nonnull (strstr (error->message, cases[i].b));
            continue;
          }
        text = bp_shape_to_string (&result);
        g_assert_cmpstr (text, ==, cases[i].result);
        for (guint d = result.rank; d < BP_MAX_RANK; d++)
          g_assert_cmpuint (result.dims[d], ==, 1);
      }
}

static void
test_broadcast_errors (void)
{
  const BpShape a = parse ("[2, 3]"), b = parse ("[4]");
  const BpShape tall = parse ("[1048576, 1]"), wide = parse ("[1048576]");
  BpShape result;
  g_autoptr (GError) misfit = NULL;
  g_autoptr (GError) overflow = NULL;

  g_assert_false (bp_shape_broadcast (&a, &b, &result, &misfit));
  g_assert_cmpstr (misfit->message, ==,
                   "shapes [2, 3] and [4] do not fit together: sizes 3 and 4 differ and neither is 1");
  g_assert_false (bp_shape_broadcast (&tall, &wide, &result, &overflow));
  g_assert_error (overflow, BP_ERROR, BP_ERROR_SHAPE);
}

static void
test_expansion (void)
{
  static const struct {
    const char *shape, *target;
    int         axis; /* −1 for none */
  } cases[] = {
    { "[]", "[1]", 0 }, { "[4]", "[4, 1]", 1 }, { "[4]", "[1, 4]", 0 }, { "[1]", "[1, 1]", 1 },
    { "[2, 3]", "[2, 1, 3]", 1 }, { "[2, 3]", "[2, 3, 1]", 2 }, { "[2, 3]", "[1, 2, 3]", 0 },
    { "[]", "[4]", -1 }, { "[4]", "[4]", -1 }, { "[4, 1]", "[4]", -1 }, { "[4]", "[4, 4]", -1 },
    { "[4]", "[4, 1, 1]", -1 }, { "[4]", "[3, 1]", -1 },
  };

  for (guint i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      BpShape shape, target;
      guint axis;

      g_assert_true (bp_shape_parse (cases[i].shape, &shape, NULL));
      g_assert_true (bp_shape_parse (cases[i].target, &target, NULL));
      g_assert_cmpint (bp_shape_find_expansion (&shape, &target, &axis) ? (int) axis : -1, ==, cases[i].axis);
    }
}

/* Against walking over all elements of the larger shape. */
static void
test_shrink_index (void)
{
  const BpShape stretched = { 3, { 4, 2, 3, 1 } }, shapes[] = {
    { 3, { 4, 2, 3, 1 } }, { 3, { 4, 1, 3, 1 } }, { 2, { 2, 1, 1, 1 } }, { 1, { 3, 1, 1, 1 } }, { 0, { 1, 1, 1, 1 } },
  };
  const gsize strides[G_N_ELEMENTS (shapes)][3] = { { 6, 3, 1 }, { 3, 0, 1 }, { 0, 1, 0 }, { 0, 0, 1 }, { 0, 0, 0 } };

  for (guint i = 0; i < G_N_ELEMENTS (shapes); i++)
    for (gsize j = 0; j < 4; j++)
      for (gsize k = 0; k < 2; k++)
        for (gsize l = 0; l < 3; l++)
          g_assert_cmpuint (bp_shape_shrink_index (&shapes[i], &stretched, (j * 2 + k) * 3 + l), ==,
                            j * strides[i][0] + k * strides[i][1] + l * strides[i][2]);
}

int
main (int    argc,
      char **argv)
{
  g_test_init (&argc, &argv, NULL);

  g_test_add_func ("/shape/init", test_init);
  g_test_add_func ("/shape/init-errors", test_init_errors);
  g_test_add_func ("/shape/limit", test_limit);
  g_test_add_func ("/shape/text", test_text);
  g_test_add_func ("/shape/text-errors", test_text_errors);
  g_test_add_func ("/shape/index", test_index);
  g_test_add_func ("/shape/equal", test_equal);
  g_test_add_func ("/shape/broadcast", test_broadcast);
  g_test_add_func ("/shape/broadcast-errors", test_broadcast_errors);
  g_test_add_func ("/shape/expansion", test_expansion);
  g_test_add_func ("/shape/shrink-index", test_shrink_index);

  return g_test_run ();
}
