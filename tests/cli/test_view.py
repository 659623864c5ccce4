"""View: a blank source view, and one coded from a text; both pass the check, and coding stops and goes on."""

import json
import re
from pathlib import Path

import pytest
from typer.testing import CliRunner

from sim import view_from_text
from sim.cli.app import app
from sim.errors import UsageError
from sim.loading.loader import load_case
from sim.workflows.source_view.coding_desk import DIRECTIONS
from sim.workflows.source_view.quantities import list_quantities, move_quantity
from sim.workflows.source_view.view_writer import format_coded_view

TEXT = "The drain\n\nThe quarrel costs the north more than its leaders would ever say aloud.\n\nThe south waits.\n"
FACTS = "M. Lund\nThe drain\n2032-05\nEnglish\nL\n"
COSTS = "Lund holds that the first side bears more than it admits.\n\n\n\nactors.north.interests.conflict_cost\nup\n\n"
WAITS = "Lund says that the second side has time.\nthe south's envoy\nreported\np. 4\nsouth discount\n\n\n"
ALL = f"{FACTS}next\n{COSTS}next\n{WAITS}next\nThe quarrel is dear.\n"


@pytest.fixture(autouse=True)
def trade(tmp_path, monkeypatch):
    """A case of one's own in an empty folder, and a text."""
    monkeypatch.chdir(tmp_path)
    monkeypatch.delenv("ZOPA_DEBUG", raising=False)
    assert zopa("new", "trade", "--from", "logrolling").exit_code == 0
    Path("lund.txt").write_text(TEXT, encoding="utf-8")
    return tmp_path / "trade"


def zopa(*words, answers=""):
    """What a command says."""
    return CliRunner().invoke(app, words, input=answers)


def code(answers, *words):
    """Code the text with these answers."""
    return zopa("view", "from-text", "lund.txt", "--source", "lund-2032", "--case", "trade", *words, answers=answers)


def read_view(name="lund-2032"):
    return load_case("trade", view=name)


def test_a_blank_view_passes_and_so_does_each_of_its_comments(trade):
    assert zopa("view", "new", "lund-2032", "--case", "trade").exit_code == 0
    text = (trade / "views" / "lund-2032.yaml").read_text(encoding="utf-8")
    assert set(read_view().view.assumes) == {*re.findall(r"^  ([a-z-]+): \{\}$", text, re.MULTILINE)}
    assert len(read_view().view.assumes) == 10
    assert zopa("check", "trade").exit_code == 0
    done = code(ALL, "--source", "key")
    assert done.exit_code == 0, done.stderr[-600:]
    head, body = text.split("assumes:\n")
    told = re.sub(r"^  #(  .*)$", r"  \1", body, flags=re.MULTILINE).replace("CLAIM", "key-2")
    told = re.sub(r"^  ([a-z-]+): \{\}$(?=\n    )", r"  \1:", told, flags=re.MULTILINE)
    (trade / "views" / "lund-2032.yaml").write_text(f"{head}assumes:\n{told}", encoding="utf-8")
    quantities = list_quantities(load_case("trade"))
    assert told.count("because: [key-2]") == len(quantities) > 40
    assert read_view().scenario.contest.balance.numbers == load_case("trade").scenario.contest.balance.numbers


def test_a_text_becomes_source_claims_and_view(trade):
    done = code(ALL)
    assert done.exit_code == 0, done.output
    assert "2 claims move 2 quantities" in done.stdout
    case = read_view()
    assert case.sources["lund-2032"].paragraphs == 3
    assert (case.sources["lund-2032"].author, case.sources["lund-2032"].published) == ("M. Lund", "2032-05")
    first, second = (case.claims[key] for key in ("lund-2032-2", "lund-2032-3"))
    assert (first.kind, first.speaker, first.place, first.coded_by) == ("asserted", "", "lund-2032 ¶2", "L")
    assert (second.kind, second.speaker) == ("reported", "the south's envoy")
    assert second.place == "lund-2032 p. 4"
    base = load_case("trade").scenario.actors["north"].interests.conflict_cost
    assert case.scenario.actors["north"].interests.conflict_cost.middle > base.middle
    assert case.view.summary == "The quarrel is dear."
    assert "aims" in case.view.silent
    assert not set(case.view.silent) & set(case.view.assumes)
    assert not list((trade / "views").glob("*.json"))
    told = zopa("cite", "lund-2032-2", "--case", "trade", "--texts", ".")
    assert "¶2  The quarrel costs the north" in told.stdout
    assert "lund-2032 p. 4" in zopa("cite", "lund-2032-3", "--case", "trade", "--texts", ".").stdout


def test_coding_stops_goes_back_and_goes_on(trade):
    done = code(f"{FACTS}next\n{COSTS}stop\n")
    assert (done.exit_code, done.stdout) == (0, "lund-2032: 1 claims so far, 2 paragraphs left\n")
    assert not (trade / "views" / "lund-2032.yaml").exists()
    kept = json.loads((trade / "views" / "lund-2032.coding.json").read_text(encoding="utf-8"))
    assert (kept["done"], len(kept["claims"])) == (1, 1)
    ended = code("next\n")
    assert ended.exit_code == 2
    assert "the answers ended at the question “What does it say" in ended.stderr
    assert "what was coded before is kept, and the same command goes on" in ended.stderr
    done = code(f"Lund says so.\nback\nback\ndrop\n{COSTS}next\n{WAITS}back\nnext\nnext\nback\nnext\nDear.\n")
    assert done.exit_code == 0, done.output
    assert [key for key in read_view().claims] == ["lund-2032-2", "lund-2032-3"]


