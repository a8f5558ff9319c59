/* bp-import.c: from a table to an experiment that learns one of its columns from others
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "templates/bp-import.h"

#include <glib/gi18n-lib.h>
#include <math.h>

#include "base/bp-error.h"
#include "base/bp-number.h"
#include "base/bp-text.h"
#include "experiment/bp-experiment.h"
#include "experiment/bp-setting.h"
#include "templates/bp-layer-sizes.h"

/* What experiments have as the seed that say no other: it chooses the rows held out. */
#define SEED 42

#define TEST_SHARE 0.2
#define MIN_ROWS_FOR_TEST 20
#define BATCH_SIZE 20
#define N_HIDDEN 8

typedef struct {
  const BpImportChoices *choices;
  BpImport              *import;
  GPtrArray             *inputs; /* of const char *, the names of columns */
  const BpPreviewColumn *learned;
  BpDataFormat           format; /* that has to be said of the file */
  BpDataset             *dataset;
  GArray                *classes; /* of double: what the learned column has, if it has classes */
  GArray                *scales;  /* of BpStandard: of the inputs, and last of the target */
} Build;

BpImportChoices *
bp_import_choices_new (const char *file)
{
  BpImportChoices *self;
  const guint n_hidden = N_HIDDEN;

  g_return_val_if_fail (file != NULL, NULL);

  self = g_new0 (BpImportChoices, 1);
  self->file = g_strdup (file);
  self->hidden = g_array_new (FALSE, FALSE, sizeof (guint));
  g_array_append_val (self->hidden, n_hidden);
  self->activation = bp_activation_get_names ()[0];
  self->standardize = TRUE;
  self->test_share = -1;

  return self;
}

BpImportChoices *
bp_import_choices_copy (const BpImportChoices *choices)
{
  BpImportChoices *self;

  g_return_val_if_fail (choices != NULL, NULL);

  self = g_memdup2 (choices, sizeof *choices);
  self->file = g_strdup (choices->file);
  self->title = g_strdup (choices->title);
  self->roles = choices->roles != NULL ? g_array_copy (choices->roles) : NULL;
  self->hidden = g_array_copy (choices->hidden);

  return self;
}

void
bp_import_choices_free (BpImportChoices *choices)
{
  g_clear_pointer (&choices->roles, g_array_unref);
  g_array_unref (choices->hidden);
  g_free (choices->file);
  g_free (choices->title);
  g_free (choices);
}

void
bp_import_free (BpImport *import)
{
  g_clear_pointer (&import->preview, bp_csv_preview_free);
  g_clear_pointer (&import->roles, g_array_unref);
  g_array_unref (import->layers);
  g_free (import->text);
  g_free (import->problem);
  g_free (import);
}

static const BpPreviewColumn *
get_column (const BpImport *import,
            guint           i)
{
  return g_ptr_array_index (import->preview->columns, i);
}

static BpColumnRole
get_role (const BpImport *import,
          guint           i)
{
  return g_array_index (import->roles, BpColumnRole, i);
}

const BpPreviewColumn *
bp_import_find (const BpImport *import,
                BpColumnRole    role)
{
  const BpPreviewColumn *found = NULL;

  g_return_val_if_fail (import != NULL, NULL);

  for (guint i = 0; i < import->roles->len; i++)
    if (get_role (import, i) == role)
      {
        if (found != NULL)
          return NULL;
        found = get_column (import, i);
      }

  return found;
}

/* Columns */

static gboolean
fail (Build *self,
      char  *problem)
{
  self->import->problem = problem;

  return FALSE;
}

/* Why the column cannot be what it is to be. */
static char *
explain_role (const BpPreviewColumn *column,
              BpColumnRole           role)
{
  g_autofree char *quoted = bp_text_quote (*column->title != '\0' ? column->title : column->name, -1);

  if (column->kind == BP_FIELDS_NONE)
    return g_strdup_printf (_("“%s” has no values."), quoted);
  if (role == BP_COLUMN_CLASS && column->kind == BP_FIELDS_NUMBERS)
    return g_strdup_printf (_("“%s” has too many or too few different numbers, or such as are not whole, to be a "
                              "class."), quoted);
  if (role == BP_COLUMN_CLASS)
    return g_strdup_printf (_("“%s” has too many or too few different texts to be a class."), quoted);
  if (column->kind == BP_FIELDS_TEXTS)
    return g_strdup_printf (_("“%s” has texts; they can be a class, but no number."), quoted);

  return g_strdup_printf (_("“%s” is not a column of numbers: some of its values are none."), quoted);
}

