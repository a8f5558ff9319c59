/* bp-figure.c: which figures and formats there are, and a figure taken from a trainer
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "figures/bp-figure-private.h"

#include <glib/gi18n-lib.h>
#include <math.h>
#include <string.h>

#include "base/bp-error.h"
#include "base/bp-memory.h"
#include "base/bp-number.h"

/* The font size at which strokes are as on a screen. */
#define NORMAL_FONT_SIZE 14

/* Fonts, and the threads that look for them; what is drawn of a sample and of a node takes about so much. */
#define FONT_BYTES (64 << 20)
#define SAMPLE_BYTES 256
#define NODE_BYTES 4096

#define DRAWN (1 << BP_FORMAT_SVG | 1 << BP_FORMAT_PDF | 1 << BP_FORMAT_PNG | 1 << BP_FORMAT_TIKZ)
#define PLOT (DRAWN | 1 << BP_FORMAT_CSV)

static const BpFigureClass figures[BP_N_FIGURES] = {
  [BP_FIGURE_GRAPH] = { "graph", N_("Computation graph"), 0, 0, DRAWN | 1 << BP_FORMAT_DOT },
  [BP_FIGURE_VARIABLE] = { "variable", N_("Parameters"), 480, 320, PLOT },
  [BP_FIGURE_LOSS] = { "loss", N_("Loss"), 480, 320, PLOT },
  [BP_FIGURE_CURVE] = { "curve", N_("Loss curve"), 480, 320, PLOT },
  [BP_FIGURE_DATA] = { "data", N_("Data"), 480, 320, PLOT },
  [BP_FIGURE_CONFUSION] = { "confusion", N_("Confusion matrix"), 480, 360, PLOT },
  [BP_FIGURE_ACCURACY] = { "accuracy", N_("Accuracy"), 480, 320, PLOT },
  [BP_FIGURE_GRADIENTS] = { "gradients", N_("Gradient per layer"), 560, 320, PLOT },
  [BP_FIGURE_ACTIVATIONS] = { "activations", N_("Activations"), 480, 320, PLOT },
  [BP_FIGURE_RATE] = { "learning-rate", N_("Learning rate"), 480, 320, PLOT },
  [BP_FIGURE_EXPLANATION] = { "explanation", N_("Explanation"), 0, 0, DRAWN },
  [BP_FIGURE_NEURONS] = { "neurons", N_("Neurons"), 960, 400, DRAWN },
  [BP_FIGURE_COLUMNS] = { "side-by-side", N_("Side by side"), 1280, 800, DRAWN },
  [BP_FIGURE_VIEW] = { "view", N_("Whole view"), 1280, 800, DRAWN },
};

static const char *const svg_suffixes[] = { "svg", NULL };
static const char *const pdf_suffixes[] = { "pdf", NULL };
static const char *const png_suffixes[] = { "png", NULL };
static const char *const tikz_suffixes[] = { "tex", "tikz", NULL };
static const char *const dot_suffixes[] = { "dot", "gv", NULL };
static const char *const csv_suffixes[] = { "csv", NULL };

static const BpFormatClass formats[BP_N_FORMATS] = {
  [BP_FORMAT_SVG] = { "svg", N_("SVG drawing"), svg_suffixes, "image/svg+xml", TRUE, TRUE },
  [BP_FORMAT_PDF] = { "pdf", N_("PDF document"), pdf_suffixes, "application/pdf", TRUE, TRUE },
  [BP_FORMAT_PNG] = { "png", N_("PNG image"), png_suffixes, "image/png", TRUE, TRUE },
  [BP_FORMAT_TIKZ] = { "tikz", N_("TikZ for LaTeX"), tikz_suffixes, "text/x-tex", TRUE, TRUE },
  [BP_FORMAT_DOT] = { "dot", N_("DOT for Graphviz"), dot_suffixes, "text/vnd.graphviz", FALSE, TRUE },
  [BP_FORMAT_CSV] = { "csv", N_("CSV table"), csv_suffixes, "text/csv", FALSE, FALSE },
};

const BpFigureClass *
bp_figure_get_class (BpFigureKind kind)
{
  g_return_val_if_fail (kind < BP_N_FIGURES, NULL);

  return &figures[kind];
}

const BpFormatClass *
bp_figure_get_format_class (BpFigureFormat format)
{
  g_return_val_if_fail (format < BP_N_FORMATS, NULL);

  return &formats[format];
}

