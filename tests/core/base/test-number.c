/* test-number.c: numbers to texts and back
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include <float.h>
#include <locale.h>
#include <math.h>
#include <string.h>

#include "base/bp-error.h"
#include "base/bp-number.h"

typedef struct {
  double      value;
  const char *text;
} Case;

static void
assert_formats (char *(*format) (double),
                double      value,
                const char *expected)
{
  g_autofree char *text = format (value);

  g_assert_cmpstr (text, ==, expected);
}

static void
test_format (void)
{
  static const Case cases[] = {
    /* as written in the documentation */
    { 7.657, "7.657" }, { -0.02, "−0.02" }, { 10, "10" }, { 1.2e-7, "1.2·10⁻⁷" }, { 7.99, "7.99" },
    { 0, "0" }, { -0.0, "0" }, { 1, "1" }, { -1, "−1" }, { 100, "100" }, { 0.5, "0.5" },
    /* four significant digits */
    { 3.14159265, "3.142" }, { 31.4159265, "31.42" }, { 314.159265, "314.2" }, { 3141.59265, "3142" },
    { 31415.9265, "31420" }, { 12346, "12350" }, { 0.000123456, "0.0001235" }, { 6.12853956, "6.129" },
    { 16.45088196, "16.45" }, { 1.0004, "1" }, { 1.0006, "1.001" }, { 1010, "1010" }, { 10100, "10100" },
    /* halves to even, as printf and IEEE 754 do */
    { 12345, "12340" }, { 12355, "12360" }, { 1.0625, "1.062" }, { 1.1875, "1.188" },
    /* rounding into the next magnitude */
    { 9.9999, "10" }, { 9999.96, "10000" }, { -9999.96, "−10000" }, { 0.00099999, "0.001" }, { 0.99999, "1" },
    { 99994, "99990" }, { 99996, "10⁵" }, { 0.000099999, "0.0001" }, { 9.9999e-8, "10⁻⁷" },
    { 9.99951e99, "10¹⁰⁰" },
    /* the ends of what is written out */
    { 0.0001, "0.0001" }, { 0.00009999, "9.999·10⁻⁵" }, { 99990, "99990" }, { 100000, "10⁵" },
    { -123456, "−1.235·10⁵" }, { 1e22, "10²²" }, { 6.02214076e23, "6.022·10²³" }, { -1.602e-19, "−1.602·10⁻¹⁹" },
    { DBL_MAX, "1.798·10³⁰⁸" }, { -DBL_MAX, "−1.798·10³⁰⁸" }, { DBL_MIN, "2.225·10⁻³⁰⁸" }, { 4.9e-324, "4.941·10⁻³²⁴" },
    { HUGE_VAL, "∞" }, { -HUGE_VAL, "−∞" },
  };

  for (guint i = 0; i < G_N_ELEMENTS (cases); i++)
    assert_formats (bp_number_format, cases[i].value, cases[i].text);

  assert_formats (bp_number_format, nan (""), "NaN");
  assert_formats (bp_number_format, -nan (""), "NaN");
  g_assert_cmpstr (BP_NUMBER_NONE, ==, "–");
}

static char *
format_latex (double value)
{
  return bp_number_format_latex (value, BP_NUMBER_DIGITS);
}

static void
test_format_latex (void)
{
  static const Case cases[] = {
    { -0.02, "-0.02" }, { 1.2e-7, "1.2 \\cdot 10^{-7}" }, { -3e10, "-3 \\cdot 10^{10}" },
    { 10, "10" }, { -0.0, "0" },
    { HUGE_VAL, "\\infty" }, { -HUGE_VAL, "-\\infty" }, { 9999.96, "10000" },
  };

  for (guint i = 0; i < G_N_ELEMENTS (cases); i++)
    assert_formats (format_latex, cases[i].value, cases[i].text);

  assert_formats (format_latex, nan (""), "\\mathrm{NaN}");
}

