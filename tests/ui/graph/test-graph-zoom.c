/* test-graph-zoom.c: what the graph view shows of a graph: as much as can be read, and what is computed now
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "graph/bp-graph-view.h"

#include <adwaita.h>

#include "experiment/bp-builtin.h"
#include "lib/widget-search.h"
#include "ui/graph/graph-view-fixture.h"

/* Size and place */

static void
test_fits (void)
{
  static const struct
  {
    int    width;
    int    height;
    double least_zoom;
  } sizes[] = { { 1080, 300, 0.95 }, { 860, 250, 0.87 }, { 1600, 460, 1.2 } };
  const char *names[] = { "regression", "classification" };

  for (guint i = 0; i < G_N_ELEMENTS (sizes); i++)
    for (guint j = 0; j < G_N_ELEMENTS (names); j++)
      {
        Fixture fixture = open_window (names[j], sizes[i].width, sizes[i].height);

        g_test_message ("%s in %d × %d: %.2f", names[j], sizes[i].width, sizes[i].height,
                        bp_graph_view_get_zoom (fixture.view));
        check_allocations (&fixture, TRUE);
        g_assert_cmpfloat (bp_graph_view_get_zoom (fixture.view), >=, sizes[i].least_zoom);
        close_window (&fixture);
      }
}

/* The size of the smallest text that is drawn. */
static double
get_least_text (Fixture *fixture)
{
  PangoContext *context = gtk_widget_get_pango_context (GTK_WIDGET (fixture->view));
  const PangoFontDescription *font = pango_context_get_font_description (context);
  double size = pango_font_description_get_size (font) / (double) PANGO_SCALE;

  if (!pango_font_description_get_size_is_absolute (font))
    size *= pango_cairo_context_get_resolution (context) / 72;

  return 0.9 * size * BP_LEAST_TEXT * bp_graph_view_get_zoom (fixture->view);
}

/* What would be too small to read is shown in part, until all of it is asked for. */
static void
test_readable (void)
{
  static const int sizes[][2] = { { 400, 150 }, { 740, 220 }, { 1080, 300 } };
  const char *const *names = bp_builtin_get_names ();

  for (guint i = 0; names[i] != NULL; i++)
    for (guint j = 0; j < G_N_ELEMENTS (sizes); j++)
      {
        Fixture fixture = open_window (names[i], sizes[j][0], sizes[j][1]);

        g_assert_cmpfloat (get_least_text (&fixture), >=, 10.99);
        check_allocations (&fixture, FALSE);
        press_shortcut (GTK_WIDGET (fixture.view), GDK_KEY_0, GDK_CONTROL_MASK);
        gtk_test_widget_wait_for_draw (fixture.window);
        check_allocations (&fixture, TRUE);
        close_window (&fixture);
      }
}

/* Buttons of zooming stand elsewhere, where they cover nothing. */
static void
test_actions (void)
{
  Fixture fixture = open_window ("regression", 1080, 300);
  GActionGroup *actions = bp_graph_view_get_actions (fixture.view);
  double zoom = bp_graph_view_get_zoom (fixture.view);

  g_assert_false (g_action_group_get_action_enabled (actions, "zoom-fit"));
  g_action_group_activate_action (actions, "zoom-in", NULL);
  g_assert_cmpfloat (bp_graph_view_get_zoom (fixture.view), >, zoom);
  g_assert_true (g_action_group_get_action_enabled (actions, "zoom-fit"));
  close_window (&fixture);
}

static graphene_rect_t
get_bounds (Fixture *fixture,
            guint    node)
{
  graphene_rect_t bounds;

  g_assert_true (gtk_widget_compute_bounds (bp_graph_view_get_node (fixture->view, node), GTK_WIDGET (fixture->view),
                                            &bounds));

  return bounds;
}

/* Whether what the step computes and all that it goes to fit into the view together, as @bounds. */
static gboolean
get_step (Fixture         *fixture,
          graphene_rect_t *bounds)
{
  BpGraph *graph = bp_trainer_get_graph (get_trainer (fixture));
  const BpInstruction *last = bp_trainer_get_last_instruction (get_trainer (fixture));

  *bounds = get_bounds (fixture, last->node);
  for (guint node = 0; node < bp_graph_get_n_nodes (graph); node++)
    for (guint i = 0; i < bp_graph_get_n_inputs (graph, node); i++)
      {
        guint input = bp_graph_get_input (graph, node, i);
        graphene_rect_t other = get_bounds (fixture, last->phase == BP_PHASE_BACKWARD ? input : node);

        if (last->phase == BP_PHASE_BACKWARD
            ? node == last->node && bp_graph_layout_is_differentiated (graph, node, i) : input == last->node)
          graphene_rect_union (bounds, &other, bounds);
      }

  return bounds->size.width <= gtk_widget_get_width (GTK_WIDGET (fixture->view))
         && bounds->size.height <= gtk_widget_get_height (GTK_WIDGET (fixture->view));
}

