"""Persons by one name alone, whom what stands beside it shows: VN-chef Guterres, Annies kraam.

A surname that is a word too (Slot, Storm) is one where it speaks, where the text says what somebody
of that name is, or does what only people do.
"""

import re
from collections.abc import Iterator, Sequence
from itertools import chain

from wiewatwaar.lexicon.countries import country_lexicon
from wiewatwaar.lexicon.organisations import lookup
from wiewatwaar.mentions.languages import is_language
from wiewatwaar.mentions.neighbours import word_before
from wiewatwaar.mentions.occurrences import begins_sentence
from wiewatwaar.mentions.trimming import Name, is_free, is_modifier, is_possessed, is_title
from wiewatwaar.mentions.word_lists import is_first_name, is_role, words

CAPITAL = r"[A-ZÀ-ÖØ-ÞĲŠŽĆČŞİŁ]"
"""A capital that a name begins with, for a regular expression."""

SURNAME = rf"(?:[dDlLO]['’])?{CAPITAL}\w+(?:[-‐‑'’](?:[a-z]{{2,4}} ){{0,3}}{CAPITAL}\w+)*"
"""A surname without small prefixes, for a regular expression."""

_ALONE = re.compile(
    rf"({CAPITAL}[a-zß-öø-ÿ]{{2,20}})"
    r"(?=:[ \n]| \(\d{1,3}\)|, [a-zß-öø-ÿ]{3,25}: ['‘“\"])"
)
# Annies oude kraam
_OWNS = re.compile(rf"({CAPITAL}(?<![\w.'’@/-].)[a-zß-öø-ÿ]{{3,20}})s ([a-zß-öø-ÿ-]{{3,30}})\b")
# VN-chef Guterres
_BEHIND_COMPOUND = re.compile(
    rf"{CAPITAL}(?<![\w-].)[\w.&]{{1,20}}-([a-zß-öø-ÿ]{{3,25}}) ({SURNAME})"
    rf"(?![\w'’-]| {CAPITAL})"
)
# Storm, advocaat van twee verdachten, ...; Sterk, destijds gedeputeerde voor het CDA, ...
_APPOSED = re.compile(
    rf"({CAPITAL}(?<![\w.'’@/-].)[a-zß-öø-ÿ]{{2,20}}),"
    r" (?:(?:destijds|toen|toenmalig|voormalig|huidig|nu|inmiddels|zelf|ook|jarenlang) )?"
    r"([a-zß-öø-ÿ-]{3,30})(?: (?:van|voor|bij|namens|uit|in|en|aan)\b)"
)
# Slot: ‘We hadden moeten winnen’
_SPEAKS = re.compile(rf"({CAPITAL}(?<![\w.'’@/-].)[a-zß-öø-ÿ]{{2,20}}): ['‘“\"„’]")
# Bos verruilde de politiek voor het bedrijfsleven: no wood does.
_DOES = re.compile(
    rf"({CAPITAL}(?<![\w.'’@/-].)[a-zß-öø-ÿ]{{2,20}}) (?:antwoordde|bedankt|bedankte|belde"
    r"|debuteert|debuteerde|doceert|doceerde|overleed|promoveert|promoveerde|regisseert|regisseerde|reageert"
    r"|reageerde|schreef|schrijft|scoorde|scoort|studeerde|tekende|tekent|trouwde|twittert|twitterde"
    r"|verklaarde|verklaart|verruilde|verruilt|vertelde|vertelt|vindt|woonde|zegt|zei|zong)\b"
)
_SHORTEST_SURNAME = 3


def persons_by_one_name(text: str, names: Sequence[Name], ends: Sequence[int]) -> Iterator[Name]:
    """Finds the persons whom the model passes over, and what stands beside them shows.

    Args:
        text: The cleaned text.
        names: Trimmed names, in order, without overlaps.
        ends: Where each of them ends.

    Returns:
        Names of persons without a label, where there is none yet.
    """
    ways = (_by_first_name, _by_what_is_owned, _by_surname, _by_role)
    return chain.from_iterable(way(text, names, ends) for way in ways)


