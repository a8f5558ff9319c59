/* bp-nearest.c: finds the name that the user probably meant
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "base/bp-nearest.h"

#include <glib/gi18n-lib.h>
#include <string.h>

#include "base/bp-error.h"

/* The longest word that is compared, in bytes. */
#define MAX_LENGTH 64

/* The most candidates that are listed. */
#define MAX_LISTED 16

static gboolean
is_same (char a,
         char b)
{
  return g_ascii_tolower (a) == g_ascii_tolower (b);
}

/* The distance of optimal string alignment. rows[i % 3][j] is that of the first i bytes of @a to the first j of @b. */
static guint
get_distance (const char *a,
              guint       n_a,
              const char *b,
              guint       n_b)
{
  guint rows[3][MAX_LENGTH + 1];

  for (guint i = 0; i <= n_a; i++)
    for (guint j = 0; j <= n_b; j++)
      {
        guint *cell = &rows[i % 3][j];

        if (i == 0 || j == 0)
          {
            *cell = i + j;
            continue;
          }

        *cell = rows[(i - 1) % 3][j - 1] + (is_same (a[i - 1], b[j - 1]) ? 0 : 1);
        *cell = MIN (*cell, rows[(i - 1) % 3][j] + 1);
        *cell = MIN (*cell, rows[i % 3][j - 1] + 1);
        if (i > 1 && j > 1 && is_same (a[i - 1], b[j - 2]) && is_same (a[i - 2], b[j - 1]))
          *cell = MIN (*cell, rows[(i - 2) % 3][j - 2] + 1);
      }

  return rows[n_a % 3][n_b];
}

const char *
bp_nearest_find (const char         *word,
                 const char * const *candidates)
{
  const char *nearest = NULL;
  gsize length;
  guint best;

  g_return_val_if_fail (word != NULL, NULL);
  g_return_val_if_fail (candidates != NULL, NULL);

  length = strlen (word);
  if (length == 0 || length > MAX_LENGTH)
    return NULL;

  /* One more than the greatest distance accepted. */
  best = MIN (MAX (1, (guint) length / 3) + 1, (guint) length);

  for (; *candidates != NULL; candidates++)
    {
      gsize candidate_length = strlen (*candidates);

      /* The distance is at least the difference of the lengths. */
      if (candidate_length <= MAX_LENGTH && MAX (candidate_length, length) - MIN (candidate_length, length) < best)
        {
          guint distance = get_distance (word, (guint) length, *candidates, (guint) candidate_length);

          if (distance < best)
            {
              best = distance;
              nearest = *candidates;
            }
        }
    }

  return nearest;
}

void
bp_nearest_set_error (GError            **error,
                      const char         *sentence,
                      const char         *word,
                      const char * const *candidates)
{
  const char *nearest = bp_nearest_find (word, candidates);
  guint n_candidates = g_strv_length ((char **) candidates);

  if (nearest != NULL)
    {
      g_set_error (error, BP_ERROR, BP_ERROR_UNKNOWN, _("%s; did you mean “%s”?"), sentence, nearest);
      bp_error_set_suggestion (error, nearest);
    }
  else if (n_candidates > 0 && n_candidates <= MAX_LISTED)
    {
      g_autofree char *list = g_strjoinv (", ", (char **) candidates);

      g_set_error (error, BP_ERROR, BP_ERROR_UNKNOWN, _("%s; known: %s"), sentence, list);
    }
  else
    g_set_error_literal (error, BP_ERROR, BP_ERROR_UNKNOWN, sentence);
}
