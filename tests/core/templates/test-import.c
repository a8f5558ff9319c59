/* test-import.c: tables that people have become experiments that can be trained
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "templates/bp-import.h"

#include <math.h>
#include <string.h>

#include "base/bp-error.h"
#include "lib/data-evaluator.h"
#include "lib/folder-fixture.h"
#include "lib/trainer-fixture.h"

static char *
get_case (const char *name)
{
  g_autofree char *file = g_strconcat (name, ".csv", NULL);

  return g_test_build_filename (G_TEST_DIST, "data", "cases", "csv", file, NULL);
}

static BpImport *
import_new (const BpImportChoices *choices)
{
  g_autoptr (GError) error = NULL;
  BpImport *import = bp_import_new (choices, &error);

  g_assert_no_error (error);

  return import;
}

/* The roles as "_IITC", as letters of their names. */
static char *
get_roles (const BpImport *import)
{
  GString *text = g_string_new (NULL);

  for (guint i = 0; i < import->roles->len; i++)
    g_string_append_c (text, "_ITC"[g_array_index (import->roles, BpColumnRole, i)]);

  return g_string_free (text, FALSE);
}

static void
set_roles (BpImportChoices *choices,
           const char      *letters)
{
  g_clear_pointer (&choices->roles, g_array_unref);
  choices->roles = g_array_new (FALSE, FALSE, sizeof (BpColumnRole));
  for (; *letters != '\0'; letters++)
    {
      BpColumnRole role = (BpColumnRole) (strchr ("_ITC", *letters) - "_ITC");

      g_array_append_val (choices->roles, role);
    }
}

static double
get_loss (BpTrainer *trainer)
{
  return get_data_loss (trainer, FALSE, bp_session_get_parameters (bp_trainer_get_session (trainer)));
}

/* Trains what is made of @choices. Returns: (transfer full): at its end; @before: (out): the loss at the start */
static BpTrainer *
train (const BpImportChoices *choices,
       double                *before)
{
  g_autoptr (BpImport) import = import_new (choices);
  g_autofree char *folder = g_path_get_dirname (choices->file);
  g_autoptr (BpExperiment) experiment = NULL;
  g_autoptr (GError) error = NULL;
  BpTrainer *trainer;

  g_assert_cmpstr (import->problem, ==, NULL);
  g_test_message ("%s", import->text);
  experiment = bp_experiment_new_from_data (import->text, -1, "import", folder, &error);
  g_assert_no_error (error);
  trainer = trainer_new (experiment);
  *before = get_loss (trainer);
  bp_trainer_run (trainer, experiment->iterations);

  return trainer;
}

/* What is seen in each of the files that people complained about, untouched. */
static void
test_cases (void)
{
  static const struct {
    const char *name;
    const char *roles;
    const char *model;
  } rows[] = {
    { "boston-form", "IIIT", "Linear 3 → 1" },
    { "date", "IT_", "Linear 1 → 1" },
    { "dupunused", "IT__", "Linear 1 → 1" },
    { "emptyunused", "IT_", "Linear 1 → 1" },
    { "german", "IT", "Linear 1 → 1" },
    { "germanbom", "IT", "Linear 1 → 1" },
    { "headspaces", "IT", "Linear 1 → 1" },
    { "iris-form", "IIIIC", "Softmax 4 → 3" },
    { "mpg-form", "TII_", "Linear 2 → 1" },
    { "multiline", "IT_", "Linear 1 → 1" },
    { "noheader", "IT", "Linear 1 → 1" },
    { "pandasindex", "_IT", "Linear 1 → 1" },
    { "penguins-form", "C_II_", "Logistic 2 → 1" },
    { "pipe", "IT", "Linear 1 → 1" },
    { "r-form", "IT", "Linear 1 → 1" },
    { "rownames-form", "_IT", "Linear 1 → 1" },
    { "sklearn-form", "IIIIC", "Softmax 4 → 3" },
    { "spaces", "IT", "Linear 1 → 1" },
    { "trailingcomma", "IT_", "Linear 1 → 1" },
    { "uci-form", "IIIIC", "Logistic 4 → 1" },
    { "unnamedunused", "IT_", "Linear 1 → 1" },
  };

  for (guint i = 0; i < G_N_ELEMENTS (rows); i++)
    for (guint is_network = 0; is_network < 2; is_network++)
      {
        g_autofree char *file = get_case (rows[i].name);
        g_autoptr (BpImportChoices) choices = bp_import_choices_new (file);
        g_autoptr (BpImport) import = import_new (choices);
        g_autofree char *roles = get_roles (import);
        g_autofree char *model = bp_import_get_model_title (import, NULL);
        g_autoptr (BpTrainer) trainer = NULL;
        double before;

        g_test_message ("%s", rows[i].name);
        g_assert_cmpstr (roles, ==, rows[i].roles);
        choices->is_network = is_network;
        trainer = train (choices, &before);
        g_assert_cmpstr (model, ==, rows[i].model);
        /* Of one row, the mean is what is to be predicted. */
        if (import->n_train > 1 || import->loss != BP_LOSS_SQUARED)
          g_assert_cmpfloat (get_loss (trainer), <, before);
      }
}

