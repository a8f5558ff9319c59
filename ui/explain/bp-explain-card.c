/* bp-explain-card.c: what the step or the node looked at means, in four lines
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "explain/bp-explain-card.h"

#include <glib/gi18n-lib.h>
#include <inttypes.h>
#include <math.h>
#include <string.h>

#include "explain/bp-explain.h"
#include "explain/bp-explain-room.h"
#include "explain/bp-formula-label.h"
#include "explain/bp-formula-rows.h"
#include "base/bp-number.h"
#include "session/bp-work.h"

/* A check computes the graph five times and more; one of more operations would be felt at every step. */
#define MAX_CHECKED_COST 1e6

struct _BpExplainCard {
  GtkWidget      parent;
  GtkWidget     *lines;
  GtkLabel      *where_label;
  GtkLabel      *legend_label;
  GtkAdjustment *epsilon;
  GtkWidget     *epsilon_scale;
  GtkToggleButton *nudge_button;
  GtkWidget     *follow_button;
  GtkWidget     *reveal_button;
  BpFormulaLabel *formula;
  BpFormulaLabel *update_formula;
  BpFormulaLabel *meaning;
  BpFormulaRows  *formula_rows, *update_rows, *meaning_rows;
  GtkWidget      *scroller;
  GtkWidget      *copy_buttons;
  GtkLabel      *check_label;

  BpRun         *run;
  BpExplanation *explanation;
  char          *divergence; /* why the run cannot go on, where the card says so */
  gboolean       is_hidden;  /* whether its numbers are to be predicted first */
};

G_DEFINE_FINAL_TYPE (BpExplainCard, bp_explain_card, GTK_TYPE_WIDGET)

static const char * const phase_classes[BP_N_PHASES] = { "feed", "forward", "backward", "update" };

static void
set_phase_class (BpExplainCard *self,
                 const char    *css_class)
{
  GtkWidget *widget = GTK_WIDGET (self);

  if (gtk_widget_has_css_class (widget, css_class))
    return;
  for (guint i = 0; i < BP_N_PHASES; i++)
    gtk_widget_remove_css_class (widget, phase_classes[i]);
  gtk_widget_remove_css_class (widget, "diverged");
  gtk_widget_add_css_class (widget, css_class);
}

static void
set_line (GtkLabel   *label,
          const char *text)
{
  gtk_label_set_label (label, text != NULL ? text : "");
}

/* A line that does not fit is read whole in its tooltip. */
static gboolean
line_tooltip_cb (GtkLabel               *label,
                 G_GNUC_UNUSED int       x,
                 G_GNUC_UNUSED int       y,
                 G_GNUC_UNUSED gboolean  keyboard,
                 GtkTooltip             *tooltip)
{
  if (!pango_layout_is_ellipsized (gtk_label_get_layout (label)))
    return FALSE;
  gtk_tooltip_set_text (tooltip, gtk_label_get_label (label));

  return TRUE;
}

/* The check beside it */

static void
update_check (BpExplainCard *self)
{
  BpTrainer *trainer = bp_run_get_trainer (self->run);
  const guint node = self->explanation->node;
  const gsize element = (gsize) MAX (bp_run_get_selected_element (self->run), 0);
  BpElementCheck check;
  g_autofree char *text = NULL;

  gtk_widget_remove_css_class (GTK_WIDGET (self->check_label), "failed");
  gtk_widget_remove_css_class (GTK_WIDGET (self->check_label), "unchecked");
  if (node == BP_NODE_NONE || self->divergence != NULL || self->is_hidden || bp_run_get_nudge (self->run) != NULL
      || bp_work_get_cost (bp_trainer_get_graph (trainer)) > MAX_CHECKED_COST
      || !bp_explain_check (trainer, node, element, &check))
    {
      gtk_label_set_label (self->check_label, "");
      return;
    }

  text = bp_element_check_describe (&check,
                                    bp_session_get_gradient (bp_trainer_get_session (trainer), node)[element]);
  if (check.verdict >= BP_SLOPE_UNCHECKED)
    gtk_widget_add_css_class (GTK_WIDGET (self->check_label),
                              check.verdict == BP_SLOPE_DIFFERS ? "failed" : "unchecked");
  gtk_label_set_label (self->check_label, text);
}