/* A graph that is larger than the view moves so that the step can be seen and where it goes to; and stands still while
 * a node is clicked. */
static void
test_follows (void)
{
  Fixture fixture = open_window ("xor", 760, 220);
  BpTrainer *trainer = get_trainer (&fixture);
  guint n_seen = 0;

  check_allocations (&fixture, FALSE);
  for (guint i = 0; i < 2 * bp_trainer_get_n_instructions (trainer); i++)
    {
      const BpInstruction *last;
      graphene_rect_t bounds, view, before, after;

      g_assert_true (bp_run_step (fixture.run, BP_STEP_NODE, 1));
      gtk_test_widget_wait_for_draw (fixture.window);
      last = bp_trainer_get_last_instruction (trainer);
      if (last->phase == BP_PHASE_FEED)
        continue;
      if (!get_step (&fixture, &bounds))
        bounds = get_bounds (&fixture, last->node);
      else
        n_seen++;
      graphene_rect_init (&view, -1, -1, gtk_widget_get_width (GTK_WIDGET (fixture.view)) + 2,
                          gtk_widget_get_height (GTK_WIDGET (fixture.view)) + 2);
      g_assert_true (graphene_rect_contains_rect (&view, &bounds));

      before = get_bounds (&fixture, last->node);
      bp_run_set_selected_node (fixture.run, i % bp_graph_get_n_nodes (bp_trainer_get_graph (trainer)));
      gtk_test_widget_wait_for_draw (fixture.window);
      after = get_bounds (&fixture, last->node);
      g_assert_true (graphene_rect_equal (&before, &after));
      bp_run_set_selected_node (fixture.run, BP_NODE_NONE);
    }
  g_assert_cmpuint (n_seen, >, 20);
  close_window (&fixture);
}

static void
test_zoom (void)
{
  Fixture    fixture = open_window ("regression", 800, 300);
  GtkWidget *view = GTK_WIDGET (fixture.view);
  double     fitted = bp_graph_view_get_zoom (fixture.view);
  double     last = fitted;

  g_assert_true (press_shortcut (view, GDK_KEY_plus, GDK_CONTROL_MASK));
  g_assert_cmpfloat_with_epsilon (bp_graph_view_get_zoom (fixture.view), 1.2 * fitted, 1e-9);
  gtk_test_widget_wait_for_draw (fixture.window);
  check_allocations (&fixture, FALSE);

  for (guint i = 0; i < 30; i++)
    {
      gtk_widget_activate_action (view, "graph.zoom-in", NULL);
      g_assert_cmpfloat (bp_graph_view_get_zoom (fixture.view), >=, last);
      last = bp_graph_view_get_zoom (fixture.view);
    }
  g_assert_cmpfloat (last, ==, 4);
  gtk_widget_activate_action (view, "graph.zoom-in", NULL);
  g_assert_cmpfloat (bp_graph_view_get_zoom (fixture.view), ==, 4);

  g_assert_true (press_shortcut (view, GDK_KEY_0, GDK_CONTROL_MASK));
  gtk_test_widget_wait_for_draw (fixture.window);
  g_assert_cmpfloat (bp_graph_view_get_zoom (fixture.view), ==, fitted);
  check_allocations (&fixture, TRUE);
  g_assert_true (press_shortcut (view, GDK_KEY_minus, GDK_CONTROL_MASK));
  g_assert_cmpfloat_with_epsilon (bp_graph_view_get_zoom (fixture.view), fitted / 1.2, 1e-9);
  close_window (&fixture);
}

/* While the graph is larger than the view, the node that was computed last is in it. */
static void
test_follows_the_cursor (void)
{
  Fixture    fixture = open_window ("xor", 500, 250);
  GtkWidget *view = GTK_WIDGET (fixture.view);

  for (guint step = 0; step < bp_trainer_get_n_instructions (get_trainer (&fixture)); step++)
    {
      graphene_rect_t bounds;
      guint           current;

      bp_run_step (fixture.run, BP_STEP_NODE, 1);
      current = bp_run_get_current_node (fixture.run);
      if (current == BP_NODE_NONE)
        continue;
      gtk_test_widget_wait_for_draw (fixture.window);
      g_assert_true (gtk_widget_compute_bounds (bp_graph_view_get_node (fixture.view, current), view, &bounds));
      g_assert_cmpfloat (bounds.origin.x, >=, -1);
      g_assert_cmpfloat (bounds.origin.x + bounds.size.width, <=, gtk_widget_get_width (view) + 1);
      g_assert_cmpfloat (bounds.origin.y, >=, -1);
      g_assert_cmpfloat (bounds.origin.y + bounds.size.height, <=, gtk_widget_get_height (view) + 1);
    }
  close_window (&fixture);
}

