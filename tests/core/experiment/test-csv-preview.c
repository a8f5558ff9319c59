/* test-csv-preview.c: what is seen of a table before its columns are chosen
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "experiment/bp-csv-preview.h"

#include <string.h>
#include "core/experiment/csv-fixture.h"

static BpCsvPreview *
preview_new (Fixture            *fixture,
             const char         *text,
             gssize              length,
             const BpDataFormat *format)
{
  static const BpDataFormat any = { 0, };
  g_autoptr (GError) error = NULL;
  BpCsvPreview *preview;

  g_assert_true (g_file_set_contents (fixture->file, text, length, NULL));
  preview = bp_csv_preview_new (fixture->file, format != NULL ? format : &any, &error);
  g_assert_no_error (error);

  return preview;
}

/* Separator, decimal sign and header, each with "!" where the file does not tell: ";,h" or "|.-". */
static void
assert_format (Fixture    *fixture,
               const char *text,
               const char *expected)
{
  g_autoptr (BpCsvPreview) preview = preview_new (fixture, text, -1, NULL);
  g_autofree char *found = g_strdup_printf ("%c%s%c%s%c%s", preview->format.separator,
                                            preview->found_separator ? "" : "!",
                                            preview->format.decimal_comma == BP_ANSWER_YES ? ',' : '.',
                                            preview->found_decimal ? "" : "!",
                                            preview->format.header == BP_ANSWER_YES ? 'h' : '-',
                                            preview->found_header ? "" : "!");

  g_assert_cmpstr (found, ==, expected);
}

static void
test_format (Fixture *fixture)
{
  assert_format (fixture, "x,y\n1.5,2\n3,4\n", ",.h");
  assert_format (fixture, "x;y\n1,5;2\n3;4\n", ";,h");
  assert_format (fixture, "x\ty\n1.5\t2\n", "\t.h");
  assert_format (fixture, "1.5|2\n3|4\n", "|.-");
  assert_format (fixture, " 0.01  18.0\n 0.02  0.0\n", " .-");
  assert_format (fixture, "18.0   8   307.0\t\"ford torino\"\n15.5   8   ?   \t\"amc rebel sst\"\n", " .-");
  assert_format (fixture, "2020 01 02\tford torino x\n2020 02 03\tamc rebel sst\n", "\t.h");
  assert_format (fixture, "x,y\n1,2\n", ",.h");
  assert_format (fixture, "x;y\n1,234;2\n3;4\n", ";,!h");
  assert_format (fixture, "x;y;z\n1,5;2;3.5\n3;4;4.5\n", ";.!h");
  assert_format (fixture, "x;y;z\n1,5;2,5;3.5\n3;4;4.5\n", ";.!h");
  assert_format (fixture, "a,b;c\n1,2;3\n", ",!.h");
  assert_format (fixture, "0,1,2\n5,6,7\n", ",.-!");
  assert_format (fixture, "sep=;\nx;y\n1,5;2\n", ";,h");
}

static const BpPreviewColumn *
get_column (const BpCsvPreview *preview,
            guint               i)
{
  return g_ptr_array_index (preview->columns, i);
}

static void
test_columns (Fixture *fixture)
{
  g_autoptr (BpCsvPreview) preview = preview_new (fixture,
                                                  "id,Sepal.Length,kind,mixed,when,none,code,\n"
                                                  "1,1.5,b,1,2024-01-31,,3,x\n"
                                                  "2,NA,a,z,2024-02-01,?,1,x\n"
                                                  "3,2.5,b,,2024-02-02,NA,3\n", -1, NULL);
  static const BpFieldsKind kinds[] = {
    BP_FIELDS_NUMBERS, BP_FIELDS_NUMBERS, BP_FIELDS_TEXTS, BP_FIELDS_OTHER, BP_FIELDS_OTHER, BP_FIELDS_NONE,
    BP_FIELDS_NUMBERS, BP_FIELDS_TEXTS
  };
  static const guint n_missing[] = { 0, 1, 0, 1, 0, 3, 0, 0 };
  const BpPreviewMissing *first = &g_array_index (preview->missing, BpPreviewMissing, 1);

  g_assert_cmpuint (preview->columns->len, ==, G_N_ELEMENTS (kinds));
  for (guint i = 0; i < G_N_ELEMENTS (kinds); i++)
    {
      g_assert_cmpint (get_column (preview, i)->kind, ==, kinds[i]);
      g_assert_cmpuint (get_column (preview, i)->n_missing, ==, n_missing[i]);
      g_assert_cmpint (get_column (preview, i)->counts_rows, ==, i == 0);
    }
  g_assert_cmpstr (get_column (preview, 1)->name, ==, "Sepal_Length");
  g_assert_cmpstr (get_column (preview, 7)->title, ==, "");
  g_assert_cmpstr (get_column (preview, 7)->name, ==, "c8");
  g_assert_cmpstr (get_column (preview, 2)->texts[0], ==, "a");
  g_assert_cmpuint (g_strv_length (get_column (preview, 2)->texts), ==, 2);
  g_assert_cmpuint (get_column (preview, 1)->numbers->len, ==, 0);
  g_assert_cmpuint (get_column (preview, 6)->numbers->len, ==, 2);
  g_assert_cmpfloat (g_array_index (get_column (preview, 6)->numbers, double, 1), ==, 3);
  g_assert_cmpuint (preview->n_rows, ==, 3);
  g_assert_cmpstr (((char **) g_ptr_array_index (preview->rows, 2))[7], ==, "");
  g_assert_cmpuint (preview->missing->len, ==, 5);
  g_assert_cmpuint (first->row, ==, 2);
  g_assert_cmpuint (first->column, ==, 1);
  g_assert_cmpuint (preview->missing_texts->len, ==, 3);
  g_assert_true (bp_csv_preview_is_missing ("NA"));
  g_assert_false (bp_csv_preview_is_missing ("Nadel"));
}

