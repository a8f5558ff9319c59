/* bp-window.c: the window
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "window/bp-window-private.h"

#include <glib/gi18n-lib.h>

#include "experiment/bp-builtin.h"
#include "panels/bp-experiment-chooser.h"
#include "panels/bp-learning-rate.h"
#include "explain/bp-explain-card.h"
#include "graph/bp-graph-view.h"
#include "network/bp-network-bar.h"
#include "network/bp-network-view.h"
#include "widgets/bp-menu.h"
#include "panels/bp-timeline.h"
#include "plots/bp-side-view.h"
#include "panels/bp-training-panel.h"
#include "panels/bp-transport.h"
#include "window/bp-window-actions.h"

/* In a narrower window the panel is shown in place of the views, and the header bar has no more than icons. */
#define NARROW 860

/* The same of lecture mode with the text. */
#define LECTURE_NARROW 1040

G_DEFINE_FINAL_TYPE (BpWindow, bp_window, ADW_TYPE_APPLICATION_WINDOW)

static gboolean
tick_cb (GtkWidget              *widget,
         GdkFrameClock          *frame_clock,
         G_GNUC_UNUSED gpointer  data)
{
  BpWindow *self = BP_WINDOW (widget);

  bp_run_advance (self->run, gdk_frame_clock_get_frame_time (frame_clock));
  self->advanced = g_get_monotonic_time ();
  if (bp_run_get_playing (self->run))
    return G_SOURCE_CONTINUE;

  self->tick = 0;

  return G_SOURCE_REMOVE;
}

static void
painted_cb (BpWindow *self)
{
  if (self->advanced > 0)
    bp_run_set_drawing_time (self->run, g_get_monotonic_time () - self->advanced);
  self->advanced = 0;
}

static void
watch_frames_cb (BpWindow *self)
{
  g_signal_connect_object (gtk_widget_get_frame_clock (GTK_WIDGET (self)), "after-paint", G_CALLBACK (painted_cb), self,
                           G_CONNECT_SWAPPED);
}

/* An idle window asks for no frames. */
static void
update_playing (BpWindow *self)
{
  if (bp_run_get_playing (self->run) && self->tick == 0)
    self->tick = gtk_widget_add_tick_callback (GTK_WIDGET (self), tick_cb, NULL, NULL);
}

/* Returns: (nullable): what has to be known of the text */
static const char *
get_text_state (BpWindow *self)
{
  const gboolean is_wrong = self->editor != NULL && bp_editor_has_error (self->editor);

  if (bp_document_is_restored (self->document))
    return is_wrong ? _("restored, error") : _("restored");
  if (bp_document_has_unsaved_text (self->document))
    return is_wrong ? _("not saved, error") : _("not saved");

  return is_wrong ? _("with an error") : NULL;
}

void
bp_window_update_title (BpWindow *self)
{
  const BpExperiment *experiment = bp_trainer_get_experiment (bp_run_get_trainer (self->run));
  g_autofree char *file = bp_document_is_foreign (self->document)
                          ? g_filename_display_basename (bp_document_get_name (self->document)) : NULL;
  const char *name = file != NULL ? file : bp_builtin_translate (experiment->title);
  const char *state = get_text_state (self);
  /* Translators: what is open, and a state such as "not saved". */
  g_autofree char *title = state != NULL ? g_strdup_printf (_("%s (%s) – Backprop Lab"), name, state)
                                         : g_strdup_printf (_("%s – Backprop Lab"), name);

  bp_experiment_chooser_set_state (BP_EXPERIMENT_CHOOSER (self->experiment_chooser), file, state);
  gtk_window_set_title (GTK_WINDOW (self), title);
}

static GtkWidget *
create_compare_button (BpWindow *self)
{
  GtkWidget *button = g_object_new (GTK_TYPE_MENU_BUTTON, "label", _("Compare"), "direction", GTK_ARROW_UP,
                                    "focus-on-click", FALSE, NULL);

  bp_menu_button_set_menu (GTK_MENU_BUTTON (button), self->compare_menu);

  return button;
}

