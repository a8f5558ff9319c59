/* bp-lecture.c: the window as it is projected in a lecture
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "window/bp-lecture.h"

#include "explain/bp-explain-card.h"
#include "graph/bp-graph-view.h"
#include "window/bp-window-actions.h"
#include "window/bp-window-private.h"

/* Running text is this part of the height; style.css has the rest as parts of that. */
#define LINES_OF_TYPE 40

/* The bands, as parts of the height; and the card, of the width. */
#define GRAPH_BAND 0.41
#define CARD_SHARE 0.36

/* In a window narrower than so many times the size of the type, as at 4:3, the legend of the graph has a row of its own
 * and there are three plots. */
#define STATUS_WIDTH 64

#define MIN_SCALE 1.0
#define MAX_SCALE 2.0
#define SCALE_STEP 1.1

/* How long the pointer stays after it has moved last. */
#define STILL_SECONDS 3

struct _BpLecture {
  BpWindow       *window;
  GtkCssProvider *style;
  double          scale;
  guint           still; /* source that hides the pointer */
  gboolean        active;
  gboolean        was_fullscreen;
  int             width; /* that sizes are chosen for */
  int             side_width; /* of what stands beside the views */
  int             height;
  int             position; /* of the pane, without lecture mode; −1: never moved */
  double          pointer_x;
  double          pointer_y;
};

gboolean
bp_lecture_get_active (BpLecture *lecture)
{
  g_return_val_if_fail (lecture != NULL, FALSE);

  return lecture->active;
}

double
bp_lecture_get_font_size (BpLecture *lecture)
{
  g_return_val_if_fail (lecture != NULL, 0);

  return lecture->scale * gtk_widget_get_height (GTK_WIDGET (lecture->window)) / LINES_OF_TYPE;
}

static gboolean
is_maximized (BpLecture *self)
{
  return bp_plot_panes_get_maximized (self->window->plot_panes) != BP_N_PLOTS;
}

/* In one row as long as there is room for it, in pixels too, of which small type needs more. */
static void
place_status (BpLecture *self,
              gboolean   is_narrow)
{
  GtkOrientable *status = GTK_ORIENTABLE (self->window->status_row);
  int needed;

  gtk_orientable_set_orientation (status, GTK_ORIENTATION_HORIZONTAL);
  gtk_widget_measure (self->window->status_row, GTK_ORIENTATION_HORIZONTAL, -1, &needed, NULL, NULL, NULL);
  if (is_narrow || needed > self->width)
    gtk_orientable_set_orientation (status, GTK_ORIENTATION_VERTICAL);
}

/* Kept runs and several parameters make the legends over iterations too high for half a column. */
static gboolean
has_high_legends (BpLecture *self)
{
  BpRun *run = self->window->run;

  return bp_run_get_n_references (run) > 0
         || bp_graph_get_n_parameters (bp_trainer_get_graph (bp_run_get_trainer (run))) > 1;
}

/* Type and bands follow the window's size. */
static void
update_sizes (BpLecture *self)
{
  const int width = gtk_widget_get_width (GTK_WIDGET (self->window)) - self->side_width;
  const int height = gtk_widget_get_height (GTK_WIDGET (self->window));
  g_autofree char *css = NULL;
  char size[G_ASCII_DTOSTR_BUF_SIZE];
  const gboolean is_narrow = width < STATUS_WIDTH * bp_lecture_get_font_size (self);

  g_ascii_formatd (size, sizeof size, "%.1f", bp_lecture_get_font_size (self));
  /* Popovers begin with the font of the desktop. */
  css = g_strdup_printf (".lecture, .lecture popover > contents, .lecture-dialog { font-size: %spx; }", size);
  gtk_css_provider_load_from_data (self->style, css, -1);
  self->width = width;
  self->height = height;
  place_status (self, is_narrow);
  bp_plot_panes_arrange (self->window->plot_panes,
                         is_narrow || has_high_legends (self) ? BP_PLOTS_THREE : BP_PLOTS_STACKED);
  gtk_widget_set_size_request (self->window->explain_card, (int) (CARD_SHARE * width), -1);
  gtk_paned_set_position (self->window->graph_pane, is_maximized (self) ? 0 : (int) (GRAPH_BAND * height));
}

