"""The model's names put right by their shape: pieces joined, parts of the sentence left out."""

import re
from collections.abc import Callable, Sequence
from functools import cache

from wiewatwaar.lexicon.organisations import lookup
from wiewatwaar.mentions.introduced import is_role
from wiewatwaar.mentions.languages import is_language
from wiewatwaar.mentions.neighbours import word_after, word_before
from wiewatwaar.mentions.occurrences import begins_sentence
from wiewatwaar.mentions.trimming import Name, is_title
from wiewatwaar.mentions.word_lists import is_first_name, is_initials, words
from wiewatwaar.names import tussenvoegsels

_BRACKETED_NAME = re.compile(
    r"(?<![\w.-])(?:(?:[A-Z][a-z]?\.){1,6} ?\([A-Z][\w-]{1,30}\)"
    r"|[A-Z][\w-]{1,30} \((?:[A-Z][a-z]?\.){1,6}\)) "
    r"(?:[A-Za-z'’]{1,4} ){0,3}[^\W\d_a-zß-öø-ÿ][\w-]{1,40}"
)
_PART_OF_DOUBLE_NAME = re.compile(r"[-‐‑]([a-z]{2,4})\Z")
_ARTICLES = frozenset({"de", "het", "een"})
_WORD_BEFORE = re.compile(r"(?<![\w'’.-])([^\W\d_]{2,20}) \Z")
# Mark je kalender; Smid zijn is een vak.
_SHOWS_COMMON_WORD = re.compile(
    r" (?:je|jouw|jullie|(?:zijn|blijven|worden|hebben) "
    r"(?:is|was|kan|mag|moet|blijft|lijkt|vergt|vraagt|kost))\b"
)
_LONGEST_WORD = 20
# Not the participles of headlines: Wilders verkozen, Janssens gekozen.
_PLURAL_VERB = re.compile(
    r"(?!(?:in|op|af|aan|uit|over|voor|mee|terug|toe)?ge|be|ver|ont|her)[a-z]{2,12}en\Z"
    r"|(?:zijn|gaan|staan|doen|zien|hebben|verhogen|verwachten|vertrekken|verdienen)\Z"
)
_TOKEN = re.compile(r"\S+")
_LONGEST_NAME = 200
_BETWEEN_HALVES = frozenset({" van ", " voor ", " van de ", " voor de ", " van het ", " voor het "})
_NO_LETTER = re.compile(r"[\W\d_]+")
_STREET = re.compile(r"(?:De )?[A-Z][a-z]+(?:straat|gracht|plein|singel|laan)\Z")
# Jeroen v Holland, Piet vd Berg.
_LONGEST_SHORTENED = 2
_JOINING_WORDS = frozenset({"and", "und", "bar", "ben", "abu", "ould"})
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
    cleaned = (_without_common_words(text, name) for name in names)
    kept = [_typed(text, name) for name in cleaned if name is not None]
    kept = [right for right in (_without_listed(text, name, is_listed) for name in kept) if right]
    return _joined(text, _with_bracketed_names(text, kept))


def is_common_word(text: str, start: int, end: int) -> bool:
    """Whether a capitalised word is, by what follows, a common word that begins its sentence.

    Args:
        text: The cleaned text.
        start: First code point of the word.
        end: One past the last.

    Returns:
        Whether it is: Mark in "Mark je kalender".
    """
    return bool(_SHOWS_COMMON_WORD.match(text, end)) and begins_sentence(text, start)


def is_plural_subject(text: str, start: int, end: int) -> bool:
    """Whether a plural verb says that a word is a plural, not a surname: Rechters krijgen.

    Args:
        text: The cleaned text.
        start: First code point of a word that begins its sentence.
        end: One past the last.

    Returns:
        Whether it does.
    """
    following = word_after(text, end)
    return (
        text[start:end].endswith(("s", "en"))
        and _PLURAL_VERB.match(following) is not None
        and following not in words("words_after_names")
    )


