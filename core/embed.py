#!/usr/bin/env python3
# embed.py OUTPUT FILE…: writes C with the experiments' names and texts, in the order of the files
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


def main():
    output, *paths = sys.argv[1:]
    with open(output, 'w', encoding='ascii') as c:
        c.write('/* Made by embed.py from resources/experiments. */\n#include "experiment/bp-builtin-private.h"\n\n')
        c.write('const BpBuiltin bp_builtins[] = {\n')
        for path in paths:
            with open(path, 'rb') as experiment:
                content = experiment.read()
            name = os.path.splitext(os.path.basename(path))[0]
            c.write('  { "%s",\n%s },\n' % (name, to_literals(content)))
        c.write('};\n\nconst guint bp_n_builtins = G_N_ELEMENTS (bp_builtins);\n')


main()
