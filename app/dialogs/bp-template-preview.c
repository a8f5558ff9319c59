/* bp-template-preview.c: what a template makes: its plot before any training, and its text
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "dialogs/bp-template-preview.h"

#include <glib/gi18n-lib.h>

#include "plots/bp-plot-view.h"
#include "templates/bp-layer-sizes.h"

/* A network with more is made when it is created, not while its layers are typed. */
#define MAX_PARAMETERS 200000

struct _BpTemplatePreview {
  GtkWidget    parent;

  GtkLabel    *summary_label;
  GtkWidget   *note_label;
  BpPlotView  *plot;
  GtkTextView *text_view;
};

G_DEFINE_FINAL_TYPE (BpTemplatePreview, bp_template_preview, GTK_TYPE_WIDGET)

static guint
count_lines (const char *text)
{
  guint n = 0;

  for (; *text != '\0'; text++)
    n += *text == '\n';

  return n;
}

static void
show_summary (BpTemplatePreview *self,
              const char        *text,
              const GArray      *layers)
{
  guint n_lines = text != NULL ? count_lines (text) : 0;
  g_autofree char *lines = g_strdup_printf (ngettext ("%u line of text", "%u lines of text", n_lines), n_lines);
  gsize n = layers != NULL ? bp_layer_sizes_count_parameters (layers) : 0;
  g_autofree char *parameters = g_strdup_printf (ngettext ("%zu weights and biases", "%zu weights and biases", n), n);
  /* Translators: how many weights, and how many lines of text. */
  g_autofree char *both = g_strdup_printf (_("%s, %s"), parameters, lines);

  gtk_label_set_label (self->summary_label, text == NULL ? "" : layers != NULL ? both : lines);
}

static void
show_plot (BpTemplatePreview *self,
           const char        *text,
           BpPlotKind         kind,
           const GArray      *layers)
{
  gboolean is_large = layers != NULL && bp_layer_sizes_count_parameters (layers) > MAX_PARAMETERS;
  g_autoptr (BpExperiment) experiment = NULL;
  g_autoptr (BpRun) run = NULL;

  if (text != NULL && !is_large)
    experiment = bp_experiment_new_from_data (text, -1, "", NULL, NULL);
  if (experiment != NULL)
    run = bp_run_new (experiment);
  gtk_widget_set_visible (self->note_label, text != NULL && is_large);
  bp_plot_view_set_run (self->plot, run);
  bp_plot_view_set_kind (self->plot, kind);
}

void
bp_template_preview_show (BpTemplatePreview *preview,
                          const char        *text,
                          BpPlotKind         kind,
                          const GArray      *layers)
{
  g_return_if_fail (BP_IS_TEMPLATE_PREVIEW (preview));

  show_summary (preview, text, layers);
  show_plot (preview, text, kind, layers);
  gtk_text_buffer_set_text (gtk_text_view_get_buffer (preview->text_view), text != NULL ? text : "", -1);
}

static void
bp_template_preview_dispose (GObject *object)
{
  gtk_widget_unparent (gtk_widget_get_first_child (GTK_WIDGET (object)));
  G_OBJECT_CLASS (bp_template_preview_parent_class)->dispose (object);
}

static void
bp_template_preview_class_init (BpTemplatePreviewClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  G_OBJECT_CLASS (klass)->dispose = bp_template_preview_dispose;

  g_type_ensure (BP_TYPE_PLOT_VIEW);
  gtk_widget_class_set_layout_manager_type (widget_class, GTK_TYPE_BIN_LAYOUT);
  gtk_widget_class_set_template_from_resource (widget_class, "/org/backproplab/BackpropLab/bp-template-preview.ui");
  gtk_widget_class_bind_template_child (widget_class, BpTemplatePreview, summary_label);
  gtk_widget_class_bind_template_child (widget_class, BpTemplatePreview, note_label);
  gtk_widget_class_bind_template_child (widget_class, BpTemplatePreview, plot);
  gtk_widget_class_bind_template_child (widget_class, BpTemplatePreview, text_view);
}

static void
bp_template_preview_init (BpTemplatePreview *self)
{
  gtk_widget_init_template (GTK_WIDGET (self));
}
