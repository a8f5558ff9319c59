/* test-graph-draw.c: the picture is what the drawing tells, and nothing of it is cut off
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "graph/bp-graph-draw-private.h"

#include <cairo-pdf.h>
#include <cairo-svg.h>
#include <math.h>
#include <string.h>

#include "experiment/bp-builtin.h"
#include "lib/trainer-fixture.h"

#define MARGIN 4

static cairo_surface_t *
create_surface (BpGraphDrawing *drawing)
{
  double width;
  double height;

  bp_graph_layout_get_size (bp_graph_drawing_get_layout (drawing), &width, &height);

  return cairo_image_surface_create (CAIRO_FORMAT_RGB24, (int) ceil (width) + 2 * MARGIN,
                                     (int) ceil (height) + 2 * MARGIN);
}

static BpPainter *
create_painter (BpGraphDrawing  *drawing,
                cairo_surface_t *surface)
{
  return bp_painter_cairo_new (cairo_create (surface), bp_graph_drawing_get_palette (drawing));
}

static BpPainter *
start (BpGraphDrawing  *drawing,
       cairo_surface_t *surface)
{
  BpPainter *painter = create_painter (drawing, surface);

  bp_painter_set_color (painter, BP_COLOR_SURFACE);
  bp_painter_rectangle (painter, &(cairo_rectangle_t) { 0, 0, 1e5, 1e5 }, 0);
  bp_painter_fill (painter);
  bp_painter_transform (painter, MARGIN, MARGIN, 1);

  return painter;
}

static cairo_surface_t *
draw (BpGraphDrawing *drawing)
{
  cairo_surface_t *surface = create_surface (drawing);
  BpPainter       *painter = start (drawing, surface);

  bp_graph_draw (painter, drawing);
  bp_painter_free (painter);
  cairo_surface_flush (surface);

  return surface;
}

/* The pixel that shows (@x, @y) of the drawing. */
static guint32
get_pixel (cairo_surface_t *surface,
           double           x,
           double           y)
{
  const guchar *data = cairo_image_surface_get_data (surface);
  int           column = (int) floor (x) + MARGIN;
  int           row = (int) floor (y) + MARGIN;
  guint32       pixel;

  g_assert_true (column >= 0 && column < cairo_image_surface_get_width (surface));
  g_assert_true (row >= 0 && row < cairo_image_surface_get_height (surface));
  memcpy (&pixel, data + row * cairo_image_surface_get_stride (surface) + 4 * column, sizeof pixel);

  return pixel & 0xffffff;
}

static guint32
get_color (BpGraphDrawing *drawing,
           BpColor         color)
{
  const GdkRGBA *rgba = &bp_graph_drawing_get_palette (drawing)->colors[color];

  return (guint32) (rgba->red * 255 + 0.5f) << 16 | (guint32) (rgba->green * 255 + 0.5f) << 8
         | (guint32) (rgba->blue * 255 + 0.5f);
}

static gboolean
are_equal (cairo_surface_t *a,
           cairo_surface_t *b)
{
  gsize size = (gsize) cairo_image_surface_get_stride (a) * cairo_image_surface_get_height (a);

  g_assert_cmpint (cairo_image_surface_get_height (a), ==, cairo_image_surface_get_height (b));
  g_assert_cmpint (cairo_image_surface_get_stride (a), ==, cairo_image_surface_get_stride (b));

  return memcmp (cairo_image_surface_get_data (a), cairo_image_surface_get_data (b), size) == 0;
}

