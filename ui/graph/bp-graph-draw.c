/* bp-graph-draw.c: text, arrows, and the order of drawing
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "graph/bp-graph-draw-private.h"

#include <glib/gi18n-lib.h>
#include <math.h>

/* Lines do not get thinner than this on the device, or a large graph could not be seen as a whole. */
#define MIN_STROKE_PIXELS 0.4

/* Text smaller than this on the device is left out: it could not be read. */
#define MIN_TEXT_PIXELS 3.0

BpColor
bp_mark_get_color (BpMark mark)
{
  switch (mark)
    {
    case BP_MARK_VALUE:
      return BP_COLOR_VALUE;
    case BP_MARK_GRADIENT:
      return BP_COLOR_GRADIENT;
    case BP_MARK_UPDATE:
      return BP_COLOR_PARAMETER;
    case BP_MARK_NONE:
    default:
      return BP_COLOR_DIM;
    }
}

void
bp_graph_pen_init (BpGraphPen     *pen,
                   BpPainter      *painter,
                   BpGraphDrawing *drawing)
{
  *pen = (BpGraphPen){
    .painter = painter,
    .drawing = drawing,
    .unit = drawing->unit,
    .stroke = MAX (drawing->stroke_scale * drawing->unit / 13,
                   MIN_STROKE_PIXELS / MAX (bp_painter_get_scale (painter), 1e-6)),
  };
}

double
bp_graph_drawing_measure (BpGraphDrawing *drawing,
                          BpTextStyle     style,
                          const char     *text)
{
  int width;

  pango_layout_set_font_description (drawing->text, drawing->fonts[style]);
  pango_layout_set_width (drawing->text, -1);
  pango_layout_set_text (drawing->text, text, -1);
  pango_layout_get_size (drawing->text, &width, NULL);

  return (double) width / PANGO_SCALE;
}

gboolean
bp_graph_pen_has_text (const BpGraphPen *pen,
                       BpTextStyle       style)
{
  const double size = pango_font_description_get_size (pen->drawing->fonts[style]) / (double) PANGO_SCALE;

  return size * bp_painter_get_scale (pen->painter) >= MIN_TEXT_PIXELS;
}

double
bp_graph_pen_show_measured (BpGraphPen *pen,
                            BpTextStyle style,
                            BpColor     color,
                            double      width,
                            double      x,
                            double      baseline,
                            double      max_width,
                            double      align)
{
  static const BpRole roles[BP_N_TEXTS] = {
    [BP_TEXT_NAME] = BP_ROLE_NAME,
    [BP_TEXT_TAG] = BP_ROLE_SYMBOL,
    [BP_TEXT_VALUE] = BP_ROLE_VALUE,
    [BP_TEXT_RANGE] = BP_ROLE_VALUE,
    [BP_TEXT_SYMBOL] = BP_ROLE_SYMBOL,
    [BP_TEXT_GRADIENT] = BP_ROLE_GRADIENT,
    [BP_TEXT_GRADIENT_RANGE] = BP_ROLE_GRADIENT,
    [BP_TEXT_LABEL] = BP_ROLE_FORMULA,
  };
  PangoLayout *text = pen->drawing->text;
  const double least = bp_text_style_get_least_scale (style);
  double       scale = CLAMP (max_width / MAX (width, 1), least, 1);

  if (width * scale > max_width + 0.01 * pen->unit)
    {
      int cut;

      pango_layout_set_ellipsize (text, style == BP_TEXT_NAME || style == BP_TEXT_SUM ? PANGO_ELLIPSIZE_MIDDLE
                                                                                      : PANGO_ELLIPSIZE_END);
      pango_layout_set_width (text, (int) (MAX (max_width, 0) / scale * PANGO_SCALE));
      pango_layout_get_size (text, &cut, NULL);
      width = (double) cut / PANGO_SCALE;
    }

  bp_painter_save (pen->painter);
  bp_painter_transform (pen->painter, x - align * scale * width, baseline, scale);
  bp_painter_set_color (pen->painter, color);
  bp_painter_show_text (pen->painter, roles[style], text, align * width,
                        -pango_layout_get_baseline (text) / (double) PANGO_SCALE, align);
  bp_painter_restore (pen->painter);

  return scale * width;
}

double
bp_graph_pen_show_text (BpGraphPen *pen,
                        BpTextStyle style,
                        BpColor     color,
                        const char *text,
                        double      x,
                        double      baseline,
                        double      max_width,
                        double      align)
{
  if (text == NULL || !bp_graph_pen_has_text (pen, style))
    return 0;

  return bp_graph_pen_show_measured (pen, style, color, bp_graph_drawing_measure (pen->drawing, style, text), x,
                                     baseline, max_width, align);
}

double
bp_graph_pen_get_arrow_length (const BpGraphPen *pen,
                               double            size)
{
  return pen->unit * (0.4 + 0.22 * size);
}

void
bp_graph_pen_show_arrow (BpGraphPen *pen,
                         double      x,
                         double      y,
                         int         direction,
                         double      size)
{
  double length = bp_graph_pen_get_arrow_length (pen, size);
  double half = 0.45 * length;

  bp_painter_move_to (pen->painter, x, y);
  bp_painter_line_to (pen->painter, x - direction * length, y - half);
  bp_painter_line_to (pen->painter, x - direction * length, y + half);
  bp_painter_close (pen->painter);
  bp_painter_fill (pen->painter);
}

static gboolean
is_visible (const BpGraphPen        *pen,
            const cairo_rectangle_t *box)
{
  double overhang = bp_graph_drawing_get_overhang (pen->drawing);
  cairo_rectangle_t whole = { box->x - overhang, box->y - overhang, box->width + 2 * overhang,
                              box->height + 2 * overhang };

  return bp_painter_is_visible (pen->painter, &whole);
}

