"""A program that nearly every attack and injector has something to do with."""

from __future__ import annotations

SAMPLE = '''
import os
import re


def parse(text, limit, strict):
    """Reads a table of numbers from a text."""
    rows = []
    longest = 0
    if limit < 0:
        raise ValueError("the limit should not be negative")
    for line in text.split(os.linesep):
        parts = line.split(",")
        try:
            row = [int(part) for part in parts]
        except ValueError:
            row = []
        if strict:
            longest = max(longest, len(row))
        else:
            longest = longest + len(row) % 7
        rows.append(row)
    for row in rows:
        row.sort()
    if strict:
        print("strict")
    rows.reverse()
    rows.append([])
    return rows, longest


def area(width, height):
    """Multiplies."""
    total = width * height
    label = "an area of some size"
    return (label, total)


def first(items, fallback):
    """The first entry."""
    return items[0] if items else fallback


def choose(flag):
    """Yes or no."""
    if flag:
        return "accepted"
    else:
        return "refused"


def report(name):
    """Prints a name."""
    print(re.escape(name))


def close(name):
    """Prints a name at the end."""
    print(name.upper())
'''
