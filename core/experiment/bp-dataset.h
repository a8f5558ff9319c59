/* bp-dataset.h: the samples
 *
 * A dataset is a table of numbers, a column a placeholder, drawn from distributions or read from CSV, and a rule that
 * says which rows the batch of an iteration consists of: a pure function of the seed and the iteration.
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#pragma once

#include <glib.h>

G_BEGIN_DECLS

/** The most rows a dataset may have. */
#define BP_MAX_SAMPLES 10000000

/** The digits of bp_dataset_dup_digest(). */
#define BP_DIGEST_LENGTH 64

typedef enum {
  BP_DISTRIBUTION_CONSTANT, /* @a */
  BP_DISTRIBUTION_NORMAL,   /* mean @a, standard deviation @b ≥ 0 */
  BP_DISTRIBUTION_UNIFORM,  /* from @a to @b, a ≤ b */
  /* Of variables alone, by their shape: bp_variable_draw() */
  BP_DISTRIBUTION_GLOROT_UNIFORM,
  BP_DISTRIBUTION_GLOROT_NORMAL,
  BP_DISTRIBUTION_HE_UNIFORM,
  BP_DISTRIBUTION_HE_NORMAL,
  BP_N_DISTRIBUTIONS
} BpDistributionKind;

/**
 * BpDistribution:
 * @count: how many samples follow it; 0 leaves it to the experiment's Samples
 */
typedef struct {
  BpDistributionKind kind;
  double             a;
  double             b;
  gsize              count;
} BpDistribution;

/**
 * bp_distribution_parse:
 * @text: "normal(1, 0.1)", "uniform(0, 1, 50)", "10", "0 x 50"
 *
 * Fails with BP_ERROR_SYNTAX, BP_ERROR_UNKNOWN or BP_ERROR_VALUE; the message says the column in @text (from 1).
 */
gboolean bp_distribution_parse (const char     *text,
                                BpDistribution *distribution,
                                GError        **error);

/**
 * bp_distribution_scan:
 * @next: (inout): where in @text the distribution starts; what follows it
 * @stop: a character that may follow it
 * @has_shape: whether it is for a variable, whose shape distributions such as "he_normal()" go by
 *
 * The same of a part of @text.
 */
gboolean bp_distribution_scan (const char     *text,
                               const char    **next,
                               char            stop,
                               gboolean        has_shape,
                               BpDistribution *distribution,
                               GError        **error);

/** Returns: (transfer full): @distribution as bp_distribution_parse() reads it */
char *bp_distribution_to_string (const BpDistribution *distribution);

/** Draw @counter of stream @key from @distribution, which needs no shape. */
double bp_distribution_draw (const BpDistribution *distribution,
                             guint64               key,
                             guint64               counter);

typedef enum {
  BP_SAMPLING_RANDOM,     /* with replacement */
  BP_SAMPLING_SHUFFLED,   /* each epoch a permutation */
  BP_SAMPLING_SEQUENTIAL, /* rows in order, wrapping */
} BpSampling;

/** A choice; FROM_FILE detects it from the data file. */
typedef enum {
  BP_ANSWER_FROM_FILE,
  BP_ANSWER_NO,
  BP_ANSWER_YES,
} BpAnswer;

/** How the texts of a data file are encoded. */
typedef enum {
  BP_ENCODING_FROM_FILE,
  BP_ENCODING_UTF_8,
  BP_ENCODING_UTF_16,
  BP_ENCODING_WINDOWS_1252, /* Latin-1 and more */
  BP_ENCODING_WINDOWS_1250,
  BP_ENCODING_WINDOWS_1251,
  BP_ENCODING_GB18030,
  BP_ENCODING_BIG5,
  BP_ENCODING_SHIFT_JIS,
  BP_ENCODING_EUC_KR,
  BP_N_ENCODINGS
} BpEncoding;

/** Returns: its name: "UTF-8"; "" for the first */
const char *bp_encoding_get_title (BpEncoding encoding);

