"""The article in a saved web page."""

import re
from dataclasses import dataclass

_ISO_DATE = re.compile(r"\d{4}(?:-\d{2}(?:-\d{2})?)?(?!\d)")


class PageError(ValueError):
    """A web page without an article in it."""


@dataclass(frozen=True, slots=True)
class Page:
    """The article of a web page.

    Attributes:
        text: Its title and its paragraphs, one a line.
        metadata: What the page says about it: `title`, `published`.
    """

    text: str
    metadata: dict[str, str]


def read_page(html: str) -> Page:
    """Finds the article in a page, without menus, cookie walls, related links and comments.

    Args:
        html: The page.

    Returns:
        The article.

    Raises:
        PageError: No article was found.
    """
    from trafilatura import bare_extraction

    found = bare_extraction(html, include_comments=False, include_tables=False, with_metadata=True)
    body = (getattr(found, "text", None) or "").strip()
    if not body:
        raise PageError("no article found in the page; save the article's text instead")
    title = (getattr(found, "title", None) or "").strip()
    published = iso_date(getattr(found, "date", None))
    metadata = {"title": title, "published": published}
    text = body if not title or body.startswith(title) else f"{title}\n{body}"
    return Page(text, {name: value for name, value in metadata.items() if value})


def iso_date(value: object) -> str:
    """The date at the start of a text such as `2024-02-14T09:00:00+01:00`.

    Args:
        value: What a carrier gives for a date.

    Returns:
        `2024-02-14`, `2024-02` or `2024`, as precise as it is; empty when it is no such date.
    """
    found = _ISO_DATE.match(str(value).strip()) if value is not None else None
    return found[0] if found else ""
