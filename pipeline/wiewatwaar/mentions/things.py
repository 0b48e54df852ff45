"""Works, products, events and other things that a model takes for somebody, a body or a place."""

from collections.abc import Sequence
from functools import cache

from wiewatwaar.lexicon.organisations import lookup
from wiewatwaar.mentions.occurrences import NameIndex
from wiewatwaar.mentions.trimming import Name
from wiewatwaar.mentions.word_lists import words


def with_things(
    text: str, names: Sequence[Name], capital_words: Sequence[tuple[int, str]]
) -> list[Name]:
    """Makes one thing of all that the model names in the name of a known one.

    Paw Patrol, and Catan in Kolonisten van Catan.

    Args:
        text: The cleaned text, with straight apostrophes.
        names: Trimmed names, in order, without overlaps.
        capital_words: The words of the text that begin as names do.

    Returns:
        Names in order, without overlaps.
    """
    found: list[Name] = []
    place = 0
    for thing in sorted(_index().find(text, capital_words)):
        while place < len(names) and names[place].end <= thing.start:
            found.append(names[place])
            place += 1
        last = place
        while last < len(names) and names[last].end <= thing.end:
            last += 1
        goes_on = last < len(names) and names[last].start < thing.end
        if last == place or goes_on or thing.genitive or names[place].start < thing.start:
            continue
        whole = names[place]._replace(start=thing.start, end=thing.end, type="OTHER", form="name")
        found.append(whole)
        place = last
    return [*found, *names[place:]]


@cache
def _index() -> NameIndex:
    forms = (form for form in words("things") if lookup(form) is None)
    return NameIndex.of(forms, by_longest=True)
