"""Labelled sensitivity: indices of groups and effects of quantities, with the names that readers know them by."""

from collections.abc import Mapping
from dataclasses import dataclass

from analysis.methods.sensitivity import GroupIndex, ScreenedQuantity


@dataclass(frozen=True)
class LabelledIndices:
    """Indices of groups."""

    what: str
    """The outcome and source view they are about."""
    labels: Mapping[str, str]
    """Name of every group."""
    groups: tuple[GroupIndex, ...]
    """The indices, the largest total first."""


@dataclass(frozen=True)
class LabelledEffects:
    """Effects of quantities."""

    what: str
    """The outcome and source view they are about."""
    quantities: tuple[ScreenedQuantity, ...]
    """All quantities, the largest first."""
