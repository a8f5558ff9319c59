/* bp-tensor-draw.c: draws a tensor as a heat map
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "tensor/bp-tensor-draw.h"

#include <glib/gi18n-lib.h>
#include <math.h>

#include "base/bp-number.h"

typedef struct {
  cairo_t            *cr;
  const BpTensorGrid *grid;
  const double       *cells;
  const BpPalette    *palette;
  BpColor             hue;
  PangoLayout        *layout;
  double              greatest; /* magnitude of a cell */
} Painter;

static void
show_text (Painter    *painter,
           const char *text,
           double      x,
           double      y,
           double      max_width,
           double      align)
{
  int width;
  int height;
  double scale;

  pango_layout_set_text (painter->layout, text, -1);
  pango_layout_get_size (painter->layout, &width, &height);
  scale = MIN (1, max_width * PANGO_SCALE / MAX (width, 1));
  cairo_save (painter->cr);
  cairo_translate (painter->cr, x - align * scale * width / PANGO_SCALE, y - scale * height / PANGO_SCALE / 2);
  cairo_scale (painter->cr, scale, scale);
  cairo_move_to (painter->cr, 0, 0);
  pango_cairo_show_layout (painter->cr, painter->layout);
  cairo_restore (painter->cr);
}

/* The surface mixed with the hue, or with grey for negative numbers, in proportion to the magnitude. */
static GdkRGBA
get_cell_color (const Painter *painter,
                double         value)
{
  const GdkRGBA *from = &painter->palette->colors[BP_COLOR_SURFACE];
  const GdkRGBA *to = &painter->palette->colors[value < 0 ? BP_COLOR_DIM : painter->hue];
  float t = painter->greatest > 0 && isfinite (value) ? (float) (fabs (value) / painter->greatest) : 0;

  t = CLAMP (t, 0, 1);

  return (GdkRGBA) { from->red + t * (to->red - from->red), from->green + t * (to->green - from->green),
                    from->blue + t * (to->blue - from->blue), 1 };
}

/* The colour for text on @ground, whichever has more contrast. */
static BpColor
get_ink (const Painter *painter,
         const GdkRGBA *ground)
{
  double text = bp_palette_get_contrast (&painter->palette->colors[BP_COLOR_TEXT], ground);
  double surface = bp_palette_get_contrast (&painter->palette->colors[BP_COLOR_SURFACE], ground);

  return text >= surface ? BP_COLOR_TEXT : BP_COLOR_SURFACE;
}

