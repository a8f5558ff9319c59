/* test-number-integer.c: whole numbers, and texts quoted in messages
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include <string.h>

#include "base/bp-error.h"
#include "base/bp-number.h"
#include "base/bp-text.h"

static void
assert_integer (const char *text,
                gint64      minimum,
                gint64      maximum,
                gint64      expected)
{
  g_autoptr(GError) error = NULL;
  gint64 value = 77;

  g_assert_true (bp_number_parse_integer (text, minimum, maximum, &value, &error));
  g_assert_no_error (error);
  g_assert_cmpint (value, ==, expected);
}

static void
assert_no_integer (const char *text,
                   gint64      minimum,
                   gint64      maximum,
                   const char *message)
{
  g_autoptr(GError) error = NULL;
  gint64 value = 77;

  g_assert_false (bp_number_parse_integer (text, minimum, maximum, &value, &error));
  g_assert_error (error, BP_ERROR, BP_ERROR_VALUE);
  g_assert_cmpstr (error->message, ==, message);
  g_assert_cmpint (value, ==, 77);
}

static void
test_integer (void)
{
  assert_integer ("1", 1, 1, 1);
  assert_integer (" 1400 ", 1, 1000000000, 1400);
  assert_integer ("-5", -5, 5, -5);
  assert_integer ("+5", -5, 5, 5);
  assert_integer ("007", 0, 10, 7);
  assert_integer ("9223372036854775807", 0, G_MAXINT64, G_MAXINT64);
  assert_integer ("-9223372036854775808", G_MININT64, 0, G_MININT64);

  assert_no_integer ("0", 1, 100, "“0” is not a whole number from 1 to 100");
  assert_no_integer ("101", 1, 100, "“101” is not a whole number from 1 to 100");
  assert_no_integer ("1.5", 1, 100, "“1.5” is not a whole number from 1 to 100");
  assert_no_integer ("1e1", 1, 100, "“1e1” is not a whole number from 1 to 100");
  assert_no_integer ("0x10", 0, 100, "“0x10” is not a whole number from 0 to 100");
  assert_no_integer ("", 0, 100, "“” is not a whole number from 0 to 100");
  assert_no_integer ("- 1", -9, 9, "“- 1” is not a whole number from -9 to 9");
  assert_no_integer ("+-1", -9, 9, "“+-1” is not a whole number from -9 to 9");
  assert_no_integer ("1 1", 0, 100, "“1 1” is not a whole number from 0 to 100");
  assert_no_integer ("9223372036854775808", 0, G_MAXINT64,
                     "“9223372036854775808” is not a whole number from 0 to 9223372036854775807");
  assert_no_integer ("-9223372036854775809", G_MININT64, 0,
                     "“-9223372036854775809” is not a whole number from -9223372036854775808 to 0");
}

static void
test_unsigned (void)
{
  static const char *const refused[] = { "", "-1", "+1", " 1", "1 ", "1.5", "0x10", "18446744073709551616" };
  guint64 value = 77;

  g_assert_true (bp_number_parse_unsigned ("18446744073709551615", &value, NULL));
  g_assert_cmpuint (value, ==, G_MAXUINT64);
  g_assert_true (bp_number_parse_unsigned ("0", &value, NULL));
  g_assert_cmpuint (value, ==, 0);

  for (guint i = 0; i < G_N_ELEMENTS (refused); i++)
    {
      g_autoptr (GError) error = NULL;
      g_autofree char *message =
        g_strdup_printf ("“%s” is not a whole number from 0 to 18446744073709551615", refused[i]);

      g_assert_false (bp_number_parse_unsigned (refused[i], &value, &error));
      g_assert_error (error, BP_ERROR, BP_ERROR_VALUE);
      g_assert_cmpstr (error->message, ==, message);
    }
}

/* Messages stay short and valid whatever the text. */
static void
test_quote (void)
{
  g_autofree char *many = g_strnfill (10000000, 'x');
  g_autofree char *short_text = bp_text_quote (many, -1);
  g_autofree char *forty = bp_text_quote (many, 40);
  g_autofree char *forty_one = bp_text_quote (many, 41);
  g_autofree char *part = bp_text_quote ("abcdef", 3);
  g_autofree char *control = bp_text_quote ("a\nb\033c\177", -1);
  g_autofree char *none = bp_text_quote ("", -1);
  g_autofree char *nul = bp_text_quote ("a\0b", 3);
  GString *wide = g_string_new (NULL);

  g_assert_cmpint (g_utf8_strlen (short_text, -1), ==, 41);
  g_assert_true (g_str_has_suffix (short_text, "x…"));
  g_assert_cmpint (strlen (forty), ==, 40);
  g_assert_true (g_str_has_suffix (forty_one, "x…"));
  g_assert_cmpstr (part, ==, "abc");
  g_assert_cmpstr (control, ==, "a b c ");
  g_assert_cmpstr (none, ==, "");
  g_assert_true (g_utf8_validate (nul, -1, NULL));

  /* Characters of four bytes, cut in the middle of one. */
  for (guint i = 0; i < 50; i++)
    g_string_append (wide, "𝛛");
  for (gssize length = 0; length <= (gssize) wide->len; length++)
    {
      g_autofree char *quoted = bp_text_quote (wide->str, length);

      g_assert_true (g_utf8_validate (quoted, -1, NULL));
      g_assert_cmpint (g_utf8_strlen (quoted, -1), <=, 44);
    }

  g_string_free (wide, TRUE);
}

int
main (int    argc,
      char **argv)
{
  g_test_init (&argc, &argv, NULL);

  g_test_add_func ("/number-integer/integer", test_integer);
  g_test_add_func ("/number-integer/unsigned", test_unsigned);
  g_test_add_func ("/number-integer/quote", test_quote);

  return g_test_run ();
}
