/* bp-gif.c: pictures as a GIF
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "figures/bp-gif.h"

#include <gif_lib.h>
#include <glib/gi18n-lib.h>
#include <math.h>
#include <string.h>

#include "base/bp-error.h"
#include "base/bp-memory.h"

#define NO_COLOR G_MAXUINT32

#define HUNDREDTHS 100
#define BITS 8

struct _BpGif {
  GifFileType *file;
  GByteArray  *data;
  int          width;
  int          height;
  int          delay;
  guint32      colors[BP_GIF_MAX_COLORS];
  guint        n_colors; /* the index that comes next is transparent */
  guint8      *shown;    /* the picture before, as indices */
  guint8      *indices;
  guint8      *row;
  gboolean     is_begun;
  GHashTable  *nearest; /* colour + 1 → index */
};

static int
write_cb (GifFileType       *file,
          const GifByteType *bytes,
          int                length)
{
  if (!bp_memory_check_bytes (file->UserData, (gsize) length, NULL))
    return 0;

  g_byte_array_append (file->UserData, bytes, (guint) length);

  return length;
}

/* Writing to memory fails where there is no more of it. */
static void
set_error (GError **error,
           int      reason)
{
  if (reason == E_GIF_ERR_WRITE_FAILED || reason == E_GIF_ERR_NOT_ENOUGH_MEM)
    g_set_error_literal (error, BP_ERROR, BP_ERROR_MEMORY, _("The animation takes more memory than there is"));
  else
    g_set_error (error, BP_ERROR, BP_ERROR_VALUE, _("The animation could not be made: %s"), GifErrorString (reason));
}

BpGif *
bp_gif_new (BpGifPalette *palette,
            guint         width,
            guint         height,
            double        delay,
            GError      **error)
{
  g_autoptr (BpGif) gif = NULL;
  const guint32 *colors;
  int reason;

  g_return_val_if_fail (palette != NULL, NULL);
  g_return_val_if_fail (width >= 1 && width <= BP_GIF_MAX_SIDE && height >= 1 && height <= BP_GIF_MAX_SIDE, NULL);
  g_return_val_if_fail (delay >= 0 && delay * HUNDREDTHS <= G_MAXUINT16, NULL);

  if (!bp_memory_check (2 * (gsize) width * height, error))
    return NULL;

  gif = g_new0 (BpGif, 1);
  colors = bp_gif_palette_get_colors (palette, &gif->n_colors);
  memcpy (gif->colors, colors, gif->n_colors * sizeof *colors);
  gif->width = (int) width;
  gif->height = (int) height;
  gif->delay = (int) round (delay * HUNDREDTHS);
  gif->data = g_byte_array_new ();
  gif->shown = g_malloc0_n (height, width);
  gif->indices = g_malloc0_n (height, width);
  gif->row = g_malloc0 (width);
  gif->nearest = g_hash_table_new (NULL, NULL);
  gif->file = EGifOpen (gif->data, write_cb, &reason);
  if (gif->file == NULL)
    {
      set_error (error, reason);
      return NULL;
    }

  return g_steal_pointer (&gif);
}

void
bp_gif_free (BpGif *gif)
{
  if (gif->file != NULL)
    EGifCloseFile (gif->file, NULL);
  g_clear_pointer (&gif->data, g_byte_array_unref);
  g_hash_table_unref (gif->nearest);
  g_free (gif->shown);
  g_free (gif->indices);
  g_free (gif->row);
  g_free (gif);
}

static gboolean
check (const BpGif *gif,
       int          result,
       GError     **error)
{
  if (result == GIF_OK)
    return TRUE;

  set_error (error, gif->file->Error);

  return FALSE;
}

/* Colours */

static int
get_distance (guint32 a,
              guint32 b)
{
  int distance = 0;

  for (guint shift = 0; shift < 24; shift += 8)
    {
      int difference = (int) (a >> shift & 0xff) - (int) (b >> shift & 0xff);

      distance += difference * difference;
    }

  return distance;
}

static guint8
find_nearest (const BpGif *gif,
              guint32      color)
{
  guint nearest = 0;

  for (guint i = 1; i < gif->n_colors; i++)
    if (get_distance (gif->colors[i], color) < get_distance (gif->colors[nearest], color))
      nearest = i;

  return (guint8) nearest;
}

static guint8
get_index (BpGif  *gif,
           guint32 color)
{
  gpointer key = GUINT_TO_POINTER (color + 1), index;

  if (!g_hash_table_lookup_extended (gif->nearest, key, NULL, &index))
    {
      index = GUINT_TO_POINTER (find_nearest (gif, color));
      g_hash_table_insert (gif->nearest, key, index);
    }

  return (guint8) GPOINTER_TO_UINT (index);
}

