/* test-graph-nodes.c: nodes of the graph as widgets: what they tell, and that they can be selected
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "graph/bp-graph-view.h"

#include <adwaita.h>
#include <math.h>

#include "experiment/bp-builtin.h"
#include "graph/bp-node-view.h"
#include "tensor/bp-tensor-view.h"
#include "lib/widget-search.h"
#include "base/bp-number.h"
#include "ui/graph/graph-view-fixture.h"

/* What is read out */

static void
test_labels (void)
{
  Fixture fixture = open_window ("regression", 1000, 300);
  GtkWidget *a = get_node (&fixture, "A");

  gtk_test_accessible_assert_role (fixture.view, GTK_ACCESSIBLE_ROLE_GROUP);
  gtk_test_accessible_assert_property (fixture.view, GTK_ACCESSIBLE_PROPERTY_LABEL, "Computation graph");
  gtk_test_accessible_assert_role (a, GTK_ACCESSIBLE_ROLE_BUTTON);
  gtk_test_accessible_assert_property (a, GTK_ACCESSIBLE_PROPERTY_LABEL,
                                       "A, variable, value −0.2649, gradient not computed yet");
  gtk_test_accessible_assert_property (get_node (&fixture, "x_data"), GTK_ACCESSIBLE_PROPERTY_LABEL,
                                       "x_data, placeholder, value not computed yet");
  gtk_test_accessible_assert_property (get_node (&fixture, "loss"), GTK_ACCESSIBLE_PROPERTY_LABEL,
                                       "loss, loss, square, value not computed yet, gradient not computed yet");

  bp_run_step (fixture.run, BP_STEP_ITERATION, 1);
  gtk_test_accessible_assert_property (get_node (&fixture, "y_target"), GTK_ACCESSIBLE_PROPERTY_LABEL,
                                       "y_target, placeholder, value 10");
  gtk_test_accessible_assert_property (a, GTK_ACCESSIBLE_PROPERTY_LABEL,
                                       "A, variable, value 0.1077, gradient −18.63");
  close_window (&fixture);
}

/* Every label of every step is what the node shows, and a fresh picture of the same cursor says the same. */
static void
test_labels_follow (void)
{
  const char *const *names = bp_builtin_get_names ();

  for (guint i = 0; names[i] != NULL; i++)
    {
      Fixture fixture = open_window (names[i], 1000, 300);

      for (guint step = 0; step < 2 * bp_trainer_get_n_instructions (get_trainer (&fixture)); step++)
        {
          g_autoptr (BpGraphDrawing) drawing = bp_graph_drawing_new ();

          bp_graph_drawing_update (drawing, get_trainer (&fixture));
          bp_graph_drawing_set_open (drawing, BP_LAYERS_ALL);
          bp_graph_drawing_update (drawing, get_trainer (&fixture));
          for (guint node = 0; node < bp_graph_drawing_get_n_nodes (drawing); node++)
            {
              g_autofree char *label = bp_node_state_describe (bp_graph_drawing_get_node (drawing, node));

              gtk_test_accessible_assert_property (bp_graph_view_get_node (fixture.view, node),
                                                   GTK_ACCESSIBLE_PROPERTY_LABEL, label);
            }
          bp_run_step (fixture.run, BP_STEP_NODE, 1);
        }
      close_window (&fixture);
    }
}

static void
test_descriptions (void)
{
  char tensor[] = "−1 … 2";
  char name[] = "W";
  char op[] = "variable";
  char shape[] = "[2, 3]";
  char sum[] = "+= 1 of 2";
  char none[] = "–";
  BpNodeState state = { .kind = BP_NODE_VARIABLE, .has_gradient = TRUE, .is_tensor = TRUE, .name = name, .op = op,
                        .shape = shape, .value = tensor, .gradient = tensor, .sum = sum };
  g_autofree char *summed = bp_node_state_describe (&state);
  g_autofree char *aside = NULL, *unnamed = NULL;

  g_assert_cmpstr (summed, ==, "W, variable of shape [2, 3], value −1 … 2, gradient −1 … 2, += 1 of 2");
  state = (BpNodeState){ .kind = BP_NODE_OP, .aside = TRUE, .name = name, .op = op, .value = none };
  aside = bp_node_state_describe (&state);
  g_assert_cmpstr (aside, ==, "W, variable, for evaluation, value not computed yet");
  state.name = op;
  unnamed = bp_node_state_describe (&state);
  g_assert_cmpstr (unnamed, ==, "variable, for evaluation, value not computed yet");
}