/* A name says more than that texts would do as a class, and a place in the table less than both. */
static void
test_guesses (FolderFixture *fixture)
{
  static const char * const rows[][2] = {
    { "mpg,weight,origin\n18,3504,usa\n26,1835,europe\n24,2372,japan\n15,3693,usa\n25,1800,usa\n22,2000,japan\n",
      "TI_" },
    { "size,weight,origin\n18,3504,usa\n26,1835,europe\n24,2372,japan\n15,3693,usa\n25,1800,usa\n", "IIC" },
    { "mpg,weight,species\n18,3504,a\n26,1835,b\n24,2372,b\n15,3693,a\n25,1800,a\n", "IIC" },
    { "18.0   8   307.0\t\"ford torino\"\n15.5   8   ?   \t\"amc rebel sst\"\n24.0   4   113.0\t\"toyota corona\"\n",
      "IIIC" },
    /* What counts the rows may be a target, if it is called one. */
    { "x,y\n5,1\n6,2\n8,3\n", "IT" },
    /* A comma that is decimal separates as well where fields have quotes. */
    { "x,y\n\"1,5\",2\n\"2,25\",3\n\"3,5\",5\n", "IT" },
  };

  for (guint i = 0; i < G_N_ELEMENTS (rows); i++)
    {
      g_autofree char *file = folder_fixture_write (fixture, "table.csv", rows[i][0], -1);
      g_autoptr (BpImportChoices) choices = bp_import_choices_new (file);
      g_autoptr (BpImport) import = import_new (choices);
      g_autofree char *roles = get_roles (import);

      g_assert_cmpstr (roles, ==, rows[i][1]);
      g_assert_cmpstr (import->problem, ==, NULL);
    }
}

/* A table as a German spreadsheet has it, in Windows-1252. */
static void
test_german (FolderFixture *fixture)
{
  static const char rows[] = "Nr;Bl\374tenblatt L\344nge;Breite;Art\r\n";
  static const char * const kinds[] = { "setosa", "versicolor", "virginica" };
  g_autoptr (GString) text = g_string_new (rows);

  for (guint i = 0; i < 60; i++)
    {
      g_autofree char *width = i == 4 ? g_strdup ("k. A.") : g_strdup_printf ("%u,5", i % 3);
      g_autofree char *length = i == 8 ? g_strdup ("") : g_strdup_printf ("%u,%u", 1 + 2 * (i % 3), i % 7);

      g_string_append_printf (text, "%u;%s;%s;%s\r\n", i + 1, length, width, kinds[i % 3]);
    }

  g_autofree char *file = folder_fixture_write (fixture, "iris_deutsch.csv", text->str, (gssize) text->len);
  g_autoptr (BpImportChoices) choices = bp_import_choices_new (file);
  g_autoptr (BpImport) import = import_new (choices);
  const BpCsvPreview *preview = import->preview;
  const BpPreviewColumn *length = g_ptr_array_index (preview->columns, 1);
  g_autofree char *roles = get_roles (import);
  g_autofree char *dropped = bp_import_describe_dropped (import);
  g_autofree char *names = bp_import_describe_names (import);
  g_autofree char *sentence = bp_import_describe (import);
  double before;

  g_assert_cmpint (preview->format.encoding, ==, BP_ENCODING_WINDOWS_1252);
  g_assert_cmpint (preview->format.separator, ==, ';');
  g_assert_cmpint (preview->format.decimal_comma, ==, BP_ANSWER_YES);
  g_assert_cmpint (preview->format.header, ==, BP_ANSWER_YES);
  g_assert_true (preview->found_separator && preview->found_decimal && preview->found_header);
  g_assert_cmpuint (preview->n_rows, ==, 60);
  g_assert_cmpuint (preview->rows->len, ==, 50);
  g_assert_cmpstr (length->title, ==, "Blütenblatt Länge");
  g_assert_cmpstr (length->name, ==, "Bluetenblatt_Laenge");
  g_assert_cmpstr (((char **) g_ptr_array_index (preview->rows, 1))[1], ==, "3.1");
  g_assert_cmpstr (roles, ==, "_IIC");
  g_assert_true (import->drop_missing);
  g_assert_cmpuint (import->n_dropped, ==, 2);
  g_assert_cmpuint (import->n_train, ==, 46);
  g_assert_cmpuint (import->n_test, ==, 12);
  g_assert_cmpstr (dropped, ==, "Row 5 and row 9 lack a value and are left out.");
  g_assert_cmpstr (names, ==, "Names have letters from a to z, digits and _: Blütenblatt Länge becomes "
                              "Bluetenblatt_Laenge.");
  g_assert_cmpstr (sentence, ==, "A linear model that tells the 3 classes of Art apart by 2 columns");

  choices->is_network = TRUE;
  g_autoptr (BpTrainer) trainer = train (choices, &before);

  g_assert_cmpfloat (get_loss (trainer), <, 0.1 * before);
  g_assert_cmpfloat (get_data_accuracy (trainer, TRUE, bp_session_get_parameters (bp_trainer_get_session (trainer))),
                     ==, 1);
}

