/* plot-view-fixture.c: a plot as a widget, in a window of its own
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "ui/plots/plot-view-fixture.h"

BpPlotView *
show_view (BpRun      *run,
           BpPlotKind  kind,
           GtkWindow **window)
{
  GtkWidget *view = bp_plot_view_new (kind);

  bp_plot_view_set_run (BP_PLOT_VIEW (view), run);
  *window = GTK_WINDOW (gtk_window_new ());
  gtk_window_set_default_size (*window, WIDTH, HEIGHT);
  gtk_window_set_child (*window, view);
  gtk_window_present (*window);
  gtk_test_widget_wait_for_draw (view);

  return BP_PLOT_VIEW (view);
}

GskRenderNode *
snapshot (BpPlotView *view)
{
  GtkSnapshot *snapshot = gtk_snapshot_new ();

  GTK_WIDGET_GET_CLASS (view)->snapshot (GTK_WIDGET (view), snapshot);

  return gtk_snapshot_free_to_node (snapshot);
}

BpPlotStyle
get_style (BpPlotView   *view,
           BpPaletteKind palette)
{
  const PangoFontDescription *font =
    pango_context_get_font_description (gtk_widget_get_pango_context (GTK_WIDGET (view)));
  double size = pango_font_description_get_size (font) / (double) PANGO_SCALE;

  if (!pango_font_description_get_size_is_absolute (font))
    size *= 96 / 72.0;

  return (BpPlotStyle) { bp_palette_get (palette), font, size / (11 * 96 / 72.0) };
}

void
assert_description (BpPlotView *view)
{
  gtk_test_accessible_assert_property (view, GTK_ACCESSIBLE_PROPERTY_DESCRIPTION,
                                       bp_plot_view_get_plot (view)->description);
}
