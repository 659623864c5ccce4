"""Run options: what is to become of results, and with whom they are played."""

from dataclasses import dataclass
from pathlib import Path


@dataclass(frozen=True)
class RunOptions:
    """What is to become of results."""

    out: Path
    """Folder in which they are kept."""
    lang: str
    """Language of the pages."""
    workers: int | None
    """Processes; none for one per core."""
    sweeps: bool
    """True if other magnitudes are to be played."""
    pages: bool
    """True if pages are to be written."""
    on_cluster: bool = False
    """True if the workers of a cluster play."""