/* What the model is given has mean 0 and deviation 1 over the rows to train on, whatever numbers the file has. */
static void
test_standard (FolderFixture *fixture)
{
  g_autoptr (GString) text = g_string_new ("big,small,y\n");

  for (guint i = 0; i < 40; i++)
    g_string_append_printf (text, "%u,%g,%u\n", 123456000 + i, 1e-7 * (i * 7 % 40), 3 * i);

  g_autofree char *file = folder_fixture_write (fixture, "table.csv", text->str, -1);
  g_autoptr (BpImportChoices) choices = bp_import_choices_new (file);
  double before;
  g_autoptr (BpTrainer) trainer = train (choices, &before);
  guint node = bp_graph_find (bp_trainer_get_graph (trainer), "standard");
  g_autoptr (BpEvaluator) evaluator = new_data_evaluator (trainer, FALSE);
  BpGraph *graph = bp_evaluator_get_graph (evaluator);
  gsize n = bp_evaluator_get_n_rows (evaluator);

  g_assert_cmpuint (node, !=, BP_NODE_NONE);
  bp_evaluator_get_loss (evaluator, bp_session_get_parameters (bp_trainer_get_session (trainer)), NULL);

  const double *values = bp_session_get_value (bp_evaluator_get_session (evaluator), bp_graph_find (graph, "standard"));

  for (guint column = 0; column < 2; column++)
    {
      double mean = 0, square = 0;

      for (gsize i = 0; i < n; i++)
        {
          mean += values[2 * i + column] / (double) n;
          square += values[2 * i + column] * values[2 * i + column] / (double) n;
        }
      g_assert_cmpfloat_with_epsilon (mean, 0, 0.01);
      g_assert_cmpfloat_with_epsilon (square, 1, 0.01);
    }
  g_assert_cmpfloat (get_loss (trainer), <, 1e-3);
}

/* Classes are numbers of any kind, columns have the names of nodes, and nothing is standardized. */
static void
test_numbers (FolderFixture *fixture)
{
  static const struct {
    const char *classes;
    const char *label;
    const char *model;
  } rows[] = {
    { "0 1", NULL, "Logistic 2 → 1" },
    { "-1 1", "label=(class > -1)", "Logistic 2 → 1" },
    { "1 2", "label=class - 1", "Logistic 2 → 1" },
    { "3 4 5", "label=class - 3", "Softmax 2 → 3" },
    { "-1 0 1", "label=class + 1", "Softmax 2 → 3" },
    { "3 4 6 8", "label=(class > 3) + (class > 4) + (class > 6)", "Softmax 2 → 4" },
  };

  for (guint i = 0; i < G_N_ELEMENTS (rows); i++)
    {
      g_auto (GStrv) classes = g_strsplit (rows[i].classes, " ", -1);
      guint n = g_strv_length (classes);
      g_autoptr (GString) text = g_string_new ("logits;inputs;class\n");

      for (guint row = 0; row < 48; row++)
        g_string_append_printf (text, "%u.5;%u;%s\n", row % n, (row + 1) % n, classes[row % n]);

      g_autofree char *file = folder_fixture_write (fixture, "numbers.csv", text->str, -1);
      g_autoptr (BpImportChoices) choices = bp_import_choices_new (file);
      double before;

      choices->standardize = i % 2 == 0;
      set_roles (choices, "IIC");
      g_autoptr (BpImport) import = import_new (choices);
      g_autofree char *model = bp_import_get_model_title (import, NULL);
      g_autoptr (BpTrainer) trainer = train (choices, &before);

      g_assert_cmpstr (model, ==, rows[i].model);
      g_assert_cmpint (strstr (import->text, "\nlabel=") != NULL, ==, rows[i].label != NULL);
      g_assert_true (rows[i].label == NULL || strstr (import->text, rows[i].label) != NULL);
      g_assert_nonnull (strstr (import->text, "\nlogits_="));
      g_assert_nonnull (strstr (import->text, "\ninputs_=logits, inputs\n"));
      g_assert_cmpfloat (get_loss (trainer), <, before);
      g_assert_cmpfloat (get_data_accuracy (trainer, FALSE,
                                            bp_session_get_parameters (bp_trainer_get_session (trainer))), >=, 0.75);
    }
}

