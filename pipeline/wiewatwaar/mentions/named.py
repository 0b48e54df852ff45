"""The model's own names, and the same names wherever else the document has them."""

import re
from collections.abc import Iterator
from functools import cache
from typing import Literal

from wiewatwaar.lexicon.organisations import lookup
from wiewatwaar.mentions.candidates import Candidate, Rank
from wiewatwaar.mentions.capitals import initial_capital, with_initial_capitals
from wiewatwaar.mentions.common_words import is_common_word, is_plural_subject, may_act
from wiewatwaar.mentions.compounds import is_own_name, is_piece_of_name, person_after_head
from wiewatwaar.mentions.evidence import Evidence, canonical_organisation
from wiewatwaar.mentions.languages import is_language
from wiewatwaar.mentions.neighbours import word_after, word_before
from wiewatwaar.mentions.occurrences import (
    NameIndex,
    Occurrence,
    begins_sentence,
    with_plain_apostrophes,
)
from wiewatwaar.mentions.shapes import Standing
from wiewatwaar.mentions.trimming import Name
from wiewatwaar.mentions.word_lists import is_first_name, words
from wiewatwaar.spans import ResolvedMention

NamedType = Literal["PERSON", "ORGANISATION", "LOCATION"]

_PART = re.compile(r"[^\W\d_]+")
_MIN_REPEATED = 4
# Kim, Bos, Vos: shorter ones are sure where the document has the full name.
_MIN_SURNAME = 3
_MIN_INSIDE = 3


def model_candidates(evidence: Evidence) -> Iterator[Candidate]:
    """The names of the model, with the type that all mentions of the name decide.

    Args:
        evidence: The document.

    Yields:
        Candidates in order of place.
    """
    for name in evidence.names:
        text = evidence.text[name.start : name.end]
        form = text if text.isalnum() else " ".join(text.split())
        known = evidence.knowledge.canonical.get(form, form)
        type_ = evidence.knowledge.type_of(with_plain_apostrophes(known), name.type)
        if type_ == "OTHER" or form in words("party_members"):
            continue
        language = name.type == "OTHER" and is_language(evidence.text, name.start, name.end)
        if language and is_first_name(form):
            # Frans spreekt Frans.
            continue
        standing = evidence.shapes.standing(name.start, name.end)
        mention = ResolvedMention(
            start=name.start,
            end=name.end,
            type=type_,
            form=name.form if standing is None or name.form != "name" else standing.form,
            label=name.label or None,
            found_by="model" if name.label else "lexicon",
            name=_written(evidence, name, known, type_),
        )
        yield Candidate(Rank.MODEL, mention)


def _written(evidence: Evidence, name: Name, form: str, type_: NamedType) -> str:
    """The name to group by: canonical, and not in capitals because its line is."""
    if type_ == "ORGANISATION":
        return canonical_organisation(form) or form
    if form.isupper() and len(form) > 3 and evidence.in_capitals(name.start):
        return with_initial_capitals(form)
    return form


def repeated_candidates(evidence: Evidence) -> Iterator[Candidate]:
    """The names that the document knows, where the model does not have them by themselves.

    Args:
        evidence: The document.

    Yields:
        Candidates, in any order.
    """
    known = {
        with_plain_apostrophes(form): type_
        for form, type_ in evidence.knowledge.types.items()
        if type_ != "OTHER" and len(form) > 1 and form not in words("party_members")
    }
    for found in NameIndex.of(known).find(evidence.plain, evidence.capital_words):
        yield from _repeated(evidence, found, known[found.form])
    if evidence.lines:
        yield from _in_capitals(evidence, known)


def _in_capitals(evidence: Evidence, known: dict[str, NamedType]) -> Iterator[Candidate]:
    """Known names in lines all in capitals: RUTTE."""
    written = {form.upper(): form for form in reversed(list(known))}
    index = NameIndex.of(written)
    for start, end in evidence.lines:
        for found in index.find(evidence.text[start:end]):
            form = written[found.form]
            moved = found._replace(start=found.start + start, end=found.end + start, form=form)
            if known[form] == "PERSON":
                moved = _with_first_name(evidence.text, moved)
            yield from _repeated(evidence, moved, known[form])


