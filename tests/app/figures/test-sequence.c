/* test-sequence.c: step sequences: places, pages and pictures, threads and cancelling
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "lib/figure-checks.h"
#include "lib/gif-checks.h"

/* Every figure of every experiment, in both formats */

/* @n_pages: how many there must be, all of one size */
static void
assert_pages (GBytes *bytes,
              guint   n_pages)
{
  g_autofree char *folder = make_folder ();
  g_autofree char *path = save (folder, "a.pdf", bytes);
  const char *argv[] = { "pdfinfo", "-f", "1", "-l", "9999", path, NULL };
  g_autofree char *info = run_program (argv);
  g_auto (GStrv) lines = g_strsplit (info, "\n", -1);
  const char *size = NULL;
  guint n = 0;

  for (guint i = 0; lines[i] != NULL; i++)
    {
      const char *found = strstr (lines[i], "size:");

      if (!g_str_has_prefix (lines[i], "Page ") || found == NULL)
        continue;
      if (size == NULL)
        size = found;
      g_assert_cmpstr (found, ==, size);
      n++;
    }
  g_assert_cmpuint (n, ==, n_pages);
  g_assert_cmpuint (remove_folder (folder), ==, 1);
}

static void
assert_sequence (const BpExperiment *experiment,
                 BpFigureKind        kind,
                 BpSequenceFormat    format)
{
  BpSequenceOptions options = choose_sequence (kind, format, BP_SEQUENCE_ITERATIONS, 0, 2);
  g_autoptr (GBytes) bytes = NULL;

  options.every = 2;
  bytes = render_sequence (experiment, &options);
  if (format == BP_SEQUENCE_GIF)
    {
      g_auto (Animation) animation = animation_read (bytes);

      g_assert_cmpuint (animation.pictures->len, ==, 2);
    }
  else if (has_program ("pdfinfo"))
    assert_pages (bytes, 2);
}

static void
test_every_figure (void)
{
  const char * const *names = bp_builtin_get_names ();

  for (guint i = 0; names[i] != NULL; i++)
    {
      g_autoptr (BpExperiment) experiment = load_builtin (names[i]);

      for (guint kind = 0; kind < BP_N_FIGURES; kind++)
        for (guint format = 0; format < BP_N_SEQUENCE_FORMATS; format++)
          assert_sequence (experiment, kind, format);
    }
}

/* The same bytes again, also after others were rendered. */
static void
test_repeat (void)
{
  static const char *const names[] = { "regression", "classification" };
  g_autoptr (GPtrArray) files = g_ptr_array_new_with_free_func ((GDestroyNotify) g_bytes_unref);

  for (guint round = 0, n = 0; round < 2; round++, n = 0)
    for (guint i = 0; i < G_N_ELEMENTS (names); i++)
      for (guint kind = 0; kind < BP_N_FIGURES; kind++)
        for (guint format = 0; format < BP_N_SEQUENCE_FORMATS; format++, n++)
          {
            g_autoptr (BpExperiment) experiment = load_builtin (names[i]);
            BpSequenceOptions options = choose_sequence (kind, format, BP_SEQUENCE_ITERATIONS, 1, 2);
            g_autoptr (GBytes) bytes = render_sequence (experiment, &options);

            if (round == 0)
              g_ptr_array_add (files, g_bytes_ref (bytes));
            else
              g_assert_true (g_bytes_equal (bytes, g_ptr_array_index (files, n)));
          }
}

/* Text can be searched for, and the title names experiment and figure. */
static void
test_text (void)
{
  g_autoptr (BpExperiment) experiment = load_builtin ("regression");
  BpSequenceOptions options = choose_sequence (BP_FIGURE_GRAPH, BP_SEQUENCE_PDF, BP_SEQUENCE_NODES, 0, 1);
  g_autofree char *folder = make_folder ();

  if (!has_program ("pdftotext"))
    {
      g_test_skip ("there is no pdftotext");
      return;
    }

  options.figure.caption = TRUE;
  g_autoptr (GBytes) bytes = render_sequence (experiment, &options);
  g_autofree char *path = save (folder, "a.pdf", bytes);
  const char *argv[] = { "pdftotext", "-f", "9", "-l", "9", path, "-", NULL };
  g_autofree char *text = run_program (argv);
  g_assert_nonnull (strstr (text, "residual"));
  g_assert_nonnull (strstr (text, "backward 4 of 4"));
  const char *info_argv[] = { "pdfinfo", path, NULL };
  g_autofree char *info = run_program (info_argv);
  g_assert_nonnull (strstr (info, "Computation graph: Regression"));
  g_assert_cmpuint (remove_folder (folder), ==, 1);
}

/* What does not change */

static gboolean
rows_equal (const Animation *animation,
            int              x0,
            int              y0,
            int              x1,
            int              y1)
{
  for (guint i = 1; i < animation->pictures->len; i++)
    for (int y = y0; y < y1; y++)
      if (memcmp (animation_get (animation, 0) + y * animation->width + x0,
                  animation_get (animation, i) + y * animation->width + x0, (gsize) (x1 - x0) * sizeof (guint32)) != 0)
        return FALSE;

  return TRUE;
}

/* The numbers at the axes stand still, and what is between them moves. */
static void
test_alignment (void)
{
  const char * const *names = bp_builtin_get_names ();

  for (guint i = 0; names[i] != NULL; i++)
    {
      g_autoptr (BpExperiment) experiment = load_builtin (names[i]);

      experiment->iterations = 60;
      for (BpFigureKind kind = BP_FIGURE_VARIABLE; kind <= BP_FIGURE_LOSS; kind++)
        {
          BpSequenceOptions options = choose_sequence (kind, BP_SEQUENCE_GIF, BP_SEQUENCE_ITERATIONS, 0, 60);

          options.every = 7;
          g_auto (Animation) animation = animation_render (experiment, &options);
          g_assert_true (rows_equal (&animation, 0, animation.height - 32, animation.width, animation.height));
          g_assert_true (rows_equal (&animation, 0, 0, 28, animation.height));
          g_assert_false (rows_equal (&animation, 0, 0, animation.width, animation.height));
        }
    }
}

