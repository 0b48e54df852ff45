"""Bytes to text: the encodings in which Dutch text is found."""

import codecs
import re

# Longest first: the mark of UTF-32 begins with that of UTF-16.
_MARKS = (
    (codecs.BOM_UTF8, "utf-8-sig"),
    (codecs.BOM_UTF32_LE, "utf-32"),
    (codecs.BOM_UTF32_BE, "utf-32"),
    (codecs.BOM_UTF16_LE, "utf-16"),
    (codecs.BOM_UTF16_BE, "utf-16"),
)
_DECLARED = re.compile(
    rb"""<meta[^>]{0,200}charset\s{0,9}=\s{0,9}["']?([\w-]{1,40})""", re.IGNORECASE
)
_DECLARED_WITHIN_BYTES = 2_000

# What a file that is no text begins with, and what to do with it.
_FORMATS = (
    (b"%PDF-", "a PDF: take the text out of it first, with pdftotext for example"),
    (b"PK\x03\x04", "a ZIP archive or an Office document: unpack it, or save it as plain text"),
    (b"\xd0\xcf\x11\xe0", "an old Office document: save it as plain text"),
    (b"{\\rtf", "a rich text document: save it as plain text"),
    (b"\x1f\x8b", "packed with gzip: end its name in .gz"),
    (b"\x89PNG", "a picture: leave it out"),
    (b"\xff\xd8\xff", "a picture: leave it out"),
    (b"GIF8", "a picture: leave it out"),
    (b"\x7fELF", "a program: leave it out"),
)

# Controls that no text holds; tab, line ends, form feed, escape and DOS's end of file may be there.
_CONTROLS = bytes(set(range(0x20)) - set(b"\t\n\v\f\r\x1a\x1b"))
_MAX_CONTROLS = 2
_MAX_CONTROL_SHARE = 0.01

_SAMPLE_BYTES = 200_000
_MAX_BEYOND_ASCII_SHARE = 0.3
_MIN_BEYOND_ASCII = 12

# One byte in so many may be damaged before a file counts as no UTF-8 at all.
_BYTES_PER_DAMAGE = 500

# Encodings of one byte for western Europe: Windows, DOS, classic Mac. All but the first are rare.
_WESTERN_ENCODINGS = ("cp1252", "cp850", "mac_roman")
_LOWER = "àáâãäåæçèéêëìíîïñòóôõöøùúûüýÿœšžßĳ"
_UPPER = "ÀÁÂÃÄÅÆÇÈÉÊËÌÍÎÏÑÒÓÔÕÖØÙÚÛÜÝŒŠŽĲ"
_LETTERS = f"A-Za-z{_UPPER}{_LOWER}"
_LOOSE = "€‚„…•–—‘’“”™£§©«®°±²³´·»¼½¾¿¡\u00a0"
_PLAUSIBLE = re.compile(
    f"(?<=[{_LETTERS}])[{_LOWER}\u00ad’´]|[{_LOWER}](?=[{_LETTERS}])|\\b[éàÉÀ]\\b"
    f"|(?<![a-z{_LOWER}])[{_UPPER}](?=[{_LETTERS}])|(?<=[A-Z{_UPPER}])[{_UPPER}]"
    f"|(?<![{_LETTERS}])[{_LOOSE}]|[{_LOOSE}](?![{_LETTERS}])"
)
_MIN_PLAUSIBLE_SHARE = 0.8


class EncodingError(ValueError):
    """Bytes that are no text in any encoding we know."""


def decode(content: bytes, declared: str | None = None) -> str:
    """Decodes text by its byte order mark, as UTF-8, by its declaration, by a careful guess.

    Text that is valid UTF-8 is UTF-8, whatever it declares: text in another encoding hardly ever
    is, and saved pages often declare what the site once served. A damaged byte here and there in
    UTF-8 becomes U+FFFD, so that every other character of the file keeps its place.

    Args:
        content: The bytes; a byte order mark is not part of the text.
        declared: The encoding that the carrier declares, if it does.

    Returns:
        The text, exactly as it is: line ends and all.

    Raises:
        EncodingError: The bytes are no text; the message says what to do.
    """
    for mark, encoding in _MARKS:
        if content.startswith(mark):
            return _marked(content, encoding)
    for start, advice in _FORMATS:
        if content.startswith(start):
            raise EncodingError(f"no text but {advice}")
    if (wide := _unmarked_utf16(content)) is not None:
        return wide
    _check_controls(content)
    text = _attempt(content, "utf-8")
    if text is None and declared is not None:
        text = _attempt(content, declared)
    if text is None:
        text = _damaged_utf8(content)
    return _guess(content) if text is None else text


