/* test-batches.c: batches that somebody chose, from the file to what is fed
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include <math.h>
#include <string.h>

#include "base/bp-error.h"
#include "lib/folder-fixture.h"
#include "lib/trainer-fixture.h"

#define MODEL \
  "[Experiment]\nTitle=t\nIterations=60\nBatchSize=%s\n[Data]\nSamples=20\nx=normal(0, 1)\ny=normal(3, 1)\n%s\n" \
  "[Variables]\nA=0.5\n[Model]\nloss=square(x * A - y)\n[Optimizer]\nLearningRate=0.05\n[Batches]\n%s\n"

#define MEASURES "sepal_length=5, sepal_width=3, petal_length=4, petal_width=1, "

static char *
dup_text (const char *batch_size,
          const char *data,
          const char *batches)
{
  return g_strdup_printf (MODEL, batch_size, data, batches);
}

static BpTrainer *
create (const char *batch_size,
        const char *data,
        const char *batches)
{
  g_autofree char *text = dup_text (batch_size, data, batches);

  return trainer_from_text (text);
}

/* The rows of the batch of the iteration that follows @iteration completed ones. */
static const gsize *
feed (BpTrainer *trainer,
      gint64     iteration)
{
  gsize n;

  bp_trainer_seek (trainer, (BpCursor) { iteration, 1 });

  return bp_trainer_get_batch (trainer, &n);
}

static double
get_value (BpTrainer  *trainer,
           const char *name,
           gsize       element)
{
  return bp_session_get_value (bp_trainer_get_session (trainer),
                               bp_graph_find (bp_trainer_get_graph (trainer), name))[element];
}

/* Only the iterations that are chosen have other rows, and more samples of the batch than are chosen are drawn. */
static void
test_rows (void)
{
  g_autoptr (BpTrainer) drawn = create ("3", "", "");
  g_autoptr (BpTrainer) chosen = create ("3", "", "7=20; 1\n0=5\n9=1;2;3;4;5");

  for (gint64 i = 0; i < 12; i++)
    {
      gsize expected[3];

      memcpy (expected, feed (drawn, i), sizeof expected);
      if (i == 7)
        {
          expected[0] = 19;
          expected[1] = 0;
        }
      if (i == 0)
        expected[0] = 4;
      if (i == 9)
        memcpy (expected, (gsize[]) { 0, 1, 2 }, sizeof expected);
      g_assert_cmpmem (feed (chosen, i), sizeof expected, expected, sizeof expected);
    }
  feed (chosen, 7);
  g_assert_cmpfloat (get_value (chosen, "x", 0), ==, bp_dataset_get_column (bp_trainer_get_dataset (chosen), 0)[19]);
}

/* Several batches at once are those one by one, and nothing is written beyond them. */
static void
test_several (void)
{
  g_autoptr (BpTrainer) trainer = create ("3", "", "9=1;2;3;4;5\n12=7;8");
  BpDataset *dataset = bp_trainer_get_dataset (trainer);

  for (guint64 start = 7; start < 14; start++)
    for (gsize n = 1; n < 6; n++)
      {
        gsize together[18], alone[3];

        memset (together, 0xff, sizeof together);
        bp_dataset_get_batches (dataset, start, n, 3, together);
        for (gsize i = 0; i < n; i++)
          {
            bp_dataset_get_batch (dataset, start + i, 3, alone);
            g_assert_cmpmem (together + 3 * i, sizeof alone, alone, sizeof alone);
          }
        g_assert_cmpuint (together[3 * n], ==, G_MAXSIZE);
      }
}