/* Nodes that an update did not change look the same to the pixel. */
static void
test_unrelated_nodes (void)
{
  g_autoptr (BpTrainer) trainer = trainer_from_builtin ("classification");
  g_autoptr (BpGraphDrawing) drawing = bp_graph_drawing_new ();
  cairo_surface_t *before;

  bp_trainer_step_iteration (trainer, 1);
  bp_graph_drawing_update (drawing, trainer);
  before = draw (drawing);

  for (guint step = 0; step < bp_trainer_get_n_instructions (trainer); step++)
    {
      cairo_surface_t *after;

      bp_trainer_step_node (trainer, 1);
      bp_graph_drawing_update (drawing, trainer);
      after = draw (drawing);
      g_assert_false (are_equal (before, after));
      for (guint node = 0; node < bp_graph_drawing_get_n_nodes (drawing); node++)
        {
          const cairo_rectangle_t *box = bp_graph_layout_get_node (bp_graph_drawing_get_layout (drawing), node);

          if (bp_graph_drawing_is_node_changed (drawing, node))
            continue;
          for (double y = box->y + 1; y < box->y + box->height - 1; y++)
            for (double x = box->x + 1; x < box->x + box->width - 1; x++)
              g_assert_cmphex (get_pixel (before, x, y), ==, get_pixel (after, x, y));
        }
      cairo_surface_destroy (before);
      before = after;
    }
  cairo_surface_destroy (before);
}

/* The whole is its parts, and two drawings of one thing are one picture. */
static void
test_parts (void)
{
  g_autoptr (BpTrainer) trainer = trainer_from_builtin ("xor");
  g_autoptr (BpGraphDrawing) drawing = bp_graph_drawing_new ();
  g_autoptr (BpGraphDrawing) other = bp_graph_drawing_new ();
  cairo_surface_t *whole;
  cairo_surface_t *again;
  cairo_surface_t *parts;
  BpPainter       *painter;

  bp_trainer_step_iteration (trainer, 1);
  bp_trainer_step_iteration (trainer, 1);
  bp_trainer_step_node (trainer, -1);
  bp_graph_drawing_update (drawing, trainer);
  bp_graph_drawing_update (other, trainer);

  whole = draw (drawing);
  again = draw (other);
  g_assert_true (are_equal (whole, again));

  parts = create_surface (drawing);
  painter = start (drawing, parts);
  bp_graph_draw_aside (painter, drawing);
  for (guint level = 0; level < BP_GRAPH_N_LEVELS; level++)
    for (guint edge = 0; edge < bp_graph_layout_count_edges (bp_trainer_get_graph (trainer)); edge++)
      {
        cairo_rectangle_t bounds;

        bp_painter_save (painter);
        bp_graph_drawing_get_edge_bounds (drawing, edge, &bounds);
        bounds = (cairo_rectangle_t){ floor (bounds.x), floor (bounds.y), ceil (bounds.width) + 1,
                                      ceil (bounds.height) + 1 };
        bp_painter_clip (painter, &bounds);
        bp_graph_draw_edges (painter, drawing, level, edge, edge + 1);
        bp_painter_restore (painter);
      }
  for (guint node = 0; node < bp_graph_drawing_get_n_nodes (drawing); node++)
    bp_graph_draw_node (painter, drawing, node);
  bp_painter_free (painter);
  cairo_surface_flush (parts);
  g_assert_true (are_equal (whole, parts));

  cairo_surface_destroy (whole);
  cairo_surface_destroy (again);
  cairo_surface_destroy (parts);
}

