/* bp-expression-call.c: function calls in expressions
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "graph/bp-expression-private.h"

#include <glib/gi18n-lib.h>

#include "base/bp-error.h"
#include "base/bp-nearest.h"
#include "base/bp-number.h"
#include "base/bp-text.h"
#include "graph/bp-expression.h"

/* What a function takes besides nodes, each its own in a row. */
typedef struct {
  BpOp        op;
  const char *name;
  gboolean    required;
} AttributeArgument;

static const AttributeArgument attribute_arguments[] = {
  { BP_OP_DROPOUT, "rate", TRUE },
  { BP_OP_CLIP_BY_VALUE, "min", TRUE },
  { BP_OP_CLIP_BY_VALUE, "max", TRUE },
  { BP_OP_EXPAND_DIMS, "axis", TRUE },
  { BP_OP_RESHAPE, "shape", TRUE },
  { BP_OP_CONCAT, "axis", TRUE },
  { BP_OP_STACK, "axis", TRUE },
  { BP_OP_ONE_HOT, "depth", TRUE },
  { BP_OP_REDUCE_SUM, "axis", FALSE },
  { BP_OP_REDUCE_MEAN, "axis", FALSE },
  { BP_OP_REDUCE_MAX, "axis", FALSE },
  { BP_OP_REDUCE_MIN, "axis", FALSE },
  { BP_OP_ARGMAX, "axis", TRUE },
};

#define MAX_ATTRIBUTES 2

/* What a last input that may be left out is then. */
static const struct {
  BpOp   op;
  double value;
} default_inputs[] = {
  { BP_OP_LEAKY_RELU, 0.2 },
};

/**
 * Call:
 * @n_inputs: how many nodes are given, of which one may be a list: dropout makes the second itself
 * @list: (element-type guint): the nodes of the list
 *
 * A call as far as it is read.
 */
typedef struct {
  const BpToken           *function;
  BpOp                     op;
  const BpOpClass         *class;
  guint                    n_inputs;
  const AttributeArgument *attributes_taken;
  guint                    n_attributes;
  const double            *default_input;
  gboolean                 given[BP_MAX_INPUTS + MAX_ATTRIBUTES];
  gboolean                 has_keyword;
  guint                    inputs[BP_MAX_INPUTS];
  GArray                  *list;
  BpOpAttributes           attributes;
} Call;

static gboolean
takes_list (const Call *call)
{
  return call->op == BP_OP_CONCAT || call->op == BP_OP_STACK;
}

/* What other languages call a function, or NULL. */
static const char *
find_synonym (const char *name)
{
  static const char * const synonyms[][2] = {
    { "ln", "log" }, { "max", "maximum" }, { "min", "minimum" }, { "sum", "reduce_sum" }, { "mean", "reduce_mean" },
    { "dot", "matmul" }, { "power", "pow" },
  };

  for (guint i = 0; i < G_N_ELEMENTS (synonyms); i++)
    if (g_str_equal (synonyms[i][0], name))
      return synonyms[i][1];

  return NULL;
}

static guint
fail_unknown_function (BpParser      *self,
                       const BpToken *token,
                       GError       **error)
{
  g_autofree char *name = bp_parser_get_text (self, token);
  g_autofree char *quoted = bp_text_quote (name, -1);
  g_autofree char *sentence = g_strdup_printf (_("unknown function “%s”"), quoted);
  const char *functions[BP_N_OPS + 1];
  guint n_functions = 0;
  guint node = bp_graph_find (self->graph, name);
  BpOp op;

  for (guint i = 0; i < BP_N_OPS; i++)
    if (bp_op_find (bp_op_get_class (i)->name, &op))
      functions[n_functions++] = bp_op_get_class (i)->name;
  functions[n_functions] = NULL;

  if (node != BP_NODE_NONE && !bp_graph_is_anonymous (self->graph, node))
    g_set_error (error, BP_ERROR, BP_ERROR_SYNTAX, _("“%s” is a node, not a function; write “*” to multiply"), quoted);
  else
    bp_nearest_set_error (error, sentence, find_synonym (name) != NULL ? find_synonym (name) : name, functions);

  return bp_parser_fail (self, token, error);
}

static guint
get_n_arguments (const Call *call)
{
  return call->n_inputs + call->n_attributes;
}

