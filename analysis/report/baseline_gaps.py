"""Baseline gaps: what runs agree on, beside plain forecasts that know positions, salience and power alone, and why."""

from collections.abc import Iterator, Mapping, Sequence

from analysis.figures.figure_table import Table
from analysis.figures.number_text import format_estimate, format_share
from analysis.methods.agreed_reasons import STEPS
from analysis.methods.baseline_gaps import Range, find_baseline_gaps
from analysis.methods.baselines_beside_runs import BesideRuns, ReplayedView, set_beside_runs
from analysis.methods.intervals import estimate_share
from analysis.methods.status_quo_reasons import REASONS, WITHOUT_PLAN
from analysis.report.section import Section
from sim.ensemble.results import Results
from sim.i18n.messages import format_number, message
from sim.schema.scenario import Scenario

COLUMNS = ("issue", "mean", "median", "agreed", "gap")
MAIN = "weighted-mean"
ASKED = (*(name for name in REASONS if name not in WITHOUT_PLAN), "looked-at", *WITHOUT_PLAN)
"""Columns of how far runs get: shares of all, and after the runs that were looked at again those that rest on them."""

MANY = 100
"""Runs below which a share carries its interval."""


def build_baseline_sections(
    results: Results, scenarios: Mapping[str, Scenario], replayed: Mapping[str, ReplayedView], *, whole: bool = True
) -> list[Section]:
    """The section, where the source views are at hand and some of their runs were played again.

    Args:
        results: Results of a scenario.
        scenarios: The scenario through each source view.
        replayed: What runs that were played again say, by source view.
        whole: False to leave out, of several source views, drafts, every other forecast and every issue.
    """
    beside = list(set_beside_runs(results, scenarios, replayed).values())
    if not beside:
        return []
    gaps = find_baseline_gaps(results, scenarios)
    said = [message("baselines.beside")]
    if gaps:
        far = ", ".join(one.issue for one in gaps if one.is_far)
        said += [message("baselines.differ", issues=far) if far else message("baselines.alike")]
    said += [sentence for one in beside for sentence in (_say_status_quo(one), *_say_agreed(one))]
    rows = tuple((one.issue, *map(_format, (one.mean, one.median, one.agreed, one.gap))) for one in gaps)
    reasons = tuple(map(_list_reasons, beside))
    tables = [
        Table(message("baselines.quo-table"), _head("view", "runs", "in-force", *ASKED), reasons),
        Table(message("baselines.beside-table"), _head(*COLUMNS), rows),
    ]
    notes = [message("baselines.beside-how"), message("baselines.steps-how")] if gaps else []
    if whole or len(beside) == 1:
        tables += _build_steps(beside)
    elif gaps:
        notes.append(message("baselines.elsewhere", scenario=results.manifest.scenario))
    title = message("baselines.section")
    return [Section("baselines", title, (*said, *notes), tables=tuple(one for one in tables if one.rows))]


def _build_steps(beside: Sequence[BesideRuns]) -> list[Table]:
    """Whose drafts were signed, every forecast and every issue, source view by source view."""
    return [
        _tabulate_drafts(beside),
        Table(
            message("baselines.steps-table"),
            _head("view", "method", "distance", *STEPS, "main"),
            tuple(row for one in beside for row in _list_steps(one)),
        ),
        Table(
            message("baselines.issues-table"),
            _head("view", "issue", "named", "often", "gap", *STEPS, "main"),
            tuple(row for one in beside for row in _list_issues(one)),
        ),
    ]


def _head(*names: str) -> tuple[str, ...]:
    return tuple(message(f"baselines.column-{name}") for name in names)


def _format_part(share: float, runs: int) -> str:
    """A share of so many runs, with its interval where they are few."""
    return format_share(share) if runs >= MANY else format_estimate(estimate_share(share * runs, runs))


