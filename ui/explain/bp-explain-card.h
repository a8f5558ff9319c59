/* bp-explain-card.h: what the step or the node looked at means, in four lines
 *
 * Where the cursor is, the chain rule in symbols and numbers, the update, and a sentence; beside it a check by a
 * central difference. It follows the cursor, or speaks of the selected node until it is told to follow again; where the
 * run diverged it says why. Its height does not depend on what it says.
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#pragma once

#include <gtk/gtk.h>

#include "run/bp-run.h"

G_BEGIN_DECLS

#define BP_TYPE_EXPLAIN_CARD (bp_explain_card_get_type ())
G_DECLARE_FINAL_TYPE (BpExplainCard, bp_explain_card, BP, EXPLAIN_CARD, GtkWidget)

GtkWidget *bp_explain_card_new (BpRun *run);

/** The run that it watches. @run: (nullable) */
void bp_explain_card_set_run (BpExplainCard *card,
                              BpRun         *run);

/** What the buttons copy: plain text, or LaTeX. Returns: (transfer full): "" without a run */
char *bp_explain_card_dup_text (BpExplainCard *card);

char *bp_explain_card_dup_latex (BpExplainCard *card);

/** Whether it stands beside other things, and has height rather than width: each step of the formula on a row of its
 *  own, sentences wrapped. */
void bp_explain_card_set_tall (BpExplainCard *card,
                               gboolean       tall);

G_END_DECLS
