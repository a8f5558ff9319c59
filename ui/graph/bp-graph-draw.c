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

static PangoLayout *
create_layout (BpGraphDrawing *drawing)
{
  PangoLayout   *layout = pango_layout_new (drawing->context);
  PangoAttrList *attributes = pango_attr_list_new ();

  /* All digits equally wide. */
  pango_attr_list_insert (attributes, pango_attr_font_features_new ("tnum=1"));
  pango_layout_set_attributes (layout, attributes);
  pango_layout_set_single_paragraph_mode (layout, TRUE);
  pango_attr_list_unref (attributes);

  return layout;
}

void
bp_painter_init (BpPainter      *painter,
                 cairo_t        *cr,
                 BpGraphDrawing *drawing)
{
  cairo_matrix_t matrix;

  cairo_get_matrix (cr, &matrix);
  *painter = (BpPainter){
    .cr = cr,
    .drawing = drawing,
    .palette = drawing->palette,
    .layout = create_layout (drawing),
    .unit = drawing->unit,
    .scale = sqrt (fabs (matrix.xx * matrix.yy - matrix.xy * matrix.yx)),
  };
  painter->stroke = MAX (drawing->stroke_scale * drawing->unit / 13, MIN_STROKE_PIXELS / MAX (painter->scale, 1e-6));
}

void
bp_painter_clear (BpPainter *painter)
{
  g_clear_object (&painter->layout);
}

double
bp_graph_drawing_measure (BpGraphDrawing *drawing,
                          BpTextStyle     style,
                          const char     *text)
{
  g_autoptr (PangoLayout) layout = create_layout (drawing);
  int width;

  pango_layout_set_font_description (layout, drawing->fonts[style]);
  pango_layout_set_text (layout, text, -1);
  pango_layout_get_size (layout, &width, NULL);

  return (double) width / PANGO_SCALE;
}

double
bp_painter_show_text (BpPainter  *painter,
                      BpTextStyle style,
                      BpColor     color,
                      const char *text,
                      double      x,
                      double      baseline,
                      double      max_width,
                      double      align)
{
  PangoLayout *layout = painter->layout;
  const gboolean is_cut = style == BP_TEXT_NAME;
  const double size = pango_font_description_get_size (painter->drawing->fonts[style]) / (double) PANGO_SCALE;
  double       scale;
  int          width;

  if (size * painter->scale < MIN_TEXT_PIXELS || text == NULL)
    return 0;

  pango_layout_set_font_description (layout, painter->drawing->fonts[style]);
  pango_layout_set_ellipsize (layout, is_cut ? PANGO_ELLIPSIZE_MIDDLE : PANGO_ELLIPSIZE_NONE);
  pango_layout_set_width (layout, is_cut ? (int) (max_width / BP_NAME_MIN_SCALE * PANGO_SCALE) : -1);
  pango_layout_set_text (layout, text, -1);
  pango_layout_get_size (layout, &width, NULL);
  scale = MIN (1, max_width * PANGO_SCALE / MAX (width, 1));

  cairo_save (painter->cr);
  cairo_translate (painter->cr, x - align * scale * width / PANGO_SCALE, baseline);
  cairo_scale (painter->cr, scale, scale);
  cairo_move_to (painter->cr, 0, -pango_layout_get_baseline (layout) / (double) PANGO_SCALE);
  bp_palette_set_source (painter->palette, color, painter->cr);
  pango_cairo_show_layout (painter->cr, layout);
  cairo_restore (painter->cr);

  return scale * width / PANGO_SCALE;
}

double
bp_painter_get_arrow_length (const BpPainter *painter,
                             double           size)
{
  return painter->unit * (0.4 + 0.22 * size);
}

void
bp_painter_show_arrow (BpPainter *painter,
                       double     x,
                       double     y,
                       int        direction,
                       double     size)
{
  double length = bp_painter_get_arrow_length (painter, size);
  double half = 0.45 * length;

  cairo_move_to (painter->cr, x, y);
  cairo_line_to (painter->cr, x - direction * length, y - half);
  cairo_line_to (painter->cr, x - direction * length, y + half);
  cairo_close_path (painter->cr);
  cairo_fill (painter->cr);
}

