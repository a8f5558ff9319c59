/* test-graph-folds.c: layers that are boxes until they are opened: by button, key, menu, and in a lecture
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "graph/bp-graph-view.h"

#include <math.h>
#include <string.h>

#include "base/bp-number.h"
#include "graph/bp-node-view.h"
#include "lib/picture.h"
#include "lib/trainer-fixture.h"
#include "ui/graph/graph-view-fixture.h"

/* hidden and my_output */
#define N_LAYERS 2
#define HIDDEN 0

static Fixture
open_folded (void)
{
  Fixture fixture = open_window ("xor", 1000, 300);

  bp_graph_view_set_open (fixture.view, BP_LAYERS_NONE);
  gtk_test_widget_wait_for_draw (fixture.window);

  return fixture;
}

static gboolean
is_shown (Fixture    *fixture,
          const char *name)
{
  return gtk_widget_get_child_visible (get_node (fixture, name));
}

/* The button of the layer that is @index-th. */
static GtkWidget *
get_button (Fixture *fixture,
            guint    index)
{
  for (GtkWidget *child = gtk_widget_get_first_child (GTK_WIDGET (fixture->view)); child != NULL;
       child = gtk_widget_get_next_sibling (child))
    if (GTK_IS_BUTTON (child) && index-- == 0)
      return child;
  g_assert_not_reached ();
}

static void
test_default (void)
{
  g_autoptr (BpExperiment) experiment = load_builtin ("xor");
  BpRun     *run = bp_run_new (experiment);
  GtkWidget *view = g_object_ref_sink (g_object_new (BP_TYPE_GRAPH_VIEW, NULL));

  bp_graph_view_set_run (BP_GRAPH_VIEW (view), run);
  g_assert_cmpuint (bp_graph_view_get_open (BP_GRAPH_VIEW (view)), ==, BP_LAYERS_NONE);
  g_assert_finalize_object (view);
  g_assert_finalize_object (run);
}

static void
test_button (void)
{
  Fixture    fixture = open_folded ();
  GtkWidget *button = get_button (&fixture, HIDDEN);

  g_assert_true (is_shown (&fixture, "hidden"));
  g_assert_true (is_shown (&fixture, "x1"));
  g_assert_false (is_shown (&fixture, "W1"));
  g_assert_false (is_shown (&fixture, "matmul"));
  g_assert_false (is_shown (&fixture, "expand_dims"));
  gtk_test_accessible_assert_property (button, GTK_ACCESSIBLE_PROPERTY_LABEL, "Open Layer hidden");
  gtk_test_accessible_assert_property (get_node (&fixture, "hidden"), GTK_ACCESSIBLE_PROPERTY_LABEL,
                                       "hidden, layer, tanh · 2 → 3, root mean square of the values not computed yet, "
                                       "of the gradients not computed yet");

  g_signal_emit_by_name (button, "clicked");
  gtk_test_widget_wait_for_draw (fixture.window);
  g_assert_cmpuint (bp_graph_view_get_open (fixture.view), ==, 1);
  g_assert_true (is_shown (&fixture, "W1"));
  g_assert_false (is_shown (&fixture, "V"));
  gtk_test_accessible_assert_property (button, GTK_ACCESSIBLE_PROPERTY_LABEL, "Fold Layer hidden");
  gtk_test_accessible_assert_property (get_node (&fixture, "hidden"), GTK_ACCESSIBLE_PROPERTY_LABEL,
                                       "hidden, tanh of shape [4, 3], value not computed yet, "
                                       "gradient not computed yet");
  check_allocations (&fixture, FALSE);

  g_signal_emit_by_name (button, "clicked");
  g_assert_cmpuint (bp_graph_view_get_open (fixture.view), ==, BP_LAYERS_NONE);
  g_assert_false (is_shown (&fixture, "W1"));
  close_window (&fixture);
}

/* Return selects, then opens; the actions are for all. */
static void
test_keys (void)
{
  Fixture    fixture = open_folded ();
  GtkWidget *hidden = get_node (&fixture, "hidden");

  gtk_widget_grab_focus (hidden);
  gtk_widget_activate_action (hidden, "node.activate", NULL);
  g_assert_cmpuint (bp_graph_view_get_open (fixture.view), ==, BP_LAYERS_NONE);
  gtk_widget_activate_action (hidden, "node.activate", NULL);
  g_assert_cmpuint (bp_graph_view_get_open (fixture.view), ==, 1);
  g_assert_true (gtk_widget_is_focus (hidden));

  gtk_widget_activate_action (hidden, "graph.open-all", NULL);
  g_assert_true (is_shown (&fixture, "V"));
  g_assert_true (is_shown (&fixture, "expand_dims"));
  g_assert_false (g_action_group_get_action_enabled (bp_graph_view_get_actions (fixture.view), "open-all"));
  gtk_widget_activate_action (hidden, "graph.fold-all", NULL);
  g_assert_cmpuint (bp_graph_view_get_open (fixture.view), ==, BP_LAYERS_NONE);
  g_assert_false (g_action_group_get_action_enabled (bp_graph_view_get_actions (fixture.view), "fold-all"));
  close_window (&fixture);
}

