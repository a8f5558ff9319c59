/* bp-window-settings.c: what a window remembers for the next one
 *
 * Each window has its own size, panes and speed, and begins with what the last one left: a window that stays writes
 * what has changed, and one that closes writes all of it.
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "window/bp-window-private.h"

#include <math.h>

#include "dialogs/bp-preferences.h"

/* Seconds after the last change. */
#define SAVE_DELAY 1

/* A panel that was made wide on a larger screen leaves the views most of this one. */
#define MAX_PANEL_SHARE 0.3

/* Of the handle, in pixels: what rounding does to it while the window's size changes. */
#define PANE_TOLERANCE 2

static void
save (BpWindow *self)
{
  const BpWindowState *state = &self->state;

  g_clear_handle_id (&self->save, g_source_remove);
  g_settings_set_int (self->settings, "window-width", state->width);
  g_settings_set_int (self->settings, "window-height", state->height);
  g_settings_set_boolean (self->settings, "window-maximized", state->maximized);
  g_settings_set_double (self->settings, "graph-share", state->graph_share);
  g_settings_set_int (self->settings, "training-panel-width", state->panel_width);
  g_settings_set_double (self->settings, "speed", bp_run_get_speed (self->run));
  g_settings_set_enum (self->settings, "play-by", bp_run_get_play_by (self->run));
}

static gboolean
save_cb (gpointer data)
{
  save (data);

  return G_SOURCE_REMOVE;
}

static void
save_soon (BpWindow *self)
{
  g_clear_handle_id (&self->save, g_source_remove);
  self->save = g_timeout_add_seconds (SAVE_DELAY, save_cb, self);
}

/* Lecture mode has the whole screen, and other parts: what is remembered is the window without it. */
static gboolean
is_lecture (BpWindow *self)
{
  return bp_lecture_get_active (self->lecture) || gtk_window_is_fullscreen (GTK_WINDOW (self));
}

/* The size */

/* What it was given need not be what is remembered: the next screen may be larger. */
static void
size_cb (BpWindow *self)
{
  int width, height;

  gtk_window_get_default_size (GTK_WINDOW (self), &width, &height);
  if (is_lecture (self) || (width == self->given_width && height == self->given_height))
    return;

  self->state.width = width;
  self->state.height = height;
  save_soon (self);
}

static void
maximized_cb (BpWindow *self)
{
  if (is_lecture (self))
    return;

  self->state.maximized = gtk_window_is_maximized (GTK_WINDOW (self));
  save_soon (self);
}

/* Where it opens is known only once it has: it must fit any monitor. */
static void
get_room (GtkWidget *widget,
          int       *width,
          int       *height)
{
  GListModel *monitors = gdk_display_get_monitors (gtk_widget_get_display (widget));

  *width = *height = G_MAXINT;
  for (guint i = 0; i < g_list_model_get_n_items (monitors); i++)
    {
      g_autoptr (GdkMonitor) monitor = g_list_model_get_item (monitors, i);
      GdkRectangle geometry;

      gdk_monitor_get_geometry (monitor, &geometry);
      *width = MIN (*width, geometry.width);
      *height = MIN (*height, geometry.height);
    }
}

/* The panes */

/* Where the handle below the graph belongs while the pane is as it is. */
static int
get_graph_height (BpWindow *self)
{
  int min, max;

  g_object_get (self->graph_pane, "min-position", &min, "max-position", &max, NULL);

  return CLAMP ((int) round (self->state.graph_share * gtk_widget_get_height (GTK_WIDGET (self->graph_pane))), min,
                max);
}

/* The first time that the pane has a height. */
static void
place_graph_cb (BpWindow *self)
{
  if (gtk_widget_get_height (GTK_WIDGET (self->graph_pane)) == 0)
    return;

  g_signal_handlers_disconnect_by_func (self->graph_pane, place_graph_cb, self);
  gtk_paned_set_position (self->graph_pane, get_graph_height (self));
}

/* Whether a handle has been moved, and not only the size of what it divides. */
static gboolean
is_placed (BpWindow *self,
           GtkPaned *pane)
{
  gboolean placed;

  g_object_get (pane, "position-set", &placed, NULL);

  return placed && gtk_widget_get_visible (gtk_paned_get_start_child (pane)) && !is_lecture (self)
         && (pane != self->panel_pane || !bp_window_shows_text (self));
}

static void
graph_moved_cb (BpWindow *self)
{
  int height = gtk_widget_get_height (GTK_WIDGET (self->graph_pane));
  int position = gtk_paned_get_position (self->graph_pane);

  if (height == 0 || !is_placed (self, self->graph_pane) || abs (position - get_graph_height (self)) <= PANE_TOLERANCE)
    return;

  self->state.graph_share = (double) position / height;
  save_soon (self);
}

