/* bp-formula-print.c: formulas as text and as LaTeX
 *
 * Both notations share the rule for parentheses: a part whose operation binds less tightly than its surroundings ask
 * for gets them. A minus at the beginning of a side needs none.
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "explain/bp-formula.h"

#include <string.h>

#include "base/bp-number.h"

/* How tightly operations bind. */
typedef enum {
  LEVEL_SUM,     /* and whatever begins with a minus */
  LEVEL_TERM,    /* a number with a power of ten */
  LEVEL_PRODUCT,
  LEVEL_POWER,
  LEVEL_ATOM,
} Level;

typedef struct {
  GString  *string;
  gboolean  latex;
} Printer;

static void print (Printer         *printer,
                   const BpFormula *formula,
                   Level            least,
                   gboolean         leading);

static const BpFormula *
get_child (const BpFormula *formula,
           guint            index)
{
  return g_ptr_array_index (formula->children, index);
}

static void
put (Printer    *printer,
     const char *text,
     const char *latex)
{
  g_string_append (printer->string, printer->latex ? latex : text);
}

static char *
format_number (const Printer   *printer,
               const BpFormula *number)
{
  return printer->latex ? bp_number_format_latex (number->value, number->digits)
                        : bp_number_format_digits (number->value, number->digits);
}

static Level
get_number_level (const Printer   *printer,
                  const BpFormula *number)
{
  g_autofree char *text = format_number (printer, number);

  if (strstr (text, printer->latex ? "\\cdot" : "·") != NULL)
    return LEVEL_TERM;
  if (number->value < 0)
    return LEVEL_SUM;

  /* "10⁻⁸" is a power; 10 and 100 are not. */
  return g_str_has_prefix (text, "10") && (text[2] == '^' || !g_str_is_ascii (text)) ? LEVEL_POWER : LEVEL_ATOM;
}

static Level
get_level (const Printer   *printer,
           const BpFormula *formula)
{
  switch (formula->kind)
    {
    case BP_FORMULA_NUMBER:
      return get_number_level (printer, formula);
    case BP_FORMULA_SUM:
    case BP_FORMULA_NEGATIVE:
      return LEVEL_SUM;
    case BP_FORMULA_PRODUCT:
    case BP_FORMULA_CHAIN:
    case BP_FORMULA_TOTAL:
      return LEVEL_PRODUCT;
    case BP_FORMULA_QUOTIENT:
      return printer->latex ? LEVEL_POWER : LEVEL_PRODUCT;
    case BP_FORMULA_PARTIAL:
    case BP_FORMULA_POWER:
      return LEVEL_POWER;
    case BP_FORMULA_CALL:
      return formula->function == BP_FUNCTION_TRANSPOSE || (printer->latex && formula->function == BP_FUNCTION_EXP)
             ? LEVEL_POWER : LEVEL_ATOM;
    default:
      return LEVEL_ATOM;
    }
}

static void
print_in_parentheses (Printer         *printer,
                      const BpFormula *formula)
{
  Printer inner = { g_string_new (NULL), printer->latex };
  gboolean is_high;

  print (&inner, formula, LEVEL_SUM, TRUE);
  is_high = printer->latex && strstr (inner.string->str, "\\frac") != NULL;
  g_string_append_printf (printer->string, is_high ? "\\left(%s\\right)" : "(%s)", inner.string->str);
  g_string_free (inner.string, TRUE);
}

static void
print_braced (Printer         *printer,
              const BpFormula *formula)
{
  g_string_append_c (printer->string, '{');
  print (printer, formula, LEVEL_SUM, TRUE);
  g_string_append_c (printer->string, '}');
}

/* Sums and products */

static gboolean
is_negative_number (const BpFormula *formula)
{
  return formula->kind == BP_FORMULA_NUMBER && formula->value < 0;
}

