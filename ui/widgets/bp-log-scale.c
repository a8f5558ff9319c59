/* bp-log-scale.c: a logarithmic slider that marks a safe range
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "widgets/bp-log-scale.h"

#include <math.h>

#include "base/bp-number.h"
#include "experiment/bp-setting.h"

/* The steps of the keys Up and Page Up in log₁₀ of the value: 20 or 4 of them are a power of ten. */
#define STEP 0.05
#define PAGE 0.25

/* Pixels between an end of the trough and the middle of Adwaita's slider when it is at that end. */
#define INSET 2

#define SPACING 6

struct _BpLogScale {
  GtkWidget  parent;

  GtkWidget *scale;
  GtkWidget *min_label;
  GtkWidget *max_label;
  GtkWidget *caption_label;

  int        min_exponent;
  int        max_exponent;
  double     value;
  double     limit;
  gboolean   updating; /* whether the program moves the slider, not the user */
};

enum {
  PROP_SETTING = 1,
};

static guint value_changed_signal;

G_DEFINE_FINAL_TYPE (BpLogScale, bp_log_scale, GTK_TYPE_WIDGET)

static int
measure_height (GtkWidget *widget)
{
  int height;

  gtk_widget_measure (widget, GTK_ORIENTATION_VERTICAL, -1, NULL, &height, NULL, NULL);

  return height;
}

static int
measure_width (GtkWidget *widget)
{
  int width;

  gtk_widget_measure (widget, GTK_ORIENTATION_HORIZONTAL, -1, NULL, &width, NULL, NULL);

  return width;
}

static void
bp_log_scale_measure (GtkWidget         *widget,
                      GtkOrientation     orientation,
                      G_GNUC_UNUSED int  for_size,
                      int               *minimum,
                      int               *natural,
                      G_GNUC_UNUSED int *minimum_baseline,
                      G_GNUC_UNUSED int *natural_baseline)
{
  BpLogScale *self = BP_LOG_SCALE (widget);
  int ends;

  if (orientation == GTK_ORIENTATION_VERTICAL)
    {
      *minimum = *natural = measure_height (self->scale) + measure_height (self->caption_label);
      return;
    }

  ends = measure_width (self->min_label) + measure_width (self->max_label) + 2 * SPACING;
  *minimum = ends + measure_width (self->caption_label);
  *natural = MAX (*minimum, measure_width (self->scale));
}

static int
get_x (BpLogScale         *self,
       const GdkRectangle *trough,
       double              value)
{
  double fraction = (log10 (value) - self->min_exponent) / (self->max_exponent - self->min_exponent);

  return trough->x + INSET + (int) round (CLAMP (fraction, 0, 1) * (trough->width - 2 * INSET));
}

static void
allocate_labels (BpLogScale         *self,
                 const GdkRectangle *trough,
                 int                 width,
                 int                 y,
                 int                 height)
{
  int first = measure_width (self->min_label);
  int last = measure_width (self->max_label);
  int middle = measure_width (self->caption_label);
  int left = first + SPACING;
  int right = MAX (left, width - last - SPACING - middle);
  int x = self->limit > 0 ? get_x (self, trough, self->limit) - middle / 2 : (width - middle) / 2;

  gtk_widget_size_allocate (self->min_label, &(GtkAllocation) { 0, y, first, height }, -1);
  gtk_widget_size_allocate (self->max_label, &(GtkAllocation) { width - last, y, last, height }, -1);
  gtk_widget_size_allocate (self->caption_label, &(GtkAllocation) { CLAMP (x, left, right), y, middle, height }, -1);
}

/* Sets @trough to the bounds of the GtkScale's trough, its only child. */
static void
get_trough (BpLogScale   *self,
            GdkRectangle *trough)
{
  graphene_rect_t bounds;

  if (!gtk_widget_compute_bounds (gtk_widget_get_first_child (self->scale), GTK_WIDGET (self), &bounds))
    graphene_rect_init (&bounds, 0, 0, 0, 0);

  *trough = (GdkRectangle) { (int) bounds.origin.x, (int) bounds.origin.y,
                             (int) bounds.size.width, (int) bounds.size.height };
}

