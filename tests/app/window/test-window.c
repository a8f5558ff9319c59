/* test-window.c: the window opens, steps, opens files, and can do at each moment what it says it can
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "lib/window-fixture.h"
#include "window/bp-window-actions.h"

static BpCursor
get_cursor (Fixture *fixture)
{
  return bp_trainer_get_cursor (bp_run_get_trainer (fixture->run));
}

static void
test_opens (Fixture *fixture)
{
  g_assert_cmpstr (get_name (fixture), ==, "regression");
  g_assert_cmpstr (gtk_window_get_title (GTK_WINDOW (fixture->window)), ==, "Regression – Backprop Lab");
  assert_cursor (fixture->run, 0, 0);
}

/* It must fit the smallest screen that lecture halls have. */
static void
test_minimum_size (Fixture *fixture)
{
  const char * const *names = bp_builtin_get_names ();

  for (guint i = 0; names[i] != NULL; i++)
    {
      int width, height;

      bp_window_open_builtin (fixture->window, names[i]);
      settle ();
      gtk_widget_measure (GTK_WIDGET (fixture->window), GTK_ORIENTATION_HORIZONTAL, -1, &width, NULL, NULL, NULL);
      gtk_widget_measure (GTK_WIDGET (fixture->window), GTK_ORIENTATION_VERTICAL, -1, &height, NULL, NULL, NULL);
      g_test_message ("%s: %d × %d", names[i], width, height);
      g_assert_cmpint (width, <=, 1024);
      g_assert_cmpint (height, <=, 640);
    }
}

/* Twenty nodes forward and twenty back: the same numbers again. */
static void
test_steps (Fixture *fixture)
{
  BpTrainer *trainer = bp_run_get_trainer (fixture->run);
  BpCursor cursors[20];
  double values[20];

  for (guint i = 0; i < 20; i++)
    {
      cursors[i] = get_cursor (fixture);
      values[i] = bp_session_get_parameters (bp_trainer_get_session (trainer))[0];
      activate (fixture, "win.node-forward");
    }
  g_assert_cmpint (get_cursor (fixture).iteration, >, 0);
  for (guint i = 20; i-- > 0;)
    {
      activate (fixture, "win.node-back");
      assert_cursor (fixture->run, cursors[i].iteration, cursors[i].instruction);
      g_assert_cmpfloat (bp_session_get_parameters (bp_trainer_get_session (trainer))[0], ==, values[i]);
    }
}

static void
test_moves (Fixture *fixture)
{
  activate (fixture, "win.phase-forward");
  activate (fixture, "win.phase-forward");
  g_assert_cmpint (bp_trainer_get_last_instruction (bp_run_get_trainer (fixture->run))->phase, ==, BP_PHASE_FORWARD);
  activate (fixture, "win.phase-back");
  g_assert_cmpint (bp_trainer_get_last_instruction (bp_run_get_trainer (fixture->run))->phase, ==, BP_PHASE_FEED);
  activate (fixture, "win.iteration-forward");
  assert_cursor (fixture->run, 1, 0);
  activate (fixture, "win.iteration-forward");
  activate (fixture, "win.iteration-back");
  assert_cursor (fixture->run, 1, 0);
  activate (fixture, "win.reset");
  assert_cursor (fixture->run, 0, 0);
}

