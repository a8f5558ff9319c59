/* test-command-export.c: the command export: where in a run, and which files
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include <math.h>

#include "lib/figure-checks.h"
#include "app/cli/command-export-fixture.h"

static void
assert_equal (const char *folder,
              const char *first,
              const char *second)
{
  gsize first_size, second_size;
  g_autofree char *first_contents = load_file (folder, first, &first_size);
  g_autofree char *second_contents = load_file (folder, second, &second_size);

  g_assert_cmpmem (first_contents, first_size, second_contents, second_size);
}

static void
assert_begins (const char *folder,
               const char *name,
               const char *start)
{
  gsize size;
  g_autofree char *contents = load_file (folder, name, &size);

  g_assert_cmpuint (size, >, strlen (start));
  g_assert_cmpmem (contents, strlen (start), start, strlen (start));
}

/* The suffix says which format, unless --format does. */
static void
test_formats (void)
{
  g_autofree char *folder = make_folder ();

  run_export_well (folder, "regression --figure loss --output %s/a.svg");
  assert_begins (folder, "a.svg", "<?xml");
  run_export_well (folder, "regression --figure loss --output %s/a.pdf");
  assert_begins (folder, "a.pdf", "%PDF-");
  run_export_well (folder, "regression --figure loss -o %s/a.PNG");
  assert_begins (folder, "a.PNG", "\211PNG");
  run_export_well (folder, "regression --figure loss --output %s/a.tex");
  assert_begins (folder, "a.tex", "% Loss: Regression");
  run_export_well (folder, "regression --figure graph --output %s/a.gv");
  assert_begins (folder, "a.gv", "digraph ");
  run_export_well (folder, "regression --figure loss --output %s/a.csv");
  assert_begins (folder, "a.csv", "iteration,A,loss");
  run_export_well (folder, "regression --figure loss --output %s/b.txt --format csv");
  assert_equal (folder, "a.csv", "b.txt");
  g_assert_cmpuint (remove_folder (folder), ==, 7);
}

static void
test_standard_output (void)
{
  g_autofree char *folder = make_folder ();
  g_autofree char *out = runner_run_well ("export classification --figure view --format svg --output -");
  gsize size;

  run_export_well (folder, "classification --figure view --output %s/view.svg");
  g_autofree char *file = load_file (folder, "view.svg", &size);
  g_assert_cmpstr (out, ==, file);
  g_assert_cmpuint (remove_folder (folder), ==, 1);
}

static void
test_all (void)
{
  g_autofree char *folder = make_folder ();
  gsize size;

  g_autoptr (BpTrainer) trainer = trainer_from_builtin ("line");
  guint n = 0;

  run_export_well (folder, "line --figure all --output %s --iteration 38 --phase backward --format pdf");
  for (guint kind = 0; kind < BP_N_FIGURES; kind++)
    {
      if (!bp_figure_applies (kind, trainer))
        continue;
      n++;
      g_autofree char *name = g_strdup_printf ("line-%s-38-backward-5.pdf", bp_figure_get_class (kind)->name);
      g_autofree char *file = load_file (folder, name, &size);

      g_assert_true (g_str_has_prefix (file, "%PDF-"));
    }
  g_assert_cmpuint (remove_folder (folder), ==, n);
  g_assert_cmpuint (n, <, BP_N_FIGURES);

  g_autofree char *tables = make_folder ();
  run_export_well (tables, "regression --figure all --output %s --format csv");
  assert_begins (tables, "regression-loss-100.csv", "iteration");
  g_assert_cmpuint (remove_folder (tables), ==, 4);
}

/* Another process writes the same bytes. */
static void
test_repeat (void)
{
  g_autofree char *folder = make_folder ();

  for (guint kind = 0; kind < BP_N_FIGURES; kind++)
    for (guint format = 0; format < BP_N_FORMATS; format++)
      if (bp_figure_has_format (kind, format))
        for (guint i = 0; i < 2; i++)
          {
            const char *format_name = bp_figure_get_format_class (format)->name;
            g_autofree char *line = g_strdup_printf ("xor --figure %s --format %s --iteration 20 --caption "
                                                     "--output %%s/%s", bp_figure_get_class (kind)->name, format_name,
                                                     i == 0 ? "first" : "second");

            run_export_well (folder, line);
            if (i == 1)
              assert_equal (folder, "first", "second");
          }
  g_assert_cmpuint (remove_folder (folder), ==, 2);
}