/* A typed sample is fed, and is none of the samples: nothing else changes. */
static void
test_typed (void)
{
  g_autoptr (BpTrainer) drawn = create ("1", "Test=0.2", "");
  g_autoptr (BpTrainer) typed = create ("1", "Test=0.2", "3=x=1.5, y=-2\n5= y = 1 , x=2 ;");
  BpDataset *before = bp_trainer_get_dataset (drawn), *after = bp_trainer_get_dataset (typed);
  gsize n_before, n_after;

  g_assert_cmpuint (feed (typed, 3)[0], ==, 20);
  g_assert_cmpfloat (get_value (typed, "x", 0), ==, 1.5);
  g_assert_cmpfloat (get_value (typed, "y", 0), ==, -2);
  g_assert_cmpuint (feed (typed, 5)[0], ==, 21);
  g_assert_cmpfloat (get_value (typed, "x", 0), ==, 2);
  g_assert_cmpfloat (get_value (typed, "y", 0), ==, 1);
  g_assert_cmpuint (feed (typed, 4)[0], ==, feed (drawn, 4)[0]);

  g_assert_cmpuint (bp_dataset_get_n_samples (after), ==, 20);
  g_assert_cmpuint (bp_dataset_get_n_typed (after), ==, 2);
  for (guint test = 0; test < 2; test++)
    {
      const gsize *a = bp_dataset_get_rows (before, test == 1, &n_before);
      const gsize *b = bp_dataset_get_rows (after, test == 1, &n_after);

      g_assert_cmpmem (a, n_before * sizeof *a, b, n_after * sizeof *b);
    }
  for (guint column = 0; column < 2; column++)
    g_assert_cmpmem (bp_dataset_get_column (before, column), 20 * sizeof (double),
                     bp_dataset_get_column (after, column), 20 * sizeof (double));
  g_autofree char *digest = bp_dataset_dup_digest (before), *other_digest = bp_dataset_dup_digest (after);
  g_assert_cmpstr (digest, ==, other_digest);
}

/* Single steps, iterations and full speed feed the same. */
static void
test_same_bits (void)
{
  static const char batches[] = "0=7\n1=8\n2=x=9, y=9\n30=4\n59=x=0, y=1";
  g_autoptr (BpTrainer) fast = create ("1", "Sampling=shuffled", batches);
  g_autoptr (BpTrainer) slow = create ("1", "Sampling=shuffled", batches);
  g_autoptr (BpTrainer) other = create ("1", "Sampling=shuffled", "");

  bp_trainer_run (fast, 60);
  bp_trainer_run (other, 60);
  while (bp_trainer_step_node (slow, 1))
    ;
  g_assert_cmpfloat (get_value (fast, "A", 0), ==, get_value (slow, "A", 0));
  g_assert_cmpfloat (get_value (fast, "A", 0), !=, get_value (other, "A", 0));
  bp_trainer_seek (fast, (BpCursor) { 31, 0 });
  bp_trainer_seek (slow, (BpCursor) { 31, 0 });
  g_assert_cmpfloat (get_value (fast, "A", 0), ==, get_value (slow, "A", 0));
}

static void
test_file (void)
{
  g_autofree char *text = dup_text ("1", "", "30=4\n2=x=9, y=9");
  g_autoptr (BpExperiment) experiment = experiment_from_text (text), copy = NULL;
  g_autofree char *data = bp_experiment_to_data (experiment), *again = NULL, *cleared = NULL;

  g_assert_nonnull (strstr (data, "\n[Batches]\n2=x=9, y=9\n30=4\n"));
  copy = experiment_from_text (data);
  again = bp_experiment_to_data (copy);
  g_assert_cmpstr (again, ==, data);

  bp_numbered_lines_set (copy->batches, 30, NULL);
  g_assert_null (bp_numbered_lines_get (copy->batches, 30));
  g_assert_cmpstr (bp_numbered_lines_get (copy->batches, 2), ==, "x=9, y=9");
  g_assert_cmpstr (bp_numbered_lines_get (experiment->batches, 30), ==, "4");
  bp_numbered_lines_set (copy->batches, 2, "1");
  g_assert_cmpstr (bp_numbered_lines_get (copy->batches, 2), ==, "1");
  bp_numbered_lines_set (copy->batches, 2, NULL);
  cleared = bp_experiment_to_data (copy);
  g_assert_null (strstr (cleared, "Batches"));
}

/* Another choice is another dataset, though the file was opened with one. */
static void
test_changed (void)
{
  g_autofree char *text = dup_text ("1", "", "2=4");
  g_autoptr (BpExperiment) experiment = experiment_from_text (text);
  g_autoptr (BpTrainer) trainer = NULL;

  bp_numbered_lines_set (experiment->batches, 2, "x=1, y=1");
  trainer = trainer_new (experiment);
  g_assert_cmpuint (feed (trainer, 2)[0], ==, 20);
}

