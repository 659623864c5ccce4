"""The machine: what a negotiation is made of, one run told, many runs counted.

From Python: `from sim import load_scenario, run`. They are loaded when they are first asked for, so that the command
line and its help start without them.
"""

from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from sim.api.functions import load_results, load_scenario, run

__all__ = ["load_results", "load_scenario", "run"]


def __getattr__(name: str) -> Any:
    """One of the functions meant for Python, loaded now."""
    if name not in __all__:
        raise AttributeError(f"module 'sim' has no attribute {name!r}")
    from sim.api import functions

    return getattr(functions, name)
