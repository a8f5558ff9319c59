/* test-export-preview.c: what is exported is what the window shows, and the preview shows it
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "lib/export-driver.h"
#include "lib/figure-checks.h"

#include "figures/bp-export-preview.h"
#include "app/export/export-dialog-fixture.h"

/* What the window shows of a plot is what is exported of it. */
static void
test_shown (Fixture *fixture)
{
  g_autofree char *folder = make_folder ();
  BpFigureOptions options = choose_figure (BP_FIGURE_LOSS, BP_FORMAT_SVG);
  GtkWidget *dialog;

  bp_run_keep_reference (fixture->run);
  gtk_widget_activate_action (GTK_WIDGET (fixture->window), "win.log-scale", NULL);
  gtk_widget_activate_action (GTK_WIDGET (fixture->window), "win.smoothing", "d", 0.9);
  bp_run_set_predict_first (fixture->run, TRUE);
  g_assert_true (bp_run_get_gradients_hidden (fixture->run));

  options.plot.log_scale = FALSE;
  options.plot.smoothing = 0.9;
  options.plot.references = bp_run_get_references (fixture->run);
  options.plot.hide_gradients = TRUE;
  chosen_path = g_build_filename (folder, "a.svg", NULL);
  dialog = open_dialog (fixture);
  select_title (dialog, "Figure", "Loss");
  press_export (dialog);
  assert_file (fixture, chosen_path, &options);

  /* Before there is anything to hide, what comes later does not show it either. */
  bp_run_step (fixture->run, BP_STEP_ITERATION, -1);
  bp_run_step (fixture->run, BP_STEP_ITERATION, -1);
  bp_run_step (fixture->run, BP_STEP_NODE, 1);
  g_assert_false (bp_run_get_gradients_hidden (fixture->run));
  options.plot.hide_gradients = FALSE;
  options.plot.predict_first = TRUE;
  dialog = open_dialog (fixture);
  select_title (dialog, "Figure", "Loss");
  press_export (dialog);
  assert_file (fixture, chosen_path, &options);
  bp_run_step (fixture->run, BP_STEP_ITERATION, 1);

  bp_run_set_selected_node (fixture->run, 1);
  options = choose_figure (BP_FIGURE_EXPLANATION, BP_FORMAT_SVG);
  options.plot.hide_gradients = TRUE;
  options.node = 1;
  dialog = open_dialog (fixture);
  select_title (dialog, "Figure", "Explanation");
  press_export (dialog);
  assert_file (fixture, chosen_path, &options);

  g_clear_pointer (&chosen_path, g_free);
  remove_folder (folder);
}

/* The preview */

static guint32 *
paint_preview (GtkWidget *preview,
               int       *width,
               int       *height)
{
  g_autoptr (GdkPaintable) paintable = gtk_widget_paintable_new (preview);
  g_autoptr (GtkSnapshot) snapshot = gtk_snapshot_new ();
  g_autoptr (GskRenderNode) node = NULL;
  cairo_surface_t *surface;
  cairo_t *cr;
  guint32 *pixels;

  *width = gtk_widget_get_width (preview);
  *height = gtk_widget_get_height (preview);
  gdk_paintable_snapshot (paintable, snapshot, *width, *height);
  node = gtk_snapshot_to_node (snapshot);
  g_assert_nonnull (node);
  pixels = g_new0 (guint32, (gsize) *width * (gsize) *height);
  surface = cairo_image_surface_create_for_data ((guchar *) pixels, CAIRO_FORMAT_ARGB32, *width, *height, 4 * *width);
  cr = cairo_create (surface);
  gsk_render_node_draw (node, cr);
  cairo_destroy (cr);
  cairo_surface_destroy (surface);

  return pixels;
}

