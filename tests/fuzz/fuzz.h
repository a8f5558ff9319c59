/* fuzz.h: what each harness offers, to libFuzzer and to the replay of its corpus
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#pragma once

#include <glib.h>
#include <string.h>

/**
 * LLVMFuzzerTestOneInput:
 * @data: (array length=size): an input
 *
 * libFuzzer's entry point: reads @data as a person's input, and aborts where what must always hold does not.
 *
 * Returns: 0
 */
int LLVMFuzzerTestOneInput (const guint8 *data,
                            gsize         size);

/** @data as a string that ends where it has a NUL, allocated so that reading beyond is found. Returns: (transfer
 *  full) */
static inline char *
fuzz_dup_text (const guint8 *data,
               gsize         size)
{
  return size > 0 ? g_strndup ((const char *) data, size) : g_strdup ("");
}

/** Either there is a result or a reason that reads as a sentence. */
static inline void
fuzz_check_outcome (gboolean      done,
                    const GError *error)
{
  g_assert_true (done == (error == NULL));
  g_assert_true (done || (*error->message != '\0' && g_utf8_validate (error->message, -1, NULL)));
}

/* Whole numbers of this many digits can ask for more samples than there is time for; longer ones are refused. */
#define FUZZ_MIN_SLOW_DIGITS 4
#define FUZZ_MAX_SLOW_DIGITS 8

/** Whether @text, an experiment, asks for so little that there is time, and for no file, for a device has no end. */
static inline gboolean
fuzz_is_quick (const char *text)
{
  gsize n_digits = 0;

  if (strstr (text, "File") != NULL && strchr (text, '/') != NULL)
    return FALSE;

  for (; *text != '\0'; text++)
    {
      n_digits = g_ascii_isdigit (*text) ? n_digits + 1 : 0;
      if (n_digits >= FUZZ_MIN_SLOW_DIGITS && n_digits <= FUZZ_MAX_SLOW_DIGITS && !g_ascii_isdigit (text[1]))
        return FALSE;
    }

  return TRUE;
}
