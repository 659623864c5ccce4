"""Other formats: is a file something else than YAML? Told by its first bytes."""

import re

ZIP = "a ZIP archive, as spreadsheets and text documents are"
UTF_16, UTF_32 = "text in the encoding UTF-16", "text in the encoding UTF-32"
LFS = "a pointer of Git LFS, which stands for a file that was not fetched"
SETTINGS = "a file of settings (TOML or INI)"
_HEADS = {
    b"PK\x03\x04": ZIP,
    b"\xd0\xcf\x11\xe0": "an old spreadsheet or text document",
    b"%PDF": "a PDF",
    b"{\\rtf": "a text document (RTF)",
    b"\x1f\x8b": "a compressed file",
    b"\xfd7zXZ": "a compressed file",
    b"BZh": "a compressed file",
    b"\x28\xb5\x2f\xfd": "a compressed file",
    b"7z\xbc\xaf\x27\x1c": "a compressed file",
    b"\x93NUMPY": "an array of NumPy",
    b"\x89HDF": "a file of arrays (HDF5)",
    b"version https://git-lfs": LFS,
    b"\x89PNG": "a picture",
    b"\xff\xd8\xff": "a picture",
    b"SQLite format 3": "a database",
    b"PAR1": "a Parquet table",
    b"\xff\xfe\0\0": UTF_32,
    b"\0\0\xfe\xff": UTF_32,
    b"\xff\xfe": UTF_16,
    b"\xfe\xff": UTF_16,
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
REMEDIES = IMPORTS | dict.fromkeys((UTF_16, UTF_32), "save the file in the encoding UTF-8") | {LFS: "fetch it first"}
"""What to do with files that are no scenario, where it is not to start one."""
_SECTION, _SETTING = re.compile(rb"\[\[?[\w.\"' -]+\]\]?"), re.compile(rb"[\w.\"'-]+\s*=\s*\S.*")
"""Lines of TOML and INI; YAML has neither."""


def find_other_format(raw: bytes) -> str:
    """What a file is, if its head says that it is no YAML; else an empty text."""
    for head, kind in _HEADS.items():
        if raw.startswith(head):
            return kind
    if kind := _find_wide_encoding(raw[:400]):
        return kind
    start = raw[:2_000].removeprefix(b"\xef\xbb\xbf").lstrip()
    if start.startswith(_MARKED_ROWS):
        return "a file of the exchange model"
    if start[:1] == b"<" and any(root in start for root in _GENIUS_ROOTS):
        return GENIUS
    if start[:1] == b"<":
        return "a web page" if b"<html" in start.lower() or b"<!doctype html" in start.lower() else XML
    if _is_settings(start):
        return SETTINGS
    return "a table (CSV)" if _is_table(start) else ""


def _find_wide_encoding(head: bytes) -> str:
    """Text in a wider encoding without a mark that says so: half of every second byte, or of three in four, is zero."""
    quarters = [head[at::4].count(0) * 8 > len(head) for at in range(4)]
    if sum(quarters) == 3:
        return UTF_32
    return UTF_16 if quarters in ([True, False, True, False], [False, True, False, True]) else ""


def _is_settings(start: bytes) -> bool:
    """True if the first lines are `name = value` or `[section]`, and at least one is the former."""
    lines = [line.strip() for line in start.splitlines() if line.strip() and line.strip()[:1] not in b"#;"][:4]
    found = [_SETTING.fullmatch(line) for line in lines]
    return any(found) and all(one or _SECTION.fullmatch(line) for one, line in zip(found, lines, strict=True))


def _is_table(start: bytes) -> bool:
    """True if the first lines have the same number of separators, but for a title, and none is a `key: value` line."""
    lines = [line for line in start.splitlines()[:5] if line.strip()]
    if len(lines) < 2 or any(b": " in line or line.rstrip().endswith(b":") or line[:1] in b"#-[{" for line in lines):
        return False
    body = lines[1:] if len(lines) > 3 else lines
    return any(min(found) == max(found) > 0 for found in ([line.count(by) for line in body] for by in _SEPARATORS))
