/* test-compare.c: sweeps say what is wrong with what is typed, actions are there when they can be done
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include <string.h>

#include "base/bp-error.h"
#include "window/bp-presets.h"
#include "dialogs/bp-sweep-dialog.h"
#include "dialogs/bp-sweep.h"
#include "lib/window-fixture.h"

/* What is typed for a sweep */

static void
assert_refused (BpRun      *run,
                BpSweepKind kind,
                const char *values)
{
  g_autoptr (GError) error = NULL;

  g_assert_null (bp_sweep_create_experiments (kind, run, values, &error));
  g_assert_nonnull (error);
  g_assert_cmpuint (strlen (error->message), >, 10);
}

static void
test_refuses (void)
{
  g_autoptr (BpRun) run = create_run ("regression");

  assert_refused (run, BP_SWEEP_LEARNING_RATE, "");
  assert_refused (run, BP_SWEEP_LEARNING_RATE, " ; ;");
  assert_refused (run, BP_SWEEP_LEARNING_RATE, "0.02; fast");
  assert_refused (run, BP_SWEEP_LEARNING_RATE, "0.02; -1");
  assert_refused (run, BP_SWEEP_LEARNING_RATE, "0.02; 0");
  assert_refused (run, BP_SWEEP_LEARNING_RATE, "0.02, 0.5");
  assert_refused (run, BP_SWEEP_LEARNING_RATE, "0.02; 0.5; 0.020");
  assert_refused (run, BP_SWEEP_LEARNING_RATE, "1; 2; 3; 4; 5; 6; 7; 8; 9");
  assert_refused (run, BP_SWEEP_BATCH_SIZE, "0");
  assert_refused (run, BP_SWEEP_BATCH_SIZE, "1.5");
  assert_refused (run, BP_SWEEP_OPTIMIZER, "adam; magic");
  assert_refused (run, BP_SWEEP_SEED, "-1");
}

static void
test_creates (void)
{
  g_autoptr (BpRun) run = create_run ("regression");
  g_autoptr (GPtrArray) rates = bp_sweep_create_experiments (BP_SWEEP_LEARNING_RATE, run, "0.02; 0.5;0.98;", NULL);
  g_autoptr (GPtrArray) optimizers = bp_sweep_create_experiments (BP_SWEEP_OPTIMIZER, run, "Adam; momentum", NULL);
  g_autoptr (GPtrArray) sizes = bp_sweep_create_experiments (BP_SWEEP_BATCH_SIZE, run, "1; 100", NULL);
  const BpExperiment *experiment;

  g_assert_cmpuint (rates->len, ==, 3);
  experiment = g_ptr_array_index (rates, 2);
  g_assert_cmpfloat (experiment->settings.optimizer.learning_rate, ==, 0.98);
  g_assert_cmpuint (experiment->seed, ==, bp_trainer_get_experiment (bp_run_get_trainer (run))->seed);
  experiment = g_ptr_array_index (optimizers, 0);
  g_assert_cmpint (experiment->settings.optimizer.kind, ==, BP_OPTIMIZER_ADAM);
  g_assert_cmpfloat (experiment->settings.optimizer.learning_rate, ==, 0.02);
  experiment = g_ptr_array_index (sizes, 1);
  g_assert_cmpuint (experiment->settings.batch_size, ==, 100);
}

/* What is suggested can be run, for each experiment. */
static void
test_suggests (void)
{
  const char * const *names = bp_builtin_get_names ();

  for (guint i = 0; names[i] != NULL; i++)
    {
      g_autoptr (BpRun) run = create_run (names[i]);

      for (guint kind = 0; kind < BP_N_SWEEPS; kind++)
        {
          g_autofree char *values = bp_sweep_suggest (kind, run);
          g_autoptr (GError) error = NULL;
          g_autoptr (GPtrArray) experiments = bp_sweep_create_experiments (kind, run, values, &error);

          g_test_message ("%s, %s: %s", names[i], bp_sweep_get_title (kind), values);
          g_assert_no_error (error);
          g_assert_cmpuint (experiments->len, >, 1);
        }
    }
}

