/* bp-formula-label.c: a formula or sentence on one line of fixed height, smaller where it is long
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "explain/bp-formula-label.h"

#include <math.h>

/* How much smaller one line may become before it is two, and before a line without parts and each of two is elided. */
#define LEAST_BEFORE_TWO 0.82
#define LEAST_ONE_LINE 0.72
#define LEAST_TWO_LINES 0.55

/* Each of two lines at its largest: together they are less than one and a half lines high. */
#define TWO_LINES 0.72

struct _BpFormulaLabel {
  GtkWidget  parent;

  GtkWidget *whole;
  GtkWidget *upper;
  GtkWidget *lower;
};

G_DEFINE_FINAL_TYPE (BpFormulaLabel, bp_formula_label, GTK_TYPE_WIDGET)

static int
get_natural_width (GtkWidget *label)
{
  int natural;

  gtk_widget_measure (label, GTK_ORIENTATION_HORIZONTAL, -1, NULL, &natural, NULL, NULL);

  return natural;
}

static int
get_line_height (BpFormulaLabel *self)
{
  int natural;

  gtk_widget_measure (self->whole, GTK_ORIENTATION_VERTICAL, -1, NULL, &natural, NULL, NULL);

  return natural;
}

static gboolean
has_parts (BpFormulaLabel *self)
{
  return *gtk_label_get_label (GTK_LABEL (self->lower)) != '\0';
}

static void
bp_formula_label_measure (GtkWidget         *widget,
                          GtkOrientation     orientation,
                          G_GNUC_UNUSED int  for_size,
                          int               *minimum,
                          int               *natural,
                          G_GNUC_UNUSED int *minimum_baseline,
                          G_GNUC_UNUSED int *natural_baseline)
{
  BpFormulaLabel *self = BP_FORMULA_LABEL (widget);

  if (orientation == GTK_ORIENTATION_HORIZONTAL)
    {
      *minimum = 0;
      *natural = 0;
      return;
    }
  *natural = get_line_height (self);
  if (gtk_widget_has_css_class (widget, "two-lines"))
    *natural = (int) ceil (*natural * 2 * TWO_LINES);
  *minimum = *natural;
}

/* Gives @label the width that it wants, drawn at @scale at most so that it fits, or the @width where it has to be
 * elided. */
static void
place (GtkWidget *label,
       int        width,
       int        y,
       int        height,
       double     largest,
       double     least)
{
  const int natural = MAX (get_natural_width (label), 1);
  const double scale = CLAMP ((double) width / natural, least, largest);
  const int label_width = MIN (natural, (int) (width / scale));
  GskTransform *transform;
  int label_height;
  float top;

  gtk_widget_measure (label, GTK_ORIENTATION_VERTICAL, label_width, NULL, &label_height, NULL, NULL);
  top = (float) (y + (height - label_height * scale) / 2);
  transform = gsk_transform_translate (NULL, &GRAPHENE_POINT_INIT (0, top));
  transform = gsk_transform_scale (transform, (float) scale, (float) scale);
  gtk_widget_set_child_visible (label, TRUE);
  gtk_widget_allocate (label, MAX (label_width, 1), label_height, -1, transform);
}

static void
bp_formula_label_size_allocate (GtkWidget         *widget,
                                int                width,
                                int                height,
                                G_GNUC_UNUSED int  baseline)
{
  BpFormulaLabel *self = BP_FORMULA_LABEL (widget);
  const gboolean one_line = !has_parts (self)
                            || (*gtk_label_get_label (GTK_LABEL (self->whole)) != '\0'
                                && width >= get_natural_width (self->whole) * LEAST_BEFORE_TWO);

  gtk_widget_set_child_visible (self->whole, one_line);
  gtk_widget_set_child_visible (self->upper, !one_line);
  gtk_widget_set_child_visible (self->lower, !one_line);
  if (one_line)
    {
      place (self->whole, width, 0, height, 1, LEAST_ONE_LINE);
      return;
    }
  place (self->upper, width, 0, height / 2, TWO_LINES, LEAST_TWO_LINES);
  place (self->lower, width, height / 2, height - height / 2, TWO_LINES, LEAST_TWO_LINES);
}

/*
 * One node for all its labels: GTK finds out what changed as a region, and shows everything anew when it is cut into
 * more than 30 rectangles, which the extents of a few texts are soon.
 */
static void
bp_formula_label_snapshot (GtkWidget   *widget,
                     GtkSnapshot *snapshot)
{
  GtkSnapshot *labels = gtk_snapshot_new ();
  g_autoptr (GskRenderNode) node = NULL;
  cairo_t *cr;

  GTK_WIDGET_CLASS (bp_formula_label_parent_class)->snapshot (widget, labels);
  node = gtk_snapshot_free_to_node (labels);
  if (node == NULL)
    return;

  cr = gtk_snapshot_append_cairo (snapshot, &GRAPHENE_RECT_INIT (0, 0, gtk_widget_get_width (widget),
                                                                 gtk_widget_get_height (widget)));
  gsk_render_node_draw (node, cr);
  cairo_destroy (cr);
}

