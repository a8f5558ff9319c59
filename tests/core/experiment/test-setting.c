/* test-setting.c: the table of settings
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "base/bp-error.h"
#include "experiment/bp-setting.h"

#include <math.h>

static BpExperiment *
load (void)
{
  g_autoptr (GError) error = NULL;
  BpExperiment *experiment = bp_experiment_new_from_data ("[Variables]\nA=1\n[Model]\nloss=A * A\n", -1, "test", NULL,
                                                          &error);

  g_assert_no_error (error);

  return experiment;
}

static const struct {
  const char *key;
  const char *texts[4];
  const char *refused;
  const char *message;
} values[] = {
  { "Title", { "", "a b" }, "a\\qb",
    "column 2: after “\\” there must be s, n, t, r or another “\\”, which stands for itself; did you mean "
    "“a\\\\qb”?" },
  { "Iterations", { "1", "1000000000" }, "0", "“0” is not a whole number from 1 to 1000000000" },
  { "BatchSize", { "1", "1000000" }, "1000001", "“1000001” is not a whole number from 1 to 1000000" },
  { "ReportEvery", { "7" }, "", "“” is not a whole number from 1 to 1000000000" },
  { "Seed", { "0", "18446744073709551615" }, "-1", "“-1” is not a whole number from 0 to 18446744073709551615" },
  { "Loss", { "loss" } },
  { "Samples", { "1", "10000000" }, "1.5", "“1.5” is not a whole number from 1 to 10000000" },
  { "File", { "a.csv" }, "", "the name of a CSV file was expected" },
  { "Separator", { ",", "tab", "blanks" }, ":", "“:” is none of the separators , ; | tab and blanks" },
  { "DecimalComma", { "true", "false" }, "", "“” is neither true nor false" },
  { "Encoding", { "utf-8", "gb18030" }, "UTF-8", "unknown encoding “UTF-8”; did you mean “utf-8”?" },
  { "Header", { "yes", "no" }, "true", "“true” is neither yes nor no" },
  { "Missing", { "drop", "refuse" }, "mean", "“mean” is neither drop nor refuse" },
  { "Sampling", { "random", "shuffled", "sequential" }, "Shufled",
    "unknown sampling “Shufled”; did you mean “shuffled”?" },
  { "Test", { "0", "0.999" }, "1", "Test is 1, but must be at least 0 and less than 1" },
  { "Name", { "gradient-descent", "momentum", "adam" }, "Adam", "unknown optimizer “Adam”; did you mean “adam”?" },
  { "LearningRate", { "1e-12", "1000000", "0.02" }, "0,02", "“0,02” has a decimal comma; did you mean “0.02”?" },
  { "Schedule", { "step(30, 0.1)", "cosine", "constant" }, "step(30)",
    "“step(30)” is not what was expected, such as step(30, 0.1)" },
  { "Momentum", { "0", "0.9" }, "one", "“one” is not a number such as 0.02" },
  { "Decay", { "0.5" }, "1", "Decay is 1, but must be at least 0 and less than 1" },
  { "Beta1", { "0.5" }, "1,000,000", "“1,000,000” is not a number such as 0.02" },
  { "Beta2", { "0.5" }, "-1e-9", "Beta2 is -1e-9, but must be at least 0 and less than 1" },
  { "Epsilon", { "1", "1e-300" }, "0", "Epsilon is 0, but must be greater than 0 and at most 1" },
  { "WeightDecay", { "0.01", "0" }, "1", "WeightDecay is 1, but must be at least 0 and less than 1" },
  { "Maximize", { "true", "false" }, "yes", "“yes” is neither true nor false" },
  { "KeepGradients", { "true", "false" }, "1", "“1” is neither true nor false" },
  { "Target", { "y" } },
};

/* What is read is written again, in no other field, and what is refused changes nothing. */
static void
test_values (void)
{
  guint n_settings;

  bp_setting_get_all (&n_settings);
  for (guint i = 0; i < G_N_ELEMENTS (values); i++)
    {
      const BpSetting *setting = bp_setting_find (values[i].key);
      g_autoptr (BpExperiment) experiment = load ();
      gpointer owner = bp_setting_get_owner (setting, experiment);
      g_autoptr (GError) error = NULL;

      for (guint j = 0; values[i].texts[j] != NULL; j++)
        {
          g_autofree char *text = NULL;

          g_assert_true (bp_setting_set (setting, owner, values[i].texts[j], &error));
          g_assert_no_error (error);
          g_assert_true (bp_setting_check (setting, owner, &error));
          text = bp_setting_get (setting, owner);
          g_assert_cmpstr (text, ==, values[i].texts[j]);
        }

      if (values[i].refused != NULL)
        {
          g_autofree char *before = bp_setting_get (setting, owner);
          g_autofree char *after = NULL;

          g_assert_false (bp_setting_set (setting, owner, values[i].refused, &error));
          g_assert_cmpstr (error->message, ==, values[i].message);
          after = bp_setting_get (setting, owner);
          g_assert_cmpstr (after, ==, before);
        }
    }
  /* Description is as Title. */
  g_assert_cmpuint (G_N_ELEMENTS (values) + 1, ==, n_settings);
  g_assert_null (bp_setting_find ("title"));
}

