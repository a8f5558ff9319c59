/* bp-experiment-private.h: what the files of an experiment share (private)
 *
 * bp-experiment.c has the value, bp-experiment-build.c makes its graph and bp-experiment-data.c its dataset,
 * bp-experiment-order.c explains cycles, bp-experiment-names.c has the names that are used, bp-experiment-runnable.c
 * checks it all, bp-experiment-classes.c the classes of its data, bp-experiment-batches.c the batches that are chosen;
 * bp-experiment-file.c reads files with the lines of bp-key-lines.c and the keys of bp-experiment-keys.c and
 * bp-setting.c, bp-experiment-write.c writes them.
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#pragma once

#include "experiment/bp-experiment.h"
#include "experiment/bp-key-lines.h"

G_BEGIN_DECLS

/**
 * BpOpened:
 * @model: bp_experiment_dup_model() of the experiment as it was checked
 * @dataset: (nullable): its dataset
 * @graphs: batch size → its graph, for each that the run has
 *
 * Graphs and dataset built while the file was checked. The first caller that needs one of them takes ownership.
 */
struct _BpOpened {
  char       *model;
  BpDataset  *dataset;
  GHashTable *graphs;
};

void bp_opened_free (BpOpened *opened);

/** Whether @experiment still says what its dataset and graph were made of. */
gboolean bp_experiment_is_as_opened (const BpExperiment *experiment);

/** Returns: (transfer full): what the dataset and the graph are made of, as a text */
char *bp_experiment_dup_model (const BpExperiment *experiment);

/** An experiment with the values that a file has when it says nothing. */
BpExperiment *bp_experiment_new_empty (const char *name);

BpColumn *bp_column_new (const char *name);

BpPlaceholder *bp_placeholder_new (const char *name);

BpDefinition *bp_definition_new (const char *name,
                                 const char *expression);

/* Samples chosen or changed: bp-experiment-batches.c, bp-experiment-edits.c */

void bp_numbered_line_free (gpointer line);

gpointer bp_numbered_line_copy (gconstpointer line,
                                gpointer      data);

/** Reads a line of [Batches] or [Edits]. What the texts say is checked when the data are there. */
gboolean bp_experiment_read_batch (BpExperiment *experiment,
                                   const char   *key,
                                   const char   *value,
                                   GError      **error);

gboolean bp_experiment_read_edit (BpExperiment *experiment,
                                  const char   *key,
                                  const char   *value,
                                  GError      **error);

/** Returns: (transfer none): the first @separator from @start to @end that is not in quotes, or @end */
const char *bp_experiment_find_separator (const char *start,
                                          const char *end,
                                          char        separator);

/**
 * bp_experiment_read_values:
 * @value: the text of a line
 * @start, @end: the part of it that is read, such as 'x=1.5, kind="a, b"'
 * @is_in_file: whether errors say the column in @value
 * @values: (array): for each column of @dataset; those that are named are set
 */
gboolean bp_experiment_read_values (BpDataset  *dataset,
                                    const char *value,
                                    const char *start,
                                    const char *end,
                                    gboolean    is_in_file,
                                    double     *values,
                                    GError    **error);

/** "x=1.5, species=setosa": the columns of @dataset whose @values are not NaN. Returns: (transfer full) */
char *bp_experiment_print_values (BpDataset    *dataset,
                                  const double *values);

/** Has @dataset give the batches that are chosen. */
gboolean bp_experiment_choose_batches (const BpExperiment *experiment,
                                       BpDataset          *dataset,
                                       GError            **error);

/** Changes the samples of @dataset that are changed by hand. */
gboolean bp_experiment_edit_samples (const BpExperiment *experiment,
                                     BpDataset          *dataset,
                                     GError            **error);

BpTheory *bp_theory_new (const char *variable,
                         double      value);

/**
 * bp_experiment_check:
 *
 * Checks that the data can be read and the graph be built for all batch sizes of the run, and keeps both for the first
 * caller that needs them. The columns of a data file that the model uses become columns of @experiment.
 */
gboolean bp_experiment_check (BpExperiment *experiment,
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

/** Returns: (transfer full): the used names that nothing in the experiment defines: columns of a data file */
GHashTable *bp_experiment_get_free_names (const BpExperiment *experiment);

/** Whether the columns come from a file or a generator, whose names say which there are. */
gboolean bp_experiment_has_source (const BpExperiment *experiment);

/** Whether the data that @graph uses as classes are classes of the depth there, those held out trained on too, and what
 *  is typed for labels of a sigmoid from 0 to 1. */
gboolean bp_experiment_check_classes (const BpExperiment *experiment,
                                      BpGraph            *graph,
                                      BpDataset          *dataset,
                                      GError            **error);

/** Whether every class that is held out, by its text or as a generator's label, is among those trained on too. */
gboolean bp_experiment_check_held_out (const BpExperiment *experiment,
                                       BpDataset          *dataset,
                                       GError            **error);

/**
 * bp_experiment_explain_columns:
 * @graph: (nullable): as far as it is built; NULL where @text is the name of a column that is not there
 * @text: an expression, or a name, that has an error
 * @has_column: whether the message is to say a column in @text
 *
 * Replaces @error, if that helps. If @text uses the title of a column, the message says the name of that column in
 * expressions; if @text uses an unknown name, it says which columns there are.
 */
void bp_experiment_explain_columns (const BpExperiment *experiment,
                                    BpGraph            *graph,
                                    const char         *text,
                                    gboolean            has_column,
                                    GError            **error);

/** Reads the keys of @run. Errors name the line. */
gboolean bp_experiment_read_keys (BpExperiment *experiment,
                                  BpKeyLines   *lines,
                                  guint         run,
                                  GError      **error);

/** Returns: (transfer container) (array zero-terminated=1): the keys of @section that mean the same in every file */
GPtrArray *bp_experiment_get_known_keys (const char *section);

/**
 * bp_column_range_expand:
 * @text: a name, or a range of names "p0…p63", also with three dots
 * @names: (element-type utf8): takes them
 *
 * Reads an item of a list of columns.
 */
gboolean bp_column_range_expand (const char *text,
                                 GPtrArray  *names,
                                 GError    **error);

/** "a, p0…p63", as bp_column_range_expand() reads it item by item. Returns: (transfer full) */
char *bp_column_range_join (char **names);

G_END_DECLS
