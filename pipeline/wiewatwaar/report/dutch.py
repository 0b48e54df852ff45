"""How the report says numbers, dates and terms, in Dutch for its readers."""

from babel.dates import get_month_names
from babel.numbers import format_decimal

from wiewatwaar.spans import EntityType, FoundBy, MentionForm

KINDS: dict[EntityType, tuple[str, str]] = {
    "PERSON": ("persoon", "personen"),
    "ORGANISATION": ("organisatie", "organisaties"),
    "COUNTRY": ("land", "landen"),
    "LOCATION": ("plaats", "plaatsen"),
}
"""What a type of entity is called: one, and several."""

FORMS: dict[MentionForm, str] = {
    "name": "de naam zelf",
    "demonym": "afgeleid van de naam",
    "compound": "in een samenstelling",
    "possessive": "als bezitter",
    "member": "als lid",
}
"""How a name stands in the text."""

FOUND_BY: dict[FoundBy, str] = {"model": "het model", "lexicon": "de woordenlijst"}
"""What found a mention."""

STAGES: dict[str, str] = {
    "read": "lezen",
    "language": "bepalen van de taal",
    "clean": "opschonen",
    "recognise": "herkennen",
    "resolve": "duiden",
    "record": "vastleggen",
    "worker": "uitvoeren",
}
"""Where a document failed."""


def number(value: int) -> str:
    """A number as it is written in Dutch, such as 1.234."""
    return format_decimal(value, locale="nl")


def month_name(period: str, *, short: bool = False) -> str:
    """A month or year in words.

    Args:
        period: `2024-02`, `2024-02-14` or `2024`.
        short: Whether to shorten the month.

    Returns:
        `februari 2024`, `14 februari 2024`, `2024`; as it was given when it is no date.
    """
    year, *rest = period.split("-")
    months = get_month_names("abbreviated" if short else "wide", locale="nl")
    if not rest or int(rest[0]) not in months:
        return period
    month = f"{months[int(rest[0])]} {year}"
    return f"{int(rest[1])} {month}" if len(rest) > 1 else month