/* The four lines */

static void
show_row (BpFormulaRows *rows,
          const char    *text)
{
  const char *row[] = { "", text, NULL };

  bp_formula_rows_set_rows (rows, text != NULL ? row : NULL);
}

/* The two equations of a nudge have a line where that fits. */
static void
show_nudge (BpExplainCard *self,
            char         **lines)
{
  g_autofree char *whole = g_strjoinv (";  ", lines);
  g_auto (GStrv) rows = bp_explanation_dup_update_rows (self->explanation);

  bp_formula_label_set_text (self->update_formula, whole, lines[0], lines[1]);
  bp_formula_rows_set_rows (self->update_rows, (const char * const *) rows);
}

/* Two updates have a line each, smaller, and are read out one after the other. */
static void
show_update (BpExplainCard *self,
             const char    *update)
{
  g_auto (GStrv) lines = g_strsplit (update != NULL ? update : "", "\n", 2);
  const gboolean is_pair = lines[0] != NULL && lines[1] != NULL;

  if (update != NULL && bp_run_get_nudge (self->run) != NULL)
    {
      show_nudge (self, lines);
      return;
    }
  bp_formula_label_set_text (self->update_formula, is_pair ? NULL : update, is_pair ? lines[0] : NULL,
                             is_pair ? lines[1] : NULL);
  if (is_pair)
    bp_formula_rows_set_rows (self->update_rows, (const char *[]) { "", lines[0], "", lines[1], NULL });
  else
    show_row (self->update_rows, update);
}

/* What follows where it is and, unless there are @rows, the @formula on one line or two. */
static void
show_lines (BpExplainCard      *self,
            const char         *formula,
            const char         *upper,
            const char         *lower,
            const char * const *rows,
            const char         *update,
            const char         *meaning)
{
  const char * const two_rows[] = { "", upper, "", lower, NULL };
  const gboolean has_choice = self->run != NULL && bp_run_get_selected_node (self->run) != BP_NODE_NONE;

  bp_formula_label_set_text (self->formula, formula, upper, lower);
  bp_formula_label_set_text (self->meaning, meaning, NULL, NULL);
  show_update (self, update);
  if (rows != NULL && g_strv_length ((char **) rows) / 2 > BP_EXPLAIN_MAX_ROWS && lower != NULL)
    rows = two_rows;
  if (rows != NULL)
    bp_formula_rows_set_rows (self->formula_rows, rows);
  else
    show_row (self->formula_rows, formula);
  /* Of a nudge it has the most to say. */
  if (bp_explain_is_crowded (gtk_label_get_label (self->where_label), has_choice, rows, update, meaning)
      && bp_run_get_nudge (self->run) == NULL)
    meaning = NULL;
  show_row (self->meaning_rows, meaning);
}

static void
make_room (BpExplainCard *self,
           gboolean       for_two)
{
  GtkWidget *label = GTK_WIDGET (self->update_formula);

  if (for_two == gtk_widget_has_css_class (label, "two-lines"))
    return;
  if (for_two)
    gtk_widget_add_css_class (label, "two-lines");
  else
    gtk_widget_remove_css_class (label, "two-lines");
  gtk_widget_queue_resize (label);
}

static void
show_explanation (BpExplainCard *self)
{
  const BpExplanation *explanation = self->explanation;
  g_autofree char *formula = bp_explanation_get_formula (explanation);
  g_autofree char *update = bp_explanation_get_update (explanation);
  g_autofree char *upper = NULL;
  g_autofree char *lower = NULL;
  g_auto (GStrv) rows = bp_explanation_dup_rows (explanation);

  bp_explanation_split_formula (explanation, &upper, &lower);
  set_phase_class (self, phase_classes[explanation->phase]);
  set_line (self->where_label, explanation->where);
  set_line (self->legend_label, explanation->legend);
  show_lines (self, formula, upper, lower, (const char * const *) rows, update, explanation->meaning);
}

