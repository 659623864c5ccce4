"""Numbered packages: the same long names in several tables are written once, and named by number in each."""

from collections.abc import Mapping, Sequence
from dataclasses import replace

from analysis.figures.figure_table import Table
from sim.i18n.messages import message


def find_numbers(tables: Sequence[Table]) -> dict[str, str]:
    """Numbers of packages by their names; none where tables share no package.

    Args:
        tables: Tables whose first column holds packages; a first row that all of them have stands for none.
    """
    named = [{row[0] for row in table.rows} for table in tables]
    if len(tables) < 2 or sum(map(len, named)) == len(set.union(*named)):
        return {}
    nowhere = set.intersection(*({table.rows[0][0]} for table in tables if table.rows))
    found = dict.fromkeys(row[0] for table in tables for row in table.rows if row[0] not in nowhere)
    return {label: message("report.package-number", number=str(n)) for n, label in enumerate(found, start=1)}


def number_packages(tables: Sequence[Table], numbers: Mapping[str, str]) -> tuple[Table, ...]:
    """A table of packages by number, then the tables with these numbers; as they are without any.

    Args:
        tables: Tables whose first column holds packages.
        numbers: Numbers of packages by their names.
    """
    if not numbers:
        return tuple(tables)
    head = (message("report.column-note"), message("figures.joint.column-package"))
    rows = tuple((number, label) for label, number in numbers.items())
    numbered = (
        replace(table, rows=tuple((numbers.get(row[0], row[0]), *row[1:]) for row in table.rows)) for table in tables
    )
    return (Table(message("report.packages-table"), head, rows), *numbered)


def number_text(text: str, numbers: Mapping[str, str]) -> str:
    """A sentence with numbers in place of the packages that it quotes."""
    for label, number in numbers.items():
        text = text.replace(message("figures.joint.quoted", label=label), number)
    return text
