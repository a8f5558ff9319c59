/* bp-graph-view-folds.c: layers of the graph view that open and close
 *
 * Each layer has a button at its upper right corner, [+] while it is one box and [−] while it is a group. The actions
 * graph.open-all and graph.fold-all are for all of them; a menu at a layer has these and its own.
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "graph/bp-graph-view-private.h"

#include <glib/gi18n-lib.h>

#include "graph/bp-node-view.h"

/* The size of a button, as a multiple of that of a name. */
#define BUTTON_SIZE 1.35

static guint
get_n_layers (BpGraphView *self)
{
  const GPtrArray *layers = bp_graph_drawing_get_layers (self->drawing);

  return layers != NULL ? layers->len : 0;
}

static void
update_fold_actions (BpGraphView *self)
{
  const BpOpenLayers open = bp_graph_drawing_get_open (self->drawing);
  const guint        n = get_n_layers (self);
  const BpOpenLayers all = n >= 64 ? BP_LAYERS_ALL : (G_GUINT64_CONSTANT (1) << n) - 1;
  GActionMap        *actions = G_ACTION_MAP (self->actions);

  g_simple_action_set_enabled (G_SIMPLE_ACTION (g_action_map_lookup_action (actions, "open-all")),
                               (open & all) != all);
  g_simple_action_set_enabled (G_SIMPLE_ACTION (g_action_map_lookup_action (actions, "fold-all")), (open & all) != 0);
}

BpOpenLayers
bp_graph_view_get_open (BpGraphView *self)
{
  g_return_val_if_fail (BP_IS_GRAPH_VIEW (self), BP_LAYERS_NONE);

  return bp_graph_drawing_get_open (self->drawing);
}

void
bp_graph_view_set_open (BpGraphView *self,
                        BpOpenLayers open)
{
  g_return_if_fail (BP_IS_GRAPH_VIEW (self));

  if (self->run == NULL || get_n_layers (self) == 0 || bp_graph_drawing_get_open (self->drawing) == open)
    return;

  bp_graph_drawing_set_open (self->drawing, open);
  if (self->mode != BP_ZOOM_FREE)
    self->starts = TRUE;
  bp_graph_view_follow_run (self);
}

static void
toggle (BpGraphView *self,
        guint        layer)
{
  if (layer < MIN (get_n_layers (self), 64))
    bp_graph_view_set_open (self, bp_graph_drawing_get_open (self->drawing) ^ G_GUINT64_CONSTANT (1) << layer);
}

static void
fold_cb (G_GNUC_UNUSED GSimpleAction *action,
         GVariant                    *parameter,
         gpointer                     data)
{
  toggle (data, g_variant_get_uint32 (parameter));
}

static void
open_all_cb (G_GNUC_UNUSED GSimpleAction *action,
             G_GNUC_UNUSED GVariant      *parameter,
             gpointer                     data)
{
  bp_graph_view_set_open (data, BP_LAYERS_ALL);
}

static void
fold_all_cb (G_GNUC_UNUSED GSimpleAction *action,
             G_GNUC_UNUSED GVariant      *parameter,
             gpointer                     data)
{
  bp_graph_view_set_open (data, BP_LAYERS_NONE);
}

static void
elements_cb (G_GNUC_UNUSED GSimpleAction *action,
             GVariant                    *parameter,
             gpointer                     data)
{
  BpGraphView *self = data;
  guint        node = g_variant_get_uint32 (parameter);

  if (node < self->nodes->len)
    bp_graph_view_inspect (self, node);
}

static const GActionEntry entries[] = {
  { "fold", fold_cb, "u" },
  { "open-all", open_all_cb },
  { "fold-all", fold_all_cb },
  { "elements", elements_cb, "u" },
};

void
bp_graph_view_init_folds (BpGraphView *self)
{
  self->folds = g_ptr_array_new ();
  g_action_map_add_action_entries (G_ACTION_MAP (self->actions), entries, G_N_ELEMENTS (entries), self);
  update_fold_actions (self);
}

