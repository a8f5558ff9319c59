/* test-editor-completion.c: the list of words that complete what is typed
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include <gtksourceview/gtksource.h>

#include "lib/window-fixture.h"

static GtkWidget *
find_list (gpointer view)
{
  return search_widget (view, g_type_from_name ("GtkSourceCompletionList"), NULL, NULL);
}

static gboolean
has_list (gpointer view)
{
  return find_list (view) != NULL && gtk_widget_get_mapped (find_list (view));
}

static gboolean
has_no_list (gpointer view)
{
  return !has_list (view);
}

static gboolean
has_error (gpointer view)
{
  GtkWidget *editor = gtk_widget_get_ancestor (view, g_type_from_name ("BpEditor"));

  return gtk_widget_get_visible (search_widget (editor, GTK_TYPE_BOX, has_css_class, "editor-error"));
}

/* The list is there each time, below its line and above the sentence on an error. */
static void
test_list (Fixture *fixture)
{
  GtkWidget *view;
  GtkTextBuffer *buffer;
  GtkSourceCompletion *completion;

  activate (fixture, "win.text");
  view = search_widget (GTK_WIDGET (fixture->window), GTK_SOURCE_TYPE_VIEW, NULL, NULL);
  wait_for_frame (view);
  buffer = gtk_text_view_get_buffer (GTK_TEXT_VIEW (view));
  completion = gtk_source_view_get_completion (GTK_SOURCE_VIEW (view));

  for (guint i = 0; i < 2; i++)
    {
      GtkTextIter end;
      GdkRectangle visible, word;

      gtk_text_buffer_get_end_iter (buffer, &end);
      gtk_text_buffer_insert (buffer, &end, i == 0 ? "[Model]\nx=si" : "\ny=sq", -1);
      gtk_text_buffer_place_cursor (buffer, &end);
      wait_for_frame (view);
      gtk_source_completion_show (completion);
      wait_until (has_list, view);
      wait_until (has_error, view);
      wait_for_frame (view);
      gtk_text_buffer_get_end_iter (buffer, &end);
      gtk_text_view_get_iter_location (GTK_TEXT_VIEW (view), &end, &word);
      gtk_text_view_get_visible_rect (GTK_TEXT_VIEW (view), &visible);
      g_assert_cmpint (word.y + word.height + gtk_widget_get_height (find_list (view)), <=,
                       visible.y + visible.height);
      gtk_source_completion_hide (completion);
      wait_until (has_no_list, view);
    }
}

int
main (int    argc,
      char **argv)
{
  gtk_test_init (&argc, &argv, NULL);

  add_window_test ("/editor-completion/list", (BpCursor) { 0, 0 }, test_list);

  return run_tests ();
}
