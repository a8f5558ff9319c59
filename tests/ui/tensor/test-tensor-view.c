/* test-tensor-view.c: every element has its place in the heat map, and is read out
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "tensor/bp-tensor-view.h"

#include <math.h>
#include <string.h>

#include "base/bp-number.h"
#include "tensor/bp-tensor-draw.h"
#include "lib/picture.h"
#include "lib/widget-search.h"

#define UNIT 12.0

static const guint64 shapes[][1 + BP_MAX_RANK] = {
  { 0 },
  { 1, 1 },
  { 1, 5 },
  { 1, 25 },
  { 1, 100 },
  { 1, 5003 },
  { 2, 2, 3 },
  { 2, 3, 1 },
  { 2, 30, 10 },
  { 2, 200, 90 },
  { 3, 2, 3, 4 },
  { 4, 3, 5, 2, 2 },
};

static BpShape
create_shape (guint i)
{
  BpShape shape;

  g_assert_true (bp_shape_init (&shape, shapes[i][0], shapes[i] + 1, NULL));

  return shape;
}

static double *
create_values (gsize n)
{
  double *values = g_new (double, n);

  for (gsize i = 0; i < n; i++)
    values[i] = sin (0.37 * i) * (i % 11);

  return values;
}

/* The middles of all cells, found again: no element is in two cells, and those of the planes shown are in one. */
static void
test_every_element_has_a_cell (void)
{
  for (guint i = 0; i < G_N_ELEMENTS (shapes); i++)
    {
      BpShape      shape = create_shape (i);
      BpTensorGrid grid;
      double       width;
      double       height;
      gsize        n_found = 0;
      gsize        n_shown;
      g_autofree gboolean *seen = NULL;

      bp_tensor_grid_init (&grid, &shape, UNIT);
      bp_tensor_grid_get_size (&grid, &width, &height);
      seen = g_new0 (gboolean, bp_tensor_grid_get_n_cells (&grid));
      n_shown = grid.n_elements / grid.n_all_planes * grid.n_planes;

      for (double y = 0.5; y < height; y++)
        for (double x = 0.5; x < width; x++)
          {
            gsize cell;
            gsize first;
            gsize n = bp_tensor_grid_find (&grid, x, y, &cell, &first);

            if (n == 0)
              continue;
            g_assert_cmpuint (cell, <, bp_tensor_grid_get_n_cells (&grid));
            g_assert_cmpuint (first, <, grid.n_elements);
            if (!seen[cell])
              n_found += n;
            seen[cell] = TRUE;
          }
      g_test_message ("shape %u: %zu of %zu elements", i, n_found, grid.n_elements);
      g_assert_cmpuint (n_found, ==, n_shown);
      g_assert_cmpfloat (width, <, 70 * UNIT);
    }
}

/* The mean of the cells, weighted by how many elements they stand for, is the mean of what is shown. */
static void
test_means (void)
{
  for (guint i = 0; i < G_N_ELEMENTS (shapes); i++)
    {
      BpShape            shape = create_shape (i);
      gsize              n = bp_shape_get_n_elements (&shape);
      g_autofree double *values = create_values (n);
      g_autofree double *cells = NULL;
      BpTensorGrid       grid;
      double             expected = 0;
      double             sum = 0;
      double             width;
      double             height;
      g_autofree gboolean *seen = NULL;

      bp_tensor_grid_init (&grid, &shape, UNIT);
      bp_tensor_grid_get_size (&grid, &width, &height);
      cells = bp_tensor_grid_reduce (&grid, values);
      seen = g_new0 (gboolean, bp_tensor_grid_get_n_cells (&grid));
      for (gsize j = 0; j < n / grid.n_all_planes * grid.n_planes; j++)
        expected += values[j];
      for (double y = 0.5; y < height; y++)
        for (double x = 0.5; x < width; x++)
          {
            gsize cell;
            gsize first;
            gsize count = bp_tensor_grid_find (&grid, x, y, &cell, &first);

            if (count == 0 || seen[cell])
              continue;
            sum += count * cells[cell];
            seen[cell] = TRUE;
            if (grid.block == 1)
              g_assert_cmpfloat (cells[cell], ==, values[first]);
          }
      g_assert_cmpfloat_with_epsilon (sum, expected, 1e-9 * (1 + n));
    }
}

