import json
import os
import pty
import re
import signal
import subprocess
import sys
import time
from functools import partial

import pytest
from typer.main import get_command

from wiewatwaar.cli import app

HEAVY = {"spacy", "thinc", "numpy", "pydantic", "babel", "trafilatura", "ftfy", "rich", "orjson"}


def lines_of(text):
    return [json.loads(line) for line in text.splitlines()]


def one_line(stderr):
    (line,) = stderr.splitlines()
    assert line.startswith("wiewatwaar: ")
    return line


def test_help_imports_nothing_heavy():
    program = [sys.executable, "-X", "importtime", "-m", "wiewatwaar", "--help"]
    done = subprocess.run(program, capture_output=True, text=True, check=True)
    imported = {line.rpartition("|")[2].strip() for line in done.stderr.splitlines()}
    assert "wiewatwaar.cli" in imported
    assert not {name.partition(".")[0] for name in imported} & HEAVY


def test_importing_the_package_imports_nothing_heavy():
    code = "import sys, wiewatwaar; print(*sys.modules); wiewatwaar.Record; print(*sys.modules)"
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    before, after = (set(line.split()) for line in done.stdout.splitlines())
    assert not before & HEAVY
    assert "pydantic" in after
    assert "spacy" not in after


def test_every_public_name_is_there():
    import wiewatwaar

    for name in wiewatwaar.__all__:
        assert getattr(wiewatwaar, name) is not None
    assert set(wiewatwaar._MODULES) | {"__version__"} == set(dir(wiewatwaar))
    with pytest.raises(AttributeError, match="has no attribute 'Pipelijn'"):
        _ = wiewatwaar.Pipelijn


def test_every_command_and_option_has_help():
    for name, command in get_command(app).commands.items():
        assert command.help, name
        for parameter in command.params:
            assert parameter.help, f"{name} {parameter.name}"


def test_the_program_alone_shows_its_help(wiewatwaar):
    done = wiewatwaar()
    assert done.returncode == 0
    assert done.stdout.startswith("Usage: wiewatwaar")


def test_version(wiewatwaar):
    assert re.fullmatch(r"wiewatwaar \d+\.\d+\.\d+\n", wiewatwaar("--version").stdout)


def test_extract_writes_a_record_for_each_document_in_order(wiewatwaar, articles, model):
    done = wiewatwaar("extract", articles, "--model", model)
    assert done.returncode == 0
    records = lines_of(done.stdout)
    assert [record["document"]["id"] for record in records] == [
        "2023/oekraine.txt",
        "2024/leeg van namen.md",
        "2024/navo.txt",
        "brood.txt",
    ]
    found = {
        (entity["type"], entity["name"]) for record in records for entity in record["entities"]
    }
    assert found >= {
        ("PERSON", "Mark Rutte"),
        ("PERSON", "Wendelien van Tintelen"),
        ("ORGANISATION", "NAVO"),
        ("COUNTRY", "Hongarije"),
        ("COUNTRY", "Oekraïne"),
    }
    assert not any(kind == "LOCATION" for kind, _ in found)
    assert records[0]["model"] == {"name": "nl_ruled", "version": "1.2.3"}


def test_extract_ends_with_a_summary_on_standard_error(wiewatwaar, articles, model):
    done = wiewatwaar("extract", articles, "--model", model)
    assert re.fullmatch(
        r"wiewatwaar: 4 documents: 4 ok, 0 failed; \d+ words in \d+\.\d s \([\d,]+ words/s\)\n",
        done.stderr,
    )
    assert wiewatwaar("extract", articles, "--model", model, "--quiet").stderr == ""


def test_types_choose_what_is_written(wiewatwaar, articles, model):
    done = wiewatwaar(
        "extract", articles, "--model", model, "--type", "location", "--type", "PERSON"
    )
    kinds = {entity["type"] for record in lines_of(done.stdout) for entity in record["entities"]}
    assert kinds == {"LOCATION", "PERSON"}


