/* test-csv-columns.c: which columns and rows of a table are data, and what is said of the others
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "experiment/bp-csv.h"
#include "experiment/bp-dataset.h"
#include "base/bp-error.h"

#include <string.h>
#include <unistd.h>
#include "core/experiment/csv-fixture.h"

/* Of a column that is not read there is nothing that must be right, its name neither. */
static void
test_unused (Fixture *fixture)
{
  static const char *texts[] = {
    "x,y,when\n1.5,2,2024-01-31\n3,4,2024-02-01\n",
    "x,y,a,a\n1.5,2,1,1\n3,4,1,1\n",
    "x,y,note\n1.5,2,\n3,4,9\n",
    "x,y,\n1.5,2,\n3,4,\n",
    ",y,x\n0,2,1.5\n1,4,3\n",
    "x,y,note\n1.5,2,\"two\nlines\"\n3,4,\"say \"\"hi\"\"\"\n",
    "x,y,z\n1.5,2,1e999\n3,4,inf\n",
    "y;z;x\n2;2.5;1,5\n4;;3\n",
    "y;z;x\n2;1,234;1.5\n4;;3\n",
    "y,x,a b,a.b\n2,1.5,?,?\n4,3,?,?\n",
  };

  for (guint i = 0; i < G_N_ELEMENTS (texts); i++)
    {
      gboolean x_is_first = *texts[i] == 'x';

      assert_read (fixture, texts[i], NULL, "x y w", x_is_first ? "x|y| 1.5,2 3,4" : "y|x| 2,1.5 4,3");
    }

  assert_read (fixture, "x,,y\n1,2,3\n", NULL, "x c2", ", line 1, column 2: the column has no name; to be used it "
                                                       "must have one in the first line");
  assert_read (fixture, "x,,c2\n1,2,3\n", NULL, "x c2", "x|c2| 1,3");
  assert_read (fixture, "x,y,x\n1,2,3\n", NULL, "x", ", line 1, column 3: the name “x” is that of column 1 already; "
                                                     "the names of columns that are used must differ");
  assert_read (fixture, "x,y,x\n1,2,3\n", NULL, "y", "y| 2");
  assert_read (fixture, "x,y\n1,2\n3\n", NULL, "x",
               ", line 3, column 2: the row ends here; it must have as many fields as the first line, 2");
}

/* No column is read: there are rows all the same. */
static void
test_none_used (Fixture *fixture)
{
  static const char * const none[] = { NULL };
  g_autoptr (GError) error = NULL;
  g_autoptr (BpDataset) dataset = NULL;

  g_assert_true (g_file_set_contents (fixture->file, "x,y\na,b\nc,d\n", -1, NULL));
  dataset = bp_dataset_new_from_csv (1, fixture->file, NULL, none, &error);
  g_assert_no_error (error);
  g_assert_cmpuint (bp_dataset_get_n_columns (dataset), ==, 0);
  g_assert_cmpuint (bp_dataset_get_n_samples (dataset), ==, 2);
}

static void
test_missing (Fixture *fixture)
{
  static const char * const missing[] = { "NA", "N/A", "n/a", "NaN", "nan", "?", "null", "NULL", "-", "\"na\"" };
  const BpDataFormat drop = { .drop_missing = TRUE };

  for (guint i = 0; i < G_N_ELEMENTS (missing); i++)
    {
      g_autofree char *text = g_strdup_printf ("x,y,z\n%s,1,2\n3,4,%s\n5,6,7\n8,%s,9\n", missing[i], missing[i],
                                               missing[i]);
      g_autofree char *bare = g_strdelimit (g_strdup (missing[i]), "\"", ' ');
      g_autofree char *message = g_strdup_printf (", line 4, column “y”: “%s” is not a number; Missing=drop in "
                                                  "[Data] leaves such rows out", g_strstrip (bare));
      g_autofree char *only_y = g_strdup_printf ("x,y\n?,1\n?,2\n3,%s\n", missing[i]);

      assert_read (fixture, text, &drop, "x y z", "x|y|z| 5,6,7");
      assert_read (fixture, text, &drop, "x z", "x|z| 5,7 8,9");
      assert_read (fixture, only_y, NULL, "y", message);
    }

  assert_read (fixture, "x,y\n1,\n,2\n3,4\n", &drop, "x y", "x|y| 3,4");
  assert_read (fixture, "x,y\n1,\n,2\n", &drop, "x y", ": a value is missing in every row, so no row is left");
  assert_read (fixture, "x,y\n1,setosa\n", &drop, "x y", "x|y| 1,0");
  assert_read (fixture, "x,y\n1,--\n", &drop, "x y", ", line 2, column “y”: “--” is not a number such as 0.02");
}

