/* bp-experiment-order.c: names that are used above their definition, and cycles
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "experiment/bp-experiment-private.h"

#include <glib/gi18n-lib.h>

#include "base/bp-error.h"
#include "graph/bp-expression.h"

/* Of a longer cycle only the first are named. */
#define MAX_LISTED 6

/* All definitions in the order of the file, and the place of each name in it. */
typedef struct {
  GPtrArray  *definitions;
  GHashTable *places;
} Order;

static void
order_init (Order              *self,
            const BpExperiment *experiment)
{
  self->definitions = g_ptr_array_new ();
  self->places = g_hash_table_new (g_str_hash, g_str_equal);
  g_ptr_array_extend (self->definitions, experiment->model, NULL, NULL);
  g_ptr_array_extend (self->definitions, experiment->evaluate, NULL, NULL);

  for (guint i = 0; i < self->definitions->len; i++)
    g_hash_table_insert (self->places, ((BpDefinition *) self->definitions->pdata[i])->name, GUINT_TO_POINTER (i));
}

static void
order_clear (Order *self)
{
  g_ptr_array_unref (self->definitions);
  g_hash_table_unref (self->places);
}

static const BpDefinition *
get_definition (Order *self,
                guint  place)
{
  return g_ptr_array_index (self->definitions, place);
}

/* The name in the expression of the definition at @place that is the first in it of those not defined above. */
static const char *
find_later (Order *self,
            guint  place,
            guint *column)
{
  g_autoptr (GHashTable) names = bp_expression_get_names (get_definition (self, place)->expression);
  const char *later = NULL;
  GHashTableIter iter;
  gpointer name, name_column, name_place;

  g_hash_table_iter_init (&iter, names);
  while (g_hash_table_iter_next (&iter, &name, &name_column))
    if (g_hash_table_lookup_extended (self->places, name, NULL, &name_place) &&
        GPOINTER_TO_UINT (name_place) >= place && (later == NULL || GPOINTER_TO_UINT (name_column) < *column))
      {
        later = get_definition (self, GPOINTER_TO_UINT (name_place))->name;
        *column = GPOINTER_TO_UINT (name_column);
      }

  return later;
}

/* @users has for a place that of a definition that uses it, found on the way from @start. */
static char *
get_cycle (Order      *self,
           GHashTable *users,
           guint       start)
{
  g_autoptr (GArray) cycle = g_array_new (FALSE, FALSE, sizeof (guint));
  GString *text = g_string_new (get_definition (self, start)->name);
  guint place = start;

  do
    {
      g_array_append_val (cycle, place);
      place = GPOINTER_TO_UINT (g_hash_table_lookup (users, GUINT_TO_POINTER (place)));
    }
  while (place != start);

  for (guint i = cycle->len - 1; i > 0 && cycle->len - i < MAX_LISTED; i--)
    g_string_append_printf (text, " → %s", get_definition (self, g_array_index (cycle, guint, i))->name);
  g_string_append_printf (text, cycle->len > MAX_LISTED ? " → … → %s" : " → %s", get_definition (self, start)->name);

  return g_string_free (text, FALSE);
}

/* The shortest way from @start along the names in expressions back to itself, as "a → b → a"; NULL if there is none. */
static char *
find_cycle (Order *self,
            guint  start)
{
  g_autoptr (GHashTable) users = g_hash_table_new (NULL, NULL);
  GQueue queue = G_QUEUE_INIT;
  gpointer start_key = GUINT_TO_POINTER (start);

  g_queue_push_tail (&queue, start_key);
  while (!g_queue_is_empty (&queue) && !g_hash_table_contains (users, start_key))
    {
      gpointer user = g_queue_pop_head (&queue);
      const BpDefinition *definition = get_definition (self, GPOINTER_TO_UINT (user));
      g_autoptr (GHashTable) names = bp_expression_get_names (definition->expression);
      GHashTableIter iter;
      gpointer name, used;

      g_hash_table_iter_init (&iter, names);
      while (g_hash_table_iter_next (&iter, &name, NULL))
        if (g_hash_table_lookup_extended (self->places, name, NULL, &used) && !g_hash_table_contains (users, used))
          {
            g_hash_table_insert (users, used, user);
            g_queue_push_tail (&queue, used);
          }
    }
  g_queue_clear (&queue);

  return g_hash_table_contains (users, start_key) ? get_cycle (self, users, start) : NULL;
}

static void
explain (Order   *self,
         guint    place,
         GError **error)
{
  guint column = 0;
  const char *later = find_later (self, place, &column);
  g_autofree char *cycle = later != NULL ? find_cycle (self, place) : NULL;

  if (later == NULL)
    return;

  g_clear_error (error);
  if (cycle != NULL)
    g_set_error (error, BP_ERROR, BP_ERROR_UNKNOWN,
                 _("“%s” depends on itself, a cycle: %s; a node is computed from those above it"),
                 get_definition (self, place)->name, cycle);
  else
    g_set_error (error, BP_ERROR, BP_ERROR_UNKNOWN,
                 _("“%s” is defined only further down; a node is computed from those above it"), later);
  bp_error_set_column (error, column);
}

void
bp_experiment_explain_order (const BpExperiment *experiment,
                             const BpDefinition *definition,
                             GError            **error)
{
  Order order;
  guint place;

  if (!g_error_matches (*error, BP_ERROR, BP_ERROR_UNKNOWN))
    return;

  order_init (&order, experiment);
  if (g_ptr_array_find (order.definitions, definition, &place))
    explain (&order, place, error);
  order_clear (&order);
}
