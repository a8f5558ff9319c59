/* test-explain-card.c: the card says what the run does, in four lines that do not move
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include <adwaita.h>

#include "explain/bp-explain-card.h"
#include "explain/bp-explain.h"
#include "explain/bp-formula-label.h"
#include "base/bp-number.h"
#include "lib/widget-search.h"

/* An iteration's program of the regression: feed, three forward, four backward, update. */
#define AFTER_FEED 1
#define AFTER_FORWARD 4
#define AFTER_BACKWARD 8

static BpExplainCard *
create_card (BpRun *run)
{
  return BP_EXPLAIN_CARD (g_object_ref_sink (bp_explain_card_new (run)));
}

/* What the label or formula with that class shows. */
static const char *
get_line (BpExplainCard *card,
          const char    *css_class)
{
  GtkWidget *widget = search_widget (GTK_WIDGET (card), BP_TYPE_FORMULA_LABEL, has_css_class, css_class);

  if (widget != NULL)
    return bp_formula_label_get_text (BP_FORMULA_LABEL (widget));
  widget = search_widget (GTK_WIDGET (card), GTK_TYPE_LABEL, has_css_class, css_class);
  g_assert_nonnull (widget);

  return gtk_label_get_label (GTK_LABEL (widget));
}

static GtkWidget *
get_button (BpExplainCard *card,
            const char    *label)
{
  GtkWidget *button = search_widget (GTK_WIDGET (card), GTK_TYPE_BUTTON, has_button_label, label);

  g_assert_nonnull (button);

  return button;
}

static void
assert_explains (BpExplainCard *card,
                 BpTrainer     *trainer,
                 guint          node)
{
  g_autoptr (BpExplanation) explanation = bp_explain (trainer, node, BP_ELEMENT_NONE);
  g_autofree char *formula = bp_explanation_get_formula (explanation);
  g_autofree char *text = bp_explanation_to_text (explanation);
  g_autofree char *update = NULL;

  g_assert_cmpstr (get_line (card, "where"), ==, explanation->where);
  g_assert_cmpstr (get_line (card, "rule"), ==, formula != NULL ? formula : "");
  update = explanation->update != NULL ? bp_formula_to_text (explanation->update) : g_strdup ("");
  g_assert_cmpstr (get_line (card, "update"), ==, update);
  g_assert_cmpstr (get_line (card, "meaning"), ==, explanation->meaning);
  g_assert_cmpstr (get_line (card, "legend-text"), ==, explanation->legend != NULL ? explanation->legend : "");
  gtk_test_accessible_assert_property (card, GTK_ACCESSIBLE_PROPERTY_DESCRIPTION, text);
}

/* Through a whole iteration, with the colour of each phase. */
static void
test_follow (void)
{
  static const char * const classes[] = { "feed", "forward", "backward", "update" };
  g_autoptr (BpRun) run = create_run ("regression");
  g_autoptr (BpExplainCard) card = create_card (run);
  BpTrainer *trainer = bp_run_get_trainer (run);

  for (guint i = 0; i < 12; i++)
    {
      const BpInstruction *last = bp_trainer_get_last_instruction (trainer);

      assert_explains (card, trainer, BP_NODE_NONE);
      for (guint phase = 0; phase < BP_N_PHASES; phase++)
        g_assert_true (gtk_widget_has_css_class (GTK_WIDGET (card), classes[phase])
                       == (phase == (last != NULL ? (guint) last->phase : 0)));
      g_assert_true (bp_run_step (run, BP_STEP_NODE, 1));
    }
}

/* The check is of the node that the card speaks of, and says so when it fails. */
static void
test_check (void)
{
  g_autoptr (BpRun) run = create_run ("regression");
  g_autoptr (BpExplainCard) card = create_card (run);
  BpTrainer *trainer = bp_run_get_trainer (run);
  BpSettings settings;
  g_autofree char *number = NULL;
  g_autofree char *expected = NULL;
  g_autofree char *sum = NULL;
  g_autofree char *text = NULL;
  double gradient;

  bp_run_seek (run, (BpCursor) { 3, AFTER_FORWARD });
  g_assert_cmpstr (get_line (card, "check"), ==, "");
  bp_run_seek (run, (BpCursor) { 3, AFTER_BACKWARD });
  gradient = bp_session_get_parameter_gradients (bp_trainer_get_session (trainer))[0];
  number = bp_number_format (gradient);
  expected = g_strdup_printf ("central difference %s ✓", number);
  g_assert_cmpstr (get_line (card, "check"), ==, expected);

  /* Gradients that are not cleared are not the slope: that of the step alone is, and the sum is named. */
  settings = *bp_trainer_get_settings (trainer);
  settings.keep_gradients = TRUE;
  g_assert_true (bp_run_set_settings (run, &settings, NULL));
  bp_run_seek (run, (BpCursor) { 9, AFTER_BACKWARD });
  sum = bp_number_format (bp_session_get_parameter_gradients (bp_trainer_get_session (trainer))[0]);
  text = g_strdup_printf ("of this step alone; with those before %s", sum);
  g_assert_true (g_str_has_prefix (get_line (card, "check"), "central difference "));
  g_assert_true (g_str_has_suffix (get_line (card, "check"), text));
  g_assert_nonnull (strstr (get_line (card, "check"), "✓"));
}