static gboolean
find_columns (Build *self)
{
  BpImport *import = self->import;

  if (import->preview->problem != NULL)
    return fail (self, g_strdup (import->preview->problem));
  if (import->preview->n_rows == 0)
    return fail (self, g_strdup (_("There are no rows of values below the names.")));
  if (import->roles->len == 1)
    return fail (self, g_strdup (_("There is only one column: an input and what is learned are two. Is the separator "
                                   "another?")));

  for (guint i = 0; i < import->roles->len; i++)
    {
      BpColumnRole role = get_role (import, i);
      const BpPreviewColumn *column = get_column (import, i);

      if (!bp_import_may_have (column, role))
        return fail (self, explain_role (column, role));
      if (role == BP_COLUMN_INPUT)
        g_ptr_array_add (self->inputs, column->name);
      else if (role != BP_COLUMN_UNUSED && self->learned != NULL)
        return fail (self, g_strdup (_("Only one column can be learned: choose one target or one class.")));
      else if (role != BP_COLUMN_UNUSED)
        self->learned = column;
    }

  if (self->learned == NULL && self->inputs->len == 0)
    return fail (self, g_strdup (_("Choose an input, which the model is given, and a target or a class, which it "
                                   "learns.")));
  if (self->inputs->len == 0)
    return fail (self, g_strdup (_("Choose an input: a column of numbers that the model is given.")));
  if (self->learned == NULL)
    return fail (self, g_strdup (_("Choose a target or a class: the column that the model learns.")));

  return TRUE;
}

static gboolean
has_missing (const BpImport *import)
{
  for (guint i = 0; i < import->roles->len; i++)
    if (get_role (import, i) != BP_COLUMN_UNUSED && get_column (import, i)->n_missing > 0)
      return TRUE;

  return FALSE;
}

/* What the file does not tell by itself has to be said of it, and what was chosen. */
static void
find_format (Build *self)
{
  const BpCsvPreview *preview = self->import->preview;
  BpAnswer missing = self->choices->missing;

  self->format = self->choices->format;
  if (!preview->found_separator)
    self->format.separator = preview->format.separator;
  if (!preview->found_header)
    self->format.header = preview->format.header;
  /* Columns that are not used may have told it. */
  if (!preview->found_decimal || preview->format.decimal_comma == BP_ANSWER_YES)
    self->format.decimal_comma = preview->format.decimal_comma;
  /* Which a comma that is decimal is not, unless it is said. */
  if (self->format.decimal_comma == BP_ANSWER_YES && preview->format.separator == ',')
    self->format.separator = ',';
  self->import->drop_missing = missing == BP_ANSWER_YES
                               || (missing == BP_ANSWER_FROM_FILE && has_missing (self->import));
  self->format.drop_missing = self->import->drop_missing;
}

/* Numbers */

static gboolean
read_dataset (Build *self)
{
  BpImport *import = self->import;
  g_autoptr (GPtrArray) names = g_ptr_array_copy (self->inputs, NULL, NULL);
  g_autoptr (GError) error = NULL;

  g_ptr_array_add (names, self->learned->name);
  g_ptr_array_add (names, NULL);
  self->dataset = bp_dataset_new_from_csv (SEED, self->choices->file, &self->format,
                                           (const char * const *) names->pdata, &error);
  if (self->dataset == NULL)
    return fail (self, g_strdup (error->message));

  gsize n_rows = bp_dataset_get_n_samples (self->dataset);

  if (import->test_share < 0)
    import->test_share = n_rows >= MIN_ROWS_FOR_TEST ? TEST_SHARE : 0;
  bp_dataset_set_test_share (self->dataset, import->test_share);
  bp_dataset_get_rows (self->dataset, FALSE, &import->n_train);
  import->n_test = n_rows - import->n_train;
  import->n_dropped = import->preview->n_rows - MIN (n_rows, import->preview->n_rows);

  return TRUE;
}

