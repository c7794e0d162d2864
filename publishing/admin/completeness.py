"""What a record lacks, on top of its form: what stops its publication, what is doubtful, what is still missing."""

from dataclasses import dataclass
from itertools import groupby

from django.utils.text import capfirst
from django.utils.translation import gettext as _

from ..documents import Check, Draft, Problem, builder_of, checks
from ..languages import column
from . import summaries
from .layout import text_label
from .mending import Blocker, blockers

MOST_TOLD = 200  # what is missing of a record with hundreds of parts is not all told at once


@dataclass(frozen=True)
class Completeness:
    done: int
    all: int
    stops: list[Blocker]
    doubts: list[Blocker]
    missing: list[tuple[Blocker, list[Blocker]]]  # the first of a thing, and all of it

    @property
    def says(self) -> str:
        numbers = {"done": self.done, "all": self.all}
        if self.done == self.all:
            return _("Complete: %(done)s of %(all)s.") % numbers
        return _("%(done)s of %(all)s complete.") % numbers


def completeness(draft: Draft, row) -> Completeness | None:
    """Of the whole root in its own form, of its own things in a child's; None in the form of a fact inside them."""
    content_id = str(row.content_id)
    whole = draft.content_id == content_id
    found = [each for each in checks(draft) if whole or each.content_id == content_id]
    if not found:
        return None
    stops, doubts = (
        [each for each in problems if whole or each.content_id == content_id]
        for problems in (draft.problems, draft.warnings)
    )
    told = {(each.content_id, each.field) for each in stops}
    lacking = (_missing(check) for check in found if not check.done)
    missing = [each for each in lacking if (each.content_id, each.field) not in told][:MOST_TOLD]
    links = blockers([*stops, *doubts, *missing], draft.documents)
    return Completeness(
        done=sum(check.done for check in found),
        all=len(found),
        stops=links[: len(stops)],
        doubts=links[len(stops) : len(stops) + len(doubts)],
        missing=_by_thing(links[len(stops) + len(doubts) :]),
    )


def _missing(check: Check) -> Problem:
    """As a problem, with the field it stands in and what that is called."""
    model = builder_of(check.type).model
    label = capfirst(summaries.label_of(model, check.key))
    if check.language:
        field, label = column(check.key, check.language), text_label(label, check.language)
    else:
        held = summaries.field_of(model, check.key)
        field = check.key if held is None or held.one_to_many else held.name
    return Problem(check.type, check.content_id, "", field, str(label))


def _by_thing(links: list[Blocker]) -> list[tuple[Blocker, list[Blocker]]]:
    things = (list(group) for _thing, group in groupby(links, key=lambda each: (each.kind, each.title)))
    return [(each[0], each) for each in things]
