/* bp-builtin-private.h: what embed.py makes (private)
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#pragma once

#include <glib.h>

G_BEGIN_DECLS

/** A file of resources/experiments: its name without ".experiment", the group that it is in, and what is in it. */
typedef struct {
  const char *name;
  guint       group;
  const char *text;
} BpBuiltin;

/** In the order of a menu. */
extern const BpBuiltin bp_builtins[];

extern const guint bp_n_builtins;

/** The data that come with them, with ".csv" in the name. */
extern const BpBuiltin bp_builtin_files[];

extern const guint bp_n_builtin_files;

/**
 * bp_builtin_find_file:
 * @path: a path, or "builtin:iris.csv"
 *
 * Returns: (nullable): the name after "builtin:"; NULL for a path
 */
const char *bp_builtin_find_file (const char *path);

/** Returns: (transfer full): what is in the file of that @name, "iris.csv"; fails where there is none */
char *bp_builtin_load_file (const char *name,
                            gsize      *length,
                            GError    **error);

G_END_DECLS
