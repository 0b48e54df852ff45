"""Whether a part of a word is a name: NAVO in NAVO-top is one, Holland in Noord-Holland not."""

import re
from collections.abc import Callable
from functools import cache

from wiewatwaar.mentions.shapes import HYPHENS, Standing
from wiewatwaar.mentions.word_lists import is_first_name, words
from wiewatwaar.spans import SpanType

_CODE = re.compile(r"[A-Z0-9]*[0-9][A-Z0-9]*\Z")


def is_own_name(standing: Standing, type_: SpanType, is_known: Callable[[str], bool]) -> bool:
    """Whether a known name is itself where it stands, not a piece of a longer name.

    Args:
        standing: How it stands in its word.
        type_: What the name is.
        is_known: Whether another part of the word is a name by itself (AZ-PSV).

    Returns:
        Whether the word may be opened.
    """
    if standing.form in ("name", "possessive") and not standing.others:
        return True
    if is_piece_of_name(standing) or _is_phrase(standing):
        return False
    return all(
        _is_common(part, index == 0 and bool(standing.before), type_) or is_known(part)
        for index, part in enumerate(standing.others)
    )


def _is_phrase(standing: Standing) -> bool:
    """Whether a word is a phrase of common words, whatever it begins with: Kant-en-klare."""
    return any(part in ("en", "of") for part in standing.others)


def is_piece_of_name(standing: Standing) -> bool:
    """Whether the part right in front makes one name with what follows: Noord-, Al-."""
    before = standing.before.rstrip(HYPHENS)
    return before != standing.before and _last_part(before) in words("name_prefixes")


def _last_part(before: str) -> str:
    return before.replace("/", "-").rpartition("-")[2].lower()


def _is_common(part: str, first: bool, type_: SpanType) -> bool:
    """Whether a part of a word is no name: top, Kamerlid, MH17, Oud in front."""
    if part[0].islower() or part.isdecimal() or _CODE.match(part):
        return True
    lowered = part.lower()
    if lowered in words("capitalised_nouns"):
        return True
    return first and type_ != "LOCATION" and lowered in words("compound_prefixes")


def shows_organisation(standing: Standing) -> bool:
    """Whether the word shows that its name is an organisation: Volt-voorzitter, SP'er."""
    if standing.form == "member":
        return True
    return any(part.lower() in words("role_nouns") for part in standing.others[-1:])


def person_after_head(text: str, start: int) -> tuple[int, int] | None:
    """Finds the person whom the word in front shows: kabinet-Schoof, anti-Van der Plas-stemming.

    Behind any word in lower case the capital of a small prefix says that a surname begins.

    Args:
        text: The cleaned text.
        start: Where a joined word begins.

    Returns:
        Start and end of the name, or None.
    """
    prefixed = _prefixed_pattern().match(text, start)
    if prefixed is not None:
        return prefixed.span(1)
    match = _head_pattern().match(text, start)
    if match is None:
        return None
    following = _surname_pattern().match(text, match.end()) if is_first_name(match[1]) else None
    return match.start(1), following.end() if following else match.end(1)


@cache
def _head_pattern() -> "re.Pattern[str]":
    heads = "|".join(sorted(words("person_heads")))
    return re.compile(rf"(?i:{heads})[{HYPHENS}]({_surname_of_words()})(?![\w'’])")


@cache
def _prefixed_pattern() -> "re.Pattern[str]":
    prefixes = "|".join(sorted(re.escape(word) for word in words("tussenvoegsels")))
    capital = "|".join(sorted(re.escape(w.capitalize()) for w in words("tussenvoegsels")))
    return re.compile(
        rf"(?:[a-zß-öø-ÿ]\w{{1,30}}[{HYPHENS}]){{1,3}}"
        rf"((?:{capital}) (?:(?:{prefixes}) ){{0,2}}[^\W\d_a-zß-öø-ÿ]\w{{2,40}})(?![\w'’])"
    )


@cache
def _surname_pattern() -> "re.Pattern[str]":
    return re.compile(rf" {_surname_of_words()}(?![\w'’])")


def _surname_of_words() -> str:
    prefixes = "|".join(sorted(re.escape(word) for word in words("tussenvoegsels")))
    return rf"(?:(?i:{prefixes})[ ]){{0,3}}[^\W\d_a-zß-öø-ÿ]\w+"
