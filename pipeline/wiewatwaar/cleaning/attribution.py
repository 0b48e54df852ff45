"""Reads who made an article off its bylines and credits."""

import re
from functools import cache

from wiewatwaar.cleaning.rules import TIME, date_pattern
from wiewatwaar.lexicon_files import rows, words

_MAX_NAMES_CHARACTERS = 160
_MAX_NAME_WORDS = 6
_MAX_FIELD_WORDS = 2
_MAX_PLACE_WORDS = 4

_BYLINE_LEADS = re.compile(
    r"(?:(?:geschreven|bericht|verslag|redactie|tekst|artikel|samengesteld|geplaatst|bewerkt"
    r"|opgetekend)[ ]door|door"
    r"|by|auteurs?|tekst(?:[ ](?:en|&|\+)[ ](?:foto'?s?|beeld|fotografie))?|(?:eind)?redactie"
    r"|vertaling|verslag|reportage|van(?=[ ](?:onze|een|de)[ ]))\b[ ]?[:|]?[ ]{0,3}",
    re.IGNORECASE,
)
_CREDIT_LEADS = re.compile(
    r"(?:(?:(?:archief|titel)?foto(?:graaf|grafie|grafe|credits?|'s|’s|s)?|beeld(?:en)?|illustraties?"
    r"|afbeelding|infographic|graphic|tekening|cartoon|video|bron(?:nen)?|credits?|copyright|rechten"
    r"|camera|montage)(?![\w'’])|©|\(c\))(?P<mark>[ ]?(?:[:©|/]|door\b)|(?<=[©)]))?[ ]{0,3}",
    re.IGNORECASE,
)

# A credit at the end of a caption: behind its last sentence, in brackets, or behind a mark.
_CREDIT_AT_END = re.compile(
    r"(?P<before>[.!?…\"”’»][ ]{1,3}|[ ][|–—/-][ ]|[ ]\(|[ ]{2,4}|[ ](?=©)|[ ](?=FOTO|BEELD))"
    r"(?P<credit>(?:©|[Ff]oto(?:'s|graaf|grafie)?\b|FOTO\b|[Bb]eeld\b|BEELD\b|[Ii]llustratie\b|[Vv]ideo\b)"
    r"[^.!?()]{1,80})\)?(?=\.?\Z)"
)
_CREDIT_SIGN = re.compile(r"[©(]|[Ff]oto|FOTO|[Bb]eeld|BEELD|llustratie|[Vv]ideo")
_AGENCY_AT_END = re.compile(r"[ ]?\((?P<source>[^()]{2,40})\)\Z")

# Who did what, in one line: Tekst: Jan de Vries, beeld: Els Maas.
_LEAD_OF_PART = re.compile(
    r"(?:tekst|beeld|foto(?:'s|’s|grafie)?|video|illustraties?|vormgeving|productie|research|regie"
    r"|montage|camera|presentatie|samenstelling|(?:eind|beeld)redactie) ?: ?",
    re.IGNORECASE,
)
# Anna de Vries (1982) is freelance journalist, ...; ... schrijft elke week een column voor ...
_NOTE = re.compile(
    r"(?P<name>[^\W\d_][^\d,.;:()!?]{3,50}?)(?:[ ]\((?:19|20)\d{2}\))?"
    r"[ ](?:is[ ](?:(?:freelance|zelfstandig|vast|politiek|oud)[ -]?)?(?P<role>[a-z-]{4,30})\b"
    r"|schrijft[ ](?:(?:wekelijks|maandelijks|regelmatig|vaker|elke[ ]\w{3,10}|om[ ]de[ ]\w{3,8})"
    r"[ ])?"
    r"(?:(?:columns?|een[ ]\w{0,10}column|verhalen|stukken)[ ])?(?:voor|in|over)[ ])"
    r"[^!?]{0,240}\Z"
)
_SEPARATORS = re.compile(r"[ ]?[,;&|+•·/][ ]?|[ ](?:en|and|i\.s\.m\.|met|via)[ ]|[ ][-–—][ ]")
_NAME_WORD = re.compile(r"[A-ZÀ-ÖØ-ÞŁŠŽĀ-ſ'’][\w'’.-]*\Z")
# Alone they make a phrase of what follows, not a name: Op de Beeck, but Storing op Instagram.
_PREPOSITIONS = frozenset({"aan", "bij", "in", "onder", "op", "over", "tot", "uit", "voor"})
# Who writes for a living; a chef, a fotograaf or a chemicus may be whom the article is about.
_WRITERS = (
    "columnist",
    "columniste",
    "correspondent",
    "correspondente",
    "journalist",
    "journaliste",
    "recensent",
    "recensente",
    "redacteur",
    "redactrice",
    "verslaggeefster",
    "verslaggever",
)
# Thijs Broer in Berlijn
_FROM_WHERE = re.compile(r"[ ](?:in|uit|vanuit)[ ][A-ZÀ-ÖØ-Þ][\w-]{2,30}\Z")
_YEAR = re.compile(r"(?:19|20)\d{2}\Z")
_MAKER = re.compile(r"[a-z]{2,4}\Z")
_CONNECTING = frozenset({"archief", "eigen", "privé", "stock", "foto", "collectie"})


