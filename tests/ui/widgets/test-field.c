/* test-field.c: what is typed is put in force or refused in words
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include <adwaita.h>

#include "base/bp-error.h"
#include "widgets/bp-integer-field.h"
#include "lib/widget-search.h"

/* Takes whatever begins with a digit, in upper case. */
static gboolean
apply_cb (BpField     *field,
          const char  *text,
          GError     **error,
          guint       *n_applied)
{
  g_autofree char *upper = g_ascii_strup (text, -1);

  (*n_applied)++;
  if (!g_ascii_isdigit (*text))
    {
      g_set_error (error, BP_ERROR, BP_ERROR_VALUE, "“%s” does not begin with a digit", text);
      return FALSE;
    }

  bp_field_set_text (field, upper);

  return TRUE;
}

static void
step_cb (G_GNUC_UNUSED BpField *field,
         int                    direction,
         int                   *sum)
{
  *sum += direction;
}

static BpField *
create_field (guint *n_applied)
{
  BpField *field = BP_FIELD (g_object_ref_sink (bp_field_new ("Size")));

  *n_applied = 0;
  g_signal_connect (field, "apply", G_CALLBACK (apply_cb), n_applied);
  bp_field_set_text (field, "1");

  return field;
}

static void
test_apply (void)
{
  guint n_applied;
  g_autoptr (BpField) field = create_field (&n_applied);

  type_text (field, " 2a ");
  g_assert_cmpuint (n_applied, ==, 1);
  g_assert_cmpstr (bp_field_get_text (field), ==, "2A");
  g_assert_cmpstr (typed_text (field), ==, "2A");

  /* What is in force already is not put in force again. */
  type_text (field, "2A ");
  g_assert_cmpuint (n_applied, ==, 1);
  g_assert_cmpstr (typed_text (field), ==, "2A");
}

static void
test_refuse (void)
{
  guint n_applied;
  g_autoptr (BpField) field = create_field (&n_applied);
  GtkWidget *entry = GTK_WIDGET (bp_field_get_entry (field));

  type_text (field, "x");
  g_assert_true (bp_field_get_refused (field));
  g_assert_cmpstr (bp_field_get_text (field), ==, "1");
  g_assert_cmpstr (typed_text (field), ==, "x");
  g_assert_cmpstr (bp_field_get_message (field), ==, "“x” does not begin with a digit. It stays 1.");
  g_assert_true (gtk_widget_has_css_class (entry, "error"));
  gtk_test_accessible_assert_state (entry, GTK_ACCESSIBLE_STATE_INVALID, GTK_ACCESSIBLE_INVALID_TRUE);

  type_text (field, "3");
  g_assert_false (bp_field_get_refused (field));
  g_assert_cmpstr (bp_field_get_message (field), ==, "");
  g_assert_false (gtk_widget_has_css_class (entry, "error"));
  gtk_test_accessible_assert_state (entry, GTK_ACCESSIBLE_STATE_INVALID, GTK_ACCESSIBLE_INVALID_FALSE);
}

static void
test_escape (void)
{
  guint n_applied;
  g_autoptr (BpField) field = create_field (&n_applied);

  type_text (field, "x");
  g_assert_true (press_key (field, GDK_KEY_Escape));
  g_assert_false (bp_field_get_refused (field));
  g_assert_cmpstr (typed_text (field), ==, "1");
  g_assert_cmpuint (n_applied, ==, 1);
}

/* A new value in force replaces what is being typed; the same value leaves it alone. */
static void
test_change_while_typing (void)
{
  guint n_applied;
  g_autoptr (BpField) field = create_field (&n_applied);

  gtk_editable_set_text (GTK_EDITABLE (bp_field_get_entry (field)), "17");
  bp_field_set_text (field, "1");
  g_assert_cmpstr (typed_text (field), ==, "17");

  bp_field_set_text (field, "4");
  g_assert_cmpstr (typed_text (field), ==, "4");
}

