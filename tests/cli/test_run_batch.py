"""Batch: several scenario files at once, pages made again, and other magnitudes: what is kept, printed and said."""

import html
import json
import re
from pathlib import Path

import pytest

from tests.cli.test_cli import expect_refusal, well, zopa  # noqa: F401 - the fixture

FAMILY = ["well", "well/open-question", "well/words-only"]
SMALL = ["--runs", "20", "--horizon", "5", "--workers", "1"]
HERE = ["--workers", "1"]
pytestmark = pytest.mark.usefixtures("well")


@pytest.fixture
def batch():
    """A batch without pages, as the object that was printed."""
    done = zopa("run", "./well", *SMALL, "--no-report", "--json", "-q")
    assert done.exit_code == 0, done.output
    return json.loads(done.stdout)


@pytest.fixture
def summary():
    """Results of a single small run, without a page."""
    return Path(json.loads(zopa("run", "well", *SMALL, "--no-report", "--json", "-q").stdout)["outputs"])


def page(path):
    return html.unescape(Path(path).read_text(encoding="utf-8"))


# --------------------------------------------------------------------------------------------- which files


@pytest.mark.parametrize(
    ("words", "names"),
    [
        (["well"], ["well"]),
        (["./well"], FAMILY),
        (["well/"], FAMILY),
        (["well/base.yaml", "well/words-only.yaml"], ["well", "well/words-only"]),
        (["well/words-only.yaml"], ["well/words-only"]),
        (["./well", "well/base.yaml"], FAMILY),
    ],
    ids=" ".join,
)
def test_which_files_are_meant(words, names):
    from sim.loading.discovery import derive_name
    from sim.workflows.scenario_files import find_files

    assert [derive_name(path) for path in find_files(words)] == names


def test_a_precision_is_for_one_scenario_and_never_left_unheard(tmp_path):
    assert "`--precision` is for one scenario" in expect_refusal(2, "run", "./well", *SMALL, "--precision", "2%")
    assert "leave out --precision" in expect_refusal(2, "run", "--resume", tmp_path, "--precision", "2%")
    assert "below 1" in expect_refusal(2, "run", "./well", *SMALL, "--precision", "150%")


@pytest.mark.parametrize(("precision", "said"), [("90%", "known within 90.00%"), ("1%", "1.00% is not reached")])
def test_whether_a_precision_is_reached_is_said(precision, said):
    done = zopa("run", "well", *SMALL, "--precision", precision, "--no-report")
    assert done.exit_code == 0, done.output
    assert said in done.stderr


def test_a_folder_holds_only_files_that_extend_its_base(well):  # noqa: F811 - the fixture
    from sim.workflows.scenario_files import find_family

    (well / "other.yaml").write_text("extends: ../elsewhere\ntitle: Other\n", encoding="utf-8")
    (well / "notes.yaml").write_text("remarks: none\n", encoding="utf-8")
    (well / "elsewhere.yaml").write_text("format: 1\ntitle: Elsewhere\n", encoding="utf-8")
    (well / "other.yaml").write_text("extends: elsewhere\ntitle: Other\n", encoding="utf-8")
    assert [path.name for path in find_family(well)] == ["base.yaml", "open-question.yaml", "words-only.yaml"]


def test_a_file_with_a_mistake_is_reported_before_anything_is_played(well, monkeypatch):  # noqa: F811
    monkeypatch.setattr("sim.ensemble.simulate.simulate_views", lambda *_: pytest.fail("it was played"))
    (well / "words-only.yaml").write_text("extends: bse\nchanges: {title: x}\n", encoding="utf-8")
    assert "words-only.yaml" in expect_refusal(3, "run", "./well")


def test_files_of_two_cases_are_refused(monkeypatch):
    monkeypatch.setattr("sim.ensemble.simulate.simulate_views", lambda *_: pytest.fail("it was played"))
    assert "are not of one case" in expect_refusal(2, "run", "well", "two-towns")


# --------------------------------------------------------------------------------------------- the batch


