/* bp-expression-lexer.c: the words that expressions consist of
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "graph/bp-expression-private.h"

#include "graph/bp-expression.h"

#include <glib/gi18n-lib.h>
#include <string.h>

#include "base/bp-error.h"
#include "base/bp-number.h"
#include "base/bp-text.h"

#define LETTERS G_CSET_a_2_z G_CSET_A_2_Z "_"

/* No comments, strings, octal or hexadecimal numbers. GScanner does not write to what its config points to. */
static const GScannerConfig config = {
  .cset_skip_characters = (char *) " ",
  .cset_identifier_first = (char *) LETTERS,
  .cset_identifier_nth = (char *) LETTERS G_CSET_DIGITS,
  .cpair_comment_single = (char *) "",
  .case_sensitive = TRUE,
  .scan_identifier = TRUE,
  .scan_identifier_1char = TRUE,
  .scan_float = TRUE,
  .numbers_2_int = TRUE,
  .char_2_token = TRUE,
  .store_int64 = TRUE,
};

static void
prefix_column (GError    **error,
               const char *text,
               gsize       offset)
{
  bp_error_set_column (error, (gsize) g_utf8_pointer_to_offset (text, text + offset) + 1);
}

/* What is written where it cannot be typed, or in another language. */
static const char *
find_meant (gunichar character)
{
  static const struct {
    gunichar    character;
    const char *meant;
  } meanings[] = {
    { '^', "**" }, { 0xd7, "*" }, { 0xb7, "*" }, { 0x22c5, "*" }, { 0xf7, "/" }, { 0x2212, "-" }, { 0x2013, "-" },
    { 0xb2, "**2" }, { 0xb3, "**3" }, { 0x3c0, "3.141592653589793" }, { 0x221a, "sqrt" }, { '{', "(" }, { '}', ")" },
    { 0xff08, "(" }, { 0xff09, ")" }, { 0xff0c, "," }, { 0xff0a, "*" }, { 0xff0b, "+" }, { 0xff1d, "=" },
  };

  for (guint i = 0; i < G_N_ELEMENTS (meanings); i++)
    if (meanings[i].character == character)
      return meanings[i].meant;

  return NULL;
}

static gboolean
fail_at_character (const char *text,
                   gsize       offset,
                   GError    **error)
{
  const char *character = text + offset;
  const char *meant = find_meant (g_utf8_get_char (character));
  g_autofree char *quoted = bp_text_quote (character, g_utf8_next_char (character) - character);

  if (meant != NULL)
    g_set_error (error, BP_ERROR, BP_ERROR_SYNTAX, _("“%s” has no meaning in an expression; did you mean “%s”?"),
                 quoted, meant);
  else
    g_set_error (error, BP_ERROR, BP_ERROR_SYNTAX, _("“%s” has no meaning in an expression"), quoted);
  prefix_column (error, text, offset);

  return FALSE;
}

/* Digits and letters without a blank between, or two points. */
static gboolean
fail_at_number (const char *text,
                gsize       offset,
                GError    **error)
{
  gsize length = strspn (text + offset, LETTERS G_CSET_DIGITS ".");
  gsize n_digits = strspn (text + offset, G_CSET_DIGITS ".");
  const char *rest = text + offset + n_digits;
  g_autofree char *quoted = bp_text_quote (text + offset, (gssize) length);
  g_autofree char *number = bp_text_quote (text + offset, (gssize) n_digits);
  g_autofree char *name = bp_text_quote (rest, (gssize) (length - n_digits));

  /* "0x10" and "1e" are numbers elsewhere, or parts of them. */
  if (g_ascii_isdigit (text[offset]) && *rest != '\0' && strchr ("eExX", *rest) == NULL && strchr (name, '.') == NULL)
    g_set_error (error, BP_ERROR, BP_ERROR_SYNTAX, _("“%s” is neither a number nor a name; did you mean “%s*%s”?"),
                 quoted, number, name);
  else
    g_set_error (error, BP_ERROR, BP_ERROR_SYNTAX, _("“%s” is neither a number nor a name"), quoted);
  prefix_column (error, text, offset);

  return FALSE;
}

/* The kind of what two characters without a blank between them make, or 0. */
static guint
find_pair (guint first,
           guint second)
{
  static const struct {
    char  characters[2];
    guint kind;
  } pairs[] = {
    { { '*', '*' }, BP_TOKEN_POWER }, { { '>', '=' }, BP_TOKEN_GREATER_EQUAL }, { { '<', '=' }, BP_TOKEN_LESS_EQUAL },
    { { '=', '=' }, BP_TOKEN_EQUAL }, { { '!', '=' }, BP_TOKEN_NOT_EQUAL },
  };

  for (guint i = 0; i < G_N_ELEMENTS (pairs); i++)
    if ((guint) pairs[i].characters[0] == first && (guint) pairs[i].characters[1] == second)
      return pairs[i].kind;

  return 0;
}