void
bp_lecture_present (BpLecture *lecture,
                    GtkWidget *dialog)
{
  g_return_if_fail (lecture != NULL && GTK_IS_WINDOW (dialog));

  if (lecture->active)
    gtk_widget_add_css_class (dialog, "lecture-dialog");
  gtk_window_present (GTK_WINDOW (dialog));
}

void
bp_lecture_set_side_width (BpLecture *lecture,
                           int        width)
{
  g_return_if_fail (lecture != NULL);

  if (width == lecture->side_width)
    return;

  lecture->side_width = width;
  if (lecture->active)
    update_sizes (lecture);
}

/* The pointer */

static void
show_pointer (BpLecture *self,
              gboolean   visible)
{
  gtk_widget_set_cursor_from_name (GTK_WIDGET (self->window), visible ? NULL : "none");
}

static gboolean
still_cb (gpointer data)
{
  BpLecture *self = data;

  self->still = 0;
  show_pointer (self, FALSE);

  return G_SOURCE_REMOVE;
}

static void
stop_waiting (BpLecture *self)
{
  g_clear_handle_id (&self->still, g_source_remove);
}

/* Widgets that change under a pointer that is still cause motion events too. */
static void
motion_cb (BpLecture *self,
           double     x,
           double     y)
{
  if (!self->active || (x == self->pointer_x && y == self->pointer_y))
    return;

  self->pointer_x = x;
  self->pointer_y = y;
  stop_waiting (self);
  show_pointer (self, TRUE);
  self->still = g_timeout_add_seconds (STILL_SECONDS, still_cb, self);
}

/* Entering and leaving */

static int
get_position (GtkPaned *pane)
{
  gboolean is_set;

  g_object_get (pane, "position-set", &is_set, NULL);

  return is_set ? gtk_paned_get_position (pane) : -1;
}

/* The card stands beside the plots, where it has height, rather than between graph and plots. */
static void
move_card (BpLecture *self)
{
  GtkWidget *card = g_object_ref (self->window->explain_card);

  gtk_box_remove (GTK_BOX (self->active ? self->window->upper : self->window->lower), card);
  if (self->active)
    gtk_box_prepend (GTK_BOX (self->window->lower), card);
  else
    gtk_box_append (GTK_BOX (self->window->upper), card);
  bp_explain_card_set_tall (BP_EXPLAIN_CARD (card), self->active);
  g_object_unref (card);
}

/* Where a plot is maximised the row that says where the run stands is left of the upper part, and only in a lecture. */
static void
update_upper (BpLecture *self)
{
  gtk_widget_set_visible (self->window->upper, self->active || !is_maximized (self));
  if (self->active)
    update_sizes (self);
}

/* Without a position of its own the pane divides its height as its parts want it. */
static void
restore_sizes (BpLecture *self)
{
  gtk_orientable_set_orientation (GTK_ORIENTABLE (self->window->status_row), GTK_ORIENTATION_HORIZONTAL);
  bp_plot_panes_arrange (self->window->plot_panes, BP_PLOTS_BESIDE);
  gtk_widget_set_size_request (self->window->explain_card, -1, -1);
  gtk_paned_set_position (self->window->graph_pane, self->position);
}

/* What is shown only in a lecture, and what only without. */
static void
show_parts (BpWindow *window,
            gboolean  active)
{
  GtkWidget *shown[] = { window->lecture_bar, window->lecture_status };
  GtkWidget *hidden[] = { window->header_bar, window->timeline, window->graph_title, window->zoom_buttons,
                          window->network_box, window->side_switch };

  for (guint i = 0; i < G_N_ELEMENTS (hidden); i++)
    gtk_widget_set_visible (hidden[i], !active);
  for (guint i = 0; i < G_N_ELEMENTS (shown); i++)
    gtk_widget_set_visible (shown[i], active);
}

