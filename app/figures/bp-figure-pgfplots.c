/* bp-figure-pgfplots.c: a plot as an axis of pgfplots: frame, ticks, legend
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "figures/bp-figure-private.h"

#include <math.h>

#include "figures/bp-figure-latex.h"
#include "figures/bp-figure-pgfplots.h"

#define BIG_POINTS_PER_PIXEL 0.75

/* Entries of a legend in one row at most. */
#define MAX_LEGEND_COLUMNS 4

/* What a legend's entry takes besides its text, in small letters. */
#define LEGEND_ENTRY_WIDTH 4

/* Beyond this power of ten and its inverse a log axis of pgfplots fails. */
#define MAX_LOG 1e80

static gboolean
has_exponents (const BpAxis *axis)
{
  return axis->scale == BP_SCALE_LOG && (axis->minimum < 1 / MAX_LOG || axis->maximum > MAX_LOG);
}

static void
append_ranges (const BpPgfplots *pgf)
{
  const BpAxis *x = &pgf->plot->x, *y = &pgf->plot->y;

  g_string_append (pgf->tex, "  xmin=");
  bp_latex_append_number (pgf->tex, x->minimum);
  g_string_append (pgf->tex, ",xmax=");
  bp_latex_append_number (pgf->tex, x->maximum);
  g_string_append (pgf->tex, ",\n  ymin=");
  bp_latex_append_number (pgf->tex, bp_pgfplots_get_y (pgf, y->minimum));
  g_string_append (pgf->tex, ",ymax=");
  bp_latex_append_number (pgf->tex, bp_pgfplots_get_y (pgf, y->maximum));
  g_string_append (pgf->tex, y->scale == BP_SCALE_LOG && !pgf->has_exponents ? ",ymode=log,\n" : ",\n");
}

/* "[0,1]" of "W[0,1]" would end an option: braces around everything. */
static void
append_text_option (GString    *tex,
                    const char *key,
                    const char *text)
{
  g_string_append_printf (tex, "  %s={", key);
  bp_latex_append_text (tex, text);
  g_string_append (tex, "},\n");
}

static void
append_label (GString      *tex,
              const char   *key,
              const BpAxis *axis)
{
  g_autofree char *title = bp_axis_get_title (axis);

  if (title != NULL)
    append_text_option (tex, key, title);
}

/* The same ticks as in the drawing. */
static void
append_ticks (const BpPgfplots *pgf,
              const char       *axis_name,
              const GArray     *ticks)
{
  g_autoptr (GString) minor = g_string_new (NULL);
  g_autoptr (GString) major = g_string_new (NULL);
  g_autoptr (GString) labels = g_string_new (NULL);

  for (guint i = 0; i < ticks->len; i++)
    {
      const BpTick *tick = &g_array_index (ticks, BpTick, i);
      GString *values = tick->label != NULL ? major : minor;

      if (values->len > 0)
        g_string_append_c (values, ',');
      bp_latex_append_number (values, *axis_name == 'y' ? bp_pgfplots_get_y (pgf, tick->value) : tick->value);
      if (tick->label == NULL)
        continue;

      g_string_append (labels, labels->len > 0 ? ",{" : "{");
      bp_latex_append_math (labels, tick->label);
      g_string_append_c (labels, '}');
    }

  g_string_append_printf (pgf->tex, "  %stick={%s},%sticklabels={%s},minor %stick={%s},\n", axis_name, major->str,
                          axis_name, labels->str, axis_name, minor->str);
}

static guint
count_legend_columns (const BpPlot       *plot,
                      const BpPlotLayout *layout)
{
  glong longest = 1;

  for (guint i = 0; i < plot->layers->len; i++)
    if (bp_layer_in_legend (bp_plot_get_layer (plot, i)))
      longest = MAX (longest, g_utf8_strlen (bp_plot_get_layer (plot, i)->label, -1));

  return (guint) CLAMP (layout->area.width / (layout->em * (0.6 * (double) longest + LEGEND_ENTRY_WIDTH)), 1,
                        MAX_LEGEND_COLUMNS);
}

/* Title and subtitle share a line as wide as the axis. */
static void
append_title (GString            *tex,
              const BpPlot       *plot,
              const BpPlotLayout *layout)
{
  g_string_append (tex, "  title={\\textbf{");
  bp_latex_append_text (tex, plot->title);
  g_string_append_c (tex, '}');
  if (plot->subtitle != NULL)
    {
      g_string_append (tex, "\\hfill{\\footnotesize\\color{bp-dim}");
      bp_latex_append_text (tex, plot->subtitle);
      g_string_append_c (tex, '}');
    }
  g_string_append (tex, "},\n  title style={at={(0,1)},anchor=south west,inner xsep=0pt,align=left,text width=");
  bp_latex_append_number (tex, layout->area.width * BIG_POINTS_PER_PIXEL);
  g_string_append (tex, "bp},\n");
}

