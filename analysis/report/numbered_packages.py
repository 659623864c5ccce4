"""Numbered packages: the same long names in several tables are written once, and named by number in each."""

from collections.abc import Sequence
from dataclasses import replace

from analysis.figures.figure_table import Table
from sim.i18n.messages import message


def number_packages(tables: Sequence[Table]) -> tuple[Table, ...]:
    """A table of packages by number, then the tables with these numbers; as they are where they share no package.

    Args:
        tables: Tables whose first column holds packages; a row that is in all of them stands for none.
    """
    named = [{row[0] for row in table.rows} for table in tables]
    if len(tables) < 2 or sum(map(len, named)) == len(set.union(*named)):
        return tuple(tables)
    nowhere = set.intersection(*({table.rows[0][0]} for table in tables if table.rows))
    found = dict.fromkeys(row[0] for table in tables for row in table.rows if row[0] not in nowhere)
    numbers = {label: message("report.package-number", number=str(n)) for n, label in enumerate(found, start=1)}
    head = (message("report.column-note"), message("figures.joint.column-package"))
    rows = tuple((number, label) for label, number in numbers.items())
    numbered = (
        replace(table, rows=tuple((numbers.get(row[0], row[0]), *row[1:]) for row in table.rows)) for table in tables
    )
    return (Table(message("report.packages-table"), head, rows), *numbered)
