"""Reads what country words say: the longest name, shared parts, endings and joined words."""

import re
import unicodedata
from collections.abc import Sequence
from typing import NamedTuple

from wiewatwaar.lexicon.countries import STEM_LETTERS, CountryLexicon, CountryWord, word_lists

LETTERS = r"\w\u0300-\u036f"
"""Letters with combining accents behind them too: a text may be decomposed (NFD)."""

_MOST_ACCENTS = 3
_NEXT_WORD = re.compile(
    rf"(?:-[ \n]?|[ \t\xa0\u202f]{{1,2}}\n?|\n|\.[ \xa0])([{LETTERS}]+(?:'[{LETTERS}]+)*)"
)
_SHARED_PART = re.compile(r"-?,? ?(?:(?:en|of|én|noch|als|versus|tegen) )([A-Z]\w+)-(\w+)")
_SHARED_TAIL = re.compile(r"(?:,| (?:en|of|én|noch)) -([A-Z]\w+)")


class Reading(NamedTuple):
    """Words of the text that are in the lexicon.

    Attributes:
        start: First code point of what is shown.
        end: One past its last.
        words_end: Where to read on, behind an ending.
        word: What the lexicon says.
        ending: What the last word has behind the name: an s, or a joined noun.
    """

    start: int
    end: int
    words_end: int
    word: CountryWord
    ending: str = ""


def read(text: str, start: int, end: int, written: str, lexicon: CountryLexicon) -> Reading | None:
    """Reads the longest form of the lexicon that begins with a word.

    Args:
        text: The text.
        start: First code point of the word.
        end: One past its last.
        written: The word.
        lexicon: The lexicon.

    Returns:
        What was read, or None.
    """
    word = written if written.isascii() else unicodedata.normalize("NFC", written)
    ways = lexicon.words.get(word, ())
    following = _NEXT_WORD.match(text, end) if len(ways) > 1 or (ways and ways[0].rest) else None
    initial = following[1][0].lower() if following else ""
    best: Reading | None = None
    for way in ways:
        if best is not None and len(way.rest) < len(best.word.rest):
            break
        if way.rest[0][0] == initial if way.rest else way.before:
            reading = _read_way(text, start, end, way)
            # Nieuw-Zeelands is the adjective before it is the possessive of Nieuw-Zeeland.
            if reading is not None and (best is None or not reading.ending):
                best = reading
                if not reading.ending:
                    break
    if best is not None:
        return best
    shared = _read_shared(text, start, end, word, ways)
    if shared is not None:
        return shared
    for way in ways:
        if not way.rest and not way.before:
            return Reading(start, end, end, way)
    return _read_with_ending(start, end, written, lexicon)


def _read_way(text: str, start: int, end: int, way: CountryWord) -> Reading | None:
    if way.before:
        context = text[max(0, start - len(way.before) - 1) : start].replace("\n", " ").lower()
        if not context.endswith(way.before) or context[: -len(way.before)].isalnum():
            return None
    if not way.rest:
        return Reading(start, end, end, way)
    ending = ""
    for expected in way.rest:
        if ending:
            return None
        following = _NEXT_WORD.match(text, end)
        if following is None:
            return None
        end = following.end()
        length = _length_of(expected, following[1])
        ending = following[1][length:]
        if not length or (ending and (way.kind != "name" or not _is_ending(expected, ending))):
            return None
    return Reading(start, end - len(ending), end, way, ending)


def _length_of(expected: str, word: str) -> int:
    """How many code points of a word write what is expected, whatever its case; 0: it does not."""
    if word[: len(expected)].lower() == expected:
        return len(expected)
    if word.isascii():
        return 0
    # Decomposed: each accent is a code point more.
    for length in range(len(expected) + 1, min(len(word), len(expected) + _MOST_ACCENTS) + 1):
        if unicodedata.normalize("NFC", word[:length]).lower() == expected:
            return length
    return 0


def _read_shared(
    text: str, start: int, end: int, word: str, ways: Sequence[CountryWord]
) -> Reading | None:
    """Reads the Noord- of Noord- en Zuid-Korea."""
    lists = word_lists("country_parts.tsv")
    if word.lower() not in lists["shared"]:
        return None
    other = _SHARED_PART.match(text, end)
    if other is None or other[1].lower() not in lists["shared"]:
        return None
    for way in ways:
        if len(way.rest) != 1 or way.country is None:
            continue
        length = _length_of(way.rest[0], other[2])
        ending = other[2][length:]
        if length and (not ending or (way.kind == "name" and _is_ending(way.rest[0], ending))):
            shown = end + 1 if text.startswith("-", end) else end
            return Reading(start, shown, shown, way)
    return None


def read_tail(text: str, end: int, first: str, lexicon: CountryLexicon) -> Reading | None:
    """Reads the -Kinshasa of Congo-Brazzaville en -Kinshasa."""
    tail = _SHARED_TAIL.match(text, end)
    if tail is None:
        return None
    for way in lexicon.words.get(first, ()):
        if way.rest == (tail[1].lower(),):
            return Reading(tail.start(1) - 1, tail.end(), tail.end(), way)
    return None


def _read_with_ending(start: int, end: int, word: str, lexicon: CountryLexicon) -> Reading | None:
    """Reads one word that holds the name of a country: Ruslands, China's, Syriëganger."""
    longest = min(len(word) - 1, lexicon.longest + _MOST_ACCENTS)
    for length in range(longest, STEM_LETTERS - 1 if "'" not in word else 1, -1):
        name, ending = unicodedata.normalize("NFC", word[:length]), word[length:]
        for way in lexicon.words.get(name, ()):
            if way.country is None or way.rest or way.before or way.kind == "adjective":
                continue
            if _is_ending(name, ending, possessive=way.kind == "name"):
                return Reading(start, end - len(ending), end, way, ending)
    return None


def _is_ending(name: str, ending: str, *, possessive: bool = True) -> bool:
    ending = ending.lower()
    if ending == "'s":
        return possessive
    if ending == "s":
        return possessive and name[-1].lower() not in "aiouysxz'"
    return any(ending.startswith(head) for head in word_lists("country_parts.tsv")["heads"])