static const char *
get_argument_name (const Call *call,
                   guint       index)
{
  if (index >= call->n_inputs)
    return call->attributes_taken[index - call->n_inputs].name;
  if (takes_list (call))
    return "values";

  return call->class->arguments[index] != NULL ? call->class->arguments[index] : index == 0 ? "x" : "y";
}

static gboolean
is_required (const Call *call,
             guint       index)
{
  if (index + 1 == call->n_inputs && call->default_input != NULL)
    return FALSE;

  return index < call->n_inputs || call->attributes_taken[index - call->n_inputs].required;
}

/* "reduce_sum(x[, axis])": brackets around what may be left out. */
static char *
get_signature (const Call *call)
{
  GString *signature = g_string_new (call->class->name);

  for (guint i = 0; i < get_n_arguments (call); i++)
    g_string_append_printf (signature, i == 0 ? "(%s" : is_required (call, i) ? ", %s" : "[, %s]",
                            i == 0 && takes_list (call) ? "[x, y]" : get_argument_name (call, i));
  g_string_append_c (signature, ')');

  return g_string_free (signature, FALSE);
}

static gboolean
fail_call (BpParser      *self,
           const Call    *call,
           const BpToken *token,
           const char    *message,
           GError       **error)
{
  g_autofree char *signature = get_signature (call);

  if (bp_parser_fail_comma (self, self->next - 1, error))
    return FALSE;

  g_set_error (error, BP_ERROR, BP_ERROR_SYNTAX, _("%s; write %s"), message, signature);
  bp_parser_fail (self, token, error);

  return FALSE;
}

static gboolean
parse_attribute (BpParser *self,
                 Call     *call,
                 guint     index,
                 GError  **error)
{
  const gboolean is_depth = call->op == BP_OP_ONE_HOT;
  gint64 number;

  if (call->op == BP_OP_CLIP_BY_VALUE)
    return bp_parser_parse_limit (self, index == 0 ? &call->attributes.least : &call->attributes.greatest, error);
  if (call->op == BP_OP_DROPOUT)
    return bp_parser_parse_rate (self, &call->attributes.value, error);
  if (call->op == BP_OP_RESHAPE)
    return bp_parser_parse_sizes (self, &call->attributes.shape, error);

  if (!bp_parser_parse_integer (self, is_depth ? 1 : -BP_MAX_RANK - 1,
                                is_depth ? (gint64) BP_MAX_ELEMENTS : BP_MAX_RANK, &number, error))
    return FALSE;
  call->attributes.axis = is_depth ? 0 : (gint) number;
  call->attributes.has_axis = !is_depth;
  call->attributes.depth = is_depth ? (guint32) number : 0;

  return TRUE;
}

/* Which argument comes next: by its keyword, which is read, or by its place. */
static gboolean
find_argument (BpParser *self,
               Call     *call,
               guint     place,
               guint    *index,
               GError  **error)
{
  const BpToken *token = bp_parser_peek (self, 0);
  gboolean keyword = token->kind == BP_TOKEN_NAME && bp_parser_peek (self, 1)->kind == '=';
  g_autofree char *name = bp_parser_get_text (self, token);

  if (!keyword && call->has_keyword)
    return fail_call (self, call, token, _("after an argument by name the others go by name too"), error);

  *index = place;
  if (keyword)
    for (*index = 0; *index < get_n_arguments (call); (*index)++)
      if (g_str_equal (name, get_argument_name (call, *index)))
        break;

  if (*index >= get_n_arguments (call))
    return fail_call (self, call, token,
                      keyword ? _("no argument goes by that name") : _("too many arguments"), error);
  if (call->given[*index])
    return fail_call (self, call, token, _("the argument is given twice"), error);

  call->has_keyword |= keyword;
  self->next += keyword ? 2 : 0;

  return TRUE;
}

static gboolean
parse_argument (BpParser *self,
                Call     *call,
                guint     place,
                GError  **error)
{
  guint index = 0;

  if (place > 0 && !bp_parser_expect (self, ',', _("an operator, “,” or “)” was expected"), error))
    return FALSE;
  if (!find_argument (self, call, place, &index, error))
    return FALSE;

  call->given[index] = TRUE;
  if (index >= call->n_inputs)
    return parse_attribute (self, call, index - call->n_inputs, error);
  if (takes_list (call))
    return bp_parser_parse_list (self, call->list, error);
  call->inputs[index] = bp_parser_parse_expression (self, error);

  return call->inputs[index] != BP_NODE_NONE;
}

