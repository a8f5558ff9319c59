/* test-new-dialog.c: experiments that begin with a template
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include <string.h>

#include "dialogs/bp-new-dialog.h"
#include "lib/window-fixture.h"
#include "plots/bp-plot-view.h"

static BpNewDialog *
open_dialog (Fixture *fixture)
{
  activate (fixture, "win.new");

  return find_over (fixture->window, BP_TYPE_NEW_DIALOG);
}

static GtkWidget *
find_create_button (BpNewDialog *dialog)
{
  return search_widget (GTK_WIDGET (dialog), GTK_TYPE_BUTTON, has_button_label, "C_reate");
}

static gboolean
has_entry_text (GtkWidget  *entry,
                const char *text)
{
  return gtk_widget_get_mapped (entry) && g_str_equal (gtk_editable_get_text (GTK_EDITABLE (entry)), text);
}

static GtkEditable *
find_entry (BpNewDialog *dialog,
            const char  *text)
{
  GtkWidget *entry = search_widget (GTK_WIDGET (dialog), GTK_TYPE_ENTRY, has_entry_text, text);

  g_assert_nonnull (entry);

  return GTK_EDITABLE (entry);
}

static gboolean
has_row_title (GtkWidget  *row,
               const char *title)
{
  return g_str_equal (adw_preferences_row_get_title (ADW_PREFERENCES_ROW (row)), title);
}

static gpointer
find_row (BpNewDialog *dialog,
          const char  *title)
{
  GtkWidget *row = search_widget (GTK_WIDGET (dialog), ADW_TYPE_ACTION_ROW, has_row_title, title);

  g_assert_nonnull (row);

  return row;
}

/* What is chosen from a row's list, by its name. */
static void
choose_in (BpNewDialog *dialog,
           const char  *title,
           const char  *item)
{
  AdwComboRow *row = find_row (dialog, title);
  GListModel *model = adw_combo_row_get_model (row);

  for (guint i = 0; i < g_list_model_get_n_items (model); i++)
    {
      g_autoptr (GtkStringObject) object = g_list_model_get_item (model, i);

      if (g_str_equal (gtk_string_object_get_string (object), item))
        {
          adw_combo_row_set_selected (row, i);
          return;
        }
    }

  g_assert_not_reached ();
}

static void
copy_cb (char      **copy,
         const char *text)
{
  g_free (*copy);
  *copy = g_strdup (text);
}

/* The network is there to begin with, and Create opens it. */
static void
test_two_actions (Fixture *fixture)
{
  BpNewDialog *dialog = open_dialog (fixture);

  g_signal_emit_by_name (find_create_button (dialog), "clicked");
  settle ();

  g_assert_null (find_over (fixture->window, BP_TYPE_NEW_DIALOG));
  g_assert_cmpstr (get_name (fixture), ==, "Network");
  g_assert_cmpuint (bp_graph_get_n_parameters (bp_trainer_get_graph (get_trainer (fixture))), ==, 105);
  assert_cursor (fixture->run, 0, 0);
  bp_run_step (fixture->run, BP_STEP_ITERATION, 1);
  assert_cursor (fixture->run, 1, 0);
}

