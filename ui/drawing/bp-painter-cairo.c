/* bp-painter-cairo.c: the painter on cairo: screens, PNG, PDF
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "drawing/bp-painter-private.h"

#include <math.h>

typedef struct {
  BpPainter painter;
  cairo_t  *cr;
} Cairo;

static cairo_t *
get_cr (BpPainter *painter)
{
  return ((Cairo *) painter)->cr;
}

static void
cairo_painter_free (BpPainter *painter)
{
  cairo_destroy (get_cr (painter));
  g_free (painter);
}

static void
cairo_painter_save (BpPainter *painter)
{
  cairo_save (get_cr (painter));
}

static void
cairo_painter_restore (BpPainter *painter)
{
  cairo_restore (get_cr (painter));
}

static void
cairo_painter_transform (BpPainter *painter,
                         double     x,
                         double     y,
                         double     scale)
{
  cairo_translate (get_cr (painter), x, y);
  cairo_scale (get_cr (painter), scale, scale);
}

static void
cairo_painter_clip (BpPainter               *painter,
                    const cairo_rectangle_t *box)
{
  cairo_rectangle (get_cr (painter), box->x, box->y, box->width, box->height);
  cairo_clip (get_cr (painter));
}

static gboolean
cairo_painter_is_visible (BpPainter               *painter,
                          const cairo_rectangle_t *box)
{
  double left, top, right, bottom;

  cairo_clip_extents (get_cr (painter), &left, &top, &right, &bottom);

  return box->x < right && box->x + box->width > left && box->y < bottom && box->y + box->height > top;
}

static void
add_rectangle (cairo_t      *cr,
               const double *box)
{
  double right = box[0] + box[2], bottom = box[1] + box[3], radius = box[4];

  if (radius <= 0)
    {
      cairo_rectangle (cr, box[0], box[1], box[2], box[3]);
      return;
    }

  cairo_new_sub_path (cr);
  cairo_arc (cr, right - radius, box[1] + radius, radius, -G_PI_2, 0);
  cairo_arc (cr, right - radius, bottom - radius, radius, 0, G_PI_2);
  cairo_arc (cr, box[0] + radius, bottom - radius, radius, G_PI_2, G_PI);
  cairo_arc (cr, box[0] + radius, box[1] + radius, radius, G_PI, 1.5 * G_PI);
  cairo_close_path (cr);
}

static void
cairo_painter_add (BpPainter    *painter,
                   BpPiece       piece,
                   const double *n)
{
  cairo_t *cr = get_cr (painter);

  switch (piece)
    {
    case BP_PIECE_MOVE:
      cairo_move_to (cr, n[0], n[1]);
      break;
    case BP_PIECE_LINE:
      cairo_line_to (cr, n[0], n[1]);
      break;
    case BP_PIECE_CURVE:
      cairo_curve_to (cr, n[0], n[1], n[2], n[3], n[4], n[5]);
      break;
    case BP_PIECE_CLOSE:
      cairo_close_path (cr);
      break;
    case BP_PIECE_RECTANGLE:
      add_rectangle (cr, n);
      break;
    case BP_PIECE_CIRCLE:
      cairo_new_sub_path (cr);
      cairo_arc (cr, n[0], n[1], n[2], 0, 2 * G_PI);
      break;
    default:
      g_assert_not_reached ();
    }
}

static void
cairo_painter_paint (BpPainter   *painter,
                     const BpInk *fill,
                     const BpInk *stroke)
{
  const BpLine *line = &painter->state.line;
  cairo_t *cr = get_cr (painter);

  if (fill != NULL)
    {
      gdk_cairo_set_source_rgba (cr, &fill->rgba);
      cairo_fill_preserve (cr);
    }
  if (stroke != NULL)
    {
      gdk_cairo_set_source_rgba (cr, &stroke->rgba);
      cairo_set_line_width (cr, line->width);
      cairo_set_line_cap (cr, line->has_round_caps ? CAIRO_LINE_CAP_ROUND : CAIRO_LINE_CAP_BUTT);
      cairo_set_line_join (cr, line->has_round_joins ? CAIRO_LINE_JOIN_ROUND : CAIRO_LINE_JOIN_MITER);
      cairo_set_dash (cr, line->dashes, (int) line->n_dashes, 0);
      cairo_stroke_preserve (cr);
    }
  cairo_new_path (cr);
}

static void
cairo_painter_show_text (BpPainter           *painter,
                         G_GNUC_UNUSED BpRole role,
                         PangoLayout         *layout,
                         double               x,
                         double               y,
                         double               align)
{
  cairo_t *cr = get_cr (painter);
  int width = 0;

  if (align > 0)
    pango_layout_get_size (layout, &width, NULL);
  gdk_cairo_set_source_rgba (cr, &painter->state.ink.rgba);
  cairo_move_to (cr, x - align * width / PANGO_SCALE, y);
  pango_cairo_show_layout (cr, layout);
  cairo_new_path (cr);
}

static const BpPainterClass cairo_class = {
  .free = cairo_painter_free,
  .save = cairo_painter_save,
  .restore = cairo_painter_restore,
  .transform = cairo_painter_transform,
  .clip = cairo_painter_clip,
  .is_visible = cairo_painter_is_visible,
  .add = cairo_painter_add,
  .paint = cairo_painter_paint,
  .show_text = cairo_painter_show_text,
};

BpPainter *
bp_painter_cairo_new (cairo_t         *cr,
                      const BpPalette *palette)
{
  Cairo *self = g_new0 (Cairo, 1);
  cairo_matrix_t matrix;
  double scale_x, scale_y;

  g_return_val_if_fail (cr != NULL && palette != NULL, NULL);

  bp_painter_init (&self->painter, &cairo_class, palette);
  self->cr = cr;
  cairo_get_matrix (cr, &matrix);
  self->painter.state.scale = sqrt (fabs (matrix.xx * matrix.yy - matrix.xy * matrix.yx));
  cairo_surface_get_device_scale (cairo_get_target (cr), &scale_x, &scale_y);
  self->painter.resolution = MAX (scale_x, 1);

  return &self->painter;
}
