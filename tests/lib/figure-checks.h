/* figure-checks.h: runs to make figures of, and programs to check them with
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#pragma once

#include <cairo.h>
#include <glib/gstdio.h>
#include <string.h>

#include "experiment/bp-builtin.h"
#include "figures/bp-sequence.h"
#include "figures/bp-write-file.h"
#include "lib/command-runner.h"

/** Places of a run to look at: the start, within an iteration, the end of one. */
static const BpCursor checked_cursors[] = { { 0, 0 }, { 7, 3 }, { 24, G_MAXUINT }, { 30, 0 } };

/** Every character that means something in one of the formats. */
G_GNUC_UNUSED static const char awkward_experiment[] =
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

/** A trainer that stands at @cursor; an instruction of G_MAXUINT is the last but one. */
static inline BpTrainer *
create_trainer (BpExperiment *experiment,
                BpCursor      cursor)
{
  g_autoptr (GError) error = NULL;
  BpTrainer *trainer = bp_trainer_new (experiment, &error);

  g_assert_no_error (error);
  if (cursor.instruction == G_MAXUINT)
    cursor.instruction = bp_trainer_get_n_instructions (trainer) - 1;
  bp_trainer_run (trainer, cursor.iteration);
  bp_trainer_seek (trainer, cursor);
  bp_experiment_free (experiment);

  return trainer;
}

static inline BpExperiment *
load_builtin (const char *name)
{
  g_autoptr (GError) error = NULL;
  BpExperiment *experiment = bp_builtin_load (name, &error);

  g_assert_no_error (error);

  return experiment;
}

static inline BpExperiment *
load_awkward (void)
{
  g_autoptr (GError) error = NULL;
  BpExperiment *experiment = bp_experiment_new_from_data (awkward_experiment, -1, "awkward", NULL, &error);

  g_assert_no_error (error);

  return experiment;
}

/** The options of a figure of @kind in @format. */
static inline BpFigureOptions
choose_figure (BpFigureKind   kind,
               BpFigureFormat format)
{
  BpFigureOptions options = BP_FIGURE_OPTIONS_DEFAULT;

  options.kind = kind;
  options.format = format;

  return options;
}

/** The options of a sequence as on the command line, where nothing more is said. */
static inline BpSequenceOptions
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

static inline GBytes *
render (BpTrainer             *trainer,
        const BpFigureOptions *options)
{
  g_autoptr (GError) error = NULL;
  GBytes *bytes = bp_figure_render (trainer, options, &error);

  g_assert_no_error (error);
  g_assert_cmpuint (g_bytes_get_size (bytes), >, 0);

  return bytes;
}

static inline char *
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

/** The colour of a pixel, without its alpha. */
static inline guint32
get_pixel (cairo_surface_t *surface,
           int              x,
           int              y)
{
  const guint8 *row = cairo_image_surface_get_data (surface) + (gsize) y * cairo_image_surface_get_stride (surface);
  guint32 pixel;

  memcpy (&pixel, row + 4 * x, sizeof pixel);

  return pixel & 0xffffff;
}

static inline gboolean
has_program (const char *name)
{
  g_autofree char *path = g_find_program_in_path (name);

  return path != NULL;
}

/** A folder of its own; remove it with remove_folder(). */
static inline char *
make_folder (void)
{
  g_autoptr (GError) error = NULL;
  char *folder = g_dir_make_tmp ("backprop-lab-XXXXXX", &error);

  g_assert_no_error (error);

  return folder;
}

/** Removes a folder and the files in it. Returns: how many they were */
static inline guint
remove_folder (const char *folder)
{
  g_autoptr (GDir) dir = g_dir_open (folder, 0, NULL);
  const char *name;
  guint n = 0;

  g_assert_nonnull (dir);
  while ((name = g_dir_read_name (dir)) != NULL)
    {
      g_autofree char *path = g_build_filename (folder, name, NULL);

      g_assert_cmpint (g_remove (path), ==, 0);
      n++;
    }
  g_assert_cmpint (g_rmdir (folder), ==, 0);

  return n;
}

static inline char *
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

/** Runs a program that must succeed. Returns: what it wrote */
static inline char *
run_program (const char *const *argv)
{
  g_auto (Result) result = runner_spawn ((char **) argv, NULL);

  if (result.status != 0)
    g_test_message ("%s: %s", argv[0], result.err);
  g_assert_cmpint (result.status, ==, 0);

  return g_steal_pointer (&result.out);
}
