/* test-painter.c: what the painter's back ends write
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include <string.h>

#include "drawing/bp-painter.h"

typedef void (*Draw) (BpPainter *painter);

static PangoLayout *
create_layout (const char *text)
{
  PangoContext *context = pango_font_map_create_context (pango_cairo_font_map_get_default ());
  PangoFontDescription *font = pango_font_description_from_string ("Sans Bold");
  PangoLayout *layout = pango_layout_new (context);

  pango_font_description_set_absolute_size (font, 10 * PANGO_SCALE);
  pango_layout_set_font_description (layout, font);
  pango_layout_set_text (layout, text, -1);
  pango_font_description_free (font);
  g_object_unref (context);

  return layout;
}

/* What is within the group that has the font. */
static char *
draw_svg (Draw draw)
{
  g_autoptr (PangoFontDescription) font = pango_font_description_from_string ("Sans");
  g_autoptr (GString) svg = g_string_new (NULL);
  BpPainter *painter = bp_painter_svg_new (svg, bp_palette_get (BP_PALETTE_LIGHT), font);

  draw (painter);
  bp_painter_free (painter);
  g_assert_true (g_str_has_prefix (svg->str, "<g font-family=\"'"));
  g_assert_true (g_str_has_suffix (svg->str, "</g>\n"));

  return g_strndup (strchr (svg->str, '\n') + 1, svg->len - 5 - (gsize) (strchr (svg->str, '\n') + 1 - svg->str));
}

/* What follows the bounding box. */
static char *
draw_tikz (Draw draw)
{
  g_autoptr (GString) tex = g_string_new (NULL);
  BpPainter *painter = bp_painter_tikz_new (tex, bp_palette_get (BP_PALETTE_LIGHT), 100, 50, 10);
  char *begin, *end;

  draw (painter);
  bp_painter_free (painter);
  begin = strstr (tex->str, "(0.00,0.00) rectangle (100.00,50.00);\n");
  g_assert_nonnull (begin);
  begin = strchr (begin, '\n') + 1;
  end = strstr (begin, "\\end{tikzpicture}");
  g_assert_nonnull (end);

  return g_strndup (begin, (gsize) (end - begin));
}

static void
assert_drawn (Draw        draw,
              const char *expected_svg,
              const char *expected_tikz)
{
  g_autofree char *svg = draw_svg (draw), *tikz = draw_tikz (draw);

  g_assert_cmpstr (svg, ==, expected_svg);
  g_assert_cmpstr (tikz, ==, expected_tikz);
}

static void
draw_shapes (BpPainter *painter)
{
  bp_painter_transform (painter, 10, 20, 2);
  bp_painter_set_line (painter, &(BpLine) { .width = 0.5, .dashes = { 1, 2.25 }, .n_dashes = 2 });
  bp_painter_rectangle (painter, &(cairo_rectangle_t) { 1, 2, 3, 4.002 }, 0.5);
  bp_painter_fill_and_stroke (painter, BP_COLOR_DATA, BP_COLOR_VALUE);
  bp_painter_circle (painter, -6, 0, 1);
  bp_painter_set_ink (painter, BP_COLOR_GRADIENT, 0.25);
  bp_painter_fill (painter);
  bp_painter_move_to (painter, 0, 0);
  bp_painter_curve_to (painter, 1, 0, 2, 1, 2, 2);
  bp_painter_line_to (painter, 0, 2);
  bp_painter_close (painter);
  bp_painter_set_mixed_color (painter, BP_COLOR_VALUE, 0);
  bp_painter_stroke (painter);
  /* No path, no mark. */
  bp_painter_stroke (painter);
}

static void
test_shapes (void)
{
  assert_drawn (draw_shapes,
                "<rect x=\"12\" y=\"24\" width=\"6\" height=\"8\" rx=\"1\" fill=\"#f7f7f8\" stroke=\"#0072b2\" "
                "stroke-width=\"1\" stroke-dasharray=\"2 4.5\"/>\n"
                "<circle cx=\"-2\" cy=\"20\" r=\"2\" fill=\"#b84f00\" fill-opacity=\"0.25\"/>\n"
                "<path d=\"M10 20C12 20 14 22 14 24L10 24Z\" fill=\"none\" stroke=\"#ffffff\" stroke-width=\"1\" "
                "stroke-dasharray=\"2 4.5\"/>\n",
                "\\path[fill=bp-data,draw=bp-value,line width=1.00\\bpunit,"
                "dash pattern=on 2.00\\bpunit off 4.50\\bpunit] "
                "{[rounded corners=1.00\\bpunit](12.00,24.00) rectangle (18.00,32.00)};\n"
                "\\path[fill=bp-gradient,fill opacity=0.25] (-2.00,20.00)circle[radius=2.00];\n"
                "\\path[draw={rgb,255:red,255;green,255;blue,255},line width=1.00\\bpunit,"
                "dash pattern=on 2.00\\bpunit off 4.50\\bpunit] "
                "(10.00,20.00)..controls (12.00,20.00) and (14.00,22.00)..(14.00,24.00)--(10.00,24.00)--cycle;\n");
}

