/* test-sample-dialog.c: the dialog that asks which samples are fed
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include <adwaita.h>
#include <string.h>

#include "dialogs/bp-sample-dialog.h"
#include "lib/widget-search.h"

static gboolean
is_labelled (GtkWidget  *widget,
             const char *text)
{
  return g_strcmp0 (gtk_check_button_get_label (GTK_CHECK_BUTTON (widget)), text) == 0;
}

static GtkCheckButton *
get_choice (GtkWidget  *dialog,
            const char *label)
{
  GtkWidget *choice = search_widget (dialog, GTK_TYPE_CHECK_BUTTON, is_labelled, label);

  g_assert_nonnull (choice);

  return GTK_CHECK_BUTTON (choice);
}

/* An entry is the next widget in the box or the grid. */
static GtkEditable *
get_numbers (GtkWidget *dialog)
{
  GtkWidget *choice = GTK_WIDGET (get_choice (dialog, "By _number, such as 61, or 61; 12"));

  return GTK_EDITABLE (gtk_widget_get_next_sibling (choice));
}

static GtkEditable *
get_value (GtkWidget  *dialog,
           const char *name)
{
  GtkWidget *label = search_widget (dialog, GTK_TYPE_LABEL, has_label_text, name);

  g_assert_nonnull (label);

  return GTK_EDITABLE (gtk_widget_get_next_sibling (label));
}

static gboolean
can_feed (GtkWidget *dialog)
{
  return adw_message_dialog_get_response_enabled (ADW_MESSAGE_DIALOG (dialog), "feed");
}

static GtkWidget *
show (GtkWidget *parent,
      BpRun     *run)
{
  GtkWidget *dialog = bp_sample_dialog_new (GTK_WINDOW (parent), run);

  gtk_window_present (GTK_WINDOW (dialog));

  return dialog;
}

static double
get_number (BpRun      *run,
            const char *name)
{
  BpTrainer *trainer = bp_run_get_trainer (run);
  const guint node = bp_graph_find (bp_trainer_get_graph (trainer), name);

  return bp_session_get_value (bp_trainer_get_session (trainer), node)[0];
}

static void
test_numbers (void)
{
  g_autoptr (BpRun) run = create_run ("regression");
  GtkWidget *parent = gtk_window_new ();
  GtkWidget *dialog;

  gtk_window_present (GTK_WINDOW (parent));
  bp_run_seek (run, (BpCursor) { 0, 1 });
  dialog = show (parent, run);
  g_assert_true (gtk_check_button_get_active (get_choice (dialog, "As it is _drawn")));
  g_assert_cmpstr (gtk_editable_get_text (get_numbers (dialog)), ==, "61");
  g_assert_true (can_feed (dialog));

  gtk_editable_set_text (get_numbers (dialog), "101");
  g_assert_false (can_feed (dialog));
  g_assert_nonnull (search_widget (dialog, GTK_TYPE_LABEL, has_label_text,
                                   "“101” is not a whole number from 1 to 100"));
  gtk_editable_set_text (get_numbers (dialog), " 7, 8 ");
  g_assert_true (can_feed (dialog));
  adw_message_dialog_response (ADW_MESSAGE_DIALOG (dialog), "feed");
  g_assert_cmpstr (bp_run_get_batch (run), ==, "7; 8");
  settle ();

  /* It begins with what is chosen, and takes it back. */
  dialog = show (parent, run);
  g_assert_cmpstr (gtk_editable_get_text (get_numbers (dialog)), ==, "7");
  g_assert_true (gtk_check_button_get_active (get_choice (dialog, "By _number, such as 61, or 61; 12")));
  gtk_check_button_set_active (get_choice (dialog, "As it is _drawn"), TRUE);
  adw_message_dialog_response (ADW_MESSAGE_DIALOG (dialog), "feed");
  g_assert_null (bp_run_get_batch (run));
  settle ();
  gtk_window_destroy (GTK_WINDOW (parent));
}

static void
test_values (void)
{
  g_autoptr (BpRun) run = create_run ("iris");
  GtkWidget *parent = gtk_window_new ();
  GtkWidget *dialog;

  gtk_window_present (GTK_WINDOW (parent));
  bp_run_seek (run, (BpCursor) { 0, 1 });
  dialog = show (parent, run);
  gtk_editable_set_text (get_value (dialog, "species"), "virgin");
  g_assert_true (gtk_check_button_get_active (get_choice (dialog, "With these _values")));
  g_assert_false (can_feed (dialog));
  gtk_editable_set_text (get_value (dialog, "species"), "virginica");
  gtk_editable_set_text (get_value (dialog, "sepal_length"), "5,5");
  g_assert_false (can_feed (dialog));
  gtk_editable_set_text (get_value (dialog, "sepal_length"), "5.5");
  g_assert_true (can_feed (dialog));
  adw_message_dialog_response (ADW_MESSAGE_DIALOG (dialog), "cancel");
  g_assert_null (bp_run_get_batch (run));
  settle ();

  dialog = show (parent, run);
  gtk_editable_set_text (get_value (dialog, "species"), "virginica");
  gtk_editable_set_text (get_value (dialog, "sepal_length"), "5.5");
  adw_message_dialog_response (ADW_MESSAGE_DIALOG (dialog), "feed");
  g_assert_cmpfloat (get_number (run, "species"), ==, 2);
  g_assert_nonnull (strstr (bp_run_get_batch (run), "sepal_length=5.5,"));
  settle ();
  gtk_window_destroy (GTK_WINDOW (parent));
}

int
main (int    argc,
      char **argv)
{
  gtk_test_init (&argc, &argv, NULL);
  adw_init ();
  g_test_add_func ("/sample-dialog/numbers", test_numbers);
  g_test_add_func ("/sample-dialog/values", test_values);

  return g_test_run ();
}
