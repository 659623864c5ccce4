"""Off menu: how often there was an agreement for everybody, but none on the list that the model lets parties propose.

Whoever writes the list of proposals writes part of the result, so this stands in every report.
"""

import plotly.graph_objects as go

from analysis.figures.dots import dots
from analysis.figures.rows import lens_rows
from analysis.figures.style import DARK, Mark
from analysis.figures.table import Table
from analysis.figures.words import listed, percent, with_ends
from analysis.questions.shares import Shares

TITLE = "Agreements not on the menu"
ON = Mark(DARK[0], "circle")
OFF = Mark(DARK[1], "diamond-open")


def figure(shares: Shares) -> go.Figure:
    """Two dots for every source view: on the menu, and only off it."""
    drawn = go.Figure()
    found = [(-float(row), lens.zone) for row, lens in enumerate(shares.lenses.values())]
    on = [(height + 0.1, "an agreement on the menu", zone.on_menu) for height, zone in found if zone]
    off = [(height - 0.2, "agreements, but none on the menu", zone.off_menu) for height, zone in found if zone]
    drawn.add_traces(dots("an agreement on the menu", on, ON))
    drawn.add_traces(dots("agreements, but none on the menu", off, OFF))
    highest = max((interval.high for _, _, interval in on + off), default=1.0)
    lens_rows(drawn, shares, "share of runs under each assumption set", 1.12 * highest + 0.02)
    return drawn.update_layout(height=drawn.layout.height + 30)


def in_words(shares: Shares) -> str:
    """What the menu leaves out."""
    parts = [f"{percent(lens.zone.off_menu.share)} under {lens.label}" for lens in shares.lenses.values() if lens.zone]
    if not parts:
        return "Agreements not on the menu were not looked for in these results."
    return (
        "At week 0 some agreement not on the menu, and none on it, would have left everyone whose consent is needed "
        f"better off than no agreement in {listed(parts)} of the runs looked at. The menu is ours; a longer one can "
        "only find more agreements."
    )


def table(shares: Shares) -> Table:
    """Both shares and the number of runs looked at."""
    rows = tuple(
        (lens.label, f"{lens.zone.runs:,}", with_ends(lens.zone.on_menu), with_ends(lens.zone.off_menu))
        for lens in shares.lenses.values()
        if lens.zone
    )
    return Table(
        TITLE, ("Assumption set", "Runs looked at", "An agreement on the menu", "Agreements, but none on it"), rows
    )
