"""Streams: stdout and stderr that never end a run, whatever the console can show and however full the disk is.

Read aloud
    A sign that the console's code page lacks is written as a plain one. What cannot be written at all is dropped, and
    the run goes on; how it went is said at the end. Once whoever reads has gone away (`zopa list | head -1`), nothing
    is written any more, and the program ends as others do: at once, without a word.
"""

import codecs
import io
import os
import re
import sys
import unicodedata
from contextlib import suppress
from typing import Any

PLAIN = "zopa-plain"
"""Name of our way to write what a code page lacks."""

SIGNS = {
    **dict.fromkeys("‐‑‒–—―−", "-"),
    **dict.fromkeys("“”„«»″", '"'),
    **dict.fromkeys("‘’‚′", "'"),
    **dict.fromkeys("─━═╌╍┄┅┈┉╴╶╸╺", "-"),
    **dict.fromkeys("│┃║╎╏┆┇┊┋╵╷╹╻", "|"),
    **{
        "×": "x",
        "÷": "/",
        "…": "...",
        "→": "->",
        "←": "<-",
        "≥": ">=",
        "≤": "<=",
        "≈": "~",
        "±": "+/-",
        "·": "*",
        "λ": "lambda",
    },
    **{"¶": "par. ", "•": "*", "ß": "ss", "\u00a0": " ", "\u2009": " ", "\u202f": " "},
}
"""What is written instead."""

_BOX = range(0x2500, 0x2580)
_CONTROLS = re.compile("[\x00-\x08\x0b-\x1f\x7f-\x9f\u202a-\u202e\u2066-\u2069]")


def make_streams_safe() -> None:
    """From now on, nothing that is printed ends the program."""
    codecs.register_error(PLAIN, _write_plainly)
    for name in ("stdout", "stderr"):
        stream = getattr(sys, name)
        if isinstance(stream, io.TextIOWrapper):
            setattr(sys, name, SafeStream(stream))
            setattr(sys, f"__{name}__", getattr(sys, name))
        elif stream is None:
            setattr(sys, name, open(os.devnull, "w", encoding="utf-8"))  # noqa: SIM115 - open until the end


class SafeStream(io.TextIOWrapper):
    """A stream that drops what cannot be written, and remembers why."""

    def __init__(self, stream: io.TextIOWrapper) -> None:
        about: dict[str, Any] = {"encoding": stream.encoding, "line_buffering": stream.line_buffering}
        super().__init__(stream.detach(), errors=PLAIN, write_through=stream.write_through, **about)
        self.failure = ""
        """Why something could not be written; empty as long as everything could."""
        self.reader_left = False
        """True once nobody reads any more what is written."""
        self.used = False
        """True once something was written."""

    def write(self, text: str, /) -> int:
        """Write, or drop."""
        self.used = True
        try:
            return super().write(text)
        except BrokenPipeError:
            self._note_reader_left()
            raise
        except OSError as error:
            self._give_up(error)
            return len(text)

    def flush(self) -> None:
        """Write what waits, or drop it."""
        try:
            super().flush()
        except BrokenPipeError:
            self._note_reader_left()
            raise
        except OSError as error:
            self._give_up(error)

    def _note_reader_left(self) -> None:
        self.reader_left = True
        self._lead_nowhere()

    def _give_up(self, error: OSError) -> None:
        self.failure = self.failure or error.strerror or str(error)
        self._lead_nowhere()

    def _lead_nowhere(self) -> None:
        """What follows goes nowhere, so that nothing complains about it when the program ends."""
        with suppress(OSError):
            nowhere = os.open(os.devnull, os.O_WRONLY)
            os.dup2(nowhere, self.fileno())
            os.close(nowhere)


def describe_lost_output() -> str:
    """One sentence if part of the result could not be written; else empty."""
    with suppress(OSError):
        sys.stdout.flush()
    failure = getattr(sys.stdout, "failure", "")
    return f"zopa: the result could not be written to standard output ({failure})" if failure else ""


def has_reader_left() -> bool:
    """True if what was to be read has no reader any more; everything written so far is sent off first."""
    for stream in (sys.__stdout__, sys.__stderr__):
        with suppress(OSError, ValueError, AttributeError):
            stream.flush()  # type: ignore[union-attr]
    return any(getattr(stream, "reader_left", False) for stream in (sys.__stdout__, sys.__stderr__))


def escape_controls(text: str) -> str:
    """The text without signs that move a terminal's cursor, change its colours or turn the direction of reading."""
    return _CONTROLS.sub(lambda found: f"\\x{ord(found[0]):02x}", text)


def can_show(text: str) -> bool:
    """True if stdout can show every sign of a text as it is."""
    try:
        text.encode(getattr(sys.stdout, "encoding", None) or "utf-8")
    except (UnicodeEncodeError, LookupError):
        return False
    return True


def _write_plainly(error: UnicodeError) -> tuple[str, int]:
    """Signs that a code page lacks, as plain ones."""
    if not isinstance(error, UnicodeEncodeError):
        raise error
    return "".join(map(_find_plain, error.object[error.start : error.end])), error.end


def _find_plain(sign: str) -> str:
    if sign in SIGNS:
        return SIGNS[sign]
    if ord(sign) in _BOX:
        return "+"
    name = unicodedata.name(sign, "")
    if name.startswith("GREEK "):
        return name.rsplit(" ", 1)[1].lower()
    letters = unicodedata.normalize("NFKD", sign).encode("ascii", "ignore").decode()
    return letters or "?"
