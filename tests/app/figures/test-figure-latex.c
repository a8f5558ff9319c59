/* test-figure-latex.c: figures for LaTeX: texts, what is true of every file, and that documents with them compile
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include <math.h>

#include "drawing/bp-latex.h"
#include "lib/figure-checks.h"

/* Texts */

static void
assert_text (const char *text,
             const char *expected)
{
  g_autoptr (GString) tex = g_string_new (NULL);

  bp_latex_append_text (tex, text);
  g_assert_cmpstr (tex->str, ==, expected);
}

static void
test_text (void)
{
  assert_text ("", "");
  assert_text ("Loss curve L(A)", "Loss curve L(A)");
  assert_text ("my_output", "my\\_output");
  assert_text ("100% & #1 {x} $", "100\\% \\& \\#1 \\{x\\} \\$");
  assert_text ("a\\b~c^d", "a\\textbackslash{}b\\textasciitilde{}c\\textasciicircum{}d");
  assert_text ("η −0.5", "$\\eta$ $-$0.5");
  assert_text ("é ß", "é ß");
  assert_text ("中", "\\ifdefined\\Uchar 中\\else ?\\fi{}");
}

static void
assert_math (const char *text,
             const char *expected)
{
  g_autoptr (GString) tex = g_string_new (NULL);

  bp_latex_append_math (tex, text);
  g_assert_cmpstr (tex->str, ==, expected);
}

static void
test_math (void)
{
  assert_math ("−0.02", "$-0.02$");
  assert_math ("−1.2·10⁻¹⁷", "$-1.2\\cdot 10^{-17}$");
  assert_math ("∂p/∂A = x", "$\\partial p/\\partial A = x$");
  assert_math ("∂h/∂z = 1 − h²", "$\\partial h/\\partial z = 1 - h^{2}$");
  assert_math ("σ(my_output) + max(a, 0)", "$\\sigma (\\mathit{my\\_output}) + \\mathrm{max}(a,\\ 0)$");
  assert_math ("2d", "$2d$");
  assert_math ("wᵀ", "$w^{\\top}$");
  assert_math ("≈ −4.195", "$\\approx -4.195$");
  assert_math ("−0.2 … 1.3", "$-0.2 \\mbox{\\ldots{}} 1.3$");
  assert_math ("a^b", "$a\\mbox{\\textasciicircum{}}b$");
}

static void
test_number (void)
{
  g_autoptr (GString) tex = g_string_new (NULL);

  bp_latex_append_number (tex, -0.125);
  g_string_append_c (tex, ' ');
  bp_latex_append_number (tex, 1e-300);
  g_string_append_c (tex, ' ');
  bp_latex_append_number (tex, NAN);
  g_assert_cmpstr (tex->str, ==, "-0.125 1e-300 nan");
}

/* Files */

/* Braces pair up outside of comments, and so do environments and dollars. */
static void
assert_balanced (const char *tex)
{
  int depth = 0, environments = 0;
  guint dollars = 0;

  for (const char *c = tex; *c != '\0'; c++)
    {
      if (g_str_has_prefix (c, "\\begin{"))
        environments++;
      if (g_str_has_prefix (c, "\\end{"))
        environments--;
      if (*c == '\\' && c[1] != '\0')
        c++;
      else if (*c == '%')
        c = strchr (c, '\n');
      else
        {
          depth += (*c == '{') - (*c == '}');
          dollars += *c == '$';
        }
      g_assert_cmpint (depth, >=, 0);
      g_assert_cmpint (environments, >=, 0);
    }

  g_assert_cmpint (depth, ==, 0);
  g_assert_cmpint (environments, ==, 0);
  g_assert_cmpuint (dollars % 2, ==, 0);
}

/* What a document for a figure needs. */
static const char preamble[] =
  "\\documentclass{article}\n"
  "\\usepackage{tikz}\n"
  "\\usepackage{amsmath}\n"
  "\\begin{document}\n";

/* A view that is less wide has no room for its text. */
#define WIDE 1000

/* A document that takes figures in, and a folder for them. */
typedef struct {
  GString *text;
  char    *folder;
  guint    n;
} Document;

static void
document_init (Document *document)
{
  *document = (Document) { g_string_new (preamble), make_folder (), 0 };
}

static void
document_add (Document              *document,
              BpTrainer             *trainer,
              const BpFigureOptions *options)
{
  g_autofree char *tex = render_text (trainer, options);
  g_autofree char *name = g_strdup_printf ("figure-%u.tex", document->n++);
  g_autoptr (GBytes) bytes = g_bytes_new (tex, strlen (tex));

  assert_balanced (tex);
  g_assert_true (g_str_has_prefix (tex, "% "));
  g_free (save (document->folder, name, bytes));
  g_string_append_printf (document->text, "\\par\\input{%s}\n", name);
}

