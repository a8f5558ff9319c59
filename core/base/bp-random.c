/* bp-random.c: random numbers as a pure function of key and counter
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "base/bp-random-inline.h"

#include "base/bp-math.h"

#include <math.h>

/* Rounds of the permutation. Fewer than FEW numbers need more rounds to make all orders equally likely. */
#define N_ROUNDS 8
#define N_ROUNDS_FEW 24
#define FEW 16

guint64
bp_random_key (guint64     seed,
               const char *label)
{
  guint64 hash = G_GUINT64_CONSTANT (0xcbf29ce484222325);

  g_return_val_if_fail (label != NULL, 0);

  /* FNV-1a. The seed is mixed before and after, so that the streams of seeds 1 and 2 are independent. */
  for (const char *c = label; *c != '\0'; c++)
    hash = (hash ^ (guchar) *c) * G_GUINT64_CONSTANT (0x100000001b3);

  return bp_random_mix (bp_random_mix (seed + BP_RANDOM_GAMMA) ^ hash);
}

guint64
bp_random_bits (guint64 key,
                guint64 counter)
{
  return bp_random_mix (key + (counter + 1) * BP_RANDOM_GAMMA);
}

guint64
bp_random_below (guint64 key,
                 guint64 counter,
                 guint64 n)
{
  return bp_random_draw_below (key, counter, n);
}

double
bp_random_uniform (guint64 key,
                   guint64 counter)
{
  return (double) ((bp_random_bits (key, counter) >> 11) | 1) * 0x1p-53;
}

double
bp_random_normal (guint64 key,
                  guint64 counter)
{
  double radius = sqrt (-2 * bp_log (bp_random_uniform (key, 2 * counter)));
  double angle = 2 * G_PI * bp_random_uniform (key, 2 * counter + 1);

  return radius * bp_cos (angle);
}

/* The network permutes the cells of a table with an even number of rows, about √n, and as many columns as n cells need.
 * It alternately rotates each column and each row by a random number of cells. If both numbers were odd, it would give
 * even permutations only. The walk repeats this until it gets to a cell below n; fewer than √n + 2 cells are not. */
guint64
bp_random_permute (guint64 key,
                   guint64 index,
                   guint64 n)
{
  guint64 n_rounds = n < FEW ? N_ROUNDS_FEW : N_ROUNDS;
  guint64 n_rows, n_columns;

  g_return_val_if_fail (n <= G_GUINT64_CONSTANT (1) << 62, index);
  g_return_val_if_fail (index < n, index);

  n_rows = ((guint64) sqrt ((double) n) + 1) & ~G_GUINT64_CONSTANT (1);
  n_columns = (n + n_rows - 1) / n_rows;

  do
    {
      guint64 row = index / n_columns;
      guint64 column = index % n_columns;

      for (guint64 i = 0; i < n_rounds; i += 2)
        {
          row += bp_random_below (key, n_rounds * column + i, n_rows);
          row -= row < n_rows ? 0 : n_rows;
          column += bp_random_below (key, n_rounds * row + i + 1, n_columns);
          column -= column < n_columns ? 0 : n_columns;
        }

      index = row * n_columns + column;
    }
  while (index >= n);

  return index;
}