def _repeated(evidence: Evidence, found: Occurrence, type_: NamedType) -> Iterator[Candidate]:
    if not found.genitive and evidence.coverage.has(found.start, found.end):
        return
    first_name = type_ == "PERSON" and is_first_name(found.form)
    if first_name and is_language(evidence.text, found.start, found.end):
        return
    standing = evidence.shapes.standing(found.start, found.end)
    if found.genitive:
        standing = Standing("possessive")
    if standing is None or not _stands_by_itself(evidence, found, standing, type_):
        return
    relation = evidence.coverage.relation(
        found.start, found.end + 1 if found.genitive else found.end, standing
    )
    several = " " in found.form
    inside = standing.form in ("compound", "member")
    if inside and type_ == "PERSON" and _is_whole_word_known(evidence, found, standing):
        return
    if relation.kind == "against" or (relation.kind == "around" and not several):
        return
    if relation.kind == "part" and _is_person(evidence, relation.names[0]):
        # Öztürk-Demirci is one surname, although the half of it is known too.
        return
    if relation.kind == "part" and standing.form == "possessive" and not found.genitive:
        # The model takes it whole for a thing: two Ferrari's are no Ferrari's.
        return
    headline = evidence.in_capitals(found.start)
    if relation.kind == "free" and not inside and (headline or not several):
        shortest = _MIN_SURNAME if found.form in evidence.knowledge.surnames else _MIN_REPEATED
        if len(found.form) < shortest and not found.form.isupper():
            return
        if not _is_sure(evidence, found):
            return
    rank = Rank.INSIDE if inside else Rank.KNOWN if several else Rank.REPEATED
    yield Candidate(rank, _mention(evidence, found, type_, standing))


def _is_whole_word_known(evidence: Evidence, found: Occurrence, standing: Standing) -> bool:
    """Whether the joined word that a name stands in is a name itself: Zwaan in Bremer-Zwaan."""
    start, end = found.start - len(standing.before), found.end + len(standing.after)
    return evidence.knowledge.types.get(evidence.text[start:end]) == "PERSON"


def _is_person(evidence: Evidence, name: Name) -> bool:
    """Whether the document knows a name of the model, just as it stands there, as a person."""
    form = evidence.text[name.start : name.end]
    return name.type != "PERSON" and evidence.knowledge.types.get(form) == "PERSON"


def _stands_by_itself(
    evidence: Evidence, found: Occurrence, standing: Standing, type_: NamedType
) -> bool:
    if standing.form == "compound" and len(found.form) < _MIN_INSIDE and not found.form.isupper():
        return False
    if evidence.in_capitals(found.start):
        return not is_piece_of_name(standing)
    if not is_own_name(standing, type_, evidence.is_name):
        return False
    first_names = type_ == "PERSON" and is_first_name(found.form)
    return not (first_names and any(is_first_name(part) for part in standing.others))


def _is_sure(evidence: Evidence, found: Occurrence) -> bool:
    """Whether a known name that the model passed over is a name, and all of it."""
    if evidence.in_capitals(found.start):
        return _is_sure_in_capitals(evidence, found)
    after = found.end + 1
    goes_on = evidence.text[found.end : after] == " " and evidence.text[after : after + 1].isupper()
    if goes_on and not evidence.coverage.overlapping(after, after + 1):
        # The model sees no new name begin there, so this one goes on: Netgear Nighthawk.
        return False
    if not begins_sentence(evidence.text, found.start):
        return True
    if found.genitive and word_after(evidence.text, found.end + 1) in words("possessed_words"):
        return True
    if is_common_word(evidence.text, found.start, found.end):
        return False
    if found.form in words("capital_shows") and not may_act(evidence.text, found.end):
        return False
    following = word_after(evidence.text, found.end)
    if following in words("agent_verbs"):
        return True
    if is_plural_subject(evidence.text, found.start, found.end):
        return False
    if found.form in words("common_surnames") or evidence.has_word(found.form.lower()):
        return False
    return not _is_before_its_bearer(evidence, found)


def _is_sure_in_capitals(evidence: Evidence, found: Occurrence) -> bool:
    """Whether a known name in a headline in capitals is no common word: KOUDE WINTER."""
    last = found.form.rpartition(" ")[2]
    if last not in words("common_surnames") and not evidence.has_word(last.lower()):
        return True
    if evidence.text.startswith(":", found.end):
        return True
    following = word_after(evidence.text, found.end).lower()
    return following in words("agent_verbs") or " " in found.form[: -len(last) - 1]


def _is_before_its_bearer(evidence: Evidence, found: Occurrence) -> bool:
    """Whether a surname begins a paragraph that gives the full name only further on.

    Nobody is first called by the surname alone there: Boter is duur, zegt Marleen Boter. Above
    the paragraph, in a headline, somebody is.
    """
    for name in evidence.coverage.overlapping(found.end, evidence.line_end(found.end)):
        if name.type == "PERSON":
            form = evidence.text[name.start : name.end]
            return form.endswith(f" {found.form}")
    return False


