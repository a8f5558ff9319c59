/* bp-figure-tikz.c: figures for LaTeX, to be put into a document with \input
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "figures/bp-figure-private.h"

#include <glib/gi18n-lib.h>

#include "drawing/bp-latex.h"

#define BIG_POINTS_PER_PIXEL 0.75

/* A comment ends with its line. */
static void
append_comment (GString    *tex,
                const char *text)
{
  g_autofree char *line = g_strdelimit (g_strdup (text), "\r\n", ' ');

  g_string_append_printf (tex, "%% %s\n", line);
}

static void
append_head (const BpFigure *figure,
             GString        *tex)
{
  g_autofree char *title = bp_figure_create_title (figure);

  append_comment (tex, title);
  append_comment (tex, _("To be put into a document with \\input. Its preamble needs:"));
  append_comment (tex, figure->options.kind == BP_FIGURE_EXPLANATION ? "\\usepackage{xcolor,amsmath}"
                                                                     : "\\usepackage{tikz}");
  append_comment (tex, _("It may define colors and styles of its own, such as"));
  append_comment (tex, "\\definecolor{bp-value}{HTML}{0072B2} \\tikzset{bp value/.style={font=\\small}}");
}

/* The formulas as they are; in the dark on a ground of their own. */
static void
append_explanation (const BpFigure *figure,
                    GString        *tex)
{
  g_autofree char *latex = bp_explanation_to_latex (figure->explanation);
  gboolean is_framed = figure->options.dark || figure->options.width > 0;

  bp_latex_append_colors (tex, figure->style.palette);
  if (figure->options.dark)
    g_string_append (tex, "\\colorbox{bp-surface}{\\color{bp-text}%\n");
  if (is_framed)
    {
      g_string_append (tex, "\\begin{minipage}{");
      if (figure->options.width > 0)
        bp_latex_append_number (tex, figure->options.width * BIG_POINTS_PER_PIXEL);
      g_string_append (tex, figure->options.width > 0 ? "bp}\n" : "\\dimexpr\\linewidth-2\\fboxsep\\relax}\n");
    }

  g_string_append (tex, latex);
  if (figure->caption != NULL)
    {
      g_string_append (tex, "\\par\\noindent{\\footnotesize\\color{bp-dim} ");
      bp_latex_append_text (tex, figure->caption);
      g_string_append (tex, "}\n");
    }

  if (is_framed)
    g_string_append (tex, "\\end{minipage}");
  g_string_append (tex, figure->options.dark ? "}%\n" : is_framed ? "%\n" : "");
}

/* As large as it was asked for, else as it is in the type of the document, but not wider than its lines nor higher than
 * its page. */
static void
append_picture (const BpFigure *figure,
                GString        *tex)
{
  gboolean is_sized = figure->options.width > 0 || figure->options.height > 0;
  BpPainter *painter;

  g_string_append (tex, "\\sbox0{%\n");
  painter = bp_painter_tikz_new (tex, figure->style.palette, figure->width, figure->height, figure->options.font_size);
  /* A light figure lies on the page or slide. */
  (figure->options.dark ? bp_figure_paint : bp_figure_paint_marks) (figure, painter);
  bp_painter_free (painter);
  g_string_append (tex, "}%\n");
  if (is_sized)
    {
      g_string_append (tex, "\\resizebox{");
      bp_latex_append_number (tex, figure->width * BIG_POINTS_PER_PIXEL);
      g_string_append (tex, "bp}{!}{\\usebox0}%\n");
    }
  else
    g_string_append (tex, "\\ifdim\\wd0>\\linewidth\\sbox0{\\resizebox{\\linewidth}{!}{\\usebox0}}\\fi\n"
                     "\\ifdim\\ht0>.9\\textheight\\sbox0{\\resizebox{!}{.9\\textheight}{\\usebox0}}\\fi\\usebox0%\n");
}

GBytes *
bp_figure_to_tikz (const BpFigure        *figure,
                   G_GNUC_UNUSED GError **error)
{
  GString *tex = g_string_new (NULL);

  append_head (figure, tex);
  g_string_append (tex, "\\begingroup%\n");
  if (figure->options.kind == BP_FIGURE_EXPLANATION)
    append_explanation (figure, tex);
  else
    append_picture (figure, tex);
  g_string_append (tex, "\\endgroup%\n");

  return g_string_free_to_bytes (tex);
}
