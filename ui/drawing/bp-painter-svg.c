/* bp-painter-svg.c: the painter as SVG with real text
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "drawing/bp-painter-private.h"

#include <math.h>

/**
 * Svg:
 * @path: the path so far
 * @n_pieces: how many pieces it has
 * @last: the last of them
 * @numbers: its numbers
 */
typedef struct {
  BpPainter painter;
  GString  *svg;
  GString  *path;
  guint     n_pieces;
  BpPiece   last;
  double    numbers[6];
} Svg;

/* Numbers */

/* Hundredths, without zeros at the end. */
static void
append_number (GString *svg,
               double   number)
{
  gint64 hundredths = (gint64) round (number * 100);
  gint64 part = ABS (hundredths) % 100;

  g_string_append_printf (svg, "%s%" G_GINT64_FORMAT, hundredths < 0 ? "-" : "", ABS (hundredths) / 100);
  if (part != 0)
    g_string_append_printf (svg, part % 10 == 0 ? ".%d" : ".%02d", (int) (part % 10 == 0 ? part / 10 : part));
}

/* Appends ' NAME="NUMBER"'. */
static void
append_attribute (Svg        *self,
                  const char *name,
                  double      number)
{
  g_string_append_printf (self->svg, " %s=\"", name);
  append_number (self->svg, number);
  g_string_append_c (self->svg, '"');
}

static void
append_color (Svg         *self,
              const char  *name,
              const BpInk *ink)
{
  const GdkRGBA *rgba = &ink->rgba;

  g_string_append_printf (self->svg, " %s=\"#%02x%02x%02x\"", name, (guint) (rgba->red * 255 + 0.5f),
                          (guint) (rgba->green * 255 + 0.5f), (guint) (rgba->blue * 255 + 0.5f));
  if (rgba->alpha < 1)
    {
      g_autofree char *opacity = g_strconcat (name, "-opacity", NULL);

      append_attribute (self, opacity, (double) rgba->alpha);
    }
}

/* Elements that stay open */

static void
append_rectangle (Svg          *self,
                  const double *numbers)
{
  append_attribute (self, "x", numbers[0]);
  append_attribute (self, "y", numbers[1]);
  append_attribute (self, "width", numbers[2]);
  append_attribute (self, "height", numbers[3]);
}

static void
svg_clip (BpPainter               *painter,
          const cairo_rectangle_t *box)
{
  Svg *self = (Svg *) painter;
  g_autofree char *id = bp_painter_create_id (painter, "clip");
  double n[6];

  bp_painter_map (painter, BP_PIECE_RECTANGLE, (const double[]) { box->x, box->y, box->width, box->height, 0 }, n);
  g_string_append_printf (self->svg, "<clipPath id=\"%s\"><rect", id);
  append_rectangle (self, n);
  g_string_append_printf (self->svg, "/></clipPath>\n<g clip-path=\"url(#%s)\">\n", id);
}

static void
svg_begin_group (BpPainter  *painter,
                 const char *id,
                 const char *title)
{
  Svg *self = (Svg *) painter;
  g_autofree char *text = title != NULL ? g_markup_printf_escaped ("<title>%s</title>\n", title) : NULL;

  g_string_append (self->svg, "<g");
  if (id != NULL)
    g_string_append_printf (self->svg, " id=\"%s\"", id);
  g_string_append_printf (self->svg, ">\n%s", text != NULL ? text : "");
}

static void
svg_close (BpPainter *painter)
{
  g_string_append (((Svg *) painter)->svg, "</g>\n");
}

/* Paths */

/* Appends @command with @n numbers. */
static void
append_command (Svg          *self,
                char          command,
                const double *numbers,
                guint         n)
{
  g_string_append_c (self->path, command);
  for (guint i = 0; i < n; i++)
    {
      if (i > 0)
        g_string_append_c (self->path, ' ');
      append_number (self->path, numbers[i]);
    }
}

/* A part of a circle with @radius, clockwise to (@x, @y). */
static void
append_arc (Svg   *self,
            double radius,
            double x,
            double y)
{
  append_command (self, 'A', (const double[]) { radius, radius, 0, 0, 1, x, y }, 7);
}