/* The dialog */

static gboolean
has_references (gpointer run)
{
  return bp_run_get_n_references (run) > 0;
}

/* Who holds a run: a sweep does until its thread has ended and its result was looked at. */
typedef struct {
  GObject *run;
  guint    n;
} Holders;

static Holders
count_holders (BpRun *run)
{
  return (Holders) { G_OBJECT (run), G_OBJECT (run)->ref_count };
}

static gboolean
is_let_go (gpointer data)
{
  Holders *holders = data;

  return holders->run->ref_count <= holders->n;
}

static void
test_dialog (Fixture *fixture)
{
  GtkWidget *dialog, *entry, *button;

  activate (fixture, "win.sweep");
  dialog = find_over (fixture->window, GTK_TYPE_WINDOW);
  g_assert_nonnull (dialog);
  entry = search_widget (dialog, ADW_TYPE_ENTRY_ROW, NULL, NULL);
  button = search_widget (dialog, GTK_TYPE_BUTTON, has_css_class, "suggested-action");
  g_assert_true (gtk_widget_get_sensitive (button));
  g_assert_false (gtk_test_accessible_has_property (GTK_ACCESSIBLE (button), GTK_ACCESSIBLE_PROPERTY_LABEL));
  gtk_test_accessible_assert_relation (button, GTK_ACCESSIBLE_RELATION_LABELLED_BY,
                                       search_widget (button, GTK_TYPE_LABEL, NULL, NULL), NULL);

  gtk_editable_set_text (GTK_EDITABLE (entry), "0.02; soon");
  g_assert_false (gtk_widget_get_sensitive (button));
  g_assert_true (gtk_widget_has_css_class (entry, "error"));
  gtk_test_accessible_assert_state (entry, GTK_ACCESSIBLE_STATE_INVALID, GTK_ACCESSIBLE_INVALID_TRUE);
  g_assert_nonnull (search_widget (dialog, GTK_TYPE_LABEL, has_css_class, "error"));

  gtk_editable_set_text (GTK_EDITABLE (entry), "0.02; 0.5; 0.98");
  g_assert_true (gtk_widget_get_sensitive (button));
  gtk_test_accessible_assert_state (entry, GTK_ACCESSIBLE_STATE_INVALID, GTK_ACCESSIBLE_INVALID_FALSE);
  g_signal_emit_by_name (button, "clicked");
  wait_until (has_references, fixture->run);
  settle ();
  g_assert_cmpuint (bp_run_get_n_references (fixture->run), ==, 3);
  g_assert_null (find_over (fixture->window, GTK_TYPE_WINDOW));
}

/* Closed while it runs: nothing is kept, and nothing is touched that is gone. */
static void
test_close_running (Fixture *fixture)
{
  Holders holders = count_holders (fixture->run);
  GtkWidget *dialog;

  bp_run_set_n_iterations (fixture->run, BP_MAX_ITERATIONS);
  activate (fixture, "win.sweep");
  dialog = find_over (fixture->window, GTK_TYPE_WINDOW);
  g_signal_emit_by_name (search_widget (dialog, GTK_TYPE_BUTTON, has_css_class, "suggested-action"), "clicked");
  gtk_window_destroy (GTK_WINDOW (dialog));
  wait_until (is_let_go, &holders);
  g_assert_cmpuint (bp_run_get_n_references (fixture->run), ==, 0);
}

static gboolean
has_progressed (gpointer bar)
{
  return gtk_progress_bar_get_fraction (bar) > 0;
}

