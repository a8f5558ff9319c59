/* bp-new-dialog.c: begins an experiment with a template
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "dialogs/bp-new-dialog.h"

#include <glib/gi18n-lib.h>
#include <string.h>

#include "base/bp-error.h"
#include "dialogs/bp-panes.h"
#include "dialogs/bp-template-card.h"
#include "dialogs/bp-template-preview.h"
#include "templates/bp-layer-sizes.h"

/* Templates in a row. */
#define N_IN_ROW 3

struct _BpNewDialog {
  AdwWindow            parent;

  GtkWidget           *cancel_button;
  GtkWidget           *create_button;
  GtkWidget           *panes;
  GtkFlowBox          *templates;
  BpTemplatePreview   *preview;
  AdwPreferencesGroup *model_group;
  GtkEditable         *name_entry;
  AdwComboRow         *function_row;
  AdwActionRow        *formula_row;
  GtkEditable         *formula_entry;
  GtkWidget           *x_row;
  GtkSpinButton       *x_spin;
  GtkWidget           *y_row;
  GtkSpinButton       *y_spin;
  AdwActionRow        *layers_row;
  GtkEditable         *layers_entry;
  AdwComboRow         *activation_row;
  AdwComboRow         *loss_row;
  AdwComboRow         *optimizer_row;
  GtkWidget           *data_group;
  AdwComboRow         *generator_row;
  GtkSpinButton       *points_spin;
  GtkSpinButton       *noise_spin;
  GtkSpinButton       *test_spin;
  GtkLabel            *message_label;

  BpTemplate           choice;
  char                *text;        /* what is made; NULL where something is wrong */
  gboolean             is_updating; /* widgets are set to the choice */
};

static guint created_signal;
static guint table_signal;

G_DEFINE_FINAL_TYPE (BpNewDialog, bp_new_dialog, ADW_TYPE_WINDOW)

static gboolean
is_function (BpNewDialog *self)
{
  return self->choice.kind <= BP_TEMPLATE_FUNCTION_2;
}

static gboolean
has_data (BpNewDialog *self)
{
  return !is_function (self) && self->choice.kind != BP_TEMPLATE_EMPTY;
}

/* What is wrong, or what it is */

/* Says @text below the title of @row, as a mistake if @is_wrong. */
static void
set_subtitle (AdwActionRow *row,
              GtkEditable  *entry,
              const char   *text,
              gboolean      is_wrong)
{
  g_autofree char *escaped = g_markup_escape_text (text, -1);

  adw_action_row_set_subtitle (row, escaped);
  if (is_wrong)
    gtk_widget_add_css_class (GTK_WIDGET (row), "wrong");
  else
    gtk_widget_remove_css_class (GTK_WIDGET (row), "wrong");
  gtk_accessible_update_state (GTK_ACCESSIBLE (entry), GTK_ACCESSIBLE_STATE_INVALID,
                               is_wrong ? GTK_ACCESSIBLE_INVALID_TRUE : GTK_ACCESSIBLE_INVALID_FALSE, -1);
  gtk_accessible_update_property (GTK_ACCESSIBLE (entry), GTK_ACCESSIBLE_PROPERTY_DESCRIPTION, text, -1);
}

static void
check (BpNewDialog *self)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (GError) layers_error = NULL;
  gboolean is_network = self->choice.kind == BP_TEMPLATE_NETWORK;
  g_autoptr (GArray) sizes = is_network ? bp_template_parse_layers (&self->choice, &layers_error) : NULL;
  g_autofree char *layers = sizes != NULL ? bp_layer_sizes_describe (sizes) : NULL;

  g_free (self->text);
  self->text = bp_template_to_text (&self->choice, &error);
  set_subtitle (self->layers_row, self->layers_entry,
                layers != NULL ? layers : layers_error != NULL ? layers_error->message : "", layers_error != NULL);
  set_subtitle (self->formula_row, self->formula_entry,
                error != NULL ? error->message
                : self->choice.kind == BP_TEMPLATE_FUNCTION_1 ? _("An expression of x") : _("An expression of x and y"),
                error != NULL);
  gtk_label_set_label (self->message_label, error != NULL ? bp_error_get_sentence (error) : "");
  gtk_widget_set_visible (GTK_WIDGET (self->message_label), error != NULL && layers_error == NULL && has_data (self));
  gtk_widget_set_sensitive (self->create_button, self->text != NULL);
  bp_template_preview_show (self->preview, self->text, has_data (self) ? BP_PLOT_DATA : BP_PLOT_CURVE, sizes);
}

