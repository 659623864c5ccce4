"""Cite with the texts at hand: the paragraph of the original stands under our reading, counted as CODING.md says."""

import json
import re

import pytest

from tests.cli.test_cli import expect_refusal, well, zopa  # noqa: F401 - the fixture

PARAGRAPHS = [f"paragraph {number} of the text" for number in range(1, 13)]


@pytest.fixture
def texts(well):  # noqa: F811 - the fixture
    """A folder with the text of the small case, with blank lines and odd white space between its paragraphs."""
    put(well, "paragraphs: 12", "file: okafor.txt\n  paragraphs: 12")
    folder = well.parent / "texts"
    folder.mkdir()
    (folder / "okafor.txt").write_bytes(("\n\n \t\n".join(f"  {line}\r" for line in PARAGRAPHS) + "\n").encode())
    return folder


def put(case, old, new):
    sources = case / "sources.yaml"
    sources.write_text(sources.read_text().replace(old, new, 1))


def run_cite(what, texts, *words):
    return zopa("cite", what, "--case", "well", "--texts", texts, *words)


def test_a_claim_beside_its_paragraphs(texts):
    done = run_cite("dale-is-patient", texts)
    assert done.exit_code == 0, done.output
    lines = done.stdout.splitlines()
    reading = next(n for n, line in enumerate(lines) if "Dale can wait longer" in line)
    shown = [line.strip() for line in lines[reading + 1 : reading + 5]]
    assert shown == [f"¶{number}  paragraph {number} of the text" for number in (7, 10, 11, 12)]
    assert done.stderr == ""


@pytest.mark.parametrize("what", ["actors.hill.interests.conflict_cost", "okafor-2030", "gate"])
def test_numbers_sources_and_levers_show_them_too(what, texts):
    assert "of the text" in run_cite(what, texts).stdout
    assert "of the text" not in zopa("cite", what, "--case", "well").stdout


def test_json(texts):
    (found,) = json.loads(run_cite("hill-carries-water", texts, "--json").stdout)["found"]
    assert found["claims"][0]["original"] == {"4": "paragraph 4 of the text"}
    (plain,) = json.loads(zopa("cite", "hill-carries-water", "--case", "well", "--json").stdout)["found"]
    assert "original" not in plain["claims"][0]


def test_one_text_of_several_in_a_file(texts):
    put(texts.parent / "well", "file: okafor.txt", "file: many.txt\n  header: 'N\\. Okafor \\d{4}$'\n  column: 2")
    first = ["Of stones. N. Okafor 2029", "not this one"]
    second = ["Of water. N. Okafor 2030", *PARAGRAPHS[1:]]
    third = ["Of wind. N. Okafor 2031", "nor this one"]
    (texts / "many.txt").write_text("\n".join([*first, *second, *third]), encoding="utf-8")
    done = run_cite("hill-carries-water", texts)
    assert "¶4  paragraph 4 of the text" in done.stdout
    assert done.stderr == ""


def test_rows_of_the_list(texts):
    case = texts.parent / "well"
    (case / "entries").mkdir()
    (case / "entries" / "water.yaml").write_text(
        "W1: {source: okafor-2030, at: 2-3, gist: a song, not_used: no number}"
    )
    done = run_cite("W1", texts)
    assert "not used: no number" in done.stdout
    assert "¶2  paragraph 2 of the text\n      ¶3  paragraph 3 of the text" in done.stdout


def test_another_copy_is_reported(texts):
    put(texts.parent / "well", "file: okafor.txt", f"file: okafor.txt\n  sha256: '{'0' * 64}'")
    done = run_cite("hill-carries-water", texts)
    assert done.exit_code == 0
    assert "okafor.txt: is not the copy that was read; paragraph numbers may differ" in done.stderr


def test_another_number_of_paragraphs_is_reported(texts):
    with (texts / "okafor.txt").open("a") as file:
        file.write("one more\n")
    assert "okafor-2030 has 13 paragraphs here and 12 in sources.yaml" in run_cite("hill-carries-water", texts).stderr


