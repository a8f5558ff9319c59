/* bp-tape-branches.c: tapes of large irregular graphs, rewritten so that there is no opcode to predict
 *
 * A processor guesses the next opcode from the ones before. To guess wrong takes as long as several instructions, and
 * of more opcodes than it remembers most are guessed wrong, unless they repeat.
 *
 * Forward has to keep the order of the nodes: the values of all cheap rows are computed and one is selected. Backward
 * comes apart: local derivatives depend on values only and can be sorted by row, and with them at hand all rows do the
 * same to gradients. The two are done together, on blocks one after the other, as they do not wait for one another.
 * Formulas and the order of additions are those of the instructions that are replaced, and so are the bits.
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "bp-tape-private.h"

/* Measured with gcc and clang on a processor of 2023, Zen 4. */
#define N_REMEMBERED 2000

/* The rewritten tape is the faster one if one opcode in so many is guessed wrong. */
#define WORTH_REWRITING 4

/* The bits of an opcode, and of the hash of the opcodes that the next is guessed from, which are those of 64 bits. */
#define OPCODE_BITS 9
#define CONTEXT_BITS 14

G_STATIC_ASSERT (BP_TAPE_DERIVE (0) <= 1 << OPCODE_BITS);

gboolean
bp_tape_is_predictable (const BpTapeInstruction *tape,
                        guint                    n)
{
  g_autofree guint16 *followers = NULL;
  guint64 context = 0;
  guint n_wrong = 0;

  if (n <= N_REMEMBERED)
    return TRUE;
  followers = g_new0 (guint16, 1 << CONTEXT_BITS);
  for (guint i = 0; i < n; i++)
    {
      /* Fibonacci hashing: Knuth, The Art of Computer Programming, volume 3, section 6.4. */
      guint16 *follower = &followers[context * G_GUINT64_CONSTANT (0x9e3779b97f4a7c15) >> (64 - CONTEXT_BITS)];

      n_wrong += *follower != tape[i].opcode;
      *follower = tape[i].opcode;
      context = context << OPCODE_BITS | tape[i].opcode;
    }

  return n_wrong <= MAX (N_REMEMBERED, n / WORTH_REWRITING);
}

/* The rewritten tapes */

static void
append_head (GArray *to,
             guint32 opcode,
             guint   n)
{
  const BpTapeInstruction head = { .opcode = opcode, .out = n };

  g_array_append_val (to, head);
}

/* Forward */

static guint
get_forward_row (guint32 opcode)
{
  return (opcode - BP_TAPE_FORWARD (0, 0)) / BP_TAPE_N_FORWARD;
}

/* Whether @opcode is a forward one of a cheap row. */
static gboolean
is_cheap (guint32 opcode)
{
  if (opcode < BP_TAPE_FORWARD (0, 0) || opcode >= BP_TAPE_FORWARD (BP_TAPE_N_ROWS, 0))
    return FALSE;
  switch (get_forward_row (opcode))
    {
    case BP_TAPE_ROW_COPY:
#define OP1(...)
#define OP1_FLAT(...)
#define OP2(...)
#define OP1_CHEAP(ID, ...) case BP_TAPE_ROW_##ID:
#define OP2_CHEAP(ID, ...) case BP_TAPE_ROW_##ID:
#include "bp-op-formulas.h"
      return TRUE;
    default:
      return FALSE;
    }
}

static void
append_select (GArray                  *to,
               const BpTapeInstruction *tape,
               guint                    n)
{
  append_head (to, BP_TAPE_SELECT, n);
  for (guint i = 0; i < n; i++)
    {
      BpTapeInstruction operand = tape[i];

      operand.opcode = get_forward_row (operand.opcode);
      g_array_append_val (to, operand);
    }
}

GArray *
bp_tape_rewrite_forward (GArray *tape)
{
  GArray *to = g_array_new (FALSE, FALSE, sizeof (BpTapeInstruction));

  for (guint i = 0, n; i < tape->len; i += MAX (n, 1))
    {
      const BpTapeInstruction *from = &g_array_index (tape, BpTapeInstruction, i);

      for (n = 0; i + n < tape->len && is_cheap (from[n].opcode);)
        n++;
      if (n > 0)
        append_select (to, from, n);
      else
        g_array_append_vals (to, from, 1);
    }
  g_array_unref (tape);

  return to;
}