static const char *
get_advice (BpTrainer *trainer)
{
  if (bp_trainer_get_cursor (trainer).iteration == 0
      && bp_trainer_get_next_instruction (trainer)->phase != BP_PHASE_UPDATE)
    return _("It comes from the initial values or the data, for no step has been taken yet.");

  return _("The run stands at its last finite numbers. Change a setting, or go back, to go on.");
}

/* The cause in place of the rule, and below it the last step that went well. */
static void
show_divergence (BpExplainCard *self)
{
  const BpCursor cursor = bp_trainer_get_cursor (bp_run_get_trainer (self->run));
  g_autofree char *where = g_strdup_printf (_("Stopped · iteration %" PRId64), cursor.iteration + 1);
  g_autofree char *formula = bp_explanation_get_formula (self->explanation);
  g_autofree char *last = formula != NULL ? g_strdup_printf (_("last: %s"), formula) : NULL;

  set_phase_class (self, "diverged");
  set_line (self->where_label, where);
  set_line (self->legend_label, self->explanation->legend);
  show_lines (self, self->divergence, NULL, NULL, NULL, last, get_advice (bp_run_get_trainer (self->run)));
}

static void
show_nothing (BpExplainCard *self)
{
  set_phase_class (self, phase_classes[BP_PHASE_FEED]);
  set_line (self->where_label, NULL);
  set_line (self->legend_label, NULL);
  show_lines (self, NULL, NULL, NULL, NULL, NULL, NULL);
  gtk_label_set_label (self->check_label, "");
  gtk_widget_set_visible (self->follow_button, FALSE);
  gtk_widget_set_visible (self->reveal_button, FALSE);
  gtk_widget_set_visible (GTK_WIDGET (self->nudge_button), FALSE);
  gtk_widget_set_visible (self->epsilon_scale, FALSE);
  gtk_widget_set_sensitive (self->lines, FALSE);
}

static void
update_nudge (BpExplainCard *self)
{
  const gboolean is_nudging = bp_run_get_nudge (self->run) != NULL;

  gtk_widget_set_visible (GTK_WIDGET (self->nudge_button), is_nudging || bp_run_get_can_nudge (self->run));
  gtk_toggle_button_set_active (self->nudge_button, is_nudging);
  gtk_widget_set_visible (self->epsilon_scale, is_nudging);
  gtk_adjustment_set_value (self->epsilon, bp_run_get_epsilon_step (self->run));
}

static void
update_description (BpExplainCard *self)
{
  g_autofree char *text = bp_explain_card_dup_text (self);

  gtk_accessible_update_property (GTK_ACCESSIBLE (self), GTK_ACCESSIBLE_PROPERTY_DESCRIPTION, text, -1);
}

static void
update (BpExplainCard *self)
{
  BpTrainer *trainer = bp_run_get_trainer (self->run);
  const guint selected = bp_run_get_selected_node (self->run);
  const BpNudge *nudge = bp_run_get_nudge (self->run);

  g_clear_pointer (&self->explanation, bp_explanation_free);
  g_clear_pointer (&self->divergence, g_free);
  self->is_hidden = bp_run_get_gradients_hidden (self->run);
  self->explanation = nudge != NULL ? bp_explain_nudge (trainer, nudge, self->is_hidden)
                                    : bp_explain (trainer, selected, bp_run_get_selected_element (self->run));
  if (self->is_hidden && self->explanation->phase >= BP_PHASE_BACKWARD)
    bp_explanation_hide_numbers (self->explanation);
  if (selected == BP_NODE_NONE && !self->is_hidden)
    self->divergence = bp_explain_divergence (trainer);

  make_room (self, nudge != NULL || bp_explain_has_two_updates (bp_trainer_get_graph (trainer)));
  if (self->divergence != NULL)
    show_divergence (self);
  else
    show_explanation (self);
  gtk_widget_set_visible (self->follow_button, selected != BP_NODE_NONE && nudge == NULL);
  gtk_widget_set_visible (self->reveal_button, self->is_hidden);
  gtk_widget_set_sensitive (self->lines, TRUE);
  update_nudge (self);
  update_check (self);
  update_description (self);
}

