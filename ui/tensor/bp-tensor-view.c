/* bp-tensor-view.c: a widget that shows a tensor as a heat map
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "tensor/bp-tensor-view.h"

#include <glib/gi18n-lib.h>

#include "graph/bp-graph.h"

#include "base/bp-number.h"
#include "tensor/bp-tensor-draw.h"

/* Text size as a part of the widget's font size. */
#define TEXT_SIZE 0.85

/* The most elements that the accessible label lists. */
#define MAX_SPOKEN 24

struct _BpTensorView {
  GtkWidget        parent_instance;

  BpShape          shape;
  BpTensorGrid     grid;
  double          *cells;
  BpColor          hue;
  const BpPalette *palette;
  gssize           chosen;
  GtkGesture      *click;
  gsize            cursor; /* the element that the keys are at */
};

static guint choose_signal;

G_DEFINE_FINAL_TYPE (BpTensorView, bp_tensor_view, GTK_TYPE_WIDGET)

/* Returns: the size of the widget's font in pixels */
static double
get_font_size (GtkWidget *widget)
{
  PangoContext *context = gtk_widget_get_pango_context (widget);
  const PangoFontDescription *font = pango_context_get_font_description (context);
  double size = (double) pango_font_description_get_size (font) / PANGO_SCALE;

  if (pango_font_description_get_size_is_absolute (font))
    return size;

  return size * pango_cairo_context_get_resolution (context) / 72;
}

static void
arrange (BpTensorView *self)
{
  bp_tensor_grid_init (&self->grid, &self->shape, TEXT_SIZE * get_font_size (GTK_WIDGET (self)));
}

static void
bp_tensor_view_measure (GtkWidget         *widget,
                        GtkOrientation     orientation,
                        G_GNUC_UNUSED int  for_size,
                        int               *minimum,
                        int               *natural,
                        G_GNUC_UNUSED int *minimum_baseline,
                        G_GNUC_UNUSED int *natural_baseline)
{
  BpTensorView *self = BP_TENSOR_VIEW (widget);
  double width;
  double height;

  arrange (self);
  bp_tensor_grid_get_size (&self->grid, &width, &height);
  *minimum = *natural = (int) (orientation == GTK_ORIENTATION_HORIZONTAL ? width : height) + 1;
}

char *
bp_tensor_view_describe (BpTensorView *self,
                         double        x,
                         double        y)
{
  g_autofree char *index = NULL;
  g_autofree char *number = NULL;
  gsize cell;
  gsize first;
  gsize n;

  g_return_val_if_fail (BP_IS_TENSOR_VIEW (self), NULL);

  if (self->cells == NULL)
    return NULL;
  n = bp_tensor_grid_find (&self->grid, x, y, &cell, &first);
  if (n == 0)
    return NULL;

  index = bp_shape_index_to_string (&self->shape, first);
  number = bp_number_format (self->cells[cell]);
  if (n == 1)
    return g_strdup_printf ("%s: %s", index, number);

  /* Translators: the index of the first element, how many there are, and their mean */
  return g_strdup_printf (_("%s and on, mean of %u elements: %s"), index, (guint) n, number);
}

char *
bp_tensor_view_get_readout (BpTensorView *self)
{
  double x, y;

  g_return_val_if_fail (BP_IS_TENSOR_VIEW (self), NULL);

  if (!self->grid.has_readout || bp_tensor_grid_get_bounds (&self->grid, self->cursor, &x, &y) < 0)
    return NULL;

  return bp_tensor_view_describe (self, x + self->grid.cell_width / 2, y + self->grid.cell_height / 2);
}

static void
bp_tensor_view_snapshot (GtkWidget   *widget,
                         GtkSnapshot *snapshot)
{
  BpTensorView *self = BP_TENSOR_VIEW (widget);
  graphene_rect_t bounds;
  g_autoptr (BpPainter) painter = NULL;
  g_autofree char *readout = bp_tensor_view_get_readout (self);

  graphene_rect_init (&bounds, 0, 0, gtk_widget_get_width (widget), gtk_widget_get_height (widget));
  painter = bp_painter_cairo_new (gtk_snapshot_append_cairo (snapshot, &bounds), self->palette);
  bp_tensor_draw (painter, &self->grid, self->cells, self->hue, readout, gtk_widget_get_pango_context (widget));
  if (self->cells != NULL && self->chosen >= 0)
    bp_tensor_draw_frame (painter, &self->grid, (gsize) self->chosen, FALSE);
  if (self->cells != NULL && gtk_widget_has_visible_focus (widget))
    bp_tensor_draw_frame (painter, &self->grid, self->cursor, TRUE);
}

static gboolean
bp_tensor_view_query_tooltip (GtkWidget  *widget,
                              int         x,
                              int         y,
                              gboolean    keyboard_tooltip,
                              GtkTooltip *tooltip)
{
  g_autofree char *text = NULL;

  if (keyboard_tooltip)
    return FALSE;
  text = bp_tensor_view_describe (BP_TENSOR_VIEW (widget), x, y);
  gtk_tooltip_set_text (tooltip, text);

  return text != NULL;
}