static BpExperiment *
create_column (const char *shape)
{
  g_autofree char *text = g_strdup_printf ("[Experiment]\nBatchSize=3\n[Data]\nx=normal(0, 1)\ny=10\n"
                                           "[Variables]\nw=1\n[Model]\np=reshape(x * w, %s)\n"
                                           "loss=reduce_mean(square(p - y))\n", shape);
  BpExperiment *experiment = experiment_from_text (text);

  return experiment;
}

/* What is wrong with a node is said of it, and no longer when it has become one of another model. */
static void
test_warning (void)
{
  g_autoptr (BpExperiment) wrong = create_column ("[-1, 1]");
  g_autoptr (BpExperiment) right = create_column ("[-1]");
  Fixture fixture = open_window ("regression", 1000, 300);
  GtkWidget *node;

  g_assert_true (bp_run_load (fixture.run, wrong, NULL));
  node = get_node (&fixture, "subtract");
  gtk_test_accessible_assert_property (node, GTK_ACCESSIBLE_PROPERTY_DESCRIPTION,
                                       "Two vectors, “p” [batch, 1] and “y” [batch], become a [batch, batch] matrix in "
                                       "“subtract”; expand_dims(y, 1) is probably meant.");
  g_assert_false (gtk_test_accessible_has_property (GTK_ACCESSIBLE (get_node (&fixture, "p")),
                                                    GTK_ACCESSIBLE_PROPERTY_DESCRIPTION));

  g_assert_true (bp_run_load (fixture.run, right, NULL));
  g_assert_true (get_node (&fixture, "subtract") == node);
  g_assert_false (gtk_test_accessible_has_property (GTK_ACCESSIBLE (node), GTK_ACCESSIBLE_PROPERTY_DESCRIPTION));
  close_window (&fixture);
}

/* Selecting */

static void
test_pressing_selects (void)
{
  Fixture    fixture = open_window ("regression", 1000, 300);
  GtkWidget *a = get_node (&fixture, "A");
  GtkWidget *loss = get_node (&fixture, "loss");

  g_assert_cmpuint (bp_run_get_selected_node (fixture.run), ==, BP_NODE_NONE);
  g_assert_true (press_shortcut (a, GDK_KEY_Return, 0));
  g_assert_cmpuint (bp_run_get_selected_node (fixture.run), ==, bp_node_view_get_node (BP_NODE_VIEW (a)));
  g_assert_true (bp_node_view_get_selected (BP_NODE_VIEW (a)));
  gtk_test_accessible_assert_state (a, GTK_ACCESSIBLE_STATE_PRESSED, GTK_ACCESSIBLE_TRISTATE_TRUE);

  g_assert_true (press_shortcut (loss, GDK_KEY_space, 0));
  g_assert_false (bp_node_view_get_selected (BP_NODE_VIEW (a)));
  gtk_test_accessible_assert_state (a, GTK_ACCESSIBLE_STATE_PRESSED, GTK_ACCESSIBLE_TRISTATE_FALSE);
  g_assert_true (bp_node_view_get_selected (BP_NODE_VIEW (loss)));

  g_assert_true (press_shortcut (GTK_WIDGET (fixture.view), GDK_KEY_Escape, 0));
  g_assert_cmpuint (bp_run_get_selected_node (fixture.run), ==, BP_NODE_NONE);
  g_assert_false (bp_node_view_get_selected (BP_NODE_VIEW (loss)));
  g_assert_false (press_shortcut (GTK_WIDGET (fixture.view), GDK_KEY_Escape, 0));

  /* The other way round: who selects elsewhere is followed. */
  bp_run_set_selected_node (fixture.run, bp_node_view_get_node (BP_NODE_VIEW (a)));
  g_assert_true (bp_node_view_get_selected (BP_NODE_VIEW (a)));
  close_window (&fixture);
}

