"""Countries in Dutch text: names, adjectives and inhabitants, also inside words, without a model.

One regular expression finds the words with a capital; a dictionary knows which of them begin the
name of a country, or of something that looks like one. Words in lower case are never countries.
"""

import re
import unicodedata
from collections.abc import Iterator
from typing import NamedTuple

from wiewatwaar.lexicon.countries import (
    STEM_LETTERS,
    Country,
    CountryLexicon,
    country_lexicon,
    word_lists,
)
from wiewatwaar.lexicon.organisations import lookup
from wiewatwaar.mentions.country_readings import LETTERS, Reading, read, read_tail
from wiewatwaar.mentions.languages import is_language, pair_of_languages
from wiewatwaar.mentions.neighbours import begins_sentence, word_after, word_before
from wiewatwaar.mentions.word_lists import is_first_name, is_initials, titles, words
from wiewatwaar.spans import MentionForm

_CAPITAL_WORD = re.compile(rf"[A-ZÀ-ÖØ-ÞĲ](?:(?:\.[A-Z])+\b\.?|[{LETTERS}]*(?:'[{LETTERS}]+)*)")
_HYPHENS = "\u2010\u2011"
_APOSTROPHES = "’‘ʼ`´"
_PART_BEFORE = re.compile(r"([\w.]+)[-/]$")
_PARTS_AFTER = re.compile(r"(?:[-/][\w.']{1,40}){1,6}")
_SUSPENDED = re.compile(r"-,? (?:en|of|én|als|noch) ")
_DOMAIN = re.compile(r"\.(?:nl|be|com|org|net|eu|info|tv|fm)\b")
_OPENED_QUOTE = re.compile(r"(?:^|[^\w])'\w")
_LONGEST_ABBREVIATION = 3
# Engels-sprekend, Frans- en Duitstalig.
_LANGUAGE_PART = re.compile(r"-(?:,? (?:en|of) [A-Z][a-z]{2,20})?(?:sprek|talig)")
_CAPITALS = re.compile(r" ([A-ZÀ-ÖØ-Þ]\w*(?: [A-ZÀ-ÖØ-Þ]\w*){0,3})")
_COUNTRY_BEFORE = re.compile(r"(?<![\w-])([A-Z]\w+)(?:-\w+)?(?:,? (?:en|of) |, )\Z")
_COUNTRY_AFTER = re.compile(r"(?:,? (?:en|of) |, )([A-Z]\w+)")
_FAR = 40
# Nouns with "de", before which an adjective has its -e: so Taiwans chipreus is what Taiwan has.
_COMMON_GENDER = re.compile(
    r"(?:bank|beurs|club|gigant|grens|heid|hoofdstad|industrie|ing|kust|macht|munt|partij|ploeg"
    r"|reus|sie|teit|tie)\Z"
)
_SUPERLATIVE = re.compile(r"[a-zë]+ste$")
_PARTICLES_AND_SURNAME = re.compile(r"(?: (?:van|de|den|der|ter|ten|te|het|'t|von|di)){1,3} [A-Z]")


class CountryMatch(NamedTuple):
    """A place where a text names a country.

    Attributes:
        start: First code point.
        end: One past the last; an ending of possession and joined words are outside.
        code: ISO 3166-1 alpha-2 code, or ISO 3166-3 of a former country.
        name: The Dutch name to show, whatever the form in the text.
        form: `name`, `demonym` (adjective or inhabitant), `compound` or `possessive`.
        former: Whether it is a former country.
        ambiguous: Whether it may be no country at all here (Deen, Norfolk), for all this text
            around it says.
    """

    start: int
    end: int
    code: str
    name: str
    form: MentionForm
    former: bool
    ambiguous: bool


def find_countries(text: str) -> list[CountryMatch]:
    """Finds every country, former country and demonym that a text names.

    The longest name counts; names that hold a country word but are none (New Mexico,
    Noord-Holland), languages and persons' names are left out. Time is linear in the text.

    Args:
        text: The text; typographic hyphens and apostrophes, and accents as separate code points
            (NFD), are understood.

    Returns:
        The matches, by place, never overlapping. Offsets are code points of `text`.
    """
    plain = _plain(text)
    return list(_matches(plain, country_lexicon()))


def _plain(text: str) -> str:
    """Writes hyphens and apostrophes in one way, at the same places."""
    for hyphen in _HYPHENS:
        text = text.replace(hyphen, "-")
    for apostrophe in _APOSTROPHES:
        text = text.replace(apostrophe, "'")
    return text


