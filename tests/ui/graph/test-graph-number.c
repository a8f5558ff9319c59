/* test-graph-number.c: numbers of the graph are dragged, changed by keys and typed
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include <adwaita.h>
#include <math.h>

#include "base/bp-number.h"
#include "graph/bp-node-view.h"
#include "tensor/bp-tensor-view.h"
#include "ui/graph/graph-view-fixture.h"

#define AFTER_FORWARD 4

static gpointer
find_controller (GtkWidget *widget,
                 GType      type)
{
  g_autoptr (GListModel) controllers = gtk_widget_observe_controllers (widget);

  for (guint i = 0; i < g_list_model_get_n_items (controllers); i++)
    {
      g_autoptr (GObject) controller = g_list_model_get_item (controllers, i);

      if (G_TYPE_CHECK_INSTANCE_TYPE (controller, type))
        return controller;
    }

  g_return_val_if_reached (NULL);
}

/* Drags from there, first by as much as is no click. */
static void
drag (GtkWidget *widget,
      double     x,
      double     y,
      double     dy)
{
  gpointer gesture = find_controller (widget, GTK_TYPE_GESTURE_DRAG);
  const double first = dy < 0 ? -20 : 20;

  g_signal_emit_by_name (gesture, "drag-begin", x, y);
  g_signal_emit_by_name (gesture, "drag-update", 0.0, first);
  g_signal_emit_by_name (gesture, "drag-update", 0.0, first + dy / 2);
  g_signal_emit_by_name (gesture, "drag-update", 0.0, first + dy);
  g_signal_emit_by_name (gesture, "drag-end", 0.0, first + dy);
}

static double
get_value (Fixture    *fixture,
           const char *name,
           gsize       element)
{
  const guint node = bp_graph_find (bp_trainer_get_graph (get_trainer (fixture)), name);

  return bp_session_get_value (bp_trainer_get_session (get_trainer (fixture)), node)[element];
}

static void
message_cb (G_GNUC_UNUSED BpRun *run,
            const char          *text,
            char               **place)
{
  g_free (*place);
  *place = g_strdup (text);
}

/* Up is more. What comes of it is seen meanwhile, and all of it is one undo. */
static void
test_drag (void)
{
  Fixture fixture = open_window ("regression", 1000, 300);
  g_autofree char *message = NULL;
  const double start = get_value (&fixture, "A", 0);
  double a, x;

  g_signal_connect (fixture.run, "message", G_CALLBACK (message_cb), &message);
  bp_run_seek (fixture.run, (BpCursor) { 0, AFTER_FORWARD });
  x = get_value (&fixture, "x_data", 0);
  drag (get_node (&fixture, "A"), 10, 10, -40);
  a = get_value (&fixture, "A", 0);
  /* Ten steps of 0.1, each of four pixels, and to a hundredth. */
  g_assert_cmpfloat (fabs (a - (start + 1)), <, 0.006);
  g_assert_cmpfloat (fabs (a * 100 - rint (a * 100)), <, 1e-9);
  g_assert_cmpfloat (get_value (&fixture, "my_output", 0), ==, x * a);
  assert_cursor (fixture.run, 0, AFTER_FORWARD);
  g_assert_cmpstr (message, ==, "A starts at 0.74 now; Ctrl+Z takes it back.");
  bp_run_undo (fixture.run);
  g_assert_cmpfloat (get_value (&fixture, "A", 0), ==, start);
  g_assert_false (bp_run_get_can_undo (fixture.run));

  drag (get_node (&fixture, "x_data"), 10, 10, 40);
  g_assert_cmpfloat (fabs (get_value (&fixture, "x_data", 0) - (x - 1)), <, 0.006);
  g_assert_nonnull (bp_run_get_batch (fixture.run));
  g_assert_true (g_str_has_prefix (message, "x_data is fed as −0."));
  close_window (&fixture);
}

