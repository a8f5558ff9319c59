/* bp-help.c: how to read and use the window, a tour of two experiments, and what to look at in the others
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "dialogs/bp-help.h"

#include <glib/gi18n-lib.h>

#include "experiment/bp-builtin.h"

#define WIDTH 800
#define HEIGHT 620
#define TEXT_WIDTH 520
#define MARGIN 18

struct _BpHelp {
  AdwWindow parent;
};

G_DEFINE_FINAL_TYPE (BpHelp, bp_help, ADW_TYPE_WINDOW)

/* A page, its name for the list, its heading, and its paragraphs; NULL: one of each experiment without a page. */
typedef struct {
  const char *name;
  const char *title;
  const char *heading;
  const char * const *paragraphs;
} Page;

static const char * const window_page[] = {
  N_("The graph shows what is computed, left to right: data are rectangles, operations are rounded, a variable is "
     "green, and the loss has a double border."),
  N_("Blue numbers are values; they come with the forward pass, along solid lines to the right. Orange numbers "
     "with ∂ are gradients; they come with the backward pass, along dashed lines to the left. What has not been "
     "computed yet is a dash (–), not 0."),
  N_("Press → to compute the next node and ← to take it back. Shift+→ goes to the end of a phase, Page Down to "
     "the end of an iteration, Space plays, Home goes back to the start and End runs to the end."),
  N_("The card below the graph explains the last step by the chain rule: in symbols, then with the numbers. Click "
     "a node, or go to it with Tab, to have that node explained instead."),
  N_("Click the node again, or press Return, to see its numbers. Of a tensor, click the cell of an element, or "
     "press Return once more, go to it with the arrow keys and press Return: the card, the loss curve and the "
     "plot of the parameters then show that element, until you press Escape."),
  N_("D, or Nudge in the card, makes the selected number larger by ε, which the slider changes. Blue frames at the "
     "nodes say what changes with it, Δ, as far as the loss. There Δ meets what the gradient says, ∂·ε, and the card "
     "has the difference. Nothing of the run changes; Escape or the next iteration ends it."),
  N_("F asks for the sample that the iteration is fed: as it is drawn, another by its number, or one whose values you "
     "type. A click on a sample in the plot of the data feeds that one, once the plot has the focus; a drag gives it "
     "other numbers, to see what an outlier does. The run is computed again to where it was. All of that is saved "
     "with the run, and Ctrl+Z takes it back."),
  N_("A network is shown by layers. The + at a layer, or Return, opens it to its nodes; the − closes it again. "
     "Neurons, above the graph, or N, shows a tile for each neuron and a line for each weight: click one to have it "
     "explained, and press Alt+↑ or Alt+↓ for another sample of the batch. The plots of a network have the size of "
     "the gradient of each layer, which vanishes or explodes on the way back, and what each layer gives out."),
  N_("Where a model chooses among classes, the plot of the data shows the region of each class over two inputs, which "
     "the arrows at the axes choose while the others stay at their mean. Mistakes are crossed. The confusion matrix "
     "counts which classes are taken for which, in the training or the test data; the accuracy follows both over the "
     "iterations. As many plots stand beside each other as can be read, and M shows the next ones."),
  N_("The plots below follow: the variable, the loss, the loss as a function of the variable with its slope, and "
     "the data. Point at a plot to read it. A click in the loss curve or the loss surface, once it has the focus, lets "
     "the run start there; beside the path of the surface, or with Ctrl anywhere. Alt+Shift and the arrow keys move "
     "the start. The run so far is kept to compare with, and Ctrl+Z gets the old start back."),
  N_("The panel at the left has the settings. A change holds from the iteration shown on, and Ctrl+Z undoes it. "
     "F11 makes everything larger for a lecture."),
  NULL,
};

static const char * const compare_page[] = {
  N_("Compare › Keep This Run, or Ctrl+K, keeps what the run has done so far. Change a setting then and run "
     "again: both are drawn in the plots, the run itself first and bold, those kept with markers and their "
     "numbers. With one seed they see the same samples, so that what differs is due to the setting alone."),
  N_("A change of a setting in the middle of a run keeps the old run by itself. Compare › Sweep runs several "
     "values of one setting at once, such as the learning rates 0.02, 0.5 and 1.2; Compare › Kept Runs lists them "
     "and takes single ones away."),
  N_("Compare › Side by Side shows the run and up to two kept runs in columns, stepped and played together by the "
     "same keys; without kept runs it opens the sweep, whose own Side by Side runs all values and shows them so."),
  N_("Axes belong to the run itself. A kept run that leaves them ends in an arrow at the edge, which says at "
     "which iteration."),
  N_("Compare › Teaching Presets opens an experiment with the settings of a situation, such as a learning rate "
     "that is too large, runs it to the end, and says in a sentence what to look at. C opens this menu with the "
     "keyboard, in a lecture too."),
  NULL,
};