def test_text_puts_the_source_in_the_record(wiewatwaar, articles, model):
    done = wiewatwaar("extract", articles / "2023/oekraine.txt", "--model", model, "--text")
    (record,) = lines_of(done.stdout)
    text = record["document"]["text"]
    assert text == (articles / "2023/oekraine.txt").read_bytes().decode()
    for entity in record["entities"]:
        for mention in entity["mentions"]:
            assert text[mention["start"] : mention["end"]] == mention["text"]


def test_glob_chooses_the_files_of_a_directory(wiewatwaar, articles, model):
    done = wiewatwaar("extract", articles, "--model", model, "--glob", "*.md")
    assert [one["document"]["id"] for one in lines_of(done.stdout)] == ["2024/leeg van namen.md"]


def test_fields_of_json_lines_are_named(wiewatwaar, model, tmp_path):
    line = '{"body": "De NAVO zweeg.", "text": "Rutte sprak.", "kop": "Een dag", "dag": "2024-05"}'
    (tmp_path / "a.jsonl").write_text(line)
    named = ("--field", "text=body", "--field", "title=kop", "--field", "date=dag")
    command = ("extract", "a.jsonl", "-o", "uit.jsonl", "--model", model)
    found = []
    # What an earlier run read of another field is not taken for what is asked now.
    for fields in ((), named, ("--field", "text=body")):
        assert wiewatwaar(*command, *fields).returncode == 0
        (record,) = lines_of((tmp_path / "uit.jsonl").read_text("utf-8"))
        names = [entity["name"] for entity in record["entities"]]
        found.append((names, record["document"]["title"], record["document"]["published"]))
    assert found == [
        (["Rutte"], None, None),
        (["NAVO"], "Een dag", "2024-05"),
        (["NAVO"], None, None),
    ]
    for other in ("show", "explain"):
        assert "NAVO" in wiewatwaar(other, "a.jsonl", "--model", model, *named).stdout
    done = wiewatwaar(*command, "--field", "tekst=body")
    assert done.returncode == 2
    assert "write OURS=THEIRS, such as text=body" in one_line(done.stderr)


def test_a_document_in_another_language_fails_when_only_dutch_is_wanted(
    wiewatwaar, articles, model
):
    (articles / "english.txt").write_text("The talks of the leaders ended and they all went home.")
    done = wiewatwaar("extract", articles, "--model", model)
    languages = [one["document"]["language"] for one in lines_of(done.stdout)]
    assert (done.returncode, languages[-1]) == (0, "en")
    done = wiewatwaar("extract", articles, "--model", model, "--dutch-only")
    assert done.returncode == 1
    failed = [one for one in lines_of(done.stdout) if one["status"] == "failed"]
    assert [(one["document"]["id"], one["stage"]) for one in failed] == [
        ("english.txt", "language")
    ]
    assert "english.txt: language failed: in language 'en', not in Dutch" in done.stderr


def test_standard_input_is_read(wiewatwaar, model):
    done = wiewatwaar("extract", "-", "--model", model, input="Rutte prees de NAVO.\n")
    (record,) = lines_of(done.stdout)
    assert [entity["name"] for entity in record["entities"]] == ["Rutte", "NAVO"]


def test_output_inside_the_input_is_not_read(wiewatwaar, articles, model):
    target = articles / "uit.jsonl"
    for _ in range(2):
        assert wiewatwaar("extract", articles, "-o", target, "--model", model).returncode == 0
        assert len(lines_of(target.read_text("utf-8"))) == 4


def test_output_is_not_read_whichever_way_it_is_reached(wiewatwaar, articles, model, tmp_path):
    (tmp_path / "link").symlink_to(articles)
    (articles / "uit.jsonl").write_text("{}\n")
    (articles / "link.jsonl").symlink_to("elders.jsonl")
    for given, output in (("link", articles / "uit.jsonl"), (articles, "link/uit.jsonl")):
        done = wiewatwaar("extract", given, "-o", output, "--model", model, "--glob", "u*")
        assert done.returncode == 2, "the output was read as an input"
    done = wiewatwaar("extract", "link", "-o", "link/link.jsonl", "--model", model, "--glob", "l*")
    assert done.returncode == 0
    (written,) = lines_of((articles / "elders.jsonl").read_text("utf-8"))
    assert written["document"]["id"] == "2024/leeg van namen.md"
    assert (articles / "link.jsonl").is_symlink()


