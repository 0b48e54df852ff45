"""Compares the records of two runs: names gained, lost, of another type, or grouped otherwise."""

from collections import Counter, deque
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from itertools import zip_longest
from typing import Literal, NamedTuple

from wiewatwaar.record_files import read_records
from wiewatwaar.records import Entity, Failure, Mention, Record

Change = Literal["gained", "lost", "relabelled", "regrouped", "renamed"]
"""What became of a mention or an entity."""

State = Literal["compared", "only in old", "only in new", "now ok", "now failed", "both failed"]
"""What the two files have of a document."""


Limited = Literal["gained", "lost", "relabelled", "regrouped", "renamed", "documents"]
"""The kinds of change that each may have a limit: of mentions, of entities, of documents."""


@dataclass(frozen=True, slots=True)
class Called:
    """What an entity is called.

    Attributes:
        type: Its type.
        name: Its canonical name.
        code: ISO code of a country.
    """

    type: str
    name: str
    code: str | None

    def __str__(self) -> str:
        """The entity in a few words, such as `COUNTRY Hongarije HU`."""
        return " ".join(filter(None, (self.type, self.name, self.code)))


@dataclass(frozen=True, slots=True)
class MentionChange:
    """A mention that is not as it was.

    Attributes:
        change: What became of it: `relabelled` when its type changed, `regrouped` when it
            belongs to another entity of the same type.
        start: First code point, in the source text.
        end: One past the last code point.
        text: What stands there.
        old: The entity it belonged to; None for one that was gained.
        new: The entity it belongs to; None for one that was lost.
    """

    change: Change
    start: int
    end: int
    text: str
    old: Called | None
    new: Called | None


@dataclass(frozen=True, slots=True)
class EntityChange:
    """An entity that is not as it was.

    Two entities are the same one when they share most mentions.

    Attributes:
        change: What became of it: `relabelled` when its type changed, `renamed` when only its
            name or its code did.
        old: What it was called; None for one that was gained.
        new: What it is called; None for one that was lost.
    """

    change: Change
    old: Called | None
    new: Called | None


@dataclass(frozen=True, slots=True)
class DocumentComparison:
    """What changed in a document.

    Attributes:
        id: The document.
        state: What the two files have of it.
        source_changed: Whether it was read from other bytes, so that places may have moved.
        entities: Entities that are not as they were, in order of place.
        mentions: Mentions that are not as they were, in order of place.
    """

    id: str
    state: State
    source_changed: bool = False
    entities: tuple[EntityChange, ...] = ()
    mentions: tuple[MentionChange, ...] = ()

    @property
    def changes(self) -> int:
        """How much changed.

        One for each mention, for each entity with another name, and for a document that only one
        of the files has or that failed in only one. Entities gained, lost or relabelled are not
        counted again: their mentions were.
        """
        renamed = sum(one.change == "renamed" for one in self.entities)
        return len(self.mentions) + renamed + (self.state not in ("compared", "both failed"))


@dataclass(slots=True)
class Totals:
    """What changed in all documents together.

    Attributes:
        documents: Documents in either file.
        changed: Those in which something changed.
        changes: How much changed in them.
        source_changed: Documents that were read from other bytes.
        states: Documents by what the files have of them.
        entities: Entities by what became of them.
        mentions: Mentions by what became of them.
    """

    documents: int = 0
    changed: int = 0
    changes: int = 0
    source_changed: int = 0
    states: Counter[State] = field(default_factory=Counter)
    entities: Counter[Change] = field(default_factory=Counter)
    mentions: Counter[Change] = field(default_factory=Counter)

    def add(self, document: DocumentComparison) -> None:
        """Counts a document.

        Args:
            document: What changed in it.
        """
        self.documents += 1
        self.changed += document.changes > 0
        self.changes += document.changes
        self.source_changed += document.source_changed
        self.states[document.state] += 1
        self.entities.update(one.change for one in document.entities)
        self.mentions.update(one.change for one in document.mentions)

    def of(self, kind: Limited) -> int:
        """Counts one kind of change.

        Args:
            kind: `renamed` for entities that only have another name, `documents` for those that
                one file only has or that failed in one, else what became of mentions.

        Returns:
            How many there are; those of all kinds together are `changes`.
        """
        if kind == "renamed":
            return self.entities["renamed"]
        if kind == "documents":
            same: tuple[State, ...] = ("compared", "both failed")
            return self.documents - sum(self.states[state] for state in same)
        return self.mentions[kind]


