/* figure-checks.c: runs to make figures of, and programs to check them with
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "lib/figure-checks.h"

#include "figures/bp-write-file.h"

const BpCursor checked_cursors[4] = { { 0, 0 }, { 7, 3 }, { 24, G_MAXUINT }, { 30, 0 } };

/* Every character that means something in one of the formats. */
static const char awkward_experiment[] =
  "[Experiment]\n"
  "Title=100% & <b> \"x_1\" # $ {y} \\\\ ~ ^ ∂ ² é ß 中 → |\n"
  "Iterations=40\n"
  "BatchSize=2\n"
  "Seed=3\n"
  "[Data]\n"
  "Samples=10\n"
  "x_=normal(0, 1)\n"
  "[Variables]\n"
  "W=normal(0, 1) [2, 3]\n"
  "b_1_b=0.5\n"
  "[Model]\n"
  "a_very_long_name_that_no_node_has_room_for_and_no_legend=reduce_mean(square(W)) * reduce_mean(square(x_))\n"
  "loss=a_very_long_name_that_no_node_has_room_for_and_no_legend + square(b_1_b) + exp(b_1_b) + b_1_b / 3 + "
  "b_1_b ** 3\n"
  "[Optimizer]\n"
  "Name=adam\n"
  "LearningRate=0.1\n";

BpExperiment *
load_awkward (void)
{
  return experiment_from_text (awkward_experiment);
}

BpFigureOptions
choose_figure (BpFigureKind   kind,
               BpFigureFormat format)
{
  BpFigureOptions options = BP_FIGURE_OPTIONS_DEFAULT;

  options.kind = kind;
  options.format = format;

  return options;
}

BpSequenceOptions
choose_sequence (BpFigureKind     kind,
                 BpSequenceFormat format,
                 BpSequenceStep   step,
                 gint64           first,
                 gint64           last)
{
  BpSequenceOptions options = {
    .figure = choose_figure (kind, BP_FORMAT_SVG), .format = format, .step = step, .first = first, .last = last,
    .every = 1, .delay = step == BP_SEQUENCE_ITERATIONS ? 0.1 : 1,
  };

  options.figure.scale = 1;

  return options;
}

GBytes *
render (BpTrainer             *trainer,
        const BpFigureOptions *options)
{
  g_autoptr (GError) error = NULL;
  GBytes *bytes = bp_figure_render (trainer, options, &error);

  g_assert_no_error (error);
  g_assert_cmpuint (g_bytes_get_size (bytes), >, 0);

  return bytes;
}

char *
render_text (BpTrainer             *trainer,
             const BpFigureOptions *options)
{
  g_autoptr (GBytes) bytes = render (trainer, options);
  gsize size;
  const char *data = g_bytes_get_data (bytes, &size);
  char *text = g_strndup (data, size);

  g_assert_cmpuint (strlen (text), ==, size);
  g_assert_true (g_utf8_validate (text, -1, NULL));

  return text;
}

GBytes *
render_sequence (const BpExperiment      *experiment,
                 const BpSequenceOptions *options)
{
  g_autoptr (GError) error = NULL;
  GBytes *bytes = bp_sequence_render (experiment, options, NULL, NULL, NULL, &error);

  g_assert_no_error (error);
  g_assert_nonnull (bytes);

  return bytes;
}

gboolean
has_program (const char *name)
{
  g_autofree char *path = g_find_program_in_path (name);

  return path != NULL;
}

char *
save (const char *folder,
      const char *name,
      GBytes     *bytes)
{
  g_autoptr (GError) error = NULL;
  char *path = g_build_filename (folder, name, NULL);

  bp_write_file (path, bytes, &error);
  g_assert_no_error (error);

  return path;
}

char *
run_program (const char *const *argv)
{
  g_auto (Result) result = runner_spawn ((char **) argv, NULL);

  if (result.status != 0)
    g_test_message ("%s: %s", argv[0], result.err);
  g_assert_cmpint (result.status, ==, 0);

  return g_steal_pointer (&result.out);
}
