"""The reviewed list of organisations in Dutch and Flemish news, and finding them in a text.

The list is `lexicon/organisations/*.tsv`, one file a kind; the head of each file says how its
columns are read. Everything here is a pure function of that list and the text: no model is asked.
"""

import re
import unicodedata
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from functools import cache
from importlib import resources
from types import MappingProxyType
from typing import NamedTuple

from wiewatwaar.lexicon.organisation_list import (
    Organisation,
    OrganisationForm,
    OrganisationListError,
    all_forms,
    read_organisations,
)

__all__ = [
    "Organisation",
    "OrganisationForm",
    "OrganisationLexicon",
    "OrganisationListError",
    "OrganisationMatch",
    "find_organisations",
    "lookup",
    "lookup_uppercase",
    "organisations",
    "read_organisations",
]

_WORD = re.compile(r"\w+")
_SMALL_ARTICLES = ("de ", "het ", "the ")
_REST_OF_ADDRESS = re.compile(r"\.(?:nl|be|com|eu|net|org|nu|tv)\b")
# Each is one code point for one code point, so that offsets stay what they are.
_SAME_WIDTH = (
    *((space, " ") for space in "\n\t\u00a0\u2007\u202f"),
    *((apostrophe, "'") for apostrophe in "\u2019\u2018\u02bc\u00b4`"),
    *((hyphen, "-") for hyphen in "\u2010\u2011"),
)
_SAME_WIDTH_ASCII = tuple(pair for pair in _SAME_WIDTH if pair[0].isascii())
_SHORTEST_IN_CAPITALS = 4
"""From this length on, a form that is no abbreviation is known in capitals too."""
_CONTINUATION = 3
"""How many code points behind the first word of a name tell it from others."""
_SURROUNDINGS = 20
"""How many code points on either side tell whether a word stands in a line in capitals."""


@dataclass(frozen=True, slots=True)
class OrganisationMatch:
    """A place in a text where the form of an organisation stands.

    Attributes:
        start: First code point.
        end: One past the last code point.
        name: The canonical name of the organisation.
        ambiguous: Whether the form counts only with evidence.
    """

    start: int
    end: int
    name: str
    ambiguous: bool


class _Entry(NamedTuple):
    """What the first word of a name leads to.

    Attributes:
        text: What must stand there.
        before: What must stand in front of it, outside the match: an article in small letters.
        form: The form it is; None for a longer name that is no organisation (`Ziggo Dome`).
    """

    text: str
    before: str
    form: OrganisationForm | None


