"""Dates as Dutch sites write them, to ISO dates as precise as they are."""

import re
from datetime import date
from functools import cache

from wiewatwaar.lexicon_files import rows

_ISO = re.compile(r"(\d{4})-(\d{1,2})(?:-(\d{1,2}))?(?!\d)")
_COMPACT = re.compile(r"(\d{4})(\d{2})(\d{2})(?!\d)")
_NUMBERS = re.compile(r"(?<!\d)(\d{1,2})[-/.](\d{1,2})[-/.](\d{4}|'?\d{2})(?!\d)")
_YEAR = re.compile(r"\d{4}\Z")
_MAX_CHARACTERS = 200

# Two digits of a year mean one of the hundred years around the turn of the century.
_FIRST_YEAR_OF_TWO_DIGITS = 70


def iso_date(value: object) -> str:
    """The first date in a text, such as `Gepubliceerd op maandag 12 februari 2024 om 9.30 uur`.

    Args:
        value: What a carrier gives for a date: `2024-02-14T09:00:00+01:00`, `12-02-2024`,
            `12 feb. 2024`, `februari 2024`, `Mon, 12 Feb 2024 10:00`, or anything else.

    Returns:
        `2024-02-14`, `2024-02` or `2024`, as precise as it is; empty when it is no date with a
        year, or a day that does not exist.
    """
    if value is None:
        return ""
    text = str(value).strip()[:_MAX_CHARACTERS].lower()
    if _YEAR.match(text):
        return _checked(text)
    if found := _ISO.match(text) or _COMPACT.match(text):
        return _checked(found[1], found[2], found[3])
    if found := _NUMBERS.search(text):
        return _checked(found[3], found[2], found[1])
    if found := _written().search(text):
        day, month, year, month_first, day_second, year_last = found.groups()
        name = month or month_first
        return _checked(year or year_last, str(months()[name]), day or day_second)
    return ""


@cache
def months() -> dict[str, int]:
    """The number of each month by its names, from `lexicon/months.tsv`."""
    return {name: int(number) for number, *names in rows("months.tsv") for name in names}


@cache
def _written() -> re.Pattern[str]:
    names = "|".join(sorted(months(), key=len, reverse=True))
    return re.compile(
        rf"(?<!\d)(?:(\d{{1,2}})(?:e|ste|de)?[ ])?\b({names})\b\.?[ ]('?\d{{4}}|'\d{{2}})(?!\d)"
        rf"|\b({names})\b\.?[ ](\d{{1,2}}),?[ ](\d{{4}})(?!\d)"
    )


def _checked(year: str, month: str | None = None, day: str | None = None) -> str:
    """The ISO form of a date that exists, and that an article can have."""
    digits = year.lstrip("'")
    number = int(digits)
    if len(digits) == 2:
        number += 1900 if number >= _FIRST_YEAR_OF_TWO_DIGITS else 2000
    try:
        checked = date(number, int(month or 1), int(day or 1))
    except ValueError:
        return ""
    if not 1600 <= number <= 2199:
        return ""
    length = len("2024-02-14") if day else len("2024-02") if month else len("2024")
    return checked.isoformat()[:length]
