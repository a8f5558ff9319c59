/* bp-experiment.h: experiment files
 *
 * An experiment is a GKeyFile that says what is computed, on which data, from which start and how it is trained. The
 * built-in ones are such files too. The format is described in resources/experiments/FORMAT.md.
 *
 * The struct is a plain value that programs may change between bp_experiment_new_… and bp_trainer_new(), which checks
 * it.
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#pragma once

#include "experiment/bp-dataset.h"
#include "graph/bp-graph.h"
#include "experiment/bp-generator.h"
#include "experiment/bp-key-lines.h"
#include "experiment/bp-optimizer.h"
#include "experiment/bp-variable.h"

G_BEGIN_DECLS

#define BP_MAX_BATCH_SIZE 1000000
#define BP_MAX_ITERATIONS G_GINT64_CONSTANT (1000000000)

/**
 * BpSettings:
 * @optimizer: with its learning rate and parameters
 * @batch_size: samples an iteration, 1 … BP_MAX_BATCH_SIZE
 * @keep_gradients: do not clear the variables' gradients between iterations (the "gradients not reset" bug)
 *
 * What may change in the middle of a run. Compare with bp_settings_equal().
 */
typedef struct {
  BpOptimizer optimizer;
  gsize       batch_size;
  gboolean    keep_gradients;
} BpSettings;

gboolean bp_settings_equal (const BpSettings *a,
                            const BpSettings *b);

/** Checks the learning rate and every other field by bp_setting_check(). */
gboolean bp_settings_check (const BpSettings *settings,
                            GError          **error);

/** A change of settings: @settings hold from the iteration that follows @iteration completed ones. */
typedef struct {
  gint64     iteration;
  BpSettings settings;
} BpSettingsChange;

/** A placeholder's data: @parts is a GArray of BpDistribution, one after the other; empty for data from a file. */
typedef struct {
  char   *name;
  GArray *parts;
} BpColumn;

/** A placeholder of several columns, [batch, k]: their names, zero-terminated. */
typedef struct {
  char  *name;
  char **columns;
} BpPlaceholder;

/**
 * BpNumberedLine:
 * @number: of [Batches]: completed iterations; of [Edits]: a sample, from 1
 * @text: of [Batches]: what the next batch begins with, "61; x=1.5, y=10"; of [Edits]: its values, "x=1.5"
 *
 * A line whose key is a number.
 */
typedef struct {
  gint64 number;
  char  *text;
} BpNumberedLine;

/** A line of [Model] or [Evaluate]: the node @name is the value of @expression. */
typedef struct {
  char *name;
  char *expression;
} BpDefinition;

/** A textbook value of a variable's every element, drawn as a reference line. */
typedef struct {
  char  *variable;
  double value;
} BpTheory;

typedef struct _BpOpened BpOpened;

/**
 * BpExperiment:
 * @name: what the command line calls it: a built-in's name or the file's name without ".experiment"
 * @title: as shown
 * @description: one line; may be ""
 * @iterations: how many iterations a run has
 * @report_every: iterations between two reports
 * @seed: the source of all random numbers
 * @settings: at the start
 * @changes: (element-type BpSettingsChange): later changes in ascending order of iteration
 * @samples: for distributions without a count of their own
 * @columns: (element-type BpColumn): the placeholders of one column
 * @placeholders: (element-type BpPlaceholder): those of several; a column that goes by no other name is not among
 *   @columns where it comes from a file or a generator
 * @generator: what makes the data instead; none for distributions and files
 * @data_file: (nullable): a CSV file instead of distributions, as written in the file; "builtin:iris.csv" for one that
 *   comes with the program
 * @folder: (nullable): what @data_file is relative to
 * @data_digest: (nullable): bp_dataset_dup_digest() of @data_file as the run had it when it was saved, or has it
 * @data_format: how @data_file is read
 * @sampling: how batches are drawn
 * @test_share: share of the samples held out, [0, 1)
 * @batches: (element-type BpNumberedLine): samples that somebody chose, in ascending order
 * @edits: (element-type BpNumberedLine): samples that somebody changed, in ascending order
 * @variables: (element-type BpVariable)
 * @model: (element-type BpDefinition)
 * @loss: (nullable): name of the loss; NULL for the last of @model
 * @evaluate: (element-type BpDefinition)
 * @target: (nullable): name of the placeholder that the last of @evaluate is compared with
 * @theory: (element-type BpTheory)
 * @opened: (nullable): private: what reading the file made of it already; a copy has none
 */
typedef struct {
  char      *name;
  char      *title;
  char      *description;
  gint64     iterations;
  gint64     report_every;
  guint64    seed;
  BpSettings settings;
  GArray    *changes;
  gsize      samples;
  GPtrArray *columns;
  GPtrArray *placeholders;
  BpGenerator generator;
  char      *data_file;
  char      *folder;
  char      *data_digest;
  BpDataFormat data_format;
  BpSampling sampling;
  double     test_share;
  GPtrArray *batches;
  GPtrArray *edits;
  GPtrArray *variables;
  GPtrArray *model;
  char      *loss;
  GPtrArray *evaluate;
  char      *target;
  GPtrArray *theory;
  BpOpened  *opened;
} BpExperiment;