static void
test_dropped (Fixture *fixture)
{
  const BpDataFormat drop = { .drop_missing = TRUE };
  g_autoptr (BpDataset) all = read_bytes (fixture, "x\n1\n", -1, NULL);
  g_autoptr (BpDataset) one = NULL;
  g_autoptr (BpDataset) two = NULL;

  g_assert_null (bp_dataset_describe_dropped (all));

  g_assert_true (g_file_set_contents (fixture->file, "x\n1\nNA\n3\n", -1, NULL));
  one = bp_dataset_new_from_csv (1, fixture->file, &drop, NULL, NULL);
  g_assert_true (g_file_set_contents (fixture->file, "x\n?\nNA\n3\n", -1, NULL));
  two = bp_dataset_new_from_csv (1, fixture->file, &drop, NULL, NULL);

  g_autofree char *of_one = bp_dataset_describe_dropped (one);
  g_autofree char *of_two = bp_dataset_describe_dropped (two);

  g_assert_cmpstr (of_one, ==, "1 row of the data file is left out, since a value is missing; 2 remain");
  g_assert_cmpstr (of_two, ==, "2 rows of the data file are left out, since a value is missing; 1 remain");
}

static void
test_names (G_GNUC_UNUSED Fixture *fixture)
{
  static const char * const names[][2] = {
    { "x_1", "x_1" },
    { "Sepal.Length", "Sepal_Length" },
    { "sepal length (cm)", "sepal_length_cm" },
    { "Größe in m²", "Groesse_in_m" },
    { "  (x)  ", "x" },
    { "1st", "_1st" },
    { "2019", "_2019" },
    { "a__b..c", "a__b_c" },
    { "W[0,1]_before", "W_0_1_before" },
    { "-_-", "_" },
    { "重さ", NULL },
    { "身高(cm)", "cm" },
    { "_", "_" },
    { "%", NULL },
    { "", NULL },
  };

  for (guint i = 0; i < G_N_ELEMENTS (names); i++)
    {
      g_autofree char *name = bp_csv_make_name (names[i][0]);

      g_assert_cmpstr (name, ==, names[i][1]);
    }

  g_autofree char *title = g_strnfill (100, '.');
  g_autofree char *long_title = g_strnfill (100, 'x');

  title[0] = 'a';
  long_title[40] = '-';

  g_autofree char *short_name = bp_csv_make_name (title);
  g_autofree char *long_name = bp_csv_make_name (long_title);

  g_assert_cmpstr (short_name, ==, "a");
  g_assert_cmpuint (strlen (long_name), ==, 64);
}

static void
append_times (GString    *string,
              const char *text,
              gsize       n)
{
  gsize length = strlen (text);
  gsize start = string->len;

  g_string_set_size (string, start + n * length);
  for (gsize i = 0; i < n; i++)
    memcpy (string->str + start + i * length, text, length);
}

/* Files of one long line or field. Anything quadratic in ten million would not end. */
static void
test_long_lines (Fixture *fixture)
{
  gsize n = 10000000;
  g_autoptr(GString) text = g_string_new ("x\n");

  append_times (text, "9", n);
  g_string_append (text, "e");
  assert_refused (fixture, text->str, (gssize) text->len, BP_ERROR_VALUE,
                  ", line 2, column “x”: “9999999999999999999999999999999999999999…” is not a number such as 0.02");

  g_string_assign (text, "x\n0.");
  append_times (text, "3", n);

  g_autoptr(BpDataset) digits = read_bytes (fixture, text->str, (gssize) text->len, NULL);

  g_assert_cmpfloat (bp_dataset_get_column (digits, 0)[0], ==, 1.0 / 3);

  g_string_truncate (text, 0);
  append_times (text, "x,", n / 2);
  assert_refused (fixture, text->str, (gssize) text->len, BP_ERROR_SYNTAX,
                  ", line 1, column 1000001: the first line is too long for columns");
  g_string_truncate (text, 0);
  append_times (text, "xxx", n);
  assert_refused (fixture, text->str, (gssize) text->len, BP_ERROR_SYNTAX,
                  ", line 1, column 1: the first line is too long for columns");

  g_string_assign (text, "x\n1");
  append_times (text, " ", n);

  g_autoptr(BpDataset) blanks = read_bytes (fixture, text->str, (gssize) text->len, NULL);

  g_assert_cmpfloat (bp_dataset_get_column (blanks, 0)[0], ==, 1);

  g_string_truncate (text, 0);
  append_times (text, ",", n);
  assert_refused (fixture, text->str, (gssize) text->len, BP_ERROR_FILE,
                  " is empty; a line of names and rows of numbers were expected");

  g_string_assign (text, "x\n1");
  append_times (text, ",1", n / 2);
  assert_refused (fixture, text->str, (gssize) text->len, BP_ERROR_SYNTAX,
                  ", line 2, column 2: the row goes on after “,” but the first line does not; DecimalComma=true in "
                  "[Data] says it is a decimal comma");
}