/* Numbers in files have a point and what is seen is English without a translation, whatever the locale. */
static void
test_locale (void)
{
  const char *const point_argv[] = { "locale", "decimal_point", NULL };
  g_auto (GStrv) environment = g_environ_setenv (g_get_environ (), "LC_ALL", "de_DE.UTF-8", TRUE);
  g_auto (Result) point = runner_spawn ((char **) point_argv, environment);

  environment = g_environ_setenv (environment, "LANGUAGE", "C", TRUE);
  if (g_strcmp0 (point.out, ",\n") != 0)
    {
      g_test_skip ("there is no locale de_DE.UTF-8");
      return;
    }

  for (guint format = 0; format < BP_N_FORMATS; format++)
    {
      const char *name = bp_figure_get_format_class (format)->name;
      const char *figure = format == BP_FORMAT_DOT ? "graph" : "curve";
      const char *argv[] = {
        runner_get_program (), "export", "classification", "--figure", figure, "--format", name, "--output", "-",
        "--width", "80.5mm", NULL,
      };
      g_autofree char *line = g_strdup_printf ("export classification --figure %s --format %s --output - "
                                               "--width 80.5mm", figure, name);
      g_auto (Result) local = runner_spawn ((char **) argv, environment);
      g_autofree char *out = runner_run_well (line);

      g_assert_cmpstr (local.err, ==, "");
      g_assert_cmpstr (local.out, ==, out);
    }
}

static char *
get_date (const char *epoch)
{
  g_auto (GStrv) environment = g_environ_setenv (g_get_environ (), "SOURCE_DATE_EPOCH", epoch, TRUE);
  g_autofree char *folder = make_folder ();
  g_autofree char *path = g_build_filename (folder, "loss.pdf", NULL);
  const char *argv[] = { runner_get_program (), "export", "regression", "--figure", "loss", "--output", path, NULL };
  const char *info_argv[] = { "pdfinfo", path, NULL };
  g_auto (Result) result = runner_spawn ((char **) argv, environment);

  g_assert_cmpint (result.status, ==, 0);
  environment = g_environ_setenv (environment, "TZ", "UTC", TRUE);
  g_auto (Result) shown = runner_spawn ((char **) info_argv, environment);
  remove_folder (folder);

  return g_strdup (strstr (shown.out, "CreationDate:"));
}

static void
test_date (void)
{
  if (!has_program ("pdfinfo"))
    {
      g_test_skip ("there is no pdfinfo");
      return;
    }

  g_autofree char *none = get_date ("");
  g_autofree char *wrong = get_date ("yesterday");
  g_autofree char *date = get_date ("981173106");

  g_assert_null (none);
  g_assert_null (wrong);
  g_assert_nonnull (date);
  g_assert_nonnull (strstr (date, "Feb  3 04:05:06 2001"));
}

/* Places */

/* The caption of a figure, which says where the run stands. */
static char *
get_place (const char *options)
{
  g_autofree char *line = g_strdup_printf ("export regression --figure explanation --format svg --output - %s",
                                           options);
  g_autofree char *svg = runner_run_well (line);
  const char *start = strstr (svg, "<title>"), *end = strstr (svg, "</title>");

  g_assert_true (start != NULL && end != NULL);
  g_autofree char *title = g_strndup (start, (gsize) (end - start));

  g_assert_nonnull (strstr (title, " · iteration "));
  return g_strdup (strstr (title, "iteration "));
}

static void
test_places (void)
{
  static const struct {
    const char *options;
    const char *place;
  } cases[] = {
    { "", "iteration 100 of 100" },
    { "--iterations 7", "iteration 7 of 7" },
    { "--iteration 0", "iteration 0 of 100" },
    { "--iteration 38", "iteration 38 of 100" },
    { "--iteration 38 --phase feed", "iteration 38 of 100, feed" },
    { "--iteration 38 --phase forward", "iteration 38 of 100, forward 3 of 3" },
    { "--iteration 38 --phase backward", "iteration 38 of 100, backward 4 of 4" },
    { "--iteration 38 --phase update", "iteration 38 of 100" },
    { "--iteration 38 --instruction 1", "iteration 38 of 100, feed" },
    { "--iteration 38 --instruction 3", "iteration 38 of 100, forward 2 of 3" },
    { "--iteration 38 --instruction 9", "iteration 38 of 100" },
    { "--iteration 1 --instruction 5", "iteration 1 of 100, backward 1 of 4" },
    { "--phase forward", "iteration 100 of 100, forward 3 of 3" },
    { "--learning-rate 1e5", "iteration 3" },
  };

  for (guint i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      g_autofree char *place = get_place (cases[i].options);

      if (g_str_has_suffix (cases[i].place, "iteration 3"))
        g_assert_true (g_str_has_prefix (place, cases[i].place));
      else
        g_assert_cmpstr (place, ==, cases[i].place);
    }
}

