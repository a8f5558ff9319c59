/* bp-key-lines.h: a file of sections and keys, line by line
 *
 * The format of GKeyFile. GKeyFile itself reports no line numbers and silently takes the last of two equal keys. A
 * saved run (bp-saved-run.h) holds several experiments: the sections of reference run 1 are [Ghost 1/Experiment],
 * [Ghost 1/Data] …
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#pragma once

#include <glib.h>

G_BEGIN_DECLS

/** The most reference runs that can be told apart. */
#define BP_MAX_REFERENCES 8

/** The section of a saved run that is no part of its experiment. */
#define BP_SAVED_SESSION "Session"

/** Its key with the experiment's data_digest. */
#define BP_DIGEST_KEY "DataDigest"

/**
 * BpKeyLine:
 * @key: (nullable): without blanks around it; NULL where the line is no key=value
 * @value: from the first character that is no blank to the end of the line
 * @start: where the line starts
 * @line: its number, from 1; 0 for no line
 */
typedef struct {
  const char *key;
  const char *value;
  const char *start;
  guint       line;
} BpKeyLine;

/**
 * BpKeySection:
 * @run: the reference run that it is of, from 1; 0 for the experiment itself
 * @name: "Model"; "" for what stands before the first section
 * @head: the line of its name, the first of several; its @value is the name as it stands
 * @lines: (element-type BpKeyLine): its keys, in the order of the file
 * @bad: the first line that is neither a key nor a comment
 * @duplicate: the first line whose key is on another line already
 */
typedef struct {
  guint       run;
  const char *name;
  BpKeyLine   head;
  GArray     *lines;
  BpKeyLine   bad;
  BpKeyLine   duplicate;
  GHashTable *by_key; /* key → number of its first line in @lines + 1 */
} BpKeySection;

/**
 * BpKeyLines:
 * @origin: what messages call the file, on one line
 * @sections: (element-type BpKeySection): in the order of the file
 *
 * The lines of a file. Their strings point into @text, which is split in place.
 */
typedef struct {
  char       *origin;
  GPtrArray  *sections;
  GHashTable *by_name; /* name as it stands → BpKeySection */
  char       *text;
} BpKeyLines;

/**
 * bp_key_lines_new:
 * @length: how many bytes @text has, or −1
 * @origin: what messages call the file
 *
 * Lines end as bp-line-ends.h says. Fails with a position where @text is larger than files may be, empty, or no UTF-8.
 */
BpKeyLines *bp_key_lines_new (const char *text,
                              gssize      length,
                              const char *origin,
                              GError    **error);

void bp_key_lines_free (BpKeyLines *lines);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (BpKeyLines, bp_key_lines_free)

/** Reads the bytes of the file at @path, as many as an experiment may have. Fails as bp_read_file(). */
GString *bp_key_lines_read_file (const char *path,
                                 GError    **error);

const BpKeySection *bp_key_lines_find_section (BpKeyLines *lines,
                                               guint       run,
                                               const char *name);

/** Returns: (nullable): the line of @key; both may be NULL */
const BpKeyLine *bp_key_section_find (const BpKeySection *section,
                                      const char         *key);

/** Whether a section called @name in a file is one that saving a run adds. */
gboolean bp_key_lines_is_saved_section (const char *name);

/** Whether the sections of @run have only keys, and each once; otherwise the error says where. The section
 *  BP_SAVED_SESSION is one of the run only if @session. */
gboolean bp_key_lines_check (BpKeyLines *lines,
                             guint       run,
                             gboolean    session,
                             GError    **error);

/** Says that an error is at @character of @line in @section. Returns: FALSE */
gboolean bp_key_lines_fail_line (BpKeyLines         *lines,
                                 const BpKeySection *section,
                                 const BpKeyLine    *line,
                                 const char         *character,
                                 GError            **error);

/** Finds the line of an error that is in a key of @run, and says it. Returns: FALSE */
gboolean bp_key_lines_fail (BpKeyLines *lines,
                            guint       run,
                            GError    **error);

G_END_DECLS