/* The same of what is in quotes. */
static void
test_long_quotes (Fixture *fixture)
{
  gsize n = 10000000;
  g_autoptr(GString) text = g_string_new (NULL);

  append_times (text, "\"\"", n / 2);
  g_string_append (text, "\"");
  assert_refused (fixture, text->str, (gssize) text->len, BP_ERROR_SYNTAX,
                  ", line 1, column 1: the closing quote is missing");

  g_string_assign (text, "x\n\"");
  append_times (text, "\n", n);
  assert_refused (fixture, text->str, (gssize) text->len, BP_ERROR_SYNTAX,
                  ", line 2, column 1: the closing quote is missing");

  g_string_assign (text, "x,note\n1,\"");
  append_times (text, "\"\"a\n", n / 4);
  g_string_append (text, "\"\n2,b\n");
  assert_read (fixture, text->str, NULL, "x", "x| 1 2");
  g_string_assign (text, "x\n\"");
  append_times (text, "0", n);
  g_string_append (text, "\"\n");
  assert_refused (fixture, text->str, (gssize) text->len, BP_ERROR_VALUE,
                  ", line 2, column “x”: “0000000000000000000000000000000000000000…” is not a number such as 0.02");
}

/* A header and a row of very many columns: each is found at once. */
static void
test_many_columns (Fixture *fixture)
{
  guint n = 300000;
  g_autoptr(GString) text = g_string_new (NULL);
  g_autoptr(GError) error = NULL;

  for (guint i = 0; i < n; i++)
    g_string_append_printf (text, "%sc%u", i == 0 ? "" : ",", i);
  for (guint i = 0; i < n; i++)
    g_string_append_printf (text, "%s%u", i == 0 ? "\n" : ",", i);

  g_autoptr(BpDataset) dataset = read_bytes (fixture, text->str, (gssize) text->len, &error);

  g_assert_no_error (error);
  g_assert_cmpuint (bp_dataset_get_n_columns (dataset), ==, n);

  for (guint i = 0; i < n; i++)
    {
      g_assert_cmpuint (bp_dataset_find (dataset, bp_dataset_get_name (dataset, i)), ==, i);
      g_assert_cmpfloat (bp_dataset_get_column (dataset, i)[0], ==, i);
    }
}

static void
test_many_rows (Fixture *fixture)
{
  g_autoptr(GString) text = g_string_new ("x\n");
  g_autoptr(GError) error = NULL;

  append_times (text, "1\n", BP_MAX_SAMPLES);

  g_autoptr(BpDataset) dataset = read_bytes (fixture, text->str, (gssize) text->len, &error);

  g_assert_no_error (error);
  g_assert_cmpuint (bp_dataset_get_n_samples (dataset), ==, BP_MAX_SAMPLES);

  g_string_append (text, "1\n");
  assert_refused (fixture, text->str, (gssize) text->len, BP_ERROR_VALUE,
                  ", line 10000002, column 1: there are more than 10000000 rows");
}

static void
test_field (G_GNUC_UNUSED Fixture *fixture)
{
  g_autoptr (GString) line = g_string_new (NULL);

  bp_csv_append_field (line, "A");
  bp_csv_append_field (line, "");
  bp_csv_append_field (line, "W[0,1]");
  bp_csv_append_field (line, "a \"b\"");
  bp_csv_append_field (line, "a\nb");
  g_assert_cmpstr (line->str, ==, "A\"W[0,1]\"\"a \"\"b\"\"\"\"a\nb\"");
}

int
main (int    argc,
      char **argv)
{
  g_test_init (&argc, &argv, NULL);

  add_csv_test ("/csv-columns/unused", test_unused);
  add_csv_test ("/csv-columns/none-used", test_none_used);
  add_csv_test ("/csv-columns/missing", test_missing);
  add_csv_test ("/csv-columns/dropped", test_dropped);
  add_csv_test ("/csv-columns/names", test_names);
  add_csv_test ("/csv-columns/long-lines", test_long_lines);
  add_csv_test ("/csv-columns/long-quotes", test_long_quotes);
  add_csv_test ("/csv-columns/many-columns", test_many_columns);
  add_csv_test ("/csv-columns/many-rows", test_many_rows);
  add_csv_test ("/csv-columns/field", test_field);

  return g_test_run ();
}
