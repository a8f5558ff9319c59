/* bp-template-card.c: the templates with a small picture each
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "dialogs/bp-template-card.h"

#include <math.h>

#include "drawing/bp-painter.h"
#include "drawing/bp-palette-style.h"

#define WIDTH 140
#define HEIGHT 76
#define N_POINTS 24

/* Where curves are drawn by short lines. */
#define N_LINES 40

static void
set_line (BpPainter *painter,
          BpColor    color,
          double     width)
{
  bp_painter_set_color (painter, color);
  bp_painter_set_line (painter, &(BpLine) { .width = width, .has_round_caps = TRUE, .has_round_joins = TRUE });
}

static void
draw_line (BpPainter *painter,
           double     x1,
           double     y1,
           double     x2,
           double     y2)
{
  bp_painter_move_to (painter, x1, y1);
  bp_painter_line_to (painter, x2, y2);
  bp_painter_stroke (painter);
}

static void
draw_axes (BpPainter *painter)
{
  set_line (painter, BP_COLOR_GRID, 1.5);
  bp_painter_move_to (painter, 4, 4);
  bp_painter_line_to (painter, 4, HEIGHT - 4);
  bp_painter_line_to (painter, WIDTH - 4, HEIGHT - 4);
  bp_painter_stroke (painter);
}

static void
draw_dot (BpPainter *painter,
          double     x,
          double     y,
          double     radius,
          BpColor    color)
{
  bp_painter_circle (painter, x, y, radius);
  bp_painter_set_color (painter, color);
  bp_painter_fill (painter);
}

static void
draw_ring (BpPainter *painter,
           double     x,
           double     y,
           double     radius,
           BpColor    color)
{
  bp_painter_set_line (painter, &(BpLine) { .width = 1.3 });
  bp_painter_circle (painter, x, y, radius);
  bp_painter_fill_and_stroke (painter, BP_COLOR_SURFACE, color);
}

/* A step downhill, with its head. */
static void
draw_step (BpPainter *painter,
           double     x1,
           double     y1,
           double     x2,
           double     y2)
{
  double length = hypot (x2 - x1, y2 - y1);
  double x = (x2 - x1) / length * 7, y = (y2 - y1) / length * 7;

  set_line (painter, BP_COLOR_PARAMETER, 2);
  draw_line (painter, x1, y1, x2 - x / 2, y2 - y / 2);
  bp_painter_move_to (painter, x2, y2);
  bp_painter_line_to (painter, x2 - x - y / 2, y2 - y + x / 2);
  bp_painter_line_to (painter, x2 - x + y / 2, y2 - y - x / 2);
  bp_painter_close (painter);
  bp_painter_fill (painter);
}

static double
get_curve (double x)
{
  return 36 - 22 * sin ((x - 30) / 22);
}

static void
draw_function_1 (BpPainter *painter)
{
  draw_axes (painter);
  set_line (painter, BP_COLOR_VALUE, 2);
  for (guint i = 0; i <= N_LINES; i++)
    {
      double x = 10 + (WIDTH - 20.0) * i / N_LINES;

      (i == 0 ? bp_painter_move_to : bp_painter_line_to) (painter, x, get_curve (x));
    }
  bp_painter_stroke (painter);
  draw_dot (painter, 116, get_curve (116), 5, BP_COLOR_PARAMETER);
  draw_step (painter, 110, get_curve (116) + 9, 97, get_curve (116) + 20);
}

