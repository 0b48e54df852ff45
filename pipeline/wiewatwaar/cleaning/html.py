"""Takes the remains of HTML out of a text: exports and feeds often leave tags and entities."""

import html
import re
from collections.abc import Iterator

from wiewatwaar.cleaning.stages import StageResult
from wiewatwaar.source_text import Edit

# Only tags that HTML has: `<title>` in a header or `<naam>` in a form letter is text, and so is
# `a<b en c>d`: what stands behind the name of a tag of one letter is attributes, with their `=`.
_BLOCKS = (
    "article|aside|blockquote|br|dd|div|dl|dt|figcaption|figure|footer|h[1-6]|header|hr|li|main|nav|"
    "ol|p|section|table|tbody|thead|tr|ul"
)
_INLINE = (
    "abbr|cite|code|del|em|font|iframe|img|ins|mark|picture|small|source|span|strike|"
    "strong|sub|sup|td|th|time|video|wbr"
)
_TAG = re.compile(
    rf"</?(?:(?:(?P<block>{_BLOCKS})|(?:{_INLINE}))(?:[\s/][^<>]{{0,1000}})?"
    r"|[abiqsu](?:\s[^<>=]{0,200}=[^<>]{0,1000}|\s?/?))>",
    re.IGNORECASE,
)
_HIDDEN = (("<!--", "-->"), ("<script", "</script>"), ("<style", "</style>"))
_ENTITY = re.compile(r"&(?:amp;)?(?:#\d{2,6}|#[xX][0-9a-fA-F]{2,5}|[A-Za-z]{2,8}\d{0,2});")


def remove_tags(text: str) -> StageResult:
    """Takes tags of HTML out, with scripts, styles and comments; a block's tag ends a line.

    Args:
        text: The text.

    Returns:
        An edit for each tag.
    """
    if "<" not in text:
        return StageResult()
    edits = list(_hidden(text))
    hidden = iter([*edits, Edit(len(text) + 1, len(text) + 1)])
    next_hidden = next(hidden)
    for found in _TAG.finditer(text):
        while next_hidden.end <= found.start():
            next_hidden = next(hidden)
        if found.end() <= next_hidden.start:
            end = "\n" if found["block"] else ""
            edits.append(Edit(found.start(), found.end(), end, "tag"))
    return StageResult(edits)


def _hidden(text: str) -> Iterator[Edit]:
    """Scripts, styles and comments, in order."""
    done = 0
    lower = text.lower()
    if len(lower) != len(text):
        lower = text
    # Where each next one opens and closes; a search that failed once is not done again.
    opens = {opening: lower.find(opening) for opening, _ in _HIDDEN}
    while any(place >= 0 for place in opens.values()):
        opening, start = min(
            ((opening, place) for opening, place in opens.items() if place >= 0),
            key=lambda pair: pair[1],
        )
        closing = dict(_HIDDEN)[opening]
        end = lower.find(closing, start + len(opening))
        if end < 0:
            opens[opening] = -1
            continue
        done = end + len(closing)
        yield Edit(start, done, "", "hidden")
        for other, place in opens.items():
            if 0 <= place < done:
                opens[other] = lower.find(other, done)


def decode_entities(text: str) -> StageResult:
    """Writes characters for the entities of HTML (`Belgi&euml;`), also where written twice.

    Args:
        text: The text.

    Returns:
        An edit for each entity.
    """
    if "&" not in text:
        return StageResult()
    edits = []
    for found in _ENTITY.finditer(text):
        char = html.unescape(html.unescape(found[0]))
        if len(char) == 1:
            edits.append(Edit(found.start(), found.end(), char, "entity"))
    return StageResult(edits)
