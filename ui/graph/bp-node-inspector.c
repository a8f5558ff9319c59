/* bp-node-inspector.c: a popover with the elements of a node's value and gradient, and its local derivatives
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "graph/bp-node-inspector.h"

#include <glib/gi18n-lib.h>
#include <math.h>

#include "explain/bp-explain.h"
#include "base/bp-number.h"

/* A single number is shown to more digits than the graph has room for. */
#define DIGITS 10

struct _BpNodeInspector {
  GtkPopover    parent_instance;

  GtkLabel     *title;
  GtkLabel     *subtitle;
  GtkLabel     *value;
  BpTensorView *value_tensor;
  BpField      *field;
  GtkLabel     *gradient;
  BpTensorView *gradient_tensor;
  GtkLabel     *derivatives;
  GtkWidget    *choose_button;

  gssize        element;
};

static guint choose_signal;

G_DEFINE_FINAL_TYPE (BpNodeInspector, bp_node_inspector, GTK_TYPE_POPOVER)

static void
choose_cb (BpNodeInspector *self,
           guint64          element)
{
  g_signal_emit (self, choose_signal, 0, (gint64) element);
}

static void
clicked_cb (BpNodeInspector *self)
{
  if (self->element >= 0)
    g_signal_emit (self, choose_signal, 0, (gint64) BP_ELEMENT_NONE);
  else
    bp_node_inspector_enter (self);
}

static void
bp_node_inspector_dispose (GObject *object)
{
  gtk_widget_dispose_template (GTK_WIDGET (object), BP_TYPE_NODE_INSPECTOR);

  G_OBJECT_CLASS (bp_node_inspector_parent_class)->dispose (object);
}

static void
bp_node_inspector_class_init (BpNodeInspectorClass *class)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (class);

  G_OBJECT_CLASS (class)->dispose = bp_node_inspector_dispose;
  g_type_ensure (BP_TYPE_TENSOR_VIEW);
  g_type_ensure (BP_TYPE_FIELD);
  gtk_widget_class_set_template_from_resource (widget_class, "/org/backproplab/BackpropLab/bp-node-inspector.ui");
  gtk_widget_class_bind_template_child (widget_class, BpNodeInspector, title);
  gtk_widget_class_bind_template_child (widget_class, BpNodeInspector, subtitle);
  gtk_widget_class_bind_template_child (widget_class, BpNodeInspector, value);
  gtk_widget_class_bind_template_child (widget_class, BpNodeInspector, value_tensor);
  gtk_widget_class_bind_template_child (widget_class, BpNodeInspector, field);
  gtk_widget_class_bind_template_child (widget_class, BpNodeInspector, gradient);
  gtk_widget_class_bind_template_child (widget_class, BpNodeInspector, gradient_tensor);
  gtk_widget_class_bind_template_child (widget_class, BpNodeInspector, derivatives);
  gtk_widget_class_bind_template_child (widget_class, BpNodeInspector, choose_button);
  gtk_widget_class_bind_template_callback (widget_class, choose_cb);
  gtk_widget_class_bind_template_callback (widget_class, clicked_cb);
  choose_signal = g_signal_new ("choose", BP_TYPE_NODE_INSPECTOR, G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL, G_TYPE_NONE,
                                1, G_TYPE_INT64);
}

static void
bp_node_inspector_init (BpNodeInspector *self)
{
  gtk_widget_init_template (GTK_WIDGET (self));
}

GtkWidget *
bp_node_inspector_new (void)
{
  return g_object_new (BP_TYPE_NODE_INSPECTOR, NULL);
}

