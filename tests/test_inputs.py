import gzip
import io
import sys

import orjson
import pytest

from wiewatwaar import inputs
from wiewatwaar.decoding import EncodingError, decode
from wiewatwaar.inputs import InputError, JsonFields, read

PAGE = """<html><head><title>Koning opent brug - Voorbeeldkrant</title>
<meta property="og:title" content="Koning opent brug">
<meta property="article:published_time" content="2024-03-04T10:00:00Z"></head><body>
<nav><a href="/">Voorpagina</a> <a href="/sport">Sport</a></nav>
<div class="cookie-banner">Wij gebruiken cookies om deze site te verbeteren.</div>
<article><h1>Koning opent brug</h1>
<p>Koning Willem-Alexander heeft maandag in Zwolle een nieuwe brug voor fietsers geopend.</p>
<p>De burgemeester hield een korte toespraak voor de genodigden aan de oever van de rivier.</p>
</article><aside><h2>Lees ook</h2><a href="/x">Tunnel blijft dicht</a></aside>
<div class="comments"><p>Wat een mooie brug, zegt een lezer.</p></div></body></html>"""


def ids(found):
    return [
        document.id if hasattr(document, "text") else document.document.id for document in found
    ]


def one(path, **options):
    (document,) = read([path], **options)
    return document


def failure(path):
    document = one(path)
    assert document.status == "failed" and document.stage == "read"
    return document


def test_a_text_file_is_read_exactly_as_it_is(tmp_path):
    path = tmp_path / "a.txt"
    path.write_bytes("  Één\r\nregel\r\n".encode())
    article = one(path)
    assert (article.id, article.text) == ("a.txt", "  Één\r\nregel\r\n")


@pytest.mark.parametrize(
    "encoding", ["utf-8", "utf-8-sig", "utf-16", "utf-16-le-mark", "utf-32", "cp1252"]
)
def test_encodings(tmp_path, encoding):
    text = "In België kost het café “De Brug” € 5 – meer dan gisteren."
    content = (
        b"\xff\xfe" + text.encode("utf-16-le")
        if encoding == "utf-16-le-mark"
        else text.encode(encoding)
    )
    path = tmp_path / "a.txt"
    path.write_bytes(content)
    assert one(path).text == text


@pytest.mark.parametrize(
    "content",
    [b"\x7fELF\x00\x01\x02", bytes(range(256)) * 4, b"\xff\xfe\x00\xd8", b"\x00" * 100],
)
def test_bytes_that_are_no_text_are_refused(content):
    with pytest.raises(EncodingError):
        decode(content)


def test_a_directory_is_read_in_sorted_order_without_hidden_files(tmp_path):
    for name in ["b.txt", "a/z.md", "a.txt", ".hidden.txt", ".git/x.txt", "c.pdf", "a/.h/y.txt"]:
        path = tmp_path / name
        path.parent.mkdir(exist_ok=True)
        path.write_text("Tekst.")
    assert ids(read([tmp_path])) == ["a/z.md", "a.txt", "b.txt"]


def test_several_inputs_keep_their_paths_apart(tmp_path, monkeypatch):
    monkeypatch.chdir(tmp_path)
    for name in ["een/a.txt", "twee/a.txt"]:
        path = tmp_path / name
        path.parent.mkdir()
        path.write_text("Tekst.")
    assert ids(read(["twee", "een"])) == ["een/a.txt", "twee/a.txt"]


def test_a_pattern_chooses_and_excluded_files_are_left_out(tmp_path):
    for name in ["a.txt", "b.md", "c.md"]:
        (tmp_path / name).write_text("Tekst.")
    assert ids(read([tmp_path], pattern="*.md", exclude=[tmp_path / "c.md"])) == ["b.md"]


def test_a_file_with_another_suffix_is_text_when_named(tmp_path):
    path = tmp_path / "artikel.tekst"
    path.write_text("Tekst.")
    assert one(path).text == "Tekst."


def test_lines_of_json_are_articles(tmp_path):
    path = tmp_path / "a.jsonl"
    articles = [
        {"title": " Brug ", "date": "2024-01-02T10:00", "text": "Een."},
        {"text": "Twee.", "date": "gisteren"},
    ]
    path.write_bytes(b"\n\n".join(map(orjson.dumps, articles)))
    first, second = read([path])
    assert (first.id, first.text) == ("a.jsonl#1", "Een.")
    assert first.metadata == {"title": "Brug", "published": "2024-01-02"}
    assert (second.id, dict(second.metadata)) == ("a.jsonl#3", {})


def test_fields_of_json_can_be_named(tmp_path):
    path = tmp_path / "a.jsonl"
    path.write_bytes(orjson.dumps({"body": "Een.", "kop": "K", "dag": "2024"}))
    article = one(path, fields=JsonFields("body", "kop", "dag"))
    assert article.text == "Een."
    assert article.metadata == {"title": "K", "published": "2024"}