static void
print_sum (Printer         *printer,
           const BpFormula *formula,
           gboolean         leading)
{
  for (guint i = 0; i < formula->children->len; i++)
    {
      const BpFormula *term = get_child (formula, i);
      const gboolean is_subtracted = i > 0 && term->kind == BP_FORMULA_NEGATIVE;

      if (i > 0)
        put (printer, is_subtracted ? " − " : " + ", is_subtracted ? " - " : " + ");
      if (is_subtracted)
        term = get_child (term, 0);
      print (printer, term, i > 0 && is_negative_number (term) ? LEVEL_PRODUCT : LEVEL_TERM, leading && i == 0);
    }
}

/* "2·d" is written "2d". */
static gboolean
drops_dot (const BpFormula *before,
           const BpFormula *after)
{
  return before->kind == BP_FORMULA_NUMBER && after->kind == BP_FORMULA_SYMBOL && g_ascii_isalpha (after->text[0]);
}

static void
print_product (Printer         *printer,
               const BpFormula *formula,
               gboolean         leading)
{
  const gboolean is_chain = formula->kind == BP_FORMULA_CHAIN;

  for (guint i = 0; i < formula->children->len; i++)
    {
      const BpFormula *factor = get_child (formula, i);

      if (i > 0 && (is_chain || printer->latex || !drops_dot (get_child (formula, i - 1), factor)))
        put (printer, is_chain ? " · " : "·", " \\cdot ");
      print (printer, factor, LEVEL_PRODUCT, leading && i == 0);
    }
}

static void
print_quotient (Printer         *printer,
                const BpFormula *formula,
                gboolean         leading)
{
  if (printer->latex)
    {
      g_string_append (printer->string, "\\frac");
      print_braced (printer, get_child (formula, 0));
      print_braced (printer, get_child (formula, 1));
      return;
    }

  print (printer, get_child (formula, 0), LEVEL_PRODUCT, leading);
  g_string_append_c (printer->string, '/');
  print (printer, get_child (formula, 1), LEVEL_POWER, FALSE);
}

static gboolean
is_digit (const BpFormula *formula)
{
  return formula->kind == BP_FORMULA_NUMBER && formula->value >= 0 && formula->value < 10
         && formula->value == (int) formula->value;
}

static void
print_power (Printer         *printer,
             const BpFormula *formula)
{
  const BpFormula *exponent = get_child (formula, 1);

  if (printer->latex)
    g_string_append_c (printer->string, '{');
  print (printer, get_child (formula, 0), LEVEL_ATOM, FALSE);
  if (printer->latex)
    g_string_append_c (printer->string, '}');

  if (is_digit (exponent) && printer->latex)
    g_string_append_printf (printer->string, "^%d", (int) exponent->value);
  else if (is_digit (exponent))
    bp_number_append_superscript (printer->string, (int) exponent->value);
  else
    {
      g_string_append_c (printer->string, '^');
      if (printer->latex)
        print_braced (printer, exponent);
      else
        print (printer, exponent, LEVEL_ATOM, FALSE);
    }
}

/* Functions */

static void
print_arguments (Printer         *printer,
                 const BpFormula *formula,
                 const char      *before,
                 const char      *after)
{
  g_string_append (printer->string, before);
  for (guint i = 0; i < formula->children->len; i++)
    {
      if (i > 0)
        g_string_append (printer->string, ", ");
      print (printer, get_child (formula, i), LEVEL_SUM, TRUE);
    }
  g_string_append (printer->string, after);
}

