/* bp-plot-panes-row.c: which plots stand in the row, and where
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "plots/bp-plot-layout.h"
#include "plots/bp-plot-panes-private.h"

#define SPACING 10

/* A plot is at least so wide, but four have room in any case. */
#define LEAST_WIDTH 240
#define N_ALWAYS 4
#define N_IN_LECTURE 3

/* In a lecture so many times the height of type, for legends and names; more where regions are drawn, or runs with
 * names of more characters are compared. */
#define LEAST_EMS 12
#define MORE_EMS 17
#define SHORT_NAME 12

/* Which columns there are */

/* Whether the plot of the data is made of @kind: of bars it is a histogram, of a grid regions. */
static gboolean
has_layer (BpPlotPanes *self,
           BpLayerKind  kind)
{
  const BpPlot *data = bp_plot_view_get_plot (BP_PLOT_VIEW (self->panes[BP_PLOT_DATA].view));

  for (guint i = 0; data != NULL && i < data->layers->len; i++)
    if (bp_plot_get_layer (data, i)->kind == kind)
      return TRUE;

  return FALSE;
}

/* The least needed of four where there is room for three: a histogram, which the others do not need, or the
 * parameters. */
static BpPlotKind
find_last (BpPlotPanes      *self,
           const BpPlotKind *kinds)
{
  for (guint i = 0; i < N_ALWAYS; i++)
    if (!self->panes[kinds[i]].shown)
      return BP_N_PLOTS;

  return has_layer (self, BP_LAYER_BARS) ? BP_PLOT_DATA : BP_PLOT_VARIABLE;
}

/* In a lecture the parameters and the loss come after the others of the first four, the least needed of those last. */
static guint
list_kinds (BpPlotPanes *self,
            BpPlotKind  *kinds)
{
  guint n = self->run != NULL ? bp_plot_list_kinds (bp_run_get_trainer (self->run), kinds) : 0;

  if (self->arrangement == BP_PLOTS_BESIDE || n == 0 || kinds[0] != BP_PLOT_VARIABLE)
    return n;

  const BpPlotKind in_lecture[N_ALWAYS] = { kinds[3], kinds[2], kinds[0], kinds[1] };
  const BpPlotKind last = self->arrangement == BP_PLOTS_THREE ? find_last (self, kinds) : BP_N_PLOTS;
  for (guint i = 0, j = 0; i < N_ALWAYS; i++)
    if (in_lecture[i] != last)
      kinds[j++] = in_lecture[i];
  if (last < BP_N_PLOTS)
    kinds[N_ALWAYS - 1] = last;

  return n;
}

static void
append_kind (BpPlotPanes *self,
             BpPlotKind   kind)
{
  Column *last = self->n_columns > 0 ? &self->columns[self->n_columns - 1] : NULL;

  if (self->arrangement == BP_PLOTS_STACKED && kind == BP_PLOT_LOSS && last != NULL
      && last->kinds[0] == BP_PLOT_VARIABLE)
    last->kinds[last->n++] = kind;
  else
    self->columns[self->n_columns++] = (Column) { { kind }, 1 };
}

void
bp_plot_panes_find_columns (BpPlotPanes *self)
{
  BpPlotKind kinds[BP_N_PLOTS];
  guint n = list_kinds (self, kinds);

  self->n_columns = 0;
  if (self->maximized != BP_N_PLOTS)
    append_kind (self, self->maximized);
  for (guint i = 0; i < n && self->maximized == BP_N_PLOTS; i++)
    if (self->panes[kinds[i]].shown)
      append_kind (self, kinds[i]);
}

/* Where they lie */

void
bp_plot_panes_measure (GtkWidget     *widget,
                       GtkOrientation orientation,
                       int            for_size,
                       int           *minimum,
                       int           *natural,
                       int           *minimum_baseline,
                       int           *natural_baseline)
{
  BpPlotPanes *self = BP_PLOT_PANES (widget);
  const int n = (int) MIN (self->n_columns, self->arrangement == BP_PLOTS_BESIDE ? N_ALWAYS : N_IN_LECTURE);

  *minimum = *natural = 0;
  *minimum_baseline = *natural_baseline = -1;
  for (guint i = 0; i < self->n_columns; i++)
    for (guint j = 0; j < self->columns[i].n; j++)
      {
        const int n_rows = orientation == GTK_ORIENTATION_VERTICAL ? (int) self->columns[i].n : 1;
        int least, usual;

        gtk_widget_measure (self->panes[self->columns[i].kinds[j]].overlay, orientation,
                            orientation == GTK_ORIENTATION_VERTICAL ? -1 : for_size, &least, &usual, NULL, NULL);
        *minimum = MAX (*minimum, n_rows * (least + SPACING) - SPACING);
        *natural = MAX (*natural, n_rows * (usual + SPACING) - SPACING);
      }
  if (orientation == GTK_ORIENTATION_HORIZONTAL && n > 0)
    {
      *minimum = n * (*minimum + SPACING) - SPACING;
      *natural = n * (*natural + SPACING) - SPACING;
    }
}

