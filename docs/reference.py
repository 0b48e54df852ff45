"""Writes what of the documentation follows from the program: `make docs`.

`command-line.md` is made of what `--help` prints. In `records.md` the tables between the marks are
made of the JSON Schema; the words around them are written by hand. The tests make both again and
fail where they are not the same.
"""

import os
import re
from pathlib import Path
from typing import Any

import typer.main
from typer.testing import CliRunner

import wiewatwaar.records
from wiewatwaar.cli import app
from wiewatwaar.validation import schema

HERE = Path(__file__).parent
COMMAND_LINE, RECORDS = HERE / "command-line.md", HERE / "records.md"

_COLUMNS = 80
_TABLE = re.compile(r"(<!-- fields: (\w+) -->\n).*?(<!-- end -->)", re.DOTALL)

_BEGINNING = """\
# The command line

Made by `make docs` from what `--help` prints; a test fails when it is out of date.

Results go to standard output or to `-o`, everything else to standard error. The exit code is 0 when
all is well; 1 when more documents failed than `--max-failures`, or any of those that `show` or
`explain` was given, when `validate` found something wrong, or when `diff` found more changes than
`--max-changes`; 2 when nothing could be done, with one line that says what to do.
"""


def main() -> None:
    """Writes both pages anew."""
    COMMAND_LINE.write_text(command_line(), "utf-8")
    RECORDS.write_text(records(RECORDS.read_text("utf-8")), "utf-8")


def command_line() -> str:
    """What every command says about itself.

    Returns:
        The page in Markdown.
    """
    names = list(typer.main.get_command(app).commands)  # type: ignore[attr-defined]
    contents = "\n".join(f"- [{name}](#{name})" for name in names)
    parts = [f"## {name}\n\n```text\n{_help([name])}```\n" for name in names]
    return "\n".join([_BEGINNING, f"```text\n{_help([])}```\n", f"{contents}\n", *parts])


def records(page: str) -> str:
    """Fills in the tables of fields.

    Args:
        page: The page in Markdown, with marks where tables stand.

    Returns:
        The page with the tables of the schema in them.
    """
    defined = schema()["$defs"]
    return _TABLE.sub(
        lambda found: f"{found[1]}{_fields(found[2], defined[found[2]])}{found[3]}", page
    )


def _help(command: list[str]) -> str:
    columns = os.environ.get("COLUMNS")
    os.environ["COLUMNS"] = str(_COLUMNS)
    try:
        printed = CliRunner().invoke(app, [*command, "--help"], prog_name="wiewatwaar").output
    finally:
        os.environ.pop("COLUMNS")
        if columns is not None:
            os.environ["COLUMNS"] = columns
    return "".join(f"{line.rstrip()}\n" for line in printed.strip().splitlines())


def _fields(name: str, model: dict[str, Any]) -> str:
    fields = getattr(wiewatwaar.records, name).model_fields
    rows = ["| field | what it is | what it holds |", "|---|---|---|"]
    for field, described in model["properties"].items():
        absent = "; left out when there is none" if fields[field].exclude_if else ""
        rows.append(f"| `{field}` | {_type(described)} | {described['description']}{absent} |")
    return "\n".join(rows) + "\n"


def _type(field: dict[str, Any]) -> str:
    if "const" in field:
        return f'`"{field["const"]}"`'
    if "enum" in field:
        return ", ".join(f"`{one}`" for one in field["enum"])
    if "$ref" in field:
        name = field["$ref"].rpartition("/")[2]
        return f"[{name}](#{name.lower()})"
    if "anyOf" in field:
        return " or ".join(_type(one) for one in field["anyOf"])
    if field["type"] == "array":
        return f"list of {_type(field['items'])}"
    names = {"string": "text", "integer": "number", "boolean": "true or false", "null": "null"}
    return names[field["type"]]


if __name__ == "__main__":
    main()
