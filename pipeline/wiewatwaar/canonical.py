"""What to call a person: the fullest way in which the document writes the name."""

import re
from collections.abc import Sequence
from operator import attrgetter

from wiewatwaar.people.names import PersonName, is_initial, tussenvoegsels
from wiewatwaar.people.persons import Written

# A name in capitals that is no longer than this may be spelled so (JFK).
_MAX_ABBREVIATION = 3
# What has a capital of its own: both parts of O'Brien and Hennis-Plasschaert.
_PART = re.compile(r"[^\W_]+")


def person_name(written: Sequence[Written]) -> str:
    """Chooses the canonical name of a person.

    Args:
        written: The mentions of one person, in order.

    Returns:
        A full name with a first name rather than with initials, rather than a surname alone; not
        one in capitals; of those the one with the most parts, then the most frequent, then the
        first. Where all are in capitals, the same with only the initial letters as capitals.
    """
    counts: dict[str, int] = {}
    for one in written:
        counts[one.display] = counts.get(one.display, 0) + 1
    best = max(
        sorted(written, key=attrgetter("start")),
        key=lambda one: (
            _kind(one.name),
            not one.capitals,
            # Alec Baldwins, where the document also has Alec Baldwin.
            not (one.display.endswith("s") and one.display[:-1] in counts),
            _parts(one.name),
            counts[one.display],
            not one.display.isascii(),
        ),
    )
    display = best.display
    if display[-2:] in ("'s", "’s") and len(display) > 3:
        display = display[:-2]
    if best.capitals and display.isupper() and len(display) > _MAX_ABBREVIATION:
        return _with_small_letters(display)
    return display


def _kind(name: PersonName) -> int:
    """How full a name is: with a first name, with a nickname and initials, with initials, bare."""
    if not name.given:
        return 0
    if not is_initial(name.given[0]):
        return 3
    return 2 if name.nicknames else 1


def _parts(name: PersonName) -> int:
    halves = sum(word.count("-") for word in name.surname)
    words = sum(1 if is_initial(word) else 2 for word in name.words)
    return words + 2 * halves + bool(name.suffix)


def _with_small_letters(display: str) -> str:
    """VAN DER PLAS becomes Van der Plas."""
    words = display.split(" ")
    small = [_word(word) for word in words]
    for place in range(1, len(words) - 1):
        if words[place].casefold().replace("’", "'") in tussenvoegsels():
            small[place] = words[place].lower()
    return " ".join(small)


def _word(word: str) -> str:
    return word if "." in word else _PART.sub(_initial_capital, word)


def _initial_capital(part: re.Match[str]) -> str:
    word = part[0]
    kept = 2 if word.startswith("IJ") else 1
    # The small letter of İ is an i with a second dot on it.
    return word[:kept] + word[kept:].replace("İ", "i").lower()