/* What the card says of the check of the variable A after backward. */
static void
assert_check (const char *variables,
              const char *model,
              const char *expected,
              gboolean    failed)
{
  g_autofree char *file = g_strdup_printf ("[Experiment]\nTitle=t\n[Variables]\n%s\n[Model]\n%s\n", variables, model);
  g_autoptr (BpRun) run = NULL;
  g_autoptr (BpExplainCard) card = NULL;
  GtkWidget *label;

  run = run_from_text (file);
  card = create_card (run);
  label = search_widget (GTK_WIDGET (card), GTK_TYPE_LABEL, has_css_class, "check");
  bp_run_step (run, BP_STEP_PHASE, 1);
  bp_run_step (run, BP_STEP_PHASE, 1);
  bp_run_step (run, BP_STEP_PHASE, 1);
  bp_run_set_selected_node (run, bp_graph_find (bp_trainer_get_graph (bp_run_get_trainer (run)), "A"));
  g_assert_cmpstr (get_line (card, "check"), ==, expected);
  g_assert_true (gtk_widget_has_css_class (label, "failed") == failed);
}

/* No cross where nothing is wrong. */
static void
test_check_kinds (void)
{
  assert_check ("A=0.001 []", "loss=log(A)", "central difference 1000 ✓", FALSE);
  assert_check ("A=0 []", "loss=relu(A)", "kink: slope 0 from below, 1 from above ✓", FALSE);
  assert_check ("A=1 []\nB=1 []", "loss=maximum(A, B)", "kink: slope 0 from below, 1 from above ✓", FALSE);
  assert_check ("A=0 []", "loss=A ** A + 1",
                "could not be checked: the slope grows without bound as the step shrinks", FALSE);
  assert_check ("A=0 []", "loss=relu(A) - relu(-A)", "central difference 1 ✗", TRUE);
}

static void
test_select (void)
{
  g_autoptr (BpRun) run = create_run ("regression");
  g_autoptr (BpExplainCard) card = create_card (run);
  BpTrainer *trainer = bp_run_get_trainer (run);
  const guint output = bp_graph_find (bp_trainer_get_graph (trainer), "my_output");
  GtkWidget *follow = get_button (card, "Follow the steps");

  g_assert_false (gtk_widget_get_visible (follow));
  bp_run_set_selected_node (run, output);
  g_assert_true (gtk_widget_get_visible (follow));
  assert_explains (card, trainer, output);
  bp_run_seek (run, (BpCursor) { 0, AFTER_BACKWARD });
  assert_explains (card, trainer, output);

  g_signal_emit_by_name (follow, "clicked");
  g_assert_cmpuint (bp_run_get_selected_node (run), ==, BP_NODE_NONE);
  g_assert_false (gtk_widget_get_visible (follow));
  assert_explains (card, trainer, BP_NODE_NONE);
}

static char *
get_clipboard (BpExplainCard *card)
{
  GdkContentProvider *content = gdk_clipboard_get_content (gtk_widget_get_clipboard (GTK_WIDGET (card)));
  g_auto (GValue) value = G_VALUE_INIT;

  g_assert_nonnull (content);
  g_value_init (&value, G_TYPE_STRING);
  g_assert_true (gdk_content_provider_get_value (content, &value, NULL));

  return g_value_dup_string (&value);
}

