"""Names written together with a noun, without a hyphen: Ajaxfans, Trumpaanhangers.

Dutch joins both with a hyphen or without. Without one, what follows the name must be a word that
news writes by itself, so that no longer name is cut: Philipsburg is a town.
"""

import re
from collections.abc import Iterator
from functools import cache, lru_cache

from wiewatwaar.lexicon.organisations import lookup
from wiewatwaar.mentions.candidates import Candidate, Rank
from wiewatwaar.mentions.evidence import Evidence
from wiewatwaar.mentions.word_lists import is_first_name, words
from wiewatwaar.spans import EntityType, ResolvedMention

_SHORTEST_NAME = 4
_SHORTEST_NOUN = 4
_LONGEST_WORD = 40
# Words of which it is remembered whether they can be opened.
_MOST_WORDS = 20_000
# Ajaxplein, Philipsdorp: a place of its own.
_ENDS_OF_PLACES = re.compile(
    r"(?:baan|berg|brug|burg|dijk|dorp|eiland|fabriek|gebouw|haven|hoek|huis|kade|laan|land|markt|park"
    r"|plein|polder|stad|stadion|steeg|straat|toren|veld|weg|wijk)\Z"
)


def closed_candidates(evidence: Evidence) -> Iterator[Candidate]:
    """The organisations and famous persons at the head of such words.

    Args:
        evidence: The document.

    Yields:
        Candidates in order of place.
    """
    for start, word in evidence.capital_words:
        if not _SHORTEST_NAME + _SHORTEST_NOUN <= len(word) <= _LONGEST_WORD:
            continue
        if evidence.text[start : start + len(word)] != word or not word[1:].islower():
            continue
        found = _opened(word)
        if found is None or _is_known_whole(evidence, word):
            continue
        name, type_, canonical = found
        standing = evidence.shapes.standing(start, start + len(word))
        beside = evidence.coverage.overlapping(start, start + len(word))
        alone = all((one.start, one.end) == (start, start + len(word)) for one in beside)
        if standing is None or standing.others or not alone:
            continue
        end = start + len(name)
        yield Candidate(
            Rank.INSIDE,
            ResolvedMention(
                start=start,
                end=end,
                type=type_,
                form="compound",
                label=evidence.label(start, end),
                found_by="lexicon",
                name=canonical,
            ),
        )


@lru_cache(maxsize=_MOST_WORDS)
def _opened(word: str) -> tuple[str, EntityType, str] | None:
    """The name that a word begins with, its type, and the name to group by."""
    for end in range(len(word) - _SHORTEST_NOUN, _SHORTEST_NAME - 1, -1):
        noun = word[end:]
        if noun not in _nouns():
            continue
        name = word[:end]
        if name in words("surnames"):
            return name, "PERSON", name
        known = lookup(name)
        if known is not None and (not known.ambiguous or _is_of_bodies(noun)):
            return name, "ORGANISATION", known.name
    return None


def _is_of_bodies(noun: str) -> bool:
    """Whether a noun says that a name, which is a word too, is an organisation's: fans, spits."""
    return noun in words("role_nouns") or noun in words("players")


@cache
def _nouns() -> frozenset[str]:
    lists = ("common_words", "players", "possessed_words", "role_nouns")
    return frozenset(
        word
        for name in lists
        for word in words(name)
        if len(word) >= _SHORTEST_NOUN and word.isalpha() and not _ENDS_OF_PLACES.search(word)
    )


def _is_known_whole(evidence: Evidence, word: str) -> bool:
    """Whether the whole word is a name, or a word of its own."""
    lists = ("places", "surnames", "common_surnames", "things")
    if lookup(word) is not None or is_first_name(word):
        return True
    return word.lower() in words("common_words") or any(word in words(name) for name in lists)
