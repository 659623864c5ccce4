"""The machine: what a negotiation is made of, one run narrated, many runs counted.

From Python: `from sim import load_scenario, run`. Every ability of the command line is here, with the same names and
arguments (`--set` is `changes=`, `--answer` is `answers=`); so are the classes of their results, and `Reporter`, whom a
function tells how far it is. All are loaded when they are first asked for, so that
`import sim`, the command line and its help start without them.

Layers, in the order in which they are best read; each imports only from those before it:

    errors       what is wrong in a file, where, and how to mend it
    i18n         every sentence that readers see, in English and German
    schema       what there is: actors, issues, levers, beliefs, scenarios, claims
    loading      YAML becomes a scenario, checked, with file and line of every mistake
    evidence     what the texts say, and what uses it
    rules        what happens, one rule a file, and the order of the week
    model        one run's numbers: layout, parameters, random streams, state, the one clock
    engines      who plays the rules: Mesa, NumPy, compiled code, with the same bits
    narrative    a run narrated
    ensemble     many runs; experiments: ensembles in series; storage: results on disk; export: tables
    analysis     a package of its own beside this one: methods applied to results, figures, one page to read
    workflows    what zopa can do, one function each; this module offers them to Python
    web          pages for a class, served on this computer
    cli          the command line: each command reads its options, calls one workflow and prints
"""

from importlib import import_module
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from sim.web.serve import serve
    from sim.workflows.attribute_pairs import PairAttributions, attribute_pairs
    from sim.workflows.attribute_views import ViewAttribution, attribute
    from sim.workflows.baselines import BaselineResult, baselines
    from sim.workflows.build_report import WrittenReport, report
    from sim.workflows.check_scenarios import CheckResult, check
    from sim.workflows.cite import Citations, cite
    from sim.workflows.coding_agreement import CodingAgreement, coding_agreement
    from sim.workflows.coding_sheet import CodingSheet, coding_sheet
    from sim.workflows.compare_scenarios import ScenarioComparison, compare
    from sim.workflows.compare_views import ViewComparison, compare_views
    from sim.workflows.coverage import Coverage, coverage
    from sim.workflows.discover import DiscoveryResult, discover
    from sim.workflows.effects import EffectsResult, effects
    from sim.workflows.ensemble_result import EnsembleResult, load_results
    from sim.workflows.explain_rule import RuleExplanation, explain
    from sim.workflows.export_genius import ExportedDomain
    from sim.workflows.export_results import ExportedTables, export_results
    from sim.workflows.forecast import ForecastResult, ForecastScore, register_forecast, score_forecast
    from sim.workflows.hindcast import HindcastResult, hindcast
    from sim.workflows.images import WrittenImages, images
    from sim.workflows.import_files import ImportedFiles, import_files
    from sim.workflows.json_schema import build_json_schema
    from sim.workflows.list_contradictions import ContradictionList, list_contradictions
    from sim.workflows.list_results import ResultsList, list_results
    from sim.workflows.list_scenarios import ScenarioList, list_scenarios
    from sim.workflows.load_scenario import LoadedScenario, load_scenario
    from sim.workflows.new_case.case_folder import NewCase, new_case
    from sim.workflows.patterns import PatternResult, patterns
    from sim.workflows.play import NarratedRun, play
    from sim.workflows.rank_contradictions import ContradictionRanking, rank_contradictions
    from sim.workflows.replay import ReplayedRun, replay
    from sim.workflows.reporter import Reporter, SilentReporter
    from sim.workflows.resume import resume
    from sim.workflows.rooms import RoomList, rooms
    from sim.workflows.run_batch import BatchResult, run_batch
    from sim.workflows.run_scenario import run
    from sim.workflows.seat.take_seat import SeatResult, seat
    from sim.workflows.sensitivity import SensitivityResult, sensitivity
    from sim.workflows.solve import BargainingResult, solve
    from sim.workflows.source_view.new_view import NewView, new_view
    from sim.workflows.source_view.view_from_text import view_from_text
    from sim.workflows.suggest_menu import SuggestedMenu, suggest_menu
    from sim.workflows.varied_result import VariedResult
    from sim.workflows.vary import vary
    from sim.workflows.zone import ZoneResult, zone