@pytest.mark.parametrize(
    ("spoil", "says"),
    [
        (lambda texts: (texts / "okafor.txt").unlink(), "texts/okafor.txt: cannot be read: No such file or directory"),
        (lambda texts: (texts / "okafor.txt").rename(texts.parent / "a") and texts.rmdir(), "there is no folder texts"),
        (lambda texts: (texts / "okafor.txt").write_bytes(b"\xff"), "texts/okafor.txt: is not UTF-8 text"),
        (
            lambda texts: (texts / "okafor.txt").write_text("one\ntwo\n"),
            "texts/okafor.txt: okafor-2030 has the paragraphs 1 to 2 here, not 4",
        ),
        (lambda texts: put(texts.parent / "well", "  file: okafor.txt\n", ""), "does not say which file holds"),
        (
            lambda texts: put(texts.parent / "well", "file:", "header: Nobody\n  column: 1\n  file:"),
            "texts/okafor.txt: holds 0 texts; okafor-2030 is number 1",
        ),
    ],
)
def test_what_cannot_be_found(texts, spoil, says):
    spoil(texts)
    assert says in expect_refusal(2, "cite", "hill-carries-water", "--case", "well", "--texts", texts.name)


@pytest.mark.parametrize(
    ("key", "says"),
    [("header: x", "`header` and `column` belong together"), ("header: '('\n  column: 1", "is no regular expression")],
)
def test_a_header_that_cannot_be_used(texts, key, says):
    put(texts.parent / "well", "file:", f"{key}\n  file:")
    assert says in expect_refusal(3, "cite", "hill-carries-water", "--case", "well")


def place_claim(case, at):
    claims = case / "claims.yaml"
    claims.write_text(claims.read_text().replace("at: 4", f"at: {at}", 1))


@pytest.mark.parametrize(
    ("counts", "at"),
    [("pages: 220", "p. 214"), ("minutes: 58", "min 12:30-14"), ("paragraphs: 12", "folder B 3")],
)
def test_a_page_a_minute_or_a_folder(texts, counts, at):
    case = texts.parent / "well"
    place_claim(case, at)
    put(case, "paragraphs: 12", f"paragraphs: 12\n  {counts}" if "par" not in counts else counts)
    assert zopa("check", "well").exit_code == 0
    done = run_cite("hill-carries-water", texts)
    assert f"okafor-2030 {at} (stated" in done.stdout
    assert f"    {at}: to be looked up, as the file is cut by paragraphs alone" in done.stdout
    assert "¶" not in done.stdout


def test_a_page_the_source_does_not_have(texts):
    case = texts.parent / "well"
    place_claim(case, "p. 12, 214")
    put(case, "paragraphs: 12", "paragraphs: 12\n  pages: 200")
    said = zopa("check", "well").output
    assert "hill-carries-water.at: okafor-2030 has the pages 1 to 200, not 214" in said


def test_a_passage_says_what_rests_on_it(texts):
    done = run_cite("okafor-2030:10", texts)
    assert done.exit_code == 0, done.output
    assert done.stdout.startswith("okafor-2030 ¶10\n")
    assert "dale-is-patient" in done.stdout
    assert "hill-carries-water" not in done.stdout
    assert "¶10  paragraph 10 of the text" in done.stdout
    assert "dale-is-patient: levers.gate.effects.stress [okafor-2030] rests on it" in done.stdout
    assert run_cite("okafor-2030 ¶10", texts).stdout == done.stdout
    assert "no claim rests on it" in run_cite("okafor-2030:9", texts).stdout
    assert "okafor-2030 has the paragraphs 1 to 12, not 13" in run_cite("okafor-2030:13", texts).stderr
    assert "'x' is no place of okafor-2030: give paragraph numbers" in run_cite("okafor-2030:x", texts).stderr


def test_claims_that_nothing_uses(texts):
    claims = texts.parent / "well" / "claims.yaml"
    text = claims.read_text(encoding="utf-8")
    claims.write_text(
        f"{text}\nloose: {{source: okafor-2030, at: 2, we_read: X., kind: stated, coded_by: A}}\n", encoding="utf-8"
    )
    said = run_cite("unused-claims", texts).stdout
    assert " claims are used by nothing" in said
    assert "loose" in said
    assert "dale-is-patient" not in said
    assert "nothing uses it" in run_cite("loose", texts).stdout


def test_what_uses_a_claim_names_the_key_beside_the_line_and_a_contradiction_shows_each_claim_once():
    said = zopa("cite", "fazi-deadlines-no-response").stdout
    assert "open question X10.sides." in said
    assert re.search(r"contradictions\.yaml:\d+\)", said)
    shown = zopa("cite", "X12").stdout
    assert shown.count("fazi-sanctions-survived") == 1
    assert ", read again by B)" in shown
