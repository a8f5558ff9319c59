/* bp-setting.h: THE table of settings: what they are called, what they may be, and where they are kept
 *
 * Files, the command line, the panel and sweeps read it.
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#pragma once

#include "experiment/bp-experiment.h"

G_BEGIN_DECLS

typedef enum {
  BP_SETTING_NUMBER,    /* a double */
  BP_SETTING_INTEGER,   /* a gint64 */
  BP_SETTING_SIZE,      /* a gsize */
  BP_SETTING_SEED,      /* a guint64 */
  BP_SETTING_CHOICE,    /* an enumeration or a gboolean */
  BP_SETTING_SEPARATOR, /* a char */
  BP_SETTING_SCHEDULE,  /* a BpSchedule */
  BP_SETTING_NAME,      /* a char *, as it stands in the file */
  BP_SETTING_TEXT,      /* a char *, with GKeyFile's escapes */
} BpSettingKind;

/** Which ends of its range a number may have. */
typedef enum {
  BP_RANGE_CLOSED,
  BP_RANGE_BELOW, /* not the maximum */
  BP_RANGE_ABOVE, /* not the minimum */
} BpRange;

/**
 * BpSetting:
 * @section: of the file
 * @key: in it
 * @kind: what it is
 * @changes: whether it may change in the middle of a run: it is kept in BpSettings, the others in BpExperiment
 * @offset: where in that
 * @range: with @minimum and @maximum, what a number may be; of the name of a file @minimum is the least length
 * @names: (nullable): what a choice may be, from 0; "" marks the default, which files omit; NULL for the names of the
 *   optimizers
 * @option: (nullable): the option of the command line, without the "--"
 * @title: (nullable): what the window calls it (translatable)
 * @label: (nullable): the same with its symbol, for a field, where @title has none (translatable)
 * @slider_start: with @slider_end, the powers of ten at the ends of its slider; both 0 where it has none
 * @description: (nullable): what it is, for the help of @option (translatable)
 */
typedef struct {
  const char         *section;
  const char         *key;
  BpSettingKind       kind;
  gboolean            changes;
  gsize               offset;
  BpRange             range;
  double              minimum;
  double              maximum;
  const char * const *names;
  const char         *option;
  const char         *title;
  const char         *label;
  double              slider_start;
  double              slider_end;
  const char         *description;
} BpSetting;

/** Returns: (array length=n_settings): the table, in the order of files */
const BpSetting *bp_setting_get_all (guint *n_settings);

/** Returns: (nullable): the row of @key; a key is in one section alone */
const BpSetting *bp_setting_find (const char *key);

/** Where @experiment keeps @setting: its BpSettings or itself. */
gpointer bp_setting_get_owner (const BpSetting *setting,
                               BpExperiment    *experiment);

/**
 * bp_setting_set:
 * @owner: the BpSettings or the BpExperiment that keeps it; as before on failure
 *
 * Reads the setting from @text, as it stands in a file. Another optimizer leaves all parameters as they are.
 */
gboolean bp_setting_set (const BpSetting *setting,
                         gpointer         owner,
                         const char      *text,
                         GError         **error);

/** The same for a change of one setting: another optimizer gets its own parameters, as bp_optimizer_switch() says. */
gboolean bp_setting_set_or_switch (const BpSetting *setting,
                                   gpointer         owner,
                                   const char      *text,
                                   GError         **error);

/** Returns: (transfer full) (nullable): the setting as bp_setting_set() reads it; NULL for a default that files omit */
char *bp_setting_get (const BpSetting *setting,
                      gconstpointer    owner);

/** Checks a number, such as a learning rate, against the range of its row; fails with BP_ERROR_VALUE and a sentence
 *  that names key and range. */
gboolean bp_setting_check (const BpSetting *setting,
                           gconstpointer    owner,
                           GError         **error);

G_END_DECLS
