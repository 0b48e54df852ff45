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

# Controls that no text holds; tab, line feed, vertical tab, form feed and return are none of them.
_BINARY = re.compile("[\x00-\x08\x0e-\x1a\x1c-\x1f]")

# What Windows-1252 has beyond ASCII and Dutch, French, German, Spanish or Nordic text uses.
_WESTERN = frozenset(
    "ÀÁÂÃÄÅÆÇÈÉÊËÌÍÎÏÑÒÓÔÕÖØÙÚÛÜÝßàáâãäåæçèéêëìíîïñòóôõöøùúûüýÿŒœŠšŽžŸ"
) | frozenset("€‚ƒ„…†•–—‘’“”™£§©«®°±²³´µ·¸¹º»¼½¾¿¡¢\u00a0\u00ad")
_MIN_ASCII_SHARE = 0.7
_SAMPLE_BYTES = 200_000


class EncodingError(ValueError):
    """Bytes that are no text in any encoding we know."""


def decode(content: bytes, declared: str | None = None) -> str:
    """Decodes text by its byte order mark, its declaration, as UTF-8, then by a careful guess.

    Args:
        content: The bytes; a byte order mark is not part of the text.
        declared: The encoding that the carrier declares, if it does.

    Returns:
        The text, exactly as it is: line ends and all.

    Raises:
        EncodingError: The bytes are no text.
    """
    for mark, marked in _MARKS:
        if content.startswith(mark):
            return _checked(_strict(content, marked))
    for encoding in (declared, "utf-8"):
        text = _attempt(content, encoding) if encoding is not None else None
        if text is not None:
            return _checked(text)
    return _checked(_guess(content))


def declared_encoding(page: bytes) -> str | None:
    """The encoding that an HTML page declares in its first 2,000 bytes."""
    found = _DECLARED.search(page[:2_000])
    if found is None:
        return None
    name = found[1].decode("ascii", "replace")
    # Browsers read Latin-1 as Windows-1252: pages that declare the one are written in the other.
    return "cp1252" if name.lower() in {"iso-8859-1", "latin1", "latin-1", "us-ascii"} else name


def _attempt(content: bytes, encoding: str) -> str | None:
    try:
        return content.decode(encoding)
    except (LookupError, ValueError):
        return None


def _strict(content: bytes, encoding: str) -> str:
    try:
        return content.decode(encoding)
    except ValueError as error:
        raise EncodingError(f"broken {encoding}: {error}; save the file as UTF-8") from error


def _guess(content: bytes) -> str:
    """Windows-1252 where that gives western text, else what charset-normalizer makes of it."""
    sample = content[:_SAMPLE_BYTES]
    ascii_share = sum(byte < 0x80 for byte in sample) / max(1, len(sample))
    western = _attempt(content, "cp1252")
    if ascii_share >= _MIN_ASCII_SHARE and western is not None:
        beyond_ascii = set(western) - set(map(chr, range(128)))
        if beyond_ascii <= _WESTERN:
            return western
    if ascii_share >= _MIN_ASCII_SHARE and not _BINARY.search(sample.decode("latin-1")):
        from charset_normalizer import from_bytes

        best = from_bytes(sample).best()
        if best is not None and (text := _attempt(content, best.encoding)) is not None:
            return text
    raise EncodingError("not text in any known encoding; save it as UTF-8, or leave it out")


def _checked(text: str) -> str:
    found = _BINARY.search(text)
    if found is not None and (found[0] == "\x00" or len(_BINARY.findall(text)) * 200 > len(text)):
        raise EncodingError(
            f"not text: control character {found[0]!r} at {found.start()}; leave it out"
        )
    return text
