/* run-predict-fixture.h: what there is to read of a run
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#pragma once

#include "lib/widget-search.h"

/** Steps to the first instruction of @phase. */
void step_to (BpRun  *run,
              BpPhase phase);

/** Adds a copy of @text, unless it is NULL. */
void add_text (GPtrArray  *texts,
               const char *text);

/** All that the graph, the explanation card and the plots say. Returns: (transfer full) (element-type utf8) */
GPtrArray *create_texts (BpRun     *run,
                         GtkWidget *card);