/* Copying */

char *
bp_explain_card_dup_text (BpExplainCard *self)
{
  g_autofree char *text = NULL;

  g_return_val_if_fail (BP_IS_EXPLAIN_CARD (self), NULL);

  if (self->explanation == NULL)
    return g_strdup ("");
  text = bp_explanation_to_text (self->explanation);

  return self->divergence != NULL ? g_strconcat (text, self->divergence, "\n", NULL) : g_steal_pointer (&text);
}

char *
bp_explain_card_dup_latex (BpExplainCard *self)
{
  g_return_val_if_fail (BP_IS_EXPLAIN_CARD (self), NULL);

  return self->explanation != NULL ? bp_explanation_to_latex (self->explanation) : g_strdup ("");
}

static void
copy_text_cb (BpExplainCard *self)
{
  g_autofree char *text = bp_explain_card_dup_text (self);

  gdk_clipboard_set_text (gtk_widget_get_clipboard (GTK_WIDGET (self)), text);
}

static void
copy_latex_cb (BpExplainCard *self)
{
  g_autofree char *latex = bp_explain_card_dup_latex (self);

  gdk_clipboard_set_text (gtk_widget_get_clipboard (GTK_WIDGET (self)), latex);
}

static void
follow_cb (BpExplainCard *self)
{
  bp_run_set_selected_node (self->run, BP_NODE_NONE);
}

static void
nudge_cb (BpExplainCard *self)
{
  bp_run_set_nudging (self->run, gtk_toggle_button_get_active (self->nudge_button));
}

static void
epsilon_cb (BpExplainCard *self)
{
  if (self->run != NULL)
    bp_run_set_epsilon_step (self->run, (guint) lround (gtk_adjustment_get_value (self->epsilon)));
}

static void
reveal_cb (BpExplainCard *self)
{
  bp_run_reveal_gradients (self->run);
}

/* The object */

static void
bp_explain_card_dispose (GObject *object)
{
  BpExplainCard *self = BP_EXPLAIN_CARD (object);

  bp_run_watch (&self->run, NULL, self);
  g_clear_pointer (&self->explanation, bp_explanation_free);
  g_clear_pointer (&self->divergence, g_free);
  g_clear_pointer (&self->scroller, gtk_widget_unparent);

  G_OBJECT_CLASS (bp_explain_card_parent_class)->dispose (object);
}

