/* test-lecture.c: lecture mode
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "lib/widget-search.h"

#include "bp-application.h"
#include "experiment/bp-builtin.h"
#include "explain/bp-explain-card.h"
#include "explain/bp-formula-rows.h"
#include "graph/bp-graph-view.h"
#include "window/bp-lecture.h"
#include "plots/bp-plot-panes.h"
#include "panels/bp-learning-rate.h"
#include "panels/bp-timeline.h"
#include "panels/bp-transport.h"
#include "window/bp-window.h"

static BpWindow *
window_new_of (const char *name,
               int         width,
               int         height)
{
  g_autoptr (BpRun) run = create_run (name);
  GtkWidget *window = bp_window_new (NULL, run);

  gtk_window_set_default_size (GTK_WINDOW (window), width, height);
  gtk_window_present (GTK_WINDOW (window));
  gtk_test_widget_wait_for_draw (window);

  return BP_WINDOW (window);
}

static BpWindow *
window_new (void)
{
  return window_new_of ("regression", 1366, 768);
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
  gtk_test_widget_wait_for_draw (GTK_WIDGET (window));
  g_assert_true (bp_lecture_get_active (lecture));
  g_assert_true (gtk_widget_get_mapped (card));
  g_assert_true (gtk_widget_is_ancestor (find (GTK_WIDGET (window), BP_TYPE_PLOT_PANES), gtk_widget_get_parent (card)));
  g_assert_true (gtk_widget_get_mapped (graph));
  g_assert_true (bp_graph_view_get_lecture (BP_GRAPH_VIEW (graph)));
  g_assert_true (is_enabled (window, "lecture-blank"));
  g_assert_true (GTK_IS_BUTTON (gtk_window_get_focus (GTK_WINDOW (window))));
  g_assert_cmpuint (bp_run_get_selected_node (bp_window_get_run (window)), ==, BP_NODE_NONE);

  activate (window, "lecture");
  g_assert_false (bp_lecture_get_active (lecture));
  g_assert_false (gtk_widget_is_ancestor (find (GTK_WIDGET (window), BP_TYPE_PLOT_PANES),
                                          gtk_widget_get_parent (card)));
  g_assert_false (bp_graph_view_get_lecture (BP_GRAPH_VIEW (graph)));
  g_assert_false (is_enabled (window, "lecture-larger"));
  gtk_window_destroy (GTK_WINDOW (window));
}

static gboolean
is_class (GtkWidget  *widget,
          const char *css_class)
{
  return gtk_widget_has_css_class (widget, css_class);
}

/* They are built when they are first shown, and stay. */
static void
test_controls (void)
{
  BpWindow *window = window_new ();
  GtkWidget *bar = search_widget (GTK_WIDGET (window), GTK_TYPE_BOX, is_class, "lecture-bar");
  GtkWidget *transport;

  g_assert_null (gtk_widget_get_first_child (bar));
  activate (window, "lecture");
  transport = find (bar, BP_TYPE_TRANSPORT);
  g_assert_nonnull (find (bar, BP_TYPE_LEARNING_RATE));
  g_assert_cmpstr (gtk_button_get_label (GTK_BUTTON (gtk_widget_get_last_child (bar))), ==, "Leave");

  activate (window, "lecture");
  g_assert_false (gtk_widget_get_visible (bar));
  activate (window, "lecture");
  g_assert_true (find (bar, BP_TYPE_TRANSPORT) == transport);
  gtk_window_destroy (GTK_WINDOW (window));
}

/* The learning rate, the experiments, comparing and the presets in its menu are a key away. */
static void
test_keys (void)
{
  BpWindow *window = window_new ();

  activate (window, "lecture");
  gtk_test_widget_wait_for_draw (GTK_WIDGET (window));
  activate (window, "change-rate");
  g_assert_true (GTK_IS_SCALE (gtk_window_get_focus (GTK_WINDOW (window))));
  g_assert_true (gtk_widget_get_mapped (gtk_window_get_focus (GTK_WINDOW (window))));
  activate (window, "compare");
  gtk_test_widget_wait_for_draw (GTK_WIDGET (window));
  g_assert_nonnull (gtk_widget_get_ancestor (gtk_window_get_focus (GTK_WINDOW (window)), GTK_TYPE_POPOVER));
  gtk_window_destroy (GTK_WINDOW (window));
}

