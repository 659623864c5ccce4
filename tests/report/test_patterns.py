"""The section about patterns: the table, and the passages that describe what is looked for."""

import html

import pytest

from analysis.methods.pattern_shares import compute_pattern_shares
from analysis.methods.shares import compute_shares
from analysis.report.notes import Notes
from analysis.report.patterns import build_pattern_table, build_patterns_sections
from analysis.report.scenario_page import Extras, build_scenario_page
from sim.i18n.messages import use_language
from tests.factories.patterns import PATTERNS
from tests.factories.results import results
from tests.methods.test_pattern_shares import MATCHES

SHUFFLED = "– weeks shuffled"

CLAIMS = {"dam-idle": ("gazette ¶4", "The gazette says that threats bring calls.")}


@pytest.fixture
def found():
    return compute_pattern_shares(PATTERNS, MATCHES, {}, 12)


def test_the_table_has_a_row_for_each_pattern_and_a_column_for_each_view(found):
    table = build_pattern_table(found)
    assert table.head == ("pattern", "okafor-2030", "ito-2030")
    assert [row[0] for row in table.rows] == [
        "Threat and call",
        SHUFFLED,
        "A plan refused",
        "runs looked at",
    ]
    assert table.rows[0][1].startswith("75%")
    assert table.rows[-1] == ("runs looked at", "4", "2")


def test_each_pattern_stands_with_what_describes_it(found):
    notes = Notes(CLAIMS)
    (section,) = build_patterns_sections(found, notes)
    round_, refusal = section.tables[1].rows
    assert round_ == ("Threat and call", "Upton threatens, and Loweton calls.")
    (listed,) = notes.build_sections()
    said = {int(row[0]): row[1:] for row in listed.tables[0].rows}
    assert [said[number] for number in round_[1].notes] == [
        ("gazette ¶4", "The gazette says that threats bring calls.")
    ]
    assert [said[number] for number in refusal[1].notes] == [("ours", "it is common elsewhere")]


def test_it_stands_beside_the_outcomes(found):
    made = results()
    text = html.unescape(build_scenario_page(made, compute_shares(made), Extras(claims=CLAIMS, patterns=found)))
    places = [text.index(f'<section id="{key}"') for key in ("outcome-shares", "patterns", "states-by-week")]
    assert places == sorted(places)


def test_there_is_no_section_without_patterns(found):
    assert build_patterns_sections(None, Notes(CLAIMS)) == []
    assert build_patterns_sections(compute_pattern_shares({}, MATCHES, {}, 12), Notes(CLAIMS)) == []
    assert build_patterns_sections(compute_pattern_shares(PATTERNS, {}, {}, 12), Notes(CLAIMS)) == []


def test_it_is_said_in_german(found):
    with use_language("de") as unsaid:
        (section,) = build_patterns_sections(found, Notes(CLAIMS))
        assert section.title == "Verhalten, das die Texte beschreiben"
        assert build_pattern_table(found).head[0] == "Muster"
    assert not unsaid
