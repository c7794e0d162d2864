"""Pure functions of documents: what they are made of, and what differs between two of them."""

from .amounts import format_amount, names_a_scale, parse_amount
from .characters import without_controls
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
from .redacting import Field, both_scripts, held, is_marker, redacted, redacted_text, redacted_value, scrubbed, words_of

__all__ = [
    "NAMES",
    "Difference",
    "Field",
    "Key",
    "Piece",
    "What",
    "both_scripts",
    "canonical",
    "comparable",
    "decoded",
    "differences",
    "differs",
    "digest",
    "format_amount",
    "held",
    "is_marker",
    "is_reference",
    "key_of",
    "map_references",
    "marked",
    "names_a_scale",
    "parse_amount",
    "redacted",
    "redacted_text",
    "redacted_value",
    "references",
    "scrubbed",
    "sha256",
    "stale",
    "texts_in",
    "uncited",
    "weakly_cited",
    "without_controls",
    "without_names",
    "words_of",
]
