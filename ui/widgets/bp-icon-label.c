/* bp-icon-label.c: an icon and a word, which is hidden when there is no room
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "widgets/bp-icon-label.h"

#define SPACING 6

struct _BpIconLabel {
  GtkWidget  parent;

  GtkWidget *icon;
  GtkWidget *label;
  gboolean   icon_last;
};

enum {
  PROP_0,
  PROP_ICON_NAME,
  PROP_LABEL,
  PROP_WIDTH_CHARS,
  PROP_ICON_LAST,
};

G_DEFINE_FINAL_TYPE (BpIconLabel, bp_icon_label, GTK_TYPE_WIDGET)

static int
measure_natural (GtkWidget      *widget,
                 GtkOrientation  orientation)
{
  int natural;

  gtk_widget_measure (widget, orientation, -1, NULL, &natural, NULL, NULL);

  return natural;
}

static void
bp_icon_label_measure (GtkWidget         *widget,
                       GtkOrientation     orientation,
                       G_GNUC_UNUSED int  for_size,
                       int               *minimum,
                       int               *natural,
                       G_GNUC_UNUSED int *minimum_baseline,
                       G_GNUC_UNUSED int *natural_baseline)
{
  BpIconLabel *self = BP_ICON_LABEL (widget);
  int icon = measure_natural (self->icon, orientation);
  int label = measure_natural (self->label, orientation);

  if (orientation == GTK_ORIENTATION_VERTICAL)
    *minimum = *natural = MAX (icon, label);
  else
    {
      *minimum = icon;
      *natural = icon + SPACING + label;
    }
}

static void
bp_icon_label_size_allocate (GtkWidget         *widget,
                             int                width,
                             int                height,
                             G_GNUC_UNUSED int  baseline)
{
  BpIconLabel *self = BP_ICON_LABEL (widget);
  int icon = measure_natural (self->icon, GTK_ORIENTATION_HORIZONTAL);
  int label = measure_natural (self->label, GTK_ORIENTATION_HORIZONTAL);
  gboolean whole = width >= icon + SPACING + label;
  int start = (width - icon - (whole ? SPACING + label : 0)) / 2;
  gboolean icon_last = self->icon_last != (gtk_widget_get_direction (widget) == GTK_TEXT_DIR_RTL);
  int icon_x = whole && icon_last ? start + label + SPACING : start;
  int label_x = icon_last ? start : start + icon + SPACING;

  gtk_widget_set_child_visible (self->label, whole);
  gtk_widget_size_allocate (self->icon, &(GtkAllocation) { icon_x, 0, icon, height }, -1);
  if (whole)
    gtk_widget_size_allocate (self->label, &(GtkAllocation) { label_x, 0, label, height }, -1);
}

static void
bp_icon_label_set_property (GObject      *object,
                            guint         id,
                            const GValue *value,
                            GParamSpec   *pspec)
{
  BpIconLabel *self = BP_ICON_LABEL (object);

  switch (id)
    {
    case PROP_ICON_NAME:
      bp_icon_label_set_icon_name (self, g_value_get_string (value));
      break;
    case PROP_LABEL:
      bp_icon_label_set_label (self, g_value_get_string (value));
      break;
    case PROP_WIDTH_CHARS:
      gtk_label_set_width_chars (GTK_LABEL (self->label), g_value_get_int (value));
      break;
    case PROP_ICON_LAST:
      self->icon_last = g_value_get_boolean (value);
      break;
    default:
      G_OBJECT_WARN_INVALID_PROPERTY_ID (object, id, pspec);
    }
}

static void
bp_icon_label_dispose (GObject *object)
{
  BpIconLabel *self = BP_ICON_LABEL (object);

  g_clear_pointer (&self->icon, gtk_widget_unparent);
  g_clear_pointer (&self->label, gtk_widget_unparent);

  G_OBJECT_CLASS (bp_icon_label_parent_class)->dispose (object);
}

static void
bp_icon_label_class_init (BpIconLabelClass *klass)
{
  GObjectClass *object_class = G_OBJECT_CLASS (klass);
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);
  const GParamFlags flags = G_PARAM_WRITABLE | G_PARAM_STATIC_STRINGS;

  object_class->dispose = bp_icon_label_dispose;
  object_class->set_property = bp_icon_label_set_property;
  widget_class->measure = bp_icon_label_measure;
  widget_class->size_allocate = bp_icon_label_size_allocate;

  g_object_class_install_property (object_class, PROP_ICON_NAME,
                                   g_param_spec_string ("icon-name", NULL, NULL, NULL, flags));
  g_object_class_install_property (object_class, PROP_LABEL, g_param_spec_string ("label", NULL, NULL, "", flags));
  g_object_class_install_property (object_class, PROP_WIDTH_CHARS,
                                   g_param_spec_int ("width-chars", NULL, NULL, -1, G_MAXINT, -1, flags));
  g_object_class_install_property (object_class, PROP_ICON_LAST,
                                   g_param_spec_boolean ("icon-last", NULL, NULL, FALSE,
                                                         flags | G_PARAM_CONSTRUCT_ONLY));
}

static void
bp_icon_label_init (BpIconLabel *self)
{
  self->icon = g_object_new (GTK_TYPE_IMAGE, "accessible-role", GTK_ACCESSIBLE_ROLE_PRESENTATION, NULL);
  self->label = gtk_label_new ("");
  gtk_label_set_xalign (GTK_LABEL (self->label), 0);
  gtk_widget_set_parent (self->icon, GTK_WIDGET (self));
  gtk_widget_set_parent (self->label, GTK_WIDGET (self));
}

void
bp_icon_label_set_icon_name (BpIconLabel *self,
                             const char  *icon_name)
{
  g_return_if_fail (BP_IS_ICON_LABEL (self));

  gtk_image_set_from_icon_name (GTK_IMAGE (self->icon), icon_name);
}

void
bp_icon_label_set_label (BpIconLabel *self,
                         const char  *label)
{
  g_return_if_fail (BP_IS_ICON_LABEL (self));

  gtk_label_set_label (GTK_LABEL (self->label), label);
}
