/* test-csv.c: datasets from CSV files
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "bp-csv.h"
#include "bp-dataset.h"
#include "bp-error.h"
#include "bp-number.h"

#include <glib/gstdio.h>
#include <math.h>
#include <string.h>
#include <unistd.h>

typedef struct {
  char *folder;
  char *file;
} Fixture;

static void
set_up (Fixture       *fixture,
        gconstpointer  data)
{
  g_autoptr(GError) error = NULL;

  fixture->folder = g_dir_make_tmp ("test-csv-XXXXXX", &error);
  g_assert_no_error (error);
  fixture->file = g_build_filename (fixture->folder, "points.csv", NULL);
}

static void
tear_down (Fixture       *fixture,
           gconstpointer  data)
{
  g_remove (fixture->file);
  g_assert_cmpint (g_rmdir (fixture->folder), ==, 0);
  g_free (fixture->file);
  g_free (fixture->folder);
}

static BpDataset *
read_bytes (Fixture     *fixture,
            const char  *text,
            gssize       length,
            GError     **error)
{
  g_assert_true (g_file_set_contents (fixture->file, text, length, NULL));

  return bp_dataset_new_from_csv (1, fixture->file, error);
}

/* The table as text: names, then rows, all with spaces and newlines. */
static char *
describe (BpDataset *dataset)
{
  GString *text = g_string_new (NULL);
  guint n_columns = bp_dataset_get_n_columns (dataset);

  for (guint i = 0; i < n_columns; i++)
    g_string_append_printf (text, "%s|", bp_dataset_get_name (dataset, i));

  for (gsize row = 0; row < bp_dataset_get_n_samples (dataset); row++)
    for (guint i = 0; i < n_columns; i++)
      {
        g_string_append (text, i == 0 ? " " : ",");
        bp_number_append_exact (text, bp_dataset_get_column (dataset, i)[row]);
      }

  return g_string_free (text, FALSE);
}

static void
test_accepted (Fixture       *fixture,
               gconstpointer  data)
{
  static const struct {
    const char *file;
    const char *table;
  } cases[] = {
    { "x,y\n1,2\n3,4\n", "x|y| 1,2 3,4" },
    { "x,y\n1,2\n3,4", "x|y| 1,2 3,4" },
    { "x,y\r\n1,2\r\n3,4\r\n", "x|y| 1,2 3,4" },
    { "x,y\r1,2\r3,4\r", "x|y| 1,2 3,4" },
    { "\357\273\277x,y\n1,2\n", "x|y| 1,2" },
    { "\357\273\277\"x\",y\n1,2\n", "x|y| 1,2" },
    { "\n\r\n \t\nx\n\n1\n  \n\n2\n\n", "x| 1 2" },
    { " x , y \n 1 ,\t2\t\n", "x|y| 1,2" },
    { "\"x\",\"y\"\n\"1\",\"-2.5e1\"\n", "x|y| 1,-25" },
    { "\"x\" , \" y \"\n \" 1 \" ,2\n", "x|y| 1,2" },
    { "\"a \"\"b\"\"\",\"c,d\"\n1,2\n", "a \"b\"|c,d| 1,2" },
    { "\"a\nb\"\n1\n", "a\nb| 1" },
    { "x\n1e-400\n", "x| 0" },
    { "x_data,größe,重さ\n+1,.5,5.\n", "x_data|größe|重さ| 1,0.5,5" },
    { "x\n0.1\n", "x| 0.10000000000000001" },
    { "inf,nan\n1,2", "inf|nan| 1,2" },
    { "a\"b\n1", "a\"b| 1" },
  };

  for (guint i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      g_autoptr(GError) error = NULL;
      g_autoptr(BpDataset) dataset = read_bytes (fixture, cases[i].file, -1, &error);

      g_assert_no_error (error);

      g_autofree char *table = describe (dataset);

      g_assert_cmpstr (table, ==, cases[i].table);
    }
}

