/* bp-window-actions.c: what can be done in a window, and the keys that do it
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "window/bp-window-actions.h"

#include <glib/gi18n-lib.h>
#include <inttypes.h>

#include "dialogs/bp-help.h"
#include "dialogs/bp-run-to-dialog.h"
#include "panels/bp-experiment-chooser.h"
#include "panels/bp-training-panel.h"
#include "window/bp-window-private.h"

static const BpActionKeys action_keys[] = {
  { "win.node-forward", { "Right", "KP_Right" } },
  { "win.node-back", { "Left", "KP_Left" } },
  { "win.phase-forward", { "<Shift>Right", "<Control>Right" } },
  { "win.phase-back", { "<Shift>Left", "<Control>Left" } },
  { "win.iteration-forward", { "Page_Down", "KP_Page_Down" } },
  { "win.iteration-back", { "Page_Up", "KP_Page_Up" } },
  { "win.play", { "space" } },
  { "win.reset", { "Home", "KP_Home" } },
  { "win.run-to-end", { "End", "KP_End" } },
  { "win.run-to", { "<Control>g" }, TRUE },
  { "win.shuffle", { "<Control>r" }, TRUE },
  { "win.undo", { "<Control>z" } },
  { "win.redo", { "<Control><Shift>z" } },
  { "win.keep-run", { "<Control>k" }, TRUE },
  { "win.reveal", { "r" } },
  { "win.nudge", { "d" } },
  { "win.choose-sample", { "f" } },
  { "win.new", { "<Control><Shift>n" }, TRUE },
  { "win.open", { "<Control>o" }, TRUE },
  { "win.save", { "<Control>s" }, TRUE },
  { "win.save-as", { "<Control><Shift>s" }, TRUE },
  { "win.export", { "<Control>e" }, TRUE },
  { "win.copy", { "<Control>c" } },
  { "win.paste", { "<Control>v" } },
  { "win.text", { "F9" }, TRUE },
  { "win.find", { "<Control>f" }, TRUE },
  { "win.go-to-error", { "F8" }, TRUE },
  { "win.lecture", { "F11", "F5" }, TRUE },
  { "win.choose-experiment", { "x" } },
  { "win.change-rate", { "l" } },
  { "win.compare", { "c" } },
  { "win.side-by-side", { "s" } },
  { "win.neurons", { "n" } },
  { "win.more-plots", { "m" } },
  { "win.lecture-blank", { "b", "period" } },
  { "win.lecture-larger", { "plus", "KP_Add", "equal" } },
  { "win.lecture-smaller", { "minus", "KP_Subtract" } },
  { "win.help", { "F1" }, TRUE },
  { "win.show-help-overlay", { "<Control>question" }, TRUE },
  { "window.close", { "<Control>w" }, TRUE },
  { "app.new-window", { "<Control>n" }, TRUE },
  { "app.quit", { "<Control>q" }, TRUE },
};

const BpActionKeys *
bp_window_actions_get_keys (gsize *n_actions)
{
  *n_actions = G_N_ELEMENTS (action_keys);

  return action_keys;
}

static const struct {
  const char *name;
  BpStepSize  size;
  int         direction;
} steps[] = {
  { "node-forward", BP_STEP_NODE, 1 },
  { "node-back", BP_STEP_NODE, -1 },
  { "phase-forward", BP_STEP_PHASE, 1 },
  { "phase-back", BP_STEP_PHASE, -1 },
  { "iteration-forward", BP_STEP_ITERATION, 1 },
  { "iteration-back", BP_STEP_ITERATION, -1 },
};

gboolean
bp_window_refuse_under_way (BpWindow *window)
{
  g_autofree char *text = NULL;

  if (!bp_run_is_under_way (window->run))
    return FALSE;
  text = g_strdup_printf (_("The run is on its way to iteration %" PRId64 "; Escape stops it where it is."),
                          bp_run_get_destination (window->run).iteration);
  bp_window_add_toast (window, text);

  return TRUE;
}

static void
step_cb (GSimpleAction          *action,
         G_GNUC_UNUSED GVariant *parameter,
         gpointer                data)
{
  const char *name = g_action_get_name (G_ACTION (action));

  if (bp_window_refuse_under_way (data))
    return;
  for (gsize i = 0; i < G_N_ELEMENTS (steps); i++)
    if (g_str_equal (name, steps[i].name))
      bp_run_step (bp_window_get_run (data), steps[i].size, steps[i].direction);
}

static void
play_cb (G_GNUC_UNUSED GSimpleAction *action,
         G_GNUC_UNUSED GVariant      *parameter,
         gpointer                     data)
{
  BpRun *run = bp_window_get_run (data);

  bp_run_set_playing (run, !bp_run_get_playing (run));
}

/* What has no more to say than the name of the action. */
static const struct {
  const char *name;
  void      (*function) (BpRun *run);
} functions[] = {
  { "reset", bp_run_reset },
  { "shuffle", bp_run_shuffle },
  { "undo", bp_run_undo },
  { "redo", bp_run_redo },
};

