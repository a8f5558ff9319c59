/* bp-export-preview.c: the figure that would be exported, as large as there is room
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "figures/bp-export-preview.h"

#include "figures/bp-figure-private.h"

#define MIN_WIDTH 240
#define MIN_HEIGHT 160
#define MARGIN 18

struct _BpExportPreview {
  GtkWidget        parent;

  cairo_surface_t *recording; /* drawn once, replayed at any size */
  double           width;
  double           height;
};

G_DEFINE_FINAL_TYPE (BpExportPreview, bp_export_preview, GTK_TYPE_WIDGET)

static void
bp_export_preview_measure (G_GNUC_UNUSED GtkWidget *widget,
                           GtkOrientation           orientation,
                           G_GNUC_UNUSED int        for_size,
                           int                     *minimum,
                           int                     *natural,
                           G_GNUC_UNUSED int       *minimum_baseline,
                           G_GNUC_UNUSED int       *natural_baseline)
{
  *minimum = orientation == GTK_ORIENTATION_HORIZONTAL ? MIN_WIDTH : MIN_HEIGHT;
  *natural = 2 * *minimum;
}

double
bp_export_preview_get_scale (BpExportPreview *self)
{
  double width, height;

  g_return_val_if_fail (BP_IS_EXPORT_PREVIEW (self), 1);

  width = MAX (1, gtk_widget_get_width (GTK_WIDGET (self)) - 2 * MARGIN);
  height = MAX (1, gtk_widget_get_height (GTK_WIDGET (self)) - 2 * MARGIN);
  if (self->recording == NULL)
    return 1;

  return MIN (1, MIN (width / self->width, height / self->height));
}

static void
bp_export_preview_snapshot (GtkWidget   *widget,
                            GtkSnapshot *snapshot)
{
  BpExportPreview *self = BP_EXPORT_PREVIEW (widget);
  double scale = bp_export_preview_get_scale (self);
  double width = self->width * scale, height = self->height * scale;
  graphene_rect_t bounds;
  cairo_t *cr;

  if (self->recording == NULL)
    return;

  graphene_rect_init (&bounds, (float) (int) ((gtk_widget_get_width (widget) - width) / 2),
                      (float) (int) ((gtk_widget_get_height (widget) - height) / 2), (float) width, (float) height);
  cr = gtk_snapshot_append_cairo (snapshot, &bounds);
  cairo_translate (cr, bounds.origin.x, bounds.origin.y);
  cairo_scale (cr, scale, scale);
  cairo_set_source_surface (cr, self->recording, 0, 0);
  cairo_paint (cr);
  cairo_destroy (cr);
}

static void
bp_export_preview_finalize (GObject *object)
{
  g_clear_pointer (&BP_EXPORT_PREVIEW (object)->recording, cairo_surface_destroy);

  G_OBJECT_CLASS (bp_export_preview_parent_class)->finalize (object);
}

static void
bp_export_preview_class_init (BpExportPreviewClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  G_OBJECT_CLASS (klass)->finalize = bp_export_preview_finalize;
  widget_class->measure = bp_export_preview_measure;
  widget_class->snapshot = bp_export_preview_snapshot;

  gtk_widget_class_set_css_name (widget_class, "exportpreview");
  gtk_widget_class_set_accessible_role (widget_class, GTK_ACCESSIBLE_ROLE_IMG);
}

static void
bp_export_preview_init (BpExportPreview *self)
{
  gtk_widget_set_overflow (GTK_WIDGET (self), GTK_OVERFLOW_HIDDEN);
}

void
bp_export_preview_take (BpExportPreview       *self,
                        BpTrainer             *trainer,
                        const BpFigureOptions *options)
{
  g_auto (BpFigure) figure = { 0 };
  g_autofree char *description = NULL;
  g_autoptr (BpPainter) painter = NULL;

  g_return_if_fail (BP_IS_EXPORT_PREVIEW (self));
  g_return_if_fail (trainer != NULL && options != NULL);

  bp_figure_init (&figure, trainer, options, NULL);
  g_clear_pointer (&self->recording, cairo_surface_destroy);
  self->width = figure.width;
  self->height = figure.height;
  self->recording = cairo_recording_surface_create (CAIRO_CONTENT_COLOR_ALPHA,
                                                    &(cairo_rectangle_t) { 0, 0, figure.width, figure.height });
  painter = bp_painter_cairo_new (cairo_create (self->recording), figure.style.palette);
  bp_figure_paint (&figure, painter);

  description = bp_figure_describe (&figure);
  gtk_accessible_update_property (GTK_ACCESSIBLE (self), GTK_ACCESSIBLE_PROPERTY_DESCRIPTION, description, -1);
  gtk_widget_queue_draw (GTK_WIDGET (self));
}

void
bp_export_preview_get_size (BpExportPreview *self,
                            double          *width,
                            double          *height)
{
  g_return_if_fail (BP_IS_EXPORT_PREVIEW (self));

  *width = self->width;
  *height = self->height;
}
