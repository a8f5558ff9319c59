/* bp-graph-view.c: the computation graph of a run
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "graph/bp-graph-view-private.h"

#include <math.h>

#include "graph/bp-node-view.h"
#include "drawing/bp-palette-style.h"

/* The size of a node's name, as a part of the widget's font. */
#define TEXT_SIZE 0.9
#define LECTURE_STROKE 1.7

/* How dark and how wide the edge is where the graph goes on beyond it. */
#define SHADE 0.2f
#define SHADE_SIZE 14

G_DEFINE_FINAL_TYPE (BpGraphView, bp_graph_view, GTK_TYPE_WIDGET)

/* Drawing */

void
bp_graph_view_invalidate (BpGraphView *self)
{
  bp_graph_view_drop_edges (self);
  gtk_widget_queue_allocate (GTK_WIDGET (self));
  gtk_widget_queue_draw (GTK_WIDGET (self));
}

static gboolean
is_in_view (BpGraphView *self,
            guint        node)
{
  const cairo_rectangle_t *box
      = bp_graph_layout_get_node (bp_graph_drawing_get_layout (self->drawing), node);
  double                   overhang = bp_graph_drawing_get_overhang (self->drawing);

  return self->x + (box->x + box->width + overhang) * self->zoom > 0
         && self->x + (box->x - overhang) * self->zoom < gtk_widget_get_width (GTK_WIDGET (self))
         && self->y + (box->y + box->height + overhang) * self->zoom > 0
         && self->y + (box->y - overhang) * self->zoom < gtk_widget_get_height (GTK_WIDGET (self));
}

/* A shade along the edge where @hidden pixels of the graph lie beyond it. */
static void
snapshot_shade (BpGraphView            *self,
                GtkSnapshot            *snapshot,
                double                  hidden,
                const graphene_rect_t  *shade,
                const graphene_point_t *edge,
                const graphene_point_t *inside)
{
  GskColorStop stops[2] = { { 0, bp_palette_get (self->palette_kind)->colors[BP_COLOR_TEXT] } };

  if (hidden <= bp_graph_drawing_get_unit (self->drawing) * self->zoom)
    return;

  stops[0].color.alpha = SHADE;
  stops[1] = (GskColorStop){ 1, stops[0].color };
  stops[1].color.alpha = 0;
  gtk_snapshot_append_linear_gradient (snapshot, shade, edge, inside, stops, G_N_ELEMENTS (stops));
}

/* What lies beyond is to come, or was. */
static void
snapshot_shades (BpGraphView *self,
                 GtkSnapshot *snapshot)
{
  const float width = (float) gtk_widget_get_width (GTK_WIDGET (self));
  const float height = (float) gtk_widget_get_height (GTK_WIDGET (self));
  double      right, bottom;

  bp_graph_layout_get_size (bp_graph_drawing_get_layout (self->drawing), &right, &bottom);
  right = self->x + right * self->zoom - width;
  bottom = self->y + bottom * self->zoom - height;
  snapshot_shade (self, snapshot, -self->x, &GRAPHENE_RECT_INIT (0, 0, SHADE_SIZE, height),
                  &GRAPHENE_POINT_INIT (0, 0), &GRAPHENE_POINT_INIT (SHADE_SIZE, 0));
  snapshot_shade (self, snapshot, right, &GRAPHENE_RECT_INIT (width - SHADE_SIZE, 0, SHADE_SIZE, height),
                  &GRAPHENE_POINT_INIT (width, 0), &GRAPHENE_POINT_INIT (width - SHADE_SIZE, 0));
  snapshot_shade (self, snapshot, -self->y, &GRAPHENE_RECT_INIT (0, 0, width, SHADE_SIZE),
                  &GRAPHENE_POINT_INIT (0, 0), &GRAPHENE_POINT_INIT (0, SHADE_SIZE));
  snapshot_shade (self, snapshot, bottom, &GRAPHENE_RECT_INIT (0, height - SHADE_SIZE, width, SHADE_SIZE),
                  &GRAPHENE_POINT_INIT (0, height), &GRAPHENE_POINT_INIT (0, height - SHADE_SIZE));
}

static void
bp_graph_view_snapshot (GtkWidget   *widget,
                        GtkSnapshot *snapshot)
{
  BpGraphView *self = BP_GRAPH_VIEW (widget);

  if (self->nodes->len > 0)
    bp_graph_view_snapshot_edges (self, snapshot);
  for (guint node = 0; node < self->nodes->len; node++)
    if (bp_graph_drawing_get_box (self->drawing, node) != node)
      continue;
    else if (is_in_view (self, node))
      gtk_widget_snapshot_child (widget, g_ptr_array_index (self->nodes, node), snapshot);
  bp_graph_view_snapshot_folds (self, snapshot);
  if (self->nodes->len > 0)
    snapshot_shades (self, snapshot);
  gtk_widget_snapshot_child (widget, self->note, snapshot);
}

