/* test-run-nudge.c: a nudge follows the selection, ends by itself, is seen in graph and card, and changes no run
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "lib/widget-search.h"

#include "explain/bp-explain-card.h"
#include "explain/bp-formula-label.h"
#include "graph/bp-graph-draw.h"

/* An iteration's program of the regression: feed, three forward, four backward, update. */
#define AFTER_FEED 1
#define AFTER_FORWARD 4
#define AFTER_BACKWARD 8

static guint
find (BpRun      *run,
      const char *name)
{
  return bp_graph_find (bp_trainer_get_graph (bp_run_get_trainer (run)), name);
}

static void
test_begins_and_ends (void)
{
  g_autoptr (BpRun) run = create_run ("regression");

  g_assert_false (bp_run_get_can_nudge (run));
  bp_run_set_nudging (run, TRUE);
  g_assert_null (bp_run_get_nudge (run));
  bp_run_seek (run, (BpCursor) { 0, AFTER_FEED });
  g_assert_false (bp_run_get_can_nudge (run));
  bp_run_seek (run, (BpCursor) { 0, AFTER_FORWARD });
  g_assert_true (bp_run_get_can_nudge (run));

  /* The step is at the loss: a variable is more to nudge. It lasts while backward goes on, and the update. */
  bp_run_set_nudging (run, TRUE);
  g_assert_cmpuint (bp_run_get_nudge (run)->node, ==, find (run, "A"));
  g_assert_cmpuint (bp_run_get_selected_node (run), ==, find (run, "A"));
  for (guint i = AFTER_FORWARD; i <= AFTER_BACKWARD; i++)
    {
      bp_run_step (run, BP_STEP_NODE, 1);
      g_assert_nonnull (bp_run_get_nudge (run));
    }
  bp_run_step (run, BP_STEP_NODE, 1);
  g_assert_null (bp_run_get_nudge (run));

  bp_run_step (run, BP_STEP_ITERATION, 1);
  bp_run_set_nudging (run, TRUE);
  bp_run_set_selected_node (run, find (run, "residual"));
  g_assert_cmpuint (bp_run_get_nudge (run)->node, ==, find (run, "residual"));
  bp_run_set_selected_node (run, BP_NODE_NONE);
  g_assert_null (bp_run_get_nudge (run));

  bp_run_set_nudging (run, TRUE);
  bp_run_set_nudging (run, FALSE);
  g_assert_null (bp_run_get_nudge (run));

  bp_run_set_nudging (run, TRUE);
  bp_run_set_playing (run, TRUE);
  g_assert_null (bp_run_get_nudge (run));
}

/* Numbers of the run stay as they are; at the end of an iteration a nudge computes with those before the update. */
static void
test_leaves_run (void)
{
  g_autoptr (BpRun) run = create_run ("regression");
  BpTrainer *trainer = bp_run_get_trainer (run);
  guint loss;
  double before, after;

  bp_run_seek (run, (BpCursor) { 3, 0 });
  loss = find (run, "loss");
  before = bp_session_get_value (bp_trainer_get_session (trainer), loss)[0];
  after = bp_session_get_parameters (bp_trainer_get_session (trainer))[0];
  bp_run_set_nudging (run, TRUE);
  g_assert_cmpfloat (bp_run_get_nudge (run)->before, ==, before);
  g_assert_cmpfloat (bp_run_get_nudge (run)->gradient, ==,
                     bp_session_get_parameter_gradients (bp_trainer_get_session (trainer))[0]);
  g_assert_cmpfloat (bp_session_get_value (bp_trainer_get_session (trainer), loss)[0], ==, before);
  g_assert_cmpfloat (bp_session_get_parameters (bp_trainer_get_session (trainer))[0], ==, after);
  g_assert_false (bp_run_get_can_undo (run));
}

static void
test_epsilon (void)
{
  g_autoptr (BpRun) run = create_run ("regression");
  const double expected[] = { 1e-6, 2e-6, 5e-6, 1e-5 };

  bp_run_seek (run, (BpCursor) { 3, 0 });
  bp_run_set_nudging (run, TRUE);
  g_assert_cmpfloat (bp_run_get_nudge (run)->epsilon, ==, 0.01);
  for (guint i = 0; i < G_N_ELEMENTS (expected); i++)
    {
      bp_run_set_epsilon_step (run, i);
      g_assert_cmpfloat (bp_run_get_nudge (run)->epsilon, ==, expected[i]);
    }
  bp_run_set_epsilon_step (run, BP_RUN_MAX_EPSILON);
  g_assert_cmpfloat (bp_run_get_nudge (run)->epsilon, ==, 1);
}

/* An element of a tensor, in another batch size as well: the graph is another, the node the same. */
static void
test_element (void)
{
  g_autoptr (BpRun) run = create_run ("xor");
  BpSettings settings;

  bp_run_seek (run, (BpCursor) { 3, 0 });
  bp_run_select_element (run, find (run, "W1"), 2);
  bp_run_set_nudging (run, TRUE);
  g_assert_cmpuint (bp_run_get_nudge (run)->element, ==, 2);
  settings = *bp_trainer_get_settings (bp_run_get_trainer (run));
  settings.batch_size = 2;
  g_assert_true (bp_run_set_settings (run, &settings, NULL));
  bp_run_step (run, BP_STEP_PHASE, 1);
  bp_run_step (run, BP_STEP_PHASE, 1);
  g_assert_null (bp_run_get_nudge (run));
  bp_run_set_nudging (run, TRUE);
  g_assert_cmpuint (bp_run_get_nudge (run)->node, ==, find (run, "W1"));
  g_assert_cmpuint (bp_run_get_nudge (run)->element, ==, 2);
}