/* Looks */

static void
assert_svg_size (const char *options,
                 double      width,
                 double      height)
{
  g_autofree char *line = g_strdup_printf ("export regression --figure loss --format svg --output - %s", options);
  g_autofree char *svg = runner_run_well (line);
  const char *size = strstr (svg, "width=\"");

  g_assert_nonnull (size);
  g_assert_cmpfloat_with_epsilon (g_ascii_strtod (size + strlen ("width=\""), NULL), width, 0.01);
  size = strstr (svg, "height=\"");
  g_assert_cmpfloat_with_epsilon (g_ascii_strtod (size + strlen ("height=\""), NULL), height, 0.01);
}

static void
test_sizes (void)
{
  assert_svg_size ("", 480, 320);
  assert_svg_size ("--width 600", 600, 400);
  assert_svg_size ("--width 600px --height 120px", 600, 120);
  assert_svg_size ("--width 127mm", 480, 320);
  assert_svg_size ("--width 12.7cm", 480, 320);
  assert_svg_size ("--width 5in", 480, 320);
  assert_svg_size ("--width 360pt", 480, 320);
  assert_svg_size ("--height 160", 240, 160);
}

static gboolean
differs (const char *figure,
         const char *options)
{
  g_autofree char *plain = g_strdup_printf ("export line --figure %s --format svg --output -", figure);
  g_autofree char *line = g_strdup_printf ("%s %s", plain, options);
  g_autofree char *first = runner_run_well (plain);
  g_autofree char *second = runner_run_well (line);

  return !g_str_equal (first, second);
}

static void
test_looks (void)
{
  g_assert_true (differs ("graph", "--theme dark"));
  g_assert_false (differs ("graph", "--theme light"));
  g_assert_true (differs ("graph", "--font-size 20"));
  g_assert_false (differs ("graph", "--font-size 10.5pt"));
  g_assert_true (differs ("graph", "--caption"));
  g_assert_false (differs ("graph", "--open-layers"));
  g_assert_true (differs ("loss", "--linear"));
  g_assert_false (differs ("loss", "--log"));
  g_assert_true (differs ("loss", "--smoothing 0.9"));
  g_assert_true (differs ("variable", "--parameter intercept"));
  g_assert_true (differs ("curve", "--parameter slope"));
  g_assert_true (differs ("data", "--seed 9"));
  g_assert_true (differs ("explanation", "--iteration 3"));
  g_assert_true (differs ("variable", "--set slope=1"));
}

static void
test_scale (void)
{
  g_autofree char *folder = make_folder ();

  for (guint scale = 1; scale <= 3; scale++)
    {
      g_autofree char *line = g_strdup_printf ("regression --figure data --output %%s/a.png --width 100mm --scale %u",
                                               scale);
      g_autofree char *path = g_build_filename (folder, "a.png", NULL);

      run_export_well (folder, line);
      cairo_surface_t *surface = cairo_image_surface_create_from_png (path);

      g_assert_cmpint (cairo_image_surface_get_width (surface), ==, (int) round (scale * 100 / 25.4 * 96));
      cairo_surface_destroy (surface);
    }
  g_assert_cmpuint (remove_folder (folder), ==, 1);
}

static void
test_help (void)
{
  g_autofree char *help = runner_run_well ("export --help");
  g_autofree char *general = runner_run_well ("--help");

  for (guint kind = 0; kind < BP_N_FIGURES; kind++)
    g_assert_nonnull (strstr (help, bp_figure_get_class (kind)->name));
  for (guint format = 0; format < BP_N_FORMATS; format++)
    g_assert_nonnull (strstr (help, bp_figure_get_format_class (format)->name));
  g_assert_nonnull (strstr (general, "backprop-lab export EXPERIMENT"));
}

int
main (int    argc,
      char **argv)
{
  g_test_init (&argc, &argv, NULL);

  g_test_add_func ("/command-export/formats", test_formats);
  g_test_add_func ("/command-export/standard-output", test_standard_output);
  g_test_add_func ("/command-export/all", test_all);
  g_test_add_func ("/command-export/repeat", test_repeat);
  g_test_add_func ("/command-export/locale", test_locale);
  g_test_add_func ("/command-export/date", test_date);
  g_test_add_func ("/command-export/places", test_places);
  g_test_add_func ("/command-export/sizes", test_sizes);
  g_test_add_func ("/command-export/looks", test_looks);
  g_test_add_func ("/command-export/scale", test_scale);
  g_test_add_func ("/command-export/help", test_help);

  return g_test_run ();
}