void
bp_graph_draw_aside (BpPainter      *painter,
                     BpGraphDrawing *drawing)
{
  BpGraphPen pen;

  g_return_if_fail (painter != NULL && drawing != NULL);

  if (bp_graph_drawing_get_layout (drawing) == NULL)
    return;

  bp_graph_pen_init (&pen, painter, drawing);
  bp_graph_pen_show_aside (&pen);
}

void
bp_graph_draw_edges (BpPainter      *painter,
                     BpGraphDrawing *drawing,
                     guint           level,
                     guint           first,
                     guint           end)
{
  BpGraphPen pen;

  g_return_if_fail (painter != NULL && drawing != NULL);

  if (bp_graph_drawing_get_layout (drawing) == NULL)
    return;

  bp_graph_pen_init (&pen, painter, drawing);
  bp_graph_pen_show_edges (&pen, level, first, end);
}

void
bp_graph_draw_node (BpPainter      *painter,
                    BpGraphDrawing *drawing,
                    guint           node)
{
  BpGraphPen pen;

  g_return_if_fail (painter != NULL && drawing != NULL && node < bp_graph_drawing_get_n_nodes (drawing));

  bp_graph_drawing_get_layout (drawing);
  bp_graph_pen_init (&pen, painter, drawing);
  bp_graph_pen_show_node (&pen, node);
}

void
bp_graph_draw (BpPainter      *painter,
               BpGraphDrawing *drawing)
{
  BpGraphPen pen;
  const BpGraphLayout *layout;

  g_return_if_fail (painter != NULL && drawing != NULL);

  layout = bp_graph_drawing_get_layout (drawing);
  if (layout == NULL)
    return;

  bp_graph_pen_init (&pen, painter, drawing);
  bp_graph_pen_show_aside (&pen);
  for (guint level = 0; level < BP_GRAPH_N_LEVELS; level++)
    bp_graph_pen_show_edges (&pen, level, 0, bp_graph_layout_get_n_edges (layout));
  for (guint node = 0; node < bp_graph_drawing_get_n_nodes (drawing); node++)
    if (is_visible (&pen, bp_graph_layout_get_node (layout, node)))
      bp_graph_pen_show_node (&pen, node);
}

/* The legend */

typedef struct {
  BpColor  color;
  gboolean dashed;
  int      direction;
  char    *text;
} Entry;

#define MAX_ENTRIES 4

gboolean
bp_graph_drawing_has_old_values (const BpGraphDrawing *drawing)
{
  for (guint node = 0; node < drawing->nodes->len; node++)
    if (bp_graph_drawing_get_node (drawing, node)->is_value_old)
      return TRUE;

  return FALSE;
}

/* Returns: how many there are */
static guint
fill_entries (const BpGraphDrawing *drawing,
              Entry                 entries[MAX_ENTRIES])
{
  entries[0] = (Entry){ BP_COLOR_VALUE, FALSE, 1, _("value (forward)") };
  entries[1] = (Entry){ BP_COLOR_GRADIENT, TRUE, -1, _("gradient (backward)") };
  entries[2] = (Entry){ BP_COLOR_PARAMETER, FALSE, 1, _("update") };
  if (!bp_graph_drawing_has_old_values (drawing))
    return 3;

  /* Translators: in a legend: what was computed with variables that have been updated since */
  entries[3] = (Entry){ BP_COLOR_DIM, FALSE, 1, _("before the update") };

  return 4;
}

void
bp_graph_drawing_get_legend_size (BpGraphDrawing *drawing,
                                  double         *width,
                                  double         *height)
{
  Entry entries[MAX_ENTRIES];
  guint n = fill_entries (drawing, entries);

  *height = 1.3 * drawing->unit;
  *width = 0;
  for (guint i = 0; i < n; i++)
    *width += 2.5 * drawing->unit + bp_graph_drawing_measure (drawing, BP_TEXT_CAPTION, entries[i].text)
              + (i > 0 ? 1.2 * drawing->unit : 0);
}

void
bp_graph_draw_legend (BpPainter      *painter,
                      BpGraphDrawing *drawing)
{
  BpGraphPen pen;
  Entry  entries[MAX_ENTRIES];
  guint  n = fill_entries (drawing, entries);
  double x = 0;
  double y = 0.65 * drawing->unit;

  bp_graph_pen_init (&pen, painter, drawing);
  for (guint i = 0; i < n; i++)
    {
      double end = x + 2 * pen.unit;
      double length = bp_graph_pen_get_arrow_length (&pen, 1);
      BpLine line = { .width = 1.7 * pen.stroke, .dashes = { 4 * pen.stroke, 2.5 * pen.stroke } };

      line.n_dashes = entries[i].dashed ? 2 : 0;
      bp_painter_set_color (painter, entries[i].color);
      bp_painter_set_line (painter, &line);
      bp_painter_move_to (painter, entries[i].direction > 0 ? x : x + length, y);
      bp_painter_line_to (painter, entries[i].direction > 0 ? end - length : end, y);
      bp_painter_stroke (painter);
      bp_graph_pen_show_arrow (&pen, entries[i].direction > 0 ? end : x, y, entries[i].direction, 1);
      x = end + 0.5 * pen.unit;
      x += bp_graph_pen_show_text (&pen, BP_TEXT_CAPTION, BP_COLOR_DIM, entries[i].text, x, y + 0.32 * pen.unit,
                                   G_MAXDOUBLE, 0);
      x += 1.2 * pen.unit;
    }
}
