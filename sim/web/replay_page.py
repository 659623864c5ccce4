"""Replay page: one run of stored results or of a case, week by week, with the reasons of every move."""

from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any
from urllib.parse import quote, urlencode

from starlette.datastructures import QueryParams

from analysis.methods.event_timeline import KINDS, TimelineEvent, build_timeline, classify_event
from analysis.methods.typical_runs import TypicalRun, find_typical_runs
from sim.ensemble.plan import AS_WRITTEN
from sim.ensemble.results import Results
from sim.i18n.messages import FIRST, format_number, message
from sim.i18n.said_error import SaidError
from sim.loading.translations import translate_case
from sim.narrative.story import Event, Story
from sim.narrative.wording import format_rounded
from sim.storage.rebuild import load_checked
from sim.storage.results_folder import MANIFEST
from sim.web.care_page import READ
from sim.web.page_state import LONGEST
from sim.web.picture import write_picture
from sim.web.replay_chart import draw_sign_chip, draw_state_chip, draw_timeline
from sim.web.week_panels import list_week_ends
from sim.workflows.explore import Exploration, Explorer
from sim.workflows.list_results import list_results
from sim.workflows.localized_results import localize
from sim.workflows.play import END_OF_RUNS, NarratedRun, play
from sim.workflows.replay import replay
from sim.workflows.single_flight import SingleFlight

RUNS = 300
"""Runs among which typical ones of a case are looked for."""

MOST_WEEKS = 520


@dataclass(frozen=True)
class ReplayState:
    """What the address of a replay asks for."""

    kind: str
    """`results` for stored ones, `case` for a case as it stands."""
    name: str
    """Folder of the results, or name of the scenario."""
    lang: str = FIRST
    """Language of all words."""
    view: str = ""
    """Source view; the first one if empty."""
    run: int | None = None
    """Number of the run; that of the first typical one if none."""
    week: int = 0
    """The week that is read; the first in which something happens if 0."""
    is_care_read: bool = False
    """True once the note of care was read, which stands before a case about real events."""

    def address(self, **other: object) -> str:
        """The address of this page, or of one that differs in something.

        Args:
            other: What differs.
        """
        one = replace(self, **other)  # type: ignore[arg-type]
        pairs = [("view", one.view)] if one.view else []
        pairs += [] if one.run is None else [("run", str(one.run))]
        pairs += [("week", str(one.week))] if one.week else []
        pairs += [("care", READ)] if one.is_care_read else []
        return f"/replay/{one.kind}/{quote(one.name)}?{urlencode([*pairs, ('lang', one.lang)], quote_via=quote)}"


def read_replay_state(kind: str, name: str, query: QueryParams, lang: str) -> ReplayState:
    """What an address asks for.

    Args:
        kind: `results` or `case`.
        name: Folder of the results, or name of the scenario.
        query: The part behind the question mark.
        lang: Language of the page.

    Raises:
        UsageError: something is out of bounds.
    """
    view = query.get("view", "")
    if len(view) > LONGEST or not view.isprintable():
        raise SaidError("pages.refused-long", most=LONGEST)
    run, week = (_read_number(query.get(name, "")) for name in ("run", "week"))
    return ReplayState(kind, name, lang, view, run, min(week or 0, MOST_WEEKS), query.get("care", "") == READ)


def _read_number(given: str) -> int | None:
    if not given:
        return None
    if not (given.isascii() and given.isdigit() and len(given) <= 16 and int(given) < END_OF_RUNS):
        raise SaidError("classroom.refused-run", most=END_OF_RUNS)
    return int(given)


def list_stored(out: Path) -> dict[str, Any]:
    """Results that can be replayed, by the name of their folder.

    Args:
        out: Folder in which results are kept.
    """
    return look_through(out)[0]


def look_through(out: Path) -> tuple[dict[str, Any], int]:
    """Results that can be replayed, by the name of their folder, and how many others there are.

    Args:
        out: Folder in which results are kept.
    """
    if not out.is_dir():
        return {}, 0
    found = list_results(out=out)
    stored = {Path(row.folder).relative_to(out).as_posix(): row for row in found.rows if row.complete}
    return stored, len(found.rows) - len(stored) + len(found.mistakes)


_results: SingleFlight[Results] = SingleFlight(4)
_narrated: SingleFlight[tuple[NarratedRun, tuple[str, ...]]] = SingleFlight(64)


def _load(state: ReplayState, out: Path, explorer: Explorer) -> Results:
    """The runs among which one is chosen."""
    if state.kind == "case":
        return explorer.play(Exploration(state.name, runs=RUNS))
    folder = out / state.name
    return _results.get((folder, _find_change(folder)), lambda: load_checked(folder))


def _find_change(folder: Path) -> int:
    return (folder / MANIFEST).stat().st_mtime_ns


def _tell(state: ReplayState, out: Path, seed: int) -> tuple[NarratedRun, tuple[str, ...]]:
    """The run, and what must be known of it."""
    if state.kind == "case":
        view = None if state.view == AS_WRITTEN else state.view
        return play(state.name, view=view or None, run=state.run, seed=seed, lang=state.lang), ()
    found = replay(out / state.name, state.run, view=state.view, lang=state.lang)
    return found.narrated, (*found.notes, *([found.differs] if found.differs else []))


