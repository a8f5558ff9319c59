/* test-graph-text.c: whatever a node shows, its text is large enough to be read
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "graph/bp-graph-draw-private.h"

#include <string.h>

#include "experiment/bp-builtin.h"
#include "lib/trainer-fixture.h"

/* What a name's size is taken for: then the smallest text of a lecture is 1/45 of some height, and numbers 1/40. */
#define UNIT 20.0
#define LEAST_TEXT (BP_LEAST_TEXT * UNIT)
#define LEAST_NUMBER (LEAST_TEXT * 45 / 40)

/* What an SVG says of its texts. @size: of the present one, 0 outside; @last: the last one */
typedef struct {
  double   size;
  gboolean is_number;
  guint    n_numbers;
  char    *last;
} Reader;

static void
begin_element (G_GNUC_UNUSED GMarkupParseContext *context,
               const char  *name,
               const char **names,
               const char **values,
               gpointer     data,
               G_GNUC_UNUSED GError **error)
{
  Reader *reader = data;

  for (guint i = 0; g_str_equal (name, "text") && names[i] != NULL; i++)
    if (g_str_equal (names[i], "font-size"))
      reader->size = g_ascii_strtod (values[i], NULL);
    else if (g_str_equal (names[i], "class"))
      reader->is_number = g_str_equal (values[i], "value") || g_str_equal (values[i], "gradient");
}

/* A number that is cut would be another number; what a range leaves out stands between blanks. */
static void
read_text (G_GNUC_UNUSED GMarkupParseContext *context,
           const char *text,
           G_GNUC_UNUSED gsize length,
           gpointer    data,
           G_GNUC_UNUSED GError **error)
{
  Reader *reader = data;

  if (reader->size == 0)
    return;

  if (reader->size < (reader->is_number ? LEAST_NUMBER : LEAST_TEXT) - 0.01
      || (reader->is_number && (strstr (text, "…") == NULL) != (strstr (text, " … ") == NULL)))
    {
      g_test_message ("“%s” has %.2f of a name's size", text, reader->size / UNIT);
      g_test_fail ();
    }
  reader->n_numbers += reader->is_number;
  reader->size = 0;
  g_free (reader->last);
  reader->last = g_strdup (text);
}

/* Returns: (transfer full): the last text of @svg */
static char *
read_svg (const char *svg,
          guint      *n_numbers)
{
  const GMarkupParser parser = { .start_element = begin_element, .text = read_text };
  Reader reader = { 0 };
  g_autoptr (GMarkupParseContext) context = g_markup_parse_context_new (&parser, 0, &reader, NULL);
  g_autofree char *document = g_strconcat ("<svg>", svg, "</svg>", NULL);
  g_autoptr (GError) error = NULL;

  g_markup_parse_context_parse (context, document, -1, &error);
  g_assert_no_error (error);
  *n_numbers = reader.n_numbers;

  return reader.last;
}

static BpPainter *
create_painter (BpGraphDrawing *drawing,
                GString        *svg)
{
  return bp_painter_svg_new (svg, bp_graph_drawing_get_palette (drawing), drawing->font);
}

static void
read_drawing (BpGraphDrawing *drawing)
{
  g_autoptr (GString) svg = g_string_new (NULL);
  g_autofree char *last = NULL;
  BpPainter *painter = create_painter (drawing, svg);
  guint n_numbers;

  bp_graph_draw (painter, drawing);
  bp_graph_draw_legend (painter, drawing);
  bp_painter_free (painter);
  last = read_svg (svg->str, &n_numbers);
  g_assert_cmpuint (n_numbers, >, 0);
}

/* In no area, a small one and a large one. */
static void
read_details (BpGraphDrawing *drawing)
{
  static const double areas[][2] = { { 0, 0 }, { 60, 20 }, { 110, 30 } };

  for (guint i = 0; i < G_N_ELEMENTS (areas); i++)
    for (BpDetail detail = BP_DETAIL_ALL; detail < BP_N_DETAILS; detail++)
      {
        bp_graph_drawing_set_area (drawing, areas[i][0] * UNIT, areas[i][1] * UNIT);
        bp_graph_drawing_set_detail (drawing, detail);
        read_drawing (drawing);
      }
}

static BpGraphDrawing *
create_drawing (void)
{
  BpGraphDrawing *drawing = bp_graph_drawing_new ();
  PangoFontDescription *font = pango_font_description_from_string ("Sans");

  bp_graph_drawing_set_font (drawing, font, UNIT);
  pango_font_description_free (font);

  return drawing;
}

