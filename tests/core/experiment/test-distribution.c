/* test-distribution.c: distributions, read, written and drawn from
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "experiment/bp-dataset.h"
#include "base/bp-error.h"
#include "base/bp-random.h"

#include <math.h>
#include <string.h>

static void
assert_parses (const char         *text,
               BpDistributionKind  kind,
               double              a,
               double              b,
               gsize               count,
               const char         *canonical)
{
  g_autoptr(GError) error = NULL;
  BpDistribution distribution, again;

  memset (&distribution, 0xff, sizeof distribution);
  g_assert_true (bp_distribution_parse (text, &distribution, &error));
  g_assert_no_error (error);
  g_assert_cmpuint (distribution.kind, ==, kind);
  g_assert_cmpfloat (distribution.a, ==, a);
  g_assert_cmpfloat (distribution.b, ==, b);
  g_assert_cmpuint (distribution.count, ==, count);

  g_autofree char *written = bp_distribution_to_string (&distribution);

  g_assert_cmpstr (written, ==, canonical);
  g_assert_true (bp_distribution_parse (written, &again, &error));
  g_assert_no_error (error);
  g_assert_true (again.kind == kind && again.a == a && again.b == b && again.count == count);
}

static void
test_parse (void)
{
  assert_parses ("normal(1, 0.1)", BP_DISTRIBUTION_NORMAL, 1, 0.1, 0, "normal(1, 0.1)");
  assert_parses ("normal(-1, 1, 50)", BP_DISTRIBUTION_NORMAL, -1, 1, 50, "normal(-1, 1, 50)");
  assert_parses (" normal ( -1 ,1,50 ) ", BP_DISTRIBUTION_NORMAL, -1, 1, 50, "normal(-1, 1, 50)");
  assert_parses ("\tnormal(2,0)\n", BP_DISTRIBUTION_NORMAL, 2, 0, 0, "normal(2, 0)");
  assert_parses ("uniform(0, 1)", BP_DISTRIBUTION_UNIFORM, 0, 1, 0, "uniform(0, 1)");
  assert_parses ("uniform(-1e-9, 2.5e3, 1)", BP_DISTRIBUTION_UNIFORM, -1e-9, 2500, 1, "uniform(-1e-9, 2500, 1)");
  assert_parses ("uniform(3, 3)", BP_DISTRIBUTION_UNIFORM, 3, 3, 0, "uniform(3, 3)");
  assert_parses ("10", BP_DISTRIBUTION_CONSTANT, 10, 0, 0, "10");
  assert_parses ("-.5", BP_DISTRIBUTION_CONSTANT, -0.5, 0, 0, "-0.5");
  assert_parses ("0 x 50", BP_DISTRIBUTION_CONSTANT, 0, 0, 50, "0 x 50");
  assert_parses ("0x50", BP_DISTRIBUTION_CONSTANT, 0, 0, 50, "0 x 50");
  assert_parses ("+1.5 x10000000", BP_DISTRIBUTION_CONSTANT, 1.5, 0, BP_MAX_SAMPLES, "1.5 x 10000000");
}

static void
assert_no_distribution (const char *text,
                        BpError     code,
                        const char *message)
{
  g_autoptr(GError) error = NULL;
  BpDistribution distribution = { BP_DISTRIBUTION_UNIFORM, 5, 6, 7 };

  g_assert_false (bp_distribution_parse (text, &distribution, &error));
  g_assert_error (error, BP_ERROR, (int) code);
  g_assert_cmpstr (error->message, ==, message);
  g_assert_cmpuint (distribution.count, ==, 7);
  g_assert_false (bp_distribution_parse (text, &distribution, NULL));
}

static void
test_parse_fails (void)
{
  static const struct {
    const char *text;
    BpError     code;
    const char *message;
  } cases[] = {
    { "", BP_ERROR_SYNTAX, "column 1: a number, normal(…) or uniform(…) was expected" },
    { "  ", BP_ERROR_SYNTAX, "column 3: a number, normal(…) or uniform(…) was expected" },
    { "(1)", BP_ERROR_SYNTAX, "column 1: a number, normal(…) or uniform(…) was expected" },
    { "ñormal(1, 2)", BP_ERROR_SYNTAX, "column 1: a number, normal(…) or uniform(…) was expected" },
    { "gauss(1, 2)", BP_ERROR_UNKNOWN,
      "column 1: there is no distribution “gauss”; a number, normal(…) or uniform(…) was expected" },
    { " Normal(1, 2)", BP_ERROR_UNKNOWN,
      "column 2: there is no distribution “Normal”; a number, normal(…) or uniform(…) was expected" },
    { "nan", BP_ERROR_UNKNOWN,
      "column 1: there is no distribution “nan”; a number, normal(…) or uniform(…) was expected" },
    { "normal", BP_ERROR_SYNTAX, "column 7: “(” was expected" },
    { "normal 1, 2", BP_ERROR_SYNTAX, "column 8: “(” was expected" },
    { "normal(", BP_ERROR_SYNTAX, "column 8: a number was expected" },
    { "normal()", BP_ERROR_SYNTAX, "column 8: a number was expected" },
    { "normal(x, 1)", BP_ERROR_SYNTAX, "column 8: a number was expected" },
    { "normal(nan, 1)", BP_ERROR_SYNTAX, "column 8: a number was expected" },
    { "normal(1)", BP_ERROR_SYNTAX, "column 9: “,” and a second number were expected" },
    { "normal(1 1)", BP_ERROR_SYNTAX, "column 10: “,” and a second number were expected" },
    { "normal(1, )", BP_ERROR_SYNTAX, "column 11: a number was expected" },
    { "normal(1, inf)", BP_ERROR_SYNTAX, "column 11: a number was expected" },
    { "normal(1, 1", BP_ERROR_SYNTAX, "column 12: “,” or “)” was expected" },
    { "normal(1, 1; 3)", BP_ERROR_SYNTAX, "column 12: “,” or “)” was expected" },
    { "normal(1, 1, 5", BP_ERROR_SYNTAX, "column 15: “)” was expected" },
    { "normal(1, 1, 5, 6)", BP_ERROR_SYNTAX, "column 15: “)” was expected" },
    { "normal(1, 1, 1.5)", BP_ERROR_SYNTAX, "column 15: “)” was expected" },
    { "normal(1, 1, )", BP_ERROR_SYNTAX, "column 14: a whole number of samples was expected" },
    { "normal(1, 1, -5)", BP_ERROR_SYNTAX, "column 14: a whole number of samples was expected" },
    { "normal(1, 1, 0)", BP_ERROR_VALUE, "column 14: the number of samples must be from 1 to 10000000" },
    { "normal(1, 1, 10000001)", BP_ERROR_VALUE, "column 14: the number of samples must be from 1 to 10000000" },
    { "1 x 99999999999999999999999", BP_ERROR_VALUE, "column 5: the number of samples must be from 1 to 10000000" },
    { "normal(1, 1) 2", BP_ERROR_SYNTAX, "column 14: the end was expected" },
    { "normal(1, 1))", BP_ERROR_SYNTAX, "column 13: the end was expected" },
    { "normal(1, -0.5)", BP_ERROR_VALUE, "column 11: the standard deviation must not be negative" },
    { "uniform(2, 1)", BP_ERROR_VALUE, "column 12: the upper bound must not be less than the lower bound" },
    { "uniform(-1e308, 1e308)", BP_ERROR_VALUE, "column 17: the bounds are too far apart" },
    { "normal(1e999, 1)", BP_ERROR_VALUE, "column 8: the number is too large" },
    { "normal(1, 1e999)", BP_ERROR_VALUE, "column 11: the number is too large" },
    { "-1e999", BP_ERROR_VALUE, "column 1: the number is too large" },
    { "-", BP_ERROR_SYNTAX, "column 1: a number was expected" },
    { "1 x", BP_ERROR_SYNTAX, "column 4: a whole number of samples was expected" },
    { "1 x -3", BP_ERROR_SYNTAX, "column 5: a whole number of samples was expected" },
    { "1 x 0", BP_ERROR_VALUE, "column 5: the number of samples must be from 1 to 10000000" },
    { "1 x 5 x 5", BP_ERROR_SYNTAX, "column 7: the end was expected" },
    { "10 20", BP_ERROR_SYNTAX, "column 4: “x” and a number of samples, or the end, was expected" },
    { "10y", BP_ERROR_SYNTAX, "column 3: “x” and a number of samples, or the end, was expected" },
    { "10 × 5", BP_ERROR_SYNTAX, "column 4: “x” and a number of samples, or the end, was expected" },
    { "1 x 5 \302\240y", BP_ERROR_SYNTAX, "column 7: the end was expected" },
  };

  for (guint i = 0; i < G_N_ELEMENTS (cases); i++)
    assert_no_distribution (cases[i].text, cases[i].code, cases[i].message);
}

/* Every beginning of a valid text, with any byte after it, is read or refused, without reading beyond its end. */
static void
test_parse_anything (void)
{
  static const char * const texts[] = { "normal(-1.5e2, 0.25, 50)", "uniform(0, 1)", " 0.5 x 50 " };

  for (guint i = 0; i < G_N_ELEMENTS (texts); i++)
    for (gsize length = 0; length <= strlen (texts[i]); length++)
      for (guint byte = 0; byte < 256; byte++)
        {
          g_autofree char *text = g_strdup_printf ("%.*s%c", (int) length, texts[i], (char) byte);
          g_autoptr(GError) error = NULL;
          BpDistribution distribution;

          if (!bp_distribution_parse (text, &distribution, &error))
            {
              g_assert_true (error->domain == BP_ERROR);
              g_assert_true (g_str_has_prefix (error->message, "column "));
              g_assert_true (g_utf8_validate (error->message, -1, NULL));
            }
        }
}

