"""Persons: which mentions are one, and whom a surname that several bear could mean."""

import re
from bisect import bisect_left, bisect_right
from collections.abc import Sequence
from dataclasses import dataclass, replace
from typing import NamedTuple

from wiewatwaar.people.names import (
    PersonName,
    family_nouns,
    first_names,
    parse_name,
    person_heads,
    single_name_titles,
)
from wiewatwaar.people.same_person import Form, People, join_forms
from wiewatwaar.spans import ResolvedMention

_LAST_WORD = re.compile(r"[\w-]+\Z")
# The longest word that is looked for in front of a name, and the space behind it.
_WORD_CHARACTERS = 24
_SHARED_SURNAME = (" en ", " & ")


class Written(NamedTuple):
    """A mention of a person as it stands in the text.

    Attributes:
        start: First code point.
        display: The name as it is written, with single spaces.
        name: The same, taken apart.
        capitals: Whether it stands all in capitals.
        before: The word in front of it, in lower case.
    """

    start: int
    display: str
    name: PersonName
    capitals: bool
    before: str = ""


@dataclass(frozen=True, slots=True)
class Person:
    """The mentions of one person.

    Attributes:
        mentions: Places in the list of mentions, in order.
        written: What stands there, for each.
        candidates: Places in the list of persons of those that this name could also mean.
    """

    mentions: tuple[int, ...]
    written: tuple[Written, ...]
    candidates: tuple[int, ...] = ()


def group_persons(mentions: Sequence[ResolvedMention], text: str) -> list[Person]:
    """Finds which mentions name the same person.

    Args:
        mentions: Mentions of persons, in order of place.
        text: The cleaned text that they lie in.

    Returns:
        The persons in order of first mention; every mention is in exactly one.
    """
    written = _shared_surnames(mentions, text)
    people = People(_forms(written))
    join_forms(people)
    return _persons(people, written, text)


def _shared_surnames(mentions: Sequence[ResolvedMention], text: str) -> list[Written]:
    """The mentions as they are written; the Bill of Bill en Hillary Clinton is Bill Clinton."""
    parsed: dict[str, PersonName] = {}
    written: list[Written] = []
    for mention in mentions:
        display = " ".join(mention.name.split()) or text[mention.start : mention.end]
        name = parsed.get(display) or parsed.setdefault(display, parse_name(display))
        before = _word_before(text, mention.start)
        if name.suffix and not name.given and before in person_heads():
            # The third cabinet of Rutte is no third Rutte.
            name, display = replace(name, suffix=""), display.rpartition(" ")[0]
        capitals = text[mention.start : mention.end].isupper()
        written.append(Written(mention.start, display, name, capitals, before))
    alone: set[str] = set()
    for place, one in enumerate(written[:-1]):
        after = written[place + 1]
        between = text[mentions[place].end : mentions[place + 1].start]
        word = one.name.surname[0]
        if between in _SHARED_SURNAME and word not in alone and _share(one.name, after.name):
            if one.before not in single_name_titles():
                _, _, rest = after.display.partition(" ")
                name = PersonName((word,), after.name.surname)
                written[place] = one._replace(display=f"{one.display} {rest}", name=name)
        elif not one.name.given:
            alone.add(word)
    return written


def _share(one: PersonName, after: PersonName) -> bool:
    """Whether a first name in front of `en` and a full name can have one surname."""
    return (
        not one.given
        and len(one.surname) == 1
        and one.surname[0] in first_names()
        and len(after.given) == 1
        and after.given[0] in first_names()
        and not (after.surname_first or after.nicknames or after.suffix)
    )


def _word_before(text: str, start: int) -> str:
    """The word in front of a mention, in lower case: koning, gebroeders, kabinet."""
    near = text[max(0, start - _WORD_CHARACTERS) : start].split()
    if not near:
        return ""
    if near[-1].isalnum():
        return near[-1].casefold()
    found = _LAST_WORD.search(near[-1])
    return found.group().casefold().rstrip("-") if found else ""


def _forms(written: Sequence[Written]) -> list[Form]:
    forms: dict[tuple[PersonName, bool], Form] = {}
    for place, one in enumerate(written):
        name = one.name
        titled = one.before in single_name_titles()
        single = titled and not name.given and len(name.surname) == 1
        form = forms.setdefault((name, single), Form(name, single))
        form.titled |= titled
        form.mentions.append(place)
        form.starts.append(one.start)
    return list(forms.values())


def _persons(people: People, written: Sequence[Written], text: str) -> list[Person]:
    """The persons, when every form has its place; what is in doubt is decided by mention."""
    doubts = _open_doubts(people)
    places: dict[int, list[int]] = {}
    for form, one in enumerate(people.forms):
        if people.root(form) not in doubts:
            places.setdefault(people.root(form), []).extend(one.mentions)
    sure = {root: sorted(written[place].start for place in found) for root, found in places.items()}
    paragraphs = [match.end() for match in re.finditer("\n", text)] if doubts else []
    for form, one in enumerate(people.forms):
        root = people.root(form)
        for place in one.mentions if root in doubts else ():
            start = written[place].start
            index = bisect_right(paragraphs, start) - 1
            paragraph = paragraphs[index] if index >= 0 else 0
            family = written[place].before in family_nouns()
            meant = None if family else _introduced(doubts[root], sure, paragraph, start)
            places.setdefault(root if meant is None else meant, []).append(place)
    order = sorted(places, key=lambda root: min(places[root]))
    numbers = {root: number for number, root in enumerate(order)}
    return [
        Person(
            tuple(sorted(places[root])),
            tuple(written[place] for place in sorted(places[root])),
            tuple(sorted(numbers[other] for other in doubts.get(root, ()) if other in numbers)),
        )
        for root in order
    ]


def _open_doubts(people: People) -> dict[int, list[int]]:
    """Persons who could be others, with those, once all that can be joined is joined."""
    for form, candidates in people.doubts.items():
        if len(people.roots(candidates)) == 1:
            people.join((form, *candidates))
    open_: dict[int, list[int]] = {}
    for form, candidates in people.doubts.items():
        root = people.root(form)
        others = people.roots(candidates)
        if root not in others:
            open_.setdefault(root, others)
    return open_


def _introduced(
    candidates: list[int], sure: dict[int, list[int]], paragraph: int, start: int
) -> int | None:
    """The only candidate whom the paragraph, or else all the text before, has named so far."""
    for since in (paragraph, 0):
        named = [
            root
            for root in candidates
            if bisect_left(sure.get(root, ()), since) < bisect_left(sure.get(root, ()), start)
        ]
        if named:
            return named[0] if len(named) == 1 else None
    return None