/* Most windows are never projected: they do without until they are. */
static void
create_lecture_parts_cb (BpWindow *self)
{
  GtkWidget *timeline, *transport, *rate, *leave;

  if (gtk_widget_get_first_child (self->lecture_bar) != NULL)
    return;

  self->lecture_chooser = bp_experiment_chooser_new (self->run);
  bp_experiment_chooser_set_brief (BP_EXPERIMENT_CHOOSER (self->lecture_chooser), TRUE);
  timeline = bp_timeline_new (self->run);
  bp_timeline_set_brief (BP_TIMELINE (timeline));
  gtk_widget_set_hexpand (timeline, TRUE);
  gtk_box_append (GTK_BOX (self->lecture_status), self->lecture_chooser);
  gtk_box_append (GTK_BOX (self->lecture_status), timeline);

  rate = bp_learning_rate_new (self->run);
  bp_learning_rate_set_compact (BP_LEARNING_RATE (rate));
  gtk_widget_set_hexpand (rate, TRUE);
  self->lecture_scale = GTK_WIDGET (bp_learning_rate_get_scale (BP_LEARNING_RATE (rate)));
  self->lecture_compare = create_compare_button (self);
  leave = g_object_new (GTK_TYPE_BUTTON, "label", _("Leave"), "tooltip-text", _("Leave lecture mode (F11)"),
                        "action-name", "win.lecture", "focus-on-click", FALSE, NULL);
  transport = bp_transport_new (self->run);
  bp_transport_set_brief (BP_TRANSPORT (transport));
  gtk_box_append (GTK_BOX (self->lecture_bar), transport);
  gtk_box_append (GTK_BOX (self->lecture_bar), rate);
  gtk_box_append (GTK_BOX (self->lecture_bar), self->lecture_compare);
  gtk_box_append (GTK_BOX (self->lecture_bar), leave);
}

/* Without plots and card the graph has all of the height. */
static void
update_lower_part (BpWindow *self)
{
  gtk_widget_set_visible (self->lower_part, gtk_widget_get_visible (GTK_WIDGET (self->plot_panes))
                                            || gtk_widget_get_parent (self->explain_card) == self->lower);
}

/* Short where there is little room. After an update what used the old value is grey, and only then. */
static void
update_legend (BpWindow *self)
{
  const gboolean is_short = bp_lecture_get_active (self->lecture)
                            || gtk_widget_get_visible (GTK_WIDGET (self->panel_button))
                            || gtk_widget_get_visible (self->network_bar);
  const BpInstruction *last = bp_trainer_get_last_instruction (bp_run_get_trainer (self->run));

  gtk_label_set_label (self->value_label, is_short ? _("value") : _("value (forward)"));
  gtk_label_set_label (self->gradient_label, is_short ? _("∂ gradient") : _("gradient (backward)"));
  /* Translators: numbers from before the update, in a short legend. */
  gtk_label_set_label (self->old_label, is_short ? _("old") : _("before the update"));
  gtk_widget_set_visible (self->old_legend, last != NULL && last->phase == BP_PHASE_UPDATE);
}

/* Type that is large for its height leaves the text no room beside it on a screen that is not wide. */
static gboolean
has_room_for_text (int width,
                   int height)
{
  return width >= LECTURE_NARROW && width >= 1.7 * height;
}

void
bp_window_close_menus (GtkWidget *widget)
{
  for (GtkWidget *child = gtk_widget_get_first_child (widget); child != NULL;
       child = gtk_widget_get_next_sibling (child))
    if (!GTK_IS_POPOVER (child))
      bp_window_close_menus (child);
    else if (gtk_widget_get_visible (child))
      gtk_popover_popdown (GTK_POPOVER (child));
}

static void
show_side_panel (BpWindow *self,
                 gboolean  shown)
{
  if (shown == gtk_widget_get_visible (self->side_panel))
    return;

  bp_window_close_menus (GTK_WIDGET (self));
  gtk_widget_set_visible (self->side_panel, shown);
}

