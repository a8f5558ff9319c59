/* bp-figure-columns.c: a run and its reference runs side by side, as in the window
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "figures/bp-figure-private.h"

#include <glib/gi18n-lib.h>
#include <inttypes.h>

#include "explain/bp-explain-draw.h"
#include "plots/bp-side-by-side.h"

/* Distances as multiples of the font size. */
#define GAP 0.75
#define TITLE_SIZE 1.0
#define TEXT_SIZE 0.9

/* How high the plots of a column are beside each other. */
#define FIRST_SHARE 0.4

/* Operations that it takes to bring a column to where the run is, at most: a part of a second. */
#define MAX_WORK (1 << 27)

/* Plots that are built once more after their axes have been shared, which may change what lies within them. */
#define N_PASSES 3

struct _BpFigureColumns {
  BpColumns  columns;
  BpPlotKind kinds[BP_COLUMN_PLOTS];
  BpTrainer *followers[BP_MAX_COLUMNS]; /* NULL for the run itself */
  BpPlot    *plots[BP_MAX_COLUMNS][BP_COLUMN_PLOTS];
  char      *sentences[BP_MAX_COLUMNS];
};

static BpTrainer *
get_trainer (const BpFigure *figure,
             guint           column)
{
  BpTrainer *follower = figure->columns->followers[column];

  return follower != NULL ? follower : figure->trainer;
}

static BpTrainer *
get_leader (const BpFigure *figure)
{
  return figure->options.leader != NULL ? figure->options.leader : figure->trainer;
}

/* One that goes too far stays on the way, which its sentence says. */
static BpTrainer *
create_follower (const BpExperiment *experiment,
                 BpTrainer          *leader)
{
  BpTrainer *trainer = bp_trainer_new_sliced (experiment, NULL);

  if (trainer == NULL)
    return NULL;

  bp_trainer_continue (trainer, G_MAXSIZE, G_MAXINT64);
  bp_trainer_seek (trainer, bp_columns_get_cursor (trainer, leader));
  if (bp_trainer_continue (trainer, MAX_WORK, G_MAXINT64))
    bp_trainer_stop (trainer);

  return trainer;
}

static void
take_plots (BpFigure          *figure,
            guint              index,
            const BpPlotFrame *shared)
{
  BpFigureColumns *self = figure->columns;
  BpPlotOptions options = figure->options.plot;

  options.shared = shared;
  for (guint i = 0; i < self->columns.n; i++)
    {
      g_clear_pointer (&self->plots[i][index], bp_plot_free);
      self->plots[i][index] = bp_plot_new_from_trainer (self->kinds[index], get_trainer (figure, i), &options, NULL);
    }
}

static char *
describe_run (const BpFigure *figure,
              guint           column)
{
  BpTrainer *trainer = get_trainer (figure, column);
  gint64 iteration = bp_trainer_get_cursor (trainer).iteration;
  BpPlot * const *plots = figure->columns->plots[column];
  char *text = bp_columns_describe_run (trainer, plots[0], plots[BP_COLUMN_PLOTS - 1]);

  if (bp_trainer_get_status (trainer) == BP_STATUS_DIVERGED
      || iteration >= MIN (bp_trainer_get_cursor (get_leader (figure)).iteration,
                           bp_trainer_get_n_iterations (trainer)))
    return text;

  /* Translators: of a run that is too long for a figure: how far it was run, and what it did. */
  g_autofree char *whole = text;
  return g_strdup_printf (_("Run to iteration %" PRId64 " only. %s"), iteration, whole);
}

void
bp_figure_take_columns (BpFigure *figure)
{
  BpFigureColumns *self = figure->columns = g_new0 (BpFigureColumns, 1);

  bp_columns_init (&self->columns, figure->trainer, figure->options.plot.references);
  bp_columns_get_kinds (figure->trainer, self->kinds);
  for (guint i = 0; i < self->columns.n; i++)
    if (i != self->columns.own)
      self->followers[i] = create_follower (self->columns.experiments[i], get_leader (figure));
  for (guint i = 0; i < BP_COLUMN_PLOTS; i++)
    {
      BpPlotFrame shared = { 0 };

      for (guint pass = 0; pass < N_PASSES; pass++)
        {
          const BpPlot *plots[BP_MAX_COLUMNS];

          take_plots (figure, i, &shared);
          for (guint j = 0; j < self->columns.n; j++)
            plots[j] = self->plots[j][i];
          if (pass + 1 < N_PASSES)
            bp_columns_share (plots, self->columns.n, &shared);
        }
    }
  for (guint i = 0; i < self->columns.n && !figure->options.plot.hide_gradients; i++)
    self->sentences[i] = describe_run (figure, i);
}

void
bp_figure_columns_free (BpFigureColumns *self)
{
  for (guint i = 0; i < self->columns.n; i++)
    {
      for (guint j = 0; j < BP_COLUMN_PLOTS; j++)
        g_clear_pointer (&self->plots[i][j], bp_plot_free);
      g_clear_pointer (&self->followers[i], bp_trainer_free);
      g_free (self->sentences[i]);
    }
  bp_columns_clear (&self->columns);
  g_free (self);
}

