/* bp-builtin.c: the experiments that come with the program
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "experiment/bp-builtin.h"

#include <glib/gi18n-lib.h>
#include <string.h>

#include "experiment/bp-builtin-private.h"
#include "base/bp-error.h"
#include "base/bp-nearest.h"
#include "base/bp-text.h"

#define FILE_PREFIX "builtin:"

/* As core/meson.build groups the files. */
static const char * const groups[] = {
  N_("One or two parameters"),
  N_("Networks"),
  N_("When gradients vanish"),
  N_("When training data are learned by heart"),
  N_("Bugs"),
};

static gpointer
make_names (G_GNUC_UNUSED gpointer data)
{
  GPtrArray *names = g_ptr_array_new ();

  for (guint i = 0; i < bp_n_builtins; i++)
    g_ptr_array_add (names, (gpointer) bp_builtins[i].name);
  g_ptr_array_add (names, NULL);

  return g_ptr_array_free (names, FALSE);
}

const char * const *
bp_builtin_get_names (void)
{
  static GOnce once = G_ONCE_INIT;

  return g_once (&once, make_names, NULL);
}

const char *
bp_builtin_get_group (const char *name)
{
  g_return_val_if_fail (name != NULL, NULL);

  for (guint i = 0; i < bp_n_builtins; i++)
    if (g_str_equal (bp_builtins[i].name, name))
      return _(groups[bp_builtins[i].group]);

  return NULL;
}

const char *
bp_builtin_find_file (const char *path)
{
  return g_str_has_prefix (path, FILE_PREFIX) ? path + strlen (FILE_PREFIX) : NULL;
}

char *
bp_builtin_load_file (const char *name,
                      gsize      *length,
                      GError    **error)
{
  g_autofree const char **names = g_new0 (const char *, bp_n_builtin_files + 1);
  g_autofree char *quoted = bp_text_quote (name, -1);
  g_autofree char *sentence = g_strdup_printf (_("the program has no data “%s”"), quoted);

  for (guint i = 0; i < bp_n_builtin_files; i++)
    {
      names[i] = bp_builtin_files[i].name;
      if (!g_str_equal (names[i], name))
        continue;
      *length = strlen (bp_builtin_files[i].text);
      return g_strdup (bp_builtin_files[i].text);
    }
  bp_nearest_set_error (error, sentence, name, names);

  return NULL;
}

const char *
bp_builtin_get_text (const char *name)
{
  g_return_val_if_fail (name != NULL, NULL);

  for (guint i = 0; i < bp_n_builtins; i++)
    if (g_str_equal (bp_builtins[i].name, name))
      return bp_builtins[i].text;

  return NULL;
}

BpExperiment *
bp_builtin_load (const char *name,
                 GError    **error)
{
  g_return_val_if_fail (name != NULL, NULL);

  if (bp_builtin_get_text (name) != NULL)
    return bp_experiment_new_from_data (bp_builtin_get_text (name), -1, name, NULL, error);

  g_autofree char *quoted = bp_text_quote (name, -1);
  g_autofree char *names = g_strjoinv (", ", (char **) bp_builtin_get_names ());

  g_set_error (error, BP_ERROR, BP_ERROR_UNKNOWN, _("there is no built-in experiment “%s”; there are %s"),
               quoted, names);

  return NULL;
}

const char *
bp_builtin_translate (const char *text)
{
  g_return_val_if_fail (text != NULL, NULL);

  /* What the catalogue has for the empty text is its header. */
  return *text != '\0' ? _(text) : text;
}
