"""Other formats: is a file something else than YAML? Told by its first bytes."""

ZIP = "a ZIP archive, as spreadsheets and text documents are"
_HEADS = {
    b"PK\x03\x04": ZIP,
    b"\xd0\xcf\x11\xe0": "an old spreadsheet or text document",
    b"%PDF": "a PDF",
    b"{\\rtf": "a text document (RTF)",
    b"\x1f\x8b": "a compressed file",
    b"\x89PNG": "a picture",
    b"\xff\xd8\xff": "a picture",
    b"SQLite format 3": "a database",
    b"PAR1": "a Parquet table",
    b"\xff\xfe": "text in the encoding UTF-16",
    b"\xfe\xff": "text in the encoding UTF-16",
}
_SEPARATORS = (b",", b";", b"\t")
_GENIUS_ROOTS = (b"<utility_space", b"<negotiation_template", b"<domain_template")
_MARKED_ROWS = (b"'#A'\t", b"#A\t", b"'#P'\t", b"#P\t")
GENIUS, XML = "a file of GENIUS (XML)", "XML"
IMPORTS = {
    GENIUS: "use `zopa import genius`",
    "a table (CSV)": "if it holds positions, use `zopa import table`",
    ZIP: "if it is a workbook of positions, use `zopa import table`",
    "a file of the exchange model": "use `zopa import table`",
}
"""What to do with files that another command opens."""


def find_other_format(raw: bytes) -> str:
    """What a file is, if its head says that it is no YAML; else an empty text."""
    for head, kind in _HEADS.items():
        if raw.startswith(head):
            return kind
    start = raw[:2_000].removeprefix(b"\xef\xbb\xbf").lstrip()
    if start.startswith(_MARKED_ROWS):
        return "a file of the exchange model"
    if start[:1] == b"<" and any(root in start for root in _GENIUS_ROOTS):
        return GENIUS
    if start[:1] == b"<":
        return "a web page" if b"<html" in start.lower() or b"<!doctype html" in start.lower() else XML
    return "a table (CSV)" if _is_table(start) else ""


def _is_table(start: bytes) -> bool:
    """True if the first lines have the same number of separators, but for a title, and none is a `key: value` line."""
    lines = [line for line in start.splitlines()[:5] if line.strip()]
    if len(lines) < 2 or any(b": " in line or line.rstrip().endswith(b":") or line[:1] in b"#-[{" for line in lines):
        return False
    body = lines[1:] if len(lines) > 3 else lines
    return any(min(found) == max(found) > 0 for found in ([line.count(by) for line in body] for by in _SEPARATORS))
