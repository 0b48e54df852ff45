"""What a document knows about its names: the label of a name is decided by all its mentions."""

import unicodedata
from collections import defaultdict
from collections.abc import Callable, Collection, Sequence
from dataclasses import dataclass, field
from itertools import chain

from wiewatwaar.lexicon.organisations import lookup
from wiewatwaar.mentions.apposition import things
from wiewatwaar.mentions.occurrences import with_plain_apostrophes
from wiewatwaar.mentions.trimming import Name, begins_with_first_name
from wiewatwaar.mentions.word_lists import is_first_name, is_initials, words
from wiewatwaar.spans import SpanType

_SUFFIXES = frozenset({"jr", "sr", "ii", "iii", "iv", "v", "vi", "vii", "viii"})
# What a full name weighs against one mention of the bare surname as something else.
_FULL_NAME_WEIGHT = 2.0
# A longer word in capitals is one that is written so, as the town in front of a report is.
_MAX_ACRONYM = 4
_MAX_SHORT_FIRST_NAME = 3


@dataclass(frozen=True, slots=True)
class Knowledge:
    """The names of one document.

    Attributes:
        types: What each name is, by its form with straight apostrophes; surnames of full names
            are among them.
        surnames: Those of the persons whose full name begins with a first name.
        canonical: For a name in capitals (RUTTE), its form elsewhere (Rutte).
    """

    types: dict[str, SpanType] = field(default_factory=dict)
    canonical: dict[str, str] = field(default_factory=dict)
    surnames: frozenset[str] = frozenset()

    def type_of(self, form: str, said: SpanType) -> SpanType:
        """What a name is in this document.

        Args:
            form: The name as it is written.
            said: What the model says at one place.

        Returns:
            The type decided by all mentions.
        """
        decided = self.types.get(form, said)
        if " " not in form and {decided, said} == {"ORGANISATION", "OTHER"}:
            # What Facebook says and what is on Facebook: both are right, each at its place.
            return said
        return decided


def learn(
    text: str, names: Sequence[Name], is_listed: Callable[[str], bool], in_capitals: set[int]
) -> Knowledge:
    """Gathers what a document says about its names.

    Args:
        text: The cleaned text.
        names: The model's names in it, trimmed.
        is_listed: Whether the lexicon knows a form as a country or an organisation: then a
            bearer of that surname does not make a person of it.
        in_capitals: Places of names that stand in a line all in capitals.

    Returns:
        The knowledge.
    """
    votes: dict[str, dict[SpanType, float]] = defaultdict(dict)
    capitals: list[tuple[str, SpanType]] = []
    for name in names:
        form = text[name.start : name.end]
        if not (form.isascii() and form.isalnum()):
            form = with_plain_apostrophes(" ".join(form.split()))
        if name.start in in_capitals or (form.isupper() and len(form) > _MAX_ACRONYM):
            capitals.append((form, name.type))
            continue
        counted = votes[form]
        counted[name.type] = counted.get(name.type, 0.0) + 1.0
    canonical = _join_capitals(votes, capitals)
    decided = {form: _decide(counted) for form, counted in votes.items()}
    full_names = [form for form, type_ in decided.items() if type_ == "PERSON" and " " in form]
    full_names += _persons_by_surname(decided)
    beginnings = {form.rpartition(" ")[0] for form in votes}
    certain: set[str] = set()
    for full_name in full_names:
        tokens = full_name.split(" ")
        sure = begins_with_first_name(tokens)
        for surname in surnames(tokens):
            if is_listed(surname):
                continue
            if sure or _is_of_nothing_else(surname, beginnings):
                certain.add(surname)
            counted = votes[surname]
            counted["PERSON"] = counted.get("PERSON", 0.0) + _FULL_NAME_WEIGHT
    types = {form: _decide(counted) for form, counted in votes.items()}
    types.update(dict.fromkeys(chain(certain, full_names), "PERSON"))
    types.update((form, "OTHER") for form in things(text, names) if form in types)
    for full_name in full_names:
        first = full_name.partition(" ")[0]
        if len(first) > _MAX_SHORT_FIRST_NAME and is_first_name(first) and not is_listed(first):
            types.setdefault(first, "PERSON")
    return Knowledge(types, canonical, frozenset(certain))


def _is_of_nothing_else(surname: str, beginnings: Collection[str]) -> bool:
    """Whether no list knows a surname as anything else, nor a longer name here begins with it."""
    return surname not in beginnings and lookup(surname) is None and surname not in words("places")


def _persons_by_surname(decided: dict[str, SpanType]) -> list[str]:
    """Names called an organisation, with a first name, whose surname is a person."""
    return [
        form
        for form, type_ in decided.items()
        if type_ == "ORGANISATION"
        and (tokens := form.split(" "))[0] in words("first_names")
        and len(tokens) > 1
        and decided.get(tokens[-1]) == "PERSON"
    ]


def _decide(votes: dict[SpanType, float]) -> SpanType:
    """The type with most votes; of two with as many, the one that came first."""
    return next(iter(votes)) if len(votes) == 1 else max(votes, key=votes.__getitem__)


def _join_capitals(
    votes: dict[str, dict[SpanType, float]], capitals: list[tuple[str, SpanType]]
) -> dict[str, str]:
    """Adds the votes of names in capitals to the forms they have elsewhere."""
    if not capitals:
        return {}
    by_capitals = {form.upper(): form for form in reversed(list(votes))}
    for form, counted in votes.items():
        if " " in form and "PERSON" in counted:
            for surname in surnames(form.split(" ")):
                by_capitals.setdefault(surname.upper(), surname)
    canonical: dict[str, str] = {}
    for form, type_ in capitals:
        known = by_capitals.get(form.upper())
        if known is not None and known != form:
            canonical[form] = known
        counted = votes[known or form]
        counted[type_] = counted.get(type_, 0.0) + 1.0
    return canonical


def surnames(tokens: list[str]) -> list[str]:
    """The forms by which a person of a full name can be called further on.

    Args:
        tokens: The words of the full name, at least two: Caroline van der Plas.

    Returns:
        The surname with its prefixes, as they are and with a capital (van der Plas, Van der
        Plas), or the last word of it; of a double surname also either half; and all of these
        without diacritics.
    """
    while len(tokens) > 2 and tokens[-1].rstrip(".").lower() in _SUFFIXES:
        tokens = tokens[:-1]
    prefixes = words("tussenvoegsels")
    begin = next(
        (i for i in range(1, len(tokens) - 1) if tokens[i].lower() in prefixes), len(tokens) - 1
    )
    if not _is_surname(tokens[-1]):
        return []
    if begin < len(tokens) - 1:
        surname = " ".join(tokens[begin:])
        forms = [surname, surname[0].upper() + surname[1:]]
        first, hyphen, second = surname.partition("-")
        if hyphen and _is_surname(second) and "-" not in second:
            # Van Bijsterveldt and Vliegenthart.
            forms += [first, first[0].upper() + first[1:], second]
    else:
        forms = [tokens[-1]]
        if len(tokens) > 2:
            forms.append(" ".join(tokens[1:]))
        if "-" in tokens[-1]:
            forms += [half for half in tokens[-1].split("-") if _is_surname(half)]
    plain = [_without_diacritics(form) for form in forms if not form.isascii()]
    return list(dict.fromkeys(forms + plain))


def _without_diacritics(form: str) -> str:
    parts = unicodedata.normalize("NFD", form.replace("ı", "i").replace("ø", "o"))
    return "".join(char for char in parts if not unicodedata.combining(char))


def _is_surname(token: str) -> bool:
    return len(token) > 2 and token[0].isupper() and not is_initials(token)
