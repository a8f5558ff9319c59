/* test-recent.c: files that were opened or saved can be opened again from the main menu
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "lib/figure-checks.h"
#include "lib/window-fixture.h"

#define N_FILES 10
#define N_SHOWN 8

static gboolean
is_primary (GtkWidget                *widget,
            G_GNUC_UNUSED const char *text)
{
  return gtk_menu_button_get_primary (GTK_MENU_BUTTON (widget));
}

static GMenuModel *
find_file_section (Fixture *fixture)
{
  GtkWidget *button = search_widget (GTK_WIDGET (fixture->window), GTK_TYPE_MENU_BUTTON, is_primary, NULL);

  g_assert_nonnull (button);
  if (gtk_menu_button_get_menu_model (GTK_MENU_BUTTON (button)) == NULL)
    {
      gtk_menu_button_popup (GTK_MENU_BUTTON (button));
      gtk_menu_button_popdown (GTK_MENU_BUTTON (button));
    }

  return g_menu_model_get_item_link (gtk_menu_button_get_menu_model (GTK_MENU_BUTTON (button)), 0, G_MENU_LINK_SECTION);
}

/* The submenu; NULL while there is none. */
static GMenuModel *
find_submenu (Fixture *fixture)
{
  g_autoptr (GMenuModel) section = find_file_section (fixture);

  for (int i = 0; i < g_menu_model_get_n_items (section); i++)
    {
      GMenuModel *submenu = g_menu_model_get_item_link (section, i, G_MENU_LINK_SUBMENU);

      if (submenu != NULL)
        return submenu;
    }

  return NULL;
}

static int
count_shown (Fixture *fixture)
{
  g_autoptr (GMenuModel) submenu = find_submenu (fixture);

  return submenu != NULL ? g_menu_model_get_n_items (submenu) : 0;
}

/* An item's label or address. */
static char *
get_item (Fixture    *fixture,
          int         index,
          const char *attribute)
{
  g_autoptr (GMenuModel) submenu = find_submenu (fixture);
  char *text = NULL;

  g_assert_true (g_menu_model_get_item_attribute (submenu, index, attribute, "s", &text));

  return text;
}

static GFile *
write_experiment (const char *folder,
                  guint       number)
{
  g_autofree char *name = g_strdup_printf ("my_run_%u.experiment", number);
  g_autofree char *path = g_build_filename (folder, name, NULL);
  g_autoptr (GError) error = NULL;

  g_file_set_contents (path,
                       "[Experiment]\nTitle=Mine\n[Variables]\nA=3\n[Model]\nloss=square(A)\n"
                       "[Optimizer]\nName=gradient-descent\nLearningRate=0.1\n",
                       -1, &error);
  g_assert_no_error (error);

  return g_file_new_for_path (path);
}

typedef struct {
  Fixture    *fixture;
  const char *label;
} Expected;

static gboolean
is_first (gpointer data)
{
  Expected *expected = data;
  g_autofree char *label = NULL;

  if (count_shown (expected->fixture) == 0)
    return FALSE;
  label = get_item (expected->fixture, 0, G_MENU_ATTRIBUTE_LABEL);

  return g_str_equal (label, expected->label);
}

static void
open_file (Fixture *fixture,
           GFile   *file)
{
  g_autofree char *name = g_file_get_basename (file);
  g_auto (GStrv) parts = g_strsplit (name, "_", -1);
  g_autofree char *label = g_strjoinv ("__", parts);
  Expected expected = { fixture, label };

  g_assert_true (open_in (fixture->window, file));
  wait_until (is_first, &expected);
}

static void
activate_first (Fixture *fixture)
{
  g_autofree char *action = get_item (fixture, 0, G_MENU_ATTRIBUTE_ACTION);
  g_autofree char *uri = get_item (fixture, 0, G_MENU_ATTRIBUTE_TARGET);

  g_assert_true (gtk_widget_activate_action (GTK_WIDGET (fixture->window), action, "s", uri));
}

