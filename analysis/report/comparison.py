"""Comparison: the page that says what scenario files change, under each source's assumptions."""

from analysis.figures import difference
from analysis.questions.compare import Comparison
from analysis.questions.shares import shares
from analysis.report.background import how_to_repeat
from analysis.report.caveats import off_menu, sharpness
from analysis.report.section import Panel, Section
from analysis.report.shell import shell
from sim.ensemble.results import Results
from sim.language.tongue import say


def comparison_page(found: Comparison, reference: Results) -> str:
    """The page, in the language in use."""
    first = Section("first", say("report.first"), points=(*difference.caveats(found), *of_reference(reference)))
    said, tables = (say("report.in-points"),), (difference.overview(found),)
    what = Section("scenarios", say("report.compared"), said, points=difference.files(found), tables=tables)
    sections = [first, differences(found), what, how_to_repeat(reference)]
    return shell(say("report.compare-title", reference=found.label), reference.manifest.question, sections)


def differences(found: Comparison) -> Section:
    """One figure and one table for every scenario that has runs to compare."""
    names = [name for name, one in found.scenarios.items() if one.lenses]
    panels = tuple(
        Panel(difference.figure(found, name), difference.in_words(found, name), found.scenarios[name].label)
        for name in names
    )
    tables = tuple(difference.table(found, name) for name in names)
    return Section("difference", difference.title(), (difference.how(),), panels, tables=tables)


def of_reference(reference: Results) -> tuple[tuple[str, str], ...]:
    """What must be known of the reference besides: its menu and how sharply its actors choose."""
    known = {"off-menu": off_menu(shares(reference)), "sharpness": sharpness(reference)}
    return tuple((say("report.compare-of-reference", name=say(f"report.{key}")), text) for key, text in known.items())
