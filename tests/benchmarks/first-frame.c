/* first-frame.c: ends a program once it has drawn a window, and says when that was and what it took
 *
 * Linked to a program as it is, which need not know. Prints a line: the time on the monotonic clock in seconds, the
 * seconds that the process has been on a processor, the memory that it holds and that of it which it has written to, in
 * bytes, and whether the library of the editor is in use. A window that has an editor then opens it, and the same is
 * said of the frame that shows it.
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include <gtk/gtk.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>

static double
read_clock (clockid_t clock)
{
  struct timespec now;

  clock_gettime (clock, &now);

  return now.tv_sec + 1e-9 * now.tv_nsec;
}

/* Bytes in the line of smaps_rollup that begins so; 0 where the system does not tell. */
static double
read_memory (const char *key)
{
  g_autofree char *text = NULL;
  const char *line = NULL;

  if (g_file_get_contents ("/proc/self/smaps_rollup", &text, NULL, NULL))
    line = strstr (text, key);

  return line != NULL ? 1024 * g_ascii_strtod (line + strlen (key), NULL) : 0;
}

static void
print_frame (const char *name)
{
  const double time = read_clock (CLOCK_MONOTONIC);
  const double processor = read_clock (CLOCK_PROCESS_CPUTIME_ID);

  printf ("%s %.6f %.6f %.0f %.0f %d\n", name, time, processor, read_memory ("\nRss:"),
          read_memory ("\nPrivate_Dirty:"), g_type_from_name ("GtkSourceView") != G_TYPE_INVALID);
  fflush (stdout);
}

static void
painted_cb (GdkFrameClock *clock,
            GtkWidget     *window)
{
  static gboolean is_editor = FALSE;

  print_frame (is_editor ? "editor" : "first-frame");
  if (is_editor || !gtk_widget_activate_action (window, "win.text", NULL))
    _Exit (0);

  is_editor = TRUE;
  gdk_frame_clock_request_phase (clock, GDK_FRAME_CLOCK_PHASE_PAINT);
}

static gboolean
find_window_cb (G_GNUC_UNUSED gpointer data)
{
  g_autoptr (GList) toplevels = gtk_window_list_toplevels ();

  for (GList *link = toplevels; link != NULL; link = link->next)
    if (gtk_widget_get_mapped (link->data))
      {
        /* After the handlers that draw. */
        g_signal_connect_after (gtk_widget_get_frame_clock (link->data), "paint", G_CALLBACK (painted_cb), link->data);
        return G_SOURCE_REMOVE;
      }

  return G_SOURCE_CONTINUE;
}

/* The program runs its main loop for the first time once it has presented its window, and before that has drawn. */
static void __attribute__ ((constructor))
wait_for_window (void)
{
  g_idle_add_full (G_PRIORITY_HIGH, find_window_cb, NULL, NULL);
}
