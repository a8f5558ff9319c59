/* test-run-number.c: a number is changed by hand: where a variable starts, or what is fed
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include <math.h>
#include <string.h>

#include "lib/widget-search.h"

#include "run/bp-run-number.h"

/* An iteration's program of the regression: feed, three forward, four backward, update. */
#define AFTER_FORWARD 4
#define BEFORE_UPDATE 8

static char *
dup_document (BpRun *run)
{
  return bp_experiment_to_data (bp_trainer_get_experiment (bp_run_get_trainer (run)));
}

static void
assert_document (BpRun      *run,
                 const char *expected)
{
  g_autofree char *document = dup_document (run);

  g_assert_cmpstr (document, ==, expected);
}

static guint
find (BpRun      *run,
      const char *name)
{
  return bp_graph_find (bp_trainer_get_graph (bp_run_get_trainer (run)), name);
}

static double
get_value (BpRun      *run,
           const char *name,
           gsize       element)
{
  return bp_session_get_value (bp_trainer_get_session (bp_run_get_trainer (run)), find (run, name))[element];
}

static BpRunNumber
find_number (BpRun      *run,
             const char *name,
             gssize      element)
{
  g_autoptr (GError) error = NULL;
  BpRunNumber number;

  bp_run_find_number (run, find (run, name), element, &number, &error);
  g_assert_no_error (error);

  return number;
}

static void
set_number (BpRun      *run,
            const char *name,
            gssize      element,
            double      value)
{
  g_autoptr (GError) error = NULL;
  BpRunNumber number = find_number (run, name, element);

  bp_run_set_number (run, &number, value, BP_STROKE_NEW, &error);
  g_assert_no_error (error);
}

/* Within the first iteration what comes of it is seen at once; an update is not: it would be of another variable. */
static void
test_start (void)
{
  g_autoptr (BpRun) run = create_run ("regression");
  g_autofree char *before = dup_document (run), *after = NULL;
  const double start = get_value (run, "A", 0);
  BpRunNumber number = find_number (run, "A", BP_ELEMENT_NONE);
  double x;

  g_assert_true (number.is_start);
  g_assert_cmpfloat (number.value, ==, start);
  g_assert_cmpfloat (number.start, ==, start);
  bp_run_seek (run, (BpCursor) { 0, AFTER_FORWARD });
  x = get_value (run, "x_data", 0);
  set_number (run, "A", BP_ELEMENT_NONE, 2);
  assert_cursor (run, 0, AFTER_FORWARD);
  g_assert_cmpfloat (get_value (run, "A", 0), ==, 2);
  g_assert_cmpfloat (get_value (run, "x_data", 0), ==, x);
  g_assert_cmpfloat (get_value (run, "loss", 0), ==, (x * 2 - 10) * (x * 2 - 10));
  after = dup_document (run);
  g_assert_nonnull (strstr (after, "\nA=2\n"));
  g_assert_cmpuint (bp_run_get_n_references (run), ==, 0);
  bp_run_undo (run);
  assert_document (run, before);
  assert_cursor (run, 0, AFTER_FORWARD);
  g_assert_cmpfloat (get_value (run, "A", 0), ==, start);

  bp_run_seek (run, (BpCursor) { 1, 0 });
  set_number (run, "A", 0, 3);
  assert_cursor (run, 0, 0);
  bp_run_seek (run, (BpCursor) { 0, BEFORE_UPDATE });
  set_number (run, "A", 0, 4);
  assert_cursor (run, 0, BEFORE_UPDATE);
  g_assert_cmpfloat_with_epsilon (bp_session_get_gradient (bp_trainer_get_session (bp_run_get_trainer (run)),
                                                           find (run, "A"))[0], 2 * (x * 4 - 10) * x, 1e-12);
}

