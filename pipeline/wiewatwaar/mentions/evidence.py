"""Everything the rules look at in one document, gathered once."""

import re
import sys
from bisect import bisect_right
from collections.abc import Collection, Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from operator import attrgetter

from wiewatwaar.lexicon.organisations import OrganisationMatch, organisations
from wiewatwaar.mentions.abbreviated import with_abbreviated
from wiewatwaar.mentions.apposition import explained, with_places
from wiewatwaar.mentions.bodies import with_bodies, with_firms
from wiewatwaar.mentions.capitals import capital_lines, initial_capital
from wiewatwaar.mentions.countries import CountryMatch, find_countries
from wiewatwaar.mentions.coverage import Coverage, label_over
from wiewatwaar.mentions.glued import apart
from wiewatwaar.mentions.introduced import with_introduced
from wiewatwaar.mentions.joining import put_right
from wiewatwaar.mentions.knowledge import Knowledge, learn
from wiewatwaar.mentions.neighbours import word_after
from wiewatwaar.mentions.occurrences import capital_words, with_plain_apostrophes
from wiewatwaar.mentions.possessors import with_possessors
from wiewatwaar.mentions.results import with_clubs
from wiewatwaar.mentions.shapes import Shapes
from wiewatwaar.mentions.things import with_things
from wiewatwaar.mentions.trimming import (
    Name,
    in_order,
    may_end_in_s,
    possesses,
    trimmed,
    without_genitive_s,
)
from wiewatwaar.mentions.word_lists import is_first_name, words
from wiewatwaar.spans import NamedSpan

_SMALL_WORD = re.compile(r"(?<!\w)[a-zß-öø-ÿ]\w*")
_CAPITALISED = re.compile(r"(?<!\w)[^\W\d_a-zß-öø-ÿ]\w*")
_BETWEEN = re.compile(r"(?:, ?| ?[-–/] ?|,? (?:en|of|als|noch|tegen|versus|vs\.?|&) )\Z")
_WORD = re.compile(r"\w+")
# Words of the longest name that is looked for in a line in capitals.
_MAX_WORDS = 7
# Code points: a paragraph.
_FAR = 400


@dataclass(frozen=True, slots=True)
class Evidence:
    """One document as the rules see it.

    Attributes:
        text: The cleaned text.
        spans: The model's spans in order, as the model gave them.
        names: The same, trimmed to names.
        coverage: The names by place.
        shapes: The joined words of the text.
        knowledge: What the document says about its names.
        countries: Country words, in order.
        organisations: Organisations of the lexicon, in order.
        lines: Start and end of each line all in capitals.
        listed: Forms in the text that the lexicon knows beyond doubt.
        enumerations: Names of the model that are in truth several of the lexicon (Rusland en
            Oekraïne, Open Vld/CD&V, PSV-Ajax).
        plain: The text with straight apostrophes.
        capital_words: The words of `plain` that begin as names do, with their places.
    """

    text: str
    spans: Sequence[NamedSpan]
    span_starts: Sequence[int]
    names: Sequence[Name]
    coverage: Coverage
    shapes: Shapes
    knowledge: Knowledge
    countries: Sequence[CountryMatch]
    organisations: Sequence[OrganisationMatch]
    lines: Sequence[tuple[int, int]]
    listed: Collection[str]
    enumerations: Collection[Name]
    plain: str
    capital_words: Sequence[tuple[int, str]]
    _small_words: set[str] = field(default_factory=set)

    def label(self, start: int, end: int) -> str | None:
        """What the model called the span that covers a stretch, if there is one."""
        return label_over(self.spans, self.span_starts, start, end)

    def in_capitals(self, place: int) -> bool:
        """Whether a place is in a line all in capitals."""
        return _lies_in(place, self.lines)

    def line_end(self, place: int) -> int:
        """Where the line of a place ends, no further than a name is looked for in it."""
        end = self.text.find("\n", place, place + _FAR)
        return end if end >= 0 else min(len(self.text), place + _FAR)

    def is_listed(self, form: str) -> bool:
        """Whether a form is a country or an organisation beyond doubt."""
        return form in self.listed

    def is_name(self, form: str) -> bool:
        """Whether a part of a word is a name by itself."""
        known = form in self.listed or organisations().lookup(form) is not None
        return known or self.knowledge.types.get(form, "OTHER") != "OTHER"

    def has_word(self, word: str) -> bool:
        """Whether the text has a word, written without capital."""
        if not self._small_words:
            self._small_words.update(_SMALL_WORD.findall(self.text))
        return word in self._small_words


