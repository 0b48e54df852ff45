"""The model's spans as names: without quotes, titles and endings of possession."""

import re
from bisect import bisect_right
from collections.abc import Callable, Collection, Iterable, Sequence
from itertools import islice
from typing import NamedTuple

from wiewatwaar.mentions.neighbours import begins_sentence
from wiewatwaar.mentions.word_lists import (
    is_first_name,
    is_role,
    longest_titled_names,
    titles,
    words,
)
from wiewatwaar.spans import MentionForm, NamedSpan, SpanType

_EDGES = ' \t\r\n\u00a0\u200b"“”„‟«»‹›,;:|•*_<>=~…–—→'
_OPEN_QUOTES = "'‘’`"
_TOKEN = re.compile(r"\S+")
# 's-Hertogenbosch, 't Hoen: an apostrophe that is no quotation mark.
_CLITIC = re.compile(r"['’‘`][stn](?![^\W_])")
_ABBREVIATION = re.compile(
    r"(?:^|[\s.(-])(?:[^\W\d_]|[JjSs]r|Inc|Corp|Ltd|Co|Bros|St)\.\Z|\.\w+\.\Z"
)
_INITIALS = re.compile(
    r"(?:^|[\s(])(?:[A-Z][a-z]?\.){2,5} (?:(?:van|de|den|der|ter|ten|te|von) ){0,3}\Z"
)
# How Dutch surnames end that have their s by themselves: Timmermans, Goossens, Kuypers, Willems.
_MAY_END_IN_S = re.compile(r"(?:man|e[nrlm]|ink|r[tkm]|it|[aei]r)s\Z")
# Behind a hiss or a single vowel an apostrophe ends it (Otto's); Van Loo makes Van Loos.
_TAKES_NO_BARE_S = re.compile(r"(?:[sxz]|iu|(?<![aeiou])[aeiouy])\Z")
# Macrons als Starmers adviseurs
_AND_ANOTHER_OWNER = re.compile(r" (?:als|en|noch|of) [A-ZÀ-ÖØ-Þ]\w{2,20}s ([a-zß-öø-ÿ]{3,30})\b")
_VERBAL_PREFIXES = ("be", "er", "ge", "her", "ont", "ver")
_SHORTEST_FIRST_PART = 3
_SHORTEST_LAST_PART = 5
# Behind a full name these are nouns: Rob Bauers waarschuwing.
_NOUN_ENDINGS = ("ing", "heid", "schap", "teit", "tie", "isme", "age", "ment")
_ADJECTIVE = re.compile(
    r"(?:ige|lijke|ische|bare|zame|loze|achtige|ende|[^aeiou]ste|iële|iele|uele|atieve|aire|euze)\Z"
)
_MOST_MODIFIED = 40
# Endings of verbs in the singular, of plural verbs and participles, of adverbs.
_NOT_OF_NOUNS = ("t", "de", "te", "en", "lijk", "ig", "weer", "maal", "waarts", "eens")
_FOLLOWING = re.compile(r" ([a-zà-öø-ÿ'-]{2,20})\b")
_FOLLOWING_CAPITAL = re.compile(r" ([A-Z][a-zà-öø-ÿ]{2,20})\b")
# Noord- en, Jeroen van.
_SMALL_WORD_AT_END = re.compile(r"\s(?:en|of|de|het|een|van|in|op|te|met|voor|naar|om|der|den)\Z")
_LONGEST_SMALL_WORD = 6
# Where X is the network and no initial: he wrote on X. Then a new sentence begins.
_ON_NETWORK = re.compile(r"\b(?:op|via|Op|Via|netwerk|platform) (?=X\. )")
_LONGEST_BEFORE_NETWORK = 10
# A. de Eiffeltoren b. het Louvre.
_LIST_MARK = re.compile(r"[a-z]\. (?:(?:de|het|een) )?(?=[A-ZÀ-ÖØ-Þ])")
_COMPOUND_IN_FRONT = re.compile(
    r"(?:[a-zß-öø-ÿ]\S{0,30}|[A-Z][a-z]{1,10}-[A-Z]\S{0,30})-[a-zß-öø-ÿ]{2,30} (?=[A-ZÀ-ÖØ-Þ])"
)
_ARTICLE_OF_COMPOUND = re.compile(r"(?:[Dd]e|[Hh]et|[Ee]en) (?=[a-zß-öø-ÿ]+-[A-ZÀ-ÖØ-Þ])")
# Nederlandse Zorgautoriteit (NZa: a name, and the abbreviation that it is given.
_ABBREVIATED = re.compile(r"[\w.'’-]+(?P<gap> \()(?P<short>[^\W\d_]{2,10})\)?\Z")
_FEWEST_CAPITALS = 2
_MAX_INITIALS = 32
_MAX_TITLE_TOKENS = 8
_MAX_BRACKETED = 200
_OPENING = {")": "(", "]": "[", "}": "{"}
_CLOSING = {"(": ")", "[": "]", "{": "}"}