/* In the middle of a run the number that is seen is the one that is changed. The run is kept, and can be had back. */
static void
test_start_later (void)
{
  g_autoptr (BpRun) run = create_run ("regression");
  g_autofree char *before = dup_document (run);
  const double start = get_value (run, "A", 0);
  BpRunNumber number;
  double seen, loss;

  bp_run_seek (run, (BpCursor) { 40, 6 });
  seen = get_value (run, "A", 0);
  loss = get_value (run, "loss", 0);
  number = find_number (run, "A", 0);
  g_assert_cmpfloat (number.value, ==, seen);
  g_assert_cmpfloat (number.start, ==, start);
  set_number (run, "A", 0, 8.5);
  assert_cursor (run, 0, 0);
  g_assert_cmpfloat (get_value (run, "A", 0), ==, 8.5);
  g_assert_cmpuint (bp_run_get_n_references (run), ==, 1);
  bp_run_undo (run);
  assert_cursor (run, 40, 6);
  assert_document (run, before);
  g_assert_cmpfloat (get_value (run, "A", 0), ==, seen);
  g_assert_cmpfloat (get_value (run, "loss", 0), ==, loss);

  /* What is to be predicted first is not told. */
  bp_run_set_predict_first (run, TRUE);
  bp_run_seek (run, (BpCursor) { 41, 0 });
  number = find_number (run, "A", 0);
  g_assert_cmpfloat (number.value, ==, start);
}

static void
test_element (void)
{
  g_autoptr (BpRun) run = create_run ("xor");
  g_autofree char *after = NULL;
  const double other = get_value (run, "W1", 1);

  g_assert_cmpuint (bp_graph_get_n_elements (bp_trainer_get_graph (bp_run_get_trainer (run)), find (run, "W1")), ==, 3);
  set_number (run, "W1", 2, -0.5);
  g_assert_cmpfloat (get_value (run, "W1", 2), ==, -0.5);
  g_assert_cmpfloat (get_value (run, "W1", 1), ==, other);
  after = dup_document (run);
  g_assert_nonnull (strstr (after, "\nW1=normal(0, 1) [1, 3]; [0,2]=-0.5\n"));
}

/* All of a drag is one undo, however long it takes; so are presses of a key that follow each other. */
static void
test_strokes (void)
{
  g_autoptr (BpRun) run = create_run ("regression");
  g_autofree char *before = dup_document (run);
  g_autoptr (GError) error = NULL;
  BpRunNumber number = find_number (run, "A", 0);

  for (guint i = 0; i < 4; i++)
    g_assert_true (bp_run_set_number (run, &number, i, i == 0 ? BP_STROKE_NEW : BP_STROKE_DRAG, NULL));
  g_assert_cmpfloat (number.value, ==, 3);
  for (guint i = 0; i < 2; i++)
    g_assert_true (bp_run_set_number (run, &number, 5 + i, BP_STROKE_KEY, NULL));
  bp_run_undo (run);
  g_assert_cmpfloat (get_value (run, "A", 0), ==, 3);
  bp_run_undo (run);
  assert_document (run, before);
  g_assert_false (bp_run_get_can_undo (run));

  /* A drag does not go on where something else has changed the run. */
  g_assert_false (bp_run_set_number (run, &number, 7, BP_STROKE_DRAG, &error));
  g_assert_nonnull (error);
  assert_document (run, before);
  g_assert_false (bp_run_get_can_undo (run));
}