static void
run_cb (GSimpleAction          *action,
        G_GNUC_UNUSED GVariant *parameter,
        gpointer                data)
{
  for (gsize i = 0; i < G_N_ELEMENTS (functions); i++)
    if (g_str_equal (g_action_get_name (G_ACTION (action)), functions[i].name))
      functions[i].function (bp_window_get_run (data));
}

static void
run_to_end_cb (G_GNUC_UNUSED GSimpleAction *action,
               G_GNUC_UNUSED GVariant      *parameter,
               gpointer                     data)
{
  BpRun *run = bp_window_get_run (data);

  bp_run_run_to (run, bp_run_get_n_iterations (run));
}

static void
run_to_cb (G_GNUC_UNUSED GSimpleAction *action,
           G_GNUC_UNUSED GVariant      *parameter,
           gpointer                     data)
{
  GtkWidget *dialog = bp_run_to_dialog_new (data, bp_window_get_run (data));

  gtk_window_present (GTK_WINDOW (dialog));
}

static void
open_chosen_cb (GFile   *file,
                gpointer data)
{
  if (file != NULL)
    bp_window_replace_with_file (data, file);
}

static void
open_cb (G_GNUC_UNUSED GSimpleAction *action,
         G_GNUC_UNUSED GVariant      *parameter,
         gpointer                     data)
{
  BP_WINDOW (data)->open_chooser (data, NULL, open_chosen_cb, data);
}

static void
save_cb (GSimpleAction          *action,
         G_GNUC_UNUSED GVariant *parameter,
         gpointer                data)
{
  bp_window_save (data, g_str_equal (g_action_get_name (G_ACTION (action)), "save-as"));
}

/* The parts that are looked at, of the window or of lecture mode. */
static GtkWidget *
choose_shown (BpWindow  *window,
              GtkWidget *usual,
              GtkWidget *in_lecture)
{
  return bp_lecture_get_active (bp_window_get_lecture (window)) ? in_lecture : usual;
}

static void
choose_experiment_cb (G_GNUC_UNUSED GSimpleAction *action,
                      G_GNUC_UNUSED GVariant      *parameter,
                      gpointer                     data)
{
  BpWindow *window = data;
  GtkWidget *chooser = choose_shown (window, window->experiment_chooser, window->lecture_chooser);

  bp_experiment_chooser_popup (BP_EXPERIMENT_CHOOSER (chooser));
}

/* The slider takes the keys Up and Down. */
static void
change_rate_cb (G_GNUC_UNUSED GSimpleAction *action,
                G_GNUC_UNUSED GVariant      *parameter,
                gpointer                     data)
{
  BpWindow *window = data;
  BpLearningRate *rate = bp_training_panel_get_learning_rate (BP_TRAINING_PANEL (window->training_panel));

  if (gtk_widget_get_visible (GTK_WIDGET (window->panel_button)))
    gtk_toggle_button_set_active (window->panel_button, TRUE);
  gtk_widget_grab_focus (choose_shown (window, GTK_WIDGET (bp_learning_rate_get_scale (rate)), window->lecture_scale));
}

static void
compare_cb (G_GNUC_UNUSED GSimpleAction *action,
            G_GNUC_UNUSED GVariant      *parameter,
            gpointer                     data)
{
  BpWindow *window = data;

  gtk_menu_button_popup (GTK_MENU_BUTTON (choose_shown (window, GTK_WIDGET (window->compare_button),
                                                        window->lecture_compare)));
}

static void
open_builtin_cb (G_GNUC_UNUSED GSimpleAction *action,
                 GVariant                    *parameter,
                 gpointer                     data)
{
  bp_window_open_builtin (data, g_variant_get_string (parameter, NULL));
}

static void
help_cb (G_GNUC_UNUSED GSimpleAction *action,
         G_GNUC_UNUSED GVariant      *parameter,
         gpointer                     data)
{
  bp_help_present (data);
}

/* Shows the keys of the actions, those of the numeric keypad apart. */
static void
show_keys (GtkBuilder *builder)
{
  for (gsize i = 0; i < G_N_ELEMENTS (action_keys); i++)
    {
      GObject *shortcut = gtk_builder_get_object (builder, action_keys[i].action);
      g_autoptr (GString) keys = g_string_new (NULL);

      for (gsize j = 0; action_keys[i].keys[j] != NULL; j++)
        if (!g_str_has_prefix (action_keys[i].keys[j], "KP_"))
          g_string_append_printf (keys, "%s%s", j > 0 ? " " : "", action_keys[i].keys[j]);
      g_object_set (shortcut, "accelerator", keys->str, NULL);
    }
}

