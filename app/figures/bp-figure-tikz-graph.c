/* bp-figure-tikz-graph.c: the computation graph as a tikzpicture
 *
 * Text takes the document's fonts. Distances are in its em, so that boxes fit their text at any size, unless a size was
 * asked for.
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "figures/bp-figure-private.h"

#include <glib/gi18n-lib.h>
#include <string.h>

#include "figures/bp-figure-latex.h"
#include "base/bp-number.h"

#define BIG_POINTS_PER_PIXEL 0.75

/* The rows of a node, in em, and where of its height value and gradient stand. */
#define NAME_ROW 1.35
#define VALUE_ROW 1.7
#define GRADIENT_ROW 1.5
#define VALUE_PLACE 0.5
#define GRADIENT_PLACE 0.8

/* How wide a node's border is at each side, in em. */
#define PADDING 0.7

typedef struct {
  const BpFigure      *figure;
  const BpGraphLayout *layout;
  GString             *tex;
  double               unit;
  gboolean             is_absolute;
} Picture;

/* A distance of the drawing as a length of TeX. */
static void
append_length (const Picture *picture,
               double         pixels)
{
  bp_latex_append_number (picture->tex, pixels * picture->unit);
  g_string_append (picture->tex, picture->is_absolute ? "bp" : "em");
}

/* A place in the drawing, in units of the picture, which are its pixels. */
static void
append_place (const Picture *picture,
              double         x,
              double         y)
{
  char number[G_ASCII_DTOSTR_BUF_SIZE];

  g_string_append_printf (picture->tex, "(%s,", g_ascii_formatd (number, sizeof number, "%.2f", x));
  g_string_append_printf (picture->tex, "%s)", g_ascii_formatd (number, sizeof number, "%.2f", y));
}

/* "mean", and "all 0.25", but not "x²". */
static gboolean
has_word (const char *text)
{
  for (const char *c = text; *c != '\0'; c++)
    if (g_ascii_isalpha (c[0]) && g_ascii_isalpha (c[1]))
      return TRUE;

  return FALSE;
}

static void
append_value (const Picture *picture,
              const char    *text)
{
  if (g_str_equal (text, BP_NUMBER_NONE) || has_word (text))
    bp_latex_append_text (picture->tex, text);
  else
    bp_latex_append_math (picture->tex, text);
}

/* Nodes */

/* \bprow{HEIGHT}{LEFT}{RIGHT}: what is on the left becomes smaller where it has not enough room. */
static const char row_macro[] =
  "\\def\\bprow#1#2#3{\\setbox1\\hbox{#3}\\setbox2\\hbox{#2}\\dimen0=\\dimexpr\\hsize-\\wd1-.3em\\relax\n"
  "  \\ifdim\\wd2>\\dimen0\\setbox2\\hbox{\\resizebox{\\dimen0}{!}{\\box2}}\\fi\n"
  "  \\hbox to\\hsize{\\rule[-0.4em]{0pt}{#1}\\box2\\hss\\box1}}%\n";

static void
begin_row (const Picture *picture,
           double         height)
{
  g_string_append (picture->tex, "\\bprow{");
  bp_latex_append_number (picture->tex, height);
  g_string_append (picture->tex, "em}{");
}

static void
begin_color (const Picture *picture,
             BpColor        color)
{
  g_string_append (picture->tex, "{\\color{");
  bp_latex_append_color (picture->tex, color);
  g_string_append_c (picture->tex, '}');
}

static void
append_name_row (const Picture     *picture,
                 const BpNodeState *state)
{
  begin_row (picture, NAME_ROW);
  g_string_append (picture->tex, "\\textbf{");
  bp_latex_append_text (picture->tex, state->name);
  g_string_append_c (picture->tex, '}');
  if (state->tag != NULL)
    {
      g_string_append (picture->tex, " {\\fboxsep.15em\\fbox{\\footnotesize ");
      bp_latex_append_math (picture->tex, state->tag);
      g_string_append (picture->tex, "}}");
    }
  g_string_append (picture->tex, "}{");
  begin_color (picture, BP_COLOR_DIM);
  g_string_append (picture->tex, "\\footnotesize ");
  bp_latex_append_text (picture->tex, state->shape);
  g_string_append (picture->tex, "}}");
}

