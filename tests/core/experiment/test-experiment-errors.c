/* test-experiment-errors.c: what is said of texts that are no experiments
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include <string.h>

#include "base/bp-error.h"
#include "experiment/bp-experiment.h"

#define VARIABLES "[Variables]\nA=1\n"
#define MODEL VARIABLES "[Model]\nloss=square(A)\n"

static const struct {
  const char *text;
  BpError     code;
  const char *message;
} errors[] = {
  /* The text */
  { "", BP_ERROR_FILE, ": the file is empty; an experiment has at least [Variables] and [Model]" },
  { " \n\r\n\t", BP_ERROR_FILE, ": the file is empty; an experiment has at least [Variables] and [Model]" },
  { "foo", BP_ERROR_SYNTAX, ":1: “foo” is not what was expected: a [Section], below one a key=value, or a # comment" },
  { "# c\n\nA=1\n[Model]\n", BP_ERROR_SYNTAX,
    ":3: “A=1” is not what was expected: a [Section], below one a key=value, or a # comment" },
  { MODEL "\n[Data\nx=1\n", BP_ERROR_SYNTAX,
    ":6: “[Data” is not what was expected: a [Section], below one a key=value, or a # comment" },
  { MODEL "  loss\n=\n", BP_ERROR_SYNTAX,
    ":5: “loss” is not what was expected: a [Section], below one a key=value, or a # comment" },
  { MODEL "=5\n", BP_ERROR_SYNTAX,
    ":5: “=5” is not what was expected: a [Section], below one a key=value, or a # comment" },
  { MODEL "\xff\n", BP_ERROR_SYNTAX, ":5: the text is not valid UTF-8" },
  { VARIABLES "A=2\n", BP_ERROR_VALUE, ":3: [Variables] A is already on line 2" },
  { MODEL "\n[Model]\nloss=A * A\n", BP_ERROR_VALUE, ":7: [Model] loss is already on line 4" },

  /* What was probably meant */
  { "; a comment\n" MODEL, BP_ERROR_SYNTAX, ":1: “; a comment” is no comment; a comment begins with “#”" },
  { VARIABLES "[Model]\nloss=square(A -\n 10)\n", BP_ERROR_SYNTAX,
    ":5: “10)” is not what was expected; a value ends with its line, so write all of “loss” on line 4" },
  { "[Variables]\nA=1,5\n[Model]\nloss=A * A\n", BP_ERROR_VALUE,
    ":2: [Variables] A, column 1: “1,5” has a decimal comma; did you mean “1.5”?" },
  { "[Data]\nx=1; 0,5 x 3\n" MODEL, BP_ERROR_VALUE,
    ":2: [Data] x, column 4: “0,5” has a decimal comma; did you mean “0.5”?" },
  { MODEL "[Optimizer]\nLearningRate=0,05\n", BP_ERROR_VALUE,
    ":6: [Optimizer] LearningRate: “0,05” has a decimal comma; did you mean “0.05”?" },
  { VARIABLES "[Model]\nloss=square(A - 0,1)\n", BP_ERROR_VALUE,
    ":4: [Model] loss, column 12: “0,1” has a decimal comma; did you mean “0.1”?" },
  { "[Data]\nFile=C:\\data\\x.csv\n" MODEL, BP_ERROR_SYNTAX,
    ":2: [Data] File, column 3: after “\\” there must be s, n, t, r or another “\\”, which stands for itself; did you "
    "mean “C:\\\\data\\\\x.csv”?" },

  /* Sections and keys */
  { "[Modle]\n" MODEL, BP_ERROR_UNKNOWN, ":1: there is no section [Modle]; did you mean “Model”?" },
  { MODEL "[Xyz]\n", BP_ERROR_UNKNOWN,
    ":5: there is no section [Xyz]; known: Experiment, Data, Variables, Model, Optimizer, Evaluate, Changes, Edits, "
    "Batches" },
  { "[Experiment]\nItertions=4\n" MODEL, BP_ERROR_UNKNOWN,
    ":2: [Experiment] has no key “Itertions”; did you mean “Iterations”?" },
  { "[Experiment]\nTitle[de]=Titel\n" MODEL, BP_ERROR_UNKNOWN,
    ":2: [Experiment] has no key “Title[de]”; known: Title, Description, Iterations, BatchSize, ReportEvery, Seed, "
    "Loss" },
  { MODEL "[Optimizer]\nBatchSize=5", BP_ERROR_UNKNOWN,
    ":6: [Optimizer] has no key “BatchSize”; known: Name, LearningRate, Schedule, Momentum, Decay, Beta1, Beta2, "
    "Epsilon, WeightDecay, Maximize, KeepGradients" },

  /* Classes */
  { "[Data]\ny=0 x 3; 1 x 2; 3 x 1\n[Variables]\nW=1 [6, 3]\n[Model]\n"
    "loss=reduce_mean(sparse_softmax_cross_entropy_with_logits(labels=y, logits=W * expand_dims(y, 1)))\n"
    "[Experiment]\nBatchSize=6\n", BP_ERROR_VALUE,
    ":6: [Model] loss: “y” is 3 in row 6, and the classes are 0 to 2" },
  { "[Data]\ny=0.5\n[Variables]\nA=1\n[Model]\nm=one_hot(reshape(y, [-1, 1]), 2) * A\nloss=reduce_sum(m)\n",
    BP_ERROR_VALUE, ":6: [Model] m: “y” is 0.5 in row 1, and the classes are 0 to 1" },
  { "[Data]\ny=-1\n[Variables]\nA=1\n[Model]\nloss=A * A\n[Evaluate]\nh=one_hot(y, 2)\n",
    BP_ERROR_VALUE, ":8: [Evaluate] h: “y” is -1 in row 1, and the classes are 0 to 1" },

  /* [Experiment] */
  { "[Experiment]\nTitle=a\\qb\n" MODEL, BP_ERROR_SYNTAX,
    ":2: [Experiment] Title, column 2: after “\\” there must be s, n, t, r or another “\\”, which stands for itself; "
    "did you mean “a\\\\qb”?" },
  { "[Experiment]\nIterations=ten\n" MODEL, BP_ERROR_VALUE,
    ":2: [Experiment] Iterations: “ten” is not a whole number from 1 to 1000000000" },
  { "[Experiment]\nIterations=99999999999999999999\n" MODEL, BP_ERROR_VALUE,
    ":2: [Experiment] Iterations: “99999999999999999999” is not a whole number from 1 to 1000000000" },
  { "[Experiment]\nReportEvery=0\n" MODEL, BP_ERROR_VALUE,
    ":2: [Experiment] ReportEvery: “0” is not a whole number from 1 to 1000000000" },
  { "[Experiment]\nBatchSize=1000001\n" MODEL, BP_ERROR_VALUE,
    ":2: [Experiment] BatchSize: “1000001” is not a whole number from 1 to 1000000" },
  { "[Experiment]\nSeed=-1\n" MODEL, BP_ERROR_VALUE,
    ":2: [Experiment] Seed: “-1” is not a whole number from 0 to 18446744073709551615" },
  { "[Experiment]\nLoss=los\n" MODEL, BP_ERROR_UNKNOWN,
    ":2: [Experiment] Loss: [Model] has no node “los”; did you mean “loss”?" },
  { "[Experiment]\nLoss=A\n" MODEL, BP_ERROR_UNKNOWN, ":2: [Experiment] Loss: [Model] has no node “A”; known: loss" },

  /* [Data] */
  { "[Data]\nSamples=5\n" MODEL, BP_ERROR_VALUE,
    ":1: [Data]: a placeholder such as x=normal(0, 1), or a File, was expected" },
  { "[Data]\nx=1\nSamples=10000001\n" MODEL, BP_ERROR_VALUE,
    ":3: [Data] Samples: “10000001” is not a whole number from 1 to 10000000" },
  { "[Data]\nx=1\nSampling=shufled\n" MODEL, BP_ERROR_UNKNOWN,
    ":3: [Data] Sampling: unknown sampling “shufled”; did you mean “shuffled”?" },
  { "[Data]\nx=1\nTest=1\n" MODEL, BP_ERROR_VALUE,
    ":3: [Data] Test: Test is 1, but must be at least 0 and less than 1" },
  { "[Data]\nx=1\nTest=half\n" MODEL, BP_ERROR_VALUE, ":3: [Data] Test: “half” is not a number such as 0.02" },
  { "[Data]\nx=normal(1)\n" MODEL, BP_ERROR_SYNTAX, ":2: [Data] x, column 9: “,” and a second number were expected" },
  { "[Data]\nx=normal(1, 2, 5); uniform(2, 1)\n" MODEL, BP_ERROR_VALUE,
    ":2: [Data] x, column 29: the upper bound must not be less than the lower bound" },
  { "[Data]\nx=1; ; 2\n" MODEL, BP_ERROR_SYNTAX,
    ":2: [Data] x, column 4: a number, normal(…) or uniform(…) was expected" },
  { "[Data]\nx=1; 1e999\n" MODEL, BP_ERROR_VALUE, ":2: [Data] x, column 4: the number is too large" },
  { "[Data]\nx=1 x 3\ny=2 x 4\n" MODEL, BP_ERROR_VALUE,
    ":1: [Data]: “x” has 3 samples but “y” has 4; all placeholders must have equally many" },
  { "[Data]\nSamples=9000000\na=1\nb=1;1\n" MODEL, BP_ERROR_VALUE, ":1: [Data]: “b” has more than 10000000 samples" },
  { "[Data]\n2x=1\n" MODEL, BP_ERROR_SYNTAX,
    ":2: [Data] 2x: “2x” is not a name of at most 64 letters from a to z, digits and “_”, a digit not being the "
    "first" },
  { "[Data]\nSample=5\nx=1\n" MODEL, BP_ERROR_UNKNOWN,
    ":2: [Data] Sample: no expression uses this placeholder; did you mean the setting “Samples”?" },
  { "[Data]\nFile=\n" MODEL, BP_ERROR_VALUE, ":2: [Data] File: the name of a CSV file was expected" },

  /* [Variables] */
  { "[Model]\nloss=1\n", BP_ERROR_VALUE,
    ": [Variables]: there is nothing to train; at least one variable such as A=normal(0, 1) was expected" },
  { "\n[Variables]\n[Model]\nloss=1\n", BP_ERROR_VALUE,
    ":2: [Variables]: there is nothing to train; at least one variable such as A=normal(0, 1) was expected" },
  { "[Variables]\nA=nomal(0, 1)\n", BP_ERROR_UNKNOWN,
    ":2: [Variables] A, column 1: there is no distribution “nomal”; did you mean “normal”?" },
  { "[Variables]\nA=normal(0, 1, 5)\n", BP_ERROR_VALUE,
    ":2: [Variables] A: a variable has a shape and no number of samples, such as normal(0, 1) [2, 3]" },
  { "[Variables]\nA=normal(0, 1) [2, 3\n", BP_ERROR_SYNTAX,
    ":2: [Variables] A, column 14: “[2, 3” is not a shape; expected sizes in brackets such as [2, 3], or [] for a "
    "scalar" },
  { "[Variables]\nA=normal(0, 1e308)\n", BP_ERROR_VALUE,
    ":2: [Variables] A: the distribution gives numbers that are too large" },
  { "[Data]\nA=1\n" MODEL, BP_ERROR_VALUE, ":4: [Variables] A: “A” is already the name of a placeholder" },
  { "[Variables]\nA-b=1\n", BP_ERROR_SYNTAX,
    ":2: [Variables] A-b: “A-b” is not a name of at most 64 letters from a to z, digits and “_”, a digit not being the "
    "first" },

  /* [Model] */
  { VARIABLES, BP_ERROR_VALUE,
    ": [Model]: there is no loss; at least one node such as loss=square(A - 10) was expected" },
  { VARIABLES "[Model]\nloss=\n", BP_ERROR_SYNTAX, ":4: [Model] loss, column 1: a number, a name or “(” was expected" },
  { "[Data]\ny_target=1\n" VARIABLES "\n[Model]\nz=A * 2\nresidual=z -   y_targt\n", BP_ERROR_UNKNOWN,
    ":8: [Model] residual, column 7: unknown name “y_targt”; did you mean “y_target”?" },
  { VARIABLES "[Model]\nA=A + 1\n", BP_ERROR_VALUE, ":4: [Model] A: “A” is already the name of a variable" },
  { VARIABLES "[Model]\na b=A + 1\n", BP_ERROR_SYNTAX,
    ":4: [Model] a b: “a b” is not a name of at most 64 letters from a to z, digits and “_”, a digit not being the "
    "first" },
  { VARIABLES "[Model]\na=A + b\nb=A + 1\n", BP_ERROR_UNKNOWN,
    ":4: [Model] a, column 5: “b” is defined only further down; a node is computed from those above it" },
  { VARIABLES "[Model]\na=A + b\n[Evaluate]\nb=A + 1\n", BP_ERROR_UNKNOWN,
    ":4: [Model] a, column 5: “b” is defined only further down; a node is computed from those above it" },
  { VARIABLES "[Model]\na=b + A\nb=a + 1\n", BP_ERROR_UNKNOWN,
    ":4: [Model] a, column 1: “a” depends on itself, a cycle: a → b → a; a node is computed from those above it" },
  { VARIABLES "[Model]\na=A + a\n", BP_ERROR_UNKNOWN,
    ":4: [Model] a, column 5: “a” depends on itself, a cycle: a → a; a node is computed from those above it" },
  { VARIABLES "[Model]\na=A * c\nb=c * c\nc=d + 1\nd=2 * e\ne=f + 1\nf=2 * g\ng=h + 1\nh=a * 2\n", BP_ERROR_UNKNOWN,
    ":4: [Model] a, column 5: “a” depends on itself, a cycle: a → c → d → e → f → g → … → a; a node is computed from "
    "those above it" },
  { VARIABLES "[Model]\na=A + zz * b\nb=A + 1\n", BP_ERROR_UNKNOWN,
    ":4: [Model] a, column 10: “b” is defined only further down; a node is computed from those above it" },
  { VARIABLES "[Model]\nl=round(A)\n", BP_ERROR_VALUE,
    ":4: [Model] l: the loss “l” depends on no variable by way of operations that pass a gradient on; there is nothing "
    "to train" },
  { "[Experiment]\nLoss=l\n" VARIABLES "[Model]\nl=stop_gradient(A)\nm=square(A)\n", BP_ERROR_VALUE,
    ":2: [Experiment] Loss: the loss “l” depends on no variable by way of operations that pass a gradient on; there is "
    "nothing to train" },
  { "[Experiment]\nBatchSize=4\n[Data]\nx=1\n" VARIABLES
    "[Model]\nl=2 * sigmoid_cross_entropy_with_logits(x, expand_dims(x, 1) * A)\n", BP_ERROR_SHAPE,
    ":8: [Model] l, column 5: labels [4] and logits [4, 1] are not of equal shape; did you mean expand_dims(labels, "
    "1)?" },
  { "[Experiment]\nBatchSize=4\n[Data]\nx=1\n" VARIABLES "[Model]\nl=A * reshape(x, [3])\n", BP_ERROR_SHAPE,
    ":8: [Model] l, column 5: shape [4] cannot be reshaped to [3]: the elements, 4 in all, do not fit" },

  /* [Optimizer] */
  { MODEL "[Optimizer]\nName=adm\n", BP_ERROR_UNKNOWN,
    ":6: [Optimizer] Name: unknown optimizer “adm”; did you mean “adam”?" },
  { MODEL "[Optimizer]\nName=newton\n", BP_ERROR_UNKNOWN,
    ":6: [Optimizer] Name: unknown optimizer “newton”; known: gradient-descent, momentum, nesterov, adagrad, rmsprop, "
    "adam, adamw" },
  { MODEL "[Optimizer]\nSchedule=step(10)\n", BP_ERROR_SYNTAX,
    ":6: [Optimizer] Schedule: “step(10)” is not what was expected, such as step(30, 0.1)" },
  { MODEL "[Optimizer]\nLearningRate=0\n", BP_ERROR_VALUE,
    ":6: [Optimizer] LearningRate: LearningRate is 0, but must be from 1e-12 to 1000000" },
  { MODEL "[Optimizer]\nLearningRate=\n", BP_ERROR_VALUE, ":6: [Optimizer] LearningRate: a number is missing" },
  { MODEL "[Optimizer]\nBeta2=1\n", BP_ERROR_VALUE,
    ":6: [Optimizer] Beta2: Beta2 is 1, but must be at least 0 and less than 1" },
  { MODEL "[Optimizer]\nMaximize=yes\n", BP_ERROR_VALUE, ":6: [Optimizer] Maximize: “yes” is neither true nor false" },

  /* [Evaluate] */
  { MODEL "[Evaluate]\np=A + 1\nTarget=y\n", BP_ERROR_UNKNOWN, ":7: [Evaluate] Target: there is no placeholder “y”" },
  { "[Data]\ny=1\n" MODEL "[Evaluate]\np=A + 1\nTarget=loss\n", BP_ERROR_UNKNOWN,
    ":9: [Evaluate] Target: there is no placeholder “loss”; known: y" },
  { "[Data]\ny=1\n" MODEL "[Evaluate]\nTarget=y\n", BP_ERROR_VALUE,
    ":8: [Evaluate] Target: there is nothing to compare it with; a node such as prediction=round(sigmoid(my_output)) "
    "was expected" },
  { "[Experiment]\nBatchSize=2\n[Data]\ny=1\n" MODEL "[Evaluate]\np=A + 1\nTarget=y\n", BP_ERROR_SHAPE,
    ":10: [Evaluate] p: the shape is [1] for a batch of 2; to compare it with “y” takes one element a sample" },
  { MODEL "[Evaluate]\nloss=A + 1\n", BP_ERROR_VALUE, ":6: [Evaluate] loss: “loss” is already the name of a node" },
  { MODEL "[Evaluate]\np=los\n", BP_ERROR_UNKNOWN,
    ":6: [Evaluate] p, column 1: unknown name “los”; did you mean “loss”?" },
  { MODEL "[Evaluate]\nTheory=A 10\n", BP_ERROR_SYNTAX,
    ":6: [Evaluate] Theory, column 1: “A 10” is not a variable with its value, such as A: 10" },
  { MODEL "[Evaluate]\nTheory=A: 1; A: x\n", BP_ERROR_VALUE,
    ":6: [Evaluate] Theory, column 10: “x” is not a number such as 0.02" },
  { MODEL "[Evaluate]\nTheory=B: 10\n", BP_ERROR_UNKNOWN, ":6: [Evaluate] Theory: there is no variable “B”; known: A" },

  /* [Changes] */
  { MODEL "[Changes]\n0=LearningRate=1\n", BP_ERROR_VALUE,
    ":6: [Changes] 0: “0” is not a whole number from 1 to 1000000000" },
  { MODEL "[Changes]\nsoon=LearningRate=1\n", BP_ERROR_VALUE,
    ":6: [Changes] soon: “soon” is not a whole number from 1 to 1000000000" },
  { MODEL "[Changes]\n40=LearningRate=1\n30=LearningRate=2\n", BP_ERROR_VALUE,
    ":7: [Changes] 30: changes must be in ascending order, and the one above is at iteration 40" },
  { MODEL "[Changes]\n40=\n", BP_ERROR_SYNTAX,
    ":6: [Changes] 40, column 1: “” is not a setting with its value, such as LearningRate=0.5" },
  { MODEL "[Changes]\n40=0.5\n", BP_ERROR_SYNTAX,
    ":6: [Changes] 40, column 1: “0.5” is not a setting with its value, such as LearningRate=0.5" },
  { MODEL "[Changes]\n40=LearnRate=0.5\n", BP_ERROR_UNKNOWN,
    ":6: [Changes] 40, column 1: unknown setting “LearnRate”; did you mean “LearningRate”?" },
  { MODEL "[Changes]\n40=BatchSize=2; LearningRate=-1\n", BP_ERROR_VALUE,
    ":6: [Changes] 40, column 27: LearningRate is -1, but must be from 1e-12 to 1000000" },
  { "[Experiment]\nBatchSize=2\n[Data]\nx=1\n" VARIABLES "[Model]\nl=A * reshape(x, [2])\n[Changes]\n40=BatchSize=3\n",
    BP_ERROR_SHAPE,
    ":10: [Changes] 40: [Model] l, column 5: shape [3] cannot be reshaped to [2]: the elements, 3 in all, do not fit" },
};

