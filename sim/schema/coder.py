"""Coder: who or what coded claims or read them again."""

from typing import Literal

from sim.schema.base import Model


class Coder(Model):
    """One of those whose initials stand at claims (`coders.yaml`)."""

    kind: Literal["person", "language-model"]
    """A person, or one pass of a language model over the texts."""
    did: str = ""
    """What of the coding is theirs."""