/* Two shapes in one path are a path. */
static void
draw_combined (BpPainter *painter)
{
  bp_painter_rectangle (painter, &(cairo_rectangle_t) { 0, 0, 9, 9 }, 2);
  bp_painter_circle (painter, 4, 4, 3);
  bp_painter_fill (painter);
}

static void
test_combined (void)
{
  assert_drawn (draw_combined,
                "<path d=\"M2 0H7A2 2 0 0 1 9 2V7A2 2 0 0 1 7 9H2A2 2 0 0 1 0 7V2A2 2 0 0 1 2 0Z"
                "M1 4A3 3 0 0 1 7 4A3 3 0 0 1 1 4\" fill=\"#1e1e1e\"/>\n",
                "\\path[fill=bp-text] {[rounded corners=2.00\\bpunit](0.00,0.00) rectangle (9.00,9.00)}"
                "(4.00,4.00)circle[radius=3.00];\n");
}

/* What was saved ends the clip within it, and a name is used once. */
static void
draw_groups (BpPainter *painter)
{
  static const char *const names[] = { "W[0]", "W-0-", NULL, "W-0--2" };

  for (guint i = 0; i < G_N_ELEMENTS (names); i++)
    {
      bp_painter_begin_group (painter, names[i], i == 0 ? "a < b" : NULL);
      bp_painter_save (painter);
      if (i == 0)
        bp_painter_clip (painter, &(cairo_rectangle_t) { 0, 0, 5, 5 });
      bp_painter_restore (painter);
      bp_painter_end_group (painter);
    }
}

static void
test_groups (void)
{
  assert_drawn (draw_groups,
                "<g id=\"W-0-\">\n<title>a &lt; b</title>\n"
                "<clipPath id=\"clip\"><rect x=\"0\" y=\"0\" width=\"5\" height=\"5\"/></clipPath>\n"
                "<g clip-path=\"url(#clip)\">\n</g>\n</g>\n"
                "<g id=\"W-0--2\">\n</g>\n<g>\n</g>\n<g id=\"W-0--2-2\">\n</g>\n",
                "\\begin{scope}[local bounding box=W-0-]\n"
                "\\begin{scope}\\clip (0.00,0.00) rectangle (5.00,5.00);\n\\end{scope}\n\\end{scope}\n"
                "\\begin{scope}[local bounding box=W-0--2]\n\\end{scope}\n\\begin{scope}\n\\end{scope}\n"
                "\\begin{scope}[local bounding box=W-0--2-2]\n\\end{scope}\n");
}

/* A text that is cut shows what is left of it, one that is wrapped its lines, without what keeps words together. */
static void
draw_texts (BpPainter *painter)
{
  g_autoptr (PangoLayout) cut = create_layout ("a name that is much too long"), wrapped = create_layout ("1/\u2060x 2");

  pango_layout_set_width (cut, 40 * PANGO_SCALE);
  pango_layout_set_ellipsize (cut, PANGO_ELLIPSIZE_END);
  bp_painter_show_text (painter, BP_ROLE_NAME, cut, 0, 0, 0);
  pango_layout_set_width (wrapped, 5 * PANGO_SCALE);
  pango_layout_set_wrap (wrapped, PANGO_WRAP_WORD);
  bp_painter_show_text (painter, BP_ROLE_VALUE, wrapped, 0, 20, 1);
}

static void
test_texts (void)
{
  g_autofree char *svg = draw_svg (draw_texts), *tikz = draw_tikz (draw_texts);

  g_assert_true (g_regex_match_simple ("^<text x=\"0\" y=\"[0-9.]+\" class=\"name\" font-size=\"10\" "
                                       "font-weight=\"700\" fill=\"#1e1e1e\">a n[a-z ]*…</text>\n"
                                       "<text class=\"value\" font-size=\"10\" font-weight=\"700\" "
                                       "text-anchor=\"end\" fill=\"#1e1e1e\"><tspan x=\"[0-9.-]+\" y=\"[0-9.]+\">1/x"
                                       "</tspan><tspan x=\"[0-9.-]+\" y=\"[0-9.]+\">2</tspan></text>\n$", svg, 0, 0));
  g_assert_true (g_regex_match_simple ("^\\\\node\\[text=bp-text,anchor=base west,scale=1.00,bp name/.try\\] at "
                                       "\\(0.00,[0-9.]+\\) \\{\\\\bpfit\\{[0-9.]+\\}\\{\\\\bfseries\\\\boldmath a n.*\n"
                                       "\\\\node\\[.*anchor=base east,.*bp value/.try.*\\$1/x\\$\\}\\};\n"
                                       "\\\\node\\[.*anchor=base east,.*bp value/.try.*\\$2\\$\\}\\};\n$", tikz, 0, 0));
}

int
main (int    argc,
      char **argv)
{
  g_test_init (&argc, &argv, NULL);

  g_test_add_func ("/painter/shapes", test_shapes);
  g_test_add_func ("/painter/combined", test_combined);
  g_test_add_func ("/painter/groups", test_groups);
  g_test_add_func ("/painter/texts", test_texts);

  return g_test_run ();
}