static gboolean
is_elided (GtkWidget *label)
{
  return gtk_widget_get_child_visible (label) && pango_layout_is_ellipsized (gtk_label_get_layout (GTK_LABEL (label)));
}

/* All of it on one line. */
static char *
dup_spoken (BpFormulaLabel *self)
{
  const char *whole = gtk_label_get_label (GTK_LABEL (self->whole));

  if (*whole != '\0' || !has_parts (self))
    return g_strdup (whole);

  return g_strconcat (gtk_label_get_label (GTK_LABEL (self->upper)), ";  ",
                      gtk_label_get_label (GTK_LABEL (self->lower)), NULL);
}

static gboolean
bp_formula_label_query_tooltip (GtkWidget              *widget,
                                G_GNUC_UNUSED int       x,
                                G_GNUC_UNUSED int       y,
                                G_GNUC_UNUSED gboolean  keyboard,
                                GtkTooltip             *tooltip)
{
  BpFormulaLabel *self = BP_FORMULA_LABEL (widget);
  g_autofree char *text = NULL;

  if (!is_elided (self->whole) && !is_elided (self->upper) && !is_elided (self->lower))
    return FALSE;
  text = dup_spoken (self);
  gtk_tooltip_set_text (tooltip, text);

  return TRUE;
}

static void
bp_formula_label_dispose (GObject *object)
{
  BpFormulaLabel *self = BP_FORMULA_LABEL (object);

  g_clear_pointer (&self->whole, gtk_widget_unparent);
  g_clear_pointer (&self->upper, gtk_widget_unparent);
  g_clear_pointer (&self->lower, gtk_widget_unparent);

  G_OBJECT_CLASS (bp_formula_label_parent_class)->dispose (object);
}

static void
bp_formula_label_class_init (BpFormulaLabelClass *klass)
{
  GObjectClass *object_class = G_OBJECT_CLASS (klass);
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  object_class->dispose = bp_formula_label_dispose;
  widget_class->measure = bp_formula_label_measure;
  widget_class->size_allocate = bp_formula_label_size_allocate;
  widget_class->snapshot = bp_formula_label_snapshot;
  widget_class->query_tooltip = bp_formula_label_query_tooltip;

  gtk_widget_class_set_css_name (widget_class, "formula");
  gtk_widget_class_set_accessible_role (widget_class, GTK_ACCESSIBLE_ROLE_LABEL);
}

/* The formula speaks for its labels, of which some are hidden. */
static GtkWidget *
add_label (BpFormulaLabel *self)
{
  GtkWidget *label = g_object_new (GTK_TYPE_LABEL,
                                   "accessible-role", GTK_ACCESSIBLE_ROLE_PRESENTATION,
                                   "ellipsize", PANGO_ELLIPSIZE_MIDDLE,
                                   "single-line-mode", TRUE,
                                   "xalign", 0.0f,
                                   NULL);

  gtk_widget_set_parent (label, GTK_WIDGET (self));

  return label;
}

static void
bp_formula_label_init (BpFormulaLabel *self)
{
  self->whole = add_label (self);
  self->upper = add_label (self);
  self->lower = add_label (self);
  gtk_widget_set_has_tooltip (GTK_WIDGET (self), TRUE);
  gtk_widget_set_overflow (GTK_WIDGET (self), GTK_OVERFLOW_HIDDEN);
}

static void
set_label (GtkWidget  *label,
           const char *text)
{
  gtk_label_set_label (GTK_LABEL (label), text != NULL ? text : "");
}

void
bp_formula_label_set_text (BpFormulaLabel  *self,
                     const char *whole,
                     const char *upper,
                     const char *lower)
{
  g_autofree char *spoken = NULL;

  g_return_if_fail (BP_IS_FORMULA_LABEL (self));

  set_label (self->whole, whole);
  set_label (self->upper, upper);
  set_label (self->lower, upper != NULL ? lower : NULL);
  /* Labels that are hidden do not ask for it. */
  gtk_widget_queue_allocate (GTK_WIDGET (self));
  spoken = dup_spoken (self);
  gtk_accessible_update_property (GTK_ACCESSIBLE (self), GTK_ACCESSIBLE_PROPERTY_LABEL, spoken, -1);
}

const char *
bp_formula_label_get_text (BpFormulaLabel *self)
{
  g_return_val_if_fail (BP_IS_FORMULA_LABEL (self), NULL);

  return gtk_label_get_label (GTK_LABEL (self->whole));
}
