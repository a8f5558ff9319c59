/* bp-window-shortcuts.c: the window of shortcuts
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "window/bp-window-shortcuts.h"

#include <glib/gi18n-lib.h>

#include "window/bp-window-actions.h"

/* An action, whose keys bp-window-actions.c has, or keys; a row without either is the title of those that follow. */
static const struct {
  const char *action_or_keys;
  const char *title;
} shortcuts[] = {
  { NULL, N_("Steps (not while text is typed)") },
  { "win.node-forward", N_("Node forward") },
  { "win.node-back", N_("Node back") },
  { "win.phase-forward", N_("Phase forward") },
  { "win.phase-back", N_("Phase back") },
  { "win.iteration-forward", N_("Iteration forward") },
  { "win.iteration-back", N_("Iteration back") },
  { NULL, N_("Run") },
  { "win.play", N_("Play or pause") },
  { "win.reset", N_("Reset to the start") },
  { "win.run-to-end", N_("Run to the end") },
  { "win.keep-run", N_("Keep this run to compare with") },
  { "win.side-by-side", N_("Runs side by side, and back") },
  { "win.reveal", N_("Reveal the gradients (predict first)") },
  { "win.choose-sample", N_("Choose the sample that is fed") },
  { "win.nudge", N_("Nudge the selected number, or stop nudging") },
  { "win.run-to", N_("Run to an iteration") },
  { "win.shuffle", N_("Shuffle: draw a new seed") },
  { NULL, N_("Settings") },
  { "Up Down", N_("Slider or number: more, less") },
  { "Return", N_("Accept what is typed") },
  { "Escape", N_("Back to the old value") },
  { "win.undo", N_("Undo a setting") },
  { "win.redo", N_("Redo a setting") },
  { "win.choose-experiment", N_("Choose an experiment") },
  { "win.change-rate", N_("Change the learning rate, by ↑ and ↓") },
  { "win.more-plots", N_("More plots, where not all have room") },
  { "win.compare", N_("Compare runs, and presets") },
  { "Escape", N_("Stop a run that is on its way") },
  { NULL, N_("Graph") },
  { "Tab", N_("Select the next node") },
  { "win.neurons", N_("Neurons or graph of a network") },
  { "<Alt>Up <Alt>Down", N_("Show the neurons for another sample") },
  { "Return", N_("Show its numbers; again: choose an element") },
  { "Escape", N_("Leave the numbers, the element, the node") },
  { "<Alt><Shift>Up <Alt><Shift>Down", N_("Selected number: more, less (a start, or what is fed)") },
  { "<Control>plus", N_("Zoom in") },
  { "<Control>minus", N_("Zoom out") },
  { "<Control>0", N_("Fit into the view") },
  { "win.lecture", N_("Lecture mode") },
  { "win.lecture-blank", N_("Blank the screen, in lecture mode") },
  { "win.lecture-larger", N_("Larger type, in lecture mode") },
  { "win.lecture-smaller", N_("Smaller type, in lecture mode") },
  { NULL, N_("Plot with the focus") },
  { "<Alt>Right <Alt>Left", N_("Next number, the one before") },
  { "<Alt>Home <Alt>End", N_("First number, last") },
  { "<Alt>Down <Alt>Up", N_("Next line or mark, the one before") },
  { "Return", N_("Go to the iteration that is read") },
  { "<Alt><Shift>Right <Alt><Shift>Left", N_("Move the start, in the loss curve (↑ and ↓ in the surface too)") },
  { "Escape", N_("Stop reading; all plots again") },
  { NULL, N_("Text of the experiment") },
  { "win.text", N_("Text beside the graph, or settings") },
  { "win.go-to-error", N_("Go to the error") },
  { "win.find", N_("Find and replace") },
  { "<Control>space", N_("Complete the word") },
  { "<Control>slash", N_("Make the lines comments, or no comments") },
  { NULL, N_("General") },
  { "win.new", N_("Begin a new experiment with a template") },
  { "win.open", N_("Open an experiment") },
  { "win.save", N_("Save") },
  { "win.save-as", N_("Save as") },
  { "win.export", N_("Export a figure") },
  { "win.paste", N_("Import a table from the clipboard") },
  { "win.copy", N_("Copy what has the focus as a picture") },
  { "<Shift>F10 Menu", N_("Menu of what has the focus: copy, export") },
  { "app.new-window", N_("New window") },
  { "F10", N_("Main menu") },
  { "win.help", N_("Help") },
  { "win.show-help-overlay", N_("Keyboard shortcuts") },
  { "window.close", N_("Close the window") },
  { "app.quit", N_("Quit") },
};

/* Returns: (transfer full): the keys, those of the numeric keypad apart */
static char *
find_keys (const char *action_or_keys)
{
  g_autoptr (GString) keys = g_string_new (NULL);
  gsize n_actions;
  const BpActionKeys *actions = bp_window_actions_get_keys (&n_actions);

  for (gsize i = 0; i < n_actions; i++)
    if (g_str_equal (actions[i].action, action_or_keys))
      for (gsize j = 0; actions[i].keys[j] != NULL; j++)
        if (!g_str_has_prefix (actions[i].keys[j], "KP_"))
          g_string_append_printf (keys, "%s%s", j > 0 ? " " : "", actions[i].keys[j]);

  return g_strdup (keys->len > 0 ? keys->str : action_or_keys);
}

/* GTK before 4.14 has no other function for it. It wants a child with all that is in it. */
static void
add (gpointer parent,
     gpointer child)
{
  GTK_BUILDABLE_GET_IFACE (parent)->add_child (parent, NULL, child, NULL);
}

/* The group that begins in row @i. Returns: (transfer floating) */
static GObject *
create_group (guint i)
{
  GObject *group = g_object_new (GTK_TYPE_SHORTCUTS_GROUP, "title", _(shortcuts[i].title), NULL);

  for (i++; i < G_N_ELEMENTS (shortcuts) && shortcuts[i].action_or_keys != NULL; i++)
    {
      g_autofree char *keys = find_keys (shortcuts[i].action_or_keys);

      add (group, g_object_new (GTK_TYPE_SHORTCUTS_SHORTCUT, "accelerator", keys, "title", _(shortcuts[i].title),
                                NULL));
    }

  return group;
}

GtkWidget *
bp_window_shortcuts_new (void)
{
  GtkWidget *window = g_object_new (GTK_TYPE_SHORTCUTS_WINDOW, "modal", TRUE, NULL);
  GObject *section = g_object_new (GTK_TYPE_SHORTCUTS_SECTION, "section-name", "shortcuts", "max-height", 13, NULL);

  for (guint i = 0; i < G_N_ELEMENTS (shortcuts); i++)
    if (shortcuts[i].action_or_keys == NULL)
      add (section, create_group (i));
  add (window, section);

  return window;
}
