"""Bodies that a document gives an abbreviation."""

import pytest
from mention_marks import unmark

from wiewatwaar.mentions.abbreviated import with_abbreviated
from wiewatwaar.mentions.trimming import trimmed


def found(marked: str) -> list[tuple[str, str]]:
    text, spans = unmark(marked)
    names = with_abbreviated(text, trimmed(text, spans))
    return [(text[name.start : name.end], name.type) for name in names]


def test_a_demonym_that_the_abbreviation_has_too_belongs_to_the_name() -> None:
    marked = "De [Duitse|MISC] [Bond voor Imkers|ORG] ([DBI|ORG]) is er."
    assert found(marked) == [("Duitse Bond voor Imkers", "ORGANISATION"), ("DBI", "ORGANISATION")]


@pytest.mark.parametrize("short", ["BvI", "BI", "KBI"])
def test_a_demonym_that_it_has_not_stays_out(short: str) -> None:
    marked = f"De Duitse [Bond voor Imkers|ORG] ([{short}|ORG]) is er."
    assert found(marked)[0] == ("Bond voor Imkers", "ORGANISATION")


def test_an_abbreviation_that_was_introduced_is_a_body_everywhere() -> None:
    marked = "Het [Instituut voor Graan|ORG] (IG) meet. Het [IG|MISC] zwijgt."
    assert found(marked)[-1] == ("IG", "ORGANISATION")


def test_what_else_stands_in_brackets_introduces_nothing() -> None:
    marked = "De [Kring|ORG] (Breda) en [De Bond|ORG] (VS). De [Breda|MISC] en de [VS|MISC]."
    assert [type_ for _, type_ in found(marked)[2:]] == ["OTHER", "OTHER"]
