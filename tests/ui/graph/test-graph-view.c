/* test-graph-view.c: nodes that can be focused, pressed and read out; zoom; and nothing drawn that did not change
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "lib/heavy-experiments.h"
#include "graph/bp-graph-view.h"

#include <adwaita.h>
#include <math.h>

#include "experiment/bp-builtin.h"
#include "graph/bp-node-view.h"
#include "lib/widget-search.h"
#include "base/bp-number.h"

typedef struct {
  BpRun       *run;
  GtkWidget   *window;
  BpGraphView *view;
} Fixture;

static BpExperiment *
load (const char *name)
{
  g_autoptr (GError) error = NULL;
  BpExperiment *experiment = bp_builtin_load (name, &error);

  g_assert_no_error (error);

  return experiment;
}

static Fixture
open_window (const char *name,
             int         width,
             int         height)
{
  g_autoptr (BpExperiment) experiment = load (name);
  Fixture fixture = { .run = bp_run_new (experiment), .window = gtk_window_new () };

  fixture.view = BP_GRAPH_VIEW (bp_graph_view_new ());
  gtk_window_set_decorated (GTK_WINDOW (fixture.window), FALSE);
  gtk_window_set_default_size (GTK_WINDOW (fixture.window), width, height);
  gtk_window_set_child (GTK_WINDOW (fixture.window), GTK_WIDGET (fixture.view));
  g_object_set (fixture.view, "run", fixture.run, NULL);
  gtk_window_present (GTK_WINDOW (fixture.window));
  gtk_test_widget_wait_for_draw (fixture.window);

  return fixture;
}

static void
close_window (Fixture *fixture)
{
  gtk_window_destroy (GTK_WINDOW (fixture->window));
  g_assert_finalize_object (fixture->run);
}

static BpTrainer *
get_trainer (Fixture *fixture)
{
  return bp_run_get_trainer (fixture->run);
}

static GtkWidget *
get_node (Fixture    *fixture,
          const char *name)
{
  GtkWidget *node = bp_graph_view_get_node (fixture->view,
                                            bp_graph_find (bp_trainer_get_graph (get_trainer (fixture)), name));

  g_assert_nonnull (node);

  return node;
}

static gboolean
is_triggered (GtkShortcutTrigger *trigger,
              guint               keyval,
              GdkModifierType     modifiers)
{
  if (GTK_IS_ALTERNATIVE_TRIGGER (trigger))
    return is_triggered (gtk_alternative_trigger_get_first (GTK_ALTERNATIVE_TRIGGER (trigger)), keyval, modifiers)
           || is_triggered (gtk_alternative_trigger_get_second (GTK_ALTERNATIVE_TRIGGER (trigger)), keyval, modifiers);

  return GTK_IS_KEYVAL_TRIGGER (trigger)
         && gtk_keyval_trigger_get_keyval (GTK_KEYVAL_TRIGGER (trigger)) == keyval
         && gtk_keyval_trigger_get_modifiers (GTK_KEYVAL_TRIGGER (trigger)) == modifiers;
}

/* Activates the widget's binding of a key, as the keyboard does. Returns: whether it was handled */
static gboolean
press (GtkWidget      *widget,
       guint           keyval,
       GdkModifierType modifiers)
{
  g_autoptr (GListModel) controllers = gtk_widget_observe_controllers (widget);

  for (guint i = 0; i < g_list_model_get_n_items (controllers); i++)
    {
      g_autoptr (GtkEventController) controller = g_list_model_get_item (controllers, i);

      if (!GTK_IS_SHORTCUT_CONTROLLER (controller))
        continue;
      for (guint j = 0; j < g_list_model_get_n_items (G_LIST_MODEL (controller)); j++)
        {
          g_autoptr (GtkShortcut) shortcut = g_list_model_get_item (G_LIST_MODEL (controller), j);

          if (is_triggered (gtk_shortcut_get_trigger (shortcut), keyval, modifiers))
            return gtk_shortcut_action_activate (gtk_shortcut_get_action (shortcut), 0, widget,
                                                 gtk_shortcut_get_arguments (shortcut));
        }
    }

  return FALSE;
}

static guint *
watch (gpointer    object,
       const char *signal)
{
  guint *count = g_new0 (guint, 1);

  g_signal_connect_data (object, signal, G_CALLBACK (count_cb), count, (GClosureNotify) (GCallback) g_free,
                         G_CONNECT_SWAPPED);

  return count;
}

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
  g_autofree char *aside = NULL;

  g_assert_cmpstr (summed, ==, "W, variable of shape [2, 3], value −1 … 2, gradient −1 … 2, += 1 of 2");
  state = (BpNodeState){ .kind = BP_NODE_OP, .aside = TRUE, .name = name, .op = op, .value = none };
  aside = bp_node_state_describe (&state);
  g_assert_cmpstr (aside, ==, "W, variable, for evaluation, value not computed yet");
}