/* Tab goes through what is shown, buttons included, and meets nothing that is hidden. */
static void
test_tab (void)
{
  Fixture fixture = open_folded ();
  guint   n_stops = 1;
  guint   n_buttons = 0;

  gtk_widget_grab_focus (get_node (&fixture, "x1"));
  while (gtk_widget_child_focus (GTK_WIDGET (fixture.view), GTK_DIR_TAB_FORWARD))
    {
      GtkWidget *focus = gtk_root_get_focus (GTK_ROOT (fixture.window));

      g_assert_true (gtk_widget_get_child_visible (focus));
      n_buttons += GTK_IS_BUTTON (focus);
      n_stops++;
    }
  g_assert_cmpuint (n_buttons, ==, N_LAYERS);
  /* x1, x2, y_target, hidden, my_output, xentropy, reduce_mean, sigmoid, prediction */
  g_assert_cmpuint (n_stops, ==, 9 + N_LAYERS);
  close_window (&fixture);
}

static void
test_menu (void)
{
  Fixture    fixture = open_folded ();
  GtkWidget *popover = NULL;

  gtk_widget_activate_action (get_node (&fixture, "hidden"), "node.menu", NULL);
  for (GtkWidget *child = gtk_widget_get_first_child (GTK_WIDGET (fixture.view)); child != NULL;
       child = gtk_widget_get_next_sibling (child))
    if (GTK_IS_POPOVER_MENU (child))
      popover = child;
  g_assert_nonnull (popover);
  g_assert_true (gtk_widget_get_visible (popover));
  gtk_popover_popdown (GTK_POPOVER (popover));
  close_window (&fixture);
}

/* A lecture opens the layer that is computed, and closes the one before. */
static void
test_lecture (void)
{
  Fixture fixture = open_folded ();
  guint   n = bp_trainer_get_n_instructions (get_trainer (&fixture));
  BpOpenLayers seen = 0;

  bp_graph_view_set_lecture (fixture.view, TRUE);
  for (guint step = 0; step < n; step++)
    {
      BpOpenLayers open;
      guint        node;

      bp_run_step (fixture.run, BP_STEP_NODE, 1);
      open = bp_graph_view_get_open (fixture.view);
      node = bp_run_get_current_node (fixture.run);
      g_assert_true (open == 0 || open == 1 || open == 2);
      seen |= open;
      if (node != BP_NODE_NONE
          && bp_graph_get_op (bp_trainer_get_graph (get_trainer (&fixture)), node) == BP_OP_MATMUL)
        g_assert_cmpuint (open, !=, 0);
      gtk_test_widget_wait_for_draw (fixture.window);
    }
  g_assert_cmpuint (seen, ==, 3);
  close_window (&fixture);
}

/* Another batch size has the same layers, and those that are open stay so; another experiment begins anew. */
static void
test_other_graphs (void)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (BpExperiment) other = load_builtin ("regression");
  Fixture    fixture = open_folded ();
  BpSettings settings = *bp_trainer_get_settings (get_trainer (&fixture));

  bp_graph_view_set_open (fixture.view, 2);
  settings.batch_size = 2;
  g_assert_true (bp_run_set_settings (fixture.run, &settings, &error));
  g_assert_no_error (error);
  g_assert_cmpuint (bp_graph_view_get_open (fixture.view), ==, 2);
  g_assert_true (bp_run_load (fixture.run, other, &error));
  gtk_test_widget_wait_for_draw (fixture.window);
  g_assert_false (g_action_group_get_action_enabled (bp_graph_view_get_actions (fixture.view), "open-all"));
  close_window (&fixture);
}

/* Steps with layers folded and open are the same steps, and give the same numbers; each within a folded layer lights
 * its box and says at which node it is. */
