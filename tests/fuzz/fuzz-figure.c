/* fuzz-figure.c: any saved run, taken to its cursor and to others, and drawn and explained there
 *
 * An input that begins with NUL is the choices of random_experiment_write(), so that most inputs are valid; any other
 * is the text of a file. At each cursor some figures are drawn; which, and in which format, differs from input to
 * input.
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "fuzz.h"

#include <stdlib.h>

#include "lib/random-experiment.h"
#include "explain/bp-explain.h"
#include "training/bp-saved-run.h"
#include "figures/bp-sequence.h"

/* What is drawn in little time. */
#define MAX_ITERATIONS 40
#define MAX_NODES 60
#define MAX_ELEMENTS 2000
#define MAX_PARAMETERS 64

/* How many figures are drawn at a cursor. */
#define N_DRAWN 3

/* One input in so many is drawn as a sequence besides. */
#define INPUTS_A_SEQUENCE 16

static guint64 n_figures;
static gboolean is_counted;

static void
print_figures (void)
{
  g_printerr ("stat::number_of_figures: %" G_GUINT64_FORMAT "\n", n_figures);
}

static gboolean
is_small (BpTrainer *trainer)
{
  BpGraph *graph = bp_trainer_get_graph (trainer);
  gsize n_elements = 0;

  for (guint node = 0; node < bp_graph_get_n_nodes (graph); node++)
    n_elements += bp_graph_get_n_elements (graph, node);

  return bp_graph_get_n_nodes (graph) <= MAX_NODES && n_elements <= MAX_ELEMENTS
         && bp_graph_get_n_parameters (graph) <= MAX_PARAMETERS
         && bp_dataset_get_n_samples (bp_trainer_get_dataset (trainer)) <= MAX_ELEMENTS;
}

static void
assert_text (const char *text)
{
  g_assert_true (text == NULL || g_utf8_validate (text, -1, NULL));
}

/* The node that is executed, and each by itself. */
static void
assert_formula (const BpFormula *formula)
{
  g_autofree char *text = formula != NULL ? bp_formula_to_text (formula) : NULL;
  g_autofree char *latex = formula != NULL ? bp_formula_to_latex (formula) : NULL;

  assert_text (text);
  assert_text (latex);
}

static void
explain (BpTrainer *trainer,
         guint      node)
{
  BpGraph *graph = bp_trainer_get_graph (trainer);
  g_autoptr (BpExplanation) explanation = bp_explain (trainer, node, BP_ELEMENT_NONE);
  g_autofree char *text = bp_explanation_to_text (explanation);
  g_autofree char *latex = bp_explanation_to_latex (explanation);
  BpElementCheck check;

  g_assert_true (text != NULL && latex != NULL);
  assert_text (text);
  assert_text (latex);
  if (node == BP_NODE_NONE)
    return;

  bp_explain_check (trainer, node, 0, &check);
  for (guint i = 0; i < bp_graph_get_n_inputs (graph, node); i++)
    {
      g_autoptr (BpFormula) symbols = NULL;
      g_autoptr (BpFormula) numbers = NULL;

      bp_explain_local_derivative (trainer, node, i, &symbols, &numbers);
      assert_formula (symbols);
      assert_formula (numbers);
    }
}

static void
explain_all (BpTrainer *trainer)
{
  g_autofree char *divergence = bp_explain_divergence (trainer);

  g_assert_true ((divergence != NULL) == (bp_trainer_get_status (trainer) == BP_STATUS_DIVERGED));
  assert_text (divergence);
  explain (trainer, BP_NODE_NONE);
  for (guint node = 0; node < bp_graph_get_n_nodes (bp_trainer_get_graph (trainer)); node++)
    explain (trainer, node);
}

/* No attribute has a number that is none. */
static void
assert_svg (GBytes *bytes)
{
  gsize size;
  const char *data = g_bytes_get_data (bytes, &size);
  g_autofree char *text = g_strndup (data, size);

  g_assert_true (g_utf8_validate (text, (gssize) size, NULL));
  if (g_regex_match_simple ("=\"[^\"<>]*(?<![\\w-])-?(nan|inf)(?![\\w-])[^\"<>]*\"", text, 0, 0))
    g_error ("%s", text);
}

/* The format of @kind that it is the turn of. */
static BpFigureFormat
get_format (BpFigureKind kind,
            guint        turn)
{
  BpFigureFormat format = turn % BP_N_FORMATS;

  while (!bp_figure_has_format (kind, format))
    format = (format + 1) % BP_N_FORMATS;

  return format;
}

