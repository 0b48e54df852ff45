"""Common words that a sentence begins with, and that a model takes for names or parts of them."""

import re
from collections.abc import Callable, Collection, Sequence
from functools import cache

from wiewatwaar.lexicon.organisations import lookup
from wiewatwaar.mentions.neighbours import word_after
from wiewatwaar.mentions.occurrences import begins_sentence
from wiewatwaar.mentions.trimming import Name, is_title
from wiewatwaar.mentions.word_lists import is_first_name, longest_titled_names, words

_ARTICLES = frozenset({"de", "het", "een"})
_SMALL_WORD = re.compile(r"(?<![\w'’-])[a-zß-öø-ÿ]\w{2,}")
_OWNS = ("'", "’")
# Plus, het regende; Volt is de eenheid van spanning; Trouw bleef hij.
_NO_SUBJECT = re.compile(
    r",(?! (?:de|dat|die|een|waar\w*|met) )|[!.?]| is (?:de|een) eenheid\b"
    r"| [a-z]{2,12} (?:hij|ze|zij|ik|je|we|wij|men|niemand|iedereen)\b"
)
_SENTENCE_END = re.compile(r"[.!?]\s|\n")
_AGE = re.compile(r" \(\d{1,3}\)")
_NO_LETTER = re.compile(r"[\W\d_]+")
# Mark je kalender; Smid zijn is een vak.
_SHOWS_COMMON_WORD = re.compile(
    r" (?:je|jouw|jullie|(?:het|een) [a-z]+ [a-z]+|(?:zijn|blijven|worden|hebben) "
    r"(?:is|was|kan|mag|moet|blijft|lijkt|vergt|vraagt|kost)"
    r"|(?:is|was|wordt|werd|blijft|wil|kan|mag) (?:ze|hij|zij|ik|je|we|wij|niemand|iedereen)"
    r"|is (?:de|het|een) (?:boom|deel|dier|eenheid|kleur|metaal|naam|plant|soort|steen|stof|term"
    r"|vis|vogel|woord|ziekte)"
    r"|(?:gezocht|gevraagd)|(?<=en )en [a-z]{3,20}en (?!en\b)[a-z]{2,20}en)\b"
)
_SHORTEST_FIRST_PART = 4
_SHORTEST_LAST_PART = 5
# Groothuizen, Steenbergen.
_ENDS_OF_SURNAMES = frozenset({"bergen", "bruggen", "huizen", "molen", "straten", "velden"})
# Not the participles of headlines: Wilders verkozen, Janssens gekozen.
_AGAIN = re.compile(r" (?:na|voor|aan|op|om|tegen) (\w{2,30})\b")
_PLURAL_VERB = re.compile(
    r"(?!(?:in|op|af|aan|uit|over|voor|mee|terug|toe)?ge|be|ver|ont|her)[a-z]{2,12}en\Z"
    r"|(?:zijn|gaan|staan|doen|zien|hebben|verhogen|verwachten|vertrekken|verdienen)\Z"
)


def without_known_words(
    text: str, names: Sequence[Name], is_listed: Callable[[str], bool]
) -> list[Name]:
    """Leaves out the first word of a sentence where the text has it without a capital too.

    What nobody else bears as a surname and stands nowhere else as a name is a common word:
    Dorpen ontruimd.

    Args:
        text: The cleaned text.
        names: Trimmed names, in order.
        is_listed: Whether the lexicon knows a form as a country or an organisation.

    Returns:
        The other names, in order.
    """
    doubted = {
        form
        for name in names
        if " " not in (form := text[name.start : name.end])
        and form.istitle()
        and name.type != "OTHER"
        and begins_sentence(text, name.start)
    }
    if not doubted:
        return list(names)
    names = _without_bearers_to_come(text, names, doubted)
    for name in names:
        *others, last = text[name.start : name.end].split()
        if others or not begins_sentence(text, name.start):
            doubted.discard(last)
    common = _surnames_of_nobody(text, names, doubted)
    doubted = {
        form
        for form in doubted
        if not (is_listed(form) or lookup(form) or is_first_name(form))
        and form not in words("common_surnames")
        and form not in words("surnames")
        and form not in words("places")
    }
    if doubted:
        small = set(_SMALL_WORD.findall(text))
        common |= {form for form in doubted if _is_common(form.lower(), small)}
    return [name for name in names if text[name.start : name.end] not in common]