static const struct {
  const char *data;
  const char *batches;
  const char *message;
} errors[] = {
  { "", "2=21", "[Batches] 2, column 1: “21” is not a whole number from 1 to 20" },
  { "", "2=4; 0", "[Batches] 2, column 4: “0” is not a whole number from 1 to 20" },
  { "", "2=", "[Batches] 2, column 1: “” is not a whole number from 1 to 20" },
  { "", "-1=4", "[Batches] -1: “-1” is not a whole number from 0 to 999999999" },
  { "", "2=4\n02=5", "[Batches] 02: there is another line with the number 2" },
  { "", "2=x=1", "[Batches] 2, column 1: a typed sample has a value for “y” too" },
  { "", "2=4; x=1, z=2", "[Batches] 2, column 9: there is no column “z”; known: x, y" },
  { "", "2=x=1, y=high", "[Batches] 2, column 8: “high” is not a number" },
  { "", "2=x=1, y", "[Batches] 2, column 6: “y” is not a column with its value, such as x=1.5" },
  { "Test=0.95", "2=4;5", "is held out, and never trained on" },
};

static void
test_errors (void)
{
  for (guint i = 0; i < G_N_ELEMENTS (errors); i++)
    {
      g_autofree char *text = dup_text ("1", errors[i].data, errors[i].batches);
      g_autoptr (GError) error = NULL;
      g_autoptr (BpExperiment) experiment = bp_experiment_new_from_data (text, -1, "t", NULL, &error);

      g_assert_null (experiment);
      g_test_message ("%s", error->message);
      g_assert_nonnull (strstr (error->message, errors[i].message));
    }
}

static void
assert_fails (const char *text,
              const char *message)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (BpExperiment) experiment = bp_experiment_new_from_data (text, -1, "t", NULL, &error);

  g_assert_null (experiment);
  g_test_message ("%s", error->message);
  g_assert_nonnull (strstr (error->message, message));
}

/* Classes by name, wrong ones, and a model without data. */
static void
test_classes (void)
{
  g_autoptr (BpExperiment) iris = load_builtin ("iris");
  g_autoptr (BpTrainer) trainer = NULL;
  g_autoptr (GError) error = NULL;
  g_autofree char *wrong = NULL;

  bp_numbered_lines_set (iris->batches, 1, MEASURES "species=virginica");
  trainer = bp_trainer_new (iris, &error);
  g_assert_no_error (error);
  bp_trainer_seek (trainer, (BpCursor) { 1, 1 });
  g_assert_cmpfloat (get_value (trainer, "species", 0), ==, 2);

  bp_numbered_lines_set (iris->batches, 1, MEASURES "species=virgin");
  wrong = bp_experiment_to_data (iris);
  assert_fails (wrong, "[Batches] 1, column 71: “species” has no class “virgin”; known: setosa, versicolor, virginica");

  bp_numbered_lines_set (iris->batches, 1, MEASURES "species=\"virginica");
  g_free (wrong);
  wrong = bp_experiment_to_data (iris);
  assert_fails (wrong, "[Batches] 1, column 71: the closing quote is missing");
  assert_fails ("[Data]\nx=1\ny=0\n[Variables]\nW=1 [1, 2]\n[Model]\nl=matmul(expand_dims(x, 1), W)\n"
                "loss=sparse_softmax_cross_entropy_with_logits(labels=y, logits=l)\n[Batches]\n1=x=1, y=2\n",
                "[Batches]: “y” is 2 in a typed sample, and the classes are 0 to 1");

  assert_fails ("[Variables]\nA=1\n[Model]\nloss=square(A)\n[Batches]\n1=1\n",
                "[Batches]: without data there is nothing to feed");
}