@pytest.mark.parametrize(
    ("arguments", "message"),
    [
        (["extract"], "Missing argument 'INPUT...'; see wiewatwaar extract --help"),
        (["extrakt"], "No such command 'extrakt'"),
        (["extract", "x", "--soort"], "No such option: --soort"),
        (["extract", "x", "--type", "DIER"], "unknown type DIER: one of PERSON, ORGANISATION, "),
        (["extract", "x", "--format", "yaml"], "Invalid value for '--format'"),
        (["extract", "x", "--max-failures", "-1"], "Invalid value for '--max-failures'"),
        (["extract", "x", "--workers", "0"], "Invalid value for '--workers'"),
        (["extract", "nergens"], "nergens"),
        (["show", "nergens"], "nergens"),
        (["validate", "nergens.jsonl"], "cannot read nergens.jsonl: No such file or directory"),
        (["extract", ".", "--model", "nl_core_nieuws_sm"], "nl_core_nieuws_sm is not installed"),
        (["extract", ".", "--model", "./nergens"], "no spaCy pipeline at ./nergens"),
        (["extract", ".", "-o", "nergens/uit.jsonl"], "cannot write nergens/uit.jsonl: No such"),
        (["extract", ".", "-o", "."], "output . is a directory"),
    ],
)
def test_what_cannot_be_done_is_said_in_one_line(wiewatwaar, tmp_path, arguments, message):
    (tmp_path / "a.txt").write_text("Een artikel.")
    done = wiewatwaar(*arguments)
    assert done.returncode == 2
    assert done.stdout == ""
    assert message in one_line(done.stderr)
    assert [path.name for path in tmp_path.iterdir()] == ["a.txt"]


def test_a_missing_model_of_spacy_comes_with_its_install_command(wiewatwaar, articles):
    done = wiewatwaar("extract", articles, "--model", "nl_core_news_md")
    assert done.returncode == 2
    assert "python -m spacy download nl_core_news_md" in one_line(done.stderr)


def test_a_directory_without_articles_is_no_input(wiewatwaar, tmp_path, model):
    (tmp_path / "leeg").mkdir()
    done = wiewatwaar("extract", "leeg", "--model", model)
    assert done.returncode == 2
    assert "leeg" in one_line(done.stderr)


def test_show_prints_one_document_with_a_table_of_its_entities(wiewatwaar, articles, model):
    done = wiewatwaar("show", articles / "2024/navo.txt", "--model", model)
    assert done.returncode == 0
    assert "Mark Rutte sprak over de NAVO. Rutte noemde Hongarije." in done.stdout
    assert re.search(r"person +Mark Rutte +Rutte +2 *\n", done.stdout)
    assert re.search(r"country +Hongarije +HU +1 *\n", done.stdout)
    assert done.stderr == ""


def test_show_breaks_no_lines_for_a_pipe(wiewatwaar, tmp_path, model):
    text = f"Mark Rutte sprak {'heel ' * 40}lang over de NAVO."
    (tmp_path / "lang.txt").write_text(text, "utf-8")
    (tmp_path / "kort.txt").write_text("Mark Rutte zweeg.", "utf-8")
    assert text in wiewatwaar("show", "lang.txt", "--model", model).stdout.splitlines()
    short = wiewatwaar("show", ".", "--model", model).stdout
    assert max(map(len, short.splitlines())) < 80


def test_show_prints_many_documents_in_short(wiewatwaar, articles, model):
    (articles / "leeg.txt").touch()
    done = wiewatwaar("show", articles, "--model", model)
    assert (done.returncode, done.stderr) == (1, "")
    shown = re.sub(" +", " ", done.stdout).replace(" \n", "\n")
    assert "\n wie Mark Rutte\n wat NAVO\n waar Hongarije HU\n" in shown
    assert "leeg.txt" in done.stdout


def test_an_article_cannot_steer_the_terminal(wiewatwaar, tmp_path, model):
    (tmp_path / "a.txt").write_text("Rutte \x1b]0;gekaapt \x1b[2J [bold]zweeg[/bold].")
    done = wiewatwaar("show", "a.txt", "--model", model)
    assert "\x1b" not in done.stdout
    assert "[bold]zweeg[/bold]" in done.stdout


