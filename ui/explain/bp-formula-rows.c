/* bp-formula-rows.c: a formula broken before each relation, or a sentence
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "explain/bp-formula-rows.h"

#include <math.h>

/* How much smaller the rows of a formula may become before they are wrapped. */
#define LEAST_SCALE 0.72

/* Between both columns, in widths of a space. */
#define GAP 6

struct _BpFormulaRows {
  GtkWidget  parent;

  GPtrArray *labels; /* two for each row */
  double     scale;
};

G_DEFINE_FINAL_TYPE (BpFormulaRows, bp_formula_rows, GTK_TYPE_WIDGET)

static GtkWidget *
get_label (BpFormulaRows *self,
           guint          i)
{
  return g_ptr_array_index (self->labels, i);
}

/* How wide the @column likes to be. */
static int
get_natural_width (BpFormulaRows *self,
                   guint          column)
{
  int widest = 0;

  for (guint i = column; i < self->labels->len; i += 2)
    {
      int natural;

      gtk_widget_measure (get_label (self, i), GTK_ORIENTATION_HORIZONTAL, -1, NULL, &natural, NULL, NULL);
      widest = MAX (widest, natural);
    }

  return widest;
}

/* What fits into @width: the scale, and at that the width of the columns before it is applied. */
static double
choose_widths (BpFormulaRows *self,
               int            width,
               int           *left,
               int           *right)
{
  double scale;

  *left = get_natural_width (self, 0);
  *left += *left > 0 ? GAP : 0;
  *right = get_natural_width (self, 1);
  scale = CLAMP ((double) width / MAX (1, *left + *right), self->labels->len > 2 ? LEAST_SCALE : 1, 1);
  *right = MAX (1, MIN (*right, (int) (width / scale) - *left));

  return scale;
}

static int
get_row_height (BpFormulaRows *self,
                guint          i,
                int            right)
{
  int heights[2];

  gtk_widget_measure (get_label (self, i), GTK_ORIENTATION_VERTICAL, -1, NULL, &heights[0], NULL, NULL);
  gtk_widget_measure (get_label (self, i + 1), GTK_ORIENTATION_VERTICAL, right, NULL, &heights[1], NULL, NULL);

  return MAX (heights[0], heights[1]);
}

static GtkSizeRequestMode
bp_formula_rows_get_request_mode (G_GNUC_UNUSED GtkWidget *widget)
{
  return GTK_SIZE_REQUEST_HEIGHT_FOR_WIDTH;
}

static void
bp_formula_rows_measure (GtkWidget         *widget,
                         GtkOrientation     orientation,
                         int                for_size,
                         int               *minimum,
                         int               *natural,
                         G_GNUC_UNUSED int *minimum_baseline,
                         G_GNUC_UNUSED int *natural_baseline)
{
  BpFormulaRows *self = BP_FORMULA_ROWS (widget);
  int            left, right;
  double         scale = choose_widths (self, for_size < 0 ? G_MAXINT / 2 : for_size, &left, &right);
  double         height = 0;

  *minimum = 0;
  *natural = left + right;
  if (orientation == GTK_ORIENTATION_HORIZONTAL)
    return;

  for (guint i = 0; i < self->labels->len; i += 2)
    height += scale * get_row_height (self, i, right);
  *minimum = *natural = (int) ceil (height);
}

static void
place (GtkWidget *label,
       int        x,
       double     y,
       int        width,
       int        height,
       double     scale)
{
  GskTransform *transform = gsk_transform_translate (NULL, &GRAPHENE_POINT_INIT ((float) (x * scale), (float) y));

  transform = gsk_transform_scale (transform, (float) scale, (float) scale);
  gtk_widget_allocate (label, MAX (width, 1), height, -1, transform);
}

static void
bp_formula_rows_size_allocate (GtkWidget         *widget,
                               int                width,
                               G_GNUC_UNUSED int  height,
                               G_GNUC_UNUSED int  baseline)
{
  BpFormulaRows *self = BP_FORMULA_ROWS (widget);
  int            left, right;
  double         y = 0;

  self->scale = choose_widths (self, width, &left, &right);
  for (guint i = 0; i < self->labels->len; i += 2)
    {
      int row = get_row_height (self, i, right);

      place (get_label (self, i), 0, y, left, row, self->scale);
      place (get_label (self, i + 1), left, y, right, row, self->scale);
      y += row * self->scale;
    }
}

static void
bp_formula_rows_dispose (GObject *object)
{
  bp_formula_rows_set_rows (BP_FORMULA_ROWS (object), NULL);

  G_OBJECT_CLASS (bp_formula_rows_parent_class)->dispose (object);
}

static void
bp_formula_rows_finalize (GObject *object)
{
  g_ptr_array_unref (BP_FORMULA_ROWS (object)->labels);

  G_OBJECT_CLASS (bp_formula_rows_parent_class)->finalize (object);
}

static void
bp_formula_rows_class_init (BpFormulaRowsClass *klass)
{
  GObjectClass *object_class = G_OBJECT_CLASS (klass);
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  object_class->dispose = bp_formula_rows_dispose;
  object_class->finalize = bp_formula_rows_finalize;
  widget_class->get_request_mode = bp_formula_rows_get_request_mode;
  widget_class->measure = bp_formula_rows_measure;
  widget_class->size_allocate = bp_formula_rows_size_allocate;

  gtk_widget_class_set_css_name (widget_class, "formularows");
}

static void
bp_formula_rows_init (BpFormulaRows *self)
{
  self->labels = g_ptr_array_new ();
  self->scale = 1;
}

static void
set_length (BpFormulaRows *self,
            guint          n)
{
  while (self->labels->len > n)
    gtk_widget_unparent (g_ptr_array_steal_index (self->labels, self->labels->len - 1));
  while (self->labels->len < n)
    {
      GtkWidget *label = g_object_new (GTK_TYPE_LABEL, "xalign", 0.0f, "yalign", 0.0f, "wrap-mode",
                                       PANGO_WRAP_WORD_CHAR, "wrap", self->labels->len % 2 == 1, NULL);

      gtk_widget_set_parent (label, GTK_WIDGET (self));
      g_ptr_array_add (self->labels, label);
    }
}

void
bp_formula_rows_set_rows (BpFormulaRows      *self,
                          const char * const *rows)
{
  guint n = rows != NULL ? g_strv_length ((char **) rows) / 2 * 2 : 0;

  g_return_if_fail (BP_IS_FORMULA_ROWS (self));

  set_length (self, n);
  for (guint i = 0; i < n; i++)
    {
      gtk_label_set_label (GTK_LABEL (get_label (self, i)), rows[i]);
      if (i + 1 == n && n > 2)
        gtk_widget_add_css_class (get_label (self, i), "result");
      else
        gtk_widget_remove_css_class (get_label (self, i), "result");
    }
}

double
bp_formula_rows_get_scale (BpFormulaRows *self)
{
  g_return_val_if_fail (BP_IS_FORMULA_ROWS (self), 1);

  return self->scale;
}
