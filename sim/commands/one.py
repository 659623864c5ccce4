"""One: a single scenario planned, played block by block into its folder, kept, shown and put on its page."""

from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any

from sim.commands.speech import WrongUse, mistake, note, result, result_json
from sim.commands.wanted import Wanted

if TYPE_CHECKING:
    from sim.commands.kept import Kept
    from sim.ensemble.plan import Plan
    from sim.ensemble.results import Results

MOST_UNTIL = 1_000_000
"""Matching runs at most, where runs end once shares are known closely enough."""


@dataclass(frozen=True)
class Planned:
    """What is to be played, and where."""

    plan: "Plan"
    """The scenario through its source views."""
    folder: Path
    """Where its results are kept."""
    anew: bool
    """False if what an earlier run left there is taken up."""


def half_width(asked: str | None) -> float | None:
    """The half-width asked for, as a share: `0.5%` or `0.005`."""
    if asked is None:
        return None
    text = asked.strip()
    try:
        found = float(text.removesuffix("%").strip()) / (100 if text.endswith("%") else 1)
    except ValueError:
        found = 0.0
    if not 0 < found < 1:
        raise WrongUse(f"--precision is {asked}; it must be a share above 0 and below 1, such as 0.5% or 0.005")
    return found


def planned(file: Path, how: dict[str, Any], precision: float | None, out: Path) -> Planned:
    """A scenario file as the command wants it played."""
    from sim.ensemble.plan import plans_of
    from sim.ensemble.storage import folder_for

    runs = how["runs"] or (MOST_UNTIL if precision is not None else None)
    (plan,) = plans_of([file], precision=precision, **(how | {"runs": runs}))
    return Planned(plan, folder_for(plan.manifest, out), anew=True)


def resumed_in(folder: Path) -> Planned:
    """A run that was cut short, as its folder keeps it."""
    from sim.ensemble.stored import resumed

    return Planned(resumed(folder), folder, anew=False)


def run_one(planned: Planned, wanted: Wanted) -> bool:
    """Play, keep, show, and write the page; False if it was interrupted."""
    from sim.commands.asked import keep_asked
    from sim.commands.resume import how_to_go_on, telling_how_to_go_on
    from sim.ensemble.ensemble import keeping

    keep = keeping([planned.plan], [planned.folder], anew=planned.anew)
    with keep as store, telling_how_to_go_on(planned.folder, [planned.folder]):
        keep_asked(planned.folder, wanted)
        try:
            finished = _carried_out(planned, wanted, store)
        except KeyboardInterrupt:
            mistake("zopa: interrupted; the runs are kept, what should come after them is not whole")
            finished = False
        if finished:
            store.finish()
    if not finished:
        mistake(how_to_go_on(planned.folder))
    return finished


def _carried_out(planned: Planned, wanted: Wanted, store: Any) -> bool:
    """Play, keep, show, and write the page; False if runs or other magnitudes were interrupted."""
    from sim.commands.kept import keep, keep_sweeps, without_leftovers

    results = _played(planned.plan, wanted, store)
    if not any(found.kept for found in results.lenses.values()):
        mistake("zopa: interrupted before the first runs were finished")
        return False
    kept, finished = keep(results, planned.folder), results.manifest.complete
    _show(kept, wanted)
    without_leftovers(kept)
    if wanted.sweeps and finished:
        finished = keep_sweeps(kept, wanted.workers, quiet=wanted.quiet)
    _write_page(kept, wanted)
    if not finished:
        done = ", ".join(f"{name} {found.kept:,}" for name, found in results.lenses.items())
        mistake(f"zopa: interrupted; the matching runs finished so far ({done}) are kept in {kept.where}")
    return finished


def _played(plan: "Plan", wanted: Wanted, store: Any) -> "Results":
    """The runs, with their shares on the terminal while they are played."""
    from analysis.questions.precision import closely_enough
    from sim.commands.live import live_shares
    from sim.ensemble import readers
    from sim.ensemble.ensemble import play

    manifest = plan.manifest
    if not wanted.away:
        readers.make_ready(next(iter(plan.views.values())), lambda text: note(text, quiet=wanted.quiet))
    enough = None if manifest.precision is None else closely_enough(manifest.precision)
    told = (manifest.outcomes, manifest.agreements, manifest.labels)
    with live_shares(*told, quiet=wanted.quiet) as (progress, watch):
        how = {"workers": wanted.workers, "store": store, "enough": enough}
        (results,) = play([plan], progress=progress, watch=watch, **how)
    return results


def _show(kept: "Kept", wanted: Wanted) -> None:
    """Print the shares, and what must be known to read them."""
    from sim.commands.shares_table import show_notes, show_shares

    if wanted.as_json:
        result_json(kept.summed)
    else:
        show_shares(kept.results, kept.shares)
    show_notes(kept.results, kept.shares, quiet=wanted.quiet)


def _write_page(kept: "Kept", wanted: Wanted) -> None:
    """Write the page if there is to be one, and say where everything is."""
    from sim.commands.pages import REPORT, write_page

    if wanted.pages:
        write_page(kept.results, kept.folder, wanted.lang, workers=wanted.workers)
    if not wanted.as_json:
        result(f"Report: {kept.where}/{REPORT}" if wanted.pages else f"Results: {kept.where}")
