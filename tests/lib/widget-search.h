/* widget-search.h: how tests find widgets and do to them what a user does
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#pragma once

#include <gtk/gtk.h>

#include "lib/trainer-fixture.h"
#include "run/bp-run.h"
#include "widgets/bp-field.h"

/** The first widget of @type at or below @root for which @matches (NULL for any) is true, or NULL. */
GtkWidget *search_widget (GtkWidget *root,
                          GType      type,
                          gboolean (*matches) (GtkWidget  *widget,
                                               const char *text),
                          const char *text);

/** Whether a field has that title; for search_widget(). */
gboolean has_title (GtkWidget  *widget,
                    const char *title);

/** Whether a widget has that class; for search_widget(). */
gboolean has_css_class (GtkWidget  *widget,
                        const char *css_class);

/** Whether a button has that label; for search_widget(). */
gboolean has_button_label (GtkWidget  *button,
                           const char *text);

/** Whether a label says just that; for search_widget(). */
gboolean has_label_text (GtkWidget  *label,
                         const char *text);

/** The field with that title, which must exist. */
BpField *search_field (GtkWidget  *root,
                       const char *title);

/** What takes the keys of the run in a window of the program. */
GtkEventController *find_key_controller (GtkWidget *window);

/** The button that activates that action, which must exist. */
GtkWidget *search_button (GtkWidget  *root,
                          const char *action);

/** Types @text over what stands in the field and presses Enter. */
void type_text (BpField    *field,
                const char *text);

/** Presses a key in the field's entry; returns whether the field took it. */
gboolean press_key (BpField *field,
                    guint    keyval);

/** Presses a key that is a shortcut of @widget, one of its class too; returns whether it took it. */
gboolean press_shortcut (GtkWidget      *widget,
                         guint           keyval,
                         GdkModifierType modifiers);

/** What stands in the field's entry. */
const char *typed_text (BpField *field);

/** Lets everything happen that is due. */
void settle (void);

/** Lets things happen until @is_done says so. What never does runs into the time that the runner gives a test. */
void wait_until (gboolean (*is_done) (gpointer data),
                 gpointer data);

/** Asks for a frame and waits until it is painted; what was to be drawn is drawn in it. */
void wait_for_frame (GtkWidget *widget);

/** What a screen reader is told of @widget besides its name. Returns: (transfer full) */
char *dup_description (gpointer widget);

/** A run of a built-in experiment. Returns: (transfer full) */
BpRun *create_run (const char *name);

/** A run of the experiment that @text is the file of. Returns: (transfer full) */
BpRun *run_from_text (const char *text);

/** The settings of @run with another learning rate. Returns: (transfer full) */
BpExperiment *create_variant (BpRun *run,
                              double learning_rate);

/** A run that is kept to compare with, which must exist. */
BpReference *get_reference (BpRun *run,
                            guint  index);

/** Opens the experiment that @text is the file of in @run. */
void load_text (BpRun      *run,
                const char *text);

/** That the run stands there. */
void assert_cursor (BpRun *run,
                    gint64 iteration,
                    guint  instruction);

/** A handler that counts how often it is called; to be connected with g_signal_connect_swapped(). */
void count_cb (guint *count);
