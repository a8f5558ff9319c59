/* bp-tensor-draw.c: draws a tensor as a heat map
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "tensor/bp-tensor-draw.h"

#include <glib/gi18n-lib.h>
#include <math.h>

#include "base/bp-number.h"

/* A number gets so much smaller before it has fewer digits. */
#define LEAST_SCALE 0.9

typedef struct {
  BpPainter          *painter;
  const BpTensorGrid *grid;
  const double       *cells;
  BpColor             hue;
  PangoLayout        *layout;
  double              greatest; /* magnitude of a cell */
} Map;

static void
show_text (Map        *map,
           const char *text,
           double      x,
           double      y,
           double      max_width,
           double      align)
{
  int width;
  int height;
  double scale;

  pango_layout_set_text (map->layout, text, -1);
  pango_layout_get_size (map->layout, &width, &height);
  scale = MIN (1, max_width * PANGO_SCALE / MAX (width, 1));
  bp_painter_save (map->painter);
  bp_painter_transform (map->painter, x, y - scale * height / PANGO_SCALE / 2, scale);
  bp_painter_show_text (map->painter, BP_ROLE_VALUE, map->layout, 0, 0, align);
  bp_painter_restore (map->painter);
}

/* The surface mixed with the hue, or with grey for negative numbers, in proportion to the magnitude. */
static void
set_cell_color (const Map *map,
                double     value)
{
  double part = map->greatest > 0 && isfinite (value) ? fabs (value) / map->greatest : 0;

  bp_painter_set_mixed_color (map->painter, value < 0 ? BP_COLOR_DIM : map->hue, part);
}

/* The colour for text on the present one, whichever has more contrast. */
static BpColor
get_ink (const Map *map)
{
  const BpPalette *palette = bp_painter_get_palette (map->painter);
  const GdkRGBA *ground = bp_painter_get_rgba (map->painter);
  double text = bp_palette_get_contrast (&palette->colors[BP_COLOR_TEXT], ground);
  double surface = bp_palette_get_contrast (&palette->colors[BP_COLOR_SURFACE], ground);

  return text >= surface ? BP_COLOR_TEXT : BP_COLOR_SURFACE;
}

/* With as many of @digits as have room at a size that can be read. */
static void
show_number (Map   *map,
             double value,
             guint  digits,
             double x,
             double y,
             double max_width,
             double align)
{
  g_autofree char *number = NULL;
  int width;

  for (; digits > 0; digits--)
    {
      g_free (number);
      number = bp_number_format_digits (value, digits);
      pango_layout_set_text (map->layout, number, -1);
      pango_layout_get_size (map->layout, &width, NULL);
      if (LEAST_SCALE * width <= max_width * PANGO_SCALE)
        break;
    }
  show_text (map, number, x, y, max_width, align);
}

static void
show_cell (Map   *map,
           double value,
           double x,
           double y)
{
  const BpTensorGrid *grid = map->grid;
  double gap = grid->cell_width > 4 ? 1 : 0;
  cairo_rectangle_t box = { x, y, grid->cell_width - gap, grid->cell_height - gap };

  set_cell_color (map, value);
  bp_painter_rectangle (map->painter, &box, 0);
  bp_painter_fill (map->painter);
  bp_painter_set_color (map->painter, get_ink (map));

  if (grid->has_numbers)
    show_number (map, value, BP_NUMBER_DIGITS, x + grid->cell_width / 2, y + (grid->cell_height - gap) / 2,
                 grid->cell_width - 4, 0.5);
  else if (isnan (value) || (value < 0 && grid->cell_width >= 6))
    {
      double half = isnan (value) ? 0.35 * grid->cell_width : 0;

      bp_painter_set_line (map->painter, &(BpLine) { .width = 1 });
      bp_painter_move_to (map->painter, x + 0.3 * grid->cell_width, y + grid->cell_height / 2 - half);
      bp_painter_line_to (map->painter, x + 0.7 * grid->cell_width, y + grid->cell_height / 2 + half);
      bp_painter_stroke (map->painter);
    }
}

