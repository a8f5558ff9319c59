/* bp-random.h: random numbers as a pure function of key and counter
 *
 * The generator is SplitMix64, used with a counter: number n of a stream is mix (key + (n + 1)·γ), so any number can be
 * computed without those before it. Steele, Lea and Flood, "Fast splittable pseudorandom number generators", OOPSLA
 * 2014.
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#pragma once

#include <glib.h>

G_BEGIN_DECLS

/** Returns: the key of the stream @label of @seed; streams of different labels or seeds are independent */
guint64 bp_random_key (guint64     seed,
                       const char *label);

/** Returns: 64 random bits: number @counter of stream @key */
guint64 bp_random_bits (guint64 key,
                        guint64 counter);

/** Returns: an integer in [0, n), n ≥ 1: ⌊bits·n / 2⁶⁴⌋, whose relative bias is at most n / 2⁶⁴ */
guint64 bp_random_below (guint64 key,
                         guint64 counter,
                         guint64 n);

/** Returns: a number in (0, 1): an odd multiple of 2⁻⁵³, so that neither it nor 1 minus it is ever 0 */
double bp_random_uniform (guint64 key,
                          guint64 counter);

/** Returns: a number from N(0, 1): Box and Muller's transform of the uniform numbers 2·counter and 2·counter + 1 */
double bp_random_normal (guint64 key,
                         guint64 counter);

/**
 * bp_random_permute:
 * @index: in [0, n)
 * @n: 1 … 2⁶²
 *
 * Returns: the image of @index in the permutation @key of [0, n): a Feistel network over pairs of numbers with cycle
 * walking (Black and Rogaway, "Ciphers with arbitrary finite domains", 2002)
 */
guint64 bp_random_permute (guint64 key,
                           guint64 index,
                           guint64 n);

G_END_DECLS
