"""Loading: YAML becomes a checked scenario - extends, overrides, answers to open questions, errors with their lines.

Read from the file to the case
    discovery          where scenario files are
    strict_yaml        a file as plain data with line numbers
    extends            a scenario file and those it extends, laid over one another
    layered_data       the data while files are laid over one another
    merge              what a scenario file changes, and what a source view (`--view`) is laid over: apply_source_view
    resolve_questions  which answers are taken (`--answer`)
    overrides          what `--set` changes
    validation         what the models refuse, as sentences with file and line
    loader             all of it in order: load_case

tables, genius_files and json_schema serve other programs; translations serves other languages.
"""
