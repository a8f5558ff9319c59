/* test-timeline.c: the phases and the scrubber show where the run stands, and go where they are told
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include <adwaita.h>

#include "panels/bp-timeline.h"
#include "lib/widget-search.h"

static const char * const phases[BP_N_PHASES] = { "feed", "forward", "backward", "update" };

/* Instructions executed at the end of each phase of the regression. */
static const guint phase_ends[BP_N_PHASES] = { 1, 4, 8, 9 };

static BpTimeline *
create_timeline (BpRun *run)
{
  return BP_TIMELINE (g_object_ref_sink (bp_timeline_new (run)));
}

static BpRun *
create_long_run (gint64 n_iterations)
{
  g_autoptr (BpExperiment) experiment = load_builtin ("regression");

  experiment->iterations = n_iterations;

  return bp_run_new (experiment);
}

static GtkWidget *
get_phase (BpTimeline *timeline,
           BpPhase     phase)
{
  GtkWidget *button = search_widget (GTK_WIDGET (timeline), GTK_TYPE_BUTTON, has_css_class, phases[phase]);

  g_assert_nonnull (button);

  return button;
}

static const char *
get_text (GtkWidget *widget)
{
  return gtk_label_get_label (GTK_LABEL (search_widget (widget, GTK_TYPE_LABEL, NULL, NULL)));
}

static const char *
get_iteration (BpTimeline *timeline)
{
  return get_text (search_widget (GTK_WIDGET (timeline), GTK_TYPE_STACK, has_css_class, "iteration"));
}

static GtkRange *
get_scale (BpTimeline *timeline)
{
  return GTK_RANGE (search_widget (GTK_WIDGET (timeline), GTK_TYPE_SCALE, NULL, NULL));
}

/* What a user does to the scrubber. */
static void
scroll (BpTimeline   *timeline,
        GtkScrollType kind,
        double        value)
{
  gboolean handled;

  g_signal_emit_by_name (get_scale (timeline), "change-value", kind, value, &handled);
  g_assert_true (handled);
}

/* The phase of the last step is the active one, those before it are done. */
static void
test_follow (void)
{
  g_autoptr (BpRun) run = create_run ("regression");
  g_autoptr (BpTimeline) timeline = create_timeline (run);

  g_assert_cmpstr (get_iteration (timeline), ==, "iteration 0 of 100");
  for (guint i = 0; i < 12; i++)
    {
      const BpInstruction *last = bp_trainer_get_last_instruction (bp_run_get_trainer (run));
      const guint active = last == NULL ? BP_N_PHASES : last->phase;

      for (guint phase = 0; phase < BP_N_PHASES; phase++)
        {
          g_assert_true (has_css_class (get_phase (timeline, phase), "active") == (phase == active));
          g_assert_true (has_css_class (get_phase (timeline, phase), "done") == (last != NULL && phase < active));
        }
      bp_run_step (run, BP_STEP_NODE, 1);
    }

  bp_run_seek (run, (BpCursor) { 37, 6 });
  g_assert_cmpstr (get_iteration (timeline), ==, "iteration 38 of 100");
  g_assert_cmpstr (get_text (get_phase (timeline, BP_PHASE_BACKWARD)), ==, "Backward 2/4");
  g_assert_cmpstr (get_text (get_phase (timeline, BP_PHASE_FORWARD)), ==, "Forward");
  gtk_test_accessible_assert_property (get_phase (timeline, BP_PHASE_BACKWARD), GTK_ACCESSIBLE_PROPERTY_LABEL,
                                       "Backward, step 2 of 4, now");
  gtk_test_accessible_assert_property (get_phase (timeline, BP_PHASE_FORWARD), GTK_ACCESSIBLE_PROPERTY_LABEL,
                                       "Forward, done");
  gtk_test_accessible_assert_property (get_phase (timeline, BP_PHASE_UPDATE), GTK_ACCESSIBLE_PROPERTY_LABEL,
                                       "Update, not yet");
  g_assert_cmpfloat (gtk_range_get_value (get_scale (timeline)), >, 37);
  g_assert_cmpfloat (gtk_range_get_value (get_scale (timeline)), <, 38);
}