static void
bp_log_scale_size_allocate (GtkWidget         *widget,
                            int                width,
                            int                height,
                            G_GNUC_UNUSED int  baseline)
{
  BpLogScale *self = BP_LOG_SCALE (widget);
  int scale_height = measure_height (self->scale);
  GdkRectangle trough;

  gtk_widget_size_allocate (self->scale, &(GtkAllocation) { 0, 0, width, scale_height }, -1);
  get_trough (self, &trough);
  allocate_labels (self, &trough, width, scale_height, height - scale_height);
}

/* Rounds to three significant digits, so that the number beside the slider can be read out. Below 1 it divides by a
 * power of ten: 3 / 10 is 0.3, but 3 · 0.1 is not. */
static double
round_value (double value)
{
  double unit = pow (10, floor (log10 (value)) - 2);

  return unit < 1 ? round (value / unit) / round (1 / unit) : round (value / unit) * unit;
}

static void
take_value (BpLogScale *self,
            double      value)
{
  g_autofree char *text = bp_number_format (value);

  self->value = value;
  gtk_accessible_update_property (GTK_ACCESSIBLE (self->scale), GTK_ACCESSIBLE_PROPERTY_VALUE_TEXT, text, -1);
  g_signal_emit (self, value_changed_signal, 0);
}

static void
scale_value_changed_cb (BpLogScale *self)
{
  double value;

  if (self->updating)
    return;

  value = round_value (pow (10, gtk_range_get_value (GTK_RANGE (self->scale))));
  if (value != self->value)
    take_value (self, value);
}

static void
bp_log_scale_set_property (GObject      *object,
                           guint         id,
                           const GValue *value,
                           GParamSpec   *pspec)
{
  BpLogScale *self = BP_LOG_SCALE (object);
  const BpSetting *setting;

  switch (id)
    {
    case PROP_SETTING:
      setting = bp_setting_find (g_value_get_string (value));
      g_return_if_fail (setting != NULL && setting->slider_end > setting->slider_start);
      self->min_exponent = (int) lround (log10 (setting->slider_start));
      self->max_exponent = (int) lround (log10 (setting->slider_end));
      break;
    default:
      G_OBJECT_WARN_INVALID_PROPERTY_ID (object, id, pspec);
    }
}

/* "10⁻⁴", but "1" and "10". */
static char *
format_power (int exponent)
{
  GString *text = g_string_new (exponent == 0 ? "1" : "10");

  if (exponent < 0 || exponent > 1)
    bp_number_append_superscript (text, exponent);

  return g_string_free (text, FALSE);
}

/* @text: (transfer full) */
static GtkWidget *
add_label (BpLogScale *self,
           char       *text)
{
  GtkWidget *label = gtk_label_new (text);

  gtk_widget_add_css_class (label, "caption");
  gtk_widget_add_css_class (label, "numeric");
  gtk_widget_set_parent (label, GTK_WIDGET (self));
  g_free (text);

  return label;
}

static void
bp_log_scale_constructed (GObject *object)
{
  BpLogScale *self = BP_LOG_SCALE (object);
  GtkAdjustment *adjustment;

  G_OBJECT_CLASS (bp_log_scale_parent_class)->constructed (object);

  self->min_label = add_label (self, format_power (self->min_exponent));
  self->max_label = add_label (self, format_power (self->max_exponent));
  self->caption_label = add_label (self, g_strdup (""));

  adjustment = gtk_adjustment_new (self->min_exponent, self->min_exponent, self->max_exponent, STEP, PAGE, 0);
  self->scale = gtk_scale_new (GTK_ORIENTATION_HORIZONTAL, adjustment);
  gtk_scale_set_has_origin (GTK_SCALE (self->scale), FALSE);
  gtk_range_set_restrict_to_fill_level (GTK_RANGE (self->scale), FALSE);
  gtk_widget_set_direction (self->scale, GTK_TEXT_DIR_LTR);
  g_signal_connect_swapped (self->scale, "value-changed", G_CALLBACK (scale_value_changed_cb), self);
  gtk_widget_set_parent (self->scale, GTK_WIDGET (self));
}