def _matches(text: str, lexicon: CountryLexicon) -> Iterator[CountryMatch]:
    done = 0
    words, stems = lexicon.words, lexicon.stems
    for token in _CAPITAL_WORD.finditer(text):
        written = token.group()
        if written[:STEM_LETTERS] not in stems and (
            written.isascii() or _first_letters(written) not in stems
        ):
            continue
        start = token.start()
        if start < done:
            continue
        before = text[start - 1] if start else " "
        if before.isalnum() or before in "_@":
            # Inside a word, or in an address; eSwatini has its capital second.
            if before + written not in words or text[start - 2 : start - 1].isalnum():
                continue
            start -= 1
            written = before + written
        reading = read(text, start, token.end(), written, lexicon)
        if reading is None:
            continue
        done = reading.words_end
        country = reading.word.country
        if country is None:
            continue
        match = _judge(text, reading, country)
        if match is not None:
            yield match
            tail = read_tail(text, done, written, lexicon)
            if tail is not None and tail.word.country is not None:
                done = tail.words_end
                yield _match(tail, tail.word.country, "name", tail.end)


def _first_letters(word: str) -> str:
    return unicodedata.normalize("NFC", word[: 2 * STEM_LETTERS])[:STEM_LETTERS]


def _judge(text: str, reading: Reading, country: Country) -> CountryMatch | None:
    """Decides from the context whether words of the lexicon are a country, and in what form."""
    start, end, word = reading.start, reading.end, reading.word
    if _DOMAIN.match(text, end) or _is_region(text, start):
        return None
    if word.kind == "inhabitant" and _follows_first_name(text, start):
        return None
    if word.readings and not _is_meant(text, reading):
        return None
    if word.kind == "adjective" and _begins_name(text, start, end):
        return None
    if word.kind == "adjective" and _is_possessive(text, start, end):
        return _match(reading, country, "possessive", end - 1)
    if word.kind == "adjective" and _names_language(text, start, end):
        return None
    if word_before(text, start).lower() in words("relatives") and is_first_name(text[start:end]):
        # Opa Frans.
        return None
    return _match(
        reading, country, _form(text, reading), end, ambiguous=_is_ambiguous(text, reading)
    )


def _match(
    reading: Reading,
    country: Country,
    form: MentionForm,
    end: int,
    *,
    ambiguous: bool = False,
) -> CountryMatch:
    return CountryMatch(
        reading.start, end, country.code, country.name, form, country.former, ambiguous
    )


def _begins_name(text: str, start: int, end: int) -> bool:
    """Whether an adjective behind "het" lacks its -e, as in names: het Belgisch Parlement."""
    if text[end - 1] == "e" or not text.startswith(" ", end):
        return False
    if word_before(text, start).lower() not in ("het", "'t"):
        return False
    following = _CAPITALS.match(text, end)
    if following is None:
        return False
    # Het Frans Openbaar Ministerie is a body of France.
    return not any(lookup(part) for part in (following[1], following[1].split(" ")[0]))


def _names_language(text: str, start: int, end: int) -> bool:
    """Whether an adjective is the language, joined to something (Engels-sprekend) or not."""
    pair = pair_of_languages(text, start, end)
    if pair is not None:
        return is_language(text, pair[0], text.index("-", pair[0]), words_end=pair[1])
    if text.startswith("-", end):
        return _LANGUAGE_PART.match(text, end) is not None
    if start and text[start - 1] in "-/":
        part = _PART_BEFORE.search(text[max(0, start - 20) : start])
        if part is None or part[1].lower() != "oud":
            return False
    return not text.startswith("/", end) and is_language(text, start, end)


def _is_region(text: str, start: int) -> bool:
    """Whether a direction in front makes it a region: Oost-Nederland, Zuid-Frankrijk."""
    if not text.startswith("-", start - 1) or not start:
        return False
    part = _PART_BEFORE.search(text[max(0, start - 20) : start])
    return part is not None and part[1].lower() in word_lists("country_parts.tsv")["directions"]


def _follows_first_name(text: str, start: int) -> bool:
    """Whether a first name and "van" in front make it a surname: Tom van Grieken."""
    if start < len(" van ") or text[start - len(" van ") : start].lower() != " van ":
        return False
    before = word_before(text, start - len("van "))
    return before[:1].isupper() and is_first_name(before)


def _is_meant(text: str, reading: Reading) -> bool:
    """Whether a word that is also something else can be a country here."""
    start, end, readings = reading.start, reading.end, reading.word.readings
    if "given_name" in readings and _is_given_name(text, reading):
        return False
    if "surname" in readings and _is_surname(text, start, text[start:end]):
        return False
    return "common_word" not in readings or _has_article(text, start) or _is_joined(text, reading)


def _is_given_name(text: str, reading: Reading) -> bool:
    start, end = reading.start, reading.end
    before = word_before(text, start)
    # "Het Frans congres" has its -e lost; "het Frans Hals Museum" has none to lose.
    capital = _begins_name(text, start, end)
    if reading.ending or before.lower() in ("een", *(() if capital else ("het", "'t", "ons"))):
        return False
    if reading.word.kind == "inhabitant" and _has_article(text, start):
        return False
    if reading.word.kind == "name" and (
        text[start:end].isupper() or before.lower() in word_lists("language_words.tsv")["function"]
    ):
        return False
    if _PARTICLES_AND_SURNAME.match(text, end):
        return True
    following = word_after(text, end)
    if not text.startswith(" ", end) or not following[:1].isupper():
        return False
    return following not in country_lexicon().words


