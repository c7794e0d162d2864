"""From working rows to documents, and from documents to what a publication would append."""

from . import pages
from .completeness import Check, checks
from .drafts import (
    Builder,
    Draft,
    Problem,
    bare,
    builder_of,
    draft_of,
    drafts_of,
    models_by_type,
    one_reading,
    register,
    root_row,
    row_of,
    rows_of,
    type_of,
)
from .frozen import freeze, thaw
from .plans import Entry, Plan, along, plan, plan_withdrawal, resolved, state_of, states
from .reverse import goes_back
from .underway import underway
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
    "models_by_type",
    "never_published",
    "one_reading",
    "pages",
    "plan",
    "plan_withdrawal",
    "register",
    "resolved",
    "root_row",
    "row_of",
    "rows_of",
    "saved_since_published",
    "state_of",
    "states",
    "thaw",
    "together",
    "type_of",
    "underway",
    "untranslated",
]
