"""Joins words that were broken at the end of a line, and tells which keep their hyphen."""

import re
from functools import cache

from wiewatwaar.cleaning.stages import StageResult
from wiewatwaar.lexicon_files import rows, words
from wiewatwaar.source_text import Edit

_BROKEN = re.compile(r"(?<=[^\W_])[-‐]\n(?=[^\W\d_])")
_WORD_BEFORE = re.compile(r"[^\W_]{1,40}\Z")
_WORD_BEHIND = re.compile(r"[^\W_]{1,40}")
_PARTS = re.compile(r"[^\W_]{1,40}[-‐]\n[^\W_]{0,40}")
_WORD = re.compile(r"[^\W\d_]+(?:-[^\W\d_]+)*")

# In- en uitvoer, noord- of zuidzijde: the hyphen stands for a part that comes later.
_SHARED = re.compile(r"(?:en|of|tot|noch|als|maar)(?:[ \n]|\Z)")

# Vowels that would be read as one sound: a word has a diaeresis there, a compound a hyphen.
_COLLIDING = re.compile(r"a[aeiu]|e[eiu]|i[ei]|o[eiou]|u[iu]", re.IGNORECASE)
_DIAERESIS = dict(zip("aeiou", "äëïöü", strict=True))
_PREFIXES_BEFORE_DIAERESIS = frozenset({"be", "ge", "co", "re"})
_LATIN_ENDINGS = ("um", "us", "ums")


def join_broken_words(text: str) -> StageResult:
    """Joins a word that was broken at the end of a line (`Hon-` and `garije`).

    A hyphen that belongs to the word stays: where a capital follows (`Noord-` and `Korea`),
    behind a part that always has one (`oud-`, `NAVO-`), behind a name (`Trump-` and
    `aanhangers`), and between vowels that would be read as one (`zee-` and `egel`), but for the
    words that have a diaeresis there (`be-` and `eindigen`). What else the text itself writes
    goes before all of that.

    Args:
        text: The text, with newlines only.

    Returns:
        An edit for each broken word.
    """
    if "-\n" not in text and "‐\n" not in text:
        return StageResult()
    written = set(_WORD.findall(_PARTS.sub(" ", text)))
    edits = []
    for found in _BROKEN.finditer(text):
        place = found.start()
        if _SHARED.match(text, found.end()):
            continue
        before_found = _WORD_BEFORE.search(text, max(0, place - 40), place)
        behind_found = _WORD_BEHIND.match(text, found.end())
        if before_found is None or behind_found is None:
            continue
        joined = _joined(before_found[0], behind_found[0], written)
        if joined == f"{before_found[0]}-{behind_found[0]}":
            edits.append(Edit(place + 1, found.end(), "", "word broken at its hyphen"))
        elif joined == before_found[0] + behind_found[0]:
            edits.append(Edit(place, found.end(), "", "broken word"))
        else:
            letter = joined[len(before_found[0])]
            edits.append(Edit(place, found.end() + 1, letter, "broken word with diaeresis"))
    return StageResult(edits)


def _joined(before: str, behind: str, written: set[str]) -> str:
    """The word that was broken: as one, with its hyphen, or with a diaeresis."""
    solid, hyphened = before + behind, f"{before}-{behind}"
    if behind[0].isupper() or before[-1].isdigit() or len(before) == 1:
        in_capitals = before.isupper() and behind.isupper() and len(before) > 1
        return solid if in_capitals and _is_known(solid, written) else hyphened
    if _is_known(solid, written):
        return solid
    if hyphened in written or _keeps_hyphen(before, behind):
        return hyphened
    if _COLLIDING.match(before[-1] + behind[0]) and not behind.startswith(_LATIN_ENDINGS):
        marked = before + _DIAERESIS[behind[0]] + behind[1:] if behind[0] in _DIAERESIS else ""
        has_prefix = before.lower() in _PREFIXES_BEFORE_DIAERESIS
        return marked if marked and (has_prefix or _is_known(marked, written)) else hyphened
    is_name = before[0].isupper() and (before in written or before in words("surnames.txt"))
    return hyphened if is_name else solid


def _keeps_hyphen(before: str, behind: str) -> bool:
    if len(before) > 1 and before.isupper():
        return True
    parts = _parts()
    if before not in parts:
        return False
    without = parts[before]
    return without is None or without.match(behind) is None


def _is_known(word: str, written: set[str]) -> bool:
    """Whether the text writes a word elsewhere, or it is a name we know, or made of one."""
    forms = (word, word.capitalize(), word.removesuffix("e"), word.removesuffix("s"))
    return word in written or any(form in _names() for form in forms)


@cache
def _parts() -> dict[str, re.Pattern[str] | None]:
    """First parts that keep their hyphen, and what may follow them without one."""
    return {row[0]: re.compile(row[1]) if row[1:] else None for row in rows("hyphenated_parts.txt")}


@cache
def _names() -> frozenset[str]:
    """Names of one word: of people, towns and countries."""
    cells = [name for row in rows("countries.tsv") for cell in row for name in cell.split(", ")]
    known = words("first_names.txt") | words("surnames.txt")
    return known | words("furniture/dateline_places.txt") | frozenset(cells)
