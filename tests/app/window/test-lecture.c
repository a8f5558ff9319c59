/* test-lecture.c: lecture mode
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "lib/widget-search.h"

#include "bp-application.h"
#include "experiment/bp-builtin.h"
#include "explain/bp-explain-card.h"
#include "graph/bp-graph-view.h"
#include "window/bp-lecture.h"
#include "plots/bp-plot-panes.h"
#include "panels/bp-transport.h"
#include "window/bp-window.h"

static BpWindow *
window_new (void)
{
  g_autoptr (BpExperiment) experiment = bp_builtin_load ("regression", NULL);
  g_autoptr (BpRun) run = bp_run_new (experiment);
  GtkWidget *window = bp_window_new (NULL, run);

  gtk_window_present (GTK_WINDOW (window));
  gtk_test_widget_wait_for_draw (window);

  return BP_WINDOW (window);
}

static GtkWidget *
find (GtkWidget *widget,
      GType      type)
{
  if (G_TYPE_CHECK_INSTANCE_TYPE (widget, type))
    return widget;

  for (GtkWidget *child = gtk_widget_get_first_child (widget); child != NULL;
       child = gtk_widget_get_next_sibling (child))
    {
      GtkWidget *found = find (child, type);

      if (found != NULL)
        return found;
    }

  return NULL;
}

static void
activate (BpWindow   *window,
          const char *action)
{
  g_action_group_activate_action (G_ACTION_GROUP (window), action, NULL);
}

static gboolean
is_enabled (BpWindow   *window,
            const char *action)
{
  return g_action_group_get_action_enabled (G_ACTION_GROUP (window), action);
}

static void
test_enter_and_leave (void)
{
  BpWindow *window = window_new ();
  BpLecture *lecture = bp_window_get_lecture (window);
  GtkWidget *card = find (GTK_WIDGET (window), BP_TYPE_EXPLAIN_CARD);
  GtkWidget *graph = find (GTK_WIDGET (window), BP_TYPE_GRAPH_VIEW);

  g_assert_false (bp_lecture_get_active (lecture));
  g_assert_false (is_enabled (window, "lecture-blank"));

  activate (window, "lecture");
  g_assert_true (bp_lecture_get_active (lecture));
  g_assert_false (gtk_widget_get_visible (card));
  g_assert_true (gtk_widget_get_mapped (graph));
  g_assert_true (bp_graph_view_get_lecture (BP_GRAPH_VIEW (graph)));
  g_assert_true (is_enabled (window, "lecture-blank"));
  g_assert_null (gtk_window_get_focus (GTK_WINDOW (window)));
  g_assert_cmpuint (bp_run_get_selected_node (bp_window_get_run (window)), ==, BP_NODE_NONE);

  activate (window, "lecture");
  g_assert_false (bp_lecture_get_active (lecture));
  g_assert_true (gtk_widget_get_visible (card));
  g_assert_false (bp_graph_view_get_lecture (BP_GRAPH_VIEW (graph)));
  g_assert_false (is_enabled (window, "lecture-larger"));
  gtk_window_destroy (GTK_WINDOW (window));
}

/* They are built when they are first shown, and move the same run. */
static void
test_controls (void)
{
  BpWindow *window = window_new ();
  GtkRevealer *revealer = GTK_REVEALER (find (GTK_WIDGET (window), GTK_TYPE_REVEALER));
  GtkWidget *child, *transport;

  activate (window, "lecture");
  g_assert_null (gtk_revealer_get_child (revealer));
  gtk_revealer_set_reveal_child (revealer, TRUE);
  child = gtk_revealer_get_child (revealer);
  g_assert_nonnull (child);
  transport = find (child, BP_TYPE_TRANSPORT);
  g_assert_true (bp_transport_get_run (BP_TRANSPORT (transport)) == bp_window_get_run (window));
  g_assert_cmpstr (gtk_button_get_label (GTK_BUTTON (gtk_widget_get_last_child (child))), ==, "Leave");

  activate (window, "lecture");
  g_assert_false (gtk_revealer_get_reveal_child (revealer));
  gtk_revealer_set_reveal_child (revealer, TRUE);
  g_assert_true (gtk_revealer_get_child (revealer) == child);
  gtk_window_destroy (GTK_WINDOW (window));
}

/* The smallest type is a fiftieth of the height, and what the views are given gets there. */
static void
test_type (void)
{
  BpWindow *window = window_new ();
  BpLecture *lecture = bp_window_get_lecture (window);
  GtkWidget *graph = find (GTK_WIDGET (window), BP_TYPE_GRAPH_VIEW);
  const PangoFontDescription *font;
  double size;

  activate (window, "lecture");
  gtk_test_widget_wait_for_draw (GTK_WIDGET (window));
  size = bp_lecture_get_font_size (lecture);
  g_assert_cmpfloat (0.8 * size, >=, gtk_widget_get_height (GTK_WIDGET (window)) / 50.0 - 0.01);
  font = pango_context_get_font_description (gtk_widget_get_pango_context (graph));
  g_assert_cmpfloat_with_epsilon (pango_font_description_get_size (font) / (double) PANGO_SCALE,
                                  pango_font_description_get_size_is_absolute (font) ? size : size * 0.75, 0.2);

  activate (window, "lecture-larger");
  g_assert_cmpfloat (bp_lecture_get_font_size (lecture), >, size);
  activate (window, "lecture-smaller");
  g_assert_cmpfloat_with_epsilon (bp_lecture_get_font_size (lecture), size, 1e-6);

  for (guint i = 0; i < 50; i++)
    activate (window, "lecture-larger");

  g_assert_cmpfloat (bp_lecture_get_font_size (lecture), <=, 2.01 * size);
  gtk_window_destroy (GTK_WINDOW (window));
}

