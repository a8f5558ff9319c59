/* test-line-ends.c: the ends of lines, kept while a text is edited
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "base/bp-line-ends.h"

#include <string.h>

static void
test_usual (void)
{
  g_assert_cmpstr (bp_line_ends_get_usual (""), ==, "\n");
  g_assert_cmpstr (bp_line_ends_get_usual ("a\r\nb\r\nc\n"), ==, "\r\n");
  g_assert_cmpstr (bp_line_ends_get_usual ("a\r\nb\nc\n"), ==, "\n");
  g_assert_cmpstr (bp_line_ends_get_usual ("a\rb\r\nc\r"), ==, "\r");
  g_assert_cmpstr (bp_line_ends_get_usual ("a\r\nb\n"), ==, "\n");
}

static void
test_split (void)
{
  const char * const expected[] = { "a\n", "\r", "b\r\n", "c\342\200\251", "\n", "d" };
  g_autoptr (GPtrArray) lines = bp_line_ends_split ("a\n\rb\r\nc\342\200\251\nd");
  g_autoptr (GPtrArray) none = bp_line_ends_split ("");
  g_autoptr (GPtrArray) ended = bp_line_ends_split ("\r\n");

  g_assert_cmpuint (lines->len, ==, G_N_ELEMENTS (expected));
  for (guint i = 0; i < lines->len; i++)
    g_assert_cmpstr (lines->pdata[i], ==, expected[i]);
  g_assert_cmpuint (none->len, ==, 1);
  g_assert_cmpstr (none->pdata[0], ==, "");
  g_assert_cmpuint (ended->len, ==, 2);
  g_assert_cmpstr (ended->pdata[1], ==, "");
}

/* What is not edited keeps its bytes, and what is new ends as most lines do. */
static void
test_edit (void)
{
  const char * const cases[][3] = {
    /* the text, what is in the editor, the text after that */
    { "a\r\nb\r\n", "a\nb\n", "a\r\nb\r\n" },
    { "a\r\nb\r\n", "a\nx\ny\nb\n", "a\r\nx\r\ny\r\nb\r\n" },
    { "a\rb\r", "a\nb\nc", "a\rb\rc" },
    { "a\rb\r", "", "" },
    { "", "a\n", "a\n" },
    { "a\nb\r\nc\n", "a\nb\nc\nd\n", "a\nb\r\nc\nd\n" },
    { "a\nb\rc\r\nd\r\n", "a\n\nb\nc\nd\n", "a\n\r\nb\rc\r\nd\r\n" },
    { "\357\273\277a\r\n", "x\na\n", "\357\273\277x\r\na\r\n" },
    { "a\342\200\251b\r\n", "a\nc\nb\n", "a\342\200\251c\r\nb\r\n" },
    { "é\r\nü\r\n", "è\nü\n", "è\r\nü\r\n" },
    /* A CR and an LF that meet stay two ends. */
    { "a\rb\nc\nd\n", "a\n\nc\nd\n", "a\r\n\nc\nd\n" },
    { "a\rc\nd\n", "a\n\nc\nd\n", "a\r\n\nc\nd\n" },
  };

  for (guint i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      g_autofree char *edited = bp_line_ends_from_editor (cases[i][0], cases[i][1]);
      g_autofree char *shown = bp_line_ends_to_editor (edited);

      g_assert_cmpstr (edited, ==, cases[i][2]);
      g_assert_cmpstr (shown, ==, cases[i][1]);
    }
}

static void
append_random (GString *text,
               GRand   *random,
               gboolean is_shown)
{
  const char * const pieces[] = { "\n", "a", "b", "é", "\r\n", "\r", "\342\200\251" };

  for (int i = g_rand_int_range (random, 0, 6); i > 0; i--)
    g_string_append (text, pieces[g_rand_int_range (random, 0, is_shown ? 4 : G_N_ELEMENTS (pieces))]);
}

/* Whatever the text and the edit, an editor shows of the result what was in it. */
static void
test_random (void)
{
  g_autoptr (GRand) random = g_rand_new_with_seed (7);

  for (guint i = 0; i < 20000; i++)
    {
      g_autoptr (GString) text = g_string_new (g_rand_int_range (random, 0, 4) == 0 ? BP_BYTE_ORDER_MARK : NULL);
      g_autoptr (GString) edited = g_string_new (NULL);
      g_autofree char *result = NULL;
      g_autofree char *shown = NULL;

      append_random (text, random, FALSE);
      append_random (edited, random, TRUE);
      result = bp_line_ends_from_editor (text->str, edited->str);
      shown = bp_line_ends_to_editor (result);
      g_assert_cmpstr (shown, ==, edited->str);
    }
}

int
main (int    argc,
      char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/line-ends/usual", test_usual);
  g_test_add_func ("/line-ends/split", test_split);
  g_test_add_func ("/line-ends/edit", test_edit);
  g_test_add_func ("/line-ends/random", test_random);

  return g_test_run ();
}