gboolean
bp_figure_has_format (BpFigureKind   kind,
                      BpFigureFormat format)
{
  g_return_val_if_fail (kind < BP_N_FIGURES && format < BP_N_FORMATS, FALSE);

  return (figures[kind].formats & 1u << format) != 0;
}

gboolean
bp_figure_find (const char   *name,
                BpFigureKind *kind)
{
  for (guint i = 0; i < BP_N_FIGURES; i++)
    if (g_str_equal (figures[i].name, name))
      {
        *kind = i;
        return TRUE;
      }

  return FALSE;
}

gboolean
bp_figure_find_format (const char     *name,
                       BpFigureFormat *format)
{
  for (guint i = 0; i < BP_N_FORMATS; i++)
    if (g_str_equal (formats[i].name, name))
      {
        *format = i;
        return TRUE;
      }

  return FALSE;
}

gboolean
bp_figure_find_format_of_file (const char     *path,
                               BpFigureFormat *format)
{
  g_autofree char *name = g_path_get_basename (path);
  const char *dot = strrchr (name, '.');

  for (guint i = 0; dot != NULL && i < BP_N_FORMATS; i++)
    for (const char *const *suffix = formats[i].suffixes; *suffix != NULL; suffix++)
      if (g_ascii_strcasecmp (dot + 1, *suffix) == 0)
        {
          *format = i;
          return TRUE;
        }

  return FALSE;
}

/* Checks */

gboolean
bp_figure_check_range (const char *what,
                       double      value,
                       double      minimum,
                       double      maximum,
                       GError    **error)
{
  g_autofree char *shown = NULL, *least = NULL, *most = NULL;

  if (value >= minimum && value <= maximum)
    return TRUE;

  shown = bp_number_to_shortest (value);
  least = bp_number_to_shortest (minimum);
  most = bp_number_to_shortest (maximum);
  /* Translators: "The width in pixels is 7, but must be from 48 to 20000". */
  g_set_error (error, BP_ERROR, BP_ERROR_VALUE, _("%s is %s, but must be from %s to %s"), what, shown, least, most);

  return FALSE;
}

/* Without an "and", which would need a grammar for each language. */
static char *
list_formats (BpFigureKind kind)
{
  const char *names[BP_N_FORMATS + 1] = { NULL };
  guint n = 0;

  for (guint i = 0; i < BP_N_FORMATS; i++)
    if (bp_figure_has_format (kind, i))
      names[n++] = formats[i].name;

  return g_strjoinv (", ", (char **) names);
}

static gboolean
check_size (const char *what,
            double      size,
            GError    **error)
{
  return size == 0 || bp_figure_check_range (what, size, BP_FIGURE_MIN_SIZE, BP_FIGURE_MAX_SIZE, error);
}

gboolean
bp_figure_options_check (const BpFigureOptions *options,
                         GError               **error)
{
  g_return_val_if_fail (options != NULL && options->kind < BP_N_FIGURES && options->format < BP_N_FORMATS, FALSE);

  if (!bp_figure_has_format (options->kind, options->format))
    {
      g_autofree char *names = list_formats (options->kind);

      g_set_error (error, BP_ERROR, BP_ERROR_VALUE, _("There is no “%s” as %s; its formats are %s"),
                   figures[options->kind].name, formats[options->format].name, names);
      return FALSE;
    }

  return check_size (_("The width in pixels"), options->width, error) &&
         check_size (_("The height in pixels"), options->height, error) &&
         bp_figure_check_range (_("The font size in pixels"), options->font_size, BP_FIGURE_MIN_FONT_SIZE,
                                BP_FIGURE_MAX_FONT_SIZE, error) &&
         bp_figure_check_range (_("The scale"), options->scale, BP_FIGURE_MIN_SCALE, BP_FIGURE_MAX_SCALE, error);
}

/* A figure */

gboolean
bp_figure_applies (BpFigureKind kind,
                   BpTrainer   *trainer)
{
  BpPlotKind kinds[BP_N_PLOTS];
  guint n;

  g_return_val_if_fail (kind < BP_N_FIGURES && trainer != NULL, FALSE);

  n = bp_plot_list_kinds (trainer, kinds);
  for (guint i = 0; i < n; i++)
    if (bp_figure_of_plot (kinds[i]) == kind)
      return TRUE;

  return !bp_figure_is_plot (kind);
}

BpPlot *
bp_figure_get_plot (const BpFigure *figure)
{
  g_return_val_if_fail (bp_figure_is_plot (figure->options.kind), NULL);

  return figure->plots[bp_figure_get_plot_kind (figure->options.kind)];
}