static GtkWidget *
find_blank (GtkWidget *widget)
{
  if (gtk_widget_has_css_class (widget, "blank"))
    return widget;

  for (GtkWidget *child = gtk_widget_get_first_child (widget); child != NULL;
       child = gtk_widget_get_next_sibling (child))
    {
      GtkWidget *found = find_blank (child);

      if (found != NULL)
        return found;
    }

  return NULL;
}

static void
test_blank (void)
{
  BpWindow *window = window_new ();
  GtkWidget *blank = find_blank (GTK_WIDGET (window));

  g_assert_nonnull (blank);
  activate (window, "lecture");
  g_assert_false (gtk_widget_get_visible (blank));
  activate (window, "lecture-blank");
  g_assert_true (gtk_widget_get_visible (blank));
  activate (window, "lecture-blank");
  g_assert_false (gtk_widget_get_visible (blank));

  /* Who leaves with a blank screen finds the window. */
  activate (window, "lecture-blank");
  activate (window, "lecture");
  g_assert_false (gtk_widget_get_visible (blank));
  gtk_window_destroy (GTK_WINDOW (window));
}

/* What the key controllers of the window do with Escape in @phase. */
static gboolean
press_escape_in (BpWindow           *window,
                 GtkPropagationPhase phase)
{
  g_autoptr (GListModel) controllers = gtk_widget_observe_controllers (GTK_WIDGET (window));
  gboolean is_handled = FALSE;

  for (guint i = 0; i < g_list_model_get_n_items (controllers) && !is_handled; i++)
    {
      g_autoptr (GtkEventController) controller = g_list_model_get_item (controllers, i);

      if (GTK_IS_EVENT_CONTROLLER_KEY (controller)
          && gtk_event_controller_get_propagation_phase (controller) == phase)
        g_signal_emit_by_name (controller, "key-pressed", GDK_KEY_Escape, 9, 0, &is_handled);
    }

  return is_handled;
}

/* Where no widget with the focus takes it. */
static void
press_escape (BpWindow *window)
{
  if (!press_escape_in (window, GTK_PHASE_CAPTURE) && !press_escape_in (window, GTK_PHASE_BUBBLE))
    g_assert_true (press_shortcut (find (GTK_WIDGET (window), BP_TYPE_PLOT_PANES), GDK_KEY_Escape, 0));
}

/* Each Escape takes back one thing: the blank screen, the maximised plot, lecture mode. */
static void
test_escape (void)
{
  BpWindow *window = window_new ();
  BpLecture *lecture = bp_window_get_lecture (window);
  BpPlotPanes *panes = BP_PLOT_PANES (find (GTK_WIDGET (window), BP_TYPE_PLOT_PANES));
  GtkWidget *blank = find_blank (GTK_WIDGET (window));

  activate (window, "lecture");
  bp_plot_panes_maximize (panes, BP_PLOT_LOSS);
  activate (window, "lecture-blank");

  press_escape (window);
  g_assert_false (gtk_widget_get_visible (blank));
  g_assert_cmpuint (bp_plot_panes_get_maximized (panes), ==, BP_PLOT_LOSS);
  press_escape (window);
  g_assert_cmpuint (bp_plot_panes_get_maximized (panes), ==, BP_N_PLOTS);
  g_assert_true (bp_lecture_get_active (lecture));
  press_escape (window);
  g_assert_false (bp_lecture_get_active (lecture));
  gtk_window_destroy (GTK_WINDOW (window));
}

static void
test_finalize (void)
{
  BpWindow *window = window_new ();
  gpointer weak = window;

  g_object_add_weak_pointer (G_OBJECT (window), &weak);
  activate (window, "lecture");
  gtk_window_destroy (GTK_WINDOW (window));

  for (guint i = 0; i < 100 && weak != NULL; i++)
    g_main_context_iteration (NULL, FALSE);

  g_assert_null (weak);
}

int
main (int   argc,
      char *argv[])
{
  gtk_test_init (&argc, &argv, NULL);
  adw_init ();

  g_test_add_func ("/lecture/enter-and-leave", test_enter_and_leave);
  g_test_add_func ("/lecture/controls", test_controls);
  g_test_add_func ("/lecture/type", test_type);
  g_test_add_func ("/lecture/blank", test_blank);
  g_test_add_func ("/lecture/escape", test_escape);
  g_test_add_func ("/lecture/finalize", test_finalize);

  return g_test_run ();
}
