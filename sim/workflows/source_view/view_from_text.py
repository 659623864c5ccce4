"""View from text: a source view coded from a text, paragraph by paragraph, with its source and claims."""

import hashlib
import re
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Any

from sim.errors import ScenarioError, UsageError, display_path
from sim.evidence.source_texts import SourceTexts, TextError
from sim.experiments.theme_differences import THEMES
from sim.loading.loader import load_case
from sim.loading.plain_file import read_plain_file
from sim.schema.loaded_case import LoadedCase
from sim.schema.passage import list_counted_numbers
from sim.schema.source import Source
from sim.storage.atomic_write import write_file
from sim.workflows.source_view.case_copy import find_free_view, open_case_folder
from sim.workflows.source_view.coding_desk import NOTES, CodingDesk, Interview, Move, SourceFacts
from sim.workflows.source_view.new_view import NewView, write_checked
from sim.workflows.source_view.quantities import list_quantities, move_quantity
from sim.workflows.source_view.view_writer import format_coded_view, format_entry


def view_from_text(
    text: str | Path,
    case: str | Path | None = None,
    *,
    source: str | None = None,
    copy_to: str | Path | None = None,
    interview: Interview | None = None,
) -> NewView:
    """Code a text into a source view: claims with speaker, kind and place, and which quantity each moves which way.

    Args:
        text: The file with the text (UTF-8); its paragraphs are its non-empty lines.
        case: Name, file or folder of the scenario; the default case if left out.
        source: Key of the source and name of the view, such as lund-2032; the name of the file if left out.
        copy_to: Folder to copy the case to first, where it comes with zopa and is to stay as it is.
        interview: Reads the text with the coder, and says whether all of it is done.

    Returns:
        Where the view is, which has passed the check; or how many paragraphs are left, if the coder stopped.

    Raises:
        ScenarioError: something in the case does not fit.
        UsageError: the text cannot be read, the view is there already, or nobody is there to ask.
    """
    if interview is None:
        raise UsageError("there is nobody to ask; an interview reads the text with the coder and says when it is done")
    file = Path(text)
    source = source or re.sub(r"\W+", "-", file.stem.lower()).strip("-")
    paragraphs = read_text_paragraphs(file)
    begun = copy_to is not None and (Path(copy_to) / "views" / f"{source}{NOTES}").exists()
    folder = open_case_folder(copy_to, None) if begun else open_case_folder(case, copy_to)
    path = find_free_view(folder, source)
    loaded = load_case(folder)
    known = _find_facts(loaded, source, file, len(paragraphs))
    notes = path.with_suffix(NOTES)
    desk = CodingDesk(source, paragraphs, list_quantities(loaded), notes, known, facts=known).take_up()
    done = interview(desk)
    if done:
        _write(desk, loaded, folder, file)
        notes.unlink(missing_ok=True)
    left = 0 if done else max(len(paragraphs) - desk.done, 1)
    moved = {move.quantity for claim in desk.claims for move in claim.moves}
    return NewView(folder, source, path, len(desk.claims), len(moved), left)


def read_text_paragraphs(file: Path) -> tuple[str, ...]:
    """The paragraphs of a text, cut as those of every source are.

    Raises:
        UsageError: there is no such file, it is no UTF-8 text, or it is empty.
    """
    whole = Source(author="-", title="-", published="-", language="-", paragraphs=1, file=file.name)
    try:
        found = tuple(SourceTexts(file.parent, {"text": whole}).read_paragraphs("text"))
    except TextError as error:
        raise UsageError(str(error)) from None
    if not found:
        raise UsageError(f"{display_path(file)}: has no paragraph")
    return found


def _find_facts(case: LoadedCase, key: str, file: Path, count: int) -> SourceFacts | None:
    """What the case knows of the source."""
    if key not in case.sources:
        return None
    found = case.sources[key]
    if found.paragraphs != count:
        raise UsageError(
            f"{display_path(file)}: has {count} paragraphs, and {key} has {found.paragraphs} in sources.yaml; "
            "give the same text or another key"
        )
    return SourceFacts(found.author, found.title, found.published, found.language)