/* Size */

static void
bp_graph_view_measure (G_GNUC_UNUSED GtkWidget *widget,
                       GtkOrientation           orientation,
                       G_GNUC_UNUSED int        for_size,
                       int                     *minimum,
                       int                     *natural,
                       G_GNUC_UNUSED int       *minimum_baseline,
                       G_GNUC_UNUSED int       *natural_baseline)
{
  *minimum = orientation == GTK_ORIENTATION_HORIZONTAL ? 240 : 112;
  *natural = orientation == GTK_ORIENTATION_HORIZONTAL ? 720 : 240;
}

static void
allocate_nodes (BpGraphView *self)
{
  for (guint node = 0; node < self->nodes->len; node++)
    {
      const cairo_rectangle_t *box
          = bp_graph_layout_get_node (bp_graph_drawing_get_layout (self->drawing), node);
      double                   x = self->x + box->x * self->zoom, y = self->y + box->y * self->zoom;
      graphene_point_t         place = GRAPHENE_POINT_INIT ((float) floor (x), (float) floor (y));

      bp_node_view_set_place (g_ptr_array_index (self->nodes, node), self->zoom, x - floor (x), y - floor (y));
      gtk_widget_allocate (g_ptr_array_index (self->nodes, node),
                           MAX (1, (int) ceil (x - floor (x) + box->width * self->zoom)),
                           MAX (1, (int) ceil (y - floor (y) + box->height * self->zoom)), -1,
                           gsk_transform_translate (NULL, &place));
    }
  bp_graph_view_allocate_folds (self);
}

static void
bp_graph_view_size_allocate (GtkWidget         *widget,
                             int                width,
                             int                height,
                             G_GNUC_UNUSED int  baseline)
{
  BpGraphView *self = BP_GRAPH_VIEW (widget);

  bp_graph_view_drop_edges (self);
  bp_graph_view_place (self, width, height);
  allocate_nodes (self);
  if (gtk_widget_should_layout (self->note))
    gtk_widget_size_allocate (self->note, &(GtkAllocation) { 0, 0, width, height }, -1);
  bp_graph_view_point_inspector (self);
  gtk_popover_present (GTK_POPOVER (self->inspector));
  if (self->menu != NULL)
    gtk_popover_present (GTK_POPOVER (self->menu));
}

/* Style */

static void
redraw_all (BpGraphView *self)
{
  for (guint i = 0; i < self->nodes->len; i++)
    gtk_widget_queue_draw (g_ptr_array_index (self->nodes, i));
  bp_graph_view_invalidate (self);
}

static void
style_changed_cb (BpGraphView *self)
{
  BpPaletteKind kind = bp_palette_get_kind (adw_style_manager_get_default ());

  if (self->palette_kind == kind)
    return;

  self->palette_kind = kind;
  bp_graph_drawing_set_palette (self->drawing, bp_palette_get (kind));
  redraw_all (self);
  bp_graph_view_update_inspector (self);
}

static void
update_font (BpGraphView *self)
{
  PangoContext               *context = gtk_widget_get_pango_context (GTK_WIDGET (self));
  const PangoFontDescription *font = pango_context_get_font_description (context);
  double                      size = (double) pango_font_description_get_size (font) / PANGO_SCALE;

  if (!pango_font_description_get_size_is_absolute (font))
    size *= pango_cairo_context_get_resolution (context) / 72;
  if (bp_graph_drawing_set_font (self->drawing, font, MAX (1, TEXT_SIZE * size)))
    redraw_all (self);
}

static void
bp_graph_view_css_changed (GtkWidget         *widget,
                           GtkCssStyleChange *change)
{
  GTK_WIDGET_CLASS (bp_graph_view_parent_class)->css_changed (widget, change);

  update_font (BP_GRAPH_VIEW (widget));
}

/* The object */

static void
bp_graph_view_dispose (GObject *object)
{
  BpGraphView *self = BP_GRAPH_VIEW (object);

  bp_run_watch (&self->run, NULL, self);
  if (self->inspector != NULL)
    bp_graph_view_clear_nodes (self);
  g_clear_pointer (&self->inspector, gtk_widget_unparent);
  g_clear_pointer (&self->menu, gtk_widget_unparent);
  gtk_widget_dispose_template (GTK_WIDGET (self), BP_TYPE_GRAPH_VIEW);

  G_OBJECT_CLASS (bp_graph_view_parent_class)->dispose (object);
}

