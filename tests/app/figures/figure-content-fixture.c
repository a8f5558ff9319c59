/* figure-content-fixture.c: what a file has of a figure
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "app/figures/figure-content-fixture.h"

#include <string.h>

static void
free_text (gpointer data)
{
  Text *text = data;

  g_free (text->role);
  g_free (text->text);
  g_free (text);
}

static void
content_init (Content *content)
{
  *content = (Content) {
    .texts = g_ptr_array_new_with_free_func (free_text),
    .ids = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, NULL),
  };
}

void
content_clear (Content *content)
{
  g_ptr_array_unref (content->texts);
  g_hash_table_unref (content->ids);
  g_free (content->role);
}

static void
add_text (Content    *content,
          const char *role,
          const char *text,
          double      x,
          double      y)
{
  Text *one = g_new (Text, 1);

  *one = (Text) { g_strdup (role), g_strdup (text), content->begins, x, y };
  g_ptr_array_add (content->texts, one);
}

static const char *
find_attribute (const char **names,
                const char **values,
                const char  *name)
{
  for (guint i = 0; names[i] != NULL; i++)
    if (g_str_equal (names[i], name))
      return values[i];

  return NULL;
}

static void
start_element (G_GNUC_UNUSED GMarkupParseContext *context,
               const char                        *element,
               const char                       **names,
               const char                       **values,
               gpointer                           data,
               G_GNUC_UNUSED GError             **error)
{
  Content *content = data;
  const char *id = find_attribute (names, values, "id");
  gboolean is_text = g_str_equal (element, "text");

  if (id != NULL)
    g_assert_true (g_hash_table_add (content->ids, g_strdup (id)));
  content->n_clips += g_str_equal (element, "clipPath");
  if (find_attribute (names, values, "fill") != NULL && !is_text)
    {
      content->n_fills += !g_str_equal (find_attribute (names, values, "fill"), "none");
      content->n_strokes += find_attribute (names, values, "stroke") != NULL;
    }
  if (is_text)
    {
      g_free (content->role);
      content->role = g_strdup (find_attribute (names, values, "class"));
      content->begins = find_attribute (names, values, "text-anchor") == NULL;
    }
  if ((is_text || g_str_equal (element, "tspan")) && find_attribute (names, values, "x") != NULL)
    {
      content->x = g_ascii_strtod (find_attribute (names, values, "x"), NULL);
      content->y = g_ascii_strtod (find_attribute (names, values, "y"), NULL);
    }
}

static void
read_text (GMarkupParseContext  *context,
           const char           *text,
           gsize                 length,
           gpointer              data,
           G_GNUC_UNUSED GError **error)
{
  const char *element = g_markup_parse_context_get_element (context);
  g_autofree char *copy = g_strndup (text, length);
  Content *content = data;

  if (length > 0 && (g_str_equal (element, "text") || g_str_equal (element, "tspan")))
    add_text (content, content->role, copy, content->x, content->y);
}

void
read_svg (Content    *content,
          const char *svg)
{
  const GMarkupParser parser = { .start_element = start_element, .text = read_text };
  GMarkupParseContext *context = g_markup_parse_context_new (&parser, 0, content, NULL);
  g_autoptr (GError) error = NULL;

  content_init (content);
  g_markup_parse_context_parse (context, svg, -1, &error);
  g_assert_no_error (error);
  g_markup_parse_context_free (context);
}

static void
read_tikz_text (Content    *content,
                GMatchInfo *match)
{
  g_autofree char *role = g_match_info_fetch (match, 1);
  g_autofree char *x = g_match_info_fetch (match, 2);
  g_autofree char *y = g_match_info_fetch (match, 3);
  g_autofree char *text = g_match_info_fetch (match, 4);

  add_text (content, role, text, g_ascii_strtod (x, NULL), g_ascii_strtod (y, NULL));
}

void
read_tikz (Content    *content,
           const char *tex)
{
  g_autoptr (GRegex) regex = g_regex_new (
    "\\\\node\\[.*,bp (\\w+)/.try\\] at \\((-?[0-9.]+),(-?[0-9.]+)\\) "
    "\\{\\\\bpfit\\{[0-9.]+\\}\\{(?:\\\\bfseries\\\\boldmath )?(.*)\\}\\};", 0, 0, NULL);
  g_auto (GStrv) lines = g_strsplit (tex, "\n", -1);

  content_init (content);
  for (guint i = 0; lines[i] != NULL; i++)
    {
      const char *name = strstr (lines[i], "[local bounding box=");
      g_autoptr (GMatchInfo) match = NULL;

      if (name != NULL)
        {
          name = strchr (name, '=') + 1;
          g_assert_true (g_hash_table_add (content->ids, g_strndup (name, strcspn (name, "]"))));
        }
      if (g_regex_match (regex, lines[i], 0, &match))
        read_tikz_text (content, match);
      else
        g_assert_false (g_str_has_prefix (lines[i], "\\node"));
      if (g_str_has_prefix (lines[i], "\\path[") && !g_str_has_prefix (lines[i], "\\path[use"))
        {
          content->n_fills += g_str_has_prefix (lines[i], "\\path[fill");
          content->n_strokes += strstr (lines[i], "draw=") != NULL;
        }
      content->n_clips += strstr (lines[i], "\\clip") != NULL;
    }
}
