"""Report: complete, honest first, safe with hostile texts, and silent on the network."""

import html
import itertools
import json
import os
import re
import shutil
import subprocess
from dataclasses import replace
from html.parser import HTMLParser

import pytest
from plotly.offline import get_plotlyjs

from analysis.methods.event_timeline import TimelineEvent, build_timeline
from analysis.methods.parameter_sweep import compare_variants
from analysis.methods.shares import compute_shares
from analysis.methods.typical_runs import find_typical_runs
from analysis.report.assumptions import Change
from analysis.report.open_questions import Question
from analysis.report.scenario_page import Extras, build_scenario_page, write_report
from analysis.report.section import Collapsible, Section
from analysis.report.typical_stories import TypicalStory
from sim.experiments.parameter_sweep import Variant, VariantOutcomes
from sim.i18n.messages import FIRST, list_languages, message, use_language
from tests.factories.figures import make_agreed_runs
from tests.factories.results import OUTCOMES, results

CLAIMS = {"dam-idle": ("okafor ¶7", "The dam stands idle.")}
EVIL = '<script>alert(1)</script><img src="http://evil">$title ${x} $$ \'&'


@pytest.fixture
def ensemble():
    return results()


def strip_plotly(text):
    """The page without the embedded plotly.js."""
    return text.replace(get_plotlyjs(), "")


def make_typical_run(text="Upton closed the gates."):
    """A typical run with one event, narrated."""
    rows = [TimelineEvent(2, "Upton", "execute", text)]
    typical = find_typical_runs(results()).runs[0]
    return TypicalStory(typical, build_timeline(rows, ("Upton",), 4, text), (("Week 2", (text,)),))


def question(text="Who pays?"):
    return Question("payer", text, (("loweton", text),), "loweton")


def other_magnitudes():
    made = results()
    same = {
        name: VariantOutcomes(512, view.columns["run"], view.columns["outcome"]) for name, view in made.views.items()
    }
    return compare_variants(
        made, {Variant("effects", 0.5): same, Variant("precision", 4.0): same, Variant("named"): same}
    )


def everything():
    """All that a page can show besides the results and what is replayed."""
    return Extras(
        claims=CLAIMS,
        coders="3 of 9 claims were read twice.",
        stories=(make_typical_run(),),
        omitted_outcomes=("no agreement",),
        sweep=other_magnitudes(),
        open_questions=(question(),),
        change=Change(
            (("levers · gates · executes", "false"), ("levers · dam", "null")),
            ("dam-idle",),
            "",
            ("executes of Gates = false", "Dam removed"),
        ),
    )


class Outline(HTMLParser):
    """Tags of a page, with their attributes."""

    def __init__(self):
        super().__init__()
        self.event_shares = []

    def handle_starttag(self, tag, attrs):
        self.event_shares.append((tag, dict(attrs)))


def outline(text):
    parser = Outline()
    parser.feed(strip_plotly(text))
    return parser.event_shares


def test_it_says_first_what_it_is_not(ensemble):
    text = strip_plotly(build_scenario_page(ensemble, compute_shares(ensemble), Extras(claims=CLAIMS)))
    assert text.index("Not a forecast") < text.index('id="in-short"') < text.index("<figure>")
    first = text[text.index('id="first"') : text.index('id="states-by-week"')]
    for part in ("magnitudes are ours", "Monte Carlo error only", "10 of 20 draws", "Agreements not on the menu"):
        assert part in first
    for part in ("Choice sharpness (λ)", "90, within a factor of 1.5"):
        assert part in first


def test_three_sentences_and_the_lead_figure_stand_open_and_the_rest_is_folded():
    ensemble, scenarios = make_agreed_runs("Loweton")
    extras = replace(everything(), scenarios=scenarios, doubt="Largest doubt: the gate.")
    text = html.unescape(strip_plotly(build_scenario_page(ensemble, compute_shares(ensemble), extras)))
    opening, folded = text[: text.index("<nav")], text[text.index("</nav>") :]
    assert [one[1] for one in re.finditer('<section id="([^"]+)"', opening)] == [
        "in-short",
        "outcome-shares",
        "agreed-terms",
    ]
    short = opening[opening.index('id="in-short"') : opening.index('id="outcome-shares"')]
    assert short[: short.index("<details")].count("<p>") == 3
    assert "Upton means it." in short[short.index("<details") :]
    for part in (
        "Sources differ: an agreement is in force",
        "How sure: sources differ by up to 50 points",
        "Largest doubt: the gate.",
        "Changed: executes of Gates = false; Dam removed.",
    ):
        assert part in short
    for one in re.finditer('<section id="([^"]+)"[^>]*>(<[a-z]+)', folded):
        assert one[2] == "<details", one[1]
        assert f'href="#{one[1]}"' in text


