/* test-figure.c: which figures there are, their options and sizes, and that repeats are equal
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include <math.h>

#include "base/bp-error.h"
#include "base/bp-number.h"
#include "explain/bp-explain.h"
#include "lib/figure-checks.h"

/* The table */

static void
test_table (void)
{
  for (guint i = 0; i < BP_N_FIGURES; i++)
    {
      const BpFigureClass *class = bp_figure_get_class (i);
      BpFigureKind kind = BP_N_FIGURES;

      g_assert_true (bp_figure_find (class->name, &kind));
      g_assert_cmpint (kind, ==, i);
      g_assert_cmpuint (class->formats >> BP_N_FORMATS, ==, 0);
      for (BpFigureFormat format = BP_FORMAT_SVG; format <= BP_FORMAT_PNG; format++)
        g_assert_true (bp_figure_has_format (i, format));
    }

  for (guint i = 0; i < BP_N_FORMATS; i++)
    {
      const BpFormatClass *class = bp_figure_get_format_class (i);
      BpFigureFormat format = BP_N_FORMATS;

      g_assert_true (bp_figure_find_format (class->name, &format));
      g_assert_cmpint (format, ==, i);
      for (guint j = 0; class->suffixes[j] != NULL; j++)
        {
          g_autofree char *path = g_strdup_printf ("/a.b/figure.c.%s", class->suffixes[j]);
          g_autofree char *loud = g_ascii_strup (path, -1);

          g_assert_true (bp_figure_find_format_of_file (path, &format));
          g_assert_cmpint (format, ==, i);
          g_assert_true (bp_figure_find_format_of_file (loud, &format));
          g_assert_cmpint (format, ==, i);
        }
    }
}

static void
test_no_such (void)
{
  BpFigureKind kind;
  BpFigureFormat format;

  g_assert_false (bp_figure_find ("losses", &kind));
  g_assert_false (bp_figure_find_format ("jpeg", &format));
  g_assert_false (bp_figure_find_format_of_file ("/figures.svg/loss", &format));
  g_assert_false (bp_figure_find_format_of_file ("svg", &format));
  g_assert_false (bp_figure_find_format_of_file ("loss.svg.", &format));
  g_assert_false (bp_figure_find_format_of_file ("loss.svgz", &format));
}

/* Options */

static void
assert_refused (BpFigureOptions options,
                const char     *text)
{
  g_autoptr (BpTrainer) trainer = create_trainer (load_builtin ("regression"), checked_cursors[0]);
  g_autoptr (GError) error = NULL, render_error = NULL;

  g_assert_false (bp_figure_options_check (&options, &error));
  g_assert_error (error, BP_ERROR, BP_ERROR_VALUE);
  g_assert_nonnull (strstr (error->message, text));

  g_assert_null (bp_figure_render (trainer, &options, &render_error));
  g_assert_error (render_error, BP_ERROR, BP_ERROR_VALUE);
  g_assert_cmpstr (render_error->message, ==, error->message);
}

static void
test_options (void)
{
  BpFigureOptions options = BP_FIGURE_OPTIONS_DEFAULT;
  g_autoptr (GError) error = NULL;

  g_assert_true (bp_figure_options_check (&options, &error));
  g_assert_no_error (error);

#define WITH(field, value, text) \
  options = BP_FIGURE_OPTIONS_DEFAULT; \
  options.field = value; \
  assert_refused (options, text)

  WITH (width, BP_FIGURE_MIN_SIZE - 1, "48 to 20000");
  WITH (width, BP_FIGURE_MAX_SIZE + 1, "48 to 20000");
  WITH (width, -1, "width");
  WITH (width, NAN, "width");
  WITH (height, 1, "height");
  WITH (height, INFINITY, "height");
  WITH (font_size, 0, "4 to 200");
  WITH (font_size, 201, "font size");
  WITH (scale, 0, "0.1 to 20");
  WITH (scale, 21, "scale");
  WITH (format, BP_FORMAT_CSV, "svg, pdf, png, tikz, dot");
#undef WITH
}

static void
test_too_large (void)
{
  g_autoptr (BpTrainer) trainer = create_trainer (load_builtin ("regression"), checked_cursors[0]);
  BpFigureOptions options = choose_figure (BP_FIGURE_LOSS, BP_FORMAT_PNG);
  g_autoptr (GError) error = NULL;

  options.width = options.height = BP_FIGURE_MAX_SIZE;
  options.scale = BP_FIGURE_MAX_SCALE;
  g_assert_true (bp_figure_options_check (&options, NULL));
  g_assert_null (bp_figure_render (trainer, &options, &error));
  g_assert_error (error, BP_ERROR, BP_ERROR_VALUE);
  g_assert_nonnull (strstr (error->message, "400000 × 400000"));
}

/* Repeats */

