/* bp-gif.h: animations as GIF
 *
 * One palette for all pictures, made of their own colours: exact where there are few enough, otherwise by median cut.
 * What stayed since the picture before is transparent, which packs well. One picture is held in memory at a time, so
 * that the palette is made first, of some or all of the pictures:
 *
 *   g_autoptr (BpGifPalette) palette = bp_gif_palette_new ();
 *   bp_gif_palette_add_picture (palette, surface);                   for each
 *   g_autoptr (BpGif) gif = bp_gif_new (palette, width, height, 0.1, &error);
 *   bp_gif_add_picture (gif, surface, &error);                       for each
 *   g_autoptr (GBytes) bytes = bp_gif_finish (gif, &error);
 *
 * The format: CompuServe, Graphics Interchange Format, version 89a; that it loops is Netscape's extension.
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#pragma once

#include <cairo.h>
#include <glib.h>

G_BEGIN_DECLS

/** The most colours of pictures: one of the 256 that a GIF has is transparent. */
#define BP_GIF_MAX_COLORS 255

/** The longest side of a GIF. */
#define BP_GIF_MAX_SIDE 65535

typedef struct _BpGifPalette BpGifPalette;

typedef struct _BpGif BpGif;

BpGifPalette *bp_gif_palette_new (void);

void bp_gif_palette_free (BpGifPalette *palette);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (BpGifPalette, bp_gif_palette_free)

/** Counts a colour, 0xrrggbb, as that of @n_pixels. */
void bp_gif_palette_add_color (BpGifPalette *palette,
                               guint32       color,
                               gsize         n_pixels);

/** Counts the colours of an image surface of format RGB24. */
void bp_gif_palette_add_picture (BpGifPalette    *palette,
                                 cairo_surface_t *picture);

/**
 * bp_gif_palette_get_colors:
 * @n_colors: (out): how many, 1 … BP_GIF_MAX_COLORS
 *
 * The colours that stand for those counted: the same for the same counts, in whatever order they came.
 *
 * Returns: (array length=n_colors) (transfer none): 0xrrggbb, until others are counted
 */
const guint32 *bp_gif_palette_get_colors (BpGifPalette *palette,
                                          guint        *n_colors);

/**
 * bp_gif_new:
 * @palette: (transfer none): copied
 * @width: of all pictures, 1 … BP_GIF_MAX_SIDE
 * @height: of all pictures, 1 … BP_GIF_MAX_SIDE
 * @delay: seconds a picture, rounded to hundredths
 *
 * Fails with BP_ERROR_MEMORY.
 */
BpGif *bp_gif_new (BpGifPalette *palette,
                   guint         width,
                   guint         height,
                   double        delay,
                   GError      **error);

void bp_gif_free (BpGif *gif);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (BpGif, bp_gif_free)

/** Adds an image surface of format RGB24 and the GIF's size. Fails with BP_ERROR_VALUE. */
gboolean bp_gif_add_picture (BpGif           *gif,
                             cairo_surface_t *picture,
                             GError         **error);

/** Ends the file after at least one picture; nothing can be added then. Returns: (transfer full): its content */
GBytes *bp_gif_finish (BpGif   *gif,
                       GError **error);

G_END_DECLS