def gather(text: str, spans: Sequence[NamedSpan]) -> Evidence:
    """Gathers what the rules look at.

    Args:
        text: The cleaned text.
        spans: The model's spans over it.

    Returns:
        The evidence.
    """
    ordered = in_order(spans, len(text))
    names = trimmed(text, ordered)
    lines = list(capital_lines(text))
    countries = find_countries(text)
    listed_organisations = _organisations(text, lines)
    listed = {text[one.start : one.end] for one in countries if not one.ambiguous}
    listed |= {text[one.start : one.end] for one in listed_organisations if not one.ambiguous}
    if lines:
        names = _without_pieces_of_headlines(text, names, lines, listed)
    names = put_right(text, names, listed.__contains__)
    names = with_abbreviated(text, names)
    names = with_bodies(text, names)
    names = with_firms(text, with_introduced(text, names, listed.__contains__))
    plain = with_plain_apostrophes(text)
    capitals = capital_words(plain)
    names = with_things(plain, names, capitals)
    names = with_clubs(text, names)
    names = apart(text, names)
    names = with_places(text, explained(text, names), listed)
    names = _without_genitives(text, with_possessors(text, names))
    knowledge = learn(text, names, listed.__contains__, _in_lines(names, lines))
    return Evidence(
        text=text,
        spans=ordered,
        span_starts=[span.start for span in ordered],
        names=names,
        coverage=Coverage.of(text, names),
        shapes=Shapes.of(text),
        knowledge=knowledge,
        countries=countries,
        organisations=listed_organisations,
        lines=lines,
        listed=listed,
        enumerations=_enumerations(text, names, (*countries, *listed_organisations)),
        plain=plain,
        capital_words=capitals,
    )


def _enumerations(
    text: str, names: Sequence[Name], matches: Iterable[CountryMatch | OrganisationMatch]
) -> set[Name]:
    """The names that several matches fill, with nothing but "en", "/" and the like between."""
    coverage = Coverage.of(text, names)
    inside: dict[Name, list[CountryMatch | OrganisationMatch]] = {}
    for match in matches:
        for name in coverage.overlapping(match.start, match.end):
            if name.start <= match.start and match.end <= name.end:
                inside.setdefault(name, []).append(match)
    return {name for name, found in inside.items() if _fill(text, name, found)}


def _fill(text: str, name: Name, matches: Sequence[CountryMatch | OrganisationMatch]) -> bool:
    if len(matches) < 2 or all(match.ambiguous for match in matches):
        return False
    place = name.start
    for match in sorted(matches, key=attrgetter("start")):
        between = text[place : match.start]
        if place != match.start and (place == name.start or not _BETWEEN.match(between)):
            return False
        place = match.end
    return place == name.end


def canonical_organisation(form: str) -> str | None:
    """The canonical name of an organisation, with or without an article in front.

    Args:
        form: A form the model called an organisation.

    Returns:
        The name, or None when the lexicon does not know it.
    """
    lexicon = organisations()
    known = lexicon.lookup(form)
    if known is None:
        article, _, rest = form.partition(" ")
        known = lexicon.lookup(rest) if article in ("de", "De", "het", "Het") else None
    return known.name if known is not None else None


def _without_genitives(text: str, names: Sequence[Name]) -> list[Name]:
    """Cuts the s of Ruttes where the document or the lexicon knows Rutte."""
    famous = words("surnames")
    persons = {text[name.start : name.end] for name in names if name.type == "PERSON"}
    full = [form for form in persons if " " in form]
    persons |= {
        text[name.start : name.end - 1]
        for name in names
        if name.type == "PERSON" and possesses(text, name)
    }
    surnames = {form.rpartition(" ")[2] for form in persons if " " in form}
    # A name that the document gives in full with its s is known to end in it: Piet Jansens.
    whole = {
        form
        for form in full
        if form.endswith("s")
        and form[:-1] not in persons
        and not _ends_in_one_of(form[:-1], famous, surnames)
    }
    owning = {text[name.start : name.end] for name in names if whole and possesses(text, name)}
    if not whole.isdisjoint(owning):
        # Where nothing is owned, a name that can end in s by itself does so everywhere.
        own = {
            text[name.start : name.end]
            for name in names
            if may_end_in_s(text, name) and not possesses(text, name)
        }
        whole -= owning - own
    whole |= {form.rpartition(" ")[2] for form in whole}
    bodies = {
        form[:-1]
        for name in names
        if name.type == "ORGANISATION"
        and (form := text[name.start : name.end]).endswith("s")
        and organisations().lookup(form[:-1]) is not None
        and organisations().lookup(form) is None
    }
    here = persons | surnames | bodies

    def is_bare(form: str) -> bool:
        return form in here or form in famous

    surnames |= set(full)
    cut = (without_genitive_s(text, name, is_bare, whole, surnames) for name in names)
    return [_listed_type(text, name) if name.form == "possessive" else name for name in cut]


