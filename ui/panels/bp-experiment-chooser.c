/* bp-experiment-chooser.c: which experiment runs, and a list of those that come with the program
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "panels/bp-experiment-chooser.h"

#include <glib/gi18n-lib.h>

#include "experiment/bp-builtin.h"

/* Characters of a title that the description makes room for. */
#define MAX_TITLE 24

/* Of a title that is all that is shown, which there is always room for. */
#define BRIEF_TITLE 6

struct _BpExperimentChooser {
  AdwBin         parent;

  GtkWidget     *button;
  GtkPopover    *popover;
  GtkLabel      *title_label;
  GtkLabel      *description_label;
  GtkListBox    *list;

  GHashTable    *checks; /* name of a built-in → the image in its row that marks the one that runs */
  BpRun         *run;
  char          *name;   /* NULL: the title stands there */
  char          *state;  /* NULL: the description */
};

G_DEFINE_FINAL_TYPE (BpExperimentChooser, bp_experiment_chooser, ADW_TYPE_BIN)

static GtkWidget *
create_label (const char *text,
              const char *css_class)
{
  GtkWidget *label = gtk_label_new (text);

  gtk_label_set_xalign (GTK_LABEL (label), 0);
  gtk_label_set_wrap (GTK_LABEL (label), TRUE);
  gtk_label_set_width_chars (GTK_LABEL (label), 60);
  gtk_label_set_max_width_chars (GTK_LABEL (label), 60);
  gtk_widget_add_css_class (label, css_class);

  return label;
}

/* The title and the description below it. */
static GtkWidget *
create_texts (const char *title,
              const char *description)
{
  GtkWidget *texts = gtk_box_new (GTK_ORIENTATION_VERTICAL, 0);

  gtk_widget_set_hexpand (texts, TRUE);
  gtk_box_append (GTK_BOX (texts), create_label (title, "heading"));
  if (*description != '\0')
    gtk_box_append (GTK_BOX (texts), create_label (description, "caption"));

  return texts;
}

static void
add_builtin (BpExperimentChooser *self,
             const char          *name)
{
  g_autoptr (BpExperiment) experiment = bp_builtin_load (name, NULL);
  GtkWidget *row = gtk_list_box_row_new ();
  GtkWidget *box = gtk_box_new (GTK_ORIENTATION_HORIZONTAL, 12);
  GtkWidget *check = g_object_new (GTK_TYPE_IMAGE,
                                   "accessible-role", GTK_ACCESSIBLE_ROLE_PRESENTATION,
                                   "icon-name", "object-select-symbolic",
                                   NULL);
  const char *title, *description;

  g_return_if_fail (experiment != NULL);

  title = bp_builtin_translate (experiment->title);
  description = bp_builtin_translate (experiment->description);
  gtk_box_append (GTK_BOX (box), create_texts (title, description));
  gtk_box_append (GTK_BOX (box), check);
  gtk_list_box_row_set_child (GTK_LIST_BOX_ROW (row), box);
  gtk_accessible_update_property (GTK_ACCESSIBLE (row),
                                  GTK_ACCESSIBLE_PROPERTY_LABEL, title,
                                  GTK_ACCESSIBLE_PROPERTY_DESCRIPTION, description,
                                  -1);
  gtk_list_box_append (self->list, row);
  g_hash_table_insert (self->checks, (char *) name, check);
}

/* The first of a group stands below its heading. */
static void
update_header (GtkListBoxRow          *row,
               GtkListBoxRow          *before,
               G_GNUC_UNUSED gpointer  data)
{
  const char * const *names = bp_builtin_get_names ();
  const char *group = bp_builtin_get_group (names[gtk_list_box_row_get_index (row)]);
  const char *last = before != NULL ? bp_builtin_get_group (names[gtk_list_box_row_get_index (before)]) : NULL;
  GtkWidget *heading;

  if (g_strcmp0 (group, last) == 0)
    {
      gtk_list_box_row_set_header (row, NULL);
      return;
    }

  heading = gtk_label_new (group);
  gtk_label_set_xalign (GTK_LABEL (heading), 0);
  gtk_widget_add_css_class (heading, "dim-label");
  gtk_widget_add_css_class (heading, "experiment-group");
  gtk_list_box_row_set_header (row, heading);
}

/* The list is filled when it is first shown: a window opens without reading all the experiments. */
static void
fill (BpExperimentChooser *self)
{
  const char * const *names = bp_builtin_get_names ();

  if (g_hash_table_size (self->checks) > 0)
    return;

  for (gsize i = 0; names[i] != NULL; i++)
    add_builtin (self, names[i]);
  gtk_list_box_set_header_func (self->list, update_header, NULL, NULL);
}

static void
mark (BpExperimentChooser *self)
{
  const BpExperiment *experiment = bp_trainer_get_experiment (bp_run_get_trainer (self->run));
  GHashTableIter iter;
  gpointer name, check;

  g_hash_table_iter_init (&iter, self->checks);
  while (g_hash_table_iter_next (&iter, &name, &check))
    gtk_widget_set_visible (check, experiment->folder == NULL && g_strcmp0 (name, experiment->name) == 0);
}

static void
create_popup_cb (G_GNUC_UNUSED GtkMenuButton *button,
                 gpointer                     data)
{
  BpExperimentChooser *self = data;

  fill (self);
  mark (self);
}

static void
row_activated_cb (BpExperimentChooser *self,
                  GtkListBoxRow       *row)
{
  const char *name = bp_builtin_get_names ()[gtk_list_box_row_get_index (row)];

  gtk_popover_popdown (self->popover);
  gtk_widget_activate_action (GTK_WIDGET (self), "win.open-builtin", "s", name);
}

