/* test-gif.c: GIFs are decoded by giflib and compared with the pictures they were made of
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "figures/bp-gif.h"
#include "lib/gif-checks.h"

#define WIDTH 60
#define HEIGHT 40
#define N_PICTURES 8

static guint32 *
get_row (cairo_surface_t *picture,
         int              y)
{
  guint8 *data = cairo_image_surface_get_data (picture);

  return (guint32 *) (gpointer) (data + (gsize) y * (gsize) cairo_image_surface_get_stride (picture));
}

static cairo_surface_t *
create_picture (guint32 ground)
{
  cairo_surface_t *picture = cairo_image_surface_create (CAIRO_FORMAT_RGB24, WIDTH, HEIGHT);

  for (int y = 0; y < HEIGHT; y++)
    for (int x = 0; x < WIDTH; x++)
      get_row (picture, y)[x] = ground;
  cairo_surface_mark_dirty (picture);

  return picture;
}

static void
fill (cairo_surface_t *picture,
      int              x,
      int              y,
      int              size,
      guint32          color)
{
  for (int i = 0; i < size * size; i++)
    get_row (picture, y + i / size)[x + i % size] = color;
  cairo_surface_mark_dirty (picture);
}

/* A square that moves over a ground. */
static cairo_surface_t *
create_moving (guint index)
{
  cairo_surface_t *picture = create_picture (0xfafbfc);

  fill (picture, 5 + 3 * (int) index, 10 + (int) index, 4, 0x0072b2);
  fill (picture, 50, 30, 3, 0xb84f00 + index);

  return picture;
}

/* More colours than there is room for. */
static cairo_surface_t *
create_colorful (guint index)
{
  cairo_surface_t *picture = create_picture (0xffffff);

  for (int y = 0; y < HEIGHT; y++)
    for (int x = 0; x < WIDTH / 2; x++)
      get_row (picture, y)[x] = (guint32) ((x * 8) << 16 | (y * 6) << 8 | (guint32) (x + y + (int) index));
  cairo_surface_mark_dirty (picture);

  return picture;
}

typedef cairo_surface_t *(*CreateFunc) (guint index);

static GBytes *
encode (CreateFunc create,
        guint      n,
        double     delay)
{
  g_autoptr (BpGifPalette) palette = bp_gif_palette_new ();
  g_autoptr (BpGif) gif = NULL;
  g_autoptr (GError) error = NULL;

  for (guint i = 0; i < n; i++)
    {
      cairo_surface_t *picture = create (i);

      bp_gif_palette_add_picture (palette, picture);
      cairo_surface_destroy (picture);
    }

  gif = bp_gif_new (palette, WIDTH, HEIGHT, delay, &error);
  g_assert_no_error (error);
  for (guint i = 0; i < n; i++)
    {
      cairo_surface_t *picture = create (i);

      bp_gif_add_picture (gif, picture, &error);
      g_assert_no_error (error);
      cairo_surface_destroy (picture);
    }

  GBytes *bytes = bp_gif_finish (gif, &error);
  g_assert_no_error (error);

  return bytes;
}

/* The greatest difference between what is shown and what was drawn. */
static int
compare (const Animation *animation,
         CreateFunc       create)
{
  int most = 0;

  for (guint i = 0; i < animation->pictures->len; i++)
    {
      cairo_surface_t *picture = create (i);

      for (int y = 0; y < HEIGHT; y++)
        for (int x = 0; x < WIDTH; x++)
          most = MAX (most, get_difference (get_row (picture, y)[x] & 0xffffff,
                                            animation_get (animation, i)[y * WIDTH + x]));
      cairo_surface_destroy (picture);
    }

  return most;
}

/* Few colours are kept exactly. */
static void
test_exact (void)
{
  g_autoptr (GBytes) bytes = encode (create_moving, N_PICTURES, 0.25);
  g_auto (Animation) animation = animation_read (bytes);

  g_assert_cmpint (animation.width, ==, WIDTH);
  g_assert_cmpint (animation.height, ==, HEIGHT);
  g_assert_cmpint (animation.delay, ==, 25);
  g_assert_cmpuint (animation.pictures->len, ==, N_PICTURES);
  g_assert_cmpint (compare (&animation, create_moving), ==, 0);
}

