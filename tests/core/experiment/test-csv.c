/* test-csv.c: datasets from CSV files
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "experiment/bp-csv.h"
#include "experiment/bp-dataset.h"
#include "base/bp-error.h"
#include "base/bp-number.h"

#include <glib/gstdio.h>
#include <math.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>
#include "core/experiment/csv-fixture.h"

static const struct {
  const char *file;
  const char *table;
} accepted[] = {
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
  { "\"a \"\"b\"\"\",\"c,d\"\n1,2\n", "a_b|c_d| 1,2" },
  { "\"a\nb\"\n1\n", "a_b| 1" },
  { "x\n1e-400\n", "x| 0" },
  { "x_data,größe,重さ\n+1,.5,5.\n", "x_data|groesse|c3| 1,0.5,5" },
  { "x\n0.1\n", "x| 0.10000000000000001" },
  { "inf,nan\n1,2", "inf|nan| 1,2" },
  { "a\"b\n1", "a_b| 1" },
  /* names */
  { "exp,log,Target\n1,2,3\n", "exp|log|Target| 1,2,3" },
  { "Sepal.Length,petal width (cm),1st, _a_ ,x-1,ÄÖÜ ß é\n1,2,3,4,5,6\n",
    "Sepal_Length|petal_width_cm|_1st|_a_|x_1|AEOEUE_ss_e| 1,2,3,4,5,6" },
  { "# x,y\n1,2\n", "x|y| 1,2" },
  /* separators and decimal commas */
  { "x;y\n1;2\n", "x|y| 1,2" },
  { "x\ty\n1\t2\n", "x|y| 1,2" },
  { "x|y\n1|2\n", "x|y| 1,2" },
  { "x y\n1 \t 2 \n  3 4\n", "x|y| 1,2 3,4" },
  { "\"x\" \"y z\"\n1 2\n", "x|y_z| 1,2" },
  { "x;y\n1,5;-2\n3;,25\n", "x|y| 1.5,-2 3,0.25" },
  { "x;y\n1,5;2,5e1\n", "x|y| 1.5,25" },
  { "x;y\n1.5;2\n", "x|y| 1.5,2" },
  { "x\ty\n1,5\t2\n", "x|y| 1.5,2" },
  { "x y\n1,5 2,5\n", "x|y| 1.5,2.5" },
  { "x;y\n1,234;2,5\n", "x|y| 1.234,2.5" },
  { "x;y\n0,234;2\n", "x|y| 0.23400000000000001,2" },
  { "\"x\",\"y\"\n\"1,5\",\"2\"\n", "x|y| 1.5,2" },
  { "x, y\n1, 2\n", "x|y| 1,2" },
  { "sep=;\nx;y\n1;2\n", "x|y| 1,2" },
  { "\"sep=|\"\r\nx|y\r\n1|2\r\n", "x|y| 1,2" },
  { "SEP=\t\nx\ty\n1\t2\n", "x|y| 1,2" },
  { "x;y\n;\n1;2\n;\n ; \n", "x|y| 1,2" },
  /* no line of names */
  { "1,2\n3,4\n", "c1|c2| 1,2 3,4" },
  { "1.5;2\n", "c1|c2| 1.5,2" },
  { "1,5;2,5\n3;4\n", "c1|c2| 1.5,2.5 3,4" },
  { " 0.01  18.0\n 0.02   0.0\n", "c1|c2| 0.01,18 0.02,0" },
  { "5\n6\n", "c1| 5 6" },
  { "0,0\n0,1\n", "c1|c2| 0,0 0,1" },
  { "0\n1\n", "c1| 0 1" },
  /* A text above nothing but numbers is a name, and so is a number beside it. */
  { "x,2019\n1,2\n3,4\n", "x|_2019| 1,2 3,4" },
};

static void
test_accepted (Fixture *fixture)
{
  for (guint i = 0; i < G_N_ELEMENTS (accepted); i++)
    {
      g_autoptr(GError) error = NULL;
      g_autoptr(BpDataset) dataset = read_bytes (fixture, accepted[i].file, -1, &error);

      g_assert_no_error (error);

      g_autofree char *table = describe (dataset);

      g_assert_cmpstr (table, ==, accepted[i].table);
    }
}

