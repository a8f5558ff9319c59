/* bp-window-export.c: exporting and copying what a window shows
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "window/bp-window-export.h"

#include <glib/gi18n-lib.h>

#include "export/bp-export-choice.h"
#include "export/bp-export-dialog.h"
#include "figures/bp-figure-clipboard.h"
#include "dialogs/bp-preferences.h"
#include "window/bp-window-private.h"
#include "graph/bp-graph-view.h"
#include "network/bp-network-view.h"

/* What the window shows */

void
bp_window_get_figure (BpWindow        *self,
                      BpFigureOptions *options)
{
  BpPlotKind kind = BP_PLOT_CURVE;
  BpPlotView *view, *data, *confusion;
  const BpNudge *nudge;

  g_return_if_fail (BP_IS_WINDOW (self) && options != NULL);

  if (bp_figure_is_plot (options->kind))
    kind = bp_figure_get_plot_kind (options->kind);
  view = bp_plot_panes_get_view (self->plot_panes, kind);
  data = bp_plot_panes_get_view (self->plot_panes, BP_PLOT_DATA);
  confusion = bp_plot_panes_get_view (self->plot_panes, BP_PLOT_CONFUSION);

  options->node = bp_run_get_selected_node (self->run);
  options->element = bp_run_get_selected_element (self->run);
  nudge = bp_run_get_nudge (self->run);
  options->epsilon = nudge != NULL ? nudge->epsilon : 0;
  options->n_revealed = bp_run_get_n_revealed (self->run);
  options->has_open = TRUE;
  options->open = bp_graph_view_get_open (BP_GRAPH_VIEW (self->graph_view));
  options->leader = bp_run_get_trainer (bp_run_get_leader (self->run));
  options->network_mode = bp_network_view_get_mode (BP_NETWORK_VIEW (self->network_view));
  options->plot = (BpPlotOptions) {
    .log_scale = bp_plot_view_get_log_scale (view),
    .smoothing = bp_plot_view_get_smoothing (view),
    .parameter = kind == BP_PLOT_VARIABLE || kind == BP_PLOT_CURVE ? bp_run_get_selected_parameter (self->run) : -1,
    .references = bp_run_get_references (self->run),
    .hide_gradients = bp_run_get_gradients_hidden (self->run),
    .predict_first = bp_run_get_predict_first (self->run),
    .x_input = bp_plot_view_get_options (data)->x_input,
    .y_input = bp_plot_view_get_options (data)->y_input,
    .test_rows = bp_plot_view_get_options (confusion)->test_rows,
  };
}

/* A plot and the button over it are in an overlay together. */
static BpPlotView *
find_plot (GtkWidget *widget)
{
  GtkWidget *overlay = BP_IS_PLOT_VIEW (widget) ? NULL : gtk_widget_get_ancestor (widget, GTK_TYPE_OVERLAY);

  if (overlay != NULL)
    widget = gtk_overlay_get_child (GTK_OVERLAY (overlay));

  return BP_IS_PLOT_VIEW (widget) ? BP_PLOT_VIEW (widget) : NULL;
}

/* Returns: BP_N_FIGURES where there is none */
static BpFigureKind
find_figure (BpWindow  *self,
             GtkWidget *widget)
{
  BpPlotView *plot = widget != NULL ? find_plot (widget) : NULL;

  if (plot != NULL)
    return bp_figure_of_plot (bp_plot_view_get_kind (plot));
  if (widget == NULL)
    return BP_N_FIGURES;
  if (widget == self->graph_view || gtk_widget_is_ancestor (widget, self->graph_view))
    return BP_FIGURE_GRAPH;
  if (widget == self->network_view || gtk_widget_is_ancestor (widget, self->network_view))
    return BP_FIGURE_NEURONS;
  if (widget == self->explain_card || gtk_widget_is_ancestor (widget, self->explain_card))
    return BP_FIGURE_EXPLANATION;

  return BP_N_FIGURES;
}

BpFigureKind
bp_window_get_focused_figure (BpWindow *self)
{
  BpFigureKind kind;

  g_return_val_if_fail (BP_IS_WINDOW (self), BP_FIGURE_VIEW);

  if (gtk_widget_get_visible (self->side_view))
    return BP_FIGURE_COLUMNS;
  kind = find_figure (self, gtk_window_get_focus (GTK_WINDOW (self)));

  return kind < BP_N_FIGURES ? kind : BP_FIGURE_VIEW;
}