static void
set_enabled (BpLecture *self,
             gboolean   enabled)
{
  bp_window_set_enabled (self->window, "lecture-blank", enabled);
  bp_window_set_enabled (self->window, "lecture-larger", enabled);
  bp_window_set_enabled (self->window, "lecture-smaller", enabled);
}

static void
set_active (BpLecture *self,
            gboolean   active)
{
  GtkWindow *window = GTK_WINDOW (self->window);

  if (active)
    {
      self->was_fullscreen = gtk_window_is_fullscreen (window);
      self->position = get_position (self->window->graph_pane);
    }

  if (active)
    gtk_widget_add_css_class (self->window->views, "lecture");
  else
    gtk_widget_remove_css_class (self->window->views, "lecture");

  show_parts (self->window, active);
  move_card (self);
  update_upper (self);

  /* What had the focus may be hidden now; it must not land on a node, which would be selected. */
  gtk_window_set_focus (window, NULL);
  if (active)
    gtk_widget_grab_focus (gtk_widget_get_first_child (self->window->lecture_bar));
  bp_graph_view_set_lecture (BP_GRAPH_VIEW (self->window->graph_view), active);
  gtk_widget_set_visible (self->window->blank, FALSE);
  set_enabled (self, active);
  stop_waiting (self);
  show_pointer (self, !active);

  if (!active)
    restore_sizes (self);
}

/* The window is told first, and the size asked for last, when it shows only what it is to show: it must not grow. */
static void
lecture_cb (GSimpleAction *action,
            GVariant      *state,
            gpointer       data)
{
  BpLecture *self = data;
  const gboolean active = g_variant_get_boolean (state);

  if (self->active == active)
    return;

  self->active = active;
  g_simple_action_set_state (action, state);
  set_active (self, active);
  if (active)
    gtk_window_fullscreen (GTK_WINDOW (self->window));
  else if (!self->was_fullscreen)
    gtk_window_unfullscreen (GTK_WINDOW (self->window));
}

static void
blank_cb (BpWindow *window)
{
  gtk_widget_set_visible (window->blank, !gtk_widget_get_visible (window->blank));
}

static void
size_cb (BpWindow               *window,
         G_GNUC_UNUSED GVariant *parameter,
         GAction                *action)
{
  BpLecture *self = window->lecture;
  gboolean larger = g_str_equal (g_action_get_name (action), "lecture-larger");

  self->scale = CLAMP (larger ? self->scale * SCALE_STEP : self->scale / SCALE_STEP, MIN_SCALE, MAX_SCALE);
  update_sizes (self);
}

/* While the screen is blank a clicker must not step the run unseen: only the keys that end the blank screen work.
 * Escape ends it before anything else. */
static gboolean
blank_key_cb (BpLecture *self,
              guint      keyval)
{
  if (!gtk_widget_get_visible (self->window->blank))
    return GDK_EVENT_PROPAGATE;

  switch (keyval)
    {
    case GDK_KEY_b:
    case GDK_KEY_B:
    case GDK_KEY_period:
    case GDK_KEY_F5:
    case GDK_KEY_F11:
      return GDK_EVENT_PROPAGATE;
    case GDK_KEY_Escape:
      gtk_widget_set_visible (self->window->blank, FALSE);
      return GDK_EVENT_STOP;
    default:
      return GDK_EVENT_STOP;
    }
}

/* Then what the focus or a maximised plot takes it for, and last lecture mode. */
static gboolean
leave_key_cb (BpLecture *self,
              guint      keyval)
{
  if (!self->active || keyval != GDK_KEY_Escape || is_maximized (self))
    return GDK_EVENT_PROPAGATE;

  gtk_widget_activate_action (GTK_WIDGET (self->window), "win.lecture", NULL);

  return GDK_EVENT_STOP;
}

