"""The model card says in what the two sides differ, and the page shows base rates beside the rates of the rules."""

from analysis.figures.number_text import format_range
from analysis.report.base_rates import build_base_rates_sections
from analysis.report.model_card import build_model_card
from analysis.report.notes import Notes
from sim.experiments.breakdown_rates import compute_breakdown_rates
from sim.i18n.messages import list_languages, use_language
from tests.factories.results import results
from tests.theory.simulate import scenario

VIEWS = ("wide", "portnikov-2025")


def load_views():
    return {name: scenario("alaska-budapest", view=name) for name in VIEWS}


def test_the_card_lists_every_difference_with_its_reason_and_views():
    claims = {"portnikov-status-quo-18oct": ("portnikov ¶9", "Our reading.")}
    notes = Notes(claims)
    card = build_model_card(results(), load_views(), notes)
    (table,) = card.tables
    assert table.head[1:3] == ("Russia", "Ukraine")
    assert all(row[-1] and row[-1] != "–" for row in table.rows)
    (row,) = [row for row in table.rows if row[0] == "interests.awaits.gain"]
    assert row[1:] == ("0.03 to 0.08 worth", "0 to 0.03 worth", "portnikov-2025", "passages")
    (section,) = notes.build_sections()
    known = {note[0]: note[1:] for note in section.tables[0].rows}
    assert known[str(row[4].notes[0])] == ("portnikov ¶9", "Our reading.")
    assert all(str(number) in known for one in table.rows for number in one[4].notes)
    assert {row[3] for row in table.rows if row[0] == "levers.aid-cut"} == {"all"}
    assert str(len(table.rows)) in dict(card.points)["Differences between the two sides"]


def test_without_the_scenarios_nothing_is_said_of_the_sides():
    assert build_model_card(results(), {}, Notes({})).tables == ()
    assert build_base_rates_sections(results(), {}) == []


def test_base_rates_stand_beside_those_of_the_rules_in_every_language():
    for language in list_languages():
        with use_language(language):
            (section,) = build_base_rates_sections(results(), load_views())
        rates, references = section.tables
        assert len(rates.rows) == 2 * len(VIEWS)
        truce, treaty = ([int(cell.rstrip("% \u202f\xa0")) for cell in row[2:]] for row in rates.rows[:2])
        assert all(one > other for one, other in zip(truce, treaty, strict=True))
        with use_language(language):
            assert [row[3] for row in references.rows] == [format_range(0.4, 0.5), format_range(0.33, 0.69)]
        assert len(section.sentences) == 6


def test_what_differs_from_a_reference_is_computed_and_explained():
    views = load_views()
    (section,) = build_base_rates_sections(results(), views)
    ever, why, month, _ = section.sentences[2:]
    assert ever.startswith("Wars between states")
    assert "more break here within 260 weeks under" in ever
    assert "fewer break here within 4 weeks under" in month
    found = [compute_breakdown_rates(one, results().manifest.seed) for one in views.values()]
    (points,) = {round(100 * one.on_paper[260]) for one in found}
    assert f"{points} points come from truces that hold on paper only" in why
    assert all(0 < one.on_paper[4] < one.truce[4] for one in found)
