"""A batch that is killed or interrupted goes on as it was asked for and ends with the same bits, pages included."""

import json
import os
import re
import shlex
import shutil
import signal
import subprocess
import time
from pathlib import Path

import pytest

from sim.storage import checkpoints as parts_module
from sim.workflows import run_batch as batch_module
from sim.workflows import run_scenario as kept_module
from tests.cli.test_cli import WELL, expect_refusal, well, zopa  # noqa: F401 - the fixture
from tests.cli.test_process import AROUND, ZOPA

WORDS = ["run", "well/base.yaml", "well/words-only.yaml", "--view", "wide", "--runs", "3000", "--horizon", "5"]
WORDS += ["--lang", "de", "--workers", "1"]
SMALL = ["--runs", "1200", "--horizon", "5", "--workers", "1"]
HERE = ["--workers", "1", "-q"]
OF_THE_CLOCK = re.compile(r"\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d(\+|Z|-)?[\d:]*|\"seconds\": [\d.]+")
posix = pytest.mark.skipif(os.name == "nt", reason="signals are POSIX's")


def start(folder, *words):
    """The command in a process group of its own."""
    quiet = {"stdout": subprocess.DEVNULL, "stderr": subprocess.DEVNULL}
    return subprocess.Popen([*ZOPA, *words], cwd=folder, env=AROUND, start_new_session=True, **quiet)


def kill_once_there_are(folder, files, count, *words):
    """Begin, and end it by SIGKILL once so many files are there."""
    process, deadline = start(folder, *words), time.monotonic() + 60
    while len(list(folder.glob(files))) < count and process.poll() is None and time.monotonic() < deadline:
        time.sleep(0.01)
    os.killpg(process.pid, signal.SIGKILL)
    assert process.wait() == -signal.SIGKILL


def read_files(folder):
    """Every file of the results, but for what the clock says."""
    found = {}
    for path in sorted((folder / "outputs").rglob("*")):
        if path.is_file() and path.name != "checksums.json":
            text = path.read_bytes()
            if path.suffix in (".json", ".html"):
                text = OF_THE_CLOCK.sub("", text.decode()).encode()
            found[path.relative_to(folder).as_posix()] = text
    return found


@posix
def test_a_batch_that_is_killed_twice_ends_with_the_same_bits(tmp_path):
    undisturbed, killed = tmp_path / "undisturbed", tmp_path / "killed"
    for folder in (undisturbed, killed):
        shutil.copytree(WELL, folder / "well")
    first = start(undisturbed, *WORDS)
    kill_once_there_are(killed, "outputs/**/parts/*.npz", 3, *WORDS)
    assert first.wait() == 0
    (overview,) = killed.glob("outputs/well/*-overview-*")
    member = next((killed / "outputs" / "well" / "words-only").iterdir())
    kill_once_there_are(killed, "outputs/**/weekly_series.npz", 1, "run", "--resume", str(overview.relative_to(killed)))
    words = [*ZOPA, "run", "--resume", str(member.relative_to(killed)), "--workers", "1"]
    last = subprocess.run(words, cwd=killed, env=AROUND, capture_output=True, text=True, check=False)
    assert last.returncode == 0, last.stderr
    assert f"part of a batch; going on with all of it, {overview.relative_to(killed)}" in last.stderr
    assert read_files(killed) == read_files(undisturbed)
    assert not list(killed.rglob("parts"))


@pytest.fixture
def stop_at(monkeypatch):
    """Ctrl-C when so many blocks are kept."""

    def set_up(count):
        keep, kept = parts_module.DiskStore.put, []

        def noted(self, view, number, block):
            keep(self, view, number, block)
            kept.append((view, number))
            if len(kept) == count:
                raise KeyboardInterrupt

        monkeypatch.setattr(parts_module.DiskStore, "put", noted)
        return kept

    return set_up


def find_resume_folder(stderr):
    """The folder that the last words name."""
    words = shlex.split(re.findall(r"go on with `zopa (run --resume .+)`", stderr)[-1])
    return Path(words[-1])


