/* test-command-sequence.c: the command export with --sequence, and of saved runs
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "training/bp-saved-run.h"
#include "lib/figure-checks.h"
#include "lib/gif-checks.h"
#include "app/cli/command-export-fixture.h"

static GBytes *
load_bytes (const char *folder,
            const char *name)
{
  g_autofree char *path = g_build_filename (folder, name, NULL);
  g_autoptr (GError) error = NULL;
  char *contents;
  gsize size;

  g_file_get_contents (path, &contents, &size, &error);
  g_assert_no_error (error);

  return g_bytes_new_take (contents, size);
}

/* What "export ARGUMENTS" writes to its file "%s/a". */
static GBytes *
export_bytes (const char *arguments)
{
  g_autofree char *folder = make_folder ();
  g_auto (Result) result = run_export (folder, arguments);
  GBytes *bytes;

  g_assert_cmpstr (result.err, ==, "");
  g_assert_cmpstr (result.out, ==, "");
  g_assert_cmpint (result.status, ==, 0);
  bytes = load_bytes (folder, "a");
  g_assert_cmpuint (remove_folder (folder), ==, 1);

  return bytes;
}

static void
assert_writes (const char              *arguments,
               const BpExperiment      *experiment,
               const BpSequenceOptions *options)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (GBytes) expected = bp_sequence_render (experiment, options, NULL, NULL, NULL, &error);

  g_assert_no_error (error);
  g_autoptr (GBytes) bytes = export_bytes (arguments);
  g_assert_true (g_bytes_equal (bytes, expected));
}

/* The same bytes as here, in another process. */
static void
test_options (void)
{
  g_autoptr (BpExperiment) experiment = load_builtin ("regression");
  BpSequenceOptions options = choose_sequence (BP_FIGURE_GRAPH, BP_SEQUENCE_PDF, BP_SEQUENCE_NODES, 0, 1);

  assert_writes ("regression --figure graph --sequence nodes --format pdf --output %s/a", experiment, &options);
  options.first = options.last = 3;
  assert_writes ("regression --figure graph --sequence nodes --first 3 --format pdf --output %s/a", experiment,
                 &options);
  options.first = 0;
  assert_writes ("regression --figure graph --sequence nodes --last 3 --format pdf --output %s/a", experiment,
                 &options);

  options = choose_sequence (BP_FIGURE_LOSS, BP_SEQUENCE_GIF, BP_SEQUENCE_PHASES, 2, 4);
  options.delay = 0.5;
  options.figure.scale = 1.5;
  options.figure.dark = TRUE;
  assert_writes ("regression --figure loss --sequence phases --first 2 --last 4 --delay 0.5 --scale 1.5 --theme dark "
                 "--format gif --output %s/a", experiment, &options);

  options = choose_sequence (BP_FIGURE_VIEW, BP_SEQUENCE_GIF, BP_SEQUENCE_ITERATIONS, 0, 100);
  options.every = 30;
  options.figure.caption = TRUE;
  options.figure.plot.log_scale = FALSE;
  options.figure.width = 720;
  assert_writes ("regression --figure view --sequence iterations --every 30 --caption --linear --width 720 "
                 "--format gif --output %s/a", experiment, &options);
  options = choose_sequence (BP_FIGURE_DATA, BP_SEQUENCE_PDF, BP_SEQUENCE_ITERATIONS, 90, 100);
  assert_writes ("regression --figure data --sequence iterations --first 90 --format pdf --output %s/a", experiment,
                 &options);
}

/* The suffix says which format it is, letter case aside; standard output has none. */
static void
test_formats (void)
{
  g_autofree char *folder = make_folder ();
  g_auto (Result) pdf = run_export (folder, "line --figure curve --sequence phases --output %s/a.PDF");
  g_auto (Result) gif = run_export (folder, "line --figure curve --sequence phases --output %s/a.gif");
  g_autoptr (GBytes) pdf_bytes = load_bytes (folder, "a.PDF"), gif_bytes = load_bytes (folder, "a.gif");
  g_auto (Animation) animation = animation_read (gif_bytes);
  g_autofree char *quoted = g_shell_quote (folder);
  g_autofree char *script = g_strdup_printf ("\"$0\" export line --figure curve --sequence phases --format gif "
                                             "--output - > %s/b.gif", quoted);
  g_auto (Result) piped = runner_run_shell (script);

  g_assert_cmpstr (pdf.err, ==, "");
  g_assert_cmpstr (gif.err, ==, "");
  g_assert_cmpmem (g_bytes_get_data (pdf_bytes, NULL), 5, "%PDF-", 5);
  g_assert_cmpuint (animation.pictures->len, ==, 5);
  g_assert_cmpint (animation.delay, ==, 100);
  g_assert_cmpint (animation.width, ==, 480);
  g_assert_cmpint (piped.status, ==, 0);
  g_autoptr (GBytes) piped_bytes = load_bytes (folder, "b.gif");
  g_assert_true (g_bytes_equal (piped_bytes, gif_bytes));
  g_assert_cmpuint (remove_folder (folder), ==, 3);
}

