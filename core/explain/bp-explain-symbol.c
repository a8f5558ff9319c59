/* bp-explain-symbol.c: short symbols for nodes, so that a formula fits on a line
 *
 * The loss is L (or J, where a node is called L). A variable, and a node whose name has up to three characters, is its
 * own symbol. Any other node gets a letter that is no node's name and not taken yet, the user's names before those made
 * from ops, in order of creation: the letter that the field has for one of the name's words (output p, residual d,
 * logits z, …), else the first letter of a word, else another of its letters, else any. When no letter is left, the
 * nodes are numbered: n₁₂. Letters that optimizers use or that look like digits are not given away.
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "explain/bp-explain-private.h"

#include "base/bp-number.h"

#include <string.h>

#define MAX_OWN_LENGTH 3

/* g, m, s, v: the optimizers'; e: Euler's number; n: how many; the others look like digits. */
#define RESERVED "egilmnosvILOS"

static const struct {
  const char *word;
  char        letter;
} conventions[] = {
  { "activation", 'a' }, { "add", 'z' },        { "bias", 'b' },     { "data", 'x' },      { "delta", 'd' },
  { "diff", 'd' },       { "difference", 'd' }, { "error", 'e' },    { "feature", 'x' },   { "features", 'x' },
  { "hidden", 'h' },     { "input", 'x' },      { "inputs", 'x' },   { "label", 'y' },     { "labels", 'y' },
  { "logit", 'z' },      { "logits", 'z' },     { "matmul", 'z' },   { "output", 'p' },    { "pred", 'p' },
  { "predicted", 'p' },  { "prediction", 'p' }, { "relu", 'a' },     { "residual", 'd' },  { "score", 'z' },
  { "scores", 'z' },     { "sigmoid", 'a' },    { "softplus", 'a' }, { "subtract", 'd' },  { "tanh", 'a' },
  { "target", 'y' },     { "targets", 'y' },    { "weight", 'w' },   { "weights", 'w' },
};

/* Which letters are taken; a bit each, A to Z and a to z. */
typedef struct {
  BpGraph *graph;
  guint64  taken;
} Letters;

static guint64
get_bit (char letter)
{
  return G_GUINT64_CONSTANT (1) << (letter - 'A');
}

static gboolean
is_number (BpGraph *graph,
           guint    node)
{
  return bp_graph_get_op (graph, node) == BP_OP_CONSTANT && bp_graph_is_anonymous (graph, node)
         && bp_graph_get_shape (graph, node)->rank == 0;
}

static gboolean
is_own_symbol (BpGraph *graph,
               guint    node)
{
  return bp_graph_get_op (graph, node) == BP_OP_VARIABLE
         || (!bp_graph_is_anonymous (graph, node)
             && g_utf8_strlen (bp_graph_get_name (graph, node), -1) <= MAX_OWN_LENGTH);
}

static gboolean
is_name (BpGraph *graph,
         char     letter)
{
  const char name[] = { letter, '\0' };

  return bp_graph_find (graph, name) != BP_NODE_NONE;
}

/* Whether another node than the loss is called @name. */
static gboolean
is_taken_from_loss (BpGraph    *graph,
                    const char *name)
{
  guint node = bp_graph_find (graph, name);

  return node != BP_NODE_NONE && node != bp_graph_get_loss (graph);
}

static gboolean
take (Letters *letters,
      char     letter)
{
  if (!g_ascii_isalpha (letter) || letters->taken & get_bit (letter))
    return FALSE;

  letters->taken |= get_bit (letter);

  return TRUE;
}

/* L, unless a node of the user's is called that. */
static const char *
get_loss_symbol (BpGraph *graph)
{
  return !is_taken_from_loss (graph, "L") ? "L" : !is_taken_from_loss (graph, "J") ? "J" : "Loss";
}

static char
take_convention (Letters *letters,
                 char   **words)
{
  for (guint i = 0; words[i] != NULL; i++)
    for (guint j = 0; j < G_N_ELEMENTS (conventions); j++)
      if (g_str_equal (words[i], conventions[j].word) && !is_name (letters->graph, conventions[j].letter)
          && take (letters, conventions[j].letter))
        return conventions[j].letter;

  return '\0';
}

/* Takes the first letter of @text that is free, at most of @n letters. */
static char
take_any_of (Letters    *letters,
             const char *text,
             gsize       n)
{
  for (gsize i = 0; i < n && text[i] != '\0'; i++)
    if (strchr (RESERVED, text[i]) == NULL && take (letters, text[i]))
      return text[i];

  return '\0';
}

/* Of each word the first letter, where @whole only of words of one letter. */
static char
take_beginning (Letters *letters,
                char   **words,
                gboolean whole)
{
  char letter = '\0';

  for (guint i = 0; words[i] != NULL && letter == '\0'; i++)
    if (!whole || strlen (words[i]) == 1)
      letter = take_any_of (letters, words[i], 1);

  return letter;
}

/* The next symbol that is a letter, or 0 when there are none left. A word of one letter says more than the beginning of
 * a longer one. */
