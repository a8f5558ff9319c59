/* test-data-files.c: experiments on the data files that teachers have
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include <string.h>

#include "base/bp-error.h"
#include "training/bp-trainer.h"
#include "lib/trainer-fixture.h"

/* Reads a case with changes as its user would make them: each pair of texts is a text and what replaces it. */
static BpExperiment *
load (const char         *name,
      const char * const *changes,
      GError            **error)
{
  g_autofree char *file = g_strconcat (name, ".experiment", NULL);
  g_autofree char *path = g_test_build_filename (G_TEST_DIST, "data", "cases", "csv", file, NULL);
  g_autofree char *folder = g_path_get_dirname (path);
  g_autofree char *content = NULL;

  g_assert_true (g_file_get_contents (path, &content, NULL, NULL));
  g_autoptr (GString) text = g_string_new (content);

  for (; changes != NULL && *changes != NULL; changes += 2)
    g_assert_cmpuint (g_string_replace (text, changes[0], changes[1], 1), ==, 1);

  return bp_experiment_new_from_data (text->str, -1, file, folder, error);
}

/* The losses of the first two iterations, in the order of the rows; w − 2ηrx and b − 2ηr in Python gave them. */
static void
assert_losses (const char         *name,
               const char * const *changes,
               double              first,
               double              second)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (BpExperiment) experiment = load (name, changes, &error);
  g_autoptr (BpTrainer) trainer = NULL;
  const double losses[] = { first, second };

  g_assert_no_error (error);
  experiment->sampling = BP_SAMPLING_SEQUENTIAL;
  trainer = trainer_new (experiment);

  for (guint i = 0; i < G_N_ELEMENTS (losses); i++)
    {
      guint loss = bp_graph_get_loss (bp_trainer_get_graph (trainer));

      g_assert_cmpint (bp_trainer_run (trainer, 1), ==, 1);
      g_assert_cmpfloat_with_epsilon (*bp_session_get_value (bp_trainer_get_session (trainer), loss),
                                      losses[i], 1e-13 * MAX (1, losses[i]));
    }
}

static void
test_read (void)
{
  /* The rows (1.5, 2) and (3, 4), with w = 0.5. */
  static const char * const same[] = {
    "date", "dupunused", "emptyunused", "german", "headspaces", "multiline", "pandasindex", "spaces", "trailingcomma",
    "unnamedunused",
  };

  for (guint i = 0; i < G_N_ELEMENTS (same); i++)
    assert_losses (same[i], NULL, 1.5625, 5.700156250000001);

  assert_losses ("germanbom", NULL, 1.5625, 5.076572265624999);
  assert_losses ("pipe", NULL, 1.5625, 1.4250390625000002);
  assert_losses ("boston-form", NULL, 576, 466.5392600832922);
  assert_losses ("iris-form", NULL, 1.96, 20.242062777924);
  assert_losses ("mpg-form", NULL, 400, 7059651.125600159);
  assert_losses ("rownames-form", NULL, 16, 399.85281354240004);
  assert_losses ("uci-form", NULL, 1.96, 20.242062777924);
}

/* What has to be written otherwise, and then is read. */
static void
test_mended (void)
{
  static const char * const no_header[] = { "w * x - y", "w * c1 - c2", NULL };
  static const char * const drop[] = { "[Variables]", "Missing=drop\n[Variables]", NULL };
  static const char * const species[] = { "petal_length", "species", NULL };
  static const char * const r[] = { "Sepal.Length", "Sepal_Length", "Sepal.Width", "Sepal_Width", NULL };
  static const char * const sklearn[] = { "sepal length (cm)", "sepal_length_cm", NULL };

  assert_losses ("noheader", no_header, 1.5625, 5.700156250000001);
  assert_losses ("iris-form", species, 0, 1);
  assert_losses ("penguins-form", drop, 327.61, 203.151030647236);
  assert_losses ("r-form", r, 10.89, 7.828361922240998);
  assert_losses ("sklearn-form", sklearn, 0, 1);
}

