"""Reads when an article was published off lines that are only a date, and off bars of items."""

import re
from dataclasses import dataclass
from functools import cache

from wiewatwaar.cleaning.attribution import byline, credit, is_full_name, names_in
from wiewatwaar.cleaning.rules import MARKS, TIME, date_pattern, line_rules
from wiewatwaar.dates import iso_date
from wiewatwaar.lexicon_files import words

_BAR = re.compile(r"[ ]?[|•·●▪‧∙][ ]?|[ ]{3,40}")
_BAR_MARK = re.compile(r"[|•·●▪‧∙]|   ")
_BEHIND_A_DATE = re.compile(r"[ ]?[|•·●▪,;()–—-][ ]?|[ ]{2,40}|[ ](?:om|door|in|op)[ ]")
_MAX_ITEMS = 15
_MAX_ITEM_CHARACTERS = 40
_MAX_UNKNOWN_WORDS = 3

_UPDATE = frozenset(
    {"bijgewerkt", "update", "aangepast", "gewijzigd", "geüpdatet", "geactualiseerd"}
)


@dataclass(frozen=True, slots=True)
class Moment:
    """A line that tells when, or who.

    Attributes:
        rule: Its rule.
        published: The ISO date; empty when there is none with a year.
        updated: Whether the date is that of a change, which says less of when it appeared.
        authors: Names in it.
    """

    rule: str
    published: str = ""
    updated: bool = False
    authors: tuple[str, ...] = ()


def date_line(line: str) -> Moment | None:
    """Reads a line that is a date, with what sites put before and behind it.

    Args:
        line: A line such as `Gepubliceerd op ma 12 feb 2024 om 9.30 uur, laatste update 10.15`,
            without marks around it.

    Returns:
        What it says; None when there is anything else in it.
    """
    found = _date_line().match(line.lower())
    if found is None:
        return None
    items = _items(line[found.end() :], _BEHIND_A_DATE)
    published = iso_date(found["date"])
    says_year = re.search(r"\d{4}", found["date"]) is not None
    if (says_year and not published) or not all(map(is_item, items)):
        return None
    lead = set(re.findall(r"\w+", found["lead"] or ""))
    return Moment("date", published, bool(lead & _UPDATE), _authors(items))


def bar(line: str, anywhere: bool = False) -> Moment | None:
    """Reads a line of items that bullets set apart: `Politiek • 12 feb 2024 • 3 min`.

    Args:
        line: The line, without marks around it.
        anywhere: Whether the line may stand in the body, where every item must be known.

    Returns:
        What it says; None when it is no such bar.
    """
    if _BAR_MARK.search(line) is None:
        return None
    items = _items(line, _BAR)
    if not 2 <= len(items) <= _MAX_ITEMS or max(map(len, items)) > _MAX_ITEM_CHARACTERS:
        return None
    unknown = [item for item in items if not is_item(item)]
    allowed = 0 if anywhere else (len(items) - 1) // 2
    if len(unknown) > allowed or any(
        len(item.split(" ")) > _MAX_UNKNOWN_WORDS or item[-1] in ".!?" for item in unknown
    ):
        return None
    dates = [moment for item in items if (moment := date_line(item))]
    best = min(dates, key=lambda moment: (not moment.published, moment.updated), default=None)
    authors = _authors(items) or tuple(item for item in unknown if is_full_name(item))
    return Moment("bar", best.published if best else "", bool(best and best.updated), authors)


def is_item(item: str) -> bool:
    """Whether a text is something that sites put in a bar: a date, a count, a section, a button.

    Args:
        item: The text between two bullets.

    Returns:
        Whether it is known.
    """
    lower = item.lower()
    return (
        not item
        or lower in words("furniture/sections.txt")
        or _moment_of_day().fullmatch(lower) is not None
        or line_rules("any").match(item) is not None
        or line_rules("edge").match(item) is not None
        or byline(item) is not None
        or credit(item) is not None
    )


def _items(text: str, separators: re.Pattern[str]) -> list[str]:
    return [item for part in separators.split(text) if (item := part.strip(MARKS + ".,:"))]


def _authors(items: list[str]) -> tuple[str, ...]:
    found = [byline(item) or names_in_known(item) for item in items]
    return tuple(name for names in found for name in names)


def names_in_known(item: str) -> tuple[str, ...]:
    """The full names that are all of an item, when its first word is a first name.

    Args:
        item: A text such as `Jan de Vries en Els Maas`.

    Returns:
        The names; empty when it is anything else.
    """
    names = names_in(item) or ()
    firsts = words("first_names.txt")
    return names if all(name.split(" ")[0].capitalize() in firsts for name in names) else ()


@cache
def _date_line() -> re.Pattern[str]:
    leads = (
        "gepubliceerd|geplaatst|gepost|geschreven|verschenen|publicatiedatum|publicatie|datum"
        "|online sinds|online|aangemaakt|laatste update|laatst bijgewerkt|laatst gewijzigd"
        "|laatst aangepast|bijgewerkt|update|aangepast|gewijzigd|geüpdatet|geactualiseerd|date"
    )
    return re.compile(
        rf"(?P<lead>(?:{leads})(?: op| om| van)?[: ]{{1,3}})?(?P<date>{date_pattern()})(?!\w)"
        rf"(?:,? ?(?:om |[-–|•·,] ?)?{TIME})?"
    )


@cache
def _moment_of_day() -> re.Pattern[str]:
    update = r"(?:(?:laatste )?(?:update|bijgewerkt|gewijzigd|aangepast)?[: ]{0,2})?"
    when = rf"{date_pattern()}(?:,? ?(?:om )?{TIME})?"
    return re.compile(rf"{update}(?:{when}|(?:om )?{TIME})")