/* While it runs it says how far it is, and Cancel leaves the kept runs as they were. */
static void
test_cancel_running (Fixture *fixture)
{
  Holders holders = count_holders (fixture->run);
  GtkWidget *dialog, *bar, *cancel;
  const BpReference *kept;

  bp_run_seek (fixture->run, (BpCursor) { 30, 0 });
  bp_run_keep_reference (fixture->run);
  kept = get_reference (fixture->run, 0);
  bp_run_set_n_iterations (fixture->run, 500000000);
  activate (fixture, "win.sweep");
  dialog = find_over (fixture->window, GTK_TYPE_WINDOW);
  bar = search_widget (dialog, GTK_TYPE_PROGRESS_BAR, NULL, NULL);
  cancel = search_widget (dialog, GTK_TYPE_BUTTON, has_button_label, "_Cancel");
  g_assert_nonnull (cancel);
  g_assert_false (gtk_widget_is_visible (bar));

  g_signal_emit_by_name (search_widget (dialog, GTK_TYPE_BUTTON, has_css_class, "suggested-action"), "clicked");
  g_assert_true (gtk_widget_is_visible (bar));
  g_assert_nonnull (search_widget (dialog, GTK_TYPE_LABEL, has_label_text, "0 of 3 runs"));
  wait_until (has_progressed, bar);
  g_assert_true (gtk_widget_is_sensitive (cancel));

  g_signal_emit_by_name (cancel, "clicked");
  g_assert_null (find_over (fixture->window, GTK_TYPE_WINDOW));
  wait_until (is_let_go, &holders);
  g_assert_cmpuint (bp_run_get_n_references (fixture->run), ==, 1);
  g_assert_true (get_reference (fixture->run, 0) == kept);
}

/* Keeping and removing */

static void
test_kept_runs (Fixture *fixture)
{
  GtkWidget *dialog, *list, *button;

  g_assert_false (is_enabled (fixture, "keep-run"));
  g_assert_false (is_enabled (fixture, "kept-runs"));
  g_assert_false (is_enabled (fixture, "clear-runs"));
  bp_run_seek (fixture->run, (BpCursor) { 30, 0 });
  activate (fixture, "win.keep-run");
  bp_run_set_learning_rate (fixture->run, 0.5);
  bp_run_seek (fixture->run, (BpCursor) { 60, 0 });
  activate (fixture, "win.keep-run");
  g_assert_cmpuint (bp_run_get_n_references (fixture->run), ==, 2);

  activate (fixture, "win.kept-runs");
  dialog = find_over (fixture->window, GTK_TYPE_WINDOW);
  list = search_widget (dialog, GTK_TYPE_LIST_BOX, NULL, NULL);
  g_assert_nonnull (gtk_list_box_get_row_at_index (GTK_LIST_BOX (list), 1));
  g_assert_null (gtk_list_box_get_row_at_index (GTK_LIST_BOX (list), 2));
  button = search_widget (list, GTK_TYPE_BUTTON, NULL, NULL);
  gtk_test_accessible_assert_property (button, GTK_ACCESSIBLE_PROPERTY_LABEL, gtk_widget_get_tooltip_text (button));
  g_signal_emit_by_name (button, "clicked");
  g_assert_cmpuint (bp_run_get_n_references (fixture->run), ==, 1);
  g_assert_null (gtk_list_box_get_row_at_index (GTK_LIST_BOX (list), 1));
  gtk_window_destroy (GTK_WINDOW (dialog));

  activate (fixture, "win.clear-runs");
  g_assert_cmpuint (bp_run_get_n_references (fixture->run), ==, 0);
  g_assert_false (is_enabled (fixture, "clear-runs"));
}

/* Presets */

/* Side by side */

static gboolean
is_side_by_side (Fixture *fixture)
{
  g_autoptr (GVariant) state = g_action_group_get_action_state (G_ACTION_GROUP (fixture->window), "side-by-side");

  return g_variant_get_boolean (state);
}

