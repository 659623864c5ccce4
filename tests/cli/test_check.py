"""Check looks at everything that stands beside a case: contradictions, translations, lists of evidence."""

import shutil

import pytest
from typer.testing import CliRunner

from sim.cli.app import app
from tests.architecture.tree import ROOT
from tests.cli.test_cli import well  # noqa: F401 - the fixture


@pytest.fixture
def case(tmp_path):
    return shutil.copytree(ROOT / "scenarios" / "alaska-budapest", tmp_path / "alaska-budapest")


def run_check(path):
    return CliRunner().invoke(app, ["check", str(path)], prog_name="zopa")


def test_a_whole_case_is_fine_and_its_open_questions_are_named(case):
    done = run_check(case / "oil-sanctions.yaml")
    assert done.exit_code == 0, done.output
    assert "--answer india=comply|refuse" in done.output


@pytest.mark.parametrize(
    ("file", "old", "new", "message"),
    [
        ("texts/de.yaml", "actors:\n", "actors:\n  rusia: {label: X}\n", "did you mean 'russia'?"),
        ("entries/mechanisms.yaml", "M01:", "M1:", "M01"),
        (
            "base.yaml",
            "  levers.eu-sanctions: {because: [portnikov-hungary-blocks]}\n",
            "",
            "levers.eu-sanctions: the two sides differ here, and nothing says why; "
            "give `because` or `assumed` under asymmetries: levers.eu-sanctions",
        ),
        ("contradictions.yaml", "take_from: abt-2025", "take_from: abt-2024", "did you mean 'abt-2025'?"),
    ],
)
def test_mistakes_beside_the_case_are_found(case, file, old, new, message):
    path = case / file
    text = path.read_text(encoding="utf-8")
    assert old in text
    path.write_text(text.replace(old, new, 1), encoding="utf-8")
    done = run_check(case / "base.yaml")
    assert done.exit_code == 3
    assert message in " ".join(done.output.split())
    assert file.rsplit("/", 1)[-1] in done.output or "claims.yaml" in done.output


def test_a_wrong_answer_of_an_open_question_is_found(case):
    path = case / "oil-sanctions.yaml"
    text = path.read_text(encoding="utf-8")
    path.write_text(text.replace("scheduled_week: 20", "scheduled_wek: 20"), encoding="utf-8")
    done = run_check(path)
    assert done.exit_code == 3
    assert "did you mean 'scheduled_week'?" in done.output


SLIP = """extends: {base}
title: A slip
assumed: on purpose
changes: {{levers: {{oil-sanctions: {{scheduled_wek: 3}}}}}}
"""


@pytest.mark.parametrize(
    ("base", "message"),
    [("base", "did you mean 'scheduled_week'?"), ("slip", "goes round in a circle"), ("nobody", "nobody")],
)
def test_a_folder_written_as_a_path_means_all_its_scenario_files(case, base, message):
    (case / "slip.yaml").write_text(SLIP.format(base=base), encoding="utf-8")
    done = run_check(case)
    assert done.exit_code == 3
    assert message in done.output
    assert "slip.yaml" in done.output
    assert run_check(case / "base.yaml").exit_code == 0


def test_every_file_of_a_folder_is_named(well):  # noqa: F811 - the fixture
    done = CliRunner().invoke(app, ["check", "./well", "-q"], prog_name="zopa")
    assert done.exit_code == 0, done.output
    assert all(f"{name}: fine" in done.output for name in ("well", "well/open-question", "well/words-only"))


def test_a_neighbours_mistake_is_told_as_a_neighbours(well):  # noqa: F811
    text = (well / "base.yaml").read_text(encoding="utf-8")
    broken = text.replace("title: Two villages and a well", "title: Two villages: and a well")
    (well / "broken.yaml").write_text(broken, encoding="utf-8")
    done = run_check(well / "base.yaml")
    assert done.exit_code == 0, done.output
    assert "well: fine" in done.stdout
    said = " ".join(done.stderr.split())
    assert "note: a neighbour of base.yaml, which is fine without it: well/broken.yaml:3: a colon stands in" in said


@pytest.mark.parametrize(
    ("old", "new", "message"),
    [
        (
            "changes: [actors.north.interests.conflict_cost=*0.0333",
            "changes: [actors.nrth.interests.conflict_cost=*0.0333",
            "try.cheap-quarrel.changes: there is no actors.nrth in the scenario; did you mean 'actors.north'?",
        ),
        (
            "calendar.horizon=4]",
            "calendar.horizon=-4]",
            "try.cheap-quarrel.changes: calendar.horizon: must be at least 1, and is -4",
        ),
        (
            "calendar.horizon=4]",
            "levers.gate.price=4]",
            "try.cheap-quarrel.changes: there is no levers.gate.price in the scenario; it gives no levers",
        ),
    ],
)
def test_what_one_may_try_is_checked(tmp_path, old, new, message):
    case = shutil.copytree(ROOT / "scenarios" / "textbook", tmp_path / "textbook")
    file = case / "two-towns.yaml"
    text = file.read_text(encoding="utf-8")
    assert old in text
    file.write_text(text.replace(old, new, 1), encoding="utf-8")
    done = run_check(file)
    assert done.exit_code == 3
    assert done.stderr.splitlines() == [f"{file}:11: {message}"]


def test_an_empty_name_is_no_folder():
    done = run_check("")
    assert (done.exit_code, done.stderr) == (
        3,
        "'': the name of a scenario is empty; leave it out for the default case\n",
    )
