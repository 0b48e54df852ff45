"""Joins the names of persons across documents: more careful than within one document.

Within a document a first name, half a surname or a misspelling refers back to somebody. Across
documents nothing is referred back to: what is joined here is one full name written in several
ways, and a surname alone where the whole corpus has one person who bears it.
"""

from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import NamedTuple

from wiewatwaar.people.names import PersonName, first_names, heads, without_loose
from wiewatwaar.people.same_person import Form, Index, People, settle

# A surname that stands alone in more documents than this, for each that has the full name, is
# somebody else's as well: one letter from an Anna Jansen does not make hers every Jansen.
_MOST_BARE_FOR_EACH_FULL = 10


class NameInDocuments(NamedTuple):
    """What documents call a person.

    Attributes:
        name: The name, taken apart.
        documents: How many documents call somebody so.
        ambiguous: Whether a document could not tell which of its persons it means.
    """

    name: PersonName
    documents: int
    ambiguous: bool


@dataclass(frozen=True, slots=True)
class JoinedNames:
    """Which names are one person.

    Attributes:
        persons: For each name the place of the one that stands for its person.
        could_be: For the place that stands for a person those of others whom it could be.
    """

    persons: tuple[int, ...]
    could_be: dict[int, list[int]]


def join_names(names: Sequence[NameInDocuments]) -> JoinedNames:
    """Finds which names of persons, each from one or more documents, are one person.

    Args:
        names: Different names, in an order that does not depend on that of the documents.

    Returns:
        The persons.
    """
    people = People([Form(one.name, single=False) for one in names])
    _join_same(people)
    _join_second_names(people)
    _join_halves(people)
    _join_longer(people)
    _join_initials(people, names)
    _join_bare(people, names)
    could_be: dict[int, list[int]] = {}
    for form in sorted(people.doubts):
        root = people.root(form)
        others = [other for other in people.roots(people.doubts[form]) if other != root]
        if others:
            could_be.setdefault(root, others)
    return JoinedNames(tuple(people.root(form) for form in range(len(names))), could_be)


def _join_same(people: People) -> None:
    """Joins Poetin with POETIN and Putin, and Ben-Gvir with Ben Gvir."""
    same: dict[tuple[object, ...], int] = {}
    for form, one in enumerate(people.forms):
        surname = " ".join(one.name.surname).replace("-", " ")
        key = (one.name.given, surname, one.name.suffix, one.name.surname_first)
        people.join((form, same.setdefault(key, form)))


def _join_second_names(people: People) -> None:
    """Joins Donald Trump with Donald J. Trump, and A. (Ahmed) Aboutaleb with Ahmed Aboutaleb."""
    same: dict[tuple[str, str], list[int]] = {}
    for form, one in enumerate(people.forms):
        for first in one.name.first_names if one.name.given else ():
            for key in _whole(one.name):
                same.setdefault((key, first), []).append(form)
    for members in same.values():
        settle(people, list(dict.fromkeys(members)))


def _join_halves(people: People) -> None:
    """Joins Jeanine Hennis with the only Jeanine Hennis-Plasschaert.

    Where both halves have somebody, Maria Bos and Maria Kok beside Maria Bos-Kok, nobody is joined.
    """
    double = Index(people)
    for form, one in enumerate(people.forms):
        for half in one.name.surname_keys[1:] if one.name.given else ():
            for first in one.name.first_names:
                double.add(f"{first} {half}", form)
    claims: dict[int, dict[str, list[int]]] = {}
    for form, one in enumerate(people.forms):
        whole = one.name.surname_keys[0]
        if not one.name.first_names or not one.name.given or "-" in whole:
            continue
        found = double.find(*(f"{first} {whole}" for first in one.name.first_names))
        if len(found) == 1:
            claims.setdefault(found[0], {}).setdefault(whole, []).append(form)
    for root, halves in claims.items():
        if len(halves) == 1:
            people.join((root, *next(iter(halves.values()))))


def _join_longer(people: People) -> None:
    """Joins Pedro Sánchez with the only Pedro Sánchez Castejón, and Orbán Viktor with Viktor Orbán.

    Not Jan Peter with Jan Peter Balkenende: a name of first names alone can be anybody's.
    """
    longer = Index(people)
    reverse: dict[tuple[str, ...], int] = {}
    for form, one in enumerate(people.forms):
        for head in heads(one.name) if one.name.given else ():
            longer.add(head, form)
        if len(one.name.words) == 2:
            reverse[one.name.words] = form
    doubtful = people.doubtful()
    for form, one in enumerate(people.forms):
        words = one.name.words
        if not one.name.first_names or one.name.surname[-1] in first_names() or form in doubtful:
            continue
        found = [root for root in longer.find(" ".join(words)) if root != people.root(form)]
        if len(found) == 1:
            people.join((form, found[0]))
        if len(words) == 2 and words[0] in first_names():
            people.join((form, reverse.get(words[::-1], form)))


