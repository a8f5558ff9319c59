/* test-plot-panes.c: plots are shown, hidden, maximised and restored
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "lib/widget-search.h"

#include <adwaita.h>

#include "experiment/bp-builtin.h"
#include "plots/bp-plot-panes.h"

typedef struct {
  GtkWidget   *window;
  BpRun       *run;
  BpPlotPanes *panes;
} Fixture;

static void
set_up (Fixture                  *fixture,
        G_GNUC_UNUSED const void *data)
{
  fixture->run = create_run ("regression");
  fixture->panes = g_object_new (BP_TYPE_PLOT_PANES, NULL);
  bp_plot_panes_set_run (fixture->panes, fixture->run);
  fixture->window = gtk_window_new ();
  gtk_window_set_default_size (GTK_WINDOW (fixture->window), 900, 300);
  gtk_window_set_child (GTK_WINDOW (fixture->window), GTK_WIDGET (fixture->panes));
  gtk_window_present (GTK_WINDOW (fixture->window));
  gtk_test_widget_wait_for_draw (fixture->window);
}

static void
tear_down (Fixture                  *fixture,
           G_GNUC_UNUSED const void *data)
{
  gpointer panes = fixture->panes, views[BP_N_PLOTS] = { NULL };

  for (guint i = 0; i < BP_N_PLOTS; i++)
    g_set_weak_pointer (&views[i], bp_plot_panes_get_view (fixture->panes, i));
  g_object_add_weak_pointer (panes, &panes);
  gtk_window_destroy (GTK_WINDOW (fixture->window));
  settle ();
  g_assert_null (panes);
  for (guint i = 0; i < BP_N_PLOTS; i++)
    g_assert_null (views[i]);
  g_object_unref (fixture->run);
}

/* The kinds that can be seen, as bits. */
static guint
get_visible (Fixture *fixture)
{
  guint visible = 0;

  for (guint i = 0; i < BP_N_PLOTS; i++)
    if (gtk_widget_get_mapped (GTK_WIDGET (bp_plot_panes_get_view (fixture->panes, i))))
      visible |= 1u << i;

  return visible;
}

/* The plots of the regression. */
#define N_SHOWN 4
#define ALL ((1u << N_SHOWN) - 1)

static GtkWidget *
get_button (Fixture   *fixture,
            BpPlotKind kind)
{
  GtkWidget *overlay = gtk_widget_get_parent (GTK_WIDGET (bp_plot_panes_get_view (fixture->panes, kind)));

  return search_widget (overlay, GTK_TYPE_BUTTON, NULL, NULL);
}

static void
test_maximize (Fixture                  *fixture,
               G_GNUC_UNUSED const void *data)
{
  guint notified = 0;

  g_signal_connect_swapped (fixture->panes, "notify::maximized", G_CALLBACK (count_cb), &notified);
  g_assert_cmpuint (get_visible (fixture), ==, ALL);
  for (guint i = 0; i < N_SHOWN; i++)
    {
      GtkWidget *button = get_button (fixture, i);

      g_signal_emit_by_name (button, "clicked");
      g_assert_cmpuint (get_visible (fixture), ==, 1u << i);
      g_assert_cmpuint (bp_plot_panes_get_maximized (fixture->panes), ==, i);
      gtk_test_accessible_assert_property (button, GTK_ACCESSIBLE_PROPERTY_LABEL, "Restore all plots (Escape)");
      g_assert_nonnull (gtk_widget_get_tooltip_text (button));
      g_signal_emit_by_name (button, "clicked");
      g_assert_cmpuint (get_visible (fixture), ==, ALL);
      gtk_test_accessible_assert_property (button, GTK_ACCESSIBLE_PROPERTY_LABEL, "Maximize this plot (double click)");
    }
  g_assert_cmpuint (notified, ==, 2 * N_SHOWN);
}

