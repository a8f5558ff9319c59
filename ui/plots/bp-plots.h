/* bp-plots.h: the plots of a run
 *
 * Each builder turns a trainer into plain data (bp-plot.h), for screens and files alike and without a display. They
 * go by the structure of the experiment (how many variables, inputs, targets), never by its name, and only read the
 * trainer.
 *
 * What is costly (the loss over all data) is evaluated where it is drawn and remembered in a BpPlotCache, which makes
 * building again after a step cheap. Of more than BP_PLOT_MAX_ROWS samples the plots take that many, evenly spaced,
 * and say so. What even so takes more operations than a frame has time for is not computed, and the plot says that.
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#pragma once

#include "training/bp-reference.h"
#include "plots/bp-plot.h"

G_BEGIN_DECLS

/** Of more samples than this the plots evaluate and draw so many, evenly spaced. */
#define BP_PLOT_MAX_ROWS 4096

/**
 * BpPlotKind:
 * @BP_PLOT_VARIABLE: parameters against iteration, with the optimum of the loss over all data and the textbook value;
 *   what lies after the cursor is faint; of more than six parameters a lane a tensor. The optimum of more than two
 *   parameters, and of very many samples, is not searched for.
 * @BP_PLOT_LOSS: each batch's loss before its update as points; the loss over all data, and over the held-out ones, as
 *   lines
 * @BP_PLOT_CURVE: with one parameter the loss as its function, over all data and of this batch, with the tangent whose
 *   slope is the gradient and the next step; with two, contours of the loss with the path; with more, a slice along
 *   one of them at the present values of the others
 * @BP_PLOT_DATA: with one input and a target that varies, the samples and the fitted line; with a target of two
 *   classes over one input, the classes with the model's answer, the boundary and the mistakes; with classes over two
 *   inputs, or two of several, the regions of the classes with the mistakes; otherwise a histogram of the input. This
 *   batch is marked.
 * @BP_PLOT_CONFUSION: of the training data or those held out, which classes are taken for which
 * @BP_PLOT_ACCURACY: the share of right predictions against iteration, of all data and of those held out
 * @BP_PLOT_GRADIENTS: of a network the size of the gradient of each layer: the root mean square of ∂L/∂W, over the
 *   iterations as lines, and of the iteration shown as bars
 * @BP_PLOT_ACTIVATIONS: of a network a histogram of what each layer gives out for the batch
 * @BP_PLOT_RATE: the learning rate against iteration, where there is a schedule
 *
 * A row of the table of plots, which says when each applies and who builds it.
 */
typedef enum {
  BP_PLOT_VARIABLE,
  BP_PLOT_LOSS,
  BP_PLOT_CURVE,
  BP_PLOT_DATA,
  BP_PLOT_CONFUSION,
  BP_PLOT_ACCURACY,
  BP_PLOT_GRADIENTS,
  BP_PLOT_ACTIVATIONS,
  BP_PLOT_RATE,
  BP_N_PLOTS
} BpPlotKind;

/** What @kind is called by the command line, in the names of files and, after "show-", by actions: "loss". */
const char *bp_plot_kind_get_name (BpPlotKind kind);

/** Its title in menus, translated. */
const char *bp_plot_kind_get_title (BpPlotKind kind);

/**
 * bp_plot_list_kinds:
 * @kinds: (out caller-allocates) (array length=BP_N_PLOTS)
 *
 * The plots of a model in the order in which they stand beside each other: those that apply to it, and the first four
 * kinds in any case, which have a note where they do not. Returns: how many
 */
guint bp_plot_list_kinds (BpTrainer  *trainer,
                          BpPlotKind *kinds);

/**
 * BpPlotFrame:
 * @x: how far the x axis reaches at least
 * @y: how far the y axis reaches at least; @y.scale is linear if that of any plot is
 *
 * Axes that hold those of several plots, so that one can follow the other and only what they show changes. Empty when
 * all zero.
 */
typedef struct {
  BpAxis x;
  BpAxis y;
} BpPlotFrame;

/** Widens @frame by the axes of @plot. */
void bp_plot_frame_include (BpPlotFrame  *frame,
                            const BpPlot *plot);

/**
 * BpPlotOptions:
 * @log_scale: of the loss against iteration
 * @smoothing: weight of the past in a moving average of the samples' loss, in (0, 1); 0 for none
 * @parameter: which parameter to show; −1 for all of them (one or two at once in the loss curve, the first of more)
 * @max_buckets: how finely series are kept; 0 for as finely as they are recorded
 * @height: how high the plot will be in pixels, which decides between lines and bands; 0 where that is not known
 * @references: (nullable) (element-type BpReference): earlier runs to compare with
 * @hide_gradients: draw no tangent, no next step, and nothing of what the update made of the parameters, which show
 *   them; implies @predict_first
 * @hide_future: draw nothing of what is recorded after the cursor: it is not a number, but counts for the axes
 * @predict_first: the same of reference runs too, since one that was the same run so far shows what comes next
 * @x_input: in a plot over two inputs, which of them the x axis has, from 1; 0 for the default
 * @y_input: the same of the y axis
 * @row: of a picture, which row of the batch it shows
 * @test_rows: of the confusion matrix, whether it is of the data held out, where there are any
 * @frame: (nullable): how far the axes reach at least
 * @shared: (nullable): the axes that this plot has in common with those of runs beside it. What leaves them is clipped
 *   and says so; a loss curve then has wider ones, with these as a band. It shows the path that the run took, and no
 *   reference runs. Empty ranges are not shared.
 *
 * What the reader chose. All zero but @parameter, see BP_PLOT_OPTIONS_DEFAULT.
 */
typedef struct {
  gboolean         log_scale;
  double           smoothing;
  gint             parameter;
  guint            max_buckets;
  guint            height;
  const GPtrArray *references;
  gboolean         hide_gradients;
  gboolean         hide_future;
  gboolean         predict_first;
  guint            x_input;
  guint            y_input;
  gboolean         test_rows;
  gsize            row;

  const BpPlotFrame *frame;
  const BpPlotFrame *shared;
} BpPlotOptions;

#define BP_PLOT_OPTIONS_DEFAULT ((BpPlotOptions) { .log_scale = TRUE, .parameter = -1 })

typedef struct _BpPlotCache BpPlotCache;

/**
 * bp_plot_cache_new:
 * @budget: how many operations (see bp-work.h) one building may take, or 0 for all that are needed. With a budget a
 *   plot may come incomplete (BpPlot.is_complete) and be completed by building it again, and takes fewer rows of a
 *   model whose evaluation takes long.
 */
BpPlotCache *bp_plot_cache_new (double budget);

void bp_plot_cache_free (BpPlotCache *cache);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (BpPlotCache, bp_plot_cache_free)

/**
 * bp_plot_new_from_trainer:
 * @options: (nullable): NULL for the default
 * @cache: (nullable): for repeated building of the same kind from the same trainer; of others it knows nothing
 *
 * The plot of @kind; a note where the model has nothing for it to show.
 */
BpPlot *bp_plot_new_from_trainer (BpPlotKind           kind,
                                  BpTrainer           *trainer,
                                  const BpPlotOptions *options,
                                  BpPlotCache         *cache);

/** The name of one parameter: "A", or "W[0,1]" for an element of several. Returns: (transfer full) */
char *bp_plot_get_parameter_name (BpGraph *graph,
                                  gsize    parameter);

G_END_DECLS
