"""Compare: what do scenario files change, under each source's assumptions?"""

import os
import shlex
import sys
from contextlib import suppress
from functools import partial
from html import escape
from pathlib import Path
from string import Template
from typing import TYPE_CHECKING, Annotated, Any

import typer
from typer.core import TyperCommand

from sim.commands import options
from sim.commands.guard import FAILED, INTERRUPTED
from sim.commands.run import Out, Workers
from sim.commands.speech import WrongUse, mistake, note, page, result, result_json

if TYPE_CHECKING:
    from analysis.questions.compare import Comparison
    from analysis.report.section import Section
    from sim.ensemble.results import Results

OPTION, PAGE_NAME = "--scenarios", "difference.html"
SAID = "Two or more scenarios; the first is the reference. A lone one is compared with the base of its case."


class Several(TyperCommand):
    """A command whose option --scenarios takes every word up to the next option."""

    def parse_args(self, ctx: Any, args: list[str]) -> list[str]:
        """Read the words, with the option said again before each of its own."""
        words, taking = list[str](), False
        for word in args:
            is_option = word.startswith("-")
            taking = word.split("=")[0] == OPTION if is_option else taking
            words += [] if word == OPTION else [OPTION, word] if taking and not is_option else [word]
        return super().parse_args(ctx, words)


Scenarios = Annotated[
    list[str] | None,
    typer.Option(OPTION, metavar="REFERENCE OTHER...", help=SAID, autocompletion=options.complete_case),
]
Runs = Annotated[int, typer.Option("--runs", help="Matching runs per scenario and source view.")]
Csv = Annotated[Path | None, typer.Option("--csv", metavar="FILE", help="A new file: every difference as a row.")]


def compare(
    scenarios: Scenarios = None,
    lens: options.Lenses = None,
    runs: Runs = 1000,
    horizon: options.Horizon = None,
    seed: options.Seed = None,
    changes: options.Changes = None,
    rows: Csv = None,
    out: Out = Path("outputs"),
    workers: Workers = None,
    as_json: options.AsJson = False,
    quiet: options.Quiet = False,
) -> None:
    """Play scenario files with the same luck; print how far each share moves from the reference."""
    options.within("--runs", runs, 2, options.MOST_RUNS)
    options.within("--horizon", horizon, 1, options.MOST_WEEKS)
    options.within("--workers", workers, 1, options.MOST_WORKERS)
    chosen = None if seed is None else options.seed_of(seed, 0)
    from sim.ensemble.storage import check_writable

    check_writable(out)
    _check_free(rows)
    paths = _paths(scenarios or [])
    views = _views(paths, lens, changes or [])
    how = {"lenses": views, "runs": runs, "horizon": horizon, "seed": chosen, "changes": changes or []}
    how |= {"workers": workers, "command": shlex.join(["zopa", *sys.argv[1:]])}
    played = _played(paths, quiet, how)
    found = _compared(played)
    where = _write_page(found, played[0], out)
    if rows is not None:
        _write(rows, found.csv())
    if as_json:
        result_json({**found.as_json(), "outputs": where})
    else:
        _show(found)
        result(f"Page: {where}/{PAGE_NAME}")
    _show_notes(found, played[0], quiet)
    if not found.complete:
        mistake(f"zopa: interrupted; the runs finished so far are compared in {where}")
        raise typer.Exit(INTERRUPTED)


def _check_free(path: Path | None) -> None:
    """Stop before anything is played if the table could not be written."""
    if path is not None and os.path.lexists(path):
        raise WrongUse(f"--csv {path}: it is there already and is left as it is; name another file or remove it first")
    if path is not None and not (path.parent.is_dir() and os.access(path.parent, os.W_OK)):
        raise WrongUse(f"--csv {path}: {path.parent} is no folder that can be written to; name another one")


def _paths(names: list[str]) -> dict[str, Path]:
    """The file of every scenario by its name, the reference first."""
    from sim.spec.find import MAIN_FILES, find_scenario, name_of
    from sim.spec.mistake import ScenarioError

    if not names:
        raise WrongUse(f"no scenario is named; say `{OPTION} REFERENCE OTHER`, such as `{OPTION} base words-only`")
    home = Path()
    with suppress(ScenarioError, WrongUse):
        home = find_scenario(options.default_case()).parent
    first = _file(names[0], home)
    files = [first, *(_file(name, first.parent) for name in names[1:])]
    if len(files) == 1:
        files.insert(0, next((path for main in MAIN_FILES if (path := first.parent / main).is_file()), first))
    found = {name_of(path): path for path in files}
    if len(found) < len(files):
        raise WrongUse(f"{next(iter(found))} would be compared with itself; name another scenario after {OPTION}")
    return found


def _file(name: str, home: Path) -> Path:
    """The file of a scenario: for a bare name beside the reference, or else where `zopa run` finds it."""
    from sim.spec.find import OTHER_FILES, find_scenario

    beside = home / f"{name}.yaml"
    return beside if "/" not in name and name not in OTHER_FILES and beside.is_file() else find_scenario(name)