static void
add_escape (BpLecture          *self,
            GtkPropagationPhase phase,
            GCallback           callback)
{
  GtkEventController *keys = gtk_event_controller_key_new ();

  gtk_event_controller_set_propagation_phase (keys, phase);
  g_signal_connect_swapped (keys, "key-pressed", callback, self);
  gtk_widget_add_controller (GTK_WIDGET (self->window), keys);
}

/* The window has its size by now. */
static void
layout_cb (BpLecture *self)
{
  GtkWidget *window = GTK_WIDGET (self->window);

  if (self->active && (gtk_widget_get_width (window) - self->side_width != self->width
                       || gtk_widget_get_height (window) != self->height))
    update_sizes (self);
}

static void
run_cb (BpLecture *self)
{
  if (self->active)
    update_sizes (self);
}

static void
surface_cb (BpLecture *self)
{
  GdkSurface *surface = gtk_native_get_surface (GTK_NATIVE (self->window));

  g_signal_connect_swapped (surface, "layout", G_CALLBACK (layout_cb), self);
}

static const GActionEntry entries[] = {
  { "lecture", NULL, NULL, "false", lecture_cb },
};

static const BpWindowAction actions[] = {
  { "lecture-blank", G_CALLBACK (blank_cb) },
  { "lecture-larger", G_CALLBACK (size_cb) },
  { "lecture-smaller", G_CALLBACK (size_cb) },
};

BpLecture *
bp_lecture_new (BpWindow *window)
{
  BpLecture *self = g_new0 (BpLecture, 1);
  GtkEventController *motion = gtk_event_controller_motion_new ();

  self->window = window;
  self->scale = 1;
  self->style = gtk_css_provider_new ();
  gtk_style_context_add_provider_for_display (gtk_widget_get_display (GTK_WIDGET (window)),
                                              GTK_STYLE_PROVIDER (self->style),
                                              GTK_STYLE_PROVIDER_PRIORITY_APPLICATION + 1);
  g_action_map_add_action_entries (G_ACTION_MAP (window), entries, G_N_ELEMENTS (entries), self);
  bp_window_add_actions (window, actions, G_N_ELEMENTS (actions));
  set_enabled (self, FALSE);

  gtk_event_controller_set_propagation_phase (motion, GTK_PHASE_CAPTURE);
  g_signal_connect_swapped (motion, "motion", G_CALLBACK (motion_cb), self);
  gtk_widget_add_controller (GTK_WIDGET (window), motion);
  add_escape (self, GTK_PHASE_CAPTURE, G_CALLBACK (blank_key_cb));
  add_escape (self, GTK_PHASE_BUBBLE, G_CALLBACK (leave_key_cb));
  g_signal_connect_swapped (window, "realize", G_CALLBACK (surface_cb), self);
  g_signal_connect_swapped (window->plot_panes, "notify::maximized", G_CALLBACK (update_upper), self);
  g_signal_connect_swapped (window->run, "notify::n-references", G_CALLBACK (run_cb), self);
  g_signal_connect_swapped (window->run, "rebuilt", G_CALLBACK (run_cb), self);

  return self;
}

void
bp_lecture_free (BpLecture *lecture)
{
  GdkSurface *surface = gtk_native_get_surface (GTK_NATIVE (lecture->window));

  g_action_map_remove_action (G_ACTION_MAP (lecture->window), entries[0].name);

  if (surface != NULL)
    g_signal_handlers_disconnect_by_data (surface, lecture);

  g_signal_handlers_disconnect_by_data (lecture->window, lecture);
  g_signal_handlers_disconnect_by_data (lecture->window->plot_panes, lecture);
  g_signal_handlers_disconnect_by_data (lecture->window->run, lecture);
  stop_waiting (lecture);
  gtk_style_context_remove_provider_for_display (gtk_widget_get_display (GTK_WIDGET (lecture->window)),
                                                 GTK_STYLE_PROVIDER (lecture->style));
  g_clear_object (&lecture->style);
  g_free (lecture);
}
