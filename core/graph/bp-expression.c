/* bp-expression.c: 'square(my_output - y_target)' to nodes
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "graph/bp-expression.h"

#include <glib/gi18n-lib.h>
#include <string.h>

#include "base/bp-error.h"
#include "graph/bp-expression-private.h"
#include "base/bp-nearest.h"
#include "base/bp-number.h"
#include "base/bp-text.h"

#define MAX_DEPTH 200

/* Names that can be written: an automatic one, such as "multiply", is not the user's to refer to. */
static GPtrArray *
get_known_names (BpGraph *graph)
{
  GPtrArray *names = g_ptr_array_new ();

  for (guint node = 0; node < bp_graph_get_n_nodes (graph); node++)
    if (!bp_graph_is_anonymous (graph, node))
      g_ptr_array_add (names, (gpointer) bp_graph_get_name (graph, node));
  g_ptr_array_add (names, NULL);

  return names;
}

const char *
bp_expression_find_number (const char *name)
{
  return g_str_equal (name, "pi") ? "3.141592653589793" : g_str_equal (name, "e") ? "2.718281828459045" : NULL;
}

static guint
fail_unknown_name (BpParser      *self,
                   const BpToken *token,
                   GError       **error)
{
  g_autofree char *name = bp_parser_get_text (self, token);
  g_autofree char *quoted = bp_text_quote (name, -1);
  g_autofree char *sentence = g_strdup_printf (_("unknown name “%s”"), quoted);
  g_autoptr (GPtrArray) names = get_known_names (self->graph);
  BpOp op;

  if (bp_op_find (name, &op))
    g_set_error (error, BP_ERROR, BP_ERROR_SYNTAX, _("“%s” is a function and needs parentheses after it"), quoted);
  else if (bp_expression_find_number (name) != NULL)
    {
      g_set_error (error, BP_ERROR, BP_ERROR_UNKNOWN, _("%s; did you mean “%s”?"), sentence,
                   bp_expression_find_number (name));
      bp_error_set_suggestion (error, bp_expression_find_number (name));
    }
  else
    bp_nearest_set_error (error, sentence, name, (const char * const *) names->pdata);

  return bp_parser_fail (self, token, error);
}

guint
bp_parser_add_node (BpParser             *self,
                    const BpToken        *token,
                    BpOp                  op,
                    const guint          *inputs,
                    const BpOpAttributes *attributes,
                    GError              **error)
{
  guint node = bp_graph_add (self->graph, NULL, op, inputs, attributes, error);

  return node != BP_NODE_NONE ? node : bp_parser_fail (self, token, error);
}

static gboolean
is_constant (BpGraph *graph,
             guint    node,
             double   value)
{
  return bp_graph_get_op (graph, node) == BP_OP_CONSTANT && bp_graph_get_shape (graph, node)->rank == 0 &&
         memcmp (&bp_graph_get_attributes (graph, node)->value, &value, sizeof value) == 0;
}

/* Constants are named after their numbers, so that one that is there can be found and shared. */
guint
bp_parser_add_number (BpParser *self,
                      double    value)
{
  g_autofree char *name = bp_number_to_shortest (value);
  const guint node = bp_graph_find (self->graph, name);

  return node != BP_NODE_NONE && is_constant (self->graph, node, value) ? node
                                                                        : bp_graph_add_constant (self->graph, value);
}

static guint
parse_number (BpParser *self,
              gboolean  negative,
              GError  **error)
{
  const BpToken *token = bp_parser_take (self);
  g_autofree char *text = bp_parser_get_text (self, token);
  double value;

  if (!bp_number_parse (text, &value, error))
    return bp_parser_fail (self, token, error);

  return bp_parser_add_number (self, negative ? -value : value);
}

static guint
parse_name (BpParser *self,
            GError  **error)
{
  const BpToken *token = bp_parser_take (self);
  g_autofree char *name = bp_parser_get_text (self, token);
  guint node = bp_graph_find (self->graph, name);

  if (node == BP_NODE_NONE || bp_graph_is_anonymous (self->graph, node))
    return fail_unknown_name (self, token, error);

  return node;
}

