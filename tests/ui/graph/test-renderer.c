/* test-renderer.c: the graph is as sharp with OpenGL as with cairo
 *
 * A renderer that keeps what cairo draws as textures blurs it where they do not lie on whole pixels. The renderer is
 * cairo in the tests, but for "tests/run --gl".
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "graph/bp-graph-view.h"

#include <adwaita.h>

#include "lib/picture.h"
#include "ui/graph/graph-view-fixture.h"

/* How far apart the colours of a pixel are that can be told apart, and how many of a thousand pixels may be. */
#define VISIBLE 48
#define FEW 1

static GskRenderNode *
take_node (GtkWidget *widget)
{
  g_autoptr (GdkPaintable) paintable = gtk_widget_paintable_new (widget);
  GtkSnapshot *snapshot = gtk_snapshot_new ();

  gtk_snapshot_append_color (snapshot, &(GdkRGBA) { 1, 1, 1, 1 },
                             &GRAPHENE_RECT_INIT (0, 0, gtk_widget_get_width (widget),
                                                  gtk_widget_get_height (widget)));
  gdk_paintable_snapshot (paintable, snapshot, gtk_widget_get_width (widget), gtk_widget_get_height (widget));

  return gtk_snapshot_free_to_node (snapshot);
}

static cairo_surface_t *
draw_by_cairo (GskRenderNode *node,
               int            width,
               int            height)
{
  cairo_surface_t *surface = cairo_image_surface_create (CAIRO_FORMAT_ARGB32, width, height);
  cairo_t *cr = cairo_create (surface);

  gsk_render_node_draw (node, cr);
  cairo_destroy (cr);
  cairo_surface_flush (surface);

  return surface;
}

static cairo_surface_t *
draw_by_renderer (GskRenderer   *renderer,
                  GskRenderNode *node,
                  int            width,
                  int            height)
{
  cairo_surface_t *surface = cairo_image_surface_create (CAIRO_FORMAT_ARGB32, width, height);
  g_autoptr (GdkTexture) texture = gsk_renderer_render_texture (renderer, node,
                                                                &GRAPHENE_RECT_INIT (0, 0, width, height));

  gdk_texture_download (texture, cairo_image_surface_get_data (surface),
                        (gsize) cairo_image_surface_get_stride (surface));
  cairo_surface_mark_dirty (surface);

  return surface;
}

static gboolean
is_different (guint32 a,
              guint32 b)
{
  for (guint shift = 0; shift < 24; shift += 8)
    if (ABS ((int) (a >> shift & 255) - (int) (b >> shift & 255)) > VISIBLE)
      return TRUE;

  return FALSE;
}

static void
check_sharp (GskRenderer *renderer,
             GtkWidget   *widget)
{
  const int width = gtk_widget_get_width (widget), height = gtk_widget_get_height (widget);
  GskRenderNode *node = take_node (widget);
  cairo_surface_t *expected = draw_by_cairo (node, width, height);
  cairo_surface_t *drawn = draw_by_renderer (renderer, node, width, height);
  int n = 0;

  for (int y = 0; y < height; y++)
    for (int x = 0; x < width; x++)
      n += is_different (get_pixel (expected, x, y), get_pixel (drawn, x, y));
  g_assert_cmpint (n * 1000, <, FEW * width * height);
  gsk_render_node_unref (node);
  cairo_surface_destroy (expected);
  cairo_surface_destroy (drawn);
}

/* Of sizes that place nodes at parts of pixels. */
static void
test_sharp (void)
{
  for (int width = 901; width < 907; width++)
    {
      Fixture fixture = open_window ("classification", width, 333);
      GskRenderer *renderer = gtk_native_get_renderer (GTK_NATIVE (fixture.window));

      if (GSK_IS_CAIRO_RENDERER (renderer))
        {
          g_test_skip ("windows are drawn by cairo here");
        }
      else
        {
          bp_run_step (fixture.run, BP_STEP_NODE, 5);
          gtk_test_widget_wait_for_draw (fixture.window);
          check_sharp (renderer, GTK_WIDGET (fixture.view));
        }
      close_window (&fixture);
    }
}

int
main (int    argc,
      char **argv)
{
  gtk_test_init (&argc, &argv, NULL);
  adw_init ();

  g_test_add_func ("/renderer/sharp", test_sharp);

  return g_test_run ();
}
