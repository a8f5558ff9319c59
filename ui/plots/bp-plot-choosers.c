/* bp-plot-choosers.c: what is chosen in a plot: the inputs of its axes, training or test data
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "plots/bp-plot-choosers.h"

#include <glib/gi18n-lib.h>

#include "plots/bp-plot-view-private.h"

/* The button of an axis reaches so far beyond its name, for the arrow, in em. */
#define ARROW BP_PLOT_ARROW

/* What the overlay remembers its buttons by. */
static const char buttons_key[] = "bp-plot-choosers";

/**
 * Buttons:
 * @axes: of x and of y
 * @rows: training or test data
 * @actions: "x", "y" (int32, from 1) and "test" (boolean)
 * @inputs: (nullable) (array zero-terminated=1): what the menus offer
 */
typedef struct {
  BpPlotView         *view;
  GtkWidget          *axes[2];
  GtkWidget          *rows;
  GSimpleActionGroup *actions;
  char              **inputs;
} Buttons;

static void
buttons_free (gpointer data)
{
  Buttons *self = data;

  g_object_unref (self->actions);
  g_strfreev (self->inputs);
  g_free (self);
}

static void
set_state (Buttons    *self,
           const char *name,
           GVariant   *state)
{
  GAction *action = g_action_map_lookup_action (G_ACTION_MAP (self->actions), name);

  g_simple_action_set_state (G_SIMPLE_ACTION (action), state);
}

/* Shows in the menus what is on the axes. */
static void
update_states (Buttons *self)
{
  const BpPlot *plot = bp_plot_view_get_plot (self->view);

  if (plot == NULL)
    return;
  set_state (self, "x", g_variant_new_int32 ((gint32) plot->x_input));
  set_state (self, "y", g_variant_new_int32 ((gint32) plot->y_input));
  set_state (self, "test", g_variant_new_boolean (plot->shows_test_rows));
}

/* What is on the other axis changes places with what was on this one. */
static void
input_cb (GSimpleAction *action,
          GVariant      *parameter,
          gpointer       data)
{
  Buttons *self = data;
  const BpPlot *plot = bp_plot_view_get_plot (self->view);
  const guint input = (guint) g_variant_get_int32 (parameter);
  const gboolean is_x = g_str_equal (g_action_get_name (G_ACTION (action)), "x");

  if (plot == NULL)
    return;

  const guint own = is_x ? plot->x_input : plot->y_input;
  const guint other = is_x ? plot->y_input : plot->x_input;
  const guint others = other == input ? own : other;

  bp_plot_view_set_inputs (self->view, is_x ? input : others, is_x ? others : input);
  update_states (self);
}

static void
test_cb (G_GNUC_UNUSED GSimpleAction *action,
         GVariant                    *parameter,
         gpointer                     data)
{
  Buttons *self = data;

  bp_plot_view_set_test_rows (self->view, g_variant_get_boolean (parameter));
  update_states (self);
}

/* Where they lie */

static void
place_axis (const BpPlotLayout *layout,
            const BpPlot       *plot,
            gboolean            is_x,
            GdkRectangle       *place)
{
  g_autofree char *title = is_x ? bp_plot_layout_get_x_title (layout, plot) : bp_axis_get_title (&plot->y);
  const double name = title != NULL ? bp_plot_layout_get_text_width (layout, title, FALSE) : 0;
  double width = name;
  const double x = is_x ? bp_plot_layout_place_label (layout, plot, name, &width) : layout->em * BP_PLOT_PADDING;
  const double y = is_x ? layout->label_y : layout->legend_y;
  const double height = layout->em * BP_PLOT_LINE;

  *place = (GdkRectangle) { (int) x, (int) (y - height / 2), (int) (width + ARROW * layout->em), (int) height };
}

/* The switch has the left end of the row with the name of the x axis. */
static void
place_rows (const BpPlotLayout *layout,
            GtkWidget          *rows,
            GdkRectangle       *place)
{
  int width, height;

  gtk_widget_measure (rows, GTK_ORIENTATION_HORIZONTAL, -1, &width, NULL, NULL, NULL);
  gtk_widget_measure (rows, GTK_ORIENTATION_VERTICAL, -1, &height, NULL, NULL, NULL);
  *place = (GdkRectangle) { (int) (layout->em * BP_PLOT_PADDING),
                            (int) (layout->height - height - layout->em * BP_PLOT_GAP), width, height };
}

static gboolean
place_cb (G_GNUC_UNUSED GtkOverlay *overlay,
          GtkWidget                *button,
          GdkRectangle             *place,
          gpointer                  data)
{
  Buttons *self = data;
  const BpPlot *plot = bp_plot_view_get_plot (self->view);
  const BpPlotLayout *layout = plot != NULL ? bp_plot_canvas_get_layout (self->view->canvas) : NULL;
  int least_width, least_height;

  if (layout == NULL || (button != self->axes[0] && button != self->axes[1] && button != self->rows))
    return FALSE;

  if (button == self->rows)
    {
      place_rows (layout, button, place);
      return TRUE;
    }
  place_axis (layout, plot, button == self->axes[0], place);
  gtk_widget_measure (button, GTK_ORIENTATION_HORIZONTAL, -1, &least_width, NULL, NULL, NULL);
  gtk_widget_measure (button, GTK_ORIENTATION_VERTICAL, -1, &least_height, NULL, NULL, NULL);
  place->y -= MAX (least_height - place->height, 0) / 2;
  place->width = MAX (place->width, least_width);
  place->height = MAX (place->height, least_height);

  return TRUE;
}

