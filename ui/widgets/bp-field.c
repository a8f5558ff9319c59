/* bp-field.c: a titled entry for one value, which says why it refuses a text
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "widgets/bp-field.h"

#include "widgets/bp-step-buttons.h"

#include <glib/gi18n-lib.h>

/* Widths of the entry in characters: the two of the template, and that of the longest 64-bit number. */
#define LEAST_WIDTH 6
#define NATURAL_WIDTH 7
#define MAX_WIDTH 20

struct _BpField {
  GtkBox           parent;

  GtkBox          *line;
  GtkLabel        *title_label;
  GtkEntry        *entry;
  BpStepButtons   *step_buttons; /* NULL until "steps" is first TRUE */
  GtkLabel        *message_label;

  const BpSetting *setting; /* NULL where it is of none */
  char            *text;
  gboolean         refused;
  gboolean         can_less;
  gboolean         can_more;
};

enum {
  PROP_0,
  PROP_TITLE,
  PROP_SETTING,
  PROP_STEPS,
  PROP_SUFFIX,
};

enum {
  SIGNAL_APPLY,
  SIGNAL_STEP,
  N_SIGNALS
};

static guint signals[N_SIGNALS];

G_DEFINE_FINAL_TYPE (BpField, bp_field, GTK_TYPE_BOX)

static void
set_refused (BpField    *self,
             const char *message)
{
  gboolean refused = message != NULL;

  gtk_label_set_label (self->message_label, refused ? message : "");
  gtk_widget_set_visible (GTK_WIDGET (self->message_label), refused);
  if (refused)
    gtk_widget_add_css_class (GTK_WIDGET (self->entry), "error");
  else
    gtk_widget_remove_css_class (GTK_WIDGET (self->entry), "error");

  gtk_accessible_update_state (GTK_ACCESSIBLE (self->entry),
                               GTK_ACCESSIBLE_STATE_INVALID,
                               refused ? GTK_ACCESSIBLE_INVALID_TRUE : GTK_ACCESSIBLE_INVALID_FALSE,
                               -1);
  self->refused = refused;
}

/* The entry is as wide as its text, because a number that is cut off looks like another one. */
static void
show_text (BpField *self)
{
  GtkEditable *editable = GTK_EDITABLE (self->entry);
  int n = (int) g_utf8_strlen (self->text, -1);

  set_refused (self, NULL);
  gtk_editable_set_text (editable, self->text);
  gtk_editable_set_width_chars (editable, CLAMP (n, LEAST_WIDTH, MAX_WIDTH));
  gtk_editable_set_max_width_chars (editable, CLAMP (n, NATURAL_WIDTH, MAX_WIDTH));
}

static gboolean
commit (BpField *self)
{
  g_autoptr (GError) error = NULL;
  g_autofree char *text = g_strstrip (g_strdup (gtk_editable_get_text (GTK_EDITABLE (self->entry))));
  gboolean applied = FALSE;

  if (g_strcmp0 (text, self->text) == 0)
    {
      show_text (self);
      return TRUE;
    }

  g_signal_emit (self, signals[SIGNAL_APPLY], 0, text, &error, &applied);
  if (applied)
    show_text (self);
  else
    bp_field_refuse (self, error);

  return applied;
}

/* Moves the focus from the entry to the field. Keys step through the run again, and Tab continues from here. */
static void
release_focus (BpField *self)
{
  gtk_widget_set_focusable (GTK_WIDGET (self), TRUE);
  gtk_widget_grab_focus (GTK_WIDGET (self));
}

static void
field_leave_cb (BpField *self)
{
  gtk_widget_set_focusable (GTK_WIDGET (self), FALSE);
}

static void
entry_activate_cb (BpField *self)
{
  if (commit (self))
    release_focus (self);
}

static void
entry_leave_cb (BpField *self)
{
  if (!gtk_widget_in_destruction (GTK_WIDGET (self)))
    commit (self);
}

static void
step_cb (BpField *self,
         int      direction)
{
  if (direction > 0 ? self->can_more : self->can_less)
    g_signal_emit (self, signals[SIGNAL_STEP], 0, direction);
}

