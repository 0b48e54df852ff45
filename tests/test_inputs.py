import gzip
import io
import os
import re
import sys
import tracemalloc
from pathlib import Path

import orjson
import pytest

from wiewatwaar import inputs
from wiewatwaar.inputs import InputError, JsonFields, read
from wiewatwaar.reading.decoding import EncodingError, declared_encoding, decode
from wiewatwaar.reading.json_lines import FieldNameError

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


@pytest.mark.parametrize("encoding", ["cp1252", "cp850", "mac_roman", "utf-16-le", "utf-16-be"])
def test_encodings_without_a_mark(encoding):
    text = "De coördinator uit Curaçao vond één café in België te duur, zei hij vóór het diner. "
    assert decode(text.encode(encoding)) == text


def test_utf8_is_utf8_whatever_is_declared():
    assert decode("Oekraïne".encode(), "cp1252") == "Oekraïne"


def test_a_damaged_byte_costs_one_character():
    content = ("Coördinatie in Oekraïne, één café. " * 20).encode()
    for damaged in (content[:50] + b"\xff" + content[51:], content[:-3]):
        text = decode(damaged)
        assert text.count("\N{REPLACEMENT CHARACTER}") == 1
        assert text.count("Oekraïne") >= 18


@pytest.mark.parametrize(
    ("page", "encoding"),
    [
        (b'<meta charset="iso-8859-1">', "cp1252"),
        (b"<META http-equiv=x content='text/html; charset=windows-1252'>", "cp1252"),
        (b'<meta charset="utf-16">', None),
        (b'<meta charset="onzin">', None),
        (b"geen", None),
    ],
)
def test_the_declared_encoding_is_the_one_that_is_meant(page, encoding):
    assert declared_encoding(page) == encoding


@pytest.mark.parametrize(
    ("content", "advice"),
    [
        (b"%PDF-1.7 ...", "pdftotext"),
        (b"PK\x03\x04 ...", "save it as plain text"),
        (gzip.compress(b"Tekst."), "end its name in .gz"),
        (b"\x89PNG\r\n", "leave it out"),
    ],
)
def test_a_file_of_another_kind_is_told_what_it_is(content, advice):
    with pytest.raises(EncodingError, match=advice):
        decode(content)


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


def test_an_input_inside_another_one_is_read_once(tmp_path, monkeypatch):
    monkeypatch.chdir(tmp_path)
    for name in ["een/a.txt", "een/b/c.txt", "een/.verborgen.txt"]:
        path = tmp_path / name
        path.parent.mkdir(exist_ok=True)
        path.write_text("Tekst.")
    found = ids(read(["een/b", "een/a.txt", "een", "een/.verborgen.txt"]))
    assert sorted(found) == ["een/.verborgen.txt", "een/a.txt", "een/b/c.txt"]


@pytest.mark.parametrize(
    ("pattern", "expected"),
    [
        ("*.txt", ["a.txt", "x/b.txt", "x/y/c.txt"]),
        ("x/*", ["x/b.txt"]),
        ("x/**", ["x/b.txt", "x/y/c.txt"]),
        ("**/c.txt", ["x/y/c.txt"]),
        ("**/a.txt", ["a.txt"]),
        ("[!a].txt", ["x/b.txt", "x/y/c.txt"]),
        ("[a-b].txt", ["a.txt", "x/b.txt"]),
        ("?.txt", ["a.txt", "x/b.txt", "x/y/c.txt"]),
    ],
)
def test_a_pattern_is_a_glob(tmp_path, pattern, expected):
    for name in ["a.txt", "x/b.txt", "x/y/c.txt"]:
        path = tmp_path / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text("Tekst.")
    assert ids(read([tmp_path], pattern=pattern)) == expected


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


def test_names_of_fields_are_read_as_written():
    assert JsonFields.parse(["text=body", "date=dag"]) == JsonFields(text="body", date="dag")
    for wrong in ("text", "=x", "text=", "tekst=body"):
        with pytest.raises(FieldNameError, match="write OURS=THEIRS"):
            JsonFields.parse([wrong])


def test_authors_of_a_line_are_one_or_several(tmp_path):
    path = tmp_path / "a.jsonl"
    lines = [{"text": "Een.", "authors": one} for one in ("Jo Jansen", ["Jo", " ", "An"], 3, None)]
    path.write_bytes(b"\n".join(map(orjson.dumps, lines)))
    found = [article.metadata.get("authors") for article in read([path])]
    assert found == [("Jo Jansen",), ("Jo", "An"), None, None]