static void
test_many_colors (void)
{
  g_autoptr (GBytes) bytes = encode (create_colorful, N_PICTURES, 0.02);
  g_autoptr (GBytes) again = encode (create_colorful, N_PICTURES, 0.02);
  g_auto (Animation) animation = animation_read (bytes);

  g_assert_cmpint (animation.delay, ==, 2);
  g_assert_cmpint (animation.n_colors, ==, 256);
  g_assert_cmpint (compare (&animation, create_colorful), <=, 24);
  /* Half of each is white, and stays. */
  g_assert_cmpuint (animation_get (&animation, 3)[WIDTH - 1], ==, 0xffffff);
  g_assert_true (g_bytes_equal (bytes, again));
}

static cairo_surface_t *
create_same (G_GNUC_UNUSED guint index)
{
  return create_picture (0x123456);
}

/* Nothing changes, but each picture has its time. */
static void
test_still (void)
{
  g_autoptr (GBytes) bytes = encode (create_same, 3, 60);
  g_auto (Animation) animation = animation_read (bytes);

  g_assert_cmpuint (animation.pictures->len, ==, 3);
  g_assert_cmpint (animation.delay, ==, 6000);
  g_assert_cmpint (compare (&animation, create_same), ==, 0);
}

/* Palette */

static void
count (BpGifPalette *palette,
       guint         start,
       guint         n)
{
  for (guint i = 0; i < n; i++)
    {
      guint color = (start + i) % n;

      bp_gif_palette_add_color (palette, color * 7919 % 0x1000000, 1 + color % 13);
    }
}

static void
test_palette (void)
{
  g_autoptr (BpGifPalette) palette = bp_gif_palette_new ();
  guint n;

  bp_gif_palette_get_colors (palette, &n);
  g_assert_cmpuint (n, ==, 0);

  /* As many as there is room for, whatever their shares. */
  for (guint i = 0; i < BP_GIF_MAX_COLORS; i++)
    bp_gif_palette_add_color (palette, i, i == 0 ? 1000000 : 1);
  const guint32 *colors = bp_gif_palette_get_colors (palette, &n);
  g_assert_cmpuint (n, ==, BP_GIF_MAX_COLORS);
  g_autoptr (GHashTable) seen = g_hash_table_new (NULL, NULL);
  for (guint i = 0; i < n; i++)
    g_assert_true (g_hash_table_add (seen, GUINT_TO_POINTER (colors[i])));
  for (guint i = 0; i < n; i++)
    g_assert_true (g_hash_table_contains (seen, GUINT_TO_POINTER (i)));

  /* One more: two of them share. */
  bp_gif_palette_add_color (palette, 0xffffff, 1);
  colors = bp_gif_palette_get_colors (palette, &n);
  g_assert_cmpuint (n, ==, BP_GIF_MAX_COLORS);
  gboolean has_white = FALSE, has_frequent = FALSE;
  for (guint i = 0; i < n; i++)
    {
      has_white |= colors[i] == 0xffffff;
      has_frequent |= colors[i] == 0;
    }
  g_assert_true (has_white && has_frequent);
}

/* The order of counting makes no difference. */
static void
test_order (void)
{
  g_autoptr (BpGifPalette) first = bp_gif_palette_new ();
  g_autoptr (BpGifPalette) second = bp_gif_palette_new ();
  guint n_first, n_second;

  count (first, 0, 2000);
  count (second, 1234, 2000);
  const guint32 *a = bp_gif_palette_get_colors (first, &n_first);
  const guint32 *b = bp_gif_palette_get_colors (second, &n_second);
  g_assert_cmpmem (a, n_first * sizeof *a, b, n_second * sizeof *b);
}

int
main (int    argc,
      char **argv)
{
  g_test_init (&argc, &argv, NULL);

  g_test_add_func ("/gif/exact", test_exact);
  g_test_add_func ("/gif/many-colors", test_many_colors);
  g_test_add_func ("/gif/still", test_still);
  g_test_add_func ("/gif/palette", test_palette);
  g_test_add_func ("/gif/order", test_order);

  return g_test_run ();
}
