"""Compare: what do scenario files change, under each source's assumptions?"""

import os
from contextlib import suppress
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any

import typer
from typer.core import TyperCommand

from sim.commands import options
from sim.commands.batch import common_views, played_together
from sim.commands.guard import FAILED, INTERRUPTED
from sim.commands.run import Out, Workers, command
from sim.commands.speech import WrongUse, mistake, note, result, result_json
from sim.commands.tables import print_table

if TYPE_CHECKING:
    from analysis.questions.compare import Comparison
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
    switches: options.Switches = None,
    rows: Csv = None,
    out: Out = Path("outputs"),
    workers: Workers = None,
    lang: options.Lang = "en",
    as_json: options.AsJson = False,
    quiet: options.Quiet = False,
) -> None:
    """Play scenario files with the same luck; print how far each share moves from the reference."""
    options.within("--runs", runs, 2, options.MOST_RUNS)
    options.within("--horizon", horizon, 1, options.MOST_WEEKS)
    options.within("--workers", workers, 1, options.MOST_WORKERS)
    options.lang_of(lang)
    chosen = None if seed is None else options.seed_of(seed, 0)
    from sim.ensemble.plan import plans_of
    from sim.ensemble.storage import check_writable

    check_writable(out)
    _check_free(rows)
    paths = _paths(scenarios or [])
    files = list(paths.values())
    how: dict[str, Any] = {"runs": runs, "horizon": horizon, "seed": chosen, "changes": changes or []}
    how |= {"switches": switches or [], "command": command()}
    how["lenses"] = common_views(files, lens, how["changes"], how["switches"])
    played = played_together(plans_of(files, **how), workers, quiet=quiet)
    found = _compared(played)
    where = _write_page(found, played, out, lang)
    _write_rows(found, rows)
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


def _compared(played: "list[Results]") -> "Comparison":
    """The comparison; ends here if there is nothing to compare."""
    from analysis.questions import compare as question

    found = question.compare(played[0], played[1:])
    if not any(one.lenses for one in found.scenarios.values()):
        why = "no matching runs in two scenarios among the same draws; give more --runs"
        mistake(f"zopa: {why if found.complete else 'interrupted before there was anything to compare'}")
        raise typer.Exit(FAILED if found.complete else INTERRUPTED)
    return found


def _write_page(found: "Comparison", played: "list[Results]", out: Path, lang: str) -> str:
    """Write the page, whole or not at all; says in which folder."""
    from analysis.questions import compare as question
    from analysis.report.comparison import comparison_page
    from analysis.report.shell import write
    from sim.commands.spoken import spoken
    from sim.ensemble.storage import folder_for
    from sim.language.tongue import speaking
    from sim.spec.mistake import shown

    first = played[0].manifest
    name = f"compare-{first.made_at[:10]}-{found.digest[:8]}{'' if found.complete else '-interrupted'}"
    folder = folder_for(first, out).with_name(name)
    folder.mkdir(parents=True, exist_ok=True)
    with speaking(lang):
        said = [spoken(one, lang).results for one in played]
        write(folder / PAGE_NAME, comparison_page(question.compare(said[0], said[1:]), said[0]))
    return shown(folder)


def _write_rows(found: "Comparison", path: Path | None) -> None:
    """Write the table for other programs, if it is asked for."""
    from analysis.report.shell import write

    if path is not None:
        write(path, found.csv())


def _show(found: "Comparison") -> None:
    """Any agreement, scenario by scenario and view by view, and what moves most."""
    from analysis.figures.difference import files, overview

    print_table(overview(found, short=True))
    result("\n".join(f"{name}: {text}" for name, text in files(found)))


def _show_notes(found: "Comparison", reference: "Results", quiet: bool) -> None:
    """What must be known to read the table, on stderr."""
    from analysis.figures.difference import notes
    from analysis.report.comparison import of_reference

    known = [f"{name}: {text}" for name, text in of_reference(reference)]
    for text in (*notes(found), *known, *(f"Note: {text}" for text in reference.manifest.notes)):
        note(text, quiet=quiet)
