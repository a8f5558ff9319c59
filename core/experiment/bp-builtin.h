/* bp-builtin.h: the experiments that come with the program
 *
 * The files of resources/experiments/, compiled in (as a C array made at build time, so that core needs no GIO).
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#pragma once

#include "experiment/bp-experiment.h"

G_BEGIN_DECLS

/** Returns: (transfer none) (array zero-terminated=1): their names in the order a menu shows them */
const char * const *bp_builtin_get_names (void);

/** Returns: (transfer none) (nullable): the heading that the built-in @name stands under, in the user's language */
const char *bp_builtin_get_group (const char *name);

/** Returns: (transfer none) (nullable): the text of the built-in's file; NULL if there is none of that name */
const char *bp_builtin_get_text (const char *name);

/** Loads a built-in. Fails with BP_ERROR_UNKNOWN, listing the names that exist. */
BpExperiment *bp_builtin_load (const char *name,
                               GError    **error);

/**
 * bp_builtin_translate:
 * @text: a title or a description of an experiment
 *
 * Returns: (transfer none): the same in the user's language, or @text itself when it is not a built-in's
 */
const char *bp_builtin_translate (const char *text);

G_END_DECLS