/* Called with the width that the window is to have, too, before there is a window of that width. */
void
bp_window_update_narrow (BpWindow *self)
{
  const gboolean in_lecture = bp_lecture_get_active (self->lecture);
  const gboolean shows_panel = gtk_toggle_button_get_active (self->panel_button);
  int width = gtk_widget_get_width (GTK_WIDGET (self));
  int height = gtk_widget_get_height (GTK_WIDGET (self));

  if (width == 0)
    gtk_window_get_default_size (GTK_WINDOW (self), &width, &height);
  const gboolean is_narrow = width < NARROW;

  if (is_narrow == gtk_widget_get_visible (self->export_button))
    {
      bp_experiment_chooser_set_brief (BP_EXPERIMENT_CHOOSER (self->experiment_chooser), is_narrow);
      gtk_menu_button_set_label (self->compare_button, _("Compare"));
      if (is_narrow)
        gtk_menu_button_set_icon_name (self->compare_button, "view-dual-symbolic");
    }
  gtk_widget_set_visible (GTK_WIDGET (self->panel_button), is_narrow);
  gtk_widget_set_visible (self->export_button, !is_narrow);
  bp_side_view_set_brief (BP_SIDE_VIEW (self->side_view), in_lecture);
  show_side_panel (self, (!in_lecture || bp_window_shows_text (self)) && !gtk_widget_get_visible (self->side_view)
                         && (shows_panel || !is_narrow));
  gtk_widget_set_visible (self->views, in_lecture ? !bp_window_shows_text (self) || has_room_for_text (width, height)
                                                  : !shows_panel || !is_narrow);
  update_legend (self);
}

static void
follow_width (BpWindow *self)
{
  g_signal_connect_object (gtk_native_get_surface (GTK_NATIVE (self)), "layout", G_CALLBACK (bp_window_update_narrow),
                           self, G_CONNECT_SWAPPED);
}

static void
install_lecture (BpWindow *self)
{
  self->lecture = bp_lecture_new (self);
  g_signal_connect_swapped (self->plot_panes, "notify::visible", G_CALLBACK (update_lower_part), self);
  g_signal_connect_swapped (self->explain_card, "notify::parent", G_CALLBACK (update_lower_part), self);
  g_signal_connect (self, "action-state-changed::lecture", G_CALLBACK (bp_window_update_narrow), NULL);
  g_signal_connect_object (self->run, "changed", G_CALLBACK (update_legend), self, G_CONNECT_SWAPPED);
  update_legend (self);
  g_signal_connect (self, "notify::default-width", G_CALLBACK (bp_window_update_narrow), NULL);
  g_signal_connect_object (self->side_view, "notify::visible", G_CALLBACK (bp_window_update_narrow), self,
                           G_CONNECT_SWAPPED);
  g_signal_connect (self, "realize", G_CALLBACK (follow_width), NULL);
  g_signal_connect (self, "realize", G_CALLBACK (watch_frames_cb), NULL);
}

static void
watch_run (BpWindow *self)
{
  bp_experiment_chooser_set_run (BP_EXPERIMENT_CHOOSER (self->experiment_chooser), self->run);
  bp_transport_set_run (self->transport, self->run);
  bp_training_panel_set_run (BP_TRAINING_PANEL (self->training_panel), self->run);
  bp_explain_card_set_run (BP_EXPLAIN_CARD (self->explain_card), self->run);
  bp_timeline_set_run (BP_TIMELINE (self->timeline), self->run);
  bp_graph_view_set_run (BP_GRAPH_VIEW (self->graph_view), self->run);
  bp_network_bar_set_run (BP_NETWORK_BAR (self->network_bar), self->run);
  bp_network_view_set_run (BP_NETWORK_VIEW (self->network_view), self->run);
  bp_plot_panes_set_run (self->plot_panes, self->run);
  bp_side_view_set_run (BP_SIDE_VIEW (self->side_view), self->run);
}

static void
bp_window_dispose (GObject *object)
{
  BpWindow *self = BP_WINDOW (object);

  if (self->run != NULL)
    {
      bp_window_settings_remove (self);
      bp_window_actions_remove (self);
      bp_window_compare_remove (self);
      bp_window_export_remove (self);
      bp_window_editor_remove (self);
      g_signal_handlers_disconnect_by_func (self->plot_panes, update_lower_part, self);
      g_signal_handlers_disconnect_by_func (self->explain_card, update_lower_part, self);
    }
  if (self->run != NULL)
    bp_window_stop_opening (self);
  g_clear_handle_id (&self->computing_delay, g_source_remove);
  g_clear_pointer (&self->lecture, bp_lecture_free);
  g_clear_pointer (&self->data, bp_window_data_free);
  g_clear_pointer (&self->document, bp_document_free);
  g_clear_object (&self->run);
  g_clear_object (&self->recent);
  g_clear_pointer (&self->conditional, g_array_unref);

  G_OBJECT_CLASS (bp_window_parent_class)->dispose (object);
}