/* "min −0.3, mean 0.1, max 1.2" */
static char *
describe_range (const double *values,
                gsize         n)
{
  g_autofree char *least = NULL;
  g_autofree char *mean = NULL;
  g_autofree char *greatest = NULL;
  double           minimum = values[0];
  double           maximum = values[0];
  double           sum = 0;

  for (gsize i = 0; i < n; i++)
    {
      minimum = fmin (minimum, values[i]);
      maximum = fmax (maximum, values[i]);
      sum += values[i];
    }
  least = bp_number_format (minimum);
  mean = bp_number_format (sum / n);
  greatest = bp_number_format (maximum);

  return g_strdup_printf (_("min %s, mean %s, max %s"), least, mean, greatest);
}

static char *
describe_values (const double *values,
                 gsize         n,
                 gboolean      is_hidden)
{
  if (is_hidden)
    return g_strdup (_("predict it first"));
  if (values == NULL)
    return g_strdup (_("not computed yet"));

  return n == 1 ? bp_number_format_digits (values[0], DIGITS) : describe_range (values, n);
}

static void
show_elements (BpTensorView    *tensor,
               const BpShape   *shape,
               const double    *values,
               gssize           element,
               BpColor          hue,
               const BpPalette *palette)
{
  gtk_widget_set_visible (GTK_WIDGET (tensor), values != NULL && bp_shape_get_n_elements (shape) > 1);
  bp_tensor_view_set_palette (tensor, palette);
  bp_tensor_view_set_tensor (tensor, shape, values, hue);
  bp_tensor_view_set_chosen (tensor, element);
}

/* A line for each input that a gradient goes to. */
static char *
describe_derivatives (BpTrainer *trainer,
                      guint      node)
{
  BpGraph *graph = bp_trainer_get_graph (trainer);
  GString *string = g_string_new (NULL);

  for (guint i = 0; i < bp_graph_get_n_inputs (graph, node); i++)
    {
      g_autoptr (BpFormula) derivative = NULL;
      BpFormula *numbers = NULL;
      g_autofree char *text = NULL;

      if (!bp_explain_local_derivative (trainer, node, i, &derivative, &numbers))
        continue;

      if (numbers != NULL)
        bp_formula_continue (derivative, numbers);
      text = bp_formula_to_text (derivative);
      g_string_append_printf (string, "%s%s", string->len > 0 ? "\n" : "", text);
    }

  return g_string_free (string, FALSE);
}

/* What stands for the value: its numbers, or why there are none; @values: (out): those to show. */
static char *
describe_value (BpTrainer     *trainer,
                guint          node,
                gboolean       is_hidden,
                const double **values)
{
  g_autofree char *numbers = NULL;

  *values = bp_trainer_has_value (trainer, node) && !is_hidden
            ? bp_session_get_value (bp_trainer_get_session (trainer), node) : NULL;
  numbers = describe_values (*values, bp_graph_get_n_elements (bp_trainer_get_graph (trainer), node), is_hidden);

  return g_strdup_printf (_("Value: %s"), numbers);
}

static char *
describe_gradient (BpTrainer     *trainer,
                   guint          node,
                   gboolean       is_hidden,
                   const double **values)
{
  BpGraph *graph = bp_trainer_get_graph (trainer);
  g_autofree char *numbers = NULL;

  *values = bp_trainer_has_gradient (trainer, node) && !is_hidden
            ? bp_session_get_gradient (bp_trainer_get_session (trainer), node) : NULL;
  numbers = describe_values (*values, bp_graph_get_n_elements (graph, node), is_hidden);

  return bp_graph_needs_gradient (graph, node)
         ? g_strdup_printf (_("Gradient: %s"), numbers)
         : g_strdup (_("No gradient: it is not on a path from a variable to the loss."));
}

static char *
describe_shape (BpGraph *graph,
                guint    node)
{
  g_autofree char *shape = bp_shape_to_string (bp_graph_get_shape (graph, node));

  /* Translators: the name of an op and a shape: "multiply, shape [2, 3]" */
  return g_strdup_printf (_("%s, shape %s"), bp_op_get_class (bp_graph_get_op (graph, node))->name, shape);
}