def _say_status_quo(one: BesideRuns) -> str:
    """Why runs of a source view have no agreement in force."""
    found = one.status_quo
    if found.in_force == 1.0:
        return message("baselines.quo-none", view=one.label)
    share, runs = _format_part(1.0 - found.in_force, found.matching), format_number(found.matching)
    if not found.main:
        return message("baselines.quo-few", view=one.label, share=share, runs=runs)
    part = _format_part(found.shares[found.main], found.count_runs(found.main))
    reason = message(f"baselines.quo-{found.main}")
    if (by := found.blockers.get(found.main)) is not None:
        often, seen = _format_part(by.share, by.runs), format_number(by.runs)
        reason = message(f"baselines.by-{found.main}", reason=reason, who=by.who, share=often, runs=seen)
    said = message("baselines.quo", view=one.label, share=share, runs=runs, reason=reason, part=part)
    for other in found.as_often:
        said = message("baselines.quo-as-often", said=said, reason=message(f"baselines.quo-{other}"))
    return said


def _say_agreed(one: BesideRuns) -> Iterator[str]:
    """What moves agreements of a source view away from the weighted mean."""
    agreed = one.agreed
    if agreed is None:
        return
    steps, runs = agreed.by_method[MAIN], format_number(agreed.runs)
    if steps.distance <= 1e-9:
        yield message("baselines.agreed-alike", view=one.label, runs=runs)
        return
    menu, consent, draft, distance = (format_number(part, 2) for part in (*steps.lengths.values(), steps.distance))
    said = message(
        "baselines.agreed", view=one.label, runs=runs, distance=distance, menu=menu, consent=consent, draft=draft
    )
    refused, refuses = (_format_part(share, steps.runs) for share in (steps.refused, steps.refuses))
    longest = f"baselines.longest-{steps.main or 'few'}"
    said = message(longest, said=said, refused=refused, who=steps.refuser, refuses=refuses)
    for other in steps.as_long:
        said = message("baselines.as-long", said=said, step=message(f"baselines.column-{other}"))
    yield said


def _tabulate_drafts(beside: Sequence[BesideRuns]) -> Table:
    """Whose drafts were signed, how often Nash's product chooses the same, and who is bound unwillingly."""
    rows = []
    for one in beside:
        if (agreed := one.agreed) is not None:
            first, second, mediator = agreed.authors
            shares = (mediator, first, second, agreed.nash, *agreed.against)
            parts = [_format_part(share, agreed.runs) for share in shares]
            rows.append((one.label, format_number(agreed.runs), *parts))
    sides = [message("baselines.column-side", side=side) for side in beside[0].sides]
    head = (*_head("view", "runs", "mediator"), *sides, *_head("nash", "pressed", "threatened", "otherwise"))
    return Table(message("baselines.drafts-table"), head, tuple(rows))


def _list_reasons(one: BesideRuns) -> tuple[str, ...]:
    found = one.status_quo
    parts = [
        format_number(found.looked_at)
        if name == "looked-at"
        else _format_part(found.shares[name], found.count_runs(name))
        for name in ASKED
    ]
    return (one.label, format_number(found.matching), _format_part(found.in_force, found.matching), *parts)


def _list_steps(one: BesideRuns) -> Iterator[tuple[str, ...]]:
    for method, steps in one.agreed.by_method.items() if one.agreed else ():
        lengths = [format_number(steps.lengths[name], 2) for name in STEPS]
        main = message(f"baselines.column-{steps.main}") if steps.main else "–"
        yield one.label, message(f"baselines.{method}"), format_number(steps.distance, 2), *lengths, main


def _list_issues(one: BesideRuns) -> Iterator[tuple[str, ...]]:
    if one.agreed is None:
        return
    steps = one.agreed.by_method[MAIN]
    for at, issue in enumerate(one.issues):
        ways = {name: round(float(steps.steps[name][at]), 2) + 0.0 for name in STEPS}
        longest = max(ways, key=lambda name: abs(ways[name])) if steps.main else ""
        parts = [format_number(part, 2) for part in (round(float(steps.gap[at]), 2) + 0.0, *ways.values())]
        often = message("baselines.often", option=issue.agreed, share=_format_part(issue.share.share, issue.runs))
        main = message(f"baselines.column-{longest}") if longest and ways[longest] else "–"
        yield one.label, issue.label, issue.named, often, *parts, main


def _format(ends: Range) -> str:
    """Both ends, or one where they are alike."""
    return " – ".join(dict.fromkeys(format_number(end, 2) for end in ends))
