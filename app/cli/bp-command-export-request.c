/* bp-command-export-request.c: the options of the command export for the figure and its look
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "cli/bp-command-export-request.h"

#include <glib/gi18n-lib.h>

#include "base/bp-number.h"
#include "base/bp-text.h"

/* The name that stands for every figure. */
#define ALL "all"

gboolean
bp_export_request_fail (GError    **error,
                        const char *sentence)
{
  g_set_error_literal (error, G_OPTION_ERROR, G_OPTION_ERROR_BAD_VALUE, sentence);

  return FALSE;
}

gboolean
bp_export_request_find_word (const char        *option,
                             const char        *word,
                             const char *const *names,
                             guint             *index,
                             GError           **error)
{
  g_autofree char *quoted = NULL, *sentence = NULL;

  for (guint i = 0; names[i] != NULL; i++)
    if (g_str_equal (names[i], word))
      {
        *index = i;
        return TRUE;
      }

  quoted = bp_text_quote (word, -1);
  /* Translators: an option and what was written after it. */
  sentence = g_strdup_printf (_("%s: there is no “%s”"), option, quoted);
  bp_command_set_unknown_error (error, sentence, word, names);

  return FALSE;
}

gboolean
bp_export_request_parse_integer (const char *option,
                                 const char *text,
                                 gint64      minimum,
                                 gint64      maximum,
                                 gint64     *value,
                                 GError    **error)
{
  GError *reason = NULL;

  if (text == NULL || bp_number_parse_integer (text, minimum, maximum, value, &reason))
    return TRUE;

  bp_command_take_value_error (error, option, reason);

  return FALSE;
}

/* Figure and format */

static gboolean
parse_figure (const BpCommandOptions *options,
              BpExportRequest        *request,
              GError                **error)
{
  const char *names[BP_N_FIGURES + 2] = { NULL };
  guint index;

  for (guint i = 0; i < BP_N_FIGURES; i++)
    names[i] = bp_figure_get_class (i)->name;
  names[BP_N_FIGURES] = ALL;

  if (options->figure == NULL)
    {
      g_autofree char *list = g_strjoinv (", ", (char **) names);
      g_autofree char *sentence = g_strdup_printf (_("“export” needs --figure with one of %s"), list);

      return bp_export_request_fail (error, sentence);
    }

  if (!bp_export_request_find_word ("--figure", options->figure, names, &index, error))
    return FALSE;

  request->is_all = index == BP_N_FIGURES;
  request->sequence.figure.kind = request->is_all ? BP_FIGURE_GRAPH : index;

  return TRUE;
}

static gboolean
parse_format (const BpCommandOptions *options,
              BpExportRequest        *request,
              GError                **error)
{
  const char *names[BP_N_FORMATS + 1] = { NULL };
  guint index = BP_FORMAT_SVG;
  g_autofree char *list = NULL, *sentence = NULL;

  for (guint i = 0; i < BP_N_FORMATS; i++)
    names[i] = bp_figure_get_format_class (i)->name;

  if (options->format != NULL && !request->is_sequence)
    {
      if (!bp_export_request_find_word ("--format", options->format, names, &index, error))
        return FALSE;
      request->sequence.figure.format = index;
      return TRUE;
    }

  /* bp_export_request_init_sequence() has set the format of a sequence. */
  if (request->is_sequence || request->is_all
      || bp_figure_find_format_of_file (options->output, &request->sequence.figure.format))
    return TRUE;

  list = g_strjoinv (", ", (char **) names);
  sentence = g_strdup_printf (_("The file's suffix does not say which format it is to have: add --format with one of "
                                "%s"), list);

  return bp_export_request_fail (error, sentence);
}

/* Look */

/* Returns: the pixels of 1/96 inch in a unit; 0 for an unknown unit */
static double
get_unit (const char *name)
{
  static const struct {
    const char *name;
    double      pixels;
  } units[] = {
    { "", 1 }, { "px", 1 }, { "mm", BP_FIGURE_PIXELS_PER_MM }, { "cm", 10 * BP_FIGURE_PIXELS_PER_MM }, { "in", 96 },
    { "pt", 96 / 72.0 },
  };

  for (guint i = 0; i < G_N_ELEMENTS (units); i++)
    if (g_str_equal (units[i].name, name))
      return units[i].pixels;

  return 0;
}