static void
bind_template (GtkWidgetClass *widget_class)
{
  gtk_widget_class_set_template_from_resource (widget_class, "/org/backproplab/BackpropLab/bp-window.ui");
  gtk_widget_class_bind_template_child (widget_class, BpWindow, blank);
  gtk_widget_class_bind_template_child (widget_class, BpWindow, compare_button);
  gtk_widget_class_bind_template_child (widget_class, BpWindow, compare_menu);
  gtk_widget_class_bind_template_child (widget_class, BpWindow, computing);
  gtk_widget_class_bind_template_child (widget_class, BpWindow, computing_bar);
  gtk_widget_class_bind_template_child (widget_class, BpWindow, computing_label);
  gtk_widget_class_bind_template_child (widget_class, BpWindow, explain_card);
  gtk_widget_class_bind_template_child (widget_class, BpWindow, file_section);
  gtk_widget_class_bind_template_child (widget_class, BpWindow, graph_view);
  gtk_widget_class_bind_template_child (widget_class, BpWindow, network_bar);
  gtk_widget_class_bind_template_child (widget_class, BpWindow, network_box);
  gtk_widget_class_bind_template_child (widget_class, BpWindow, network_view);
  gtk_widget_class_bind_template_child (widget_class, BpWindow, header_bar);
  gtk_widget_class_bind_template_child (widget_class, BpWindow, panel_button);
  gtk_widget_class_bind_template_child (widget_class, BpWindow, export_button);
  gtk_widget_class_bind_template_child (widget_class, BpWindow, status_row);
  gtk_widget_class_bind_template_child (widget_class, BpWindow, graph_title);
  gtk_widget_class_bind_template_child (widget_class, BpWindow, lecture_bar);
  gtk_widget_class_bind_template_child (widget_class, BpWindow, lecture_status);
  gtk_widget_class_bind_template_child (widget_class, BpWindow, old_legend);
  gtk_widget_class_bind_template_child (widget_class, BpWindow, old_label);
  gtk_widget_class_bind_template_child (widget_class, BpWindow, value_label);
  gtk_widget_class_bind_template_child (widget_class, BpWindow, gradient_label);
  gtk_widget_class_bind_template_child (widget_class, BpWindow, lower);
  gtk_widget_class_bind_template_child (widget_class, BpWindow, lower_part);
  gtk_widget_class_bind_template_child (widget_class, BpWindow, upper);
  gtk_widget_class_bind_template_child (widget_class, BpWindow, experiment_chooser);
  gtk_widget_class_bind_template_child (widget_class, BpWindow, training_panel);
  gtk_widget_class_bind_template_child (widget_class, BpWindow, main_button);
  gtk_widget_class_bind_template_child (widget_class, BpWindow, main_menu);
  gtk_widget_class_bind_template_child (widget_class, BpWindow, side_panel);
  gtk_widget_class_bind_template_child (widget_class, BpWindow, side_stack);
  gtk_widget_class_bind_template_child (widget_class, BpWindow, side_switch);
  gtk_widget_class_bind_template_child (widget_class, BpWindow, side_view);
  gtk_widget_class_bind_template_child (widget_class, BpWindow, text_bin);
  gtk_widget_class_bind_template_child (widget_class, BpWindow, text_buttons);
  gtk_widget_class_bind_template_child (widget_class, BpWindow, text_chip);
  gtk_widget_class_bind_template_child (widget_class, BpWindow, timeline);
  gtk_widget_class_bind_template_child (widget_class, BpWindow, hint);
  gtk_widget_class_bind_template_child (widget_class, BpWindow, hint_label);
  gtk_widget_class_bind_template_child (widget_class, BpWindow, graph_pane);
  gtk_widget_class_bind_template_child (widget_class, BpWindow, panel_pane);
  gtk_widget_class_bind_template_child (widget_class, BpWindow, plot_menu);
  gtk_widget_class_bind_template_child (widget_class, BpWindow, plot_panes);
  gtk_widget_class_bind_template_child (widget_class, BpWindow, presets);
  gtk_widget_class_bind_template_child (widget_class, BpWindow, toast_overlay);
  gtk_widget_class_bind_template_child (widget_class, BpWindow, transport);
  gtk_widget_class_bind_template_child (widget_class, BpWindow, views);
  gtk_widget_class_bind_template_child (widget_class, BpWindow, zoom_buttons);
  gtk_widget_class_bind_template_callback (widget_class, create_lecture_parts_cb);
  gtk_widget_class_bind_template_callback_full (widget_class, "update_narrow", G_CALLBACK (bp_window_update_narrow));
}