static void
test_enabled (Fixture *fixture)
{
  const char *back[] = { "node-back", "phase-back", "iteration-back", "reset" };
  const char *forward[] = { "node-forward", "phase-forward", "iteration-forward", "run-to-end", "play" };

  for (gsize i = 0; i < G_N_ELEMENTS (back); i++)
    g_assert_false (is_enabled (fixture, back[i]));
  for (gsize i = 0; i < G_N_ELEMENTS (forward); i++)
    g_assert_true (is_enabled (fixture, forward[i]));
  g_assert_false (is_enabled (fixture, "undo"));
  g_assert_false (is_enabled (fixture, "redo"));

  bp_run_seek (fixture->run, (BpCursor) { 100, 0 });
  for (gsize i = 0; i < G_N_ELEMENTS (back); i++)
    g_assert_true (is_enabled (fixture, back[i]));
  for (gsize i = 0; i < G_N_ELEMENTS (forward); i++)
    g_assert_false (is_enabled (fixture, forward[i]));
  g_assert_false (gtk_widget_get_sensitive (search_button (GTK_WIDGET (fixture->window), "win.node-forward")));

  bp_run_set_learning_rate (fixture->run, 0.5);
  g_assert_true (is_enabled (fixture, "undo"));
  activate (fixture, "win.undo");
  g_assert_true (is_enabled (fixture, "redo"));
  g_assert_cmpfloat (bp_run_get_learning_rate (fixture->run), ==, 0.02);
  activate (fixture, "win.redo");
  g_assert_cmpfloat (bp_run_get_learning_rate (fixture->run), ==, 0.5);
}

static gboolean
has_stopped (gpointer run)
{
  return !bp_run_get_playing (run);
}

static void
test_play (Fixture *fixture)
{
  activate (fixture, "win.play");
  g_assert_true (bp_run_get_playing (fixture->run));
  activate (fixture, "win.play");
  g_assert_false (bp_run_get_playing (fixture->run));

  gtk_widget_activate_action (GTK_WIDGET (fixture->window), "win.speed", "d", 0.0);
  gtk_widget_activate_action (GTK_WIDGET (fixture->window), "win.play-by", "s", "iteration");
  g_assert_cmpfloat (bp_run_get_speed (fixture->run), ==, 0);
  g_assert_cmpint (bp_run_get_play_by (fixture->run), ==, BP_STEP_ITERATION);
  activate (fixture, "win.play");
  wait_until (has_stopped, fixture->run);
  assert_cursor (fixture->run, 100, 0);

  activate (fixture, "win.reset");
  activate (fixture, "win.run-to-end");
  g_assert_cmpint (bp_run_get_running_to (fixture->run), ==, 100);
  wait_until (has_stopped, fixture->run);
  assert_cursor (fixture->run, 100, 0);
}

static gboolean
is_over (gpointer end)
{
  return g_get_monotonic_time () >= *(gint64 *) end;
}

/* How many frames are asked for in a time, in milliseconds: that there is none can be seen in no other way. */
static guint
count_frames (Fixture *fixture,
              guint    milliseconds)
{
  GdkFrameClock *clock = gtk_widget_get_frame_clock (GTK_WIDGET (fixture->window));
  gint64 end = g_get_monotonic_time () + 1000 * (gint64) milliseconds;
  guint n_frames = 0;
  gulong handler = g_signal_connect_swapped (clock, "update", G_CALLBACK (count_cb), &n_frames);

  wait_until (is_over, &end);
  g_signal_handler_disconnect (clock, handler);

  return n_frames;
}

/* What is left to draw may take a while on a busy machine; a window that asks for frames for ever never passes. */
static void
assert_becomes_idle (Fixture *fixture)
{
  for (guint i = 0; i < 50; i++)
    if (count_frames (fixture, 300) == 0)
      return;

  g_assert_not_reached ();
}

/* An idle window asks for no frames, also after it has played. */
static void
test_idle (Fixture *fixture)
{
  assert_becomes_idle (fixture);
  activate (fixture, "win.play");
  g_assert_cmpuint (count_frames (fixture, 300), >, 0);
  activate (fixture, "win.play");
  assert_becomes_idle (fixture);
}

static void
test_open_builtin (Fixture *fixture)
{
  gtk_widget_activate_action (GTK_WIDGET (fixture->window), "win.open-builtin", "s", "classification");
  g_assert_cmpstr (get_name (fixture), ==, "classification");
  g_assert_cmpstr (gtk_window_get_title (GTK_WINDOW (fixture->window)), ==, "Classification – Backprop Lab");
  g_assert_false (is_enabled (fixture, "undo"));
}

