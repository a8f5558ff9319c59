/* bp-graph-names.c: what the nodes of a graph are called
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "bp-graph-names.h"

#include "bp-error.h"
#include "bp-number.h"

#include <glib/gi18n-lib.h>
#include <string.h>

#define SERIES_NONE G_MAXUINT32

/* The nodes called base, base_1, base_2, …: by number, BP_NODE_NONE where a user has that name. */
typedef struct {
  char   *base;
  GArray *nodes;
} Series;

/* The name of a node: its place in a series, or none when a user named it. */
typedef struct {
  guint32 series;
  guint32 number;
} Place;

struct _BpGraphNames {
  GArray     *places;       /* of Place, by node */
  GPtrArray  *series;       /* of Series */
  GHashTable *series_index; /* base → index in series */
  GHashTable *users;        /* name a user gave → node; the text belongs to texts */
  GHashTable *texts;        /* node → its name: those that users gave, and those made that somebody asked for */
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

  self->places = g_array_new (FALSE, FALSE, sizeof (Place));
  self->series = g_ptr_array_new_with_free_func (series_free);
  self->series_index = g_hash_table_new (g_str_hash, g_str_equal);
  self->users = g_hash_table_new (g_str_hash, g_str_equal);
  self->texts = g_hash_table_new_full (NULL, NULL, NULL, g_free);

  return self;
}

void
bp_graph_names_free (BpGraphNames *names)
{
  g_array_unref (names->places);
  g_hash_table_unref (names->series_index);
  g_ptr_array_unref (names->series);
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

static guint
get_series (BpGraphNames *self,
            const char   *base)
{
  gpointer index;
  Series *series;

  if (g_hash_table_lookup_extended (self->series_index, base, NULL, &index))
    return GPOINTER_TO_UINT (index);
  series = g_new (Series, 1);
  series->base = g_strdup (base);
  series->nodes = g_array_new (FALSE, FALSE, sizeof (guint32));
  g_hash_table_insert (self->series_index, series->base, GUINT_TO_POINTER (self->series->len));
  g_ptr_array_add (self->series, series);

  return self->series->len - 1;
}

/* Gives @node the next number of a series whose name no user has. */
static Place
enter_series (BpGraphNames *self,
              guint         index,
              guint32       node)
{
  const guint32 none = BP_NODE_NONE;
  const Series *series = g_ptr_array_index (self->series, index);

  while (g_hash_table_size (self->users) > 0)
    {
      g_autofree char *text = make_text (series, series->nodes->len);

      if (!g_hash_table_contains (self->users, text))
        break;
      g_array_append_val (series->nodes, none);
    }
  g_array_append_val (series->nodes, node);

  return (Place) { index, series->nodes->len - 1 };
}

static void
leave_series (BpGraphNames *self,
              const Place  *place)
{
  const Series *series = g_ptr_array_index (self->series, place->series);

  if (place->number + 1 == series->nodes->len)
    g_array_set_size (series->nodes, place->number);
  else
    g_array_index (series->nodes, guint32, place->number) = BP_NODE_NONE;
}

static guint
find_in_series (BpGraphNames *self,
                const char   *base,
                guint64       number)
{
  gpointer index;
  const Series *series;

  if (!g_hash_table_lookup_extended (self->series_index, base, NULL, &index))
    return BP_NODE_NONE;
  series = g_ptr_array_index (self->series, GPOINTER_TO_UINT (index));

  return number < series->nodes->len ? g_array_index (series->nodes, guint32, number) : BP_NODE_NONE;
}

/* The node whose made name is @name. */
static guint
find_made (BpGraphNames *self,
           const char   *name)
{
  const char *underscore = strrchr (name, '_');
  g_autofree char *base = NULL;
  char *end;
  guint64 number;
  guint node = find_in_series (self, name, 0);

  /* A made number has no sign, blanks or leading zeros. */
  if (node != BP_NODE_NONE || underscore == NULL || underscore[1] < '1' || underscore[1] > '9')
    return node;
  number = g_ascii_strtoull (underscore + 1, &end, 10);
  if (*end != '\0')
    return BP_NODE_NONE;
  base = g_strndup (name, underscore - name);

  return find_in_series (self, base, number);
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

static void
take_name (BpGraphNames *self,
           guint         node,
           const char   *name)
{
  const guint owner = find_made (self, name);
  char *text = g_strdup (name);

  g_hash_table_insert (self->users, text, GUINT_TO_POINTER (node));
  g_hash_table_insert (self->texts, GUINT_TO_POINTER (node), text);
  if (owner != BP_NODE_NONE)
    {
      Place *place = &g_array_index (self->places, Place, owner);

      leave_series (self, place);
      g_hash_table_remove (self->texts, GUINT_TO_POINTER (owner));
      *place = enter_series (self, place->series, owner);
    }
}

void
bp_graph_names_append (BpGraphNames *names,
                       BpOp          op,
                       double        value,
                       const char   *name)
{
  const guint node = names->places->len;
  Place place = { SERIES_NONE, 0 };

  if (name == NULL)
    {
      g_autofree char *number = op == BP_OP_CONSTANT ? bp_number_to_shortest (value) : NULL;

      place = enter_series (names, get_series (names, number != NULL ? number : bp_op_get_class (op)->name), node);
    }
  g_array_append_val (names->places, place);
  if (name != NULL)
    take_name (names, node, name);
}

void
bp_graph_names_set (BpGraphNames *names,
                    guint         node,
                    const char   *name)
{
  Place *place = &g_array_index (names->places, Place, node);

  if (place->series == SERIES_NONE && g_str_equal (name, bp_graph_names_get (names, node)))
    return;
  if (place->series != SERIES_NONE)
    leave_series (names, place);
  else
    g_hash_table_remove (names->users, bp_graph_names_get (names, node));
  *place = (Place) { SERIES_NONE, 0 };
  take_name (names, node, name);
}

const char *
bp_graph_names_get (BpGraphNames *names,
                    guint         node)
{
  const Place *place = &g_array_index (names->places, Place, node);
  char *text = g_hash_table_lookup (names->texts, GUINT_TO_POINTER (node));

  if (text == NULL)
    {
      text = make_text (g_ptr_array_index (names->series, place->series), place->number);
      g_hash_table_insert (names->texts, GUINT_TO_POINTER (node), text);
    }

  return text;
}

gboolean
bp_graph_names_is_anonymous (BpGraphNames *names,
                             guint         node)
{
  return g_array_index (names->places, Place, node).series != SERIES_NONE;
}

guint
bp_graph_names_find (BpGraphNames *names,
                     const char   *name)
{
  gpointer node;

  if (g_hash_table_lookup_extended (names->users, name, NULL, &node))
    return GPOINTER_TO_UINT (node);

  return find_made (names, name);
}