def test_numbers_of_the_overview_are_those_of_the_results(batch):
    from analysis.methods.shares import compute_shares
    from sim.storage.results_folder import load

    assert list(batch["scenarios"]) == FAMILY
    for told in batch["scenarios"].values():
        found = compute_shares(load(Path(told["outputs"])))
        for name, view in found.views.items():
            assert told["views"][name]["any_agreement"]["share"] == view.any_agreement.share
            assert told["views"][name]["matching"] == 20
    assert json.loads((Path(batch["outputs"]) / "overview.json").read_text(encoding="utf-8")) == batch


def test_differences_are_those_of_compare(batch):
    done = zopa("compare", "well", "words-only", *SMALL, "--json", "-q")
    assert json.loads(done.stdout)["scenarios"]["well/words-only"] == batch["differences"]["well/words-only"]


def test_a_scenario_of_a_batch_is_the_one_played_alone(batch):
    alone = json.loads(zopa("run", "well/words-only.yaml", *SMALL, "--no-report", "--json", "-q").stdout)
    together = batch["scenarios"]["well/words-only"]
    for name, view in alone["views"].items():
        assert together["views"][name]["outcomes"] == view["outcomes"]
    assert together["outputs"] == alone["outputs"]


def test_pages_of_a_batch_and_the_way_between_them():
    done = zopa("run", "./well", *SMALL, "--lang", "de")
    assert done.exit_code == 0, done.output
    assert "Two villages, words only" in done.stdout
    path = Path(done.stdout.rstrip().rsplit("Overview: ", 1)[1])
    text = path.read_text(encoding="utf-8")
    assert '<html lang="de">' in text
    pages = re.findall(r'<dt><a href="([^"#]+)">', text)
    assert len(pages) == len(FAMILY)
    for address in pages:
        assert '<html lang="de">' in (path.parent / address).read_text(encoding="utf-8")
    assert text.count("plotly.js v") == 1
    assert text.index("Keine Vorhersage") < text.index("<figure>")
    for part in ("Not a forecast", "Seed 7 in all scenarios"):
        assert part in done.stderr
    assert zopa("run", "./well", *SMALL, "--no-report", "-q").stderr == ""


def test_levers_that_come_too_late_are_named_in_the_overview():
    late = ["--set", "levers.gate.delay=20"]
    done = zopa("run", "./well", *SMALL, "--json", "-q", *late)
    told = json.loads(done.stdout)
    assert told["scenarios"]["well"]["late_levers"] == {"gate": ["wide", "okafor-2030"]}
    assert "Cannot take effect within 5 weeks: shutting the gate." in page(Path(told["outputs"]) / "overview.html")


def test_questions_that_a_file_leaves_open_stand_on_its_page():
    done = zopa("run", "well/open-question.yaml", *SMALL, "-q")
    assert done.exit_code == 0, done.output
    assert "Open questions of this scenario" in page(done.stdout.rstrip().rsplit("Report: ", 1)[1])


def test_what_was_finished_before_an_interruption_is_saved(monkeypatch):
    from sim.ensemble import simulate

    play = simulate.simulate_views
    monkeypatch.setattr(simulate, "simulate_views", lambda *given, **named: (play(*given, **named)[0], False))
    done = zopa("run", "./well", *SMALL, "--no-report", "--json")
    assert done.exit_code == 130
    told = json.loads(done.stdout)
    assert told["complete"] is False
    assert all(Path(one["outputs"]).is_dir() for one in told["scenarios"].values())
    assert "zopa: interrupted; what was finished so far is kept" in done.stderr
    assert f"go on with `zopa run --resume {told['outputs']}`" in done.stderr


def test_the_first_use_of_a_compiled_engine_is_announced(monkeypatch):
    monkeypatch.setattr(
        "sim.engines.base.compile_ahead",
        lambda _, report_progress=None: report_progress and report_progress("compiling"),
    )
    for words in (["run", "./well", *SMALL, "--no-report"], ["compare", "well", "words-only", *SMALL]):
        assert zopa(*words).stderr.startswith("compiling\n")
        assert zopa(*words, "-q").stderr == ""


