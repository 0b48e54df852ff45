import json

import pytest
import spacy
from conftest import ruled
from hypothesis import assume, given
from hypothesis import strategies as st
from seqeval.metrics import classification_report
from seqeval.scheme import IOB2
from spacy.tokens import Doc, DocBin
from spacy.tokens import Span as DocSpan

from wiewatwaar.cli import run
from wiewatwaar.evaluation import (
    CONLL,
    Score,
    Span,
    compare,
    evaluate,
    gold_types,
    own_labels,
    paired,
)
from wiewatwaar.gold import GoldError, GoldSpan, GoldText, read, spans_of_tags

TYPES = {label: kind for kind, label in CONLL.items()}
CONLL_FILE = (
    "-DOCSTART- O\n\n"
    "Mark B-PER\nRutte I-PER\nsprak O\nde O\nNAVO B-ORG\n( O\nBrussel B-LOC\n) O\n. O\n"
    "\n\n"
    "Rutte B-PER\nreed O\nde O\nElfstedentocht B-MISC\n"
)


@st.composite
def tag_rows(draw):
    """Rows of words with IOB2 tags that hold together, twice over: annotated, and found."""

    def row(length):
        tags = []
        while len(tags) < length:
            label = draw(st.sampled_from(["", "PER", "ORG", "LOC", "MISC"]))
            words = min(draw(st.integers(1, 3)), length - len(tags))
            tags += [f"B-{label}", *[f"I-{label}"] * (words - 1)] if label else ["O"] * words
        return tags

    lengths = draw(st.lists(st.integers(1, 8), min_size=1, max_size=5))
    return [(row(length), row(length)) for length in lengths]


def word_spans(tags):
    return [Span(start, end, TYPES[label]) for start, end, label in spans_of_tags(tags)]


@given(tag_rows())
def test_scores_are_those_of_seqeval_in_strict_mode(rows):
    gold, found = [tags for tags, _ in rows], [tags for _, tags in rows]
    # Of no names at all seqeval has no numbers.
    assume(any(tag != "O" for tags in gold + found for tag in tags))
    texts = [GoldText("a", "." * len(tags), ()) for tags in gold]
    ours = compare(texts, map(word_spans, gold), map(word_spans, found))
    theirs = classification_report(
        gold, found, mode="strict", scheme=IOB2, output_dict=True, zero_division=0
    )
    for kind, label in CONLL.items():
        score = ours.exact[kind]
        if label not in theirs:
            assert (score.gold, score.found) == (0, 0)
            continue
        assert score.gold == theirs[label]["support"]
        assert score.precision == pytest.approx(theirs[label]["precision"])
        assert score.recall == pytest.approx(theirs[label]["recall"])
        assert score.f == pytest.approx(theirs[label]["f1-score"])
    total = sum(ours.exact.values(), start=type(score)())
    assert total.f == pytest.approx(theirs["micro avg"]["f1-score"])


def names(*spans):
    return [Span(start, end, "PERSON") for start, end in spans]


def test_overlap_counts_each_name_once():
    gold, found = names((0, 4), (5, 9), (12, 14)), names((0, 9), (12, 13))
    assert list(paired(gold, found)) == [
        (gold[0], found[0]),
        (gold[1], None),
        (gold[2], found[1]),
    ]
    result = compare([GoldText("a", "." * 14, ())], [gold], [found])
    assert (result.exact["PERSON"].right, result.overlap["PERSON"].right) == (0, 2)
    assert result.overlap["PERSON"].precision == 1
    assert result.overlap["PERSON"].recall == pytest.approx(2 / 3)


def test_names_that_only_touch_do_not_overlap():
    gold, found = names((0, 4)), names((4, 8))
    assert list(paired(gold, found)) == [(gold[0], None), (None, found[0])]


@given(st.data())
def test_as_many_names_are_paired_as_can_be(data):
    def spans():
        edges = sorted(data.draw(st.sets(st.integers(0, 20), max_size=10)))
        return names(*zip(edges[::2], edges[1::2], strict=False))

    gold, found = spans(), spans()
    pairs = list(paired(gold, found))
    assert [one for one, _ in pairs if one] == gold
    assert [other for _, other in pairs if other] == found

    def most(ours, theirs):
        if not ours:
            return 0
        meets = [o for o in theirs if ours[0].start < o.end and o.start < ours[0].end]
        rest = [1 + most(ours[1:], [o for o in theirs if o != met]) for met in meets]
        return max([most(ours[1:], theirs), *rest])

    assert sum(None not in pair for pair in pairs) == most(gold, found)


