"""Said error: a refusal in the language of whoever reads it, where all other errors are English."""

from typing import Any

from sim.errors import UsageError
from sim.i18n.messages import message


class SaidError(UsageError):
    """Something that cannot be carried out as it was asked for; a page says so in its own language."""

    def __init__(self, key: str, *, count: float | None = None, **values: Any) -> None:
        """The sentence of a key, in the language in use.

        Args:
            key: Key of the sentence, with its area, such as `seat.refused-over`.
            count: Chooses singular or plural, if the sentence has both.
            values: What stands in its places.
        """
        super().__init__(message(key, count=count, **values))
