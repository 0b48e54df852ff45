"""The article in a saved web page."""

import logging
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from wiewatwaar.dates import iso_date

if TYPE_CHECKING:
    from wiewatwaar.articles import Metadata

MAX_PAGE_CHARACTERS = 10_000_000
"""A page beyond this is refused: the tree of its elements takes fifty times as much memory."""

# Without these, what a page is read as would depend on the day, and numbers in the text would be
# taken for dates.
_DATES = {"original_date": True, "extensive_search": False, "max_date": "2199-12-31"}


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
    found = _extracted(html)
    body = (getattr(found, "text", None) or "").strip()
    if not body:
        raise PageError("no article found in the page; save the article's text instead")
    title = " ".join((getattr(found, "title", None) or "").split())
    authors = (getattr(found, "author", None) or "").split(";")
    metadata: dict[str, str | tuple[str, ...]] = {
        "title": title,
        "published": iso_date(getattr(found, "date", None)),
        "authors": tuple(filter(None, map(str.strip, authors))),
        "site": (getattr(found, "sitename", None) or "").strip(),
    }
    text = body if not title or body.startswith(title) else f"{title}\n{body}"
    return Page(text, {name: value for name, value in metadata.items() if value})


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
        include_tables=False,
        with_metadata=True,
        date_extraction_params=_DATES,
    )
