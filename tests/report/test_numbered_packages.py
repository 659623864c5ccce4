"""Numbered packages: long names that several tables share are written once, and every number leads back to its name."""

from analysis.figures.figure_table import Table
from analysis.report.numbered_packages import find_numbers, number_packages, number_text

HEAD = ("Package", "Worth")
FIRST = Table("one", HEAD, (("none", "1"), ("half; joint", "2"), ("all; alone", "3")))
SECOND = Table("two", HEAD, (("none", "4"), ("all; alone", "5")))


def test_what_two_tables_share_is_named_by_number_in_both():
    numbers = find_numbers([FIRST, SECOND])
    names, one, two = number_packages([FIRST, SECOND], numbers)
    said = dict(names.rows)
    assert said == {"package 1": "half; joint", "package 2": "all; alone"}
    for whole, numbered in ((FIRST, one), (SECOND, two)):
        assert [(said.get(row[0], row[0]), *row[1:]) for row in numbered.rows] == list(whole.rows)
    assert number_text("Most are on “all; alone”.", numbers) == "Most are on package 2."


def test_what_shares_nothing_stays_as_it_is():
    for tables in ([FIRST, Table("two", HEAD, (("nothing; joint", "5"),))], [FIRST], []):
        assert find_numbers(tables) == {}
        assert number_packages(tables, {}) == tuple(tables)
