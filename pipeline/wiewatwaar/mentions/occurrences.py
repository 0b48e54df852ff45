"""Names that the document knows, wherever they stand again."""

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from typing import NamedTuple

from wiewatwaar.mentions.trimming import ends_in_genitive_s

# A word that begins as names do: with anything but a small letter.
# That no word goes on there is asked behind the letter: the search then skips to capitals.
_WORD = re.compile(r"[^\W_a-zß-öø-ÿ](?<!\w.)\w*")


_APOSTROPHES = "’‘ʼ´`"


def with_plain_apostrophes(text: str) -> str:
    """Writes every apostrophe in one way, each character in its own place.

    Args:
        text: A text or a name.

    Returns:
        The same with straight apostrophes.
    """
    if text.isascii() and "`" not in text:
        return text
    for apostrophe in _APOSTROPHES:
        text = text.replace(apostrophe, "'")
    return text


def capital_words(text: str) -> list[tuple[int, str]]:
    """Finds the words that begin as names do: with anything but a small letter.

    Args:
        text: A text.

    Returns:
        The first code point of each, and the word.
    """
    return [(word.start(), word.group()) for word in _WORD.finditer(text)]


class Occurrence(NamedTuple):
    """A place where a known name stands.

    Attributes:
        start: First code point.
        end: One past the last; the s of possession is outside.
        form: The name as the document knows it.
        genitive: Whether an s of possession follows: Ruttes.
    """

    start: int
    end: int
    form: str
    genitive: bool = False


class _Entry(NamedTuple):
    """The names that have one word at one place in them: looked up by length, not one by one."""

    offset: int
    length: int
    forms: set[str]


@dataclass(slots=True)
class NameIndex:
    """Known names by a word in them that begins with a capital.

    One pass over the capitalised words of a text finds them all, however many there are.
    """

    _entries: dict[str, list[_Entry]] = field(default_factory=dict)

    @classmethod
    def of(cls, forms: Iterable[str], by_longest: bool = False) -> "NameIndex":
        """Indexes names.

        Args:
            forms: Names.
            by_longest: Whether the longest such word finds a name, not the first one: of many
                names that begin with De and The that is looked at less often.

        Returns:
            The index; the longest name that fits is found first.
        """
        grouped: dict[tuple[str, int, int], set[str]] = {}
        for form in forms:
            word = _WORD.search(form)
            if word is not None and by_longest:
                word = max(_WORD.finditer(form), key=lambda found: len(found.group()))
            if word is not None:
                grouped.setdefault((word.group(), word.start(), len(form)), set()).add(form)
        index = cls()
        for (token, offset, length), alike in sorted(grouped.items(), key=_longest_first):
            index._entries.setdefault(token, []).append(_Entry(offset, length, alike))
        return index

    def find(
        self, text: str, words: Sequence[tuple[int, str]] | None = None
    ) -> Iterator[Occurrence]:
        """Finds the known names in a text.

        Args:
            text: The cleaned text, or a line of it.
            words: Its `capital_words`, where they are known.

        Yields:
            Occurrences in order of the word they are found by; they may overlap.
        """
        entries = self._entries
        if not entries:
            return
        for place, token in capital_words(text) if words is None else words:
            if token in entries:
                found = _at(text, place, entries[token])
                if found is not None:
                    yield found
            elif token[-1] == "s" and token[:-1] in entries:
                found = _at(text, place, entries[token[:-1]])
                if found is not None and found.genitive:
                    yield found


def _longest_first(item: tuple[tuple[str, int, int], set[str]]) -> tuple[int, int, str]:
    token, offset, length = item[0]
    return -length, offset, token


def _at(text: str, place: int, entries: list[_Entry]) -> Occurrence | None:
    """The longest of some names that stands at a place."""
    for offset, length, forms in entries:
        start = place - offset
        end = start + length
        form = text[start:end] if start >= 0 else ""
        if form not in forms:
            continue
        if start and text[start - 1].isalnum() and text[start].isalnum():
            continue
        following = text[end : end + 1]
        if not following.isalnum():
            return Occurrence(start, end, form)
        whole = following == "s" and not text[end + 1 : end + 2].isalnum()
        if whole and ends_in_genitive_s(text, start, end + 1, form.__eq__):
            return Occurrence(start, end, form, genitive=True)
    return None


_STARTERS = ".!?:;\n•|…–—"
_SKIPPED = " \t\"'“”„‘’«»([-*"


def begins_sentence(text: str, start: int) -> bool:
    """Whether a word stands where every word has a capital: first in its sentence or line.

    Args:
        text: The cleaned text.
        start: First code point of the word.

    Returns:
        Whether only spaces and quotation marks are between it and the sentence before.
    """
    place = start - 1
    while place >= 0 and place > start - 12 and text[place] in _SKIPPED:
        place -= 1
    return place < 0 or text[place] in _STARTERS