static BpExperiment *
create_column (const char *shape)
{
  g_autoptr (GError) error = NULL;
  g_autofree char *text = g_strdup_printf ("[Experiment]\nBatchSize=3\n[Data]\nx=normal(0, 1)\ny=10\n"
                                           "[Variables]\nw=1\n[Model]\np=reshape(x * w, %s)\n"
                                           "loss=reduce_mean(square(p - y))\n", shape);
  BpExperiment *experiment = bp_experiment_new_from_data (text, -1, "column", NULL, &error);

  g_assert_no_error (error);

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
  guint     *n_notified = watch (a, "notify::selected");

  g_assert_cmpuint (bp_run_get_selected_node (fixture.run), ==, BP_NODE_NONE);
  g_assert_true (press (a, GDK_KEY_Return, 0));
  g_assert_cmpuint (bp_run_get_selected_node (fixture.run), ==, bp_node_view_get_node (BP_NODE_VIEW (a)));
  g_assert_true (bp_node_view_get_selected (BP_NODE_VIEW (a)));
  gtk_test_accessible_assert_state (a, GTK_ACCESSIBLE_STATE_PRESSED, GTK_ACCESSIBLE_TRISTATE_TRUE);
  g_assert_cmpuint (*n_notified, ==, 1);

  g_assert_true (press (loss, GDK_KEY_space, 0));
  g_assert_false (bp_node_view_get_selected (BP_NODE_VIEW (a)));
  gtk_test_accessible_assert_state (a, GTK_ACCESSIBLE_STATE_PRESSED, GTK_ACCESSIBLE_TRISTATE_FALSE);
  g_assert_true (bp_node_view_get_selected (BP_NODE_VIEW (loss)));
  g_assert_cmpuint (*n_notified, ==, 2);

  g_assert_true (press (GTK_WIDGET (fixture.view), GDK_KEY_Escape, 0));
  g_assert_cmpuint (bp_run_get_selected_node (fixture.run), ==, BP_NODE_NONE);
  g_assert_false (bp_node_view_get_selected (BP_NODE_VIEW (loss)));
  g_assert_false (press (GTK_WIDGET (fixture.view), GDK_KEY_Escape, 0));

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
  g_assert_false (press (view, GDK_KEY_Left, 0));
  g_assert_false (press (view, GDK_KEY_Right, 0));
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
  press (residual, GDK_KEY_Return, 0);
  g_assert_cmpuint (bp_graph_view_get_inspected (fixture.view), ==, BP_NODE_NONE);
  press (residual, GDK_KEY_Return, 0);
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

  g_assert_true (press (GTK_WIDGET (fixture.view), GDK_KEY_Escape, 0));
  g_assert_cmpuint (bp_graph_view_get_inspected (fixture.view), ==, BP_NODE_NONE);
  g_assert_cmpuint (bp_run_get_selected_node (fixture.run), ==, node);

  press (get_node (&fixture, "x_data"), GDK_KEY_Menu, 0);
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
  press (get_node (&fixture, "W1"), GDK_KEY_Menu, 0);
  gtk_test_widget_wait_for_draw (fixture.window);
  g_assert_nonnull (find_label (popover, "variable, shape [1, 3]"));
  close_window (&fixture);
}

/* Size and place */

static void
check_allocations (Fixture *fixture,
                   gboolean inside)
{
  double    zoom = bp_graph_view_get_zoom (fixture->view);
  GtkWidget *view = GTK_WIDGET (fixture->view);
  guint     n = bp_graph_get_n_nodes (bp_trainer_get_graph (get_trainer (fixture)));
  graphene_rect_t bounds[64];

  g_assert_cmpuint (n, <=, G_N_ELEMENTS (bounds));
  for (guint node = 0; node < n; node++)
    {
      g_assert_true (gtk_widget_compute_bounds (bp_graph_view_get_node (fixture->view, node), view, &bounds[node]));
      g_assert_cmpfloat (bounds[node].size.height, >, 40 * zoom);
      if (inside)
        {
          g_assert_cmpfloat (bounds[node].origin.x, >=, 0);
          g_assert_cmpfloat (bounds[node].origin.y, >=, 0);
          g_assert_cmpfloat (bounds[node].origin.x + bounds[node].size.width, <=, gtk_widget_get_width (view));
          g_assert_cmpfloat (bounds[node].origin.y + bounds[node].size.height, <=, gtk_widget_get_height (view));
        }
      for (guint other = 0; other < node; other++)
        g_assert_false (graphene_rect_intersection (&bounds[node], &bounds[other], NULL));
    }
}

