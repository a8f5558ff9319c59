/* command-runner.c: running the program, and reading its tables
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "lib/command-runner.h"

#include <glib/gstdio.h>
#include <string.h>
#include <sys/wait.h>

const char runner_tensor_experiment[] =
  "[Experiment]\n"
  "Title=Tensors\n"
  "Iterations=4\n"
  "BatchSize=2\n"
  "Seed=3\n"
  "[Data]\n"
  "Samples=10\n"
  "x=normal(0, 1)\n"
  "[Variables]\n"
  "W=normal(0, 1) [2, 3]\n"
  "b=0.5\n"
  "[Model]\n"
  "loss=reduce_mean(square(W)) * reduce_mean(square(x)) + square(b)\n"
  "[Optimizer]\n"
  "Name=gradient-descent\n"
  "LearningRate=0.1\n";

void
result_clear (Result *result)
{
  g_free (result->out);
  g_free (result->err);
}

const char *
runner_get_program (void)
{
  const char *program = g_getenv ("BACKPROP_LAB");

  g_assert_nonnull (program);

  return program;
}

Result
runner_spawn (char **argv,
              char **environment)
{
  g_auto (GStrv) variables = environment != NULL ? g_strdupv (environment) : g_get_environ ();
  g_autoptr (GError) error = NULL;
  Result result;
  int status;

  variables = g_environ_unsetenv (variables, "DISPLAY");
  variables = g_environ_unsetenv (variables, "WAYLAND_DISPLAY");
  /* Newer GTK says on standard error that it does not know the value that keeps older GTK from OpenGL. */
  variables = g_environ_unsetenv (variables, "GDK_DEBUG");
  g_spawn_sync (NULL, argv, variables, G_SPAWN_SEARCH_PATH, NULL, NULL, &result.out, &result.err, &status, &error);
  g_assert_no_error (error);

  g_assert_true (WIFEXITED (status));
  result.status = WEXITSTATUS (status);

  return result;
}

Result
runner_run (const char *arguments)
{
  g_autofree char *line = g_strdup_printf ("backprop-lab %s", arguments);
  g_auto (GStrv) argv = NULL;
  g_autoptr (GError) error = NULL;

  g_shell_parse_argv (line, NULL, &argv, &error);
  g_assert_no_error (error);
  g_free (argv[0]);
  argv[0] = g_strdup (runner_get_program ());

  return runner_spawn (argv, NULL);
}

Result
runner_run_shell (const char *script)
{
  const char *argv[] = { "sh", "-c", script, runner_get_program (), NULL };

  return runner_spawn ((char **) argv, NULL);
}

char *
runner_run_well (const char *arguments)
{
  g_auto (Result) result = runner_run (arguments);

  g_assert_cmpstr (result.err, ==, "");
  g_assert_cmpint (result.status, ==, 0);

  return g_steal_pointer (&result.out);
}

void
result_assert_fails (const Result *result,
                     int           status,
                     const char   *text)
{
  if (strstr (result->err, text) == NULL)
    {
      g_test_message ("“%s” is not in “%s”", text, result->err);
      g_test_fail ();
    }

  g_assert_true (g_str_has_prefix (result->err, "backprop-lab: "));
  g_assert_true (g_str_has_suffix (result->err, "\n"));
  g_assert_true (strchr (result->err, '\n') == result->err + strlen (result->err) - 1);
  g_assert_cmpint (result->status, ==, status);
}

char *
runner_write_file (const char *name,
                   const char *content)
{
  g_autoptr (GError) error = NULL;
  g_autofree char *folder = g_dir_make_tmp ("backprop-lab-XXXXXX", &error);
  char *path;

  g_assert_no_error (error);
  path = g_build_filename (folder, name, NULL);
  g_file_set_contents (path, content, -1, &error);
  g_assert_no_error (error);

  return path;
}

void
runner_remove_file (char *path)
{
  g_autofree char *folder = g_path_get_dirname (path);

  g_assert_cmpint (g_remove (path), ==, 0);
  g_assert_cmpint (g_rmdir (folder), ==, 0);
  g_free (path);
}

Result
runner_run_on (const char *command,
               const char *path,
               const char *options)
{
  g_autofree char *quoted = g_shell_quote (path);
  g_autofree char *arguments = g_strdup_printf ("%s %s %s", command, quoted, options);

  return runner_run (arguments);
}

void
table_clear (Table *table)
{
  g_ptr_array_unref (table->names);
  g_ptr_array_unref (table->rows);
}

static GPtrArray *
split_fields (const char *line)
{
  GPtrArray *fields = g_ptr_array_new_with_free_func (g_free);
  GString *field = g_string_new (NULL);
  gboolean quoted = FALSE;

  for (const char *c = line; *c != '\0'; c++)
    if (*c == '"')
      quoted = !quoted;
    else if (*c == ',' && !quoted)
      {
        g_ptr_array_add (fields, g_string_free (field, FALSE));
        field = g_string_new (NULL);
      }
    else
      g_string_append_c (field, *c);

  g_ptr_array_add (fields, g_string_free (field, FALSE));
  g_assert_false (quoted);

  return fields;
}

static void
assert_unique (GPtrArray *names)
{
  g_autoptr (GHashTable) set = g_hash_table_new (g_str_hash, g_str_equal);

  for (guint i = 0; i < names->len; i++)
    g_assert_true (g_hash_table_add (set, g_ptr_array_index (names, i)));
}

Table
table_read (const char *csv)
{
  g_auto (GStrv) lines = g_strsplit (csv, "\n", -1);
  guint n_lines = g_strv_length (lines);
  Table table;

  g_assert_cmpuint (n_lines, >=, 2);
  g_assert_cmpstr (lines[n_lines - 1], ==, "");
  table.names = split_fields (lines[0]);
  assert_unique (table.names);
  table.rows = g_ptr_array_new_with_free_func ((GDestroyNotify) g_ptr_array_unref);

  for (guint i = 1; i < n_lines - 1; i++)
    {
      GPtrArray *fields = split_fields (lines[i]);

      g_assert_cmpuint (fields->len, ==, table.names->len);
      g_ptr_array_add (table.rows, fields);
    }

  return table;
}

const char *
table_get_field (const Table *table,
                 guint        row,
                 const char  *name)
{
  for (guint i = 0; i < table->names->len; i++)
    if (g_str_equal (g_ptr_array_index (table->names, i), name))
      return g_ptr_array_index ((GPtrArray *) g_ptr_array_index (table->rows, row), i);

  g_error ("no column %s", name);
}

double
table_get_number (const Table *table,
                  guint        row,
                  const char  *name)
{
  const char *field = table_get_field (table, row, name);
  char *end;
  double number = g_ascii_strtod (field, &end);

  g_assert_cmpstr (field, !=, "");
  g_assert_cmpstr (end, ==, "");

  return number;
}

char *
table_join_names (const Table *table)
{
  g_autoptr (GPtrArray) names = g_ptr_array_new ();

  for (guint i = 0; i < table->names->len; i++)
    g_ptr_array_add (names, g_ptr_array_index (table->names, i));
  g_ptr_array_add (names, NULL);

  return g_strjoinv (" ", (char **) names->pdata);
}
