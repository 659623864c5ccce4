"""Parameter sweep: how the scenario looks with other magnitudes - differences, and the ranking of source views."""

from analysis.figures.figure_table import Table
from analysis.figures.number_text import format_share
from analysis.figures.share_change_text import format_change
from analysis.methods.parameter_sweep import SweepResult, VariantResult
from analysis.report.section import Section
from sim.ensemble.results import Results
from sim.experiments.parameter_sweep import Variant
from sim.i18n.messages import format_number, message


def build_sweep_sections(results: Results, sweep: SweepResult | None) -> list[Section]:
    """The section, if other magnitudes were played."""
    if sweep is None or not sweep.variants:
        return []
    labels = {name: results.manifest.labels.get(name, name) for name in results.views}
    several = len(sweep.ranking) > 1
    kinds = dict.fromkeys(one.variant.kind for one in sweep.variants)
    about = (message("report.sweeps-said"), *(message(f"report.sweeps-said-{kind}") for kind in kinds))
    said = [" ".join(about), message("report.sweeps-draws", draws=format_number(sweep.draws))]
    if several:
        said.append(
            message(
                "report.sweeps-rank", same=format_number(sweep.n_same_ranking), all=format_number(len(sweep.variants))
            )
        )
    if (largest := sweep.find_largest_change()) is not None:
        one, name, moved = largest
        which, by = format_variant(one.variant), format_change(moved)
        said.append(message("report.sweeps-most", variant=which, view=labels[name], difference=by))
    tables = (
        _build_differences_table(results, sweep, labels),
        *((_build_rankings_table(sweep, labels),) if several else ()),
    )
    return [Section("sweeps", message("report.sweeps"), tuple(said), tables=tables)]


def format_variant(variant: Variant) -> str:
    """A variant in words."""
    places = 0 if variant.factor >= 1 else 2 if variant.factor < 0.5 else 1
    return message(f"report.sweep-{variant.kind}", factor=format_number(variant.factor, places))


def _build_differences_table(results: Results, sweep: SweepResult, labels: dict[str, str]) -> Table:
    """Every variant under every source view."""
    rows = tuple((format_variant(one.variant), *(_format_cell(one, name) for name in labels)) for one in sweep.variants)
    caption = message("report.sweeps-table", weeks=format_number(results.manifest.horizon_weeks))
    return Table(caption, (message("report.column-variant"), *labels.values()), rows)


def _format_cell(one: VariantResult, name: str) -> str:
    moved = one.views.get(name)
    if moved is None:
        return message("report.no-matching")
    return message("report.sweeps-cell", share=format_share(moved.share), difference=format_change(moved))


def _build_rankings_table(sweep: SweepResult, labels: dict[str, str]) -> Table:
    """The order of the source views in every variant, and whether it is that of the scenario."""
    rows = [(message("report.as-it-is"), _format_ranking(sweep.ranking, labels), "")]
    for one in sweep.variants:
        same = message("report.yes" if one.ranking == sweep.ranking else "report.no")
        rows.append((format_variant(one.variant), _format_ranking(one.ranking, labels), same))
    head = tuple(message(f"report.column-{name}") for name in ("variant", "ranking", "same"))
    return Table(message("report.sweeps-rank-table"), head, tuple(rows))


def _format_ranking(ranking: tuple[str, ...], labels: dict[str, str]) -> str:
    return " > ".join(labels.get(name, name) for name in ranking)
