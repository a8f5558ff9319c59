/* test-figure-pdf.c: a PDF has the texts of the figure at their places
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include <math.h>

#include "lib/figure-checks.h"
#include "app/figures/figure-content-fixture.h"

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

int
main (int    argc,
      char **argv)
{
  g_test_init (&argc, &argv, NULL);

  g_test_add_func ("/figure-pdf/pdf", test_pdf);

  return g_test_run ();
}
