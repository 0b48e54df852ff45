"""The challenge suite: Dutch sentences with all that should be found in them, by phenomenon.

The sentences were written for this project, from the language (one phenomenon after the other),
before and apart from the rules. Those of `open.jsonl` may be looked at while rules are written;
those of `held_out.jsonl` may not, so that their score says what unseen text may expect.

A line of these files is a case:

- `id`, `phenomenon` and `text`, the sentence or short article;
- `expected`: every mention of a person, organisation or country, in order of place, each with
  its `type`, `text`, `form`, the `code` of a country, and `entity`, a number that mentions of
  one entity share. `occurrence` says which one is meant where the same text stands there more
  often, counting from 1; without it the first.

Persons in it are public figures in harmless roles, or invented.
"""

import json
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from functools import cache
from importlib import resources
from typing import TYPE_CHECKING, Literal, NamedTuple, get_args

from wiewatwaar.articles import Article
from wiewatwaar.spans import EntityType, MentionForm

if TYPE_CHECKING:
    from wiewatwaar.pipeline import Pipeline
    from wiewatwaar.records import Failure, Record

Half = Literal["open", "held_out"]
"""Which half of the suite a case is in."""

ASKED: frozenset[EntityType] = frozenset({"PERSON", "ORGANISATION", "COUNTRY"})
"""The types that cases are complete in; what a record holds of others is left aside."""


class Named(NamedTuple):
    """A mention, expected or found.

    Attributes:
        start: First code point, in the text of the case.
        end: One past the last.
        type: The type of entity.
        text: What stands there.
        form: How the name stands there.
        code: ISO code of a country.
    """

    start: int
    end: int
    type: EntityType
    text: str
    form: MentionForm
    code: str | None = None

    def __str__(self) -> str:
        """The mention in a few words, such as `COUNTRY 'Russische' demonym RU`."""
        return " ".join(filter(None, (self.type, repr(self.text), self.form, self.code)))


@dataclass(frozen=True, slots=True)
class Case:
    """A text, and all that should be found in it.

    Attributes:
        id: Its name, unique in the suite.
        phenomenon: What it is about.
        half: Which half it is in.
        text: The source text.
        expected: The mentions, in order of place.
        entities: The same mentions, one set for each entity.
    """

    id: str
    phenomenon: str
    half: Half
    text: str
    expected: tuple[Named, ...]
    entities: frozenset[frozenset[Named]]


@dataclass(frozen=True, slots=True)
class CaseResult:
    """What came of a case.

    Attributes:
        case: The case.
        missed: What was expected and not found just so.
        unexpected: What was found and not expected just so.
        wrongly_grouped: Whether mentions of one entity were apart, or of two together.
        error: Why there was no record at all.
    """

    case: Case
    missed: tuple[Named, ...] = ()
    unexpected: tuple[Named, ...] = ()
    wrongly_grouped: bool = False
    error: str | None = None

    @property
    def passed(self) -> bool:
        """Whether every mention and every entity is exactly right."""
        return not (self.missed or self.unexpected or self.wrongly_grouped or self.error)

    def __str__(self) -> str:
        """The name of the case and what was wrong, on one line."""
        wrong = [f"- {one}" for one in self.missed] + [f"+ {one}" for one in self.unexpected]
        if self.wrongly_grouped:
            wrong.append("wrongly grouped")
        if self.error:
            wrong.append(self.error)
        return f"{self.case.id}: {'; '.join(wrong) or 'passed'}"


class Score(NamedTuple):
    """How many of a number of cases passed."""

    passed: int
    total: int


@dataclass(frozen=True, slots=True)
class ChallengeResult:
    """What came of every case, in the order of the suite."""

    cases: tuple[CaseResult, ...]

    @property
    def failed(self) -> tuple[CaseResult, ...]:
        """The cases that did not pass."""
        return tuple(one for one in self.cases if not one.passed)

    @property
    def phenomena(self) -> tuple[str, ...]:
        """The phenomena, in the order of the suite."""
        return tuple(dict.fromkeys(one.case.phenomenon for one in self.cases))

    def score(self, phenomenon: str | None = None, half: Half | None = None) -> Score:
        """Counts cases.

        Args:
            phenomenon: Only those of this phenomenon.
            half: Only those of this half.

        Returns:
            How many passed, of how many.
        """
        counted = [
            one.passed
            for one in self.cases
            if phenomenon in (None, one.case.phenomenon) and half in (None, one.case.half)
        ]
        return Score(sum(counted), len(counted))