static void
test_draw (void)
{
  BpDistribution constant = { BP_DISTRIBUTION_CONSTANT, 7.5, 99, 0 };
  BpDistribution normal = { BP_DISTRIBUTION_NORMAL, 3, 2, 0 };
  BpDistribution uniform = { BP_DISTRIBUTION_UNIFORM, -3, 5, 0 };
  BpDistribution point = { BP_DISTRIBUTION_UNIFORM, 0.1, 0.1, 0 };
  BpDistribution narrow = { BP_DISTRIBUTION_UNIFORM, 1, nextafter (1, 2), 0 };
  BpDistribution sure = { BP_DISTRIBUTION_NORMAL, 0.1, 0, 0 };

  for (guint64 i = 0; i < 10000; i++)
    {
      double u = bp_random_uniform (11, i);

      g_assert_cmpfloat (bp_distribution_draw (&constant, 11, i), ==, 7.5);
      g_assert_cmpfloat (bp_distribution_draw (&normal, 11, i), ==, 3 + 2 * bp_random_normal (11, i));
      g_assert_cmpfloat_with_epsilon (bp_distribution_draw (&uniform, 11, i), -3 * (1 - u) + 5 * u, 1e-14);
      g_assert_cmpfloat (bp_distribution_draw (&uniform, 11, i), <=, 5);
      g_assert_cmpfloat (bp_distribution_draw (&uniform, 11, i), >=, -3);
      g_assert_cmpfloat (bp_distribution_draw (&point, 11, i), ==, 0.1);
      g_assert_cmpfloat (bp_distribution_draw (&sure, 11, i), ==, 0.1);
      g_assert_cmpfloat (bp_distribution_draw (&narrow, 11, i), <=, narrow.b);
    }
}

int
main (int    argc,
      char **argv)
{
  g_test_init (&argc, &argv, NULL);

  g_test_add_func ("/distribution/parse", test_parse);
  g_test_add_func ("/distribution/parse-fails", test_parse_fails);
  g_test_add_func ("/distribution/parse-anything", test_parse_anything);
  g_test_add_func ("/distribution/draw", test_draw);

  return g_test_run ();
}
