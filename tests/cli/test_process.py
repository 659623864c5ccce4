"""The command line as a process of its own: imports, signals, streams."""

import json
import os
import re
import select
import shlex
import signal
import subprocess
import sys
import time
from contextlib import suppress
from pathlib import Path

import pytest

from tests.architecture.tree import ROOT

WELL = ROOT / "tests" / "loading" / "cases" / "well"
ZOPA = [sys.executable, "-m", "sim.cli.app"]
AROUND = os.environ | {"PYTHONPATH": str(ROOT), "NO_COLOR": "1"}


def zopa(folder, *words):
    """A finished process."""
    command = [*ZOPA, *map(str, words)]
    return subprocess.run(command, cwd=folder, env=AROUND, capture_output=True, text=True, check=False)


def test_help_needs_no_numbers_agents_or_figures(tmp_path):
    script = (
        "import sys\nfrom sim.cli.app import app\n"
        "try:\n    app(['--help'])\nexcept SystemExit:\n    pass\n"
        "heavy = {'numpy', 'scipy', 'mesa', 'plotly', 'pandas', 'pydantic', 'yaml'}\n"
        "print(sorted(heavy & set(sys.modules)), file=sys.stderr)\n"
    )
    command = [sys.executable, "-c", script]
    run = subprocess.run(command, cwd=tmp_path, env=AROUND, capture_output=True, text=True, check=True)
    assert run.stderr.strip() == "[]"


def test_a_story_needs_no_agents_or_figures_and_no_compiler_where_nothing_lies_ready(tmp_path):
    script = (
        "import sys, sim\nstory = sim.play('textbook/two-towns', horizon=2)\n"
        "heavy = {'mesa', 'networkx', 'pandas', 'plotly', 'llvmlite', 'typer', 'rich'}\n"
        "print(sorted(heavy & set(sys.modules)))\n"
    )
    command, environment = [sys.executable, "-c", script], AROUND | {"ZOPA_CACHE": str(tmp_path / "nothing ready")}
    run = subprocess.run(command, cwd=tmp_path, env=environment, capture_output=True, text=True, check=True)
    assert run.stdout.strip() == "[]"


def test_stdout_holds_the_result_and_nothing_else(tmp_path):
    small = ["--runs", "20", "--horizon", "5", "--no-report", "--json"]
    done = zopa(tmp_path, "run", WELL / "base.yaml", *small)
    assert done.returncode == 0, done.stderr
    assert json.loads(done.stdout)["views"].keys() == {"wide", "okafor-2030"}
    assert "Seed 7" in done.stderr
    assert zopa(tmp_path, "run", WELL / "base.yaml", *small, "-q").stderr == ""


def test_no_colour_where_none_is_wanted(tmp_path):
    for words in (["--help"], ["list"], ["lst"]):
        done = zopa(tmp_path, *words)
        assert "\x1b[" not in done.stdout + done.stderr


def test_a_closed_pipe_is_no_error(tmp_path):
    line = f"{shlex.quote(sys.executable)} -m sim.cli.app schema | head -n 1"
    done = subprocess.run(["sh", "-c", line], cwd=tmp_path, env=AROUND, capture_output=True, text=True, check=False)
    assert (done.stdout, "Traceback" in done.stderr) == ("{\n", False)


def test_the_default_case_is_named_in_a_file():
    name = (ROOT / "scenarios" / "DEFAULT").read_text(encoding="utf-8").strip()
    assert (ROOT / "scenarios" / name).is_dir()


def read_until(screen, pattern, seconds):
    """What a terminal shows until the pattern appears."""
    shown, end = "", time.monotonic() + seconds
    while not re.search(pattern, shown):
        assert time.monotonic() < end, f"never seen: {pattern}\n{shown}"
        if select.select([screen], [], [], 1)[0]:
            shown += os.read(screen, 65536).decode()
    return shown


def read_rest(screen):
    """What a terminal still shows after its last writer has gone."""
    shown = b""
    with suppress(OSError):
        while piece := os.read(screen, 65536):
            shown += piece
    return shown.decode().replace("\r\n", "\n")


@pytest.mark.skipif(os.name == "nt", reason="terminals and signals are POSIX's")
@pytest.mark.parametrize("workers", ["1", "2"])
def test_ctrl_c_keeps_what_is_done(tmp_path, workers):
    """The bars on a terminal show that runs are finished; then comes the signal; they are kept and marked as part."""
    from sim.storage.results_folder import load

    words = [*ZOPA, "run", str(WELL / "base.yaml"), "--runs", "5000000", "--horizon", "5", "--workers", workers]
    words.append("--no-report")
    screen, terminal = os.openpty()
    around = AROUND | {"COLUMNS": "120", "TERM": "xterm"}
    process = subprocess.Popen(
        words, cwd=tmp_path, env=around, stdout=subprocess.PIPE, stderr=terminal, text=True, start_new_session=True
    )
    os.close(terminal)
    read_until(screen, r"wide .*[1-9]\d*/5000000", 120)
    os.killpg(process.pid, signal.SIGINT)
    assert process.stdout is not None
    out = process.stdout.read()
    err = read_rest(screen)
    assert process.wait(60) == 130, err
    assert "Traceback" not in err
    assert "zopa: interrupted; the matching runs finished so far (wide " in err
    folder = Path(out.rstrip().rsplit("Results: ", 1)[1])
    results = load(tmp_path / folder)
    assert results.manifest.complete is False
    assert all(0 < view.n_matching < 5_000_000 for view in results.views.values())


def list_processes(session):
    """Processes that still belong to a session (Linux)."""
    found = []
    for stat in Path("/proc").glob("[0-9]*/stat"):
        with suppress(OSError):
            fields = stat.read_text().rsplit(")", 1)[1].split()
            if int(fields[3]) == session and fields[0] != "Z":
                found.append(int(stat.parent.name))
    return found


@pytest.mark.skipif(not Path("/proc/self/stat").exists(), reason="looks for children under /proc")
@pytest.mark.parametrize("seconds", [0.8, 1.6, 3.0])
def test_an_early_ctrl_c_leaves_no_process_behind(tmp_path, seconds):
    words = [
        *ZOPA,
        "run",
        str(WELL / "base.yaml"),
        "--runs",
        "5000000",
        "--horizon",
        "5",
        "--workers",
        "2",
        "--no-report",
    ]
    quiet = {"stdout": subprocess.DEVNULL, "stderr": subprocess.DEVNULL}
    process = subprocess.Popen(words, cwd=tmp_path, env=AROUND, start_new_session=True, **quiet)
    time.sleep(seconds)
    os.killpg(process.pid, signal.SIGINT)
    assert process.wait(60) != 0
    for _ in range(50):
        if not list_processes(process.pid):
            break
        time.sleep(0.1)
    assert list_processes(process.pid) == []