static void
test_show (Fixture                  *fixture,
           G_GNUC_UNUSED const void *data)
{
  g_object_set (fixture->panes, "show-loss", FALSE, NULL);
  g_assert_cmpuint (get_visible (fixture), ==, ALL & ~(1u << BP_PLOT_LOSS));
  bp_plot_panes_maximize (fixture->panes, BP_PLOT_DATA);
  bp_plot_panes_maximize (fixture->panes, BP_N_PLOTS);
  g_assert_cmpuint (get_visible (fixture), ==, ALL & ~(1u << BP_PLOT_LOSS));

  /* Another choice restores what was maximised. */
  bp_plot_panes_maximize (fixture->panes, BP_PLOT_DATA);
  g_object_set (fixture->panes, "show-data", FALSE, NULL);
  g_assert_cmpuint (bp_plot_panes_get_maximized (fixture->panes), ==, BP_N_PLOTS);
  g_object_set (fixture->panes, "show-variable", FALSE, "show-curve", FALSE, NULL);
  g_assert_cmpuint (get_visible (fixture), ==, 0);
  g_assert_false (gtk_widget_get_visible (GTK_WIDGET (fixture->panes)));
  g_object_set (fixture->panes, "show-curve", TRUE, NULL);
  g_assert_cmpuint (get_visible (fixture), ==, 1u << BP_PLOT_CURVE);
}

/* What is chosen for all plots reaches each. */
static void
test_options (Fixture                  *fixture,
              G_GNUC_UNUSED const void *data)
{
  g_object_set (fixture->panes, "log-scale", FALSE, "smoothing", 0.9, NULL);
  for (guint i = 0; i < BP_N_PLOTS; i++)
    {
      g_assert_false (bp_plot_view_get_log_scale (bp_plot_panes_get_view (fixture->panes, i)));
      g_assert_cmpfloat (bp_plot_view_get_smoothing (bp_plot_panes_get_view (fixture->panes, i)), ==, 0.9);
    }
  bp_plot_view_set_crosshair_iteration (bp_plot_panes_get_view (fixture->panes, BP_PLOT_LOSS), 7);
  g_assert_cmpint (bp_plot_view_get_crosshair_iteration (bp_plot_panes_get_view (fixture->panes, BP_PLOT_VARIABLE)),
                   ==, 7);
}

static void
double_click (BpPlotView *view)
{
  g_autoptr (GListModel) controllers = gtk_widget_observe_controllers (GTK_WIDGET (view));

  for (int n_press = 1; n_press <= 2; n_press++)
    for (guint press = 0; press < 2; press++)
      for (guint i = 0; i < g_list_model_get_n_items (controllers); i++)
        {
          g_autoptr (GtkEventController) controller = g_list_model_get_item (controllers, i);

          if (GTK_IS_GESTURE_CLICK (controller))
            g_signal_emit_by_name (controller, press == 0 ? "pressed" : "released", n_press, 90.0, 100.0);
        }
}

/* A double click maximises and restores, and leaves the run where it stands. */
static void
test_double_click (Fixture                  *fixture,
                   G_GNUC_UNUSED const void *data)
{
  BpRun *run = fixture->run;
  BpPlotView *view = bp_plot_panes_get_view (fixture->panes, BP_PLOT_LOSS);

  bp_run_seek (run, (BpCursor) { 60, 0 });
  gtk_test_widget_wait_for_draw (fixture->window);
  double_click (view);
  g_assert_cmpuint (get_visible (fixture), ==, 1u << BP_PLOT_LOSS);
  g_assert_cmpint (bp_trainer_get_cursor (bp_run_get_trainer (run)).iteration, ==, 60);

  gtk_test_widget_wait_for_draw (fixture->window);
  double_click (view);
  g_assert_cmpuint (get_visible (fixture), ==, ALL);
  g_assert_cmpint (bp_trainer_get_cursor (bp_run_get_trainer (run)).iteration, ==, 60);
}

/* Escape restores, and is nothing to take where no plot is maximised. */
static void
test_escape (Fixture                  *fixture,
             G_GNUC_UNUSED const void *data)
{
  g_assert_false (press_shortcut (GTK_WIDGET (fixture->panes), GDK_KEY_Escape, 0));
  bp_plot_panes_maximize (fixture->panes, BP_PLOT_CURVE);
  g_assert_true (press_shortcut (GTK_WIDGET (fixture->panes), GDK_KEY_Escape, 0));
  g_assert_cmpuint (get_visible (fixture), ==, ALL);
  g_assert_false (press_shortcut (GTK_WIDGET (fixture->panes), GDK_KEY_Escape, 0));
}

