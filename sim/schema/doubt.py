"""Doubt: a choice of ours that decides much, and how much, as it was measured."""

from collections.abc import Mapping
from typing import Annotated

from pydantic import Field

from sim.schema.base import Model


class Doubt(Model):
    """A choice of ours and how far it moves a share (`doubts.yaml`); a page names the first beside how sure it is."""

    said: Annotated[Mapping[str, str], Field(min_length=1)]
    """The sentence for readers, by language."""
    command: str
    """The command that measured it."""
    measured: str
    """The day on which it was measured."""