static gboolean
entry_key_pressed_cb (G_GNUC_UNUSED GtkEventControllerKey *controller,
                      guint                                keyval,
                      G_GNUC_UNUSED guint                  keycode,
                      G_GNUC_UNUSED GdkModifierType        state,
                      BpField                             *self)
{
  gboolean up = keyval == GDK_KEY_Up || keyval == GDK_KEY_KP_Up;
  gboolean down = keyval == GDK_KEY_Down || keyval == GDK_KEY_KP_Down;

  if (keyval == GDK_KEY_Escape)
    {
      show_text (self);
      release_focus (self);
      return GDK_EVENT_STOP;
    }
  if (!(up || down) || !bp_field_get_steps (self))
    return GDK_EVENT_PROPAGATE;

  if (commit (self))
    step_cb (self, up ? 1 : -1);

  return GDK_EVENT_STOP;
}

static void
set_setting (BpField    *self,
             const char *key)
{
  self->setting = bp_setting_find (key);
  g_return_if_fail (self->setting != NULL && self->setting->title != NULL);
  bp_field_set_title (self, _(self->setting->label != NULL ? self->setting->label : self->setting->title));
}

static void
bp_field_set_property (GObject      *object,
                       guint         id,
                       const GValue *value,
                       GParamSpec   *pspec)
{
  BpField *self = BP_FIELD (object);

  switch (id)
    {
    case PROP_TITLE:
      bp_field_set_title (self, g_value_get_string (value));
      break;
    case PROP_SETTING:
      set_setting (self, g_value_get_string (value));
      break;
    case PROP_STEPS:
      bp_field_set_steps (self, g_value_get_boolean (value));
      break;
    case PROP_SUFFIX:
      gtk_box_append (self->line, g_value_get_object (value));
      break;
    default:
      G_OBJECT_WARN_INVALID_PROPERTY_ID (object, id, pspec);
    }
}

static void
bp_field_finalize (GObject *object)
{
  g_free (BP_FIELD (object)->text);
  G_OBJECT_CLASS (bp_field_parent_class)->finalize (object);
}

static void
install_properties (GObjectClass *object_class)
{
  const GParamFlags flags = G_PARAM_WRITABLE | G_PARAM_STATIC_STRINGS;

  g_object_class_install_property (object_class, PROP_TITLE, g_param_spec_string ("title", NULL, NULL, "", flags));
  g_object_class_install_property (object_class, PROP_SETTING,
                                   g_param_spec_string ("setting", NULL, NULL, NULL, flags));
  g_object_class_install_property (object_class, PROP_STEPS, g_param_spec_boolean ("steps", NULL, NULL, FALSE, flags));
  g_object_class_install_property (object_class, PROP_SUFFIX,
                                   g_param_spec_object ("suffix", NULL, NULL, GTK_TYPE_WIDGET, flags));
}

static void
bp_field_class_init (BpFieldClass *klass)
{
  GObjectClass *object_class = G_OBJECT_CLASS (klass);
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  object_class->set_property = bp_field_set_property;
  object_class->finalize = bp_field_finalize;
  install_properties (object_class);

  signals[SIGNAL_APPLY] = g_signal_new ("apply", BP_TYPE_FIELD, G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL,
                                        G_TYPE_BOOLEAN, 2, G_TYPE_STRING, G_TYPE_POINTER);
  signals[SIGNAL_STEP] = g_signal_new ("step", BP_TYPE_FIELD, G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL,
                                       G_TYPE_NONE, 1, G_TYPE_INT);

  gtk_widget_class_set_css_name (widget_class, "field");
  gtk_widget_class_set_accessible_role (widget_class, GTK_ACCESSIBLE_ROLE_GROUP);
  gtk_widget_class_set_template_from_resource (widget_class, "/org/backproplab/BackpropLab/bp-field.ui");
  gtk_widget_class_bind_template_child (widget_class, BpField, line);
  gtk_widget_class_bind_template_child (widget_class, BpField, title_label);
  gtk_widget_class_bind_template_child (widget_class, BpField, entry);
  gtk_widget_class_bind_template_child (widget_class, BpField, message_label);
  gtk_widget_class_bind_template_callback (widget_class, entry_activate_cb);
  gtk_widget_class_bind_template_callback (widget_class, entry_key_pressed_cb);
  gtk_widget_class_bind_template_callback (widget_class, entry_leave_cb);
  gtk_widget_class_bind_template_callback (widget_class, field_leave_cb);
}

