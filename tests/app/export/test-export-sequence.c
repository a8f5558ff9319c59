/* test-export-sequence.c: sequences through the export dialog: rendered aside, written whole, and ended at once
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "lib/export-driver.h"
#include "lib/figure-checks.h"

#include "figures/bp-sequence.h"

static GtkWidget *
open_sequence (Fixture    *fixture,
               const char *format)
{
  GtkWidget *dialog = open_dialog (fixture);

  select_title (dialog, "Figure", "Loss");
  select_title (dialog, "Show", "Step sequence");
  select_title (dialog, "Format", format);

  return dialog;
}

static gboolean
says (GtkWidget  *dialog,
      const char *text)
{
  return search_widget (dialog, GTK_TYPE_LABEL, has_label_text, text) != NULL;
}

static gboolean
is_closed (G_GNUC_UNUSED gpointer data)
{
  return find_dialog () == NULL;
}

static void
assert_sequence (Fixture                 *fixture,
                 const BpSequenceOptions *options)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (GBytes) expected = bp_sequence_render (bp_trainer_get_experiment (get_trainer (fixture)), options, NULL,
                                                    NULL, NULL, &error);
  g_autofree char *content = NULL;
  g_autoptr (GBytes) bytes = NULL;
  gsize size;

  g_assert_no_error (error);
  g_file_get_contents (chosen_path, &content, &size, &error);
  g_assert_no_error (error);
  bytes = g_bytes_new_take (g_steal_pointer (&content), size);
  g_assert_true (g_bytes_equal (bytes, expected));
}

/* What is written is what the sequence is: each step in a document. */
static void
test_writes_pdf (Fixture *fixture)
{
  g_autofree char *folder = make_folder ();
  guint n_instructions = bp_trainer_get_n_instructions (get_trainer (fixture));
  g_autofree char *count = g_strdup_printf ("%u pages", n_instructions);
  BpSequenceOptions options = {
    .figure = BP_FIGURE_OPTIONS_DEFAULT,
    .format = BP_SEQUENCE_PDF,
    .step = BP_SEQUENCE_NODES,
    .first = 25, /* that the window shows */
    .last = 25,
    .every = 1,
    .delay = 0.5,
  };
  GtkWidget *dialog = open_sequence (fixture, "PDF document");
  BpCursor cursor = bp_trainer_get_cursor (get_trainer (fixture));

  options.figure.kind = BP_FIGURE_LOSS;
  options.figure.plot.references = bp_run_get_references (fixture->run);
  chosen_path = g_build_filename (folder, "loss", NULL);
  g_assert_true (says (dialog, count));
  press_export (dialog);
  wait_until (is_closed, NULL);
  g_free (chosen_path);
  chosen_path = g_build_filename (folder, "loss.pdf", NULL);
  assert_sequence (fixture, &options);
  g_assert_cmpstr (suggested_name, ==, "regression-loss-steps.pdf");
  g_assert_true (has_toast (GTK_WIDGET (fixture->window), "loss.pdf"));

  /* The window's own run is where it was. */
  g_assert_cmpint (bp_trainer_get_cursor (get_trainer (fixture)).iteration, ==, cursor.iteration);
  g_assert_cmpuint (bp_trainer_get_cursor (get_trainer (fixture)).instruction, ==, cursor.instruction);
  g_clear_pointer (&chosen_path, g_free);
  g_assert_cmpuint (remove_folder (folder), ==, 1);
}

/* The same of some iterations in an animation. */
static void
test_writes_gif (Fixture *fixture)
{
  g_autofree char *folder = make_folder ();
  BpSequenceOptions options = {
    .figure = BP_FIGURE_OPTIONS_DEFAULT,
    .format = BP_SEQUENCE_GIF,
    .step = BP_SEQUENCE_ITERATIONS,
    .first = 0,
    .last = 20,
    .every = 10,
    .delay = 0.25,
  };
  GtkWidget *dialog = open_sequence (fixture, "GIF animation");

  options.figure.kind = BP_FIGURE_LOSS;
  options.figure.plot.references = bp_run_get_references (fixture->run);
  options.figure.width = 200;
  options.figure.height = 150;
  options.figure.scale = 1;
  select_title (dialog, "Shown after each", "Iteration");
  g_assert_true (says (dialog, "101 pages"));
  type (dialog, "Last iteration", "20");
  type (dialog, "Every n-th iteration", "10");
  type (dialog, "Seconds per picture", "0.25");
  type (dialog, "Width", "200");
  type (dialog, "Height", "150");
  type (dialog, "Scale", "1");
  g_assert_true (says (dialog, "3 pages"));
  chosen_path = g_build_filename (folder, "loss.gif", NULL);
  press_export (dialog);
  wait_until (is_closed, NULL);
  assert_sequence (fixture, &options);
  g_clear_pointer (&chosen_path, g_free);
  g_assert_cmpuint (remove_folder (folder), ==, 1);
}