/**
 * BpDataFormat:
 * @encoding: of its texts
 * @separator: what is between columns: ',', ';', '|', a tab, ' ' for any blanks, or NUL where the file tells
 * @decimal_comma: whether numbers have a decimal comma
 * @header: whether the first line names the columns
 * @drop_missing: whether rows in which a value is missing are left out rather than refused
 *
 * How a data file is read. All 0 is the default.
 */
typedef struct {
  BpEncoding encoding;
  char       separator;
  BpAnswer   decimal_comma;
  BpAnswer   header;
  gboolean   drop_missing;
} BpDataFormat;

typedef struct _BpDataset BpDataset;

/**
 * bp_dataset_new:
 * @seed: what the test split and the batches are drawn from
 * @names: (array zero-terminated=1): the columns' names
 * @columns: (array): the columns, each of @n_samples numbers; copied
 *
 * A dataset without a test split, sampled at random. @n_samples is at least 1; there may be no columns.
 */
BpDataset *bp_dataset_new (guint64              seed,
                           const char * const  *names,
                           const double * const *columns,
                           gsize                n_samples);

/**
 * bp_dataset_new_from_distributions:
 * @names: (array zero-terminated=1): the columns' names
 * @columns: (array) (element-type GArray): for each column a GArray of BpDistribution, one after the other
 * @n_samples: how many samples a distribution without a count of its own gives
 *
 * Draws the samples: column c from stream "data/NAME" of @seed, sample i with counter i.
 * Fails with BP_ERROR_VALUE when the columns do not come out equally long, naming both columns and their lengths,
 * or when they exceed BP_MAX_SAMPLES.
 */
BpDataset *bp_dataset_new_from_distributions (guint64             seed,
                                              const char * const *names,
                                              GPtrArray          *columns,
                                              gsize               n_samples,
                                              GError            **error);

/**
 * bp_dataset_new_from_csv:
 * @file: the path; messages show it
 * @format: (nullable): how to read it
 * @names: (nullable) (array zero-terminated=1): the columns to read, of those that are there; NULL for all
 *
 * Reads a line of names, unless there is none, and rows of finite numbers. Fields may be in quotes; any line ends are
 * accepted, and if @format does not say the encoding, UTF-8, UTF-16 with a byte order mark and Windows-1252; empty
 * lines are skipped. Columns go by names for expressions, see bp_csv_make_name(), or where there are none by c1, c2, …;
 * of those that are not read the fields may be anything. A column of texts becomes its classes 0, 1, … in alphabetical
 * order. Empty fields and NA, N/A, #N/A, NaN, ?, null, - and k. A. are missing values.
 *
 * Fails with BP_ERROR_FILE when the file cannot be read, is larger than 1 GiB or has no rows, with BP_ERROR_SYNTAX or
 * BP_ERROR_VALUE naming file, line and column otherwise. Takes time linear in the size.
 */
BpDataset *bp_dataset_new_from_csv (guint64              seed,
                                    const char          *file,
                                    const BpDataFormat  *format,
                                    const char * const  *names,
                                    GError             **error);

/** Takes a reference. A dataset that several threads have is not changed any more: they only read. */
BpDataset *bp_dataset_ref (BpDataset *dataset);

void bp_dataset_unref (BpDataset *dataset);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (BpDataset, bp_dataset_unref)

/** Sets how batches are drawn. */
void bp_dataset_set_sampling (BpDataset *dataset,
                              BpSampling sampling);

/**
 * bp_dataset_set_test_share:
 * @share: in [0, 1)
 *
 * Holds out round (share · n) rows, at most n − 1, chosen at random from the seed. Batches then come from the others.
 */
void bp_dataset_set_test_share (BpDataset *dataset,
                                double     share);

guint bp_dataset_get_n_columns (BpDataset *dataset);

const char *bp_dataset_get_name (BpDataset *dataset,
                                 guint      column);