static GtkWidget *
find_question (void)
{
  g_autoptr (GList) toplevels = gtk_window_list_toplevels ();

  for (GList *link = toplevels; link != NULL; link = link->next)
    if (ADW_IS_MESSAGE_DIALOG (link->data))
      return link->data;

  return NULL;
}

/* A window that opens later has the same ones as soon as its menu is opened. */
static void
check_other_window (Fixture *fixture)
{
  Fixture other = *fixture;

  other.window = BP_WINDOW (bp_window_new (gtk_window_get_application (GTK_WINDOW (fixture->window)), fixture->run));
  gtk_window_present (GTK_WINDOW (other.window));
  g_assert_cmpint (count_shown (&other), ==, N_SHOWN);
  gtk_window_destroy (GTK_WINDOW (other.window));
  settle ();
}

/* None, then the latest first, no more than eight, and those that are gone left out. */
static void
test_recent (Fixture *fixture)
{
  g_autofree char *folder = make_folder ();
  g_autoptr (GMenuModel) section = find_file_section (fixture);
  int n_items = g_menu_model_get_n_items (section);

  g_assert_cmpint (count_shown (fixture), ==, 0);
  g_assert_null (find_submenu (fixture));
  for (guint i = 0; i < N_FILES; i++)
    {
      g_autoptr (GFile) file = write_experiment (folder, i);

      open_file (fixture, file);
      g_assert_cmpint (count_shown (fixture), ==, (int) MIN (i + 1, N_SHOWN));
      g_assert_cmpint (g_menu_model_get_n_items (section), ==, n_items + 1);
    }

  check_other_window (fixture);
  remove_folder (folder);
  g_signal_emit_by_name (gtk_recent_manager_get_default (), "changed");
  g_assert_null (find_submenu (fixture));
  g_assert_cmpint (g_menu_model_get_n_items (section), ==, n_items);
}

/* Opens the file, and asks first when something is not saved. */
static void
test_open (Fixture *fixture)
{
  g_autofree char *folder = make_folder ();
  g_autoptr (GFile) file = write_experiment (folder, 3);
  GtkWidget *question;

  open_file (fixture, file);
  gtk_widget_activate_action (GTK_WIDGET (fixture->window), "win.open-builtin", "s", "xor");
  g_assert_cmpstr (get_name (fixture), ==, "xor");
  activate_first (fixture);
  wait_until_opened (fixture->window);
  g_assert_cmpstr (get_name (fixture), ==, "my_run_3");

  gtk_widget_activate_action (GTK_WIDGET (fixture->window), "win.open-builtin", "s", "xor");
  bp_run_set_learning_rate (fixture->run, 0.123);
  activate_first (fixture);
  question = find_question ();
  g_assert_nonnull (question);
  g_assert_cmpstr (get_name (fixture), ==, "xor");
  adw_message_dialog_response (ADW_MESSAGE_DIALOG (question), "discard");
  gtk_window_destroy (GTK_WINDOW (question));
  settle ();
  wait_until_opened (fixture->window);
  g_assert_cmpstr (get_name (fixture), ==, "my_run_3");
  remove_folder (folder);
}

/* GTK's list forgets a date each time it changes; only a whole stack says that it is that. */
const char *__asan_default_options (void);
const char *__lsan_default_suppressions (void);

const char *
__asan_default_options (void)
{
  return "fast_unwind_on_malloc=0";
}

const char *
__lsan_default_suppressions (void)
{
  return "leak:g_date_time_new_now_utc";
}

int
main (int    argc,
      char **argv)
{
  gtk_test_init (&argc, &argv, NULL);

#define ADD(name, func) add_window_test ("/recent/" name, IN_THE_MIDDLE, func)
  ADD ("recent", test_recent);
  ADD ("open", test_open);

  return run_tests ();
}
