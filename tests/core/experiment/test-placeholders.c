/* test-placeholders.c: placeholders of several columns, texts that are classes, and where the columns come from
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "experiment/csv-fixture.h"

#include <glib/gstdio.h>
#include <string.h>

#include "lib/trainer-fixture.h"

#define MODEL "[Variables]\nW=[[1], [10]]\n[Model]\nloss=reduce_sum(matmul(inputs, W))"

/* The message of the error that @text has, after "points.experiment:". Returns: (transfer full) */
static char *
get_error (const char *text,
           const char *folder)
{
  g_autoptr (GError) error = NULL;

  g_assert_null (bp_experiment_new_from_data (text, -1, "points.experiment", folder, &error));
  g_assert_true (error->domain == BP_ERROR);
  g_assert_true (g_str_has_prefix (error->message, "points.experiment:"));

  return g_strdup (error->message + strlen ("points.experiment:"));
}

/* A row of a batch is a row of the placeholder, its elements in the order of the names. */
static void
test_fed (void)
{
  g_autoptr (BpTrainer) trainer = trainer_from_text ("[Experiment]\nBatchSize=3\n"
                                                     "[Data]\na=1 x 1; 2 x 1; 3 x 1\nb=4 x 1; 5 x 1; 6 x 1\n"
                                                     "inputs=b, a\nSampling=sequential\n" MODEL
                                                     " + 0 * reduce_sum(a)\n");
  BpGraph *graph = bp_trainer_get_graph (trainer);
  BpSession *session = bp_trainer_get_session (trainer);
  guint inputs = bp_graph_find (graph, "inputs"), a = bp_graph_find (graph, "a");
  static const double expected[] = { 4, 1, 5, 2, 6, 3 }, column[] = { 1, 2, 3 };

  g_assert_cmpuint (bp_graph_find (graph, "b"), ==, BP_NODE_NONE);
  g_assert_cmpuint (bp_graph_get_shape (graph, inputs)->rank, ==, 2);
  g_assert_cmpuint (bp_graph_get_shape (graph, inputs)->dims[1], ==, 2);
  g_assert_cmpuint (bp_graph_get_shape (graph, a)->rank, ==, 1);
  g_assert_cmpint (bp_trainer_run (trainer, 1), ==, 1);
  g_assert_cmpmem (bp_session_get_value (session, inputs), sizeof expected, expected, sizeof expected);
  g_assert_cmpmem (bp_session_get_value (session, a), sizeof column, column, sizeof column);
  g_assert_cmpfloat (*bp_session_get_value (session, bp_graph_get_loss (graph)), ==, 15 + 60);
}

/* One column is [batch, 1]; the loss after the update is fed with all columns too. */
static void
test_loss_after (void)
{
  g_autoptr (BpTrainer) trainer = trainer_from_text ("[Experiment]\nBatchSize=2\n[Data]\nSamples=4\nx=3\ninputs=x, x\n"
                                                     "one=x\n[Variables]\nW=[[1], [10]]\n"
                                                     "[Model]\nloss=reduce_mean(matmul(inputs, W) + one)\n"
                                                     "[Optimizer]\nLearningRate=1\n");

  g_assert_cmpint (bp_trainer_run (trainer, 1), ==, 1);
  g_assert_cmpfloat (bp_trainer_get_loss_after (trainer), ==, 3 * (1 - 3) + 3 * (10 - 3) + 3);
}

/* Names that count on are a range, in a file and when an experiment is written. */
static void
test_ranges (void)
{
  static const char text[] = "[Data]\np8=1 x 1; 2 x 1\np9=3 x 1; 4 x 1\np10=5 x 1; 6 x 1\np11=7 x 1; 8 x 1\n"
                             "a=9 x 1; 10 x 1\ninputs=a, %s\n[Variables]\nW=[[1], [1], [1], [1], [1]]\n"
                             "[Model]\nloss=reduce_sum(matmul(inputs, W))\n";
  static const char *const expected[] = { "a", "p8", "p9", "p10", "p11", NULL };
  static const char *const spellings[] = { "p8…p11", "p8...p11", "p8 … p11", "p8, p9, p10…p11", "p8, p9, p10, p11" };

  for (guint i = 0; i < G_N_ELEMENTS (spellings); i++)
    {
      g_autofree char *whole = g_strdup_printf (text, spellings[i]);
      g_autoptr (GError) error = NULL;
      g_autoptr (BpExperiment) experiment = bp_experiment_new_from_data (whole, -1, "r", NULL, &error);
      g_autofree char *written = NULL;

      g_assert_no_error (error);
      g_assert_cmpstrv (((BpPlaceholder *) g_ptr_array_index (experiment->placeholders, 0))->columns, expected);
      written = bp_experiment_to_data (experiment);
      g_assert_nonnull (strstr (written, "inputs=a, p8…p11\n"));
    }
}

