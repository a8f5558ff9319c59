/* test-clipboard.c: what is copied is the figure that has the focus, as PNG and SVG
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "lib/export-driver.h"
#include "lib/figure-checks.h"

#include "explain/bp-explain-card.h"
#include "plots/bp-plot-view.h"
#include "window/bp-window-export.h"

typedef struct {
  GBytes     *bytes;
  GdkTexture *texture;
  gboolean    is_done;
} Pasted;

static gboolean
is_pasted (gpointer data)
{
  return ((Pasted *) data)->is_done;
}

static GdkClipboard *
get_clipboard (Fixture *fixture)
{
  return gtk_widget_get_clipboard (GTK_WIDGET (fixture->window));
}

static void
spliced_cb (GObject      *source,
            GAsyncResult *result,
            gpointer      data)
{
  Pasted *pasted = data;
  g_autoptr (GError) error = NULL;

  g_output_stream_splice_finish (G_OUTPUT_STREAM (source), result, &error);
  g_assert_no_error (error);
  pasted->bytes = g_memory_output_stream_steal_as_bytes (G_MEMORY_OUTPUT_STREAM (source));
  pasted->is_done = TRUE;
}

static void
read_cb (GObject      *source,
         GAsyncResult *result,
         gpointer      data)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (GInputStream) input = gdk_clipboard_read_finish (GDK_CLIPBOARD (source), result, NULL, &error);
  g_autoptr (GOutputStream) output = g_memory_output_stream_new_resizable ();

  g_assert_no_error (error);
  g_output_stream_splice_async (output, input,
                                G_OUTPUT_STREAM_SPLICE_CLOSE_SOURCE | G_OUTPUT_STREAM_SPLICE_CLOSE_TARGET, 0, NULL,
                                spliced_cb, data);
}

/* What another program that takes @mime_type gets. */
static GBytes *
paste (Fixture    *fixture,
       const char *mime_type)
{
  Pasted pasted = { NULL };

  gdk_clipboard_read_async (get_clipboard (fixture), (const char *[]) { mime_type, NULL }, 0, NULL, read_cb, &pasted);
  wait_until (is_pasted, &pasted);

  return pasted.bytes;
}

static BpFigureOptions
choose_copied (Fixture       *fixture,
               BpFigureKind   kind,
               BpFigureFormat format)
{
  BpFigureOptions options = choose_figure (kind, format);

  bp_window_get_figure (fixture->window, &options);

  return options;
}

static gboolean
is_said_copied (Fixture     *fixture,
                BpFigureKind kind)
{
  g_autofree char *text = g_strdup_printf ("%s copied", bp_figure_get_class (kind)->title);

  return has_toast (GTK_WIDGET (fixture->window), text);
}

static void
assert_copied (Fixture      *fixture,
               BpFigureKind  kind)
{
  static const BpFigureFormat formats[] = { BP_FORMAT_SVG, BP_FORMAT_PNG };

  for (gsize i = 0; i < G_N_ELEMENTS (formats); i++)
    {
      BpFigureOptions options = choose_copied (fixture, kind, formats[i]);
      g_autoptr (GBytes) expected = render (get_trainer (fixture), &options);
      g_autoptr (GBytes) bytes = paste (fixture, bp_figure_get_format_class (formats[i])->mime_type);

      g_assert_true (g_bytes_equal (bytes, expected));
    }
}

static void
copy (Fixture     *fixture,
      GtkWidget   *focus,
      BpFigureKind kind)
{
  g_assert_true (gtk_widget_grab_focus (focus));
  g_assert_cmpint (bp_window_get_focused_figure (fixture->window), ==, kind);
  activate (fixture, "win.copy");
  g_assert_true (is_said_copied (fixture, kind));
  assert_copied (fixture, kind);
}

static gboolean
is_plot_of (GtkWidget  *widget,
            const char *name)
{
  return g_str_equal (bp_figure_get_class (BP_FIGURE_VARIABLE + bp_plot_view_get_kind (BP_PLOT_VIEW (widget)))->name,
                      name);
}

static GtkWidget *
find_plot (Fixture    *fixture,
           const char *name)
{
  return search_widget (GTK_WIDGET (fixture->window), BP_TYPE_PLOT_VIEW, is_plot_of, name);
}

static gboolean
is_css_name (GtkWidget  *widget,
             const char *name)
{
  return g_str_equal (gtk_widget_get_css_name (widget), name);
}

static GtkWidget *
find_css (Fixture    *fixture,
          const char *name)
{
  return search_widget (GTK_WIDGET (fixture->window), GTK_TYPE_WIDGET, is_css_name, name);
}