static void
append_value_row (const Picture     *picture,
                  const BpNodeState *state)
{
  begin_row (picture, VALUE_ROW);
  if (state->old_value != NULL)
    {
      begin_color (picture, BP_COLOR_DIM);
      append_value (picture, state->old_value);
      g_string_append (picture->tex, "} {");
      g_string_append (picture->tex, "\\color{bp-parameter}$\\to$} ");
    }
  begin_color (picture, bp_node_state_get_value_color (state));
  g_string_append (picture->tex, state->is_tensor ? "" : "\\large ");
  append_value (picture, state->value);
  g_string_append (picture->tex, "}}{");
  begin_color (picture, BP_COLOR_DIM);
  g_string_append (picture->tex, state->kind == BP_NODE_DATA ? "\\footnotesize " : "");
  if (has_word (state->symbol))
    bp_latex_append_text (picture->tex, state->symbol);
  else
    bp_latex_append_math (picture->tex, state->symbol);
  g_string_append (picture->tex, "}}");
}

static void
append_gradient_row (const Picture     *picture,
                     const BpNodeState *state)
{
  begin_row (picture, GRADIENT_ROW);
  begin_color (picture, bp_node_state_get_gradient_color (state));
  g_string_append (picture->tex, "$\\partial$ ");
  append_value (picture, state->gradient);
  g_string_append (picture->tex, "}}{");
  if (state->sum != NULL)
    {
      begin_color (picture, bp_node_state_get_gradient_color (state));
      g_string_append (picture->tex, "\\footnotesize ");
      bp_latex_append_text (picture->tex, state->sum);
      g_string_append_c (picture->tex, '}');
    }
  g_string_append_c (picture->tex, '}');
}

static const char *
get_node_style (const BpNodeState *state)
{
  switch (state->kind)
    {
    case BP_NODE_DATA:
      return "bp placeholder";
    case BP_NODE_VARIABLE:
      return "bp variable";
    case BP_NODE_LOSS:
      return "bp loss";
    case BP_NODE_OP:
    default:
      return "bp op";
    }
}

static const char *
get_mark_style (BpMark mark)
{
  switch (mark)
    {
    case BP_MARK_VALUE:
      return ",bp computed";
    case BP_MARK_GRADIENT:
      return ",bp differentiated";
    case BP_MARK_UPDATE:
      return ",bp updated";
    case BP_MARK_NONE:
    default:
      return "";
    }
}

static void
append_node (const Picture *picture,
             guint          node)
{
  const BpNodeState *state = bp_graph_drawing_get_node (picture->figure->drawing, node);
  const cairo_rectangle_t *box = bp_graph_layout_get_node (picture->layout, node);
  double em = picture->figure->options.font_size;

  g_string_append_printf (picture->tex, "\\node[%s%s%s,minimum width=", get_node_style (state),
                          state->aside ? ",dashed" : "", get_mark_style (state->mark));
  append_length (picture, box->width);
  g_string_append (picture->tex, ",minimum height=");
  append_length (picture, box->height);
  g_string_append (picture->tex, ",text width=");
  append_length (picture, MAX (em, box->width - 2 * PADDING * em));
  g_string_append_printf (picture->tex, "] (n%u) at ", node);
  append_place (picture, box->x + box->width / 2, box->y + box->height / 2);
  g_string_append (picture->tex, " {");
  g_string_append (picture->tex, "\\vbox{\\offinterlineskip");
  append_name_row (picture, state);
  append_value_row (picture, state);
  if (state->has_gradient)
    append_gradient_row (picture, state);
  g_string_append (picture->tex, "}};\n");
}

/* From the gradient at the left of the variable back into its value. */
static void
append_update (const Picture *picture,
               guint          node)
{
  const BpNodeState *state = bp_graph_drawing_get_node (picture->figure->drawing, node);
  const cairo_rectangle_t *box = bp_graph_layout_get_node (picture->layout, node);
  double reach = 1.5 * bp_graph_layout_get_loop_width (picture->layout);
  double from = box->y + GRADIENT_PLACE * box->height;
  double to = box->y + VALUE_PLACE * box->height;

  if (!state->is_updated)
    return;

  g_string_append_printf (picture->tex, "\\draw[bp update%s] ", state->mark == BP_MARK_UPDATE ? ",bp active" : "");
  append_place (picture, box->x, from);
  g_string_append (picture->tex, " .. controls ");
  append_place (picture, box->x - reach, from);
  g_string_append (picture->tex, " and ");
  append_place (picture, box->x - reach, to);
  g_string_append (picture->tex, " .. ");
  append_place (picture, box->x, to);
  g_string_append (picture->tex, ";\n");
}

