"""Joins the ways in which a text names one person: Mark Rutte, M. Rutte, Rutte.

Every step looks names up by key, never name against name, so that a text of 100,000 different
names costs no more than its length.
"""

from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass, field

from wiewatwaar.people.names import (
    PersonName,
    first_names,
    heads,
    is_initial,
    misspelt,
    tails,
    tussenvoegsels,
    without_loose,
)

# Of the people that a name could mean, no more than this are told.
MAX_CANDIDATES = 20


@dataclass(slots=True)
class Form:
    """One name, with all its mentions.

    Attributes:
        name: The name, taken apart.
        single: Whether a title says that this one word is the whole name: koning Filip.
        titled: Whether such a title stands before one of the mentions.
        mentions: Places in the list of mentions, in order.
        starts: Their first code points.
    """

    name: PersonName
    single: bool
    titled: bool = False
    mentions: list[int] = field(default_factory=list)
    starts: list[int] = field(default_factory=list)


class People:
    """The forms of a document, and which of them are one person (a union-find).

    Attributes:
        forms: The forms, in order of first mention.
        doubts: For a form that could be one of several persons, forms of those.
        first_names_only: Forms of several words that are all first names.
    """

    def __init__(self, forms: list[Form]) -> None:
        """Takes every form for a person of its own.

        Args:
            forms: The forms, in order of first mention.
        """
        self.forms = forms
        self.doubts: dict[int, list[int]] = {}
        self.first_names_only: set[int] = set()
        self._parents = list(range(len(forms)))
        self._suffixes = [form.name.suffix for form in forms]

    def root(self, form: int) -> int:
        """The form that stands for a person: the first one in the text."""
        while self._parents[form] != form:
            self._parents[form] = self._parents[self._parents[form]]
            form = self._parents[form]
        return form

    def roots(self, forms: Iterable[int]) -> list[int]:
        """The persons of some forms, each once."""
        return list(dict.fromkeys(self.root(form) for form in forms))

    def join(self, forms: Iterable[int]) -> None:
        """Takes forms for one person."""
        roots = self.roots(forms)
        kept = min(roots)
        self._suffixes[kept] = next((s for s in map(self._suffixes.__getitem__, roots) if s), "")
        for root in roots:
            self._parents[root] = kept

    def join_or_doubt(self, form: int, candidates: Iterable[int]) -> None:
        """Joins a form to the only candidate, or notes that there are several."""
        roots = self.roots(candidates)
        if len(roots) == 1:
            self.join((form, roots[0]))
        elif roots:
            self.doubts[form] = roots

    def doubtful(self) -> set[int]:
        """The persons of whom a form is in doubt."""
        return {self.root(form) for form in self.doubts}

    def fitting(self, suffix: str, roots: list[int]) -> list[int]:
        """Of some persons those who are not another one by their jr. or III."""
        if not suffix:
            return roots
        same = [root for root in roots if self._suffixes[root] == suffix]
        return same or [root for root in roots if not self._suffixes[root]]


class Index:
    """Persons by what they may be called by, at most MAX_CANDIDATES for each."""

    def __init__(self, people: People) -> None:
        """Begins without any.

        Args:
            people: The persons.
        """
        self._people = people
        self._roots: dict[str, list[int]] = {}

    def add(self, key: str, form: int) -> None:
        """Notes that the person of a form may be called so."""
        known = self._roots.setdefault(_spaced(key), [])
        root = self._people.root(form)
        if len(known) < MAX_CANDIDATES and root not in known:
            known.append(root)

    def find(self, *keys: str) -> list[int]:
        """The persons who may be called by one of these, each once."""
        return self._people.roots(r for key in keys for r in self._roots.get(_spaced(key), ()))


def join_forms(people: People) -> None:
    """Joins the forms that name one person, and notes for which there are several.

    Args:
        people: The forms of a document, each a person of its own; changed in place.
    """
    _join_full_names(people)
    _join_parts_of_names(people)
    _join_initials(people)
    _join_single_names(people)
    _join_bare_names(people)


def _join_full_names(people: People) -> None:
    """Joins names with one surname, or half of one, and one first name or nickname."""
    same: dict[tuple[str, str], list[int]] = {}
    for form, one in enumerate(people.forms):
        if one.name.given:
            for first in one.name.first_names:
                for key in dict.fromkeys((*one.name.keys, misspelt(" ".join(one.name.surname)))):
                    same.setdefault((key, first), []).append(form)
    for (key, first), members in same.items():
        # Alec Baldwins, where the s of possession is still there.
        names = same.get((key[:-1], first), []) if key.endswith("s") else []
        settle(people, list(dict.fromkeys((*members, *names))))