/* In its middle at scale 1, pixel for pixel the PNG. */
static void
test_preview (Fixture *fixture)
{
  GtkWidget *dialog = open_dialog (fixture);
  GtkWidget *preview = search_widget (dialog, BP_TYPE_EXPORT_PREVIEW, NULL, NULL);
  BpFigureOptions options = choose_shown (fixture, BP_FIGURE_LOSS, BP_FORMAT_PNG);
  cairo_surface_t *expected = cairo_image_surface_create (CAIRO_FORMAT_RGB24, 320, 200);
  cairo_t *cr = cairo_create (expected);
  g_autofree guint32 *pixels = NULL;
  int width, height, different = 0;
  double figure_width, figure_height;

  select_title (dialog, "Figure", "Loss");
  select_title (dialog, "Colors", "Dark");
  type (dialog, "Width", "320");
  type (dialog, "Height", "200");
  gtk_test_widget_wait_for_draw (dialog);
  bp_export_preview_get_size (BP_EXPORT_PREVIEW (preview), &figure_width, &figure_height);
  g_assert_cmpfloat (figure_width, ==, 320);
  g_assert_cmpfloat (figure_height, ==, 200);
  g_assert_cmpfloat (bp_export_preview_get_scale (BP_EXPORT_PREVIEW (preview)), ==, 1);

  options.dark = TRUE;
  options.width = 320;
  options.height = 200;
  bp_figure_draw (cr, get_trainer (fixture), &options);
  cairo_surface_flush (expected);
  pixels = paint_preview (preview, &width, &height);
  for (int y = 0; y < 200; y++)
    for (int x = 0; x < 320; x++)
      different += get_pixel (expected, x, y)
                   != (pixels[(y + (height - 200) / 2) * width + x + (width - 320) / 2] & 0xffffff);
  g_assert_cmpint (different, ==, 0);

  /* Larger ones are shown whole. */
  type (dialog, "Width", "3200");
  gtk_test_widget_wait_for_draw (dialog);
  g_assert_cmpfloat (bp_export_preview_get_scale (BP_EXPORT_PREVIEW (preview)) * 3200, <, width);
  cairo_destroy (cr);
  cairo_surface_destroy (expected);
}

/* Accessibility */

static void
test_accessible (Fixture *fixture)
{
  GtkWidget *dialog = open_dialog (fixture);
  GtkWidget *preview = search_widget (dialog, BP_TYPE_EXPORT_PREVIEW, NULL, NULL);
  BpFigureOptions options = choose_shown (fixture, BP_FIGURE_GRAPH, BP_FORMAT_SVG);
  g_autofree char *description = bp_figure_create_description (get_trainer (fixture), &options);
  static const char *const fields[] = {
    "First iteration", "Last iteration", "Every n-th iteration", "Seconds per picture", "Width", "Height",
    "Font size in pixels", "Scale",
  };

  gtk_test_accessible_assert_role (preview, GTK_ACCESSIBLE_ROLE_IMG);
  gtk_test_accessible_assert_property (preview, GTK_ACCESSIBLE_PROPERTY_LABEL, "Preview");
  gtk_test_accessible_assert_property (preview, GTK_ACCESSIBLE_PROPERTY_DESCRIPTION, description);
  gtk_test_accessible_assert_relation (find_export_button (dialog), GTK_ACCESSIBLE_RELATION_LABELLED_BY,
                                       search_widget (find_export_button (dialog), GTK_TYPE_LABEL, NULL, NULL), NULL);
  g_assert_false (gtk_test_accessible_has_property (GTK_ACCESSIBLE (find_export_button (dialog)),
                                                    GTK_ACCESSIBLE_PROPERTY_LABEL));
  gtk_test_accessible_assert_property (search_widget (dialog, GTK_TYPE_SWITCH, NULL, NULL),
                                       GTK_ACCESSIBLE_PROPERTY_LABEL, "Caption");
  gtk_test_accessible_assert_property (search_widget (dialog, GTK_TYPE_PROGRESS_BAR, NULL, NULL),
                                       GTK_ACCESSIBLE_PROPERTY_LABEL, "Progress");
  for (gsize i = 0; i < G_N_ELEMENTS (fields); i++)
    gtk_test_accessible_assert_role (GTK_WIDGET (bp_field_get_entry (search_field (dialog, fields[i]))),
                                     GTK_ACCESSIBLE_ROLE_TEXT_BOX);
}

int
main (int    argc,
      char **argv)
{
  gtk_test_init (&argc, &argv, NULL);

#define ADD(name, func) add_window_test ("/export-preview/" name, IN_THE_MIDDLE, func)
  ADD ("accessible", test_accessible);
  ADD ("shown", test_shown);
  ADD ("preview", test_preview);

  return run_tests ();
}
