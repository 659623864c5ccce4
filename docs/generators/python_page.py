"""The page of Python: what `from sim import …` offers, described from its docstrings when it is built."""

import sim

RESULTS = "## Results and reporters\n"


def python_markdown() -> str:
    """One directive of mkdocstrings for each public name of `sim`: functions, then the classes of what they return."""
    functions = [name for name in sim.__all__ if name[0].islower()]
    classes = [name for name in sim.__all__ if not name[0].islower()]
    return "\n".join([*map(_describe, functions), RESULTS, *map(_describe, classes)])


def _describe(name: str) -> str:
    return f"::: sim.{name}\n"
