"""Data frame: results as rows of a pandas data frame, for those who have pandas; zopa itself does not need it."""

from collections.abc import Iterable, Mapping
from importlib import import_module
from typing import Any

from sim.errors import MissingPartError


def make_frame(rows: Iterable[Mapping[str, Any]], columns: Iterable[str] | None = None) -> Any:
    """Rows as a data frame.

    Args:
        rows: One mapping per row, from column to cell.
        columns: Names of the columns, in order; those of the rows if left out.

    Returns:
        A `pandas.DataFrame`.

    Raises:
        MissingPartError: pandas is not installed.
    """
    try:
        pandas = import_module("pandas")
    except ModuleNotFoundError as error:
        raise MissingPartError("a data frame needs the library pandas; install it with `pip install pandas`") from error
    return pandas.DataFrame(list(rows), columns=None if columns is None else list(columns))
