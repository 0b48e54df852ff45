"""Draws the figures over time with altair, as SVG that runs no script and follows the page.

The chart is drawn when the report is made, not when it is read: the page then needs no charting
library of a megabyte, which would want to evaluate code and to style by attribute, and a strict
Content-Security-Policy forbids both. Its colours are variables of the page's style sheet, so the
same drawing is light or dark.
"""

import json
import re
from collections.abc import Mapping
from typing import Any
from xml.etree import ElementTree

from wiewatwaar.report.contents import plain
from wiewatwaar.report.dutch import month_name, number
from wiewatwaar.report.figures import OverTime

_SVG = "{http://www.w3.org/2000/svg}"
_LINK = "{http://www.w3.org/1999/xlink}href"

# What the drawing may hold; anything else means that a new version draws otherwise.
_ELEMENTS = frozenset({"svg", "g", "path", "line", "text", "a", "title"})
_ATTRIBUTES = frozenset(
    {"class", "d", "fill", "stroke", "stroke-width", "stroke-miterlimit", "opacity", "display"}
    | {"font-family", "font-size", "font-weight", "text-anchor", "transform", "pointer-events"}
    | {"width", "height", "version", "viewBox", "x", "x1", "x2", "y", "y1", "y2"}
)

_MOST_CHARACTERS_OF_A_LABEL = 24
_MONTHS_WITH_A_LABEL_EACH = 12
_WIDTH, _HEIGHT, _ROW = 860, 130, 22
_LEAST_COLUMN = 11
_LABELS = 170

ElementTree.register_namespace("", "http://www.w3.org/2000/svg")


def over_time(figures: OverTime, keys: Mapping[int, str]) -> str:
    """Draws documents by month as columns, and names by month as cells under them.

    Args:
        figures: What to draw.
        keys: For the id of an entity what a link to it says behind `#naam=`.

    Returns:
        An `svg` element. What columns and cells lead to stands in their `data-link`.
    """
    import altair as alt
    import vl_convert

    labels = {period: _axis_label(figures, place) for place, period in enumerate(figures.periods)}
    x = alt.X(
        "period:O",
        sort=list(figures.periods),
        scale=alt.Scale(domain=list(figures.periods), paddingInner=0.12, paddingOuter=0),
        axis=alt.Axis(
            title=None,
            labelAngle=0,
            labelExpr=f"({json.dumps(labels)})[datum.value]",
            labelOverlap=False,
            labelPadding=6,
            ticks=False,
            domain=False,
            grid=False,
        ),
    )
    width = max(_WIDTH, _LEAST_COLUMN * len(figures.periods))
    columns = (
        alt.Chart(alt.InlineData(values=_columns(figures)))
        .mark_bar(color="var(--chart)")
        .encode(
            x=x,
            y=alt.Y(
                "documents:Q",
                title=None,
                axis=alt.Axis(
                    tickCount=4,
                    tickMinStep=1,
                    domain=False,
                    ticks=False,
                    labelExpr="replace(format(datum.value, ',d'), ',', '.')",
                ),
            ),
            href="link:N",
        )
        .properties(width=width, height=_HEIGHT)
    )
    drawn: Any = columns
    if figures.rows:
        drawn = alt.vconcat(columns, _cells(alt, figures, keys, width), spacing=14)
    chart = drawn.configure(
        background="transparent",
        view={"stroke": "transparent"},
        font="inherit",
        axis={
            "labelColor": "var(--ink)",
            "gridColor": "var(--line)",
            "labelFontSize": 12,
            "labelLimit": _LABELS,
        },
    )
    return _made_safe(vl_convert.vegalite_to_svg(chart.to_json()), figures)


def _columns(figures: OverTime) -> list[dict[str, object]]:
    return [
        {"period": period, "documents": documents, "link": f"#maand={period}"}
        for period, documents in zip(figures.periods, figures.documents, strict=True)
    ]


