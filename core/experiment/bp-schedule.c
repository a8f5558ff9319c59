/* bp-schedule.c: how the learning rate changes in the course of a run
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "experiment/bp-schedule.h"

#include "base/bp-error.h"
#include "base/bp-math.h"
#include "base/bp-nearest.h"
#include "base/bp-number.h"
#include "base/bp-text.h"

#include <glib/gi18n-lib.h>
#include <math.h>
#include <string.h>

/* The most iterations of a step or a warmup. */
#define MAX_LENGTH G_GINT64_CONSTANT (1000000000)

/* Which arguments a schedule has, and how it is written with some. */
static const struct {
  const char *name;
  gboolean    has_length;
  gboolean    has_factor;
  const char *example;
} classes[] = {
  [BP_SCHEDULE_CONSTANT] = { "constant", FALSE, FALSE, "constant" },
  [BP_SCHEDULE_STEP] = { "step", TRUE, TRUE, "step(30, 0.1)" },
  [BP_SCHEDULE_EXPONENTIAL] = { "exponential", FALSE, TRUE, "exponential(0.99)" },
  [BP_SCHEDULE_COSINE] = { "cosine", FALSE, FALSE, "cosine" },
  [BP_SCHEDULE_WARMUP] = { "warmup", TRUE, FALSE, "warmup(10)" },
};

gboolean
bp_schedule_equal (const BpSchedule *a,
                   const BpSchedule *b)
{
  g_return_val_if_fail (a != NULL && b != NULL, FALSE);

  return a->kind == b->kind && a->length == b->length && a->factor == b->factor;
}

double
bp_schedule_get_factor (const BpSchedule *schedule,
                        gint64            n_completed,
                        gint64            n_iterations)
{
  g_return_val_if_fail (schedule != NULL && n_completed >= 0, 1);

  switch (schedule->kind)
    {
    case BP_SCHEDULE_STEP:
      return bp_pow (schedule->factor, (double) (n_completed / schedule->length));
    case BP_SCHEDULE_EXPONENTIAL:
      return bp_pow (schedule->factor, (double) n_completed);
    case BP_SCHEDULE_COSINE:
      return 0.5 * (1 + bp_cos (G_PI * (double) n_completed / (double) MAX (n_iterations, 1)));
    case BP_SCHEDULE_WARMUP:
      return MIN ((double) (n_completed + 1) / (double) schedule->length, 1);
    case BP_SCHEDULE_CONSTANT:
    default:
      return 1;
    }
}

/* Reading */

static gboolean
find_kind (const char     *name,
           BpScheduleKind *kind,
           GError        **error)
{
  const char *names[G_N_ELEMENTS (classes) + 1] = { NULL };
  g_autofree char *quoted = bp_text_quote (name, -1);
  g_autofree char *sentence = g_strdup_printf (_("unknown schedule “%s”"), quoted);

  for (guint i = 0; i < G_N_ELEMENTS (classes); i++)
    {
      names[i] = classes[i].name;
      if (g_str_equal (names[i], name))
        {
          *kind = (BpScheduleKind) i;
          return TRUE;
        }
    }

  bp_nearest_set_error (error, sentence, name, names);

  return FALSE;
}

static gboolean
read_factor (const char *text,
             double     *factor,
             GError    **error)
{
  if (!bp_number_parse (text, factor, error))
    return FALSE;
  if (*factor > 0 && *factor <= 1)
    return TRUE;

  g_set_error (error, BP_ERROR, BP_ERROR_VALUE,
               _("the factor of a schedule is %s, but must be greater than 0 and at most 1"), text);

  return FALSE;
}

/* Reads the arguments between the parentheses, which are as many as there must be. */
static gboolean
read_arguments (char      **arguments,
                BpSchedule *schedule,
                GError    **error)
{
  guint i = 0;

  for (char **argument = arguments; *argument != NULL; argument++)
    g_strstrip (*argument);
  if (classes[schedule->kind].has_length
      && !bp_number_parse_integer (arguments[i++], 1, MAX_LENGTH, &schedule->length, error))
    return FALSE;

  return !classes[schedule->kind].has_factor || read_factor (arguments[i], &schedule->factor, error);
}

gboolean
bp_schedule_parse (const char *text,
                   BpSchedule *schedule,
                   GError    **error)
{
  g_autofree char *stripped = g_strstrip (g_strdup (text));
  const gsize length = strcspn (stripped, "(");
  g_autofree char *name = g_strchomp (g_strndup (stripped, length));
  const gboolean has_arguments = stripped[length] == '(';
  const gboolean is_closed = has_arguments && g_str_has_suffix (stripped, ")");
  g_autofree char *inside = g_strndup (stripped + length + 1, is_closed ? strlen (stripped) - length - 2 : 0);
  g_auto (GStrv) arguments = g_strsplit (inside, ",", -1);
  BpSchedule result = { BP_SCHEDULE_CONSTANT, 0, 0 };

  if (!find_kind (name, &result.kind, error))
    return FALSE;

  if (has_arguments != is_closed
      || g_strv_length (arguments) != (guint) classes[result.kind].has_length + (guint) classes[result.kind].has_factor)
    {
      g_autofree char *quoted = bp_text_quote (text, -1);

      g_set_error (error, BP_ERROR, BP_ERROR_SYNTAX, _("“%s” is not what was expected, such as %s"), quoted,
                   classes[result.kind].example);
      return FALSE;
    }
  if (!read_arguments (arguments, &result, error))
    return FALSE;

  *schedule = result;

  return TRUE;
}

char *
bp_schedule_to_string (const BpSchedule *schedule)
{
  GString *text;

  g_return_val_if_fail (schedule != NULL, NULL);

  text = g_string_new (classes[schedule->kind].name);
  if (classes[schedule->kind].has_length)
    g_string_append_printf (text, "(%" G_GINT64_FORMAT, schedule->length);
  if (classes[schedule->kind].has_factor)
    {
      g_autofree char *factor = bp_number_to_shortest (schedule->factor);

      g_string_append_printf (text, classes[schedule->kind].has_length ? ", %s" : "(%s", factor);
    }
  if (classes[schedule->kind].has_length || classes[schedule->kind].has_factor)
    g_string_append_c (text, ')');

  return g_string_free (text, FALSE);
}