static int
compare_cb (gconstpointer a,
            gconstpointer b)
{
  const double *first = a, *second = b;

  return (*first > *second) - (*first < *second);
}

/* The different numbers of the learned column, of texts 0, 1, … */
static gboolean
find_classes (Build *self)
{
  guint column = bp_dataset_find (self->dataset, self->learned->name);
  const double *values = bp_dataset_get_column (self->dataset, column);
  gsize n_rows = bp_dataset_get_n_samples (self->dataset);
  g_autofree double *sorted = g_memdup2 (values, n_rows * sizeof *values);

  qsort (sorted, n_rows, sizeof *sorted, compare_cb);
  for (gsize i = 0; i < n_rows; i++)
    if (i == 0 || sorted[i] != sorted[i - 1])
      g_array_append_val (self->classes, sorted[i]);
  if (self->classes->len >= 2)
    return TRUE;

  g_autofree char *quoted = bp_text_quote (self->learned->title, -1);

  return fail (self, g_strdup_printf (_("Of the classes of “%s” only one is left; at least two are needed."), quoted));
}

static gboolean
start_at_zero (const Build *self)
{
  for (guint i = 0; i < self->classes->len; i++)
    if (g_array_index (self->classes, double, i) != i)
      return FALSE;

  return TRUE;
}

static void
add_scale (Build      *self,
           const char *name)
{
  const double *values = bp_dataset_get_column (self->dataset, bp_dataset_find (self->dataset, name));
  gsize n;
  const gsize *rows = bp_dataset_get_rows (self->dataset, FALSE, &n);
  BpStandard scale = { 0, };

  for (gsize i = 0; i < n; i++)
    scale.mean += values[rows[i]] / (double) n;
  for (gsize i = 0; i < n; i++)
    scale.deviation += (values[rows[i]] - scale.mean) * (values[rows[i]] - scale.mean) / (double) n;
  scale.deviation = sqrt (scale.deviation);
  /* What does not vary, or too much for a double, stays as it is. */
  if (!(scale.deviation > fabs (scale.mean) * 1e-12) || !isfinite (scale.deviation))
    scale.deviation = 1;
  g_array_append_val (self->scales, scale);
}

/* The text */

static void
find_layers (Build *self)
{
  BpImport *import = self->import;
  guint n_inputs = self->inputs->len;
  guint n_outputs = self->classes->len > 2 ? self->classes->len : 1;

  import->loss = self->classes->len > 2 ? BP_LOSS_SOFTMAX : self->classes->len == 2 ? BP_LOSS_SIGMOID
                                                                                   : BP_LOSS_SQUARED;
  g_array_append_val (import->layers, n_inputs);
  if (self->choices->is_network)
    g_array_append_vals (import->layers, self->choices->hidden->data, self->choices->hidden->len);
  g_array_append_val (import->layers, n_outputs);
}

static char *
write_data (const Build *self)
{
  static const char * const keys[] = { "Encoding", "Separator", "DecimalComma", "Header", "Missing" };
  g_autoptr (GString) text = g_string_new (NULL);
  g_autofree char *name = g_path_get_basename (self->choices->file);
  const BpExperiment holder = { .data_format = self->format };

  bp_model_text_append (text, "File", name);
  for (guint i = 0; i < G_N_ELEMENTS (keys); i++)
    {
      g_autofree char *value = bp_setting_get (bp_setting_find (keys[i]), &holder);

      if (value != NULL && (!g_str_equal (keys[i], "Missing") || self->format.drop_missing))
        g_string_append_printf (text, "%s=%s\n", keys[i], value);
    }

  return g_string_free (g_steal_pointer (&text), FALSE);
}

