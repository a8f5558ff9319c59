/* bp-window-save.c: saving in a window, and what is asked before something is lost
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "window/bp-window-private.h"

#include <glib/gi18n-lib.h>

#include "base/bp-text.h"

typedef struct {
  BpWindow        *window;
  BpWindowContinue go_on; /* NULL when saving is all */
  gpointer         data;
  GDestroyNotify   free_data;
} Question;

void
bp_window_show_error (BpWindow   *window,
                      const char *heading,
                      const char *message)
{
  GtkWidget *dialog = adw_message_dialog_new (GTK_WINDOW (window), heading, NULL);

  adw_message_dialog_format_body (ADW_MESSAGE_DIALOG (dialog), "%s", message);
  adw_message_dialog_add_response (ADW_MESSAGE_DIALOG (dialog), "close", _("_Close"));
  adw_message_dialog_set_close_response (ADW_MESSAGE_DIALOG (dialog), "close");
  gtk_window_present (GTK_WINDOW (dialog));
}

static Question *
question_new (BpWindow        *window,
              BpWindowContinue go_on,
              gpointer         data,
              GDestroyNotify   free_data)
{
  Question *question = g_new0 (Question, 1);

  question->window = g_object_ref (window);
  question->go_on = go_on;
  question->data = data;
  question->free_data = free_data;

  return question;
}

static void
question_free (Question *question)
{
  if (question->free_data != NULL)
    question->free_data (question->data);

  g_object_unref (question->window);
  g_free (question);
}

void
bp_window_add_recent (GFile *file)
{
  g_autofree char *uri = g_file_get_uri (file);

  gtk_recent_manager_add_item (gtk_recent_manager_get_default (), uri);
}

static gboolean
save_in (BpWindow *self,
         GFile    *file)
{
  g_autofree char *path = g_file_get_path (file);
  g_autoptr (GError) error = NULL;

  if (path == NULL)
    {
      bp_window_show_error (self, _("Cannot Save the Run"),
                            _("Runs can only be saved on this computer; choose a folder here"));
      return FALSE;
    }

  if (!bp_document_save (self->document, path, &error))
    {
      bp_window_show_error (self, _("Cannot Save the Run"), error->message);
      return FALSE;
    }

  bp_window_update_title (self);
  bp_window_recovery_update (self);
  bp_window_add_recent (file);
  bp_window_add_toast (self, _("Run saved"));

  return TRUE;
}

static char *
suggest_name (BpWindow *self)
{
  const BpExperiment *experiment = bp_trainer_get_experiment (bp_run_get_trainer (self->run));

  return g_strconcat (experiment->name, ".experiment", NULL);
}

/* Saved: then what was to happen happens. Frees @question. */
static void
save_and_go_on (Question *question,
                GFile    *file)
{
  if (save_in (question->window, file) && question->go_on != NULL)
    question->go_on (question->window, question->data);

  question_free (question);
}

static void
save_chosen_cb (GFile   *file,
                gpointer data)
{
  if (file != NULL)
    save_in (data, file);
}

static void
name_chosen_cb (GFile   *file,
                gpointer data)
{
  if (file != NULL)
    save_and_go_on (data, file);
  else
    question_free (data);
}

static void
ask_for_name (Question *question)
{
  BpWindow *self = question->window;
  g_autofree char *name = suggest_name (self);

  /* What is asked is about the run that is there, which a file that is being read would take away meanwhile. */
  bp_window_stop_opening (self);
  if (question->go_on != NULL)
    {
      self->save_chooser (GTK_WINDOW (self), name, name_chosen_cb, question);
      return;
    }

  /* Nothing waits for a name, and a question would keep the window while it is asked for. */
  question_free (question);
  self->save_chooser (GTK_WINDOW (self), name, save_chosen_cb, self);
}

static void
save_in_its_file (Question *question)
{
  g_autoptr (GFile) file = g_file_new_for_path (bp_document_get_path (question->window->document));

  save_and_go_on (question, file);
}

