"""Coverage: the command that counts what became of the evidence, and one message for everything that is wrong."""

import json

import pytest

from tests.cli.test_cli import expect_refusal, well, zopa  # noqa: F401 - the fixture

ROWS = """
W1: {source: okafor-2030, at: 4, gist: water is carried}
W2: {source: okafor-2030, at: 7, gist: dry season, used_by: [outcomes.agreement, rules.readiness_belief, tags.calls]}
W3: {sources: [{source: okafor-2030, at: 3}, {source: okafor-2030, at: "5-6"}], gist: a song, not_used: no number}
W4: {source: okafor-2030, at: 8, gist: who carries}
W5: {source: okafor-2030, at: 9, gist: the gate was shut}
"""
SIDES = """
W4:
  question: Who carries the water?
  sides:
    hill: {says: "Hill, by the author.", claims: [hill-carries-water]}
    both: {says: "Both, by the author.", claims: [dale-is-patient]}
  no_difference: both carry it in the model
"""
HISTORY = """
W5: {date: 2031, what: the gate was shut, stands: observed, claims: [dale-is-patient]}
"""


@pytest.fixture
def case_with_register(well):  # noqa: F811 - the fixture
    """The small case with a list of what its text says."""
    (well / "entries").mkdir()
    (well / "entries" / "water.yaml").write_text(ROWS)
    (well / "contradictions.yaml").write_text(SIDES)
    (well / "history.yaml").write_text(HISTORY)
    claims = well / "claims.yaml"
    claims.write_text(claims.read_text().replace("coded_by: A", "coded_by: A\n  entries: [W1]", 1))
    return well


def run_coverage(case):
    """The counts, whatever the exit code."""
    return json.loads(zopa("coverage", case, "--json", "--ids").stdout)


def list_mistakes(case):
    """The mistakes, one a line; the counts are printed all the same."""
    done = zopa("coverage", case)
    assert done.exit_code == 3, done.output
    assert "water" in done.stdout
    return [line for line in done.stderr.splitlines() if "¶" not in line and line.startswith("well/")]


def put(file, old, new):
    text = file.read_text()
    assert old in text
    file.write_text(text.replace(old, new, 1))


def test_counts(case_with_register):
    kind = run_coverage(case_with_register)["kinds"]["water"]
    assert (kind["rows"], kind["in_the_model"], kind["with_a_reason"], kind["left_out"]) == (5, 2, 1, 0)
    assert (kind["only_in_history"], kind["only_told"]) == (1, 1)
    by = {name: count for name, count in kind["used_by"].items() if count}
    assert by == {
        "base": 1,
        "source view": 1,
        "contradiction without effect": 2,
        "history": 1,
        "outcome": 1,
        "tag": 1,
        "rule": 1,
    }


def test_rows_say_what_uses_them(case_with_register):
    rows = run_coverage(case_with_register)["rows"]
    assert rows["W1"]["claims"] == ["hill-carries-water"]
    assert {"by": "rule", "where": "rules.readiness_belief"} in rows["W2"]["uses"]
    assert rows["W3"]["passages"] == ["okafor-2030 ¶3", "okafor-2030 ¶5-6"]
    assert rows["W3"]["not_used"] == "no number"


def test_claims_are_counted_by_source_kind_and_speaker(case_with_register):
    put(case_with_register / "claims.yaml", "kind: inferred", "kind: inferred\n  speaker: the miller")
    claims = run_coverage(case_with_register)["claims"]
    assert claims["by_source"] == {"okafor-2030": 2}
    assert claims["by_kind"] == {"stated": 1, "inferred": 1}
    assert claims["by_speaker"] == {"okafor-2030": {"the author of the text": 1, "the miller": 1}}


def test_for_readers(case_with_register):
    done = zopa("coverage", case_with_register, "--ids")
    assert done.exit_code == 0, done.output
    assert "1 questions in contradictions.yaml: 0 with sides to take, 1 say why" in done.stdout
    assert "W3: a song (okafor-2030 ¶3; okafor-2030 ¶5-6)\n  not used: no number" in done.stdout
    assert "zopa cite" in done.stderr
    assert zopa("coverage", case_with_register, "-q").stderr == ""


def test_a_case_without_a_list(well):  # noqa: F811 - the fixture
    assert "keeps no list of what its texts say" in expect_refusal(2, "coverage", well)


