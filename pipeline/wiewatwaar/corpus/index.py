"""One index of the people, organisations and countries of many records.

What is one entity in each document is one entity here where that is sure: a country by its code,
an organisation or place by its canonical name, however that is written, and a person by the full
name. A surname alone joins the one person of the corpus who bears it, and stays apart where
several do.
"""

from array import array
from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from itertools import islice
from typing import NamedTuple

from wiewatwaar.corpus.persons import NameInDocuments, join_names
from wiewatwaar.entities import fold_name
from wiewatwaar.people.names import PersonName, parse_name
from wiewatwaar.records import Entity, Failure, Record
from wiewatwaar.spans import EntityType

_MONTH_CHARACTERS = len("2024-02")


class Tally(NamedTuple):
    """How often something is named.

    Attributes:
        documents: Documents that name it.
        mentions: Mentions in them.
    """

    documents: int = 0
    mentions: int = 0


@dataclass(frozen=True, slots=True)
class CorpusEntity:
    """A person, organisation, country or place of a corpus.

    Attributes:
        id: Its place in the index, counting from 1; the most mentioned is the first.
        type: Its type.
        name: Its canonical name: of what the documents call it, the most frequent; of a person
            the most frequent of the fullest names.
        code: ISO code of a country.
        former: Whether it is a former country.
        aliases: Other names and forms, the one that most documents have first.
        documents: Documents that name it.
        mentions: Mentions in them.
        by_month: The same for the months (`2024-02`) that it was published about, in order; what
            has no date, or only a year, is in none of them.
        could_be: Ids of the persons whom this name could also mean.
    """

    id: int
    type: EntityType
    name: str
    code: str | None
    former: bool
    aliases: tuple[str, ...]
    documents: int
    mentions: int
    by_month: Mapping[str, Tally]
    could_be: tuple[int, ...] = ()


@dataclass(frozen=True, slots=True)
class Corpus:
    """The entities of many records.

    Attributes:
        entities: The most mentioned first; of equals those that more documents name.
        documents: Records, without the failed ones.
        failed: Documents that could not be processed.
        by_month: Documents by the month in which they were published, in order.
    """

    entities: tuple[CorpusEntity, ...]
    documents: int
    failed: int
    by_month: Mapping[str, int]
    _places: Mapping["_Key", int] = field(repr=False)

    def find(self, type: str, name: str, code: str | None = None) -> CorpusEntity | None:
        """Looks up what an entity of a record is in the corpus.

        Args:
            type: Its type.
            name: Its canonical name in its record.
            code: ISO code of a country.

        Returns:
            The entity of the corpus; None when no record that was indexed holds it.
        """
        place = self._places.get(_key(type, name, code))
        return None if place is None else self.entities[place]

    def of(self, entity: Entity) -> CorpusEntity:
        """What an entity of one of the records is in the corpus.

        Args:
            entity: An entity of a record that was indexed.

        Returns:
            The entity of the corpus.

        Raises:
            KeyError: No record that was indexed holds it.
        """
        found = self.find(entity.type, entity.name, entity.code)
        if found is None:
            raise KeyError(f"{entity.type} {entity.name}")
        return found


def index(records: Iterable[Record | Failure]) -> Corpus:
    """Indexes the entities of records.

    Holds the names with their counts in memory, and a few numbers for each record, never the
    records. The result does not depend on the order of the records.

    Args:
        records: The records of different documents.

    Returns:
        The index.
    """
    gathered = Gathered()
    for record in records:
        gathered.add(record)
    return gathered.corpus()


_Key = tuple[str, str]
"""The type, and what makes two entities of that type the same: a code or a name."""


def _key(type: str, name: str, code: str | None) -> _Key:
    if type == "PERSON":
        return type, name
    return type, code or fold_name(name)


@dataclass(slots=True)
class _Seen:
    """What was seen of the entities with one key."""

    type: EntityType
    code: str | None
    person: PersonName | None
    former: bool = False
    ambiguous: bool = False
    documents: int = 0
    mentions: int = 0
    names: Counter[str] = field(default_factory=Counter)
    aliases: Counter[str] = field(default_factory=Counter)
    months: dict[str, Tally] = field(default_factory=dict)

    @classmethod
    def of(cls, entity: Entity) -> "_Seen":
        person = parse_name(entity.name) if entity.type == "PERSON" else None
        return cls(entity.type, entity.code, person)

    def add(self, found: Sequence[Entity], month: str | None) -> None:
        mentions = sum(len(entity.mentions) for entity in found)
        self.documents += 1
        self.mentions += mentions
        self.former |= any(entity.former for entity in found)
        self.ambiguous |= any(entity.ambiguous_with for entity in found)
        self.names.update({entity.name for entity in found})
        self.aliases.update({alias for entity in found for alias in entity.aliases})
        if month is not None:
            before = self.months.get(month, Tally())
            self.months[month] = Tally(before.documents + 1, before.mentions + mentions)


