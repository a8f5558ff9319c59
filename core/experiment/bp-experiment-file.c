/* bp-experiment-file.c: reading experiment files
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "experiment/bp-experiment-private.h"

#include <glib/gi18n-lib.h>
#include <string.h>

#include "base/bp-error.h"
#include "graph/bp-expression.h"
#include "base/bp-memory.h"
#include "base/bp-nearest.h"
#include "base/bp-read-file.h"
#include "base/bp-text.h"

#define MAX_FILE_BYTES (16 << 20)
/* What is made of a byte of a file: lines, keys, values, and definitions. */
#define TEXT_BYTES 64

#define BYTE_ORDER_MARK "\357\273\277"
#define SUFFIX ".experiment"

typedef struct {
  const char   *origin;
  GKeyFile     *file;
  GHashTable   *lines;
  BpExperiment *experiment;
} Reader;

static guint
get_line (Reader     *self,
          const char *section,
          const char *key)
{
  g_autofree char *section_entry = g_strdup_printf ("[%s]", section);
  g_autofree char *key_entry = g_strdup_printf ("[%s] %s", section, key != NULL ? key : "");
  guint line = GPOINTER_TO_UINT (g_hash_table_lookup (self->lines, key_entry));

  return line > 0 ? line : GPOINTER_TO_UINT (g_hash_table_lookup (self->lines, section_entry));
}

static gboolean
fail_at (Reader        *self,
         const BpPlace *place,
         GError       **error)
{
  guint line = get_line (self, place->section, place->key);

  bp_place_prefix (place, error);
  if (line > 0)
    g_prefix_error (error, "%s:%u: ", self->origin, line);
  else
    g_prefix_error (error, "%s: ", self->origin);

  return FALSE;
}

/* The text */

static gboolean
check_text (const char *text,
            gsize       length,
            const char *origin,
            GError    **error)
{
  const char *end;

  if (length > MAX_FILE_BYTES)
    {
      g_set_error (error, BP_ERROR, BP_ERROR_FILE, _("%s: the file is larger than %d MiB"), origin,
                   MAX_FILE_BYTES >> 20);
      return FALSE;
    }

  if (!g_utf8_validate_len (text, length, &end))
    {
      guint line = 1;

      for (const char *c = text; c < end; c++)
        line += *c == '\n';
      g_set_error (error, BP_ERROR, BP_ERROR_SYNTAX,
                   *end == '\0' ? _("%s:%u: there is a NUL byte; text was expected")
                                : _("%s:%u: the text is not valid UTF-8"), origin, line);
      return FALSE;
    }

  if (strspn (text, " \t\r\n") < strlen (text))
    return TRUE;

  g_set_error (error, BP_ERROR, BP_ERROR_FILE,
               _("%s: the file is empty; an experiment has at least [Variables] and [Model]"),
               origin);

  return FALSE;
}

static gboolean
fail_syntax (Reader       *self,
             const char   *text,
             const GError *reason,
             GError      **error)
{
  g_autofree char *line = NULL;
  guint number = bp_experiment_find_bad_line (text, &line);
  g_autofree char *quoted = number > 0 ? bp_text_quote (line, -1) : NULL;

  if (number > 0)
    g_set_error (error, BP_ERROR, BP_ERROR_SYNTAX,
                 _("%s:%u: “%s” is not what was expected: a [Section], below one a key=value, or a # comment"),
                 self->origin, number, quoted);
  else
    g_set_error (error, BP_ERROR, BP_ERROR_SYNTAX, "%s: %s", self->origin, reason->message);

  return FALSE;
}

static gboolean
load_text (Reader     *self,
           const char *text,
           GError    **error)
{
  g_autofree char *duplicate = NULL;
  g_autoptr (GError) reason = NULL;
  guint number;

  if (!g_key_file_load_from_data (self->file, text, strlen (text), G_KEY_FILE_KEEP_TRANSLATIONS, &reason))
    return fail_syntax (self, text, reason, error);

  self->lines = bp_experiment_index_lines (text, &duplicate, &number);
  if (duplicate == NULL)
    return TRUE;

  guint first = GPOINTER_TO_UINT (g_hash_table_lookup (self->lines, duplicate));
  g_autofree char *quoted = bp_text_quote (duplicate, -1);

  g_set_error (error, BP_ERROR, BP_ERROR_VALUE, _("%s:%u: %s is already on line %u"), self->origin, number, quoted,
               first);

  return FALSE;
}

/* The keys */

static gboolean
fail_unknown (Reader     *self,
              const char *section,
              const char *key,
              GError    **error)
{
  g_autoptr (GPtrArray) known = bp_experiment_get_known_keys (key != NULL ? section : NULL);
  g_autofree char *quoted = bp_text_quote (key != NULL ? key : section, -1);
  g_autofree char *sentence = key != NULL ? g_strdup_printf (_("[%s] has no key “%s”"), section, quoted)
                                          : g_strdup_printf (_("there is no section [%s]"), quoted);

  bp_nearest_set_error (error, sentence, key != NULL ? key : section, (const char * const *) known->pdata);
  g_prefix_error (error, "%s:%u: ", self->origin, get_line (self, section, key));

  return FALSE;
}

