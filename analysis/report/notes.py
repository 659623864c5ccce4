"""Notes: every passage and every reason that a page rests on, said once, and named by its number where it is used."""

from collections.abc import Iterable, Mapping

from analysis.figures.figure_table import Table
from analysis.report.section import Cited, English, NoteNumber, Section
from sim.i18n.messages import message

Claims = Mapping[str, tuple[str, str]]
"""Place (`source ¶n`) and our reading, by claim."""


class Notes:
    """Passages and reasons of a page, numbered in the order in which they are first used."""

    def __init__(self, claims: Claims) -> None:
        self._claims = claims
        self._numbers: dict[tuple[str, str], int] = {}

    @property
    def has_passages(self) -> bool:
        """True if texts stand behind the case, whose passages may be cited."""
        return bool(self._claims)

    def cite(self, text: str, because: Iterable[str], assumed: str) -> Cited:
        """A text with the numbers of what it rests on: passages, or where there are none, our own reason."""
        named = [("", claim) for claim in because] or ([("ours", assumed)] if assumed else [])
        return Cited(text, tuple(self._numbers.setdefault(one, len(self._numbers) + 1) for one in named))

    def build_sections(self) -> list[Section]:
        """The list of all notes, if there are any; to be made after all sections that cite."""
        if not self._numbers:
            return []
        rows = tuple((NoteNumber(number), *self._format(*one)) for one, number in self._numbers.items())
        head = tuple(message(f"report.column-{name}") for name in ("note", "rests", "why"))
        table = Table(message("report.notes-table"), head, rows)
        return [Section("notes", message("report.notes"), (message("report.notes-said"),), tables=(table,))]

    def _format(self, kind: str, key: str) -> tuple[str, str]:
        """What a note rests on, and our reading or reason."""
        if kind:
            return message("report.ours"), English(key)
        place, reading = self._claims.get(key, (key, ""))
        return place, English(reading)