/* From anywhere in an iteration, its end included, a phase is that of this iteration. */
static void
test_phases (void)
{
  g_autoptr (BpRun) run = create_run ("regression");
  g_autoptr (BpTimeline) timeline = create_timeline (run);
  const BpCursor places[] = { { 20, 2 }, { 20, 7 }, { 21, 0 } };

  for (guint i = 0; i < G_N_ELEMENTS (places); i++)
    for (guint phase = 0; phase < BP_N_PHASES; phase++)
      {
        bp_run_seek (run, places[i]);
        g_signal_emit_by_name (get_phase (timeline, phase), "clicked");
        if (phase == BP_PHASE_UPDATE)
          assert_cursor (run, 21, 0);
        else
          assert_cursor (run, 20, phase_ends[phase]);
        g_assert_true (has_css_class (get_phase (timeline, phase), "active"));
      }

  bp_run_reset (run);
  g_signal_emit_by_name (get_phase (timeline, BP_PHASE_FORWARD), "clicked");
  assert_cursor (run, 0, phase_ends[BP_PHASE_FORWARD]);
}

static void
test_scrub (void)
{
  g_autoptr (BpRun) run = create_run ("regression");
  g_autoptr (BpTimeline) timeline = create_timeline (run);

  scroll (timeline, GTK_SCROLL_JUMP, 62.4);
  settle ();
  assert_cursor (run, 62, 0);
  g_assert_cmpstr (get_iteration (timeline), ==, "iteration 62 of 100");
  scroll (timeline, GTK_SCROLL_JUMP, 1e9);
  settle ();
  assert_cursor (run, 100, 0);
  scroll (timeline, GTK_SCROLL_JUMP, -5);
  settle ();
  assert_cursor (run, 0, 0);

  /* Keys: from the middle of an iteration to its end, or back to where it began. */
  bp_run_seek (run, (BpCursor) { 40, 3 });
  scroll (timeline, GTK_SCROLL_STEP_RIGHT, 0);
  settle ();
  assert_cursor (run, 41, 0);
  bp_run_seek (run, (BpCursor) { 40, 3 });
  scroll (timeline, GTK_SCROLL_STEP_LEFT, 0);
  settle ();
  assert_cursor (run, 40, 0);
  scroll (timeline, GTK_SCROLL_STEP_LEFT, 0);
  settle ();
  assert_cursor (run, 39, 0);
}

/* A drag over many places is one seek, to the last of them; the slider is there at once. */
static void
test_drag (void)
{
  g_autoptr (BpRun) run = create_long_run (1000000);
  g_autoptr (BpTimeline) timeline = create_timeline (run);
  guint n_changed = 0;

  g_signal_connect_swapped (run, "changed", G_CALLBACK (count_cb), &n_changed);
  for (guint i = 1; i <= 100; i++)
    scroll (timeline, GTK_SCROLL_JUMP, i * 10);
  g_assert_cmpfloat (gtk_range_get_value (get_scale (timeline)), ==, 1000);
  g_assert_cmpuint (n_changed, ==, 0);
  settle ();
  g_assert_cmpuint (n_changed, ==, 1);
  assert_cursor (run, 1000, 0);
}

/* Progress while running to an iteration, at most a frame's work at a time, and a button that stops it. */
static void
test_running (void)
{
  g_autoptr (BpRun) run = create_long_run (1000000);
  g_autoptr (BpTimeline) timeline = create_timeline (run);
  GtkStack *stack = GTK_STACK (search_widget (GTK_WIDGET (timeline), GTK_TYPE_STACK, NULL, NULL));
  GtkWidget *phases_page = gtk_stack_get_visible_child (stack);
  GtkWidget *stop = search_widget (GTK_WIDGET (timeline), GTK_TYPE_BUTTON, has_css_class, "stop");
  GtkWidget *progress = gtk_widget_get_next_sibling (stop);
  g_autofree char *expected = NULL;
  gint64 done;

  bp_run_run_to (run, 1000000);
  g_assert_true (gtk_stack_get_visible_child (stack) == gtk_widget_get_parent (stop));
  g_assert_cmpstr (gtk_label_get_label (GTK_LABEL (progress)), ==, "running to iteration 1000000 · 0 %");
  for (gint64 frame = 1; bp_trainer_get_cursor (bp_run_get_trainer (run)).iteration < 50000; frame++)
    bp_run_advance (run, frame * 16000);
  done = bp_trainer_get_cursor (bp_run_get_trainer (run)).iteration;
  expected = g_strdup_printf ("running to iteration 1000000 · %d %%", (int) (done / 10000));
  g_assert_cmpstr (gtk_label_get_label (GTK_LABEL (progress)), ==, expected);

  g_signal_emit_by_name (stop, "clicked");
  g_assert_false (bp_run_get_playing (run));
  g_assert_true (gtk_stack_get_visible_child (stack) == phases_page);
}