def byline(line: str) -> tuple[str, ...] | None:
    """Reads the authors off a line that says who wrote the article, and nothing else.

    Args:
        line: A line such as `Door Jan de Vries en onze redactie`, without marks around it.

    Returns:
        The authors, none for `Van onze redactie`; None when the line is no byline.
    """
    lead = _BYLINE_LEADS.match(line)
    if lead is None or len(line) > _MAX_NAMES_CHARACTERS:
        return None
    rest = _without_moment(line[lead.end() :])
    return () if rest.casefold() in words("furniture/sections.txt") else names_in(rest)


def author_note(line: str) -> str | None:
    """Reads the author off a line that says who the author is, as stands below an article.

    Args:
        line: A line such as `Anna de Vries is redacteur economie.`

    Returns:
        The author; None when the line is something else.
    """
    note = _NOTE.match(line)
    author = _without_role(note["name"]) if note is not None else None
    if note is None or author is None or not is_full_name(author):
        return None
    if note["role"] and not note["role"].rpartition("-")[2].endswith(_WRITERS):
        return None
    return author


def is_role_alone(line: str) -> bool:
    """Whether a line says what somebody does for a newspaper, and nothing else.

    Args:
        line: A line such as `Redacteur Binnenland`.

    Returns:
        Whether it does.
    """
    first, *others = line.split(" ")
    if first.lower() not in _roles() or not first[0].isupper() or len(others) > _MAX_PLACE_WORDS:
        return False
    field = " ".join(others).casefold()
    return _without_role(line) == "" or field in words("furniture/sections.txt")


def credit(line: str) -> tuple[str, ...] | None:
    """Reads the sources off a line that says whose picture or news it is, and nothing else.

    Args:
        line: A line such as `Foto: Robin Utrecht / ANP`, without marks around it.

    Returns:
        The sources; None when the line is no credit.
    """
    if len(line) > _MAX_NAMES_CHARACTERS:
        return None
    lead = _CREDIT_LEADS.match(line)
    if lead is None:
        return _sources_alone(line)
    sources = _sources(line[lead.end() :].rstrip(" ."))
    if not sources:
        return None
    if lead["mark"] or any(map(is_agency, sources)) or all(map(is_full_name, sources)):
        return sources
    return None


def credit_at_end(line: str) -> tuple[int, int, tuple[str, ...]] | None:
    """Finds the credit behind a caption or a last paragraph.

    Args:
        line: A line such as `De brug is open. Foto: ANP` or `Dat zei hij. (ANP)`.

    Returns:
        Where the credit starts and ends in the line, and its sources; None when there is none.
    """
    tail = max(0, len(line) - 120)
    if _CREDIT_SIGN.search(line, tail) is None:
        return None
    if found := _AGENCY_AT_END.search(line, tail):
        sources = tuple(part.strip() for part in found["source"].split("/"))
        # Within a sentence it explains a name: only behind one it is whose news this is.
        if all(map(is_agency, sources)) and line[: found.start()].rstrip()[-1:] in tuple('.!?"”’'):
            return found.start(), len(line), sources
    for found in _CREDIT_AT_END.finditer(line, tail):
        sources = credit(found["credit"].strip()) or ()
        if sources:
            start = found.start("before")
            return start + (line[start] in '.!?…"”’»'), found.end(), sources
    return None


def names_in(text: str) -> tuple[str, ...] | None:
    """Reads a list of names of people and sources, with what they are left out.

    Args:
        text: A text such as `Jan de Vries en Els Maas, onze correspondenten in Brussel`.

    Returns:
        The names; None when there is anything else in it.
    """
    names = []
    parts = [part for part in _SEPARATORS.split(text.strip(" .:")) if part]
    if not parts:
        return None
    for part in parts:
        rest = _without_role(_LEAD_OF_PART.sub("", part, 1))
        rest = _FROM_WHERE.sub("", rest) if rest else rest
        if rest is None:
            return None
        if not rest:
            continue
        if not (is_agency(rest) or is_full_name(rest)):
            return None
        names.append(rest)
    return tuple(names)


