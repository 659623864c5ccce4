"""The command that sets source views side by side: differences, statements, silence, and one message per slip."""

import json
import re
from pathlib import Path

import pytest

from analysis.methods.density_sketch import BINS, sketch_densities
from tests.cli.test_cli import expect_refusal, well, zopa  # noqa: F401 - the fixture
from tests.cli.test_contradictions import CONTRADICTIONS

SMALL = ["--case", "well", "--runs", "60", "--horizon", "6", "--workers", "1", "--seed", "11"]
pytestmark = pytest.mark.usefixtures("well")


def compared(*words):
    done = zopa("compare", *words, *SMALL, "--json")
    assert done.exit_code == 0, done.output
    return json.loads(done.stdout)


def test_all_views_are_compared_and_shares_are_those_of_run():
    found = compared("views")
    assert list(found["views"]) == ["wide", "okafor-2030"]
    (pair,) = found["pairs"]
    assert (pair["first"], pair["second"]) == ("wide", "okafor-2030")
    how = ["--runs", "60", "--horizon", "6", "--workers", "1", "--seed", "11", "--no-report", "--json"]
    ran = json.loads(zopa("run", "well", *how).stdout)["views"]
    for name, view in found["views"].items():
        assert view["outcomes"]["any_agreement"]["share"] == ran[name]["any_agreement"]["share"]


@pytest.mark.parametrize("since", ["week-1", "always"])
def test_a_changed_number_holds_from_the_same_week_as_in_run(since):
    """In a case whose run-up selects, so that it shows."""
    how = ["--runs", "40", "--horizon", "6", "--workers", "1", "--seed", "11", "--no-report", "--json"]
    how += ["--set", "choice.precision=*0.2", "--from", since]
    found = json.loads(zopa("compare", "fazi-2025", "wide", "--case", "alaska-budapest", *how).stdout)["views"]
    ran = json.loads(zopa("run", "alaska-budapest", *how).stdout)["views"]
    for name, view in found.items():
        assert view["drawn"] == ran[name]["drawn"]
        assert view["outcomes"]["any_agreement"]["share"] == ran[name]["any_agreement"]["share"]


def test_views_are_meant_where_the_first_word_names_one():
    (pair,) = compared("okafor-2030", "wide")["pairs"]
    back = compared("wide", "okafor-2030")["pairs"][0]
    assert pair["jointly_matching"] == back["jointly_matching"] > 0
    for key, one in pair["differences"].items():
        assert one["value"] == pytest.approx(-back["differences"][key]["value"])
        assert one["unpaired_half_width"] >= 0


@pytest.mark.parametrize(
    ("words", "says"),
    [
        (["fasi-2025", "wide"], "there is no source view 'fasi-2025' for this scenario; did you mean 'fazi-2025'?"),
        (["wide", "--horizon", "4", "fasi-2025"], "did you mean 'fazi-2025'?"),
        (["--pool", "--horizon", "0"], "--horizon"),
    ],
)
def test_views_are_meant_where_any_word_names_one_or_none_is_there(words, says):
    done = zopa("compare", *words)
    assert says in done.stderr
    assert "REFERENCE" not in done.stderr


def test_silence_is_never_agreement():
    statements = compared("wide", "okafor-2030")["pairs"][0]["statements"]
    assert statements
    assert not any(one["agree"] for one in statements)
    said = zopa("compare", "wide", "okafor-2030", *SMALL)
    table = " ".join(said.stdout.split())
    assert "silent" in table
    assert "okafor-2030 ¶4" in table
    assert "Silent is not agreement" in said.stderr


def test_a_view_beside_itself_differs_by_exactly_nothing_and_says_so():
    done = zopa("compare", "wide", "wide", *SMALL, "--json")
    (pair,) = json.loads(done.stdout)["pairs"]
    ends = {one[end] for one in pair["differences"].values() for end in ("value", "low", "high")}
    assert ends == {0}


def test_too_few_runs_say_how_many_are_needed():
    done = zopa("compare", "wide", "okafor-2030", *SMALL, "--precision", "0.1%")
    assert "matching runs (`--runs`) are needed; of those on the same draws there are 60" in done.stderr
    assert "needed" not in zopa("compare", "wide", "okafor-2030", *SMALL, "--precision", "99%").stderr


@pytest.mark.parametrize(
    ("words", "places"),
    [
        (["--actor", "hill"], {"actors · hill · interests · conflict_cost", "actors · hill · interests · weights"}),
        (["--theme", "lever-bite"], {"levers · gate · effects · stress"}),
    ],
)
def test_statements_are_restricted(words, places):
    statements = compared("wide", "okafor-2030", *words)["pairs"][0]["statements"]
    assert {one["place"] for one in statements} == places


def test_the_pool_comes_on_request_only():
    assert compared("wide", "okafor-2030")["pool"] is None