/* A preset opens it, it fits a small screen, and it ends by its key and with what stood beside the run. */
static void
test_side_by_side (Fixture *fixture)
{
  int width, height;

  g_assert_false (is_side_by_side (fixture));
  gtk_widget_activate_action (GTK_WIDGET (fixture->window), "win.preset", "s", "three-rates");
  settle ();
  g_assert_true (is_side_by_side (fixture));
  gtk_widget_measure (GTK_WIDGET (fixture->window), GTK_ORIENTATION_HORIZONTAL, -1, &width, NULL, NULL, NULL);
  gtk_widget_measure (GTK_WIDGET (fixture->window), GTK_ORIENTATION_VERTICAL, -1, &height, NULL, NULL, NULL);
  g_assert_cmpint (width, <=, 1024);
  g_assert_cmpint (height, <=, 640);
  activate (fixture, "win.iteration-forward");
  assert_cursor (fixture->run, 41, 0);
  activate (fixture, "win.side-by-side");
  settle ();
  g_assert_false (is_side_by_side (fixture));
  activate (fixture, "win.side-by-side");
  settle ();
  g_assert_true (is_side_by_side (fixture));
  activate (fixture, "win.clear-runs");
  settle ();
  g_assert_false (is_side_by_side (fixture));
}

static gboolean
has_look (GtkWidget  *widget,
          const char *look)
{
  return g_strcmp0 (gtk_label_get_label (GTK_LABEL (widget)), look) == 0;
}

/* The hint is there with the preset, and goes with its button or another experiment; nothing counts as unsaved. */
static void
test_hint (Fixture *fixture)
{
  guint n_presets;
  const BpPreset *presets = bp_presets_get (&n_presets);

  for (guint i = 0; i < n_presets; i++)
    {
      GtkWidget *label;

      gtk_widget_activate_action (GTK_WIDGET (fixture->window), "win.preset", "s", presets[i].name);
      g_assert_null (find_over (fixture->window, GTK_TYPE_WINDOW));
      label = search_widget (GTK_WIDGET (fixture->window), GTK_TYPE_LABEL, has_look, presets[i].look);
      g_assert_nonnull (label);
      g_assert_true (gtk_widget_is_visible (label));
      if (i % 2 == 0)
        activate (fixture, "win.close-hint");
      else
        gtk_widget_activate_action (GTK_WIDGET (fixture->window), "win.open-builtin", "s", "xor");
      g_assert_false (gtk_widget_is_visible (label));
    }
}

static gboolean
has_label (GtkWidget  *widget,
           const char *label)
{
  return g_strcmp0 (gtk_menu_button_get_label (GTK_MENU_BUTTON (widget)), label) == 0;
}

/* An entry of a menu, or of its submenu; its type is private to GTK. */
static gboolean
has_text (GtkWidget  *widget,
          const char *text)
{
  g_autofree char *own = NULL;

  if (!g_str_equal (G_OBJECT_TYPE_NAME (widget), "GtkModelButton"))
    return FALSE;
  g_object_get (widget, "text", &own, NULL);

  return g_strcmp0 (own, text) == 0;
}

/* After the menu the keys are the run's again. */
static void
test_menu_keys (Fixture *fixture)
{
  GtkWidget *window = GTK_WIDGET (fixture->window);
  GtkWidget *button = search_widget (window, GTK_TYPE_MENU_BUTTON, has_label, "Compare");
  GtkEventController *controller = find_key_controller (window);
  GtkWidget *entry;

  g_assert_nonnull (button);
  g_assert_nonnull (gtk_widget_get_tooltip_text (button));
  gtk_menu_button_popup (GTK_MENU_BUTTON (button));
  settle ();
  g_assert_cmpint (gtk_event_controller_get_propagation_phase (controller), ==, GTK_PHASE_NONE);
  entry = search_widget (window, GTK_TYPE_WIDGET, has_text, "Learning Rate: Right");
  g_assert_nonnull (entry);
  gtk_window_set_focus (GTK_WINDOW (window), entry);
  gtk_menu_button_popdown (GTK_MENU_BUTTON (button));
  gtk_test_widget_wait_for_draw (window);
  settle ();
  g_assert_cmpint (gtk_event_controller_get_propagation_phase (controller), ==, GTK_PHASE_CAPTURE);
}