static void
append_options (const BpPgfplots   *pgf,
                const BpPlotLayout *layout)
{
  const BpPlot *plot = pgf->plot;
  GString *tex = pgf->tex;

  g_string_append (tex, "\\begin{axis}[scale only axis,width=");
  bp_latex_append_number (tex, layout->area.width * BIG_POINTS_PER_PIXEL);
  g_string_append (tex, "bp,height=");
  bp_latex_append_number (tex, layout->area.height * BIG_POINTS_PER_PIXEL);
  g_string_append (tex, "bp,clip mode=individual,unbounded coords=jump,scaled ticks=false,\n");
  append_ranges (pgf);
  append_ticks (pgf, "x", layout->x_ticks);
  append_ticks (pgf, "y", layout->y_ticks);
  append_label (tex, "xlabel", &plot->x);
  append_label (tex, "ylabel", &plot->y);
  append_title (tex, plot, layout);
  if (!bp_plot_has_axes (plot))
    g_string_append (tex, "  hide axis,\n");
  g_string_append (tex,
                   "  axis x line*=bottom,axis y line*=left,y axis line style={draw=none},tick align=outside,\n"
                   "  ytick style={draw=none},ymajorgrids,grid style={bp-grid},axis line style={bp-dim},\n"
                   "  xlabel near ticks,ylabel near ticks,label style={font=\\footnotesize,text=bp-dim},\n"
                   "  tick label style={font=\\footnotesize,text=bp-dim},\n");
  g_string_append_printf (tex,
                          "  legend style={at={(.5,0)},yshift=-3.2em,anchor=north,draw=none,fill=none,\n"
                          "    font=\\footnotesize,text=bp-dim,legend columns=%u,/tikz/every even column/.append "
                          "style={column sep=1em}},\n"
                          "  legend cell align=left]\n", count_legend_columns (plot, layout));
}

/* The legend, whatever is drawn of the layers. */
static void
append_legend (const BpPgfplots *pgf)
{
  g_autoptr (GArray) entries = bp_plot_list_legend (pgf->plot);

  for (guint i = 0; i < entries->len; i++)
    {
      const BpLayer *layer = bp_plot_get_layer (pgf->plot, g_array_index (entries, guint, i));
      g_autofree char *label = NULL;
      BpLayer look = *layer;

      if (layer->kind == BP_LAYER_ARROW)
        look.marker = BP_MARKER_NONE;
      g_string_append (pgf->tex, "\\addlegendimage{");
      if (layer->kind == BP_LAYER_BARS || layer->kind == BP_LAYER_GRID)
        g_string_append (pgf->tex, "area legend,fill opacity=.2,fill=");
      else if (layer->kind == BP_LAYER_ARROW)
        g_string_append (pgf->tex, "-latex,");
      if (layer->kind == BP_LAYER_BARS || layer->kind == BP_LAYER_GRID)
        {
          bp_latex_append_color (pgf->tex, layer->color);
          g_string_append (pgf->tex, ",draw=");
        }
      bp_pgfplots_append_style (pgf, &look, FALSE);
      g_string_append (pgf->tex, layer->is_strong ? "}\\addlegendentry{\\textbf{" : "}\\addlegendentry{{");
      label = bp_layer_dup_legend_label (layer);
      bp_latex_append_text (pgf->tex, label);
      if (layer->value != NULL)
        bp_latex_append_text (pgf->tex, layer->value);
      g_string_append (pgf->tex, "}}\n");
    }
}

static void
append_layers (const BpPgfplots *pgf,
               gboolean          is_cursor)
{
  for (guint i = 0; i < pgf->plot->layers->len; i++)
    if (!bp_plot_get_layer (pgf->plot, i)->is_cursor == !is_cursor)
      bp_pgfplots_append_layer (pgf, bp_plot_get_layer (pgf->plot, i));
}

static void
append_caption (const BpFigure     *figure,
                const BpPlotLayout *layout,
                GString            *tex)
{
  if (figure->caption == NULL)
    return;

  g_string_append (tex, "\\node[anchor=north west,inner xsep=0pt,align=left,font=\\footnotesize,text=bp-dim,"
                        "text width=");
  bp_latex_append_number (tex, layout->area.width * BIG_POINTS_PER_PIXEL);
  g_string_append (tex, "bp] at ([yshift=-.5em]current bounding box.south -| 0,0) {");
  bp_latex_append_text (tex, figure->caption);
  g_string_append (tex, "};\n");
}

void
bp_figure_append_tikz_plot (const BpFigure *figure,
                            GString        *tex)
{
  const BpPlot *plot = bp_figure_get_plot (figure);
  BpPgfplots pgf = { plot, tex, has_exponents (&plot->y) };
  double height = MAX (1, figure->height - figure->caption_height);
  g_autoptr (BpPlotLayout) layout = bp_plot_layout_new (plot, figure->width, height, &figure->style);

  g_string_append_printf (tex, "\\begin{tikzpicture}%s\n", figure->options.dark ? "[color=bp-text]" : "");
  append_options (&pgf, layout);
  append_legend (&pgf);
  append_layers (&pgf, FALSE);
  append_layers (&pgf, TRUE);
  for (guint i = 0; i < plot->layers->len; i++)
    bp_pgfplots_append_label (&pgf, bp_plot_get_layer (plot, i));
  g_string_append (tex, "\\end{axis}\n");
  append_caption (figure, layout, tex);
  if (figure->options.dark)
    bp_latex_append_ground (tex);
  g_string_append (tex, "\\end{tikzpicture}%\n");
}