/* Built when it is first wanted: GTK would build the one it finds by itself for each window that opens. */
static void
show_help_overlay_cb (G_GNUC_UNUSED GSimpleAction *action,
                      G_GNUC_UNUSED GVariant      *parameter,
                      gpointer                     data)
{
  GtkApplicationWindow *window = data;

  if (gtk_application_window_get_help_overlay (window) == NULL)
    {
      g_autoptr (GtkBuilder) builder = gtk_builder_new_from_resource ("/org/backproplab/BackpropLab/bp-shortcuts.ui");
      GObject *overlay = gtk_builder_get_object (builder, "help_overlay");

      show_keys (builder);
      gtk_application_window_set_help_overlay (window, GTK_SHORTCUTS_WINDOW (overlay));
    }
  gtk_window_present (GTK_WINDOW (gtk_application_window_get_help_overlay (window)));
}

static const GActionEntry entries[] = {
  { "node-forward", step_cb },
  { "node-back", step_cb },
  { "phase-forward", step_cb },
  { "phase-back", step_cb },
  { "iteration-forward", step_cb },
  { "iteration-back", step_cb },
  { "play", play_cb },
  { "reset", run_cb },
  { "run-to-end", run_to_end_cb },
  { "run-to", run_to_cb },
  { "shuffle", run_cb },
  { "undo", run_cb },
  { "redo", run_cb },
  { "open", open_cb },
  { "save", save_cb },
  { "save-as", save_cb },
  { "open-builtin", open_builtin_cb, "s" },
  { "choose-experiment", choose_experiment_cb },
  { "change-rate", change_rate_cb },
  { "compare", compare_cb },
  { "help", help_cb },
  { "show-help-overlay", show_help_overlay_cb },
};

void
bp_window_set_enabled (BpWindow   *window,
                       const char *name,
                       gboolean    enabled)
{
  GAction *action = g_action_map_lookup_action (G_ACTION_MAP (window), name);

  g_simple_action_set_enabled (G_SIMPLE_ACTION (action), enabled);
}

static void
update_enabled (BpWindow *window)
{
  BpRun *run = bp_window_get_run (window);
  gboolean back = bp_run_get_can_step_back (run);
  gboolean forward = bp_run_get_can_step_forward (run);

  for (gsize i = 0; i < G_N_ELEMENTS (steps); i++)
    bp_window_set_enabled (window, steps[i].name, steps[i].direction > 0 ? forward : back);

  bp_window_set_enabled (window, "run-to-end", forward);
  bp_window_set_enabled (window, "reset", back);
  bp_window_set_enabled (window, "play", forward || bp_run_get_playing (run));
  bp_window_set_enabled (window, "undo", bp_run_get_can_undo (run));
  bp_window_set_enabled (window, "redo", bp_run_get_can_redo (run));
}

/* Keys */

static gboolean
shortcut_cb (GtkWidget              *widget,
             G_GNUC_UNUSED GVariant *arguments,
             gpointer                data)
{
  const BpActionKeys *keys = data;

  /* Handled also when the action is disabled: at the end of the run an arrow must not begin to move the focus. */
  gtk_widget_activate_action (widget, keys->action, NULL);

  return GDK_EVENT_STOP;
}

/* Before anything else that Escape takes back: who presses it sees the run go, or the nudge. */
static gboolean
stop_cb (GtkWidget               *widget,
         G_GNUC_UNUSED GVariant  *arguments,
         G_GNUC_UNUSED gpointer   data)
{
  BpRun *run = BP_WINDOW (widget)->run;

  if (bp_run_get_nudge (run) != NULL)
    {
      bp_run_set_nudging (run, FALSE);
      return GDK_EVENT_STOP;
    }
  if (!bp_run_is_under_way (run))
    return GDK_EVENT_PROPAGATE;
  bp_run_set_playing (run, FALSE);

  return GDK_EVENT_STOP;
}

/* Keys mean text in an entry, and belong to the menu in an open menu. */
static gboolean
takes_keys (GtkWidget *focus)
{
  GtkWidget *popover = focus != NULL ? gtk_widget_get_ancestor (focus, GTK_TYPE_POPOVER) : NULL;

  return focus != NULL
         && (GTK_IS_EDITABLE (focus) || GTK_IS_TEXT_VIEW (focus)
             || (popover != NULL && gtk_widget_get_visible (popover)));
}

/* GTK leaves the focus in the submenu of a menu that closes. It goes back to where it was, such as to the plot that the
 * menu is to export. */