static const struct {
  const char *file;
  BpError     code;
  const char *message;
} refused[] = {
  { "", BP_ERROR_FILE, " is empty; a line of names and rows of numbers were expected" },
  { "\357\273\277", BP_ERROR_FILE, " is empty; a line of names and rows of numbers were expected" },
  { "\n \r\n\t\n", BP_ERROR_FILE, " is empty; a line of names and rows of numbers were expected" },
  { "x,y\n", BP_ERROR_FILE, " has no rows; rows of numbers were expected after line 1" },
  { "\n\nx,y", BP_ERROR_FILE, " has no rows; rows of numbers were expected after line 3" },
  /* names */
  { "x,,z\n1,2,3\n", BP_ERROR_VALUE,
    ", line 1, column 2: the column has no name; to be used it must have one in the first line" },
  { "x,\"\"\n1,2\n", BP_ERROR_VALUE,
    ", line 1, column 2: the column has no name; to be used it must have one in the first line" },
  { "x,y,\n1,2,3\n", BP_ERROR_VALUE,
    ", line 1, column 3: the column has no name; to be used it must have one in the first line" },
  { "\nx,y, x\n1,2,3\n", BP_ERROR_VALUE,
    ", line 2, column 3: the name “x” is that of column 1 already; the names of columns that are used must differ" },
  { "a.b,a b\n1,2\n", BP_ERROR_VALUE,
    ", line 1, column 2: “a b” would be called a_b in expressions, and so would column 1, “a.b”; the names of "
    "columns that are used must differ" },
  /* separators and decimal commas */
  { "a,b;c\nd,e;f\n", BP_ERROR_VALUE,
    " splits into columns at “,”, but at “;” too; Separator=, or Separator=; in [Data] says which" },
  /* a line of names or none, as pandas writes what has no names, with and without its index */
  { ",0,1\n0,1.5,2\n1,3,4\n", BP_ERROR_VALUE,
    ", line 1: this may be a row of numbers, or the columns may have numbers as names; Header=no or Header=yes in "
    "[Data] says which" },
  { "\n0,1\n1.5,2\n", BP_ERROR_VALUE,
    ", line 2: this may be a row of numbers, or the columns may have numbers as names; Header=no or Header=yes in "
    "[Data] says which" },
  { "x\n1,5\n2,5\n", BP_ERROR_SYNTAX,
    ", line 2, column 2: the row goes on after “,” but the first line does not; DecimalComma=true in [Data] says "
    "it is a decimal comma" },
  { "x;y\n1,5;2\n3;4.5\n", BP_ERROR_VALUE,
    ", line 3, column “y”: “4.5” in line 3 has a decimal point but “1,5” in line 2 a decimal comma; "
    "DecimalComma=true or DecimalComma=false in [Data] says which of them is right" },
  { "x;y\n1,500;2\n", BP_ERROR_VALUE,
    ", line 2, column “x”: the comma of “1,500” may be a decimal comma or stand between thousands; "
    "DecimalComma=true in [Data] says it is a decimal comma" },
  { "x;y\n1.500,5;2\n", BP_ERROR_VALUE, ", line 2, column “x”: “1.500,5” is not a number such as 0.02" },
  { "x,y\n\"1,234,567\",2\n", BP_ERROR_VALUE, ", line 2, column “x”: “1,234,567” is not a number such as 0.02" },
  /* rows */
  { "x,y\n1,2\n3\n", BP_ERROR_SYNTAX,
    ", line 3, column 2: the row ends here; it must have as many fields as the first line, 2" },
  { "x,y,z\n1,2", BP_ERROR_SYNTAX,
    ", line 2, column 3: the row ends here; it must have as many fields as the first line, 3" },
  { "x,y\n1,2,3\n", BP_ERROR_SYNTAX,
    ", line 2, column 3: the row goes on; it must have as many fields as the first line, 2" },
  { "x,y\n1,2,\n", BP_ERROR_SYNTAX,
    ", line 2, column 3: the row goes on; it must have as many fields as the first line, 2" },
  /* numbers */
  { "x,y\n1,\n", BP_ERROR_VALUE, ", line 2, column “y”: the value is missing; Missing=drop in [Data] leaves such "
                                 "rows out" },
  { "x,y\n1,", BP_ERROR_VALUE, ", line 2, column “y”: the value is missing; Missing=drop in [Data] leaves such "
                               "rows out" },
  { "x,y\n,2\n", BP_ERROR_VALUE, ", line 2, column “x”: the value is missing; Missing=drop in [Data] leaves such "
                                 "rows out" },
  { "x,y\n1,\"\"\n", BP_ERROR_VALUE, ", line 2, column “y”: the value is missing; Missing=drop in [Data] leaves "
                                     "such rows out" },
  { "x,y\r\n1,2\r\n3,four\r\n", BP_ERROR_VALUE, ", line 3, column “y”: “four” is not a number such as 0.02" },
  { "x,y\n\n\n1,2\n\n3 4,5\n", BP_ERROR_VALUE, ", line 6, column “x”: “3 4” is not a number such as 0.02" },
  { "x\nnan\n", BP_ERROR_VALUE,
    ", line 2, column “x”: “nan” is not a number; Missing=drop in [Data] leaves such rows out" },
  { "x\n-inf\n", BP_ERROR_VALUE, ", line 2, column “x”: “-inf” is not a number such as 0.02" },
  { "x\nInfinity\n", BP_ERROR_VALUE, ", line 2, column “x”: “Infinity” is not a number such as 0.02" },
  { "x\n0x1p3\n", BP_ERROR_VALUE, ", line 2, column “x”: “0x1p3” is not a number such as 0.02" },
  { "x\n1e999\n", BP_ERROR_VALUE, ", line 2, column “x”: “1e999” is too large for a number" },
  { "x\n\"1 2\"\n", BP_ERROR_VALUE, ", line 2, column “x”: “1 2” is not a number such as 0.02" },
  { "x\n1\n\303\n", BP_ERROR_VALUE, ", line 3, column “x”: “Ã” is not a number such as 0.02" },
  { "x\n1\"2\"\n", BP_ERROR_VALUE, ", line 2, column “x”: “1\"2\"” is not a number such as 0.02" },
  /* quotes */
  { "\"x\n1\n", BP_ERROR_SYNTAX, ", line 1, column 1: the closing quote is missing" },
  { "x,y\n1,\"2\n3,4\n", BP_ERROR_SYNTAX, ", line 2, column 2: the closing quote is missing" },
  { "x\n\"", BP_ERROR_SYNTAX, ", line 2, column 1: the closing quote is missing" },
  { "x,y\n\"1\"2,3\n", BP_ERROR_SYNTAX,
    ", line 2, column 1: “,” or the end of the line was expected after the closing quote" },
  /* The line is counted on through a field of several lines. */
  { "\"a\nb\"\n1\nz\n", BP_ERROR_VALUE, ", line 4, column “a b”: “z” is not a number such as 0.02" },
  { "x,y\n\"1\n\n\",2q\n", BP_ERROR_VALUE, ", line 4, column “y”: “2q” is not a number such as 0.02" },
};

