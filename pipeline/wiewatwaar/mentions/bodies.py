"""Organisations that the noun in front of them shows: rederij Blumenthal, de start-up Zeekracht."""

import re
from collections.abc import Collection, Iterator, Sequence
from functools import cache

from wiewatwaar.lexicon.organisations import lookup
from wiewatwaar.mentions.neighbours import word_before
from wiewatwaar.mentions.trimming import Name, is_free
from wiewatwaar.mentions.word_lists import is_first_name, words

_CAPITAL = "[A-ZÀ-ÖØ-Þ]"
_NAME = re.compile(
    rf"({_CAPITAL}(?<=[a-z] .)\w{{2,30}}(?: {_CAPITAL}\w{{1,30}}){{0,3}})(?![\w'’.-])"
)
# Stichting Lezen en Schrijven: the name goes on.
_AND_MORE = re.compile(r" (?:en|&|voor|van) ")
_YOUNG_COMPANIES = frozenset({"start-up", "startup", "scale-up", "scaleup"})
_LONGEST_ENDING = 4


def with_bodies(text: str, names: Sequence[Name]) -> list[Name]:
    """Adds the organisations that a noun shows, and makes organisations of other names there.

    Args:
        text: The cleaned text.
        names: Trimmed names, in order, without overlaps.

    Returns:
        Names in order, without overlaps; an added one has no label.
    """
    found = [_as_organisation(text, name) for name in names]
    added = list(_missed(text, found))
    return sorted((*found, *added), key=lambda name: name.start) if added else found


def with_firms(text: str, names: Sequence[Name]) -> list[Name]:
    """Makes organisations of persons that are firms by the name of somebody in the text.

    Tjeerd Hofstra verlaat Hofstra Windtechniek.

    Args:
        text: The cleaned text.
        names: Trimmed names, in order, without overlaps.

    Returns:
        The same names, some with another type.
    """
    forms = [text[name.start : name.end].split() for name in names if name.type == "PERSON"]
    surnames = {form[-1] for form in forms if len(form) > 1 and is_first_name(form[0])}
    if not surnames:
        return list(names)
    return [_firm(text, name, surnames) for name in names]


def _firm(text: str, name: Name, surnames: Collection[str]) -> Name:
    if name.type != "PERSON":
        return name
    first, *others = text[name.start : name.end].split()
    if first not in surnames or is_first_name(first) or not others:
        return name
    own = any(word[0].islower() or word in surnames or is_first_name(word) for word in others)
    return name if own else name._replace(type="ORGANISATION")


def _as_organisation(text: str, name: Name) -> Name:
    if name.type == "ORGANISATION":
        return name
    if name.type == "OTHER":
        noun, _, rest = text[name.start : name.end].partition(" ")
        if rest[:1].isupper() and noun.lower() in _YOUNG_COMPANIES:
            return name._replace(start=name.end - len(rest), type="ORGANISATION")
    if not text.startswith(" ", name.start - 1):
        return name
    before = word_before(text, name.start)
    if not before.replace("-", "").isalpha():
        return name
    noun = before.lower()
    if not noun.endswith(_nouns()) or (before != noun and noun == "partij"):
        return name
    form = text[name.start : name.end]
    if form[0].islower() or is_first_name(form.split(" ")[0]):
        return name
    return name._replace(type="ORGANISATION")


def _missed(text: str, names: Sequence[Name]) -> Iterator[Name]:
    """The organisations that the model passed over: what it has no name for."""
    ends = [name.end for name in names]
    for match in _NAME.finditer(text):
        start, end = match.span(1)
        noun = word_before(text, start).lower()
        if not is_body(noun) or _AND_MORE.match(text, end):
            continue
        form = match[1]
        if (
            is_free(names, ends, start, end)
            and not is_first_name(form.partition(" ")[0])
            and lookup(form) is None
        ):
            yield Name(start, end, "ORGANISATION", "")


def is_body(noun: str) -> bool:
    """Whether a noun says that what it is about is an organisation: krant, modeketen.

    Args:
        noun: A noun in lower case.

    Returns:
        Whether it does.
    """
    return noun in words("organisation_nouns") or noun.endswith(_long_nouns())


@cache
def _nouns() -> tuple[str, ...]:
    return tuple(sorted(words("organisation_nouns")))


@cache
def _long_nouns() -> tuple[str, ...]:
    """Those that are no end of another word, as band is of verband."""
    return tuple(noun for noun in _nouns() if len(noun) > _LONGEST_ENDING)