static void
test_same_numbers (void)
{
  g_autoptr (BpTrainer) trainer = trainer_from_builtin ("xor");
  g_autoptr (BpGraphDrawing) folded = bp_graph_drawing_new ();
  g_autoptr (BpGraphDrawing) opened = bp_graph_drawing_new ();
  BpGraph *graph = bp_trainer_get_graph (trainer);
  const GPtrArray *layers;

  bp_graph_drawing_update (opened, trainer);
  bp_graph_drawing_set_open (opened, BP_LAYERS_ALL);
  bp_graph_drawing_update (folded, trainer);
  layers = bp_graph_drawing_get_layers (folded);
  g_assert_cmpuint (layers->len, ==, N_LAYERS);
  for (guint step = 0; step < 2 * bp_trainer_get_n_instructions (trainer); step++)
    {
      const BpInstruction *last;

      bp_trainer_step_node (trainer, 1);
      last = bp_trainer_get_last_instruction (trainer);
      bp_graph_drawing_update (opened, trainer);
      bp_graph_drawing_update (folded, trainer);
      for (guint l = 0; l < layers->len; l++)
        {
          const BpDenseLayer *layer = bp_layers_get (layers, l);
          const BpNodeState  *box = bp_graph_drawing_get_node (folded, layer->output);
          const BpNodeState  *node = bp_graph_drawing_get_node (opened, layer->output);
          gsize               bytes = (gsize) node->matrix->n_rows * node->matrix->n_columns * sizeof (double);

          g_assert_cmpint (box->kind, ==, BP_NODE_LAYER);
          g_assert_cmpmem (box->matrix->value, bytes, node->matrix->value, bytes);
          g_assert_cmpmem (box->matrix->gradient, bytes, node->matrix->gradient, bytes);
          g_assert_true (box->matrix->has_value == node->matrix->has_value);
          if (last->phase == BP_PHASE_FORWARD)
            {
              gboolean is_inside = bp_layers_find_member (layers, last->node) == l;

              g_assert_cmpint (box->mark, ==, is_inside ? BP_MARK_VALUE : BP_MARK_NONE);
              g_assert_cmpstr (box->step, ==, is_inside ? bp_graph_get_name (graph, last->node) : NULL);
            }
        }
      for (guint node = 0; node < bp_graph_get_n_nodes (graph); node++)
        if (bp_graph_drawing_get_node (folded, node)->kind != BP_NODE_LAYER)
          g_assert_cmpstr (bp_graph_drawing_get_node (folded, node)->value, ==,
                           bp_graph_drawing_get_node (opened, node)->value);
    }
}

/* Each step is seen in some box, also what happens to data on the way to a layer. */
static void
test_every_step_is_lit (void)
{
  g_autoptr (BpTrainer)      trainer = trainer_from_builtin ("xor");
  g_autoptr (BpGraphDrawing) drawing = bp_graph_drawing_new ();
  BpGraph *graph = bp_trainer_get_graph (trainer);

  for (guint i = 0; i + 1 < bp_trainer_get_n_instructions (trainer); i++)
    {
      guint n_lit = 0;

      bp_trainer_step_node (trainer, 1);
      bp_graph_drawing_update (drawing, trainer);
      for (guint node = 0; node < bp_graph_get_n_nodes (graph); node++)
        n_lit += bp_graph_drawing_get_box (drawing, node) == node
                 && bp_graph_drawing_get_node (drawing, node)->mark != BP_MARK_NONE;
      g_assert_cmpuint (n_lit, >, 0);
    }
}

/* The root mean square is that of the session's numbers. */
static void
test_rms (void)
{
  g_autoptr (BpTrainer) trainer = trainer_from_builtin ("xor");
  g_autoptr (BpGraphDrawing) drawing = bp_graph_drawing_new ();
  guint            hidden = bp_graph_find (bp_trainer_get_graph (trainer), "hidden");
  const double    *values;
  g_autofree char *text = NULL;
  double           sum = 0;

  bp_trainer_step_iteration (trainer, 1);
  bp_graph_drawing_update (drawing, trainer);
  values = bp_session_get_value (bp_trainer_get_session (trainer), hidden);
  for (guint i = 0; i < 12; i++)
    sum += values[i] * values[i];
  text = bp_number_format (sqrt (sum / 12));
  g_assert_cmpstr (bp_graph_drawing_get_node (drawing, hidden)->value, ==, text);
}

int
main (int   argc,
      char *argv[])
{
  gtk_test_init (&argc, &argv, NULL);
  g_test_add_func ("/graph-folds/default", test_default);
  g_test_add_func ("/graph-folds/button", test_button);
  g_test_add_func ("/graph-folds/keys", test_keys);
  g_test_add_func ("/graph-folds/tab", test_tab);
  g_test_add_func ("/graph-folds/menu", test_menu);
  g_test_add_func ("/graph-folds/lecture", test_lecture);
  g_test_add_func ("/graph-folds/other-graphs", test_other_graphs);
  g_test_add_func ("/graph-folds/same-numbers", test_same_numbers);
  g_test_add_func ("/graph-folds/every-step-is-lit", test_every_step_is_lit);
  g_test_add_func ("/graph-folds/rms", test_rms);

  return g_test_run ();
}