/* Returns: the distance in cells between two indices, such that they do not touch */
static guint
get_index_step (double cell_size,
                double text_size)
{
  static const guint steps[] = { 1, 2, 5, 10, 20, 50 };
  guint i = 0;

  while (i + 1 < G_N_ELEMENTS (steps) && steps[i] * cell_size < text_size)
    i++;

  return steps[i];
}

static void
show_indices (Map   *map,
              double top)
{
  const BpTensorGrid *grid = map->grid;
  guint column_step = get_index_step (grid->cell_width, 1.8 * grid->unit);
  guint row_step = get_index_step (grid->cell_height, 1.2 * grid->unit);

  bp_painter_set_color (map->painter, BP_COLOR_DIM);
  for (guint i = 0; i < grid->n_cell_columns; i += column_step)
    {
      g_autofree char *text = g_strdup_printf (grid->wrapped ? "+%u" : "%u", i * grid->block);

      show_text (map, text, grid->left + (i + 0.5) * grid->cell_width, top - 0.7 * grid->unit, 4 * grid->unit, 0.5);
    }
  for (guint i = 0; i < grid->n_cell_rows && grid->shape.rank > 0; i += row_step)
    {
      g_autofree char *text = g_strdup_printf ("%u", i * grid->block * (grid->wrapped ? grid->n_columns : 1));

      if (grid->shape.rank == 1 && !grid->wrapped)
        break;
      show_text (map, text, grid->left - 0.5 * grid->unit, top + (i + 0.5) * grid->cell_height,
                 grid->left - 0.5 * grid->unit, 1);
    }
}

/* "[1, 0, :, :]" */
static char *
describe_plane (const BpTensorGrid *grid,
                guint               plane)
{
  const BpShape *shape = &grid->shape;
  guint indices[BP_MAX_RANK] = { 0 };
  GString *string = g_string_new ("[");

  for (guint i = shape->rank - 2; i-- > 0;)
    {
      indices[i] = plane % shape->dims[i];
      plane /= shape->dims[i];
    }
  for (guint i = 0; i + 2 < shape->rank; i++)
    g_string_append_printf (string, "%u, ", indices[i]);
  g_string_append (string, ":, :]");

  return g_string_free (string, FALSE);
}

static void
show_plane (Map  *map,
            guint plane)
{
  const BpTensorGrid *grid = map->grid;
  double y = plane * grid->plane_height;

  if (grid->n_all_planes > 1)
    {
      g_autofree char *text = describe_plane (grid, plane);

      bp_painter_set_color (map->painter, BP_COLOR_DIM);
      show_text (map, text, 0, y + 0.8 * grid->unit, 30 * grid->unit, 0);
      y += grid->caption_height;
    }
  y += grid->top;
  if (grid->n_elements > 1)
    show_indices (map, y);

  for (guint row = 0; row < grid->n_cell_rows; row++)
    for (guint column = 0; column < grid->n_cell_columns; column++)
      {
        gsize cell = ((gsize) plane * grid->n_cell_rows + row) * grid->n_cell_columns + column;

        if (bp_tensor_grid_has_cell (grid, cell))
          show_cell (map, map->cells[cell], grid->left + column * grid->cell_width,
                     y + row * grid->cell_height);
      }
}

/* Draws the colours from the most negative to the most positive number, with these two numbers. */
static void
show_key (Map   *map,
          double y)
{
  const BpTensorGrid *grid = map->grid;
  double left = 4.5 * grid->unit;
  double width = 7 * grid->unit;
  const guint n_steps = 28;

  for (guint i = 0; i < n_steps; i++)
    {
      cairo_rectangle_t box = { left + i * width / n_steps, y - 0.4 * grid->unit, width / n_steps + 0.5,
                                0.8 * grid->unit };

      set_cell_color (map, map->greatest * ((2.0 * i + 1) / n_steps - 1));
      bp_painter_rectangle (map->painter, &box, 0);
      bp_painter_fill (map->painter);
    }
  bp_painter_set_color (map->painter, BP_COLOR_DIM);
  show_number (map, -map->greatest, 3, left - 0.4 * grid->unit, y, left - 0.4 * grid->unit, 1);
  show_number (map, map->greatest, 3, left + width + 0.4 * grid->unit, y, left - 0.4 * grid->unit, 0);
}