/* A program may put anything into the struct. */
static void
test_ranges (void)
{
  static const struct {
    const char *key;
    double      inside[2];
    double      outside[2];
  } cases[] = {
    { "LearningRate", { 1e-12, 1e6 }, { 0, 1e7 } },
    { "Momentum", { 0, 1 - 1e-16 }, { -1e-9, 1 } },
    { "Epsilon", { 1e-300, 1 }, { 0, 1.5 } },
    { "Test", { 0, 0.5 }, { -0.1, 1 } },
  };
  g_autoptr (BpExperiment) experiment = load ();

  for (guint i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      const BpSetting *setting = bp_setting_find (cases[i].key);
      gpointer owner = bp_setting_get_owner (setting, experiment);
      double *field = (double *) (gpointer) ((char *) owner + setting->offset);

      for (guint j = 0; j < 2; j++)
        {
          *field = cases[i].inside[j];
          g_assert_true (bp_setting_check (setting, owner, NULL));
          *field = cases[i].outside[j];
          g_assert_false (bp_setting_check (setting, owner, NULL));
        }
      *field = (double) NAN;
      g_assert_false (bp_setting_check (setting, owner, NULL));
    }
}

/* In a file the optimizer's name is one of several keys; who chooses another one wants what goes with it. */
static void
test_switch (void)
{
  const BpSetting *name = bp_setting_find ("Name");
  BpSettings settings = { .batch_size = 1 };
  BpOptimizer expected;

  bp_optimizer_init (&settings.optimizer, BP_OPTIMIZER_ADAM);
  settings.optimizer.learning_rate = 0.5;
  expected = settings.optimizer;
  expected.kind = BP_OPTIMIZER_ADAGRAD;
  g_assert_true (bp_setting_set (name, &settings, "adagrad", NULL));
  g_assert_true (bp_optimizer_equal (&settings.optimizer, &expected));

  g_assert_true (bp_setting_set_or_switch (name, &settings, "adam", NULL));
  g_assert_true (bp_setting_set_or_switch (name, &settings, "adagrad", NULL));
  bp_optimizer_init (&expected, BP_OPTIMIZER_ADAGRAD);
  expected.learning_rate = 0.5;
  g_assert_true (bp_optimizer_equal (&settings.optimizer, &expected));
  g_assert_false (bp_setting_set_or_switch (name, &settings, "sgd", NULL));
  g_assert_true (bp_optimizer_equal (&settings.optimizer, &expected));
}

int
main (int   argc,
      char *argv[])
{
  g_test_init (&argc, &argv, NULL);

  g_test_add_func ("/setting/values", test_values);
  g_test_add_func ("/setting/ranges", test_ranges);
  g_test_add_func ("/setting/switch", test_switch);

  return g_test_run ();
}
