"""The model's names put right by their shape: pieces joined, parts of the sentence left out."""

import re
from collections.abc import Callable, Sequence
from functools import cache

from wiewatwaar.lexicon.countries import country_lexicon
from wiewatwaar.lexicon.organisations import lookup, organisations
from wiewatwaar.mentions.capitals import initial_capital
from wiewatwaar.mentions.common_words import without_common_word, without_known_words
from wiewatwaar.mentions.introduced import is_of_relative
from wiewatwaar.mentions.languages import is_language
from wiewatwaar.mentions.neighbours import word_after, word_before
from wiewatwaar.mentions.occurrences import begins_sentence
from wiewatwaar.mentions.trimming import Name, is_title
from wiewatwaar.mentions.word_lists import is_first_name, is_initials, is_role, words
from wiewatwaar.people.names import tussenvoegsels
from wiewatwaar.spans import SpanType

_BRACKETED_NAME = re.compile(
    r"(?<![\w.-])(?:(?:[A-Z][a-z]?\.){1,6} ?\([A-Z][\w-]{1,30}\)"
    r"|[A-Z][\w-]{1,30} \((?:[A-Z][a-z]?\.){1,6}\)) "
    r"(?:[A-Za-z'’]{1,4} ){0,3}[^\W\d_a-zß-öø-ÿ][\w-]{1,40}"
)
# Without one of these in a text, no such name is.
_BESIDE_INITIALS = (".(", ". (", ".) ")
_PART_OF_DOUBLE_NAME = re.compile(r"[-‐‑]([a-z]{2,4})\Z")
_SECOND_HALF = re.compile(r"(?: (?:der|den|de)){0,2} [A-ZÀ-ÖØ-Þ]\w{1,40}")
_ARTICLES = frozenset({"de", "het", "een"})
_WORD_BEFORE = re.compile(r"(?<![\w'’.-])([^\W\d_]{2,20}) \Z")
_LONGEST_WORD = 20
_AGE = re.compile(
    r" (?:is|was|wordt|werd) (?:\d{1,3}|(?:twin|der|veer|vijf|zes|zeven|tach|negen)tig)\b"
)
_TOKEN = re.compile(r"\S+")
_INITIAL_IN_FRONT = re.compile(r"[A-Z]\. ")
_NUMBERED = re.compile(r"([^\W\d_]{2,20})-\d{1,4}")
_TYPE_BEHIND = re.compile(r"[a-z] [A-Z]{1,2}\d{1,4}\Z")
_GENERATION = re.compile(r"[A-Z][a-z]\S*-(?:senior|junior)\Z")
_LONGEST_NAME = 200
_SHORTEST_SHOUT = 4
_BETWEEN_HALVES = frozenset({" van ", " voor ", " van de ", " voor de ", " van het ", " voor het "})
_STREET = re.compile(r"(?:De )?[A-Z][a-z]+(?:straat|gracht|plein|singel|laan)\Z")
# Jeroen v Holland, Piet vd Berg.
_LONGEST_SHORTENED = 2
_JOINING_WORDS = frozenset({"and", "und", "bar", "ben", "abu", "ould"})
_BEFORE_SPEAKERS = frozenset({"zegt", "zei", "aldus", "meldt", "meldde", "schrijft", "belooft"})
_PARTS_OF_TOWNS = frozenset(
    {"Centraal", "Centrum", "Noord", "Noordoost", "Oost", "West", "Zuid", "Zuidoost", "Zuidwest"}
)
_KINDS_OF_STATES = frozenset({"government", "international"})
_BEFORE_PLACES = frozenset({"in", "naar", "te", "uit", "vanuit", "nabij"})


def put_right(text: str, names: Sequence[Name], is_listed: Callable[[str], bool]) -> list[Name]:
    """Joins names that the model cut, and takes out what is no part of a name.

    Args:
        text: The cleaned text.
        names: Trimmed names, in order, without overlaps.
        is_listed: Whether the lexicon knows a form as a country or an organisation.

    Returns:
        Names in order, without overlaps.
    """
    names = without_known_words(text, names, is_listed)
    cleaned = (without_common_word(text, name) for name in names)
    kept = [_typed(text, name) for name in cleaned if name is not None]
    kept = [right for right in (_without_listed(text, name, is_listed) for name in kept) if right]
    kept = _without_shouts(text, kept, is_listed)
    kept = _with_speakers(text, kept)
    return _joined(text, _with_bracketed_names(text, kept), is_listed)


