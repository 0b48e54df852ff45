"""Lines all in lower case (rutte waarschuwt hongarije), read as if their names had capitals."""

import re
from collections.abc import Sequence

from wiewatwaar.lexicon.organisations import lookup
from wiewatwaar.mentions.word_lists import words
from wiewatwaar.spans import NamedSpan

_WORD = re.compile(r"[^\W_]+")
_CONNECTING = frozenset({"de", "het", "een", "en", "of", "van", "voor", "in", "op", "aan", "te"})


def with_capitals(text: str, spans: Sequence[NamedSpan]) -> str:
    """Gives the names that the model found in lines without any capital those that they want.

    The rules of names look for capitals; where nobody writes one, only the model can tell a name.

    Args:
        text: The cleaned text.
        spans: What the spaCy model named in it, in any order; of two that overlap, the first and
            then the shorter one counts.

    Returns:
        A text of the same length: `mark rutte sprak met de vvd` with Mark Rutte and VVD.
    """
    pieces: list[str] = []
    done = line_end = 0
    small = False
    for span in sorted(spans, key=lambda span: (span.start, span.end, span.label)):
        if span.start >= line_end:
            # Once a line: one line may hold all names of a long text.
            line_start, line_end = _line_around(text, span.start)
            small = text[line_start:line_end].islower()
        form = text[span.start : span.end]
        if small and span.start >= done and form.islower():
            pieces += (text[done : span.start], _written(form, span))
            done = span.end
    return "".join([*pieces, text[done:]]) if pieces else text


def _line_around(text: str, place: int) -> tuple[int, int]:
    """Start and end of the line of a place, without its line break."""
    end = text.find("\n", place)
    return text.rfind("\n", 0, place) + 1, end if end >= 0 else len(text)


def _written(form: str, span: NamedSpan) -> str:
    """A name as it is usually written; a letter whose capital is two letters stays small."""
    capitals = form.upper()
    if span.type == "ORGANISATION" and len(capitals) == len(form) and lookup(capitals):
        return capitals
    return _WORD.sub(lambda match: _initial(match.group()), form)


def _initial(word: str) -> str:
    if word in _CONNECTING or word in words("tussenvoegsels"):
        return word
    kept = 2 if word.startswith("ij") else 1
    first = word[:kept].upper()
    return first + word[kept:] if len(first) == kept else word
