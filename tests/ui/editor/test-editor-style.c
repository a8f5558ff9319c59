/* test-editor-style.c: what is written can be read, and every setting is known by its colour
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "editor/bp-editor-style.h"
#include "experiment/bp-setting.h"

#include <string.h>

/* What text stands on: the view, the line of the cursor, and what is found or matches. */
static const char * const grounds[] = { "text", "current-line", "bracket-match", "bracket-mismatch", "search-match" };

static const char * const texts[] = {
  "text", "experiment:comment", "experiment:section", "experiment:setting", "experiment:name", "experiment:function",
  "experiment:number",
};

static gboolean
get_color (GtkSourceStyleScheme *scheme,
           const char           *style_name,
           const char           *property,
           GdkRGBA              *color)
{
  GtkSourceStyle *style = gtk_source_style_scheme_get_style (scheme, style_name);
  g_autofree char *text = NULL;

  g_assert_nonnull (style);
  g_object_get (style, property, &text, NULL);

  return text != NULL && gdk_rgba_parse (color, text);
}

static double
get_contrast (GtkSourceStyleScheme *scheme,
              const char           *text,
              const char           *ground)
{
  GdkRGBA foreground, background;

  g_assert_true (get_color (scheme, text, "foreground", &foreground));
  g_assert_true (get_color (scheme, ground, "background", &background));

  return bp_palette_get_contrast (&foreground, &background);
}

static void
test_contrast (void)
{
  for (guint i = 0; i < BP_N_PALETTES; i++)
    {
      GtkSourceStyleScheme *scheme = bp_editor_style_get_scheme (i);

      g_assert_nonnull (scheme);
      for (guint j = 0; j < G_N_ELEMENTS (texts); j++)
        for (guint k = 0; k < 2; k++)
          {
            g_test_message ("%s: %s on %s", gtk_source_style_scheme_get_id (scheme), texts[j], grounds[k]);
            g_assert_cmpfloat (get_contrast (scheme, texts[j], grounds[k]), >=, 4.5);
          }
      for (guint k = 2; k < G_N_ELEMENTS (grounds); k++)
        g_assert_cmpfloat (get_contrast (scheme, grounds[k], grounds[k]), >=, 4.5);
      g_assert_cmpfloat (get_contrast (scheme, "selection", "selection"), >=, 4.5);
      g_assert_cmpfloat (get_contrast (scheme, "line-numbers", "line-numbers"), >=, 4.5);
      g_assert_cmpfloat (get_contrast (scheme, "current-line-number", "current-line-number"), >=, 4.5);
    }
}

/* The styles that the highlighting gives the text at @offset. */
static gboolean
has_style (GtkSourceBuffer *buffer,
           int              offset,
           const char      *name)
{
  GtkSourceStyle *style = gtk_source_style_scheme_get_style (gtk_source_buffer_get_style_scheme (buffer), name);
  g_autofree char *wanted = NULL;
  gboolean found = FALSE, is_bold;
  GtkTextIter iter;
  GSList *tags;

  g_object_get (style, "foreground", &wanted, "bold", &is_bold, NULL);
  gtk_text_buffer_get_iter_at_offset (GTK_TEXT_BUFFER (buffer), &iter, offset);
  tags = gtk_text_iter_get_tags (&iter);
  for (GSList *link = tags; link != NULL; link = link->next)
    {
      g_autoptr (GdkRGBA) color = NULL;
      GdkRGBA rgba;
      int weight;

      g_object_get (link->data, "foreground-rgba", &color, "weight", &weight, NULL);
      found = found || (color != NULL && gdk_rgba_parse (&rgba, wanted) && gdk_rgba_equal (color, &rgba)
                        && (weight >= PANGO_WEIGHT_BOLD) == is_bold);
    }
  g_slist_free (tags);

  return found;
}

static void
test_language (void)
{
  GtkSourceLanguage *language = bp_editor_style_get_language ();
  g_autoptr (GtkSourceBuffer) buffer = NULL;
  g_autoptr (GString) text = g_string_new ("# 1\n[Model]\nloss=square(b + 2)\nTitle=square(2)\n");
  GtkTextIter start, end;
  guint n_settings;
  const BpSetting *settings = bp_setting_get_all (&n_settings);

  g_assert_nonnull (language);
  for (guint i = 0; i < n_settings; i++)
    g_string_append_printf (text, "%s=1\n", settings[i].key);
  buffer = gtk_source_buffer_new_with_language (language);
  gtk_source_buffer_set_style_scheme (buffer, bp_editor_style_get_scheme (BP_PALETTE_LIGHT));
  gtk_text_buffer_set_text (GTK_TEXT_BUFFER (buffer), text->str, -1);
  gtk_text_buffer_get_bounds (GTK_TEXT_BUFFER (buffer), &start, &end);
  gtk_source_buffer_ensure_highlight (buffer, &start, &end);

  g_assert_true (has_style (buffer, 2, "experiment:comment"));
  g_assert_true (has_style (buffer, 5, "experiment:section"));
  g_assert_true (has_style (buffer, 12, "experiment:name"));
  g_assert_true (has_style (buffer, 17, "experiment:function"));
  g_assert_true (has_style (buffer, 28, "experiment:number"));
  g_assert_false (has_style (buffer, 24, "experiment:number"));
  g_assert_false (has_style (buffer, (int) (strstr (text->str, "(2)") - text->str) + 1, "experiment:number"));
  for (guint i = 0; i < n_settings; i++)
    {
      g_autofree char *line = g_strdup_printf ("\n%s=1", settings[i].key);

      g_test_message ("%s", settings[i].key);
      g_assert_true (has_style (buffer, (int) (strstr (text->str, line) - text->str) + 1, "experiment:setting"));
    }
}

int
main (int    argc,
      char **argv)
{
  gtk_test_init (&argc, &argv, NULL);

  g_test_add_func ("/editor-style/contrast", test_contrast);
  g_test_add_func ("/editor-style/language", test_language);

  return g_test_run ();
}
