/* test-sequence-options.c: what a sequence is made of, and that every option of it is seen
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "base/bp-error.h"
#include "lib/figure-checks.h"
#include "lib/gif-checks.h"

/* Options */

static void
assert_refused (const BpSequenceOptions *options,
                const char              *text)
{
  g_autoptr (BpExperiment) experiment = load_builtin ("regression");
  g_autoptr (GError) error = NULL, render_error = NULL;

  g_assert_false (bp_sequence_options_check (options, 100, 9, &error));
  g_assert_error (error, BP_ERROR, BP_ERROR_VALUE);
  g_assert_nonnull (strstr (error->message, text));
  g_assert_null (bp_sequence_render (experiment, options, NULL, NULL, NULL, &render_error));
  g_assert_error (render_error, BP_ERROR, BP_ERROR_VALUE);
  g_assert_cmpstr (render_error->message, ==, error->message);
}

static void
test_options (void)
{
  BpSequenceOptions options = choose_sequence (BP_FIGURE_LOSS, BP_SEQUENCE_GIF, BP_SEQUENCE_ITERATIONS, 0, 100);

  g_assert_true (bp_sequence_options_check (&options, 100, 9, NULL));

#define WITH(field, value, text) \
  options = choose_sequence (BP_FIGURE_LOSS, BP_SEQUENCE_GIF, BP_SEQUENCE_ITERATIONS, 0, 100); \
  options.field = value; \
  assert_refused (&options, text)

  WITH (last, 101, "from 0 to 100");
  WITH (last, -1, "last iteration");
  WITH (first, 101, "first iteration");
  WITH (first, -1, "first iteration");
  WITH (every, 0, "from 1 to");
  WITH (delay, 0.01, "0.02 to 60");
  WITH (delay, 61, "0.02 to 60");
  WITH (figure.width, 10, "48 to 20000");
  WITH (figure.scale, 0, "scale");
#undef WITH

  options = choose_sequence (BP_FIGURE_LOSS, BP_SEQUENCE_PDF, BP_SEQUENCE_ITERATIONS, 0, 5000);
  g_autoptr (GError) error = NULL;
  g_assert_false (bp_sequence_options_check (&options, 5000, 9, &error));
  g_assert_nonnull (strstr (error->message, "5001"));
  options.every = 3;
  g_assert_true (bp_sequence_options_check (&options, 5000, 9, NULL));
  /* A PDF has no time. */
  options.delay = 0;
  g_assert_true (bp_sequence_options_check (&options, 5000, 9, NULL));
}

/* Where the places are is what the captions say: they are the same as those of single figures. */

static void
append_place (GString   *places,
              BpTrainer *trainer)
{
  BpCursor cursor = bp_trainer_get_cursor (trainer);

  g_string_append_printf (places, "%" G_GINT64_FORMAT ".%u ", cursor.iteration, cursor.instruction);
}

/* The places of a run of single steps, for comparison. */
static char *
walk (const BpSequenceOptions *options)
{
  g_autoptr (BpTrainer) trainer = create_trainer (load_builtin ("regression"), checked_cursors[0]);
  GString *places = g_string_new (NULL);
  guint n = 0;

  for (;;)
    {
      guint n_executed;
      gint64 shown = bp_trainer_get_shown (trainer, &n_executed);
      BpCursor cursor = bp_trainer_get_cursor (trainer);
      guint next = cursor.instruction == 0 ? BP_N_PHASES
                                           : bp_trainer_get_next_instruction (trainer)->phase;
      gboolean is_end = cursor.instruction == 0 || next != bp_trainer_get_last_instruction (trainer)->phase;

      if (shown >= options->first && shown <= options->last
          && (options->step == BP_SEQUENCE_NODES || (options->step == BP_SEQUENCE_PHASES && is_end)
              || (options->step == BP_SEQUENCE_ITERATIONS && cursor.instruction == 0
                  && ((shown - options->first) % options->every == 0 || shown == options->last))))
        {
          append_place (places, trainer);
          n++;
        }
      if (cursor.iteration >= options->last || !bp_trainer_step_node (trainer, 1))
        break;
    }
  g_assert_cmpuint (bp_sequence_count_positions (options, 9), ==, n);

  return g_string_free (places, FALSE);
}

static int
get_mean_difference (const guint32   *shown,
                     cairo_surface_t *drawn)
{
  int width = cairo_image_surface_get_width (drawn), height = cairo_image_surface_get_height (drawn);
  gint64 sum = 0;

  for (int i = 0; i < width * height; i++)
    sum += get_difference (shown[i], get_pixel (drawn, i % width, i / width));

  /* Thousandths, so that a few wrong pixels count. */
  return (int) (1000 * sum / (width * height));
}

static cairo_surface_t *
draw_place (BpTrainer       *trainer,
            BpFigureOptions *figure)
{
  double width, height;
  cairo_surface_t *surface;
  cairo_t *cr;

  bp_figure_get_size (trainer, figure, &width, &height);
  surface = cairo_image_surface_create (CAIRO_FORMAT_RGB24, (int) width, (int) height);
  cr = cairo_create (surface);
  bp_figure_draw (cr, trainer, figure);
  cairo_destroy (cr);

  return surface;
}