def _cells(alt: Any, figures: OverTime, keys: Mapping[int, str], width: int) -> Any:  # noqa: ANN401
    """A row of cells for each entity; altair's own types are not worth naming here."""
    rows = [f"{place}" for place in range(len(figures.rows))]
    names = {row: _short(entity.name) for row, (entity, _) in zip(rows, figures.rows, strict=True)}
    values = [
        {
            "period": period,
            "row": row,
            "kind": entity.type,
            "documents": documents,
            "link": f"#naam={keys[entity.id]}&maand={period}",
        }
        for row, (entity, counts) in zip(rows, figures.rows, strict=True)
        for period, documents in zip(figures.periods, counts, strict=True)
        if documents
    ]
    kinds = {"PERSON": "person", "ORGANISATION": "organisation", "COUNTRY": "country"}
    return (
        alt.Chart(alt.InlineData(values=values))
        .mark_rect(cornerRadius=2)
        .encode(
            x=alt.X(
                "period:O",
                sort=list(figures.periods),
                scale=alt.Scale(domain=list(figures.periods), paddingInner=0.12, paddingOuter=0),
                axis=None,
            ),
            y=alt.Y(
                "row:O",
                sort=rows,
                title=None,
                scale=alt.Scale(domain=rows, paddingInner=0.2),
                axis=alt.Axis(
                    domain=False,
                    ticks=False,
                    labelExpr=f"({json.dumps(names)})[datum.value]",
                    labelPadding=8,
                ),
            ),
            color=alt.Color(
                "kind:N",
                legend=None,
                scale=alt.Scale(
                    domain=list(kinds), range=[f"var(--{one})" for one in kinds.values()]
                ),
            ),
            opacity=alt.Opacity(
                "documents:Q",
                legend=None,
                scale=alt.Scale(type="sqrt", domainMin=0, rangeMin=0.15, rangeMax=1),
            ),
            href="link:N",
        )
        .properties(width=width, height=alt.Step(_ROW))
    )


def _made_safe(svg: str, figures: OverTime) -> str:
    """The drawing with links into the page, with what they say, and with nothing unforeseen."""
    root = ElementTree.fromstring(svg)
    names = {f"{place}": plain(entity.name) for place, (entity, _) in enumerate(figures.rows)}
    for element in root.iter():
        tag = element.tag.removeprefix(_SVG)
        if tag not in _ELEMENTS:
            raise ValueError(f"the chart holds an element {tag}")
        # Where the library resolved a link, only what is behind # was ours.
        link = element.get(_LINK)
        said = _spoken(element, names)
        for attribute in list(element.attrib):
            if attribute not in _ATTRIBUTES:
                del element.attrib[attribute]
        if link is not None:
            # A picture has no links in it: a click is for the pointer, and the table beside it has
            # the same links for everybody.
            element.tag = f"{_SVG}g"
            element.set("data-link", "#" + link.partition("#")[2])
        if said:
            title = ElementTree.SubElement(element, f"{_SVG}title")
            title.text = said
    root.set("role", "img")
    root.set("aria-labelledby", "tijd-kop")
    root.set("aria-describedby", "tijd-uitleg")
    return ElementTree.tostring(root, encoding="unicode")


_SPOKEN = re.compile(r"(\w+): ([^;]*)")


def _spoken(element: ElementTree.Element, names: Mapping[str, str]) -> str:
    """What a column or a cell stands for, in words; empty for the rest of the drawing."""
    if element.get("aria-roledescription") not in ("bar", "rect mark"):
        return ""
    said = dict(_SPOKEN.findall(element.get("aria-label") or ""))
    if "period" not in said or "documents" not in said:
        return ""
    count = int(float(said["documents"].replace(",", "")))
    noun = "document" if count == 1 else "documenten"
    name = f"{names[said['row']]}, " if "row" in said else ""
    return f"{name}{month_name(said['period'])}: {number(count)} {noun}"


def _short(name: str) -> str:
    name = plain(name)
    if len(name) <= _MOST_CHARACTERS_OF_A_LABEL:
        return name
    return name[: _MOST_CHARACTERS_OF_A_LABEL - 1] + "…"


def _axis_label(figures: OverTime, place: int) -> str:
    """What stands under a column: every month while they are few, then only the years."""
    period = figures.periods[place]
    if figures.by_year:
        step = -(-len(figures.periods) // _MONTHS_WITH_A_LABEL_EACH)
        return period if place % step == 0 else ""
    if len(figures.periods) <= _MONTHS_WITH_A_LABEL_EACH:
        return month_name(period, short=True)
    return period[:4] if period.endswith("-01") else ""
