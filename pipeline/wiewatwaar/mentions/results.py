"""Clubs in a line that gives the result of a match: Westerlo – AA Gent 1-0."""

import re
from bisect import bisect_right
from collections.abc import Iterator, Sequence

from wiewatwaar.lexicon.countries import country_lexicon
from wiewatwaar.lexicon.organisations import lookup, organisations
from wiewatwaar.mentions.trimming import Name
from wiewatwaar.mentions.word_lists import is_first_name

_SIDE = r"[^\W\d_][^\n\d|:;,()–-]{1,40}?"
_RESULT = re.compile(rf"(?m)^({_SIDE}) [–-] ({_SIDE}) \d{{1,3}} ?[–-] ?\d{{1,3}}\b")


def with_clubs(text: str, names: Sequence[Name]) -> list[Name]:
    """Makes organisations of both sides of a match, where one of them is known as a club.

    Args:
        text: The cleaned text.
        names: Trimmed names, in order, without overlaps.

    Returns:
        Names in order, without overlaps; an added one has no label.
    """
    found = list(names)
    ends = [name.end for name in names]
    for start, end in _clubs(text):
        place = bisect_right(ends, start)
        if place == len(names) or names[place].start >= end:
            found.append(Name(start, end, "ORGANISATION", ""))
        elif (names[place].start, names[place].end) == (start, end):
            found[place] = names[place]._replace(type="ORGANISATION")
    return sorted(found, key=lambda name: name.start)


def _clubs(text: str) -> Iterator[tuple[int, int]]:
    for match in _RESULT.finditer(text):
        if any(_is_country_or_person(match[side]) for side in (1, 2)):
            continue
        if any(_is_club(match[side]) for side in (1, 2)):
            yield match.span(1)
            yield match.span(2)


def _is_club(form: str) -> bool:
    known = lookup(form)
    return known is not None and organisations().organisations[known.name].kind == "sports"


def _is_country_or_person(form: str) -> bool:
    return form in country_lexicon().words or is_first_name(form.partition(" ")[0])
