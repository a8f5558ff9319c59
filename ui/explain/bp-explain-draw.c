/* bp-explain-draw.c: the explanation of a step as a card
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "explain/bp-explain-draw.h"

#include <math.h>

/* Distances as multiples of the size of running text. */
#define PADDING 1.1
#define GAP 0.35
#define RADIUS 0.7

/* A card that is too high is made smaller by this factor until it fits. */
#define SHRINK 0.95
#define LEAST_SCALE 0.05

/* Words are broken rather than made smaller than this. */
#define LEAST_WORD_SCALE 0.5

#define WORD_JOINER "\xe2\x81\xa0"
#define NO_BREAK_SPACE "\xc2\xa0"

/* The lines of a card, from the top. */
typedef enum {
  LINE_WHERE,
  LINE_FORMULA,
  LINE_NUMBERS,
  LINE_UPDATE,
  LINE_MEANING,
  LINE_LEGEND,
  N_LINES
} Line;

static const struct {
  double      size;
  PangoWeight weight;
  BpRole      role;
} looks[N_LINES] = {
  [LINE_WHERE] = { 0.95, PANGO_WEIGHT_BOLD, BP_ROLE_TITLE },
  [LINE_FORMULA] = { 1.25, PANGO_WEIGHT_NORMAL, BP_ROLE_FORMULA },
  [LINE_NUMBERS] = { 1.25, PANGO_WEIGHT_NORMAL, BP_ROLE_FORMULA },
  [LINE_UPDATE] = { 1.05, PANGO_WEIGHT_BOLD, BP_ROLE_PARAMETER },
  [LINE_MEANING] = { 0.95, PANGO_WEIGHT_NORMAL, BP_ROLE_TEXT },
  [LINE_LEGEND] = { 0.9, PANGO_WEIGHT_NORMAL, BP_ROLE_TEXT },
};

typedef struct {
  PangoLayout *lines[N_LINES];
  double       padding;
  double       gap;
} Card;

PangoLayout *
bp_explain_draw_create_paragraph (const char        *text,
                                  double             size,
                                  PangoWeight        weight,
                                  double             width,
                                  const BpPlotStyle *style)
{
  PangoContext *context = bp_plot_style_create_context ();
  PangoFontDescription *font = pango_font_description_copy (style->font);
  PangoLayout *layout = pango_layout_new (context);

  pango_font_description_set_absolute_size (font, size * bp_plot_style_get_font_size (style) * PANGO_SCALE);
  pango_font_description_set_weight (font, weight);
  pango_layout_set_font_description (layout, font);
  pango_layout_set_wrap (layout, PANGO_WRAP_WORD_CHAR);
  pango_layout_set_width (layout, width > 0 ? (int) (width * PANGO_SCALE) : -1);
  pango_layout_set_text (layout, text, -1);
  pango_font_description_free (font);
  g_object_unref (context);

  return layout;
}

/* A fraction stays on one line, or it is none: a word joiner behind each solidus, where pango breaks lines, and blanks
 * in a denominator in parentheses that do not break. */
static char *
join_fractions (const char *text)
{
  GString *joined = g_string_new (NULL);
  guint depth = 0;

  for (const char *c = text; *c != '\0'; c++)
    {
      if (*c == '(' && (depth > 0 || (c > text && c[-1] == '/')))
        depth++;
      else if (*c == ')' && depth > 0)
        depth--;
      if (*c == ' ' && depth > 0)
        g_string_append (joined, NO_BREAK_SPACE);
      else
        g_string_append_c (joined, *c);
      if (*c == '/')
        g_string_append (joined, WORD_JOINER);
    }

  return g_string_free (joined, FALSE);
}

static double
get_width (PangoLayout *layout)
{
  int width;

  pango_layout_get_size (layout, &width, NULL);

  return width / (double) PANGO_SCALE;
}

static double
get_height (PangoLayout *layout)
{
  int height;

  pango_layout_get_size (layout, NULL, &height);

  return height / (double) PANGO_SCALE;
}

/* Makes the type of @layout smaller where a word, such as a fraction, is wider than a line. */
static void
fit_words (PangoLayout *layout,
           double       width)
{
  const PangoFontDescription *font = pango_layout_get_font_description (layout);
  g_autoptr (PangoFontDescription) smaller = pango_font_description_copy (font);
  double scale;

  pango_layout_set_wrap (layout, PANGO_WRAP_WORD);
  scale = MAX (width / get_width (layout), LEAST_WORD_SCALE);
  pango_layout_set_wrap (layout, PANGO_WRAP_WORD_CHAR);
  if (scale >= 1)
    return;

  pango_font_description_set_absolute_size (smaller, 0.99 * scale * pango_font_description_get_size (font));
  pango_layout_set_font_description (layout, smaller);
}

static void
set_line (Card              *card,
          Line               line,
          const char        *text,
          double             width,
          const BpPlotStyle *style)
{
  g_autofree char *joined = text != NULL ? join_fractions (text) : NULL;

  g_clear_object (&card->lines[line]);
  if (joined == NULL)
    return;

  card->lines[line] = bp_explain_draw_create_paragraph (joined, looks[line].size, looks[line].weight, width, style);
  if (width > 0)
    fit_words (card->lines[line], width);
}

/* Symbols and numbers on one line, or below each other when that is too long. */
static void
set_formula (Card                *card,
             const BpExplanation *explanation,
             double               width,
             const BpPlotStyle   *style)
{
  g_autofree char *formula = bp_explanation_get_formula (explanation);
  g_autofree char *upper = NULL;
  g_autofree char *lower = NULL;

  set_line (card, LINE_FORMULA, formula, 0, style);
  if (formula == NULL || width <= 0 || get_width (card->lines[LINE_FORMULA]) <= width)
    return;

  bp_explanation_split_formula (explanation, &upper, &lower);
  set_line (card, LINE_FORMULA, upper != NULL ? upper : formula, width, style);
  set_line (card, LINE_NUMBERS, lower, width, style);
}