/* A tensor too large to show takes no more cells, and says so. */
static void
test_large (void)
{
  guint64            dims[] = { 3000, 1000 };
  BpShape            shape;
  BpTensorGrid       grid;
  g_autofree double *values = NULL;
  g_autofree double *cells = NULL;

  g_assert_true (bp_shape_init (&shape, 2, dims, NULL));
  bp_tensor_grid_init (&grid, &shape, UNIT);
  g_assert_cmpuint (bp_tensor_grid_get_n_cells (&grid), <=,
                    BP_TENSOR_MAX_PLANES * BP_TENSOR_MAX_CELLS * BP_TENSOR_MAX_CELLS);
  g_assert_false (grid.has_numbers);
  values = g_new (double, 3000 * 1000);
  for (guint i = 0; i < 3000 * 1000; i++)
    values[i] = 2;
  cells = bp_tensor_grid_reduce (&grid, values);
  for (gsize i = 0; i < bp_tensor_grid_get_n_cells (&grid); i++)
    g_assert_cmpfloat (cells[i], ==, 2);
}

/* A heat map of 10 by 10 elements with a margin of 20 pixels at the right and below. */
static cairo_surface_t *
draw_map (const BpTensorGrid *grid,
          const double       *values)
{
  const BpPalette   *palette = bp_palette_get (BP_PALETTE_LIGHT);
  PangoContext      *context = pango_font_map_create_context (pango_cairo_font_map_get_default ());
  g_autofree double *cells = bp_tensor_grid_reduce (grid, values);
  cairo_surface_t   *surface;
  cairo_t           *cr;
  BpPainter         *painter;
  double             width;
  double             height;

  bp_tensor_grid_get_size (grid, &width, &height);
  surface = cairo_image_surface_create (CAIRO_FORMAT_RGB24, (int) width + 20, (int) height + 20);
  cr = cairo_create (surface);
  gdk_cairo_set_source_rgba (cr, &palette->colors[BP_COLOR_SURFACE]);
  cairo_paint (cr);
  painter = bp_painter_cairo_new (cr, palette);
  bp_tensor_draw (painter, grid, cells, BP_COLOR_VALUE, "[0,0]: 0", context);
  bp_painter_free (painter);
  cairo_surface_flush (surface);
  g_object_unref (context);

  return surface;
}

/* Positive elements have the hue, negative ones are grey; larger is stronger; nothing is drawn beyond the size. */
static void
test_colors (void)
{
  double           values[100];
  guint32          pixels[100];
  guint64          dims[] = { 10, 10 };
  BpShape          shape;
  BpTensorGrid     grid;
  double           width;
  double           height;
  cairo_surface_t *surface;

  for (guint i = 0; i < 100; i++)
    values[i] = (i % 10) / 9.0 * (i < 50 ? 1 : -1);
  g_assert_true (bp_shape_init (&shape, 2, dims, NULL));
  bp_tensor_grid_init (&grid, &shape, UNIT);
  g_assert_false (grid.has_numbers);
  surface = draw_map (&grid, values);

  for (guint i = 0; i < 100; i++)
    {
      int red;
      int blue;

      pixels[i] = get_pixel (surface, grid.left + (i % 10 + 0.15) * grid.cell_width,
                             grid.top + (i / 10 + 0.2) * grid.cell_height);
      if (i % 10 == 0)
        continue;
      red = pixels[i] >> 16 & 0xff;
      blue = pixels[i] & 0xff;
      g_assert_cmpint (red, <, pixels[i - 1] >> 16 & 0xff);
      if (i < 50)
        g_assert_cmpint (blue - red, >, 10);
      else
        g_assert_cmpint (ABS (blue - red), <, 10);
    }

  bp_tensor_grid_get_size (&grid, &width, &height);
  for (int x = 0; x < (int) width + 20; x++)
    g_assert_cmphex (get_pixel (surface, x, height + 2), ==, 0xffffff);
  for (int y = 0; y < (int) height + 20; y++)
    g_assert_cmphex (get_pixel (surface, width + 2, y), ==, 0xffffff);
  cairo_surface_destroy (surface);
}