/* What hardly moves is a click, and what is computed is not dragged. */
static void
test_no_drag (void)
{
  Fixture fixture = open_window ("regression", 1000, 300);
  g_autofree char *message = NULL;
  gpointer gesture = find_controller (get_node (&fixture, "A"), GTK_TYPE_GESTURE_DRAG);

  g_signal_connect (fixture.run, "message", G_CALLBACK (message_cb), &message);
  g_signal_emit_by_name (gesture, "drag-begin", 10.0, 10.0);
  g_signal_emit_by_name (gesture, "drag-update", 40.0, 2.0);
  g_signal_emit_by_name (gesture, "drag-end", 40.0, 2.0);
  g_assert_null (message);
  drag (get_node (&fixture, "loss"), 10, 10, 30);
  g_assert_cmpstr (message, ==, "“loss” is computed; variables and what is fed are changed by hand");
  drag (get_node (&fixture, "x_data"), 10, 10, 30);
  g_assert_cmpstr (message, ==, "“x_data” is not fed yet; the first step of an iteration feeds it");

  /* Another change ends a drag. */
  g_signal_emit_by_name (gesture, "drag-begin", 10.0, 10.0);
  g_signal_emit_by_name (gesture, "drag-update", 0.0, 20.0);
  g_signal_emit_by_name (gesture, "drag-update", 0.0, 60.0);
  bp_run_undo (fixture.run);
  g_signal_emit_by_name (gesture, "drag-update", 0.0, 80.0);
  g_assert_cmpstr (message, ==, "the run has changed meanwhile");
  g_signal_emit_by_name (gesture, "drag-end", 0.0, 80.0);
  g_assert_false (bp_run_get_can_undo (fixture.run));
  close_window (&fixture);
}

/* Letting go shows the numbers only where the press was of a selected node. */
static void
test_click (void)
{
  Fixture fixture = open_window ("regression", 1000, 300);
  GtkWidget *a = get_node (&fixture, "A");
  guint *n_inspected = watch (a, "inspect");
  gpointer click = find_controller (a, GTK_TYPE_GESTURE_CLICK);

  bp_run_set_selected_node (fixture.run, bp_node_view_get_node (BP_NODE_VIEW (a)));
  g_signal_emit_by_name (click, "released", 1, 0.0, 0.0);
  g_assert_cmpuint (*n_inspected, ==, 0);
  close_window (&fixture);
}

/* Keys go by a round step. Presses that follow each other are one undo. */
static void
test_keys (void)
{
  Fixture fixture = open_window ("regression", 1000, 300);
  GtkWidget *view = GTK_WIDGET (fixture.view);
  const GdkModifierType modifiers = GDK_ALT_MASK | GDK_SHIFT_MASK;
  const double start = get_value (&fixture, "A", 0);

  g_assert_false (press_shortcut (view, GDK_KEY_Up, modifiers));
  bp_run_set_selected_node (fixture.run, bp_graph_find (bp_trainer_get_graph (get_trainer (&fixture)), "A"));
  g_assert_true (press_shortcut (view, GDK_KEY_Up, modifiers));
  g_assert_cmpfloat (get_value (&fixture, "A", 0), ==, -0.16);
  g_assert_true (press_shortcut (view, GDK_KEY_KP_Down, modifiers));
  g_assert_true (press_shortcut (view, GDK_KEY_Down, modifiers));
  g_assert_cmpfloat (get_value (&fixture, "A", 0), ==, -0.36);
  bp_run_undo (fixture.run);
  g_assert_cmpfloat (get_value (&fixture, "A", 0), ==, start);
  g_assert_false (bp_run_get_can_undo (fixture.run));
  close_window (&fixture);
}

static BpField *
get_field (GtkWidget *view)
{
  return BP_FIELD (search_widget (view, BP_TYPE_FIELD, NULL, NULL));
}