class Name(NamedTuple):
    """A span of the model, trimmed to the name in it.

    Attributes:
        start: First code point, in the cleaned text.
        end: One past the last; an ending of possession is outside.
        type: What the label means.
        label: What the model said.
        form: `possessive` when an ending was cut off, else `name`.
    """

    start: int
    end: int
    type: SpanType
    label: str
    form: MentionForm = "name"


def in_order(spans: Iterable[NamedSpan], length: int) -> list[NamedSpan]:
    """Puts spans in order of place, without those that overlap an earlier one or lie outside.

    Args:
        spans: Spans of a model, in any order.
        length: Code points of the text.

    Returns:
        Spans that can be relied on.
    """
    kept: list[NamedSpan] = []
    done = 0
    for span in sorted(spans, key=lambda span: (span.start, -span.end)):
        if done <= span.start < span.end <= length:
            kept.append(span)
            done = span.end
    return kept


def trim(text: str, span: NamedSpan) -> Name | None:
    """Leaves out of a span what is no part of the name: quotes, punctuation, titles, 's.

    Args:
        text: The cleaned text.
        span: A span of the model over it.

    Returns:
        The name; None when nothing is left.
    """
    start, end = _without_edges(text, span.start, span.end)
    mark = _LIST_MARK.match(text, start, end)
    start = mark.end() if mark else start
    while small := _SMALL_WORD_AT_END.search(text, max(start, end - _LONGEST_SMALL_WORD), end):
        start, end = _without_edges(text, start, small.start())
    if span.type == "ORGANISATION":
        # De pro-EU-partij Blauwe Unie, Niet-NAVO-land Ierland.
        compound = _COMPOUND_IN_FRONT.match(text, start, end)
        start = compound.end() if compound else start
    if span.type == "PERSON":
        if is_network(text, start):
            start += len("X. ")
        # De as-Macron.
        article = _ARTICLE_OF_COMPOUND.match(text, start, end)
        start = article.end() if article else start
        start = _after_titles(text, start, end)
        start, end = _without_edges(text, start, end)
        start = _with_initials(text, start)
    if start >= end:
        return None
    if span.type != "OTHER" and _has_apostrophe_s(text[start:end]):
        return Name(start, end - 2, span.type, span.label, "possessive")
    return Name(start, end, span.type, span.label)


def is_network(text: str, start: int) -> bool:
    """Whether a sentence ends at a place with the network X: she wrote on X. Wilders came.

    Args:
        text: The text.
        start: A place in it.

    Returns:
        Whether it does, so that the X is no initial of the name behind it.
    """
    if not text.startswith("X. ", start):
        return False
    before = max(0, start - _LONGEST_BEFORE_NETWORK)
    found = _ON_NETWORK.search(text, before, start + len("X. "))
    return found is not None and found.end() == start


def _without_edges(text: str, start: int, end: int) -> tuple[int, int]:
    """The stretch without the quotes, brackets and punctuation at its ends."""
    # A letter or digit is no edge.
    while start < end and not text[start].isalnum() and _is_left_edge(text, start, end):
        start += 1
    while start < end and not text[end - 1].isalnum() and _is_right_edge(text, start, end):
        end -= 1
    if text.startswith("(", start, end) and text.find(")", start, end) == end - 1:
        return _without_edges(text, start + 1, end - 1)
    return start, end


