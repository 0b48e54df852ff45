"""Organisations that are also common words, shown by the words around them: voorzitter van Volt."""

import re
from collections.abc import Iterator, Sequence

from wiewatwaar.lexicon.organisations import OrganisationMatch, organisations
from wiewatwaar.mentions.common_words import may_act
from wiewatwaar.mentions.evidence import Evidence
from wiewatwaar.mentions.neighbours import word_after, word_before
from wiewatwaar.mentions.occurrences import begins_sentence
from wiewatwaar.mentions.word_lists import is_role, titles, words

_BETWEEN = re.compile(
    r"(?:-[a-z]{0,20})?(?:, ?| ?/ ?| ?[-–] ?|,? (?:en|of|tegen|als|noch|met) )(?:(?:de|het) )?\Z"
)
_LONGEST_BETWEEN = 32
_KINDS_IN_ONE_BREATH = frozenset({"politics", "sports"})
_OF = (" van ", " bij ", " voor ")
_SHARES = re.compile(
    r"\b(?:aandeel|aandelen|belang|\w{1,20}belang|investering|investeringen) in \Z"
)
_BODIES = frozenset({"namens", "partij", "krant", "bedrijf", "concern", "fabrikant", "keten"})
_BEFORE_BRACKET = re.compile(r"[A-ZÀ-ÖØ-Þ][\w.’'-]* \(\Z")
_WORD_CHARACTERS = 40


def shown_by_context(evidence: Evidence) -> dict[int, str]:
    """Finds the organisations of the lexicon that need evidence, and have it in their sentence.

    Args:
        evidence: The document.

    Returns:
        Their canonical names, by the place where they stand.
    """
    return {
        match.start: match.name
        for place, match in enumerate(evidence.organisations)
        if match.ambiguous and _is_shown(evidence, place)
    }


def _is_shown(evidence: Evidence, place: int) -> bool:
    match = evidence.organisations[place]
    text, start, end = evidence.text, match.start, match.end
    if is_in_brackets(text, start, end):
        return True
    form = text[start:end]
    party = organisations().organisations[match.name].kind == "politics"
    person = evidence.knowledge.types.get(form) == "PERSON"
    if person and (form in evidence.knowledge.surnames or not party):
        return False
    if _belongs_to_somebody(evidence, start) or _is_among_its_kind(evidence, place):
        return True
    return not person and _has_own_capital(text, start, end)


def _belongs_to_somebody(evidence: Evidence, start: int) -> bool:
    """Whether a role, a member or a word for such a body stands in front."""
    text = evidence.text
    before = word_before(text, start)
    if before in _BODIES:
        return True
    if is_owner(text, start):
        return True
    of = next((of for of in _OF if text.endswith(of, 0, start)), "")
    if not of:
        return False
    end = start - len(of)
    role = word_before(text, end + 1)
    if begins_sentence(text, end - len(role)):
        role = role.lower()
    if role[:1].islower():
        if role in words("relatives"):
            return False
        return role in words("role_nouns") or role in titles() or is_role(role)
    named = evidence.coverage.overlapping(end - 1, end)
    return of == " van " and any(
        name.type == "PERSON" and name.end == end and " " in text[name.start : end]
        for name in named
    )


def is_owner(text: str, start: int) -> bool:
    """Whether what organisations have stands in front of a name.

    De fabriek van Mars, aandelen in Caterpillar.

    Args:
        text: The cleaned text.
        start: First code point of the name.

    Returns:
        Whether it does.
    """
    if _SHARES.search(text, max(0, start - _WORD_CHARACTERS), start):
        return True
    owned = word_before(text, start - len("van ")) if text.endswith(" van ", 0, start) else ""
    return owned in words("organisation_possessions")


def is_in_brackets(text: str, start: int, end: int) -> bool:
    """Whether an organisation is all there is in brackets behind a name: Nadia Naji (Groen).

    Args:
        text: The cleaned text.
        start: First code point of the organisation.
        end: One past the last.

    Returns:
        Whether it is.
    """
    if text[start - 1 : start] != "(" or text[end : end + 1] not in (")", ",", "/"):
        return False
    return _BEFORE_BRACKET.search(text, max(0, start - _WORD_CHARACTERS), start) is not None


def _is_among_its_kind(evidence: Evidence, place: int) -> bool:
    """Whether another of its kind is named in one breath: CD&V en Vooruit."""
    matches = evidence.organisations
    kinds = organisations().organisations
    kind = kinds[matches[place].name].kind
    for other in _beside(evidence.text, matches, place):
        if kinds[other.name].kind != kind:
            continue
        names = evidence.coverage.overlapping(other.start, other.end)
        said = any(name.type == "ORGANISATION" for name in names)
        if said or not other.ambiguous or kind in _KINDS_IN_ONE_BREATH:
            return True
    return False


def _beside(
    text: str, matches: Sequence[OrganisationMatch], place: int
) -> Iterator[OrganisationMatch]:
    for first, second in ((place - 1, place), (place, place + 1)):
        if first < 0 or second >= len(matches):
            continue
        start, end = matches[first].end, matches[second].start
        if start < end <= start + _LONGEST_BETWEEN and _BETWEEN.match(text[start:end]):
            yield matches[first] if second == place else matches[second]


def _has_own_capital(text: str, start: int, end: int) -> bool:
    """Whether a common word has a capital that is not the one of its sentence."""
    form = text[start:end]
    if begins_sentence(text, start):
        # Vooruit diende een motie in.
        acts = word_after(text, end) in words("agent_verbs") and may_act(text, end)
        return acts and form in words("capital_shows")
    if form not in words("capital_shows"):
        return False
    before = word_before(text, start)
    if before[:1].isupper() and before not in ("De", "Het"):
        return False
    return not word_after(text, end)[:1].isupper()