static void
draw_function_2 (BpPainter *painter)
{
  static const double steps[][2] = { { 26, 12 }, { 44, 44 }, { 60, 28 }, { 72, 40 } };

  for (guint level = 4; level > 0; level--)
    {
      for (guint i = 0; i < N_LINES; i++)
        {
          double angle = 2 * G_PI * i / N_LINES;
          double a = level * 15 * cos (angle), b = level * 7.5 * sin (angle);

          (i == 0 ? bp_painter_move_to : bp_painter_line_to) (painter, 72 + a * 0.97 + b * 0.25,
                                                              39 - a * 0.25 + b * 0.97);
        }
      bp_painter_close (painter);
      bp_painter_set_line (painter, &(BpLine) { .width = 1.3 });
      bp_painter_fill_and_stroke (painter, BP_COLOR_VALUE_FILL, BP_COLOR_VALUE);
    }

  set_line (painter, BP_COLOR_PARAMETER, 2);
  for (guint i = 0; i < G_N_ELEMENTS (steps); i++)
    (i == 0 ? bp_painter_move_to : bp_painter_line_to) (painter, steps[i][0], steps[i][1]);
  bp_painter_stroke (painter);
  draw_dot (painter, steps[0][0], steps[0][1], 3.5, BP_COLOR_PARAMETER);
  draw_dot (painter, 72, 40, 5, BP_COLOR_PARAMETER);
}

/* A number from −1 to 1 that looks as if drawn at random. */
static double
scatter (guint i)
{
  return 2 * fmod (i * 0.618034, 1) - 1;
}

static void
draw_regression (BpPainter *painter)
{
  draw_axes (painter);
  set_line (painter, BP_COLOR_VALUE, 2);
  draw_line (painter, 10, 64, WIDTH - 8, 14);
  for (guint i = 0; i < N_POINTS; i++)
    {
      double x = 14 + (WIDTH - 28.0) * i / N_POINTS;

      draw_ring (painter, x, 64 - (x - 10) * 50 / (WIDTH - 18.0) + 9 * scatter (i * 3), 2.4, BP_COLOR_TEXT);
    }
}

static void
draw_classification (BpPainter *painter)
{
  bp_painter_move_to (painter, 86, 4);
  bp_painter_line_to (painter, WIDTH - 4, 4);
  bp_painter_line_to (painter, WIDTH - 4, HEIGHT - 4);
  bp_painter_line_to (painter, 54, HEIGHT - 4);
  bp_painter_close (painter);
  bp_painter_set_color (painter, BP_COLOR_VALUE_FILL);
  bp_painter_fill (painter);
  draw_axes (painter);
  set_line (painter, BP_COLOR_VALUE, 2);
  draw_line (painter, 86, 4, 54, HEIGHT - 4);
  for (guint i = 0; i < N_POINTS; i++)
    {
      double angle = 2.4 * i, radius = 20 * sqrt ((i + 0.5) / N_POINTS);

      if (i % 2 == 0)
        draw_ring (painter, 38 + radius * cos (angle), 30 + radius * sin (angle), 2.4, BP_COLOR_TEXT);
      else
        draw_dot (painter, 102 + radius * cos (angle), 44 + radius * sin (angle), 2.6, BP_COLOR_TEXT);
    }
}

/* The middle of a neuron, of so many in a layer. */
static double
get_neuron (guint i,
            guint n)
{
  return HEIGHT / 2.0 + (i - (n - 1) / 2.0) * 18;
}

static void
draw_network (BpPainter *painter)
{
  static const guint sizes[] = { 2, 4, 4, 1 };
  static const double places[] = { 12, 50, 90, 128 };

  for (guint layer = 1; layer < G_N_ELEMENTS (sizes); layer++)
    for (guint from = 0; from < sizes[layer - 1]; from++)
      for (guint to = 0; to < sizes[layer]; to++)
        {
          bp_painter_set_color (painter, BP_COLOR_PARAMETER);
          bp_painter_set_line (painter, (from + to) % 2 == 0 ? &(BpLine) { .width = 1.3 }
                                                             : &(BpLine) { 1, { 3, 2 }, 2, FALSE, FALSE });
          draw_line (painter, places[layer - 1], get_neuron (from, sizes[layer - 1]), places[layer],
                     get_neuron (to, sizes[layer]));
        }

  for (guint layer = 0; layer < G_N_ELEMENTS (sizes); layer++)
    for (guint i = 0; i < sizes[layer]; i++)
      draw_ring (painter, places[layer], get_neuron (i, sizes[layer]), 5.5,
                 layer == 0 || layer == 3 ? BP_COLOR_TEXT : BP_COLOR_VALUE);
}