static void
test_errors (void)
{
  static const char * const cases[][2] = {
    { "[Data]\nx1=1\nx2=2\ninputs=x1, x3\n" MODEL, "4: [Data] inputs: there is no column “x3”; did you mean “x1”?" },
    { "[Data]\nx1=1\nx2=2\ninputs=x1, x2…x1\n" MODEL,
      "4: [Data] inputs, column 5: x2…x1 is no range: one goes from a name with a number at its end to one with a "
      "larger number, such as p0…p63" },
    { "[Data]\nx1=1\nx2=2\ninputs=x1...y2\n" MODEL,
      "4: [Data] inputs, column 1: x1…y2 is no range: one goes from a name with a number at its end to one with a "
      "larger number, such as p0…p63" },
    { "[Data]\nx1=1\nx2=2\ninputs=x2…x3\n" MODEL, "4: [Data] inputs: there is no column “x3”; did you mean “x1”?" },
    { "[Data]\nx1=1\nx2=2\ninputs=x1,\n" MODEL,
      "4: [Data] inputs, column 4: “” is not a name of at most 64 letters from a to z, digits and “_”, a digit not "
      "being the first" },
    { "[Data]\nx1=1\nx2=2\ninputs=x1, 2\n" MODEL,
      "4: [Data] inputs, column 5: “2” is not a name of at most 64 letters from a to z, digits and “_”, a digit not "
      "being the first" },
    { "[Data]\nx1=he_normal()\n" MODEL,
      "2: [Data] x1, column 1: he_normal() goes by the shape of a variable; samples have none" },
    { "[Data]\nGenerator=circles(21)\n" MODEL,
      "2: [Data] Generator, column 9: circles gives both classes equally many samples; their number must be even" },
    { "[Data]\nGenerator=circles(20)\ninputs=x1, x3\n" MODEL,
      "3: [Data] inputs: unknown name “x3”; did you mean “x1”, a column of circles(20, noise=0.1)?" },
    { "[Data]\nGenerator=circles(20)\ninputs=x1, x2\n" MODEL " + y", "7: [Model] loss, column 33: unknown name “y”; "
      "the columns of circles(20, noise=0.1) are: x1, x2, label" },
    { "[Data]\nGenerator=circles(20)\nSamples=20\n" MODEL,
      "3: [Data] Samples: the data come from the Generator, which says all there is to say of them" },
    { "[Data]\nFile=builtin:irs.csv\n" MODEL, "2: [Data] File: the program has no data “irs.csv”; did you mean "
      "“iris.csv”?" },
    { "[Data]\nFile=builtin:iris.csv\ninputs=sepal_length, sepal_widht\n" MODEL,
      "3: [Data] inputs: unknown name “sepal_widht”; did you mean “sepal_width”, a column of builtin:iris.csv?" },
    { "[Data]\nGenerator=circles(20)\ninputs=x1, x2\n[Variables]\nW=0 [3, 1]\n[Model]\n"
      "loss=reduce_sum(matmul(inputs, W))", "7: [Model] loss, column 12: matrices [1, 2] and [3, 1] cannot be "
      "multiplied: the first has 2 columns and the second 3 rows" },
    { "[Experiment]\nBatchSize=4\n[Data]\nFile=builtin:iris.csv\n[Variables]\nW=0 [4, 2]\n[Model]\n"
      "loss=sparse_softmax_cross_entropy_with_logits(labels=species, logits=W)\n",
      "8: [Model] loss: “species” is 2 (virginica) in row 101, and the classes are 0 to 1" },
    { "[Experiment]\nBatchSize=4\n[Data]\nFile=builtin:iris.csv\n[Variables]\nW=0 [4, 2]\n[Model]\n"
      "l=softmax_cross_entropy_with_logits(labels=one_hot(species, 2), logits=W)\n",
      "8: [Model] l: “species” is 2 (virginica) in row 101, and the classes are 0 to 1" },
    { "[Data]\nGenerator=circles(2)\nTest=0.5\n[Variables]\nW=0\n[Model]\nloss=W - label",
      "3: [Data] Test: class 1 of “label” is only in the rows held out, so that training would never see it; another "
      "Seed or another Test holds out others" },
    { "[Experiment]\nSeed=2\n[Data]\ny=0 x 9; 1 x 1; 0 x 5\nTest=0.9\n[Variables]\nW=[[0, 0]]\n[Model]\n"
      "loss=sparse_softmax_cross_entropy_with_logits(labels=y, logits=W)",
      "5: [Data] Test: class 1 of “y” is only in the rows held out, so that training would never see it; another "
      "Seed or another Test holds out others" },
    { "[Data]\nGenerator=circles(20)\n[Variables]\nW=0 [100000, 100000]\n[Model]\nloss=reduce_sum(W)",
      "4: [Variables] W, column 3: shape [100000, 100000] has more than the 268435456 elements that are possible" },
  };

  for (guint i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      g_autofree char *message = get_error (cases[i][0], NULL);

      g_assert_cmpstr (message, ==, cases[i][1]);
    }
}

