"""The machine: what a negotiation is made of, one run told, many runs counted.

From Python: `from sim import load_scenario, run`. They are loaded when they are first asked for, so that the command
line and its help start without them.
"""

from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from sim.api.functions import load_results, load_scenario, run
    from sim.workflows.explain_rule import explain_rule

__all__ = ["explain_rule", "load_results", "load_scenario", "run"]


def __getattr__(name: str) -> Any:
    """One of the functions meant for Python, loaded now."""
    if name not in __all__:
        raise AttributeError(f"module 'sim' has no attribute {name!r}")
    from sim.api import functions
    from sim.workflows import explain_rule

    return explain_rule.explain_rule if name == "explain_rule" else getattr(functions, name)
