/* bp-plot-layout.c: where the parts of a plot lie in a rectangle
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "plots/bp-plot-legend.h"

#include <math.h>

#include "base/bp-number.h"

/* Sizes relative to the font of running text. */
#define TITLE_SIZE 0.90
#define TEXT_SIZE 0.78

/* The column of titles beside the ticks of an axis is at most this part of the width. */
#define MAX_TITLES 0.42

/* In an area of fewer lines ticks would overlap other text. */
#define LEAST_AREA 2

/* The area is at least so many lines high before names of axes get room. */
#define MIN_AREA 4

/* The width of the switch between training and test data, in em. */
#define SWITCH 6.5

/* As wide as a number of four digits usually is. */
#define USUAL_NUMBER "−8.888"

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

double
bp_plot_layout_get_text_width (const BpPlotLayout *layout,
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

  return bp_plot_layout_get_text_width (layout, label, FALSE) + layout->em;
}

static double
measure_y_label (G_GNUC_UNUSED const char *label,
                 gpointer                  data)
{
  const BpPlotLayout *layout = data;

  return layout->em * BP_PLOT_LINE;
}

/* Where axes only name columns and rows, those that have no names have no ticks, and a few names among many columns say
 * less than none. */
static GArray *
create_x_ticks (BpPlotLayout *layout,
                const BpPlot *plot)
{
  GArray *ticks;
  guint n = 0;

  if (plot->is_matrix && plot->x.ticks == NULL)
    return g_array_new (FALSE, FALSE, sizeof (BpTick));

  ticks = bp_axis_create_ticks (&plot->x, layout->area.width, layout->em * 3, measure_x_label, layout);
  for (guint i = 0; i < ticks->len; i++)
    n += g_array_index (ticks, BpTick, i).label != NULL;
  if (plot->is_matrix && 2 * n < plot->x.ticks->len)
    g_array_set_size (ticks, 0);

  return ticks;
}

static GArray *
create_y_ticks (BpPlotLayout *layout,
                const BpPlot *plot)
{
  if (plot->is_matrix && plot->y.ticks == NULL)
    return g_array_new (FALSE, FALSE, sizeof (BpTick));

  return bp_axis_create_ticks (&plot->y, layout->area.height, layout->em * 1.9, measure_y_label, layout);
}

static double
get_widest (const BpPlotLayout *layout,
            GArray             *ticks,
            gboolean            is_title)
{
  double widest = 0;

  for (guint i = 0; i < ticks->len; i++)
    {
      const BpTick *tick = &g_array_index (ticks, BpTick, i);

      if (tick->label != NULL && tick->is_title == is_title)
        widest = MAX (widest, bp_plot_layout_get_text_width (layout, tick->label, FALSE));
    }

  return widest;
}

/* The width of @text where each of its numbers has the usual digits, so that it does not change with them. */
static double
get_usual_width (const BpPlotLayout *layout,
                 const char         *text)
{
  g_autoptr (GRegex) number = g_regex_new ("−?\\d+\\.\\d+|" BP_NUMBER_NONE "|\\" BP_NUMBER_HIDDEN, 0, 0,
                                           NULL);
  g_autofree char *usual = g_regex_replace_literal (number, text, -1, 0, USUAL_NUMBER, 0, NULL);

  return bp_plot_layout_get_text_width (layout, usual, FALSE);
}

/* What stands beside the name of the x axis, as wide as the plot but for its corner. */
static gboolean
needs_unit_row (const BpPlotLayout *layout,
                const BpPlot       *plot)
{
  const double room = layout->width - (BP_PLOT_PADDING + BP_PLOT_CORNER) * layout->em;
  g_autofree char *title = bp_axis_get_title (&plot->x);
  double width = bp_plot_layout_get_text_width (layout, title, FALSE);

  width += layout->em * ((plot->inputs != NULL ? BP_PLOT_ARROW : 0) + (plot->has_test_rows ? SWITCH : 0));

  return (plot->x.unit != NULL || plot->has_test_rows) && width > room;
}

/* From the bottom: the unit of the x axis or a switch, its name, its ticks. Returns: how high they are */
static double
place_bottom (BpPlotLayout *layout,
              const BpPlot *plot,
              double        top)
{
  const double line = layout->em * BP_PLOT_LINE;
  double bottom = layout->em * (BP_PLOT_PADDING - 0.1) + line;

  layout->ticks_y = layout->height - bottom + line / 2;
  if (plot->x.label != NULL && layout->height - top - bottom >= (MIN_AREA + 1) * line)
    {
      layout->label_y = layout->ticks_y;
      layout->ticks_y -= line * 0.95;
      bottom += line * 0.95;
    }
  if (layout->label_y > 0 && needs_unit_row (layout, plot) && layout->height - top - bottom >= (MIN_AREA + 1) * line)
    {
      layout->unit_y = layout->label_y;
      layout->label_y -= line;
      layout->ticks_y -= line;
      bottom += line;
    }

  return bottom + layout->em * BP_PLOT_GAP;
}