static char
take_letter (Letters *letters,
             guint    node)
{
  g_autofree char *name = g_ascii_strdown (bp_graph_get_name (letters->graph, node), -1);
  g_auto (GStrv) words = g_strsplit_set (name, "_ -.0123456789", -1);
  char letter = take_beginning (letters, words, TRUE);

  if (letter == '\0')
    letter = take_convention (letters, words);
  if (letter == '\0')
    letter = take_beginning (letters, words, FALSE);
  if (letter == '\0')
    letter = take_any_of (letters, name, strlen (name));
  if (letter == '\0')
    letter = take_any_of (letters, "abcdfhjkpqrtuwxyzABCDEFGHJKMNPQRTUVWXYZ", G_MAXSIZE);

  return letter;
}

GArray *
bp_explain_list_letters (BpGraph *graph)
{
  GArray *given = g_array_new (FALSE, FALSE, sizeof (BpSymbol));
  Letters letters = { .graph = graph };

  for (const char *c = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz"; *c != '\0'; c++)
    if (is_name (graph, *c))
      take (&letters, *c);
  take (&letters, get_loss_symbol (graph)[0]);

  for (guint anonymous = 0; anonymous < 2; anonymous++)
    for (guint i = 0; i < bp_graph_get_n_nodes (graph); i++)
      {
        BpSymbol symbol = { .node = i };

        if (bp_graph_is_anonymous (graph, i) != (gboolean) anonymous || i == bp_graph_get_loss (graph)
            || is_number (graph, i) || is_own_symbol (graph, i))
          continue;
        symbol.letter = take_letter (&letters, i);
        if (symbol.letter == '\0')
          return given;
        g_array_append_val (given, symbol);
      }

  return given;
}

/* n₁₂: the nodes that no letter was left for. */
static BpFormula *
get_numbered (guint node)
{
  g_autofree char *digits = g_strdup_printf ("%u", node);
  g_autofree char *latex = g_strdup_printf ("n_{%u}", node);
  g_autoptr (GString) text = g_string_new ("n");

  for (const char *c = digits; *c != '\0'; c++)
    g_string_append_unichar (text, 0x2080 + (gunichar) (*c - '0'));

  return bp_formula_new_symbol (node, text->str, latex);
}

/* Among symbols nothing makes up for digits that are not shown, and "=" stands before it. */
static BpFormula *
get_constant (double value)
{
  BpFormula *number = bp_formula_new_number (value);

  while (number->digits < BP_NUMBER_MAX_DIGITS && bp_number_round (value, number->digits) != value)
    number->digits++;

  return number;
}

static BpFormula *
get_own (guint       node,
         const char *name)
{
  g_autofree char *escaped = bp_text_to_latex (name);
  g_autofree char *upright = g_strdup_printf ("\\mathrm{%s}", escaped);

  return bp_formula_new_symbol (node, name, g_ascii_isalpha (name[0]) && name[1] == '\0' ? name : upright);
}

static BpFormula *
get_symbol (BpGraph      *graph,
            const GArray *letters,
            guint         node)
{
  if (node == bp_graph_get_loss (graph))
    return get_own (node, get_loss_symbol (graph));
  if (is_number (graph, node))
    return get_constant (bp_graph_get_attributes (graph, node)->value);
  if (is_own_symbol (graph, node))
    return get_own (node, bp_graph_get_name (graph, node));

  for (guint i = 0; i < letters->len; i++)
    {
      const BpSymbol *symbol = &g_array_index (letters, BpSymbol, i);
      const char letter[] = { symbol->letter, '\0' };

      if (symbol->node == node)
        return get_own (node, letter);
    }

  return get_numbered (node);
}

BpFormula *
bp_explain_symbol_in (const BpScene *scene,
                      guint          node)
{
  return get_symbol (scene->graph, scene->letters, node);
}

/* Names are of letters, digits and "_", so that no node is called vₜ. */
BpFormula *
bp_explain_optimizer_symbol (const BpScene *scene,
                             const char    *letter,
                             gboolean       is_corrected)
{
  const char *index = bp_graph_find (scene->graph, letter) != BP_NODE_NONE ? "ₜ" : "";
  g_autofree char *text = g_strconcat (letter, is_corrected ? "\314\202" : "", index, NULL);
  g_autofree char *latex = g_strdup_printf (is_corrected ? "\\hat{%s}%s" : "%s%s", letter, *index != '\0' ? "_t" : "");

  return bp_formula_new_symbol (G_MAXUINT, text, latex);
}

BpFormula *
bp_explain_partial (const BpScene *scene,
                    guint          of,
                    guint          by)
{
  return bp_formula_new_binary (BP_FORMULA_PARTIAL, bp_explain_symbol_in (scene, of), bp_explain_symbol_in (scene, by));
}

char *
bp_explain_symbol (BpGraph *graph,
                   guint    node)
{
  g_autoptr (GArray) letters = NULL;
  g_autoptr (BpFormula) symbol = NULL;

  g_return_val_if_fail (graph != NULL && node < bp_graph_get_n_nodes (graph), NULL);

  letters = bp_explain_list_letters (graph);
  symbol = get_symbol (graph, letters, node);

  return bp_formula_to_text (symbol);
}
