"""Cleaned text that knows where in the source each of its characters came from."""

from bisect import bisect_right
from collections.abc import Iterable
from dataclasses import dataclass
from operator import attrgetter
from typing import NamedTuple


@dataclass(frozen=True, slots=True)
class Edit:
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


class _Piece(NamedTuple):
    """A run of cleaned text and the run of source text it came from.

    A `verbatim` piece has the same characters on both sides, so that each one maps to its own;
    every character of another piece maps to the whole of the source run, which is empty for
    inserted text.
    """

    start: int
    end: int
    source_start: int
    source_end: int
    verbatim: bool


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
        self._pieces = [_Piece(0, len(source), 0, len(source), True)] if source else []
        self._starts = [piece.start for piece in self._pieces]

    @classmethod
    def _composed(cls, source: str, text: str, pieces: list[_Piece]) -> "SourceText":
        made = cls.__new__(cls)
        made.source = source
        made.text = text
        made._pieces = pieces
        made._starts = [piece.start for piece in pieces]
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
        ordered = sorted(edits, key=attrgetter("start", "end"))
        if not ordered:
            return self
        self._check(ordered)
        parts: list[str] = []
        pieces: list[_Piece] = []
        done = length = index = 0
        for change in ordered:
            index, length = self._keep(done, change.start, index, length, parts, pieces)
            if change.replacement:
                source_start, source_end = self._replaced(change)
                pieces.append(
                    _Piece(
                        length, length + len(change.replacement), source_start, source_end, False
                    )
                )
                parts.append(change.replacement)
                length += len(change.replacement)
            done = change.end
        self._keep(done, len(self.text), index, length, parts, pieces)
        return self._composed(self.source, "".join(parts), pieces)

    def _check(self, ordered: list[Edit]) -> None:
        done = 0
        for change in ordered:
            if not done <= change.start <= change.end <= len(self.text):
                raise EditError(
                    f"edit {change.start}:{change.end} overlaps another or lies outside the "
                    f"{len(self.text)} characters of the text"
                )
            done = change.end

    def _keep(
        self,
        start: int,
        end: int,
        index: int,
        length: int,
        parts: list[str],
        pieces: list[_Piece],
    ) -> tuple[int, int]:
        """Copies what lies between two edits; returns the next piece and the new length."""
        if start < end:
            parts.append(self.text[start:end])
        while index < len(self._pieces) and self._pieces[index].end <= start:
            index += 1
        while index < len(self._pieces) and self._pieces[index].start < end:
            piece = self._pieces[index]
            first, last = max(piece.start, start), min(piece.end, end)
            if piece.verbatim:
                source_start = piece.source_start + first - piece.start
                source_end = source_start + last - first
            else:
                source_start, source_end = piece.source_start, piece.source_end
            pieces.append(
                _Piece(length, length + last - first, source_start, source_end, piece.verbatim)
            )
            length += last - first
            if piece.end > end:
                break
            index += 1
        return index, length

    def _replaced(self, change: Edit) -> tuple[int, int]:
        """The source span that an edit's replacement stands for."""
        if change.start < change.end:
            return self.to_source(change.start, change.end)
        before, after = self._source_before(change.start), self._source_after(change.start)
        # Within one replacement, or between the parts of it, no place is before another.
        return min(before, after), before

    def _source_before(self, place: int) -> int:
        """The place in the source where text inserted at `place` would stand."""
        index = bisect_right(self._starts, place - 1) - 1
        if place == 0 or index < 0:
            return 0
        piece = self._pieces[index]
        return piece.source_start + place - piece.start if piece.verbatim else piece.source_end

    def _source_after(self, place: int) -> int:
        """The place in the source where what stands behind `place` begins."""
        index = bisect_right(self._starts, place) - 1
        if index < 0 or place >= len(self.text):
            return len(self.source)
        piece = self._pieces[index]
        return piece.source_start + (place - piece.start if piece.verbatim else 0)

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
        first = self._pieces[bisect_right(self._starts, start) - 1]
        last = self._pieces[bisect_right(self._starts, end - 1) - 1]
        source_start, source_end = first.source_start, last.source_end
        if first.verbatim:
            source_start += start - first.start
        if last.verbatim:
            source_end = last.source_start + end - last.start
        return source_start, source_end