def test_a_line_without_a_text_says_what_it_has(tmp_path):
    path = tmp_path / "a.jsonl"
    path.write_bytes(b'{"body": "Een.", "kop": "K"}')
    assert "is not there: the line has body, kop; name the field" in failure(path).message


@pytest.mark.parametrize(
    ("line", "error"),
    [
        (b"kapot", "JsonError"),
        (b"[1]", "FieldError"),
        (b"{}", "FieldError"),
        (b'{"text": 3}', "FieldError"),
        (b'{"text": "  "}', "EmptyInputError"),
        (b"\xff\xfe", "JsonError"),
        (b"[" * 5000, "JsonError"),
    ],
)
def test_a_bad_line_is_one_failure_and_the_rest_goes_on(tmp_path, line, error):
    path = tmp_path / "a.jsonl"
    path.write_bytes(b'{"text": "Een."}\n' + line + b'\n{"text": "Drie."}\n')
    first, bad, third = read([path])
    assert (first.text, third.text) == ("Een.", "Drie.")
    assert (bad.document.id, bad.error) == ("a.jsonl#2", error)


def test_half_a_character_in_a_line_costs_that_character_only(tmp_path):
    path = tmp_path / "a.jsonl"
    path.write_bytes(
        rb'{"text": "Rutte \ud83d\ude00 en \uD83D. De NAVO \ude00\ud83d\n \\ud800"}' + b"\n"
    )
    assert one(path).text == "Rutte 😀 en \ufffd. De NAVO \ufffd\ufffd\n \\ud800"


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


def test_what_unpacks_without_end_is_one_failure(tmp_path, monkeypatch):
    monkeypatch.setattr(inputs, "MAX_DOCUMENT_BYTES", 1000)
    path = tmp_path / "a.jsonl.gz"
    path.write_bytes(gzip.compress(b'{"text": "Een."}\n' + b"\n" * 10_000_000))
    first, bomb = read([path])
    assert (first.text, bomb.error) == ("Een.", "TooLargeError")
    assert "times its size" in bomb.message


def test_one_document_at_a_time_is_in_memory(tmp_path):
    for number in range(30):
        (tmp_path / f"{number:02}.txt").write_text("Rutte zweeg. " * 20_000)
    found = read([tmp_path])
    next(found)
    tracemalloc.start()
    count = sum(1 for _ in found)
    peak_bytes = tracemalloc.get_traced_memory()[1]
    tracemalloc.stop()
    assert count == 29
    assert peak_bytes < 10 * 260_000


def test_the_article_of_a_page_is_its_text(tmp_path):
    path = tmp_path / "a.html"
    path.write_text(PAGE, "utf-8")
    article = one(path)
    assert article.metadata == {"title": "Koning opent brug", "published": "2024-03-04"}
    assert article.text.startswith("Koning opent brug\nKoning Willem-Alexander heeft maandag")
    for furniture in ("Sport", "cookies", "Tunnel", "lezer"):
        assert furniture not in article.text


@pytest.mark.parametrize(
    ("said", "published"),
    [
        ('<meta name="date" content="2024-02">', "2024-02"),
        ('<meta property="article:published_time" content="2024">', "2024"),
        ('<time datetime="2024-02">februari 2024</time>', "2024-02"),
        ('<script type="application/ld+json">{"datePublished": "2024-02"}</script>', "2024-02"),
        ('<meta name="date" content="2024-02-03T23:30:00+02:00">', "2024-02-03"),
        ("", None),
    ],
)
def test_a_date_is_as_precise_as_the_page_has_it(tmp_path, said, published):
    path = tmp_path / "a.html"
    head, body = PAGE.split("</head>")
    head = re.sub('<meta property="article:published_time"[^>]*>', said, head)
    path.write_text(f"{head}</head>{body}", "utf-8")
    assert one(path).metadata.get("published") == published


def test_a_byline_in_the_head_gives_names(tmp_path):
    path = tmp_path / "a.html"
    author = '<meta name="author" content="Door Jo Jansen"></head>'
    path.write_text(PAGE.replace("</head>", author), "utf-8")
    assert one(path).metadata["authors"] == ("Jo Jansen",)


