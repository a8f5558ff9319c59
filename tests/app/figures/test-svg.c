/* test-svg.c: shortened paths go where they went, and shortened drawings show the same
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include <cairo-svg.h>
#include <math.h>

#include "figures/bp-svg.h"
#include "lib/figure-checks.h"

/* Of 255, and how many pixels of four million may differ by more. */
#define VISIBLE_DIFFERENCE 51
#define MAX_DIFFERENCES 40

/* Paths, by an interpreter of absolute and relative commands as SVG 1.1 (8.3) has them */

typedef struct {
  double x;
  double y;
} Point;

/* Every point that a path names, with moves told apart by a point that is not a number before them. */
static GArray *
trace (const char *data)
{
  GArray *points = g_array_new (FALSE, FALSE, sizeof (Point));
  Point at = { 0, 0 }, start = { 0, 0 }, break_mark = { NAN, NAN };
  char command = '\0';

  while (*(data += strspn (data, " ,\n")) != '\0')
    {
      gboolean is_relative;
      guint n;

      if (g_ascii_isalpha (*data))
        command = *data++;
      else if (command == 'm' || command == 'M')
        command = command == 'm' ? 'l' : 'L';
      is_relative = g_ascii_islower (command);
      if (command == 'z' || command == 'Z')
        {
          at = start;
          g_array_append_val (points, at);
          continue;
        }
      if (command == 'm' || command == 'M')
        g_array_append_val (points, break_mark);

      n = strchr ("cC", command) != NULL ? 3 : 1;
      for (guint i = 0; i < n; i++)
        {
          Point point = at;
          char *end;

          if (strchr ("vV", command) == NULL)
            {
              point.x = g_ascii_strtod (data, &end) + (is_relative ? at.x : 0);
              g_assert_true (end > data);
              data = end;
            }
          if (strchr ("hH", command) == NULL)
            {
              data += strspn (data, " ,");
              point.y = g_ascii_strtod (data, &end) + (is_relative ? at.y : 0);
              g_assert_true (end > data);
              data = end;
            }
          data += strspn (data, " ,");
          g_array_append_val (points, point);
          if (i == n - 1)
            at = point;
        }
      if (command == 'm' || command == 'M')
        start = at;
    }

  return points;
}

/* Returns: how long it is now */
static gsize
assert_same_path (const char *data)
{
  g_autofree char *shortened = bp_svg_shorten_path (data);
  g_autoptr (GArray) before = trace (data);
  g_autoptr (GArray) after = trace (shortened);

  /* The last move of a closed path draws nothing, and goes. */
  if (after->len < before->len)
    {
      g_assert_cmpuint (after->len + 2, ==, before->len);
      g_assert_true (isnan (g_array_index (before, Point, after->len).x));
    }
  for (guint i = 0; i < after->len; i++)
    {
      Point a = g_array_index (before, Point, i), b = g_array_index (after, Point, i);

      g_assert_cmpint (isnan (a.x), ==, isnan (b.x));
      if (isnan (a.x))
        continue;
      g_assert_cmpfloat (fabs (a.x - b.x), <=, 0.0051);
      g_assert_cmpfloat (fabs (a.y - b.y), <=, 0.0051);
    }

  return strlen (shortened);
}

static void
test_paths (void)
{
  static const struct {
    const char *data;
    const char *shortened;
  } cases[] = {
    { "", "" },
    { "M 1 2 L 3 4 ", "m1 2 2 2" },
    { "M 0.5 -0.25 L 10.5 -0.25 L 10.5 3 Z M 0.5 -0.25 ", "m.5-.25h10v3.25z" },
    { "M 1 1 L 2 2 L 2 1 Z M 1 1 M 5 5 L 6 7 ", "m1 1 1 1v-1zm0 0m4 4 1 2" },
    { "M 1.005 1 C 1 1.5 2.25 3.125 4 4 C 5 5 6 6 7 7 ", NULL },
    { "M 0 0 L 0 0 L -0.004 0.004 ", "m0 0h0 0" },
    { "M 0.25 0.75 L 0.5 1.5 L 1 1.25 L 100 100", "m.25.75.25.75.5-.25 99 98.75" },
    { "M 1 2 A 3 3 0 0 1 4 4", "M 1 2 A 3 3 0 0 1 4 4" },
    { "M 1", "M 1" },
    { "M 1 2 L 1e300 0", "M 1 2 L 1e300 0" },
  };

  for (guint i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      g_autofree char *shortened = bp_svg_shorten_path (cases[i].data);

      if (cases[i].shortened != NULL)
        g_assert_cmpstr (shortened, ==, cases[i].shortened);
    }
  assert_same_path (cases[4].data);
}