static void
show_note (Map   *map,
           double y)
{
  const BpTensorGrid *grid = map->grid;
  g_autofree char *text = NULL;

  if (grid->block > 1)
    text = g_strdup_printf (_("Each cell is the mean of %u × %u elements."), grid->block, grid->block);
  else
    text = g_strdup_printf (_("The first %u of %u planes."), grid->n_planes, grid->n_all_planes);
  bp_painter_set_color (map->painter, BP_COLOR_DIM);
  show_text (map, text, 0, y, 40 * grid->unit, 0);
}

static double
find_greatest (const BpTensorGrid *grid,
               const double       *cells)
{
  double greatest = 0;

  for (gsize i = 0; i < bp_tensor_grid_get_n_cells (grid); i++)
    if (isfinite (cells[i]))
      greatest = fmax (greatest, fabs (cells[i]));

  return greatest;
}

static PangoLayout *
create_layout (PangoContext *context,
               double        size)
{
  PangoLayout *layout = pango_layout_new (context);
  PangoFontDescription *font = pango_font_description_copy (pango_context_get_font_description (context));
  PangoAttrList *attributes = pango_attr_list_new ();

  pango_font_description_set_absolute_size (font, size * PANGO_SCALE);
  pango_layout_set_font_description (layout, font);
  pango_attr_list_insert (attributes, pango_attr_font_features_new ("tnum=1"));
  pango_layout_set_attributes (layout, attributes);
  pango_attr_list_unref (attributes);
  pango_font_description_free (font);

  return layout;
}

void
bp_tensor_draw (BpPainter          *painter,
                const BpTensorGrid *grid,
                const double       *cells,
                BpColor             hue,
                const char         *readout,
                PangoContext       *context)
{
  g_autoptr (PangoLayout) layout = create_layout (context, grid->unit);
  Map map = { painter, grid, cells, hue, layout, 0 };
  double y = grid->n_planes * grid->plane_height;

  if (cells == NULL)
    {
      bp_painter_set_color (painter, BP_COLOR_DIM);
      show_text (&map, BP_NUMBER_NONE, 0, 0.9 * grid->unit, 10 * grid->unit, 0);
      return;
    }

  map.greatest = find_greatest (grid, cells);
  for (guint plane = 0; plane < grid->n_planes; plane++)
    show_plane (&map, plane);
  if (grid->n_elements > 1)
    {
      y += grid->key_height / 2;
      show_key (&map, y);
      y += grid->key_height / 2;
    }
  if (grid->has_readout && readout != NULL)
    {
      bp_painter_set_color (painter, BP_COLOR_TEXT);
      show_text (&map, readout, 0, y + grid->caption_height / 2, 40 * grid->unit, 0);
    }
  y += grid->has_readout ? grid->caption_height : 0;
  if (grid->block > 1 || grid->n_planes < grid->n_all_planes)
    show_note (&map, y + grid->caption_height / 2);
}

/* Text on surface: one of the two stands out from any cell. */
void
bp_tensor_draw_frame (BpPainter          *painter,
                      const BpTensorGrid *grid,
                      gsize               element,
                      gboolean            is_dashed)
{
  const double width = MIN (2, grid->cell_width / 5);
  const BpLine line = { .width = width, .dashes = { 3, 3 }, .n_dashes = is_dashed ? 2 : 0 };
  cairo_rectangle_t box = { .width = grid->cell_width, .height = grid->cell_height };

  if (bp_tensor_grid_get_bounds (grid, element, &box.x, &box.y) < 0)
    return;

  box.x -= 0.5;
  box.y -= 0.5;
  bp_painter_rectangle (painter, &box, 0);
  bp_painter_set_color (painter, BP_COLOR_SURFACE);
  bp_painter_set_line (painter, &(BpLine) { .width = 2 * width });
  bp_painter_stroke (painter);
  bp_painter_rectangle (painter, &box, 0);
  bp_painter_set_color (painter, BP_COLOR_TEXT);
  bp_painter_set_line (painter, &line);
  bp_painter_stroke (painter);
}