/* Gradient descent is stable for standardized columns while the rate is well below the inverse of their number. */
static double
get_learning_rate (const Build *self)
{
  double n = self->inputs->len + 1;
  gboolean is_entropy = self->import->loss >= BP_LOSS_SIGMOID;

  if (self->import->layers->len > 2)
    return 0.01;
  if (!self->choices->standardize)
    return 0.05;

  return bp_number_round (is_entropy ? MIN (0.5, 1 / n) : MIN (0.1, 0.2 / n), 1);
}

static char *
dup_title (const Build *self)
{
  g_autofree char *path = bp_text_display_path (self->choices->file);
  char *title = self->choices->title != NULL ? g_strdup (self->choices->title) : g_path_get_basename (path);
  char *dot = self->choices->title == NULL ? g_strrstr (title, ".") : NULL;

  if (dot != NULL && dot != title)
    *dot = '\0';

  return title;
}

static void
write_text (Build *self)
{
  BpImport *import = self->import;
  g_autofree char *data = write_data (self);
  g_autofree char *title = dup_title (self);
  gboolean is_network = import->layers->len > 2;
  gboolean is_scaled = self->choices->standardize;
  const BpStandard *scales = (const BpStandard *) self->scales->data;
  g_autoptr (GError) error = NULL;
  BpModelText model = {
    .title = title,
    .data = data,
    .inputs = (const char * const *) self->inputs->pdata,
    .n_inputs = self->inputs->len,
    .target = self->learned->name,
    .layers = import->layers,
    .activation = self->choices->activation,
    .loss = import->loss,
    .classes = start_at_zero (self) ? NULL : (const double *) self->classes->data,
    .n_classes = self->classes->len,
    .scales = is_scaled ? scales : NULL,
    .target_scale = is_scaled && import->loss < BP_LOSS_SIGMOID ? &scales[self->inputs->len] : NULL,
    .n_rows = import->n_train,
    .test_share = import->test_share,
    .start = "0",
    .optimizer = is_network || !is_scaled ? BP_OPTIMIZER_ADAM : BP_OPTIMIZER_GRADIENT_DESCENT,
    .learning_rate = get_learning_rate (self),
    .iterations = is_network ? 1000 : 300,
    .batch_size = MIN (BATCH_SIZE, import->n_train),
  };
  g_autofree char *text = bp_model_text_write (&model);
  g_autofree char *folder = g_path_get_dirname (self->choices->file);
  g_autoptr (BpExperiment) experiment = bp_experiment_new_from_data (text, -1, title, folder, &error);

  if (experiment != NULL)
    import->text = g_steal_pointer (&text);
  else
    import->problem = g_strdup (bp_error_get_sentence (error));
}

static void
build (Build *self)
{
  if (!find_columns (self))
    return;
  find_format (self);
  if (!read_dataset (self) || (bp_import_find (self->import, BP_COLUMN_CLASS) != NULL && !find_classes (self)))
    return;

  for (guint i = 0; i < self->inputs->len; i++)
    add_scale (self, g_ptr_array_index (self->inputs, i));
  add_scale (self, self->learned->name);
  find_layers (self);
  write_text (self);
}

BpImport *
bp_import_new (const BpImportChoices *choices,
               GError               **error)
{
  g_autoptr (BpImport) import = NULL;

  g_return_val_if_fail (choices != NULL, NULL);

  import = g_new0 (BpImport, 1);
  import->layers = g_array_new (FALSE, FALSE, sizeof (guint));
  import->test_share = choices->test_share;
  import->preview = bp_csv_preview_new (choices->file, &choices->format, error);
  if (import->preview == NULL)
    return NULL;

  if (choices->roles != NULL && choices->roles->len == import->preview->columns->len)
    import->roles = g_array_copy (choices->roles);
  else
    import->roles = bp_import_guess_roles (import->preview);

  Build self = {
    .choices = choices,
    .import = import,
    .inputs = g_ptr_array_new (),
    .classes = g_array_new (FALSE, FALSE, sizeof (double)),
    .scales = g_array_new (FALSE, FALSE, sizeof (BpStandard)),
  };

  build (&self);
  g_ptr_array_unref (self.inputs);
  g_array_unref (self.classes);
  g_array_unref (self.scales);
  g_clear_pointer (&self.dataset, bp_dataset_unref);

  return g_steal_pointer (&import);
}