static void
test_refused (Fixture *fixture)
{
  for (guint i = 0; i < G_N_ELEMENTS (refused); i++)
    assert_refused (fixture, refused[i].file, -1, refused[i].code, refused[i].message);
}

static void
test_nul (Fixture *fixture)
{
  static const char in_name[] = "x\0y\n1\n";
  static const char in_number[] = "x,y\n1,2\n3,\0\n";
  static const char after_number[] = "x\n1\0002\n";
  static const char in_quotes[] = "x,y\n1,\"2\0\"\n";
  static const char at_end[] = "x\n1\n\0";
  static const char alone[] = "\0";
  static const char wide[] = "x\0,\0y\0\n\0001\0,\0002\0";

  assert_refused (fixture, in_name, sizeof in_name - 1, BP_ERROR_SYNTAX,
                  ", line 1: there is a NUL byte; text was expected");
  assert_refused (fixture, in_number, sizeof in_number - 1, BP_ERROR_SYNTAX,
                  ", line 3: there is a NUL byte; text was expected");
  assert_refused (fixture, after_number, sizeof after_number - 1, BP_ERROR_SYNTAX,
                  ", line 2: there is a NUL byte; text was expected");
  assert_refused (fixture, in_quotes, sizeof in_quotes - 1, BP_ERROR_SYNTAX,
                  ", line 2: there is a NUL byte; text was expected");
  assert_refused (fixture, at_end, sizeof at_end - 1, BP_ERROR_SYNTAX,
                  ", line 3: there is a NUL byte; text was expected");
  assert_refused (fixture, alone, 1, BP_ERROR_SYNTAX, ", line 1: there is a NUL byte; text was expected");
  assert_refused (fixture, wide, sizeof wide - 1, BP_ERROR_SYNTAX,
                  ", line 1: there is a NUL byte; text was expected");
}

/* @message: the whole of it */
static void
assert_no_file (const char *path,
                const char *message)
{
  g_autoptr(GError) error = NULL;

  g_assert_null (bp_dataset_new_from_csv (1, path, NULL, NULL, &error));
  g_assert_error (error, BP_ERROR, BP_ERROR_FILE);
  g_assert_cmpstr (error->message, ==, message);
}

