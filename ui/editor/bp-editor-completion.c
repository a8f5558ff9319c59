/* bp-editor-completion.c: completes sections, keys, names and functions
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "editor/bp-editor-completion.h"

#include <string.h>

#include "editor/bp-editor-words.h"

#define BP_TYPE_EDITOR_COMPLETION (bp_editor_completion_get_type ())
G_DECLARE_FINAL_TYPE (BpEditorCompletion, bp_editor_completion, BP, EDITOR_COMPLETION, GObject)

/* Of the list and of the sentence on an error below the text, which the list is not to cover. The text ends with a
 * margin as high. */
#define ROOM 212

struct _BpEditorCompletion {
  GObject parent_instance;

  BpRun  *run; /* weak: GtkSourceView 5.6 never frees a view with line numbers, and with it what it completes by */
};

static void provider_init (GtkSourceCompletionProviderInterface *iface);

G_DEFINE_FINAL_TYPE_WITH_CODE (BpEditorCompletion, bp_editor_completion, G_TYPE_OBJECT,
                               G_IMPLEMENT_INTERFACE (GTK_SOURCE_TYPE_COMPLETION_PROVIDER, provider_init))

static char *
dup_name (BpEditorWord *word)
{
  return g_strdup (bp_editor_word_get_name (word));
}

/* Those that start with what is typed. */
static GListModel *
create_filter (GListStore *words,
               const char *typed)
{
  GtkExpression *expression = gtk_cclosure_expression_new (G_TYPE_STRING, NULL, 0, NULL, G_CALLBACK (dup_name), NULL,
                                                           NULL);
  GtkStringFilter *filter = gtk_string_filter_new (expression);

  gtk_string_filter_set_match_mode (filter, GTK_STRING_FILTER_MATCH_MODE_PREFIX);
  gtk_string_filter_set_search (filter, typed);

  return G_LIST_MODEL (gtk_filter_list_model_new (G_LIST_MODEL (words), GTK_FILTER (filter)));
}

/* Before the list is shown, for it does not follow. */
static void
leave_room (GtkTextView       *view,
            const GtkTextIter *word)
{
  GtkAdjustment *adjustment = gtk_scrollable_get_vadjustment (GTK_SCROLLABLE (view));
  GdkRectangle visible, place;
  int missing;

  gtk_text_view_get_iter_location (view, word, &place);
  gtk_text_view_get_visible_rect (view, &visible);
  missing = place.y + place.height + ROOM - (visible.y + visible.height);
  if (missing > 0)
    gtk_adjustment_set_value (adjustment, gtk_adjustment_get_value (adjustment)
                                          + MIN (missing, MAX (0, place.y - visible.y)));
}

static GListModel *
populate (GtkSourceCompletionProvider *provider,
          GtkSourceCompletionContext  *context,
          G_GNUC_UNUSED GError       **error)
{
  BpEditorCompletion *self = BP_EDITOR_COMPLETION (provider);
  g_autofree char *typed = gtk_source_completion_context_get_word (context);
  g_autofree char *text = NULL;
  g_autofree char *before = NULL;
  GtkTextIter start, end, word, line;
  GListModel *filtered;

  gtk_source_completion_context_get_bounds (context, &word, NULL);
  line = word;
  gtk_text_iter_set_line_offset (&line, 0);
  before = gtk_text_iter_get_slice (&line, &word);
  gtk_text_buffer_get_bounds (gtk_text_iter_get_buffer (&word), &start, &end);
  text = gtk_text_iter_get_slice (&start, &end);

  filtered = create_filter (bp_editor_words_new (text, (guint) gtk_text_iter_get_line (&word), before,
                                                 bp_run_get_trainer (self->run)), typed);
  if (g_list_model_get_n_items (filtered) > 0)
    leave_room (GTK_TEXT_VIEW (gtk_source_completion_context_get_view (context)), &word);

  return filtered;
}

static void
populate_async (GtkSourceCompletionProvider *provider,
                GtkSourceCompletionContext  *context,
                GCancellable                *cancellable,
                GAsyncReadyCallback          callback,
                gpointer                     data)
{
  g_autoptr (GTask) task = g_task_new (provider, cancellable, callback, data);

  g_task_return_pointer (task, populate (provider, context, NULL), g_object_unref);
}

static GListModel *
populate_finish (G_GNUC_UNUSED GtkSourceCompletionProvider *provider,
                 GAsyncResult                              *result,
                 GError                                   **error)
{
  return g_task_propagate_pointer (G_TASK (result), error);
}

static void
refilter (G_GNUC_UNUSED GtkSourceCompletionProvider *provider,
          GtkSourceCompletionContext                *context,
          GListModel                                *model)
{
  g_autofree char *typed = gtk_source_completion_context_get_word (context);
  GtkFilter *filter = gtk_filter_list_model_get_filter (GTK_FILTER_LIST_MODEL (model));

  gtk_string_filter_set_search (GTK_STRING_FILTER (filter), typed);
}