def declared_encoding(page: bytes) -> str | None:
    """The encoding that an HTML page declares near its start.

    Args:
        page: The bytes of the page.

    Returns:
        Its name for Python; None when none is declared that could be meant.
    """
    found = _DECLARED.search(page[:_DECLARED_WITHIN_BYTES])
    if found is None:
        return None
    try:
        name = codecs.lookup(found[1].decode("ascii")).name
    except (LookupError, ValueError):
        return None
    # Browsers read Latin-1 as Windows-1252: pages that declare the one are written in the other.
    # A declaration that can be read as ASCII is in no encoding of two bytes.
    if name in {"iso8859-1", "ascii"}:
        return "cp1252"
    return None if name.startswith(("utf-16", "utf-32")) else name


def _attempt(content: bytes, encoding: str) -> str | None:
    try:
        return content.decode(encoding)
    except (LookupError, ValueError):
        return None


def _marked(content: bytes, encoding: str) -> str:
    text = content.decode(encoding, "replace")
    damage = text.count("\N{REPLACEMENT CHARACTER}")
    if damage > len(content) // _BYTES_PER_DAMAGE + (len(text) > _MIN_BEYOND_ASCII):
        raise EncodingError(
            f"begins as {encoding.removesuffix('-sig')} but is damaged in {damage} places: "
            "save it again as UTF-8"
        )
    _check_controls(text.encode("utf-8", "surrogatepass"))
    return text


def _unmarked_utf16(content: bytes) -> str | None:
    """UTF-16 without a mark: every other byte of western text in it is zero."""
    sample = content[:_SAMPLE_BYTES]
    half = len(sample) // 2
    if half < 2 or b"\x00" not in sample:
        return None
    for zeros, encoding in ((sample[1::2], "utf-16-le"), (sample[::2], "utf-16-be")):
        if zeros.count(0) > 0.7 * half and sample.count(0) < 1.1 * half:
            return _marked(content, encoding)
    return None


def _check_controls(content: bytes) -> None:
    controls = len(content) - len(content.translate(None, _CONTROLS))
    if controls > _MAX_CONTROLS + len(content) * _MAX_CONTROL_SHARE:
        raise EncodingError(
            f"no text: {controls} of its {len(content)} bytes are control characters; leave it out"
        )


def _damaged_utf8(content: bytes) -> str | None:
    """UTF-8 with a few bytes broken, or cut off inside a character."""
    text = content.decode("utf-8", "replace")
    damage = text.count("\N{REPLACEMENT CHARACTER}")
    beyond_ascii = len(text) - len(text.encode("ascii", "ignore")) - damage
    if damage <= 1 + len(content) // _BYTES_PER_DAMAGE and beyond_ascii > 2 * damage:
        return text
    return None


def _guess(content: bytes) -> str:
    """The western encoding that gives the most sense, else what charset-normalizer makes of it."""
    sample = content[:_SAMPLE_BYTES]
    beyond_ascii = len(sample) - len(sample.decode("ascii", "ignore"))
    if beyond_ascii <= max(_MIN_BEYOND_ASCII, len(sample) * _MAX_BEYOND_ASCII_SHARE):
        plausible = [_plausible_share(sample, one, beyond_ascii) for one in _WESTERN_ENCODINGS]
        best = max(plausible)
        if best >= _MIN_PLAUSIBLE_SHARE:
            return content.decode(_WESTERN_ENCODINGS[plausible.index(best)], "replace")
        from charset_normalizer import from_bytes

        found = from_bytes(sample).best()
        if found is not None and (text := _attempt(content, found.encoding)) is not None:
            return text
    raise EncodingError("not text in any known encoding: save it as UTF-8, or leave it out")


def _plausible_share(sample: bytes, encoding: str, beyond_ascii: int) -> float:
    """The share of what is beyond ASCII that Dutch text would have where it stands."""
    text = sample.decode(encoding, "replace")
    return sum(1 for _ in _PLAUSIBLE.finditer(text)) / max(1, beyond_ascii)