static gboolean
is_visible (const BpPainter         *painter,
            const cairo_rectangle_t *box)
{
  double overhang = bp_graph_drawing_get_overhang (painter->drawing);
  double left;
  double top;
  double right;
  double bottom;

  cairo_clip_extents (painter->cr, &left, &top, &right, &bottom);

  return box->x - overhang < right && box->x + box->width + overhang > left && box->y - overhang < bottom
         && box->y + box->height + overhang > top;
}

void
bp_graph_draw_aside (cairo_t        *cr,
                     BpGraphDrawing *drawing)
{
  g_auto (BpPainter) painter = { 0 };

  g_return_if_fail (cr != NULL && drawing != NULL);

  if (bp_graph_drawing_get_layout (drawing) == NULL)
    return;

  bp_painter_init (&painter, cr, drawing);
  bp_painter_show_aside (&painter);
}

void
bp_graph_draw_edges (cairo_t        *cr,
                     BpGraphDrawing *drawing,
                     guint           level,
                     guint           first,
                     guint           end)
{
  g_auto (BpPainter) painter = { 0 };

  g_return_if_fail (cr != NULL && drawing != NULL);

  if (bp_graph_drawing_get_layout (drawing) == NULL)
    return;

  bp_painter_init (&painter, cr, drawing);
  bp_painter_show_edges (&painter, level, first, end);
}

void
bp_graph_draw_node (cairo_t        *cr,
                    BpGraphDrawing *drawing,
                    guint           node,
                    BpNodeParts     parts)
{
  g_auto (BpPainter) painter = { 0 };

  g_return_if_fail (cr != NULL && drawing != NULL && node < bp_graph_drawing_get_n_nodes (drawing));

  bp_graph_drawing_get_layout (drawing);
  bp_painter_init (&painter, cr, drawing);
  bp_painter_show_node (&painter, node, parts);
}

void
bp_graph_draw (cairo_t        *cr,
               BpGraphDrawing *drawing)
{
  g_auto (BpPainter) painter = { 0 };
  const BpGraphLayout *layout;

  g_return_if_fail (cr != NULL && drawing != NULL);

  layout = bp_graph_drawing_get_layout (drawing);
  if (layout == NULL)
    return;

  bp_painter_init (&painter, cr, drawing);
  bp_painter_show_aside (&painter);
  for (guint level = 0; level < BP_GRAPH_N_LEVELS; level++)
    bp_painter_show_edges (&painter, level, 0, bp_graph_layout_get_n_edges (layout));
  for (guint node = 0; node < bp_graph_drawing_get_n_nodes (drawing); node++)
    if (is_visible (&painter, bp_graph_layout_get_node (layout, node)))
      bp_painter_show_node (&painter, node, BP_NODE_PART_ALL);
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
bp_graph_draw_legend (cairo_t        *cr,
                      BpGraphDrawing *drawing)
{
  g_auto (BpPainter) painter = { 0 };
  Entry  entries[MAX_ENTRIES];
  guint  n = fill_entries (drawing, entries);
  double x = 0;
  double y = 0.65 * drawing->unit;

  bp_painter_init (&painter, cr, drawing);
  for (guint i = 0; i < n; i++)
    {
      double end = x + 2 * painter.unit;
      double length = bp_painter_get_arrow_length (&painter, 1);
      double dashes[] = { 4 * painter.stroke, 2.5 * painter.stroke };

      bp_palette_set_source (painter.palette, entries[i].color, cr);
      cairo_set_line_width (cr, 1.7 * painter.stroke);
      cairo_set_dash (cr, dashes, entries[i].dashed ? G_N_ELEMENTS (dashes) : 0, 0);
      cairo_move_to (cr, entries[i].direction > 0 ? x : x + length, y);
      cairo_line_to (cr, entries[i].direction > 0 ? end - length : end, y);
      cairo_stroke (cr);
      bp_painter_show_arrow (&painter, entries[i].direction > 0 ? end : x, y, entries[i].direction, 1);
      x = end + 0.5 * painter.unit;
      x += bp_painter_show_text (&painter, BP_TEXT_CAPTION, BP_COLOR_DIM, entries[i].text, x, y + 0.32 * painter.unit,
                                 G_MAXDOUBLE, 0);
      x += 1.2 * painter.unit;
    }
  cairo_set_dash (cr, NULL, 0, 0);
}
