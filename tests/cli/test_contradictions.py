"""Contradictions: the commands that list and rank what sources differ over, and one message per slip."""

import csv
import json
from pathlib import Path

import pytest

from sim import rank_contradictions
from sim.workflows.reporter import SilentReporter
from tests.cli.test_cli import expect_refusal, well, zopa  # noqa: F401 - the fixture

CONTRADICTIONS = """
X01:
  question: How long can Dale wait?
  sides:
    long: {says: "Okafor: longer than Hill.", claims: [dale-is-patient], changes: {actors: {dale: {interests: {
      weekly_discount: {value: 0.999, unit: factor, because: [dale-is-patient]}}}}}}
    short: {says: "Okafor elsewhere: hardly.", claims: [hill-carries-water], changes: {actors: {dale: {interests: {
      weekly_discount: {value: 0.8, unit: factor, because: [hill-carries-water]}}}}}}
X02:
  question: What does the gate do?
  sides:
    little: {says: "Okafor: little.", claims: [dale-is-patient], take_from: okafor-2030,
      places: [levers.gate.effects.stress]}
    told: {says: "Told, and changes nothing.", claims: [hill-carries-water]}
X03:
  question: What is the well called?
  sides:
    one: {says: "One name.", claims: [hill-carries-water]}
    other: {says: "Another.", claims: [hill-carries-water]}
  no_difference: a name changes nothing
"""
SMALL = ["--case", "well", "--runs", "40", "--horizon", "6", "--workers", "1", "--seed", "3"]


@pytest.fixture(autouse=True)
def case(well):  # noqa: F811 - the fixture
    (well / "contradictions.yaml").write_text(CONTRADICTIONS, encoding="utf-8")
    return well


def rank(*words, view="wide"):
    done = zopa("contradictions", "rank", view, *SMALL, "--json", *words)
    assert done.exit_code == 0, done.output
    return json.loads(done.stdout)


# ---------------------------------------------------------------------------------------------- lists


def listed(*words):
    done = zopa("contradictions", *words, "--json")
    assert done.exit_code == 0, done.output
    return [one["contradiction"] for one in json.loads(done.stdout)["contradictions"]]


@pytest.mark.parametrize(
    ("words", "found"),
    [
        (["well"], ["X01", "X02", "X03"]),
        (["list", "well"], ["X01", "X02", "X03"]),
        (["well", "--effect", "no"], ["X03"]),
        (["well", "--kind", "inferred"], ["X01", "X02"]),
        (["well", "--source", "okafor"], ["X01", "X02", "X03"]),
        (["well", "--kind", "stated", "--effect", "yes"], ["X01", "X02"]),
    ],
)
def test_contradictions_are_listed_and_filtered(words, found):
    assert listed(*words) == found


def test_the_list_is_a_table_with_the_reason_why_nothing_changes():
    done = zopa("contradictions", "well")
    assert "What is the well called?" in " ".join(done.stdout.split())
    assert "changes nothing" in done.stdout


@pytest.mark.parametrize(
    ("words", "text"),
    [
        (
            ["alaska-budapest", "--source", "portnikow"],
            "zopa: there is no source 'portnikow'; did you mean 'portnikov'?",
        ),
        (["well", "--source", "okafer"], "zopa: there is no source 'okafer'; did you mean 'okafor-2030'?"),
        (["well", "--kind", "state"], "zopa: there is no kind of claim 'state'; did you mean 'stated'?"),
        (["well", "--effect", "maybe"], "zopa: there is no effect 'maybe'; known: yes, no"),
        (
            ["textbook/strike"],
            "zopa: textbook/strike has no contradictions; they stand in contradictions.yaml beside its base",
        ),
    ],
)
def test_a_slip_in_a_list_is_named(words, text):
    assert expect_refusal(2, "contradictions", *words) == text


# ---------------------------------------------------------------------------------------------- ranks