def _join_initials(people: People, names: Sequence[NameInDocuments]) -> None:
    """Joins M. Rutte with Mark Rutte, where nobody else with an M bears that surname."""
    known = Index(people)
    waiting = []
    for form, one in enumerate(people.forms):
        if one.name.first_names and one.name.given:
            for key in _whole(one.name):
                known.add(f"{one.name.initials[:1]} {key}", form)
        elif one.name.given:
            waiting.append(form)
    letters: dict[int, set[str]] = {}
    for form, one in enumerate(people.forms):
        letters.setdefault(people.root(form), set()).add(one.name.initials)
    meant = {}
    for form in waiting:
        name = people.forms[form].name
        found = known.find(*(f"{name.initials[:1]} {key}" for key in _whole(name)))
        # A.J. is not any Alan, though J.P. is Jan Peter.
        found = [
            root for root in found if any(one.startswith(name.initials) for one in letters[root])
        ]
        meant[form] = people.fitting(name.suffix, found)
    _join_sure(people, names, meant)


def _join_bare(people: People, names: Sequence[NameInDocuments]) -> None:
    """Joins a surname alone with the only person of the corpus who bears it."""
    doubtful = _doubtful_persons(people, names)
    # Apart, as an index holds so many persons for a name: misreadings are not to fill it.
    known, misread = Index(people), Index(people)
    for form, one in enumerate(people.forms):
        if one.name.given:
            bearers = misread if people.root(form) in doubtful else known
            for key in dict.fromkeys((*_whole(one.name), *one.name.surname_keys[1:])):
                bearers.add(key, form)
    meant = {}
    for form, one in enumerate(people.forms):
        if not one.name.given and _is_surname(one.name):
            keys = list(_whole(one.name))
            meant[form] = known.find(*keys) or misread.find(*keys)
    _join_sure(people, names, meant)


def _doubtful_persons(people: People, names: Sequence[NameInDocuments]) -> set[int]:
    """Those whom one document names, with a first word that is no known first name.

    Among many documents there is one that has Minister Poetin for a name. He is not to keep
    Poetin from Vladimir Poetin.
    """
    documents: Counter[int] = Counter()
    known = set()
    for form, one in enumerate(names):
        root = people.root(form)
        documents[root] += one.documents
        first = one.name.first_names
        if not first or first[0] in first_names() or one.name.surname_first:
            known.add(root)
    return {root for root, count in documents.items() if count == 1 and root not in known}


def _join_sure(
    people: People, names: Sequence[NameInDocuments], meant: dict[int, list[int]]
) -> None:
    """Joins short names with the only person who can be meant, or notes whom they could mean."""
    in_full: Counter[int] = Counter()
    alone: Counter[int] = Counter()
    ambiguous = set()
    for form, one in enumerate(names):
        root = people.root(form)
        (in_full if one.name.given and one.name.first_names else alone)[root] += one.documents
        if one.ambiguous:
            ambiguous.add(root)
    # Decided first and then done, as joining changes who stands for a person.
    sure = {
        form: found[0]
        for form, found in meant.items()
        if len(found) == 1
        and (root := people.root(form)) not in ambiguous
        and in_full[found[0]] * _MOST_BARE_FOR_EACH_FULL >= alone[root]
    }
    people.doubts.update((form, found) for form, found in meant.items() if form not in sure)
    for form, person in sure.items():
        people.join((form, person))


def _is_surname(name: PersonName) -> bool:
    """Whether a name that stands alone tells whose it is.

    A word that is a first name is one, as a rule, where it stands alone; one letter, which the
    press gives for the surname of a suspect, is anybody's; and Rutte III is a cabinet.
    """
    surname = " ".join(name.surname)
    return len(surname) > 1 and not name.suffix and surname not in first_names()


def _whole(name: PersonName) -> Iterator[str]:
    """The whole surname, and, of al-Assad, also Assad."""
    whole = name.surname_keys[0]
    yield from dict.fromkeys((whole, without_loose(whole)))
