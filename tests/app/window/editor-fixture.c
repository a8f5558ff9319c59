/* editor-fixture.c: the text beside the graph, for tests
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "app/window/editor-fixture.h"

#include <gtksourceview/gtksource.h>

GtkTextBuffer *
get_text_buffer (Fixture *fixture)
{
  GtkWidget *view = search_widget (GTK_WIDGET (fixture->window), GTK_SOURCE_TYPE_VIEW, NULL, NULL);

  return view != NULL ? gtk_text_view_get_buffer (GTK_TEXT_VIEW (view)) : NULL;
}

char *
dup_editor_text (Fixture *fixture)
{
  GtkTextIter start, end;

  gtk_text_buffer_get_bounds (get_text_buffer (fixture), &start, &end);

  return gtk_text_buffer_get_text (get_text_buffer (fixture), &start, &end, TRUE);
}

void
retype (Fixture    *fixture,
        const char *from,
        const char *to)
{
  GtkTextBuffer *buffer = get_text_buffer (fixture);
  GtkTextIter start, end;

  gtk_text_buffer_get_start_iter (buffer, &start);
  g_assert_true (gtk_text_iter_forward_search (&start, from, GTK_TEXT_SEARCH_TEXT_ONLY, &start, &end, NULL));
  gtk_text_buffer_begin_user_action (buffer);
  gtk_text_buffer_delete (buffer, &start, &end);
  gtk_text_buffer_insert (buffer, &start, to, -1);
  gtk_text_buffer_end_user_action (buffer);
}

const char *
get_error (gpointer window)
{
  GtkWidget *bar = search_widget (window, GTK_TYPE_BOX, has_css_class, "editor-error");

  return gtk_widget_get_visible (bar) ? gtk_label_get_text (GTK_LABEL (gtk_widget_get_first_child (bar))) : NULL;
}

gboolean
has_error (gpointer window)
{
  return get_error (window) != NULL;
}

gboolean
has_no_error (gpointer window)
{
  return get_error (window) == NULL;
}

gboolean
is_chip_shown (Fixture *fixture)
{
  return gtk_widget_get_visible (search_widget (GTK_WIDGET (fixture->window), GTK_TYPE_LABEL, has_css_class, "chip"));
}