class OrganisationLexicon:
    """The organisations and every way to write them.

    Attributes:
        organisations: The lines of the list, by canonical name.
        forms: The listed forms and those that follow from them by rule (the other case of the
            first letter in `De Telegraaf` and `bpost`, missing diacritics), by text.
    """

    __slots__ = ("_by_first_word", "_in_capitals", "forms", "organisations")

    organisations: Mapping[str, Organisation]
    forms: Mapping[str, OrganisationForm]

    def __init__(
        self, organisations: Iterable[Organisation], other_names: Iterable[str] = ()
    ) -> None:
        """Indexes a list of organisations.

        Args:
            organisations: The lines of the list.
            other_names: Names that begin like an organisation and are none.

        Raises:
            OrganisationListError: Two organisations have one name or one form, or a form does
                not begin with a letter or digit.
        """
        by_name: dict[str, Organisation] = {}
        for organisation in organisations:
            if organisation.name in by_name:
                raise OrganisationListError(f"{organisation.name!r} is listed twice")
            by_name[organisation.name] = organisation
        self.organisations = MappingProxyType(by_name)
        self.forms = MappingProxyType(all_forms(by_name.values()))
        self._in_capitals = _capitals_index(self.forms.values())
        self._by_first_word = _first_word_index(self.forms.values(), other_names)

    def lookup(self, form: str) -> OrganisationForm | None:
        """Finds the organisation that a name stands for.

        Args:
            form: A whole name. Curly apostrophes, non-breaking spaces and hyphens, decomposed
                letters and missing diacritics make no difference; capitals do.

        Returns:
            The form, or None when the list does not have it.
        """
        found = self.forms.get(form)
        if found is not None:
            return found
        plain = _plain(form if form.isascii() else unicodedata.normalize("NFC", form))
        return None if plain == form else self.forms.get(plain)

    def lookup_uppercase(self, form: str) -> OrganisationForm | None:
        """Finds the organisation that a name in a text in capitals stands for.

        Only for a text that is in capitals as a whole, such as a headline: there nothing tells
        `DE TIJD` the newspaper from the time, so that more forms are ambiguous than in `lookup`.

        Args:
            form: A whole name in capitals, such as `RIJKSWATERSTAAT`.

        Returns:
            The form, its `ambiguous` set for a text in capitals, or None when the list does
            not have it or it is too short to be told from a word.
        """
        key = _plain(unicodedata.normalize("NFC", form))
        return self._in_capitals.get(key) if key == key.upper() else None

    def find(self, text: str) -> list[OrganisationMatch]:
        """Finds the names of organisations in a text.

        A name is bounded by anything that is no letter, digit or underscore: hyphens, slashes
        and apostrophes too, so that NAVO is found in `NAVO-top` and VVD in `VVD'er`. Where two
        forms begin at one place the longest wins, and matches never overlap. Case counts. A
        line break inside a name counts as a space, an empty line does not. Web addresses
        (`NOS.nl`) and handles (`@NOS`) are no names. An article in small letters is left out
        of the match (`in de Standaard` gives `Standaard`); one with a capital is part of it.

        A form that is ambiguous in capitals only (`OM`, `NAM`) is so where the words around it
        are in capitals. Costs time linear in the length of the text.

        Args:
            text: Any text.

        Returns:
            The matches in order of place, half-open, in code points of the text.
        """
        plain = _plain(text)
        by_first_word = self._by_first_word
        matches: list[OrganisationMatch] = []
        done = 0
        for word in _WORD.finditer(plain):
            continuations = by_first_word.get(word.group())
            if continuations is None or word.start() < done:
                continue
            start, end = word.span()
            more = continuations.get(plain[end : end + _CONTINUATION], ())
            entry = _longest(more, plain, start) or _longest(
                continuations.get("", ()), plain, start
            )
            if entry is None or not _begins_name(plain, start):
                continue
            done = start + len(entry.text)
            form = entry.form
            if form is None or _REST_OF_ADDRESS.match(plain, done):
                continue
            ambiguous = form.ambiguous or (
                form.ambiguous_in_capitals and _in_capitals(text, start, done)
            )
            matches.append(OrganisationMatch(start, done, form.name, ambiguous))
        return matches


@cache
def organisations() -> OrganisationLexicon:
    """Reads `lexicon/organisations/`, once.

    Returns:
        The lexicon.

    Raises:
        OrganisationListError: A line contradicts another, or cannot be read.
    """
    folder = resources.files("wiewatwaar") / "lexicon" / "organisations"
    files = sorted(
        (file for file in folder.iterdir() if file.name.endswith(".tsv")),
        key=lambda file: file.name,
    )
    other_names = (folder / "not-organisations.txt").read_text("utf-8").splitlines()
    return OrganisationLexicon(
        (
            organisation
            for file in files
            for organisation in read_organisations(
                file.read_text("utf-8"), file.name.removesuffix(".tsv")
            )
        ),
        (line for line in other_names if line and not line.startswith("#")),
    )


def find_organisations(text: str) -> list[OrganisationMatch]:
    """Finds the names of the listed organisations in a text.

    Args:
        text: Any text.

    Returns:
        The matches in order of place, never overlapping, half-open, in code points of the
        text; see `OrganisationLexicon.find`.
    """
    return organisations().find(text)


def lookup(form: str) -> OrganisationForm | None:
    """Finds the listed organisation that a name stands for.

    Args:
        form: A whole name; see `OrganisationLexicon.lookup`.

    Returns:
        The form, or None when the list does not have it.
    """
    return organisations().lookup(form)


def lookup_uppercase(form: str) -> OrganisationForm | None:
    """Finds the listed organisation that a name in a text in capitals stands for.

    Args:
        form: A whole name in capitals; see `OrganisationLexicon.lookup_uppercase`.

    Returns:
        The form, or None when the list does not have it.
    """
    return organisations().lookup_uppercase(form)


