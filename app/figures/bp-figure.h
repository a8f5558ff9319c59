/* bp-figure.h: figures for lectures: the graph, the plots, the explanation or all of them, as files
 *
 * The same drawing as on the screen, without a display. A figure shows a trainer at its cursor and leaves it as it is.
 * The same trainer state and options give the same bytes, on every repeat.
 *
 *   BpFigureOptions options = BP_FIGURE_OPTIONS_DEFAULT;
 *   options.kind = BP_FIGURE_LOSS;
 *   options.format = BP_FORMAT_PDF;
 *   g_autoptr (GBytes) bytes = bp_figure_render (trainer, &options, &error);
 *   bp_write_file ("loss.pdf", bytes, &error);
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#pragma once

#include "network/bp-network.h"
#include "plots/bp-plots.h"

#include <cairo.h>

G_BEGIN_DECLS

typedef enum {
  BP_FIGURE_GRAPH,
  BP_FIGURE_VARIABLE, /* the plots, in the order of BpPlotKind */
  BP_FIGURE_LOSS,
  BP_FIGURE_CURVE,
  BP_FIGURE_DATA,
  BP_FIGURE_CONFUSION,
  BP_FIGURE_ACCURACY,
  BP_FIGURE_GRADIENTS,
  BP_FIGURE_ACTIVATIONS,
  BP_FIGURE_RATE,
  BP_FIGURE_EXPLANATION,
  BP_FIGURE_NEURONS,
  BP_FIGURE_COLUMNS, /* the run and its reference runs side by side */
  BP_FIGURE_VIEW, /* graph, explanation and the first four plots, as in the window */
  BP_N_FIGURES
} BpFigureKind;

/** Whether a figure of @kind is a plot, of bp_figure_get_plot_kind(). */
static inline gboolean
bp_figure_is_plot (BpFigureKind kind)
{
  return kind >= BP_FIGURE_VARIABLE && kind < BP_FIGURE_VARIABLE + BP_N_PLOTS;
}

static inline BpPlotKind
bp_figure_get_plot_kind (BpFigureKind kind)
{
  return (BpPlotKind) (kind - BP_FIGURE_VARIABLE);
}

/** The figure of a plot. */
static inline BpFigureKind
bp_figure_of_plot (BpPlotKind kind)
{
  return (BpFigureKind) (BP_FIGURE_VARIABLE + kind);
}

typedef enum {
  BP_FORMAT_SVG,
  BP_FORMAT_PDF,
  BP_FORMAT_PNG,
  BP_FORMAT_TIKZ,
  BP_FORMAT_DOT,
  BP_FORMAT_CSV,
  BP_N_FORMATS
} BpFigureFormat;

/**
 * BpFigureClass:
 * @name: on the command line and in file names: "loss"
 * @title: in menus (translatable)
 * @width: its natural width in pixels; 0 for what its content needs
 * @height: its natural height; 0 for what its content needs
 * @formats: the formats it has: bit 1 << BP_FORMAT_SVG and so on
 */
typedef struct {
  const char *name;
  const char *title;
  double      width;
  double      height;
  guint       formats;
} BpFigureClass;

/**
 * BpFormatClass:
 * @name: on the command line: "svg"
 * @title: in menus (translatable)
 * @suffixes: (array zero-terminated=1): of file names, without the dot; the first is the usual one
 * @mime_type: its media type
 * @has_size: whether width and height make a difference
 * @has_style: whether theme and font size do
 */
typedef struct {
  const char         *name;
  const char         *title;
  const char * const *suffixes;
  const char         *mime_type;
  gboolean            has_size;
  gboolean            has_style;
} BpFormatClass;

/* A pixel is 1/96 inch. */
#define BP_FIGURE_PIXELS_PER_MM (96 / 25.4)

/* What the options may be. */
#define BP_FIGURE_MIN_SIZE 48
#define BP_FIGURE_MAX_SIZE 20000
#define BP_FIGURE_MIN_FONT_SIZE 4
#define BP_FIGURE_MAX_FONT_SIZE 200
#define BP_FIGURE_MIN_SCALE 0.1
#define BP_FIGURE_MAX_SCALE 20

/* The pixels of a PNG, along a side and in all. */
#define BP_FIGURE_MAX_SIDE 30000
#define BP_FIGURE_MAX_PIXELS 100000000

