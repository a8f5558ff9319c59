/* test-figure-painters.c: whatever a figure is drawn with, it has the same texts at the same places and the same marks
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include <math.h>

#include "drawing/bp-latex.h"
#include "lib/figure-checks.h"

/* Numbers in files are hundredths. */
#define PRECISION 0.011

#define WIDTH 1000

/* Cairo leaves out what it knows to cover nothing, such as what lies outside. */
#define SEEN 0.9

/* What a file has of a figure */

/* @begins: whether @x is where it begins */
typedef struct {
  char    *role;
  char    *text;
  gboolean begins;
  double   x;
  double   y;
} Text;

typedef struct {
  GPtrArray  *texts;
  GHashTable *ids;
  guint       n_fills;
  guint       n_strokes;
  guint       n_clips;
  char       *role;
  gboolean    begins;
  double      x;
  double      y;
} Content;

static void
free_text (gpointer data)
{
  Text *text = data;

  g_free (text->role);
  g_free (text->text);
  g_free (text);
}

static void
content_init (Content *content)
{
  *content = (Content) {
    .texts = g_ptr_array_new_with_free_func (free_text),
    .ids = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, NULL),
  };
}

static void
content_clear (Content *content)
{
  g_ptr_array_unref (content->texts);
  g_hash_table_unref (content->ids);
  g_free (content->role);
}

static void
add_text (Content    *content,
          const char *role,
          const char *text,
          double      x,
          double      y)
{
  Text *one = g_new (Text, 1);

  *one = (Text) { g_strdup (role), g_strdup (text), content->begins, x, y };
  g_ptr_array_add (content->texts, one);
}

/* SVG */

static const char *
find_attribute (const char **names,
                const char **values,
                const char  *name)
{
  for (guint i = 0; names[i] != NULL; i++)
    if (g_str_equal (names[i], name))
      return values[i];

  return NULL;
}

static void
start_element (G_GNUC_UNUSED GMarkupParseContext *context,
               const char                        *element,
               const char                       **names,
               const char                       **values,
               gpointer                           data,
               G_GNUC_UNUSED GError             **error)
{
  Content *content = data;
  const char *id = find_attribute (names, values, "id");
  gboolean is_text = g_str_equal (element, "text");

  if (id != NULL)
    g_assert_true (g_hash_table_add (content->ids, g_strdup (id)));
  content->n_clips += g_str_equal (element, "clipPath");
  if (find_attribute (names, values, "fill") != NULL && !is_text)
    {
      content->n_fills += !g_str_equal (find_attribute (names, values, "fill"), "none");
      content->n_strokes += find_attribute (names, values, "stroke") != NULL;
    }
  if (is_text)
    {
      g_free (content->role);
      content->role = g_strdup (find_attribute (names, values, "class"));
      content->begins = find_attribute (names, values, "text-anchor") == NULL;
    }
  if ((is_text || g_str_equal (element, "tspan")) && find_attribute (names, values, "x") != NULL)
    {
      content->x = g_ascii_strtod (find_attribute (names, values, "x"), NULL);
      content->y = g_ascii_strtod (find_attribute (names, values, "y"), NULL);
    }
}

static void
read_text (GMarkupParseContext  *context,
           const char           *text,
           gsize                 length,
           gpointer              data,
           G_GNUC_UNUSED GError **error)
{
  const char *element = g_markup_parse_context_get_element (context);
  g_autofree char *copy = g_strndup (text, length);
  Content *content = data;

  if (length > 0 && (g_str_equal (element, "text") || g_str_equal (element, "tspan")))
    add_text (content, content->role, copy, content->x, content->y);
}

static void
read_svg (Content    *content,
          const char *svg)
{
  const GMarkupParser parser = { .start_element = start_element, .text = read_text };
  GMarkupParseContext *context = g_markup_parse_context_new (&parser, 0, content, NULL);
  g_autoptr (GError) error = NULL;

  content_init (content);
  g_markup_parse_context_parse (context, svg, -1, &error);
  g_assert_no_error (error);
  g_markup_parse_context_free (context);
}

/* TikZ */

static void
read_tikz_text (Content    *content,
                GMatchInfo *match)
{
  g_autofree char *role = g_match_info_fetch (match, 1);
  g_autofree char *x = g_match_info_fetch (match, 2);
  g_autofree char *y = g_match_info_fetch (match, 3);
  g_autofree char *text = g_match_info_fetch (match, 4);

  add_text (content, role, text, g_ascii_strtod (x, NULL), g_ascii_strtod (y, NULL));
}

