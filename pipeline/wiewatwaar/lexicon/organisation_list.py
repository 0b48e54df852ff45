"""Reading the list of organisations: its lines, its marks, and the spellings that follow by rule.

The list is `lexicon/organisations/*.tsv`; `lexicon/organisations.py` looks up and finds them.
"""

import re
import unicodedata
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace

_FORM_SEPARATOR = " | "
_FIRST_WORD = re.compile(r"\w+")
# Capitals with a vowel and a consonant in them.
_SPOKEN = re.compile(r"(?=[A-Z]*[AEIOU])(?=[A-Z]*[^AEIOU])[A-Z]{3,}")
_ARTICLE = re.compile(r"(?:De|de|Het|het|The|the) ")


@dataclass(frozen=True, slots=True)
class OrganisationForm:
    """One way to write the name of an organisation.

    Attributes:
        text: The form as the list has it, or a spelling of it that follows by rule.
        name: The canonical name of the organisation.
        ambiguous: Whether the form is also a word, a first name, a surname, a place or a thing
            that can be bought, so that it counts only with evidence: the model says that it is
            an organisation, or an unambiguous form of the same one stands in the document.
        is_abbreviation: Whether the form is an abbreviation.
        ambiguous_in_capitals: Whether it needs evidence in a text in capitals (`DE TIJD`),
            which a form that is always ambiguous does as well.
    """

    text: str
    name: str
    ambiguous: bool
    is_abbreviation: bool
    ambiguous_in_capitals: bool


@dataclass(frozen=True, slots=True)
class Organisation:
    """One line of the list.

    Attributes:
        name: The canonical name.
        kind: The file it is in: `politics`, `media`, ...
        forms: Every listed way to write it, the canonical name first.
    """

    name: str
    kind: str
    forms: tuple[OrganisationForm, ...]


class OrganisationListError(ValueError):
    """A line of the list that contradicts another, or cannot be read."""


def read_organisations(content: str, kind: str) -> Iterator[Organisation]:
    """Reads one file of the list.

    Args:
        content: Lines of up to three columns divided by tabs: name, abbreviations, other names,
            with ` | ` between forms. Empty lines and lines that begin with `#` say nothing.
        kind: What to call this kind of organisations.

    Yields:
        One organisation a line.

    Raises:
        OrganisationListError: A line has more columns, or a form is empty or stands twice.
    """
    for number, line in enumerate(content.splitlines(), start=1):
        if not line.strip() or line.startswith("#"):
            continue
        columns = line.split("\t")
        if len(columns) > 3:
            raise OrganisationListError(f"{kind} line {number}: {len(columns)} columns, not 3")
        name, abbreviations, others = (*columns, "", "")[:3]
        try:
            yield _organisation(kind, name, _listed(abbreviations), _listed(others))
        except OrganisationListError as error:
            raise OrganisationListError(f"{kind} line {number}: {error}") from None


def _organisation(
    kind: str, name: str, abbreviations: list[str], others: list[str]
) -> Organisation:
    """Puts the columns of one line together."""
    canonical = name.rstrip("?^")
    # The name column gives the name its mark, also where the name is its own abbreviation.
    listed = [name, *(item for item in abbreviations if item.rstrip("?^") != canonical), *others]
    forms: dict[str, OrganisationForm] = {}
    shortened = {item.rstrip("?^") for item in abbreviations}
    for item in listed:
        text = item.rstrip("?^")
        mark = item[len(text) :]
        if not _FIRST_WORD.match(text) or mark not in ("", "?", "^"):
            raise OrganisationListError(f"{item!r} is no form")
        if text in forms:
            raise OrganisationListError(f"{text!r} stands there twice")
        forms[text] = OrganisationForm(
            text, canonical, mark == "?", text in shortened, mark in ("?", "^")
        )
    return Organisation(canonical, kind, tuple(forms.values()))


def _listed(column: str) -> list[str]:
    """The forms of one column."""
    return column.split(_FORM_SEPARATOR) if column else []


def all_forms(organisations: Iterable[Organisation]) -> dict[str, OrganisationForm]:
    """Collects the forms of some organisations.

    Args:
        organisations: The lines of the list.

    Returns:
        By text: every listed form, and those that follow by rule, are not listed and could not
        be two organisations.

    Raises:
        OrganisationListError: Two organisations have one form.
    """
    listed: dict[str, OrganisationForm] = {}
    for organisation in organisations:
        for form in organisation.forms:
            other = listed.setdefault(form.text, form)
            if other.name != form.name:
                raise OrganisationListError(
                    f"{form.text!r} is a form of {other.name!r} and of {form.name!r}"
                )
    derived: dict[str, OrganisationForm] = {}
    disputed: set[str] = set()
    for form in listed.values():
        for spelling in _spellings(form):
            other = derived.setdefault(spelling.text, spelling)
            if other.name != form.name:
                disputed.add(spelling.text)
    kept = {text: form for text, form in derived.items() if text not in disputed}
    return kept | listed


def _spellings(form: OrganisationForm) -> list[OrganisationForm]:
    """Other spellings of a form, by rule.

    A name in small letters has a capital where it opens a sentence (`Bpost`), and an article
    takes either case (`De Telegraaf`, `de Telegraaf`). Diacritics go missing, but not from an
    ambiguous form: without them `Eén` is an article.
    """
    first, rest = form.text[0], form.text[1:]
    spellings = [form]
    if form.is_abbreviation and _SPOKEN.fullmatch(form.text):
        # The Belgian press writes abbreviations that are spoken as words so: Esa, Cern.
        spellings.append(replace(form, text=first + rest.lower(), ambiguous=True))
    if first.islower():
        spellings.append(replace(form, text=first.upper() + rest))
    elif _ARTICLE.match(form.text):
        # A name made of a common word is told by the capital of its article as well:
        # "Bij de Tijd" is no newspaper.
        spellings.append(
            replace(form, text=first.lower() + rest, ambiguous=form.ambiguous_in_capitals)
        )
    if not form.ambiguous:
        spellings += [replace(item, text=_without_diacritics(item.text)) for item in spellings]
    return [item for item in spellings if item.text != form.text]


def _without_diacritics(text: str) -> str:
    """The text with base letters only: `Nestlé` becomes `Nestle`, `Ørsted` stays."""
    decomposed = unicodedata.normalize("NFD", text)
    return "".join(letter for letter in decomposed if not unicodedata.combining(letter))
