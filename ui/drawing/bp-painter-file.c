/* bp-painter-file.c: what back ends share that write text: coordinates on paper, lines of text, names
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "drawing/bp-painter-private.h"

#include <string.h>

#define WORD_JOINER 0x2060
#define NO_BREAK_SPACE 0xa0
#define ELLIPSIS "…"

const char *
bp_role_get_name (BpRole role)
{
  static const char *const names[BP_N_ROLES] = {
    [BP_ROLE_TEXT] = "text",
    [BP_ROLE_TITLE] = "title",
    [BP_ROLE_NAME] = "name",
    [BP_ROLE_SYMBOL] = "symbol",
    [BP_ROLE_VALUE] = "value",
    [BP_ROLE_GRADIENT] = "gradient",
    [BP_ROLE_PARAMETER] = "parameter",
    [BP_ROLE_TICK] = "tick",
    [BP_ROLE_FORMULA] = "formula",
  };

  return names[role];
}

/* The numbers of each piece: coordinates of points first, then lengths. */
void
bp_painter_map (const BpPainter *painter,
                BpPiece          piece,
                const double    *numbers,
                double           mapped[6])
{
  static const struct {
    guint n_coordinates;
    guint n_lengths;
  } pieces[] = {
    [BP_PIECE_MOVE] = { 2, 0 },      [BP_PIECE_LINE] = { 2, 0 },      [BP_PIECE_CURVE] = { 6, 0 },
    [BP_PIECE_CLOSE] = { 0, 0 },     [BP_PIECE_RECTANGLE] = { 2, 3 }, [BP_PIECE_CIRCLE] = { 2, 1 },
  };
  const BpPainterState *state = &painter->state;
  guint n_coordinates = pieces[piece].n_coordinates;

  memset (mapped, 0, 6 * sizeof *mapped);
  for (guint i = 0; i < n_coordinates + pieces[piece].n_lengths; i++)
    mapped[i] = state->scale * numbers[i] + (i >= n_coordinates ? 0 : i % 2 == 0 ? state->x : state->y);
}

/* Text */

const PangoFontDescription *
bp_painter_get_font (PangoLayout *layout)
{
  const PangoFontDescription *font = pango_layout_get_font_description (layout);

  return font != NULL ? font : pango_context_get_font_description (pango_layout_get_context (layout));
}

/* What keeps words together for pango is not text. */
static char *
clean (const char *text)
{
  GString *cleaned = g_string_new (NULL);

  for (const char *c = text; *c != '\0'; c = g_utf8_next_char (c))
    {
      gunichar letter = g_utf8_get_char (c);

      if (letter != WORD_JOINER)
        g_string_append_unichar (cleaned, letter == NO_BREAK_SPACE || g_unichar_iscntrl (letter) ? ' ' : letter);
    }

  return g_strstrip (g_string_free (cleaned, FALSE));
}

/* What is to be seen of a line: where it is cut there are runs, one of which stands for what is left out. */
static char *
get_text (PangoLayout     *layout,
          PangoLayoutLine *line)
{
  const char *text = pango_layout_get_text (layout);
  g_autoptr (GString) seen = g_string_new (NULL);

  if (!pango_layout_is_ellipsized (layout))
    g_string_append_len (seen, text + line->start_index, line->length);
  for (GSList *l = line->runs; l != NULL && pango_layout_is_ellipsized (layout); l = l->next)
    {
      const PangoItem *item = ((PangoLayoutRun *) l->data)->item;

      if (item->analysis.flags & PANGO_ANALYSIS_FLAG_IS_ELLIPSIS)
        g_string_append (seen, ELLIPSIS);
      else
        g_string_append_len (seen, text + item->offset, item->length);
    }

  return clean (seen->str);
}

static void
clear_line (gpointer data)
{
  g_free (((BpTextLine *) data)->text);
}

GArray *
bp_painter_list_lines (const BpPainter *painter,
                       PangoLayout     *layout,
                       double           x,
                       double           y,
                       double          *align)
{
  const BpPainterState *state = &painter->state;
  GArray *lines = g_array_new (FALSE, FALSE, sizeof (BpTextLine));
  PangoLayoutIter *iter = pango_layout_get_iter (layout);
  int width;

  g_array_set_clear_func (lines, clear_line);
  pango_layout_get_size (layout, &width, NULL);
  x -= *align * width / PANGO_SCALE;
  if (pango_layout_get_alignment (layout) == PANGO_ALIGN_CENTER)
    *align = 0.5;
  do
    {
      BpTextLine line = { .text = get_text (layout, pango_layout_iter_get_line_readonly (iter)) };
      double baseline = pango_layout_iter_get_baseline (iter) / (double) PANGO_SCALE;
      PangoRectangle extents;

      pango_layout_iter_get_line_extents (iter, NULL, &extents);
      line.width = state->scale * extents.width / PANGO_SCALE;
      line.x = state->x + state->scale * (x + (extents.x + *align * extents.width) / PANGO_SCALE);
      line.baseline = state->y + state->scale * (y + baseline);
      if (*line.text != '\0')
        g_array_append_val (lines, line);
      else
        g_free (line.text);
    }
  while (pango_layout_iter_next_line (iter));
  pango_layout_iter_free (iter);

  return lines;
}