# ---------------------------------------------------------------------------------------- pages made again


def test_report_makes_the_page_again_in_another_language(summary):
    done = zopa("report", summary, *HERE, "--lang", "de", "--out", "seite.html")
    assert (done.exit_code, done.stdout) == (0, "Report: seite.html\n"), done.output
    text = page("seite.html")
    assert '<html lang="de">' in text
    assert "Typische Läufe" in text
    assert not (summary / "report.html").exists()
    assert zopa("report", summary, *HERE, "--lang", "de").exit_code == 0
    assert not (summary / "report.html").exists()
    assert zopa("report", summary, *HERE).exit_code == 0
    assert "Typische Läufe" in page(summary / "report.de.html")
    assert "Typical runs" in page(summary / "report.html")


def test_no_sentence_of_ours_falls_back_on_a_page_with_everything(summary, monkeypatch):
    from sim.workflows import build_report

    seen = []
    write = build_report.write_report
    monkeypatch.setattr(build_report, "write_report", lambda *given: (seen.append(given[3]), write(*given))[1])
    assert zopa("report", summary, *HERE, "--lang", "de").exit_code == 0
    assert seen[0].stories
    assert seen[0].series
    assert seen[0].untranslated_messages == set()


def test_report_plays_nothing_twice(summary, monkeypatch):
    assert zopa("report", summary, *HERE).exit_code == 0
    first = page(summary / "report.html")
    assert (summary / "weekly_series.npz").is_file()
    monkeypatch.setattr(
        "sim.workflows.build_report.compute_weekly_series", lambda *_: pytest.fail("it was played again")
    )
    assert zopa("report", summary, *HERE).exit_code == 0
    assert page(summary / "report.html") == first


def test_report_of_the_newest_results(summary):
    done = zopa("report", *HERE, "--json")
    assert json.loads(done.stdout) == {
        "scenario": "well", "language": "en", "report": f"{summary.as_posix()}/report.html",
    }  # fmt: skip


def test_report_without_the_case_still_shows_what_was_stored(summary, well):  # noqa: F811
    (well / "base.yaml").unlink()
    done = zopa("report", summary, *HERE)
    assert done.exit_code == 0, done.output
    assert "Two villages and a well" in page(summary / "report.html")


@pytest.mark.parametrize(
    ("words", "code", "message"),
    [
        (["nowhere"], 1, "nowhere: there is no such folder of results; `zopa run` makes one"),
        (["well", "--lang", "fr"], 2, "zopa: --lang is fr; it must be one of en, de"),
    ],
)
def test_a_slip_gets_one_message(words, code, message):
    assert expect_refusal(code, "report", *words) == message


def test_damaged_results_are_reported_in_one_message(summary):
    (summary / "weekly_series.npz").write_bytes(b"nothing")
    done = zopa("report", summary, *HERE)
    assert (done.exit_code, done.stderr) == (
        0,
        f"{summary.as_posix()}/weekly_series.npz: cannot be used; it is made again\n",
    )
    assert zopa("report", summary, *HERE).stderr == ""
    (summary / "runs.npz").write_bytes(b"nothing")
    assert expect_refusal(1, "report", summary).startswith(
        f"{summary.as_posix()}/runs.npz: has changed since it was written; "
    )


def test_a_page_that_cannot_be_written_is_refused(summary):
    assert expect_refusal(2, "report", summary, "--out", "nowhere/x.html").startswith("zopa: --out nowhere/x.html: ")


# ---------------------------------------------------------------------------------------- other magnitudes


