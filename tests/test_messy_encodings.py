"""One text in every encoding and carrier that Dutch text comes in, as data."""

import codecs
import gzip
import json
from pathlib import Path

import pytest

from wiewatwaar.inputs import read

DATA = Path(__file__).parent / "data/messy/encodings.tsv"
# Of the characters beyond ASCII, those that all of the encodings have.
TEXT = (
    "In België kost één kopje koffie bij café De Brug nu meer dan in Curaçao.\n"
    "De coördinator vond dat te duur, zei zij vóór het diner; de reünie ging naar Oekraïne.\n"
    "Minister Faber sprak er met de premier van Hongarije over het überhaupt naïeve plan."
)
MARKS = {
    "utf-8": codecs.BOM_UTF8,
    "utf-16-le": codecs.BOM_UTF16_LE,
    "utf-16-be": codecs.BOM_UTF16_BE,
    "utf-32-le": codecs.BOM_UTF32_LE,
    "utf-32-be": codecs.BOM_UTF32_BE,
}
CASES = [
    line.split("\t")
    for line in DATA.read_text("utf-8").splitlines()
    if line and not line.startswith("#")
]


def carried(suffix, declared):
    if suffix.startswith(".jsonl"):
        return json.dumps({"text": TEXT}, ensure_ascii=False)
    if not suffix.startswith(".htm"):
        return TEXT
    charset = "" if declared == "-" else f'<meta charset="{declared}">'
    paragraphs = "".join(f"<p>{line}</p>" for line in TEXT.split("\n"))
    return f"<html><head>{charset}</head><body><article>{paragraphs}</article></body></html>"


@pytest.mark.parametrize("case", CASES, ids=lambda case: case[0])
def test_the_text_is_read_to_the_character(case, tmp_path):
    _, suffix, encoding, mark, declared, packed = case
    content = carried(suffix, declared).encode(encoding)
    if mark == "yes":
        content = MARKS[encoding] + content
    path = tmp_path / f"a{suffix}"
    path.write_bytes(gzip.compress(content) if packed == "yes" else content)
    (article,) = read([path])
    assert getattr(article, "text", article) == TEXT


@pytest.mark.parametrize("end", ["\n", "\r\n", "\r", "", "\n\n\n"])
def test_the_source_is_the_file_whatever_its_line_ends(end, tmp_path):
    path = tmp_path / "a.txt"
    text = TEXT.replace("\n", end or "\n") + end
    path.write_bytes(text.encode())
    (article,) = read([path])
    assert article.text == text
