/* bp-network-view.c: the network of a run as neurons and weights
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "network/bp-network-view-private.h"

#include <glib/gi18n-lib.h>
#include <math.h>

#include "drawing/bp-palette-style.h"

/* The size of type, as a part of the widget's font. */
#define TEXT_SIZE 0.9

enum {
  PROP_0,
  PROP_MODE,
  N_PROPS
};

static GParamSpec *props[N_PROPS];

G_DEFINE_FINAL_TYPE (BpNetworkView, bp_network_view, GTK_TYPE_WIDGET)

static double
get_unit (BpNetworkView *self)
{
  PangoContext               *context = gtk_widget_get_pango_context (GTK_WIDGET (self));
  const PangoFontDescription *font = pango_context_get_font_description (context);
  double                      size = (double) pango_font_description_get_size (font) / PANGO_SCALE;

  if (!pango_font_description_get_size_is_absolute (font))
    size *= pango_cairo_context_get_resolution (context) / 72;

  return MAX (1, TEXT_SIZE * size);
}

static BpNetworkStyle
get_style (BpNetworkView *self)
{
  PangoContext *context = gtk_widget_get_pango_context (GTK_WIDGET (self));

  return (BpNetworkStyle){ pango_context_get_font_description (context), get_unit (self), 1, self->mode };
}

/* The widget */

static void
bp_network_view_measure (GtkWidget         *widget,
                         GtkOrientation     orientation,
                         G_GNUC_UNUSED int  for_size,
                         int               *minimum,
                         int               *natural,
                         G_GNUC_UNUSED int *minimum_baseline,
                         G_GNUC_UNUSED int *natural_baseline)
{
  BpNetworkView *self = BP_NETWORK_VIEW (widget);

  if (orientation == GTK_ORIENTATION_HORIZONTAL)
    {
      *minimum = (int) ceil (bp_network_get_least_width (self->network, get_unit (self)));
      *natural = MAX (*minimum, 720);
    }
  else
    {
      *minimum = 80;
      *natural = 240;
    }
}

static void
allocate_button (GtkWidget               *button,
                 const cairo_rectangle_t *box,
                 gboolean                 is_shown)
{
  int least;

  gtk_widget_set_child_visible (button, is_shown);
  gtk_widget_measure (button, GTK_ORIENTATION_HORIZONTAL, -1, &least, NULL, NULL, NULL);
  if (is_shown)
    gtk_widget_allocate (button, (int) ceil (box->width), (int) ceil (box->height), -1,
                         gsk_transform_translate (NULL, &GRAPHENE_POINT_INIT ((float) box->x, (float) box->y)));
}

static void
bp_network_view_size_allocate (GtkWidget         *widget,
                               int                width,
                               int                height,
                               G_GNUC_UNUSED int  baseline)
{
  BpNetworkView *self = BP_NETWORK_VIEW (widget);
  BpNetworkStyle style = get_style (self);

  bp_network_lay_out (self->network, width, height - bp_network_get_legend_height (&style), style.unit);
  for (guint i = 0; i < self->buttons->len; i++)
    allocate_button (g_ptr_array_index (self->buttons, i), &bp_network_neuron (self->network, i)->box,
                     bp_network_neuron (self->network, i)->is_shown);
  for (guint c = 0; c < self->turns->len; c++)
    allocate_button (g_ptr_array_index (self->turns, c), &bp_network_column (self->network, c)->more,
                     bp_network_column (self->network, c)->more.width > 0);
}

static void
bp_network_view_snapshot (GtkWidget   *widget,
                          GtkSnapshot *snapshot)
{
  BpNetworkView  *self = BP_NETWORK_VIEW (widget);
  BpNetworkStyle  style = get_style (self);
  int             width = gtk_widget_get_width (widget);
  int             height = gtk_widget_get_height (widget);
  const BpPalette *palette = bp_palette_get (bp_palette_get_kind (adw_style_manager_get_default ()));
  cairo_t        *cr = gtk_snapshot_append_cairo (snapshot, &GRAPHENE_RECT_INIT (0, 0, width, height));
  g_autoptr (BpPainter) painter = bp_painter_cairo_new (cr, palette);

  bp_network_draw (painter, self->network, &style);
  if (self->network->columns->len > 0)
    bp_network_draw_legend (painter, self->network, &style, style.unit,
                            height - bp_network_get_legend_height (&style));
  for (guint i = 0; i < self->buttons->len; i++)
    if (gtk_widget_has_visible_focus (g_ptr_array_index (self->buttons, i)))
      bp_network_draw_ring (painter, self->network, &style, i);
}

static void
bp_network_view_map (GtkWidget *widget)
{
  GTK_WIDGET_CLASS (bp_network_view_parent_class)->map (widget);

  bp_network_view_follow_run (BP_NETWORK_VIEW (widget));
}

static void
bp_network_view_get_property (GObject    *object,
                              guint       prop_id,
                              GValue     *value,
                              GParamSpec *pspec)
{
  BpNetworkView *self = BP_NETWORK_VIEW (object);

  if (prop_id == PROP_MODE)
    g_value_set_uint (value, self->mode);
  else
    G_OBJECT_WARN_INVALID_PROPERTY_ID (object, prop_id, pspec);
}

