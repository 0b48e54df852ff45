"""How a candidate lies to the names that the model found: free, the same, inside, around."""

import re
from bisect import bisect_left, bisect_right
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Literal, NamedTuple

from wiewatwaar.mentions.shapes import Standing
from wiewatwaar.mentions.trimming import Name
from wiewatwaar.spans import NamedSpan

RelationKind = Literal["free", "same", "part", "around", "against"]
"""`free`: the model says nothing; `same`: its very span; `part`: a part of a word that the model
took whole; `around`: the model has parts of it; `against`: the model names something else."""

_SHARED = re.compile(r"(?:[^\s-][^\s,]{0,40}-,? ){1,4}(?:en|of) [^\s-]\S{0,40}-\w+\Z")
# Kabinet-Rutte III: what may stand behind a joined word and still belong to it.
_NUMERAL = re.compile(r"\s[IVX]{1,5}\Z")


class Relation(NamedTuple):
    """What the model says where a candidate stands.

    Attributes:
        kind: How they lie.
        names: The model's names that overlap the candidate, in order.
    """

    kind: RelationKind
    names: Sequence[Name] = ()


FREE = Relation("free")


@dataclass(frozen=True, slots=True)
class Coverage:
    """The model's names over a text, found by place.

    Attributes:
        text: The cleaned text.
        names: Trimmed names in order, without overlaps.
        starts: Their first code points.
    """

    text: str
    names: Sequence[Name]
    starts: list[int]

    @classmethod
    def of(cls, text: str, names: Sequence[Name]) -> "Coverage":
        """Orders names for look-up."""
        return cls(text, names, [name.start for name in names])

    def overlapping(self, start: int, end: int) -> Sequence[Name]:
        """The names that share a character with a stretch."""
        first = bisect_right(self.starts, start) - 1
        if first < 0 or self.names[first].end <= start:
            first += 1
        return self.names[first : bisect_left(self.starts, end, lo=first)]

    def has(self, start: int, end: int) -> bool:
        """Whether a stretch is just one of the names."""
        place = bisect_left(self.starts, start)
        return place < len(self.names) and self.names[place][:2] == (start, end)

    def relation(self, start: int, end: int, standing: Standing) -> Relation:
        """How a candidate lies to the model's names.

        Args:
            start: First code point of the candidate.
            end: One past the last.
            standing: How it stands in its word.

        Returns:
            The relation.
        """
        names = self.overlapping(start, end)
        if not names:
            return FREE
        first = names[0]
        if len(names) == 1 and first.start == start and first.end == end:
            return Relation("same", names)
        if start <= first.start and names[-1].end <= end:
            return Relation("around", names)
        if len(names) == 1 and first.start <= start and end <= first.end:
            kind: RelationKind = "part" if self._opens(first, start, end, standing) else "against"
            return Relation(kind, names)
        if all(self._lies_within(name, start, end, standing) for name in names):
            return Relation("around", names)
        return Relation("against", names)

    def _lies_within(self, name: Name, start: int, end: int, standing: Standing) -> bool:
        """Whether a name is in the candidate, but for its end of the word they share.

        So do PvdA and GroenLinks-congres to the candidate in PvdA/GroenLinks-congres.
        """
        if start <= name.start and name.end <= end:
            return True
        beyond = self.text[name.start : start] + self.text[end : name.end]
        joined = standing.form in ("compound", "member") and name.type == "OTHER"
        return joined and not any(char.isspace() for char in beyond)

    def _opens(self, name: Name, start: int, end: int, standing: Standing) -> bool:
        """Whether the model took a word whole in which the candidate is a name of its own.

        CoNLL models call NAVO-top MISC. One that calls it an organisation is wrong only when the
        word ends or begins as a common noun does; Air France-KLM and Jean-Pierre do not.
        """
        if standing.form == "name" and not standing.others:
            return False
        before, after = self.text[name.start : start], self.text[end : name.end]
        after = _NUMERAL.sub("", after)
        if name.type == "OTHER" and _SHARED.match(self.text, name.start, name.end):
            # Oranje- en Ajax-fans.
            return standing.form == "compound"
        if any(char.isspace() for char in before + after):
            # NAVO-top Den Haag: the word that is opened is the first of them.
            opens = not before and standing.form == "compound" and standing.after[1:2].islower()
            return opens and name.type != "PERSON"
        if name.type == "OTHER" or standing.form == "member":
            return True
        if name.type == "ORGANISATION" and any(part.islower() for part in standing.others):
            return True
        last = standing.others[-1:] if standing.after else ()
        return standing.before[:1].islower() or any(part[:1].islower() for part in last)


def label_over(
    spans: Sequence[NamedSpan], starts: Sequence[int], start: int, end: int
) -> str | None:
    """The label of the model's span that covers a stretch, if one does.

    Args:
        spans: The model's spans in order, without overlaps, untrimmed.
        starts: Their first code points.
        start: First code point of the stretch.
        end: One past the last.

    Returns:
        The label or None.
    """
    index = bisect_right(starts, start) - 1
    if index >= 0 and end <= spans[index].end:
        return spans[index].label
    return None
