"""The article in a saved web page."""

import logging
import re
from dataclasses import dataclass
from functools import cache
from typing import TYPE_CHECKING, Any

from wiewatwaar.cleaning.attribution import byline
from wiewatwaar.dates import iso_date

if TYPE_CHECKING:
    from configparser import ConfigParser

    from wiewatwaar.articles import Metadata

MAX_PAGE_CHARACTERS = 10_000_000
"""A page beyond this is refused: the tree of its elements takes fifty times as much memory."""

# Without these, what a page is read as would depend on the day, and numbers in the text would be
# taken for dates.
_DATES = {"original_date": True, "extensive_search": False, "max_date": "2199-12-31"}

# A shorter article is not trusted, and all the text of the page is taken in its place, without its
# paragraphs. Short reports are articles too: trafilatura's own limit is 250.
_MIN_ARTICLE_CHARACTERS = 80

# The parser drops what is nested more than 255 deep. Only elements without a meaning of their own
# get so deep, mostly where nobody closed them.
_MAX_DEPTH = 100
_WRAPPER = re.compile(
    r"<(?P<close>/?)(?:div|span|section|center|font|b|i|u|em|strong|small|big|tt)"
    r"(?:[\s/][^<>]{0,1000})?>",
    re.IGNORECASE,
)

# Read as a paragraph of its own, it would break the sentence that it stands in.
_QUOTATION = re.compile(r"</?q(?:\s[^<>]{0,1000})?>", re.IGNORECASE)

# A fragment, such as a feed or a database holds, is put into a page.
_IS_WHOLE = re.compile(r"<(?:html|body|frameset)[\s>]", re.IGNORECASE)

# A date that names no day.
_IMPRECISE_DATE = re.compile(
    r"(?:(?:property|name|itemprop)=[\"'](?:article:published_time|date|dc\.date(?:\.issued)?"
    r"|datepublished|pubdate|publishdate|publication_date)[\"'][^<>]{0,200}content=[\"']"
    r"|<time[^<>]{0,200}datetime=[\"']|\"datePublished\"\s{0,9}:\s{0,9}\")"
    r"(?P<date>\d{4}(?:-\d{2})?)[\"']",
    re.IGNORECASE,
)

# A table with headings is one of the article; one without is mostly the layout of an old page.
_TABLE_HEADING = re.compile(r"<th[\s>]", re.IGNORECASE)


class PageError(ValueError):
    """A web page without an article in it."""


@dataclass(frozen=True, slots=True)
class Page:
    """The article of a web page.

    Attributes:
        text: Its title and its paragraphs, one a line.
        metadata: What the page says about it: `title`, `published`, `authors`, `site`.
    """

    text: str
    metadata: "Metadata"


def read_page(html: str) -> Page:
    """Finds the article in a page, without menus, cookie walls, related links and comments.

    Captions of pictures are not part of it.

    Args:
        html: The page.

    Returns:
        The article.

    Raises:
        PageError: No article was found, or the page is too large.
    """
    if len(html) > MAX_PAGE_CHARACTERS:
        raise PageError(
            f"a page of more than {MAX_PAGE_CHARACTERS:,} characters; save the article's text"
        )
    whole = html if _IS_WHOLE.search(html) else f"<html><body>{html}</body></html>"
    found = _extracted(_flattened(_QUOTATION.sub('"', whole)))
    body = (getattr(found, "text", None) or "").strip()
    if not body:
        raise PageError("no article found in the page; save the article's text instead")
    title = " ".join((getattr(found, "title", None) or "").split())
    authors = (getattr(found, "author", None) or "").split(";")
    metadata: dict[str, str | tuple[str, ...]] = {
        "title": title,
        "published": _published(html, iso_date(getattr(found, "date", None))),
        "authors": tuple(name for one in authors for name in byline(one.strip()) or (one.strip(),)),
        "site": (getattr(found, "sitename", None) or "").strip(),
    }
    text = body if not title or body.startswith(title) else f"{title}\n{body}"
    return Page(text, {name: value for name, value in metadata.items() if any(value)})


def _published(html: str, found: str) -> str:
    """A date as precise as the page gives it: of a month alone, a day was made by reading it."""
    given = _IMPRECISE_DATE.search(html)
    if given is None or (found and not found.startswith(given["date"])) or found in html:
        return found or (iso_date(given["date"]) if given else "")
    return iso_date(given["date"])


def _extracted(html: str) -> Any:  # noqa: ANN401 - trafilatura gives one of three types
    from trafilatura import bare_extraction

    # It logs what it finds wrong with a page; without a handler Python prints that.
    for name in ("trafilatura", "htmldate"):
        logger = logging.getLogger(name)
        if not logger.handlers:
            logger.addHandler(logging.NullHandler())
    return bare_extraction(
        html,
        include_comments=False,
        include_tables=_TABLE_HEADING.search(html) is not None,
        with_metadata=True,
        config=_config(),
        date_extraction_params=_DATES,
    )


@cache
def _config() -> "ConfigParser":
    from trafilatura.settings import use_config

    config = use_config()
    config.set("DEFAULT", "MIN_EXTRACTED_SIZE", str(_MIN_ARTICLE_CHARACTERS))
    return config


def _flattened(html: str) -> str:
    """A page without the wrappers that are nested too deep for the parser."""
    depth = 0
    parts: list[str] = []
    done = 0
    for found in _WRAPPER.finditer(html):
        depth = max(0, depth - 1) if found["close"] else depth + 1
        if depth + bool(found["close"]) > _MAX_DEPTH:
            parts += (html[done : found.start()], "\n")
            done = found.end()
    return "".join((*parts, html[done:])) if parts else html