static void
test_fits (void)
{
  static const struct
  {
    int    width;
    int    height;
    double least_zoom;
  } sizes[] = { { 1080, 300, 0.95 }, { 860, 250, 0.87 }, { 1600, 460, 1.2 } };
  const char *names[] = { "regression", "classification" };

  for (guint i = 0; i < G_N_ELEMENTS (sizes); i++)
    for (guint j = 0; j < G_N_ELEMENTS (names); j++)
      {
        Fixture fixture = open_window (names[j], sizes[i].width, sizes[i].height);

        g_test_message ("%s in %d × %d: %.2f", names[j], sizes[i].width, sizes[i].height,
                        bp_graph_view_get_zoom (fixture.view));
        check_allocations (&fixture, TRUE);
        g_assert_cmpfloat (bp_graph_view_get_zoom (fixture.view), >=, sizes[i].least_zoom);
        close_window (&fixture);
      }
}

/* The size of the smallest text that is drawn. */
static double
get_least_text (Fixture *fixture)
{
  PangoContext *context = gtk_widget_get_pango_context (GTK_WIDGET (fixture->view));
  const PangoFontDescription *font = pango_context_get_font_description (context);
  double size = pango_font_description_get_size (font) / (double) PANGO_SCALE;

  if (!pango_font_description_get_size_is_absolute (font))
    size *= pango_cairo_context_get_resolution (context) / 72;

  return 0.9 * size * BP_LEAST_TEXT * bp_graph_view_get_zoom (fixture->view);
}

/* What would be too small to read is shown in part, until all of it is asked for. */
static void
test_readable (void)
{
  static const int sizes[][2] = { { 400, 150 }, { 740, 220 }, { 1080, 300 } };
  const char *const *names = bp_builtin_get_names ();

  for (guint i = 0; names[i] != NULL; i++)
    for (guint j = 0; j < G_N_ELEMENTS (sizes); j++)
      {
        Fixture fixture = open_window (names[i], sizes[j][0], sizes[j][1]);

        g_assert_cmpfloat (get_least_text (&fixture), >=, 10.99);
        check_allocations (&fixture, FALSE);
        press (GTK_WIDGET (fixture.view), GDK_KEY_0, GDK_CONTROL_MASK);
        gtk_test_widget_wait_for_draw (fixture.window);
        check_allocations (&fixture, TRUE);
        close_window (&fixture);
      }
}

/* Buttons of zooming stand elsewhere, where they cover nothing. */
static void
test_actions (void)
{
  Fixture fixture = open_window ("regression", 1080, 300);
  GActionGroup *actions = bp_graph_view_get_actions (fixture.view);
  double zoom = bp_graph_view_get_zoom (fixture.view);

  g_assert_false (g_action_group_get_action_enabled (actions, "zoom-fit"));
  g_action_group_activate_action (actions, "zoom-in", NULL);
  g_assert_cmpfloat (bp_graph_view_get_zoom (fixture.view), >, zoom);
  g_assert_true (g_action_group_get_action_enabled (actions, "zoom-fit"));
  close_window (&fixture);
}

static graphene_rect_t
get_bounds (Fixture *fixture,
            guint    node)
{
  graphene_rect_t bounds;

  g_assert_true (gtk_widget_compute_bounds (bp_graph_view_get_node (fixture->view, node), GTK_WIDGET (fixture->view),
                                            &bounds));

  return bounds;
}

/* Whether what the step computes and all that it goes to fit into the view together, as @bounds. */
static gboolean
get_step (Fixture         *fixture,
          graphene_rect_t *bounds)
{
  BpGraph *graph = bp_trainer_get_graph (get_trainer (fixture));
  const BpInstruction *last = bp_trainer_get_last_instruction (get_trainer (fixture));

  *bounds = get_bounds (fixture, last->node);
  for (guint node = 0; node < bp_graph_get_n_nodes (graph); node++)
    for (guint i = 0; i < bp_graph_get_n_inputs (graph, node); i++)
      {
        guint input = bp_graph_get_input (graph, node, i);
        graphene_rect_t other = get_bounds (fixture, last->phase == BP_PHASE_BACKWARD ? input : node);

        if (last->phase == BP_PHASE_BACKWARD
            ? node == last->node && bp_graph_layout_is_differentiated (graph, node, i) : input == last->node)
          graphene_rect_union (bounds, &other, bounds);
      }

  return bounds->size.width <= gtk_widget_get_width (GTK_WIDGET (fixture->view))
         && bounds->size.height <= gtk_widget_get_height (GTK_WIDGET (fixture->view));
}

/* A graph that is larger than the view moves so that the step can be seen and where it goes to; and stands still while
 * a node is clicked. */