def _ends_in_one_of(form: str, famous: Collection[str], surnames: Collection[str]) -> bool:
    """Whether a name is or ends in a famous surname, or is one of the document with its prefix."""
    first, _, last = form.rpartition(" ")
    if last in famous or form in famous:
        return True
    before = first.rpartition(" ")[2]
    if f"{before} {last}" in famous:
        return True
    # Van 't Hof, of Joke van 't Hof.
    return last in surnames and all(
        word.lower() in words("tussenvoegsels") for word in first.split()
    )


def _listed_type(text: str, name: Name) -> Name:
    """An organisation, where the lexicon knows what the model calls a person.

    Albert Heijns klanten; of a name that is another's too by what it owns: Colruyts winst.
    """
    known = organisations().lookup(text[name.start : name.end]) if name.type == "PERSON" else None
    if known is None:
        return name
    owned = word_after(text, name.end + 1)
    body = not known.ambiguous or owned in words("organisation_possessions")
    return name._replace(type="ORGANISATION") if body else name


def _without_pieces_of_headlines(
    text: str, names: Sequence[Name], lines: Sequence[tuple[int, int]], listed: Collection[str]
) -> list[Name]:
    """Leaves out names in capitals that hold a known one and more: NAVO OM, RUTTE BLIJ.

    So it does with persons of whom the text below the headline knows nothing: VETO.
    """
    in_lines = _in_lines(names, lines)
    forms = {text[name.start : name.end] for name in names if name.start not in in_lines}
    known = {form.upper() for form in (*forms, *listed)}
    known |= {form.rpartition(" ")[2] for form in known}
    capitals = {
        word.group().upper()
        for word in _CAPITALISED.finditer(text)
        if not _lies_in(word.start(), lines)
    }

    def is_kept(name: Name) -> bool:
        form = text[name.start : name.end]
        if name.start not in in_lines or form in known or _behind_first_names(form) in known:
            return True
        words_of_form = form.split()
        if not known.isdisjoint(words_of_form):
            return False
        if is_first_name(initial_capital(words_of_form[0])):
            return True
        return name.type != "PERSON" or not capitals or not capitals.isdisjoint(words_of_form)

    return [name for name in names if is_kept(name)]


def _behind_first_names(form: str) -> str:
    """What follows the first names in a name in capitals: DE GROOT in SASKIA DE GROOT."""
    first, _, rest = form.partition(" ")
    while rest and is_first_name(initial_capital(first)):
        form = rest
        first, _, rest = form.partition(" ")
    return form


def _in_lines(names: Sequence[Name], lines: Sequence[tuple[int, int]]) -> set[int]:
    """Places of the names that stand in one of some lines; both in order."""
    found: set[int] = set()
    index = 0
    for start, end in lines:
        while index < len(names) and names[index].start < end:
            if names[index].start >= start:
                found.add(names[index].start)
            index += 1
    return found


def _organisations(text: str, lines: Sequence[tuple[int, int]]) -> list[OrganisationMatch]:
    """Finds organisations; in lines all in capitals, where less is certain, by other rules."""
    lexicon = organisations()
    found = lexicon.find(text)
    if not lines:
        return found
    apart = [match for match in found if not _lies_in(match.start, lines)]
    for line in lines:
        apart.extend(_organisations_in_capitals(text, *line))
    return sorted(apart, key=attrgetter("start"))


def _organisations_in_capitals(text: str, start: int, end: int) -> Iterator[OrganisationMatch]:
    lexicon = organisations()
    words_of_line = [match.span() for match in _WORD.finditer(text, start, end)]
    done = start
    for index, (begin, _) in enumerate(words_of_line):
        if begin < done:
            continue
        for _, stop in reversed(words_of_line[index : index + _MAX_WORDS]):
            form = lexicon.lookup_uppercase(text[begin:stop])
            if form is not None:
                yield OrganisationMatch(begin, stop, form.name, form.ambiguous)
                done = stop
                break


def _lies_in(place: int, lines: Sequence[tuple[int, int]]) -> bool:
    index = bisect_right(lines, (place, sys.maxsize)) - 1
    return index >= 0 and place < lines[index][1]