def _views(paths: dict[str, Path], asked: list[str] | None, changes: list[str]) -> list[str]:
    """The source views that all scenarios have, in fixed order; every mistake in any of them at once."""
    from sim.ensemble.ensemble import AS_WRITTEN, views_of
    from sim.spec.case import Case
    from sim.spec.load import available_lenses
    from sim.spec.mistake import Collector

    seen = Collector()
    loaded = [seen.attempt(partial(views_of, path, asked, changes), dict[str, Case]()) for path in paths.values()]
    seen.stop_if_any()
    order = available_lenses(next(iter(paths.values())))
    common = [view for view in (order or [AS_WRITTEN]) if all(view in views for views in loaded)]
    outcomes = {frozenset(case.scenario.outcomes) for views in loaded for case in views.values()}
    if not common or len(outcomes) > 1:
        raise WrongUse(f"{', '.join(paths)} are not of one case: they share no source view, or not all outcomes")
    return common if order else []


def _played(paths: dict[str, Path], quiet: bool, how: dict[str, Any]) -> "list[Results]":
    """The runs of every scenario with the reference's seed and horizon; fewer scenarios if interrupted."""
    from sim.commands.bars import progress_bars
    from sim.ensemble.ensemble import run_case

    found: list[Results] = []
    with progress_bars(quiet=quiet) as tell:
        for name, path in paths.items():
            bars = tell and partial(lambda name, view, *counts: tell(f"{name}, {view}", *counts), name)
            found.append(run_case(path, progress=bars, **how))
            how |= {"seed": found[0].manifest.seed, "horizon": found[0].manifest.horizon_weeks}
            if not found[-1].manifest.complete:
                break
    return found


def _compared(played: "list[Results]") -> "Comparison":
    """The comparison; ends here if there is nothing to compare."""
    from analysis.questions import compare as question

    found = question.compare(played[0], played[1:])
    if not any(one.lenses for one in found.scenarios.values()):
        why = "no matching runs in two scenarios among the same draws; give more --runs"
        mistake(f"zopa: {why if found.complete else 'interrupted before there was anything to compare'}")
        raise typer.Exit(FAILED if found.complete else INTERRUPTED)
    return found


def _write_page(found: "Comparison", reference: "Results", out: Path) -> str:
    """Write the page, whole or not at all; says in which folder."""
    from analysis.figures.difference import script
    from analysis.report.report import PAGE
    from analysis.report.section import html_of
    from sim.ensemble.storage import folder_for
    from sim.spec.mistake import shown

    sections = _sections(found, reference)
    text = Template(PAGE.read_text(encoding="utf-8")).substitute(
        title=escape(f"Scenarios compared with “{found.label}”"),
        question=escape(reference.manifest.question),
        contents="".join(f'<li><a href="#{one.key}">{escape(one.title)}</a></li>' for one in sections),
        plotly=script(),
        sections="\n".join(html_of(one) for one in sections),
    )
    name = f"compare-{reference.manifest.made_at[:10]}-{found.digest[:8]}{'' if found.complete else '-interrupted'}"
    folder = folder_for(reference.manifest, out).with_name(name)
    folder.mkdir(parents=True, exist_ok=True)
    _write(folder / PAGE_NAME, text)
    return shown(folder)


def _write(path: Path, text: str) -> None:
    unfinished = path.with_name(f".{path.name}.unfinished")
    unfinished.write_text(text, encoding="utf-8", newline="")
    os.replace(unfinished, path)


def _sections(found: "Comparison", reference: "Results") -> "list[Section]":
    """Every part of the page, in order."""
    from analysis.figures import difference as of
    from analysis.report.background import how_to_repeat
    from analysis.report.section import Panel, Section

    names = {name: one.label for name, one in found.scenarios.items() if one.lenses}
    panels = tuple(Panel(of.figure(found, name), of.in_words(found, name), label) for name, label in names.items())
    tables = tuple(of.table(found, name) for name in names)
    return [
        Section("first", "Read this first", points=(*of.caveats(found), *_of_reference(reference))),
        Section("difference", of.TITLE, (of.HOW,), panels, tables=tables),
        Section("scenarios", "What is compared", points=of.files(found), tables=(of.overview(found),)),
        how_to_repeat(reference),
    ]


def _of_reference(reference: "Results") -> list[tuple[str, str]]:
    """What must be known of the reference besides: its menu and how sharply its actors choose."""
    from analysis.questions.shares import shares
    from analysis.report.caveats import caveats

    points = caveats(reference, shares(reference)).points
    return [(f"{name}, in the reference", text) for name, text in points if name.startswith(("Agreements", "Choice"))]


def _show(found: "Comparison") -> None:
    """Any agreement, scenario by scenario and view by view, and what moves most."""
    from rich.table import Table

    from analysis.figures.difference import files, overview

    summed = overview(found, short=True)
    table = Table(*summed.head, title=summed.caption, title_justify="left", title_style="")
    for row in summed.rows:
        table.add_row(*row)
    page().print(table)
    result("\n".join(f"{name}: {text}" for name, text in files(found)))


def _show_notes(found: "Comparison", reference: "Results", quiet: bool) -> None:
    """What must be known to read the table, on stderr."""
    from analysis.figures.difference import notes

    known = [f"{name}: {text}" for name, text in _of_reference(reference)]
    for text in (*notes(found), *known, *(f"Note: {text}" for text in reference.manifest.notes)):
        note(text, quiet=quiet)
