/* fuzz-expression.c: any text as an expression
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "fuzz.h"

#include "lib/graph-fixture.h"
#include "graph/bp-expression.h"

int
LLVMFuzzerTestOneInput (const guint8 *data,
                        gsize         size)
{
  g_autofree char *text = fuzz_dup_text (data, size);
  g_autoptr (BpGraph) graph = create_graph ();
  g_autoptr (GArray) names = bp_expression_get_names (text);
  g_autoptr (GError) error = NULL;
  guint node = bp_expression_add_to_graph (graph, text, "loss", &error);

  g_assert_nonnull (names);
  fuzz_check_outcome (node != BP_NODE_NONE, error);
  g_assert_true (error != NULL || node < bp_graph_get_n_nodes (graph));

  return 0;
}
