/* test-contour.c: areas and lines of levels: sizes of a circle, edges and saddles
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "drawing/bp-contour.h"

#include <math.h>

typedef struct {
  double area;
  double length;
  double largest_error;
} Measures;

static void
add_area (const BpContourPoint *points,
          guint                 n_points,
          gpointer              data)
{
  Measures *measures = data;
  double twice = 0;

  g_assert_cmpuint (n_points, >=, 3);
  for (guint i = 0; i < n_points; i++)
    {
      const BpContourPoint *a = &points[i];
      const BpContourPoint *b = &points[(i + 1) % n_points];

      twice += a->x * b->y - b->x * a->y;
    }
  /* Each piece goes round the same way, so that they can be filled as one path. */
  g_assert_cmpfloat (twice, >=, 0);
  measures->area += twice / 2;
}

static void
add_line (const BpContourPoint *points,
          guint                 n_points,
          gpointer              data)
{
  Measures *measures = data;

  g_assert_cmpuint (n_points, ==, 2);
  measures->length += hypot (points[1].x - points[0].x, points[1].y - points[0].y);
  for (guint i = 0; i < 2; i++)
    {
      double error = fabs (hypot (points[i].x - 50, points[i].y - 50) - 30);

      measures->largest_error = MAX (measures->largest_error, error);
    }
}

/* A cone, cut at radius 30: a circle. */
static void
test_contour (void)
{
  enum { N = 101 };
  g_autofree double *values = g_new (double, N * N);
  g_autofree double *negative = g_new (double, N * N);
  Measures measures = { 0 };
  Measures rest = { 0 };

  for (guint i = 0; i < N * N; i++)
    {
      values[i] = -hypot (i % N - 50.0, i / N - 50.0);
      negative[i] = -values[i];
    }
  bp_contour_foreach (values, N, N, -30, add_area, add_line, &measures);
  g_assert_cmpfloat_with_epsilon (measures.area, G_PI * 900, 3);
  g_assert_cmpfloat_with_epsilon (measures.length, 2 * G_PI * 30, 0.5);
  g_assert_cmpfloat (measures.largest_error, <, 0.05);

  bp_contour_foreach (negative, N, N, 30, add_area, NULL, &rest);
  g_assert_cmpfloat_with_epsilon (measures.area + rest.area, 100 * 100, 1e-6);
}

static void
test_contour_edges (void)
{
  double values[6] = { 1, 1, 1, 1, 1, NAN };
  Measures measures = { 0 };

  bp_contour_foreach (values, 3, 2, 0, add_area, add_line, &measures);
  g_assert_cmpfloat (measures.area, ==, 1);
  measures = (Measures) { 0 };
  bp_contour_foreach (values, 3, 2, 2, add_area, add_line, &measures);
  g_assert_cmpfloat (measures.area, ==, 0);
}

/* Two opposite corners above the level belong together if the mean of all four does. */
static void
test_contour_saddle (void)
{
  const double values[2][4] = { { 1, 0, 0, 1 }, { 0, 1, 1, 0 } };

  for (guint i = 0; i < 2; i++)
    {
      Measures together = { 0 };
      Measures apart = { 0 };

      bp_contour_foreach (values[i], 2, 2, 0.4, add_area, add_line, &together);
      g_assert_cmpfloat_with_epsilon (together.area, 1 - 0.4 * 0.4, 1e-9);
      g_assert_cmpfloat_with_epsilon (together.length, 2 * 0.4 * G_SQRT2, 1e-9);
      bp_contour_foreach (values[i], 2, 2, 0.6, add_area, add_line, &apart);
      g_assert_cmpfloat_with_epsilon (apart.area, 0.4 * 0.4, 1e-9);
      g_assert_cmpfloat_with_epsilon (apart.length, 2 * 0.4 * G_SQRT2, 1e-9);
    }
}

int
main (int    argc,
      char **argv)
{
  g_test_init (&argc, &argv, NULL);

  g_test_add_func ("/contour/circle", test_contour);
  g_test_add_func ("/contour/saddle", test_contour_saddle);
  g_test_add_func ("/contour/edges", test_contour_edges);

  return g_test_run ();
}