static void
print_call (Printer         *printer,
            const BpFormula *formula)
{
  const BpFunction function = formula->function;

  if (function == BP_FUNCTION_ABS)
    print_arguments (printer, formula, "|", "|");
  else if (printer->latex && function == BP_FUNCTION_SQRT)
    print_arguments (printer, formula, "\\sqrt{", "}");
  else if (printer->latex && function == BP_FUNCTION_TRANSPOSE)
    print_arguments (printer, formula, "{", "}^{\\top}");
  else if (printer->latex && function == BP_FUNCTION_EXP)
    print_arguments (printer, formula, "e^{", "}");
  else if (function == BP_FUNCTION_SQRT)
    {
      g_string_append (printer->string, "√");
      print (printer, get_child (formula, 0), LEVEL_ATOM, FALSE);
    }
  else if (function == BP_FUNCTION_TRANSPOSE)
    {
      print (printer, get_child (formula, 0), LEVEL_ATOM, FALSE);
      g_string_append (printer->string, "ᵀ");
    }
  else
    {
      g_string_append (printer->string, bp_formula_get_function_name (function, printer->latex));
      print_arguments (printer, formula, "(", ")");
    }
}

static void
print_partial (Printer         *printer,
               const BpFormula *formula)
{
  put (printer, "∂", "\\frac{\\partial ");
  print (printer, get_child (formula, 0), LEVEL_POWER, FALSE);
  put (printer, "/∂", "}{\\partial ");
  print (printer, get_child (formula, 1), LEVEL_POWER, FALSE);
  put (printer, "", "}");
}

static void
print_condition (Printer         *printer,
                 const BpFormula *formula)
{
  static const char * const signs[][2] = {
    { " > ", " > " }, { " ≥ ", " \\geq " }, { " ≤ ", " \\leq " }, { " = ", " = " }, { " ≠ ", " \\neq " },
  };
  const char * const *sign = signs[formula->kind - BP_FORMULA_GREATER];

  g_string_append_c (printer->string, '[');
  print (printer, get_child (formula, 0), LEVEL_SUM, TRUE);
  put (printer, sign[0], sign[1]);
  print (printer, get_child (formula, 1), LEVEL_SUM, TRUE);
  g_string_append_c (printer->string, ']');
}

static void
print_element (Printer         *printer,
               const BpFormula *formula)
{
  print (printer, get_child (formula, 0), LEVEL_POWER, FALSE);
  if (formula->text != NULL)
    {
      g_string_append (printer->string, formula->text);
      return;
    }
  g_string_append_c (printer->string, '[');
  print (printer, get_child (formula, 1), LEVEL_SUM, TRUE);
  g_string_append_c (printer->string, ']');
}

/* Lines */

/* "[0,0]: 2·3 = 6"; of a result alone "[0,0]: 6", for "=" has nothing on its left. */
static void
print_equation (Printer         *printer,
                const BpFormula *formula)
{
  const gboolean has_text = formula->text != NULL;

  if (has_text)
    g_string_append_printf (printer->string, "%s: ", formula->text);

  for (guint i = 0; i < formula->children->len; i++)
    {
      const BpRelation relation = formula->relations[i];

      if (relation != BP_RELATION_NONE && !(i == 0 && has_text && relation == BP_RELATION_EQUAL))
        {
          if (i > 0)
            g_string_append_c (printer->string, ' ');
          g_string_append (printer->string, bp_formula_get_relation_sign (relation, printer->latex));
          g_string_append_c (printer->string, ' ');
        }
      print (printer, get_child (formula, i), LEVEL_SUM, TRUE);
    }
}

static void
print_list (Printer         *printer,
            const BpFormula *formula)
{
  for (guint i = 0; i < formula->children->len; i++)
    {
      if (i > 0 && formula->kind == BP_FORMULA_LIST)
        put (printer, ",  ", ", \\quad ");
      print (printer, get_child (formula, i), LEVEL_SUM, TRUE);
    }
}

static void
print_words (Printer         *printer,
             const BpFormula *formula)
{
  g_autofree char *latex = NULL;

  if (!printer->latex)
    {
      g_string_append (printer->string, formula->text);
      return;
    }
  latex = bp_text_to_latex (formula->text);
  g_string_append_printf (printer->string, "\\text{%s}", latex);
}

