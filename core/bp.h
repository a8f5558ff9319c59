/* bp.h: the whole library
 *
 *   #include "bp.h"
 *
 *   int
 *   main (void)
 *   {
 *     g_autoptr (GError) error = NULL;
 *     g_autoptr (BpExperiment) experiment = bp_builtin_load ("regression", &error);
 *     g_autoptr (BpTrainer) trainer = experiment != NULL ? bp_trainer_new (experiment, &error) : NULL;
 *
 *     if (trainer == NULL)
 *       {
 *         g_printerr ("%s\n", error->message);
 *         return 1;
 *       }
 *
 *     BpSession *session = bp_trainer_get_session (trainer);
 *     guint a = bp_graph_find (bp_trainer_get_graph (trainer), "A");
 *
 *     bp_trainer_run (trainer, 100);
 *     g_print ("A = %.6f\n", bp_session_get_value (session, a)[0]);
 *
 *     bp_trainer_step_node (trainer, -1);
 *     g_print ("Before its last update A = %.6f, and the gradient is %.6f\n",
 *              bp_session_get_value (session, a)[0], bp_session_get_gradient (session, a)[0]);
 *
 *     return 0;
 *   }
 *
 * An experiment (bp-experiment.h) is a file that says what is computed and how it is trained. From it come a graph
 * without numbers (bp-graph.h, whose nodes apply the ops of bp-op.h) and a session with them (bp-session.h). The
 * trainer (bp-trainer.h) is a cursor in the train step that goes forward and back one node at a time. The headers are
 * the manual: include this one, or only those that a file needs.
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#pragma once

/* What is computed, and its numbers */
#include "graph/bp-expression.h"
#include "graph/bp-graph.h"
#include "graph/bp-layers.h"
#include "graph/bp-op.h"
#include "session/bp-nudge.h"
#include "session/bp-session.h"
#include "graph/bp-shape.h"
#include "session/bp-slope.h"

/* What is trained, on which data */
#include "experiment/bp-builtin.h"
#include "experiment/bp-dataset.h"
#include "experiment/bp-experiment.h"
#include "experiment/bp-optimizer.h"
#include "experiment/bp-setting.h"
#include "base/bp-random.h"
#include "templates/bp-import.h"
#include "templates/bp-template.h"

/* Training, and what it left behind */
#include "training/bp-evaluator.h"
#include "training/bp-reference.h"
#include "training/bp-history.h"
#include "training/bp-saved-run.h"
#include "training/bp-series.h"
#include "training/bp-stability.h"
#include "experiment/bp-stretch.h"
#include "training/bp-trainer.h"
#include "session/bp-work.h"

/* Saying it */
#include "base/bp-error.h"
#include "explain/bp-explain.h"
#include "base/bp-number.h"
