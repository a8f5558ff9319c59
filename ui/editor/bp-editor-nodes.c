/* bp-editor-nodes.c: lines of the text and nodes of the graph
 *
 * The line of the cursor selects its node until the run goes on, and a node that is selected elsewhere gets the cursor
 * to its line. A name below the pointer is said in a tooltip.
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "editor/bp-editor-private.h"

#include <string.h>

#include "explain/bp-explain.h"
#include "graph/bp-expression.h"
#include "graph/bp-node-inspector.h"

static BpGraph *
get_graph (BpEditor *self)
{
  return bp_trainer_get_graph (bp_run_get_trainer (self->run));
}

/* What stands before "=" in the line. */
static char *
dup_key (BpEditor *self,
         int       line)
{
  g_autofree char *text = NULL;
  GtkTextIter start, end;

  gtk_text_buffer_get_iter_at_line (GTK_TEXT_BUFFER (self->buffer), &start, line);
  end = start;
  if (!gtk_text_iter_ends_line (&end))
    gtk_text_iter_forward_to_line_end (&end);
  text = gtk_text_iter_get_slice (&start, &end);

  return strchr (text, '=') != NULL ? g_strstrip (g_strndup (text, strcspn (text, "="))) : NULL;
}

static void
select_node (BpEditor *self,
             guint     node)
{
  const BpCursor cursor = bp_trainer_get_cursor (bp_run_get_trainer (self->run));

  self->selected_node = node;
  self->has_selected = node != BP_NODE_NONE;
  self->selected_at = cursor;
  bp_run_set_selected_node (self->run, node);
}

static void
cursor_cb (BpEditor *self)
{
  GtkTextBuffer *buffer = GTK_TEXT_BUFFER (self->buffer);
  g_autofree char *key = NULL;
  GtkTextIter iter;
  guint node;
  int line;

  gtk_text_buffer_get_iter_at_mark (buffer, &iter, gtk_text_buffer_get_insert (buffer));
  line = gtk_text_iter_get_line (&iter);
  if (line == self->line || self->is_setting || !gtk_widget_has_focus (GTK_WIDGET (self->view)))
    return;

  self->line = line;
  key = dup_key (self, line);
  node = key != NULL ? bp_graph_find (get_graph (self), key) : BP_NODE_NONE;
  if (node != BP_NODE_NONE || self->has_selected)
    select_node (self, node);
}

/* The line that says @node: that of its name, or of the named node that it is a part of. */
static int
find_line (BpEditor *self,
           guint     node)
{
  BpGraph *graph = get_graph (self);
  const int n_lines = gtk_text_buffer_get_line_count (GTK_TEXT_BUFFER (self->buffer));

  while (bp_graph_is_anonymous (graph, node) && node + 1 < bp_graph_get_n_nodes (graph))
    node++;
  for (int line = 0; line < n_lines; line++)
    {
      g_autofree char *key = dup_key (self, line);

      if (g_strcmp0 (key, bp_graph_get_name (graph, node)) == 0)
        return line;
    }

  return -1;
}

static void
go_to_line (BpEditor *self,
            int       line)
{
  GtkTextBuffer *buffer = GTK_TEXT_BUFFER (self->buffer);
  GtkTextIter iter;

  self->line = line;
  gtk_text_buffer_get_iter_at_line (buffer, &iter, line);
  gtk_text_buffer_place_cursor (buffer, &iter);
  gtk_text_view_scroll_to_mark (GTK_TEXT_VIEW (self->view), gtk_text_buffer_get_insert (buffer), 0.1, FALSE, 0, 0);
}

static void
run_changed_cb (BpEditor *self)
{
  const guint node = bp_run_get_selected_node (self->run);
  const BpCursor cursor = bp_trainer_get_cursor (bp_run_get_trainer (self->run));

  if (node != self->selected_node)
    {
      const int line = node != BP_NODE_NONE ? find_line (self, node) : -1;

      self->selected_node = node;
      self->has_selected = FALSE;
      if (line >= 0)
        go_to_line (self, line);
    }
  else if (self->has_selected && (cursor.iteration != self->selected_at.iteration
                                  || cursor.instruction != self->selected_at.instruction))
    select_node (self, BP_NODE_NONE);
}

/* Names */

/* The name at @iter, which may be in a comment. */
static char *
dup_name (const GtkTextIter *iter)
{
  GtkTextIter start = *iter, end = *iter, before = *iter;

  while (g_ascii_isalnum ((char) gtk_text_iter_get_char (&end)) || gtk_text_iter_get_char (&end) == '_')
    gtk_text_iter_forward_char (&end);
  while (gtk_text_iter_backward_char (&before)
         && (g_ascii_isalnum ((char) gtk_text_iter_get_char (&before)) || gtk_text_iter_get_char (&before) == '_'))
    start = before;

  return gtk_text_iter_get_slice (&start, &end);
}

char *
bp_editor_describe_name (BpEditor   *editor,
                         const char *name)
{
  BpTrainer *trainer = bp_run_get_trainer (editor->run);
  const guint node = bp_graph_find (get_graph (editor), name);
  const gboolean is_hidden = bp_run_get_gradients_hidden (editor->run);
  g_autofree char *signature = NULL;
  BpOp op;

  if (node != BP_NODE_NONE && !bp_graph_is_anonymous (get_graph (editor), node))
    return bp_node_inspector_describe (trainer, node, is_hidden
                                       && bp_graph_get_op (get_graph (editor), node) == BP_OP_VARIABLE, is_hidden);
  if (!bp_op_find (name, &op))
    return NULL;

  signature = bp_expression_get_signature (op);

  return g_strdup_printf ("%s\n%s", signature, bp_explain_get_op_meaning (op));
}

static gboolean
query_tooltip_cb (BpEditor   *self,
                  int         x,
                  int         y,
                  gboolean    is_keyboard,
                  GtkTooltip *tooltip)
{
  GtkTextView *view = GTK_TEXT_VIEW (self->view);
  g_autofree char *name = NULL;
  g_autofree char *text = NULL;
  GtkTextIter iter;

  if (is_keyboard)
    gtk_text_buffer_get_iter_at_mark (GTK_TEXT_BUFFER (self->buffer), &iter,
                                      gtk_text_buffer_get_insert (GTK_TEXT_BUFFER (self->buffer)));
  else
    {
      gtk_text_view_window_to_buffer_coords (view, GTK_TEXT_WINDOW_WIDGET, x, y, &x, &y);
      if (!gtk_text_view_get_iter_at_location (view, &iter, x, y))
        return FALSE;
    }
  name = dup_name (&iter);
  text = *name != '\0' ? bp_editor_describe_name (self, name) : NULL;
  gtk_tooltip_set_text (tooltip, text);

  return text != NULL;
}

void
bp_editor_nodes_init (BpEditor *self)
{
  self->line = -1;
  self->selected_node = BP_NODE_NONE;
  gtk_widget_set_has_tooltip (GTK_WIDGET (self->view), TRUE);
  g_signal_connect_object (self->view, "query-tooltip", G_CALLBACK (query_tooltip_cb), self, G_CONNECT_SWAPPED);
  g_signal_connect_object (self->buffer, "notify::cursor-position", G_CALLBACK (cursor_cb), self, G_CONNECT_SWAPPED);
  g_signal_connect_object (self->run, "changed", G_CALLBACK (run_changed_cb), self, G_CONNECT_SWAPPED);
}
