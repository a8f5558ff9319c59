/* bp-editor-words.c: the words that can stand at a place of the text, with what they mean
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "editor/bp-editor-words.h"

#include <glib/gi18n-lib.h>
#include <string.h>

#include "experiment/bp-key-lines.h"
#include "experiment/bp-setting.h"
#include "explain/bp-explain.h"
#include "graph/bp-expression.h"

struct _BpEditorWord {
  GObject parent_instance;

  char   *name;
  char   *rest;
  char   *signature;
  char   *meaning;
  char   *details;
};

static void proposal_init (GtkSourceCompletionProposalInterface *iface);

G_DEFINE_FINAL_TYPE_WITH_CODE (BpEditorWord, bp_editor_word, G_TYPE_OBJECT,
                               G_IMPLEMENT_INTERFACE (GTK_SOURCE_TYPE_COMPLETION_PROPOSAL, proposal_init))

static char *
get_typed_text (GtkSourceCompletionProposal *proposal)
{
  return g_strdup (BP_EDITOR_WORD (proposal)->name);
}

static void
proposal_init (GtkSourceCompletionProposalInterface *iface)
{
  iface->get_typed_text = get_typed_text;
}

static void
bp_editor_word_finalize (GObject *object)
{
  BpEditorWord *self = BP_EDITOR_WORD (object);

  g_free (self->name);
  g_free (self->rest);
  g_free (self->signature);
  g_free (self->meaning);
  g_free (self->details);

  G_OBJECT_CLASS (bp_editor_word_parent_class)->finalize (object);
}

static void
bp_editor_word_class_init (BpEditorWordClass *klass)
{
  G_OBJECT_CLASS (klass)->finalize = bp_editor_word_finalize;
}

static void
bp_editor_word_init (G_GNUC_UNUSED BpEditorWord *self)
{
}

const char *
bp_editor_word_get_name (BpEditorWord *word)
{
  g_return_val_if_fail (BP_IS_EDITOR_WORD (word), NULL);

  return word->name;
}

const char *
bp_editor_word_get_rest (BpEditorWord *word)
{
  g_return_val_if_fail (BP_IS_EDITOR_WORD (word), NULL);

  return word->rest;
}

const char *
bp_editor_word_get_signature (BpEditorWord *word)
{
  g_return_val_if_fail (BP_IS_EDITOR_WORD (word), NULL);

  return word->signature;
}

const char *
bp_editor_word_get_meaning (BpEditorWord *word)
{
  g_return_val_if_fail (BP_IS_EDITOR_WORD (word), NULL);

  return word->meaning;
}

const char *
bp_editor_word_get_details (BpEditorWord *word)
{
  g_return_val_if_fail (BP_IS_EDITOR_WORD (word), NULL);

  return word->details;
}

static BpEditorWord *
add (GListStore *words,
     const char *name,
     const char *rest,
     const char *signature,
     const char *meaning)
{
  g_autoptr (BpEditorWord) word = g_object_new (BP_TYPE_EDITOR_WORD, NULL);

  word->name = g_strdup (name);
  word->rest = g_strdup (rest);
  word->signature = g_strdup (signature);
  word->meaning = g_strdup (meaning != NULL ? meaning : "");
  g_list_store_append (words, word);

  return word;
}

/* Words that no table of core has */

typedef struct {
  const char *signature;
  const char *meaning;
} Entry;

static const Entry sections[] = {
  { "Experiment", N_("Title, iterations, batch size and seed.") },
  { "Data", N_("Placeholders, and where their samples come from.") },
  { "Variables", N_("What training changes, and where it starts.") },
  { "Model", N_("Nodes computed from placeholders, variables and the nodes above; the last one is the loss.") },
  { "Optimizer", N_("How a gradient changes the variables.") },
  { "Evaluate", N_("Nodes that are looked at but not trained.") },
  { "Changes", N_("What changes in the middle of a run, each after a number of iterations.") },
};

static const Entry distributions[] = {
  { "normal(mean, deviation)", N_("Drawn from a normal distribution, by the seed.") },
  { "uniform(from, to)", N_("Drawn evenly between two numbers, by the seed.") },
};