static void
test_all (void)
{
  g_autofree char *folder = make_folder ();
  g_auto (Result) result = run_export (folder, "xor --figure all --sequence phases --format gif --output %s");

  g_autoptr (BpTrainer) trainer = trainer_from_builtin ("xor");
  guint n = 0;

  g_assert_cmpstr (result.err, ==, "");
  for (guint kind = 0; kind < BP_N_FIGURES; kind++)
    {
      if (!bp_figure_applies (kind, trainer))
        continue;
      n++;
      g_autofree char *name = g_strdup_printf ("xor-%s-steps.gif", bp_figure_get_class (kind)->name);
      g_autoptr (GBytes) bytes = load_bytes (folder, name);
      g_auto (Animation) animation = animation_read (bytes);

      g_assert_cmpuint (animation.pictures->len, ==, 5);
    }
  g_assert_cmpuint (remove_folder (folder), ==, n);
}

static void
test_wrong_use (void)
{
  static const struct {
    const char *arguments;
    const char *text;
  } cases[] = {
    { "--sequence nodes --output %s/a.svg", "“svg”" },
    { "--sequence nodes --output %s/a.gif --format png", "“png”" },
    { "--sequence nodes --output %s/a", "--format" },
    { "--sequence nodes --output -", "--format" },
    { "--sequence steps --output %s/a.pdf", "nodes, phases, iterations" },
    { "--sequence '' --output %s/a.pdf", "--sequence" },
    { "--output %s/a.gif", "add --sequence" },
    { "--output %s/a --format gif", "add --sequence" },
    { "--output %s/a.svg --first 3", "add --sequence" },
    { "--output %s/a.svg --last 3", "add --sequence" },
    { "--output %s/a.svg --every 3", "add --sequence" },
    { "--output %s/a.svg --delay 3", "add --sequence" },
    { "--sequence nodes --output %s/a.pdf --iteration 3", "--first" },
    { "--sequence nodes --output %s/a.pdf --phase feed", "--first" },
    { "--sequence nodes --output %s/a.pdf --instruction 3", "--first" },
    { "--sequence nodes --output %s/a.pdf --every 3", "--sequence iterations" },
    { "--sequence nodes --output %s/a.pdf --delay 3", "gif" },
    { "--sequence nodes --output %s/a.gif --delay 0.001", "0.02 to 60" },
    { "--sequence nodes --output %s/a.gif --delay soon", "--delay" },
    { "--sequence nodes --output %s/a.gif --first -1", "--first" },
    { "--sequence nodes --output %s/a.gif --first 101", "--first" },
    { "--sequence nodes --output %s/a.gif --last 101", "--last" },
    { "--sequence nodes --output %s/a.gif --first 9 --last 8", "--last" },
    { "--sequence iterations --output %s/a.gif --every 0", "--every" },
    { "--sequence iterations --output %s/a.gif --every often", "--every" },
    { "--sequence iterations --iterations 3000 --output %s/a.gif", "3001" },
    { "--sequence nodes --iterations 3000 --last 3000 --output %s/a.gif", "2000" },
    { "--sequence nodes --output %s/a.gif --width 3", "48px" },
  };
  g_autofree char *folder = make_folder ();

  for (guint i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      g_autofree char *arguments = g_strconcat ("regression --figure loss ", cases[i].arguments, NULL);
      g_auto (Result) result = run_export (folder, arguments);

      g_test_message ("%s", cases[i].arguments);
      g_assert_cmpstr (result.out, ==, "");
      result_assert_fails (&result, 2, cases[i].text);
    }
  g_assert_cmpuint (remove_folder (folder), ==, 0);
}

