/* bp-network-draw.c: neurons as tiles, weights as lines
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "network/bp-network-draw-private.h"

#include <glib/gi18n-lib.h>
#include <math.h>

#include "base/bp-number.h"

/* The widest line, and how strong lines are: where nothing goes on, and where the step is. */
#define WIDEST 8
#define FAINT 0.45
#define STRONG 0.8

/* The room that numbers have beside a picture. */
#define NUMBERS 5.7

static void
init_pen (BpNetworkPen         *pen,
          BpPainter            *painter,
          const BpNetwork      *network,
          const BpNetworkStyle *style)
{
  cairo_font_options_t *options = cairo_font_options_create ();

  *pen = (BpNetworkPen){ painter, network, style, pango_font_map_create_context (pango_cairo_font_map_get_default ()) };
  cairo_font_options_set_hint_metrics (options, CAIRO_HINT_METRICS_OFF);
  cairo_font_options_set_hint_style (options, CAIRO_HINT_STYLE_NONE);
  pango_cairo_context_set_font_options (pen->context, options);
  pango_context_set_round_glyph_positions (pen->context, FALSE);
  cairo_font_options_destroy (options);
}

static void
clear_pen (BpNetworkPen *pen)
{
  g_object_unref (pen->context);
}

static BpColor
get_lit_color (BpLit lit)
{
  static const BpColor colors[] = { BP_COLOR_DIM, BP_COLOR_VALUE, BP_COLOR_GRADIENT, BP_COLOR_PARAMETER };

  return colors[lit];
}

/* What the step goes along is a lit band between two columns. */
static void
show_bands (BpNetworkPen *pen)
{
  static const BpColor fills[] = { BP_COLOR_SURFACE, BP_COLOR_VALUE_FILL, BP_COLOR_GRADIENT_FILL,
                                   BP_COLOR_PARAMETER_FILL };

  for (guint c = 1; c < pen->network->columns->len; c++)
    {
      const BpNetworkColumn *column = bp_network_column (pen->network, c);
      const BpNetworkColumn *before = bp_network_column (pen->network, c - 1);
      const cairo_rectangle_t *left = &bp_network_neuron (pen->network, before->first)->box;
      const cairo_rectangle_t *right = &bp_network_neuron (pen->network, column->first)->box;
      double top = HUGE_VAL, bottom = 0;
      cairo_rectangle_t band;

      if (!column->is_product_lit)
        continue;
      for (guint i = 0; i < pen->network->neurons->len; i++)
        {
          const BpNeuron *neuron = bp_network_neuron (pen->network, i);

          if (neuron->is_shown && (neuron->column == c || neuron->column == c - 1))
            {
              top = MIN (top, neuron->box.y);
              bottom = MAX (bottom, neuron->box.y + neuron->box.height);
            }
        }
      band = (cairo_rectangle_t){ left->x + left->width + 0.5 * pen->style->unit, top,
                                  right->x - left->x - left->width - pen->style->unit, bottom - top };
      bp_painter_rectangle (pen->painter, &band, pen->style->unit);
      bp_painter_set_color (pen->painter, fills[column->lit]);
      bp_painter_fill (pen->painter);
    }
}

/* Lines */

/* How large a line is: by its weight, or by its gradient. */
static double
get_size (const BpNetworkPen *pen,
          const BpConnection *connection)
{
  return pen->style->mode == BP_NETWORK_GRADIENTS ? connection->gradient : connection->weight;
}

/* The largest of those that lead to each column. */
static double *
find_greatest_sizes (const BpNetworkPen *pen)
{
  double *greatest = g_new0 (double, pen->network->columns->len + 1);

  for (guint i = 0; i < pen->network->connections->len; i++)
    {
      const BpConnection *connection = bp_network_connection (pen->network, i);
      guint               column = bp_network_neuron (pen->network, connection->to)->column;
      double              size = fabs (get_size (pen, connection));

      if (isfinite (size))
        greatest[column] = MAX (greatest[column], size);
    }

  return greatest;
}

/* Whether a weight leads to the chosen neuron, or is chosen itself. */
static gboolean
is_chosen (const BpNetworkPen *pen,
           guint               index)
{
  return index == pen->network->chosen_connection
         || (pen->network->chosen != G_MAXUINT
             && bp_network_connection (pen->network, index)->to == pen->network->chosen);
}