/* Nothing is drawn beyond the layout's size, in any phase, with thin or thick lines. */
static void
test_nothing_is_cut_off (void)
{
  const char *const *names = bp_builtin_get_names ();

  for (guint i = 0; names[i] != NULL; i++)
    {
      g_autoptr (BpTrainer) trainer = trainer_from_builtin (names[i]);
      g_autoptr (BpGraphDrawing) drawing = bp_graph_drawing_new ();
      guint32 background;

      bp_graph_drawing_set_stroke_scale (drawing, i % 2 == 0 ? 1 : 2);
      bp_graph_drawing_set_area (drawing, 900, 300);
      background = get_color (drawing, BP_COLOR_SURFACE);
      bp_trainer_step_iteration (trainer, 1);
      for (guint step = 0; step < 4; step++)
        {
          cairo_surface_t *surface;
          double           width;
          double           height;

          bp_graph_drawing_update (drawing, trainer);
          bp_graph_layout_get_size (bp_graph_drawing_get_layout (drawing), &width, &height);
          surface = draw (drawing);
          for (int x = -MARGIN; x < width + MARGIN - 1; x++)
            {
              g_assert_cmphex (get_pixel (surface, x, -1), ==, background);
              g_assert_cmphex (get_pixel (surface, x, ceil (height)), ==, background);
            }
          for (int y = -MARGIN; y < height + MARGIN - 1; y++)
            {
              g_assert_cmphex (get_pixel (surface, -1, y), ==, background);
              g_assert_cmphex (get_pixel (surface, ceil (width), y), ==, background);
            }
          cairo_surface_destroy (surface);
          bp_trainer_step_phase (trainer, 1);
        }
    }
}

/* However many characters a number has, it stays within its node. */
static void
test_long_numbers (void)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (BpExperiment) experiment = bp_builtin_load ("regression-batch", &error);
  g_autoptr (BpGraphDrawing) drawing = bp_graph_drawing_new ();
  g_autoptr (BpTrainer) trainer = NULL;
  const cairo_rectangle_t *box;
  cairo_surface_t         *free_surface;
  cairo_surface_t         *clipped_surface;
  BpPainter               *painter;
  guint                    node;

  bp_experiment_find_variable (experiment, "A")->initial
      = (BpDistribution){ .kind = BP_DISTRIBUTION_CONSTANT, .a = -1.2345e-200 };
  trainer = trainer_new (experiment);
  bp_trainer_step_node (trainer, 1);
  bp_trainer_step_node (trainer, 1);
  bp_graph_drawing_set_area (drawing, 100, 100);
  bp_graph_drawing_update (drawing, trainer);
  node = bp_graph_find (bp_graph_drawing_get_graph (drawing), "my_output");
  g_assert_cmpint (g_utf8_strlen (bp_graph_drawing_get_node (drawing, node)->value, -1), >=, 24);
  box = bp_graph_layout_get_node (bp_graph_drawing_get_layout (drawing), node);

  free_surface = create_surface (drawing);
  painter = start (drawing, free_surface);
  bp_graph_draw_node (painter, drawing, node);
  bp_painter_free (painter);
  clipped_surface = create_surface (drawing);
  painter = start (drawing, clipped_surface);
  bp_painter_clip (painter, &(cairo_rectangle_t){ floor (box->x) - 1, floor (box->y) - 1, ceil (box->width) + 3,
                                                  ceil (box->height) + 3 });
  bp_graph_draw_node (painter, drawing, node);
  bp_painter_free (painter);
  cairo_surface_flush (free_surface);
  cairo_surface_flush (clipped_surface);
  g_assert_true (are_equal (free_surface, clipped_surface));
  cairo_surface_destroy (free_surface);
  cairo_surface_destroy (clipped_surface);
}

/* Data have square corners, ops round ones; the loss has a second border. */
static void
test_shapes (void)
{
  g_autoptr (BpTrainer) trainer = trainer_from_builtin ("regression");
  g_autoptr (BpGraphDrawing) drawing = bp_graph_drawing_new ();
  cairo_surface_t *surface;
  guint32          background;
  guint            n_inner = 0;

  bp_graph_drawing_update (drawing, trainer);
  background = get_color (drawing, BP_COLOR_SURFACE);
  surface = draw (drawing);
  for (guint node = 0; node < bp_graph_drawing_get_n_nodes (drawing); node++)
    {
      const BpNodeState       *state = bp_graph_drawing_get_node (drawing, node);
      const cairo_rectangle_t *box = bp_graph_layout_get_node (bp_graph_drawing_get_layout (drawing), node);
      guint32                  corner = get_pixel (surface, ceil (box->x), ceil (box->y));
      guint                    n_borders = 0;
      gboolean                 inside = FALSE;

      if (state->kind == BP_NODE_DATA)
        g_assert_cmphex (corner, !=, background);
      else
        g_assert_cmphex (corner, ==, background);

      /* From the top border down to the first text, at a place without text. */
      for (double y = floor (box->y) - 2; y < box->y + 7; y++)
        {
          gboolean dark = (get_pixel (surface, box->x + box->width / 2, y) & 0xff) < 0xd0;

          n_borders += dark && !inside;
          inside = dark;
        }
      g_assert_cmpuint (n_borders, ==, state->kind == BP_NODE_LOSS ? 2 : 1);
      n_inner += n_borders == 2;
    }
  g_assert_cmpuint (n_inner, ==, 1);
  cairo_surface_destroy (surface);
}

