"""Expected effects: what authors say that levers do, as a table beside what the runs make of it."""

from collections.abc import Iterable, Mapping

from analysis.figures.figure_table import Table
from analysis.methods.expected_effects import SHARES, MeasuredEffect, counts, is_contradicted, occurs
from sim.i18n.messages import format_number, message
from sim.schema.source_view import SourceView

COLUMNS = ("author", "lever", "moves", "expected", "without", "with", "difference", "occurs", "counts")


def build_effects_table(effects: Iterable[MeasuredEffect], views: Mapping[str, SourceView]) -> Table:
    """One row per effect: who says it, of what, what it moves and how; without, with, difference, occurs, counts."""
    effects = tuple(effects)
    head = tuple(message(f"tables.effects-{column}") for column in COLUMNS)
    rows = tuple(_build_row(one, effects, views) for one in effects)
    return Table(message("tables.effects-table"), head, rows)


def _build_row(
    one: MeasuredEffect, effects: tuple[MeasuredEffect, ...], views: Mapping[str, SourceView]
) -> tuple[str, ...]:
    found, expected, view = one.found, one.expected, views[one.view]
    scale = 100.0 if expected.moves in SHARES else 1.0
    digits = 1 if expected.moves in SHARES else _count_places(found.a)
    places = max(digits, _count_places(scale * found.error) - 1) if found.error > 0.0 else digits
    error = format_number(scale * found.error, places)
    difference = format_number(scale * found.difference, digits, signed=True)
    return (
        view.label,
        view.expects[one.key].label,
        message(f"tables.effects-moves-{expected.moves.replace('_', '-')}"),
        message(f"tables.effects-direction-{expected.direction}"),
        format_number(scale * found.a, digits),
        format_number(scale * found.b, digits),
        f"{difference} ({error})",
        _say_whether_it_occurs(one, effects),
        message("tables.effects-yes") if counts(one, effects) else message("tables.effects-no"),
    )


def _count_places(size: float) -> int:
    """Places behind the point that a mean of this size needs."""
    return next((places for places in (2, 3, 4, 5, 6) if abs(size) >= 10.0 ** (1 - places)), 7)


def _say_whether_it_occurs(one: MeasuredEffect, effects: tuple[MeasuredEffect, ...]) -> str:
    if occurs(one, effects):
        return message("tables.effects-yes")
    return message("tables.effects-no") if is_contradicted(one) else message("tables.effects-unclear")