/* Edges */

static void
append_track (const Picture *picture,
              const char    *style,
              gboolean       active,
              const BpPoint *points,
              guint          n_points)
{
  g_string_append_printf (picture->tex, "\\draw[%s%s] ", style, active ? ",bp active" : "");
  append_place (picture, points[0].x, points[0].y);
  for (guint i = 1; i + 2 < n_points; i += 3)
    {
      g_string_append (picture->tex, " .. controls ");
      append_place (picture, points[i].x, points[i].y);
      g_string_append (picture->tex, " and ");
      append_place (picture, points[i + 1].x, points[i + 1].y);
      g_string_append (picture->tex, " .. ");
      append_place (picture, points[i + 2].x, points[i + 2].y);
    }
  g_string_append (picture->tex, ";\n");
}

static void
append_label (const Picture     *picture,
              const BpGraphEdge *edge,
              const BpEdgeState *state)
{
  if (edge->label.width <= 0 || state->symbols == NULL)
    return;

  g_string_append_printf (picture->tex, "\\node[bp derivative%s] at ", state->is_gradient_old ? ",text=bp-dim" : "");
  append_place (picture, edge->label.x + edge->label.width / 2, edge->label.y + edge->label.height / 2);
  g_string_append (picture->tex, " {");
  g_string_append_printf (picture->tex, "$%s$", state->symbols_latex);
  if (state->numbers_latex != NULL)
    g_string_append_printf (picture->tex, "\\\\$%s$", state->numbers_latex);
  g_string_append (picture->tex, "};\n");
}

static void
append_edge (const Picture *picture,
             guint          index)
{
  const BpGraphEdge *edge = bp_graph_layout_get_edge (picture->layout, index);
  const BpEdgeState *state = bp_graph_drawing_get_edge (picture->figure->drawing, index);

  append_track (picture, !state->has_value ? "bp ahead" : state->is_value_old ? "bp value,bp old" : "bp value",
                state->mark == BP_MARK_VALUE, edge->value_track, edge->n_points);
  if (!state->has_gradient || edge->gradient_track == NULL)
    return;

  append_track (picture, state->is_gradient_old ? "bp gradient,bp old" : "bp gradient",
                state->mark == BP_MARK_GRADIENT, edge->gradient_track, edge->n_points);
  append_label (picture, edge, state);
}

/* The rest */

static void
append_aside (const Picture *picture,
              guint          row)
{
  cairo_rectangle_t aside;

  if (!bp_graph_layout_get_aside (picture->layout, row, &aside))
    return;

  g_string_append (picture->tex, "\\node[bp note,anchor=south west] (aside) at ");
  append_place (picture, aside.x, aside.y);
  g_string_append (picture->tex, " {");
  bp_latex_append_text (picture->tex, _("evaluation, not trained"));
  g_string_append (picture->tex, "};\n\\coordinate (aside end) at ");
  append_place (picture, aside.x + aside.width, aside.y);
  g_string_append (picture->tex, ";\n\\draw[bp-dim,dotted] (aside.east) -- (aside.east -| aside end);\n");
}

/* The row below the graph that says what the lines mean. */
static void
append_legend (const Picture *picture,
               double         y)
{
  const struct {
    const char *style;
    const char *text;
  } entries[] = {
    { "bp value", _("value (forward)") },
    { "bp gradient", _("gradient (backward)") },
    { "bp update", _("update") },
    { "bp value,bp old", _("before the update") },
  };
  guint n = G_N_ELEMENTS (entries) - !bp_graph_drawing_has_old_values (picture->figure->drawing);

  g_string_append (picture->tex, "\\coordinate (legend) at ");
  append_place (picture, picture->figure->options.font_size, y);
  g_string_append (picture->tex, ";\n");
  for (guint i = 0; i < n; i++)
    {
      g_string_append_printf (picture->tex, "\\draw[%s] (legend) -- ++(2em,0) node[bp note,anchor=west] (legend) {",
                              entries[i].style);
      bp_latex_append_text (picture->tex, entries[i].text);
      g_string_append (picture->tex, "};\n\\coordinate (legend) at ([xshift=1em]legend.east);\n");
    }
}