static void
read_tikz (Content    *content,
           const char *tex)
{
  g_autoptr (GRegex) regex = g_regex_new (
    "\\\\node\\[.*,bp (\\w+)/.try\\] at \\((-?[0-9.]+),(-?[0-9.]+)\\) "
    "\\{\\\\bpfit\\{[0-9.]+\\}\\{(?:\\\\bfseries\\\\boldmath )?(.*)\\}\\};", 0, 0, NULL);
  g_auto (GStrv) lines = g_strsplit (tex, "\n", -1);

  content_init (content);
  for (guint i = 0; lines[i] != NULL; i++)
    {
      const char *name = strstr (lines[i], "[local bounding box=");
      g_autoptr (GMatchInfo) match = NULL;

      if (name != NULL)
        {
          name = strchr (name, '=') + 1;
          g_assert_true (g_hash_table_add (content->ids, g_strndup (name, strcspn (name, "]"))));
        }
      if (g_regex_match (regex, lines[i], 0, &match))
        read_tikz_text (content, match);
      else
        g_assert_false (g_str_has_prefix (lines[i], "\\node"));
      if (g_str_has_prefix (lines[i], "\\path[") && !g_str_has_prefix (lines[i], "\\path[use"))
        {
          content->n_fills += g_str_has_prefix (lines[i], "\\path[fill");
          content->n_strokes += strstr (lines[i], "draw=") != NULL;
        }
      content->n_clips += strstr (lines[i], "\\clip") != NULL;
    }
}

/* Cairo: what reaches a surface */

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

/* A PDF: where its words are */

typedef struct {
  char  *text;
  double left;
  double top;
  double bottom;
} Word;

static double
fetch_pixels (GMatchInfo *match,
              int         group)
{
  g_autofree char *number = g_match_info_fetch (match, group);

  return g_ascii_strtod (number, NULL) * 96 / 72;
}

/* Returns: (transfer full) (element-type Word) */
static GArray *
list_words (BpTrainer             *trainer,
            const BpFigureOptions *options)
{
  g_autoptr (GRegex) regex = g_regex_new (
    "<word xMin=\"(.*?)\" yMin=\"(.*?)\" xMax=\".*?\" yMax=\"(.*?)\">(.*?)</word>", 0, 0, NULL);
  g_autofree char *folder = make_folder ();
  g_autoptr (GBytes) bytes = render (trainer, options);
  g_autofree char *path = save (folder, "figure.pdf", bytes);
  const char *argv[] = { "pdftotext", "-bbox", path, "-", NULL };
  g_autofree char *listing = run_program (argv);
  g_autoptr (GMatchInfo) match = NULL;
  GArray *words = g_array_new (FALSE, FALSE, sizeof (Word));

  for (g_regex_match (regex, listing, 0, &match); g_match_info_matches (match); g_match_info_next (match, NULL))
    {
      Word word = { g_match_info_fetch (match, 4), fetch_pixels (match, 1), fetch_pixels (match, 2),
                    fetch_pixels (match, 3) };

      g_array_append_val (words, word);
    }
  g_assert_cmpuint (remove_folder (folder), ==, 1);

  return words;
}

/* Letters stand on the line below three quarters of their height, in every font more or less. */
static gboolean
is_at (const Word *word,
       const Text *text)
{
  double part = (text->y - word->top) / (word->bottom - word->top);

  return g_str_has_prefix (text->text, word->text) && part > 0.7 && part < 0.87
         && (!text->begins || fabs (word->left - text->x) < 1.5);
}

static gboolean
is_plain (const char *text)
{
  for (const char *c = text; *c != '\0' && *c != ' '; c++)
    if (!g_ascii_isalnum (*c) && *c != '.')
      return FALSE;

  return TRUE;
}

/* Words of signs that a font may not have are set in another one. */
static void
assert_same_words (BpTrainer             *trainer,
                   const BpFigureOptions *options,
                   const Content         *svg)
{
  g_autoptr (GArray) words = list_words (trainer, options);
  guint n = 0;

  for (guint i = 0; i < svg->texts->len; i++)
    {
      const Text *text = g_ptr_array_index (svg->texts, i);
      gboolean is_found = FALSE;

      for (guint j = 0; j < words->len; j++)
        is_found |= is_at (&g_array_index (words, Word, j), text);
      if (!is_found && is_plain (text->text))
        g_test_message ("“%s” is not at %.2f, %.2f", text->text, text->x, text->y);
      g_assert_true (is_found || !is_plain (text->text));
      n += is_found;
    }
  for (guint i = 0; i < words->len; i++)
    g_free (g_array_index (words, Word, i).text);
  g_assert_cmpuint (2 * n, >, svg->texts->len);
}

static void
test_pdf (void)
{
  static const char *const names[] = { "regression", "xor", "line" };

  if (!has_program ("pdftotext"))
    {
      g_test_skip ("there is no pdftotext");
      return;
    }

  for (guint i = 0; i < G_N_ELEMENTS (names); i++)
    {
      g_autoptr (BpTrainer) trainer = create_trainer (load_builtin (names[i]), checked_cursors[i + 1]);
      BpFigureOptions options = choose_figure (BP_FIGURE_VIEW, BP_FORMAT_SVG);
      g_autofree char *text = render_text (trainer, &options);
      Content svg;

      options.format = BP_FORMAT_PDF;
      read_svg (&svg, text);
      assert_same_words (trainer, &options, &svg);
      content_clear (&svg);
    }
}

/* The comparison */

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
  g_test_add_func ("/figure-painters/pdf", test_pdf);
  g_test_add_func ("/figure-painters/long-run", test_long_run);

  return g_test_run ();
}