def test_nothing_changed_is_said(ensemble):
    assert "Nothing was changed" in build_scenario_page(ensemble, compute_shares(ensemble), Extras())


def test_it_holds_everything(ensemble):
    text = html.unescape(
        strip_plotly(
            build_scenario_page(
                ensemble, compute_shares(ensemble), Extras(claims=CLAIMS, coders="3 of 9 claims were read twice.")
            )
        )
    )
    for part in (*OUTCOMES.values(), "okafor ¶7", "The dam stands idle.", "ours</td>", "1 to 2 weeks", "3 weeks"):
        assert part in text
    for part in ("zopa run two-towns", "0123456789abcdef", "python 3.11", "Upton about loweton: hope", "3 of 9 claims"):
        assert part in text


def test_every_figure_has_a_description_and_a_table(ensemble):
    text = strip_plotly(build_scenario_page(ensemble, compute_shares(ensemble), Extras()))
    tags = outline(text)
    plots = [attrs for tag, attrs in tags if attrs.get("role") == "img"]
    shown = [attrs for attrs in plots if "narrow" not in attrs["class"]]
    assert len(shown) == sum(1 for tag, _ in tags if tag == "figure") == 7
    assert all(attrs["aria-label"] for attrs in plots)
    for section in re.findall(r"<section.*?</section>", text, re.S):
        if "<figure>" in section:
            assert "<details>" in section


def test_nothing_is_fetched(ensemble):
    text = strip_plotly(build_scenario_page(ensemble, compute_shares(ensemble), Extras(claims=CLAIMS)))
    for tag, attrs in outline(text):
        for name in ("src", "href", "srcset", "action", "data", "poster"):
            assert attrs.get(name, "#").startswith("#"), (tag, attrs)
    assert "url(" not in text
    assert "@import" not in text
    assert "default-src 'none'" in text
    assert build_scenario_page(ensemble, compute_shares(ensemble), Extras()).count(get_plotlyjs()) == 1


def test_texts_of_a_scenario_are_text(ensemble):
    evil = dict.fromkeys(ensemble.manifest.labels, EVIL)
    outcomes = dict.fromkeys(ensemble.manifest.outcomes, EVIL)
    hostile = results(title=EVIL, question=EVIL, labels=evil, outcomes=outcomes, command=EVIL, notes=(EVIL,))
    folded = Collapsible(EVIL, (EVIL,), ((EVIL, (EVIL,)),))
    more = Section("more", EVIL, (EVIL,), points=((EVIL, EVIL),), collapsibles=(folded,), links=((EVIL, EVIL, EVIL),))
    extras = Extras(
        claims={"dam-idle": (EVIL, EVIL)},
        more=(more,),
        stories=(make_typical_run(EVIL),),
        open_questions=(question(EVIL),),
    )
    text = strip_plotly(build_scenario_page(hostile, compute_shares(hostile), extras))
    assert "<script>alert" not in text
    assert not [attrs for tag, attrs in outline(text) if tag == "img" or "http" in str(attrs.get("src"))]
    assert "$title ${x} $$" in html.unescape(text)


@pytest.mark.parametrize("names", [("wide",), ("ito-2030",), ("wide", "ito-2030")])
def test_few_views(names):
    made = results(names=names)
    assert ("One view only" in build_scenario_page(made, compute_shares(made), Extras())) is (len(names) == 1)


def test_interrupted_runs_and_notes_are_shown(ensemble):
    broken_off = results(complete=False, notes=("A lever comes too late.",))
    text = build_scenario_page(broken_off, compute_shares(broken_off), Extras())
    assert "interrupted" in text
    assert "A lever comes too late." in text


def test_the_file_is_whole_small_and_the_same_each_time(ensemble, tmp_path):
    path = write_report(ensemble, compute_shares(ensemble), tmp_path / "report.html")
    first = path.read_bytes()
    assert write_report(ensemble, compute_shares(ensemble), path).read_bytes() == first
    assert len(first) < 8_000_000
    assert [file.name for file in tmp_path.iterdir()] == ["report.html"]


def test_stories_sweeps_open_questions_and_the_card_are_there(ensemble):
    text = html.unescape(strip_plotly(build_scenario_page(ensemble, compute_shares(ensemble), everything())))
    for part in (
        "Upton closed the gates.",
        "Kaufman and Rousseeuw",
        "Not narrated: no agreement.",
        "View ito-2030, run 1",
    ):
        assert part in text
    for part in (
        "effects of all levers × 0.5",
        "choice λ × 4",
        "only named terms",
        "order of the sources by share of agreements is the same in 3 of 3",
    ):
        assert part in text
    for part in ("Model card", "Tuned with hindsight", "Who pays?", "loweton: Who pays?"):
        assert part in text