def test_sweeps_are_saved_shown_and_used_again():
    done = zopa("run", "well", *SMALL, "--sweeps")
    assert done.exit_code == 0, done.output
    assert "Now with other magnitudes" in done.stderr
    path = Path(done.stdout.rstrip().rsplit("Report: ", 1)[1])
    assert "effects of all levers × 0.5" in page(path)
    swept = json.loads((path.parent / "sweeps.json").read_text(encoding="utf-8"))
    assert {one["kind"] for one in swept["variants"]} >= {"effects", "precision"}
    assert zopa("report", path.parent, *HERE, "--lang", "de").exit_code == 0
    assert "Wirkungen aller Hebel × 0,5" in page(path.with_name("report.de.html"))
    (path.parent / "sweeps.json").write_text(json.dumps(swept | {"draws": 7}), encoding="utf-8")
    again = zopa("report", path.parent, *HERE)
    told = f"{path.parent.as_posix()}/sweeps.json: has changed since it was written; it is made again\n"
    assert (again.exit_code, again.stderr.startswith(told)) == (0, True)
    assert json.loads((path.parent / "sweeps.json").read_text(encoding="utf-8")) == swept
    (path.parent / "sweeps.json").unlink()
    missed = zopa("report", path.parent, *HERE)
    told = f"{path.parent.as_posix()}/sweeps.json: is missing; it is made again\n"
    assert (missed.exit_code, missed.stderr.startswith(told)) == (0, True)
    assert json.loads((path.parent / "sweeps.json").read_text(encoding="utf-8")) == swept
    zopa("run", "well", *SMALL, "--no-sweeps")
    assert not (path.parent / "sweeps.json").exists()


def test_sweeps_that_are_interrupted_leave_the_results(monkeypatch):
    def break_off(*_):
        raise KeyboardInterrupt

    monkeypatch.setattr("sim.workflows.sweeps.sweep", break_off)
    done = zopa("run", "well", *SMALL, "--sweeps")
    assert done.exit_code == 130
    assert "zopa: interrupted; the matching runs finished so far" in done.stderr
    assert Path(done.stdout.rstrip().rsplit("Report: ", 1)[1]).is_file()


def test_sweeps_are_left_out_unless_the_scenarios_own_runs_are_played():
    from sim.workflows.run_scenario import _is_swept

    pages, none = True, False
    assert _is_swept(None, None, None, pages)
    assert not _is_swept(None, 20, None, pages)
    assert not _is_swept(None, None, None, none)
    assert _is_swept(True, 20, None, none)
    assert not _is_swept(False, None, None, pages)
    assert not _is_swept(None, None, 0.01, pages)


def test_without_source_views_the_column_is_called_like_the_case():
    """Not like the variant that happens to be played last."""
    for number in (1, 2, 3):
        changes = f"changes: {{calendar: {{horizon: {number + 3}}}}}"
        text = f"extends: base\ntitle: Variant number {number}\nassumed: x\n{changes}\n"
        Path(f"well/v{number}.yaml").write_text(text, encoding="utf-8")
    for view in Path("well/views").glob("*.yaml"):
        view.unlink()
    Path("well/contradictions.yaml").unlink(missing_ok=True)
    done = zopa("run", "./well", *SMALL, "--no-report", "-q")
    assert done.exit_code == 0, done.output
    head = next(line for line in done.stdout.splitlines() if "Scenario" in line)
    assert "Two villages and a well" in head
    assert "Variant" not in head


def test_cases_of_a_folder_without_a_base_are_played_as_they_are(tmp_path):
    from sim.loading.discovery import SHIPPED
    from sim.workflows.run_batch import run_cases
    from sim.workflows.scenario_files import find_files

    assert len(find_files([str(SHIPPED / "textbook")])) == len([*(SHIPPED / "textbook").glob("*.yaml")]) - 1
    for name in ("defaults", "logrolling", "split-the-pie"):
        (tmp_path / f"{name}.yaml").write_text((SHIPPED / "textbook" / f"{name}.yaml").read_text(encoding="utf-8"))
    found = run_cases(str(tmp_path), runs=5, horizon=2, workers=1, report=False, out=tmp_path / "out")
    assert [one.manifest.title for one in found.members] == ["Logrolling", "Split the pie"]
    assert found.overview is None
    assert found.finished
