/* bp-window-actions.c: what can be done in a window, and the keys that do it
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "window/bp-window-actions.h"

#include <glib/gi18n-lib.h>
#include <inttypes.h>

#include "dialogs/bp-help.h"
#include "dialogs/bp-run-to-dialog.h"
#include "dialogs/bp-sample-dialog.h"
#include "panels/bp-experiment-chooser.h"
#include "panels/bp-training-panel.h"
#include "window/bp-window-private.h"
#include "window/bp-window-shortcuts.h"

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
step_cb (BpWindow               *self,
         G_GNUC_UNUSED GVariant *parameter,
         GAction                *action)
{
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

  if (bp_window_refuse_under_way (self))
    return;
  for (gsize i = 0; i < G_N_ELEMENTS (steps); i++)
    if (g_str_equal (g_action_get_name (action), steps[i].name))
      bp_run_step (self->run, steps[i].size, steps[i].direction);
}

static void
play (BpRun *run)
{
  bp_run_set_playing (run, !bp_run_get_playing (run));
}

static gboolean
can_play (BpRun *run)
{
  return bp_run_get_playing (run) || bp_run_get_can_step_forward (run);
}

static void
run_to_end (BpRun *run)
{
  bp_run_run_to (run, bp_run_get_n_iterations (run));
}

static void
nudge (BpRun *run)
{
  bp_run_set_nudging (run, bp_run_get_nudge (run) == NULL);
}

static void
run_to_cb (BpWindow *self)
{
  bp_lecture_present (self->lecture, bp_run_to_dialog_new (GTK_WINDOW (self), self->run));
}

static void
choose_sample_cb (BpWindow *self)
{
  bp_lecture_present (self->lecture, bp_sample_dialog_new (GTK_WINDOW (self), self->run));
}

static void
open_chosen_cb (GFile   *file,
                gpointer data)
{
  if (file != NULL)
    bp_window_replace_with_file (data, file);
}

static void
open_cb (BpWindow *self)
{
  self->open_chooser (GTK_WINDOW (self), NULL, open_chosen_cb, self);
}

static void
save_cb (BpWindow *self)
{
  bp_window_save (self, FALSE);
}

static void
save_as_cb (BpWindow *self)
{
  bp_window_save (self, TRUE);
}

/* The parts that are looked at, of the window or of lecture mode. */
static GtkWidget *
choose_shown (BpWindow  *self,
              GtkWidget *usual,
              GtkWidget *in_lecture)
{
  return bp_lecture_get_active (self->lecture) ? in_lecture : usual;
}

static void
choose_experiment_cb (BpWindow *self)
{
  GtkWidget *chooser = choose_shown (self, self->experiment_chooser, self->lecture_chooser);

  bp_experiment_chooser_popup (BP_EXPERIMENT_CHOOSER (chooser));
}

/* The slider takes the keys Up and Down. */
static void
change_rate_cb (BpWindow *self)
{
  BpLearningRate *rate = bp_training_panel_get_learning_rate (BP_TRAINING_PANEL (self->training_panel));

  if (gtk_widget_get_visible (GTK_WIDGET (self->panel_button)))
    gtk_toggle_button_set_active (self->panel_button, TRUE);
  gtk_widget_grab_focus (choose_shown (self, GTK_WIDGET (bp_learning_rate_get_scale (rate)), self->lecture_scale));
}

static void
compare_cb (BpWindow *self)
{
  gtk_menu_button_popup (GTK_MENU_BUTTON (choose_shown (self, GTK_WIDGET (self->compare_button),
                                                        self->lecture_compare)));
}

static void
open_builtin_cb (BpWindow *self,
                 GVariant *parameter)
{
  bp_window_open_builtin (self, g_variant_get_string (parameter, NULL));
}

static void
help_cb (BpWindow *self)
{
  bp_help_present (GTK_WINDOW (self));
}

/* Built when it is first wanted: GTK would build the one it finds by itself for each window that opens. */
static void
show_help_overlay_cb (BpWindow *self)
{
  GtkApplicationWindow *window = GTK_APPLICATION_WINDOW (self);

  if (gtk_application_window_get_help_overlay (window) == NULL)
    gtk_application_window_set_help_overlay (window, GTK_SHORTCUTS_WINDOW (bp_window_shortcuts_new ()));
  gtk_window_present (GTK_WINDOW (gtk_application_window_get_help_overlay (window)));
}