static guint
parse_primary (BpParser *self,
               GError  **error)
{
  guint node;

  if (bp_parser_at (self, BP_TOKEN_NUMBER))
    return parse_number (self, FALSE, error);
  if (bp_parser_at (self, BP_TOKEN_NAME))
    return bp_parser_peek (self, 1)->kind == '(' ? bp_parser_parse_call (self, error) : parse_name (self, error);
  if (bp_parser_at (self, '['))
    return bp_parser_parse_literal (self, error);
  if (!bp_parser_expect (self, '(', _("a number, a name or “(” was expected"), error))
    return BP_NODE_NONE;

  node = bp_parser_parse_expression (self, error);
  if (node != BP_NODE_NONE && !bp_parser_expect (self, ')', _("an operator or “)” was expected"), error))
    return BP_NODE_NONE;

  return node;
}

static guint parse_factor (BpParser *self,
                           GError  **error);

static guint
parse_power (BpParser *self,
             GError  **error)
{
  guint inputs[2] = { parse_primary (self, error) };

  if (inputs[0] == BP_NODE_NONE || !bp_parser_at (self, BP_TOKEN_POWER))
    return inputs[0];

  const BpToken *operator = bp_parser_take (self);

  inputs[1] = parse_factor (self, error);

  return inputs[1] == BP_NODE_NONE ? BP_NODE_NONE
                                   : bp_parser_add_node (self, operator, BP_OP_POW, inputs, NULL, error);
}

static guint
parse_negative (BpParser *self,
                GError  **error)
{
  const BpToken *operator = bp_parser_take (self);

  /* -2 is a constant, but -2 ** 2 is -(2 ** 2). */
  if (bp_parser_at (self, BP_TOKEN_NUMBER) && bp_parser_peek (self, 1)->kind != BP_TOKEN_POWER)
    return parse_number (self, TRUE, error);

  guint input = parse_factor (self, error);

  return input == BP_NODE_NONE ? BP_NODE_NONE
                               : bp_parser_add_node (self, operator, BP_OP_NEGATIVE, &input, NULL, error);
}

/* Whatever nests does so through here. */
static guint
parse_factor (BpParser *self,
              GError  **error)
{
  guint node;

  if (self->depth > MAX_DEPTH)
    {
      g_set_error (error, BP_ERROR, BP_ERROR_SYNTAX, _("the expression nests deeper than %d levels"), MAX_DEPTH);
      return bp_parser_fail (self, bp_parser_peek (self, 0), error);
    }

  self->depth++;
  node = bp_parser_at (self, '-') ? parse_negative (self, error) : parse_power (self, error);
  self->depth--;

  return node;
}

static gboolean
get_term_op (guint kind,
             BpOp *op)
{
  *op = kind == '*' ? BP_OP_MULTIPLY : BP_OP_DIVIDE;

  return kind == '*' || kind == '/';
}

static gboolean
get_sum_op (guint kind,
            BpOp *op)
{
  *op = kind == '+' ? BP_OP_ADD : BP_OP_SUBTRACT;

  return kind == '+' || kind == '-';
}

/* Reads operand { operator operand }, associating to the left. */
static guint
parse_chain (BpParser *self,
             guint   (*parse_operand) (BpParser *, GError **),
             gboolean (*get_op)       (guint, BpOp *),
             GError  **error)
{
  guint node = parse_operand (self, error);
  BpOp op;

  while (node != BP_NODE_NONE && get_op (bp_parser_peek (self, 0)->kind, &op))
    {
      const BpToken *operator = bp_parser_take (self);
      guint inputs[2] = { node, parse_operand (self, error) };

      node = inputs[1] == BP_NODE_NONE ? BP_NODE_NONE : bp_parser_add_node (self, operator, op, inputs, NULL, error);
    }

  return node;
}

static guint
parse_term (BpParser *self,
            GError  **error)
{
  return parse_chain (self, parse_factor, get_term_op, error);
}

static guint
parse_sum (BpParser *self,
           GError  **error)
{
  return parse_chain (self, parse_term, get_sum_op, error);
}

static gboolean
get_comparison (guint kind,
                BpOp *op)
{
  static const struct {
    guint kind;
    BpOp  op;
  } comparisons[] = {
    { '>', BP_OP_GREATER }, { '<', BP_OP_LESS }, { BP_TOKEN_GREATER_EQUAL, BP_OP_GREATER_EQUAL },
    { BP_TOKEN_LESS_EQUAL, BP_OP_LESS_EQUAL }, { BP_TOKEN_EQUAL, BP_OP_EQUAL },
    { BP_TOKEN_NOT_EQUAL, BP_OP_NOT_EQUAL },
  };

  for (guint i = 0; i < G_N_ELEMENTS (comparisons); i++)
    if (comparisons[i].kind == kind)
      {
        *op = comparisons[i].op;
        return TRUE;
      }

  return FALSE;
}