/* Three plots for a narrow lecture: whichever is least needed of this experiment is left out, and comes back. */
static void
test_three (Fixture                  *fixture,
            G_GNUC_UNUSED const void *data)
{
  g_autoptr (BpExperiment) line = bp_builtin_load ("line", NULL);

  bp_plot_panes_arrange (fixture->panes, BP_PLOTS_THREE);
  gtk_test_widget_wait_for_draw (fixture->window);
  g_assert_cmpuint (get_visible (fixture), ==, ALL & ~(1u << BP_PLOT_DATA));
  g_assert_true (bp_run_load (fixture->run, line, NULL));
  gtk_test_widget_wait_for_draw (fixture->window);
  g_assert_cmpuint (get_visible (fixture), ==, ALL & ~(1u << BP_PLOT_VARIABLE));
  bp_plot_panes_set_shown (fixture->panes, BP_PLOT_LOSS, FALSE);
  gtk_test_widget_wait_for_draw (fixture->window);
  g_assert_cmpuint (get_visible (fixture), ==, ALL & ~(1u << BP_PLOT_LOSS));
  bp_plot_panes_set_shown (fixture->panes, BP_PLOT_LOSS, TRUE);
  bp_plot_panes_arrange (fixture->panes, BP_PLOTS_STACKED);
  gtk_test_widget_wait_for_draw (fixture->window);
  g_assert_cmpuint (get_visible (fixture), ==, ALL);
}

/* A lecture's type needs room: of a narrow window, and of a network's regions, fewer plots are seen. */
static void
test_narrow_lecture (void)
{
  static const struct {
    const char *experiment;
    int         ems; /* for one of three plots */
    guint       n;
  } cases[] = { { "regression", 13, 3 }, { "regression", 10, 2 }, { "regression", 5, 1 }, { "iris", 13, 2 } };
  g_autoptr (BpRun) run = create_run ("regression");

  for (guint i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      g_autoptr (BpExperiment) experiment = bp_builtin_load (cases[i].experiment, NULL);
      Fixture fixture = { gtk_window_new (), run, g_object_new (BP_TYPE_PLOT_PANES, NULL) };
      PangoContext *context = gtk_widget_get_pango_context (GTK_WIDGET (fixture.panes));
      const int em = pango_font_description_get_size (pango_context_get_font_description (context)) / PANGO_SCALE;

      g_assert_true (bp_run_load (run, experiment, NULL));
      bp_plot_panes_set_run (fixture.panes, run);
      bp_plot_panes_arrange (fixture.panes, BP_PLOTS_THREE);
      gtk_window_set_default_size (GTK_WINDOW (fixture.window), 3 * cases[i].ems * em, 300);
      gtk_window_set_child (GTK_WINDOW (fixture.window), GTK_WIDGET (fixture.panes));
      gtk_window_present (GTK_WINDOW (fixture.window));
      gtk_test_widget_wait_for_draw (fixture.window);
      g_assert_cmpint (__builtin_popcount (get_visible (&fixture)), ==, (int) cases[i].n);
      gtk_window_destroy (GTK_WINDOW (fixture.window));
    }
}

/* Six plots, of which four have room: the button, and the action by it, show the others, and then the first again. */
static void
test_more (Fixture                  *fixture,
           G_GNUC_UNUSED const void *data)
{
  g_autoptr (BpExperiment) iris = bp_builtin_load ("iris", NULL);
  BpPlotKind kinds[BP_N_PLOTS];
  GtkWidget *button;
  gboolean has_more;
  guint n, seen;

  g_object_get (fixture->panes, "has-more", &has_more, NULL);
  g_assert_false (has_more);
  g_assert_true (bp_run_load (fixture->run, iris, NULL));
  gtk_test_widget_wait_for_draw (fixture->window);
  n = bp_plot_list_kinds (bp_run_get_trainer (fixture->run), kinds);
  g_assert_cmpuint (n, >, N_SHOWN);
  g_object_get (fixture->panes, "has-more", &has_more, NULL);
  g_assert_true (has_more);

  seen = get_visible (fixture);
  for (guint i = 0; i < n; i++)
    g_assert_cmpint ((seen & 1u << kinds[i]) != 0, ==, i < N_SHOWN);
  button = search_widget (GTK_WIDGET (fixture->panes), GTK_TYPE_BUTTON, has_css_class, "more-plots");
  g_assert_nonnull (button);
  g_signal_emit_by_name (button, "clicked");
  gtk_test_widget_wait_for_draw (fixture->window);
  seen = get_visible (fixture);
  for (guint i = 0; i < n; i++)
    g_assert_cmpint ((seen & 1u << kinds[i]) != 0, ==, i >= n - N_SHOWN);
  bp_plot_panes_show_more (fixture->panes);
  gtk_test_widget_wait_for_draw (fixture->window);
  g_assert_cmpuint (get_visible (fixture) & 1u << kinds[0], !=, 0);

  /* What is hidden makes room. */
  for (guint i = N_SHOWN; i < n; i++)
    bp_plot_panes_set_shown (fixture->panes, kinds[i], FALSE);
  gtk_test_widget_wait_for_draw (fixture->window);
  g_object_get (fixture->panes, "has-more", &has_more, NULL);
  g_assert_false (has_more);
}