def test_the_page_can_be_restricted_to_actors_and_themes():
    folder = Path(compared("wide", "okafor-2030", "--lang", "de")["outputs"])
    page = (folder / "views.de.html").read_text(encoding="utf-8")
    assert 'class="choices" role="group" aria-label="Nur Zahlen zeigen von" hidden>' in page
    assert '<label>Akteur <select name="actor"><option value="">alle</option><option value="hill">' in page
    assert '<label>Thema <select name="theme"><option value="">alle</option>' in page
    assert '<option value="lever-bite">' in page
    assert page.count('<div class="part" data-actors="hill">') == 2
    assert '<details class="folded" data-theme="lever-bite">' in page


def test_one_author_alone_has_no_range_across_views():
    assert "Range across views" not in zopa("compare", "wide", "okafor-2030", *SMALL).stdout


def test_the_page_has_statements_in_both_languages(well):  # noqa: F811 - the fixture
    (well / "contradictions.yaml").write_text(CONTRADICTIONS, encoding="utf-8")
    (well / "texts").mkdir()
    (well / "texts" / "de.yaml").write_text(
        'views: {okafor-2030: {silent: {commitment: "Nichts dazu."}}}\n'
        'contradictions: {X03: {question: "Wie heißt der Brunnen?", no_difference: "ein Name ändert nichts"}}\n',
        encoding="utf-8",
    )
    said = {
        "en": (
            "views.html",
            "Source views side by side",
            "1 of 2 claims were read twice: first by A, then, with the sentence in view, by B.",
        ),
        "de": ("views.de.html", "Sichten nebeneinander", "1 von 2 Aussagen sind zweimal gelesen: zuerst von A, dann"),
    }
    folder = next(Path(compared("views", "--lang", lang)["outputs"]) for lang in reversed([*said]))
    assert not (folder / "views.html").exists()
    compared("views")
    for name, *texts in said.values():
        page = (folder / name).read_text(encoding="utf-8")
        assert all(page.count(text) == 1 for text in texts[1:])
        assert texts[0] in page
        assert "okafor-2030 ¶4 (" in page
    assert "schweigt zu Bindung an Zusagen: Nichts dazu." in page
    assert page.count("Wie heißt der Brunnen?") == 2
    assert page.count("Wie heißt der Brunnen? (ändert nichts: ein Name ändert nichts)") == 1


@pytest.mark.parametrize(
    ("words", "text"),
    [
        (["wide"], "zopa: wide stands alone; name another source view, or leave all out to compare all"),
        (["views", "--actor", "hil"], "zopa: there is no actor 'hil'; did you mean 'hill'?"),
        (["views", "--theme", "lever"], "zopa: there is no theme 'lever'; did you mean 'lever-bite'?"),
    ],
)
def test_a_slip_is_named(words, text):
    assert expect_refusal(2, "compare", *words, "--case", "well") == text


def test_densities_share_one_scale():
    narrow, broad = sketch_densities({"low": 0, "high": 0.25}, {"mean": 0.5, "sd": 0.2})
    assert (len(narrow), len(broad)) == (BINS, BINS)
    assert broad.strip().startswith("▁")
    assert narrow.rstrip() != narrow
    (one, other) = sketch_densities({"value": 1}, {"median": 1, "spread": 2})
    assert one.strip() == "█"
    assert "█" in other
    assert sketch_densities({"shares": {}}, {"value": 1}) == ("", "")


SAME = ["--case", "well", "--horizon", "6", "--seed", "11", "--workers", "1"]
"""What the attribution and the ranking must share with the comparison."""


def page_of(*words):
    folder = Path(compared(*words)["outputs"])
    return (folder / ("views.de.html" if "de" in words else "views.html")).read_text(encoding="utf-8")


def test_the_page_names_the_commands_that_add_what_is_not_played_and_shows_what_is(well):  # noqa: F811 - the fixture
    (well / "contradictions.yaml").write_text(CONTRADICTIONS, encoding="utf-8")
    before = page_of("wide", "okafor-2030", "--lang", "de")
    pairs = "zopa attribute-pairs wide okafor-2030 --case well --horizon 6 --seed 11"
    rank = "zopa contradictions rank okafor-2030 --case well --horizon 6 --seed 11"
    assert pairs in before
    assert rank in before
    for command in (pairs, rank):
        done = zopa(
            *command.split()[1:], *(["--draws", "20"] if command == pairs else ["--runs", "20"]), "--workers", "1"
        )
        assert done.exit_code == 0, done.output
    after = page_of("wide", "okafor-2030")
    assert pairs not in after
    assert f"<code>{rank}</code>" not in after
    assert "sides hold from week 1 on. The command that gives the same: " in after
    assert f"{rank} --runs 20" in after
    for figure in ("attribution-pairs-1", "waterfalls-folded-1-1", "contradiction-tornado-folded-1-1"):
        assert f'id="plot-{figure}"' in after
    assert 'data-pair="wide-okafor-2030"' in after
    for passage in ("okafor-2030 ¶4", "okafor-2030 ¶7,10-12"):
        assert passage in after[after.index('id="contradictions"') :]