/* What is said of a file is done, though it does not fit. */
static void
test_given (Fixture *fixture)
{
  const BpDataFormat point = { .decimal_comma = BP_ANSWER_NO };
  const BpDataFormat commas = { .separator = ',', .header = BP_ANSWER_NO };
  g_autoptr (BpCsvPreview) first = preview_new (fixture, "x;y\n1,5;2\n3;4\n", -1, &point);
  g_autoptr (BpCsvPreview) second = preview_new (fixture, "x;y\n1,5;2\n3;4\n", -1, &commas);

  g_assert_cmpint (get_column (first, 0)->kind, ==, BP_FIELDS_OTHER);
  g_assert_cmpstr (((char **) g_ptr_array_index (first->rows, 0))[0], ==, "1,5");
  g_assert_cmpuint (second->columns->len, ==, 1);
  g_assert_cmpuint (second->n_rows, ==, 3);
  g_assert_cmpstr (get_column (second, 0)->name, ==, "c1");
}

/* The same word in each encoding, recognized or said. */
static void
test_encodings (Fixture *fixture)
{
  static const struct {
    BpEncoding  said;
    BpEncoding  found;
    const char *text;
    gssize      length;
    const char *title;
  } rows[] = {
    { 0, BP_ENCODING_UTF_8, "Größe,y\n1,2\n", -1, "Größe" },
    { 0, BP_ENCODING_UTF_8, "\357\273\277Größe,y\n1,2\n", -1, "Größe" },
    { 0, BP_ENCODING_WINDOWS_1252, "Gr\366\337e,y\n1,2\n", -1, "Größe" },
    { 0, BP_ENCODING_UTF_16, "\377\376x\0,\0\366\0\n\0001\0,\0002\0", 16, "x" },
    { BP_ENCODING_UTF_16, BP_ENCODING_UTF_16, "x\0,\0\366\0\n\0001\0,\0002\0", 14, "x" },
    { BP_ENCODING_WINDOWS_1252, BP_ENCODING_WINDOWS_1252, "Größe,y\n1,2\n", -1, "GrÃ¶ÃŸe" },
    { BP_ENCODING_WINDOWS_1250, BP_ENCODING_WINDOWS_1250, "\250\341\363,y\n1,2\n", -1, "¨áó" },
    { BP_ENCODING_WINDOWS_1251, BP_ENCODING_WINDOWS_1251, "\304\353\350\355\340,y\n1,2\n", -1, "Длина" },
    { BP_ENCODING_GB18030, BP_ENCODING_GB18030, "\311\355\270\337,y\n1,2\n", -1, "身高" },
    { BP_ENCODING_BIG5, BP_ENCODING_BIG5, "\250\255\260\252,y\n1,2\n", -1, "身高" },
    { BP_ENCODING_SHIFT_JIS, BP_ENCODING_SHIFT_JIS, "\220\147\222\267,y\n1,2\n", -1, "身長" },
    { BP_ENCODING_EUC_KR, BP_ENCODING_EUC_KR, "\305\260,y\n1,2\n", -1, "키" },
  };

  for (guint i = 0; i < G_N_ELEMENTS (rows); i++)
    {
      const BpDataFormat format = { .encoding = rows[i].said };
      g_autoptr (BpCsvPreview) preview = preview_new (fixture, rows[i].text, rows[i].length, &format);

      g_assert_cmpint (preview->format.encoding, ==, rows[i].found);
      g_assert_cmpstr (get_column (preview, 0)->title, ==, rows[i].title);
      g_assert_cmpuint (preview->n_rows, ==, 1);
    }
}

static void
test_wrong_encoding (Fixture *fixture)
{
  const BpDataFormat utf_8 = { .encoding = BP_ENCODING_UTF_8 };
  const BpDataFormat japanese = { .encoding = BP_ENCODING_SHIFT_JIS };
  const BpDataFormat *formats[] = { &utf_8, &japanese };
  static const char * const titles[] = { "UTF-8", "Shift_JIS" };

  g_assert_true (g_file_set_contents (fixture->file, "Gr\366\337e,y\n1,2\n", -1, NULL));
  for (guint i = 0; i < G_N_ELEMENTS (formats); i++)
    {
      g_autoptr (GError) error = NULL;
      g_autofree char *message = g_strdup_printf ("%s is not text in %s; another Encoding in [Data] may be right",
                                                  fixture->file, titles[i]);

      g_assert_null (bp_csv_preview_new (fixture->file, formats[i], &error));
      g_assert_error (error, BP_ERROR, BP_ERROR_SYNTAX);
      g_assert_cmpstr (error->message, ==, message);
    }
}

int
main (int    argc,
      char **argv)
{
  g_test_init (&argc, &argv, NULL);

  add_csv_test ("/csv-preview/format", test_format);
  add_csv_test ("/csv-preview/columns", test_columns);
  add_csv_test ("/csv-preview/given", test_given);
  add_csv_test ("/csv-preview/encodings", test_encodings);
  add_csv_test ("/csv-preview/wrong-encoding", test_wrong_encoding);

  return g_test_run ();
}