/* @n: x, y, width, height and radius of the corners */
static void
append_box (Svg          *self,
            const double *n)
{
  double right = n[0] + n[2], bottom = n[1] + n[3], radius = n[4];

  append_command (self, 'M', (const double[]) { n[0] + radius, n[1] }, 2);
  append_command (self, 'H', (const double[]) { right - radius }, 1);
  if (radius > 0)
    append_arc (self, radius, right, n[1] + radius);
  append_command (self, 'V', (const double[]) { bottom - radius }, 1);
  if (radius > 0)
    append_arc (self, radius, right - radius, bottom);
  append_command (self, 'H', (const double[]) { n[0] + radius }, 1);
  if (radius > 0)
    {
      append_arc (self, radius, n[0], bottom - radius);
      append_command (self, 'V', (const double[]) { n[1] + radius }, 1);
      append_arc (self, radius, n[0] + radius, n[1]);
    }
  g_string_append_c (self->path, 'Z');
}

static void
svg_add (BpPainter    *painter,
         BpPiece       piece,
         const double *numbers)
{
  Svg *self = (Svg *) painter;
  double *n = self->numbers;

  bp_painter_map (painter, piece, numbers, n);
  self->n_pieces++;
  self->last = piece;
  switch (piece)
    {
    case BP_PIECE_MOVE:
      append_command (self, 'M', n, 2);
      break;
    case BP_PIECE_LINE:
      append_command (self, 'L', n, 2);
      break;
    case BP_PIECE_CURVE:
      append_command (self, 'C', n, 6);
      break;
    case BP_PIECE_CLOSE:
      g_string_append_c (self->path, 'Z');
      break;
    case BP_PIECE_RECTANGLE:
      append_box (self, n);
      break;
    case BP_PIECE_CIRCLE:
      append_command (self, 'M', (const double[]) { n[0] - n[2], n[1] }, 2);
      append_arc (self, n[2], n[0] + n[2], n[1]);
      append_arc (self, n[2], n[0] - n[2], n[1]);
      break;
    default:
      g_assert_not_reached ();
    }
}

/* One rectangle or circle is one for who edits it. */
static void
append_shape (Svg *self)
{
  if (self->n_pieces == 1 && self->last == BP_PIECE_RECTANGLE)
    {
      g_string_append (self->svg, "<rect");
      append_rectangle (self, self->numbers);
      if (self->numbers[4] > 0)
        append_attribute (self, "rx", self->numbers[4]);
    }
  else if (self->n_pieces == 1 && self->last == BP_PIECE_CIRCLE)
    {
      g_string_append (self->svg, "<circle");
      append_attribute (self, "cx", self->numbers[0]);
      append_attribute (self, "cy", self->numbers[1]);
      append_attribute (self, "r", self->numbers[2]);
    }
  else
    g_string_append_printf (self->svg, "<path d=\"%s\"", self->path->str);
}

/* Dashes are not cut to hundredths, since what they lose adds up along a line. */
static void
append_line_style (Svg *self)
{
  const BpLine *line = &self->painter.state.line;
  double scale = self->painter.state.scale;
  char number[G_ASCII_DTOSTR_BUF_SIZE];

  append_attribute (self, "stroke-width", scale * line->width);
  if (line->has_round_caps)
    g_string_append (self->svg, " stroke-linecap=\"round\"");
  if (line->has_round_joins)
    g_string_append (self->svg, " stroke-linejoin=\"round\"");
  for (guint i = 0; i < line->n_dashes; i++)
    g_string_append_printf (self->svg, "%s%s", i == 0 ? " stroke-dasharray=\"" : " ",
                            g_ascii_formatd (number, sizeof number, "%.6g", scale * line->dashes[i]));
  if (line->n_dashes > 0)
    g_string_append_c (self->svg, '"');
}

