/* bp-editor-words.h: the words that can stand at a place of the text, with what they mean
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#pragma once

#include <gtksourceview/gtksource.h>

#include "training/bp-trainer.h"

G_BEGIN_DECLS

#define BP_TYPE_EDITOR_WORD (bp_editor_word_get_type ())
G_DECLARE_FINAL_TYPE (BpEditorWord, bp_editor_word, BP, EDITOR_WORD, GObject)

/** What is typed: "tanh". */
const char *bp_editor_word_get_name (BpEditorWord *word);

/** What stands after it once it is chosen: "()", "=", "]", or "". */
const char *bp_editor_word_get_rest (BpEditorWord *word);

/** How it is used: "tanh(x)". */
const char *bp_editor_word_get_signature (BpEditorWord *word);

/** One sentence, or "". */
const char *bp_editor_word_get_meaning (BpEditorWord *word);

/** Returns: (nullable): one sentence more, on the gradient of a function */
const char *bp_editor_word_get_details (BpEditorWord *word);

/**
 * bp_editor_words_new:
 * @text: the text, which may have mistakes
 * @line: the line of the place, from 0
 * @before: what stands in this line before the word
 * @trainer: of a run that knows the columns of the data
 *
 * Returns: (transfer full) (element-type BpEditorWord): sections after "[", keys of the section at the start of a line,
 * and after "=" what a value of the key consists of: choices, distributions, generators, or functions and the names
 * above
 */
GListStore *bp_editor_words_new (const char *text,
                                 guint       line,
                                 const char *before,
                                 BpTrainer  *trainer);

G_END_DECLS
