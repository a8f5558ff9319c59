/* bp-command-export-sequence.c: the options of the command export for sequences, and the progress
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "cli/bp-command-export-sequence.h"

#include <glib/gi18n-lib.h>
#include <string.h>
#include <unistd.h>

#include "cli/bp-command-export-request.h"
#include "base/bp-number.h"
#include "base/bp-text.h"

/* The default of --delay in seconds. */
#define ITERATION_DELAY 0.1
#define STEP_DELAY 1

/* Microseconds between two reports of the progress. */
#define INTERVAL (G_USEC_PER_SEC / 10)

/* Clears the line of a terminal. */
#define CLEAR_LINE "\r\033[K"

/* Options that do not depend on the experiment */

/* Returns: (transfer full): the value of --format, else the file's suffix */
static char *
find_format_name (const BpCommandOptions *options)
{
  g_autofree char *name = g_path_get_basename (options->output);
  const char *dot = strrchr (name, '.');

  if (options->format != NULL)
    return g_strdup (options->format);

  return g_ascii_strdown (dot != NULL ? dot + 1 : "", -1);
}

static gboolean
parse_format (const BpCommandOptions *options,
              BpExportRequest        *request,
              GError                **error)
{
  g_autofree char *name = find_format_name (options);
  g_autofree char *quoted = NULL, *sentence = NULL;

  for (guint i = 0; i < BP_N_SEQUENCE_FORMATS; i++)
    if (g_str_equal (bp_sequence_get_format_names ()[i], name))
      {
        request->sequence.format = i;
        request->sequence.figure.format = i == BP_SEQUENCE_PDF ? BP_FORMAT_PDF : BP_FORMAT_PNG;
        return TRUE;
      }

  quoted = bp_text_quote (name, -1);
  sentence = *name == '\0' ? g_strdup (_("A sequence is a pdf or a gif: add --format with one of them"))
                           : g_strdup_printf (_("A sequence is a pdf or a gif, and “%s” is neither"), quoted);

  return bp_export_request_fail (error, sentence);
}

static gboolean
parse_delay (const BpCommandOptions *options,
             BpExportRequest        *request,
             GError                **error)
{
  GError *reason = NULL;

  request->sequence.delay = request->sequence.step == BP_SEQUENCE_ITERATIONS ? ITERATION_DELAY : STEP_DELAY;
  if (options->delay == NULL || bp_number_parse (options->delay, &request->sequence.delay, &reason))
    return TRUE;

  bp_command_take_value_error (error, "--delay", reason);

  return FALSE;
}

static gboolean
init_single (const BpExportRequest  *request,
             const BpCommandOptions *options,
             GError                **error)
{
  g_autofree char *name = find_format_name (options);

  if (options->first != NULL || options->last != NULL || options->every != NULL || options->delay != NULL)
    return bp_export_request_fail (error, _("--first, --last, --every and --delay are for sequences: add --sequence"));
  if ((options->format != NULL || !request->is_all) && g_str_equal (name, "gif"))
    return bp_export_request_fail (error, _("A gif is an animation: add --sequence with nodes, phases or iterations"));

  return TRUE;
}

gboolean
bp_export_request_init_sequence (BpExportRequest        *request,
                                 const BpCommandOptions *options,
                                 GError                **error)
{
  guint step;

  if (options->sequence == NULL)
    return init_single (request, options, error);

  if (!bp_export_request_find_word ("--sequence", options->sequence, bp_sequence_get_step_names (), &step, error))
    return FALSE;

  request->is_sequence = TRUE;
  request->sequence.step = step;
  request->sequence.every = 1;
  if (options->iteration != NULL || options->phase != NULL || options->instruction != NULL)
    return bp_export_request_fail (error,
                                   _("A sequence has many pages: --first and --last say from where to where, not "
                                            "--iteration, --phase or --instruction"));
  if (options->every != NULL && step != BP_SEQUENCE_ITERATIONS)
    return bp_export_request_fail (error, _("--every is for --sequence iterations"));
  if (!parse_format (options, request, error) || !parse_delay (options, request, error))
    return FALSE;
  if (options->delay != NULL && request->sequence.format != BP_SEQUENCE_GIF)
    return bp_export_request_fail (error, _("--delay is for a gif: pages are turned by hand"));

  /* A GIF is for the screen. The default of 2 is for a PNG, which may be printed. */
  if (request->sequence.format == BP_SEQUENCE_GIF)
    request->sequence.figure.scale = 1;

  return TRUE;
}

/* Options that depend on the experiment */

/* Sets the default range. A sequence of nodes or phases is of one iteration: that shown by a saved run, else the first.
 * One of iterations ends at that shown by a saved run, else at the end of the run. */
static void
choose_range (BpSequenceOptions *sequence,
              gint64             n_iterations,
              gint64             shown)
{
  gboolean has_steps = sequence->step != BP_SEQUENCE_ITERATIONS;

  shown = MIN (shown, n_iterations);
  sequence->first = has_steps ? shown : 0;
  sequence->last = shown > 0 ? shown : has_steps ? 1 : n_iterations;
}

gboolean
bp_export_request_set_range (BpExportRequest        *request,
                             const BpCommandOptions *options,
                             BpTrainer              *trainer,
                             gint64                  shown,
                             GError                **error)
{
  gint64 n = bp_trainer_get_n_iterations (trainer);
  g_autoptr (GError) reason = NULL;

  choose_range (&request->sequence, n, shown);
  if (!bp_export_request_parse_integer ("--first", options->first, 0, n, &request->sequence.first, error))
    return FALSE;
  if (options->first == NULL && options->last != NULL)
    request->sequence.first = 0;
  if (options->first != NULL && request->sequence.last < request->sequence.first)
    request->sequence.last = request->sequence.step == BP_SEQUENCE_ITERATIONS ? n : request->sequence.first;
  if (!bp_export_request_parse_integer ("--last", options->last, request->sequence.first, n, &request->sequence.last,
                                        error)
      || !bp_export_request_parse_integer ("--every", options->every, 1, BP_MAX_ITERATIONS, &request->sequence.every,
                                           error))
    return FALSE;

  return bp_sequence_options_check (&request->sequence, n, bp_trainer_get_n_instructions (trainer), &reason)
         || bp_export_request_fail (error, reason->message);
}

/* Progress */

static void
progress_cb (guint    n_done,
             guint    n,
             gpointer data)
{
  gint64 *reported = data;
  gint64 now = g_get_monotonic_time ();

  if (now - *reported < INTERVAL)
    return;

  *reported = now;
  g_printerr (CLEAR_LINE);
  g_printerr (ngettext ("%u of %u page", "%u of %u pages", n), n_done, n);
}

GBytes *
bp_export_sequence_render (const BpExperiment      *experiment,
                           const BpSequenceOptions *options,
                           GError                 **error)
{
  gint64 reported = 0;
  gboolean is_terminal = isatty (STDERR_FILENO);
  GBytes *bytes = bp_sequence_render (experiment, options, NULL, is_terminal ? progress_cb : NULL, &reported, error);

  if (reported > 0)
    g_printerr (CLEAR_LINE);

  return bytes;
}