static const Entry starts[] = {
  { "glorot_uniform()", N_("Uniform within ±√(6/(inputs + outputs)), for sigmoid and tanh.") },
  { "glorot_normal()", N_("Normal with variance 2/(inputs + outputs), for sigmoid and tanh.") },
  { "he_uniform()", N_("Uniform within ±√(6/inputs), for ReLU.") },
  { "he_normal()", N_("Normal with variance 2/inputs, for ReLU.") },
};

static const Entry generators[] = {
  { "circles(samples, noise=0.1)", N_("Two classes on two circles; columns x1, x2, label.") },
  { "moons(samples, noise=0.1)", N_("Two half circles that reach into one another; columns x1, x2, label.") },
  { "spirals(samples, noise=0.1)", N_("Two arms of one and a half turns; columns x1, x2, label.") },
  { "blobs(samples, noise=0.1)", N_("Two clouds of points; columns x1, x2, label.") },
  { "xor(samples, noise=0.1)", N_("Four clouds, of two classes across; columns x1, x2, label.") },
  { "line(samples, noise=0.1)", N_("y = 2x + 1 and noise; columns x, y.") },
  { "sine(samples, noise=0.1)", N_("y = sin x and noise; columns x, y.") },
};

static void
add_entries (GListStore  *words,
             const Entry *entries,
             guint        n_entries,
             const char  *rest)
{
  for (guint i = 0; i < n_entries; i++)
    {
      g_autofree char *name = g_strndup (entries[i].signature, strcspn (entries[i].signature, "("));

      add (words, name, rest, entries[i].signature, _(entries[i].meaning));
    }
}

/* Keys and values */

static void
add_keys (GListStore         *words,
          const BpKeySection *section,
          guint               line)
{
  guint n_settings;
  const BpSetting *settings = bp_setting_get_all (&n_settings);

  for (guint i = 0; i < n_settings; i++)
    {
      const BpKeyLine *here = bp_key_section_find (section, settings[i].key);
      const char *meaning = settings[i].description != NULL ? settings[i].description : settings[i].title;

      if (g_str_equal (settings[i].section, section->name) && (here == NULL || here->line == line + 1))
        add (words, settings[i].key, "=", settings[i].key, meaning != NULL ? _(meaning) : NULL);
    }
  if (g_str_equal (section->name, "Data"))
    add (words, "Generator", "=", "Generator", _("Data that are made from the seed."));
}

static void
add_choices (GListStore      *words,
             const BpSetting *setting)
{
  if (setting->names == NULL)
    for (guint i = 0; i < BP_N_OPTIMIZERS; i++)
      add (words, bp_optimizer_get_class (i)->name, "", bp_optimizer_get_class (i)->name, NULL);
  for (guint i = 0; setting->names != NULL && setting->names[i] != NULL; i++)
    if (*setting->names[i] != '\0')
      add (words, setting->names[i], "", setting->names[i], NULL);
}

static void
add_functions (GListStore *words)
{
  for (guint i = 0; i < BP_N_OPS; i++)
    {
      const char *name = bp_op_get_class (i)->name;
      g_autofree char *signature = NULL;
      BpEditorWord *word;
      BpOp op;

      if (!bp_op_find (name, &op) || op != i)
        continue;
      signature = bp_expression_get_signature (op);
      word = add (words, name, "()", signature, bp_explain_get_op_meaning (op));
      if (bp_op_get_class (op)->meaning != NULL)
        word->details = g_strdup (_(bp_op_get_class (op)->meaning));
    }
}

/* Whether @key of [Data], [Variables], [Model] or [Evaluate] is a name that expressions can use. */
static gboolean
is_name (const char *key)
{
  static const char * const others[] = { "Generator", "Theory", NULL };

  return bp_setting_find (key) == NULL && !g_strv_contains (others, key) && bp_expression_check_name (key, NULL);
}

/* Each once: a placeholder can be a column too. */
static void
add_name (GListStore *words,
          GHashTable *names,
          const char *name,
          const char *section)
{
  if (g_hash_table_add (names, g_strdup (name)))
    add (words, name, "", section, NULL);
}

