/* bp-figure-clipboard.c: figures for the clipboard
 *
 * Most that is copied is never pasted, and then in one format. A figure holds what it shows, so that it can become a
 * PNG, which takes longest, when somebody asks for one and the run stands elsewhere.
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "figures/bp-figure-clipboard.h"

#include "figures/bp-figure-private.h"

struct _BpFigureContent {
  GdkContentProvider parent;

  BpFigure           figure; /* its trainer may be gone */
  GBytes            *svg;
  GBytes            *png; /* NULL until somebody wants it */
};

#define BP_TYPE_FIGURE_CONTENT (bp_figure_content_get_type ())
G_DECLARE_FINAL_TYPE (BpFigureContent, bp_figure_content, BP, FIGURE_CONTENT, GdkContentProvider)
G_DEFINE_FINAL_TYPE (BpFigureContent, bp_figure_content, GDK_TYPE_CONTENT_PROVIDER)

static GBytes *
get_png (BpFigureContent *self,
         GError         **error)
{
  if (self->png == NULL)
    self->png = bp_figure_to_png (&self->figure, error);

  return self->png;
}

static const char *
get_mime_type (BpFigureFormat format)
{
  return bp_figure_get_format_class (format)->mime_type;
}

/* The file as it is comes before the texture, which has the same pixels but does not say how large they are. */
static GdkContentFormats *
bp_figure_content_ref_formats (G_GNUC_UNUSED GdkContentProvider *provider)
{
  GdkContentFormatsBuilder *builder = gdk_content_formats_builder_new ();

  gdk_content_formats_builder_add_mime_type (builder, get_mime_type (BP_FORMAT_PNG));
  gdk_content_formats_builder_add_mime_type (builder, get_mime_type (BP_FORMAT_SVG));
  gdk_content_formats_builder_add_gtype (builder, GDK_TYPE_TEXTURE);

  return gdk_content_formats_builder_free_to_formats (builder);
}

static void
written_cb (GObject      *stream,
            GAsyncResult *result,
            gpointer      data)
{
  g_autoptr (GTask) task = data;
  GError *error = NULL;

  if (g_output_stream_write_all_finish (G_OUTPUT_STREAM (stream), result, NULL, &error))
    g_task_return_boolean (task, TRUE);
  else
    g_task_return_error (task, error);
}

static void
bp_figure_content_write_mime_type_async (GdkContentProvider *provider,
                                         const char         *mime_type,
                                         GOutputStream      *stream,
                                         int                 io_priority,
                                         GCancellable       *cancellable,
                                         GAsyncReadyCallback callback,
                                         gpointer            data)
{
  BpFigureContent *self = BP_FIGURE_CONTENT (provider);
  GTask *task = g_task_new (self, cancellable, callback, data);
  GError *error = NULL;
  GBytes *bytes = g_str_equal (mime_type, get_mime_type (BP_FORMAT_SVG)) ? self->svg : get_png (self, &error);

  if (bytes == NULL)
    {
      g_task_return_error (task, error);
      g_object_unref (task);
      return;
    }

  g_output_stream_write_all_async (stream, g_bytes_get_data (bytes, NULL), g_bytes_get_size (bytes), io_priority,
                                   cancellable, written_cb, task);
}

static gboolean
bp_figure_content_write_mime_type_finish (G_GNUC_UNUSED GdkContentProvider *provider,
                                          GAsyncResult                     *result,
                                          GError                          **error)
{
  return g_task_propagate_boolean (G_TASK (result), error);
}

static gboolean
bp_figure_content_get_value (GdkContentProvider *provider,
                             GValue             *value,
                             GError            **error)
{
  GBytes *png;
  GdkTexture *texture;

  if (!G_VALUE_HOLDS (value, GDK_TYPE_TEXTURE))
    return GDK_CONTENT_PROVIDER_CLASS (bp_figure_content_parent_class)->get_value (provider, value, error);

  png = get_png (BP_FIGURE_CONTENT (provider), error);
  texture = png != NULL ? gdk_texture_new_from_bytes (png, error) : NULL;
  g_value_take_object (value, texture);

  return texture != NULL;
}

static void
bp_figure_content_finalize (GObject *object)
{
  BpFigureContent *self = BP_FIGURE_CONTENT (object);

  g_clear_pointer (&self->svg, g_bytes_unref);
  g_clear_pointer (&self->png, g_bytes_unref);
  bp_figure_clear (&self->figure);

  G_OBJECT_CLASS (bp_figure_content_parent_class)->finalize (object);
}

static void
bp_figure_content_class_init (BpFigureContentClass *klass)
{
  GdkContentProviderClass *provider_class = GDK_CONTENT_PROVIDER_CLASS (klass);

  G_OBJECT_CLASS (klass)->finalize = bp_figure_content_finalize;
  provider_class->ref_formats = bp_figure_content_ref_formats;
  provider_class->write_mime_type_async = bp_figure_content_write_mime_type_async;
  provider_class->write_mime_type_finish = bp_figure_content_write_mime_type_finish;
  provider_class->get_value = bp_figure_content_get_value;
}

static void
bp_figure_content_init (G_GNUC_UNUSED BpFigureContent *self)
{
}

GdkContentProvider *
bp_figure_create_content (BpTrainer             *trainer,
                          const BpFigureOptions *options,
                          GError               **error)
{
  g_autoptr (BpFigureContent) self = NULL;
  BpFigureOptions copy;

  g_return_val_if_fail (trainer != NULL && options != NULL, NULL);

  copy = *options;
  copy.format = BP_FORMAT_PNG;
  if (!bp_figure_options_check (&copy, error) || !bp_figure_check_memory (trainer, error))
    return NULL;

  self = g_object_new (BP_TYPE_FIGURE_CONTENT, NULL);
  bp_figure_init (&self->figure, trainer, &copy, NULL);
  if (!bp_figure_check_room (&self->figure, error) || !bp_figure_check_picture (&self->figure, error))
    return NULL;

  self->svg = bp_figure_to_svg (&self->figure, error);
  if (self->svg == NULL)
    return NULL;

  return GDK_CONTENT_PROVIDER (g_steal_pointer (&self));
}