/* @width: of a line, 0 for as long as it is */
static void
card_init (Card                *card,
           const BpExplanation *explanation,
           double               width,
           const BpPlotStyle   *style)
{
  g_autofree char *update = bp_explanation_get_update (explanation);
  double em = bp_plot_style_get_font_size (style);

  *card = (Card) { .padding = PADDING * em, .gap = GAP * em };

  set_line (card, LINE_WHERE, explanation->where, width, style);
  set_formula (card, explanation, width, style);
  set_line (card, LINE_UPDATE, update, width, style);
  set_line (card, LINE_MEANING, explanation->meaning, width, style);
  set_line (card, LINE_LEGEND, explanation->legend, width, style);
}

static void
card_clear (Card *card)
{
  for (guint i = 0; i < N_LINES; i++)
    g_clear_object (&card->lines[i]);
}

static double
card_get_height (const Card *card)
{
  double height = 2 * card->padding - card->gap;

  for (guint i = 0; i < N_LINES; i++)
    if (card->lines[i] != NULL)
      height += get_height (card->lines[i]) + card->gap;

  return height;
}

double
bp_explain_draw_get_width (const BpExplanation *explanation,
                           double               max_width,
                           const BpPlotStyle   *style)
{
  double width = 0;
  Card card;

  g_return_val_if_fail (explanation != NULL && style != NULL, 0);

  card_init (&card, explanation, 0, style);
  for (guint i = 0; i < N_LINES; i++)
    if (card.lines[i] != NULL)
      width = MAX (width, get_width (card.lines[i]));
  card_clear (&card);

  return MIN (max_width, ceil (width + 1 + 2 * card.padding));
}

/* What of a card's width a line has. */
static double
get_line_width (double             width,
                const BpPlotStyle *style)
{
  return MAX (1, width - 2 * PADDING * bp_plot_style_get_font_size (style));
}

double
bp_explain_draw_get_height (const BpExplanation *explanation,
                            double               width,
                            const BpPlotStyle   *style)
{
  double height;
  Card card;

  g_return_val_if_fail (explanation != NULL && style != NULL, 0);

  card_init (&card, explanation, get_line_width (width, style), style);
  height = ceil (card_get_height (&card));
  card_clear (&card);

  return height;
}

/* Drawing */

static BpColor
get_color (BpPhase phase)
{
  if (phase == BP_PHASE_BACKWARD)
    return BP_COLOR_GRADIENT;

  return phase == BP_PHASE_UPDATE ? BP_COLOR_PARAMETER : BP_COLOR_VALUE;
}

static BpColor
get_fill (BpPhase phase)
{
  if (phase == BP_PHASE_BACKWARD)
    return BP_COLOR_GRADIENT_FILL;

  return phase == BP_PHASE_UPDATE ? BP_COLOR_PARAMETER_FILL : BP_COLOR_VALUE_FILL;
}

static void
draw_box (BpPainter         *painter,
          BpPhase            phase,
          double             width,
          double             height,
          const BpPlotStyle *style)
{
  double line = 1.5 * style->stroke;
  double radius = RADIUS * bp_plot_style_get_font_size (style);

  bp_painter_set_line (painter, &(BpLine) { .width = line });
  bp_painter_rectangle (painter, &(cairo_rectangle_t) { line / 2, line / 2, width - line, height - line }, radius);
  bp_painter_fill_and_stroke (painter, get_fill (phase), get_color (phase));
}

static BpColor
get_line_color (Line    line,
                BpPhase phase)
{
  switch (line)
    {
    case LINE_WHERE:
      return get_color (phase);
    case LINE_UPDATE:
      return BP_COLOR_PARAMETER;
    case LINE_MEANING:
    case LINE_LEGEND:
      return BP_COLOR_DIM;
    case LINE_FORMULA:
    case LINE_NUMBERS:
    case N_LINES:
    default:
      return BP_COLOR_TEXT;
    }
}

double
bp_explain_draw_get_scale (const BpExplanation *explanation,
                           double               width,
                           double               height,
                           const BpPlotStyle   *style)
{
  double scale = 1;

  while (scale > LEAST_SCALE && bp_explain_draw_get_height (explanation, width / scale, style) * scale > height + 0.5)
    scale *= SHRINK;

  return scale;
}

void
bp_explain_draw (BpPainter           *painter,
                 const BpExplanation *explanation,
                 double               width,
                 double               height,
                 const BpPlotStyle   *style)
{
  double scale, y;
  Card card;

  g_return_if_fail (painter != NULL && explanation != NULL && style != NULL);

  scale = bp_explain_draw_get_scale (explanation, width, height, style);
  bp_painter_save (painter);
  bp_painter_transform (painter, 0, 0, scale);
  draw_box (painter, explanation->phase, width / scale, height / scale, style);

  card_init (&card, explanation, get_line_width (width / scale, style), style);
  y = card.padding;
  for (guint i = 0; i < N_LINES; i++)
    if (card.lines[i] != NULL)
      {
        bp_painter_set_color (painter, get_line_color (i, explanation->phase));
        bp_painter_show_text (painter, looks[i].role, card.lines[i], card.padding, y, 0);
        y += get_height (card.lines[i]) + card.gap;
      }
  card_clear (&card);
  bp_painter_restore (painter);
}