static gboolean
append_token (GArray     *tokens,
              const char *text,
              GTokenType  type,
              guint       start,
              guint       end,
              GError    **error)
{
  BpToken token = { (guint) type, start, end };
  BpToken *last = tokens->len > 0 ? &g_array_index (tokens, BpToken, tokens->len - 1) : NULL;
  const guint pair = last != NULL && last->end == start ? find_pair (last->kind, (guint) type) : 0;

  if (pair != 0)
    {
      last->kind = pair;
      last->end = end;
      return TRUE;
    }

  if (type == G_TOKEN_ERROR)
    return fail_at_number (text, start, error);
  else if (type == G_TOKEN_EOF)
    token.kind = BP_TOKEN_END;
  else if (type == G_TOKEN_INT || type == G_TOKEN_FLOAT)
    token.kind = BP_TOKEN_NUMBER;
  else if (type == G_TOKEN_IDENTIFIER)
    token.kind = BP_TOKEN_NAME;
  else if (type > 255 || strchr ("+-*/()[],=<>!", (int) type) == NULL || (type == '!' && text[end] != '='))
    return fail_at_character (text, start, error);

  g_array_append_val (tokens, token);

  return TRUE;
}

/* A scanner tells where a token ends; the next one starts there but for blanks. */
static gboolean
append_tokens (GArray     *tokens,
               const char *text,
               GScanner   *scanner,
               GError    **error)
{
  guint end = 0;
  GTokenType type;

  do
    {
      guint start = end + (guint) strspn (text + end, " ");

      type = g_scanner_get_next_token (scanner);
      end = g_scanner_cur_position (scanner);
      if (!append_token (tokens, text, type, start, MAX (start, end), error))
        return FALSE;
    }
  while (type != G_TOKEN_EOF);

  return TRUE;
}

static gboolean
check_text (const char *text,
            GError    **error)
{
  const char *end;

  if (strnlen (text, BP_MAX_EXPRESSION_BYTES + 1) > BP_MAX_EXPRESSION_BYTES)
    {
      g_set_error (error, BP_ERROR, BP_ERROR_VALUE, _("an expression may have at most %d characters"),
                   BP_MAX_EXPRESSION_BYTES);
      prefix_column (error, text, 0);
      return FALSE;
    }

  if (!g_utf8_validate (text, -1, &end))
    {
      g_set_error_literal (error, BP_ERROR, BP_ERROR_SYNTAX, _("the text is not UTF-8"));
      prefix_column (error, text, (gsize) (end - text));
      return FALSE;
    }

  return TRUE;
}

GArray *
bp_expression_tokenize (const char *text,
                        GError    **error)
{
  if (!check_text (text, error))
    return NULL;

  g_autoptr (GArray) tokens = g_array_new (FALSE, FALSE, sizeof (BpToken));
  g_autofree char *blanked = g_strdup (text);
  GScanner *scanner = g_scanner_new (&config);

  /* A scanner counts positions from the last line's start and to tab stops. What is copied has blanks of all kinds. */
  for (char *c = blanked; *c != '\0'; c = g_utf8_next_char (c))
    if (g_unichar_isspace (g_utf8_get_char (c)) || *c == '\v')
      memset (c, ' ', (gsize) (g_utf8_next_char (c) - c));
  g_scanner_input_text (scanner, blanked, (guint) strlen (blanked));

  gboolean success = append_tokens (tokens, blanked, scanner, error);

  g_scanner_destroy (scanner);

  return success ? g_steal_pointer (&tokens) : NULL;
}

const BpToken *
bp_parser_peek (BpParser *self,
                guint     ahead)
{
  return &g_array_index (self->tokens, BpToken, MIN (self->next + ahead, self->tokens->len - 1));
}

gboolean
bp_parser_at (BpParser *self,
              guint     kind)
{
  return bp_parser_peek (self, 0)->kind == kind;
}

const BpToken *
bp_parser_take (BpParser *self)
{
  const BpToken *token = bp_parser_peek (self, 0);

  self->next++;

  return token;
}

gboolean
bp_parser_expect (BpParser   *self,
                  guint       kind,
                  const char *message,
                  GError    **error)
{
  if (bp_parser_at (self, kind))
    {
      bp_parser_take (self);
      return TRUE;
    }

  bp_parser_fail_syntax (self, message, error);

  return FALSE;
}

char *
bp_parser_get_text (BpParser      *self,
                    const BpToken *token)
{
  return g_strndup (self->text + token->start, token->end - token->start);
}

guint
bp_parser_fail (BpParser      *self,
                const BpToken *token,
                GError       **error)
{
  prefix_column (error, self->text, token->start);

  return BP_NODE_NONE;
}

gboolean
bp_parser_fail_comma (BpParser *self,
                      guint     comma,
                      GError  **error)
{
  const BpToken *tokens = (const BpToken *) (gpointer) self->tokens->data;

  if (comma == 0 || comma + 1 >= self->tokens->len || tokens[comma].kind != ',' ||
      tokens[comma - 1].kind != BP_TOKEN_NUMBER || tokens[comma + 1].kind != BP_TOKEN_NUMBER ||
      !bp_number_set_comma_error (self->text + tokens[comma - 1].start, error))
    return FALSE;

  bp_parser_fail (self, &tokens[comma - 1], error);

  return TRUE;
}

guint
bp_parser_fail_syntax (BpParser   *self,
                       const char *message,
                       GError    **error)
{
  if (bp_parser_fail_comma (self, self->next, error))
    return BP_NODE_NONE;

  g_set_error_literal (error, BP_ERROR, BP_ERROR_SYNTAX, message);

  return bp_parser_fail (self, bp_parser_peek (self, 0), error);
}