static GtkWidget *
find_chooser (Fixture    *fixture,
              BpPlotKind  kind,
              GType       type,
              const char *label)
{
  GtkWidget *overlay = gtk_widget_get_parent (GTK_WIDGET (bp_plot_panes_get_view (fixture->panes, kind)));

  return search_widget (overlay, type, label != NULL ? has_button_label : NULL, label);
}

/* The inputs of the axes, where there are more than two, and training or test data, where data are held out. */
static void
test_choosers (Fixture                  *fixture,
               G_GNUC_UNUSED const void *data)
{
  g_autoptr (BpExperiment) iris = bp_builtin_load ("iris", NULL);
  g_autoptr (BpExperiment) circles = bp_builtin_load ("circles", NULL);
  BpRun *run = fixture->run;
  BpPlotView *plot = bp_plot_panes_get_view (fixture->panes, BP_PLOT_DATA);
  BpPlotView *matrix = bp_plot_panes_get_view (fixture->panes, BP_PLOT_CONFUSION);
  GtkWidget *axis = find_chooser (fixture, BP_PLOT_DATA, GTK_TYPE_MENU_BUTTON, NULL);
  GtkWidget *test = find_chooser (fixture, BP_PLOT_CONFUSION, GTK_TYPE_TOGGLE_BUTTON, "Test");

  g_assert_false (gtk_widget_get_visible (axis));
  g_assert_true (bp_run_load (run, iris, NULL));
  gtk_test_widget_wait_for_draw (fixture->window);
  g_assert_true (gtk_widget_get_visible (axis));
  g_assert_cmpstr (bp_plot_view_get_plot (plot)->x.label, ==, "petal_length");
  g_assert_true (gtk_widget_activate_action (axis, "plot.x", "i", 3));
  g_assert_cmpstr (bp_plot_view_get_plot (plot)->x.label, ==, "sepal_length");
  g_assert_cmpstr (bp_plot_view_get_plot (plot)->y.label, ==, "petal_width");
  /* What the other axis has changes places. */
  g_assert_true (gtk_widget_activate_action (axis, "plot.y", "i", 3));
  g_assert_cmpstr (bp_plot_view_get_plot (plot)->x.label, ==, "petal_width");
  g_assert_cmpstr (bp_plot_view_get_plot (plot)->y.label, ==, "sepal_length");

  g_assert_false (bp_plot_view_get_plot (matrix)->shows_test_rows);
  g_assert_true (gtk_widget_get_visible (gtk_widget_get_parent (test)));
  g_assert_true (gtk_widget_activate_action (test, "plot.test", "b", TRUE));
  g_assert_true (bp_plot_view_get_plot (matrix)->shows_test_rows);
  g_assert_true (bp_plot_view_get_options (matrix)->test_rows);

  /* Another experiment begins with its own first two. */
  g_assert_true (bp_run_load (run, circles, NULL));
  gtk_test_widget_wait_for_draw (fixture->window);
  g_assert_false (gtk_widget_get_visible (axis));
  g_assert_cmpuint (bp_plot_view_get_options (plot)->x_input, ==, 0);
}

int
main (int    argc,
      char **argv)
{
  gtk_test_init (&argc, &argv, NULL);
  adw_init ();
  g_test_add ("/plot-panes/maximize", Fixture, NULL, set_up, test_maximize, tear_down);
  g_test_add ("/plot-panes/show", Fixture, NULL, set_up, test_show, tear_down);
  g_test_add ("/plot-panes/double-click", Fixture, NULL, set_up, test_double_click, tear_down);
  g_test_add ("/plot-panes/escape", Fixture, NULL, set_up, test_escape, tear_down);
  g_test_add ("/plot-panes/options", Fixture, NULL, set_up, test_options, tear_down);
  g_test_add ("/plot-panes/more", Fixture, NULL, set_up, test_more, tear_down);
  g_test_add ("/plot-panes/choosers", Fixture, NULL, set_up, test_choosers, tear_down);
  g_test_add ("/plot-panes/three", Fixture, NULL, set_up, test_three, tear_down);
  g_test_add_func ("/plot-panes/narrow-lecture", test_narrow_lecture);

  return g_test_run ();
}
