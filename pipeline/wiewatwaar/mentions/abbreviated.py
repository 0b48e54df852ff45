"""Bodies that a document gives an abbreviation: Nederlandse Zorgautoriteit (NZa)."""

import re
from collections.abc import Sequence

from wiewatwaar.lexicon.countries import country_lexicon
from wiewatwaar.lexicon.organisations import lookup
from wiewatwaar.mentions.neighbours import word_before
from wiewatwaar.mentions.trimming import Name, is_abbreviation

_ABBREVIATION = re.compile(r" \(([^\W\d_]{2,10})\)")


def with_abbreviated(text: str, names: Sequence[Name]) -> list[Name]:
    """Lets an abbreviation in brackets say how far a body's name goes, and what it is elsewhere.

    Args:
        text: The cleaned text.
        names: Trimmed names in order, without overlaps.

    Returns:
        Names in order, without overlaps.
    """
    shorts = {
        short
        for name in names
        if name.type == "ORGANISATION" and (short := _abbreviation(text, name))
    }
    things = {
        short
        for name in names
        if name.type == "OTHER" and (short := _abbreviation(text, name)) and short not in shorts
    }
    if not shorts and not things:
        return list(names)
    kept: list[Name] = []
    for name in names:
        if text[name.start : name.end] in shorts and name.type == "OTHER":
            name = name._replace(type="ORGANISATION")
        elif text[name.start : name.end] in things and lookup(text[name.start : name.end]) is None:
            # Financial Fair Play (FFP).
            name = name._replace(type="OTHER")
        start = _whole_start(text, name)
        while kept and kept[-1].start >= start:
            kept.pop()
        kept.append(name._replace(start=start))
    return kept


def _abbreviation(text: str, name: Name) -> str | None:
    """The abbreviation that stands in brackets behind a name, if its letters can be the name's."""
    found = _ABBREVIATION.match(text, name.end)
    if found is None or not is_abbreviation(found[1]):
        return None
    first = text[_whole_start(text, name)]
    return found[1] if found[1][0].upper() == first.upper() else None


def _whole_start(text: str, name: Name) -> int:
    """Where a body's name begins, with the demonym in front that its abbreviation has too."""
    found = _ABBREVIATION.match(text, name.end)
    if found is None or name.type != "ORGANISATION":
        return name.start
    before = word_before(text, name.start)
    start = name.start - 1 - len(before)
    if not before or not text.startswith(f"{before} ", start):
        return name.start
    if all(way.kind == "name" for way in country_lexicon().words.get(before, ())):
        return name.start
    initials = (before[0] + text[name.start]).upper()
    return start if found[1].upper().startswith(initials) else name.start