static void
bp_explain_card_class_init (BpExplainCardClass *klass)
{
  GObjectClass *object_class = G_OBJECT_CLASS (klass);
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  object_class->dispose = bp_explain_card_dispose;

  g_type_ensure (BP_TYPE_FORMULA_LABEL);
  g_type_ensure (BP_TYPE_FORMULA_ROWS);
  gtk_widget_class_set_css_name (widget_class, "explaincard");
  gtk_widget_class_set_accessible_role (widget_class, GTK_ACCESSIBLE_ROLE_GROUP);
  gtk_widget_class_set_layout_manager_type (widget_class, GTK_TYPE_BIN_LAYOUT);
  gtk_widget_class_set_template_from_resource (widget_class, "/org/backproplab/BackpropLab/bp-explain-card.ui");
  gtk_widget_class_bind_template_child (widget_class, BpExplainCard, lines);
  gtk_widget_class_bind_template_child (widget_class, BpExplainCard, where_label);
  gtk_widget_class_bind_template_child (widget_class, BpExplainCard, legend_label);
  gtk_widget_class_bind_template_child (widget_class, BpExplainCard, epsilon);
  gtk_widget_class_bind_template_child (widget_class, BpExplainCard, epsilon_scale);
  gtk_widget_class_bind_template_child (widget_class, BpExplainCard, nudge_button);
  gtk_widget_class_bind_template_child (widget_class, BpExplainCard, follow_button);
  gtk_widget_class_bind_template_child (widget_class, BpExplainCard, reveal_button);
  gtk_widget_class_bind_template_child (widget_class, BpExplainCard, scroller);
  gtk_widget_class_bind_template_child (widget_class, BpExplainCard, copy_buttons);
  gtk_widget_class_bind_template_child (widget_class, BpExplainCard, formula_rows);
  gtk_widget_class_bind_template_child (widget_class, BpExplainCard, update_rows);
  gtk_widget_class_bind_template_child (widget_class, BpExplainCard, meaning_rows);
  gtk_widget_class_bind_template_child (widget_class, BpExplainCard, formula);
  gtk_widget_class_bind_template_child (widget_class, BpExplainCard, update_formula);
  gtk_widget_class_bind_template_child (widget_class, BpExplainCard, meaning);
  gtk_widget_class_bind_template_child (widget_class, BpExplainCard, check_label);
  gtk_widget_class_bind_template_callback (widget_class, copy_text_cb);
  gtk_widget_class_bind_template_callback (widget_class, copy_latex_cb);
  gtk_widget_class_bind_template_callback (widget_class, nudge_cb);
  gtk_widget_class_bind_template_callback (widget_class, epsilon_cb);
  gtk_widget_class_bind_template_callback (widget_class, follow_cb);
  gtk_widget_class_bind_template_callback (widget_class, reveal_cb);
  gtk_widget_class_bind_template_callback (widget_class, line_tooltip_cb);
}

static void
bp_explain_card_init (BpExplainCard *self)
{
  gtk_widget_init_template (GTK_WIDGET (self));
  show_nothing (self);
}

GtkWidget *
bp_explain_card_new (BpRun *run)
{
  GtkWidget *self = g_object_new (BP_TYPE_EXPLAIN_CARD, NULL);

  bp_explain_card_set_run (BP_EXPLAIN_CARD (self), run);

  return self;
}

void
bp_explain_card_set_run (BpExplainCard *self,
                         BpRun         *run)
{
  g_return_if_fail (BP_IS_EXPLAIN_CARD (self));

  if (!bp_run_watch (&self->run, run, self))
    return;

  if (run != NULL)
    {
      g_signal_connect_swapped (run, "changed", G_CALLBACK (update), self);
      update (self);
    }
  else
    {
      g_clear_pointer (&self->explanation, bp_explanation_free);
      g_clear_pointer (&self->divergence, g_free);
      show_nothing (self);
      update_description (self);
    }
}

void
bp_explain_card_set_tall (BpExplainCard *self,
                          gboolean       tall)
{
  gpointer parts[] = { self->formula_rows, self->update_rows, self->meaning_rows, self->formula, self->update_formula,
                       self->meaning, self->legend_label, self->copy_buttons };

  g_return_if_fail (BP_IS_EXPLAIN_CARD (self));

  for (guint i = 0; i < G_N_ELEMENTS (parts); i++)
    gtk_widget_set_visible (parts[i], i < 3 ? tall : !tall);
  gtk_widget_set_hexpand (GTK_WIDGET (self->where_label), tall);
  gtk_label_set_single_line_mode (self->where_label, !tall);
  gtk_label_set_wrap (self->where_label, tall);
  gtk_label_set_ellipsize (self->where_label, tall ? PANGO_ELLIPSIZE_NONE : PANGO_ELLIPSIZE_END);
  gtk_widget_set_hexpand (GTK_WIDGET (self->check_label), tall);
  gtk_scrolled_window_set_policy (GTK_SCROLLED_WINDOW (self->scroller), GTK_POLICY_NEVER,
                                  tall ? GTK_POLICY_AUTOMATIC : GTK_POLICY_NEVER);
}