/* Widgets of the choice */

/* The losses that go with the data. */
static void
fill_losses (BpNewDialog *self)
{
  g_autoptr (GtkStringList) titles = gtk_string_list_new (NULL);

  for (BpLossKind loss = 0; loss < BP_N_LOSSES; loss++)
    if (bp_template_may_have_loss (&self->choice, loss))
      gtk_string_list_append (titles, bp_loss_get_title (loss));
  /* Another model would close a list that is open. */
  if (adw_combo_row_get_model (self->loss_row) == NULL
      || g_list_model_get_n_items (G_LIST_MODEL (titles)) !=
         g_list_model_get_n_items (adw_combo_row_get_model (self->loss_row)))
    adw_combo_row_set_model (self->loss_row, G_LIST_MODEL (titles));
}

/* Those that have classes, or numbers: a template but a network is about one of both. */
static gboolean
may_generate (BpNewDialog    *self,
              BpGeneratorKind kind)
{
  const BpGenerator generator = { .kind = kind };
  gboolean has_classes = g_strv_contains (bp_generator_get_columns (&generator), BP_GENERATOR_LABEL);

  return self->choice.kind == BP_TEMPLATE_NETWORK || has_classes == (self->choice.kind == BP_TEMPLATE_CLASSIFICATION);
}

static const char *
get_generator_title (BpGeneratorKind kind)
{
  static const char * const titles[BP_N_GENERATORS] = {
    "", N_("Circles"), N_("Moons"), N_("Spirals"), N_("Blobs"), N_("XOR"), N_("Line"), N_("Sine")
  };

  return _(titles[kind]);
}

/* The @place-th generator of the list, or how many there are before @kind. */
static guint
find_generator (BpNewDialog *self,
                guint        place,
                guint        kind)
{
  guint n = 0;

  for (BpGeneratorKind i = BP_GENERATOR_CIRCLES; i < BP_N_GENERATORS; i++)
    if (may_generate (self, i))
      {
        if (n == place)
          return i;
        if (i == kind)
          return n;
        n++;
      }

  return 0;
}

static void
fill_kind (BpNewDialog *self)
{
  g_autoptr (GtkStringList) functions = gtk_string_list_new (NULL);
  g_autoptr (GtkStringList) generators = gtk_string_list_new (NULL);
  guint n;
  const BpTemplateFunction *function = bp_template_get_functions (self->choice.kind, &n);

  for (guint i = 0; i < n; i++)
    gtk_string_list_append (functions, _(function[i].title));
  adw_combo_row_set_model (self->function_row, G_LIST_MODEL (functions));
  for (BpGeneratorKind i = BP_GENERATOR_CIRCLES; i < BP_N_GENERATORS; i++)
    if (may_generate (self, i))
      gtk_string_list_append (generators, get_generator_title (i));
  adw_combo_row_set_model (self->generator_row, G_LIST_MODEL (generators));
}

static void
set_text (GtkEditable *entry,
          const char  *text)
{
  if (!g_str_equal (gtk_editable_get_text (entry), text))
    gtk_editable_set_text (entry, text);
}

