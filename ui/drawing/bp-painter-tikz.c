/* bp-painter-tikz.c: the painter as TikZ, whose text LaTeX sets
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "drawing/bp-painter-private.h"

#include <string.h>

#include "base/bp-number.h"
#include "drawing/bp-latex.h"

/* TeX reads a line at a time. */
#define PIECES_PER_LINE 8

/**
 * Tikz:
 * @font_size: of text that is as large as the document's
 * @path: the path so far
 */
typedef struct {
  BpPainter painter;
  GString  *tex;
  double    font_size;
  GString  *path;
  guint     n_pieces;
} Tikz;

/* Scopes */

/* Numbers */

static void
append_decimal (GString *tex,
                double   number)
{
  char text[G_ASCII_DTOSTR_BUF_SIZE];

  g_string_append (tex, g_ascii_formatd (text, sizeof text, "%.2f", number));
}

static void
append_point (GString *tex,
              double   x,
              double   y)
{
  g_string_append_c (tex, '(');
  append_decimal (tex, x);
  g_string_append_c (tex, ',');
  append_decimal (tex, y);
  g_string_append_c (tex, ')');
}

static void
append_length (Tikz       *self,
               const char *name,
               double      length)
{
  g_string_append (self->tex, name);
  append_decimal (self->tex, self->painter.state.scale * length);
  g_string_append (self->tex, "\\bpunit");
}

static void
append_box (GString      *tex,
            const double *n)
{
  append_point (tex, n[0], n[1]);
  g_string_append (tex, " rectangle ");
  append_point (tex, n[0] + n[2], n[1] + n[3]);
}

static void
append_color (Tikz        *self,
              const char  *name,
              const BpInk *ink)
{
  const GdkRGBA *rgba = &ink->rgba;

  g_string_append_printf (self->tex, "%s=", name);
  if (ink->color < BP_N_COLORS)
    bp_latex_append_color (self->tex, ink->color);
  else
    g_string_append_printf (self->tex, "{rgb,255:red,%u;green,%u;blue,%u}", (guint) (rgba->red * 255 + 0.5f),
                            (guint) (rgba->green * 255 + 0.5f), (guint) (rgba->blue * 255 + 0.5f));
  if (rgba->alpha < 1)
    {
      g_string_append_printf (self->tex, ",%s opacity=", name);
      append_decimal (self->tex, (double) rgba->alpha);
    }
}

static void
tikz_clip (BpPainter               *painter,
           const cairo_rectangle_t *box)
{
  Tikz *self = (Tikz *) painter;
  double n[6];

  bp_painter_map (painter, BP_PIECE_RECTANGLE, (const double[]) { box->x, box->y, box->width, box->height, 0 }, n);
  g_string_append (self->tex, "\\begin{scope}\\clip ");
  append_box (self->tex, n);
  g_string_append (self->tex, ";\n");
}

/* A group is a node that a document can point to. */
static void
tikz_begin_group (BpPainter                *painter,
                  const char               *id,
                  G_GNUC_UNUSED const char *title)
{
  Tikz *self = (Tikz *) painter;

  g_string_append (self->tex, "\\begin{scope}");
  if (id != NULL)
    g_string_append_printf (self->tex, "[local bounding box=%s]", id);
  g_string_append_c (self->tex, '\n');
}

static void
tikz_close (BpPainter *painter)
{
  g_string_append (((Tikz *) painter)->tex, "\\end{scope}\n");
}

/* Paths */

static void
tikz_add (BpPainter    *painter,
          BpPiece       piece,
          const double *numbers)
{
  Tikz *self = (Tikz *) painter;
  GString *path = self->path;
  double n[6];

  bp_painter_map (painter, piece, numbers, n);
  if (self->n_pieces++ % PIECES_PER_LINE == PIECES_PER_LINE - 1)
    g_string_append_c (path, '\n');
  switch (piece)
    {
    case BP_PIECE_MOVE:
      append_point (path, n[0], n[1]);
      break;
    case BP_PIECE_LINE:
      g_string_append (path, "--");
      append_point (path, n[0], n[1]);
      break;
    case BP_PIECE_CURVE:
      g_string_append (path, "..controls ");
      append_point (path, n[0], n[1]);
      g_string_append (path, " and ");
      append_point (path, n[2], n[3]);
      g_string_append (path, "..");
      append_point (path, n[4], n[5]);
      break;
    case BP_PIECE_CLOSE:
      g_string_append (path, "--cycle");
      break;
    case BP_PIECE_RECTANGLE:
      if (n[4] > 0)
        {
          g_string_append (path, "{[rounded corners=");
          append_decimal (path, n[4]);
          g_string_append (path, "\\bpunit]");
        }
      append_box (path, n);
      g_string_append (path, n[4] > 0 ? "}" : "");
      break;
    case BP_PIECE_CIRCLE:
      append_point (path, n[0], n[1]);
      g_string_append (path, "circle[radius=");
      append_decimal (path, n[2]);
      g_string_append_c (path, ']');
      break;
    default:
      g_assert_not_reached ();
    }
}

static void
append_line (Tikz *self)
{
  const BpLine *line = &self->painter.state.line;

  append_length (self, ",line width=", line->width);
  if (line->has_round_caps)
    g_string_append (self->tex, ",line cap=round");
  if (line->has_round_joins)
    g_string_append (self->tex, ",line join=round");
  for (guint i = 0; i < line->n_dashes; i++)
    append_length (self, i == 0 ? ",dash pattern=on " : i % 2 == 1 ? " off " : " on ", line->dashes[i]);
}

