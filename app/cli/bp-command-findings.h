/* bp-command-findings.h: what a check of gradients finds, node by node, and its table
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#pragma once

#include "cli/bp-command.h"

G_BEGIN_DECLS

/* The result for one node. */
typedef struct {
  char          *name;
  char          *op;
  char          *shape;
  double         error; /* the largest relative error, NaN if nothing was compared */
  BpSlopeVerdict verdict; /* the worst */
  gint64         iteration; /* of the worst verdict; among equals, of the largest error */
  char          *kink;
  const char    *reason;
  char          *remark;
  gboolean       is_rounded; /* whether a gradient agrees within rounding alone */
  gint64         n_summed; /* iterations whose gradients that of @iteration is the sum of */
} BpFinding;

void bp_finding_free (BpFinding *finding);

/** Keeps the worst verdict and the largest error of @element, compared in @iteration. @shape is the node's. */
void bp_finding_add (BpFinding            *finding,
                     const BpShape        *shape,
                     const BpElementCheck *element,
                     gint64                iteration);

/** Appends a row for each of @findings (element-type BpFinding), below a row of titles. */
void bp_findings_append_table (GString   *text,
                               GPtrArray *findings);

/** Returns: (transfer none): the one with the worst verdict; among equals, with the largest error. */
const BpFinding *bp_findings_get_worst (GPtrArray *findings);

/** Returns: the largest relative error, 0 if nothing was compared */
double bp_findings_get_largest_error (GPtrArray *findings);

G_END_DECLS