static void
bp_field_init (BpField *self)
{
  self->text = g_strdup ("");
  self->can_less = self->can_more = TRUE;
  gtk_widget_init_template (GTK_WIDGET (self));
}

GtkWidget *
bp_field_new (const char *title)
{
  return g_object_new (BP_TYPE_FIELD, "title", title, NULL);
}

const char *
bp_field_get_title (BpField *self)
{
  g_return_val_if_fail (BP_IS_FIELD (self), NULL);

  return gtk_label_get_label (self->title_label);
}

void
bp_field_set_title (BpField    *self,
                    const char *title)
{
  g_return_if_fail (BP_IS_FIELD (self));

  if (g_strcmp0 (title, bp_field_get_title (self)) == 0)
    return;

  gtk_label_set_label (self->title_label, title);
  if (self->step_buttons != NULL)
    bp_step_buttons_set_title (self->step_buttons, title);
  gtk_accessible_update_property (GTK_ACCESSIBLE (self), GTK_ACCESSIBLE_PROPERTY_LABEL, title, -1);
}

const BpSetting *
bp_field_get_setting (BpField *self)
{
  g_return_val_if_fail (BP_IS_FIELD (self), NULL);

  return self->setting;
}

const char *
bp_field_get_text (BpField *self)
{
  g_return_val_if_fail (BP_IS_FIELD (self), NULL);

  return self->text;
}

void
bp_field_set_text (BpField    *self,
                   const char *text)
{
  g_return_if_fail (BP_IS_FIELD (self));
  g_return_if_fail (text != NULL);

  if (strcmp (self->text, text) == 0)
    return;

  g_free (self->text);
  self->text = g_strdup (text);
  show_text (self);
}

gboolean
bp_field_get_steps (BpField *self)
{
  g_return_val_if_fail (BP_IS_FIELD (self), FALSE);

  return self->step_buttons != NULL && gtk_widget_get_visible (GTK_WIDGET (self->step_buttons));
}

static void
create_step_buttons (BpField *self)
{
  self->step_buttons = bp_step_buttons_new ();
  bp_step_buttons_set_title (self->step_buttons, bp_field_get_title (self));
  bp_step_buttons_set_can_step (self->step_buttons, self->can_less, self->can_more);
  g_signal_connect_swapped (self->step_buttons, "step", G_CALLBACK (step_cb), self);
  gtk_box_insert_child_after (self->line, GTK_WIDGET (self->step_buttons), GTK_WIDGET (self->entry));
}

void
bp_field_set_steps (BpField *self,
                    gboolean steps)
{
  g_return_if_fail (BP_IS_FIELD (self));

  if (!steps == !bp_field_get_steps (self))
    return;

  if (self->step_buttons == NULL)
    create_step_buttons (self);
  gtk_widget_set_visible (GTK_WIDGET (self->step_buttons), steps);
}

void
bp_field_set_can_step (BpField *self,
                       gboolean less,
                       gboolean more)
{
  g_return_if_fail (BP_IS_FIELD (self));

  self->can_less = less;
  self->can_more = more;
  if (self->step_buttons != NULL)
    bp_step_buttons_set_can_step (self->step_buttons, less, more);
}

void
bp_field_refuse (BpField      *self,
                 const GError *error)
{
  g_autofree char *message = NULL;

  g_return_if_fail (BP_IS_FIELD (self));
  g_return_if_fail (error != NULL);

  message = g_strdup_printf (_("%s. It stays %s."), error->message, self->text);
  set_refused (self, message);
}

gboolean
bp_field_get_refused (BpField *self)
{
  g_return_val_if_fail (BP_IS_FIELD (self), FALSE);

  return self->refused;
}

GtkEntry *
bp_field_get_entry (BpField *self)
{
  g_return_val_if_fail (BP_IS_FIELD (self), NULL);

  return self->entry;
}

const char *
bp_field_get_message (BpField *self)
{
  g_return_val_if_fail (BP_IS_FIELD (self), NULL);

  return gtk_label_get_label (self->message_label);
}