static void
append_caption (const Picture *picture,
                double         y)
{
  if (picture->figure->caption == NULL)
    return;

  g_string_append (picture->tex, "\\node[bp note,anchor=north west,align=left,text width=");
  append_length (picture, picture->figure->width - 2 * picture->figure->options.font_size);
  g_string_append (picture->tex, "] at ");
  append_place (picture, picture->figure->options.font_size, y);
  g_string_append (picture->tex, " {");
  bp_latex_append_text (picture->tex, picture->figure->caption);
  g_string_append (picture->tex, "};\n");
}

static const char graph_styles[] =
  "  bp node/.style={draw=bp-dim,fill=bp-node,inner sep=0pt,line width=.6pt,align=left},\n"
  "  bp op/.style={bp node,rounded corners=.6em},\n"
  "  bp placeholder/.style={bp node,fill=bp-data},\n"
  "  bp variable/.style={bp op,draw=bp-parameter,fill=bp-parameter-fill,line width=1.4pt},\n"
  "  bp loss/.style={bp op,double=bp-node,double distance=1.6pt},\n"
  "  bp computed/.style={draw=bp-value,line width=1.8pt},\n"
  "  bp differentiated/.style={draw=bp-gradient,line width=1.8pt},\n"
  "  bp updated/.style={draw=bp-parameter,line width=2.2pt},\n"
  "  bp ahead/.style={draw=bp-dim,line width=.6pt,-latex},\n"
  "  bp value/.style={draw=bp-value,line width=.9pt,-latex},\n"
  "  bp gradient/.style={draw=bp-gradient,line width=.9pt,dash pattern=on 3pt off 2pt,latex-},\n"
  "  bp update/.style={draw=bp-parameter,line width=.9pt,-latex},\n"
  "  bp active/.style={line width=1.8pt},\n"
  "  bp old/.style={draw=bp-dim},\n"
  "  bp derivative/.style={text=bp-gradient,font=\\footnotesize,align=center,inner sep=0pt},\n"
  "  bp note/.style={text=bp-dim,draw=none,font=\\footnotesize,inner sep=.3em},\n";

static void
append_options (const Picture *picture)
{
  GString *tex = picture->tex;

  g_string_append (tex, "\\begin{tikzpicture}[x=");
  append_length (picture, 1);
  g_string_append (tex, ",y=-");
  append_length (picture, 1);
  g_string_append_printf (tex, "%s,\n%s]\n", picture->figure->options.dark ? ",color=bp-text" : "", graph_styles);
}

/* All of it in the units of the layout. */
static void
append_picture (const Picture *picture,
                double         height)
{
  double em = picture->figure->options.font_size;

  append_options (picture);
  for (guint row = 0; row < bp_graph_layout_get_n_rows (picture->layout); row++)
    append_aside (picture, row);
  for (guint i = 0; i < bp_graph_layout_get_n_edges (picture->layout); i++)
    append_edge (picture, i);
  for (guint node = 0; node < bp_graph_layout_get_n_nodes (picture->layout); node++)
    append_node (picture, node);
  for (guint node = 0; node < bp_graph_layout_get_n_nodes (picture->layout); node++)
    append_update (picture, node);
  append_legend (picture, height + em);
  append_caption (picture, height + 2 * em);
  if (picture->figure->options.dark)
    bp_latex_append_ground (picture->tex);
  g_string_append (picture->tex, "\\end{tikzpicture}%\n");
}

void
bp_figure_append_tikz_graph (const BpFigure *figure,
                             GString        *tex)
{
  const BpFigureOptions *options = &figure->options;
  gboolean is_absolute = options->width > 0 || options->height > 0;
  Picture picture = {
    .figure = figure,
    .tex = tex,
    .unit = is_absolute ? BIG_POINTS_PER_PIXEL : 1 / options->font_size,
    .is_absolute = is_absolute,
  };
  double width, height;
  double scale = bp_figure_fit_graph (figure, is_absolute ? options->width : 1, options->height, &width, &height);

  picture.layout = bp_graph_drawing_get_layout (figure->drawing);
  g_string_append (tex, row_macro);
  if (is_absolute && scale < 1)
    {
      g_string_append (tex, "\\scalebox{");
      bp_latex_append_number (tex, scale);
      g_string_append (tex, "}{%\n");
    }
  append_picture (&picture, height);
  if (is_absolute && scale < 1)
    g_string_append (tex, "}%\n");
}