/** Returns: the column named @name, or G_MAXUINT */
guint bp_dataset_find (BpDataset  *dataset,
                       const char *name);

/**
 * bp_dataset_join:
 * @name: of what has several columns
 * @columns: (array zero-terminated=1): names of columns
 *
 * Makes these columns go by @name too. Returns: FALSE where there is no column of a name
 */
gboolean bp_dataset_join (BpDataset          *dataset,
                          const char         *name,
                          const char * const *columns);

/** Returns: (array length=n_columns) (nullable): the columns that go by @name, of which there is mostly one */
const guint *bp_dataset_find_all (BpDataset  *dataset,
                                  const char *name,
                                  guint      *n_columns);

/** Returns: (array zero-terminated=1) (nullable): the names of the classes 0, 1, … of a column of texts in a file; NULL
 *  for a column of numbers */
const char * const *bp_dataset_get_classes (BpDataset *dataset,
                                            guint      column);

gsize bp_dataset_get_n_samples (BpDataset *dataset);

/** All numbers of a column in the order of the rows. */
const double *bp_dataset_get_column (BpDataset *dataset,
                                     guint      column);

/**
 * bp_dataset_dup_digest:
 *
 * What tells data from others: the SHA-256 of the columns in the order of their names, each its name with the NUL at
 * its end, then its numbers in the order of the rows, as IEEE 754 binary64 in little endian.
 *
 * Returns: (transfer full): BP_DIGEST_LENGTH hexadecimal digits
 */
char *bp_dataset_dup_digest (BpDataset *dataset);

/**
 * bp_dataset_describe_dropped:
 *
 * Returns: (transfer full) (nullable): a sentence that says how many rows of the data file are left out because a value
 *   is missing, and how many remain; NULL where none are
 */
char *bp_dataset_describe_dropped (BpDataset *dataset);

/** Changes a number of a sample. bp_dataset_dup_digest() is then still that of the data before. */
void bp_dataset_edit (BpDataset *dataset,
                      gsize      row,
                      guint      column,
                      double     value);

/**
 * bp_dataset_set_typed:
 * @values: (array length=n_samples × n_columns): sample by sample
 *
 * Adds samples that somebody typed. They have the rows after those of all samples, but are none of them: a batch has
 * them only where bp_dataset_choose() says so. Fails with BP_ERROR_MEMORY.
 */
gboolean bp_dataset_set_typed (BpDataset    *dataset,
                               const double *values,
                               gsize         n_samples,
                               GError      **error);

/** How many these are. */
gsize bp_dataset_get_n_typed (BpDataset *dataset);

/**
 * bp_dataset_choose:
 * @iteration: from 0, later than those of earlier calls
 *
 * Makes @rows the first rows of the batch of @iteration, instead of those that are drawn. What a smaller batch has no
 * room for is left out.
 */
void bp_dataset_choose (BpDataset   *dataset,
                        guint64      iteration,
                        const gsize *rows,
                        gsize        n_rows);

/** The rows that batches come from, or those held out: row numbers in ascending order. */
const gsize *bp_dataset_get_rows (BpDataset *dataset,
                                  gboolean   test,
                                  gsize     *n_rows);

/**
 * bp_dataset_get_batch:
 * @iteration: from 0
 * @batch_size: at least 1
 * @rows: (out caller-allocates) (array length=batch_size): row numbers
 *
 * The rows of the batch of @iteration. Row j of the batch depends only on the seed, the iteration and j, so that a
 * larger batch starts with the same rows (for shuffled and sequential, on iteration · batch_size + j), unless it was
 * chosen.
 */
void bp_dataset_get_batch (BpDataset *dataset,
                           guint64    iteration,
                           gsize      batch_size,
                           gsize     *rows);

/** The batches of @n_iterations iterations from @iteration on, one after the other. */
void bp_dataset_get_batches (BpDataset *dataset,
                             guint64    iteration,
                             gsize      n_iterations,
                             gsize      batch_size,
                             gsize     *rows);

G_END_DECLS