/* Buttons */

void
bp_graph_view_clear_folds (BpGraphView *self)
{
  for (guint l = 0; l < self->folds->len; l++)
    gtk_widget_unparent (g_ptr_array_index (self->folds, l));
  g_ptr_array_set_size (self->folds, 0);
}

static void
update_fold (BpGraphView *self,
             guint        layer)
{
  GtkWidget       *button = g_ptr_array_index (self->folds, layer);
  const char      *name = bp_layers_get (bp_graph_drawing_get_layers (self->drawing), layer)->name;
  gboolean         is_open = bp_layers_is_open (bp_graph_drawing_get_open (self->drawing), layer);
  g_autofree char *label = g_strdup_printf (is_open ? _("Fold Layer %s") : _("Open Layer %s"), name);

  gtk_button_set_icon_name (GTK_BUTTON (button), is_open ? "list-remove-symbolic" : "list-add-symbolic");
  gtk_widget_set_tooltip_text (button, label);
  gtk_accessible_update_property (GTK_ACCESSIBLE (button), GTK_ACCESSIBLE_PROPERTY_LABEL, label, -1);
  gtk_accessible_update_state (GTK_ACCESSIBLE (button), GTK_ACCESSIBLE_STATE_EXPANDED, is_open, -1);
}

static void
add_fold (BpGraphView *self,
          guint        layer)
{
  GtkWidget *button = gtk_button_new ();

  gtk_widget_add_css_class (button, "fold");
  gtk_widget_set_focus_on_click (button, FALSE);
  gtk_actionable_set_detailed_action_name (GTK_ACTIONABLE (button), "graph.fold(uint32 0)");
  gtk_actionable_set_action_target (GTK_ACTIONABLE (button), "u", layer);
  gtk_widget_insert_before (button, GTK_WIDGET (self), self->note);
  g_ptr_array_add (self->folds, button);
}

void
bp_graph_view_create_folds (BpGraphView *self)
{
  while (self->folds->len < MIN (get_n_layers (self), 64))
    add_fold (self, self->folds->len);
  while (self->folds->len > get_n_layers (self))
    {
      gtk_widget_unparent (g_ptr_array_index (self->folds, self->folds->len - 1));
      g_ptr_array_set_size (self->folds, (int) self->folds->len - 1);
    }
  for (guint l = 0; l < self->folds->len; l++)
    update_fold (self, l);
  for (guint node = 0; node < self->nodes->len; node++)
    gtk_widget_set_child_visible (g_ptr_array_index (self->nodes, node),
                                  bp_graph_drawing_get_box (self->drawing, node) == node);
  update_fold_actions (self);
}

void
bp_graph_view_allocate_folds (BpGraphView *self)
{
  const BpGraphLayout *layout = bp_graph_drawing_get_layout (self->drawing);
  const double         unit = bp_graph_drawing_get_unit (self->drawing);

  for (guint l = 0; l < self->folds->len; l++)
    {
      GtkWidget        *button = g_ptr_array_index (self->folds, l);
      guint             output = bp_layers_get (bp_graph_drawing_get_layers (self->drawing), l)->output;
      cairo_rectangle_t box;
      double            heading;
      graphene_point_t  place;
      int               least, size;

      if (!bp_graph_layout_get_group (layout, l, &box, &heading))
        box = *bp_graph_layout_get_node (layout, output);
      gtk_widget_measure (button, GTK_ORIENTATION_HORIZONTAL, -1, &least, NULL, NULL, NULL);
      size = MAX (least, (int) (BUTTON_SIZE * unit * self->zoom));
      place = GRAPHENE_POINT_INIT ((float) (self->x + (box.x + box.width - 0.35 * unit) * self->zoom) - size,
                                   (float) (self->y + (box.y + 0.3 * unit) * self->zoom));
      gtk_widget_allocate (button, size, size, -1, gsk_transform_translate (NULL, &place));
    }
}