/* Shows the choice, and only those rows that are of it. */
static void
show (BpNewDialog *self)
{
  const BpTemplate *choice = &self->choice;
  gboolean is_network = choice->kind == BP_TEMPLATE_NETWORK;

  self->is_updating = TRUE;
  fill_losses (self);
  set_text (self->name_entry, choice->title);
  set_text (self->formula_entry, choice->formula);
  set_text (self->layers_entry, choice->layers != NULL ? choice->layers : "");
  gtk_spin_button_set_value (self->x_spin, choice->start[0]);
  gtk_spin_button_set_value (self->y_spin, choice->start[1]);
  adw_combo_row_set_selected (self->loss_row, choice->loss);
  adw_combo_row_set_selected (self->optimizer_row, choice->optimizer);
  adw_combo_row_set_selected (self->generator_row, find_generator (self, G_MAXUINT, choice->generator.kind));
  gtk_spin_button_set_value (self->points_spin, choice->generator.n_samples);
  gtk_spin_button_set_value (self->noise_spin, choice->generator.noise);
  gtk_spin_button_set_value (self->test_spin, 100 * choice->test_share);

  gtk_widget_set_visible (GTK_WIDGET (self->function_row), is_function (self));
  gtk_widget_set_visible (GTK_WIDGET (self->formula_row), is_function (self));
  gtk_widget_set_visible (self->x_row, is_function (self));
  gtk_widget_set_visible (self->y_row, choice->kind == BP_TEMPLATE_FUNCTION_2);
  gtk_widget_set_visible (GTK_WIDGET (self->layers_row), is_network);
  gtk_widget_set_visible (GTK_WIDGET (self->activation_row), is_network);
  gtk_widget_set_visible (GTK_WIDGET (self->loss_row), is_network || choice->kind == BP_TEMPLATE_REGRESSION);
  gtk_widget_set_visible (GTK_WIDGET (self->optimizer_row), choice->kind != BP_TEMPLATE_EMPTY);
  gtk_widget_set_visible (self->data_group, has_data (self));
  self->is_updating = FALSE;
  check (self);
}

static void
replace (char      **text,
         const char *by)
{
  g_free (*text);
  *text = g_strdup (by);
}

/* Something was typed or chosen. */
static void
chosen_cb (BpNewDialog *self)
{
  BpTemplate *choice = &self->choice;
  BpGeneratorKind generator;

  if (self->is_updating)
    return;

  replace (&choice->title, gtk_editable_get_text (self->name_entry));
  replace (&choice->formula, gtk_editable_get_text (self->formula_entry));
  if (choice->layers != NULL)
    replace (&choice->layers, gtk_editable_get_text (self->layers_entry));
  choice->start[0] = gtk_spin_button_get_value (self->x_spin);
  choice->start[1] = gtk_spin_button_get_value (self->y_spin);
  choice->activation = bp_activation_get_names ()[adw_combo_row_get_selected (self->activation_row)];
  choice->optimizer = adw_combo_row_get_selected (self->optimizer_row);
  choice->generator.n_samples = (gsize) gtk_spin_button_get_value_as_int (self->points_spin);
  choice->generator.noise = gtk_spin_button_get_value (self->noise_spin);
  choice->test_share = gtk_spin_button_get_value (self->test_spin) / 100;

  generator = find_generator (self, adw_combo_row_get_selected (self->generator_row), BP_GENERATOR_NONE);
  if (generator != choice->generator.kind)
    bp_template_set_generator (choice, generator);
  else if (adw_combo_row_get_selected (self->loss_row) != choice->loss)
    bp_template_set_loss (choice, adw_combo_row_get_selected (self->loss_row));
  show (self);
}

static void
function_cb (BpNewDialog *self)
{
  guint n;
  const BpTemplateFunction *functions = bp_template_get_functions (self->choice.kind, &n);
  guint selected = adw_combo_row_get_selected (self->function_row);

  if (self->is_updating || selected >= n)
    return;

  replace (&self->choice.formula, functions[selected].formula);
  self->choice.start[0] = functions[selected].start[0];
  self->choice.start[1] = functions[selected].start[1];
  self->choice.learning_rate = functions[selected].learning_rate;
  show (self);
}