def _typed(text: str, name: Name) -> Name:
    """The name with the type that it has in itself: Lukashenko, Kyiv, the language Fins."""
    form = text[name.start : name.end]
    if name.type != "OTHER" and " " not in form and is_language(text, name.start, name.end):
        return name if is_of_relative(text, name) else name._replace(type="OTHER")
    if name.type == "ORGANISATION" and text.startswith("@", name.start - 1) and name.start:
        # The handle of anybody.
        return name._replace(type="OTHER")
    if name.type != "OTHER" and _is_numbered(form, name.type):
        return name._replace(type="OTHER")
    if name.type != "ORGANISATION" and form.endswith(_company_endings()) and form[0].isupper():
        return name._replace(type="ORGANISATION")
    if _INITIAL_IN_FRONT.match(form) and form[len("E. ") :] in country_lexicon().words:
        # In groep E. Nederland won.
        return name._replace(start=name.start + len("E. "), type="LOCATION")
    owner = _owning_organisation(text, name)
    if owner is not None:
        return owner
    if name.type in ("PERSON", "ORGANISATION") and _is_of_place(form, name.type):
        return name._replace(type="LOCATION")
    shouted = form.isupper() and initial_capital(form) in words("places")
    if name.type == "ORGANISATION" and (shouted or form in words("seats")):
        return name._replace(type="LOCATION")
    if name.type == "PERSON" or (
        name.type == "ORGANISATION" and word_before(text, name.start) in _BEFORE_PLACES
    ):
        place = form.removeprefix("De ") in words("places")
        return name._replace(type="LOCATION") if place else name
    if name.type == "LOCATION" and word_before(text, name.start) in _BEFORE_PLACES:
        return name
    if name.type == "LOCATION" and " " not in form and _speaks(text, name):
        return name._replace(type="ORGANISATION")
    first, *rest = form.split(" ")
    if name.type == "LOCATION" and rest and rest[-1].lower() in words("body_heads"):
        return name._replace(type="ORGANISATION")
    if name.type == "OTHER" and rest and rest[-1].lower() in words("place_heads"):
        return name._replace(type="LOCATION") if form[0].isupper() and rest[-1].istitle() else name
    if name.type == "OTHER" and rest and _has_organisation_head(first, rest):
        return name._replace(type="ORGANISATION") if first[0].isupper() else name
    shown = len(rest) > 1 and is_first_name(first) and is_initials(rest[0])
    famous = words("surnames")
    if form.endswith(("'s", "’s")) and form[:-2] in famous:
        return name._replace(end=name.end - 2, type="PERSON", form="possessive")
    shown = (
        shown
        or _GENERATION.match(form) is not None
        or form in famous
        or (form.endswith("s") and form[:-1] in famous)
    )
    return name._replace(type="PERSON") if shown else name


def _is_of_place(form: str, type_: SpanType) -> bool:
    """Whether a name begins or ends as that of a street or another place: Sportpark Duinzicht."""
    if _STREET.match(form):
        return True
    first, _, rest = form.partition(" ")
    if first in words("place_heads_in_front"):
        return rest[:1].isupper() and lookup(form) is None
    town, _, part = form.rpartition(" ")
    # Chicago West is a person.
    return (
        type_ == "ORGANISATION"
        and part in _PARTS_OF_TOWNS
        and town in words("places")
        and lookup(form) is None
    )


def _is_numbered(form: str, type_: SpanType) -> bool:
    """Whether a number makes another word of a name: a place in a list (FIFA-15), a type (X10)."""
    numbered = _NUMBERED.fullmatch(form)
    if numbered is not None:
        return lookup(numbered[1]) is not None and lookup(form) is None
    return type_ == "PERSON" and _TYPE_BEHIND.search(form) is not None


