/* test-palette.c: every text can be read on everything it stands on
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "drawing/bp-painter.h"

static const BpColor inks[] = {
  BP_COLOR_VALUE, BP_COLOR_GRADIENT, BP_COLOR_PARAMETER, BP_COLOR_TEXT, BP_COLOR_DIM,
};

static const BpColor grounds[] = {
  BP_COLOR_SURFACE,    BP_COLOR_NODE,          BP_COLOR_DATA,
  BP_COLOR_VALUE_FILL, BP_COLOR_GRADIENT_FILL, BP_COLOR_PARAMETER_FILL,
};

static gboolean
is_high_contrast (BpPaletteKind kind)
{
  return kind == BP_PALETTE_LIGHT_CONTRAST || kind == BP_PALETTE_DARK_CONTRAST;
}

/* WCAG 2.1: 4.5 for text (AA), 7 where high contrast is asked for (AAA). */
static void
test_text_contrast (void)
{
  for (guint kind = 0; kind < BP_N_PALETTES; kind++)
    {
      const BpPalette *palette = bp_palette_get (kind);
      double           least = is_high_contrast (kind) ? 7 : 4.5;

      for (guint i = 0; i < G_N_ELEMENTS (inks); i++)
        for (guint j = 0; j < G_N_ELEMENTS (grounds); j++)
          {
            double contrast = bp_palette_get_contrast (&palette->colors[inks[i]], &palette->colors[grounds[j]]);

            g_test_message ("palette %u: colour %u on %u: %.2f", kind, inks[i], grounds[j], contrast);
            g_assert_cmpfloat (contrast, >=, least);
          }
    }
}

/* WCAG 2.1, 1.4.11: what is not text needs 3, where high contrast is asked for. */
static void
test_line_contrast (void)
{
  for (guint kind = 0; kind < BP_N_PALETTES; kind++)
    {
      const BpPalette *palette = bp_palette_get (kind);
      double           contrast = bp_palette_get_contrast (&palette->colors[BP_COLOR_GRID],
                                                           &palette->colors[BP_COLOR_SURFACE]);

      g_assert_cmpfloat (contrast, >=, is_high_contrast (kind) ? 3 : 1.3);
    }
}

/* The end points and the symmetry that WCAG's formula has. */
static void
test_contrast_formula (void)
{
  GdkRGBA black = { 0, 0, 0, 1 };
  GdkRGBA white = { 1, 1, 1, 1 };
  GdkRGBA gray = { 118 / 255.f, 118 / 255.f, 118 / 255.f, 1 };

  g_assert_cmpfloat_with_epsilon (bp_palette_get_contrast (&black, &white), 21, 1e-6);
  g_assert_cmpfloat_with_epsilon (bp_palette_get_contrast (&white, &white), 1, 1e-12);
  g_assert_cmpfloat_with_epsilon (bp_palette_get_contrast (&gray, &white), 4.54, 0.005);
  g_assert_cmpfloat (bp_palette_get_contrast (&gray, &white), ==, bp_palette_get_contrast (&white, &gray));
}

/* The design fixes these; nothing is transparent, or contrast would depend on what lies below. */
static void
test_design_colors (void)
{
  static const struct
  {
    BpPaletteKind kind;
    BpColor       color;
    const char   *expected;
  } cases[] = {
    { BP_PALETTE_LIGHT, BP_COLOR_VALUE, "#0072B2" },    { BP_PALETTE_DARK, BP_COLOR_VALUE, "#56B4E9" },
    { BP_PALETTE_LIGHT, BP_COLOR_GRADIENT, "#B84F00" }, { BP_PALETTE_DARK, BP_COLOR_GRADIENT, "#E69F00" },
    { BP_PALETTE_LIGHT, BP_COLOR_PARAMETER, "#007A5A" }, { BP_PALETTE_DARK, BP_COLOR_PARAMETER, "#4cc9a0" },
  };

  for (guint i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      GdkRGBA expected;

      g_assert_true (gdk_rgba_parse (&expected, cases[i].expected));
      g_assert_true (gdk_rgba_equal (&bp_palette_get (cases[i].kind)->colors[cases[i].color], &expected));
    }

  for (guint kind = 0; kind < BP_N_PALETTES; kind++)
    for (guint color = 0; color < BP_N_COLORS; color++)
      g_assert_true (gdk_rgba_is_opaque (&bp_palette_get (kind)->colors[color]));
}

static void
test_source (void)
{
  for (guint kind = 0; kind < BP_N_PALETTES; kind++)
    for (guint color = 0; color < BP_N_COLORS; color++)
      {
        const BpPalette *palette = bp_palette_get (kind);
        cairo_surface_t *surface = cairo_image_surface_create (CAIRO_FORMAT_RGB24, 1, 1);
        BpPainter       *painter = bp_painter_cairo_new (cairo_create (surface), palette);
        const GdkRGBA   *expected = &palette->colors[color];
        guint32          pixel;

        bp_painter_set_color (painter, color);
        bp_painter_rectangle (painter, &(cairo_rectangle_t){ 0, 0, 1, 1 }, 0);
        bp_painter_fill (painter);
        cairo_surface_flush (surface);
        pixel = *(const guint32 *) (gpointer) cairo_image_surface_get_data (surface);
        g_assert_cmpint (ABS ((int) (pixel >> 16 & 0xff) - (int) (expected->red * 255 + 0.5f)), <=, 1);
        g_assert_cmpint (ABS ((int) (pixel >> 8 & 0xff) - (int) (expected->green * 255 + 0.5f)), <=, 1);
        g_assert_cmpint (ABS ((int) (pixel & 0xff) - (int) (expected->blue * 255 + 0.5f)), <=, 1);
        bp_painter_free (painter);
        cairo_surface_destroy (surface);
      }
}

int
main (int    argc,
      char **argv)
{
  g_test_init (&argc, &argv, NULL);

  g_test_add_func ("/palette/text-contrast", test_text_contrast);
  g_test_add_func ("/palette/line-contrast", test_line_contrast);
  g_test_add_func ("/palette/contrast-formula", test_contrast_formula);
  g_test_add_func ("/palette/design-colors", test_design_colors);
  g_test_add_func ("/palette/source", test_source);

  return g_test_run ();
}