def test_mistakes_say_what_is_wrong_and_the_frequent_come_first():
    texts = [GoldText(f"g:{n}", "Jan en Ajax en Mark Rutte en de Rijn", ()) for n in (1, 2)]
    texts.append(GoldText("g:3", "Ajax", ()))
    whole = [Span(0, 3, "PERSON"), Span(7, 11, "ORGANISATION"), Span(15, 25, "PERSON")]
    given_ = [Span(7, 11, "LOCATION"), Span(20, 25, "PERSON"), Span(32, 36, "LOCATION")]
    result = compare(
        texts,
        [whole, whole, [Span(0, 4, "ORGANISATION")]],
        [given_, given_, [Span(0, 4, "LOCATION")]],
    )
    assert [(one.times, one.kind, one.gold, one.found, one.place) for one in result.mistakes] == [
        (3, "type", ("Ajax", "ORGANISATION"), ("Ajax", "LOCATION"), "g:1"),
        (2, "missed", ("Jan", "PERSON"), None, "g:1"),
        (2, "borders", ("Mark Rutte", "PERSON"), ("Rutte", "PERSON"), "g:1"),
        (2, "invented", None, ("Rijn", "LOCATION"), "g:1"),
    ]
    assert result.mistakes[0].context == "Jan en [Ajax] en Mark Rutte en de Rijn"
    assert [one.kind for one in result.of(["PERSON"]).mistakes] == ["missed", "borders"]


def test_what_labels_mean_and_what_the_annotation_calls_them():
    text = GoldText(
        "a",
        "abcdef",
        tuple(
            GoldSpan(n, n + 1, one) for n, one in enumerate(("per", "GPE", "LOC", "DATE", "gebouw"))
        ),
    )
    types = gold_types([text])
    assert types == {
        "per": "PERSON",
        "GPE": "LOCATION",
        "LOC": "LOCATION",
        "DATE": None,
        "gebouw": "OTHER",
    }
    assert own_labels(types) == {
        "PERSON": "per",
        "ORGANISATION": "ORG",
        "LOCATION": "LOC",
        "OTHER": "gebouw",
    }
    assert gold_types([GoldText("a", "abc", (GoldSpan(0, 1, "gebouw"),))]) == {}


def test_conll_columns(tmp_path):
    path = tmp_path / "dev.conll"
    path.write_text(CONLL_FILE, encoding="utf-8")
    first, second = read(str(path))
    assert first.place == "dev.conll:3"
    assert first.text == "Mark Rutte sprak de NAVO (Brussel)."
    assert [(first.text[s.start : s.end], s.label) for s in first.spans] == [
        ("Mark Rutte", "PER"),
        ("NAVO", "ORG"),
        ("Brussel", "LOC"),
    ]
    assert "".join(word + " " * space for word, space in first.words) == first.text
    assert [word for word, _ in second.words] == ["Rutte", "reed", "de", "Elfstedentocht"]


def test_conll_with_more_columns_and_windows_line_ends(tmp_path):
    path = tmp_path / "dev.tsv"
    path.write_bytes("\ufeffNew York\tN\tB-LOC\r\nis\tV\tO\r\n\r\n".encode())
    (text,) = read(str(path))
    assert text.words == (("New York", True), ("is", False))
    assert text.spans == (GoldSpan(0, 8, "LOC"),)


@pytest.mark.parametrize(
    ("content", "message"),
    [
        ("Rutte I-PER\n", "sentence at .*:1: I-PER continues no name"),
        ("de O\n\nA B-PER\nB I-ORG\n", "sentence at .*:3: I-ORG continues no name"),
        ("Rutte PER\n", "'PER' is no tag"),
        ("de O\nRutte\n", ":2: a word and its tag are needed"),
    ],
)
def test_columns_that_are_not_iob2_are_refused(tmp_path, content, message):
    path = tmp_path / "dev.conll"
    path.write_text(content, encoding="utf-8")
    with pytest.raises(GoldError, match=message):
        list(read(str(path)))


@pytest.mark.parametrize(
    ("line", "message"),
    [
        ("{", ":1: "),
        ("[]", 'an object with "text" and "spans"'),
        ('{"text": "a"}', 'an object with "text" and "spans"'),
        ('{"text": "Rutte", "spans": [[0, 9, "PER"]]}', "span 0:9 is .* outside the text"),
        ('{"text": "Rutte", "spans": [[2, 2, "PER"]]}', "span 2:2 is empty"),
        ('{"text": "Rutte", "spans": [[0, 3, "PER"], [2, 5, "PER"]]}', "overlaps"),
        ('{"text": "Rutte", "spans": [[0, 5]]}', "is not .start, end, label"),
    ],
)
def test_json_lines_that_are_wrong_are_refused(tmp_path, line, message):
    path = tmp_path / "dev.jsonl"
    path.write_text(line, encoding="utf-8")
    with pytest.raises(GoldError, match=message):
        list(read(str(path)))


