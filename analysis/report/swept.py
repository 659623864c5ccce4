"""Swept: what the scenario looks like with other magnitudes - differences, and the ranking of source views."""

from analysis.figures.moves import with_span
from analysis.figures.table import Table
from analysis.figures.words import percent
from analysis.questions.sweep import Sweeps, Swept
from analysis.report.section import Section
from sim.ensemble.results import Results
from sim.ensemble.sweep import Variant
from sim.language.tongue import number, say


def swept(results: Results, found: Sweeps | None) -> list[Section]:
    """The section, if other magnitudes were played."""
    if found is None or not found.swept:
        return []
    labels = {name: results.manifest.labels.get(name, name) for name in results.lenses}
    several = len(found.ranking) > 1
    kinds = dict.fromkeys(one.variant.kind for one in found.swept)
    told = (say("report.sweeps-said"), *(say(f"report.sweeps-said-{kind}") for kind in kinds))
    said = [" ".join(told), say("report.sweeps-draws", draws=number(found.draws))]
    if several:
        said.append(say("report.sweeps-rank", same=number(found.as_ranked), all=number(len(found.swept))))
    if (largest := found.largest()) is not None:
        one, name, moved = largest
        which, by = called(one.variant), with_span(moved)
        said.append(say("report.sweeps-most", variant=which, view=labels[name], difference=by))
    tables = (_differences(results, found, labels), *((_rankings(found, labels),) if several else ()))
    return [Section("sweeps", say("report.sweeps"), tuple(said), tables=tables)]


def called(variant: Variant) -> str:
    """A variant in words."""
    places = 0 if variant.factor >= 1 else 2 if variant.factor < 0.5 else 1
    return say(f"report.sweep-{variant.kind}", factor=number(variant.factor, places))


def _differences(results: Results, found: Sweeps, labels: dict[str, str]) -> Table:
    """Every variant under every source view."""
    rows = tuple((called(one.variant), *(_cell(one, name) for name in labels)) for one in found.swept)
    caption = say("report.sweeps-table", weeks=number(results.manifest.horizon_weeks))
    return Table(caption, (say("report.column-variant"), *labels.values()), rows)


def _cell(one: Swept, name: str) -> str:
    moved = one.lenses.get(name)
    if moved is None:
        return say("report.no-matching")
    return say("report.sweeps-cell", share=percent(moved.share), difference=with_span(moved))


def _rankings(found: Sweeps, labels: dict[str, str]) -> Table:
    """The order of the source views in every variant, and whether it is that of the scenario."""
    rows = [(say("report.as-it-is"), _order(found.ranking, labels), "")]
    for one in found.swept:
        same = say("report.yes" if one.ranking == found.ranking else "report.no")
        rows.append((called(one.variant), _order(one.ranking, labels), same))
    head = tuple(say(f"report.column-{name}") for name in ("variant", "ranking", "same"))
    return Table(say("report.sweeps-rank-table"), head, tuple(rows))


def _order(ranking: tuple[str, ...], labels: dict[str, str]) -> str:
    return " > ".join(labels.get(name, name) for name in ranking)
