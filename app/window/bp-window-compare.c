/* bp-window-compare.c: comparing runs, teaching presets, and gradients to be predicted
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "window/bp-window-private.h"

#include <glib/gi18n-lib.h>

#include "dialogs/bp-kept-runs-dialog.h"
#include "window/bp-presets.h"
#include "window/bp-window-actions.h"
#include "dialogs/bp-sweep-dialog.h"

static void
kept_runs_cb (BpWindow *self)
{
  gtk_window_present (GTK_WINDOW (bp_kept_runs_dialog_new (GTK_WINDOW (self), self->run)));
}

static void
sweep_cb (BpWindow *self)
{
  gtk_window_present (GTK_WINDOW (bp_sweep_dialog_new (GTK_WINDOW (self), self->run)));
}

/* Side by side */

/* The hint stands over the columns or over the plots. */
static void
move_hint (BpWindow *self,
           gboolean  is_over_columns)
{
  GtkWidget *hint = g_object_ref (self->hint);
  GtkWidget *place = is_over_columns ? self->views : gtk_widget_get_parent (self->lower);

  gtk_box_remove (GTK_BOX (gtk_widget_get_parent (hint)), hint);
  gtk_box_prepend (GTK_BOX (place), hint);
  g_object_unref (hint);
}

static void
set_side_by_side (BpWindow *self,
                  gboolean  is_active)
{
  GAction *action = g_action_map_lookup_action (G_ACTION_MAP (self), "side-by-side");

  move_hint (self, is_active);
  gtk_widget_set_visible (self->side_view, is_active);
  g_simple_action_set_state (G_SIMPLE_ACTION (action), g_variant_new_boolean (is_active));
}

/* Without kept runs there is nothing beside the run: a sweep makes some. */
static void
side_by_side_cb (G_GNUC_UNUSED GSimpleAction *action,
                 GVariant                    *state,
                 gpointer                     data)
{
  BpWindow *self = data;

  if (g_variant_get_boolean (state) && bp_run_get_n_references (self->run) == 0)
    gtk_window_present (GTK_WINDOW (bp_sweep_dialog_new (data, self->run)));
  else
    set_side_by_side (self, g_variant_get_boolean (state));
}

/* With the last kept run goes what stood beside the run. */
static void
references_cb (BpWindow *self)
{
  if (bp_run_get_n_references (self->run) == 0)
    set_side_by_side (self, FALSE);
}

/* Presets */

static void
close_hint_cb (BpWindow *self)
{
  gtk_widget_set_visible (self->hint, FALSE);
}

/* @preset: (nullable): that it speaks of */
static void
show_hint (BpWindow       *self,
           const char     *text,
           const BpPreset *preset)
{
  gtk_label_set_label (self->hint_label, text);
  gtk_widget_set_visible (self->hint, TRUE);
  self->preset = preset;
}

void
bp_window_show_preset (BpWindow       *self,
                       const BpPreset *preset)
{
  show_hint (self, _(preset->look), preset);
  set_side_by_side (self, preset->side_by_side);
}

/* What to do stands there as long as it is to be done. */
static void
predict_first_cb (BpWindow *self)
{
  if (bp_run_get_predict_first (self->run))
    show_hint (self, _("Gradients are hidden: say what the next one will be, step with →, then press R."), NULL);
  else if (self->preset == NULL)
    gtk_widget_set_visible (self->hint, FALSE);
}

/* The hint speaks of the preset's experiment and no other. */
static void
rebuilt_cb (BpWindow *self)
{
  const BpExperiment *experiment = bp_trainer_get_experiment (bp_run_get_trainer (self->run));

  if (self->preset != NULL && g_strcmp0 (experiment->name, self->preset->experiment) != 0)
    gtk_widget_set_visible (self->hint, FALSE);
}

static void
preset_cb (BpWindow *self,
           GVariant *parameter)
{
  const BpPreset *preset = bp_presets_find (g_variant_get_string (parameter, NULL));

  if (preset != NULL)
    bp_window_open_preset (self, preset);
}

static void
fill_presets (BpWindow *self)
{
  guint n_presets;
  const BpPreset *presets = bp_presets_get (&n_presets);

  for (guint i = 0; i < n_presets; i++)
    {
      g_autoptr (GMenuItem) item = g_menu_item_new (_(presets[i].title), NULL);

      g_menu_item_set_action_and_target (item, "win.preset", "s", presets[i].name);
      g_menu_append_item (self->presets, item);
    }
}

static gboolean
can_keep (BpRun *run)
{
  return bp_series_get_length (bp_history_get_loss (bp_trainer_get_history (bp_run_get_trainer (run)))) > 0;
}

static gboolean
has_kept (BpRun *run)
{
  return bp_run_get_n_references (run) > 0;
}

static const BpWindowAction actions[] = {
  { "keep-run", G_CALLBACK (bp_run_keep_reference), can_keep, .of_run = TRUE },
  { "kept-runs", G_CALLBACK (kept_runs_cb), has_kept },
  { "clear-runs", G_CALLBACK (bp_run_clear_references), has_kept, .of_run = TRUE },
  { "sweep", G_CALLBACK (sweep_cb) },
  { "reveal", G_CALLBACK (bp_run_reveal_gradients), bp_run_get_gradients_hidden, .of_run = TRUE },
  { "close-hint", G_CALLBACK (close_hint_cb) },
  { "preset", G_CALLBACK (preset_cb), .parameter = "s" },
};

static const GActionEntry stateful_actions[] = {
  { "side-by-side", NULL, NULL, "false", side_by_side_cb },
};

void
bp_window_compare_install (BpWindow *window)
{
  bp_window_add_actions (window, actions, G_N_ELEMENTS (actions));
  g_action_map_add_action_entries (G_ACTION_MAP (window), stateful_actions, G_N_ELEMENTS (stateful_actions), window);
  bp_window_add_property_action (window, "predict-first", window->run);
  fill_presets (window);
  g_signal_connect_object (window->run, "rebuilt", G_CALLBACK (rebuilt_cb), window, G_CONNECT_SWAPPED);
  g_signal_connect_object (window->run, "notify::predict-first", G_CALLBACK (predict_first_cb), window,
                           G_CONNECT_SWAPPED);
  g_signal_connect_object (window->run, "notify::n-references", G_CALLBACK (references_cb), window, G_CONNECT_SWAPPED);
}

void
bp_window_compare_remove (BpWindow *window)
{
  g_action_map_remove_action (G_ACTION_MAP (window), "predict-first");
}