static void
test_errors (void)
{
  for (guint i = 0; i < G_N_ELEMENTS (errors); i++)
    {
      g_autoptr (GError) error = NULL;
      g_autofree char *message = g_strconcat ("points.experiment", errors[i].message, NULL);

      g_test_message ("Case %u", i);

      g_assert_null (bp_experiment_new_from_data (errors[i].text, -1, "points.experiment", NULL, &error));
      g_assert_cmpstr (error->message, ==, message);
      g_assert_error (error, BP_ERROR, (int) errors[i].code);
    }
}

/* Where they are, as numbers: characters from 1. A key is wrong, or its value from some character on. */
static void
test_positions (void)
{
  static const struct {
    const char *text;
    guint       line;
    guint       column;
    const char *section;
    const char *key;
  } cases[] = {
    { "", 0, 0, NULL, NULL },
    { MODEL "# caf\xe9\n", 5, 6, NULL, NULL },
    { MODEL "\r\n  foo\r\n", 6, 3, "Model", NULL },
    { "  A=1\n" MODEL, 1, 3, "", NULL },
    { VARIABLES " A = 2\n", 3, 2, "Variables", "A" },
    { "# ü\r [Modle]\rloss=1\r", 2, 3, "Modle", NULL },
    { "[Experiment]\n  Itertions=4\n" MODEL, 2, 3, "Experiment", "Itertions" },
    { "[Experiment]\nIterations =  ten\n" MODEL, 2, 15, "Experiment", "Iterations" },
    { "[Experiment]\nTitle= ü\\q\n" MODEL, 2, 9, "Experiment", "Title" },
    { "[Data]\nSample=5\nx=1\n" MODEL, 2, 1, "Data", "Sample" },
    { "[Data]\nx =1; uniform(2, 1)\n" MODEL, 2, 18, "Data", "x" },
    { " [Data]\nSamples=5\n" MODEL, 1, 2, "Data", NULL },
    { "[Variables]\nA=normal(0, 1) [2, 3\n", 2, 16, "Variables", "A" },
    { "[Variables]\n A=normal(0, 1, 5)\n", 2, 4, "Variables", "A" },
    { "[Variables]\n A-b=1\n", 2, 2, "Variables", "A-b" },
    { "[Model]\nloss=1\n", 0, 0, "Variables", NULL },
    { VARIABLES "[Model]\n loss =\tA + \n", 4, 12, "Model", "loss" },
    { VARIABLES "[Model]\nloss=square(A) + ä\n", 4, 18, "Model", "loss" },
    { VARIABLES "[Model]\nloss=A * c\n", 4, 10, "Model", "loss" },
    { VARIABLES "[Model]\nl=A + m\nm=A + 1\n", 4, 7, "Model", "l" },
    { VARIABLES "[Model]\nl=round(A)\n", 4, 3, "Model", "l" },
    { "[Experiment]\nLoss=m\n" MODEL, 2, 6, "Experiment", "Loss" },
    { MODEL "[Optimizer]\nLearningRate=-1\n", 6, 14, "Optimizer", "LearningRate" },
    { MODEL "[Evaluate]\nTheory=A: 1; A: x\n", 6, 17, "Evaluate", "Theory" },
    { MODEL "[Evaluate]\nTheory=A: 1; B\n", 6, 14, "Evaluate", "Theory" },
    { MODEL "[Changes]\n40=BatchSize=2; LearningRate=-1\n", 6, 30, "Changes", "40" },
    { MODEL "[Changes]\n40=BatchSize=2;LearnRate=1\n", 6, 16, "Changes", "40" },
    { MODEL "[Changes]\n\n soon=BatchSize=2\n", 7, 2, "Changes", "soon" },
    { "[Experiment]\nBatchSize=2\n[Data]\nx=1\n" VARIABLES "[Model]\nl=A * reshape(x, [2])\n[Changes]\n"
      "40=BatchSize=3\n", 10, 4, "Changes", "40" },
  };

  for (guint i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      g_autoptr (GError) error = NULL;
      g_autoptr (GError) copy = NULL;
      const BpErrorPosition *position;

      g_assert_null (bp_experiment_new_from_data (cases[i].text, -1, "test", NULL, &error));
      g_test_message ("Case %u: %s", i, error->message);
      copy = g_error_copy (error);
      position = bp_error_get_position (copy);
      g_assert_cmpuint (position->line, ==, cases[i].line);
      g_assert_cmpuint (position->column, ==, cases[i].column);
      g_assert_cmpstr (position->section, ==, cases[i].section);
      g_assert_cmpstr (position->key, ==, cases[i].key);
      g_assert_null (bp_experiment_new_from_data (cases[i].text, -1, "test", NULL, NULL));
    }
}

