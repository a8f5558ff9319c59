/* test-figure-formats.c: figures as SVG, PDF, PNG and DOT, read back and opened by other programs
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include <math.h>

#include "lib/figure-checks.h"

/* Every figure of every experiment at some places, in one format. */

typedef void (*CheckFunc) (GBytes                *bytes,
                           BpTrainer             *trainer,
                           const BpFigureOptions *options);

static void
check_figures (BpExperiment  *experiment,
               BpCursor       cursor,
               BpFigureFormat format,
               gboolean       caption,
               CheckFunc      check)
{
  g_autoptr (BpTrainer) trainer = create_trainer (experiment, cursor);

  for (guint kind = 0; kind < BP_N_FIGURES; kind++)
    {
      BpFigureOptions options = choose_figure (kind, format);

      if (!bp_figure_has_format (kind, format))
        continue;

      options.caption = caption;
      options.scale = 1.25;
      options.dark = kind % 2 == 0;
      g_autoptr (GBytes) bytes = render (trainer, &options);
      check (bytes, trainer, &options);
    }
}

static void
check_all (BpFigureFormat format,
           CheckFunc      check)
{
  const char *const *names = bp_builtin_get_names ();

  for (guint i = 0; names[i] != NULL; i++)
    check_figures (load_builtin (names[i]), checked_cursors[i % G_N_ELEMENTS (checked_cursors)], format, i % 2 == 0,
                   check);
  check_figures (load_awkward (), checked_cursors[1], format, TRUE, check);
}

/* The same for a few experiments of different structure: to start programs takes time. */
static void
check_some (BpFigureFormat format,
            CheckFunc      check)
{
  static const char *const names[] = { "regression", "line", "classification-split", "xor" };

  for (guint i = 0; i < G_N_ELEMENTS (names); i++)
    check_figures (load_builtin (names[i]), checked_cursors[i], format, i % 2 == 0, check);
  check_figures (load_awkward (), checked_cursors[1], format, TRUE, check);
}

/* SVG */

/* What GMarkup has seen: the size in the first element, the texts of title and desc. */
typedef struct {
  double  width;
  double  height;
  GString *title;
  GString *description;
} Svg;

static void
start_element_cb (G_GNUC_UNUSED GMarkupParseContext  *context,
                  const char                         *element,
                  const char                        **names,
                  const char                        **values,
                  gpointer                            data,
                  G_GNUC_UNUSED GError              **error)
{
  Svg *svg = data;

  for (guint i = 0; g_str_equal (element, "svg") && names[i] != NULL; i++)
    {
      if (g_str_equal (names[i], "width"))
        svg->width = g_ascii_strtod (values[i], NULL);
      if (g_str_equal (names[i], "height"))
        svg->height = g_ascii_strtod (values[i], NULL);
    }
}

static void
text_cb (GMarkupParseContext   *context,
         const char            *text,
         gsize                  length,
         gpointer               data,
         G_GNUC_UNUSED GError **error)
{
  Svg *svg = data;

  /* Groups have titles of their own. */
  if (g_str_equal (g_markup_parse_context_get_element (context), "title") && g_slist_length (
        (GSList *) g_markup_parse_context_get_element_stack (context)) == 2)
    g_string_append_len (svg->title, text, length);
  if (g_str_equal (g_markup_parse_context_get_element (context), "desc"))
    g_string_append_len (svg->description, text, length);
}

static void
check_svg (GBytes                *bytes,
           BpTrainer             *trainer,
           const BpFigureOptions *options)
{
  const GMarkupParser parser = { .start_element = start_element_cb, .text = text_cb };
  Svg svg = { 0, 0, g_string_new (NULL), g_string_new (NULL) };
  GMarkupParseContext *context = g_markup_parse_context_new (&parser, 0, &svg, NULL);
  g_autofree char *caption = bp_figure_create_caption (trainer);
  g_autofree char *description = bp_figure_create_description (trainer, options);
  g_autoptr (GError) error = NULL;
  double width, height;

  g_markup_parse_context_parse (context, g_bytes_get_data (bytes, NULL), g_bytes_get_size (bytes), &error);
  g_assert_no_error (error);
  g_markup_parse_context_end_parse (context, &error);
  g_assert_no_error (error);

  bp_figure_get_size (trainer, options, &width, &height);
  g_assert_cmpfloat_with_epsilon (svg.width, width, 1e-3);
  g_assert_cmpfloat_with_epsilon (svg.height, height, 1e-3);
  g_assert_true (g_str_has_suffix (svg.title->str, caption));
  g_assert_cmpstr (svg.description->str, ==, description);

  g_markup_parse_context_free (context);
  g_string_free (svg.title, TRUE);
  g_string_free (svg.description, TRUE);
}

