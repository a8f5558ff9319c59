/* bp-sequence-pages.c: sequences as the pages of a PDF and as the pictures of a GIF
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "figures/bp-sequence-private.h"

#include <glib/gi18n-lib.h>

#include "experiment/bp-builtin.h"
#include "figures/bp-gif.h"
#include "base/bp-text.h"

/* The palette is made of about so many pictures. */
#define N_SAMPLES 64

/* Every colour of the figure's palette counts as one of so many pixels of a picture. */
#define PALETTE_SHARE 400

/* PDF */

typedef struct {
  cairo_surface_t *document;
  GByteArray      *data;
} Pages;

static char *
create_title (const BpFigure *figure)
{
  g_autofree char *title = bp_text_to_line (bp_builtin_translate (bp_trainer_get_experiment (figure->trainer)->title));

  return g_strdup_printf (C_("figure", "%s: %s"), _(bp_figure_get_class (figure->options.kind)->title), title);
}

static gboolean
append_page (BpSequence     *sequence,
             const BpFigure *figure,
             guint           index,
             gpointer        data,
             GError        **error)
{
  Pages *pages = data;

  if (pages->document == NULL)
    {
      g_autofree char *title = create_title (figure);

      pages->document = bp_figure_create_document (figure, title, NULL, pages->data);
    }
  if (!bp_figure_append_page (figure, pages->document, error))
    return FALSE;
  bp_sequence_report (sequence, index + 1);

  return TRUE;
}

GBytes *
bp_sequence_to_pdf (BpSequence *sequence,
                    GError    **error)
{
  g_autoptr (GByteArray) data = g_byte_array_new ();
  Pages pages = { NULL, data };
  gboolean done = bp_sequence_visit (sequence, 1, append_page, &pages, error);

  if (pages.document != NULL && !bp_figure_finish_document (pages.document, done ? error : NULL))
    done = FALSE;

  return done ? g_byte_array_free_to_bytes (g_steal_pointer (&data)) : NULL;
}

/* GIF */

static guint32
get_rgb (const GdkRGBA *color)
{
  const float channels[] = { color->red, color->green, color->blue };
  guint32 rgb = 0;

  for (guint i = 0; i < G_N_ELEMENTS (channels); i++)
    rgb = rgb << 8 | (guint32) (channels[i] * 255 + 0.5f);

  return rgb;
}

/* What few pixels have counts too: the colours of the design must not be taken for each other. */
static void
add_design (BpGifPalette   *palette,
            const BpFigure *figure,
            gsize           n_pixels)
{
  for (guint i = 0; i < BP_N_COLORS; i++)
    bp_gif_palette_add_color (palette, get_rgb (&figure->style.palette->colors[i]), n_pixels);
}

static gboolean
sample_position (G_GNUC_UNUSED BpSequence  *sequence,
                 const BpFigure            *figure,
                 guint                      index,
                 gpointer                   data,
                 GError                   **error)
{
  cairo_surface_t *picture = bp_figure_create_picture (figure, error);

  if (picture == NULL)
    return FALSE;

  bp_gif_palette_add_picture (data, picture);
  if (index == 0)
    add_design (data, figure, 1 + (gsize) cairo_image_surface_get_width (picture)
                                  * (gsize) cairo_image_surface_get_height (picture) / PALETTE_SHARE);
  cairo_surface_destroy (picture);

  return TRUE;
}

static guint
get_common_divisor (guint a,
                    guint b)
{
  return b == 0 ? a : get_common_divisor (b, a % b);
}

/* Samples are to fall on every position of an iteration in turn, not on the same one again and again. */
static guint
choose_stride (const BpSequence *sequence)
{
  guint stride = (sequence->n_positions + N_SAMPLES - 1) / N_SAMPLES;
  guint n = bp_sequence_count_in_iteration (sequence);

  while (get_common_divisor (stride, n) > 1)
    stride++;

  return stride;
}

typedef struct {
  BpGifPalette *palette;
  BpGif        *gif;
} Animation;

static gboolean
append_picture (BpSequence     *sequence,
                const BpFigure *figure,
                guint           index,
                gpointer        data,
                GError        **error)
{
  Animation *animation = data;
  cairo_surface_t *picture = bp_figure_create_picture (figure, error);
  gboolean done;

  if (picture == NULL)
    return FALSE;

  if (animation->gif == NULL)
    animation->gif = bp_gif_new (animation->palette, (guint) cairo_image_surface_get_width (picture),
                                 (guint) cairo_image_surface_get_height (picture), sequence->options->delay, error);
  done = animation->gif != NULL && bp_gif_add_picture (animation->gif, picture, error);
  cairo_surface_destroy (picture);
  if (done)
    bp_sequence_report (sequence, index + 1);

  return done;
}

/* Everything is drawn twice rather than held in memory: first for the colours, then for the pictures. */
GBytes *
bp_sequence_to_gif (BpSequence *sequence,
                    GError    **error)
{
  g_autoptr (BpGifPalette) palette = bp_gif_palette_new ();
  Animation animation = { palette, NULL };
  GBytes *bytes = NULL;

  if (bp_sequence_visit (sequence, choose_stride (sequence), sample_position, palette, error)
      && bp_sequence_visit (sequence, 1, append_picture, &animation, error))
    bytes = bp_gif_finish (animation.gif, error);
  g_clear_pointer (&animation.gif, bp_gif_free);

  return bytes;
}