/* @message: what follows the file's name */
static void
assert_refused (Fixture    *fixture,
                const char *text,
                gssize      length,
                BpError     code,
                const char *message)
{
  g_autoptr(GError) error = NULL;
  g_autofree char *expected = g_strconcat (fixture->file, message, NULL);

  g_assert_null (read_bytes (fixture, text, length, &error));
  g_assert_error (error, BP_ERROR, (int) code);
  g_assert_cmpstr (error->message, ==, expected);
  g_assert_true (g_utf8_validate (error->message, -1, NULL));

  if (length < 0)
    g_assert_null (bp_dataset_new_from_csv (1, fixture->file, NULL));
}

static void
test_refused (Fixture       *fixture,
              gconstpointer  data)
{
  static const struct {
    const char *file;
    BpError     code;
    const char *message;
  } cases[] = {
    { "", BP_ERROR_FILE, " is empty; a line of names and rows of numbers were expected" },
    { "\357\273\277", BP_ERROR_FILE, " is empty; a line of names and rows of numbers were expected" },
    { "\n \r\n\t\n", BP_ERROR_FILE, " is empty; a line of names and rows of numbers were expected" },
    { "x,y\n", BP_ERROR_FILE, " has no rows; rows of numbers were expected after line 1" },
    { "\n\nx,y", BP_ERROR_FILE, " has no rows; rows of numbers were expected after line 3" },
    /* names */
    { "x,,z\n1,2,3\n", BP_ERROR_VALUE,
      ", line 1, column 2: the column has no name; the first line must name every column" },
    { "x,\"\"\n1,2\n", BP_ERROR_VALUE,
      ", line 1, column 2: the column has no name; the first line must name every column" },
    { "x,y,\n1,2,3\n", BP_ERROR_VALUE,
      ", line 1, column 3: the column has no name; the first line must name every column" },
    { "\nx,y, x\n1,2,3\n", BP_ERROR_VALUE,
      ", line 2, column 3: the name “x” is that of column 1 already; names must differ" },
    { "x,y\377\n1,2\n", BP_ERROR_SYNTAX, ", line 1, column 2: the name “y\357\277\275” is not valid UTF-8" },
    { "1,2\n3,4\n", BP_ERROR_SYNTAX, ", line 1, column 1: “1” is a number; the first line must name every column" },
    { "x;y\n1;2\n", BP_ERROR_SYNTAX,
      ", line 1, column 1: “x;y” is not a name; the columns must be separated by commas" },
    { "x\ty\n1\t2\n", BP_ERROR_SYNTAX,
      ", line 1, column 1: “x y” is not a name; the columns must be separated by commas" },
    /* rows */
    { "x,y\n1,2\n3\n", BP_ERROR_SYNTAX,
      ", line 3, column 2: the row ends here; it must have as many fields as the first line, 2" },
    { "x,y,z\n1,2", BP_ERROR_SYNTAX,
      ", line 2, column 3: the row ends here; it must have as many fields as the first line, 3" },
    { "x,y\n1,2,3\n", BP_ERROR_SYNTAX,
      ", line 2, column 3: the row goes on; it must have as many fields as the first line, 2" },
    { "x,y\n1,2,\n", BP_ERROR_SYNTAX,
      ", line 2, column 3: the row goes on; it must have as many fields as the first line, 2" },
    { "x\n1,2\n", BP_ERROR_SYNTAX,
      ", line 2, column 2: the row goes on; it must have as many fields as the first line, 1" },
    /* numbers */
    { "x,y\n1,\n", BP_ERROR_VALUE, ", line 2, column 2: the field is empty; a number was expected" },
    { "x,y\n1,", BP_ERROR_VALUE, ", line 2, column 2: the field is empty; a number was expected" },
    { "x,y\n,2\n", BP_ERROR_VALUE, ", line 2, column 1: the field is empty; a number was expected" },
    { "x,y\n1,\"\"\n", BP_ERROR_VALUE, ", line 2, column 2: the field is empty; a number was expected" },
    { "x,y\r\n1,2\r\n3,four\r\n", BP_ERROR_VALUE, ", line 3, column 2: “four” is not a number such as 0.02" },
    { "x,y\n\n\n1,2\n\n3 4,5\n", BP_ERROR_VALUE, ", line 6, column 1: “3 4” is not a number such as 0.02" },
    { "x\nnan\n", BP_ERROR_VALUE, ", line 2, column 1: “nan” is not a number such as 0.02" },
    { "x\n-inf\n", BP_ERROR_VALUE, ", line 2, column 1: “-inf” is not a number such as 0.02" },
    { "x\nInfinity\n", BP_ERROR_VALUE, ", line 2, column 1: “Infinity” is not a number such as 0.02" },
    { "x\n0x1p3\n", BP_ERROR_VALUE, ", line 2, column 1: “0x1p3” is not a number such as 0.02" },
    { "x\n1e999\n", BP_ERROR_VALUE, ", line 2, column 1: “1e999” is too large for a number" },
    { "x\n\"1 2\"\n", BP_ERROR_VALUE, ", line 2, column 1: “1 2” is not a number such as 0.02" },
    { "x\n1\n\303\n", BP_ERROR_VALUE, ", line 3, column 1: “\357\277\275” is not a number such as 0.02" },
    { "x\n1\"2\"\n", BP_ERROR_VALUE, ", line 2, column 1: “1\"2\"” is not a number such as 0.02" },
    /* quotes */
    { "\"x\n1\n", BP_ERROR_SYNTAX, ", line 1, column 1: the closing quote is missing" },
    { "x,y\n1,\"2\n3,4\n", BP_ERROR_SYNTAX, ", line 2, column 2: the closing quote is missing" },
    { "x\n\"", BP_ERROR_SYNTAX, ", line 2, column 1: the closing quote is missing" },
    { "x,y\n\"1\"2,3\n", BP_ERROR_SYNTAX,
      ", line 2, column 1: “,” or the end of the line was expected after the closing quote" },
    /* The line is counted on through a field of several lines. */
    { "\"a\nb\"\n1\nz\n", BP_ERROR_VALUE, ", line 4, column 1: “z” is not a number such as 0.02" },
    { "x,y\n\"1\n\n\",q\n", BP_ERROR_VALUE, ", line 4, column 2: “q” is not a number such as 0.02" },
  };

  for (guint i = 0; i < G_N_ELEMENTS (cases); i++)
    assert_refused (fixture, cases[i].file, -1, cases[i].code, cases[i].message);
}