/* How often a line and the background take turns along a straight track. */
static guint
count_turns (BpGraphDrawing  *drawing,
             cairo_surface_t *surface,
             const BpPoint   *points,
             guint            n_points)
{
  guint32  background = get_color (drawing, BP_COLOR_SURFACE);
  gboolean on = FALSE;
  guint    n_turns = 0;

  for (double x = points[0].x + 14; x < points[n_points - 1].x - 14; x++)
    {
      gboolean now = get_pixel (surface, x, points[0].y) != background;

      n_turns += now && !on;
      on = now;
    }
  g_assert_cmpfloat (points[0].y, ==, points[n_points - 1].y);

  return n_turns;
}

/* Never colour alone: the value's line is solid and above, the gradient's dashed and below. */
static void
test_lines (void)
{
  g_autoptr (BpTrainer) trainer = trainer_from_builtin ("regression");
  g_autoptr (BpGraphDrawing) drawing = bp_graph_drawing_new ();
  const BpGraphEdge *edge;
  cairo_surface_t   *surface;

  bp_trainer_step_iteration (trainer, 1);
  bp_graph_drawing_update (drawing, trainer);
  surface = draw (drawing);
  edge = bp_graph_layout_get_edge (bp_graph_drawing_get_layout (drawing),
                                   bp_graph_layout_get_n_edges (bp_graph_drawing_get_layout (drawing)) - 1);
  g_assert_nonnull (edge->gradient_track);
  g_assert_cmpfloat (edge->value_track[0].y, <, edge->gradient_track[0].y);
  g_assert_cmpuint (count_turns (drawing, surface, edge->value_track, edge->n_points), ==, 1);
  g_assert_cmpuint (count_turns (drawing, surface, edge->gradient_track, edge->n_points), >, 4);
  cairo_surface_destroy (surface);
}

static cairo_status_t
collect (void         *closure,
         const guchar *data,
         guint         length)
{
  g_byte_array_append (closure, data, length);

  return CAIRO_STATUS_SUCCESS;
}

/* Files are drawn by the same functions, without a display. */
static void
test_files (void)
{
  g_autoptr (BpTrainer) trainer = trainer_from_builtin ("classification");
  g_autoptr (BpGraphDrawing) drawing = bp_graph_drawing_new ();
  double width;
  double height;

  bp_trainer_step_iteration (trainer, 1);
  bp_graph_drawing_update (drawing, trainer);
  bp_graph_layout_get_size (bp_graph_drawing_get_layout (drawing), &width, &height);
  for (guint i = 0; i < 2; i++)
    {
      g_autoptr (GByteArray) bytes = g_byte_array_new ();
      cairo_surface_t *surface = i == 0 ? cairo_svg_surface_create_for_stream (collect, bytes, width, height)
                                        : cairo_pdf_surface_create_for_stream (collect, bytes, width, height);
      BpPainter       *painter = create_painter (drawing, surface);

      bp_graph_draw (painter, drawing);
      bp_graph_draw_legend (painter, drawing);
      bp_painter_free (painter);
      cairo_surface_finish (surface);
      g_assert_cmpint (cairo_surface_status (surface), ==, CAIRO_STATUS_SUCCESS);
      g_assert_cmpuint (bytes->len, >, 5000);
      cairo_surface_destroy (surface);
    }
}

