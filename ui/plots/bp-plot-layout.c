/* bp-plot-layout.c: where the parts of a plot lie in a rectangle
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "plots/bp-plot-layout.h"

#include <math.h>

/* Sizes relative to the font of running text. */
#define TITLE_SIZE 0.90
#define TEXT_SIZE 0.78

/* Distances in em. LABEL_GAP keeps the names of y ticks clear of a cursor at the left end. */
#define PADDING 0.75
#define GAP 0.45
#define LABEL_GAP 0.75
#define LINE 1.35
#define SAMPLE_WIDTH 1.6
#define ENTRY_GAP 0.8

/* The widest number that has room after an entry of the legend; others get smaller room by an ellipsis. */
#define WIDEST_VALUE "−8.888·10⁻⁸⁸"

/* In an area of fewer lines ticks would overlap other text. */
#define LEAST_AREA 2

/* The area is at least so many lines high before anything beside it gets room. */
#define MIN_AREA 4

/* Cairo's coordinates overflow at about 8 million. */
#define FARTHEST 1e5

double
bp_plot_style_get_font_size (const BpPlotStyle *style)
{
  const PangoFontDescription *font = style->font;
  double size = pango_font_description_get_size (font) / (double) PANGO_SCALE;

  if (size <= 0)
    size = 11;

  return pango_font_description_get_size_is_absolute (font) ? size : size * 96 / 72;
}

static PangoFontDescription *
create_font (const PangoFontDescription *font,
             double                      size,
             PangoWeight                 weight)
{
  PangoFontDescription *copy = pango_font_description_copy (font);

  pango_font_description_set_absolute_size (copy, size * PANGO_SCALE);
  pango_font_description_set_weight (copy, weight);

  return copy;
}

/* Unhinted metrics, so that a layout is the same on screens and in files of every resolution. */
PangoContext *
bp_plot_style_create_context (void)
{
  PangoContext *context = pango_font_map_create_context (pango_cairo_font_map_get_default ());
  cairo_font_options_t *options = cairo_font_options_create ();

  cairo_font_options_set_hint_metrics (options, CAIRO_HINT_METRICS_OFF);
  cairo_font_options_set_antialias (options, CAIRO_ANTIALIAS_GRAY);
  pango_cairo_context_set_font_options (context, options);
  pango_context_set_round_glyph_positions (context, FALSE);
  cairo_font_options_destroy (options);

  return context;
}

PangoLayout *
bp_plot_layout_create_text (const BpPlotLayout *layout,
                            const char         *text,
                            gboolean            title)
{
  PangoLayout *pango = pango_layout_new (layout->context);

  pango_layout_set_font_description (pango, title ? layout->title_font : layout->text_font);
  pango_layout_set_single_paragraph_mode (pango, TRUE);
  pango_layout_set_text (pango, text, -1);

  return pango;
}

PangoLayout *
bp_plot_layout_create_entry (const BpPlotLayout *layout,
                             const char         *text,
                             gboolean            is_strong)
{
  PangoLayout *pango = bp_plot_layout_create_text (layout, text, FALSE);
  PangoFontDescription *font;

  if (!is_strong)
    return pango;

  font = pango_font_description_copy (layout->text_font);
  pango_font_description_set_weight (font, PANGO_WEIGHT_BOLD);
  pango_layout_set_font_description (pango, font);
  pango_font_description_free (font);

  return pango;
}

static double
get_text_width (const BpPlotLayout *layout,
                const char         *text,
                gboolean            title)
{
  g_autoptr (PangoLayout) pango = bp_plot_layout_create_text (layout, text, title);
  PangoRectangle extents;

  pango_layout_get_extents (pango, NULL, &extents);

  return extents.width / (double) PANGO_SCALE;
}

static double
measure_x_label (const char *label,
                 gpointer    data)
{
  const BpPlotLayout *layout = data;

  return get_text_width (layout, label, FALSE) + layout->em;
}

static double
measure_y_label (G_GNUC_UNUSED const char *label,
                 gpointer                  data)
{
  const BpPlotLayout *layout = data;

  return layout->em * LINE;
}

static double
get_widest (const BpPlotLayout *layout,
            GArray             *ticks)
{
  double widest = 0;

  for (guint i = 0; i < ticks->len; i++)
    {
      const char *label = g_array_index (ticks, BpTick, i).label;

      if (label != NULL)
        widest = MAX (widest, get_text_width (layout, label, FALSE));
    }

  return widest;
}

/* Legend */

static guint
count_entries (const BpPlot *plot)
{
  guint n = 0;

  for (guint i = 0; i < plot->layers->len; i++)
    n += bp_layer_in_legend (bp_plot_get_layer (plot, i));

  return n;
}

/* Moves the entries of a finished row to its right end. */
static void
align_row (BpPlotLayout *layout,
           guint         first,
           double        x,
           double        right)
{
  double shift = right - (x - layout->em * ENTRY_GAP);

  for (guint i = first; i < layout->entries->len; i++)
    {
      BpLegendEntry *entry = &g_array_index (layout->entries, BpLegendEntry, i);

      entry->x += shift;
      entry->text_x += shift;
      entry->value_x += shift;
    }
}

