/* test-figure-painters.c: whatever a figure is drawn with, it has the same texts at the same places and the same marks
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include <math.h>

#include "drawing/bp-latex.h"
#include "lib/figure-checks.h"
#include "app/figures/figure-content-fixture.h"

/* Numbers in files are hundredths. */
#define PRECISION 0.011

#define WIDTH 1000

/* Cairo leaves out what it knows to cover nothing, such as what lies outside. */
#define SEEN 0.9

static void
count_cb (G_GNUC_UNUSED cairo_surface_t *observer,
          G_GNUC_UNUSED cairo_surface_t *target,
          void                          *data)
{
  (*(guint *) data)++;
}

typedef struct {
  guint n_fills;
  guint n_strokes;
  guint n_glyphs;
} Counts;

static Counts
count_drawn (BpTrainer             *trainer,
             const BpFigureOptions *options)
{
  Counts counts = { 0 };
  double width, height;

  bp_figure_get_size (trainer, options, &width, &height);
  cairo_surface_t *target = cairo_image_surface_create (CAIRO_FORMAT_RGB24, (int) ceil (width), (int) ceil (height));
  cairo_surface_t *observer = cairo_surface_create_observer (target, CAIRO_SURFACE_OBSERVER_NORMAL);
  cairo_t *cr = cairo_create (observer);

  cairo_surface_observer_add_fill_callback (observer, count_cb, &counts.n_fills);
  cairo_surface_observer_add_paint_callback (observer, count_cb, &counts.n_fills);
  cairo_surface_observer_add_stroke_callback (observer, count_cb, &counts.n_strokes);
  cairo_surface_observer_add_glyphs_callback (observer, count_cb, &counts.n_glyphs);
  bp_figure_draw (cr, trainer, options);
  cairo_destroy (cr);
  cairo_surface_destroy (observer);
  cairo_surface_destroy (target);

  return counts;
}

/* LaTeX may have set it as text, or as a formula after a few words. */
static void
assert_same_text (const Text *svg,
                  const Text *tikz)
{
  const char *colon = strstr (svg->text, ": ");
  g_autoptr (GString) text = g_string_new (NULL), math = g_string_new (NULL), words = g_string_new (NULL);

  bp_latex_append_text (text, svg->text);
  bp_latex_append_math (math, svg->text);
  if (colon != NULL)
    {
      g_autofree char *before = g_strndup (svg->text, (gsize) (colon + 2 - svg->text));

      bp_latex_append_text (words, before);
      bp_latex_append_math (words, colon + 2);
    }
  if (!g_str_equal (tikz->text, math->str) && !g_str_equal (tikz->text, words->str))
    g_assert_cmpstr (tikz->text, ==, text->str);
  g_assert_cmpstr (tikz->role, ==, svg->role);
  g_assert_cmpfloat_with_epsilon (tikz->x, svg->x, PRECISION);
  g_assert_cmpfloat_with_epsilon (tikz->y, svg->y, PRECISION);
}

static void
assert_same_ids (const Content *svg,
                 const Content *tikz)
{
  GHashTableIter iter;
  gpointer id;

  g_hash_table_iter_init (&iter, svg->ids);
  while (g_hash_table_iter_next (&iter, &id, NULL))
    g_assert_true (g_str_has_prefix (id, "clip") || g_hash_table_contains (tikz->ids, id));
  g_assert_cmpuint (g_hash_table_size (svg->ids), ==, g_hash_table_size (tikz->ids) + svg->n_clips);
}

/* A node or a layer whose name is to be seen can be found by it, but for one that had to be cut. */
static void
assert_has_names (const Content *content)
{
  guint n = 0;

  for (guint i = 0; i < content->texts->len; i++)
    {
      const Text *text = g_ptr_array_index (content->texts, i);
      g_autofree char *node = g_strconcat ("node-", text->text, NULL);
      g_autofree char *layer = g_strconcat ("layer-", text->text, NULL);

      if (!g_str_equal (text->role, "name") || strstr (text->text, "…") != NULL)
        continue;
      g_strcanon (node, G_CSET_A_2_Z G_CSET_a_2_z G_CSET_DIGITS "_-", '-');
      g_strcanon (layer, G_CSET_A_2_Z G_CSET_a_2_z G_CSET_DIGITS "_-", '-');
      g_assert_true (g_hash_table_contains (content->ids, node) || g_hash_table_contains (content->ids, layer));
      n++;
    }
  g_assert_cmpuint (n, >=, 3);
}