static void
bp_tensor_view_finalize (GObject *object)
{
  g_free (BP_TENSOR_VIEW (object)->cells);

  G_OBJECT_CLASS (bp_tensor_view_parent_class)->finalize (object);
}

/* Choosing */

/* "[0,2]: 0.31", the number of a cell of its own. */
static char *
describe_element (BpTensorView *self,
                  gsize         element)
{
  g_autofree char *index = bp_shape_index_to_string (&self->shape, element);
  g_autofree char *number = NULL;
  double x, y;
  gssize cell = bp_tensor_grid_get_bounds (&self->grid, element, &x, &y);

  if (cell < 0 || self->grid.block > 1)
    return g_steal_pointer (&index);
  number = bp_number_format (self->cells[cell]);

  return g_strdup_printf ("%s: %s", index, number);
}

/* The shape, or the element that the keys are at. */
static void
update_description (BpTensorView *self)
{
  g_autofree char *text = NULL;

  if (self->cells != NULL && gtk_widget_is_focus (GTK_WIDGET (self)))
    {
      text = describe_element (self, self->cursor);
      if (self->chosen == (gssize) self->cursor)
        {
          g_autofree char *element = g_steal_pointer (&text);

          /* Translators: of a tensor, an index and the number there: "[0,2]: 0.31" */
          text = g_strdup_printf (_("%s, shown by card and plots"), element);
        }
    }
  else
    text = bp_shape_to_string (&self->shape);
  gtk_accessible_update_property (GTK_ACCESSIBLE (self), GTK_ACCESSIBLE_PROPERTY_DESCRIPTION, text, -1);
  gtk_widget_queue_draw (GTK_WIDGET (self));
}

typedef enum {
  MOVE_LEFT,
  MOVE_RIGHT,
  MOVE_UP,
  MOVE_DOWN,
  MOVE_FIRST,
  MOVE_LAST,
} Move;

static gboolean
move_cb (GtkWidget             *widget,
         GVariant              *args,
         G_GNUC_UNUSED gpointer data)
{
  BpTensorView *self = BP_TENSOR_VIEW (widget);
  const Move move = (Move) g_variant_get_int32 (args);
  const gsize last = self->grid.n_elements - 1;
  const gsize step = move == MOVE_UP || move == MOVE_DOWN ? self->grid.n_columns : 1;

  if (move == MOVE_FIRST || move == MOVE_LAST)
    self->cursor = move == MOVE_FIRST ? 0 : last;
  else if ((move == MOVE_LEFT || move == MOVE_UP) && self->cursor >= step)
    self->cursor -= step;
  else if ((move == MOVE_RIGHT || move == MOVE_DOWN) && self->cursor + step <= last)
    self->cursor += step;
  update_description (self);

  return GDK_EVENT_STOP;
}

static gboolean
choose_cb (GtkWidget              *widget,
           G_GNUC_UNUSED GVariant *args,
           G_GNUC_UNUSED gpointer  data)
{
  BpTensorView *self = BP_TENSOR_VIEW (widget);

  if (self->cells == NULL)
    return GDK_EVENT_PROPAGATE;
  g_signal_emit (self, choose_signal, 0, (guint64) self->cursor);

  return GDK_EVENT_STOP;
}

static void
pressed_cb (GtkGestureClick  *gesture,
            G_GNUC_UNUSED int n_press,
            double            x,
            double            y,
            BpTensorView     *self)
{
  gsize cell, first;

  if (self->cells == NULL || self->grid.n_elements < 2 || bp_tensor_grid_find (&self->grid, x, y, &cell, &first) == 0)
    return;

  gtk_gesture_set_state (GTK_GESTURE (gesture), GTK_EVENT_SEQUENCE_CLAIMED);
  self->cursor = first;
  g_signal_emit (self, choose_signal, 0, (guint64) first);
}

static void
install_keys (GtkWidgetClass *widget_class)
{
  static const struct {
    guint key;
    guint keypad;
    Move  move;
  } keys[] = {
    { GDK_KEY_Left, GDK_KEY_KP_Left, MOVE_LEFT },   { GDK_KEY_Right, GDK_KEY_KP_Right, MOVE_RIGHT },
    { GDK_KEY_Up, GDK_KEY_KP_Up, MOVE_UP },         { GDK_KEY_Down, GDK_KEY_KP_Down, MOVE_DOWN },
    { GDK_KEY_Home, GDK_KEY_KP_Home, MOVE_FIRST },  { GDK_KEY_End, GDK_KEY_KP_End, MOVE_LAST },
  };
  static const guint choose_keys[] = { GDK_KEY_Return, GDK_KEY_ISO_Enter, GDK_KEY_KP_Enter, GDK_KEY_space };

  for (guint i = 0; i < G_N_ELEMENTS (keys); i++)
    {
      gtk_widget_class_add_binding (widget_class, keys[i].key, 0, move_cb, "i", keys[i].move);
      gtk_widget_class_add_binding (widget_class, keys[i].keypad, 0, move_cb, "i", keys[i].move);
    }
  for (guint i = 0; i < G_N_ELEMENTS (choose_keys); i++)
    gtk_widget_class_add_binding (widget_class, choose_keys[i], 0, choose_cb, NULL);
}