def test_a_directory_gives_its_files_by_name(tmp_path):
    nlp = spacy.blank("nl")
    doc = Doc(nlp.vocab, ["Mark", "Rutte", "praat", "."], [True, True, False, False])
    doc.ents = [DocSpan(doc, 0, 2, "PERSON")]
    DocBin(docs=[doc]).to_disk(tmp_path / "c.spacy")
    (tmp_path / "a.conll").write_text("Rutte B-PER\n", encoding="utf-8")
    line = {"text": "\U0001f600 Rutte", "spans": [[2, 7, "PER"]]}
    (tmp_path / "b.jsonl").write_text(json.dumps(line) + "\n\n", encoding="utf-8")
    (tmp_path / "lees mij.txt").write_text("geen annotatie", encoding="utf-8")
    texts = list(read(str(tmp_path)))
    assert [text.place for text in texts] == ["a.conll:1", "b.jsonl:1", "c.spacy:1"]
    assert texts[1].text[2:7] == "Rutte"
    assert texts[2].text == "Mark Rutte praat."
    assert texts[2].spans == (GoldSpan(0, 10, "PERSON"),)
    assert texts[2].words[2] == ("praat", False)


def test_files_that_cannot_be_read(tmp_path):
    with pytest.raises(GoldError, match="no annotated text in"):
        list(read(str(tmp_path)))
    with pytest.raises(GoldError, match=r"cannot read .*weg\.conll"):
        list(read(str(tmp_path / "weg.conll")))
    (tmp_path / "a.spacy").write_bytes(b"geen DocBin")
    with pytest.raises(GoldError, match="is no file of spaCy documents"):
        list(read(str(tmp_path / "a.spacy")))
    (tmp_path / "b.conll").write_bytes(b"caf\xe9 O\n")
    with pytest.raises(GoldError, match=r"cannot read .*b\.conll: 'utf-8'"):
        list(read(str(tmp_path / "b.conll")))


def test_a_model_is_measured_on_the_given_words(tmp_path, model):
    # The model's own tokenizer would make two words of "Rutte,", and find Rutte in it.
    words = (("Rutte,", True), ("Mark", True), ("Rutte", True), ("en", True), ("NAVO", False))
    text = GoldText(
        "a:1",
        "Rutte, Mark Rutte en NAVO",
        (GoldSpan(0, 6, "PER"), GoldSpan(7, 17, "PER"), GoldSpan(21, 25, "LOC")),
        words,
    )
    (result,) = evaluate([text], model)
    assert (result.model, result.level) == ("nl_ruled 1.2.3", "model")
    person, organisation = result.exact["PERSON"], result.exact["ORGANISATION"]
    assert (person.gold, person.found, person.right) == (2, 1, 1)
    assert (organisation.gold, organisation.found) == (0, 1)
    assert [one.kind for one in result.mistakes] == ["missed", "type"]


GOLD_OF_PRODUCT = {
    "text": "Mark Rutte sprak over Hongarije en Hongaarse kazen. Ruttes NAVO-plan overtuigde.",
    "spans": [
        [0, 10, "PER"],
        [22, 31, "LOC"],
        [35, 44, "MISC"],
        [52, 58, "PER"],
        [59, 68, "MISC"],
    ],
}


@pytest.mark.parametrize("in_words", [False, True])
def test_the_product_is_compared_as_people_annotate(tmp_path, model, in_words):
    path = tmp_path / "gold.jsonl"
    path.write_text(json.dumps(GOLD_OF_PRODUCT), encoding="utf-8")
    (text,) = read(str(path))
    if in_words:
        split = text.text.replace("kazen. ", "kazen . ").split(" ")
        words = tuple((word, True) for word in split)
        moved = tuple(
            GoldSpan(s.start + (s.start > 50), s.end + (s.start > 50), s.label) for s in text.spans
        )
        text = GoldText(text.place, " ".join(split) + " ", moved, words)
    alone, product = evaluate([text], model, ("model", "product"))
    assert [alone.exact[kind].right for kind in CONLL] == [1, 0, 1, 0]
    assert "OTHER" not in product.exact
    assert [(score.gold, score.found, score.right) for score in product.exact.values()] == [
        (2, 2, 2),
        (0, 0, 0),
        (1, 1, 1),
    ]
    assert product.mistakes == ()


def test_labels_that_mean_nothing_to_us_are_refused(model):
    with pytest.raises(GoldError, match="nothing is annotated with a label for persons"):
        list(evaluate([GoldText("a", "abc", (GoldSpan(0, 1, "gebouw"),))], model))