@cache
def _company_endings() -> tuple[str, ...]:
    return tuple(f" {word}" for word in sorted(words("company_endings")))


def _speaks(text: str, name: Name) -> bool:
    """Whether somebody speaks for what is called as a place, and is none that is known."""
    form = text[name.start : name.end]
    listed = lookup(form)
    if listed is not None and organisations().organisations[listed.name].kind in _KINDS_OF_STATES:
        # zegt het Kremlin.
        return False
    if form in words("places") or form in words("seats") or form in country_lexicon().words:
        return False
    before = word_before(text, name.start)
    if before in ("de", "het"):
        before = word_before(text, name.start - 1 - len(before))
    return before in _BEFORE_SPEAKERS


def _has_organisation_head(first: str, rest: Sequence[str]) -> bool:
    """Whether a name says what body it is: Belgisch Olympisch Comité, Museum Zilverhof."""
    if rest[-1].lower() in words("organisation_heads"):
        return True
    return first in ("Museum", "Stichting", "Vereniging") and rest[0][0].isupper()


def _without_shouts(
    text: str, names: Sequence[Name], is_listed: Callable[[str], bool]
) -> list[Name]:
    """Leaves out words in capitals that nobody and no place is called: JOEPIE, VLUCHTELING."""
    forms = {text[name.start : name.end] for name in names}
    last_words = {form.rpartition(" ")[2] for form in forms}

    def is_shout(name: Name) -> bool:
        form = text[name.start : name.end]
        if name.type not in ("PERSON", "LOCATION") or not (form.isupper() and form.isalpha()):
            return False
        if len(form) < _SHORTEST_SHOUT or is_listed(form) or lookup(form) is not None:
            return False
        usual = initial_capital(form)
        known = is_first_name(usual) or usual in words("surnames") or usual in words("places")
        return not known and usual not in last_words and usual not in words("common_surnames")

    return [name for name in names if not is_shout(name)]


def _with_speakers(text: str, names: Sequence[Name]) -> list[Name]:
    """Makes persons of first names that are languages, where their bearer acts: Frans woont er."""
    firsts = {
        text[name.start : name.end].partition(" ")[0]
        for name in names
        if name.type == "PERSON" and " " in text[name.start : name.end]
    }
    return [
        name._replace(type="PERSON")
        if name.type == "OTHER"
        and text[name.start : name.end] in firsts
        and begins_sentence(text, name.start)
        and (word_after(text, name.end) in words("agent_verbs") or _AGE.match(text, name.end))
        else name
        for name in names
    ]


def _owning_organisation(text: str, name: Name) -> Name | None:
    """The organisation that owns what follows: Toyota's fabriek, Volkswagens antwoord."""
    form = text[name.start : name.end]
    if text.startswith(("'s", "’s"), name.end):
        following = word_after(text, name.end + len("'s"))
        owns = name.type == "PERSON" and following in words("organisation_possessions")
        return name._replace(type="ORGANISATION") if owns and lookup(form) is not None else None
    if name.type != "OTHER":
        return None
    whose, _, owned = form.partition(" ")
    if whose.endswith("s") and owned in words("possessed_words") and lookup(whose[:-1]) is None:
        # Bomhofs recensie.
        known = whose[:-1] in words("places") or whose[:-1] in country_lexicon().words
        end = name.start + len(whose) - 1
        return None if known else name._replace(end=end, type="PERSON", form="possessive")
    cut = len("'s") if form.endswith(("'s", "’s")) else len("s") if form.endswith("s") else 0
    if not cut:
        return None
    following = word_after(text, name.end)
    owns = following in words("organisation_possessions") or following in words("possessed_words")
    if not owns or lookup(form) is not None or lookup(form[:-cut]) is None:
        return None
    return name._replace(end=name.end - cut, type="ORGANISATION", form="possessive")


