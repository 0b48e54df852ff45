"""Puts a report together as one page that needs nothing else and runs nothing of what it shows."""

import hashlib
from base64 import b64encode
from collections.abc import Mapping, Sequence
from importlib import resources
from typing import Any, get_args

import orjson
from babel.dates import get_month_names
from jinja2 import Environment, StrictUndefined
from markupsafe import Markup

from wiewatwaar.corpus.index import CorpusEntity
from wiewatwaar.report import charts, figures
from wiewatwaar.report.contents import LISTED_DOCUMENTS, Contents, ShownDocument, plain
from wiewatwaar.report.dutch import FORMS, FOUND_BY, KINDS, STAGES, month_name, number
from wiewatwaar.spans import EntityType
from wiewatwaar.version import VERSION

# Names of a type that are shown at once, and those that are there to be unfolded.
_SHOWN_ROWS, _ROWS = 10, 50
_PERSONS, _COMPANIONS = 12, 6
_FOLLOWED: dict[EntityType, int] = {"PERSON": 6, "ORGANISATION": 4, "COUNTRY": 4}
_ALIASES = 8

# What could end the element that the data stands in, and what old parsers take for a line end.
_IN_SCRIPT = {
    b"<": rb"\u003c",
    b">": rb"\u003e",
    b"&": rb"\u0026",
    "\u2028".encode(): rb"\u2028",
    "\u2029".encode(): rb"\u2029",
}


def page(contents: Contents, title: str) -> bytes:
    """Makes the page.

    Args:
        contents: What it shows.
        title: What it is called.

    Returns:
        HTML in UTF-8; the same contents give the same bytes. Everything from the records is text
        in it. Its policy lets one script and one style run, those of this module by their
        hashes, and nothing be fetched or sent.
    """
    numbers = _numbers(contents)
    style, script = _file("style.css"), _file("script.js")
    environment = Environment(
        autoescape=True, undefined=StrictUndefined, keep_trailing_newline=True
    )
    environment.filters |= {"number": number, "counted": _counted}
    template = environment.from_string(_file("page.html.j2"))
    html = template.render(
        policy=_policy(style, script),
        title=plain(title),
        version=VERSION,
        style=Markup(style),
        script=Markup(script),
        data=Markup(_data(contents, numbers)),
        lead=_lead(contents),
        totals=_totals(contents),
        tops=_tops(contents, numbers),
        shown_rows=_SHOWN_ROWS,
        chart=_chart(contents, numbers),
        together=_together(contents, numbers),
        notes=list(_notes(contents)),
        kinds=[(kind, KINDS[kind]) for kind in _kinds(contents)],
        failed=contents.corpus.failed,
        failures=[
            {
                "id": plain(one.document.id),
                "stage": STAGES[one.stage],
                "error": plain(one.error),
                "message": plain(one.message),
            }
            for one in contents.failures
        ],
        models=sorted(plain(one) for one in contents.models)[:5],
    )
    return html.encode()


def _file(name: str) -> str:
    return (resources.files("wiewatwaar") / "report" / name).read_text("utf-8")


def _policy(style: str, script: str) -> str:
    """What the page may do: show itself. It cannot fetch, send, or make code of text."""
    return "; ".join(
        (
            "default-src 'none'",
            f"script-src {_hash(script)}",
            f"style-src {_hash(style)}",
            "img-src data:",
            "base-uri 'none'",
            "form-action 'none'",
            "require-trusted-types-for 'script'",
            "trusted-types 'none'",
        )
    )


def _hash(content: str) -> str:
    return f"'sha256-{b64encode(hashlib.sha256(content.encode()).digest()).decode()}'"


def _numbers(contents: Contents) -> dict[int, int]:
    """What the page calls an entity, by its id: those of listed documents and of the figures."""
    places = contents.entities()
    shown = {places[key] for one in contents.documents for key, _ in one.names}
    # A mention is shown as well when the names of its document are too many to list.
    shown |= {places[mention.key] for one in contents.documents for mention in one.mentions}
    for kind in get_args(EntityType):
        shown |= {one.id - 1 for one in figures.top(contents.corpus, kind, _ROWS)}
    for one in figures.together(contents, _PERSONS, _COMPANIONS):
        shown |= {other.id - 1 for other, _ in one.others}
    return {place + 1: number for number, place in enumerate(sorted(shown))}


def _data(contents: Contents, numbers: Mapping[int, int]) -> str:
    """What the script of the page works with, as JSON that cannot end its element."""
    entities = contents.corpus.entities
    places = contents.entities()
    of_key = {key: numbers.get(place + 1, -1) for key, place in enumerate(places)}
    labels: dict[str | None, int] = {None: -1}
    data = {
        "entities": [
            (
                one.type,
                plain(one.name),
                one.code,
                [plain(alias) for alias in one.aliases[:_ALIASES]],
                one.documents,
                one.mentions,
            )
            for one in (entities[id - 1] for id in numbers)
        ],
        "documents": [_document(one, of_key, labels) for one in contents.documents],
        "labels": [plain(label) for label in labels if label is not None],
        "kinds": KINDS,
        "forms": list(FORMS.values()),
        "finders": list(FOUND_BY.values()),
        "months": list(get_month_names("wide", locale="nl").values()),
        "noText": "De tekst staat niet in dit bestand: extract bewaart hem met --text.",
    }
    written = orjson.dumps(data)
    for characters, escaped in _IN_SCRIPT.items():
        written = written.replace(characters, escaped)
    return written.decode()


def _document(
    document: ShownDocument, of_key: Mapping[int, int], labels: dict[str | None, int]
) -> tuple[Any, ...]:
    names: dict[int, int] = {}
    for key, mentions in document.names:
        names[of_key[key]] = names.get(of_key[key], 0) + mentions
    return (
        plain(document.id),
        None if document.title is None else plain(document.title),
        document.published,
        document.language,
        document.words,
        list(names.items()),
        document.more_names,
        document.text,
        document.cut,
        _mentions(document, of_key, labels),
    )