static void
check_figure (BpTrainer   *trainer,
              BpFigureKind kind,
              gboolean     dark)
{
  BpFigureOptions options = choose_figure (kind, BP_FORMAT_SVG);
  Content svg, tikz;
  Counts counts;

  options.dark = dark;
  options.caption = dark;
  /* By itself a graph is as wide as a slide for LaTeX. */
  options.width = kind == BP_FIGURE_GRAPH ? WIDTH : 0;
  g_autofree char *svg_text = render_text (trainer, &options);
  options.format = BP_FORMAT_TIKZ;
  g_autofree char *tikz_text = render_text (trainer, &options);

  counts = count_drawn (trainer, &options);
  read_svg (&svg, svg_text);
  g_assert_cmpuint (counts.n_fills, <=, svg.n_fills);
  g_assert_cmpuint (counts.n_fills, >=, SEEN * svg.n_fills);
  g_assert_cmpuint (counts.n_strokes, <=, svg.n_strokes);
  g_assert_cmpuint (counts.n_strokes, >=, SEEN * svg.n_strokes);
  g_assert_cmpuint (counts.n_glyphs, >=, SEEN * svg.texts->len);
  if (kind == BP_FIGURE_GRAPH || kind == BP_FIGURE_VIEW)
    assert_has_names (&svg);

  /* The explanation by itself is a text for LaTeX. */
  if (kind != BP_FIGURE_EXPLANATION)
    {
      read_tikz (&tikz, tikz_text);
      g_assert_cmpuint (tikz.texts->len, ==, svg.texts->len);
      for (guint i = 0; i < svg.texts->len; i++)
        assert_same_text (g_ptr_array_index (svg.texts, i), g_ptr_array_index (tikz.texts, i));
      assert_same_ids (&svg, &tikz);
      g_assert_cmpuint (tikz.n_fills + !dark, ==, svg.n_fills);
      g_assert_cmpuint (tikz.n_strokes, ==, svg.n_strokes);
      g_assert_cmpuint (tikz.n_clips, ==, svg.n_clips);
      content_clear (&tikz);
    }
  content_clear (&svg);
}

static void
check_figures (BpExperiment *experiment,
               BpCursor      cursor,
               gboolean      dark)
{
  g_autoptr (BpTrainer) trainer = create_trainer (experiment, cursor);

  for (BpFigureKind kind = 0; kind < BP_N_FIGURES; kind++)
    check_figure (trainer, kind, dark);
}

static void
test_builtins (void)
{
  const char *const *names = bp_builtin_get_names ();

  for (guint i = 0; names[i] != NULL; i++)
    check_figures (load_builtin (names[i]), checked_cursors[i % G_N_ELEMENTS (checked_cursors)], i % 2 == 0);
}

static void
test_awkward (void)
{
  for (guint i = 0; i < G_N_ELEMENTS (checked_cursors); i++)
    check_figures (load_awkward (), checked_cursors[i], i % 2 == 0);
}

/* However long the run was: what is drawn of it goes by the width of the plots. */
static void
test_long_run (void)
{
  static const char *const names[] = { "regression", "classification" };
  static const struct { BpFigureFormat format; gsize most; } formats[] = {
    { BP_FORMAT_SVG, 150000 }, { BP_FORMAT_PDF, 200000 }, { BP_FORMAT_TIKZ, 200000 },
  };

  for (guint i = 0; i < G_N_ELEMENTS (names); i++)
    {
      BpExperiment *experiment = load_builtin (names[i]);

      experiment->iterations = 1000000;
      g_autoptr (BpTrainer) trainer = create_trainer (experiment, (BpCursor) { 1000000, 0 });
      for (guint j = 0; j < G_N_ELEMENTS (formats); j++)
        {
          BpFigureOptions options = choose_figure (BP_FIGURE_VIEW, formats[j].format);
          g_autoptr (GBytes) bytes = render (trainer, &options);

          g_test_message ("%s, format %u: %" G_GSIZE_FORMAT " bytes", names[i], j, g_bytes_get_size (bytes));
          g_assert_cmpuint (g_bytes_get_size (bytes), <, formats[j].most);
        }
    }
}

int
main (int    argc,
      char **argv)
{
  g_test_init (&argc, &argv, NULL);

  g_test_add_func ("/figure-painters/builtins", test_builtins);
  g_test_add_func ("/figure-painters/awkward", test_awkward);
  g_test_add_func ("/figure-painters/long-run", test_long_run);

  return g_test_run ();
}