def test_evaluate_shows_models_side_by_side(tmp_path, model, capsys):
    path = tmp_path / "dev.conll"
    path.write_text(CONLL_FILE, encoding="utf-8")
    other = ruled(spacy.blank("nl"))
    other.get_pipe("entity_ruler").add_patterns([{"label": "LOC", "pattern": "Brussel"}])
    other.meta["name"] = "better"
    other.to_disk(tmp_path / "better")
    arguments = ["evaluate", str(path), "--model", model, "--model", str(tmp_path / "better")]
    assert run([*arguments, "--errors", "1"]) == 0
    rows = [line.split() for line in capsys.readouterr().out.splitlines()]
    assert rows[:3] == [
        ["names", "model", "P", "R", "F", "overlap", "P", "R", "F"],
        ["all", "5", "nl_ruled", "1.2.3", *["100.00", "60.00", "75.00"] * 2],
        ["nl_better", "0.0.0", *["100.00", "80.00", "88.89"] * 2],
    ]
    assert [row[0] for row in rows[1:11]][::2] == ["all", "PER", "ORG", "LOC", "MISC"]
    first, second = (n for n, row in enumerate(rows) if row[-1:] == ["mistakes"])
    assert rows[first][:3] == ["nl_ruled", "1.2.3:", "2"]
    assert second == first + 3
    assert rows[first + 2][:6] == ["1", "missed", "LOC", "Brussel", "-", "dev.conll:3:"]
    assert run([*arguments, "--errors", "0"]) == 0
    assert "mistakes" not in capsys.readouterr().out


def test_evaluate_gives_json(tmp_path, model, capsys):
    (tmp_path / "dev.conll").write_text(CONLL_FILE, encoding="utf-8")
    assert run(["evaluate", str(tmp_path / "dev.conll"), "--model", model, "--json"]) == 0
    (one,) = json.loads(capsys.readouterr().out)["evaluations"]
    assert (one["model"], one["level"]) == ("nl_ruled 1.2.3", "model")
    assert one["exact"]["all"] == {
        "gold": 5,
        "found": 3,
        "right": 3,
        "precision": 1.0,
        "recall": 0.6,
        "f": 0.75,
    }
    assert list(one["overlap"]) == ["all", "PER", "ORG", "LOC", "MISC"]
    assert one["mistakes"][0] == {
        "kind": "missed",
        "gold": {"text": "Brussel", "label": "LOC"},
        "found": None,
        "times": 1,
        "place": "dev.conll:3",
        "context": "Mark Rutte sprak de NAVO ([Brussel]).",
    }


def test_a_model_is_measured_with_all_its_components(tmp_path):
    nlp = spacy.blank("nl")
    patterns = [("Mark Rutte", "PER"), ("MARK RUTTE", "ORG")]
    ruler = nlp.add_pipe("entity_ruler")
    ruler.add_patterns([{"label": label, "pattern": name} for name, label in patterns])
    # It names nothing itself, but lets the mentions of a name agree.
    nlp.add_pipe("nl_ent_news_consistency")
    nlp.to_disk(tmp_path / "voting")
    text = "MARK RUTTE ZWIJGT. Mark Rutte niet. Mark Rutte wel."
    spans = tuple(GoldSpan(start, start + 10, "PER") for start in (0, 19, 36))
    (result,) = evaluate([GoldText("a", text, spans)], str(tmp_path / "voting"))
    assert result.exact["PERSON"] == Score(3, 3, 3)


def test_evaluate_says_what_is_wrong_in_one_line(tmp_path, capsys):
    (tmp_path / "dev.conll").write_text("Rutte PER\n", encoding="utf-8")
    assert run(["evaluate", str(tmp_path / "dev.conll")]) == 2
    assert "'PER' is no tag" in capsys.readouterr().err
    for arguments in (["evaluate"], ["evaluate", "x", "--challenge"]):
        assert run(arguments) == 2
        assert "give either GOLD, annotated text, or --challenge" in capsys.readouterr().err


def test_the_challenge_is_a_table_by_phenomenon(model, capsys):
    assert run(["evaluate", "--challenge", "--model", model, "--errors", "400"]) == 0
    out = capsys.readouterr().out
    rows = [line.split() for line in out.splitlines()]
    assert rows[1] == ["phenomenon", "open", "held", "out", "all"]
    (total,) = (row for row in rows if row[0] == "all")
    passed, asked = map(int, total[3].split("/"))
    assert asked >= 400
    # The countries need no model.
    assert 0 < passed < asked
    assert sum(1 for row in rows if row[0].endswith(":")) == min(400, asked - passed)
    held_out = [row for row in rows if row[1:] == ["held", "out"]]
    assert held_out