/* Colours of the last picture from @x on: what has not happened yet is not there at the start. */
static guint
count_blue (const guint32 *picture,
            int            width,
            int            height,
            int            x0)
{
  guint n = 0;

  for (int y = 60; y < height; y++)
    for (int x = x0; x < width; x++)
      n += get_difference (picture[y * width + x], 0x0072b2) < 40;

  return n;
}

static void
test_future (void)
{
  g_autoptr (BpExperiment) experiment = load_builtin ("regression");
  BpSequenceOptions options = choose_sequence (BP_FIGURE_LOSS, BP_SEQUENCE_GIF, BP_SEQUENCE_ITERATIONS, 10, 100);
  g_auto (Animation) animation = { 0 };

  options.every = 90;
  animation = animation_render (experiment, &options);
  g_assert_cmpuint (animation.pictures->len, ==, 2);
  g_assert_cmpuint (count_blue (animation_get (&animation, 0), animation.width, animation.height, 150), ==, 0);
  g_assert_cmpuint (count_blue (animation_get (&animation, 1), animation.width, animation.height, 150), >, 100);
}

/* Settings */

/* Another batch size is another graph, twice on the way. */
static void
test_changes (void)
{
  g_autoptr (BpExperiment) experiment = load_builtin ("regression");
  BpSettingsChange change = { 3, experiment->settings };

  change.settings.batch_size = 20;
  g_array_append_val (experiment->changes, change);
  change.iteration = 6;
  change.settings.batch_size = 1;
  change.settings.optimizer.learning_rate = 0.5;
  g_array_append_val (experiment->changes, change);

  for (guint kind = 0; kind < BP_N_FIGURES; kind++)
    {
      BpSequenceOptions options = choose_sequence (kind, BP_SEQUENCE_PDF, BP_SEQUENCE_NODES, 3, 7);
      g_autoptr (GBytes) bytes = render_sequence (experiment, &options);
      guint n = 2 * 9 + 3 * 11;

      if (has_program ("pdfinfo"))
        assert_pages (bytes, n);
    }
}

/* A chosen element is explained where the graph of the batch size has it. */
static void
test_element (void)
{
  g_autoptr (BpExperiment) experiment = load_builtin ("regression");
  g_autoptr (BpTrainer) trainer = bp_trainer_new (experiment, NULL);
  BpSettingsChange change = { 3, experiment->settings };
  BpSequenceOptions options = choose_sequence (BP_FIGURE_EXPLANATION, BP_SEQUENCE_PDF, BP_SEQUENCE_ITERATIONS, 2, 5);

  change.settings.batch_size = 20;
  g_array_append_val (experiment->changes, change);
  options.figure.node = bp_graph_find (bp_trainer_get_graph (trainer), "residual");
  options.figure.element = 7;
  g_autoptr (GBytes) bytes = render_sequence (experiment, &options);

  if (has_program ("pdfinfo"))
    assert_pages (bytes, 4);
}

/* A run that diverges ends where it stands. */
static void
test_diverged (void)
{
  g_autoptr (BpExperiment) experiment = load_builtin ("regression");

  experiment->settings.optimizer.learning_rate = 1e5;
  for (guint step = 0; step < BP_N_SEQUENCE_STEPS; step++)
    {
      BpSequenceOptions options = choose_sequence (BP_FIGURE_LOSS, BP_SEQUENCE_GIF, step, 0, 100);
      g_autoptr (BpTrainer) trainer = bp_trainer_new (experiment, NULL);
      guint n = 1;

      options.figure.width = 300;
      if (step == BP_SEQUENCE_ITERATIONS)
        for (; bp_trainer_step_iteration (trainer, 1); n++)
          continue;
      else if (step == BP_SEQUENCE_PHASES)
        for (; bp_trainer_step_phase (trainer, 1); n++)
          continue;
      else
        for (; bp_trainer_step_node (trainer, 1); n++)
          continue;
      g_assert_cmpint (bp_trainer_get_status (trainer), ==, BP_STATUS_DIVERGED);

      g_auto (Animation) animation = animation_render (experiment, &options);
      g_assert_cmpuint (animation.pictures->len, ==, n);
      g_assert_cmpuint (n, >, 3);
    }

  /* One that never gets to the first place shows where it stands. */
  BpSequenceOptions beyond = choose_sequence (BP_FIGURE_VIEW, BP_SEQUENCE_GIF, BP_SEQUENCE_NODES, 90, 95);
  g_auto (Animation) animation = animation_render (experiment, &beyond);
  g_assert_cmpuint (animation.pictures->len, ==, 1);
}

int
main (int    argc,
      char **argv)
{
  g_test_init (&argc, &argv, NULL);

  g_test_add_func ("/sequence/every-figure", test_every_figure);
  g_test_add_func ("/sequence/repeat", test_repeat);
  g_test_add_func ("/sequence/text", test_text);
  g_test_add_func ("/sequence/alignment", test_alignment);
  g_test_add_func ("/sequence/future", test_future);
  g_test_add_func ("/sequence/changes", test_changes);
  g_test_add_func ("/sequence/element", test_element);
  g_test_add_func ("/sequence/diverged", test_diverged);

  return g_test_run ();
}
