/* bp-figure-clipboard.c: figures for the clipboard
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "figures/bp-figure-clipboard.h"

static GdkContentProvider *
create_provider (BpTrainer             *trainer,
                 const BpFigureOptions *options,
                 BpFigureFormat         format,
                 GError               **error)
{
  BpFigureOptions copy = *options;
  g_autoptr (GBytes) bytes = NULL;

  copy.format = format;
  bytes = bp_figure_render (trainer, &copy, error);

  return bytes != NULL ? gdk_content_provider_new_for_bytes (bp_figure_get_format_class (format)->mime_type, bytes)
                       : NULL;
}

GdkContentProvider *
bp_figure_create_content (BpTrainer             *trainer,
                          const BpFigureOptions *options,
                          GError               **error)
{
  GdkContentProvider *providers[2] = { NULL };

  g_return_val_if_fail (trainer != NULL && options != NULL, NULL);

  providers[0] = create_provider (trainer, options, BP_FORMAT_PNG, error);
  if (providers[0] == NULL)
    return NULL;

  providers[1] = create_provider (trainer, options, BP_FORMAT_SVG, error);
  if (providers[1] == NULL)
    {
      g_object_unref (providers[0]);
      return NULL;
    }

  return gdk_content_provider_new_union (providers, G_N_ELEMENTS (providers));
}