static void
test_copy (void)
{
  g_autoptr (BpRun) run = create_run ("regression");
  g_autoptr (BpExplainCard) card = create_card (run);
  g_autoptr (BpExplanation) explanation = NULL;
  g_autofree char *text = NULL;
  g_autofree char *latex = NULL;
  g_autofree char *copied_text = NULL;
  g_autofree char *copied_latex = NULL;

  bp_run_seek (run, (BpCursor) { 5, AFTER_BACKWARD });
  explanation = bp_explain (bp_run_get_trainer (run), BP_NODE_NONE, BP_ELEMENT_NONE);
  text = bp_explanation_to_text (explanation);
  latex = bp_explanation_to_latex (explanation);
  g_signal_emit_by_name (get_button (card, "Copy as text"), "clicked");
  copied_text = get_clipboard (card);
  g_assert_cmpstr (copied_text, ==, text);
  g_signal_emit_by_name (get_button (card, "Copy as LaTeX"), "clicked");
  copied_latex = get_clipboard (card);
  g_assert_cmpstr (copied_latex, ==, latex);
}

/* Where the run diverged the card says why, and goes back to explaining with the run. */
static void
test_divergence (void)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (BpExperiment) experiment = bp_builtin_load ("regression", &error);
  g_autoptr (BpRun) run = NULL;
  g_autoptr (BpExplainCard) card = NULL;
  g_autofree char *cause = NULL;
  g_autofree char *copied = NULL;

  experiment->settings.optimizer.learning_rate = 5;
  experiment->iterations = 1000;
  run = bp_run_new (experiment);
  card = create_card (run);
  bp_run_seek (run, (BpCursor) { 1000, 0 });
  cause = bp_explain_divergence (bp_run_get_trainer (run));
  g_assert_nonnull (cause);
  g_assert_true (gtk_widget_has_css_class (GTK_WIDGET (card), "diverged"));
  g_assert_cmpstr (get_line (card, "rule"), ==, cause);
  g_assert_true (g_str_has_prefix (get_line (card, "where"), "Stopped · iteration "));
  copied = bp_explain_card_dup_text (card);
  g_assert_nonnull (strstr (copied, cause));

  bp_run_step (run, BP_STEP_ITERATION, -1);
  g_assert_false (gtk_widget_has_css_class (GTK_WIDGET (card), "diverged"));
  assert_explains (card, bp_run_get_trainer (run), BP_NODE_NONE);
}

static void
assert_stopped (BpExplainCard *card,
                BpRun         *run,
                BpCursor       at)
{
  const BpCursor cursor = bp_trainer_get_cursor (bp_run_get_trainer (run));

  g_assert_cmpint (cursor.iteration, ==, at.iteration);
  g_assert_cmpuint (cursor.instruction, ==, at.instruction);
  g_assert_cmpint (bp_trainer_get_status (bp_run_get_trainer (run)), ==, BP_STATUS_DIVERGED);
  g_assert_true (gtk_widget_has_css_class (GTK_WIDGET (card), "diverged"));
  g_assert_true (g_str_has_prefix (get_line (card, "where"), "Stopped · iteration "));
}

/* A change of a setting or of the data is undone where the run had diverged, and the card says so at once. */
static void
test_divergence_undone (void)
{
  g_autoptr (BpExperiment) experiment = bp_builtin_load ("regression", NULL);

  experiment->settings.optimizer.learning_rate = 5;
  experiment->iterations = 1000;
  g_autoptr (BpRun) run = bp_run_new (experiment);
  g_autoptr (BpExplainCard) card = create_card (run);
  bp_run_seek (run, (BpCursor) { 1000, 0 });
  const BpCursor at = bp_trainer_get_cursor (bp_run_get_trainer (run));

  bp_run_set_learning_rate (run, 0.01);
  g_assert_false (gtk_widget_has_css_class (GTK_WIDGET (card), "diverged"));
  bp_run_undo (run);
  assert_stopped (card, run, at);
  bp_run_redo (run);
  g_assert_false (gtk_widget_has_css_class (GTK_WIDGET (card), "diverged"));
  bp_run_undo (run);
  g_assert_true (bp_run_choose_batch (run, "1", NULL));
  bp_run_undo (run);
  assert_stopped (card, run, at);
}

/* Whatever it says, the card is as high, and its width depends on nothing but its buttons and the check. */
static void
test_steady (void)
{
  static const char * const names[] = { "regression", "xor", "naive-log-sigmoid" };
  int expected = 0;

  for (guint i = 0; i < G_N_ELEMENTS (names); i++)
    {
      g_autoptr (BpRun) run = create_run (names[i]);
      g_autoptr (BpExplainCard) card = create_card (run);

      for (guint step = 0; step < 60; step++)
        {
          int minimum, height;

          gtk_widget_measure (GTK_WIDGET (card), GTK_ORIENTATION_HORIZONTAL, -1, &minimum, NULL, NULL, NULL);
          g_assert_cmpint (minimum, <=, 600);
          gtk_widget_measure (GTK_WIDGET (card), GTK_ORIENTATION_VERTICAL, 700, NULL, &height, NULL, NULL);
          expected = expected == 0 ? height : expected;
          g_assert_cmpint (height, ==, expected);
          bp_run_set_selected_node (run, step % 7 == 0 ? 0 : BP_NODE_NONE);
          bp_run_step (run, BP_STEP_NODE, 1);
        }
    }
}