static void
test_follows (void)
{
  Fixture fixture = open_window ("xor", 760, 220);
  BpTrainer *trainer = get_trainer (&fixture);
  guint n_seen = 0;

  check_allocations (&fixture, FALSE);
  for (guint i = 0; i < 2 * bp_trainer_get_n_instructions (trainer); i++)
    {
      const BpInstruction *last;
      graphene_rect_t bounds, view, before, after;

      g_assert_true (bp_run_step (fixture.run, BP_STEP_NODE, 1));
      gtk_test_widget_wait_for_draw (fixture.window);
      last = bp_trainer_get_last_instruction (trainer);
      if (last->phase == BP_PHASE_FEED)
        continue;
      if (!get_step (&fixture, &bounds))
        bounds = get_bounds (&fixture, last->node);
      else
        n_seen++;
      graphene_rect_init (&view, -1, -1, gtk_widget_get_width (GTK_WIDGET (fixture.view)) + 2,
                          gtk_widget_get_height (GTK_WIDGET (fixture.view)) + 2);
      g_assert_true (graphene_rect_contains_rect (&view, &bounds));

      before = get_bounds (&fixture, last->node);
      bp_run_set_selected_node (fixture.run, i % bp_graph_get_n_nodes (bp_trainer_get_graph (trainer)));
      gtk_test_widget_wait_for_draw (fixture.window);
      after = get_bounds (&fixture, last->node);
      g_assert_true (graphene_rect_equal (&before, &after));
      bp_run_set_selected_node (fixture.run, BP_NODE_NONE);
    }
  g_assert_cmpuint (n_seen, >, 20);
  close_window (&fixture);
}

static void
test_zoom (void)
{
  Fixture    fixture = open_window ("regression", 800, 300);
  GtkWidget *view = GTK_WIDGET (fixture.view);
  double     fitted = bp_graph_view_get_zoom (fixture.view);
  guint     *n_notified = watch (view, "notify::zoom");
  double     last = fitted;

  g_assert_true (press (view, GDK_KEY_plus, GDK_CONTROL_MASK));
  g_assert_cmpfloat_with_epsilon (bp_graph_view_get_zoom (fixture.view), 1.2 * fitted, 1e-9);
  g_assert_cmpuint (*n_notified, ==, 1);
  gtk_test_widget_wait_for_draw (fixture.window);
  check_allocations (&fixture, FALSE);

  for (guint i = 0; i < 30; i++)
    {
      gtk_widget_activate_action (view, "graph.zoom-in", NULL);
      g_assert_cmpfloat (bp_graph_view_get_zoom (fixture.view), >=, last);
      last = bp_graph_view_get_zoom (fixture.view);
    }
  g_assert_cmpfloat (last, ==, 4);
  *n_notified = 0;
  gtk_widget_activate_action (view, "graph.zoom-in", NULL);
  g_assert_cmpuint (*n_notified, ==, 0);

  g_assert_true (press (view, GDK_KEY_0, GDK_CONTROL_MASK));
  gtk_test_widget_wait_for_draw (fixture.window);
  g_assert_cmpfloat (bp_graph_view_get_zoom (fixture.view), ==, fitted);
  check_allocations (&fixture, TRUE);
  g_assert_true (press (view, GDK_KEY_minus, GDK_CONTROL_MASK));
  g_assert_cmpfloat_with_epsilon (bp_graph_view_get_zoom (fixture.view), fitted / 1.2, 1e-9);
  close_window (&fixture);
}

/* While the graph is larger than the view, the node that was computed last is in it. */
static void
test_follows_the_cursor (void)
{
  Fixture    fixture = open_window ("xor", 500, 250);
  GtkWidget *view = GTK_WIDGET (fixture.view);

  for (guint step = 0; step < bp_trainer_get_n_instructions (get_trainer (&fixture)); step++)
    {
      graphene_rect_t bounds;
      guint           current;

      bp_run_step (fixture.run, BP_STEP_NODE, 1);
      current = bp_run_get_current_node (fixture.run);
      if (current == BP_NODE_NONE)
        continue;
      gtk_test_widget_wait_for_draw (fixture.window);
      g_assert_true (gtk_widget_compute_bounds (bp_graph_view_get_node (fixture.view, current), view, &bounds));
      g_assert_cmpfloat (bounds.origin.x, >=, -1);
      g_assert_cmpfloat (bounds.origin.x + bounds.size.width, <=, gtk_widget_get_width (view) + 1);
      g_assert_cmpfloat (bounds.origin.y, >=, -1);
      g_assert_cmpfloat (bounds.origin.y + bounds.size.height, <=, gtk_widget_get_height (view) + 1);
    }
  close_window (&fixture);
}

