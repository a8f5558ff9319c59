/* bp-gif-palette.c: the colours of a GIF
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "figures/bp-gif.h"

#include <string.h>

#define N_CHANNELS 3

typedef struct {
  guint32 color;
  gsize   n_pixels;
} Entry;

/* Colours that one stands for: a slice of the entries; where to cut it, and how much they differ from their mean. */
typedef struct {
  guint  first;
  guint  n;
  guint  channel;
  double mean;
  double difference;
} Box;

struct _BpGifPalette {
  GHashTable *counts; /* colour + 1 → pixels */
  guint32     colors[BP_GIF_MAX_COLORS];
  guint       n_colors;
};

BpGifPalette *
bp_gif_palette_new (void)
{
  BpGifPalette *palette = g_new0 (BpGifPalette, 1);

  palette->counts = g_hash_table_new (NULL, NULL);

  return palette;
}

void
bp_gif_palette_free (BpGifPalette *palette)
{
  g_hash_table_unref (palette->counts);
  g_free (palette);
}

/* Counting */

void
bp_gif_palette_add_color (BpGifPalette *palette,
                          guint32       color,
                          gsize         n_pixels)
{
  gpointer key = GSIZE_TO_POINTER ((gsize) color + 1);
  gsize n = GPOINTER_TO_SIZE (g_hash_table_lookup (palette->counts, key));

  g_return_if_fail (color <= 0xffffff && n_pixels > 0);

  g_hash_table_insert (palette->counts, key, GSIZE_TO_POINTER (MIN (n, G_MAXSIZE - n_pixels) + n_pixels));
  palette->n_colors = 0;
}

static void
add_row (BpGifPalette  *palette,
         const guint32 *row,
         int            width)
{
  int start = 0;

  for (int x = 1; x <= width; x++)
    if (x == width || row[x] != row[start])
      {
        bp_gif_palette_add_color (palette, row[start] & 0xffffff, x - start);
        start = x;
      }
}

void
bp_gif_palette_add_picture (BpGifPalette    *palette,
                            cairo_surface_t *picture)
{
  const guint8 *data;
  int stride = cairo_image_surface_get_stride (picture);

  g_return_if_fail (cairo_image_surface_get_format (picture) == CAIRO_FORMAT_RGB24);

  cairo_surface_flush (picture);
  data = cairo_image_surface_get_data (picture);
  for (int y = 0; y < cairo_image_surface_get_height (picture); y++)
    add_row (palette, (const guint32 *) (gconstpointer) (data + (gsize) y * stride),
             cairo_image_surface_get_width (picture));
}

/* Cutting: the box whose colours differ most is cut in two at their mean, until there are enough of them. */

static double
get_channel (guint32 color,
             guint   channel)
{
  return color >> 8 * channel & 0xff;
}

static void
measure_channel (Box         *box,
                 const Entry *entries,
                 guint        channel)
{
  double n = 0, sum = 0, squares = 0;

  for (guint i = box->first; i < box->first + box->n; i++)
    {
      n += entries[i].n_pixels;
      sum += entries[i].n_pixels * get_channel (entries[i].color, channel);
    }
  for (guint i = box->first; i < box->first + box->n; i++)
    {
      double distance = get_channel (entries[i].color, channel) - sum / n;

      squares += entries[i].n_pixels * distance * distance;
    }
  if (squares <= box->difference)
    return;

  box->difference = squares;
  box->channel = channel;
  box->mean = sum / n;
}

static Box
create_box (const Entry *entries,
            guint        first,
            guint        n)
{
  Box box = { first, n };

  for (guint channel = 0; n > 1 && channel < N_CHANNELS; channel++)
    measure_channel (&box, entries, channel);

  return box;
}

/* Returns: how many colours lie below the mean, and come first then */
static guint
partition (const Box *box,
           Entry     *entries)
{
  guint n_below = 0;

  for (guint i = box->first; i < box->first + box->n; i++)
    if (get_channel (entries[i].color, box->channel) < box->mean)
      {
        Entry entry = entries[i];

        entries[i] = entries[box->first + n_below];
        entries[box->first + n_below++] = entry;
      }

  return n_below;
}

static guint
find_widest (const Box *boxes,
             guint      n_boxes)
{
  guint widest = 0;

  for (guint i = 1; i < n_boxes; i++)
    if (boxes[i].difference > boxes[widest].difference)
      widest = i;

  return widest;
}

static guint
cut (Entry *entries,
     guint  n_entries,
     Box   *boxes)
{
  guint n_boxes = 1;

  boxes[0] = create_box (entries, 0, n_entries);
  while (n_boxes < BP_GIF_MAX_COLORS)
    {
      guint widest = find_widest (boxes, n_boxes);
      Box box = boxes[widest];
      guint n_below;

      if (box.difference <= 0)
        break;
      n_below = partition (&box, entries);
      if (n_below == 0 || n_below == box.n)
        {
          boxes[widest].difference = 0;
          continue;
        }
      boxes[widest] = create_box (entries, box.first, n_below);
      boxes[n_boxes++] = create_box (entries, box.first + n_below, box.n - n_below);
    }

  return n_boxes;
}

/* Of equal ones the least, so that the order of counting makes no difference. */
static guint32
find_most_frequent (const Box   *box,
                    const Entry *entries)
{
  const Entry *most = &entries[box->first];

  for (guint i = box->first + 1; i < box->first + box->n; i++)
    if (entries[i].n_pixels > most->n_pixels
        || (entries[i].n_pixels == most->n_pixels && entries[i].color < most->color))
      most = &entries[i];

  return most->color;
}

static int
compare_entries (gconstpointer a,
                 gconstpointer b)
{
  guint32 first = ((const Entry *) a)->color;
  guint32 second = ((const Entry *) b)->color;

  return first < second ? -1 : first > second;
}

static GArray *
list_entries (BpGifPalette *palette)
{
  GArray *entries = g_array_new (FALSE, FALSE, sizeof (Entry));
  GHashTableIter iter;
  gpointer key, value;

  g_hash_table_iter_init (&iter, palette->counts);
  while (g_hash_table_iter_next (&iter, &key, &value))
    {
      Entry entry = { (guint32) (GPOINTER_TO_SIZE (key) - 1), GPOINTER_TO_SIZE (value) };

      g_array_append_val (entries, entry);
    }
  g_array_sort (entries, compare_entries);

  return entries;
}

/* A ground keeps its very colour: what stands for a box is its most frequent colour, not the mean. */
const guint32 *
bp_gif_palette_get_colors (BpGifPalette *palette,
                           guint        *n_colors)
{
  if (palette->n_colors == 0)
    {
      g_autoptr (GArray) entries = list_entries (palette);
      Box boxes[BP_GIF_MAX_COLORS];

      if (entries->len > 0)
        palette->n_colors = cut ((Entry *) (gpointer) entries->data, entries->len, boxes);
      for (guint i = 0; i < palette->n_colors; i++)
        palette->colors[i] = find_most_frequent (&boxes[i], (const Entry *) (gconstpointer) entries->data);
    }

  *n_colors = palette->n_colors;

  return palette->colors;
}