def _without_bearers_to_come(
    text: str, names: Sequence[Name], doubted: Collection[str]
) -> list[Name]:
    """Leaves out a word whose bearer comes further on in the sentence: Vos bijt, zegt Anja Vos.

    Nobody is first called by the surname alone there, but above it, in a headline.
    """
    firsts: dict[str, int] = {}
    common: set[int] = set()
    for place, name in enumerate(names):
        *others, last = text[name.start : name.end].split()
        if last not in doubted or last not in words("common_surnames"):
            continue
        if not others:
            firsts.setdefault(last, place)
            continue
        first = firsts.pop(last, None)
        if first is None or _SENTENCE_END.search(text, names[first].end, name.start):
            continue
        if last not in words("surnames") and not _acts(text, names, first):
            common.add(first)
    return [name for place, name in enumerate(names) if place not in common]


def _acts(text: str, names: Sequence[Name], place: int) -> bool:
    """Whether what stands behind a name says that it is somebody: wint, (18), 's, : 'Ik ...'."""
    end = names[place].end
    following = word_after(text, end)
    if following in words("agent_verbs") or following == "heet":
        return True
    if text[end : end + 1] in (*_OWNS, ":"):
        return True
    return _AGE.match(text, end) is not None or _is_beside_person(text, names, place)


def _surnames_of_nobody(text: str, names: Sequence[Name], doubted: Collection[str]) -> set[str]:
    """The common words among surnames that nobody in the text bears: Rook boven de haven.

    News gives the full name of all but the best known, or says what they do.
    """
    found = {form for form in doubted if form in words("common_surnames")}
    found -= words("surnames")
    if not found:
        return found
    acting = {
        text[name.start : name.end] for place, name in enumerate(names) if _acts(text, names, place)
    }
    return {form for form in found - acting if lookup(form) is None and not is_first_name(form)}


def _is_beside_person(text: str, names: Sequence[Name], place: int) -> bool:
    """Whether a name is the first of two persons: Smit en Bakker."""
    if place + 1 == len(names):
        return False
    name, following = names[place], names[place + 1]
    return following.type == "PERSON" and text[name.end : following.start] == " en "


def _is_common(word: str, small: Collection[str]) -> bool:
    """Whether a word in lower case is a noun that the text or the lexicon has, or a compound."""
    if word in small or is_title(word) or word in words("role_nouns"):
        return True
    if word in words("common_words") or _is_compound(word):
        return True
    return word.endswith(_noun_endings()) and word not in words("noun_endings")


def _is_compound(word: str) -> bool:
    """Whether a word is made of two that news writes without a capital: draaiorgel."""
    known = words("common_words")
    ends = _ends_of_compounds()
    for place in range(_SHORTEST_FIRST_PART, len(word) - _SHORTEST_LAST_PART + 1):
        if word[place:] in ends:
            first = word[:place]
            if first in known or (first[-1] == "s" and first[:-1] in known):
                return True
    return False


@cache
def _ends_of_compounds() -> frozenset[str]:
    return (words("common_words") | words("role_endings")) - _ENDS_OF_SURNAMES


@cache
def _noun_endings() -> tuple[str, ...]:
    return tuple(sorted(words("noun_endings")))


