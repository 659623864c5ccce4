"""Baseline gaps: what runs agree on, beside plain forecasts that know positions, salience and power alone, and why."""

from collections.abc import Iterable, Iterator, Mapping, Sequence

from analysis.figures.figure_table import Table
from analysis.figures.number_text import format_share
from analysis.methods.agreed_reasons import STEPS, AgreedReasons
from analysis.methods.baseline_gaps import Range, find_baseline_gaps
from analysis.methods.baselines_beside_runs import BesideRuns, ReplayedView, set_beside_runs
from analysis.methods.status_quo_reasons import REASONS
from analysis.report.section import Section
from sim.ensemble.results import Results
from sim.i18n.messages import format_number, message
from sim.schema.scenario import Scenario

COLUMNS = ("issue", "mean", "median", "agreed", "gap")
MAIN = "weighted-mean"


def build_baseline_sections(
    results: Results, scenarios: Mapping[str, Scenario], replayed: Mapping[str, ReplayedView], *, whole: bool = True
) -> list[Section]:
    """The section, where the source views are at hand and some of their runs were played again.

    Args:
        results: Results of a scenario.
        scenarios: The scenario through each source view.
        replayed: What runs that were played again say, by source view.
        whole: False to leave out, of several source views, every other forecast and every issue.
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
    tables = [
        Table(message("baselines.quo-table"), _head("view", "in-force", *REASONS), tuple(map(_list_reasons, beside))),
        Table(message("baselines.beside-table"), _head(*COLUMNS), rows),
        _tabulate_drafts(beside),
    ]
    notes = [message("baselines.beside-how"), message("baselines.steps-how")] if gaps else []
    if whole or len(beside) == 1:
        tables += _build_steps(beside)
    elif gaps:
        notes.append(message("baselines.elsewhere", scenario=results.manifest.scenario))
    title = message("baselines.section")
    return [Section("baselines", title, (*said, *notes), tables=tuple(one for one in tables if one.rows))]


def _build_steps(beside: Iterable[BesideRuns]) -> list[Table]:
    """Every forecast and every issue, source view by source view."""
    return [
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


def _say_status_quo(one: BesideRuns) -> str:
    """Why runs of a source view have no agreement in force."""
    found = one.status_quo
    if not found.main:
        return message("baselines.quo-none", view=one.label)
    who, blocked = found.blockers.get(found.main, ("", 0.0))
    reason = message(f"baselines.quo-{found.main}", who=who, share=format_share(blocked))
    return message(
        "baselines.quo",
        view=one.label,
        share=format_share(1.0 - found.in_force),
        reason=reason,
        part=format_share(found.shares[found.main]),
    )


def _say_agreed(one: BesideRuns) -> Iterator[str]:
    """What moves agreements of a source view away from the weighted mean."""
    agreed = one.agreed
    if agreed is None:
        return
    steps, runs = agreed.by_method[MAIN], format_number(agreed.runs)
    if steps.main:
        yield message(
            "baselines.agreed",
            view=one.label,
            runs=runs,
            distance=format_number(steps.distance, 2),
            step=format_number(steps.lengths[steps.main], 2),
            reason=_explain_step(agreed),
        )
    else:
        yield message("baselines.agreed-alike", view=one.label, runs=runs)


def _explain_step(agreed: AgreedReasons) -> str:
    """What makes the longest step."""
    steps = agreed.by_method[MAIN]
    refused, refuses = format_share(steps.refused), format_share(steps.refuses)
    return message(f"baselines.step-{steps.main}", refused=refused, who=steps.refuser, refuses=refuses)


def _tabulate_drafts(beside: Sequence[BesideRuns]) -> Table:
    """Whose drafts were signed, how often Nash's product chooses the same, and who is bound unwillingly."""
    rows = []
    for one in beside:
        if (agreed := one.agreed) is not None:
            first, second, mediator = agreed.authors
            shares = (mediator, first, second, agreed.nash, agreed.against)
            rows.append((one.label, *map(format_share, shares)))
    sides = [message("baselines.column-side", side=side) for side in beside[0].sides]
    head = (*_head("view", "mediator"), *sides, *_head("nash", "against"))
    return Table(message("baselines.drafts-table"), head, tuple(rows))


def _list_reasons(one: BesideRuns) -> tuple[str, ...]:
    found = one.status_quo
    return (one.label, format_share(found.in_force), *(format_share(found.shares[name]) for name in REASONS))


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
        longest = max(ways, key=lambda name: abs(ways[name]))
        parts = [format_number(part, 2) for part in (round(float(steps.gap[at]), 2) + 0.0, *ways.values())]
        often = message("baselines.often", option=issue.agreed, share=format_share(issue.share))
        main = message(f"baselines.column-{longest}") if ways[longest] else "–"
        yield one.label, issue.label, issue.named, often, *parts, main


def _format(ends: Range) -> str:
    """Both ends, or one where they are alike."""
    return " – ".join(dict.fromkeys(format_number(end, 2) for end in ends))
