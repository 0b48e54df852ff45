"""Repairs characters: mojibake, decomposed letters, spaces of all widths, invisible ones."""

import re
import unicodedata
from collections.abc import Iterator
from functools import lru_cache

from wiewatwaar.cleaning.stages import StageResult
from wiewatwaar.source_text import Edit

# UTF-8 read as Windows-1252 shows as one of these letters with one or more of those behind it
# (Ã©, â€™, Â«). Only such a run goes to ftfy, so that each mended letter keeps its own place.
_CONTINUATION = "\u0080-\u00bf€‚ƒ„…†‡ˆ‰Š‹ŒŽ‘’“”•–—˜™š›œžŸ"
_MOJIBAKE = re.compile(f"[ÂÃÄÅÐÑâð][{_CONTINUATION}]{{1,3}}")

# A letter with its combining marks; more than eight of them is a prank, not a letter.
_DECOMPOSED = re.compile("[^\u0300-\u036f][\u0300-\u036f]{1,8}")

# Spaces of all widths, tabs and the like; then soft hyphens, zero-width characters, marks of
# direction, byte order marks and controls. A soft hyphen at a line end goes with the line end. A
# run of them is one edit: files have been seen that are nothing else.
_ODD = re.compile(
    "(?P<space>[\u00a0\u1680\u2000-\u200a\u202f\u205f\u3000\t\v\f]+)"
    "|(?P<broken>\u00ad[ \t]{0,9}(?:\r\n?|\n)[ \t]{0,9}(?=\\w))"
    "|\u00ad{1,64}(?=[^ \t\r\n\u00ad])|\u00ad"
    "|[\u200b-\u200f\u202a-\u202e\u2060-\u2064\u2066-\u2069\ufeff"
    "\x00-\x08\x0e-\x1f\x7f\x80-\x84\x86-\x9f]+"
)
# Three spaces or more set the items of a bar apart; how many more says nothing.
_MAX_SPACES = 3
_ASCII_ODD = re.compile("[\t\v\f\x00-\x08\x0e-\x1f\x7f]")


def repair_mojibake(text: str) -> StageResult:
    """Mends characters that were decoded with the wrong encoding (BelgiÃ« becomes België).

    Args:
        text: The text.

    Returns:
        One edit for each broken character.
    """
    return StageResult() if text.isascii() else StageResult(list(_mended(text)))


def _mended(text: str) -> Iterator[Edit]:
    for broken in _MOJIBAKE.finditer(text):
        # What follows the letter may hold more than its own bytes: the shortest run that mends.
        for end in range(broken.start() + 2, broken.end() + 1):
            fixed = _fixed(text[broken.start() : end])
            if len(fixed) == 1:
                yield Edit(broken.start(), end, fixed, "mojibake")
                break


@lru_cache(maxsize=4096)
def _fixed(run: str) -> str:
    from ftfy import fix_encoding

    return fix_encoding(run)


def repair_characters(text: str) -> StageResult:
    """Composes letters (NFC), makes every space plain and takes invisible characters out.

    Args:
        text: The text.

    Returns:
        One edit for each letter that changes, and for each run of spaces or invisible characters.
    """
    if text.isascii() and _ASCII_ODD.search(text) is None:
        return StageResult()
    edits = [_plain(found) for found in _ODD.finditer(text)]
    if not unicodedata.is_normalized("NFC", text):
        for found in _DECOMPOSED.finditer(text):
            composed = unicodedata.normalize("NFC", found[0])
            if composed != found[0] and _ODD.match(found[0]) is None:
                edits.append(Edit(found.start(), found.end(), composed, "composed"))
    return StageResult(edits)


def _plain(found: re.Match[str]) -> Edit:
    if found["space"]:
        spaces = " " * min(_MAX_SPACES, found.end() - found.start())
        return Edit(found.start(), found.end(), spaces, "space")
    rule = "soft hyphen at line end" if found["broken"] else "invisible"
    return Edit(found.start(), found.end(), "", rule)