/* Graph and explanation differ from experiment to experiment more than plots do, for which TeX takes its time. */
static void
document_add_all (Document     *document,
                  BpExperiment *experiment,
                  BpCursor      cursor,
                  gboolean      dark,
                  double        width,
                  gboolean      has_plots)
{
  g_autoptr (BpTrainer) trainer = create_trainer (experiment, cursor);

  for (guint kind = 0; kind < BP_N_FIGURES; kind++)
    {
      BpFigureOptions options = choose_figure (kind, BP_FORMAT_TIKZ);

      if (bp_figure_has_format (kind, BP_FORMAT_CSV) && !has_plots)
        continue;
      options.dark = dark;
      options.caption = dark;
      options.width = (kind == BP_FIGURE_VIEW || kind == BP_FIGURE_COLUMNS) && width > 0 ? WIDE : width;
      options.plot.smoothing = 0.5;
      options.plot.log_scale = width == 0;
      document_add (document, trainer, &options);
    }
}

static gboolean
has_latex (void)
{
  const char *argv[] = { "kpsewhich", "tikz.sty", NULL };

  if (!has_program ("pdflatex") || !has_program ("kpsewhich"))
    return FALSE;

  g_auto (Result) result = runner_spawn ((char **) argv, NULL);

  return result.status == 0;
}

static void
document_compile (Document *document)
{
  g_autoptr (GBytes) bytes = g_bytes_new (document->text->str, document->text->len);
  g_autofree char *pdf = g_build_filename (document->folder, "document.pdf", NULL);
  const char *argv[] = {
    "sh", "-c", "cd \"$0\" && pdflatex -interaction=nonstopmode -halt-on-error document.tex </dev/null >output || "
    "{ grep -A 8 '^!' output >&2; exit 1; }", document->folder, NULL,
  };

  g_free (save (document->folder, "document.tex", bytes));
  g_free (run_program (argv));
  g_assert_true (g_file_test (pdf, G_FILE_TEST_EXISTS));
}

/* Compiles it where there is a LaTeX with what it needs. */
static void
document_finish (Document *document)
{
  g_string_append (document->text, "\\end{document}\n");
  if (has_latex ())
    document_compile (document);
  else
    g_test_skip ("there is no pdflatex with TikZ");

  g_assert_cmpuint (remove_folder (document->folder), >=, document->n);
  g_free (document->folder);
  g_string_free (document->text, TRUE);
}

static void
test_builtins (void)
{
  const char *const *names = bp_builtin_get_names ();
  Document document;

  document_init (&document);
  for (guint i = 0; names[i] != NULL; i++)
    {
      BpExperiment *experiment = is_small_builtin (names[i]) ? load_builtin (names[i]) : NULL;
      const gboolean is_small = experiment != NULL && experiment->model->len <= 3;

      if (experiment != NULL)
        document_add_all (&document, experiment, checked_cursors[i % G_N_ELEMENTS (checked_cursors)],
                          i % 2 == 0, i % 3 == 0 && is_small ? 300 : 0, i % 2 == 1);
    }
  document_finish (&document);
}

static void
test_awkward (void)
{
  Document document;

  document_init (&document);
  document_add_all (&document, load_awkward (), checked_cursors[2], FALSE, 0, TRUE);
  document_add_all (&document, load_awkward (), checked_cursors[2], TRUE, 300, FALSE);
  document_finish (&document);
}

/* Numbers that TeX cannot count to: the run climbs until it overflows. */
static void
test_diverged (void)
{
  Document document;

  document_init (&document);
  for (guint i = 0; i < 2; i++)
    {
      BpExperiment *experiment = load_builtin ("wrong-sign");

      experiment->settings.optimizer.learning_rate = 0.5;
      experiment->iterations = 10000;
      document_add_all (&document, experiment, (BpCursor) { 10000, 0 }, i == 1, i == 1 ? 400 : 0, TRUE);
    }
  document_finish (&document);
}

/* Bands of many iterations, reference runs beside them, and a cursor in the middle of the run. */
static void
test_long_run (void)
{
  BpExperiment *experiment = load_builtin ("classification-split");
  g_autoptr (GPtrArray) references = g_ptr_array_new_with_free_func ((GDestroyNotify) bp_reference_free);
  Document document;

  experiment->iterations = 100000;
  g_autoptr (BpTrainer) trainer = create_trainer (experiment, (BpCursor) { 100000, 0 });
  g_ptr_array_add (references, bp_reference_new (trainer));
  bp_trainer_seek (trainer, (BpCursor) { 40001, 3 });

  document_init (&document);
  for (BpFigureKind kind = BP_FIGURE_VARIABLE; kind <= BP_FIGURE_LOSS; kind++)
    {
      BpFigureOptions options = choose_figure (kind, BP_FORMAT_TIKZ);

      options.plot.references = references;
      document_add (&document, trainer, &options);
    }
  document_finish (&document);
}

