/* gif-checks.c: GIFs decoded again, by giflib
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "lib/gif-checks.h"

#include <gif_lib.h>
#include <string.h>

typedef struct {
  const guint8 *data;
  gsize         size;
  gsize         position;
} Reader;

static int
read_cb (GifFileType *file,
         GifByteType *bytes,
         int          length)
{
  Reader *reader = file->UserData;
  gsize n = MIN ((gsize) length, reader->size - reader->position);

  memcpy (bytes, reader->data + reader->position, n);
  reader->position += n;

  return (int) n;
}

void
animation_clear (Animation *animation)
{
  g_clear_pointer (&animation->pictures, g_ptr_array_unref);
}

/* Draws an image over the picture before, but for its transparent pixels. */
static void
paint_image (const GifFileType *file,
             int                index,
             GArray            *picture)
{
  const SavedImage *image = &file->SavedImages[index];
  const GifImageDesc *place = &image->ImageDesc;
  GraphicsControlBlock control;

  g_assert_cmpint (DGifSavedExtensionToGCB ((GifFileType *) file, index, &control), ==, GIF_OK);
  g_assert_cmpint (control.DisposalMode, ==, DISPOSE_DO_NOT);
  g_assert_null (place->ColorMap);
  g_assert_cmpint (place->Left + place->Width, <=, file->SWidth);
  g_assert_cmpint (place->Top + place->Height, <=, file->SHeight);

  for (int y = 0; y < place->Height; y++)
    for (int x = 0; x < place->Width; x++)
      {
        int pixel = image->RasterBits[y * place->Width + x];
        GifColorType color = file->SColorMap->Colors[pixel];

        if (pixel != control.TransparentColor)
          g_array_index (picture, guint32, (guint) ((place->Top + y) * file->SWidth + place->Left + x)) =
            (guint32) color.Red << 16 | (guint32) color.Green << 8 | color.Blue;
      }
}

/* That it plays again and again: an extension of Netscape's before the first picture. */
static void
assert_loops (const GifFileType *file)
{
  const SavedImage *first = &file->SavedImages[0];

  g_assert_cmpint (first->ExtensionBlockCount, >=, 2);
  g_assert_cmpint (first->ExtensionBlocks[0].Function, ==, APPLICATION_EXT_FUNC_CODE);
  g_assert_cmpmem (first->ExtensionBlocks[0].Bytes, first->ExtensionBlocks[0].ByteCount, "NETSCAPE2.0", 11);
  g_assert_cmpmem (first->ExtensionBlocks[1].Bytes, first->ExtensionBlocks[1].ByteCount, "\1\0\0", 3);
}

Animation
animation_read (GBytes *bytes)
{
  Reader reader = { g_bytes_get_data (bytes, NULL), g_bytes_get_size (bytes), 0 };
  GifFileType *file = DGifOpen (&reader, read_cb, NULL);
  Animation animation = { .pictures = g_ptr_array_new_with_free_func ((GDestroyNotify) g_array_unref) };
  GArray *shown = NULL;

  g_assert_nonnull (file);
  g_assert_cmpint (DGifSlurp (file), ==, GIF_OK);
  g_assert_cmpint (file->ImageCount, >=, 1);
  g_assert_cmpuint (reader.position, ==, reader.size);
  assert_loops (file);
  animation.width = file->SWidth;
  animation.height = file->SHeight;
  animation.n_colors = file->SColorMap->ColorCount;

  for (int i = 0; i < file->ImageCount; i++)
    {
      GArray *picture = g_array_new (FALSE, TRUE, sizeof (guint32));
      GraphicsControlBlock control;

      if (shown != NULL)
        g_array_append_vals (picture, shown->data, shown->len);
      g_array_set_size (picture, (guint) (file->SWidth * file->SHeight));
      paint_image (file, i, picture);
      g_ptr_array_add (animation.pictures, picture);
      shown = picture;

      DGifSavedExtensionToGCB (file, i, &control);
      g_assert_true (i == 0 || animation.delay == control.DelayTime);
      animation.delay = control.DelayTime;
    }
  g_assert_cmpint (DGifCloseFile (file, NULL), ==, GIF_OK);

  return animation;
}

Animation
animation_render (const BpExperiment      *experiment,
                  const BpSequenceOptions *options)
{
  g_autoptr (GBytes) bytes = render_sequence (experiment, options);

  return animation_read (bytes);
}

const guint32 *
animation_get (const Animation *animation,
               guint            index)
{
  g_assert_cmpuint (index, <, animation->pictures->len);

  return (const guint32 *) (gconstpointer) ((GArray *) g_ptr_array_index (animation->pictures, index))->data;
}

int
get_difference (guint32 a,
                guint32 b)
{
  int most = 0;

  for (guint shift = 0; shift < 24; shift += 8)
    most = MAX (most, ABS ((int) (a >> shift & 0xff) - (int) (b >> shift & 0xff)));

  return most;
}
