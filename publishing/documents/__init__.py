"""From working rows to documents, and from documents to what a publication would append."""

from . import pages
from .drafts import (
    Builder,
    Draft,
    Problem,
    bare,
    builder_of,
    draft_of,
    drafts_of,
    one_reading,
    register,
    root_row,
    row_of,
    type_of,
)
from .frozen import freeze, thaw
from .plans import Entry, Plan, along, plan, plan_withdrawal, resolved, states
from .reverse import goes_back
from .underway import underway

__all__ = [
    "Builder",
    "Draft",
    "Entry",
    "Plan",
    "Problem",
    "along",
    "bare",
    "builder_of",
    "draft_of",
    "drafts_of",
    "freeze",
    "goes_back",
    "one_reading",
    "pages",
    "plan",
    "plan_withdrawal",
    "register",
    "resolved",
    "root_row",
    "row_of",
    "states",
    "thaw",
    "type_of",
    "underway",
]
