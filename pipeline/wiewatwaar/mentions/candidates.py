"""Candidates for mentions, and which of two that overlap counts."""

from bisect import bisect_right
from collections.abc import Iterable
from enum import IntEnum
from typing import NamedTuple

from wiewatwaar.spans import ResolvedMention


class Rank(IntEnum):
    """What goes before what where candidates overlap; of the same rank, the longer."""

    KNOWN = 0
    """Countries and organisations of the lexicon, and known names of more than one word."""
    INSIDE = 1
    """A name in a word that the model took whole."""
    MODEL = 2
    """The model's own name."""
    REPEATED = 3
    """A known name of one word where the model says nothing."""


class Candidate(NamedTuple):
    """A mention that may be there.

    Attributes:
        rank: What it goes before.
        mention: The mention.
    """

    rank: Rank
    mention: ResolvedMention


def settle(candidates: Iterable[Candidate]) -> list[ResolvedMention]:
    """Chooses mentions that do not overlap.

    Args:
        candidates: In any order.

    Returns:
        The chosen mentions in order of place.
    """
    ordered = sorted(
        candidates,
        key=lambda one: (one.rank, one.mention.start - one.mention.end, one.mention.start),
    )
    starts: list[int] = []
    chosen: list[ResolvedMention] = []
    for _, mention in ordered:
        place = bisect_right(starts, mention.start)
        if place and chosen[place - 1].end > mention.start:
            continue
        if place < len(starts) and starts[place] < mention.end:
            continue
        starts.insert(place, mention.start)
        chosen.insert(place, mention)
    return chosen