class Gathered:
    """The entities of the records that were read so far: `index`, for who reads them himself."""

    def __init__(self) -> None:
        """Begins without any."""
        self._seen: dict[_Key, _Seen] = {}
        self._documents = self._failed = 0
        self._months: Counter[str] = Counter()
        # Two names of a document may turn out to be one person, whom it is to count for once. For
        # each document with several persons: how many, its month, and the number of each.
        self._together = array("L")
        self._numbers: dict[str, int] = {}

    def add(self, record: Record | Failure) -> None:
        """Counts what a record holds.

        Args:
            record: The record.
        """
        if record.status == "failed":
            self._failed += 1
            return
        self._documents += 1
        month = _month(record.document.published)
        if month is not None:
            self._months[month] += 1
        by_key: dict[_Key, list[Entity]] = {}
        for entity in record.entities:
            by_key.setdefault(_key(entity.type, entity.name, entity.code), []).append(entity)
        for key, found in by_key.items():
            seen = self._seen.get(key)
            if seen is None:
                seen = self._seen[key] = _Seen.of(found[0])
            seen.add(found, month)
        persons = [name for kind, name in by_key if kind == "PERSON"]
        if len(persons) > 1:
            self._together.append(len(persons))
            for name in (month or "", *persons):
                self._together.append(self._numbers.setdefault(name, len(self._numbers)))

    def corpus(self) -> Corpus:
        """Puts together what is one entity.

        Returns:
            The index of what was read so far.
        """
        groups, could_be = self._grouped()
        totals = [self._total(keys) for keys in groups]
        self._count_once(groups, totals)
        order = sorted(range(len(totals)), key=lambda place: _rank(totals[place]))
        numbers = {place: number for number, place in enumerate(order, start=1)}
        entities = tuple(
            totals[place].entity(
                numbers[place], tuple(sorted(numbers[other] for other in could_be.get(place, ())))
            )
            for place in order
        )
        places = {key: number - 1 for place, number in numbers.items() for key in groups[place]}
        return Corpus(
            entities, self._documents, self._failed, dict(sorted(self._months.items())), places
        )

    def _grouped(self) -> tuple[list[list[_Key]], dict[int, list[int]]]:
        """The keys of each entity, and for some entities the places of those it could also be."""
        keys = sorted(self._seen)
        persons = [key for key in keys if key[0] == "PERSON"]
        names = []
        for key in persons:
            seen = self._seen[key]
            if seen.person is not None:
                names.append(NameInDocuments(seen.person, seen.documents, seen.ambiguous))
        joined = join_names(names)
        members: dict[int, list[_Key]] = {}
        for key, root in zip(persons, joined.persons, strict=True):
            members.setdefault(root, []).append(key)
        places = {root: place for place, root in enumerate(members)}
        could_be = {
            places[root]: [places[other] for other in others]
            for root, others in joined.could_be.items()
        }
        others = [[key] for key in keys if key[0] != "PERSON"]
        return [*members.values(), *others], could_be

    def _total(self, keys: Sequence[_Key]) -> "_Total":
        total = _Total(self._seen[keys[0]].type, self._seen[keys[0]].code)
        full: Counter[tuple[int, str]] = Counter()
        for key in keys:
            seen = self._seen[key]
            total.former |= seen.former
            total.documents += seen.documents
            total.mentions += seen.mentions
            total.aliases.update(seen.names)
            total.aliases.update(seen.aliases)
            for name, documents in seen.names.items():
                full[_fullness(seen.person), name] += documents
            for month, tally in seen.months.items():
                before = total.months.get(month, Tally())
                total.months[month] = Tally(
                    before.documents + tally.documents, before.mentions + tally.mentions
                )
        (_, total.name), _ = min(full.items(), key=lambda one: (-one[0][0], -one[1], one[0][1]))
        return total

    def _count_once(self, groups: Sequence[Sequence[_Key]], totals: Sequence["_Total"]) -> None:
        """Takes off what was counted more than once: documents with two names of one person."""
        names = list(self._numbers)
        places = {key: place for place, keys in enumerate(groups) for key in keys}
        numbers = iter(self._together)
        for count in numbers:
            month = names[next(numbers)]
            persons = [places["PERSON", names[number]] for number in islice(numbers, count)]
            for place, times in Counter(persons).items() if len(set(persons)) < count else ():
                totals[place].documents -= times - 1
                if month in totals[place].months:
                    before = totals[place].months[month]
                    totals[place].months[month] = before._replace(
                        documents=before.documents - times + 1
                    )


@dataclass(slots=True)
class _Total:
    """An entity of the corpus while it is added up."""

    type: EntityType
    code: str | None
    name: str = ""
    former: bool = False
    documents: int = 0
    mentions: int = 0
    aliases: Counter[str] = field(default_factory=Counter)
    months: dict[str, Tally] = field(default_factory=dict)

    def entity(self, id: int, could_be: tuple[int, ...]) -> CorpusEntity:
        del self.aliases[self.name]
        by_frequency = sorted(self.aliases, key=lambda alias: (-self.aliases[alias], alias))
        return CorpusEntity(
            id=id,
            type=self.type,
            name=self.name,
            code=self.code,
            former=self.former,
            aliases=tuple(by_frequency),
            documents=self.documents,
            mentions=self.mentions,
            by_month=dict(sorted(self.months.items())),
            could_be=could_be,
        )


def _rank(total: _Total) -> tuple[int, int, str, str]:
    return -total.mentions, -total.documents, total.type, total.name


def _fullness(name: PersonName | None) -> int:
    """How full a name is: with a first name, with initials, a surname alone."""
    if name is None or not name.given:
        return 0
    return 2 if name.first_names else 1


def _month(published: str | None) -> str | None:
    if published is None or len(published) < _MONTH_CHARACTERS:
        return None
    return published[:_MONTH_CHARACTERS]