/**
 * BpFigureOptions:
 * @kind: what is shown
 * @format: what is made of it
 * @dark: light colours on a dark ground
 * @width: in pixels of 1/96 inch; 0 for the natural one
 * @height: in pixels of 1/96 inch; 0 for the one that goes with the width
 * @font_size: of running text, in pixels; strokes go with it
 * @scale: PNG: its pixels for one of the figure's
 * @caption: whether bp_figure_create_caption() stands below
 * @node: which node the explanation speaks of; BP_NODE_NONE for the step executed last
 * @element: which element of it; BP_ELEMENT_NONE for the first of a tensor
 * @epsilon: what the element of @node, or its first, is nudged by in graph and explanation; 0 for no nudge
 * @n_revealed: where @plot hides gradients, how many instructions may show theirs, as bp_run_get_n_revealed() has it
 * @has_open: whether @open says which layers of the graph are open, rather than all of a network being folded
 * @open: which they are
 * @network_mode: what neurons show
 * @leader: (nullable): where runs side by side stand, if the trainer itself has diverged before that
 * @plot: what plots show
 */
typedef struct {
  BpFigureKind   kind;
  BpFigureFormat format;
  gboolean       dark;
  double         width;
  double         height;
  double         font_size;
  double         scale;
  gboolean       caption;
  guint          node;
  gssize         element;
  double         epsilon;
  guint          n_revealed;
  gboolean       has_open;
  BpOpenLayers   open;
  BpNetworkMode  network_mode;
  BpTrainer     *leader;
  BpPlotOptions  plot;
} BpFigureOptions;

#define BP_FIGURE_OPTIONS_DEFAULT \
  ((BpFigureOptions) { .font_size = 14, .scale = 2, .node = BP_NODE_NONE, .element = BP_ELEMENT_NONE, \
                       .network_mode = BP_NETWORK_ACTIVATIONS, \
                       .plot = { .log_scale = TRUE, .parameter = -1 } })

/** Whether the model of @trainer has a figure of @kind, which it may do without where it is a plot. */
gboolean bp_figure_applies (BpFigureKind kind,
                            BpTrainer   *trainer);

/** The row of @kind. */
const BpFigureClass *bp_figure_get_class (BpFigureKind kind);

/** The row of @format. */
const BpFormatClass *bp_figure_get_format_class (BpFigureFormat format);

/** Whether there is @kind in @format. */
gboolean bp_figure_has_format (BpFigureKind   kind,
                               BpFigureFormat format);

/** Finds a figure by its name. */
gboolean bp_figure_find (const char   *name,
                         BpFigureKind *kind);

/** Finds a format by its name. */
gboolean bp_figure_find_format (const char     *name,
                                BpFigureFormat *format);

/** Finds the format that the suffix of @path stands for, letter case aside. */
gboolean bp_figure_find_format_of_file (const char     *path,
                                        BpFigureFormat *format);

/**
 * bp_figure_options_check:
 *
 * Checks ranges, and that the figure has the format. Fails with BP_ERROR_VALUE and a sentence that names the range or
 * the formats.
 */
gboolean bp_figure_options_check (const BpFigureOptions *options,
                                  GError               **error);

/**
 * bp_figure_render:
 *
 * The figure as the content of a file. Fails as bp_figure_options_check() does, when a PNG or a table would be too
 * large, or when there is no memory for it.
 *
 * Returns: (transfer full)
 */
GBytes *bp_figure_render (BpTrainer             *trainer,
                          const BpFigureOptions *options,
                          GError               **error);

/** The size of the figure in pixels: what the options say, or else what it needs. */
void bp_figure_get_size (BpTrainer             *trainer,
                         const BpFigureOptions *options,
                         double                *width,
                         double                *height);

/** Draws the figure, ground included, from (0, 0) to its size, whatever @options say of its format. */
void bp_figure_draw (cairo_t               *cr,
                     BpTrainer             *trainer,
                     const BpFigureOptions *options);

/**
 * bp_figure_create_caption:
 *
 * "Regression · Gradient descent · η 0.02 · batch 1 · seed 42 · iteration 38 of 100, backward 4 of 4"
 *
 * Returns: (transfer full)
 */
char *bp_figure_create_caption (BpTrainer *trainer);

/** What the figure shows in one sentence or a few, for who cannot see it. Returns: (transfer full) */
char *bp_figure_create_description (BpTrainer             *trainer,
                                    const BpFigureOptions *options);

/**
 * bp_figure_create_file_name:
 *
 * A name for its file: "regression-loss-38.svg", within an iteration "regression-graph-38-backward-4.svg".
 *
 * Returns: (transfer full)
 */
char *bp_figure_create_file_name (BpTrainer             *trainer,
                                  const BpFigureOptions *options);

G_END_DECLS