static const char * const lecture_page[] = {
  N_("F11, or F5 as on a presenter, fills the screen with large type. The steps stay the same keys: → for a node, "
     "Page Down for an iteration, as the buttons of a clicker send it, and Space to play. B or a period blanks "
     "the screen until it is pressed again; + and − change the size of the type, and Escape leaves."),
  N_("Two keys reach the rest without leaving: L and then ↑ or ↓ for the learning rate, X for another experiment, "
     "and C for comparing, presets and predicting. Click a node to have it explained, and double-click a plot to "
     "have it alone; Escape brings the others back."),
  N_("Compare › Predict First hides gradients as a question mark, with what depends on them. Ask what the next "
     "one will be, step, and press R, or Reveal in the card, to show it. It stays on, with any experiment, until "
     "it is chosen again or a preset is opened."),
  N_("Numbers are changed by hand. Drag a variable in the graph up or down and the run starts there; drag what is "
     "fed and the sample is another. Alt+Shift with ↑ or ↓ changes the selected number, and a second click on a node "
     "has a field for it. A click in the loss curve is a start too, D nudges a number, and F chooses a sample. "
     "Ctrl+Z takes each of them back."),
  N_("Ctrl+G goes to an iteration by its number. A run is the same for the same seed, every time and on every "
     "computer, so that what was shown can be shown again tomorrow: save it with Ctrl+S, and the position is "
     "saved too."),
  NULL,
};

static const char * const regression_page[] = {
  N_("The model multiplies x by one variable, A. The x are drawn around 1 and the target is always 10, so A "
     "should end close to 10. The loss is the square of the residual, the difference between x · A and 10."),
  N_("Press → once: a sample is fed. Press it three times more: my_output, residual and loss are computed from "
     "it, each from the nodes at its left."),
  N_("Press → again: backward begins at the loss, whose gradient by itself is 1. The next step multiplies it by "
     "the derivative of the square, 2 · residual. Each node multiplies what it is given by its own derivative and "
     "hands it on; that is the chain rule."),
  N_("Go on until A has its gradient, 2 · residual · x. The last step of the iteration moves A against it: A − η "
     "· gradient, where η is the learning rate."),
  N_("Press Page Down a few times and see A rise, fast at first, then slower as the slope of the loss gets "
     "smaller. End runs all 100 iterations."),
  N_("Then press Home, set the learning rate to 1.2 and go on with Page Down: the steps go too far, on the whole "
     "by more and more, and A flies away. The scale of the learning rate marks where that begins."),
  NULL,
};

static const char * const classification_page[] = {
  N_("Choose Classification at the top left. One class is drawn around −1, the other around 3. The model adds A "
     "to x, and the sigmoid of x + A is the probability of the second class. The boundary between the classes is "
     "where x + A = 0."),
  N_("The loss is the cross entropy of that probability and the label. Its gradient by x + A is simply the "
     "probability minus the label: the step is large where the model is sure and wrong, and nearly 0 where it is "
     "sure and right."),
  N_("A starts near 10, far from where it should be, so that nearly every sample is put into the second class. "
     "Press Page Down and watch: a sample of the second class changes almost nothing, one of the first class "
     "pushes A down."),
  N_("Press End for all 1400 iterations. A ends near −1, and the boundary halfway between the classes. The two "
     "classes overlap, so that even the best boundary gets about one point in forty wrong."),
  N_("Then choose the bug in which labels and logits are swapped. Every gradient is still right, but of the wrong "
     "loss: A climbs, and half of the points end on the wrong side."),
  NULL,
};

