"""One CSV writer: texts of tables can be guarded against spreadsheets only where they are written in one way."""

import ast

from tests.architecture.tree import PACKAGES, format_path, modules, parse_file

HOME = "sim/export/csv_file.py"
WRITERS = ("writer", "DictWriter", "to_csv")


def test_tables_are_written_by_one_writer_and_guarded():
    writers, unguarded = [], []
    for path in (one for one in modules(*PACKAGES) if "csv" in one.read_text(encoding="utf-8")):
        tree = parse_file(path)
        names = {node.attr for node in ast.walk(tree) if isinstance(node, ast.Attribute)}
        taken = {
            (node.module, one.name) for node in ast.walk(tree) if isinstance(node, ast.ImportFrom) for one in node.names
        }
        if names & set(WRITERS) or any(module == "csv" and name in WRITERS for module, name in taken):
            writers.append(format_path(path))
        if any(name == "make_csv_writer" for _, name in taken) and not any(
            str(module).endswith(".formula_guard") for module, _ in taken
        ):
            unguarded.append(format_path(path))
    assert (writers, unguarded) == ([HOME], [])