static void
test_plots (Fixture *fixture)
{
  for (guint kind = BP_FIGURE_VARIABLE; kind <= BP_FIGURE_DATA; kind++)
    copy (fixture, find_plot (fixture, bp_figure_get_class (kind)->name), kind);
}

/* What is said of one copy takes the place of what was said of the one before, whether that still appears or stands. */
static void
test_says_the_last (Fixture *fixture)
{
  static const BpFigureKind kinds[] = { BP_FIGURE_LOSS, BP_FIGURE_DATA, BP_FIGURE_CURVE };

  for (guint i = 0; i < G_N_ELEMENTS (kinds); i++)
    {
      copy (fixture, find_plot (fixture, bp_figure_get_class (kinds[i])->name), kinds[i]);
      g_assert_false (i > 0 && is_said_copied (fixture, kinds[i - 1]));
    }
}

static void
test_graph (Fixture *fixture)
{
  copy (fixture, find_css (fixture, "nodeview"), BP_FIGURE_GRAPH);
}

/* The buttons of the card have the focus for it; a node is selected, and the explanation speaks of that. */
static void
test_explanation (Fixture *fixture)
{
  bp_run_set_selected_node (fixture->run, 1);
  copy (fixture, search_widget (GTK_WIDGET (fixture->window), GTK_TYPE_BUTTON, has_css_class, "copy"),
        BP_FIGURE_EXPLANATION);
}

/* What is nudged in the window is in the figures of it, and no longer than there. */
static void
test_nudge (Fixture *fixture)
{
  BpFigureOptions options = choose_copied (fixture, BP_FIGURE_GRAPH, BP_FORMAT_SVG);

  g_assert_cmpfloat (options.epsilon, ==, 0);
  bp_run_step (fixture->run, BP_STEP_ITERATION, 1);
  bp_run_set_nudging (fixture->run, TRUE);
  options = choose_copied (fixture, BP_FIGURE_GRAPH, BP_FORMAT_SVG);
  g_assert_cmpfloat (options.epsilon, ==, bp_run_get_nudge (fixture->run)->epsilon);
  g_assert_cmpuint (options.node, ==, bp_run_get_nudge (fixture->run)->node);
  bp_run_set_nudging (fixture->run, FALSE);
  options = choose_copied (fixture, BP_FIGURE_GRAPH, BP_FORMAT_SVG);
  g_assert_cmpfloat (options.epsilon, ==, 0);
}

/* Where no figure has the focus it is all of them. */
static void
test_view (Fixture *fixture)
{
  g_assert_cmpint (bp_window_get_focused_figure (fixture->window), ==, BP_FIGURE_VIEW);
  activate (fixture, "win.copy");
  assert_copied (fixture, BP_FIGURE_VIEW);
}

/* As picture, with the pixels of the PNG. */
static void
texture_cb (GObject      *source,
            GAsyncResult *result,
            gpointer      data)
{
  Pasted *pasted = data;
  g_autoptr (GError) error = NULL;

  pasted->texture = gdk_clipboard_read_texture_finish (GDK_CLIPBOARD (source), result, &error);
  g_assert_no_error (error);
  pasted->is_done = TRUE;
}

static void
test_texture (Fixture *fixture)
{
  Pasted pasted = { NULL };
  BpFigureOptions options = choose_copied (fixture, BP_FIGURE_LOSS, BP_FORMAT_PNG);
  double width, height;

  copy (fixture, find_plot (fixture, "loss"), BP_FIGURE_LOSS);
  gdk_clipboard_read_texture_async (get_clipboard (fixture), NULL, texture_cb, &pasted);
  wait_until (is_pasted, &pasted);
  bp_figure_get_size (get_trainer (fixture), &options, &width, &height);
  g_assert_cmpint (gdk_texture_get_width (pasted.texture), ==, (int) (2 * width));
  g_assert_cmpint (gdk_texture_get_height (pasted.texture), ==, (int) (2 * height));
  g_object_unref (pasted.texture);
}

/* What is pasted is what was copied, also when the run stands elsewhere by then, or another experiment is open. */
static void
test_moved_on (Fixture *fixture)
{
  for (guint kind = 0; kind < BP_N_FIGURES; kind++)
    {
      BpFigureOptions options = choose_copied (fixture, kind, BP_FORMAT_PNG);
      g_autoptr (GBytes) expected = render (get_trainer (fixture), &options);
      g_autoptr (GBytes) bytes = NULL;

      gtk_widget_activate_action (GTK_WIDGET (fixture->window), "win.copy-figure", "s",
                                  bp_figure_get_class (kind)->name);
      bp_run_step (fixture->run, BP_STEP_ITERATION, 1);
      load_text (fixture->run, "[Variables]\nA=1\n[Model]\nloss=square(A)\n");
      bytes = paste (fixture, "image/png");
      g_assert_true (g_bytes_equal (bytes, expected));
    }
}