static void
read_at (BpGraphDrawing *drawing,
         BpTrainer      *trainer)
{
  static const BpOpenLayers open[] = { BP_LAYERS_NONE, BP_LAYERS_ALL };

  for (guint i = 0; i < G_N_ELEMENTS (open); i++)
    {
      bp_graph_drawing_update (drawing, trainer);
      bp_graph_drawing_set_open (drawing, open[i]);
      bp_graph_drawing_update (drawing, trainer);
      read_details (drawing);
    }
}

/* Nothing computed, after some steps of each phase, and when much was trained and gradients are small. */
static void
test_builtins (void)
{
  const char *const *names = bp_builtin_get_names ();

  for (guint i = 0; names[i] != NULL; i++)
    {
      g_autoptr (BpTrainer) trainer = trainer_from_builtin (names[i]);
      g_autoptr (BpGraphDrawing) drawing = create_drawing ();

      g_test_message ("%s", names[i]);
      read_at (drawing, trainer);
      bp_trainer_step_iteration (trainer, is_small_builtin (names[i]) ? 200 : 2);
      read_at (drawing, trainer);
      step_nodes (trainer, bp_trainer_get_n_instructions (trainer) - 1);
      read_at (drawing, trainer);
    }
}

/* Numbers of every magnitude. */
static void
test_magnitudes (void)
{
  for (int exponent = -300; exponent <= 300; exponent += exponent < -20 || exponent >= 20 ? 40 : 1)
    {
      g_autofree char *variables = g_strdup_printf ("a=-1.2345e%d\nv=normal(0, 1.2345e%d) [3]", exponent, exponent);
      g_autoptr (BpTrainer) trainer
          = trainer_from_model (variables, "u=v * 1.2345e-7\nloss=reduce_sum(abs(u + a * v)) * 1e-3",
                                "LearningRate=1");
      g_autoptr (BpGraphDrawing) drawing = create_drawing ();

      step_nodes (trainer, bp_trainer_get_n_instructions (trainer) - 1);
      read_at (drawing, trainer);
      step_nodes (trainer, 1);
      read_at (drawing, trainer);
    }
}

/* Digits go one by one before a number would be too small, and what is left is true. */
static void
test_digits (void)
{
  static const struct
  {
    double      values[2];
    gsize       n;
    const char *texts[5];
  } cases[] = {
    { { -0.12345678 }, 1, { "−0.1235", "−0.123", "−0.12", "−0.1" } },
    { { -1.2345e-7 }, 1, { "−1.235·10⁻⁷", "−1.23·10⁻⁷", "−1.2·10⁻⁷", "−10⁻⁷" } },
    { { -0.001784, 0.002291 }, 2, { "−0.00178 … 0.00229", "−0.0018 … 0.0023", "−0.002 … 0.002", "|·| ≤ 0.0023" } },
    { { -0.002141, 0.002041 }, 2, { "−0.00214 … 0.00204", "−0.0021 … 0.002", "−0.002 … 0.002", "|·| ≤ 0.0022" } },
    { { 0.3333333, 0.3333333 }, 2, { "all 0.3333", "all 0.333", "all 0.33", "all 0.3" } },
  };
  g_autoptr (BpGraphDrawing) drawing = create_drawing ();

  for (guint i = 0; i < G_N_ELEMENTS (cases); i++)
    for (guint j = 0; cases[i].texts[j] != NULL; j++)
      {
        g_autoptr (GString) svg = g_string_new (NULL);
        BpPainter *painter = create_painter (drawing, svg);
        double least = bp_text_style_get_least_scale (BP_TEXT_RANGE)
                       * bp_graph_drawing_measure (drawing, BP_TEXT_RANGE, cases[i].texts[j]);
        BpGraphPen pen;
        g_autofree char *text = NULL;
        g_autofree char *last = NULL;
        BpNumbers numbers;
        guint n_numbers;

        bp_numbers_take_range (&numbers, cases[i].values, cases[i].n);
        text = bp_numbers_format (&numbers);
        g_assert_cmpstr (text, ==, cases[i].texts[0]);
        bp_graph_pen_init (&pen, painter, drawing);
        bp_graph_pen_show_numbers (&pen, BP_TEXT_RANGE, BP_COLOR_VALUE, text, &numbers, 0, 0, least + 0.1);
        bp_painter_free (painter);
        last = read_svg (svg->str, &n_numbers);
        g_assert_cmpstr (last, ==, cases[i].texts[j]);
      }
}

int
main (int   argc,
      char *argv[])
{
  g_test_init (&argc, &argv, NULL);

  g_test_add_func ("/graph-text/builtins", test_builtins);
  g_test_add_func ("/graph-text/digits", test_digits);
  g_test_add_func ("/graph-text/magnitudes", test_magnitudes);

  return g_test_run ();
}