static void
popover_closed_cb (GtkWindow  *window,
                   GtkPopover *popover)
{
  BpWindow *self = BP_WINDOW (window);
  GtkWidget *focus = gtk_window_get_focus (window);

  if (focus != NULL && !gtk_widget_is_ancestor (focus, GTK_WIDGET (popover)))
    return;
  if (self->focus_before == NULL || !gtk_widget_grab_focus (self->focus_before))
    gtk_widget_grab_focus (GTK_WIDGET (self->transport));
}

static void
follow_popover (GtkWindow *window)
{
  GtkWidget *focus = gtk_window_get_focus (window);
  GtkWidget *popover = focus != NULL ? gtk_widget_get_ancestor (focus, GTK_TYPE_POPOVER_MENU) : NULL;

  if (popover == NULL)
    {
      if (focus != NULL)
        g_set_weak_pointer (&BP_WINDOW (window)->focus_before, focus);
      return;
    }

  g_signal_handlers_disconnect_by_func (popover, popover_closed_cb, window);
  g_signal_connect_object (popover, "closed", G_CALLBACK (popover_closed_cb), window, G_CONNECT_SWAPPED);
}

static void
update_keys (GtkWindow                *window,
             G_GNUC_UNUSED GParamSpec *pspec,
             GtkEventController       *controller)
{
  follow_popover (window);
  gtk_event_controller_set_propagation_phase (controller,
                                              takes_keys (gtk_window_get_focus (window)) ? GTK_PHASE_NONE
                                                                                         : GTK_PHASE_CAPTURE);
}

static void
add_shortcuts (GtkShortcutController *controller,
               const BpActionKeys    *keys)
{
  for (gsize i = 0; keys->keys[i] != NULL; i++)
    {
      GtkShortcutTrigger *trigger = gtk_shortcut_trigger_parse_string (keys->keys[i]);
      GtkShortcutAction *action = gtk_callback_action_new (shortcut_cb, (gpointer) keys, NULL);

      gtk_shortcut_controller_add_shortcut (controller, gtk_shortcut_new (trigger, action));
    }
}

static void
add_keys (BpWindow *window)
{
  GtkEventController *controller = gtk_shortcut_controller_new ();

  for (gsize i = 0; i < G_N_ELEMENTS (action_keys); i++)
    if (!action_keys[i].in_text)
      add_shortcuts (GTK_SHORTCUT_CONTROLLER (controller), &action_keys[i]);

  gtk_shortcut_controller_add_shortcut (GTK_SHORTCUT_CONTROLLER (controller),
                                        gtk_shortcut_new (gtk_keyval_trigger_new (GDK_KEY_Escape, 0),
                                                          gtk_callback_action_new (stop_cb, NULL, NULL)));
  gtk_event_controller_set_name (controller, "run-keys");
  gtk_event_controller_set_propagation_phase (controller, GTK_PHASE_CAPTURE);
  gtk_widget_add_controller (GTK_WIDGET (window), controller);
  g_signal_connect_object (window, "notify::focus-widget", G_CALLBACK (update_keys), controller, 0);
}

void
bp_window_actions_install (BpWindow *window)
{
  BpRun *run = bp_window_get_run (window);
  g_autoptr (GPropertyAction) speed = g_property_action_new ("speed", run, "speed");
  g_autoptr (GPropertyAction) play_by = g_property_action_new ("play-by", run, "play-by");

  g_action_map_add_action_entries (G_ACTION_MAP (window), entries, G_N_ELEMENTS (entries), window);
  g_action_map_add_action (G_ACTION_MAP (window), G_ACTION (speed));
  g_action_map_add_action (G_ACTION_MAP (window), G_ACTION (play_by));
  bp_window_plots_install (window);
  bp_window_hands_install (window);
  add_keys (window);

  g_signal_connect_object (run, "changed", G_CALLBACK (update_enabled), window, G_CONNECT_SWAPPED);
  g_signal_connect_object (run, "notify::playing", G_CALLBACK (update_enabled), window, G_CONNECT_SWAPPED);
  update_enabled (window);
}

void
bp_window_actions_remove (BpWindow *window)
{
  g_clear_weak_pointer (&window->focus_before);
  g_action_map_remove_action (G_ACTION_MAP (window), "speed");
  g_action_map_remove_action (G_ACTION_MAP (window), "play-by");
  g_action_map_remove_action (G_ACTION_MAP (window), "neurons");
  bp_window_plots_remove (window);
}

void
bp_window_actions_set_accels (GtkApplication *application)
{
  for (gsize i = 0; i < G_N_ELEMENTS (action_keys); i++)
    if (action_keys[i].in_text)
      gtk_application_set_accels_for_action (application, action_keys[i].action,
                                             (const char * const *) action_keys[i].keys);
}