def test_schema_describes_what_extract_writes(wiewatwaar):
    schema = json.loads(wiewatwaar("schema").stdout)
    assert schema["$schema"].startswith("https://json-schema.org/")
    assert schema["discriminator"]["mapping"].keys() == {"ok", "failed"}
    assert schema["$defs"]["Mention"]["additionalProperties"] is False


def test_validate_accepts_what_extract_wrote(wiewatwaar, articles, model):
    (articles / "leeg.txt").touch()
    assert wiewatwaar("extract", articles, "-o", "uit.jsonl", "--model", model).returncode == 1
    done = wiewatwaar("validate", "uit.jsonl")
    assert (done.returncode, done.stdout) == (0, "")
    assert one_line(done.stderr) == "wiewatwaar: 5 records, none with something wrong"


def test_validate_says_line_and_reason(wiewatwaar, articles, model, tmp_path):
    wiewatwaar("extract", articles, "-o", "uit.jsonl", "--model", model, "--text")
    lines = (tmp_path / "uit.jsonl").read_text("utf-8").splitlines()
    lines[1] = lines[1].replace('"status":"ok"', '"status":"prima"')
    lines[2] = lines[2].replace('"start":0', '"start":1')
    lines[3] = lines[3][:-40]
    (tmp_path / "uit.jsonl").write_text("\n".join(lines), encoding="utf-8")
    done = wiewatwaar("validate", "uit.jsonl")
    assert done.returncode == 1
    problems = done.stdout
    assert problems.startswith("uit.jsonl:2: Input tag 'prima' found")
    assert "\nuit.jsonl:3: entities.0.mentions.0: Value error, text of 10 code points" in problems
    assert "\nuit.jsonl:4: the line has no end: the file was cut off here\n" in problems
    assert "\nuit.jsonl:4: Invalid JSON" in problems
    assert "uit.jsonl:1:" not in problems
    assert one_line(done.stderr) == "wiewatwaar: 4 records, 3 with something wrong"


def test_a_record_cannot_steer_the_terminal_of_who_checks_it(tmp_path):
    (tmp_path / "uit.jsonl").write_text('{"status": "ok", "\\u001b[2Jveld": 1}\n', "utf-8")
    command = [sys.executable, "-m", "wiewatwaar", "validate", "uit.jsonl"]
    # On a terminal, for in a pipe such characters are left out anyway.
    shown, stdout = pty.openpty()
    subprocess.run(command, stdout=stdout, stderr=subprocess.DEVNULL, cwd=tmp_path)
    os.close(stdout)
    written = os.read(shown, 10_000).decode()
    os.close(shown)
    assert "\x1b" not in written
    assert "\N{REPLACEMENT CHARACTER}[2Jveld: Extra inputs are not permitted" in written


def test_validate_reads_standard_input(wiewatwaar, articles, model):
    written = wiewatwaar("extract", articles, "--model", model).stdout
    assert wiewatwaar("validate", "-", input=written).returncode == 0


def test_models_lists_what_is_installed(wiewatwaar):
    done = wiewatwaar("models")
    assert done.returncode == 0
    name, version, state, labels = done.stdout.splitlines()[0].split("\t")
    assert name == "nl_ent_news_sm"
    assert re.fullmatch(r"\d+\.\d+\.\d+", version)
    assert state == "usable"
    assert {"PER", "ORG", "LOC"} <= set(labels.split())


def test_a_closed_pipe_ends_it_quietly(articles, model):
    command = f"{sys.executable} -m wiewatwaar extract {articles} --text --model {model}"
    for number in range(200):
        (articles / f"{number}.txt").write_text("Rutte zweeg.\n" * 50)
    script = f"{command} --quiet | head -c 10; code=${{PIPESTATUS[0]}}; echo; echo $code"
    done = subprocess.run(["bash", "-c", script], capture_output=True, text=True, check=True)
    assert done.stdout.splitlines()[-1] == "141"
    assert done.stderr == ""