/* It explains each step, however fast a run plays. */
static void
test_playing (void)
{
  g_autoptr (BpRun) run = create_run ("regression");
  g_autoptr (BpExplainCard) card = create_card (run);
  gint64 now = 0;

  bp_run_set_play_by (run, BP_STEP_ITERATION);
  bp_run_set_speed (run, 100);
  bp_run_set_playing (run, TRUE);
  for (guint i = 0; i < 12; i++)
    {
      bp_run_advance (run, now += G_USEC_PER_SEC / 100);
      assert_explains (card, bp_run_get_trainer (run), BP_NODE_NONE);
    }
  bp_run_set_playing (run, FALSE);
  assert_explains (card, bp_run_get_trainer (run), BP_NODE_NONE);
}

static void
test_accessible (void)
{
  g_autoptr (BpRun) run = create_run ("regression");
  g_autoptr (BpExplainCard) card = create_card (run);
  GtkWidget *rule = search_widget (GTK_WIDGET (card), BP_TYPE_FORMULA_LABEL, has_css_class, "rule");

  gtk_test_accessible_assert_role (card, GTK_ACCESSIBLE_ROLE_GROUP);
  gtk_test_accessible_assert_property (card, GTK_ACCESSIBLE_PROPERTY_LABEL, "Explanation");
  gtk_test_accessible_assert_role (rule, GTK_ACCESSIBLE_ROLE_LABEL);
  bp_run_seek (run, (BpCursor) { 0, AFTER_FEED });
  gtk_test_accessible_assert_property (rule, GTK_ACCESSIBLE_PROPERTY_LABEL, get_line (card, "rule"));
  g_assert_cmpstr (get_line (card, "rule"), !=, "");
}

static void
allocate (GtkWidget *widget,
          int        width)
{
  int height;

  gtk_widget_measure (widget, GTK_ORIENTATION_VERTICAL, -1, NULL, &height, NULL, NULL);
  gtk_widget_size_allocate (widget, &(GtkAllocation) { 0, 0, width, height }, -1);
}

/* Which of the three labels are seen: the whole, or its two parts. */
static guint
get_seen (GtkWidget *formula)
{
  guint seen = 0, bit = 1;

  GtkWidget *child;

  for (child = gtk_widget_get_first_child (formula); child != NULL; child = gtk_widget_get_next_sibling (child))
    {
      seen |= gtk_widget_get_child_visible (child) ? bit : 0;
      bit *= 2;
    }

  return seen;
}

static void
test_formula (void)
{
  g_autoptr (GtkWidget) formula = g_object_ref_sink (g_object_new (BP_TYPE_FORMULA_LABEL, NULL));
  int minimum, natural, height;

  gtk_widget_add_css_class (formula, "two-lines");
  gtk_widget_measure (formula, GTK_ORIENTATION_VERTICAL, -1, NULL, &height, NULL, NULL);
  bp_formula_label_set_text (BP_FORMULA_LABEL (formula), "a long formula = its numbers", "a long formula",
                             "its numbers");
  gtk_widget_measure (formula, GTK_ORIENTATION_HORIZONTAL, -1, &minimum, NULL, NULL, NULL);
  g_assert_cmpint (minimum, ==, 0);
  gtk_widget_measure (formula, GTK_ORIENTATION_VERTICAL, -1, NULL, &natural, NULL, NULL);
  g_assert_cmpint (natural, ==, height);
  gtk_widget_measure (gtk_widget_get_first_child (formula), GTK_ORIENTATION_HORIZONTAL, -1, NULL, &natural, NULL, NULL);

  allocate (formula, natural + 10);
  g_assert_cmphex (get_seen (formula), ==, 1);
  allocate (formula, natural * 9 / 10);
  g_assert_cmphex (get_seen (formula), ==, 1);
  allocate (formula, natural * 7 / 10);
  g_assert_cmphex (get_seen (formula), ==, 6);
  bp_formula_label_set_text (BP_FORMULA_LABEL (formula), "a long formula = its numbers", NULL, NULL);
  allocate (formula, natural / 10);
  g_assert_cmphex (get_seen (formula), ==, 1);
}

