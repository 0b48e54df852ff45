"""Persons whom the words around them show: topman Roland Busch, Gijs van der Linde.

A model may miss them, or take them for organisations. A known first name says that a surname can
follow; a role in front of it (minister, wielrenner) or small prefixes behind it (van der) say that
it does.
"""

import re
from bisect import bisect_left
from collections.abc import Callable, Iterator, Sequence
from functools import cache
from typing import NamedTuple

from wiewatwaar.lexicon.countries import country_lexicon, word_lists
from wiewatwaar.lexicon.organisations import lookup
from wiewatwaar.mentions.mononyms import (
    CAPITAL,
    SURNAME,
    is_behind_compound,
    persons_by_one_name,
)
from wiewatwaar.mentions.neighbours import word_after, word_before
from wiewatwaar.mentions.occurrences import begins_sentence
from wiewatwaar.mentions.trimming import Name, is_network, is_title
from wiewatwaar.mentions.word_lists import is_first_name, is_initials, is_role, words

# A first name, then what can follow one; each part is of bounded length. What stands in front is
# asked behind the first letter: the search then skips to capitals.
_FIRST = re.compile(rf"{CAPITAL}(?<![\w.'’@/-].)(?:\w+(?:-{CAPITAL}\w+)?|\.(?:{CAPITAL}\.)*)(?= )")
_PREFIXES = re.compile(r"(?: (?:[A-Za-z]{1,4}|['’][ts])){1,3}(?= )")
_NEXT = re.compile(rf" ({SURNAME})(?![\w@])")
_GOES_ON = re.compile(rf" ({CAPITAL}\w*)")
_MOST_FIRST_NAMES = 3
_MOST_BEHIND_OFFICE = 2
# J.R.R. Tolkien is a person; A. Vogel need not be.
_FEWEST_INITIALS = 2
# Tjeerd aan de Wiel, Joke bij de Vaate; not behind a name by itself.
_PARTICLES_OF_PLACES = frozenset({"aan", "bij", "in", "op"})
_BEFORE_SPEAKERS = frozenset({"zegt", "zei", "volgens", "aldus", "vindt", "vertelt", "vertelde"})
_BEFORE_MAKERS = ("Foto", "Beeld", "Tekst")
_IN_COMPOUND = re.compile(r"[-‐‑][a-z]")
_NUMERAL = re.compile(r"[^\W\d_]+ (?:I{1,3}|IV|VI{0,3}|IX|X{1,2}(?:IX|IV|VI{0,3}|I{1,3}|V)?)\Z")


class _FullName(NamedTuple):
    """A first name with what follows it.

    Attributes:
        start: First code point.
        end: One past the last.
        prefixed: Whether small prefixes stand before the surname.
    """

    start: int
    end: int
    prefixed: bool


def with_introduced(
    text: str, names: Sequence[Name], is_listed: Callable[[str], bool]
) -> list[Name]:
    """Adds the persons whom the text shows, and makes persons of names with another type.

    Args:
        text: The cleaned text.
        names: The model's names, trimmed, in order, without overlaps.
        is_listed: Whether the lexicon knows a form as a country or an organisation.

    Returns:
        Names in order, without overlaps; an added one has no label.
    """
    found = [_as_person(text, name) for name in names]
    ends = [name.end for name in found]
    added = list(persons_by_one_name(text, found, ends))
    put_right: dict[int, tuple[int, Name | None]] = {}
    for full in _full_names(text):
        shown = _is_shown(text, full)
        if not (shown or full.prefixed) or _is_organisation(text[full.start : full.end]):
            continue
        first = bisect_left(ends, full.start + 1)
        last = bisect_left(ends, full.end)
        if last < len(found) and found[last].start < full.end:
            last += 1
        if first == last:
            added.append(Name(full.start, full.end, "PERSON", ""))
        elif shown:
            put_right[first] = last, _put_right(text, found[first:last], full, is_listed)
        elif last == first + 1 and _is_begun(found[first], full):
            put_right[first] = last, found[first]._replace(end=full.end)
    if not (added or put_right):
        return found
    kept: list[Name] = []
    place = 0
    while place < len(found):
        last, name = put_right.get(place, (place, None))
        if name is None:
            kept.append(found[place])
            place += 1
        else:
            kept.append(name)
            place = last
    return sorted((*kept, *added), key=lambda name: name.start)


def _is_begun(name: Name, full: _FullName) -> bool:
    """Whether the model has the person, but not to the end: Ernst von + dem Bussche."""
    return name.type == "PERSON" and name.start == full.start and name.end < full.end


def _as_person(text: str, name: Name) -> Name:
    """A person whom the model calls an organisation or a place: Filips II, Sibel Demirci.

    Of names that begin with a first name and are in no list, very few are anything else.
    """
    if name.type == "PERSON":
        return name
    form = text[name.start : name.end]
    first, *others = form.split(" ")
    if name.type == "OTHER" and _is_behind_office(first, others):
        return name._replace(start=name.start + len(first) + 1, type="PERSON")
    shown = not others and (is_of_relative(text, name) or is_behind_compound(text, name))
    if name.type in ("ORGANISATION", "LOCATION") and shown:
        return name._replace(type="PERSON")
    named_so = is_first_name(first) or (first in words("country_first_names") and len(others) == 1)
    if not others or not named_so or lookup(form) is not None or form in words("places"):
        return name
    if _NUMERAL.match(form):
        return name._replace(type="PERSON")
    single = is_initials(first) and first.count(".") < _FEWEST_INITIALS
    if single or any(map(_is_no_surname, others)):
        return name
    if name.type == "OTHER" and (len(others) > 1 or _IN_COMPOUND.search(form)):
        # Emmy Awards-gala, Good Morning Vietnam.
        return name
    if name.type == "LOCATION" and others[-1].lower().endswith(tuple(words("name_heads"))):
        return name
    capitals = all(
        word[0].isupper() or word in _PARTICLES_OF_PLACES or word in words("joining_particles")
        for word in others
    )
    return name._replace(type="PERSON") if capitals and others[-1][0].isupper() else name


