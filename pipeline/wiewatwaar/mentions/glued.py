"""Two names side by side that a model takes for one: Gisteren heeft Van Dalen Trump gebeld."""

from collections.abc import Mapping, Sequence

from wiewatwaar.mentions.knowledge import surnames
from wiewatwaar.mentions.trimming import Name
from wiewatwaar.mentions.word_lists import is_first_name, words
from wiewatwaar.spans import SpanType

# A longer one is no name, and not looked into.
_MOST_WORDS = 8
_SHORTEST_HALF = 3


def apart(text: str, names: Sequence[Name]) -> list[Name]:
    """Takes the names of two persons apart where the document has each by itself.

    Args:
        text: The cleaned text.
        names: Trimmed names, in order, without overlaps.

    Returns:
        Names in order, without overlaps.
    """
    if "_" in text:
        types = {text[name.start : name.end]: name.type for name in reversed(names)}
        names = [half for name in names for half in _halves(text, name, types)]
    persons = {text[name.start : name.end] for name in names if name.type == "PERSON"}
    names = _without_directions(text, names, persons)
    doubted = {form: cuts for form in persons if " " in form and (cuts := _cuts(form, persons))}
    if not doubted:
        return list(names)
    surnames_here = {
        surname for form in persons if " " in form for surname in surnames(form.split(" "))
    }
    found: list[Name] = []
    for name in names:
        form = text[name.start : name.end]
        cuts = doubted.get(form, []) if name.type == "PERSON" else []
        cut = next((c for c in cuts if _is_whole(form, c, persons, surnames_here)), 0)
        if not cut:
            found.append(name)
            continue
        found.append(name._replace(end=name.start + cut, form="name"))
        found.append(name._replace(start=name.start + cut + 1))
    return found


def _without_directions(text: str, names: Sequence[Name], persons: set[str]) -> list[Name]:
    """The names of persons without where they go, which a model takes for one thing with them.

    Joris Zomer is blij. Nu gaat Zomer naar Griekenland.
    """
    full = {form.rpartition(" ")[2] for form in persons if " " in form}
    if not full:
        return list(names)
    found: list[Name] = []
    for name in names:
        form = text[name.start : name.end]
        first, to, _ = form.partition(" naar ")
        if name.type == "OTHER" and to and first in full:
            name = name._replace(end=name.start + len(first), type="PERSON")
        found.append(name)
    return found


def _halves(text: str, name: Name, types: Mapping[str, SpanType]) -> list[Name]:
    """The names on both sides of a line below, as they are elsewhere: Murray_Williams."""
    first, line, second = text[name.start : name.end].partition("_")
    if not line or not (first.istitle() and second.istitle() and len(second) >= _SHORTEST_HALF):
        # Roelof_G is the name of a user.
        return [name]
    place = name.start + len(first)
    return [
        name._replace(end=place, type=types.get(first, name.type), form="name"),
        name._replace(start=place + 1, type=types.get(second, name.type)),
    ]


def _cuts(form: str, persons: set[str]) -> list[int]:
    """The places between two words of a name behind which another known name stands."""
    places: list[int] = []
    place = form.find(" ") if form.count(" ") < _MOST_WORDS else -1
    while place > 0:
        second = form[place + 1 :]
        if second in words("surnames") or (" " in second and second in persons):
            places.append(place)
        place = form.find(" ", place + 1)
    return places


def _is_whole(form: str, cut: int, persons: set[str], surnames_here: set[str]) -> bool:
    """Whether what stands first is a person's name by itself, not first names of the second."""
    first, second = form[:cut], form[cut + 1 :]
    if " " not in first:
        # Igna alone may be a first name that is in no list.
        sure = first in surnames_here or first in words("surnames")
        return sure and first in persons and not is_first_name(first)
    if first not in persons:
        return first in surnames_here
    if not all(map(is_first_name, first.split(" "))):
        return True
    # Rudolf K. and Anna Vos, but not J.P. and Donner.
    return " " in second and is_first_name(second.partition(" ")[0])