/* Each option is there where it makes a difference. */
static void
test_options (Fixture *fixture)
{
  GtkWidget *dialog = open_sequence (fixture, "PDF document");

  gtk_test_widget_wait_for_draw (dialog);
  g_assert_true (is_shown (dialog, "First iteration"));
  g_assert_true (is_shown (dialog, "Last iteration"));
  g_assert_false (is_shown (dialog, "Every n-th iteration"));
  g_assert_false (is_shown (dialog, "Seconds per picture"));
  g_assert_false (is_shown (dialog, "Scale"));
  select_title (dialog, "Shown after each", "Iteration");
  g_assert_true (is_shown (dialog, "Every n-th iteration"));
  select_title (dialog, "Format", "GIF animation");
  g_assert_true (is_shown (dialog, "Seconds per picture"));
  g_assert_true (is_shown (dialog, "Scale"));
}

static void
test_refusals (Fixture *fixture)
{
  GtkWidget *dialog = open_sequence (fixture, "GIF animation");
  static const struct {
    const char *title;
    const char *text;
  } refused[] = {
    { "First iteration", "26" }, /* after the last one */
    { "First iteration", "-1" },
    { "Last iteration", "101" },
    { "Last iteration", "1.5" },
    { "Seconds per picture", "0" },
    { "Seconds per picture", "61" },
  };

  for (gsize i = 0; i < G_N_ELEMENTS (refused); i++)
    {
      BpField *field = search_field (dialog, refused[i].title);

      type (dialog, refused[i].title, refused[i].text);
      g_assert_true (bp_field_get_refused (field));
      type (dialog, refused[i].title, bp_field_get_text (field));
      g_assert_false (bp_field_get_refused (field));
    }
}

/* More pages than there may be: it says so, and nothing can be exported. */
static void
test_too_many (Fixture *fixture)
{
  GtkWidget *dialog;

  bp_run_set_n_iterations (fixture->run, 5000);
  dialog = open_sequence (fixture, "PDF document");
  g_assert_true (gtk_widget_get_sensitive (find_export_button (dialog)));
  select_title (dialog, "Shown after each", "Iteration");
  g_assert_false (gtk_widget_get_sensitive (find_export_button (dialog)));
  type (dialog, "Every n-th iteration", "10");
  g_assert_true (gtk_widget_get_sensitive (find_export_button (dialog)));
  g_assert_true (says (dialog, "501 pages"));
}

/* Ending */

static GtkProgressBar *
find_progress (GtkWidget *dialog)
{
  return GTK_PROGRESS_BAR (search_widget (dialog, GTK_TYPE_PROGRESS_BAR, NULL, NULL));
}

static gboolean
is_under_way (gpointer dialog)
{
  return gtk_progress_bar_get_fraction (find_progress (dialog)) > 0;
}

/* A long one, some way through. */
static GtkWidget *
start_long (Fixture *fixture)
{
  GtkWidget *dialog;

  bp_run_set_n_iterations (fixture->run, 1900);
  dialog = open_sequence (fixture, "PDF document");
  select_title (dialog, "Figure", "Whole view");
  select_title (dialog, "Shown after each", "Iteration");
  press_export (dialog);
  g_assert_true (gtk_widget_is_visible (GTK_WIDGET (find_progress (dialog))));
  g_assert_false (gtk_widget_get_sensitive (find_export_button (dialog)));
  wait_until (is_under_way, dialog);
  g_assert_nonnull (strstr (gtk_progress_bar_get_text (find_progress (dialog)), "of 1901 pages"));

  return dialog;
}

static gboolean
is_gone (gpointer pointer)
{
  return *(gpointer *) pointer == NULL;
}

