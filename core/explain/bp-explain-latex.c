/* bp-explain-latex.c: explanations for LaTeX, to paste into a document that uses amsmath
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "explain/bp-explain-private.h"

#include <string.h>

/* What a plain article cannot print as it stands. Longer sequences come before their beginnings. */
static const struct {
  const char *text;
  const char *latex;
} replacements[] = {
  { "m̂", "$\\hat{m}$" },          { "v̂", "$\\hat{v}$" },          { "ₜ", "$_t$" },
  { "\\", "\\textbackslash{}" },  { "{", "\\{" },                 { "}", "\\}" },
  { "$", "\\$" },                 { "&", "\\&" },                 { "#", "\\#" },
  { "%", "\\%" },                 { "_", "\\_" },                 { "~", "\\textasciitilde{}" },
  { "^", "\\textasciicircum{}" }, { "<", "$<$" },                 { ">", "$>$" },
  { "|", "$|$" },                 { "\"", "''" },                 { "·", "$\\cdot$" },
  { "⋯", "$\\cdots$" },           { "…", "\\ldots{}" },           { "→", "$\\to$" },
  { "←", "$\\leftarrow$" },       { "−", "$-$" },                 { "×", "$\\times$" },
  { "÷", "$\\div$" },             { "≈", "$\\approx$" },          { "≤", "$\\le$" },
  { "≥", "$\\ge$" },              { "∞", "$\\infty$" },           { "√", "$\\surd$" },
  { "∂", "$\\partial$" },         { "Σ", "$\\sum$" },             { "Δ", "$\\Delta$" },
  { "α", "$\\alpha$" },           { "β", "$\\beta$" },            { "γ", "$\\gamma$" },
  { "δ", "$\\delta$" },           { "ε", "$\\varepsilon$" },      { "η", "$\\eta$" },
  { "θ", "$\\theta$" },           { "λ", "$\\lambda$" },          { "μ", "$\\mu$" },
  { "π", "$\\pi$" },              { "ρ", "$\\rho$" },             { "σ", "$\\sigma$" },
  { "ω", "$\\omega$" },           { "Φ", "$\\Phi$" },             { "φ", "$\\varphi$" },
  { "′", "$'$" },                 { "″", "$''$" },                { "½", "$\\frac{1}{2}$" },
  { "⁻", "$^{-}$" },              { "⁰", "$^{0}$" },              { "¹", "$^{1}$" },
  { "²", "$^{2}$" },              { "³", "$^{3}$" },              { "⁴", "$^{4}$" },
  { "⁵", "$^{5}$" },              { "⁶", "$^{6}$" },              { "⁷", "$^{7}$" },
  { "⁸", "$^{8}$" },              { "⁹", "$^{9}$" },              { "ⁿ", "$^{n}$" },
  { "ᵗ", "$^{t}$" },              { "ˣ", "$^{x}$" },              { "ᵀ", "$^{\\top}$" },
  { "₀", "$_{0}$" },              { "₁", "$_{1}$" },              { "₂", "$_{2}$" },
  { "₃", "$_{3}$" },              { "₄", "$_{4}$" },              { "₅", "$_{5}$" },
  { "₆", "$_{6}$" },              { "₇", "$_{7}$" },              { "₈", "$_{8}$" },
  { "₉", "$_{9}$" },              { "–", "--" },                  { "—", "---" },
  { "“", "``" },                  { "”", "''" },                  { "‘", "`" },
  { "’", "'" },
};

char *
bp_text_to_latex (const char *text)
{
  GString *string = g_string_new (NULL);

  while (*text != '\0')
    {
      guint i = 0;

      while (i < G_N_ELEMENTS (replacements) && !g_str_has_prefix (text, replacements[i].text))
        i++;
      if (i < G_N_ELEMENTS (replacements))
        {
          g_string_append (string, replacements[i].latex);
          text += strlen (replacements[i].text);
        }
      else
        {
          g_string_append_unichar (string, g_utf8_get_char (text));
          text = g_utf8_next_char (text);
        }
    }

  return g_string_free (string, FALSE);
}

static void
append_line (GString         *string,
             const BpFormula *formula,
             const char      *relation)
{
  g_autofree char *latex = NULL;

  if (formula == NULL)
    return;

  latex = bp_formula_to_latex (formula);
  g_string_append_printf (string, "%s  & %s%s", string->len > 0 ? " \\\\\n" : "", relation, latex);
}

/* Numbers carry the formula on, unless they have a left side or a relation of their own. */
static const char *
get_relation (const BpExplanation *explanation)
{
  const BpFormula *numbers = explanation->numbers;

  return explanation->symbols != NULL && numbers != NULL && bp_formula_continues (numbers)
         && numbers->relations[0] == BP_RELATION_NONE ? "{} = " : "{} ";
}

static void
append_paragraph (GString    *string,
                  const char *text)
{
  g_autofree char *latex = NULL;

  if (text == NULL)
    return;
  latex = bp_text_to_latex (text);
  g_string_append_printf (string, "\\noindent %s\n", latex);
}

char *
bp_explanation_to_latex (const BpExplanation *explanation)
{
  g_autoptr (GString) formulas = g_string_new (NULL);
  g_autofree char *where = NULL;
  GString *string;

  g_return_val_if_fail (explanation != NULL, NULL);

  where = bp_text_to_latex (explanation->where);
  string = g_string_new (NULL);
  g_string_append_printf (string, "\\par\\noindent\\textbf{%s}\n", where);
  append_line (formulas, explanation->symbols, "");
  append_line (formulas, explanation->numbers, get_relation (explanation));
  append_line (formulas, explanation->update, "");
  append_line (formulas, explanation->second_update, "");
  if (formulas->len > 0)
    g_string_append_printf (string, "\\begin{align*}\n%s\n\\end{align*}\n", formulas->str);
  else
    g_string_append (string, "\\par\n");
  append_paragraph (string, explanation->meaning);
  if (explanation->legend != NULL)
    {
      g_string_append (string, "\\par\n");
      append_paragraph (string, explanation->legend);
    }

  return g_string_free (string, FALSE);
}
