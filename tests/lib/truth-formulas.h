/* truth-formulas.h: the formulas and the update line of an explanation
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#pragma once

#include "lib/truth-walk.h"

/** The lines of @explanation on updates, to come and done. */
void check_updates (Walk                *walk,
                    const BpExplanation *explanation);

/** The formulas of @explanation, after @instruction where it is of a step. */
void check_formulas (Walk                *walk,
                     const BpExplanation *explanation,
                     const BpInstruction *instruction);