static void
bp_network_view_set_property (GObject      *object,
                              guint         prop_id,
                              const GValue *value,
                              GParamSpec   *pspec)
{
  if (prop_id == PROP_MODE)
    bp_network_view_set_mode (BP_NETWORK_VIEW (object), g_value_get_uint (value));
  else
    G_OBJECT_WARN_INVALID_PROPERTY_ID (object, prop_id, pspec);
}

static void
bp_network_view_dispose (GObject *object)
{
  BpNetworkView *self = BP_NETWORK_VIEW (object);

  bp_run_watch (&self->run, NULL, self);
  bp_network_view_clear_buttons (self->buttons);
  bp_network_view_clear_buttons (self->turns);

  G_OBJECT_CLASS (bp_network_view_parent_class)->dispose (object);
}

static void
bp_network_view_finalize (GObject *object)
{
  BpNetworkView *self = BP_NETWORK_VIEW (object);

  bp_network_free (self->network);
  g_ptr_array_unref (self->buttons);
  g_ptr_array_unref (self->turns);
  g_ptr_array_unref (self->labels);

  G_OBJECT_CLASS (bp_network_view_parent_class)->finalize (object);
}

static void
bp_network_view_class_init (BpNetworkViewClass *class)
{
  const GParamFlags flags = G_PARAM_READWRITE | G_PARAM_EXPLICIT_NOTIFY | G_PARAM_STATIC_STRINGS;
  GObjectClass     *object_class = G_OBJECT_CLASS (class);
  GtkWidgetClass   *widget_class = GTK_WIDGET_CLASS (class);

  object_class->get_property = bp_network_view_get_property;
  object_class->set_property = bp_network_view_set_property;
  object_class->dispose = bp_network_view_dispose;
  object_class->finalize = bp_network_view_finalize;
  widget_class->measure = bp_network_view_measure;
  widget_class->size_allocate = bp_network_view_size_allocate;
  widget_class->snapshot = bp_network_view_snapshot;
  widget_class->map = bp_network_view_map;

  props[PROP_MODE] = g_param_spec_uint ("mode", NULL, NULL, 0, BP_N_NETWORK_MODES - 1, BP_NETWORK_ACTIVATIONS, flags);
  g_object_class_install_properties (object_class, N_PROPS, props);

  bp_network_view_class_init_choice (widget_class);
  gtk_widget_class_set_css_name (widget_class, "networkview");
  gtk_widget_class_set_accessible_role (widget_class, GTK_ACCESSIBLE_ROLE_GROUP);
}

static void
bp_network_view_init (BpNetworkView *self)
{
  AdwStyleManager *manager = adw_style_manager_get_default ();

  self->network = bp_network_new ();
  self->buttons = g_ptr_array_new ();
  self->turns = g_ptr_array_new ();
  self->labels = g_ptr_array_new_with_free_func (g_free);
  self->mode = BP_NETWORK_ACTIVATIONS;
  gtk_widget_set_overflow (GTK_WIDGET (self), GTK_OVERFLOW_HIDDEN);
  gtk_accessible_update_property (GTK_ACCESSIBLE (self), GTK_ACCESSIBLE_PROPERTY_LABEL, _("Neurons"), -1);
  bp_network_view_init_choice (self);
  g_signal_connect_object (manager, "notify::dark", G_CALLBACK (gtk_widget_queue_draw), self, G_CONNECT_SWAPPED);
  g_signal_connect_object (manager, "notify::high-contrast", G_CALLBACK (gtk_widget_queue_draw), self,
                           G_CONNECT_SWAPPED);
}

void
bp_network_view_set_run (BpNetworkView *self,
                         BpRun         *run)
{
  g_return_if_fail (BP_IS_NETWORK_VIEW (self) && (run == NULL || BP_IS_RUN (run)));

  if (!bp_run_watch (&self->run, run, self))
    return;

  if (run != NULL)
    {
      g_signal_connect_swapped (run, "changed", G_CALLBACK (bp_network_view_follow_run), self);
      bp_network_view_follow_run (self);
    }
}

BpNetworkMode
bp_network_view_get_mode (BpNetworkView *self)
{
  g_return_val_if_fail (BP_IS_NETWORK_VIEW (self), BP_NETWORK_ACTIVATIONS);

  return self->mode;
}

void
bp_network_view_set_mode (BpNetworkView *self,
                          BpNetworkMode  mode)
{
  g_return_if_fail (BP_IS_NETWORK_VIEW (self) && mode < BP_N_NETWORK_MODES);

  if (self->mode == mode)
    return;
  self->mode = mode;
  gtk_widget_queue_draw (GTK_WIDGET (self));
  g_object_notify_by_pspec (G_OBJECT (self), props[PROP_MODE]);
}

const BpNetwork *
bp_network_view_get_network (BpNetworkView *self)
{
  g_return_val_if_fail (BP_IS_NETWORK_VIEW (self), NULL);

  return self->network;
}

gsize
bp_network_view_get_row (BpNetworkView *self)
{
  g_return_val_if_fail (BP_IS_NETWORK_VIEW (self), 0);

  return self->row;
}

GtkWidget *
bp_network_view_get_button (BpNetworkView *self,
                            guint          neuron)
{
  g_return_val_if_fail (BP_IS_NETWORK_VIEW (self), NULL);

  return neuron < self->buttons->len ? g_ptr_array_index (self->buttons, neuron) : NULL;
}