/* @size: (inout): in pixels; does not change if @text is NULL */
static gboolean
parse_size (const char *option,
            const char *text,
            double      minimum,
            double      maximum,
            double     *size,
            GError    **error)
{
  double number = 0;
  const char *unit = text != NULL ? bp_number_scan (text, &number) : NULL;
  g_autofree char *quoted = NULL, *least = NULL, *most = NULL;

  if (text == NULL)
    return TRUE;

  if (unit != NULL && get_unit (unit) > 0 && number * get_unit (unit) >= minimum && number * get_unit (unit) <= maximum)
    {
      *size = number * get_unit (unit);
      return TRUE;
    }

  quoted = bp_text_quote (text, -1);
  least = bp_number_to_shortest (minimum);
  most = bp_number_to_shortest (maximum);
  g_set_error (error, G_OPTION_ERROR, G_OPTION_ERROR_BAD_VALUE,
               _("%s: “%s” is not a size from %spx to %spx: a number with px, mm, cm, in or pt"), option, quoted,
               least, most);

  return FALSE;
}

static gboolean
parse_number (const char *option,
              const char *text,
              double     *value,
              GError    **error)
{
  GError *reason = NULL;

  if (text == NULL || bp_number_parse (text, value, &reason))
    return TRUE;

  bp_command_take_value_error (error, option, reason);

  return FALSE;
}

static gboolean
parse_theme (const BpCommandOptions *options,
             BpFigureOptions        *figure,
             GError                **error)
{
  static const char *const themes[] = { "light", "dark", NULL };
  guint index = 0;

  if (options->theme != NULL && !bp_export_request_find_word ("--theme", options->theme, themes, &index, error))
    return FALSE;

  figure->dark = index == 1;

  return TRUE;
}

static gboolean
parse_loss (const BpCommandOptions *options,
            BpFigureOptions        *figure,
            GError                **error)
{
  if (options->log && options->linear)
    return bp_export_request_fail (error, _("--log and --linear exclude each other"));

  figure->plot.log_scale = !options->linear;
  if (!parse_number ("--smoothing", options->smoothing, &figure->plot.smoothing, error))
    return FALSE;
  if (options->smoothing != NULL && !(figure->plot.smoothing > 0 && figure->plot.smoothing < 1))
    return bp_export_request_fail (error, _("--smoothing: the weight of the past must lie between 0 and 1"));

  return TRUE;
}

/* An error of the figure's options is wrong use here. */
static gboolean
check_figure (const BpExportRequest *request,
              GError               **error)
{
  g_autoptr (GError) reason = NULL;
  BpFigureOptions figure = request->sequence.figure;

  if (request->is_all && !bp_figure_has_format (figure.kind, figure.format))
    figure.kind = BP_FIGURE_LOSS;

  return bp_figure_options_check (&figure, &reason) || bp_export_request_fail (error, reason->message);
}

gboolean
bp_export_request_init (BpExportRequest        *request,
                        const BpCommandOptions *options,
                        GError                **error)
{
  BpFigureOptions *figure = &request->sequence.figure;

  *request = (BpExportRequest) { .sequence.figure = BP_FIGURE_OPTIONS_DEFAULT };
  figure->caption = options->caption;
  figure->has_open = options->open_layers;
  figure->open = BP_LAYERS_ALL;

  if (!parse_figure (options, request, error))
    return FALSE;
  if (options->output == NULL)
    return bp_export_request_fail (error,
                                   _("“export” needs --output with the name of a file, or - for standard output"));
  if (options->phase != NULL && options->instruction != NULL)
    return bp_export_request_fail (error, _("--phase and --instruction exclude each other"));

  return bp_export_request_init_sequence (request, options, error)
         && parse_format (options, request, error) && parse_theme (options, figure, error)
         && parse_size ("--width", options->width, BP_FIGURE_MIN_SIZE, BP_FIGURE_MAX_SIZE, &figure->width, error)
         && parse_size ("--height", options->height, BP_FIGURE_MIN_SIZE, BP_FIGURE_MAX_SIZE, &figure->height, error)
         && parse_size ("--font-size", options->font_size, BP_FIGURE_MIN_FONT_SIZE, BP_FIGURE_MAX_FONT_SIZE,
                        &figure->font_size, error)
         && parse_number ("--scale", options->scale, &figure->scale, error) && parse_loss (options, figure, error)
         && check_figure (request, error);
}

gboolean
bp_export_request_set_parameter (BpExportRequest        *request,
                                 const BpCommandOptions *options,
                                 BpTrainer              *trainer,
                                 GError                **error)
{
  BpGraph *graph = bp_trainer_get_graph (trainer);
  g_auto (GStrv) names = NULL;
  g_autoptr (GStrvBuilder) builder = g_strv_builder_new ();
  guint index;

  if (options->parameter == NULL)
    return TRUE;

  for (gsize i = 0; i < bp_graph_get_n_parameters (graph); i++)
    {
      g_autofree char *name = bp_plot_get_parameter_name (graph, i);

      g_strv_builder_add (builder, name);
    }

  names = g_strv_builder_end (builder);
  if (!bp_export_request_find_word ("--parameter", options->parameter, (const char *const *) names, &index, error))
    return FALSE;

  request->sequence.figure.plot.parameter = (gint) index;

  return TRUE;
}
