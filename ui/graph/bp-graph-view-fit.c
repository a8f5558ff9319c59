/* bp-graph-view-fit.c: how much of the graph there is to read, so that it fits the view
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "graph/bp-graph-view-private.h"

/* The area that text is made for, in heights of a name: where there is more, type grows, though never beyond this. */
#define REFERENCE_WIDTH 80.0
#define REFERENCE_HEIGHT 20.0
#define MAX_ENLARGEMENT 1.5

/* Text is never smaller than this in pixels, in a lecture than this part of the window's height, unless the user zooms
 * out. */
#define LEAST_TEXT 11.0
#define LEAST_LECTURE_TEXT (1.0 / 45)

static double
get_enlargement (BpGraphView *self,
                 int          width,
                 int          height)
{
  double unit = bp_graph_drawing_get_unit (self->drawing);

  return CLAMP (MIN (width / (REFERENCE_WIDTH * unit), height / (REFERENCE_HEIGHT * unit)), 1, MAX_ENLARGEMENT);
}

/* The smallest zoom at which all text can be read. */
static double
get_least_zoom (BpGraphView *self)
{
  int    height = gtk_widget_get_height (GTK_WIDGET (gtk_widget_get_root (GTK_WIDGET (self))));
  double least = self->lecture ? height * LEAST_LECTURE_TEXT : LEAST_TEXT;

  return MIN (1, least / (BP_LEAST_TEXT * bp_graph_drawing_get_unit (self->drawing)));
}

/* The zoom that shows all of the graph. */
static double
get_fit (BpGraphView *self,
         int          width,
         int          height)
{
  double content_width;
  double content_height;

  bp_graph_layout_get_size (bp_graph_drawing_get_layout (self->drawing), &content_width, &content_height);

  return MIN (width / content_width, height / content_height);
}

/* Has the graph laid out for the view. Returns: the zoom that shows all of it */
static double
lay_out (BpGraphView *self,
         int          width,
         int          height,
         double       enlargement,
         BpDetail     detail)
{
  bp_graph_drawing_set_detail (self->drawing, detail);
  bp_graph_drawing_set_area (self->drawing, width / enlargement, height / enlargement);

  return get_fit (self, width, height);
}

/* The height of the highest node or open layer. */
static double
get_box_height (BpGraphView *self)
{
  const BpGraphLayout *layout = bp_graph_drawing_get_layout (self->drawing);
  const GPtrArray     *layers = bp_graph_drawing_get_layers (self->drawing);
  double               greatest = 0;
  cairo_rectangle_t    group;
  double               heading;

  for (guint node = 0; node < bp_graph_layout_get_n_nodes (layout); node++)
    greatest = MAX (greatest, bp_graph_layout_get_node (layout, node)->height);
  for (guint l = 0; l < layers->len; l++)
    if (bp_graph_layout_get_group (layout, l, &group, &heading))
      greatest = MAX (greatest, group.height);

  return greatest;
}

/* What cannot be shown as a whole shows at least its whole height, or else each node and open layer as a whole, if less
 * to read makes it so. */
static BpDetail
choose_height (BpGraphView *self,
               int          width,
               int          height,
               double       least)
{
  BpDetail best = BP_N_DETAILS;

  for (BpDetail detail = BP_DETAIL_ALL; detail < BP_N_DETAILS; detail++)
    {
      double content_width, content_height;

      lay_out (self, width, height, 1, detail);
      bp_graph_layout_get_size (bp_graph_drawing_get_layout (self->drawing), &content_width, &content_height);
      if (least * content_height <= height)
        return detail;
      if (best == BP_N_DETAILS && get_box_height (self) * least <= height)
        best = detail;
    }

  return MIN (best, BP_DETAIL_PLAIN);
}

void
bp_graph_view_choose_layout (BpGraphView *self,
                             int          width,
                             int          height)
{
  double least = get_least_zoom (self);
  double enlargement = get_enlargement (self, width, height);

  bp_graph_drawing_set_least_scale (self->drawing, 0);
  if (enlargement > 1 && lay_out (self, width, height, enlargement, BP_DETAIL_ALL) >= enlargement * 0.99
      && bp_graph_layout_get_n_rows (bp_graph_drawing_get_layout (self->drawing)) == 1)
    return;
  for (BpDetail detail = BP_DETAIL_ALL; detail < BP_DETAIL_LOW; detail++)
    if (lay_out (self, width, height, 1, detail) >= least)
      return;
  if (self->mode == BP_ZOOM_FIT)
    return;
  bp_graph_drawing_set_least_scale (self->drawing, least);
  lay_out (self, width, height, 1, choose_height (self, width, height, least));
}

double
bp_graph_view_choose_zoom (BpGraphView *self,
                           int          width,
                           int          height)
{
  double zoom = get_fit (self, width, height);

  if (self->mode == BP_ZOOM_AUTO)
    zoom = MAX (zoom, get_least_zoom (self));

  return MIN (zoom, MAX_ENLARGEMENT);
}