/* It looks like what was exported last, but for the size. */
static void
test_looks (Fixture *fixture)
{
  g_autoptr (GSettings) settings = bp_preferences_new_export ();
  BpFigureOptions options = choose_copied (fixture, BP_FIGURE_LOSS, BP_FORMAT_SVG);
  g_autoptr (GBytes) expected = NULL, bytes = NULL;

  g_settings_set_boolean (settings, "dark", TRUE);
  g_settings_set_boolean (settings, "caption", TRUE);
  g_settings_set_double (settings, "font-size", 20);
  g_settings_set_double (settings, "width", 1000);
  gtk_widget_activate_action (GTK_WIDGET (fixture->window), "win.copy-figure", "s", "loss");
  options.dark = options.caption = TRUE;
  options.font_size = 20;
  expected = render (get_trainer (fixture), &options);
  bytes = paste (fixture, "image/svg+xml");
  g_assert_true (g_bytes_equal (bytes, expected));
}

/* In lecture mode the card is hidden; what is shown can be copied. */
static void
test_lecture (Fixture *fixture)
{
  activate (fixture, "win.lecture");
  settle ();
  copy (fixture, find_plot (fixture, "curve"), BP_FIGURE_CURVE);
  copy (fixture, find_css (fixture, "nodeview"), BP_FIGURE_GRAPH);
  activate (fixture, "win.lecture");
}

/* Ctrl+C in an entry is not a key of the window: it copies text there. */
static void
test_entry (Fixture *fixture)
{
  BpField *field = search_field (GTK_WIDGET (fixture->window), "Batch size");
  GtkWidget *text = gtk_widget_get_first_child (GTK_WIDGET (bp_field_get_entry (field)));
  g_auto (GStrv) accels = gtk_application_get_accels_for_action (application, "win.copy");
  g_autoptr (GBytes) bytes = NULL;

  g_assert_null (accels[0]);
  gtk_widget_grab_focus (GTK_WIDGET (bp_field_get_entry (field)));
  gtk_editable_select_region (GTK_EDITABLE (bp_field_get_entry (field)), 0, -1);
  g_assert_true (gtk_widget_activate_action (text, "clipboard.copy", NULL));
  bytes = paste (fixture, "text/plain;charset=utf-8");
  g_assert_cmpmem (g_bytes_get_data (bytes, NULL), g_bytes_get_size (bytes), "1", 1);
}

/* The menu */

static GtkWidget *
find_menu (Fixture *fixture)
{
  GtkWidget *views = search_widget (GTK_WIDGET (fixture->window), GTK_TYPE_BOX, has_css_class, "views");

  for (GtkWidget *child = gtk_widget_get_first_child (views); child != NULL;
       child = gtk_widget_get_next_sibling (child))
    if (GTK_IS_POPOVER_MENU (child))
      return child;

  return NULL;
}

static char *
get_target (GtkWidget  *menu,
            int         index,
            const char *action)
{
  GMenuModel *model = gtk_popover_menu_get_menu_model (GTK_POPOVER_MENU (menu));
  g_autofree char *name = NULL;
  char *target = NULL;

  g_assert_true (g_menu_model_get_item_attribute (model, index, G_MENU_ATTRIBUTE_ACTION, "s", &name));
  g_assert_cmpstr (name, ==, action);
  g_assert_true (g_menu_model_get_item_attribute (model, index, G_MENU_ATTRIBUTE_TARGET, "s", &target));

  return target;
}

static void
assert_menu (Fixture    *fixture,
             const char *figure)
{
  GtkWidget *menu = find_menu (fixture);
  g_autofree char *copied = NULL, *as_pdf = NULL, *exported = NULL;

  g_assert_nonnull (menu);
  g_assert_true (gtk_widget_get_visible (menu));
  gtk_test_accessible_assert_role (menu, GTK_ACCESSIBLE_ROLE_MENU);
  copied = get_target (menu, 0, "win.copy-figure");
  as_pdf = get_target (menu, 1, "win.export-pdf");
  exported = get_target (menu, 2, "win.export-figure");
  g_assert_cmpstr (copied, ==, figure);
  g_assert_cmpstr (as_pdf, ==, figure);
  g_assert_cmpstr (exported, ==, figure);
  gtk_popover_popdown (GTK_POPOVER (menu));
  settle ();
}