def test_two_claims_that_disagree_leave_the_spread(trade):
    down = COSTS.replace("up\n", "down\n").replace("more", "less")
    assert code(f"{FACTS}next\n{COSTS}{down}next\n\nDear.\n").exit_code == 0
    found = read_view().scenario.actors["north"].interests.conflict_cost
    assert found.because == ("lund-2032-2", "lund-2032-2b")
    assert found.numbers == load_case("trade").scenario.actors["north"].interests.conflict_cost.numbers


@pytest.mark.parametrize(
    ("answers", "text"),
    [
        (
            "next\nThe quarrel costs the north more than its leaders would.\n",
            "takes over more than 8 words one after the other; use your own",
        ),
        ("Own words.\n\n9\n", "is none of stated, attributed, inferred"),
        ("Own words.\n\n\nx\n", "is no place; write 7 or 7,10-12 for paragraphs, p. 12 for pages"),
        ("Own words.\n\n\n9\n", "is outside: the text has the paragraphs 1 to 3, not 9"),
        ("Own words.\n\n\n\nzzz\n", "is no quantity of this case, nor a word in the place, theme or meaning of one"),
        ("Own words.\n\n\n\nactors\n", "quantities, such as actors."),
        ("Own words.\n\n\n\nnorth actors cost patience\n99\n", "is none of them; give a number from 1 to "),
        ("Own words.\n\n\n\nactors.north.interests.conflict_cost\nleft\n", "is none of up, down and both"),
    ],
)
def test_an_answer_that_cannot_be_used_is_said_in_a_sentence(trade, answers, text):
    done = code(f"{FACTS}{answers}")
    assert done.exit_code in (2, 3)
    assert text in done.stderr
    assert "Traceback" not in done.output
    assert not (trade / "claims.yaml").exists()
    assert list((trade / "views").glob("*.coding.json"))


def test_what_cannot_be_coded(trade):
    assert code(ALL).exit_code == 0
    assert "is there already and is left as it is; take another name" in code(ALL).stderr
    assert code(FACTS + "stop\n", "--source", "b").exit_code == 0
    Path("lund.txt").write_text(TEXT + "More.\n", encoding="utf-8")
    assert "b.coding.json: was coded from another text" in code("", "--source", "b").stderr
    (trade / "views" / "b.coding.json").write_text("[]", encoding="utf-8")
    assert "b.coding.json: are no notes of coding" in code("", "--source", "b").stderr
    Path("lund.txt").write_bytes(b"\xff\xfe")
    assert "lund.txt: is not UTF-8 text" in code("").stderr
    Path("lund.txt").write_text("\n", encoding="utf-8")
    assert "lund.txt: has no paragraph" in code("").stderr
    with pytest.raises(UsageError, match="nobody to ask"):
        view_from_text("lund.txt")


def test_what_comes_with_zopa_is_left_as_it_is():
    told = zopa("view", "new", "lund-2032", "--case", "alaska-budapest").stderr
    assert "comes with zopa and is left as it is; --copy-to my-alaska-budapest adds the view to a copy" in told
    assert (
        "start a case of your own with `zopa new`, from strike if you like"
        in zopa("view", "new", "x", "--case", "strike").stderr
    )
    assert "is there already and is left as it is; go on there with --case trade" in (
        zopa("view", "new", "lund-2032", "--case", "trade", "--copy-to", "trade").stderr
    )
    assert "'a b' cannot be the name of a source view" in zopa("view", "new", "a b", "--case", "trade").stderr
    done = zopa("view", "new", "lund-2032", "--case", "trade", "--copy-to", "other", "--json")
    assert json.loads(done.stdout)["folder"] == "other"


def test_every_quantity_of_the_flagship_can_be_moved():
    """Each moves its way and stays in its range, and weights still add up to one."""
    assert zopa("view", "new", "t", "--case", "alaska-budapest", "--copy-to", "copy").exit_code == 0
    case = load_case("copy")
    balances = {}
    for direction in DIRECTIONS:
        moved = {}
        for one in list_quantities(case).values():
            share = next(iter(one.base["shares"])) if "shares" in one.base else ""
            numbers = move_quantity(one.base, direction, share)
            moved.setdefault(one.theme, {})[one.place] = numbers | {"because": ["abt-plan-terms"]}
        names = {"view": direction, "label": "T", "author": "T", "summary": "All."}
        Path(f"copy/views/{direction}.yaml").write_text(format_coded_view(names, moved, {}), encoding="utf-8")
        balances[direction] = load_case("copy", view=direction).scenario.contest.balance.middle
    assert balances["down"] < balances["both"] < balances["up"]
    assert balances["both"] == case.scenario.contest.balance.middle
