"""Baseline gaps: where do the agreements of runs lie beside plain forecasts from positions, salience and power?

Read aloud
    On the order in which an issue's options stand, from 0 to 1: the weighted mean of positions, the weighted median,
    and the mean place of what is agreed in runs with an agreement in force. Under every source view; the gap is the
    place of what is agreed less the weighted mean.

Sources
    Achen (2006), Institutional realism and bargaining models: the weighted mean is hard to beat.
"""

from collections.abc import Mapping
from dataclasses import dataclass

from analysis.methods.agreed_terms import AgreedIssue, compute_agreed_terms
from analysis.methods.compromise import weighted_mean, weighted_median
from sim.ensemble.results import Results
from sim.loading.tables.scenario_positions import tabulate_positions
from sim.schema.scenario import Scenario

FAR = 0.25
"""Gap, as a share of the scale, from which it is said where runs and the weighted mean differ."""

Range = tuple[float, float]
"""Lowest and highest among source views."""


@dataclass(frozen=True)
class BaselineGap:
    """One issue, over the source views that count."""

    issue: str
    """Its name for readers."""
    mean: Range
    """Weighted mean of positions."""
    median: Range
    """Weighted median of positions."""
    agreed: Range
    """Mean place of what is agreed."""
    gap: Range
    """What is agreed less the weighted mean."""

    @property
    def is_far(self) -> bool:
        """True if under every source view what is agreed lies on the same side of the mean, and far from it."""
        low, high = self.gap
        return low >= FAR or high <= -FAR


def find_baseline_gaps(results: Results, scenarios: Mapping[str, Scenario]) -> tuple[BaselineGap, ...]:
    """Gaps of all issues; none where no source view has both an agreement in force and a scenario.

    Args:
        results: The runs.
        scenarios: The scenario as each source view sees it.
    """
    agreed = {name: one for name, one in compute_agreed_terms(results, scenarios).items() if one.in_force}
    names = [name for name in results.views_with_author if name in agreed] or list(agreed)
    found: dict[str, list[tuple[float, float, float]]] = {}
    for name in names:
        scenario = scenarios[name]
        table = tabulate_positions(scenario, name)
        means, medians = (
            method(table.positions, table.power * table.salience) for method in (weighted_mean, weighted_median)
        )
        for number, key in enumerate(scenario.issues):
            place = _find_mean_place(agreed[name].issues[key])
            found.setdefault(key, []).append((float(means[number]), float(medians[number]), place))
    labels = {key: issue.label for name in names[:1] for key, issue in scenarios[name].issues.items()}
    return tuple(_build_gap(labels[key], rows) for key, rows in found.items())


def _find_mean_place(issue: AgreedIssue) -> float:
    """Mean place of the options agreed, from 0 for the first to 1 for the last."""
    runs = [option.runs for option in issue.options.values()]
    last = max(len(runs) - 1, 1)
    return sum(number * many for number, many in enumerate(runs)) / (last * sum(runs))


def _build_gap(label: str, rows: list[tuple[float, float, float]]) -> BaselineGap:
    gaps = [place - mean for mean, _, place in rows]
    ranges = [(min(values), max(values)) for values in (*zip(*rows, strict=True), gaps)]
    return BaselineGap(label, *ranges)
