/* bp-export-choice.c: the options of an export, which are stored for the next one
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "export/bp-export-choice.h"

/* Seconds that an animation shows one position. */
#define DEFAULT_DELAY 0.5

/* Returns: the index of a stored name in @names; 0 for an unknown one */
static guint
find_name (GSettings         *settings,
           const char        *key,
           const char *const *names)
{
  g_autofree char *name = g_settings_get_string (settings, key);

  for (guint i = 0; names[i] != NULL; i++)
    if (g_str_equal (names[i], name))
      return i;

  return 0;
}

static void
load_figure (BpFigureOptions *figure,
             GSettings       *settings)
{
  g_autofree char *kind = g_settings_get_string (settings, "figure");
  g_autofree char *format = g_settings_get_string (settings, "format");

  bp_figure_find (kind, &figure->kind);
  bp_figure_find_format (format, &figure->format);
  figure->dark = g_settings_get_boolean (settings, "dark");
  figure->width = g_settings_get_double (settings, "width");
  figure->height = g_settings_get_double (settings, "height");
  figure->font_size = g_settings_get_double (settings, "font-size");
  figure->scale = g_settings_get_double (settings, "scale");
  figure->caption = g_settings_get_boolean (settings, "caption");

  /* The schema allows all sizes from 0, the natural size, but the least size is larger. */
  if (figure->width < BP_FIGURE_MIN_SIZE)
    figure->width = 0;
  if (figure->height < BP_FIGURE_MIN_SIZE)
    figure->height = 0;
}

void
bp_export_choice_init (BpExportChoice *choice,
                       GSettings      *settings)
{
  g_return_if_fail (choice != NULL);

  *choice = (BpExportChoice) {
    .sequence = { .figure = BP_FIGURE_OPTIONS_DEFAULT, .first = 1, .last = 1, .every = 1, .delay = DEFAULT_DELAY },
  };
  if (settings == NULL)
    return;

  load_figure (&choice->sequence.figure, settings);
  choice->in_millimetres = g_settings_get_boolean (settings, "in-millimetres");
  choice->is_sequence = g_settings_get_boolean (settings, "sequence");
  choice->sequence.format = find_name (settings, "sequence-format", bp_sequence_get_format_names ());
  choice->sequence.step = find_name (settings, "sequence-step", bp_sequence_get_step_names ());
  choice->sequence.delay = g_settings_get_double (settings, "sequence-delay");
}

void
bp_export_choice_save (const BpExportChoice *choice,
                       GSettings            *settings)
{
  const BpFigureOptions *figure = &choice->sequence.figure;

  g_return_if_fail (choice != NULL);

  if (settings == NULL)
    return;

  g_settings_set_string (settings, "figure", bp_figure_get_class (figure->kind)->name);
  g_settings_set_string (settings, "format", bp_figure_get_format_class (figure->format)->name);
  g_settings_set_boolean (settings, "dark", figure->dark);
  g_settings_set_double (settings, "width", figure->width);
  g_settings_set_double (settings, "height", figure->height);
  g_settings_set_double (settings, "font-size", figure->font_size);
  g_settings_set_double (settings, "scale", figure->scale);
  g_settings_set_boolean (settings, "caption", figure->caption);
  g_settings_set_boolean (settings, "in-millimetres", choice->in_millimetres);
  g_settings_set_boolean (settings, "sequence", choice->is_sequence);
  g_settings_set_string (settings, "sequence-format", bp_sequence_get_format_names ()[choice->sequence.format]);
  g_settings_set_string (settings, "sequence-step", bp_sequence_get_step_names ()[choice->sequence.step]);
  g_settings_set_double (settings, "sequence-delay", choice->sequence.delay);
}

BpFigureFormat
bp_export_choice_get_format (const BpExportChoice *choice)
{
  const BpFigureOptions *figure = &choice->sequence.figure;

  g_return_val_if_fail (choice != NULL, BP_FORMAT_SVG);

  return bp_figure_has_format (figure->kind, figure->format) ? figure->format : BP_FORMAT_SVG;
}