/* The buttons */

static GtkWidget *
create_axis_button (const char *text)
{
  GtkWidget *arrow = gtk_image_new_from_icon_name ("pan-down-symbolic");
  GtkWidget *button = gtk_menu_button_new ();

  gtk_menu_button_set_child (GTK_MENU_BUTTON (button), arrow);
  /* GTK may have put it into a box in the middle. */
  gtk_widget_set_halign (arrow, GTK_ALIGN_END);
  if (!GTK_IS_BUTTON (gtk_widget_get_parent (arrow)))
    gtk_widget_set_halign (gtk_widget_get_parent (arrow), GTK_ALIGN_END);
  gtk_widget_set_tooltip_text (button, text);
  gtk_accessible_update_property (GTK_ACCESSIBLE (button), GTK_ACCESSIBLE_PROPERTY_LABEL, text, -1);
  gtk_widget_set_focus_on_click (button, FALSE);
  gtk_widget_add_css_class (button, "flat");
  gtk_widget_add_css_class (button, "plot-chooser");

  return button;
}

static GtkWidget *
create_row_button (const char *label,
                   gboolean    test)
{
  GtkWidget *button = gtk_toggle_button_new_with_label (label);

  gtk_widget_set_focus_on_click (button, FALSE);
  gtk_actionable_set_action_name (GTK_ACTIONABLE (button), "plot.test");
  gtk_actionable_set_action_target (GTK_ACTIONABLE (button), "b", test);

  return button;
}

static GtkWidget *
create_rows (void)
{
  GtkWidget *box = gtk_box_new (GTK_ORIENTATION_HORIZONTAL, 0);

  gtk_box_append (GTK_BOX (box), create_row_button (C_("rows of the data", "Training"), FALSE));
  gtk_box_append (GTK_BOX (box), create_row_button (C_("rows of the data", "Test"), TRUE));
  gtk_widget_add_css_class (box, "linked");
  gtk_widget_add_css_class (box, "plot-chooser");

  return box;
}

void
bp_plot_choosers_add (GtkOverlay *overlay)
{
  static const GActionEntry entries[] = {
    { "x", input_cb, "i", "0" }, { "y", input_cb, "i", "0" }, { "test", test_cb, "b", "false" },
  };
  Buttons *self = g_new0 (Buttons, 1);

  self->view = BP_PLOT_VIEW (gtk_overlay_get_child (overlay));
  self->actions = g_simple_action_group_new ();
  g_action_map_add_action_entries (G_ACTION_MAP (self->actions), entries, G_N_ELEMENTS (entries), self);
  gtk_widget_insert_action_group (GTK_WIDGET (overlay), "plot", G_ACTION_GROUP (self->actions));
  self->axes[0] = create_axis_button (_("Choose the input of the horizontal axis"));
  self->axes[1] = create_axis_button (_("Choose the input of the vertical axis"));
  self->rows = create_rows ();
  gtk_overlay_add_overlay (overlay, self->axes[1]);
  gtk_overlay_add_overlay (overlay, self->axes[0]);
  gtk_overlay_add_overlay (overlay, self->rows);
  g_object_set_data_full (G_OBJECT (overlay), buttons_key, self, buttons_free);
  g_signal_connect (overlay, "get-child-position", G_CALLBACK (place_cb), self);
  bp_plot_choosers_update (overlay);
}

static GMenuModel *
create_menu (const char *action,
             char      **inputs)
{
  GMenu *menu = g_menu_new ();

  for (guint i = 0; inputs[i] != NULL; i++)
    {
      g_auto (GStrv) parts = g_strsplit (inputs[i], "_", -1);
      g_autofree char *label = g_strjoinv ("__", parts);
      g_autoptr (GMenuItem) item = g_menu_item_new (label, NULL);

      g_menu_item_set_action_and_target (item, action, "i", (gint32) i + 1);
      g_menu_append_item (menu, item);
    }

  return G_MENU_MODEL (menu);
}

static gboolean
is_same (char **a,
         char **b)
{
  return a != NULL && b != NULL ? g_strv_equal ((const char * const *) a, (const char * const *) b) : a == b;
}

/* Other inputs are another experiment, whose first two are the default again. */
static void
update_inputs (Buttons      *self,
               const BpPlot *plot)
{
  static const char * const actions[] = { "plot.x", "plot.y" };

  if (is_same (self->inputs, plot->inputs))
    return;

  g_strfreev (self->inputs);
  self->inputs = g_strdupv (plot->inputs);
  bp_plot_view_set_inputs (self->view, 0, 0);
  for (guint i = 0; i < G_N_ELEMENTS (actions) && self->inputs != NULL; i++)
    {
      g_autoptr (GMenuModel) menu = create_menu (actions[i], self->inputs);

      gtk_menu_button_set_menu_model (GTK_MENU_BUTTON (self->axes[i]), menu);
    }
}

void
bp_plot_choosers_update (GtkOverlay *overlay)
{
  Buttons *self = g_object_get_data (G_OBJECT (overlay), buttons_key);
  const BpPlot *plot = bp_plot_view_get_plot (self->view);

  if (plot != NULL)
    update_inputs (self, plot);
  for (guint i = 0; i < G_N_ELEMENTS (self->axes); i++)
    gtk_widget_set_visible (self->axes[i], plot != NULL && self->inputs != NULL);
  plot = bp_plot_view_get_plot (self->view);
  gtk_widget_set_visible (self->rows, plot != NULL && plot->has_test_rows);
  update_states (self);
}
