"""What a root lacks, shown above its form: what blocks publishing, what is doubtful, what is still missing."""

from dataclasses import dataclass
from itertools import groupby

from django.utils.text import capfirst
from django.utils.translation import gettext as _

from record.languages import get_text_column

from ...documents.completeness import CompletenessCheck, check_completeness
from ...documents.drafts import Draft, DraftProblem
from ...documents.registry import get_published_type
from ..editing.fieldsets import format_text_label
from . import labels
from .problem_links import ProblemLink, build_problem_links

MAX_MISSING_SHOWN = 200  # a root with hundreds of parts would list too many at once


@dataclass(frozen=True)
class Completeness:
    """Result of the checks of a root or child."""

    done_count: int
    total_count: int
    blockers: list[ProblemLink]
    warnings: list[ProblemLink]
    missing: list[tuple[ProblemLink, list[ProblemLink]]]  # by object: its first link, and all its links

    @property
    def summary(self) -> str:
        """The sentence that sums the checks up, such as “3 of 5 complete.”"""
        numbers = {"done": self.done_count, "all": self.total_count}
        if self.done_count == self.total_count:
            return _("Complete: %(done)s of %(all)s.") % numbers
        return _("%(done)s of %(all)s complete.") % numbers


def assess_completeness(draft: Draft, row) -> Completeness | None:
    """Assess a root in its own form, or only the row's own checks in the form of a child.

    Return None if no check concerns the row, as in the form of a fact.
    """
    content_id = str(row.content_id)
    whole = draft.content_id == content_id
    found = [each for each in check_completeness(draft) if whole or each.content_id == content_id]
    if not found:
        return None
    blockers, warnings = (
        [each for each in problems if whole or each.content_id == content_id]
        for problems in (draft.problems, draft.warnings)
    )
    told = {(each.content_id, each.field) for each in blockers}
    lacking = (_missing_as_problem(check) for check in found if not check.is_present)
    missing = [each for each in lacking if (each.content_id, each.field) not in told][:MAX_MISSING_SHOWN]
    links = build_problem_links([*blockers, *warnings, *missing], draft.documents)
    return Completeness(
        done_count=sum(check.is_present for check in found),
        total_count=len(found),
        blockers=links[: len(blockers)],
        warnings=links[len(blockers) : len(blockers) + len(warnings)],
        missing=_group_by_thing(links[len(blockers) + len(warnings) :]),
    )


def _missing_as_problem(check: CompletenessCheck) -> DraftProblem:
    """Return a failed check as a problem, with the name and the label of its field."""
    model = get_published_type(check.type).model
    label = capfirst(labels.get_key_label(model, check.key))
    if check.language:
        field, label = get_text_column(check.key, check.language), format_text_label(label, check.language)
    else:
        held = labels.find_key_field(model, check.key)
        field = check.key if held is None or held.one_to_many else held.name
    return DraftProblem(check.type, check.content_id, "", field, str(label))


def _group_by_thing(links: list[ProblemLink]) -> list[tuple[ProblemLink, list[ProblemLink]]]:
    """Group the links by the object they belong to: (the first link, all its links)."""
    things = (list(group) for _thing, group in groupby(links, key=lambda each: (each.kind, each.title)))
    return [(each[0], each) for each in things]