def _capitals_index(forms: Iterable[OrganisationForm]) -> dict[str, OrganisationForm]:
    """The forms by their spelling in capitals; one that could be two is ambiguous."""
    index: dict[str, OrganisationForm] = {}
    for form in forms:
        key = form.text.upper()
        if not form.is_abbreviation and len(key) < _SHORTEST_IN_CAPITALS and key != form.text:
            continue
        found = replace(form, text=key, ambiguous=form.ambiguous_in_capitals)
        other = index.get(key)
        if other is None:
            index[key] = found
            continue
        # The form that is in capitals by itself is the likelier reading: PVDA before PvdA.
        likelier = found if form.text == key else other
        doubtful = other.ambiguous or found.ambiguous or other.name != found.name
        index[key] = replace(likelier, ambiguous=doubtful, ambiguous_in_capitals=doubtful)
    return index


def _first_word_index(
    forms: Iterable[OrganisationForm], other_names: Iterable[str]
) -> dict[str, dict[str, tuple[_Entry, ...]]]:
    """What begins with each word, by the characters that follow the word, the longest first.

    The second key keeps the dozens of names that begin with `De` apart. Names that go on for
    less than its length are under the empty string; they are shorter than all others.
    """
    index: dict[str, dict[str, list[_Entry]]] = {}
    entries = [_Entry(name, "", None) for name in other_names]
    for form in forms:
        before = next((a for a in _SMALL_ARTICLES if form.text.startswith(a)), "")
        entries.append(_Entry(form.text.removeprefix(before), before, form))
    for entry in entries:
        first = _WORD.match(entry.text)
        if first is None:
            raise OrganisationListError(f"{entry.text!r} does not begin with a letter or digit")
        rest = entry.text[first.end() :]
        key = rest[:_CONTINUATION] if len(rest) >= _CONTINUATION else ""
        index.setdefault(first.group(), {}).setdefault(key, []).append(entry)
    return {
        word: {
            key: tuple(sorted(found, key=lambda entry: (-len(entry.text), -len(entry.before))))
            for key, found in continuations.items()
        }
        for word, continuations in index.items()
    }


def _longest(entries: Iterable[_Entry], text: str, start: int) -> _Entry | None:
    """The first of some entries, longest first, that stands at a place in a text."""
    for entry in entries:
        if not text.startswith(entry.text, start) or not _ends_word(text, start + len(entry.text)):
            continue
        article = start - len(entry.before)
        if not entry.before or (
            article >= 0
            and text.startswith(entry.before, article)
            and (article == 0 or not _is_in_word(text[article - 1]))
        ):
            return entry
    return None


def _plain(text: str) -> str:
    """The text with plain spaces, apostrophes and hyphens, each character in its own place."""
    for variant, plain in _SAME_WIDTH_ASCII if text.isascii() else _SAME_WIDTH:
        text = text.replace(variant, plain)
    return text


def _begins_name(text: str, start: int) -> bool:
    """Whether a name can begin where a run of letters begins.

    Not behind a combining mark, which splits a word for the regular expression, nor behind the
    sign of an e-mail address or a handle.
    """
    return start == 0 or not (text[start - 1] == "@" or unicodedata.combining(text[start - 1]))


def _ends_word(text: str, end: int) -> bool:
    """Whether a word that reaches to `end` ends there."""
    if end == len(text):
        return True
    following = text[end]
    if _is_in_word(following):
        # A form that itself ends in a sign (`OPEC+`) is bounded by that sign.
        return not _is_in_word(text[end - 1])
    return not unicodedata.combining(following)


def _is_in_word(character: str) -> bool:
    """Whether a character is a letter, a digit or an underscore."""
    return character.isalnum() or character == "_"


def _in_capitals(text: str, start: int, end: int) -> bool:
    """Whether what stands around a name, in its line, is in capitals."""
    before = text[max(0, start - _SURROUNDINGS) : start].rpartition("\n")[2]
    after = text[end : end + _SURROUNDINGS].partition("\n")[0]
    return (before + after).isupper()
