"""Spellings: what is no YAML, or no number, is told in words that mend it; long lists of mistakes are cut short."""

import time
from pathlib import Path

import pytest

from sim.errors import MOST_PRINTED, ScenarioError
from sim.loading.loader import load_case
from sim.loading.other_formats import LFS, REMEDIES, SETTINGS, UTF_16, UTF_32
from sim.loading.strict_yaml import read_yaml
from sim.workflows.check_scenarios import check
from tests.architecture.tree import ROOT

SPELLINGS = read_yaml(Path(__file__).parent / "spellings.yaml").data
CASE = ROOT / "tests" / "schema" / "cases" / "every-key.yaml"
MANY = 100_000


def said_of(path):
    with pytest.raises(ScenarioError) as caught:
        load_case(path)
    assert set(check(str(path)).problems) == set(caught.value.problems)
    return str(caught.value).replace(str(path), path.name)


@pytest.mark.parametrize("name", SPELLINGS)
def test_a_slip_of_the_pen_is_told_with_its_cure(name, tmp_path):
    path = tmp_path / "wrong.yaml"
    path.write_text(SPELLINGS[name]["file"].replace("CASE", str(CASE)), encoding="utf-8")
    assert f"{said_of(path)}\n" == SPELLINGS[name]["says"]


@pytest.mark.parametrize(
    ("head", "kind"),
    [
        (b"PK\x03\x04rest", "a ZIP archive, as spreadsheets and text documents are"),
        (b"%PDF-1.7", "a PDF"),
        ("format: 1".encode("utf-16"), "text in the encoding UTF-16"),
        (b"\x89PNG\r\n", "a picture"),
        (b"\x1f\x8b\x08", "a compressed file"),
        (b"\xfd7zXZ\0", "a compressed file"),
        ("format: 1\ntitle: x\n".encode("utf-16-le"), UTF_16),
        ("format: 1\ntitle: x\n".encode("utf-16-be"), UTF_16),
        ("format: 1\ntitle: x\n".encode("utf-32"), UTF_32),
        ("format: 1\ntitle: x\n".encode("utf-32-be"), UTF_32),
        (b"# mine\n[actors.hill]\nlabel = 'Hill'\n", SETTINGS),
        (b"format = 1\ntitle = 'x'\n", SETTINGS),
        (b"version https://git-lfs.github.com/spec/v1\noid sha256:0\n", LFS),
    ],
)
def test_another_format_is_known_by_its_head(head, kind, tmp_path):
    path = tmp_path / "wrong.yaml"
    path.write_bytes(head)
    remedy = REMEDIES.get(kind, "a scenario is YAML: `zopa new` starts one")
    assert said_of(path) == f"wrong.yaml:1: this is {kind}, not a scenario; {remedy}"


def rows(form, count=MANY):
    return "".join(form.format(n) for n in range(count))


SHARES = "actors: {hill: {interests: {weights: {sharpness: 9, assumed: x, shares: {%s}}}}}\n"
BECAUSE, MENU = "contest: {noise: {value: 0, unit: logits/week, because: [%s]}}\n", "menu: {nash: [%s]}\n"
FLOODS = {
    "unknown keys": rows("k{}: 1\n"),
    "actors of nothing": "actors:\n" + rows("  a{}: 1\n"),
    "actors without keys": "actors:\n" + rows("  a{}: {{}}\n", 60_000),
    "outcomes of nothing": "outcomes:\n" + rows("  o{}: {{when: 1}}\n", 60_000),
    "shares of nothing": SHARES % rows("s{}: 0, "),
    "claims that nobody made": BECAUSE % rows("c{}, "),
    "rows of a menu": MENU % rows("x{} y, "),
    "control characters": "contest:\n" + rows('  k{}: "\\e"\n', 60_000),
    "twice the same key": "contest:\n" + "  noise: 1\n" * MANY,
    "anchors": "contest:\n" + rows("  k{}: &a 1\n"),
    "changes that remove nothing": "contest:\n" + rows("  k{}: null\n"),
    "a long key": "k" * 900 + ": 1\n",
    "a long value": "contest: {first: %s}\n" % ("v" * 1_000_000),
}


@pytest.mark.parametrize("name", FLOODS)
def test_a_flood_of_mistakes_ends_soon_and_is_cut_short(name, tmp_path):
    """Under 2 s each on an idle core; the test tells what grows with the square (minutes) from a slow, busy machine."""
    path = tmp_path / "wrong.yaml"
    path.write_text(f"extends: {CASE}\n{FLOODS[name]}", encoding="utf-8")
    begin = time.process_time()
    with pytest.raises(ScenarioError) as caught:
        load_case(path)
    lines = str(caught.value).replace(str(CASE.parent), "").splitlines()
    assert time.process_time() - begin < 20
    assert len(lines) <= MOST_PRINTED + 1
    assert all(len(line) < 1_000 for line in lines)
    if (count := len(caught.value.problems)) > MOST_PRINTED:
        assert lines[-1] == f"and {count - MOST_PRINTED:,} more"


HIDDEN = {
    "a mark in a label": ("title: Da\u200fle\n", "title: holds the hidden character U+200F"),
    "a tag in a text": ("about: Da\U000e0041le\n", "about: holds the hidden character U+E0041"),
    "a joiner in a key": ("a\u2060b: 1\n", "holds the hidden character U+2060"),
    "an escape": ('title: "Da\\u200ele"\n', "title: holds the hidden character U+200E"),
    "a filler": ("title: a\u3164\n", "title: holds the hidden character U+3164"),
    "a direction in a comment": ("title: x # see \u202e left\n", "holds the hidden character U+202E"),
    "a line that hides behind a comment": ("# a note\u2028title: x\n", "holds the hidden character U+2028"),
    "a next line": ("# a note\x85title: x\n", "holds the hidden character U+0085"),
    "a lone return": ("# a note\rtitle: x\n", "holds the hidden character U+000D"),
    "a heap of marks": ("title: a" + 60 * "\u0301" + "\n", "title: holds 60 marks on one letter"),
}


@pytest.mark.parametrize("name", HIDDEN)
def test_nothing_is_said_that_nobody_sees(name, tmp_path):
    """An editor shows such a file otherwise than it is read."""
    text, said = HIDDEN[name]
    path = tmp_path / "wrong.yaml"
    path.write_bytes(f"{text}format: 1\n".encode())
    with pytest.raises(ScenarioError) as caught:
        read_yaml(path)
    assert str(caught.value) == f"{path}:1: {said}; {'leave them out' if 'marks' in said else 'leave it out'}"


@pytest.mark.parametrize("text", ["דייל", "می\u200cخواهم", "👨\u200d👩\u200d👧", "Ge\u00adtrei\u00adde", "Việt Nam"])
def test_what_languages_need_is_kept(text, tmp_path):
    path = tmp_path / "fine.yaml"
    path.write_text(f"title: {text}\n", encoding="utf-8")
    assert read_yaml(path).data == {"title": text}
