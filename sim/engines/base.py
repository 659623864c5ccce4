"""Engines: three ways to simulate the same rules, and which of them is used; whichever it is, the bits are the same.

Read aloud
    `compiled` simulates compiled rules and is used where it is installed. `numpy` applies the rules to arrays and is
    always there. `mesa` simulates one run after another with an agent for each actor: slow, and the
    reference that the others must equal.
"""

from contextlib import suppress

import numpy as np

from sim.engines import compiled_engine
from sim.engines.compiled_engine import CompiledEngine, ProgressReporter
from sim.engines.compiler.jit_cache import NotStoredError, holds_code
from sim.engines.numpy_engine import NumpyEngine
from sim.model.build_layout import build_layout
from sim.model.initial_state import InitialState
from sim.model.simulation import Engine
from sim.model.state import RunState
from sim.rules.week import WEEK
from sim.rules.week.steps import Step
from sim.schema.scenario import Scenario

COMPILED, NUMPY, MESA = "compiled", "numpy", "mesa"
ENGINES = (COMPILED, NUMPY, MESA)
"""Names of the engines, the fastest first."""

_selected: list[str] = []


class EngineError(Exception):
    """An engine was asked for that is not there."""


def find_engine(name: str | None) -> str:
    """Name of the engine to use: the one asked for, else the fastest that is there."""
    if name is None:
        return COMPILED if compiled_engine.is_installed() else NUMPY
    if name not in ENGINES:
        raise EngineError(f"no engine is called {name!r}; there are {', '.join(ENGINES)}")
    if name == COMPILED and not compiled_engine.is_installed():
        raise EngineError("the compiled engine needs llvmlite: pip install 'zopa-simulator[compiled]'")
    return name


def select_engine(name: str | None) -> str:
    """Select an engine for everything this process simulates from now on; its name."""
    _selected[:] = [find_engine(name)]
    return _selected[0]


def selected_engine() -> str:
    """Name of the engine selected, else of the fastest that is there."""
    return _selected[0] if _selected else find_engine(None)


def compile_ahead(scenario: Scenario, report_progress: ProgressReporter | None = None) -> None:
    """Make once what the selected engine needs, before several processes want it; says so if it takes a while."""
    if selected_engine() == COMPILED:
        compiled_engine.compile_ahead(InitialState(build_layout(scenario), 0, np.arange(1)), report_progress)


def make_engine(start: RunState, name: str | None = None, steps: tuple[Step, ...] = WEEK) -> Engine:
    """An engine for the runs: the one named, else the one selected, else the fastest that is there."""
    chosen = name or selected_engine()
    if chosen == MESA:
        from sim.engines.mesa_engine import MesaEngine  # Mesa takes a second to import and is seldom asked for

        return MesaEngine(start, steps)
    return CompiledEngine(start, steps) if chosen == COMPILED else NumpyEngine(start, steps)


def make_engine_for_few(start: RunState) -> CompiledEngine | NumpyEngine:
    """The engine that has played a few runs soonest: compiled rules if they lie ready, else NumPy's."""
    if selected_engine() == COMPILED and holds_code():
        with suppress(NotStoredError):
            return CompiledEngine(start, compiles=False)
    return NumpyEngine(start)