static gboolean
complete_arguments (BpParser *self,
                    Call     *call,
                    GError  **error)
{
  for (guint i = 0; i < get_n_arguments (call); i++)
    if (!call->given[i] && is_required (call, i))
      return fail_call (self, call, call->function, _("an argument is missing"), error);

  if (call->default_input != NULL && !call->given[call->n_inputs - 1])
    call->inputs[call->n_inputs - 1] = bp_parser_add_number (self, *call->default_input);

  return TRUE;
}

static gboolean
parse_arguments (BpParser *self,
                 Call     *call,
                 GError  **error)
{
  for (guint place = 0; !bp_parser_at (self, ')'); place++)
    if (!parse_argument (self, call, place, error))
      return FALSE;
  bp_parser_take (self);

  return complete_arguments (self, call, error);
}

/* The first two become one, and with each of the others another one. */
static guint
add_joined (BpParser   *self,
            const Call *call,
            GError    **error)
{
  guint node = g_array_index (call->list, guint, 0);

  if (call->list->len == 1)
    return call->op == BP_OP_CONCAT ? node : bp_parser_add_node (self, call->function, BP_OP_EXPAND_DIMS, &node,
                                                                 &call->attributes, error);

  for (guint i = 1; i < call->list->len && node != BP_NODE_NONE; i++)
    {
      const BpOp op = i == 1 ? call->op : BP_OP_CONCAT;
      guint inputs[2] = { node, g_array_index (call->list, guint, i) };

      if (op != call->op)
        inputs[1] = bp_parser_add_node (self, call->function, BP_OP_EXPAND_DIMS, &inputs[1], &call->attributes, error);
      node = inputs[1] == BP_NODE_NONE ? BP_NODE_NONE : bp_parser_add_node (self, call->function, op, inputs,
                                                                            &call->attributes, error);
    }

  return node;
}

static gboolean
is_comparison (BpOp op)
{
  return op >= BP_OP_GREATER && op <= BP_OP_NOT_EQUAL;
}

static guint
add_call (BpParser *self,
          Call     *call,
          GError  **error)
{
  BpOpAttributes mask = { .value = call->attributes.value };

  if (takes_list (call))
    return add_joined (self, call, error);

  if (call->op == BP_OP_DROPOUT)
    {
      mask.shape = *bp_graph_get_shape (self->graph, call->inputs[0]);
      call->inputs[1] = bp_parser_add_node (self, call->function, BP_OP_MASK, NULL, &mask, error);
    }
  if (call->op == BP_OP_WHERE && !is_comparison (bp_graph_get_op (self->graph, call->inputs[0])))
    {
      const guint compared[] = { call->inputs[0], bp_parser_add_number (self, 0) };

      call->inputs[0] = bp_parser_add_node (self, call->function, BP_OP_NOT_EQUAL, compared, NULL, error);
    }

  return bp_parser_add_node (self, call->function, call->op, call->inputs, &call->attributes, error);
}

/* What a call of @op takes. */
static void
init_call (Call *call,
           BpOp  op)
{
  call->op = op;
  call->class = bp_op_get_class (op);
  call->n_inputs = op == BP_OP_DROPOUT || takes_list (call) ? 1 : call->class->n_inputs;
  for (guint i = 0; i < G_N_ELEMENTS (attribute_arguments); i++)
    if (attribute_arguments[i].op == op)
      call->attributes_taken = &attribute_arguments[i - call->n_attributes++];
  for (guint i = 0; i < G_N_ELEMENTS (default_inputs); i++)
    if (default_inputs[i].op == op)
      call->default_input = &default_inputs[i].value;
}

char *
bp_expression_get_signature (BpOp op)
{
  Call call = { 0 };

  init_call (&call, op);

  return get_signature (&call);
}

guint
bp_parser_parse_call (BpParser *self,
                      GError  **error)
{
  g_autoptr (GArray) list = g_array_new (FALSE, FALSE, sizeof (guint));
  Call call = { .function = bp_parser_take (self), .list = list };
  g_autofree char *name = bp_parser_get_text (self, call.function);
  BpOp op;

  bp_parser_take (self);

  if (!bp_op_find (name, &op))
    return fail_unknown_function (self, call.function, error);
  init_call (&call, op);

  return parse_arguments (self, &call, error) ? add_call (self, &call, error) : BP_NODE_NONE;
}
