"""Countries and organisations of the lexicon: which of them count, given what the model says."""

import re
from collections.abc import Collection, Iterator

from wiewatwaar.lexicon.organisations import OrganisationMatch, organisations
from wiewatwaar.mentions.candidates import Candidate, Rank
from wiewatwaar.mentions.compounds import is_own_name, is_piece_of_name, shows_organisation
from wiewatwaar.mentions.context import is_in_brackets, is_owner, shown_by_context
from wiewatwaar.mentions.countries import CountryMatch
from wiewatwaar.mentions.coverage import Relation
from wiewatwaar.mentions.evidence import Evidence, canonical_organisation
from wiewatwaar.mentions.neighbours import word_after, word_before
from wiewatwaar.mentions.occurrences import begins_sentence
from wiewatwaar.mentions.shapes import Standing
from wiewatwaar.mentions.trimming import Name
from wiewatwaar.mentions.word_lists import words
from wiewatwaar.spans import EntityType, MentionForm, ResolvedMention

# Their names are also those of what they make, show or play.
_SHORTEST_BEFORE_NOUN = 4
_BEFORE_NAMES = frozenset({"", "oud-", "ex-"})
_KINDS_WITH_MEMBERS = frozenset({"politics", "sports"})
# That no word goes on there is asked behind the letter: the search then skips to capitals.
_MEMBER = re.compile(r"([A-Z](?<!\w.)\w{3,30}?)(?:st)?ers?(?![\w'’])")
_GENITIVE = re.compile(r"([A-Z](?<!\w.)\w{2,30})s(?![\w'’-])")
_BEFORE_SEVERAL = frozenset({"alle", "de", "drie", "meer", "twee", "veel"})
_KINDS_OF_THINGS = frozenset({"companies", "culture", "media", "sports"})


def country_candidates(evidence: Evidence) -> Iterator[Candidate]:
    """The country words that are a country where they stand.

    Args:
        evidence: The document.

    Yields:
        Candidates in order of place. `found_by` is `model` when the model's own name is the
        mention and its label can be that of a country (a place, or a demonym).
    """
    bearers = _countries_as_surnames(evidence)
    for match in evidence.countries:
        if match.start in bearers:
            yield Candidate(Rank.KNOWN, bearers[match.start])
            continue
        standing = evidence.shapes.standing(match.start, match.end)
        if standing is None:
            # Part of a word without a hyphen: Ruslandkenner, Ruslands.
            rest = evidence.text[match.end : match.end + 1]
            standing = Standing("compound", (rest,), "", rest)
        relation = evidence.coverage.relation(match.start, match.end, standing)
        if not _country_counts(match, relation, evidence.enumerations):
            continue
        same = relation.kind == "same" and relation.names[0].type in ("LOCATION", "OTHER")
        mention = ResolvedMention(
            start=match.start,
            end=match.end,
            type="COUNTRY",
            form=match.form,
            label=evidence.label(match.start, match.end),
            found_by="model" if same else "lexicon",
            name=match.name,
            code=match.code,
            former=match.former,
        )
        yield Candidate(Rank.KNOWN, mention)


def _countries_as_surnames(evidence: Evidence) -> dict[int, ResolvedMention]:
    """Persons whose surname is a country, by the place where they do something by it alone.

    Rechter Thea Engeland deed uitspraak. Het bewijs noemde Engeland mager.
    """
    full = {
        form.rpartition(" ")[2]
        for form, type_ in evidence.knowledge.types.items()
        if type_ == "PERSON" and " " in form
    }
    text = evidence.text
    return {
        match.start: _by_lexicon(
            evidence, match.start, match.end, "name", text[match.start : match.end], "PERSON"
        )
        for match in evidence.countries
        if text[match.start : match.end] in full
        and match.form == "name"
        and all(
            (name.start, name.end) == (match.start, match.end)
            for name in evidence.coverage.overlapping(match.start, match.end)
        )
        and (
            word_before(text, match.start) in words("agent_verbs")
            or word_after(text, match.end) in words("agent_verbs")
        )
    }


