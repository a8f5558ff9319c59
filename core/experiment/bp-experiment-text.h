/* bp-experiment-text.h: the text of an experiment file, of which saved runs have more
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#pragma once

#include <glib.h>

G_BEGIN_DECLS

/** What of a saved run is neither its experiment nor a kept run's. */
#define BP_SAVED_SESSION "Session"

/** Its key with the experiment's data_digest. */
#define BP_DIGEST_KEY "DataDigest"

/**
 * bp_experiment_extract:
 * @text: a valid text
 * @reference: a reference run's number, 0 for the run itself, or −1 for [Session]
 *
 * What of the file of a saved run (bp-saved-run.h) is the experiment of @reference. Other lines are empty, so that the
 * numbers of lines stay.
 *
 * Returns: (transfer full)
 */
char *bp_experiment_extract (const char *text,
                             gint        reference);

/** Reads the bytes of the file at @path, as many as an experiment may have. Fails as bp_read_file(). */
GString *bp_experiment_read_text (const char *path,
                                  GError    **error);

G_END_DECLS
