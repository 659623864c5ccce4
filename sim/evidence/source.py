"""Source: a text that makes claims."""

from sim.evidence.part import Part


class Source(Part):
    """One text: who wrote it, when, and what a reader must know about the copy at hand."""

    author: str
    """Who signs the text."""
    title: str
    """Title, translated."""
    published: str
    """Date of publication, as exact as the text allows (2025-08 or 2025-08-20)."""
    language: str
    """Language of the copy that was read."""
    file: str = ""
    """Name of the file that holds it, for readers who have the texts."""
    sha256: str = ""
    """Digest of that file."""
    paragraphs: int
    """Number of paragraphs (non-empty lines) of the text."""
    note: str = ""
    """Defects of the copy, and what the text does not speak about."""
