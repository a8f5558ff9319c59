/* test-export-dialog.c: the dialog writes the figure that it was asked for, remembers, and refuses in words
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "lib/export-driver.h"

#include "window/bp-window-export.h"
#include "app/export/export-dialog-fixture.h"

static void
remove_file (void)
{
  g_assert_cmpint (g_remove (chosen_path), ==, 0);
}

/* Each figure in each of its formats */

static void
export_figure (Fixture       *fixture,
               BpFigureKind   kind,
               BpFigureFormat format)
{
  GtkWidget *dialog = open_dialog (fixture);
  BpFigureOptions options = choose_shown (fixture, kind, format);
  g_autofree char *name = bp_figure_create_file_name (get_trainer (fixture), &options);
  g_autofree char *basename = g_path_get_basename (chosen_path);

  select_title (dialog, "Figure", bp_figure_get_class (kind)->title);
  select_title (dialog, "Format", bp_figure_get_format_class (format)->title);
  press_export (dialog);
  g_assert_cmpstr (suggested_name, ==, name);
  assert_file (fixture, chosen_path, &options);
  g_assert_null (find_dialog ());
  g_assert_true (has_toast (GTK_WIDGET (fixture->window), basename));
  remove_file ();
}

static void
test_all (Fixture *fixture)
{
  g_autofree char *folder = make_folder ();

  chosen_path = g_build_filename (folder, "figure.out", NULL);
  for (guint kind = 0; kind < BP_N_FIGURES; kind++)
    for (guint format = 0; format < BP_N_FORMATS; format++)
      if (bp_figure_has_format (kind, format))
        export_figure (fixture, kind, format);
  g_clear_pointer (&chosen_path, g_free);
  remove_folder (folder);
}

/* Only formats that the figure has, and only options that make a difference */

static void
test_options (Fixture *fixture)
{
  GtkWidget *dialog = open_dialog (fixture);
  AdwComboRow *formats = ADW_COMBO_ROW (find_row (dialog, "Format"));

  gtk_test_widget_wait_for_draw (dialog);
  for (guint kind = 0; kind < BP_N_FIGURES; kind++)
    {
      guint n = 0;

      select_title (dialog, "Figure", bp_figure_get_class (kind)->title);
      for (guint format = 0; format < BP_N_FORMATS; format++)
        if (bp_figure_has_format (kind, format))
          g_assert_cmpstr (get_title (formats, n++), ==, bp_figure_get_format_class (format)->title);
      g_assert_cmpuint (g_list_model_get_n_items (adw_combo_row_get_model (formats)), ==, n);
    }

  select_title (dialog, "Figure", "Loss");
  for (guint format = 0; format < BP_N_FORMATS; format++)
    if (bp_figure_has_format (BP_FIGURE_LOSS, format))
      {
        const BpFormatClass *class = bp_figure_get_format_class (format);

        select_title (dialog, "Format", class->title);
        g_assert_cmpint (is_shown (dialog, "Width"), ==, class->has_size);
        g_assert_cmpint (is_shown (dialog, "Height"), ==, class->has_size);
        g_assert_cmpint (is_shown (dialog, "Colors"), ==, class->has_style);
        g_assert_cmpint (is_shown (dialog, "Font size in pixels"), ==, class->has_style);
        g_assert_cmpint (is_shown (dialog, "Scale"), ==, format == BP_FORMAT_PNG);
        g_assert_false (is_shown (dialog, "First iteration"));
      }

  select_title (dialog, "Figure", "Computation graph");
  select_title (dialog, "Format", "DOT for Graphviz");
  g_assert_false (is_shown (dialog, "Width"));
  g_assert_true (is_shown (dialog, "Colors"));
}

/* Without options: to a file at once */

static void
get_figure (GtkWindow       *window,
            BpFigureOptions *options)
{
  bp_window_get_figure (BP_WINDOW (window), options);
}

static void
test_at_once (Fixture *fixture)
{
  g_autofree char *folder = make_folder ();
  BpFigureOptions options = choose_shown (fixture, BP_FIGURE_LOSS, BP_FORMAT_PDF);
  GtkWidget *dialog = bp_export_dialog_new (GTK_WINDOW (fixture->window), fixture->run, get_figure, BP_FIGURE_LOSS);

  bp_export_dialog_set_file_chooser (BP_EXPORT_DIALOG (dialog), choose);

  /* What cannot be written is said where the options are. */
  chosen_path = g_build_filename (folder, "no", "such.pdf", NULL);
  bp_export_dialog_export_as (BP_EXPORT_DIALOG (dialog), BP_FORMAT_PDF);
  g_assert_true (gtk_widget_get_visible (dialog));
  g_assert_true (has_toast (dialog, chosen_path));
  g_assert_cmpstr (suggested_name + strlen (suggested_name) - 4, ==, ".pdf");
  gtk_window_destroy (GTK_WINDOW (dialog));

  /* Nothing remains of one that the user gives up. */
  dialog = bp_export_dialog_new (GTK_WINDOW (fixture->window), fixture->run, get_figure, BP_FIGURE_LOSS);
  bp_export_dialog_set_file_chooser (BP_EXPORT_DIALOG (dialog), choose);
  g_clear_pointer (&chosen_path, g_free);
  bp_export_dialog_export_as (BP_EXPORT_DIALOG (dialog), BP_FORMAT_PDF);
  g_assert_null (find_dialog ());

  dialog = bp_export_dialog_new (GTK_WINDOW (fixture->window), fixture->run, get_figure, BP_FIGURE_LOSS);
  bp_export_dialog_set_file_chooser (BP_EXPORT_DIALOG (dialog), choose);
  chosen_path = g_build_filename (folder, "loss.pdf", NULL);
  bp_export_dialog_export_as (BP_EXPORT_DIALOG (dialog), BP_FORMAT_PDF);
  g_assert_null (find_dialog ());
  assert_file (fixture, chosen_path, &options);
  g_clear_pointer (&chosen_path, g_free);
  remove_folder (folder);
}