static void
template_cb (BpNewDialog *self)
{
  g_autoptr (GList) selected = gtk_flow_box_get_selected_children (self->templates);

  if (selected == NULL)
    return;

  self->is_updating = TRUE;
  bp_template_clear (&self->choice);
  bp_template_init (&self->choice, (BpTemplateKind) gtk_flow_box_child_get_index (selected->data));
  adw_preferences_group_set_title (self->model_group, bp_template_get_title (self->choice.kind));
  adw_combo_row_set_selected (self->activation_row, 0);
  fill_kind (self);
  show (self);
}

void
bp_new_dialog_select (BpNewDialog   *dialog,
                      BpTemplateKind kind)
{
  g_return_if_fail (BP_IS_NEW_DIALOG (dialog) && kind < BP_N_TEMPLATES);

  GtkFlowBoxChild *child = gtk_flow_box_get_child_at_index (dialog->templates, (int) kind);

  gtk_flow_box_select_child (dialog->templates, child);
  /* Return creates it. */
  gtk_widget_grab_focus (GTK_WIDGET (child));
}

/* What comes of it */

static void
create_cb (BpNewDialog *self)
{
  g_autofree char *text = g_strdup (self->text);

  if (text == NULL)
    return;

  g_object_ref (self);
  gtk_window_close (GTK_WINDOW (self));
  g_signal_emit (self, created_signal, 0, text);
  g_object_unref (self);
}

/* The table decides about inputs and outputs, so that of the layers only those between are of use. */
static void
table_cb (BpNewDialog *self)
{
  g_autoptr (BpImportChoices) choices = NULL;
  g_autoptr (GArray) sizes = NULL;

  choices = bp_import_choices_new ("");
  choices->is_network = self->choice.kind == BP_TEMPLATE_NETWORK;
  choices->activation = self->choice.activation;
  sizes = choices->is_network ? bp_layer_sizes_parse (self->choice.layers, 3, NULL) : NULL;
  if (sizes != NULL)
    {
      g_array_set_size (choices->hidden, 0);
      g_array_append_vals (choices->hidden, &g_array_index (sizes, guint, 1), sizes->len - 2);
    }

  g_object_ref (self);
  gtk_window_close (GTK_WINDOW (self));
  g_signal_emit (self, table_signal, 0, choices);
  g_object_unref (self);
}

/* The object */

/* GTK would go through the templates with Tab, and with arrows only after a click. */
static gboolean
key_cb (BpNewDialog                  *self,
        guint                         keyval,
        G_GNUC_UNUSED guint           keycode,
        G_GNUC_UNUSED GdkModifierType state)
{
  int step = keyval == GDK_KEY_Left ? -1 : keyval == GDK_KEY_Right ? 1
             : keyval == GDK_KEY_Up ? -N_IN_ROW : keyval == GDK_KEY_Down ? N_IN_ROW : 0;
  int place = (int) self->choice.kind + step;

  if (keyval == GDK_KEY_Tab)
    return gtk_widget_grab_focus (GTK_WIDGET (self->name_entry));
  if (keyval == GDK_KEY_ISO_Left_Tab)
    return gtk_widget_grab_focus (self->cancel_button);
  if (step == 0)
    return FALSE;

  if (place >= 0 && place < BP_N_TEMPLATES)
    bp_new_dialog_select (self, (BpTemplateKind) place);

  return TRUE;
}

static void
bp_new_dialog_finalize (GObject *object)
{
  BpNewDialog *self = BP_NEW_DIALOG (object);

  bp_template_clear (&self->choice);
  g_free (self->text);

  G_OBJECT_CLASS (bp_new_dialog_parent_class)->finalize (object);
}

