/* bp-setting.c: the table of settings, which checks each against its range: the learning rate, the batch size …
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "experiment/bp-setting.h"

#include <glib/gi18n-lib.h>
#include <inttypes.h>
#include <math.h>
#include <string.h>

#include "experiment/bp-csv-private.h"
#include "base/bp-error.h"
#include "base/bp-nearest.h"
#include "base/bp-number.h"
#include "base/bp-text.h"

static const char * const flags[] = { "false", "true", NULL };
static const char * const encodings[] = {
  "", "utf-8", "utf-16", "windows-1252", "windows-1250", "windows-1251", "gb18030", "big5", "shift-jis", "euc-kr", NULL
};
static const char * const decimal_commas[] = { "", "false", "true", NULL };
static const char * const headers[] = { "", "no", "yes", NULL };
static const char * const missings[] = { "refuse", "drop", NULL };
static const char * const samplings[] = { "random", "shuffled", "sequential", NULL };

#define KEPT(field) .offset = offsetof (BpExperiment, field)
#define CHANGING(field) .changes = TRUE, .offset = offsetof (BpSettings, field)
#define PARAMETER(id) CHANGING (optimizer.parameters[BP_PARAMETER_##id]), .maximum = 1
#define FROM(first, last) .minimum = first, .maximum = last

/* The optimizer comes before its parameters, whose defaults depend on it. */
static const BpSetting settings[] = {
  { "Experiment", "Title", BP_SETTING_TEXT, KEPT (title) },
  { "Experiment", "Description", BP_SETTING_TEXT, KEPT (description) },
  { "Experiment", "Iterations", BP_SETTING_INTEGER, KEPT (iterations), FROM (1, BP_MAX_ITERATIONS),
    .option = "iterations", .title = N_("Iterations"), .description = N_("How many iterations to train") },
  { "Experiment", "BatchSize", BP_SETTING_SIZE, CHANGING (batch_size), FROM (1, BP_MAX_BATCH_SIZE),
    .option = "batch-size", .title = N_("Batch size"), .description = N_("Samples per iteration") },
  { "Experiment", "ReportEvery", BP_SETTING_INTEGER, KEPT (report_every), FROM (1, BP_MAX_ITERATIONS),
    .option = "report-every", .description = N_("Iterations between two reports of train") },
  { "Experiment", "Seed", BP_SETTING_SEED, KEPT (seed),
    .option = "seed", .title = N_("Seed"), .description = N_("The seed that all randomness comes from") },
  { "Experiment", "Loss", BP_SETTING_NAME, KEPT (loss) },

  { "Data", "Samples", BP_SETTING_SIZE, KEPT (samples), FROM (1, BP_MAX_SAMPLES), .title = N_("Samples") },
  { "Data", "File", BP_SETTING_TEXT, KEPT (data_file), .minimum = 1 },
  { "Data", "Encoding", BP_SETTING_CHOICE, KEPT (data_format.encoding), .names = encodings },
  { "Data", "Separator", BP_SETTING_SEPARATOR, KEPT (data_format.separator) },
  { "Data", "DecimalComma", BP_SETTING_CHOICE, KEPT (data_format.decimal_comma), .names = decimal_commas },
  { "Data", "Header", BP_SETTING_CHOICE, KEPT (data_format.header), .names = headers },
  { "Data", "Missing", BP_SETTING_CHOICE, KEPT (data_format.drop_missing), .names = missings },
  { "Data", "Sampling", BP_SETTING_CHOICE, KEPT (sampling), .names = samplings },
  { "Data", "Test", BP_SETTING_NUMBER, KEPT (test_share), BP_RANGE_BELOW, FROM (0, 1) },

  { "Optimizer", "Name", BP_SETTING_CHOICE, CHANGING (optimizer.kind),
    .option = "optimizer", .title = N_("Optimizer"),
    .description = N_("gradient-descent, momentum, nesterov, adagrad, rmsprop, adam or adamw") },
  { "Optimizer", "LearningRate", BP_SETTING_NUMBER, CHANGING (optimizer.learning_rate),
    FROM (BP_LEARNING_RATE_MIN, BP_LEARNING_RATE_MAX),
    .option = "learning-rate", .title = N_("Learning rate"), .label = N_("Learning rate η"),
    .slider_start = 1e-4, .slider_end = 10, .description = N_("The optimizer's learning rate") },
  { "Optimizer", "Schedule", BP_SETTING_SCHEDULE, CHANGING (optimizer.schedule),
    .option = "schedule", .title = N_("Schedule"),
    .description = N_("constant, step(30, 0.1), exponential(0.99), cosine or warmup(10)") },
  { "Optimizer", "Momentum", BP_SETTING_NUMBER, PARAMETER (MOMENTUM), .range = BP_RANGE_BELOW,
    .title = N_("Momentum μ") },
  { "Optimizer", "Decay", BP_SETTING_NUMBER, PARAMETER (DECAY), .range = BP_RANGE_BELOW, .title = N_("Decay ρ") },
  { "Optimizer", "Beta1", BP_SETTING_NUMBER, PARAMETER (BETA1), .range = BP_RANGE_BELOW,
    .title = N_("Decay of the mean β₁") },
  { "Optimizer", "Beta2", BP_SETTING_NUMBER, PARAMETER (BETA2), .range = BP_RANGE_BELOW,
    .title = N_("Decay of the square β₂") },
  { "Optimizer", "Epsilon", BP_SETTING_NUMBER, PARAMETER (EPSILON), .range = BP_RANGE_ABOVE,
    .title = N_("Epsilon ε") },
  { "Optimizer", "WeightDecay", BP_SETTING_NUMBER, PARAMETER (WEIGHT_DECAY), .range = BP_RANGE_BELOW,
    .option = "weight-decay", .title = N_("Weight decay λ"), .description = N_("The weight decay of adamw") },
  { "Optimizer", "Maximize", BP_SETTING_CHOICE, CHANGING (optimizer.maximize), .names = flags },
  { "Optimizer", "KeepGradients", BP_SETTING_CHOICE, CHANGING (keep_gradients), .names = flags },

  { "Evaluate", "Target", BP_SETTING_NAME, KEPT (target) },
};