/* The size of the type that @widget is drawn with, in pixels. */
static double
get_type (GtkWidget *widget)
{
  PangoContext *context = gtk_widget_get_pango_context (widget);
  const PangoFontDescription *font = pango_context_get_font_description (context);
  double size = pango_font_description_get_size (font) / (double) PANGO_SCALE;
  GtkWidget *rows = gtk_widget_get_ancestor (widget, BP_TYPE_FORMULA_ROWS);

  if (!pango_font_description_get_size_is_absolute (font))
    size *= pango_cairo_context_get_resolution (context) / 72;

  return rows != NULL ? size * bp_formula_rows_get_scale (BP_FORMULA_ROWS (rows)) : size;
}

static void
add_mapped (GtkWidget *widget,
            GType      type,
            GPtrArray *found)
{
  if (!gtk_widget_get_mapped (widget) || GTK_IS_POPOVER (widget))
    return;
  if (G_TYPE_CHECK_INSTANCE_TYPE (widget, type))
    g_ptr_array_add (found, widget);
  for (GtkWidget *child = gtk_widget_get_first_child (widget); child != NULL;
       child = gtk_widget_get_next_sibling (child))
    add_mapped (child, type, found);
}

/* All of them are in sight, and none covers another. */
static void
check_apart (GtkWidget *window,
             GPtrArray *widgets)
{
  graphene_rect_t all = GRAPHENE_RECT_INIT (-0.5f, -0.5f, gtk_widget_get_width (window) + 1.0f,
                                            gtk_widget_get_height (window) + 1.0f);

  for (guint i = 0; i < widgets->len; i++)
    {
      graphene_rect_t bounds, other, shared;

      g_assert_true (gtk_widget_compute_bounds (g_ptr_array_index (widgets, i), window, &bounds));
      if (!graphene_rect_contains_rect (&all, &bounds))
        g_test_message ("%s %g × %g at (%g, %g)", G_OBJECT_TYPE_NAME (g_ptr_array_index (widgets, i)),
                        bounds.size.width, bounds.size.height, bounds.origin.x, bounds.origin.y);
      g_assert_true (graphene_rect_contains_rect (&all, &bounds));
      for (guint j = 0; j < i; j++)
        {
          g_assert_true (gtk_widget_compute_bounds (g_ptr_array_index (widgets, j), window, &other));
          if (graphene_rect_intersection (&bounds, &other, &shared))
            g_assert_cmpfloat (MIN (shared.size.width, shared.size.height), <, 1.5);
        }
    }
}

/* What is read is large: text at least 1/45 of the height, ticks and legends of plots at least 1/50. */
static void
check_sizes (GtkWidget *window,
             GPtrArray *labels)
{
  double height = gtk_widget_get_height (window);
  g_autoptr (GPtrArray) plots = g_ptr_array_new ();
  GtkWidget *graph = find (window, BP_TYPE_GRAPH_VIEW);

  for (guint i = 0; i < labels->len; i++)
    g_assert_cmpfloat (get_type (g_ptr_array_index (labels, i)), >=, height / 45 - 0.1);
  add_mapped (window, BP_TYPE_PLOT_VIEW, plots);
  g_assert_cmpuint (plots->len, >=, 2);
  for (guint i = 0; i < plots->len; i++)
    g_assert_cmpfloat (0.78 * get_type (g_ptr_array_index (plots, i)), >=, height / 50 - 0.1);
  g_assert_cmpfloat (0.9 * BP_LEAST_TEXT * get_type (graph) * bp_graph_view_get_zoom (BP_GRAPH_VIEW (graph)), >=,
                     height / 45 - 0.1);
  /* Ranges are the smallest numbers of the graph. */
  g_assert_cmpfloat (0.9 * 1.08 * get_type (graph) * bp_graph_view_get_zoom (BP_GRAPH_VIEW (graph)), >=,
                     height / 40 - 0.2);
}

static void
check_screen (const char *name,
              int         width,
              int         height)
{
  BpWindow *window = window_new_of (name, width, height);
  BpRun *run = bp_window_get_run (window);
  const guint n = bp_trainer_get_n_instructions (bp_run_get_trainer (run));
  GType (*types[]) (void) = { bp_graph_view_get_type, bp_explain_card_get_type, bp_plot_view_get_type,
                              bp_transport_get_type, bp_timeline_get_type, bp_learning_rate_get_type };

  activate (window, "lecture");
  gtk_test_widget_wait_for_draw (GTK_WIDGET (window));
  for (guint i = 0; i <= n; i++)
    {
      g_autoptr (GPtrArray) parts = g_ptr_array_new ();
      g_autoptr (GPtrArray) labels = g_ptr_array_new ();

      gtk_test_widget_wait_for_draw (GTK_WIDGET (window));
      g_assert_cmpint (gtk_widget_get_width (GTK_WIDGET (window)), <=, width);
      g_assert_cmpint (gtk_widget_get_height (GTK_WIDGET (window)), <=, height);
      for (guint j = 0; j < G_N_ELEMENTS (types); j++)
        add_mapped (GTK_WIDGET (window), types[j] (), parts);
      g_assert_cmpuint (parts->len, >=, 7);
      check_apart (GTK_WIDGET (window), parts);
      add_mapped (GTK_WIDGET (window), GTK_TYPE_LABEL, labels);
      check_apart (GTK_WIDGET (window), labels);
      check_sizes (GTK_WIDGET (window), labels);
      bp_run_step (run, BP_STEP_NODE, 1);
    }
  gtk_window_destroy (GTK_WINDOW (window));
}