_HOMES = {
    "BaselineResult": "sim.workflows.baselines",
    "BargainingResult": "sim.workflows.solve",
    "BatchResult": "sim.workflows.run_batch",
    "CheckResult": "sim.workflows.check_scenarios",
    "Citations": "sim.workflows.cite",
    "CodingAgreement": "sim.workflows.coding_agreement",
    "CodingSheet": "sim.workflows.coding_sheet",
    "ContradictionList": "sim.workflows.list_contradictions",
    "ContradictionRanking": "sim.workflows.rank_contradictions",
    "Coverage": "sim.workflows.coverage",
    "DiscoveryResult": "sim.workflows.discover",
    "EffectsResult": "sim.workflows.effects",
    "EnsembleResult": "sim.workflows.ensemble_result",
    "ExportedDomain": "sim.workflows.export_genius",
    "ExportedTables": "sim.workflows.export_results",
    "ForecastResult": "sim.workflows.forecast",
    "ForecastScore": "sim.workflows.forecast",
    "HindcastResult": "sim.workflows.hindcast",
    "ImportedFiles": "sim.workflows.import_files",
    "LoadedScenario": "sim.workflows.load_scenario",
    "NarratedRun": "sim.workflows.play",
    "NewCase": "sim.workflows.new_case.case_folder",
    "NewView": "sim.workflows.source_view.new_view",
    "PairAttributions": "sim.workflows.attribute_pairs",
    "PatternResult": "sim.workflows.patterns",
    "ReplayedRun": "sim.workflows.replay",
    "Reporter": "sim.workflows.reporter",
    "ResultsList": "sim.workflows.list_results",
    "RoomList": "sim.workflows.rooms",
    "RuleExplanation": "sim.workflows.explain_rule",
    "ScenarioComparison": "sim.workflows.compare_scenarios",
    "ScenarioList": "sim.workflows.list_scenarios",
    "SeatResult": "sim.workflows.seat.take_seat",
    "SensitivityResult": "sim.workflows.sensitivity",
    "SilentReporter": "sim.workflows.reporter",
    "SuggestedMenu": "sim.workflows.suggest_menu",
    "VariedResult": "sim.workflows.varied_result",
    "ViewAttribution": "sim.workflows.attribute_views",
    "ViewComparison": "sim.workflows.compare_views",
    "WrittenImages": "sim.workflows.images",
    "WrittenReport": "sim.workflows.build_report",
    "ZoneResult": "sim.workflows.zone",
    "attribute": "sim.workflows.attribute_views",
    "attribute_pairs": "sim.workflows.attribute_pairs",
    "baselines": "sim.workflows.baselines",
    "build_json_schema": "sim.workflows.json_schema",
    "check": "sim.workflows.check_scenarios",
    "cite": "sim.workflows.cite",
    "coding_agreement": "sim.workflows.coding_agreement",
    "coding_sheet": "sim.workflows.coding_sheet",
    "compare": "sim.workflows.compare_scenarios",
    "compare_views": "sim.workflows.compare_views",
    "coverage": "sim.workflows.coverage",
    "discover": "sim.workflows.discover",
    "effects": "sim.workflows.effects",
    "explain": "sim.workflows.explain_rule",
    "export_results": "sim.workflows.export_results",
    "hindcast": "sim.workflows.hindcast",
    "images": "sim.workflows.images",
    "import_files": "sim.workflows.import_files",
    "list_contradictions": "sim.workflows.list_contradictions",
    "list_results": "sim.workflows.list_results",
    "list_scenarios": "sim.workflows.list_scenarios",
    "load_results": "sim.workflows.ensemble_result",
    "load_scenario": "sim.workflows.load_scenario",
    "new_case": "sim.workflows.new_case.case_folder",
    "new_view": "sim.workflows.source_view.new_view",
    "patterns": "sim.workflows.patterns",
    "play": "sim.workflows.play",
    "rank_contradictions": "sim.workflows.rank_contradictions",
    "register_forecast": "sim.workflows.forecast",
    "replay": "sim.workflows.replay",
    "report": "sim.workflows.build_report",
    "resume": "sim.workflows.resume",
    "rooms": "sim.workflows.rooms",
    "run": "sim.workflows.run_scenario",
    "run_batch": "sim.workflows.run_batch",
    "score_forecast": "sim.workflows.forecast",
    "seat": "sim.workflows.seat.take_seat",
    "sensitivity": "sim.workflows.sensitivity",
    "serve": "sim.web.serve",
    "solve": "sim.workflows.solve",
    "suggest_menu": "sim.workflows.suggest_menu",
    "vary": "sim.workflows.vary",
    "view_from_text": "sim.workflows.source_view.view_from_text",
    "zone": "sim.workflows.zone",
}
"""Module of each name that is meant for Python."""

__all__ = [
    "BargainingResult",
    "BaselineResult",
    "BatchResult",
    "CheckResult",
    "Citations",
    "CodingAgreement",
    "CodingSheet",
    "ContradictionList",
    "ContradictionRanking",
    "Coverage",
    "DiscoveryResult",
    "EffectsResult",
    "EnsembleResult",
    "ExportedDomain",
    "ExportedTables",
    "ForecastResult",
    "ForecastScore",
    "HindcastResult",
    "ImportedFiles",
    "LoadedScenario",
    "NarratedRun",
    "NewCase",
    "NewView",
    "PairAttributions",
    "PatternResult",
    "ReplayedRun",
    "Reporter",
    "ResultsList",
    "RoomList",
    "RuleExplanation",
    "ScenarioComparison",
    "ScenarioList",
    "SeatResult",
    "SensitivityResult",
    "SilentReporter",
    "SuggestedMenu",
    "VariedResult",
    "ViewAttribution",
    "ViewComparison",
    "WrittenImages",
    "WrittenReport",
    "ZoneResult",
    "attribute",
    "attribute_pairs",
    "baselines",
    "build_json_schema",
    "check",
    "cite",
    "coding_agreement",
    "coding_sheet",
    "compare",
    "compare_views",
    "coverage",
    "discover",
    "effects",
    "explain",
    "export_results",
    "hindcast",
    "images",
    "import_files",
    "list_contradictions",
    "list_results",
    "list_scenarios",
    "load_results",
    "load_scenario",
    "new_case",
    "new_view",
    "patterns",
    "play",
    "rank_contradictions",
    "register_forecast",
    "replay",
    "report",
    "resume",
    "rooms",
    "run",
    "run_batch",
    "score_forecast",
    "seat",
    "sensitivity",
    "serve",
    "solve",
    "suggest_menu",
    "vary",
    "view_from_text",
    "zone",
]


def __getattr__(name: str) -> Any:
    """One of the names meant for Python, loaded now."""
    if name not in _HOMES:
        raise AttributeError(f"module 'sim' has no attribute {name!r}")
    return getattr(import_module(_HOMES[name]), name)


def __dir__() -> list[str]:
    """Names for tab completion."""
    return sorted({*globals(), *_HOMES})