def _mentions(
    document: ShownDocument, of_key: Mapping[int, int], labels: dict[str | None, int]
) -> list[tuple[int, int, int, int, int, int]]:
    """The mentions with their places in units of UTF-16, in which JavaScript counts."""
    text = document.text or ""
    forms, finders = list(FORMS), list(FOUND_BY)
    found = []
    done = units = 0
    for one in document.mentions:
        start = units + _units(text[done : one.start])
        end = start + _units(text[one.start : one.end])
        done, units = one.end, end
        label = labels.setdefault(one.label, len(labels) - 1)
        form, finder = forms.index(one.form), finders.index(one.found_by)
        found.append((start, end, of_key[one.key], form, label, finder))
    return found


def _units(text: str) -> int:
    return len(text) if text.isascii() else len(text.encode("utf-16-le", "surrogatepass")) // 2


def _lead(contents: Contents) -> str:
    corpus = contents.corpus
    if not corpus.documents:
        return "Er zijn geen documenten om te tonen."
    months = list(corpus.by_month)
    when = ""
    if months:
        first, last = month_name(months[0]), month_name(months[-1])
        when = f" uit {first}" if first == last else f" van {first} tot en met {last}"
    words = f"{number(contents.words)} {'woord' if contents.words == 1 else 'woorden'}"
    return f"Wie en wat er voorkomt in {_counted(corpus.documents)}{when}, samen {words}."


def _kinds(contents: Contents) -> list[EntityType]:
    """The types that are shown: other places only when the run was asked for them."""
    found = {one.type for one in contents.corpus.entities}
    return [kind for kind in KINDS if kind in found or kind != "LOCATION"]


def _totals(contents: Contents) -> list[dict[str, object]]:
    corpus = contents.corpus
    totals: list[dict[str, object]] = [
        {"label": "documenten", "value": corpus.documents, "kind": None}
    ]
    for kind in _kinds(contents):
        count = sum(one.type == kind for one in corpus.entities)
        totals.append({"label": KINDS[kind][1], "value": count, "kind": kind.lower()})
    totals.append({"label": "vermeldingen", "value": contents.mentions, "kind": None})
    if corpus.failed:
        totals.append({"label": "mislukt", "value": corpus.failed, "kind": None})
    return totals


def _tops(contents: Contents, numbers: Mapping[int, int]) -> list[dict[str, object]]:
    tops = []
    for kind in _kinds(contents):
        total = sum(one.type == kind for one in contents.corpus.entities)
        found = figures.top(contents.corpus, kind, _ROWS)
        rows = [
            {
                "key": numbers[one.id],
                "name": plain(one.name),
                "code": one.code,
                "documents": one.documents,
                "percent": round(100 * one.documents / found[0].documents, 1),
            }
            for one in found
        ]
        heading = KINDS[kind][1].capitalize()
        tops.append({"kind": kind.lower(), "heading": heading, "rows": rows, "total": total})
    return tops


def _chart(contents: Contents, numbers: Mapping[int, int]) -> dict[str, object] | None:
    over_time = figures.over_time(contents.corpus, _FOLLOWED)
    if over_time is None:
        return None
    notes = []
    if over_time.undated:
        has = "heeft" if over_time.undated == 1 else "hebben"
        notes.append(f" {_counted(over_time.undated).capitalize()} {has} geen maand.")
    if over_time.gaps:
        notes.append(" Jaren zonder documenten zijn weggelaten.")
    rows = [(numbers[one.id], plain(one.name), counts) for one, counts in over_time.rows]
    periods = [
        {
            "key": period,
            "name": month_name(period),
            "documents": over_time.documents[place],
            "cells": [
                {"key": key, "name": name, "documents": counts[place]} for key, name, counts in rows
            ],
        }
        for place, period in enumerate(over_time.periods)
    ]
    keys = {id: str(number) for id, number in numbers.items()}
    return {
        "svg": Markup(charts.over_time(over_time, keys)),
        "unit": "jaar" if over_time.by_year else "maand",
        "units": "jaren" if over_time.by_year else "maanden",
        "note": "".join(notes),
        "rows": [{"name": name} for _, name, _ in rows],
        "periods": periods,
    }


def _together(contents: Contents, numbers: Mapping[int, int]) -> list[dict[str, object]]:
    def shown(entity: CorpusEntity) -> dict[str, object]:
        return {"key": numbers[entity.id], "name": plain(entity.name), "kind": entity.type.lower()}

    return [
        shown(one.person)
        | {"others": [shown(other) | {"documents": shared} for other, shared in one.others]}
        for one in figures.together(contents, _PERSONS, _COMPANIONS)
    ]


def _notes(contents: Contents) -> Sequence[str]:
    """What of the documents is not on the page."""
    notes = []
    documents = contents.corpus.documents
    if documents > LISTED_DOCUMENTS:
        notes.append(
            f"De eerste {number(LISTED_DOCUMENTS)} van {_counted(documents)} staan hier; de "
            "figuren hierboven tellen ze allemaal."
        )
    if contents.characters_of_a_text is not None:
        notes.append(
            f"Van elke tekst staan hoogstens de eerste {number(contents.characters_of_a_text)} "
            "tekens hier, en daarin wordt gezocht; namen en aantallen zijn van de hele tekst."
        )
    if documents and not contents.texts:
        notes.append("De teksten staan hier niet: extract bewaart ze met --text.")
    return notes


def _counted(documents: int) -> str:
    return f"{number(documents)} {'document' if documents == 1 else 'documenten'}"
