/* bp-plot-legend.c: the legend of a plot: its layout and its drawing
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "plots/bp-plot-legend.h"

#include <glib/gi18n-lib.h>
#include <math.h>
#include <string.h>

/* Distances in em. */
#define SAMPLE_WIDTH 1.6
#define MARKER_WIDTH 0.9
#define REGION_WIDTH 1.3
#define ENTRY_GAP 0.8

/* Lines for the area and the gaps around it, at least, beside a legend: the area itself then has 1.3 or more. */
#define LEAST_AREA 2.2

/* The widest number that has room after an entry; a wider one ends in an ellipsis. */
#define WIDEST_VALUE "−8.888·10⁻⁸⁸"

/* Where there is none for both, the name ends in an ellipsis before a number of this width does: what is left of a
 * number reads as another one. */
#define USUAL_VALUE "8.888·10⁻⁸"

/* Layout */

/* A marker alone needs less room than a line. */
static double
get_sample_width (const BpPlotLayout *layout,
                  const BpLayer      *layer)
{
  const gboolean is_line = layer->joined || layer->kind == BP_LAYER_RULE_X || layer->kind == BP_LAYER_RULE_Y
                           || layer->kind == BP_LAYER_ARROW;

  if (layer->pattern != BP_PATTERN_NONE)
    return layout->em * REGION_WIDTH;

  return layout->em * (is_line ? SAMPLE_WIDTH : MARKER_WIDTH);
}

/* What @layer's entry is called in a @room that its number, if it has one, shares. Returns: (transfer full) */
static char *
dup_label (const BpPlotLayout *layout,
           const BpLayer      *layer,
           double              room)
{
  char *label = bp_layer_dup_legend_label (layer);

  if (layer->value != NULL)
    room -= bp_plot_layout_get_text_width (layout, USUAL_VALUE, FALSE);
  if (layer->short_label != NULL && bp_plot_layout_get_text_width (layout, label, FALSE) > room + 1)
    {
      g_free (label);
      label = layer->value != NULL ? g_strdup_printf (C_("legend", "%s: "), layer->short_label)
                                   : g_strdup (layer->short_label);
    }
  /* What is left of a number reads as another one. */
  if (layer->kind == BP_LAYER_RULE_Y && bp_plot_layout_get_text_width (layout, label, FALSE) > room + 1)
    label[strcspn (label, " ")] = '\0';

  return label;
}

/* What @layer's entry is called, and the width that it takes with its number. */
static double
measure_entry (const BpPlotLayout *layout,
               const BpLayer      *layer,
               double              room,
               double             *value_x)
{
  g_autofree char *label = dup_label (layout, layer, room);
  g_autoptr (PangoLayout) text = bp_plot_layout_create_entry (layout, label, layer->is_strong);
  g_autoptr (PangoLayout) number = bp_plot_layout_create_entry (layout, WIDEST_VALUE, layer->is_strong);
  int label_width, number_width = 0;

  pango_layout_get_size (text, &label_width, NULL);
  if (layer->value != NULL)
    pango_layout_get_size (number, &number_width, NULL);
  *value_x = label_width / (double) PANGO_SCALE;

  return (label_width + number_width) / (double) PANGO_SCALE;
}

/* Whether it marks on a line, which has an entry of its own, where the run stands. */
static gboolean
is_mark (const BpLayer *layer)
{
  return layer->is_cursor && (layer->kind == BP_LAYER_POINTS || layer->kind == BP_LAYER_ARROW);
}

static GArray *
list_entries (const BpPlot *plot,
              gboolean      is_whole)
{
  GArray *entries = bp_plot_list_legend (plot);

  for (guint i = entries->len; !is_whole && i-- > 0;)
    if (is_mark (bp_plot_get_layer (plot, g_array_index (entries, guint, i))))
      g_array_remove_index (entries, i);

  return entries;
}

/* The first row with room for @width; a new one if there is none. @ends: (element-type double): where each row ends */
static guint
find_row (GArray *ends,
          guint   first,
          double  start,
          double  width,
          double  right)
{
  for (guint row = first; row < ends->len; row++)
    if (g_array_index (ends, double, row) <= start || g_array_index (ends, double, row) + width <= right)
      return row;
  g_array_append_val (ends, start);

  return ends->len - 1;
}

