/* test-memory.c: too much memory is an error, and as much as there is is not
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "base/bp-memory.h"

#include <string.h>
#include <sys/resource.h>

#include "base/bp-error.h"
#include "experiment/bp-experiment.h"
#include "training/bp-trainer.h"

/* Sanitizers take more addresses than any limit leaves, and end the program themselves. */
#ifdef __SANITIZE_ADDRESS__
#define IS_SANITIZED TRUE
#else
#define IS_SANITIZED FALSE
#endif

#define MIB ((gsize) 1 << 20)

static void
test_check (void)
{
  g_autoptr (GError) error = NULL;

  g_assert_true (bp_memory_check (0, &error));
  g_assert_true (bp_memory_check (8 * MIB, &error));
  g_assert_no_error (error);

  g_assert_false (bp_memory_check ((gsize) 1 << 50, &error));
  g_assert_error (error, BP_ERROR, BP_ERROR_MEMORY);
  g_assert_cmpstr (error->message, ==, "1.1\302\240PB are needed, more memory than there is");
  g_assert_false (bp_memory_check (G_MAXSIZE, NULL));
}

static gsize
get_size (void)
{
  g_autofree char *text = NULL;
  guint64 n_pages;

  if (!g_file_get_contents ("/proc/self/statm", &text, NULL, NULL))
    return 0;
  n_pages = g_ascii_strtoull (text, NULL, 10);

  return n_pages * 4096;
}

static void
set_limit (gsize n_bytes)
{
  struct rlimit limit;

  g_assert_cmpint (getrlimit (RLIMIT_AS, &limit), ==, 0);
  limit.rlim_cur = n_bytes;
  g_assert_cmpint (setrlimit (RLIMIT_AS, &limit), ==, 0);
}

/* With 200 MiB left: texts and bytes are asked for before they double. */
static void
test_growing (void)
{
  gsize size = get_size ();
  g_autoptr (GString) text = g_string_new (NULL);
  g_autoptr (GByteArray) bytes = g_byte_array_new ();
  g_autoptr (GError) error = NULL;
  const guint8 block[1024] = { 0 };

  if (size == 0)
    {
      g_test_skip ("needs /proc");
      return;
    }

  set_limit (size + 200 * MIB);
  while (text->len < 200 * MIB && bp_memory_check_text (text, &error))
    g_string_append_len (text, (const char *) block, sizeof block);
  g_assert_error (error, BP_ERROR, BP_ERROR_MEMORY);
  g_assert_cmpuint (text->len, >=, 16 * MIB);
  g_clear_error (&error);

  while (bytes->len < 200 * MIB && bp_memory_check_bytes (bytes, sizeof block, &error))
    g_byte_array_append (bytes, block, sizeof block);
  g_assert_error (error, BP_ERROR, BP_ERROR_MEMORY);
  g_assert_cmpuint (bytes->len, >=, 8 * MIB);
  set_limit (RLIM_INFINITY);
}

static BpTrainer *
create_trainer (const char *batch,
                const char *rest,
                GError    **error)
{
  g_autofree char *text = g_strdup_printf ("[Experiment]\nIterations=400\nBatchSize=%s\n[Data]\nSamples=2\n"
                                           "x=normal(1, 0.1)\n[Variables]\nA=1\nW=normal(0, 1) [100000]\n"
                                           "[Model]\nloss=reduce_mean(square(x * A - 1)) + reduce_mean(square(W))\n%s",
                                           batch, rest);
  g_autoptr (BpExperiment) experiment = bp_experiment_new_from_data (text, -1, "test", NULL, error);

  return experiment != NULL ? bp_trainer_new (experiment, error) : NULL;
}

/* What a run takes later, its loss of now and the program of another batch size, is asked for at its start. */
static void
test_trainer (void)
{
  gsize size = get_size ();
  g_autoptr (GError) error = NULL;

  if (size == 0)
    {
      g_test_skip ("needs /proc");
      return;
    }

  set_limit (size + 150 * MIB);
  g_assert_null (create_trainer ("1000000", "", &error));
  g_assert_error (error, BP_ERROR, BP_ERROR_MEMORY);
  g_clear_error (&error);
  g_assert_null (create_trainer ("1", "[Changes]\n200=BatchSize=1000000\n", &error));
  g_assert_error (error, BP_ERROR, BP_ERROR_MEMORY);
  set_limit (RLIM_INFINITY);
}

/* Where checkpoints find no room there are fewer of them, and a seek gives the same bits. */
static void
test_checkpoints (void)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (BpTrainer) free_trainer = create_trainer ("1", "", &error);
  g_autoptr (BpTrainer) short_trainer = create_trainer ("1", "", &error);
  gsize size = get_size ();
  const BpCursor places[] = { { 400, 0 }, { 17, 0 }, { 90, 3 }, { 331, 0 } };

  g_assert_no_error (error);
  if (size == 0)
    {
      g_test_skip ("needs /proc");
      return;
    }

  bp_trainer_run (free_trainer, 400);
  set_limit (get_size () + 56 * MIB);
  bp_trainer_run (short_trainer, 400);
  for (guint i = 0; i < G_N_ELEMENTS (places); i++)
    {
      gsize n_bytes = 100001 * sizeof (double);

      bp_trainer_seek (free_trainer, places[i]);
      bp_trainer_seek (short_trainer, places[i]);
      g_assert_cmpmem (bp_session_get_parameters (bp_trainer_get_session (free_trainer)), n_bytes,
                       bp_session_get_parameters (bp_trainer_get_session (short_trainer)), n_bytes);
    }
  set_limit (RLIM_INFINITY);
}

int
main (int    argc,
      char **argv)
{
  g_test_init (&argc, &argv, NULL);

  if (!IS_SANITIZED)
    {
      g_test_add_func ("/cachery/check", test_check);
      g_test_add_func ("/cachery/growing", test_growing);
      g_test_add_func ("/cachery/trainer", test_trainer);
      g_test_add_func ("/cachery/checkpoints", test_checkpoints);
    }

  return g_test_run ();
}