@pytest.mark.parametrize(
    ("line", "error"),
    [
        (b"kapot", "JSONDecodeError"),
        (b"[1]", "FieldError"),
        (b"{}", "FieldError"),
        (b'{"text": 3}', "FieldError"),
        (b'{"text": "  "}', "EmptyInputError"),
        (b"\xff\xfe", "JSONDecodeError"),
        (b"[" * 5000, "JSONDecodeError"),
    ],
)
def test_a_bad_line_is_one_failure_and_the_rest_goes_on(tmp_path, line, error):
    path = tmp_path / "a.jsonl"
    path.write_bytes(b'{"text": "Een."}\n' + line + b'\n{"text": "Drie."}\n')
    first, bad, third = read([path])
    assert (first.text, third.text) == ("Een.", "Drie.")
    assert (bad.document.id, bad.error) == ("a.jsonl#2", error)


def test_a_line_that_is_too_long_is_one_failure(tmp_path, monkeypatch):
    monkeypatch.setattr(inputs, "MAX_DOCUMENT_BYTES", 100)
    path = tmp_path / "a.jsonl"
    path.write_bytes(b"x" * 1000 + b'\n{"text": "Twee."}\n')
    bad, second = read([path])
    assert (bad.error, second.id, second.text) == ("TooLargeError", "a.jsonl#2", "Twee.")


def test_packed_files_are_unpacked(tmp_path):
    (tmp_path / "a.txt.gz").write_bytes(gzip.compress(b"Tekst."))
    (tmp_path / "b.jsonl.gz").write_bytes(gzip.compress(b'{"text": "Een."}'))
    assert ids(read([tmp_path])) == ["a.txt.gz", "b.jsonl.gz#1"]


def test_unpacking_is_bounded(tmp_path, monkeypatch):
    monkeypatch.setattr(inputs, "MAX_DOCUMENT_BYTES", 1000)
    path = tmp_path / "a.txt.gz"
    path.write_bytes(gzip.compress(b"a" * 1_000_000))
    assert failure(path).error == "TooLargeError"


def test_the_article_of_a_page_is_its_text(tmp_path):
    path = tmp_path / "a.html"
    path.write_text(PAGE, "utf-8")
    article = one(path)
    assert article.metadata == {"title": "Koning opent brug", "published": "2024-03-04"}
    assert article.text.startswith("Koning opent brug\nKoning Willem-Alexander heeft maandag")
    for furniture in ("Sport", "cookies", "Tunnel", "lezer"):
        assert furniture not in article.text


def test_a_page_in_its_declared_encoding(tmp_path):
    path = tmp_path / "a.html"
    declared = PAGE.replace("<head>", '<head><meta charset="iso-8859-1">').replace("korte", "één’s")
    path.write_bytes(declared.encode("cp1252"))
    assert "één’s toespraak" in one(path).text


@pytest.mark.parametrize("content", ["<html></html>", "<p>" * 5000, "geen pagina"])
def test_a_page_without_an_article_gives_one_document(tmp_path, content):
    path = tmp_path / "a.html"
    path.write_text(content)
    assert len(list(read([path]))) == 1


@pytest.mark.parametrize(
    ("name", "content", "error"),
    [
        ("leeg.txt", b"", "EmptyInputError"),
        ("wit.txt", b" \n\t\r\n", "EmptyInputError"),
        ("leeg.jsonl", b"\n\n", "EmptyInputError"),
        ("programma.txt", b"\x7fELF\x00\x01", "EncodingError"),
        ("kapot.txt.gz", b"geen gzip", "BadGzipFile"),
        ("kort.txt.gz", gzip.compress(b"Tekst." * 100)[:20], "EOFError"),
        ("leeg.html", b"<html></html>", "PageError"),
    ],
)
def test_what_cannot_be_read_is_a_failure_that_says_what_to_do(tmp_path, name, content, error):
    path = tmp_path / name
    path.write_bytes(content)
    found = failure(path)
    assert (found.document.id, found.error) == (name, error)
    assert found.message


def test_links_are_followed_inside_the_directory_only(tmp_path):
    outside = tmp_path / "geheim.txt"
    outside.write_text("Geheim.")
    folder = tmp_path / "map"
    folder.mkdir()
    (folder / "a.txt").write_text("Tekst.")
    (folder / "binnen.txt").symlink_to(folder / "a.txt")
    (folder / "buiten.txt").symlink_to(outside)
    (folder / "nergens.txt").symlink_to(tmp_path / "niets.txt")
    (folder / "rond").symlink_to(folder)
    found = list(read([folder]))
    assert ids(found) == ["a.txt", "binnen.txt", "buiten.txt", "nergens.txt"]
    assert [one.error for one in found[2:]] == ["LinkError", "LinkError"]


def test_a_file_that_vanishes_is_a_failure(tmp_path):
    for name in ("a.txt", "b.txt"):
        (tmp_path / name).write_text("Tekst.")
    found = read([tmp_path])
    next(found)
    (tmp_path / "b.txt").unlink()
    assert next(found).error == "FileNotFoundError"


def test_standard_input(monkeypatch):
    monkeypatch.setattr(sys, "stdin", io.TextIOWrapper(io.BytesIO("België.".encode())))
    article = one("-")
    assert (article.id, article.text) == ("stdin", "België.")


def test_an_input_that_is_not_there_is_one_clear_line():
    with pytest.raises(InputError, match="no such file or directory: nergens"):
        list(read(["nergens"]))


def test_nothing_to_read_is_one_clear_line(tmp_path):
    (tmp_path / "a.pdf").write_text("x")
    with pytest.raises(InputError, match="nothing to read in"):
        list(read([tmp_path]))
