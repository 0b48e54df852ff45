"""Takes out what a site puts around an article, and keeps what it says about the article.

The unit is a line, as sites put one thing on each. What a line is, is decided by rules that are
data (`lexicon/furniture/`); where a short line could also be a heading of the body, it goes only
above the first and below the last sentence. No rule takes a sentence of the body.
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from enum import Enum
from functools import cache
from typing import NamedTuple

from wiewatwaar.cleaning.attribution import (
    author_note,
    byline,
    credit,
    credit_at_end,
    is_full_name,
    is_role_alone,
)
from wiewatwaar.cleaning.datelines import dateline
from wiewatwaar.cleaning.moments import Moment, bar, date_line, names_in_known
from wiewatwaar.cleaning.rules import (
    LONG_LINE,
    MARKS,
    MAX_LINE_CHARACTERS,
    MAX_LONG_LINE_CHARACTERS,
    line_rules,
)
from wiewatwaar.cleaning.stages import Fact, StageResult
from wiewatwaar.lexicon_files import lines
from wiewatwaar.source_text import Edit

# Behind the last sentence of a paragraph, to another article; a sentence would end in a stop.
_POINTER_AT_END = re.compile(
    r"[.!?”’\"'](?P<pointer> (?:[Ll]ees|LEES|[Bb]ekijk|BEKIJK|[Zz]ie) (?:ook|OOK) ?[:>»] ?"
    r"[^.!?:]{8,160}\Z)"
)
_ENDS = tuple(".!?…")
_ENDS_OF_LONG = tuple("\"”’'»)")
_MIN_LONG_WORDS = 5
_MIN_PARAGRAPH_CHARACTERS = 150
_HYPHENS = "-‐\u00ad"

# A byline or a date stands among the first lines, with a summary at most before it, or below the
# body.
_LINES_AT_TOP = 8
# Authors of whom a note below the article tells who they are.
_MAX_NOTES = 4
_SENTENCES_AT_TOP = 1

_MAX_SHORT_LINE_CHARACTERS = 80
_MAX_HEADLINES = 8
_HEADLINE_CHARACTERS = range(12, 141)
_MIN_HEADLINE_WORDS = 4
# Rutte: 'Geen spijt van dit besluit'
_SPEAKER_AND_QUOTE = re.compile(r"[^.!?:]{2,40}: ['‘“\"][^.!?]{3,100}['’”\"]\Z")
_LIST_MARKS = "-•*–▸▪"
_QUOTES = "'‘’\"“”"

# What an author's name alone on a line stands next to, and what a line in the middle of nothing
# may begin with a small letter for.
_MOMENTS = frozenset({"date", "bar", "byline", "relative time", "reading time", "update stamp"})


class _Where(Enum):
    """Where a line of furniture is one."""

    ANYWHERE = "anywhere"
    TOP_OR_BOTTOM = "above the second or below the last sentence"
    BELOW_TOP = "below the first sentence"
    BELOW_BODY = "below the last sentence, of somebody whom the body does not name"
    AROUND_BODY = "above the first or below the last sentence"


class _Verdict(NamedTuple):
    """What a line is when it is furniture."""

    rule: str
    where: _Where = _Where.ANYWHERE
    opens: bool = False
    facts: tuple[tuple[str, str], ...] = ()
    updated: bool = False


class _Line(NamedTuple):
    """A line that is not blank: its number among these, its place, and its text.

    Whether the line before it is directly above, and whether it goes on below in small letters.
    """

    number: int
    start: int
    text: str
    adjoins: bool
    goes_on: bool

    @property
    def end(self) -> int:
        return self.start + len(self.text)

    @property
    def core(self) -> str:
        return self.text.strip(MARKS)


@dataclass(slots=True)
class _Survey:
    """What one look at all lines tells: only lines that may be furniture are kept."""

    found: list[tuple[_Line, _Verdict]] = field(default_factory=list)
    top: list[_Line] = field(default_factory=list)
    first_sentences: list[int] = field(default_factory=list)
    last_sentence: int = -1
    within: dict[int, list[Edit]] = field(default_factory=dict)
    facts: list[Fact] = field(default_factory=list)


def remove_furniture(text: str) -> StageResult:
    """Takes furniture out, line by line, and bylines, dates, credits and datelines as facts.

    Args:
        text: The text, one paragraph or heading a line.

    Returns:
        An edit for each line of furniture, with its line end, and for each credit or dateline
        that shares a line with the body; the facts that these told.
    """
    survey = _surveyed(text)
    removed: dict[int, Edit] = {}
    facts = survey.facts
    late: list[Fact] = []
    notes = 0
    for line, verdict in [*survey.found, *_authors_alone(survey)]:
        if not _stands(line, verdict, survey):
            continue
        if verdict.where is _Where.BELOW_BODY:
            notes += 1
            if notes > _MAX_NOTES or _is_named_above(line, verdict, survey, text):
                continue
        removed[line.start] = Edit(line.start, _with_line_end(line, text), "", verdict.rule)
        told = [
            Fact(name, value, line.start, line.end, verdict.rule) for name, value in verdict.facts
        ]
        (late if verdict.updated else facts).extend(told)
        if verdict.opens:
            for below in _headlines_below(line, survey, text):
                edit = Edit(below.start, _with_line_end(below, text), "", "headline")
                removed.setdefault(below.start, edit)
    facts.sort(key=lambda fact: fact.start)
    within = (
        edit for start, edits in survey.within.items() if start not in removed for edit in edits
    )
    return StageResult([*removed.values(), *within], [*facts, *late])


def _surveyed(text: str) -> _Survey:
    survey = _Survey()
    before: _Line | None = None
    pending: tuple[_Line, _Verdict] | None = None
    for line in _lines(text):
        if line.number < _LINES_AT_TOP:
            survey.top.append(line)
        verdict = _verdict(line)
        if before is not None and line.adjoins and line.text[0].islower():
            if before.text[-1] in _HYPHENS:
                # A word was broken at the end of the line: neither line is furniture.
                pending = verdict = None
            elif before.text[-1].isalnum() and pending is None and not _is_moment(verdict):
                verdict = None
        if pending is not None:
            survey.found.append(pending)
        if verdict is None and before is not None and _is_author_box(before, line):
            told = (("authors", before.core),)
            survey.found.append((before, _Verdict("byline", _Where.TOP_OR_BOTTOM, facts=told)))
            verdict = _Verdict("byline", _Where.TOP_OR_BOTTOM)
        pending = None if verdict is None else (line, verdict)
        if verdict is None:
            _see_body(line, survey)
        before = line
    if pending is not None:
        survey.found.append(pending)
    return survey


def _is_author_box(before: _Line, line: _Line) -> bool:
    """Whether a line says what the one named on the line above does: Redacteur Binnenland."""
    return line.adjoins and is_role_alone(line.core) and is_full_name(before.core)


def _is_moment(verdict: _Verdict | None) -> bool:
    return verdict is not None and verdict.rule in _MOMENTS


def _lines(text: str, start: int = 0, number: int = 0) -> Iterator[_Line]:
    """The lines that are not blank, without the spaces around them."""
    adjoins = False
    while start < len(text):
        end = text.find("\n", start)
        end = len(text) if end < 0 else end
        line = text[start:end]
        if stripped := line.strip():
            goes_on = text[end + 1 : end + 2].islower()
            yield _Line(number, start + line.index(stripped[0]), stripped, adjoins, goes_on)
            number += 1
        adjoins = bool(stripped)
        start = end + 1


def _is_sentence(text: str) -> bool:
    if len(text) > _MIN_PARAGRAPH_CHARACTERS or text.endswith(_ENDS):
        return True
    return text.endswith(_ENDS_OF_LONG) and text.count(" ") >= _MIN_LONG_WORDS - 1


def _see_body(line: _Line, survey: _Survey) -> None:
    """Notes where the body is, and takes the dateline and the credit that share the line."""
    edits: list[Edit] = []
    behind = 0
    is_first = not survey.first_sentences
    is_sentence = _is_sentence(line.text)
    if is_sentence:
        if len(survey.first_sentences) <= _SENTENCES_AT_TOP:
            survey.first_sentences.append(line.number)
        survey.last_sentence = line.number
    # A short line has one where it names an agency or is the first of wrapped prose; no title has.
    found = dateline(line.text, is_first)
    if found is not None and (is_sentence or found.sources or line.goes_on):
        behind = found.end
        edits.append(Edit(line.start, line.start + behind, "", "dateline"))
        told = [("dateline", found.place)] if found.place else []
        told += [("credits", source) for source in found.sources]
        survey.facts += [
            Fact(name, one, line.start, line.start + behind, "dateline") for name, one in told
        ]
    if (at_end := credit_at_end(line.text)) and at_end[0] >= behind:
        start, end, sources = line.start + at_end[0], line.start + at_end[1], at_end[2]
        edits.append(Edit(start, end, "", "credit"))
        survey.facts += [Fact("credits", one, start, end, "credit") for one in sources]
    if not edits and (pointer := _POINTER_AT_END.search(line.text)):
        start = line.start + pointer.start("pointer")
        edits.append(Edit(start, line.start + len(line.text), "", "related"))
    if edits:
        survey.within[line.start] = edits


def _verdict(line: _Line) -> _Verdict | None:
    core = line.core
    if not core or not _may_be_furniture(core) or _said().search(line.text):
        return None
    if rule := line_rules("any").match(core):
        if rule == "update stamp" and (moment := date_line(core)):
            return _of_moment(moment, rule, _Where.ANYWHERE)
        return _Verdict(rule)
    if moment := date_line(core):
        # Without a year it may head a part of the body.
        where = _Where.TOP_OR_BOTTOM if moment.published else _Where.AROUND_BODY
        return _of_moment(moment, "date", where)
    if moment := bar(core, anywhere=True):
        return _of_moment(moment, "bar", _Where.ANYWHERE)
    if moment := bar(core):
        return _of_moment(moment, "bar", _Where.TOP_OR_BOTTOM)
    if (sources := credit(core)) is not None:
        return _Verdict("credit", facts=tuple(("credits", one) for one in sources))
    if (authors := byline(core)) is not None:
        facts = tuple(("authors", one) for one in authors)
        return _Verdict("byline", _Where.TOP_OR_BOTTOM, facts=facts)
    if author := author_note(line.text):
        return _Verdict("about the author", _Where.BELOW_BODY, facts=(("authors", author),))
    if len(core) > _MAX_SHORT_LINE_CHARACTERS:
        return None
    if rule := line_rules("opens").match(core):
        return _Verdict(rule, opens=True)
    if rule := line_rules("below").match(core):
        return _Verdict(rule, _Where.BELOW_TOP)
    if rule := line_rules("edge").match(core):
        return _Verdict(rule, _Where.AROUND_BODY)
    return None


def _may_be_furniture(core: str) -> bool:
    if len(core) <= MAX_LINE_CHARACTERS:
        return True
    return len(core) <= MAX_LONG_LINE_CHARACTERS and LONG_LINE.search(core) is not None


def _of_moment(moment: Moment, rule: str, where: _Where) -> _Verdict:
    published = (("published", moment.published),) if moment.published else ()
    authors = (("authors", one) for one in moment.authors)
    return _Verdict(rule, where, facts=(*published, *authors), updated=moment.updated)


def _authors_alone(survey: _Survey) -> list[tuple[_Line, _Verdict]]:
    """Lines at the top that are only names, next to a date or the like."""
    moments = {line.number for line, verdict in survey.found if verdict.rule in _MOMENTS}
    taken = {line.number for line, _ in survey.found}
    alone = []
    for line in survey.top[1:]:
        beside = {line.number - 1, line.number + 1} & moments
        if line.number in taken or not beside:
            continue
        if names := names_in_known(line.core):
            facts = tuple(("authors", name) for name in names)
            alone.append((line, _Verdict("byline", _Where.TOP_OR_BOTTOM, facts=facts)))
    return alone


def _stands(line: _Line, verdict: _Verdict, survey: _Survey) -> bool:
    """Whether a line is furniture where it stands."""
    if verdict.where is _Where.ANYWHERE:
        return True
    if not survey.first_sentences:
        return verdict.where not in (_Where.BELOW_BODY, _Where.BELOW_TOP)
    if verdict.where is _Where.BELOW_TOP:
        return line.number > survey.first_sentences[0]
    if line.number > survey.last_sentence:
        return True
    if verdict.where is _Where.BELOW_BODY:
        return False
    if verdict.where is _Where.AROUND_BODY:
        return line.number < survey.first_sentences[0]
    return line.number < min(survey.first_sentences[-1], _LINES_AT_TOP)


def _is_named_above(line: _Line, verdict: _Verdict, survey: _Survey, text: str) -> bool:
    """Whether the body speaks of an author, so that a line about them is part of it."""
    (_, author), *_ = verdict.facts
    surname = author.rpartition(" ")[2]
    found = (other.text.count(surname) for other, _ in survey.found if other.start < line.start)
    return text.count(surname, 0, line.start) > sum(found)


def _headlines_below(opener: _Line, survey: _Survey, text: str) -> Iterator[_Line]:
    """The headlines of other articles below a line such as `Lees ook`.

    They stand directly below it, or below all of the body. Where an empty line comes between,
    the body may go on behind it: then a single one goes, of several words.
    """
    below_body = opener.number > survey.last_sentence
    following = _lines(text, opener.end, opener.number + 1)
    line = next(following, None)
    alone = line is not None and not _adjoins(opener, line, text) and not below_body
    for _ in range(_MAX_HEADLINES):
        after = next(following, None)
        if line is None or not _is_headline(line, after):
            return
        if alone and line.core.count(" ") < _MIN_HEADLINE_WORDS - 1:
            return
        yield line
        if alone or (after is not None and not after.adjoins and not below_body):
            return
        line = after


def _adjoins(before: _Line, line: _Line, text: str) -> bool:
    return text.count("\n", before.end, line.start) == 1


def _is_headline(line: _Line, after: _Line | None) -> bool:
    if len(line.core) not in _HEADLINE_CHARACTERS:
        return False
    # - 'Brexit kost banen': behind the mark of a list a quotation is a headline too.
    quoted = line.text[0] in _LIST_MARKS and line.core[0] in _QUOTES and line.core[-1] in _QUOTES
    quoted = quoted or _SPEAKER_AND_QUOTE.match(line.core) is not None
    if (_is_sentence(line.text) and not quoted) or line.text[-1] in ",;:":
        return False
    # A line that goes on in the next is broken prose, no headline.
    return after is None or not after.adjoins or not after.text[0].islower()


def _with_line_end(line: _Line, text: str) -> int:
    """The end of a line with the newline behind it, so that no empty line stays."""
    end = text.find("\n", line.end)
    return len(text) if end < 0 else end + 1


@cache
def _said() -> re.Pattern[str]:
    """Who says so, behind what is said: that makes any line a sentence of the body."""
    verbs = "|".join(lines("furniture/verbs_of_saying.txt"))
    return re.compile(rf",[\"”’']? (?:{verbs}) [^,]{{2,100}}[.!?]?\Z")
