"""How a name stands among the characters around it: alone, in a compound, with an ending.

Tokenizers differ in where they cut `NAVO-top`, `VVD'er` and `VVD/D66`, so this looks at
characters only. Everything costs one pass over the text; words of more than MAX_WORD characters
(addresses, keys, noise) are never looked into.
"""

import re
from bisect import bisect_right
from collections.abc import Iterator
from dataclasses import dataclass
from typing import NamedTuple

from wiewatwaar.spans import MentionForm

MAX_WORD = 80

HYPHENS = "-‐‑"
_JOINERS = HYPHENS + "/"
_APOSTROPHES = "'’‘ʼ´`"

# A word with something inside that joins, or with the hyphen of a shared part (EU- en NAVO-landen).
# CD&V is one part of one.
_PART = r"\w+(?:&\w+)*"
_JOINED = re.compile(
    rf"(?<![\w&]){_PART}(?:(?:[{_JOINERS}{_APOSTROPHES}]{_PART})+[{HYPHENS}]?|[{HYPHENS}])"
)
# Where a joined word can be: the sign that joins, behind a letter.
_JOINER = re.compile(rf"[{_JOINERS}{_APOSTROPHES}](?<=\w.)")
_MEMBER = re.compile(rf"[{_APOSTROPHES}](?:ers?|sters?|tjes?)(?!\w)", re.IGNORECASE)
_SPLIT = re.compile(rf"[{_JOINERS}{_APOSTROPHES}]")
_OPENING_QUOTES = "'‘`„“\""


class Standing(NamedTuple):
    """How a stretch of text stands in its word.

    Attributes:
        form: `name`, `compound`, `possessive` or `member`.
        others: The other parts of the word, in order.
        before: What of the word stands before the stretch, with the hyphen.
        after: What of the word stands behind it.
    """

    form: MentionForm
    others: tuple[str, ...] = ()
    before: str = ""
    after: str = ""


ALONE = Standing("name")


@dataclass(frozen=True, slots=True)
class Shapes:
    """The words of a text that are joined of parts.

    Attributes:
        text: The text.
        starts: First code point of each joined word.
        ends: One past the last code point of each.
    """

    text: str
    starts: list[int]
    ends: list[int]

    @classmethod
    def of(cls, text: str) -> "Shapes":
        """Finds the joined words of a text."""
        places = list(_joined_words(text))
        return cls(text, [start for start, _ in places], [end for _, end in places])

    def _word_at(self, place: int) -> tuple[int, int]:
        """The joined word that holds a character, or an empty stretch at that place."""
        index = bisect_right(self.starts, place) - 1
        if index >= 0 and self.ends[index] > place:
            return self.starts[index], self.ends[index]
        return place, place

    def standing(self, start: int, end: int) -> Standing | None:
        """How a stretch stands in the word or words it begins and ends in.

        Args:
            start: First code point.
            end: One past the last, after `start`.

        Returns:
            Its standing; None when it begins or ends within a part of a word, so that it can be
            no name there.
        """
        text = self.text
        place = bisect_right(self.starts, end - 1)
        if not place or self.ends[place - 1] <= start:
            # No joined word has a part of it.
            return self._alone(start, end)
        word_start, first_end = self._word_at(start)
        last_start, word_end = self._word_at(end - 1)
        if first_end - word_start > MAX_WORD or word_end - last_start > MAX_WORD:
            return None
        before = text[word_start:start] if word_start < start else ""
        after = text[end:word_end] if word_end > end else ""
        if not before and not after:
            return self._alone(start, end)
        if (before and before[-1] not in _JOINERS) or _cuts(text, start, end):
            return None
        return _joined(text[start:end], before, after)

    def _alone(self, start: int, end: int) -> Standing | None:
        text = self.text
        if _cuts(text, start, end):
            return None
        quoted = start > 0 and text[start - 1] in _OPENING_QUOTES
        hisses = text[end - 1] in "szx" or text[end - 2 : end] == "ce"
        possessive = text[end : end + 1] in ("'", "’") and hisses and not quoted
        return Standing("possessive") if possessive else ALONE


def _joined_words(text: str) -> Iterator[tuple[int, int]]:
    """Start and end of each joined word, looked for only where something joins."""
    done = 0
    for joiner in _JOINER.finditer(text):
        place = joiner.start()
        if place < done:
            continue
        # Nothing joins between `done` and here, and no joined word has a space in it.
        match = _JOINED.search(text, max(done, text.rfind(" ", done, place) + 1))
        if match is None:
            return
        yield match.span()
        done = match.end()


def _cuts(text: str, start: int, end: int) -> bool:
    """Whether a stretch begins or ends within a run of letters and digits."""
    before, after = text[start - 1 : start] if start else "", text[end : end + 1]
    return (bool(before) and before.isalnum() and text[start].isalnum()) or (
        bool(after) and after.isalnum() and text[end - 1].isalnum()
    )


def _joined(name: str, before: str, after: str) -> Standing | None:
    others = _parts(before) + _parts(after)
    if after and after[0] in _APOSTROPHES:
        member = _MEMBER.match(after)
        if member:
            rest = _parts(after[member.end() :])
            return Standing("member", _parts(before) + rest, before, after)
        if after[1:].lower() != "s":
            return None
        return Standing("possessive", _parts(before), before, after)
    if after in ("-er", "-ers") and name.isupper():
        return Standing("member", _parts(before), before, after)
    if set(before + after) & set(HYPHENS):
        return Standing("compound", others, before, after)
    return Standing("name", others, before, after)


def _parts(word: str) -> tuple[str, ...]:
    return tuple(part for part in _SPLIT.split(word) if part)