def test_ctrl_c_ends_it_soon_and_says_how_to_go_on(articles, model):
    target = articles.parent / "uit.jsonl"
    target.write_text("vorige\n")
    for number in range(30):
        (articles / f"{number}.txt").write_text("Rutte zweeg over de NAVO. " * 20_000)
    command = [sys.executable, "-m", "wiewatwaar", "extract", str(articles), "-o", str(target)]
    # A shell that starts the tests in the background lets them ignore the signal.
    process = subprocess.Popen(
        [*command, "--model", model],
        stderr=subprocess.PIPE,
        text=True,
        start_new_session=True,
        preexec_fn=partial(signal.signal, signal.SIGINT, signal.SIG_DFL),
    )
    part = target.with_name("uit.jsonl.part")
    while process.poll() is None and not part.exists():
        time.sleep(0.05)
    os.killpg(process.pid, signal.SIGINT)
    _, stderr = process.communicate(timeout=20)
    assert process.returncode == 130
    assert "run it again with the same -o FILE to go on" in one_line(stderr)
    assert target.read_text() == "vorige\n"


def test_progress_is_drawn_on_a_terminal_and_cleaned_up(articles, model):
    command = [sys.executable, "-m", "wiewatwaar", "extract", str(articles), "--model", model]
    shown, stderr = pty.openpty()
    # Read while it runs: a terminal that nobody reads stops the program that writes to it.
    process = subprocess.Popen(command, stdout=subprocess.PIPE, stderr=stderr)
    os.close(stderr)
    drawn = b""
    while True:
        try:
            drawn += os.read(shown, 4096)
        except OSError:
            break
    os.close(shown)
    stdout, _ = process.communicate(timeout=20)
    assert process.returncode == 0
    assert len(stdout.splitlines()) == 4
    assert b"documents" in drawn
    assert b"\x1b" in drawn
    assert drawn.rstrip().endswith(b"words/s)")


def test_shards_merge_to_the_whole(wiewatwaar, articles, model, tmp_path):
    for shard in ("1/2", "2/2"):
        part = f"deel{shard[0]}.jsonl"
        done = wiewatwaar("extract", articles, "--shard", shard, "-o", part, "--model", model)
        assert done.returncode == 0
    done = wiewatwaar("merge", "deel1.jsonl", "deel2.jsonl", "-o", "samen.jsonl")
    assert (done.returncode, one_line(done.stderr)) == (0, "wiewatwaar: 4 records")
    whole = wiewatwaar("extract", articles, "--model", model).stdout
    assert (tmp_path / "samen.jsonl").read_text("utf-8") == whole


def test_the_summary_is_written_for_machines(wiewatwaar, articles, model, tmp_path):
    (articles / "leeg.txt").touch()
    wiewatwaar("extract", articles, "--summary", "samen.json", "--quiet", "--model", model)
    summary = json.loads((tmp_path / "samen.json").read_text())
    assert {name: summary[name] for name in ("documents", "ok", "failed", "failed_by_stage")} == {
        "documents": 5,
        "ok": 4,
        "failed": 1,
        "failed_by_stage": {"read": 1},
    }
    assert summary["words_per_second"] == pytest.approx(summary["words"] / summary["seconds"])
    assert summary["peak_memory_bytes"] > 10_000_000


def test_explain_shows_what_was_done_and_why(wiewatwaar, articles, model):
    done = wiewatwaar("explain", articles / "2023/oekraine.txt", "--model", model)
    assert (done.returncode, done.stderr) == (0, "")
    assert "line ends" in done.stdout
    assert re.search(r"1 +11:19 +Oekraïne +Oekraïne +the model named it LOC", done.stdout)


def test_explain_writes_a_line_for_each_document(wiewatwaar, articles, model):
    (articles / "leeg.txt").touch()
    done = wiewatwaar("explain", articles, "--json", "--model", model)
    assert done.returncode == 1
    explained = lines_of(done.stdout)
    assert [one["document"]["id"] for one in explained][-2:] == ["brood.txt", "leeg.txt"]
    assert [one["status"] for one in explained] == ["ok"] * 4 + ["failed"]
    assert [one["text"] for one in explained[2]["mentions"]] == [
        "Mark Rutte",
        "NAVO",
        "Rutte",
        "Hongarije",
    ]