static gboolean
check_keys (Reader     *self,
            const char *section,
            GError    **error)
{
  g_auto (GStrv) keys = g_key_file_get_keys (self->file, section, NULL, NULL);
  g_autoptr (GPtrArray) sections = bp_experiment_get_known_keys (NULL);

  if (!g_strv_contains ((const char * const *) sections->pdata, section))
    return fail_unknown (self, section, NULL, error);

  for (guint i = 0; keys != NULL && keys[i] != NULL; i++)
    if (bp_experiment_find_key_class (section, keys[i]) == NULL)
      return fail_unknown (self, section, keys[i], error);

  return TRUE;
}

static char *
get_value (Reader           *self,
           const BpKeyClass *class,
           const char       *key,
           GError          **error)
{
  g_autofree char *value = NULL;
  g_autoptr (GError) escape_error = NULL;

  if (!class->is_text)
    value = g_strstrip (g_key_file_get_value (self->file, class->section, key, NULL));
  else
    value = g_key_file_get_string (self->file, class->section, key, &escape_error);

  if (escape_error != NULL)
    g_set_error_literal (error, BP_ERROR, BP_ERROR_SYNTAX,
                         _("after “\\” there must be s, n, t, r or another “\\”, which stands for itself"));
  else if (strlen (value) > BP_MAX_EXPRESSION_BYTES)
    g_set_error (error, BP_ERROR, BP_ERROR_VALUE, _("a value may have at most %d characters"), BP_MAX_EXPRESSION_BYTES);
  else
    return g_steal_pointer (&value);

  return NULL;
}

static gboolean
read_key (Reader           *self,
          const BpKeyClass *class,
          const char       *key,
          GError          **error)
{
  BpPlace place = { class->section, key };
  g_autofree char *value = get_value (self, class, key, error);

  if (value != NULL && class->read (self->experiment, key, value, &place.has_column, error))
    return TRUE;

  return fail_at (self, &place, error);
}

/* Reads the keys that are @class's: its own, or all that have no class of their own. */
static gboolean
read_class (Reader           *self,
            const BpKeyClass *class,
            GError          **error)
{
  g_auto (GStrv) keys = NULL;

  if (class->key != NULL)
    return !g_key_file_has_key (self->file, class->section, class->key, NULL) ||
           read_key (self, class, class->key, error);

  keys = g_key_file_get_keys (self->file, class->section, NULL, NULL);
  for (guint i = 0; keys != NULL && keys[i] != NULL; i++)
    if (bp_experiment_find_key_class (class->section, keys[i]) == class && !read_key (self, class, keys[i], error))
      return FALSE;

  return TRUE;
}

static gboolean
read_keys (Reader  *self,
           GError **error)
{
  g_auto (GStrv) sections = g_key_file_get_groups (self->file, NULL);
  guint n_classes;
  const BpKeyClass *classes = bp_experiment_get_key_classes (&n_classes);

  for (guint i = 0; sections[i] != NULL; i++)
    if (!check_keys (self, sections[i], error))
      return FALSE;

  for (guint i = 0; i < n_classes; i++)
    if (!read_class (self, &classes[i], error))
      return FALSE;

  return TRUE;
}

/* The whole */

/* The first key that is there although there is no File that it would be about; NULL if there is none. */
static const char *
find_key_of_file (Reader *self)
{
  const char * const *key = bp_data_format_get_keys ();

  if (self->experiment->data_file != NULL)
    return NULL;
  while (*key != NULL && !g_key_file_has_key (self->file, "Data", *key, NULL))
    key++;

  return *key;
}

static gboolean
check_data (Reader  *self,
            GError **error)
{
  const BpExperiment *experiment = self->experiment;
  gboolean has_columns = experiment->columns->len > 0;
  const char *key_of_file = find_key_of_file (self);
  BpPlace place = { "Data", key_of_file };

  if (key_of_file != NULL)
    g_set_error_literal (error, BP_ERROR, BP_ERROR_VALUE, _("this says how a File is read, but there is no File"));
  else if (experiment->data_file == NULL && !has_columns && g_key_file_has_group (self->file, "Data"))
    g_set_error_literal (error, BP_ERROR, BP_ERROR_VALUE,
                         _("a placeholder such as x=normal(0, 1), or a File, was expected"));
  else if (experiment->data_file != NULL && has_columns)
    {
      place.key = ((const BpColumn *) g_ptr_array_index (experiment->columns, 0))->name;
      g_set_error_literal (error, BP_ERROR, BP_ERROR_VALUE,
                           _("the placeholders are the columns of File; there cannot be others"));
    }
  else if (experiment->data_file != NULL && g_key_file_has_key (self->file, "Data", "Samples", NULL))
    {
      place.key = "Samples";
      g_set_error_literal (error, BP_ERROR, BP_ERROR_VALUE,
                           _("the samples are the rows of File, which has its own number of them"));
    }
  else
    return TRUE;

  return fail_at (self, &place, error);
}

