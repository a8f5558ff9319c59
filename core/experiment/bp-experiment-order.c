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

/* All definitions in the order of the file, and where in it each name is, from 1. */
typedef struct {
  GPtrArray  *definitions;
  GHashTable *numbers;
} Order;

static const BpDefinition *
get_definition (const Order *self,
                guint        number)
{
  return g_ptr_array_index (self->definitions, number - 1);
}

/* @users has for a definition one that uses it, found on the way from @start. */
static char *
describe_cycle (const Order *self,
                const guint *users,
                guint        start)
{
  g_autoptr (GPtrArray) backward = g_ptr_array_new ();
  GString *text = g_string_new (get_definition (self, start)->name);

  for (guint user = users[start]; user != start; user = users[user])
    g_ptr_array_add (backward, get_definition (self, user)->name);

  for (guint i = 0; i < MIN (backward->len, MAX_LISTED - 1); i++)
    g_string_append_printf (text, " → %s", (const char *) backward->pdata[backward->len - 1 - i]);
  g_string_append_printf (text, backward->len < MAX_LISTED ? " → %s" : " → … → %s", get_definition (self, start)->name);

  return g_string_free (text, FALSE);
}

/* The shortest way from @start along the names in expressions back to itself, as "a → b → a"; NULL if there is none. */
static char *
find_cycle (const Order *self,
            guint        start)
{
  g_autofree guint *users = g_new0 (guint, self->definitions->len + 1);
  g_autoptr (GArray) queue = g_array_new (FALSE, FALSE, sizeof (guint));

  g_array_append_val (queue, start);
  for (guint i = 0; i < queue->len && users[start] == 0; i++)
    {
      guint user = g_array_index (queue, guint, i);
      g_autoptr (GArray) names = bp_expression_get_names (get_definition (self, user)->expression);

      for (guint j = 0; j < names->len; j++)
        {
          const char *name = g_array_index (names, BpNameUse, j).name;
          guint used = GPOINTER_TO_UINT (g_hash_table_lookup (self->numbers, name));

          if (used > 0 && users[used] == 0)
            {
              users[used] = user;
              g_array_append_val (queue, used);
            }
        }
    }

  return users[start] > 0 ? describe_cycle (self, users, start) : NULL;
}

static void
explain (const Order *self,
         guint        number,
         GError     **error)
{
  const BpDefinition *definition = get_definition (self, number);
  g_autoptr (GArray) names = bp_expression_get_names (definition->expression);

  for (guint i = 0; i < names->len; i++)
    {
      const BpNameUse *use = &g_array_index (names, BpNameUse, i);
      g_autofree char *cycle = NULL;

      if (GPOINTER_TO_UINT (g_hash_table_lookup (self->numbers, use->name)) < number)
        continue;

      g_clear_error (error);
      cycle = find_cycle (self, number);
      if (cycle != NULL)
        g_set_error (error, BP_ERROR, BP_ERROR_UNKNOWN,
                     _("“%s” depends on itself, a cycle: %s; a node is computed from those above it"),
                     definition->name, cycle);
      else
        g_set_error (error, BP_ERROR, BP_ERROR_UNKNOWN,
                     _("“%s” is defined only further down; a node is computed from those above it"), use->name);
      bp_error_set_column (error, use->column);
      return;
    }
}

void
bp_experiment_explain_order (const BpExperiment *experiment,
                             const BpDefinition *definition,
                             GError            **error)
{
  g_autoptr (GPtrArray) definitions = g_ptr_array_new ();
  g_autoptr (GHashTable) numbers = g_hash_table_new (g_str_hash, g_str_equal);
  const Order order = { definitions, numbers };

  if (!g_error_matches (*error, BP_ERROR, BP_ERROR_UNKNOWN))
    return;

  g_ptr_array_extend (definitions, experiment->model, NULL, NULL);
  g_ptr_array_extend (definitions, experiment->evaluate, NULL, NULL);
  for (guint i = 0; i < definitions->len; i++)
    g_hash_table_insert (numbers, ((BpDefinition *) definitions->pdata[i])->name, GUINT_TO_POINTER (i + 1));
  explain (&order, GPOINTER_TO_UINT (g_hash_table_lookup (numbers, definition->name)), error);
}
