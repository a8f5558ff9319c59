/* heavy-experiments.c: experiments that a window can only stay alive with if nothing waits for them
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "lib/heavy-experiments.h"

char *
write_matrices (guint n)
{
  return g_strdup_printf ("[Variables]\nW=normal(0, 1) [%u, %u]\nV=normal(0, 1) [%u, %u]\n"
                          "[Model]\nloss=reduce_mean(square(matmul(W, V)))\n", n, n, n, n);
}

char *
write_variables (guint n)
{
  GString *text = g_string_new ("[Variables]\n");

  for (guint i = 0; i < n; i++)
    g_string_append_printf (text, "v%u=1\n", i);
  g_string_append (text, "[Model]\ns0=v0*v0\n");
  for (guint i = 1; i < n; i++)
    g_string_append_printf (text, "s%u=s%u + v%u\n", i, i - 1, i);
  g_string_append_printf (text, "loss=square(s%u)\n", n - 1);

  return g_string_free (text, FALSE);
}

char *
write_network (guint n)
{
  return g_strdup_printf ("[Variables]\nX=normal(0, 1) [%u, 784]\nW=normal(0, 0.1) [784, 128]\nV=normal(0, 0.1) [128, "
                          "10]\n"
                          "[Model]\nloss=reduce_mean(square(matmul(tanh(matmul(stop_gradient(X), W)), V)))\n", n);
}

char *
write_columns (guint n)
{
  GString *text = g_string_new ("[Experiment]\nBatchSize=100\n[Data]\nSamples=2000\n");

  for (guint i = 0; i < n; i++)
    g_string_append_printf (text, "x%u=normal(0, 1)\n", i);
  g_string_append (text, "y=normal(0, 1)\n[Variables]\nV=normal(0, 0.1) [128, 1]\n");
  for (guint i = 0; i < n; i++)
    g_string_append_printf (text, "w%u=normal(0, 0.1) [1, 128]\n", i);
  g_string_append (text, "[Model]\nh=matmul(expand_dims(x0, 1), w0)");
  for (guint i = 1; i < n; i++)
    g_string_append_printf (text, " + matmul(expand_dims(x%u, 1), w%u)", i, i);
  g_string_append (text, "\nloss=reduce_mean(square(matmul(tanh(h), V) - expand_dims(y, 1)))\n");

  return g_string_free (text, FALSE);
}

char *
write_chain (guint n)
{
  GString *text = g_string_new ("[Variables]\nA=0.5\n[Model]\nn0=sin(A)\n");

  for (guint i = 1; i < n; i++)
    g_string_append_printf (text, "n%u=sin(n%u)\n", i, i - 1);
  g_string_append_printf (text, "loss=square(n%u)\n", n - 1);

  return g_string_free (text, FALSE);
}

char *
write_trap (guint n)
{
  return g_strdup_printf ("[Experiment]\nIterations=20\n[Data]\nSamples=%u\nx=normal(0, 1)\ny=10\n"
                          "[Variables]\nw=0 [1, 1]\nb=0\n"
                          "[Model]\nprediction=matmul(expand_dims(x, 1), w) + b\nloss=reduce_mean(square(prediction - "
                          "y))\n"
                          "[Evaluate]\nout=reshape(prediction, [-1])\n", n);
}