/* Title and sentence of a column. */
static PangoLayout *
create_head (const BpFigure *figure,
             guint           column,
             gboolean        is_title,
             double          width)
{
  const BpFigureColumns *self = figure->columns;
  const char *sentence = self->sentences[column] != NULL ? self->sentences[column] : "";

  return bp_explain_draw_create_paragraph (is_title ? self->columns.titles[column] : sentence,
                                           is_title ? TITLE_SIZE : TEXT_SIZE,
                                           is_title ? PANGO_WEIGHT_BOLD : PANGO_WEIGHT_NORMAL, width, &figure->style);
}

static double
get_height (PangoLayout *layout)
{
  int height;

  pango_layout_get_size (layout, NULL, &height);

  return height / (double) PANGO_SCALE;
}

static double
get_column_width (const BpFigure *figure,
                  double          width)
{
  guint n = figure->columns->columns.n;

  return MAX (1, (width - (n + 1) * GAP * figure->options.font_size) / n);
}

/* That of the highest, so that the plots of all begin at the same height. */
static double
get_head_height (const BpFigure *figure,
                 double          width)
{
  double highest = 0;

  for (guint i = 0; i < figure->columns->columns.n; i++)
    {
      g_autoptr (PangoLayout) title = create_head (figure, i, TRUE, width);
      g_autoptr (PangoLayout) sentence = create_head (figure, i, FALSE, width);

      highest = MAX (highest, get_height (title) + get_height (sentence));
    }

  return highest;
}

/* The place of plot @index in column @column. */
static cairo_rectangle_t
get_box (const BpFigure *figure,
         guint           column,
         guint           index,
         double          width,
         double          height)
{
  double gap = GAP * figure->options.font_size;
  double column_width = get_column_width (figure, width);
  double top = 2 * gap + get_head_height (figure, column_width);
  double rest = MAX (1, height - top - BP_COLUMN_PLOTS * gap);
  double other = (1 - FIRST_SHARE) / (BP_COLUMN_PLOTS - 1) * rest;
  double first = FIRST_SHARE * rest;

  return (cairo_rectangle_t) {
    gap + column * (column_width + gap), index == 0 ? top : top + first + gap + (index - 1) * (other + gap),
    column_width, MAX (1, index == 0 ? first : other),
  };
}

gboolean
bp_figure_columns_have_room (const BpFigure *figure,
                             double          width,
                             double          height)
{
  const BpFigureColumns *self = figure->columns;

  for (guint i = 0; i < self->columns.n; i++)
    for (guint j = 0; j < BP_COLUMN_PLOTS; j++)
      {
        cairo_rectangle_t box = get_box (figure, i, j, width, height);

        if (!bp_figure_plot_has_room (figure, self->plots[i][j], box.width, box.height))
          return FALSE;
      }

  return TRUE;
}

static void
paint_head (const BpFigure *figure,
            BpPainter      *painter,
            guint           column,
            double          width)
{
  double gap = GAP * figure->options.font_size;
  double column_width = get_column_width (figure, width);
  double x = gap + column * (column_width + gap);
  g_autoptr (PangoLayout) title = create_head (figure, column, TRUE, column_width);
  g_autoptr (PangoLayout) sentence = create_head (figure, column, FALSE, column_width);

  bp_painter_set_color (painter, BP_COLOR_TEXT);
  bp_painter_show_text (painter, BP_ROLE_TITLE, title, x, gap, 0);
  bp_painter_show_text (painter, BP_ROLE_TEXT, sentence, x, gap + get_height (title), 0);
}

void
bp_figure_paint_columns (const BpFigure *figure,
                         BpPainter      *painter,
                         double          width,
                         double          height)
{
  const BpFigureColumns *self = figure->columns;

  for (guint i = 0; i < self->columns.n; i++)
    {
      g_autofree char *id = g_strdup_printf ("column-%u", i + 1);

      bp_painter_begin_group (painter, id, self->columns.titles[i]);
      paint_head (figure, painter, i, width);
      for (guint j = 0; j < BP_COLUMN_PLOTS; j++)
        {
          cairo_rectangle_t box = get_box (figure, i, j, width, height);

          bp_figure_paint_plot (figure, painter, self->plots[i][j], &box);
        }
      bp_painter_end_group (painter);
    }
}

char *
bp_figure_describe_columns (const BpFigure *figure)
{
  g_autoptr (GStrvBuilder) builder = g_strv_builder_new ();
  const BpFigureColumns *self = figure->columns;

  for (guint i = 0; i < self->columns.n; i++)
    {
      /* Translators: what sets a run apart, and what it did: "η = 0.02: A is 79 % of the way to the optimum." */
      g_autofree char *text = g_strdup_printf (C_("column", "%s: %s"), self->columns.titles[i],
                                               self->sentences[i] != NULL ? self->sentences[i] : "");

      g_strv_builder_add (builder, text);
    }

  g_auto (GStrv) texts = g_strv_builder_end (builder);

  return g_strjoinv ("\n", texts);
}