static void
bp_window_class_init (BpWindowClass *klass)
{
  GObjectClass *object_class = G_OBJECT_CLASS (klass);
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  object_class->dispose = bp_window_dispose;
  GTK_WINDOW_CLASS (klass)->close_request = bp_window_close_request;

  g_type_ensure (BP_TYPE_EXPERIMENT_CHOOSER);
  g_type_ensure (BP_TYPE_EXPLAIN_CARD);
  g_type_ensure (BP_TYPE_GRAPH_VIEW);
  g_type_ensure (BP_TYPE_NETWORK_BAR);
  g_type_ensure (BP_TYPE_NETWORK_VIEW);
  g_type_ensure (BP_TYPE_PLOT_PANES);
  g_type_ensure (BP_TYPE_SIDE_VIEW);
  g_type_ensure (BP_TYPE_TIMELINE);
  g_type_ensure (BP_TYPE_TRAINING_PANEL);
  g_type_ensure (BP_TYPE_TRANSPORT);
  bind_template (widget_class);
}

static void
bp_window_init (BpWindow *self)
{
  self->open_chooser = bp_file_chooser_open_experiment;
  self->save_chooser = bp_file_chooser_save_experiment;
  self->table_chooser = bp_file_chooser_open_table;
  self->save_table_chooser = bp_file_chooser_save_table;
  gtk_widget_init_template (GTK_WIDGET (self));
  bp_menu_button_set_menu (self->main_button, self->main_menu);
  bp_menu_button_set_menu (self->compare_button, self->compare_menu);
}

GtkWidget *
bp_window_new (GtkApplication *application,
               BpRun          *run)
{
  BpWindow *self = g_object_new (BP_TYPE_WINDOW, "application", application, NULL);
  GtkWidget *graph_buttons[] = { self->zoom_buttons, self->network_bar };

  self->run = g_object_ref (run);
  watch_run (self);
  self->document = bp_document_new (self->run);
  bp_window_actions_install (self);
  bp_window_compare_install (self);
  bp_window_computing_install (self);
  bp_window_files_install (self);
  bp_window_new_install (self);
  self->data = bp_window_data_new (self);
  bp_window_export_install (self);
  bp_window_recent_install (self);
  bp_window_editor_install (self);
  install_lecture (self);
  bp_window_add_property_action (self, "neurons", self->network_bar);
  for (guint i = 0; i < G_N_ELEMENTS (graph_buttons); i++)
    gtk_widget_insert_action_group (graph_buttons[i], "graph",
                                    bp_graph_view_get_actions (BP_GRAPH_VIEW (self->graph_view)));
  bp_window_settings_install (self);
  g_signal_connect_object (self->run, "notify::playing", G_CALLBACK (update_playing), self, G_CONNECT_SWAPPED);
  g_signal_connect_object (self->run, "rebuilt", G_CALLBACK (bp_window_update_title), self, G_CONNECT_SWAPPED);
  g_signal_connect_object (self->run, "message", G_CALLBACK (bp_window_add_toast), self, G_CONNECT_SWAPPED);
  bp_window_update_title (self);
  update_playing (self);
  gtk_widget_grab_focus (GTK_WIDGET (self->transport));

  return GTK_WIDGET (self);
}

BpRun *
bp_window_get_run (BpWindow *self)
{
  g_return_val_if_fail (BP_IS_WINDOW (self), NULL);

  return self->run;
}

BpLecture *
bp_window_get_lecture (BpWindow *self)
{
  g_return_val_if_fail (BP_IS_WINDOW (self), NULL);

  return self->lecture;
}

void
bp_window_add_toast (BpWindow   *self,
                     const char *text)
{
  g_autofree char *title = NULL;

  g_return_if_fail (BP_IS_WINDOW (self));
  g_return_if_fail (text != NULL);

  title = g_markup_escape_text (text, -1);
  adw_toast_overlay_add_toast (self->toast_overlay, adw_toast_new (title));
}
