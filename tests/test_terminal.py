import io
import re

import pytest
from rich.console import Console

from wiewatwaar.presentation.terminal import plain, show
from wiewatwaar.records import DocumentInfo, Entity, Mention, ModelInfo, PipelineInfo, Record

CODE = re.compile(r"\x1b\[([\d;]*)m")
COLOURS = {"35", "36", "32", "33"}


def made(text, *names, title=None):
    """A record with entities as (type, name), each where its name stands first."""
    entities = [
        Entity(
            id=f"e{number}",
            type=kind,
            name=name,
            code="HU" if kind == "COUNTRY" else None,
            aliases=("Ook \x1b[2J zo",) if kind == "COUNTRY" else (),
            mentions=(
                Mention(
                    start=text.index(name),
                    end=text.index(name) + len(name),
                    text=name,
                    form="name",
                    label=None,
                    found_by="lexicon",
                ),
            ),
        )
        for number, (kind, name) in enumerate(names, start=1)
    ]
    return Record.of(
        text,
        document=DocumentInfo(
            id="a.txt", sha256="0" * 64, title=title, characters=len(text), words=1, text=text
        ),
        entities=entities,
        model=ModelInfo(name="nl_test", version="1"),
        pipeline=PipelineInfo(version="0", fingerprint="f"),
    )


def shown(*records, terminal=True, **options):
    written = io.StringIO()
    console = Console(
        file=written,
        force_terminal=terminal,
        color_system="standard" if terminal else None,
        width=80,
        highlight=False,
        markup=False,
        emoji=False,
        **options,
    )
    show(records, console)
    return written.getvalue()


NEWS = made(
    "Rutte sprak met de NAVO over Hongarije, in Ede.",
    ("PERSON", "Rutte"),
    ("ORGANISATION", "NAVO"),
    ("COUNTRY", "Hongarije"),
    ("LOCATION", "Ede"),
)


def colours(text):
    return {part for codes in CODE.findall(text) for part in codes.split(";")} & COLOURS


def test_each_type_has_a_colour_and_the_table_is_under_the_text():
    out = shown(NEWS)
    assert "\x1b[1;4;35mRutte\x1b[0m sprak met de \x1b[1;4;36mNAVO\x1b[0m" in out
    assert colours(out) == COLOURS
    lines = [" ".join(line.split()) for line in CODE.sub("", out).splitlines()]
    text = lines.index("Rutte sprak met de NAVO over Hongarije, in Ede.")
    assert lines[text + 1 :][-5:] == [
        "name code also written mentions",
        "person Rutte 1",
        "organisation NAVO 1",
        "country Hongarije HU Ook \ufffd[2J zo 1",
        "location Ede 1",
    ]


def test_no_color_takes_the_colours_away():
    out = shown(NEWS, no_color=True)
    assert colours(out) == set()
    assert "Rutte" in out


def test_what_is_no_terminal_gets_no_codes():
    assert "\x1b" not in shown(NEWS, terminal=False)
    assert "\x1b" not in shown(NEWS, NEWS, terminal=False)


@pytest.mark.parametrize(
    "steering",
    ["\x1b[2J", "\x1b]0;title\x07", "\x9b31m", "\x08\x08", "\u202e", "\u2066", "\x7f", "\x00"],
)
def test_a_text_and_its_title_cannot_steer_the_terminal(steering):
    text = f"{steering}Rutte{steering} sprak.\r\nOok \rhij."
    hostile = made(text, ("PERSON", f"{steering}Rutte"), title=f"Kop{steering}")
    for out in (shown(hostile), shown(hostile, hostile)):
        assert steering[0] not in CODE.sub("", out)
        assert "Kop\ufffd" in out
        assert "\r" not in out


def test_markup_is_shown_as_it_is():
    assert "[bold]Rutte[/bold] :smile:" in shown(made("[bold]Rutte[/bold] :smile:"))


def test_plain_keeps_every_place():
    text = "a\x1bb\u202ec\td\ne"
    assert plain(text) == "a\ufffdb\ufffdc\td\ne"


def test_a_document_without_names_says_so():
    assert "no names found" in shown(made("Het regende."))