static void
show_line (BpNetworkPen *pen,
           guint         index,
           double        greatest)
{
  const BpConnection    *connection = bp_network_connection (pen->network, index);
  const BpNetworkColumn *column
      = bp_network_column (pen->network, bp_network_neuron (pen->network, connection->to)->column);
  gboolean               is_gradient = pen->style->mode == BP_NETWORK_GRADIENTS;
  double                 size = get_size (pen, connection);
  double                 part = greatest > 0 && isfinite (size) ? fabs (size) / greatest : 0;
  const cairo_rectangle_t *tile = &bp_network_neuron (pen->network, connection->to)->box;
  double                 widest = MIN (WIDEST * pen->style->stroke, 0.25 * tile->height);
  double                 width = MAX (pen->style->stroke, (is_gradient ? 0.6 : 1) * widest * part);
  double                 points[4], middle;
  BpLine                 line = { .width = width, .dashes = { 1.1 * width + 3, 0.7 * width + 2 } };

  bp_network_get_line (pen->network, index, points);
  middle = (points[0] + points[2]) / 2;
  line.n_dashes = is_gradient || !(connection->weight >= 0) ? 2 : 0;
  bp_painter_set_line (pen->painter, &line);
  bp_painter_set_ink (pen->painter, is_gradient ? BP_COLOR_GRADIENT : BP_COLOR_PARAMETER,
                      is_chosen (pen, index) ? 1 : column->is_product_lit ? STRONG : FAINT);
  bp_painter_move_to (pen->painter, points[0], points[1]);
  bp_painter_curve_to (pen->painter, middle, points[1], middle, points[3], points[2], points[3]);
  bp_painter_stroke (pen->painter);
}

static void
show_lines (BpNetworkPen *pen)
{
  g_autofree double *greatest = find_greatest_sizes (pen);

  for (guint pass = 0; pass < 2; pass++)
    for (guint i = 0; i < pen->network->connections->len; i++)
      {
        const BpConnection *connection = bp_network_connection (pen->network, i);
        const BpNeuron     *to = bp_network_neuron (pen->network, connection->to);

        if (bp_network_neuron (pen->network, connection->from)->is_shown && to->is_shown
            && is_chosen (pen, i) == (pass == 1)
            && (pen->style->mode != BP_NETWORK_GRADIENTS || !isnan (connection->gradient)))
          show_line (pen, i, greatest[to->column]);
      }
}

/* From the last layer to the loss: the value above, solid, the gradient below, dashed. */
static void
show_way_to_loss (BpNetworkPen *pen)
{
  const guint     n = pen->network->columns->len;
  const double    unit = pen->style->unit;
  const BpNeuron *loss = bp_network_neuron (pen->network, bp_network_column (pen->network, n - 1)->first);
  const BpNetworkColumn *last = bp_network_column (pen->network, n - 2);
  BpLine          line = { .width = 1.7 * pen->style->stroke };

  for (guint k = 0; k < last->n; k++)
    {
      const BpNeuron *neuron = bp_network_neuron (pen->network, last->first + k);
      double          x0 = neuron->box.x + neuron->box.width, y0 = neuron->box.y + neuron->box.height / 2;
      double          x1 = loss->box.x, y1 = loss->box.y + loss->box.height / 2, middle = (x0 + x1) / 2;

      if (!neuron->is_shown)
        continue;
      for (guint track = 0; track < 2; track++)
        {
          double shift = (track == 0 ? -0.3 : 0.3) * unit;

          if (track == 1 && isnan (neuron->gradient))
            continue;
          line.n_dashes = track == 0 ? 0 : 2;
          line.dashes[0] = 5 * pen->style->stroke;
          line.dashes[1] = 3.2 * pen->style->stroke;
          bp_painter_set_line (pen->painter, &line);
          bp_painter_set_color (pen->painter, track == 1 ? BP_COLOR_GRADIENT
                                              : isnan (loss->value) ? BP_COLOR_DIM : BP_COLOR_VALUE);
          bp_painter_move_to (pen->painter, x0, y0 + shift);
          bp_painter_curve_to (pen->painter, middle, y0 + shift, middle, y1 + shift, x1, y1 + shift);
          bp_painter_stroke (pen->painter);
        }
    }
}

/* Tiles */

