"""Case folder: a new case appears whole or not at all, and only if it passes the check."""

import os
import re
import shutil
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from sim.errors import UsageError, display_path, require_known
from sim.loading.discovery import MAIN_FILES, OTHER_FILES, find_scenarios
from sim.loading.loader import load_case
from sim.storage.atomic_write import make_folder
from sim.workflows.display import TextDisplay, make_frame
from sim.workflows.new_case.answers import Answers
from sim.workflows.new_case.scenario_writer import format_scenario
from sim.workflows.new_case.starter_scenario import build_starter

LONGEST_NAME = 40
DEVICES = ("con", "prn", "aux", "nul", *(f"{port}{number}" for port in ("com", "lpt") for number in range(10)))
"""Names that are devices of Windows, in whatever folder."""

TAKEN = frozenset({"views", *OTHER_FILES, *DEVICES, *(Path(name).stem for name in MAIN_FILES)})
"""Names that mean something else to other commands, or to Windows."""

TEXTBOOK = "textbook/"
_NAME = re.compile(r"[a-z][a-z0-9]*(-[a-z0-9]+)*")

ASKED = """\
{title}

Made by `zopa new {name}` from your answers. Change what you like, then let `zopa check {name}` tell every mistake.

How to read it: what is indented belongs to the line above it. A number stands with its unit and with the reason why
it is what it is: `assumed` is yours to write; once a source says so, put `because` and a claim in its place. `value`
is one number, `low` and `high` are the ends of a spread. Worth counts agreements: 0 is the worst for somebody, 1 the
best. Every key is explained in docs/reference/schema.md of the project."""

COPIED = """\
{words}

Made by `zopa new` from {source}: the whole case in one file. What is said above holds until you change it.
Every key is explained in docs/reference/schema.md of the project."""


@dataclass(frozen=True, repr=False)
class NewCase(TextDisplay):
    """A case that was just written."""

    folder: Path
    """Its folder, as `run` and `play` take it."""
    path: Path
    """Its one file, with every number in one place."""

    def to_frame(self) -> Any:
        """One row per file, as a pandas data frame; pandas is no part of zopa: `pip install pandas`.

        Raises:
            MissingPartError: pandas is not installed.
        """
        return make_frame([{"folder": display_path(self.folder), "file": display_path(self.path)}])

    def __str__(self) -> str:
        return display_path(self.path)


def new_case(
    name: str, *, source: str | None = None, folder: str | Path = ".", interview: Callable[[], Answers] | None = None
) -> NewCase:
    """Start a case of one's own: copy a textbook case, or make one from answers; writes NAME/base.yaml.

    Args:
        name: Name of the new case, such as river-dispute: small letters, digits and hyphens, at most 40.
        source: Name of the textbook case to copy, such as logrolling.
        folder: Folder in which the folder of the case is made.
        interview: Gives the answers from which the case is made, where no textbook case is copied.

    Returns:
        Where the case is; it has passed its check.

    Raises:
        UsageError: the name cannot be used, is taken, or no textbook case is called so.
    """
    place = find_free_folder(name, Path(folder))
    if source is not None:
        text = copy_template(source)
    elif interview is not None:
        text = render_answers(build_starter(interview()), name)
    else:
        raise UsageError("there is nothing to make a case from; name a textbook case as source, such as logrolling")
    return NewCase(place, write_case(place, text))


def find_free_folder(name: str, parent: Path) -> Path:
    """Where the case will be; refuses a name that cannot be used and a place that is taken."""
    if not _NAME.fullmatch(name) or len(name) > LONGEST_NAME:
        better = re.sub(r"[^a-z0-9]+", "-", name.lower()).strip("-0123456789")[:LONGEST_NAME].strip("-")
        such = better if better and better not in TAKEN else "river-dispute"
        rule = f"use small letters, digits and hyphens, a letter first, at most {LONGEST_NAME}"
        raise UsageError(f"{name!r} cannot be the name of a case: {rule}, such as {such}")
    if name in TAKEN:
        raise UsageError(f"{name!r} cannot be the name of a case: this one has another use; take another")
    if known := [found.name for found in find_scenarios() if name in (found.name, found.name.split("/")[-1])]:
        raise UsageError(f"there is a case of this name already, {known[0]}; take another name")
    folder = parent / name
    if os.path.lexists(folder):
        raise UsageError(
            f"{display_path(folder)} is there already and is left as it is; take another name or another folder"
        )
    if parent.exists() and not parent.is_dir():
        raise UsageError(f"{display_path(parent)}: this is a file, not a folder; name another one")
    return folder


def list_templates() -> dict[str, Path]:
    """Files of the textbook cases, by name."""
    cases = [found for found in find_scenarios() if found.name.startswith(TEXTBOOK)]
    return {found.name.removeprefix(TEXTBOOK): found.path for found in cases}


def copy_template(source: str) -> str:
    """The text of a textbook case in one file, with what its author says of it at the top."""
    known = list_templates()
    if not known:
        raise UsageError("there are no textbook cases here; go to the folder that holds `scenarios`")
    source = require_known(source.removeprefix(TEXTBOOK), known, "textbook case")
    lines = known[source].read_text(encoding="utf-8").splitlines()
    words = [line.lstrip("# ") if line == "#" else line[2:] for line in _make_head(lines)]
    return format_scenario(load_case(known[source]).text, COPIED.format(words="\n".join(words), source=source))


def _make_head(lines: list[str]) -> Iterator[str]:
    """The comment at the top of a file."""
    for line in lines:
        if not line.startswith("#"):
            return
        yield line


def render_answers(data: Mapping[str, Any], name: str) -> str:
    """The text of a case that was asked for question by question."""
    return format_scenario(data, ASKED.format(title=data["title"], name=name))


def write_case(folder: Path, text: str) -> Path:
    """Write base.yaml into a new folder; nothing is left behind if that fails."""
    with unfinished_folder(folder) as making:
        (making / MAIN_FILES[0]).write_text(text, encoding="utf-8", newline="\n")
        load_case(making)
        os.rename(making, folder)
    return folder / MAIN_FILES[0]


@contextmanager
def unfinished_folder(folder: Path) -> Iterator[Path]:
    """A folder beside the final one, removed again unless it was renamed."""
    making = folder.with_name(f".{folder.name}.unfinished-{os.getpid()}")
    try:
        make_folder(making)
    except OSError as error:
        raise UsageError(
            f"{display_path(folder)}: cannot be written ({error.strerror}); choose another folder"
        ) from error
    try:
        yield making
    finally:
        shutil.rmtree(making, ignore_errors=True)