def _is_left_edge(text: str, start: int, end: int) -> bool:
    first = text[start]
    if first in _OPEN_QUOTES:
        return not _CLITIC.match(text, start, end)
    if first in _CLOSING:
        return text.find(_CLOSING[first], start, min(end, start + _MAX_BRACKETED)) < 0
    return first in _EDGES or first in "-.!?)]}" or first.isspace()


def _is_right_edge(text: str, start: int, end: int) -> bool:
    last = text[end - 1]
    if last in _OPENING:
        return text.find(_OPENING[last], max(start, end - _MAX_BRACKETED), end) < 0
    if last == ".":
        return not _ABBREVIATION.search(text[max(start, end - 8) : end])
    return last in _EDGES or last in "-([{'’‘`" or last.isspace()


def _after_titles(text: str, start: int, end: int) -> int:
    """Where a person's name begins, behind the titles in front of it."""
    if text.startswith(longest_titled_names(), start):
        return start
    tokens = list(islice(_TOKEN.finditer(text, start, end), _MAX_TITLE_TOKENS))
    begin = 0
    # Behind the last title in lower case: Amerikaanse president Joe Biden.
    for index in range(1, len(tokens)):
        title = tokens[index - 1].group()
        if title[0].islower() and is_title(title) and tokens[index].group()[0].isupper():
            begin = index
    while begin < len(tokens) - 1 and is_title(tokens[begin].group()):
        begin += 1
    if not begin and len(tokens) > 1 and _is_calling(text, tokens[0], tokens[1], end):
        begin = 1
    return tokens[begin].start() if tokens else start


def _is_calling(text: str, first: re.Match[str], second: re.Match[str], end: int) -> bool:
    """Whether a name begins with what its bearer is, first in its sentence: Bakker Verhoeven."""
    if is_first_name(first.group()) and not text.startswith(",", end):
        # Lieve Van Daele; but Lieve Jade, as a letter begins.
        return False
    if first.group().lower() not in words("callings") or not begins_sentence(text, first.start()):
        return False
    return second.group()[0].isupper() and first.group()[0].isupper()


def _with_initials(text: str, start: int) -> int:
    """Where a person's name begins with the initials that the model left in front of it."""
    before = text[max(0, start - _MAX_INITIALS) : start]
    initials = _INITIALS.search(before) if "." in before else None
    return start - len(initials.group().lstrip()) if initials else start


def is_title(token: str) -> bool:
    """Whether a token is a title (Mr., premier) or a role with a name in it (VVD-leider)."""
    known = titles()
    bare = token.rstrip(".,:").lower()
    if bare in known:
        return known[bare] or token[0].islower()
    head, hyphen, role = token.rpartition("-")
    role = role.rstrip(".,:")
    if token.isupper() and hyphen and is_role(role.lower()):
        # AJAX-AANVALLER BROBBEY
        return bool(head)
    return bool(hyphen and head) and (
        role in known or (role.lower() in known and role.lower() in words("capitalised_nouns"))
    )


def _has_apostrophe_s(name: str) -> bool:
    if len(name) < 4 or name[-1] not in "sS" or name[-2] not in "'’´`" or not name[-3].isalnum():
        return False
    return name.rpartition(" ")[2].replace("’", "'") not in words("apostrophe_names")


def without_genitive_s(
    text: str,
    name: Name,
    is_bare: Callable[[str], bool],
    whole_names: Collection[str],
    surnames_here: Collection[str] = (),
) -> Name:
    """Cuts the s of possession off a name, where the name without it is known: Ruttes plan.

    Args:
        text: The cleaned text.
        name: A name that may end in that s.
        is_bare: Whether the document or the lexicon knows a person by a name.
        whole_names: Names of persons in the document that are known to be whole: Mark Jansens.
        surnames_here: The document's full names and their surnames: beside Gaite Jansen,
            Jansens is more likely hers than a surname of that form.

    Returns:
        The name without its ending, or as it was.
    """
    form = text[name.start : name.end]
    if name.form == "possessive" or form[-1] != "s" or form in whole_names:
        return name
    if name.type == "PERSON" and _has_apostrophe_s(form):
        # The model called it something else, and the words around it say that it is a person.
        return name._replace(end=name.end - 2, form="possessive")
    if name.type == "OTHER":
        # What a model has no better label for: Federers eerste racket.
        if form[:-1] not in words("surnames"):
            return name
        name = name._replace(type="PERSON")
    elif name.type == "PERSON" and possesses(text, name):
        return name._replace(end=name.end - 1, form="possessive")
    if not ends_in_genitive_s(text, name.start, name.end, is_bare, surnames_here.__contains__):
        return name
    return name._replace(end=name.end - 1, form="possessive")