static gboolean
press_menu_key (Fixture *fixture)
{
  GtkWidget *views = search_widget (GTK_WIDGET (fixture->window), GTK_TYPE_BOX, has_css_class, "views");
  g_autoptr (GListModel) controllers = gtk_widget_observe_controllers (views);

  for (guint i = 0; i < g_list_model_get_n_items (controllers); i++)
    {
      g_autoptr (GtkEventController) controller = g_list_model_get_item (controllers, i);

      if (GTK_IS_SHORTCUT_CONTROLLER (controller))
        {
          g_autoptr (GtkShortcut) shortcut = g_list_model_get_item (G_LIST_MODEL (controller), 0);

          return gtk_shortcut_action_activate (gtk_shortcut_get_action (shortcut), 0, views, NULL);
        }
    }

  g_assert_not_reached ();
}

static void
press_secondary (Fixture   *fixture,
                 GtkWidget *widget)
{
  GtkWidget *views = search_widget (GTK_WIDGET (fixture->window), GTK_TYPE_BOX, has_css_class, "views");
  g_autoptr (GListModel) controllers = gtk_widget_observe_controllers (views);
  graphene_point_t at;

  g_assert_true (gtk_widget_compute_point (widget, views,
                                           &GRAPHENE_POINT_INIT ((float) gtk_widget_get_width (widget) / 2,
                                                                 (float) gtk_widget_get_height (widget) - 12),
                                           &at));
  for (guint i = 0; i < g_list_model_get_n_items (controllers); i++)
    {
      g_autoptr (GtkEventController) controller = g_list_model_get_item (controllers, i);

      if (GTK_IS_GESTURE_CLICK (controller)
          && gtk_gesture_single_get_button (GTK_GESTURE_SINGLE (controller)) == GDK_BUTTON_SECONDARY)
        g_signal_emit_by_name (controller, "pressed", 1, (double) at.x, (double) at.y);
    }
}

static void
test_menu (Fixture *fixture)
{
  GtkWidget *plot = find_plot (fixture, "data");

  press_secondary (fixture, plot);
  assert_menu (fixture, "data");
  press_secondary (fixture, find_css (fixture, "graphview"));
  assert_menu (fixture, "graph");
  press_secondary (fixture, gtk_widget_get_ancestor (search_widget (GTK_WIDGET (fixture->window), GTK_TYPE_BUTTON,
                                                                    has_css_class, "copy"),
                                                     BP_TYPE_EXPLAIN_CARD));
  assert_menu (fixture, "explanation");

  gtk_widget_grab_focus (plot);
  g_assert_true (press_menu_key (fixture));
  assert_menu (fixture, "data");
  g_assert_true (gtk_window_get_focus (GTK_WINDOW (fixture->window)) == plot);

  /* Where there is no figure there is no menu. */
  gtk_window_set_focus (GTK_WINDOW (fixture->window), NULL);
  g_assert_false (press_menu_key (fixture));
}

/* Exported from the menu: the dialog begins with that figure. */
static void
test_export_from_menu (Fixture *fixture)
{
  AdwComboRow *row;

  gtk_widget_activate_action (GTK_WIDGET (fixture->window), "win.export-figure", "s", "curve");
  row = ADW_COMBO_ROW (find_row (find_dialog (), "Figure"));
  g_assert_cmpstr (get_title (row, adw_combo_row_get_selected (row)), ==, "Loss curve");
}

/* The dialog begins with the plot that has the focus. */
static void
test_export_focused (Fixture *fixture)
{
  AdwComboRow *row;

  gtk_widget_grab_focus (find_plot (fixture, "loss"));
  row = ADW_COMBO_ROW (find_row (open_dialog (fixture), "Figure"));
  g_assert_cmpstr (get_title (row, adw_combo_row_get_selected (row)), ==, "Loss");
}

int
main (int    argc,
      char **argv)
{
  gtk_test_init (&argc, &argv, NULL);

#define ADD(name, func) add_window_test ("/clipboard/" name, IN_THE_MIDDLE, func)
  ADD ("plots", test_plots);
  ADD ("says-the-last", test_says_the_last);
  ADD ("graph", test_graph);
  ADD ("explanation", test_explanation);
  ADD ("nudge", test_nudge);
  ADD ("view", test_view);
  ADD ("texture", test_texture);
  ADD ("looks", test_looks);
  ADD ("moved-on", test_moved_on);
  ADD ("lecture", test_lecture);
  ADD ("entry", test_entry);
  ADD ("menu", test_menu);
  ADD ("export-from-menu", test_export_from_menu);
  ADD ("export-focused", test_export_focused);

  return run_tests ();
}
