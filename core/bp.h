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
#include "bp-expression.h"
#include "bp-graph.h"
#include "bp-op.h"
#include "bp-session.h"
#include "bp-shape.h"
#include "bp-slope.h"

/* What is trained, on which data */
#include "bp-builtin.h"
#include "bp-dataset.h"
#include "bp-experiment.h"
#include "bp-optimizer.h"
#include "bp-random.h"

/* Training, and what it left behind */
#include "bp-evaluator.h"
#include "bp-ghost.h"
#include "bp-history.h"
#include "bp-saved-run.h"
#include "bp-series.h"
#include "bp-stretch.h"
#include "bp-trainer.h"
#include "bp-work.h"

/* Saying it */
#include "bp-error.h"
#include "bp-explain.h"
#include "bp-number.h"