static const BpWindowAction actions[] = {
  { "node-forward", G_CALLBACK (step_cb), bp_run_get_can_step_forward },
  { "node-back", G_CALLBACK (step_cb), bp_run_get_can_step_back },
  { "phase-forward", G_CALLBACK (step_cb), bp_run_get_can_step_forward },
  { "phase-back", G_CALLBACK (step_cb), bp_run_get_can_step_back },
  { "iteration-forward", G_CALLBACK (step_cb), bp_run_get_can_step_forward },
  { "iteration-back", G_CALLBACK (step_cb), bp_run_get_can_step_back },
  { "play", G_CALLBACK (play), can_play, .of_run = TRUE },
  { "reset", G_CALLBACK (bp_run_reset), bp_run_get_can_step_back, .of_run = TRUE },
  { "run-to-end", G_CALLBACK (run_to_end), bp_run_get_can_step_forward, .of_run = TRUE },
  { "run-to", G_CALLBACK (run_to_cb) },
  { "shuffle", G_CALLBACK (bp_run_shuffle), .of_run = TRUE },
  { "undo", G_CALLBACK (bp_run_undo), bp_run_get_can_undo, .of_run = TRUE },
  { "redo", G_CALLBACK (bp_run_redo), bp_run_get_can_redo, .of_run = TRUE },
  { "nudge", G_CALLBACK (nudge), bp_run_get_can_nudge, .of_run = TRUE },
  { "choose-sample", G_CALLBACK (choose_sample_cb), bp_run_get_can_choose_batch },
  { "open", G_CALLBACK (open_cb) },
  { "save", G_CALLBACK (save_cb) },
  { "save-as", G_CALLBACK (save_as_cb) },
  { "open-builtin", G_CALLBACK (open_builtin_cb), .parameter = "s" },
  { "choose-experiment", G_CALLBACK (choose_experiment_cb) },
  { "change-rate", G_CALLBACK (change_rate_cb) },
  { "compare", G_CALLBACK (compare_cb) },
  { "help", G_CALLBACK (help_cb) },
  { "show-help-overlay", G_CALLBACK (show_help_overlay_cb) },
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
  for (guint i = 0; i < window->conditional->len; i++)
    {
      const BpWindowAction *action = g_array_index (window->conditional, const BpWindowAction *, i);

      bp_window_set_enabled (window, action->name, action->is_enabled (window->run));
    }
}

void
bp_window_add_actions (BpWindow             *window,
                       const BpWindowAction *rows,
                       guint                 n_rows)
{
  for (guint i = 0; i < n_rows; i++)
    {
      const BpWindowAction *row = &rows[i];
      const GVariantType *type = row->parameter != NULL ? G_VARIANT_TYPE (row->parameter) : NULL;
      g_autoptr (GSimpleAction) action = g_simple_action_new (row->name, type);

      g_signal_connect_object (action, "activate", row->activate, row->of_run ? (gpointer) window->run : window,
                               G_CONNECT_SWAPPED);
      g_action_map_add_action (G_ACTION_MAP (window), G_ACTION (action));
      if (row->is_enabled != NULL)
        g_array_append_val (window->conditional, row);
    }
  update_enabled (window);
}

void
bp_window_add_property_action (BpWindow   *window,
                               const char *name,
                               gpointer    object)
{
  g_autoptr (GPropertyAction) action = g_property_action_new (name, object, name);

  g_action_map_add_action (G_ACTION_MAP (window), G_ACTION (action));
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
  window->conditional = g_array_new (FALSE, FALSE, sizeof (const BpWindowAction *));
  bp_window_add_actions (window, actions, G_N_ELEMENTS (actions));
  bp_window_add_property_action (window, "speed", window->run);
  bp_window_add_property_action (window, "play-by", window->run);
  bp_window_plots_install (window);
  add_keys (window);
  g_signal_connect_object (window->run, "changed", G_CALLBACK (update_enabled), window, G_CONNECT_SWAPPED);
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
