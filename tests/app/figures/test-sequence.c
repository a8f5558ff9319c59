/* test-sequence.c: step sequences: places, pages and pictures, threads and cancelling
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "base/bp-error.h"
#include "lib/figure-checks.h"
#include "lib/gif-checks.h"

static GBytes *
render_sequence (const BpExperiment      *experiment,
                 const BpSequenceOptions *options)
{
  g_autoptr (GError) error = NULL;
  GBytes *bytes = bp_sequence_render (experiment, options, NULL, NULL, NULL, &error);

  g_assert_no_error (error);
  g_assert_nonnull (bytes);

  return bytes;
}

static Animation
animate (const BpExperiment      *experiment,
         const BpSequenceOptions *options)
{
  g_autoptr (GBytes) bytes = render_sequence (experiment, options);

  return animation_read (bytes);
}

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
  g_assert_cmpuint (bp_sequence_count_places (options, 9), ==, n);

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
  g_auto (Animation) animation = animate (experiment, &options);
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
          g_auto (Animation) animation = animate (experiment, &options);
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
  animation = animate (experiment, &options);
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

      g_auto (Animation) animation = animate (experiment, &options);
      g_assert_cmpuint (animation.pictures->len, ==, n);
      g_assert_cmpuint (n, >, 3);
    }

  /* One that never gets to the first place shows where it stands. */
  BpSequenceOptions beyond = choose_sequence (BP_FIGURE_VIEW, BP_SEQUENCE_GIF, BP_SEQUENCE_NODES, 90, 95);
  g_auto (Animation) animation = animate (experiment, &beyond);
  g_assert_cmpuint (animation.pictures->len, ==, 1);
}

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

typedef struct {
  BpWork   work;
  guint    cancel_at;
  guint    n_done;
  guint    n_reports;
} Watch;

static void
watch_progress (guint    n_done,
                guint    n_places,
                gpointer data)
{
  Watch *watch = data;

  g_assert_cmpuint (n_places, ==, 101);
  g_assert_cmpuint (n_done, >, watch->n_done);
  g_assert_cmpuint (n_done, <=, n_places);
  watch->n_done = n_done;
  watch->n_reports++;
  if (watch->cancel_at > 0 && n_done >= watch->cancel_at)
    watch->work.is_cancelled = TRUE;
}

static void
test_progress (void)
{
  g_autoptr (BpExperiment) experiment = load_builtin ("regression");
  BpSequenceOptions options = choose_sequence (BP_FIGURE_LOSS, BP_SEQUENCE_PDF, BP_SEQUENCE_ITERATIONS, 0, 100);
  Watch watch = { 0 };
  g_autoptr (GError) error = NULL;
  g_autoptr (GBytes) bytes = bp_sequence_render (experiment, &options, NULL, watch_progress, &watch, &error);

  g_assert_no_error (error);
  g_assert_nonnull (bytes);
  g_assert_cmpuint (watch.n_done, ==, 101);
  g_assert_cmpuint (watch.n_reports, ==, 101);
}

static void
test_cancelled (void)
{
  for (guint format = 0; format < BP_N_SEQUENCE_FORMATS; format++)
    for (guint cancel_at = 0; cancel_at < 100; cancel_at += 33)
      {
        g_autoptr (BpExperiment) experiment = load_builtin ("regression");
        BpSequenceOptions options = choose_sequence (BP_FIGURE_LOSS, format, BP_SEQUENCE_ITERATIONS, 0, 100);
        Watch watch = { .work = BP_WORK_INIT (G_MAXDOUBLE), .cancel_at = cancel_at };
        g_autoptr (GError) error = NULL;

        watch.work.is_cancelled = cancel_at == 0;
        g_assert_null (bp_sequence_render (experiment, &options, &watch.work, watch_progress, &watch, &error));
        g_assert_error (error, G_IO_ERROR, G_IO_ERROR_CANCELLED);
        g_assert_cmpuint (watch.n_done, ==, cancel_at);
      }
}

/* What a thread does. */
typedef struct {
  BpSequenceInput *input;
  BpWork           work;
  GError          *error;
} Task;

static gpointer
compute_thread (gpointer data)
{
  Task *task = data;
  GBytes *bytes = bp_sequence_compute (task->input, &task->work, &task->error);

  bp_sequence_input_free (task->input);

  return bytes;
}