/* A sample of each class is typed and one changed to it, whatever its name, and the file is read back the same. */
static void
test_class_names (FolderFixture *fixture)
{
  const char *names[] = { "plain", "a, b", "c; d", "e=f", "say \"hi\"", "\"whole\"", " blank ", "x, y=\"z; w", "b\\s",
                          "#hash", "α,β", "\"", "\";, x=1, \"" };
  g_autoptr (GString) csv = g_string_new ("x,kind\n");
  g_autoptr (GError) error = NULL;
  g_autoptr (BpExperiment) experiment = NULL, read = NULL;
  g_autoptr (BpTrainer) trainer = NULL, again = NULL;
  g_autofree char *text = NULL, *same = NULL;
  BpDataset *dataset;
  guint kind;

  for (guint i = 0; i < G_N_ELEMENTS (names); i++)
    {
      g_auto (GStrv) parts = g_strsplit (names[i], "\"", -1);
      g_autofree char *doubled = g_strjoinv ("\"\"", parts);

      g_string_append_printf (csv, "%u,\"%s\"\n", i, doubled);
    }
  g_free (folder_fixture_write (fixture, "kinds.csv", csv->str, -1));
  experiment = bp_experiment_new_from_data ("[Experiment]\nIterations=20\nBatchSize=2\n[Data]\nFile=kinds.csv\n"
                                            "[Variables]\nA=1\n[Model]\nloss=square(x * A - kind)\n", -1, "t",
                                            fixture->folder, &error);
  g_assert_no_error (error);
  trainer = bp_trainer_new (experiment, &error);
  g_assert_no_error (error);
  dataset = bp_trainer_get_dataset (trainer);
  kind = bp_dataset_find (dataset, "kind");
  for (guint i = 0; i < G_N_ELEMENTS (names); i++)
    {
      const double class = i;
      const gsize rows[] = { 0, 0 };

      bp_experiment_edit_sample (experiment, dataset, G_N_ELEMENTS (names) - 1 - i, &kind, &class, 1);
      bp_experiment_type_value (experiment, dataset, i, rows, 0, kind, i);
      bp_experiment_type_value (experiment, dataset, i, rows, 1, kind, G_N_ELEMENTS (names) - 1 - i);
    }

  text = bp_experiment_to_data (experiment);
  g_test_message ("%s", text);
  read = bp_experiment_new_from_data (text, -1, "t", fixture->folder, &error);
  g_assert_no_error (error);
  same = bp_experiment_to_data (read);
  g_assert_cmpstr (same, ==, text);
  again = bp_trainer_new (read, &error);
  g_assert_no_error (error);
  for (guint i = 0; i < G_N_ELEMENTS (names); i++)
    {
      g_assert_cmpfloat (bp_dataset_get_column (bp_trainer_get_dataset (again), kind)[i], ==,
                         G_N_ELEMENTS (names) - 1 - i);
      bp_trainer_seek (again, (BpCursor) { i, 1 });
      g_assert_cmpfloat (get_value (again, "kind", 0), ==, i);
      g_assert_cmpfloat (get_value (again, "kind", 1), ==, G_N_ELEMENTS (names) - 1 - i);
    }
}

/* Labels of a sigmoid are probabilities; data may have others, to see what becomes of it, and stay as they are. */
static void
test_labels (void)
{
  static const char start[] = "[Data]\nx=1 x 3\ny=0 x 1; 1 x 1; -1 x 1\n[Variables]\nA=1\n"
                              "[Model]\nloss=sigmoid_cross_entropy_with_logits(labels=y, logits=x * A)\n";
  g_autofree char *typed = g_strconcat (start, "[Batches]\n1=3; x=1, y=2\n", NULL);
  g_autofree char *edited = g_strconcat (start, "[Edits]\n2=x=3\n3=x=2, y=-0.5\n", NULL);
  g_autofree char *right = g_strconcat (start, "[Batches]\n1=x=1, y=0.5\n[Edits]\n2=y=0.25\n3=x=2\n", NULL);
  g_autoptr (BpExperiment) experiment = experiment_from_text (right);
  g_autoptr (BpTrainer) trainer = bp_trainer_new (experiment, NULL);
  BpGraph *graph = bp_trainer_get_graph (trainer);
  g_autoptr (GError) error = NULL;
  gboolean is_class;

  assert_fails (typed, "[Batches]: “y” is 2, and labels of a sigmoid cross entropy are from 0 to 1");
  assert_fails (edited, "[Edits] 3: “y” is -0.5, and labels of a sigmoid cross entropy are from 0 to 1");
  g_assert_cmpfloat (bp_experiment_get_greatest (graph, bp_trainer_get_dataset (trainer), 1, &is_class), ==, 1);
  g_assert_false (is_class);
  g_assert_true (isinf (bp_experiment_get_greatest (graph, bp_trainer_get_dataset (trainer), 0, &is_class)));
  g_assert_true (bp_experiment_check_samples (graph, bp_trainer_get_dataset (trainer), "3; x=2, y=1", NULL));
  g_assert_false (bp_experiment_check_samples (graph, bp_trainer_get_dataset (trainer), "x=2, y=1.5", &error));
  g_assert_cmpstr (error->message, ==, "“y” is 1.5, and labels of a sigmoid cross entropy are from 0 to 1");
}

