/* test-explain-latex.c: explanations as LaTeX, compiled by LaTeX itself where there is one
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include <glib/gstdio.h>
#include <string.h>

#include "experiment/bp-builtin.h"
#include "explain/bp-explain.h"

static void
append_explanations (GString       *document,
                     BpTrainer     *trainer,
                     guint          n_steps)
{
  for (guint i = 0; i <= n_steps; i++)
    {
      g_autoptr (BpExplanation) explanation = bp_explain (trainer, BP_NODE_NONE, BP_ELEMENT_NONE);
      g_autofree char *latex = bp_explanation_to_latex (explanation);

      g_assert_nonnull (strstr (latex, "\\noindent\\textbf{"));
      g_string_append (document, latex);
      g_string_append (document, "\\bigskip\n\n");
      bp_trainer_step_node (trainer, 1);
    }
}

static void
append_trainer (GString            *document,
                const BpExperiment *experiment)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (BpTrainer) trainer = bp_trainer_new (experiment, &error);

  g_assert_no_error (error);
  bp_trainer_run (trainer, 3);
  append_explanations (document, trainer, bp_trainer_get_n_instructions (trainer));
}

static void
append_builtins (GString *document)
{
  for (const char * const *name = bp_builtin_get_names (); *name != NULL; name++)
    {
      g_autoptr (BpExperiment) experiment = bp_builtin_load (*name, NULL);

      append_trainer (document, experiment);
    }
}

static void
append_optimizers (GString *document)
{
  for (guint kind = 0; kind < BP_N_OPTIMIZERS; kind++)
    {
      g_autoptr (BpExperiment) experiment = bp_builtin_load (kind % 2 ? "regression" : "xor", NULL);

      bp_optimizer_init (&experiment->settings.optimizer, (BpOptimizerKind) kind);
      append_trainer (document, experiment);
    }
}

/* Every op, names that LaTeX takes amiss, and large and small numbers. */
static void
append_ops (GString *document)
{
  static const char text[] =
    "[Experiment]\nTitle=t\n[Variables]\nA_1=1.5e-7\nthe_other_variable=123456789\nW=normal(0, 1) [2, 2]\n[Model]\n"
    "a_b=-A_1 + the_other_variable * 2.5e-9 - sqrt(A_1) / the_other_variable\n"
    "b_c=exp(a_b) + log(exp(a_b)) + abs(a_b) ** 2 + sin(a_b) * cos(a_b) + sigmoid(a_b) + tanh(a_b) - relu(a_b) * "
    "softplus(-3 * a_b)\n"
    "c_d=maximum(a_b, b_c) - minimum(a_b, 1) + round(b_c) * stop_gradient(a_b)\n"
    "d_e=leaky_relu(c_d, 0.1) + log1p(abs(c_d)) - elu(c_d) * gelu(c_d) / silu(c_d - 1) "
    "+ sign(c_d) * clip_by_value(c_d, -1, 2)\n"
    "e_f=d_e * sigmoid_cross_entropy_with_logits(labels=sigmoid(c_d), logits=b_c)\n"
    "m_n=matmul(transpose(W), reshape(square(W), [2, 2])) * e_f\n"
    "s_x=softmax_cross_entropy_with_logits(labels=W, logits=m_n)\n"
    "o_p=softmax(W) * log_softmax(W) * reduce_max(W) * reduce_min(W, 0) * l2_loss(W)\n"
    "q_r=where(W > c_d, W, dropout(W, 0.5)) + one_hot(argmax(W, 0), 2) + reduce_mean(concat([W, W], 1)) * "
    "(c_d != b_c)\n"
    "r_s=stack([q_r, W], 0) + sparse_softmax_cross_entropy_with_logits(labels=argmax(W, 1), logits=q_r)\n"
    "loss=reduce_sum(r_s) + reduce_sum(o_p) + reduce_sum(expand_dims(s_x, 0)) + reduce_mean(m_n)\n"
    "[Optimizer]\nName=adam\nLearningRate=1e-6\n";
  g_autoptr (GError) error = NULL;
  g_autoptr (BpExperiment) experiment = bp_experiment_new_from_data (text, -1, "test", NULL, &error);

  g_assert_no_error (error);
  append_trainer (document, experiment);
}