def _write(desk: CodingDesk, case: LoadedCase, folder: Path, file: Path) -> None:
    """Add source and claims to the files of the case and write the view; all or nothing."""
    facts = desk.facts or SourceFacts("not named", desk.source, "not known", "English")
    keys = _name_claims(desk, case)
    entry: dict[str, Any] = {
        "author": facts.author,
        "title": facts.title,
        "published": facts.published,
        "language": facts.language,
    }
    entry |= {"file": file.name, "sha256": hashlib.sha256(read_plain_file(file)).hexdigest()}
    added = (
        {} if desk.known else {desk.source: entry | {"paragraphs": len(desk.paragraphs)} | _count_other_places(desk)}
    )
    before = {name: _read_old(folder / name) for name in ("sources.yaml", "claims.yaml")}
    try:
        _append(folder / "sources.yaml", before["sources.yaml"], added)
        _append(folder / "claims.yaml", before["claims.yaml"], dict(_list_entries(desk, keys)))
        names = {"view": desk.source, "label": f"{facts.author}, {facts.published}", "author": facts.author}
        view = format_coded_view(names | {"summary": desk.summary}, _list_moved(desk, keys), _find_silent(desk))
        write_checked(folder / "views" / f"{desk.source}.yaml", view)
    except (ScenarioError, UsageError):
        for name, old in before.items():
            _put_back(folder / name, old)
        raise


def _count_other_places(desk: CodingDesk) -> dict[str, int]:
    """The last page and the last minute that a claim names."""
    found: dict[str, int] = {}
    for unit, numbers in (list_counted_numbers(claim.at) for claim in desk.claims):
        if unit in ("pages", "minutes"):
            found[unit] = max(found.get(unit, 0), *numbers)
    return found


def _name_claims(desk: CodingDesk, case: LoadedCase) -> list[str]:
    """Key of every claim: the source and the number of the paragraph, with a letter from the second one on."""
    keys: list[str] = []
    for claim in desk.claims:
        first = f"{desk.source}-{claim.paragraph}"
        letters = (first, *(f"{first}{chr(letter)}" for letter in range(ord("b"), ord("z") + 1)))
        keys.append(next(key for key in letters if key not in keys and key not in case.claims))
    return keys


def _list_entries(desk: CodingDesk, keys: list[str]) -> Iterator[tuple[str, Mapping[str, Any]]]:
    """The claims as claims.yaml has them."""
    for key, claim in zip(keys, desk.claims, strict=True):
        entry = {"source": desk.source, "at": claim.at, "we_read": claim.we_read}
        entry |= {"speaker": claim.speaker} if claim.speaker else {}
        yield key, entry | {"kind": claim.kind, "coded_by": desk.coder}


def _list_moved(desk: CodingDesk, keys: list[str]) -> dict[str, dict[tuple[str, ...], Mapping[str, Any]]]:
    """The quantities that claims move, by theme and place, each with the claims that it rests on."""
    reasons: dict[str, dict[Move, list[str]]] = {}
    for key, claim in zip(keys, desk.claims, strict=True):
        for move in claim.moves:
            claims = reasons.setdefault(move.quantity, {}).setdefault(move, [])
            claims += [] if key in claims else [key]
    found: dict[str, dict[tuple[str, ...], Mapping[str, Any]]] = {}
    for name, moves in reasons.items():
        quantity = desk.quantities[name]
        because = list(dict.fromkeys(key for named in moves.values() for key in named))
        numbers = _combine(quantity.base, list(moves)) | {"because": because}
        found.setdefault(quantity.theme, {})[quantity.place] = numbers
    return found


def _combine(base: Mapping[str, Any], moves: list[Move]) -> dict[str, Any]:
    """A quantity as all claims together move it; where they move it both ways, it stays as it is."""
    numbers = dict(base)
    for share in dict.fromkeys(move.share for move in moves):
        directions = {move.direction for move in moves if move.share == share}
        numbers = move_quantity(numbers, directions.pop() if len(directions) == 1 else "both", share)
    return numbers


def _find_silent(desk: CodingDesk) -> dict[str, str]:
    """Themes of the case on which nothing was coded, with the reason."""
    moved = {desk.quantities[move.quantity].theme for claim in desk.claims for move in claim.moves}
    held = {quantity.theme for quantity in desk.quantities.values()}
    why = f"nothing that moves a quantity was read in its {len(desk.paragraphs)} paragraphs"
    return {theme: why for theme in THEMES if theme in held - moved}


def _read_old(path: Path) -> str | None:
    return read_plain_file(path).decode("utf-8") if path.exists() else None


def _append(path: Path, old: str | None, entries: Mapping[str, Mapping[str, Any]]) -> None:
    """Add entries at the end of a file of evidence."""
    if entries:
        start = f"{old.rstrip()}\n\n" if old and old.strip() else ""
        _put_back(path, start + "\n".join(format_entry(key, entry) for key, entry in entries.items()))


def _put_back(path: Path, text: str | None) -> None:
    """Write a file of evidence; none if there was none."""
    if text is None:
        path.unlink(missing_ok=True)
        return
    try:
        with write_file(path) as unfinished:
            unfinished.write_text(text, encoding="utf-8", newline="\n")
    except OSError as error:
        raise UsageError(f"{display_path(path)}: cannot be written ({error.strerror})") from error