static void
assert_problem (const char *file,
                const char *roles,
                const char *problem)
{
  g_autoptr (BpImportChoices) choices = bp_import_choices_new (file);

  set_roles (choices, roles);
  g_autoptr (BpImport) import = import_new (choices);

  g_assert_null (import->text);
  g_assert_cmpstr (import->problem, ==, problem);
}

/* What is wrong with the table itself is said before what is chosen of it. */
static void
test_tables (FolderFixture *fixture)
{
  static const char * const rows[][2] = {
    { "a,b\n1,2\n3\n", "line 3, column 2: the row ends here" },
    { "a,b\n1,\"2\n3,4\n", "line 2, column 2: the closing quote" },
    { "a,b\n", "There are no rows of values below the names." },
    { "a\n1\n2\n", "There is only one column" },
  };

  for (guint i = 0; i < G_N_ELEMENTS (rows); i++)
    {
      g_autofree char *file = folder_fixture_write (fixture, "t.csv", rows[i][0], -1);
      g_autoptr (BpImportChoices) choices = bp_import_choices_new (file);
      g_autoptr (BpImport) import = import_new (choices);

      g_assert_null (import->text);
      g_test_message ("%s", import->problem);
      g_assert_nonnull (strstr (import->problem, rows[i][1]));
    }
}


/* Each sentence that says why there is no experiment yet. */
static void
test_problems (FolderFixture *fixture)
{
  g_autofree char *file = folder_fixture_write (fixture, "t.csv", "a,b,kind,mixed,none,same\n1,2,x,1,,7\n2,3,y,z,,7\n",
                                                -1);
  g_autofree char *empty = folder_fixture_write (fixture, "empty.csv", "", 0);
  g_autoptr (BpImportChoices) choices = bp_import_choices_new (empty);
  g_autoptr (GError) error = NULL;

  assert_problem (file, "______", "Choose an input, which the model is given, and a target or a class, which it "
                                  "learns.");
  assert_problem (file, "_T____", "Choose an input: a column of numbers that the model is given.");
  assert_problem (file, "I_____", "Choose a target or a class: the column that the model learns.");
  assert_problem (file, "ITC___", "Only one column can be learned: choose one target or one class.");
  assert_problem (file, "ITI___", "“kind” has texts; they can be a class, but no number.");
  assert_problem (file, "I__T__", "“mixed” is not a column of numbers: some of its values are none.");
  assert_problem (file, "I___T_", "“none” has no values.");
  assert_problem (file, "I____C", "“same” has too many or too few different numbers, or such as are not whole, to be a "
                                  "class.");

  g_assert_null (bp_import_new (choices, &error));
  g_assert_error (error, BP_ERROR, BP_ERROR_FILE);
}

int
main (int    argc,
      char **argv)
{
  g_test_init (&argc, &argv, NULL);

  g_test_add_func ("/import/cases", test_cases);
  folder_fixture_add_test ("/import/guesses", test_guesses);
  folder_fixture_add_test ("/import/german", test_german);
  folder_fixture_add_test ("/import/standard", test_standard);
  folder_fixture_add_test ("/import/numbers", test_numbers);
  folder_fixture_add_test ("/import/tables", test_tables);
  folder_fixture_add_test ("/import/problems", test_problems);

  return g_test_run ();
}
