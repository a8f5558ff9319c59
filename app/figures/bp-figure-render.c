/* bp-figure-render.c: figures as SVG, PDF and PNG
 *
 * Cairo writes to memory: what a file gets is whole or nothing.
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "figures/bp-figure-private.h"

#include <cairo-pdf.h>
#include <glib/gi18n-lib.h>
#include <math.h>

#include "base/bp-error.h"
#include "base/bp-memory.h"

#define POINTS_PER_PIXEL (72 / 96.0)

/* PNG: the signature and the first chunk, IHDR; each chunk has its size, name and checksum besides its data. */
#define PNG_HEAD (8 + 12 + 13)
#define PIXELS_PER_METRE (96 / 0.0254)

static cairo_status_t
append_cb (void                *closure,
           const unsigned char *data,
           unsigned int         length)
{
  if (!bp_memory_check_bytes (closure, length, NULL))
    return CAIRO_STATUS_NO_MEMORY;

  g_byte_array_append (closure, data, length);

  return CAIRO_STATUS_SUCCESS;
}

static gboolean
check_status (cairo_status_t status,
              GError       **error)
{
  if (status == CAIRO_STATUS_SUCCESS)
    return TRUE;

  if (status == CAIRO_STATUS_NO_MEMORY)
    g_set_error_literal (error, BP_ERROR, BP_ERROR_MEMORY, _("The figure takes more memory than there is"));
  else
    g_set_error (error, BP_ERROR, BP_ERROR_VALUE, _("The figure could not be drawn: %s"),
                 cairo_status_to_string (status));

  return FALSE;
}

static cairo_status_t
paint (const BpFigure  *figure,
       cairo_surface_t *surface,
       double           scale)
{
  cairo_t *cr = cairo_create (surface);
  g_autoptr (BpPainter) painter = bp_painter_cairo_new (cr, figure->style.palette);

  /* The last pixels of a PNG may lie half outside of the figure. */
  gdk_cairo_set_source_rgba (cr, &figure->style.palette->colors[bp_figure_get_ground (figure)]);
  if (cairo_surface_get_type (surface) == CAIRO_SURFACE_TYPE_IMAGE)
    cairo_paint (cr);
  bp_painter_transform (painter, 0, 0, scale);
  bp_figure_paint (figure, painter);

  return cairo_status (cr);
}

gboolean
bp_figure_finish_document (cairo_surface_t *document,
                           GError         **error)
{
  cairo_status_t status;

  cairo_surface_finish (document);
  status = cairo_surface_status (document);
  cairo_surface_destroy (document);

  return check_status (status, error);
}

/* SVG */

GBytes *
bp_figure_to_svg (const BpFigure        *figure,
                  G_GNUC_UNUSED GError **error)
{
  g_autofree char *title = bp_figure_create_title (figure);
  g_autofree char *description = bp_figure_describe (figure);
  g_autofree char *texts = g_markup_printf_escaped ("<title>%s</title>\n<desc>%s</desc>\n", title, description);
  char width[G_ASCII_DTOSTR_BUF_SIZE], height[G_ASCII_DTOSTR_BUF_SIZE];
  GString *svg = g_string_new ("<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n");
  BpPainter *painter;

  g_ascii_formatd (width, sizeof width, "%.10g", figure->width);
  g_ascii_formatd (height, sizeof height, "%.10g", figure->height);
  g_string_append_printf (svg, "<svg xmlns=\"http://www.w3.org/2000/svg\" width=\"%spx\" height=\"%spx\" "
                          "viewBox=\"0 0 %s %s\">\n%s", width, height, width, height, texts);
  painter = bp_painter_svg_new (svg, figure->style.palette, figure->font);
  bp_figure_paint (figure, painter);
  bp_painter_free (painter);
  g_string_append (svg, "</svg>\n");

  return g_string_free_to_bytes (svg);
}

/* PDF */

/*
 * https://reproducible-builds.org/specs/source-date-epoch: seconds since 1970. Without it there is no date, so that
 * repeats are equal.
 */
static char *
get_date (void)
{
  const char *epoch = g_getenv ("SOURCE_DATE_EPOCH");
  guint64 seconds;
  g_autoptr (GDateTime) date = NULL;

  if (epoch != NULL && g_ascii_string_to_unsigned (epoch, 10, 0, G_MAXINT64, &seconds, NULL))
    date = g_date_time_new_from_unix_utc ((gint64) seconds);

  return date != NULL ? g_date_time_format (date, "%Y-%m-%dT%H:%M:%SZ") : g_strdup ("");
}

