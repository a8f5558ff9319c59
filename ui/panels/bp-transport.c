/* bp-transport.c: the buttons that move through the run
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "panels/bp-transport.h"

#include <glib/gi18n-lib.h>

#include "widgets/bp-icon-label.h"
#include "widgets/bp-menu.h"
#include "base/bp-number.h"

struct _BpTransport {
  GtkWidget      parent;

  GtkWidget     *buttons;
  GtkWidget     *reset_button;
  GtkWidget     *node_forward_button;
  GtkWidget     *play_button;
  BpIconLabel   *play_label;
  GtkMenuButton *speed_button;
  GMenuModel    *speed_menu;
  BpIconLabel   *speed_label;

  BpRun         *run;
};

G_DEFINE_FINAL_TYPE (BpTransport, bp_transport, GTK_TYPE_WIDGET)

char *
bp_transport_format_speed (double speed)
{
  g_autofree char *number = NULL;

  if (speed == 0)
    return g_strdup (_("full speed"));

  number = bp_number_format (speed);

  return g_strdup_printf (speed == 1 ? _("%s step/s") : _("%s steps/s"), number);
}

static void
update_playing (BpTransport *self)
{
  gboolean playing = bp_run_get_playing (self->run);
  const char *description = playing ? _("Pause (Space)") : _("Play (Space)");

  bp_icon_label_set_icon_name (self->play_label,
                               playing ? "media-playback-pause-symbolic" : "media-playback-start-symbolic");
  bp_icon_label_set_label (self->play_label, playing ? _("Pause") : _("Play"));
  gtk_widget_set_tooltip_text (self->play_button, description);
  gtk_accessible_update_property (GTK_ACCESSIBLE (self->play_button),
                                  GTK_ACCESSIBLE_PROPERTY_LABEL, playing ? _("Pause") : _("Play"),
                                  -1);
}

static void
update_speed (BpTransport *self)
{
  g_autofree char *text = bp_transport_format_speed (bp_run_get_speed (self->run));
  g_autofree char *label = g_strdup_printf (_("Speed: %s"), text);

  bp_icon_label_set_label (self->speed_label, text);
  gtk_accessible_update_property (GTK_ACCESSIBLE (self->speed_button), GTK_ACCESSIBLE_PROPERTY_LABEL, label, -1);
}

static GtkSizeRequestMode
bp_transport_get_request_mode (G_GNUC_UNUSED GtkWidget *widget)
{
  return GTK_SIZE_REQUEST_CONSTANT_SIZE;
}

static void
bp_transport_measure (GtkWidget         *widget,
                      GtkOrientation     orientation,
                      G_GNUC_UNUSED int  for_size,
                      int               *minimum,
                      int               *natural,
                      G_GNUC_UNUSED int *minimum_baseline,
                      G_GNUC_UNUSED int *natural_baseline)
{
  gtk_widget_measure (BP_TRANSPORT (widget)->buttons, orientation, -1, minimum, natural, NULL, NULL);
}

/* All words or none: a width between the two would give some buttons theirs. */
static void
bp_transport_size_allocate (GtkWidget         *widget,
                            int                width,
                            int                height,
                            G_GNUC_UNUSED int  baseline)
{
  BpTransport *self = BP_TRANSPORT (widget);
  GtkAllocation place = { 0, 0, width, height };
  int minimum, natural;

  gtk_widget_measure (self->buttons, GTK_ORIENTATION_HORIZONTAL, -1, &minimum, &natural, NULL, NULL);
  place.width = width >= natural ? natural : minimum;
  place.x = (width - place.width) / 2;
  gtk_widget_size_allocate (self->buttons, &place, -1);
}

/* The step that is taken most. */
static gboolean
bp_transport_grab_focus (GtkWidget *widget)
{
  return gtk_widget_grab_focus (BP_TRANSPORT (widget)->node_forward_button);
}

static void
bp_transport_dispose (GObject *object)
{
  BpTransport *self = BP_TRANSPORT (object);

  bp_transport_set_run (self, NULL);
  g_clear_pointer (&self->buttons, gtk_widget_unparent);

  G_OBJECT_CLASS (bp_transport_parent_class)->dispose (object);
}

static void
bp_transport_class_init (BpTransportClass *klass)
{
  GObjectClass *object_class = G_OBJECT_CLASS (klass);
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  object_class->dispose = bp_transport_dispose;
  widget_class->grab_focus = bp_transport_grab_focus;
  widget_class->get_request_mode = bp_transport_get_request_mode;
  widget_class->measure = bp_transport_measure;
  widget_class->size_allocate = bp_transport_size_allocate;

  g_type_ensure (BP_TYPE_ICON_LABEL);
  gtk_widget_class_set_css_name (widget_class, "transport");
  gtk_widget_class_set_accessible_role (widget_class, GTK_ACCESSIBLE_ROLE_TOOLBAR);
  gtk_widget_class_set_template_from_resource (widget_class, "/org/backproplab/BackpropLab/bp-transport.ui");
  gtk_widget_class_bind_template_child (widget_class, BpTransport, buttons);
  gtk_widget_class_bind_template_child (widget_class, BpTransport, reset_button);
  gtk_widget_class_bind_template_child (widget_class, BpTransport, node_forward_button);
  gtk_widget_class_bind_template_child (widget_class, BpTransport, play_button);
  gtk_widget_class_bind_template_child (widget_class, BpTransport, play_label);
  gtk_widget_class_bind_template_child (widget_class, BpTransport, speed_button);
  gtk_widget_class_bind_template_child (widget_class, BpTransport, speed_menu);
  gtk_widget_class_bind_template_child (widget_class, BpTransport, speed_label);
}

static void
bp_transport_init (BpTransport *self)
{
  gtk_widget_init_template (GTK_WIDGET (self));
  bp_menu_button_set_menu (self->speed_button, self->speed_menu);
}

GtkWidget *
bp_transport_new (BpRun *run)
{
  GtkWidget *self = g_object_new (BP_TYPE_TRANSPORT, NULL);

  bp_transport_set_run (BP_TRANSPORT (self), run);

  return self;
}

void
bp_transport_set_run (BpTransport *self,
                      BpRun       *run)
{
  g_return_if_fail (BP_IS_TRANSPORT (self));

  if (!bp_run_watch (&self->run, run, self))
    return;

  if (run != NULL)
    {
      g_signal_connect_swapped (run, "notify::playing", G_CALLBACK (update_playing), self);
      g_signal_connect_swapped (run, "notify::speed", G_CALLBACK (update_speed), self);
      update_playing (self);
      update_speed (self);
    }
}

void
bp_transport_set_brief (BpTransport *self)
{
  g_return_if_fail (BP_IS_TRANSPORT (self));

  gtk_widget_set_visible (self->reset_button, FALSE);
}