static void
test_lecture (void)
{
  Fixture fixture = open_window ("regression", 1400, 700);
  double  before = bp_graph_view_get_zoom (fixture.view);
  guint  *n_notified = watch (fixture.view, "notify::lecture");

  bp_graph_view_set_lecture (fixture.view, TRUE);
  bp_graph_view_set_lecture (fixture.view, TRUE);
  g_assert_cmpuint (*n_notified, ==, 1);
  gtk_test_widget_wait_for_draw (fixture.window);
  g_assert_cmpfloat (bp_graph_view_get_zoom (fixture.view), >, before);
  check_allocations (&fixture, TRUE);
  g_object_set (fixture.view, "lecture", FALSE, NULL);
  g_assert_cmpuint (*n_notified, ==, 2);
  close_window (&fixture);
}

/* Drawing */

static void
test_draws_only_what_changed (void)
{
  Fixture fixture = open_window ("regression", 1000, 300);
  guint   n = bp_graph_get_n_nodes (bp_trainer_get_graph (get_trainer (&fixture)));
  g_autoptr (BpGraphDrawing) drawing = bp_graph_drawing_new ();
  g_autoptr (GPtrArray) paintables = g_ptr_array_new_with_free_func (g_object_unref);
  guint  *counts[16];

  bp_run_step (fixture.run, BP_STEP_ITERATION, 1);
  bp_graph_drawing_update (drawing, get_trainer (&fixture));
  gtk_test_widget_wait_for_draw (fixture.window);
  gtk_test_widget_wait_for_draw (fixture.window);
  for (guint node = 0; node < n; node++)
    {
      GdkPaintable *paintable = gtk_widget_paintable_new (bp_graph_view_get_node (fixture.view, node));

      g_ptr_array_add (paintables, paintable);
      counts[node] = watch (paintable, "invalidate-contents");
    }

  for (guint step = 0; step < bp_trainer_get_n_instructions (get_trainer (&fixture)); step++)
    {
      for (guint node = 0; node < n; node++)
        *counts[node] = 0;
      bp_run_step (fixture.run, BP_STEP_NODE, 1);
      bp_graph_drawing_update (drawing, get_trainer (&fixture));
      /* Paintables tell of what was drawn with the next frame. */
      gtk_test_widget_wait_for_draw (fixture.window);
      gtk_test_widget_wait_for_draw (fixture.window);
      for (guint node = 0; node < n; node++)
        g_assert_true ((*counts[node] > 0) == bp_graph_drawing_is_node_changed (drawing, node));
    }
  close_window (&fixture);
}

static cairo_surface_t *
take_picture (Fixture *fixture)
{
  int                     width = gtk_widget_get_width (GTK_WIDGET (fixture->view));
  int                     height = gtk_widget_get_height (GTK_WIDGET (fixture->view));
  cairo_surface_t        *surface = cairo_image_surface_create (CAIRO_FORMAT_RGB24, width, height);
  cairo_t                *cr = cairo_create (surface);
  g_autoptr (GdkPaintable) paintable = gtk_widget_paintable_new (GTK_WIDGET (fixture->view));
  GtkSnapshot            *snapshot = gtk_snapshot_new ();
  GskRenderNode          *node;

  bp_palette_set_source (bp_palette_get (bp_graph_view_get_palette_kind (fixture->view)), BP_COLOR_SURFACE, cr);
  cairo_paint (cr);
  gdk_paintable_snapshot (paintable, snapshot, width, height);
  node = gtk_snapshot_free_to_node (snapshot);
  gsk_render_node_draw (node, cr);
  gsk_render_node_unref (node);
  cairo_destroy (cr);
  cairo_surface_flush (surface);

  return surface;
}

/* The font that the view draws with. */
static void
set_font (BpGraphDrawing *drawing,
          GtkWidget      *view)
{
  PangoContext               *context = gtk_widget_get_pango_context (view);
  const PangoFontDescription *font = pango_context_get_font_description (context);
  double                      size = pango_font_description_get_size (font) / (double) PANGO_SCALE;

  if (!pango_font_description_get_size_is_absolute (font))
    size *= pango_cairo_context_get_resolution (context) / 72;
  bp_graph_drawing_set_font (drawing, font, 0.9 * size);
}

/* The picture that a file would have of what the view shows. */
static cairo_surface_t *
draw_picture (Fixture *fixture,
              int      width,
              int      height)
{
  g_autoptr (BpGraphDrawing) drawing = bp_graph_drawing_new ();
  cairo_surface_t *surface = cairo_image_surface_create (CAIRO_FORMAT_RGB24, width, height);
  cairo_t         *cr = cairo_create (surface);
  double           zoom = bp_graph_view_get_zoom (fixture->view);
  double           content_width;
  double           content_height;

  set_font (drawing, GTK_WIDGET (fixture->view));
  bp_graph_drawing_set_area (drawing, width, height);
  bp_graph_drawing_update (drawing, get_trainer (fixture));
  bp_graph_layout_get_size (bp_graph_drawing_get_layout (drawing), &content_width, &content_height);

  bp_palette_set_source (bp_palette_get (bp_graph_view_get_palette_kind (fixture->view)), BP_COLOR_SURFACE, cr);
  cairo_paint (cr);
  cairo_translate (cr, (width - zoom * content_width) / 2, (height - zoom * content_height) / 2);
  cairo_scale (cr, zoom, zoom);
  bp_graph_draw (cr, drawing);
  cairo_destroy (cr);
  cairo_surface_flush (surface);

  return surface;
}