/* Edits */

/* Only what is named is another number, and it is still the same file for who compares digests. */
static void
test_edits (void)
{
  g_autoptr (BpTrainer) before = create ("1", "Test=0.2", "");
  g_autoptr (BpTrainer) after = create ("1", "Test=0.2", "2=3\n[Edits]\n3=x=7\n20= y = -1, x=0.5");
  BpDataset *old = bp_trainer_get_dataset (before), *new = bp_trainer_get_dataset (after);
  g_autofree char *digest = bp_dataset_dup_digest (old), *other_digest = bp_dataset_dup_digest (new);
  g_autofree char *data = bp_experiment_to_data (bp_trainer_get_experiment (after)), *again = NULL;
  g_autoptr (BpExperiment) read = NULL;

  for (guint column = 0; column < 2; column++)
    for (gsize row = 0; row < 20; row++)
      {
        double expected = bp_dataset_get_column (old, column)[row];

        if (row == 2 && column == 0)
          expected = 7;
        if (row == 19)
          expected = column == 0 ? 0.5 : -1;
        g_assert_cmpfloat (bp_dataset_get_column (new, column)[row], ==, expected);
      }
  g_assert_cmpstr (digest, ==, other_digest);
  feed (after, 2);
  g_assert_cmpfloat (get_value (after, "x", 0), ==, 7);

  g_assert_nonnull (strstr (data, "\n[Edits]\n3=x=7\n20=y = -1, x=0.5\n"));
  read = experiment_from_text (data);
  again = bp_experiment_to_data (read);
  g_assert_cmpstr (again, ==, data);
}

static void
test_wrong_edits (void)
{
  static const struct {
    const char *edits;
    const char *message;
  } wrong[] = {
    { "21=x=1", "[Edits] 21: there are only 20 samples" },
    { "0=x=1", "[Edits] 0: “0” is not a whole number from 1 to 10000000" },
    { "2=", "[Edits] 2, column 1: “” is not a column with its value, such as x=1.5" },
    { "2=x=1, z=2", "[Edits] 2, column 6: there is no column “z”; known: x, y" },
    { "2=x=nan", "[Edits] 2, column 3: “nan” is not a number such as 0.02" },
  };

  for (guint i = 0; i < G_N_ELEMENTS (wrong); i++)
    {
      g_autofree char *lines = g_strconcat ("[Edits]\n", wrong[i].edits, NULL);
      g_autofree char *text = dup_text ("1", "", lines);

      assert_fails (text, wrong[i].message);
    }
}

int
main (int    argc,
      char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/batches/rows", test_rows);
  g_test_add_func ("/batches/several", test_several);
  g_test_add_func ("/batches/typed", test_typed);
  g_test_add_func ("/batches/same-bits", test_same_bits);
  g_test_add_func ("/batches/labels", test_labels);
  g_test_add_func ("/batches/file", test_file);
  g_test_add_func ("/batches/changed", test_changed);
  g_test_add_func ("/batches/errors", test_errors);
  g_test_add_func ("/batches/classes", test_classes);
  folder_fixture_add_test ("/batches/class-names", test_class_names);
  g_test_add_func ("/batches/edits", test_edits);
  g_test_add_func ("/batches/wrong-edits", test_wrong_edits);

  return g_test_run ();
}