static void
bp_log_scale_dispose (GObject *object)
{
  GtkWidget *child;

  while ((child = gtk_widget_get_first_child (GTK_WIDGET (object))) != NULL)
    gtk_widget_unparent (child);

  G_OBJECT_CLASS (bp_log_scale_parent_class)->dispose (object);
}

static void
bp_log_scale_class_init (BpLogScaleClass *klass)
{
  GObjectClass *object_class = G_OBJECT_CLASS (klass);
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  object_class->constructed = bp_log_scale_constructed;
  object_class->dispose = bp_log_scale_dispose;
  object_class->set_property = bp_log_scale_set_property;
  widget_class->measure = bp_log_scale_measure;
  widget_class->size_allocate = bp_log_scale_size_allocate;

  g_object_class_install_property (object_class, PROP_SETTING,
                                   g_param_spec_string ("setting", NULL, NULL, NULL,
                                                        G_PARAM_WRITABLE | G_PARAM_STATIC_STRINGS
                                                        | G_PARAM_CONSTRUCT_ONLY));
  value_changed_signal = g_signal_new ("value-changed", BP_TYPE_LOG_SCALE, G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL,
                                       G_TYPE_NONE, 0);

  gtk_widget_class_set_css_name (widget_class, "logscale");
  gtk_widget_class_set_accessible_role (widget_class, GTK_ACCESSIBLE_ROLE_GROUP);
}

static void
bp_log_scale_init (BpLogScale *self)
{
  self->value = 1;
  self->limit = NAN;
}

double
bp_log_scale_get_value (BpLogScale *self)
{
  g_return_val_if_fail (BP_IS_LOG_SCALE (self), 0);

  return self->value;
}

void
bp_log_scale_set_value (BpLogScale *self,
                        double      value)
{
  g_return_if_fail (BP_IS_LOG_SCALE (self));
  g_return_if_fail (value > 0);

  if (value == self->value)
    return;

  self->updating = TRUE;
  gtk_range_set_value (GTK_RANGE (self->scale), log10 (value));
  self->updating = FALSE;
  take_value (self, value);
}

void
bp_log_scale_set_limit (BpLogScale *self,
                        double      limit,
                        const char *caption)
{
  g_return_if_fail (BP_IS_LOG_SCALE (self));
  g_return_if_fail (caption != NULL);

  self->limit = limit;
  /* Written so that NaN has no bar. */
  gtk_range_set_show_fill_level (GTK_RANGE (self->scale), limit > pow (10, self->min_exponent));
  if (limit > 0)
    gtk_range_set_fill_level (GTK_RANGE (self->scale), fmin (log10 (limit), self->max_exponent));
  if (limit > 0)
    gtk_widget_add_css_class (self->caption_label, "limit");
  else
    gtk_widget_remove_css_class (self->caption_label, "limit");
  gtk_label_set_label (GTK_LABEL (self->caption_label), caption);
  gtk_widget_queue_resize (GTK_WIDGET (self));
}

GtkScale *
bp_log_scale_get_scale (BpLogScale *self)
{
  g_return_val_if_fail (BP_IS_LOG_SCALE (self), NULL);

  return GTK_SCALE (self->scale);
}

void
bp_log_scale_hide_ends (BpLogScale *self)
{
  g_return_if_fail (BP_IS_LOG_SCALE (self));

  gtk_widget_set_visible (self->min_label, FALSE);
  gtk_widget_set_visible (self->max_label, FALSE);
}