static void
test_svg (void)
{
  check_all (BP_FORMAT_SVG, check_svg);
}

/* PNG: pictures are read by cairo, however they were made */

typedef struct {
  const guint8 *data;
  gsize         left;
} Reader;

static cairo_status_t
read_cb (void          *closure,
         unsigned char *data,
         unsigned int   length)
{
  Reader *reader = closure;

  if (length > reader->left)
    return CAIRO_STATUS_READ_ERROR;
  memcpy (data, reader->data, length);
  reader->data += length;
  reader->left -= length;

  return CAIRO_STATUS_SUCCESS;
}

static cairo_surface_t *
read_png (GBytes *bytes)
{
  Reader reader = { g_bytes_get_data (bytes, NULL), g_bytes_get_size (bytes) };
  cairo_surface_t *surface = cairo_image_surface_create_from_png_stream (read_cb, &reader);

  g_assert_cmpint (cairo_surface_status (surface), ==, CAIRO_STATUS_SUCCESS);

  return surface;
}

/* The share of pixels that are not as the corner is; the corners are all of the ground. */
static double
get_ink (cairo_surface_t *surface)
{
  int width = cairo_image_surface_get_width (surface), height = cairo_image_surface_get_height (surface);
  guint32 ground = get_pixel (surface, 0, 0);
  gsize n = 0;

  g_assert_cmpuint (get_pixel (surface, width - 1, 0), ==, ground);
  g_assert_cmpuint (get_pixel (surface, 0, height - 1), ==, ground);
  g_assert_cmpuint (get_pixel (surface, width - 1, height - 1), ==, ground);
  for (int y = 0; y < height; y++)
    for (int x = 0; x < width; x++)
      n += get_pixel (surface, x, y) != ground;

  return (double) n / width / height;
}

static void
check_png (GBytes                *bytes,
           BpTrainer             *trainer,
           const BpFigureOptions *options)
{
  cairo_surface_t *surface = read_png (bytes);
  double width, height;
  guint32 corner = get_pixel (surface, 0, 0);

  bp_figure_get_size (trainer, options, &width, &height);
  g_assert_cmpint (cairo_image_surface_get_width (surface), ==, (int) round (width * options->scale));
  g_assert_cmpint (cairo_image_surface_get_height (surface), ==, (int) round (height * options->scale));
  g_assert_true (options->dark ? (corner & 0xff) < 0x40 : (corner & 0xff) > 0xf0);
  g_assert_cmpfloat (get_ink (surface), >, 0.005);
  cairo_surface_destroy (surface);
}

static void
test_png (void)
{
  check_all (BP_FORMAT_PNG, check_png);
}

/* 2.5 pixels for one of 1/96 inch are 240 to the inch, 9449 to the metre. */
static void
test_resolution (void)
{
  static const guint8 chunk[] = { 0, 0, 0, 9, 'p', 'H', 'Y', 's', 0, 0, 0x24, 0xe9, 0, 0, 0x24, 0xe9, 1 };
  g_autoptr (BpTrainer) trainer = create_trainer (load_builtin ("regression"), checked_cursors[1]);
  BpFigureOptions options = choose_figure (BP_FIGURE_LOSS, BP_FORMAT_PNG);
  cairo_surface_t *surface;

  options.width = 301;
  options.height = 200.3;
  options.scale = 2.5;
  g_autoptr (GBytes) bytes = render (trainer, &options);

  g_assert_cmpmem ((const guint8 *) g_bytes_get_data (bytes, NULL) + 33, sizeof chunk, chunk, sizeof chunk);
  surface = read_png (bytes);
  g_assert_cmpint (cairo_image_surface_get_width (surface), ==, 753);
  g_assert_cmpint (cairo_image_surface_get_height (surface), ==, 501);
  cairo_surface_destroy (surface);
}