/* Value, gradient and bias, as many as there are lines. */
static void
show_numbers (BpNetworkPen   *pen,
              const BpNeuron *neuron,
              double          x,
              double          right)
{
  const double     unit = pen->style->unit;
  const guint      n_lines = (guint) CLAMP (neuron->box.height / (1.3 * unit), 1, 3);
  gboolean         is_data = pen->network->columns->len > 0 && neuron->column == 0;
  const double     room = right - x;
  g_autofree char *bias_words = g_strdup_printf (_("bias %s"), "");
  g_autofree char *value = bp_network_pen_format (pen, neuron->value, room);
  g_autofree char *number = bp_network_pen_format (pen, neuron->gradient, room - bp_network_pen_measure (pen, "∂ "));
  g_autofree char *gradient = g_strconcat ("∂ ", number, NULL);
  g_autofree char *bias_number = bp_network_pen_format (pen, neuron->bias,
                                                        room - bp_network_pen_measure (pen, bias_words));
  g_autofree char *bias = g_strdup_printf (_("bias %s"), bias_number);
  const char      *lines[3] = { value, is_data ? neuron->name : gradient, isnan (neuron->bias) ? NULL : bias };
  const BpColor    colors[3] = { isnan (neuron->value) ? BP_COLOR_DIM : BP_COLOR_VALUE,
                                 is_data ? BP_COLOR_TEXT : isnan (neuron->gradient) ? BP_COLOR_DIM : BP_COLOR_GRADIENT,
                                 BP_COLOR_PARAMETER };
  const BpRole     roles[3] = { BP_ROLE_VALUE, is_data ? BP_ROLE_NAME : BP_ROLE_GRADIENT, BP_ROLE_PARAMETER };
  guint            first = n_lines == 1 && pen->style->mode == BP_NETWORK_GRADIENTS && !is_data ? 1 : 0;
  guint            n = MIN (n_lines, lines[2] != NULL ? 3 : 2);
  double           pitch = neuron->box.height / (n + 0.35);

  for (guint i = 0; i < n; i++)
    bp_network_pen_show_text (pen, roles[first + i], colors[first + i], lines[first + i],
                              i == 0 ? BP_NETWORK_VALUE_SIZE : 1, first + i < 2, x,
                              neuron->box.y + neuron->box.height / 2 + (i - (n - 1) / 2.0) * pitch, room, 0);
}

static void
show_tile (BpNetworkPen *pen,
           guint         index)
{
  const BpNeuron        *neuron = bp_network_neuron (pen->network, index);
  const BpNetworkColumn *column = bp_network_column (pen->network, neuron->column);
  const double           unit = pen->style->unit;
  const double           padding = CLAMP (0.09 * neuron->box.height, 2 * pen->style->stroke, 0.4 * unit);
  const double           side = MIN (neuron->box.height - 2 * padding,
                                     neuron->box.width - 3 * padding - NUMBERS * unit);
  cairo_rectangle_t      picture = { neuron->box.x + padding, neuron->box.y + (neuron->box.height - side) / 2, side,
                                    side };
  gboolean               is_lit = column->lit != BP_LIT_NONE;
  gboolean               is_data = neuron->column == 0;
  double                 x = neuron->box.x + padding;
  BpLine                 line = { .width = (is_lit || index == pen->network->chosen ? 2.6 : 1.1) * pen->style->stroke };

  bp_painter_begin_group (pen->painter, "neuron", neuron->name);
  bp_painter_rectangle (pen->painter, &neuron->box, is_data ? 0 : 0.6 * unit);
  bp_painter_set_line (pen->painter, &line);
  bp_painter_fill_and_stroke (pen->painter, is_data ? BP_COLOR_DATA : BP_COLOR_NODE,
                              index == pen->network->chosen ? BP_COLOR_TEXT : get_lit_color (column->lit));
  if (side > unit && bp_network_pen_show_picture (pen, index, &picture))
    x = picture.x + side + 0.5 * unit;
  else
    x += 0.3 * unit;
  show_numbers (pen, neuron, x, neuron->box.x + neuron->box.width - padding);
  bp_painter_end_group (pen->painter);
}

/* Below the name of a column its activation or, where a weight is chosen, the factor of its gradient that is there. */
static void
show_about (BpNetworkPen          *pen,
            const BpNetworkColumn *column,
            guint                  index,
            double                 middle,
            double                 room)
{
  const guint       chosen = pen->network->chosen_connection;
  const double      baseline = 2.1 * pen->style->unit;
  g_autofree char  *text = NULL;
  gboolean          is_from, is_to;

  is_from = chosen != G_MAXUINT
            && bp_network_neuron (pen->network, bp_network_connection (pen->network, chosen)->from)->column == index;
  is_to = chosen != G_MAXUINT
          && bp_network_neuron (pen->network, bp_network_connection (pen->network, chosen)->to)->column == index;
  if (is_from || is_to)
    {
      const double     factor = pen->network->factors[is_to];
      g_autofree char *number = isnan (factor) ? g_strdup (BP_NUMBER_NONE) : bp_number_format (factor);

      text = g_strconcat (is_to ? "∂ " : "× ", number, NULL);
      bp_network_pen_show_text (pen, BP_ROLE_TEXT, is_to ? BP_COLOR_GRADIENT : BP_COLOR_VALUE, text, 0.95, TRUE, middle,
                                baseline, room, 0.5);
    }
  else if (column->about != NULL)
    bp_network_pen_show_text (pen, BP_ROLE_TEXT, BP_COLOR_DIM, column->about, 0.95, FALSE, middle, baseline, room, 0.5);
}