static void
bp_graph_view_finalize (GObject *object)
{
  BpGraphView *self = BP_GRAPH_VIEW (object);

  g_ptr_array_unref (self->nodes);
  g_ptr_array_unref (self->folds);
  bp_graph_view_drop_edges (self);
  g_ptr_array_unref (self->edges);
  bp_graph_drawing_free (self->drawing);
  g_object_unref (self->actions);

  G_OBJECT_CLASS (bp_graph_view_parent_class)->finalize (object);
}

static void
bp_graph_view_class_init (BpGraphViewClass *class)
{
  GObjectClass     *object_class = G_OBJECT_CLASS (class);
  GtkWidgetClass   *widget_class = GTK_WIDGET_CLASS (class);

  object_class->dispose = bp_graph_view_dispose;
  object_class->finalize = bp_graph_view_finalize;
  widget_class->measure = bp_graph_view_measure;
  widget_class->size_allocate = bp_graph_view_size_allocate;
  widget_class->snapshot = bp_graph_view_snapshot;
  widget_class->css_changed = bp_graph_view_css_changed;

  gtk_widget_class_set_template_from_resource (widget_class, "/org/backproplab/BackpropLab/bp-graph-view.ui");
  gtk_widget_class_bind_template_child (widget_class, BpGraphView, note);
  bp_graph_view_class_init_nodes (widget_class);
  bp_graph_view_class_init_pointer (widget_class);
  gtk_widget_class_set_css_name (widget_class, "graphview");
  gtk_widget_class_set_accessible_role (widget_class, GTK_ACCESSIBLE_ROLE_GROUP);
}

static void
bp_graph_view_init (BpGraphView *self)
{
  AdwStyleManager *manager = adw_style_manager_get_default ();

  self->drawing = bp_graph_drawing_new ();
  self->edges = g_ptr_array_new ();
  self->starts = TRUE;
  self->zoom = 1;
  gtk_widget_init_template (GTK_WIDGET (self));
  gtk_widget_set_overflow (GTK_WIDGET (self), GTK_OVERFLOW_HIDDEN);

  bp_graph_view_init_nodes (self);
  bp_graph_view_init_zoom (self);
  bp_graph_view_init_folds (self);

  g_signal_connect_object (manager, "notify::dark", G_CALLBACK (style_changed_cb), self, G_CONNECT_SWAPPED);
  g_signal_connect_object (manager, "notify::high-contrast", G_CALLBACK (style_changed_cb), self, G_CONNECT_SWAPPED);
  style_changed_cb (self);
}

void
bp_graph_view_set_run (BpGraphView *self,
                       BpRun       *run)
{
  g_return_if_fail (BP_IS_GRAPH_VIEW (self) && (run == NULL || BP_IS_RUN (run)));

  if (!bp_run_watch (&self->run, run, self))
    return;

  if (run != NULL)
    {
      g_signal_connect_swapped (run, "changed", G_CALLBACK (bp_graph_view_follow_run), self);
      bp_graph_view_follow_run (self);
    }
  else
    bp_graph_view_clear_nodes (self);
}

gboolean
bp_graph_view_get_lecture (BpGraphView *self)
{
  g_return_val_if_fail (BP_IS_GRAPH_VIEW (self), FALSE);

  return self->lecture;
}

void
bp_graph_view_set_lecture (BpGraphView *self,
                           gboolean     lecture)
{
  g_return_if_fail (BP_IS_GRAPH_VIEW (self));

  lecture = !!lecture;
  if (self->lecture == lecture)
    return;

  self->lecture = lecture;
  self->followed_layer = G_MAXUINT;
  bp_graph_drawing_set_stroke_scale (self->drawing, lecture ? LECTURE_STROKE : 1);
  redraw_all (self);
  if (self->run != NULL)
    bp_graph_view_follow_run (self);
  bp_graph_view_start_over (self);
}

GActionGroup *
bp_graph_view_get_actions (BpGraphView *self)
{
  g_return_val_if_fail (BP_IS_GRAPH_VIEW (self), NULL);

  return G_ACTION_GROUP (self->actions);
}

double
bp_graph_view_get_zoom (BpGraphView *self)
{
  g_return_val_if_fail (BP_IS_GRAPH_VIEW (self), 1);

  return self->zoom;
}

BpPaletteKind
bp_graph_view_get_palette_kind (BpGraphView *self)
{
  g_return_val_if_fail (BP_IS_GRAPH_VIEW (self), BP_PALETTE_LIGHT);

  return self->palette_kind;
}
