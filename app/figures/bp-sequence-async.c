/* bp-sequence-async.c: what a thread renders a sequence from
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "figures/bp-sequence.h"

struct _BpSequenceInput {
  BpExperiment     *experiment;
  BpSequenceOptions options;
  GPtrArray        *references; /* (nullable): those that the options show */
};

static gpointer
copy_reference (gconstpointer          reference,
                G_GNUC_UNUSED gpointer data)
{
  return bp_reference_copy (reference);
}

BpSequenceInput *
bp_sequence_input_new (const BpExperiment      *experiment,
                       const BpSequenceOptions *options)
{
  BpSequenceInput *input;

  g_return_val_if_fail (experiment != NULL && options != NULL, NULL);

  input = g_new0 (BpSequenceInput, 1);
  input->experiment = bp_experiment_copy (experiment);
  input->options = *options;
  if (options->figure.plot.references != NULL)
    {
      input->references = g_ptr_array_copy ((GPtrArray *) options->figure.plot.references, copy_reference, NULL);
      g_ptr_array_set_free_func (input->references, (GDestroyNotify) bp_reference_free);
      input->options.figure.plot.references = input->references;
    }

  return input;
}

void
bp_sequence_input_free (BpSequenceInput *input)
{
  bp_experiment_free (input->experiment);
  g_clear_pointer (&input->references, g_ptr_array_unref);
  g_free (input);
}

gpointer
bp_sequence_compute (gpointer input,
                     BpWork  *work,
                     GError **error)
{
  const BpSequenceInput *self = input;

  return bp_sequence_render (self->experiment, &self->options, work, NULL, NULL, error);
}
