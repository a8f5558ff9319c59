/* bp-layer-sizes.c: the layers of a network as people write them
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "templates/bp-layer-sizes.h"

#include <glib/gi18n-lib.h>
#include <string.h>

#include "base/bp-error.h"
#include "base/bp-text.h"

/* After it there is a number, or the end. */
static const char *
skip_between (const char *next)
{
  static const char * const marks[] = { " ", "-", ",", ";", ">", "→", "–", "—", "−" };

  for (guint i = 0; i < G_N_ELEMENTS (marks); i++)
    if (g_str_has_prefix (next, marks[i]))
      {
        next += strlen (marks[i]);
        i = G_MAXUINT;
      }

  return next;
}

static gboolean
append_size (GArray     *sizes,
             const char *digits,
             GError    **error)
{
  guint64 number = g_ascii_strtoull (digits, NULL, 10);
  guint size = (guint) MIN (number, G_MAXUINT);

  if (size < 1 || size > BP_MAX_LAYER_SIZE)
    g_set_error (error, BP_ERROR, BP_ERROR_VALUE, _("A layer has from 1 to %d neurons"), BP_MAX_LAYER_SIZE);
  else if (sizes->len == BP_MAX_LAYER_SIZES)
    g_set_error (error, BP_ERROR, BP_ERROR_VALUE, _("There are at most %d layers"), BP_MAX_LAYER_SIZES);
  else
    {
      g_array_append_val (sizes, size);
      return TRUE;
    }

  return FALSE;
}

GArray *
bp_layer_sizes_parse (const char *text,
                      guint       least,
                      GError    **error)
{
  g_autoptr (GArray) sizes = g_array_new (FALSE, FALSE, sizeof (guint));

  g_return_val_if_fail (text != NULL, NULL);

  for (const char *next = skip_between (text); *next != '\0'; next = skip_between (next))
    {
      const char *digits = next;

      while (g_ascii_isdigit (*next))
        next++;
      if (next == digits)
        {
          g_autofree char *quoted = bp_text_quote (next, -1);

          g_set_error (error, BP_ERROR, BP_ERROR_SYNTAX,
                       _("“%s” is not a number of neurons; layers are written as 2-8-8-1"), quoted);
          return NULL;
        }
      if (!append_size (sizes, digits, error))
        return NULL;
    }

  if (sizes->len >= least)
    return g_steal_pointer (&sizes);

  g_set_error_literal (error, BP_ERROR, BP_ERROR_SYNTAX,
                       _("A network has at least inputs and outputs: 2-1, or with a hidden layer 2-8-1"));

  return NULL;
}

char *
bp_layer_sizes_to_string (const GArray *sizes,
                          const char   *between)
{
  g_autoptr (GString) text = g_string_new (NULL);

  g_return_val_if_fail (sizes != NULL && between != NULL, NULL);

  for (guint i = 0; i < sizes->len; i++)
    g_string_append_printf (text, "%s%u", i > 0 ? between : "", g_array_index (sizes, guint, i));

  return g_string_free (g_steal_pointer (&text), FALSE);
}

/* Of the layers between the first and the last. */
static char *
describe_hidden (const GArray *sizes)
{
  guint n_hidden = sizes->len - 2;
  guint first = n_hidden > 0 ? g_array_index (sizes, guint, 1) : 0;
  gboolean are_equal = TRUE;

  for (guint i = 1; i + 1 < sizes->len; i++)
    are_equal = are_equal && g_array_index (sizes, guint, i) == first;

  if (n_hidden == 0)
    return g_strdup (_("no hidden layer"));
  if (n_hidden == 1)
    /* Translators: a network has one hidden layer of so many neurons. */
    return g_strdup_printf (ngettext ("a hidden layer of %u neuron", "a hidden layer of %u neurons", first), first);
  if (are_equal)
    /* Translators: how many hidden layers of a network, and of how many neurons each. */
    return g_strdup_printf (ngettext ("%u hidden layers of %u neuron", "%u hidden layers of %u neurons", first),
                            n_hidden, first);

  g_autoptr (GString) list = g_string_new (NULL);

  for (guint i = 1; i + 1 < sizes->len; i++)
    g_string_append_printf (list, "%s%u", i > 1 ? ", " : "", g_array_index (sizes, guint, i));

  /* Translators: how many hidden layers of a network, and their numbers of neurons, as in “8, 4”. */
  return g_strdup_printf (_("%u hidden layers of %s neurons"), n_hidden, list->str);
}

char *
bp_layer_sizes_describe (const GArray *sizes)
{
  guint n_inputs, n_outputs;
  g_autofree char *inputs = NULL;
  g_autofree char *hidden = NULL;
  g_autofree char *outputs = NULL;

  g_return_val_if_fail (sizes != NULL && sizes->len >= 2, NULL);

  n_inputs = g_array_index (sizes, guint, 0);
  n_outputs = g_array_index (sizes, guint, sizes->len - 1);
  inputs = g_strdup_printf (ngettext ("%u input", "%u inputs", n_inputs), n_inputs);
  hidden = describe_hidden (sizes);
  outputs = g_strdup_printf (ngettext ("%u output", "%u outputs", n_outputs), n_outputs);

  /* Translators: inputs, hidden layers and outputs of a network. */
  return g_strdup_printf (_("%s, %s, %s"), inputs, hidden, outputs);
}

gsize
bp_layer_sizes_count_parameters (const GArray *sizes)
{
  gsize n = 0;

  g_return_val_if_fail (sizes != NULL, 0);

  for (guint i = 1; i < sizes->len; i++)
    n += (gsize) (g_array_index (sizes, guint, i - 1) + 1) * g_array_index (sizes, guint, i);

  return n;
}