const BpSetting *
bp_setting_get_all (guint *n_settings)
{
  *n_settings = G_N_ELEMENTS (settings);

  return settings;
}

const BpSetting *
bp_setting_find (const char *key)
{
  for (guint i = 0; i < G_N_ELEMENTS (settings); i++)
    if (g_str_equal (settings[i].key, key))
      return &settings[i];

  return NULL;
}

gpointer
bp_setting_get_owner (const BpSetting *setting,
                      BpExperiment    *experiment)
{
  return setting->changes ? (gpointer) &experiment->settings : experiment;
}

static gconstpointer
get_field (const BpSetting *self,
           gconstpointer    owner)
{
  return (const char *) owner + self->offset;
}

/* The check of a learning rate and of every other number: against the range that its row has. */
static gboolean
check_range (const BpSetting *self,
             double           value,
             GError         **error)
{
  g_autofree char *shown = bp_number_to_shortest (value);
  g_autofree char *minimum = bp_number_to_shortest (self->minimum);
  g_autofree char *maximum = bp_number_to_shortest (self->maximum);

  /* Written so that NaN fails. */
  if (value >= self->minimum && value <= self->maximum &&
      !(self->range == BP_RANGE_BELOW && value == self->maximum) &&
      !(self->range == BP_RANGE_ABOVE && value == self->minimum))
    return TRUE;

  g_set_error (error, BP_ERROR, BP_ERROR_VALUE,
               self->range == BP_RANGE_CLOSED ? _("%s is %s, but must be from %s to %s")
               : self->range == BP_RANGE_BELOW ? _("%s is %s, but must be at least %s and less than %s")
                                               : _("%s is %s, but must be greater than %s and at most %s"),
               self->key, shown, minimum, maximum);

  return FALSE;
}