static const BpNodeState *
get_state (BpGraphDrawing *drawing,
           BpRun          *run,
           const char     *name)
{
  return bp_graph_drawing_get_node (drawing, find (run, name));
}

static void
test_drawing (void)
{
  g_autoptr (BpRun) run = create_run ("regression");
  g_autoptr (BpGraphDrawing) drawing = bp_graph_drawing_new ();

  bp_run_seek (run, (BpCursor) { 0, AFTER_FORWARD });
  bp_run_set_nudging (run, TRUE);
  bp_graph_drawing_set_nudge (drawing, bp_run_get_nudge (run));
  bp_graph_drawing_update (drawing, bp_run_get_trainer (run));
  g_assert_cmpstr (get_state (drawing, run, "A")->change, ==, "Δ 0.01");
  g_assert_true (get_state (drawing, run, "A")->is_nudged);
  g_assert_cmpstr (get_state (drawing, run, "my_output")->change, ==, "Δ 0.009096");
  g_assert_cmpstr (get_state (drawing, run, "loss")->change, ==, "Δ −0.1862");
  g_assert_null (get_state (drawing, run, "loss")->predicted);
  g_assert_null (get_state (drawing, run, "x_data")->change);

  bp_run_seek (run, (BpCursor) { 0, AFTER_BACKWARD });
  bp_graph_drawing_set_nudge (drawing, bp_run_get_nudge (run));
  bp_graph_drawing_update (drawing, bp_run_get_trainer (run));
  g_assert_cmpstr (get_state (drawing, run, "loss")->predicted, ==, "∂·ε −0.1863");

  bp_graph_drawing_set_n_revealed (drawing, 0);
  bp_graph_drawing_update (drawing, bp_run_get_trainer (run));
  g_assert_cmpstr (get_state (drawing, run, "loss")->predicted, ==, "∂·ε ?");

  bp_graph_drawing_set_nudge (drawing, NULL);
  g_assert_cmpint (bp_graph_drawing_update (drawing, bp_run_get_trainer (run)) & BP_GRAPH_NODES, !=, 0);
  g_assert_null (get_state (drawing, run, "A")->change);
  g_assert_false (get_state (drawing, run, "A")->is_nudged);
  g_assert_null (get_state (drawing, run, "loss")->predicted);
}

static void
test_card (void)
{
  g_autoptr (BpRun) run = create_run ("regression");
  g_autoptr (BpExplainCard) card = BP_EXPLAIN_CARD (g_object_ref_sink (bp_explain_card_new (run)));
  GtkWidget *button = search_widget (GTK_WIDGET (card), GTK_TYPE_TOGGLE_BUTTON, has_button_label, "Nudge");
  GtkWidget *scale = search_widget (GTK_WIDGET (card), GTK_TYPE_SCALE, NULL, NULL);
  g_autofree char *text = NULL, *smaller = NULL;

  g_assert_false (gtk_widget_get_visible (button));
  bp_run_seek (run, (BpCursor) { 0, AFTER_BACKWARD });
  g_assert_true (gtk_widget_get_visible (button));
  g_assert_false (gtk_widget_get_visible (scale));
  gtk_toggle_button_set_active (GTK_TOGGLE_BUTTON (button), TRUE);
  g_assert_nonnull (bp_run_get_nudge (run));
  g_assert_true (gtk_widget_get_visible (scale));
  text = bp_explain_card_dup_text (card);
  g_assert_true (g_str_has_prefix (text, "Nudge · A by ε = 0.01\nΔL = L(A + ε) − L(A) ="));
  gtk_range_set_value (GTK_RANGE (scale), 9);
  smaller = bp_explain_card_dup_text (card);
  g_assert_true (g_str_has_prefix (smaller, "Nudge · A by ε = 0.001\n"));
  gtk_toggle_button_set_active (GTK_TOGGLE_BUTTON (button), FALSE);
  g_assert_null (bp_run_get_nudge (run));
  g_assert_false (gtk_widget_get_visible (scale));
}

/* What dropout left out is left out in the nudged passes too, or the loss would change by more than the nudge. */
static void
test_dropout (void)
{
  g_autoptr (BpRun) run = create_run ("overfitting-dropout");
  const BpNudge *nudge;

  bp_run_seek (run, (BpCursor) { 7, 0 });
  bp_run_set_epsilon_step (run, 0);
  for (guint i = 0; i < 30; i++)
    {
      BpSession *session = bp_trainer_get_session (bp_run_get_trainer (run));

      bp_run_select_element (run, find (run, "W2"), (gssize) i);
      bp_run_set_nudging (run, TRUE);
      nudge = bp_run_get_nudge (run);
      g_assert_nonnull (nudge);
      g_assert_cmpfloat (nudge->before, ==,
                         bp_session_get_value (session, bp_graph_get_loss (bp_session_get_graph (session)))[0]);
      g_assert_cmpfloat (nudge->gradient, ==, bp_session_get_gradient (session, find (run, "W2"))[i]);
      g_assert_cmpfloat_with_epsilon ((nudge->after - nudge->before) / nudge->epsilon, nudge->gradient, 1e-4);
    }
}

int
main (int    argc,
      char **argv)
{
  gtk_test_init (&argc, &argv, NULL);
  g_test_add_func ("/run-nudge/begins-and-ends", test_begins_and_ends);
  g_test_add_func ("/run-nudge/leaves-run", test_leaves_run);
  g_test_add_func ("/run-nudge/epsilon", test_epsilon);
  g_test_add_func ("/run-nudge/element", test_element);
  g_test_add_func ("/run-nudge/drawing", test_drawing);
  g_test_add_func ("/run-nudge/card", test_card);
  g_test_add_func ("/run-nudge/dropout", test_dropout);

  return g_test_run ();
}