static void
tikz_paint (BpPainter   *painter,
            const BpInk *fill,
            const BpInk *stroke)
{
  Tikz *self = (Tikz *) painter;

  if (self->n_pieces > 0)
    {
      g_string_append (self->tex, "\\path[");
      if (fill != NULL)
        append_color (self, "fill", fill);
      if (stroke != NULL)
        {
          append_color (self, fill != NULL ? ",draw" : "draw", stroke);
          append_line (self);
        }
      g_string_append_printf (self->tex, "] %s;\n", self->path->str);
    }
  g_string_truncate (self->path, 0);
  self->n_pieces = 0;
}

/* Text */

/* "mean", and "all 0.25", but not "x²". */
static gboolean
has_word (const char *text)
{
  for (const char *c = text; *c != '\0'; c++)
    if (g_ascii_isalpha (c[0]) && g_ascii_isalpha (c[1]))
      return TRUE;

  return FALSE;
}

static gboolean
is_math (BpRole      role,
         const char *text)
{
  switch (role)
    {
    case BP_ROLE_FORMULA:
      return TRUE;
    case BP_ROLE_PARAMETER:
      return strchr (text, '=') != NULL;
    case BP_ROLE_SYMBOL:
    case BP_ROLE_VALUE:
    case BP_ROLE_GRADIENT:
    case BP_ROLE_TICK:
      return !g_str_equal (text, BP_NUMBER_NONE) && !has_word (text);
    case BP_ROLE_TEXT:
    case BP_ROLE_TITLE:
    case BP_ROLE_NAME:
    case BP_N_ROLES:
    default:
      return FALSE;
    }
}

/* "next: A ← 2": a formula may follow words. */
static void
append_text (GString    *tex,
             BpRole      role,
             const char *text)
{
  const char *colon = strstr (text, ": "), *equals = strchr (text, '=');
  const char *formula = colon != NULL && colon < equals ? colon + 2 : text;
  g_autofree char *words = g_strndup (text, (gsize) (formula - text));

  if (!is_math (role, text))
    {
      bp_latex_append_text (tex, text);
      return;
    }

  bp_latex_append_text (tex, words);
  bp_latex_append_math (tex, formula);
}

static void
append_text_line (Tikz             *self,
                  BpRole            role,
                  const BpTextLine *line,
                  double            size,
                  gboolean          is_bold,
                  double            align)
{
  GString *tex = self->tex;

  g_string_append (tex, "\\node[");
  append_color (self, "text", &self->painter.state.ink);
  g_string_append_printf (tex, ",anchor=%s,scale=", align <= 0 ? "base west" : align < 1 ? "base" : "base east");
  append_decimal (tex, size / self->font_size);
  g_string_append_printf (tex, ",bp %s/.try] at ", bp_role_get_name (role));
  append_point (tex, line->x, line->baseline);
  g_string_append (tex, " {\\bpfit{");
  append_decimal (tex, line->width * self->font_size / size);
  g_string_append (tex, is_bold ? "}{\\bfseries\\boldmath " : "}{");
  append_text (tex, role, line->text);
  g_string_append (tex, "}};\n");
}

static void
tikz_show_text (BpPainter   *painter,
                BpRole       role,
                PangoLayout *layout,
                double       x,
                double       y,
                double       align)
{
  Tikz *self = (Tikz *) painter;
  const PangoFontDescription *font = bp_painter_get_font (layout);
  double size = painter->state.scale * pango_font_description_get_size (font) / PANGO_SCALE;
  gboolean is_bold = pango_font_description_get_weight (font) >= PANGO_WEIGHT_SEMIBOLD;
  g_autoptr (GArray) lines = bp_painter_list_lines (painter, layout, x, y, &align);

  for (guint i = 0; i < lines->len; i++)
    append_text_line (self, role, &g_array_index (lines, BpTextLine, i), size, is_bold, align);
}

/* The picture */

static void
tikz_free (BpPainter *painter)
{
  Tikz *self = (Tikz *) painter;

  g_string_append (self->tex, "\\end{tikzpicture}%\n");
  g_string_free (self->path, TRUE);
  g_free (self);
}

static const BpPainterClass tikz_class = {
  .free = tikz_free,
  .clip = tikz_clip,
  .begin_group = tikz_begin_group,
  .close = tikz_close,
  .add = tikz_add,
  .paint = tikz_paint,
  .show_text = tikz_show_text,
};

/* \bpfit{WIDTH}{TEXT}: text that is wider than the one that was measured becomes smaller. */
static const char fit_macro[] =
  "\\def\\bpfit#1#2{\\setbox0\\hbox{#2}%\n"
  "  \\ifdim\\wd0>#1\\bpunit\\resizebox{#1\\bpunit}{!}{\\box0}\\else\\box0\\fi}%\n";

BpPainter *
bp_painter_tikz_new (GString         *tex,
                     const BpPalette *palette,
                     double           width,
                     double           height,
                     double           font_size)
{
  Tikz *self = g_new0 (Tikz, 1);

  bp_painter_init (&self->painter, &tikz_class, palette);
  self->tex = tex;
  self->font_size = font_size;
  self->path = g_string_new (NULL);

  bp_latex_append_colors (tex, palette);
  g_string_append (tex, "\\ifdefined\\bpunit\\else\\newdimen\\bpunit\\fi\\bpunit=");
  bp_latex_append_number (tex, 1 / font_size);
  g_string_append_printf (tex, "em%%\n%s", fit_macro);
  g_string_append (tex, "\\begin{tikzpicture}[x=\\bpunit,y=-\\bpunit,inner sep=0pt,outer sep=0pt");
  g_string_append (tex, "]\n\\path[use as bounding box] ");
  append_box (tex, (const double[]) { 0, 0, width, height });
  g_string_append (tex, ";\n");

  return &self->painter;
}