gboolean
bp_setting_check (const BpSetting *setting,
                  gconstpointer    owner,
                  GError         **error)
{
  gconstpointer field = get_field (setting, owner);

  switch (setting->kind)
    {
    case BP_SETTING_NUMBER:
      return check_range (setting, *(const double *) field, error);
    case BP_SETTING_INTEGER:
      return check_range (setting, (double) *(const gint64 *) field, error);
    case BP_SETTING_SIZE:
      return check_range (setting, (double) *(const gsize *) field, error);
    default:
      return TRUE;
    }
}

static const char *
get_name (const BpSetting *self,
          guint            index)
{
  if (self->names != NULL)
    return self->names[index];

  return index < BP_N_OPTIMIZERS ? bp_optimizer_get_class (index)->name : NULL;
}

/* The word for the choice @value; a gboolean may be any number that is not 0. */
static const char *
get_choice (const BpSetting *self,
            guint            value)
{
  guint index = 0;

  while (index < value && get_name (self, index + 1) != NULL)
    index++;

  return get_name (self, index);
}

static gboolean
set_choice (const BpSetting *self,
            guint           *field,
            const char      *text,
            GError         **error)
{
  g_autoptr (GPtrArray) names = g_ptr_array_new ();
  g_autofree char *quoted = bp_text_quote (text, -1);
  g_autofree char *sentence = NULL;

  for (guint i = 0; get_name (self, i) != NULL; i++)
    if (*get_name (self, i) == '\0')
      continue;
    else if (g_str_equal (get_name (self, i), text))
      {
        *field = i;
        return TRUE;
      }
    else
      g_ptr_array_add (names, (gpointer) get_name (self, i));

  if (names->len == 2)
    {
      g_set_error (error, BP_ERROR, BP_ERROR_VALUE, _("“%s” is neither %s nor %s"), quoted,
                   (const char *) names->pdata[1], (const char *) names->pdata[0]);
      return FALSE;
    }

  g_ptr_array_add (names, NULL);
  sentence = g_strdup_printf (self->names == NULL ? _("unknown optimizer “%s”")
                              : self->names == encodings ? _("unknown encoding “%s”")
                                                         : _("unknown sampling “%s”"), quoted);
  bp_nearest_set_error (error, sentence, text, (const char * const *) names->pdata);

  return FALSE;
}

static gboolean
set_separator (char       *field,
               const char *text,
               GError    **error)
{
  g_autofree char *quoted = bp_text_quote (text, -1);

  for (const char *separator = BP_CSV_SEPARATORS; *separator != '\0'; separator++)
    if (g_str_equal (bp_csv_separator_get_name (*separator), text))
      {
        *field = *separator;
        return TRUE;
      }

  g_set_error (error, BP_ERROR, BP_ERROR_VALUE, _("“%s” is none of the separators , ; | tab and blanks"), quoted);

  return FALSE;
}

/* Replaces the escapes \s \n \t \r \\ by their characters. */
static char *
unescape (const char *text,
          GError    **error)
{
  static const char letters[] = "sntr\\", characters[] = " \n\t\r\\";
  g_autoptr (GString) result = g_string_new (NULL);

  for (const char *c = text; *c != '\0'; c++)
    {
      const char *letter = *c == '\\' && c[1] != '\0' ? strchr (letters, c[1]) : NULL;

      if (*c == '\\' && letter == NULL)
        {
          g_auto (GStrv) parts = g_strsplit (text, "\\", -1);
          g_autofree char *doubled = g_strjoinv ("\\\\", parts);
          g_autofree char *quoted = bp_text_quote (doubled, -1);

          g_set_error (error, BP_ERROR, BP_ERROR_SYNTAX,
                       _("after “\\” there must be s, n, t, r or another “\\”, which stands for itself; did you mean "
                         "“%s”?"), quoted);
          bp_error_set_column (error, (gsize) g_utf8_pointer_to_offset (text, c) + 1);
          return NULL;
        }
      g_string_append_c (result, letter != NULL ? characters[letter - letters] : *c);
      c += letter != NULL;
    }

  return g_string_free (g_steal_pointer (&result), FALSE);
}