/* Each picture of the graph is that of a single figure there, but for its palette. */
static void
assert_places (BpSequenceStep step,
               gint64         first,
               gint64         last,
               gint64         every)
{
  BpSequenceOptions options = choose_sequence (BP_FIGURE_GRAPH, BP_SEQUENCE_GIF, step, first, last);
  g_autoptr (BpExperiment) experiment = load_builtin ("regression");
  g_autoptr (BpTrainer) trainer = create_trainer (load_builtin ("regression"), checked_cursors[0]);
  g_autofree char *places = NULL;
  g_auto (GStrv) words = NULL;

  options.every = every;
  options.figure.caption = TRUE;
  places = g_strchomp (walk (&options));
  words = g_strsplit (places, " ", -1);
  g_auto (Animation) animation = animation_render (experiment, &options);
  g_assert_cmpuint (animation.pictures->len, ==, g_strv_length (words));

  for (guint i = 0; words[i] != NULL; i++)
    {
      char *end;
      gint64 iteration = g_ascii_strtoll (words[i], &end, 10);

      bp_trainer_seek (trainer, (BpCursor) { iteration, (guint) g_ascii_strtoull (end + 1, NULL, 10) });
      cairo_surface_t *drawn = draw_place (trainer, &options.figure);
      g_assert_cmpint (cairo_image_surface_get_width (drawn), ==, animation.width);
      g_assert_cmpint (cairo_image_surface_get_height (drawn), ==, animation.height);
      g_assert_cmpint (get_mean_difference (animation_get (&animation, i), drawn), <, 250);
      /* The one before is another one. */
      if (i > 0)
        g_assert_cmpint (get_mean_difference (animation_get (&animation, i - 1), drawn), >,
                         get_mean_difference (animation_get (&animation, i), drawn));
      cairo_surface_destroy (drawn);
    }
}

static void
test_places (void)
{
  assert_places (BP_SEQUENCE_NODES, 0, 1, 1);
  assert_places (BP_SEQUENCE_NODES, 3, 3, 1);
  assert_places (BP_SEQUENCE_PHASES, 0, 2, 1);
  assert_places (BP_SEQUENCE_PHASES, 99, 100, 1);
  assert_places (BP_SEQUENCE_ITERATIONS, 0, 100, 30);
  assert_places (BP_SEQUENCE_ITERATIONS, 1, 11, 5);
  assert_places (BP_SEQUENCE_ITERATIONS, 0, 0, 1);
}

/* Settings */

static gboolean
differs (void (*change) (BpSequenceOptions *options))
{
  g_autoptr (BpExperiment) experiment = load_builtin ("line");
  BpSequenceOptions options = choose_sequence (BP_FIGURE_VIEW, BP_SEQUENCE_PDF, BP_SEQUENCE_ITERATIONS, 0, 20);

  options.every = 5;
  g_autoptr (GBytes) plain = render_sequence (experiment, &options);
  change (&options);
  g_autoptr (GBytes) changed = render_sequence (experiment, &options);

  return !g_bytes_equal (plain, changed);
}

static void
set_linear (BpSequenceOptions *options)
{
  options->figure.plot.log_scale = FALSE;
}

static void
set_smoothing (BpSequenceOptions *options)
{
  options->figure.plot.smoothing = 0.9;
}

static void
set_parameter (BpSequenceOptions *options)
{
  options->figure.plot.parameter = 1;
}

static void
set_dark (BpSequenceOptions *options)
{
  options->figure.dark = TRUE;
}

static void
set_scale (BpSequenceOptions *options)
{
  options->figure.scale = 3;
}

static void
test_looks (void)
{
  g_assert_true (differs (set_linear));
  g_assert_true (differs (set_smoothing));
  g_assert_true (differs (set_parameter));
  g_assert_true (differs (set_dark));
  g_assert_false (differs (set_scale));
}

/* Progress and cancelling */

static void
test_file_name (void)
{
  g_autoptr (BpExperiment) experiment = load_builtin ("regression");
  BpSequenceOptions options = choose_sequence (BP_FIGURE_GRAPH, BP_SEQUENCE_PDF, BP_SEQUENCE_NODES, 0, 1);
  g_autofree char *pdf = bp_sequence_create_file_name (experiment, &options);

  g_assert_cmpstr (pdf, ==, "regression-graph-steps.pdf");
  options.format = BP_SEQUENCE_GIF;
  g_free (experiment->name);
  experiment->name = g_strdup ("a/b");
  g_autofree char *gif = bp_sequence_create_file_name (experiment, &options);
  g_assert_cmpstr (gif, ==, "a-b-graph-steps.gif");
}

int
main (int    argc,
      char **argv)
{
  g_test_init (&argc, &argv, NULL);

  g_test_add_func ("/sequence-options/options", test_options);
  g_test_add_func ("/sequence-options/places", test_places);
  g_test_add_func ("/sequence-options/looks", test_looks);
  g_test_add_func ("/sequence-options/file-name", test_file_name);

  return g_test_run ();
}
