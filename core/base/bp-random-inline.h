/* bp-random-inline.h: random numbers without a function call, for the train step
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#pragma once

#include "base/bp-random.h"

G_BEGIN_DECLS

/* The odd integer nearest 2⁶⁴ / golden ratio. */
#define BP_RANDOM_GAMMA G_GUINT64_CONSTANT (0x9e3779b97f4a7c15)

static inline guint64
bp_random_mix (guint64 z)
{
  z = (z ^ (z >> 30)) * G_GUINT64_CONSTANT (0xbf58476d1ce4e5b9);
  z = (z ^ (z >> 27)) * G_GUINT64_CONSTANT (0x94d049bb133111eb);
  return z ^ (z >> 31);
}

/** As bp_random_below(). */
static inline guint64
bp_random_draw_below (guint64 key,
                      guint64 counter,
                      guint64 n)
{
  __extension__ typedef unsigned __int128 Wide;

  /* ⌊bits·n / 2⁶⁴⌋ */
  return (guint64) (((Wide) bp_random_mix (key + (counter + 1) * BP_RANDOM_GAMMA) * n) >> 64);
}

G_END_DECLS