/* A file is what its name says, whatever format was chosen; one that the figure does not have is not meant. */
static void
test_name_decides (Fixture *fixture)
{
  g_autofree char *folder = make_folder ();
  BpFigureOptions options = choose_shown (fixture, BP_FIGURE_LOSS, BP_FORMAT_PNG);

  for (guint i = 0; i < 2; i++)
    {
      GtkWidget *dialog = open_dialog (fixture);

      select_title (dialog, "Figure", "Loss");
      select_title (dialog, "Format", "SVG drawing");
      chosen_path = g_build_filename (folder, i == 0 ? "loss.PNG" : "loss.dot", NULL);
      press_export (dialog);
      options.format = i == 0 ? BP_FORMAT_PNG : BP_FORMAT_SVG;
      assert_file (fixture, chosen_path, &options);
      g_clear_pointer (&chosen_path, g_free);
    }
  remove_folder (folder);
}

/* Looks */

static void
test_looks (Fixture *fixture)
{
  g_autofree char *folder = make_folder ();
  GtkWidget *dialog = open_dialog (fixture);
  BpFigureOptions options = choose_shown (fixture, BP_FIGURE_LOSS, BP_FORMAT_PNG);

  chosen_path = g_build_filename (folder, "loss", NULL);
  select_title (dialog, "Figure", "Loss");
  select_title (dialog, "Format", "PNG image");
  select_title (dialog, "Colors", "Dark");
  select_title (dialog, "Unit", "Millimetres");
  type (dialog, "Width", "90");
  type (dialog, "Font size in pixels", "12");
  type (dialog, "Scale", "1.5");
  set_caption (dialog, TRUE);
  press_export (dialog);

  options.dark = options.caption = TRUE;
  options.width = 90 * BP_FIGURE_PIXELS_PER_MM;
  options.font_size = 12;
  options.scale = 1.5;

  /* The suffix was left to the dialog. */
  g_free (chosen_path);
  chosen_path = g_build_filename (folder, "loss.png", NULL);
  assert_file (fixture, chosen_path, &options);
  g_clear_pointer (&chosen_path, g_free);
  g_assert_cmpuint (remove_folder (folder), ==, 1);
}

/* Memory */

static void
test_remembers (Fixture *fixture)
{
  g_autoptr (GSettings) settings = bp_preferences_new_export ();
  g_autofree char *folder = make_folder ();
  g_autofree char *uri = g_filename_to_uri (folder, NULL, NULL);
  g_autofree char *remembered = NULL;
  GtkWidget *dialog = open_dialog (fixture);
  AdwComboRow *row;

  /* What was not exported is not a choice. */
  select_title (dialog, "Figure", "Whole view");
  gtk_window_destroy (GTK_WINDOW (dialog));
  dialog = open_dialog (fixture);
  row = ADW_COMBO_ROW (find_row (dialog, "Figure"));
  g_assert_cmpstr (get_title (row, adw_combo_row_get_selected (row)), ==, "Computation graph");

  select_title (dialog, "Figure", "Data");
  select_title (dialog, "Format", "CSV table");
  chosen_path = g_build_filename (folder, "data.csv", NULL);
  press_export (dialog);
  remembered = g_settings_get_string (settings, "folder");
  g_assert_cmpstr (remembered, ==, uri);

  dialog = open_dialog (fixture);
  row = ADW_COMBO_ROW (find_row (dialog, "Figure"));
  g_assert_cmpstr (get_title (row, adw_combo_row_get_selected (row)), ==, "Data");
  row = ADW_COMBO_ROW (find_row (dialog, "Format"));
  g_assert_cmpstr (get_title (row, adw_combo_row_get_selected (row)), ==, "CSV table");

  /* A figure without that format has another; the choice is still there for those that have it. */
  select_title (dialog, "Figure", "Whole view");
  g_assert_cmpstr (get_title (row, adw_combo_row_get_selected (row)), ==, "SVG drawing");
  select_title (dialog, "Figure", "Loss");
  g_assert_cmpstr (get_title (row, adw_combo_row_get_selected (row)), ==, "CSV table");

  gtk_window_destroy (GTK_WINDOW (dialog));
  g_clear_pointer (&chosen_path, g_free);
  remove_folder (folder);
}

