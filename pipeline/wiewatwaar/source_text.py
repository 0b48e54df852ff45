"""Cleaned text that knows where in the source each of its characters came from."""

from bisect import bisect_left, bisect_right
from collections.abc import Iterable
from operator import itemgetter
from typing import NamedTuple


class Edit(NamedTuple):
    """One change to a text: `text[start:end]` becomes `replacement`.

    Attributes:
        start: First code point that changes, in the text the edit is applied to.
        end: One past the last; equal to `start` for an insertion.
        replacement: What comes in its place; empty for a deletion.
        rule: Name of the rule that asks for it, for `explain`.
    """

    start: int
    end: int
    replacement: str = ""
    rule: str = ""


# A run of cleaned text and the run of source text it came from: start in the cleaned text, start
# and end in the source, and whether it is verbatim. A verbatim piece has the same characters on
# both sides, so that each one maps to its own, and its end in the source is not used; every
# character of another piece maps to the whole of the source run, which is empty for inserted text.
_Piece = tuple[int, int, int, bool]


class EditError(ValueError):
    """Edits that overlap, or lie outside the text."""


class SourceText:
    """A cleaned text, and the place in its source of every character.

    Immutable: `edit` returns a new one. Edits compose: whatever stack of stages made the text,
    `to_source` leads from a span of it to the span of the original source.
    """

    __slots__ = ("_pieces", "_starts", "source", "text")

    source: str
    text: str

    def __init__(self, source: str) -> None:
        """Starts from a source text that nothing has changed yet.

        Args:
            source: The text as it was read.
        """
        self.source = source
        self.text = source
        self._pieces: list[_Piece] = [(0, 0, 0, True)] if source else []
        self._starts = [0] if source else []

    @classmethod
    def _composed(cls, source: str, text: str, pieces: list[_Piece]) -> "SourceText":
        made = cls.__new__(cls)
        made.source = source
        made.text = text
        made._pieces = pieces
        made._starts = [piece[0] for piece in pieces]
        return made

    def __len__(self) -> int:
        """The number of code points of the cleaned text."""
        return len(self.text)

    def __repr__(self) -> str:
        """The cleaned text, shortened."""
        shown = self.text if len(self.text) <= 40 else self.text[:39] + "…"
        return f"SourceText({shown!r}, {len(self.text)} of {len(self.source)} characters)"

    def edit(self, edits: Iterable[Edit]) -> "SourceText":
        """Applies edits, all in the coordinates of the text as it is now.

        Costs O(n log n) in the number of edits, plus one pass over the pieces of the text.

        Args:
            edits: Changes in any order. Two may touch, not overlap; insertions at one place
                keep their order.

        Returns:
            The changed text, over the same source.

        Raises:
            EditError: Two edits overlap, or one lies outside the text.
        """
        # Sorting is stable: insertions at one place keep their order.
        ordered = sorted(edits, key=itemgetter(0, 1))
        if not ordered:
            return self
        parts: list[str] = []
        pieces: list[_Piece] = []
        done = length = index = 0
        for start, end, replacement, _ in ordered:
            if not done <= start <= end <= len(self.text):
                raise EditError(
                    f"edit {start}:{end} overlaps another or lies outside the "
                    f"{len(self.text)} characters of the text"
                )
            if done < start:
                parts.append(self.text[done:start])
                index = self._keep(done, start, index, length, pieces)
                length += start - done
            if replacement:
                pieces.append((length, *self._replaced(start, end), False))
                parts.append(replacement)
                length += len(replacement)
            done = end
        if done < len(self.text):
            parts.append(self.text[done:])
            self._keep(done, len(self.text), index, length, pieces)
        return self._composed(self.source, "".join(parts), pieces)

    def _keep(self, start: int, end: int, index: int, length: int, pieces: list[_Piece]) -> int:
        """Copies the pieces of what lies between two edits; returns the last one's number."""
        old, starts = self._pieces, self._starts
        count = len(old)
        while index + 1 < count and starts[index + 1] <= start:
            index += 1
        shift = length - start
        piece_start, source_start, source_end, verbatim = old[index]
        if verbatim:
            source_start += start - piece_start
        pieces.append((length, source_start, source_end, verbatim))
        while index + 1 < count and starts[index + 1] < end:
            index += 1
            piece_start, source_start, source_end, verbatim = old[index]
            pieces.append((piece_start + shift, source_start, source_end, verbatim))
        return index

    def _replaced(self, start: int, end: int) -> tuple[int, int]:
        """The source span that an edit's replacement stands for."""
        if start < end:
            return self.to_source(start, end)
        before = self._source_before(start)
        after = self.to_source(start, start + 1)[0] if start < len(self.text) else before
        # Between parts of one replacement, no place is before the one and behind the other.
        return (after, before) if start and after < before else (before, before)

    def _source_before(self, place: int) -> int:
        """The place in the source where text inserted at `place` would stand."""
        index = bisect_right(self._starts, place - 1) - 1
        if place == 0 or index < 0:
            return 0
        piece_start, source_start, source_end, verbatim = self._pieces[index]
        return source_start + place - piece_start if verbatim else source_end

    def to_source(self, start: int, end: int) -> tuple[int, int]:
        """Leads a span of the cleaned text back to the source.

        A span that runs across something deleted maps to the source span that covers it, with
        what was deleted inside.

        Args:
            start: First code point, in the cleaned text.
            end: One past the last code point.

        Returns:
            The smallest span of the source that holds every character the cleaned span came
            from, half-open. An empty span gives an empty span.

        Raises:
            IndexError: The span lies outside the cleaned text.
        """
        if not 0 <= start <= end <= len(self.text):
            raise IndexError(f"span {start}:{end} outside the {len(self.text)} characters")
        if start == end:
            place = self._source_before(start)
            return place, place
        first = bisect_right(self._starts, start) - 1
        piece_start, source_start, source_end, verbatim = self._pieces[first]
        if verbatim:
            source_start += start - piece_start
        last = bisect_right(self._starts, end - 1, first) - 1
        piece_start, last_start, source_end, verbatim = self._pieces[last]
        return source_start, (last_start + end - piece_start if verbatim else source_end)

    def to_cleaned(self, start: int, end: int) -> tuple[int, int] | None:
        """Leads a span of the source to what is left of it in the cleaned text.

        Args:
            start: First code point, in the source.
            end: One past the last code point.

        Returns:
            The span of the cleaned text with every character that came from it, half-open; None
            when nothing is left.
        """
        # Places only grow, so that halving finds where the span begins and ends.
        places = range(len(self.text))
        first = bisect_right(places, start, key=lambda place: self.to_source(place, place + 1)[1])
        last = bisect_left(places, end, key=lambda place: self.to_source(place, place + 1)[0])
        return (first, last) if first < last else None