static void
test_view (void)
{
  GtkWidget       *view = g_object_ref_sink (g_object_new (BP_TYPE_TENSOR_VIEW, NULL));
  double           values[] = { 1, -2, 0.5, 4, 5, 6 };
  BpShape          shape = create_shape (6);
  int              natural;
  g_autofree char *described = NULL;

  gtk_test_accessible_assert_role (view, GTK_ACCESSIBLE_ROLE_IMG);
  gtk_test_accessible_assert_property (view, GTK_ACCESSIBLE_PROPERTY_LABEL, "not computed yet");
  bp_tensor_view_set_tensor (BP_TENSOR_VIEW (view), &shape, values, BP_COLOR_GRADIENT);
  gtk_test_accessible_assert_property (view, GTK_ACCESSIBLE_PROPERTY_LABEL, "1, −2, 0.5, 4, 5, 6");
  gtk_test_accessible_assert_property (view, GTK_ACCESSIBLE_PROPERTY_DESCRIPTION, "[2, 3]");

  gtk_widget_measure (view, GTK_ORIENTATION_HORIZONTAL, -1, NULL, &natural, NULL, NULL);
  g_assert_cmpint (natural, >, 100);
  for (double y = 0; y < 200 && described == NULL; y++)
    described = bp_tensor_view_describe (BP_TENSOR_VIEW (view), natural - 4, y);
  g_assert_cmpstr (described, ==, "[0,2]: 0.5");
  g_assert_null (bp_tensor_view_describe (BP_TENSOR_VIEW (view), -1, -1));

  bp_tensor_view_set_tensor (BP_TENSOR_VIEW (view), &shape, NULL, BP_COLOR_GRADIENT);
  gtk_test_accessible_assert_property (view, GTK_ACCESSIBLE_PROPERTY_LABEL, "not computed yet");
  g_assert_null (bp_tensor_view_describe (BP_TENSOR_VIEW (view), natural - 4, 40));
  g_assert_finalize_object (view);
}

/* Below cells without numbers stands that of the chosen one; for blocks of elements, their mean. */
static void
test_readout (void)
{
  static const struct
  {
    guint       shape;
    gsize       element;
    const char *readout;
  } cases[] = {
    { 6, 2, NULL },
    { 8, 0, "[0,0]: 0" },
    { 8, 13, "[1,3]: −1.99" },
    { 9, 15, "[0,12] and on, mean of 16 elements: −0.8895" },
  };

  for (guint i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      GtkWidget *view = g_object_ref_sink (g_object_new (BP_TYPE_TENSOR_VIEW, NULL));
      BpShape shape = create_shape (cases[i].shape);
      g_autofree double *values = create_values (bp_shape_get_n_elements (&shape));
      g_autofree char *readout = NULL;

      bp_tensor_view_set_tensor (BP_TENSOR_VIEW (view), &shape, values, BP_COLOR_VALUE);
      bp_tensor_view_set_chosen (BP_TENSOR_VIEW (view), (gssize) cases[i].element);
      readout = bp_tensor_view_get_readout (BP_TENSOR_VIEW (view));
      g_assert_cmpstr (readout, ==, cases[i].readout);
      g_assert_finalize_object (view);
    }
}