def _mention(
    evidence: Evidence, found: Occurrence, type_: NamedType, standing: Standing
) -> ResolvedMention:
    canonical = canonical_organisation(found.form) if type_ == "ORGANISATION" else None
    return ResolvedMention(
        start=found.start,
        end=found.end,
        type=type_,
        form=standing.form,
        label=evidence.label(found.start, found.end),
        found_by="lexicon",
        name=canonical or found.form,
    )


def known_person_candidates(evidence: Evidence) -> Iterator[Candidate]:
    """Persons inside words whom the word or their fame shows: kabinet-Schoof, Trump-aanhangers.

    Args:
        evidence: The document.

    Yields:
        Candidates, in any order.
    """
    text = evidence.text
    famous = words("surnames")
    for word_start, word_end in zip(evidence.shapes.starts, evidence.shapes.ends, strict=True):
        shown = person_after_head(text, word_start)
        if shown is not None and not _is_listed(evidence, text[slice(*shown)]):
            yield from _inside(evidence, *shown)
        for part in _PART.finditer(text, word_start, word_end):
            if part.group() in famous:
                yield from _inside(evidence, part.start(), part.end())


def _is_listed(evidence: Evidence, form: str) -> bool:
    """Whether a form is in the lexicon as anything but a person."""
    return evidence.is_listed(form) or lookup(form) is not None or form in words("places")


def famous_candidates(evidence: Evidence) -> Iterator[Candidate]:
    """People in the news by their bare surname, where the model says nothing: Scholz, Omtzigts.

    Args:
        evidence: The document.

    Yields:
        Candidates, in any order.
    """
    text = evidence.text
    for found in _famous_index().find(evidence.plain, evidence.capital_words):
        beside = evidence.coverage.overlapping(found.start, found.end + found.genitive)
        if any(name.type != "OTHER" or not found.genitive for name in beside):
            # De + Croos, which the model has no better label for.
            continue
        standing = evidence.shapes.standing(found.start, found.end)
        if found.genitive:
            standing = Standing("possessive")
        if standing is None or standing.form not in ("name", "possessive") or standing.others:
            continue
        if evidence.knowledge.types.get(found.form, "PERSON") != "PERSON":
            continue
        if _is_in_longer_name(text, found.start, found.end, found.genitive):
            continue
        whole = _with_first_name(text, found)
        yield Candidate(Rank.REPEATED, _mention(evidence, whole, "PERSON", standing))


def _with_first_name(text: str, found: Occurrence) -> Occurrence:
    """The name with the first name in front of it: Sigrid Kaags."""
    before = word_before(text, found.start)
    start = found.start - 1 - len(before)
    first = initial_capital(before) if text[start : found.end].isupper() else before
    if not is_first_name(first) or not text.startswith(f"{before} ", start):
        return found
    return Occurrence(start, found.end, f"{first} {found.form}", found.genitive)


@cache
def _famous_index() -> NameIndex:
    return NameIndex.of(words("surnames"))


def _is_in_longer_name(text: str, start: int, end: int, genitive: bool) -> bool:
    """Whether a capital stands beside a name in its sentence, and may belong to it: Trump Tower.

    Not behind an s of possession: Mahlers Vierde.
    """
    before = word_before(text, start)
    if before[:1].isupper() and not begins_sentence(text, start - 1 - len(before)):
        # In Lombardije Evenepoels plannen dwarsbomen.
        return not (genitive and before in words("places"))
    return not genitive and text[end : end + 1] == " " and word_after(text, end)[:1].isupper()


def _inside(evidence: Evidence, start: int, end: int) -> Iterator[Candidate]:
    """A person inside a word, unless the model names something else there."""
    standing = evidence.shapes.standing(start, end)
    if standing is None or standing.form not in ("compound", "member"):
        return
    if not is_own_name(standing, "PERSON", evidence.is_name):
        return
    relation = evidence.coverage.relation(start, end, standing)
    if relation.kind == "around" and any(
        name.type not in ("PERSON", "OTHER") for name in relation.names
    ):
        return
    if relation.kind == "against":
        return
    form = evidence.text[start:end]
    found = Occurrence(start, end, form)
    yield Candidate(Rank.INSIDE, _mention(evidence, found, "PERSON", standing))
