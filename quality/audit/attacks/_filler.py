"""Clean code that attackers add: no tool has anything to say against it."""

from __future__ import annotations

_NOUNS = ("book", "train", "garden", "ticket", "engine", "letter", "river", "lamp", "ship", "window")

_FUNCTIONS = (
    '''
def count_{noun}s(names):
    """Counts how often each {noun} occurs."""
    counts = {{}}
    for name in names:
        counts[name] = counts.get(name, 0) + 1
    return counts
''',
    '''
def longest_{noun}(titles):
    """Finds the longest title of a {noun}."""
    longest = ""
    for title in titles:
        if len(title) > len(longest):
            longest = title
    return longest
''',
    '''
def mean_{noun}_price(prices):
    """Averages the prices of a {noun}."""
    if not prices:
        return 0.0
    total = sum(prices)
    return total / len(prices)
''',
    '''
def format_{noun}(title, year):
    """Formats a {noun} for a list."""
    label = title.strip().title()
    if year is None:
        return label
    return f"{{label}} ({{year}})"
''',
    '''
def merge_{noun}s(first, second):
    """Merges two sorted lists of a {noun}."""
    merged = [*first, *second]
    merged.sort()
    return merged
''',
    '''
def {noun}s_by_owner(pairs):
    """Groups each {noun} by its owner."""
    owners = {{}}
    for owner, item in pairs:
        owners.setdefault(owner, []).append(item)
    return owners
''',
    '''
class {title}Shelf:
    """Keeps each {noun} in order."""

    def __init__(self):
        self._entries = []

    def add(self, entry):
        """Adds a {noun} at the end."""
        self._entries.append(entry)
        return len(self._entries)

    def oldest(self):
        """The {noun} that was added first."""
        return self._entries[0]
''',
    '''
def parse_{noun}_code(text):
    """Splits the code of a {noun} into its parts."""
    series, _, number = text.partition("-")
    digits = number.strip()
    return series.upper(), int(digits)
''',
)


def distinct_functions() -> str:
    """Eight functions and classes of different shapes."""
    pairs = zip(_FUNCTIONS, _NOUNS, strict=False)
    return "\n".join(_filled(template, noun) for template, noun in pairs)


def many_functions() -> str:
    """Every shape for every noun: 80 definitions."""
    return "\n".join(_filled(template, noun) for noun in _NOUNS for template in _FUNCTIONS)


def trivial_functions(count: int) -> str:
    """Functions of one statement."""
    return "".join(
        f'\n\ndef get_option_{number}():\n    """Returns option {number}."""\n    return {number}\n'
        for number in range(count)
    )


def constants(count: int) -> str:
    """Constants of a module."""
    return "".join(f"OPTION_{number} = {number}\n" for number in range(count))


def _filled(template: str, noun: str) -> str:
    return template.format(noun=noun, title=noun.title())