def test_every_side_that_changes_something_is_ranked():
    found = rank()
    assert (found["view"], found["outcome"], found["contradictions"]) == ("wide", "any_agreement", 3)
    assert (found["without_effect"], found["looks"]) == (1, 3)
    assert {key: list(one["sides"]) for key, one in found["questions"].items()} == {
        "X01": ["long", "short"],
        "X02": ["little"],
    }
    reach = [max(abs(side["effect"]["value"]) for side in one["sides"].values()) for one in found["questions"].values()]
    assert reach == sorted(reach, reverse=True)
    for one in found["questions"].values():
        for side in one["sides"].values():
            both = side["effect"]["value"] + side["selection"]["value"]
            assert both == pytest.approx(side["difference"]["value"])


def test_what_a_view_says_already_is_no_flip():
    assert list(rank(view="okafor-2030")["questions"]) == ["X01"]


def test_a_flip_is_what_the_answer_does():
    """The share with a side is that of `zopa run --answer` on the same draws."""
    found = rank()["questions"]["X01"]["sides"]["short"]
    assert found["selection"] == {"value": 0, "low": 0, "high": 0, "kind": "paired"}
    how = ["--view", "wide", "--runs", str(found["matching"]), "--horizon", "6", "--seed", "3", "--workers", "1"]
    ran = json.loads(zopa("run", "well", *how, "--answer", "X01=short", "--no-report", "--json").stdout)
    assert ran["views"]["wide"]["any_agreement"]["share"] == pytest.approx(found["share"])


SAME = """
X05:
  question: How long can Dale wait, said again?
  sides:
    long: {says: "Long.", claims: [hill-carries-water], changes: {actors: {dale: {interests: {
      weekly_discount: {value: 0.999, unit: factor, because: [hill-carries-water]}}}}}}
    as-long: {says: "As we have it.", claims: [hill-carries-water]}
"""


@pytest.mark.parametrize(
    ("since", "other", "says"),
    [
        ("always", "week-1", "in the reported past, too, so that other runs match"),
        ("week-1", "always", "from week 1 on, on the same runs"),
    ],
)
def test_the_sentence_says_from_when_sides_hold_and_counts_equal_sides_once(case, since, other, says):
    (case / "contradictions.yaml").write_text(CONTRADICTIONS + SAME, encoding="utf-8")
    found = rank("--from", since)
    sides = found["questions"]["X05"]["sides"]["long"]
    alike = found["questions"]["X01"]["sides"]["long"]
    assert (sides["same_as"], alike["same_as"]) == (["X01=long"], ["X05=long"])
    assert sides["claims"] != alike["claims"]
    told = {"same_as": [], "claims": [], "shares": []}
    assert sides | told == alike | told
    assert found["looks"] == 3
    page = (Path(found["outputs"]) / "contradictions.html").read_text(encoding="utf-8")
    said = " ".join(zopa("contradictions", "rank", "wide", *SMALL, "--from", since).stdout.split())
    for text in (page, said):
        assert f"{says} (<code>--from {since}</code>);" in text or f"{says} (`--from {since}`);" in text
        assert "questions may rank otherwise" in text
        assert f"--from {other}" in text
    assert "same switch as" in page
    assert "How long" in said


KEPT = ("csv", "html", "json")


def test_the_page_the_numbers_and_the_draws_are_kept():
    folder = Path(rank()["outputs"])
    assert sorted(file.name for file in folder.iterdir()) == [*(f"contradictions.{one}" for one in KEPT), "draws.npz"]
    page = (folder / "contradictions.html").read_text(encoding="utf-8")
    assert "How long can Dale wait?" in page
    assert "okafor-2030 ¶7,10-12" in page
    place = "actors.dale.interests.weekly_discount"
    kept = json.loads((folder / "contradictions.json").read_text(encoding="utf-8"))["questions"]
    assert [one["place"] for one in kept["X01"]["sides"]["long"]["sets"]] == [place]
    assert f"{place}: " in page
    assert "→ 0.999" in page


