"""Groups mentions into entities: one for each person, organisation, country and place."""

import re
import unicodedata
from collections import Counter
from collections.abc import Sequence
from functools import lru_cache
from operator import attrgetter

from wiewatwaar.canonical import person_name
from wiewatwaar.people.persons import group_persons
from wiewatwaar.spans import EntityGroup, EntityType, ResolvedMention

# The state that England, Scotland, Wales and Northern Ireland are parts of.
_STATES = {"GB": "Verenigd Koninkrijk"}
_ARTICLES = frozenset({"de", "het", "een", "den", "'t", "the"})
_PUNCTUATION = str.maketrans(
    {char: "'" for char in "’‘ʼ´`"} | {char: " " for char in "‐‑–—-/"} | {".": "", "&": " en "}
)
# "(ACM)", "(afgekort: ACM)", ", kortweg ACM": looked for in no more text than this.
_MAX_EXPLANATION = 120
_EXPLAINED = re.compile(
    r"\s?\((?:(?:kortweg|afgekort|voluit|ook wel|hierna)[: ] ?)?([^()\n]+)\)"
    r"|,? (?:kortweg|afgekort|ofwel|oftewel) ([^\s,.;:()]+)"
)
# Longer ones are no names, and are not remembered.
_LONGEST_KEPT = 100
_NAMES_KEPT = 4096
# Up to this length a name in capitals is an abbreviation rather than shouted.
_CAPITALS_ARE_USUAL = 5


def group(mentions: Sequence[ResolvedMention], text: str) -> list[EntityGroup]:
    """Groups mentions into entities.

    Args:
        mentions: Mentions in the cleaned text, in any order.
        text: The cleaned text.

    Returns:
        The entities in order of first mention. Every mention is in exactly one; the result does
        not depend on the order the mentions were given in.
    """
    ordered = sorted(mentions, key=attrgetter("start", "end", "type", "name"))
    groups = [
        *_persons([one for one in ordered if one.type == "PERSON"], text),
        *_countries([one for one in ordered if one.type == "COUNTRY"]),
        *_organisations([one for one in ordered if one.type == "ORGANISATION"], text),
        *_locations([one for one in ordered if one.type == "LOCATION"], text),
    ]
    order = sorted(range(len(groups)), key=lambda place: _first(groups[place]))
    numbers = {place: number for number, place in enumerate(order)}
    return [_renumbered(groups[place], numbers) for place in order]


def _first(one: EntityGroup) -> tuple[int, int, str]:
    return one.mentions[0].start, one.mentions[0].end, one.type


def _renumbered(one: EntityGroup, numbers: dict[int, int]) -> EntityGroup:
    if not one.ambiguous_with:
        return one
    others = tuple(sorted(numbers[place] for place in one.ambiguous_with))
    return EntityGroup(one.type, one.name, one.mentions, ambiguous_with=others)


def _persons(mentions: list[ResolvedMention], text: str) -> list[EntityGroup]:
    return [
        EntityGroup(
            "PERSON",
            person_name(person.written),
            tuple(mentions[place] for place in person.mentions),
            ambiguous_with=person.candidates,
        )
        for person in group_persons(mentions, text)
    ]


def _countries(mentions: list[ResolvedMention]) -> list[EntityGroup]:
    """One for each ISO code, or name where there is none."""
    by_code: dict[str, list[ResolvedMention]] = {}
    for one in mentions:
        by_code.setdefault(one.code or fold_name(one.name), []).append(one)
    return [
        EntityGroup(
            "COUNTRY",
            _STATES.get(code) or _most_frequent([one.name for one in found]),
            tuple(found),
            code=found[0].code,
            former=any(one.former for one in found),
        )
        for code, found in by_code.items()
    ]


def _organisations(mentions: list[ResolvedMention], text: str) -> list[EntityGroup]:
    by_name = _by_name(mentions)
    for short, long in _abbreviations(mentions, by_name, text).items():
        by_name[long] = sorted(by_name[long] + by_name.pop(short), key=attrgetter("start", "end"))
    return [_named("ORGANISATION", key, found, text) for key, found in by_name.items()]


def _locations(mentions: list[ResolvedMention], text: str) -> list[EntityGroup]:
    return [_named("LOCATION", key, found, text) for key, found in _by_name(mentions).items()]


