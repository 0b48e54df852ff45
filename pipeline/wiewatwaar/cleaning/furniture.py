"""Takes out what a site puts around an article, and keeps what it says about the article.

Each kind of header is a rule with a name. All look at one line of bounded length only.
"""

import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass

from wiewatwaar.cleaning.stages import StageResult
from wiewatwaar.source_text import Edit

_MAX_HEADER_CHARACTERS = 1_000

_DATE = r"(?P<published>\d{4}(?:-\d{2}(?:-\d{2})?)?)"
_DATE_BEFORE = re.compile(rf"\s*date[ ]+{_DATE}[ ]+")

# What a site sets apart with bullets behind the title: its own words, counts and times.
_ITEM = re.compile(
    r"(?P<start>\A|[ ])(?:actueel|nieuws|vandaag|gisteren|eergisteren|achtergrond|opinie|bewaren|"
    r"bewaar|delen|deel|afdrukken|print|reageer|reageren|"
    r"(?:leestijd[ ])?\d{1,3}[ ](?:min\.?|minuut|minuten)(?:[ ](?:leestijd|lezen))?|"
    r"\d[\d.]{0,9}[ ]?(?:keer|maal|x)[ ](?:bekeken|gelezen|gedeeld)|"
    r"\d[\d.]{0,9}[ ](?:reacties|reactie|weergaven)|"
    r"\d{1,2}[ ](?:uur|dagen|dag|minuten)[ ]geleden)\Z",
    re.IGNORECASE,
)


@dataclass(frozen=True, slots=True)
class HeaderRule:
    """A kind of line at the top of an article.

    Attributes:
        name: What `removals` call it.
        find: From the line to (start and end of the title in it, metadata), or None.
    """

    name: str
    find: Callable[[str], tuple[int, int, dict[str, str]] | None]


def _reading_bar(line: str) -> tuple[int, int, dict[str, str]] | None:
    """`date 2024-02 <title> Actueel • Vandaag • leestijd 2 minuten • … • bewaren`."""
    dated = _DATE_BEFORE.match(line)
    title_start = dated.end() if dated else len(line) - len(line.lstrip())
    first_bullet = line.find("•", title_start)
    if first_bullet < 0:
        return None
    items = [item.strip() for item in line[first_bullet + 1 :].split("•")]
    if not all(_ITEM.fullmatch(item) for item in items if item):
        return None
    head = line[title_start:first_bullet].rstrip()
    label = _ITEM.search(head)
    if label is None:
        return None
    title_end = title_start + label.start()
    title_end -= len(line[title_start:title_end]) - len(line[title_start:title_end].rstrip())
    metadata = {"published": dated["published"]} if dated else {}
    return title_start, title_end, metadata


HEADER_RULES = (HeaderRule("reading bar", _reading_bar),)


def remove_header(text: str) -> StageResult:
    """Takes the furniture out of the first line, and the title and date out of it as metadata.

    The title stays, as the first line of the text: the names in it are mentions.

    Args:
        text: The text.

    Returns:
        The edits, and `title` and `published` where the line tells them.
    """
    start = len(text) - len(text.lstrip())
    end = text.find("\n", start)
    end = len(text) if end < 0 else end
    if end - start > _MAX_HEADER_CHARACTERS:
        return StageResult()
    line = text[start:end]
    for rule in HEADER_RULES:
        found = rule.find(line)
        if found is not None:
            title_start, title_end, metadata = found
            title = line[title_start:title_end]
            edits = _around(rule.name, start + title_start, start + title_end, end)
            return StageResult(list(edits), {"title": title, **metadata} if title else metadata)
    return StageResult()


def _around(rule: str, title_start: int, title_end: int, end: int) -> Iterator[Edit]:
    if title_start:
        yield Edit(0, title_start, "", rule)
    if title_end < end:
        yield Edit(title_end, end, "", rule)
