"""Two names side by side that a model takes for one: Gisteren heeft Van Dalen Trump gebeld."""

from collections.abc import Iterator, Sequence

from wiewatwaar.mentions.knowledge import surnames
from wiewatwaar.mentions.trimming import Name
from wiewatwaar.mentions.word_lists import is_first_name, words

# A longer one is no name, and not looked into.
_MOST_WORDS = 8


def apart(text: str, names: Sequence[Name]) -> list[Name]:
    """Takes the names of two persons apart where the document has each by itself.

    Args:
        text: The cleaned text.
        names: Trimmed names, in order, without overlaps.

    Returns:
        Names in order, without overlaps.
    """
    longer = [
        name for name in names if name.type == "PERSON" and " " in text[name.start : name.end]
    ]
    if not longer:
        return list(names)
    persons = {text[name.start : name.end] for name in names if name.type == "PERSON"}
    surnames_here = {
        surname for form in persons if " " in form for surname in surnames(form.split(" "))
    }
    found: list[Name] = []
    for name in names:
        form = text[name.start : name.end]
        cut = next(_cuts(form, persons, surnames_here), 0) if name.type == "PERSON" else 0
        if not cut:
            found.append(name)
            continue
        found.append(name._replace(end=name.start + cut, form="name"))
        found.append(name._replace(start=name.start + cut + 1))
    return found


def _cuts(form: str, persons: set[str], surnames_here: set[str]) -> Iterator[int]:
    """The places between two words at which a name falls apart into two known ones."""
    tokens = form.split(" ")
    if not 2 <= len(tokens) <= _MOST_WORDS:
        return
    place = 0
    for index, token in enumerate(tokens[:-1]):
        place += len(token) + (index > 0)
        first, second = form[:place], form[place + 1 :]
        if not _is_whole(first, second, persons, surnames_here):
            continue
        if second in words("surnames") or (second in persons and " " in second):
            yield place


def _is_whole(first: str, second: str, persons: set[str], surnames_here: set[str]) -> bool:
    """Whether what stands first is a person's name by itself, not first names of the second."""
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