static const char * const files_page[] = {
  N_("Ctrl+Shift+N begins a new experiment with a template: a function of one or two variables, a regression, a "
     "classification, a network whose layers are typed as in 2-8-8-1, or nothing at all. Return makes it."),
  N_("An experiment is a short text file: its data, its variables, its model as formulas, and the optimizer. Save "
     "one with Ctrl+S, change it in any text editor, and open it with Ctrl+O, or drop it on the window. What is "
     "wrong in it is said with its line. FORMAT.md, which comes with the program, describes all that a file can "
     "hold."),
  N_("F9 shows the text of the experiment beside the graph. What you write becomes the run as soon as it is right; a "
     "mistake is marked where it is and said below, F8 goes there, and the run stays meanwhile. Words complete with "
     "their meaning, and a name below the pointer says its shape, value and gradient. A setting that you change in the "
     "panel changes its line of the text. A file with a mistake opens at the mistake."),
  N_("For a table of your own, drop a CSV file on the window, choose Import Data in the menu, or copy rows in a "
     "spreadsheet and press Ctrl+V. You see the first rows as the program reads them, say what the columns are for, "
     "and get a model that fits. The experiment then has File=measurements.csv under [Data], and uses the columns by"
     " their names. If another program changes the file, you are asked whether to read it again."),
  N_("Ctrl+E exports a figure: the graph, a plot, the explanation, or all of them, as SVG, PDF, PNG, TikZ for "
     "LaTeX, or CSV for the numbers. It opens on what has the focus: click a plot first. That click only gives it "
     "the focus; the next one goes to the iteration under the pointer. Quicker: a right click on a figure, or "
     "Shift+F10, and Export as PDF."),
  N_("Show › Step sequence in the same dialog makes a page or a picture of each step, as a PDF for slides or as an "
     "animated GIF. Ctrl+C copies what has the focus as a picture, for a presentation or a document; the card has "
     "Copy as LaTeX for its formula."),
  N_("The same runs on the command line: backprop-lab train, trace, check and export, with --help for the options."),
  NULL,
};

static const Page pages[] = {
  { "window", N_("The Window"), N_("How to Read the Window"), window_page },
  { "compare", N_("Comparing"), N_("Comparing Runs"), compare_page },
  { "lecture", N_("Lecture"), N_("In a Lecture"), lecture_page },
  { "regression", N_("Regression"), N_("Regression: x · A ≈ 10"), regression_page },
  { "classification", N_("Classification"), N_("Classification: Which Side Is x On?"), classification_page },
  { "experiments", N_("Experiments"), N_("More Experiments"), NULL },
  { "files", N_("Files, Export"), N_("Your Own Experiments, and Figures"), files_page },
};

/* What to look at in an experiment, after its title; what an experiment says of itself where it is not here. */
static const struct {
  const char *name;
  const char *text;
} experiments[] = {
  { "regression-batch",
    N_("the mean gradient of 20 samples is steadier than that of one. Set the batch size to 1, then to 100, and "
       "compare how A comes to rest.") },
  { "regression-l1",
    N_("the slope of |error| is the same near and far. Watch A near the optimum: steps do not become shorter, so "
       "it goes back and forth.") },
  { "line",
    N_("two variables share one error. The third plot is a loss surface with contours; watch the path go down "
       "into the valley first and along it then.") },
  { "logistic",
    N_("the weight decides how steep the sigmoid is, and weight and bias together where it is 0.5. Watch that "
       "place go to the middle between the classes.") },
  { "classification-split",
    N_("a fifth of the samples is never trained on. The loss plot has a line of its own for them: see whether it "
       "falls with the other.") },
  { "xor",
    N_("each hidden unit draws a line, and the output combines them. Press End and look at the data; then shuffle "
       "a few times, for not every start gets there.") },
  { "swapped-labels",
    N_("the gradients are right, but of the wrong loss. It falls as it should while half of the answers are wrong.") },
  { "wrong-sign",
    N_("the step goes along the gradient, not against it. Compare the card's gradient with where A goes.") },
  { "gradients-not-reset",
    N_("what a step adds to the gradient is still there in the next. The card shows the sum; A swings past the "
       "optimum.") },
  { "naive-log-sigmoid",
    N_("the formula of the textbook, written down as it stands, ends in log(0). Look at the card where the run "
       "stops.") },
};

static void
append_paragraph (GtkBox     *box,
                  const char *text)
{
  gtk_box_append (box, g_object_new (GTK_TYPE_LABEL, "label", text, "wrap", TRUE, "xalign", 0.0f, NULL));
}

static const char *
get_text (const BpExperiment *experiment)
{
  for (gsize i = 0; i < G_N_ELEMENTS (experiments); i++)
    if (g_str_equal (experiments[i].name, experiment->name))
      return _(experiments[i].text);

  return bp_builtin_translate (experiment->description);
}