static void
assert_repeats (BpExperiment *experiment)
{
  g_autoptr (BpTrainer) trainer = create_trainer (experiment, checked_cursors[1]);
  BpCursor before = bp_trainer_get_cursor (trainer);
  GBytes *first[BP_N_FIGURES][BP_N_FORMATS] = { { NULL } };

  for (guint pass = 0; pass < 2; pass++)
    for (guint kind = 0; kind < BP_N_FIGURES; kind++)
      for (guint format = 0; format < BP_N_FORMATS; format++)
        if (bp_figure_has_format (kind, format))
          {
            BpFigureOptions options = choose_figure (kind, format);
            g_autoptr (GBytes) bytes = render (trainer, &options);

            if (pass == 0)
              first[kind][format] = g_steal_pointer (&bytes);
            else if (!g_bytes_equal (bytes, first[kind][format]))
              {
                g_test_message ("%s as %s", bp_figure_get_class (kind)->name,
                                bp_figure_get_format_class (format)->name);
                g_test_fail ();
              }
            g_clear_pointer (pass == 0 ? &bytes : &first[kind][format], g_bytes_unref);
          }

  g_assert_cmpint (bp_trainer_get_cursor (trainer).iteration, ==, before.iteration);
  g_assert_cmpuint (bp_trainer_get_cursor (trainer).instruction, ==, before.instruction);
}

static void
test_repeat (void)
{
  assert_repeats (load_builtin ("classification"));
  assert_repeats (load_builtin ("line"));
  assert_repeats (load_builtin ("xor"));
}

/* What the window hides and selects */

static void
test_hidden_gradients (void)
{
  g_autoptr (BpTrainer) trainer = create_trainer (load_builtin ("regression"), checked_cursors[2]);
  BpFigureOptions graph = choose_figure (BP_FIGURE_GRAPH, BP_FORMAT_DOT);
  BpFigureOptions explanation = choose_figure (BP_FIGURE_EXPLANATION, BP_FORMAT_SVG);
  g_autofree char *shown = render_text (trainer, &graph);
  g_autofree char *shown_formula = bp_figure_create_description (trainer, &explanation);
  g_autofree char *hidden = NULL, *hidden_formula = NULL, *revealed = NULL;

  graph.plot.hide_gradients = explanation.plot.hide_gradients = TRUE;
  hidden = render_text (trainer, &graph);
  hidden_formula = bp_figure_create_description (trainer, &explanation);
  g_assert_null (strchr (shown, '?'));
  g_assert_nonnull (strchr (hidden, '?'));
  g_assert_null (strstr (shown_formula, "= ?"));
  g_assert_nonnull (strstr (hidden_formula, "= ?"));

  graph.n_revealed = G_MAXUINT;
  revealed = render_text (trainer, &graph);
  g_assert_cmpstr (revealed, ==, shown);
}

static void
test_explained_node (void)
{
  g_autoptr (BpTrainer) trainer = create_trainer (load_builtin ("regression"), checked_cursors[2]);
  BpFigureOptions options = choose_figure (BP_FIGURE_EXPLANATION, BP_FORMAT_SVG);

  for (options.node = 0; options.node < bp_graph_get_n_nodes (bp_trainer_get_graph (trainer)); options.node++)
    {
      g_autoptr (BpExplanation) explanation = bp_explain (trainer, options.node, BP_ELEMENT_NONE);
      g_autofree char *text = g_strchomp (bp_explanation_to_text (explanation));
      g_autofree char *description = bp_figure_create_description (trainer, &options);

      g_assert_cmpstr (description, ==, text);
    }
}

/* Size */

static void
assert_renders (BpTrainer             *trainer,
                const BpFigureOptions *options)
{
  g_bytes_unref (render (trainer, options));
}

/* Graph, explanation and view show what the loss is larger by, and what the gradient says of it. */
static void
test_nudge (void)
{
  static const BpFigureKind kinds[] = { BP_FIGURE_GRAPH, BP_FIGURE_EXPLANATION, BP_FIGURE_VIEW };
  g_autoptr (BpTrainer) trainer = create_trainer (load_builtin ("regression"), (BpCursor) { 0, 8 });
  BpGraph *graph = bp_trainer_get_graph (trainer);
  BpSession *session = bp_trainer_get_session (trainer);
  const double x = bp_session_get_value (session, bp_graph_find (graph, "x_data"))[0];
  const double residual = bp_session_get_value (session, bp_graph_find (graph, "residual"))[0];
  g_autofree char *change = bp_number_format ((residual + 0.01 * x) * (residual + 0.01 * x) - residual * residual);
  g_autofree char *predicted = bp_number_format (2 * residual * x * 0.01);

  for (guint i = 0; i < G_N_ELEMENTS (kinds); i++)
    {
      BpFigureOptions options = choose_figure (kinds[i], BP_FORMAT_SVG);
      g_autofree char *plain = render_text (trainer, &options), *nudged = NULL, *none = NULL;

      options.node = bp_graph_find (graph, "A");
      options.epsilon = 0.01;
      nudged = render_text (trainer, &options);
      g_assert_nonnull (strstr (nudged, change));
      g_assert_nonnull (strstr (nudged, predicted));
      g_assert_null (strstr (plain, change));

      /* Of nothing that is computed there is no nudge. */
      bp_trainer_seek (trainer, (BpCursor) { 0, 1 });
      none = render_text (trainer, &options);
      g_assert_null (strstr (none, "Δ"));
      bp_trainer_seek (trainer, (BpCursor) { 0, 8 });
    }
}