/* Nothing is left, and an old file stays, when it fails or is interrupted. */
static void
test_nothing_left (void)
{
  g_autofree char *folder = make_folder ();
  g_autofree char *quoted = g_shell_quote (folder);
  g_auto (Result) large = run_export (folder, "regression --figure loss --sequence nodes --width 20000 --height 20000 "
                                              "--output %s/a.gif");

  result_assert_fails (&large, 1, "20000 × 20000");
  g_assert_cmpuint (remove_folder (folder), ==, 0);

  if (!has_program ("timeout"))
    {
      g_test_skip ("there is no timeout");
      return;
    }

  g_assert_cmpint (g_mkdir (folder, 0700), ==, 0);
  g_autoptr (GBytes) old = g_bytes_new_static ("old", 3);
  g_free (save (folder, "a.gif", old));
  g_autofree char *script = g_strdup_printf ("timeout --signal=INT 0.5 \"$0\" export classification --figure view "
                                             "--sequence iterations --scale 3 --output %s/a.gif", quoted);
  g_auto (Result) interrupted = runner_run_shell (script);
  g_assert_cmpint (interrupted.status, !=, 0);
  g_autoptr (GBytes) now = load_bytes (folder, "a.gif");
  g_assert_true (g_bytes_equal (now, old));
  g_assert_cmpuint (remove_folder (folder), ==, 1);
}

static void
test_diverged (void)
{
  g_autoptr (GBytes) bytes = export_bytes ("regression --learning-rate 1e5 --figure loss --sequence iterations "
                                           "--format gif --output %s/a");
  g_auto (Animation) animation = animation_read (bytes);

  g_assert_cmpuint (animation.pictures->len, >, 10);
  g_assert_cmpuint (animation.pictures->len, <, 101);
}

/* Saved runs */

/* A run that stands at @cursor, compared with one of a smaller learning rate. Returns: its file, in @folder */
static char *
save_run (const char *folder,
          BpCursor    cursor)
{
  g_autoptr (BpTrainer) trainer = create_trainer (load_builtin ("regression"), cursor);
  g_autoptr (BpExperiment) experiment = load_builtin ("regression");
  g_autoptr (GPtrArray) references = g_ptr_array_new_with_free_func ((GDestroyNotify) bp_reference_free);
  g_autoptr (GError) error = NULL;

  experiment->settings.optimizer.learning_rate = 0.005;
  g_ptr_array_add (references, bp_reference_new_by_running (experiment, NULL, &error));
  g_assert_no_error (error);
  g_autofree char *text = saved_run_to_data (trainer, bp_trainer_get_cursor (trainer), references, folder);
  g_autoptr (GBytes) bytes = g_bytes_new (text, strlen (text));

  return save (folder, "saved.experiment", bytes);
}

static char *
export_saved (const char *path,
              const char *options)
{
  g_autofree char *quoted = g_shell_quote (path);
  g_autofree char *line = g_strdup_printf ("export %s --format svg --output - %s", quoted, options);

  return runner_run_well (line);
}

static void
assert_contains (const char *path,
                 const char *options,
                 const char *text)
{
  g_autofree char *svg = export_saved (path, options);

  g_test_message ("%s", options);
  g_assert_nonnull (strstr (svg, text));
}

static void
test_saved_position (void)
{
  g_autofree char *folder = make_folder ();
  g_autofree char *within = save_run (folder, (BpCursor) { 37, 6 });

  assert_contains (within, "--figure explanation", "iteration 38 of 100, backward 2 of 4<");
  assert_contains (within, "--figure explanation --iteration 50", "iteration 50 of 100<");
  assert_contains (within, "--figure explanation --iteration 100", "iteration 100 of 100<");
  assert_contains (within, "--figure explanation --phase forward", "iteration 38 of 100, forward 3 of 3<");
  assert_contains (within, "--figure explanation --instruction 1", "iteration 38 of 100, feed<");
  assert_contains (within, "--figure explanation --iterations 20", "iteration 20 of 20");
  assert_contains (within, "--figure explanation --learning-rate 1e5", "iteration 3");
  remove_folder (folder);

  g_assert_cmpint (g_mkdir (folder, 0700), ==, 0);
  g_autofree char *whole = save_run (folder, (BpCursor) { 40, 0 });
  assert_contains (whole, "--figure explanation", "iteration 40 of 100<");
  remove_folder (folder);

  g_assert_cmpint (g_mkdir (folder, 0700), ==, 0);
  g_autofree char *start = save_run (folder, (BpCursor) { 0, 0 });
  assert_contains (start, "--figure explanation", "iteration 0 of 100<");
  g_assert_cmpuint (remove_folder (folder), ==, 1);
}

