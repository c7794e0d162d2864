"""What a root lacks, shown above its form: what blocks publishing, what is doubtful, what is still missing."""

from dataclasses import dataclass
from itertools import groupby

from django.utils.text import capfirst
from django.utils.translation import gettext as _

from ..documents import Check, Draft, Problem, builder_of, checks
from ..languages import column
from . import summaries
from .layout import text_label
from .mending import Blocker, blockers

MOST_TOLD = 200  # a root with hundreds of parts would list too many at once


@dataclass(frozen=True)
class Completeness:
    """Result of the checks of a root or child."""

    done: int
    all: int
    stops: list[Blocker]
    doubts: list[Blocker]
    missing: list[tuple[Blocker, list[Blocker]]]  # by object: its first link, and all its links

    @property
    def says(self) -> str:
        """The sentence that sums the checks up, such as “3 of 5 complete.”"""
        numbers = {"done": self.done, "all": self.all}
        if self.done == self.all:
            return _("Complete: %(done)s of %(all)s.") % numbers
        return _("%(done)s of %(all)s complete.") % numbers


def completeness(draft: Draft, row) -> Completeness | None:
    """Assess a root in its own form, or only the row's own checks in the form of a child.

    Return None if no check concerns the row, as in the form of a fact.
    """
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
    """Return a failed check as a problem, with the name and the label of its field."""
    model = builder_of(check.type).model
    label = capfirst(summaries.label_of(model, check.key))
    if check.language:
        field, label = column(check.key, check.language), text_label(label, check.language)
    else:
        held = summaries.field_of(model, check.key)
        field = check.key if held is None or held.one_to_many else held.name
    return Problem(check.type, check.content_id, "", field, str(label))


def _by_thing(links: list[Blocker]) -> list[tuple[Blocker, list[Blocker]]]:
    """Group the links by the object they belong to: (the first link, all its links)."""
    things = (list(group) for _thing, group in groupby(links, key=lambda each: (each.kind, each.title)))
    return [(each[0], each) for each in things]