def _country_counts(
    match: CountryMatch, relation: Relation, enumerations: Collection[Name]
) -> bool:
    if relation.kind == "against":
        return len(relation.names) == 1 and relation.names[0] in enumerations
    if relation.kind == "same" and relation.names[0].label == "LANGUAGE":
        return False
    if not match.ambiguous:
        return True
    return relation.kind in ("same", "part") and relation.names[0].type in ("LOCATION", "OTHER")


def organisation_candidates(evidence: Evidence) -> Iterator[Candidate]:
    """The organisations of the lexicon that are one where they stand.

    Args:
        evidence: The document.

    Yields:
        Candidates in order of place.
    """
    shown = shown_by_context(evidence)
    supported = _supported(evidence) | set(shown.values())
    for match in evidence.organisations:
        standing = evidence.shapes.standing(match.start, match.end)
        if standing is None or not _stands_by_itself(evidence, match, standing):
            continue
        relation = evidence.coverage.relation(match.start, match.end, standing)
        named = match.start in shown or (
            match.name in supported and not begins_sentence(evidence.text, match.start)
        )
        if not _organisation_counts(evidence, match, standing, relation, named):
            continue
        same = relation.kind == "same" and relation.names[0].type == "ORGANISATION"
        mention = ResolvedMention(
            start=match.start,
            end=match.end,
            type="ORGANISATION",
            form=standing.form,
            label=evidence.label(match.start, match.end),
            found_by="model" if same else "lexicon",
            name=match.name,
        )
        yield Candidate(Rank.KNOWN, mention)


def member_candidates(evidence: Evidence) -> Iterator[Candidate]:
    """Members and players whose word is that of the organisation with -er: GroenLinkser.

    Args:
        evidence: The document.

    Yields:
        Candidates in order of place.
    """
    lexicon = organisations()
    for word in _MEMBER.finditer(evidence.text):
        start = word.start(1)
        known = lexicon.lookup(word[1])
        before = word_before(evidence.text, start) if known is None else ""
        if before[:1].isupper():
            # Vlaams Belanger.
            start -= len(before) + 1
            known = lexicon.lookup(evidence.text[start : word.end(1)])
        if known is None or known.ambiguous:
            continue
        if lexicon.organisations[known.name].kind not in _KINDS_WITH_MEMBERS:
            continue
        mention = _by_lexicon(evidence, start, word.end(1), "member", known.name)
        yield Candidate(Rank.KNOWN, mention)


def club_candidates(evidence: Evidence) -> Iterator[Candidate]:
    """Clubs that go by the name of their town, in front of a player: Anderlecht-spits.

    Args:
        evidence: The document.

    Yields:
        Candidates in order of place.
    """
    for start, end in zip(evidence.shapes.starts, evidence.shapes.ends, strict=True):
        town, _, player = evidence.text[start:end].partition("-")
        if player not in words("players") or town not in words("places"):
            continue
        mention = _by_lexicon(
            evidence, start, start + len(town), "compound", canonical_organisation(town) or town
        )
        yield Candidate(Rank.INSIDE, mention)


def owning_candidates(evidence: Evidence) -> Iterator[Candidate]:
    """Organisations with the s of possession that the model has no label for: Heinekens brouwerij.

    Args:
        evidence: The document.

    Yields:
        Candidates in order of place.
    """
    lexicon = organisations()
    for word in _GENITIVE.finditer(evidence.text):
        known = lexicon.lookup(word[1])
        if lexicon.lookup(word[0]) is not None:
            continue
        owned = word_after(evidence.text, word.end())
        plays = owned in words("players") and word[0] not in words("places")
        if known is None and not (plays and word[1] in words("places")):
            continue
        beside = evidence.coverage.overlapping(word.start(), word.end())
        if any(name.type != "OTHER" or name.end > word.end() for name in beside):
            continue
        sure = plays or (known is not None and not known.ambiguous and _may_be_owned(owned))
        several = word_before(evidence.text, word.start()).lower() in _BEFORE_SEVERAL
        if several or not (sure or owned in words("organisation_possessions")):
            continue
        name = known.name if known is not None else word[1]
        mention = _by_lexicon(evidence, word.start(1), word.end(1), "possessive", name)
        yield Candidate(Rank.KNOWN, mention)


