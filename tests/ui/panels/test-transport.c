/* test-transport.c: the buttons shrink together, and say what they do
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include <adwaita.h>

#include "widgets/bp-icon-label.h"
#include "panels/bp-transport.h"
#include "lib/widget-search.h"

static const char * const actions[] = {
  "win.reset", "win.iteration-back", "win.node-back", "win.node-forward", "win.iteration-forward", "win.play",
};

static void
assert_speed (double      speed,
              const char *expected)
{
  g_autofree char *text = bp_transport_format_speed (speed);

  g_assert_cmpstr (text, ==, expected);
}

static void
test_format_speed (void)
{
  assert_speed (0.5, "0.5 steps/s");
  assert_speed (1, "1 step/s");
  assert_speed (1000, "1000 steps/s");
  assert_speed (0, "full speed");
}

/* How many of the buttons show their words at @width. */
static guint
count_words (BpTransport *transport,
             int          width)
{
  int height;
  guint n_words = 0;

  gtk_widget_measure (GTK_WIDGET (transport), GTK_ORIENTATION_VERTICAL, -1, NULL, &height, NULL, NULL);
  gtk_widget_size_allocate (GTK_WIDGET (transport), &(GtkAllocation) { 0, 0, width, height }, -1);
  for (gsize i = 0; i < G_N_ELEMENTS (actions); i++)
    {
      GtkWidget *button = search_button (GTK_WIDGET (transport), actions[i]);
      GtkWidget *icon_label = search_widget (button, BP_TYPE_ICON_LABEL, NULL, NULL);

      if (gtk_widget_get_child_visible (search_widget (icon_label, GTK_TYPE_LABEL, NULL, NULL)))
        n_words++;
    }

  return n_words;
}

static void
test_shrink (void)
{
  g_autoptr (BpRun) run = create_run ("regression");
  g_autoptr (BpTransport) transport = BP_TRANSPORT (g_object_ref_sink (bp_transport_new (run)));
  int minimum, natural;

  gtk_widget_measure (GTK_WIDGET (transport), GTK_ORIENTATION_HORIZONTAL, -1, &minimum, &natural, NULL, NULL);
  g_assert_cmpint (minimum, <, natural);
  g_assert_cmpuint (count_words (transport, natural), ==, G_N_ELEMENTS (actions));
  g_assert_cmpuint (count_words (transport, natural + 100), ==, G_N_ELEMENTS (actions));
  for (int width = minimum; width < natural; width += 20)
    g_assert_cmpuint (count_words (transport, width), ==, 0);
}

/* Another word on the button must not move the others. */
static void
test_steady (void)
{
  g_autoptr (BpRun) run = create_run ("regression");
  g_autoptr (BpTransport) transport = BP_TRANSPORT (g_object_ref_sink (bp_transport_new (run)));
  const double speeds[] = { 0, 0.5, 1, 20, 1000 };
  int expected, natural;

  gtk_widget_measure (GTK_WIDGET (transport), GTK_ORIENTATION_HORIZONTAL, -1, NULL, &expected, NULL, NULL);
  bp_run_set_playing (run, TRUE);
  for (gsize i = 0; i < G_N_ELEMENTS (speeds); i++)
    {
      bp_run_set_speed (run, speeds[i]);
      gtk_widget_measure (GTK_WIDGET (transport), GTK_ORIENTATION_HORIZONTAL, -1, NULL, &natural, NULL, NULL);
      g_assert_cmpint (natural, ==, expected);
    }
}

static void
test_playing (void)
{
  g_autoptr (BpRun) run = create_run ("regression");
  g_autoptr (BpTransport) transport = BP_TRANSPORT (g_object_ref_sink (bp_transport_new (run)));
  GtkWidget *button = search_button (GTK_WIDGET (transport), "win.play");
  GtkImage *image = GTK_IMAGE (search_widget (button, GTK_TYPE_IMAGE, NULL, NULL));

  g_assert_nonnull (search_widget (button, GTK_TYPE_LABEL, has_label_text, "Play"));
  gtk_test_accessible_assert_property (button, GTK_ACCESSIBLE_PROPERTY_LABEL, "Play");
  bp_run_set_playing (run, TRUE);
  g_assert_nonnull (search_widget (button, GTK_TYPE_LABEL, has_label_text, "Pause"));
  g_assert_cmpstr (gtk_image_get_icon_name (image), ==, "media-playback-pause-symbolic");
  gtk_test_accessible_assert_property (button, GTK_ACCESSIBLE_PROPERTY_LABEL, "Pause");
}

/* Every button has a name and a tooltip with its key, and an icon that the theme has. */
static void
test_described (void)
{
  g_autoptr (BpRun) run = create_run ("regression");
  g_autoptr (BpTransport) transport = BP_TRANSPORT (g_object_ref_sink (bp_transport_new (run)));
  GtkIconTheme *theme = gtk_icon_theme_get_for_display (gdk_display_get_default ());

  gtk_test_accessible_assert_role (transport, GTK_ACCESSIBLE_ROLE_TOOLBAR);
  for (gsize i = 0; i < G_N_ELEMENTS (actions); i++)
    {
      GtkWidget *button = search_button (GTK_WIDGET (transport), actions[i]);
      GtkImage *image = GTK_IMAGE (search_widget (button, GTK_TYPE_IMAGE, NULL, NULL));

      g_assert_true (gtk_test_accessible_has_property (GTK_ACCESSIBLE (button), GTK_ACCESSIBLE_PROPERTY_LABEL));
      g_assert_true (g_str_has_suffix (gtk_widget_get_tooltip_text (button), ")"));
      g_assert_true (gtk_icon_theme_has_icon (theme, gtk_image_get_icon_name (image)));
    }
  g_assert_true (gtk_icon_theme_has_icon (theme, "media-playback-pause-symbolic"));
}

static void
test_finalize (void)
{
  BpRun *run = create_run ("regression");
  GtkWidget *transport = g_object_ref_sink (bp_transport_new (run));

  g_assert_finalize_object (transport);
  g_assert_finalize_object (run);
}

int
main (int    argc,
      char **argv)
{
  gtk_test_init (&argc, &argv, NULL);
  adw_init ();

  g_test_add_func ("/transport/format-speed", test_format_speed);
  g_test_add_func ("/transport/shrink", test_shrink);
  g_test_add_func ("/transport/steady", test_steady);
  g_test_add_func ("/transport/playing", test_playing);
  g_test_add_func ("/transport/described", test_described);
  g_test_add_func ("/transport/finalize", test_finalize);

  return g_test_run ();
}