static void
test_cancel (Fixture *fixture)
{
  g_autofree char *folder = make_folder ();
  gpointer dialog;

  chosen_path = g_build_filename (folder, "view.pdf", NULL);
  dialog = start_long (fixture);
  press_cancel (dialog);
  g_assert_true (find_dialog () == dialog);
  g_assert_false (gtk_widget_get_visible (gtk_widget_get_parent (GTK_WIDGET (find_progress (dialog)))));
  g_assert_true (gtk_widget_get_sensitive (find_export_button (dialog)));

  /* The thread lets go of the dialog once it has noticed. */
  g_object_add_weak_pointer (dialog, &dialog);
  press_cancel (dialog);
  wait_until (is_gone, &dialog);
  g_clear_pointer (&chosen_path, g_free);
  g_assert_cmpuint (remove_folder (folder), ==, 0);
}

/* The window closes while it renders, and its parent with it. */
static void
test_close (Fixture *fixture)
{
  g_autofree char *folder = make_folder ();
  gpointer dialog;

  chosen_path = g_build_filename (folder, "view.pdf", NULL);
  dialog = start_long (fixture);
  g_object_add_weak_pointer (dialog, &dialog);
  gtk_window_close (GTK_WINDOW (dialog));
  wait_until (is_gone, &dialog);

  dialog = start_long (fixture);
  g_object_add_weak_pointer (dialog, &dialog);
  gtk_window_destroy (GTK_WINDOW (fixture->window));
  wait_until (is_gone, &dialog);
  g_clear_pointer (&chosen_path, g_free);
  g_assert_cmpuint (remove_folder (folder), ==, 0);

  g_application_activate (G_APPLICATION (application));
  fixture->window = BP_WINDOW (gtk_application_get_active_window (application));
  fixture->run = bp_window_get_run (fixture->window);
}

/* What cannot be written is said before anything is rendered. */
static void
test_failure (Fixture *fixture)
{
  g_autofree char *folder = make_folder ();
  GtkWidget *dialog = open_sequence (fixture, "PDF document");

  chosen_path = g_build_filename (folder, "no", "such", "loss.pdf", NULL);
  press_export (dialog);
  g_assert_true (find_dialog () == dialog);
  g_assert_true (has_toast (dialog, chosen_path));
  g_assert_true (gtk_widget_get_sensitive (find_export_button (dialog)));
  g_clear_pointer (&chosen_path, g_free);
  g_assert_cmpuint (remove_folder (folder), ==, 0);
}

static void
test_remembers (Fixture *fixture)
{
  g_autofree char *folder = make_folder ();
  GtkWidget *dialog = open_sequence (fixture, "GIF animation");
  AdwComboRow *row;

  select_title (dialog, "Shown after each", "Phase");
  type (dialog, "Seconds per picture", "0.75");
  type (dialog, "Scale", "0.5");
  chosen_path = g_build_filename (folder, "loss.gif", NULL);
  press_export (dialog);
  wait_until (is_closed, NULL);

  dialog = open_dialog (fixture);
  row = ADW_COMBO_ROW (find_row (dialog, "Show"));
  g_assert_cmpstr (get_title (row, adw_combo_row_get_selected (row)), ==, "Step sequence");
  row = ADW_COMBO_ROW (find_row (dialog, "Format"));
  g_assert_cmpstr (get_title (row, adw_combo_row_get_selected (row)), ==, "GIF animation");
  row = ADW_COMBO_ROW (find_row (dialog, "Shown after each"));
  g_assert_cmpstr (get_title (row, adw_combo_row_get_selected (row)), ==, "Phase");
  g_assert_cmpstr (bp_field_get_text (search_field (dialog, "Seconds per picture")), ==, "0.75");
  g_clear_pointer (&chosen_path, g_free);
  remove_folder (folder);
}

int
main (int    argc,
      char **argv)
{
  gtk_test_init (&argc, &argv, NULL);

#define ADD(name, func) add_window_test ("/export-sequence/" name, IN_THE_MIDDLE, func)
  ADD ("writes-pdf", test_writes_pdf);
  ADD ("writes-gif", test_writes_gif);
  ADD ("options", test_options);
  ADD ("refusals", test_refusals);
  ADD ("too-many", test_too_many);
  ADD ("cancel", test_cancel);
  ADD ("close", test_close);
  ADD ("failure", test_failure);
  ADD ("remembers", test_remembers);

  return run_tests ();
}
