"""Start: what `zopa` is before anything else is loaded - it ends in one line, at whatever moment it is told to end.

Nothing but what comes with Python is imported here, so that Ctrl-C is understood at once. 130 is the exit code after
Ctrl-C, 143 after SIGTERM, 141 where whoever reads the result has gone away, as a shell says it of other programs.
"""

import atexit
import os
import signal
import sys
import threading
from types import FrameType
from typing import NoReturn

FAILED, WRONG_USE, INTERRUPTED, TERMINATED, READER_LEFT = 1, 2, 130, 143, 141

_QUIET_TRACKER = "ignore::UserWarning:multiprocessing.resource_tracker"
"""What is left over after an interruption is tidied up by Python without a word."""

_SOON = 0.05
"""Seconds after which an interruption that was dropped comes once more."""

_received: list[int] = []
"""Signals that asked for the end."""


def main() -> None:
    """Start `zopa`. After an interruption it ends at once, without waiting for processes that were stopped."""
    try:
        _listen()
        atexit.register(_mute)
        sys.warnoptions.append(_QUIET_TRACKER)
        code = _run()
        _end_at_next_signal()
    except KeyboardInterrupt:
        _say("zopa: interrupted")
        code = INTERRUPTED
    if code == INTERRUPTED or _received:
        if not getattr(sys.stderr, "used", True):
            _say("zopa: interrupted")
        _end(TERMINATED if signal.SIGTERM in _received else INTERRUPTED)
    sys.exit(code)


def was_asked_to_end() -> bool:
    """True once a signal asked for the end; what fails afterwards fails because of it."""
    return bool(_received)


def _listen() -> None:
    """SIGTERM is heard as Ctrl-C is, so that what is finished is kept; what the shell has muted stays so."""
    for number in (signal.SIGINT, signal.SIGTERM):
        if signal.getsignal(number) is not signal.SIG_IGN:
            signal.signal(number, _hear)
    sys.unraisablehook = _raise_again


def _raise_again(lost: "sys.UnraisableHookArgs") -> None:
    """An interruption that came where Python drops every exception, as it tidies up an object, comes once more."""
    if _received and issubclass(lost.exc_type, KeyboardInterrupt):
        again = threading.Timer(_SOON, _wake, (_received[-1],))
        again.daemon = True
        again.start()
    else:
        sys.__unraisablehook__(lost)


def _wake(number: int) -> None:
    """Send a signal to the main thread, which may be waiting; where threads get none, to the process."""
    if hasattr(signal, "pthread_kill") and (main_thread := threading.main_thread().ident) is not None:
        signal.pthread_kill(main_thread, number)
    else:
        signal.raise_signal(number)


def _end_at_next_signal() -> None:
    """All is said; a signal that comes while Python tidies up ends it as any other, without a further word."""
    for number, code in ((signal.SIGINT, INTERRUPTED), (signal.SIGTERM, TERMINATED)):
        if signal.getsignal(number) is _hear:
            signal.signal(number, lambda *_, code=code: _end(code))


def _mute() -> None:
    """Python's last steps, of which none waits, are not disturbed: it would speak of an error in them."""
    for number in (signal.SIGINT, signal.SIGTERM):
        signal.signal(number, signal.SIG_IGN)


def _hear(number: int, _: FrameType | None) -> None:
    _received.append(number)
    raise KeyboardInterrupt


def _run() -> int:
    """Load the command line and do what it says; gives the exit code."""
    from sim.cli.streams import describe_lost_output, has_reader_left, make_streams_safe

    make_streams_safe()
    if said := _find_odd_word(sys.argv[1:]):
        _say(said)
        return WRONG_USE
    from sim.cli.app import app

    try:
        app(prog_name="zopa")
        code = 0
    except SystemExit as ending:
        code = ending.code if isinstance(ending.code, int) else 0 if ending.code is None else FAILED
    if has_reader_left():
        return READER_LEFT
    if said := describe_lost_output():
        _say(said)
        return code or FAILED
    return code


def _find_odd_word(words: list[str]) -> str:
    """What to say of a word that is no text; empty if all of them are."""
    for word in words:
        if "\0" in word or any("\ud800" <= sign <= "\udfff" for sign in word):
            return f"zopa: {ascii(word)[:80]} is no text in this system's encoding; write it in UTF-8"
    return ""


def _say(text: str) -> None:
    print(text, file=sys.stderr, flush=True)


def _end(code: int) -> NoReturn:
    """End at once, and let nobody work on."""
    if (processes := sys.modules.get("multiprocessing")) is not None:
        for child in processes.active_children():
            child.kill()
    for stream in (sys.stdout, sys.stderr):
        try:
            stream.flush()
        except (OSError, ValueError, AttributeError):
            continue
    os._exit(code)


if __name__ == "__main__":  # as the module that the others know, which has heard what this one would hear
    from sim.cli.start import main as start

    start()