def is_common_word(text: str, start: int, end: int) -> bool:
    """Whether a capitalised word is, by what follows, a common word that begins its sentence.

    Args:
        text: The cleaned text.
        start: First code point of the word.
        end: One past the last.

    Returns:
        Whether it is: Mark in "Mark je kalender".
    """
    if not begins_sentence(text, start):
        return False
    if _SHOWS_COMMON_WORD.match(text, end):
        return True
    # Roos na roos.
    again = _AGAIN.match(text, end)
    return again is not None and again[1] == text[start:end].lower()


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


def without_common_word(text: str, name: Name) -> Name | None:
    """The name without a common word whose capital is that of the sentence.

    Args:
        text: The cleaned text.
        name: A trimmed name.

    Returns:
        The name; None when it was nothing else.
    """
    if name.type == "PERSON" and text[name.start : name.end].islower():
        return None
    if name.type == "ORGANISATION" and _is_small_word(text[name.start : name.end]):
        return None
    if name.type == "ORGANISATION" and _is_title_in_capitals(text[name.start : name.end]):
        return None
    if not text[name.start].isalpha() and _NO_LETTER.fullmatch(text, name.start, name.end):
        return name if lookup(text[name.start : name.end]) else None
    if text[name.start].islower() or not begins_sentence(text, name.start):
        return name
    first, space, rest = text[name.start : name.end].partition(" ")
    if not space and name.type == "ORGANISATION" and first in words("capital_shows"):
        return name if may_act(text, name.end) else None
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
    if name.type == "ORGANISATION" and _is_loose_head(first, rest):
        return name._replace(start=name.start + len(first) + 1)
    if first.lower() in words("no_names") and rest in words("places"):
        # File Rijswijk.
        return name._replace(start=name.start + len(first) + 1, type="LOCATION")
    if name.type == "PERSON" and _is_no_part_of_person(first, rest):
        return name._replace(start=name.start + len(first) + 1)
    if first.lower() not in words("no_names") or name.type == "OTHER":
        return name
    return name._replace(start=name.start + len(first) + 1) if len(rest) > 1 else None


def _is_no_part_of_person(first: str, rest: str) -> bool:
    """Whether a common word begins the sentence in front of somebody: Judoka Harm."""
    common = first.lower()
    if not rest[0].isupper() or is_first_name(first):
        return False
    if f"{first} {rest}".startswith(longest_titled_names()):
        return False
    if is_first_name(rest.partition(" ")[0]) and (
        common in words("relatives") or common in words("role_nouns")
    ):
        return True
    return common in words("common_words")


def may_act(text: str, end: int) -> bool:
    """Whether what follows lets the first word of a sentence be a body: Vooruit stemt tegen.

    Not in Vooruit dan maar, Plus, het regende, Volt is een eenheid.

    Args:
        text: The cleaned text.
        end: One past the word, which is also a common one.

    Returns:
        Whether a body can be meant.
    """
    if _NO_SUBJECT.match(text, end):
        return False
    following = word_after(text, end)
    if not following[:1].islower():
        return True
    if following in words("not_behind_subjects"):
        return False
    known = following in words("agent_verbs") or following in words("words_after_names")
    return known or following.endswith(("t", "de", "te"))


def _is_small_word(form: str) -> bool:
    """Whether words in lower case are an organisation's name only with a capital: vitesse."""
    return form.replace(" ", "").isalpha() and form.islower() and lookup(form) is None


def _is_title_in_capitals(form: str) -> bool:
    """Whether an abbreviation says what somebody is: zei de DJ."""
    return form.isupper() and is_title(form.lower()) and lookup(form) is None


def _is_loose_head(first: str, rest: str) -> bool:
    """Whether the first word of a sentence is none of the organisation's name behind it.

    De Marechaussee, Vereniging Het Oude Veer, Partij Sterk Lokaal.
    """
    if first.lower() in _ARTICLES:
        return lookup(rest) is not None and lookup(f"{first} {rest}") is None
    if not rest[0].isupper() or first.lower() not in words("organisation_nouns"):
        return False
    return first == "Partij" or rest.partition(" ")[0].lower() in _ARTICLES