static void
test_size (void)
{
  g_autoptr (BpTrainer) trainer = create_trainer (load_builtin ("classification"), checked_cursors[1]);

  for (guint kind = 0; kind < BP_N_FIGURES; kind++)
    {
      BpFigureOptions options = choose_figure (kind, BP_FORMAT_SVG);
      double width, height, natural_width, natural_height;

      bp_figure_get_size (trainer, &options, &natural_width, &natural_height);
      g_assert_cmpfloat (natural_width, >=, BP_FIGURE_MIN_SIZE);
      g_assert_cmpfloat (natural_height, >=, BP_FIGURE_MIN_SIZE);

      options.width = 333.25;
      bp_figure_get_size (trainer, &options, &width, &height);
      g_assert_cmpfloat (width, ==, 333.25);
      g_assert_cmpfloat (height, >=, BP_FIGURE_MIN_SIZE);
      /* Text that wraps, and a graph, get higher where they are narrower. */
      if (natural_width > 400 && kind != BP_FIGURE_EXPLANATION && kind != BP_FIGURE_GRAPH)
        g_assert_cmpfloat (height, <, natural_height);

      options.height = 222;
      bp_figure_get_size (trainer, &options, &width, &height);
      g_assert_cmpfloat (width, ==, 333.25);
      g_assert_cmpfloat (height, ==, 222);
      if (kind != BP_FIGURE_VIEW && kind != BP_FIGURE_COLUMNS)
        assert_renders (trainer, &options);

      options.width = 0;
      bp_figure_get_size (trainer, &options, &width, &height);
      g_assert_cmpfloat (width, >=, BP_FIGURE_MIN_SIZE);
      g_assert_cmpfloat (height, ==, 222);

      options.caption = TRUE;
      options.height = 0;
      bp_figure_get_size (trainer, &options, &width, &height);
      g_assert_cmpfloat (width, ==, natural_width);
      g_assert_cmpfloat (height, >, natural_height);
    }
}

/* Too small for its text it is refused, with a size that is enough, and no more than a little. */
static void
assert_too_small (BpTrainer             *trainer,
                const BpFigureOptions *options)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (GError) less_error = NULL;
  BpFigureOptions larger = *options;
  const char *least;

  g_assert_null (bp_figure_render (trainer, options, &error));
  g_assert_error (error, BP_ERROR, BP_ERROR_VALUE);
  least = strstr (error->message, "at least ");
  g_assert_nonnull (least);
  larger.width = g_ascii_strtod (least + strlen ("at least "), NULL);
  larger.height = larger.width * options->height / options->width;
  assert_renders (trainer, &larger);

  larger.width *= 0.9;
  larger.height *= 0.9;
  g_assert_null (bp_figure_render (trainer, &larger, &less_error));
  g_assert_error (less_error, BP_ERROR, BP_ERROR_VALUE);
}

static void
test_too_small (void)
{
  g_autoptr (BpTrainer) trainer = create_trainer (load_builtin ("xor"), checked_cursors[2]);

  for (guint kind = 0; kind < BP_N_FIGURES; kind++)
    {
      BpFigureOptions options = choose_figure (kind, BP_FORMAT_PNG);

      options.scale = 1;
      options.width = options.height = BP_FIGURE_MIN_SIZE;
      assert_too_small (trainer, &options);
    }
}

/* The least type and the largest width that the options allow are drawn without a complaint. */
static void
test_extreme_sizes (void)
{
  g_autoptr (BpTrainer) trainer = create_trainer (load_builtin ("xor"), checked_cursors[2]);

  for (guint kind = 0; kind < BP_N_FIGURES; kind++)
    {
      BpFigureOptions options = choose_figure (kind, BP_FORMAT_PNG);

      options.caption = TRUE;
      options.scale = 1;
      options.font_size = BP_FIGURE_MIN_FONT_SIZE;
      options.width = BP_FIGURE_MAX_SIZE;
      options.height = 400;
      assert_renders (trainer, &options);
    }
}