def test_kind_and_speaker_of_every_side_stand_in_page_table_and_numbers(case):
    claims = case / "claims.yaml"
    text = claims.read_text(encoding="utf-8")
    claims.write_text(text.replace("kind: inferred", "kind: inferred\n  speaker: the miller", 1), encoding="utf-8")
    folder = Path(rank()["outputs"])
    page = (folder / "contradictions.html").read_text(encoding="utf-8")
    assert "<td>inferred (the miller)</td>" in page
    assert "okafor-2030 ¶7,10-12 (inferred, the miller): " in page
    kept = json.loads((folder / "contradictions.json").read_text(encoding="utf-8"))["questions"]
    (told,) = kept["X01"]["sides"]["long"]["claims"]
    assert (told["claim"], told["kind"], told["speaker"]) == ("dale-is-patient", "inferred", "the miller")
    rows = list(csv.DictReader((folder / "contradictions.csv").read_text(encoding="utf-8").splitlines()))
    (row,) = [row for row in rows if (row["question"], row["side"]) == ("X01", "long")]
    assert (row["kinds"], row["speakers"], row["asked"]) == ("inferred", "the miller", "How long can Dale wait?")
    assert float(row["effect"]) == kept["X01"]["sides"]["long"]["effect"]["value"]
    rank("--lang", "de")
    german = (folder / "contradictions.de.html").read_text(encoding="utf-8")
    assert "<td>erschlossen (the miller)</td>" in german
    assert 'okafor-2030 ¶7,10-12 (erschlossen, the miller): <span lang="en">' in german


def test_the_axis_says_which_share_and_a_question_is_written_out(case):
    asked = "How long can Dale wait, when the well is as low as it has been since the year of the great drought?"
    changed = CONTRADICTIONS.replace("How long can Dale wait?", asked)
    (case / "contradictions.yaml").write_text(changed, encoding="utf-8")
    small = {"case": "well", "runs": 40, "horizon": 6, "workers": 1, "seed": 3}
    layout = rank_contradictions("wide", outcome="open", report=False, **small).figure().layout
    assert layout.xaxis.title.text.replace("<br>", " ").startswith("“no agreement” after 6 weeks: effect on the share")
    texts = [one.text.replace("<br>", " ") for one in layout.annotations]
    assert any(one.startswith(f"<b>X01 {asked} ") and ("← " in one or " →" in one) for one in texts)
    assert not any("…" in text for text in texts)


def test_who_read_the_claims_is_said_on_the_page_and_in_the_terminal(case):
    unsaid = "Who or what A and B are, the case does not say (coders.yaml)."
    folder = Path(rank()["outputs"])
    page = (folder / "contradictions.html").read_text(encoding="utf-8")
    assert f"1 of 2 claims were read twice: first by A, then, with the sentence in view, by B. {unsaid}" in page
    (case / "coders.yaml").write_text("A: {kind: person}\nB: {kind: language-model}\n", encoding="utf-8")
    rank()
    page = (folder / "contradictions.html").read_text(encoding="utf-8")
    assert "A is a person. B is a pass of a language model over the texts and no person." in page
    short = "1 of 2 claims read twice: A: persons; B: passes of a language model, no persons."
    assert short in " ".join(zopa("contradictions", "well").stdout.split())
    assert json.loads(zopa("cite", "dale-is-patient", "--case", "well", "--json").stdout)["coders"] == short
    (case / "coders.yaml").write_text("A: {kind: persn}\n", encoding="utf-8")
    assert "well/coders.yaml:1: A.kind: " in expect_refusal(3, "check", "well")


SPEAKS = {"discussed": "fazi", "abt": "abt", "portnikov": "portnikov"}