static void
test_refused (void)
{
  static const char * const horsepower[] = { "weight", "horsepower", NULL };
  static const char * const repeated[] = { "w * x", "w * a", NULL };
  static const char * const unnamed[] = { "w * x", "w * c3", NULL };
  static const char * const second[] = { "Sepal.Length", "Sepal_Length", NULL };
  static const struct {
    const char         *name;
    const char * const *changes;
    const char         *message;
  } cases[] = {
    { "noheader", NULL,
      "noheader.experiment:9: [Model] loss, column 12: unknown name “x”; the first line of noheader.csv names no "
      "columns, so they are called c1, c2; Header=yes in [Data] says that it does" },
    { "penguins-form", NULL,
      "penguins-form.csv, line 3, column “bill_length_mm”: the value is missing; Missing=drop in [Data] leaves such "
      "rows out" },
    { "r-form", NULL,
      "r-form.experiment:9: [Model] loss, column 12: the column “Sepal.Length” of r-form.csv is called "
      "Sepal_Length in expressions" },
    { "r-form", second,
      "r-form.experiment:9: [Model] loss, column 31: the column “Sepal.Width” of r-form.csv is called "
      "Sepal_Width in expressions" },
    { "sklearn-form", NULL,
      "sklearn-form.experiment:9: [Model] loss, column 12: the column “sepal length (cm)” of "
      "sklearn-form.csv is called sepal_length_cm in expressions" },
    { "mpg-form", horsepower,
      "mpg-form.csv, line 3, column “horsepower”: “?” is not a number; Missing=drop in [Data] leaves such rows out" },
    { "dupunused", repeated,
      "dupunused.csv, line 1, column 4: the name “a” is that of column 3 already; the names of columns that are used "
      "must differ" },
    { "trailingcomma", unnamed,
      "trailingcomma.csv, line 1, column 3: the column has no name; to be used it must have one in the first line" },
  };

  for (guint i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      g_autoptr (GError) error = NULL;

      g_assert_null (load (cases[i].name, cases[i].changes, &error));
      g_assert_true (error->domain == BP_ERROR);
      if (!g_str_has_suffix (error->message, cases[i].message))
        g_assert_cmpstr (error->message, ==, cases[i].message);
    }
}

/* What nothing uses, or what the experiment has itself, is no column of it. */
static void
test_used (void)
{
  static const char * const shadowed[] = { "[Model]\nloss=square(w * x - y)",
                                           "note=1\n[Model]\nloss=square(w * x - y) + note\n[Evaluate]\na=x + "
                                           "when\nwhen=y * 2",
                                           NULL };
  static const char * const target[] = { "[Model]\nloss=square(w * x - y)",
                                         "[Model]\nloss=square(w * x)\n[Evaluate]\nwhen=x * 1\nTarget=y", NULL };
  g_autoptr (GError) error = NULL;
  g_autoptr (BpExperiment) later = load ("date", shadowed, &error);
  g_autoptr (BpExperiment) experiment = NULL;

  /* A name of [Evaluate] is that, also where it comes too late, and not the column of dates. */
  g_assert_null (later);
  g_assert_nonnull (strstr (error->message, "“when” is defined only further down"));
  g_clear_error (&error);

  experiment = load ("date", target, &error);
  g_assert_no_error (error);
  g_assert_cmpuint (experiment->columns->len, ==, 2);
  g_assert_cmpstr (((const BpColumn *) experiment->columns->pdata[0])->name, ==, "x");
  g_assert_cmpstr (((const BpColumn *) experiment->columns->pdata[1])->name, ==, "y");
}

/* The keys are kept by what is written. */
static void
test_keys (void)
{
  static const char * const keys[] = {
    "[Variables]", "Separator=tab\nDecimalComma=false\nHeader=no\nMissing=drop\n[Variables]", "w * x - y",
    "w * c1 - c2", NULL
  };
  static const char * const given[] = {
    "[Variables]", "Separator=;\nDecimalComma=true\nHeader=yes\nMissing=refuse\n[Variables]", NULL
  };
  g_autoptr (GError) error = NULL;
  g_autoptr (BpExperiment) experiment = load ("german", given, &error);
  g_autoptr (BpExperiment) other = NULL;
  g_autoptr (BpExperiment) again = NULL;

  g_assert_no_error (error);
  g_assert_cmpint (experiment->data_format.separator, ==, ';');
  g_assert_cmpint (experiment->data_format.decimal_comma, ==, BP_ANSWER_YES);
  g_assert_cmpint (experiment->data_format.header, ==, BP_ANSWER_YES);
  g_assert_false (experiment->data_format.drop_missing);

  g_autofree char *text = bp_experiment_to_data (experiment);

  g_assert_nonnull (strstr (text, "\nFile=german.csv\nSeparator=;\nDecimalComma=true\nHeader=yes\nSampling="));
  again = bp_experiment_new_from_data (text, -1, "again", experiment->folder, &error);
  g_assert_no_error (error);
  g_assert_cmpmem (&again->data_format, sizeof again->data_format, &experiment->data_format, sizeof again->data_format);

  /* No tab separates anything here. */
  other = load ("noheader", keys, &error);
  g_assert_null (other);
  g_assert_nonnull (strstr (error->message, "noheader.csv, line 1, column “c1”: “1.5,2” is not a number such as 0.02"));
}

int
main (int   argc,
      char *argv[])
{
  g_test_init (&argc, &argv, NULL);

  g_test_add_func ("/data-files/read", test_read);
  g_test_add_func ("/data-files/mended", test_mended);
  g_test_add_func ("/data-files/refused", test_refused);
  g_test_add_func ("/data-files/used", test_used);
  g_test_add_func ("/data-files/keys", test_keys);

  return g_test_run ();
}