/* Numbers change, places do not; and a million iterations fit beside everything else. */
static void
test_steady (void)
{
  g_autoptr (BpRun) run = create_long_run (1000000);
  g_autoptr (BpTimeline) timeline = create_timeline (run);
  int minimum, expected, natural;

  gtk_widget_measure (GTK_WIDGET (timeline), GTK_ORIENTATION_HORIZONTAL, -1, &minimum, &expected, NULL, NULL);
  g_assert_cmpint (minimum, <=, 700);
  for (guint i = 0; i < 30; i++)
    {
      bp_run_seek (run, (BpCursor) { 300 * i, i % 9 });
      gtk_widget_measure (GTK_WIDGET (timeline), GTK_ORIENTATION_HORIZONTAL, -1, NULL, &natural, NULL, NULL);
      g_assert_cmpint (natural, ==, expected);
    }
  bp_run_run_to (run, 900000);
  gtk_widget_measure (GTK_WIDGET (timeline), GTK_ORIENTATION_HORIZONTAL, -1, NULL, &natural, NULL, NULL);
  g_assert_cmpint (natural, ==, expected);
}

static void
test_n_iterations (void)
{
  g_autoptr (BpRun) run = create_run ("regression");
  g_autoptr (BpTimeline) timeline = create_timeline (run);

  bp_run_seek (run, (BpCursor) { 100, 0 });
  bp_run_set_n_iterations (run, 400);
  g_assert_cmpstr (get_iteration (timeline), ==, "iteration 100 of 400");
  g_assert_cmpfloat (gtk_adjustment_get_upper (gtk_range_get_adjustment (get_scale (timeline))), ==, 400);
  scroll (timeline, GTK_SCROLL_JUMP, 250);
  settle ();
  assert_cursor (run, 250, 0);
}

static void
test_accessible (void)
{
  g_autoptr (BpRun) run = create_run ("regression");
  g_autoptr (BpTimeline) timeline = create_timeline (run);

  gtk_test_accessible_assert_role (timeline, GTK_ACCESSIBLE_ROLE_GROUP);
  gtk_test_accessible_assert_property (timeline, GTK_ACCESSIBLE_PROPERTY_LABEL, "Time line");
  gtk_test_accessible_assert_role (get_scale (timeline), GTK_ACCESSIBLE_ROLE_SLIDER);
  gtk_test_accessible_assert_property (get_scale (timeline), GTK_ACCESSIBLE_PROPERTY_LABEL, "Iteration");
  bp_run_seek (run, (BpCursor) { 7, 0 });
  gtk_test_accessible_assert_property (get_scale (timeline), GTK_ACCESSIBLE_PROPERTY_VALUE_TEXT, "iteration 7 of 100");
  for (guint phase = 0; phase < BP_N_PHASES; phase++)
    g_assert_nonnull (gtk_widget_get_tooltip_text (get_phase (timeline, phase)));
}

static void
test_no_run (void)
{
  g_autoptr (BpRun) run = create_run ("regression");
  g_autoptr (BpTimeline) timeline = create_timeline (run);

  scroll (timeline, GTK_SCROLL_JUMP, 50);
  bp_timeline_set_run (timeline, NULL);
  settle ();
  assert_cursor (run, 0, 0);
  scroll (timeline, GTK_SCROLL_JUMP, 50);
  settle ();
}

/* Even in the middle of a drag. */
static void
test_finalize (void)
{
  BpRun *run = create_run ("regression");
  BpTimeline *timeline = create_timeline (run);

  scroll (timeline, GTK_SCROLL_JUMP, 50);
  g_assert_finalize_object (timeline);
  settle ();
  bp_run_step (run, BP_STEP_ITERATION, 1);
  g_assert_finalize_object (run);
}

int
main (int    argc,
      char **argv)
{
  gtk_test_init (&argc, &argv, NULL);
  adw_init ();

  g_test_add_func ("/timeline/follow", test_follow);
  g_test_add_func ("/timeline/phases", test_phases);
  g_test_add_func ("/timeline/scrub", test_scrub);
  g_test_add_func ("/timeline/drag", test_drag);
  g_test_add_func ("/timeline/running", test_running);
  g_test_add_func ("/timeline/steady", test_steady);
  g_test_add_func ("/timeline/n-iterations", test_n_iterations);
  g_test_add_func ("/timeline/accessible", test_accessible);
  g_test_add_func ("/timeline/no-run", test_no_run);
  g_test_add_func ("/timeline/finalize", test_finalize);

  return g_test_run ();
}