static void
test_focus_order (void)
{
  Fixture    fixture = open_window ("classification", 1000, 300);
  GtkWidget *view = GTK_WIDGET (fixture.view);
  guint      n = bp_graph_get_n_nodes (bp_trainer_get_graph (get_trainer (&fixture)));

  /* A window that opens focuses and selects nothing. */
  g_assert_null (gtk_window_get_focus (GTK_WINDOW (fixture.window)));
  g_assert_cmpuint (bp_run_get_selected_node (fixture.run), ==, BP_NODE_NONE);
  gtk_widget_grab_focus (bp_graph_view_get_node (fixture.view, 0));

  for (guint node = 1; node < n; node++)
    {
      g_assert_true (gtk_widget_child_focus (view, GTK_DIR_TAB_FORWARD));
      g_assert_true (gtk_widget_is_focus (bp_graph_view_get_node (fixture.view, node)));
      g_assert_cmpuint (bp_run_get_selected_node (fixture.run), ==, node);
    }
  g_assert_false (gtk_widget_child_focus (view, GTK_DIR_TAB_FORWARD));

  for (guint node = n - 1; node-- > 0;)
    {
      g_assert_true (gtk_widget_child_focus (view, GTK_DIR_TAB_BACKWARD));
      g_assert_true (gtk_widget_is_focus (bp_graph_view_get_node (fixture.view, node)));
    }
  g_assert_false (gtk_widget_child_focus (view, GTK_DIR_TAB_BACKWARD));

  /* The window steps with these. */
  g_assert_false (gtk_widget_child_focus (view, GTK_DIR_LEFT));
  g_assert_false (gtk_widget_child_focus (view, GTK_DIR_RIGHT));
  g_assert_false (press_shortcut (view, GDK_KEY_Left, 0));
  g_assert_false (press_shortcut (view, GDK_KEY_Right, 0));
  close_window (&fixture);
}

/* Looking closer */

static GtkWidget *
find_label (GtkWidget  *widget,
            const char *text)
{
  GtkWidget *found = NULL;

  if (GTK_IS_LABEL (widget) && g_strcmp0 (gtk_label_get_text (GTK_LABEL (widget)), text) == 0)
    return widget;
  for (GtkWidget *child = gtk_widget_get_first_child (widget); child != NULL && found == NULL;
       child = gtk_widget_get_next_sibling (child))
    found = find_label (child, text);

  return found;
}

static GtkWidget *
find_popover (Fixture *fixture)
{
  GtkWidget *child = gtk_widget_get_first_child (GTK_WIDGET (fixture->view));

  while (child != NULL && !GTK_IS_POPOVER (child))
    child = gtk_widget_get_next_sibling (child);
  g_assert_nonnull (child);

  return child;
}

/* Return selects, shows the numbers, goes to the elements and chooses one; Escape takes back one after the other. */
static void
test_choosing_an_element (void)
{
  Fixture    fixture = open_window ("xor", 1000, 600);
  GtkWidget *w1 = get_node (&fixture, "W1");
  GtkWidget *popover = find_popover (&fixture);
  GtkWidget *view = GTK_WIDGET (fixture.view);
  GtkWidget *tensor = search_widget (popover, BP_TYPE_TENSOR_VIEW, NULL, NULL);
  const guint node = bp_node_view_get_node (BP_NODE_VIEW (w1));

  gtk_widget_grab_focus (w1);
  press_shortcut (w1, GDK_KEY_Return, 0);
  press_shortcut (w1, GDK_KEY_Return, 0);
  g_assert_cmpuint (bp_graph_view_get_inspected (fixture.view), ==, node);
  g_assert_true (gtk_widget_is_focus (w1));
  press_shortcut (w1, GDK_KEY_Return, 0);
  g_assert_true (gtk_widget_is_focus (tensor));
  press_shortcut (tensor, GDK_KEY_Right, 0);
  press_shortcut (tensor, GDK_KEY_Right, 0);
  g_assert_cmpint (bp_run_get_selected_element (fixture.run), ==, BP_ELEMENT_NONE);
  press_shortcut (tensor, GDK_KEY_Return, 0);
  g_assert_cmpuint (bp_run_get_selected_node (fixture.run), ==, node);
  g_assert_cmpint (bp_run_get_selected_element (fixture.run), ==, 2);

  /* The button lets it go, and leads to the elements. */
  gtk_widget_grab_focus (w1);
  g_signal_emit_by_name (search_widget (popover, GTK_TYPE_BUTTON, has_button_label, "Leave W1[0,2]"), "clicked");
  g_assert_cmpint (bp_run_get_selected_element (fixture.run), ==, BP_ELEMENT_NONE);
  g_signal_emit_by_name (search_widget (popover, GTK_TYPE_BUTTON, has_button_label, "Choose an Element"), "clicked");
  g_assert_true (gtk_widget_is_focus (tensor));
  press_shortcut (tensor, GDK_KEY_Return, 0);
  g_assert_cmpint (bp_run_get_selected_element (fixture.run), ==, 2);

  g_assert_true (press_shortcut (view, GDK_KEY_Escape, 0));
  g_assert_cmpuint (bp_graph_view_get_inspected (fixture.view), ==, BP_NODE_NONE);
  g_assert_true (gtk_widget_is_focus (w1));
  g_assert_cmpint (bp_run_get_selected_element (fixture.run), ==, 2);
  g_assert_true (press_shortcut (view, GDK_KEY_Escape, 0));
  g_assert_cmpint (bp_run_get_selected_element (fixture.run), ==, BP_ELEMENT_NONE);
  g_assert_cmpuint (bp_run_get_selected_node (fixture.run), ==, node);
  g_assert_true (press_shortcut (view, GDK_KEY_Escape, 0));
  g_assert_cmpuint (bp_run_get_selected_node (fixture.run), ==, BP_NODE_NONE);

  /* A number has no elements: Return shows and hides it. */
  w1 = get_node (&fixture, "c");
  press_shortcut (w1, GDK_KEY_Return, 0);
  press_shortcut (w1, GDK_KEY_Return, 0);
  g_assert_true (gtk_widget_get_visible (popover));
  press_shortcut (w1, GDK_KEY_Return, 0);
  g_assert_cmpuint (bp_graph_view_get_inspected (fixture.view), ==, BP_NODE_NONE);
  close_window (&fixture);
}

