"""Makes paragraphs of lines that were wrapped at a fixed width, and sentences of glued ones."""

import re
from collections.abc import Iterator

from wiewatwaar.cleaning.stages import StageResult
from wiewatwaar.source_text import Edit

# Lines of OCR'd columns are short, those of mail and old text files at most this long.
_WIDTHS = range(24, 141)

# What makes lines wrapped prose: many of them, nearly all as full as they can be, and going on in
# small letters more often than a list of names or headlines would.
_MIN_BREAKS = 3
_MIN_FULL_SHARE = 0.8
_MIN_SMALL_SHARE = 0.25
_WIDTH_PERCENTILE = 0.95

_BEGINS_ITEM = re.compile(r"[-–—•*·>#|]|\d{1,3}[.)][ ]")
_FIRST_WORD = re.compile(r"\S{1,60}")

# A sentence that ends in a word and a closing mark, and a next one that begins with a capital.
# Fritz!Box is a name: a cry ends a sentence here only before a quotation mark.
_NEXT = r"(?=[\"“‘„«(]{0,2}[A-ZÀ-ÖØ-Þ][a-zà-öø-ÿ]*[ ,\"”’])"
_SMALL = "a-zà-öø-ÿ0-9"
_GLUED = re.compile(
    rf"[.?…](?<=[{_SMALL}]{{2}}.)[.?…]{{0,2}}[\"”’»)]{{0,2}}{_NEXT}"
    rf"|[\"”’»](?<=[{_SMALL}].)[.!?]{{1,2}}{_NEXT}|!(?<=[{_SMALL}].)[\"”’»]{_NEXT}"
)
_MAX_QUOTATION_CHARACTERS = 2_000
_WORD_BEFORE = re.compile(r"[\w.@/:-]{1,40}\Z")


def join_wrapped_lines(text: str) -> StageResult:
    """Makes one line of the lines of a paragraph that was wrapped at a fixed width.

    Args:
        text: The text, with newlines only.

    Returns:
        An edit for each line end inside a paragraph; none unless the text as a whole is wrapped.
    """
    width = _width(text)
    if width is None:
        return StageResult()
    edits = [
        Edit(place, place + 1, " ", "wrapped line")
        for place, before, after in _breaks(text)
        if _is_full(before, after, width) and not _BEGINS_ITEM.match(after)
    ]
    return StageResult(edits)


def _breaks(text: str) -> Iterator[tuple[int, str, str]]:
    """The line ends inside paragraphs: where, and the lines before and behind."""
    place = -1
    before = ""
    for line in text.split("\n"):
        if before and line:
            yield place, before, line
        before = line
        place += len(line) + 1


def _width(text: str) -> int | None:
    """The width at which a text was wrapped; None when it was not."""
    # Paragraphs of one line are much longer than any width.
    lengths = sorted(len(before) for _, before, _ in _breaks(text))
    if len(lengths) < _MIN_BREAKS:
        return None
    width = lengths[int(_WIDTH_PERCENTILE * (len(lengths) - 1))]
    if width not in _WIDTHS or lengths[-1] > 2 * width:
        return None
    breaks = full = small = 0
    for _, before, after in _breaks(text):
        breaks += 1
        if _is_full(before, after, width):
            full += 1
            small += after[0].islower()
    # The last line of each paragraph is as long as it happens to be.
    if full < _MIN_BREAKS or full < _MIN_FULL_SHARE * breaks or small < _MIN_SMALL_SHARE * full:
        return None
    return width


def _is_full(before: str, after: str, width: int) -> bool:
    """Whether the first word of a line did not fit on the line before it."""
    word = _FIRST_WORD.match(after)
    return word is not None and len(before) + 1 + len(word[0]) > width


def part_sentences(text: str) -> StageResult:
    """Puts a space between sentences that were glued together: `zei hij.De`.

    Args:
        text: The text.

    Returns:
        An insertion for each; none inside a web or mail address.
    """
    edits = []
    for found in _GLUED.finditer(text):
        before = _WORD_BEFORE.search(text, max(0, found.start() - 40), found.start())
        if before is None or not re.search(r"[@/:]|www", before[0]):
            place = found.end()
            if text[place - 1] == '"' and _opens(text, place - 1):
                place -= 1
            edits.append(Edit(place, place, " ", "glued sentences"))
    return StageResult(edits)


def _opens(text: str, place: int) -> bool:
    """Whether a straight quotation mark opens one: those before it on the line are closed."""
    farthest = max(0, place - _MAX_QUOTATION_CHARACTERS)
    start = max(text.rfind("\n", farthest, place) + 1, farthest)
    return text.count('"', start, place) % 2 == 0