/* Other programs open them */

/* What a program makes of a figure: its bytes, and what the program is told to do with it. */
static void
open_svg (GBytes                *bytes,
          BpTrainer             *trainer,
          const BpFigureOptions *options)
{
  g_autofree char *folder = make_folder ();
  g_autofree char *file = save (folder, "figure.svg", bytes);
  g_autofree char *picture = g_build_filename (folder, "figure.png", NULL);
  const char *argv[] = { "rsvg-convert", "--output", picture, file, NULL };
  cairo_surface_t *surface;
  double width, height;

  g_free (run_program (argv));
  surface = cairo_image_surface_create_from_png (picture);
  bp_figure_get_size (trainer, options, &width, &height);
  g_assert_cmpint (cairo_image_surface_get_width (surface), ==, (int) ceil (width));
  g_assert_cmpint (cairo_image_surface_get_height (surface), ==, (int) ceil (height));
  g_assert_cmpfloat (get_ink (surface), >, 0.005);
  cairo_surface_destroy (surface);
  g_assert_cmpuint (remove_folder (folder), ==, 2);
}

static void
test_open_svg (void)
{
  if (!has_program ("rsvg-convert"))
    {
      g_test_skip ("there is no rsvg-convert");
      return;
    }

  check_some (BP_FORMAT_SVG, open_svg);
}

/* The texts of a figure are text. */
static const char *
get_expected_text (BpFigureKind kind)
{
  static const char *const texts[BP_N_FIGURES] = {
    [BP_FIGURE_GRAPH] = "value (forward)",
    [BP_FIGURE_VARIABLE] = "iteration",
    [BP_FIGURE_LOSS] = "loss",
    [BP_FIGURE_CURVE] = "Loss",
    [BP_FIGURE_DATA] = "Data",
    [BP_FIGURE_CONFUSION] = "Confusion matrix",
    [BP_FIGURE_ACCURACY] = "Accuracy",
    [BP_FIGURE_GRADIENTS] = "Gradient",
    [BP_FIGURE_ACTIVATIONS] = "Activations",
    [BP_FIGURE_RATE] = "Learning",
    [BP_FIGURE_EXPLANATION] = "",
    [BP_FIGURE_COLUMNS] = "iteration",
    [BP_FIGURE_NEURONS] = "",
    [BP_FIGURE_VIEW] = "Computation graph",
  };

  return texts[kind];
}

static void
open_pdf (GBytes                *bytes,
          BpTrainer             *trainer,
          const BpFigureOptions *options)
{
  g_autofree char *folder = make_folder ();
  g_autofree char *file = save (folder, "figure.pdf", bytes);
  g_autofree char *picture = g_build_filename (folder, "figure", NULL);
  g_autofree char *png = g_strconcat (picture, ".png", NULL);
  const char *text_argv[] = { "pdftotext", "-layout", file, "-", NULL };
  const char *picture_argv[] = { "pdftoppm", "-r", "96", "-png", "-singlefile", file, picture, NULL };
  g_autofree char *text = run_program (text_argv);
  cairo_surface_t *surface;
  double width, height;

  g_free (run_program (picture_argv));
  surface = cairo_image_surface_create_from_png (png);
  bp_figure_get_size (trainer, options, &width, &height);
  g_assert_nonnull (strstr (text, get_expected_text (options->kind)));
  if (options->caption)
    g_assert_nonnull (strstr (text, "seed"));
  g_assert_cmpfloat (fabs (cairo_image_surface_get_width (surface) - width), <=, 1);
  g_assert_cmpfloat (fabs (cairo_image_surface_get_height (surface) - height), <=, 1);
  g_assert_cmpfloat (get_ink (surface), >, 0.005);
  cairo_surface_destroy (surface);
  g_assert_cmpuint (remove_folder (folder), ==, 2);
}

