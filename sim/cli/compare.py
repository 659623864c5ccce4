"""Compare: what do scenario files change, under each source's assumptions?"""

import os
from contextlib import suppress
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any

import typer
from typer.core import TyperCommand

from sim.cli import options
from sim.cli.console import print_error, print_json, print_note, print_result
from sim.cli.console_reporter import ConsoleReporter
from sim.cli.console_tables import print_table
from sim.cli.error_handling import FAILED, INTERRUPTED
from sim.cli.run import Out, Workers, format_command
from sim.errors import UsageError
from sim.workflows.run_batch import find_common_views, simulate_batch

if TYPE_CHECKING:
    from analysis.methods.scenario_differences import Comparison
    from sim.ensemble.results import Results

OPTION, PAGE_NAME = "--scenarios", "difference.html"
SAID = "Two or more scenarios; the first is the reference. A lone one is compared with the base of its case."


class MultiValueCommand(TyperCommand):
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
    view: options.Views = None,
    runs: Runs = 1000,
    horizon: options.Horizon = None,
    seed: options.Seed = None,
    changes: options.Changes = None,
    answers: options.AnswersOption = None,
    rows: Csv = None,
    out: Out = Path("outputs"),
    workers: Workers = None,
    lang: options.Lang = "en",
    as_json: options.AsJson = False,
    quiet: options.Quiet = False,
) -> None:
    """Play scenario files with the same luck; print how far each share moves from the reference."""
    options.check_range("--runs", runs, 2, options.MOST_RUNS)
    options.check_range("--horizon", horizon, 1, options.MOST_WEEKS)
    options.check_range("--workers", workers, 1, options.MOST_WORKERS)
    options.check_language(lang)
    chosen = None if seed is None else options.parse_seed(seed, 0)
    from sim.ensemble.plan import make_plans
    from sim.storage.results_folder import check_writable

    check_writable(out)
    _check_free(rows)
    paths = _find_paths(scenarios or [])
    files = list(paths.values())
    how: dict[str, Any] = {"runs": runs, "horizon": horizon, "seed": chosen, "changes": changes or []}
    how |= {"answers": answers or [], "command": format_command()}
    how["view_names"] = find_common_views(files, view, how["changes"], how["answers"])
    played = simulate_batch(make_plans(files, **how), workers, ConsoleReporter(as_json, quiet))
    found = _compare(played)
    where = _write_page(found, played, out, lang)
    _write_rows(found, rows)
    if as_json:
        print_json({**found.as_json(), "outputs": where})
    else:
        _show(found)
        print_result(f"Page: {where}/{PAGE_NAME}")
    _show_notes(found, played[0], quiet)
    if not found.complete:
        print_error(f"zopa: interrupted; the runs finished so far are compared in {where}")
        raise typer.Exit(INTERRUPTED)


def _check_free(path: Path | None) -> None:
    """Stop before anything is played if the table could not be written."""
    if path is not None and os.path.lexists(path):
        raise UsageError(
            f"--csv {path}: it is there already and is left as it is; name another file or remove it first"
        )
    if path is not None and not (path.parent.is_dir() and os.access(path.parent, os.W_OK)):
        raise UsageError(f"--csv {path}: {path.parent} is no folder that can be written to; name another one")


def _find_paths(names: list[str]) -> dict[str, Path]:
    """The file of every scenario by its name, the reference first."""
    from sim.errors import ScenarioError
    from sim.loading.discovery import MAIN_FILES, derive_name, find_scenario

    if not names:
        raise UsageError(f"no scenario is named; say `{OPTION} REFERENCE OTHER`, such as `{OPTION} base words-only`")
    home = Path()
    with suppress(ScenarioError, UsageError):
        home = find_scenario(options.find_default_case()).parent
    first = _find_file(names[0], home)
    files = [first, *(_find_file(name, first.parent) for name in names[1:])]
    if len(files) == 1:
        files.insert(0, next((path for main in MAIN_FILES if (path := first.parent / main).is_file()), first))
    found = {derive_name(path): path for path in files}
    if len(found) < len(files):
        raise UsageError(f"{next(iter(found))} would be compared with itself; name another scenario after {OPTION}")
    return found


def _find_file(name: str, home: Path) -> Path:
    """The file of a scenario: for a bare name beside the reference, or else where `zopa run` finds it."""
    from sim.loading.discovery import OTHER_FILES, find_scenario

    beside = home / f"{name}.yaml"
    return beside if "/" not in name and name not in OTHER_FILES and beside.is_file() else find_scenario(name)


def _compare(played: "list[Results]") -> "Comparison":
    """The comparison; ends here if there is nothing to compare."""
    from analysis.methods import scenario_differences as question

    found = question.compare_results(played[0], played[1:])
    if not any(one.views for one in found.scenarios.values()):
        why = "no matching runs in two scenarios among the same draws; give more --runs"
        print_error(f"zopa: {why if found.complete else 'interrupted before there was anything to compare'}")
        raise typer.Exit(FAILED if found.complete else INTERRUPTED)
    return found


def _write_page(found: "Comparison", played: "list[Results]", out: Path, lang: str) -> str:
    """Write the page, whole or not at all; says in which folder."""
    from analysis.methods import scenario_differences as question
    from analysis.report.page import write_page
    from analysis.report.scenario_differences import build_comparison_page
    from sim.errors import display_path
    from sim.i18n.messages import use_language
    from sim.storage.results_folder import choose_folder
    from sim.workflows.localized_results import localize

    first = played[0].manifest
    name = f"compare-{first.made_at[:10]}-{found.fingerprint[:8]}{'' if found.complete else '-interrupted'}"
    folder = choose_folder(first, out).with_name(name)
    folder.mkdir(parents=True, exist_ok=True)
    with use_language(lang):
        said = [localize(one, lang).results for one in played]
        write_page(folder / PAGE_NAME, build_comparison_page(question.compare_results(said[0], said[1:]), said[0]))
    return display_path(folder)


def _write_rows(found: "Comparison", path: Path | None) -> None:
    """Write the table for other programs, if it is asked for."""
    from analysis.report.page import write_page

    if path is not None:
        write_page(path, found.as_csv())


def _show(found: "Comparison") -> None:
    """Any agreement, scenario by scenario and view by view, and what moves most."""
    from analysis.figures.scenario_differences import build_overview, describe_files

    print_table(build_overview(found, short=True))
    print_result("\n".join(f"{name}: {text}" for name, text in describe_files(found)))


def _show_notes(found: "Comparison", reference: "Results", quiet: bool) -> None:
    """What must be known to read the table, on stderr."""
    from analysis.figures.scenario_differences import list_notes
    from analysis.report.scenario_differences import describe_reference

    known = [f"{name}: {text}" for name, text in describe_reference(reference)]
    for text in (*list_notes(found), *known, *(f"Note: {text}" for text in reference.manifest.notes)):
        print_note(text, quiet=quiet)
