#!/usr/bin/env python3
"""Writes the program in the opening comment of a header to a file: extract-example.py HEADER OUTPUT.

The program is the first indented block of the comment. A #line makes the compiler name the header's lines.

SPDX-License-Identifier: GPL-3.0-or-later
"""
import sys

INDENT = ' *   '


def main():
    header, output = sys.argv[1:]
    with open(header, encoding='utf-8') as source:
        lines = source.read().partition('*/')[0].splitlines()
    start = next(i for i, line in enumerate(lines) if line.startswith(INDENT))
    program = []
    for line in lines[start:]:
        if not line.startswith(INDENT) and line != ' *':
            break
        program.append(line[len(INDENT):])
    with open(output, 'w', encoding='utf-8') as example:
        example.write(f'#line {start + 1} "bp.h"\n' + '\n'.join(program) + '\n')


if __name__ == '__main__':
    main()