/* Moves the entries of each row to its right end. */
static void
align_rows (BpPlotLayout *layout,
            GArray       *ends,
            double        right)
{
  const double em = layout->em;

  for (guint i = 0; i < layout->entries->len; i++)
    {
      BpLegendEntry *entry = &g_array_index (layout->entries, BpLegendEntry, i);
      guint row = (guint) round ((entry->y - layout->legend_y) / (em * BP_PLOT_LINE));
      double shift = right - (g_array_index (ends, double, row) - em * ENTRY_GAP);

      entry->x += shift;
      entry->text_x += shift;
      entry->value_x += shift;
    }
}

/* Where the first row begins: after the name of the y axis, or the title. */
static double
find_start (const BpPlotLayout *layout,
            const BpPlot       *plot)
{
  g_autofree char *title = layout->has_legend_row ? bp_axis_get_title (&plot->y) : NULL;
  const double left = layout->em * (BP_PLOT_PADDING + (plot->inputs != NULL ? BP_PLOT_ARROW : 0));

  if (layout->legend_y == layout->title_y)
    return left + layout->title_width + layout->em * ENTRY_GAP;

  return left + (title != NULL ? bp_plot_layout_get_text_width (layout, title, FALSE) + layout->em * ENTRY_GAP : 0);
}

/* Fills rows from the left; runs that are compared stand in their order and begin below each other. Returns: how many
 * rows. */
static guint
fill_legend (BpPlotLayout *layout,
             const BpPlot *plot)
{
  g_autoptr (GArray) entries = list_entries (plot, layout->has_legend_row);
  g_autoptr (GArray) ends = g_array_new (FALSE, FALSE, sizeof (double));
  const double em = layout->em;
  const double right = layout->width - em * BP_PLOT_PADDING;
  const double x = find_start (layout, plot);
  const gboolean is_compared = entries->len > 0
                               && bp_plot_get_layer (plot, g_array_index (entries, guint, 0))->is_strong;
  const double start = is_compared ? x : em * BP_PLOT_PADDING;
  const double usual = bp_plot_layout_get_text_width (layout, USUAL_VALUE, FALSE);

  g_array_append_val (ends, x);
  g_array_set_size (layout->entries, 0);
  for (guint i = 0; i < entries->len; i++)
    {
      BpLegendEntry entry = { .layer = g_array_index (entries, guint, i) };
      const BpLayer *layer = bp_plot_get_layer (plot, entry.layer);
      const double sample = get_sample_width (layout, layer) + em * BP_PLOT_GAP;
      const double width = measure_entry (layout, layer, right - em * BP_PLOT_PADDING - sample, &entry.value_x);
      const guint row = find_row (ends, is_compared ? ends->len - 1 : 0, start, sample + width, right);

      entry.x = g_array_index (ends, double, row);
      entry.text_x = entry.x + sample;
      entry.y = layout->legend_y + row * em * BP_PLOT_LINE;
      entry.text_width = MIN (width, right - entry.text_x);
      entry.value_x = entry.text_x + MIN (entry.value_x, entry.text_width);
      if (layer->value != NULL)
        entry.value_x = CLAMP (right - usual, entry.text_x, entry.value_x);
      g_array_append_val (layout->entries, entry);
      g_array_index (ends, double, row) = entry.text_x + entry.text_width + em * ENTRY_GAP;
    }
  if (!is_compared)
    align_rows (layout, ends, right);

  return ends->len;
}

guint
bp_plot_legend_place (BpPlotLayout *layout,
                      const BpPlot *plot,
                      double        n_lines,
                      double        least_area)
{
  guint n_rows = layout->has_legend_row ? fill_legend (layout, plot) : G_MAXUINT;
  gboolean is_compared;
  double below;

  if (n_rows <= n_lines - least_area)
    return n_rows;

  layout->has_legend_row = FALSE;
  n_rows = fill_legend (layout, plot);
  if (layout->entries->len == 0)
    return 0;
  if (n_rows <= n_lines - LEAST_AREA)
    return n_rows;

  /* The line of the title is the last resort: its number yields. */
  below = layout->legend_y;
  layout->legend_y = layout->title_y;
  n_rows = fill_legend (layout, plot);
  if (n_rows - 1 <= n_lines - LEAST_AREA)
    return n_rows - 1;

  layout->legend_y = below;
  fill_legend (layout, plot);
  is_compared = bp_plot_get_layer (plot, g_array_index (layout->entries, BpLegendEntry, 0).layer)->is_strong;
  g_array_set_size (layout->entries, is_compared && n_lines >= 1 + LEAST_AREA ? 1 : 0);

  return layout->entries->len;
}

/* Drawing */