def is_agency(text: str) -> bool:
    """Whether a text is the name of an agency, from `lexicon/furniture/agencies.tsv`."""
    return text.casefold() in _agencies()


def is_full_name(text: str) -> bool:
    """Whether a text is written as the name of a person, of two words or more."""
    tokens = text.split(" ")
    if not 2 <= len(tokens) <= _MAX_NAME_WORDS or not _NAME_WORD.match(tokens[0]):
        return False
    capitals = [bool(_NAME_WORD.match(token)) for token in tokens]
    return capitals[-1] and all(
        capital
        or (token in _tussenvoegsels() and not (token in _PREPOSITIONS and capitals[place + 1]))
        for place, (capital, token) in enumerate(zip(capitals, tokens, strict=True))
    )


def _without_role(part: str) -> str | None:
    """A part of a byline without its role; None when more than a role and a name is in it."""
    tokens = part.split(" ")
    while tokens and tokens[0].lower() in {"onze", "een", "de", "door", "van", "and", "en"}:
        if tokens[0].lower() in _tussenvoegsels() and tokens[0][0].isupper():
            break
        tokens = tokens[1:]
    roled = False
    while tokens and tokens[0].lower() in _roles():
        tokens, roled = tokens[1:], True
    if not roled:
        return " ".join(tokens)
    # A role may be followed by its field or its place: redacteur politiek, correspondent in Rome.
    if tokens and not _NAME_WORD.match(tokens[0]):
        is_place = tokens[0] in _PREPOSITIONS and len(tokens) <= _MAX_PLACE_WORDS
        return "" if is_place or len(tokens) <= _MAX_FIELD_WORDS else None
    return " ".join(tokens) if len(tokens) != 1 or is_agency(tokens[0]) else ""


def _sources(text: str) -> tuple[str, ...]:
    """The sources of a credit; empty when the text holds anything else."""
    parts = [part.strip(" ()") for part in _SEPARATORS.split(text.strip(" .:()")) if part.strip()]
    # ©Photo News / jvdb: the initials of who took it.
    named = [part for part in parts if not (_YEAR.match(part) or _MAKER.match(part))]
    if not named or not all(map(_is_source, named)):
        return ()
    return tuple(dict.fromkeys(named))


def _sources_alone(line: str) -> tuple[str, ...] | None:
    """The sources of a line that is nothing but sources: `ANP / Robin Utrecht`."""
    parts = [part.strip() for part in line.split("/")]
    known = [part for part in parts if part.casefold() in _known_alone()]
    others = [part for part in parts if part not in known]
    return tuple(parts) if known and all(map(is_full_name, others)) else None


def _is_source(part: str) -> bool:
    if is_agency(part) or is_full_name(part):
        return True
    tokens = part.split(" ")
    if len(tokens) > _MAX_NAME_WORDS or not any(_NAME_WORD.match(token) for token in tokens):
        return False
    return all(
        _NAME_WORD.match(token) or token.lower() in _CONNECTING or _YEAR.match(token)
        for token in tokens
    )


def _without_moment(text: str) -> str:
    """A byline without the date and the time behind it."""
    found = _moment().search(text)
    return text[: found.start()] if found else text


@cache
def _moment() -> re.Pattern[str]:
    moment = rf"(?:{date_pattern()}|{TIME}|vandaag|gisteren|zojuist)"
    return re.compile(rf"(?:[ ,|•·–-]{{1,4}}|\A)(?:op |om )?{moment}.{{0,60}}\Z", re.IGNORECASE)


@cache
def _agencies() -> frozenset[str]:
    return frozenset(row[0].casefold() for row in rows("furniture/agencies.tsv"))


@cache
def _known_alone() -> frozenset[str]:
    """The agencies whose name alone on a line can only be a credit."""
    return frozenset(row[0].casefold() for row in rows("furniture/agencies.tsv") if row[1:])


@cache
def _roles() -> frozenset[str]:
    return words("furniture/roles.txt")


@cache
def _tussenvoegsels() -> frozenset[str]:
    return frozenset(token for one in words("tussenvoegsels.txt") for token in one.split())
