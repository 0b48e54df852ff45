"""What the noun in front of a name says that it is: tyfoon Hagupit, de dorpen Mirsa en Olveda."""

import re
from bisect import bisect_left
from collections.abc import Collection, Sequence
from functools import cache

from wiewatwaar.lexicon.organisations import lookup
from wiewatwaar.mentions.bodies import is_body
from wiewatwaar.mentions.neighbours import word_before
from wiewatwaar.mentions.trimming import Name
from wiewatwaar.mentions.word_lists import is_first_name, words
from wiewatwaar.spans import SpanType

_ARTICLES = ("de ", "De ", "het ", "Het ")
_AND = (" en ", ", ")
_SENTENCE_ABOUT = re.compile(r"[.!?] (?:De|Het|Deze|Dit) (?P<noun>[a-zß-öø-ÿ-]{3,30})\b(?! van )")
_SENTENCE_END = re.compile(r"[.!?\n]")
_LONGEST_SENTENCE = 160
_BEFORE_PLACES = frozenset({"in", "uit", "nabij", "vanuit"})


def things(text: str, names: Sequence[Name]) -> set[str]:
    """The names that the text introduces as those of things: a storm, a novel.

    Args:
        text: The cleaned text.
        names: The names in it.

    Returns:
        Their forms, with the article that the model took with them and without.
    """
    forms: set[str] = set()
    for name in names:
        if _noun(text, name).endswith(_thing_nouns()):
            form = text[name.start : name.end]
            bare = next((form[len(a) :] for a in _ARTICLES if form.startswith(a)), form)
            forms.update((bare, *(article + bare for article in _ARTICLES)))
    return forms


def with_places(
    text: str, names: Sequence[Name], known: Collection[str] = frozenset()
) -> list[Name]:
    """Makes places of the names that a noun, or the place they are named with, shows as one.

    Args:
        text: The cleaned text.
        names: Trimmed names, in order, without overlaps.
        known: Forms that the lexicon knows as countries or organisations.

    Returns:
        The same names, some with another type.
    """
    found: list[Name] = []
    by_noun = by_place = False
    for name in names:
        between = text[found[-1].end : name.start] if found else ""
        noun = _noun(text, name)
        by_noun = noun in words("place_nouns") or (by_noun and between in _AND)
        # In Mirsa en Olveda.
        beside = by_place and between == " en " and name.type == "PERSON"
        if (by_noun or beside) and _may_be_place(text[name.start : name.end], known):
            name = name._replace(type="LOCATION")
        by_noun = by_noun and name.type == "LOCATION"
        by_place = name.type == "LOCATION" and noun in _BEFORE_PLACES
        found.append(name)
    return found


def explained(text: str, names: Sequence[Name]) -> list[Name]:
    """Gives names the type of the noun that the next sentence calls them by.

    Ferdi Hopman is failliet. De modeketen telde twaalf winkels.

    Args:
        text: The cleaned text.
        names: Trimmed names, in order, without overlaps.

    Returns:
        The same names, some with another type wherever they stand.
    """
    types: dict[str, SpanType] = {}
    starts = [name.start for name in names]
    for about in _SENTENCE_ABOUT.finditer(text):
        noun = about["noun"]
        type_ = _type_of(noun)
        if type_ is None:
            continue
        begin = max(0, about.start() - _LONGEST_SENTENCE)
        begin = max(
            (end.end() for end in _SENTENCE_END.finditer(text, begin, about.start())), default=begin
        )
        first, last = bisect_left(starts, begin), bisect_left(starts, about.start())
        if last != first + 1 or noun in text[begin : about.start()].lower():
            continue
        name = names[first]
        form = text[name.start : name.end]
        known = lookup(form) is not None or form in words("surnames") or form in words("places")
        if name.type != type_ and not known:
            types[form] = type_
    if not types:
        return list(names)
    return [name._replace(type=types.get(text[name.start : name.end], name.type)) for name in names]


def _type_of(noun: str) -> SpanType | None:
    if noun in words("place_nouns"):
        return "LOCATION"
    if is_body(noun):
        return "ORGANISATION"
    return "OTHER" if noun.endswith(_thing_nouns()) else None


def _may_be_place(form: str, known: Collection[str]) -> bool:
    if form in known or lookup(form) is not None or form in words("surnames"):
        return False
    return form[0].isupper() and not is_first_name(form.partition(" ")[0])


def _noun(text: str, name: Name) -> str:
    """The word in front of a name or of its article, with nothing but a space between."""
    start = name.start
    if not text.startswith(" ", start - 1):
        return ""
    before = word_before(text, start)
    if before in ("de", "De", "het"):
        before = word_before(text, start - 1 - len(before))
    return before.lower() if before.isalpha() or "-" in before else ""


@cache
def _thing_nouns() -> tuple[str, ...]:
    return tuple(sorted(words("thing_nouns")))
