"""Reads the dateline in front of a report: `DEN HAAG (ANP) - `."""

import re
from dataclasses import dataclass
from functools import cache

from wiewatwaar.cleaning.attribution import is_agency
from wiewatwaar.cleaning.rules import date_pattern
from wiewatwaar.lexicon_files import words

_DASH = re.compile(r"[-–—][ ]")
_MAX_CHARACTERS = 160


@dataclass(frozen=True, slots=True)
class Dateline:
    """Where a report comes from.

    Attributes:
        end: Where the report begins in the line.
        place: The place as written; empty when only the agency is named.
        sources: The agencies.
    """

    end: int
    place: str
    sources: tuple[str, ...]


def dateline(line: str, is_first: bool) -> Dateline | None:
    """Reads the dateline in front of a paragraph.

    With an agency in brackets anything in capitals is a place; without one, only a town we know
    (`NAVO - De top` has none), which may be in lower case in front of the whole report.

    Args:
        line: The paragraph.
        is_first: Whether it is the first of the body.

    Returns:
        The dateline; None when the paragraph has none.
    """
    found = _dateline().match(line) if _DASH.search(line, 0, _MAX_CHARACTERS) else None
    if found is None:
        return None
    place = (found["place"] or "").strip(" ,")
    sources = tuple(part.strip() for part in (found["sources"] or "").split("/") if part.strip())
    if sources and not all(map(is_agency, sources)):
        return None
    if not sources:
        in_capitals = place.isupper()
        if not (in_capitals or is_first) or place.casefold() not in _places():
            return None
    return Dateline(found.end(), place, sources)


@cache
def _dateline() -> re.Pattern[str]:
    capital = "A-ZÀ-ÖØ-Þ'’"
    return re.compile(
        rf"(?P<place>[{capital}][\w'’.-]{{1,24}}(?:[ /][\w'’.-]{{1,24}}){{0,3}})?"
        r"(?:[ ]?\((?P<sources>[^()\n]{2,40})\))?"
        rf"(?:,?[ ](?i:{date_pattern()}))?[ ]{{0,2}}[-–—][ ]{{1,2}}(?=[{capital}\"“‘„0-9])"
    )


@cache
def _places() -> frozenset[str]:
    return frozenset(place.casefold() for place in words("furniture/dateline_places.txt"))