@pytest.fixture
def overview_folder(well, stop_at):  # noqa: F811 - the fixture
    """The overview's folder of a batch of which some blocks are kept."""
    stop_at(7)
    done = zopa("run", "./well", *SMALL, "--no-report", "-q")
    assert done.exit_code == 130, done.output
    return find_resume_folder(done.stderr)


def test_ctrl_c_in_a_batch_says_how_to_go_on_and_nothing_is_played_twice(overview_folder, stop_at):
    again = stop_at(None)
    done = zopa("run", "--resume", overview_folder, *HERE, "--json")
    assert done.exit_code == 0, done.output
    told = json.loads(done.stdout)
    assert (told["outputs"], told["complete"]) == (overview_folder.as_posix(), True)
    assert all(view["matching"] == 1200 for one in told["scenarios"].values() for view in one["views"].values())
    assert again
    assert min(number for _, number in again) > 0
    assert not list(Path("outputs").rglob("parts"))
    assert not list(Path("outputs").rglob("*.html"))


def test_what_was_asked_for_is_on_record_and_may_be_said_anew(well, stop_at, monkeypatch):  # noqa: F811
    asked = []
    monkeypatch.setattr(batch_module, "_write_pages", lambda _, wanted: asked.append(wanted))
    monkeypatch.setattr(batch_module, "save_sweeps", lambda *_, **__: bool(asked.append("sweeps")) or True)
    stop_at(7)
    folder = find_resume_folder(zopa("run", "./well", *SMALL, "--lang", "de", "--sweeps", "-q").stderr)
    asked.clear()
    stop_at(None)
    for words, expected in ([], ("de", 3)), (["--lang", "en", "--no-sweeps"], ("en", 0)):
        kept = shutil.copytree("outputs", f"outputs-{len(words)}")
        done = zopa("run", "--resume", kept / folder.relative_to("outputs"), *HERE, *words)
        assert done.exit_code == 0, done.output
        assert (asked[-1].lang, asked.count("sweeps")) == expected
        asked.clear()


def test_ctrl_c_while_pages_are_written_is_taken_up_too(well, monkeypatch):  # noqa: F811
    def break_off(*_, **__):
        raise KeyboardInterrupt

    with monkeypatch.context() as patch:
        patch.setattr(batch_module, "write_page", break_off)
        done = zopa("run", "./well", *SMALL, "-q")
    assert done.exit_code == 130, done.output
    monkeypatch.setattr(batch_module, "write_page", lambda results, folder, *_, **__: folder)
    done = zopa("run", "--resume", find_resume_folder(done.stderr), *HERE)
    assert (done.exit_code, done.stderr) == (0, "")
    assert Path(done.stdout.rstrip().rsplit("Overview: ", 1)[1]).is_file()
    assert not list(Path("outputs").rglob("parts"))


def test_a_better_overview_stays(overview_folder, stop_at):
    stop_at(None)
    zopa("run", "--resume", overview_folder, *HERE)
    whole = (overview_folder / "overview.json").read_bytes()
    stop_at(7)
    done = zopa("run", "./well", *SMALL, "--no-report", "-q", "--json")
    assert done.exit_code == 130, done.output
    assert json.loads(done.stdout)["outputs"] == f"{overview_folder.as_posix()}-interrupted"
    assert (overview_folder / "overview.json").read_bytes() == whole
    assert find_resume_folder(done.stderr) == overview_folder


def test_a_changed_scenario_file_is_not_resumed(overview_folder, well):  # noqa: F811
    path = well / "words-only.yaml"
    text = path.read_text(encoding="utf-8")
    path.write_text(text.replace("title: ", "title: New ", 1), encoding="utf-8")
    said = expect_refusal(1, "run", "--resume", overview_folder)
    assert "words-only.yaml has changed since this run was begun; undo the change to resume" in said
    path.write_text(text, encoding="utf-8")
    assert zopa("run", "--resume", overview_folder, *HERE).exit_code == 0


def test_the_second_process_on_a_batch_is_refused(overview_folder):
    from sim.storage.rebuild import load_interrupted_plan
    from sim.workflows.resume_record import read_record

    folder = read_record(overview_folder).find_members(overview_folder)[1]
    with parts_module.lock_folder(folder, load_interrupted_plan(folder).manifest, anew=False):
        for words in (["--resume", overview_folder], ["--resume", folder], ["./well", *SMALL]):
            assert "another zopa is writing there; wait for it" in expect_refusal(1, "run", *words, "-q")
    assert zopa("run", "--resume", overview_folder, *HERE).exit_code == 0