static void
test_nul (Fixture       *fixture,
          gconstpointer  data)
{
  static const char in_name[] = "x\0y\n1\n";
  static const char in_number[] = "x,y\n1,2\n3,\0\n";
  static const char after_number[] = "x\n1\0002\n";
  static const char in_quotes[] = "x,y\n1,\"2\0\"\n";
  static const char at_end[] = "x\n1\n\0";
  static const char alone[] = "\0";
  static const char wide[] = "\377\376x\0\n\0001\0";

  assert_refused (fixture, in_name, sizeof in_name - 1, BP_ERROR_SYNTAX,
                  ", line 1, column 1: there is a NUL byte; text was expected");
  assert_refused (fixture, in_number, sizeof in_number - 1, BP_ERROR_SYNTAX,
                  ", line 3, column 2: there is a NUL byte; text was expected");
  assert_refused (fixture, after_number, sizeof after_number - 1, BP_ERROR_SYNTAX,
                  ", line 2, column 1: there is a NUL byte; text was expected");
  assert_refused (fixture, in_quotes, sizeof in_quotes - 1, BP_ERROR_SYNTAX,
                  ", line 2, column 2: there is a NUL byte; text was expected");
  assert_refused (fixture, at_end, sizeof at_end - 1, BP_ERROR_SYNTAX,
                  ", line 3, column 1: there is a NUL byte; text was expected");
  assert_refused (fixture, alone, 1, BP_ERROR_SYNTAX, ", line 1, column 1: there is a NUL byte; text was expected");
  assert_refused (fixture, wide, sizeof wide - 1, BP_ERROR_SYNTAX,
                  ", line 1, column 1: there is a NUL byte; text was expected");
}