static gboolean
check_experiment (Reader  *self,
                  GError **error)
{
  BpPlace place;

  return bp_experiment_check (self->experiment, &place, error) || fail_at (self, &place, error);
}

/* What a saved run says of its data. A section that cannot be read is told by who reads all of it; training leaves it
 * alone. */
static gboolean
read_digest (Reader     *self,
             const char *text,
             GError    **error)
{
  const BpPlace place = { BP_SAVED_SESSION, BP_DIGEST_KEY };
  g_autofree char *session = bp_experiment_extract (text, -1);
  g_autoptr (GKeyFile) file = g_key_file_new ();
  g_autofree char *digest = NULL;

  if (g_key_file_load_from_data (file, session, strlen (session), G_KEY_FILE_NONE, NULL))
    digest = g_key_file_get_value (file, BP_SAVED_SESSION, BP_DIGEST_KEY, NULL);

  if (digest != NULL
      && (strlen (digest) != BP_DIGEST_LENGTH || strspn (digest, "0123456789abcdef") != BP_DIGEST_LENGTH))
    {
      g_set_error (error, BP_ERROR, BP_ERROR_SYNTAX, _("%d hexadecimal digits were expected"), BP_DIGEST_LENGTH);
      return fail_at (self, &place, error);
    }

  self->experiment->data_digest = g_steal_pointer (&digest);

  return TRUE;
}

static char *
get_name (const char *origin)
{
  g_autofree char *base = g_path_get_basename (origin);

  if (g_str_has_suffix (base, SUFFIX) && strlen (base) > strlen (SUFFIX))
    base[strlen (base) - strlen (SUFFIX)] = '\0';

  return g_steal_pointer (&base);
}

/* @own: what of @text is the experiment */
static BpExperiment *
read_experiment (const char *text,
                 const char *own,
                 const char *origin,
                 const char *folder,
                 GError    **error)
{
  g_autofree char *name = get_name (origin);
  g_autoptr (BpExperiment) experiment = bp_experiment_new_empty (name);
  g_autoptr (GKeyFile) file = g_key_file_new ();
  Reader reader = { .origin = origin, .file = file, .experiment = experiment };
  gboolean success;

  experiment->folder = g_strdup (folder);
  success = load_text (&reader, own, error) &&
            read_digest (&reader, text, error) &&
            read_keys (&reader, error) &&
            check_data (&reader, error) &&
            check_experiment (&reader, error);
  g_clear_pointer (&reader.lines, g_hash_table_unref);

  return success ? g_steal_pointer (&experiment) : NULL;
}

BpExperiment *
bp_experiment_new_from_data (const char *text,
                             gssize      length,
                             const char *origin,
                             const char *folder,
                             GError    **error)
{
  gsize n_bytes;
  g_autofree char *copy = NULL;
  g_autofree char *own = NULL;
  const char *content;
  g_autofree char *shown_origin = NULL;

  g_return_val_if_fail (text != NULL, NULL);
  g_return_val_if_fail (origin != NULL, NULL);

  n_bytes = length < 0 ? strlen (text) : (gsize) length;
  if (n_bytes <= MAX_FILE_BYTES)
    copy = g_strndup (text, n_bytes);

  shown_origin = bp_text_to_line (origin);
  if (!check_text (copy, n_bytes, shown_origin, error) || !bp_memory_check (n_bytes * TEXT_BYTES, error))
    return NULL;

  content = copy + (g_str_has_prefix (copy, BYTE_ORDER_MARK) ? strlen (BYTE_ORDER_MARK) : 0);
  own = bp_experiment_extract (content, 0);

  return read_experiment (content, own, shown_origin, folder, error);
}

GString *
bp_experiment_read_text (const char *path,
                         GError    **error)
{
  gsize length;
  g_autofree char *bytes = bp_read_file (path, MAX_FILE_BYTES, &length, error);

  return bytes != NULL ? g_string_new_len (bytes, (gssize) length) : NULL;
}

BpExperiment *
bp_experiment_new_from_file (const char *path,
                             GError    **error)
{
  g_autoptr (GString) text = NULL;
  g_autofree char *origin = NULL;
  g_autofree char *folder = NULL;

  g_return_val_if_fail (path != NULL, NULL);

  text = bp_experiment_read_text (path, error);
  if (text == NULL)
    return NULL;

  origin = bp_text_display_path (path);
  folder = g_path_get_dirname (path);

  return bp_experiment_new_from_data (text->str, (gssize) text->len, origin, folder, error);
}