/* What was meant, and what is wrong without where it is. */
static void
test_suggestions (void)
{
  static const struct {
    const char *text;
    const char *sentence;
    const char *suggestion;
  } cases[] = {
    { "[Variables]\nb2=1\n[Model]\nloss=square(b3)\n", "unknown name “b3”; did you mean “b2”?", "b2" },
    { "[Data]\nGenerator=moons(20)\n[Variables]\nb2=1\n[Model]\nloss=x1*b3\n",
      "unknown name “b3”; did you mean “b2”?", "b2" },
    { "[Variables]\nb2=1\n[Model]\nloss=tahn(b2)\n", "unknown function “tahn”; did you mean “tanh”?", "tanh" },
    { "[Variabels]\nb2=1\n", "there is no section [Variabels]; did you mean “Variables”?", "Variables" },
    { "[Optimizer]\nLearnRate=1\n", "[Optimizer] has no key “LearnRate”; did you mean “LearningRate”?",
      "LearningRate" },
    { "[Optimizer]\nLearningRate=0,5\n", "“0,5” has a decimal comma; did you mean “0.5”?", "0.5" },
    { "[Variables]\nb2=1\n[Model]\nloss=b2 +\n", NULL, NULL },
  };

  for (guint i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      g_autoptr (GError) error = NULL;
      g_autoptr (GError) copy = NULL;

      g_assert_null (bp_experiment_new_from_data (cases[i].text, -1, "test", NULL, &error));
      copy = g_error_copy (error);
      g_assert_cmpstr (bp_error_get_position (copy)->suggestion, ==, cases[i].suggestion);
      if (cases[i].sentence != NULL)
        g_assert_cmpstr (bp_error_get_sentence (copy), ==, cases[i].sentence);
      g_assert_true (g_str_has_suffix (copy->message, bp_error_get_sentence (copy)));
    }
}

