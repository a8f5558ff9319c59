/* bp-recovery.h: copies of texts that are being written, for when the program ends before they are saved
 *
 * A copy is a file of the user's state folder. It says which process writes the text: one whose process is gone is all
 * that is left of it.
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#pragma once

#include <glib.h>

G_BEGIN_DECLS

/**
 * BpRecovery:
 * @copy: the file of the copy
 * @title: of the experiment, to ask about
 * @path: (nullable): the file that the text was opened from; NULL if it was in none
 * @folder: (nullable): what its File= is relative to
 */
typedef struct {
  char *copy;
  char *title;
  char *path;
  char *folder;
  char *text;
} BpRecovery;

void bp_recovery_free (BpRecovery *recovery);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (BpRecovery, bp_recovery_free)

/** Returns: (transfer full): a name for a copy that no other has */
char *bp_recovery_make_name (void);

/** Writes the copy, whole or not at all. Where that fails there is none, and nothing is said: the text itself is not
 *  lost by it. */
void bp_recovery_write (const BpRecovery *recovery);

/** Returns: (transfer full) (nullable): a copy whose process is gone */
BpRecovery *bp_recovery_find (void);

G_END_DECLS
