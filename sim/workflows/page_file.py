"""Page file: whether a page can be written where it was asked for; said before anything is played."""

from pathlib import Path

from sim.errors import UsageError, display_path


def check_page_file(path: Path) -> Path:
    """The file, if a page can be written there.

    Raises:
        UsageError: it is a folder, or lies in one that does not exist.
    """
    if path.is_dir() or not path.resolve().parent.is_dir():
        raise UsageError(f"{display_path(path)}: it is no file that can be written; name one in a folder that exists")
    return path
