"""The page of asymmetries: every difference between the two disputants of the default case, with what it rests on."""

from analysis.methods.asymmetries import Asymmetry, list_asymmetries
from docs.generators.claims_page import format_cell
from sim.ensemble.plan import load_views
from sim.loading.discovery import find_default_case
from sim.schema.loaded_case import LoadedCase

_INTRODUCTION = """\
# Differences between the two sides

Made by `python -m docs.generators.build` from the files of {title}; a test compares. Do not edit.

The rules treat both disputants alike (swapping their data mirrors every run), the files do not. Here is every
difference between {first} and {second}: in the base, and where a source view sets it otherwise. What equals its
mirror image, the sides in each other's place and every issue read from its other end, is not listed. Each difference
rests on claims, or on a reason of ours; `zopa check` refuses a case that lists such reasons and leaves one out.

{count} differences, {cited} of them resting on claims.
"""


def asymmetries_markdown() -> str:
    """The page."""
    views = load_views(find_default_case())
    found: dict[Asymmetry, list[str]] = {}
    for name, case in views.items():
        for one in list_asymmetries(case.scenario):
            found.setdefault(one, []).append(name)
    case = next(iter(views.values()))
    first, second = (case.scenario.actors[key].label for key in case.scenario.find_by_role("disputant"))
    head = _INTRODUCTION.format(
        title=case.title, first=first, second=second, count=len(found), cited=sum(1 for one in found if one.because)
    )
    order = {place: number for number, place in enumerate(dict.fromkeys(one.place for one in found))}
    rows = [
        _format_row(one, "all" if len(names) == len(views) else ", ".join(names), case)
        for one, names in sorted(found.items(), key=lambda each: order[each[0].place])
    ]
    columns = f"| place | {first} | {second} | source views | rests on |"
    return "\n".join([head, columns, "|---|---|---|---|---|", *rows, ""])


def _format_row(one: Asymmetry, views: str, case: LoadedCase) -> str:
    """A difference as a row of the table."""
    claims = "; ".join(f"`{name}` ({case.claims[name].place})" for name in one.because)
    rests = claims or f"ours: {one.assumed}"
    cells = (f"`{one.place}`", *(format_cell(text) for text in (one.first, one.second, views, rests)))
    return f"| {' | '.join(cells)} |"
