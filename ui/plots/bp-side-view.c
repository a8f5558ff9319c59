/* bp-side-view.c: a run and its reference runs side by side, as a widget
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "plots/bp-side-view.h"

#include <glib/gi18n-lib.h>
#include <inttypes.h>

#include "plots/bp-plot-view.h"
#include "plots/bp-side-by-side.h"

#define SPACING 10

/* Between the plots of a column, and within what spans several rows. */
#define GAP 8

/* A column: the run itself, or one that follows it. */
typedef struct {
  BpRun      *run;
  GtkLabel   *sentence;
  BpPlotView *views[BP_COLUMN_PLOTS];
} Column;

struct _BpSideView {
  GtkBox     parent_instance;

  BpRun     *run;
  GtkWidget *row;
  GtkWidget *status; /* where all stand, and what they have in common */
  GtkWidget *box;
  char      *common;
  GtkSizeGroup *heads; /* so that the plots below are as high in all columns */
  Column     columns[BP_MAX_COLUMNS];
  char     **titles;
  guint      n_columns; /* 0 while it is not mapped */
  guint      n_references; /* that they were made of */
  guint      tick;
  gboolean   is_brief;
};

G_DEFINE_FINAL_TYPE (BpSideView, bp_side_view, GTK_TYPE_BOX)

/* What the columns show */

/* Legends need room: with large type the plot in the middle makes it. */
static void
update_brief (BpSideView *self)
{
  for (guint i = 0; i < self->n_columns; i++)
    gtk_widget_set_visible (GTK_WIDGET (self->columns[i].views[1]), !self->is_brief);
}

static void
share_axes (BpSideView *self)
{
  for (guint i = 0; i < BP_COLUMN_PLOTS; i++)
    {
      const BpPlot *plots[BP_MAX_COLUMNS];
      BpPlotFrame shared;

      for (guint j = 0; j < self->n_columns; j++)
        plots[j] = bp_plot_view_get_plot (self->columns[j].views[i]);
      bp_columns_share (plots, self->n_columns, &shared);
      for (guint j = 0; j < self->n_columns; j++)
        bp_plot_view_set_shared (self->columns[j].views[i], &shared);
    }
}

static char *
describe_status (BpSideView *self)
{
  BpTrainer *leader = bp_run_get_trainer (bp_run_get_leader (self->run));
  g_autoptr (GString) string = g_string_new (NULL);

  /* Translators: where the runs side by side stand. */
  g_string_append_printf (string, _("Iteration %" PRId64 " of %" PRId64), bp_trainer_get_cursor (leader).iteration,
                          bp_trainer_get_n_iterations (leader));
  for (guint i = 0; i < self->n_columns; i++)
    {
      BpTrainer *trainer = bp_run_get_trainer (self->columns[i].run);

      if (bp_trainer_get_status (trainer) == BP_STATUS_DIVERGED)
        /* Translators: appended to where runs stand: which run ended early, "η = 3", and in which iteration. */
        g_string_append_printf (string, _(" – %s diverged in iteration %" PRId64), self->titles[i],
                                bp_trainer_get_cursor (trainer).iteration + 1);
    }
  if (*self->common != '\0')
    g_string_append_printf (string, " – %s", self->common);

  return g_string_free (g_steal_pointer (&string), FALSE);
}

static void
update_texts (BpSideView *self)
{
  g_autofree char *status = describe_status (self);

  gtk_label_set_label (GTK_LABEL (self->status), status);
  for (guint i = 0; i < self->n_columns; i++)
    {
      Column *column = &self->columns[i];
      g_autofree char *text = NULL;

      if (!bp_run_get_gradients_hidden (column->run))
        text = bp_columns_describe_run (bp_run_get_trainer (column->run), bp_plot_view_get_plot (column->views[0]),
                                        bp_plot_view_get_plot (column->views[BP_COLUMN_PLOTS - 1]));
      gtk_label_set_label (column->sentence, text != NULL ? text : "");
    }
}

/* Axes that change change what lies within them: the second time they stay. */
static void
update (BpSideView *self)
{
  share_axes (self);
  share_axes (self);
  update_texts (self);
}

/* Following */

static gboolean
tick_cb (GtkWidget              *widget,
         GdkFrameClock          *frame_clock,
         G_GNUC_UNUSED gpointer  data)
{
  BpSideView *self = BP_SIDE_VIEW (widget);
  gboolean is_any = FALSE;

  for (guint i = 0; i < self->n_columns; i++)
    if (self->columns[i].run != self->run && self->columns[i].run != bp_run_get_leader (self->run))
      {
        bp_run_advance (self->columns[i].run, gdk_frame_clock_get_frame_time (frame_clock));
        is_any |= bp_run_get_playing (self->columns[i].run);
      }
  update (self);
  if (is_any)
    return G_SOURCE_CONTINUE;

  self->tick = 0;

  return G_SOURCE_REMOVE;
}

/* The node that the run has selected, by its name, with its element: another batch size gives a node other elements,
 * and another expression the graph other nodes. */
