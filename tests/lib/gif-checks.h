/* gif-checks.h: GIFs decoded again, by giflib
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#pragma once

#include "lib/figure-checks.h"

/**
 * Animation:
 * @pictures: (element-type GArray of guint32): what a viewer shows, row by row, 0xrrggbb
 * @delay: hundredths of a second, of all pictures
 */
typedef struct {
  int        width;
  int        height;
  int        delay;
  int        n_colors;
  GPtrArray *pictures;
} Animation;

/** Frees what it holds. */
void animation_clear (Animation *animation);

G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (Animation, animation_clear)

/** Decodes a GIF and asserts that it is as we write them. */
Animation animation_read (GBytes *bytes);

/** Decodes the GIF of a sequence. */
Animation animation_render (const BpExperiment      *experiment,
                            const BpSequenceOptions *options);

/** The pixels of a picture. */
const guint32 *animation_get (const Animation *animation,
                              guint            index);

/** The greatest difference of two colours in one channel. */
int get_difference (guint32 a,
                    guint32 b);
