"""The machine: what a negotiation is made of, one run narrated, many runs counted.

From Python: `from sim import load_scenario, run`. Every ability of the command line is here under its own name; all are
loaded when they are first asked for, so that `import sim`, the command line and its help start without them.

Layers, in the order in which they are best read; each imports only from those before it:

    schema       what there is: actors, issues, levers, beliefs, scenarios, claims
    loading      YAML becomes a scenario, checked, with file and line of every mistake
    evidence     what the texts say, and what uses it
    rules        what happens, one rule a file, and the order of the week
    model        one run's numbers: layout, parameters, random streams, state, the one clock
    engines      who plays the rules: Mesa, NumPy, compiled code, with the same bits
    narrative    a run narrated
    ensemble     many runs; experiments: ensembles in series; storage: results on disk; export: tables
    workflows    what zopa can do, one function each
    api, cli     Python and the command line
"""

from importlib import import_module
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from sim.api.functions import load_results, load_scenario, run
    from sim.workflows.attribute_views import attribute
    from sim.workflows.build_report import rebuild_report
    from sim.workflows.check_scenarios import check_scenarios
    from sim.workflows.cite import cite
    from sim.workflows.compare_scenarios import compare
    from sim.workflows.coverage import find_coverage
    from sim.workflows.explain_rule import explain_rule
    from sim.workflows.export_results import export_results
    from sim.workflows.list_scenarios import list_scenarios
    from sim.workflows.new_case.case_folder import new_case
    from sim.workflows.play import play_run
    from sim.workflows.replay import replay_run
    from sim.workflows.suggest_menu import suggest_menu

_HOMES = {
    "attribute": "sim.workflows.attribute_views",
    "check_scenarios": "sim.workflows.check_scenarios",
    "cite": "sim.workflows.cite",
    "compare": "sim.workflows.compare_scenarios",
    "explain_rule": "sim.workflows.explain_rule",
    "export_results": "sim.workflows.export_results",
    "find_coverage": "sim.workflows.coverage",
    "list_scenarios": "sim.workflows.list_scenarios",
    "load_results": "sim.api.functions",
    "load_scenario": "sim.api.functions",
    "new_case": "sim.workflows.new_case.case_folder",
    "play_run": "sim.workflows.play",
    "rebuild_report": "sim.workflows.build_report",
    "replay_run": "sim.workflows.replay",
    "run": "sim.api.functions",
    "suggest_menu": "sim.workflows.suggest_menu",
}
"""Module of each function that is meant for Python."""

__all__ = [
    "attribute",
    "check_scenarios",
    "cite",
    "compare",
    "explain_rule",
    "export_results",
    "find_coverage",
    "list_scenarios",
    "load_results",
    "load_scenario",
    "new_case",
    "play_run",
    "rebuild_report",
    "replay_run",
    "run",
    "suggest_menu",
]


def __getattr__(name: str) -> Any:
    """One of the functions meant for Python, loaded now."""
    if name not in _HOMES:
        raise AttributeError(f"module 'sim' has no attribute {name!r}")
    return getattr(import_module(_HOMES[name]), name)


def __dir__() -> list[str]:
    """Names for tab completion."""
    return sorted({*globals(), *_HOMES})
