"""Makes inputs that nobody would write: damaged, cut, glued together, or of no kind at all."""

import gzip
import json
import random
from pathlib import Path

TESTS = Path(__file__).parent
NASTY = [
    *("\x00", "\ufeff", "\u00ad", "\u200b", "\u202e", "\ud800", "\U0010ffff", "\r", "\u2028", "İ"),
    *("<p>", "<div><b>", "</b>", "<!--", "-->", "<script>", "]]>", "&amp;#0;", "&#xD800;", "&lt;"),
    *("---\n", "+++\n", "- ", "# ", "**", "[", "](http://a/b)", "|---|", "`", "\\u0000", "\\", '"'),
    *("Lees ook\n", "Foto: ", " / ANP", "DEN HAAG (ANP) - ", "Door ", "12 mei 2024", " • ", "€"),
    *(
        "Ã©",
        "â€™",
        "e\u0301",
        "-\n",
        ".De ",
        "\t",
        "   ",
        "\n\n\n",
        "a" * 200,
        "Hon-\ngarije",
        "NAVO-",
    ),
]
SUFFIXES = (".txt", ".txt", ".txt", ".md", ".md", ".html", ".jsonl", ".txt.gz", ".html.gz")


def sources():
    """The bytes that inputs are made of, in a fixed order."""
    articles = [path.read_bytes() for path in sorted((TESTS.parent / "seeds").rglob("*.txt"))]
    cases = [path.read_bytes() for path in sorted((TESTS / "data/messy").rglob("*.txt"))]
    parts = [part for case in cases for part in case.split(b"\n####")]
    return [one[:6000] for one in (*articles, *parts)]


def inputs(numbers):
    """Inputs by number, the same for a number whenever it is asked for.

    Yields:
        The suffix that a file of it has, and its bytes.
    """
    known = sources()
    for number in numbers:
        chance = random.Random(number)
        content = bytearray(chance.choice(known))
        for _ in range(chance.randint(1, 4)):
            chance.choice(DAMAGE)(content, chance, known)
        suffix = chance.choice(SUFFIXES)
        yield suffix, carried(bytes(content), suffix, chance)


def carried(content, suffix, chance):
    if suffix == ".jsonl":
        text = content.decode("utf-8", "replace")
        lines = text.splitlines()[:20] if chance.random() < 0.2 else [text]
        content = b"\n".join(
            json.dumps({"text": line, "title": line[:20]}).encode() for line in lines
        )
        if chance.random() < 0.4:
            chance.choice(DAMAGE)(content := bytearray(content), chance, [b"{}\n"])
    elif suffix.endswith(".gz"):
        content = gzip.compress(bytes(content), mtime=0)
        if chance.random() < 0.3:
            flip(content := bytearray(content), chance, [])
    return bytes(content)


def place(content, chance):
    return chance.randint(0, len(content))


def flip(content, chance, known):
    for _ in range(chance.choice((1, 3, 20, 200))):
        if content:
            content[chance.randrange(len(content))] = chance.randrange(256)


def truncate(content, chance, known):
    del content[place(content, chance) :]


def behead(content, chance, known):
    del content[: place(content, chance)]


def splice(content, chance, known):
    content[place(content, chance) :] = chance.choice(known)[-3000:]


def insert(content, chance, known):
    for _ in range(chance.choice((1, 5, 30))):
        at = place(content, chance)
        content[at:at] = chance.choice(NASTY).encode("utf-8", "surrogatepass")


def repeat(content, chance, known):
    at = place(content, chance)
    unit = "".join(chance.choice(NASTY) for _ in range(chance.randint(1, 3)))
    content[at:at] = (unit * (chance.choice((10, 300, 3000)) // len(unit))).encode(
        "utf-8", "surrogatepass"
    )


def one_line(content, chance, known):
    content[:] = content.replace(b"\n", b" ")


def old_line_ends(content, chance, known):
    content[:] = content.replace(b"\n", chance.choice((b"\r\n", b"\r", b"\n\r")))


def nest(content, chance, known):
    tag = chance.choice(
        (b"div", b"b", b"blockquote", b"table><tr><td", b"ul><li", b"article", b"p")
    )
    content[:] = b"<%s>" % tag * chance.choice((3, 300, 2000)) + content


def encode(content, chance, known):
    encoding = chance.choice(("cp1252", "utf-16", "utf-16-le", "utf-32", "cp850", "utf-7"))
    content[:] = content.decode("utf-8", "replace").encode(encoding, "replace")


def noise(content, chance, known):
    content[:] = chance.randbytes(chance.choice((0, 1, 100, 3000)))


def letters(content, chance, known):
    text = "".join(chance.choice([*NASTY, " ", "\n", "a"]) for _ in range(chance.randint(0, 300)))
    content[:] = text.encode("utf-8", "surrogatepass")


DAMAGE = (
    flip,
    truncate,
    behead,
    splice,
    insert,
    repeat,
    one_line,
    old_line_ends,
    nest,
    encode,
    noise,
    letters,
)