static void
test_open_pdf (void)
{
  if (!has_program ("pdftotext") || !has_program ("pdftoppm"))
    {
      g_test_skip ("there is no pdftotext or pdftoppm");
      return;
    }

  check_some (BP_FORMAT_PDF, open_pdf);
}

static void
check_pdf (GBytes                              *bytes,
           G_GNUC_UNUSED BpTrainer             *trainer,
           G_GNUC_UNUSED const BpFigureOptions *options)
{
  gsize size;
  const char *data = g_bytes_get_data (bytes, &size);

  g_assert_cmpuint (size, >, 1000);
  g_assert_cmpmem (data, 5, "%PDF-", 5);
  g_assert_cmpmem (data + size - 6, 6, "%%EOF\n", 6);
}

static void
test_pdf (void)
{
  check_all (BP_FORMAT_PDF, check_pdf);
}

/* DOT */

/* Quotes and brackets that are no text pair up. */
static void
assert_dot_balanced (const char *dot)
{
  gboolean quoted = FALSE;
  int depth = 0, angles = 0;

  for (const char *c = dot; *c != '\0'; c++)
    if (quoted && *c == '\\')
      c++;
    else if (*c == '"')
      quoted = !quoted;
    else if (!quoted && *c == '-' && c[1] == '>')
      c++;
    else if (!quoted)
      {
        angles += (*c == '<') - (*c == '>');
        depth += angles > 0 ? 0 : (*c == '{' || *c == '[') - (*c == '}' || *c == ']');
        g_assert_cmpint (angles, >=, 0);
        g_assert_cmpint (depth, >=, 0);
      }

  g_assert_false (quoted);
  g_assert_cmpint (depth, ==, 0);
  g_assert_cmpint (angles, ==, 0);
}

static void
check_dot (GBytes                *bytes,
           BpTrainer             *trainer,
           const BpFigureOptions *options)
{
  BpGraph *graph = bp_trainer_get_graph (trainer);
  g_autofree char *text = render_text (trainer, options);
  g_autoptr (GPtrArray) layers = bp_layers_find (graph);
  g_autofree guint *boxes = g_new (guint, bp_graph_get_n_nodes (graph));

  assert_dot_balanced (text);
  bp_layers_fold (layers, graph, bp_layers_get_default_open (layers), boxes);
  for (guint node = 0; node < bp_graph_get_n_nodes (graph); node++)
    {
      g_autofree char *name = g_strdup_printf ("<b>%s</b>", bp_graph_get_name (graph, node));

      /* What is within a folded layer is not shown; the others have all their edges. */
      g_assert_true ((strstr (text, name) != NULL) == (boxes[node] == node));
      for (guint i = 0; i < bp_graph_get_n_inputs (graph, node); i++)
        {
          guint input = boxes[bp_graph_get_input (graph, node, i)];
          g_autofree char *edge = g_strdup_printf ("  n%u -> n%u [", input, boxes[node]);

          g_assert_true ((strstr (text, edge) != NULL) == (input != boxes[node]));
        }
    }

  if (has_program ("dot"))
    {
      g_autofree char *folder = make_folder ();
      g_autofree char *file = save (folder, "figure.dot", bytes);
      const char *argv[] = { "dot", "-Tsvg", file, NULL };
      g_autofree char *svg = run_program (argv);

      g_assert_nonnull (strstr (svg, "</svg>"));
      remove_folder (folder);
    }
}

static void
test_dot (void)
{
  check_all (BP_FORMAT_DOT, check_dot);
}

int
main (int    argc,
      char **argv)
{
  g_test_init (&argc, &argv, NULL);

  g_test_add_func ("/figure-formats/svg", test_svg);
  g_test_add_func ("/figure-formats/png", test_png);
  g_test_add_func ("/figure-formats/pdf", test_pdf);
  g_test_add_func ("/figure-formats/resolution", test_resolution);
  g_test_add_func ("/figure-formats/open-svg", test_open_svg);
  g_test_add_func ("/figure-formats/open-pdf", test_open_pdf);
  g_test_add_func ("/figure-formats/dot", test_dot);

  return g_test_run ();
}