@pytest.mark.parametrize("tag", ["div", "b", "span"])
def test_an_article_that_is_nested_deep_is_kept(tmp_path, tag):
    path = tmp_path / "a.html"
    path.write_text(PAGE.replace("<article>", f"<{tag}>" * 1000 + "<article>"), "utf-8")
    text = one(path).text
    assert "Koning Willem-Alexander heeft maandag" in text
    assert "oever van de rivier" in text


@pytest.mark.parametrize("tags", ["<p>{}</p>", "{}", "<div>{}</div>", "<title>T</title><p>{}"])
def test_a_fragment_of_a_page_is_read(tmp_path, tags):
    path = tmp_path / "a.html"
    path.write_text(tags.format("De NAVO wint."))
    assert one(path).text.endswith("De NAVO wint.")


def test_a_quotation_does_not_break_its_sentence(tmp_path):
    path = tmp_path / "a.html"
    path.write_text(PAGE.replace("een korte toespraak", "<q>een korte toespraak</q>"), "utf-8")
    assert 'hield "een korte toespraak" voor' in one(path).text


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


def test_a_named_pipe_in_a_directory_is_a_failure(tmp_path):
    os.mkfifo(tmp_path / "pijp.txt")
    os.mkfifo(tmp_path / "pijp")
    (document,) = read([tmp_path])
    assert (document.error, document.document.id) == ("NotAFileError", "pijp.txt")


def test_a_link_that_is_named_itself_is_followed(tmp_path):
    (tmp_path / "map").mkdir()
    (tmp_path / "map/a.txt").write_text("Tekst.")
    (tmp_path / "naar").symlink_to(tmp_path / "map")
    assert ids(read([tmp_path / "naar"])) == ["a.txt"]
    (tmp_path / "nergens.txt").symlink_to(tmp_path / "niets")
    assert failure(tmp_path / "nergens.txt").error == "FileNotFoundError"


def test_a_file_that_cannot_be_read_is_a_failure():
    found = failure("/proc/self/mem")
    assert found.error == "OSError"
    assert "check the file and the disk" in found.message


def test_a_name_that_is_no_utf8_can_be_written(tmp_path):
    path = os.fsencode(tmp_path) + b"/caf\xe9.txt"
    os.close(os.open(path, os.O_CREAT))
    Path(os.fsdecode(path)).write_text("Tekst.")
    assert ids(read([tmp_path])) == [r"caf\xe9.txt"]


def test_a_file_that_vanishes_is_a_failure(tmp_path):
    for name in ("a.txt", "b.txt"):
        (tmp_path / name).write_text("Tekst.")
    found = read([tmp_path])
    next(found)
    (tmp_path / "b.txt").unlink()
    assert next(found).error == "FileNotFoundError"


def from_stdin(monkeypatch, content):
    monkeypatch.setattr(sys, "stdin", io.TextIOWrapper(io.BytesIO(content)))
    found = list(read(["-"]))
    assert not sys.stdin.closed
    return found


def test_standard_input(monkeypatch):
    (article,) = from_stdin(monkeypatch, "België.".encode())
    assert (article.id, article.text) == ("stdin", "België.")


@pytest.mark.parametrize("pack", [bytes, gzip.compress])
def test_standard_input_is_what_it_begins_as(monkeypatch, pack):
    (page,) = from_stdin(monkeypatch, pack(PAGE.encode()))
    assert page.metadata["title"] == "Koning opent brug"
    lines = from_stdin(monkeypatch, pack(b'{"text": "Een."}\n{"text": "Twee."}\n'))
    assert [(line.id, line.text) for line in lines] == [("stdin#1", "Een."), ("stdin#2", "Twee.")]
    (text,) = from_stdin(monkeypatch, pack(b"{Tekst} tussen haken."))
    assert text.text == "{Tekst} tussen haken."


@pytest.mark.parametrize("content", [b"", b"\x1f\x8bkapot", gzip.compress(b"Tekst" * 99)[:-20]])
def test_standard_input_that_cannot_be_read_is_a_failure(monkeypatch, content):
    (document,) = from_stdin(monkeypatch, content)
    assert document.document.id == "stdin"
    assert document.message


def test_an_input_that_is_not_there_is_one_clear_line():
    with pytest.raises(InputError, match="no such file or directory: nergens"):
        read(["nergens"])


def test_nothing_to_read_is_one_clear_line(tmp_path):
    (tmp_path / "a.pdf").write_text("x")
    with pytest.raises(InputError, match="nothing to read in"):
        list(read([tmp_path]))