def _by_first_name(text: str, names: Sequence[Name], ends: Sequence[int]) -> Iterator[Name]:
    """Persons of whom a list or a talk gives only the first name, as in Hester (12)."""
    for match in _ALONE.finditer(text):
        if not is_first_name(match[1]) or match[1] in words("country_first_names"):
            continue
        if not begins_sentence(text, match.start()):
            continue
        if is_language(text, *match.span(1)) or lookup(match[1]) is not None:
            continue
        start, end = match.span(1)
        if is_free(names, ends, start, end):
            yield Name(start, end, "PERSON", "")


def _by_what_is_owned(text: str, names: Sequence[Name], ends: Sequence[int]) -> Iterator[Name]:
    """Persons by their first name with the s of possession: Annies oude kraam."""
    for match in _OWNS.finditer(text):
        bare, owned = match[1], match[2]
        if not is_first_name(bare) or _is_anything_else(f"{bare}s"):
            continue
        start, end = match.span(1)
        # Merels zingen.
        several = owned.endswith("en") and not begins_sentence(text, start)
        owns = several or is_possessed(owned) or is_modifier(owned)
        if owns and is_free(names, ends, start, end + 1):
            yield Name(start, end, "PERSON", "", "possessive")


def _is_anything_else(form: str) -> bool:
    """Whether a form that ends in s is known as it is."""
    lists = ("places", "surnames", "common_surnames", "name_endings_s")
    known = is_first_name(form) or lookup(form) is not None or form in country_lexicon().words
    return known or form.lower() in words("common_words") or any(form in words(n) for n in lists)


def _by_surname(text: str, names: Sequence[Name], ends: Sequence[int]) -> Iterator[Name]:
    """Persons whose surname is a common word, where they speak or the text says what they are."""
    shown = (*_APPOSED.finditer(text), *_SPEAKS.finditer(text), *_DOES.finditer(text))
    for match in shown:
        surname, role = match[1], match[2] if match.re is _APPOSED else ""
        # Bakker: ‘Brood wordt duurder’ may be any baker.
        if surname not in words("common_surnames") or (not role and is_role(surname.lower())):
            continue
        if role and not (_is_role_of(role) or role in words("relatives")):
            continue
        known = lookup(surname)
        if known is not None and not (role and known.ambiguous):
            continue
        start, end = match.span(1)
        if is_free(names, ends, start, end) and _is_first(text, start):
            yield Name(start, end, "PERSON", "")


def _is_first(text: str, start: int) -> bool:
    """Whether no name goes on at a place: not in Jan Storm, advocaat van twee verdachten."""
    before = word_before(text, start)
    if not before[:1].isupper():
        return True
    return begins_sentence(text, start - 1 - len(before)) and not is_first_name(before)


def _by_role(text: str, names: Sequence[Name], ends: Sequence[int]) -> Iterator[Name]:
    """Persons whom the model passes over behind a role in an organisation: VN-chef Guterres."""
    for match in _BEHIND_COMPOUND.finditer(text):
        start, end = match.span(2)
        if _is_role_of(match[1]) and is_free(names, ends, start, end) and not _is_listed(match[2]):
            yield Name(start, end, "PERSON", "")


def is_behind_compound(text: str, name: Name) -> bool:
    """Whether a role in an organisation stands in front of a name of no list: KLM-baas Rintel.

    Args:
        text: The cleaned text.
        name: A name.

    Returns:
        Whether it does.
    """
    before = word_before(text, name.start)
    _, hyphen, role = before.rpartition("-")
    if not hyphen or not role.islower() or not before[0].isupper():
        return False
    return _is_role_of(role) and not _is_listed(text[name.start : name.end])


def _is_role_of(word: str) -> bool:
    # Moederbedrijf Ahold-dochter Etos: no relative of an organisation is a person.
    known = is_role(word) or is_title(word) or word in words("role_nouns")
    return known and word not in words("relatives")


def _is_listed(form: str) -> bool:
    """Whether a form is an abbreviation, or a list knows it as anything but a person."""
    if (
        len(form) < _SHORTEST_SURNAME
        or form.isupper()
        or lookup(form) is not None
        or form in country_lexicon().words
    ):
        return True
    return form in words("places") or form in words("things")