static void
test_inspector (void)
{
  Fixture    fixture = open_window ("regression", 1000, 300);
  GtkWidget *residual = get_node (&fixture, "residual");
  GtkWidget *popover = find_popover (&fixture);
  guint      node = bp_node_view_get_node (BP_NODE_VIEW (residual));
  g_autofree char *number = NULL;
  g_autofree char *gradient = NULL;
  BpSession *session;

  g_assert_false (gtk_widget_get_visible (popover));
  press_shortcut (residual, GDK_KEY_Return, 0);
  g_assert_cmpuint (bp_graph_view_get_inspected (fixture.view), ==, BP_NODE_NONE);
  press_shortcut (residual, GDK_KEY_Return, 0);
  g_assert_cmpuint (bp_graph_view_get_inspected (fixture.view), ==, node);
  g_assert_true (gtk_widget_get_visible (popover));
  g_assert_nonnull (find_label (popover, "residual"));
  g_assert_nonnull (find_label (popover, "subtract, shape [1]"));
  g_assert_nonnull (find_label (popover, "Value: not computed yet"));

  /* It stays open and follows. */
  bp_run_step (fixture.run, BP_STEP_ITERATION, 1);
  g_assert_true (gtk_widget_get_visible (popover));
  session = bp_trainer_get_session (get_trainer (&fixture));
  number = bp_number_format_digits (bp_session_get_gradient (session, node)[0], 10);
  gradient = g_strdup_printf ("Gradient: %s", number);
  g_assert_nonnull (find_label (popover, gradient));
  g_assert_nonnull (find_label (popover, "∂d/∂p = 1"));

  g_assert_true (press_shortcut (GTK_WIDGET (fixture.view), GDK_KEY_Escape, 0));
  g_assert_cmpuint (bp_graph_view_get_inspected (fixture.view), ==, BP_NODE_NONE);
  g_assert_cmpuint (bp_run_get_selected_node (fixture.run), ==, node);

  press_shortcut (get_node (&fixture, "x_data"), GDK_KEY_Menu, 0);
  g_assert_cmpuint (bp_graph_view_get_inspected (fixture.view), ==, 0);
  g_assert_nonnull (find_label (popover, "No gradient: it is not on a path from a variable to the loss."));
  close_window (&fixture);
}

static void
test_inspector_of_tensor (void)
{
  Fixture    fixture = open_window ("xor", 1000, 300);
  GtkWidget *popover = find_popover (&fixture);

  bp_run_step (fixture.run, BP_STEP_ITERATION, 1);
  gtk_widget_activate_action (get_node (&fixture, "W1"), "node.inspect", NULL);
  gtk_test_widget_wait_for_draw (fixture.window);
  g_assert_nonnull (find_label (popover, "variable, shape [1, 3]"));
  close_window (&fixture);
}

/* Life and death */

/* What is open about a node that is zoomed out of sight stays with the view: there is no monitor beyond the display. */
static void
test_inspector_of_far_node (void)
{
  Fixture fixture = open_window ("xor", 1000, 300);
  guint n_nodes = bp_graph_get_n_nodes (bp_trainer_get_graph (get_trainer (&fixture)));
  const int ends[] = { 0, (int) n_nodes - 1 };
  GtkWidget *popover = find_popover (&fixture);

  for (guint end = 0; end < G_N_ELEMENTS (ends); end++)
    {
      bp_graph_view_inspect (fixture.view, (guint) ends[end]);
      for (guint i = 0; i < 20; i++)
        {
          GdkRectangle rectangle;

          gtk_widget_activate_action (GTK_WIDGET (fixture.view), "graph.zoom-in", NULL);
          gtk_test_widget_wait_for_draw (fixture.window);
          g_assert_true (gtk_popover_get_pointing_to (GTK_POPOVER (popover), &rectangle));
          g_assert_cmpint (rectangle.x, >=, 0);
          g_assert_cmpint (rectangle.y, >=, 0);
          g_assert_cmpint (rectangle.x + rectangle.width, <=, gtk_widget_get_width (GTK_WIDGET (fixture.view)));
          g_assert_cmpint (rectangle.y + rectangle.height, <=, gtk_widget_get_height (GTK_WIDGET (fixture.view)));
        }
    }
  close_window (&fixture);
}