static void
follow_selection (BpSideView *self,
                  BpRun      *run)
{
  const guint selected = bp_run_get_selected_node (self->run);
  const gssize element = bp_run_get_selected_element (self->run);
  BpGraph *graph = bp_trainer_get_graph (bp_run_get_trainer (run));
  guint node = BP_NODE_NONE;

  if (selected != BP_NODE_NONE)
    node = bp_graph_find (graph, bp_graph_get_name (bp_trainer_get_graph (bp_run_get_trainer (self->run)), selected));
  if (node != BP_NODE_NONE && element < (gssize) bp_graph_get_n_elements (graph, node))
    bp_run_select_element (run, node, element);
  else
    bp_run_set_selected_node (run, node);
}

/* To where the leader is, with what the run selects and hides. A long way is under way then. */
static void
follow (BpSideView *self,
        Column     *column)
{
  BpRun *leader = bp_run_get_leader (self->run);
  BpCursor cursor = bp_columns_get_cursor (bp_run_get_trainer (column->run), bp_run_get_trainer (leader));
  BpCursor now = bp_run_get_destination (column->run);

  bp_run_set_predict_first (column->run, bp_run_get_predict_first (self->run));
  if (column->run != leader && (now.iteration != cursor.iteration || now.instruction != cursor.instruction))
    bp_run_seek (column->run, cursor);
  if (!bp_run_get_gradients_hidden (self->run))
    bp_run_reveal_gradients (column->run);
  follow_selection (self, column->run);
  if (bp_run_get_playing (column->run) && self->tick == 0)
    self->tick = gtk_widget_add_tick_callback (GTK_WIDGET (self), tick_cb, NULL, NULL);
}

/* Making columns */

static GtkWidget *
add_label (GtkWidget  *box,
           const char *class)
{
  GtkWidget *label = g_object_new (GTK_TYPE_LABEL, "xalign", 0.0, "yalign", 0.0, "wrap", TRUE, "width-chars", 12, NULL);

  gtk_widget_add_css_class (label, class);
  gtk_box_append (GTK_BOX (box), label);

  return label;
}

static void
add_views (BpSideView *self,
           Column     *column,
           GtkWidget  *box)
{
  static const int rows[BP_COLUMN_PLOTS] = { 4, 3, 3 }; /* how high they are beside each other */
  BpPlotKind kinds[BP_COLUMN_PLOTS];
  GtkWidget *grid = g_object_new (GTK_TYPE_GRID, "row-homogeneous", TRUE, "row-spacing", GAP, NULL);
  int row = 0;

  bp_columns_get_kinds (bp_run_get_trainer (self->run), kinds);
  for (guint i = 0; i < BP_COLUMN_PLOTS; i++)
    {
      GtkWidget *view = bp_plot_view_new (kinds[i]);

      column->views[i] = BP_PLOT_VIEW (view);
      bp_plot_view_set_shared (column->views[i], &(BpPlotFrame) { 0 });
      bp_plot_view_set_run (column->views[i], column->run);
      gtk_widget_add_css_class (view, "card");
      gtk_widget_set_vexpand (view, TRUE);
      gtk_widget_set_hexpand (view, TRUE);
      gtk_grid_attach (GTK_GRID (grid), view, 0, row, 1, rows[i]);
      row += rows[i];
    }
  gtk_box_append (GTK_BOX (box), grid);
}

static void
add_column (BpSideView         *self,
            const BpExperiment *experiment,
            const char         *title,
            gboolean            is_own)
{
  Column *column = &self->columns[self->n_columns++];
  GtkWidget *box = gtk_box_new (GTK_ORIENTATION_VERTICAL, SPACING);
  GtkWidget *head = gtk_box_new (GTK_ORIENTATION_VERTICAL, 0);
  GtkWidget *heading;

  column->run = is_own ? g_object_ref (self->run) : bp_run_new (experiment);
  gtk_widget_add_css_class (head, "card");
  gtk_widget_add_css_class (head, "column-head");
  gtk_box_append (GTK_BOX (box), head);
  gtk_size_group_add_widget (self->heads, head);
  heading = add_label (head, "heading");
  gtk_label_set_label (GTK_LABEL (heading), title);
  column->sentence = GTK_LABEL (add_label (head, "sentence"));
  add_views (self, column, box);
  gtk_widget_set_hexpand (box, TRUE);
  gtk_box_append (GTK_BOX (self->box), box);
}

static void
remove_columns (BpSideView *self)
{
  GtkWidget *child;

  while ((child = gtk_widget_get_first_child (self->box)) != NULL)
    gtk_box_remove (GTK_BOX (self->box), child);
  if (self->run != NULL)
    bp_run_set_others (self->run, NULL);
  for (guint i = 0; i < self->n_columns; i++)
    g_clear_object (&self->columns[i].run);
  self->n_columns = 0;
  g_clear_pointer (&self->common, g_free);
  g_clear_pointer (&self->titles, g_strfreev);
  if (self->tick != 0)
    gtk_widget_remove_tick_callback (GTK_WIDGET (self), self->tick);
  self->tick = 0;
}