static gboolean
has_long_names (BpPlotPanes *self)
{
  const BpPlot *loss = bp_plot_view_get_plot (BP_PLOT_VIEW (self->panes[BP_PLOT_LOSS].view));

  for (guint i = 0; loss != NULL && i < loss->layers->len; i++)
    {
      const BpLayer *layer = bp_plot_get_layer (loss, i);

      if (layer->is_strong && g_utf8_strlen (layer->label, -1) > SHORT_NAME)
        return TRUE;
    }

  return FALSE;
}

/* The height of type in pixels. */
static int
get_em (BpPlotPanes *self)
{
  PangoContext *context = gtk_widget_get_pango_context (GTK_WIDGET (self));
  const BpPlotStyle style = { .font = pango_context_get_font_description (context) };

  return (int) bp_plot_style_get_font_size (&style);
}

static guint
get_most (BpPlotPanes *self,
          int          width)
{
  int least;

  if (self->arrangement == BP_PLOTS_BESIDE)
    return MAX ((guint) (width + SPACING) / (LEAST_WIDTH + SPACING), N_ALWAYS);

  least = get_em (self) * (has_layer (self, BP_LAYER_GRID) || has_long_names (self) ? MORE_EMS : LEAST_EMS);

  return CLAMP ((guint) (width + SPACING) / (guint) (least + SPACING), 1, N_IN_LECTURE);
}

/* Lines and bars beside each other take half as much again as one of both. */
static int
get_weight (const Column *column,
            gboolean      has_wide)
{
  return has_wide && column->kinds[0] == BP_PLOT_GRADIENTS ? 3 : 2;
}

static void
allocate_column (BpPlotPanes *self,
                 guint        index,
                 int          x,
                 int          width,
                 int          height)
{
  const Column *column = &self->columns[index];
  const gboolean is_seen = index >= self->first && index < self->first + self->n_fit;
  const int row_height = (height + SPACING) / (int) column->n - SPACING;

  for (guint i = 0; i < column->n; i++)
    {
      GtkWidget *overlay = self->panes[column->kinds[i]].overlay;
      const int y = (int) i * (row_height + SPACING);

      gtk_widget_set_child_visible (overlay, is_seen);
      if (is_seen)
        gtk_widget_size_allocate (overlay, &(GtkAllocation) { x, y, width, MAX (row_height, 1) }, -1);
    }
}

gboolean
bp_plot_panes_place (BpPlotPanes *self,
                     int          width,
                     int          height)
{
  const guint n_fit = MIN (self->n_columns, get_most (self, width));
  const gboolean has_more = n_fit < self->n_columns;
  int more_width = 0;

  self->n_fit = n_fit;
  self->first = MIN (self->first, self->n_columns - n_fit);
  gtk_widget_set_child_visible (self->more, has_more);
  gtk_widget_measure (self->more, GTK_ORIENTATION_HORIZONTAL, -1, &more_width, NULL, NULL, NULL);
  if (has_more)
    gtk_widget_size_allocate (self->more, &(GtkAllocation) { width - more_width, 0, more_width, height }, -1);
  else
    more_width = 0;

  const int room = width - more_width + SPACING;
  const gboolean has_wide = self->arrangement == BP_PLOTS_BESIDE && room >= (int) n_fit * LEAST_WIDTH;
  int all = 0;
  int start = 0;
  for (guint i = self->first; i < self->first + n_fit; i++)
    all += get_weight (&self->columns[i], has_wide);
  for (guint i = 0; i < self->n_columns; i++)
    {
      const gboolean is_seen = i >= self->first && i < self->first + n_fit;
      const int end = start + (is_seen ? get_weight (&self->columns[i], has_wide) : 0);

      allocate_column (self, i, room * start / all, MAX (room * end / all - room * start / all - SPACING, 1), height);
      start = end;
    }

  return has_more;
}