/* Gives the subtitle a line below the title, if it has no room beside it. Returns: how much that takes */
static double
place_subtitle (BpPlotLayout *layout,
                const BpPlot *plot,
                double        height)
{
  const double line = layout->em * BP_PLOT_LINE;
  const double room = layout->width - 2 * BP_PLOT_PADDING * layout->em;
  const double usual = plot->subtitle != NULL ? get_usual_width (layout, plot->subtitle) : 0;

  /* The legend may have that line. */
  layout->subtitle_y = layout->legend_y > layout->title_y ? layout->title_y : 0;
  if (layout->subtitle_y == 0 || usual <= room - layout->title_width - layout->em
      || BP_PLOT_LEAST_SIZE * usual > room || height < (MIN_AREA + 1) * line)
    return 0;

  layout->subtitle_y += line * (1 + TITLE_SIZE / TEXT_SIZE) / 2;
  layout->legend_y += line;
  for (guint i = 0; i < layout->entries->len; i++)
    g_array_index (layout->entries, BpLegendEntry, i).y += line;

  return line;
}

/* Rows from the top: title, legend, area, tick labels, name of the x axis. */
static void
place_rows (BpPlotLayout *layout,
            const BpPlot *plot)
{
  double em = layout->em;
  double line = em * BP_PLOT_LINE;
  double title_line = line * TITLE_SIZE / TEXT_SIZE;
  double top = em * BP_PLOT_PADDING + title_line;
  double bottom = em * (BP_PLOT_PADDING - 0.1) + line;
  g_autoptr (GArray) entries = bp_plot_list_legend (plot);
  gboolean has_row = plot->y.label != NULL || entries->len > 0;

  layout->title_y = em * BP_PLOT_PADDING + title_line / 2;
  layout->has_legend_row = has_row && layout->height - top - bottom >= (MIN_AREA + 1) * line;
  layout->legend_y = top + line / 2;
  if (has_row)
    top += line * bp_plot_legend_place (layout, plot, (layout->height - top - bottom) / line, MIN_AREA);
  top += em * BP_PLOT_GAP * 1.5;
  bottom = place_bottom (layout, plot, top);
  top += place_subtitle (layout, plot, layout->height - top - bottom);

  layout->area.y = round (top);
  layout->area.height = MAX (1, round (layout->height - top - bottom));
}

static void
replace_ticks (BpPlotLayout *layout,
               const BpPlot *plot)
{
  g_clear_pointer (&layout->x_ticks, g_array_unref);
  g_clear_pointer (&layout->y_ticks, g_array_unref);
  layout->x_ticks = create_x_ticks (layout, plot);
  layout->y_ticks = create_y_ticks (layout, plot);
}

/* Columns: names of the y ticks, area, and what the last x tick's name overhangs. */
static void
place_columns (BpPlotLayout *layout,
               const BpPlot *plot)
{
  double em = layout->em;
  double right = em * BP_PLOT_PADDING * 1.2;

  /* In steps, so that a digit more does not move the plot. */
  layout->y_ticks = create_y_ticks (layout, plot);
  double widest = get_widest (layout, layout->y_ticks, FALSE);
  double titles = get_widest (layout, layout->y_ticks, TRUE);
  /* Lanes have the numbers of the run at their ends. */
  double usual = titles > 0 ? bp_plot_layout_get_text_width (layout, USUAL_NUMBER, FALSE) : 0;
  double labels = ceil (MAX (widest, usual) / em) * em;
  layout->titles_width = MIN (ceil (titles / em) * em, MAX_TITLES * layout->width);
  layout->area.x = round (em * (BP_PLOT_PADDING * 0.8 + BP_PLOT_LABEL_GAP) + MAX (labels, em * 1.5)
                          + layout->titles_width);

  for (int pass = 0; pass < 2; pass++)
    {
      layout->area.width = MAX (1, round (layout->width - layout->area.x - right));
      g_clear_pointer (&layout->x_ticks, g_array_unref);
      layout->x_ticks = create_x_ticks (layout, plot);
      right = MAX (right, em * BP_PLOT_PADDING / 2 + get_widest (layout, layout->x_ticks, FALSE) / 2);
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
  layout->title_width = bp_plot_layout_get_text_width (layout, plot->title, TRUE);

  place_rows (layout, plot);
  place_columns (layout, plot);
  if (plot->has_one_unit)
    equalize (layout, plot);
  if (!bp_plot_has_axes (plot))
    {
      g_array_set_size (layout->x_ticks, 0);
      g_array_set_size (layout->y_ticks, 0);
      layout->area.x = layout->em * BP_PLOT_PADDING;
      layout->area.width = MAX (1, layout->width - 2 * layout->area.x);
    }

  return layout;
}

double
bp_plot_layout_place_label (const BpPlotLayout *layout,
                            const BpPlot       *plot,
                            double              length,
                            double             *width)
{
  const gboolean has_switch = plot->has_test_rows && layout->unit_y == 0;
  const double left = (BP_PLOT_PADDING + (has_switch ? SWITCH : 0)) * layout->em;
  const double right = layout->width - (BP_PLOT_CORNER + (plot->inputs != NULL ? BP_PLOT_ARROW : 0)) * layout->em;

  *width = CLAMP (right - left, 1, length);

  return MAX (left, MIN (layout->area.x + (layout->area.width - *width) / 2, right - *width));
}

char *
bp_plot_layout_get_x_title (const BpPlotLayout *layout,
                            const BpPlot       *plot)
{
  return layout->unit_y > 0 ? g_strdup (plot->x.label) : bp_axis_get_title (&plot->x);
}

gboolean
bp_plot_layout_has_room (const BpPlotLayout *layout)
{
  return layout->area.height >= LEAST_AREA * BP_PLOT_LINE * layout->em
         && layout->area.width >= 2 * LEAST_AREA * BP_PLOT_LINE * layout->em;
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