static void
run_to (Fixture    *fixture,
        const char *text,
        gboolean    valid)
{
  AdwMessageDialog *dialog;
  GtkWidget *entry;

  activate (fixture, "win.run-to");
  dialog = find_over (fixture->window, ADW_TYPE_MESSAGE_DIALOG);
  entry = search_widget (GTK_WIDGET (dialog), GTK_TYPE_ENTRY, NULL, NULL);
  gtk_editable_set_text (GTK_EDITABLE (entry), text);
  g_assert_cmpint (adw_message_dialog_get_response_enabled (dialog, "run"), ==, valid);
  gtk_test_accessible_assert_state (entry, GTK_ACCESSIBLE_STATE_INVALID,
                                    valid || *text == '\0' ? GTK_ACCESSIBLE_INVALID_FALSE
                                           : GTK_ACCESSIBLE_INVALID_TRUE);
  g_assert_cmpint (gtk_widget_has_css_class (entry, "error"), ==, !valid && *text != '\0');
  adw_message_dialog_response (dialog, valid ? "run" : "cancel");
  gtk_window_destroy (GTK_WINDOW (dialog));
  settle ();
}

static void
test_run_to (Fixture *fixture)
{
  run_to (fixture, "60", TRUE);
  wait_until (has_stopped, fixture->run);
  assert_cursor (fixture->run, 60, 0);
  run_to (fixture, "20", TRUE);
  assert_cursor (fixture->run, 20, 0);
  run_to (fixture, "101", FALSE);
  run_to (fixture, "-1", FALSE);
  run_to (fixture, "", FALSE);
  run_to (fixture, "soon", FALSE);
  assert_cursor (fixture->run, 20, 0);
  run_to (fixture, "0", TRUE);
  assert_cursor (fixture->run, 0, 0);
}

static void
collect_accelerators (GtkWidget *widget,
                      GString   *accelerators)
{
  if (GTK_IS_SHORTCUTS_SHORTCUT (widget))
    {
      g_autofree char *accelerator = NULL;

      g_object_get (widget, "accelerator", &accelerator, NULL);
      g_string_append_printf (accelerators, " %s ", accelerator);
    }
  for (GtkWidget *child = gtk_widget_get_first_child (widget); child != NULL;
       child = gtk_widget_get_next_sibling (child))
    collect_accelerators (child, accelerators);
}

/* A window opens without the window of shortcuts, which is built once. */
static GtkWidget *
open_shortcuts (BpWindow *window)
{
  GtkApplicationWindow *parent = GTK_APPLICATION_WINDOW (window);
  GtkWidget *overlay;

  g_assert_null (gtk_application_window_get_help_overlay (parent));
  gtk_widget_activate_action (GTK_WIDGET (window), "win.show-help-overlay", NULL);
  overlay = GTK_WIDGET (gtk_application_window_get_help_overlay (parent));
  g_assert_nonnull (overlay);
  g_assert_true (gtk_widget_get_visible (overlay));

  gtk_window_close (GTK_WINDOW (overlay));
  g_assert_false (gtk_widget_get_visible (overlay));
  gtk_widget_activate_action (GTK_WIDGET (window), "win.show-help-overlay", NULL);
  g_assert_true (gtk_application_window_get_help_overlay (parent) == (gpointer) overlay);
  g_assert_true (gtk_widget_get_visible (overlay));

  return overlay;
}

/* Every key that does something is in the window of shortcuts, and every action that has a key exists. */
static void
test_shortcuts (Fixture *fixture)
{
  GtkWidget *overlay = open_shortcuts (fixture->window);
  g_autoptr (GString) accelerators = g_string_new (NULL);
  gsize n_actions;
  const BpActionKeys *keys = bp_window_actions_get_keys (&n_actions);

  collect_accelerators (overlay, accelerators);
  for (gsize i = 0; i < n_actions; i++)
    for (gsize j = 0; keys[i].keys[j] != NULL; j++)
      {
        g_autofree char *word = g_strdup_printf (" %s ", keys[i].keys[j]);
        guint keyval;
        GdkModifierType modifiers;

        g_assert_true (gtk_accelerator_parse (keys[i].keys[j], &keyval, &modifiers));
        if (!g_str_has_prefix (keys[i].keys[j], "KP_") && strstr (accelerators->str, word) == NULL)
          g_error ("“%s” of %s is not in the window of shortcuts", keys[i].keys[j], keys[i].action);
      }

  for (gsize i = 0; i < n_actions; i++)
    if (g_str_has_prefix (keys[i].action, "win."))
      g_assert_true (g_action_group_has_action (G_ACTION_GROUP (fixture->window), keys[i].action + 4));
    else if (g_str_has_prefix (keys[i].action, "app."))
      g_assert_true (g_action_group_has_action (G_ACTION_GROUP (application), keys[i].action + 4));
}