/**
 * bp_experiment_new_from_file:
 *
 * Reads and checks an experiment: besides the syntax, that its data can be had and its graph be built. Errors say file,
 * line, key and, within a value, column; bp_error_get_position() has them as numbers.
 *
 * Returns: (transfer full): the experiment, or NULL; nothing is loaded by halves
 */
BpExperiment *bp_experiment_new_from_file (const char *path,
                                           GError    **error);

/**
 * bp_experiment_new_from_data:
 * @text: the content of an experiment file
 * @length: its length in bytes, or −1
 * @origin: what messages call it: a path, or "regression"
 * @folder: (nullable): what File= is relative to
 */
BpExperiment *bp_experiment_new_from_data (const char *text,
                                           gssize      length,
                                           const char *origin,
                                           const char *folder,
                                           GError    **error);

/** The same of a file that is in lines (bp-key-lines.h), of which @run says which experiment is meant. */
BpExperiment *bp_experiment_new_from_lines (BpKeyLines *lines,
                                            guint       run,
                                            const char *folder,
                                            GError    **error);

BpExperiment *bp_experiment_copy (const BpExperiment *experiment);

void bp_experiment_free (BpExperiment *experiment);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (BpExperiment, bp_experiment_free)

/** Returns: (transfer full): the path of the data file, which there must be */
char *bp_experiment_get_data_path (const BpExperiment *experiment);

/** Whether the data file comes with the program, so that its name stands for itself in every folder. */
gboolean bp_experiment_has_builtin_data (const BpExperiment *experiment);

/** Whether @now's data file has other data than @before's, as far as both know their digests. */
gboolean bp_experiment_has_other_data (const BpExperiment *before,
                                       const BpExperiment *now);

/** The experiment as a file that bp_experiment_new_from_data() reads back to an equal one. Returns: (transfer full) */
char *bp_experiment_to_data (const BpExperiment *experiment);

/** Finds a variable by name. Returns: (transfer none) (nullable) */
BpVariable *bp_experiment_find_variable (const BpExperiment *experiment,
                                         const char         *name);

/** Returns: (nullable): the text of the line of @number in @lines, which are @batches or @edits of an experiment */
const char *bp_numbered_lines_get (const GPtrArray *lines,
                                   gint64           number);

/** Puts the line of @number there; NULL takes it away. */
void bp_numbered_lines_set (GPtrArray  *lines,
                            gint64      number,
                            const char *text);

/**
 * bp_experiment_edit_sample:
 * @dataset: that of a trainer of @experiment
 * @columns, @values: (array length=n_columns): columns of @dataset, and their numbers
 *
 * Changes these numbers of the sample in @row; what was changed of it before stays changed.
 */
void bp_experiment_edit_sample (BpExperiment *experiment,
                                BpDataset    *dataset,
                                gsize         row,
                                const guint  *columns,
                                const double *values,
                                guint         n_columns);

/**
 * bp_experiment_type_value:
 * @dataset: that of a trainer of @experiment
 * @iteration: of [Batches]
 * @rows: the first rows of the batch then, up to that of @index
 *
 * Makes the sample at @index of the batch a typed one: as it is, but for @value in @column. Those before it, which are
 * chosen with it, stay what they are.
 */
void bp_experiment_type_value (BpExperiment *experiment,
                               BpDataset    *dataset,
                               gint64        iteration,
                               const gsize  *rows,
                               gsize         index,
                               guint         column,
                               double        value);

/** Checks a text of samples, "61; x=1.5, y=10", against graph and data of a trainer. Errors say no column. */
gboolean bp_experiment_check_samples (BpGraph    *graph,
                                      BpDataset  *dataset,
                                      const char *samples,
                                      GError    **error);

/**
 * bp_experiment_get_greatest:
 * @column: of @dataset
 * @is_class: (out): whether it is one of classes, which are whole numbers from 0 on
 *
 * Returns: the greatest number that @graph takes of @column by hand, where the least is 0: the last class, or 1 of
 * labels of a sigmoid cross entropy; INFINITY where any number goes
 */
double bp_experiment_get_greatest (BpGraph   *graph,
                                   BpDataset *dataset,
                                   guint      column,
                                   gboolean  *is_class);

/** Whether @graph takes @value for @column by hand. */
gboolean bp_experiment_check_label (BpGraph   *graph,
                                    BpDataset *dataset,
                                    guint      column,
                                    double     value,
                                    GError   **error);

/**
 * bp_experiment_create_graph:
 * @batch_size: first dimension of the placeholders
 *
 * Builds the graph: placeholders [batch] and [batch, k], variables, model, a "reduce_mean" node where the loss has more
 * than one element, then the evaluation branch.
 */
BpGraph *bp_experiment_create_graph (const BpExperiment *experiment,
                                     gsize               batch_size,
                                     GError            **error);

/** Draws or reads the samples, with sampling and test split set. */
BpDataset *bp_experiment_create_dataset (const BpExperiment *experiment,
                                         GError            **error);

/** Where @element of @variable, one of @experiment's, starts. */
double bp_experiment_get_start (const BpExperiment *experiment,
                                const BpVariable   *variable,
                                gsize               element);

/** Draws the initial values. @parameters: (out caller-allocates): as many numbers as the graph has parameters */
void bp_experiment_init_parameters (const BpExperiment *experiment,
                                    double             *parameters);

G_END_DECLS