/* The popover of a node has its number, to be typed. */
static void
test_field (void)
{
  Fixture fixture = open_window ("classification", 1000, 300);
  GtkWidget *view = GTK_WIDGET (fixture.view);
  BpGraph *graph = bp_trainer_get_graph (get_trainer (&fixture));
  g_autofree char *start = bp_number_to_shortest (get_value (&fixture, "A", 0));

  bp_graph_view_inspect (fixture.view, bp_graph_find (graph, "A"));
  g_assert_true (gtk_widget_get_visible (GTK_WIDGET (get_field (view))));
  g_assert_cmpstr (bp_field_get_title (get_field (view)), ==, "Starts at");
  g_assert_cmpstr (bp_field_get_text (get_field (view)), ==, start);
  type_text (get_field (view), "2.5");
  g_assert_cmpfloat (get_value (&fixture, "A", 0), ==, 2.5);
  type_text (get_field (view), "much");
  g_assert_true (bp_field_get_refused (get_field (view)));
  g_signal_emit_by_name (get_field (view), "step", -1);
  g_assert_cmpfloat (get_value (&fixture, "A", 0), ==, 2.3);
  g_assert_cmpstr (bp_field_get_text (get_field (view)), ==, "2.3");

  graph = bp_trainer_get_graph (get_trainer (&fixture));
  bp_graph_view_inspect (fixture.view, bp_graph_find (graph, "y_target"));
  g_assert_false (gtk_widget_get_visible (GTK_WIDGET (get_field (view))));
  bp_run_seek (fixture.run, (BpCursor) { 0, 1 });
  g_assert_true (gtk_widget_get_visible (GTK_WIDGET (get_field (view))));
  g_assert_cmpstr (bp_field_get_title (get_field (view)), ==, "Fed as");
  type_text (get_field (view), "2");
  g_assert_cmpstr (bp_field_get_message (get_field (view)), ==,
                   "“y_target” is 2, and labels of a sigmoid cross entropy are from 0 to 1. It stays 1.");
  type_text (get_field (view), "0");
  g_assert_cmpfloat (get_value (&fixture, "y_target", 0), ==, 0);
  bp_graph_view_inspect (fixture.view, bp_graph_find (bp_trainer_get_graph (get_trainer (&fixture)), "my_output"));
  g_assert_false (gtk_widget_get_visible (GTK_WIDGET (get_field (view))));
  close_window (&fixture);
}

static gboolean
has_size (gpointer widget)
{
  return gtk_widget_get_width (widget) > 0;
}

typedef gssize (*ElementAt) (gpointer widget,
                             double   x,
                             double   y);

/* Where in the widget the cell of @element is. */
static void
find_cell (GtkWidget *widget,
           ElementAt  get_element,
           gssize     element,
           double    *x,
           double    *y)
{
  for (*y = 1; *y < gtk_widget_get_height (widget); *y += 2)
    for (*x = 1; *x < gtk_widget_get_width (widget); *x += 2)
      if (get_element (widget, *x, *y) == element)
        return;
  g_assert_not_reached ();
}

/* Of several numbers it is the one whose cell is dragged, in the popover or in the node. */
static void
test_cells (void)
{
  Fixture fixture = open_window ("xor", 1200, 700);
  GtkWidget *view = GTK_WIDGET (fixture.view);
  const guint node = bp_graph_find (bp_trainer_get_graph (get_trainer (&fixture)), "W1");
  GtkWidget *tensor, *picture = bp_graph_view_get_node (fixture.view, node);
  const double first = get_value (&fixture, "W1", 0), second = get_value (&fixture, "W1", 1);
  double x, y;

  bp_graph_view_inspect (fixture.view, node);
  tensor = search_widget (view, BP_TYPE_TENSOR_VIEW, NULL, NULL);
  wait_until (has_size, tensor);
  find_cell (tensor, (ElementAt) bp_tensor_view_get_element, 1, &x, &y);
  drag (tensor, x, y, -40);
  g_assert_cmpfloat (get_value (&fixture, "W1", 1), >, second);
  g_assert_cmpfloat (get_value (&fixture, "W1", 0), ==, first);
  g_assert_cmpint (bp_run_get_selected_element (fixture.run), ==, 1);

  find_cell (picture, (ElementAt) bp_node_view_get_element, 0, &x, &y);
  drag (picture, x, y, 40);
  g_assert_cmpfloat (get_value (&fixture, "W1", 0), <, first);
  close_window (&fixture);
}

int
main (int    argc,
      char **argv)
{
  gtk_test_init (&argc, &argv, NULL);
  adw_init ();
  g_test_add_func ("/graph-number/drag", test_drag);
  g_test_add_func ("/graph-number/no-drag", test_no_drag);
  g_test_add_func ("/graph-number/click", test_click);
  g_test_add_func ("/graph-number/keys", test_keys);
  g_test_add_func ("/graph-number/field", test_field);
  g_test_add_func ("/graph-number/cells", test_cells);

  return g_test_run ();
}