static void
test_format_digits (void)
{
  static const struct {
    double      value;
    guint       digits;
    const char *text;
  } cases[] = {
    { 3.14159265, 1, "3" }, { 3.14159265, 2, "3.1" }, { 3.14159265, 6, "3.14159" },
    { 3.14159265, 17, "3.1415926500000002" },
    { 0.02, 17, "0.02" }, { 0.1, 16, "0.1" }, { 0.1, 17, "0.10000000000000001" },
    { 96, 1, "100" }, { 95000, 1, "10⁵" },
    { 123456789, 9, "1.23456789·10⁸" }, { 12345.6789, 9, "12345.6789" }, { -0.06, 1, "−0.06" },
    { 1e-5, 3, "10⁻⁵" },
  };

  for (guint i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      g_autofree char *text = bp_number_format_digits (cases[i].value, cases[i].digits);

      g_assert_cmpstr (text, ==, cases[i].text);
    }
}

/* What a formatted number says, read independently. */
static double
read_back (const char *text)
{
  static const char * const from[] = {
    "−", "·10", "⁻", "⁰", "¹", "²", "³", "⁴", "⁵", "⁶", "⁷", "⁸", "⁹",
  };
  static const char * const to[] = {
    "-", "e", "-", "0", "1", "2", "3", "4", "5", "6", "7", "8", "9",
  };
  const char *mantissa = g_str_has_prefix (text, "−") ? text + strlen ("−") : text;
  g_autoptr(GString) plain = g_string_new (text);
  char *end;

  /* A power of ten stands alone: 10⁻⁸. */
  if (g_str_has_prefix (mantissa, "10") && mantissa[2] != '\0' && (guchar) mantissa[2] >= 0x80)
    g_string_insert (plain, mantissa - text, "1·");
  for (guint i = 0; i < G_N_ELEMENTS (from); i++)
    g_string_replace (plain, from[i], to[i], 0);

  double value = g_ascii_strtod (plain->str, &end);

  g_assert_cmpstr (end, ==, "");

  return value;
}

static double
draw_any (GRand *rand)
{
  double value = g_rand_double_range (rand, -1, 1);

  switch (g_rand_int_range (rand, 0, 4))
    {
    case 0:
      return value * pow (10, g_rand_int_range (rand, -320, 309));
    case 1:
      return value * pow (10, g_rand_int_range (rand, -6, 7));
    case 2:
      return round (value * 1000) / 100;
    default:
      return round (value * 2e5);
    }
}

/* Any number: right to half a unit of the fourth digit, within the width, without superfluous zeros, never "−0". */
static void
test_format_any (void)
{
  g_autoptr(GRand) rand = g_rand_new_with_seed (1);
  glong widest = 0;

  for (guint i = 0; i < 100000; i++)
    {
      double value = draw_any (rand);
      g_autofree char *text = bp_number_format (value);
      double shown = read_back (text);

      widest = MAX (widest, g_utf8_strlen (text, -1));
      g_assert_cmpfloat (fabs (shown - value), <=, fabs (value) * 0.5001e-3 + 5e-324);
      g_assert_true (bp_number_is_exact (value) == (shown == value));
      g_assert_cmpstr (text, !=, "−0");
      if (strchr (text, '.') != NULL && strstr (text, "·") == NULL)
        g_assert_false (g_str_has_suffix (text, "0") || g_str_has_suffix (text, "."));
      g_assert_null (strstr (text, "0·"));

      if (fabs (value) >= 1e-9 && fabs (value) < 9.999e9)
        g_assert_cmpint (g_utf8_strlen (text, -1), <=, 11);
    }

  g_assert_cmpint (widest, ==, BP_NUMBER_MAX_CHARS);
}

static void
test_exact (void)
{
  static const double exact[] = { 0, -0.0, 10, 0.02, -7.99, 0.0001, 1.2e-7, 12340, 1e300, 100000, HUGE_VAL, -HUGE_VAL };
  static const double rounded[] = { 1.0 / 3, 12345, 0.1 + 0.2, 9999.96, 99999, 1 + DBL_EPSILON, DBL_MIN, DBL_MAX };

  for (guint i = 0; i < G_N_ELEMENTS (exact); i++)
    g_assert_true (bp_number_is_exact (exact[i]));
  for (guint i = 0; i < G_N_ELEMENTS (rounded); i++)
    g_assert_false (bp_number_is_exact (rounded[i]));

  g_assert_true (bp_number_is_exact (nan ("")));
}