def test_cite_says_what_each_side_sets():
    found = {one["title"]: one for one in json.loads(zopa("cite", "X19", "--json").stdout)["found"]}
    place = "actors.ukraine.interests.red_lines.cedes-held-land.price"
    for side in ("discussed", "abt", "portnikov"):
        one = found[f"X19={side}"]
        assert any(fact.startswith(f"sets {place}: ") and " worth → " in fact for fact in one["facts"])
        assert {claim["source"].partition("-")[0] for claim in one["claims"]} == {SPEAKS[side]}


def test_another_outcome_or_margin_leaves_the_first_page():
    folder = Path(rank()["outputs"])
    first = (folder / "contradictions.json").read_bytes()
    rank("--margin", "20%")
    other = rank("--outcome", "open")
    assert Path(other["outputs"]) == folder
    names = {file.name for file in folder.glob("*.html")}
    assert names == {"contradictions.html", "contradictions-within-0.2.html", "contradictions-open.html"}
    assert (folder / "contradictions.json").read_bytes() == first


def test_the_page_speaks_german():
    folder = Path(rank("--lang", "de")["outputs"])
    german = (folder / "contradictions.de.html").read_text(encoding="utf-8")
    assert "Worin Quellen sich widersprechen" in german
    rank()
    assert "What sources differ over" in (folder / "contradictions.html").read_text(encoding="utf-8")
    assert (folder / "contradictions.de.html").read_text(encoding="utf-8") == german


def test_questions_and_sides_have_their_german(case):
    texts = case / "texts" / "de.yaml"
    texts.parent.mkdir(exist_ok=True)
    texts.write_text(
        'contradictions: {X01: {question: "Wie lange kann Dale warten?", sides: {long: {says: "Okafor: länger."}}}}\n',
        encoding="utf-8",
    )
    page = (Path(rank("--lang", "de")["outputs"]) / "contradictions.de.html").read_text(encoding="utf-8")
    assert "<summary>X01 Wie lange kann Dale warten?</summary>" in page
    assert "long: Okafor: länger." in page
    assert '<summary>X02 <span lang="en">What does the gate do?</span></summary>' in page
    texts.write_text("contradictions: {X01: {qestion: Wie?}}\n", encoding="utf-8")
    said = expect_refusal(3, "check", "well")
    assert "contradictions.X01.qestion: contradictions.yaml says nothing to readers there" in said


def test_knowing_is_set_beside_it():
    found = rank("--policy", "words-only")
    assert found["files"] == ["base", "words-only"]
    assert {"best", "best_by_answer", "surely_changed", "value", "low", "high"} == set(
        found["questions"]["X01"]["knowing"]
    )
    said = zopa("contradictions", "rank", "wide", *SMALL, "--policy", "all", "--no-report")
    assert "What knowing is worth" in said.stdout


def test_a_side_says_nothing_where_a_file_has_taken_out_what_it_speaks_of(case):
    price = "{actors: {hill: {interests: {red_lines: {all-water: {price: {value: 0.9, unit: worth,"
    more = f"""
X04:
  question: How red is the line?
  sides:
    very: {{says: Very., claims: [dale-is-patient], changes: {price} because: [dale-is-patient]}}}}}}}}}}}}}}}}
    hardly: {{says: Hardly., claims: [hill-carries-water]}}
"""
    (case / "contradictions.yaml").write_text(CONTRADICTIONS + more, encoding="utf-8")
    removed = "changes: {actors: {hill: {interests: {red_lines: {all-water: null}}}}}"
    text = f"extends: base\ntitle: No line\nquestion: And without the line?\n{removed}\nassumed: for a test\n"
    (case / "no-line.yaml").write_text(text, encoding="utf-8")
    found = rank("--policy", "no-line")
    assert "X04" in found["questions"]
    done = zopa("run", "well/no-line.yaml", "--view", "wide", "--answer", "X04=very", "--runs", "5", "--no-report")
    assert done.exit_code == 0, done.output


