/* bp-generator.c: data that are made rather than measured
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "experiment/bp-generator.h"

#include <glib/gi18n-lib.h>
#include <math.h>
#include <string.h>

#include "base/bp-error.h"
#include "base/bp-math.h"
#include "base/bp-memory.h"
#include "base/bp-nearest.h"
#include "base/bp-number.h"
#include "base/bp-random.h"
#include "base/bp-text.h"

#define DEFAULT_NOISE 0.1
#define N_TURNS 1.5
#define MAX_COLUMNS 3

/* The point of a class at @share, from 0 to 1, of the way along it. */
typedef void (* Place) (guint  class,
                        double share,
                        double point[2]);

static void
place_circles (guint  class,
               double share,
               double point[2])
{
  double radius = class == 0 ? 1 : 0.5;

  point[0] = radius * bp_cos (2 * G_PI * share);
  point[1] = radius * bp_sin (2 * G_PI * share);
}

static void
place_moons (guint  class,
             double share,
             double point[2])
{
  point[0] = class == 0 ? bp_cos (G_PI * share) : 1 - bp_cos (G_PI * share);
  point[1] = class == 0 ? bp_sin (G_PI * share) : 0.5 - bp_sin (G_PI * share);
}

static void
place_spirals (guint  class,
               double share,
               double point[2])
{
  double angle = 2 * G_PI * N_TURNS * share + (class == 0 ? 0 : G_PI);

  point[0] = share * bp_sin (angle);
  point[1] = share * bp_cos (angle);
}

static void
place_blobs (guint                class,
             G_GNUC_UNUSED double share,
             double               point[2])
{
  point[0] = point[1] = class == 0 ? -1 : 1;
}

static void
place_xor (guint  class,
           double share,
           double point[2])
{
  point[0] = share < 0.5 ? -1 : 1;
  point[1] = class == 0 ? point[0] : -point[0];
}

static void
place_line (G_GNUC_UNUSED guint class,
            double              share,
            double              point[2])
{
  point[0] = 2 * share - 1;
  point[1] = 2 * point[0] + 1;
}

static void
place_sine (G_GNUC_UNUSED guint class,
            double              share,
            double              point[2])
{
  point[0] = G_PI * (2 * share - 1);
  point[1] = bp_sin (point[0]);
}

/* @n_groups: what the number of samples has to be a multiple of */
static const struct {
  const char *name;
  guint       n_groups;
  Place       place;
} classes[BP_N_GENERATORS] = {
  [BP_GENERATOR_NONE] = { "", 1, NULL },
  [BP_GENERATOR_CIRCLES] = { "circles", 2, place_circles },
  [BP_GENERATOR_MOONS] = { "moons", 2, place_moons },
  [BP_GENERATOR_SPIRALS] = { "spirals", 2, place_spirals },
  [BP_GENERATOR_BLOBS] = { "blobs", 2, place_blobs },
  [BP_GENERATOR_XOR] = { "xor", 4, place_xor },
  [BP_GENERATOR_LINE] = { "line", 1, place_line },
  [BP_GENERATOR_SINE] = { "sine", 1, place_sine },
};

/* Reading */

typedef struct {
  const char *text;
  const char *next;
} Reader;

static void
skip_blanks (Reader *self)
{
  while (g_ascii_isspace (*self->next))
    self->next++;
}

/* Whether @word comes next; it is read then. */
static gboolean
take (Reader     *self,
      const char *word)
{
  if (!g_str_has_prefix (self->next, word))
    return FALSE;
  self->next += strlen (word);
  skip_blanks (self);

  return TRUE;
}

/* What has been read is ASCII, so that bytes are characters. */
static gboolean
fail (Reader     *self,
      GError    **error,
      const char *message)
{
  g_set_error_literal (error, BP_ERROR, BP_ERROR_SYNTAX, message);

  return bp_error_set_column (error, (gsize) (self->next - self->text) + 1);
}

static gboolean
read_kind (Reader      *self,
           BpGenerator *generator,
           GError     **error)
{
  gsize length = strspn (self->next, G_CSET_a_2_z G_CSET_A_2_Z G_CSET_DIGITS "_");
  g_autofree char *name = g_strndup (self->next, length);
  const char *names[BP_N_GENERATORS] = { NULL, };
  g_autofree char *quoted = bp_text_quote (length > 0 ? name : self->next, -1);
  g_autofree char *sentence = g_strdup_printf (_("there is no generator “%s”"), quoted);

  for (guint i = 1; i < BP_N_GENERATORS; i++)
    {
      names[i - 1] = classes[i].name;
      if (g_str_equal (classes[i].name, name))
        generator->kind = i;
    }
  if (generator->kind == BP_GENERATOR_NONE)
    {
      bp_nearest_set_error (error, sentence, name, names);
      return bp_error_set_column (error, 1);
    }

  self->next += length;
  skip_blanks (self);

  return TRUE;
}