/* Drawn as here with the reference run; the tables of plots name it. */
static void
test_saved_references (void)
{
  g_autofree char *folder = make_folder ();
  g_autofree char *path = save_run (folder, (BpCursor) { 37, 6 });
  g_autofree char *quoted = g_shell_quote (path);
  g_autofree char *line = g_strdup_printf ("export %s --figure variable --format csv --output -", quoted);
  g_autofree char *train = g_strdup_printf ("train %s", quoted);
  g_autofree char *csv = runner_run_well (line);

  g_assert_nonnull (strstr (csv, "0.005"));
  for (BpFigureKind kind = BP_FIGURE_VARIABLE; kind <= BP_FIGURE_LOSS; kind++)
    {
      g_autoptr (GError) error = NULL;
      g_autoptr (BpTrainer) trainer = create_trainer (load_builtin ("regression"), (BpCursor) { 37, 6 });
      g_autoptr (BpExperiment) experiment = load_builtin ("regression");
      g_autoptr (GPtrArray) references = g_ptr_array_new_with_free_func ((GDestroyNotify) bp_reference_free);
      BpFigureOptions options = choose_figure (kind, BP_FORMAT_SVG);
      g_autofree char *arguments = g_strdup_printf ("--figure %s", bp_figure_get_class (kind)->name);
      g_autofree char *svg = export_saved (path, arguments);
      g_autofree char *plain = render_text (trainer, &options);

      experiment->settings.optimizer.learning_rate = 0.005;
      g_ptr_array_add (references, bp_reference_new_by_running (experiment, NULL, &error));
      options.plot.references = references;
      g_autofree char *compared = render_text (trainer, &options);
      g_assert_cmpstr (svg, ==, compared);
      g_assert_cmpstr (svg, !=, plain);
    }

  /* Trained it is the experiment. */
  g_autofree char *out = runner_run_well (train);
  g_autofree char *builtin = runner_run_well ("train regression");
  g_assert_cmpstr (out, ==, builtin);
  g_assert_cmpuint (remove_folder (folder), ==, 1);
}

static guint
count_pictures (const char *path,
                const char *options)
{
  g_autofree char *quoted = g_shell_quote (path);
  g_autofree char *line = g_strdup_printf ("%s --format gif --output %%s/a %s", quoted, options);
  g_autoptr (GBytes) bytes = export_bytes (line);
  g_auto (Animation) animation = animation_read (bytes);

  return animation.pictures->len;
}

/* Where nothing is said: the iteration it showed, or the run up to there. */
static void
test_saved_sequence (void)
{
  g_autofree char *folder = make_folder ();
  g_autofree char *path = save_run (folder, (BpCursor) { 37, 6 });

  g_assert_cmpuint (count_pictures (path, "--figure graph --sequence nodes"), ==, 9);
  g_assert_cmpuint (count_pictures (path, "--figure variable --sequence iterations"), ==, 39);
  g_assert_cmpuint (count_pictures (path, "--figure variable --sequence iterations --first 90"), ==, 11);
  g_assert_cmpuint (count_pictures (path, "--figure variable --sequence iterations --last 3"), ==, 4);
  g_assert_cmpuint (count_pictures (path, "--figure loss --sequence phases --last 1"), ==, 5);
  g_assert_cmpuint (remove_folder (folder), ==, 1);
}

int
main (int    argc,
      char **argv)
{
  g_test_init (&argc, &argv, NULL);

  g_test_add_func ("/command-sequence/options", test_options);
  g_test_add_func ("/command-sequence/formats", test_formats);
  g_test_add_func ("/command-sequence/all", test_all);
  g_test_add_func ("/command-sequence/wrong-use", test_wrong_use);
  g_test_add_func ("/command-sequence/nothing-left", test_nothing_left);
  g_test_add_func ("/command-sequence/diverged", test_diverged);
  g_test_add_func ("/command-sequence/saved-position", test_saved_position);
  g_test_add_func ("/command-sequence/saved-references", test_saved_references);
  g_test_add_func ("/command-sequence/saved-sequence", test_saved_sequence);

  return g_test_run ();
}
