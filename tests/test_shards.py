import pytest
from hypothesis import given
from hypothesis import strategies as st

from wiewatwaar.batch import run
from wiewatwaar.inputs import read
from wiewatwaar.options import Options
from wiewatwaar.running.shards import Shard, ShardError, merge, order


@pytest.fixture
def mixed(tmp_path):
    """A directory whose names sort in ways that are easy to get wrong."""
    folder = tmp_path / "in"
    for name in ("a/b.txt", "a.txt", "a/b/c.txt", "a b.txt", "Z.txt", "é.txt", "a-1.md", "a/B.txt"):
        path = folder / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(f"Rutte las {name}.", "utf-8")
    (folder / "a/leeg.txt").touch()
    lines = [f'{{"text": "Rutte schreef bericht {number}."}}\n' for number in range(1, 13)]
    (folder / "b.jsonl").write_text("".join(lines), "utf-8")
    return folder


def test_a_shard_is_written_as_a_fraction():
    assert Shard.parse("2/8") == Shard(2, 8)


@pytest.mark.parametrize("written", ["", "2", "0/4", "5/4", "1/0", "-1/2", "1/2/3", "a/b", "1 / 2"])
def test_what_is_no_shard_is_refused(written):
    with pytest.raises(ShardError, match="write I/N, such as 2/8"):
        Shard.parse(written)


@given(st.text(), st.integers(1, 50))
def test_each_document_is_in_one_shard(id, count):
    assert sum(Shard(number, count).holds(id) for number in range(1, count + 1)) == 1


def test_a_run_reads_in_the_order_of_the_ids(mixed, tmp_path, monkeypatch):
    monkeypatch.chdir(tmp_path)
    (tmp_path / "in.txt").write_text("Rutte.")
    for inputs in (["in"], ["in.txt", "in"], ["in/b.jsonl", "in/a", "in/a.txt", "./in.txt"]):
        ids = [
            article.id if hasattr(article, "id") else article.document.id
            for article in read(inputs)
        ]
        assert len(ids) > 3
        assert ids == sorted(ids, key=order)


@pytest.mark.parametrize("count", [1, 3])
def test_the_parts_of_a_run_make_the_whole(mixed, model, tmp_path, count):
    options = Options(model)
    whole = tmp_path / "geheel.jsonl"
    summary = run([str(mixed)], str(whole), options)
    parts = [str(tmp_path / f"deel-{number}.jsonl") for number in range(1, count + 1)]
    done = [
        run([str(mixed)], part, options, shard=Shard(number, count))
        for number, part in enumerate(parts, start=1)
    ]
    assert sum(one.documents for one in done) == summary.documents == 21
    target = tmp_path / "samen.jsonl"
    assert merge(parts[::-1], str(target)) == 21
    assert target.read_bytes() == whole.read_bytes()


def test_a_shard_may_be_empty(articles, model, tmp_path):
    target = tmp_path / "uit.jsonl"
    counts = [
        run([str(articles)], str(target), Options(model), shard=Shard(number, 40)).documents
        for number in range(1, 9)
    ]
    assert 0 in counts
    assert target.exists()


def line(id):
    return f'{{"status":"failed","document":{{"id":"{id}"}}}}\n'


@pytest.mark.parametrize(
    ("parts", "complaint"),
    [
        ([line("a"), line("a")], "0.jsonl and .*1.jsonl hold the same document"),
        ([line("b") + line("a")], "0.jsonl:2: not in the order"),
        ([line("x.jsonl#10") + line("x.jsonl#9")], "0.jsonl:2: not in the order"),
        ([line("a") + line("b")[:-1]], "0.jsonl:2: no record: run that shard again"),
        (["{}\n"], "0.jsonl:1: no record"),
    ],
)
def test_parts_that_do_not_fit_are_refused(tmp_path, parts, complaint):
    paths = [tmp_path / f"{number}.jsonl" for number in range(len(parts))]
    for path, content in zip(paths, parts, strict=True):
        path.write_text(content)
    target = tmp_path / "samen.jsonl"
    target.write_text("vorige\n")
    with pytest.raises(ShardError, match=complaint):
        merge([str(path) for path in paths], str(target))
    assert target.read_text() == "vorige\n"


def test_a_part_that_is_not_there_is_named(tmp_path):
    with pytest.raises(ShardError, match=r"cannot read nergens\.jsonl: No such file"):
        merge(["nergens.jsonl"], str(tmp_path / "samen.jsonl"))