static void
new_clicked_cb (BpExperimentChooser *self)
{
  gtk_popover_popdown (self->popover);
  gtk_widget_activate_action (GTK_WIDGET (self), "win.new", NULL);
}

static void
open_clicked_cb (BpExperimentChooser *self)
{
  gtk_popover_popdown (self->popover);
  gtk_widget_activate_action (GTK_WIDGET (self), "win.open", NULL);
}

static void
update (BpExperimentChooser *self)
{
  const BpExperiment *experiment = bp_trainer_get_experiment (bp_run_get_trainer (self->run));
  const char *title = self->name != NULL ? self->name : bp_builtin_translate (experiment->title);
  const char *description = self->name != NULL ? "" : bp_builtin_translate (experiment->description);
  g_autofree char *label = g_strdup_printf (_("Experiment: %s"), title);

  gtk_label_set_label (self->title_label, title);
  gtk_label_set_width_chars (self->title_label, gtk_widget_get_visible (GTK_WIDGET (self->description_label))
                                                ? CLAMP (g_utf8_strlen (title, -1), 8, MAX_TITLE) : BRIEF_TITLE);
  gtk_label_set_label (self->description_label, self->state != NULL ? self->state : description);
  gtk_widget_set_tooltip_text (self->button, *description != '\0' ? description : label);
  gtk_accessible_update_property (GTK_ACCESSIBLE (self->button),
                                  GTK_ACCESSIBLE_PROPERTY_LABEL, label,
                                  GTK_ACCESSIBLE_PROPERTY_DESCRIPTION, description,
                                  -1);
}

static void
bp_experiment_chooser_dispose (GObject *object)
{
  BpExperimentChooser *self = BP_EXPERIMENT_CHOOSER (object);

  bp_experiment_chooser_set_run (self, NULL);
  g_hash_table_remove_all (self->checks);

  G_OBJECT_CLASS (bp_experiment_chooser_parent_class)->dispose (object);
}

static void
bp_experiment_chooser_finalize (GObject *object)
{
  g_hash_table_unref (BP_EXPERIMENT_CHOOSER (object)->checks);
  g_free (BP_EXPERIMENT_CHOOSER (object)->name);
  g_free (BP_EXPERIMENT_CHOOSER (object)->state);
  G_OBJECT_CLASS (bp_experiment_chooser_parent_class)->finalize (object);
}

static void
bp_experiment_chooser_class_init (BpExperimentChooserClass *klass)
{
  GObjectClass *object_class = G_OBJECT_CLASS (klass);
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  object_class->dispose = bp_experiment_chooser_dispose;
  object_class->finalize = bp_experiment_chooser_finalize;

  gtk_widget_class_set_css_name (widget_class, "experimentchooser");
  gtk_widget_class_set_template_from_resource (widget_class, "/org/backproplab/BackpropLab/bp-experiment-chooser.ui");
  gtk_widget_class_bind_template_child (widget_class, BpExperimentChooser, button);
  gtk_widget_class_bind_template_child (widget_class, BpExperimentChooser, popover);
  gtk_widget_class_bind_template_child (widget_class, BpExperimentChooser, title_label);
  gtk_widget_class_bind_template_child (widget_class, BpExperimentChooser, description_label);
  gtk_widget_class_bind_template_child (widget_class, BpExperimentChooser, list);
  gtk_widget_class_bind_template_callback (widget_class, new_clicked_cb);
  gtk_widget_class_bind_template_callback (widget_class, open_clicked_cb);
  gtk_widget_class_bind_template_callback (widget_class, row_activated_cb);
}

static void
bp_experiment_chooser_init (BpExperimentChooser *self)
{
  self->checks = g_hash_table_new (g_str_hash, g_str_equal);
  gtk_widget_init_template (GTK_WIDGET (self));
  gtk_menu_button_set_create_popup_func (GTK_MENU_BUTTON (self->button), create_popup_cb, self, NULL);
}

GtkWidget *
bp_experiment_chooser_new (BpRun *run)
{
  GtkWidget *self = g_object_new (BP_TYPE_EXPERIMENT_CHOOSER, NULL);

  bp_experiment_chooser_set_run (BP_EXPERIMENT_CHOOSER (self), run);

  return self;
}

void
bp_experiment_chooser_set_run (BpExperimentChooser *self,
                               BpRun               *run)
{
  g_return_if_fail (BP_IS_EXPERIMENT_CHOOSER (self));

  if (!bp_run_watch (&self->run, run, self))
    return;

  if (run != NULL)
    {
      g_signal_connect_swapped (run, "rebuilt", G_CALLBACK (update), self);
      update (self);
    }
}

void
bp_experiment_chooser_popup (BpExperimentChooser *self)
{
  g_return_if_fail (BP_IS_EXPERIMENT_CHOOSER (self));

  gtk_menu_button_popup (GTK_MENU_BUTTON (self->button));
}

void
bp_experiment_chooser_set_brief (BpExperimentChooser *self,
                                 gboolean             brief)
{
  g_return_if_fail (BP_IS_EXPERIMENT_CHOOSER (self));

  gtk_widget_set_visible (GTK_WIDGET (self->description_label), !brief);
  if (self->run != NULL)
    update (self);
}

void
bp_experiment_chooser_set_state (BpExperimentChooser *self,
                                 const char          *name,
                                 const char          *state)
{
  g_return_if_fail (BP_IS_EXPERIMENT_CHOOSER (self));

  if (g_strcmp0 (name, self->name) == 0 && g_strcmp0 (state, self->state) == 0)
    return;

  g_free (self->name);
  self->name = g_strdup (name);
  g_free (self->state);
  self->state = g_strdup (state);
  if (self->run != NULL)
    update (self);
}