static void
test_leave (void)
{
  guint n_applied;
  g_autoptr (BpField) field = create_field (&n_applied);
  GtkWidget *window = gtk_window_new ();
  GtkWidget *box = gtk_box_new (GTK_ORIENTATION_VERTICAL, 0);
  GtkWidget *button = gtk_button_new_with_label ("elsewhere");

  gtk_box_append (GTK_BOX (box), GTK_WIDGET (field));
  gtk_box_append (GTK_BOX (box), button);
  gtk_window_set_child (GTK_WINDOW (window), box);
  gtk_window_present (GTK_WINDOW (window));
  gtk_test_widget_wait_for_draw (window);

  gtk_widget_grab_focus (GTK_WIDGET (bp_field_get_entry (field)));
  gtk_editable_set_text (GTK_EDITABLE (bp_field_get_entry (field)), "5");
  gtk_widget_grab_focus (button);
  settle ();
  g_assert_cmpstr (bp_field_get_text (field), ==, "5");

  /* Enter gives the keys back: nothing that takes text has the focus afterwards. */
  gtk_widget_grab_focus (GTK_WIDGET (bp_field_get_entry (field)));
  type_text (field, "6");
  g_assert_true (gtk_window_get_focus (GTK_WINDOW (window)) == GTK_WIDGET (field));
  gtk_widget_grab_focus (button);
  settle ();
  g_assert_false (gtk_widget_get_focusable (GTK_WIDGET (field)));

  /* A refused value keeps the focus, to be mended. */
  gtk_widget_grab_focus (GTK_WIDGET (bp_field_get_entry (field)));
  type_text (field, "x");
  g_assert_true (GTK_IS_EDITABLE (gtk_window_get_focus (GTK_WINDOW (window))));

  gtk_window_destroy (GTK_WINDOW (window));
  settle ();
}

static void
test_steps (void)
{
  guint n_applied;
  g_autoptr (BpField) field = create_field (&n_applied);
  int sum = 0;

  g_signal_connect (field, "step", G_CALLBACK (step_cb), &sum);
  g_assert_false (press_key (field, GDK_KEY_Up));
  g_assert_cmpint (sum, ==, 0);

  bp_field_set_steps (field, TRUE);
  g_assert_true (press_key (field, GDK_KEY_Up));
  g_assert_cmpint (sum, ==, 1);
  g_assert_true (press_key (field, GDK_KEY_Down));
  g_assert_true (press_key (field, GDK_KEY_Down));
  g_assert_cmpint (sum, ==, -1);

  bp_field_set_can_step (field, FALSE, TRUE);
  g_assert_true (press_key (field, GDK_KEY_Down));
  g_assert_cmpint (sum, ==, -1);

  /* What was typed counts before the step. */
  gtk_editable_set_text (GTK_EDITABLE (bp_field_get_entry (field)), "8");
  g_assert_true (press_key (field, GDK_KEY_Up));
  g_assert_cmpstr (bp_field_get_text (field), ==, "8");
  g_assert_cmpint (sum, ==, 0);
}

/* The buttons come when there are steps: between entry and suffix, with what was said of them before. */
static void
test_late_steps (void)
{
  guint n_applied;
  g_autoptr (BpField) field = create_field (&n_applied);
  GtkWidget *suffix = gtk_label_new ("m");
  GtkWidget *less, *more;

  g_assert_null (search_widget (GTK_WIDGET (field), GTK_TYPE_BUTTON, NULL, NULL));
  bp_field_set_can_step (field, FALSE, TRUE);
  g_object_set (field, "suffix", suffix, NULL);
  bp_field_set_title (field, "Length");
  bp_field_set_steps (field, TRUE);

  less = search_widget (GTK_WIDGET (field), GTK_TYPE_BUTTON, NULL, NULL);
  more = gtk_widget_get_next_sibling (less);
  g_assert_false (gtk_widget_get_sensitive (less));
  g_assert_true (gtk_widget_get_sensitive (more));
  gtk_test_accessible_assert_property (less, GTK_ACCESSIBLE_PROPERTY_LABEL, "Length: less (Down)");
  gtk_test_accessible_assert_property (more, GTK_ACCESSIBLE_PROPERTY_LABEL, "Length: more (Up)");
  g_assert_true (gtk_widget_get_prev_sibling (gtk_widget_get_parent (less)) == (gpointer) bp_field_get_entry (field));
  g_assert_true (gtk_widget_get_next_sibling (gtk_widget_get_parent (less)) == suffix);

  bp_field_set_title (field, "Width");
  gtk_test_accessible_assert_property (more, GTK_ACCESSIBLE_PROPERTY_LABEL, "Width: more (Up)");
  bp_field_set_steps (field, FALSE);
  g_assert_false (bp_field_get_steps (field));
}