/* Roundings do not add up, and a third of the bytes goes. */
static void
test_random_paths (void)
{
  for (guint round = 0; round < 300; round++)
    {
      g_autoptr (GString) data = g_string_new (NULL);
      int n = g_test_rand_int_range (1, 200);

      for (int i = 0; i < n; i++)
        {
          static const char commands[] = "LLLCCMZ";
          char command = i == 0 ? 'M' : commands[g_test_rand_int_range (0, sizeof commands - 1)];
          guint n_points = command == 'C' ? 3 : command == 'Z' ? 0 : 1;

          g_string_append_printf (data, "%c ", command);
          for (guint j = 0; j < 2 * n_points; j++)
            {
              double number = g_test_rand_double_range (-200, 200);

              if (g_test_rand_int_range (0, 4) == 0)
                number = g_test_rand_int_range (-3, 3) / 4.0;
              g_string_append_printf (data, "%f ", number);
            }
        }
      gsize length = assert_same_path (data->str);
      if (n > 10)
        g_assert_cmpuint (3 * length, <, 2 * data->len);
    }
}

/* Whole drawings */

static cairo_status_t
append_cb (void                *closure,
           const unsigned char *data,
           unsigned int         length)
{
  g_string_append_len (closure, (const char *) data, length);

  return CAIRO_STATUS_SUCCESS;
}

static GString *
draw_svg (BpTrainer       *trainer,
          BpFigureOptions *options)
{
  double width, height;
  GString *svg = g_string_new (NULL);
  cairo_surface_t *surface;
  cairo_t *cr;

  bp_figure_get_size (trainer, options, &width, &height);
  surface = cairo_svg_surface_create_for_stream (append_cb, svg, width, height);
  cairo_svg_surface_set_document_unit (surface, CAIRO_SVG_UNIT_PX);
  cr = cairo_create (surface);
  bp_figure_draw (cr, trainer, options);
  cairo_destroy (cr);
  cairo_surface_destroy (surface);

  return svg;
}

static cairo_surface_t *
rasterise (const char *folder,
           const char *svg)
{
  g_autoptr (GBytes) bytes = g_bytes_new (svg, strlen (svg));
  g_autofree char *path = save (folder, "a.svg", bytes);
  g_autofree char *png = g_build_filename (folder, "a.png", NULL);
  const char *argv[] = { "rsvg-convert", "--zoom", "2", "--output", png, path, NULL };

  g_free (run_program (argv));

  return cairo_image_surface_create_from_png (png);
}

/* How many pixels differ visibly. */
static guint
count_differences (cairo_surface_t *a,
                   cairo_surface_t *b)
{
  int width = cairo_image_surface_get_width (a), height = cairo_image_surface_get_height (a);
  guint n = 0;

  g_assert_cmpint (width, ==, cairo_image_surface_get_width (b));
  g_assert_cmpint (height, ==, cairo_image_surface_get_height (b));
  for (int y = 0; y < height; y++)
    for (int x = 0; x < width; x++)
      {
        int most = 0;

        for (guint shift = 0; shift < 24; shift += 8)
          most = MAX (most,
                      ABS ((int) (get_pixel (a, x, y) >> shift & 0xff) - (int) (get_pixel (b, x, y) >> shift & 0xff)));
        n += most > VISIBLE_DIFFERENCE;
      }

  return n;
}

/* What librsvg shows of both. A hundredth of a pixel may cross a line of its samples, of which a pixel has 15 or fewer,
 * but where a mark or a letter were gone or elsewhere it would be many pixels. */