static void
fill_indices (BpGif           *gif,
              cairo_surface_t *picture)
{
  const guint8 *data = cairo_image_surface_get_data (picture);
  gsize stride = (gsize) cairo_image_surface_get_stride (picture);
  guint32 last = NO_COLOR;
  guint8 index = 0;

  for (int y = 0; y < gif->height; y++)
    {
      const guint32 *row = (const guint32 *) (gconstpointer) (data + y * stride);
      guint8 *indices = gif->indices + (gsize) y * gif->width;

      for (int x = 0; x < gif->width; x++)
        {
          guint32 color = row[x] & 0xffffff;

          if (color != last)
            index = get_index (gif, color);
          last = color;
          indices[x] = index;
        }
    }
}

/* Writing */

static ColorMapObject *
create_map (const BpGif *gif)
{
  int n = 2;
  ColorMapObject *map;

  while (n < (int) gif->n_colors + 1)
    n *= 2;
  map = GifMakeMapObject (n, NULL);
  for (guint i = 0; map != NULL && i < gif->n_colors; i++)
    map->Colors[i] = (GifColorType) {
      (GifByteType) (gif->colors[i] >> 16), (GifByteType) (gif->colors[i] >> 8), (GifByteType) gif->colors[i],
    };

  return map;
}

/* The animation repeats for ever: 0 times means no limit. */
static gboolean
put_loop (BpGif   *gif,
          GError **error)
{
  static const char name[] = "NETSCAPE2.0";
  static const GifByteType loop[] = { 1, 0, 0 };

  return check (gif, EGifPutExtensionLeader (gif->file, APPLICATION_EXT_FUNC_CODE), error)
         && check (gif, EGifPutExtensionBlock (gif->file, sizeof name - 1, name), error)
         && check (gif, EGifPutExtensionBlock (gif->file, sizeof loop, loop), error)
         && check (gif, EGifPutExtensionTrailer (gif->file), error);
}

static gboolean
begin (BpGif   *gif,
       GError **error)
{
  ColorMapObject *map = create_map (gif);
  gboolean done;

  if (map == NULL)
    {
      set_error (error, E_GIF_ERR_NOT_ENOUGH_MEM);
      return FALSE;
    }

  EGifSetGifVersion (gif->file, true);
  done = check (gif, EGifPutScreenDesc (gif->file, gif->width, gif->height, BITS, 0, map), error);
  GifFreeMapObject (map);
  gif->is_begun = TRUE;

  return done && put_loop (gif, error);
}

static gboolean
put_control (BpGif   *gif,
             GError **error)
{
  GraphicsControlBlock control = {
    .DisposalMode = DISPOSE_DO_NOT,
    .DelayTime = gif->delay,
    .TransparentColor = (int) gif->n_colors,
  };
  GifByteType block[4];

  EGifGCBToExtension (&control, block);

  return check (gif, EGifPutExtension (gif->file, GRAPHICS_EXT_FUNC_CODE, sizeof block, block), error);
}

static gboolean
put_rows (BpGif    *gif,
          gboolean  is_first,
          GError  **error)
{
  for (int y = 0; y < gif->height; y++)
    {
      gsize start = (gsize) y * gif->width;

      for (int x = 0; x < gif->width; x++)
        gif->row[x] = is_first || gif->indices[start + x] != gif->shown[start + x] ? gif->indices[start + x]
                                                                                     : (guint8) gif->n_colors;
      if (!check (gif, EGifPutLine (gif->file, gif->row, gif->width), error))
        return FALSE;
    }

  return TRUE;
}

gboolean
bp_gif_add_picture (BpGif           *gif,
                    cairo_surface_t *picture,
                    GError         **error)
{
  gboolean is_first = !gif->is_begun;
  guint8 *shown = gif->shown;

  g_return_val_if_fail (gif->file != NULL && gif->n_colors > 0, FALSE);
  g_return_val_if_fail (cairo_image_surface_get_format (picture) == CAIRO_FORMAT_RGB24
                        && cairo_image_surface_get_width (picture) == gif->width
                        && cairo_image_surface_get_height (picture) == gif->height, FALSE);

  cairo_surface_flush (picture);
  fill_indices (gif, picture);
  if ((is_first && !begin (gif, error)) || !put_control (gif, error)
      || !check (gif, EGifPutImageDesc (gif->file, 0, 0, gif->width, gif->height, false, NULL), error)
      || !put_rows (gif, is_first, error))
    return FALSE;

  gif->shown = gif->indices;
  gif->indices = shown;

  return TRUE;
}

GBytes *
bp_gif_finish (BpGif   *gif,
               GError **error)
{
  int reason;
  int result;

  g_return_val_if_fail (gif->file != NULL && gif->is_begun, NULL);

  result = EGifCloseFile (gif->file, &reason);
  gif->file = NULL;
  if (result != GIF_OK)
    {
      set_error (error, reason);
      return NULL;
    }

  return g_byte_array_free_to_bytes (g_steal_pointer (&gif->data));
}
