/* bp-builtin-private.h: what embed.py makes (private)
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#pragma once

#include <glib.h>

G_BEGIN_DECLS

/** A file of resources/experiments: its name without ".experiment", and what is in it. */
typedef struct {
  const char *name;
  const char *text;
} BpBuiltin;

/** In the order of a menu. */
extern const BpBuiltin bp_builtins[];

extern const guint bp_n_builtins;

G_END_DECLS