/* How many pixels of two pictures differ visibly, and how many of the second are not white. */
static void
compare_pictures (cairo_surface_t *first,
                  cairo_surface_t *second,
                  guint           *n_different,
                  guint           *n_ink)
{
  *n_different = *n_ink = 0;
  for (int y = 0; y < cairo_image_surface_get_height (first); y++)
    {
      const guchar *a = cairo_image_surface_get_data (first) + y * cairo_image_surface_get_stride (first);
      const guchar *b = cairo_image_surface_get_data (second) + y * cairo_image_surface_get_stride (second);

      for (int x = 0; x < 4 * cairo_image_surface_get_width (first); x += 4)
        {
          *n_different += ABS (a[x] - b[x]) > 24 || ABS (a[x + 1] - b[x + 1]) > 24 || ABS (a[x + 2] - b[x + 2]) > 24;
          *n_ink += b[x] != 0xff || b[x + 1] != 0xff || b[x + 2] != 0xff;
        }
    }
}

static void
check_picture (Fixture *fixture)
{
  cairo_surface_t *seen;
  cairo_surface_t *drawn;
  guint            n_different;
  guint            n_ink;

  gtk_test_widget_wait_for_draw (fixture->window);
  seen = take_picture (fixture);
  drawn = draw_picture (fixture, cairo_image_surface_get_width (seen), cairo_image_surface_get_height (seen));
  compare_pictures (seen, drawn, &n_different, &n_ink);
  g_test_message ("%u of %u pixels of ink differ", n_different, n_ink);
  g_assert_cmpuint (n_ink, >, 20000);
  g_assert_cmpuint (n_different, <, n_ink / 500);
  cairo_surface_destroy (seen);
  cairo_surface_destroy (drawn);
}

/* What is kept from step to step looks as what is drawn afresh, as it is after an allocation. */
static void
check_kept (Fixture *fixture)
{
  cairo_surface_t *kept;
  cairo_surface_t *fresh;
  guint            n_different;
  guint            n_ink;

  gtk_test_widget_wait_for_draw (fixture->window);
  kept = take_picture (fixture);
  gtk_widget_queue_allocate (GTK_WIDGET (fixture->view));
  gtk_test_widget_wait_for_draw (fixture->window);
  fresh = take_picture (fixture);
  compare_pictures (kept, fresh, &n_different, &n_ink);
  g_assert_cmpuint (n_ink, >, 1000);
  g_assert_cmpuint (n_different, ==, 0);
  cairo_surface_destroy (kept);
  cairo_surface_destroy (fresh);
}

static void
check_steps (Fixture *fixture,
             void   (*check) (Fixture *fixture))
{
  guint n = bp_trainer_get_n_instructions (get_trainer (fixture));

  check (fixture);
  for (guint i = 0; i < MIN (n + 2, 20); i++)
    {
      bp_run_step (fixture->run, BP_STEP_NODE, 1);
      check (fixture);
    }
  bp_run_step (fixture->run, BP_STEP_ITERATION, 1);
  check (fixture);
  bp_run_step (fixture->run, BP_STEP_PHASE, -1);
  check (fixture);
  bp_run_reset (fixture->run);
  check (fixture);
}

/* The screen shows what a file would: the view is bp_graph_draw() at its zoom, centred. */
static void
test_same_picture (void)
{
  Fixture fixture = open_window ("classification", 950, 235);

  check_steps (&fixture, check_picture);
  close_window (&fixture);
}

/* Many edges, which share nodes: a chain of sums that all add the same variable. */
static BpExperiment *
create_chain (guint n)
{
  g_autoptr (GString) text =
    g_string_new ("[Experiment]\nTitle=t\nIterations=10\n[Variables]\nA=1\n[Model]\ns0=A + A\n");
  g_autoptr (GError) error = NULL;
  BpExperiment *experiment;

  for (guint i = 1; i < n; i++)
    g_string_append_printf (text, "s%u=s%u + A\n", i, i - 1);
  g_string_append (text, "[Optimizer]\nName=gradient-descent\nLearningRate=1e-6\n");
  experiment = bp_experiment_new_from_data (text->str, -1, "test", NULL, &error);
  g_assert_no_error (error);

  return experiment;
}