cairo_surface_t *
bp_figure_create_document (const BpFigure *figure,
                           const char     *title,
                           const char     *description,
                           GByteArray     *data)
{
  cairo_surface_t *document = cairo_pdf_surface_create_for_stream (append_cb, data, figure->width * POINTS_PER_PIXEL,
                                                                   figure->height * POINTS_PER_PIXEL);
  g_autofree char *date = get_date ();

  cairo_pdf_surface_set_metadata (document, CAIRO_PDF_METADATA_TITLE, title);
  if (description != NULL)
    cairo_pdf_surface_set_metadata (document, CAIRO_PDF_METADATA_SUBJECT, description);
  cairo_pdf_surface_set_metadata (document, CAIRO_PDF_METADATA_CREATOR, "Backprop Lab " PACKAGE_VERSION);
  cairo_pdf_surface_set_metadata (document, CAIRO_PDF_METADATA_CREATE_DATE, date);

  return document;
}

gboolean
bp_figure_append_page (const BpFigure  *figure,
                       cairo_surface_t *document,
                       GError         **error)
{
  cairo_status_t status = paint (figure, document, POINTS_PER_PIXEL);

  cairo_surface_show_page (document);

  return check_status (status, error);
}

GBytes *
bp_figure_to_pdf (const BpFigure *figure,
                  GError        **error)
{
  g_autoptr (GByteArray) data = g_byte_array_new ();
  g_autofree char *title = bp_figure_create_title (figure);
  g_autofree char *description = bp_figure_describe (figure);
  cairo_surface_t *document = bp_figure_create_document (figure, title, description, data);
  gboolean is_painted = bp_figure_append_page (figure, document, error);

  if (!bp_figure_finish_document (document, is_painted ? error : NULL) || !is_painted)
    return NULL;

  return g_byte_array_free_to_bytes (g_steal_pointer (&data));
}

/* PNG */

static void
append_big_endian (GByteArray *data,
                   guint32     number)
{
  guint32 bytes = GUINT32_TO_BE (number);

  g_byte_array_append (data, (const guint8 *) &bytes, sizeof bytes);
}

/* ISO 3309, as PNG (ISO/IEC 15948) has it. */
static guint32
compute_checksum (const guint8 *data,
                  gsize         size)
{
  guint32 checksum = 0xffffffff;

  for (gsize i = 0; i < size; i++)
    {
      checksum ^= data[i];
      for (guint bit = 0; bit < 8; bit++)
        checksum = checksum >> 1 ^ (checksum & 1 ? 0xedb88320 : 0);
    }

  return ~checksum;
}

/* Chunk pHYs says how large the picture is in print; cairo writes none. */
static void
insert_resolution (GByteArray *png,
                   double      scale)
{
  guint32 resolution = (guint32) round (scale * PIXELS_PER_METRE);
  g_autoptr (GBytes) rest = g_bytes_new (png->data + PNG_HEAD, png->len - PNG_HEAD);
  guint size;

  g_byte_array_set_size (png, PNG_HEAD);
  append_big_endian (png, 9);
  size = png->len;
  g_byte_array_append (png, (const guint8 *) "pHYs", 4);
  append_big_endian (png, resolution);
  append_big_endian (png, resolution);
  g_byte_array_append (png, (const guint8 *) "\1", 1);
  append_big_endian (png, compute_checksum (png->data + size, png->len - size));
  g_byte_array_append (png, g_bytes_get_data (rest, NULL), g_bytes_get_size (rest));
}

static gboolean
check_pixels (int      width,
              int      height,
              GError **error)
{
  if (width <= BP_FIGURE_MAX_SIDE && height <= BP_FIGURE_MAX_SIDE && (gint64) width * height <= BP_FIGURE_MAX_PIXELS)
    return bp_memory_check (4 * (gsize) width * height, error);

  g_set_error (error, BP_ERROR, BP_ERROR_VALUE,
               _("A picture of %d × %d pixels is too large: choose a smaller size or scale, or PDF"), width, height);

  return FALSE;
}

cairo_surface_t *
bp_figure_create_picture (const BpFigure *figure,
                          GError        **error)
{
  const int width = MAX (1, (int) round (figure->width * figure->options.scale));
  const int height = MAX (1, (int) round (figure->height * figure->options.scale));
  cairo_surface_t *surface;

  if (!check_pixels (width, height, error))
    return NULL;

  surface = cairo_image_surface_create (CAIRO_FORMAT_RGB24, width, height);
  cairo_surface_set_device_scale (surface, figure->options.scale, figure->options.scale);
  if (check_status (paint (figure, surface, 1), error))
    return surface;

  cairo_surface_destroy (surface);

  return NULL;
}

GBytes *
bp_figure_to_png (const BpFigure *figure,
                  GError        **error)
{
  g_autoptr (GByteArray) data = g_byte_array_new ();
  cairo_surface_t *surface = bp_figure_create_picture (figure, error);
  cairo_status_t status;

  if (surface == NULL)
    return NULL;

  status = cairo_surface_write_to_png_stream (surface, append_cb, data);
  cairo_surface_destroy (surface);
  if (!check_status (status, error))
    return NULL;

  if (!bp_memory_check (data->len, error))
    return NULL;

  insert_resolution (data, figure->options.scale);

  return g_byte_array_free_to_bytes (g_steal_pointer (&data));
}