/* Export and copy */

static void
get_figure (GtkWindow       *window,
            BpFigureOptions *options)
{
  bp_window_get_figure (BP_WINDOW (window), options);
}

/* Returns: (transfer none) (nullable): NULL while the run goes far */
static GtkWidget *
create_dialog (BpWindow    *self,
               BpFigureKind kind)
{
  GtkWidget *dialog;

  if (bp_window_refuse_under_way (self))
    return NULL;
  dialog = bp_export_dialog_new (GTK_WINDOW (self), self->run, get_figure, kind);
  g_signal_connect_object (dialog, "exported", G_CALLBACK (bp_window_add_toast), self, G_CONNECT_SWAPPED);

  return dialog;
}

static void
show_dialog (BpWindow    *self,
             BpFigureKind kind)
{
  GtkWidget *dialog = create_dialog (self, kind);

  if (dialog != NULL)
    gtk_window_present (GTK_WINDOW (dialog));
}

static void
toast_dismissed_cb (BpWindow *self)
{
  g_clear_weak_pointer (&self->copied_toast);
}

/* In place of what is said of the copy before. That toast is not dismissed: as long as it appears, which takes long
 * where the processor is busy, libadwaita 1.2 then lets go of an animation too often, and crashes. */
static void
show_copied (BpWindow    *self,
             BpFigureKind kind)
{
  /* Translators: the title of a figure, such as "Loss". */
  g_autofree char *text = g_strdup_printf (_("%s copied"), _(bp_figure_get_class (kind)->title));
  g_autofree char *title = g_markup_escape_text (text, -1);

  if (self->copied_toast != NULL)
    {
      adw_toast_set_title (self->copied_toast, title);
      return;
    }

  g_set_weak_pointer (&self->copied_toast, adw_toast_new (title));
  g_signal_connect_object (self->copied_toast, "dismissed", G_CALLBACK (toast_dismissed_cb), self, G_CONNECT_SWAPPED);
  adw_toast_overlay_add_toast (self->toast_overlay, self->copied_toast);
}

/* Looks like the last export, at its natural size. */
static void
copy (BpWindow    *self,
      BpFigureKind kind)
{
  g_autoptr (GSettings) settings = bp_preferences_new_export ();
  g_autoptr (GdkContentProvider) content = NULL;
  g_autoptr (GError) error = NULL;
  BpExportChoice choice;
  BpFigureOptions options;

  bp_export_choice_init (&choice, settings);
  options = choice.sequence.figure;
  options.kind = kind;
  options.width = options.height = 0;
  bp_window_get_figure (self, &options);

  content = bp_figure_create_content (bp_run_get_trainer (self->run), &options, &error);
  if (content == NULL)
    {
      bp_window_add_toast (self, error->message);
      return;
    }

  gdk_clipboard_set_content (gtk_widget_get_clipboard (GTK_WIDGET (self)), content);
  show_copied (self, kind);
}

/* Without a figure that has the focus it is the one that was exported last. */
static void
export_cb (BpWindow *self)
{
  show_dialog (self, find_figure (self, gtk_window_get_focus (GTK_WINDOW (self))));
}

static void
copy_cb (BpWindow *self)
{
  copy (self, bp_window_get_focused_figure (self));
}

static void
export_figure_cb (BpWindow *self,
                  GVariant *parameter)
{
  BpFigureKind kind;

  if (bp_figure_find (g_variant_get_string (parameter, NULL), &kind))
    show_dialog (self, kind);
}

/* What goes into most slides, without a dialog of options before it. */
static void
export_pdf_cb (BpWindow *self,
               GVariant *parameter)
{
  BpFigureKind kind;
  GtkWidget *dialog;

  if (!bp_figure_find (g_variant_get_string (parameter, NULL), &kind))
    return;
  dialog = create_dialog (self, kind);
  if (dialog != NULL)
    bp_export_dialog_export_as (BP_EXPORT_DIALOG (dialog), BP_FORMAT_PDF);
}

static void
copy_figure_cb (BpWindow *self,
                GVariant *parameter)
{
  BpFigureKind kind;

  if (bp_figure_find (g_variant_get_string (parameter, NULL), &kind))
    copy (self, kind);
}

static const BpWindowAction actions[] = {
  { "export", G_CALLBACK (export_cb) },
  { "copy", G_CALLBACK (copy_cb) },
  { "export-figure", G_CALLBACK (export_figure_cb), .parameter = "s" },
  { "export-pdf", G_CALLBACK (export_pdf_cb), .parameter = "s" },
  { "copy-figure", G_CALLBACK (copy_figure_cb), .parameter = "s" },
};