/* The chosen element, which the graph has not where a change of the batch size made the node smaller. */
static gssize
get_element (BpFigure *figure)
{
  const guint node = figure->options.node;
  BpGraph *graph = bp_trainer_get_graph (figure->trainer);
  const gsize n_elements = node != BP_NODE_NONE ? bp_graph_get_n_elements (graph, node) : 0;

  return figure->options.element < (gssize) n_elements ? figure->options.element : BP_ELEMENT_NONE;
}

static void
take_nudge (BpFigure *figure)
{
  const double *parameters = bp_trainer_get_previous_parameters (figure->trainer);

  if (figure->options.epsilon == 0 || figure->options.node == BP_NODE_NONE || parameters == NULL
      || !bp_trainer_has_value (figure->trainer, bp_graph_get_loss (bp_trainer_get_graph (figure->trainer))))
    return;

  figure->nudge = bp_nudge_new (bp_trainer_get_session (figure->trainer), parameters, figure->options.node,
                                (gsize) MAX (get_element (figure), 0), figure->options.epsilon, NULL);
}

static void
take_graph (BpFigure *figure)
{
  figure->drawing = bp_graph_drawing_new ();
  bp_graph_drawing_set_font (figure->drawing, figure->font, figure->options.font_size);
  bp_graph_drawing_set_palette (figure->drawing, figure->style.palette);
  if (figure->options.plot.hide_gradients)
    bp_graph_drawing_set_n_revealed (figure->drawing, figure->options.n_revealed);
  bp_graph_drawing_set_element (figure->drawing, figure->options.node, figure->options.element);
  bp_graph_drawing_set_nudge (figure->drawing, figure->nudge);
  bp_graph_drawing_update (figure->drawing, figure->trainer);
  if (!figure->options.has_open)
    return;
  bp_graph_drawing_set_open (figure->drawing, figure->options.open);
  bp_graph_drawing_update (figure->drawing, figure->trainer);
}

static void
take_network (BpFigure *figure)
{
  const BpFigureOptions *options = &figure->options;

  figure->network = bp_network_new ();
  bp_network_update (figure->network, figure->trainer, bp_network_find_row (figure->trainer, options->node,
                                                                            options->element),
                     options->node, options->element, options->plot.hide_gradients);
}

static void
take_plot (BpFigure  *figure,
           BpPlotKind kind)
{
  BpPlotOptions options = figure->options.plot;

  options.row = bp_network_find_row (figure->trainer, figure->options.node, figure->options.element);
  if (figure->frame != NULL)
    options.frame = &figure->frame->plots[kind];
  figure->plots[kind] = bp_plot_new_from_trainer (kind, figure->trainer, &options,
                                                  figure->frame != NULL ? figure->frame->caches[kind] : NULL);
}

static void
take_view (BpFigure *figure)
{
  BpPlotKind kinds[BP_N_PLOTS];

  bp_plot_list_kinds (figure->trainer, kinds);
  for (guint i = 0; i < BP_FIGURE_N_VIEW; i++)
    {
      figure->view[i] = kinds[i];
      take_plot (figure, kinds[i]);
    }
}

/* Where a run diverged the reason is what it means. */
static void
take_explanation (BpFigure *figure)
{
  gboolean is_hidden = figure->options.plot.hide_gradients;
  char *divergence = NULL;

  figure->explanation = figure->nudge != NULL
                        ? bp_explain_nudge (figure->trainer, figure->nudge, is_hidden)
                        : bp_explain (figure->trainer, figure->options.node, get_element (figure));
  if (is_hidden && figure->explanation->phase >= BP_PHASE_BACKWARD)
    bp_explanation_hide_numbers (figure->explanation);
  if (figure->options.node == BP_NODE_NONE && !is_hidden)
    divergence = bp_explain_divergence (figure->trainer);
  if (divergence == NULL)
    return;

  g_free (figure->explanation->meaning);
  figure->explanation->meaning = divergence;
}

gboolean
bp_figure_check_memory (BpTrainer *trainer,
                        GError   **error)
{
  return bp_memory_check (FONT_BYTES +
                          bp_dataset_get_n_samples (bp_trainer_get_dataset (trainer)) * SAMPLE_BYTES +
                          (gsize) bp_graph_get_n_nodes (bp_trainer_get_graph (trainer)) * NODE_BYTES, error);
}