def possesses(text: str, name: Name) -> bool:
    """Whether what follows says that a name's s is an ending: Kattenbelts eerste prijs.

    Args:
        text: The cleaned text.
        name: A person's name.

    Returns:
        Whether it does.
    """
    if text[name.end - 1] != "s":
        return False
    first, _, last = text[name.start : name.end].rpartition(" ")
    if _TAKES_NO_BARE_S.search(last[:-1]) and not _ends_in_known_e(last):
        return False
    if last in words("name_endings_s"):
        return False
    capital = _FOLLOWING_CAPITAL.match(text, name.end)
    if capital is not None and (first or not may_end_in_s(text, name)):
        # Han Kangs Nobelprijs, Philipsens Italiaanse ploegmaat.
        return capital[1] in words("capital_possessions") or capital[1].endswith("se")
    following = _FOLLOWING.match(text, name.end)
    if following is None:
        return False
    if is_modifier(following[1]):
        # Jasper Philipsens groene trui, Hanne Vermeulens zesjarige zoon.
        noun = _FOLLOWING.match(text, following.end())
        while noun and is_modifier(noun[1]) and noun.end() < following.end() + _MOST_MODIFIED:
            noun = _FOLLOWING.match(text, noun.end())
        if noun and noun[1] not in words("words_after_names"):
            return bool(first) or not may_end_in_s(text, name)
    if may_end_in_s(text, name) and (first or not _is_first_name_with_s(last)):
        sure = is_possessed(following[1]) or following[1].endswith(_NOUN_ENDINGS)
        return bool(first) and sure
    return is_possessed(following[1]) or _is_like_noun(following[1])


def _ends_in_known_e(word: str) -> bool:
    """Whether a word is a known name in -e with its ending: Trijntjes, Balkenendes."""
    bare = word[:-1]
    if not bare.endswith("e") or word in words("surnames"):
        return False
    return is_first_name(bare) or bare in words("surnames")


def _is_first_name_with_s(word: str) -> bool:
    """Whether a word is a first name with an ending, and no surname: Gerdiens."""
    known = word in words("common_surnames") or word in words("surnames")
    return is_first_name(word[:-1]) and not known


def is_possessed(word: str) -> bool:
    """Whether a word is what somebody has, or ends in one: opvolger, stadsgedichten.

    Args:
        word: A word in lower case.

    Returns:
        Whether it is.
    """
    known = words("possessed_words")
    if word in known or word.startswith(_VERBAL_PREFIXES):
        return word in known
    places = range(_SHORTEST_FIRST_PART, len(word) - _SHORTEST_LAST_PART + 1)
    return any(word[place:] in known for place in places)


def is_modifier(word: str) -> bool:
    """Whether a word stands between a possessor and a noun: groene, zesjarige, drie.

    Args:
        word: A word in lower case.

    Returns:
        Whether it does.
    """
    return word in words("inflected_adjectives") or _ADJECTIVE.search(word) is not None


def may_end_in_s(text: str, name: Name) -> bool:
    """Whether the s of a name can be its own, as Dutch surnames go: Rob Kuipers."""
    return _MAY_END_IN_S.search(text, name.start, name.end) is not None


def _is_like_noun(word: str) -> bool:
    """Whether a word in lower case has not the form of a verb in the singular, nor joins words."""
    if word in words("agent_verbs") or word in words("words_after_names"):
        return False
    return len(word) > 3 and not word.endswith(_NOT_OF_NOUNS)