def compare(old: str, new: str) -> Iterator[DocumentComparison]:
    """Compares two files of records.

    Both are read in step, document by document. Of two runs over the same documents one record
    of each is in memory; a document that is in one file only stays until the end.

    Args:
        old: Path of a JSONL file of records, also `.gz`, or `-` for standard input.
        new: The same.

    Yields:
        Every document of either file, changed or not; those in one file only come last.

    Raises:
        RecordsError: A file cannot be read, or is no file of records.
    """
    waiting: tuple[_Waiting, _Waiting] = ({}, {})
    for pair in zip_longest(read_records(old), read_records(new)):
        for side, record in enumerate(pair):
            if record is None:
                continue
            others = waiting[1 - side]
            if record.document.id not in others:
                waiting[side].setdefault(record.document.id, deque()).append(_bare(record))
                continue
            queue = others[record.document.id]
            other = queue.popleft()
            if not queue:
                del others[record.document.id]
            yield compared(other, record) if side else compared(record, other)
    for left in waiting[0].values():
        yield from (compared(record, None) for record in left)
    for left in waiting[1].values():
        yield from (compared(None, record) for record in left)


def compared(old: Record | Failure | None, new: Record | Failure | None) -> DocumentComparison:
    """Compares two records of one document.

    Args:
        old: The record of the first run; None when it has none.
        new: That of the second, one of the two at least.

    Returns:
        What changed. Of a document that is in one file only, or that failed in one, all entities
        and mentions of the other are left out: they say nothing of how names are found.

    Raises:
        ValueError: Neither is given.
    """
    known = new or old
    if known is None:
        raise ValueError("no record to compare")
    if old is None or new is None:
        return DocumentComparison(
            known.document.id, "only in new" if old is None else "only in old"
        )
    moved = None not in (a := old.document.sha256, b := new.document.sha256) and a != b
    if old.status == "failed":
        state: State = "both failed" if new.status == "failed" else "now ok"
        return DocumentComparison(known.document.id, state, moved)
    if new.status == "failed":
        return DocumentComparison(known.document.id, "now failed", moved)
    heirs = _heirs(old, new)
    return DocumentComparison(
        known.document.id,
        "compared",
        moved,
        tuple(_entity_changes(old, new, heirs)),
        tuple(_mention_changes(old, new, heirs)),
    )


_Waiting = dict[str, deque[Record | Failure]]
_Place = tuple[int, int]


class _Known(NamedTuple):
    entity: Entity
    mention: Mention


def _bare(record: Record | Failure) -> Record | Failure:
    """A record without its text, which nothing here needs and which is most of it."""
    if record.status == "failed" or record.document.text is None:
        return record
    return record.model_copy(update={"document": record.document.model_copy(update={"text": None})})


def _places(record: Record) -> dict[_Place, _Known]:
    return {
        (mention.start, mention.end): _Known(entity, mention)
        for entity in record.entities
        for mention in entity.mentions
    }


def _heirs(old: Record, new: Record) -> dict[str, str]:
    """For the id of an old entity the id of the new one that has most of its mentions.

    Each new one is the heir of one old one only: of two that were put together, the smaller has
    none, and of the parts of one that was split, the smaller is nobody's heir.
    """
    then, now = _places(old), _places(new)
    shared = Counter(
        (then[place].entity.id, now[place].entity.id) for place in then.keys() & now.keys()
    )

    def rank(pair: tuple[str, str]) -> tuple[int, int, int]:
        return -shared[pair], int(pair[0][1:]), int(pair[1][1:])

    heirs: dict[str, str] = {}
    taken: set[str] = set()
    for one, other in sorted(shared, key=rank):
        if one not in heirs and other not in taken:
            heirs[one] = other
            taken.add(other)
    return heirs


def _entity_changes(old: Record, new: Record, heirs: Mapping[str, str]) -> Iterator[EntityChange]:
    now = {entity.id: _called(entity) for entity in new.entities}
    for entity in old.entities:
        was = _called(entity)
        if entity.id not in heirs:
            yield EntityChange("lost", was, None)
            continue
        is_now = now.pop(heirs[entity.id])
        if was.type != is_now.type:
            yield EntityChange("relabelled", was, is_now)
        elif was != is_now:
            yield EntityChange("renamed", was, is_now)
    yield from (EntityChange("gained", None, called) for called in now.values())


def _mention_changes(old: Record, new: Record, heirs: Mapping[str, str]) -> Iterator[MentionChange]:
    then, now = _places(old), _places(new)
    for place in sorted(then.keys() | now.keys()):
        one, other = then.get(place), now.get(place)
        change = _mention_change(one, other, heirs)
        if change is not None:
            text = next(known.mention.text for known in (other, one) if known)
            was, is_now = one and _called(one.entity), other and _called(other.entity)
            yield MentionChange(change, *place, text, was, is_now)


def _mention_change(
    old: _Known | None, new: _Known | None, heirs: Mapping[str, str]
) -> Change | None:
    if old is None or new is None:
        return "gained" if old is None else "lost"
    if old.entity.type != new.entity.type:
        return "relabelled"
    return None if heirs.get(old.entity.id) == new.entity.id else "regrouped"


def _called(entity: Entity) -> Called:
    return Called(entity.type, entity.name, entity.code)
