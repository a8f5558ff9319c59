/* bp-painter.c: the painter: its state, and what every back end gets from it
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "drawing/bp-painter-private.h"

void
bp_painter_init (BpPainter            *painter,
                 const BpPainterClass *class,
                 const BpPalette      *palette)
{
  painter->class = class;
  painter->palette = palette;
  painter->resolution = 1;
  painter->state.scale = 1;
  painter->state.line.width = 1;
  bp_painter_set_color (painter, BP_COLOR_TEXT);
}

/* Ends what is open beyond @depth. */
static void
close_to (BpPainter *painter,
          guint      depth)
{
  for (; painter->class->close != NULL && painter->state.depth > depth; painter->state.depth--)
    painter->class->close (painter);
}

void
bp_painter_free (BpPainter *painter)
{
  if (painter == NULL)
    return;

  close_to (painter, 0);
  g_clear_pointer (&painter->saved, g_array_unref);
  g_clear_pointer (&painter->ids, g_hash_table_unref);
  painter->class->free (painter);
}

const BpPalette *
bp_painter_get_palette (const BpPainter *painter)
{
  return painter->palette;
}

double
bp_painter_get_resolution (const BpPainter *painter)
{
  return painter->resolution;
}

/* State */

void
bp_painter_save (BpPainter *painter)
{
  if (painter->saved == NULL)
    painter->saved = g_array_new (FALSE, FALSE, sizeof (BpPainterState));
  g_array_append_val (painter->saved, painter->state);
  if (painter->class->save != NULL)
    painter->class->save (painter);
}

void
bp_painter_restore (BpPainter *painter)
{
  BpPainterState saved;

  g_return_if_fail (painter->saved != NULL && painter->saved->len > 0);

  saved = g_array_index (painter->saved, BpPainterState, painter->saved->len - 1);
  g_array_set_size (painter->saved, painter->saved->len - 1);
  close_to (painter, saved.depth);
  painter->state = saved;
  if (painter->class->restore != NULL)
    painter->class->restore (painter);
}

void
bp_painter_transform (BpPainter *painter,
                      double     x,
                      double     y,
                      double     scale)
{
  BpPainterState *state = &painter->state;

  state->x += state->scale * x;
  state->y += state->scale * y;
  state->scale *= scale;
  if (painter->class->transform != NULL)
    painter->class->transform (painter, x, y, scale);
}

double
bp_painter_get_scale (const BpPainter *painter)
{
  return painter->state.scale;
}

void
bp_painter_clip (BpPainter               *painter,
                 const cairo_rectangle_t *box)
{
  painter->class->clip (painter, box);
  painter->state.depth++;
}

gboolean
bp_painter_is_visible (BpPainter               *painter,
                       const cairo_rectangle_t *box)
{
  return painter->class->is_visible == NULL || painter->class->is_visible (painter, box);
}

void
bp_painter_set_color (BpPainter *painter,
                      BpColor    color)
{
  bp_painter_set_ink (painter, color, 1);
}

void
bp_painter_set_ink (BpPainter *painter,
                    BpColor    color,
                    double     alpha)
{
  g_return_if_fail (color < BP_N_COLORS);

  painter->state.ink = (BpInk) { painter->palette->colors[color], color };
  painter->state.ink.rgba.alpha *= (float) alpha;
}

void
bp_painter_set_mixed_color (BpPainter *painter,
                            BpColor    color,
                            double     part)
{
  const GdkRGBA *from = &painter->palette->colors[BP_COLOR_SURFACE];
  const GdkRGBA *to = &painter->palette->colors[color];
  float t = (float) CLAMP (part, 0, 1);

  painter->state.ink = (BpInk) {
    { from->red + t * (to->red - from->red), from->green + t * (to->green - from->green),
      from->blue + t * (to->blue - from->blue), 1 },
    BP_N_COLORS,
  };
}

const GdkRGBA *
bp_painter_get_rgba (const BpPainter *painter)
{
  return &painter->state.ink.rgba;
}

void
bp_painter_set_line (BpPainter    *painter,
                     const BpLine *line)
{
  g_return_if_fail (line->n_dashes <= G_N_ELEMENTS (line->dashes));

  painter->state.line = *line;
}

const BpLine *
bp_painter_get_line (const BpPainter *painter)
{
  return &painter->state.line;
}

/* Groups */

char *
bp_painter_create_id (BpPainter  *painter,
                      const char *name)
{
  g_autofree char *id = g_strdup (name);
  char *unique;

  for (char *c = id; c != NULL && *c != '\0'; c++)
    if (!g_ascii_isalnum (*c) && *c != '_')
      *c = '-';
  if (id == NULL || *id == '\0')
    return NULL;

  if (painter->ids == NULL)
    painter->ids = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, NULL);
  unique = g_strdup (id);
  for (guint n = 2; !g_hash_table_add (painter->ids, g_strdup (unique)); n++)
    {
      g_free (unique);
      unique = g_strdup_printf ("%s-%u", id, n);
    }

  return unique;
}

void
bp_painter_begin_group (BpPainter  *painter,
                        const char *name,
                        const char *title)
{
  g_autofree char *id = NULL;

  if (painter->class->begin_group == NULL)
    return;

  id = bp_painter_create_id (painter, name);
  painter->class->begin_group (painter, id, title);
  painter->state.depth++;
}

void
bp_painter_end_group (BpPainter *painter)
{
  if (painter->class->begin_group != NULL)
    close_to (painter, painter->state.depth - 1);
}

/* Paths */

void
bp_painter_move_to (BpPainter *painter,
                    double     x,
                    double     y)
{
  painter->class->add (painter, BP_PIECE_MOVE, (const double[]) { x, y });
}

void
bp_painter_line_to (BpPainter *painter,
                    double     x,
                    double     y)
{
  painter->class->add (painter, BP_PIECE_LINE, (const double[]) { x, y });
}

void
bp_painter_curve_to (BpPainter *painter,
                     double     x1,
                     double     y1,
                     double     x2,
                     double     y2,
                     double     x,
                     double     y)
{
  painter->class->add (painter, BP_PIECE_CURVE, (const double[]) { x1, y1, x2, y2, x, y });
}

void
bp_painter_close (BpPainter *painter)
{
  painter->class->add (painter, BP_PIECE_CLOSE, NULL);
}

void
bp_painter_rectangle (BpPainter               *painter,
                      const cairo_rectangle_t *box,
                      double                   radius)
{
  painter->class->add (painter, BP_PIECE_RECTANGLE,
                       (const double[]) { box->x, box->y, box->width, box->height, radius });
}

void
bp_painter_circle (BpPainter *painter,
                   double     x,
                   double     y,
                   double     radius)
{
  painter->class->add (painter, BP_PIECE_CIRCLE, (const double[]) { x, y, radius });
}

void
bp_painter_fill (BpPainter *painter)
{
  painter->class->paint (painter, &painter->state.ink, NULL);
}

void
bp_painter_stroke (BpPainter *painter)
{
  painter->class->paint (painter, NULL, &painter->state.ink);
}

void
bp_painter_fill_and_stroke (BpPainter *painter,
                            BpColor    fill,
                            BpColor    stroke)
{
  BpInk ink;

  bp_painter_set_color (painter, fill);
  ink = painter->state.ink;
  bp_painter_set_color (painter, stroke);
  painter->class->paint (painter, &ink, &painter->state.ink);
}

/* Text */

void
bp_painter_show_text (BpPainter   *painter,
                      BpRole       role,
                      PangoLayout *layout,
                      double       x,
                      double       y,
                      double       align)
{
  painter->class->show_text (painter, role, layout, x, y, align);
}
