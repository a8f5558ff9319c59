/* truth-text.h: formulas read as a reader reads them, from their text
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#pragma once

#include <glib.h>

typedef long double Real;

/** What a text is read with: what its symbols and partial derivatives are; NaN for what nobody knows. */
typedef struct {
  const char *at;
  gboolean    is_whole; /* until something is left out, or is no number */
  Real        largest;  /* of the terms of sums, which is what double has rounded */
  Real      (*look_up) (const char *symbol,
                        gpointer    data);
  Real      (*look_up_partial) (const char *of,
                                const char *by,
                                gpointer    data);
  gpointer    data;
} Reader;

/** The value of @text; @reader->is_whole is FALSE where it has what is no number. */
Real reader_read (Reader     *reader,
                  const char *text);

#define MAX_SIDES 8

typedef struct {
  char *index;              /* "[0,1]", of the element that it speaks of */
  char *sides[MAX_SIDES];
  char *relations[MAX_SIDES]; /* before each; "" where there is none */
  guint n;
} Equation;

/** Frees the sides of @equation. */
void equation_clear (Equation *equation);

G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (Equation, equation_clear)

/** Reads @text as the sides of an equation and their relations. */
void equation_split (Equation   *equation,
                     const char *text);

/** Whether @shown is @value rounded to four digits; a hair more for what lies between two. */
gboolean is_rounded (Real shown,
                     Real value);

/** Whether @part is in @text. */
gboolean says (const char *text,
               const char *part);

/** What stands between @before and @after, or to the end. */
char *between (const char *text,
               const char *before,
               const char *after);

/** The number that stands between @before and @after, or to the end. */
Real number_between (const char *text,
                     const char *before,
                     const char *after);