static void
test_no_run (void)
{
  g_autoptr (BpRun) run = create_run ("regression");
  g_autoptr (BpExplainCard) card = create_card (run);

  bp_explain_card_set_run (card, NULL);
  g_assert_cmpstr (get_line (card, "where"), ==, "");
  bp_run_step (run, BP_STEP_NODE, 1);
  g_assert_cmpstr (get_line (card, "where"), ==, "");
}

/* Another experiment or batch size: the nodes that the card knew are gone. */
static void
test_rebuilt (void)
{
  g_autoptr (BpRun) run = create_run ("regression");
  g_autoptr (BpExplainCard) card = create_card (run);
  g_autoptr (BpExperiment) other = load_builtin ("xor");
  BpSettings settings;

  bp_run_seek (run, (BpCursor) { 2, AFTER_BACKWARD });
  settings = *bp_trainer_get_settings (bp_run_get_trainer (run));
  settings.batch_size = 5;
  g_assert_true (bp_run_set_settings (run, &settings, NULL));
  assert_explains (card, bp_run_get_trainer (run), BP_NODE_NONE);
  g_assert_true (bp_run_load (run, other, NULL));
  assert_explains (card, bp_run_get_trainer (run), BP_NODE_NONE);
}

static void
test_finalize (void)
{
  BpRun *run = create_run ("regression");
  GtkWidget *card = g_object_ref_sink (bp_explain_card_new (run));

  bp_run_step (run, BP_STEP_ITERATION, 1);
  g_assert_finalize_object (card);
  bp_run_step (run, BP_STEP_ITERATION, 1);
  g_assert_finalize_object (run);
}

/* The numbers and the check beside them are those of the selected element. */
static void
test_element (void)
{
  g_autoptr (BpRun) run = create_run ("xor");
  BpTrainer *trainer = bp_run_get_trainer (run);
  BpExplainCard *card = create_card (run);
  const guint w1 = bp_graph_find (bp_trainer_get_graph (trainer), "W1");

  bp_run_seek (run, (BpCursor) { 0, bp_trainer_get_n_instructions (trainer) - bp_graph_get_n_variables (
                                      bp_trainer_get_graph (trainer)) });
  for (gsize element = 0; element < bp_graph_get_n_elements (bp_trainer_get_graph (trainer), w1); element++)
    {
      g_autofree char *index = g_strdup_printf ("W1[%u,%u] · ", (guint) element / 3, (guint) element % 3);
      g_autoptr (BpExplanation) explanation = bp_explain (trainer, w1, (gssize) element);
      g_autofree char *formula = bp_explanation_get_formula (explanation);
      g_autofree char *check = NULL;
      BpElementCheck found;

      bp_run_select_element (run, w1, (gssize) element);
      g_assert_true (g_str_has_prefix (get_line (card, "where"), index));
      g_assert_cmpstr (get_line (card, "rule"), ==, formula);
      g_assert_true (bp_explain_check (trainer, w1, element, &found));
      g_assert_cmpint (found.verdict, ==, BP_SLOPE_AGREES);
      check = bp_element_check_describe (&found, found.gradient);
      g_assert_cmpstr (get_line (card, "check"), ==, check);
    }
  bp_run_set_selected_node (run, BP_NODE_NONE);
  g_assert_true (g_str_has_prefix (get_line (card, "where"), "Backward "));
  g_assert_finalize_object (card);
}

int
main (int    argc,
      char **argv)
{
  gtk_test_init (&argc, &argv, NULL);
  adw_init ();

  g_test_add_func ("/explain-card/follow", test_follow);
  g_test_add_func ("/explain-card/check", test_check);
  g_test_add_func ("/explain-card/check-kinds", test_check_kinds);
  g_test_add_func ("/explain-card/select", test_select);
  g_test_add_func ("/explain-card/copy", test_copy);
  g_test_add_func ("/explain-card/divergence", test_divergence);
  g_test_add_func ("/explain-card/divergence-undone", test_divergence_undone);
  g_test_add_func ("/explain-card/steady", test_steady);
  g_test_add_func ("/explain-card/playing", test_playing);
  g_test_add_func ("/explain-card/accessible", test_accessible);
  g_test_add_func ("/explain-card/formula", test_formula);
  g_test_add_func ("/explain-card/no-run", test_no_run);
  g_test_add_func ("/explain-card/rebuilt", test_rebuilt);
  g_test_add_func ("/explain-card/finalize", test_finalize);
  g_test_add_func ("/explain-card/element", test_element);

  return g_test_run ();
}
