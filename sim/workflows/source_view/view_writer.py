"""View writer: a source view as YAML, blank with comments that ask for claims, or with what was coded from a text."""

from collections.abc import Iterable, Iterator, Mapping
from textwrap import wrap
from typing import Any

from sim.experiments.theme_differences import THEMES
from sim.loading.layered_data import is_assumption, with_value_at
from sim.workflows.new_case.scenario_writer import WIDTH, format_flow, format_scalar
from sim.workflows.source_view.quantities import MovableQuantity

ASKS: Mapping[str, str] = {
    "aims": "What does each side want most, and what would it never take?",
    "battlefield": "Whom does time favour, and how does each side see its chances?",
    "cost-and-patience": "What does going on cost each side, and how long can it bear that?",
    "lever-bite": "What would each lever do once it is executed?",
    "follow-through": "Are threats and plans carried out, and who believes that?",
    "receptiveness-to-words": "What do words, calls and small steps bring about?",
    "third-parties": "Who else goes along, stands in the way, or has a veto?",
    "commitment": "Would an agreement be kept, and who would guarantee it?",
    "sequencing": "What would have to come first, and how long would it take?",
    "private-stakes": "What do leaders gain or lose themselves?",
}
"""What a theme asks a source."""

CLAIM = "CLAIM"
"""What stands for the key of a claim that is still to be written."""

BLANK = """\
What {source} assumes. Every theme below still stands at the wide spreads of the case: nothing is coded yet.

For each theme, look for a passage. Write what you read into claims.yaml, in your own words, with the number of the
paragraph (at: 7), page (at: p. 12) or minute (at: min 3). Then take the {{}} after the theme and the # before the
quantity that it moves away, put the key of your claim in the place of CLAIM, and move the numbers up or down: the text
gives the direction, the size is yours. Delete what the source does not speak of, and name themes on which it says
nothing under `silent`.
`zopa check` tells every mistake."""
UNKNOWN = """

sources.yaml does not know {source} yet. Add there:
  {source}: {{author: ..., title: ..., published: ..., language: ..., paragraphs: ...}}"""


def format_blank_view(source: str, author: str, quantities: Iterable[MovableQuantity], *, is_known: bool) -> str:
    """A view file with every theme at the spreads of the base, each quantity as a comment that asks for a claim."""
    head = BLANK.format(source=source) + ("" if is_known else UNKNOWN.format(source=source))
    lines = [
        *_comment(head, 0),
        "",
        f"view: {source}",
        f"label: {format_scalar(source)}",
        f"author: {format_scalar(author or source)}",
        'summary: "Nothing is coded yet: every theme stands at the wide spreads of the case."',
        "",
        "assumes:",
    ]
    quantities = list(quantities)
    for theme in THEMES:
        lines += ["", *_comment(f"{ASKS[theme]} Which claim says so?", 2), f"  {theme}: {{}}"]
        own = [one for one in quantities if one.theme == theme]
        lines += [f"  #{line[2:]}" for line in _format_places({one.place: _ask(one) for one in own}, 4)]
    return "\n".join([*lines, "", "silent: {}", ""])


def _ask(quantity: MovableQuantity) -> Mapping[str, Any]:
    """The spread of the base with a claim asked for in the place of its reason."""
    own = {key: value for key, value in quantity.base.items() if key not in ("because", "assumed")}
    return own | {"because": [CLAIM]}


def format_coded_view(
    facts: Mapping[str, str],
    moved: Mapping[str, Mapping[tuple[str, ...], Mapping[str, Any]]],
    silent: Mapping[str, str],
) -> str:
    """A view file with what a source moves, by theme and place, and the themes on which it says nothing.

    Args:
        facts: `view`, `label`, `author` and `summary` of the view.
        moved: Quantities with the claims they rest on, by theme, then by place.
        silent: Why the source is silent on a theme, by theme.
    """
    head = (
        f"What {facts['author']} assumes, as coded paragraph by paragraph. The claims under `because` give the "
        "direction in which a quantity differs from the case; every size is ours: change it as you see fit."
    )
    lines = [*_comment(head, 0), "", *(f"{key}: {format_scalar(value)}" for key, value in facts.items()), ""]
    lines += ["assumes:" if moved else "assumes: {}"]
    for theme in THEMES:
        if theme in moved:
            lines += [f"  {theme}:", *_format_places(moved[theme], 4)]
    lines += ["", "silent:" if silent else "silent: {}"]
    return "\n".join([*lines, *(f"  {theme}: {format_scalar(why)}" for theme, why in silent.items()), ""])


def _format_places(quantities: Mapping[tuple[str, ...], Mapping[str, Any]], indent: int) -> Iterator[str]:
    """Quantities at their places, one key below the other; places with a common beginning share its lines."""
    data: Any = {}
    for place, quantity in quantities.items():
        data = with_value_at(data, place, quantity)
    yield from _format_nested(data, indent)


def _format_nested(data: Mapping[str, Any], indent: int) -> Iterator[str]:
    for key, inner in data.items():
        if is_assumption(inner):
            yield from _format_quantity(key, inner, indent)
        else:
            yield f"{' ' * indent}{key}:"
            yield from _format_nested(inner, indent + 2)


def _format_quantity(key: str, quantity: Mapping[str, Any], indent: int) -> Iterator[str]:
    line = f"{' ' * indent}{key}: {format_flow(quantity)}"
    if len(line) <= WIDTH:
        yield line
        return
    numbers = {name: value for name, value in quantity.items() if name != "because"}
    yield f"{' ' * indent}{key}:"
    yield from (f"{' ' * indent}  {name}: {format_flow(value)}" for name, value in numbers.items())
    yield f"{' ' * indent}  because: {format_flow(quantity['because'])}"


def _comment(text: str, indent: int) -> Iterator[str]:
    for line in text.splitlines():
        yield from (f"{' ' * indent}# {part}".rstrip() for part in wrap(line, WIDTH - indent - 2) or [""])


def format_entry(key: str, entry: Mapping[str, Any]) -> str:
    """One entry of sources.yaml or claims.yaml, as it is added at the end of the file."""
    return "\n".join(
        [f"{format_scalar(key)}:", *(f"  {name}: {format_flow(value)}" for name, value in entry.items()), ""]
    )