static gboolean
has_page (const char *name)
{
  for (gsize i = 0; i < G_N_ELEMENTS (pages); i++)
    if (g_str_equal (pages[i].name, name))
      return TRUE;

  return FALSE;
}

static void
append_experiments (GtkBox *box)
{
  const char * const *names = bp_builtin_get_names ();

  for (gsize i = 0; names[i] != NULL; i++)
    if (!has_page (names[i]))
      {
        g_autoptr (BpExperiment) experiment = bp_builtin_load (names[i], NULL);
        /* Translators: the title of an experiment, what to look at in it: "Line: two variables share one error. …" */
        g_autofree char *text = g_strdup_printf (C_("help", "%s: %s"), bp_builtin_translate (experiment->title),
                                                 get_text (experiment));

        append_paragraph (box, text);
      }
}

/* A screen reader calls the page by its heading. */
static void
add_page (GtkStack   *stack,
          const Page *page)
{
  GtkWidget *box = g_object_new (GTK_TYPE_BOX, "orientation", GTK_ORIENTATION_VERTICAL, "spacing", 12,
                                 "margin-top", 12, "margin-bottom", 24, "margin-start", MARGIN, "margin-end", MARGIN,
                                 NULL);
  GtkWidget *clamp = g_object_new (ADW_TYPE_CLAMP, "maximum-size", TEXT_WIDTH, "child", box, NULL);
  GtkWidget *scrolled = g_object_new (GTK_TYPE_SCROLLED_WINDOW, "hscrollbar-policy", GTK_POLICY_NEVER, "child", clamp,
                                      NULL);

  append_paragraph (GTK_BOX (box), _(page->heading));
  gtk_widget_add_css_class (gtk_widget_get_first_child (box), "title-2");
  gtk_accessible_update_relation (GTK_ACCESSIBLE (scrolled), GTK_ACCESSIBLE_RELATION_LABELLED_BY,
                                  gtk_widget_get_first_child (box), NULL, -1);
  for (guint i = 0; page->paragraphs != NULL && page->paragraphs[i] != NULL; i++)
    append_paragraph (GTK_BOX (box), _(page->paragraphs[i]));
  if (page->paragraphs == NULL)
    append_experiments (GTK_BOX (box));
  gtk_stack_add_titled (stack, scrolled, page->name, _(page->title));
}

static void
bp_help_class_init (BpHelpClass *klass)
{
  gtk_widget_class_add_binding_action (GTK_WIDGET_CLASS (klass), GDK_KEY_Escape, 0, "window.close", NULL);
}

static void
bp_help_init (BpHelp *self)
{
  GtkWidget *content = gtk_box_new (GTK_ORIENTATION_VERTICAL, 0);
  GtkWidget *body = gtk_box_new (GTK_ORIENTATION_HORIZONTAL, 0);
  GtkWidget *stack = g_object_new (GTK_TYPE_STACK, "hexpand", TRUE, "vexpand", TRUE, NULL);
  GtkWidget *list = g_object_new (GTK_TYPE_STACK_SIDEBAR, "stack", stack, NULL);

  for (gsize i = 0; i < G_N_ELEMENTS (pages); i++)
    add_page (GTK_STACK (stack), &pages[i]);
  gtk_accessible_update_property (GTK_ACCESSIBLE (list), GTK_ACCESSIBLE_PROPERTY_LABEL, _("Pages of the help"), -1);
  gtk_box_append (GTK_BOX (body), list);
  gtk_box_append (GTK_BOX (body), stack);
  gtk_box_append (GTK_BOX (content), adw_header_bar_new ());
  gtk_box_append (GTK_BOX (content), body);
  adw_window_set_content (ADW_WINDOW (self), content);
  g_object_set (self, "title", _("Help"), "default-width", WIDTH, "default-height", HEIGHT, "destroy-with-parent", TRUE,
                NULL);
}

static GtkWindow *
find (GtkWindow *parent)
{
  GListModel *toplevels = gtk_window_get_toplevels ();

  for (guint i = 0; i < g_list_model_get_n_items (toplevels); i++)
    {
      g_autoptr (GtkWindow) window = g_list_model_get_item (toplevels, i);

      if (BP_IS_HELP (window) && gtk_window_get_transient_for (window) == parent)
        return window;
    }

  return NULL;
}

void
bp_help_present (GtkWindow *parent)
{
  GtkWindow *help = find (parent);

  if (help == NULL)
    help = g_object_new (BP_TYPE_HELP, "transient-for", parent, NULL);

  gtk_window_present (help);
}
