"""Reads the title off the top of an article, also when a bar of furniture shares its line."""

import re

from wiewatwaar.cleaning.moments import bar, date_line, is_item
from wiewatwaar.cleaning.rules import MARKS
from wiewatwaar.cleaning.stages import Fact, StageResult
from wiewatwaar.dates import iso_date
from wiewatwaar.lexicon_files import words
from wiewatwaar.source_text import Edit

_MAX_HEADER_CHARACTERS = 1_000
_MAX_TITLE_CHARACTERS = 200
_MAX_ITEM_CHARACTERS = 40
_MAX_LABEL_WORDS = 3

_DATE_BEFORE = re.compile(
    r"\s{0,99}(?:date|datum)[: ]{1,3}(?P<date>\d{4}(?:-\d{2}(?:-\d{2})?)?)[ ]+"
)
_BULLETS = "•|·●▪"
_ENDS_OF_SENTENCES = ".!?…\"”’'"


def remove_header(text: str) -> StageResult:
    """Takes the bar of furniture out of the first line, and its title and date as facts.

    The title stays, as the first line of the text: the names in it are mentions.

    Args:
        text: The text.

    Returns:
        The edits, and `title` and `published` where the line tells them, such as
        `date 2024-02 <title> Actueel • Vandaag • leestijd 4 minuten • 51 keer bekeken • bewaren`.
    """
    start, end = _first_line(text)
    if end - start > _MAX_HEADER_CHARACTERS:
        return StageResult()
    line = text[start:end]
    dated = _DATE_BEFORE.match(line)
    title_start = dated.end() if dated else 0
    title_end, published = _title_end(line, title_start, bool(dated))
    if title_end is None:
        return StageResult()
    edits = []
    if dated or start:
        edits.append(Edit(0, start + title_start, "", "header"))
    if title_end < len(line):
        edits.append(Edit(start + title_end, end, "", "header"))
    facts = []
    if title_start < title_end:
        title = line[title_start:title_end]
        facts.append(Fact("title", title, start + title_start, start + title_end, "header"))
    if dated and (date := iso_date(dated["date"])):
        place = start + dated.start("date"), start + dated.end("date")
        facts.append(Fact("published", date, *place, "header"))
    elif published:
        facts.append(Fact("published", published, start + title_end, end, "header"))
    return StageResult(edits, facts)


def _title_end(line: str, title_start: int, dated: bool) -> tuple[int | None, str]:
    """Where the title in a header ends, and the date behind it; None when it is no header."""
    bullets = [found for mark in _BULLETS if (found := line.find(mark, title_start)) >= 0]
    if not bullets:
        rest = line[title_start:].rstrip()
        is_title = dated and rest and rest[-1] not in _ENDS_OF_SENTENCES
        return (title_start + len(rest) if is_title else None), ""
    head = line[title_start : min(bullets)].rstrip()
    behind = line[min(bullets) :].strip(MARKS)
    if not behind or not head.strip(MARKS):
        return None, ""
    if bar(f"{head} • {behind}", anywhere=True) is not None:
        # Every item is furniture: there is no title in this line, and it is left to its rule.
        return (title_start, "") if dated else (None, "")
    items = [item.strip(MARKS) for item in re.split(rf"[{_BULLETS}]", behind)]
    if max(map(len, items)) > _MAX_ITEM_CHARACTERS or not _are_furniture(items):
        return None, ""
    dates = [moment.published for item in items if (moment := date_line(item))]
    return title_start + len(_without_label(head)), next(filter(None, dates), "")


def _are_furniture(items: list[str]) -> bool:
    """Whether most items are known, and one of them is more than the name of a section."""
    known = [item for item in items if is_item(item)]
    telling = [item for item in known if item.lower() not in words("furniture/sections.txt")]
    return bool(telling) and 2 * len(known) >= len(items)


def _without_label(head: str) -> str:
    """A title without the name of the section behind it."""
    tokens = head.split(" ")
    for count in range(min(_MAX_LABEL_WORDS, len(tokens) - 1), 0, -1):
        if " ".join(tokens[-count:]).lower() in words("furniture/sections.txt"):
            return " ".join(tokens[:-count]).rstrip()
    return head


def find_title(text: str) -> StageResult:
    """Reads the title off a text whose first line is one; changes nothing.

    Args:
        text: The text.

    Returns:
        `title`, where the first line is short, ends like no sentence, and is not all there is.
    """
    start, end = _first_line(text)
    line = text[start:end].strip()
    if not line or len(line) > _MAX_TITLE_CHARACTERS or not text[end : end + 1_000].strip():
        return StageResult()
    if line[-1] in ".,;:" or not any(char.isalpha() for char in line):
        return StageResult()
    return StageResult((), [Fact("title", line, start, end, "first line")])


def _first_line(text: str) -> tuple[int, int]:
    """Start and end of the first line that is not blank."""
    found = re.search(r"\S", text)
    start = found.start() if found else len(text)
    end = text.find("\n", start)
    return start, len(text) if end < 0 else end
