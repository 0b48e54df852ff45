"""From the model's spans to resolved mentions.

The layers, each a module of its own: names in lines without capitals get theirs (`small_letters`),
the model's names, trimmed (`trimming`) and put right by their shape (`joining`) and by the words
around them (`bodies`, `introduced`, `mononyms`, `things`, `results`, `apposition`, `possessors`),
what the document knows about them (`knowledge`, `occurrences`, `named`), countries and
organisations of the lexicon (`listed`), and names inside words (`shapes`, `compounds`, `closed`).
"""

from collections.abc import Sequence
from itertools import chain

from wiewatwaar.mentions.candidates import settle
from wiewatwaar.mentions.closed import closed_candidates
from wiewatwaar.mentions.evidence import gather
from wiewatwaar.mentions.listed import (
    club_candidates,
    country_candidates,
    member_candidates,
    organisation_candidates,
    owning_candidates,
)
from wiewatwaar.mentions.named import (
    famous_candidates,
    known_person_candidates,
    model_candidates,
    repeated_candidates,
)
from wiewatwaar.mentions.small_letters import with_capitals
from wiewatwaar.mentions.variants import variant_candidates
from wiewatwaar.spans import NamedSpan, ResolvedMention


def resolve(text: str, spans: Sequence[NamedSpan]) -> list[ResolvedMention]:
    """Finds the persons, organisations, countries and places that a text mentions.

    Args:
        text: The cleaned text.
        spans: What the spaCy model named in it; may be empty, then countries and organisations
            of the lexicon are still found, and persons whom the text introduces.

    Returns:
        Mentions in order of place, never overlapping. One is `found_by` the model when the
        model's own span, trimmed or joined to its other pieces, is the mention and says so; all
        others, such as a country in a compound or a name that the model missed where it stands
        again, by the lexicon.
    """
    evidence = gather(with_capitals(text, spans), spans)
    return settle(
        chain(
            country_candidates(evidence),
            organisation_candidates(evidence),
            member_candidates(evidence),
            club_candidates(evidence),
            owning_candidates(evidence),
            closed_candidates(evidence),
            model_candidates(evidence),
            repeated_candidates(evidence),
            known_person_candidates(evidence),
            famous_candidates(evidence),
            variant_candidates(evidence),
        )
    )