/* Everything can be read from the last row, at the sizes of projectors, and nothing lies on anything else. */
static void
test_last_row (void)
{
  static const int sizes[][2] = { { 1366, 768 }, { 1920, 1080 } };
  static const char * const names[] = { "regression", "classification", "line", "xor" };

  for (guint i = 0; i < G_N_ELEMENTS (sizes); i++)
    for (guint j = 0; j < G_N_ELEMENTS (names); j++)
      {
        g_test_message ("%s, %d × %d", names[j], sizes[i][0], sizes[i][1]);
        check_screen (names[j], sizes[i][0], sizes[i][1]);
      }
}

/* A projector at scale 2 has 683 × 384: nothing needs more than that. There is no window manager that would make the
 * window so small, so type is made as small as it would be. */
static void
test_small_screen (void)
{
  static const char * const names[] = { "regression", "classification", "line", "xor" };

  for (guint i = 0; i < G_N_ELEMENTS (names); i++)
    {
      BpWindow *window = window_new_of (names[i], 1366, 768);
      g_autoptr (GtkCssProvider) small = gtk_css_provider_new ();
      GtkWidget *views = search_widget (GTK_WIDGET (window), GTK_TYPE_BOX, is_class, "views");
      GtkWidget *card = find (GTK_WIDGET (window), BP_TYPE_EXPLAIN_CARD);
      int width, height;

      gtk_css_provider_load_from_data (small, ".views.lecture { font-size: 9.6px; }", -1);
      gtk_style_context_add_provider_for_display (gdk_display_get_default (), GTK_STYLE_PROVIDER (small),
                                                  GTK_STYLE_PROVIDER_PRIORITY_USER);
      activate (window, "lecture");
      gtk_test_widget_wait_for_draw (GTK_WIDGET (window));
      gtk_widget_set_size_request (card, 0.36 * 683, -1);
      gtk_widget_measure (views, GTK_ORIENTATION_HORIZONTAL, -1, &width, NULL, NULL, NULL);
      gtk_widget_measure (views, GTK_ORIENTATION_VERTICAL, 683, &height, NULL, NULL, NULL);
      g_test_message ("%s: %d × %d", names[i], width, height);
      g_assert_cmpint (width, <=, 683);
      g_assert_cmpint (height, <=, 384);
      gtk_style_context_remove_provider_for_display (gdk_display_get_default (), GTK_STYLE_PROVIDER (small));
      gtk_window_destroy (GTK_WINDOW (window));
    }
}

