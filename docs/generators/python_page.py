"""The page of the Python functions: what `from sim import …` offers, described from its docstrings when it is built."""

import sim


def python_markdown() -> str:
    """One directive of mkdocstrings for each public name of `sim`."""
    return "\n".join(f"::: sim.{name}\n" for name in sim.__all__)