static void
test_not_a_file (Fixture       *fixture,
                 gconstpointer  data)
{
  g_autofree char *expected = g_strconcat (fixture->folder, " is not a regular file; a CSV file was expected", NULL);
  g_autoptr(GError) missing = NULL;
  g_autoptr(GError) folder = NULL;
  g_autoptr(GError) device = NULL;

  g_assert_null (bp_dataset_new_from_csv (1, fixture->file, &missing));
  g_assert_error (missing, BP_ERROR, BP_ERROR_FILE);
  g_assert_nonnull (strstr (missing->message, fixture->file));
  g_assert_nonnull (strstr (missing->message, "No such file or directory"));

  g_assert_null (bp_dataset_new_from_csv (1, fixture->folder, &folder));
  g_assert_error (folder, BP_ERROR, BP_ERROR_FILE);
  g_assert_cmpstr (folder->message, ==, expected);

  g_assert_null (bp_dataset_new_from_csv (1, "/dev/zero", &device));
  g_assert_error (device, BP_ERROR, BP_ERROR_FILE);
  g_assert_cmpstr (device->message, ==, "/dev/zero is not a regular file; a CSV file was expected");

  g_assert_null (bp_dataset_new_from_csv (1, "", NULL));
}

static void
test_not_readable (Fixture       *fixture,
                   gconstpointer  data)
{
  g_autoptr(GError) error = NULL;

  g_assert_true (g_file_set_contents_full (fixture->file, "x\n1\n", -1, G_FILE_SET_CONTENTS_NONE, 0, NULL));
  g_assert_cmpint (g_chmod (fixture->file, 0), ==, 0);

  if (g_access (fixture->file, R_OK) == 0)
    {
      g_test_skip ("this user may read every file");
      return;
    }

  g_assert_null (bp_dataset_new_from_csv (1, fixture->file, &error));
  g_assert_error (error, BP_ERROR, BP_ERROR_FILE);
  g_assert_nonnull (strstr (error->message, fixture->file));
  g_assert_nonnull (strstr (error->message, "Permission denied"));
}

/* Every beginning of a good file, and it with any one byte changed, is read or refused in words, and nothing else. */
static void
test_mutations (Fixture       *fixture,
                gconstpointer  data)
{
  static const char text[] = "\357\273\277x,\"y \"\"\"\r\n1,-2.5e1\r\n\r\n \"3\" , 4\n";
  static const guchar bytes[] = { 0, '\n', '\r', '"', ',', ' ', '-', 'e', 'x', '9', 0xff };

  for (gsize length = 0; length < sizeof text; length++)
    for (gsize i = 0; i < G_N_ELEMENTS (bytes) + 1; i++)
      {
        g_autofree char *mutant = g_memdup2 (text, sizeof text);
        g_autoptr(GError) error = NULL;

        /* The last round cuts the file off instead. */
        if (i < G_N_ELEMENTS (bytes))
          mutant[length] = (char) bytes[i];

        gsize n_bytes = i < G_N_ELEMENTS (bytes) ? sizeof text - 1 : length;
        g_autoptr(BpDataset) dataset = read_bytes (fixture, mutant, (gssize) n_bytes, &error);

        g_assert_true ((dataset != NULL) == (error == NULL));
        if (error != NULL)
          {
            g_assert_true (error->domain == BP_ERROR);
            g_assert_true (g_str_has_prefix (error->message, fixture->file));
            g_assert_true (g_utf8_validate (error->message, -1, NULL));
          }
        else
          for (gsize row = 0; row < bp_dataset_get_n_samples (dataset); row++)
            g_assert_true (isfinite (bp_dataset_get_column (dataset, 0)[row]));
      }
}