char *
bp_node_inspector_describe (BpTrainer *trainer,
                            guint      node,
                            gboolean   hides_value,
                            gboolean   hides_gradient)
{
  BpGraph *graph = bp_trainer_get_graph (trainer);
  g_autofree char *shape = describe_shape (graph, node);
  const double *values;
  g_autofree char *value = describe_value (trainer, node, hides_value, &values);
  g_autofree char *gradient = describe_gradient (trainer, node, hides_gradient, &values);

  return g_strdup_printf ("%s: %s\n%s\n%s", bp_graph_get_name (graph, node), shape, value, gradient);
}

/* Says what pressing it does: goes to the elements, or lets the chosen one go. */
static void
show_button (BpNodeInspector *self,
             BpGraph         *graph,
             guint            node)
{
  const BpShape   *shape = bp_graph_get_shape (graph, node);
  g_autofree char *index = self->element >= 0 ? bp_shape_index_to_string (shape, (gsize) self->element) : NULL;
  g_autofree char *name = g_strconcat (bp_graph_get_name (graph, node), index, NULL);
  /* Translators: an element of a tensor, such as W[0,2], which card and plots show until this is pressed. */
  g_autofree char *leave = g_strdup_printf (_("Leave %s"), name);

  gtk_button_set_label (GTK_BUTTON (self->choose_button), index != NULL ? leave : _("Choose an Element"));
  gtk_widget_set_visible (self->choose_button, gtk_widget_get_visible (GTK_WIDGET (self->value_tensor))
                                               || gtk_widget_get_visible (GTK_WIDGET (self->gradient_tensor)));
}

void
bp_node_inspector_update (BpNodeInspector *self,
                          BpTrainer       *trainer,
                          guint            node,
                          gssize           element,
                          gboolean         hides_value,
                          gboolean         hides_gradient,
                          const BpPalette *palette)
{
  BpGraph         *graph = bp_trainer_get_graph (trainer);
  g_autofree char *subtitle = NULL;
  g_autofree char *derivatives = NULL;
  g_autofree char *value = NULL;
  g_autofree char *gradient = NULL;
  const double    *values;

  g_return_if_fail (BP_IS_NODE_INSPECTOR (self) && node < bp_graph_get_n_nodes (graph));

  subtitle = describe_shape (graph, node);
  derivatives = hides_gradient ? g_strdup ("") : describe_derivatives (trainer, node);

  gtk_label_set_text (self->title, bp_graph_get_name (graph, node));
  gtk_label_set_text (self->subtitle, subtitle);
  self->element = element;
  value = describe_value (trainer, node, hides_value, &values);
  gtk_label_set_text (self->value, value);
  show_elements (self->value_tensor, bp_graph_get_shape (graph, node), values, element, BP_COLOR_VALUE, palette);
  gradient = describe_gradient (trainer, node, hides_gradient, &values);
  gtk_label_set_text (self->gradient, gradient);
  show_elements (self->gradient_tensor, bp_graph_get_shape (graph, node), values, element, BP_COLOR_GRADIENT, palette);
  gtk_label_set_text (self->derivatives, derivatives);
  gtk_widget_set_visible (GTK_WIDGET (self->derivatives), derivatives[0] != '\0');
  show_button (self, graph, node);
}

gboolean
bp_node_inspector_enter (BpNodeInspector *self)
{
  g_return_val_if_fail (BP_IS_NODE_INSPECTOR (self), FALSE);

  return gtk_widget_grab_focus (GTK_WIDGET (self->value_tensor))
         || gtk_widget_grab_focus (GTK_WIDGET (self->gradient_tensor));
}

BpField *
bp_node_inspector_get_field (BpNodeInspector *self)
{
  g_return_val_if_fail (BP_IS_NODE_INSPECTOR (self), NULL);

  return self->field;
}

BpTensorView *
bp_node_inspector_get_elements (BpNodeInspector *self)
{
  g_return_val_if_fail (BP_IS_NODE_INSPECTOR (self), NULL);

  return self->value_tensor;
}
