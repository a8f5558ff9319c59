#!/usr/bin/env python3
"""Counts test cases in the log that "meson test" leaves: prints "N passed, N failed" and fails unless all is well.

A test program that speaks TAP counts a case a line; one that crashed, timed out or broke off without a failed case
counts as one failure more. Skipped cases are named on lines of their own, before the last.

SPDX-License-Identifier: GPL-3.0-or-later
"""
import json
import re
import sys

CASE = re.compile(r'^(not )?ok\b *\d*(?: - | )?([^#]*)(?:# *(SKIP|TODO)\b(.*))?', re.IGNORECASE)


def count(test):
    """Returns how many cases of one test program passed and failed, and the names of those skipped."""
    passed, failed, skipped = 0, 0, []
    for line in (test.get('stdout') or '').splitlines():
        case = CASE.match(line)
        if not case:
            continue
        if case[3]:
            skipped.append(f'{case[2].strip()}: {case[4].strip()}')
        elif case[1]:
            failed += 1
        else:
            passed += 1
    if test['result'] not in ('OK', 'EXPECTEDFAIL', 'SKIP') and failed == 0:
        failed = 1
    elif test['result'] == 'OK' and passed + failed + len(skipped) == 0:
        passed = 1
    return passed, failed, skipped


def main():
    try:
        with open(sys.argv[1], encoding='utf-8') as log:
            tests = [json.loads(line) for line in log if line.strip()]
    except FileNotFoundError:
        tests = []
    passed = failed = 0
    for test in tests:
        p, f, skipped = count(test)
        passed += p
        failed += f
        for case in skipped:
            print(f'skipped {test["name"]} {case}')
    print(f'{passed} passed, {failed} failed')
    return 0 if failed == 0 and passed > 0 else 1


if __name__ == '__main__':
    sys.exit(main())