void
bp_figure_init (BpFigure              *figure,
                BpTrainer             *trainer,
                const BpFigureOptions *options,
                const BpFigureFrame   *frame)
{
  BpFigureKind kind = options->kind;

  *figure = (BpFigure) { .trainer = trainer, .options = *options, .frame = frame };
  figure->font = pango_font_description_from_string ("Sans");
  pango_font_description_set_absolute_size (figure->font, options->font_size * PANGO_SCALE);
  figure->style = (BpPlotStyle) {
    .palette = bp_palette_get (options->dark ? BP_PALETTE_DARK : BP_PALETTE_LIGHT),
    .font = figure->font,
    .stroke = options->font_size / NORMAL_FONT_SIZE,
  };

  if (kind == BP_FIGURE_GRAPH || kind == BP_FIGURE_EXPLANATION || kind == BP_FIGURE_VIEW)
    take_nudge (figure);
  if (kind == BP_FIGURE_GRAPH || kind == BP_FIGURE_VIEW)
    take_graph (figure);
  if (kind == BP_FIGURE_NEURONS)
    take_network (figure);
  if (kind == BP_FIGURE_VIEW)
    take_view (figure);
  if (bp_figure_is_plot (kind))
    take_plot (figure, bp_figure_get_plot_kind (kind));
  if (kind == BP_FIGURE_COLUMNS)
    bp_figure_take_columns (figure);
  if (kind == BP_FIGURE_EXPLANATION || kind == BP_FIGURE_VIEW)
    take_explanation (figure);
  if (options->caption)
    figure->caption = bp_figure_create_caption (trainer);
  /* Graphviz lays out by itself. */
  if (options->format != BP_FORMAT_DOT)
    bp_figure_measure (figure);
}

void
bp_figure_clear (BpFigure *figure)
{
  g_clear_pointer (&figure->drawing, bp_graph_drawing_free);
  g_clear_pointer (&figure->network, bp_network_free);
  for (guint i = 0; i < BP_N_PLOTS; i++)
    g_clear_pointer (&figure->plots[i], bp_plot_free);
  g_clear_pointer (&figure->columns, bp_figure_columns_free);
  g_clear_pointer (&figure->explanation, bp_explanation_free);
  g_clear_pointer (&figure->nudge, bp_nudge_free);
  g_clear_pointer (&figure->caption, g_free);
  g_clear_pointer (&figure->font, pango_font_description_free);
}

void
bp_figure_get_size (BpTrainer             *trainer,
                    const BpFigureOptions *options,
                    double                *width,
                    double                *height)
{
  g_auto (BpFigure) figure = { 0 };

  g_return_if_fail (trainer != NULL && options != NULL);

  bp_figure_init (&figure, trainer, options, NULL);
  *width = figure.width;
  *height = figure.height;
}

void
bp_figure_draw (cairo_t               *cr,
                BpTrainer             *trainer,
                const BpFigureOptions *options)
{
  g_auto (BpFigure) figure = { 0 };
  g_autoptr (BpPainter) painter = NULL;

  g_return_if_fail (cr != NULL && trainer != NULL && options != NULL);

  bp_figure_init (&figure, trainer, options, NULL);
  painter = bp_painter_cairo_new (cairo_reference (cr), figure.style.palette);
  bp_figure_paint (&figure, painter);
}

GBytes *
bp_figure_render (BpTrainer             *trainer,
                  const BpFigureOptions *options,
                  GError               **error)
{
  static GBytes *(* const functions[BP_N_FORMATS]) (const BpFigure *, GError **) = {
    [BP_FORMAT_SVG] = bp_figure_to_svg,
    [BP_FORMAT_PDF] = bp_figure_to_pdf,
    [BP_FORMAT_PNG] = bp_figure_to_png,
    [BP_FORMAT_TIKZ] = bp_figure_to_tikz,
    [BP_FORMAT_DOT] = bp_figure_to_dot,
    [BP_FORMAT_CSV] = bp_figure_to_csv,
  };
  g_auto (BpFigure) figure = { 0 };

  g_return_val_if_fail (trainer != NULL && options != NULL, NULL);

  if (!bp_figure_options_check (options, error) || !bp_figure_check_memory (trainer, error))
    return NULL;

  bp_figure_init (&figure, trainer, options, NULL);
  if (formats[options->format].has_size && !bp_figure_check_room (&figure, error))
    return NULL;

  return functions[options->format] (&figure, error);
}