/* The sample is a typed one then, in the iteration whose numbers are seen, and training goes on with it. */
static void
test_fed (void)
{
  g_autoptr (BpRun) run = create_run ("regression");
  g_autofree char *before = dup_document (run), *after = NULL;
  double a, expected;

  bp_run_seek (run, (BpCursor) { 20, 0 });
  a = get_value (run, "A", 0);
  bp_run_seek (run, (BpCursor) { 20, 6 });
  set_number (run, "x_data", BP_ELEMENT_NONE, 2);
  assert_cursor (run, 20, 6);
  g_assert_cmpfloat (get_value (run, "residual", 0), ==, 2 * a - 10);
  after = dup_document (run);
  g_assert_nonnull (strstr (after, "\n[Batches]\n20=x_data=2, y_target=10\n"));
  bp_run_undo (run);
  assert_document (run, before);
  assert_cursor (run, 20, 6);

  /* At the end of an iteration it is still that one. */
  bp_run_seek (run, (BpCursor) { 21, 0 });
  set_number (run, "y_target", 0, 3);
  set_number (run, "x_data", 0, 0.5);
  assert_cursor (run, 21, 0);
  expected = a - 0.02 * 2 * (0.5 * a - 3) * 0.5;
  g_assert_cmpfloat_with_epsilon (get_value (run, "A", 0), expected, 1e-12);
  g_free (after);
  after = dup_document (run);
  g_assert_nonnull (strstr (after, "\n[Batches]\n20=x_data=0.5, y_target=3\n"));
}

/* Of a batch the samples before it are chosen as they are drawn; those after it are drawn. */
static void
test_batch (void)
{
  g_autoptr (BpRun) run = create_run ("regression-batch");
  gsize n, rows[20];
  g_autofree char *document = NULL, *expected = NULL, *second = NULL;
  double values[20];

  bp_run_seek (run, (BpCursor) { 3, 2 });
  memcpy (rows, bp_trainer_get_batch (bp_run_get_trainer (run), &n), sizeof rows);
  g_assert_cmpuint (n, ==, G_N_ELEMENTS (rows));
  for (guint i = 0; i < n; i++)
    values[i] = get_value (run, "x_data", i);
  set_number (run, "x_data", 2, -1);
  for (guint i = 0; i < n; i++)
    g_assert_cmpfloat (get_value (run, "x_data", i), ==, i == 2 ? -1 : values[i]);
  document = dup_document (run);
  expected = g_strdup_printf ("\n[Batches]\n3=%zu; %zu; x_data=-1, y_target=10\n", rows[0] + 1, rows[1] + 1);
  g_assert_nonnull (strstr (document, expected));

  /* What was chosen stays, and there is no blank at the end of what ended so. */
  set_number (run, "x_data", 0, 7);
  second = dup_document (run);
  g_free (expected);
  expected = g_strdup_printf ("\n3=x_data=7, y_target=10; %zu; x_data=-1, y_target=10\n", rows[1] + 1);
  g_assert_nonnull (strstr (second, expected));
  g_assert_true (bp_run_choose_batch (run, "5;", NULL));
  set_number (run, "y_target", 0, 4);
  g_assert_true (g_str_has_suffix (bp_run_get_batch (run), ", y_target=4"));
}

static void
message_cb (char      **message,
            const char *text)
{
  g_free (*message);
  *message = g_strdup (text);
}

/* Several columns are one node; classes are whole, and said by their names. */
static void
test_columns (void)
{
  g_autoptr (BpRun) run = create_run ("iris");
  g_autoptr (GError) error = NULL;
  g_autofree char *message = NULL;
  BpRunNumber number;
  double width;

  g_signal_connect_swapped (run, "message", G_CALLBACK (message_cb), &message);
  bp_run_seek (run, (BpCursor) { 0, 1 });
  number = find_number (run, "species", 0);
  g_assert_true (number.is_class);
  g_assert_cmpfloat (number.greatest, ==, 2);
  g_assert_cmpfloat (number.step, ==, 1);
  g_assert_cmpfloat (bp_run_number_round (&number, 1.4), ==, 1);
  g_assert_cmpfloat (bp_run_number_round (&number, 7), ==, 2);
  g_assert_cmpfloat (bp_run_number_round (&number, -1), ==, 0);
  g_assert_false (bp_run_set_number (run, &number, 1.5, BP_STROKE_NEW, &error));
  g_assert_cmpstr (error->message, ==, "“species” is 1.5, and the classes are 0 to 2");
  g_assert_false (bp_run_get_can_undo (run));
  g_assert_true (bp_run_set_number (run, &number, 2, BP_STROKE_NEW, NULL));
  g_assert_cmpfloat (get_value (run, "species", 0), ==, 2);
  g_assert_nonnull (strstr (bp_run_get_batch (run), "species=virginica"));
  bp_run_say_number (run, &number);
  g_assert_cmpstr (message, ==, "species[0] is fed as virginica now; Ctrl+Z takes it back.");

  width = get_value (run, "inputs", 1);
  set_number (run, "inputs", 2, 6.25);
  g_assert_cmpfloat (get_value (run, "inputs", 2), ==, 6.25);
  g_assert_cmpfloat (get_value (run, "inputs", 1), ==, width);
  g_assert_cmpfloat (get_value (run, "species", 0), ==, 2);
}

