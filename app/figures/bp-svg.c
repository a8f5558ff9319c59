/* bp-svg.c: short SVG
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "figures/bp-svg.h"

#include <math.h>
#include <string.h>

/* Points lie on hundredths, so that rounding does not add up along a path. */
#define HUNDREDTHS 100

/* As many numbers as a command has at most. */
#define MAX_NUMBERS 6

/* Paths */

typedef struct {
  gint64 x;
  gint64 y;
} Point;

/**
 * Path:
 * @text: what is written of it
 * @command: the last one written
 * @has_point: whether the number written last has a decimal point, so that another may begin with one
 */
typedef struct {
  GString *text;
  char     command;
  gboolean has_point;
  Point    at;
  Point    start;
} Path;

/* Neither a zero before the point nor one at the end, and no blank where the number shows where it begins. */
static void
append_number (Path  *path,
               gint64 hundredths)
{
  gint64 whole = ABS (hundredths) / HUNDREDTHS, part = ABS (hundredths) % HUNDREDTHS;
  gboolean is_first = g_ascii_isalpha (path->text->str[path->text->len - 1]);

  if (hundredths < 0)
    g_string_append_c (path->text, '-');
  else if (!is_first && !(whole == 0 && part != 0 && path->has_point))
    g_string_append_c (path->text, ' ');
  if (whole != 0 || part == 0)
    g_string_append_printf (path->text, "%" G_GINT64_FORMAT, whole);
  if (part % 10 != 0)
    g_string_append_printf (path->text, ".%02d", (int) part);
  else if (part != 0)
    g_string_append_printf (path->text, ".%d", (int) part / 10);
  path->has_point = part != 0;
}

/* A command stands for all that follow it, but for a move: after that, numbers alone are lines. */
static void
append_command (Path *path,
                char  command)
{
  if (command == 'm' || (command != path->command && !(path->command == 'm' && command == 'l')))
    g_string_append_c (path->text, command);
  path->command = command;
}

static void
append_move (Path *path,
             Point to)
{
  append_command (path, 'm');
  append_number (path, to.x - path->at.x);
  append_number (path, to.y - path->at.y);
  path->at = path->start = to;
}

static void
append_line (Path *path,
             Point to)
{
  char command = to.y == path->at.y ? 'h' : to.x == path->at.x ? 'v' : 'l';

  append_command (path, command);
  if (command != 'v')
    append_number (path, to.x - path->at.x);
  if (command != 'h')
    append_number (path, to.y - path->at.y);
  path->at = to;
}

static void
append_curve (Path        *path,
              const Point *points)
{
  append_command (path, 'c');
  for (guint i = 0; i < 3; i++)
    {
      append_number (path, points[i].x - path->at.x);
      append_number (path, points[i].y - path->at.y);
    }
  path->at = points[2];
}

/* Another move must say so: it would be a line. */
static void
append_close (Path *path)
{
  g_string_append_c (path->text, 'z');
  path->command = 'z';
  path->at = path->start;
}

/* Returns: where it ends; NULL where there is no point */
static const char *
read_point (const char *data,
            Point      *point)
{
  char *end;
  double x = g_ascii_strtod (data, &end);
  double y;

  if (end == data)
    return NULL;
  data = end;
  y = g_ascii_strtod (data, &end);
  if (end == data || !(fabs (x) < 1e12) || !(fabs (y) < 1e12))
    return NULL;

  *point = (Point) { (gint64) round (x * HUNDREDTHS), (gint64) round (y * HUNDREDTHS) };

  return end;
}

static const char *
read_points (const char *data,
             guint       n,
             Point      *points)
{
  for (guint i = 0; i < n && data != NULL; i++)
    data = read_point (data, &points[i]);

  return data;
}

/* Returns: where the command ends; NULL when it is none of cairo's */
static const char *
append_next (Path       *path,
             const char *data)
{
  Point points[MAX_NUMBERS / 2];
  char command = *data++;
  guint n = command == 'C' ? 3 : command == 'Z' ? 0 : 1;

  if (strchr ("MLCZ", command) == NULL || (data = read_points (data, n, points)) == NULL)
    return NULL;

  data += strspn (data, " \n");
  switch (command)
    {
    case 'M':
      /* After the end of a path cairo says once more where it began. */
      if (path->command != 'z' || *data != '\0')
        append_move (path, points[0]);
      break;
    case 'L':
      append_line (path, points[0]);
      break;
    case 'C':
      append_curve (path, points);
      break;
    default:
      append_close (path);
      break;
    }

  return data;
}

