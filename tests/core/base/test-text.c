/* test-text.c: what users wrote is on one line in messages
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "base/bp-text.h"

#include "base/bp-error.h"
#include "experiment/bp-experiment.h"

/* A tab, a line, an escape, DEL, C1, each bound of the bidirectional and separating characters; their neighbours. */
#define ODD \
  "a\tb\nc\033d\177e\302\200f\302\237g\330\234h\342\200\216i\342\200\217j\342\200\250k\342\200\256l\342\201\246m" \
  "\342\201\251n"
#define PLAIN "a b c d e f g h i j k l m n"
#define NEIGHBOURS "\302\240\330\233\342\200\215\342\200\220\342\200\247\342\200\257\342\201\245\342\201\252"

static void
test_to_line (void)
{
  g_autofree char *odd = bp_text_to_line (ODD);
  g_autofree char *neighbours = bp_text_to_line (NEIGHBOURS);
  g_autofree char *invalid = bp_text_to_line ("a\xff" "b");
  g_autofree char *path = bp_text_display_path ("/tmp/" ODD);

  g_assert_cmpstr (odd, ==, PLAIN);
  g_assert_cmpstr (neighbours, ==, NEIGHBOURS);
  g_assert_cmpstr (invalid, ==, "a\357\277\275b");
  g_assert_cmpstr (path, ==, "/tmp/" PLAIN);
}

static void
test_quote (void)
{
  g_autofree char *odd = bp_text_quote (ODD, -1);
  g_autofree char *part = bp_text_quote ("a\nbc", 3);
  g_autofree char *whole = bp_text_quote ("0123456789012345678901234567890123456789", -1);
  g_autofree char *cut = bp_text_quote ("0123456789012345678901234567890123456789a", -1);

  g_assert_cmpstr (odd, ==, PLAIN);
  g_assert_cmpstr (part, ==, "a b");
  g_assert_cmpstr (whole, ==, "0123456789012345678901234567890123456789");
  g_assert_cmpstr (cut, ==, "0123456789012345678901234567890123456789…");
}

static void
test_clean_error (void)
{
  g_autoptr (GError) error = g_error_new (BP_ERROR, BP_ERROR_VALUE, "%s", ODD);
  GError *none = NULL;

  bp_text_clean_error (&error);
  g_assert_error (error, BP_ERROR, BP_ERROR_VALUE);
  g_assert_cmpstr (error->message, ==, PLAIN);
  bp_text_clean_error (&none);
  bp_text_clean_error (NULL);
}

/* Names that are in an error before anything has judged them: of a file, a key, a column of data. */
static void
test_experiment (void)
{
  static const char *const texts[] = {
    "[Data]\nx=1 x 3\na\033b=1 x 2\n[Variables]\nA=1\n[Model]\nloss=A\n",
    "[Data]\na\033b=normal(1e308, 1e308)\n[Variables]\nA=1\n[Model]\nloss=A\n",
    "[Variables]\na\033b=1\n[Model]\nloss=A\n",
    "[Variables]\nA=1\n[Model]\nloss=A\n[Changes]\na\033b=BatchSize=2\n",
  };

  for (guint i = 0; i < G_N_ELEMENTS (texts); i++)
    {
      g_autoptr (GError) error = NULL;
      g_autofree char *line = NULL;

      g_assert_null (bp_experiment_new_from_data (texts[i], -1, "c\nd", NULL, &error));
      g_assert_nonnull (error);
      g_assert_true (g_str_has_prefix (error->message, "c d:"));
      line = bp_text_to_line (error->message);
      g_assert_cmpstr (error->message, ==, line);
    }
}

int
main (int    argc,
      char **argv)
{
  g_test_init (&argc, &argv, NULL);

  g_test_add_func ("/text/to-line", test_to_line);
  g_test_add_func ("/text/quote", test_quote);
  g_test_add_func ("/text/clean-error", test_clean_error);
  g_test_add_func ("/text/experiment", test_experiment);

  return g_test_run ();
}