/* As the tooltips have it: "Ctrl+E", "Page Down", "→". */
static char *
get_key_label (const char *key)
{
  guint keyval;
  GdkModifierType modifiers;
  char *label;

  g_assert_true (gtk_accelerator_parse (key, &keyval, &modifiers));
  label = keyval == GDK_KEY_Right && modifiers == 0 ? g_strdup ("→")
          : keyval == GDK_KEY_Left && modifiers == 0 ? g_strdup ("←") : gtk_accelerator_get_label (keyval, modifiers);

  return g_strdelimit (label, "_", ' ');
}

/* Counts the tooltips that name the first key of their button's action, as all do whose action has one. */
static void
check_tooltips (GtkWidget *widget,
                guint     *n_found)
{
  const char *action = GTK_IS_ACTIONABLE (widget) ? gtk_actionable_get_action_name (GTK_ACTIONABLE (widget)) : NULL;
  const char *tooltip = gtk_widget_get_tooltip_text (widget);
  gsize n_actions;
  const BpActionKeys *keys = bp_window_actions_get_keys (&n_actions);

  for (gsize i = 0; action != NULL && tooltip != NULL && i < n_actions; i++)
    if (g_str_equal (keys[i].action, action))
      {
        g_autofree char *label = get_key_label (keys[i].keys[0]);
        g_autofree char *words = g_strdup_printf ("(%s)", label);

        if (strstr (tooltip, words) == NULL)
          g_error ("“%s” does not name %s, the key of %s", tooltip, label, action);
        (*n_found)++;
      }
  for (GtkWidget *child = gtk_widget_get_first_child (widget); child != NULL;
       child = gtk_widget_get_next_sibling (child))
    check_tooltips (child, n_found);
}

static void
test_keys_in_tooltips (Fixture *fixture)
{
  guint n_found = 0;

  check_tooltips (GTK_WIDGET (fixture->window), &n_found);
  g_assert_cmpuint (n_found, >=, 8);
}

/* The keys of the run are the run's, but not while text is typed. */
static void
test_keys_in_text (Fixture *fixture)
{
  GtkWidget *window = GTK_WIDGET (fixture->window);
  GtkEventController *controller = find_key_controller (window);
  BpField *field = search_field (window, "Batch size");

  g_assert_cmpint (gtk_event_controller_get_propagation_phase (controller), ==, GTK_PHASE_CAPTURE);
  gtk_widget_grab_focus (GTK_WIDGET (bp_field_get_entry (field)));
  g_assert_cmpint (gtk_event_controller_get_propagation_phase (controller), ==, GTK_PHASE_NONE);
  type_text (field, "2");
  g_assert_cmpint (gtk_event_controller_get_propagation_phase (controller), ==, GTK_PHASE_CAPTURE);
  gtk_widget_grab_focus (search_widget (window, GTK_TYPE_SCALE, NULL, NULL));
  g_assert_cmpint (gtk_event_controller_get_propagation_phase (controller), ==, GTK_PHASE_CAPTURE);
}

/* The list of experiments has all of them, with the one that runs marked, and opens what is clicked. */

static void
test_toast (Fixture *fixture)
{
  GtkWidget *overlay = search_widget (GTK_WIDGET (fixture->window), ADW_TYPE_TOAST_OVERLAY, NULL, NULL);
  GtkWidget *label;

  g_signal_emit_by_name (fixture->run, "message", "a < b & c");
  settle ();
  label = search_widget (gtk_widget_get_last_child (overlay), GTK_TYPE_LABEL, NULL, NULL);
  g_assert_cmpstr (gtk_label_get_text (GTK_LABEL (label)), ==, "a < b & c");
}

