"""Trial: one command in a process of its own, with bounded time and memory, and a verdict on how it ended.

Processes are forked, so that a trial takes no time to start: a system without `fork` cannot run these.
"""

import io
import os
import re
import resource
import signal
import sys
import time
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Literal

SECONDS = 30
"""Processor time after which a trial hangs, however busy the machine is."""

WAIT = 300.0
"""Time by the clock after which a trial hangs that waits for something without using a processor."""

MEGABYTES = 1000
"""Memory that a trial may take."""

ADDRESS_SPACE = 6 << 30
"""Bytes after which the system gives no more, so that a runaway trial harms nobody."""

Verdict = Literal["fine", "refused", "unexpected", "hang", "memory", "accepted"]
MISHANDLED: tuple[Verdict, ...] = ("unexpected", "hang", "memory", "accepted")

_RAW = re.compile(r"[\x00-\x08\x0b-\x1f\x7f\x80-\x9f]")
_WRONG = (
    "Traceback (most recent call last)",
    "zopa: unexpected ",
    "Exception ignored",
    "leaked semaphore",
    "Fatal Python error",
)
_CODES = (0, 1, 2, 3, 4)


@dataclass(frozen=True)
class Trial:
    """Something hostile, and the command that met it."""

    folder: Path
    """Folder with what was made hostile, or with what the command needs."""
    words: tuple[str, ...]
    """Words after `zopa`, of the last command that was carried out."""
    about: str
    """What was done to it."""


@dataclass(frozen=True)
class Ending:
    """How a command ended."""

    verdict: Verdict
    """What is to be said of it."""
    code: int
    """Exit code; negative for a signal."""
    output: str
    """What it wrote to stdout."""
    errors: str
    """What it wrote to stderr."""
    megabytes: int
    """The most memory it had."""
    seconds: float
    """Time it took."""


def attempt(words: Sequence[str], folder: Path, encoding: str = "utf-8", stdout: str = "") -> Ending:
    """Carry out `zopa` with these words in a folder.

    Args:
        words: Words after `zopa`.
        folder: Folder in which it is carried out; its output is kept there in two hidden files.
        encoding: Code page of its console.
        stdout: A device that takes its result; a file if empty.
    """
    out, err = folder / ".out", folder / ".err"
    sys.stdout.flush()
    sys.stderr.flush()
    start = time.monotonic()
    child = os.fork()
    if child == 0:
        _be_zopa(words, folder, Path(stdout) if stdout else out, err, encoding)
    code, used, hung = _wait(child, start)
    text, errors = (path.read_text(encoding, "backslashreplace") if path.exists() else "" for path in (out, err))
    megabytes, seconds = used // 1024, time.monotonic() - start
    return Ending(_judge(code, text + errors, megabytes, hung), code, text, errors, megabytes, seconds)


def _wait(child: int, start: float) -> tuple[int, int, bool]:
    """Exit code, kilobytes, and True if it had to be ended."""
    hung = False
    while True:
        found, status, usage = os.wait4(child, os.WNOHANG)
        if found:
            code, used = os.waitstatus_to_exitcode(status), usage.ru_utime + usage.ru_stime
            return code, usage.ru_maxrss, hung or code == -signal.SIGXCPU or used > SECONDS
        if time.monotonic() - start > WAIT and not hung:
            hung = True
            os.killpg(child, signal.SIGKILL)
        time.sleep(0.002)


def _be_zopa(words: Sequence[str], folder: Path, out: Path, err: Path, encoding: str) -> None:
    """In the new process: be the command, and never come back."""
    code = 99
    try:
        os.setsid()
        os.chdir(folder)
        resource.setrlimit(resource.RLIMIT_AS, (ADDRESS_SPACE, ADDRESS_SPACE))
        resource.setrlimit(resource.RLIMIT_CORE, (0, 0))
        resource.setrlimit(resource.RLIMIT_CPU, (SECONDS, SECONDS + 1))
        for number, path in ((1, out), (2, err)):
            os.dup2(os.open(path, os.O_WRONLY | os.O_CREAT | os.O_TRUNC), number)
        os.dup2(os.open(os.devnull, os.O_RDONLY), 0)
        for stream in (sys.stdout, sys.stderr):
            assert isinstance(stream, io.TextIOWrapper)
            stream.reconfigure(encoding=encoding, errors="strict")
        from sim.cli import start

        sys.argv = ["zopa", *words]
        try:
            start.main()
            code = 0
        except SystemExit as ending:
            code = ending.code if isinstance(ending.code, int) else 0 if ending.code is None else 1
        sys.stdout.flush()
        sys.stderr.flush()
    except BaseException:
        import traceback

        traceback.print_exc()
        sys.stderr.flush()
    finally:
        os._exit(code)


def _judge(code: int, said: str, megabytes: int, hung: bool) -> Verdict:
    if hung:
        return "hang"
    if megabytes > MEGABYTES:
        return "memory"
    if code not in _CODES or any(word in said for word in _WRONG) or _RAW.search(said):
        return "unexpected"
    if code and not said.strip():
        return "unexpected"
    return "refused" if code else "fine"
