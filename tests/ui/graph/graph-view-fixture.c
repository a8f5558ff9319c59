/* graph-view-fixture.c: a window with a graph view for tests
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "ui/graph/graph-view-fixture.h"

Fixture
open_window (const char *name,
             int         width,
             int         height)
{
  g_autoptr (BpExperiment) experiment = load_builtin (name);
  Fixture fixture = { .run = bp_run_new (experiment), .window = gtk_window_new () };

  fixture.view = BP_GRAPH_VIEW (g_object_new (BP_TYPE_GRAPH_VIEW, NULL));
  gtk_window_set_decorated (GTK_WINDOW (fixture.window), FALSE);
  gtk_window_set_default_size (GTK_WINDOW (fixture.window), width, height);
  gtk_window_set_child (GTK_WINDOW (fixture.window), GTK_WIDGET (fixture.view));
  bp_graph_view_set_run (fixture.view, fixture.run);
  /* The nodes of a network, not its layers: test-graph-folds.c has those. */
  bp_graph_view_set_open (fixture.view, BP_LAYERS_ALL);
  gtk_window_present (GTK_WINDOW (fixture.window));
  gtk_test_widget_wait_for_draw (fixture.window);

  return fixture;
}

void
close_window (Fixture *fixture)
{
  gtk_window_destroy (GTK_WINDOW (fixture->window));
  g_assert_finalize_object (fixture->run);
}

BpTrainer *
get_trainer (Fixture *fixture)
{
  return bp_run_get_trainer (fixture->run);
}

GtkWidget *
get_node (Fixture    *fixture,
          const char *name)
{
  GtkWidget *node = bp_graph_view_get_node (fixture->view,
                                            bp_graph_find (bp_trainer_get_graph (get_trainer (fixture)), name));

  g_assert_nonnull (node);

  return node;
}

guint *
watch (gpointer    object,
       const char *signal)
{
  guint *count = g_new0 (guint, 1);

  g_signal_connect_data (object, signal, G_CALLBACK (count_cb), count, (GClosureNotify) (GCallback) g_free,
                         G_CONNECT_SWAPPED);

  return count;
}

void
check_allocations (Fixture *fixture,
                   gboolean inside)
{
  double    zoom = bp_graph_view_get_zoom (fixture->view);
  GtkWidget *view = GTK_WIDGET (fixture->view);
  guint     n = bp_graph_get_n_nodes (bp_trainer_get_graph (get_trainer (fixture)));
  graphene_rect_t bounds[128];

  g_assert_cmpuint (n, <=, G_N_ELEMENTS (bounds));
  for (guint node = 0; node < n; node++)
    {
      if (!gtk_widget_get_child_visible (bp_graph_view_get_node (fixture->view, node)))
        {
          bounds[node] = GRAPHENE_RECT_INIT (0, 0, 0, 0);
          continue;
        }
      g_assert_true (gtk_widget_compute_bounds (bp_graph_view_get_node (fixture->view, node), view, &bounds[node]));
      g_assert_cmpfloat (bounds[node].size.height, >, 40 * zoom);
      if (inside)
        {
          g_assert_cmpfloat (bounds[node].origin.x, >=, 0);
          g_assert_cmpfloat (bounds[node].origin.y, >=, 0);
          g_assert_cmpfloat (bounds[node].origin.x + bounds[node].size.width, <=, gtk_widget_get_width (view));
          g_assert_cmpfloat (bounds[node].origin.y + bounds[node].size.height, <=, gtk_widget_get_height (view));
        }
      for (guint other = 0; other < node; other++)
        g_assert_false (graphene_rect_intersection (&bounds[node], &bounds[other], NULL));
    }
}
