/* bp-expression.h: 'square(my_output - y_target)' to nodes
 *
 *   expression := term { ('+' | '-') term }
 *   term       := factor { ('*' | '/') factor }
 *   factor     := '-' factor | power
 *   power      := primary [ '**' factor ]
 *   primary    := NUMBER | NAME | NAME '(' arguments ')' | '(' expression ')' | literal
 *   arguments  := argument { ',' argument }
 *   argument   := [ NAME '=' ] ( expression | '[' [ NUMBER { ',' NUMBER } ] ']' )
 *   literal    := '[' row ']'
 *   row        := [ '-' ] NUMBER { ',' [ '-' ] NUMBER } | literal { ',' literal }
 *
 * Functions go by their TensorFlow names. A nesting deeper than 200 is refused.
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#pragma once

#include "graph/bp-graph.h"

G_BEGIN_DECLS

/** The longest expression: a line that people write, not a line that exhausts the memory. */
#define BP_MAX_EXPRESSION_BYTES 65536

/** The longest name. */
#define BP_MAX_NAME_BYTES 64

/**
 * bp_expression_add_to_graph:
 * @graph: what the names in @text refer to, and where the nodes go
 * @text: the expression
 * @name: (nullable): the name of the node the expression ends in; NULL leaves it named after its op
 *
 * Parses @text and appends its nodes. If @text is just a name, a node of op identity gets @name. Fails with
 * the column (from 1, in characters) in the message and what was expected; unknown names and functions say the
 * nearest that exists. On failure @graph may hold nodes of @text and must be dropped by the caller.
 *
 * Returns: the last node, or BP_NODE_NONE
 */
guint bp_expression_add_to_graph (BpGraph    *graph,
                                  const char *text,
                                  const char *name,
                                  GError    **error);

/**
 * bp_expression_parse_literal:
 * @text: "[[1, 2], [3, 4]]"
 * @shape: (out): [2, 2]
 *
 * Reads a vector, a matrix or a tensor of more dimensions. Fails with the column in the message where rows are not
 * equally long.
 *
 * Returns: (transfer full): its elements, row-major; NULL on error
 */
double *bp_expression_parse_literal (const char *text,
                                     BpShape    *shape,
                                     GError    **error);

/** Returns: (transfer full): @values as bp_expression_parse_literal() reads them; of a scalar the number alone */
char *bp_expression_literal_to_string (const BpShape *shape,
                                       const double  *values);

/** A name in an expression, and its column, from 1. */
typedef struct {
  char *name;
  guint column;
} BpNameUse;

/**
 * bp_expression_get_names:
 *
 * The names of nodes that @text refers to, in order, as often as it does; functions and keywords are left out. Empty
 * when @text is no sequence of numbers, names and operators.
 *
 * Returns: (transfer full) (element-type BpNameUse)
 */
GArray *bp_expression_get_names (const char *text);

/** Returns: (transfer full): how the function @op is called, such as "reduce_sum(x[, axis])" */
char *bp_expression_get_signature (BpOp op);

/** Returns: (nullable): for a hint, the value of pi or e if @name is one of them */
const char *bp_expression_find_number (const char *name);

/**
 * Whether expressions can refer to @name: an identifier, as everywhere in ASCII. Fails with BP_ERROR_SYNTAX, quoting
 * it.
 */
gboolean bp_expression_check_name (const char *name,
                                   GError    **error);

G_END_DECLS