def test_one_view_alone_is_not_ranked():
    made = results(names=("ito-2030",))
    view = made.views["ito-2030"]
    ends = {"ito-2030": VariantOutcomes(512, view.columns["run"], view.columns["outcome"])}
    text = strip_plotly(
        build_scenario_page(
            made, compute_shares(made), Extras(sweep=compare_variants(made, {Variant("precision", 4.0): ends}))
        )
    )
    assert "choice λ × 4" in text
    assert "order of the sources" not in text
    assert "effects of all levers" not in text


def test_what_a_scenario_file_changes_stands_with_its_reason(ensemble):
    text = html.unescape(strip_plotly(build_scenario_page(ensemble, compute_shares(ensemble), everything())))
    changed = text[text.index('id="changed"') : text.index('id="states-by-week"')]
    for part in ("levers · gates · executes", "false", "okafor ¶7: The dam stands idle."):
        assert part in changed
    ours = html.unescape(
        strip_plotly(build_scenario_page(ensemble, compute_shares(ensemble), Extras(change=Change((), (), EVIL))))
    )
    assert "Our own reason" in ours
    assert EVIL in ours


def test_every_number_of_the_scenario_stands_with_its_reason(ensemble):
    text = html.unescape(strip_plotly(build_scenario_page(ensemble, compute_shares(ensemble), Extras())))
    tables = text[text.index("What source views change, beside the scenario's own numbers</caption>") :]
    assert "The scenario's own numbers that no source view shown changes</caption>" in tables
    for part in ("actors.upton.patience", "3 weeks", "choice.precision", "ours</td>"):
        assert part in tables


def test_every_small_number_leads_to_a_note_and_every_note_is_used(ensemble):
    text = strip_plotly(build_scenario_page(ensemble, compute_shares(ensemble), Extras(claims=CLAIMS)))
    used = set(re.findall(r'href="#(note-\d+)"', text))
    assert used == set(re.findall(r'id="(note-\d+)"', text)) != set()
    (number,) = re.findall(r'1 to 2 weeks <sup><a href="#note-(\d+)"', text)
    row = re.search(rf'id="note-{number}".*?</tr>', text, re.S).group()
    assert "okafor ¶7" in row
    assert "The dam stands idle." in row


def test_a_story_is_folded_away(ensemble):
    text = strip_plotly(build_scenario_page(ensemble, compute_shares(ensemble), everything()))
    text = text[text.index('id="stories"') :]
    story = re.search(r'<details class="folded"><summary>(.*?)</summary>(.*?)</details>', text, re.S)
    assert "agreement – View ito-2030, run" in story[1]
    assert "<figure>" in story[2]
    assert "<li>Upton closed the gates.</li>" in story[2]


@pytest.mark.parametrize("code", list_languages())
def test_what_it_is_not_stands_once_and_before_the_contents(ensemble, code):
    with use_language(code):
        page, said = build_scenario_page(ensemble, compute_shares(ensemble), everything()), message("report.footer")
    text = html.unescape(re.sub(r" data-image='[^']*'", "", strip_plotly(page)))
    assert text.index("<h1>") < text.index(said) < text.index("<nav")
    assert text.count(said) == 1


def test_what_a_file_takes_out_is_said_in_words(ensemble):
    with use_language("de"):
        text = strip_plotly(build_scenario_page(ensemble, compute_shares(ensemble), everything()))
    assert '<span lang="en">levers · dam</span></th><td>entfernt</td>' in text


def test_when_it_was_made_is_said_in_words(ensemble):
    with use_language("de"):
        text = strip_plotly(build_scenario_page(ensemble, compute_shares(ensemble), everything()))
    assert ensemble.manifest.made_at not in text
    assert ensemble.manifest.starts not in text


@pytest.mark.parametrize("code", list_languages())
def test_headings_are_in_order_and_tables_have_heads_in_every_language(ensemble, code):
    with use_language(code):
        tags = outline(build_scenario_page(ensemble, compute_shares(ensemble), everything()))
    levels = [int(tag[1]) for tag, _ in tags if re.fullmatch("h[1-6]", tag)]
    assert levels[0] == 1
    assert all(later - earlier <= 1 for earlier, later in itertools.pairwise(levels))
    assert all(attrs.get("scope") for tag, attrs in tags if tag == "th")
    assert next(attrs for tag, attrs in tags if tag == "html") == {"lang": code}
    named = [attrs["id"] for _, attrs in tags if "id" in attrs]
    assert len(named) == len(set(named))


