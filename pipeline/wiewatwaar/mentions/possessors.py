"""Towns and clubs with the s of possession, taken for persons: Genks middenvelder, Madrids wijken.

A word of that form is a surname only where no list knows it without its s.
"""

from collections.abc import Collection, Iterator, Sequence

from wiewatwaar.lexicon.organisations import lookup, organisations
from wiewatwaar.mentions.neighbours import word_after
from wiewatwaar.mentions.trimming import Name
from wiewatwaar.mentions.word_lists import is_first_name, words


def with_possessors(text: str, names: Sequence[Name]) -> list[Name]:
    """Makes places and organisations of such persons, and parts them from the person behind.

    Args:
        text: The cleaned text.
        names: Trimmed names, in order, without overlaps.

    Returns:
        Names in order, without overlaps.
    """
    if not any(name.type == "PERSON" and _whose(text, name) for name in names):
        return list(names)
    starts = {name.start for name in names if name.type == "PERSON"}
    last_words = {
        text[name.start : name.end].rpartition(" ")[2]
        for name in names
        if name.type == "PERSON" and not _whose(text, name)
    }
    return [part for name in names for part in _parts(text, name, starts, last_words)]


def _whose(text: str, name: Name) -> str:
    """The town or club that a person's name is or begins with; empty where it is none."""
    word = text[name.start : name.end].partition(" ")[0]
    bare = word[:-1]
    if name.form != "name" or not word.endswith("s") or is_first_name(bare):
        return ""
    if is_known_whole(word) or not (bare in words("places") or is_club(bare)):
        return ""
    return bare


def _parts(
    text: str, name: Name, starts: Collection[int], last_words: Collection[str]
) -> Iterator[Name]:
    bare = _whose(text, name) if name.type == "PERSON" else ""
    if not bare:
        yield name
        return
    end = name.start + len(bare)
    whose = name._replace(end=end, form="possessive")
    if end + 1 < name.end:
        # Liverpools Slot.
        rest = text[end + 2 : name.end]
        known = rest in words("surnames") or rest in words("common_surnames")
        if known or rest in last_words or is_first_name(rest.partition(" ")[0]):
            yield whose._replace(type="ORGANISATION")
            name = name._replace(start=end + 2)
        yield name
        return
    owned = word_after(text, name.end) if text.startswith(" ", name.end) else ""
    plays = owned in words("players") or (name.end + 1) in starts
    if plays or (is_club(bare) and owned in words("organisation_possessions")):
        yield whose._replace(type="ORGANISATION")
    elif bare in words("places") and owned[:1].islower():
        yield whose._replace(type="LOCATION")
    else:
        yield name


def is_known_whole(form: str) -> bool:
    """Whether a list knows a form as it is, as a surname or anything else.

    Args:
        form: A form that ends in s.

    Returns:
        Whether it does.
    """
    lists = ("places", "surnames", "common_surnames", "name_endings_s")
    return lookup(form) is not None or any(form in words(name) for name in lists)


def is_club(form: str) -> bool:
    """Whether a form is that of a club, or of a town whose club goes by its name.

    Args:
        form: A form without its ending.

    Returns:
        Whether it is.
    """
    known = lookup(form)
    return known is not None and organisations().organisations[known.name].kind == "sports"