static void
bp_new_dialog_class_init (BpNewDialogClass *klass)
{
  static const struct {
    const char *name;
    gsize       offset;
  } children[] = {
#define CHILD(name) { #name, G_STRUCT_OFFSET (BpNewDialog, name) }
    CHILD (cancel_button), CHILD (create_button), CHILD (panes), CHILD (templates), CHILD (preview),
    CHILD (model_group), CHILD (name_entry), CHILD (function_row), CHILD (formula_row), CHILD (formula_entry),
    CHILD (x_row), CHILD (x_spin), CHILD (y_row), CHILD (y_spin), CHILD (layers_row), CHILD (layers_entry),
    CHILD (activation_row), CHILD (loss_row), CHILD (optimizer_row), CHILD (data_group), CHILD (generator_row),
    CHILD (points_spin), CHILD (noise_spin), CHILD (test_spin), CHILD (message_label),
#undef CHILD
  };
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  G_OBJECT_CLASS (klass)->finalize = bp_new_dialog_finalize;

  created_signal = g_signal_new ("created", G_TYPE_FROM_CLASS (klass), G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL,
                                 G_TYPE_NONE, 1, G_TYPE_STRING);
  table_signal = g_signal_new ("table", G_TYPE_FROM_CLASS (klass), G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL,
                               G_TYPE_NONE, 1, G_TYPE_POINTER);

  g_type_ensure (BP_TYPE_TEMPLATE_PREVIEW);
  gtk_widget_class_set_template_from_resource (widget_class, "/org/backproplab/BackpropLab/bp-new-dialog.ui");
  for (guint i = 0; i < G_N_ELEMENTS (children); i++)
    gtk_widget_class_bind_template_child_full (widget_class, children[i].name, FALSE, (gssize) children[i].offset);
  gtk_widget_class_bind_template_callback (widget_class, chosen_cb);
  gtk_widget_class_bind_template_callback (widget_class, create_cb);
  gtk_widget_class_bind_template_callback (widget_class, function_cb);
  gtk_widget_class_bind_template_callback (widget_class, table_cb);
  gtk_widget_class_bind_template_callback (widget_class, key_cb);
  gtk_widget_class_bind_template_callback (widget_class, template_cb);
  gtk_widget_class_add_binding_action (widget_class, GDK_KEY_Escape, 0, "window.close", NULL);
}

static void
bp_new_dialog_init (BpNewDialog *self)
{
  g_autoptr (GtkStringList) activations = gtk_string_list_new (bp_activation_get_names ());
  g_autoptr (GtkStringList) optimizers = gtk_string_list_new (NULL);

  self->is_updating = TRUE;
  bp_template_init (&self->choice, BP_TEMPLATE_NETWORK);
  gtk_widget_init_template (GTK_WIDGET (self));
  bp_panes_stack_when_narrow (self->panes);
  for (BpOptimizerKind i = 0; i < BP_N_OPTIMIZERS; i++)
    gtk_string_list_append (optimizers, _(bp_optimizer_get_class (i)->title));
  adw_combo_row_set_model (self->activation_row, G_LIST_MODEL (activations));
  adw_combo_row_set_model (self->optimizer_row, G_LIST_MODEL (optimizers));
  for (BpTemplateKind kind = 0; kind < BP_N_TEMPLATES; kind++)
    gtk_flow_box_append (self->templates, bp_template_card_new (kind));
  bp_new_dialog_select (self, BP_TEMPLATE_NETWORK);

  /* GTK has set labels for assistive technology, which screen readers would say besides the visible ones. */
  gtk_accessible_reset_property (GTK_ACCESSIBLE (self->cancel_button), GTK_ACCESSIBLE_PROPERTY_LABEL);
  gtk_accessible_reset_property (GTK_ACCESSIBLE (self->create_button), GTK_ACCESSIBLE_PROPERTY_LABEL);
}

GtkWidget *
bp_new_dialog_new (GtkWindow *parent)
{
  g_return_val_if_fail (GTK_IS_WINDOW (parent), NULL);

  return g_object_new (BP_TYPE_NEW_DIALOG, "transient-for", parent, NULL);
}