static void
test_new_window (Fixture *fixture)
{
  GtkWindow *other;

  g_action_group_activate_action (G_ACTION_GROUP (application), "new-window", NULL);
  other = gtk_application_get_active_window (application);
  g_assert_true (other != GTK_WINDOW (fixture->window));

  /* Each has a run of its own. */
  bp_run_step (bp_window_get_run (BP_WINDOW (other)), BP_STEP_ITERATION, 1);
  assert_cursor (fixture->run, 0, 0);
  gtk_window_destroy (other);
}

/* Closed while it plays, with a dialog open: all of it goes. */
static gboolean
has_moved (gpointer run)
{
  return bp_run_get_can_step_back (run);
}

static void
test_close_while_playing (Fixture *fixture)
{
  activate (fixture, "win.play");
  wait_until (has_moved, fixture->run);
  activate (fixture, "win.run-to");
}

/* What Escape does before anything else. */
static gboolean
press_stop (GtkWidget *window)
{
  g_autoptr (GListModel) controllers = gtk_widget_observe_controllers (window);

  for (guint i = 0; i < g_list_model_get_n_items (controllers); i++)
    {
      g_autoptr (GtkEventController) keys = g_list_model_get_item (controllers, i);

      if (g_strcmp0 (gtk_event_controller_get_name (keys), "run-keys") != 0)
        continue;
      for (guint j = g_list_model_get_n_items (G_LIST_MODEL (keys)); j-- > 0;)
        {
          g_autoptr (GtkShortcut) shortcut = g_list_model_get_item (G_LIST_MODEL (keys), j);
          g_autofree char *trigger = gtk_shortcut_trigger_to_string (gtk_shortcut_get_trigger (shortcut));

          if (g_str_equal (trigger, "Escape"))
            return gtk_shortcut_action_activate (gtk_shortcut_get_action (shortcut), 0, window, NULL);
        }
    }
  g_assert_not_reached ();
}

static gboolean
says_how_to_stop (gpointer window)
{
  return shows_toast (window, "Escape stops it");
}

/* A long way is ended by Escape, and by nothing that means something else: that says so. It is so long that it does not
 * end by itself before on a machine that is slow to draw. */
static void
test_under_way (Fixture *fixture)
{
  GtkWidget *keys = GTK_WIDGET (fixture->window);

  bp_run_set_n_iterations (fixture->run, BP_MAX_ITERATIONS);
  g_assert_false (press_stop (keys));
  bp_run_run_to (fixture->run, BP_MAX_ITERATIONS);
  g_assert_true (bp_run_is_under_way (fixture->run));
  activate (fixture, "win.iteration-forward");
  activate (fixture, "win.export");
  g_assert_true (bp_run_is_under_way (fixture->run));
  wait_until (says_how_to_stop, keys);
  g_assert_true (press_stop (keys));
  g_assert_false (bp_run_is_under_way (fixture->run));
  g_assert_false (bp_run_get_playing (fixture->run));
}

int
main (int    argc,
      char **argv)
{
  gtk_test_init (&argc, &argv, NULL);

#define ADD(name, func) add_window_test ("/window/" name, (BpCursor) { 0, 0 }, func)
  ADD ("opens", test_opens);
  ADD ("minimum-size", test_minimum_size);
  ADD ("keys-in-tooltips", test_keys_in_tooltips);
  ADD ("steps", test_steps);
  ADD ("moves", test_moves);
  ADD ("enabled", test_enabled);
  ADD ("play", test_play);
  ADD ("idle", test_idle);
  ADD ("open-builtin", test_open_builtin);
  ADD ("run-to", test_run_to);
  ADD ("shortcuts", test_shortcuts);
  ADD ("keys-in-text", test_keys_in_text);
  ADD ("toast", test_toast);
  ADD ("under-way", test_under_way);
  ADD ("new-window", test_new_window);
  ADD ("close-while-playing", test_close_while_playing);

  return run_tests ();
}
