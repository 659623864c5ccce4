"""Consoles: whatever the code page, width, disk, stream, word or signal, a run ends in plain words."""

import contextlib
import importlib
import json
import os
import signal
import struct
import subprocess
import sys
import time
from pathlib import Path

import pytest

from tests.architecture.tree import ROOT

WELL = ROOT / "tests" / "loading" / "cases" / "well" / "base.yaml"
ZOPA = [sys.executable, "-m", "sim.cli.start"]
AROUND = os.environ | {"PYTHONPATH": str(ROOT), "NO_COLOR": "1"}
START = "from sim.cli.start import main; main()"
SMALL = ["run", WELL, "--runs", "8", "--horizon", "3", "--workers", "1", "--no-report"]
POSIX = pytest.mark.skipif(os.name == "nt", reason="devices and signals are POSIX's")


def zopa(folder, *words, **around):
    """A finished process, its streams as bytes."""
    command = [sys.executable, "-c", START, *map(str, words)]
    streams = {name: around.pop(name, subprocess.PIPE) for name in ("stdout", "stderr")}
    return subprocess.run(command, cwd=folder, env=AROUND | around, check=False, **streams)


@pytest.mark.parametrize("encoding", ["cp850", "cp437", "cp1252", "latin-1", "ascii"])
@pytest.mark.parametrize("width", ["30", "200"])
def test_a_code_page_without_our_signs_gets_plain_ones(tmp_path, encoding, width):
    done = zopa(tmp_path, *SMALL, PYTHONIOENCODING=encoding, COLUMNS=width, TERM="dumb")
    assert done.returncode == 0, done.stderr
    shown = done.stdout.decode(encoding)
    assert "Two villages and a well" in shown
    assert "?" not in shown
    notes = done.stderr.decode(encoding)
    assert "lambda" in notes
    assert ("Clopper–Pearson" if encoding == "cp1252" else "Clopper-Pearson") in notes


def test_json_says_the_same_on_every_code_page(tmp_path):
    words = [*SMALL, "--json", "--quiet"]
    plain, wide = (zopa(tmp_path, *words, PYTHONIOENCODING=one).stdout for one in ("ascii", "utf-8"))
    assert json.loads(plain.decode("ascii"))["views"] == json.loads(wide.decode("utf-8"))["views"]


@POSIX
@pytest.mark.skipif(not Path("/dev/full").exists(), reason="needs a device that is always full")
def test_a_full_device_is_told_as_that_and_the_run_is_kept(tmp_path):
    with Path("/dev/full").open("wb") as full:
        done = zopa(tmp_path, *SMALL, "--json", "--quiet", "--out", "kept", stdout=full)
        assert zopa(tmp_path, "lst", stdout=full, stderr=full).returncode == 2
    told = "zopa: the result could not be written to standard output (No space left on device)\n"
    assert (done.returncode, done.stderr.decode()) == (1, told)
    assert len([*(tmp_path / "kept").rglob("runs.npz")]) == 1


@POSIX
@pytest.mark.parametrize("closed", [">&-", "2>&-", ">&- 2>&-"])
def test_a_closed_stream_is_no_error(tmp_path, closed):
    line = f'"$0" -c "{START}" list {closed}'
    done = subprocess.run(
        ["sh", "-c", line, sys.executable], cwd=tmp_path, env=AROUND, capture_output=True, check=False
    )
    assert (done.returncode, b"Traceback" in done.stderr) == (0, False)


@POSIX
@pytest.mark.parametrize(("words", "unbuffered"), [("--help", ""), ("list", ""), ("schema", "1"), ("lst", "")])
def test_where_nobody_reads_it_ends_without_a_word(tmp_path, words, unbuffered):
    """The code is that of a program which the signal of a closed pipe has ended, as shells write it."""
    reader, writer = os.pipe()
    os.close(reader)
    both = {"stderr": writer} if words == "lst" else {}
    done = zopa(tmp_path, *words.split(), stdout=writer, PYTHONUNBUFFERED=unbuffered, **both)
    os.close(writer)
    assert (done.returncode, done.stderr or b"") == (141, b"")