class Stopping(SilentReporter):
    """Presses Ctrl-C after the first piece of work."""

    def __init__(self):
        self.notes = []

    def note(self, text):
        self.notes.append(text)

    def show_progress(self):
        return self

    def __enter__(self):
        def stop(*_):
            raise KeyboardInterrupt

        return stop

    def __exit__(self, *_):
        return None


def test_an_interrupted_ranking_goes_on_with_what_is_left():
    asked = {"case": "well", "runs": 40, "horizon": 6, "workers": 1, "seed": 3}
    with pytest.raises(KeyboardInterrupt, match="the same command goes on"):
        rank_contradictions("wide", reporter=Stopping(), **asked)
    again = Stopping()
    again.__class__ = type("Listening", (Stopping,), {"__enter__": lambda self: None})
    found = rank_contradictions("wide", reporter=again, **asked)
    assert any(text.endswith("the others are kept.") for text in again.notes), again.notes
    assert found.as_json()["questions"] == rank("--out", "elsewhere")["questions"]


def test_another_outcome_is_ranked_without_playing_again():
    rank()
    listening = Stopping()
    asked = {"case": "well", "runs": 40, "horizon": 6, "workers": 1, "seed": 3, "outcome": "open"}
    found = rank_contradictions("wide", reporter=listening, **asked)
    assert listening.notes[-1].startswith("0 cases to play")
    assert len(found.to_frame()) == 3
    assert found.figure().data
    assert "Moves the share by" in repr(found)


@pytest.mark.parametrize(
    ("words", "text"),
    [
        (["wide", "--outcome", "agreemnt"], "zopa: there is no outcome 'agreemnt'; did you mean 'agreement'?"),
        (["wide", "--policy", "words"], "zopa: there is no scenario file 'words'; did you mean 'words-only'?"),
        (["wide", "--margin", "2"], "zopa: --margin is 2; it must be a share above 0 and below 1, such as 5% or 0.05"),
        (["wide", "--runs", "1"], "zopa: --runs is 1; it must be from 2 to 100,000"),
        (["wide", "--from", "week-2"], "zopa: --from is week-2; it must be week-1 or always"),
    ],
)
def test_a_slip_in_a_ranking_is_named(words, text):
    assert expect_refusal(2, "contradictions", "rank", *words, "--case", "well") == text


def test_one_answer_to_a_question(case):
    twice = ["--answer", "X01=long", "--answer", "X01=short"]
    said = "--answer X01=short: X01 is answered by 'long' already; take one answer to a question"
    assert expect_refusal(3, "contradictions", "rank", "wide", *SMALL, *twice) == said
    assert expect_refusal(3, "run", "well", "--runs", "5", "--no-report", *twice) == said
    laid = rank("--answer", "X01=long")["questions"]["X01"]["sides"]
    assert list(laid) == ["short"]  # a side takes the place of the answer that the view was given


def test_a_question_is_cited_where_a_case_keeps_no_list_of_evidence():
    whole = zopa("cite", "X01", "--case", "well").stdout
    assert whole.startswith("X01: How long can Dale wait?\n\nX01=long\n")
    assert whole.endswith("X01\n  take a side: --answer X01=long or --answer X01=short\n")
    one = zopa("cite", "X01=short", "--case", "well").stdout
    assert ("hill-carries-water" in one, "dale-is-patient" in one) == (True, False)
    assert expect_refusal(2, "cite", "X01=lng", "--case", "well").endswith("did you mean 'X01=long'?")
    assert expect_refusal(2, "cite", "x01", "--case", "well").endswith("did you mean 'X01'?")
    assert expect_refusal(2, "contradictions", "X12") == "zopa: X12 is a question and no case; `zopa cite X12` shows it"


def test_an_unknown_view_is_named_as_everywhere():
    text = "well/base.yaml: there is no source view 'wyde' for this scenario; did you mean 'wide'?"
    assert expect_refusal(3, "contradictions", "rank", "wyde", "--case", "well") == text
    assert expect_refusal(3, "attribute-pairs", "wyde", "wide", "--case", "well") == text