/* A long run before the first place is not waited for. */
static void
test_cancelled_run (void)
{
  g_autoptr (BpExperiment) experiment = load_builtin ("regression");
  BpSequenceOptions options = choose_sequence (BP_FIGURE_LOSS, BP_SEQUENCE_PDF, BP_SEQUENCE_ITERATIONS, 0,
                                               BP_MAX_ITERATIONS);
  Task task = { .work = BP_WORK_INIT (G_MAXDOUBLE) };
  GThread *thread;

  experiment->iterations = BP_MAX_ITERATIONS;
  options.every = BP_MAX_ITERATIONS / 100;
  task.input = bp_sequence_input_new (experiment, &options);
  thread = g_thread_new ("sequence", compute_thread, &task);
  g_atomic_int_set (&task.work.is_cancelled, TRUE);
  g_assert_null (g_thread_join (thread));
  g_assert_error (task.error, G_IO_ERROR, G_IO_ERROR_CANCELLED);
  g_clear_error (&task.error);
}

static GPtrArray *
create_references (void)
{
  GPtrArray *references = g_ptr_array_new_with_free_func ((GDestroyNotify) bp_reference_free);
  const double rates[] = { 0.005, 0.1 };

  for (guint i = 0; i < G_N_ELEMENTS (rates); i++)
    {
      g_autoptr (BpExperiment) experiment = load_builtin ("regression");
      g_autoptr (GError) error = NULL;

      experiment->settings.optimizer.learning_rate = rates[i];
      g_ptr_array_add (references, bp_reference_new_by_running (experiment, NULL, &error));
      g_assert_no_error (error);
    }

  return references;
}

/* In a thread, with what the caller has freed meanwhile: the same bytes. */
static void
test_thread (void)
{
  BpExperiment *experiment = load_builtin ("regression");
  BpSequenceOptions options = choose_sequence (BP_FIGURE_LOSS, BP_SEQUENCE_GIF, BP_SEQUENCE_ITERATIONS, 0, 100);
  g_autoptr (GBytes) plain = render_sequence (experiment, &options);
  GPtrArray *references = create_references ();
  Task task = { .work = BP_WORK_INIT (G_MAXDOUBLE) };
  g_autoptr (GBytes) again = NULL;

  options.figure.plot.references = references;
  g_autoptr (GBytes) bytes = render_sequence (experiment, &options);
  g_assert_false (g_bytes_equal (plain, bytes));

  task.input = bp_sequence_input_new (experiment, &options);
  g_ptr_array_unref (references);
  bp_experiment_free (experiment);
  memset (&options, 0xff, sizeof options);
  again = g_thread_join (g_thread_new ("sequence", compute_thread, &task));

  g_assert_no_error (task.error);
  g_assert_true (g_bytes_equal (again, bytes));
  g_assert_cmpint (task.work.n_done, ==, 101);
  g_assert_cmpint (task.work.n_parts, ==, 101);
}

static void
test_failure (void)
{
  g_autoptr (BpExperiment) experiment = load_builtin ("regression");
  BpSequenceOptions options = choose_sequence (BP_FIGURE_LOSS, BP_SEQUENCE_GIF, BP_SEQUENCE_ITERATIONS, 0, 101);
  g_autoptr (GError) too_late = NULL, too_large = NULL;

  g_assert_null (bp_sequence_render (experiment, &options, NULL, NULL, NULL, &too_late));
  g_assert_error (too_late, BP_ERROR, BP_ERROR_VALUE);

  options.last = 1;
  options.figure.width = options.figure.height = 20000;
  g_assert_null (bp_sequence_render (experiment, &options, NULL, NULL, NULL, &too_large));
  g_assert_error (too_large, BP_ERROR, BP_ERROR_VALUE);
}

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

  g_test_add_func ("/sequence/options", test_options);
  g_test_add_func ("/sequence/places", test_places);
  g_test_add_func ("/sequence/every-figure", test_every_figure);
  g_test_add_func ("/sequence/repeat", test_repeat);
  g_test_add_func ("/sequence/text", test_text);
  g_test_add_func ("/sequence/alignment", test_alignment);
  g_test_add_func ("/sequence/future", test_future);
  g_test_add_func ("/sequence/changes", test_changes);
  g_test_add_func ("/sequence/diverged", test_diverged);
  g_test_add_func ("/sequence/looks", test_looks);
  g_test_add_func ("/sequence/progress", test_progress);
  g_test_add_func ("/sequence/cancelled", test_cancelled);
  g_test_add_func ("/sequence/cancelled-run", test_cancelled_run);
  g_test_add_func ("/sequence/thread", test_thread);
  g_test_add_func ("/sequence/failure", test_failure);
  g_test_add_func ("/sequence/file-name", test_file_name);

  return g_test_run ();
}