/* Refusals */

static void
assert_refused (GtkWidget  *dialog,
                const char *title,
                const char *text,
                const char *sentence)
{
  BpField *field = search_field (dialog, title);

  type (dialog, title, text);
  g_assert_true (bp_field_get_refused (field));
  g_assert_nonnull (strstr (bp_field_get_message (field), sentence));
  g_clear_pointer (&suggested_name, g_free);
  press_export (dialog);
  g_assert_null (suggested_name);
  type (dialog, title, bp_field_get_text (field));
  g_assert_false (bp_field_get_refused (field));
}

static void
test_refusals (Fixture *fixture)
{
  GtkWidget *dialog = open_dialog (fixture);

  select_title (dialog, "Format", "PNG image");
  assert_refused (dialog, "Width", "7", "from 48 to 20000");
  assert_refused (dialog, "Height", "-1", "from 48 to 20000");
  assert_refused (dialog, "Height", "high", "high");
  assert_refused (dialog, "Font size in pixels", "3", "from 4 to 200");
  assert_refused (dialog, "Scale", "0", "from 0.1 to 20");

  type (dialog, "Width", "400");
  g_assert_cmpstr (bp_field_get_text (search_field (dialog, "Width")), ==, "400");
  type (dialog, "Width", "");
  g_assert_cmpstr (bp_field_get_text (search_field (dialog, "Width")), ==, "");
  g_assert_cmpstr (gtk_entry_get_placeholder_text (bp_field_get_entry (search_field (dialog, "Width"))), ==,
                   "automatic");
}

/* What cannot be written is said, with its path, and can be tried again. */
static void
test_failures (Fixture *fixture)
{
  g_autofree char *folder = make_folder ();
  g_autofree char *good = g_build_filename (folder, "graph.svg", NULL);
  GtkWidget *dialog = open_dialog (fixture);

  chosen_path = g_build_filename (folder, "no", "such", "graph.svg", NULL);
  press_export (dialog);
  g_assert_true (find_dialog () == dialog);
  g_assert_true (has_toast (dialog, chosen_path));
  g_assert_false (has_toast (GTK_WIDGET (fixture->window), "graph.svg"));

  /* Nobody was asked about the file that the suffix leads to. */
  g_file_set_contents (good, "old", -1, NULL);
  g_free (chosen_path);
  chosen_path = g_build_filename (folder, "graph", NULL);
  press_export (dialog);
  g_assert_true (find_dialog () == dialog);
  {
    g_autofree char *content = NULL;

    g_assert_true (g_file_get_contents (good, &content, NULL, NULL));
    g_assert_cmpstr (content, ==, "old");
  }

  g_free (chosen_path);
  chosen_path = g_steal_pointer (&good);
  press_export (dialog);
  g_assert_null (find_dialog ());
  g_clear_pointer (&chosen_path, g_free);
  g_assert_cmpuint (remove_folder (folder), ==, 1);
}

/* A PNG that the options allow one by one can still be too large. */
static void
test_too_large (Fixture *fixture)
{
  g_autofree char *folder = make_folder ();
  GtkWidget *dialog = open_dialog (fixture);

  chosen_path = g_build_filename (folder, "graph.png", NULL);
  select_title (dialog, "Format", "PNG image");
  type (dialog, "Width", "20000");
  type (dialog, "Scale", "20");
  press_export (dialog);
  g_assert_true (has_toast (dialog, "400000"));
  g_clear_pointer (&chosen_path, g_free);
  g_assert_cmpuint (remove_folder (folder), ==, 0);
}

/* Escape and Cancel close without a trace, and the run has stopped playing meanwhile. */
static void
test_cancel (Fixture *fixture)
{
  GtkWidget *dialog;

  bp_run_set_playing (fixture->run, TRUE);
  dialog = open_dialog (fixture);
  g_assert_false (bp_run_get_playing (fixture->run));
  press_cancel (dialog);
  settle ();
  g_assert_null (find_dialog ());
}

int
main (int    argc,
      char **argv)
{
  gtk_test_init (&argc, &argv, NULL);

#define ADD(name, func) add_window_test ("/export-dialog/" name, IN_THE_MIDDLE, func)
  ADD ("at-once", test_at_once);
  ADD ("name-decides", test_name_decides);
  ADD ("remembers", test_remembers);
  ADD ("all", test_all);
  ADD ("options", test_options);
  ADD ("looks", test_looks);
  ADD ("refusals", test_refusals);
  ADD ("failures", test_failures);
  ADD ("too-large", test_too_large);
  ADD ("cancel", test_cancel);

  return run_tests ();
}