/* The menu of a figure */

static void
append_item (GMenu       *menu,
             const char  *label,
             const char  *action,
             BpFigureKind kind)
{
  g_autoptr (GMenuItem) item = g_menu_item_new (label, NULL);

  g_menu_item_set_action_and_target (item, action, "s", bp_figure_get_class (kind)->name);
  g_menu_append_item (menu, item);
}

/* One menu for all: a tooltip of GTK's holds on to the surface below the pointer, which a menu that is freed had. */
static void
show_menu (BpWindow    *self,
           BpFigureKind kind,
           double       x,
           double       y)
{
  GdkRectangle place = { (int) x, (int) y, 1, 1 };
  g_autoptr (GMenu) menu = g_menu_new ();

  append_item (menu, _("_Copy"), "win.copy-figure", kind);
  append_item (menu, _("Export as _PDF…"), "win.export-pdf", kind);
  append_item (menu, _("_Export…"), "win.export-figure", kind);
  gtk_popover_menu_set_menu_model (GTK_POPOVER_MENU (self->figure_menu), G_MENU_MODEL (menu));
  gtk_popover_set_pointing_to (GTK_POPOVER (self->figure_menu), &place);
  gtk_accessible_update_property (GTK_ACCESSIBLE (self->figure_menu), GTK_ACCESSIBLE_PROPERTY_LABEL,
                                  _(bp_figure_get_class (kind)->title), -1);
  gtk_popover_popup (GTK_POPOVER (self->figure_menu));
}

static void
pressed_cb (BpWindow          *self,
            G_GNUC_UNUSED int  n_press,
            double             x,
            double             y,
            GtkGesture        *gesture)
{
  BpFigureKind kind = find_figure (self, gtk_widget_pick (self->views, x, y, GTK_PICK_DEFAULT));

  if (kind == BP_N_FIGURES)
    return;

  gtk_gesture_set_state (gesture, GTK_EVENT_SEQUENCE_CLAIMED);
  show_menu (self, kind, x, y);
}

static gboolean
menu_key_cb (GtkWidget              *views,
             G_GNUC_UNUSED GVariant *args,
             gpointer                data)
{
  BpWindow *self = data;
  GtkWidget *focus = gtk_window_get_focus (GTK_WINDOW (self));
  BpFigureKind kind = find_figure (self, focus);
  graphene_rect_t bounds;

  if (kind == BP_N_FIGURES || !gtk_widget_compute_bounds (focus, views, &bounds))
    return FALSE;

  show_menu (self, kind, bounds.origin.x + bounds.size.width / 2, bounds.origin.y + bounds.size.height / 2);

  return TRUE;
}

static void
add_menu (BpWindow *self)
{
  static const char *const keys = "Menu|<Shift>F10";
  GtkGesture *click = gtk_gesture_click_new ();
  GtkEventController *controller = gtk_shortcut_controller_new ();
  GtkShortcutAction *action = gtk_callback_action_new (menu_key_cb, self, NULL);

  self->figure_menu = gtk_popover_menu_new_from_model (NULL);
  gtk_widget_set_halign (self->figure_menu, GTK_ALIGN_START);
  gtk_popover_set_has_arrow (GTK_POPOVER (self->figure_menu), FALSE);
  gtk_widget_set_parent (self->figure_menu, self->views);
  gtk_gesture_single_set_button (GTK_GESTURE_SINGLE (click), GDK_BUTTON_SECONDARY);
  g_signal_connect_swapped (click, "pressed", G_CALLBACK (pressed_cb), self);
  gtk_widget_add_controller (self->views, GTK_EVENT_CONTROLLER (click));
  gtk_shortcut_controller_add_shortcut (GTK_SHORTCUT_CONTROLLER (controller),
                                        gtk_shortcut_new (gtk_shortcut_trigger_parse_string (keys), action));
  gtk_widget_add_controller (self->views, controller);
}

void
bp_window_export_install (BpWindow *self)
{
  bp_window_add_actions (self, actions, G_N_ELEMENTS (actions));
  add_menu (self);
}

void
bp_window_export_remove (BpWindow *self)
{
  g_clear_pointer (&self->figure_menu, gtk_widget_unparent);
  g_clear_weak_pointer (&self->copied_toast);
}