/* What @layer's entry is called, and the width that it takes with its number. */
static double
measure_entry (const BpPlotLayout *layout,
               const BpLayer      *layer,
               double             *value_x)
{
  g_autofree char *label = bp_layer_dup_legend_label (layer);
  g_autoptr (PangoLayout) text = bp_plot_layout_create_entry (layout, label, layer->is_strong);
  g_autoptr (PangoLayout) number = bp_plot_layout_create_entry (layout, WIDEST_VALUE, layer->is_strong);
  int label_width, number_width = 0;

  pango_layout_get_size (text, &label_width, NULL);
  if (layer->value != NULL)
    pango_layout_get_size (number, &number_width, NULL);
  *value_x = label_width / (double) PANGO_SCALE;

  return (label_width + number_width) / (double) PANGO_SCALE;
}

/* Fills rows from the left, the first beside the name of the y axis; runs that are compared begin below each other.
 * Returns: how many rows. */
static guint
fill_legend (BpPlotLayout *layout,
             const BpPlot *plot)
{
  g_autoptr (GArray) entries = bp_plot_list_legend (plot);
  const double em = layout->em;
  const double sample = em * (SAMPLE_WIDTH + GAP);
  const double end = layout->width - em * PADDING;
  g_autofree char *title = bp_axis_get_title (&plot->y);
  double x = em * PADDING + (title != NULL ? get_text_width (layout, title, FALSE) + em * ENTRY_GAP : 0);
  const gboolean is_compared = entries->len > 0
                               && bp_plot_get_layer (plot, g_array_index (entries, guint, 0))->is_strong;
  const double start = is_compared ? x : em * PADDING;
  guint row = 0;
  guint row_start = 0;

  for (guint i = 0; i < entries->len; i++)
    {
      BpLegendEntry entry = { .layer = g_array_index (entries, guint, i) };
      double width = measure_entry (layout, bp_plot_get_layer (plot, entry.layer), &entry.value_x);

      if (x + sample + width > end && x > start)
        {
          if (!is_compared)
            align_row (layout, row_start, x, end);
          row++;
          row_start = layout->entries->len;
          x = start;
        }

      entry.x = x;
      entry.text_x = x + sample;
      entry.y = layout->legend_y + row * em * LINE;
      entry.text_width = MIN (width, end - entry.text_x);
      entry.value_x = entry.text_x + MIN (entry.value_x, entry.text_width);
      g_array_append_val (layout->entries, entry);
      x += sample + entry.text_width + em * ENTRY_GAP;
    }
  if (!is_compared)
    align_row (layout, row_start, x, end);

  return row + 1;
}

/* All of the legend, or where it would take the plot's place no more than which line is the run itself among others.
 * Returns: how many rows. */
static guint
place_legend (BpPlotLayout *layout,
              const BpPlot *plot,
              guint         max_rows)
{
  guint n_rows = fill_legend (layout, plot);
  guint first;

  if (n_rows <= max_rows)
    return n_rows;
  first = g_array_index (layout->entries, BpLegendEntry, 0).layer;
  g_array_set_size (layout->entries, bp_plot_get_layer (plot, first)->is_strong ? 1 : 0);

  return 1;
}

/* Rows from the top: title, legend, area, tick labels, name of the x axis. */
static void
place_rows (BpPlotLayout *layout,
            const BpPlot *plot)
{
  double em = layout->em;
  double line = em * LINE;
  double title_line = line * TITLE_SIZE / TEXT_SIZE;
  double top = em * PADDING + title_line;
  double bottom = em * (PADDING - 0.1) + line;
  gboolean has_row = plot->y.label != NULL || count_entries (plot) > 0;

  layout->title_y = em * PADDING + title_line / 2;
  layout->has_legend_row = has_row && layout->height - top - bottom >= (MIN_AREA + 1) * line;
  if (layout->has_legend_row)
    {
      layout->legend_y = top + line / 2;
      top += line * place_legend (layout, plot, (guint) ((layout->height - top - bottom) / line - MIN_AREA));
    }
  top += em * GAP * 1.5;
  layout->ticks_y = layout->height - bottom + line / 2;
  if (plot->x.label != NULL && layout->height - top - bottom >= (MIN_AREA + 1) * line)
    {
      layout->label_y = layout->ticks_y;
      layout->ticks_y -= line * 0.95;
      bottom += line * 0.95;
    }
  bottom += em * GAP;

  layout->area.y = round (top);
  layout->area.height = MAX (1, round (layout->height - top - bottom));
}

static void
replace_ticks (BpPlotLayout *layout,
               const BpPlot *plot)
{
  g_clear_pointer (&layout->x_ticks, g_array_unref);
  g_clear_pointer (&layout->y_ticks, g_array_unref);
  layout->x_ticks = bp_axis_create_ticks (&plot->x, layout->area.width, layout->em * 3, measure_x_label, layout);
  layout->y_ticks = bp_axis_create_ticks (&plot->y, layout->area.height, layout->em * 1.9, measure_y_label, layout);
}