/* Makes them anew if there are others: kept runs come and go, and the run itself may have got other settings. */
static void
make_columns (BpSideView *self)
{
  const GPtrArray *references = bp_run_get_references (self->run);
  g_autoptr (GPtrArray) others = g_ptr_array_new_with_free_func (g_object_unref);
  g_auto (BpColumns) columns = { 0 };

  bp_columns_init (&columns, bp_run_get_trainer (self->run), references);
  if (self->n_columns == columns.n && self->n_references == references->len
      && g_strv_equal ((const char * const *) self->titles, (const char * const *) columns.titles))
    return;

  remove_columns (self);
  self->common = bp_columns_describe (&columns);
  self->titles = g_strdupv (columns.titles);
  self->n_references = references->len;
  for (guint i = 0; i < columns.n; i++)
    {
      add_column (self, columns.experiments[i], columns.titles[i], i == columns.own);
      if (i == columns.own)
        continue;
      follow (self, &self->columns[i]);
      g_ptr_array_add (others, g_object_ref (self->columns[i].run));
    }
  bp_run_set_others (self->run, others);
  update_brief (self);
}

static void
changed_cb (BpSideView *self)
{
  if (!gtk_widget_get_mapped (GTK_WIDGET (self)))
    return;

  make_columns (self);
  for (guint i = 0; i < self->n_columns; i++)
    if (self->columns[i].run != self->run)
      follow (self, &self->columns[i]);
  update (self);
}

/* Another model, or another learning rate from the start. */
static void
rebuilt_cb (BpSideView *self)
{
  remove_columns (self);
}

static void
bp_side_view_map (GtkWidget *widget)
{
  GTK_WIDGET_CLASS (bp_side_view_parent_class)->map (widget);
  changed_cb (BP_SIDE_VIEW (widget));
}

static void
bp_side_view_unmap (GtkWidget *widget)
{
  GTK_WIDGET_CLASS (bp_side_view_parent_class)->unmap (widget);
  remove_columns (BP_SIDE_VIEW (widget));
}

/* The object */

static void
bp_side_view_dispose (GObject *object)
{
  BpSideView *self = BP_SIDE_VIEW (object);

  if (self->box != NULL)
    remove_columns (self);
  g_clear_object (&self->heads);
  bp_side_view_set_run (self, NULL);

  G_OBJECT_CLASS (bp_side_view_parent_class)->dispose (object);
}

static void
bp_side_view_class_init (BpSideViewClass *klass)
{
  GObjectClass *object_class = G_OBJECT_CLASS (klass);
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  object_class->dispose = bp_side_view_dispose;
  widget_class->map = bp_side_view_map;
  widget_class->unmap = bp_side_view_unmap;
  gtk_widget_class_set_css_name (widget_class, "sideview");
  gtk_widget_class_set_accessible_role (widget_class, GTK_ACCESSIBLE_ROLE_GROUP);
}

static void
bp_side_view_init (BpSideView *self)
{
  gtk_orientable_set_orientation (GTK_ORIENTABLE (self), GTK_ORIENTATION_VERTICAL);
  gtk_box_set_spacing (GTK_BOX (self), SPACING);
  self->row = gtk_box_new (GTK_ORIENTATION_HORIZONTAL, SPACING);
  gtk_widget_add_css_class (self->row, "column-status");
  gtk_box_append (GTK_BOX (self), self->row);
  self->status = g_object_new (GTK_TYPE_LABEL, "xalign", 0.0, "hexpand", TRUE, "ellipsize", PANGO_ELLIPSIZE_END, NULL);
  gtk_box_append (GTK_BOX (self->row), self->status);
  gtk_box_append (GTK_BOX (self->row),
                  g_object_new (GTK_TYPE_BUTTON, "label", _("Sweep…"), "action-name", "win.sweep", "focus-on-click",
                                FALSE, "tooltip-text", _("Other values to compare"), NULL));
  gtk_box_append (GTK_BOX (self->row),
                  g_object_new (GTK_TYPE_BUTTON, "label", _("Close"), "action-name", "win.side-by-side",
                                "focus-on-click", FALSE, "tooltip-text", _("Back to the run alone (S)"), NULL));
  self->box = g_object_new (GTK_TYPE_BOX, "spacing", SPACING, "homogeneous", TRUE, "vexpand", TRUE, NULL);
  gtk_box_append (GTK_BOX (self), self->box);
  self->heads = gtk_size_group_new (GTK_SIZE_GROUP_VERTICAL);
}

void
bp_side_view_set_run (BpSideView *self,
                      BpRun      *run)
{
  g_return_if_fail (BP_IS_SIDE_VIEW (self));

  if (!bp_run_watch (&self->run, run, self) || run == NULL)
    return;

  g_signal_connect_object (run, "changed", G_CALLBACK (changed_cb), self, G_CONNECT_SWAPPED);
  g_signal_connect_object (run, "rebuilt", G_CALLBACK (rebuilt_cb), self, G_CONNECT_SWAPPED);
}

void
bp_side_view_set_brief (BpSideView *view,
                        gboolean    is_brief)
{
  g_return_if_fail (BP_IS_SIDE_VIEW (view));

  view->is_brief = is_brief;
  update_brief (view);
}