void
bp_graph_view_snapshot_folds (BpGraphView *self,
                              GtkSnapshot *snapshot)
{
  for (guint l = 0; l < self->folds->len; l++)
    gtk_widget_snapshot_child (GTK_WIDGET (self), g_ptr_array_index (self->folds, l), snapshot);
}

/* The menu */

static guint
find_layer (BpGraphView *self,
            guint        node)
{
  return get_n_layers (self) > 0 ? bp_layers_find_member (bp_graph_drawing_get_layers (self->drawing), node)
                                 : G_MAXUINT;
}

gboolean
bp_graph_view_toggle_layer (BpGraphView *self,
                            guint        node)
{
  guint layer = find_layer (self, node);

  if (layer == G_MAXUINT || bp_layers_is_open (bp_graph_drawing_get_open (self->drawing), layer))
    return FALSE;
  toggle (self, layer);

  return TRUE;
}

static GMenuModel *
create_menu (BpGraphView *self,
             guint        node,
             guint        layer)
{
  GMenu            *menu = g_menu_new ();
  g_autoptr (GMenu) all = g_menu_new ();
  g_autofree char  *fold = g_strdup_printf ("graph.fold(uint32 %u)", layer);
  g_autofree char  *elements = g_strdup_printf ("graph.elements(uint32 %u)", node);

  g_menu_append (menu, bp_layers_is_open (bp_graph_drawing_get_open (self->drawing), layer) ? _("_Fold Layer")
                                                                                           : _("_Open Layer"), fold);
  g_menu_append (menu, _("Show _Elements"), elements);
  g_menu_append (all, _("Open _All Layers"), "graph.open-all");
  g_menu_append (all, _("Fold All _Layers"), "graph.fold-all");
  g_menu_append_section (menu, NULL, G_MENU_MODEL (all));

  return G_MENU_MODEL (menu);
}

gboolean
bp_graph_view_show_layer_menu (BpGraphView *self,
                               guint        node)
{
  guint                  layer = find_layer (self, node);
  g_autoptr (GMenuModel) model = NULL;
  graphene_rect_t        bounds;
  GdkRectangle           place;

  if (layer >= self->folds->len
      || !gtk_widget_compute_bounds (g_ptr_array_index (self->nodes, node), GTK_WIDGET (self), &bounds))
    return FALSE;

  model = create_menu (self, node, layer);
  if (self->menu == NULL)
    {
      self->menu = gtk_popover_menu_new_from_model (NULL);
      gtk_widget_set_parent (self->menu, GTK_WIDGET (self));
    }
  gtk_popover_menu_set_menu_model (GTK_POPOVER_MENU (self->menu), model);
  place = bp_graph_view_clip (self, &bounds);
  gtk_popover_set_pointing_to (GTK_POPOVER (self->menu), &place);
  gtk_popover_popup (GTK_POPOVER (self->menu));

  return TRUE;
}

/* In a lecture */

gboolean
bp_graph_view_follow_layer (BpGraphView *self)
{
  guint node = bp_run_get_current_node (self->run);
  guint layer;

  if (!self->lecture || get_n_layers (self) < 2 || node == BP_NODE_NONE
      || (bp_run_get_playing (self->run) && bp_run_get_play_by (self->run) != BP_STEP_NODE))
    return FALSE;

  layer = find_layer (self, node);
  if (layer >= MIN (get_n_layers (self), 64) || layer == self->followed_layer)
    return FALSE;
  self->followed_layer = layer;
  if (bp_graph_drawing_get_open (self->drawing) == G_GUINT64_CONSTANT (1) << layer)
    return FALSE;
  bp_graph_drawing_set_open (self->drawing, G_GUINT64_CONSTANT (1) << layer);
  self->starts = self->starts || self->mode != BP_ZOOM_FREE;

  return TRUE;
}