static void
draw (BpTrainer *trainer,
      GPtrArray *references,
      guint      turn)
{
  guint n_nodes = bp_graph_get_n_nodes (bp_trainer_get_graph (trainer));

  for (guint i = 0; i < N_DRAWN; i++)
    {
      BpFigureKind kind = (turn + i) % BP_N_FIGURES;
      BpFigureOptions options = BP_FIGURE_OPTIONS_DEFAULT;
      g_autoptr (GError) error = NULL;
      g_autoptr (GBytes) bytes = NULL;

      options.kind = kind;
      options.format = get_format (kind, turn / BP_N_FIGURES);
      options.scale = 0.5;
      options.caption = (turn & 1) != 0;
      options.dark = (turn & 2) != 0;
      options.node = (turn & 4) != 0 ? turn / 8 % n_nodes : BP_NODE_NONE;
      options.plot.log_scale = (turn & 8) == 0;
      options.plot.smoothing = (turn & 16) != 0 ? 0.9 : 0;
      options.plot.hide_gradients = options.plot.hide_future = options.plot.predict_first = (turn & 224) == 224;
      options.plot.references = references;
      bytes = bp_figure_render (trainer, &options, &error);
      fuzz_check_outcome (bytes != NULL, error);
      if (bytes != NULL && options.format == BP_FORMAT_SVG)
        assert_svg (bytes);
      n_figures++;
    }
}

/* The same cursor may be another place in a run that diverges or whose batch size changes. */
static void
draw_at (BpTrainer *trainer,
         BpCursor   cursor,
         GPtrArray *references,
         guint      turn)
{
  bp_trainer_seek (trainer, cursor);
  explain_all (trainer);
  draw (trainer, references, turn);
}

static void
draw_sequence (const BpExperiment *experiment,
               GPtrArray          *references,
               guint               turn)
{
  BpSequenceOptions options = {
    .figure = BP_FIGURE_OPTIONS_DEFAULT, .format = turn % BP_N_SEQUENCE_FORMATS, .step = turn % BP_N_SEQUENCE_STEPS,
    .last = MIN (2, experiment->iterations), .every = 1, .delay = 1,
  };
  g_autoptr (GError) error = NULL;
  g_autoptr (GBytes) bytes = NULL;

  options.figure.kind = turn % BP_N_FIGURES;
  options.figure.scale = 0.25;
  options.figure.plot.references = references;
  bytes = bp_sequence_render (experiment, &options, NULL, NULL, NULL, &error);
  fuzz_check_outcome (bytes != NULL, error);
}

static GPtrArray *
run_references (const BpSavedRun *saved)
{
  g_autoptr (GPtrArray) references = g_ptr_array_new_with_free_func ((GDestroyNotify) bp_reference_free);

  for (guint i = 0; i < saved->references->len; i++)
    {
      BpExperiment *experiment = g_ptr_array_index (saved->references, i);
      BpReference *reference;

      experiment->iterations = MIN (experiment->iterations, MAX_ITERATIONS);
      reference = bp_reference_new_by_running (experiment, NULL, NULL);
      if (reference != NULL)
        g_ptr_array_add (references, reference);
    }

  return g_steal_pointer (&references);
}

static void
draw_run (BpSavedRun *saved,
          guint       turn)
{
  BpExperiment *experiment = saved->experiment;
  g_autoptr (GPtrArray) references = NULL;
  g_autoptr (BpTrainer) trainer = NULL;

  experiment->iterations = MIN (experiment->iterations, MAX_ITERATIONS);
  trainer = bp_trainer_new (experiment, NULL);
  if (trainer == NULL || !is_small (trainer))
    return;

  references = run_references (saved);
  draw_at (trainer, saved->cursor, references, turn);
  draw_at (trainer, (BpCursor) { experiment->iterations, 0 }, references, turn + N_DRAWN);
  draw_at (trainer, (BpCursor) { turn % experiment->iterations, turn / 2 % 32 }, references, turn + 2 * N_DRAWN);
  if (turn % INPUTS_A_SEQUENCE == 0)
    draw_sequence (experiment, references, turn / INPUTS_A_SEQUENCE);
}

int
LLVMFuzzerTestOneInput (const guint8 *data,
                        gsize         size)
{
  gboolean is_choices = size > 0 && *data == '\0';
  g_autofree char *text = is_choices ? random_experiment_write (data + 1, size - 1) : fuzz_dup_text (data, size);
  g_autoptr (GError) error = NULL;
  g_autoptr (BpSavedRun) saved = NULL;

  if (!is_counted)
    atexit (print_figures);
  is_counted = TRUE;
  if (!is_choices && !fuzz_is_quick (text))
    return 0;

  saved = bp_saved_run_new_from_data (text, -1, "input", NULL, &error);
  fuzz_check_outcome (saved != NULL, error);
  if (saved != NULL)
    draw_run (saved, g_str_hash (text) >> 1);

  return 0;
}