def cases(half: Half | None = None) -> list[Case]:
    """The cases of the suite.

    Args:
        half: Only those of this half.

    Returns:
        The cases, those of a phenomenon together.
    """
    return [one for one in _all_cases() if half in (None, one.half)]


def score(pipeline: "Pipeline", half: Half | None = None) -> ChallengeResult:
    """Runs a pipeline over the suite.

    Args:
        pipeline: A pipeline that gives persons, organisations and countries.
        half: Only the cases of this half.

    Returns:
        What came of every case.
    """
    asked = cases(half)
    records = pipeline.pipe(Article.from_text(one.text, id=one.id) for one in asked)
    return ChallengeResult(
        tuple(judge(case, record) for case, record in zip(asked, records, strict=True))
    )


def judge(case: Case, record: "Record | Failure") -> CaseResult:
    """Compares a record with what was expected.

    Args:
        case: The case.
        record: What came of its text.

    Returns:
        What was missed, unexpected or wrongly grouped.
    """
    if record.status == "failed":
        return CaseResult(case, error=f"{record.error}: {record.message}")
    entities = frozenset(_found(record))
    found = frozenset(named for entity in entities for named in entity)
    missed = tuple(one for one in case.expected if one not in found)
    unexpected = tuple(sorted(found.difference(case.expected)))
    return CaseResult(
        case,
        missed=missed,
        unexpected=unexpected,
        wrongly_grouped=_together(entities, found.intersection(case.expected))
        != _together(case.entities, found.intersection(case.expected)),
    )


def table(result: ChallengeResult) -> str:
    """Shows a result as a table.

    Args:
        result: The result.

    Returns:
        Lines with the passed and total cases of each phenomenon, for both halves and together.
    """
    columns: tuple[Half | None, ...] = (*get_args(Half), None)
    rows = [("phenomenon", "open", "held out", "all", "")]
    for phenomenon in (*result.phenomena, None):
        scores = [result.score(phenomenon, half) for half in columns]
        shown = [f"{one.passed}/{one.total}" if one.total else "-" for one in scores]
        share = scores[-1].passed / max(1, scores[-1].total)
        rows.append((phenomenon or "all", shown[0], shown[1], shown[2], f"{share:.1%}"))
    widths = [max(map(len, column)) for column in zip(*rows, strict=True)]
    return "\n".join(
        "  ".join(
            [row[0].ljust(widths[0])]
            + [cell.rjust(width) for cell, width in zip(row[1:], widths[1:], strict=True)]
        ).rstrip()
        for row in rows
    )


@cache
def _all_cases() -> tuple[Case, ...]:
    folder = resources.files(__package__)
    read = [
        _case(line, half)
        for half in get_args(Half)
        for line in (folder / f"{half}.jsonl").read_text(encoding="utf-8").split("\n")
        if line
    ]
    order = {name: place for place, name in enumerate(dict.fromkeys(c.phenomenon for c in read))}
    return tuple(sorted(read, key=lambda case: (order[case.phenomenon], case.id)))


def _case(line: str, half: Half) -> Case:
    fields = json.loads(line)
    text: str = fields["text"]
    mentions: list[Named] = []
    entities: dict[int, set[Named]] = {}
    for one in fields["expected"]:
        start = _place(text, one["text"], one.get("occurrence", 1), fields["id"])
        named = Named(
            start, start + len(one["text"]), one["type"], one["text"], one["form"], one.get("code")
        )
        mentions.append(named)
        entities.setdefault(one["entity"], set()).add(named)
    return Case(
        id=fields["id"],
        phenomenon=fields["phenomenon"],
        half=half,
        text=text,
        expected=tuple(mentions),
        entities=frozenset(map(frozenset, entities.values())),
    )


def _place(text: str, wanted: str, occurrence: int, case_id: str) -> int:
    place = -1
    for _ in range(occurrence):
        place = text.find(wanted, place + 1)
        if place < 0:
            raise ValueError(f"case {case_id}: {wanted!r} does not stand there {occurrence} times")
    return place


def _found(record: "Record") -> Iterator[frozenset[Named]]:
    for entity in record.entities:
        if entity.type in ASKED:
            yield frozenset(
                Named(one.start, one.end, entity.type, one.text, one.form, entity.code)
                for one in entity.mentions
            )


def _together(
    entities: Iterable[frozenset[Named]], considered: frozenset[Named]
) -> set[frozenset[Named]]:
    """The sets of mentions that are one entity, of those that are right in themselves."""
    return {entity & considered for entity in entities if entity & considered}