/* Running text is a fortieth of the height, and can be made larger. */
static void
test_type (void)
{
  BpWindow *window = window_new ();
  BpLecture *lecture = bp_window_get_lecture (window);
  double size;

  activate (window, "lecture");
  gtk_test_widget_wait_for_draw (GTK_WIDGET (window));
  size = bp_lecture_get_font_size (lecture);
  g_assert_cmpfloat_with_epsilon (size, gtk_widget_get_height (GTK_WIDGET (window)) / 40.0, 0.01);

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

/* What the key controllers of the window do with @keyval in @phase, in the order in which GTK asks them. */
static gboolean
press_in (BpWindow           *window,
          guint               keyval,
          GtkPropagationPhase phase)
{
  g_autoptr (GListModel) controllers = gtk_widget_observe_controllers (GTK_WIDGET (window));
  gboolean is_handled = FALSE;

  for (guint i = 0; i < g_list_model_get_n_items (controllers) && !is_handled; i++)
    {
      g_autoptr (GtkEventController) controller = g_list_model_get_item (controllers, i);

      if (GTK_IS_EVENT_CONTROLLER_KEY (controller)
          && gtk_event_controller_get_propagation_phase (controller) == phase)
        g_signal_emit_by_name (controller, "key-pressed", keyval, 9, 0, &is_handled);
    }

  return is_handled;
}

static void
test_blank (void)
{
  BpWindow *window = window_new ();
  GtkWidget *blank = find_blank (GTK_WIDGET (window));

  g_assert_nonnull (blank);
  activate (window, "lecture");
  g_assert_false (gtk_widget_get_visible (blank));
  g_assert_false (press_in (window, GDK_KEY_Page_Down, GTK_PHASE_CAPTURE));
  activate (window, "lecture-blank");
  g_assert_true (gtk_widget_get_visible (blank));
  g_assert_true (press_in (window, GDK_KEY_Page_Down, GTK_PHASE_CAPTURE));
  g_assert_true (press_in (window, GDK_KEY_Right, GTK_PHASE_CAPTURE));
  g_assert_false (press_in (window, GDK_KEY_b, GTK_PHASE_CAPTURE));
  g_assert_false (press_in (window, GDK_KEY_period, GTK_PHASE_CAPTURE));
  activate (window, "lecture-blank");
  g_assert_false (gtk_widget_get_visible (blank));

  /* Who leaves with a blank screen finds the window. */
  activate (window, "lecture-blank");
  activate (window, "lecture");
  g_assert_false (gtk_widget_get_visible (blank));
  gtk_window_destroy (GTK_WINDOW (window));
}

/* Where no widget with the focus takes it. */
static void
press_escape (BpWindow *window)
{
  if (!press_in (window, GDK_KEY_Escape, GTK_PHASE_CAPTURE) && !press_in (window, GDK_KEY_Escape, GTK_PHASE_BUBBLE))
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

/* A plot alone has larger type; the card, and where the run stands, stay beside it. */
static void
test_maximized (void)
{
  BpWindow *window = window_new ();
  BpPlotPanes *panes = BP_PLOT_PANES (find (GTK_WIDGET (window), BP_TYPE_PLOT_PANES));
  GtkWidget *plot = GTK_WIDGET (bp_plot_panes_get_view (panes, BP_PLOT_CURVE));
  g_autoptr (GPtrArray) timelines = g_ptr_array_new ();
  double type;

  activate (window, "lecture");
  gtk_test_widget_wait_for_draw (GTK_WIDGET (window));
  type = get_type (plot);
  bp_plot_panes_maximize (panes, BP_PLOT_CURVE);
  gtk_test_widget_wait_for_draw (GTK_WIDGET (window));
  g_assert_cmpfloat (get_type (plot), >, 1.3 * type);
  g_assert_true (gtk_widget_get_mapped (find (GTK_WIDGET (window), BP_TYPE_EXPLAIN_CARD)));
  g_assert_false (gtk_widget_get_mapped (find (GTK_WIDGET (window), BP_TYPE_GRAPH_VIEW)));
  add_mapped (GTK_WIDGET (window), BP_TYPE_TIMELINE, timelines);
  g_assert_cmpuint (timelines->len, ==, 1);
  bp_plot_panes_maximize (panes, BP_N_PLOTS);
  gtk_test_widget_wait_for_draw (GTK_WIDGET (window));
  g_assert_true (gtk_widget_get_mapped (find (GTK_WIDGET (window), BP_TYPE_GRAPH_VIEW)));
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

/* The application would do it. */
static void
load_style (void)
{
  g_autoptr (GtkCssProvider) provider = gtk_css_provider_new ();

  gtk_css_provider_load_from_resource (provider, "/org/backproplab/BackpropLab/style.css");
  gtk_style_context_add_provider_for_display (gdk_display_get_default (), GTK_STYLE_PROVIDER (provider),
                                              GTK_STYLE_PROVIDER_PRIORITY_APPLICATION);
}

int
main (int   argc,
      char *argv[])
{
  gtk_test_init (&argc, &argv, NULL);
  adw_init ();
  load_style ();

  g_test_add_func ("/lecture/enter-and-leave", test_enter_and_leave);
  g_test_add_func ("/lecture/controls", test_controls);
  g_test_add_func ("/lecture/keys", test_keys);
  g_test_add_func ("/lecture/type", test_type);
  g_test_add_func ("/lecture/last-row", test_last_row);
  g_test_add_func ("/lecture/small-screen", test_small_screen);
  g_test_add_func ("/lecture/blank", test_blank);
  g_test_add_func ("/lecture/escape", test_escape);
  g_test_add_func ("/lecture/maximized", test_maximized);
  g_test_add_func ("/lecture/finalize", test_finalize);

  return g_test_run ();
}