/* As many nodes, but others: what is open about one of them says nothing about what has its number now. */
static void
test_other_nodes (void)
{
  Fixture fixture = open_window ("regression", 1000, 300);

  load_text (fixture.run, "[Variables]\nA=1\n[Model]\nloss=square(A)\n");
  press_shortcut (get_node (&fixture, "A"), GDK_KEY_Menu, 0);
  g_assert_cmpuint (bp_graph_view_get_inspected (fixture.view), ==, 0);

  load_text (fixture.run, "[Variables]\nA=2\n[Model]\nloss=exp(A)\n");
  g_assert_cmpuint (bp_graph_view_get_inspected (fixture.view), ==, 0);
  load_text (fixture.run, "[Variables]\nB=1\n[Model]\nloss=square(B)\n");
  g_assert_cmpuint (bp_graph_view_get_inspected (fixture.view), ==, BP_NODE_NONE);
  gtk_test_widget_wait_for_draw (fixture.window);
  check_allocations (&fixture, FALSE);
  close_window (&fixture);
}

/* The rows of the elements that are found in the matrix of @node. */
static void
find_rows (BpGraphDrawing *drawing,
           guint           node,
           gssize         *first,
           gssize         *last)
{
  const cairo_rectangle_t *box = bp_graph_layout_get_node (bp_graph_drawing_get_layout (drawing), node);

  *first = G_MAXSSIZE;
  *last = -1;
  for (double y = box->y; y < box->y + box->height; y++)
    {
      const gssize element = bp_graph_drawing_find_element (drawing, node, box->x + box->width / 2, y);

      if (element < 0)
        continue;
      *first = MIN (*first, element / 2);
      *last = MAX (*last, element / 2);
    }
}

/* Where few rows of a matrix are shown, the chosen one is among them, and the pointer finds those. */
static void
test_rows (void)
{
  g_autoptr (BpTrainer) trainer = trainer_from_builtin ("circles");
  g_autoptr (BpGraphDrawing) drawing = bp_graph_drawing_new ();
  guint inputs = bp_graph_find (bp_trainer_get_graph (trainer), "inputs");
  gssize first, last;

  bp_graph_drawing_update (drawing, trainer);
  bp_graph_drawing_get_layout (drawing);
  find_rows (drawing, inputs, &first, &last);
  g_assert_cmpint (first, ==, 0);
  g_assert_cmpint (last, ==, 11);
  bp_graph_drawing_set_detail (drawing, BP_DETAIL_LOW);
  bp_graph_drawing_get_layout (drawing);
  find_rows (drawing, inputs, &first, &last);
  g_assert_cmpint (first, ==, 0);
  g_assert_cmpint (last, ==, 4);
  bp_graph_drawing_set_element (drawing, inputs, 2 * 9 + 1);
  bp_graph_drawing_update (drawing, trainer);
  find_rows (drawing, inputs, &first, &last);
  g_assert_cmpint (first, ==, 5);
  g_assert_cmpint (last, ==, 9);
}

int
main (int    argc,
      char **argv)
{
  gtk_test_init (&argc, &argv, NULL);
  adw_init ();

  g_test_add_func ("/graph-nodes/labels", test_labels);
  g_test_add_func ("/graph-nodes/labels-follow", test_labels_follow);
  g_test_add_func ("/graph-nodes/descriptions", test_descriptions);
  g_test_add_func ("/graph-nodes/warning", test_warning);
  g_test_add_func ("/graph-nodes/pressing-selects", test_pressing_selects);
  g_test_add_func ("/graph-nodes/focus-order", test_focus_order);
  g_test_add_func ("/graph-nodes/choosing-an-element", test_choosing_an_element);
  g_test_add_func ("/graph-nodes/inspector", test_inspector);
  g_test_add_func ("/graph-nodes/other-nodes", test_other_nodes);
  g_test_add_func ("/graph-nodes/inspector-of-far-node", test_inspector_of_far_node);
  g_test_add_func ("/graph-nodes/inspector-of-tensor", test_inspector_of_tensor);
  g_test_add_func ("/graph-nodes/rows", test_rows);

  return g_test_run ();
}
