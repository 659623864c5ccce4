"""Data dictionary: what every column of an export means, for people and for programs, and what the keys stand for."""

import json
from collections.abc import Iterator, Mapping, Sequence
from typing import Any

from sim.ensemble.results import Results
from sim.export.column_meanings import describe_series_variable
from sim.export.tables import WORKBOOK, Table, list_menu_packages
from sim.storage.rebuild import rebuild_view

DICTIONARY, MARKDOWN_DICTIONARY = "dictionary.json", "DICTIONARY.md"

ABOUT = {
    "runs": "one row per matching run of every source view",
    "weeks": "matching runs in each outcome's state after each week",
    "issues": "what was agreed on each issue, for runs with an agreement in force at the horizon",
    "agreed": "agreements in force at the horizon, counted by issue and option",
    "events": "the first runs of every source view, narrated event by event",
    "weekly_series": "the first runs of every source view, week by week, one row per variable",
}
"""What each table holds."""

GUARDED = (
    "In CSV, a text that a spreadsheet would take for a formula has an apostrophe before it; leave out an apostrophe "
    "at the beginning of a text column's cell to have the text as it was."
)

CAUTION = "Not a forecast: counts of runs under stated assumptions, never probabilities that something happens."


MADE_FROM = (
    *("scenario", "title", "question", "fingerprint", "changes", "holds_from"),
    *("seed", "horizon_weeks", "versions", "made_at"),
)
"""What a dictionary says of the results."""


def build_dictionary(
    tables: Sequence[Table], results: Results, earlier: Mapping[str, Any], changed: str = ""
) -> dict[str, Any]:
    """What is said of every table in a folder: of those that are written now, and of those that stay there.

    Args:
        tables: The tables that are written.
        results: The results that they are made from.
        earlier: The dictionary of an earlier export, with the tables that are still there; empty if there is none.
        changed: What was changed in the case, in words; empty if nothing was.
    """
    manifest = results.manifest
    made_from = {name: getattr(manifest, name) for name in MADE_FROM} | {"changed": changed}
    written = {table.name: _describe_table(table) for table in tables}
    files = {table.file for table in tables}
    kept = {name: one for name, one in earlier.get("tables", {}).items() if one["file"] not in files}
    before = earlier.get("made_from", {})
    if before.get("fingerprint") != manifest.fingerprint:
        kept = {name: {"made_from": before, **one} for name, one in kept.items()}
    names = {f"{name} ({one['file']})" if name in written else name: one for name, one in kept.items()}
    return {"note": CAUTION, "made_from": made_from, "tables": written | names, "names": _describe_names(results)}


def format_json_dictionary(dictionary: Mapping[str, Any]) -> str:
    """The dictionary for programs: every column, and every name that stands in a cell."""
    return json.dumps(dictionary, ensure_ascii=False, indent=1) + "\n"


def _describe_table(table: Table) -> dict[str, Any]:
    columns = [dict(vars(column)) for column in table.columns]
    return {"file": table.file, "about": ABOUT[table.name], "rows": table.rows, "columns": columns} | (
        {"variables": _describe_variables(table)} if table.name == "weekly_series" else {}
    )


def _describe_variables(table: Table) -> dict[str, str]:
    """Meaning of the variables that stand in the cells of weekly series."""
    place = [column.name for column in table.columns].index("what")
    return {what: describe_series_variable(what) for what in dict.fromkeys(table.cells[place])}


def _describe_names(results: Results) -> dict[str, Any]:
    """What the keys in the cells stand for."""
    manifest = results.manifest
    scenario = rebuild_view(manifest, next(iter(manifest.view_texts))).scenario
    packages = [
        {"number": number, "terms": terms, "sequence": sequence, "options": options}
        for number, (terms, sequence, options) in enumerate(list_menu_packages(scenario))
    ]
    labels = ("actors", "levers", "sequences")
    return {
        "views": {
            name: {"label": manifest.labels[name], "drawn": view.n_drawn, "matching": view.n_matching}
            for name, view in results.views.items()
        },
        "outcomes": dict(manifest.outcomes),
        "agreements": list(manifest.agreements),
        **{name: {key: part.label for key, part in getattr(scenario, name).items()} for name in labels},
        "issues": {
            key: {"label": issue.label, "options": {name: option.label for name, option in issue.options.items()}}
            for key, issue in scenario.issues.items()
        },
        "packages": packages,
    }


def format_markdown_dictionary(dictionary: Mapping[str, Any]) -> str:
    """The dictionary for people."""
    made_from = dictionary["made_from"]
    lines = [f"# {made_from['title']}: what the columns mean", "", CAUTION, ""]
    lines += [f"Made from {_describe_origin(made_from)}."]
    lines += [f"`{DICTIONARY}` says the same for programs, and what the keys in the cells stand for.", "", GUARDED, ""]
    for name, table in dictionary["tables"].items():
        heading = f"{table['file']}, sheet {name}" if table["file"] == WORKBOOK else table["file"]
        lines += [f"## {heading}", "", f"{table['about']}; {table['rows']} rows.".capitalize(), ""]
        lines += [f"Made from {_describe_origin(table['made_from'])}.", ""] if "made_from" in table else []
        lines += ["| column | kind | unit | values | meaning |", "|---|---|---|---|---|"]
        lines += [_format_row(column) for column in table["columns"]]
        lines += ["", *_format_variables(table.get("variables", {}))]
    return "\n".join(lines).rstrip("\n") + "\n"


def _describe_origin(made_from: Mapping[str, Any]) -> str:
    """The results that a table is made from, for readers."""
    weeks = f"over {made_from.get('horizon_weeks')} weeks"
    changed = f" ({found})" if (found := made_from.get("changed")) else ""
    return f"results{changed} of seed {made_from.get('seed')} {weeks}, fingerprint {made_from.get('fingerprint')}"


def _format_row(column: Mapping[str, Any]) -> str:
    said = [str(column[name]) for name in ("kind", "unit", "value_range", "meaning")]
    return "| " + " | ".join(cell.replace("|", "&#124;") for cell in (f"`{column['name']}`", *said)) + " |"


def _format_variables(variables: Mapping[str, str]) -> Iterator[str]:
    if variables:
        yield from ("Variables under `what`:", "")
        yield from (f"- `{what}`: {meaning}" for what, meaning in variables.items())
        yield ""
