import os
import stat
from pathlib import Path

import orjson
import pytest

from wiewatwaar.outputs import OutputError, opened, to_line
from wiewatwaar.records import any_record


def test_a_record_is_one_line_of_json(record, failure):
    for one in (record, failure):
        line = to_line(one)
        assert line.endswith(b"\n")
        assert line.count(b"\n") == 1
        assert any_record.validate_json(line) == one


def test_the_order_of_fields_is_that_of_the_model(record):
    assert list(orjson.loads(to_line(record))) == [
        "schema_version",
        "status",
        "document",
        "entities",
        "model",
        "pipeline",
    ]


def test_a_line_end_inside_a_text_does_not_end_the_line(failure):
    many = failure.model_copy(update={"message": "een\ntwee\r\u2028drie"})
    assert to_line(many).count(b"\n") == 1
    assert orjson.loads(to_line(many))["message"] == "een\ntwee\r\u2028drie"


def test_a_file_appears_when_it_is_whole(tmp_path):
    target = tmp_path / "uit.jsonl"
    with opened(str(target)) as sink:
        sink.write(b"een\n")
        assert not target.exists()
    assert target.read_bytes() == b"een\n"
    assert list(tmp_path.iterdir()) == [target]


def test_what_dies_leaves_the_earlier_file_alone(tmp_path):
    target = tmp_path / "uit.jsonl"
    target.write_bytes(b"vorige\n")
    with pytest.raises(RuntimeError), opened(str(target)) as sink:
        sink.write(b"half\n")
        raise RuntimeError("het licht ging uit")
    assert target.read_bytes() == b"vorige\n"


def test_the_mode_of_the_earlier_file_is_kept(tmp_path):
    target = tmp_path / "uit.jsonl"
    target.touch(mode=0o600)
    with opened(str(target)) as sink:
        sink.write(b"een\n")
    assert stat.S_IMODE(target.stat().st_mode) == 0o600


def test_a_link_is_followed(tmp_path):
    (tmp_path / "archief").mkdir()
    link = tmp_path / "uit.jsonl"
    link.symlink_to("archief/echt.jsonl")
    with opened(str(link)) as sink:
        sink.write(b"een\n")
    assert link.is_symlink()
    assert (tmp_path / "archief/echt.jsonl").read_bytes() == b"een\n"


def test_what_is_no_ordinary_file_is_written_directly(tmp_path):
    pipe = tmp_path / "pijp"
    os.mkfifo(pipe)
    reader = os.open(pipe, os.O_RDONLY | os.O_NONBLOCK)
    try:
        with opened(str(pipe)) as sink:
            sink.write(b"een\n")
        assert os.read(reader, 100) == b"een\n"
    finally:
        os.close(reader)
    assert stat.S_ISFIFO(pipe.stat().st_mode)


@pytest.mark.parametrize(
    ("target", "message"),
    [
        ("", "is a directory: give the name of a file in it"),
        ("nergens/uit.jsonl", "No such file or directory"),
        ("bestand/uit.jsonl", "Not a directory"),
    ],
)
def test_a_target_that_cannot_be_written_says_why(tmp_path, target, message):
    (tmp_path / "bestand").touch()
    with pytest.raises(OutputError, match=message), opened(str(tmp_path / target)):
        pytest.fail("was opened")


def test_a_full_disk_says_so():
    if not Path("/dev/full").exists():
        pytest.skip("this system has no /dev/full")
    with pytest.raises(OutputError, match="No space left on device"), opened("/dev/full") as sink:
        for _ in range(1000):
            sink.write(b"x" * 1000 + b"\n")