def _is_behind_office(first: str, others: Sequence[str]) -> bool:
    """Whether a name is an office with a capital and a surname: Premier May."""
    if first not in words("offices") or not 0 < len(others) <= _MOST_BEHIND_OFFICE:
        return False
    return all(word[0].isupper() for word in others) and not _is_no_surname(others[-1])


def is_of_relative(text: str, name: Name) -> bool:
    """Whether a word for a relative or friend stands in front of a name: haar vriend Goldman.

    Args:
        text: The cleaned text.
        name: A name of one word.

    Returns:
        Whether it does, and the name is of nothing that is known.
    """
    form = text[name.start : name.end]
    if word_before(text, name.start) not in words("relatives") or not form.istitle():
        return False
    return lookup(form) is None and form not in words("places")


def _full_names(text: str) -> Iterator[_FullName]:
    done = 0
    for match in _FIRST.finditer(text):
        if match.start() < done or not is_first_name(match.group()):
            continue
        if is_network(text, match.start()):
            continue
        full = _read(text, match.start(), match.end())
        if full is not None:
            done = full.end
            yield full


def _read(text: str, start: int, end: int) -> _FullName | None:
    """Reads on from a first name to the end of the surname."""
    for _ in range(_MOST_FIRST_NAMES):
        following = _NEXT.match(text, end)
        if following is None or not is_first_name(following[1]) or not _goes_on(text, following):
            break
        end = following.end()
    prefixes = _PREFIXES.match(text, end)
    small = False
    if prefixes is not None:
        parts = prefixes.group().replace("’", "'").split()
        while parts and parts[-1].lower() not in words("joining_particles"):
            parts.pop()
        if parts and all(part.lower() in words("joining_particles") for part in parts):
            small = parts[-1].islower()
            end += sum(len(part) + 1 for part in parts)
    surname = _NEXT.match(text, end)
    if surname is None or _is_no_surname(surname[1]):
        return None
    if surname[1].lower() in word_lists("language_words.tsv")["function"]:
        # A. Je gaat zitten. B. Je blijft staan.
        return None
    end = surname.end()
    beyond = _GOES_ON.match(text, end)
    if beyond is not None and _is_no_surname(beyond[1]):
        return None
    return _FullName(start, end, small)


def _goes_on(text: str, following: re.Match[str]) -> bool:
    """Whether more follows a second first name, so that it is no surname yet."""
    end = following.end()
    prefixes = _PREFIXES.match(text, end)
    if prefixes is not None and prefixes.group().split()[0].lower() in words("joining_particles"):
        return _NEXT.match(text, prefixes.end()) is not None
    return _NEXT.match(text, end) is not None


def _is_no_surname(word: str) -> bool:
    """Whether a word shows that the name is one of a thing: Frans Hals Museum, Emmy Awards."""
    lowered = word.lower()
    if word in words("company_endings"):
        return True
    return lowered in words("name_heads") or lowered.endswith(_head_endings())


@cache
def _head_endings() -> tuple[str, ...]:
    return tuple(head for head in sorted(words("name_heads")) if len(head) > 4)


def _is_shown(text: str, full: _FullName) -> bool:
    """Whether the words around say so: minister, wielrenster, de Chileen, zegt, won."""
    if word_after(text, full.end) in words("agent_verbs"):
        return True
    before = word_before(text, full.start)
    if not before or not text.startswith(" ", full.start - 1):
        return False
    if before[0].islower():
        return is_title(before) or is_role(before) or before in _BEFORE_SPEAKERS
    if before.startswith(_BEFORE_MAKERS):
        return True
    _, hyphen, role = before.rpartition("-")
    if hyphen and (is_title(before) or (role.islower() and is_role(role))):
        # VVD-leider, WMO-chef.
        return True
    if any(way.kind != "name" and not way.rest for way in country_lexicon().words.get(before, ())):
        return True
    opens = begins_sentence(text, full.start - 1 - len(before))
    return opens and (is_title(before) or is_role(before.lower()))


def _put_right(
    text: str, names: Sequence[Name], full: _FullName, is_listed: Callable[[str], bool]
) -> Name | None:
    """The person where the text shows one and the model has something else, or pieces.

    CEO Tim Cook, ondernemer Selim Bakker, directeur Laurens + van de + Noort.
    """
    first, last = names[0], names[-1]
    if len(names) == 1 and first.type == "OTHER" and full.start < first.start:
        # Hester + Somsen-Blok, a word that the model has no label for.
        first = first._replace(start=full.start)
    if len(names) == 1 and text.startswith(" van ", full.end) and full.end < last.end:
        # Topman Roland Busch van Siemens.
        last = last._replace(end=full.end)
    if last.end > full.end or (len(names) > 1 and first.start < full.start):
        return None
    if any(is_listed(text[name.start : name.end]) for name in names):
        return None
    titles = text[first.start : full.start].split()
    if not all(is_title(word) or is_role(word.lower()) for word in titles):
        return None
    return first._replace(start=full.start, end=full.end, type="PERSON")


def _is_organisation(form: str) -> bool:
    """Whether the lexicon knows a full name, or what it is "of": Jan De Nul, Frans van Ajax."""
    if lookup(form) is not None:
        return True
    _, of, rest = form.partition(" van ")
    return bool(of) and (lookup(rest) is not None or rest in country_lexicon().words)