/* What is typed is said in words, or why it cannot be. */
static void
test_layers (Fixture *fixture)
{
  BpNewDialog *dialog = open_dialog (fixture);
  GtkEditable *layers = find_entry (dialog, "2-8-8-1");
  AdwActionRow *row = find_row (dialog, "Layers");
  GtkWidget *create = find_create_button (dialog);

  g_assert_cmpstr (adw_action_row_get_subtitle (row), ==, "2 inputs, 2 hidden layers of 8 neurons, 1 output");

  gtk_editable_set_text (layers, "2-4-x");
  g_assert_cmpstr (adw_action_row_get_subtitle (row), ==,
                   "“x” is not a number of neurons; layers are written as 2-8-8-1");
  g_assert_true (gtk_widget_has_css_class (GTK_WIDGET (row), "wrong"));
  g_assert_false (gtk_widget_get_sensitive (create));

  gtk_editable_set_text (layers, "3-4-1");
  g_assert_cmpstr (adw_action_row_get_subtitle (row), ==, "These data have 2 inputs, so that the first number is 2");

  gtk_editable_set_text (layers, "2-4-1");
  g_assert_false (gtk_widget_has_css_class (GTK_WIDGET (row), "wrong"));
  g_assert_true (gtk_widget_get_sensitive (create));

  choose_in (dialog, "Loss", "Softmax cross entropy");
  g_assert_cmpstr (gtk_editable_get_text (layers), ==, "2-4-2");
  choose_in (dialog, "Generator", "Sine");
  g_assert_cmpstr (gtk_editable_get_text (layers), ==, "1-4-1");
  g_assert_cmpuint (g_list_model_get_n_items (adw_combo_row_get_model (find_row (dialog, "Loss"))), ==, 2);

  choose_in (dialog, "Generator", "Moons");
  choose_in (dialog, "Activation of the hidden layers", "relu");
  choose_in (dialog, "Optimizer", "Momentum");
  gtk_editable_set_text (find_entry (dialog, "Network"), "Two moons");
  g_signal_emit_by_name (create, "clicked");
  settle ();

  const BpExperiment *experiment = bp_trainer_get_experiment (get_trainer (fixture));

  g_assert_cmpstr (experiment->title, ==, "Two moons");
  g_assert_cmpint (experiment->generator.kind, ==, BP_GENERATOR_MOONS);
  g_assert_cmpint (experiment->settings.optimizer.kind, ==, BP_OPTIMIZER_MOMENTUM);
  g_assert_nonnull (strstr (((BpDefinition *) experiment->model->pdata[0])->expression, "relu("));
}

/* Each template is made by a double click. */
static void
test_templates (Fixture *fixture)
{
  for (BpTemplateKind kind = 0; kind < BP_N_TEMPLATES; kind++)
    {
      GtkWidget *dialog = bp_new_dialog_new (GTK_WINDOW (fixture->window));
      GtkWidget *templates = search_widget (dialog, GTK_TYPE_FLOW_BOX, NULL, NULL);
      GtkFlowBoxChild *child = gtk_flow_box_get_child_at_index (GTK_FLOW_BOX (templates), (int) kind);
      g_autofree char *text = NULL;
      g_autoptr (BpTrainer) trainer = NULL;

      g_signal_connect_swapped (dialog, "created", G_CALLBACK (copy_cb), &text);
      gtk_window_present (GTK_WINDOW (dialog));
      bp_new_dialog_select (BP_NEW_DIALOG (dialog), kind);
      wait_for_frame (dialog);
      g_signal_emit_by_name (templates, "child-activated", child);
      g_assert_nonnull (text);
      trainer = trainer_from_text (text);
      g_assert_cmpint (bp_trainer_run (trainer, 10), ==, 10);
    }
}

static void
test_function (Fixture *fixture)
{
  BpNewDialog *dialog = open_dialog (fixture);
  AdwActionRow *row = find_row (dialog, "Formula");
  GtkEditable *formula;

  bp_new_dialog_select (dialog, BP_TEMPLATE_FUNCTION_2);
  settle ();
  choose_in (dialog, "Example", "Saddle");
  formula = find_entry (dialog, "x ** 2 - y ** 2 + y ** 4 / 4");
  gtk_editable_set_text (formula, "x ** 2 + z");
  g_assert_true (gtk_widget_has_css_class (GTK_WIDGET (row), "wrong"));
  g_assert_true (g_str_has_prefix (adw_action_row_get_subtitle (row), "column 10: unknown name “z”"));
  g_assert_false (gtk_widget_get_sensitive (find_create_button (dialog)));
  gtk_editable_set_text (formula, "x ** 2 + y ** 2");
  g_assert_true (gtk_widget_get_sensitive (find_create_button (dialog)));
}