/* Names of columns, and how many neurons they fold. */
static void
show_titles (BpNetworkPen *pen)
{
  const double unit = pen->style->unit;

  for (guint c = 0; c < pen->network->columns->len; c++)
    {
      const BpNetworkColumn   *column = bp_network_column (pen->network, c);
      const cairo_rectangle_t *box = &bp_network_neuron (pen->network, column->first + column->first_shown)->box;
      double                   middle = box->x + box->width / 2;

      bp_network_pen_show_text (pen, BP_ROLE_NAME,
                                column->lit != BP_LIT_NONE ? get_lit_color (column->lit) : BP_COLOR_TEXT, column->title,
                                1, TRUE, middle, 0.9 * unit, box->width + unit, 0.5);
      show_about (pen, column, c, middle, box->width + unit);
      if (column->n_shown < column->n)
        {
          g_autofree char *more = g_strdup_printf (_("… %u more"), column->n - column->n_shown);

          bp_network_pen_show_text (pen, BP_ROLE_TEXT, BP_COLOR_DIM, more, 0.95, FALSE,
                                    column->more.x + column->more.width / 2,
                                    column->more.y + column->more.height / 2, column->more.width, 0.5);
        }
    }
}

void
bp_network_draw (BpPainter            *painter,
                 const BpNetwork      *network,
                 const BpNetworkStyle *style)
{
  BpNetworkPen pen;

  if (network->columns->len < 2)
    return;

  init_pen (&pen, painter, network, style);
  show_bands (&pen);
  show_way_to_loss (&pen);
  show_lines (&pen);
  for (guint i = 0; i < network->neurons->len; i++)
    if (bp_network_neuron (network, i)->is_shown)
      show_tile (&pen, i);
  show_titles (&pen);
  clear_pen (&pen);
}

void
bp_network_draw_ring (BpPainter            *painter,
                      const BpNetwork      *network,
                      const BpNetworkStyle *style,
                      guint                 neuron)
{
  cairo_rectangle_t box = bp_network_neuron (network, neuron)->box;

  box = (cairo_rectangle_t){ box.x - 3, box.y - 3, box.width + 6, box.height + 6 };
  bp_painter_rectangle (painter, &box, 0.6 * style->unit);
  bp_painter_set_color (painter, BP_COLOR_TEXT);
  bp_painter_set_line (painter, &(BpLine) { .width = 2.5 });
  bp_painter_stroke (painter);
}

/* The legend */

double
bp_network_get_legend_height (const BpNetworkStyle *style)
{
  return 1.7 * style->unit;
}

static double
show_sample_line (BpNetworkPen *pen,
                  BpColor       color,
                  gboolean      is_dashed,
                  double        x,
                  double        y)
{
  const double width = (pen->style->mode == BP_NETWORK_GRADIENTS ? 2 : 4) * pen->style->stroke;
  BpLine       line = { .width = width, .dashes = { 1.1 * width + 3, 0.7 * width + 2 }, .n_dashes = is_dashed ? 2 : 0 };

  bp_painter_set_line (pen->painter, &line);
  bp_painter_set_color (pen->painter, color);
  bp_painter_move_to (pen->painter, x, y);
  bp_painter_line_to (pen->painter, x + 2.2 * pen->style->unit, y);
  bp_painter_stroke (pen->painter);

  return x + 2.6 * pen->style->unit;
}

void
bp_network_draw_legend (BpPainter            *painter,
                        const BpNetwork      *network,
                        const BpNetworkStyle *style,
                        double                x,
                        double                y)
{
  const double unit = style->unit;
  BpNetworkPen          pen;

  init_pen (&pen, painter, network, style);
  y += 0.85 * unit;
#define WORDS(text) \
  x += bp_network_pen_show_text (&pen, BP_ROLE_TEXT, BP_COLOR_DIM, text, 0.95, FALSE, x, y, G_MAXINT / PANGO_SCALE, 0) \
       + 0.9 * unit
  if (style->mode == BP_NETWORK_GRADIENTS)
    {
      x = show_sample_line (&pen, BP_COLOR_GRADIENT, TRUE, x, y);
      WORDS (_("gradient of a weight: width = size in its layer"));
    }
  else
    {
      x = show_sample_line (&pen, BP_COLOR_PARAMETER, FALSE, x, y);
      WORDS (_("positive weight"));
      x = show_sample_line (&pen, BP_COLOR_PARAMETER, TRUE, x, y);
      WORDS (_("negative; width = size in its layer"));
    }
  if (style->mode == BP_NETWORK_ACTIVATIONS && network->has_maps)
    WORDS (_("map: the fuller the more positive, line zero, dot the sample"));
  else if (style->mode == BP_NETWORK_ACTIVATIONS)
    WORDS (_("squares: filled positive, hollow negative"));
  else
    WORDS (_("squares: the samples of the batch, hollow negative"));
#undef WORDS
  clear_pen (&pen);
}
