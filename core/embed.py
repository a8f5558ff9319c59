#!/usr/bin/env python3
# embed.py OUTPUT FILE…: writes C with the names and texts of experiments, in the order of the files, and of their data.
# "--" between files starts another group of experiments; .csv files are data.
# SPDX-License-Identifier: GPL-3.0-or-later
import os
import sys


def escape(byte):
    if byte in b'"\\?':
        return '\\' + chr(byte)
    return chr(byte) if 32 <= byte < 127 else '\\%03o' % byte


def to_literals(content):
    lines = content.splitlines(keepends=True)
    return '\n'.join('    "' + ''.join(map(escape, line)) + '"' for line in lines)


def read(path):
    with open(path, 'rb') as file:
        return to_literals(file.read())


def main():
    output, *paths = sys.argv[1:]
    tables = {'experiment': [], 'csv': []}
    group = 0
    for path in paths:
        if path == '--':
            group += 1
            continue
        name, kind = os.path.basename(path).rsplit('.', 1)
        tables[kind].append('  { "%s", %d,\n%s },\n' % (name if kind == 'experiment' else name + '.csv', group, read(path)))
    with open(output, 'w', encoding='ascii') as c:
        c.write('/* Made by embed.py from resources/experiments. */\n#include "experiment/bp-builtin-private.h"\n')
        for name, kind in ('builtins', 'experiment'), ('builtin_files', 'csv'):
            c.write('\nconst BpBuiltin bp_%s[] = {\n%s};\n' % (name, ''.join(tables[kind])))
            c.write('\nconst guint bp_n_%s = G_N_ELEMENTS (bp_%s);\n' % (name, name))


main()