def _without_common_words(text: str, name: Name) -> Name | None:
    """The name without a common word whose capital is that of the sentence."""
    if name.type == "PERSON" and text[name.start : name.end].islower():
        return None
    if _NO_LETTER.fullmatch(text, name.start, name.end):
        return name if lookup(text[name.start : name.end]) else None
    if text[name.start].islower() or not begins_sentence(text, name.start):
        return name
    first, space, rest = text[name.start : name.end].partition(" ")
    if not space:
        common = first.lower() in words("no_names") or is_common_word(text, name.start, name.end)
        common = common or (name.type == "PERSON" and is_plural_subject(text, name.start, name.end))
        return None if common and not first.isupper() else name
    if first == "Van" and text.startswith((" tot ", " naar "), name.end):
        # Van Schiermonnikoog tot Cadzand.
        return name._replace(start=name.start + len("Van "), type="LOCATION")
    if first.lower() in _ARTICLES and name.type == "OTHER":
        # De NOS- en VTM-journalisten.
        return name._replace(start=name.start + len(first) + 1) if len(rest) > 1 else None
    if first.lower() in _ARTICLES and rest.islower():
        return None
    if first.lower() not in words("no_names") or name.type == "OTHER":
        return name
    return name._replace(start=name.start + len(first) + 1) if len(rest) > 1 else None


def _typed(text: str, name: Name) -> Name:
    """The name with the type that it has in itself: Lukashenko, Kyiv, the language Fins."""
    form = text[name.start : name.end]
    if name.type != "OTHER" and " " not in form and is_language(text, name.start, name.end):
        return name._replace(type="OTHER")
    before = word_before(text, name.start)
    if name.type in ("PERSON", "ORGANISATION") and _STREET.match(form):
        return name._replace(type="LOCATION")
    if name.type == "PERSON" or (name.type == "ORGANISATION" and before in _BEFORE_PLACES):
        place = form.removeprefix("De ") in words("places")
        return name._replace(type="LOCATION") if place else name
    if name.type == "LOCATION" and before in _BEFORE_PLACES:
        return name
    first, *rest = form.split(" ")
    if name.type == "OTHER" and rest and rest[-1].lower() in words("organisation_heads"):
        # Belgisch Olympisch Comité: what is called so is a body.
        return name._replace(type="ORGANISATION") if first[0].isupper() else name
    shown = len(rest) > 1 and is_first_name(first) and is_initials(rest[0])
    famous = words("surnames")
    if form.endswith(("'s", "’s")) and form[:-2] in famous:
        return name._replace(end=name.end - 2, type="PERSON", form="possessive")
    shown = shown or form in famous or (form.endswith("s") and form[:-1] in famous)
    return name._replace(type="PERSON") if shown else name


def _without_listed(text: str, name: Name, is_listed: Callable[[str], bool]) -> Name | None:
    """A person's name without what the lexicon knows: De Nato, Loekasjenko van Belarus."""
    if name.type != "PERSON":
        return name
    form = text[name.start : name.end]
    first, space, rest = form.partition(" ")
    if space and first.lower() in _ARTICLES and is_listed(rest):
        return None
    particle, space, country = rest.partition(" ")
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


def _joined(text: str, names: Sequence[Name]) -> list[Name]:
    """Joins first names to the surname behind them: Caroline + van der + Plas."""
    joined: list[Name] = []
    for index, name in enumerate(names):
        following = names[index + 1].start if index + 1 < len(names) else len(text)
        if joined and (
            _go_together(text, joined[-1], name) or _are_one_body(text, joined[-1], name)
        ):
            name = joined.pop()._replace(end=name.end, form=name.form)
        elif name.type == "PERSON":
            done = joined[-1].end if joined else 0
            name = _with_first_name(text, name, done)
        joined.append(_with_surname(text, name, following))
    return joined


def _go_together(text: str, first: Name, second: Name) -> bool:
    if (
        first.type != "PERSON"
        or second.type != "PERSON"
        or second.start - first.end > _LONGEST_WORD
    ):
        return False
    between = text[first.end : second.start]
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
        and _is_first_names(text[first.start : first.end])
    )


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
    return name._replace(start=before.start()) if before[1] in words("first_names") else name


def _with_surname(text: str, name: Name, following: int) -> Name:
    """The name with the surname behind it that the model left out: Anne Teresa + De Smet."""
    if name.type != "PERSON" or not _is_first_names(text[name.start : name.end]):
        return name
    found = _surname().match(text, name.end, following)
    return name._replace(end=found.end()) if found else name


def _is_first_names(form: str) -> bool:
    return all(is_first_name(token) for token in form.split())


@cache
def _surname() -> "re.Pattern[str]":
    particles = "|".join(sorted(word.capitalize() for word in words("joining_particles")))
    return re.compile(rf"(?: (?:{particles})){{1,3}} [A-ZÀ-ÖØ-Þ][\w-]{{2,40}}(?![\w'’])")