static void
update_label (BpTensorView *self,
              const double *values)
{
  g_autoptr (GString) label = g_string_new (NULL);

  for (gsize i = 0; values != NULL && i < MIN (self->grid.n_elements, MAX_SPOKEN); i++)
    {
      g_autofree char *number = bp_number_format (values[i]);

      g_string_append_printf (label, i > 0 ? ", %s" : "%s", number);
    }
  if (values == NULL)
    g_string_append (label, _("not computed yet"));
  else if (self->grid.n_elements > MAX_SPOKEN)
    g_string_append (label, ", …");
  gtk_accessible_update_property (GTK_ACCESSIBLE (self), GTK_ACCESSIBLE_PROPERTY_LABEL, label->str, -1);
  update_description (self);
}

static void
bp_tensor_view_class_init (BpTensorViewClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  G_OBJECT_CLASS (klass)->finalize = bp_tensor_view_finalize;
  widget_class->measure = bp_tensor_view_measure;
  widget_class->snapshot = bp_tensor_view_snapshot;
  widget_class->query_tooltip = bp_tensor_view_query_tooltip;
  choose_signal = g_signal_new ("choose", BP_TYPE_TENSOR_VIEW, G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL, G_TYPE_NONE, 1,
                                G_TYPE_UINT64);
  install_keys (widget_class);
  gtk_widget_class_set_css_name (widget_class, "tensorview");
  gtk_widget_class_set_accessible_role (widget_class, GTK_ACCESSIBLE_ROLE_IMG);
}

static void
bp_tensor_view_init (BpTensorView *self)
{
  self->click = gtk_gesture_click_new ();
  g_signal_connect (self->click, "pressed", G_CALLBACK (pressed_cb), self);
  gtk_widget_add_controller (GTK_WIDGET (self), GTK_EVENT_CONTROLLER (self->click));
  g_signal_connect (self, "notify::has-focus", G_CALLBACK (update_description), NULL);
  self->chosen = BP_ELEMENT_NONE;
  self->palette = bp_palette_get (BP_PALETTE_LIGHT);
  self->hue = BP_COLOR_VALUE;
  bp_shape_init (&self->shape, 0, NULL, NULL);
  arrange (self);
  update_label (self, NULL);
  gtk_widget_set_has_tooltip (GTK_WIDGET (self), TRUE);
}

void
bp_tensor_view_set_tensor (BpTensorView  *self,
                           const BpShape *shape,
                           const double  *values,
                           BpColor        hue)
{
  double *cells = NULL;

  g_return_if_fail (BP_IS_TENSOR_VIEW (self) && shape != NULL);

  if (!bp_shape_equal (&self->shape, shape))
    {
      g_clear_pointer (&self->cells, g_free);
      self->shape = *shape;
      self->cursor = 0;
      arrange (self);
      gtk_widget_queue_resize (GTK_WIDGET (self));
    }

  self->hue = hue;
  if (values != NULL)
    cells = bp_tensor_grid_reduce (&self->grid, values);
  g_free (self->cells);
  self->cells = cells;
  gtk_widget_set_focusable (GTK_WIDGET (self), cells != NULL && self->grid.n_elements > 1);
  update_label (self, values);
  gtk_widget_queue_draw (GTK_WIDGET (self));
}

void
bp_tensor_view_set_palette (BpTensorView    *self,
                            const BpPalette *palette)
{
  g_return_if_fail (BP_IS_TENSOR_VIEW (self) && palette != NULL);

  if (self->palette == palette)
    return;
  self->palette = palette;
  gtk_widget_queue_draw (GTK_WIDGET (self));
}

void
bp_tensor_view_set_chosen (BpTensorView *self,
                           gssize        element)
{
  g_return_if_fail (BP_IS_TENSOR_VIEW (self));

  if (self->chosen == element)
    return;
  self->chosen = element;
  if (element >= 0)
    self->cursor = (gsize) element;
  update_description (self);
}

gssize
bp_tensor_view_get_element (BpTensorView *self,
                            double        x,
                            double        y)
{
  gsize cell, first;

  g_return_val_if_fail (BP_IS_TENSOR_VIEW (self), BP_ELEMENT_NONE);

  return self->cells != NULL && bp_tensor_grid_find (&self->grid, x, y, &cell, &first) == 1 ? (gssize) first
                                                                                           : BP_ELEMENT_NONE;
}

void
bp_tensor_view_add_drag (BpTensorView *self,
                         GtkGesture   *drag)
{
  g_return_if_fail (BP_IS_TENSOR_VIEW (self) && GTK_IS_GESTURE (drag));

  gtk_widget_add_controller (GTK_WIDGET (self), GTK_EVENT_CONTROLLER (drag));
  gtk_gesture_group (drag, self->click);
}