/* The test would not end where a pipe is waited for or what has no end is read. */
static void
test_not_a_file (Fixture *fixture)
{
  g_autofree char *missing = g_strconcat (fixture->file, " cannot be read: No such file or directory", NULL);
  g_autofree char *folder = g_strconcat (fixture->folder, " cannot be read: Is a directory", NULL);
  g_autofree char *pipe = g_strconcat (fixture->file, " is not a regular file; a file of text was expected", NULL);

  assert_no_file (fixture->file, missing);
  assert_no_file (fixture->folder, folder);
  assert_no_file ("/dev/zero", "/dev/zero is not a regular file; a file of text was expected");
  assert_no_file ("", " cannot be read: No such file or directory");
  assert_no_file ("no\nsuch\033file", "no such file cannot be read: No such file or directory");

  g_assert_cmpint (mkfifo (fixture->file, 0600), ==, 0);
  assert_no_file (fixture->file, pipe);

  if (g_file_test ("/proc/self/pagemap", G_FILE_TEST_EXISTS) && g_access ("/proc/self/pagemap", R_OK) == 0)
    assert_no_file ("/proc/self/pagemap",
                    "/proc/self/pagemap has more in it than its size says; a file that does not change was expected");
}

/* 5 GB on a disk that has them as holes; to read them would take more memory than most have. */
static void
test_large (Fixture *fixture)
{
  g_autofree char *message = g_strconcat (fixture->file, ": the file is larger than 1024 MiB", NULL);

  g_assert_true (g_file_set_contents (fixture->file, "x\n1\n", -1, NULL));
  if (truncate (fixture->file, G_GINT64_CONSTANT (5000000000)) < 0)
    {
      g_test_skip ("this disk has no holes");
      return;
    }

  assert_no_file (fixture->file, message);
}

static void
test_not_readable (Fixture *fixture)
{
  g_autoptr(GError) error = NULL;

  g_assert_true (g_file_set_contents_full (fixture->file, "x\n1\n", -1, G_FILE_SET_CONTENTS_NONE, 0, NULL));
  g_assert_cmpint (g_chmod (fixture->file, 0), ==, 0);

  if (g_access (fixture->file, R_OK) == 0)
    {
      g_test_skip ("this user may read every file");
      return;
    }

  g_assert_null (bp_dataset_new_from_csv (1, fixture->file, NULL, NULL, &error));
  g_assert_error (error, BP_ERROR, BP_ERROR_FILE);
  g_assert_nonnull (strstr (error->message, fixture->file));
  g_assert_nonnull (strstr (error->message, "Permission denied"));
}

/* Every beginning of a good file, and it with any one byte changed, is read or refused in words, and nothing else. */
static void
test_mutations (Fixture *fixture)
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
test_round_trip (Fixture *fixture)
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

/* What is asked for holds, also where the file says something else. */
static void
test_format (Fixture *fixture)
{
  const BpDataFormat comma = { .separator = ',' };
  const BpDataFormat semicolon = { .separator = ';' };
  const BpDataFormat blanks = { .separator = ' ' };
  const BpDataFormat decimal_comma = { .decimal_comma = BP_ANSWER_YES };
  const BpDataFormat quoted_comma = { .separator = ',', .decimal_comma = BP_ANSWER_YES };
  const BpDataFormat decimal_point = { .decimal_comma = BP_ANSWER_NO };
  const BpDataFormat header = { .header = BP_ANSWER_YES };
  const BpDataFormat no_header = { .header = BP_ANSWER_NO };

  assert_read (fixture, "a,b;c\n1,2;3\n", &comma, "a", "a| 1");
  assert_read (fixture, "a,b;c\n1,2;3\n", &semicolon, "c", "c| 3");
  assert_read (fixture, "a,b;c\n1,2;3\n", &semicolon, "a_b c", "a_b|c| 1.2,3");
  assert_read (fixture, "sep=;\nx,y\n1,2\n", &comma, "x y", "x|y| 1,2");
  assert_read (fixture, "x, y\n1, 2\n", &blanks, "x", ", line 2, column “x,”: “1,” is not a number such as 0.02");
  assert_read (fixture, "x y\n\"1\"2\n", &blanks, "x",
               ", line 2, column 1: “blanks” or the end of the line was expected after the closing quote");
  assert_read (fixture, "x\n1,5\n2,5\n", &decimal_comma, "x", "x| 1.5 2.5");
  assert_read (fixture, "1,5\n2,5\n", &decimal_comma, "c1", "c1| 1.5 2.5");
  assert_read (fixture, "x;y\n1,500;2\n", &decimal_comma, "x", "x| 1.5");
  assert_read (fixture, "x;y\n1.500;2\n", &decimal_comma, "x",
               ", line 2, column “x”: “1.500” is not a number such as 0,02");
  assert_read (fixture, "x,y\n\"1,5\",2\n", &quoted_comma, "x", "x| 1.5");
  assert_read (fixture, "x;y\n1,5;2\n", &decimal_point, "x", ", line 2, column “x”: “1,5” is not a number such as "
                                                             "0.02");
  assert_read (fixture, "1,2\n3,4\n", &header, "_1 _2", "_1|_2| 3,4");
  assert_read (fixture, ",0,1\n0,1.5,2\n", &header, "_0 _1", "_0|_1| 1.5,2");
  assert_read (fixture, "0,1\n1.5,2\n", &no_header, "c1 c2", "c1|c2| 0,1 1.5,2");
  assert_read (fixture, "1,2,\n3,4,\n", NULL, "c1 c2", "c1|c2| 1,2 3,4");
  assert_read (fixture, "x,y\n3,4\n", &no_header, "c1", ", line 2, column “c1”: “3” is not a class such as the "
                                                      "text in line 1; the name of a class starts with no digit");
  assert_read (fixture, "5.0,3.3,setosa\n6.1,2.8,virginica\n", NULL, "c1 c2", "c1|c2| 5,3.2999999999999998 "
                                                                              "6.0999999999999996,2.7999999999999998");
  assert_read (fixture, "5.0,setosa\n", NULL, "c1", "c1| 5");
}