static gboolean
is_trigger (G_GNUC_UNUSED GtkSourceCompletionProvider *provider,
            G_GNUC_UNUSED const GtkTextIter           *iter,
            gunichar                                   character)
{
  return character == '[';
}

static void
display (G_GNUC_UNUSED GtkSourceCompletionProvider *provider,
         GtkSourceCompletionContext                *context,
         GtkSourceCompletionProposal               *proposal,
         GtkSourceCompletionCell                   *cell)
{
  BpEditorWord *word = BP_EDITOR_WORD (proposal);
  const char *name = bp_editor_word_get_name (word);
  const char *signature = bp_editor_word_get_signature (word);
  g_autofree char *typed = NULL;
  g_autofree char *meaning = NULL;
  PangoAttrList *attributes;

  switch (gtk_source_completion_cell_get_column (cell))
    {
    case GTK_SOURCE_COMPLETION_COLUMN_TYPED_TEXT:
      typed = gtk_source_completion_context_get_word (context);
      attributes = gtk_source_completion_fuzzy_highlight (name, typed);
      gtk_source_completion_cell_set_text_with_attributes (cell, name, attributes);
      g_clear_pointer (&attributes, pango_attr_list_unref);
      break;

    /* What follows the name, such as "(x, y)"; of a name its section. */
    case GTK_SOURCE_COMPLETION_COLUMN_AFTER:
      gtk_source_completion_cell_set_text (cell, g_str_has_prefix (signature, name) ? signature + strlen (name)
                                                                                    : signature);
      break;

    case GTK_SOURCE_COMPLETION_COLUMN_COMMENT:
      meaning = *bp_editor_word_get_meaning (word) != '\0'
                ? g_strdup_printf ("%s\n%s", signature, bp_editor_word_get_meaning (word)) : NULL;
      gtk_source_completion_cell_set_text (cell, meaning);
      break;

    case GTK_SOURCE_COMPLETION_COLUMN_DETAILS:
      gtk_source_completion_cell_set_text (cell, bp_editor_word_get_details (word));
      break;

    default:
      gtk_source_completion_cell_set_text (cell, NULL);
    }
}

static void
activate (G_GNUC_UNUSED GtkSourceCompletionProvider *provider,
          GtkSourceCompletionContext                *context,
          GtkSourceCompletionProposal               *proposal)
{
  BpEditorWord *word = BP_EDITOR_WORD (proposal);
  const char *rest = bp_editor_word_get_rest (word);
  GtkTextBuffer *buffer = GTK_TEXT_BUFFER (gtk_source_completion_context_get_buffer (context));
  GtkTextIter start, end;

  gtk_source_completion_context_get_bounds (context, &start, &end);
  gtk_text_buffer_begin_user_action (buffer);
  gtk_text_buffer_delete (buffer, &start, &end);
  gtk_text_buffer_insert (buffer, &start, bp_editor_word_get_name (word), -1);
  if (gtk_text_iter_get_char (&start) != (guchar) *rest)
    gtk_text_buffer_insert (buffer, &start, rest, -1);
  else
    gtk_text_iter_forward_chars (&start, (int) strlen (rest));
  if (g_str_equal (rest, "()"))
    gtk_text_iter_backward_char (&start);
  gtk_text_buffer_place_cursor (buffer, &start);
  gtk_text_buffer_end_user_action (buffer);
}

static void
provider_init (GtkSourceCompletionProviderInterface *iface)
{
  iface->populate = populate;
  iface->populate_async = populate_async;
  iface->populate_finish = populate_finish;
  iface->refilter = refilter;
  iface->is_trigger = is_trigger;
  iface->display = display;
  iface->activate = activate;
}

static void
bp_editor_completion_finalize (GObject *object)
{
  g_clear_weak_pointer (&BP_EDITOR_COMPLETION (object)->run);
  G_OBJECT_CLASS (bp_editor_completion_parent_class)->finalize (object);
}

static void
bp_editor_completion_class_init (BpEditorCompletionClass *klass)
{
  G_OBJECT_CLASS (klass)->finalize = bp_editor_completion_finalize;
}

static void
bp_editor_completion_init (G_GNUC_UNUSED BpEditorCompletion *self)
{
}

GtkSourceCompletionProvider *
bp_editor_completion_new (BpRun *run)
{
  BpEditorCompletion *self = g_object_new (BP_TYPE_EDITOR_COMPLETION, NULL);

  g_set_weak_pointer (&self->run, run);

  return GTK_SOURCE_COMPLETION_PROVIDER (self);
}