static void
panel_moved_cb (BpWindow *self)
{
  if (!is_placed (self, self->panel_pane))
    return;

  self->state.panel_width = gtk_paned_get_position (self->panel_pane);
  save_soon (self);
}

/* From one window to the next */

static void
load (BpWindow *self)
{
  BpWindowState *state = &self->state;

  state->width = g_settings_get_int (self->settings, "window-width");
  state->height = g_settings_get_int (self->settings, "window-height");
  state->maximized = g_settings_get_boolean (self->settings, "window-maximized");
  state->graph_share = g_settings_get_double (self->settings, "graph-share");
  state->panel_width = g_settings_get_int (self->settings, "training-panel-width");
  bp_run_set_speed (self->run, g_settings_get_double (self->settings, "speed"));
  bp_run_set_play_by (self->run, g_settings_get_enum (self->settings, "play-by"));
}

static void
apply (BpWindow *self)
{
  const BpWindowState *state = &self->state;
  int room_width, room_height;

  get_room (GTK_WIDGET (self), &room_width, &room_height);
  self->given_width = MIN (state->width, room_width);
  self->given_height = MIN (state->height, room_height);
  gtk_window_set_default_size (GTK_WINDOW (self), self->given_width, self->given_height);
  if (state->maximized)
    gtk_window_maximize (GTK_WINDOW (self));

  if (state->panel_width >= 0)
    gtk_paned_set_position (self->panel_pane,
                            MIN (state->panel_width,
                                 MAX_PANEL_SHARE * (state->maximized ? room_width : self->given_width)));
  if (state->graph_share > 0)
    g_signal_connect_object (self->graph_pane, "notify::max-position", G_CALLBACK (place_graph_cb), self,
                             G_CONNECT_SWAPPED);
}

/* A pane that hides a child has no handle, but takes presses where that was: nodes and plots lie there then. */
static void
update_handle (GtkPaned *pane)
{
  const gboolean has_handle = gtk_widget_get_visible (gtk_paned_get_start_child (pane))
                              && gtk_widget_get_visible (gtk_paned_get_end_child (pane));
  g_autoptr (GListModel) controllers = gtk_widget_observe_controllers (GTK_WIDGET (pane));

  for (guint i = 0; i < g_list_model_get_n_items (controllers); i++)
    {
      g_autoptr (GtkEventController) controller = g_list_model_get_item (controllers, i);

      if (GTK_IS_GESTURE (controller))
        gtk_event_controller_set_propagation_phase (controller, has_handle ? GTK_PHASE_CAPTURE : GTK_PHASE_NONE);
    }
}

static void
watch_handle (GtkPaned *pane)
{
  g_signal_connect_object (gtk_paned_get_start_child (pane), "notify::visible", G_CALLBACK (update_handle), pane,
                           G_CONNECT_SWAPPED);
  g_signal_connect_object (gtk_paned_get_end_child (pane), "notify::visible", G_CALLBACK (update_handle), pane,
                           G_CONNECT_SWAPPED);
  update_handle (pane);
}

void
bp_window_settings_install (BpWindow *window)
{
  watch_handle (window->panel_pane);
  watch_handle (window->graph_pane);
  window->settings = bp_preferences_new ();
  if (window->settings == NULL)
    return;

  load (window);
  apply (window);
  g_signal_connect (window, "notify::default-width", G_CALLBACK (size_cb), NULL);
  g_signal_connect (window, "notify::default-height", G_CALLBACK (size_cb), NULL);
  g_signal_connect (window, "notify::maximized", G_CALLBACK (maximized_cb), NULL);
  g_signal_connect_object (window->graph_pane, "notify::position", G_CALLBACK (graph_moved_cb), window,
                           G_CONNECT_SWAPPED);
  g_signal_connect_object (window->panel_pane, "notify::position", G_CALLBACK (panel_moved_cb), window,
                           G_CONNECT_SWAPPED);
  g_signal_connect_object (window->run, "notify::speed", G_CALLBACK (save_soon), window, G_CONNECT_SWAPPED);
  g_signal_connect_object (window->run, "notify::play-by", G_CALLBACK (save_soon), window, G_CONNECT_SWAPPED);
}

void
bp_window_settings_remove (BpWindow *window)
{
  if (window->settings == NULL)
    return;

  save (window);
  g_signal_handlers_disconnect_by_func (window, size_cb, NULL);
  g_signal_handlers_disconnect_by_func (window, maximized_cb, NULL);
  g_signal_handlers_disconnect_by_data (window->graph_pane, window);
  g_signal_handlers_disconnect_by_data (window->panel_pane, window);
  g_signal_handlers_disconnect_by_func (window->run, save_soon, window);
  g_clear_object (&window->settings);
}