def _join_single_names(people: People) -> None:
    """Joins koning Filip with koning Filip, and koningin Elizabeth with Elizabeth II."""
    same: dict[str, list[int]] = {}
    for form, one in enumerate(people.forms):
        if one.single:
            same.setdefault(one.name.surname[0], []).append(form)
    for members in same.values():
        settle(people, members)


def settle(people: People, members: list[int]) -> None:
    """Joins forms that are equal but for details, where the details do not contradict.

    Args:
        people: The forms; changed in place.
        members: Forms with one first name and one surname. Two with other second names, or one
            of whom is the III, stay apart; one without such a detail joins the only one that has
            it, and is in doubt between several.
    """
    for alike in _classes(people, members, lambda name: name.suffix):
        for one in _classes(people, alike, _second_name):
            people.join(one)


def _second_name(name: PersonName) -> str:
    """The second first name or initial; none behind initials, which are not what one is called."""
    first, second = (*name.given, "", "")[:2]
    return "" if is_initial(first) else second


def _classes(
    people: People, members: list[int], detail: Callable[[PersonName], str]
) -> list[list[int]]:
    """Parts forms by a detail, such as the second first name.

    An initial belongs to the only name that begins with it, and no detail at all to the only
    class there is. With several, the form stays apart, in doubt between them.
    """
    if len(members) == 1:
        return [members]
    classes: dict[str, list[int]] = {}
    for form in members:
        classes.setdefault(detail(people.forms[form].name), []).append(form)
    plain = classes.pop("", [])
    by_letter: dict[str, list[str]] = {}
    for word in classes:
        if not is_initial(word):
            by_letter.setdefault(word[0], []).append(word)
    for word in [word for word in classes if is_initial(word)]:
        fits = by_letter.get(word[0], [])
        if len(fits) == 1:
            classes[fits[0]].extend(classes.pop(word))
        elif fits:
            _doubt(people, classes[word], (classes[fit][0] for fit in fits))
    parts = list(classes.values())
    if len(parts) == 1:
        parts[0].extend(plain)
    elif plain:
        _doubt(people, plain, (part[0] for part in parts))
        parts.append(plain)
    return parts


def _doubt(people: People, members: Iterable[int], candidates: Iterable[int]) -> None:
    told = [form for form, _ in zip(candidates, range(MAX_CANDIDATES), strict=False)]
    if told:
        people.doubts.update((form, told) for form in members)


def _join_parts_of_names(people: People) -> None:
    """Joins a name of several words with the only longer name that begins or ends with it."""
    longer = Index(people)
    reverse: dict[tuple[str, ...], int] = {}
    for form, one in enumerate(people.forms):
        if one.name.given:
            for part in (*tails(one.name), *heads(one.name), *one.name.nicknames):
                longer.add(part, form)
        if len(one.name.words) == 2:
            reverse[one.name.words] = form
    doubtful = people.doubtful()
    for form, one in enumerate(people.forms):
        words = one.name.words
        if not one.name.first_names or form in doubtful:
            continue
        found = [r for r in longer.find(" ".join(words)) if r != people.root(form)]
        if len(found) == 1:
            people.join((form, found[0]))
            # Of Jan Peter Balkenende, Jan Peter does not bear the surname Peter.
            if one.name.surname[-1] in first_names():
                people.first_names_only.add(form)
        # Viktor Orbán, and Orbán Viktor as Hungarians write it.
        if len(words) == 2 and words[0] in first_names() and words[1] not in first_names():
            people.join((form, reverse.get(words[::-1], form)))


def _join_initials(people: People) -> None:
    """Joins M. Rutte with Mark Rutte, and J.P. Balkenende with J. Balkenende."""
    index = Index(people)
    doubtful = people.doubtful()

    def add(form: int, name: PersonName) -> None:
        letters = name.initials
        for key in name.keys:
            index.add(f"{letters[:1]} {key}", form)
            index.add(f"{letters[:1]}{letters[1:2] or '-'}  {key}", form)

    waiting = []
    for form, one in enumerate(people.forms):
        if one.name.first_names and one.name.given and people.root(form) not in doubtful:
            add(form, one.name)
        elif one.name.given and not one.name.first_names:
            waiting.append(form)
    for form in sorted(waiting, key=lambda form: -len(people.forms[form].name.initials)):
        name = people.forms[form].name
        first, second = name.initials[:1], name.initials[1:2]
        known = [f"{first} {key}" for key in name.keys]
        if second:
            known = [f"{first}{end}  {key}" for key in name.keys for end in (second, "-")]
        people.join_or_doubt(form, people.fitting(name.suffix, index.find(*known)))
        if form not in people.doubts:
            add(form, name)


