/* bp-math.c: functions whose results have the same bits on every machine
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "base/bp-math.h"

#include <math.h>
#include <sleef.h>

double
bp_log (double x)
{
  return Sleef_cinz_logd1_u10purec (x);
}

double
bp_log_1_plus (double x)
{
  return Sleef_cinz_log1pd1_u10purec (x);
}

double
bp_erfc (double x)
{
  return Sleef_cinz_erfcd1_u15purec (x);
}

double
bp_sin (double x)
{
  return Sleef_cinz_sind1_u10purec (x);
}

double
bp_cos (double x)
{
  return Sleef_cinz_cosd1_u10purec (x);
}

double
bp_pow (double a,
        double b)
{
  if (b == 1)
    return a;
  if (b == 2)
    return a * a;
  if (b == -1)
    return 1 / a;
  /* sqrt (−0) is −0, but pow (−0, 0.5) is 0. */
  if (b == 0.5 && a >= 0)
    return sqrt (fabs (a));

  return Sleef_cinz_powd1_u10purec (a, b);
}