static void
remove_directory (const char *path)
{
  g_autoptr (GDir) directory = g_dir_open (path, 0, NULL);
  const char *name;

  while ((name = g_dir_read_name (directory)) != NULL)
    {
      g_autofree char *file = g_build_filename (path, name, NULL);

      g_remove (file);
    }
  g_rmdir (path);
}

static void
test_compiles (void)
{
  g_autofree char *program = g_find_program_in_path ("pdflatex");
  g_autofree char *folder = NULL;
  g_autofree char *file = NULL;
  g_autofree char *output = NULL;
  g_autoptr (GString) document = g_string_new ("\\documentclass{article}\n\\usepackage{amsmath}\n\\begin{document}\n");
  g_autoptr (GError) error = NULL;
  char *arguments[] = { NULL, (char *) "-interaction=nonstopmode", (char *) "-halt-on-error", NULL, NULL };
  int status;

  append_builtins (document);
  append_optimizers (document);
  append_ops (document);
  g_string_append (document, "\\end{document}\n");
  if (program == NULL)
    {
      g_test_skip ("pdflatex is not installed");
      return;
    }

  folder = g_dir_make_tmp ("explain-XXXXXX", &error);
  g_assert_no_error (error);
  file = g_build_filename (folder, "explain.tex", NULL);
  g_file_set_contents (file, document->str, -1, &error);
  g_assert_no_error (error);
  arguments[0] = program;
  arguments[3] = file;
  g_spawn_sync (folder, arguments, NULL, G_SPAWN_DEFAULT, NULL, NULL, &output, NULL, &status, &error);
  g_assert_no_error (error);
  if (!g_spawn_check_wait_status (status, NULL))
    g_error ("%s", output);
  g_assert_null (strstr (output, "Missing character"));
  remove_directory (folder);
}

/* What stands in a document, to the letter. */
static void
test_text (void)
{
  static const char text[] = "[Experiment]\nTitle=t\n[Variables]\nA=2\n[Model]\nthe_square=square(A)\nloss=the_square "
                             "* 1.5\n"
                             "[Optimizer]\nName=gradient-descent\nLearningRate=0.25\n";
  g_autoptr (BpExperiment) experiment = bp_experiment_new_from_data (text, -1, "test", NULL, NULL);
  g_autoptr (BpTrainer) trainer = bp_trainer_new (experiment, NULL);
  g_autoptr (BpExplanation) explanation = NULL;
  g_autofree char *latex = NULL;
  g_autofree char *plain = NULL;

  bp_trainer_seek (trainer, (BpCursor) { 0, 6 });
  explanation = bp_explain (trainer, BP_NODE_NONE, BP_ELEMENT_NONE);
  latex = bp_explanation_to_latex (explanation);
  plain = bp_explanation_to_text (explanation);
  g_assert_cmpstr (plain, ==,
                   "Backward 3 of 3 · square → A\n"
                   "∂L/∂A = ∂L/∂t · ∂t/∂A = 1.5 · 2A = 1.5 · 2·2 = 6\n"
                   "next: A ← A − η·∂L/∂A = 2 − 0.25·6 = 0.5\n"
                   "Squaring passes the gradient on times twice its input: the farther that is from 0, the stronger "
                   "the pull.\n"
                   "L = loss,  t = the_square\n");
  g_assert_cmpstr (latex, ==,
                   "\\par\\noindent\\textbf{Backward 3 of 3 $\\cdot$ square $\\to$ A}\n"
                   "\\begin{align*}\n"
                   "  & \\frac{\\partial L}{\\partial A} = \\frac{\\partial L}{\\partial t} \\cdot \\frac{\\partial "
                   "t}{\\partial A} "
                   "= 1.5 \\cdot 2 \\cdot A \\\\\n"
                   "  & {} = 1.5 \\cdot 2 \\cdot 2 = 6 \\\\\n"
                   "  & \\text{next: }A \\leftarrow A - \\eta \\cdot \\frac{\\partial L}{\\partial A} = 2 - 0.25 "
                   "\\cdot 6 = 0.5\n"
                   "\\end{align*}\n"
                   "\\noindent Squaring passes the gradient on times twice its input: the farther that is from 0, "
                   "the stronger the pull.\n"
                   "\\par\n"
                   "\\noindent L = loss,  t = the\\_square\n");
}

int
main (int   argc,
      char *argv[])
{
  g_test_init (&argc, &argv, NULL);

  g_test_add_func ("/explain-latex/text", test_text);
  g_test_add_func ("/explain-latex/compiles", test_compiles);

  return g_test_run ();
}