/* "a < b < c" is none: it would compare 0 or 1 with c. */
guint
bp_parser_parse_expression (BpParser *self,
                            GError  **error)
{
  guint inputs[2] = { parse_sum (self, error) };
  const BpToken *operator;
  BpOp op;

  if (inputs[0] == BP_NODE_NONE || !get_comparison (bp_parser_peek (self, 0)->kind, &op))
    return inputs[0];

  operator = bp_parser_take (self);
  inputs[1] = parse_sum (self, error);

  return inputs[1] == BP_NODE_NONE ? BP_NODE_NONE : bp_parser_add_node (self, operator, op, inputs, NULL, error);
}

/* Gives the node that the expression ends in its name. One that was there keeps its own: a copy of a shared constant
 * gets the name, or a node that is the same. */
static guint
name_node (BpParser   *self,
           guint       node,
           guint       n_nodes_before,
           const char *name,
           GError    **error)
{
  const BpToken *start = &g_array_index (self->tokens, BpToken, 0);
  BpOpAttributes attributes = *bp_graph_get_attributes (self->graph, node);
  gboolean is_constant = bp_graph_get_op (self->graph, node) == BP_OP_CONSTANT;

  if (node >= n_nodes_before)
    return bp_graph_rename (self->graph, node, name, error) ? node : bp_parser_fail (self, start, error);

  if (is_constant && bp_graph_is_anonymous (self->graph, node))
    node = bp_graph_add (self->graph, name, BP_OP_CONSTANT, NULL, &attributes, error);
  else
    node = bp_graph_add (self->graph, name, BP_OP_IDENTITY, &node, NULL, error);

  return node != BP_NODE_NONE ? node : bp_parser_fail (self, start, error);
}

guint
bp_expression_add_to_graph (BpGraph    *graph,
                            const char *text,
                            const char *name,
                            GError    **error)
{
  g_autoptr (GArray) tokens = NULL;
  guint n_nodes_before, node;

  g_return_val_if_fail (graph != NULL, BP_NODE_NONE);
  g_return_val_if_fail (text != NULL, BP_NODE_NONE);

  tokens = bp_expression_tokenize (text, error);
  if (tokens == NULL)
    return BP_NODE_NONE;

  BpParser self = { .graph = graph, .text = text, .tokens = tokens };

  n_nodes_before = bp_graph_get_n_nodes (graph);
  node = bp_parser_parse_expression (&self, error);
  if (node != BP_NODE_NONE && !bp_parser_at (&self, BP_TOKEN_END))
    return bp_parser_fail_syntax (&self, _("an operator or the end was expected"), error);

  return node == BP_NODE_NONE || name == NULL ? node : name_node (&self, node, n_nodes_before, name, error);
}

static void
name_use_clear (gpointer use)
{
  g_free (((BpNameUse *) use)->name);
}

GArray *
bp_expression_get_names (const char *text)
{
  g_autoptr (GArray) tokens = NULL;
  GArray *names = g_array_new (FALSE, FALSE, sizeof (BpNameUse));
  const char *place = text;
  glong column = 1;

  g_return_val_if_fail (text != NULL, NULL);

  g_array_set_clear_func (names, name_use_clear);
  tokens = bp_expression_tokenize (text, NULL);

  for (guint i = 0; tokens != NULL && i + 1 < tokens->len; i++)
    {
      const BpToken *token = &g_array_index (tokens, BpToken, i);
      guint next = g_array_index (tokens, BpToken, i + 1).kind;

      column += g_utf8_pointer_to_offset (place, text + token->start);
      place = text + token->start;
      if (token->kind == BP_TOKEN_NAME && next != '(' && next != '=')
        {
          BpNameUse use = { g_strndup (place, token->end - token->start), (guint) column };

          g_array_append_val (names, use);
        }
    }

  return names;
}

gboolean
bp_expression_check_name (const char *name,
                          GError    **error)
{
  g_return_val_if_fail (name != NULL, FALSE);

  gsize length = strspn (name, G_CSET_a_2_z G_CSET_A_2_Z "_" G_CSET_DIGITS);

  if (length > 0 && length <= BP_MAX_NAME_BYTES && name[length] == '\0' && !g_ascii_isdigit (*name))
    return TRUE;

  g_autofree char *quoted = bp_text_quote (name, -1);

  g_set_error (error, BP_ERROR, BP_ERROR_SYNTAX,
               _("“%s” is not a name of at most %d letters from a to z, digits and “_”, a digit not being the first"),
               quoted, BP_MAX_NAME_BYTES);

  return FALSE;
}