/* What is huge is refused with a message that is not. In quadratic time the test would not end in that given to it. */
static void
test_huge (void)
{
  static const struct {
    const char *before;
    const char *repeated;
    const char *message;
    const char *after;
  } cases[] = {
    { MODEL "more=A", " + A", ":5: [Model] more: a value may have at most 65536 characters" },
    { VARIABLES "[Model]\n", "x", ":4: “xxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxx…” is not what was expected: "
      "a [Section], below one a key=value, or a # comment" },
    { VARIABLES "[Model]\nloss=A * A\n", "#\n", NULL },
    { "[Experiment]\nTitle=", "Title ", ":2: [Experiment] Title: a value may have at most 65536 characters" },
    { "[Data]\nx=", "1;", ":2: [Data] x: a value may have at most 65536 characters" },
    { "[", "[", ":1: “[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[…” is not what was expected: "
      "a [Section], below one a key=value, or a # comment" },
    { VARIABLES "[Model]\n", "x", ":4: [Model] xxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxx…: "
      "“xxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxx…” is not a name of at most 64 letters from a to z, digits and “_”, "
      "a digit not being the first", "=A\n" },
    { MODEL, "foo\n", ":5: “foo” is not what was expected: a [Section], below one a key=value, or a # comment" },
    { MODEL, "[Model]\n", NULL },
    { MODEL, "loss=1\n", ":5: [Model] loss is already on line 4" },
  };

  for (guint i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      g_autoptr (GString) text = g_string_new (cases[i].before);
      g_autoptr (BpExperiment) experiment = NULL;
      g_autoptr (GError) error = NULL;
      g_autofree char *message = NULL;

      while (text->len < 10 << 20)
        g_string_append (text, cases[i].repeated);
      if (cases[i].after != NULL)
        g_string_append (text, cases[i].after);
      experiment = bp_experiment_new_from_data (text->str, (gssize) text->len, "huge", NULL, &error);

      message = cases[i].message != NULL ? g_strconcat ("huge", cases[i].message, NULL) : NULL;
      g_assert_cmpstr (error != NULL ? error->message : NULL, ==, message);
    }
}

