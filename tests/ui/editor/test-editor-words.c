/* test-editor-words.c: what can stand at a place, and what is said of names
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "editor/bp-editor.h"
#include "editor/bp-editor-words.h"
#include "lib/widget-search.h"

#include <string.h>

#define TEXT "[Experiment]\nTitle=t\n\n[Data]\nGenerator=moons(20)\nboth=x1, x2\n[Variables]\nb2=1\n[Model]\n" \
             "first=b2*x1\n\nlast=square(first)\n[Optimizer]\n"

/* The word @name at a place of the text; NULL if it is none of those there. */
static BpEditorWord *
find_word (BpRun      *run,
           guint       line,
           const char *before,
           const char *name)
{
  g_autoptr (GListStore) words = bp_editor_words_new (TEXT, line, before, bp_run_get_trainer (run));

  for (guint i = 0; i < g_list_model_get_n_items (G_LIST_MODEL (words)); i++)
    {
      g_autoptr (BpEditorWord) word = g_list_model_get_item (G_LIST_MODEL (words), i);

      if (g_str_equal (bp_editor_word_get_name (word), name))
        return g_steal_pointer (&word);
    }

  return NULL;
}

static void
assert_word (BpRun      *run,
             guint       line,
             const char *before,
             const char *name,
             const char *signature)
{
  g_autoptr (BpEditorWord) word = find_word (run, line, before, name);

  g_test_message ("%u: %s%s", line, before, name);
  g_assert_cmpstr (word != NULL ? bp_editor_word_get_signature (word) : NULL, ==, signature);
}

static void
test_words (void)
{
  g_autoptr (BpRun) run = run_from_text (TEXT);
  g_autoptr (BpEditorWord) word = find_word (run, 10, "new=", "reduce_sum");

  assert_word (run, 2, "[", "Optimizer", "Optimizer");
  assert_word (run, 2, "", "Seed", "Seed");
  assert_word (run, 2, "", "Title", NULL);
  assert_word (run, 1, "", "Title", "Title");
  assert_word (run, 2, "", "LearningRate", NULL);
  assert_word (run, 13, "", "LearningRate", "LearningRate");
  assert_word (run, 13, "Name=", "adamw", "adamw");
  assert_word (run, 6, "Generator=", "spirals", "spirals(samples, noise=0.1)");
  assert_word (run, 7, "W=", "he_normal", "he_normal()");
  assert_word (run, 7, "W=", "tanh", NULL);
  assert_word (run, 10, "new=first*", "b2", "Variables");
  assert_word (run, 10, "new=first*", "both", "Data");
  assert_word (run, 10, "new=first*", "x2", "Data");
  assert_word (run, 10, "new=", "first", "Model");
  assert_word (run, 10, "new=", "last", NULL);
  assert_word (run, 10, "# new=", "first", NULL);
  assert_word (run, 10, "new=", "Generator", NULL);

  g_assert_cmpstr (bp_editor_word_get_signature (word), ==, "reduce_sum(x[, axis])");
  g_assert_cmpstr (bp_editor_word_get_rest (word), ==, "()");
  g_assert_cmpuint (strlen (bp_editor_word_get_meaning (word)), >, 0);
  g_assert_cmpuint (strlen (bp_editor_word_get_details (word)), >, 0);
}

/* Nothing to complete in is nothing to complain of. */
static void
test_no_text (void)
{
  g_autoptr (BpRun) run = run_from_text (TEXT);
  g_autoptr (GListStore) none = bp_editor_words_new ("", 0, "", bp_run_get_trainer (run));
  g_autoptr (GListStore) head = bp_editor_words_new ("[", 0, "[", bp_run_get_trainer (run));

  g_assert_cmpuint (g_list_model_get_n_items (G_LIST_MODEL (none)), ==, 0);
  g_assert_cmpuint (g_list_model_get_n_items (G_LIST_MODEL (head)), ==, 7);
}

static void
test_names (void)
{
  g_autoptr (BpRun) run = run_from_text (TEXT);
  GtkWidget *editor = g_object_ref_sink (bp_editor_new (run));
  g_autofree char *before = bp_editor_describe_name (BP_EDITOR (editor), "first");
  g_autofree char *function = bp_editor_describe_name (BP_EDITOR (editor), "tanh");
  g_autofree char *after = NULL;

  g_assert_cmpstr (before, ==, "first: multiply, shape [1]\nValue: not computed yet\nGradient: not computed yet");
  g_assert_true (g_str_has_prefix (function, "tanh(x)\n"));
  g_assert_null (bp_editor_describe_name (BP_EDITOR (editor), "second"));

  bp_run_step (run, BP_STEP_ITERATION, 1);
  after = bp_editor_describe_name (BP_EDITOR (editor), "first");
  g_assert_null (strstr (after, "not computed"));
  g_object_unref (editor);
}

int
main (int    argc,
      char **argv)
{
  gtk_test_init (&argc, &argv, NULL);

  g_test_add_func ("/editor-words/words", test_words);
  g_test_add_func ("/editor-words/no-text", test_no_text);
  g_test_add_func ("/editor-words/names", test_names);

  return g_test_run ();
}