LONG = "9" * 8500
WORDS = {
    "not text": (["check", b"\xff\xfe"], 2, r"zopa: '\udcff\udcfe' is no text in this system's encoding; write it in"),
    "long seed": ([*SMALL, "--seed", LONG], 2, f"zopa: --seed is {LONG[:80]}…; it must be a whole number from 0"),
    "long number": ([*SMALL, "--runs", LONG], 2, "zopa: Invalid value for '--runs': "),
    "controls": (["check", "a\x1b[2Jb"], 3, r"a\x1b[2Jb: there is no scenario of this name"),
    "deep": ([*SMALL, "--out", "a/" * 1500], 1, "a/a/a/a/"),
    "circle": ([*SMALL, "--out", "circle"], 1, "circle: results cannot be written there ("),
}


@POSIX
@pytest.mark.parametrize("case", WORDS)
def test_an_odd_word_gets_one_sentence(tmp_path, case):
    words, code, start = WORDS[case]
    (tmp_path / "circle").symlink_to(tmp_path / "circle")
    command = [*(os.fsencode(sys.executable), b"-c", START.encode()), *(os.fsencode(word) for word in words)]
    done = subprocess.run(command, cwd=tmp_path, env=AROUND, capture_output=True, check=False)
    said = done.stderr.decode()
    assert (done.returncode, said.startswith(start), len(said) < 500, "\x1b" in said) == (code, True, True, False), said


@POSIX
@pytest.mark.parametrize("number", [signal.SIGINT, signal.SIGTERM])
@pytest.mark.parametrize("seconds", [0.0, 0.2, 0.6, 2.5])
def test_a_signal_ends_it_in_one_line_at_any_moment(tmp_path, number, seconds):
    words = [*ZOPA, "run", WELL, "--runs", "5000000", "--horizon", "5", "--workers", "2", "--no-report"]
    pipes = {"stdout": subprocess.PIPE, "stderr": subprocess.PIPE}
    process = subprocess.Popen(words, cwd=tmp_path, env=AROUND, start_new_session=True, **pipes)
    wait_for_start(process)
    time.sleep(seconds)
    (os.killpg if number == signal.SIGINT else os.kill)(process.pid, number)
    _, said = process.communicate(timeout=60)
    assert process.returncode == {signal.SIGINT: 130, signal.SIGTERM: 143}[number], said
    assert b"zopa: interrupted" in said
    for word in (b"Traceback", b"leaked", b"Exception ignored"):
        assert word not in said


@POSIX
@pytest.mark.parametrize("number", [signal.SIGINT, signal.SIGTERM])
@pytest.mark.parametrize("when", ["before", "after"])
def test_a_signal_while_python_ends_says_nothing_more(tmp_path, number, when):
    """What Python does at its end is undone in reverse: registered before ours it comes after ours, and the reverse."""
    tidying = f"atexit.register(lambda: os.kill(os.getpid(), {int(number)}))"
    before, after = (tidying, "None") if when == "before" else ("None", tidying)
    script = f"import atexit, os\nfrom sim.cli import start\n{before}\nrun = start._run\n"
    script += f"start._run = lambda: (run(), {after})[0]\nstart.main()"
    done = subprocess.run(
        [sys.executable, "-c", script, "list"], cwd=tmp_path, env=AROUND, capture_output=True, check=False
    )
    assert b"textbook/strike" in done.stdout
    assert not any(word in done.stderr for word in (b"interrupted", b"Exception", b"Traceback"))
    assert done.returncode == (0 if when == "before" else {signal.SIGINT: 130, signal.SIGTERM: 143}[number])


@POSIX
@pytest.mark.parametrize("number", [signal.SIGINT, signal.SIGTERM])
def test_a_signal_that_python_drops_ends_it_all_the_same(tmp_path, number):
    """What is raised while an object is tidied up is lost; without a second try the run would go on."""
    script = (
        "import signal, time\nfrom sim.cli import streams\n"
        f"class Held:\n    def __del__(self):\n        signal.raise_signal({int(number)})\n"
        "def drop():\n    Held()\n    time.sleep(60)\n"
        f"streams.make_streams_safe = drop\n{START}"
    )
    command = [sys.executable, "-c", script, "list"]
    done = subprocess.run(command, cwd=tmp_path, env=AROUND, capture_output=True, check=False, timeout=15)
    assert done.returncode == {signal.SIGINT: 130, signal.SIGTERM: 143}[number]
    assert (b"zopa: interrupted" in done.stderr, b"Exception ignored" in done.stderr) == (True, False)
    assert b"textbook/strike" not in done.stdout