/* Columns: names of the y ticks, area, and what the last x tick's name overhangs. */
static void
place_columns (BpPlotLayout *layout,
               const BpPlot *plot)
{
  double em = layout->em;
  double right = em * PADDING * 1.2;

  layout->y_ticks = bp_axis_create_ticks (&plot->y, layout->area.height, em * 1.9, measure_y_label, layout);

  /* In steps, so that a digit more does not move the plot. */
  double labels = ceil (get_widest (layout, layout->y_ticks) / em) * em;
  layout->area.x = round (em * (PADDING * 0.8 + LABEL_GAP) + MAX (labels, em * 1.5));

  for (int pass = 0; pass < 2; pass++)
    {
      layout->area.width = MAX (1, round (layout->width - layout->area.x - right));
      g_clear_pointer (&layout->x_ticks, g_array_unref);
      layout->x_ticks = bp_axis_create_ticks (&plot->x, layout->area.width, em * 3, measure_x_label, layout);
      right = MAX (right, em * PADDING / 2 + get_widest (layout, layout->x_ticks) / 2);
    }
}

/* Makes the area smaller so that both axes have the same scale. */
static void
equalize (BpPlotLayout *layout,
          const BpPlot *plot)
{
  cairo_rectangle_t *area = &layout->area;
  double x_scale = area->width / (plot->x.maximum - plot->x.minimum);
  double y_scale = area->height / (plot->y.maximum - plot->y.minimum);
  double width = round (area->width * MIN (1, y_scale / x_scale));
  double height = round (area->height * MIN (1, x_scale / y_scale));

  area->x += floor ((area->width - width) / 2);
  area->y += area->height - height;
  area->width = MAX (1, width);
  area->height = MAX (1, height);
  replace_ticks (layout, plot);
}

BpPlotLayout *
bp_plot_layout_new (const BpPlot      *plot,
                    double             width,
                    double             height,
                    const BpPlotStyle *style)
{
  BpPlotLayout *layout = g_new0 (BpPlotLayout, 1);
  double size = bp_plot_style_get_font_size (style);

  layout->width = width;
  layout->height = height;
  layout->em = size * TEXT_SIZE;
  layout->context = bp_plot_style_create_context ();
  layout->title_font = create_font (style->font, size * TITLE_SIZE, PANGO_WEIGHT_BOLD);
  layout->text_font = create_font (style->font, size * TEXT_SIZE, PANGO_WEIGHT_NORMAL);
  layout->entries = g_array_new (FALSE, FALSE, sizeof (BpLegendEntry));
  layout->title_width = get_text_width (layout, plot->title, TRUE);

  place_rows (layout, plot);
  place_columns (layout, plot);
  if (plot->has_one_unit)
    equalize (layout, plot);
  if (!bp_plot_has_axes (plot))
    {
      g_array_set_size (layout->x_ticks, 0);
      g_array_set_size (layout->y_ticks, 0);
      layout->area.x = layout->em * PADDING;
      layout->area.width = MAX (1, layout->width - 2 * layout->area.x);
    }

  return layout;
}

gboolean
bp_plot_layout_has_room (const BpPlotLayout *layout)
{
  return layout->area.height >= LEAST_AREA * LINE * layout->em
         && layout->area.width >= 2 * LEAST_AREA * LINE * layout->em;
}

void
bp_plot_layout_free (BpPlotLayout *layout)
{
  if (layout == NULL)
    return;

  g_array_unref (layout->x_ticks);
  g_array_unref (layout->y_ticks);
  g_array_unref (layout->entries);
  g_object_unref (layout->context);
  pango_font_description_free (layout->title_font);
  pango_font_description_free (layout->text_font);
  g_free (layout);
}

double
bp_plot_layout_map_x (const BpPlotLayout *layout,
                      const BpPlot       *plot,
                      double              x)
{
  double position = layout->area.x + layout->area.width * bp_axis_map (&plot->x, x);

  return isnan (position) ? position : CLAMP (position, -FARTHEST, FARTHEST);
}

double
bp_plot_layout_map_y (const BpPlotLayout *layout,
                      const BpPlot       *plot,
                      double              y)
{
  double position = layout->area.y + layout->area.height * (1 - bp_axis_map (&plot->y, y));

  return isnan (position) ? position : CLAMP (position, -FARTHEST, FARTHEST);
}

const BpLayer *
bp_plot_layout_find_nearest (const BpPlotLayout *layout,
                             const BpPlot       *plot,
                             double              x,
                             double              y,
                             double              max_distance,
                             guint              *index)
{
  const BpLayer *nearest = NULL;
  double least = max_distance;

  for (guint i = plot->layers->len; i-- > 0;)
    {
      const BpLayer *layer = bp_plot_get_layer (plot, i);

      for (guint j = 0; j < bp_layer_get_n_points (layer); j++)
        {
          BpPlotPoint point = bp_layer_get_point (layer, j);
          double distance = hypot (bp_plot_layout_map_x (layout, plot, point.x) - x,
                                   bp_plot_layout_map_y (layout, plot, point.y) - y);

          if (distance < least || (distance == least && nearest == NULL))
            {
              nearest = layer;
              least = distance;
              *index = j;
            }
        }
    }

  return nearest;
}