def build_replay(state: ReplayState, out: Path, explorer: Explorer) -> dict[str, Any]:
    """Everything that the page shows.

    Args:
        state: What the address asks for.
        out: Folder in which results are kept.
        explorer: Plays the runs of a case.

    Raises:
        UsageError: there is no such view or run.
    """
    results = localize(_load(state, out, explorer), state.lang).results
    typical = find_typical_runs(results).runs
    chosen = _choose(state, results, typical)
    key = (replace(chosen, week=0), 0 if state.kind == "case" else _find_change(out / state.name))
    narrated, notes = _narrated.get(key, lambda: _tell(chosen, out, results.manifest.seed))
    view = message("classroom.picture-view", view=results.manifest.labels.get(chosen.view, chosen.view))
    shown = [view, message("classroom.replay-example")]
    return {
        **_describe_run(chosen, narrated),
        "notes": notes,
        "picture": write_picture(results.manifest.source, shown, narrated.heading),
        "title": results.manifest.title,
        "typical": [(one, chosen.address(view=one.view, run=one.run, week=0)) for one in typical],
        "views": [(name, results.manifest.labels.get(name, name)) for name in results.views],
        "seed": results.manifest.seed,
    }


def _choose(state: ReplayState, results: Results, typical: tuple[TypicalRun, ...]) -> ReplayState:
    """The run that is meant: the one asked for, or the first typical one."""
    if state.view and state.view not in results.views:
        raise SaidError("classroom.refused-view")
    known = [one for one in typical if state.view in ("", one.view)]
    view = state.view or (known[0].view if known and state.run is None else next(iter(results.views)))
    if state.run is not None:
        return replace(state, view=view)
    run = known[0].run if known else next((int(one) for one in results.views[view].columns["run"]), 0)
    return replace(state, view=view, run=run)


def _describe_run(state: ReplayState, narrated: NarratedRun) -> dict[str, Any]:
    story, case = narrated.story, translate_case(narrated.case, state.lang)[0]
    events = [event for event in story.events if event.week >= 1]
    called = {key: actor.label for key, actor in case.scenario.actors.items()}
    rows = [_make_row(event, called) for event in events]
    hostile_act = case.scenario.words.hostile_act
    timeline = build_timeline(rows, tuple(called.values()), story.weeks[-1], narrated.heading, hostile_act)
    weeks = sorted({event.week for event in events}) or [1]
    week = state.week if state.week in weeks else max([one for one in weeks if one <= state.week] or weeks[:1])
    at = weeks.index(week)
    kinds = {row.kind for row in rows if row.kind}
    return {
        "state": replace(state, week=week),
        "chart": draw_timeline(timeline, week),
        "week": week,
        "weeks": story.weeks[-1],
        "ends": list_week_ends(story.starts, story.weeks[-1]),
        "date": story.format_first_day(week),
        "events": [_describe_event(event, called) for event in events if event.week == week],
        "before": state.address(week=weeks[at - 1]) if at else "",
        "after": state.address(week=weeks[at + 1]) if at + 1 < len(weeks) else "",
        "all_weeks": [(one, state.address(week=one)) for one in weeks],
        "outcome": story.label,
        "is_matching": story.is_matching,
        "signs": [(draw_sign_chip(kind), timeline.name_kind(kind)) for kind in KINDS if kind in kinds],
        "states": [
            (draw_state_chip(one), message(f"figures.timeline.state-{one}"))
            for one in dict.fromkeys(span.state for span in timeline.states)
        ],
        "story": _list_weeks(story, events),
    }


def _make_row(event: Event, called: dict[str, str]) -> TimelineEvent:
    kind = classify_event(event.rule, event.what, event.before, event.after)
    return TimelineEvent(event.week, called.get(event.actor, ""), kind, event.plain or event.sentence)


def _describe_event(event: Event, called: dict[str, str]) -> dict[str, Any]:
    """An event, and why it came about; of a move, too, if the next best was worth as much."""
    is_move = event.rule.startswith("moves.")
    reasons = (*event.reasons, message("classroom.why-tie")) if is_move and _is_tie(event) else event.reasons
    return {
        "actor": called.get(event.actor, ""),
        "text": event.plain or event.sentence,
        "is_move": is_move,
        "reasons": reasons,
    }


def _is_tie(event: Event) -> bool:
    """True if the next best move was worth as much, as far as readers see; one worth more is told of anyway."""
    next_best, made = event.before, event.after
    if next_best is None or made is None or next_best > made:
        return False
    return format_rounded(next_best) == format_rounded(made)


def _list_weeks(story: Story, events: list[Event]) -> list[tuple[str, str, list[str]]]:
    """All weeks in which something happened, with their sentences."""
    by_week: dict[int, list[str]] = {}
    for event in events:
        by_week.setdefault(event.week, []).append(event.plain or event.sentence)
    return [(format_number(week), story.format_first_day(week), said) for week, said in by_week.items()]
