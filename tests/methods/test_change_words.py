"""Change words: what was changed, in words, wherever results are shown."""

import pytest
from typer.testing import CliRunner

import sim
from analysis.methods.change_words import describe_change, describe_changes
from sim.cli.app import app
from sim.i18n.messages import use_language
from sim.schema.quantity import find_quantities
from sim.workflows.localized_results import localize

CASE, CHANGE = "alaska-budapest", "levers.oil-sanctions.price=*0.25"
SAID = "changed: price of Primary oil sanctions × 0.25"
TEXT = sim.load_scenario(CASE).case.text
NUMBERS = {"view": "wide", "runs": 20, "horizon": 8, "workers": 1}


@pytest.fixture(scope="module")
def found(tmp_path_factory):
    return sim.run(CASE, changes=CHANGE, out=tmp_path_factory.mktemp("outputs"), sweeps=False, **NUMBERS)


@pytest.mark.parametrize(
    ("change", "said"),
    [
        (CHANGE, "price of Primary oil sanctions × 0.25"),
        ("contest.noise=0.1", "noise = 0.1"),
        ("calendar.horizon=17", "calendar, horizon = 17"),
        ("actors.ukraine.interests.conflict_cost={low: 0.1, high: 0.4}", "conflict cost of Ukraine = 0.1 to 0.4"),
        ("levers.oil-sanctions=null", "Primary oil sanctions removed"),
        ("levers.oil-sanctions.executes=false", "execution of Primary oil sanctions = false"),
    ],
)
def test_a_change_is_said_in_words(change, said):
    assert describe_change(TEXT, change) == said


def test_every_number_of_the_flagship_has_a_name_in_both_languages():
    places = [place for place, _ in find_quantities(sim.load_scenario(CASE).scenario)]
    with use_language("de") as unsaid:
        for place in places:
            assert "_" not in describe_change(TEXT, f"{place}=*2"), place
    assert not unsaid


def test_terminal_page_and_stored_results_say_it(found):
    assert SAID in str(found)
    assert SAID in found.folder.joinpath("summary.json").read_text(encoding="utf-8")
    page = found.page.read_text(encoding="utf-8")
    assert f'<p class="changed"><strong>{SAID}</strong></p>' in page
    captions = page.count("<caption")
    assert captions > 5
    assert page.count(SAID) > 3 * captions
    assert SAID in found.figure().layout.title.text.replace("<br>", " ").replace("\xa0", " ")


def test_every_figure_and_table_of_the_page_says_it(found):
    page = found.page.read_text(encoding="utf-8")
    for piece in page.split("<caption")[1:]:
        assert SAID in piece.partition("</caption>")[0]
    for piece in page.split('role="img" aria-label="')[1:]:
        assert SAID in piece.partition('"')[0]


def test_exports_say_it(found, tmp_path):
    sim.export_results(found.folder, to=tmp_path / "tables", what="runs")
    for name in ("dictionary.json", "DICTIONARY.md"):
        assert SAID in (tmp_path / "tables" / name).read_text(encoding="utf-8")


def test_in_german(found):
    with use_language("de"):
        said = describe_changes(localize(found.results, "de").results.manifest)
    assert said.startswith("geändert: Preis (")
    assert said.endswith("× 0,25")


def test_always_is_said_and_nothing_is_said_where_nothing_changed():
    always = sim.run(CASE, changes=CHANGE, holds_from="always", report=False, **NUMBERS)
    assert f"{SAID} (in the run-up, too)" in str(always)
    plain = sim.run("textbook/two-towns", runs=5, horizon=4, workers=1)
    assert describe_changes(plain.manifest) == ""
    assert "changed" not in str(plain)


def test_the_terminal_says_it_under_its_title(tmp_path):
    words = ["run", CASE, "--view", "wide", "--runs", "10", "--horizon", "4", "--workers", "1", "--no-report"]
    done = CliRunner().invoke(app, [*words, "--out", str(tmp_path), "--set", CHANGE])
    assert done.stdout.splitlines()[1] == SAID