def _may_be_owned(word: str) -> bool:
    """Whether a word in lower case can be a noun or stand before one: Unilevers ijstak."""
    verb = word in words("agent_verbs") or word in words("words_after_names")
    return word.islower() and not verb and word not in words("not_behind_subjects")


def _by_lexicon(
    evidence: Evidence,
    start: int,
    end: int,
    form: MentionForm,
    name: str,
    type_: EntityType = "ORGANISATION",
) -> ResolvedMention:
    """A mention by a form that the model has not."""
    return ResolvedMention(
        start=start,
        end=end,
        type=type_,
        form=form,
        label=evidence.label(start, end),
        found_by="lexicon",
        name=name,
    )


def _supported(evidence: Evidence) -> set[str]:
    """Organisations that the document names beyond doubt, by canonical name."""
    certain = {match.name for match in evidence.organisations if not match.ambiguous}
    for name in evidence.names:
        if name.type == "ORGANISATION":
            canonical = canonical_organisation(evidence.text[name.start : name.end])
            if canonical is not None:
                certain.add(canonical)
    return certain


def _stands_by_itself(evidence: Evidence, match: OrganisationMatch, standing: Standing) -> bool:
    if evidence.in_capitals(match.start):
        # In capitals every part looks like a name: NAVO-TOP.
        return not is_piece_of_name(standing)
    return is_own_name(standing, "ORGANISATION", evidence.is_name)


def _is_before_noun(form: str, standing: Standing) -> bool:
    """Whether a name is joined to a noun, as words that are also names seldom are: Tesla-rijder."""
    return (
        standing.form == "compound"
        and standing.before.lower() in _BEFORE_NAMES
        and standing.after[1:2].islower()
        and not form.isupper()
        and len(form) >= _SHORTEST_BEFORE_NOUN
        and form not in words("words_before_hyphens")
    )


def _organisation_counts(
    evidence: Evidence,
    match: OrganisationMatch,
    standing: Standing,
    relation: Relation,
    named: bool,
) -> bool:
    form = evidence.text[match.start : match.end]
    certain = not match.ambiguous or shows_organisation(standing) or _is_before_noun(form, standing)
    if relation.kind == "free":
        return certain or named
    if relation.kind == "around":
        return certain
    if relation.kind == "against":
        return len(relation.names) == 1 and relation.names[0] in evidence.enumerations
    type_ = relation.names[0].type
    if type_ == "ORGANISATION":
        return certain or relation.kind == "same" or standing.form == "compound"
    kind = organisations().organisations[match.name].kind
    in_brackets = is_in_brackets(evidence.text, match.start, match.end)
    if relation.kind == "same" and in_brackets and kind == "politics":
        return True
    # No place or thing is called as a party that the text speaks of; nor a place as the ESA.
    alone = kind in ("politics", "international")
    person = type_ == "PERSON" and form in evidence.knowledge.surnames
    if alone and named and not person and relation.kind == "same":
        return True
    if type_ == "LOCATION" and relation.kind == "same" and standing.form == "name":
        # A museum is a place, and yet it buys a painting.
        shown = word_after(evidence.text, match.end) in words("agent_verbs")
        return certain or shown or (kind == "companies" and is_owner(evidence.text, match.start))
    shared = relation.kind == "same" and standing.form == "compound"
    if shared or (relation.kind == "part" and standing.form != "possessive"):
        # A model that takes IS-bruid for a name by itself shows that there is one in it.
        return certain or (type_ == "OTHER" and match.end - match.start > 1)
    # On Twitter, two Ferrari's: a thing of that name, and the model knows them apart.
    # A long name is no thing's: Rode Ster Belgrado. Nor is anybody with a thing: bij Facebook.
    is_thing = (
        type_ == "OTHER"
        and word_before(evidence.text, match.start) != "bij"
        and " " not in evidence.text[match.start : match.end]
        and organisations().organisations[match.name].kind in _KINDS_OF_THINGS
    )
    return certain and not is_thing