static void
test_kept_picture (void)
{
  Fixture fixture = open_window ("xor", 1000, 300);
  g_autoptr (BpExperiment) experiment = create_chain (200);
  g_autoptr (GError) error = NULL;

  check_steps (&fixture, check_kept);
  bp_run_set_selected_node (fixture.run, 2);
  check_kept (&fixture);
  bp_run_set_selected_node (fixture.run, BP_NODE_NONE);
  check_kept (&fixture);
  g_assert_true (bp_run_load (fixture.run, experiment, &error));
  g_assert_no_error (error);
  check_steps (&fixture, check_kept);
  close_window (&fixture);
}

/* Life and death */

static void
test_properties (void)
{
  g_autoptr (BpExperiment) experiment = load ("regression");
  g_autoptr (BpRun) run = bp_run_new (experiment);
  GtkWidget *view = g_object_ref_sink (bp_graph_view_new ());
  guint     *n_notified = watch (view, "notify::run");
  BpRun     *got = NULL;

  g_object_set (view, "run", run, NULL);
  g_object_set (view, "run", run, NULL);
  g_assert_cmpuint (*n_notified, ==, 1);
  g_object_get (view, "run", &got, NULL);
  g_assert_true (got == run);
  g_object_unref (got);
  g_assert_nonnull (bp_graph_view_get_node (BP_GRAPH_VIEW (view), 0));

  g_object_set (view, "run", NULL, NULL);
  g_assert_cmpuint (*n_notified, ==, 2);
  g_assert_null (bp_graph_view_get_node (BP_GRAPH_VIEW (view), 0));
  bp_run_step (run, BP_STEP_NODE, 1);
  g_assert_finalize_object (view);
}

static void
test_finalize (void)
{
  g_autoptr (BpExperiment) experiment = load ("xor");
  BpRun     *run = bp_run_new (experiment);
  GtkWidget *view = g_object_ref_sink (bp_graph_view_new ());
  gpointer   node;

  bp_graph_view_set_run (BP_GRAPH_VIEW (view), run);
  node = bp_graph_view_get_node (BP_GRAPH_VIEW (view), 3);
  g_object_add_weak_pointer (node, &node);
  g_assert_finalize_object (view);
  g_assert_null (node);
  bp_run_step (run, BP_STEP_NODE, 1);
  g_assert_finalize_object (run);
}

/* Another batch size has the same nodes, which stay; another experiment has others. */
static void
test_other_graphs (void)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (BpExperiment) other = load ("xor");
  Fixture    fixture = open_window ("classification-split", 1000, 300);
  GtkWidget *node = get_node (&fixture, "A");
  BpSettings settings = *bp_trainer_get_settings (get_trainer (&fixture));

  gtk_widget_grab_focus (node);
  settings.batch_size = 5;
  g_assert_true (bp_run_set_settings (fixture.run, &settings, &error));
  g_assert_no_error (error);
  g_assert_true (get_node (&fixture, "A") == node);
  g_assert_true (gtk_widget_is_focus (node));
  bp_run_step (fixture.run, BP_STEP_ITERATION, 1);
  gtk_test_widget_wait_for_draw (fixture.window);

  press (node, GDK_KEY_Menu, 0);
  g_assert_true (bp_run_load (fixture.run, other, &error));
  g_assert_no_error (error);
  g_assert_cmpuint (bp_graph_view_get_inspected (fixture.view), ==, BP_NODE_NONE);
  gtk_test_widget_wait_for_draw (fixture.window);
  g_assert_nonnull (get_node (&fixture, "W2"));
  check_allocations (&fixture, FALSE);
  close_window (&fixture);
}

static void
load_text (Fixture    *fixture,
           const char *text)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (BpExperiment) experiment = bp_experiment_new_from_data (text, -1, "text", NULL, &error);

  g_assert_no_error (error);
  g_assert_true (bp_run_load (fixture->run, experiment, &error));
  g_assert_no_error (error);
}

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

  load_text (&fixture, "[Variables]\nA=1\n[Model]\nloss=square(A)\n");
  press (get_node (&fixture, "A"), GDK_KEY_Menu, 0);
  g_assert_cmpuint (bp_graph_view_get_inspected (fixture.view), ==, 0);

  load_text (&fixture, "[Variables]\nA=2\n[Model]\nloss=exp(A)\n");
  g_assert_cmpuint (bp_graph_view_get_inspected (fixture.view), ==, 0);
  load_text (&fixture, "[Variables]\nB=1\n[Model]\nloss=square(B)\n");
  g_assert_cmpuint (bp_graph_view_get_inspected (fixture.view), ==, BP_NODE_NONE);
  gtk_test_widget_wait_for_draw (fixture.window);
  check_allocations (&fixture, FALSE);
  close_window (&fixture);
}

