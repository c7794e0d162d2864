"""Pure functions of documents: what they are made of, and what differs between two of them."""

from .differences import Difference, What, differences
from .documents import (
    NAMES,
    Key,
    canonical,
    comparable,
    decoded,
    differs,
    digest,
    is_reference,
    key_of,
    map_references,
    references,
    sha256,
    stale,
    texts_in,
    uncited,
    weakly_cited,
    without_names,
)
from .marking import Piece, marked

__all__ = [
    "NAMES",
    "Difference",
    "Key",
    "Piece",
    "What",
    "canonical",
    "comparable",
    "decoded",
    "differences",
    "differs",
    "digest",
    "is_reference",
    "key_of",
    "map_references",
    "marked",
    "references",
    "sha256",
    "stale",
    "texts_in",
    "uncited",
    "weakly_cited",
    "without_names",
]