/* Drawn on a larger surface a figure keeps to its rectangle. */
static void
test_draw (void)
{
  g_autoptr (BpTrainer) trainer = create_trainer (load_builtin ("classification"), checked_cursors[1]);

  for (guint kind = 0; kind < BP_N_FIGURES; kind++)
    {
      BpFigureOptions options = choose_figure (kind, BP_FORMAT_PNG);
      cairo_surface_t *surface = cairo_image_surface_create (CAIRO_FORMAT_RGB24, 500, 400);
      cairo_t *cr = cairo_create (surface);
      gsize n_ground = 0;

      options.width = 400;
      options.height = 300;
      cairo_set_source_rgb (cr, 1, 0, 0);
      cairo_paint (cr);
      bp_figure_draw (cr, trainer, &options);
      g_assert_cmpint (cairo_status (cr), ==, CAIRO_STATUS_SUCCESS);
      cairo_destroy (cr);
      cairo_surface_flush (surface);
      for (int y = 0; y < 400; y++)
        for (int x = 0; x < 500; x++)
          if (x >= 400 || y >= 300)
            g_assert_cmphex (get_pixel (surface, x, y), ==, 0xff0000);
          else
            n_ground += get_pixel (surface, x, y) == 0xff0000;
      g_assert_cmpuint (n_ground, ==, 0);
      cairo_surface_destroy (surface);
    }
}

/* A million iterations are as many columns as the figure has pixels. */
static void
test_long_run (void)
{
  BpExperiment *experiment = load_builtin ("classification");

  experiment->iterations = 1000000;
  g_autoptr (BpTrainer) trainer = create_trainer (experiment, (BpCursor) { 1000000, 0 });
  g_assert_cmpint (bp_trainer_get_cursor (trainer).iteration, ==, 1000000);

  for (BpFigureKind kind = BP_FIGURE_VARIABLE; kind <= BP_FIGURE_DATA; kind++)
    {
      BpFigureOptions options = choose_figure (kind, BP_FORMAT_SVG);

      options.plot.smoothing = 0.9;
      g_autoptr (GBytes) bytes = render (trainer, &options);
      g_assert_cmpuint (g_bytes_get_size (bytes), <=, 200000);
    }
}

/* Runs side by side: all stand where the run does, and the description has a line of each. */
static void
test_columns (void)
{
  static const double rates[] = { 0.0005, 1.2 };
  g_autoptr (BpTrainer) trainer = trainer_from_builtin ("regression");
  g_autoptr (GPtrArray) references = g_ptr_array_new_with_free_func ((GDestroyNotify) bp_reference_free);
  BpFigureOptions options = choose_figure (BP_FIGURE_COLUMNS, BP_FORMAT_SVG);
  g_autofree char *alone = NULL;
  g_autofree char *text = NULL;

  bp_trainer_run (trainer, 40);
  alone = bp_figure_create_description (trainer, &options);
  for (guint i = 0; i < G_N_ELEMENTS (rates); i++)
    {
      g_autoptr (BpExperiment) experiment = bp_experiment_copy (bp_trainer_get_experiment (trainer));

      experiment->settings.optimizer.learning_rate = rates[i];
      g_ptr_array_add (references, bp_reference_new_by_running (experiment, NULL, NULL));
    }
  options.plot.references = references;
  text = bp_figure_create_description (trainer, &options);
  g_assert_true (g_str_has_suffix (alone, "A is 79 % of the way to the optimum. No step raised the loss."));
  g_assert_cmpstr (text, ==, "η = 0.0005: A is 4 % of the way to the optimum. No step raised the loss.\n"
                             "η = 0.02: A is 79 % of the way to the optimum. No step raised the loss.\n"
                             "η = 1.2: A is 7.671·10⁵ times as far from the optimum as at its start, across it 40 "
                             "times. 34 of 40 steps raised the loss.");
  assert_renders (trainer, &options);
}

int
main (int    argc,
      char **argv)
{
  g_test_init (&argc, &argv, NULL);

  g_test_add_func ("/figure/table", test_table);
  g_test_add_func ("/figure/no-such", test_no_such);
  g_test_add_func ("/figure/options", test_options);
  g_test_add_func ("/figure/too-large", test_too_large);
  g_test_add_func ("/figure/repeat", test_repeat);
  g_test_add_func ("/figure/hidden-gradients", test_hidden_gradients);
  g_test_add_func ("/figure/explained-node", test_explained_node);
  g_test_add_func ("/figure/nudge", test_nudge);
  g_test_add_func ("/figure/size", test_size);
  g_test_add_func ("/figure/too-small", test_too_small);
  g_test_add_func ("/figure/extreme-sizes", test_extreme_sizes);
  g_test_add_func ("/figure/columns", test_columns);
  g_test_add_func ("/figure/draw", test_draw);
  g_test_add_func ("/figure/long-run", test_long_run);

  return g_test_run ();
}