static BpTrainer *
create_trainer_from_text (const char *text)
{
  g_autoptr (GError) error = NULL;
  BpExperiment *experiment = bp_experiment_new_from_data (text, -1, "test", NULL, &error);

  g_assert_no_error (error);

  return create_trainer (experiment, (BpCursor) { experiment->iterations, 0 });
}

/* A loss of 0 is no point but a "0" at the edge, and one may be smaller than TeX can count. */
static void
test_small_losses (void)
{
  g_autoptr (BpTrainer) zero = create_trainer_from_text (
    "[Experiment]\nIterations=10\n[Variables]\nA=0\n[Model]\nloss=square(A - 10)\n"
    "[Optimizer]\nLearningRate=0.5\n");
  g_autoptr (BpTrainer) tiny = create_trainer_from_text (
    "[Experiment]\nIterations=20\n[Variables]\nA=1e-150\n[Model]\nloss=square(A)\n"
    "[Optimizer]\nLearningRate=0.4\n");
  g_autoptr (BpTrainer) denormal = create_trainer_from_text (
    "[Experiment]\nIterations=1\n[Variables]\nA=1e-310\nB=5e-324\n[Model]\nloss=A*0.5 + B*B + B\n"
    "[Optimizer]\nLearningRate=1e-12\n");
  BpFigureOptions options = choose_figure (BP_FIGURE_LOSS, BP_FORMAT_TIKZ);
  g_autofree char *tex = render_text (zero, &options);
  g_autofree char *exponents = render_text (tiny, &options);
  Document document;

  g_assert_nonnull (strstr (tex, "{$0$}};"));
  g_assert_nonnull (strstr (exponents, "{$10^{-300}$}};"));

  document_init (&document);
  document_add (&document, zero, &options);
  document_add (&document, tiny, &options);
  for (BpFigureKind kind = BP_FIGURE_VARIABLE; kind <= BP_FIGURE_CURVE; kind++)
    {
      options.kind = kind;
      document_add (&document, denormal, &options);
    }
  document_finish (&document);
}

/* Reference runs that leave, in a plot over iterations and in the loss surface. */
static void
test_references (void)
{
  static const struct { const char *name; double rate; BpFigureKind kind; } cases[] = {
    { "regression", 1.2, BP_FIGURE_VARIABLE }, { "regression", 1.2, BP_FIGURE_LOSS }, { "line", 0.45, BP_FIGURE_CURVE },
  };
  Document document;

  document_init (&document);
  for (guint i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      g_autoptr (BpTrainer) trainer = create_trainer (load_builtin (cases[i].name), (BpCursor) { 50, 0 });
      g_autoptr (GPtrArray) references = g_ptr_array_new_with_free_func ((GDestroyNotify) bp_reference_free);
      g_autoptr (BpExperiment) experiment = load_builtin (cases[i].name);
      BpFigureOptions options = choose_figure (cases[i].kind, BP_FORMAT_TIKZ);
      g_autofree char *tex = NULL;

      experiment->settings.optimizer.learning_rate = cases[i].rate;
      g_ptr_array_add (references, bp_reference_new_by_running (experiment, NULL, NULL));
      options.plot.references = references;
      tex = render_text (trainer, &options);
      g_assert_nonnull (strstr (tex, "leaves at iteration "));
      g_assert_nonnull (strstr (tex, "\\bfseries\\boldmath $\\eta$ = "));
      document_add (&document, trainer, &options);
    }
  document_finish (&document);
}

int
main (int    argc,
      char **argv)
{
  g_test_init (&argc, &argv, NULL);

  g_test_add_func ("/figure-latex/text", test_text);
  g_test_add_func ("/figure-latex/math", test_math);
  g_test_add_func ("/figure-latex/number", test_number);
  g_test_add_func ("/figure-latex/builtins", test_builtins);
  g_test_add_func ("/figure-latex/awkward", test_awkward);
  g_test_add_func ("/figure-latex/diverged", test_diverged);
  g_test_add_func ("/figure-latex/long-run", test_long_run);
  g_test_add_func ("/figure-latex/small-losses", test_small_losses);
  g_test_add_func ("/figure-latex/references", test_references);

  return g_test_run ();
}