static void
assert_refused (BpRun      *run,
                const char *name,
                gssize      element,
                const char *message)
{
  g_autoptr (GError) error = NULL;
  BpRunNumber number;

  g_assert_false (bp_run_find_number (run, find (run, name), element, &number, &error));
  g_assert_cmpstr (error->message, ==, message);
}

static void
test_refused (void)
{
  g_autoptr (BpRun) run = create_run ("xor"), regression = create_run ("regression");
  g_autoptr (BpRun) logistic = create_run ("classification");
  g_autoptr (GError) error = NULL;
  BpRunNumber number;

  assert_refused (regression, "x_data", 0, "“x_data” is not fed yet; the first step of an iteration feeds it");
  assert_refused (run, "W1", BP_ELEMENT_NONE, "“W1” has several numbers: choose one of them first");
  assert_refused (regression, "loss", BP_ELEMENT_NONE,
                  "“loss” is computed; variables and what is fed are changed by hand");

  bp_run_seek (logistic, (BpCursor) { 0, 1 });
  number = find_number (logistic, "y_target", 0);
  g_assert_cmpfloat (number.greatest, ==, 1);
  g_assert_false (bp_run_set_number (logistic, &number, 2, BP_STROKE_NEW, &error));
  g_assert_cmpstr (error->message, ==, "“y_target” is 2, and labels of a sigmoid cross entropy are from 0 to 1");
  g_assert_true (bp_run_set_number (logistic, &number, 0.25, BP_STROKE_NEW, NULL));
}

/* Round numbers, and to the digit. */
static void
test_round (void)
{
  static const struct {
    double value;
    double step;
    double rounded;
  } cases[] = {
    { -0.26487168688, 0.1, -0.26 }, { -0.26487168688, 1, -0.3 }, { 0.31, 2, 0.4 },   { 123.456, 0.5, 123.45 },
    { -0.001, 0.1, 0 },             { 1e6 + 0.34, 1, 1000000.3 }, { 3.1e-7, 2e-6, 4e-7 }, { 1, 0.5, 1 },
    { 0.15, 0.5, 0.15 },            { -7, 1, -7 },
  };

  for (guint i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      const BpRunNumber number = { .step = cases[i].step, .greatest = INFINITY };
      const double rounded = bp_run_number_round (&number, cases[i].value);

      g_assert_cmpfloat (rounded, ==, cases[i].rounded);
      g_assert_false (signbit (rounded) && rounded == 0);
    }
}

int
main (int    argc,
      char **argv)
{
  gtk_test_init (&argc, &argv, NULL);
  g_test_add_func ("/run-number/start", test_start);
  g_test_add_func ("/run-number/start-later", test_start_later);
  g_test_add_func ("/run-number/element", test_element);
  g_test_add_func ("/run-number/strokes", test_strokes);
  g_test_add_func ("/run-number/fed", test_fed);
  g_test_add_func ("/run-number/batch", test_batch);
  g_test_add_func ("/run-number/columns", test_columns);
  g_test_add_func ("/run-number/refused", test_refused);
  g_test_add_func ("/run-number/round", test_round);

  return g_test_run ();
}
