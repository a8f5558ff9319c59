/* bp-graph-names.c: what the nodes of a graph are called
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "bp-graph-names.h"

#include "bp-error.h"
#include "bp-number.h"

#include <glib/gi18n-lib.h>
#include <string.h>

/* In place of a number: a user named the node. */
#define NUMBER_NONE G_MAXUINT32

/* The nodes called base, base_1, base_2, …: by number, BP_NODE_NONE where a user has that name. */
typedef struct {
  char   *base;
  GArray *nodes;
} Series;

struct _BpGraphNames {
  GArray     *numbers; /* by node: its number in the series of its base */
  GHashTable *series;  /* base → Series */
  GHashTable *users;   /* name a user gave → node; the text belongs to texts */
  GHashTable *texts;   /* node → its name: those that users gave, and those made that somebody asked for */
};

static void
series_free (gpointer data)
{
  Series *series = data;

  g_free (series->base);
  g_array_unref (series->nodes);
  g_free (series);
}

BpGraphNames *
bp_graph_names_new (void)
{
  BpGraphNames *self = g_new0 (BpGraphNames, 1);

  self->numbers = g_array_new (FALSE, FALSE, sizeof (guint32));
  self->series = g_hash_table_new_full (g_str_hash, g_str_equal, NULL, series_free);
  self->users = g_hash_table_new (g_str_hash, g_str_equal);
  self->texts = g_hash_table_new_full (NULL, NULL, NULL, g_free);

  return self;
}

void
bp_graph_names_free (BpGraphNames *names)
{
  g_array_unref (names->numbers);
  g_hash_table_unref (names->series);
  g_hash_table_unref (names->users);
  g_hash_table_unref (names->texts);
  g_free (names);
}

static char *
make_text (const Series *series,
           guint         number)
{
  return number == 0 ? g_strdup (series->base) : g_strdup_printf ("%s_%u", series->base, number);
}

/* The series that a node of @op belongs to, as a constant by its @value. */
static Series *
get_series (BpGraphNames *self,
            BpOp          op,
            double        value)
{
  g_autofree char *number = op == BP_OP_CONSTANT ? bp_number_to_shortest (value) : NULL;
  const char *base = number != NULL ? number : bp_op_get_class (op)->name;
  Series *series = g_hash_table_lookup (self->series, base);

  if (series == NULL)
    {
      series = g_new (Series, 1);
      series->base = g_strdup (base);
      series->nodes = g_array_new (FALSE, FALSE, sizeof (guint32));
      g_hash_table_insert (self->series, series->base, series);
    }

  return series;
}

/* Gives @node the next number of a series whose name no user has. */
static guint32
enter_series (BpGraphNames *self,
              Series       *series,
              guint32       node)
{
  const guint32 none = BP_NODE_NONE;

  while (g_hash_table_size (self->users) > 0)
    {
      g_autofree char *text = make_text (series, series->nodes->len);

      if (!g_hash_table_contains (self->users, text))
        break;
      g_array_append_val (series->nodes, none);
    }
  g_array_append_val (series->nodes, node);

  return series->nodes->len - 1;
}

static void
leave_series (Series  *series,
              guint32  number)
{
  if (number + 1 == series->nodes->len)
    g_array_set_size (series->nodes, number);
  else
    g_array_index (series->nodes, guint32, number) = BP_NODE_NONE;
}

static guint
find_in_series (const Series *series,
                guint64       number)
{
  if (series == NULL || number >= series->nodes->len)
    return BP_NODE_NONE;

  return g_array_index (series->nodes, guint32, number);
}

/* The node whose made name is @name, and its series. */
static guint
find_made (BpGraphNames  *self,
           const char    *name,
           Series       **series)
{
  const char *underscore = strrchr (name, '_');
  g_autofree char *base = NULL;
  char *end;
  guint64 number;

  *series = g_hash_table_lookup (self->series, name);
  if (*series != NULL)
    return find_in_series (*series, 0);
  /* A made number has no sign, blanks or leading zeros. */
  if (underscore == NULL || underscore[1] < '1' || underscore[1] > '9')
    return BP_NODE_NONE;
  number = g_ascii_strtoull (underscore + 1, &end, 10);
  if (*end != '\0')
    return BP_NODE_NONE;
  base = g_strndup (name, underscore - name);
  *series = g_hash_table_lookup (self->series, base);

  return find_in_series (*series, number);
}

gboolean
bp_graph_names_check_free (BpGraphNames *names,
                           const char   *name,
                           guint         node,
                           GError      **error)
{
  gpointer owner;

  if (!g_hash_table_lookup_extended (names->users, name, NULL, &owner) || GPOINTER_TO_UINT (owner) == node)
    return TRUE;
  g_set_error (error, BP_ERROR, BP_ERROR_VALUE,
               _("there is already a node named “%s”; each name stands for one node"), name);

  return FALSE;
}

/* Gives @node a name that no user has; a node that has it by its op gets another. */
static void
take_name (BpGraphNames *self,
           guint         node,
           const char   *name)
{
  Series *series;
  const guint owner = find_made (self, name, &series);
  char *text = g_strdup (name);

  g_hash_table_insert (self->users, text, GUINT_TO_POINTER (node));
  g_hash_table_insert (self->texts, GUINT_TO_POINTER (node), text);
  if (owner != BP_NODE_NONE)
    {
      guint32 *number = &g_array_index (self->numbers, guint32, owner);

      leave_series (series, *number);
      g_hash_table_remove (self->texts, GUINT_TO_POINTER (owner));
      *number = enter_series (self, series, owner);
    }
}

void
bp_graph_names_append (BpGraphNames *names,
                       BpOp          op,
                       double        value,
                       const char   *name)
{
  const guint node = names->numbers->len;
  guint32 number = NUMBER_NONE;

  if (name == NULL)
    number = enter_series (names, get_series (names, op, value), node);
  g_array_append_val (names->numbers, number);
  if (name != NULL)
    take_name (names, node, name);
}

void
bp_graph_names_skip (BpGraphNames *names,
                     BpOp          op)
{
  enter_series (names, get_series (names, op, 0), BP_NODE_NONE);
}

void
bp_graph_names_set (BpGraphNames *names,
                    guint         node,
                    BpOp          op,
                    double        value,
                    const char   *name)
{
  guint32 *number = &g_array_index (names->numbers, guint32, node);
  const char *text = g_hash_table_lookup (names->texts, GUINT_TO_POINTER (node));

  if (*number != NUMBER_NONE)
    leave_series (get_series (names, op, value), *number);
  else if (g_str_equal (name, text))
    return;
  else
    g_hash_table_remove (names->users, text);
  *number = NUMBER_NONE;
  take_name (names, node, name);
}

const char *
bp_graph_names_get (BpGraphNames *names,
                    guint         node,
                    BpOp          op,
                    double        value)
{
  char *text = g_hash_table_lookup (names->texts, GUINT_TO_POINTER (node));

  if (text == NULL)
    {
      text = make_text (get_series (names, op, value), g_array_index (names->numbers, guint32, node));
      g_hash_table_insert (names->texts, GUINT_TO_POINTER (node), text);
    }

  return text;
}

gboolean
bp_graph_names_is_anonymous (BpGraphNames *names,
                             guint         node)
{
  return g_array_index (names->numbers, guint32, node) != NUMBER_NONE;
}

guint
bp_graph_names_find (BpGraphNames *names,
                     const char   *name)
{
  gpointer node;
  Series *series;

  if (g_hash_table_lookup_extended (names->users, name, NULL, &node))
    return GPOINTER_TO_UINT (node);

  return find_made (names, name, &series);
}
