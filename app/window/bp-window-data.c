/* bp-window-data.c: the data file of the run, which another program may change
 *
 * It is looked at when somebody comes back to the window: that is when a change that was made elsewhere is to be seen.
 * What counts is whether the run's columns have other numbers, not the time stamp, which only saves reading the file.
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "window/bp-window-private.h"

#include <glib/gi18n-lib.h>
#include <glib/gstdio.h>

/* What tells a file from what it was. */
typedef struct {
  char  *path;
  gint64 seconds;
  gint64 nanoseconds;
  gint64 size;
} Stamp;

struct _BpWindowData {
  BpWindow     *window;
  Stamp         stamp;      /* of the file as it was last read or looked at; no path where there is none */
  BpJob        *job;        /* that reads it */
  BpExperiment *experiment; /* that @trainer is of */
  BpTrainer    *trainer;    /* of what is there now, while somebody is asked */
};

static void
forget (BpWindowData *self)
{
  bp_job_cancel (&self->job);
  g_clear_pointer (&self->experiment, bp_experiment_free);
  g_clear_pointer (&self->trainer, bp_trainer_free);
}

/* Returns: whether there is a file with other content, perhaps, than @stamp, which becomes that of the file */
static gboolean
look (Stamp      *stamp,
      const char *path)
{
  GStatBuf info;
  gboolean is_other;

  if (path == NULL || g_stat (path, &info) != 0)
    return FALSE;

  is_other = g_strcmp0 (path, stamp->path) != 0 || info.st_mtim.tv_sec != stamp->seconds
             || info.st_mtim.tv_nsec != stamp->nanoseconds || info.st_size != stamp->size;
  if (g_strcmp0 (path, stamp->path) != 0)
    {
      g_free (stamp->path);
      stamp->path = g_strdup (path);
    }
  stamp->seconds = info.st_mtim.tv_sec;
  stamp->nanoseconds = info.st_mtim.tv_nsec;
  stamp->size = info.st_size;

  return is_other;
}

/* Returns: (transfer full) (nullable): the file that the run's data come from */
static char *
get_path (BpWindowData *self)
{
  const BpExperiment *experiment = bp_trainer_get_experiment (bp_run_get_trainer (self->window->run));

  return experiment->data_file != NULL && !bp_experiment_has_builtin_data (experiment)
           ? bp_experiment_get_data_path (experiment) : NULL;
}

/* The run may be another one, with a file that has just been read. */
static void
rebuilt_cb (BpWindowData *self)
{
  g_autofree char *path = get_path (self);

  forget (self);
  if (g_strcmp0 (path, self->stamp.path) == 0)
    return;

  g_clear_pointer (&self->stamp.path, g_free);
  look (&self->stamp, path);
}

/* Asking */

static void
response_cb (BpWindow   *window,
             const char *response)
{
  BpWindowData *self = window->data;

  if (self == NULL)
    return;

  if (g_str_equal (response, "read") && self->trainer != NULL)
    {
      g_autoptr (BpExperiment) experiment = g_steal_pointer (&self->experiment);

      bp_run_load_trainer (window->run, experiment, g_steal_pointer (&self->trainer));
    }
  forget (self);
}

static void
ask (BpWindowData *self)
{
  g_autofree char *name = g_filename_display_basename (self->stamp.path);
  g_autofree char *heading = g_strdup_printf (_("Read “%s” Again?"), name);
  GtkWidget *dialog = adw_message_dialog_new (GTK_WINDOW (self->window), heading,
                                              _("Another program changed it. "
                                                "With the data that it has now the run begins anew."));
  AdwMessageDialog *message = ADW_MESSAGE_DIALOG (dialog);

  bp_run_set_playing (self->window->run, FALSE);
  adw_message_dialog_add_responses (message, "keep", _("_Keep the Run"), "read", _("_Read Again"), NULL);
  adw_message_dialog_set_response_appearance (message, "read", ADW_RESPONSE_SUGGESTED);
  adw_message_dialog_set_default_response (message, "read");
  adw_message_dialog_set_close_response (message, "keep");
  g_signal_connect_object (dialog, "response", G_CALLBACK (response_cb), self->window, G_CONNECT_SWAPPED);
  gtk_window_present (GTK_WINDOW (dialog));
}

/* Reading */

static gpointer
read_file (gpointer              experiment,
           G_GNUC_UNUSED BpWork *work,
           GError              **error)
{
  return bp_trainer_new_sliced (experiment, error);
}

static void
read_cb (gpointer               trainer,
         const GError          *error,
         G_GNUC_UNUSED gboolean is_exceeded,
         gpointer               data)
{
  BpWindowData *self = data;

  self->job = NULL;
  self->trainer = trainer;
  if (trainer == NULL)
    {
      g_autofree char *text = g_strdup_printf (_("The data file was changed and cannot be read now, so the run keeps "
                                                 "its data: %s"), error->message);

      bp_window_add_toast (self->window, text);
      forget (self);
    }
  else if (bp_experiment_has_other_data (bp_trainer_get_experiment (bp_run_get_trainer (self->window->run)),
                                         bp_trainer_get_experiment (trainer)))
    ask (self);
  else
    forget (self);
}

static const BpJobClass read_job = {
  .compute = read_file,
  .done = read_cb,
  .free_input = (GDestroyNotify) bp_experiment_free,
  .free_result = (GDestroyNotify) bp_trainer_free,
};

/* A file that went away leaves the run its data. */
static void
active_cb (BpWindowData *self)
{
  g_autofree char *path = get_path (self);

  if (!gtk_window_is_active (GTK_WINDOW (self->window)) || self->trainer != NULL || !look (&self->stamp, path))
    return;

  forget (self);
  /* It is read as it is, and nothing is said of what it was when the run was saved. */
  self->experiment = bp_run_dup_experiment (self->window->run);
  g_clear_pointer (&self->experiment->data_digest, g_free);
  self->job = bp_job_start (&read_job, bp_experiment_copy (self->experiment), G_MAXDOUBLE, self);
}

BpWindowData *
bp_window_data_new (BpWindow *window)
{
  BpWindowData *self = g_new0 (BpWindowData, 1);

  self->window = window;
  g_signal_connect_swapped (window, "notify::is-active", G_CALLBACK (active_cb), self);
  g_signal_connect_swapped (window->run, "rebuilt", G_CALLBACK (rebuilt_cb), self);
  rebuilt_cb (self);

  return self;
}

void
bp_window_data_free (BpWindowData *data)
{
  g_signal_handlers_disconnect_by_data (data->window, data);
  g_signal_handlers_disconnect_by_data (data->window->run, data);
  forget (data);
  g_free (data->stamp.path);
  g_free (data);
}