/* Backward */

static gboolean
is_backward (guint32 opcode)
{
  return opcode >= BP_TAPE_BACKWARD (0, 0, 0, 0) && opcode < BP_TAPE_BACKWARD (BP_TAPE_N_ROWS, 0, 0, 0);
}

static guint
get_backward_row (guint32 opcode)
{
  return (opcode - BP_TAPE_BACKWARD (0, 0, 0, 0)) / BP_TAPE_N_BACKWARD;
}

/* Backward instructions one after another, and where nobody's contributions go. */
typedef struct {
  const BpTapeInstruction *from;
  guint                    n;
  guint32                  spare;
} Run;

static guint32
get_place (guint i)
{
  return i % (2 * BP_TAPE_BLOCK);
}

/* Contributions that nobody gets take turns, so that they do not wait for one another. */
static BpTapeInstruction
get_accumulate (const Run *run,
                guint      i)
{
  const BpTapeInstruction *from = &run->from[i];
  const guint modes = (from->opcode - BP_TAPE_BACKWARD (0, 0, 0, 0)) % (BP_TAPE_N_MODES * BP_TAPE_N_MODES);
  const guint32 nobody = run->spare + i % BP_TAPE_N_SPARE;

  return (BpTapeInstruction) {
    .opcode = get_place (i),
    .out = from->out,
    .a = modes / BP_TAPE_N_MODES != BP_TAPE_NONE ? from->a : nobody,
    .b = modes % BP_TAPE_N_MODES != BP_TAPE_NONE ? from->b : nobody,
  };
}

/* Says at the head how many pairs follow it, or drops it where there are none. */
static void
finish_head (GArray *to,
             guint   head)
{
  g_array_index (to, BpTapeInstruction, head).out = (to->len - head - 1) / 2;
  if (to->len == head + 1)
    g_array_set_size (to, head);
}

/* Derives the block from @start to @end and accumulates the one before it, from @before to @start. Beside the rest of
 * the longer one, numbers of no meaning go to places that are free and to a spare number. */
static void
append_block (GArray    *to,
              const Run *run,
              guint      before,
              guint      start,
              guint      end)
{
  const BpTapeInstruction nothing = { .opcode = BP_TAPE_BACKWARD (BP_TAPE_ROW_COPY, 0, 0, 0) };
  const guint n = MAX (end - start, start - before);

  for (guint row = 0; row < BP_TAPE_N_ROWS; row++)
    {
      const guint head = to->len;

      append_head (to, BP_TAPE_DERIVE (row), 0);
      for (guint i = start; i < start + n; i++)
        {
          BpTapeInstruction pair[] = {
            i < end ? run->from[i] : nothing,
            { get_place (i), run->spare, run->spare, run->spare },
          };

          if (get_backward_row (pair[0].opcode) != row)
            continue;
          pair[0].opcode = get_place (i);
          if (before < start)
            pair[1] = get_accumulate (run, before++);
          g_array_append_vals (to, pair, G_N_ELEMENTS (pair));
        }
      finish_head (to, head);
    }
}

static void
append_run (GArray    *to,
            const Run *run)
{
  for (guint before = 0, start = 0, end; before < run->n; before = start, start = end)
    {
      end = MIN (start + BP_TAPE_BLOCK, run->n);
      append_block (to, run, before, start, end);
    }
}

GArray *
bp_tape_rewrite_backward (GArray *tape,
                          guint32 spare)
{
  GArray *to = g_array_new (FALSE, FALSE, sizeof (BpTapeInstruction));

  for (guint i = 0; i < tape->len;)
    {
      Run run = { &g_array_index (tape, BpTapeInstruction, i), 0, spare };

      while (i + run.n < tape->len && is_backward (run.from[run.n].opcode))
        run.n++;
      if (run.n > 0)
        append_run (to, &run);
      else
        g_array_append_vals (to, run.from, 1);
      i += MAX (run.n, 1);
    }
  g_array_unref (tape);

  return to;
}
