/* bp-explain-legend.c: what the letters in a formula stand for
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "bp-explain-private.h"

#include <string.h>

/* Whether @symbol stands in @text by itself, not within a word or another symbol. */
static gboolean
mentions (const char *text,
          const char *symbol)
{
  const gsize length = strlen (symbol);

  for (const char *c = strstr (text, symbol); c != NULL; c = strstr (c + 1, symbol))
    {
      const gunichar next = g_utf8_get_char (c + length);
      const gboolean begins = c == text || !(g_ascii_isalpha (c[-1]) || c[-1] == '_');
      const gboolean ends = !(next < 0x80 && (g_ascii_isalnum ((char) next) || next == '_'))
                            && !(next >= 0x2080 && next <= 0x2089) && next != 0x302; /* subscripts, m̂ */

      if (begins && ends)
        return TRUE;
    }

  return FALSE;
}

static void
append_entry (GString            *string,
              const char * const *texts,
              const char         *symbol,
              const char         *name)
{
  for (; *texts != NULL; texts++)
    if (mentions (*texts, symbol))
      {
        g_string_append_printf (string, "%s%s = %s", string->len > 0 ? ",  " : "", symbol, name);
        return;
      }
}

/* Symbols such as n₁₂ say which node they mean. */
static void
append_numbered (GString            *string,
                 const char * const *texts,
                 BpGraph            *graph)
{
  for (; *texts != NULL; texts++)
    for (const char *c = strchr (*texts, 'n'); c != NULL; c = strchr (c + 1, 'n'))
      {
        guint node = 0;
        const char *end = c + 1;

        for (gunichar digit = g_utf8_get_char (end); digit >= 0x2080 && digit <= 0x2089; digit = g_utf8_get_char (end))
          {
            node = node * 10 + (digit - 0x2080);
            end = g_utf8_next_char (end);
          }
        if (end > c + 1 && node < bp_graph_get_n_nodes (graph))
          {
            g_autofree char *symbol = g_strndup (c, (gsize) (end - c));
            const char * const here[] = { symbol, NULL };

            if (!mentions (string->str, symbol))
              append_entry (string, here, symbol, bp_graph_get_name (graph, node));
          }
      }
}

char *
bp_explain_legend (const BpScene      *scene,
                   const char * const *texts)
{
  g_autofree char *loss = bp_explain_symbol_in (scene, scene->loss, BP_NOTATION_TEXT);
  g_autoptr (GString) string = g_string_new (NULL);

  if (!g_str_equal (loss, bp_graph_get_name (scene->graph, scene->loss)))
    append_entry (string, texts, loss, bp_graph_get_name (scene->graph, scene->loss));
  for (guint i = 0; i < scene->letters->len; i++)
    {
      const BpSymbol *symbol = &g_array_index (scene->letters, BpSymbol, i);
      const char text[] = { symbol->letter, '\0' };

      append_entry (string, texts, text, bp_graph_get_name (scene->graph, symbol->node));
    }
  append_numbered (string, texts, scene->graph);

  return string->len > 0 ? g_strdup (string->str) : NULL;
}
