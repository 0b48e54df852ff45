"""Sentences with a model's spans in brackets, for the tests of mentions."""

import re

from wiewatwaar.mentions import resolve
from wiewatwaar.spans import NamedSpan, ResolvedMention, SpanType

TYPES: dict[str, SpanType] = {
    "PER": "PERSON",
    "ORG": "ORGANISATION",
    "LOC": "LOCATION",
    "MISC": "OTHER",
    "PERSON": "PERSON",
    "GPE": "LOCATION",
    "NORP": "OTHER",
    "LANGUAGE": "OTHER",
    "WORK_OF_ART": "OTHER",
}
_MARK = re.compile(r"\[([^\]|]*)\|(\w+)\]")


def unmark(marked: str) -> tuple[str, list[NamedSpan]]:
    """`[Rutte|PER] lacht` → the text and the spans in it."""
    parts: list[str] = []
    spans: list[NamedSpan] = []
    length = done = 0
    for match in _MARK.finditer(marked):
        before = marked[done : match.start()]
        start = length + len(before)
        length = start + len(match.group(1))
        parts += [before, match.group(1)]
        spans.append(NamedSpan(start, length, TYPES[match.group(2)], match.group(2)))
        done = match.end()
    return "".join([*parts, marked[done:]]), spans


def resolved(marked: str, with_spans: bool = True) -> tuple[str, list[ResolvedMention]]:
    """The text of a marked sentence, and the mentions in it."""
    text, spans = unmark(marked)
    return text, resolve(text, spans if with_spans else [])


def shown(marked: str, with_spans: bool = True) -> list[str]:
    """The mentions of a marked sentence as `TYPE text=name form`, the usual left out.

    The name is left out when it is the text, the form when it is `name`; a country shows its
    code.
    """
    text, mentions = resolved(marked, with_spans)
    return [_shown(text, mention) for mention in mentions]


def _shown(text: str, mention: ResolvedMention) -> str:
    short = {"PERSON": "PER", "ORGANISATION": "ORG", "COUNTRY": "C", "LOCATION": "LOC"}
    kind = f"{short[mention.type]}:{mention.code}" if mention.code else short[mention.type]
    written = text[mention.start : mention.end]
    name = "" if mention.code or mention.name == written else f"={mention.name}"
    form = "" if mention.form == "name" else f" {mention.form}"
    return f"{kind} {written}{name}{form}"