def test_a_scenario_whose_batch_is_gone_goes_on_alone(overview_folder):
    from sim.workflows.resume_record import read_record

    folder = read_record(overview_folder).find_members(overview_folder)[2]
    shutil.rmtree(overview_folder)
    done = zopa("run", "--resume", folder, "--workers", "1", "--json")
    assert done.exit_code == 0, done.output
    assert f"its batch {overview_folder.as_posix()} is gone; going on with this scenario alone" in done.stderr
    assert json.loads(done.stdout)["outputs"] == folder.as_posix()


@pytest.mark.parametrize(
    ("words", "named"),
    [
        (["well"], "CASE"),
        (["--runs", "5"], "--runs"),
        (["--seed", "0"], "--seed"),
        (["--out", "elsewhere", "--set", "contest.noise=0"], "--set, --out"),
        (["--precision", "2%"], "--precision"),
    ],
)
def test_what_contradicts_the_beginning_is_refused_by_name(overview_folder, words, named):
    said = expect_refusal(2, "run", "--resume", overview_folder, *words)
    assert said == f"zopa: --resume goes on with what was asked for at the beginning; leave out {named}"


def test_nothing_to_resume_and_a_damaged_record_are_said(overview_folder):
    for nothing in ("nowhere", "well/base.yaml", "outputs"):
        said = expect_refusal(1, "run", "--resume", nothing)
        assert said == f"{nothing}: there is nothing to resume; the run is whole, or none was begun there"
    (overview_folder / "parts" / "asked.json").write_text("[]", encoding="utf-8")
    said = expect_refusal(1, "run", "--resume", overview_folder)
    assert said.endswith("parts/asked.json: is damaged; begin again with `zopa run`")


def test_a_whole_run_is_not_resumed_and_its_page_is_pointed_to(well):  # noqa: F811
    folder = json.loads(zopa("run", "well", *SMALL, "--no-report", "-q", "--json").stdout)["outputs"]
    said = expect_refusal(1, "run", "--resume", folder)
    assert said == f"{folder}: there is nothing to resume; `zopa report {folder}` makes its page again"


def test_a_single_run_goes_on_as_it_was_asked_for(well, stop_at, monkeypatch):  # noqa: F811
    from sim.workflows import build_report

    asked = []
    monkeypatch.setattr(build_report, "write_page", lambda results, folder, lang, **_: asked.append(lang))
    monkeypatch.setattr(kept_module, "save_sweeps", lambda *_, **__: bool(asked.append("sweeps")) or True)
    stop_at(3)
    done = zopa("run", "well", *SMALL, "--lang", "de", "--sweeps", "-q")
    assert (done.exit_code, asked) == (130, ["de"])
    stop_at(None)
    assert zopa("run", "--resume", find_resume_folder(done.stderr), *HERE).exit_code == 0
    assert asked == ["de", "sweeps", "de"]


def test_workers_that_are_lost_are_reported_with_how_to_go_on(well, monkeypatch):  # noqa: F811
    from sim.ensemble.fit_workers import ClusterError

    keep, kept = parts_module.DiskStore.put, []

    def lose(self, view, number, block):
        if len(kept) == blocks:
            raise ClusterError("the connection to the scheduler was lost")
        keep(self, view, number, block)
        kept.append(number)

    monkeypatch.setattr(parts_module.DiskStore, "put", lose)
    blocks = 0
    for words in (["./well"], ["well"]):
        assert expect_refusal(1, "run", *words, *SMALL, "-q") == "the connection to the scheduler was lost"
        assert not [path for path in Path("outputs").rglob("*") if path.is_file() or path.name == "parts"]
    blocks = 3
    for words in (["./well"], ["well"]):
        kept.clear()
        said = expect_refusal(1, "run", *words, *SMALL, "--no-report", "-q")
        assert said.startswith("the connection to the scheduler was lost\nzopa: go on with")
        assert (find_resume_folder(said) / "parts" / "asked.json").is_file()