static gboolean
begins_with (GtkWidget  *label,
             const char *text)
{
  return g_str_has_prefix (gtk_label_get_label (GTK_LABEL (label)), text);
}

static gboolean
has_hint (Fixture *fixture)
{
  GtkWidget *label = search_widget (GTK_WIDGET (fixture->window), GTK_TYPE_LABEL, begins_with, "Gradients are hidden");

  return label != NULL && gtk_widget_is_visible (label);
}

/* What to do stands there until it is to be done no more. */
static void
test_predict_first (Fixture *fixture)
{
  g_assert_false (has_hint (fixture));
  g_assert_false (is_enabled (fixture, "reveal"));
  activate (fixture, "win.predict-first");
  g_assert_true (has_hint (fixture));
  g_assert_true (bp_run_get_predict_first (fixture->run));
  activate (fixture, "win.iteration-forward");
  g_assert_true (is_enabled (fixture, "reveal"));
  activate (fixture, "win.reveal");
  g_assert_false (bp_run_get_gradients_hidden (fixture->run));
  g_assert_false (is_enabled (fixture, "reveal"));
  activate (fixture, "win.iteration-forward");
  g_assert_true (is_enabled (fixture, "reveal"));
  activate (fixture, "win.predict-first");
  g_assert_false (is_enabled (fixture, "reveal"));
  g_assert_false (has_hint (fixture));

  /* A preset shows all of its run, and its own sentence stays. */
  activate (fixture, "win.predict-first");
  gtk_widget_activate_action (GTK_WIDGET (fixture->window), "win.preset", "s", "right");
  g_assert_false (bp_run_get_predict_first (fixture->run));
  g_assert_true (search_widget (GTK_WIDGET (fixture->window), GTK_TYPE_LABEL, has_look,
                                bp_presets_find ("right")->look) != NULL);
}

/* The hint must not make the window larger than the smallest screen. */
static void
test_minimum_size (Fixture *fixture)
{
  guint n_presets;
  const BpPreset *presets = bp_presets_get (&n_presets);

  for (guint i = 0; i < n_presets; i++)
    {
      int width, height;

      gtk_widget_activate_action (GTK_WIDGET (fixture->window), "win.preset", "s", presets[i].name);
      settle ();
      gtk_widget_measure (GTK_WIDGET (fixture->window), GTK_ORIENTATION_HORIZONTAL, -1, &width, NULL, NULL, NULL);
      gtk_widget_measure (GTK_WIDGET (fixture->window), GTK_ORIENTATION_VERTICAL, 1024, &height, NULL, NULL, NULL);
      g_test_message ("%s: %d × %d", presets[i].name, width, height);
      g_assert_cmpint (width, <=, 1024);
      g_assert_cmpint (height, <=, 640);
    }
}

int
main (int    argc,
      char **argv)
{
  gtk_test_init (&argc, &argv, NULL);

  g_test_add_func ("/compare/refuses", test_refuses);
  g_test_add_func ("/compare/creates", test_creates);
  g_test_add_func ("/compare/suggests", test_suggests);
  add_window_test ("/compare/dialog", (BpCursor) { 0, 0 }, test_dialog);
  add_window_test ("/compare/close-running", (BpCursor) { 0, 0 }, test_close_running);
  add_window_test ("/compare/cancel-running", (BpCursor) { 0, 0 }, test_cancel_running);
  add_window_test ("/compare/kept-runs", (BpCursor) { 0, 0 }, test_kept_runs);
  add_window_test ("/compare/hint", (BpCursor) { 0, 0 }, test_hint);
  add_window_test ("/compare/menu-keys", (BpCursor) { 0, 0 }, test_menu_keys);
  add_window_test ("/compare/predict-first", (BpCursor) { 0, 0 }, test_predict_first);
  add_window_test ("/compare/minimum-size", (BpCursor) { 0, 0 }, test_minimum_size);
  add_window_test ("/compare/side-by-side", (BpCursor) { 0, 0 }, test_side_by_side);

  return run_tests ();
}