@pytest.mark.parametrize(
    ("file", "old", "new", "says"),
    [
        (
            "entries/water.yaml",
            ", not_used: no number",
            "",
            "well/entries/water.yaml:4: W3: nothing uses it; let a claim carry it",
        ),
        (
            "entries/water.yaml",
            "gist: water is carried",
            "gist: water is carried, not_used: too small",
            "well/entries/water.yaml:2: W1: well/base.yaml:20 uses it, yet `not_used` says why nothing does",
        ),
        (
            "entries/water.yaml",
            "rules.readiness_belief",
            "rules.readiness_belie",
            "well/entries/water.yaml:3: W2.used_by: there is no rules.readiness_belie in the case; "
            "did you mean 'rules.readiness_belief'?",
        ),
        (
            "entries/water.yaml",
            "tags.calls",
            "actors.hil",
            "well/entries/water.yaml:3: W2.used_by: there is no actors.hil in the case; did you mean 'actors.hill'?",
        ),
        (
            "entries/water.yaml",
            "okafor-2030, at: 7",
            "okafor-2030, at: 13",
            "well/entries/water.yaml:3: W2.at: okafor-2030 has the paragraphs 1 to 12, not 13",
        ),
        ("entries/water.yaml", "okafor-2030, at: 8", "okafor, at: 8", "well/entries/water.yaml:5: W4: no source"),
        ("entries/water.yaml", "at: 8, ", "", "well/entries/water.yaml:5: W4: `source` and `at` belong together"),
        ("entries/water.yaml", "gist: who", "gits: who", "well/entries/water.yaml:5: W4: no key 'gits' here"),
        ("claims.yaml", "[W1]", "[W1, W9]", "well/claims.yaml:7: hill-carries-water.entries: no row 'W9'"),
        ("contradictions.yaml", "W4:", "W7:", "well/contradictions.yaml:2: W7: is no row of the list"),
        ("contradictions.yaml", "[dale-is-patient]", "[dale]", "well/contradictions.yaml:6: W4.sides.both.claims"),
        ("history.yaml", "W5:", "W8:", "well/history.yaml:2: W8: no row 'W8'"),
        ("history.yaml", "[dale-is-patient]", "[dale]", "well/history.yaml:2: W5.claims: no claim 'dale'"),
        (
            "history.yaml",
            "stands: observed",
            "stands: observed, compare_with: [call]",
            "well/history.yaml:2: W5.compare_with: no column 'call'; did you mean 'calls'",
        ),
    ],
)
def test_mistakes(case_with_register, file, old, new, says):
    put(case_with_register / file, old, new)
    done = zopa("coverage", case_with_register)
    assert done.exit_code == 3, done.output
    assert any(line.startswith(says) for line in done.stderr.splitlines()), done.stderr


def test_a_row_in_two_lists(case_with_register):
    (case_with_register / "entries" / "more.yaml").write_text("W1: {source: okafor-2030, at: 4, gist: once more}\n")
    assert "well/entries/more.yaml:1: W1: stands in two lists; keep one" in list_mistakes(case_with_register)


@pytest.mark.parametrize(
    ("take", "says"),
    [
        ("take_from: okafor, places: [contest.noise]", "W4.sides.hill: there is no source view 'okafor'"),
        ("take_from: base, places: [contest.nois]", "W4.sides.hill: contest.nois is neither a quantity nor weights"),
        (
            "changes: {contest: {nois: {value: 0, unit: logits, assumed: a test}}}",
            "W4.sides.hill: contest.nois is neither a quantity nor weights of the base; a side changes what is",
        ),
        ("changes: {calendar: {horizon: 3}}", "W4.sides.hill: calendar.horizon is neither a quantity nor weights"),
        ("take_from: okafor-2030, places: [contest.noise]", "W4.sides.hill: okafor-2030 says nothing at contest.noise"),
    ],
)
def test_sides_that_take_numbers_from_nowhere(case_with_register, take, says):
    put(
        case_with_register / "contradictions.yaml",
        "claims: [hill-carries-water]",
        f"claims: [hill-carries-water], {take}",
    )
    put(case_with_register / "contradictions.yaml", "  no_difference: both carry it in the model\n", "")
    assert any(says in line for line in list_mistakes(case_with_register))