static void
print_number (Printer         *printer,
              const BpFormula *formula)
{
  g_autofree char *text = format_number (printer, formula);

  g_string_append (printer->string, text);
}

/* Whether a minus at the beginning of @formula stands at the beginning of a side too, where it needs no parentheses. */
static gboolean
is_leading_minus (const Printer   *printer,
                  const BpFormula *formula,
                  gboolean         leading)
{
  return leading && (formula->kind == BP_FORMULA_NEGATIVE
                     || (formula->kind == BP_FORMULA_NUMBER && get_level (printer, formula) == LEVEL_SUM));
}

/* A formula without parts. */
static void
print_leaf (Printer         *printer,
            const BpFormula *formula)
{
  if (formula->kind == BP_FORMULA_NUMBER)
    print_number (printer, formula);
  else if (formula->kind == BP_FORMULA_HIDDEN)
    g_string_append (printer->string, BP_NUMBER_HIDDEN);
  else if (formula->kind == BP_FORMULA_SYMBOL)
    put (printer, formula->text, formula->latex);
  else if (formula->kind == BP_FORMULA_WORDS)
    print_words (printer, formula);
  else
    put (printer, "⋯", "\\cdots");
}

static void
print_bare (Printer         *printer,
            const BpFormula *formula,
            gboolean         leading)
{
  switch ((int) formula->kind)
    {
    case BP_FORMULA_PARTIAL:
      print_partial (printer, formula);
      break;
    case BP_FORMULA_ELEMENT:
      print_element (printer, formula);
      break;
    case BP_FORMULA_SUM:
      print_sum (printer, formula, leading);
      break;
    case BP_FORMULA_NEGATIVE:
      put (printer, "−", "-");
      print (printer, get_child (formula, 0), LEVEL_TERM, FALSE);
      break;
    case BP_FORMULA_PRODUCT:
    case BP_FORMULA_CHAIN:
      print_product (printer, formula, leading);
      break;
    case BP_FORMULA_QUOTIENT:
      print_quotient (printer, formula, leading);
      break;
    case BP_FORMULA_POWER:
      print_power (printer, formula);
      break;
    case BP_FORMULA_CALL:
      print_call (printer, formula);
      break;
    case BP_FORMULA_GREATER:
    case BP_FORMULA_GREATER_EQUAL:
    case BP_FORMULA_LESS_EQUAL:
    case BP_FORMULA_SAME:
    case BP_FORMULA_DIFFERENT:
      print_condition (printer, formula);
      break;
    case BP_FORMULA_TOTAL:
      put (printer, "Σ ", "\\sum ");
      print (printer, get_child (formula, 0), LEVEL_PRODUCT, FALSE);
      break;
    case BP_FORMULA_TUPLE:
      print_arguments (printer, formula, "(", ")");
      break;
    case BP_FORMULA_EQUATION:
      print_equation (printer, formula);
      break;
    case BP_FORMULA_LIST:
    case BP_FORMULA_LINE:
      print_list (printer, formula);
      break;
    default:
      print_leaf (printer, formula);
    }
}

static void
print (Printer         *printer,
       const BpFormula *formula,
       Level            least,
       gboolean         leading)
{
  if (get_level (printer, formula) < least && !is_leading_minus (printer, formula, leading))
    print_in_parentheses (printer, formula);
  else
    print_bare (printer, formula, leading);
}

static char *
print_all (const BpFormula *formula,
           gboolean         latex)
{
  Printer printer = { NULL, latex };

  g_return_val_if_fail (formula != NULL, NULL);

  printer.string = g_string_new (NULL);
  print (&printer, formula, LEVEL_SUM, TRUE);

  return g_string_free (printer.string, FALSE);
}

char *
bp_formula_to_text (const BpFormula *formula)
{
  return print_all (formula, FALSE);
}

char *
bp_formula_to_latex (const BpFormula *formula)
{
  return print_all (formula, TRUE);
}