/* What is written with all digits is read back to the bit. */
static void
test_round_trip (Fixture       *fixture,
                 gconstpointer  data)
{
  g_autoptr(GRand) rand = g_rand_new_with_seed (1);
  g_autoptr(GString) text = g_string_new ("a,b,c\n");
  g_autoptr(GError) error = NULL;
  gsize n = 2000;
  double values[2000][3];

  for (gsize row = 0; row < n; row++)
    for (guint column = 0; column < 3; column++)
      {
        values[row][column] = g_rand_double_range (rand, -1, 1) * pow (10, g_rand_int_range (rand, -300, 300));
        bp_number_append_exact (text, values[row][column]);
        g_string_append_c (text, column < 2 ? ',' : '\n');
      }

  g_autoptr(BpDataset) dataset = read_bytes (fixture, text->str, (gssize) text->len, &error);

  g_assert_no_error (error);
  g_assert_cmpuint (bp_dataset_get_n_samples (dataset), ==, n);
  for (gsize row = 0; row < n; row++)
    for (guint column = 0; column < 3; column++)
      g_assert_cmpfloat (bp_dataset_get_column (dataset, column)[row], ==, values[row][column]);
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
test_long_lines (Fixture       *fixture,
                 gconstpointer  data)
{
  gsize n = 10000000;
  g_autoptr(GString) text = g_string_new ("x\n");

  append_times (text, "9", n);
  g_string_append (text, "e");
  assert_refused (fixture, text->str, (gssize) text->len, BP_ERROR_VALUE,
                  ", line 2, column 1: “9999999999999999999999999999999999999999…” is not a number such as 0.02");

  g_string_assign (text, "x\n0.");
  append_times (text, "3", n);

  g_autoptr(BpDataset) digits = read_bytes (fixture, text->str, (gssize) text->len, NULL);

  g_assert_cmpfloat (bp_dataset_get_column (digits, 0)[0], ==, 1.0 / 3);

  g_string_truncate (text, 0);
  append_times (text, "\"\"", n / 2);
  g_string_append (text, "\"");
  assert_refused (fixture, text->str, (gssize) text->len, BP_ERROR_SYNTAX,
                  ", line 1, column 1: the closing quote is missing");

  g_string_assign (text, "x\n\"");
  append_times (text, "\n", n);
  assert_refused (fixture, text->str, (gssize) text->len, BP_ERROR_SYNTAX,
                  ", line 2, column 1: the closing quote is missing");

  g_string_assign (text, "x\n1");
  append_times (text, " ", n);

  g_autoptr(BpDataset) blanks = read_bytes (fixture, text->str, (gssize) text->len, NULL);

  g_assert_cmpfloat (bp_dataset_get_column (blanks, 0)[0], ==, 1);

  g_string_truncate (text, 0);
  append_times (text, ",", n);
  assert_refused (fixture, text->str, (gssize) text->len, BP_ERROR_VALUE,
                  ", line 1, column 1: the column has no name; the first line must name every column");

  g_string_assign (text, "x\n1");
  append_times (text, ",1", n / 2);
  assert_refused (fixture, text->str, (gssize) text->len, BP_ERROR_SYNTAX,
                  ", line 2, column 2: the row goes on; it must have as many fields as the first line, 1");
}

/* A header and a row of very many columns: each is found at once. */
static void
test_many_columns (Fixture       *fixture,
                   gconstpointer  data)
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
test_many_rows (Fixture       *fixture,
                gconstpointer  data)
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
add (const char *path,
     void      (*test) (Fixture *, gconstpointer))
{
  g_test_add (path, Fixture, NULL, set_up, test, tear_down);
}

static void
test_field (Fixture       *fixture,
            gconstpointer  data)
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

  add ("/csv/accepted", test_accepted);
  add ("/csv/refused", test_refused);
  add ("/csv/nul", test_nul);
  add ("/csv/not-a-file", test_not_a_file);
  add ("/csv/not-readable", test_not_readable);
  add ("/csv/mutations", test_mutations);
  add ("/csv/round-trip", test_round_trip);
  add ("/csv/long-lines", test_long_lines);
  add ("/csv/many-columns", test_many_columns);
  add ("/csv/many-rows", test_many_rows);
  add ("/csv/field", test_field);

  return g_test_run ();
}
