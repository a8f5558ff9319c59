/* bp-experiment-private.h: what the files of an experiment share (private)
 *
 * bp-experiment.c has the value, bp-experiment-build.c makes its graph and bp-experiment-data.c its dataset,
 * bp-experiment-order.c explains cycles, bp-experiment-names.c has the names that are used, bp-experiment-check.c
 * checks it all; bp-experiment-file.c reads files with the lines of bp-experiment-lines.c and the keys of
 * bp-experiment-keys.c, bp-experiment-write.c writes them; bp-settings.c has the settings and bp-data-format.c how a
 * data file is read.
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#pragma once

#include "experiment/bp-experiment.h"
#include "experiment/bp-experiment-text.h"

G_BEGIN_DECLS

/**
 * BpPlace:
 * @section: such as "Model"
 * @key: (nullable): NULL for the section as a whole
 * @has_column: whether the message says a column in the key's value
 * @text: where @key is that is no text of the experiment
 *
 * What part of a file an error is about. The texts belong to the experiment or are static.
 */
typedef struct {
  const char *section;
  const char *key;
  gboolean    has_column;
  char        text[24];
} BpPlace;

/** An experiment with the values that a file has when it says nothing. */
BpExperiment *bp_experiment_new_empty (const char *name);

BpColumn *bp_column_new (const char *name);

BpDefinition *bp_definition_new (const char *name,
                                 const char *expression);

BpTheory *bp_theory_new (const char *variable,
                         double      value);

/** As bp_experiment_create_graph(); an error is about @place. */
BpGraph *bp_experiment_build_graph (const BpExperiment *experiment,
                                    gsize               batch_size,
                                    BpPlace            *place,
                                    GError            **error);

/** As bp_experiment_create_dataset(); an error is about @place. */
BpDataset *bp_experiment_build_dataset (const BpExperiment *experiment,
                                        BpPlace            *place,
                                        GError            **error);

/**
 * bp_experiment_check:
 *
 * Checks that the data can be had and the graph be built for all batch sizes of the run; an error is about @place. The
 * columns of a data file that the model uses become @experiment's.
 */
gboolean bp_experiment_check (BpExperiment *experiment,
                              BpPlace      *place,
                              GError      **error);

/**
 * bp_experiment_explain_order:
 * @definition: whose expression has an unknown name
 *
 * Replaces @error by one that says so if @definition uses a name that is defined only later, or by itself: a cycle.
 */
void bp_experiment_explain_order (const BpExperiment *experiment,
                                  const BpDefinition *definition,
                                  GError            **error);

/** Returns: (transfer full): all names that expressions and Target use, as a set */
GHashTable *bp_experiment_get_used_names (const BpExperiment *experiment);

/** Returns: (transfer full): those of them that nothing in the experiment defines: columns of a data file */
GHashTable *bp_experiment_get_free_names (const BpExperiment *experiment);

/** Returns: (transfer full): the path of the data file, which there must be */
char *bp_experiment_get_data_path (const BpExperiment *experiment);

/**
 * bp_experiment_explain_columns:
 * @graph: as far as it is built
 * @text: an expression, or a name, that has an error
 * @has_column: whether the message says a column in @text
 *
 * Has @error say what a column is called that @text calls as the data file does, or, of a name that does not exist,
 * which columns there are.
 */
void bp_experiment_explain_columns (const BpExperiment *experiment,
                                    BpGraph            *graph,
                                    const char         *text,
                                    gboolean            has_column,
                                    GError            **error);

/** Prefixes the message of @error, if set, with "[Model] loss" and what belongs between. */
void bp_place_prefix (const BpPlace *place,
                      GError       **error);

/** Returns: (array zero-terminated=1): the names of settings, those of [Optimizer] and "BatchSize" */
const char * const *bp_settings_get_keys (void);

/**
 * Reads setting @key from @text; fails with the same sentences as bp_settings_check(), @settings then being as before.
 */
gboolean bp_settings_set (BpSettings *settings,
                          const char *key,
                          const char *text,
                          GError    **error);

/** Returns: (transfer full): setting @key as bp_settings_set() reads it */
char *bp_settings_get (const BpSettings *settings,
                       const char       *key);

/** Returns: (array zero-terminated=1): the names of keys of [Data] that say how a data file is read */
const char * const *bp_data_format_get_keys (void);

/** Reads key @key from @text; fails with BP_ERROR_VALUE. */
gboolean bp_data_format_set (BpDataFormat *format,
                             const char   *key,
                             const char   *text,
                             GError      **error);

/** Returns: (nullable): key @key as bp_data_format_set() reads it; NULL where it says what holds without it */
const char *bp_data_format_get (const BpDataFormat *format,
                                const char         *key);

/**
 * bp_experiment_index_lines:
 * @text: a text that GKeyFile reads
 * @duplicate: (out) (transfer full): the first section and key that are there twice, or NULL
 *
 * GKeyFile does not tell lines, and takes the last of two keys.
 *
 * Returns: (transfer full) (element-type utf8 guint): the first line (from 1) of each "[Model]" and "[Model] loss"
 */
GHashTable *bp_experiment_index_lines (const char *text,
                                       char      **duplicate,
                                       guint      *duplicate_line);

/** The first line (from 1) of @text that GKeyFile does not read, and what is in it; 0 if there is none. */
guint bp_experiment_find_bad_line (const char *text,
                                   char      **line);

/**
 * BpReadKey:
 * @value: the key's value; without blanks around it unless it is a text
 * @has_column: (out): whether the error's message says a column in @value
 *
 * Reads one key of a section into @experiment.
 */
typedef gboolean (* BpReadKey) (BpExperiment *experiment,
                                const char   *key,
                                const char   *value,
                                gboolean     *has_column,
                                GError      **error);

/**
 * BpKeyClass:
 * @section: the section
 * @key: (nullable): the key; NULL for every key of the section that has no row of its own
 * @is_text: whether the value is a text with GKeyFile's escapes rather than as it stands
 * @read: reads it
 *
 * A row of the table of sections and keys.
 */
typedef struct {
  const char *section;
  const char *key;
  gboolean    is_text;
  BpReadKey   read;
} BpKeyClass;

/** Returns: (array length=n_classes): the table, in the order in which keys are to be read */
const BpKeyClass *bp_experiment_get_key_classes (guint *n_classes);

/** The row of @key of @section, which may be that for all other keys; NULL if there is neither. */
const BpKeyClass *bp_experiment_find_key_class (const char *section,
                                                const char *key);

/** Returns: (transfer container) (array zero-terminated=1): the keys of @section; the sections where that is NULL */
GPtrArray *bp_experiment_get_known_keys (const char *section);

G_END_DECLS