static void
draw_empty (BpPainter *painter)
{
  const cairo_rectangle_t box = { WIDTH / 2 - 34, 4, 68, HEIGHT - 8 };

  bp_painter_set_color (painter, BP_COLOR_DIM);
  bp_painter_set_line (painter, &(BpLine) { .width = 1.5, .dashes = { 5, 4 }, .n_dashes = 2 });
  bp_painter_rectangle (painter, &box, 4);
  bp_painter_stroke (painter);
  set_line (painter, BP_COLOR_DIM, 2);
  draw_line (painter, WIDTH / 2 - 13, HEIGHT / 2, WIDTH / 2 + 13, HEIGHT / 2);
  draw_line (painter, WIDTH / 2, HEIGHT / 2 - 13, WIDTH / 2, HEIGHT / 2 + 13);
}

static void
draw_cb (G_GNUC_UNUSED GtkDrawingArea *area,
         cairo_t                      *cr,
         int                           width,
         int                           height,
         gpointer                      kind)
{
  static void (* const draw[BP_N_TEMPLATES]) (BpPainter *painter) = {
    draw_function_1, draw_function_2, draw_regression, draw_classification, draw_network, draw_empty
  };
  const BpPalette *palette = bp_palette_get (bp_palette_get_kind (adw_style_manager_get_default ()));
  g_autoptr (BpPainter) painter = bp_painter_cairo_new (cairo_reference (cr), palette);

  bp_painter_transform (painter, (width - WIDTH) / 2, (height - HEIGHT) / 2, 1);
  draw[GPOINTER_TO_UINT (kind)] (painter);
}

static GtkWidget *
create_picture (BpTemplateKind kind)
{
  GtkWidget *area = g_object_new (GTK_TYPE_DRAWING_AREA,
                                  "accessible-role", GTK_ACCESSIBLE_ROLE_PRESENTATION,
                                  "content-width", WIDTH,
                                  "content-height", HEIGHT,
                                  NULL);
  AdwStyleManager *manager = adw_style_manager_get_default ();

  gtk_drawing_area_set_draw_func (GTK_DRAWING_AREA (area), draw_cb, GUINT_TO_POINTER (kind), NULL);
  g_signal_connect_object (manager, "notify::dark", G_CALLBACK (gtk_widget_queue_draw), area, G_CONNECT_SWAPPED);
  g_signal_connect_object (manager, "notify::high-contrast", G_CALLBACK (gtk_widget_queue_draw), area,
                           G_CONNECT_SWAPPED);

  return area;
}

GtkWidget *
bp_template_card_new (BpTemplateKind kind)
{
  const char *texts[] = { bp_template_get_title (kind), bp_template_get_description (kind) };
  GtkWidget *box = gtk_box_new (GTK_ORIENTATION_VERTICAL, 4);
  GtkWidget *child = gtk_flow_box_child_new ();

  g_return_val_if_fail (kind < BP_N_TEMPLATES, NULL);

  gtk_box_append (GTK_BOX (box), create_picture (kind));
  for (guint i = 0; i < G_N_ELEMENTS (texts); i++)
    {
      GtkWidget *label = gtk_label_new (texts[i]);

      gtk_label_set_wrap (GTK_LABEL (label), TRUE);
      gtk_label_set_justify (GTK_LABEL (label), GTK_JUSTIFY_CENTER);
      gtk_label_set_max_width_chars (GTK_LABEL (label), 30);
      gtk_widget_add_css_class (label, i == 0 ? "heading" : "caption");
      gtk_box_append (GTK_BOX (box), label);
    }
  gtk_flow_box_child_set_child (GTK_FLOW_BOX_CHILD (child), box);
  gtk_widget_add_css_class (child, "card");
  gtk_accessible_update_property (GTK_ACCESSIBLE (child), GTK_ACCESSIBLE_PROPERTY_LABEL, texts[0],
                                  GTK_ACCESSIBLE_PROPERTY_DESCRIPTION, texts[1], -1);

  return child;
}