static void
show_cell (Painter *painter,
           double   value,
           double   x,
           double   y)
{
  const BpTensorGrid *grid = painter->grid;
  GdkRGBA ground = get_cell_color (painter, value);
  double gap = grid->cell_width > 4 ? 1 : 0;

  gdk_cairo_set_source_rgba (painter->cr, &ground);
  cairo_rectangle (painter->cr, x, y, grid->cell_width - gap, grid->cell_height - gap);
  cairo_fill (painter->cr);
  bp_palette_set_source (painter->palette, get_ink (painter, &ground), painter->cr);

  if (grid->has_numbers)
    {
      g_autofree char *number = bp_number_format (value);

      show_text (painter, number, x + grid->cell_width / 2, y + (grid->cell_height - gap) / 2, grid->cell_width - 4,
                 0.5);
    }
  else if (isnan (value) || (value < 0 && grid->cell_width >= 6))
    {
      double half = isnan (value) ? 0.35 * grid->cell_width : 0;

      cairo_set_line_width (painter->cr, 1);
      cairo_move_to (painter->cr, x + 0.3 * grid->cell_width, y + grid->cell_height / 2 - half);
      cairo_line_to (painter->cr, x + 0.7 * grid->cell_width, y + grid->cell_height / 2 + half);
      cairo_stroke (painter->cr);
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
show_indices (Painter *painter,
              double   top)
{
  const BpTensorGrid *grid = painter->grid;
  guint column_step = get_index_step (grid->cell_width, 1.8 * grid->unit);
  guint row_step = get_index_step (grid->cell_height, 1.2 * grid->unit);

  bp_palette_set_source (painter->palette, BP_COLOR_DIM, painter->cr);
  for (guint i = 0; i < grid->n_cell_columns; i += column_step)
    {
      g_autofree char *text = g_strdup_printf (grid->wrapped ? "+%u" : "%u", i * grid->block);

      show_text (painter, text, grid->left + (i + 0.5) * grid->cell_width, top - 0.7 * grid->unit, 4 * grid->unit, 0.5);
    }
  for (guint i = 0; i < grid->n_cell_rows && grid->shape.rank > 0; i += row_step)
    {
      g_autofree char *text = g_strdup_printf ("%u", i * grid->block * (grid->wrapped ? grid->n_columns : 1));

      if (grid->shape.rank == 1 && !grid->wrapped)
        break;
      show_text (painter, text, grid->left - 0.5 * grid->unit, top + (i + 0.5) * grid->cell_height,
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
show_plane (Painter *painter,
            guint    plane)
{
  const BpTensorGrid *grid = painter->grid;
  double y = plane * grid->plane_height;

  if (grid->n_all_planes > 1)
    {
      g_autofree char *text = describe_plane (grid, plane);

      bp_palette_set_source (painter->palette, BP_COLOR_DIM, painter->cr);
      show_text (painter, text, 0, y + 0.8 * grid->unit, 30 * grid->unit, 0);
      y += grid->caption_height;
    }
  y += grid->top;
  if (grid->n_elements > 1)
    show_indices (painter, y);

  for (guint row = 0; row < grid->n_cell_rows; row++)
    for (guint column = 0; column < grid->n_cell_columns; column++)
      {
        gsize cell = ((gsize) plane * grid->n_cell_rows + row) * grid->n_cell_columns + column;

        if (bp_tensor_grid_has_cell (grid, cell))
          show_cell (painter, painter->cells[cell], grid->left + column * grid->cell_width,
                     y + row * grid->cell_height);
      }
}

/* Draws the colours from the most negative to the most positive number, with these two numbers. */
static void
show_key (Painter *painter,
          double   y)
{
  const BpTensorGrid *grid = painter->grid;
  g_autofree char *least = bp_number_format_digits (-painter->greatest, 3);
  g_autofree char *greatest = bp_number_format_digits (painter->greatest, 3);
  double left = 4.5 * grid->unit;
  double width = 7 * grid->unit;
  const guint n_steps = 28;

  for (guint i = 0; i < n_steps; i++)
    {
      GdkRGBA color = get_cell_color (painter, painter->greatest * ((2.0 * i + 1) / n_steps - 1));

      gdk_cairo_set_source_rgba (painter->cr, &color);
      cairo_rectangle (painter->cr, left + i * width / n_steps, y - 0.4 * grid->unit, width / n_steps + 0.5,
                       0.8 * grid->unit);
      cairo_fill (painter->cr);
    }
  bp_palette_set_source (painter->palette, BP_COLOR_DIM, painter->cr);
  show_text (painter, least, left - 0.4 * grid->unit, y, left - 0.4 * grid->unit, 1);
  show_text (painter, greatest, left + width + 0.4 * grid->unit, y, left - 0.4 * grid->unit, 0);
}

static void
show_note (Painter *painter,
           double   y)
{
  const BpTensorGrid *grid = painter->grid;
  g_autofree char *text = NULL;

  if (grid->block > 1)
    text = g_strdup_printf (_("Each cell is the mean of %u × %u elements."), grid->block, grid->block);
  else
    text = g_strdup_printf (_("The first %u of %u planes."), grid->n_planes, grid->n_all_planes);
  bp_palette_set_source (painter->palette, BP_COLOR_DIM, painter->cr);
  show_text (painter, text, 0, y, 40 * grid->unit, 0);
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
bp_tensor_draw (cairo_t            *cr,
                const BpTensorGrid *grid,
                const double       *cells,
                const BpPalette    *palette,
                BpColor             hue,
                PangoContext       *context)
{
  g_autoptr (PangoLayout) layout = create_layout (context, grid->unit);
  Painter painter = { cr, grid, cells, palette, hue, layout };
  double y = grid->n_planes * grid->plane_height;

  if (cells == NULL)
    {
      bp_palette_set_source (palette, BP_COLOR_DIM, cr);
      show_text (&painter, BP_NUMBER_NONE, 0, 0.9 * grid->unit, 10 * grid->unit, 0);
      return;
    }

  painter.greatest = find_greatest (grid, cells);
  for (guint plane = 0; plane < grid->n_planes; plane++)
    show_plane (&painter, plane);
  if (grid->n_elements > 1)
    {
      y += grid->key_height / 2;
      show_key (&painter, y);
      y += grid->key_height / 2;
    }
  if (grid->block > 1 || grid->n_planes < grid->n_all_planes)
    show_note (&painter, y + grid->caption_height / 2);
}

/* Text on surface: one of the two stands out from any cell. */
void
bp_tensor_draw_frame (cairo_t            *cr,
                      const BpTensorGrid *grid,
                      gsize               element,
                      gboolean            is_dashed,
                      const BpPalette    *palette)
{
  static const double dashes[] = { 3, 3 };
  const double width = MIN (2, grid->cell_width / 5);
  double x, y;

  if (bp_tensor_grid_get_bounds (grid, element, &x, &y) < 0)
    return;

  cairo_rectangle (cr, x - 0.5, y - 0.5, grid->cell_width, grid->cell_height);
  bp_palette_set_source (palette, BP_COLOR_SURFACE, cr);
  cairo_set_line_width (cr, 2 * width);
  cairo_stroke_preserve (cr);
  bp_palette_set_source (palette, BP_COLOR_TEXT, cr);
  cairo_set_line_width (cr, width);
  cairo_set_dash (cr, dashes, is_dashed ? G_N_ELEMENTS (dashes) : 0, 0);
  cairo_stroke (cr);
  cairo_set_dash (cr, NULL, 0, 0);
}