/* The plot is that of what is made, before any training; where nothing can be made there is none. */
static void
test_preview (Fixture *fixture)
{
  BpNewDialog *dialog = open_dialog (fixture);
  BpPlotView *view = BP_PLOT_VIEW (search_widget (GTK_WIDGET (dialog), BP_TYPE_PLOT_VIEW, NULL, NULL));
  g_autofree char *subtitle = NULL;

  wait_for_frame (GTK_WIDGET (dialog));
  g_assert_cmpint (bp_plot_view_get_kind (view), ==, BP_PLOT_DATA);
  subtitle = g_strdup (bp_plot_view_get_plot (view)->subtitle);
  g_assert_nonnull (strstr (subtitle, "of 160"));
  gtk_editable_set_text (find_entry (dialog, "2-8-8-1"), "2-0-1");
  g_assert_null (bp_plot_view_get_plot (view));
  gtk_editable_set_text (find_entry (dialog, "2-0-1"), "2-600-600-1");
  g_assert_null (bp_plot_view_get_plot (view));
  g_assert_true (gtk_widget_get_visible (search_widget (GTK_WIDGET (dialog), GTK_TYPE_LABEL, has_label_text,
                                                        "Too many weights to be shown before it is created.")));

  bp_new_dialog_select (dialog, BP_TEMPLATE_FUNCTION_1);
  g_assert_cmpint (bp_plot_view_get_kind (view), ==, BP_PLOT_CURVE);
  g_assert_cmpstr (bp_plot_view_get_plot (view)->subtitle, ==, "now 4");
  gtk_editable_set_text (find_entry (dialog, "x ** 2"), "x ** ");
  g_assert_null (bp_plot_view_get_plot (view));
}

/* A projector at scale 2 has 683 × 384: there the parts stand below each other, and are scrolled. */
static void
test_narrow (Fixture *fixture)
{
  BpNewDialog *dialog = open_dialog (fixture);
  GtkWidget *left = gtk_widget_get_parent (search_widget (GTK_WIDGET (dialog), GTK_TYPE_FLOW_BOX, NULL, NULL));
  GtkOrientable *panes = GTK_ORIENTABLE (gtk_widget_get_parent (left));
  int width;

  wait_for_frame (GTK_WIDGET (dialog));
  g_assert_cmpint (gtk_orientable_get_orientation (panes), ==, GTK_ORIENTATION_HORIZONTAL);
  gtk_window_set_default_size (GTK_WINDOW (dialog), 683, 384);
  while (gtk_orientable_get_orientation (panes) != GTK_ORIENTATION_VERTICAL)
    settle ();
  gtk_widget_measure (GTK_WIDGET (panes), GTK_ORIENTATION_HORIZONTAL, -1, &width, NULL, NULL, NULL);
  g_assert_cmpint (width, <=, 683);
  g_assert_cmpint (gtk_widget_get_height (GTK_WIDGET (dialog)), <=, 384);
}

static void
table_cb (BpImportChoices **copy,
          BpImportChoices  *choices)
{
  *copy = bp_import_choices_copy (choices);
}

/* A table has its own inputs and outputs; the layers between them are those that were typed. */
static void
test_table (Fixture *fixture)
{
  BpNewDialog *dialog = BP_NEW_DIALOG (bp_new_dialog_new (GTK_WINDOW (fixture->window)));
  g_autoptr (BpImportChoices) choices = NULL;

  gtk_window_present (GTK_WINDOW (dialog));
  g_signal_connect_swapped (dialog, "table", G_CALLBACK (table_cb), &choices);
  gtk_editable_set_text (find_entry (dialog, "2-8-8-1"), "2-5-3-1");
  choose_in (dialog, "Activation of the hidden layers", "gelu");
  g_signal_emit_by_name (search_widget (GTK_WIDGET (dialog), GTK_TYPE_BUTTON, has_button_label, "CSV File…"),
                         "clicked");
  g_assert_nonnull (choices);
  g_assert_true (choices->is_network);
  g_assert_cmpuint (choices->hidden->len, ==, 2);
  g_assert_cmpuint (g_array_index (choices->hidden, guint, 1), ==, 3);
  g_assert_cmpstr (choices->activation, ==, "gelu");
}

int
main (int    argc,
      char **argv)
{
  gtk_test_init (&argc, &argv, NULL);

  add_window_test ("/new-dialog/two-actions", (BpCursor) { 0, 0 }, test_two_actions);
  add_window_test ("/new-dialog/layers", (BpCursor) { 0, 0 }, test_layers);
  add_window_test ("/new-dialog/templates", (BpCursor) { 0, 0 }, test_templates);
  add_window_test ("/new-dialog/function", (BpCursor) { 0, 0 }, test_function);
  add_window_test ("/new-dialog/preview", (BpCursor) { 0, 0 }, test_preview);
  add_window_test ("/new-dialog/narrow", (BpCursor) { 0, 0 }, test_narrow);
  add_window_test ("/new-dialog/table", (BpCursor) { 0, 0 }, test_table);

  return run_tests ();
}
