"""The countries of the world in Dutch: their names, adjectives and inhabitants, from data files."""

import re
import unicodedata
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from functools import cache
from itertools import islice
from types import MappingProxyType
from typing import Literal

from wiewatwaar.lexicon_files import lines

WordKind = Literal["name", "adjective", "inhabitant"]
"""What a country word is: Hongarije, Hongaars(e), Hongaar."""

STEM_LETTERS = 4
"""How many letters of a word tell that it may be a country word with an ending."""

# Dutch short adjectives end in one s; Taalunie spelling doubles no letter before the -e.
_INFLECTED_ENDINGS = {"ees": "ese", "aas": "ase"}
_PARTS = re.compile(r"[-\s]+")


@dataclass(frozen=True, slots=True)
class Country:
    """One line of `countries.tsv`.

    Attributes:
        code: ISO 3166-1 alpha-2 code; ISO 3166-3 code of a former country.
        name: The name to show.
        aliases: Other names.
        adjectives: Without -e: Hongaars.
        inhabitants: Singular and plural: Hongaar, Hongaren.
    """

    code: str
    name: str
    aliases: tuple[str, ...]
    adjectives: tuple[str, ...]
    inhabitants: tuple[str, ...]

    @property
    def former(self) -> bool:
        """Whether the country is no more: ISO 3166-3 codes have four letters."""
        return len(self.code) == 4


@dataclass(frozen=True, slots=True)
class CountryWord:
    """A way to write a country, or a name that looks like one, without its first word.

    Attributes:
        before: Lower-case words, with a space behind, that must stand in front; often empty.
        rest: The words after the first, in lower case.
        country: The country; None for what is none, such as the words of New Mexico.
        kind: What the word is.
        readings: What else it is, as in `country_words.tsv`.
    """

    before: str
    rest: tuple[str, ...]
    country: Country | None
    kind: WordKind
    readings: frozenset[str]


@dataclass(frozen=True, slots=True)
class CountryLexicon:
    """All country words, to be looked up by the first one with a capital.

    Attributes:
        words: Ways to go on, by first word as it is written; the longest first.
        stems: The first letters of all first words, from the capital on (eSwatini).
        longest: Length of the longest first word, in code points.
    """

    words: Mapping[str, tuple[CountryWord, ...]]
    stems: frozenset[str]
    longest: int


@cache
def countries() -> tuple[Country, ...]:
    """Reads all countries and former countries.

    Returns:
        Them in the order of `countries.tsv`.
    """
    rows = (line.split("\t") for line in islice(lines("countries.tsv"), 1, None))
    return tuple(Country(code, name, *map(_cell, cells)) for code, name, *cells in rows)


@cache
def country_lexicon() -> CountryLexicon:
    """Gathers every way to write a country, and the names that only look like one.

    Returns:
        The lexicon. Each form is also there without diacritics (Oekraine) and in capitals; where
        two countries claim one form, a name goes before an adjective or an inhabitant.
    """
    readings = _readings()
    forms = list(_forms())
    found: dict[str, dict[tuple[str, tuple[str, ...]], CountryWord]] = {}
    for alter in (str, _without_diacritics):
        for form, country, kind in forms:
            written = alter(form)
            said = readings.get(written, frozenset())
            before, first, rest = _split(written)
            word = CountryWord(before, rest, country, kind, said)
            found.setdefault(first, {}).setdefault((before, rest), word)
            if _may_be_in_capitals(first, word):
                found.setdefault(first.upper(), {}).setdefault((before, rest), word)
    words = {
        first: tuple(sorted(ways.values(), key=lambda way: (-len(way.rest), -len(way.before))))
        for first, ways in found.items()
    }
    return CountryLexicon(
        words=MappingProxyType(words),
        stems=frozenset(first[_capital(first) :][:STEM_LETTERS] for first in words),
        longest=max(map(len, words)),
    )


@cache
def word_lists(file_name: str) -> Mapping[str, frozenset[str]]:
    """Reads a file of named lists, one a line: the name, a tab, words separated by spaces.

    Args:
        file_name: A file of `lexicon/`.

    Returns:
        The words by name of the list.
    """
    rows = (line.split("\t") for line in lines(file_name))
    return MappingProxyType({name: frozenset(words.split()) for name, words in rows})


def inflected(adjective: str) -> str:
    """Writes an adjective with -e: Hongaarse, Chinese, Indiase.

    Args:
        adjective: The form without -e.

    Returns:
        The form with -e.
    """
    ending = _INFLECTED_ENDINGS.get(adjective[-3:])
    return adjective[:-3] + ending if ending else adjective + "e"


def _forms() -> Iterator[tuple[str, Country | None, WordKind]]:
    for country in countries():
        for name in (country.name, *country.aliases):
            yield name, country, "name"
    for line in lines("not_countries.txt"):
        yield line, None, "name"
    for country in countries():
        for adjective in country.adjectives:
            yield adjective, country, "adjective"
            yield inflected(adjective), country, "adjective"
        for inhabitant in country.inhabitants:
            yield inhabitant, country, "inhabitant"


def _split(form: str) -> tuple[str, str, tuple[str, ...]]:
    """Splits a form into lower-case words before, the first with a capital, the others."""
    parts = [part.removesuffix(".") if part == "St." else part for part in _PARTS.split(form)]
    first = next(place for place, part in enumerate(parts) if not part.islower())
    before = "".join(f"{part} " for part in parts[:first])
    return before, parts[first], tuple(part.lower() for part in parts[first + 1 :])


def _capital(word: str) -> int:
    return next(place for place, letter in enumerate(word) if not letter.islower())


def _may_be_in_capitals(first: str, word: CountryWord) -> bool:
    """Whether a form counts in capitals: LET, FIN and POOL are more often something else."""
    if word.rest or word.kind == "name":
        return True
    return len(first) > 3 and word.readings.isdisjoint(
        {"common_word", "homograph", "sentence_start"}
    )


def _without_diacritics(form: str) -> str:
    parts = unicodedata.normalize("NFD", form)
    return "".join(char for char in parts if not unicodedata.combining(char))


def _readings() -> dict[str, frozenset[str]]:
    readings: dict[str, frozenset[str]] = {}
    for line in lines("country_words.tsv"):
        word, reading, _ = line.split("\t")
        readings[word] = readings.get(word, frozenset()) | {reading}
    return readings


def _cell(content: str) -> tuple[str, ...]:
    return tuple(content.split(", ")) if content else ()
