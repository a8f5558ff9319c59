/* bp-import.h: from a table to an experiment that learns one of its columns from others
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#pragma once

#include "experiment/bp-csv-preview.h"
#include "templates/bp-model-text.h"

G_BEGIN_DECLS

/** What a column is for. */
typedef enum {
  BP_COLUMN_UNUSED,
  BP_COLUMN_INPUT,  /* a number that the model is given */
  BP_COLUMN_TARGET, /* the number that it predicts */
  BP_COLUMN_CLASS,  /* the text or whole number that it tells apart */
  BP_N_COLUMN_ROLES
} BpColumnRole;

/** Returns: as in the window: "Input" (translatable) */
const char *bp_column_role_get_title (BpColumnRole role);

/**
 * BpImportChoices:
 * @file: the path of the table
 * @format: what is said about how to read it; @drop_missing is not looked at
 * @missing: whether rows in which a used field is missing are left out; BP_ANSWER_FROM_FILE: if there are any
 * @roles: (nullable) (element-type BpColumnRole): of each column of the preview; NULL guesses
 * @is_network: whether a network is made and not the simplest model that fits
 * @hidden: (element-type guint): the hidden layers of a network
 * @activation: of these
 * @standardize: whether inputs, and a target that is a number, get mean 0 and deviation 1
 * @test_share: share of the rows held out, [0, 1); negative: a fifth if there are enough
 * @title: (nullable): of the experiment; NULL takes that of the file
 *
 * What is decided by who imports a table.
 */
typedef struct {
  char        *file;
  BpDataFormat format;
  BpAnswer     missing;
  GArray      *roles;
  gboolean     is_network;
  GArray      *hidden;
  const char  *activation;
  gboolean     standardize;
  double       test_share;
  char        *title;
} BpImportChoices;

/** Returns: (transfer full): of @file nothing else is said yet: standardized, a simple model */
BpImportChoices *bp_import_choices_new (const char *file);

BpImportChoices *bp_import_choices_copy (const BpImportChoices *choices);

void bp_import_choices_free (BpImportChoices *choices);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (BpImportChoices, bp_import_choices_free)

/**
 * BpImport:
 * @preview: what the table looks like
 * @roles: (element-type BpColumnRole): what its columns are for, as chosen or guessed
 * @drop_missing: whether rows in which a used field is missing are left out
 * @test_share: share of the rows held out, as chosen or guessed
 * @layers: (element-type guint): inputs, hidden layers and outputs of the model; none if it cannot be made
 * @loss: what it is trained by
 * @n_train: how many rows there are to train on
 * @n_test: how many are held out
 * @n_dropped: how many are left out because a field is missing
 * @text: (nullable): the experiment, whose File is the name of the file without its folder; NULL if @problem
 * @problem: (nullable): a sentence that says why there is no experiment
 *
 * What comes of choices.
 */
typedef struct {
  BpCsvPreview *preview;
  GArray       *roles;
  gboolean      drop_missing;
  double        test_share;
  GArray       *layers;
  BpLossKind    loss;
  gsize         n_train;
  gsize         n_test;
  gsize         n_dropped;
  char         *text;
  char         *problem;
} BpImport;

/** Reads the table and makes the experiment. Takes time linear in the size of the file; a thread may call it. Fails as
 *  bp_csv_preview_new(). */
BpImport *bp_import_new (const BpImportChoices *choices,
                         GError               **error);

void bp_import_free (BpImport *import);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (BpImport, bp_import_free)

/** Returns: (nullable): the only column that is @role, or NULL */
const BpPreviewColumn *bp_import_find (const BpImport *import,
                                       BpColumnRole    role);

/** Whether a column may have @role: a number be an input, whole numbers or texts a class. */
gboolean bp_import_may_have (const BpPreviewColumn *column,
                             BpColumnRole           role);

/** Returns: (transfer full) (element-type BpColumnRole): what columns are for, by their names and what is in them */
GArray *bp_import_guess_roles (const BpCsvPreview *preview);

/** Returns: (transfer full): "Linear 1 → 1", "Logistic 4 → 1", "Softmax 4 → 3" or "Network 4 → 8 → 3" */
char *bp_import_get_model_title (const BpImport *import,
                                 const GArray   *hidden);

/** Returns: (transfer full): a sentence on the model: “A network that tells the 3 classes of Art apart by 4 columns” */
char *bp_import_describe (const BpImport *import);

/** Returns: (transfer full) (nullable): a sentence that says which rows lack a value and are left out; NULL for none */
char *bp_import_describe_dropped (const BpImport *import);

/** Returns: (transfer full) (nullable): a sentence that says which columns go by other names in expressions */
char *bp_import_describe_names (const BpImport *import);

G_END_DECLS