@pytest.mark.parametrize("code", [code for code in list_languages() if code != FIRST])
def test_nothing_falls_back_to_english(ensemble, code):
    with use_language(code) as unsaid:
        text = strip_plotly(build_scenario_page(ensemble, compute_shares(ensemble), everything()))
    assert unsaid == set()
    assert "Texte liegen nicht" not in text
    for english in ("Read this first", "Not a forecast", "What else happens", "Typical runs", "Assumptions by"):
        assert english not in text


def test_german_numbers_and_what_stays_english_is_marked(ensemble):
    with use_language("de"):
        text = strip_plotly(build_scenario_page(ensemble, compute_shares(ensemble), everything()))
    assert "0,50 (0,10–0,90)" in html.unescape(text)
    assert 'okafor ¶7: <span lang="en">The dam stands idle.</span>' in text
    assert text.count("stehen auf Englisch.") == 1
    assert "Plotly.register" in text
    assert "<span lang" not in strip_plotly(build_scenario_page(ensemble, compute_shares(ensemble), everything()))


def test_what_has_no_text_is_said_once(ensemble):
    with use_language("de"):
        text = build_scenario_page(
            ensemble, compute_shares(ensemble), Extras(untranslated=frozenset({"title", "levers.gates.label"}))
        )
    assert "2 Texte liegen nicht auf Deutsch vor und stehen auf Englisch." in text


@pytest.mark.browser
def test_a_browser_draws_every_figure(ensemble, tmp_path):
    browser = os.environ.get("ZOPA_BROWSER") or shutil.which("chromium") or shutil.which("google-chrome")
    if not browser:
        required = os.environ.get("ZOPA_REQUIRE_BROWSER") == "1"
        (pytest.fail if required else pytest.skip)("no Chromium here; name one in ZOPA_BROWSER")
    path = write_report(ensemble, compute_shares(ensemble), tmp_path / "report.html")
    quiet = "--headless --no-sandbox --disable-gpu --no-first-run --disable-background-networking".split()
    quiet += ["--disable-component-update", "--disable-sync", "--virtual-time-budget=8000", "--enable-logging=stderr"]
    quiet += ["--window-size=1280,2000"]
    command = [browser, *quiet, f"--user-data-dir={tmp_path / 'profile'}", "--dump-dom", path.as_uri()]
    seen = subprocess.run(command, capture_output=True, text=True, timeout=120, check=True)
    assert seen.stdout.count('class="main-svg"') >= 7
    assert "Content Security Policy" not in seen.stderr
    assert "Uncaught" not in seen.stderr
    assert "agreement that broke" in seen.stdout
    side_by_side = re.search(r'<section id="states-by-week".*?</section>', seen.stdout, re.DOTALL).group()
    widths = [float(width) for width in re.findall(r'class="main-svg"[^>]*? width="([\d.]+)"', side_by_side)]
    assert widths
    assert max(widths) - min(widths) < 1
    assert widths[0] < 700


def test_a_saved_picture_says_what_it_is_on_a_white_ground(ensemble):
    found = outline(build_scenario_page(ensemble, compute_shares(ensemble), everything()))
    saved = [json.loads(attrs["data-image"]) for _, attrs in found if "data-image" in attrs]
    assert len(saved) == len([attrs for _, attrs in found if attrs.get("role") == "img"]) > 5
    manifest = ensemble.manifest
    for one in saved:
        said = one["layout"]["title"]["text"].replace("<br>", " ").replace("\xa0", " ")
        for part in (
            manifest.title,
            f"{manifest.horizon_weeks} weeks",
            f"{manifest.runs_asked} runs",
            "Not a forecast.",
        ):
            assert part in said
        assert one["layout"]["paper_bgcolor"] == "#ffffff"
        assert one["height"] > one["margin"]["t"] > 80
    titles = [one["layout"]["title"]["text"] for one in saved]
    assert len({title for title in titles if title.startswith("<b>In which state runs are, week by week: ")}) == 3


def test_what_is_open_is_printed_and_all_of_it_on_request(ensemble):
    text = strip_plotly(build_scenario_page(ensemble, compute_shares(ensemble), everything()))
    printed = text[text.index("@media print") : text.index("</style>")]
    assert "#print-all, details:not([open]) { display: none; }" in printed
    assert '<button type="button" id="print-all" hidden>Print all, folded parts too</button>' in text
    assert text.index('addEventListener("beforeprint"') > text.index("window.print()")
