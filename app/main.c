/* main.c: the program
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include <locale.h>

int
main (int    argc,
      char **argv)
{
  setlocale (LC_ALL, "");

  return 0;
}