static void
test_accessible (void)
{
  guint n_applied;
  g_autoptr (BpField) field = create_field (&n_applied);

  gtk_test_accessible_assert_role (field, GTK_ACCESSIBLE_ROLE_GROUP);
  gtk_test_accessible_assert_property (field, GTK_ACCESSIBLE_PROPERTY_LABEL, "Size");
  gtk_test_accessible_assert_relation (bp_field_get_entry (field), GTK_ACCESSIBLE_RELATION_LABELLED_BY,
                                       search_widget (GTK_WIDGET (field), GTK_TYPE_LABEL, NULL, NULL), NULL);
}

static void
test_finalize (void)
{
  guint n_applied;
  BpField *field = create_field (&n_applied);

  g_object_set (field, "suffix", gtk_button_new (), NULL);
  g_assert_finalize_object (field);
}

/* A step up and the step down after it lead back, over the whole range. */
static void
test_integer_steps (void)
{
  g_assert_cmpint (bp_integer_field_step (1, 1, 1, 1000), ==, 2);
  g_assert_cmpint (bp_integer_field_step (14, 1, 1, 1000), ==, 15);
  g_assert_cmpint (bp_integer_field_step (100, 1, 1, 1000), ==, 110);
  g_assert_cmpint (bp_integer_field_step (1400, 1, 1, 10000), ==, 1500);
  g_assert_cmpint (bp_integer_field_step (1, -1, 1, 1000), ==, 1);
  g_assert_cmpint (bp_integer_field_step (995, 1, 1, 1000), ==, 1000);
  g_assert_cmpint (bp_integer_field_step (3, 1, 5, 1000), ==, 5);

  for (gint64 value = 1, up; value < G_GINT64_CONSTANT (1000000000); value = up)
    {
      up = bp_integer_field_step (value, 1, 1, G_MAXINT64);
      g_assert_cmpint (up, >, value);
      g_assert_cmpint (up - value, <=, MAX (1, value / 10));
      g_assert_cmpint (bp_integer_field_step (up, -1, 1, G_MAXINT64), ==, value);
    }
}

static void
test_integer_show (void)
{
  guint n_applied;
  g_autoptr (BpField) field = create_field (&n_applied);
  int sum = 0;

  bp_field_set_steps (field, TRUE);
  g_signal_connect (field, "step", G_CALLBACK (step_cb), &sum);
  bp_integer_field_show (field, 1, 1, 2);
  g_assert_cmpstr (bp_field_get_text (field), ==, "1");
  press_key (field, GDK_KEY_Down);
  g_assert_cmpint (sum, ==, 0);
  press_key (field, GDK_KEY_Up);
  g_assert_cmpint (sum, ==, 1);

  bp_integer_field_show (field, 2, 1, 2);
  press_key (field, GDK_KEY_Up);
  g_assert_cmpint (sum, ==, 1);
}

int
main (int    argc,
      char **argv)
{
  gtk_test_init (&argc, &argv, NULL);
  adw_init ();

  g_test_add_func ("/field/apply", test_apply);
  g_test_add_func ("/field/refuse", test_refuse);
  g_test_add_func ("/field/escape", test_escape);
  g_test_add_func ("/field/change-while-typing", test_change_while_typing);
  g_test_add_func ("/field/leave", test_leave);
  g_test_add_func ("/field/steps", test_steps);
  g_test_add_func ("/field/late-steps", test_late_steps);
  g_test_add_func ("/field/accessible", test_accessible);
  g_test_add_func ("/field/finalize", test_finalize);
  g_test_add_func ("/field/integer/steps", test_integer_steps);
  g_test_add_func ("/field/integer/show", test_integer_show);

  return g_test_run ();
}