def _by_name(mentions: list[ResolvedMention]) -> dict[str, list[ResolvedMention]]:
    by_name: dict[str, list[ResolvedMention]] = {}
    for one in mentions:
        by_name.setdefault(fold_name(one.name), []).append(one)
    return by_name


def _named(type_: EntityType, key: str, mentions: list[ResolvedMention], text: str) -> EntityGroup:
    """A group called by the most frequent of its full names, not one in capitals for emphasis."""
    full = [one for one in mentions if fold_name(one.name) == key]
    quiet = [one for one in full if not _is_loud(one, text)]
    name = _most_frequent([" ".join(one.name.split()) for one in quiet or full])
    return EntityGroup(type_, name or full[0].name, tuple(mentions))


def _is_loud(mention: ResolvedMention, text: str) -> bool:
    """Whether a name is all in capitals and too long for an abbreviation."""
    written = text[mention.start : mention.end]
    return written.isupper() and len(written) > _CAPITALS_ARE_USUAL


def _most_frequent(names: Sequence[str]) -> str:
    """The name that occurs most often; of several, the first."""
    if len(names) == 1:
        return names[0]
    return Counter(names).most_common(1)[0][0]


def fold_name(name: str) -> str:
    """Folds the name of an organisation or place, so that ways of writing it are equal.

    Args:
        name: The name.

    Returns:
        It in lower case without accents, stops, hyphens and the article in front.
    """
    return _folded(name) if len(name) > _LONGEST_KEPT else _folded_before(name)


def _folded(name: str) -> str:
    lowered = name.translate(_PUNCTUATION).casefold()
    if not lowered.isascii():
        apart = unicodedata.normalize("NFKD", lowered)
        lowered = "".join(char for char in apart if not unicodedata.combining(char))
    words = lowered.split()
    if len(words) > 1 and words[0] in _ARTICLES:
        words = words[1:]
    return " ".join(words) or name


_folded_before = lru_cache(_NAMES_KEPT)(_folded)
"""The same names stand in many documents of a run, and several times in each."""


def _abbreviations(
    mentions: list[ResolvedMention], by_name: dict[str, list[ResolvedMention]], text: str
) -> dict[str, str]:
    """The abbreviations that the text explains itself, with the folded full name of each.

    Both "de Autoriteit Consument & Markt (ACM)" and "ACM (Autoriteit Consument & Markt)".
    """
    found: dict[str, str] = {}
    for one in mentions:
        explained = _EXPLAINED.match(text, one.end, one.end + _MAX_EXPLANATION)
        if explained is None:
            continue
        explanation = explained[1] or explained[2]
        name, other = fold_name(one.name), fold_name(explanation)
        if other not in by_name or other == name:
            continue
        written = text[one.start : one.end]
        if abbreviates(explanation, written):
            found.setdefault(other, name)
        elif abbreviates(written, explanation):
            found.setdefault(name, other)
    # A full name is no abbreviation of yet another: "ACM (ACB)" chains are left alone.
    return {short: long for short, long in found.items() if long not in found}


def abbreviates(short: str, long: str) -> bool:
    """Whether one name can be the abbreviation of another.

    Args:
        short: The abbreviation, such as `CPB` or `PvdA`.
        long: The full name, such as `Centraal Planbureau`, with or without its article.

    Returns:
        Whether its letters stand in the full name in the same order, the first one at the
        beginning, and half of its capitals are initials of words there.
    """
    letters = short.replace(".", "").strip(" '\"‘’“”")
    if not 2 <= len(letters) <= 12 or len(letters) * 2 > len(long):
        return False
    if any(char.isspace() for char in letters) or not letters[:2].strip().isalnum():
        return False
    if sum(char.isupper() for char in letters) < 2 and not any(map(str.isdigit, letters)):
        return False
    words = fold_name(long).split()
    folded = "".join(char for char in fold_name(letters) if char.isalnum())
    starts = (" ".join(words), fold_name("x " + long)[2:])
    initials = {word[0] for word in words}
    known = sum(char in initials or char.isdigit() for char in folded)
    return known * 2 >= len(folded) and any(_in_order(folded, start) for start in starts)


def _in_order(letters: str, name: str) -> bool:
    """Whether a name begins with the first letter and has the others, digits aside, behind it."""
    if name[:1] != letters[:1]:
        return False
    place = 0
    for char in letters:
        if char.isdigit():
            continue
        place = name.find(char, place) + 1
        if place == 0:
            return False
    return True
