/* test-help.c: the help opens beside its window, once, and can be read without a mouse and without a screen
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "lib/window-fixture.h"
#include "dialogs/bp-help.h"
#include "experiment/bp-builtin.h"

static guint
count_helps (GtkWidget **found)
{
  g_autoptr (GList) toplevels = gtk_window_list_toplevels ();
  guint n = 0;

  for (GList *link = toplevels; link != NULL; link = link->next)
    if (BP_IS_HELP (link->data))
      {
        *found = link->data;
        n++;
      }

  return n;
}

static GtkWidget *
new_window (void)
{
  GtkWindow *window;

  g_action_group_activate_action (G_ACTION_GROUP (application), "new-window", NULL);
  window = gtk_application_get_active_window (application);
  settle ();

  return GTK_WIDGET (window);
}

static GtkWidget *
open_help (GtkWidget *window)
{
  GtkWidget *help = NULL;

  g_assert_true (gtk_widget_activate_action (window, "win.help", NULL));
  g_assert_cmpuint (count_helps (&help), ==, 1);
  gtk_test_widget_wait_for_draw (help);

  return help;
}

static void
test_opens_once (void)
{
  g_auto (GStrv) keys = gtk_application_get_accels_for_action (application, "win.help");
  GtkWidget *window = new_window ();
  GtkWidget *help = open_help (window);

  g_assert_cmpstr (keys[0], ==, "F1");
  g_assert_true (open_help (window) == help);
  g_assert_true (gtk_window_get_transient_for (GTK_WINDOW (help)) == GTK_WINDOW (window));
  g_assert_false (gtk_window_get_modal (GTK_WINDOW (help)));

  /* It goes with its window. */
  gtk_window_destroy (GTK_WINDOW (window));
  settle ();
  g_assert_cmpuint (count_helps (&help), ==, 0);
}

/* Each page has a title that names it to a screen reader, and text below. */
static void
check_page (GtkStackPage *page)
{
  GtkWidget *scrolled = gtk_stack_page_get_child (page);
  GtkWidget *label = search_widget (scrolled, GTK_TYPE_LABEL, NULL, NULL);
  guint n_paragraphs = 0;

  g_assert_nonnull (label);
  gtk_test_accessible_assert_relation (scrolled, GTK_ACCESSIBLE_RELATION_LABELLED_BY, label, NULL);
  g_assert_true (gtk_widget_has_css_class (label, "title-2"));
  while ((label = gtk_widget_get_next_sibling (label)) != NULL)
    {
      g_assert_cmpuint (strlen (gtk_label_get_text (GTK_LABEL (label))), >, 40);
      n_paragraphs++;
    }
  g_assert_cmpuint (n_paragraphs, >=, 4);
}

static void
test_pages (void)
{
  const char *names[] = { "window", "compare", "lecture", "regression", "classification", "experiments", "files" };
  GtkWidget *window = new_window ();
  GtkStack *stack = GTK_STACK (search_widget (open_help (window), GTK_TYPE_STACK, NULL, NULL));
  g_autoptr (GListModel) pages = G_LIST_MODEL (gtk_stack_get_pages (stack));

  g_assert_cmpuint (g_list_model_get_n_items (pages), ==, G_N_ELEMENTS (names));
  for (guint i = 0; i < G_N_ELEMENTS (names); i++)
    {
      g_autoptr (GObject) page = g_list_model_get_item (pages, i);

      g_assert_cmpstr (gtk_stack_page_get_name (GTK_STACK_PAGE (page)), ==, names[i]);
      check_page (GTK_STACK_PAGE (page));
    }

  gtk_window_destroy (GTK_WINDOW (window));
}

static gboolean
begins_with (GtkWidget  *label,
             const char *text)
{
  return g_str_has_prefix (gtk_label_get_label (GTK_LABEL (label)), text);
}

/* Every experiment has a page or a paragraph. */
static void
test_experiments (void)
{
  GtkWidget *window = new_window ();
  GtkWidget *help = open_help (window);
  GtkStack *stack = GTK_STACK (search_widget (help, GTK_TYPE_STACK, NULL, NULL));
  GtkWidget *page = gtk_stack_get_child_by_name (stack, "experiments");
  const char * const *names = bp_builtin_get_names ();

  for (gsize i = 0; names[i] != NULL; i++)
    {
      g_autoptr (BpExperiment) experiment = bp_builtin_load (names[i], NULL);
      g_autofree char *beginning = g_strconcat (experiment->title, ": ", NULL);

      g_assert_true (gtk_stack_get_child_by_name (stack, names[i]) != NULL
                     || search_widget (page, GTK_TYPE_LABEL, begins_with, beginning) != NULL);
    }
  gtk_window_destroy (GTK_WINDOW (window));
}

/* Tab goes from the list to the page, which arrows then scroll. */
static void
test_keyboard (void)
{
  GtkWidget *window = new_window ();
  GtkWidget *help = open_help (window);
  GtkStack *stack = GTK_STACK (search_widget (help, GTK_TYPE_STACK, NULL, NULL));
  GtkWidget *list = search_widget (help, GTK_TYPE_STACK_SIDEBAR, NULL, NULL);
  GtkListBox *rows = GTK_LIST_BOX (search_widget (list, GTK_TYPE_LIST_BOX, NULL, NULL));
  GtkWidget *page;

  gtk_test_accessible_assert_property (list, GTK_ACCESSIBLE_PROPERTY_LABEL, "Pages of the help");
  g_assert_true (gtk_widget_child_focus (list, GTK_DIR_TAB_FORWARD));
  gtk_list_box_select_row (rows, gtk_list_box_get_row_at_index (rows, 3));
  g_assert_cmpstr (gtk_stack_get_visible_child_name (stack), ==, "regression");

  page = gtk_stack_get_visible_child (stack);
  g_assert_true (gtk_widget_grab_focus (page));
  g_assert_true (gtk_window_get_focus (GTK_WINDOW (help)) == page);

  gtk_window_destroy (GTK_WINDOW (window));
}

int
main (int    argc,
      char **argv)
{
  gtk_test_init (&argc, &argv, NULL);

  g_test_add_func ("/help/opens-once", test_opens_once);
  g_test_add_func ("/help/pages", test_pages);
  g_test_add_func ("/help/experiments", test_experiments);
  g_test_add_func ("/help/keyboard", test_keyboard);

  return run_tests ();
}
