/* bp-expression-private.h: the parser of expressions (private)
 *
 * bp-expression-lexer.c makes tokens, bp-expression.c reads the grammar, bp-expression-call.c reads function calls, and
 * bp-expression-argument.c what stands in them besides nodes; bp-expression-literal.c reads vectors and matrices.
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#pragma once

#include "graph/bp-graph.h"

G_BEGIN_DECLS

/* The kinds of tokens that are not the one character they consist of. */
enum {
  BP_TOKEN_END = 256,
  BP_TOKEN_NUMBER,
  BP_TOKEN_NAME,
  BP_TOKEN_POWER,
  BP_TOKEN_GREATER_EQUAL,
  BP_TOKEN_LESS_EQUAL,
  BP_TOKEN_EQUAL,
  BP_TOKEN_NOT_EQUAL,
};

/** A token: its kind, and where it is in the text as byte offsets [@start, @end). */
typedef struct {
  guint kind;
  guint start;
  guint end;
} BpToken;

/**
 * BpParser:
 * @graph: where nodes go
 * @text: the expression
 * @tokens: (element-type BpToken): its tokens, BP_TOKEN_END the last
 * @next: the token to read
 * @depth: how deep it is nested
 *
 * The state of a recursive descent. Functions that read a rule append its node and return it, or BP_NODE_NONE on error.
 */
typedef struct {
  BpGraph    *graph;
  const char *text;
  GArray     *tokens;
  guint       next;
  guint       depth;
} BpParser;

/**
 * bp_expression_tokenize:
 *
 * Returns: (transfer full) (element-type BpToken): the tokens of @text; NULL on error, whose message says the column
 */
GArray *bp_expression_tokenize (const char *text,
                                GError    **error);

/** The token @ahead of the next one; BP_TOKEN_END beyond the last. */
const BpToken *bp_parser_peek (BpParser *self,
                               guint     ahead);

/** Whether the next token is of @kind. */
gboolean bp_parser_at (BpParser *self,
                       guint     kind);

/** Reads the next token. */
const BpToken *bp_parser_take (BpParser *self);

/** Reads the next token if it is of @kind, else fails there with @message. */
gboolean bp_parser_expect (BpParser   *self,
                           guint       kind,
                           const char *message,
                           GError    **error);

/** Returns: (transfer full): what @token is in the text */
char *bp_parser_get_text (BpParser      *self,
                          const BpToken *token);

/** Prefixes the message of @error, if set, with the column of @token. Returns: BP_NODE_NONE */
guint bp_parser_fail (BpParser      *self,
                      const BpToken *token,
                      GError       **error);

/** Fails if token @comma is the decimal comma of a number. Returns: whether it is one */
gboolean bp_parser_fail_comma (BpParser *self,
                               guint     comma,
                               GError  **error);

/** Fails with a BP_ERROR_SYNTAX at the next token. Returns: BP_NODE_NONE */
guint bp_parser_fail_syntax (BpParser   *self,
                             const char *message,
                             GError    **error);

/** Appends an unnamed node that @token stands for. */
guint bp_parser_add_node (BpParser             *self,
                          const BpToken        *token,
                          BpOp                  op,
                          const guint          *inputs,
                          const BpOpAttributes *attributes,
                          GError              **error);

/** The constant of @value: one that is there, or a new one. */
guint bp_parser_add_number (BpParser *self,
                            double    value);

guint bp_parser_parse_expression (BpParser *self,
                                  GError  **error);

/** Reads a vector or a matrix such as [[1, 2], [3, 4]]: a constant. */
guint bp_parser_parse_literal (BpParser *self,
                               GError  **error);

/** Reads NAME '(' arguments ')'; the parser is at the name and the parenthesis follows. */
guint bp_parser_parse_call (BpParser *self,
                            GError  **error);

/* What a function takes besides nodes */

/** Reads [ '-' ] NUMBER, a whole number from @minimum to @maximum that is no node. */
gboolean bp_parser_parse_integer (BpParser *self,
                                  gint64    minimum,
                                  gint64    maximum,
                                  gint64   *value,
                                  GError  **error);

/** Reads '[' [ size { ',' size } ] ']', in which one size may be -1, BP_OPEN_SIZE. */
gboolean bp_parser_parse_sizes (BpParser *self,
                                BpShape  *shape,
                                GError  **error);

/** Reads [ '-' ] NUMBER, a number that is no node. */
gboolean bp_parser_parse_limit (BpParser *self,
                                double   *limit,
                                GError  **error);

/** Reads the same from 0 to 1, but not 1. */
gboolean bp_parser_parse_rate (BpParser *self,
                               double   *rate,
                               GError  **error);

/** Reads '[' expression { ',' expression } ']' and appends the nodes to @list. */
gboolean bp_parser_parse_list (BpParser *self,
                               GArray   *list,
                               GError  **error);

G_END_DECLS