/* Ten megabytes of definitions, each below the one it uses: an explanation is found in linear time too. */
static void
test_huge_cycle (void)
{
  g_autoptr (GString) text = g_string_new (VARIABLES "[Model]\n");
  g_autoptr (GError) error = NULL;
  const guint n = 200000;

  for (guint i = 0; i < n; i++)
    g_string_append_printf (text, "n%u=A + n%u\n", i, (i + 1) % n);
  g_assert_null (bp_experiment_new_from_data (text->str, -1, "huge", NULL, &error));
  g_assert_cmpstr (error->message, ==,
                   "huge:4: [Model] n0, column 5: “n0” depends on itself, a cycle: "
                   "n0 → n1 → n2 → n3 → n4 → n5 → … → n0; "
                   "a node is computed from those above it");
}

int
main (int   argc,
      char *argv[])
{
  g_test_init (&argc, &argv, NULL);

  g_test_add_func ("/experiment-errors/texts", test_errors);
  g_test_add_func ("/experiment-errors/positions", test_positions);
  g_test_add_func ("/experiment-errors/suggestions", test_suggestions);
  g_test_add_func ("/experiment-errors/huge", test_huge);
  g_test_add_func ("/experiment-errors/huge-cycle", test_huge_cycle);

  return g_test_run ();
}
