"""Takes out what a site puts around an article, and keeps what it says about the article.

Every rule looks at single lines of bounded length at the top of the text, and has a name.
"""

import re
from collections.abc import Iterator
from functools import cache
from importlib import resources

from wiewatwaar.cleaning.stages import StageResult
from wiewatwaar.source_text import Edit

_MAX_HEADER_CHARACTERS = 1_000
_MAX_TITLE_CHARACTERS = 200
_MAX_ITEM_CHARACTERS = 32

# Below the title stand at most a summary, a byline and a date before the body begins.
_LINES_WITH_A_DATE = 6

_DATE_BEFORE = re.compile(r"\s*date[ ]+(?P<published>\d{4}(?:-\d{2}(?:-\d{2})?)?)[ ]+")

# What only a bar of furniture says: how long, how often, what a button does.
_BAR_ITEM = re.compile(
    r"(?:leestijd:?[ ])?\d{1,3}[ ](?:min\.?|minuut|minuten)(?:[ ](?:leestijd|lezen|leestijd:))?|"
    r"\d[\d.]{0,9}[ ]?(?:keer|maal|x)[ ](?:bekeken|gelezen|gedeeld)|"
    r"\d[\d.]{0,9}[ ](?:reacties|reactie|weergaven)|"
    r"\d{1,2}[ ](?:uur|dagen|dag|minuten|weken|week)[ ]geleden|"
    r"bewaren|bewaar|delen|deel|afdrukken|print|reageer|reageren",
    re.IGNORECASE,
)
_LABEL = re.compile(
    r"(?:\A|[ ])(?:actueel|nieuws|achtergrond|opinie|analyse|interview|binnenland|buitenland|"
    r"vandaag|gisteren|eergisteren)\Z",
    re.IGNORECASE,
)

_WEEKDAYS = "maandag|dinsdag|woensdag|donderdag|vrijdag|zaterdag|zondag"
_DATE_LINE = re.compile(
    r"[*_]{0,2}(?:(?:gepubliceerd|geplaatst|gepost|bijgewerkt|aangepast|laatste[ ]update|update|"
    rf"datum)(?:[ ]op)?:?[ ])?(?:(?:{_WEEKDAYS}),?[ ])?"
    r"(?P<day>\d{1,2})[ ](?P<month>[a-z]{3,9})\.?[ ](?P<year>\d{4})"
    r"(?:,?[ ]?(?:om[ ]|[-|•][ ])?\d{1,2}[:.]\d{2}(?:[ ]?(?:uur|u))?)?[*_]{0,2}",
    re.IGNORECASE,
)


def remove_header(text: str) -> StageResult:
    """Takes the bar of furniture out of the first line, and its title and date as metadata.

    The title stays, as the first line of the text: the names in it are mentions.

    Args:
        text: The text.

    Returns:
        The edits, and `title` and `published` where the line tells them.
    """
    start, end = _first_line(text)
    if end - start > _MAX_HEADER_CHARACTERS:
        return StageResult()
    found = _reading_bar(text[start:end])
    if found is None:
        return StageResult()
    title_start, title_end, published = found
    title = text[start + title_start : start + title_end]
    metadata = {"title": title, "published": published}
    edits = _around("reading bar", start + title_start, start + title_end, end)
    return StageResult(list(edits), {name: value for name, value in metadata.items() if value})


def _reading_bar(line: str) -> tuple[int, int, str] | None:
    """`date 2024-02 <title> Actueel • Vandaag • leestijd 2 minuten • … • bewaren`.

    Returns:
        Where the title starts and ends in the line, and the date; None for any other line.
    """
    dated = _DATE_BEFORE.match(line)
    title_start = dated.end() if dated else len(line) - len(line.lstrip())
    first_bullet = line.find("•", title_start)
    if first_bullet < 0:
        return None
    items = [item.strip() for item in line[first_bullet + 1 :].split("•")]
    if max(map(len, items)) > _MAX_ITEM_CHARACTERS or not any(map(_BAR_ITEM.fullmatch, items)):
        return None
    head = line[title_start:first_bullet].rstrip()
    label = _LABEL.search(head)
    title = (head[: label.start()] if label else head).rstrip()
    return title_start, title_start + len(title), dated["published"] if dated else ""


def _around(rule: str, title_start: int, title_end: int, end: int) -> Iterator[Edit]:
    if title_start:
        yield Edit(0, title_start, "", rule)
    if title_end < end:
        yield Edit(title_end, end, "", rule)


def remove_date_line(text: str) -> StageResult:
    """Takes a line that is only a date out of the top of the text, as metadata.

    Args:
        text: The text.

    Returns:
        The edit, and `published`, for a line such as `Gepubliceerd op 3 februari 2025 om 10:45`.
    """
    start = 0
    for _ in range(_LINES_WITH_A_DATE):
        end = text.find("\n", start)
        end = len(text) if end < 0 else end
        line = text[start:end].strip() if end - start <= _MAX_HEADER_CHARACTERS else ""
        found = _DATE_LINE.fullmatch(line)
        month = months().get(found["month"].lower()) if found else None
        if found and month and 1 <= int(found["day"]) <= 31:
            published = f"{found['year']}-{month:02}-{int(found['day']):02}"
            return StageResult([Edit(start, end, "", "date line")], {"published": published})
        if end == len(text):
            break
        start = end + 1
    return StageResult()


def find_title(text: str) -> StageResult:
    """Reads the title off a text whose first line is one; changes nothing.

    Args:
        text: The text.

    Returns:
        `title`, where the first line is short, ends like no sentence, and is not all there is.
    """
    start, end = _first_line(text)
    line = text[start:end].strip()
    if not line or len(line) > _MAX_TITLE_CHARACTERS or not text[end:].strip():
        return StageResult()
    if line[-1] in ".,;:" or not any(char.isalpha() for char in line):
        return StageResult()
    return StageResult((), {"title": line})


def _first_line(text: str) -> tuple[int, int]:
    """Start and end of the first line that is not blank."""
    start = len(text) - len(text.lstrip())
    end = text.find("\n", start)
    return start, len(text) if end < 0 else end


@cache
def months() -> dict[str, int]:
    """Numbers of the Dutch months by name and abbreviation, from `lexicon/months.tsv`."""
    lines = (resources.files("wiewatwaar") / "lexicon/months.tsv").read_text("utf-8").splitlines()
    rows = (line.split("\t") for line in lines if line and not line.startswith("#"))
    return {name: int(number) for number, *names in rows for name in names}