def _is_surname(text: str, start: int, written: str) -> bool:
    before = word_before(text, start)
    if not before or not text.startswith(" ", start - 1) or written.isupper():
        return False
    if is_initials(before):
        return True
    if not before[0].isupper() or before.endswith("."):
        return False
    if before in country_lexicon().words:
        return False
    if begins_sentence(text, start - 1 - len(before)):
        return is_first_name(before)
    return before.lower() not in word_lists("language_words.tsv")["function"]


def _is_ambiguous(text: str, reading: Reading) -> bool:
    readings, start = reading.word.readings, reading.start
    if not readings or _is_joined(text, reading):
        return False
    if "island" in readings:
        on_island = word_before(text, start).lower() in ("op", "eiland", "eilanden")
        return not (on_island or _is_beside_country(text, start, reading.end))
    if "homograph" in readings:
        return not _has_article(text, start)
    if "sentence_start" in readings:
        return begins_sentence(text, start)
    # "Frans zegt": with nothing before it, Frans is as likely a man.
    adjective = "given_name" in readings and reading.word.kind == "adjective"
    return adjective and begins_sentence(text, start)


def _is_beside_country(text: str, start: int, end: int) -> bool:
    """Whether a country is named in one breath with it: Sint-Maarten en Saint-Martin."""
    found = (
        _COUNTRY_BEFORE.search(text, max(0, start - _FAR), start),
        _COUNTRY_AFTER.match(text, end),
    )
    return any(match is not None and match[1] in country_lexicon().words for match in found)


def _is_joined(text: str, reading: Reading) -> bool:
    return bool(reading.ending) or text.startswith("-", reading.end)


def _has_article(text: str, start: int) -> bool:
    """Whether an article or an inflected adjective stands in front: de Let, een jonge Schot."""
    before = word_before(text, start).lower()
    return before in word_lists("language_words.tsv")["articles"] or before.endswith("e")


def _is_possessive(text: str, start: int, end: int) -> bool:
    """Whether an adjective that is also name + s is the possessive: Nederlands grootste bank."""
    base = country_lexicon().words.get(text[start : end - 1], ())
    if not any(way.kind == "name" and not way.rest for way in base):
        return False
    following = word_after(text, end)
    if not (_SUPERLATIVE.match(following) or _takes_inflection(following)):
        return False
    return word_before(text, start).lower() not in ("het", "'t", "een")


def _takes_inflection(noun: str) -> bool:
    """Whether an adjective has its -e before a noun: Japanse bevolking, never Japans bevolking."""
    return _COMMON_GENDER.search(noun) is not None or noun in titles()


def _form(text: str, reading: Reading) -> MentionForm:
    end = reading.end
    if reading.ending:
        return "possessive" if reading.ending.lower() in ("s", "'s") else "compound"
    named = reading.word.kind == "name"
    if _SUSPENDED.match(text, end) or _is_joined_to_noun(text, reading.start, end, named):
        return "compound"
    if not named or ("people" in reading.word.readings and _is_people(text, reading.start, end)):
        return "demonym"
    if text.startswith("' ", end) and text[end - 1] in "sxz" and text[end + 2 : end + 3].isalpha():
        opened = _OPENED_QUOTE.search(text[max(0, reading.start - 80) : reading.start])
        opens = text[reading.start - 1 : reading.start] == "'"
        return "name" if opened or opens else "possessive"
    return "name"


def _is_people(text: str, start: int, end: int) -> bool:
    """Whether the words around a name that is a plural too say so: twee Polen, Polen en Letten."""
    beside = (
        _COUNTRY_BEFORE.search(text, max(0, start - _FAR), start),
        _COUNTRY_AFTER.match(text, end),
    )
    for match in beside:
        ways = country_lexicon().words.get(match[1], ()) if match is not None else ()
        if any(way.kind == "inhabitant" and not way.rest for way in ways):
            return True
    before = word_before(text, start).lower()
    return before in word_lists("country_parts.tsv")["people"] or before.isdigit()


def _is_joined_to_noun(text: str, start: int, end: int, named: bool) -> bool:
    """Whether a part in lower case is joined to the name: Hongarije-dossier, oud-Rusland."""
    after = _PARTS_AFTER.match(text, end)
    if after is not None:
        parts = re.split("[-/]", after.group())[1:]
        in_capitals = end - start > _LONGEST_ABBREVIATION and text[start:end].isupper()
        if "-" in after.group() and any(_is_noun(part, in_capitals) for part in parts):
            return True
    if not named or not start or text[start - 1] != "-":
        return False
    before = _PART_BEFORE.search(text[max(0, start - 30) : start])
    if before is None:
        return False
    return before[1].islower() or before[1].lower() in word_lists("country_parts.tsv")["prefixes"]


def _is_noun(part: str, in_capitals: bool) -> bool:
    if part[:1].islower():
        return True
    return in_capitals and part.isupper() and part not in country_lexicon().words
