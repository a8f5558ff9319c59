/* bp-field.h: a titled entry for one value, which says why it refuses a text
 *
 * A field has a title, an entry, and optionally buttons for less and more. It applies the text when the user presses
 * Enter or leaves the entry. A refused text stays in the entry to be corrected, with the reason below, and the value
 * stays what it was. Escape shows the value again.
 *
 * Signals:
 *   ::apply   gboolean (BpField *field, const char *text, GError **error): the user wants @text to be the value; the
 *             handler applies it and returns TRUE, or sets @error to a sentence for the user and returns FALSE
 *   ::step    void (BpField *field, int direction): the user wants more (1) or less (−1)
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#pragma once

#include <gtk/gtk.h>

#include "experiment/bp-setting.h"

G_BEGIN_DECLS

#define BP_TYPE_FIELD (bp_field_get_type ())
G_DECLARE_FINAL_TYPE (BpField, bp_field, BP, FIELD, GtkBox)

/**
 * bp_field_new:
 * @title: the name of the value; also the accessible name of the entry
 *
 * Properties, for templates; they can only be written:
 *
 *   "title" (string), "steps" (boolean)
 *   "setting" (string): the key of a setting (bp-setting.h), whose field this is. It gives the title
 *   "suffix" (GtkWidget): a widget after the entry
 */
GtkWidget *bp_field_new (const char *title);

const char *bp_field_get_title (BpField *field);

void bp_field_set_title (BpField    *field,
                         const char *title);

/** Returns: (transfer none) (nullable): the setting whose field this is */
const BpSetting *bp_field_get_setting (BpField *field);

/** The value. Setting the value that it has does not disturb the user's typing. */
const char *bp_field_get_text (BpField *field);

void bp_field_set_text (BpField    *field,
                        const char *text);

/** Whether there are buttons (and the keys Up and Down) for ::step. */
gboolean bp_field_get_steps (BpField *field);

void bp_field_set_steps (BpField *field,
                         gboolean steps);

/** Sets whether less and more are possible; the other buttons are insensitive. */
void bp_field_set_can_step (BpField *field,
                            gboolean less,
                            gboolean more);

/** Shows below the entry why a text was refused, and the value that stays. */
void bp_field_refuse (BpField      *field,
                      const GError *error);

/** Whether the text in the entry was refused. */
gboolean bp_field_get_refused (BpField *field);

/** The entry, to read or drive in tests. Returns: (transfer none) */
GtkEntry *bp_field_get_entry (BpField *field);

/** The sentence below the entry, "" when there is none. Returns: (transfer none) */
const char *bp_field_get_message (BpField *field);

G_END_DECLS