def ends_in_genitive_s(
    text: str,
    start: int,
    end: int,
    is_known: Callable[[str], bool],
    is_surname_here: Callable[[str], bool] = lambda _: False,
) -> bool:
    """Whether the last s of a stretch is an ending of possession.

    It is when the name is known without it, is none that ends in s by itself (Filips,
    Timmermans), and something that can be possessed follows.

    Args:
        text: The cleaned text.
        start: First code point of the name.
        end: One past its s.
        is_known: Whether a name is one that is known without the s.
        is_surname_here: Whether a full name of the document is or ends in a name: then it may
            also be one that is usual with an s of its own (Jansen, Jansens).

    Returns:
        Whether it is.
    """
    name = text[start:end]
    last = name.rpartition(" ")[2]
    if not (is_known(name[:-1]) or is_known(last[:-1])):
        return False
    if last[:-1].endswith(("s", "x", "z")):
        return False
    if last in words("name_endings_s") and not is_surname_here(name[:-1]):
        # Peter bestuurde de auto. Peters vrouw verklaarde dat.
        owned = _FOLLOWING.match(text, end)
        if not (owned and is_first_name(name[:-1]) and is_possessed(owned[1])):
            return False
    shared = _AND_ANOTHER_OWNER.match(text, end)
    if shared is not None and (is_possessed(shared[1]) or is_modifier(shared[1])):
        return True
    following = _TOKEN.search(text, end, min(len(text), end + 60))
    if following is None or following.start() != end + 1 or text[end] != " ":
        return False
    written = following.group().strip("'\"’‘“”")
    word = written.rstrip(".,;:!?").lower()
    plural = word.endswith("en") and not (is_possessed(word) or is_modifier(word))
    known = last[:-1] in words("surnames") or not (last.istitle() or last.isupper())
    if plural and begins_sentence(text, start) and not known:
        # Dokters waarschuwen; but ProRails strooiploegen.
        return False
    # Mahlers Vierde: a numeral before it is a verb.
    acts = (word in words("agent_verbs") and word != "vierde") or word in words("words_after_names")
    return written[:1].isalpha() and not acts


def trimmed(text: str, spans: Sequence[NamedSpan]) -> list[Name]:
    """Trims all spans of a text.

    Args:
        text: The cleaned text.
        spans: Spans in order of place, without overlaps.

    Returns:
        Names in order of place, without overlaps.
    """
    names: list[Name] = []
    done = 0
    for span in spans:
        name = trim(text, span)
        if name is None:
            continue
        if names and name.start <= names[-1].start:
            # A.F. de + Wael Borghuis, with the initials in front.
            names.pop()
        elif name.start < done:
            # The initials in front belong to the name before: Born in the U.S.A. van Springsteen.
            name = name._replace(start=span.start)
        names.extend(_apart_from_abbreviation(text, name))
        done = span.end
    return names


def is_abbreviation(word: str) -> bool:
    """Whether a word has the capitals of an abbreviation, two or more of them: NZa."""
    return sum(map(str.isupper, word)) >= _FEWEST_CAPITALS


def _apart_from_abbreviation(text: str, name: Name) -> list[Name]:
    """The name, and apart from it the abbreviation that stands in brackets behind it."""
    if name.type != "ORGANISATION" or text.find(" (", name.start, name.end) < 0:
        return [name]
    found = _ABBREVIATED.search(text, name.start, name.end)
    if found is None or not is_abbreviation(found["short"]):
        return [name]
    short = name._replace(start=found.start("short"), end=found.end("short"))
    return [name._replace(end=found.start("gap")), short]


def is_free(names: Sequence[Name], ends: Sequence[int], start: int, end: int) -> bool:
    """Whether no name stands in a stretch.

    Args:
        names: Names in order, without overlaps.
        ends: Where each of them ends.
        start: First code point of the stretch.
        end: One past its last.

    Returns:
        Whether none shares a character with it.
    """
    place = bisect_right(ends, start)
    return place == len(names) or names[place].start >= end


def begins_with_first_name(tokens: Sequence[str]) -> bool:
    """Whether a name of several words begins as a person's name does."""
    return len(tokens) > 1 and is_first_name(tokens[0])