static void
assert_height (Fixture *fixture,
               guint    node)
{
  graphene_rect_t bounds = get_bounds (fixture, node);

  g_assert_cmpfloat (bounds.origin.y, >=, -1);
  g_assert_cmpfloat (bounds.origin.y + bounds.size.height, <=, gtk_widget_get_height (GTK_WIDGET (fixture->view)) + 1);
}

/* While the run is in the first layer, which is open, all of that is in sight from top to bottom. */
static void
check_open_layer (Fixture *fixture)
{
  g_autoptr (GPtrArray) layers = bp_layers_find (bp_trainer_get_graph (get_trainer (fixture)));
  const BpDenseLayer *layer = bp_layers_get (layers, 0);
  guint n_seen = 0;

  bp_graph_view_set_open (fixture->view, 1 << 0);
  while (bp_run_step (fixture->run, BP_STEP_NODE, 1) && bp_trainer_get_cursor (get_trainer (fixture)).iteration == 0)
    {
      gtk_test_widget_wait_for_draw (fixture->window);
      if (bp_layers_find_member (layers, bp_run_get_current_node (fixture->run)) != 0)
        continue;
      for (guint member = 0; member < layer->n_members; member++)
        assert_height (fixture, layer->members[member]);
      n_seen++;
    }
  g_assert_cmpuint (n_seen, >, 3);
}

/* In the pane of a window of 1366 × 768, a network that is folded has its whole height in sight, and an open layer has,
 * also where the pane has as many lines as in a lecture. */
static void
test_heights (void)
{
  static const char *const names[] = { "xor", "circles", "digits", "spirals", "iris", "overfitting" };

  for (guint i = 0; i < G_N_ELEMENTS (names); i++)
    {
      Fixture fixture = open_window (names[i], 1049, 232);

      g_test_message ("%s", names[i]);
      bp_graph_view_set_open (fixture.view, BP_LAYERS_NONE);
      gtk_test_widget_wait_for_draw (fixture.window);
      for (guint node = 0; node < bp_graph_get_n_nodes (bp_trainer_get_graph (get_trainer (&fixture))); node++)
        assert_height (&fixture, node);
      check_open_layer (&fixture);
      close_window (&fixture);

      fixture = open_window (names[i], 865, 193);
      check_open_layer (&fixture);
      close_window (&fixture);
    }
}

static guint
count_gradients (GskRenderNode *node)
{
  guint n = gsk_render_node_get_node_type (node) == GSK_LINEAR_GRADIENT_NODE;

  if (gsk_render_node_get_node_type (node) == GSK_CONTAINER_NODE)
    for (guint i = 0; i < gsk_container_node_get_n_children (node); i++)
      n += count_gradients (gsk_container_node_get_child (node, i));
  else if (gsk_render_node_get_node_type (node) == GSK_CLIP_NODE)
    n += count_gradients (gsk_clip_node_get_child (node));

  return n;
}

/* A shade at each edge that the graph goes on beyond, and none while all of it is in sight. */
static void
test_shades (void)
{
  static const struct
  {
    int   width;
    int   height;
    guint n;
  } sizes[] = { { 1080, 300, 0 }, { 300, 300, 1 }, { 300, 90, 3 } };

  for (guint i = 0; i < G_N_ELEMENTS (sizes); i++)
    {
      Fixture fixture = open_window ("regression", sizes[i].width, sizes[i].height);
      GtkSnapshot *snapshot = gtk_snapshot_new ();
      GskRenderNode *node;

      GTK_WIDGET_GET_CLASS (fixture.view)->snapshot (GTK_WIDGET (fixture.view), snapshot);
      node = gtk_snapshot_free_to_node (snapshot);
      g_assert_cmpuint (count_gradients (node), ==, sizes[i].n);
      gsk_render_node_unref (node);
      close_window (&fixture);
    }
}

int
main (int    argc,
      char **argv)
{
  gtk_test_init (&argc, &argv, NULL);
  adw_init ();

  g_test_add_func ("/graph-zoom/fits", test_fits);
  g_test_add_func ("/graph-zoom/actions", test_actions);
  g_test_add_func ("/graph-zoom/follows", test_follows);
  g_test_add_func ("/graph-zoom/heights", test_heights);
  g_test_add_func ("/graph-zoom/shades", test_shades);
  g_test_add_func ("/graph-zoom/readable", test_readable);
  g_test_add_func ("/graph-zoom/zoom", test_zoom);
  g_test_add_func ("/graph-zoom/follows-the-cursor", test_follows_the_cursor);

  return g_test_run ();
}
