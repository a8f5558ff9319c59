/* truth-sentences.h: the sentences of explanations, each compared with what it says
 *
 * A sentence that is not known here fails: whoever adds one says what makes it true.
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#pragma once

#include "lib/truth-walk.h"

/** What goes into the one element of an elementwise @node from input @i; NaN for other ops. */
Real operand (const Walk *walk,
              guint       node,
              guint       i);

/** Whether @text is what the value of an @op means. */
gboolean is_forward_sentence (const char *text,
                              BpOp        op);

/** Whether @text says what some op does with a gradient. */
gboolean is_backward_sentence (const char *text);

/** Whether @text is of the op of node @op. Fails where it says of it what is not so, as all that follow do. */
gboolean check_op_sentence (Walk       *walk,
                            const char *text,
                            guint       op);

/** Whether @text says what is special about the numbers of node @op. */
gboolean check_special (Walk       *walk,
                        const char *text,
                        guint       op);

/** Whether @text says what a mask drops. */
gboolean check_dropout (Walk       *walk,
                        const char *text,
                        guint       node);

/** How often the loss uses @target in nodes from @first on. */
guint count_uses (const Walk *walk,
                  guint       target,
                  guint       first);

/** Whether @text says how many contributions meet. */
gboolean check_meeting (Walk       *walk,
                        const char *text);

/** Whether @text says of how many elements a mean is, or for how many one was used. */
gboolean check_stretch (Walk       *walk,
                        const char *text,
                        guint       op,
                        guint       target);

/** Whether @text is about a setting. */
gboolean check_settings_sentence (Walk       *walk,
                                  const char *text);
