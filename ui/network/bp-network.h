/* bp-network.h: a network as neurons and weights, taken from a trainer
 *
 * Columns from left to right: the data, each dense layer, the loss. A neuron is a column of a node's matrix, a weight
 * an element of a kernel. Plain data and where it goes; bp-network-draw.h draws it.
 *
 *   BpNetwork *network = bp_network_new ();
 *   bp_network_update (network, trainer, BP_ELEMENT_NONE, BP_NODE_NONE);
 *   bp_network_lay_out (network, 1000, 300, 13);
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#pragma once

#include <cairo.h>

#include "graph/bp-layers.h"
#include "training/bp-trainer.h"

G_BEGIN_DECLS

/** Points along a side of a neuron's map. */
#define BP_NETWORK_SIDE 17

/** Samples of a batch that a strip shows. */
#define BP_NETWORK_STRIP 16

/** What tiles and lines show. */
typedef enum {
  BP_NETWORK_VALUES,      /* what each sample of the batch gives */
  BP_NETWORK_ACTIVATIONS, /* over two inputs a map, over an image the weights */
  BP_NETWORK_GRADIENTS,
  BP_N_NETWORK_MODES
} BpNetworkMode;

/** What the last instruction did to a column. */
typedef enum {
  BP_LIT_NONE,
  BP_LIT_VALUE,
  BP_LIT_GRADIENT,
  BP_LIT_UPDATE,
} BpLit;

/**
 * BpNeuron:
 * @name: "x1", "hidden1[3]"
 * @node: what it is a column of
 * @index: which
 * @column: in which column of the network it stands
 * @value, @gradient: of the sample shown; NaN while not computed, or hidden
 * @bias: NaN without one
 * @n_strip: samples in the strip, 0 while nothing is computed
 * @strip, @gradients: value and gradient of each sample
 * @map: (nullable) (array length=BP_NETWORK_SIDE²): its value over the plane of two inputs, the lowest row first
 * @is_shown: FALSE for those that a long column folds
 * @box: where its tile is
 */
typedef struct {
  char             *name;
  guint             node;
  guint             index;
  guint             column;
  double            value;
  double            gradient;
  double            bias;
  guint             n_strip;
  double            strip[BP_NETWORK_STRIP];
  double            gradients[BP_NETWORK_STRIP];
  double           *map;
  gboolean          is_shown;
  cairo_rectangle_t box;
} BpNeuron;

/**
 * BpNetworkColumn:
 * @title: the node's or layer's name
 * @about: "tanh", or NULL
 * @layer: of the list of layers, or G_MAXUINT for data and loss
 * @first, @n: its neurons
 * @first_shown, @n_shown: those with a tile
 * @lit: what the last instruction did to it
 * @is_product_lit: whether it went along the weights that lead here
 * @greatest: the largest size in its maps
 * @more: where "… 20 more" stands; empty where none are folded
 */
typedef struct {
  char             *title;
  char             *about;
  guint             layer;
  guint             first;
  guint             n;
  guint             first_shown;
  guint             n_shown;
  BpLit             lit;
  gboolean          is_product_lit;
  double            greatest;
  cairo_rectangle_t more;
} BpNetworkColumn;

/** A weight between two neurons: @element of @kernel. The gradient is NaN while not computed, or hidden. */
typedef struct {
  guint  from;
  guint  to;
  guint  kernel;
  gsize  element;
  double weight;
  double gradient;
} BpConnection;

/**
 * BpNetwork:
 * @row: the sample of the batch that numbers are of
 * @has_maps: whether neurons have maps, over the plane from (@x0, @y0) to (@x1, @y1)
 * @sample_x, @sample_y: where on it the sample is, from 0 to 1; NaN while none is fed
 * @chosen: the chosen neuron, or G_MAXUINT
 * @chosen_connection: the chosen weight, or G_MAXUINT
 * @factors: of the chosen weight what it is multiplied by for the sample, and the gradient of the product that comes
 *   back for it: the two factors of the sample's part in the weight's gradient; NaN while they are not computed
 * @title_height: what is above the tiles
 */
typedef struct {
  BpGraph     *graph;
  GPtrArray   *layers;
  GArray      *columns;     /* of BpNetworkColumn */
  GArray      *neurons;     /* of BpNeuron */
  GArray      *connections; /* of BpConnection, by the neuron that they lead to */
  gsize        row;
  gsize        n_rows;
  gboolean     has_maps;
  double       x0, x1, y0, y1;
  double       sample_x;
  double       sample_y;
  guint        chosen;
  guint        chosen_connection;
  double       factors[2];
  double       title_height;
  struct _BpNetworkMaps *maps;
} BpNetwork;

#define bp_network_column(network, i) (&g_array_index ((network)->columns, BpNetworkColumn, (i)))
#define bp_network_neuron(network, i) (&g_array_index ((network)->neurons, BpNeuron, (i)))
#define bp_network_connection(network, i) (&g_array_index ((network)->connections, BpConnection, (i)))

BpNetwork *bp_network_new (void);

void bp_network_free (BpNetwork *network);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (BpNetwork, bp_network_free)

/** Networks of more neurons are not shown as such. */
#define BP_NETWORK_MAX_NEURONS 2000

/** Whether a graph has layers that can be shown as neurons. */
gboolean bp_network_is_possible (BpGraph *graph);

/** The sample that @element of @node is of; 0 where it is none of a layer's output or of the data. */
gsize bp_network_find_row (BpTrainer *trainer,
                           guint      node,
                           gssize     element);

/**
 * bp_network_update:
 * @row: the sample of the batch that is shown; of a smaller batch the last one
 * @node, @element: what is chosen: an element of a layer's output or of a kernel; BP_NODE_NONE for nothing
 * @hides_gradients: whether gradients, and what an update made of them, are to be predicted
 *
 * Takes over what @trainer shows at its cursor. Returns: whether it is another network, which has to be laid out
 */
gboolean bp_network_update (BpNetwork *network,
                            BpTrainer *trainer,
                            gsize      row,
                            guint      node,
                            gssize     element,
                            gboolean   hides_gradients);

/** The least width for @unit, the size of type. */
double bp_network_get_least_width (const BpNetwork *network,
                                   double           unit);

/** Gives each neuron its place. A column that is too long shows some and says how many more there are. */
void bp_network_lay_out (BpNetwork *network,
                         double     width,
                         double     height,
                         double     unit);

/** Has the next neurons of a folded column shown, after the last the first again. */
void bp_network_turn_column (BpNetwork *network,
                             guint      column);

/** The weight whose line is nearest to (@x, @y), or G_MAXUINT where none is close. */
guint bp_network_find_connection (const BpNetwork *network,
                                  double           x,
                                  double           y,
                                  double           reach);

/** The ends of a weight's line: at the right of its neuron and at the left of the other. */
void bp_network_get_line (const BpNetwork *network,
                          guint            connection,
                          double           points[4]);

/** Maps: bp-network-map.c. Evaluates the model over the plane of its two inputs with @parameters; takes away the maps
 *  where there are not two, or it would take too long. */
void bp_network_update_maps (BpNetwork    *network,
                             BpTrainer    *trainer,
                             const double *parameters);

void bp_network_free_maps (BpNetwork *network);

G_END_DECLS