static void
test_append_exact (void)
{
  g_autoptr(GString) string = g_string_new ("x");
  static const double values[] = { 0.1, -2, 1e300, HUGE_VAL, -HUGE_VAL, -0.0 };

  for (guint i = 0; i < G_N_ELEMENTS (values); i++)
    {
      g_string_append_c (string, ',');
      bp_number_append_exact (string, values[i]);
    }

  g_string_append_c (string, ',');
  bp_number_append_exact (string, nan (""));
  g_string_append_c (string, ',');
  bp_number_append_exact (string, -nan (""));

  g_assert_cmpstr (string->str, ==,
                   "x,0.10000000000000001,-2,1.0000000000000001e+300,inf,-inf,-0,nan,nan");
}

static void
test_shortest (void)
{
  static const Case cases[] = {
    { 0.02, "0.02" }, { 10, "10" }, { 100, "100" },
    { 1e-8, "1e-8" }, { 1e-10, "1e-10" }, { 0.999, "0.999" }, { -1, "-1" }, { 0, "0" }, { -0.0, "-0" },
    { 0.0001, "0.0001" }, { 0.00012, "0.00012" }, { 0.00001, "1e-5" },
    { 123456789, "123456789" },
    { 1e16, "10000000000000000" }, { 1e17, "1e17" }, { 1.5e300, "1.5e300" }, { 0.1 + 0.2, "0.30000000000000004" },
    { 1.0 / 3, "0.3333333333333333" }, { 5e-324, "5e-324" }, { DBL_MAX, "1.7976931348623157e308" },
    { 12345.678, "12345.678" }, { HUGE_VAL, "inf" }, { -HUGE_VAL, "-inf" },
  };

  for (guint i = 0; i < G_N_ELEMENTS (cases); i++)
    assert_formats (bp_number_to_shortest, cases[i].value, cases[i].text);

  assert_formats (bp_number_to_shortest, nan (""), "nan");
}

static void
assert_reads_back (double value)
{
  g_autofree char *shortest = bp_number_to_shortest (value);
  g_autoptr(GString) exact = g_string_new (NULL);
  double numbers[2] = { 1, 1 };

  bp_number_append_exact (exact, value);
  g_assert_true (bp_number_parse (shortest, &numbers[0], NULL));
  g_assert_true (bp_number_parse (exact->str, &numbers[1], NULL));
  g_assert_cmpmem (&numbers[0], sizeof value, &value, sizeof value);
  g_assert_cmpmem (&numbers[1], sizeof value, &value, sizeof value);
}

static void
test_read_back (void)
{
  g_autoptr(GRand) rand = g_rand_new_with_seed (2);

  for (guint i = 0; i < 20000; i++)
    {
      union {
        guint64 bits;
        double  value;
      } any = { .bits = (guint64) g_rand_int (rand) << 32 | g_rand_int (rand) };

      if (isfinite (any.value))
        assert_reads_back (any.value);
      assert_reads_back (draw_any (rand));
    }
}

static void
test_parse (void)
{
  static const Case cases[] = {
    { 0.02, "0.02" }, { 0.02, "  0.02\t" }, { -1, "-1" }, { 1, "+1" }, { 0.5, ".5" }, { 5, "5." }, { 1e-7, "1e-7" },
    { 1e7, "1E+7" }, { 0, "0" }, { 0, "1e-400" }, { 12, "0012" }, { -0.25, "\n-0.25\r\n" },
  };

  for (guint i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      g_autoptr(GError) error = NULL;
      double value = 77;

      g_assert_true (bp_number_parse (cases[i].text, &value, &error));
      g_assert_no_error (error);
      g_assert_cmpfloat (value, ==, cases[i].value);
    }
}

static void
assert_no_number (const char *text,
                  const char *message)
{
  g_autoptr(GError) error = NULL;
  double value = 77;

  g_assert_false (bp_number_parse (text, &value, &error));
  g_assert_error (error, BP_ERROR, BP_ERROR_VALUE);
  g_assert_cmpstr (error->message, ==, message);
  g_assert_cmpfloat (value, ==, 77);
  g_assert_false (bp_number_parse (text, &value, NULL));
}