static void
draw_sample (const BpPlotPen     *pen,
             const BpLayer       *layer,
             const BpLegendEntry *entry)
{
  double width = get_sample_width (pen->layout, layer);
  double middle = entry->x + width / 2;

  if (layer->kind == BP_LAYER_BARS || layer->kind == BP_LAYER_GRID || layer->kind == BP_LAYER_CELLS)
    {
      const gboolean is_frame = layer->kind == BP_LAYER_CELLS && layer->width == BP_WIDTH_THICK;
      double size = pen->layout->em * 0.8;

      cairo_rectangle_t box = { bp_plot_snap (middle - size / 2), bp_plot_snap (entry->y - size / 2), round (size),
                                round (size) };

      bp_painter_set_line (pen->painter, &(BpLine) { .width = is_frame ? 2 * pen->style->stroke : 1 });
      bp_painter_rectangle (pen->painter, &box, 0);
      bp_painter_fill_and_stroke (pen->painter, is_frame ? BP_COLOR_SURFACE : bp_plot_get_fill (layer->color),
                                  layer->color);
      return;
    }

  if (layer->pattern != BP_PATTERN_NONE)
    {
      const double height = REGION_WIDTH * pen->layout->em;

      bp_plot_draw_pattern (pen, layer->pattern, &(cairo_rectangle_t) { bp_plot_snap (entry->x),
                                                                        bp_plot_snap (entry->y - height / 2),
                                                                        round (width), round (height) });
    }
  bp_painter_set_ink (pen->painter, layer->color, layer->is_band ? BP_PLOT_BAND : 1);
  if (layer->kind == BP_LAYER_ARROW)
    {
      bp_plot_set_stroke (pen, layer);
      bp_plot_draw_arrow (pen, entry->x, entry->y, entry->x + width, entry->y);
      middle = entry->x;
    }
  if (layer->joined || layer->kind == BP_LAYER_RULE_X || layer->kind == BP_LAYER_RULE_Y)
    {
      bp_plot_set_stroke (pen, layer);
      bp_painter_move_to (pen->painter, entry->x, entry->y);
      bp_painter_line_to (pen->painter, entry->x + width, entry->y);
      bp_painter_stroke (pen->painter);
    }
  if (layer->marker != BP_MARKER_NONE)
    bp_plot_draw_marker (pen, layer, middle, entry->y);
}

/* Text of an entry, at most @max_width wide. */
static void
draw_entry_text (const BpPlotPen *pen,
                 const char      *text,
                 gboolean         is_strong,
                 double           x,
                 double           y,
                 double           max_width)
{
  g_autoptr (PangoLayout) pango = bp_plot_layout_create_entry (pen->layout, text, is_strong);
  int width, height;

  pango_layout_set_width (pango, (int) (MAX (max_width, 1) * PANGO_SCALE));
  pango_layout_set_ellipsize (pango, PANGO_ELLIPSIZE_END);
  pango_layout_get_size (pango, &width, &height);
  bp_painter_set_color (pen->painter, is_strong ? BP_COLOR_TEXT : BP_COLOR_DIM);
  bp_painter_show_text (pen->painter, BP_ROLE_TEXT, pango, x, y - height / 2.0 / PANGO_SCALE, 0);
}

static void
draw_entry_label (const BpPlotPen     *pen,
                  const BpLayer       *layer,
                  const BpLegendEntry *entry)
{
  g_autofree char *label = dup_label (pen->layout, layer, entry->text_width);
  double end = layer->value != NULL ? entry->value_x + 1 : entry->text_x + entry->text_width + 1;

  draw_entry_text (pen, label, layer->is_strong, entry->text_x, entry->y, end - entry->text_x);
}

void
bp_plot_legend_draw (const BpPlotPen *pen)
{
  const BpPlotLayout *layout = pen->layout;

  for (guint i = 0; i < layout->entries->len; i++)
    {
      const BpLegendEntry *entry = &g_array_index (layout->entries, BpLegendEntry, i);
      const BpLayer *layer = bp_plot_get_layer (pen->plot, entry->layer);

      draw_sample (pen, layer, entry);
      draw_entry_label (pen, layer, entry);
    }
}

void
bp_plot_legend_draw_values (const BpPlotPen *pen)
{
  for (guint i = 0; i < pen->layout->entries->len; i++)
    {
      const BpLegendEntry *entry = &g_array_index (pen->layout->entries, BpLegendEntry, i);
      const BpLayer *layer = bp_plot_get_layer (pen->plot, entry->layer);

      if (layer->value != NULL)
        draw_entry_text (pen, layer->value, layer->is_strong, entry->value_x, entry->y,
                         entry->text_x + entry->text_width - entry->value_x + 1);
    }
}
