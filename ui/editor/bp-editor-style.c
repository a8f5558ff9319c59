/* bp-editor-style.c: how the text of an experiment is highlighted
 *
 * GtkSourceView 5.6 reads languages from resources but schemes from folders alone. So the schemes, which are made of
 * the palette, are written to a folder that is there until they are read.
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "editor/bp-editor-style.h"

#include <glib/gstdio.h>

#define NO_COLOR BP_N_COLORS

/* What backprop-lab.lang and GtkSourceView call it, and its colours of the palette. */
static const struct {
  const char *name;
  BpColor     foreground;
  BpColor     background;
  const char *attributes;
} styles[] = {
  { "text", BP_COLOR_TEXT, BP_COLOR_SURFACE, "" },
  { "cursor", BP_COLOR_TEXT, NO_COLOR, "" },
  { "selection", BP_COLOR_SURFACE, BP_COLOR_VALUE, "" },
  { "current-line", NO_COLOR, BP_COLOR_DATA, "" },
  { "line-numbers", BP_COLOR_DIM, BP_COLOR_SURFACE, "" },
  { "current-line-number", BP_COLOR_TEXT, BP_COLOR_DATA, " bold='true'" },
  { "bracket-match", BP_COLOR_TEXT, BP_COLOR_PARAMETER_FILL, " bold='true' underline='single'" },
  { "bracket-mismatch", BP_COLOR_TEXT, BP_COLOR_GRADIENT_FILL, " bold='true' underline='error'" },
  { "search-match", BP_COLOR_TEXT, BP_COLOR_GRADIENT_FILL, " underline='single'" },
  { "experiment:comment", BP_COLOR_DIM, NO_COLOR, " italic='true'" },
  { "experiment:section", BP_COLOR_GRADIENT, NO_COLOR, " bold='true'" },
  { "experiment:setting", BP_COLOR_PARAMETER, NO_COLOR, " bold='true'" },
  { "experiment:name", BP_COLOR_PARAMETER, NO_COLOR, "" },
  { "experiment:function", BP_COLOR_VALUE, NO_COLOR, "" },
  { "experiment:number", BP_COLOR_RUN_1, NO_COLOR, "" },
};

static const char * const scheme_ids[BP_N_PALETTES] = {
  [BP_PALETTE_LIGHT] = "backprop-lab-light",
  [BP_PALETTE_DARK] = "backprop-lab-dark",
  [BP_PALETTE_LIGHT_CONTRAST] = "backprop-lab-light-contrast",
  [BP_PALETTE_DARK_CONTRAST] = "backprop-lab-dark-contrast",
};

static void
append_color (GString         *text,
              const char      *attribute,
              const BpPalette *palette,
              BpColor          color)
{
  const GdkRGBA *rgba = color < BP_N_COLORS ? &palette->colors[color] : NULL;

  if (rgba != NULL)
    g_string_append_printf (text, " %s='#%02x%02x%02x'", attribute, (guint) (rgba->red * 255 + 0.5f),
                            (guint) (rgba->green * 255 + 0.5f), (guint) (rgba->blue * 255 + 0.5f));
}

static char *
write_scheme (BpPaletteKind kind)
{
  const BpPalette *palette = bp_palette_get (kind);
  GString *text = g_string_new (NULL);

  g_string_append_printf (text, "<style-scheme id='%s' name='%s' version='1.0'>\n", scheme_ids[kind], scheme_ids[kind]);
  for (guint i = 0; i < G_N_ELEMENTS (styles); i++)
    {
      g_string_append_printf (text, "<style name='%s'%s", styles[i].name, styles[i].attributes);
      append_color (text, "foreground", palette, styles[i].foreground);
      append_color (text, "background", palette, styles[i].background);
      g_string_append (text, "/>\n");
    }
  g_string_append (text, "</style-scheme>\n");

  return g_string_free (text, FALSE);
}

/* The manager reads what is in its folders when it is first asked for a scheme, and keeps it. */
static gpointer
load_schemes (G_GNUC_UNUSED gpointer data)
{
  GtkSourceStyleSchemeManager *manager = gtk_source_style_scheme_manager_new ();
  g_autofree char *folder = g_dir_make_tmp ("backprop-lab-XXXXXX", NULL);
  const char *path[] = { folder, NULL };

  if (folder == NULL)
    return manager;

  for (guint i = 0; i < BP_N_PALETTES; i++)
    {
      g_autofree char *name = g_strdup_printf ("%s/%s.xml", folder, scheme_ids[i]);
      g_autofree char *text = write_scheme (i);

      g_file_set_contents (name, text, -1, NULL);
    }
  gtk_source_style_scheme_manager_set_search_path (manager, path);
  gtk_source_style_scheme_manager_get_scheme_ids (manager);
  for (guint i = 0; i < BP_N_PALETTES; i++)
    {
      g_autofree char *name = g_strdup_printf ("%s/%s.xml", folder, scheme_ids[i]);

      g_unlink (name);
    }
  g_rmdir (folder);

  return manager;
}

GtkSourceStyleScheme *
bp_editor_style_get_scheme (BpPaletteKind kind)
{
  static GOnce once = G_ONCE_INIT;

  g_return_val_if_fail (kind < BP_N_PALETTES, NULL);

  return gtk_source_style_scheme_manager_get_scheme (g_once (&once, load_schemes, NULL), scheme_ids[kind]);
}

static gpointer
load_languages (G_GNUC_UNUSED gpointer data)
{
  GtkSourceLanguageManager *manager = gtk_source_language_manager_new ();

  gtk_source_language_manager_append_search_path (manager, "resource:///org/backproplab/BackpropLab/editor/");

  return manager;
}

GtkSourceLanguage *
bp_editor_style_get_language (void)
{
  static GOnce once = G_ONCE_INIT;

  return gtk_source_language_manager_get_language (g_once (&once, load_languages, NULL), "experiment");
}
