/* test-experiment-errors-files.c: what is said of files that cannot be read and of data that do not fit
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include <string.h>
#include <unistd.h>

#include "base/bp-error.h"
#include "experiment/bp-experiment.h"
#include "lib/folder-fixture.h"

#define VARIABLES "[Variables]\nA=1\n"
#define MODEL VARIABLES "[Model]\nloss=square(A)\n"

static void
test_csv_errors (FolderFixture *fixture)
{
  static const struct {
    const char *csv;
    const char *data;
    const char *place;
    const char *message;
  } cases[] = {
    { NULL, "File=points.csv", ":3: [Data] File: ", "No such file or directory" },
    { "x\n1\nfoo\n", "File=points.csv", ":3: [Data] File: ",
      "points.csv, line 3, column “x”: “foo” is not a number such as 0.02" },
    { "x\n1\n", "File=points.csv\ny=1", ":4: [Data] y: ",
      "the placeholders are the columns of File; there cannot be others" },
    { "x\n1\n", "File=points.csv\nSamples=1", ":4: [Data] Samples: ",
      "the samples are the rows of File, which has its own number of them" },
    { "y\n1\n", "File=points.csv", ":7: [Model] l, column 5: ",
      "unknown name “x”; the columns of points.csv are: y" },
    { "y,x 1,b,c,d,e,f\n1,2,3,4,5,6,7\n", "File=points.csv", ":7: [Model] l, column 5: ",
      "unknown name “x”; the columns of points.csv are: y, x_1, b, c, d, e, …" },
    { "1\n2\n", "File=points.csv", ":7: [Model] l, column 5: ",
      "unknown name “x”; the first line of points.csv names no columns, so they are called c1; Header=yes in [Data] "
      "says that it does" },
    { "xy,X\n1,2\n", "File=points.csv", ":7: [Model] l, column 5: ",
      "unknown name “x”; did you mean “X”, a column of points.csv?" },
    { "x\n1\n", "File=points.csv\nSeparator=:", ":4: [Data] Separator: ",
      "“:” is none of the separators , ; | tab and blanks" },
    { "x\n1\n", "File=points.csv\nDecimalComma=1", ":4: [Data] DecimalComma: ", "“1” is neither true nor false" },
    { "x\n1\n", "File=points.csv\nHeader=true", ":4: [Data] Header: ", "“true” is neither yes nor no" },
    { "x\n1\n", "File=points.csv\nMissing=mean", ":4: [Data] Missing: ", "“mean” is neither drop nor refuse" },
    { "x\n1\n", "x=1\nHeader=no", ":4: [Data] Header: ", "this says how a File is read, but there is no File" },
    { "x\n1\n", "Missing=drop", ":3: [Data] Missing: ", "this says how a File is read, but there is no File" },
    { "x\n1\n", "File=no\\nfile\\t.csv", ":3: [Data] File: ",
      "no file .csv cannot be read: No such file or directory" },
  };

  for (guint i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      g_autofree char *text = g_strdup_printf ("\n[Data]\n%s\n" VARIABLES "[Model]\nl=A * x\n", cases[i].data);
      g_autofree char *path = folder_fixture_write (fixture, "points.experiment", text, -1);
      g_autofree char *prefix = g_strconcat (path, cases[i].place, NULL);
      g_autoptr (GError) error = NULL;

      if (cases[i].csv != NULL)
        g_free (folder_fixture_write (fixture, "points.csv", cases[i].csv, -1));
      g_assert_null (bp_experiment_new_from_file (path, &error));
      g_assert_true (error->domain == BP_ERROR);
      g_assert_true (g_str_has_prefix (error->message, prefix));
      g_assert_true (g_str_has_suffix (error->message, cases[i].message));
    }
}

static void
assert_file_error (const char *path,
                   BpError     code,
                   const char *message)
{
  g_autofree char *expected = g_strconcat (path, message, NULL);
  g_autoptr (GError) error = NULL;

  g_assert_null (bp_experiment_new_from_file (path, &error));
  g_assert_cmpstr (error->message, ==, expected);
  g_assert_error (error, BP_ERROR, (int) code);
}

static void
assert_large_file (FolderFixture *fixture)
{
  g_autofree char *path = folder_fixture_write (fixture, "large.experiment", MODEL, -1);

  g_assert_cmpint (truncate (path, (16 << 20) + 1), ==, 0);
  assert_file_error (path, BP_ERROR_FILE, ": the file is larger than 16 MiB");
}

static void
test_file_errors (FolderFixture *fixture)
{
  g_autofree char *missing = g_build_filename (fixture->folder, "missing.experiment", NULL);
  g_autofree char *empty = folder_fixture_write (fixture, "empty.experiment", "", 0);
  g_autofree char *nul = folder_fixture_write (fixture, "nul.experiment", "[Model]\na=\0b\n", 13);
  g_autofree char *latin = folder_fixture_write (fixture, "latin.experiment", "[Model]\n\n# caf\xe9\n", -1);
  g_autofree char *only_nul = folder_fixture_write (fixture, "zero.experiment", "\0\0\0", 3);

  assert_file_error (missing, BP_ERROR_FILE, " cannot be read: No such file or directory");
  assert_file_error (fixture->folder, BP_ERROR_FILE, " cannot be read: Is a directory");
  assert_file_error (empty, BP_ERROR_FILE, ": the file is empty; an experiment has at least [Variables] and [Model]");
  assert_file_error (nul, BP_ERROR_SYNTAX, ":2: there is a NUL byte; text was expected");
  assert_file_error (only_nul, BP_ERROR_SYNTAX, ":1: there is a NUL byte; text was expected");
  assert_file_error (latin, BP_ERROR_SYNTAX, ":3: the text is not valid UTF-8");
  assert_file_error ("/dev/zero", BP_ERROR_FILE, " is not a regular file; a file of text was expected");
  assert_large_file (fixture);
}

/* A column called in an expression as the file calls it. */
static void
test_renamed_columns (FolderFixture *fixture)
{
  static const struct {
    const char *model;
    const char *place;
    const char *message;
  } cases[] = {
    { "l=A * Sepal.Length", ":7: [Model] l, column 5: ",
      "the column “Sepal.Length” of points.csv is called Sepal_Length in expressions" },
    { "l=A * (sepal width (cm) - y)", ":7: [Model] l, column 6: ",
      "the column “sepal width (cm)” of points.csv is called sepal_width_cm in expressions" },
    { "l=A * 身高", ":7: [Model] l, column 5: ", "the column “身高” of points.csv is called c5 in expressions" },
    { "l=square(A) * y\n[Evaluate]\np=round(A)\nTarget=Sepal.Length", ":10: [Evaluate] Target: ",
      "the column “Sepal.Length” of points.csv is called Sepal_Length in expressions" },
    /* Names of their own, and no words */
    { "l=A * y-x + z", ":7: [Model] l, column 11: ",
      "unknown name “z”; the columns of points.csv are: y, x, Sepal_Length, sepal_width, c5, y_x, …" },
    { "l=A * Sepal.Lengths", ":7: [Model] l, column 10: ", "“.Lengths” is neither a number nor a name" },
    { "l=A * (y", ":7: [Model] l, column 7: ", "an operator or “)” was expected" },
  };

  g_free (folder_fixture_write (fixture, "points.csv",
                                "y,x,Sepal.Length,sepal width,身高,y-x,sepal width (cm),(,1\n1,2,3,4,5,6,7,8,a\n", -1));

  for (guint i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      g_autofree char *text = g_strdup_printf ("[Data]\nFile=points.csv\nHeader=yes\n" VARIABLES "[Model]\n%s\n",
                                               cases[i].model);
      g_autofree char *path = folder_fixture_write (fixture, "points.experiment", text, -1);
      g_autofree char *message = NULL;
      g_autoptr (GError) error = NULL;

      g_assert_null (bp_experiment_new_from_file (path, &error));
      message = g_strconcat (path, cases[i].place, cases[i].message, NULL);
      g_assert_cmpstr (error->message, ==, message);
    }
}

int
main (int   argc,
      char *argv[])
{
  g_test_init (&argc, &argv, NULL);

  folder_fixture_add_test ("/experiment-errors-files/csv", test_csv_errors);
  folder_fixture_add_test ("/experiment-errors-files/renamed-columns", test_renamed_columns);
  folder_fixture_add_test ("/experiment-errors-files/files", test_file_errors);

  return g_test_run ();
}