@POSIX
@pytest.mark.parametrize("module", ["sim.cli.start", "sim.cli.app"])
def test_a_signal_is_heard_while_modules_are_loaded(tmp_path, module):
    """Where Python drops it, too: a module is loaded under locks that callbacks tidy up, which drop every exception."""
    script = (
        "import builtins, runpy, signal, sys, weakref\n"
        "class Lock: pass\n"
        "load = builtins.__import__\n"
        "def load_and_drop(name, *more, **named):\n"
        "    if name == 'typer':\n"
        "        builtins.__import__ = load\n"
        "        lock = Lock()\n"
        "        watch = weakref.ref(lock, lambda _: signal.raise_signal(signal.SIGINT))\n"
        "        del lock\n"
        "    return load(name, *more, **named)\n"
        "builtins.__import__ = load_and_drop\n"
        "sys.argv = ['zopa', 'list']\n"
        f"runpy.run_module({module!r}, run_name='__main__', alter_sys=True)\n"
    )
    words = [sys.executable, "-c", script]
    done = subprocess.run(words, cwd=tmp_path, env=AROUND, capture_output=True, check=False, timeout=60)
    assert (done.returncode, done.stderr, done.stdout) == (130, b"zopa: interrupted\n", b"")


def wait_for_start(process):
    """Wait until Python itself is up, which hears Ctrl-C in words of its own (Linux; elsewhere a moment)."""
    end = time.monotonic() + 30
    status = Path(f"/proc/{process.pid}/status")
    while status.exists() and time.monotonic() < end:
        caught = next((line for line in status.read_text().splitlines() if line.startswith("SigCgt:")), "0 0").split()[
            1
        ]
        if int(caught, 16) >> (signal.SIGTERM - 1) & 1:
            return
        time.sleep(0.005)


def test_where_no_process_can_be_started_one_plays_and_says_so(tmp_path):
    script = (
        "from multiprocessing import synchronize\n"
        "def closed(*_, **__):\n    raise PermissionError(13, 'Permission denied')\n"
        f"synchronize.SemLock.__init__ = closed\n{START}"
    )
    words = [*SMALL[:6], "--workers", "2"]
    command = [sys.executable, "-c", script, *map(str, words)]
    done = subprocess.run(command, cwd=tmp_path, env=AROUND, capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stderr
    assert "No processes can be started here (is /dev/shm writable?); everything is played in one." in done.stderr


@POSIX
@pytest.mark.parametrize(
    ("width", "words"),
    [
        *((width, ("play", "textbook/strike")) for width in (30, 60, 120)),
        (30, ("list",)),
        (59, ("list",)),
        (72, ("list",)),
        (30, ("contradictions",)),
    ],
)
def test_running_text_is_as_wide_as_the_terminal(tmp_path, width, words):
    """The width is the terminal's own: `COLUMNS` says nothing of a real one."""
    fcntl, pty, termios = (importlib.import_module(name) for name in ("fcntl", "pty", "termios"))
    master, terminal = pty.openpty()
    fcntl.ioctl(terminal, termios.TIOCSWINSZ, struct.pack("HHHH", 40, width, 0, 0))
    around = {name: text for name, text in AROUND.items() if name != "COLUMNS"}
    command = [sys.executable, "-c", START, *words]
    with subprocess.Popen(command, cwd=tmp_path, env=around, stdout=terminal, stderr=subprocess.DEVNULL) as process:
        os.close(terminal)
        shown = b""
        with contextlib.suppress(OSError):
            while part := os.read(master, 1 << 16):
                shown += part
    os.close(master)
    lines = shown.decode().replace("\r", "").split("\n")[1:]
    assert process.returncode == 0
    assert "…" not in shown.decode()
    assert width - 20 < max(map(len, lines)) <= width