/* Numbers that are too long for their cells have fewer digits rather than smaller ones. */
static void
test_digits (void)
{
  static const double values[] = { 0.5, -1.2345678e-7, -1.2345678e-200, 1e-300, 12345678, -9.87654321 };
  g_autoptr (GString) svg = g_string_new (NULL);
  PangoContext *context = pango_font_map_create_context (pango_cairo_font_map_get_default ());
  BpShape shape = create_shape (6);
  BpTensorGrid grid;
  BpPainter *painter;
  guint n = 0;

  bp_tensor_grid_init (&grid, &shape, UNIT);
  painter = bp_painter_svg_new (svg, bp_palette_get (BP_PALETTE_LIGHT), pango_context_get_font_description (context));
  bp_tensor_draw (painter, &grid, values, BP_COLOR_VALUE, NULL, context);
  bp_painter_free (painter);
  g_object_unref (context);
  for (const char *c = svg->str; (c = strstr (c, " font-size=\"")) != NULL; n++)
    {
      c += strlen (" font-size=\"");
      g_assert_cmpfloat (g_ascii_strtod (c, NULL), >=, 0.89 * UNIT);
    }
  g_assert_cmpuint (n, >, 6);
  g_assert_nonnull (strstr (svg->str, ">−1.235·10⁻⁷<"));
  g_assert_nonnull (strstr (svg->str, ">−1.23·10⁻²⁰⁰<"));
  g_assert_nonnull (strstr (svg->str, ">−9.877<"));
}

/* Every element that is shown has bounds, which are those of the cell that is found there. */
static void
test_bounds (void)
{
  for (guint i = 0; i < G_N_ELEMENTS (shapes); i++)
    {
      BpShape      shape = create_shape (i);
      BpTensorGrid grid;

      bp_tensor_grid_init (&grid, &shape, UNIT);
      for (gsize element = 0; element < grid.n_elements; element++)
        {
          double x, y;
          gsize cell, first, n;
          gssize expected = bp_tensor_grid_get_bounds (&grid, element, &x, &y);

          if (element >= grid.n_elements / grid.n_all_planes * grid.n_planes)
            {
              g_assert_cmpint (expected, ==, -1);
              continue;
            }
          n = bp_tensor_grid_find (&grid, x + grid.cell_width / 2, y + grid.cell_height / 2, &cell, &first);
          g_assert_cmpint (expected, ==, (gssize) cell);
          g_assert_cmpuint (first, <=, element);
          if (grid.block == 1)
            g_assert_true (n == 1 && first == element);
        }
    }
}

static void
chosen_cb (guint64 *chosen,
           guint64  element)
{
  *chosen = element;
}

/* The arrow keys go from cell to cell and no further than the last; Return chooses. */
static void
test_choosing (void)
{
  GtkWidget *window = gtk_window_new ();
  GtkWidget *view = g_object_new (BP_TYPE_TENSOR_VIEW, NULL);
  double     values[] = { 1, -2, 0.5, 4, 5, 6 };
  BpShape    shape = create_shape (6);
  guint64    chosen = G_MAXUINT64;

  static const struct {
    guint   key;
    guint64 element;
  } moves[] = {
    { GDK_KEY_Left, 0 }, { GDK_KEY_Up, 0 }, { GDK_KEY_Right, 1 }, { GDK_KEY_Down, 4 }, { GDK_KEY_Down, 4 },
    { GDK_KEY_Right, 5 }, { GDK_KEY_Right, 5 }, { GDK_KEY_Up, 2 }, { GDK_KEY_Home, 0 }, { GDK_KEY_End, 5 },
    { GDK_KEY_KP_Left, 4 },
  };

  gtk_window_set_child (GTK_WINDOW (window), view);
  gtk_window_present (GTK_WINDOW (window));
  g_signal_connect_swapped (view, "choose", G_CALLBACK (chosen_cb), &chosen);
  g_assert_false (gtk_widget_grab_focus (view));
  g_assert_false (press_shortcut (view, GDK_KEY_Return, 0));
  bp_tensor_view_set_tensor (BP_TENSOR_VIEW (view), &shape, values, BP_COLOR_VALUE);
  g_assert_true (gtk_widget_grab_focus (view));
  for (guint i = 0; i < G_N_ELEMENTS (moves); i++)
    {
      g_assert_true (press_shortcut (view, moves[i].key, 0));
      g_assert_true (press_shortcut (view, GDK_KEY_Return, 0));
      g_assert_cmpuint (chosen, ==, moves[i].element);
    }
  gtk_test_accessible_assert_property (view, GTK_ACCESSIBLE_PROPERTY_DESCRIPTION, "[1,1]: 5");

  /* What is chosen elsewhere is where the keys go on from. */
  bp_tensor_view_set_chosen (BP_TENSOR_VIEW (view), 2);
  gtk_test_accessible_assert_property (view, GTK_ACCESSIBLE_PROPERTY_DESCRIPTION,
                                       "[0,2]: 0.5, shown by card and plots");
  press_shortcut (view, GDK_KEY_Left, 0);
  gtk_test_accessible_assert_property (view, GTK_ACCESSIBLE_PROPERTY_DESCRIPTION, "[0,1]: −2");
  bp_tensor_view_set_tensor (BP_TENSOR_VIEW (view), &shape, NULL, BP_COLOR_VALUE);
  gtk_test_accessible_assert_property (view, GTK_ACCESSIBLE_PROPERTY_DESCRIPTION, "[2, 3]");
  gtk_window_destroy (GTK_WINDOW (window));
}