static void
test_style (void)
{
  AdwStyleManager *manager = adw_style_manager_get_default ();
  Fixture          fixture = open_window ("regression", 1000, 300);
  guint           *n_notified = watch (fixture.view, "notify::palette-kind");
  guint            kind;

  adw_style_manager_set_color_scheme (manager, ADW_COLOR_SCHEME_FORCE_LIGHT);
  g_assert_cmpint (bp_graph_view_get_palette_kind (fixture.view), ==, BP_PALETTE_LIGHT);
  *n_notified = 0;
  adw_style_manager_set_color_scheme (manager, ADW_COLOR_SCHEME_FORCE_DARK);
  g_object_get (fixture.view, "palette-kind", &kind, NULL);
  g_assert_cmpuint (kind, ==, BP_PALETTE_DARK);
  g_assert_cmpuint (*n_notified, ==, 1);
  adw_style_manager_set_color_scheme (manager, ADW_COLOR_SCHEME_DEFAULT);
  close_window (&fixture);
}

static gboolean
has_text (GtkWidget  *widget,
          const char *text)
{
  return gtk_widget_get_visible (widget) && strstr (gtk_label_get_label (GTK_LABEL (widget)), text) != NULL;
}

/* A graph that is too large is not drawn; the run goes on, and what comes after it is drawn again. */
static void
test_too_large (void)
{
  Fixture fixture = open_window ("regression", 900, 300);
  g_autofree char *text = write_variables (1500);
  g_autoptr (BpExperiment) large = bp_experiment_new_from_data (text, -1, "large", NULL, NULL);
  g_autoptr (BpExperiment) small = load ("classification");

  bp_run_set_selected_node (fixture.run, 0);
  g_assert_true (bp_run_load (fixture.run, large, NULL));
  gtk_test_widget_wait_for_draw (fixture.window);
  g_assert_nonnull (search_widget (GTK_WIDGET (fixture.view), GTK_TYPE_LABEL, has_text, "The graph has 3001 nodes"));
  g_assert_null (bp_graph_view_get_node (fixture.view, 0));
  g_assert_true (bp_run_step (fixture.run, BP_STEP_NODE, 1));
  g_assert_true (bp_run_step (fixture.run, BP_STEP_NODE, 1));
  bp_run_set_selected_node (fixture.run, 2000);
  gtk_widget_activate_action (GTK_WIDGET (fixture.view), "graph.zoom-fit", NULL);
  gtk_widget_activate_action (GTK_WIDGET (fixture.view), "graph.zoom-in", NULL);
  bp_graph_view_set_lecture (fixture.view, TRUE);
  gtk_test_widget_wait_for_draw (fixture.window);

  g_assert_true (bp_run_load (fixture.run, small, NULL));
  gtk_test_widget_wait_for_draw (fixture.window);
  g_assert_null (search_widget (GTK_WIDGET (fixture.view), GTK_TYPE_LABEL, has_text, "too many to be drawn"));
  get_node (&fixture, "my_output");

  close_window (&fixture);
}

int
main (int    argc,
      char **argv)
{
  gtk_test_init (&argc, &argv, NULL);
  adw_init ();

  g_test_add_func ("/graph-view/labels", test_labels);
  g_test_add_func ("/graph-view/labels-follow", test_labels_follow);
  g_test_add_func ("/graph-view/descriptions", test_descriptions);
  g_test_add_func ("/graph-view/warning", test_warning);
  g_test_add_func ("/graph-view/pressing-selects", test_pressing_selects);
  g_test_add_func ("/graph-view/focus-order", test_focus_order);
  g_test_add_func ("/graph-view/inspector", test_inspector);
  g_test_add_func ("/graph-view/other-nodes", test_other_nodes);
  g_test_add_func ("/graph-view/inspector-of-far-node", test_inspector_of_far_node);
  g_test_add_func ("/graph-view/inspector-of-tensor", test_inspector_of_tensor);
  g_test_add_func ("/graph-view/fits", test_fits);
  g_test_add_func ("/graph-view/actions", test_actions);
  g_test_add_func ("/graph-view/follows", test_follows);
  g_test_add_func ("/graph-view/readable", test_readable);
  g_test_add_func ("/graph-view/zoom", test_zoom);
  g_test_add_func ("/graph-view/follows-the-cursor", test_follows_the_cursor);
  g_test_add_func ("/graph-view/lecture", test_lecture);
  g_test_add_func ("/graph-view/draws-only-what-changed", test_draws_only_what_changed);
  g_test_add_func ("/graph-view/same-picture", test_same_picture);
  g_test_add_func ("/graph-view/kept-picture", test_kept_picture);
  g_test_add_func ("/graph-view/properties", test_properties);
  g_test_add_func ("/graph-view/finalize", test_finalize);
  g_test_add_func ("/graph-view/other-graphs", test_other_graphs);
  g_test_add_func ("/graph-view/style", test_style);
  g_test_add_func ("/graph-view/too-large", test_too_large);

  return g_test_run ();
}
