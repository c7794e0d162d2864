"""Turning working rows into documents, and documents into what a publication would append."""

from . import pages
from .builders import Builder, bare, builder_of, key_of, models_by_type, register, root_row, row_of, rows_of, type_of
from .completeness import Check, checks
from .drafts import Draft, Problem, draft_of, drafts_of
from .frozen import freeze, thaw
from .plans import Entry, Plan, along, plan, plan_withdrawal, resolved, state_of, states
from .reading import one_reading, parts_of, read_together, rows_read
from .reverse import goes_back
from .underway import still_approved, underway
from .unfinished import never_published, saved_since_published, together, untranslated

__all__ = [
    "Builder",
    "Check",
    "Draft",
    "Entry",
    "Plan",
    "Problem",
    "along",
    "bare",
    "builder_of",
    "checks",
    "draft_of",
    "drafts_of",
    "freeze",
    "goes_back",
    "key_of",
    "models_by_type",
    "never_published",
    "one_reading",
    "pages",
    "parts_of",
    "plan",
    "plan_withdrawal",
    "read_together",
    "register",
    "resolved",
    "root_row",
    "row_of",
    "rows_of",
    "rows_read",
    "saved_since_published",
    "state_of",
    "states",
    "still_approved",
    "thaw",
    "together",
    "type_of",
    "underway",
    "untranslated",
]