/* A frame is drawn around the chosen cell, and only there. */
static void
test_frame (void)
{
  for (guint kind = 0; kind < BP_N_PALETTES; kind++)
    {
      const BpPalette *palette = bp_palette_get (kind);
      BpShape          shape = create_shape (6);
      BpTensorGrid     grid;
      cairo_surface_t *surface = cairo_image_surface_create (CAIRO_FORMAT_ARGB32, 300, 100);
      BpPainter       *painter = bp_painter_cairo_new (cairo_create (surface), palette);
      const guint32   *pixels;
      double           x, y;

      bp_tensor_grid_init (&grid, &shape, UNIT);
      bp_tensor_grid_get_bounds (&grid, 4, &x, &y);
      bp_tensor_draw_frame (painter, &grid, 4, FALSE);
      cairo_surface_flush (surface);
      pixels = (const guint32 *) (gpointer) cairo_image_surface_get_data (surface);
      for (int row = 0; row < 100; row++)
        for (int column = 0; column < 300; column++)
          {
            const double dx = fabs (column + 0.5 - x - grid.cell_width / 2) - grid.cell_width / 2;
            const double dy = fabs (row + 0.5 - y - grid.cell_height / 2) - grid.cell_height / 2;
            const gboolean is_drawn = pixels[row * 300 + column] != 0;

            if (MAX (dx, dy) > 4 || MAX (dx, dy) < -4)
              g_assert_false (is_drawn);
            if (MAX (dx, dy) < 0.5 && MAX (dx, dy) > -1.5)
              g_assert_true (is_drawn);
          }
      bp_painter_free (painter);
      cairo_surface_destroy (surface);
    }
}

int
main (int    argc,
      char **argv)
{
  gtk_test_init (&argc, &argv, NULL);

  g_test_add_func ("/tensor-view/every-element-has-a-cell", test_every_element_has_a_cell);
  g_test_add_func ("/tensor-view/means", test_means);
  g_test_add_func ("/tensor-view/large", test_large);
  g_test_add_func ("/tensor-view/colors", test_colors);
  g_test_add_func ("/tensor-view/view", test_view);
  g_test_add_func ("/tensor-view/bounds", test_bounds);
  g_test_add_func ("/tensor-view/choosing", test_choosing);
  g_test_add_func ("/tensor-view/frame", test_frame);
  g_test_add_func ("/tensor-view/readout", test_readout);
  g_test_add_func ("/tensor-view/digits", test_digits);

  return g_test_run ();
}