static void
test_parse_fails (void)
{
  static const char * const texts[] = {
    "abc", "1 2", "1,2,3", ",5", "5,", "1e", "1e+", "--1", "+-1", "+", "-", ".", "-.", "e5", "nan", "inf", "-inf",
    "infinity",
    "NaN", "nan(1)", "0x10", "0x", "-0x1p3", "1.2.3", "1f", "1 x", "²", "１", "1_000", "1'000",
  };

  for (guint i = 0; i < G_N_ELEMENTS (texts); i++)
    {
      g_autofree char *message = g_strdup_printf ("“%s” is not a number such as 0.02", texts[i]);

      assert_no_number (texts[i], message);
    }

  assert_no_number (" -1,5", "“-1,5” has a decimal comma; did you mean “-1.5”?");
  assert_no_number ("0,02", "“0,02” has a decimal comma; did you mean “0.02”?");
  assert_no_number ("", "a number is missing");
  assert_no_number (" \t\n", "a number is missing");
  assert_no_number ("1e999", "“1e999” is too large for a number");
  assert_no_number ("-1e309", "“-1e309” is too large for a number");
  assert_no_number ("1\n2", "“1 2” is not a number such as 0.02");
  assert_no_number ("\377", "“\357\277\275” is not a number such as 0.02");
}

static void
assert_scans (const char *text,
              gssize      length,
              double      expected)
{
  double value = 77;
  const char *end = bp_number_scan (text, &value);

  if (length < 0)
    g_assert_null (end);
  else
    {
      g_assert_cmpint (end - text, ==, length);
      g_assert_cmpfloat (value, ==, expected);
    }
}

static void
test_scan (void)
{
  assert_scans ("0.02, 1)", 4, 0.02);
  assert_scans ("1e5x", 3, 1e5);
  assert_scans ("1ex", 1, 1);
  assert_scans ("1.e5", 4, 1e5);
  assert_scans ("-.5;", 3, -0.5);
  assert_scans ("0x50", 1, 0);
  assert_scans ("-0x50", 2, 0);
  assert_scans ("0X50", 1, 0);
  assert_scans ("00x50", 2, 0);
  assert_scans ("10x50", 2, 10);
  assert_scans ("1..2", 2, 1);
  assert_scans ("1-2", 1, 1);
  assert_scans ("1e999", 5, HUGE_VAL);
  assert_scans (" 1", -1, 0);
  assert_scans ("\n1", -1, 0);
  assert_scans ("inf", -1, 0);
  assert_scans ("-nan", -1, 0);
  assert_scans ("", -1, 0);
  assert_scans ("+", -1, 0);
  assert_scans ("e5", -1, 0);
}

/* Every test again where the decimal point is a comma, if the system has such a locale. */
static void
test_locale (void)
{
  static const char * const locales[] = { "de_DE.UTF-8", "de_DE.utf8", "fr_FR.UTF-8", "de_DE" };
  gboolean found = FALSE;

  for (guint i = 0; i < G_N_ELEMENTS (locales) && !found; i++)
    found = setlocale (LC_NUMERIC, locales[i]) != NULL;

  if (!found)
    {
      g_test_skip ("no locale with a decimal comma is installed");
      return;
    }

  g_assert_cmpstr (localeconv ()->decimal_point, ==, ",");
  test_format ();
  test_format_latex ();
  test_format_digits ();
  test_append_exact ();
  test_shortest ();
  test_parse ();
  test_parse_fails ();
  test_scan ();
  setlocale (LC_NUMERIC, "C");
}

int
main (int    argc,
      char **argv)
{
  g_test_init (&argc, &argv, NULL);

  g_test_add_func ("/number/format", test_format);
  g_test_add_func ("/number/format-latex", test_format_latex);
  g_test_add_func ("/number/format-digits", test_format_digits);
  g_test_add_func ("/number/format-any", test_format_any);
  g_test_add_func ("/number/exact", test_exact);
  g_test_add_func ("/number/append-exact", test_append_exact);
  g_test_add_func ("/number/shortest", test_shortest);
  g_test_add_func ("/number/read-back", test_read_back);
  g_test_add_func ("/number/parse", test_parse);
  g_test_add_func ("/number/parse-fails", test_parse_fails);
  g_test_add_func ("/number/scan", test_scan);
  g_test_add_func ("/number/locale", test_locale);

  return g_test_run ();
}