static void
test_encodings (Fixture *fixture)
{
  static const char little[] = "\377\376g\0\366\0;\0\075\330\000\336x\0\n\0001\0,\0005\0;\0002\0\n\0";
  static const char big[] = "\376\377\0g\0\366\0;\330\075\336\000\0x\0\n\0001\0,\0005\0;\0002\0\n";
  static const char latin[] = "g\366;\200x\n1,5;2\n";
  static const char odd[] = "\377\376x\0\n\0001\0\n";
  static const char lone[] = "\377\376x\0\075\330\n\0\000\336";
  static const char nul[] = "\377\376x\0\n\0\0\0";
  g_autoptr (BpDataset) of_little = read_bytes (fixture, little, sizeof little - 1, NULL);
  g_autoptr (BpDataset) of_big = read_bytes (fixture, big, sizeof big - 1, NULL);
  g_autoptr (BpDataset) of_latin = read_bytes (fixture, latin, sizeof latin - 1, NULL);
  g_autoptr (BpDataset) of_odd = read_bytes (fixture, odd, sizeof odd - 1, NULL);
  g_autoptr (BpDataset) of_lone = read_bytes (fixture, lone, sizeof lone - 1, NULL);
  g_autofree char *little_table = describe (of_little);
  g_autofree char *big_table = describe (of_big);
  g_autofree char *latin_table = describe (of_latin);
  g_autofree char *odd_table = describe (of_odd);

  g_assert_cmpstr (little_table, ==, "goe|x| 1.5,2");
  g_assert_cmpstr (big_table, ==, "goe|x| 1.5,2");
  g_assert_cmpstr (latin_table, ==, "goe|EURx| 1.5,2");
  g_assert_cmpstr (odd_table, ==, "x| 1");
  g_assert_cmpstr (bp_dataset_get_classes (of_lone, 0)[0], ==, "\357\277\275");
  assert_refused (fixture, nul, sizeof nul - 1, BP_ERROR_SYNTAX, ", line 2: there is a NUL byte; text was expected");
  assert_refused (fixture, "\377\376", 2, BP_ERROR_FILE, " is empty; a line of names and rows of numbers were "
                                                         "expected");
}

int
main (int    argc,
      char **argv)
{
  g_test_init (&argc, &argv, NULL);

  add_csv_test ("/csv/accepted", test_accepted);
  add_csv_test ("/csv/refused", test_refused);
  add_csv_test ("/csv/nul", test_nul);
  add_csv_test ("/csv/not-a-file", test_not_a_file);
  add_csv_test ("/csv/large", test_large);
  add_csv_test ("/csv/not-readable", test_not_readable);
  add_csv_test ("/csv/format", test_format);
  add_csv_test ("/csv/encodings", test_encodings);
  add_csv_test ("/csv/mutations", test_mutations);
  add_csv_test ("/csv/round-trip", test_round_trip);

  return g_test_run ();
}