static gboolean
set_text (const BpSetting *self,
          char           **field,
          const char      *text,
          GError         **error)
{
  char *value;

  if (strlen (text) < self->minimum)
    {
      g_set_error_literal (error, BP_ERROR, BP_ERROR_VALUE, _("the name of a CSV file was expected"));
      return FALSE;
    }

  value = self->kind == BP_SETTING_TEXT ? unescape (text, error) : g_strdup (text);
  if (value == NULL)
    return FALSE;

  g_free (*field);
  *field = value;

  return TRUE;
}

gboolean
bp_setting_set (const BpSetting *setting,
                gpointer         owner,
                const char      *text,
                GError         **error)
{
  gpointer field = (gpointer) get_field (setting, owner);
  double number;
  gint64 integer;

  switch (setting->kind)
    {
    case BP_SETTING_NUMBER:
      if (!bp_number_parse (text, &number, error) || !check_range (setting, number, error))
        return FALSE;
      *(double *) field = number;
      return TRUE;
    case BP_SETTING_INTEGER:
    case BP_SETTING_SIZE:
      if (!bp_number_parse_integer (text, (gint64) setting->minimum, (gint64) setting->maximum, &integer, error))
        return FALSE;
      if (setting->kind == BP_SETTING_SIZE)
        *(gsize *) field = (gsize) integer;
      else
        *(gint64 *) field = integer;
      return TRUE;
    case BP_SETTING_SEED:
      return bp_number_parse_unsigned (text, field, error);
    case BP_SETTING_CHOICE:
      return set_choice (setting, field, text, error);
    case BP_SETTING_SEPARATOR:
      return set_separator (field, text, error);
    case BP_SETTING_SCHEDULE:
      return bp_schedule_parse (text, field, error);
    case BP_SETTING_NAME:
    case BP_SETTING_TEXT:
    default:
      return set_text (setting, field, text, error);
    }
}

gboolean
bp_setting_set_or_switch (const BpSetting *setting,
                          gpointer         owner,
                          const char      *text,
                          GError         **error)
{
  guint kind;

  if (setting->kind != BP_SETTING_CHOICE || setting->names != NULL)
    return bp_setting_set (setting, owner, text, error);
  if (!set_choice (setting, &kind, text, error))
    return FALSE;
  bp_optimizer_switch (&((BpSettings *) owner)->optimizer, kind);

  return TRUE;
}

char *
bp_setting_get (const BpSetting *setting,
                gconstpointer    owner)
{
  gconstpointer field = get_field (setting, owner);
  const char *name;

  switch (setting->kind)
    {
    case BP_SETTING_NUMBER:
      return bp_number_to_shortest (*(const double *) field);
    case BP_SETTING_INTEGER:
      return g_strdup_printf ("%" PRId64, *(const gint64 *) field);
    case BP_SETTING_SIZE:
      return g_strdup_printf ("%" G_GSIZE_FORMAT, *(const gsize *) field);
    case BP_SETTING_SEED:
      return g_strdup_printf ("%" PRIu64, *(const guint64 *) field);
    case BP_SETTING_CHOICE:
      name = get_choice (setting, *(const guint *) field);
      return *name != '\0' ? g_strdup (name) : NULL;
    case BP_SETTING_SEPARATOR:
      return *(const char *) field != '\0' ? g_strdup (bp_csv_separator_get_name (*(const char *) field)) : NULL;
    case BP_SETTING_SCHEDULE:
      return bp_schedule_to_string (field);
    case BP_SETTING_NAME:
    case BP_SETTING_TEXT:
    default:
      return g_strdup (*(char * const *) field);
    }
}