char *
bp_svg_shorten_path (const char *data)
{
  g_autoptr (GString) text = g_string_new (NULL);
  Path path = { .text = text };
  const char *rest = data + strspn (data, " \n");

  while (*rest != '\0')
    {
      rest = append_next (&path, rest);
      if (rest == NULL)
        return g_strdup (data);
    }

  return g_string_free (g_steal_pointer (&text), FALSE);
}

/* The file */

static guint
parse_channel (const GMatchInfo *match,
               int               group)
{
  g_autofree char *text = g_match_info_fetch (match, group);

  return (guint) CLAMP (round (g_ascii_strtod (text, NULL) * 2.55), 0, 255);
}

/* "glyph16-26" to "g412", "surface7" to "s1" */
static void
append_name (GString    *result,
             GHashTable *numbers,
             const char *name)
{
  gpointer number = g_hash_table_lookup (numbers, name);

  if (number == NULL)
    {
      number = GUINT_TO_POINTER (g_hash_table_size (numbers) + 1);
      g_hash_table_insert (numbers, g_strdup (name), number);
    }
  g_string_append_printf (result, "%c%u", *name, GPOINTER_TO_UINT (number));
}

/* What of it is kept is whatever matched last; what is left out matched nothing of that. */
static gboolean
shorten_cb (const GMatchInfo *match,
            GString          *result,
            gpointer          numbers)
{
  g_autofree char *kept = g_match_info_fetch_named (match, "kept");
  g_autofree char *path = g_match_info_fetch_named (match, "path");
  g_autofree char *red = g_match_info_fetch_named (match, "red");
  g_autofree char *name = g_match_info_fetch_named (match, "name");

  if (kept != NULL && *kept != '\0')
    g_string_append (result, kept);
  else if (path != NULL && *path != '\0')
    {
      g_autofree char *shortened = bp_svg_shorten_path (path);

      g_string_append_printf (result, " d=\"%s\"", shortened);
    }
  else if (red != NULL && *red != '\0')
    {
      int group = g_regex_get_string_number (g_match_info_get_regex (match), "red");

      g_string_append_printf (result, "#%02x%02x%02x", parse_channel (match, group), parse_channel (match, group + 1),
                              parse_channel (match, group + 2));
    }
  else if (name != NULL && *name != '\0')
    append_name (result, numbers, name);

  return FALSE;
}

char *
bp_svg_shorten (const char *svg,
                gsize       length,
                GError    **error)
{
  /* Until 1.16 cairo writes style="stroke-linecap:butt;" and glyph0-1, from 1.18 on stroke-linecap="butt" and
   * glyph-0-1. */
  static const char pattern[] =
    "(?<kept>[tT]ransform=\"[^\"]*\"|stroke-dasharray(?::|=\")[^;\"]*)|\\sd=\"(?<path>[^\"]*)\"|"
    "(?<name>surface[0-9]+|glyph-?[0-9]+-[0-9]+)|"
    "rgb\\((?<red>[0-9.]+)%, ?([0-9.]+)%, ?([0-9.]+)%\\)|"
    "(?<=\\.[0-9]{2})[0-9]+|stroke:none;|fill-rule:nonzero;|(?:fill|stroke)-opacity:1;|stroke-linecap:butt;|"
    "stroke-linejoin:miter;| style=\"(?:stroke:none;| )*\"|(?<=style=\") +|;(?=\")|"
    " stroke=\"none\"| fill-rule=\"nonzero\"| (?:fill|stroke)-opacity=\"1\"| stroke-linecap=\"butt\"|"
    " stroke-linejoin=\"miter\"|"
    "(?<=>)\\s+(?=<use)";
  g_autoptr (GRegex) regex = g_regex_new (pattern, G_REGEX_OPTIMIZE, 0, error);
  g_autoptr (GHashTable) numbers = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, NULL);
  g_autoptr (GRegex) symbol = NULL;
  g_autofree char *text = NULL;

  if (regex != NULL)
    text = g_regex_replace_eval (regex, svg, (gssize) length, 0, 0, shorten_cb, numbers, error);
  if (text == NULL)
    return NULL;

  /* A glyph is a path: it needs nothing around it to be used. */
  symbol = g_regex_new ("<(symbol|g)(?: overflow=\"visible\")? (id=\"g[0-9]+\")>\\s*<path ([^>]*)/>\\s*</\\g1>", 0, 0,
                        error);

  return symbol != NULL ? g_regex_replace (symbol, text, -1, 0, "<path \\2 \\3/>", 0, error) : NULL;
}