static void
svg_paint (BpPainter   *painter,
           const BpInk *fill,
           const BpInk *stroke)
{
  Svg *self = (Svg *) painter;

  if (self->n_pieces > 0)
    {
      append_shape (self);
      if (fill != NULL)
        append_color (self, "fill", fill);
      else
        g_string_append (self->svg, " fill=\"none\"");
      if (stroke != NULL)
        {
          append_color (self, "stroke", stroke);
          append_line_style (self);
        }
      g_string_append (self->svg, "/>\n");
    }
  g_string_truncate (self->path, 0);
  self->n_pieces = 0;
}

/* Text */

static void
append_position (Svg              *self,
                 const BpTextLine *line)
{
  append_attribute (self, "x", line->x);
  append_attribute (self, "y", line->baseline);
}

static void
append_font (Svg         *self,
             BpRole       role,
             PangoLayout *layout,
             double       align)
{
  const PangoFontDescription *font = bp_painter_get_font (layout);
  double size = pango_font_description_get_size (font) / (double) PANGO_SCALE;

  g_string_append_printf (self->svg, " class=\"%s\"", bp_role_get_name (role));
  append_attribute (self, "font-size", self->painter.state.scale * size);
  if (pango_font_description_get_weight (font) != PANGO_WEIGHT_NORMAL)
    g_string_append_printf (self->svg, " font-weight=\"%d\"", pango_font_description_get_weight (font));
  if (align > 0)
    g_string_append_printf (self->svg, " text-anchor=\"%s\"", align < 1 ? "middle" : "end");
  append_color (self, "fill", &self->painter.state.ink);
}

static void
svg_show_text (BpPainter   *painter,
               BpRole       role,
               PangoLayout *layout,
               double       x,
               double       y,
               double       align)
{
  Svg *self = (Svg *) painter;
  g_autoptr (GArray) lines = bp_painter_list_lines (painter, layout, x, y, &align);
  gboolean is_single = lines->len == 1;

  if (lines->len == 0)
    return;

  g_string_append (self->svg, "<text");
  if (is_single)
    append_position (self, &g_array_index (lines, BpTextLine, 0));
  append_font (self, role, layout, align);
  g_string_append_c (self->svg, '>');
  for (guint i = 0; i < lines->len; i++)
    {
      const BpTextLine *line = &g_array_index (lines, BpTextLine, i);
      g_autofree char *escaped = g_markup_escape_text (line->text, -1);

      if (!is_single)
        {
          g_string_append (self->svg, "<tspan");
          append_position (self, line);
          g_string_append_c (self->svg, '>');
        }
      g_string_append_printf (self->svg, is_single ? "%s" : "%s</tspan>", escaped);
    }
  g_string_append (self->svg, "</text>\n");
}

static void
svg_free (BpPainter *painter)
{
  Svg *self = (Svg *) painter;

  g_string_free (self->path, TRUE);
  g_free (self);
}

static const BpPainterClass svg_class = {
  .free = svg_free,
  .clip = svg_clip,
  .begin_group = svg_begin_group,
  .close = svg_close,
  .add = svg_add,
  .paint = svg_paint,
  .show_text = svg_show_text,
};

/* What pango took for @font, and what others have for it. */
static char *
find_family (const PangoFontDescription *font)
{
  PangoContext *context = pango_font_map_create_context (pango_cairo_font_map_get_default ());
  PangoFont *found = pango_context_load_font (context, font);
  PangoFontDescription *description = pango_font_describe (found);
  char *family = g_strdup (pango_font_description_get_family (description));

  pango_font_description_free (description);
  g_object_unref (found);
  g_object_unref (context);

  return family;
}

BpPainter *
bp_painter_svg_new (GString                    *svg,
                    const BpPalette            *palette,
                    const PangoFontDescription *font)
{
  Svg *self = g_new0 (Svg, 1);
  g_autofree char *family = find_family (font);
  g_autofree char *group = g_markup_printf_escaped ("<g font-family=\"'%s', sans-serif\">\n", family);

  bp_painter_init (&self->painter, &svg_class, palette);
  self->svg = svg;
  self->path = g_string_new (NULL);
  g_string_append (svg, group);
  self->painter.state.depth = 1;

  return &self->painter;
}