def _without_listed(text: str, name: Name, is_listed: Callable[[str], bool]) -> Name | None:
    """A person's name without what the lexicon knows: De Nato, Loekasjenko van Belarus."""
    if name.type != "PERSON":
        return name
    form = text[name.start : name.end]
    first, space, rest = form.partition(" ")
    if space and first.lower() in _ARTICLES and is_listed(rest):
        return None
    particle, space, country = rest.partition(" ")
    if particle == "van" and lookup(country) is not None and first.lower() in words("role_nouns"):
        # Lid van Groen.
        return None
    if space and particle in ("van", "uit") and is_listed(country) and not is_first_name(first):
        return name._replace(end=name.start + len(first))
    return _without_tail(text, name, is_listed)


def _without_tail(text: str, name: Name, is_listed: Callable[[str], bool]) -> Name:
    """A full name without what the sentence goes on with.

    Roland Busch van Siemens, Joris Zomer naar Griekenland, Saddam Hussein Koeweit.
    """
    # What is longer than a name with a tail is no name at all: looking at each rest is quadratic.
    end = min(name.end, name.start + _LONGEST_NAME)
    tokens = [match.span() for match in _TOKEN.finditer(text, name.start, end)]
    for index, (start, _) in enumerate(tokens):
        rest = text[start:end]
        word, _, behind = rest.partition(" ")
        ends = index > 0 and word.isalpha() and word.islower() and not _may_join(word)
        # Noor van 6.
        ends = ends or (index > 0 and word == "van" and behind[:1].isdigit())
        if index > 1 and not ends:
            named = behind.partition(" ")[2] if behind.startswith(("de ", "het ")) else behind
            belongs = word == "van" and (is_listed(named) or lookup(named) is not None)
            before = text[slice(*tokens[index - 1])].lower()
            ends = belongs or (is_listed(rest) and rest[0].isupper() and not _may_join(before))
        if ends:
            return name._replace(end=tokens[index - 1][1], form="name")
    return name


def _may_join(word: str) -> bool:
    """Whether a word in lower case can stand within a person's name."""
    return len(word) <= _LONGEST_SHORTENED or word in tussenvoegsels() or word in _JOINING_WORDS


def _with_bracketed_names(text: str, names: Sequence[Name]) -> list[Name]:
    """Makes one name of F. (Ferdi) Koopal, where the model has any of it."""
    if not any(mark in text for mark in _BESIDE_INITIALS):
        return list(names)
    joined: list[Name] = []
    index = 0
    for match in _BRACKETED_NAME.finditer(text):
        while index < len(names) and names[index].end <= match.start():
            joined.append(names[index])
            index += 1
        inside: list[Name] = []
        while index < len(names) and names[index].start < match.end():
            inside.append(names[index])
            index += 1
        fits = inside and inside[-1].end <= match.end()
        # Ontwerper J.P. (Jan-Pieter) ter Braake: a title or role may stand in front.
        titles = text[inside[0].start : match.start()].split() if inside else []
        fits = fits and all(is_title(word) or is_role(word.lower()) for word in titles)
        if fits and any(name.type == "PERSON" for name in inside):
            whole = inside[0]._replace(start=match.start(), end=match.end(), type="PERSON")
            joined.append(whole)
        else:
            joined.extend(inside)
    return joined + list(names[index:])


def _joined(text: str, names: Sequence[Name], is_listed: Callable[[str], bool]) -> list[Name]:
    """Joins first names to the surname behind them: Caroline + van der + Plas."""
    joined: list[Name] = []
    for index, name in enumerate(names):
        following = names[index + 1].start if index + 1 < len(names) else len(text)
        if joined and (
            _go_together(text, joined[-1], name, is_listed) or _are_one_body(text, joined[-1], name)
        ):
            type_ = name.type if joined[-1].type == "LOCATION" else joined[-1].type
            name = joined.pop()._replace(end=name.end, type=type_, form=name.form)
        elif name.type == "PERSON":
            done = joined[-1].end if joined else 0
            name = _with_first_name(text, name, done)
        joined.append(_with_surname(text, name, following))
    return joined