/* The keys that are names, in the lines above @line. */
static void
add_names (GListStore *words,
           BpKeyLines *lines,
           guint       line,
           BpTrainer  *trainer)
{
  static const char * const named[] = { "Data", "Variables", "Model", "Evaluate", NULL };
  g_autoptr (GHashTable) names = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, NULL);
  BpDataset *dataset = bp_trainer_get_dataset (trainer);

  for (guint i = 0; named[i] != NULL; i++)
    {
      const BpKeySection *section = bp_key_lines_find_section (lines, 0, named[i]);

      for (guint j = 0; section != NULL && j < section->lines->len; j++)
        {
          const BpKeyLine *key = &g_array_index (section->lines, BpKeyLine, j);
          const gboolean is_above = key->line <= line || i < 2;

          if (is_above && is_name (key->key))
            add_name (words, names, key->key, named[i]);
        }
    }
  for (guint i = 0; i < bp_dataset_get_n_columns (dataset); i++)
    add_name (words, names, bp_dataset_get_name (dataset, i), "Data");
}

static void
add_values (GListStore         *words,
            BpKeyLines         *lines,
            const BpKeySection *section,
            guint               line,
            const char         *key,
            BpTrainer          *trainer)
{
  const BpSetting *setting = bp_setting_find (key);

  if (setting != NULL && setting->kind == BP_SETTING_CHOICE)
    add_choices (words, setting);
  else if (g_str_equal (key, "Target") || g_str_equal (key, "Loss"))
    add_names (words, lines, line, trainer);
  else if (setting != NULL)
    return;
  else if (g_str_equal (key, "Generator"))
    add_entries (words, generators, G_N_ELEMENTS (generators), "()");
  else if (g_str_equal (section->name, "Data") || g_str_equal (section->name, "Variables"))
    {
      add_entries (words, distributions, G_N_ELEMENTS (distributions), "()");
      if (g_str_equal (section->name, "Variables"))
        add_entries (words, starts, G_N_ELEMENTS (starts), "()");
      else
        add_names (words, lines, 0, trainer);
    }
  else if (g_str_equal (section->name, "Model") || g_str_equal (section->name, "Evaluate"))
    {
      add_names (words, lines, line, trainer);
      add_functions (words);
    }
}

/* The section that @line is in: the last whose head or key stands above. */
static const BpKeySection *
find_section (const char *text,
              BpKeyLines *lines,
              guint       line)
{
  g_auto (GStrv) rows = g_strsplit (text, "\n", (int) line + 2);

  for (guint i = MIN (g_strv_length (rows), line + 1); i > 0; i--)
    {
      char *row = g_strstrip (rows[i - 1]);
      const gsize length = strlen (row);

      if (length > 2 && row[0] == '[' && row[length - 1] == ']')
        {
          row[length - 1] = '\0';
          return bp_key_lines_find_section (lines, 0, row + 1);
        }
    }

  return NULL;
}

GListStore *
bp_editor_words_new (const char *text,
                     guint       line,
                     const char *before,
                     BpTrainer  *trainer)
{
  GListStore *words = g_list_store_new (BP_TYPE_EDITOR_WORD);
  g_autoptr (BpKeyLines) lines = NULL;
  g_autofree char *key = NULL;
  const BpKeySection *section;

  g_return_val_if_fail (text != NULL && before != NULL && trainer != NULL, words);

  if (strchr (before, '#') != NULL)
    return words;
  if (g_str_equal (before, "["))
    add_entries (words, sections, G_N_ELEMENTS (sections), "]");

  lines = bp_key_lines_new (text, -1, "", NULL);
  section = lines != NULL ? find_section (text, lines, line) : NULL;
  if (section == NULL)
    return words;

  key = g_strstrip (g_strndup (before, strcspn (before, "=")));
  if (strchr (before, '=') != NULL)
    add_values (words, lines, section, line, key, trainer);
  else if (*key == '\0')
    add_keys (words, section, line);

  return words;
}