static BpTrainer *
create_column_trainer (const char *shape)
{
  g_autofree char *text = g_strdup_printf ("[Experiment]\nBatchSize=1\n[Data]\nx=normal(0, 1)\ny=10\n"
                                           "[Variables]\nw=1\n[Model]\np=reshape(x * w, %s)\n"
                                           "loss=reduce_mean(square(p - y))\n", shape);

  return trainer_from_text (text);
}

/* A sign stands above the upper right corner of a node that has a warning, and of no other. */
static void
test_warning (void)
{
  static const char *const shapes[] = { "[-1, 1]", "[-1]" };

  for (guint i = 0; i < G_N_ELEMENTS (shapes); i++)
    {
      g_autoptr (BpTrainer) trainer = create_column_trainer (shapes[i]);
      g_autoptr (BpGraphDrawing) drawing = bp_graph_drawing_new ();
      guint node = bp_graph_find (bp_trainer_get_graph (trainer), "subtract");
      const cairo_rectangle_t *box;
      cairo_surface_t *surface;

      bp_graph_drawing_update (drawing, trainer);
      for (guint j = 0; j < bp_graph_drawing_get_n_nodes (drawing); j++)
        g_assert_true ((bp_graph_drawing_get_node (drawing, j)->warning != NULL) == (i == 0 && j == node));

      box = bp_graph_layout_get_node (bp_graph_drawing_get_layout (drawing), node);
      surface = draw (drawing);
      cairo_surface_flush (surface);
      g_assert_cmphex (get_pixel (surface, box->x + box->width - 10, box->y - 1), ==, i == 0 ? 0x1e1e1e : 0xffffff);
      cairo_surface_destroy (surface);
    }
}

/* The legend takes the size that it says. */
static void
test_legend (void)
{
  g_autoptr (BpGraphDrawing) drawing = bp_graph_drawing_new ();
  cairo_surface_t *surface = cairo_image_surface_create (CAIRO_FORMAT_RGB24, 600, 60);
  BpPainter       *painter = start (drawing, surface);
  guint32          background = get_color (drawing, BP_COLOR_SURFACE);
  double           width;
  double           height;
  double           right = 0;
  double           bottom = 0;

  bp_graph_drawing_get_legend_size (drawing, &width, &height);
  bp_graph_draw_legend (painter, drawing);
  bp_painter_free (painter);
  cairo_surface_flush (surface);
  for (int y = -MARGIN; y < 60 - MARGIN; y++)
    for (int x = -MARGIN; x < 600 - MARGIN; x++)
      if (get_pixel (surface, x, y) != background)
        {
          right = MAX (right, x);
          bottom = MAX (bottom, y);
          g_assert_true (x >= 0 && y >= 0);
        }
  g_assert_true (right > width - 6 && right <= width);
  g_assert_true (bottom > height - 8 && bottom <= height);
  cairo_surface_destroy (surface);
}

int
main (int    argc,
      char **argv)
{
  g_test_init (&argc, &argv, NULL);

  g_test_add_func ("/graph-draw/unrelated-nodes", test_unrelated_nodes);
  g_test_add_func ("/graph-draw/parts", test_parts);
  g_test_add_func ("/graph-draw/nothing-is-cut-off", test_nothing_is_cut_off);
  g_test_add_func ("/graph-draw/long-numbers", test_long_numbers);
  g_test_add_func ("/graph-draw/shapes", test_shapes);
  g_test_add_func ("/graph-draw/lines", test_lines);
  g_test_add_func ("/graph-draw/files", test_files);
  g_test_add_func ("/graph-draw/legend", test_legend);
  g_test_add_func ("/graph-draw/warning", test_warning);

  return g_test_run ();
}
