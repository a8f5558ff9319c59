/* bp-explain-room.c: how much room an explanation takes
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "explain/bp-explain-room.h"

#include <math.h>

/* A tall card: a row of its formula in lines of its other text, how long such a line is, and one of the heading beside
 * buttons, and how many it has room for beside the check. */
#define ROW_HEIGHT 1.37
#define LINE_LENGTH 38.0
#define HEADING_LENGTH 13.0
#define MAX_LINES 11.5

static double
count_lines (const char *text,
             double      length)
{
  return text != NULL ? ceil (g_utf8_strlen (text, -1) / length) : 0;
}

gboolean
bp_explain_is_crowded (const char         *where,
                       gboolean            has_buttons,
                       const char * const *rows,
                       const char         *update,
                       const char         *meaning)
{
  double n_lines = 0;

  for (guint i = 0; rows != NULL && rows[i] != NULL; i += 2)
    n_lines += MAX (ROW_HEIGHT, count_lines (rows[i + 1], LINE_LENGTH));

  return n_lines + count_lines (where, has_buttons ? HEADING_LENGTH : LINE_LENGTH) + count_lines (update, LINE_LENGTH)
           + count_lines (meaning, LINE_LENGTH) > MAX_LINES;
}

gboolean
bp_explain_has_two_updates (BpGraph *graph)
{
  for (guint node = 0; node < bp_graph_get_n_nodes (graph); node++)
    if (bp_graph_needs_gradient (graph, node) && bp_graph_get_n_inputs (graph, node) == 2
        && bp_graph_get_op (graph, bp_graph_get_input (graph, node, 0)) == BP_OP_VARIABLE
        && bp_graph_get_op (graph, bp_graph_get_input (graph, node, 1)) == BP_OP_VARIABLE
        && bp_graph_get_input (graph, node, 0) != bp_graph_get_input (graph, node, 1))
      return TRUE;

  return FALSE;
}
