/* bp-figure-clipboard.c: figures for the clipboard
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "figures/bp-figure-clipboard.h"

static GBytes *
render (BpTrainer             *trainer,
        const BpFigureOptions *options,
        BpFigureFormat         format,
        GError               **error)
{
  BpFigureOptions copy = *options;

  copy.format = format;

  return bp_figure_render (trainer, &copy, error);
}

static GdkContentProvider *
provide (GBytes        *bytes,
         BpFigureFormat format)
{
  return gdk_content_provider_new_for_bytes (bp_figure_get_format_class (format)->mime_type, bytes);
}

GdkContentProvider *
bp_figure_create_content (BpTrainer             *trainer,
                          const BpFigureOptions *options,
                          GError               **error)
{
  g_autoptr (GBytes) svg = NULL, png = NULL;
  g_autoptr (GdkTexture) texture = NULL;

  g_return_val_if_fail (trainer != NULL && options != NULL, NULL);

  svg = render (trainer, options, BP_FORMAT_SVG, error);
  png = svg != NULL ? render (trainer, options, BP_FORMAT_PNG, error) : NULL;
  texture = png != NULL ? gdk_texture_new_from_bytes (png, error) : NULL;
  if (texture == NULL)
    return NULL;

  /* The file as it is comes before the texture, which has the same pixels but does not say how large they are. */
  return gdk_content_provider_new_union ((GdkContentProvider *[]) {
                                           provide (png, BP_FORMAT_PNG),
                                           provide (svg, BP_FORMAT_SVG),
                                           gdk_content_provider_new_typed (GDK_TYPE_TEXTURE, texture),
                                         },
                                         3);
}
