"""Parameter sweep: how far agreements in force move with other magnitudes of ours, one line for each variant."""

import plotly.graph_objects as go

from analysis.figures.dot_rows import DotRow, draw_dot_rows
from analysis.figures.figure_table import Table
from analysis.figures.number_text import format_share
from analysis.figures.point_axis import format_point_range, make_change_dot, make_point_axis
from analysis.figures.share_change_text import format_change
from analysis.methods.parameter_sweep import LabelledSweep, VariantResult
from sim.experiments.parameter_sweep import Variant
from sim.i18n.messages import format_number, message


def title() -> str:
    """Title of the figure."""
    return message("figures.sweep.title")


def how_to_read() -> str:
    """How to read it."""
    return message("figures.sweep.how")


def draw_figure(swept: LabelledSweep, *, narrow: bool = False) -> go.Figure:
    """A line for each variant, a dot for each source view."""
    rows = []
    for one in swept.sweep.variants:
        dots = {name: make_change_dot(moved) for name, moved in one.views.items() if moved is not None}
        if dots:
            ends = (min(dot.middle for dot in dots.values()), max(dot.middle for dot in dots.values()))
            changes = [moved for moved in one.views.values() if moved is not None]
            rows.append(DotRow(format_variant(one.variant), dots, format_point_range(changes), ends))
    axis = make_point_axis(message("figures.sweep.axis"), [dot for row in rows for dot in row.dots.values()])
    return draw_dot_rows(rows, swept.labels, axis, narrow=narrow, apart=True)


def format_variant(variant: Variant) -> str:
    """A variant in words."""
    places = 0 if variant.factor >= 1 else 2 if variant.factor < 0.5 else 1
    return message(f"figures.sweep.{variant.kind}", factor=format_number(variant.factor, places))


def summary_text(swept: LabelledSweep) -> str:
    """The largest difference, and how often the ranking of the source views is the same."""
    said = []
    if (largest := swept.sweep.find_largest_change()) is not None:
        one, name, moved = largest
        which, by = format_variant(one.variant), format_change(moved)
        said.append(message("figures.sweep.most", variant=which, view=swept.labels[name], difference=by))
    if len(swept.sweep.ranking) > 1:
        same, every = format_number(swept.sweep.n_same_ranking), format_number(len(swept.sweep.variants))
        said.append(message("figures.sweep.rank", same=same, all=every))
    return " ".join(said) or message("figures.sweep.none")


def build_table(swept: LabelledSweep) -> Table:
    """Share and difference of every variant under every source view, and whether the ranking is the same."""
    several = len(swept.sweep.ranking) > 1
    rows = tuple(
        (
            format_variant(one.variant),
            *(_format_cell(one, name) for name in swept.labels),
            *((message(f"words.{'yes' if one.ranking == swept.sweep.ranking else 'no'}"),) if several else ()),
        )
        for one in swept.sweep.variants
    )
    more = (message("figures.sweep.column-same"),) if several else ()
    head = (message("figures.sweep.column-variant"), *swept.labels.values(), *more)
    return Table(message("figures.sweep.table", weeks=format_number(swept.horizon_weeks)), head, rows)


def _format_cell(one: VariantResult, name: str) -> str:
    moved = one.views.get(name)
    if moved is None:
        return message("figures.sweep.no-matching")
    return message("figures.sweep.cell", share=format_share(moved.share), difference=format_change(moved))