static void
assert_classes (BpDataset  *dataset,
                const char *column,
                const char *names)
{
  const char * const *classes = bp_dataset_get_classes (dataset, bp_dataset_find (dataset, column));
  g_autofree char *joined = classes != NULL ? g_strjoinv ("|", (char **) classes) : NULL;

  g_assert_cmpstr (joined, ==, names);
}

/* Classes are in the order of their names, whatever that of the rows; those of rows left out are none. */
static void
test_classes (Fixture *fixture)
{
  static const char * const names[] = { "kind", "x", "Ort", NULL };
  const BpDataFormat drop = { .drop_missing = TRUE };
  g_autoptr (GError) error = NULL;
  g_autoptr (BpDataset) dataset = NULL;
  g_autofree char *table = NULL;

  g_assert_true (g_file_set_contents (fixture->file, "kind;x;Ort\nwolf;1,5;Köln\ncat;2;\"a;\nb\"\nwolf;3;Köln\n"
                                      "ant;NA;Aa\nNA;4;Köln\nDog;5;Ulm\n", -1, NULL));
  dataset = bp_dataset_new_from_csv (1, fixture->file, &drop, names, &error);
  g_assert_no_error (error);
  table = describe (dataset);
  g_assert_cmpstr (table, ==, "kind|x|Ort| 2,1.5,0 1,2,2 2,3,0 0,5,1");
  assert_classes (dataset, "kind", "Dog|cat|wolf");
  assert_classes (dataset, "Ort", "Köln|Ulm|a; b");
  assert_classes (dataset, "x", NULL);
}

static void
test_no_classes (Fixture *fixture)
{
  g_autoptr (GString) many = g_string_new ("x\n");

  assert_refused (fixture, "x,y\n1,cat\n2,3\n", -1, BP_ERROR_VALUE,
                  ", line 3, column “y”: “3” is not a class such as the text in line 2; the name of a class starts "
                  "with no digit");
  assert_refused (fixture, "x,y\n1,cat\n2,\n", -1, BP_ERROR_VALUE,
                  ", line 3, column “y”: “” is not a class; Missing=drop in [Data] leaves such rows out");
  assert_refused (fixture, "x,y\n1,2\n2,cat\n", -1, BP_ERROR_VALUE,
                  ", line 3, column “y”: “cat” is not a number such as 0.02");
  assert_refused (fixture, "x\n5 kg\n", -1, BP_ERROR_VALUE,
                  ", line 2, column “x”: “5 kg” is not a number such as 0.02");
  for (guint i = 0; i < 1001; i++)
    g_string_append_printf (many, "a%u\n", i);
  assert_refused (fixture, many->str, -1, BP_ERROR_VALUE,
                  ", line 1002, column “x”: a column of texts has at most 1000 different ones, each of which is a "
                  "class");
}

/* The names of classes stand in errors, and two seeds hold out what they do. */
static void
test_held_out (Fixture *fixture)
{
  static const char text[] = "[Data]\nFile=data.csv\nTest=0.4\n[Variables]\nw=0\n"
                             "[Model]\nloss=square(w * x - kind)\n";
  g_autofree char *path = g_build_filename (fixture->folder, "data.csv", NULL);
  guint n_refused = 0;

  g_assert_true (g_file_set_contents (path, "x,kind\n1,a\n2,a\n3,rare\n4,a\n5,a\n", -1, NULL));
  for (guint seed = 1; seed <= 20; seed++)
    {
      g_autofree char *with_seed = g_strdup_printf ("[Experiment]\nSeed=%u\n%s", seed, text);
      g_autoptr (GError) error = NULL;
      g_autoptr (BpExperiment) experiment = bp_experiment_new_from_data (with_seed, -1, "points.experiment",
                                                                         fixture->folder, &error);

      if (experiment == NULL)
        g_assert_cmpstr (error->message, ==, "points.experiment:5: [Data] Test: class rare of “kind” is only in the "
                         "rows held out, so that training would never see it; another Seed or another Test holds out "
                         "others");
      n_refused += experiment == NULL;
    }
  g_assert_cmpuint (n_refused, >=, 3);
  g_assert_cmpuint (n_refused, <=, 14);
  g_assert_cmpint (g_remove (path), ==, 0);
}

int
main (int   argc,
      char *argv[])
{
  g_test_init (&argc, &argv, NULL);

  g_test_add_func ("/placeholders/fed", test_fed);
  g_test_add_func ("/placeholders/loss-after", test_loss_after);
  g_test_add_func ("/placeholders/ranges", test_ranges);
  g_test_add_func ("/placeholders/errors", test_errors);
  add_csv_test ("/placeholders/classes", test_classes);
  add_csv_test ("/placeholders/no-classes", test_no_classes);
  add_csv_test ("/placeholders/held-out", test_held_out);

  return g_test_run ();
}