static void
replace_response_cb (G_GNUC_UNUSED AdwMessageDialog *dialog,
                     const char                     *response,
                     Question                       *question)
{
  if (g_str_equal (response, "replace"))
    save_in_its_file (question);
  else if (g_str_equal (response, "save-as"))
    ask_for_name (question);
  else
    question_free (question);
}

static void
ask_to_replace (Question *question)
{
  g_autofree char *base = g_path_get_basename (bp_document_get_path (question->window->document));
  g_autofree char *name = bp_text_quote (base, -1);
  GtkWidget *dialog = adw_message_dialog_new (GTK_WINDOW (question->window), _("Replace the Changed File?"), NULL);
  AdwMessageDialog *message = ADW_MESSAGE_DIALOG (dialog);

  bp_window_stop_opening (question->window);
  adw_message_dialog_format_body (message, _("“%s” has changed since it was opened or saved here. "
                                             "Replacing it loses those changes."), name);
  adw_message_dialog_add_responses (message, "cancel", _("_Cancel"), "save-as", _("Save _As…"),
                                    "replace", _("_Replace"), NULL);
  adw_message_dialog_set_response_appearance (message, "replace", ADW_RESPONSE_DESTRUCTIVE);
  adw_message_dialog_set_default_response (message, "save-as");
  adw_message_dialog_set_close_response (message, "cancel");
  g_signal_connect (dialog, "response", G_CALLBACK (replace_response_cb), question);
  gtk_window_present (GTK_WINDOW (dialog));
}

static void
save (Question *question)
{
  BpDocument *document = question->window->document;

  if (bp_document_get_path (document) == NULL)
    ask_for_name (question);
  else if (bp_document_file_has_changed (document))
    ask_to_replace (question);
  else
    save_in_its_file (question);
}

void
bp_window_save (BpWindow *self,
                gboolean  as)
{
  Question *question;

  g_return_if_fail (BP_IS_WINDOW (self));

  question = question_new (self, NULL, NULL, NULL);

  if (as)
    ask_for_name (question);
  else
    save (question);
}

static void
question_response_cb (G_GNUC_UNUSED AdwMessageDialog *dialog,
                      const char                     *response,
                      Question                       *question)
{
  if (g_str_equal (response, "save"))
    {
      save (question);
      return;
    }

  if (g_str_equal (response, "discard"))
    question->go_on (question->window, question->data);

  question_free (question);
}

static void
ask (Question *question)
{
  GtkWidget *dialog = adw_message_dialog_new (GTK_WINDOW (question->window), _("Save the Run?"),
                                              _("Its settings or kept runs have changed. "
                                                "What is not saved is lost."));
  AdwMessageDialog *message = ADW_MESSAGE_DIALOG (dialog);

  bp_window_stop_opening (question->window);
  adw_message_dialog_add_responses (message, "cancel", _("_Cancel"), "discard", _("_Discard"),
                                    "save", _("_Save"), NULL);
  adw_message_dialog_set_response_appearance (message, "discard", ADW_RESPONSE_DESTRUCTIVE);
  adw_message_dialog_set_response_appearance (message, "save", ADW_RESPONSE_SUGGESTED);
  adw_message_dialog_set_default_response (message, "save");
  adw_message_dialog_set_close_response (message, "cancel");
  g_signal_connect (dialog, "response", G_CALLBACK (question_response_cb), question);
  gtk_window_present (GTK_WINDOW (dialog));
}

void
bp_window_go_on_when_saved (BpWindow        *window,
                            BpWindowContinue go_on,
                            gpointer         data,
                            GDestroyNotify   free_data)
{
  Question *question = question_new (window, go_on, data, free_data);

  if (bp_document_is_modified (window->document))
    {
      ask (question);
      return;
    }

  go_on (window, data);
  question_free (question);
}