@pytest.mark.parametrize("words", [["--seed", "12"], ["--horizon", "5"], ["--set", "levers.gate.effects.stress=0.03"]])
def test_what_was_played_of_another_case_is_not_shown(words):
    zopa("attribute", "wide", "okafor-2030", *SAME, "--draws", "20", "--no-report")
    assert 'id="plot-attribution-pairs-1"' in page_of("wide", "okafor-2030")
    other = json.loads(zopa("compare", "wide", "okafor-2030", *SMALL, *words, "--json").stdout)
    assert 'id="plot-attribution-pairs-1"' not in Path(other["outputs"], "views.html").read_text(encoding="utf-8")


def test_a_kept_file_that_was_changed_is_passed_over():
    zopa("attribute", "wide", "okafor-2030", *SAME, "--draws", "20", "--no-report")
    (kept,) = Path("outputs/well").glob("attribute-*/attribution.json")
    data = json.loads(kept.read_text(encoding="utf-8"))
    for spoilt in (data | {"themes": []}, data | {"views": "wide"}, []):
        kept.write_text(json.dumps(spoilt), encoding="utf-8")
        assert 'id="plot-attribution-pairs-1"' not in page_of("wide", "okafor-2030")


def test_every_pair_is_a_dumbbell_on_the_draws_of_both():
    found = compared("views")["pairs"][0]
    page = page_of("views")
    assert 'id="plot-view-differences-1"' in page
    shares = '<table aria-label="Share of matching runs after 6 weeks, percent (95% interval), by source view"'
    assert page.count(shares) == 1
    assert f"{100 * found['differences']['any_agreement']['first']:.1f}%" in page


def test_the_terminal_shows_a_screenful_and_all_on_request():
    words = [
        "compare",
        "fazi-2025",
        "portnikov-2025",
        "--runs",
        "20",
        "--horizon",
        "4",
        "--workers",
        "1",
        "--no-report",
    ]
    cut, whole = zopa(*words), zopa(*words, "--all")
    assert len(cut.stdout.splitlines()) <= 64
    assert re.search(r"Not shown here: 9 more outcomes, \d+ more numbers of which views speak", cut.stdout)
    assert "fazi-2025-08-20 ¶" in " ".join(whole.stdout.split())
    assert len(whole.stdout.splitlines()) > 300


def test_a_short_comparison_is_shown_whole():
    done = zopa("compare", "wide", "okafor-2030", *SMALL, "--actor", "hill")
    assert "Not shown here" not in done.stdout
    assert "okafor-2030 ¶4" in " ".join(done.stdout.split())


def test_shares_and_differences_say_on_which_runs_they_rest():
    done = zopa(
        "compare", "fazi-2025", "portnikov-2025", "--runs", "20", "--horizon", "4", "--workers", "1", "--no-report"
    )
    assert "differences rest on the draws that both views have played" in done.stderr
    assert "rests" not in zopa("compare", "wide", "wide", *SMALL).stderr


def test_views_that_differ_by_silence_alone_say_so():
    assert (
        "What differs between them is silence against a number."
        in zopa("compare", "wide", "okafor-2030", *SMALL, "--theme", "lever-bite").stderr
    )


def test_a_view_beside_itself_prints_no_table():
    done = zopa("compare", "wide", "wide", *SMALL)
    assert done.exit_code == 0
    assert done.stdout.splitlines() == [
        "Wide priors is set beside itself: every difference is exactly 0, since the same runs are compared with "
        "themselves. There is nothing more to compare."
    ]


def test_an_unknown_view_is_named_as_everywhere():
    text = "well/base.yaml: there is no source view 'okafor' for this scenario; did you mean 'okafor-2030'?"
    assert expect_refusal(3, "compare", "wide", "okafor", "--case", "well") == text


def test_where_no_draw_matches_jointly_it_is_said_how_many_are_needed():
    """Two runs each: the first view has them before the second view has its first."""
    how = ["--case", "alaska-budapest", "--runs", "2", "--horizon", "1", "--workers", "1"]
    text = expect_refusal(2, "compare", "fazi-2025", "portnikov-2025", *how)
    assert re.fullmatch(
        r"zopa: of the \d+ draws that fazi-2025 and portnikov-2025 have both played none matches the reported run-up "
        r"under fazi-2025, so no draw matches jointly; ask for about (\d+) matching runs or more, with `--runs`",
        text,
    ), text
    needed = re.search(r"about (\d+)", text)[1]
    again = zopa("compare", "fazi-2025", "portnikov-2025", *how[:2], "--runs", needed, *how[4:], "--no-report")
    assert again.exit_code == 0, again.output


@pytest.mark.parametrize(("runs", "kind"), [(60, "conservative"), (1200, "paired")])
def test_a_difference_of_few_draws_is_called_a_bound(runs, kind):
    how = ["--runs", str(runs), "--horizon", "2", "--workers", "1", "--seed", "11", "--no-report", "--json"]
    done = zopa("compare", "wide", "okafor-2030", "--case", "well", *how)
    assert json.loads(done.stdout)["pairs"][0]["differences"]["any_agreement"]["kind"] == kind
    assert ("its paired half-width is a bound" in done.stderr) == (kind == "conservative")
