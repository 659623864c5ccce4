"""Attribution: the page that says what the difference between two source views comes from."""

from typing import Any

from analysis.figures import attribution as figure
from analysis.questions.attributed import Attributed, Says, Stated
from analysis.report.background import how_to_repeat
from analysis.report.caveats import sharpness
from analysis.report.drawn import several
from analysis.report.evidence import Claims, cited
from analysis.report.section import English, Folded, Section
from analysis.report.shell import lacking, shell
from sim.ensemble.differing import ACCOUNT
from sim.ensemble.results import Results
from sim.language.tongue import number, say

CAVEATS = ("forecast", "model", "values", "together", "draws", "intervals")
"""What a reader must know before the first number, in order."""


def attribution_page(given: Attributed, results: Results, claims: Claims, unsaid: frozenset[str] = frozenset()) -> str:
    """The page, in the language in use; `unsaid` are places that have no text in it."""
    manifest = results.manifest
    shown = several("attribution", figure, {"": given})
    sections = [_first(given, results), shown, _said(given, claims), how_to_repeat(results)]
    title = say("attribution.page-title", title=manifest.title, first=given.first, second=given.second)
    return shell(title, manifest.question, sections, lacking(unsaid))


def _first(given: Attributed, results: Results) -> Section:
    """What must be known first."""
    points = [(say(f"attribution.caveat-{name}"), _caveat(name, given)) for name in CAVEATS]
    points.append((say("report.sharpness"), sharpness(results)))
    return Section("first", say("report.first"), points=tuple(points))


def _caveat(name: str, given: Attributed) -> str:
    found = given.found
    known = len(set(found.matching)) == 1 and found.matching[0] == found.draws
    key = f"attribution.caveat-{name}-{'all' if name == 'draws' and known else 'said'}"
    return say(key, first=given.first, second=given.second, **counts(given))


def counts(given: Attributed) -> dict[str, Any]:
    """How many themes, sets, draws and weeks there are."""
    found = given.found
    return {
        "themes": number(len(found.themes)),
        "sets": number(len(found.shares)),
        "draws": number(found.draws),
        "weeks": number(given.weeks),
        "fewest": number(min(found.matching)),
        "most": number(max(found.matching)),
    }


def _said(given: Attributed, claims: Claims) -> Section:
    """Every theme with what the views say differently, folded away."""
    folded = tuple(_theme(name, given, claims) for name in given.found.ranked)
    return Section("says", say("attribution.says"), (say("attribution.says-said"),), folded=folded)


def _theme(name: str, given: Attributed, claims: Claims) -> Folded:
    differ = given.stated[name]
    named: dict[str, Any] = {"theme": figure.theme(name), "shift": figure.with_span(given.found.themes[name])}
    many = say("attribution.says-many", count=len(differ))
    title = (
        say("attribution.says-account", **named)
        if name == ACCOUNT
        else say("attribution.says-theme", many=many, **named)
    )
    return Folded(title, parts=tuple((English(one.place), _lines(one, given, claims)) for one in differ))


def _lines(one: Stated, given: Attributed, claims: Claims) -> tuple[str, ...]:
    return (*_side(given.first, one.first, claims), *_side(given.second, one.second, claims))


def _side(view: str, says: Says, claims: Claims) -> list[str]:
    """What one view says at a place, and what that rests on."""
    key = "attribution.says-number" if says.own else "attribution.says-scenario"
    lines = [say(key, view=view, number=says.number)]
    if says.because:
        lines.append(cited(says.because, claims))
    elif says.assumed:
        lines.append(say("attribution.says-ours", why=says.assumed))
    return lines