static gboolean
read_n_samples (Reader      *self,
                BpGenerator *generator,
                GError     **error)
{
  guint n_groups = classes[generator->kind].n_groups;
  g_autofree char *message = NULL;
  char *end;
  guint64 n;

  if (!g_ascii_isdigit (*self->next))
    return fail (self, error, _("a whole number of samples was expected"));

  n = g_ascii_strtoull (self->next, &end, 10);
  if (n < n_groups || n > BP_MAX_SAMPLES)
    message = g_strdup_printf (_("the number of samples must be from %u to %d"), n_groups, BP_MAX_SAMPLES);
  else if (n % n_groups != 0 && n_groups == 2)
    message = g_strdup_printf (_("%s gives both classes equally many samples; their number must be even"),
                               classes[generator->kind].name);
  else if (n % n_groups != 0)
    message = g_strdup_printf (_("%s gives all %u corners equally many samples; their number must be a multiple of it"),
                               classes[generator->kind].name, n_groups);
  if (message != NULL)
    return fail (self, error, message);

  generator->n_samples = (gsize) n;
  self->next = end;
  skip_blanks (self);

  return TRUE;
}

static gboolean
read_noise (Reader      *self,
            BpGenerator *generator,
            GError     **error)
{
  const char *end;

  if (!take (self, "noise") || !take (self, "="))
    return fail (self, error, _("noise=, its standard deviation, was expected"));

  end = bp_number_scan (self->next, &generator->noise);
  if (end == NULL)
    return fail (self, error, _("a number was expected"));
  if (!(generator->noise >= 0 && generator->noise <= BP_MAX_NOISE))
    return fail (self, error, _("the noise must be from 0 to 1000"));
  self->next = end;
  skip_blanks (self);

  return TRUE;
}

gboolean
bp_generator_parse (const char  *text,
                    BpGenerator *generator,
                    GError     **error)
{
  Reader reader = { text, text };
  BpGenerator result = { .noise = DEFAULT_NOISE };

  g_return_val_if_fail (text != NULL && generator != NULL, FALSE);

  skip_blanks (&reader);
  if (!read_kind (&reader, &result, error))
    return FALSE;
  if (!take (&reader, "("))
    return fail (&reader, error, _("“(” and a number of samples were expected, such as circles(200, noise=0.1)"));
  if (!read_n_samples (&reader, &result, error) || (take (&reader, ",") && !read_noise (&reader, &result, error)))
    return FALSE;
  if (!take (&reader, ")"))
    return fail (&reader, error, _("“)” was expected"));
  if (*reader.next != '\0')
    return fail (&reader, error, _("the end was expected"));

  *generator = result;

  return TRUE;
}

char *
bp_generator_to_string (const BpGenerator *generator)
{
  g_autofree char *noise = NULL;

  g_return_val_if_fail (generator != NULL && generator->kind < BP_N_GENERATORS, NULL);

  noise = bp_number_to_shortest (generator->noise);

  return g_strdup_printf ("%s(%zu, noise=%s)", classes[generator->kind].name, generator->n_samples, noise);
}

/* Making the samples */

static gboolean
has_classes (const BpGenerator *self)
{
  return self->kind < BP_GENERATOR_LINE;
}

const char * const *
bp_generator_get_columns (const BpGenerator *generator)
{
  static const char * const points[] = { "x1", "x2", BP_GENERATOR_LABEL, NULL };
  static const char * const values[] = { "x", "y", NULL };

  g_return_val_if_fail (generator != NULL, NULL);

  return has_classes (generator) ? points : values;
}

/* Fills the columns; @keys are those of the two that have noise. A line has only y's. */
static void
make_samples (const BpGenerator *self,
              const guint64      keys[2],
              double            *columns[MAX_COLUMNS])
{
  guint n_classes = has_classes (self) ? 2 : 1;
  gsize n = self->n_samples / n_classes;
  gboolean is_closed = self->kind == BP_GENERATOR_CIRCLES || self->kind == BP_GENERATOR_XOR;

  for (gsize i = 0; i < self->n_samples; i++)
    {
      guint class = (guint) (i / n);
      /* A circle does not end where it began; a spiral does not start where the other one does. */
      double share = self->kind == BP_GENERATOR_SPIRALS ? (double) (i % n + 1) / (double) n
                     : is_closed ? (double) (i % n) / (double) n : n > 1 ? (double) (i % n) / (double) (n - 1) : 0.5;
      double point[2];

      classes[self->kind].place (class, share, point);
      for (guint j = has_classes (self) ? 0 : 1; j < 2; j++)
        point[j] += self->noise * bp_random_normal (keys[j], i);
      columns[0][i] = point[0];
      columns[1][i] = point[1];
      if (has_classes (self))
        columns[2][i] = class;
    }
}

BpDataset *
bp_generator_create_dataset (const BpGenerator *generator,
                             guint64            seed,
                             GError           **error)
{
  const char * const *names;
  gsize n_bytes;
  double *columns[MAX_COLUMNS] = { NULL, };
  guint64 keys[2];
  BpDataset *dataset;

  g_return_val_if_fail (generator != NULL && generator->kind != BP_GENERATOR_NONE, NULL);

  names = bp_generator_get_columns (generator);
  n_bytes = generator->n_samples * sizeof (double);
  if (!bp_memory_check (3 * MAX_COLUMNS * n_bytes, error))
    return NULL;

  for (guint i = 0; i < MAX_COLUMNS; i++)
    columns[i] = g_malloc (n_bytes);
  for (guint i = 0; i < 2; i++)
    {
      g_autofree char *label = g_strconcat ("generator/", names[i], NULL);

      keys[i] = bp_random_key (seed, label);
    }
  make_samples (generator, keys, columns);
  dataset = bp_dataset_new (seed, names, (const double * const *) columns, generator->n_samples);
  for (guint i = 0; i < MAX_COLUMNS; i++)
    g_free (columns[i]);

  return dataset;
}