static void
test_drawings (void)
{
  static const char *const names[] = { "classification", "xor" };
  g_autofree char *folder = make_folder ();

  if (!has_program ("rsvg-convert"))
    {
      g_test_skip ("there is no rsvg-convert");
      g_rmdir (folder);
      return;
    }

  for (guint i = 0; i < G_N_ELEMENTS (names); i++)
    {
      g_autoptr (BpTrainer) trainer = create_trainer (load_builtin (names[i]), checked_cursors[2]);
      BpFigureOptions options = choose_figure (BP_FIGURE_VIEW, BP_FORMAT_SVG);
      g_autoptr (GError) error = NULL;
      GString *svg = draw_svg (trainer, &options);
      g_autofree char *shortened = bp_svg_shorten (svg->str, svg->len, &error);

      g_assert_no_error (error);
      g_assert_cmpuint (3 * strlen (shortened), <, 2 * svg->len);
      cairo_surface_t *before = rasterise (folder, svg->str), *after = rasterise (folder, shortened);
      g_test_message ("%s: %u pixels differ", names[i], count_differences (before, after));
      g_assert_cmpuint (count_differences (before, after), <=, MAX_DIFFERENCES);
      cairo_surface_destroy (before);
      cairo_surface_destroy (after);
      g_string_free (svg, TRUE);
    }
  g_assert_cmpuint (remove_folder (folder), ==, 2);
}

/* The one way of writing things and the other; dashes are not cut, since what they lose adds up along a line. */
static void
test_dialects (void)
{
  static const struct {
    const char *svg;
    const char *shortened;
  } cases[] = {
    { "<symbol overflow=\"visible\" id=\"glyph4-7\">\n<path style=\"stroke:none;\" d=\"M 1 2 L 3 4 \"/>\n</symbol>",
      "<path id=\"g1\" d=\"m1 2 2 2\"/>" },
    { "<g id=\"glyph-4-7\">\n<path d=\"M 1 2 L 3 4 \"/>\n</g>", "<path id=\"g1\" d=\"m1 2 2 2\"/>" },
    { "<path style=\"fill:none;stroke-dasharray:4.307692,2.692308;stroke-miterlimit:10;\"/>",
      "<path style=\"fill:none;stroke-dasharray:4.307692,2.692308;stroke-miterlimit:10\"/>" },
    { "<path fill=\"none\" stroke-linecap=\"butt\" stroke=\"rgb(0%, 44.705882%, 69.803922%)\" stroke-opacity=\"1\" "
      "stroke-dasharray=\"4.307692 2.692308\" stroke-miterlimit=\"10\"/>",
      "<path fill=\"none\" stroke=\"#0072b2\" stroke-dasharray=\"4.307692 2.692308\" stroke-miterlimit=\"10\"/>" },
  };

  for (guint i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      g_autofree char *shortened = bp_svg_shorten (cases[i].svg, strlen (cases[i].svg), NULL);

      g_assert_cmpstr (shortened, ==, cases[i].shortened);
    }
}

/* However long the run was: what is drawn of it goes by the width of the plots. */
static void
test_long_run (void)
{
  static const char *const names[] = { "regression", "classification" };

  for (guint i = 0; i < G_N_ELEMENTS (names); i++)
    {
      BpExperiment *experiment = load_builtin (names[i]);
      BpFigureOptions options = choose_figure (BP_FIGURE_VIEW, BP_FORMAT_SVG);

      experiment->iterations = 1000000;
      g_autoptr (BpTrainer) trainer = create_trainer (experiment, (BpCursor) { 1000000, 0 });
      g_autoptr (GBytes) bytes = render (trainer, &options);
      g_assert_cmpuint (g_bytes_get_size (bytes), <, 250000);

      options.format = BP_FORMAT_PDF;
      g_autoptr (GBytes) pdf = render (trainer, &options);
      g_assert_cmpuint (g_bytes_get_size (pdf), <, 200000);
    }
}

int
main (int    argc,
      char **argv)
{
  g_test_init (&argc, &argv, NULL);

  g_test_add_func ("/svg/paths", test_paths);
  g_test_add_func ("/svg/random-paths", test_random_paths);
  g_test_add_func ("/svg/drawings", test_drawings);
  g_test_add_func ("/svg/dialects", test_dialects);
  g_test_add_func ("/svg/long-run", test_long_run);

  return g_test_run ();
}
