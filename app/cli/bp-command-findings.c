/* bp-command-findings.c: what a check of gradients finds, node by node, and its table
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "cli/bp-command-findings.h"

#include <glib/gi18n-lib.h>
#include <inttypes.h>
#include <math.h>

#include "base/bp-number.h"

void
bp_finding_free (BpFinding *finding)
{
  g_free (finding->name);
  g_free (finding->op);
  g_free (finding->shape);
  g_free (finding->kink);
  g_free (finding->remark);
  g_free (finding);
}

static char *
describe (const BpShape        *shape,
          const BpElementCheck *element,
          const BpFinding      *finding)
{
  const gboolean is_one = bp_shape_get_n_elements (shape) == 1;
  g_autofree char *index = bp_shape_index_to_string (shape, element->element);
  g_autofree char *gradient = bp_number_format (element->gradient);

  if (finding->kink != NULL)
    return is_one ? g_strdup_printf (_("kink: %s; gradient %s"), finding->kink, gradient)
                  : g_strdup_printf (_("kink at %s: %s; gradient %s"), index, finding->kink, gradient);
  if (finding->reason != NULL)
    return is_one ? g_strdup_printf (_("could not be checked: %s"), finding->reason)
                  : g_strdup_printf (_("could not be checked at %s: %s"), index, finding->reason);
  if (element->verdict == BP_SLOPE_WITHIN_ROUNDING)
    return is_one ? g_strdup_printf (_("gradient %s agrees within rounding"), gradient)
                  : g_strdup_printf (_("gradient %s at %s agrees within rounding"), gradient, index);

  return NULL;
}

void
bp_finding_add (BpFinding            *finding,
                const BpShape        *shape,
                const BpElementCheck *element,
                gint64                iteration)
{
  const gboolean is_compared = element->slope.kind == BP_SLOPE_SMOOTH && !isnan (element->error);
  const gboolean is_larger = is_compared && !(element->error <= finding->error);

  finding->is_rounded |= element->verdict <= BP_SLOPE_AT_KINK && isnan (element->error);
  if (is_larger)
    finding->error = element->error;
  if (element->verdict > finding->verdict || (is_larger && element->verdict == finding->verdict)
      || finding->iteration == 0)
    finding->iteration = iteration;
  if (element->verdict <= finding->verdict)
    return;

  finding->verdict = element->verdict;
  g_clear_pointer (&finding->kink, g_free);
  g_clear_pointer (&finding->remark, g_free);
  finding->reason = NULL;
  if (element->verdict == BP_SLOPE_UNCHECKED)
    finding->reason = bp_slope_get_reason (&element->slope, element->gradient);
  else if (element->slope.kind == BP_SLOPE_KINK)
    finding->kink = bp_slope_describe_kink (&element->slope);
  finding->remark = describe (shape, element, finding);
}

/* Returns: the width in columns of a terminal, of which a Chinese character takes two */
static glong
get_width (const char *cell)
{
  glong width = 0;

  for (const char *p = cell; *p != '\0'; p = g_utf8_next_char (p))
    width += g_unichar_iswide (g_utf8_get_char (p)) ? 2 : 1;

  return width;
}

static void
append_padded (GString    *text,
               const char *cell,
               glong       width)
{
  g_string_append (text, cell);
  for (glong i = get_width (cell); i < width + 2; i++)
    g_string_append_c (text, ' ');
}

#define N_COLUMNS 6

/* Sets @cells (transfer full) to the row of @finding. */
static void
get_cells (const BpFinding *finding,
           char            *cells[N_COLUMNS])
{
  char number[G_ASCII_DTOSTR_BUF_SIZE];

  g_ascii_formatd (number, sizeof number, "%.2e", finding->error);
  cells[0] = g_strdup (finding->name);
  cells[1] = g_strdup (finding->op);
  cells[2] = g_strdup (finding->shape);
  cells[3] = g_strdup (isnan (finding->error) ? BP_NUMBER_NONE : number);
  cells[4] = g_strdup_printf ("%" G_GINT64_FORMAT, finding->iteration);
  if (finding->remark == NULL && finding->n_summed > 1)
    cells[5] = g_strdup_printf (_("the last of %" PRId64 " gradients that add up"), finding->n_summed);
  else
    cells[5] = g_strdup (finding->remark != NULL ? finding->remark : "");
}

/* Appends a line without trailing spaces. */
static void
append_row (GString *text,
            char    *cells[N_COLUMNS],
            glong    widths[N_COLUMNS])
{
  guint n = N_COLUMNS;

  while (n > 1 && *cells[n - 1] == '\0')
    n--;
  for (guint column = 0; column + 1 < n; column++)
    append_padded (text, cells[column], widths[column]);
  g_string_append_printf (text, "%s\n", cells[n - 1]);
}

void
bp_findings_append_table (GString   *text,
                          GPtrArray *findings)
{
  const char *titles[N_COLUMNS] = {
    _("node"), _("op"), _("shape"), _("largest relative error"), _("in iteration"), "",
  };
  const guint n_cells = N_COLUMNS * (findings->len + 1);
  g_autofree char **cells = g_new (char *, n_cells);
  glong widths[N_COLUMNS] = { 0 };

  for (guint i = 0; i < N_COLUMNS; i++)
    cells[i] = g_strdup (titles[i]);
  for (guint i = 0; i < findings->len; i++)
    get_cells (g_ptr_array_index (findings, i), cells + (i + 1) * N_COLUMNS);
  for (guint i = 0; i < n_cells; i++)
    widths[i % N_COLUMNS] = MAX (widths[i % N_COLUMNS], get_width (cells[i]));

  for (guint i = 0; i < n_cells; i += N_COLUMNS)
    append_row (text, cells + i, widths);
  for (guint i = 0; i < n_cells; i++)
    g_free (cells[i]);
}

static gboolean
is_worse (const BpFinding *finding,
          const BpFinding *than)
{
  if (finding->verdict != than->verdict)
    return finding->verdict > than->verdict;

  return !isnan (finding->error) && !(finding->error <= than->error);
}

const BpFinding *
bp_findings_get_worst (GPtrArray *findings)
{
  const BpFinding *worst = g_ptr_array_index (findings, 0);

  for (guint i = 1; i < findings->len; i++)
    if (is_worse (g_ptr_array_index (findings, i), worst))
      worst = g_ptr_array_index (findings, i);

  return worst;
}

double
bp_findings_get_largest_error (GPtrArray *findings)
{
  double largest = 0;

  for (guint i = 0; i < findings->len; i++)
    largest = fmax (largest, ((const BpFinding *) g_ptr_array_index (findings, i))->error);

  return largest;
}