def _go_together(text: str, first: Name, second: Name, is_listed: Callable[[str], bool]) -> bool:
    if second.type == "PERSON" and _is_country_as_first_name(text, first, second):
        return True
    if first.type != "PERSON" or second.start - first.end > _LONGEST_WORD:
        return False
    form = text[first.start : first.end]
    between = text[first.end : second.start]
    if between == " à " and second.type == "PERSON":
        # Lycklama à Nijeholt.
        return True
    if between == " tot " and " van " in form and second.type in ("PERSON", "LOCATION"):
        # Taets van Amerongen tot Natewisch.
        return True
    if second.type != "PERSON" and not (second.type == "OTHER" and is_initials(form)):
        return False
    if between in ("' ", "’ ", "” ", '" '):
        # Joaquin 'El Chapo' Guzman.
        return re.search(r" ['’‘“„\"][^\s'’”\"][^'’”\"]*\Z", form) is not None
    if between == " ":
        half = _PART_OF_DOUBLE_NAME.search(text, max(first.start, first.end - 6), first.end)
        return half is not None and half[1] in words("joining_particles")
    particles = between.lower().split()
    return (
        bool(particles)
        and between[0].isspace()
        and between[-1].isspace()
        and "\n\n" not in between
        and all(particle in words("joining_particles") for particle in particles)
        and (_is_first_names(form) or _is_bare(form, text[second.start : second.end], is_listed))
    )


def _is_country_as_first_name(text: str, first: Name, second: Name) -> bool:
    """Whether a sentence begins with a first name that is a country elsewhere: India Reynolds."""
    return (
        text[first.start : first.end] in words("country_first_names")
        and text[first.end : second.start] == " "
        and begins_sentence(text, first.start)
        and not is_first_name(text[second.start : second.end].partition(" ")[0])
    )


def _is_bare(form: str, behind: str, is_listed: Callable[[str], bool]) -> bool:
    """Whether a name is one word, a first name in no list: Renaud + van + Ruymbeke."""
    return " " not in form and not (is_listed(behind) or lookup(behind) or is_first_name(behind))


def _are_one_body(text: str, first: Name, second: Name) -> bool:
    """Whether two organisations are the halves of one name: Raad + voor de + Kinderbescherming."""
    if first.type != "ORGANISATION" or second.type != "ORGANISATION":
        return False
    if text[first.end : second.start] not in _BETWEEN_HALVES:
        return False
    return text[first.start : first.end].rpartition(" ")[2].lower() in words("organisation_heads")


def _with_first_name(text: str, name: Name, done: int) -> Name:
    """The name with the first name in front that the model left out: Zuhal + Demir."""
    before = _WORD_BEFORE.search(text, max(done, name.start - _LONGEST_WORD - 2), name.start)
    if before is None or not before[1][0].isupper() or is_first_name(text[name.start : name.end]):
        return name
    if before[1] not in words("first_names"):
        return name
    # Lieve Jade, as a letter begins; Lieve Van Daele bears the name.
    greets = before[1].lower() in words("callings") and text.startswith(",", name.end)
    return name if greets else name._replace(start=before.start())


def _with_surname(text: str, name: Name, following: int) -> Name:
    """The name with the surname behind it that the model left out: Anne Teresa + De Smet."""
    if name.type != "PERSON":
        return name
    half = _PART_OF_DOUBLE_NAME.search(text, max(name.start, name.end - 6), name.end)
    if half is not None and half[1] in words("joining_particles"):
        # Carolina Geel-van + Oord.
        second = _SECOND_HALF.match(text, name.end, following)
        return name._replace(end=second.end()) if second else name
    if not _is_first_names(text[name.start : name.end]):
        return name
    found = _surname().match(text, name.end, following)
    return name._replace(end=found.end()) if found else name


def _is_first_names(form: str) -> bool:
    return all(is_first_name(token) for token in form.split())


@cache
def _surname() -> "re.Pattern[str]":
    particles = "|".join(sorted(word.capitalize() for word in words("joining_particles")))
    return re.compile(rf"(?: (?:{particles})){{1,3}} [A-ZÀ-ÖØ-Þ][\w-]{{2,40}}(?![\w'’])")