def _join_bare_names(people: People) -> None:
    """Joins surnames alone, and first names alone, with the person who bears them."""
    known = _known_persons(people)
    firsts = _first_starts(people)
    titled = {people.root(form) for form, one in enumerate(people.forms) if one.titled}
    found: list[tuple[int, list[int]]] = []
    for form, one in enumerate(people.forms):
        if one.name.given:
            continue
        # A first name alone refers back to a full name, as a rule; ahead of it, in titles and
        # leads, only a word that is known as a first name is taken for one.
        key = one.name.surname_keys[0]
        called = [
            root
            for root in known["first"].find(key)
            if one.starts[-1] > firsts[root] or key in first_names()
        ]
        if one.single:
            called = [root for root in called if root in titled]
            found.append((form, people.fitting(one.name.suffix, called)))
            continue
        tiers = (
            people.fitting(one.name.suffix, roots) for roots in (*_bearers(known, one.name), called)
        )
        found.append((form, next((roots for roots in tiers if roots), [])))
    for form, roots in found:
        people.join_or_doubt(form, roots)
    _join_bare_with_bare(
        people, [form for form, roots in found if not (roots or people.forms[form].single)]
    )


def _bearers(known: dict[str, Index], name: PersonName) -> Iterator[list[int]]:
    """Persons who bear a surname: all of it first, then the end of it, half of it, and so on."""
    key, keys = name.surname_keys[0], name.keys
    yield known["whole"].find(key)
    yield known["tail"].find(key)
    yield known["half"].find(key)
    yield known["whole"].find(*keys)
    yield known["loose"].find(*keys)
    yield known["inner"].find(key)
    yield known["nick"].find(key)


def _known_persons(people: People) -> dict[str, Index]:
    """Persons by their surname, its tails and halves, and what else they may be called by."""
    indexes = {
        kind: Index(people) for kind in ("whole", "tail", "half", "loose", "inner", "nick", "first")
    }
    doubtful = people.doubtful()
    for form, one in enumerate(people.forms):
        if not (one.name.given or one.single) or people.root(form) in doubtful:
            continue
        if form in people.first_names_only:
            continue
        whole, *halves = one.name.surname_keys
        indexes["whole"].add(whole, form)
        for half in halves:
            indexes["half"].add(half, form)
        for key in (whole, *halves):
            indexes["loose"].add(without_loose(key), form)
        if not one.name.surname_first:
            for tail in tails(one.name):
                indexes["tail"].add(tail, form)
        for word in _inner_words(one.name):
            indexes["inner"].add(word, form)
        for word in one.name.nicknames:
            indexes["nick"].add(word, form)
        for word in _called(one.name):
            indexes["first"].add(word, form)
    return indexes


def _inner_words(name: PersonName) -> Iterator[str]:
    """Words within a name that can be its surname: the Sánchez of Pedro Sánchez Castejón."""
    for word in name.words[1:-1][:MAX_CANDIDATES]:
        if not (is_initial(word) or word in tussenvoegsels() or word in first_names()):
            yield word


def _called(name: PersonName) -> Iterator[str]:
    """What friends call somebody: the first name, a nickname, Jan Peter."""
    yield from name.first_names
    if len(name.given) > 1 and not any(is_initial(word) for word in name.given):
        yield " ".join(name.given)


def _join_bare_with_bare(people: People, left: list[int]) -> None:
    """Joins surnames of which the document has no full name: Yeşilgöz with Yeşilgöz-Zegerius."""
    same: dict[str, list[int]] = {}
    longer = Index(people)
    for form in left:
        whole, *halves = people.forms[form].name.surname_keys
        same.setdefault(_spaced(whole), []).append(form)
        for key in (*halves, without_loose(whole)):
            if key != whole:
                longer.add(key, form)
    for key, members in same.items():
        settle(people, members)
        own = people.root(members[0])
        people.join_or_doubt(own, (root for root in longer.find(key) if root != own))


def _spaced(key: str) -> str:
    """A key in which Ben-Gvir and Ben Gvir are the same."""
    return key.replace("-", " ")


def _first_starts(people: People) -> dict[int, int]:
    firsts: dict[int, int] = {}
    for form, one in enumerate(people.forms):
        root = people.root(form)
        firsts[root] = min(one.starts[0], firsts.get(root, one.starts[0]))
    return firsts
